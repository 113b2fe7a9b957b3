//! Plays an incident on the stage, and watches until it has ended well, or cannot any more.
//!
//! For: the order of things and the waiting between them; what happened goes into a [`Diary`].
//! Not for: the verdict (`proof`) or the words about it (`report`).
//! Door: [`Player::open`] before the engine starts, then [`Player::play`].

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rust_decimal::Decimal;
use serde_json::{Value, json};
use tokio::sync::oneshot;
use tokio::time::{Instant, sleep};

use crate::cli::demo::cast::{Role, account};
use crate::cli::demo::incident::{Deed, Incident, When};
use crate::cli::demo::proof::{Facts, Stands, judge};
use crate::cli::demo::rival::Rival;
use crate::cli::demo::stage::Stage;
use crate::cli::ending::Failure;
use crate::domain::amount::{Percent, Qty};
use crate::domain::command::{Ask, Command};
use crate::domain::guard::Guard;
use crate::domain::key::Leg;
use crate::domain::opening::OpenWish;
use crate::domain::plan::StopAt;
use crate::domain::policy::Policy;
use crate::domain::snapshot::{AccountView, Snapshot};
use crate::domain::time::Time;
use crate::domain::trail::TrailState;
use crate::exchange::AccountSetup;
use crate::runtime::{Clock, Handle, Pictures};
use crate::store::Ledger;

/// Who asks the engine for what belongs to the incident.
pub const NARRATOR: &str = "the incident";

/// How often the facts are looked at.
const BEAT: Duration = Duration::from_millis(200);
/// How old the positions are.
const AGE_MINUTES: u64 = 60;

/// What happened so far.
#[derive(Clone, Debug, Default)]
pub struct Diary {
    /// When the first thing happened, or the engine began where nothing happens after that.
    pub began: Option<Time>,
    /// What happened, and when.
    pub happened: Vec<(Time, String)>,
    /// When it ended, and why it was not well; none where it was.
    pub ended: Option<(Time, Option<String>)>,
    /// What is missing until then.
    pub awaits: String,
}

/// Shared with whoever reports.
#[derive(Clone, Debug, Default)]
pub struct Diaries(Arc<Mutex<Diary>>);

impl Diaries {
    fn open(&self) -> MutexGuard<'_, Diary> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is in it now.
    pub fn read(&self) -> Diary {
        self.open().clone()
    }
}

/// What starts a rival.
#[derive(Debug)]
pub struct Twin {
    /// The policy of both.
    pub policy: Policy,
    /// The accounts of both.
    pub accounts: Vec<AccountSetup>,
}

/// Plays one incident.
#[derive(Debug)]
pub struct Player {
    incident: &'static Incident,
    stage: Stage,
    clock: Clock,
    /// Reads only.
    ledger: Ledger,
    twin: Option<Twin>,
    rival: Option<Rival>,
    diary: Diaries,
    since: Time,
}

/// The engine that is drilled.
#[derive(Debug)]
pub struct Drilled {
    /// What it shows.
    pub pictures: Pictures,
    /// Where it is asked.
    pub handle: Handle,
}

impl Player {
    /// Sets the stage: contracts, positions, stops and rows, then what happens without an engine.
    ///
    /// # Errors
    /// When the exchange or the ledger refuses.
    pub async fn open(
        incident: &'static Incident,
        stage: Stage,
        ledger: Ledger,
        twin: Twin,
    ) -> Result<Self, Failure> {
        let clock = Clock::start();
        let (rival, diary, since) = (None, Diaries::default(), clock.now());
        let twin = Some(twin);
        let mut own = Self { incident, stage, clock, ledger, twin, rival, diary, since };
        own.stage.tell(incident.venue, json!({"do": "volatility", "share": "0.00001"}))?;
        let is_list = |deed: &&Deed| matches!(deed, Deed::List(..));
        for deed in incident.before.iter().filter(is_list) {
            own.carry_out(deed, None).await?;
        }
        for role in incident.held {
            if role.leg != Leg::Net {
                own.stage.hedge(role.symbol)?;
            }
            let row = own.stage.hold(role, AGE_MINUTES)?;
            own.stage.our_stop(&row)?;
            own.stage.register(&row).await?;
        }
        for deed in incident.before.iter().filter(|deed| !is_list(deed)) {
            own.carry_out(deed, None).await?;
        }
        own.since = own.clock.now();
        Ok(own)
    }

