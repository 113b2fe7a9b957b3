//! The timeline of a leg: who learnt a change, and when.

use holdfast::domain::amount::{Qty, Side};
use holdfast::domain::drift::{Change, Drift, Holding, Same, Source, Word};
use holdfast::domain::time::{Time, VenueTime};
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
