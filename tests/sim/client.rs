//! A small Binance client that shares nothing with the exchange or the adapter.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use futures_util::{SinkExt, StreamExt};
use holdfast::sim::{self, Control, Running, SimOptions};
use ring::hmac;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    pub fn code(&self) -> i64 {
        self.json()["code"].as_i64().unwrap_or_default()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

/// An exchange with frozen prices and a client that holds its key.
pub struct Desk {
    pub running: Running,
    pub control: Control,
    http: reqwest::Client,
}

pub fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(since.as_millis()).unwrap()
}

pub fn sign(secret: &str, payload: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    hmac::sign(&key, payload.as_bytes()).as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Desk {
    /// BTC at 90,000 and ETH at 3,000, standing still.
    pub async fn open() -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let running = sim::start(SimOptions::default()).await.unwrap();
        let control = running.control();
        let desk = Self { control, http: reqwest::Client::new(), running };
        desk.tell(json!({"do": "freeze"}));
        desk.price("BTCUSDT", "90000");
        desk.price("ETHUSDT", "3000");
        desk
    }

    pub fn tell(&self, verb: Value) -> Value {
        self.control.tell(verb).unwrap()
    }

    pub fn fault(&self, fault: Value) {
        let mut verb = fault;
        verb["do"] = "fault".into();
        self.tell(verb);
    }

    pub fn price(&self, symbol: &str, price: &str) {
        self.tell(json!({"do": "set_price", "symbol": symbol, "price": price}));
    }

    /// A request as it stands, with the key in its header.
    pub async fn raw(&self, method: &str, path: &str, query: &str, body: &str) -> Answer {
        self.send(method, path, query, body, Some(&self.running.binance.api_key)).await.unwrap()
    }

    pub async fn send(
        &self,
        method: &str,
        path: &str,
        query: &str,
        body: &str,
        key: Option<&str>,
    ) -> Result<Answer, reqwest::Error> {
        let mark = if query.is_empty() { "" } else { "?" };
        let url = format!("{}{path}{mark}{query}", self.running.binance.rest);
        let mut request = self.http.request(method.parse().unwrap(), url);
        if let Some(key) = key {
            request = request.header("X-MBX-APIKEY", key);
        }
        if !body.is_empty() {
            request = request
                .header("Content-Type", "application/x-www-form-urlencoded")
                .body(body.to_owned());
        }
        let response = request.timeout(Duration::from_secs(5)).send().await?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Ok(Answer { status, headers, text: response.text().await? })
    }

    /// A public request.
    pub async fn get(&self, path: &str, query: &str) -> Answer {
        self.send("GET", path, query, "", None).await.unwrap()
    }

    pub fn signed_query(&self, params: &str) -> String {
        let separator = if params.is_empty() { "" } else { "&" };
        let query = format!("{params}{separator}recvWindow=5000&timestamp={}", now_ms());
        let signature = sign(&self.running.binance.api_secret, &query);
        format!("{query}&signature={signature}")
    }

    /// A signed request with everything in the query.
    pub async fn ask(&self, method: &str, path: &str, params: &str) -> Answer {
        self.raw(method, path, &self.signed_query(params), "").await
    }

    /// A signed request that may find the line dead.
    pub async fn try_ask(
        &self,
        method: &str,
        path: &str,
        params: &str,
    ) -> Result<Answer, reqwest::Error> {
        let key = self.running.binance.api_key.clone();
        self.send(method, path, &self.signed_query(params), "", Some(&key)).await
    }

    pub async fn order(&self, params: &str) -> Answer {
        self.ask("POST", "/fapi/v1/order", params).await
    }

    pub async fn algo(&self, params: &str) -> Answer {
        let params = format!("algoType=CONDITIONAL&{params}");
        self.ask("POST", "/fapi/v1/algoOrder", &params).await
    }

    /// Buys BTC at the market.
    pub async fn buy_btc(&self, qty: &str) -> Answer {
        self.order(&format!("symbol=BTCUSDT&side=BUY&type=MARKET&quantity={qty}")).await
    }

    pub async fn positions(&self) -> Vec<Value> {
        let answer = self.ask("GET", "/fapi/v3/positionRisk", "").await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.json().as_array().unwrap().clone()
    }

    /// Signed amount of a one-way position as REST tells it; nothing when no row stands for it.
    pub async fn amount(&self, symbol: &str) -> Option<String> {
        let rows = self.positions().await;
        let row = rows.iter().find(|row| row["symbol"] == symbol)?;
        Some(row["positionAmt"].as_str().unwrap().to_owned())
    }

    pub async fn listen_key(&self) -> String {
        let answer = self.raw("POST", "/fapi/v1/listenKey", "", "").await;
        answer.json()["listenKey"].as_str().unwrap().to_owned()
    }

    pub async fn socket(&self, path: &str) -> Socket {
        let url = format!("{}{path}", self.running.binance.ws);
        let (stream, _) = connect_async(url).await.unwrap();
        let mut socket = Socket { stream };
        // An answer proves that the exchange knows the socket: nothing sent later is missed.
        let listed = socket.command(json!({"method": "LIST_SUBSCRIPTIONS", "id": 7})).await;
        assert_eq!(listed["id"], 7);
        socket
    }

    /// The private stream with all events.
    pub async fn listen(&self) -> Socket {
        let key = self.listen_key().await;
        self.socket(&format!("/private/ws?listenKey={key}")).await
    }
}

