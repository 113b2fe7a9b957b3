//! Trailing stops: when they begin, where they want the stop, and that they only tighten.

use holdfast::domain::amount::{Money, Percent, Price, Side};
use holdfast::domain::command::StopTo;
use holdfast::domain::guard;
use holdfast::domain::plan::{self, NoMove, Open};
use holdfast::domain::trail::{Seen, Trail, TrailPlan, TrailState};
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::making::{d, instrument, price, qty, stop};

fn plan(activation: &str, callback: &str, step: &str) -> TrailPlan {
    let share = |text| Percent(d(text));
    TrailPlan { activation: share(activation), callback: share(callback), step: share(step) }
}

fn trail(side: Side, prices: &[&str]) -> Trail {
    let (mut trail, rules) = (Trail::begin(plan("1.5", "0.5", "0.1")), instrument("0.1", "1", "9"));
    for at in prices {
        trail.see(side, price("1000"), price(at), &rules);
    }
    trail
}

#[test]
fn it_waits_for_its_profit_against_the_entry() {
    assert_eq!(trail(Side::Long, &["1014.9"]).state, TrailState::Waiting);
    assert_eq!(trail(Side::Long, &["1014.9"]).best, None);
    assert_eq!(trail(Side::Long, &["1015"]).state, TrailState::Active);
    assert_eq!(trail(Side::Short, &["985.1"]).state, TrailState::Waiting);
    assert_eq!(trail(Side::Short, &["985"]).state, TrailState::Active);
    let rules = instrument("0.1", "1", "9");
    let mut at_once = Trail::begin(plan("0", "1", "0"));
    let seen = at_once.see(Side::Long, price("1000"), price("1000"), &rules);
    assert_eq!((seen, at_once.stop), (Seen::Activated, Some(price("990"))));
}

#[test]
fn the_stop_lies_on_the_ticks_and_no_farther_than_the_callback() {
    // 1016.3 - 0.5 % = 1011.2185, on the ticks towards the market.
    assert_eq!(trail(Side::Long, &["1016.3"]).stop, Some(price("1011.3")));
    assert_eq!(trail(Side::Short, &["983.7"]).stop, Some(price("988.6")));
}

#[test]
fn it_never_goes_back_and_tells_what_a_price_meant() {
    let rules = instrument("0.1", "1", "9");
    let mut trail = Trail::begin(plan("1.5", "0.5", "0.1"));
    let mut see = |at| trail.see(Side::Long, price("1000"), price(at), &rules);
    assert_eq!(see("1010"), Seen::Nothing);
    assert_eq!(see("1020"), Seen::Activated);
    assert_eq!(see("1020"), Seen::Nothing);
    assert_eq!(see("900"), Seen::Nothing);
    assert_eq!(see("1020.1"), Seen::Better);
    assert_eq!((trail.best, trail.stop), (Some(price("1020.1")), Some(price("1015"))));
}

#[test]
fn a_move_is_worth_a_step_of_the_entry_and_at_least_a_tick() {
    let rules = instrument("0.1", "1", "9");
    let active = trail(Side::Long, &["1020"]);
    let worth = |have| active.is_worth(Side::Long, price("1000"), Some(price(have)), &rules);
    assert_eq!(active.stop, Some(price("1014.9")));
    assert!(worth("1013.9") && !worth("1014"));
    assert!(active.is_worth(Side::Long, price("1000"), None, &rules));
    let waiting = trail(Side::Long, &["1010"]);
    assert!(!waiting.is_worth(Side::Long, price("1000"), Some(price("1")), &rules));
    assert_eq!(plan("0", "1", "0").least(price("1000"), &rules), price("0.1"));
    let short = trail(Side::Short, &["980"]);
    assert_eq!(short.stop, Some(price("984.9")));
    assert!(short.is_worth(Side::Short, price("1000"), Some(price("985.9")), &rules));
    assert!(!short.is_worth(Side::Short, price("1000"), Some(price("985.8")), &rules));
}

#[test]
fn a_callback_below_a_tick_still_keeps_a_tick() {
    let rules = instrument("1", "1", "9");
    let behind = |side, best| plan("0", "0.1", "0").behind(side, price(best), &rules);
    assert_eq!(behind(Side::Long, "10"), Some(price("9")));
    assert_eq!(behind(Side::Short, "10"), Some(price("11")));
    assert_eq!(behind(Side::Long, "1"), None);
}

#[test]
fn a_short_cannot_gain_all_and_what_is_no_plan_is_said() {
    assert_eq!(plan("100", "1", "1").arm_at(Side::Short, price("10")), None);
    assert!(plan("100", "1", "1").check().is_err());
    assert!(plan("1", "0", "1").check().is_err());
    assert!(plan("1", "100", "1").check().is_err());
    assert!(plan("-1", "1", "1").check().is_err());
    assert!(plan("0", "1", "-1").check().is_err());
    assert_eq!(TrailPlan::usual().check(), Ok(()));
}

#[test]
fn another_plan_keeps_what_was_reached() {
    let rules = instrument("0.1", "1", "9");
    let mut tight = trail(Side::Long, &["1020"]);
    tight.by(plan("5", "2", "0.1"), Side::Long, &rules);
    assert_eq!((tight.state, tight.stop), (TrailState::Active, Some(price("1014.9"))));
    tight.by(plan("5", "0.1", "0.1"), Side::Long, &rules);
    assert_eq!(tight.stop, Some(price("1019")));
}

