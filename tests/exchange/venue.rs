//! A venue that answers what a test tells it to, on loopback, and remembers what it was asked.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::body::Body;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::{SinkExt, StreamExt};
use holdfast::domain::effect::Act;
use holdfast::domain::input::{Input, Reply, StreamEvent};
use holdfast::domain::key::Venue as VenueName;
use holdfast::domain::time::Span;
use holdfast::exchange::{
    AccountSetup, ConnectError, Credentials, Endpoints, Environment, VenueLink, connect, internet,
};
use secrecy::SecretString;
use tokio::sync::{mpsc, watch};

use crate::values::fixture;

pub const KEY: &str = "planted-api-key";
pub const SECRET: &str = "planted-api-secret";
pub const LISTEN_KEY: &str = "planted-listen-key";

/// What is answered.
#[derive(Clone, Debug)]
pub enum Answer {
    /// Status and body.
    Says(u16, String),
    /// The same, with a header.
    With(u16, String, (&'static str, String)),
    /// The venue's time, off by so many milliseconds.
    Time(i64),
    /// The head of an answer and a part of its body, then the connection breaks.
    Breaks(String),
    /// Never.
    Silence,
}

pub fn ok(body: &str) -> Answer {
    Answer::Says(200, body.to_owned())
}

pub fn error(status: u16, code: i64, msg: &str) -> Answer {
    Answer::Says(status, format!(r#"{{"code":{code},"msg":"{msg}"}}"#))
}

/// A request that came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    pub line: String,
    pub query: String,
    pub key: Option<String>,
}

impl Seen {
    /// The value of a parameter, as it was sent.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
    }

    /// The parameters without what every signed request has.
    pub fn parameters(&self) -> Vec<&str> {
        let signed = ["recvWindow=", "timestamp=", "signature="];
        self.query
            .split('&')
            .filter(|pair| !pair.is_empty() && !signed.iter().any(|s| pair.starts_with(s)))
            .collect()
    }
}

/// What is done to a stream.
#[derive(Clone, Debug)]
pub enum Push {
    Text(String),
    Ping(&'static str),
    Close,
}

#[derive(Default)]
struct Socket {
    uri: String,
    push: Option<mpsc::UnboundedSender<Push>>,
}

#[derive(Default)]
struct Script {
    usual: HashMap<String, Answer>,
    next: HashMap<String, VecDeque<Answer>>,
    seen: Vec<Seen>,
    sockets: Vec<Socket>,
    pongs: Vec<String>,
}

struct Inner {
    script: Mutex<Script>,
    opened: watch::Sender<usize>,
    closed: watch::Sender<usize>,
    ponged: watch::Sender<usize>,
}

/// The venue.
pub struct Venue {
    pub host: String,
    inner: Arc<Inner>,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Venue {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Venue {
    pub async fn start() -> Self {
        let inner = Arc::new(Inner {
            script: Mutex::default(),
            opened: watch::Sender::new(0),
            closed: watch::Sender::new(0),
            ponged: watch::Sender::new(0),
        });
        let app = Router::new()
            .route("/private/ws", get(upgrade))
            .route("/ws/{key}", get(upgrade))
            .route("/market/ws/{stream}", get(upgrade))
            .fallback(rest)
            .with_state(inner.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let host = listener.local_addr().unwrap().to_string();
        let task = tokio::spawn(async move {
            axum::serve(listener, app).await.unwrap();
        });
        let venue = Self { host, inner, task };
        venue.on("GET /fapi/v1/time", Answer::Time(0));
        venue
            .on("GET /fapi/v1/exchangeInfo", ok(&fixture("exchange_info.three_symbols_2022.json")));
        venue.on("GET /fapi/v1/accountConfig", ok(r#"{"dualSidePosition":false}"#));
        venue.on("GET /fapi/v3/positionRisk", ok("[]"));
        venue.on("GET /fapi/v1/openOrders", ok("[]"));
        venue.on("GET /fapi/v1/openAlgoOrders", ok("[]"));
        venue.on("GET /fapi/v3/balance", ok(&fixture("balance_v3.json")));
        let key = ok(&format!(r#"{{"listenKey":"{LISTEN_KEY}"}}"#));
        venue.on("POST /fapi/v1/listenKey", key.clone());
        venue.on("PUT /fapi/v1/listenKey", key);
        venue
    }

    /// Answers this from now on.
    pub fn on(&self, line: &str, answer: Answer) {
        self.inner.script.lock().unwrap().usual.insert(line.to_owned(), answer);
    }

    /// Answers this the next time, before what is usual.
    pub fn once(&self, line: &str, answer: Answer) {
        let mut script = self.inner.script.lock().unwrap();
        script.next.entry(line.to_owned()).or_default().push_back(answer);
    }

    /// What came in for a line, or for all of them.
    pub fn seen(&self, line: &str) -> Vec<Seen> {
        let script = self.inner.script.lock().unwrap();
        script.seen.iter().filter(|seen| seen.line.ends_with(line)).cloned().collect()
    }

    /// Where streams were opened, oldest first.
    pub fn streams(&self, part: &str) -> Vec<String> {
        let script = self.inner.script.lock().unwrap();
        script.sockets.iter().map(|s| s.uri.clone()).filter(|uri| uri.contains(part)).collect()
    }

    /// Does this on the newest stream whose address has this part; waits until there is one.
    pub async fn push(&self, part: &str, push: Push) {
        self.opened(part, 1).await;
        let script = self.inner.script.lock().unwrap();
        let newest = script.sockets.iter().rev().find(|socket| socket.uri.contains(part)).unwrap();
        newest.push.as_ref().unwrap().send(push).unwrap();
    }

    /// Waits until so many streams were opened.
    pub async fn opened(&self, part: &str, count: usize) {
        let mut opened = self.inner.opened.subscribe();
        let wait = opened.wait_for(|_| self.streams(part).len() >= count);
        within(wait).await.unwrap();
    }

    /// Waits until so many streams were closed from the other side.
    pub async fn closed(&self, count: usize) {
        let mut closed = self.inner.closed.subscribe();
        within(closed.wait_for(|closed| *closed >= count)).await.unwrap();
    }

    /// Waits for an answered ping and gives what was answered.
    pub async fn pong(&self) -> String {
        let mut ponged = self.inner.ponged.subscribe();
        within(ponged.wait_for(|count| *count >= 1)).await.unwrap();
        self.inner.script.lock().unwrap().pongs[0].clone()
    }

    /// An account at this venue.
    pub fn account(&self) -> AccountSetup {
        let mut endpoints = Endpoints::binance(Environment::Mainnet);
        endpoints.rest = format!("http://{}", self.host);
        endpoints.rest_spot = None;
        endpoints.ws_public = format!("ws://{}", self.host);
        endpoints.pace.answer = Span(10_000);
        endpoints.pace.retry_first = Span(10);
        AccountSetup {
            name: "main".into(),
            venue: VenueName::BinanceUsdm,
            credentials: Credentials {
                key: SecretString::from(KEY.to_owned()),
                secret: SecretString::from(SECRET.to_owned()),
                kind: None,
            },
            endpoints,
            network: internet(),
        }
    }

    pub async fn link(&self) -> Link {
        self.link_to(self.account()).await.unwrap()
    }

    pub async fn link_to(&self, account: AccountSetup) -> Result<Link, ConnectError> {
        let (sender, inbox) = mpsc::channel(1024);
        connect(account, sender).await.map(|link| Link { link, inbox })
    }
}

/// Waits, but not for ever.
pub async fn within<F: Future>(future: F) -> F::Output {
    tokio::time::timeout(Duration::from_secs(30), future).await.expect("it never came")
}

/// A connected account and what it reports.
pub struct Link {
    pub link: Arc<dyn VenueLink>,
    pub inbox: mpsc::Receiver<Input>,
}

impl Link {
    pub async fn act(&self, act: Act) -> Reply {
        within(self.link.act(act)).await
    }

    pub async fn next(&mut self) -> Input {
        within(self.inbox.recv()).await.unwrap()
    }

    /// The next word of the private stream, whatever else comes in between.
    pub async fn told(&mut self) -> StreamEvent {
        let event = async {
            loop {
                if let Input::Stream(account, event) = self.inbox.recv().await.unwrap() {
                    assert_eq!(account, "main".into());
                    return *event;
                }
            }
        };
        within(event).await
    }

    /// The next state of the connection for which this holds.
    pub async fn health(
        &mut self,
        wanted: impl Fn(&holdfast::domain::input::LinkState) -> bool,
    ) -> holdfast::domain::input::LinkState {
        let state = async {
            loop {
                if let Input::Link(_, state) = self.inbox.recv().await.unwrap()
                    && wanted(&state)
                {
                    return state;
                }
            }
        };
        within(state).await
    }
}

pub fn wall_clock() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(now.as_millis()).unwrap()
}

async fn rest(
    State(inner): State<Arc<Inner>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    _request: Request,
) -> Response {
    let line = format!("{method} {}", uri.path());
    let key = headers.get("x-mbx-apikey").map(|key| key.to_str().unwrap().to_owned());
    let query = uri.query().unwrap_or_default().to_owned();
    let answer = {
        let mut script = inner.script.lock().unwrap();
        script.seen.push(Seen { line: line.clone(), query, key });
        let next = script.next.get_mut(&line).and_then(VecDeque::pop_front);
        next.or_else(|| script.usual.get(&line).cloned())
    };
    let unknown = || error(404, -5000, &format!("Path {}, Method {method} is invalid", uri.path()));
    respond(answer.unwrap_or_else(unknown)).await
}

async fn respond(answer: Answer) -> Response {
    let plain = |status: u16, body: String| {
        Response::builder().status(status).body(Body::from(body)).unwrap()
    };
    match answer {
        Answer::Says(status, body) => plain(status, body),
        Answer::With(status, body, (name, value)) => {
            let mut response = plain(status, body);
            response.headers_mut().insert(name, value.parse().unwrap());
            response
        }
        Answer::Time(off) => plain(200, format!(r#"{{"serverTime":{}}}"#, wall_clock() + off)),
        Answer::Breaks(part) => {
            let broken = std::io::Error::other("cut");
            let chunks = futures_util::stream::iter([Ok(part), Err(broken)]);
            Response::new(Body::from_stream(chunks))
        }
        Answer::Silence => std::future::pending().await,
    }
}

async fn upgrade(
    State(inner): State<Arc<Inner>>,
    uri: Uri,
    socket: WebSocketUpgrade,
) -> impl IntoResponse {
    socket.on_upgrade(move |socket| serve(inner, uri.to_string(), socket))
}

async fn serve(inner: Arc<Inner>, uri: String, socket: WebSocket) {
    let (sender, mut pushes) = mpsc::unbounded_channel();
    inner.script.lock().unwrap().sockets.push(Socket { uri, push: Some(sender) });
    inner.opened.send_modify(|count| *count += 1);
    let (mut out, mut incoming) = socket.split();
    loop {
        tokio::select! {
            push = pushes.recv() => match push {
                Some(Push::Text(text)) => out.send(Message::Text(text.into())).await.unwrap(),
                Some(Push::Ping(text)) => out.send(Message::Ping(text.into())).await.unwrap(),
                Some(Push::Close) | None => break,
            },
            message = incoming.next() => match message {
                Some(Ok(Message::Pong(bytes))) => {
                    let text = String::from_utf8(bytes.to_vec()).unwrap();
                    inner.script.lock().unwrap().pongs.push(text);
                    inner.ponged.send_modify(|count| *count += 1);
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => {
                    inner.closed.send_modify(|count| *count += 1);
                    break;
                }
            },
        }
    }
}
