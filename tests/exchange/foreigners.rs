//! Plain orders of others: which of the listed and announced ones are, and what is read of them.

use holdfast::domain::amount::OrderSide;
use holdfast::domain::effect::Act;
use holdfast::domain::input::{Reply, StreamEvent};
use holdfast::domain::key::Leg;
use holdfast::domain::order::ForeignOrder;
use holdfast::domain::sweep::Scope;
use holdfast::domain::time::VenueTime;
use holdfast::exchange::binance::events::{UserEvent, event};
use holdfast::exchange::binance::foreign::resting;
use holdfast::exchange::binance::memory::Memory;

use crate::values::{fixture, price, qty};
use crate::venue::{Venue, ok};

/// The recorded limit order, with some of its text changed.
fn limit(changes: &[(&str, &str)]) -> String {
    let mut text = fixture("order_query.limit_new.json");
    for (from, to) in changes {
        assert!(text.contains(from), "{from} is not in the fixture");
        text = text.replacen(from, to, 1);
    }
    text
}

fn list(rows: &[String]) -> Vec<ForeignOrder> {
    resting(&format!("[{}]", rows.join(",")))
}

fn recorded() -> ForeignOrder {
    ForeignOrder {
        id: "12345678".into(),
        client_id: "testOrder123".into(),
        symbol: "BTCUSDT".into(),
        leg: Leg::Net,
        side: OrderSide::Buy,
        quantity: qty("0.001"),
        price: Some(price("50000")),
        reduces: false,
        at: VenueTime(1_625_474_304_765),
    }
}

#[test]
fn a_resting_order_of_somebody_else_is_read_whole() {
    assert_eq!(list(&[limit(&[])]), [recorded()]);
}

#[test]
fn what_is_left_of_a_partly_filled_order_is_told() {
    let row = limit(&[(r#""0.000""#, r#""0.0004""#)]);
    assert_eq!(list(&[row])[0].quantity, qty("0.0006"));
}

#[test]
fn the_closing_side_of_a_hedged_leg_reduces_without_being_told_so() {
    let sell = [(r#""BUY""#, r#""SELL""#), (r#""BOTH""#, r#""LONG""#)];
    let order = &list(&[limit(&sell)])[0];
    assert_eq!((order.leg, order.reduces), (Leg::Long, true));
    let flag = [(r#""reduceOnly": false"#, r#""reduceOnly": true"#)];
    assert!(list(&[limit(&flag)])[0].reduces);
}

#[test]
fn ours_the_venue_s_own_and_conditional_ones_are_not_foreign() {
    let named = |id: &str| limit(&[("testOrder123", id)]);
    let rows = [
        named("hfx-0123456789abcdef"),
        named("autoclose-12"),
        named("adl_autoclose"),
        named("settlement_autoclose-9"),
        limit(&[(r#""type": "LIMIT""#, r#""type": "STOP""#)]),
    ];
    assert_eq!(list(&rows), []);
}

#[test]
fn one_that_cannot_be_read_hides_no_other() {
    let broken = limit(&[(r#""BUY""#, r#""SIDEWAYS""#)]);
    assert_eq!(list(&[broken, limit(&[])]), [recorded()]);
    assert_eq!(resting("not a list"), []);
}

fn announced(name: &str) -> Option<ForeignOrder> {
    match event(&fixture(name)).unwrap() {
        UserEvent::Order { foreign, .. } => foreign,
        other => panic!("{name}: {other:?}"),
    }
}

#[test]
fn the_stream_announces_an_order_of_somebody_else() {
    let order = announced("ws.user.order_update.price_match_new.combined.json").unwrap();
    assert_eq!(order.client_id, "O-12345-test-price-match".into());
    assert_eq!((order.symbol.as_str(), order.leg), ("ETHUSDT", Leg::Long));
    assert_eq!((order.side, order.quantity), (OrderSide::Buy, qty("1")));
    assert_eq!((order.price, order.reduces), (Some(price("2495.5")), false));
    assert_eq!(order.at, VenueTime(1_759_347_763_200));
    assert!(announced("ws.user.order_update.reduce_only_new.combined.json").unwrap().reduces);
}

#[test]
fn triggers_fills_and_the_venue_s_own_orders_announce_nobody() {
    for name in [
        "ws.user.order_update.new.json",
        "ws.user.order_update.new_adl_status.json",
        "ws.user.order_update.reduce_only_filled.combined.json",
        "ws.user.order_update.liquidation.combined.json",
        "ws.user.order_update.settlement.combined.json",
    ] {
        assert_eq!(announced(name), None, "{name}");
    }
    let ours = fixture("ws.user.order_update.reduce_only_new.combined.json")
        .replace("O-12345-test-reduce-only", "hfx-0123456789abcdef");
    let UserEvent::Order { foreign, .. } = event(&ours).unwrap() else { panic!() };
    assert_eq!(foreign, None);
}

#[test]
fn the_core_is_told_of_it_instead_of_an_order_of_ours() {
    let frame = fixture("ws.user.order_update.price_match_new.combined.json");
    let told = Memory::default().hear(event(&frame).unwrap()).unwrap();
    let order = announced("ws.user.order_update.price_match_new.combined.json").unwrap();
    assert_eq!(told, [StreamEvent::Foreign(order)]);
}

#[tokio::test]
async fn a_look_brings_them_with_the_order_lists_and_not_without() {
    let venue = Venue::start().await;
    venue.on("GET /fapi/v3/positionRisk", ok("[]"));
    venue.on("GET /fapi/v1/openOrders", ok(&format!("[{}]", limit(&[]))));
    venue.on("GET /fapi/v1/openAlgoOrders", ok("[]"));
    let link = venue.link_to(venue.account()).await.unwrap();
    let look = async |scope| {
        let Reply::Swept(sweep) = link.act(Act::Look { scope, expect: Vec::new() }).await else {
            panic!()
        };
        sweep
    };
    assert_eq!(look(Scope::Protection).await.foreign(), Some(&[recorded()][..]));
    assert_eq!(look(Scope::Full).await.foreign(), Some(&[recorded()][..]));
    assert_eq!(look(Scope::Positions).await.foreign(), None);
}
