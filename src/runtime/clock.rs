//! The clock of a process: wall time read once, the monotonic clock from then on.
//!
//! For: instants that never run backwards, whatever somebody does to the wall clock.
//! Not for: venue time, which only the exchange room compares with ours.
//! Door: [`Clock::start`], once per process.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::domain::time::Time;

/// Where this process stands in time.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    wall: Time,
    anchor: Instant,
}

impl Clock {
    /// Reads wall time, for the only time.
    pub fn start() -> Self {
        let wall = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self { wall: Time(whole_millis(wall)), anchor: Instant::now() }
    }

    /// Now; never earlier than any earlier answer.
    pub fn now(&self) -> Time {
        Time(self.wall.0.saturating_add(whole_millis(self.anchor.elapsed())))
    }

    /// The instant of the monotonic clock at which [`Clock::now`] reaches `at`.
    pub fn instant(&self, at: Time) -> Instant {
        self.anchor + at.since(self.wall).duration()
    }
}

fn whole_millis(length: Duration) -> i64 {
    i64::try_from(length.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::Span;

    #[test]
    fn an_instant_lies_as_far_ahead_as_its_time() {
        let clock = Clock::start();
        let soon = clock.now() + Span::secs(5);
        let ahead = clock.instant(soon).duration_since(Instant::now());
        assert!(ahead <= Duration::from_secs(5) && ahead > Duration::from_secs(4), "{ahead:?}");
    }

    #[test]
    fn a_time_before_the_start_is_due_at_once() {
        let clock = Clock::start();
        assert!(clock.instant(Time(0)) <= Instant::now());
    }
}
