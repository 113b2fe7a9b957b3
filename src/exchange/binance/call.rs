//! One request before it is sent: where, what, what it must show and what it costs.
//!
//! For: the few kinds of requests there are, with their weights from binance-usdm 5.
//! Not for: signing or sending (`rest`).
//! Door: the constructors of [`Call`].

use reqwest::Method;

use crate::exchange::binance::budget::Lane;
use crate::exchange::sign::Query;

/// One request.
#[derive(Clone, Debug)]
pub struct Call {
    pub method: Method,
    pub path: &'static str,
    pub query: Query,
    pub proof: Proof,
    pub lane: Lane,
    pub weight: u32,
}

/// What a request has to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// Nothing: it is public.
    Nothing,
    /// The key, in a header.
    Key,
    /// The key, a timestamp and a signature.
    Signature,
}

impl Call {
    /// A signed question with its weight from binance-usdm 5.
    pub fn ask(path: &'static str, query: Query, lane: Lane, weight: u32) -> Self {
        Self { method: Method::GET, path, query, proof: Proof::Signature, lane, weight }
    }

    /// A new order. Venue fact: it weighs nothing and counts against the order limits instead.
    pub fn order(path: &'static str, query: Query) -> Self {
        let (method, lane) = (Method::POST, Lane::Order);
        Self { method, path, query, proof: Proof::Signature, lane, weight: 0 }
    }

    /// A new order that enlarges something. It weighs nothing at the venue either, and waits for
    /// nothing: an entry that is late is another entry.
    pub fn entry(path: &'static str, query: Query) -> Self {
        Self { lane: Lane::Entry, ..Self::order(path, query) }
    }

    /// Taking an order away.
    pub fn cancel(path: &'static str, query: Query) -> Self {
        let (method, lane) = (Method::DELETE, Lane::Guard);
        Self { method, path, query, proof: Proof::Signature, lane, weight: 1 }
    }

    /// Something public.
    pub fn public(path: &'static str) -> Self {
        let (method, lane) = (Method::GET, Lane::Guard);
        Self { method, path, query: Query::new(), proof: Proof::Nothing, lane, weight: 1 }
    }

    /// About the listen key: the key in the header and no signature.
    pub fn listen_key(method: Method) -> Self {
        let path = "/fapi/v1/listenKey";
        let (query, lane) = (Query::new(), Lane::Guard);
        Self { method, path, query, proof: Proof::Key, lane, weight: 1 }
    }
}
