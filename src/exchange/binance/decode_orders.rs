//! Reading orders, conditional orders and fills from REST answers.
//!
//! For: the two order lists, single orders, and trades with what made them.
//! Not for: the same things on the stream (`events`), which spells every key differently.
//! Door: [`conditionals_in_orders`], [`conditionals`], [`order`], [`stop`], [`trades`].

use rust_decimal::Decimal;

use crate::domain::amount::{Money, OrderSide, Price, Qty};
use crate::domain::client_id::{ClientId, Purpose};
use crate::domain::evidence::{Fill, Origin};
use crate::domain::key::{Leg, Symbol, TradeId, VenueOrderId};
use crate::domain::order::{
    ConditionalKind, ConditionalOrder, OrderReport, OrderStatus, StopReport, StopStatus, TriggerBy,
};
use crate::domain::sweep::Part;
use crate::exchange::binance::decode::{
    decimal, each, leg, named, number, order_side, price, quantity, text, whole,
};
use crate::exchange::binance::wire::{AlgoRow, Field, IncomeRow, OrderRow, TradeRow};
use crate::exchange::failure::{quoted, shorten};
use crate::exchange::numbers::instant;

/// What is needed to build a conditional order, whichever list it came from.
pub(crate) struct Parts {
    pub id: VenueOrderId,
    pub client_id: ClientId,
    pub symbol: Symbol,
    pub leg: Leg,
    pub side: OrderSide,
    pub kind: ConditionalKind,
    pub quantity: Option<Qty>,
    pub trigger: Option<Price>,
    pub trigger_by: TriggerBy,
    pub reduce_only: bool,
    pub close_position: bool,
}

impl Parts {
    /// Venue facts: a close-position order carries quantity zero and takes whatever is there; in
    /// hedge mode `reduceOnly` is refused and the closing side alone makes an order reduce.
    pub(crate) fn build(self) -> Result<ConditionalOrder, String> {
        if self.quantity.is_none() && !self.close_position {
            return Err("quantity is zero and closePosition is not set".to_owned());
        }
        let closing = self.leg.closing() == Some(self.side);
        Ok(ConditionalOrder {
            id: self.id,
            client_id: self.client_id,
            symbol: self.symbol,
            leg: self.leg,
            side: self.side,
            quantity: self.quantity.filter(|_| !self.close_position),
            trigger: self.trigger,
            trigger_by: self.trigger_by,
            kind: self.kind,
            reduces: self.reduce_only || self.close_position || closing,
            on_position: false,
        })
    }
}

/// The kind of a conditional order type; none for a type that rests in the book or trades at
/// once.
pub(crate) fn conditional_kind(kind: &str) -> Option<ConditionalKind> {
    Some(match kind {
        "STOP_MARKET" => ConditionalKind::StopMarket,
        "STOP" => ConditionalKind::StopLimit,
        "TAKE_PROFIT" | "TAKE_PROFIT_MARKET" => ConditionalKind::TakeProfit,
        "TRAILING_STOP_MARKET" => ConditionalKind::Trailing,
        _ => return None,
    })
}

pub(crate) fn trigger_by(working: &Field<'_>) -> Result<TriggerBy, String> {
    match text("workingType", working)? {
        "MARK_PRICE" => Ok(TriggerBy::Mark),
        "CONTRACT_PRICE" => Ok(TriggerBy::Last),
        other => Err(format!("workingType is unknown: {}", quoted(other))),
    }
}

/// Reads `openOrders` for the conditional orders in it. Every row has to say what it is.
pub fn conditionals_in_orders(body: &str) -> Part<Vec<ConditionalOrder>> {
    let mut found = Vec::new();
    let fault = each(body, |row: OrderRow<'_>| {
        text("symbol", &row.symbol)?;
        if let Some(kind) = conditional_kind(text("type", &row.kind)?) {
            found.push(resting(&row, kind).map_err(|why| named(&row.symbol, &why))?);
        }
        Ok(())
    });
    part(found, fault)
}

fn resting(row: &OrderRow<'_>, kind: ConditionalKind) -> Result<ConditionalOrder, String> {
    let trigger = price("stopPrice", &row.stop_price)?;
    Parts {
        id: VenueOrderId::from(text("orderId", &row.order_id)?),
        client_id: ClientId::from(text("clientOrderId", &row.client_order_id)?),
        symbol: Symbol::from(text("symbol", &row.symbol)?),
        leg: leg("positionSide", &row.position_side)?,
        side: order_side("side", &row.side)?,
        kind,
        quantity: quantity("origQty", &row.orig_qty)?,
        trigger,
        trigger_by: trigger_by(&row.working_type)?,
        reduce_only: row.reduce_only.ok_or("reduceOnly is missing")?,
        close_position: row.close_position.ok_or("closePosition is missing")?,
    }
    .build()
}

