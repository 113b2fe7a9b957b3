//! Reading executions and closed profit: what happened to a position, in numbers.
//!
//! For: rows of `execution/list` and of the topic `execution`, and of `closed-pnl`.
//! Not for: naming the leg of an execution alone: its row does not say it.
//! Door: [`executions`], [`closed`], [`Execution::fill`].

use std::borrow::Cow;

use rust_decimal::Decimal;

use crate::domain::amount::{Money, OrderSide, Price, Qty, Side};
use crate::domain::client_id::ClientId;
use crate::domain::evidence::{Fill, Origin};
use crate::domain::key::{Leg, Symbol, TradeId, VenueOrderId};
use crate::domain::sweep::Part;
use crate::domain::time::VenueTime;
use crate::exchange::bybit::decode_orders::Made;
use crate::exchange::bybit::read::{
    Page, amount, decimal, instant, named, order_side, page, price, quantity, text, word, words,
};
use crate::exchange::bybit::wire::{ClosedRow, ExecutionRow, ExtraFee, Field};
use crate::exchange::failure::garbled;

/// One execution; its row does not say which leg it changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Execution {
    /// Instrument.
    pub symbol: Symbol,
    /// Unique for a symbol.
    pub trade_id: TradeId,
    /// The order it belongs to.
    pub order_id: VenueOrderId,
    /// The id its sender gave that order.
    pub client_id: Option<ClientId>,
    /// What made that order.
    pub origin: Origin,
    /// Direction.
    pub side: OrderSide,
    /// Size.
    pub quantity: Qty,
    /// Price.
    pub price: Price,
    /// How much of it closed something; none when the venue does not say.
    pub closed: Option<Decimal>,
    /// What is left of its order: tells apart fills of one instant.
    pub left: Option<Decimal>,
    /// Cost; negative for a rebate.
    pub fee: Money,
    /// What the cost was paid in; none for the coin the instrument settles in.
    pub fee_coin: Option<Symbol>,
    /// Taxes on top, each in its coin.
    pub extra: Vec<(Symbol, Money)>,
    /// When.
    pub at: VenueTime,
}

impl Execution {
    /// The leg it changed: its order's, where that is known. Else in a hedged instrument what
    /// closed something took from the opposite leg and what did not added to its own; elsewhere
    /// there is one leg. None when a hedged instrument's row does not say enough.
    pub fn leg(&self, order: Option<Leg>, hedged: bool) -> Option<Leg> {
        if order.is_some() {
            return order;
        }
        if !hedged {
            return Some(Leg::Net);
        }
        let closes = !self.closed?.is_zero();
        let long = (self.side == Side::Long.closing()) == closes;
        Some(if long { Leg::Long } else { Leg::Short })
    }

    /// The fill, on a leg and in an instrument that settles in a coin. Extra fees in another
    /// coin than the fee itself have no place in it.
    pub fn fill(self, leg: Leg, settles: &Symbol) -> Fill {
        let fee_asset = self.fee_coin.unwrap_or_else(|| settles.clone());
        let extra: Money =
            self.extra.iter().filter(|(coin, _)| *coin == fee_asset).map(|(_, fee)| *fee).sum();
        Fill {
            symbol: self.symbol,
            leg,
            trade_id: self.trade_id,
            order_id: self.order_id,
            client_id: self.client_id,
            origin: self.origin,
            side: self.side,
            quantity: self.quantity,
            price: self.price,
            fee: self.fee + extra,
            fee_asset,
            at: self.at,
        }
    }
}

/// Reads a page of `execution/list`. Funding changes no size and is no fill.
pub fn executions(body: &str) -> Part<Page<Execution>> {
    page(body, execution)
}

/// Bookings that trade nothing. Funding names the size of the position and changes none of it. A
/// split of a stock changes size and price without a price that anybody traded at, so no fill
/// explains it: the difference waits for a person (bybit 3.11).
fn trades_nothing(kind: &str) -> bool {
    matches!(kind, "Funding" | "SessionSettlePnL" | "CorporateAction")
}

/// Settlements, which have no order (bybit 3.10).
fn settles(kind: &str) -> bool {
    matches!(kind, "Delivery" | "Settle")
}

