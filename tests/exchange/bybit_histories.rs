//! Histories at Bybit: windows, pages, doubles, and when they may be called complete.

use holdfast::domain::amount::OrderSide;
use holdfast::domain::effect::Act;
use holdfast::domain::evidence::{History, Origin};
use holdfast::domain::input::Reply;
use holdfast::domain::key::Leg;
use holdfast::domain::time::VenueTime;
use serde_json::{Value, json};

use crate::bybit_values::only;
use crate::bybit_venue::{Answer, Bybit, none, rows};
use crate::values::qty;
use crate::venue::{Link, wall_clock};

const EXECUTIONS: &str = "GET /v5/execution/list";
const CLOSED: &str = "GET /v5/position/closed-pnl";
const DAY: i64 = 24 * 3600 * 1000;

fn fill(id: &str, order: &str, side: &str, quantity: &str, closed: &str, at: i64) -> Value {
    json!({"symbol": "BTCUSDT", "orderId": order, "orderLinkId": "", "side": side, "execId": id,
        "execPrice": "60000", "execQty": quantity, "execType": "Trade",
        "execTime": at.to_string(), "execFee": "0.1", "feeCurrency": "USDT", "leavesQty": "0",
        "closedSize": closed, "createType": "CreateByUser", "stopOrderType": ""})
}

fn closed(order: &str, quantity: &str, at: i64) -> Value {
    json!({"symbol": "BTCUSDT", "orderId": order, "side": "Sell", "closedSize": quantity,
        "updatedTime": at.to_string(), "closedPnl": "1"})
}

async fn history(link: &Link, leg: Leg, since: i64) -> History {
    let act = Act::History { symbol: "BTCUSDT".into(), leg, since: VenueTime(since) };
    let Reply::History(history) = link.act(act).await else { panic!() };
    history
}

fn ids(history: &History) -> Vec<&str> {
    history.fills.iter().map(|fill| fill.trade_id.as_str()).collect()
}

#[tokio::test]
async fn long_spans_are_read_in_windows_that_touch() {
    let venue = Bybit::start().await;
    let link = venue.link().await;
    let since = wall_clock() - 20 * DAY;
    assert!(history(&link, Leg::Net, since).await.complete);
    for path in [EXECUTIONS, CLOSED] {
        let windows: Vec<(i64, i64)> = venue
            .seen(path)
            .iter()
            .map(|seen| {
                assert_eq!((seen.get("symbol"), seen.get("limit")), (Some("BTCUSDT"), Some("100")));
                let at = |name| seen.get(name).unwrap().parse().unwrap();
                (at("startTime"), at("endTime"))
            })
            .collect();
        assert_eq!(windows.len(), 3);
        assert!(windows[0].0 <= since && windows[2].1 >= wall_clock() - 1000);
        assert!(windows.windows(2).all(|pair| pair[1].0 == pair[0].1 + 1));
        assert!(windows.iter().all(|(from, to)| to - from < 7 * DAY));
    }
}

#[tokio::test]
async fn every_page_is_read_and_rows_that_come_twice_count_once() {
    let venue = Bybit::start().await;
    let link = venue.link().await;
    let now = wall_clock();
    venue.rule(EXECUTIONS, move |seen, _| match seen.get("cursor") {
        None => {
            let page = (0..100).map(|n| fill(&format!("t{n:03}"), "a", "Buy", "1", "0", now - n));
            rows(Value::Array(page.collect()), "5%3A2%2C5")
        }
        Some("5%3A2%2C5") => {
            let mut funding = fill("f", "", "Buy", "9", "0", now - 150);
            funding["execType"] = json!("Funding");
            let twice = fill("t099", "a", "Buy", "1", "0", now - 99);
            let before = fill("old", "a", "Buy", "1", "0", now - 50_000);
            rows(json!([twice, funding, fill("t100", "a", "Buy", "1", "0", now - 100), before]), "")
        }
        other => panic!("{other:?}"),
    });
    let history = history(&link, Leg::Net, now - 40_000).await;
    assert!(history.complete);
    assert_eq!(history.fills.len(), 101);
    assert_eq!((ids(&history)[0], ids(&history)[100]), ("t100", "t000"), "oldest first");
}