/// Reads `openAlgoOrders`. Orders of other algorithms (TWAP and kin) are no conditional orders.
pub fn conditionals(body: &str) -> Part<Vec<ConditionalOrder>> {
    let mut found = Vec::new();
    let fault = each(body, |row: AlgoRow<'_>| {
        let named = |why: String| named(&row.symbol, &why);
        if text("algoType", &row.algo_type).map_err(named)? != "CONDITIONAL" {
            return Ok(());
        }
        let report = algo(&row).map_err(named)?;
        if report.status.protects() {
            found.push(report.order);
        }
        Ok(())
    });
    part(found, fault)
}

/// Reads the answer to cancelling a stop. Venue fact: a short word, or the whole order; both name
/// what is gone (binance-usdm 3.12).
///
/// # Errors
/// One sentence: the answer names no stop, whatever it is.
pub fn cancelled(body: &str) -> Result<(), String> {
    text("algoId", &whole::<AlgoRow<'_>>(body)?.algo_id).map(drop)
}

fn part<T>(found: Vec<T>, fault: Option<String>) -> Part<Vec<T>> {
    match fault {
        None => Part::Whole(found),
        Some(why) => Part::Broken(found, why),
    }
}

fn algo(row: &AlgoRow<'_>) -> Result<StopReport, String> {
    let kind = text("orderType", &row.order_type)?;
    let filled = match &row.actual_qty {
        Some(value) => number(value.as_str()).and_then(|value| Qty::new(value).ok()),
        None => None,
    };
    let order = Parts {
        id: VenueOrderId::from(text("algoId", &row.algo_id)?),
        client_id: ClientId::from(text("clientAlgoId", &row.client_algo_id)?),
        symbol: Symbol::from(text("symbol", &row.symbol)?),
        leg: leg("positionSide", &row.position_side)?,
        side: order_side("side", &row.side)?,
        kind: conditional_kind(kind).unwrap_or(ConditionalKind::Other),
        quantity: quantity("quantity", &row.quantity)?,
        trigger: price("triggerPrice", &row.trigger_price)?,
        trigger_by: trigger_by(&row.working_type)?,
        reduce_only: row.reduce_only.ok_or("reduceOnly is missing")?,
        close_position: row.close_position.ok_or("closePosition is missing")?,
    }
    .build()?;
    let status = text("algoStatus", &row.algo_status)?;
    let status = stop_status(status, filled, "")
        .ok_or_else(|| format!("algoStatus is unknown: {}", quoted(status)))?;
    Ok(StopReport { order, status })
}

/// Where a conditional order stands. Source: binance-usdm 3.11; `FINISHED` means that the order
/// it became ended, filled or not.
pub(crate) fn stop_status(status: &str, filled: Option<Qty>, reason: &str) -> Option<StopStatus> {
    Some(match status {
        "NEW" => StopStatus::Live,
        "TRIGGERING" | "TRIGGERED" => StopStatus::Firing,
        "FINISHED" => StopStatus::Finished(filled),
        "CANCELED" => StopStatus::Cancelled,
        "REJECTED" => StopStatus::Rejected(shorten(reason)),
        "EXPIRED" => StopStatus::Expired,
        _ => return None,
    })
}

/// One conditional order with the order it became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// The conditional order and where it stands.
    pub report: StopReport,
    /// The order that it became when it fired, when the venue names it.
    pub child: Option<VenueOrderId>,
}

fn with_child(row: &AlgoRow<'_>) -> Result<Stop, String> {
    let child = row.actual_order_id.as_ref().map(|id| id.as_str()).filter(|id| !id.is_empty());
    Ok(Stop { report: algo(row)?, child: child.map(VenueOrderId::from) })
}

/// Reads one conditional order: the answer to placing it or asking for it.
///
/// # Errors
/// One sentence naming the field.
pub fn stop(body: &str) -> Result<Stop, String> {
    with_child(&whole::<AlgoRow<'_>>(body)?)
}

/// Reads `allAlgoOrders`; rows of other algorithms are left out.
///
/// # Errors
/// One sentence naming row and field.
pub fn stops(body: &str) -> Result<Vec<Stop>, String> {
    let mut found = Vec::new();
    let fault = each(body, |row: AlgoRow<'_>| {
        if text("algoType", &row.algo_type)? == "CONDITIONAL" {
            found.push(with_child(&row)?);
        }
        Ok(())
    });
    fault.map_or(Ok(found), Err)
}

/// One plain order as the venue tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// Where it stands.
    pub report: OrderReport,
    /// What made it, as far as its type and client id say.
    pub origin: Origin,
}

