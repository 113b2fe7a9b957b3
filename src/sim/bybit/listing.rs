//! Orders as lists: what is open now, and what was.
//!
//! A conditional order and the order it became are one row with one id. Source: bybit 3.10, 3.11.

use crate::sim::algo::Algo;
use crate::sim::bybit::call::{Call, WEEK};
use crate::sim::bybit::cause;
use crate::sim::bybit::errors::Failure;
use crate::sim::bybit::ids;
use crate::sim::bybit::order_rows;
use crate::sim::bybit::pages::{Paging, Row, page};
use crate::sim::bybit::rows::Form;
use crate::sim::bybit::world::BybitWorld;
use crate::sim::exchange::Exchange;
use crate::sim::json::Json;
use crate::sim::numbers::Ms;
use crate::sim::orders::Order;
use crate::sim::words::Forced;

type Answer = Result<Json, Failure>;

/// How many closed orders the quick listing remembers.
const REMEMBERED: usize = 500;
const DAY: Ms = 24 * 3600 * 1000;
const FINAL: [&str; 5] =
    ["Filled", "Cancelled", "Rejected", "Deactivated", "PartiallyFilledCanceled"];

/// One row of either kind.
#[derive(Clone, Copy)]
enum Entry<'e> {
    Plain(&'e Order),
    Stop(&'e Algo),
}

impl Entry<'_> {
    fn id(&self) -> String {
        match self {
            Self::Plain(order) => ids::of_order(order),
            Self::Stop(algo) => ids::of_algo(algo.id),
        }
    }

    fn symbol(&self) -> &str {
        match self {
            Self::Plain(order) => &order.want.symbol,
            Self::Stop(algo) => &algo.want.symbol,
        }
    }

    fn link(&self) -> &str {
        match self {
            Self::Plain(order) => &order.client_id,
            Self::Stop(algo) => &algo.client_id,
        }
    }

    fn times(&self) -> (Ms, Ms) {
        match self {
            Self::Plain(order) => (order.created, order.updated),
            Self::Stop(algo) => (algo.created, algo.updated),
        }
    }

    fn is_open(&self) -> bool {
        match self {
            Self::Plain(order) => order.status.is_open(),
            Self::Stop(algo) => algo.waits(),
        }
    }

    fn is_stop(&self) -> bool {
        match self {
            Self::Plain(order) => order.origin.is_some(),
            Self::Stop(_) => true,
        }
    }

    fn has_fills(&self) -> bool {
        matches!(self, Self::Plain(order) if !order.filled.is_zero())
    }

    fn status(&self) -> &'static str {
        match self {
            Self::Plain(order) => cause::status(order),
            Self::Stop(algo) => cause::stop_status(algo, true),
        }
    }

    fn row(&self, exchange: &Exchange, form: Form) -> Row {
        let (created, updated) = self.times();
        let number = match self {
            Self::Plain(order) => order.id,
            Self::Stop(algo) => algo.id,
        };
        let at = if form == Form::History { updated } else { created };
        let json = match self {
            Self::Plain(order) => order_rows::order(exchange, order, form).end(),
            Self::Stop(algo) => order_rows::conditional(exchange, algo, form).end(),
        };
        let cursor = format!("{}:{created}", self.id());
        Row { place: format!("{at:020}{number:020}"), cursor, json }
    }
}

/// Every order once; a contract's settlement is a fill without an order.
fn entries(exchange: &Exchange) -> Vec<Entry<'_>> {
    let orders = exchange.orders.values();
    let orders = orders.filter(|order| order.forced != Some(Forced::Settlement));
    let waiting = exchange.algos.values().filter(|algo| algo.child.is_none());
    orders.map(Entry::Plain).chain(waiting.map(Entry::Stop)).collect()
}

/// Whether a row is of the contract, coin or id that is asked for.
fn meant(exchange: &Exchange, call: &Call, entry: &Entry<'_>) -> bool {
    let is = |name: &str, value: &str| call.get(name).is_none_or(|only| only == value);
    if let Some(id) = call.get("orderId") {
        return entry.id() == id.to_ascii_lowercase();
    }
    let base = exchange.market.get(entry.symbol()).map(|contract| contract.spec.base.as_str());
    let filter = match call.get("orderFilter") {
        Some("StopOrder") => entry.is_stop(),
        Some("Order") => !entry.is_stop(),
        _ => true,
    };
    is("orderLinkId", entry.link())
        && is("symbol", entry.symbol())
        && is("baseCoin", base.unwrap_or_default())
        && is("settleCoin", exchange.coin_of(entry.symbol()).name())
        && filter
}

/// `GET /v5/order/realtime`
pub fn realtime(world: &mut BybitWorld, call: &Call, now: Ms) -> Answer {
    call.linear()?;
    let by_id = call.get("orderId").is_some() || call.get("orderLinkId").is_some();
    let scoped = ["symbol", "baseCoin", "settleCoin"].iter().any(|name| call.get(name).is_some());
    if !scoped && !by_id {
        let msg =
            "Missing some parameters that must be filled in, symbol or settleCoin or baseCoin";
        return Err(Failure::params(msg));
    }
    if let Some(symbol) = call.get("symbol") {
        world.exchange.market.get(symbol)?;
    }
    let shown = world.shown(now);
    let closed_too = by_id || call.get("openOnly") == Some("1");
    let mut closed: Vec<Entry<'_>> =
        entries(&shown).into_iter().filter(|entry| !entry.is_open()).collect();
    closed.sort_by_key(|entry| std::cmp::Reverse(entry.times().1));
    closed.truncate(REMEMBERED);
    let open = entries(&shown).into_iter().filter(Entry::is_open);
    let found = open.filter(|_| call.get("openOnly") != Some("1") || by_id);
    let found: Vec<Entry<'_>> = found
        .chain(closed.into_iter().filter(|_| closed_too))
        .filter(|entry| meant(&shown, call, entry))
        .collect();
    let accepted: Vec<Ms> = found.iter().map(|entry| entry.times().0).collect();
    let hidden = world.faults.hides(&accepted, &call.path, now);
    let young = |entry: &Entry<'_>| now - entry.times().0 < world.ways.ack_ms;
    let seen = found.iter().zip(hidden).filter(|(entry, hidden)| !hidden && !young(entry));
    let rows = seen.map(|(entry, _)| entry.row(&shown, Form::Now)).collect();
    let paging = Paging { limits: (20, 50), newest_first: true, repeats: false, ends: false };
    page(call, rows, paging)
}

/// `GET /v5/order/history`
pub fn history(world: &mut BybitWorld, call: &Call, now: Ms) -> Answer {
    call.linear()?;
    let status = call.get("orderStatus");
    if status.is_some_and(|status| !FINAL.contains(&status)) {
        return Err(Failure::of(181_017));
    }
    let (from, to) = call.span(now)?;
    let old_enough = now - world.faults.history_lag(now);
    let shown = world.shown(now);
    let listed = |entry: &Entry<'_>| {
        let (created, updated) = entry.times();
        let kept = entry.has_fills() || now - updated <= DAY.min(WEEK);
        !entry.is_open() && kept && (from..=to).contains(&created) && updated <= old_enough
    };
    let found = entries(&shown).into_iter().filter(|entry| {
        listed(entry)
            && meant(&shown, call, entry)
            && status.is_none_or(|status| status == entry.status())
    });
    let rows = found.map(|entry| entry.row(&shown, Form::History)).collect();
    let paging = Paging {
        limits: (20, 50),
        newest_first: true,
        repeats: world.ways.repeated_rows,
        ends: false,
    };
    page(call, rows, paging)
}
