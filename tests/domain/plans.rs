//! Plans: how much is closed in which orders, and where a stop goes.

use holdfast::domain::amount::{Money, OrderSide, Percent, Side};
use holdfast::domain::command::StopTo;
use holdfast::domain::guard;
use holdfast::domain::opening::OpenWish;
use holdfast::domain::order::TriggerBy;
use holdfast::domain::plan::{self, NoPlan, Open, StopAt};
use holdfast::domain::policy::{OnBreach, Protection};
use holdfast::domain::trail::TrailPlan;

use super::making::{d, instrument, position, price, qty, stop};

fn open(side: Side, quantity: &str, entry: &str) -> Open {
    Open { side, quantity: qty(quantity), entry: price(entry), mark: Some(price("110")) }
}

fn percent(text: &str) -> Percent {
    Percent(d(text))
}

fn protection() -> Protection {
    Protection {
        stop: percent("2"),
        trigger: TriggerBy::Mark,
        on_breach: OnBreach::Close,
        trailing: None,
    }
}

#[test]
fn a_whole_close_takes_everything_dust_included() {
    let rules = instrument("0.1", "0.1", "1000");
    let plan = plan::close(open(Side::Long, "10.05", "100"), &rules, percent("100")).unwrap();
    assert_eq!((plan.side, plan.quantity, plan.whole), (OrderSide::Sell, qty("10.05"), true));
    assert_eq!(plan.orders, [qty("10.05")]);
    assert_eq!(plan.profit, Some(Money(d("100.50"))));
}

#[test]
fn a_share_is_cut_down_to_the_step() {
    let rules = instrument("0.1", "0.1", "1000");
    let plan = plan::close(open(Side::Short, "1.05", "100"), &rules, percent("50")).unwrap();
    assert_eq!((plan.side, plan.quantity, plan.whole), (OrderSide::Buy, qty("0.5"), false));
}

#[test]
fn what_is_no_share_or_too_small_is_no_plan() {
    let rules = instrument("0.1", "1", "1000");
    let close = |share| plan::close(open(Side::Long, "10", "100"), &rules, percent(share));
    assert_eq!(close("0"), Err(NoPlan::Percent));
    assert_eq!(close("-1"), Err(NoPlan::Percent));
    assert_eq!(close("100.1"), Err(NoPlan::Percent));
    assert_eq!(close("9"), Err(NoPlan::TooSmall));
    assert!(close("10").is_ok());
    let mut strict = rules.clone();
    strict.market_min = qty("5");
    let half = plan::close(open(Side::Long, "9", "100"), &strict, percent("50"));
    assert_eq!(half, Err(NoPlan::TooSmall));
}

#[test]
fn a_large_close_is_cut_into_orders_that_add_up() {
    let rules = instrument("0.1", "1", "100");
    assert_eq!(rules.split(qty("250")), [qty("100"), qty("100"), qty("50")]);
    assert_eq!(rules.split(qty("200")), [qty("100"), qty("100")]);
    assert_eq!(rules.split(qty("100")), [qty("100")]);
    assert_eq!(rules.split(qty("100.4")), [qty("100"), qty("0.4")]);
}

#[test]
fn a_stop_is_rounded_towards_the_market() {
    let rules = instrument("0.5", "1", "100");
    assert_eq!(rules.trigger(Side::Long, price("97.7")), price("98"));
    assert_eq!(rules.trigger(Side::Short, price("102.3")), price("102"));
    assert_eq!(rules.trigger(Side::Long, price("97.5")), price("97.5"));
    assert_eq!(rules.trigger(Side::Short, price("0.2")), price("0.5"), "never zero");
}

#[test]
fn a_stop_goes_where_it_was_named_or_the_policy_says() {
    let rules = instrument("0.1", "1", "100");
    let stop = |side, at| {
        plan::stop(open(side, "10", "100"), &rules, &protection(), at).map(|plan| plan.trigger)
    };
    assert_eq!(stop(Side::Long, None), Ok(price("98")));
    assert_eq!(stop(Side::Short, None), Ok(price("102")));
    assert_eq!(stop(Side::Long, Some(StopAt::Price(price("97.13")))), Ok(price("97.2")));
    assert_eq!(stop(Side::Short, Some(StopAt::Distance(percent("5")))), Ok(price("105")));
    let nowhere = Some(StopAt::Distance(percent("100")));
    assert_eq!(stop(Side::Long, nowhere), Err(NoPlan::NoPrice));
}

#[test]
fn a_stop_says_what_it_risks() {
    let rules = instrument("0.1", "1", "100");
    let plan = plan::stop(open(Side::Long, "10", "100"), &rules, &protection(), None).unwrap();
    assert_eq!((plan.quantity, plan.profit_at_stop), (qty("10"), Money(d("-20"))));
}

#[test]
fn a_stop_beyond_liquidation_moves_in_front_of_it_and_no_other_does() {
    let rules = instrument("0.1", "1", "100");
    let moved = |side, liquidation: Option<&str>| {
        let open = open(side, "10", "100");
        let plan = plan::stop(open, &rules, &protection(), None).unwrap();
        plan::before_liquidation(plan, open, &rules, liquidation.map(price)).trigger
    };
    assert_eq!(moved(Side::Long, None), price("98"));
    assert_eq!(moved(Side::Long, Some("97")), price("98"));
    assert_eq!(moved(Side::Long, Some("99")), price("99.1"));
    assert_eq!(moved(Side::Short, Some("103")), price("102"));
    assert_eq!(moved(Side::Short, Some("101")), price("100.9"));
}

