//! Two engines on one ledger: one acts, the other watches and takes over.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use holdfast::domain::command::{Ask, Command, Pin, Verdict};
use holdfast::domain::guard::Guard;
use holdfast::domain::key::Symbol;
use holdfast::domain::lease::{Fence, LeaseState};
use holdfast::domain::snapshot::{AccountFindingKind, AccountView, LegView, Snapshot, There};
use holdfast::runtime::Terms;
use holdfast::sim::Running;
use serde_json::json;
use sqlx::Connection;
use tokio::sync::watch;

use super::super::{Engine, venue};

const TERMS: Terms = Terms {
    ttl: Duration::from_millis(1000),
    beat: Duration::from_millis(150),
    margin: Duration::from_millis(200),
};

async fn engine(dir: &Path, name: &str, sim: &Running) -> Engine {
    Engine::leasing(dir, &dir.join(name), &sim.binance, TERMS).await
}

fn main(picture: &Snapshot) -> &AccountView {
    &picture.accounts[0]
}

fn fence(picture: &Snapshot) -> Option<Fence> {
    main(picture).lease.as_ref().and_then(LeaseState::fence)
}

fn stands_by(picture: &Snapshot) -> bool {
    matches!(main(picture).lease, Some(LeaseState::Standby { .. }))
}

/// A position, and a bot's row for it.
async fn opened(dir: &Path, sim: &Running, symbol: &str) {
    let held = json!({"do": "seed_position", "symbol": symbol, "side": "long", "qty": "2"});
    sim.control().tell(held).unwrap();
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(dir.join("ledger.db"));
    let mut bot = sqlx::SqliteConnection::connect_with(&options).await.unwrap();
    sqlx::query(
        "INSERT INTO positions (account, exchange, symbol, side, quantity, entry_price, status) \
         SELECT 'main', 'binance', ?, 'long', '2', ?, 'active'",
    )
    .bind(symbol)
    .bind(if symbol == "ETHUSDT" { "3105.4" } else { "91250" })
    .execute(&mut bot)
    .await
    .unwrap();
}

fn leg<'a>(picture: &'a Snapshot, symbol: &str) -> Option<&'a LegView> {
    picture.legs.iter().find(|leg| leg.key.symbol == Symbol::from(symbol))
}

fn covered(symbol: &'static str) -> impl Fn(&Snapshot) -> bool {
    move |picture| {
        let guard = leg(picture, symbol).filter(|leg| leg.row.is_some()).map(|leg| leg.guard);
        guard.is_some_and(|guard| matches!(guard.value, Guard::Covered(_)))
    }
}

