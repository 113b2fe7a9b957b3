//! Plain orders over the wire: shapes, filters, modes, reduce-only, batches, history.

use crate::client::Desk;
use serde_json::{Value, json};

#[tokio::test]
async fn a_market_buy_is_acknowledged_filled_and_listed() {
    let desk = Desk::open().await;
    let answer = desk.order("symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.010").await;
    let placed = answer.json();
    assert_eq!((&placed["status"], &placed["executedQty"]), (&json!("NEW"), &json!("0.000")));
    assert!(placed.get("avgPrice").is_none() && placed.get("cumQuote").is_none());
    assert!(placed["orderId"].as_i64().unwrap() > 1 << 53);
    let order = format!("symbol=BTCUSDT&orderId={}", placed["orderId"]);
    let found = desk.ask("GET", "/fapi/v1/order", &order).await.json();
    assert_eq!(found["status"], "FILLED");
    assert_eq!(
        (&found["avgPrice"], &found["cumQuote"]),
        (&json!("90000.10000"), &json!("900.00100"))
    );
    let row = &desk.positions().await[0];
    assert_eq!((&row["positionAmt"], &row["entryPrice"]), (&json!("0.010"), &json!("90000.1")));
    assert_eq!(row["positionSide"], "BOTH");
    let trades = desk.ask("GET", "/fapi/v1/userTrades", "symbol=BTCUSDT").await.json();
    assert_eq!(trades[0]["commission"], "0.45000050");
    assert_eq!(trades[0]["orderId"], placed["orderId"]);
    let gone = desk.ask("GET", "/fapi/v1/openOrder", &order).await;
    assert_eq!((gone.status, gone.code()), (400, -2013));
    assert_eq!(desk.ask("DELETE", "/fapi/v1/order", &order).await.code(), -2011);
}

#[tokio::test]
async fn a_result_answer_waits_for_the_fill_and_the_old_shape_can_be_had() {
    let desk = Desk::open().await;
    let wanted = "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.01&newOrderRespType=RESULT";
    let new = desk.order(wanted).await.json();
    assert_eq!((&new["status"], &new["executedQty"]), (&json!("FILLED"), &json!("0.010")));
    assert!(new.get("avgPrice").is_none());
    desk.tell(json!({"do": "ways", "old_answers": true}));
    let old = desk.order(wanted).await.json();
    assert_eq!(old["avgPrice"], "90000.10000");
}

#[tokio::test]
async fn every_filter_has_its_code() {
    let desk = Desk::open().await;
    desk.buy_btc("0.01").await;
    let cases = [
        ("symbol=NOPEUSDT&side=BUY&type=MARKET&quantity=1", -1121),
        ("symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.0011", -1111),
        ("symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0", -4003),
        ("symbol=BTCUSDT&side=BUY&type=MARKET&quantity=121", -4005),
        ("symbol=ETHUSDT&side=BUY&type=MARKET&quantity=0.001", -4164),
        ("symbol=BTCUSDT&side=BUY&type=MARKET", -1102),
        ("symbol=BTCUSDT&side=UP&type=MARKET&quantity=1", -1117),
        ("symbol=BTCUSDT&side=BUY&type=NOW&quantity=1", -1116),
        ("symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&timeInForce=GTC", -1102),
        ("symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&timeInForce=GTC&price=1.001", -1111),
        ("symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&timeInForce=GTC&price=80000.05", -4014),
        ("symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&timeInForce=GTC&price=10", -4013),
        ("symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&timeInForce=GTC&price=9000000", -4002),
        ("symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&timeInForce=GTC&price=95000", -4016),
        ("symbol=BTCUSDT&side=SELL&type=LIMIT&quantity=1&timeInForce=GTC&price=80000", -4024),
        ("symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&timeInForce=GTX&price=91000", -5022),
        ("symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&timeInForce=FOK&price=89000", -5021),
        ("symbol=BTCUSDT&side=BUY&type=MARKET&quantity=100", -2019),
        ("symbol=BTCUSDT&side=BUY&positionSide=LONG&type=MARKET&quantity=1", -4061),
        ("symbol=BTCUSDT&side=SELL&type=STOP_MARKET&quantity=1&stopPrice=80000", -4120),
    ];
    for (params, code) in cases {
        let answer = desk.order(params).await;
        assert_eq!((answer.status, answer.code()), (400, code), "{params}: {}", answer.text);
    }
    let long = "x".repeat(37);
    let params = format!("symbol=BTCUSDT&side=BUY&type=MARKET&quantity=1&newClientOrderId={long}");
    assert_eq!(desk.order(&params).await.code(), -4015);
    let spread = json!({"do": "set_price", "symbol": "BTCUSDT", "last": 99000});
    desk.tell(spread);
    assert_eq!(desk.buy_btc("0.01").await.code(), -4131);
}

