//! One WebSocket, and how long to wait before the next one.
//!
//! For: connecting within a time limit, reading text frames, waiting with jitter.
//! Not for: what the frames say.
//! Door: [`open`], [`next`], [`BackOff`].

use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::time::Duration;

use futures_util::StreamExt as _;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::{self, Message, Utf8Bytes};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use crate::exchange::account::Pace;

/// A connected stream.
pub type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Connects. The address holds a credential, so no error repeats it.
///
/// # Errors
/// One sentence.
pub async fn open(url: &str, pace: &Pace) -> Result<Socket, String> {
    let connecting = tokio_tungstenite::connect_async_with_config(url, None, true);
    match tokio::time::timeout(pace.answer.duration(), connecting).await {
        Ok(Ok((socket, _))) => Ok(socket),
        Ok(Err(why)) => Err(reason(&why)),
        Err(_) => Err(format!("no handshake within {}", pace.answer)),
    }
}

/// What came in.
#[derive(Debug)]
pub enum Incoming {
    /// A message.
    Text(Utf8Bytes),
    /// A sign of life without content.
    Pulse,
}

/// The next thing that comes in. Pings are answered by the library.
///
/// # Errors
/// Why nothing more will come, one sentence.
pub async fn next(socket: &mut Socket) -> Result<Incoming, String> {
    match socket.next().await {
        None => Err("the connection ended".to_owned()),
        Some(Err(why)) => Err(reason(&why)),
        Some(Ok(Message::Text(text))) => Ok(Incoming::Text(text)),
        Some(Ok(Message::Binary(bytes))) => match Utf8Bytes::try_from(bytes) {
            Ok(text) => Ok(Incoming::Text(text)),
            Err(_) => Ok(Incoming::Pulse),
        },
        Some(Ok(Message::Close(frame))) => Err(match frame {
            Some(frame) if !frame.reason.is_empty() => {
                format!("the venue closed the stream: {} {}", frame.code, frame.reason)
            }
            _ => "the venue closed the stream".to_owned(),
        }),
        Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => Ok(Incoming::Pulse),
    }
}

/// Why a connection failed, without its address.
pub fn reason(why: &tungstenite::Error) -> String {
    match why {
        tungstenite::Error::Io(why) => format!("the connection failed: {why}"),
        tungstenite::Error::Tls(why) => format!("the TLS connection failed: {why}"),
        tungstenite::Error::Http(answer) => {
            format!("the handshake was refused with HTTP {}", answer.status())
        }
        tungstenite::Error::ConnectionClosed | tungstenite::Error::AlreadyClosed => {
            "the connection ended".to_owned()
        }
        tungstenite::Error::Protocol(why) => format!("the connection broke: {why}"),
        tungstenite::Error::Url(_) | tungstenite::Error::HttpFormat(_) => {
            "the stream's address is no WebSocket URL".to_owned()
        }
        tungstenite::Error::Capacity(_)
        | tungstenite::Error::WriteBufferFull(_)
        | tungstenite::Error::Utf8(_)
        | tungstenite::Error::AttackAttempt => "a frame could not be taken".to_owned(),
    }
}

/// Waits between attempts: doubled each time, with jitter, so that many links do not all come
/// back in the same instant.
#[derive(Debug)]
pub struct BackOff {
    first: Duration,
    last: Duration,
    tries: u32,
}

/// A connection that lived this long was a good one: the next wait is the first again.
const GOOD: Duration = Duration::from_secs(10);

impl BackOff {
    /// No attempt yet.
    pub fn new(pace: &Pace) -> Self {
        Self { first: pace.retry_first.duration(), last: pace.retry_last.duration(), tries: 0 }
    }

    /// Notes how long a connection lived.
    pub fn lived(&mut self, age: Duration) {
        if age >= GOOD {
            self.tries = 0;
        }
    }

    /// How long to wait now: between half and all of the doubled wait.
    pub fn wait(&mut self) -> Duration {
        let doubled = self.first.saturating_mul(1 << self.tries.min(16));
        self.tries = self.tries.saturating_add(1);
        let most = doubled.min(self.last);
        let share = u32::try_from(random() % 1000).unwrap_or(0);
        most / 2 + most / 2 * share / 1000
    }
}

fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}
