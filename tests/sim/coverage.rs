//! The record of coverage, and entries whose end a fault decides, over the wire.

use crate::bybit_desk::{BybitDesk, with};
use crate::client::Desk;
use serde_json::{Value, json};

const STOP: &str = "symbol=BTCUSDT&side=SELL&type=STOP_MARKET&triggerPrice=89000&quantity=0.010\
                    &reduceOnly=true";

fn leg(record: &Value) -> &Value {
    &record["legs"][0]
}

fn bare(record: &Value) -> &Vec<Value> {
    leg(record)["bare"].as_array().unwrap()
}

#[tokio::test]
async fn a_position_is_bare_until_stops_cover_all_of_it() {
    let desk = Desk::open().await;
    let told = || desk.tell(json!({"do": "coverage"}));
    assert_eq!(told(), json!({"legs": [], "entries": {}, "changes": []}));
    desk.order("symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.01&newClientOrderId=in-1").await;
    assert_eq!(told()["entries"], json!({"in-1": 1}));
    assert_eq!(bare(&told())[0]["to"], Value::Null);
    let half = STOP.replace("0.010", "0.004");
    desk.algo(&format!("{half}&clientAlgoId=half")).await;
    assert_eq!(bare(&told())[0]["to"], Value::Null, "a part is not all");
    assert_eq!(leg(&told())["now"], json!({"amount": "0.01", "covered": "0.004", "stops": 1}));
    desk.algo(&format!("{STOP}&clientAlgoId=whole")).await;
    let record = told();
    assert!(bare(&record)[0]["to"].is_i64(), "{record}");
    assert_eq!((&bare(&record)[0]["held"], bare(&record).len()), (&json!("0.01"), 1));
    assert_eq!(leg(&record)["most_stops"], 2);
    // Taken away and put back within a moment is a span all the same.
    desk.ask("DELETE", "/fapi/v1/algoOrder", "clientAlgoId=whole").await;
    desk.algo(&format!("{STOP}&clientAlgoId=again")).await;
    assert_eq!(bare(&told()).len(), 2);
    // New before old leaves none.
    desk.algo(&format!("{STOP}&clientAlgoId=next")).await;
    desk.ask("DELETE", "/fapi/v1/algoOrder", "clientAlgoId=again").await;
    desk.ask("DELETE", "/fapi/v1/algoOrder", "clientAlgoId=half").await;
    let record = told();
    assert_eq!((bare(&record).len(), &leg(&record)["most_stops"]), (2, &json!(3)));
    let seqs: Vec<_> = record["changes"].as_array().unwrap().iter().map(|c| &c["seq"]).collect();
    assert_eq!(seqs.last(), Some(&&json!(8)), "{record}");
}

#[tokio::test]
async fn what_does_not_limit_a_loss_covers_nothing() {
    let desk = Desk::open().await;
    desk.buy_btc("0.01").await;
    for stop in [
        STOP.replace("&reduceOnly=true", ""),
        STOP.replace("STOP_MARKET", "TAKE_PROFIT_MARKET").replace("89000", "91000"),
        STOP.replace("type=STOP_MARKET", "type=STOP&price=88000&timeInForce=GTC"),
        STOP.replace("SELL", "BUY").replace("89000", "91000"),
    ] {
        assert_eq!(desk.algo(&stop).await.status, 200, "{stop}");
    }
    let record = desk.tell(json!({"do": "coverage", "symbol": "BTCUSDT"}));
    assert_eq!(leg(&record)["now"], json!({"amount": "0.01", "covered": "0", "stops": 0}));
    let all = STOP.replace("&quantity=0.010&reduceOnly=true", "&closePosition=true");
    assert_eq!(desk.algo(&all).await.status, 200);
    let record = desk.tell(json!({"do": "coverage", "symbol": "BTCUSDT"}));
    assert_eq!(leg(&record)["now"]["covered"], "0.01");
    assert_eq!(desk.tell(json!({"do": "coverage", "symbol": "ETHUSDT"}))["legs"], json!([]));
}

#[tokio::test]
async fn the_legs_of_hedge_mode_are_recorded_apart() {
    let desk = Desk::open().await;
    desk.tell(json!({"do": "hedge_mode", "on": true}));
    let market = "symbol=BTCUSDT&type=MARKET&quantity=0.01";
    desk.order(&format!("{market}&side=BUY&positionSide=LONG")).await;
    desk.order(&format!("{market}&side=SELL&positionSide=SHORT")).await;
    let stop = STOP.replace("&reduceOnly=true", "&positionSide=LONG");
    assert_eq!(desk.algo(&stop).await.status, 200);
    let record = desk.tell(json!({"do": "coverage"}));
    let legs = record["legs"].as_array().unwrap();
    let of = |name: &str| legs.iter().find(|leg| leg["leg"] == name).unwrap();
    assert_eq!(of("LONG")["now"]["covered"], "0.01");
    assert_eq!(
        (&of("SHORT")["now"]["covered"], &of("SHORT")["most_stops"]),
        (&json!("0"), &json!(0))
    );
}

