//! The account without sockets and the one behind sockets, on one clock: byte for byte the same.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use holdfast::sim::inside::{Heard, Knock, Line};
use holdfast::sim::wired::What;
use holdfast::sim::{self, Control, Inside, Running, SimOptions, Venue};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::client::sign;

const START: i64 = 1_790_000_000_000;

/// Both kinds of one account.
struct Twins {
    venue: Venue,
    time: Arc<AtomicI64>,
    inside: Inside,
    running: Running,
    outside: Control,
    http: reqwest::Client,
}

impl Twins {
    async fn open(venue: Venue) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let time = Arc::new(AtomicI64::new(START));
        let hand = Arc::clone(&time);
        let clock: sim::shell::Clock = Arc::new(move || hand.load(Ordering::SeqCst));
        let inside = match venue {
            Venue::Binance => Inside::binance(3, Arc::clone(&clock)),
            Venue::Bybit => Inside::bybit(3, Arc::clone(&clock)),
        };
        let options = SimOptions { seed: 3, clock: Some(clock), ..SimOptions::default() };
        let running = sim::start(options).await.unwrap();
        let outside = running.control().of(venue);
        Self { venue, time, inside, outside, running, http: reqwest::Client::new() }
    }

    fn tell(&self, verb: Value) {
        assert_eq!(self.inside.control().tell(verb.clone()), self.outside.tell(verb));
    }

    fn fault(&self, mut fault: Value) {
        fault["do"] = "fault".into();
        self.tell(fault);
    }

    async fn ask(&self, method: &str, path: &str, params: &str) -> String {
        let (key, secret) = self.inside.api_key();
        let now = self.time.load(Ordering::SeqCst);
        let (asked, headers, body) = if self.venue == Venue::Binance {
            let query = format!("{params}&timestamp={now}");
            let asked = format!("{path}?{query}&signature={}", sign(&secret, &query));
            (asked, vec![("X-MBX-APIKEY", key)], "")
        } else {
            let headers = vec![
                ("X-BAPI-SIGN", sign(&secret, &format!("{now}{key}5000{params}"))),
                ("X-BAPI-API-KEY", key),
                ("X-BAPI-TIMESTAMP", now.to_string()),
                ("X-BAPI-RECV-WINDOW", "5000".to_owned()),
            ];
            let gets = method == "GET";
            let asked = if gets { format!("{path}?{params}") } else { path.to_owned() };
            (asked, headers, if gets { "" } else { params })
        };
        let rest = match self.venue {
            Venue::Binance => &self.running.binance.rest,
            Venue::Bybit => &self.running.bybit.rest,
        };
        let mut request = self.http.request(method.parse().unwrap(), format!("{rest}{asked}"));
        for (name, value) in &headers {
            request = request.header(*name, value);
        }
        let sent = request.body(body.to_owned()).timeout(Duration::from_secs(5)).send().await;
        let own: Vec<_> = headers.into_iter().map(|(name, text)| (name.to_owned(), text)).collect();
        let answer = self.inside.request(method, &asked, &own, body);
        match (answer.what, sent) {
            (What::Cut, Err(why)) => why.to_string().replace(char::is_numeric, ""),
            (What::Reply { status, headers, body }, Ok(sent)) => {
                assert_eq!(status, sent.status().as_u16(), "{method} {asked}");
                for (name, value) in headers {
                    assert_eq!(sent.headers().get(name).unwrap(), &value, "{asked}: {name}");
                }
                let text = sent.text().await.unwrap();
                assert_eq!(text, body, "{method} {asked}");
                body
            }
            other => panic!("{method} {asked}: {other:?}"),
        }
    }

    async fn connect(&self, path: &str) -> Pair {
        let ws = match self.venue {
            Venue::Binance => &self.running.binance.ws,
            Venue::Bybit => &self.running.bybit.ws,
        };
        let (wire, _) = connect_async(format!("{ws}{path}")).await.unwrap();
        let Knock::Open { entrance, .. } = self.inside.connect(path) else { panic!() };
        Pair { line: entrance.enter(), wire }
    }
}

/// One stream of each.
struct Pair {
    line: Line,
    wire: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

impl Pair {
    async fn say(&mut self, text: &str) {
        self.wire.send(Message::text(text)).await.unwrap();
        // The socket's venue has heard it when it answers.
        let answer = self.wire_next().await;
        self.line.say(text);
        assert_eq!(self.line.next().await, answer);
    }

    async fn wire_next(&mut self) -> Heard {
        let wait = tokio::time::timeout(Duration::from_secs(10), async {
            match self.wire.next().await {
                Some(Ok(Message::Text(text))) => Heard::Text(text.to_string()),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => Heard::Pulse,
                Some(Ok(Message::Close(_))) => Heard::Closed,
                Some(Ok(_)) => panic!(),
                Some(Err(_)) | None => Heard::Cut,
            }
        });
        wait.await.unwrap()
    }

