//! The driver under a clock that somebody else turns: one thread, the real ledger, no waiting.

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::future::BoxFuture;
use holdfast::domain::effect::Effect;
use holdfast::domain::input::Input;
use holdfast::domain::journal::{Receipt, Write, WriteError};
use holdfast::domain::key::AccountName;
use holdfast::domain::ledger::Books;
use holdfast::domain::time::Time;
use holdfast::engine::Core;
use holdfast::runtime::{Clock, Driver, Handle, Setup, Witness};
use holdfast::store::{AtOnce, Claimed, Fences, Shelf, SignOfLife, Want};
use tokio::time::{sleep, timeout};

use super::super::policy;

const BEGAN: Time = Time(1_795_000_000_000);

/// Everything that a core was told, decided and showed.
type Steps = Vec<(Time, String)>;

#[derive(Clone, Debug, Default)]
struct Diary(Arc<Mutex<Steps>>);

impl Diary {
    fn steps(&self) -> Steps {
        self.0.lock().unwrap().clone()
    }

    /// When it was told that.
    fn told(&self, what: &str) -> Option<Time> {
        self.steps().into_iter().find(|(_, step)| step.contains(what)).map(|(at, _)| at)
    }
}

impl Witness for Diary {
    fn told(&mut self, now: Time, input: &Input, _: &Core) {
        self.0.lock().unwrap().push((now, format!("{input:?}")));
    }

    fn decided(&mut self, now: Time, effects: &[Effect], core: &Core) {
        self.0.lock().unwrap().push((now, format!("{effects:?}, then {:?}", core.wake_at())));
    }

    fn flush(&mut self, _: Time, _: &Core) {}

    fn fault(&self) -> Option<&str> {
        None
    }
}

/// A ledger that takes its time, and may be on another host than whoever else uses it.
#[derive(Debug)]
struct Slow {
    ledger: AtOnce,
    elsewhere: bool,
    /// What was done to the file.
    done: Mutex<Vec<&'static str>>,
}

const SLOWNESS: Duration = Duration::from_millis(80);

impl Slow {
    fn open(dir: &Path, elsewhere: bool) -> Arc<Self> {
        let ledger = AtOnce::open(&dir.join("ledger.db")).unwrap();
        Arc::new(Self { ledger, elsewhere, done: Mutex::default() })
    }

    async fn before(&self, what: &'static str) {
        sleep(SLOWNESS).await;
        self.done.lock().unwrap().push(what);
    }
}

impl Shelf for Slow {
    fn read(&self) -> BoxFuture<'_, Result<Books, String>> {
        self.ledger.read()
    }

    fn write_held<'a>(
        &'a self,
        held: &'a Fences,
        writes: &'a [Write],
    ) -> BoxFuture<'a, Result<Receipt, WriteError>> {
        Box::pin(async {
            self.before("write").await;
            self.ledger.write_held(held, writes).await
        })
    }

    fn foreign_version(&self) -> BoxFuture<'_, Result<i64, String>> {
        self.ledger.foreign_version()
    }

    fn claim<'a>(
        &'a self,
        holder: &'a str,
        wants: Vec<(AccountName, Want)>,
        now: Time,
        until: Time,
    ) -> BoxFuture<'a, Claimed> {
        Box::pin(async move {
            self.before("claim").await;
            self.ledger.claim(holder, wants, now, until).await
        })
    }

    fn release(&self, held: Fences, now: Time) -> BoxFuture<'_, Result<(), String>> {
        Box::pin(async move {
            self.before("release").await;
            self.ledger.release(held, now).await
        })
    }

    fn sign_of_life(&self, account: &AccountName) -> Option<Arc<dyn SignOfLife>> {
        self.ledger.sign_of_life(account).filter(|_| !self.elsewhere)
    }
}

fn driver(ledger: Arc<dyn Shelf>, holder: &str, clock: Clock) -> (Driver, Handle, Diary) {
    let diary = Diary::default();
    let shown = diary.clone();
    let (driver, handle) = Driver::new(Setup {
        policy: policy(),
        accounts: Vec::new(),
        ledger,
        witness: Box::new(diary.clone()),
        publish: Box::new(move |p| shown.0.lock().unwrap().push((p.at, format!("{p:?}")))),
        clock,
        holder: holder.to_owned(),
    });
    (driver, handle, diary)
}

/// One thread, whose time goes on when nothing is left to do.
fn world<T>(run: impl Future<Output = T>) -> T {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.enable_time().start_paused(true).build().unwrap().block_on(run)
}

/// A bot's row, written by another thread while the world stands still.
fn bot(dir: &Path) {
    use sqlx::Connection;
    let file = dir.join("ledger.db");
    let insert = async move {
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file);
        let mut bot = sqlx::SqliteConnection::connect_with(&options).await.unwrap();
        let at = BEGAN.to_string();
        let row = sqlx::query(
            "INSERT INTO positions (account, exchange, symbol, side, quantity, entry_price, \
             status, opened_at, updated_at) \
             VALUES ('main', 'binance', 'ETHUSDT', 'long', '2', '3105.4', 'active', ?, ?)",
        );
        row.bind(&at).bind(&at).execute(&mut bot).await.unwrap();
        bot.close().await.unwrap();
    };
    let thread = std::thread::spawn(move || {
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(insert);
    });
    thread.join().unwrap();
}

