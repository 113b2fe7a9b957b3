//! Acts at Bybit: the stop on a position, closes, and what became of either.

use holdfast::domain::amount::OrderSide;
use holdfast::domain::client_id::ClientId;
use holdfast::domain::effect::{Act, ReduceOrder, StopOrder};
use holdfast::domain::input::Reply;
use holdfast::domain::key::Leg;
use holdfast::domain::order::{OrderReport, OrderStatus, StopReport, StopStatus, TriggerBy};
use holdfast::domain::outcome::{Outcome, RefusalKind};
use holdfast::domain::time::Span;
use serde_json::{Value, json};

use crate::bybit_rows::{position, stop_order};
use crate::bybit_venue::{Answer, Bybit, none, rows};
use crate::values::{price, qty};
use crate::venue::Link;

const TRADING_STOP: &str = "POST /v5/position/trading-stop";
const CREATE: &str = "POST /v5/order/create";
const CANCEL: &str = "POST /v5/order/cancel";
const REALTIME: &str = "GET /v5/order/realtime";
const HISTORY: &str = "GET /v5/order/history";
const POSITIONS: &str = "GET /v5/position/list";
const CLOSE: &str = "hfx-00000000000000bb";

fn ok() -> Answer {
    Answer::Result(json!({}))
}

async fn place(link: &Link, leg: Leg, side: OrderSide, trigger: &str) -> Outcome<StopReport> {
    let order = StopOrder {
        client_id: "hfs-00000000000000aa".into(),
        symbol: "BTCUSDT".into(),
        leg,
        side,
        quantity: qty("0.5"),
        trigger: price(trigger),
        trigger_by: TriggerBy::Mark,
    };
    let Reply::Placed(outcome) = link.act(Act::PlaceStop(order)).await else { panic!() };
    outcome
}

async fn close(link: &Link) -> Outcome<OrderReport> {
    let order = ReduceOrder {
        client_id: CLOSE.into(),
        symbol: "BTCUSDT".into(),
        leg: Leg::Long,
        side: OrderSide::Sell,
        quantity: qty("0.5"),
    };
    let Reply::Reduced(outcome) = link.act(Act::Reduce(order)).await else { panic!() };
    outcome
}

async fn cancel(link: &Link, client_id: ClientId) -> Outcome<()> {
    let act = Act::CancelStop { symbol: "BTCUSDT".into(), client_id, id: None };
    let Reply::Cancelled(outcome) = link.act(act).await else { panic!() };
    outcome
}

