//! What was: fills with funding among them, and the profit of what was closed.
//!
//! Source: bybit 3.11.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::sim::bybit::call::Call;
use crate::sim::bybit::errors::Failure;
use crate::sim::bybit::ids;
use crate::sim::bybit::pages::{Paging, Row, page};
use crate::sim::bybit::rows::{self, kind_word, side_word, text};
use crate::sim::bybit::{cause, world::BybitWorld};
use crate::sim::exchange::Exchange;
use crate::sim::json::{Json, object};
use crate::sim::numbers::{Ms, trim};
use crate::sim::orders::Fill;

type Answer = Result<Json, Failure>;

fn covers(exchange: &Exchange, call: &Call, symbol: &str) -> bool {
    let is = |name: &str, value: &str| call.get(name).is_none_or(|only| only == value);
    let base = exchange.market.get(symbol).map(|contract| contract.spec.base.as_str());
    is("symbol", symbol)
        && is("baseCoin", base.unwrap_or_default())
        && is("settleCoin", exchange.coin_of(symbol).name())
}

/// `GET /v5/execution/list`: every fill, and funding as rows of their own.
pub fn executions(world: &mut BybitWorld, call: &Call, now: Ms) -> Answer {
    call.linear()?;
    let (from, to) = call.span(now)?;
    let to = to.min(now - world.faults.history_lag(now));
    let exchange = &world.exchange;
    let wanted = call.get("execType");
    let mut found = Vec::new();
    for fill in &exchange.fills {
        let order = exchange.orders.get(&fill.order).map(ids::of_order).unwrap_or_default();
        let fits = covers(exchange, call, &fill.symbol)
            && (from..=to).contains(&fill.at)
            && call.get("orderId").is_none_or(|only| only == order)
            && call.get("orderLinkId").is_none_or(|only| only == fill.client_id)
            && wanted.is_none_or(|kind| kind == cause::exec_type(fill.forced));
        if fits {
            found.push(listed(fill.id, fill.at, rows::execution(exchange, fill).end()));
        }
    }
    let by_order = call.get("orderId").is_some() || call.get("orderLinkId").is_some();
    for row in &exchange.fundings {
        let fits = covers(exchange, call, &row.slot.0)
            && (from..=to).contains(&row.at)
            && !by_order
            && wanted.is_none_or(|kind| kind == "Funding");
        if fits {
            found.push(listed(row.id, row.at, rows::funding(exchange, row).end()));
        }
    }
    let paging = Paging {
        limits: (50, 100),
        newest_first: true,
        repeats: world.ways.repeated_rows,
        ends: false,
    };
    page(call, found, paging)
}

fn listed(id: i64, at: Ms, json: Json) -> Row {
    Row { place: format!("{at:020}{id:020}"), cursor: format!("{id}:{at}"), json }
}

/// `GET /v5/position/closed-pnl`: one row for each order that closed something.
pub fn closed_profit(world: &mut BybitWorld, call: &Call, now: Ms) -> Answer {
    call.linear()?;
    let (from, to) = call.span(now)?;
    let to = to.min(now - world.faults.history_lag(now));
    let exchange = &world.exchange;
    let mut orders: BTreeMap<i64, Vec<&Fill>> = BTreeMap::new();
    let closing = exchange.fills.iter().filter(|fill| !fill.closed.is_zero());
    for fill in closing.filter(|fill| covers(exchange, call, &fill.symbol)) {
        orders.entry(fill.order).or_default().push(fill);
    }
    let mut found = Vec::new();
    for fills in orders.values() {
        let Some(last) = fills.last() else { continue };
        if (from..=to).contains(&last.at) {
            let order = exchange.orders.get(&last.order).map(ids::of_order).unwrap_or_default();
            let cursor = format!("{order}:{}", last.at);
            let place = format!("{:020}{:020}", last.at, last.order);
            found.push(Row { place, cursor, json: profit(exchange, fills, last) });
        }
    }
    let paging = Paging {
        limits: (50, 100),
        newest_first: true,
        repeats: world.ways.repeated_rows,
        ends: false,
    };
    page(call, found, paging)
}

fn profit(exchange: &Exchange, fills: &[&Fill], last: &Fill) -> Json {
    let order = exchange.orders.get(&last.order);
    let sum = |of: fn(&Fill) -> Decimal| fills.iter().map(|fill| of(fill)).sum::<Decimal>();
    let closed = sum(|fill| fill.closed);
    let entry = sum(|fill| fill.closed * fill.entry);
    let exit = sum(|fill| fill.closed * fill.price);
    let opened_for = sum(|fill| fill.open_fee);
    let closed_for = sum(|fill| fill.fee * fill.closed.checked_div(fill.qty).unwrap_or_default());
    let profit = sum(|fill| fill.realised) - opened_for - closed_for;
    let each = |total: Decimal| trim(total.checked_div(closed).unwrap_or_default().round_dp(8));
    let kind = order.map_or("Market", |order| kind_word(order.want.kind));
    let first = fills.first().map_or(last.at, |fill| fill.at);
    object! {
        "symbol": last.symbol,
        "orderId": order.map(ids::of_order).unwrap_or_default(),
        "side": side_word(last.side),
        "qty": trim(order.map_or(closed, |order| order.want.qty)),
        "orderPrice": text(order.and_then(|order| order.want.price)),
        "orderType": kind,
        "execType": cause::exec_type(last.forced),
        "closedSize": trim(closed),
        "cumEntryValue": trim(entry.round_dp(8)),
        "avgEntryPrice": each(entry),
        "cumExitValue": trim(exit.round_dp(8)),
        "avgExitPrice": each(exit),
        "closedPnl": trim(profit.round_dp(8)),
        "fillCount": fills.len().to_string(),
        "leverage": exchange.account.leverage(&last.symbol).to_string(),
        "openFee": trim(opened_for.round_dp(8)),
        "closeFee": trim(closed_for.round_dp(8)),
        "createdTime": first.to_string(),
        "updatedTime": last.at.to_string(),
    }
}
