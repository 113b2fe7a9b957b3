//! What an account needs of the world outside: requests, streams, the wall clock, chance.
//!
//! For: one place through which everything goes that is sent and heard, so that the adapters run
//! unchanged, and alike every time, where nothing outside can differ.
//! Not for: what is sent and what an answer says; waiting, which is tokio's clock everywhere.
//! Door: [`Network`]; the real one is `internet`.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

pub use reqwest::Method;
pub use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
pub use tokio_tungstenite::tungstenite::Utf8Bytes;

use crate::domain::time::{Span, Time};

/// Something on its way.
pub type Coming<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Everything outside that an account hears of, shared by whoever asks.
pub trait Network: fmt::Debug + Send + Sync {
    /// Sends a request, exactly once, and waits for its answer as long as the request's patience
    /// and no longer: nobody else watches over that.
    fn send(&self, request: Request) -> Coming<'_, Result<Answer, Missing>>;

    /// Connects a stream within so long. The address may hold a credential: the sentence that
    /// comes instead of a stream does not repeat it.
    fn open(&self, url: &str, patience: Span) -> Coming<'_, Result<Box<dyn Frames>, String>>;

    /// The wall clock now; it is carried on by tokio's.
    fn wall(&self) -> Time;

    /// Any number; for waits that are not to be everybody's.
    fn random(&self) -> u64;
}

/// One request as it leaves.
pub struct Request {
    /// How.
    pub method: Method,
    /// Where, with the query as it was signed.
    pub url: String,
    /// The key, the signature and what else stands before the body.
    pub headers: HeaderMap,
    /// The text after them; none for a request that has no body at all.
    pub body: Option<String>,
    /// How long its answer is waited for, from now to the last byte.
    pub patience: Span,
}

/// Neither query nor headers: both hold credentials.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = self.url.split_once('?').map_or(self.url.as_str(), |(place, _)| place);
        write!(f, "{} {place}", self.method)
    }
}

/// What was answered: a status and headers, and the body unless it broke off behind them. The
/// status says much without one.
#[derive(Clone)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its bytes.
    pub body: Result<Vec<u8>, Missing>,
}

/// No body: the key of a stream comes in one.
impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body = self.body.as_ref().map(Vec::len);
        f.debug_struct("Answer").field("status", &self.status).field("body", &body).finish()
    }
}

/// Why there is no answer, or no body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// Nothing was sent, for certain: there was no connection.
    Unsent(String),
    /// It was sent and not answered in time.
    Late,
    /// It was sent, then the connection broke.
    Broken(String),
}

/// A connected stream. Dropping it ends it.
pub trait Frames: fmt::Debug + Send {
    /// The next thing that comes in, or why nothing more will. Pings are answered without being
    /// asked for. Dropping the future loses nothing.
    fn next(&mut self) -> Coming<'_, Result<Incoming, String>>;

    /// Sends a message. The sentence says why nothing more can be sent.
    fn text(&mut self, text: String) -> Coming<'_, Result<(), String>>;

    /// Asks for a sign of life, as [`Frames::text`] sends.
    fn ping(&mut self) -> Coming<'_, Result<(), String>>;
}

/// What came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Incoming {
    /// A message.
    Text(Utf8Bytes),
    /// A sign of life without content.
    Pulse,
}
