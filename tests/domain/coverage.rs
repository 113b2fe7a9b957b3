//! What protects and what only looks like it.

use holdfast::domain::amount::{OrderSide, Price, Side};
use holdfast::domain::guard::{Guard, judge};
use holdfast::domain::order::{ConditionalKind, ConditionalOrder};

use super::making::{position, price, qty, stop};

fn long(mark: Option<&str>, stops: &[ConditionalOrder]) -> Guard {
    judge(&position(Side::Long, "10", "100"), mark.map(price), stops)
}

fn under(trigger: &str) -> ConditionalOrder {
    stop(OrderSide::Sell, Some("10"), trigger)
}

#[test]
fn no_stop_is_naked_and_a_whole_one_covers() {
    assert_eq!(long(Some("100"), &[]), Guard::Naked);
    assert_eq!(long(Some("100"), &[under("95")]), Guard::Covered(price("95")));
    let whatever = stop(OrderSide::Sell, None, "95");
    assert_eq!(long(None, &[whatever]), Guard::Covered(price("95")));
}

#[test]
fn parts_add_up_and_the_weakest_trigger_is_told() {
    let part = |quantity, trigger| stop(OrderSide::Sell, Some(quantity), trigger);
    assert_eq!(long(None, &[part("4", "95")]), Guard::Partly(qty("4")));
    let both = [part("4", "96"), part("6", "93")];
    assert_eq!(long(None, &both), Guard::Covered(price("93")));
    let short = position(Side::Short, "10", "100");
    let above = [stop(OrderSide::Buy, Some("4"), "104"), stop(OrderSide::Buy, Some("6"), "107")];
    assert_eq!(judge(&short, None, &above), Guard::Covered(price("107")));
}

#[test]
fn what_does_not_protect() {
    let with = |change: fn(&mut ConditionalOrder)| {
        let mut order = under("95");
        change(&mut order);
        long(Some("100"), &[order])
    };
    assert_eq!(with(|o| o.kind = ConditionalKind::TakeProfit), Guard::Naked, "a target");
    assert_eq!(with(|o| o.kind = ConditionalKind::StopLimit), Guard::Naked, "may rest unfilled");
    assert_eq!(with(|o| o.kind = ConditionalKind::Trailing), Guard::Naked, "not a plain stop");
    assert_eq!(with(|o| o.kind = ConditionalKind::Other), Guard::Naked, "unknown");
    assert_eq!(with(|o| o.reduces = false), Guard::Naked, "may open the other side");
    assert_eq!(with(|o| o.side = OrderSide::Buy), Guard::Naked, "the wrong side");
    assert_eq!(with(|o| o.trigger = None), Guard::Naked, "not active yet");
    assert_eq!(with(|o| o.trigger = Price::new(105.into()).ok()), Guard::Naked, "above the mark");
}

#[test]
fn a_stop_in_profit_is_judged_by_the_mark_and_not_by_the_entry() {
    assert_eq!(long(Some("120"), &[under("110")]), Guard::Covered(price("110")));
    assert_eq!(long(Some("105"), &[under("110")]), Guard::Naked);
    assert_eq!(long(None, &[under("110")]), Guard::Covered(price("110")));
}

#[test]
fn a_stop_beyond_liquidation_never_fires() {
    let mut at_risk = position(Side::Long, "10", "100");
    at_risk.liquidation = Some(price("96"));
    assert_eq!(judge(&at_risk, None, &[under("95")]), Guard::Naked);
    assert_eq!(judge(&at_risk, None, &[under("97")]), Guard::Covered(price("97")));
    let mut short = position(Side::Short, "10", "100");
    short.liquidation = Some(price("104"));
    let above = |trigger| stop(OrderSide::Buy, Some("10"), trigger);
    assert_eq!(judge(&short, None, &[above("105")]), Guard::Naked);
    assert_eq!(judge(&short, None, &[above("103")]), Guard::Covered(price("103")));
}
