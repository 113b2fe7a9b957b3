//! Which input of a recording a person means.
//!
//! For: numbers, times and ways, and what lies beyond the recording. Not for: going there (`deck`).
//! Door: [`of`].

use crate::domain::time::Time;
use crate::store::recorder::Step;
use crate::ui::reel::Goto;

/// Where a recording has no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// Before its first input.
    Begin,
    /// After its last.
    End,
}

/// The place that is meant, of these steps and from this instant; of an instant the last input
/// at or before it.
///
/// # Errors
/// It is beyond an edge of the recording: that edge.
pub fn of(goto: Goto, now: Time, steps: &[Step]) -> Result<usize, Edge> {
    let (Some(first), Some(last)) = (steps.first(), steps.last()) else { return Err(Edge::Begin) };
    let within = |is_before: bool, is_after: bool, place: usize| match (is_before, is_after) {
        (true, _) => Err(Edge::Begin),
        (_, true) => Err(Edge::End),
        _ => Ok(place),
    };
    let at = |time: Time| {
        let place = steps.partition_point(|step| step.at <= time).saturating_sub(1);
        within(time < first.at, time > last.at, place)
    };
    match goto {
        Goto::Input(number) => {
            let place = steps.partition_point(|step| step.number < number);
            within(number < first.number, number > last.number, place)
        }
        Goto::By(ms) => at(Time(now.0.saturating_add(ms))),
        Goto::At(time) => at(time),
        Goto::Clock(of_day) => at(of_the_day(of_day, first.at, last.at)),
    }
}

/// The first instant of a recording at which it is so many milliseconds past midnight; where it
/// has none, the one that is nearest to it.
fn of_the_day(of_day: u64, first: Time, last: Time) -> Time {
    const DAY: i64 = 86_400_000;
    let midnight = first.0.saturating_sub(first.0.rem_euclid(DAY));
    let meant = Time(midnight.saturating_add(i64::try_from(of_day).unwrap_or(0)));
    let tomorrow = Time(meant.0.saturating_add(DAY));
    let is_nearer = tomorrow.since(last) < first.since(meant);
    if meant < first && is_nearer { tomorrow } else { meant }
}

#[cfg(test)]
mod tests {
    use crate::domain::input::Input;
    use crate::domain::time::Span;

    use super::*;

    const HOUR: u64 = 3_600_000;

    fn hours(n: u64) -> Time {
        Time(0) + Span(n * HOUR)
    }

    /// An input an hour, numbered from 5.
    fn steps(from: u64, to: u64) -> Vec<Step> {
        let step = |at: u64| Step {
            number: 5 + at - from,
            at: hours(at),
            shown: None,
            input: Input::Woke,
            did: None,
            core: None,
        };
        (from..=to).map(step).collect()
    }

    #[test]
    fn beyond_the_recording_is_its_edge() {
        let steps = steps(22, 27);
        let place = |goto| of(goto, hours(24), &steps);
        let short = Span(1);
        for goto in [
            Goto::Input(4),
            Goto::By(-7_200_001),
            Goto::By(i64::MIN),
            Goto::At(hours(22) - short),
            Goto::Clock(21 * HOUR),
        ] {
            assert_eq!(place(goto), Err(Edge::Begin), "{goto:?}");
        }
        for goto in [
            Goto::Input(11),
            Goto::By(10_800_001),
            Goto::By(i64::MAX),
            Goto::At(hours(27) + short),
            Goto::Clock(4 * HOUR),
        ] {
            assert_eq!(place(goto), Err(Edge::End), "{goto:?}");
        }
        for (goto, at) in [
            (Goto::Input(5), 0),
            (Goto::Input(10), 5),
            (Goto::By(-7_200_000), 0),
            (Goto::By(10_800_000), 5),
            (Goto::At(hours(22)), 0),
            (Goto::At(hours(26) + short), 4),
            (Goto::At(hours(27)), 5),
        ] {
            assert_eq!(place(goto), Ok(at), "{goto:?}");
        }
    }

    #[test]
    fn a_time_of_day_is_the_first_in_the_recording_else_the_nearest() {
        let of_day = |hour: u64, from, to| of_the_day(hour * HOUR, hours(from), hours(to));
        assert_eq!(of_day(23, 22, 27), hours(23));
        assert_eq!(of_day(2, 22, 27), hours(26), "after midnight");
        assert_eq!(of_day(4, 22, 27), hours(28), "beyond the end");
        assert_eq!(of_day(20, 22, 27), hours(20), "before the beginning");
        assert_eq!(of_day(3, 2, 90), hours(3));
        for end in [Time(i64::MIN), Time(i64::MAX)] {
            of_the_day(5 * HOUR, end, end);
            of_the_day(5 * HOUR, Time(i64::MIN), end);
        }
    }
}
