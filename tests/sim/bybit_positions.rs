//! Bybit's positions over REST: row sets, pages, modes, and stops that live on a position.

use crate::bybit_desk::BybitDesk;
use crate::client::now_ms;
use rust_decimal::Decimal;
use serde_json::{Value, json};

const LIST: &str = "/v5/position/list";

#[tokio::test]
async fn a_settle_coin_lists_what_is_held_and_a_symbol_lists_its_slots() {
    let desk = BybitDesk::open().await;
    let (code, text) = {
        let answer = desk.get(LIST, "category=linear").await.json();
        (answer["retCode"].clone(), answer["retMsg"].as_str().unwrap().to_owned())
    };
    assert_eq!(code, 10001);
    assert!(text.contains("symbol or settleCoin or baseCoin"), "{text}");
    let flat = desk.position("BTCUSDT").await;
    assert_eq!(
        (&flat["side"], &flat["size"], &flat["avgPrice"], &flat["positionIdx"]),
        (&json!(""), &json!("0"), &json!("0"), &json!(0))
    );
    for key in ["positionValue", "unrealisedPnl", "liqPrice", "takeProfit", "stopLoss"] {
        assert_eq!(flat[key], "", "{key}");
    }
    assert_eq!((&flat["trailingStop"], &flat["openTime"]), (&json!("0"), &json!(0)));
    assert!(desk.rows(LIST, "category=linear&settleCoin=USDT").await.is_empty());
    desk.buy_btc("0.01").await;
    let held = desk.position("BTCUSDT").await;
    assert_eq!((&held["side"], &held["size"]), (&json!("Buy"), &json!("0.01")));
    assert_eq!(held["avgPrice"], "90000.1");
    let (opened, seq) = (held["openTime"].as_i64().unwrap(), held["seq"].as_i64().unwrap());
    assert_eq!((opened > 0, held["createdTime"].clone()), (true, json!(opened.to_string())));
    let updated: i64 = held["updatedTime"].as_str().unwrap().parse().unwrap();
    let fill = desk.rows("/v5/execution/list", "category=linear").await[0].clone();
    assert!(updated > fill["execTime"].as_str().unwrap().parse().unwrap());
    assert_eq!((&fill["seq"], &fill["closedSize"]), (&json!(seq), &json!("0")));
    assert!(fill.get("positionIdx").is_none());
    // Closed and opened again: another opening, a higher sequence, the first time kept.
    while now_ms() <= opened + 1 {
        tokio::task::yield_now().await;
    }
    desk.tell(json!({"do": "close", "symbol": "BTCUSDT"}));
    let after = desk.position("BTCUSDT").await;
    assert_eq!((&after["side"], &after["openTime"]), (&json!(""), &json!(0)));
    let lost: Decimal = after["curRealisedPnl"].as_str().unwrap().parse().unwrap();
    assert!(lost.is_sign_negative(), "{lost}");
    desk.buy_btc("0.01").await;
    let again = desk.position("BTCUSDT").await;
    assert!(again["openTime"].as_i64().unwrap() > opened && again["seq"].as_i64().unwrap() > seq);
    assert_eq!(again["createdTime"], held["createdTime"]);
    assert_eq!(again["curRealisedPnl"], "-0.49500055");
}

