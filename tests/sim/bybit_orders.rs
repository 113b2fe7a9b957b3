//! Bybit's orders over REST: create, amend, cancel, list, and the histories.

use crate::bybit_desk::{BybitDesk, with};
use crate::client::now_ms;
use serde_json::{Value, json};

const REALTIME: &str = "/v5/order/realtime";
const BTC: &str = "category=linear&symbol=BTCUSDT";

#[tokio::test]
async fn a_market_order_is_ioc_in_a_band_and_a_thin_book_leaves_the_rest_cancelled() {
    let desk = BybitDesk::open().await;
    let id = desk.buy_btc("0.01").await;
    assert_eq!((id.len(), &id[14..15]), (36, "4"));
    let row = desk.rows(REALTIME, &format!("category=linear&orderId={id}")).await[0].clone();
    let said = ["orderStatus", "timeInForce", "price", "avgPrice", "cumExecQty", "leavesQty"];
    let said: Vec<&str> = said.iter().map(|key| row[*key].as_str().unwrap()).collect();
    assert_eq!(said, ["Filled", "IOC", "94500", "90000.1", "0.01", "0"]);
    assert_eq!(row["cumFeeDetail"]["USDT"], "0.49500055");
    desk.tell(json!({"do": "depth", "symbol": "BTCUSDT", "qty": "0.004", "parts": 2}));
    let thin = desk.buy_btc("0.01").await;
    let row = desk.rows(REALTIME, &format!("category=linear&orderId={thin}")).await[0].clone();
    assert_eq!((&row["orderStatus"], &row["cumExecQty"]), (&json!("Cancelled"), &json!("0.004")));
    assert_eq!(row["rejectReason"], "EC_NoImmediateQtyToFill");
    let query = format!("category=linear&orderId={thin}");
    assert_eq!(desk.rows("/v5/execution/list", &query).await.len(), 2);
    desk.tell(json!({"do": "depth", "symbol": "BTCUSDT", "qty": "0"}));
    let empty = desk.order(json!({"side": "Buy", "orderType": "Market", "qty": "0.01"})).await;
    assert_eq!(empty["retCode"], 10001);
    assert_eq!(empty["retMsg"], "buy: [855000000,945000000] invalid");
}

#[tokio::test]
async fn every_refusal_has_its_code_and_sentence() {
    let desk = BybitDesk::open().await;
    let market = |qty: &str| json!({"side": "Buy", "orderType": "Market", "qty": qty});
    let more = |mut order: Value, fields: Value| {
        order.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        order
    };
    let limit = json!({"side": "Buy", "orderType": "Limit", "qty": "0.01", "price": "80000.05"});
    let cases = [
        (market("0.0005"), 10001, "Qty invalid"),
        (market("0"), 10001, "Qty invalid"),
        (more(market("0.01"), json!({"symbol": "SUIUSDT"})), 10001, "Qty invalid"),
        (more(market("501"), json!({})), 10001, "order_qty:5010000 > max_qty:5000000"),
        (more(market("1"), json!({"symbol": "DOGEUSDT"})), 110094, "minimum order value 5USDT"),
        (more(market("0.01"), json!({"symbol": "NOPE"})), 10001, "symbol invalid"),
        (more(market("0.01"), json!({"side": "Up"})), 10001, "Side invalid"),
        (more(market("0.01"), json!({"positionIdx": 1})), 10001, "position idx not match"),
        (more(market("0.01"), json!({"reduceOnly": true})), 110017, "current position is zero"),
        (more(market("100"), json!({})), 110007, "ab not enough"),
        (more(market("0.01"), json!({"orderLinkId": "x".repeat(37)})), 10001, "OrderLinkId"),
        (
            more(market("0.01"), json!({"stopLoss": "91000"})),
            10001,
            "StopLoss:910000000 set for Buy",
        ),
        (limit, 10001, "price invalid"),
    ];
    for (order, code, text) in cases {
        let answer = desk.order(order.clone()).await;
        assert_eq!(answer["retCode"], code, "{order}: {answer}");
        assert!(answer["retMsg"].as_str().unwrap().contains(text), "{order}: {answer}");
    }
    let named = more(market("0.01"), json!({"orderLinkId": "hf-1_a"}));
    desk.placed(named.clone()).await;
    assert_eq!(desk.order(named).await["retCode"], 110072);
    let side = more(market("0.01"), json!({"reduceOnly": true}));
    let same = desk.order(side).await;
    assert_eq!(same["retCode"], 110017);
    assert!(same["retMsg"].as_str().unwrap().contains("same side"), "{same}");
    assert_eq!(desk.post("/v5/order/create", json!({"category": "spot"})).await["retCode"], 10001);
}

