//! Conditional orders over the wire: their rules, their life, their end.

use crate::client::{Desk, names};
use serde_json::{Value, json};

const STOP: &str = "symbol=BTCUSDT&side=SELL&type=STOP_MARKET&triggerPrice=89000\
                    &quantity=0.010&reduceOnly=true&clientAlgoId=guard-1";

async fn find(desk: &Desk, client_id: &str) -> Value {
    let query = format!("clientAlgoId={client_id}");
    desk.ask("GET", "/fapi/v1/algoOrder", &query).await.json()
}

#[tokio::test]
async fn a_stop_is_placed_found_listed_apart_and_cancelled() {
    let desk = Desk::open().await;
    desk.buy_btc("0.01").await;
    let placed = desk.algo(STOP).await.json();
    assert_eq!(
        (&placed["algoStatus"], &placed["orderType"]),
        (&json!("NEW"), &json!("STOP_MARKET"))
    );
    assert_eq!(
        (&placed["triggerPrice"], &placed["quantity"]),
        (&json!("89000.00"), &json!("0.010"))
    );
    assert!(placed.get("actualOrderId").is_none(), "{placed}");
    assert_eq!(desk.ask("GET", "/fapi/v1/openOrders", "").await.json(), json!([]));
    let open = desk.ask("GET", "/fapi/v1/openAlgoOrders", "").await.json();
    assert_eq!(
        (&open[0]["clientAlgoId"], &open[0]["actualOrderId"]),
        (&json!("guard-1"), &json!(""))
    );
    assert_eq!(desk.algo(STOP).await.code(), -4116);
    desk.ask("DELETE", "/fapi/v1/allOpenOrders", "symbol=BTCUSDT").await;
    assert_eq!(find(&desk, "guard-1").await["algoStatus"], "NEW", "cancel-all leaves stops alone");
    let id = format!("algoId={}", placed["algoId"]);
    let gone = desk.ask("DELETE", "/fapi/v1/algoOrder", &id).await.json();
    assert_eq!((&gone["code"], &gone["msg"]), (&json!("200"), &json!("success")));
    assert_eq!(desk.ask("DELETE", "/fapi/v1/algoOrder", &id).await.code(), -2011);
    assert_eq!(find(&desk, "guard-1").await["algoStatus"], "CANCELED");
    assert_eq!(desk.ask("GET", "/fapi/v1/algoOrder", "algoId=5").await.code(), -2013);
}

#[tokio::test]
async fn a_triggered_stop_tells_its_life_in_the_captured_order() {
    let desk = Desk::open().await;
    let mut stream = desk.listen().await;
    desk.buy_btc("0.01").await;
    stream.take(4).await;
    desk.algo(STOP).await;
    let placed = stream.next().await;
    assert_eq!(placed["o"]["X"], "NEW");
    assert!(placed["o"].get("aq").is_none() && placed["o"]["ai"] == "");
    desk.price("BTCUSDT", "88990");
    let frames = stream.take(7).await;
    assert_eq!(
        names(&frames),
        [
            "ALGO_UPDATE TRIGGERING",
            "TRADE_LITE",
            "ORDER_TRADE_UPDATE NEW",
            "ACCOUNT_UPDATE",
            "ORDER_TRADE_UPDATE TRADE",
            "ALGO_UPDATE TRIGGERED",
            "ALGO_UPDATE FINISHED",
        ]
    );
    let (child, triggered, finished) = (&frames[4]["o"], &frames[5]["o"], &frames[6]["o"]);
    assert_eq!((&child["c"], &child["ot"]), (&json!("guard-1"), &json!("STOP_MARKET")));
    assert_eq!((&child["o"], &child["rp"]), (&json!("MARKET"), &json!("-10.10100000")));
    assert_eq!(triggered["ai"], child["i"].to_string());
    assert_eq!((&finished["aq"], &finished["ap"]), (&json!("0.01"), &json!("88990")));
    let row = find(&desk, "guard-1").await;
    assert_eq!((&row["algoStatus"], &row["actualQty"]), (&json!("FINISHED"), &json!("0.01")));
    assert_eq!(row["actualOrderId"], child["i"].to_string());
    assert_eq!(desk.amount("BTCUSDT").await, None);
}

