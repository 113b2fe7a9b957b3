//! What a venue's world does for its wire, whoever carries it: sockets (`door.rs`, `talk.rs`) or
//! calls within one process (`inside.rs`). Both carry out what is decided here and decide nothing.
//!
//! Not here: the venues' own words (`binance/decide.rs`, `bybit/decide.rs`).
//! Door: [`Wired`].

use std::time::Duration;

use tokio::sync::mpsc::UnboundedSender;

use crate::sim::faults::Faults;
use crate::sim::numbers::Ms;
use crate::sim::opening::{Opening, Struck};
use crate::sim::plan::How;
use crate::sim::shell::Timed;

/// One request as it came in.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// `GET`, `POST`, `PUT`, `DELETE`.
    pub method: &'a str,
    /// Path without query.
    pub path: &'a str,
    /// Query, exactly as sent, without `?`.
    pub query: &'a str,
    /// Body, exactly as sent.
    pub body: &'a str,
    /// The value of a header, asked for in small letters.
    pub header: &'a dyn Fn(&str) -> Option<String>,
}

impl std::fmt::Debug for Asked<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Query and body may carry a signature.
        write!(f, "Asked({} {})", self.method, self.path)
    }
}

/// What becomes of a request, and when its sender sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// How long it takes.
    pub after: Ms,
    /// What its sender sees then.
    pub what: What,
}

/// What the sender of a request sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Nothing, for ever.
    Hang,
    /// The end of the connection.
    Cut,
    /// An answer.
    Reply {
        /// HTTP status.
        status: u16,
        /// Names in small letters, in the order they are sent.
        headers: Vec<(&'static str, String)>,
        /// The text.
        body: String,
    },
}

impl What {
    /// The HTTP status; zero when there is none.
    pub const fn status(&self) -> u16 {
        match self {
            Self::Hang | Self::Cut => 0,
            Self::Reply { status, .. } => *status,
        }
    }
}

impl From<How> for What {
    fn from(how: How) -> Self {
        match how {
            How::Hang => Self::Hang,
            How::Cut => Self::Cut,
            How::Answer { status, content_type, body } => {
                Self::Reply { status, headers: vec![("content-type", content_type)], body }
            }
        }
    }
}

/// What a socket is told to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Out {
    /// A text message.
    Text(String),
    /// A protocol ping.
    Ping(String),
    /// The answer to a protocol ping, where no library gives it.
    Pong,
    /// Nothing any more: the line stays open and is dead.
    Mute,
    /// The end, with a close frame.
    Close,
    /// The end, without a word.
    Cut,
}

/// A venue's world as its wire needs it.
pub trait Wired: Timed + Send + Sized + 'static {
    /// What a client asks for by the address of a stream.
    type Address: Send + 'static;

    /// How long what a client says on real sockets takes to be heard.
    const SOONEST: Duration;

    /// The HMAC key that may trade, and its secret.
    fn own_key(&self) -> (String, String);

    /// What becomes of a request.
    fn answer(&mut self, asked: &Asked<'_>, now: Ms) -> Answer;

    /// Reads the address of a stream; nothing for one that is none.
    fn address(&self, path: &str, query: &str) -> Option<Self::Address>;

    /// What goes wrong.
    fn faults(&mut self) -> &mut Faults;

    /// A socket opens; answers its number. A mute one never says anything.
    fn join(
        &mut self,
        address: Self::Address,
        out: UnboundedSender<Out>,
        mute: bool,
        now: Ms,
    ) -> u64;

    /// A client says something; what the venue says to it goes out like every frame.
    fn hear(&mut self, id: u64, text: &str, now: Ms);

    /// A client answered a protocol ping.
    fn ponged(&mut self, id: u64, now: Ms);

    /// A client pings, and no library answers it.
    fn pinged(&mut self, id: u64);

    /// A socket is gone.
    fn leave(&mut self, id: u64);

    /// What becomes of a client that asks for a stream.
    fn opening(&mut self, path: &str, query: &str, now: Ms) -> Opening<Self::Address> {
        let Struck { after, instead, mute } = self.faults().at_opening(path, now);
        match (instead, self.address(path, query)) {
            (Some(instead), _) => instead.into_opening(after),
            (None, None) => Opening::Refused { after, status: 404 },
            (None, Some(address)) => Opening::Open { after, address, mute },
        }
    }
}