#[tokio::test]
async fn what_reduces_is_capped_split_and_zero_closes_all() {
    let desk = BybitDesk::open().await;
    desk.tell(json!({"do": "seed_position", "symbol": "BTCUSDT", "side": "sell", "qty": "1.5"}));
    let reduce = |qty: &str, closes: bool| {
        json!({"side": "Buy", "orderType": "Market", "qty": qty, "reduceOnly": true,
               "closeOnTrigger": closes})
    };
    assert_eq!(desk.order(reduce("0", false)).await["retCode"], 10001);
    let id = desk.placed(reduce("400", false)).await;
    let row = desk.rows(REALTIME, &format!("category=linear&orderId={id}")).await[0].clone();
    assert_eq!((&row["qty"], &row["reduceOnly"]), (&json!("1.5"), &json!(true)));
    assert_eq!(desk.position("BTCUSDT").await["side"], "");
    desk.tell(json!({"do": "seed_position", "symbol": "BTCUSDT", "side": "sell", "qty": "700"}));
    desk.tell(json!({"do": "transfer", "amount": 900000000}));
    desk.placed(reduce("700", false)).await;
    assert_eq!(desk.position("BTCUSDT").await["side"], "");
    desk.tell(json!({"do": "seed_position", "symbol": "BTCUSDT", "side": "sell", "qty": "2"}));
    desk.placed(reduce("0", true)).await;
    assert_eq!(desk.position("BTCUSDT").await["side"], "");
}

#[tokio::test]
async fn a_conditional_order_waits_fires_and_outlives_the_position() {
    let desk = BybitDesk::open().await;
    desk.buy_btc("0.01").await;
    let stop = |price: &str, way: i32, name: &str| {
        json!({"side": "Sell", "orderType": "Market", "qty": "0.01", "reduceOnly": true,
               "triggerPrice": price, "triggerDirection": way, "orderLinkId": name})
    };
    let passed = desk.order(stop("91000", 2, "a")).await;
    assert_eq!(passed["retCode"], 110093);
    let text = passed["retMsg"].as_str().unwrap();
    assert!(
        text.contains("expect Falling, but trigger_price[910000000] >= current[900000000]"),
        "{text}"
    );
    assert_eq!(desk.order(stop("89000", 1, "b")).await["retCode"], 110092);
    let id = desk.placed(stop("85000", 2, "own")).await;
    let row = desk.stops().await[0].clone();
    assert_eq!((&row["orderId"], &row["orderLinkId"]), (&json!(id), &json!("own")));
    assert_eq!(
        (&row["stopOrderType"], &row["orderStatus"]),
        (&json!("Stop"), &json!("Untriggered"))
    );
    // It is amended in place, stays when the position goes, and acts on the next one.
    let amend = with(json!({"orderLinkId": "own", "triggerPrice": "86000"}));
    assert_eq!(desk.refused("/v5/order/amend", amend).await.0, 0);
    desk.tell(json!({"do": "close", "symbol": "BTCUSDT"}));
    assert_eq!(desk.stops().await[0]["triggerPrice"], "86000");
    desk.buy_btc("0.02").await;
    desk.price("BTCUSDT", "85500");
    assert_eq!(desk.position("BTCUSDT").await["size"], "0.01");
    let fired = desk.rows("/v5/order/history", "category=linear&orderLinkId=own").await[0].clone();
    assert_eq!(
        (&fired["orderId"], &fired["createType"]),
        (&json!(id), &json!("CreateByStopOrder"))
    );
    for n in 0..10 {
        desk.placed(stop("80000", 2, &format!("n{n}"))).await;
    }
    assert_eq!(desk.order(stop("80000", 2, "n10")).await["retCode"], 110009);
    // One that fires without a position is cancelled.
    desk.tell(json!({"do": "close", "symbol": "BTCUSDT"}));
    desk.price("BTCUSDT", "79000");
    let closed = desk.rows("/v5/order/history", "category=linear&orderLinkId=n0").await;
    assert_eq!(closed[0]["orderStatus"], "Cancelled");
}

