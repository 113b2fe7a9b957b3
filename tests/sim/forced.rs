//! What the exchange itself does to a position: liquidation, ADL, settlement, funding.

use crate::client::{Desk, names};
use serde_json::json;

#[tokio::test]
async fn a_liquidation_is_calculated_and_carries_its_prefix() {
    let desk = Desk::open().await;
    desk.ask("POST", "/fapi/v1/leverage", "symbol=BTCUSDT&leverage=100").await;
    desk.buy_btc("100").await;
    let row = &desk.positions().await[0];
    let exit: f64 = row["liquidationPrice"].as_str().unwrap().parse().unwrap();
    assert!((89_000.0..90_000.0).contains(&exit), "{row}");
    let mut stream = desk.listen().await;
    desk.price("BTCUSDT", "89500");
    assert_eq!(desk.amount("BTCUSDT").await.as_deref(), Some("100.000"));
    desk.price("BTCUSDT", "89300");
    let frames = stream.take(3).await;
    assert_eq!(
        names(&frames),
        ["ORDER_TRADE_UPDATE CALCULATED", "ACCOUNT_UPDATE", "ORDER_TRADE_UPDATE CALCULATED"]
    );
    let (first, last) = (&frames[0]["o"], &frames[2]["o"]);
    assert_eq!((&first["l"], &first["N"]), (&json!("0"), &json!(null)));
    assert!(last["c"].as_str().unwrap().starts_with("autoclose-"));
    assert_eq!((&last["X"], &last["l"]), (&json!("FILLED"), &json!("100")));
    assert_eq!(frames[1]["a"]["P"][0]["pa"], "0");
    let forced = desk.ask("GET", "/fapi/v1/forceOrders", "autoCloseType=LIQUIDATION").await.json();
    assert_eq!(forced[0]["clientOrderId"], last["c"]);
    assert_eq!(desk.amount("BTCUSDT").await, None);
}

#[tokio::test]
async fn adl_and_settlement_close_with_their_own_prefixes() {
    let desk = Desk::open().await;
    let mut stream = desk.listen().await;
    desk.tell(json!({"do": "seed_position", "symbol": "ETHUSDT", "side": "short", "qty": 1}));
    desk.tell(json!({"do": "adl", "symbol": "ETHUSDT", "price": 2900}));
    let frames = stream.take(3).await;
    assert_eq!((&frames[0]["o"]["X"], &frames[1]["a"]["m"]), (&json!("NEW_ADL"), &json!("ADL")));
    assert_eq!(
        (&frames[2]["o"]["c"], &frames[2]["o"]["rp"]),
        (&json!("adl_autoclose"), &json!("100.00000000"))
    );
    let dated = "BTCUSDT_270326";
    desk.tell(json!({"do": "seed_position", "symbol": dated, "side": "long", "qty": "0.1"}));
    desk.tell(json!({"do": "settle", "symbol": dated, "price": 93000}));
    let frames = stream.take(3).await;
    assert!(frames[2]["o"]["c"].as_str().unwrap().starts_with("settlement_autoclose-"));
    let order = format!("symbol={dated}&side=BUY&type=MARKET&quantity=0.1");
    assert_eq!(desk.order(&order).await.code(), -4140);
}

#[tokio::test]
async fn funding_and_transfers_change_the_balance_only() {
    let desk = Desk::open().await;
    desk.buy_btc("1").await;
    let mut stream = desk.listen().await;
    desk.tell(json!({"do": "fund", "symbol": "BTCUSDT", "rate": "0.0001"}));
    let paid = stream.next().await;
    assert_eq!((&paid["a"]["m"], &paid["a"]["P"]), (&json!("FUNDING_FEE"), &json!([])));
    assert_eq!(paid["a"]["B"][0]["bc"], "-9");
    desk.tell(json!({"do": "transfer", "amount": 500}));
    assert_eq!(stream.next().await["a"]["m"], "DEPOSIT");
    let rows = desk.ask("GET", "/fapi/v1/income", "incomeType=FUNDING_FEE").await.json();
    assert_eq!(rows[0]["income"], "-9.00000000");
    desk.tell(json!({"do": "margin_call", "symbol": "BTCUSDT"}));
    let call = stream.next().await;
    assert_eq!((&call["e"], &call["p"][0]["mt"]), (&json!("MARGIN_CALL"), &json!("CROSSED")));
    assert!(call.get("T").is_none());
}
