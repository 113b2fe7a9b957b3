//! History: what was filled on a leg, and what made it close.
//!
//! For: every fill since an instant, complete only when every page of every window answered, and
//! neither the venue's list of closed profits nor its stream names anything that is missing.
//! Not for: prices or profit of a whole position (`domain::evidence`).
//! Door: [`history`].

use std::collections::{BTreeMap, BTreeSet};

use futures_util::StreamExt as _;
use futures_util::stream;
use rust_decimal::Decimal;

use crate::domain::evidence::{Fill, History, Origin};
use crate::domain::key::{Leg, Symbol, TradeId, VenueOrderId};
use crate::domain::sweep::Part;
use crate::domain::time::VenueTime;
use crate::exchange::bybit::budget::Lane;
use crate::exchange::bybit::call::{self, Named};
use crate::exchange::bybit::decode_fills::{self, Closed, Execution};
use crate::exchange::bybit::decode_orders::Order;
use crate::exchange::bybit::errors::knows_no_such_symbol;
use crate::exchange::bybit::link::Shared;
use crate::exchange::bybit::orders::{EXECUTIONS, seek};
use crate::exchange::bybit::pages::{self, Fault, List};
use crate::exchange::bybit::read::Page;
use crate::exchange::lock;

const CLOSED: &str = "/v5/position/closed-pnl";
const DAY: i64 = 24 * 3600 * 1000;
/// The longest span one question may have, with a second to spare (bybit 3.11).
pub const WINDOW: i64 = 7 * DAY - 1000;
/// How long fills are kept, with a day to spare (bybit 3.11).
pub const KEPT: i64 = 729 * DAY;
/// Fills of an order that began just before are asked for too, so that its closed profit can be
/// compared with all of them.
pub const BEFORE: i64 = 60_000;
/// How far a window reaches beyond the venue's present, for a clock that is not quite ours.
pub const AFTER: i64 = 5_000;
/// Rows of a page.
const PAGE: usize = 100;
/// Orders that are asked for by themselves, newest first.
const MOST_ORDERS: usize = 40;

/// Everything filled on a leg since an instant, oldest first.
pub async fn history(shared: &Shared, symbol: &Symbol, leg: Leg, since: VenueTime) -> History {
    let oldest = shared.rest.clock().venue_now().0 - KEPT;
    let mut complete = true;
    let mut doubt = |why: String| {
        tracing::warn!(account = %shared.name, %symbol, "history is incomplete: {why}");
        complete = false;
    };
    if since.0 < oldest {
        doubt("the venue keeps fills for two years and more is asked for".to_owned());
    }
    let from = (since.0 - BEFORE).max(oldest);
    let (executions, closed) = tokio::join!(
        windows(shared, EXECUTIONS, symbol, from, decode_fills::executions, |row| &row.symbol),
        windows(shared, CLOSED, symbol, from, decode_fills::closed, |row| &row.symbol),
    );
    let executions: Vec<Execution> = whole(executions, &mut doubt);
    let closed: Vec<Closed> = whole(closed, &mut doubt);
    let mut trades: BTreeMap<TradeId, Execution> = BTreeMap::new();
    for execution in executions {
        trades.insert(execution.trade_id.clone(), execution);
    }
    if let Some(why) = unseen(&closed, &trades, since) {
        doubt(why);
    }
    let untold = {
        let memory = lock(&shared.memory);
        memory.executed(symbol, since).find(|id| !trades.contains_key(*id)).cloned()
    };
    if let Some(id) = untold {
        doubt(format!("the stream told of execution {id}, which the list does not show yet"));
    }
    let mut trades: Vec<Execution> = trades.into_values().filter(|t| t.at >= since).collect();
    trades.sort_by(order_of);
    let causes = Causes::find(shared, symbol, &trades, leg, &mut doubt).await;
    let settles = shared.settles(symbol);
    let mut fills = Vec::new();
    for trade in trades {
        match causes.leg(shared, &trade, leg) {
            Some(its) if its == leg => fills.push(causes.explain(trade.fill(leg, &settles))),
            Some(_) => {}
            None => doubt(format!("nothing says which leg execution {} changed", trade.trade_id)),
        }
    }
    History { symbol: symbol.clone(), leg, since, fills, complete, held: None }
}

/// What came; that it is not all is a doubt.
fn whole<T>(part: Part<Vec<T>>, doubt: &mut impl FnMut(String)) -> Vec<T> {
    match part {
        Part::Whole(rows) => rows,
        Part::Broken(rows, why) => {
            doubt(why);
            rows
        }
    }
}

/// By time; within one instant by what was left of the order, which counts downwards. Venue
/// fact: equal times come in no stable order (bybit 3.11).
fn order_of(a: &Execution, b: &Execution) -> std::cmp::Ordering {
    (a.at, &a.order_id)
        .cmp(&(b.at, &b.order_id))
        .then_with(|| b.left.cmp(&a.left))
        .then_with(|| a.trade_id.cmp(&b.trade_id))
}

