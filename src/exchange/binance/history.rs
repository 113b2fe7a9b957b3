//! History: what was filled on a leg, and what made it close.
//!
//! For: every fill since an instant, complete only when every page of every window answered.
//! Not for: prices or profit of a whole position (`domain::evidence`).
//! Door: [`history`].

use std::collections::{BTreeMap, BTreeSet};

use futures_util::StreamExt as _;
use futures_util::stream;
use rust_decimal::Decimal;
use tokio::time::Instant;

use crate::domain::amount::{OrderSide, Side};
use crate::domain::client_id::ClientId;
use crate::domain::evidence::{Fill, History, Origin};
use crate::domain::key::{Leg, Symbol, TradeId, VenueOrderId};
use crate::domain::time::VenueTime;
use crate::exchange::binance::budget::Lane;
use crate::exchange::binance::call::Call;
use crate::exchange::binance::decode_orders::{self, Trade, origin_of};
use crate::exchange::binance::income;
use crate::exchange::binance::link::Shared;
use crate::exchange::failure::Failure;
use crate::exchange::lock;
use crate::exchange::sign::Query;

const DAY: i64 = 24 * 3600 * 1000;
/// The longest span one question about trades may have, with a second to spare.
pub const WINDOW: i64 = 7 * DAY - 1000;
/// Trades are kept for three months (binance-usdm 3.14); asking for more is refused.
const KEPT: i64 = 89 * DAY;
/// Weight of a page (binance-usdm 5).
const WEIGHT: u32 = 5;
/// Rows a page can have.
pub const PAGE: usize = 1000;
/// Pages read before giving up on completeness.
const MOST_PAGES: usize = 60;
/// Closing orders whose cause is asked for, newest first.
const MOST_CAUSES: usize = 40;

/// Everything filled on a leg since an instant, oldest first.
pub async fn history(shared: &Shared, symbol: &Symbol, leg: Leg, since: VenueTime) -> History {
    // Trades without the income that they are held against are half an answer, paid for in full.
    let room = || shared.rest.held(Lane::History, WEIGHT + income::WEIGHT);
    let held = room();
    if let Some(until) = held {
        tracing::info!(account = %shared.name, %symbol, %until, "no history: the budget is spent");
        let fills = Vec::new();
        return History { symbol: symbol.clone(), leg, since, fills, complete: false, held };
    }
    let mut pages = Pages { shared, symbol, trades: BTreeMap::new(), left: MOST_PAGES };
    let mut complete = match pages.read(since).await {
        Ok(()) => true,
        Err(why) => {
            tracing::warn!(account = %shared.name, %symbol, "history is incomplete: {why}");
            false
        }
    };
    let read = Instant::now();
    let known: BTreeSet<TradeId> = pages.trades.keys().cloned().collect();
    let mut trades: Vec<Trade> = pages
        .trades
        .into_values()
        .filter(|trade| trade.fill.leg == leg && trade.fill.at >= since)
        .collect();
    trades.sort_by_key(order_of);
    if complete && !trades.iter().any(|trade| closes(trade, leg)) {
        complete = income::agrees(shared, symbol, since, (&known, read)).await;
    }
    let causes = Causes::find(shared, symbol, closers(&trades, leg)).await;
    complete &= causes.complete;
    let fills = trades.into_iter().map(|trade| causes.explain(trade.fill)).collect();
    let held = room().filter(|_| !complete);
    History { symbol: symbol.clone(), leg, since, fills, complete, held }
}

/// By time, then by trade id, which counts upwards.
fn order_of(trade: &Trade) -> (VenueTime, u64) {
    (trade.fill.at, trade.fill.trade_id.as_str().parse().unwrap_or(u64::MAX))
}

fn closes(trade: &Trade, leg: Leg) -> bool {
    match leg {
        Leg::Long => trade.fill.side == OrderSide::Sell,
        Leg::Short => trade.fill.side == Side::Short.closing(),
        Leg::Net => trade.realized != Decimal::ZERO,
    }
}

/// Orders that closed something, newest first. On a hedged leg the side tells; on a net leg a
/// realised profit does, and the newest order is asked for in case its profit is exactly zero.
fn closers(trades: &[Trade], leg: Leg) -> Vec<(VenueOrderId, VenueTime)> {
    let newest = trades.last().map(|trade| &trade.fill.order_id);
    let mut seen = BTreeSet::new();
    trades
        .iter()
        .rev()
        .filter(|trade| closes(trade, leg) || newest == Some(&trade.fill.order_id))
        .filter(|trade| seen.insert(trade.fill.order_id.clone()))
        .take(MOST_CAUSES)
        .map(|trade| (trade.fill.order_id.clone(), trade.fill.at))
        .collect()
}

/// Reading `userTrades` page by page.
struct Pages<'a> {
    shared: &'a Shared,
    symbol: &'a Symbol,
    trades: BTreeMap<TradeId, Trade>,
    left: usize,
}

