//! The Bybit side's sockets over the wire, and a client that shares nothing with the adapter.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use holdfast::sim::verbs::RouteName;
use holdfast::sim::{self, Control, Running, SimOptions};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::bybit_ear::{BTC, auth_sign};

/// All private topics in their general form.
pub const TOPICS: [&str; 5] = ["position", "order", "execution", "execution.fast", "wallet"];
const PATIENCE: Duration = Duration::from_secs(5);

/// An exchange with frozen prices, BTC at 90,000, seen from its Bybit side.
pub struct Venue {
    pub running: Running,
    control: Control,
}

impl Venue {
    pub async fn open() -> Self {
        let running = sim::start(SimOptions::default()).await.unwrap();
        let control = running.control().of(sim::Venue::Bybit);
        let venue = Self { control, running };
        venue.tell(json!({"do": "freeze"}));
        venue.price("90000");
        venue
    }

    pub fn tell(&self, verb: Value) -> Value {
        self.control.tell(verb).unwrap()
    }

    pub fn price(&self, price: &str) {
        self.tell(json!({"do": "set_price", "symbol": BTC, "price": price}));
    }

    pub fn buy(&self, qty: &str) {
        self.tell(json!({"do": "trade", "symbol": BTC, "side": "buy", "qty": qty}));
    }

    pub fn fault(&self, fault: Value) {
        let mut verb = fault;
        verb["do"] = "fault".into();
        self.tell(verb);
    }

    pub fn sockets(&self) -> [usize; 2] {
        let state = self.control.state();
        let told = [&state["sockets"]["public"], &state["sockets"]["private"]];
        let counted =
            [RouteName::Public, RouteName::Private].map(|route| self.control.sockets(route));
        assert_eq!(told, [&json!(counted[0]), &json!(counted[1])]);
        counted
    }

    pub fn now(&self) -> i64 {
        self.control.state()["now"].as_i64().unwrap()
    }

    pub async fn socket(&self, path: &str) -> Line {
        let (stream, _) = connect_async(format!("{}{path}", self.running.bybit.ws)).await.unwrap();
        Line { stream, pings: 0 }
    }

    pub async fn public(&self) -> Line {
        self.socket("/v5/public/linear").await
    }

    /// The auth message of the exchange's first key.
    pub fn auth(&self) -> Value {
        let (expires, key) = (self.now() + 10_000, &self.running.bybit);
        let sign = auth_sign(&key.api_secret, expires);
        json!({"op": "auth", "args": [key.api_key, expires, sign]})
    }

    /// An authenticated private socket.
    pub async fn private(&self, path: &str) -> Line {
        let mut line = self.socket(path).await;
        let ok = line.ask(self.auth()).await;
        assert_eq!(ok["success"], true, "{ok}");
        line
    }

    /// An authenticated private socket with all topics.
    pub async fn listen(&self) -> Line {
        let mut line = self.private("/v5/private").await;
        let ok = line.subscribe(&TOPICS).await;
        assert_eq!(ok["success"], true, "{ok}");
        line
    }
}

/// An open stream.
pub struct Line {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    pings: u32,
}

/// How a stream ended.
#[derive(Debug, PartialEq, Eq)]
pub enum End {
    /// With a close frame.
    Closed,
    /// Without a word.
    Broken,
    /// Not within the patience of a test.
    Open,
}

impl Line {
    pub async fn say(&mut self, text: &str) {
        self.stream.send(Message::text(text)).await.unwrap();
    }

    pub async fn ask(&mut self, message: Value) -> Value {
        self.say(&message.to_string()).await;
        self.next().await
    }

    pub async fn subscribe(&mut self, topics: &[&str]) -> Value {
        self.ask(json!({"op": "subscribe", "args": topics})).await
    }

    /// The next message.
    pub async fn next(&mut self) -> Value {
        let wait = tokio::time::timeout(PATIENCE, async {
            loop {
                match self.stream.next().await {
                    Some(Ok(Message::Text(text))) => return text.to_string(),
                    Some(Ok(_)) => {}
                    other => panic!("the socket ended: {other:?}"),
                }
            }
        });
        serde_json::from_str(&wait.await.expect("no message in time")).unwrap()
    }

    pub async fn take(&mut self, count: usize) -> Vec<Value> {
        let mut frames = Vec::new();
        for _ in 0..count {
            frames.push(self.next().await);
        }
        frames
    }

    /// Everything that arrives before the answer to a ping sent now.
    pub async fn drain(&mut self) -> Vec<Value> {
        self.pings += 1;
        let id = format!("drain-{}", self.pings);
        self.say(&json!({"op": "ping", "req_id": id}).to_string()).await;
        let mut frames = Vec::new();
        loop {
            let frame = self.next().await;
            if frame["req_id"] == id.as_str() {
                return frames;
            }
            frames.push(frame);
        }
    }

    /// Waits until all that was said has been read: the answer to a protocol ping comes after it.
    pub async fn barrier(&mut self) {
        self.stream.send(Message::Ping(Default::default())).await.unwrap();
        let wait = tokio::time::timeout(PATIENCE, async {
            let heard = self.stream.next().await;
            assert!(matches!(heard, Some(Ok(Message::Pong(_)))), "a silent socket said {heard:?}");
        });
        wait.await.expect("no pong in time");
    }

    /// How it ends.
    pub async fn end(&mut self) -> End {
        let wait = tokio::time::timeout(PATIENCE, async {
            loop {
                match self.stream.next().await {
                    Some(Ok(Message::Close(_))) => return End::Closed,
                    Some(Ok(_)) => {}
                    Some(Err(_)) | None => return End::Broken,
                }
            }
        });
        wait.await.unwrap_or(End::Open)
    }
}