#[test]
fn a_stop_that_moves_in_front_of_liquidation_says_what_it_risks_there() {
    let (rules, open) = (instrument("0.1", "1", "100"), open(Side::Long, "10", "100"));
    let plan = plan::stop(open, &rules, &protection(), None).unwrap();
    let moved = plan::before_liquidation(plan, open, &rules, Some(price("99")));
    assert_eq!((moved.trigger, moved.profit_at_stop), (price("99.1"), Money(d("-9"))));
}

#[test]
fn two_quantities_are_the_same_within_less_than_a_step() {
    let rules = instrument("0.1", "0.01", "100");
    assert!(rules.same(qty("1"), qty("1.009")));
    assert!(!rules.same(qty("1"), qty("1.01")));
}

#[test]
fn a_wish_says_what_it_comes_to_where_a_price_is_known() {
    let wish = OpenWish {
        account: "main".into(),
        symbol: "X".into(),
        side: Side::Short,
        quantity: qty("3"),
        stop: StopAt::Distance(percent("2")),
        trail: Some(percent("0.5")),
    };
    let rules = instrument("0.1", "1", "1000");
    let plain = "short 3 at market, stop 2% from the entry, trailing by 0.5%";
    assert_eq!(wish.text(Some(&rules), None), plain);
    let quote = &rules.quote;
    assert_eq!(
        wish.text(Some(&rules), Some(price("110"))),
        format!("{plain}; at the mark 110: worth 330 {quote}, stop 112.2, at risk 6.6 {quote}")
    );
}

#[test]
fn a_stop_that_stays_where_it_is_is_not_loosened() {
    let rules = instrument("0.1", "1", "100");
    let moved = |to| {
        let open = open(Side::Long, "10", "100");
        plan::move_stop(open, &rules, Some(price("105")), None, StopTo::At(price(to))).unwrap()
    };
    let risks = ["104", "105", "106"].map(|to| (moved(to).added_risk(), moved(to).loosens()));
    let expected = [("10", true), ("0", false), ("-10", false)];
    assert_eq!(risks, expected.map(|(risk, loosens)| (Some(Money(d(risk))), loosens)));
}

#[test]
fn a_trail_at_a_distance_takes_the_rest_from_the_config() {
    let half = percent("0.5");
    let usual = TrailPlan::usual();
    assert_eq!(protection().trail_at(half), TrailPlan { callback: half, ..usual });
    let own = TrailPlan { activation: percent("3"), callback: percent("1"), step: percent("0.2") };
    let trailing = Protection { trailing: Some(own), ..protection() };
    assert_eq!(trailing.trail_at(half), TrailPlan { callback: half, ..own });
}

#[test]
fn a_stop_on_the_winning_side_of_the_mark_does_not_protect() {
    let counts = |side, at| {
        let position = position(side, "1", "100");
        guard::counts(&position, Some(price("90")), &stop(side.closing(), None, at))
    };
    assert_eq!(["89", "90", "91"].map(|at| counts(Side::Long, at)), [true, true, false]);
    assert_eq!(["89", "90", "91"].map(|at| counts(Side::Short, at)), [false, true, true]);
}

#[test]
fn a_wish_is_refused_for_what_certainly_cannot_work_and_for_nothing_less() {
    let mut rules = instrument("0.1", "0.1", "1000");
    rules.market_min = qty("0.5");
    rules.min_notional = Some(Money(d("50")));
    let wish = |side, quantity, stop, trail: Option<&str>| OpenWish {
        account: "main".into(),
        symbol: "X".into(),
        side,
        quantity: qty(quantity),
        stop,
        trail: trail.map(percent),
    };
    let near = StopAt::Distance(percent("2"));
    let check = |wish: OpenWish, mark: Option<&str>| {
        wish.check(&rules, mark.map(price)).map_err(|why| why.to_string())
    };
    let sized = |quantity, mark| check(wish(Side::Long, quantity, near, None), mark);
    let refused = |why: &str| Err(why.to_owned());
    assert_eq!(sized("0.5", Some("100")), Ok(()));
    assert_eq!(sized("1000", Some("100")), Ok(()));
    assert_eq!(sized("0.4", None), refused("0.4 is below the smallest market order, 0.5"));
    let largest = "1000.1 is above the largest market order, 1000, and an entry is one order";
    assert_eq!(sized("1000.1", None), refused(largest));
    let step = "0.55 is not a multiple of 0.1, the step of market orders";
    assert_eq!(sized("0.55", None), refused(step));
    let worth = "it would be worth 49.5, and the smallest order value is 50";
    assert_eq!(sized("0.5", Some("99")), refused(worth));
    let share = |text: &str| {
        refused(&format!("a distance is more than 0 % and less than 100 %, not {text}%"))
    };
    for (far, said) in [("0", share("0")), ("100", share("100")), ("99.9", Ok(()))] {
        let at = StopAt::Distance(percent(far));
        assert_eq!(check(wish(Side::Long, "1", at, None), None), said, "a stop at {far} %");
        assert_eq!(
            check(wish(Side::Short, "1", near, Some(far)), None),
            said,
            "a trail at {far} %"
        );
    }
    let at = |side, stop| check(wish(side, "1", StopAt::Price(price(stop)), None), Some("100"));
    assert_eq!((at(Side::Long, "99.9"), at(Side::Short, "100.1")), (Ok(()), Ok(())));
    let wrong = "the stop at 100.1 is not on the losing side of the price 100";
    assert_eq!(at(Side::Long, "100.1"), refused(wrong));
    assert!(at(Side::Short, "99.9").is_err());
    rules.trading = false;
    let closed = wish(Side::Long, "1", near, None).check(&rules, None).unwrap_err().to_string();
    assert_eq!(closed, "the venue does not trade BTCUSDT now");
}