#[tokio::test]
async fn attached_protection_becomes_the_positions_when_the_order_fills() {
    let desk = BybitDesk::open().await;
    let order = json!({"side": "Buy", "orderType": "Limit", "qty": "0.01", "price": "89000",
                       "stopLoss": "88000", "takeProfit": "95000"});
    let id = desk.placed(order).await;
    let row = desk.rows(REALTIME, BTC).await[0].clone();
    assert_eq!((&row["stopLoss"], &row["takeProfit"]), (&json!("88000"), &json!("95000")));
    assert!(desk.stops().await.is_empty());
    desk.price("BTCUSDT", "88900");
    let held = desk.position("BTCUSDT").await;
    assert_eq!((&held["stopLoss"], &held["takeProfit"]), (&json!("88000"), &json!("95000")));
    assert_eq!(desk.stops().await.len(), 2);
    let fill = desk.rows("/v5/execution/list", &format!("category=linear&orderId={id}")).await;
    assert_eq!((&fill[0]["isMaker"], &fill[0]["feeRate"]), (&json!(true), &json!("0.0002")));
    let both = json!({"side": "Sell", "orderType": "Market", "qty": "0.01", "reduceOnly": true,
                      "stopLoss": "99000"});
    assert_eq!(desk.order(both).await["retCode"], 10001);
}

#[tokio::test]
async fn cancel_all_without_a_filter_takes_protection_too() {
    let desk = BybitDesk::open().await;
    desk.buy_btc("0.01").await;
    let limit = json!({"side": "Buy", "orderType": "Limit", "qty": "0.01", "price": "88000"});
    let own = json!({"side": "Sell", "orderType": "Market", "qty": "0.01", "triggerPrice": "80000",
                     "triggerDirection": 2, "reduceOnly": true});
    let all = async |fields: Value| desk.post("/v5/order/cancel-all", with(fields)).await;
    desk.stop(json!({"tpslMode": "Full", "stopLoss": "81000"})).await;
    desk.placed(limit.clone()).await;
    desk.placed(own.clone()).await;
    let plain = all(json!({"orderFilter": "Order"})).await;
    assert_eq!(plain["result"]["list"].as_array().unwrap().len(), 1);
    assert_eq!(desk.stops().await.len(), 2);
    all(json!({"orderFilter": "StopOrder", "stopOrderType": "Stop"})).await;
    assert_eq!(desk.stops().await[0]["stopOrderType"], "StopLoss");
    let whole = all(json!({})).await;
    assert_eq!(whole["result"]["success"], "1");
    assert!(desk.stops().await.is_empty());
    assert_eq!(desk.position("BTCUSDT").await["stopLoss"], "");
    let id = desk.placed(limit).await;
    let amended = with(json!({"orderId": id, "price": "87000", "qty": "0.02"}));
    assert_eq!(desk.refused("/v5/order/amend", amended).await.0, 0);
    let row = desk.rows(REALTIME, BTC).await[0].clone();
    assert_eq!((&row["price"], &row["qty"]), (&json!("87000"), &json!("0.02")));
    let gone = with(json!({"orderId": id}));
    assert_eq!(desk.refused("/v5/order/cancel", gone.clone()).await.0, 0);
    let (code, text) = desk.refused("/v5/order/cancel", gone).await;
    assert_eq!((code, text.as_str()), (110001, "order not exists or too late to cancel"));
}