#[tokio::test]
async fn reduce_only_is_cut_never_flips_and_needs_a_position() {
    let desk = Desk::open().await;
    let sell = "symbol=BTCUSDT&side=SELL&type=MARKET&quantity=0.05&reduceOnly=true";
    assert_eq!(desk.order(sell).await.code(), -2022);
    desk.buy_btc("0.01").await;
    let wrong = desk.order(&sell.replace("SELL", "BUY")).await;
    assert_eq!(wrong.code(), -2022, "reduce-only cannot add");
    let cut = desk.order(sell).await.json();
    assert_eq!(cut["origQty"], "0.010");
    assert_eq!(desk.amount("BTCUSDT").await, None);
    assert_eq!(desk.order(sell).await.code(), -2022);
    // A dust close below the least value goes through because it reduces.
    desk.tell(json!({"do": "seed_position", "symbol": "ETHUSDT", "side": "long", "qty": "0.001"}));
    let dust = "symbol=ETHUSDT&side=SELL&type=MARKET&quantity=0.001&reduceOnly=true";
    assert_eq!(desk.order(dust).await.status, 200);
}

#[tokio::test]
async fn resting_reduce_only_orders_block_a_close_or_are_knocked_out() {
    let desk = Desk::open().await;
    desk.buy_btc("0.010").await;
    let limit = |qty: &str| {
        format!(
            "symbol=BTCUSDT&side=SELL&type=LIMIT&timeInForce=GTC&price=92000\
             &quantity={qty}&reduceOnly=true"
        )
    };
    let half = desk.order(&limit("0.004")).await.json();
    let rest = desk.order(&limit("0.006")).await.json();
    let close = "symbol=BTCUSDT&side=SELL&type=MARKET&quantity=0.01&reduceOnly=true";
    assert_eq!(desk.order(close).await.code(), -4118);
    let named = format!("symbol=BTCUSDT&orderId={}", rest["orderId"]);
    assert_eq!(desk.ask("DELETE", "/fapi/v1/order", &named).await.json()["status"], "CANCELED");
    assert_eq!(desk.order(close).await.status, 200);
    let named = format!("symbol=BTCUSDT&orderId={}", half["orderId"]);
    let knocked = desk.ask("GET", "/fapi/v1/order", &named).await.json();
    assert_eq!(knocked["status"], "EXPIRED");
}

