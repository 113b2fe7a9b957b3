//! Looks at a Bybit account: every trap of its lists, and what may be concluded from each.

use holdfast::domain::amount::Side;
use holdfast::domain::key::Leg;
use holdfast::domain::position::PositionMode;
use holdfast::domain::sweep::{Look, Scope};
use serde_json::{Value, json};

use crate::bybit_rows::{instrument, position, stop_order};
use crate::bybit_venue::{Answer, Bybit, Seen, look, none, rows};
use crate::values::{money, price, qty};

const POSITIONS: &str = "GET /v5/position/list";
const REALTIME: &str = "GET /v5/order/realtime";

fn many(from: usize, to: usize) -> Value {
    let rows = (from..to).map(|number| position(&format!("A{number:03}USDT"), 0, "Buy", "1"));
    Value::Array(rows.collect())
}

/// 205 positions that settle in USDT, in two pages; `second` is what the second page answers.
fn two_pages(second: Answer) -> impl Fn(&Seen, usize) -> Answer + Send + Sync + 'static {
    move |seen, _| match (seen.get("settleCoin"), seen.get("cursor")) {
        (Some("USDT"), None) => rows(many(0, 200), "A199USDT%2C1790000000001%2C0"),
        (Some("USDT"), Some("A199USDT%2C1790000000001%2C0")) => second.clone(),
        _ => none(),
    }
}

#[tokio::test]
async fn two_hundred_and_five_positions_are_all_seen() {
    let venue = Bybit::start().await;
    let link = venue.link().await;
    // The last page names a cursor too, which proves nothing.
    venue.rule(POSITIONS, two_pages(rows(many(200, 205), "A204USDT%2C1790000000001%2C0")));
    let sweep = look(&link, Scope::Positions, &[("A204USDT", Leg::Net)]).await;
    assert_eq!((sweep.fault(), sweep.seen().count()), (None, 205));
    let asked = venue.seen(POSITIONS);
    assert_eq!(asked.len(), 3, "two pages of USDT and one of USDC");
    assert!(asked.iter().all(|seen| seen.get("limit") == Some("200")));
    assert_eq!(sweep.look(&"B".into(), Leg::Net), Look::NotHere);
}

#[tokio::test]
async fn a_page_that_fails_leaves_every_missing_leg_unknown() {
    let venue = Bybit::start().await;
    let link = venue.link().await;
    for second in [
        Answer::Refuses(10000, "Server Timeout"),
        Answer::Raw(502, "<html>bad gateway</html>".to_owned()),
        Answer::Result(json!({"nextPageCursor": ""})),
        Answer::Raw(200, "{\"retCode\":0,\"result\":{\"list\":[{\"symbol\":\"A2".to_owned()),
    ] {
        venue.rule(POSITIONS, two_pages(second));
        let sweep = look(&link, Scope::Positions, &[("A204USDT", Leg::Net)]).await;
        assert!(sweep.fault().unwrap().contains("/v5/position/list"), "{:?}", sweep.fault());
        assert!(matches!(sweep.look(&"A100USDT".into(), Leg::Net), Look::Here(_)));
        assert_eq!(sweep.look(&"A204USDT".into(), Leg::Net), Look::Unknown);
    }
}

#[tokio::test]
async fn pages_that_go_round_in_circles_are_not_whole() {
    let venue = Bybit::start().await;
    let link = venue.link().await;
    venue.rule(POSITIONS, |seen, _| match seen.get("settleCoin") {
        Some("USDT") => rows(many(0, 200), "A199USDT%2C1%2C0"),
        _ => none(),
    });
    let sweep = look(&link, Scope::Positions, &[]).await;
    assert!(sweep.fault().unwrap().contains("round in circles"));
    assert_eq!(sweep.look(&"B".into(), Leg::Net), Look::Unknown);
    assert_eq!(venue.seen(POSITIONS).len(), 3, "it is not followed for ever");
}

#[tokio::test]
async fn a_row_that_two_pages_repeat_is_one_position() {
    let venue = Bybit::start().await;
    let link = venue.link().await;
    let mut newer = position("A000USDT", 0, "Buy", "2");
    newer["seq"] = json!(101);
    venue.rule(POSITIONS, two_pages(rows(json!([newer, position("A199USDT", 0, "Buy", "1")]), "")));
    let sweep = look(&link, Scope::Positions, &[]).await;
    assert_eq!(sweep.seen().count(), 200);
    let Look::Here(it) = sweep.look(&"A000USDT".into(), Leg::Net) else { panic!() };
    assert_eq!(it.quantity, qty("2"));
}

