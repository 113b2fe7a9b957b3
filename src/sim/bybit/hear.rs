//! The world's side of its sockets: who joins, what a message changes, what a new listener gets.
//!
//! Not here: the words of the answers (`dialect.rs`). Door: [`BybitWorld::join`],
//! [`BybitWorld::hear`].

use tokio::sync::mpsc::UnboundedSender;

use crate::sim::bybit::auth;
use crate::sim::bybit::dialect::Venue;
use crate::sim::bybit::sockets::Address;
use crate::sim::bybit::world::BybitWorld;
use crate::sim::frame::{Frame, Route};
use crate::sim::numbers::Ms;
use crate::sim::wired::Out;

/// States of a contract that has come to its end.
const ENDED: [&str; 2] = ["SETTLING", "CLOSE"];

impl BybitWorld {
    /// A socket opens; answers its number.
    pub fn join(&mut self, address: Address, out: UnboundedSender<Out>, now: Ms) -> u64 {
        let conn_id = format!("{}-{}", self.rng.text(20), self.rng.text(4)).to_lowercase();
        self.sockets.add(address, conn_id, out, now)
    }

    /// A client says something. While a silence is at work nothing comes of it: a dead venue
    /// accepts frames and answers none, not even a ping.
    pub fn hear(&mut self, id: u64, text: &str, now: Ms) {
        let Some(route) = self.sockets.route(id) else { return };
        let (stream, body) = (String::new(), String::new());
        if self.faults.mutes(&Frame { route, stream, event: "answer", body }, now) {
            return;
        }
        let market = &self.exchange.market;
        let lists = |symbol: &str| {
            market.get(symbol).is_ok_and(|found| !ENDED.contains(&found.status.as_str()))
        };
        let keys = &self.keys;
        let proves = |key: &str, text: &str, sign: &str| auth::proves(keys, key, text, sign);
        let venue = Venue { lists: &lists, proves: &proves, now };
        let fresh = self.sockets.hear(id, text, &venue);
        if route != Route::Public {
            return;
        }
        for topic in fresh {
            let symbol = topic.strip_prefix("tickers.").unwrap_or_default();
            if let Ok(contract) = self.exchange.market.get(symbol) {
                let first = self.tickers.snapshot(contract, now);
                if !self.faults.mutes(&first, now) {
                    self.sockets.send(id, first.body, now);
                }
            }
        }
    }
}
