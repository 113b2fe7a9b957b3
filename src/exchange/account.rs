//! What the config says of an account: its name, keys, hosts and pace.
//!
//! For: plain values that `settings` fills in and a venue reads.
//! Not for: checking them against anything; a venue does that when it connects.
//! Door: [`AccountSetup`], with [`Endpoints::binance`] and [`Endpoints::bybit`] for the usual
//! hosts.

use std::fmt;
use std::sync::Arc;

use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use crate::domain::key::{AccountName, Venue};
use crate::domain::time::Span;
use crate::exchange::network::Network;

/// One account as the config names it.
#[derive(Clone, Debug)]
pub struct AccountSetup {
    /// Its name in the config.
    pub name: AccountName,
    /// Where it trades.
    pub venue: Venue,
    /// Its key.
    pub credentials: Credentials,
    /// Where the venue is reached.
    pub endpoints: Endpoints,
    /// What it is reached through.
    pub network: Arc<dyn Network>,
}

/// An API key and its secret. Nothing here is ever printed.
#[derive(Clone)]
pub struct Credentials {
    /// The public half, which is kept out of logs all the same.
    pub key: SecretString,
    /// An HMAC secret, or a private key as PEM text.
    pub secret: SecretString,
    /// How requests are signed; none to tell from the shape of the secret.
    pub kind: Option<KeyKind>,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// How requests are signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KeyKind {
    /// HMAC-SHA256 over a shared secret.
    Hmac,
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    Rsa,
    /// Pure Ed25519.
    Ed25519,
}

/// Which of a venue's exchanges is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Environment {
    /// Real money.
    Mainnet,
    /// The venue's test exchange, under its older names.
    Testnet,
    /// The venue's demo trading.
    Demo,
}

/// How the private stream is asked for. Source: binance-usdm 4.4, which of these delivers
/// differs between mainnet and the demo hosts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PrivateForm {
    /// `/private/ws?listenKey=K&events=…`, the list naming the key's expiry.
    Events,
    /// `/private/ws?listenKey=K`: every event.
    Everything,
    /// `/ws/K`: the only form that delivers on the demo hosts, and never on mainnet.
    Legacy,
}

/// Where a venue is reached. Every host may be replaced on its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoints {
    /// REST, without a path: `https://fapi.binance.com`.
    pub rest: String,
    /// The host that knows the key's restrictions; none where there is none.
    pub rest_spot: Option<String>,
    /// Streams that need no key, without a path; on Binance the private one too.
    pub ws_public: String,
    /// The private stream, without a path. Only Bybit serves it from a host of its own.
    pub ws_private: String,
    /// How Binance's private stream is asked for.
    pub private_form: PrivateForm,
    /// How fast and how patient.
    pub pace: Pace,
}

impl Endpoints {
    /// Binance USD-M's hosts. Source: binance-usdm 1.
    pub fn binance(environment: Environment) -> Self {
        let (rest, spot, ws, private_form) = match environment {
            Environment::Mainnet => (
                "https://fapi.binance.com",
                Some("https://api.binance.com"),
                "wss://fstream.binance.com",
                PrivateForm::Events,
            ),
            Environment::Testnet => (
                "https://testnet.binancefuture.com",
                None,
                "wss://stream.binancefuture.com",
                PrivateForm::Legacy,
            ),
            Environment::Demo => (
                "https://demo-fapi.binance.com",
                None,
                "wss://demo-fstream.binance.com",
                PrivateForm::Legacy,
            ),
        };
        Self {
            rest: rest.to_owned(),
            rest_spot: spot.map(str::to_owned),
            ws_public: ws.to_owned(),
            ws_private: ws.to_owned(),
            private_form,
            pace: Pace::default(),
        }
    }

    /// Bybit's hosts. Demo trading has no public streams of its own: prices are mainnet's.
    /// Source: bybit 1.
    pub fn bybit(environment: Environment) -> Self {
        let (rest, ws_public, ws_private) = match environment {
            Environment::Mainnet => {
                ("https://api.bybit.com", "wss://stream.bybit.com", "wss://stream.bybit.com")
            }
            Environment::Testnet => (
                "https://api-testnet.bybit.com",
                "wss://stream-testnet.bybit.com",
                "wss://stream-testnet.bybit.com",
            ),
            Environment::Demo => (
                "https://api-demo.bybit.com",
                "wss://stream.bybit.com",
                "wss://stream-demo.bybit.com",
            ),
        };
        Self {
            rest: rest.to_owned(),
            rest_spot: None,
            ws_public: ws_public.to_owned(),
            ws_private: ws_private.to_owned(),
            private_form: PrivateForm::Events,
            // Two heartbeats of twenty seconds without an answer, and a moment (bybit 4.1).
            pace: Pace { dead_after: Span::secs(45), ..Pace::default() },
        }
    }
}

/// How fast and how patient a link is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// The longest wait for one answer; after it an order is `Unsure`.
    pub answer: Span,
    /// Between two extensions of the listen key, which lives for 60 minutes.
    pub keep_alive: Span,
    /// Age at which a private stream is replaced; the venue closes it at 24 hours.
    pub roll_over: Span,
    /// A mark-price stream silent for this long is dropped; prices come every second.
    pub marks_silence: Span,
    /// A private stream on which not even a pong came for this long is dropped.
    pub dead_after: Span,
    /// Between two measurements of the venue's clock.
    pub clock: Span,
    /// Between two readings of the instrument list.
    pub instruments: Span,
    /// The first wait before a stream is connected again; it doubles.
    pub retry_first: Span,
    /// The longest such wait.
    pub retry_last: Span,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            answer: Span::secs(10),
            keep_alive: Span::secs(25 * 60),
            roll_over: Span::secs(23 * 3600),
            marks_silence: Span::secs(10),
            dead_after: Span::secs(60),
            clock: Span::secs(20 * 60),
            instruments: Span::secs(3600),
            retry_first: Span(250),
            retry_last: Span::secs(30),
        }
    }
}

/// What a venue says a key may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rights {
    /// May read the account.
    pub read: bool,
    /// May trade futures.
    pub trade: bool,
    /// May take money out: more than holdfast needs.
    pub withdraw: bool,
    /// Works from listed addresses only, which is the safe setting.
    pub ip_restricted: bool,
}