#[tokio::test]
async fn hedge_mode_knows_two_legs_and_no_reduce_only() {
    let desk = Desk::open().await;
    let mode = "/fapi/v1/positionSide/dual";
    assert_eq!(desk.ask("GET", mode, "").await.json(), json!({"dualSidePosition": false}));
    assert_eq!(desk.ask("POST", mode, "dualSidePosition=false").await.code(), -4059);
    let done = desk.ask("POST", mode, "dualSidePosition=true").await.json();
    assert_eq!(done, json!({"code": 200, "msg": "success"}));
    assert_eq!(desk.buy_btc("0.01").await.code(), -4061);
    let order = "symbol=BTCUSDT&type=MARKET&quantity=0.01&";
    for leg in ["side=BUY&positionSide=LONG", "side=SELL&positionSide=SHORT"] {
        assert_eq!(desk.order(&format!("{order}{leg}")).await.status, 200);
    }
    let rows = desk.positions().await;
    let seen: Vec<(&Value, &Value)> =
        rows.iter().map(|row| (&row["positionSide"], &row["positionAmt"])).collect();
    let (long, short) = ((&json!("LONG"), &json!("0.010")), (&json!("SHORT"), &json!("-0.010")));
    assert_eq!(seen, [long, short]);
    let flagged = format!("{order}side=SELL&positionSide=LONG&reduceOnly=true");
    assert_eq!(desk.order(&flagged).await.code(), -1106);
    let too_much = "symbol=BTCUSDT&type=MARKET&quantity=0.02&side=SELL&positionSide=LONG";
    assert_eq!(desk.order(too_much).await.code(), -2022);
    assert_eq!(desk.order(&format!("{order}side=SELL&positionSide=LONG")).await.status, 200);
    assert_eq!(desk.positions().await.len(), 1);
    assert_eq!(desk.ask("POST", mode, "dualSidePosition=false").await.code(), -4068);
}

#[tokio::test]
async fn client_ids_are_unique_among_open_orders_only() {
    let desk = Desk::open().await;
    let market = "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.01&newClientOrderId=same";
    assert_eq!(desk.order(market).await.status, 200);
    assert_eq!(desk.order(market).await.status, 200, "a market order may repeat an id");
    let limit = "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&price=80000&quantity=0.01\
                 &newClientOrderId=resting";
    assert_eq!(desk.order(limit).await.status, 200);
    assert_eq!(desk.order(limit).await.code(), -4116);
    let found = desk.ask("GET", "/fapi/v1/order", "symbol=BTCUSDT&origClientOrderId=resting").await;
    assert_eq!(found.json()["status"], "NEW");
}

#[tokio::test]
async fn a_resting_order_makes_a_zero_row_is_changed_filled_and_pays_the_maker_fee() {
    let desk = Desk::open().await;
    assert_eq!(desk.positions().await, Vec::<Value>::new());
    let limit = "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&price=80000&quantity=0.01";
    let id = desk.order(limit).await.json()["orderId"].clone();
    let row = &desk.positions().await[0];
    assert_eq!((&row["positionAmt"], &row["bidNotional"]), (&json!("0.0"), &json!("800")));
    let changed = format!("symbol=BTCUSDT&side=BUY&orderId={id}&quantity=0.02&price=85000");
    let changed = desk.ask("PUT", "/fapi/v1/order", &changed).await.json();
    assert_eq!((&changed["origQty"], &changed["price"]), (&json!("0.020"), &json!("85000.00")));
    desk.price("BTCUSDT", "84000");
    let trades = desk.ask("GET", "/fapi/v1/userTrades", "symbol=BTCUSDT").await.json();
    assert_eq!((&trades[0]["maker"], &trades[0]["price"]), (&json!(true), &json!("85000.00")));
    assert_eq!(trades[0]["commission"], "0.34000000");
}

#[tokio::test]
async fn a_batch_answers_each_element_on_its_own() {
    let desk = Desk::open().await;
    let batch = "[{\"symbol\":\"BTCUSDT\",\"side\":\"BUY\",\"type\":\"LIMIT\",\"timeInForce\":\
        \"GTC\",\"quantity\":\"0.01\",\"price\":\"80000\"},{\"symbol\":\"BTCUSDT\",\"side\":\
        \"SELL\",\"type\":\"MARKET\",\"quantity\":\"0.01\",\"reduceOnly\":\"true\"}]";
    let encoded: String = batch.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let params = format!("batchOrders={encoded}");
    let answers = desk.ask("POST", "/fapi/v1/batchOrders", &params).await.json();
    assert_eq!((&answers[0]["status"], &answers[1]["code"]), (&json!("NEW"), &json!(-2022)));
    let ids = format!("symbol=BTCUSDT&orderIdList=%5B{},1%5D", answers[0]["orderId"]);
    let cancelled = desk.ask("DELETE", "/fapi/v1/batchOrders", &ids).await.json();
    assert_eq!(
        (&cancelled[0]["status"], &cancelled[1]["code"]),
        (&json!("CANCELED"), &json!(-2011))
    );
}

