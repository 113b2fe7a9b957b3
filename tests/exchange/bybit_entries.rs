//! Entries at Bybit: the stop that travels with them, orders of long ago, the embedded exchange.

use futures_util::future::join_all;
use holdfast::domain::amount::{OrderSide, Side};
use holdfast::domain::client_id::ClientId;
use holdfast::domain::effect::{Act, AttachedStop, EntryOrder};
use holdfast::domain::input::{Reply, StreamEvent};
use holdfast::domain::key::Leg;
use holdfast::domain::order::{OrderReport, OrderStatus, StopReport, StopStatus, TriggerBy};
use holdfast::domain::outcome::{Outcome, RefusalKind};
use holdfast::domain::sweep::Scope;
use holdfast::domain::time::{Span, Time};
use holdfast::exchange::bybit::budget::{Budget, Lane};
use serde_json::{Value, json};

use crate::bybit_venue::{Answer, Bybit, none, rows};
use crate::bybit_world::{SYMBOL, World, hedge};
use crate::values::{price, qty};
use crate::venue::{Link, wall_clock};

const ENTRY_ID: &str = "hfe-00000000000000cc";
const CREATE: &str = "POST /v5/order/create";
const HISTORY: &str = "GET /v5/order/history";
const EXECUTIONS: &str = "GET /v5/execution/list";
const DAY: i64 = 24 * 3600 * 1000;