/// An open stream.
pub struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

impl Socket {
    pub async fn say(&mut self, text: &str) {
        self.try_say(text).await.unwrap();
    }

    pub async fn try_say(&mut self, text: &str) -> Result<(), Error> {
        self.stream.send(Message::text(text)).await
    }

    pub async fn command(&mut self, command: Value) -> Value {
        self.say(&command.to_string()).await;
        self.next().await
    }

    /// The next text message.
    pub async fn next(&mut self) -> Value {
        let text = self.next_text().await;
        serde_json::from_str(&text).unwrap()
    }

    pub async fn next_text(&mut self) -> String {
        let wait = tokio::time::timeout(Duration::from_secs(5), async {
            loop {
                match self.stream.next().await {
                    Some(Ok(Message::Text(text))) => return text.to_string(),
                    Some(Ok(_)) => {}
                    other => panic!("the socket ended: {other:?}"),
                }
            }
        });
        wait.await.expect("no message within five seconds")
    }

    pub async fn take(&mut self, count: usize) -> Vec<Value> {
        let mut frames = Vec::new();
        for _ in 0..count {
            frames.push(self.next().await);
        }
        frames
    }

    /// Everything that arrives before the answer to a command sent now.
    pub async fn drain(&mut self) -> Vec<Value> {
        self.say(r#"{"method":"GET_PROPERTY","params":["combined"],"id":99}"#).await;
        let mut frames = Vec::new();
        loop {
            let frame = self.next().await;
            if frame["id"] == 99 {
                return frames;
            }
            frames.push(frame);
        }
    }

    /// Whether the socket ends within five seconds.
    pub async fn ends(&mut self) -> bool {
        let wait = tokio::time::timeout(Duration::from_secs(5), async {
            while let Some(Ok(message)) = self.stream.next().await {
                if matches!(message, Message::Close(_)) {
                    return;
                }
            }
        });
        wait.await.is_ok()
    }
}

/// Event names with what they say of an order or a stop.
pub fn names(frames: &[Value]) -> Vec<String> {
    let name = |frame: &Value| {
        let event = frame["e"].as_str().unwrap_or("?");
        match event {
            "ORDER_TRADE_UPDATE" => {
                format!("{event} {}", frame["o"]["x"].as_str().unwrap_or("?"))
            }
            "ALGO_UPDATE" => format!("{event} {}", frame["o"]["X"].as_str().unwrap_or("?")),
            _ => event.to_owned(),
        }
    };
    frames.iter().map(name).collect()
}
