//! Reading orders of every kind: what protects, what we sent, and what others put there.
//!
//! For: rows of `order/realtime`, `order/history` and of the topic `order`, which are the same.
//! Not for: executions (`decode_fills`).
//! Door: [`orders`], [`acknowledged`].

use crate::domain::amount::{OrderSide, Price, Qty};
use crate::domain::client_id::{ClientId, Purpose};
use crate::domain::evidence::Origin;
use crate::domain::key::{Leg, Symbol, VenueOrderId};
use crate::domain::order::{
    ConditionalKind, ConditionalOrder, ForeignOrder, OrderReport, OrderStatus, StopReport,
    StopStatus, TriggerBy,
};
use crate::domain::sweep::Part;
use crate::domain::time::VenueTime;
use crate::exchange::bybit::read::{
    Page, flag, instant, leg, named, number, object, order_side, page, price, quantity, text,
    whole, word,
};
use crate::exchange::bybit::wire::{AckAnswer, OrderRow};
use crate::exchange::failure::{quoted, shorten};

/// One order as the venue tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// Its id at the venue.
    pub id: VenueOrderId,
    /// Instrument.
    pub symbol: Symbol,
    /// Leg it acts on.
    pub leg: Leg,
    /// What made it.
    pub origin: Origin,
    /// When it was placed.
    pub placed: Option<VenueTime>,
    /// When it last changed.
    pub changed: Option<VenueTime>,
    /// What it is and where it stands.
    pub state: State,
}

/// What an order is and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Waits, or waited, for a price.
    Stop(StopReport),
    /// Trades at once or rests in the book.
    Plain(Plain),
}

/// An order without a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plain {
    /// Where it stands.
    pub report: OrderReport,
    /// Direction.
    pub side: OrderSide,
    /// Size that is still open.
    pub rest: Option<Qty>,
    /// Where it rests; none for a market order, whose price is only a limit to its slippage.
    pub price: Option<Price>,
    /// Whether it can only make a position smaller.
    pub reduces: bool,
}

impl Order {
    /// The conditional order, while it can still protect.
    pub fn protecting(&self) -> Option<&ConditionalOrder> {
        match &self.state {
            State::Stop(report) => report.status.protects().then_some(&report.order),
            State::Plain(_) => None,
        }
    }

    /// The plain order, while it is open and not ours.
    pub fn foreign(&self) -> Option<ForeignOrder> {
        let State::Plain(plain) = &self.state else { return None };
        let client_id = &plain.report.client_id;
        if plain.report.status.is_final() || client_id.purpose().is_some() {
            return None;
        }
        Some(ForeignOrder {
            id: self.id.clone(),
            client_id: client_id.clone(),
            symbol: self.symbol.clone(),
            leg: self.leg,
            side: plain.side,
            quantity: plain.rest?,
            price: plain.price,
            reduces: plain.reduces,
            at: self.placed.or(self.changed)?,
        })
    }

    /// The id its sender gave it; the venue's own where there is none.
    pub fn client_id(&self) -> &ClientId {
        match &self.state {
            State::Stop(report) => &report.order.client_id,
            State::Plain(plain) => &plain.report.client_id,
        }
    }

    /// Whether nothing more can happen to it.
    pub fn is_final(&self) -> bool {
        match &self.state {
            State::Stop(report) => !report.status.protects(),
            State::Plain(plain) => plain.report.status.is_final(),
        }
    }
}

