//! Recorded answers about orders, conditional orders and trades.

use holdfast::domain::amount::OrderSide;
use holdfast::domain::evidence::{Fill, Origin};
use holdfast::domain::key::Leg;
use holdfast::domain::order::{
    ConditionalKind, ConditionalOrder, OrderReport, OrderStatus, StopStatus, TriggerBy,
};
use holdfast::domain::outcome::RefusalKind;
use holdfast::domain::sweep::Part;
use holdfast::domain::time::VenueTime;
use holdfast::exchange::binance::decode_orders::{
    Order, Stop, conditionals, conditionals_in_orders, order, stop, stops, trades,
};
use holdfast::exchange::binance::errors::error_in;
use holdfast::exchange::failure::Verdict;

use crate::values::{dec, fixture, json, money, price, qty};

fn take_profit(id: &str, client_id: &str) -> ConditionalOrder {
    ConditionalOrder {
        id: id.into(),
        client_id: client_id.into(),
        symbol: "BNBUSDT".into(),
        leg: Leg::Net,
        side: OrderSide::Sell,
        quantity: Some(qty("0.01")),
        trigger: Some(price("750")),
        trigger_by: TriggerBy::Last,
        kind: ConditionalKind::TakeProfit,
        reduces: false,
        on_position: false,
    }
}

#[test]
fn open_conditional_orders() {
    let Part::Whole(found) = conditionals(&fixture("algo_open_orders.json")) else { panic!() };
    assert_eq!(found, [take_profit("2148627", "MRumok0dkhrP4kCm12AHaB")]);
}

#[test]
fn a_conditional_order_just_placed() {
    let Stop { report, child } = stop(&fixture("algo_order_create.json")).unwrap();
    assert_eq!(report.order, take_profit("2146760", "6B2I9XVcJpCjqPAJ4YoFX7"));
    assert_eq!((report.status, child), (StopStatus::Live, None));
}

#[test]
fn a_conditional_order_taken_away() {
    let Stop { report, child } = stop(&fixture("algo_order_query.canceled.json")).unwrap();
    assert_eq!(report.order, take_profit("2146760", "6B2I9XVcJpCjqPAJ4YoFX7"));
    assert_eq!((report.status, child), (StopStatus::Cancelled, None));
}

#[test]
fn a_stop_that_fired_and_filled() {
    let body = fixture("algo_order_query.finished.json");
    let Stop { report, child } = stop(&body).unwrap();
    assert_eq!(report.status, StopStatus::Finished(Some(qty("0.002"))));
    assert_eq!(child, Some("974828356187".into()));
    let expected = ConditionalOrder {
        id: "1000001270850379".into(),
        client_id: "x-yHjDKm8h7cd1bf4f-9ce3-4d55-b9f".into(),
        symbol: "BTCUSDT".into(),
        leg: Leg::Net,
        side: OrderSide::Buy,
        quantity: Some(qty("0.002")),
        trigger: Some(price("69080.2")),
        trigger_by: TriggerBy::Last,
        kind: ConditionalKind::StopMarket,
        reduces: true,
        on_position: false,
    };
    assert_eq!(report.order, expected);
    let list = stops(&format!("[{body}]")).unwrap();
    assert_eq!(list[0].child, child);
}

#[test]
fn a_trailing_stop_among_the_plain_orders() {
    let body = fixture("open_orders.trailing.json");
    let Part::Whole(found) = conditionals_in_orders(&body) else { panic!() };
    let expected = ConditionalOrder {
        id: "1917641".into(),
        client_id: "abc".into(),
        symbol: "BTCUSDT".into(),
        leg: Leg::Short,
        side: OrderSide::Buy,
        quantity: Some(qty("0.4")),
        trigger: Some(price("9300")),
        trigger_by: TriggerBy::Last,
        kind: ConditionalKind::Trailing,
        reduces: true,
        on_position: false,
    };
    assert_eq!(found, [expected]);
}

fn report(id: &str, client_id: &str, status: OrderStatus) -> OrderReport {
    OrderReport { id: id.into(), client_id: client_id.into(), status, filled: None, average: None }
}

