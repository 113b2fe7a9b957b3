//! The clock and the lock around the pure part, shared by the wires and the control door.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::time::MissedTickBehavior;

use crate::sim::bybit::world::BybitWorld;
use crate::sim::numbers::Ms;
use crate::sim::world::World;

/// How often time is looked at.
const PUMP: Duration = Duration::from_millis(20);

/// What lives behind a lock and goes with time.
pub trait Timed {
    /// Opens it.
    fn open(seed: u64, now: Ms) -> Self;
    /// How far its clock is ahead of the machine's.
    fn skew(&self) -> Ms;
    /// Lets time pass.
    fn pump(&mut self, now: Ms);
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
}

/// The world behind its lock.
#[derive(Debug)]
pub struct Shell<W = World> {
    world: Mutex<W>,
}

impl<W: Timed> Shell<W> {
    /// Opens an exchange on the machine's clock.
    pub fn new(seed: u64) -> Self {
        Self { world: Mutex::new(W::open(seed, machine_now())) }
    }

    /// The world, and the time on its clock.
    pub fn lock(&self) -> (MutexGuard<'_, W>, Ms) {
        let world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        let now = machine_now() + world.skew();
        (world, now)
    }

    /// Lets time pass until the task is dropped.
    pub async fn pump(&self) {
        let mut beat = tokio::time::interval(PUMP);
        beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            beat.tick().await;
            let (mut world, now) = self.lock();
            world.pump(now);
        }
    }
}

fn machine_now() -> Ms {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Ms::try_from(since.as_millis()).unwrap_or(0)
}