    /// What happened so far, for whoever reports.
    pub fn diary(&self) -> Diaries {
        self.diary.clone()
    }

    /// Plays it to its end, after a pause in which its goal can be read. What goes wrong on the
    /// stage is an end as well.
    pub async fn play(mut self, engine: Drilled, pause: Duration, over: oneshot::Sender<()>) {
        let limit = Instant::now() + pause + Duration::from_secs(self.incident.limit);
        let why = self.until_ended(&engine, pause, limit).await.err().map(|Failure(why)| why);
        let ended = (self.clock.now(), why);
        self.diary.open().ended = Some(ended);
        let _ = over.send(());
        // Another engine that was not killed lives as long as somebody looks.
        if self.rival.is_some() {
            std::future::pending::<()>().await;
        }
    }

    async fn until_ended(
        &mut self,
        engine: &Drilled,
        pause: Duration,
        limit: Instant,
    ) -> Result<(), Failure> {
        if self.incident.acts.is_empty() {
            self.diary.open().began = Some(self.since);
        } else {
            let order = "everything in good order was awaited".to_owned();
            let held = self.incident.held;
            self.until(limit, order, || has(engine, |picture| is_in_order(picture, held))).await?;
            sleep(pause).await;
        }
        for cue in self.incident.acts {
            self.wait_for(cue.when, engine, limit).await?;
            self.carry_out(&cue.deed, Some(engine)).await?;
        }
        loop {
            match self.facts(engine).await.map(|facts| judge(self.incident.ends, &facts)) {
                Some(Stands::Holds) => return Ok(()),
                Some(Stands::Broken(why)) => return Err(why.into()),
                Some(Stands::NotYet(what)) => self.diary.open().awaits = what,
                None => {}
            }
            self.check(limit)?;
            sleep(BEAT).await;
        }
    }

    fn check(&self, limit: Instant) -> Result<(), Failure> {
        if Instant::now() < limit {
            return Ok(());
        }
        let what = self.diary.read().awaits;
        Err(format!("{what}, after {} s", self.incident.limit).into())
    }

    async fn until(
        &self,
        limit: Instant,
        awaited: String,
        mut found: impl FnMut() -> bool,
    ) -> Result<(), Failure> {
        self.diary.open().awaits = awaited;
        while !found() {
            self.check(limit)?;
            sleep(BEAT).await;
        }
        Ok(())
    }

    async fn wait_for(&self, when: When, engine: &Drilled, limit: Instant) -> Result<(), Failure> {
        match when {
            When::After(ms) => sleep(Duration::from_millis(ms)).await,
            When::Trails(role) => {
                let trails = || has(engine, |picture| trails(picture, &role));
                self.until(limit, when.awaited(), trails).await?;
            }
            When::Covered(_) | When::Looks(_) => loop {
                self.diary.open().awaits = when.awaited();
                let facts = self.facts(engine).await;
                let is_so = facts.is_some_and(|facts| match when {
                    When::Looks(count) => facts.looks(self.since, true) >= count,
                    When::Covered(role) => facts.is_covered(&role),
                    When::After(_) | When::Trails(_) => true,
                });
                if is_so {
                    return Ok(());
                }
                self.check(limit)?;
                sleep(BEAT).await;
            },
        }
        Ok(())
    }

    /// What everybody can see now; none before the first picture, or while the ledger is busy.
    async fn facts(&self, engine: &Drilled) -> Option<Facts> {
        let picture = engine.pictures.borrow().clone()?;
        let list = |value: Value| value.as_array().cloned().unwrap_or_default();
        let rows = list(self.ledger.positions_json().await.ok()?);
        let events = list(self.ledger.events_json(None).await.ok()?);
        let control = self.stage.at(self.incident.venue);
        let (coverage, fills, banned) = Facts::at_the_exchange(&control);
        Some(Facts { picture, rows, events, coverage, fills, banned, since: self.since })
    }