#[tokio::test]
async fn both_settle_coins_and_both_legs_are_seen() {
    let venue = Bybit::start().await;
    let link = venue.link().await;
    venue.rule(POSITIONS, |seen, _| match seen.get("settleCoin") {
        Some("USDT") => rows(
            json!([
                position("BTCUSDT", 2, "Sell", "3"),
                position("BTCUSDT", 1, "Buy", "1"),
                position("ETHUSDT", 0, "", "0")
            ]),
            "x",
        ),
        Some("USDC") => rows(json!([position("BTCPERP", 0, "Sell", "0.2")]), "x"),
        other => panic!("{other:?}"),
    });
    let sweep = look(&link, Scope::Full, &[]).await;
    let seen: Vec<_> =
        sweep.seen().map(|(s, leg, p)| (s.to_string(), leg, p.side, p.quantity)).collect();
    assert_eq!(
        seen,
        [
            ("BTCPERP".to_owned(), Leg::Net, Side::Short, qty("0.2")),
            ("BTCUSDT".to_owned(), Leg::Long, Side::Long, qty("1")),
            ("BTCUSDT".to_owned(), Leg::Short, Side::Short, qty("3")),
        ]
    );
    assert_eq!(sweep.mode(), Some(PositionMode::Mixed));
    let balance = sweep.balance().unwrap();
    assert_eq!((balance.equity, balance.available), (money("1000.5"), money("900")));
}

#[tokio::test]
async fn an_expected_leg_that_no_list_shows_is_asked_for_by_itself() {
    let venue = Bybit::start().await;
    let link = venue.link().await;
    venue.rule(POSITIONS, |seen, _| match seen.get("symbol") {
        None => none(),
        // Hedge rows come in any order, the empty one first.
        Some("AUSDT") => {
            rows(json!([position("AUSDT", 2, "", "0"), position("AUSDT", 1, "Buy", "7")]), "c")
        }
        Some("BUSDT") => rows(json!([position("BUSDT", 0, "", "0")]), "c"),
        Some("CUSDT") => Answer::Refuses(10016, "Internal error"),
        Some("DUSDT") => none(),
        other => panic!("{other:?}"),
    });
    let expect = [
        ("AUSDT", Leg::Long),
        ("AUSDT", Leg::Short),
        ("BUSDT", Leg::Net),
        ("BUSDT", Leg::Long),
        ("CUSDT", Leg::Net),
        ("DUSDT", Leg::Net),
    ];
    let sweep = look(&link, Scope::Positions, &expect).await;
    assert_eq!(sweep.fault(), None);
    let Look::Here(it) = sweep.look(&"AUSDT".into(), Leg::Long) else { panic!() };
    assert_eq!((it.side, it.quantity), (Side::Long, qty("7")));
    assert_eq!(sweep.look(&"AUSDT".into(), Leg::Short), Look::NotHere);
    assert_eq!(sweep.look(&"BUSDT".into(), Leg::Net), Look::NotHere);
    assert_eq!(sweep.look(&"BUSDT".into(), Leg::Long), Look::NotHere, "the symbol is one-way");
    assert_eq!(sweep.look(&"CUSDT".into(), Leg::Net), Look::Unknown, "the probe failed");
    assert_eq!(sweep.look(&"DUSDT".into(), Leg::Net), Look::Unknown, "the probe says nothing");
    let probes = venue.seen(POSITIONS).iter().filter(|s| s.get("symbol").is_some()).count();
    assert_eq!(probes, 4, "each symbol once");
}

/// The answer about a contract that ended.
fn ended(symbol: &str) -> Answer {
    let mut row = instrument(symbol, "USDT");
    row["status"] = "Closed".into();
    rows(json!([row]), "")
}

