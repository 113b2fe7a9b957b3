//! Who is let in: signatures, clock, keys, weights, unknown paths.

use crate::client::{Desk, now_ms, sign};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, KeyPair};
use serde_json::json;

const KEY: &str = "dbefbc809e3e83c283a984c3a1459732ea7db1360ca80c5c2c8867408d28cc83";
const SECRET: &str = "2b5eb11e18796d12d88f13dc27dbbd02c2cc51ff7059765ed9821957d82bb4d9";
const SAMPLE_TIME: i64 = 1_591_702_613_943;

#[tokio::test]
async fn the_documented_signatures_open_the_door_at_their_time() {
    let desk = Desk::open().await;
    desk.tell(json!({"do": "add_key", "api_key": KEY, "secret": SECRET}));
    desk.tell(json!({"do": "clock_skew", "ms": SAMPLE_TIME + 500 - now_ms()}));
    let order = "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=9000&timeInForce=GTC\
        &recvWindow=5000&timestamp=1591702613943&signature=\
        3c661234138461fcc7a7d8746c6558c9842d4e10870d2ecbedf7777cad694af9";
    let placed = desk.send("POST", "/fapi/v1/order", order, "", Some(KEY)).await.unwrap();
    assert_eq!((placed.status, placed.json()["status"].as_str()), (200, Some("NEW")));
    let query = "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC";
    let body = "quantity=1&price=9000&recvWindow=5000&timestamp=1591702613943&signature=\
        30baaf0fab549bbeda7f5ef201898b34122da25fd23c646cac2c529aebe670a4";
    let mixed = desk.send("POST", "/fapi/v1/order", query, body, Some(KEY)).await.unwrap();
    assert_eq!(mixed.status, 200, "{}", mixed.text);
    // The same bytes over the one non-ASCII symbol: let in, then refused for the value of 1.
    let escaped = "symbol=%E5%B8%81%E5%AE%89%E4%BA%BA%E7%94%9FUSDT&side=BUY&type=MARKET\
        &quantity=1&recvWindow=5000&timestamp=1591702613943&signature=\
        1c0a5917006e0445b3561a4981dbb11ea25d8dc2917afc79146d88ee5ca167d4";
    let small = desk.send("POST", "/fapi/v1/order", escaped, "", Some(KEY)).await.unwrap();
    assert_eq!(small.code(), -4164, "{}", small.text);
}

#[tokio::test]
async fn each_flaw_of_a_signed_request_has_its_code() {
    let desk = Desk::open().await;
    let path = "/fapi/v1/accountConfig";
    let good = desk.signed_query("");
    assert_eq!(desk.raw("GET", path, &good, "").await.status, 200);
    let nobody = desk.send("GET", path, &good, "", None).await.unwrap();
    assert_eq!((nobody.status, nobody.code()), (401, -2014));
    let stranger = desk.send("GET", path, &good, "", Some(KEY)).await.unwrap();
    assert_eq!((stranger.status, stranger.code()), (401, -2015));
    let bare = desk.raw("GET", path, "", "").await;
    assert_eq!((bare.status, bare.code()), (400, -1102));
    assert!(bare.text.contains("'timestamp'"), "{}", bare.text);
    let unsigned = desk.raw("GET", path, &format!("timestamp={}", now_ms()), "").await;
    assert!(unsigned.code() == -1102 && unsigned.text.contains("'signature'"));
    let altered = good.replace("recvWindow=5000", "recvWindow=5001");
    assert_eq!(desk.raw("GET", path, &altered, "").await.code(), -1022);
    let secret = &desk.running.binance.api_secret;
    for (offset, says) in [(-6000, "outside of the recvWindow"), (2500, "1000ms ahead")] {
        let query = format!("timestamp={}", now_ms() + offset);
        let late = format!("{query}&signature={}", sign(secret, &query));
        let answer = desk.raw("GET", path, &late, "").await;
        assert!(answer.code() == -1021 && answer.text.contains(says), "{}", answer.text);
    }
}

#[tokio::test]
async fn a_skewed_clock_refuses_until_the_client_follows_it() {
    let desk = Desk::open().await;
    desk.tell(json!({"do": "clock_skew", "ms": -30_000}));
    assert_eq!(desk.ask("GET", "/fapi/v1/accountConfig", "").await.code(), -1021);
    let server = desk.get("/fapi/v1/time", "").await.json()["serverTime"].as_i64().unwrap();
    let query = format!("timestamp={server}");
    let signature = sign(&desk.running.binance.api_secret, &query);
    let followed = format!("{query}&signature={signature}");
    assert_eq!(desk.raw("GET", "/fapi/v1/accountConfig", &followed, "").await.status, 200);
}

fn pem(der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    format!("-----BEGIN PUBLIC KEY-----\n{text}\n-----END PUBLIC KEY-----\n")
}

