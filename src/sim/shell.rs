//! The clock and the lock around the pure part, shared by the wires and the control door.
//!
//! The clock is the machine's, or one its owner turns: with that nothing in here is random or
//! depends on threads. Door: [`Shell::on`], [`Shell::lock`], [`Shell::pump`].

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::time::MissedTickBehavior;

use crate::sim::bybit::world::BybitWorld;
use crate::sim::numbers::Ms;
use crate::sim::world::World;

/// How often time is looked at on the machine's clock.
const PUMP: Duration = Duration::from_millis(20);

/// Tells the time in milliseconds since 1970.
pub type Clock = Arc<dyn Fn() -> Ms + Send + Sync>;

/// What lives behind a lock and goes with time.
pub trait Timed {
    /// Opens it.
    fn open(seed: u64, now: Ms) -> Self;
    /// How far its clock is ahead of the machine's.
    fn skew(&self) -> Ms;
    /// Lets time pass.
    fn pump(&mut self, now: Ms);
    /// When time brings something next, on the machine's clock.
    fn next_due(&self) -> Ms;
}

impl Timed for World {
    fn open(seed: u64, now: Ms) -> Self {
        Self::new(seed, now)
    }

    fn skew(&self) -> Ms {
        self.skew
    }

    fn pump(&mut self, now: Ms) {
        Self::pump(self, now);
    }

    fn next_due(&self) -> Ms {
        Self::next_due(self)
    }
}

impl Timed for BybitWorld {
    fn open(seed: u64, now: Ms) -> Self {
        Self::new(seed, now)
    }

    fn skew(&self) -> Ms {
        self.skew
    }

    fn pump(&mut self, now: Ms) {
        Self::pump(self, now);
    }

    fn next_due(&self) -> Ms {
        Self::next_due(self)
    }
}

/// The world behind its lock.
pub struct Shell<W = World> {
    world: Mutex<W>,
    clock: Clock,
}

impl<W> fmt::Debug for Shell<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Shell")
    }
}

impl<W: Timed> Shell<W> {
    /// Opens an exchange on a clock.
    pub fn on(clock: Clock, seed: u64) -> Self {
        Self { world: Mutex::new(W::open(seed, clock())), clock }
    }

    /// The world, and the time on its clock.
    pub fn lock(&self) -> (MutexGuard<'_, W>, Ms) {
        let world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        let now = (self.clock)() + world.skew();
        (world, now)
    }

    /// Lets time pass up to now.
    pub fn pump(&self) {
        let (mut world, now) = self.lock();
        world.pump(now);
    }

    /// When time brings something next, on the shell's clock.
    pub fn next_due(&self) -> Ms {
        self.lock().0.next_due()
    }

    /// Lets time pass until the task is dropped.
    pub async fn keep_pumping(&self) {
        let mut beat = tokio::time::interval(PUMP);
        beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            beat.tick().await;
            self.pump();
        }
    }
}

/// The machine's own clock.
pub fn machine_clock() -> Clock {
    Arc::new(|| {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Ms::try_from(since.as_millis()).unwrap_or(0)
    })
}
