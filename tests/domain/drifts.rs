//! The timeline of a leg: who learnt a change, and when.

use holdfast::domain::amount::{Qty, Side};
use holdfast::domain::drift::{Change, Drift, Holding, Same, Source, Word};
use holdfast::domain::time::{Time, VenueTime};
use holdfast::domain::timeline;
use rust_decimal::Decimal;

use super::making::{buy, sell};

fn long(quantity: i64) -> Holding {
    Holding::Open(Side::Long, Qty::new(Decimal::from(quantity)).unwrap())
}

fn word(to: Holding, now: i64) -> Word {
    Word { to, now: Time(now), at: None, offset_ms: 0, deaf: false, found: false }
}

const EXACT: Same<'_> = &|a, b| a == b;

fn marks(drift: &Drift) -> Vec<(Holding, [Option<i64>; 3])> {
    let times = |change: &Change| Source::ALL.map(|source| change.learnt(source).map(|at| at.0));
    drift.changes().map(|change| (change.to, times(change))).collect()
}

#[test]
fn each_source_is_noted_when_it_first_says_so_and_never_again() {
    let mut drift = Drift::default();
    drift.told(Source::Stream, &word(long(1), 10), EXACT);
    drift.told(Source::Rest, &word(long(1), 20), EXACT);
    drift.told(Source::Rest, &word(long(1), 30), EXACT);
    drift.booked(long(1), Time(40), false, EXACT);
    drift.booked(long(1), Time(50), false, EXACT);
    assert_eq!(marks(&drift), [(long(1), [Some(10), Some(20), Some(40)])]);
    assert!(drift.knows(Source::Rest, long(1)) && !drift.knows(Source::Rest, long(2)));
}

#[test]
fn a_source_that_skips_changes_learns_the_one_it_names() {
    let mut drift = Drift::default();
    for (size, at) in [(1, 10), (2, 20), (3, 30)] {
        drift.told(Source::Stream, &word(long(size), at), EXACT);
    }
    drift.booked(long(1), Time(40), false, EXACT);
    drift.told(Source::Rest, &word(long(3), 50), EXACT);
    drift.booked(long(3), Time(60), false, EXACT);
    let learnt = [
        (long(1), [Some(10), None, Some(40)]),
        (long(2), [Some(20), None, None]),
        (long(3), [Some(30), Some(50), Some(60)]),
    ];
    assert_eq!(marks(&drift), learnt);
}

#[test]
fn what_only_a_row_says_is_no_change_of_the_venues() {
    let mut drift = Drift::default();
    drift.told(Source::Stream, &word(long(1), 10), EXACT);
    drift.booked(long(1), Time(11), false, EXACT);
    drift.booked(Holding::Flat, Time(20), false, EXACT);
    drift.told(Source::Rest, &word(long(1), 30), EXACT);
    let learnt =
        [(long(1), [Some(10), Some(30), Some(11)]), (Holding::Flat, [None, None, Some(20)])];
    assert_eq!(marks(&drift), learnt);
}

#[test]
fn a_look_that_contradicts_the_stream_is_a_change_of_its_own() {
    let mut drift = Drift::default();
    drift.told(Source::Rest, &word(long(1), 10), EXACT);
    drift.told(Source::Stream, &word(Holding::Flat, 20), EXACT);
    drift.told(Source::Rest, &word(long(1), 40), EXACT);
    let learnt = [
        (long(1), [None, Some(10), None]),
        (Holding::Flat, [Some(20), None, None]),
        (long(1), [None, Some(40), None]),
    ];
    assert_eq!(marks(&drift), learnt);
}

#[test]
fn only_the_last_changes_are_kept() {
    let mut drift = Drift::default();
    for at in 1..=40 {
        drift.told(Source::Stream, &word(long(at), at), EXACT);
    }
    assert_eq!(drift.changes().len(), 16);
    assert_eq!(drift.changes().next().map(|change| change.to), Some(long(25)));
    assert_eq!(drift.dropped(), 24);
}

#[test]
fn a_leg_that_never_held_anything_has_no_changes() {
    let mut drift = Drift::default();
    drift.told(Source::Rest, &word(Holding::Flat, 10), EXACT);
    drift.booked(Holding::Flat, Time(20), true, EXACT);
    assert_eq!(drift.changes().len(), 0);
    assert!(drift.knows(Source::Rest, Holding::Flat));
}

fn dates(drift: &Drift) -> Vec<Option<i64>> {
    drift.changes().map(|change| change.venue.map(|stamp| stamp.at.0)).collect()
}

#[test]
fn a_change_is_dated_by_the_fill_that_went_its_way() {
    let mut drift = Drift::default();
    for (size, at) in [(3, 100), (1, 200), (2, 300)] {
        drift.told(Source::Rest, &word(long(size), at), EXACT);
    }
    drift.told(Source::Rest, &word(Holding::Flat, 400), EXACT);
    let fills =
        [buy("3", "10", 90), sell("2", "10", 190), buy("1", "10", 290), sell("2", "10", 390)];
    drift.dated(&fills[..1]);
    assert_eq!(dates(&drift), [Some(90), None, Some(90), None], "a purchase dates no reduction");
    drift.dated(&fills);
    assert_eq!(dates(&drift)[3], Some(390));
    assert_eq!(dates(&drift)[1], Some(390), "the newest fill that it can have been");
}

