//! What was: fills, income, forced orders; and the credential of the private stream.

use crate::sim::binance::call::Call;
use crate::sim::binance::errors::Failure;
use crate::sim::binance::rows::{self, Form};
use crate::sim::binance::trading;
use crate::sim::json::{Json, list, object};
use crate::sim::numbers::Ms;
use crate::sim::world::{LISTEN_KEY_LIFE, World};

type Answer = Result<Json, Failure>;

/// `GET /fapi/v1/userTrades`
pub fn user_trades(world: &mut World, call: &Call, now: Ms) -> Answer {
    let symbol = call.need("symbol")?;
    let spec = &world.exchange.market.get(symbol)?.spec;
    let (order, from_id) = (call.whole("orderId")?, call.whole("fromId")?);
    if from_id.is_some() && (call.get("startTime").is_some() || call.get("endTime").is_some()) {
        return Err(Failure::of(-1130));
    }
    let (from, to) = call.span(now)?;
    let limit = call.limit(500, 1000)?;
    let old_enough = now - world.faults.history_lag(now);
    let mut mine: Vec<_> = world
        .exchange
        .fills
        .iter()
        .filter(|fill| fill.symbol == symbol && fill.at <= old_enough)
        .filter(|fill| order.is_none_or(|order| fill.order == order))
        .filter(|fill| match from_id {
            Some(first) => fill.id >= first,
            None => (from..=to).contains(&fill.at),
        })
        .collect();
    // With a start the oldest rows are given, otherwise the newest.
    if from_id.is_some() || call.get("startTime").is_some() {
        mine.truncate(limit);
    } else {
        mine = mine.split_off(mine.len().saturating_sub(limit));
    }
    Ok(list(mine.into_iter().map(|fill| rows::trade(fill, spec))))
}

/// `GET /fapi/v1/income`
pub fn income(world: &mut World, call: &Call, now: Ms) -> Answer {
    let (from, to) = call.span(now)?;
    let limit = call.limit(100, 1000)?;
    let page = usize::try_from(call.whole("page")?.unwrap_or(1)).unwrap_or(1).max(1);
    let old_enough = now - world.faults.history_lag(now);
    let mut mine: Vec<_> = world
        .exchange
        .income
        .iter()
        .filter(|row| (from..=to).contains(&row.at) && row.at <= old_enough)
        .filter(|row| call.get("symbol").is_none_or(|only| only == row.symbol))
        .filter(|row| call.get("incomeType").is_none_or(|only| only == row.kind))
        .collect();
    mine.sort_by_key(|row| row.at);
    let shown = mine.into_iter().skip((page - 1) * limit).take(limit);
    Ok(list(shown.map(rows::income)))
}

/// `GET /fapi/v1/forceOrders`
pub fn force_orders(world: &mut World, call: &Call, now: Ms) -> Answer {
    let (from, to) = call.span(now)?;
    let limit = call.limit(if call.get("symbol").is_some() { 100 } else { 50 }, 100)?;
    let mut rows = Vec::new();
    for order in world.exchange.orders.values() {
        let liquidated = order.client_id.starts_with("autoclose-");
        let deleveraged = order.client_id.starts_with("adl_autoclose");
        let wanted = match call.get("autoCloseType") {
            Some("LIQUIDATION") => liquidated,
            Some("ADL") => deleveraged,
            _ => liquidated || deleveraged,
        };
        let mine = call.get("symbol").is_none_or(|only| only == order.want.symbol);
        if wanted && mine && (from..=to).contains(&order.created) {
            rows.push(trading::row(&world.exchange, order, Form::Full)?);
        }
    }
    Ok(list(rows.split_off(rows.len().saturating_sub(limit))))
}

/// `POST /fapi/v1/listenKey`: the living key again, or a new one.
pub fn open_listen_key(world: &mut World, _: &Call, now: Ms) -> Answer {
    let key = match &world.listen.key {
        Some(key) if now < world.listen.expires => key.clone(),
        _ => world.rng.text(64),
    };
    (world.listen.key, world.listen.expires) = (Some(key.clone()), now + LISTEN_KEY_LIFE);
    Ok(object! { "listenKey": key })
}

/// `PUT /fapi/v1/listenKey`
pub fn keep_listen_key(world: &mut World, _: &Call, now: Ms) -> Answer {
    let key = world.listen.key.clone().filter(|_| now < world.listen.expires);
    let key = key.ok_or_else(|| Failure::of(-1125))?;
    world.listen.expires = now + LISTEN_KEY_LIFE;
    Ok(object! { "listenKey": key })
}

/// `DELETE /fapi/v1/listenKey`: every socket of the key is told.
pub fn close_listen_key(world: &mut World, _: &Call, now: Ms) -> Answer {
    if !world.expire_listen_key(now) {
        return Err(Failure::of(-1125));
    }
    Ok(object! {})
}
