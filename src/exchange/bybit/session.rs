//! A stream connection of Bybit: its requests, their acknowledgements, and its heartbeat.
//!
//! For: what both kinds of streams do before and between what they are read for.
//! Not for: topics (`events`, `prices`).
//! Door: [`Session`].

use serde_json::json;
use tokio::time::Instant;

use crate::domain::time::Span;
use crate::exchange::bybit::answers::{Control, control};
use crate::exchange::bybit::link::Shared;
use crate::exchange::network::{Frames, Incoming, Utf8Bytes};

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
    frames: Box<dyn Frames>,
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
    pub async fn open(shared: &Shared, url: &str) -> Result<Self, String> {
        let pace = shared.pace();
        let frames = shared.network.open(url, pace.answer).await?;
        // Twenty seconds of forty-five: two heartbeats without an answer are the end.
        let every = pace.dead_after.duration() * 4 / 9;
        let now = Instant::now();
        let dead_after = pace.dead_after;
        Ok(Self { frames, every, dead_after, next_ping: now + every, heard: now, count: 0 })
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
        self.frames.text(frame.to_string()).await?;
        Ok(id)
    }

    /// The next thing heard; heartbeats are kept up meanwhile. Dropping the future loses nothing.
    ///
    /// # Errors
    /// Why nothing more will come, one sentence.
    pub async fn next(&mut self) -> Result<Heard, String> {
        loop {
            let dead = self.heard + self.dead_after.duration();
            let incoming = tokio::select! {
                biased;
                () = tokio::time::sleep_until(self.next_ping) => None,
                incoming = self.frames.next() => Some(incoming?),
                // What waits to be read is a sign of life, however late it is read.
                () = tokio::time::sleep_until(dead) => {
                    return Err(format!("not a sign of life for {}", self.dead_after));
                }
            };
            match incoming {
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