#[tokio::test]
async fn a_page_that_fails_leaves_the_history_incomplete() {
    let venue = Bybit::start().await;
    let link = venue.link().await;
    let now = wall_clock();
    for path in [EXECUTIONS, CLOSED] {
        venue.on(path, Answer::Refuses(10016, "Internal error"));
        assert!(!history(&link, Leg::Net, now - 40_000).await.complete, "{path}");
        venue.on(path, Answer::Raw(200, "{\"retCode\":0,\"result\":{\"li".to_owned()));
        assert!(!history(&link, Leg::Net, now - 40_000).await.complete, "{path}");
        venue.on(path, none());
        assert!(history(&link, Leg::Net, now - 40_000).await.complete);
    }
    assert!(!history(&link, Leg::Net, now - 800 * DAY).await.complete, "kept for two years");
}

#[tokio::test]
async fn a_closed_profit_without_all_its_fills_means_that_the_list_lags() {
    let venue = Bybit::start().await;
    let link = venue.link().await;
    let now = wall_clock();
    let since = now - 40_000;
    venue.on(CLOSED, rows(json!([closed("c", "0.5", now - 50)]), ""));
    assert!(!history(&link, Leg::Net, since).await.complete);
    let first = fill("t1", "c", "Sell", "0.3", "0.3", now - 60);
    venue.on(EXECUTIONS, rows(json!([first]), ""));
    assert!(!history(&link, Leg::Net, since).await.complete, "only a part of it");
    let second = fill("t2", "c", "Sell", "0.2", "0.2", now - 55);
    venue.on(EXECUTIONS, rows(json!([second, first]), ""));
    let whole = history(&link, Leg::Net, since).await;
    assert!(whole.complete);
    assert_eq!(ids(&whole), ["t1", "t2"]);
    // What closed before the span is no evidence about it.
    venue.on(EXECUTIONS, none());
    venue.on(CLOSED, rows(json!([closed("c", "0.5", since - 1)]), ""));
    assert!(history(&link, Leg::Net, since).await.complete);
}

#[tokio::test]
async fn a_settlement_has_no_order_and_its_closed_profit_may_name_one() {
    let venue = Bybit::start().await;
    let link = venue.link().await;
    let now = wall_clock();
    let since = now - 40_000;
    let mut settled = fill("s1", "", "Sell", "0.5", "0.5", now - 60);
    settled["execType"] = json!("Delivery");
    settled["createType"] = json!("CreateBySettle");
    venue.on(EXECUTIONS, rows(json!([settled]), ""));
    venue.on(CLOSED, rows(json!([closed("internal", "0.5", now - 50)]), ""));
    assert!(history(&link, Leg::Net, since).await.complete);
    let more = json!([closed("internal", "0.5", now - 50), closed("c", "0.5", now - 40)]);
    venue.on(CLOSED, rows(more, ""));
    assert!(!history(&link, Leg::Net, since).await.complete, "one settlement explains one row");
}

#[tokio::test]
async fn hedged_legs_are_told_apart_by_order_or_by_what_was_closed() {
    let venue = Bybit::start().await;
    let link = venue.link().await;
    let now = wall_clock();
    let since = now - 40_000;
    let list = json!([
        fill("long-opens", "a", "Buy", "1", "0", now - 9),
        fill("short-opens", "b", "Sell", "2", "0", now - 8),
        fill("long-closes", "c", "Sell", "1", "1", now - 7),
        fill("short-closes", "d", "Buy", "2", "2", now - 6),
        fill("says-nothing", "e", "Buy", "3", "", now - 5),
    ]);
    venue.on(EXECUTIONS, rows(list, ""));
    let unsaid = history(&link, Leg::Short, since).await;
    assert!(!unsaid.complete, "one execution may be of either leg");
    venue.rule("GET /v5/order/history", |seen, _| {
        assert_eq!(seen.get("orderId"), Some("e"));
        rows(
            json!([{"symbol": "BTCUSDT", "orderId": "e", "orderLinkId": "", "side": "Buy",
                "positionIdx": 2, "orderStatus": "Filled", "orderType": "Market", "price": "0",
                "qty": "3", "leavesQty": "0", "cumExecQty": "3", "avgPrice": "60000",
                "stopOrderType": "", "createType": "CreateByUser", "reduceOnly": true,
                "createdTime": "1790000000000", "updatedTime": "1790000000000"}]),
            "",
        )
    });
    let short = history(&link, Leg::Short, since).await;
    assert_eq!(ids(&short), ["short-opens", "short-closes", "says-nothing"]);
    assert!(short.complete && short.fills.iter().all(|fill| fill.leg == Leg::Short));
    let long = history(&link, Leg::Long, since).await;
    assert_eq!(ids(&long), ["long-opens", "long-closes"]);
}