/// Reads a list from an instant to now, in windows that touch: each with both ends named,
/// because a window with one end only skips rows (bybit 7), and each to its last page. A contract
/// that ended can no longer be asked for by its name; then its rows are picked from everybody's.
async fn windows<T>(
    shared: &Shared,
    path: &'static str,
    symbol: &Symbol,
    mut from: i64,
    take: fn(&str) -> Part<Page<T>>,
    of: fn(&T) -> &Symbol,
) -> Part<Vec<T>> {
    let mut all = Vec::new();
    let until = shared.rest.clock().venue_now().0 + AFTER;
    let mut by_name = true;
    while from <= until {
        let to = (from + WINDOW).min(until);
        let whose = if by_name { call::by_symbol(symbol) } else { call::linear() };
        let query = whose.with("startTime", from).with("endTime", to);
        let list = List::new(path, query, PAGE, Lane::Sight);
        let (rows, fault) = pages::read(shared, &list, take).await;
        if let Some(Fault::Unasked(failure)) = &fault
            && by_name
            && knows_no_such_symbol(failure)
            && shared.lacks(symbol)
        {
            by_name = false;
            continue;
        }
        all.extend(rows.into_iter().filter(|row| of(row) == symbol));
        if let Some(why) = fault {
            return Part::Broken(all, format!("{}: {path}: {why}", shared.name));
        }
        from = to + 1;
    }
    Part::Whole(all)
}

/// The second evidence: an order that the list of closed profits names and whose fills do not
/// add up to what it closed. Then the list of executions lags. What the venue settles by itself
/// is an execution without an order, whatever the list of closed profits names (bybit 3.10).
fn unseen(
    closed: &[Closed],
    trades: &BTreeMap<TradeId, Execution>,
    since: VenueTime,
) -> Option<String> {
    let mut filled: BTreeMap<&VenueOrderId, Decimal> = BTreeMap::new();
    for trade in trades.values() {
        *filled.entry(&trade.order_id).or_default() += trade.quantity.get();
    }
    let mut wanted: BTreeMap<&VenueOrderId, Decimal> = BTreeMap::new();
    for row in closed.iter().filter(|row| row.at >= since) {
        *wanted.entry(&row.order_id).or_default() += row.quantity.get();
    }
    let orderless =
        trades.values().filter(|trade| trade.order_id.as_str() == trade.trade_id.as_str());
    let mut loose: Vec<Decimal> = orderless.map(|trade| trade.quantity.get()).collect();
    let missing = wanted.iter().find(|(order, closed)| {
        if filled.get(*order).is_some_and(|filled| *filled >= **closed) {
            return false;
        }
        let settled = loose.iter().position(|size| size == *closed);
        settled.map(|at| loose.swap_remove(at)).is_none()
    })?;
    Some(format!("order {} closed {} and its fills are not all there", missing.0, missing.1))
}

/// What is known of the orders behind fills.
struct Causes(BTreeMap<VenueOrderId, Order>);

impl Causes {
    /// Asks for the orders of the fills that do not speak for themselves.
    async fn find(
        shared: &Shared,
        symbol: &Symbol,
        trades: &[Execution],
        leg: Leg,
        doubt: &mut impl FnMut(String),
    ) -> Self {
        let mut seen = BTreeSet::new();
        let dark = |trade: &&Execution| {
            let hedged = leg != Leg::Net;
            let placed = lock(&shared.memory).leg(&trade.order_id);
            trade.origin == Origin::Unknown || trade.leg(placed, hedged).is_none()
        };
        let unknown: Vec<VenueOrderId> = trades
            .iter()
            .rev()
            .filter(dark)
            .map(|trade| trade.order_id.clone())
            .filter(|id| seen.insert(id.clone()))
            .take(MOST_ORDERS)
            .collect();
        let answers = stream::iter(unknown)
            .map(|id| async move {
                let found = seek(shared, symbol, Named::Id(&id), Lane::Sight).await;
                (id, found)
            })
            .buffered(4)
            .collect::<Vec<_>>()
            .await;
        let mut known = BTreeMap::new();
        for (id, answer) in answers {
            match answer {
                Ok(Some(order)) => {
                    known.insert(id, order);
                }
                Ok(None) => {}
                Err(why) => doubt(why),
            }
        }
        Self(known)
    }

    /// The leg an execution changed; none when nothing says it.
    fn leg(&self, shared: &Shared, trade: &Execution, asked: Leg) -> Option<Leg> {
        let order = self.0.get(&trade.order_id).map(|order| order.leg);
        let order = order.or_else(|| lock(&shared.memory).leg(&trade.order_id));
        trade.leg(order, asked != Leg::Net)
    }

    fn explain(&self, mut fill: Fill) -> Fill {
        if let (Origin::Unknown, Some(order)) = (fill.origin, self.0.get(&fill.order_id)) {
            fill.origin = order.origin;
        }
        fill
    }
}
