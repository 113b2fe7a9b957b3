//! Everything the Bybit shell guards with one lock: the pure exchange, faults, limits, sockets.
//!
//! Told the time by the shell. Door: [`BybitWorld::act`] to change something, which also publishes
//! what the owner hears of, and [`BybitWorld::pump`] once in a while for what time brings.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;

use crate::sim::binance::auth::Proof;
use crate::sim::bybit::auth::Key;
use crate::sim::bybit::frames;
use crate::sim::bybit::limits::Limits;
use crate::sim::bybit::sockets::Sockets;
use crate::sim::bybit::tickers::Tickers;
use crate::sim::exchange::Exchange;
use crate::sim::faults::Faults;
use crate::sim::frame::Frame;
use crate::sim::memory::{Past, Requests};
use crate::sim::numbers::Ms;
use crate::sim::rng::Rng;
use crate::sim::words::Venue;

/// The account's user id, part of private message ids.
pub const USER_ID: u64 = 100_475_188;

/// Habits that can be switched on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ways {
    /// How long an accepted order is not yet found by `order/realtime`.
    pub ack_ms: Ms,
    /// Whole numbers of position rows are sent as text.
    pub quoted_numbers: bool,
    /// Rows leave out the keys that are missing now and then.
    pub sparse_rows: bool,
    /// Limit prices outside the band are moved to its edge; without it they are refused.
    pub moves_prices: bool,
    /// A page of a history begins with the last row of the one before it.
    pub repeated_rows: bool,
}

impl Default for Ways {
    fn default() -> Self {
        Self {
            ack_ms: 0,
            quoted_numbers: false,
            sparse_rows: true,
            moves_prices: true,
            repeated_rows: false,
        }
    }
}

/// The guarded whole.
#[derive(Debug)]
pub struct BybitWorld {
    /// Market, account, orders.
    pub exchange: Exchange,
    /// What goes wrong.
    pub faults: Faults,
    /// Buckets and bans.
    pub limits: Limits,
    /// Who may ask.
    pub keys: Vec<Key>,
    /// Who listens.
    pub sockets: Sockets,
    /// What listeners of prices know.
    pub tickers: Tickers,
    /// What was asked.
    pub requests: Requests,
    /// How far the exchange's clock is ahead of the machine's.
    pub skew: Ms,
    /// Which habits are followed.
    pub ways: Ways,
    /// Random choices of the shell.
    pub rng: Rng,
    /// Which page a handed out cursor leads to.
    pages: BTreeMap<String, u32>,
    past: Past<Exchange>,
    seed: u64,
    due: BTreeMap<(Ms, u64), Frame>,
    sent: u64,
    second: Ms,
}

impl BybitWorld {
    /// Opens for the day.
    pub fn new(seed: u64, now: Ms) -> Self {
        let mut rng = Rng::new(seed.wrapping_mul(37).wrapping_add(23));
        let (api_key, secret) = (rng.text(18), rng.text(36));
        let proof = Proof::Hmac(secret);
        Self {
            exchange: Exchange::of(Venue::Bybit, seed, now),
            faults: Faults::default(),
            limits: Limits::default(),
            keys: vec![Key { api_key, proof, may_trade: true, ips: Vec::new() }],
            sockets: Sockets::default(),
            tickers: Tickers::default(),
            requests: Requests::default(),
            skew: 0,
            ways: Ways::default(),
            rng,
            pages: BTreeMap::new(),
            past: Past::default(),
            seed,
            due: BTreeMap::new(),
            sent: 0,
            second: now - now.rem_euclid(1000),
        }
    }

    /// Changes something on the exchange, then tells its owner.
    pub fn act<R>(&mut self, now: Ms, change: impl FnOnce(&mut Exchange) -> R) -> R {
        let before = self.faults.has_rest_lag(now).then(|| self.exchange.clone());
        let answer = change(&mut self.exchange);
        self.exchange.watch(now);
        if let Some(before) = before
            && !self.exchange.happened.is_empty()
            && let Some(lag) = self.faults.rest_lag(now)
        {
            self.past.keep(before, lag, now);
        }
        self.publish(now);
        answer
    }

