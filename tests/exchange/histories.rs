//! History: every page of every window, and what made a position close.

use std::time::Duration;

use holdfast::domain::effect::Act;
use holdfast::domain::evidence::{Fill, History, Origin};
use holdfast::domain::input::Reply;
use holdfast::domain::key::Leg;
use holdfast::domain::time::VenueTime;

use crate::venue::{Answer, Link, Seen, Venue, error, ok, wall_clock};

const TRADES: &str = "GET /fapi/v1/userTrades";
const ORDER: &str = "GET /fapi/v1/order";
const STOPS: &str = "GET /fapi/v1/allAlgoOrders";
const DAY: i64 = 86_400_000;

fn trade(id: u64, order: u64, side: &str, leg: &str, pnl: &str, at: i64) -> String {
    format!(
        r#"{{"symbol":"BTCUSDT","id":{id},"orderId":{order},"side":"{side}",
        "positionSide":"{leg}","price":"60000","qty":"0.1","realizedPnl":"{pnl}",
        "commission":"0.5","commissionAsset":"USDT","time":{at}}}"#
    )
}

fn list(rows: &[String]) -> Answer {
    ok(&format!("[{}]", rows.join(",")))
}

fn order(id: u64, client_id: &str, kind: &str) -> Answer {
    ok(&format!(
        r#"{{"clientOrderId":"{client_id}","orderId":{id},"status":"FILLED",
        "executedQty":"0.1","avgPrice":"60000","type":"MARKET","origType":"{kind}"}}"#
    ))
}

async fn history(link: &Link, leg: Leg, since: i64) -> History {
    let since = VenueTime(since);
    let act = Act::History { symbol: "BTCUSDT".into(), leg, since };
    let Reply::History(history) = link.act(act).await else { panic!() };
    assert_eq!((history.symbol.as_str(), history.leg, history.since), ("BTCUSDT", leg, since));
    history
}

fn ids(fills: &[Fill]) -> Vec<&str> {
    fills.iter().map(|fill| fill.trade_id.as_str()).collect()
}

fn number(seen: &Seen, name: &str) -> Option<i64> {
    seen.get(name).map(|text| text.parse().unwrap())
}

#[tokio::test]
async fn a_round_trip_with_what_closed_it() {
    let venue = Venue::start().await;
    let now = wall_clock();
    let rows = [
        trade(9, 1, "BUY", "BOTH", "0", now - 3000),
        trade(11, 2, "SELL", "BOTH", "-3", now - 1000),
        trade(10, 2, "SELL", "BOTH", "-3", now - 1000),
    ];
    venue.on(TRADES, list(&rows));
    venue.on(ORDER, order(2, "hfs-00000000000000aa", "MARKET"));
    let link = venue.link().await;
    let history = history(&link, Leg::Net, now - 5000).await;
    assert!(history.complete);
    assert_eq!(ids(&history.fills), ["9", "10", "11"]);
    assert_eq!((&history.fills[0].client_id, history.fills[0].origin), (&None, Origin::Unknown));
    for fill in &history.fills[1..] {
        assert_eq!(fill.client_id, Some("hfs-00000000000000aa".into()));
        assert_eq!(fill.origin, Origin::Stop);
    }
    let asked = venue.seen(ORDER);
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].parameters(), ["symbol=BTCUSDT", "orderId=2"]);
    assert_eq!(venue.seen(STOPS), [], "the client id is evidence enough");
}

#[tokio::test]
async fn only_the_leg_and_the_time_asked_for() {
    let venue = Venue::start().await;
    let now = wall_clock();
    let rows = [
        trade(1, 1, "BUY", "LONG", "0", now - 9000),
        trade(2, 2, "BUY", "LONG", "0", now - 4000),
        trade(3, 3, "SELL", "SHORT", "0", now - 3000),
    ];
    venue.on(TRADES, list(&rows));
    venue.on(ORDER, error(400, -2013, "Order does not exist."));
    let link = venue.link().await;
    let long = history(&link, Leg::Long, now - 5000).await;
    assert_eq!((ids(&long.fills), long.complete), (vec!["2"], true));
    let net = history(&link, Leg::Net, now - 5000).await;
    assert_eq!((ids(&net.fills), net.complete), (vec![], true));
}