    /// The next things both say are the same; answers how many until one has what is sought.
    async fn same_until(&mut self, sought: &str) -> usize {
        for count in 1..200 {
            let (wire, line) = (self.wire_next().await, self.line.heard());
            assert_eq!(Some(&wire), line.as_ref());
            if format!("{wire:?}").contains(sought) {
                return count;
            }
        }
        panic!("{sought} never came");
    }
}

#[tokio::test]
async fn binance_answers_and_frames_are_the_same_inside_and_outside() {
    let twins = Twins::open(Venue::Binance).await;
    for path in ["exchangeInfo", "premiumIndex", "time", "nowhere"] {
        twins.ask("GET", &format!("/fapi/v1/{path}"), "").await;
    }
    let key: Value =
        serde_json::from_str(&twins.ask("POST", "/fapi/v1/listenKey", "").await).unwrap();
    let path = format!("/private/ws?listenKey={}", key["listenKey"].as_str().unwrap());
    let mut private = twins.connect(&path).await;
    private.say(r#"{"method":"LIST_SUBSCRIPTIONS","id":7}"#).await;
    let mut market = twins.connect("/market/stream").await;
    market.say(r#"{"method":"SUBSCRIBE","params":["!markPrice@arr@1s"],"id":1}"#).await;
    let buy = "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.01";
    let order = "POST /fapi/v1/order";
    twins.fault(json!({"kind": "unknown", "executed": true, "endpoint": order, "count": 1}));
    assert!(twins.ask("POST", "/fapi/v1/order", buy).await.contains("Unknown error"));
    twins.fault(json!({"kind": "cut", "executed": true, "endpoint": order, "count": 1}));
    twins.ask("POST", "/fapi/v1/order", buy).await;
    twins.fault(json!({"kind": "stream_shuffle", "count": 1}));
    twins.fault(json!({"kind": "stream_double", "count": 2}));
    assert!(twins.ask("POST", "/fapi/v1/order", buy).await.contains("orderId"));
    twins.fault(json!({"kind": "missing_field", "field": "positionAmt", "count": 1}));
    for _ in 0..2 {
        twins.ask("GET", "/fapi/v3/positionRisk", "").await;
    }
    twins.tell(json!({"do": "set_price", "symbol": "BTCUSDT", "price": 80000}));
    market.same_until("80000.00000000").await;
    twins.time.fetch_add(1000, Ordering::SeqCst);
    twins.inside.pump();
    market.same_until(&format!(r#"\"E\":{}"#, START + 1000)).await;
    twins.tell(json!({"do": "expire_listen_key"}));
    assert!(private.same_until("listenKeyExpired").await > 12);
    twins.tell(json!({"do": "kick", "route": "market"}));
    market.same_until("Closed").await;
    twins.tell(json!({"do": "mute", "route": "private"}));
    twins.tell(json!({"do": "trade", "symbol": "BTCUSDT", "side": "buy", "qty": 1}));
    twins.tell(json!({"do": "kick", "route": "private", "hard": true}));
    assert_eq!(private.same_until("Cut").await, 1, "a mute stream only ends");
    twins.fault(json!({"kind": "connect_refuse", "status": 429, "count": 1}));
    let refused = connect_async(format!("{}/market/ws", twins.running.binance.ws)).await;
    assert!(refused.unwrap_err().to_string().contains("429"));
    assert!(matches!(twins.inside.connect("/market/ws"), Knock::Refused { status: 429, .. }));
}

#[tokio::test]
async fn bybit_answers_and_frames_are_the_same_inside_and_outside() {
    let twins = Twins::open(Venue::Bybit).await;
    let linear = "category=linear";
    twins.ask("GET", "/v5/market/instruments-info", &format!("{linear}&limit=1000")).await;
    twins.ask("GET", "/v5/nowhere", linear).await;
    let mut private = twins.connect("/v5/private").await;
    let ((key, secret), until) = (twins.inside.api_key(), START + 9000);
    let signed = sign(&secret, &format!("GET/realtime{until}"));
    private.say(&json!({"op": "auth", "args": [key, until, signed]}).to_string()).await;
    private.say(r#"{"op":"subscribe","args":["order","execution","position","wallet"]}"#).await;
    let mut public = twins.connect("/v5/public/linear").await;
    public.say(r#"{"op":"subscribe","args":["tickers.BTCUSDT"]}"#).await;
    let buy = json!({
        "category": "linear", "symbol": "BTCUSDT", "side": "Buy", "orderType": "Market",
        "qty": "0.01",
    });
    let order = "POST /v5/order/create";
    twins.fault(json!({"kind": "unknown", "executed": true, "endpoint": order, "count": 1}));
    twins.ask("POST", "/v5/order/create", &buy.to_string()).await;
    twins.fault(json!({"kind": "cut", "executed": true, "endpoint": order, "count": 1}));
    twins.ask("POST", "/v5/order/create", &buy.to_string()).await;
    twins.fault(json!({"kind": "stream_shuffle", "count": 1}));
    assert!(twins.ask("POST", "/v5/order/create", &buy.to_string()).await.contains("orderId"));
    let list = format!("{linear}&settleCoin=USDT");
    twins.fault(json!({"kind": "endless_cursor", "count": 1}));
    for _ in 0..2 {
        assert!(twins.ask("GET", "/v5/position/list", &list).await.contains("BTCUSDT"));
    }
    twins.tell(json!({"do": "set_price", "symbol": "BTCUSDT", "price": 80000}));
    public.same_until("80000").await;
    twins.time.fetch_add(1000, Ordering::SeqCst);
    twins.inside.pump();
    public.same_until(&format!(r#"\"ts\":{}"#, START + 1000)).await;
    twins.tell(json!({"do": "kick", "route": "public"}));
    public.same_until("Closed").await;
    twins.tell(json!({"do": "kick", "route": "private", "hard": true}));
    assert!(private.same_until("Cut").await > 6);
}
