//! Entries at Binance: what is sent, what each answer means, and the embedded exchange.

use holdfast::domain::amount::{OrderSide, Side};
use holdfast::domain::effect::{Act, AttachedStop, EntryOrder};
use holdfast::domain::input::Reply;
use holdfast::domain::key::Leg;
use holdfast::domain::order::{OrderReport, OrderStatus, TriggerBy};
use holdfast::domain::outcome::{Outcome, RefusalKind};
use holdfast::domain::sweep::Scope;
use holdfast::domain::time::{Span, Time};
use holdfast::exchange::binance::budget::{Budget, Lane};
use holdfast::exchange::clock::Clock;
use serde_json::json;

use crate::acts::order;
use crate::values::{MOMENT, price, qty};
use crate::venue::{Answer, Link, Venue, error, ok, wall_clock};
use crate::world::World;

const ENTRY_ID: &str = "hfe-00000000000000cc";
const ORDER: &str = "POST /fapi/v1/order";
const DAY: i64 = 24 * 3600 * 1000;

fn entry(leg: Leg, side: OrderSide, quantity: &str) -> EntryOrder {
    EntryOrder {
        client_id: ENTRY_ID.into(),
        symbol: "BTCUSDT".into(),
        leg,
        side,
        quantity: qty(quantity),
        stop: None,
    }
}

async fn enter(link: &Link, order: EntryOrder) -> Outcome<OrderReport> {
    let Reply::Entered(outcome) = link.act(Act::Enter(order)).await else { panic!() };
    outcome
}

fn kind(outcome: Outcome<OrderReport>) -> RefusalKind {
    match outcome {
        Outcome::Refused(why) => why.kind,
        other => panic!("{other:?}"),
    }
}

async fn find(link: &Link, since: Option<Time>) -> Result<Option<OrderReport>, String> {
    let act = Act::FindOrder { symbol: "BTCUSDT".into(), client_id: ENTRY_ID.into(), since };
    let Reply::FoundOrder(found) = link.act(act).await else { panic!() };
    found
}

#[tokio::test]
async fn an_entry_is_a_market_order_on_its_leg_s_opening_side() {
    let venue = Venue::start().await;
    venue.on(ORDER, ok(&order("FILLED", "0.250")));
    let link = venue.link().await;
    let done = enter(&link, entry(Leg::Net, OrderSide::Buy, "0.250")).await;
    let Outcome::Done(report) = done else { panic!("{done:?}") };
    assert_eq!((report.status, report.filled), (OrderStatus::Filled, Some(qty("0.25"))));
    let expected = [
        "symbol=BTCUSDT",
        "side=BUY",
        "type=MARKET",
        "quantity=0.25",
        "newClientOrderId=hfe-00000000000000cc",
        "newOrderRespType=RESULT",
        "positionSide=BOTH",
    ];
    assert_eq!(venue.seen(ORDER)[0].parameters(), expected);
    for (leg, side, word) in
        [(Leg::Long, OrderSide::Buy, "LONG"), (Leg::Short, OrderSide::Sell, "SHORT")]
    {
        enter(&link, entry(leg, side, "0.250")).await;
        let sent = venue.seen(ORDER);
        let sent = sent.last().unwrap();
        assert_eq!((sent.get("positionSide"), sent.get("reduceOnly")), (Some(word), None));
    }
}

#[tokio::test]
async fn what_would_close_a_leg_or_carries_a_stop_is_never_sent() {
    let venue = Venue::start().await;
    let link = venue.link().await;
    let stop = Some(AttachedStop { trigger: price("50000"), trigger_by: TriggerBy::Mark });
    let carries = EntryOrder { stop, ..entry(Leg::Net, OrderSide::Buy, "1") };
    for order in
        [entry(Leg::Long, OrderSide::Sell, "1"), entry(Leg::Short, OrderSide::Buy, "1"), carries]
    {
        assert_eq!(kind(enter(&link, order).await), RefusalKind::Local);
    }
    assert_eq!(venue.seen(ORDER), vec![]);
}

