//! The streams: routes, silences, event order and key order, the listenKey's life.

use crate::client::{Desk, names};
use holdfast::sim::verbs::RouteName;
use serde_json::json;

#[tokio::test]
async fn a_taker_fill_arrives_in_the_captured_order_with_captured_keys() {
    let desk = Desk::open().await;
    let mut stream = desk.listen().await;
    let order = "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.002&newClientOrderId=mine";
    desk.order(order).await;
    let lite = stream.next_text().await;
    assert!(lite.starts_with(r#"{"e":"TRADE_LITE","E":"#), "{lite}");
    assert!(lite.contains(r#""q":"0.002","p":"0.00","m":false,"c":"mine""#), "{lite}");
    let new = stream.next_text().await;
    assert!(new.starts_with(r#"{"e":"ORDER_TRADE_UPDATE","T":"#), "{new}");
    assert!(new.contains(r#""x":"NEW","X":"NEW""#) && new.contains(r#""ap":"0""#), "{new}");
    let account = stream.next_text().await;
    assert!(account.contains(r#""a":{"B":[{"a":"USDT","wb":"#), "{account}");
    assert!(account.contains(r#""P":[{"s":"BTCUSDT","pa":"0.002","ep":"90000.1","cr":"0""#));
    assert!(account.ends_with(r#""m":"ORDER"}}"#), "{account}");
    let trade: serde_json::Value = serde_json::from_str(&stream.next_text().await).unwrap();
    assert_eq!((&trade["o"]["x"], &trade["o"]["z"]), (&json!("TRADE"), &json!("0.002")));
    assert_eq!((&trade["o"]["L"], &trade["o"]["ap"]), (&json!("90000.10"), &json!("90000.10000")));
    let lite: serde_json::Value = serde_json::from_str(&lite).unwrap();
    assert_eq!((&lite["t"], &lite["T"]), (&trade["o"]["t"], &trade["T"]));
}

#[tokio::test]
async fn a_maker_fill_has_no_new_and_a_cancel_no_account_update() {
    let desk = Desk::open().await;
    let mut stream = desk.listen().await;
    let limit = "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&price=89000&quantity=0.01";
    desk.order(limit).await;
    desk.order(&limit.replace("89000", "80000")).await;
    desk.price("BTCUSDT", "88000");
    desk.ask("DELETE", "/fapi/v1/allOpenOrders", "symbol=BTCUSDT").await;
    assert_eq!(
        names(&stream.take(6).await),
        [
            "ORDER_TRADE_UPDATE NEW",
            "ORDER_TRADE_UPDATE NEW",
            "TRADE_LITE",
            "ACCOUNT_UPDATE",
            "ORDER_TRADE_UPDATE TRADE",
            "ORDER_TRADE_UPDATE CANCELED",
        ]
    );
}

#[tokio::test]
async fn the_listen_key_lives_is_shared_extended_and_dies_aloud() {
    let desk = Desk::open().await;
    let path = "/fapi/v1/listenKey";
    assert_eq!(desk.raw("PUT", path, "", "").await.code(), -1125);
    let key = desk.listen_key().await;
    assert_eq!((key.len(), desk.listen_key().await == key), (64, true));
    assert_eq!(desk.raw("PUT", path, "", "").await.json(), json!({"listenKey": key}));
    let mut all = desk.socket(&format!("/private/ws?listenKey={key}")).await;
    let named = "ORDER_TRADE_UPDATE/ACCOUNT_UPDATE";
    let mut some = desk.socket(&format!("/private/ws?listenKey={key}&events={named}")).await;
    assert_eq!(desk.tell(json!({"do": "expire_listen_key"}))["expired"], true);
    let told = all.next().await;
    assert_eq!((&told["e"], &told["listenKey"]), (&json!("listenKeyExpired"), &json!(key)));
    assert!(told["E"].is_i64());
    assert_eq!(desk.raw("PUT", path, "", "").await.code(), -1125);
    let next = desk.listen_key().await;
    assert_ne!(next, key);
    desk.buy_btc("0.01").await;
    assert!(some.drain().await.is_empty() && all.drain().await.is_empty(), "a dead key is silent");
    assert_eq!(desk.raw("DELETE", path, "", "").await.json(), json!({}));
    desk.tell(json!({"do": "ways", "silent_expiry": true}));
    let last = desk.listen_key().await;
    let mut quiet = desk.socket(&format!("/private/ws?listenKey={last}")).await;
    desk.tell(json!({"do": "expire_listen_key"}));
    assert!(quiet.drain().await.is_empty());
}

#[tokio::test]
async fn a_key_dies_after_an_hour_on_the_exchanges_clock() {
    let desk = Desk::open().await;
    let mut stream = desk.listen().await;
    desk.tell(json!({"do": "clock_skew", "ms": 3_599_000}));
    assert!(stream.drain().await.is_empty());
    desk.tell(json!({"do": "clock_skew", "ms": 3_601_000}));
    assert_eq!(stream.next().await["e"], "listenKeyExpired");
}

#[tokio::test]
async fn events_is_an_allow_list() {
    let desk = Desk::open().await;
    let key = desk.listen_key().await;
    let address = format!("/private/ws?listenKey={key}&events=ACCOUNT_UPDATE/ALGO_UPDATE");
    let mut stream = desk.socket(&address).await;
    desk.buy_btc("0.01").await;
    assert_eq!(names(&stream.drain().await), ["ACCOUNT_UPDATE"]);
}

#[tokio::test]
async fn marks_come_on_the_market_route_only_and_books_on_the_public_one() {
    let desk = Desk::open().await;
    let streams = "btcusdt@markPrice@1s/!markPrice@arr@1s/btcusdt@bookTicker";
    let mut market = desk.socket(&format!("/market/stream?streams={streams}")).await;
    let mut public = desk.socket("/public/ws").await;
    let mut legacy = desk.socket("/ws/btcusdt@bookTicker/btcusdt@markPrice@1s").await;
    let params = ["btcusdt@bookTicker", "btcusdt@markPrice@1s", "nonsense"];
    let acknowledged =
        public.command(json!({"method": "SUBSCRIBE", "params": params, "id": "a-1"})).await;
    assert_eq!(acknowledged, json!({"result": null, "id": "a-1"}));
    desk.price("BTCUSDT", "90500");
    // A second may have begun between the sockets and the price.
    let mut mark = market.next().await;
    while mark["data"]["p"] != "90500.00000000" {
        mark = market.next().await;
    }
    assert_eq!(mark["stream"], "btcusdt@markPrice@1s");
    assert_eq!(mark["data"]["st"], 1);
    let all = market.next().await;
    assert_eq!(all["data"].as_array().unwrap().len(), 15);
    for socket in [&mut public, &mut legacy] {
        let book = socket.next().await;
        assert_eq!((&book["e"], &book["b"]), (&json!("bookTicker"), &json!("90500.00")));
        assert_eq!((&book["a"], &book["ps"]), (&json!("90500.10"), &json!("BTCUSDT")));
        let only_books = socket.drain().await.iter().all(|frame| frame["e"] == "bookTicker");
        assert!(only_books);
    }
}

#[tokio::test]
async fn the_walk_is_heard_every_second() {
    let desk = Desk::open().await;
    desk.tell(json!({"do": "unfreeze"}));
    let mut market = desk.socket("/market/ws/!markPrice@arr@1s").await;
    let first = market.next().await[0]["p"].clone();
    let second = market.next().await[0]["p"].clone();
    assert_ne!(first, second);
}

#[tokio::test]
async fn private_forms_deliver_as_measured() {
    let desk = Desk::open().await;
    let key = desk.listen_key().await;
    let mut wrapped = desk.socket(&format!("/private/stream?listenKey={key}")).await;
    let mut subscribed = desk.socket("/private/stream").await;
    let join = json!({"method": "SUBSCRIBE", "params": [key], "id": 1});
    assert_eq!(subscribed.command(join).await["result"], json!(null));
    let mut by_path = desk.socket(&format!("/private/ws/{key}")).await;
    let mut legacy = desk.socket(&format!("/ws/{key}")).await;
    desk.tell(json!({"do": "ways", "old_user_stream": true}));
    let mut demo = desk.socket(&format!("/ws/{key}")).await;
    assert_eq!(desk.control.sockets(RouteName::Private), 3);
    desk.buy_btc("0.01").await;
    for socket in [&mut wrapped, &mut subscribed] {
        let frame = socket.next().await;
        assert_eq!((&frame["stream"], &frame["data"]["e"]), (&json!(key), &json!("TRADE_LITE")));
    }
    assert_eq!(demo.next().await["e"], "TRADE_LITE");
    assert!(by_path.drain().await.is_empty() && legacy.drain().await.is_empty());
}

#[tokio::test]
async fn wrong_commands_are_answered_and_talking_too_much_ends_the_socket() {
    let desk = Desk::open().await;
    let mut socket = desk.socket("/market/ws").await;
    let odd = socket.command(json!({"method": "LIST_SUBSCRIPTIONS", "id": -1})).await;
    assert_eq!(odd["code"], 2);
    socket.say("{").await;
    assert_eq!(socket.next().await["code"], 3);
    for _ in 0..40 {
        // The line may be closed before the last of them is out.
        let _ = socket.try_say(r#"{"method":"LIST_SUBSCRIPTIONS","id":1}"#).await;
    }
    assert!(socket.ends().await);
}

#[tokio::test]
async fn kicked_sockets_end_and_leverage_is_announced() {
    let desk = Desk::open().await;
    let mut stream = desk.listen().await;
    desk.ask("POST", "/fapi/v1/leverage", "symbol=BTCUSDT&leverage=20").await;
    let told = stream.next().await;
    assert_eq!(
        (&told["e"], &told["ac"]),
        (&json!("ACCOUNT_CONFIG_UPDATE"), &json!({"s": "BTCUSDT", "l": 20}))
    );
    assert_eq!(desk.tell(json!({"do": "kick", "route": "private"}))["closed"], 1);
    assert!(stream.ends().await);
}

#[tokio::test]
async fn habits_of_other_times_can_be_switched_on() {
    let desk = Desk::open().await;
    desk.tell(json!({"do": "ways", "text_expiry": true, "no_order_weight": true}));
    let open = desk.ask("GET", "/fapi/v1/openOrders", "symbol=BTCUSDT").await;
    assert_eq!(open.header("x-mbx-used-weight-1m"), Some("-1"));
    assert_ne!(desk.get("/fapi/v1/time", "").await.header("x-mbx-used-weight-1m"), Some("-1"));
    let mut stream = desk.listen().await;
    desk.tell(json!({"do": "expire_listen_key"}));
    assert!(stream.next().await["E"].is_string());
}
