//! The venue's clock, as far as ours can tell.
//!
//! For: the timestamps that requests are signed with, and our own time for "until when".
//! Not for: the question to the venue (each venue's `rest` asks it).
//! Door: [`Clock::measure`], then [`Clock::stamp`].

use std::future::Future;
use std::sync::Mutex;

use tokio::time::Instant;

use crate::domain::time::{Span, Time, VenueTime};
use crate::exchange::failure::Failure;
use crate::exchange::lock;

/// Questions about the venue's time, of which the quickest counts.
const SAMPLES: usize = 3;
/// The longest round trip by which timestamps are held back; more would eat up the window in
/// which the venue takes a request.
const LATEST: i64 = 1000;

/// Our clock and its distance from the venue's.
#[derive(Debug)]
pub struct Clock {
    started: Instant,
    base: Time,
    measured: Mutex<Measured>,
    /// When somebody last measured it; held while somebody does.
    synced: tokio::sync::Mutex<Option<Instant>>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Measured {
    ahead: i64,
    late: i64,
}

/// One question about the venue's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// Our time when it left.
    pub sent: Time,
    /// Our time when its answer came.
    pub received: Time,
    /// What the venue said.
    pub said: VenueTime,
}

impl Sample {
    fn round_trip(&self) -> i64 {
        self.received.0 - self.sent.0
    }
}

impl Clock {
    /// Goes on from the wall clock as it is now.
    pub fn new(wall: Time) -> Self {
        Self {
            started: Instant::now(),
            base: wall,
            measured: Mutex::default(),
            synced: tokio::sync::Mutex::default(),
        }
    }

    /// Our own time: the wall clock at start, carried on by the monotonic one.
    pub fn now(&self) -> Time {
        self.base + Span(u64::try_from(self.started.elapsed().as_millis()).unwrap_or(0))
    }

    /// Measures the venue's clock, unless somebody did since `since`.
    ///
    /// # Errors
    /// The first failure; samples before it are used.
    pub async fn measure<F>(&self, since: Instant, sample: impl Fn() -> F) -> Result<(), Failure>
    where
        F: Future<Output = Result<Sample, Failure>>,
    {
        let mut synced = self.synced.lock().await;
        if synced.is_some_and(|at| at > since) {
            return Ok(());
        }
        let mut samples = Vec::new();
        let mut result = Ok(());
        for _ in 0..SAMPLES {
            match sample().await {
                Ok(sample) => samples.push(sample),
                Err(failure) => {
                    result = Err(failure);
                    break;
                }
            }
        }
        self.learn(&samples);
        if result.is_ok() {
            *synced = Some(Instant::now());
        }
        result
    }

    /// Takes the best of some samples: the one with the shortest round trip.
    pub fn learn(&self, samples: &[Sample]) {
        let Some(best) = samples.iter().min_by_key(|sample| sample.round_trip()) else { return };
        let middle = best.sent.0 + best.round_trip() / 2;
        let measured = Measured {
            ahead: middle - best.said.0,
            late: (best.round_trip() / 2 + 1).clamp(0, LATEST),
        };
        *lock(&self.measured) = measured;
    }

    /// By how many milliseconds our clock is ahead of the venue's.
    pub fn ahead(&self) -> i64 {
        lock(&self.measured).ahead
    }

    /// The venue's time now.
    pub fn venue_now(&self) -> VenueTime {
        VenueTime(self.now().0 - self.ahead())
    }

    /// The timestamp for a request: rather late than early, because the venue forgives five
    /// seconds of the one and one second of the other (binance-usdm 2.4, bybit 2.2).
    pub fn stamp(&self) -> VenueTime {
        let measured = *lock(&self.measured);
        VenueTime(self.now().0 - measured.ahead - measured.late)
    }

    /// One of our instants on the venue's clock.
    pub fn theirs(&self, at: Time) -> VenueTime {
        VenueTime(at.0.saturating_sub(self.ahead()))
    }

    /// One of the venue's instants on our clock.
    pub fn ours(&self, at: VenueTime) -> Time {
        Time(at.0.saturating_add(self.ahead()))
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::time::Duration;

    use super::*;

    fn sample(sent: i64, received: i64, said: i64) -> Sample {
        Sample { sent: Time(sent), received: Time(received), said: VenueTime(said) }
    }

    async fn a_moment_ago() -> Instant {
        let before = Instant::now();
        tokio::time::advance(Duration::from_millis(1)).await;
        before
    }

    fn unreachable() -> Failure {
        Failure::unreadable("no answer")
    }

    #[tokio::test(start_paused = true)]
    async fn the_quickest_answer_decides_and_timestamps_stay_behind_the_venue() {
        let clock = Clock::new(Time(10_000));
        clock.learn(&[sample(0, 900, 9_450), sample(0, 100, 7_050), sample(0, 400, 200)]);
        assert_eq!(clock.ahead(), -7_000);
        assert_eq!(clock.venue_now(), VenueTime(17_000));
        // Half of its round trip is how much too early the venue's word may have been.
        assert_eq!(clock.stamp(), VenueTime(17_000 - 51));
        assert_eq!(clock.ours(VenueTime(17_000)), Time(10_000));
        assert_eq!(clock.theirs(Time(10_000)), VenueTime(17_000));
        clock.learn(&[sample(0, 9_000, 4_500)]);
        assert_eq!(clock.stamp(), VenueTime(10_000 - LATEST));
    }

    #[tokio::test(start_paused = true)]
    async fn what_was_measured_meanwhile_is_not_measured_again() {
        let clock = Clock::new(Time(0));
        let asked = Cell::new(0);
        let ask = || {
            asked.set(asked.get() + 1);
            async { Ok(sample(0, 10, 0)) }
        };
        let before = a_moment_ago().await;
        assert!(clock.measure(before, ask).await.is_ok());
        assert_eq!(asked.get(), SAMPLES);
        assert!(clock.measure(before, ask).await.is_ok());
        assert_eq!(asked.get(), SAMPLES, "it was measured since");
        tokio::time::advance(Duration::from_millis(1)).await;
        assert!(clock.measure(Instant::now(), ask).await.is_ok());
        assert_eq!(asked.get(), 2 * SAMPLES);
    }

    #[tokio::test(start_paused = true)]
    async fn a_failure_uses_what_came_before_it_and_the_next_who_asks_tries_again() {
        let clock = Clock::new(Time(0));
        let asked = Cell::new(0);
        let ask = || {
            asked.set(asked.get() + 1);
            let answer =
                if asked.get() == 1 { Ok(sample(0, 20, 1_010)) } else { Err(unreachable()) };
            async { answer }
        };
        let before = a_moment_ago().await;
        assert!(clock.measure(before, ask).await.is_err());
        assert_eq!((asked.get(), clock.ahead()), (2, -1_000));
        assert!(clock.measure(before, ask).await.is_err());
        assert_eq!(asked.get(), 3, "nobody measured it: the question is asked again");
    }
}
