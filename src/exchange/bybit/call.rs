//! One request before it is sent: where, what, and what it is for.
//!
//! For: the few kinds of requests there are.
//! Not for: signing or sending (`rest`).
//! Door: the constructors of [`Call`].

use crate::exchange::bybit::budget::Lane;
use crate::exchange::sign::Query;

/// One request.
#[derive(Clone, Debug)]
pub struct Call {
    pub path: &'static str,
    pub load: Load,
    pub lane: Lane,
    /// Whether it shows key, timestamp and signature.
    pub signed: bool,
}

/// What a request carries.
#[derive(Clone, Debug)]
pub enum Load {
    /// A question. Venue fact: a GET with a body, even an empty object, is answered with 403
    /// (bybit 3.0).
    Query(Query),
    /// A deed, as the JSON text that is signed and sent.
    Deed(String),
}

impl Call {
    /// A signed question.
    pub fn ask(path: &'static str, query: Query, lane: Lane) -> Self {
        Self { path, load: Load::Query(query), lane, signed: true }
    }

    /// Something that changes the account.
    pub fn deed(path: &'static str, body: String) -> Self {
        Self { path, load: Load::Deed(body), lane: Lane::Guard, signed: true }
    }

    /// A question that anybody may ask.
    pub fn public(path: &'static str, query: Query, lane: Lane) -> Self {
        Self { path, load: Load::Query(query), lane, signed: false }
    }

    /// Whether the account may be different afterwards.
    pub fn changes(&self) -> bool {
        matches!(self.load, Load::Deed(_))
    }
}
