//! Everything the shell guards with one lock: the pure exchange, its faults, limits and sockets.
//!
//! Told the time by the shell. Door: [`World::act`] to change something, which also publishes
//! what the owner hears of, and [`World::pump`] once in a while for what time brings.

use std::collections::BTreeMap;

use crate::sim::account::Account;
use crate::sim::binance::auth::{Key, Proof};
use crate::sim::binance::limits::Limits;
use crate::sim::binance::sockets::Sockets;
use crate::sim::binance::{frames, streams};
use crate::sim::exchange::Exchange;
use crate::sim::faults::Faults;
use crate::sim::frame::Frame;
use crate::sim::memory::{Past, Requests};
use crate::sim::numbers::Ms;
use crate::sim::rng::Rng;

/// How long a listenKey lives without being extended.
pub const LISTEN_KEY_LIFE: Ms = 3_600_000;

/// The credential of the private stream; one for the whole account.
#[derive(Clone, Debug, Default)]
pub struct ListenKey {
    /// The living key.
    pub key: Option<String>,
    /// When it dies.
    pub expires: Ms,
}

/// Differences between the networks that can be switched on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ways {
    /// The unrouted address `/ws/<listenKey>` delivers, as on the demo network.
    pub old_user_stream: bool,
    /// Answers to placing and cancelling carry `avgPrice` and `cumQuote`, as before June 2026.
    pub old_answers: bool,
    /// The weight header of order endpoints is -1, as on the demo network.
    pub no_order_weight: bool,
    /// A listenKey ends without the event.
    pub silent_expiry: bool,
    /// `E` of listenKeyExpired is text, as before May 2026.
    pub text_expiry: bool,
}

/// The guarded whole.
#[derive(Debug)]
pub struct World {
    /// Market, account, orders.
    pub exchange: Exchange,
    /// What goes wrong.
    pub faults: Faults,
    /// Weights and counts.
    pub limits: Limits,
    /// Who may ask.
    pub keys: Vec<Key>,
    /// Credential of the private stream.
    pub listen: ListenKey,
    /// Who listens.
    pub sockets: Sockets,
    /// What was asked.
    pub requests: Requests,
    /// How far the exchange's clock is ahead of the machine's.
    pub skew: Ms,
    /// Which network's habits are followed.
    pub ways: Ways,
    /// Random choices of the shell.
    pub rng: Rng,
    seed: u64,
    past: Past<Account>,
    due: BTreeMap<(Ms, u64), Frame>,
    sent: u64,
    second: Ms,
}

impl World {
    /// Opens for the day.
    pub fn new(seed: u64, now: Ms) -> Self {
        let mut rng = Rng::new(seed.wrapping_mul(31).wrapping_add(17));
        let (api_key, secret) = (rng.text(64), rng.text(64));
        Self {
            exchange: Exchange::new(seed, now),
            faults: Faults::default(),
            limits: Limits::new(),
            keys: vec![Key { api_key, proof: Proof::Hmac(secret), may_trade: true }],
            listen: ListenKey::default(),
            sockets: Sockets::default(),
            requests: Requests::default(),
            skew: 0,
            ways: Ways::default(),
            rng,
            seed,
            past: Past::default(),
            due: BTreeMap::new(),
            sent: 0,
            second: now - now.rem_euclid(1000),
        }
    }

    /// Changes something on the exchange, then tells its owner.
    pub fn act<R>(&mut self, now: Ms, change: impl FnOnce(&mut Exchange) -> R) -> R {
        let before = self.faults.has_rest_lag(now).then(|| self.exchange.account.clone());
        let answer = change(&mut self.exchange);
        self.exchange.watch(now);
        if let Some(before) = before
            && before.positions().ne(self.exchange.account.positions())
            && let Some(lag) = self.faults.rest_lag(now)
        {
            self.past.keep(before, lag, now);
        }
        self.publish(now);
        answer
    }

    /// The account as a REST read sees it: late while a lag is at work.
    pub fn shown_account(&mut self, now: Ms, counts: bool) -> Account {
        self.past.shown(&self.exchange.account, now, counts)
    }

    fn publish(&mut self, now: Ms) {
        let happened = self.exchange.take_happenings();
        if !happened.is_empty() {
            let frames = frames::of(&happened, &self.exchange, now);
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
                self.sockets.deliver(&frame, self.listen.key.as_deref());
            }
        }
    }

    /// Prices of a contract changed by hand: everybody hears at once.
    pub fn show_prices(&mut self, moved: &[String], now: Ms) {
        let wants = |stream: &str| self.sockets.wants(stream);
        let mut out = streams::books(&self.exchange, moved, wants, false, now);
        out.extend(streams::marks(&self.exchange, wants, false, now));
        self.send(out, now);
    }

    /// What time brings: late frames, pings, the walk, mark prices, the end of the listenKey.
    pub fn pump(&mut self, now: Ms) {
        while let Some(entry) = self.due.first_entry()
            && entry.key().0 <= now
        {
            let frame = entry.remove();
            self.sockets.deliver(&frame, self.listen.key.as_deref());
        }
        let quiet = self.is_dead(now);
        self.sockets.sweep(now - self.skew, quiet);
        if self.listen.key.is_some() && now >= self.listen.expires {
            self.expire_listen_key(now);
        }
        let second = now - now.rem_euclid(1000);
        if second == self.second {
            return;
        }
        self.second = second;
        let moved = self.act(now, |exchange| exchange.tick(now));
        let wants = |stream: &str| self.sockets.wants(stream);
        let (mark_slow, book_slow) = (second % 3000 == 0, second % 5000 == 0);
        let mut out = streams::books(&self.exchange, &moved, wants, book_slow, now);
        out.extend(streams::marks(&self.exchange, wants, mark_slow, now));
        self.send(out, now);
    }

    /// When time brings something next, on the machine's clock.
    pub fn next_due(&self) -> Ms {
        let mut next = self.second + 1000;
        if let Some(((at, _), _)) = self.due.first_key_value() {
            next = next.min(*at);
        }
        if self.listen.key.is_some() {
            next = next.min(self.listen.expires);
        }
        (next - self.skew).min(self.sockets.due().unwrap_or(Ms::MAX))
    }

    /// Ends the listenKey, with or without telling.
    pub fn expire_listen_key(&mut self, now: Ms) -> bool {
        let Some(key) = self.listen.key.clone() else { return false };
        if !self.ways.silent_expiry {
            let mut frame = frames::listen_key_expired(&key, now);
            if self.ways.text_expiry {
                let (number, text) = (format!("\"E\":{now}"), format!("\"E\":\"{now}\""));
                frame.body = frame.body.replace(&number, &text);
            }
            self.send(vec![frame], now);
        }
        self.listen = ListenKey::default();
        true
    }

    /// Begins again: prices, account, orders, faults, limits. Keys, sockets and the listenKey
    /// stay.
    pub fn reset(&mut self, now: Ms) {
        self.exchange = Exchange::new(self.seed, now);
        self.faults = Faults::default();
        self.limits = Limits::new();
        self.requests = Requests::default();
        self.due.clear();
        (self.skew, self.ways, self.past) = (0, Ways::default(), Past::default());
    }
}