#[tokio::test]
async fn what_was_filled_in_a_contract_that_ended_is_picked_from_everybodys() {
    let venue = Bybit::start().await;
    let link = venue.link().await;
    let now = wall_clock();
    let mut end = fill("1", "", "Sell", "1", "1", now - 10);
    end["symbol"] = "OLDUSDT".into();
    end["execType"] = "Delivery".into();
    let other = fill("2", "o", "Sell", "1", "1", now - 9);
    venue.rule(EXECUTIONS, move |seen, _| match seen.get("symbol") {
        Some(_) => Answer::Refuses(10001, "params error: symbol invalid"),
        None => rows(json!([other, end]), ""),
    });
    venue.on_symbol(CLOSED, Answer::Refuses(10001, "params error: symbol invalid"));
    let act = |symbol: &str| Act::History {
        symbol: symbol.into(),
        leg: Leg::Net,
        since: VenueTime(now - 10 * DAY),
    };
    let Reply::History(history) = link.act(act("OLDUSDT")).await else { panic!() };
    assert!(history.complete);
    let fill = only(history.fills);
    assert_eq!((fill.trade_id.as_str(), fill.origin), ("1", Origin::Settlement));
    assert_eq!(venue.seen(EXECUTIONS).len(), 3, "refused once, then two windows");
    // One that the venue lists is not doubted because of a sentence.
    let Reply::History(history) = link.act(act("BTCUSDT")).await else { panic!() };
    assert!(!history.complete && history.fills.is_empty());
}

#[tokio::test]
async fn what_made_a_fill_is_named() {
    let venue = Bybit::start().await;
    let link = venue.link().await;
    let now = wall_clock();
    let with = |id: &str, changes: Value, at: i64| {
        let mut row = fill(id, id, "Sell", "1", "1", at);
        row.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        row
    };
    venue.on(
        EXECUTIONS,
        rows(
            json!([
                with(
                    "1",
                    json!({"stopOrderType": "StopLoss", "createType": "CreateByStopLoss"}),
                    now - 9
                ),
                with(
                    "2",
                    json!({"execType": "BustTrade",
                    "createType": "CreateByTakeOver_PassThrough"}),
                    now - 8
                ),
                with(
                    "3",
                    json!({"execType": "AdlTrade",
                    "createType": "CreateByAdl_PassThrough"}),
                    now - 7
                ),
                with("4", json!({"orderLinkId": "hfx-00000000000000bb"}), now - 6),
                with(
                    "5",
                    json!({"execType": "Delivery", "createType": "CreateBySettle",
                    "orderId": ""}),
                    now - 5
                ),
            ]),
            "",
        ),
    );
    let history = history(&link, Leg::Net, now - 40_000).await;
    let origins: Vec<Origin> = history.fills.iter().map(|fill| fill.origin).collect();
    assert_eq!(
        origins,
        [Origin::Stop, Origin::Liquidation, Origin::Adl, Origin::Plain, Origin::Settlement]
    );
    assert!(history.complete);
    let ours = &history.fills[3];
    assert_eq!((ours.side, ours.quantity), (OrderSide::Sell, qty("1")));
    assert_eq!(ours.client_id.as_ref().unwrap().as_str(), "hfx-00000000000000bb");
}