fn ten_minutes() -> Steps {
    let dir = tempfile::tempdir().unwrap();
    world(async {
        let ledger = Arc::new(AtOnce::open(&dir.path().join("ledger.db")).unwrap());
        let (driver, _handle, diary) = driver(ledger, "one", Clock::at(BEGAN));
        let running = tokio::spawn(driver.run());
        sleep(Duration::from_secs(100)).await;
        bot(dir.path());
        sleep(Duration::from_secs(500)).await;
        assert!(!running.is_finished());
        diary.steps()
    })
}

#[test]
fn ten_minutes_pass_without_waiting_and_twice_alike() {
    let began = std::time::Instant::now();
    let steps = ten_minutes();
    assert!(began.elapsed() < Duration::from_secs(60), "took {:?}", began.elapsed());
    assert!(steps.len() > 300, "a picture every two seconds: {}", steps.len());
    assert!(steps.last().unwrap().0.since(BEGAN).duration() > Duration::from_secs(590));
    let row = steps.iter().find(|(_, step)| step.contains("ETHUSDT")).unwrap();
    let seen = row.0.since(BEGAN).duration();
    assert!(seen <= Duration::from_millis(100_250), "noticed only after {seen:?}");
    assert_eq!(steps, ten_minutes());
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Successor {
    Waits,
    Comes,
}

/// One engine dies so long after its start; gives when the other one took over, by its diary.
fn death(after: Duration, successor: Successor, elsewhere: bool) -> (Option<Duration>, Steps) {
    let dir = tempfile::tempdir().unwrap();
    world(async {
        let clock = Clock::at(BEGAN);
        let first = Slow::open(dir.path(), elsewhere);
        let (driver_one, _one, diary_one) = driver(first.clone(), "one", clock);
        let dying = tokio::spawn(driver_one.run());
        let second = || driver(Slow::open(dir.path(), elsewhere), "two", clock);
        let waiting = match successor {
            Successor::Waits => {
                tokio::task::yield_now().await;
                sleep(SLOWNESS / 2).await;
                let (driver, handle, diary) = second();
                tokio::spawn(driver.run());
                Some((handle, diary))
            }
            Successor::Comes => None,
        };
        sleep(after).await;
        dying.abort();
        tokio::task::yield_now().await;
        let (died, steps) = (clock.now(), diary_one.steps());
        let done = first.done.lock().unwrap().clone();
        let (_two, diary) = waiting.unwrap_or_else(|| {
            let (driver, handle, diary) = second();
            tokio::spawn(driver.run());
            (handle, diary)
        });
        sleep(Duration::from_secs(40)).await;
        assert_eq!(diary_one.steps(), steps, "the dead is told nothing");
        assert_eq!(*first.done.lock().unwrap(), done, "and writes nothing");
        assert!(!done.contains(&"release"), "{done:?}");
        let taken = ["Fence(2)", "Fence(1)"].map(|fence| format!("Held {{ fence: {fence} }}"));
        let taken = taken.iter().find_map(|held| diary.told(held));
        (taken.map(|at| at.since(died).duration()), [steps, diary.steps()].concat())
    })
}

/// A dead engine is as dead as after `kill -9`, wherever it was.
#[test]
fn whoever_dies_is_succeeded_by_the_rules_of_leases_and_twice_alike() {
    let ms = Duration::from_millis;
    // While it takes the lease, while it writes that, at rest, and while it renews.
    for after in [ms(20), ms(130), ms(2_000), ms(5_040), ms(7_000)] {
        for successor in [Successor::Waits, Successor::Comes] {
            for elsewhere in [false, true] {
                let (taken, steps) = death(after, successor, elsewhere);
                let what = format!("{after:?}, {successor:?}, {elsewhere}");
                let longest = match (successor, elsewhere) {
                    // The kernel's lock is free, which is seen at the next beat, or at once.
                    (Successor::Waits, false) => ms(5_000) + SLOWNESS * 4,
                    (Successor::Comes, false) => SLOWNESS * 4,
                    // Nothing but the time without a renewal.
                    (_, true) => ms(20_000) + SLOWNESS * 4,
                };
                let taken = taken.unwrap_or_else(|| panic!("{what}: never taken over"));
                assert!(taken <= longest, "{what}: {taken:?}");
                if elsewhere && after >= ms(2_000) {
                    assert!(taken >= ms(12_000), "{what}: stolen after {taken:?}");
                }
                assert!(steps == death(after, successor, elsewhere).1, "{what}: not alike");
            }
        }
    }
}

#[test]
fn a_driver_that_is_dropped_before_its_first_turn_has_done_nothing() {
    let dir = tempfile::tempdir().unwrap();
    world(async {
        let ledger = Slow::open(dir.path(), false);
        let (driver, _handle, _diary) = driver(ledger.clone(), "one", Clock::at(BEGAN));
        assert!(timeout(Duration::ZERO, driver.run()).await.is_err());
        sleep(Duration::from_secs(60)).await;
        assert!(ledger.done.lock().unwrap().is_empty());
        let sign = ledger.sign_of_life(&"main".into()).unwrap();
        assert!(sign.lock(), "the kernel's lock is free");
    });
}