/// Reads one row about an execution; none for a booking that trades nothing.
pub(crate) fn execution(row: &ExecutionRow<'_>) -> Result<Option<Execution>, String> {
    let kind = word(row.exec_type);
    if trades_nothing(&kind) {
        return Ok(None);
    }
    read_execution(row, &kind).map(Some).map_err(|why| named(row.symbol, &why))
}

fn read_execution(row: &ExecutionRow<'_>, kind: &str) -> Result<Execution, String> {
    let link = words(row.order_link_id).filter(|link| !link.is_empty());
    let client_id = link.map(|link| ClientId::from(&*link));
    let made =
        Made { stop: &word(row.stop_order_type), create: &word(row.create_type), execution: kind };
    let nobody = ClientId::from("");
    let coin = word(row.fee_currency);
    let optional = |name, field| match word(field) {
        text if text.is_empty() => Ok(None),
        _ => decimal(name, field).map(Some),
    };
    Ok(Execution {
        symbol: Symbol::from(&*text("symbol", row.symbol)?),
        trade_id: TradeId::from(&*text("execId", row.exec_id)?),
        order_id: VenueOrderId::from(&*order_id(row, kind)?),
        origin: made.origin(client_id.as_ref().unwrap_or(&nobody)),
        client_id,
        side: order_side(row.side)?,
        quantity: quantity("execQty", row.exec_qty)?.ok_or("execQty is zero")?,
        price: price("execPrice", row.exec_price)?.ok_or("execPrice is zero")?,
        closed: optional("closedSize", row.closed_size)?,
        left: optional("leavesQty", row.leaves_qty)?,
        fee: Money(amount("execFee", row.exec_fee)?),
        fee_coin: (!coin.is_empty()).then(|| Symbol::from(&*coin)),
        extra: extra_fees(row.extra_fees)?,
        at: instant("execTime", row.exec_time)?.ok_or("execTime is missing")?,
    })
}

/// Where a settlement names no order, its execution stands for one.
fn order_id<'a>(row: &ExecutionRow<'a>, kind: &str) -> Result<Cow<'a, str>, String> {
    match text("orderId", row.order_id) {
        Err(_) if settles(kind) => text("execId", row.exec_id),
        id => id,
    }
}

/// Venue fact: empty text where there are none (bybit 3.11).
fn extra_fees(field: Field<'_>) -> Result<Vec<(Symbol, Money)>, String> {
    let Some(raw) = field.filter(|raw| raw.get().starts_with('[')) else { return Ok(Vec::new()) };
    let rows: Vec<ExtraFee<'_>> = serde_json::from_str(raw.get())
        .map_err(|why| format!("extraFees is not as documented: {}", garbled(&why)))?;
    rows.iter()
        .map(|row| {
            let coin = Symbol::from(&*text("extraFees.feeCoin", row.fee_coin)?);
            Ok((coin, Money(decimal("extraFees.fee", row.fee)?)))
        })
        .collect()
}

/// A row of `closed-pnl`: an order that realised a profit or a loss.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closed {
    /// Instrument.
    pub symbol: Symbol,
    /// The order that closed.
    pub order_id: VenueOrderId,
    /// Direction of that order.
    pub side: OrderSide,
    /// How much it closed.
    pub quantity: Qty,
    /// When the row last changed.
    pub at: VenueTime,
}

/// Reads a page of `closed-pnl`. Its averages include fees and are no prices, so they are left
/// unread; the profit of a session that was settled closes nothing (bybit 3.11). A settlement
/// without an order has none whose fills could be missing.
pub fn closed(body: &str) -> Part<Page<Closed>> {
    page(body, |row: &ClosedRow<'_>| {
        let kind = word(row.exec_type);
        if trades_nothing(&kind) || settles(&kind) && word(row.order_id).is_empty() {
            return Ok(None);
        }
        read_closed(row).map(Some).map_err(|why| named(row.symbol, &why))
    })
}

fn read_closed(row: &ClosedRow<'_>) -> Result<Closed, String> {
    Ok(Closed {
        symbol: Symbol::from(&*text("symbol", row.symbol)?),
        order_id: VenueOrderId::from(&*text("orderId", row.order_id)?),
        side: order_side(row.side)?,
        quantity: quantity("closedSize", row.closed_size)?.ok_or("closedSize is zero")?,
        at: instant("updatedTime", row.updated_time)?.ok_or("updatedTime is missing")?,
    })
}