/// Delisted while nobody watched: no list shows it, the venue does not know its name any more,
/// and lists it among the contracts that ended.
#[tokio::test]
async fn a_contract_that_came_to_its_end_holds_nothing() {
    let venue = Bybit::start().await;
    venue.rule("GET /v5/market/instruments-info", |seen, _| {
        match (seen.get("status"), seen.get("symbol")) {
            (Some("Closed"), Some(symbol)) if symbol != "TYPOUSDT" => ended(symbol),
            (Some(_), _) => none(),
            _ => rows(json!([instrument("BTCUSDT", "USDT")]), ""),
        }
    });
    let link = venue.link().await;
    let expect = ["OLDUSDT", "TYPOUSDT", "BTCUSDT"].map(|symbol| (symbol, Leg::Net));
    let looked = async |said| {
        venue.on_symbol(POSITIONS, Answer::Refuses(10001, said));
        look(&link, Scope::Positions, &expect).await
    };
    let sweep = looked("params error: symbol invalid").await;
    assert_eq!(sweep.look(&"OLDUSDT".into(), Leg::Net), Look::NotHere);
    assert_eq!(sweep.look(&"TYPOUSDT".into(), Leg::Net), Look::Unknown, "it never was one");
    assert_eq!(sweep.look(&"BTCUSDT".into(), Leg::Net), Look::Unknown, "it is listed");
    let sweep = looked("Missing some parameters: symbol or settleCoin").await;
    assert_eq!(sweep.look(&"OLDUSDT".into(), Leg::Net), Look::Unknown, "that says nothing");

    // Where a list of contracts could not be read, it may be in that one.
    venue.rule("GET /v5/market/instruments-info", |seen, _| match seen.get("status") {
        Some("Delivering") => Answer::Refuses(10016, "Internal error"),
        Some("Closed") => ended("OLDUSDT"),
        _ => rows(json!([instrument("BTCUSDT", "USDT")]), ""),
    });
    let link = venue.link().await;
    venue.on_symbol(POSITIONS, Answer::Refuses(10001, "params error: symbol invalid"));
    let sweep = look(&link, Scope::Positions, &expect).await;
    assert_eq!(sweep.look(&"OLDUSDT".into(), Leg::Net), Look::Unknown);
}

#[tokio::test]
async fn one_slot_in_one_hedged_row_says_nothing_of_the_other() {
    let venue = Bybit::start().await;
    let link = venue.link().await;
    venue.rule(POSITIONS, |seen, _| match seen.get("symbol") {
        None => none(),
        Some(_) => rows(json!([position("AUSDT", 1, "", "0")]), ""),
    });
    let expect = [("AUSDT", Leg::Long), ("AUSDT", Leg::Short)];
    let sweep = look(&link, Scope::Positions, &expect).await;
    assert_eq!(sweep.look(&"AUSDT".into(), Leg::Long), Look::NotHere);
    assert_eq!(sweep.look(&"AUSDT".into(), Leg::Short), Look::Unknown);
}

fn plain(id: &str, link: &str) -> Value {
    json!({"symbol": "BTCUSDT", "orderId": id, "orderLinkId": link, "side": "Buy",
        "positionIdx": 0, "orderStatus": "New", "orderType": "Limit", "price": "50000",
        "qty": "0.1", "leavesQty": "0.1", "cumExecQty": "0", "avgPrice": "", "stopOrderType": "",
        "createType": "CreateByUser", "reduceOnly": false, "closeOnTrigger": false,
        "createdTime": "1790000000000", "updatedTime": "1790000000000"})
}

#[tokio::test]
async fn conditional_orders_and_those_of_others_are_read_from_all_lists() {
    let venue = Bybit::start().await;
    let link = venue.link().await;
    venue.rule(REALTIME, |seen, _| {
        match (seen.get("settleCoin"), seen.get("orderFilter"), seen.get("cursor")) {
            (Some("USDT"), Some("StopOrder"), None) => {
                rows(json!([stop_order("BTCUSDT", 0, "Sell", "58000")]), "")
            }
            (Some("USDT"), Some("Order"), None) => {
                let page: Vec<Value> = (0..50).map(|n| plain(&format!("o{n}"), "")).collect();
                rows(Value::Array(page), "page%3D2")
            }
            (Some("USDT"), Some("Order"), Some("page%3D2")) => {
                rows(json!([plain("last", "somebody"), plain("ours", "hfx-00000000000000bb")]), "")
            }
            (Some("USDC"), Some(_), None) => none(),
            other => panic!("{other:?}"),
        }
    });
    let sweep = look(&link, Scope::Protection, &[]).await;
    let [stop] = sweep.orders().unwrap() else { panic!("{:?}", sweep.orders_fault()) };
    assert!(stop.on_position && stop.ours() && stop.reduces);
    assert_eq!((stop.trigger, stop.quantity), (Some(price("58000")), None));
    let foreign = sweep.foreign().unwrap();
    assert_eq!(foreign.len(), 51);
    assert!(foreign.iter().any(|order| order.client_id.as_str() == "somebody"));
    assert!(foreign.iter().any(|order| order.client_id.as_str() == "o7"), "ids are never empty");
}