#[tokio::test]
async fn a_stop_that_comes_with_an_entry_leaves_no_gap_and_goes_with_the_position() {
    let desk = BybitDesk::open().await;
    let guarded = json!({"side": "Buy", "orderType": "Market", "qty": "0.01", "stopLoss": "88000",
        "slTriggerBy": "MarkPrice", "tpslMode": "Full", "slOrderType": "Market",
        "orderLinkId": "in-1"});
    desk.tell(json!({"do": "depth", "symbol": "BTCUSDT", "parts": 4}));
    desk.placed(guarded).await;
    desk.placed(json!({"side": "Buy", "orderType": "Market", "qty": "0.02"})).await;
    desk.stop(json!({"tpslMode": "Full", "stopLoss": "88500", "slTriggerBy": "MarkPrice"})).await;
    let told = || desk.tell(json!({"do": "coverage"}));
    assert_eq!(leg(&told())["now"], json!({"amount": "0.03", "covered": "0.03", "stops": 1}));
    assert_eq!(bare(&told()), &Vec::<Value>::new());
    assert_eq!(told()["entries"], json!({"": 1, "in-1": 1}));
    desk.stop(json!({"tpslMode": "Full", "stopLoss": "0"})).await;
    assert_eq!(bare(&told()).len(), 1);
    desk.tell(json!({"do": "close", "symbol": "BTCUSDT"}));
    assert!(bare(&told())[0]["to"].is_i64(), "nothing is bare once it is gone");
    assert_eq!(leg(&told())["now"], json!({"amount": "0", "covered": "0", "stops": 0}));
    desk.tell(json!({"do": "reset"}));
    assert_eq!(told()["changes"], json!([]));
}

#[tokio::test]
async fn an_accepted_entry_can_end_unfilled_in_part_or_rejected() {
    let desk = BybitDesk::open().await;
    let order = async |link: &str| {
        let order = json!({"side": "Buy", "orderType": "Market", "qty": "0.01",
            "stopLoss": "88000", "orderLinkId": link});
        desk.placed(order).await;
        let query = format!("category=linear&symbol=BTCUSDT&orderLinkId={link}");
        let row = desk.rows("/v5/order/realtime", &query).await[0].clone();
        ["orderStatus", "cumExecQty", "rejectReason"].map(|key| row[key].clone())
    };
    desk.fault(json!({"kind": "late_reject"}));
    assert_eq!(order("a").await, ["Rejected", "0", "EC_ReachRiskPriceLimit"]);
    desk.fault(json!({"kind": "part_fill", "share": 0}));
    assert_eq!(order("b").await, ["Cancelled", "0", "EC_NoImmediateQtyToFill"]);
    assert_eq!(desk.position("BTCUSDT").await["size"], "0");
    assert!(desk.stops().await.is_empty());
    desk.fault(json!({"kind": "part_fill", "share": "0.45", "count": 2}));
    assert_eq!(order("c").await, ["Cancelled", "0.004", "EC_NoImmediateQtyToFill"]);
    assert_eq!(desk.stops().await[0]["qty"], "0.004");
    // A close is left alone, and so is the fault that waits for an entry.
    let close = json!({"side": "Sell", "orderType": "Market", "qty": "0.004", "reduceOnly": true});
    desk.placed(close).await;
    assert_eq!(desk.position("BTCUSDT").await["size"], "0");
    let (code, _) = desk
        .refused(
            "/v5/order/create",
            with(json!({"side": "Buy",
        "orderType": "Market", "qty": "80"})),
        )
        .await;
    assert_eq!(code, 110_007, "what is refused uses up no fault");
    assert_eq!(order("d").await[1], "0.004");
    assert_eq!(order("e").await, ["Filled", "0.01", "EC_NoError"]);
    let wrong = desk.control.tell(json!({"do": "fault", "kind": "part_fill", "share": 2}));
    assert!(wrong.unwrap_err().contains("between 0 and 1"));
}

#[tokio::test]
async fn the_same_on_binance() {
    let desk = Desk::open().await;
    let order = "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.01&newOrderRespType=RESULT";
    desk.fault(json!({"kind": "part_fill", "share": "0.5"}));
    let part = desk.order(order).await.json();
    assert_eq!((&part["status"], &part["executedQty"]), (&json!("EXPIRED"), &json!("0.005")));
    desk.fault(json!({"kind": "part_fill", "share": 0}));
    let none = desk.order(order).await.json();
    assert_eq!((&none["status"], &none["executedQty"]), (&json!("EXPIRED"), &json!("0.000")));
    assert_eq!(desk.amount("BTCUSDT").await.as_deref(), Some("0.005"));
    let wrong = desk.control.tell(json!({"do": "fault", "kind": "late_reject"}));
    assert!(wrong.unwrap_err().contains("bybit"));
}
