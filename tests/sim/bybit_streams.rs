//! Bybit's streams over real sockets: dialects, auth, tickers, silences, ends.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::bybit_ear::{auth_sign, fixture, keys, number, rows, topics};
use crate::bybit_line::{End, Venue};

/// The frames of one buy, in their usual order.
const BUY: [&str; 5] = ["execution", "execution.fast", "order", "position", "wallet"];

/// The same keys and the same kinds of values.
fn alike(told: &Value, name: &str) {
    let known = fixture(name);
    assert_eq!(keys(told), keys(&known), "{name}");
    for (key, value) in known.as_object().unwrap() {
        let kind = std::mem::discriminant(&told[key]);
        assert_eq!(kind, std::mem::discriminant(value), "{name}: {key}");
    }
}

#[tokio::test]
async fn answers_are_spelt_as_the_venue_spells_them() {
    let venue = Venue::open().await;
    let mut public = venue.public().await;
    alike(&public.ask(json!({"op": "ping"})).await, "ws-pong-public-linear");
    public.say(r#"{"op":"subscribe","args":["tickers.BTCUSDT"]}"#).await;
    alike(&public.next().await, "ws-subscribe-ack-public-linear");
    let mut private = venue.socket("/v5/private").await;
    alike(&private.ask(venue.auth()).await, "ws-auth-ok-private");
    alike(&private.subscribe(&["order"]).await, "ws-subscribe-ack-private");
    alike(&private.ask(json!({"op": "ping", "req_id": "test"})).await, "ws-pong-private");
    let named = private.ask(json!({"op": "subscribe", "req_id": "7", "args": ["wallet"]})).await;
    assert_eq!((&named["req_id"], &named["success"]), (&json!("7"), &json!(true)));
}

#[tokio::test]
async fn a_failed_auth_leaves_the_socket_open_and_deaf() {
    let venue = Venue::open().await;
    let mut line = venue.socket("/v5/private").await;
    let (api_key, secret) = (&venue.running.bybit.api_key, &venue.running.bybit.api_secret);
    let now = venue.now();
    for (key, expires, sign) in [
        (api_key.as_str(), now + 10_000, auth_sign("not the secret", now + 10_000)),
        (api_key.as_str(), now - 1, auth_sign(secret, now - 1)),
        ("nobody", now + 10_000, auth_sign(secret, now + 10_000)),
    ] {
        let refused = line.ask(json!({"op": "auth", "args": [key, expires, sign]})).await;
        assert_eq!((&refused["success"], &refused["op"]), (&json!(false), &json!("auth")));
        assert_ne!(refused["ret_msg"], "");
    }
    let deaf = line.subscribe(&["order"]).await;
    assert_eq!(deaf["ret_msg"], "error:topic:order needs auth first");
    venue.buy("0.01");
    assert!(line.drain().await.is_empty());
    assert_eq!(line.ask(venue.auth()).await["success"], true);
    assert_eq!(line.subscribe(&["order"]).await["success"], true);
}

#[tokio::test]
async fn an_rsa_key_opens_the_private_stream() {
    let venue = Venue::open().await;
    let read = |name: &str| {
        let path = format!("{}/tests/fixtures/keys/{name}", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_to_string(path).unwrap()
    };
    let public = read("rsa.pub.pem");
    venue.tell(json!({"do": "add_key", "api_key": "self-generated", "public_key": public}));
    let pem = read("rsa.pem");
    let der: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    let pair = ring::signature::RsaKeyPair::from_pkcs8(&STANDARD.decode(der).unwrap()).unwrap();
    let expires = venue.now() + 10_000;
    let mut sign = vec![0; pair.public().modulus_len()];
    let (text, rng) = (format!("GET/realtime{expires}"), ring::rand::SystemRandom::new());
    let padding = &ring::signature::RSA_PKCS1_SHA256;
    pair.sign(padding, &rng, text.as_bytes(), &mut sign).unwrap();
    let mut line = venue.socket("/v5/private").await;
    let auth = json!({"op": "auth", "args": ["self-generated", expires, STANDARD.encode(sign)]});
    assert_eq!(line.ask(auth).await["success"], true);
}

#[tokio::test]
async fn the_private_stream_has_no_snapshot_and_knows_two_forms() {
    let venue = Venue::open().await;
    venue.buy("0.01");
    let mut general = venue.listen().await;
    assert!(general.drain().await.is_empty(), "nothing until something changes");
    let mut own = venue.private("/v5/private").await;
    let mixed = own.subscribe(&["order", "order.linear"]).await;
    assert_eq!(mixed["success"], false);
    let forms = ["position.linear", "order.linear", "execution.linear", "wallet"];
    assert_eq!(own.subscribe(&forms).await["success"], true);
    assert_eq!(own.subscribe(&["execution.fast.linear"]).await["success"], true);
    venue.buy("0.01");
    assert_eq!(topics(&general.drain().await), BUY);
    let expected =
        ["execution.linear", "execution.fast.linear", "order.linear", "position.linear", "wallet"];
    assert_eq!(topics(&own.drain().await), expected);
    assert_eq!(own.ask(json!({"op": "unsubscribe", "args": forms})).await["success"], true);
    venue.buy("0.01");
    assert_eq!(topics(&own.drain().await), ["execution.fast.linear"]);
}

#[tokio::test]
async fn a_ticker_is_a_snapshot_and_then_only_what_changed() {
    let venue = Venue::open().await;
    let mut line = venue.public().await;
    let bad = line.subscribe(&["tickers.BTCUSDT", "tickers.GONEUSDT"]).await;
    let text = "error:handler not found,topic:tickers.GONEUSDT";
    assert_eq!((&bad["success"], &bad["ret_msg"]), (&json!(false), &json!(text)));
    venue.price("90001");
    assert!(line.drain().await.is_empty(), "none of the topics is delivered");
    assert_eq!(line.subscribe(&["tickers.BTCUSDT"]).await["success"], true);
    let first = line.next().await;
    assert_eq!(
        (&first["type"], &first["data"]["lastPrice"]),
        (&json!("snapshot"), &json!("90001.00"))
    );
    for name in ["ws-ticker-linear-snapshot", "ws-ticker-linear-snapshot-2023"] {
        let known = fixture(name);
        assert_eq!(keys(&first), keys(&known));
        assert!(keys(&known["data"]).is_subset(&keys(&first["data"])), "{name}");
    }
    venue.price("90002");
    let delta = line.next().await;
    alike(&delta, "ws-ticker-linear-delta-one-side");
    assert_eq!(
        (&delta["type"], &delta["data"]["bid1Price"]),
        (&json!("delta"), &json!("90002.00"))
    );
    assert!(delta["data"].get("prevPrice24h").is_none() && delta["data"]["symbol"] == "BTCUSDT");
    assert!(delta["cs"].as_u64() >= first["cs"].as_u64());
    venue.tell(json!({"do": "ways", "fresh_every": 1}));
    venue.price("90003");
    let again = line.next().await;
    assert_eq!((&again["type"], keys(&again["data"])), (&json!("snapshot"), keys(&first["data"])));
    let ask = json!({"op": "unsubscribe", "args": ["tickers.BTCUSDT"]});
    assert_eq!(line.ask(ask).await["success"], true);
    venue.price("90004");
    assert!(line.drain().await.is_empty());
}

#[tokio::test]
async fn a_walking_price_comes_in_pieces_that_add_up() {
    let venue = Venue::open().await;
    venue.tell(json!({"do": "unfreeze"}));
    let mut line = venue.public().await;
    line.say(r#"{"op":"subscribe","args":["tickers.ETHUSDT"]}"#).await;
    let opening = line.take(2).await;
    let mut merged = opening[1]["data"].clone();
    let mut last = opening[1]["cs"].as_u64().unwrap();
    for _ in 0..5 {
        let delta = line.next().await;
        assert!(delta["type"] == "delta" && delta["cs"].as_u64().unwrap() >= last);
        last = delta["cs"].as_u64().unwrap();
        for (name, value) in delta["data"].as_object().unwrap() {
            merged[name] = value.clone();
        }
        let price = |name: &str| number(merged[name].as_str().unwrap());
        assert!(price("bid1Price") < price("ask1Price"), "{merged}");
    }
}

#[tokio::test]
async fn a_silent_venue_takes_everything_and_answers_nothing() {
    let venue = Venue::open().await;
    let (mut private, mut public) = (venue.listen().await, venue.public().await);
    venue.fault(json!({"kind": "stream_silent", "events": ["*"]}));
    venue.buy("0.01");
    for line in [&mut private, &mut public] {
        line.say(r#"{"op":"ping","req_id":"lost"}"#).await;
        line.say(r#"{"op":"subscribe","args":["tickers.BTCUSDT"],"req_id":"lost"}"#).await;
    }
    private.barrier().await;
    public.barrier().await;
    assert_eq!(venue.sockets(), [1, 1]);
    venue.tell(json!({"do": "clear_faults"}));
    assert!(private.drain().await.is_empty(), "not even a pong");
    venue.price("90010");
    assert!(public.drain().await.is_empty(), "the subscription never was");
}

#[tokio::test]
async fn frames_may_be_lost_doubled_late_or_out_of_order() {
    let venue = Venue::open().await;
    let mut line = venue.listen().await;
    venue.fault(json!({"kind": "stream_drop", "events": ["position"], "count": 1}));
    venue.buy("0.01");
    assert_eq!(topics(&line.drain().await), ["execution", "execution.fast", "order", "wallet"]);
    venue.fault(json!({"kind": "stream_double", "events": ["execution"], "count": 1}));
    venue.buy("0.01");
    let doubled = line.drain().await;
    assert_eq!((doubled.len(), &doubled[0]), (6, &doubled[1]));
    venue.fault(json!({"kind": "stream_shuffle", "count": 1}));
    venue.buy("0.01");
    let shuffled = line.drain().await;
    let mut names = topics(&shuffled);
    assert_ne!(names, BUY);
    names.sort_unstable();
    assert_eq!(names, BUY, "nothing is lost");
    venue.fault(json!({"kind": "stream_delay", "ms": 150, "events": ["execution"], "count": 1}));
    venue.buy("0.01");
    let late = line.take(5).await;
    assert_eq!(late[4]["topic"], "execution");
    assert_eq!(rows(&late, "execution")[0]["orderId"], rows(&late, "order")[0]["orderId"]);
}

#[tokio::test]
async fn sockets_are_counted_by_route_and_end_softly_or_hard() {
    let venue = Venue::open().await;
    let (mut public, mut private) = (venue.public().await, venue.listen().await);
    public.drain().await;
    assert_eq!(venue.sockets(), [1, 1]);
    let soft = json!({"do": "kick", "route": "public"});
    assert_eq!(venue.tell(soft.clone())["closed"], 1);
    assert_eq!(public.end().await, End::Closed);
    assert_eq!(venue.tell(soft)["closed"], 0);
    assert_eq!(venue.tell(json!({"do": "kick", "hard": true}))["closed"], 1);
    assert_eq!(private.end().await, End::Broken);
    assert_eq!(venue.sockets(), [0, 0]);
}

#[tokio::test]
async fn an_idle_socket_is_closed_after_the_time_its_address_asks_for() {
    let venue = Venue::open().await;
    let mut idle = venue.private("/v5/private?max_active_time=30s").await;
    let mut usual = venue.private("/v5/private").await;
    venue.tell(json!({"do": "clock_skew", "ms": 65_000}));
    assert_eq!(idle.end().await, End::Closed);
    assert!(usual.drain().await.is_empty(), "ten minutes by default");
    venue.tell(json!({"do": "clock_skew", "ms": 765_000}));
    assert_eq!(usual.end().await, End::Closed);
}

#[tokio::test]
async fn what_is_no_stream_of_this_category_is_not_found() {
    let venue = Venue::open().await;
    let mut line = venue.public().await;
    let spot = line.subscribe(&["orderbook.50.BTCUSDT"]).await;
    assert_eq!(spot["ret_msg"], "error:handler not found,topic:orderbook.50.BTCUSDT");
    let broken = line.ask(json!("hello")).await;
    assert!(broken["ret_msg"].as_str().unwrap().starts_with("Failed to decode"), "{broken}");
    assert_eq!(line.ask(json!({"op": "dance"})).await["ret_msg"], "error:invalid op");
}