#[tokio::test]
async fn weeks_are_asked_window_by_window() {
    let venue = Venue::start().await;
    venue.on(TRADES, ok("[]"));
    let link = venue.link().await;
    let since = wall_clock() - 20 * DAY;
    assert!(history(&link, Leg::Net, since).await.complete);
    let asked = venue.seen(TRADES);
    assert_eq!(asked.len(), 3);
    assert_eq!(number(&asked[0], "startTime"), Some(since));
    for pair in asked.windows(2) {
        let (start, end) = (number(&pair[0], "startTime"), number(&pair[0], "endTime"));
        let span = end.unwrap() - start.unwrap();
        assert!(span > 6 * DAY && span < 7 * DAY, "{span}");
        assert_eq!(number(&pair[1], "startTime"), end.map(|end| end + 1), "no gap");
    }
    assert_eq!(asked[2].get("endTime"), None, "the newest trades are never cut off");
    assert!(asked.iter().all(|seen| seen.get("limit") == Some("1000")));
}

#[tokio::test]
async fn no_more_is_asked_for_than_the_venue_keeps() {
    let venue = Venue::start().await;
    venue.on(TRADES, ok("[]"));
    let link = venue.link().await;
    assert!(history(&link, Leg::Net, 0).await.complete);
    let first = number(&venue.seen(TRADES)[0], "startTime").unwrap();
    assert!(wall_clock() - first < 90 * DAY);
    assert!(venue.seen(TRADES).len() <= 14);
}

#[tokio::test]
async fn a_full_page_is_followed_by_trade_id() {
    let venue = Venue::start().await;
    let now = wall_clock();
    let page = |from: u64| {
        let row = |id| trade(id, 1, "BUY", "BOTH", "0", now - 2000);
        list(&(from..from + 1000).map(row).collect::<Vec<_>>())
    };
    venue.once(TRADES, page(1));
    venue.once(TRADES, page(1001));
    venue.once(TRADES, list(&[trade(2001, 2, "SELL", "BOTH", "5", now - 1000)]));
    venue.on(ORDER, order(2, "autoclose-15", "LIMIT"));
    let link = venue.link().await;
    let history = history(&link, Leg::Net, now - 5000).await;
    assert!(history.complete);
    assert_eq!(history.fills.len(), 2001);
    assert_eq!(history.fills[2000].origin, Origin::Liquidation);
    let asked = venue.seen(TRADES);
    assert_eq!(number(&asked[1], "fromId"), Some(1001));
    assert_eq!(number(&asked[2], "fromId"), Some(2001));
    assert_eq!((asked[1].get("startTime"), asked[1].get("endTime")), (None, None));
}

#[tokio::test]
async fn one_lost_page_makes_it_incomplete_and_keeps_the_rest() {
    let now = wall_clock();
    let row = trade(1, 1, "BUY", "BOTH", "0", now - 20 * DAY);
    for lost in [Answer::Says(502, String::new()), ok("["), ok("{}"), ok("[{\"id\":1}]")] {
        let venue = Venue::start().await;
        venue.on(ORDER, error(400, -2013, "Order does not exist."));
        venue.once(TRADES, list(std::slice::from_ref(&row)));
        venue.once(TRADES, lost.clone());
        venue.on(TRADES, ok("[]"));
        let link = venue.link().await;
        let history = history(&link, Leg::Net, now - 20 * DAY).await;
        assert!(!history.complete, "{lost:?}");
        assert_eq!(ids(&history.fills), ["1"], "{lost:?}");
    }
}

