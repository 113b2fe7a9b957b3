//! The real network: reqwest, tungstenite, the system's clock and its randomness.
//!
//! For: a client that never sends a request twice by itself, and telling a request that certainly
//! carried nothing from one that may have arrived.
//! Not for: what is sent, or trying again.
//! Door: [`internet`].

use std::collections::BTreeMap;
use std::fmt;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use futures_util::{SinkExt as _, StreamExt};
use reqwest::Client;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::{self, Bytes, Message, Utf8Bytes};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use crate::domain::time::{Span, Time};
use crate::exchange::lock;
use crate::exchange::network::{Answer, Coming, Frames, Incoming, Missing, Network, Request};

/// A way to the internet with connections of its own.
pub fn internet() -> Arc<dyn Network> {
    // Whoever comes second finds the provider installed, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Arc::new(Internet { clients: Mutex::default() })
}

struct Internet {
    /// By patience: how long connecting may take belongs to a client.
    clients: Mutex<BTreeMap<Span, Client>>,
}

impl fmt::Debug for Internet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Internet")
    }
}

impl Network for Internet {
    fn send(&self, request: Request) -> Coming<'_, Result<Answer, Missing>> {
        Box::pin(self.ask(request))
    }

    fn open(&self, url: &str, patience: Span) -> Coming<'_, Result<Box<dyn Frames>, String>> {
        Box::pin(connected(url.to_owned(), patience))
    }

    fn wall(&self) -> Time {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        Time(since.map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(0)))
    }

    fn random(&self) -> u64 {
        RandomState::new().build_hasher().finish()
    }
}

impl Internet {
    async fn ask(&self, request: Request) -> Result<Answer, Missing> {
        let Request { method, url, headers, body, patience } = request;
        let request = self.client(patience)?.request(method, url).headers(headers);
        let request = match body {
            Some(body) => request.body(body),
            None => request,
        };
        let answer = request.send().await.map_err(missing)?;
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let body = answer.bytes().await.map(Vec::from).map_err(missing);
        Ok(Answer { status, headers, body })
    }

    fn client(&self, patience: Span) -> Result<Client, Missing> {
        let mut clients = lock(&self.clients);
        if let Some(client) = clients.get(&patience) {
            return Ok(client.clone());
        }
        let client = client(patience)
            .map_err(|why| Missing::Unsent(format!("no HTTP client: {}", cause(&why))))?;
        clients.insert(patience, client.clone());
        Ok(client)
    }
}

/// A client that follows nothing, repeats nothing and waits as long as it is told.
fn client(patience: Span) -> Result<Client, reqwest::Error> {
    Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .timeout(patience.duration())
        .connect_timeout(patience.duration().min(Duration::from_secs(5)))
        // Shorter than any server keeps a connection, so that orders do not die on old ones.
        .pool_idle_timeout(Duration::from_secs(20))
        .tcp_nodelay(true)
        .user_agent(concat!("holdfast/", env!("CARGO_PKG_VERSION")))
        .build()
}

/// What no answer means: a connection that never came about carried nothing.
fn missing(why: reqwest::Error) -> Missing {
    let why = why.without_url();
    match () {
        () if why.is_connect() || why.is_builder() => Missing::Unsent(cause(&why)),
        () if why.is_timeout() => Missing::Late,
        () => Missing::Broken(cause(&why)),
    }
}

/// The innermost reason; the outer ones only say that sending failed.
fn cause(error: &dyn std::error::Error) -> String {
    let mut inner = error;
    while let Some(next) = inner.source() {
        inner = next;
    }
    inner.to_string()
}

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

async fn connected(url: String, patience: Span) -> Result<Box<dyn Frames>, String> {
    let connecting = tokio_tungstenite::connect_async_with_config(url, None, true);
    match tokio::time::timeout(patience.duration(), connecting).await {
        Ok(Ok((socket, _))) => Ok(Box::new(socket)),
        Ok(Err(why)) => Err(reason(&why)),
        Err(_) => Err(format!("no handshake within {patience}")),
    }
}

impl Frames for Socket {
    fn next(&mut self) -> Coming<'_, Result<Incoming, String>> {
        Box::pin(async { heard(StreamExt::next(self).await) })
    }

    fn text(&mut self, text: String) -> Coming<'_, Result<(), String>> {
        Box::pin(async { self.send(Message::text(text)).await.map_err(|why| reason(&why)) })
    }

    fn ping(&mut self) -> Coming<'_, Result<(), String>> {
        let ping = Message::Ping(Bytes::new());
        Box::pin(async { self.send(ping).await.map_err(|why| reason(&why)) })
    }
}

/// What a frame is to those who read. Pings are answered by the library.
fn heard(message: Option<tungstenite::Result<Message>>) -> Result<Incoming, String> {
    match message {
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
fn reason(why: &tungstenite::Error) -> String {
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