    /// The exchange as a REST read of what is now sees it: late while a lag is at work.
    pub fn shown(&mut self, now: Ms) -> Exchange {
        self.past.shown(&self.exchange, now, true)
    }

    /// The page a cursor leads to; the first for one that was never handed out.
    pub fn page_of(&self, cursor: &str) -> u32 {
        self.pages.get(cursor).copied().unwrap_or(1)
    }

    /// Remembers to which page the cursor of an answer leads.
    pub fn note_cursor(&mut self, body: &str, page: u32) {
        const KEY: &str = "\"nextPageCursor\":\"";
        let Some(rest) = body.find(KEY).and_then(|at| body.get(at + KEY.len()..)) else { return };
        let Some(cursor) = rest.split('"').next().filter(|cursor| !cursor.is_empty()) else {
            return;
        };
        self.pages.insert(percent_decode_str(cursor).decode_utf8_lossy().into_owned(), page + 1);
    }

    fn publish(&mut self, now: Ms) {
        let happened = self.exchange.take_happenings();
        if !happened.is_empty() {
            let frames = frames::of(&happened, self, now);
            self.send(frames, now);
        }
    }

    /// Sends frames, bent by whatever faults are at work.
    pub fn send(&mut self, frames: Vec<Frame>, now: Ms) {
        for (delay, frame) in self.faults.bend(frames, now, &mut self.rng) {
            if delay > 0 {
                self.sent += 1;
                self.due.insert((now + delay, self.sent), frame);
            } else {
                self.sockets.deliver(&frame, now);
            }
        }
    }

    /// Prices of contracts changed by hand: everybody who follows them hears in one piece.
    pub fn show_prices(&mut self, moved: &[String], now: Ms) {
        self.note_prices(moved, true, now);
        self.send_tickers(now);
    }

    fn note_prices(&mut self, moved: &[String], at_once: bool, now: Ms) {
        for symbol in moved {
            if let Ok(contract) = self.exchange.market.get(symbol) {
                self.tickers.changed(contract, at_once, &mut self.rng, now);
            }
        }
    }

    fn send_tickers(&mut self, now: Ms) {
        let wants = |topic: &str| self.sockets.wants(topic);
        let frames = self.tickers.due(wants, &mut self.rng, now);
        self.send(frames, now);
    }

    /// What time brings: late frames, the walk, idle sockets, prices in pieces.
    pub fn pump(&mut self, now: Ms) {
        while let Some(entry) = self.due.first_entry()
            && entry.key().0 <= now
        {
            let frame = entry.remove();
            self.sockets.deliver(&frame, now);
        }
        self.sockets.sweep(now);
        let second = now - now.rem_euclid(1000);
        if second != self.second {
            self.second = second;
            let moved = self.act(now, |exchange| exchange.tick(now));
            self.note_prices(&moved, false, now);
        }
        self.send_tickers(now);
    }

    /// When time brings something next, on the machine's clock.
    pub fn next_due(&self) -> Ms {
        let frame = self.due.first_key_value().map(|((at, _), _)| *at);
        let others = [frame, self.sockets.due(), self.tickers.next_due()];
        let next = others.into_iter().flatten().fold(self.second + 1000, Ms::min);
        next - self.skew
    }

    /// Begins again: prices, account, orders, faults, limits. Keys and sockets stay.
    pub fn reset(&mut self, now: Ms) {
        self.exchange = Exchange::of(Venue::Bybit, self.seed, now);
        self.faults = Faults::default();
        self.limits = Limits::default();
        self.requests = Requests::default();
        self.due.clear();
        (self.skew, self.ways, self.past) = (0, Ways::default(), Past::default());
    }
}
