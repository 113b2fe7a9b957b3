//! The door behind the counter: tests, scripted incidents and people at a shell tell the exchange
//! what to do. The same verbs over HTTP and in process ([`Control`]).
//!
//! Over HTTP: `POST /control` with one JSON verb or an array of them, answered with
//! `{"ok":true,…}` or 400 and `{"error":"one sentence"}`. `GET /control/state` shows everything,
//! `GET /control/record?since=N` what was done, `GET /control/requests` what was asked.
//!
//! ```text
//! curl -d '{"do":"set_price","symbol":"BTCUSDT","price":90000}' http://127.0.0.1:PORT/control
//! ```
//!
//! `field?` is optional. `side` is `buy`/`long` or `sell`/`short`, `leg` `net`, `long` or `short`.
//!
//! A verb may carry `venue` (`binance`, the default, or `bybit`); the reads take `?venue=bybit`.
//!
//! - prices: `set_price` symbol, price? mark? last? (moves mark and last, or one of them, with all
//!   that follows) · `freeze`, `unfreeze` symbol? (stops and restarts the walk) · `volatility`
//!   symbol?, share (how far one second may move a price, as a share of it) · `depth` symbol, qty?
//!   parts? (what a taker gets and in how many fills; neither: no end) · `set_status` symbol,
//!   status, delivery? · `list_contracts` like, count (more of a kind: `0001BTCUSDT`, …) ·
//!   `keep_contracts` symbols (nothing else is listed; what is left out was never traded)
//! - a person's hands: `trade` symbol, side, qty, leg? price? prefix? client_id? reduce_only? ·
//!   `close` symbol, leg? qty? prefix? · `place_stop` symbol, trigger, qty? side? leg? kind?
//!   working? client_id? prefix? reduce_only? close_position? (side and qty from the position,
//!   STOP_MARKET on the mark price); on bybit with `on_position: true` it sets the position's own
//!   stop, with qty a partial one, with TRAILING_STOP_MARKET trigger is the distance ·
//!   `remove_stop` symbol? id? client_id?, or symbol, leg? `on_position: true` · `cancel_order`
//!   symbol, id? client_id?
//! - positions: `seed_position` symbol, side, qty, entry? ago_ms? history? client_id? (from the
//!   past, nobody is told; `history: false` without order and fill) · `erase_position` symbol, leg?
//!   (gone without any trace) · `liquidate`, `adl` symbol, leg? price? · `settle` symbol, price?
//!   (the contract ends) · `margin_call` symbol, leg?
//! - record: `coverage` symbol? (answers, for every leg, in which spans less than all of an open
//!   position was covered by resting stops, and the most stops at once; entries by client id)
//! - account: `fund` symbol, rate · `transfer` amount, coin? · `hedge_mode` on, symbol? (whatever
//!   is open) · `add_key` api_key, secret? public_key? trade? ips? (HMAC secret or public key in
//!   PEM)
//! - wire: `set_limits` weight? orders_10s? orders_1m?, on bybit per_endpoint? per_ip? counted? ·
//!   `ban` for_ms (418, on bybit 403; 0 lifts it) · `clock_skew` ms · `ways` old_user_stream?
//!   old_answers? no_order_weight? silent_expiry? text_expiry?, on bybit ack_ms? quoted_numbers?
//!   sparse_rows? moves_prices? repeated_rows? fresh_every? (habits of other times and networks) ·
//!   `expire_listen_key` · `kick` route? hard? (`public`, `market`, `private`, `legacy`) ·
//!   `mute` route? (open sockets say nothing ever again, not even to a ping) · `fault` kind, …
//!   (see `fault_verb.rs`) · `clear_faults` id? · `reset` (begins again; keys, sockets and the
//!   listenKey stay)

use std::fmt;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::sim::bybit::world::BybitWorld;
use crate::sim::exchange::{Exchange, Record};
use crate::sim::fault_verb::FaultVerb;
use crate::sim::frame::Route;
use crate::sim::memory::{Request, Requests};
use crate::sim::shell::Shell;
use crate::sim::state;
use crate::sim::verbs::{RouteName, Told, Verb};
use crate::sim::words::Venue;

/// A venue's world behind its lock, as this door needs it.
trait Behind: Send + Sync {
    fn act(&self, verb: Verb) -> Result<Value, String>;
    fn state(&self) -> Value;
    fn record(&self, since: u64) -> Vec<Record>;
    fn log(&self) -> Requests;
    fn sockets(&self, route: Route) -> usize;
}

impl Behind for Shell {
    fn act(&self, verb: Verb) -> Result<Value, String> {
        let (mut world, now) = self.lock();
        crate::sim::deeds::act(&mut *world, verb, now)
    }

    fn state(&self) -> Value {
        let (mut world, now) = self.lock();
        state::dump(&mut world, now)
    }

    fn record(&self, since: u64) -> Vec<Record> {
        lines(&self.lock().0.exchange, since)
    }

    fn log(&self) -> Requests {
        self.lock().0.requests.clone()
    }

    fn sockets(&self, route: Route) -> usize {
        self.lock().0.sockets.count(route)
    }
}