#[tokio::test]
async fn pages_are_twenty_long_cursors_mislead_and_either_spelling_is_read() {
    let desk = BybitDesk::open().await;
    desk.tell(json!({"do": "hedge_mode", "on": true}));
    let all = desk.public("/v5/market/instruments-info", "category=linear").await;
    let listed = all["result"]["list"].as_array().unwrap().clone();
    let names = listed.iter().filter(|row| row["contractType"] == "LinearPerpetual");
    for name in names.filter(|row| row["settleCoin"] == "USDT").map(|row| &row["symbol"]) {
        for side in ["buy", "sell"] {
            let seed = json!({"do": "seed_position", "symbol": name, "side": side, "qty": 1});
            desk.tell(seed);
        }
    }
    let held = desk.control.state()["positions"].as_array().unwrap().len();
    assert_eq!(held, 30);
    let first = desk.read(LIST, "category=linear&settleCoin=USDT").await;
    assert_eq!(first["list"].as_array().unwrap().len(), 20);
    let cursor = first["nextPageCursor"].as_str().unwrap().to_owned();
    assert!(cursor.contains("%2C"), "{cursor}");
    let next = format!("category=linear&settleCoin=USDT&cursor={cursor}");
    let second = desk.read(LIST, &next).await;
    assert_eq!(second["list"].as_array().unwrap().len(), 10);
    // A cursor stands after the last row although nothing follows.
    let last = second["nextPageCursor"].as_str().unwrap();
    assert!(!last.is_empty());
    let beyond = format!("category=linear&settleCoin=USDT&cursor={last}");
    assert!(desk.rows(LIST, &beyond).await.is_empty());
    let twice = format!("category=linear&settleCoin=USDT&cursor={}", cursor.replace('%', "%25"));
    assert_eq!(desk.rows(LIST, &twice).await.len(), 10);
    assert_eq!(desk.rows(LIST, "category=linear&settleCoin=USDT&limit=200").await.len(), 30);
    let refused = desk.get(LIST, "category=linear&settleCoin=USDT&limit=201").await.json();
    assert_eq!(refused["retCode"], 10001);
    // A position that closes between two pages loses nobody else.
    let edge = first["list"][19].clone();
    let leg = if edge["positionIdx"] == 1 { "long" } else { "short" };
    desk.tell(json!({"do": "erase_position", "symbol": edge["symbol"], "leg": leg}));
    assert_eq!(desk.rows(LIST, &next).await.len(), 10);
    // The second page alone fails; then cursors that lead nowhere.
    desk.fault(
        json!({"kind": "unknown", "endpoint": "GET /v5/position/list", "page": 2, "count": 1}),
    );
    assert_eq!(desk.rows(LIST, "category=linear&settleCoin=USDT").await.len(), 20);
    assert_eq!(desk.get(LIST, &next).await.json()["retCode"], 10000);
    desk.fault(json!({"kind": "repeated_cursor", "count": 1}));
    assert_eq!(desk.read(LIST, &next).await["nextPageCursor"], json!(cursor.replace("%2C", ",")));
    desk.fault(json!({"kind": "endless_cursor", "count": 2}));
    let one = desk.read(LIST, "category=linear&settleCoin=USDT").await["nextPageCursor"].clone();
    let query = format!("category=linear&settleCoin=USDT&cursor={}", one.as_str().unwrap());
    let other = desk.read(LIST, &query).await;
    assert_eq!(other["list"].as_array().unwrap().len(), 20);
    assert_ne!(other["nextPageCursor"], one);
}

#[tokio::test]
async fn more_positions_than_a_page_and_more_contracts_than_one_are_all_listed() {
    let desk = BybitDesk::open().await;
    desk.tell(json!({"do": "list_contracts", "like": "LTCUSDT", "count": 600}));
    let path = "/v5/market/instruments-info";
    let first = desk.public(path, "category=linear").await["result"].clone();
    assert_eq!(first["list"].as_array().unwrap().len(), 500);
    let cursor = first["nextPageCursor"].as_str().unwrap();
    let rest = desk.public(path, &format!("category=linear&cursor={cursor}")).await;
    assert_eq!(rest["result"]["list"].as_array().unwrap().len(), 121);
    for number in 1..=205 {
        let symbol = format!("{number:04}LTCUSDT");
        desk.tell(json!({"do": "seed_position", "symbol": symbol, "side": "buy", "qty": 1}));
    }
    let query = "category=linear&settleCoin=USDT&limit=200";
    let page = desk.read(LIST, query).await;
    assert_eq!(page["list"].as_array().unwrap().len(), 200);
    let cursor = page["nextPageCursor"].as_str().unwrap();
    assert_eq!(desk.rows(LIST, &format!("{query}&cursor={cursor}")).await.len(), 5);
}

