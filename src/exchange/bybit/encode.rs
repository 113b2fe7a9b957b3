//! Writing orders: the body of everything that changes the account.
//!
//! For: the stop on the position itself; closes, which are reduce-only in every form; entries,
//! with the stop that travels with them.
//! Not for: deciding size, side or price; questions (`look`, `history`).
//! Door: [`stop`], [`clear_stop`], [`reduce`], [`enter`], [`cancel_by_id`], [`cancel_by_link`].

use serde::Serialize;

use crate::domain::amount::OrderSide;
use crate::domain::client_id::ClientId;
use crate::domain::effect::{AttachedStop, EntryOrder, ReduceOrder, StopOrder};
use crate::domain::key::{Leg, Symbol, VenueOrderId};
use crate::domain::order::TriggerBy;
use crate::exchange::{only_closes, only_opens};

const CATEGORY: &str = "linear";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TradingStop<'a> {
    category: &'a str,
    symbol: &'a str,
    position_idx: u8,
    tpsl_mode: &'a str,
    stop_loss: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    sl_trigger_by: Option<&'a str>,
}

/// The body that puts the stop on a position or moves it: `POST /v5/position/trading-stop`. It
/// covers whatever is there, so it has neither size nor id; take-profit and trailing stop are not
/// named and stay as they are (bybit 3.7).
///
/// # Errors
/// One sentence when the side would open the leg instead of closing it.
pub fn stop(order: &StopOrder) -> Result<String, String> {
    only_closes(order.leg, order.side)?;
    let stop_loss = order.trigger.to_string();
    let by = Some(watched(order.trigger_by));
    Ok(json(&trading_stop(&order.symbol, order.leg, stop_loss, by)))
}

fn watched(by: TriggerBy) -> &'static str {
    match by {
        TriggerBy::Mark => "MarkPrice",
        TriggerBy::Last => "LastPrice",
        TriggerBy::Index => "IndexPrice",
    }
}

/// The body that takes the stop off a position: zero cancels (bybit 3.7).
pub fn clear_stop(symbol: &Symbol, leg: Leg) -> String {
    json(&trading_stop(symbol, leg, "0".to_owned(), None))
}

fn trading_stop<'a>(
    symbol: &'a Symbol,
    leg: Leg,
    stop_loss: String,
    sl_trigger_by: Option<&'a str>,
) -> TradingStop<'a> {
    TradingStop {
        category: CATEGORY,
        symbol: symbol.as_str(),
        position_idx: position_idx(leg),
        tpsl_mode: "Full",
        stop_loss,
        sl_trigger_by,
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Create<'a> {
    category: &'a str,
    symbol: &'a str,
    side: &'a str,
    order_type: &'a str,
    qty: String,
    reduce_only: bool,
    position_idx: u8,
    order_link_id: &'a str,
    #[serde(flatten)]
    guard: Option<Guard>,
}

/// The stop that becomes the position's own when the order fills.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Guard {
    stop_loss: String,
    sl_trigger_by: &'static str,
    tpsl_mode: &'static str,
    sl_order_type: &'static str,
}

impl Guard {
    fn of(stop: AttachedStop) -> Self {
        Self {
            stop_loss: stop.trigger.to_string(),
            sl_trigger_by: watched(stop.trigger_by),
            tpsl_mode: "Full",
            sl_order_type: "Market",
        }
    }
}

/// The body of a close at market: `POST /v5/order/create`. Venue fact: reduce-only is needed in
/// hedge mode too, where the slot does not follow from the side (bybit 3.8).
///
/// # Errors
/// One sentence when the side would open the leg instead of closing it.
pub fn reduce(order: &ReduceOrder) -> Result<String, String> {
    only_closes(order.leg, order.side)?;
    Ok(json(&Create {
        category: CATEGORY,
        symbol: order.symbol.as_str(),
        side: side(order.side),
        order_type: "Market",
        qty: order.quantity.to_string(),
        reduce_only: true,
        position_idx: position_idx(order.leg),
        order_link_id: order.client_id.as_str(),
        guard: None,
    }))
}

/// The body of an entry at market: `POST /v5/order/create`. Its stop, if it has one, becomes the
/// position's when it fills (bybit 3.8).
///
/// # Errors
/// One sentence when the side would close the leg instead of opening it.
pub fn enter(order: &EntryOrder) -> Result<String, String> {
    only_opens(order.leg, order.side)?;
    Ok(json(&Create {
        category: CATEGORY,
        symbol: order.symbol.as_str(),
        side: side(order.side),
        order_type: "Market",
        qty: order.quantity.to_string(),
        reduce_only: false,
        position_idx: position_idx(order.leg),
        order_link_id: order.client_id.as_str(),
        guard: order.stop.map(Guard::of),
    }))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Cancel<'a> {
    category: &'a str,
    symbol: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    order_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    order_link_id: Option<&'a str>,
}

/// The body that takes away an order by the venue's id: `POST /v5/order/cancel`.
pub fn cancel_by_id(symbol: &Symbol, id: &VenueOrderId) -> String {
    cancel(symbol, Some(id.as_str()), None)
}

/// The body that takes away an order by the id its sender gave it.
pub fn cancel_by_link(symbol: &Symbol, id: &ClientId) -> String {
    cancel(symbol, None, Some(id.as_str()))
}

fn cancel(symbol: &Symbol, order_id: Option<&str>, order_link_id: Option<&str>) -> String {
    json(&Cancel { category: CATEGORY, symbol: symbol.as_str(), order_id, order_link_id })
}

/// Structs of texts and whole numbers always have a JSON form; an empty body would be refused.
fn json(body: &impl Serialize) -> String {
    serde_json::to_string(body).unwrap_or_default()
}

/// The slot of a leg: 0 one-way, 1 hedged long, 2 hedged short.
fn position_idx(leg: Leg) -> u8 {
    match leg {
        Leg::Net => 0,
        Leg::Long => 1,
        Leg::Short => 2,
    }
}

fn side(side: OrderSide) -> &'static str {
    match side {
        OrderSide::Buy => "Buy",
        OrderSide::Sell => "Sell",
    }
}
