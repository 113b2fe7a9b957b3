//! The clock and the lock around the pure part, shared by the wires and the control door.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::time::MissedTickBehavior;

use crate::sim::numbers::Ms;
use crate::sim::world::World;

/// How often time is looked at.
const PUMP: Duration = Duration::from_millis(20);

/// The world behind its lock.
#[derive(Debug)]
pub struct Shell {
    world: Mutex<World>,
}

impl Shell {
    /// Opens an exchange on the machine's clock.
    pub fn new(seed: u64) -> Self {
        Self { world: Mutex::new(World::new(seed, machine_now())) }
    }

    /// The world, and the time on its clock.
    pub fn lock(&self) -> (MutexGuard<'_, World>, Ms) {
        let world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        let now = machine_now() + world.skew;
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