#[tokio::test]
async fn a_thin_book_fills_in_parts_and_drops_the_rest() {
    let desk = Desk::open().await;
    desk.tell(json!({"do": "depth", "symbol": "BTCUSDT", "qty": "0.006", "parts": 2}));
    let wanted = "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.010&newOrderRespType=RESULT";
    let answer = desk.order(wanted).await.json();
    assert_eq!((&answer["status"], &answer["executedQty"]), (&json!("EXPIRED"), &json!("0.006")));
    let trades = desk.ask("GET", "/fapi/v1/userTrades", "symbol=BTCUSDT").await.json();
    let parts: Vec<&Value> = trades.as_array().unwrap().iter().map(|row| &row["qty"]).collect();
    assert_eq!(parts, ["0.003", "0.003"]);
}

#[tokio::test]
async fn a_close_books_profit_fees_and_income_with_one_trade_id() {
    let desk = Desk::open().await;
    desk.buy_btc("0.010").await;
    desk.price("BTCUSDT", "91000");
    desk.order("symbol=BTCUSDT&side=SELL&type=MARKET&quantity=0.01&reduceOnly=true").await;
    let trades = desk.ask("GET", "/fapi/v1/userTrades", "symbol=BTCUSDT").await.json();
    assert_eq!(
        (&trades[1]["realizedPnl"], &trades[1]["price"]),
        (&json!("9.99900000"), &json!("91000.00"))
    );
    let income = desk.ask("GET", "/fapi/v1/income", "symbol=BTCUSDT").await.json();
    let close_id = trades[1]["id"].to_string();
    let of_close: Vec<&Value> = income
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["tradeId"] == close_id.as_str())
        .map(|row| &row["incomeType"])
        .collect();
    assert_eq!(of_close, ["REALIZED_PNL", "COMMISSION"]);
    let balance = desk.ask("GET", "/fapi/v3/balance", "").await.json();
    assert_eq!(balance[0]["balance"], "100009.09399950");
    let newest = desk.ask("GET", "/fapi/v1/userTrades", "symbol=BTCUSDT&limit=1").await.json();
    assert_eq!(newest[0]["id"], trades[1]["id"]);
}

#[tokio::test]
async fn leverage_margin_type_and_brackets_are_kept_and_checked() {
    let desk = Desk::open().await;
    let set = desk.ask("POST", "/fapi/v1/leverage", "symbol=BTCUSDT&leverage=25").await.json();
    assert_eq!((&set["leverage"], &set["symbol"]), (&json!(25), &json!("BTCUSDT")));
    let none = desk.ask("POST", "/fapi/v1/leverage", "symbol=BTCUSDT&leverage=126").await;
    assert_eq!(none.code(), -4028);
    let margin = "symbol=BTCUSDT&marginType=ISOLATED";
    assert_eq!(desk.ask("POST", "/fapi/v1/marginType", margin).await.status, 200);
    assert_eq!(desk.ask("POST", "/fapi/v1/marginType", margin).await.code(), -4046);
    let config = desk.ask("GET", "/fapi/v1/symbolConfig", "symbol=BTCUSDT").await.json();
    assert_eq!(config[0]["marginType"], "ISOLATED");
    assert_eq!(config[0]["leverage"], 25);
    desk.buy_btc("0.01").await;
    let row = &desk.positions().await[0];
    assert_eq!(row["isolatedWallet"], "36.00004");
    assert!(row["liquidationPrice"].as_str().unwrap().starts_with("867"), "{row}");
    let brackets = desk.ask("GET", "/fapi/v1/leverageBracket", "symbol=BTCUSDT").await.json();
    assert_eq!(brackets[0]["brackets"][0]["maintMarginRatio"], 0.004);
}

