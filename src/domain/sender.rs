//! Who sent an order that is not ours, as far as its client id tells.
//!
//! For: grouping what others do on an account under names that a person recognises.
//! Not for: proving anything: anybody may use any prefix. Door: [`Sender::of`].

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::domain::client_id::ClientId;

/// The longest prefix taken for a program's name.
const NAME_MAX: usize = 12;
/// How many characters after `x-` name a broker. Source: binance-usdm 3.8.
const BROKER: usize = 8;

/// Who sent an order, by the form of its client id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Sender {
    /// A person at the venue's web page.
    Web,
    /// A person with the venue's app.
    App,
    /// A program that names a broker or a library.
    Broker(String),
    /// A program that begins its ids with a word.
    Named(String),
    /// An id without a word in it, or none at all.
    Unnamed,
}

impl Sender {
    /// Reads who sent an order. Venue fact: orders of people in web and apps carry `web_`, `ios_`
    /// and `android_`, brokers `x-`. Source: binance-usdm 3.8.
    pub fn of(client_id: Option<&ClientId>) -> Self {
        let Some(text) = client_id.map(ClientId::as_str) else { return Self::Unnamed };
        if text.starts_with("web_") {
            return Self::Web;
        }
        if text.starts_with("ios_") || text.starts_with("android_") {
            return Self::App;
        }
        if let Some(rest) = text.strip_prefix("x-") {
            return Self::Broker(rest.chars().take(BROKER).collect());
        }
        let Some((word, _)) = text.split_once(['-', '_', '.', ':', '/']) else {
            return Self::Unnamed;
        };
        // The first group of a UUID has digits in it, or no letter beyond f.
        let named = (2..=NAME_MAX).contains(&word.len())
            && word.bytes().all(|b| b.is_ascii_alphabetic())
            && !(word.len() == 8 && word.bytes().all(|b| b.is_ascii_hexdigit()));
        if named { Self::Named(word.to_owned()) } else { Self::Unnamed }
    }
}

impl fmt::Display for Sender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Web => f.pad("web"),
            Self::App => f.pad("app"),
            Self::Broker(name) => write!(f, "x-{name}"),
            Self::Named(name) => f.pad(name),
            Self::Unnamed => f.pad("unnamed"),
        }
    }
}
