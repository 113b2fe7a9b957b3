//! The driver in one process with the real adapter, the embedded exchange and a real ledger.

#![allow(clippy::unwrap_used)]

#[path = "runtime/replacing.rs"]
mod replacing;

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use holdfast::domain::amount::Percent;
use holdfast::domain::command::{Ask, Command, Pin, Verdict};
use holdfast::domain::effect::Effect;
use holdfast::domain::key::{Leg, PositionKey, Venue};
use holdfast::domain::order::TriggerBy;
use holdfast::domain::policy::{AccountPolicy, Autonomy, OnBreach, Policy, Protection};
use holdfast::domain::snapshot::{Known, Snapshot};
use holdfast::domain::time::Span;
use holdfast::engine::Core;
use holdfast::exchange::{
    AccountSetup, Credentials, Endpoints, Environment, KeyKind, PrivateForm, internet,
};
use holdfast::runtime::{Clock, Driver, Handle, Setup, Stopped, Terms, this_process};
use holdfast::sim::{BinanceAddresses, Running, SimOptions, start};
use holdfast::store::{Ledger, Recorder, recorder};
use rust_decimal::Decimal;
use serde_json::json;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::timeout;

mod runtime {
    mod leases;
    mod paused;
}

fn policy() -> Policy {
    Policy {
        autonomy: Autonomy::Guard,
        sync_interval: Span::secs(30),
        orphan_grace: Span::secs(30),
        confirmations: 2,
        confirm_interval: Span::secs(2),
        verify_timeout: Span::secs(10),
        rules: Default::default(),
        protection: Protection {
            stop: Percent(Decimal::TWO),
            trigger: TriggerBy::Mark,
            on_breach: OnBreach::Close,
            trailing: None,
        },
        accounts: vec![AccountPolicy::new("main", Venue::BinanceUsdm)],
    }
}

fn account(sim: &BinanceAddresses) -> AccountSetup {
    AccountSetup {
        name: "main".into(),
        venue: Venue::BinanceUsdm,
        credentials: Credentials {
            key: sim.api_key.clone().into(),
            secret: sim.api_secret.clone().into(),
            kind: Some(KeyKind::Hmac),
        },
        network: internet(),
        endpoints: Endpoints {
            rest: sim.rest.clone(),
            rest_spot: None,
            ws_public: sim.ws.clone(),
            private_form: PrivateForm::Events,
            ..Endpoints::binance(Environment::Mainnet)
        },
    }
}

/// A driver at work.
struct Engine {
    handle: Handle,
    running: JoinHandle<Stopped>,
    pictures: watch::Receiver<Option<Arc<Snapshot>>>,
}

impl Engine {
    async fn start(dir: &Path, sim: &BinanceAddresses) -> Self {
        Self::of(dir, policy(), vec![account(sim)]).await
    }

    async fn of(dir: &Path, policy: Policy, accounts: Vec<AccountSetup>) -> Self {
        let own = dir.join("recordings");
        Self::whole(dir, &own, (policy, accounts), Terms::default()).await
    }

    /// One of several on the ledger of a directory.
    async fn leasing(dir: &Path, own: &Path, sim: &BinanceAddresses, terms: Terms) -> Self {
        Self::whole(dir, own, (policy(), vec![account(sim)]), terms).await
    }

    async fn whole(
        dir: &Path,
        own: &Path,
        (policy, accounts): (Policy, Vec<AccountSetup>),
        terms: Terms,
    ) -> Self {
        let (send, pictures) = watch::channel(None);
        let setup = Setup {
            policy,
            accounts,
            ledger: Arc::new(Ledger::open(&dir.join("ledger.db")).await.unwrap()),
            witness: Box::new(Recorder::create(own, 1 << 24)),
            publish: Box::new(move |picture| drop(send.send_replace(Some(picture)))),
            clock: Clock::start(),
            holder: this_process(),
        };
        let (driver, handle) = Driver::leasing(setup, terms);
        Self { handle, running: tokio::spawn(driver.run()), pictures }
    }

    /// Waits for a picture that fits.
    async fn until(&mut self, what: &str, fits: impl Fn(&Snapshot) -> bool) -> Arc<Snapshot> {
        let waiting = self.pictures.wait_for(|p| p.as_deref().is_some_and(&fits));
        let found = timeout(Duration::from_secs(20), waiting).await.map(|p| p.unwrap().clone());
        match found {
            Ok(picture) => picture.unwrap(),
            Err(_) => panic!("waited in vain for {what}: {:#?}", *self.pictures.borrow()),
        }
    }

