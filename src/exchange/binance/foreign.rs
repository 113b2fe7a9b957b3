//! Plain orders of others: the ones that rest, and the ones that the stream announces.
//!
//! For: showing who else trades the account. Not for: anything a decision rests on: a row that
//! cannot be read is left out here, and never makes the list of conditional orders incomplete.
//! Door: [`resting`], [`announced`].

use crate::domain::amount::{OrderSide, Qty};
use crate::domain::client_id::ClientId;
use crate::domain::evidence::Origin;
use crate::domain::key::{Leg, Symbol, VenueOrderId};
use crate::domain::order::ForeignOrder;
use crate::exchange::binance::decode::{each, leg, order_side, price, quantity, text};
use crate::exchange::binance::decode_orders::{conditional_kind, origin};
use crate::exchange::binance::wire::{OrderChange, OrderRow};
use crate::exchange::numbers::instant;

/// Reads `openOrders` for the plain orders that are not ours.
pub fn resting(body: &str) -> Vec<ForeignOrder> {
    let mut found = Vec::new();
    let fault = each(body, |row: OrderRow<'_>| {
        match row_of(&row) {
            Ok(order) => found.extend(order),
            Err(why) => tracing::warn!(why, "an order of somebody else was not read"),
        }
        Ok(())
    });
    if let Some(why) = fault {
        tracing::warn!(why, "orders of others were not read");
    }
    found
}

fn row_of(row: &OrderRow<'_>) -> Result<Option<ForeignOrder>, String> {
    let kind = text("type", &row.kind)?;
    let client_id = ClientId::from(text("clientOrderId", &row.client_order_id)?);
    if !is_foreign(&client_id, kind) {
        return Ok(None);
    }
    let (leg, side) = (leg("positionSide", &row.position_side)?, order_side("side", &row.side)?);
    let id = VenueOrderId::from(text("orderId", &row.order_id)?);
    let symbol = Symbol::from(text("symbol", &row.symbol)?);
    let at = price("price", &row.price)?;
    let placed = instant("time", row.time)?;
    let whole = quantity("origQty", &row.orig_qty)?.ok_or("origQty is zero")?;
    let left = match quantity("executedQty", &row.executed_qty)? {
        Some(filled) => whole.minus(filled),
        None => Some(whole),
    };
    Ok(left.map(|quantity: Qty| ForeignOrder {
        id,
        client_id,
        symbol,
        leg,
        side,
        quantity,
        price: at,
        reduces: reduces(row.reduce_only, leg, side),
        at: placed,
    }))
}

/// Reads a frame for the plain order of somebody else that it announces.
///
/// # Errors
/// One sentence naming the field.
pub(crate) fn announced(row: &OrderChange<'_>) -> Result<Option<ForeignOrder>, String> {
    let client_id = ClientId::from(text("c", &row.c)?);
    let new = text("x", &row.x)? == "NEW" && text("X", &row.status)? == "NEW";
    if !new || !is_foreign(&client_id, text("o", &row.o)?) {
        return Ok(None);
    }
    let (leg, side) = (leg("ps", &row.ps)?, order_side("S", &row.side)?);
    Ok(Some(ForeignOrder {
        id: VenueOrderId::from(text("i", &row.i)?),
        client_id,
        symbol: Symbol::from(text("s", &row.s)?),
        leg,
        side,
        quantity: quantity("q", &row.q)?.ok_or("q is zero")?,
        price: price("p", &row.p)?,
        reduces: reduces(row.reduce_only, leg, side),
        at: instant("o.T", row.at)?,
    }))
}

/// Not ours, not the venue's own, and not waiting for a trigger.
fn is_foreign(client_id: &ClientId, kind: &str) -> bool {
    let venue =
        matches!(origin(client_id, kind), Origin::Liquidation | Origin::Adl | Origin::Settlement);
    client_id.purpose().is_none() && conditional_kind(kind).is_none() && !venue
}

/// Venue fact: in hedge mode `reduceOnly` is refused and the closing side alone makes an order
/// reduce (binance-usdm 3.8).
fn reduces(reduce_only: Option<bool>, leg: Leg, side: OrderSide) -> bool {
    reduce_only == Some(true) || leg.closing() == Some(side)
}