    async fn carry_out(&mut self, deed: &Deed, engine: Option<&Drilled>) -> Result<(), Failure> {
        let venue = self.incident.venue;
        let now = self.clock.now();
        let text = deed.text();
        tracing::info!("incident: {text}");
        if engine.is_some() {
            self.diary.open().began.get_or_insert(now);
        }
        self.diary.open().happened.push((now, text));
        match deed {
            Deed::List(like, count) => {
                let verb = json!({"do": "list_contracts", "like": like, "count": count});
                self.stage.tell(venue, verb)?;
            }
            Deed::WereTraded(symbols) => self.were_traded(symbols)?,
            Deed::Unknown(role) => drop(self.stage.hold(role, AGE_MINUTES)?),
            Deed::Close(roles) => {
                for role in *roles {
                    self.stage.close(venue, &role.key(), None)?;
                }
            }
            Deed::DropStop(role) => self.stage.drop_stop(venue, &role.key())?,
            Deed::Jump(roles, thousandths) => {
                for role in *roles {
                    self.stage.jump(venue, role.symbol, Decimal::new(*thousandths, 3))?;
                }
            }
            Deed::Fault(fault) => drop(self.stage.tell(venue, fault.verb())?),
            Deed::Mend => drop(self.stage.tell(venue, json!({"do": "clear_faults"}))?),
            Deed::Ban(ms) => drop(self.stage.tell(venue, json!({"do": "ban", "for_ms": ms}))?),
            Deed::Open(role) => ask_to_open(role, engine)?,
            Deed::RivalBegins => {
                let twin = self.twin.take().ok_or("there is one other engine and no more")?;
                let path = self.ledger.path();
                self.rival = Some(Rival::begin(twin.policy, twin.accounts, path).await?);
            }
            Deed::RivalDies => {
                if let Some(rival) = self.rival.take() {
                    rival.die().await;
                }
            }
        }
        self.since = self.clock.now();
        Ok(())
    }

    fn were_traded(&self, symbols: &[&str]) -> Result<(), Failure> {
        for symbol in symbols {
            let verb = json!({"do": "trade", "symbol": symbol, "side": "buy", "qty": "100"});
            self.stage.tell(self.incident.venue, verb)?;
            self.stage.tell(self.incident.venue, json!({"do": "close", "symbol": symbol}))?;
        }
        Ok(())
    }
}

fn ask_to_open(role: &Role, engine: Option<&Drilled>) -> Result<(), Failure> {
    let engine = engine.ok_or("nobody is there to open anything")?;
    let quantity = Qty::new(role.amount()).map_err(|_| "a position has a size")?;
    let wish = OpenWish {
        account: account(role.venue).into(),
        symbol: role.symbol.into(),
        side: role.side,
        quantity,
        stop: StopAt::Distance(Percent(Decimal::TWO)),
        trail: None,
    };
    let command = Command::Open(Box::new(wish));
    // The console's own numbers begin at the microsecond of its start.
    engine.handle.ask(Ask { id: 1, who: NARRATOR.to_owned(), command });
    Ok(())
}

fn has(engine: &Drilled, fits: impl Fn(&Snapshot) -> bool) -> bool {
    engine.pictures.borrow().as_deref().is_some_and(fits)
}

/// Every account is known, and every position held has its row and is covered.
fn is_in_order(picture: &Snapshot, held: &[Role]) -> bool {
    let known = picture.accounts.iter().all(AccountView::is_known);
    let fine = |role: &Role| {
        let key = role.key();
        picture.legs.iter().any(|leg| {
            leg.key == key
                && leg.row.is_some()
                && leg.work.is_none()
                && matches!(leg.guard.value, Guard::Covered(_))
        })
    };
    known && held.iter().all(fine)
}

fn trails(picture: &Snapshot, role: &Role) -> bool {
    let key = role.key();
    let mut legs = picture.legs.iter();
    legs.any(|leg| {
        let active = leg.trail.as_ref().is_some_and(|t| t.trail.state == TrailState::Active);
        leg.key == key && active && leg.work.is_none()
    })
}
