//! The pace: how often new pictures are painted.
//!
//! For: at most four times a second; once when nobody looks or the line is slow. Keys are not
//! paced. Door: [`Pace`].

use std::time::{Duration, Instant};

/// Between two paints of new pictures.
const DATA_GAP: Duration = Duration::from_millis(250);
/// The same when nobody looks, or the line is slow.
const REST_GAP: Duration = Duration::from_secs(1);
/// A write that takes longer means that the line is slow.
const WRITE_SLOW: Duration = Duration::from_millis(100);
/// How long the pace stays low after a slow write.
const BACK_OFF: Duration = Duration::from_secs(10);

/// When pictures were painted, and how the line took them.
#[derive(Debug, Default)]
pub(super) struct Pace {
    painted: Option<Instant>,
    slow_until: Option<Instant>,
}

impl Pace {
    /// The instant from which a new picture may be painted.
    pub(super) fn data_at(&self, has_focus: bool, now: Instant) -> Instant {
        let is_slow = self.slow_until.is_some_and(|until| now < until);
        let gap = if has_focus && !is_slow { DATA_GAP } else { REST_GAP };
        self.painted.map_or(now, |painted| painted + gap)
    }

    /// A picture was taken to be painted.
    pub(super) fn took_data(&mut self, now: Instant) {
        self.painted = Some(now);
    }

    /// A frame was written, which took so long.
    pub(super) fn wrote(&mut self, took: Duration, now: Instant) {
        if took > WRITE_SLOW {
            self.slow_until = Some(now + BACK_OFF);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_painted_four_times_a_second_and_once_when_nobody_looks() {
        let start = Instant::now();
        let mut pace = Pace::default();
        assert_eq!(pace.data_at(true, start), start, "the first one at once");
        pace.took_data(start);
        assert_eq!(pace.data_at(true, start) - start, Duration::from_millis(250));
        assert_eq!(pace.data_at(false, start) - start, Duration::from_secs(1));
    }

    #[test]
    fn a_slow_line_gets_fewer_frames_for_a_while() {
        let start = Instant::now();
        let mut pace = Pace::default();
        pace.took_data(start);
        pace.wrote(Duration::from_millis(99), start);
        assert_eq!(pace.data_at(true, start) - start, Duration::from_millis(250));
        pace.wrote(Duration::from_millis(400), start);
        assert_eq!(pace.data_at(true, start) - start, Duration::from_secs(1));
        let later = start + Duration::from_secs(11);
        assert_eq!(pace.data_at(true, later) - start, Duration::from_millis(250));
    }
}