/// Reads a page of orders.
pub fn orders(body: &str) -> Part<Page<Order>> {
    page(body, |row: &OrderRow<'_>| order(row).map(Some))
}

/// Reads one row about an order.
pub(crate) fn order(row: &OrderRow<'_>) -> Result<Order, String> {
    read_order(row).map_err(|why| named(row.symbol, &why))
}

fn read_order(row: &OrderRow<'_>) -> Result<Order, String> {
    let id = text("orderId", row.order_id)?;
    let link = word(row.order_link_id);
    let client_id = ClientId::from(if link.is_empty() { &*id } else { &*link });
    let symbol = Symbol::from(&*text("symbol", row.symbol)?);
    let leg = leg(row.position_idx)?;
    let made =
        Made { stop: &word(row.stop_order_type), create: &word(row.create_type), execution: "" };
    let conditional = !matches!(made.stop, "" | "UNKNOWN")
        || matches!(&*word(row.order_status), "Untriggered" | "Triggered" | "Deactivated");
    let mut origin = made.origin(&client_id);
    let id = VenueOrderId::from(&*id);
    let state = if conditional {
        let report = stop(row, &id, client_id, &symbol, leg)?;
        if origin == Origin::Stop && report.order.kind == ConditionalKind::TakeProfit {
            origin = Origin::TakeProfit;
        }
        State::Stop(report)
    } else {
        State::Plain(plain(row, &id, client_id)?)
    };
    Ok(Order {
        id,
        symbol,
        leg,
        origin,
        placed: instant("createdTime", row.created_time)?,
        changed: instant("updatedTime", row.updated_time)?,
        state,
    })
}

fn plain(row: &OrderRow<'_>, id: &VenueOrderId, client_id: ClientId) -> Result<Plain, String> {
    let filled = quantity("cumExecQty", row.cum_exec_qty)?;
    let report = OrderReport {
        id: id.clone(),
        client_id,
        status: order_status(&text("orderStatus", row.order_status)?, filled),
        filled,
        average: price("avgPrice", row.avg_price)?,
    };
    // Some products leave the open size empty (bybit 4.5).
    let whole = number(&word(row.qty)).and_then(|qty| Qty::new(qty).ok());
    let rest = match word(row.leaves_qty) {
        left if left.is_empty() => match (whole, filled) {
            (Some(whole), Some(filled)) => whole.minus(filled),
            (whole, _) => whole,
        },
        left => number(&left).and_then(|left| Qty::new(left).ok()),
    };
    let at_market = &*word(row.order_type) == "Market";
    Ok(Plain {
        report,
        side: order_side(row.side)?,
        rest,
        price: price("price", row.price)?.filter(|_| !at_market),
        reduces: reduces(row),
    })
}

fn reduces(row: &OrderRow<'_>) -> bool {
    flag(row.reduce_only).unwrap_or(false) || flag(row.close_on_trigger).unwrap_or(false)
}

/// Where an order stands. A word this version does not know is taken for an order that still
/// works, because only that is asked for again.
fn order_status(status: &str, filled: Option<Qty>) -> OrderStatus {
    match status {
        "Filled" => OrderStatus::Filled,
        "Cancelled" | "PartiallyFilledCanceled" => OrderStatus::Cancelled,
        "Rejected" => OrderStatus::Rejected,
        _ if filled.is_some() => OrderStatus::Partial,
        _ => OrderStatus::Live,
    }
}

/// Venue facts: the stop on the position itself has no id of its sender, follows the size, and
/// there is one for each slot; partial ones and plain conditional orders have a size (bybit 3.7).
fn stop(
    row: &OrderRow<'_>,
    id: &VenueOrderId,
    client_id: ClientId,
    symbol: &Symbol,
    leg: Leg,
) -> Result<StopReport, String> {
    let side = order_side(row.side)?;
    let stop_type = word(row.stop_order_type);
    let full = &*word(row.tpsl_mode) != "Partial";
    let on_position = &*stop_type == "StopLoss" && full;
    let of_position = matches!(
        &*stop_type,
        "StopLoss" | "TakeProfit" | "TrailingStop" | "PartialStopLoss" | "PartialTakeProfit"
    );
    let quantity = if on_position { None } else { quantity("qty", row.qty)? };
    if quantity.is_none() && !on_position && !reduces(row) {
        return Err("qty is zero and the order may open something".to_owned());
    }
    let order = ConditionalOrder {
        id: id.clone(),
        client_id: if on_position { ClientId::on_position(symbol, leg) } else { client_id },
        symbol: symbol.clone(),
        leg,
        side,
        quantity,
        trigger: price("triggerPrice", row.trigger_price)?,
        trigger_by: trigger_by(&word(row.trigger_by))?,
        kind: kind(row, &stop_type, side)?,
        reduces: reduces(row) || of_position || leg.closing() == Some(side),
        on_position,
    };
    Ok(StopReport { order, status: stop_status(row)? })
}

/// The venue's own default is the last price.
fn trigger_by(word: &str) -> Result<TriggerBy, String> {
    match word {
        "MarkPrice" => Ok(TriggerBy::Mark),
        "IndexPrice" => Ok(TriggerBy::Index),
        "LastPrice" | "" | "UNKNOWN" => Ok(TriggerBy::Last),
        other => Err(format!("triggerBy is unknown: {}", quoted(other))),
    }
}

fn kind(row: &OrderRow<'_>, stop_type: &str, side: OrderSide) -> Result<ConditionalKind, String> {
    let losing = match &*word(row.order_type) {
        "Market" => ConditionalKind::StopMarket,
        "Limit" => ConditionalKind::StopLimit,
        _ => ConditionalKind::Other,
    };
    Ok(match stop_type {
        "StopLoss" | "PartialStopLoss" => losing,
        "TakeProfit" | "PartialTakeProfit" => ConditionalKind::TakeProfit,
        "TrailingStop" => ConditionalKind::Trailing,
        // A sell that waits for a fall and a buy that waits for a rise limit a loss.
        "Stop" | "" | "UNKNOWN" => match (rising(row)?, side) {
            (Some(true), OrderSide::Buy) | (Some(false), OrderSide::Sell) => losing,
            (Some(_), _) => ConditionalKind::TakeProfit,
            (None, _) => ConditionalKind::Other,
        },
        _ => ConditionalKind::Other,
    })
}

/// Whether a conditional order waits for a rise; where the venue does not say, from which side
/// of the price of its day it was placed.
fn rising(row: &OrderRow<'_>) -> Result<Option<bool>, String> {
    match whole("triggerDirection", row.trigger_direction)? {
        Some(1) => return Ok(Some(true)),
        Some(2) => return Ok(Some(false)),
        _ => {}
    }
    let trigger = price("triggerPrice", row.trigger_price)?;
    let then = price("lastPriceOnCreated", row.last_price_on_created)?;
    Ok(trigger.zip(then).filter(|(trigger, then)| trigger != then).map(|(at, then)| at > then))
}

/// Where a conditional order stands. Source: bybit 4.5: one that the venue takes away because
/// its position was cleared says so; any other cancellation is protection lost.
fn stop_status(row: &OrderRow<'_>) -> Result<StopStatus, String> {
    let filled = || quantity("cumExecQty", row.cum_exec_qty);
    let status = text("orderStatus", row.order_status)?;
    Ok(match &*status {
        "Untriggered" | "Created" => StopStatus::Live,
        "Triggered" | "New" | "PartiallyFilled" => StopStatus::Firing,
        "Filled" => StopStatus::Finished(filled()?),
        "Cancelled" | "Deactivated" | "PartiallyFilledCanceled" => match filled()? {
            Some(filled) => StopStatus::Finished(Some(filled)),
            None if &*word(row.cancel_type) == "CancelByTpSlTsClear" => StopStatus::Expired,
            None => StopStatus::Cancelled,
        },
        "Rejected" => StopStatus::Rejected(match &*word(row.reject_reason) {
            "" | "EC_NoError" => "no reason given".to_owned(),
            reason => shorten(reason),
        }),
        other => return Err(format!("orderStatus is unknown: {}", quoted(other))),
    })
}

/// What the venue says of how an order or execution came to be.
pub(crate) struct Made<'a> {
    /// The kind of the conditional order that it was; empty or `UNKNOWN` for none.
    pub stop: &'a str,
    /// Who created it.
    pub create: &'a str,
    /// The kind of execution.
    pub execution: &'a str,
}

