//! A Bybit that answers what a test tells it to, on loopback, and remembers what it was asked.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::http::{HeaderMap, Method, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::{SinkExt, StreamExt};
use holdfast::domain::effect::Act;
use holdfast::domain::input::Reply;
use holdfast::domain::key::{Leg, Symbol, Venue as VenueName};
use holdfast::domain::sweep::{Scope, Sweep};
use holdfast::domain::time::Span;
use holdfast::exchange::{
    AccountSetup, ConnectError, Credentials, Endpoints, Environment, connect, internet,
};
use secrecy::SecretString;
use serde_json::{Value, json};
use tokio::sync::{mpsc, watch};

use crate::bybit_rows::instrument;
use crate::venue::{Link, wall_clock, within};

pub const KEY: &str = "planted-bybit-key";
pub const SECRET: &str = "planted-bybit-secret";

/// What is answered.
#[derive(Clone, Debug)]
pub enum Answer {
    /// A result, in the venue's envelope.
    Result(Value),
    /// A refusal, in the venue's envelope.
    Refuses(i64, &'static str),
    /// The same, with headers.
    With(Vec<(&'static str, String)>, Box<Answer>),
    /// Status and body as they are.
    Raw(u16, String),
    /// Never.
    Silence,
}

/// A page of rows.
pub fn rows(list: Value, cursor: &str) -> Answer {
    Answer::Result(json!({"category": "linear", "list": list, "nextPageCursor": cursor}))
}

pub fn none() -> Answer {
    rows(json!([]), "")
}

/// A request that came in.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    pub line: String,
    pub query: String,
    pub body: String,
    pub headers: HashMap<String, String>,
}

impl Seen {
    /// The value of a parameter, as it was sent.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

type Words = Arc<dyn Fn(&Value) -> Vec<Value> + Send + Sync>;
type Rule = Arc<dyn Fn(&Seen, usize) -> Answer + Send + Sync>;

/// A stream that was opened.
struct Socket {
    path: String,
    push: mpsc::UnboundedSender<Message>,
    said: Vec<Value>,
}

#[derive(Default)]
struct Script {
    rules: HashMap<String, Rule>,
    seen: Vec<Seen>,
    sockets: Vec<Socket>,
    /// Answers to requests of streams, by op; the usual ones are yes.
    words: HashMap<String, Words>,
}

struct Inner {
    script: Mutex<Script>,
    changed: watch::Sender<u64>,
}

/// The venue.
pub struct Bybit {
    pub host: String,
    inner: Arc<Inner>,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Bybit {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Bybit {
    pub async fn start() -> Self {
        let inner = Arc::new(Inner { script: Mutex::default(), changed: watch::Sender::new(0) });
        let app = Router::new()
            .route("/v5/private", get(upgrade))
            .route("/v5/public/linear", get(upgrade))
            .fallback(rest)
            .with_state(inner.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let host = listener.local_addr().unwrap().to_string();
        let task = tokio::spawn(async move {
            axum::serve(listener, app).await.unwrap();
        });
        let venue = Self { host, inner, task };
        venue.time(0);
        let list = json!([instrument("BTCUSDT", "USDT"), instrument("BTCPERP", "USDC")]);
        venue.on("GET /v5/market/instruments-info", rows(list, ""));
        let info = json!({"marginMode": "REGULAR_MARGIN", "unifiedMarginStatus": 6});
        venue.on("GET /v5/account/info", Answer::Result(info));
        let wallet = json!({"totalEquity": "1000.5", "totalAvailableBalance": "900", "coin": []});
        venue.on("GET /v5/account/wallet-balance", rows(json!([wallet]), ""));
        for path in [
            "position/list",
            "order/realtime",
            "order/history",
            "execution/list",
            "position/closed-pnl",
            "position/symbol-info",
        ] {
            venue.on(&format!("GET /v5/{path}"), none());
        }
        venue
    }

    /// The venue's clock, off by so many milliseconds.
    pub fn time(&self, off: i64) {
        self.rule("GET /v5/market/time", move |_, _| {
            let now = wall_clock() + off;
            let (seconds, nanos) = (now / 1000, format!("{now}000000"));
            Answer::Result(json!({"timeSecond": seconds.to_string(), "timeNano": nanos}))
        });
    }

    /// Answers this from now on.
    pub fn on(&self, line: &str, answer: Answer) {
        self.rule(line, move |_, _| answer.clone());
    }

    /// Answers this to whoever names an instrument, and nothing is in the list of all.
    pub fn on_symbol(&self, line: &str, answer: Answer) {
        self.rule(line, move |seen, _| match seen.get("symbol") {
            Some(_) => answer.clone(),
            None => none(),
        });
    }

    /// Answers these in turn, and the last one for ever.
    pub fn turns(&self, line: &str, answers: Vec<Answer>) {
        self.rule(line, move |_, turn| answers[turn.min(answers.len() - 1)].clone());
    }

    /// Answers by the request and by how many came before it since this was set.
    pub fn rule(&self, line: &str, rule: impl Fn(&Seen, usize) -> Answer + Send + Sync + 'static) {
        let count = std::sync::atomic::AtomicUsize::new(0);
        let rule = move |seen: &Seen, _| {
            rule(seen, count.fetch_add(1, std::sync::atomic::Ordering::SeqCst))
        };
        self.inner.script.lock().unwrap().rules.insert(line.to_owned(), Arc::new(rule));
    }

    /// Answers a stream's request of this kind with these frames.
    pub fn says(&self, op: &str, words: impl Fn(&Value) -> Vec<Value> + Send + Sync + 'static) {
        self.inner.script.lock().unwrap().words.insert(op.to_owned(), Arc::new(words));
    }

    /// What came in for a line.
    pub fn seen(&self, line: &str) -> Vec<Seen> {
        let script = self.inner.script.lock().unwrap();
        script.seen.iter().filter(|seen| seen.line.ends_with(line)).cloned().collect()
    }

    /// What was said on streams whose path has this part, by stream.
    pub fn said(&self, part: &str) -> Vec<Vec<Value>> {
        let script = self.inner.script.lock().unwrap();
        let of_path = script.sockets.iter().filter(|socket| socket.path.contains(part));
        of_path.map(|socket| socket.said.clone()).collect()
    }

    /// Waits until what was said on such streams is as wanted.
    pub async fn heard(&self, part: &str, wanted: impl Fn(&[Vec<Value>]) -> bool) {
        let mut changed = self.inner.changed.subscribe();
        within(changed.wait_for(|_| wanted(&self.said(part)))).await.unwrap();
    }

    /// Sends a frame on the newest such stream.
    pub fn push(&self, part: &str, frame: &Value) {
        self.send(part, Message::Text(frame.to_string().into()));
    }

    pub fn push_text(&self, part: &str, frame: &str) {
        self.send(part, Message::Text(frame.to_owned().into()));
    }

    /// Ends the newest such stream.
    pub fn close(&self, part: &str) {
        self.send(part, Message::Close(None));
    }

    fn send(&self, part: &str, message: Message) {
        let script = self.inner.script.lock().unwrap();
        let newest = script.sockets.iter().rev().find(|socket| socket.path.contains(part));
        newest.unwrap().push.send(message).unwrap();
    }

    /// An account at this venue.
    pub fn account(&self) -> AccountSetup {
        let mut endpoints = Endpoints::bybit(Environment::Mainnet);
        endpoints.rest = format!("http://{}", self.host);
        endpoints.ws_public = format!("ws://{}", self.host);
        endpoints.ws_private = format!("ws://{}", self.host);
        endpoints.pace.retry_first = Span(10);
        AccountSetup {
            name: "main".into(),
            venue: VenueName::BybitLinear,
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

    /// A link whose answers take at most this long.
    pub async fn patient(&self, answer: Span) -> Link {
        let mut account = self.account();
        account.endpoints.pace.answer = answer;
        self.link_to(account).await.unwrap()
    }

    pub async fn link_to(&self, account: AccountSetup) -> Result<Link, ConnectError> {
        let (sender, inbox) = mpsc::channel(1024);
        connect(account, sender).await.map(|link| Link { link, inbox })
    }
}

pub async fn look(link: &Link, scope: Scope, expect: &[(&str, Leg)]) -> Sweep {
    let expect = expect.iter().map(|(symbol, leg)| (Symbol::from(*symbol), *leg)).collect();
    let Reply::Swept(sweep) = link.act(Act::Look { scope, expect }).await else { panic!() };
    sweep
}

async fn rest(
    State(inner): State<Arc<Inner>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let text = |value: &axum::http::HeaderValue| value.to_str().unwrap().to_owned();
    let seen = Seen {
        line: format!("{method} {}", uri.path()),
        query: uri.query().unwrap_or_default().to_owned(),
        body: String::from_utf8(body.to_vec()).unwrap(),
        headers: headers.iter().map(|(name, value)| (name.to_string(), text(value))).collect(),
    };
    let rule = {
        let mut script = inner.script.lock().unwrap();
        script.seen.push(seen.clone());
        script.rules.get(&seen.line).cloned()
    };
    inner.changed.send_modify(|count| *count += 1);
    let missing = Answer::Raw(404, "404 page not found".to_owned());
    respond(rule.map_or(missing, |rule| rule(&seen, 0))).await
}

fn envelope(code: i64, said: &str, result: &Value) -> String {
    json!({"retCode": code, "retMsg": said, "result": result, "retExtInfo": {},
        "time": wall_clock()})
    .to_string()
}

async fn respond(answer: Answer) -> Response {
    let plain =
        |status: u16, body| Response::builder().status(status).body(Body::from(body)).unwrap();
    match answer {
        Answer::Result(result) => plain(200, envelope(0, "OK", &result)),
        Answer::Refuses(code, said) => plain(200, envelope(code, said, &json!({}))),
        Answer::Raw(status, body) => plain(status, body),
        Answer::With(headers, answer) => {
            let mut response = Box::pin(respond(*answer)).await;
            for (name, value) in headers {
                response.headers_mut().insert(name, value.parse().unwrap());
            }
            response
        }
        Answer::Silence => std::future::pending().await,
    }
}

async fn upgrade(
    State(inner): State<Arc<Inner>>,
    uri: Uri,
    socket: WebSocketUpgrade,
) -> impl IntoResponse {
    socket.on_upgrade(move |socket| serve(inner, uri.path().to_owned(), socket))
}

async fn serve(inner: Arc<Inner>, path: String, socket: WebSocket) {
    let (push, mut pushes) = mpsc::unbounded_channel();
    let number = {
        let mut script = inner.script.lock().unwrap();
        script.sockets.push(Socket { path, push, said: Vec::new() });
        script.sockets.len() - 1
    };
    inner.changed.send_modify(|count| *count += 1);
    let (mut out, mut incoming) = socket.split();
    loop {
        tokio::select! {
            push = pushes.recv() => {
                let Some(message) = push else { break };
                if out.send(message).await.is_err() {
                    break;
                }
            }
            message = incoming.next() => {
                let Some(Ok(message)) = message else { break };
                let Message::Text(text) = message else { continue };
                let request: Value = serde_json::from_str(&text).unwrap();
                for frame in answers(&inner, number, &request) {
                    let _ = out.send(Message::Text(frame.to_string().into())).await;
                }
            }
        }
    }
}

fn answers(inner: &Inner, number: usize, request: &Value) -> Vec<Value> {
    let op = request["op"].as_str().unwrap();
    let words = {
        let mut script = inner.script.lock().unwrap();
        script.sockets[number].said.push(request.clone());
        script.words.get(op).cloned()
    };
    inner.changed.send_modify(|count| *count += 1);
    match words {
        Some(words) => words(request),
        None if op == "ping" => vec![json!({"req_id": request["req_id"], "op": "pong"})],
        None => vec![granted(request)],
    }
}

/// The venue's yes to a stream's request.
pub fn granted(request: &Value) -> Value {
    json!({"success": true, "ret_msg": "", "op": request["op"], "req_id": request["req_id"],
        "conn_id": "c"})
}

/// Its no.
pub fn denied(request: &Value, why: &str) -> Value {
    json!({"success": false, "ret_msg": why, "op": request["op"], "req_id": request["req_id"],
        "conn_id": "c"})
}
