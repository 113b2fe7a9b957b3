//! The Bybit side's sockets over the wire, and a client that shares nothing with the adapter.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use futures_util::{SinkExt, StreamExt};
use holdfast::sim::binance::auth::Proof;
use holdfast::sim::binance::listener::Scissors;
use holdfast::sim::bybit::sockets::Address;
use holdfast::sim::bybit::talk::talk;
use holdfast::sim::bybit::world::BybitWorld;
use holdfast::sim::fault_verb::FaultVerb;
use holdfast::sim::frame::Route;
use holdfast::sim::shell::Shell;
use holdfast::sim::words::{Leg, Side};
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::bybit_ear::{BTC, auth_sign, number, order};

/// All private topics in their general form.
pub const TOPICS: [&str; 5] = ["position", "order", "execution", "execution.fast", "wallet"];
const PATIENCE: Duration = Duration::from_secs(5);

/// The exchange behind a socket door, prices standing still, BTC at 90,000.
pub struct Venue {
    pub shell: Arc<Shell<BybitWorld>>,
    url: String,
    pub key: (String, String),
}

impl Venue {
    pub async fn open() -> Self {
        let shell = Arc::new(Shell::<BybitWorld>::new(1));
        let key = {
            let (mut world, _) = shell.lock();
            world.exchange.market.freeze(None, true).unwrap();
            let Proof::Hmac(secret) = &world.keys[0].proof else { panic!("HMAC comes first") };
            (world.keys[0].api_key.clone(), secret.clone())
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("ws://{}", listener.local_addr().unwrap());
        let router = axum::Router::new().fallback(door).with_state(Arc::clone(&shell));
        tokio::spawn(async move { axum::serve(listener, router).await });
        let pumped = Arc::clone(&shell);
        tokio::spawn(async move { pumped.pump().await });
        let venue = Self { shell, url, key };
        venue.price("90000");
        venue
    }

    pub fn price(&self, price: &str) {
        let (mut world, now) = self.shell.lock();
        let price = Some(number(price));
        world.act(now, |exchange| exchange.set_price(BTC, price, price, now)).unwrap();
        world.show_prices(&[BTC.to_owned()], now);
    }

    pub fn buy(&self, qty: &str) {
        let (mut world, now) = self.shell.lock();
        let want = order(Side::Buy, Leg::Both, qty);
        world.act(now, |exchange| exchange.place(want, now)).unwrap();
    }

    pub fn fault(&self, fault: Value) {
        let (mut world, now) = self.shell.lock();
        let fault: FaultVerb = serde_json::from_value(fault).unwrap();
        let (trouble, scope) = fault.trouble(now).unwrap();
        world.faults.add(trouble, scope);
    }

    pub fn clear_faults(&self) {
        self.shell.lock().0.faults.clear(None);
    }

    pub fn skew(&self, ms: i64) {
        self.shell.lock().0.skew = ms;
    }

    pub fn count(&self, route: Route) -> usize {
        self.shell.lock().0.sockets.count(route)
    }

    pub fn kick(&self, route: Option<Route>, hard: bool) -> usize {
        self.shell.lock().0.sockets.kick(route, hard)
    }

    pub fn now(&self) -> i64 {
        self.shell.lock().1
    }

    pub async fn socket(&self, path: &str) -> Line {
        let (stream, _) = connect_async(format!("{}{path}", self.url)).await.unwrap();
        Line { stream, pings: 0 }
    }

    pub async fn public(&self) -> Line {
        self.socket("/v5/public/linear").await
    }

    /// An authenticated private socket.
    pub async fn private(&self, path: &str) -> Line {
        let mut line = self.socket(path).await;
        let expires = self.now() + 10_000;
        let sign = auth_sign(&self.key.1, expires);
        let ok = line.ask(json!({"op": "auth", "args": [self.key.0, expires, sign]})).await;
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

async fn door(State(shell): State<Arc<Shell<BybitWorld>>>, request: Request) -> Response {
    use axum::extract::FromRequestParts;
    let (mut parts, _) = request.into_parts();
    let (path, query) = (parts.uri.path().to_owned(), parts.uri.query().unwrap_or("").to_owned());
    let Ok(upgrade) = WebSocketUpgrade::from_request_parts(&mut parts, &()).await else {
        return StatusCode::UPGRADE_REQUIRED.into_response();
    };
    match Address::parse(&path, &query) {
        Some(address) => {
            upgrade.on_upgrade(move |socket| talk(socket, shell, address, Scissors::default()))
        }
        None => StatusCode::NOT_FOUND.into_response(),
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
            loop {
                match self.stream.next().await {
                    Some(Ok(Message::Pong(_))) => return,
                    other => panic!("a silent socket said {other:?}"),
                }
            }
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