#[tokio::test]
async fn an_ed25519_key_signs_and_a_reading_key_cannot_trade() {
    let desk = Desk::open().await;
    let pkcs8 = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
    let pair = Ed25519KeyPair::from_pkcs8(pkcs8.as_ref()).unwrap();
    let prefix = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
    let der = [&prefix[..], pair.public_key().as_ref()].concat();
    let public = pem(&der);
    desk.tell(json!({
        "do": "add_key", "api_key": KEY, "public_key": public, "trade": false,
    }));
    let sealed = |query: &str| {
        let text = STANDARD.encode(pair.sign(query.as_bytes()).as_ref());
        let text = text.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
        format!("{query}&signature={text}")
    };
    let query = sealed(&format!("timestamp={}", now_ms()));
    let read = desk.send("GET", "/fapi/v3/balance", &query, "", Some(KEY)).await.unwrap();
    assert_eq!(read.status, 200, "{}", read.text);
    let order = format!("symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.01&timestamp={}", now_ms());
    let trade = desk.send("POST", "/fapi/v1/order", &sealed(&order), "", Some(KEY)).await.unwrap();
    assert_eq!((trade.status, trade.code()), (401, -2015));
    let other = sealed("timestamp=1").replace("timestamp=1&", &format!("timestamp={}&", now_ms()));
    let wrong = desk.send("GET", "/fapi/v3/balance", &other, "", Some(KEY)).await.unwrap();
    assert_eq!(wrong.code(), -1022);
    let permissions = sealed(&format!("timestamp={}", now_ms()));
    let path = "/sapi/v1/account/apiRestrictions";
    let rights = desk.send("GET", path, &permissions, "", Some(KEY)).await.unwrap().json();
    assert_eq!((&rights["enableReading"], &rights["enableFutures"]), (&json!(true), &json!(false)));
}

#[tokio::test]
async fn an_rsa_key_signs() {
    let desk = Desk::open().await;
    let public = include_str!("rsa_public.pem");
    desk.tell(json!({"do": "add_key", "api_key": KEY, "public_key": public}));
    let private: String =
        include_str!("rsa_private.pem").lines().filter(|line| !line.starts_with("-----")).collect();
    let der = STANDARD.decode(private).unwrap();
    let pair = ring::signature::RsaKeyPair::from_pkcs8(&der).unwrap();
    let query = format!("timestamp={}", now_ms());
    let mut seal = vec![0; pair.public().modulus_len()];
    let padding = &ring::signature::RSA_PKCS1_SHA256;
    pair.sign(padding, &SystemRandom::new(), query.as_bytes(), &mut seal).unwrap();
    let text = STANDARD.encode(seal).replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
    let query = format!("{query}&signature={text}");
    let read = desk.send("GET", "/fapi/v1/accountConfig", &query, "", Some(KEY)).await.unwrap();
    assert_eq!(read.status, 200, "{}", read.text);
}

#[tokio::test]
async fn weights_add_up_in_the_header_and_too_much_is_429_then_418() {
    let desk = Desk::open().await;
    let first = desk.get("/fapi/v1/premiumIndex", "").await;
    let second = desk.ask("GET", "/fapi/v1/openOrders", "").await;
    let used = |header: Option<&str>| header.unwrap().parse::<u32>().unwrap();
    let (before, after) =
        (used(first.header("x-mbx-used-weight-1m")), used(second.header("x-mbx-used-weight-1m")));
    assert!(before >= 10 && (after == before + 40 || after == 40), "{before} {after}");
    desk.tell(json!({"do": "set_limits", "weight": 5}));
    let mut statuses = Vec::new();
    let mut last = String::new();
    for _ in 0..60 {
        let answer = desk.get("/fapi/v1/premiumIndex", "").await;
        statuses.push(answer.status);
        last = answer.text;
    }
    assert!(statuses.contains(&429) && statuses.last() == Some(&418), "{statuses:?}");
    assert!(last.contains("\"code\":-1003") && last.contains("IP banned until 1"), "{last}");
    desk.tell(json!({"do": "set_limits", "weight": 2400}));
    assert_eq!(desk.get("/fapi/v1/time", "").await.status, 418, "a ban is a ban");
    desk.tell(json!({"do": "ban", "for_ms": 0}));
    assert_eq!(desk.get("/fapi/v1/time", "").await.status, 200);
}

#[tokio::test]
async fn orders_are_counted_apart_and_have_a_limit_of_their_own() {
    let desk = Desk::open().await;
    let placed = desk.buy_btc("0.01").await;
    assert!(placed.header("x-mbx-order-count-10s").is_some());
    let refused = desk.buy_btc("0.0001").await;
    assert_eq!(refused.header("x-mbx-order-count-10s"), None);
    desk.tell(json!({"do": "set_limits", "orders_1m": 0}));
    let stopped = desk.buy_btc("0.01").await;
    assert_eq!((stopped.status, stopped.code()), (429, -1015));
    assert_eq!(desk.get("/fapi/v1/time", "").await.status, 200);
}

#[tokio::test]
async fn an_unknown_path_says_so_and_exchange_info_lists_what_trades() {
    let desk = Desk::open().await;
    let lost = desk.get("/fapi/v1/xyz", "").await;
    assert_eq!(
        lost.json(),
        json!({
            "code": -5000, "msg": "Path /fapi/v1/xyz, Method GET is invalid",
        })
    );
    let info = desk.get("/fapi/v1/exchangeInfo", "").await.json();
    let symbols = info["symbols"].as_array().unwrap();
    let find = |name: &str| symbols.iter().find(|row| row["symbol"] == name).unwrap();
    assert_eq!(find("BTCUSDT")["filters"][0]["tickSize"], "0.10");
    assert_eq!(find("BTCUSDT_270326")["contractType"], "CURRENT_QUARTER");
    assert_eq!(find("1000PEPEUSDT")["baseAsset"], "1000PEPE");
    assert_eq!(find("币安人生USDT")["status"], "TRADING");
    assert_eq!(info["rateLimits"][0]["limit"], 2400);
}