fn entry(leg: Leg, side: OrderSide, quantity: &str, stop: Option<&str>) -> EntryOrder {
    let attached = |at| AttachedStop { trigger: price(at), trigger_by: TriggerBy::Mark };
    EntryOrder {
        client_id: ENTRY_ID.into(),
        symbol: SYMBOL.into(),
        leg,
        side,
        quantity: qty(quantity),
        stop: stop.map(attached),
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
    let act = Act::FindOrder { symbol: SYMBOL.into(), client_id: ENTRY_ID.into(), since };
    let Reply::FoundOrder(found) = link.act(act).await else { panic!() };
    found
}

async fn find_stop(link: &Link, leg: Leg) -> Option<StopReport> {
    let client_id = ClientId::on_position(&SYMBOL.into(), leg);
    let act = Act::FindStop { symbol: SYMBOL.into(), leg, client_id };
    let Reply::FoundStop(Ok(found)) = link.act(act).await else { panic!() };
    found
}

#[tokio::test]
async fn an_entry_carries_its_stop_and_its_acceptance_is_no_execution() {
    let venue = Bybit::start().await;
    let link = venue.link().await;
    venue.on(CREATE, Answer::Result(json!({"orderId": "venue-1", "orderLinkId": ENTRY_ID})));
    let done = enter(&link, entry(Leg::Long, OrderSide::Buy, "0.5", Some("58000"))).await;
    let Outcome::Done(report) = done else { panic!("{done:?}") };
    assert_eq!((report.status, report.filled), (OrderStatus::Live, None));
    assert_eq!(
        venue.seen(CREATE)[0].json(),
        json!({"category": "linear", "symbol": "BTCUSDT", "side": "Buy", "orderType": "Market",
            "qty": "0.5", "reduceOnly": false, "positionIdx": 1, "orderLinkId": ENTRY_ID,
            "stopLoss": "58000", "slTriggerBy": "MarkPrice", "tpslMode": "Full",
            "slOrderType": "Market"})
    );
    enter(&link, entry(Leg::Net, OrderSide::Sell, "0.5", None)).await;
    assert_eq!(
        venue.seen(CREATE)[1].json(),
        json!({"category": "linear", "symbol": "BTCUSDT", "side": "Sell", "orderType": "Market",
            "qty": "0.5", "reduceOnly": false, "positionIdx": 0, "orderLinkId": ENTRY_ID})
    );
    for (leg, side) in [(Leg::Long, OrderSide::Sell), (Leg::Short, OrderSide::Buy)] {
        assert_eq!(kind(enter(&link, entry(leg, side, "1", None)).await), RefusalKind::Local);
    }
    assert_eq!(venue.seen(CREATE).len(), 2, "a close in disguise never leaves");
}

#[tokio::test]
async fn refused_entries_are_told_by_kind_and_lost_ones_are_never_sent_again() {
    let venue = Bybit::start().await;
    let link = venue.patient(Span(400)).await;
    let wrong_side = "StopLoss:610000000 set for Buy position should lower than \
                      base_price:600000000??LastPrice";
    for (code, said, wanted) in [
        (110_007, "ab not enough for new order", RefusalKind::Margin),
        (110_012, "Insufficient available balance", RefusalKind::Margin),
        (110_094, "Order does not meet minimum order value 5USDT", RefusalKind::Filter),
        (10001, "buy: [1,2] invalid", RefusalKind::Filter),
        (10001, "position idx not match position mode", RefusalKind::Mode),
        (10001, wrong_side, RefusalKind::WouldTrigger),
        (110_072, "OrderLinkedID is duplicate", RefusalKind::Duplicate),
    ] {
        let roomy = vec![("x-bapi-limit", "1000".to_owned())];
        venue.on(CREATE, Answer::With(roomy, Box::new(Answer::Refuses(code, said))));
        let before = venue.seen(CREATE).len();
        let outcome = enter(&link, entry(Leg::Net, OrderSide::Buy, "1", None)).await;
        assert_eq!(kind(outcome), wanted, "{said}");
        assert_eq!(venue.seen(CREATE).len(), before + 1, "{said}");
    }
    for lost in [
        Answer::Silence,
        Answer::Raw(502, "bad gateway".to_owned()),
        Answer::Result(json!({})),
        Answer::Refuses(10000, "Server Timeout"),
        Answer::Refuses(10016, "Internal error"),
    ] {
        let before = venue.seen(CREATE).len();
        venue.on(CREATE, lost.clone());
        let outcome = enter(&link, entry(Leg::Net, OrderSide::Buy, "1", None)).await;
        assert!(matches!(outcome, Outcome::Unsure(_)), "{lost:?}: {outcome:?}");
        assert_eq!(venue.seen(CREATE).len(), before + 1, "{lost:?}");
    }
}

#[test]
fn entries_leave_the_share_of_protection_alone() {
    let (budget, now) = (Budget::of("http://entries.test"), Time(1_000_000));
    let path = "/v5/order/create";
    let entries = (0..20).take_while(|_| budget.admit(now, path, Lane::Entry, true).is_ok());
    assert_eq!(entries.count(), 6, "of ten a second");
    let closes = (0..20).take_while(|_| budget.admit(now, path, Lane::Guard, true).is_ok());
    assert_eq!(closes.count(), 4);
    budget.calm(Time(1_010_000));
    assert!(budget.admit(Time(1_005_000), path, Lane::Entry, true).is_err());
    assert!(budget.admit(Time(1_005_000), path, Lane::Guard, true).is_ok());
}

/// An entry beyond its share is refused at once: one that is late is another entry.
#[tokio::test]
async fn an_entry_waits_for_no_room() {
    let venue = Bybit::start().await;
    let link = venue.link().await;
    venue.on(CREATE, Answer::Refuses(110_007, "ab not enough for new order"));
    let sent = (0..10).map(|_| enter(&link, entry(Leg::Net, OrderSide::Buy, "1", None)));
    let ends: Vec<_> = join_all(sent).await.into_iter().map(kind).collect();
    let limited = ends.iter().filter(|kind| matches!(kind, RefusalKind::Limited(Some(_)))).count();
    assert_eq!(venue.seen(CREATE).len() + limited, 10);
    assert!(limited > 0, "ten in a moment are more than six a second");
}

fn filled(at: i64) -> Value {
    json!({"symbol": SYMBOL, "orderId": "venue-1", "orderLinkId": ENTRY_ID, "side": "Buy",
        "execId": "x1", "execPrice": "60000", "execQty": "0.5", "execType": "Trade",
        "execTime": at.to_string(), "execFee": "0.1", "leavesQty": "0", "closedSize": "0",
        "createType": "CreateByUser", "stopOrderType": ""})
}

/// Answers with the row when its instant lies in the window that is asked for.
fn only_in_its_window(venue: &Bybit, path: &str, at: i64, row: Value) {
    venue.rule(path, move |seen, _| {
        let bound = |name: &str| seen.get(name).map(|text| text.parse::<i64>().unwrap());
        let (from, to) = (bound("startTime"), bound("endTime"));
        let (from, to) = match (from, to) {
            (Some(from), Some(to)) => (from, to),
            (None, None) => (wall_clock() - 7 * DAY, wall_clock()),
            other => panic!("a window with one end: {other:?}"),
        };
        assert!(to - from <= 7 * DAY, "a window of {} ms", to - from);
        if (from..=to).contains(&at) { rows(json!([row]), "") } else { none() }
    });
}

#[tokio::test]
async fn an_order_of_long_ago_is_looked_for_window_by_window() {
    let venue = Bybit::start().await;
    let link = venue.link().await;
    let at = wall_clock() - 30 * DAY;
    only_in_its_window(&venue, EXECUTIONS, at, filled(at));
    let since = Some(Time(at - 1000));
    assert_eq!(find(&link, None).await, Ok(None), "seven days show nothing of it");
    let found = find(&link, since).await.unwrap().unwrap();
    assert_eq!((found.status, found.filled), (OrderStatus::Filled, Some(qty("0.5"))));
    // No window is left out between now and then.
    venue.on(EXECUTIONS, none());
    let before = venue.seen(HISTORY).len();
    assert_eq!(find(&link, since).await, Ok(None));
    let mut spans: Vec<(i64, i64)> = venue.seen(HISTORY)[before..]
        .iter()
        .filter_map(|seen| {
            Some((seen.get("startTime")?.parse().unwrap(), seen.get("endTime")?.parse().unwrap()))
        })
        .collect();
    spans.sort_unstable();
    assert!(spans[0].0 <= at && spans[0].0 > at - 2 * 60_000, "{spans:?}");
    assert!(spans.windows(2).all(|pair| pair[0].1 >= pair[1].0), "{spans:?}");
    assert!(spans.last().unwrap().1 >= wall_clock() - 7 * DAY, "{spans:?}");
    // A window that does not answer leaves the question open.
    venue.rule(EXECUTIONS, |seen, _| match seen.get("startTime") {
        Some(_) => Answer::Refuses(10016, "Internal error"),
        None => none(),
    });
    assert!(find(&link, since).await.unwrap_err().contains("10016"));
    assert_eq!(find(&link, Some(Time(wall_clock() - DAY))).await, Ok(None), "one window is all");
}

#[tokio::test]
async fn an_order_beyond_the_venue_s_memory_is_not_told_as_never_sent() {
    let venue = Bybit::start().await;
    let link = venue.link().await;
    let why = find(&link, Some(Time(wall_clock() - 800 * DAY))).await.unwrap_err();
    assert!(why.contains("too old to say"), "{why}");
}

#[tokio::test]
async fn an_attached_stop_is_the_position_s_at_the_fill_and_goes_with_it() {
    let mut world = World::new().await;
    let done = enter(&world.link, entry(Leg::Net, OrderSide::Buy, "0.5", Some("88000"))).await;
    let Outcome::Done(report) = done else { panic!("{done:?}") };
    assert_eq!((report.status, report.filled), (OrderStatus::Filled, Some(qty("0.5"))));
    assert_eq!(world.fill().await.client_id, Some(ENTRY_ID.into()));
    let stop = find_stop(&world.link, Leg::Net).await.unwrap();
    assert!(stop.order.on_position);
    assert_eq!((stop.order.side, stop.order.trigger), (OrderSide::Sell, Some(price("88000"))));
    assert_eq!(stop.order.trigger_by, TriggerBy::Mark);
    // It is amended in place, and never away on the way.
    for at in ["88500", "88700", "87000"] {
        let placed = world.place(Leg::Net, OrderSide::Sell, at).await;
        assert!(matches!(placed, Outcome::Done(_)), "{placed:?}");
    }
    world.tell(json!({"do": "close", "symbol": SYMBOL}));
    while world.stop().await != StopStatus::Expired {}
    assert_eq!(find_stop(&world.link, Leg::Net).await, None);
    let record = world.control().tell(json!({"do": "coverage", "symbol": SYMBOL})).unwrap();
    assert_eq!(record["legs"][0]["bare"], json!([]), "no instant without its stop");
    assert_eq!(record["legs"][0]["most_stops"], 1);
    assert_eq!(record["entries"], json!({ENTRY_ID: 1}));
}

#[tokio::test]
async fn a_hedged_entry_opens_its_own_slot() {
    let world = World::after(&[hedge()]).await;
    let net = entry(Leg::Net, OrderSide::Buy, "0.5", None);
    assert_eq!(kind(enter(&world.link, net).await), RefusalKind::Mode);
    let short = entry(Leg::Short, OrderSide::Sell, "0.5", Some("92000"));
    let done = enter(&world.link, short).await;
    assert!(matches!(done, Outcome::Done(_)), "{done:?}");
    let sweep = world.look(Scope::Full, &[]).await;
    let seen: Vec<_> = sweep.seen().map(|(_, leg, p)| (leg, p.side, p.quantity)).collect();
    assert_eq!(seen, [(Leg::Short, Side::Short, qty("0.5"))]);
    let [stop] = sweep.orders().unwrap() else { panic!() };
    assert_eq!((stop.leg, stop.side), (Leg::Short, OrderSide::Buy));
}

#[tokio::test]
async fn accepted_entries_that_end_otherwise_and_answers_that_are_lost() {
    let mut world = World::patient(Span(1500), &[]).await;
    let order = |n: u8, quantity| EntryOrder {
        client_id: format!("hfe-{n:016x}").as_str().into(),
        ..entry(Leg::Net, OrderSide::Buy, quantity, Some("88000"))
    };
    world.tell(json!({"do": "fault", "kind": "late_reject"}));
    let Outcome::Done(rejected) = enter(&world.link, order(1, "0.5")).await else { panic!() };
    assert_eq!((rejected.status, rejected.filled), (OrderStatus::Rejected, None));
    let told = loop {
        if let StreamEvent::Order(report) = world.link.told().await {
            break report;
        }
    };
    assert_eq!(told.status, OrderStatus::Rejected);
    world.tell(json!({"do": "fault", "kind": "part_fill", "share": 0}));
    let Outcome::Done(nothing) = enter(&world.link, order(2, "0.5")).await else { panic!() };
    assert_eq!((nothing.status, nothing.filled), (OrderStatus::Cancelled, None));
    assert_eq!(world.look(Scope::Positions, &[]).await.seen().count(), 0);
    world.tell(json!({"do": "fault", "kind": "part_fill", "share": "0.4"}));
    let Outcome::Done(part) = enter(&world.link, order(3, "0.5")).await else { panic!() };
    assert_eq!((part.status, part.filled), (OrderStatus::Cancelled, Some(qty("0.2"))));
    let stop = find_stop(&world.link, Leg::Net).await.unwrap();
    assert_eq!(stop.order.trigger, Some(price("88000")), "what filled is protected");
    world.fault("POST /v5/order/create", &json!({"kind": "cut", "executed": true, "count": 1}));
    let lost = enter(&world.link, order(4, "0.5")).await;
    assert!(matches!(lost, Outcome::Unsure(_)), "{lost:?}");
    // The acceptance comes before the order shows.
    world.tell(json!({"do": "fault", "kind": "invisible", "ms": 60_000}));
    let Outcome::Done(unseen) = enter(&world.link, order(5, "0.1")).await else { panic!() };
    assert_eq!((unseen.status, unseen.filled), (OrderStatus::Live, None));
    world.tell(json!({"do": "clear_faults"}));
    let held: Vec<_> =
        world.look(Scope::Positions, &[]).await.seen().map(|s| s.2.quantity).collect();
    assert_eq!(held, [qty("0.8")]);
}

#[tokio::test]
async fn the_exchange_refuses_entries_with_its_codes() {
    let world = World::new().await;
    let net = |quantity, stop| entry(Leg::Net, OrderSide::Buy, quantity, stop);
    assert_eq!(kind(enter(&world.link, net("80", None)).await), RefusalKind::Margin);
    let beyond = net("0.5", Some("91000"));
    assert_eq!(kind(enter(&world.link, beyond).await), RefusalKind::WouldTrigger);
    let hedged = entry(Leg::Long, OrderSide::Buy, "0.5", None);
    assert_eq!(kind(enter(&world.link, hedged).await), RefusalKind::Mode);
    world.tell(json!({"do": "set_price", "symbol": SYMBOL, "last": 99000}));
    assert_eq!(kind(enter(&world.link, net("0.5", None)).await), RefusalKind::Filter, "the band");
}