#[tokio::test]
async fn hedge_rows_come_in_any_order_and_modes_are_kept_per_symbol() {
    let desk = BybitDesk::open().await;
    let switch = async |body: Value| {
        let mut body = body;
        body["category"] = "linear".into();
        desk.refused("/v5/position/switch-mode", body).await.0
    };
    assert_eq!(switch(json!({"symbol": "BTCUSDT", "mode": 0})).await, 110025);
    assert_eq!(switch(json!({"symbol": "BTCUSDT", "mode": 3})).await, 0);
    assert_eq!(switch(json!({"symbol": "BTCPERP", "mode": 3})).await, 110029);
    assert_eq!(switch(json!({"symbol": "BTCUSDT-26MAR27", "mode": 3})).await, 110029);
    let info = desk.rows("/v5/position/symbol-info", "category=linear&symbol=BTCUSDT").await;
    let slots: Vec<i64> = info.iter().map(|row| row["positionIdx"].as_i64().unwrap()).collect();
    assert_eq!(slots, [1, 2]);
    let eth = desk.rows("/v5/position/symbol-info", "category=linear&symbol=ETHUSDT").await;
    assert_eq!(eth[0]["positionIdx"], 0);
    let order = |side: &str, slot: i32, reduces: bool| {
        json!({"side": side, "orderType": "Market", "qty": "0.01", "positionIdx": slot,
               "reduceOnly": reduces})
    };
    let wrong = desk.order(order("Buy", 0, false)).await;
    assert_eq!(wrong["retMsg"], "position idx not match position mode");
    desk.placed(order("Sell", 2, false)).await;
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..40 {
        let rows = desk.rows(LIST, "category=linear&symbol=BTCUSDT").await;
        assert_eq!(rows.len(), 2);
        let short = rows.iter().find(|row| row["positionIdx"] == 2).unwrap();
        assert_eq!((&short["side"], &short["size"]), (&json!("Sell"), &json!("0.01")));
        let long = rows.iter().find(|row| row["positionIdx"] == 1).unwrap();
        assert_eq!(long["side"], "");
        seen.insert(rows[0]["positionIdx"].as_i64().unwrap());
    }
    assert_eq!(seen.len(), 2, "both orders are seen");
    // Selling slot 1 is a close of nothing; buying slot 2 closes the short.
    let nothing = desk.order(order("Sell", 1, true)).await;
    assert_eq!(nothing["retCode"], 110017);
    assert!(nothing["retMsg"].as_str().unwrap().contains("current position is zero"));
    assert_eq!(switch(json!({"symbol": "BTCUSDT", "mode": 0})).await, 110024);
    // By coin, what is held stays as it is, without an error.
    assert_eq!(switch(json!({"coin": "USDT", "mode": 3})).await, 0);
    assert_eq!(switch(json!({"coin": "USDT", "mode": 0})).await, 0);
    assert_eq!(desk.rows(LIST, "category=linear&symbol=BTCUSDT").await.len(), 2);
    assert_eq!(desk.rows(LIST, "category=linear&symbol=ETHUSDT").await.len(), 1);
    desk.placed(order("Buy", 2, true)).await;
    let resting = json!({"symbol": "SOLUSDT", "side": "Buy", "orderType": "Limit", "qty": "1",
                         "price": "140"});
    desk.placed(resting).await;
    assert_eq!(switch(json!({"symbol": "SOLUSDT", "mode": 3})).await, 110028);
}

#[tokio::test]
async fn rows_may_be_quoted_and_sparse_and_old() {
    let desk = BybitDesk::open().await;
    let mut whole = std::collections::BTreeSet::new();
    for _ in 0..40 {
        whole.insert(desk.position("BTCUSDT").await.get("seq").is_some());
    }
    assert_eq!(whole.len(), 2, "the sequence is there and not there");
    desk.tell(json!({"do": "ways", "quoted_numbers": true, "sparse_rows": false}));
    let row = desk.position("BTCUSDT").await;
    assert_eq!((&row["seq"], &row["positionIdx"]), (&json!("-1"), &json!("0")));
    desk.fault(json!({"kind": "rest_lag", "calls": 1}));
    desk.buy_btc("0.01").await;
    assert_eq!(desk.position("BTCUSDT").await["size"], "0");
    assert_eq!(desk.position("BTCUSDT").await["size"], "0.01");
    desk.tell(json!({"do": "clear_faults"}));
    desk.fault(json!({"kind": "zero_rows", "symbol": "ETHUSDT", "count": 1}));
    let rows = desk.rows(LIST, "category=linear&settleCoin=USDT").await;
    assert_eq!((&rows[0]["symbol"], &rows[0]["side"]), (&json!("ETHUSDT"), &json!("")));
    assert_eq!(rows[1]["symbol"], "BTCUSDT");
    desk.fault(json!({"kind": "hide_rows", "symbol": "BTCUSDT", "count": 1}));
    assert!(desk.rows(LIST, "category=linear&settleCoin=USDT").await.is_empty());
    desk.fault(json!({"kind": "empty_list", "count": 1}));
    assert!(desk.rows(LIST, "category=linear&symbol=BTCUSDT").await.is_empty());
}