impl Made<'_> {
    /// What made an order: what the venue did by itself first, then our own id, then the
    /// conditional kind before the creator, which has been seen to contradict it (bybit 4.5).
    pub(crate) fn origin(&self, client_id: &ClientId) -> Origin {
        match self.execution {
            "BustTrade" => return Origin::Liquidation,
            "AdlTrade" => return Origin::Adl,
            "Settle" | "Delivery" => return Origin::Settlement,
            _ => {}
        }
        match self.create {
            "CreateByLiq" | "CreateByTakeOver_PassThrough" => return Origin::Liquidation,
            "CreateByAdl_PassThrough" => return Origin::Adl,
            "CreateBySettle" => return Origin::Settlement,
            _ => {}
        }
        if client_id.purpose() == Some(Purpose::Stop) {
            return Origin::Stop;
        }
        match self.stop {
            "StopLoss" | "PartialStopLoss" => return Origin::Stop,
            "TakeProfit" | "PartialTakeProfit" => return Origin::TakeProfit,
            "TrailingStop" => return Origin::Trailing,
            _ => {}
        }
        match self.create {
            "CreateByStopOrder" | "CreateByStopLoss" | "CreateByPartialStopLoss" => Origin::Stop,
            "CreateByTakeProfit" | "CreateByPartialTakeProfit" => Origin::TakeProfit,
            "CreateByTrailingStop" | "CreateByTrailingProfit" => Origin::Trailing,
            _ if self.stop == "Stop" => Origin::Stop,
            "CreateByUser" | "CreateByClosing" => Origin::Plain,
            // Older rows name no creator.
            "" if matches!(self.execution, "" | "Trade") => Origin::Plain,
            _ => Origin::Unknown,
        }
    }
}

/// Reads the acknowledgement of an order request: accepted, which is not executed.
///
/// # Errors
/// One sentence naming the field.
pub fn acknowledged(body: &str) -> Result<VenueOrderId, String> {
    let answer: AckAnswer<'_> = object(body)?;
    Ok(VenueOrderId::from(&*text("orderId", answer.order_id)?))
}