impl Pages<'_> {
    async fn read(&mut self, since: VenueTime) -> Result<(), String> {
        let now = self.shared.rest.clock().venue_now().0;
        let mut from = since.0.max(now - KEPT);
        loop {
            let last = from + WINDOW >= now;
            let query = self.query().with("startTime", from);
            // The last window has no end, so that nothing is cut off by a clock that lags.
            let query = if last { query } else { query.with("endTime", from + WINDOW) };
            let (full, newest) = self.page(query).await?;
            if full {
                return self.follow(newest).await;
            }
            if last {
                return Ok(());
            }
            from += WINDOW + 1;
        }
    }

    /// A full page is followed by id, up to the newest trade: times are not unique.
    async fn follow(&mut self, mut newest: Option<u64>) -> Result<(), String> {
        loop {
            let id = newest.ok_or("a full page without trade ids")?;
            let (full, next) = self.page(self.query().with("fromId", id + 1)).await?;
            if !full {
                return Ok(());
            }
            if next.is_none_or(|next| next <= id) {
                return Err("trade ids do not grow from page to page".to_owned());
            }
            newest = next;
        }
    }

    fn query(&self) -> Query {
        Query::new().with("symbol", self.symbol).with("limit", PAGE)
    }

    /// One page: whether it was full, and its highest trade id.
    async fn page(&mut self, query: Query) -> Result<(bool, Option<u64>), String> {
        self.left = self.left.checked_sub(1).ok_or("too many pages")?;
        let path = "/fapi/v1/userTrades";
        let call = Call::ask(path, query, Lane::History, WEIGHT);
        let body = self.shared.send(call).await.map_err(|why| format!("{path}: {why}"))?;
        let trades = decode_orders::trades(&body).map_err(|why| format!("{path}: {why}"))?;
        let full = trades.len() >= PAGE;
        let newest = trades.iter().filter_map(|t| t.fill.trade_id.as_str().parse().ok()).max();
        for trade in trades {
            self.trades.insert(trade.fill.trade_id.clone(), trade);
        }
        Ok((full, newest))
    }
}

/// What made the closing orders.
struct Causes {
    known: BTreeMap<VenueOrderId, (ClientId, Origin)>,
    complete: bool,
}

impl Causes {
    async fn find(
        shared: &Shared,
        symbol: &Symbol,
        closers: Vec<(VenueOrderId, VenueTime)>,
    ) -> Self {
        let mut causes = Self { known: BTreeMap::new(), complete: true };
        let asked = stream::iter(closers)
            .map(|(id, at)| async move {
                let cause = cause(shared, symbol, &id).await;
                (id, at, cause)
            })
            .buffered(4)
            .collect::<Vec<_>>()
            .await;
        let mut open = Vec::new();
        for (id, at, cause) in asked {
            match cause {
                Ok(Some((client_id, origin))) => {
                    if origin == Origin::Plain && client_id.purpose().is_none() {
                        open.push((id.clone(), at));
                    }
                    causes.known.insert(id, (client_id, origin));
                }
                Ok(None) => {}
                Err(failure) => {
                    tracing::warn!(account = %shared.name, %symbol, order = %id, "{failure}");
                    causes.complete = false;
                }
            }
        }
        causes.ask_stops(shared, symbol, open).await;
        causes
    }

    /// An order whose type says nothing may still be what a stop became: the list of conditional
    /// orders names the order that each became.
    async fn ask_stops(
        &mut self,
        shared: &Shared,
        symbol: &Symbol,
        open: Vec<(VenueOrderId, VenueTime)>,
    ) {
        let Some(newest) = open.iter().map(|(_, at)| at.0).max() else { return };
        let query = Query::new()
            .with("symbol", symbol)
            .with("startTime", newest + 1000 - WINDOW)
            .with("endTime", newest + 1000)
            .with("limit", PAGE);
        let path = "/fapi/v1/allAlgoOrders";
        let call = Call::ask(path, query, Lane::History, WEIGHT);
        let stops = match shared.send(call).await {
            Ok(body) => decode_orders::stops(&body).map_err(Failure::unreadable),
            Err(failure) => Err(failure),
        };
        let stops = match stops {
            Ok(stops) => stops,
            Err(failure) => {
                tracing::warn!(account = %shared.name, %symbol, "{path}: {failure}");
                self.complete = false;
                return;
            }
        };
        for stop in stops {
            let child = stop.child.filter(|child| open.iter().any(|(id, _)| id == child));
            if let Some((_, origin)) = child.and_then(|child| self.known.get_mut(&child)) {
                *origin = origin_of(stop.report.order.kind);
            }
        }
    }

    fn explain(&self, mut fill: Fill) -> Fill {
        if let Some((client_id, origin)) = self.known.get(&fill.order_id) {
            fill.client_id = Some(client_id.clone());
            fill.origin = *origin;
        }
        fill
    }
}

/// What made one order; none when the venue has forgotten it.
async fn cause(
    shared: &Shared,
    symbol: &Symbol,
    id: &VenueOrderId,
) -> Result<Option<(ClientId, Origin)>, Failure> {
    let query = Query::new().with("symbol", symbol).with("orderId", id);
    let body = match shared.send(Call::ask("/fapi/v1/order", query, Lane::Proof, 1)).await {
        Ok(body) => body,
        Err(failure) if failure.is_not_found() => return Ok(None),
        Err(failure) => return Err(failure),
    };
    let order = decode_orders::order(&body).map_err(Failure::unreadable)?;
    let client_id = order.report.client_id;
    if order.origin != Origin::Plain {
        return Ok(Some((client_id, order.origin)));
    }
    // The order a conditional one becomes carries its client id.
    let remembered = lock(&shared.memory).origin(&client_id);
    let origin = remembered.unwrap_or(order.origin);
    Ok(Some((client_id, origin)))
}