#[test]
fn orders_in_every_shape() {
    use OrderStatus::{Cancelled, Live};
    for (name, expected, origin) in [
        ("order_create.2026.json", report("22542179", "testOrder", Live), Origin::Plain),
        (
            "order_create.legacy_with_avg_price.json",
            report("22542179", "testOrder", Live),
            Origin::Plain,
        ),
        ("order_query.json", report("1573346959", "abc", Live), Origin::Trailing),
        ("order_query.limit_new.json", report("12345678", "testOrder123", Live), Origin::Plain),
        ("order_cancel.2026.json", report("283194212", "myOrder1", Cancelled), Origin::Trailing),
        (
            "order_modify.2026.json",
            report("20072994037", "LJ9R4QZDihCaS8UAOOLpgW", Live),
            Origin::Plain,
        ),
    ] {
        assert_eq!(order(&fixture(name)), Ok(Order { report: expected, origin }), "{name}");
    }
}

fn element(name: &str, index: usize) -> String {
    json(name)[index].to_string()
}

#[test]
fn orders_in_lists() {
    let all = order(&element("all_orders.2026.json", 0)).unwrap();
    assert_eq!(all.report, report("1917641", "abc", OrderStatus::Live));
    let liquidated = order(&element("force_orders.json", 0)).unwrap();
    let expected = OrderReport {
        filled: Some(qty("0.001")),
        average: Some(price("10913.21")),
        ..report("6071832819", "autoclose-1596107620040000020", OrderStatus::Filled)
    };
    assert_eq!(liquidated, Order { report: expected, origin: Origin::Liquidation });
    let deleveraged = order(&element("force_orders.json", 1)).unwrap();
    assert_eq!(deleveraged.origin, Origin::Adl);
    assert_eq!(deleveraged.report.average, Some(price("10979.82")));
}

#[test]
fn batches_in_which_one_order_was_refused() {
    for (name, first, code, kind) in [
        ("order_batch.partial_error.json", "22542179", -2022, RefusalKind::NothingToReduce),
        ("order_cancel_batch.partial_error.json", "283194212", -2011, RefusalKind::NotFound),
    ] {
        assert_eq!(order(&element(name, 0)).unwrap().report.id, first.into(), "{name}");
        let failure = error_in(200, &element(name, 1)).unwrap();
        assert_eq!((failure.code, failure.verdict), (Some(code), Verdict::Refused(kind)), "{name}");
    }
}

#[test]
fn acknowledgements_are_no_errors() {
    for name in
        ["algo_order_cancel.ack.json", "algo_cancel_all.json", "cancel_all_open_orders.json"]
    {
        assert_eq!(error_in(200, &fixture(name)), None, "{name}");
    }
}

#[test]
fn error_bodies() {
    let symbol = error_in(400, &fixture("error.invalid_symbol.json")).unwrap();
    assert_eq!(symbol.to_string(), "-1121 Invalid symbol.");
    assert_eq!(symbol.verdict, Verdict::Refused(RefusalKind::Other));
    let algo = error_in(400, &fixture("error.algo_switch_4120.json")).unwrap();
    assert_eq!(algo.code, Some(-4120));
    assert!(algo.text.starts_with("Order type not supported"), "{}", algo.text);
}

#[test]
fn trades_of_a_round_trip() {
    let found = trades(&fixture("user_trades.one_way_2022.json")).unwrap();
    assert_eq!(found.len(), 2);
    let opening = Fill {
        symbol: "ETHUSDT".into(),
        leg: Leg::Net,
        trade_id: "82357626".into(),
        order_id: "831238666".into(),
        client_id: None,
        origin: Origin::Unknown,
        side: OrderSide::Sell,
        quantity: qty("0.005"),
        price: price("2778.35"),
        fee: money("0.0055567"),
        fee_asset: "USDT".into(),
        at: VenueTime(1_645_930_322_371),
    };
    assert_eq!((&found[0].fill, found[0].realized), (&opening, dec("0")));
    assert_eq!(found[1].fill.price, price("2779"));
    assert_eq!((found[1].fill.side, found[1].realized), (OrderSide::Buy, dec("-0.00325")));
}

#[test]
fn a_trade_of_a_hedged_leg() {
    let found = trades(&fixture("user_trades.2026.json")).unwrap();
    let fill = &found[0].fill;
    assert_eq!((fill.leg, fill.side), (Leg::Short, OrderSide::Sell));
    assert_eq!((fill.trade_id.as_str(), fill.quantity), ("698759", qty("0.002")));
    assert_eq!(found[0].realized, dec("-0.91539999"));
}
