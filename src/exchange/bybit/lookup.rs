//! What became of an order of ours, however long ago it was sent.
//!
//! For: one order by our client id in the three lists that know it, as far back as it can be:
//! an old order must not be told as one that was never sent.
//! Not for: stops (`orders::find_stop`) and the fills of a leg (`history`).
//! Door: [`find_order`]; [`executed`] is what executions alone say.

use rust_decimal::Decimal;

use crate::domain::amount::{Price, Qty};
use crate::domain::client_id::ClientId;
use crate::domain::key::Symbol;
use crate::domain::order::{OrderReport, OrderStatus, StopStatus};
use crate::domain::sweep::Part;
use crate::domain::time::Time;
use crate::exchange::bybit::budget::Lane;
use crate::exchange::bybit::call::{self, Named};
use crate::exchange::bybit::decode_fills::{self, Execution};
use crate::exchange::bybit::decode_orders::{self, Order, State};
use crate::exchange::bybit::history::{AFTER, BEFORE, KEPT, WINDOW};
use crate::exchange::bybit::link::Shared;
use crate::exchange::bybit::orders::{EXECUTIONS, ORDER_HISTORY, ORDERS_PAGE, newest, seek};
use crate::exchange::bybit::pages::{self, List};
use crate::exchange::bybit::read::Page;
use crate::exchange::sign::Query;

const EXECUTIONS_PAGE: usize = 100;

/// What became of an order. Unknown is said only when all three lists answered without it: the
/// open ones, the ended ones and the executions, the latter two window by window back to when it
/// can have been sent. Venue fact: without times both cover seven days; orders that filled
/// nothing are kept for one day, fills for two years (bybit 3.11). Not known within those years
/// means that nothing of it was filled.
///
/// # Errors
/// One sentence when the venue did not say, or cannot know any more.
pub(crate) async fn find_order(
    shared: &Shared,
    symbol: &Symbol,
    id: &ClientId,
    since: Option<Time>,
) -> Result<Option<OrderReport>, String> {
    if let Some(order) = seek(shared, symbol, Named::Link(id), Lane::Guard).await? {
        return Ok(Some(report(&order)));
    }
    let asked = || call::by_order(symbol, Named::Link(id));
    if let Some(order) = executed(executions(shared, asked(), Lane::Guard).await?, id) {
        return Ok(Some(order));
    }
    let Some(since) = since else { return Ok(None) };
    let now = shared.rest.clock().venue_now().0;
    let from = shared.rest.clock().theirs(since).0 - BEFORE;
    // The newest window was asked for already, by naming no times.
    let mut to = now + AFTER - WINDOW;
    while to > from.max(now - KEPT) {
        let span = || {
            asked().with("startTime", (to - WINDOW).max(from).max(now - KEPT)).with("endTime", to)
        };
        let list = List::new(ORDER_HISTORY, span(), ORDERS_PAGE, Lane::Sight);
        let rows = whole(shared, &list, decode_orders::orders).await?;
        if let Some(order) = newest(rows, |order| order.client_id() == id) {
            return Ok(Some(report(&order)));
        }
        if let Some(order) = executed(executions(shared, span(), Lane::Sight).await?, id) {
            return Ok(Some(order));
        }
        to -= WINDOW;
    }
    if from < now - KEPT {
        return Err(format!("{}: {EXECUTIONS}: sent {since}, too old to say", shared.name));
    }
    Ok(None)
}

async fn executions(shared: &Shared, query: Query, lane: Lane) -> Result<Vec<Execution>, String> {
    let list = List::new(EXECUTIONS, query, EXECUTIONS_PAGE, lane);
    whole(shared, &list, decode_fills::executions).await
}

async fn whole<T>(
    shared: &Shared,
    list: &List,
    take: impl FnMut(&str) -> Part<Page<T>>,
) -> Result<Vec<T>, String> {
    match pages::all(shared, list, take).await {
        Part::Whole(rows) => Ok(rows),
        Part::Broken(_, why) => Err(why),
    }
}

fn report(order: &Order) -> OrderReport {
    match &order.state {
        State::Plain(plain) => plain.report.clone(),
        State::Stop(stop) => OrderReport {
            id: order.id.clone(),
            client_id: stop.order.client_id.clone(),
            status: match &stop.status {
                StopStatus::Live | StopStatus::Firing => OrderStatus::Live,
                StopStatus::Finished(Some(_)) => OrderStatus::Filled,
                StopStatus::Finished(None) | StopStatus::Cancelled => OrderStatus::Cancelled,
                StopStatus::Rejected(_) => OrderStatus::Rejected,
                StopStatus::Expired => OrderStatus::Expired,
            },
            filled: match stop.status {
                StopStatus::Finished(filled) => filled,
                _ => None,
            },
            average: None,
        },
    }
}

/// An order that only its executions remember; none where none of them is its own.
pub fn executed(rows: Vec<Execution>, id: &ClientId) -> Option<OrderReport> {
    let mut rows: Vec<_> =
        rows.into_iter().filter(|row| row.client_id.as_ref() == Some(id)).collect();
    rows.sort_by(|a, b| a.trade_id.cmp(&b.trade_id));
    rows.dedup_by(|a, b| a.trade_id == b.trade_id);
    let first = rows.first()?;
    let filled: Decimal = rows.iter().map(|row| row.quantity.get()).sum();
    // So many fills of the largest kind that their value cannot be counted have no average.
    let value = rows.iter().try_fold(Decimal::ZERO, |value, row| {
        value.checked_add(row.quantity.get() * row.price.get())
    });
    let left = rows.iter().filter_map(|row| row.left).min();
    Some(OrderReport {
        id: first.order_id.clone(),
        client_id: id.clone(),
        // What is left of a market order is cancelled at once.
        status: match left {
            Some(left) if !left.is_zero() => OrderStatus::Cancelled,
            _ => OrderStatus::Filled,
        },
        filled: Qty::new(filled).ok(),
        average: value.and_then(|value| Price::new(value / filled).ok()),
    })
}