#[tokio::test]
async fn every_reading_endpoint_answers() {
    let desk = Desk::open().await;
    desk.buy_btc("0.01").await;
    for (path, query) in [
        ("/fapi/v1/ping", ""),
        ("/fapi/v1/premiumIndex", "symbol=BTCUSDT"),
        ("/fapi/v1/ticker/bookTicker", ""),
        ("/fapi/v1/ticker/price", "symbol=BTCUSDT"),
        ("/fapi/v2/ticker/price", ""),
        ("/fapi/v1/ticker/24hr", ""),
        ("/fapi/v1/depth", "symbol=BTCUSDT&limit=5"),
        ("/fapi/v1/klines", "symbol=BTCUSDT&interval=1m&limit=3"),
    ] {
        let answer = desk.get(path, query).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text);
        answer.json();
    }
    for (path, query) in [
        ("/fapi/v2/positionRisk", ""),
        ("/fapi/v2/balance", ""),
        ("/fapi/v2/account", ""),
        ("/fapi/v3/account", ""),
        ("/fapi/v1/multiAssetsMargin", ""),
        ("/fapi/v1/commissionRate", "symbol=BTCUSDT"),
        ("/fapi/v1/rateLimit/order", ""),
        ("/fapi/v1/allOrders", "symbol=BTCUSDT"),
        ("/fapi/v1/allAlgoOrders", "symbol=BTCUSDT"),
        ("/fapi/v1/forceOrders", ""),
        ("/sapi/v1/account/apiRestrictions", ""),
        ("/sapi/v1/capital/config/getall", ""),
    ] {
        let answer = desk.ask("GET", path, query).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text);
        answer.json();
    }
    let old = desk.ask("GET", "/fapi/v2/positionRisk", "").await.json();
    assert_eq!((old.as_array().unwrap().len(), &old[0]["leverage"]), (15, &json!("20")));
    let account = desk.ask("GET", "/fapi/v3/account", "").await.json();
    assert_eq!(account["positions"][0]["positionAmt"], "0.010");
    assert!(account["positions"][0].get("entryPrice").is_none());
}

#[tokio::test]
async fn a_test_order_is_only_checked_and_a_countdown_cancels() {
    let desk = Desk::open().await;
    let market = "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=";
    let checked = desk.ask("POST", "/fapi/v1/order/test", &format!("{market}0.01")).await;
    assert_eq!((checked.status, &checked.json()["orderId"]), (200, &json!(0)));
    let flawed = desk.ask("POST", "/fapi/v1/order/test", &format!("{market}0.0001")).await;
    assert_eq!(flawed.code(), -1111);
    assert!(desk.positions().await.is_empty());
    let mut stream = desk.listen().await;
    let limit = "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&price=80000&quantity=0.01";
    let id = desk.order(limit).await.json()["orderId"].clone();
    let changed =
        format!("symbol=BTCUSDT&side=BUY&orderId={id}&quantity=0.01&price=80001&modifyId=7");
    let changed = desk.ask("PUT", "/fapi/v1/order", &changed).await.json();
    assert_eq!((&changed["modifyId"], &changed["pair"]), (&json!(7), &json!("BTCUSDT")));
    let timer = "symbol=BTCUSDT&countdownTime=1";
    let set = desk.ask("POST", "/fapi/v1/countdownCancelAll", timer).await.json();
    assert_eq!(set, json!({"symbol": "BTCUSDT", "countdownTime": "1"}));
    let frames = stream.take(3).await;
    assert_eq!((&frames[1]["o"]["x"], &frames[1]["o"]["M"]), (&json!("AMENDMENT"), &json!(7)));
    assert_eq!(frames[2]["o"]["X"], "CANCELED");
}
