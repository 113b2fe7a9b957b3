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
//! - prices: `set_price` symbol, price? mark? last? (moves mark and last, or one of them, with all
//!   that follows) · `freeze`, `unfreeze` symbol? (stops and restarts the walk) · `volatility`
//!   symbol?, share (how far one second may move a price, as a share of it) · `depth` symbol, qty?
//!   parts? (what a taker gets and in how many fills; neither: no end) · `set_status` symbol,
//!   status, delivery?
//! - a person's hands: `trade` symbol, side, qty, leg? price? prefix? client_id? reduce_only? ·
//!   `close` symbol, leg? qty? prefix? · `place_stop` symbol, trigger, qty? side? leg? kind?
//!   working? client_id? prefix? reduce_only? close_position? (side and qty from the position,
//!   STOP_MARKET on the mark price) · `remove_stop` symbol? id? client_id? · `cancel_order`
//!   symbol, id? client_id?
//! - positions: `seed_position` symbol, side, qty, entry? ago_ms? history? client_id? (from the
//!   past, nobody is told; `history: false` without order and fill) · `erase_position` symbol, leg?
//!   (gone without any trace) · `liquidate`, `adl` symbol, leg? price? · `settle` symbol, price?
//!   (the contract ends) · `margin_call` symbol, leg?
//! - account: `fund` symbol, rate · `transfer` amount · `hedge_mode` on (whatever is open) ·
//!   `add_key` api_key, secret? public_key? trade? (HMAC secret or public key in PEM)
//! - wire: `set_limits` weight? orders_10s? orders_1m? · `ban` for_ms (418; 0 lifts it) ·
//!   `clock_skew` ms · `ways` old_user_stream? old_answers? no_order_weight? silent_expiry?
//!   text_expiry? (habits of other times and networks) · `expire_listen_key` · `kick` route?
//!   (`public`, `market`, `private`, `legacy`) · `fault` kind, … (see `fault_verb.rs`) ·
//!   `clear_faults` id? · `reset` (begins again; keys, sockets and the listenKey stay)

use std::fmt;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::sim::exchange::Record;
use crate::sim::fault_verb::FaultVerb;
use crate::sim::frame::Route;
use crate::sim::memory::Request;
use crate::sim::shell::Shell;
use crate::sim::state;
use crate::sim::verbs::{RouteName, Verb};

/// A handle on a running exchange, cheap to clone; works from any thread.
#[derive(Clone)]
pub struct Control {
    shell: Arc<Shell>,
}

impl fmt::Debug for Control {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Control")
    }
}

impl Control {
    /// A handle on what the shell guards.
    pub(crate) const fn new(shell: Arc<Shell>) -> Self {
        Self { shell }
    }

    /// Carries out one verb; what it made (ids) is in the answer.
    ///
    /// # Errors
    /// One sentence; nothing was changed.
    pub fn act(&self, verb: Verb) -> Result<Value, String> {
        let (mut world, now) = self.shell.lock();
        crate::sim::deeds::act(&mut world, verb, now)
    }

    /// Carries out one verb given as JSON, as the HTTP door does.
    ///
    /// # Errors
    /// One sentence; nothing was changed.
    pub fn tell(&self, verb: Value) -> Result<Value, String> {
        self.act(Verb::read(verb)?)
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
        let (mut world, now) = self.shell.lock();
        state::dump(&mut world, now)
    }

    /// Everything done since a sequence number, oldest first.
    pub fn record(&self, since: u64) -> Vec<Record> {
        let (world, _) = self.shell.lock();
        world.exchange.record.iter().filter(|line| line.seq > since).cloned().collect()
    }

    /// How often an endpoint was asked: `GET /fapi/v1/time`.
    pub fn asked(&self, endpoint: &str) -> u64 {
        self.shell.lock().0.requests.counts.get(endpoint).copied().unwrap_or_default()
    }

    /// Every request since the start or the last reset, oldest first.
    pub fn requests(&self) -> Vec<Request> {
        self.shell.lock().0.requests.list.iter().cloned().collect()
    }

    /// How many sockets are open on a route.
    pub fn sockets(&self, route: RouteName) -> usize {
        self.shell.lock().0.sockets.count(route_of(route))
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