impl Behind for Shell<BybitWorld> {
    fn act(&self, verb: Verb) -> Result<Value, String> {
        let (mut world, now) = self.lock();
        crate::sim::deeds::act(&mut *world, verb, now)
    }

    fn state(&self) -> Value {
        let (world, now) = self.lock();
        state::dump_bybit(&world, now)
    }

    fn record(&self, since: u64) -> Vec<Record> {
        lines(&self.lock().0.exchange, since)
    }

    fn log(&self) -> Requests {
        self.lock().0.requests.clone()
    }

    fn sockets(&self, route: Route) -> usize {
        self.lock().0.sockets.count(route)
    }
}

/// Lines are numbered from one in the order they stand in.
fn lines(exchange: &Exchange, since: u64) -> Vec<Record> {
    let skipped = usize::try_from(since).unwrap_or(usize::MAX);
    exchange.record.get(skipped..).unwrap_or_default().to_vec()
}

/// A handle on a running exchange, cheap to clone; works from any thread.
#[derive(Clone)]
pub struct Control {
    binance: Option<Arc<dyn Behind>>,
    bybit: Option<Arc<dyn Behind>>,
    venue: Venue,
}

impl fmt::Debug for Control {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Control")
    }
}

impl Control {
    /// A handle on what both shells guard.
    pub(crate) fn new(binance: Arc<Shell>, bybit: Arc<Shell<BybitWorld>>) -> Self {
        Self { binance: Some(binance), bybit: Some(bybit), venue: Venue::Binance }
    }

    /// A handle on a Binance account that stands alone.
    pub(crate) fn of_binance(shell: Arc<Shell>) -> Self {
        Self { binance: Some(shell), bybit: None, venue: Venue::Binance }
    }

    /// A handle on a Bybit account that stands alone.
    pub(crate) fn of_bybit(shell: Arc<Shell<BybitWorld>>) -> Self {
        Self { binance: None, bybit: Some(shell), venue: Venue::Bybit }
    }

    /// The same handle for another venue: its verbs, its state, its records. Of a venue that is
    /// not there nothing is known and every verb fails.
    #[must_use]
    pub fn of(&self, venue: Venue) -> Self {
        Self { venue, ..self.clone() }
    }

    fn behind(&self) -> Option<&dyn Behind> {
        match self.venue {
            Venue::Binance => self.binance.as_deref(),
            Venue::Bybit => self.bybit.as_deref(),
        }
    }

    /// Carries out one verb; what it made (ids) is in the answer.
    ///
    /// # Errors
    /// One sentence; nothing was changed.
    pub fn act(&self, verb: Verb) -> Result<Value, String> {
        let behind = self.behind().ok_or("this exchange has only its other venue")?;
        behind.act(verb)
    }

    /// Carries out a verb on the venue it names, or on this handle's own.
    ///
    /// # Errors
    /// One sentence; nothing was changed.
    pub fn carry_out(&self, told: Told) -> Result<Value, String> {
        self.of(told.venue.unwrap_or(self.venue)).act(told.verb)
    }

    /// Carries out one verb given as JSON, as the HTTP door does.
    ///
    /// # Errors
    /// One sentence; nothing was changed.
    pub fn tell(&self, verb: Value) -> Result<Value, String> {
        self.carry_out(Told::read(verb)?)
    }

    /// Starts a fault; answers its number.
    ///
    /// # Errors
    /// An unknown kind, or fields that do not belong to it.
    pub fn fault(&self, fault: FaultVerb) -> Result<u64, String> {
        let made = self.act(Verb::Fault(fault))?;
        Ok(made.get("id").and_then(Value::as_u64).unwrap_or_default())
    }

    /// Everything there is, as one JSON object.
    pub fn state(&self) -> Value {
        self.behind().map(Behind::state).unwrap_or_default()
    }

    /// Everything done since a sequence number, oldest first.
    pub fn record(&self, since: u64) -> Vec<Record> {
        self.behind().map(|behind| behind.record(since)).unwrap_or_default()
    }

    /// How often an endpoint was asked: `GET /fapi/v1/time`.
    pub fn asked(&self, endpoint: &str) -> u64 {
        self.log().counts.get(endpoint).copied().unwrap_or_default()
    }

    /// Every request since the start or the last reset, oldest first.
    pub fn requests(&self) -> Vec<Request> {
        self.log().list.into_iter().collect()
    }

    fn log(&self) -> Requests {
        self.behind().map(Behind::log).unwrap_or_default()
    }

    /// How many sockets are open on a route.
    pub fn sockets(&self, route: RouteName) -> usize {
        self.behind().map(|behind| behind.sockets(route_of(route))).unwrap_or_default()
    }

    /// Puts mark and last price of a contract where they are wanted.
    ///
    /// # Errors
    /// An unknown contract or a price that is not positive.
    pub fn set_price(&self, symbol: &str, price: rust_decimal::Decimal) -> Result<(), String> {
        let verb = json!({"do": "set_price", "symbol": symbol, "price": price});
        self.tell(verb).map(drop)
    }
}

/// The route a name stands for.
pub(crate) const fn route_of(name: RouteName) -> Route {
    match name {
        RouteName::Public => Route::Public,
        RouteName::Market => Route::Market,
        RouteName::Private => Route::Private,
        RouteName::Legacy => Route::Legacy,
    }
}
