//! A stream connection of Bybit: its requests, their acknowledgements, and its heartbeat.
//!
//! For: what both kinds of streams do before and between what they are read for.
//! Not for: topics (`events`, `prices`).
//! Door: [`control`], [`Session`].

use futures_util::SinkExt as _;
use serde::Deserialize;
use serde_json::json;
use tokio::time::Instant;
use tokio_tungstenite::tungstenite::{Message, Utf8Bytes};

use crate::domain::time::Span;
use crate::exchange::account::Pace;
use crate::exchange::bybit::wire::Text;
use crate::exchange::failure::shorten;
use crate::exchange::socket::{self, Incoming, Socket};

/// What the venue says of the connection itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Control {
    /// The answer to a request.
    Answer {
        /// What was asked: `auth`, `subscribe`, `unsubscribe`.
        op: String,
        /// The request's number; acknowledgements of private streams may lack it.
        id: Option<String>,
        /// Done, or the venue's words.
        result: Result<(), String>,
    },
    /// A heartbeat came back.
    Pong,
}

/// Both dialects: `success` with `ret_msg`, and `retCode` with `retMsg`. Venue fact: test data
/// shows the second on private streams too (bybit 2.3).
#[derive(Deserialize)]
struct Frame<'a> {
    topic: Option<serde::de::IgnoredAny>,
    #[serde(borrow)]
    op: Option<Text<'a>>,
    #[serde(borrow, alias = "reqId")]
    req_id: Option<Text<'a>>,
    success: Option<bool>,
    #[serde(borrow, rename = "retCode")]
    code: Option<Text<'a>>,
    #[serde(borrow, rename = "retMsg", alias = "ret_msg")]
    said: Option<Text<'a>>,
}

/// Reads a frame that is about the connection; none when it is not.
pub fn control(frame: &str) -> Option<Control> {
    let frame: Frame<'_> = serde_json::from_str(frame).ok()?;
    if frame.topic.is_some() {
        return None;
    }
    let op = frame.op?.as_str().to_owned();
    let said = frame.said.map(|said| shorten(said.as_str())).unwrap_or_default();
    // Venue fact: public streams answer a ping with op `ping`, private ones with `pong`
    // (bybit 4.1).
    if op == "pong" || op == "ping" {
        return Some(Control::Pong);
    }
    let code = frame.code.as_ref().map(|code| code.as_str().to_owned());
    let done = match (frame.success, code.as_deref()) {
        (Some(done), _) => done,
        (None, code) => matches!(code, Some("0" | ALREADY_PROVEN)),
    };
    let id = frame.req_id.map(|id| id.as_str().to_owned()).filter(|id| !id.is_empty());
    let words = || match code {
        Some(code) => format!("{code} {said}"),
        None if said.is_empty() => "it does not say why".to_owned(),
        None => said,
    };
    let result = if done { Ok(()) } else { Err(words()) };
    Some(Control::Answer { op, id, result })
}

/// "Repeat auth": the connection is ours already.
const ALREADY_PROVEN: &str = "20001";

/// What a session has to tell next.
#[derive(Debug)]
pub enum Heard {
    /// A frame of a topic.
    Frame(Utf8Bytes),
    /// The answer to a request.
    Answer {
        /// What was asked.
        op: String,
        /// The request's number, when it is named.
        id: Option<String>,
        /// Done, or the venue's words.
        result: Result<(), String>,
    },
}

/// One connection with its heartbeat.
#[derive(Debug)]
pub struct Session {
    socket: Socket,
    every: std::time::Duration,
    dead_after: Span,
    next_ping: Instant,
    heard: Instant,
    count: u64,
}

impl Session {
    /// Connects.
    ///
    /// # Errors
    /// One sentence.
    pub async fn open(url: &str, pace: &Pace) -> Result<Self, String> {
        let socket = socket::open(url, pace).await?;
        // Twenty seconds of forty-five: two heartbeats without an answer are the end.
        let every = pace.dead_after.duration() * 4 / 9;
        let now = Instant::now();
        let dead_after = pace.dead_after;
        Ok(Self { socket, every, dead_after, next_ping: now + every, heard: now, count: 0 })
    }

    /// Sends a request and gives its number.
    ///
    /// # Errors
    /// One sentence: the connection is lost.
    pub async fn ask(&mut self, op: &str, args: serde_json::Value) -> Result<String, String> {
        self.count += 1;
        let id = self.count.to_string();
        let frame = match args {
            serde_json::Value::Null => json!({"req_id": id, "op": op}),
            args => json!({"req_id": id, "op": op, "args": args}),
        };
        let sent = self.socket.send(Message::text(frame.to_string())).await;
        sent.map_err(|why| format!("the connection failed: {}", socket::reason(&why)))?;
        Ok(id)
    }

    /// The next thing heard; heartbeats are kept up meanwhile. Dropping the future loses nothing.
    ///
    /// # Errors
    /// Why nothing more will come, one sentence.
    pub async fn next(&mut self) -> Result<Heard, String> {
        loop {
            let dead = self.heard + self.dead_after.duration();
            let ping = self.next_ping;
            let incoming = tokio::select! {
                incoming = socket::next(&mut self.socket) => Some(incoming?),
                () = tokio::time::sleep_until(dead.min(ping)) => None,
            };
            match incoming {
                None if Instant::now() >= dead => {
                    return Err(format!("not a sign of life for {}", self.dead_after));
                }
                None => {
                    self.next_ping = Instant::now() + self.every;
                    self.ask("ping", serde_json::Value::Null).await?;
                }
                Some(Incoming::Pulse) => self.heard = Instant::now(),
                Some(Incoming::Text(frame)) => {
                    self.heard = Instant::now();
                    match control(&frame) {
                        None => return Ok(Heard::Frame(frame)),
                        Some(Control::Pong) => {}
                        Some(Control::Answer { op, id, result }) => {
                            return Ok(Heard::Answer { op, id, result });
                        }
                    }
                }
            }
        }
    }
}