    async fn known(&mut self) -> Arc<Snapshot> {
        let known = |picture: &Snapshot| {
            picture.accounts.iter().all(|account| matches!(account.known, Known::Since(_)))
        };
        self.until("the account known", known).await
    }

    async fn stop(self) -> Stopped {
        self.handle.stop();
        self.running.await.unwrap()
    }
}

async fn venue() -> Running {
    let sim = start(SimOptions { control: None, ..SimOptions::default() }).await.unwrap();
    sim.control().tell(json!({"do": "freeze"})).unwrap();
    sim
}

#[tokio::test(flavor = "multi_thread")]
async fn an_engine_without_news_still_shows_that_it_runs() {
    let (sim, dir) = (venue().await, tempfile::tempdir().unwrap());
    let mut engine = Engine::start(dir.path(), &sim.binance).await;
    engine.known().await;
    for kind in ["hang", "stream_silent"] {
        let fault = json!({"do": "fault", "kind": kind, "endpoint": "*"});
        let fault = match kind {
            "hang" => fault,
            _ => json!({"do": "fault", "kind": kind, "events": ["*"]}),
        };
        sim.control().tell(fault).unwrap();
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    let last = engine.pictures.borrow().as_ref().unwrap().at;
    let later = |picture: &Snapshot| picture.at.since(last) >= Span::secs(1);
    let waiting = engine.pictures.wait_for(|p| p.as_deref().is_some_and(later));
    assert!(timeout(Duration::from_secs(4), waiting).await.is_ok(), "no picture for four seconds");
    engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_ask_is_answered_to_its_asker_and_in_the_picture() {
    let (sim, dir) = (venue().await, tempfile::tempdir().unwrap());
    let mut engine = Engine::start(dir.path(), &sim.binance).await;
    engine.known().await;
    let pin = Pin {
        key: PositionKey::new("main", "BTCUSDT", Leg::Net),
        side: holdfast::domain::amount::Side::Long,
        quantity: holdfast::domain::amount::Qty::new(Decimal::ONE).unwrap(),
        snapshot: 1,
    };
    let command = Command::Close { pin, percent: Percent(Decimal::ONE_HUNDRED) };
    let ask = Ask { id: 5, who: "a test".to_owned(), command };
    let mut answers = engine.handle.follow(ask);
    let answer = timeout(Duration::from_secs(5), answers.recv()).await.unwrap().unwrap();
    assert_eq!((answer.ask, answer.verdict), (5, Verdict::Refused), "nothing is open there");
    engine.until("the answer", |picture| picture.answers.iter().any(|a| a.ask == 5)).await;
    assert!(answers.recv().await.is_none(), "a final answer is the last one");
    engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_of_another_program_is_taken_under_guard_at_once() {
    use sqlx::Connection;
    let (sim, dir) = (venue().await, tempfile::tempdir().unwrap());
    let mut engine = Engine::start(dir.path(), &sim.binance).await;
    let opened = json!({"do": "seed_position", "symbol": "ETHUSDT", "side": "long", "qty": "2"});
    sim.control().tell(opened).unwrap();
    engine.known().await;
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(dir.path().join("ledger.db"));
    let mut bot = sqlx::SqliteConnection::connect_with(&options).await.unwrap();
    sqlx::query(
        "INSERT INTO positions (account, exchange, symbol, side, quantity, entry_price, status) \
         VALUES ('main', 'binance', 'ETHUSDT', 'long', '2', '3105.4', 'active')",
    )
    .execute(&mut bot)
    .await
    .unwrap();
    // The next look comes later than anybody waits here.
    let covered = |picture: &Snapshot| {
        picture.legs.iter().any(|leg| {
            let guard = leg.guard.value;
            leg.row.is_some() && matches!(guard, holdfast::domain::guard::Guard::Covered(_))
        })
    };
    engine.until("a stop behind it", covered).await;
    engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recording_played_again_gives_the_same_picture() {
    let (sim, dir) = (venue().await, tempfile::tempdir().unwrap());
    let held = json!({"do": "seed_position", "symbol": "ETHUSDT", "side": "long", "qty": "2"});
    sim.control().tell(held).unwrap();
    let mut engine = Engine::start(dir.path(), &sim.binance).await;
    engine.known().await;
    engine.handle.ask(Ask {
        id: 9,
        who: "a test".to_owned(),
        command: Command::Resync { account: None },
    });
    engine.until("an answer", |picture| !picture.answers.is_empty()).await;
    let last = engine.stop().await.last;

    let mut files: Vec<_> = std::fs::read_dir(dir.path().join("recordings"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let (mut core, mut effects) = (Core::new(), Vec::<Effect>::new());
    for file in files {
        for step in recorder::read(&file).unwrap() {
            let before = effects.len();
            step.shown.into_iter().for_each(|picture| core.was_shown(picture));
            core.step(step.at, step.input, &mut effects);
            let did = effects.get(before..).filter(|did| !did.is_empty());
            assert_eq!(did.map(|did| serde_json::to_string(did).unwrap()), step.did);
        }
    }
    let mut again = core.view(last.at);
    again.step_us_max = last.step_us_max;
    assert_eq!(again, *last);
    assert!(!again.answers.is_empty() && !again.events.is_empty());
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Venue { .. })));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_venue_that_appears_later_is_found() {
    let dir = tempfile::tempdir().unwrap();
    let first = venue().await;
    let (addresses, options) = (first.binance.clone(), SimOptions::default());
    let port: SocketAddr = addresses.rest.strip_prefix("http://").unwrap().parse().unwrap();
    drop(first);
    let mut engine = Engine::start(dir.path(), &addresses).await;
    let blocked = |picture: &Snapshot| {
        let link = picture.accounts[0].link.as_ref();
        link.is_some_and(|link| link.blocked.is_some())
    };
    engine.until("the reason", blocked).await;
    let options = SimOptions { binance: port, control: None, ..options };
    let second = start(options).await.unwrap();
    let picture = engine.known().await;
    assert!(picture.accounts[0].link.as_ref().is_none_or(|link| link.blocked.is_none()));
    engine.stop().await;
    drop(second);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_the_venue_refuses_is_said_and_nothing_is_concluded() {
    let (sim, dir) = (venue().await, tempfile::tempdir().unwrap());
    let wrong = BinanceAddresses { api_key: "nobody".to_owned(), ..sim.binance.clone() };
    let mut engine = Engine::start(dir.path(), &wrong).await;
    let said = |picture: &Snapshot| {
        let link = picture.accounts[0].link.as_ref();
        link.and_then(|link| link.blocked.as_deref()).is_some_and(|why| why.contains("key"))
    };
    let picture = engine.until("the reason", said).await;
    assert!(matches!(picture.accounts[0].known, Known::Unknown(..)));
    engine.stop().await;
}

/// Nobody would stay to protect what it opens.
#[tokio::test(flavor = "multi_thread")]
async fn an_engine_that_stops_sends_no_entry() {
    use holdfast::domain::amount::{Qty, Side};
    use holdfast::domain::opening::OpenWish;
    use holdfast::domain::plan::StopAt;
    use sqlx::Connection;
    let (sim, dir) = (venue().await, tempfile::tempdir().unwrap());
    let mut engine = Engine::start(dir.path(), &sim.binance).await;
    let ready = |picture: &Snapshot| {
        let account = &picture.accounts[0];
        matches!(account.known, Known::Since(_)) && account.gate.is_empty()
    };
    engine.until("the account open", ready).await;
    // The intent waits for the ledger, which somebody else writes to.
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(dir.path().join("ledger.db"));
    let mut other = sqlx::SqliteConnection::connect_with(&options).await.unwrap();
    sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
    let wish = OpenWish {
        account: "main".into(),
        symbol: "ETHUSDT".into(),
        side: Side::Long,
        quantity: Qty::new(Decimal::ONE).unwrap(),
        stop: StopAt::Distance(Percent(Decimal::TWO)),
        trail: None,
    };
    let command = Command::Open(Box::new(wish));
    let mut answers = engine.handle.follow(Ask { id: 5, who: "a test".to_owned(), command });
    let mut answer = answers.recv().await.unwrap();
    while answer.text.contains("waiting for the price") {
        answer = answers.recv().await.unwrap();
    }
    assert_eq!(answer.verdict, Verdict::Accepted, "{}", answer.text);
    engine.handle.stop();
    let stopping = tokio::spawn(engine.stop());
    tokio::time::sleep(Duration::from_millis(300)).await;
    sqlx::raw_sql("ROLLBACK").execute(&mut other).await.unwrap();
    let last = stopping.await.unwrap().last;
    let said = last.answers.iter().any(|answer| answer.text.contains("is stopping"));
    let shown = last
        .legs
        .iter()
        .any(|leg| leg.work.as_ref().is_some_and(|work| work.text.contains("is stopping")));
    assert!(said || shown, "{:#?}", last.legs);
    let mut engine = Engine::start(dir.path(), &sim.binance).await;
    engine.until("the account open", ready).await;
    let picture = engine.stop().await.last;
    assert!(picture.legs.is_empty(), "{:#?}", picture.legs);
}