async fn closed_by(answer: Answer, stops: Answer) -> (History, usize) {
    let venue = Venue::start().await;
    let now = wall_clock();
    venue.on(TRADES, list(&[trade(5, 77, "SELL", "BOTH", "-3", now - 1000)]));
    venue.on(ORDER, answer);
    venue.on(STOPS, stops);
    let link = venue.link().await;
    let history = history(&link, Leg::Net, now - 5000).await;
    (history, venue.seen(STOPS).len())
}

fn stop_list(kind: &str, child: &str) -> Answer {
    ok(&format!(
        r#"[{{"algoId":1,"clientAlgoId":"web_1","algoType":"CONDITIONAL","orderType":"{kind}",
        "symbol":"BTCUSDT","side":"SELL","positionSide":"BOTH","quantity":"0.1",
        "algoStatus":"FINISHED","actualOrderId":"{child}","actualQty":"0.1",
        "triggerPrice":"60000","workingType":"MARK_PRICE","closePosition":false,
        "reduceOnly":true}}]"#
    ))
}

#[tokio::test]
async fn causes_that_the_order_itself_tells() {
    for (client_id, kind, origin) in [
        ("autoclose-1596107620040000020", "LIMIT", Origin::Liquidation),
        ("adl_autoclose", "LIMIT", Origin::Adl),
        ("settlement_autoclose-1", "MARKET", Origin::Settlement),
        ("delivery_autoclose-1", "MARKET", Origin::Settlement),
        ("web_1", "STOP_MARKET", Origin::Stop),
        ("web_1", "STOP", Origin::Stop),
        ("web_1", "TAKE_PROFIT_MARKET", Origin::TakeProfit),
        ("web_1", "TRAILING_STOP_MARKET", Origin::Trailing),
        ("web_1", "LIQUIDATION", Origin::Liquidation),
        ("hfx-00000000000000bb", "MARKET", Origin::Plain),
    ] {
        let (history, stops) = closed_by(order(77, client_id, kind), ok("[]")).await;
        let fill = &history.fills[0];
        assert_eq!((fill.origin, history.complete), (origin, true), "{client_id} {kind}");
        assert_eq!(fill.client_id, Some(client_id.into()));
        assert_eq!(stops, 0, "{client_id} {kind}: nothing is left to ask");
    }
}

#[tokio::test]
async fn causes_that_only_the_conditional_order_tells() {
    let market = || order(77, "web_1", "MARKET");
    for (stops, origin) in [
        (stop_list("STOP_MARKET", "77"), Origin::Stop),
        (stop_list("TAKE_PROFIT", "77"), Origin::TakeProfit),
        (stop_list("STOP_MARKET", "78"), Origin::Plain),
        (ok("[]"), Origin::Plain),
    ] {
        let (history, asked) = closed_by(market(), stops.clone()).await;
        assert_eq!(history.fills[0].origin, origin, "{stops:?}");
        assert!(history.complete);
        assert_eq!(asked, 1);
    }
}

#[tokio::test]
async fn a_cause_that_cannot_be_asked_for_keeps_the_fills_and_is_not_complete() {
    let lost = || Answer::Says(502, String::new());
    let (history, _) = closed_by(lost(), ok("[]")).await;
    assert_eq!((ids(&history.fills), history.complete), (vec!["5"], false));
    assert_eq!(history.fills[0].origin, Origin::Unknown);
    let (history, _) = closed_by(order(77, "web_1", "MARKET"), lost()).await;
    assert_eq!((history.fills[0].origin, history.complete), (Origin::Plain, false));
    let forgotten = error(400, -2013, "Order does not exist.");
    let (history, _) = closed_by(forgotten, ok("[]")).await;
    assert_eq!((history.fills[0].origin, history.complete), (Origin::Unknown, true));
}

