//! The control door: people, seeds, record, scenario, clear refusals, and the end.

use std::time::Duration;

use crate::client::Desk;
use holdfast::sim::{self, Scenario, SimOptions};
use serde_json::{Value, json};

async fn post(desk: &Desk, body: &str) -> (u16, Value) {
    let url = format!("{}/control", desk.running.control.as_ref().unwrap());
    let answer = reqwest::Client::new().post(url).body(body.to_owned()).send().await.unwrap();
    let status = answer.status().as_u16();
    (status, serde_json::from_str(&answer.text().await.unwrap()).unwrap())
}

#[tokio::test]
async fn the_http_door_takes_one_verb_or_many_and_refuses_in_a_sentence() {
    let desk = Desk::open().await;
    let (status, one) = post(&desk, r#"{"do":"set_price","symbol":"BTCUSDT","price":91000}"#).await;
    assert_eq!((status, one), (200, json!({"ok": true})));
    let many = r#"[{"do":"trade","symbol":"BTCUSDT","side":"buy","qty":0.01},{"do":"freeze"}]"#;
    let (status, many) = post(&desk, many).await;
    assert_eq!((status, many[0]["ok"].as_bool()), (200, Some(true)));
    for (body, says) in [
        ("{", "not JSON"),
        (r#"{"do":"dance"}"#, "\"dance\""),
        (r#"{"symbol":"BTCUSDT"}"#, "\"do\""),
        (r#"{"do":"freeze","sybmol":"BTCUSDT"}"#, "`sybmol`"),
        (r#"{"do":"set_price","symbol":"BTCUSDT"}"#, "\"price\""),
        (r#"{"do":"set_price","symbol":"NOPE","price":1}"#, "NOPE"),
        (r#"{"do":"close","symbol":"ETHUSDT"}"#, "no open position of ETHUSDT"),
        (r#"{"do":"fault","kind":"rain"}"#, "\"rain\""),
        (r#"{"do":"fault","kind":"cut","ms":5}"#, "\"ms\""),
        (r#"[{"do":"reset"},{"do":"dance"}]"#, "\"dance\""),
    ] {
        let (status, answer) = post(&desk, body).await;
        let sentence = answer["error"].as_str().unwrap_or_default();
        assert!(status == 400 && sentence.contains(says), "{body}: {sentence}");
    }
    assert_eq!(desk.amount("BTCUSDT").await.as_deref(), Some("0.010"), "nothing was reset");
    let state = format!("{}/control/state", desk.running.control.as_ref().unwrap());
    let state = reqwest::get(state).await.unwrap().text().await.unwrap();
    let state: Value = serde_json::from_str(&state).unwrap();
    assert_eq!(state["positions"][0]["symbol"], "BTCUSDT");
    assert_eq!(state["requests"]["GET /fapi/v3/positionRisk"], 1);
}

#[tokio::test]
async fn a_person_trades_with_a_persons_client_id_and_the_record_tells() {
    let desk = Desk::open().await;
    let bought = desk.tell(json!({
        "do": "trade", "symbol": "BTCUSDT", "side": "buy", "qty": "0.01", "prefix": "android_",
    }));
    assert!(bought["client_id"].as_str().unwrap().starts_with("android_"));
    let stop = desk.tell(json!({"do": "place_stop", "symbol": "BTCUSDT", "trigger": 88000}));
    let open = desk.ask("GET", "/fapi/v1/openAlgoOrders", "symbol=BTCUSDT").await.json();
    assert_eq!((&open[0]["algoId"], &open[0]["reduceOnly"]), (&stop["algo_id"], &json!(true)));
    assert_eq!((&open[0]["side"], &open[0]["quantity"]), (&json!("SELL"), &json!("0.010")));
    desk.tell(json!({"do": "remove_stop", "id": stop["algo_id"]}));
    desk.tell(json!({"do": "close", "symbol": "BTCUSDT"}));
    let record = desk.control.record(0);
    let story: Vec<(&str, &str)> = record
        .iter()
        .map(|line| (line.what, line.by))
        .filter(|(what, _)| *what != "price")
        .collect();
    let by_person =
        ["order", "fill", "stop", "stop_cancel", "order", "fill"].map(|what| (what, "person"));
    assert_eq!(story, by_person);
    let seqs: Vec<u64> = record.iter().map(|line| line.seq).collect();
    assert!(seqs.windows(2).all(|pair| pair[0] < pair[1]));
    assert_eq!(desk.control.record(seqs[seqs.len() - 2]).len(), 1);
}

#[tokio::test]
async fn a_large_close_by_hand_goes_in_pieces() {
    let desk = Desk::open().await;
    desk.tell(json!({"do": "seed_position", "symbol": "SOLUSDT", "side": "long", "qty": 12000}));
    let closed = desk.tell(json!({"do": "close", "symbol": "SOLUSDT"}));
    assert_eq!(closed["order_ids"].as_array().unwrap().len(), 3);
    assert_eq!(desk.amount("SOLUSDT").await, None);
}

#[tokio::test]
async fn seeded_positions_come_with_or_without_a_past() {
    let desk = Desk::open().await;
    desk.tell(json!({
        "do": "seed_position", "symbol": "BTCUSDT", "side": "short", "qty": "0.5",
        "entry": 95000, "ago_ms": 3_600_000,
    }));
    desk.tell(json!({
        "do": "seed_position", "symbol": "ETHUSDT", "side": "long", "qty": 2, "history": false,
    }));
    let rows = desk.positions().await;
    assert_eq!(
        (&rows[0]["positionAmt"], &rows[0]["entryPrice"]),
        (&json!("-0.500"), &json!("95000"))
    );
    let age = crate::client::now_ms() - rows[0]["updateTime"].as_i64().unwrap();
    assert!((3_600_000..3_660_000).contains(&age), "{age}");
    let past = desk.ask("GET", "/fapi/v1/userTrades", "symbol=BTCUSDT").await.json();
    assert_eq!((&past[0]["side"], &past[0]["price"]), (&json!("SELL"), &json!("95000.00")));
    let none = desk.ask("GET", "/fapi/v1/userTrades", "symbol=ETHUSDT").await.json();
    assert_eq!(none, json!([]));
    desk.tell(json!({"do": "erase_position", "symbol": "ETHUSDT"}));
    assert_eq!(desk.amount("ETHUSDT").await, None);
    desk.tell(json!({"do": "reset"}));
    assert!(desk.positions().await.is_empty());
}

#[tokio::test]
async fn the_same_seed_gives_the_same_key_and_the_ready_line_names_both_doors() {
    let options = || SimOptions { seed: 9, ..SimOptions::default() };
    let (one, two) = (sim::start(options()).await.unwrap(), sim::start(options()).await.unwrap());
    assert_eq!(one.binance.api_key, two.binance.api_key);
    assert_eq!((one.binance.api_key.len(), one.binance.api_secret.len()), (64, 64));
    let line = sim::ready_line(&one);
    assert_eq!(line["binance"]["rest"], one.binance.rest.as_str());
    assert_eq!(line["binance"]["api_secret"], one.binance.api_secret.as_str());
    assert_eq!(line["control"], one.control.clone().unwrap());
    assert!(!format!("{one:?}").contains(&one.binance.api_secret));
}

#[tokio::test]
async fn a_scenario_plays_by_itself() {
    let script = "[[at]]\nseconds = 0\ndo = \"seed_position\"\nsymbol = \"LINKUSDT\"\n\
                  side = \"long\"\nqty = 100\n";
    let scenario = Some(Scenario::parse(script).unwrap());
    let running = sim::start(SimOptions { scenario, ..SimOptions::default() }).await.unwrap();
    let control = running.control();
    let played = tokio::time::timeout(Duration::from_secs(5), async {
        while control.state()["positions"].as_array().is_none_or(Vec::is_empty) {
            tokio::task::yield_now().await;
        }
    });
    played.await.unwrap();
    assert_eq!(control.state()["positions"][0]["symbol"], "LINKUSDT");
    let missing = Scenario::load("/nowhere/story.toml".as_ref()).unwrap_err();
    assert!(missing.contains("/nowhere/story.toml"), "{missing}");
}

#[tokio::test]
async fn dropping_the_exchange_ends_its_sockets_and_its_port() {
    let desk = Desk::open().await;
    let mut stream = desk.listen().await;
    let address = desk.running.binance.rest.trim_start_matches("http://").to_owned();
    drop(desk);
    assert!(stream.ends().await);
    let closed = tokio::time::timeout(Duration::from_secs(5), async {
        while tokio::net::TcpStream::connect(&address).await.is_ok() {
            tokio::task::yield_now().await;
        }
    });
    closed.await.unwrap();
}

#[tokio::test]
async fn prices_orders_and_states_can_be_steered() {
    let desk = Desk::open().await;
    desk.tell(json!({"do": "volatility", "symbol": "BTCUSDT", "share": 0}));
    desk.tell(json!({"do": "unfreeze"}));
    let limit = "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&price=80000&quantity=0.01";
    desk.order(&format!("{limit}&newClientOrderId=rest")).await;
    desk.tell(json!({"do": "cancel_order", "symbol": "BTCUSDT", "client_id": "rest"}));
    let gone = desk.ask("GET", "/fapi/v1/openOrders", "").await.json();
    assert_eq!(gone, json!([]));
    let mut market = desk.socket("/market/ws/!contractInfo").await;
    desk.tell(json!({"do": "set_status", "symbol": "ETHUSDT", "status": "CLOSE", "delivery": 5}));
    let told = market.next().await;
    assert_eq!(
        (&told["s"], &told["cs"], &told["dt"]),
        (&json!("ETHUSDT"), &json!("CLOSE"), &json!(5))
    );
    let order = desk.order("symbol=ETHUSDT&side=BUY&type=MARKET&quantity=1").await;
    assert_eq!(order.code(), -4140);
    desk.tell(json!({"do": "hedge_mode", "on": true}));
    let mode = desk.ask("GET", "/fapi/v1/positionSide/dual", "").await.json();
    assert_eq!(mode["dualSidePosition"], true);
}

#[tokio::test]
async fn absurd_numbers_are_refused_and_the_clock_goes_on() {
    let desk = Desk::open().await;
    let huge = "79228162514264337593543950335";
    for verb in [
        json!({"do": "set_price", "symbol": "BTCUSDT", "price": huge}),
        json!({"do": "seed_position", "symbol": "BTCUSDT", "side": "long", "qty": huge}),
        json!({"do": "transfer", "amount": huge}),
        json!({"do": "trade", "symbol": "BTCUSDT", "side": "long", "qty": huge}),
    ] {
        assert!(desk.control.tell(verb.clone()).is_err(), "{verb}");
    }
    desk.tell(json!({"do": "fault", "kind": "truncate", "for_ms": i64::MAX}));
    desk.tell(json!({"do": "clear_faults"}));
    let spans = "symbol=BTCUSDT&startTime=9223372036854775807&endTime=-9223372036854775808";
    assert_eq!(desk.ask("GET", "/fapi/v1/userTrades", spans).await.status, 200);
    let limit =
        format!("symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity={huge}&price={huge}");
    assert_eq!(desk.order(&limit).await.code(), -4005);
    desk.tell(json!({"do": "unfreeze"}));
    let mut market = desk.socket("/market/ws/btcusdt@markPrice@1s").await;
    assert_eq!(market.next().await["s"], "BTCUSDT");
}