#[tokio::test]
async fn a_close_position_stop_is_stored_without_quantity_and_lives_with_its_position() {
    let desk = Desk::open().await;
    let stop = "symbol=BTCUSDT&side=SELL&type=STOP_MARKET&triggerPrice=89000&closePosition=true";
    assert_eq!(desk.algo(stop).await.code(), -4509);
    desk.buy_btc("0.01").await;
    assert_eq!(desk.algo(&format!("{stop}&quantity=0.01")).await.code(), -4137);
    assert_eq!(desk.algo(&format!("{stop}&reduceOnly=true")).await.code(), -1106);
    let mut stream = desk.listen().await;
    let stored = desk.algo(&format!("{stop}&clientAlgoId=all")).await.json();
    assert_eq!((&stored["quantity"], &stored["timeInForce"]), (&json!("0.000"), &json!("GTE_GTC")));
    assert_eq!((&stored["reduceOnly"], &stored["closePosition"]), (&json!(true), &json!(true)));
    assert_eq!(stream.next().await["o"]["q"], "0");
    assert_eq!(desk.algo(stop).await.code(), -4130);
    let profit = stop.replace("STOP_MARKET", "TAKE_PROFIT_MARKET").replace("89000", "95000");
    assert_eq!(desk.algo(&profit).await.status, 200, "one of each kind may rest");
    stream.next().await;
    desk.algo(STOP).await;
    stream.next().await;
    desk.tell(json!({"do": "close", "symbol": "BTCUSDT"}));
    let frames = stream.take(6).await;
    assert_eq!(names(&frames[4..]), ["ALGO_UPDATE EXPIRED", "ALGO_UPDATE EXPIRED"]);
    assert_eq!(find(&desk, "all").await["algoStatus"], "EXPIRED");
    assert_eq!(find(&desk, "guard-1").await["algoStatus"], "NEW", "a plain stop stays behind");
    desk.price("BTCUSDT", "88000");
    let ended = stream.take(2).await;
    assert_eq!(names(&ended), ["ALGO_UPDATE TRIGGERING", "ALGO_UPDATE EXPIRED"]);
    assert_eq!(ended[1]["o"]["rm"], "Reduce Only reject");
}

#[tokio::test]
async fn a_stop_beyond_the_price_is_refused_and_working_types_watch_their_price() {
    let desk = Desk::open().await;
    desk.buy_btc("0.01").await;
    assert_eq!(desk.algo(&STOP.replace("89000", "90000")).await.code(), -2021);
    let profit = STOP.replace("STOP_MARKET", "TAKE_PROFIT_MARKET");
    assert_eq!(desk.algo(&profit).await.code(), -2021);
    desk.algo(&format!("{STOP}&workingType=MARK_PRICE")).await;
    desk.tell(json!({"do": "set_price", "symbol": "BTCUSDT", "last": 88900}));
    assert_eq!(find(&desk, "guard-1").await["algoStatus"], "NEW");
    desk.tell(json!({"do": "set_price", "symbol": "BTCUSDT", "mark": 88900}));
    assert_eq!(find(&desk, "guard-1").await["algoStatus"], "FINISHED");
}

#[tokio::test]
async fn a_trailing_stop_follows_and_fires_on_the_way_back() {
    let desk = Desk::open().await;
    desk.buy_btc("0.01").await;
    let mut stream = desk.listen().await;
    let trailing = "symbol=BTCUSDT&side=SELL&type=TRAILING_STOP_MARKET&quantity=0.01\
                    &reduceOnly=true&activatePrice=91000&callbackRate=1&clientAlgoId=trail";
    assert_eq!(desk.algo(trailing).await.status, 200);
    assert_eq!(stream.next().await["o"]["ia"], false);
    desk.price("BTCUSDT", "91500");
    let active = stream.next().await;
    assert_eq!((&active["o"]["X"], &active["o"]["ia"]), (&json!("NEW"), &json!(true)));
    desk.price("BTCUSDT", "90700");
    assert_eq!(find(&desk, "trail").await["algoStatus"], "NEW");
    desk.price("BTCUSDT", "90500");
    assert_eq!(find(&desk, "trail").await["algoStatus"], "FINISHED");
}

#[tokio::test]
async fn a_stop_limit_rests_as_an_order_and_finishes_with_it() {
    let desk = Desk::open().await;
    desk.buy_btc("0.01").await;
    let stop = "symbol=BTCUSDT&side=SELL&type=STOP&triggerPrice=89000&price=89500\
                &quantity=0.010&reduceOnly=true&clientAlgoId=limit";
    desk.algo(stop).await;
    desk.price("BTCUSDT", "88900");
    assert_eq!(find(&desk, "limit").await["algoStatus"], "TRIGGERED");
    let open = desk.ask("GET", "/fapi/v1/openOrders", "symbol=BTCUSDT").await.json();
    assert_eq!(
        (&open[0]["clientOrderId"], &open[0]["origType"]),
        (&json!("limit"), &json!("STOP"))
    );
    let named = format!("symbol=BTCUSDT&orderId={}", open[0]["orderId"]);
    desk.ask("DELETE", "/fapi/v1/order", &named).await;
    let ended = find(&desk, "limit").await;
    assert_eq!((&ended["algoStatus"], &ended["actualQty"]), (&json!("FINISHED"), &json!("0")));
}

#[tokio::test]
async fn the_two_hundred_and_first_waiting_stop_is_refused() {
    let desk = Desk::open().await;
    desk.tell(json!({"do": "set_limits", "orders_10s": 1000}));
    for _ in 0..200 {
        desk.tell(json!({
            "do": "place_stop", "symbol": "BTCUSDT", "side": "sell", "qty": "0.01",
            "trigger": 80000,
        }));
    }
    assert_eq!(desk.algo(STOP).await.code(), -4045);
    desk.ask("DELETE", "/fapi/v1/algoOpenOrders", "symbol=BTCUSDT").await;
    assert_eq!(desk.algo(STOP).await.status, 200);
}
