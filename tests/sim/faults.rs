//! Every fault at least once, seen by a client.

use std::time::{Duration, Instant};

use crate::client::{Desk, names};
use serde_json::json;

const RISK: &str = "/fapi/v3/positionRisk";

#[tokio::test]
async fn an_order_that_was_executed_may_answer_503_or_1007_or_nothing_at_all() {
    let desk = Desk::open().await;
    let buy = "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.01&newClientOrderId=";
    let order = "POST /fapi/v1/order";
    desk.fault(json!({"kind": "unknown", "executed": true, "endpoint": order, "count": 1}));
    let unknown = desk.order(&format!("{buy}a")).await;
    assert!(unknown.status == 503 && unknown.text.contains("Unknown error"), "{}", unknown.text);
    assert_eq!(desk.amount("BTCUSDT").await.as_deref(), Some("0.010"));
    desk.fault(json!({
        "kind": "error", "code": -1007, "executed": true, "endpoint": order, "count": 1,
    }));
    let timeout = desk.order(&format!("{buy}b")).await;
    assert_eq!((timeout.status, timeout.code()), (408, -1007));
    assert_eq!(desk.amount("BTCUSDT").await.as_deref(), Some("0.020"));
    desk.fault(json!({"kind": "cut", "executed": true, "endpoint": order, "count": 1}));
    assert!(desk.try_ask("POST", "/fapi/v1/order", &format!("{buy}c")).await.is_err());
    assert_eq!(desk.amount("BTCUSDT").await.as_deref(), Some("0.030"));
    let found = desk.ask("GET", "/fapi/v1/order", "symbol=BTCUSDT&origClientOrderId=c").await;
    assert_eq!(found.json()["status"], "FILLED");
}

#[tokio::test]
async fn an_order_that_was_not_executed_may_fail_in_the_same_ways() {
    let desk = Desk::open().await;
    let order = "POST /fapi/v1/order";
    for fault in [
        json!({"kind": "unknown", "endpoint": order, "count": 1}),
        json!({"kind": "unavailable", "endpoint": order, "count": 1}),
        json!({"kind": "error", "code": -1006, "endpoint": order, "count": 1}),
        json!({"kind": "maintenance", "count": 1}),
    ] {
        desk.fault(fault);
        let answer = desk.buy_btc("0.01").await;
        assert!(answer.status >= 500, "{}", answer.text);
    }
    desk.fault(json!({"kind": "cut", "endpoint": order, "count": 1}));
    let cut = desk.try_ask("POST", "/fapi/v1/order", "symbol=BTCUSDT&side=BUY&type=MARKET").await;
    assert!(cut.is_err());
    assert_eq!(desk.amount("BTCUSDT").await, None);
    assert_eq!(desk.buy_btc("0.01").await.status, 200, "the counts are used up");
}

#[tokio::test]
async fn latency_delays_and_a_hang_never_answers() {
    let desk = Desk::open().await;
    desk.fault(json!({"kind": "latency", "ms": 150, "endpoint": "GET /fapi/v1/time", "count": 1}));
    let start = Instant::now();
    desk.get("/fapi/v1/time", "").await;
    assert!(start.elapsed() >= Duration::from_millis(150));
    desk.fault(json!({"kind": "hang", "executed": true, "endpoint": "POST /fapi/v1/order"}));
    let buy = "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.01";
    let waiting = desk.try_ask("POST", "/fapi/v1/order", buy);
    assert!(tokio::time::timeout(Duration::from_millis(300), waiting).await.is_err());
    assert_eq!(desk.amount("BTCUSDT").await.as_deref(), Some("0.010"));
}

#[tokio::test]
async fn positions_lag_behind_the_stream_by_calls_or_by_time() {
    let desk = Desk::open().await;
    desk.buy_btc("0.01").await;
    let mut stream = desk.listen().await;
    desk.fault(json!({"kind": "rest_lag", "calls": 2, "count": 1}));
    desk.tell(json!({"do": "close", "symbol": "BTCUSDT"}));
    let closed = stream.take(4).await;
    assert_eq!(closed[2]["a"]["P"][0]["pa"], "0", "the stream knows at once");
    assert_eq!(desk.amount("BTCUSDT").await.as_deref(), Some("0.010"));
    assert_eq!(desk.amount("BTCUSDT").await.as_deref(), Some("0.010"));
    assert_eq!(desk.amount("BTCUSDT").await, None);
    desk.fault(json!({"kind": "rest_lag", "ms": 120}));
    desk.buy_btc("0.01").await;
    let start = Instant::now();
    while desk.amount("BTCUSDT").await.is_none() {
        assert!(start.elapsed() < Duration::from_secs(3));
    }
    assert!(start.elapsed() >= Duration::from_millis(60));
}