#[tokio::test]
async fn listings_know_open_and_closed_and_an_ack_is_not_yet_a_row() {
    let desk = BybitDesk::open().await;
    assert_eq!(desk.get(REALTIME, "category=linear").await.json()["retCode"], 10001);
    desk.tell(json!({"do": "ways", "ack_ms": 60_000}));
    let limit = json!({"side": "Buy", "orderType": "Limit", "qty": "0.01", "price": "88000",
                       "orderLinkId": "late"});
    desk.placed(limit).await;
    let named = "category=linear&orderLinkId=late&symbol=BTCUSDT";
    assert!(desk.rows(REALTIME, named).await.is_empty());
    desk.tell(json!({"do": "ways", "ack_ms": 0}));
    assert_eq!(desk.rows(REALTIME, named).await.len(), 1);
    desk.tell(json!({"do": "cancel_order", "symbol": "BTCUSDT", "client_id": "late"}));
    assert!(desk.rows(REALTIME, BTC).await.is_empty());
    let closed = desk.rows(REALTIME, &format!("{BTC}&openOnly=1")).await;
    assert_eq!(
        (&closed[0]["orderStatus"], &closed[0]["cancelType"]),
        (&json!("Cancelled"), &json!("CancelByUser"))
    );
    assert_eq!(desk.get(REALTIME, &format!("{BTC}&limit=51")).await.json()["retCode"], 10001);
    let history = "/v5/order/history";
    let wrong = desk.get(history, &format!("{BTC}&orderStatus=New")).await.json();
    assert_eq!(wrong["retCode"], 181_017);
    assert_eq!(desk.rows(history, &format!("{BTC}&orderStatus=Cancelled")).await.len(), 1);
    let posted = json!({"side": "Buy", "orderType": "Limit", "qty": "0.01", "price": "91000",
                        "timeInForce": "PostOnly"});
    let id = desk.placed(posted).await;
    let row = desk.rows(REALTIME, &format!("category=linear&orderId={id}")).await[0].clone();
    assert_eq!(row["rejectReason"], "EC_PostOnlyWillTakeLiquidity");
    // Outside the band a price is moved, unless the account says that it must not be.
    let far = json!({"side": "Sell", "orderType": "Limit", "qty": "0.01", "price": "50000"});
    desk.placed(far.clone()).await;
    let moved = desk.rows(history, &format!("{BTC}&orderStatus=Filled")).await[0].clone();
    assert_eq!(moved["price"], "85500");
    let strict = json!({"category": "linear", "modifyEnable": false});
    desk.post("/v5/account/set-limit-px-action", strict).await;
    assert_eq!(desk.order(far).await["retCode"], 110003);
}