fn kind<T: std::fmt::Debug>(outcome: Outcome<T>) -> RefusalKind {
    match outcome {
        Outcome::Refused(refusal) => refusal.kind,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_stop_is_set_on_the_slot_and_proven_by_what_the_venue_shows() {
    let venue = Bybit::start().await;
    let link = venue.link().await;
    venue.on(TRADING_STOP, ok());
    // The list lags behind the acknowledgement, and still shows the earlier stop once.
    let earlier = stop_order("BTCUSDT", 1, "Sell", "57000");
    let other_slot = stop_order("BTCUSDT", 2, "Buy", "58000");
    let wanted = stop_order("BTCUSDT", 1, "Sell", "58000.0");
    venue.turns(
        REALTIME,
        vec![none(), rows(json!([earlier]), ""), rows(json!([other_slot, wanted]), "")],
    );
    let Outcome::Done(report) = place(&link, Leg::Long, OrderSide::Sell, "58000").await else {
        panic!()
    };
    assert_eq!(report.status, StopStatus::Live);
    assert!(report.order.on_position);
    assert_eq!(report.order.client_id, ClientId::on_position(&"BTCUSDT".into(), Leg::Long));
    assert_eq!((report.order.leg, report.order.trigger), (Leg::Long, Some(price("58000"))));
    let sent = venue.seen(TRADING_STOP);
    assert_eq!(sent.len(), 1);
    assert_eq!(
        sent[0].json(),
        json!({"category": "linear", "symbol": "BTCUSDT", "positionIdx": 1, "tpslMode": "Full",
            "stopLoss": "58000", "slTriggerBy": "MarkPrice"})
    );
}

#[tokio::test]
async fn a_stop_that_only_the_position_shows_is_there_too() {
    let venue = Bybit::start().await;
    let link = venue.link().await;
    venue.on(TRADING_STOP, ok());
    let mut row = position("BTCUSDT", 0, "Buy", "0.5");
    row["stopLoss"] = json!("58000.00");
    venue.on(POSITIONS, rows(json!([row]), ""));
    let Outcome::Done(report) = place(&link, Leg::Net, OrderSide::Sell, "58000").await else {
        panic!()
    };
    assert_eq!(report.order.client_id, ClientId::on_position(&"BTCUSDT".into(), Leg::Net));
    assert_eq!((report.order.quantity, report.order.side), (None, OrderSide::Sell));
}

#[tokio::test]
async fn not_modified_is_success_when_the_stop_shows_and_nothing_known_when_not() {
    let venue = Bybit::start().await;
    let link = venue.patient(Span(600)).await;
    venue.on(TRADING_STOP, Answer::Refuses(34040, "not modified"));
    let unseen = place(&link, Leg::Net, OrderSide::Sell, "58000").await;
    assert!(matches!(&unseen, Outcome::Unsure(why) if why.contains("34040")), "{unseen:?}");
    venue.on(REALTIME, rows(json!([stop_order("BTCUSDT", 0, "Sell", "58000")]), ""));
    let seen = place(&link, Leg::Net, OrderSide::Sell, "58000").await;
    assert!(matches!(seen, Outcome::Done(_)), "{seen:?}");
    assert_eq!(venue.seen(TRADING_STOP).len(), 2, "each sent once");
}

#[tokio::test]
async fn an_acknowledged_stop_that_never_shows_is_unsure() {
    let venue = Bybit::start().await;
    let link = venue.patient(Span(600)).await;
    venue.on(TRADING_STOP, ok());
    // Another trigger price type at the same price is another stop.
    let mut by_last = stop_order("BTCUSDT", 0, "Sell", "58000");
    by_last["triggerBy"] = json!("LastPrice");
    venue.on(REALTIME, rows(json!([by_last]), ""));
    let outcome = place(&link, Leg::Net, OrderSide::Sell, "58000").await;
    assert!(matches!(outcome, Outcome::Unsure(_)), "{outcome:?}");
    venue.on(REALTIME, Answer::Refuses(10016, "Internal error"));
    let outcome = place(&link, Leg::Net, OrderSide::Sell, "58000").await;
    assert!(matches!(&outcome, Outcome::Unsure(why) if why.contains("10016")), "{outcome:?}");
}

#[tokio::test]
async fn a_stop_whose_answer_was_lost_is_looked_for_and_never_sent_again() {
    let venue = Bybit::start().await;
    let link = venue.link().await;
    venue.on(TRADING_STOP, Answer::Refuses(10000, "Server Timeout"));
    venue.on(REALTIME, rows(json!([stop_order("BTCUSDT", 0, "Sell", "58000")]), ""));
    let outcome = place(&link, Leg::Net, OrderSide::Sell, "58000").await;
    assert!(matches!(outcome, Outcome::Done(_)), "{outcome:?}");
    assert_eq!(venue.seen(TRADING_STOP).len(), 1);
}

#[tokio::test]
async fn refusals_of_a_stop_are_told_apart_by_their_words() {
    let venue = Bybit::start().await;
    let link = venue.link().await;
    for (said, wanted) in [
        ("can not set tp/sl/ts for zero position", RefusalKind::NothingToReduce),
        (
            "StopLoss:610000000 set for Buy position should lower than \
             base_price:600000000??LastPrice",
            RefusalKind::WouldTrigger,
        ),
        ("position idx not match position mode", RefusalKind::Mode),
    ] {
        venue.on(TRADING_STOP, Answer::Refuses(10001, said));
        assert_eq!(kind(place(&link, Leg::Net, OrderSide::Sell, "61000").await), wanted);
    }
    assert_eq!(venue.seen(REALTIME).len(), 0, "a refusal needs no look");
    // The wrong side for a leg never leaves.
    let before = venue.seen(TRADING_STOP).len();
    assert_eq!(kind(place(&link, Leg::Short, OrderSide::Sell, "61000").await), RefusalKind::Local);
    assert_eq!(venue.seen(TRADING_STOP).len(), before);
}

#[tokio::test]
async fn the_stop_on_a_position_is_taken_away_only_by_its_own_name() {
    let venue = Bybit::start().await;
    let link = venue.link().await;
    venue.on(TRADING_STOP, ok());
    venue
        .turns(REALTIME, vec![rows(json!([stop_order("BTCUSDT", 2, "Buy", "65000")]), ""), none()]);
    let name = ClientId::on_position(&"BTCUSDT".into(), Leg::Short);
    assert_eq!(cancel(&link, name).await, Outcome::Done(()));
    let sent = venue.seen(TRADING_STOP);
    assert_eq!(
        sent[0].json(),
        json!({"category": "linear", "symbol": "BTCUSDT", "positionIdx": 2, "tpslMode": "Full",
            "stopLoss": "0"})
    );
    venue.on(CANCEL, Answer::Refuses(110_001, "order not exists or too late to cancel"));
    let other = cancel(&link, "hfs-00000000000000aa".into()).await;
    assert_eq!(kind(other), RefusalKind::NotFound);
    assert_eq!(venue.seen(TRADING_STOP).len(), 1);
}

fn conditional(status: &str, filled: &str) -> Value {
    let mut row = stop_order("BTCUSDT", 0, "Sell", "58000");
    row["orderLinkId"] = json!("hfs-00000000000000aa");
    row["stopOrderType"] = json!("Stop");
    row["createType"] = json!("CreateByUser");
    row["tpslMode"] = json!("");
    row["orderStatus"] = json!(status);
    row["cumExecQty"] = json!(filled);
    row
}

#[tokio::test]
async fn a_cancelled_conditional_order_is_gone_when_the_venue_says_so() {
    let venue = Bybit::start().await;
    let link = venue.patient(Span(600)).await;
    let id = || ClientId::from("hfs-00000000000000aa");
    let acknowledged = Answer::Result(json!({"orderId": "c1", "orderLinkId": "x"}));
    venue.on(CANCEL, acknowledged);
    let live = rows(json!([conditional("Untriggered", "0")]), "");
    let gone = rows(json!([conditional("Deactivated", "0")]), "");
    venue.turns(REALTIME, vec![live.clone(), gone]);
    assert_eq!(cancel(&link, id()).await, Outcome::Done(()));
    assert_eq!(venue.seen(CANCEL)[0].json()["orderLinkId"], json!("hfs-00000000000000aa"));
    // It stays open although the cancellation was accepted.
    venue.on(REALTIME, live);
    assert!(matches!(cancel(&link, id()).await, Outcome::Unsure(_)));
    // It fired first.
    venue.on(REALTIME, rows(json!([conditional("Filled", "0.5")]), ""));
    assert_eq!(kind(cancel(&link, id()).await), RefusalKind::NotFound);
    // Nobody can say.
    venue.on(REALTIME, Answer::Refuses(10016, "Internal error"));
    assert!(matches!(cancel(&link, id()).await, Outcome::Unsure(_)));
    // Only the history still knows it.
    venue.on(CANCEL, Answer::Refuses(110_001, "order not exists or too late to cancel"));
    venue.on(REALTIME, none());
    venue.on(HISTORY, rows(json!([conditional("Cancelled", "0")]), ""));
    assert_eq!(cancel(&link, id()).await, Outcome::Done(()));
}

fn filled(status: &str, quantity: &str) -> Value {
    json!({"symbol": "BTCUSDT", "orderId": "venue-1", "orderLinkId": CLOSE, "side": "Sell",
        "positionIdx": 1, "orderStatus": status, "orderType": "Market", "price": "57000",
        "qty": "0.5", "leavesQty": "0", "cumExecQty": quantity, "avgPrice": "60000",
        "stopOrderType": "", "createType": "CreateByUser", "reduceOnly": true,
        "closeOnTrigger": false, "createdTime": "1790000000000", "updatedTime": "1790000000003"})
}

#[tokio::test]
async fn a_close_is_reduce_only_on_its_slot_and_its_acceptance_is_no_execution() {
    let venue = Bybit::start().await;
    let link = venue.link().await;
    venue.on(CREATE, Answer::Result(json!({"orderId": "venue-1", "orderLinkId": CLOSE})));
    let Outcome::Done(report) = close(&link).await else { panic!() };
    assert_eq!((report.id.as_str(), report.status), ("venue-1", OrderStatus::Live));
    assert_eq!(report.filled, None);
    assert_eq!(
        venue.seen(CREATE)[0].json(),
        json!({"category": "linear", "symbol": "BTCUSDT", "side": "Sell", "orderType": "Market",
            "qty": "0.5", "reduceOnly": true, "positionIdx": 1, "orderLinkId": CLOSE})
    );
    venue.on(REALTIME, rows(json!([filled("Filled", "0.5")]), ""));
    let Outcome::Done(report) = close(&link).await else { panic!() };
    assert_eq!((report.status, report.filled), (OrderStatus::Filled, Some(qty("0.5"))));
}

#[tokio::test]
async fn refusals_of_a_close_and_answers_that_never_came() {
    let venue = Bybit::start().await;
    let link = venue.patient(Span(400)).await;
    venue.on(
        CREATE,
        Answer::Refuses(110_017, "current position is zero, cannot fix reduce-only order qty"),
    );
    assert_eq!(kind(close(&link).await), RefusalKind::NothingToReduce);
    venue.on(CREATE, Answer::Refuses(110_072, "OrderLinkedID is duplicate"));
    assert_eq!(kind(close(&link).await), RefusalKind::Duplicate);
    for lost in [
        Answer::Silence,
        Answer::Raw(502, "bad gateway".to_owned()),
        Answer::Raw(429, "slow down".to_owned()),
        Answer::Raw(200, "{\"retCode\":0,\"resu".to_owned()),
        Answer::Result(json!({})),
        Answer::Refuses(10016, "Internal error"),
        Answer::Refuses(987_654, "never documented"),
    ] {
        let before = venue.seen(CREATE).len();
        venue.on(CREATE, lost.clone());
        let outcome = close(&link).await;
        assert!(matches!(outcome, Outcome::Unsure(_)), "{lost:?}: {outcome:?}");
        assert_eq!(venue.seen(CREATE).len(), before + 1, "never sent again");
    }
}

async fn find(link: &Link) -> Result<Option<OrderReport>, String> {
    let act = Act::FindOrder { symbol: "BTCUSDT".into(), client_id: CLOSE.into(), since: None };
    let Reply::FoundOrder(found) = link.act(act).await else { panic!() };
    found
}

#[tokio::test]
async fn an_order_is_unknown_only_when_three_lists_answered_without_it() {
    let venue = Bybit::start().await;
    let link = venue.link().await;
    let executions = "GET /v5/execution/list";
    assert_eq!(find(&link).await, Ok(None));
    for path in [REALTIME, HISTORY, executions] {
        assert_eq!(venue.seen(path)[0].get("orderLinkId"), Some(CLOSE));
        venue.on(path, Answer::Refuses(10016, "Internal error"));
        assert!(find(&link).await.unwrap_err().contains("10016"), "{path}");
        venue.on(path, none());
    }
    let row = |id: &str, left: &str| {
        json!({"symbol": "BTCUSDT", "orderId": "venue-1", "orderLinkId": CLOSE, "side": "Sell",
            "execId": id, "execPrice": "60000", "execQty": "0.2", "execType": "Trade",
            "execTime": "1790000000000", "execFee": "0.1", "leavesQty": left,
            "closedSize": "0.2", "createType": "CreateByUser", "stopOrderType": ""})
    };
    venue.on(executions, rows(json!([row("a", "0"), row("b", "0.2"), row("a", "0")]), ""));
    let found = find(&link).await.unwrap().unwrap();
    assert_eq!((found.status, found.filled), (OrderStatus::Filled, Some(qty("0.4"))));
    assert_eq!(found.average, Some(price("60000")));
    venue.on(HISTORY, rows(json!([filled("Cancelled", "0.1")]), ""));
    let found = find(&link).await.unwrap().unwrap();
    assert_eq!((found.status, found.filled), (OrderStatus::Cancelled, Some(qty("0.1"))));
}

#[tokio::test]
async fn a_stop_is_found_on_its_slot_or_by_its_id() {
    let venue = Bybit::start().await;
    let link = venue.link().await;
    let find = async |client_id: ClientId, leg| {
        let act = Act::FindStop { symbol: "BTCUSDT".into(), leg, client_id };
        let Reply::FoundStop(found) = link.act(act).await else { panic!() };
        found
    };
    let slot = || ClientId::on_position(&"BTCUSDT".into(), Leg::Long);
    assert_eq!(find(slot(), Leg::Long).await, Ok(None));
    venue.on(REALTIME, rows(json!([stop_order("BTCUSDT", 1, "Sell", "58000")]), ""));
    let found = find(slot(), Leg::Long).await.unwrap().unwrap();
    assert_eq!(found.order.trigger, Some(price("58000")));
    venue.on(REALTIME, rows(json!([stop_order("BTCUSDT", 2, "Buy", "58000")]), ""));
    assert_eq!(find(slot(), Leg::Long).await, Ok(None), "the other slot's");
    venue.on(REALTIME, Answer::Refuses(10016, "Internal error"));
    assert!(find(slot(), Leg::Long).await.is_err());
    venue.on(REALTIME, rows(json!([conditional("Triggered", "0")]), ""));
    let found = find("hfs-00000000000000aa".into(), Leg::Net).await.unwrap().unwrap();
    assert_eq!(found.status, StopStatus::Firing);
}