#[tokio::test]
async fn a_profit_of_a_trade_that_is_not_listed_yet_means_the_history_lags() {
    const INCOME: &str = "GET /fapi/v1/income";
    let venue = Venue::start().await;
    let now = wall_clock();
    let opening = trade(9, 1, "BUY", "BOTH", "0", now - 3000);
    venue.on(TRADES, list(std::slice::from_ref(&opening)));
    venue.on(ORDER, order(1, "web_1", "MARKET"));
    venue.on(STOPS, ok("[]"));
    let link = venue.link().await;
    let row = |kind: &str, id: &str| {
        ok(&format!(
            r#"[{{"symbol":"BTCUSDT","incomeType":"{kind}","income":"-3","asset":"USDT",
            "info":"","time":{now},"tranId":7,"tradeId":{id}}}]"#
        ))
    };
    // Reaching further back each time, because one answer serves for a moment.
    for (further, (answer, complete)) in (1..).zip([
        (row("REALIZED_PNL", "\"11\""), false),
        (row("REALIZED_PNL", "11"), false),
        (row("REALIZED_PNL", "9"), true),
        (row("FUNDING_FEE", "\"\""), true),
        (ok("[]"), true),
        (ok("{}"), false),
        (error(400, -5000, "Path /fapi/v1/income, Method GET is invalid"), true),
        (error(503, -1016, "maintenance"), false),
    ]) {
        venue.on(INCOME, answer.clone());
        let told = history(&link, Leg::Net, now - 60_000 - further).await;
        assert_eq!(told.complete, complete, "{answer:?}");
        assert_eq!(ids(&told.fills), ["9"]);
    }
    let closing = trade(11, 2, "SELL", "BOTH", "-3", now - 1000);
    venue.on(TRADES, list(&[opening, closing]));
    venue.on(INCOME, ok("{}"));
    let before = venue.seen(INCOME).len();
    assert!(history(&link, Leg::Net, now - 60_000).await.complete);
    assert_eq!(venue.seen(INCOME).len(), before, "what explains itself needs no second evidence");
}

#[tokio::test]
async fn many_legs_at_once_ask_for_the_income_of_all_together() {
    const INCOME: &str = "GET /fapi/v1/income";
    let venue = Venue::start().await;
    let now = wall_clock();
    venue.on(TRADES, list(&[]));
    let row = format!(
        r#"{{"symbol":"ETHUSDT","incomeType":"REALIZED_PNL","income":"-3","asset":"USDT",
        "info":"","time":{now},"tranId":7,"tradeId":"11"}}"#
    );
    let old = row.replace(&format!("{now}"), &format!("{}", now - 70_000));
    let link = venue.link().await;

    // A profit of another symbol, or of before, says nothing of this one.
    venue.on(INCOME, ok(&format!("[{row},{}]", old.replace("ETHUSDT", "BTCUSDT"))));
    let asks = (0..20).map(|_| history(&link, Leg::Net, now - 60_000));
    let told = futures_util::future::join_all(asks).await;
    assert!(told.iter().all(|told| told.complete));
    let asked = venue.seen(INCOME);
    assert!((1..=4).contains(&asked.len()), "{} times for 20 legs", asked.len());

    // It serves those, too, who ask a moment later, and what reaches further back asks anew.
    let mine = row.replace("ETHUSDT", "BTCUSDT");
    venue.on(INCOME, ok(&format!("[{mine}]")));
    assert!(history(&link, Leg::Net, now - 60_000).await.complete);
    assert_eq!(venue.seen(INCOME).len(), asked.len());
    assert!(!history(&link, Leg::Net, now - 60_001).await.complete);

    // An old one proves nothing.
    venue.on(INCOME, ok("[]"));
    let mut later = 0;
    while !history(&link, Leg::Net, now - 60_000).await.complete {
        later += 1;
        assert!(later < 100, "it is never asked for again");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(later > 0);

    // A full page may lack the newest rows: then the symbol's own are asked for.
    venue.on(INCOME, ok(&format!("[{}]", vec![row; 1000].join(","))));
    assert!(history(&link, Leg::Net, now - 60_002).await.complete);
    let last = venue.seen(INCOME).pop().unwrap();
    assert!(last.query.contains("symbol=BTCUSDT"), "{last:?}");
}