#[tokio::test]
async fn answers_may_be_empty_cut_off_or_without_a_field() {
    let desk = Desk::open().await;
    desk.buy_btc("0.01").await;
    let risk = format!("GET {RISK}");
    desk.fault(json!({"kind": "empty_list", "endpoint": risk, "count": 1}));
    assert!(desk.positions().await.is_empty());
    desk.fault(json!({"kind": "truncate", "endpoint": risk, "count": 1}));
    let half = desk.ask("GET", RISK, "").await;
    assert!(half.status == 200 && serde_json::from_str::<serde_json::Value>(&half.text).is_err());
    desk.fault(json!({
        "kind": "missing_field", "field": "positionAmt", "endpoint": risk, "count": 1,
    }));
    let poor = &desk.positions().await[0];
    assert!(poor.get("positionAmt").is_none() && poor.get("entryPrice").is_some());
    desk.fault(json!({"kind": "zero_rows", "symbol": "ETHUSDT", "endpoint": risk, "count": 1}));
    let rows = desk.positions().await;
    assert_eq!((&rows[0]["symbol"], &rows[0]["positionAmt"]), (&json!("ETHUSDT"), &json!("0.0")));
    assert_eq!(rows[1]["positionAmt"], "0.010");
    desk.fault(json!({"kind": "hide_rows", "symbol": "BTCUSDT", "endpoint": risk, "count": 1}));
    assert!(desk.positions().await.is_empty());
    desk.fault(json!({
        "kind": "answer", "status": 403, "body": "<html>blocked</html>", "count": 1,
    }));
    let wall = desk.ask("GET", RISK, "").await;
    assert_eq!((wall.status, wall.header("content-type")), (403, Some("text/html")));
    assert_eq!(desk.positions().await.len(), 1);
}

#[tokio::test]
async fn a_new_order_may_not_be_found_at_first() {
    let desk = Desk::open().await;
    desk.fault(json!({"kind": "invisible", "calls": 2, "endpoint": "/fapi/v1/order"}));
    desk.order("symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.01&newClientOrderId=late").await;
    let query = "symbol=BTCUSDT&origClientOrderId=late";
    for _ in 0..2 {
        assert_eq!(desk.ask("GET", "/fapi/v1/order", query).await.code(), -2013);
    }
    assert_eq!(desk.ask("GET", "/fapi/v1/order", query).await.status, 200);
    desk.fault(json!({"kind": "history_lag", "ms": 60_000}));
    let trades = desk.ask("GET", "/fapi/v1/userTrades", "symbol=BTCUSDT").await;
    assert_eq!(trades.json(), json!([]));
}

#[tokio::test]
async fn limits_and_throttling_can_be_played() {
    let desk = Desk::open().await;
    desk.buy_btc("0.02").await;
    desk.fault(json!({"kind": "rate_limit", "count": 1}));
    let slow = desk.get("/fapi/v1/time", "").await;
    assert_eq!((slow.status, slow.code()), (429, -1003));
    desk.fault(json!({"kind": "rate_limit", "status": 418, "for_ms": 5000, "count": 1}));
    let banned = desk.get("/fapi/v1/time", "").await;
    assert!(banned.status == 418 && banned.text.contains("banned until"), "{}", banned.text);
    desk.fault(json!({"kind": "throttle"}));
    let opened = desk.buy_btc("0.01").await;
    assert_eq!((opened.status, opened.code()), (503, -1008));
    let close = "symbol=BTCUSDT&side=SELL&type=MARKET&quantity=0.01&reduceOnly=true";
    assert_eq!(desk.order(close).await.status, 200, "what reduces goes through");
    desk.tell(json!({"do": "clear_faults"}));
    desk.fault(json!({"kind": "refuse", "code": -2021}));
    let stop = "symbol=BTCUSDT&side=SELL&type=STOP_MARKET&triggerPrice=80000&quantity=0.01";
    assert_eq!(desk.algo(stop).await.code(), -2021);
    assert_eq!(desk.algo(stop).await.status, 200);
}

#[tokio::test]
async fn frames_may_be_lost_doubled_late_or_out_of_order() {
    let desk = Desk::open().await;
    let mut stream = desk.listen().await;
    desk.fault(json!({"kind": "stream_drop", "events": ["ACCOUNT_UPDATE"], "count": 1}));
    desk.buy_btc("0.01").await;
    assert_eq!(stream.drain().await.len(), 3);
    desk.fault(json!({"kind": "stream_double", "events": ["ACCOUNT_UPDATE"], "count": 1}));
    desk.buy_btc("0.01").await;
    let doubled = stream.drain().await;
    assert_eq!((doubled.len(), &doubled[2]), (5, &doubled[3]));
    desk.fault(json!({"kind": "stream_shuffle", "count": 1}));
    desk.buy_btc("0.01").await;
    let usual =
        ["TRADE_LITE", "ORDER_TRADE_UPDATE NEW", "ACCOUNT_UPDATE", "ORDER_TRADE_UPDATE TRADE"];
    let mut shuffled = names(&stream.drain().await);
    assert_ne!(shuffled, usual);
    shuffled.sort();
    let mut sorted = usual.map(str::to_owned);
    sorted.sort();
    assert_eq!(shuffled, sorted);
    desk.fault(json!({"kind": "stream_delay", "ms": 150, "events": ["TRADE_LITE"], "count": 1}));
    desk.buy_btc("0.01").await;
    assert_eq!(names(&stream.take(4).await)[3], "TRADE_LITE");
}

#[tokio::test]
async fn a_silent_stream_keeps_its_socket() {
    let desk = Desk::open().await;
    let mut stream = desk.listen().await;
    desk.fault(json!({"kind": "stream_silent"}));
    desk.buy_btc("0.01").await;
    assert!(stream.drain().await.is_empty(), "it answers commands and says nothing else");
    desk.tell(json!({"do": "clear_faults"}));
    desk.buy_btc("0.01").await;
    assert_eq!(stream.take(4).await.len(), 4);
}