async fn refused(engine: &mut Engine) -> String {
    let picture = engine.until("the position", |p| leg(p, "ETHUSDT").is_some()).await;
    let leg = leg(&picture, "ETHUSDT").unwrap();
    let There::Open { side, quantity, .. } = leg.there else { panic!("{leg:?}") };
    let pin = Pin { key: leg.key.clone(), side, quantity, snapshot: picture.seq };
    let ask = Ask { id: 5, who: "a test".to_owned(), command: Command::Protect { pin } };
    let answer = engine.handle.follow(ask).recv().await.unwrap();
    assert_eq!(answer.verdict, Verdict::Refused, "{}", answer.text);
    answer.text
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_engine_watches_says_so_and_takes_over_from_the_dead() {
    let (sim, dir) = (venue().await, tempfile::tempdir().unwrap());
    let dir = dir.path();
    let mut first = engine(dir, "first", &sim).await;
    first.until("the lease", |p| fence(p) == Some(Fence(1))).await;
    opened(dir, &sim, "ETHUSDT").await;
    first.until("a stop", covered("ETHUSDT")).await;

    let mut second = engine(dir, "second", &sim).await;
    let picture = second.until("what the first did", covered("ETHUSDT")).await;
    assert!(stands_by(&picture), "{:?}", main(&picture).lease);
    let said = &main(&picture).findings[0];
    assert_eq!(said.kind, AccountFindingKind::Standby);
    let pid = std::process::id().to_string();
    assert!(said.text.contains(&pid), "{}", said.text);
    let text = refused(&mut second).await;
    assert!(text.contains("only watched from here") && text.contains(&pid), "{text}");

    // As kill -9 does: nothing is given back, and the kernel's lock is free.
    first.running.abort();
    opened(dir, &sim, "BTCUSDT").await;
    let picture = second.until("a stop of the second", covered("BTCUSDT")).await;
    assert_eq!(fence(&picture), Some(Fence(2)));
    let stop = &leg(&picture, "BTCUSDT").unwrap().stops[0];
    assert_eq!(stop.client_id.fence(), Some(2), "{}", stop.client_id);
    assert_eq!(leg(&picture, "ETHUSDT").unwrap().stops[0].client_id.fence(), Some(1));
    second.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lease_that_is_given_back_is_taken_at_the_next_beat() {
    let (sim, dir) = (venue().await, tempfile::tempdir().unwrap());
    let slow = Terms { ttl: Duration::from_secs(60), ..TERMS };
    let start = async |name: &str| {
        Engine::leasing(dir.path(), &dir.path().join(name), &sim.binance, slow).await
    };
    let mut first = start("first").await;
    first.until("the lease", |p| fence(p) == Some(Fence(1))).await;
    let mut second = start("second").await;
    second.until("to stand by", stands_by).await;
    first.stop().await;
    second.until("the lease", |p| fence(p) == Some(Fence(2))).await;
    second.stop().await;
}

/// An engine on a thread of its own, which stops dead as long as somebody holds it.
struct Stoppable {
    hold: std::sync::mpsc::Sender<std::sync::mpsc::Receiver<()>>,
    pictures: watch::Receiver<Option<Arc<Snapshot>>>,
}

impl Stoppable {
    async fn start(dir: &Path, sim: &Running) -> Self {
        let (hold, holds) = std::sync::mpsc::channel::<std::sync::mpsc::Receiver<()>>();
        let (ready, started) = tokio::sync::oneshot::channel();
        let (dir, binance) = (dir.to_owned(), sim.binance.clone());
        std::thread::spawn(move || {
            let runtime =
                tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async move {
                let engine = Engine::leasing(&dir, &dir.join("stoppable"), &binance, TERMS).await;
                ready.send(engine.pictures.clone()).unwrap();
                loop {
                    match holds.try_recv() {
                        // The whole thread waits here, and with it everything of the engine.
                        Ok(held) => drop(held.recv()),
                        Err(std::sync::mpsc::TryRecvError::Disconnected) => return,
                        Err(_) => tokio::time::sleep(Duration::from_millis(5)).await,
                    }
                }
            });
        });
        Self { hold, pictures: started.await.unwrap() }
    }

    /// Stops it until the answer is dropped.
    fn stop(&self) -> std::sync::mpsc::Sender<()> {
        let (go_on, held) = std::sync::mpsc::channel();
        self.hold.send(held).unwrap();
        go_on
    }

    async fn until(&mut self, fits: impl Fn(&Snapshot) -> bool) -> Arc<Snapshot> {
        let waiting = self.pictures.wait_for(|p| p.as_deref().is_some_and(&fits));
        let found = tokio::time::timeout(Duration::from_secs(20), waiting).await;
        found.unwrap().unwrap().clone().unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_engine_that_was_stopped_wakes_up_without_its_lease_and_sends_nothing() {
    let (sim, dir) = (venue().await, tempfile::tempdir().unwrap());
    let dir = dir.path();
    let mut first = Stoppable::start(dir, &sim).await;
    first.until(|p| fence(p) == Some(Fence(1))).await;
    opened(dir, &sim, "ETHUSDT").await;
    first.until(covered("ETHUSDT")).await;
    let mut second = engine(dir, "second", &sim).await;
    second.until("to stand by", stands_by).await;

    let held = first.stop();
    second.until("the lease", |p| fence(p) == Some(Fence(2))).await;
    opened(dir, &sim, "BTCUSDT").await;
    second.until("a stop of the second", covered("BTCUSDT")).await;
    drop(held);
    let picture = first.until(|p| stands_by(p) && covered("BTCUSDT")(p)).await;
    for symbol in ["BTCUSDT", "ETHUSDT"] {
        let stops = &leg(&picture, symbol).unwrap().stops;
        assert_eq!(stops.len(), 1, "{symbol}: {stops:?}");
    }
    assert_eq!(leg(&picture, "BTCUSDT").unwrap().stops[0].client_id.fence(), Some(2));
    let lost = |p: &Snapshot| p.events.iter().any(|e| e.kind.name() == "LEASE_LOST");
    first.until(lost).await;
    second.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ledger_that_is_locked_for_long_costs_nobody_the_lease() {
    let (sim, dir) = (venue().await, tempfile::tempdir().unwrap());
    let dir = dir.path();
    let mut first = engine(dir, "first", &sim).await;
    opened(dir, &sim, "ETHUSDT").await;
    first.until("a stop", covered("ETHUSDT")).await;
    let mut second = engine(dir, "second", &sim).await;
    second.until("to stand by", stands_by).await;
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(dir.join("ledger.db"));
    let mut other = sqlx::SqliteConnection::connect_with(&options).await.unwrap();
    sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
    let began = first.pictures.borrow().as_ref().unwrap().at;
    let late = |p: &Snapshot| p.at.since(began).duration() > TERMS.ttl * 5;
    let picture = first.until("much later", late).await;
    assert_eq!(fence(&picture), Some(Fence(1)), "{:?}", main(&picture).lease);
    sqlx::raw_sql("ROLLBACK").execute(&mut other).await.unwrap();
    assert!(stands_by(second.pictures.borrow().as_ref().unwrap()));
    opened(dir, &sim, "BTCUSDT").await;
    let picture = first.until("a stop", covered("BTCUSDT")).await;
    assert_eq!(fence(&picture), Some(Fence(1)));
    first.stop().await;
    second.stop().await;
}
