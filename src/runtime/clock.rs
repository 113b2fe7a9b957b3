//! The clock of a process: wall time read once, the monotonic clock from then on.
//!
//! For: instants that never run backwards, whatever somebody does to the wall clock.
//! Not for: venue time, which only the exchange room compares with ours.
//! Door: [`Clock::start`], once per process; [`Clock::at`] where even wall time is given. The
//! monotonic clock is tokio's, so whoever turns that one turns this one.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::time::Instant;

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
        Self::at(Time(whole_millis(wall)))
    }

    /// A clock that shows `wall` now.
    pub fn at(wall: Time) -> Self {
        Self { wall, anchor: Instant::now() }
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

    #[tokio::test(start_paused = true)]
    async fn a_clock_shows_what_it_was_given_and_goes_on_with_tokio_s() {
        let clock = Clock::at(Time(5_000));
        assert_eq!(clock.now(), Time(5_000));
        tokio::time::sleep(Duration::from_secs(3600)).await;
        assert_eq!(clock.now(), Time(3_605_000));
    }

    #[test]
    fn a_time_before_the_start_is_due_at_once() {
        let clock = Clock::start();
        assert!(clock.instant(Time(0)) <= Instant::now());
    }
}