#[tokio::test]
async fn a_full_stop_is_set_moved_followed_and_leaves_with_its_position() {
    let desk = BybitDesk::open().await;
    let full =
        |stop: &str| json!({"tpslMode": "Full", "stopLoss": stop, "slTriggerBy": "MarkPrice"});
    let (code, text) = desk.stop(full("80000")).await;
    assert_eq!((code, text.as_str()), (10001, "can not set tp/sl/ts for zero position"));
    desk.buy_btc("0.01").await;
    assert_eq!(desk.stop(full("80000")).await.0, 0);
    assert_eq!(desk.stop(full("80000")).await, (34040, "not modified".to_owned()));
    assert_eq!(desk.position("BTCUSDT").await["stopLoss"], "80000");
    let stop = desk.stops().await[0].clone();
    let said = [
        "stopOrderType",
        "createType",
        "orderStatus",
        "side",
        "qty",
        "triggerPrice",
        "triggerBy",
        "tpslMode",
        "orderLinkId",
    ];
    let said: Vec<&str> = said.iter().map(|key| stop[*key].as_str().unwrap()).collect();
    assert_eq!(
        said,
        [
            "StopLoss",
            "CreateByStopLoss",
            "Untriggered",
            "Sell",
            "0.01",
            "80000",
            "MarkPrice",
            "Full",
            ""
        ]
    );
    assert_eq!((&stop["reduceOnly"], &stop["closeOnTrigger"]), (&json!(true), &json!(true)));
    assert_eq!(stop["triggerDirection"], 2);
    // Moved in place, and as big as the position.
    assert_eq!(desk.stop(full("81000")).await.0, 0);
    desk.buy_btc("0.02").await;
    let moved = desk.stops().await;
    assert_eq!(moved.len(), 1);
    assert_eq!(moved[0]["orderId"], stop["orderId"]);
    assert_eq!((&moved[0]["triggerPrice"], &moved[0]["qty"]), (&json!("81000"), &json!("0.03")));
    // Zero takes one away and leaves the other.
    assert_eq!(desk.stop(json!({"tpslMode": "Full", "takeProfit": "99000"})).await.0, 0);
    assert_eq!(desk.stops().await.len(), 2);
    assert_eq!(desk.stop(json!({"tpslMode": "Full", "takeProfit": "0"})).await.0, 0);
    assert_eq!(desk.position("BTCUSDT").await["stopLoss"], "81000");
    // Edited in the app, then the position is closed by hand.
    let app =
        json!({"do": "place_stop", "symbol": "BTCUSDT", "trigger": "82000", "on_position": true});
    desk.tell(app);
    assert_eq!(desk.position("BTCUSDT").await["stopLoss"], "82000");
    desk.tell(json!({"do": "close", "symbol": "BTCUSDT"}));
    assert!(desk.stops().await.is_empty());
    let gone = desk.rows("/v5/order/realtime", "category=linear&symbol=BTCUSDT&openOnly=1").await;
    let gone = gone.iter().find(|row| row["orderId"] == stop["orderId"]).unwrap();
    let ends = ["Deactivated", "Cancelled"];
    assert!(ends.contains(&gone["orderStatus"].as_str().unwrap()));
    assert_eq!(gone["cancelType"], "CancelByTpSlTsClear");
}