#[tokio::test]
async fn one_list_of_orders_that_fails_hides_all_protection() {
    let venue = Bybit::start().await;
    let link = venue.link().await;
    for broken in ["StopOrder", "Order"] {
        venue.rule(REALTIME, move |seen, _| {
            match (seen.get("settleCoin"), seen.get("orderFilter")) {
                (Some("USDC"), Some(filter)) if filter == broken => {
                    Answer::Refuses(10016, "Internal error")
                }
                (Some("USDT"), Some("StopOrder")) => {
                    rows(json!([stop_order("BTCUSDT", 0, "Sell", "58000")]), "")
                }
                _ => none(),
            }
        });
        let sweep = look(&link, Scope::Protection, &[]).await;
        assert_eq!((sweep.orders(), sweep.foreign()), (None, None));
        assert!(sweep.orders_fault().unwrap().contains("10016"));
    }
}

#[tokio::test]
async fn what_is_asked_rarely_may_fail_without_breaking_the_look() {
    let venue = Bybit::start().await;
    let link = venue.link().await;
    venue.on("GET /v5/account/wallet-balance", Answer::Refuses(10016, "Internal error"));
    venue.on("GET /v5/position/symbol-info", Answer::Refuses(10001, "portfolio margin"));
    let sweep = look(&link, Scope::Full, &[]).await;
    assert_eq!((sweep.fault(), sweep.orders_fault()), (None, None));
    assert_eq!((sweep.balance(), sweep.mode()), (None, None));
    look(&link, Scope::Full, &[]).await;
    assert_eq!(venue.seen("symbol-info").len(), 1, "it is not asked again at once");
}

#[tokio::test]
async fn of_many_missing_legs_each_is_asked_in_its_turn() {
    let venue = Bybit::start().await;
    let link = venue.link().await;
    let names: Vec<String> = (0..50).map(|n| format!("X{n:02}USDT")).collect();
    let expect: Vec<(&str, Leg)> = names.iter().map(|name| (name.as_str(), Leg::Net)).collect();
    let asked = |venue: &Bybit| -> std::collections::BTreeSet<String> {
        let seen = venue.seen("GET /v5/position/list");
        seen.iter().filter_map(|seen| seen.get("symbol").map(str::to_owned)).collect()
    };
    look(&link, Scope::Positions, &expect).await;
    assert_eq!(asked(&venue).len(), 40);
    look(&link, Scope::Positions, &expect).await;
    assert_eq!(asked(&venue).len(), 50, "those that waited come first");
}

#[tokio::test]
async fn a_symbol_that_the_venue_does_not_know_is_unknown_and_says_why() {
    let venue = Bybit::start().await;
    let link = venue.link().await;
    venue.rule("GET /v5/position/list", |seen, _| match seen.get("symbol") {
        Some("BTCUSTD") => Answer::Refuses(10001, "params error: symbol invalid"),
        Some("GONEUSDT") => Answer::Raw(502, String::new()),
        _ => none(),
    });
    let places = [("BTCUSTD", Leg::Net), ("GONEUSDT", Leg::Net), ("OLDUSDT", Leg::Net)];
    let sweep = look(&link, Scope::Positions, &places).await;
    assert_eq!(sweep.fault(), None);
    for (symbol, leg) in places {
        assert_eq!(sweep.look(&symbol.into(), leg), Look::Unknown);
    }
    let said = |symbol: &str| sweep.refusal(&symbol.into(), Leg::Net);
    assert_eq!(said("BTCUSTD"), Some("10001 params error: symbol invalid"));
    assert_eq!(said("GONEUSDT"), None, "that may pass");
    assert!(said("OLDUSDT").unwrap().contains("no slot"));
}
