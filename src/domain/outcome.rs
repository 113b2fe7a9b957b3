//! The three ways an act at a venue can end.

use serde::{Deserialize, Serialize};

use crate::domain::time::Time;

/// How an act ended. There is no fourth way, and `Unsure` is never answered by sending again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome<T> {
    /// The venue did it.
    Done(T),
    /// The venue did not do it, for certain.
    Refused(Refusal),
    /// It may or may not have happened: ask by our client id.
    Unsure(String),
}

/// Why a venue said no.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// The venue's code, when it gave one.
    pub code: Option<i64>,
    /// What it means to us.
    pub kind: RefusalKind,
    /// The venue's words, free of secrets.
    pub text: String,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.code {
            Some(code) => write!(f, "{code} {}", self.text),
            None => f.write_str(&self.text),
        }
    }
}

/// What a refusal means for the next step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RefusalKind {
    /// The stop would fire at once: the price is through it (Binance -2021).
    WouldTrigger,
    /// Nothing to reduce: evidence that the position may be gone, to be verified (-2022).
    NothingToReduce,
    /// The order or stop is not known: filled, cancelled, triggered or not yet visible
    /// (-2011, -2013).
    NotFound,
    /// An earlier attempt with this client id is open (-4116).
    Duplicate,
    /// The wanted state already holds (-4046, -4059).
    AlreadySo,
    /// The order breaks a filter or lies outside the price band (-1111, -4003, -4131 and kin).
    Filter,
    /// The account cannot carry it: margin, balance, leverage or a limit on the position's size
    /// (-2019, -2027, Bybit 110007).
    Margin,
    /// The key, its permissions or its signature (-2014, -2015, -1022).
    Key,
    /// Our clock (-1021).
    Clock,
    /// Too many requests, or a ban until the named instant.
    Limited(Option<Time>),
    /// Certain failure that may pass: overload, maintenance.
    Busy,
    /// The account's position mode is not what we thought (-4061).
    Mode,
    /// Not the venue but we: the request's budget or a stop of the program.
    Local,
    /// Anything else.
    Other,
}