#[tokio::test]
async fn a_stop_on_the_wrong_side_in_a_wrong_slot_or_with_odd_parameters_is_refused() {
    let desk = BybitDesk::open().await;
    let full =
        |stop: &str| json!({"tpslMode": "Full", "stopLoss": stop, "slTriggerBy": "MarkPrice"});
    desk.buy_btc("0.01").await;
    let (code, text) = desk.stop(full("91000")).await;
    assert_eq!(code, 10001);
    assert!(
        text.starts_with("StopLoss:910000000 set for Buy position should lower than"),
        "{text}"
    );
    assert!(text.ends_with("??MarkPrice"), "{text}");
    let profit = json!({"tpslMode": "Full", "takeProfit": "89000"});
    assert!(desk.stop(profit).await.1.contains("should be higher than"));
    let slot = json!({"tpslMode": "Full", "stopLoss": "80000", "positionIdx": 1});
    assert_eq!(desk.stop(slot).await.1, "position idx not match position mode");
    let limit = json!({"tpslMode": "Full", "stopLoss": "80000", "slOrderType": "Limit"});
    assert!(desk.stop(limit).await.1.contains("only support Market when tpSlMode is Full"));
    let sizes =
        json!({"tpslMode": "Full", "stopLoss": "80000", "slSize": "0.01", "tpSize": "0.02"});
    assert!(desk.stop(sizes).await.1.contains("must be equal"));
    assert_eq!(desk.stop(json!({"tpslMode": "Full"})).await.0, 34040);
}

#[tokio::test]
async fn a_stop_fires_under_its_own_id_and_a_trailing_one_follows() {
    let desk = BybitDesk::open().await;
    desk.buy_btc("0.01").await;
    desk.stop(json!({"tpslMode": "Full", "stopLoss": "85000"})).await;
    let id = desk.stops().await[0]["orderId"].as_str().unwrap().to_owned();
    desk.price("BTCUSDT", "84000");
    assert_eq!(desk.position("BTCUSDT").await["side"], "");
    let query = format!("category=linear&orderId={id}");
    let fired = desk.rows("/v5/order/history", &query).await[0].clone();
    assert_eq!(
        (&fired["orderStatus"], &fired["stopOrderType"]),
        (&json!("Filled"), &json!("StopLoss"))
    );
    assert_eq!(
        (&fired["createType"], &fired["avgPrice"]),
        (&json!("CreateByStopLoss"), &json!("84000"))
    );
    let fill = desk.rows("/v5/execution/list", &query).await[0].clone();
    assert_eq!((&fill["closedSize"], &fill["orderLinkId"]), (&json!("0.01"), &json!("")));
    desk.buy_btc("0.01").await;
    assert_eq!(desk.stop(json!({"tpslMode": "Full", "trailingStop": "500"})).await.0, 0);
    assert_eq!(desk.position("BTCUSDT").await["trailingStop"], "500");
    desk.price("BTCUSDT", "85000");
    let trailing = desk.stops().await[0].clone();
    assert_eq!(
        (&trailing["stopOrderType"], &trailing["triggerPrice"]),
        (&json!("TrailingStop"), &json!("84500"))
    );
    desk.price("BTCUSDT", "84500");
    assert_eq!(desk.position("BTCUSDT").await["side"], "");
}

#[tokio::test]
async fn partial_stops_only_ever_add_up_to_twenty() {
    let desk = BybitDesk::open().await;
    desk.buy_btc("0.05").await;
    let part = |price: i32| {
        let price = price.to_string();
        json!({"tpslMode": "Partial", "stopLoss": price, "slSize": "0.01"})
    };
    for n in 0..20 {
        assert_eq!(desk.stop(part(80_000 + n)).await.0, 0);
    }
    assert_eq!(desk.stop(part(80_000)).await.0, 110061);
    let query = "category=linear&symbol=BTCUSDT&orderFilter=StopOrder&limit=50";
    let parts = desk.rows("/v5/order/realtime", query).await;
    assert_eq!(parts.len(), 20);
    assert_eq!(
        (&parts[0]["stopOrderType"], &parts[0]["qty"]),
        (&json!("PartialStopLoss"), &json!("0.01"))
    );
    assert_eq!(desk.position("BTCUSDT").await["stopLoss"], "");
    let id = parts[0]["orderId"].clone();
    let amended = desk
        .refused(
            "/v5/order/amend",
            crate::bybit_desk::with(json!({"orderId": id, "triggerPrice": "79000"})),
        )
        .await;
    assert_eq!(amended.0, 0, "{}", amended.1);
}