#[tokio::test]
async fn refused_entries_are_told_by_kind_and_lost_ones_are_never_sent_again() {
    let venue = Venue::start().await;
    let mut account = venue.account();
    account.endpoints.pace.answer = Span(1000);
    let link = venue.link_to(account).await.unwrap();
    for (code, wanted) in [
        (-2019, RefusalKind::Margin),
        (-2018, RefusalKind::Margin),
        (-2027, RefusalKind::Margin),
        (-2028, RefusalKind::Margin),
        (-4164, RefusalKind::Filter),
        (-4131, RefusalKind::Filter),
        (-4005, RefusalKind::Filter),
        (-4061, RefusalKind::Mode),
        (-4116, RefusalKind::Duplicate),
        (-1008, RefusalKind::Busy),
        (-4140, RefusalKind::Other),
    ] {
        venue.on(ORDER, error(400, code, "no"));
        let before = venue.seen(ORDER).len();
        assert_eq!(kind(enter(&link, entry(Leg::Net, OrderSide::Buy, "1")).await), wanted);
        assert_eq!(venue.seen(ORDER).len(), before + 1, "{code}");
    }
    for answer in [
        Answer::Silence,
        Answer::Says(502, String::new()),
        error(400, -1006, "Execution status unknown."),
        error(408, -1007, "Timeout waiting for response from backend server."),
        ok(r#"{"orderId":1,"clientOrderId":"hfe"#),
    ] {
        venue.on(ORDER, answer.clone());
        let before = venue.seen(ORDER).len();
        let outcome = enter(&link, entry(Leg::Net, OrderSide::Buy, "1")).await;
        assert!(matches!(outcome, Outcome::Unsure(_)), "{answer:?}: {outcome:?}");
        assert_eq!(venue.seen(ORDER).len(), before + 1, "{answer:?}");
    }
}

/// Looks have used up their share: what is left belongs to protection.
#[test]
fn an_entry_is_not_sent_from_what_is_kept_for_protection() {
    let (budget, clock) = (Budget::default(), Clock::new(MOMENT));
    budget.set_limit(100);
    while budget.admit(&clock, Lane::Sight, 1).is_ok() {}
    let refused = budget.admit(&clock, Lane::Entry, 0).unwrap_err();
    assert!(refused.text.contains("budget"), "{refused}");
    assert!(budget.admit(&clock, Lane::Order, 0).is_ok());
    let fresh = Budget::default();
    assert!(fresh.admit(&clock, Lane::Entry, 0).is_ok());
    fresh.bar_orders(clock.now() + Span::secs(5), "too many orders");
    assert!(fresh.admit(&clock, Lane::Entry, 0).is_err());
}

#[tokio::test]
async fn an_order_beyond_the_venue_s_memory_is_not_told_as_never_sent() {
    let venue = Venue::start().await;
    let link = venue.link().await;
    venue.on("GET /fapi/v1/order", error(400, -2013, "Order does not exist."));
    let ago = |days: i64| Some(Time(wall_clock() - days * DAY));
    assert_eq!(find(&link, None).await, Ok(None));
    assert_eq!(find(&link, ago(80)).await, Ok(None), "its fills would still be known");
    let why = find(&link, ago(91)).await.unwrap_err();
    assert!(why.contains("too old to say"), "{why}");
    venue.on("GET /fapi/v1/order", ok(&order("FILLED", "0.250")));
    assert!(find(&link, ago(91)).await.unwrap().is_some(), "it is known all the same");
}

#[tokio::test]
async fn an_entry_opens_and_is_told() {
    let mut world = World::new().await;
    let order = entry(Leg::Net, OrderSide::Sell, "0.5");
    let done = enter(&world.link, order.clone()).await;
    let Outcome::Done(report) = done else { panic!("{done:?}") };
    assert_eq!((report.status, report.filled), (OrderStatus::Filled, Some(qty("0.5"))));
    assert_eq!(world.position().await, Some((Leg::Net, Side::Short, "0.5".to_owned())));
    let fill = world.fill().await;
    assert_eq!(fill.client_id, Some(ENTRY_ID.into()));
    assert_eq!(find(&world.link, None).await.unwrap().unwrap().average, Some(fill.price));
    let record = world.control().tell(json!({"do": "coverage"})).unwrap();
    assert_eq!(record["entries"], json!({ENTRY_ID: 1}));
    assert_eq!(record["legs"][0]["bare"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn the_exchange_refuses_entries_with_its_codes() {
    let world = World::new().await;
    let net = |quantity| entry(Leg::Net, OrderSide::Buy, quantity);
    assert_eq!(kind(enter(&world.link, net("100")).await), RefusalKind::Margin);
    assert_eq!(kind(enter(&world.link, net("121")).await), RefusalKind::Filter);
    let hedged = entry(Leg::Long, OrderSide::Buy, "0.5");
    assert_eq!(kind(enter(&world.link, hedged).await), RefusalKind::Mode);
    world.tell(json!({"do": "set_price", "symbol": "BTCUSDT", "last": 99000}));
    assert_eq!(kind(enter(&world.link, net("0.5")).await), RefusalKind::Filter, "the band");
    assert_eq!(world.look(Scope::Positions).await.seen().count(), 0);
}

#[tokio::test]
async fn entries_that_fill_in_part_or_not_at_all_and_answers_that_are_lost() {
    let world = World::patient(Span(1500), &[]).await;
    let net = || entry(Leg::Net, OrderSide::Buy, "0.5");
    world.tell(json!({"do": "fault", "kind": "part_fill", "share": "0.4"}));
    let Outcome::Done(part) = enter(&world.link, net()).await else { panic!() };
    assert_eq!((part.status, part.filled), (OrderStatus::Expired, Some(qty("0.2"))));
    world.tell(json!({"do": "fault", "kind": "part_fill", "share": 0}));
    let Outcome::Done(none) = enter(&world.link, net()).await else { panic!() };
    assert_eq!((none.status, none.filled), (OrderStatus::Expired, None));
    // It is executed, and nobody hears of it.
    world.tell(json!({"do": "fault", "kind": "cut", "executed": true, "count": 1,
        "endpoint": "POST /fapi/v1/order"}));
    let lost = enter(&world.link, net()).await;
    assert!(matches!(lost, Outcome::Unsure(_)), "{lost:?}");
    // A visible order comes late: not known is not yet an answer.
    world.tell(json!({"do": "fault", "kind": "invisible", "calls": 1}));
    let order = entry(Leg::Net, OrderSide::Buy, "0.1");
    enter(&world.link, EntryOrder { client_id: "hfe-00000000000000dd".into(), ..order }).await;
    let act = || Act::FindOrder {
        symbol: "BTCUSDT".into(),
        client_id: "hfe-00000000000000dd".into(),
        since: None,
    };
    assert_eq!(world.link.act(act()).await, Reply::FoundOrder(Ok(None)));
    let Reply::FoundOrder(Ok(Some(found))) = world.link.act(act()).await else { panic!() };
    assert_eq!(found.filled, Some(qty("0.1")));
    let held: Vec<_> = world.look(Scope::Positions).await.seen().map(|s| s.2.quantity).collect();
    assert_eq!(held, [qty("0.8")]);
}
