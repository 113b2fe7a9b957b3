//! A world that runs: exchanges, a ledger, engines, and everybody's deeds in order of time.
//!
//! For: carrying a plan out on a virtual clock and saying how it ended. Not for: which plan, or
//! what has to be true. Door: [`run`].

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde_json::Value;
use tokio::time::{Instant, sleep_until};

use crate::domain::key::{AccountName, Venue};
use crate::domain::time::{Span, Time};
use crate::runtime::Clock;
use crate::sim::inside::Inside;
use crate::sim::shell::Clock as Told;
use crate::store::AtOnce;
use crate::worlds::bots::Scribe;
use crate::worlds::engine::Engine;
use crate::worlds::panics::caught;
use crate::worlds::peace;
use crate::worlds::plan::{Account, Deed, Plan, Store};
use crate::worlds::shelf::{Cabinet, Kept};
use crate::worlds::truth::{Breach, Truth};

/// When every world begins: 2026-11-21, 00:00 UTC, and some.
pub(super) const BEGINNING: i64 = 1_795_219_200_000;

/// How a world ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The first broken law, and how long after the beginning.
    pub breach: Option<(Span, Breach)>,
    /// Everything that engines were told and decided, in one number.
    pub digest: u64,
    /// How many steps they took.
    pub steps: u64,
    /// How many requests arrived at exchanges.
    pub requests: u64,
    /// How long it lasted, in its own time.
    pub lasted: Span,
}

impl Outcome {
    /// One that ended before anything was measured.
    fn broken(law: String) -> Self {
        let breach = Some((Span(0), Breach(law)));
        Self { breach, digest: 0, steps: 0, requests: 0, lasted: Span(0) }
    }
}

/// Runs a world to its end or to its first broken law. With `scrutiny`, recordings and secrets
/// are looked at too, which costs time and changes nothing. A panic is a broken law like others.
pub fn run(plan: &Plan, scrutiny: bool) -> Outcome {
    caught(|| lives(plan, scrutiny)).unwrap_or_else(Outcome::broken)
}

fn lives(plan: &Plan, scrutiny: bool) -> Outcome {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let Ok(runtime) = runtime.enable_time().start_paused(true).build() else {
        return Outcome::broken("this machine has no room for a world".to_owned());
    };
    let desk = Place::of(plan);
    let outcome = runtime.block_on(async {
        match World::new(plan, &desk, scrutiny) {
            Ok(world) => world.live().await,
            Err(why) => Outcome::broken(why),
        }
    });
    drop(runtime);
    outcome
}

/// How many places there were.
static PLACES: AtomicU64 = AtomicU64::new(0);

/// Where a world keeps its files, if it has any; nothing is left of it.
struct Place(Option<PathBuf>);

impl Place {
    fn of(plan: &Plan) -> Self {
        if plan.setting.store == Store::Memory {
            return Self(None);
        }
        let shared = PathBuf::from("/dev/shm");
        let base = if shared.is_dir() { shared } else { std::env::temp_dir() };
        // A connection of the world before may still be closing: it would take away the log of
        // a new ledger under the same name.
        let number = PLACES.fetch_add(1, Ordering::Relaxed);
        let name = format!("holdfast-world-{}-{number}", std::process::id());
        let dir = base.join(name);
        let _ = std::fs::remove_dir_all(&dir);
        Self(std::fs::create_dir_all(&dir).is_ok().then_some(dir))
    }

    fn ledger(&self) -> Option<PathBuf> {
        self.0.as_ref().map(|dir| dir.join("ledger.db"))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some(dir) = &self.0 {
            let _ = std::fs::remove_dir_all(dir);
        }
    }
}

/// The exchange of an account of a world, by its place among them.
pub(super) fn exchange(seed: u64, number: u64, venue: Venue, clock: Told) -> Inside {
    let seed = seed.wrapping_mul(97).wrapping_add(number);
    match venue {
        Venue::BinanceUsdm => Inside::binance(seed, clock),
        Venue::BybitLinear => Inside::bybit(seed, clock),
    }
}

/// A running world.
pub(super) struct World<'a> {
    pub(super) plan: &'a Plan,
    pub(super) began: Instant,
    pub(super) clock: Clock,
    pub(super) truth: Arc<Truth>,
    pub(super) exchanges: BTreeMap<AccountName, Inside>,
    pub(super) cabinet: Arc<Cabinet>,
    pub(super) scribe: Scribe,
    pub(super) engines: BTreeMap<usize, Engine>,
    pub(super) secrets: Option<Arc<[String]>>,
    /// How many engines were started so far.
    pub(super) runs: u64,
    /// Rows that bots write later.
    pub(super) later: Vec<(Instant, crate::worlds::bots::Line)>,
}

