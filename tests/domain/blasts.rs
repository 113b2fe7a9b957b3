//! What closing several legs would do: order, sums, what is left out, how long it takes.

use std::sync::Arc;

use holdfast::domain::amount::{Money, Side};
use holdfast::domain::guard::Guard;
use holdfast::domain::key::Venue;
use holdfast::domain::plan::{self, Blast, NoPlan, Open, Target, blast};
use holdfast::domain::snapshot::{LegView, There, WorkView};
use holdfast::domain::time::{Span, Time};

use super::alone::{behind, leg};
use super::making::{d, instrument, price, qty, sell, with_fee};

fn planned(legs: &[LegView]) -> Blast {
    blast(legs.iter().map(Target::of))
}

fn names(blast: &Blast) -> Vec<&str> {
    blast.legs.iter().map(|blow| blow.key.symbol.as_str()).collect()
}

#[test]
fn the_worst_goes_first() {
    let legs = [
        behind(
            leg("AAAUSDT", Side::Long, "2", "100", "110"),
            Guard::Covered(price("109")),
            &[(None, "109")],
        ),
        behind(
            leg("BBBUSDT", Side::Long, "2", "100", "110"),
            Guard::Covered(price("90")),
            &[(None, "90")],
        ),
        leg("CCCUSDT", Side::Short, "1", "100", "110"),
        behind(leg("DDDUSDT", Side::Long, "9", "100", "110"), Guard::Partly(qty("4")), &[]),
        leg("EEEUSDT", Side::Long, "5", "100", "110"),
        behind(leg("FFFUSDT", Side::Long, "9", "100", "110"), Guard::Unknown, &[]),
    ];
    let blast = planned(&legs);
    let order = ["EEEUSDT", "CCCUSDT", "DDDUSDT", "FFFUSDT", "BBBUSDT", "AAAUSDT"];
    assert_eq!(names(&blast), order);
    assert_eq!(blast.legs[2].risk, Money(d("550")), "what nothing covers of it");
    assert_eq!(blast.legs[4].risk, Money(d("40")), "the way to its stop");
}

#[test]
fn sums_are_known_only_where_every_part_is() {
    let paid = |symbol: &str| LegView {
        // 0.1 of 200 paid for the last fill is half a per mille.
        last_fill: Some(with_fee(sell("2", "100", 1), "0.1", "USDT")),
        ..leg(symbol, Side::Long, "2", "100", "110")
    };
    let both = planned(&[paid("AAAUSDT"), paid("BBBUSDT")]);
    assert_eq!(both.notional, Money(d("440")));
    assert_eq!(both.profit, Some(Money(d("40"))));
    assert_eq!(both.fee, Some(Money(d("0.22"))));
    let mut strange = paid("CCCUSDT");
    strange.last_fill = Some(with_fee(sell("2", "100", 1), "0.1", "BNB"));
    strange.mark = None;
    let all = planned(&[paid("AAAUSDT"), strange]);
    assert_eq!((all.profit, all.fee), (None, None));
    assert_eq!(all.notional, Money(d("420")), "at the entry where there is no mark");
    assert_eq!(planned(&[]).profit, None);
}

#[test]
fn what_is_left_out_says_why() {
    let open = leg("AAAUSDT", Side::Long, "2", "100", "110");
    let mut absent = open.clone();
    absent.there = There::Absent(Time(0));
    let mut unknown = open.clone();
    unknown.there = There::Unknown;
    let mut closing = open.clone();
    let (since, text) = (Time(0), String::new());
    closing.work = Some(WorkView { word: "CLOSING", since, failed: false, text });
    let mut unlisted = open.clone();
    unlisted.instrument = None;
    let mut protecting = open.clone();
    let (since, text) = (Time(0), String::new());
    protecting.work = Some(WorkView { word: "PROTECTING", since, failed: false, text });
    let blast = planned(&[absent, unknown, closing, unlisted, protecting, open]);
    assert_eq!(blast.legs.len(), 2);
    let why: Vec<_> = blast.excluded.iter().map(|(_, why)| why.as_str()).collect();
    let said = [
        "nothing is open on the venue",
        "not known whether it is open",
        "a close is in flight",
        "its instrument is not listed by the venue",
    ];
    assert_eq!(why, said);
}

#[test]
fn requests_and_seconds_follow_from_the_orders() {
    let mut large = leg("AAAUSDT", Side::Long, "250", "100", "110");
    large.instrument = Some(Arc::new(instrument("0.1", "0.1", "100")));
    let small = leg("BBBUSDT", Side::Long, "2", "100", "110");
    let mut elsewhere = leg("CCCUSDT", Side::Long, "2", "100", "110");
    elsewhere.key.account = "second".into();
    elsewhere.venue = Venue::BybitLinear;
    let blast = planned(&[large, small, elsewhere]);
    // Three orders, one order, and a look; one order and a look.
    assert_eq!(blast.requests, 5 + 2);
    assert_eq!(blast.sending, Span(200), "two requests at ten a second, side by side");
}

#[test]
fn a_leg_is_left_in_part_or_whole_and_never_beyond() {
    let rules = instrument("0.1", "0.1", "1000");
    let (side, quantity, entry) = (Side::Long, qty("10.05"), price("100"));
    let open = Open { side, quantity, entry, mark: None };
    let whole = plan::leave(open, &rules, qty("10.05")).unwrap();
    assert!(whole.whole && whole.quantity == qty("10.05"));
    let part = plan::leave(open, &rules, qty("4.07")).unwrap();
    assert!(!part.whole && part.quantity == qty("4"));
    assert_eq!(plan::leave(open, &rules, qty("10.06")), Err(NoPlan::TooMuch));
    assert_eq!(plan::leave(open, &rules, qty("0.01")), Err(NoPlan::TooSmall));
}

#[test]
fn what_goes_is_pinned_to_what_was_shown() {
    let mut target = Target::of(&leg("AAAUSDT", Side::Short, "2", "100", "110"));
    target.quantity = Some(qty("1"));
    let leaving = blast([target]).legs[0].leaving(7);
    assert_eq!((leaving.pin.side, leaving.pin.quantity), (Side::Short, qty("2")));
    assert_eq!((leaving.pin.snapshot, leaving.quantity), (7, qty("1")));
}