#[test]
fn two_records_of_one_know_what_both_have_seen() {
    let (one, other) = (trail(Side::Long, &["1020"]), trail(Side::Long, &["1030"]));
    assert_eq!(one.and(other, Side::Long), other);
    assert_eq!(other.and(one, Side::Long), other);
    let waiting = trail(Side::Long, &[]);
    assert_eq!(waiting.and(one, Side::Long), one);
    assert_eq!(one.and(waiting, Side::Long), one);
    assert_eq!(waiting.and(waiting, Side::Long).state, TrailState::Waiting);
}

proptest! {
    #[test]
    fn the_stop_only_tightens_and_never_touches_the_price(
        short: bool,
        tick in 1_u32..500,
        callback in 1_u32..3000,
        prices in prop::collection::vec(1_000_u32..200_000, 1..40),
    ) {
        let side = if short { Side::Short } else { Side::Long };
        let rules = instrument(&Decimal::new(tick.into(), 2).to_string(), "1", "9");
        let callback = Percent(Decimal::new(callback.into(), 2));
        let plan = TrailPlan { callback, ..plan("1", "1", "0.1") };
        let (mut trail, entry) = (Trail::begin(plan), price("1000"));
        let mut before: Option<Price> = None;
        for at in prices {
            let at = Price::new(Decimal::new(at.into(), 2)).unwrap();
            let was = trail;
            let seen = trail.see(side, entry, at, &rules);
            prop_assert_eq!(seen == Seen::Nothing, was == trail);
            if let (Some(old), Some(new)) = (before, trail.stop) {
                prop_assert!(side.protects(new, old), "{} loosened to {}", old, new);
            }
            if let (Some(best), Some(stop)) = (trail.best, trail.stop) {
                prop_assert!(!side.breached(stop, best), "a stop at {} fires at {}", stop, best);
                prop_assert!((stop.get() % rules.tick.get()).is_zero());
            }
            prop_assert!(before.is_none() || trail.stop.is_some());
            before = trail.stop;
        }
    }
}

fn open(side: Side) -> Open {
    Open { side, quantity: qty("2"), entry: price("100"), mark: Some(price("110")) }
}

#[test]
fn a_move_says_what_it_adds_in_money() {
    let rules = instrument("0.1", "1", "9");
    let to = |before: Option<&str>, to| {
        plan::move_stop(open(Side::Long), &rules, before.map(price), None, to).unwrap()
    };
    let looser = to(Some("98"), StopTo::At(price("95.03")));
    assert_eq!(looser.after, price("95.1"));
    assert_eq!(looser.added_risk(), Some(Money(d("5.8"))));
    assert!(looser.loosens());
    let even = to(Some("98"), StopTo::BreakEven);
    assert_eq!((even.after, even.profit_after), (price("100"), Money::ZERO));
    assert_eq!(even.added_risk(), Some(Money(d("-4"))));
    assert!(!even.loosens());
    let first = to(None, StopTo::Tighten(Percent(d("1"))));
    assert_eq!((first.after, first.added_risk()), (price("108.9"), None));
    assert!(!first.loosens());
}

#[test]
fn a_stop_that_would_not_protect_is_no_move() {
    let rules = instrument("0.1", "1", "9");
    let to = |side, to| {
        plan::move_stop(open(side), &rules, Some(price("98")), Some(price("90")), to).unwrap_err()
    };
    let (long, short) = (Side::Long, Side::Short);
    assert_eq!(to(long, StopTo::At(price("110"))), NoMove::Through(price("110")));
    let wrong = NoMove::WrongSide(long, price("111"), price("110"));
    assert_eq!(to(long, StopTo::At(price("111"))), wrong);
    let wrong = NoMove::WrongSide(short, price("100"), price("110"));
    assert_eq!(to(short, StopTo::BreakEven), wrong);
    let beyond = NoMove::BeyondLiquidation(price("89"), price("90"));
    assert_eq!(to(long, StopTo::At(price("89"))), beyond);
    assert_eq!(to(long, StopTo::Tighten(Percent(d("0")))), NoMove::NoShare);
    assert_eq!(to(long, StopTo::Tighten(Percent(d("100")))), NoMove::NoShare);
    let looser = NoMove::Looser(price("98"), price("93.5"));
    assert_eq!(to(long, StopTo::Tighten(Percent(d("15")))), looser);
    let unpriced = Open { mark: None, ..open(long) };
    let none = plan::move_stop(unpriced, &rules, None, None, StopTo::BreakEven);
    assert_eq!(none, Err(NoMove::NoMark));
}

#[test]
fn what_stands_is_the_tightest_that_covers_all() {
    use holdfast::domain::amount::OrderSide::{Buy, Sell};
    let orders = [
        stop(Sell, Some("2"), "95"),
        stop(Sell, None, "96"),
        stop(Sell, Some("1"), "97"),
        stop(Buy, Some("2"), "98"),
    ];
    assert_eq!(guard::standing(Side::Long, qty("2"), &orders), Some(price("96")));
    assert_eq!(guard::standing(Side::Long, qty("1"), &orders), Some(price("97")));
    assert_eq!(guard::standing(Side::Short, qty("2"), &orders), Some(price("98")));
    assert_eq!(guard::standing(Side::Short, qty("3"), &orders), None);
}
