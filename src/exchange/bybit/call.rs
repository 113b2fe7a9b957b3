//! One request before it is sent: where, what, and what it is for.
//!
//! For: the few kinds of requests there are, and what the questions about lists name.
//! Not for: signing or sending (`rest`).
//! Door: the constructors of [`Call`]; [`by_coin`], [`by_symbol`], [`by_order`].

use crate::domain::client_id::ClientId;
use crate::domain::key::{Symbol, VenueOrderId};
use crate::exchange::bybit::budget::Lane;
use crate::exchange::sign::Query;

/// What linear contracts settle in; a list by one of them hides the other's (bybit 3.2).
pub const SETTLE_COINS: [&str; 2] = ["USDT", "USDC"];

/// Nothing but the category: every instrument.
pub fn linear() -> Query {
    Query::new().with("category", "linear")
}

/// Everything that settles in a coin.
pub fn by_coin(coin: &str) -> Query {
    linear().with("settleCoin", coin)
}

/// Everything of one instrument. Of positions this lists flat slots too.
pub fn by_symbol(symbol: &Symbol) -> Query {
    linear().with("symbol", symbol)
}

/// Which of two names of an order is used.
#[derive(Clone, Copy, Debug)]
pub enum Named<'a> {
    /// The venue's.
    Id(&'a VenueOrderId),
    /// Its sender's.
    Link(&'a ClientId),
}

/// One order of an instrument.
pub fn by_order(symbol: &Symbol, order: Named<'_>) -> Query {
    match order {
        Named::Id(id) => by_symbol(symbol).with("orderId", id),
        Named::Link(id) => by_symbol(symbol).with("orderLinkId", id),
    }
}

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

    /// Something that enlarges a position.
    pub fn entry(path: &'static str, body: String) -> Self {
        Self { lane: Lane::Entry, ..Self::deed(path, body) }
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
