//! How long to wait before a stream is connected again.
//!
//! For: waits that grow, with jitter, so that many links do not all come back in the same instant.
//! Not for: waiting, or connecting.
//! Door: [`BackOff`].

use std::time::Duration;

use crate::exchange::account::Pace;

/// Waits between attempts, doubled each time.
#[derive(Debug)]
pub struct BackOff {
    first: Duration,
    last: Duration,
    tries: u32,
}

/// A connection that lived this long was a good one: the next wait is the first again.
const GOOD: Duration = Duration::from_secs(10);

impl BackOff {
    /// No attempt yet.
    pub fn new(pace: &Pace) -> Self {
        Self { first: pace.retry_first.duration(), last: pace.retry_last.duration(), tries: 0 }
    }

    /// Notes how long a connection lived.
    pub fn lived(&mut self, age: Duration) {
        if age >= GOOD {
            self.tries = 0;
        }
    }

    /// How long to wait now: between half and all of the doubled wait, by any number.
    pub fn wait(&mut self, random: u64) -> Duration {
        let doubled = self.first.saturating_mul(1 << self.tries.min(16));
        self.tries = self.tries.saturating_add(1);
        let most = doubled.min(self.last);
        let share = u32::try_from(random % 1000).unwrap_or(0);
        most / 2 + most / 2 * share / 1000
    }
}