/// Reads one order: the answer to placing, cancelling or asking for it. Venue fact: answers to
/// placing and cancelling name no average price since June 2026 (binance-usdm 3.7).
///
/// # Errors
/// One sentence naming the field.
pub fn order(body: &str) -> Result<Order, String> {
    plain(&whole::<OrderRow<'_>>(body)?)
}

fn plain(row: &OrderRow<'_>) -> Result<Order, String> {
    let client_id = ClientId::from(text("clientOrderId", &row.client_order_id)?);
    let status = text("status", &row.status)?;
    let filled = quantity("executedQty", &row.executed_qty)?;
    let average = match &row.avg_price {
        None => None,
        some => price("avgPrice", some)?,
    };
    let kind = row.orig_type.as_ref().or(row.kind.as_ref());
    let origin = origin(&client_id, kind.map_or("", |kind| kind.as_str()));
    let report = OrderReport {
        id: VenueOrderId::from(text("orderId", &row.order_id)?),
        client_id,
        status: order_status(status, filled),
        filled,
        average,
    };
    Ok(Order { report, origin })
}

/// Where an order stands. A word this version does not know is taken for an order that still
/// works, because only that is asked for again.
pub(crate) fn order_status(status: &str, filled: Option<Qty>) -> OrderStatus {
    match status {
        "FILLED" => OrderStatus::Filled,
        "CANCELED" => OrderStatus::Cancelled,
        "REJECTED" => OrderStatus::Rejected,
        "EXPIRED" | "EXPIRED_IN_MATCH" => OrderStatus::Expired,
        _ if filled.is_some() => OrderStatus::Partial,
        _ => OrderStatus::Live,
    }
}

/// What made an order, from its client id and original type. Source: binance-usdm 3.8, the
/// prefixes the venue reserves for its own orders.
pub(crate) fn origin(client_id: &ClientId, orig_type: &str) -> Origin {
    const PREFIXES: [(&str, Origin); 4] = [
        ("adl_autoclose", Origin::Adl),
        ("autoclose-", Origin::Liquidation),
        ("settlement_autoclose-", Origin::Settlement),
        ("delivery_autoclose-", Origin::Settlement),
    ];
    if let Some((_, origin)) =
        PREFIXES.into_iter().find(|(prefix, _)| client_id.as_str().starts_with(prefix))
    {
        return origin;
    }
    if client_id.purpose() == Some(Purpose::Stop) {
        return Origin::Stop;
    }
    match (conditional_kind(orig_type), orig_type) {
        (Some(kind), _) => origin_of(kind),
        (None, "LIQUIDATION") => Origin::Liquidation,
        (None, "MARKET" | "LIMIT") => Origin::Plain,
        _ => Origin::Unknown,
    }
}

/// What an order was that a conditional order became.
pub(crate) fn origin_of(kind: ConditionalKind) -> Origin {
    match kind {
        ConditionalKind::StopMarket | ConditionalKind::StopLimit => Origin::Stop,
        ConditionalKind::TakeProfit => Origin::TakeProfit,
        ConditionalKind::Trailing => Origin::Trailing,
        ConditionalKind::Other => Origin::Unknown,
    }
}

/// One row of `userTrades`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trade {
    /// The fill; what made its order is not in this list.
    pub fill: Fill,
    /// Profit it realised, before fees; zero for a fill that opened.
    pub realized: Decimal,
}

/// A trade that realised a profit or a loss, as `income` tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Realised {
    /// Of which instrument; its trades are counted apart from others'.
    pub symbol: Symbol,
    /// Which.
    pub trade: TradeId,
    /// When, in milliseconds, where the row says.
    pub at: Option<i64>,
}

/// The trades that realised a profit or a loss.
///
/// # Errors
/// One sentence when the list cannot be read.
pub fn realising_trades(body: &str) -> Result<Vec<Realised>, String> {
    let mut found = Vec::new();
    let fault = each(body, |row: IncomeRow<'_>| {
        if text("incomeType", &row.income_type)? == "REALIZED_PNL" {
            let id = row.trade_id.as_ref().map_or("", |id| id.as_str());
            let symbol = Symbol::from(text("symbol", &row.symbol)?);
            let trade = (!id.is_empty()).then(|| TradeId::from(id));
            found.extend(trade.map(|trade| Realised { symbol, trade, at: row.time }));
        }
        Ok(())
    });
    fault.map_or(Ok(found), Err)
}

/// Reads `userTrades`, oldest first.
///
/// # Errors
/// One sentence naming row and field.
pub fn trades(body: &str) -> Result<Vec<Trade>, String> {
    let mut found = Vec::new();
    let fault = each(body, |row: TradeRow<'_>| {
        found.push(trade(&row)?);
        Ok(())
    });
    fault.map_or(Ok(found), Err)
}

fn trade(row: &TradeRow<'_>) -> Result<Trade, String> {
    let fill = Fill {
        symbol: Symbol::from(text("symbol", &row.symbol)?),
        leg: leg("positionSide", &row.position_side)?,
        trade_id: TradeId::from(text("id", &row.id)?),
        order_id: VenueOrderId::from(text("orderId", &row.order_id)?),
        client_id: None,
        origin: Origin::Unknown,
        side: order_side("side", &row.side)?,
        quantity: quantity("qty", &row.qty)?.ok_or("qty is zero")?,
        price: price("price", &row.price)?.ok_or("price is zero")?,
        fee: Money(decimal("commission", &row.commission)?),
        fee_asset: Symbol::from(text("commissionAsset", &row.commission_asset)?),
        at: instant("time", row.time)?,
    };
    Ok(Trade { fill, realized: decimal("realizedPnl", &row.realized_pnl)? })
}