impl<'a> World<'a> {
    fn new(plan: &'a Plan, place: &Place, scrutiny: bool) -> Result<Self, String> {
        let seed = plan.setting.seed;
        let clock = Clock::at(Time(BEGINNING));
        let truth = Arc::new(Truth::default());
        let mut exchanges = BTreeMap::new();
        for (number, account) in (1u64..).zip(&plan.setting.accounts) {
            let told = Arc::new(move || clock.now().0);
            let exchange = exchange(seed, number, account.venue, told);
            exchanges.insert(account.name.clone(), exchange);
        }
        let keys = exchanges.values().map(Inside::api_key);
        let secrets: Vec<String> = keys.flat_map(|(key, secret)| [key, secret]).collect();
        let path = place.ledger();
        let kept = match &path {
            Some(path) => Kept::File(AtOnce::open(path).map_err(|why| why.to_string())?),
            None => Kept::Memory(Box::default()),
        };
        let mut world = Self {
            plan,
            began: Instant::now(),
            clock,
            cabinet: Arc::new(Cabinet::new(kept, Arc::clone(&truth), seed ^ 0x5eed)),
            truth,
            exchanges,
            scribe: Scribe::new(path.as_deref())?,
            engines: BTreeMap::new(),
            secrets: scrutiny.then(|| secrets.into()),
            runs: 0,
            later: Vec::new(),
        };
        world.furnish()?;
        Ok(world)
    }

    /// Carries everything out, in order.
    async fn live(mut self) -> Outcome {
        let pumps: Vec<_> = self.exchanges.values().cloned().map(pump).collect();
        let pumps: Vec<_> = pumps.into_iter().map(tokio::spawn).collect();
        let plan = self.plan;
        let mut broken = None;
        for timed in &plan.deeds {
            if timed.at >= plan.setting.peace {
                break;
            }
            broken = self.until(timed.at).await;
            if broken.is_some() {
                break;
            }
            self.carry_out(&timed.deed).await;
        }
        if broken.is_none() {
            broken = self.until(plan.setting.peace).await;
        }
        if broken.is_none() {
            self.make_peace().await;
            broken = self.until(Span(plan.setting.peace.0 + plan.peace().0)).await;
        }
        if broken.is_none() {
            broken = self.judge().await.err().map(|why| (self.age(), Breach(why)));
        }
        let lasted = self.age();
        for (_, engine) in std::mem::take(&mut self.engines) {
            engine.kill().await;
        }
        pumps.iter().for_each(tokio::task::JoinHandle::abort);
        let (digest, steps, requests) = self.truth.totals();
        self.scribe.end();
        Outcome { breach: broken, digest, steps, requests, lasted }
    }

    fn age(&self) -> Span {
        Span(u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX))
    }

    /// Lets the world run until then, and watches it.
    async fn until(&mut self, age: Span) -> Option<(Span, Breach)> {
        let end = self.began + age.duration();
        loop {
            let beat = Instant::now() + Duration::from_secs(1);
            let row = self.later.iter().map(|(at, _)| *at).min();
            let next = row.map_or(beat, |row| row.min(beat)).min(end);
            sleep_until(next).await;
            self.write_rows();
            if let Some(breach) = self.truth.broken() {
                return Some((self.age(), breach));
            }
            if let Err(law) = self.alarmed() {
                return Some((self.age(), Breach(law)));
            }
            if Instant::now() >= end {
                return None;
            }
        }
    }

    fn write_rows(&mut self) {
        let now = Instant::now();
        let (due, later): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.later).into_iter().partition(|(at, _)| *at <= now);
        self.later = later;
        for (_, line) in due {
            self.scribe.insert(&self.cabinet, &line);
        }
    }

    /// Faults end; nobody does anything any more; an engine runs.
    async fn make_peace(&mut self) {
        for account in &self.plan.setting.accounts {
            self.tell(account, serde_json::json!({"do": "clear_faults"}));
            self.tell(account, serde_json::json!({"do": "ban", "for_ms": 0}));
            // What a price does in the last second nobody can have settled by then.
            self.tell(account, serde_json::json!({"do": "freeze"}));
        }
        self.cabinet.mend();
        self.engines.values().for_each(Engine::thaw);
        if !self.engines.contains_key(&0) {
            self.carry_out(&Deed::Start { engine: 0, set_ms: 0 }).await;
        }
    }

    pub(super) fn tell(&self, account: &Account, verb: Value) {
        if let Some(exchange) = self.exchanges.get(&account.name) {
            // What the exchange refuses did not happen, as when a hand slips.
            let _ = exchange.control().tell(verb);
        }
    }

    /// Everything has come right.
    async fn judge(&self) -> Result<(), String> {
        let books = self.cabinet.books().await?;
        for (name, exchange) in &self.exchanges {
            let pictures = self.engines.values().filter_map(|engine| engine.picture(false));
            let holds = |picture: &Arc<crate::domain::snapshot::Snapshot>| {
                let held = |a: &crate::domain::snapshot::AccountView| {
                    a.name == *name && a.lease.as_ref().is_some_and(|lease| lease.is_held())
                };
                picture.accounts.iter().any(held)
            };
            let picture = pictures.into_iter().find(holds);
            let picture = picture.ok_or_else(|| format!("no engine holds the lease of {name}"))?;
            let setting = &self.plan.setting;
            exchange.look(|truth| peace::judge(setting, name, &picture, &books, truth))?;
        }
        Ok(())
    }
}

/// Lets time pass on an exchange.
async fn pump(exchange: Inside) {
    loop {
        tokio::time::sleep(Duration::from_millis(50)).await;
        exchange.pump();
    }
}