#[test]
fn a_change_that_the_stream_dated_or_that_was_found_is_dated_by_no_fill() {
    let mut drift = Drift::default();
    let told = Word { at: Some(VenueTime(95)), ..word(long(1), 100) };
    drift.told(Source::Stream, &told, EXACT);
    drift.dated(&[buy("1", "10", 97)]);
    assert_eq!(dates(&drift), [Some(95)]);
    let mut drift = Drift::default();
    drift.told(Source::Rest, &Word { found: true, ..word(long(1), 100) }, EXACT);
    drift.booked(long(2), Time(110), false, EXACT);
    drift.dated(&[buy("1", "10", 97)]);
    assert_eq!(dates(&drift), [None, None], "found at the start, or in the ledger alone");
}

#[test]
fn what_a_source_said_before_is_no_word_on_what_is_new() {
    let mut drift = Drift::default();
    drift.told(Source::Rest, &word(long(1), 10), EXACT);
    drift.told(Source::Stream, &word(Holding::Flat, 20), EXACT);
    drift.told(Source::Stream, &word(long(1), 30), EXACT);
    assert!(!drift.knows(Source::Rest, long(1)), "it has not looked since");
    let mut claimed = Drift::default();
    claimed.told(Source::Rest, &word(Holding::Flat, 10), EXACT);
    claimed.booked(long(1), Time(20), false, EXACT);
    assert!(!claimed.knows(Source::Rest, Holding::Flat), "now that is news");
}

#[test]
fn a_size_within_a_step_is_no_change() {
    let close: Same<'_> = &|a, b| (a.get() - b.get()).abs() < Decimal::TWO;
    let mut drift = Drift::default();
    drift.told(Source::Stream, &word(long(10), 10), close);
    drift.told(Source::Rest, &word(long(11), 20), close);
    drift.booked(long(9), Time(30), false, close);
    assert_eq!(marks(&drift), [(long(10), [Some(10), Some(20), Some(30)])]);
}

#[test]
fn the_better_voice_dates_a_change_and_the_first_word_of_it_stays() {
    let at = |instant, to, now| Word { at: Some(VenueTime(instant)), ..word(to, now) };
    let mut drift = Drift::default();
    drift.told(Source::Rest, &at(90, long(1), 100), EXACT);
    drift.told(Source::Stream, &at(95, long(1), 110), EXACT);
    drift.told(Source::Stream, &at(97, long(1), 120), EXACT);
    drift.told(Source::Rest, &at(98, long(1), 130), EXACT);
    assert_eq!(dates(&drift), [Some(95)]);
    // An answer that names no later instant dates nothing that came after.
    drift.told(Source::Rest, &at(95, long(2), 200), EXACT);
    assert_eq!(dates(&drift), [Some(95), None]);
}

#[test]
fn a_fill_dates_a_change_by_the_clock_of_the_venue() {
    let mut drift = Drift::default();
    drift.told(Source::Rest, &Word { offset_ms: 5_000, ..word(long(1), 10_000) }, EXACT);
    drift.dated(&[buy("1", "10", 5_900), buy("1", "10", 6_100)]);
    assert_eq!(dates(&drift), [Some(5_900)], "the later one came after it was told");
    assert_eq!(drift.newest(), Some(Time(10_900)));
    let found = Word { found: true, at: Some(VenueTime(3_000)), ..word(long(1), 10_000) };
    let mut drift = Drift::default();
    drift.told(Source::Rest, &found, EXACT);
    assert_eq!(drift.newest(), Some(Time(10_000)), "it was so before: since when is not known");
}

#[test]
fn whether_the_stream_was_down_is_said_of_the_first_word_of_the_venue() {
    let mut drift = Drift::default();
    drift.booked(long(1), Time(5), false, EXACT);
    drift.told(Source::Rest, &Word { deaf: true, ..word(long(1), 10) }, EXACT);
    drift.told(Source::Stream, &word(long(1), 20), EXACT);
    assert!(drift.changes().all(|change| change.deaf));
}

#[test]
fn a_line_says_who_is_behind_and_who_need_not_say_it_any_more() {
    let mut drift = Drift::default();
    let found = Word { found: true, ..word(long(1), 1_000) };
    drift.told(Source::Rest, &found, EXACT);
    let cells = |drift: &Drift, now: i64| -> Vec<[String; 3]> {
        let lines = timeline::lines(drift, Time(now)).into_iter();
        lines.map(|line| line.cells.map(|cell| cell.text)).collect()
    };
    // Nobody waits for a stream to say what was so before it was up; a row is waited for.
    assert_eq!(cells(&drift, 43_000), [["-", "known", "behind 0:42"]]);
    assert_eq!(cells(&drift, 7_201_000), [["-", "known", "behind 2h"]]);
    assert_eq!(cells(&drift, 172_801_000), [["-", "known", "behind 2d"]]);
    drift.told(Source::Stream, &word(long(2), 50_000), EXACT);
    drift.told(Source::Stream, &word(long(3), 60_000), EXACT);
    let newest =
        [["+0.000s", "behind 0:10", "behind 0:10"], ["+0.000s", "-", "-"], ["-", "known", "-"]];
    assert_eq!(cells(&drift, 70_000), newest);
}

#[test]
fn a_change_at_the_end_of_time_is_dated_like_any_other() {
    for (now, offset_ms) in [(i64::MAX, -5), (i64::MIN, 5)] {
        let mut drift = Drift::default();
        drift.told(Source::Rest, &Word { offset_ms, ..word(long(1), now) }, EXACT);
        drift.dated(&[buy("1", "10", now)]);
        assert_eq!(dates(&drift), [Some(now)]);
    }
}