#[tokio::test]
async fn histories_have_windows_funding_and_what_was_closed() {
    let desk = BybitDesk::open().await;
    let day = 24 * 3600 * 1000_i64;
    let old = json!({"do": "seed_position", "symbol": "ETHUSDT", "side": "buy", "qty": 1,
                     "ago_ms": 9 * day});
    desk.tell(old);
    desk.buy_btc("0.02").await;
    desk.price("BTCUSDT", "91000");
    desk.placed(json!({"side": "Sell", "orderType": "Market", "qty": "0.01", "reduceOnly": true}))
        .await;
    desk.tell(json!({"do": "fund", "symbol": "BTCUSDT", "rate": "0.0001"}));
    let fills = desk.rows("/v5/execution/list", "category=linear").await;
    let kinds: Vec<&str> = fills.iter().map(|row| row["execType"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["Funding", "Trade", "Trade"]);
    let funding = &fills[0];
    assert_eq!((&funding["execQty"], &funding["execFee"]), (&json!("0.01"), &json!("0.091")));
    assert_eq!((&funding["orderType"], &funding["closedSize"]), (&json!("UNKNOWN"), &json!("0")));
    assert_eq!(fills[1]["closedSize"], "0.01");
    let trades = desk.rows("/v5/execution/list", "category=linear&execType=Trade").await;
    assert_eq!(trades.len(), 2);
    let now = now_ms();
    let wide = format!("category=linear&startTime={}&endTime={now}", now - 8 * day);
    assert_eq!(desk.get("/v5/execution/list", &wide).await.json()["retCode"], 10001);
    let then = format!("category=linear&startTime={}", now - 10 * day);
    let older = desk.rows("/v5/execution/list", &then).await;
    assert_eq!((older.len(), &older[0]["symbol"]), (1, &json!("ETHUSDT")));
    let closed = desk.rows("/v5/position/closed-pnl", BTC).await;
    assert_eq!(closed.len(), 1);
    let said =
        ["side", "closedSize", "avgEntryPrice", "avgExitPrice", "openFee", "closeFee", "closedPnl"];
    let said: Vec<&str> = said.iter().map(|key| closed[0][*key].as_str().unwrap()).collect();
    assert_eq!(said, ["Sell", "0.01", "90000.1", "91000", "0.49500055", "0.5005", "9.00349945"]);
    desk.fault(json!({"kind": "history_lag", "ms": 60_000, "count": 1}));
    assert!(desk.rows("/v5/execution/list", "category=linear").await.is_empty());
    desk.tell(json!({"do": "clear_faults"}));
    // Pages go back in time; a page may begin with the last row of the one before.
    let page = desk.read("/v5/execution/list", "category=linear&limit=2").await;
    let cursor = page["nextPageCursor"].as_str().unwrap();
    let next = format!("category=linear&limit=2&cursor={cursor}");
    assert_eq!(desk.rows("/v5/execution/list", &next).await.len(), 1);
    desk.tell(json!({"do": "ways", "repeated_rows": true}));
    let again = desk.rows("/v5/execution/list", &next).await;
    assert_eq!(again[0]["execId"], page["list"][1]["execId"]);
}

#[tokio::test]
async fn the_exchange_takes_positions_in_its_own_ways() {
    let desk = BybitDesk::open().await;
    let kinds = async || {
        let rows = desk.rows("/v5/execution/list", "category=linear&limit=100").await;
        let word = |row: &Value, key: &str| row[key].as_str().unwrap().to_owned();
        rows.iter().map(|row| (word(row, "execType"), word(row, "createType"))).collect::<Vec<_>>()
    };
    let pair = |kind: &str, cause: &str| (kind.to_owned(), cause.to_owned());
    desk.buy_btc("0.01").await;
    desk.stop(json!({"tpslMode": "Full", "stopLoss": "80000"})).await;
    desk.tell(json!({"do": "liquidate", "symbol": "BTCUSDT"}));
    let taken = kinds().await;
    assert_eq!(taken[0], pair("BustTrade", "CreateByTakeOver_PassThrough"));
    assert_eq!(taken[1], pair("Trade", "CreateByLiq"));
    assert!(desk.stops().await.is_empty());
    desk.buy_btc("0.01").await;
    desk.tell(json!({"do": "adl", "symbol": "BTCUSDT"}));
    assert_eq!(kinds().await[0], pair("AdlTrade", "CreateByAdl_PassThrough"));
    desk.buy_btc("0.01").await;
    desk.tell(json!({"do": "close", "symbol": "BTCUSDT"}));
    assert_eq!(kinds().await[0], pair("Trade", "CreateByClosing"));
    desk.buy_btc("0.01").await;
    let orders = desk.rows("/v5/order/history", BTC).await.len();
    desk.tell(json!({"do": "settle", "symbol": "BTCUSDT"}));
    assert_eq!(kinds().await[0], pair("Delivery", "CreateBySettle"));
    // A settlement is a fill without an order.
    assert_eq!(desk.rows("/v5/order/history", BTC).await.len(), orders);
    assert_eq!(
        desk.order(json!({"side": "Buy", "orderType": "Market", "qty": "0.01"})).await["retCode"],
        110074
    );
}
