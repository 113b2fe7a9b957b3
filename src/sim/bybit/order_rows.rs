//! The shapes of orders, plain and conditional, in answers and messages.
//!
//! Each row is left open, so that a stream can add its own keys. Source: bybit 3.10, 4.5.

use rust_decimal::Decimal;

use crate::sim::algo::Algo;
use crate::sim::bybit::cause;
use crate::sim::bybit::ids;
use crate::sim::bybit::rows::{Form, index, kind_word, side_word, text};
use crate::sim::bybit::rules::price_word;
use crate::sim::exchange::Exchange;
use crate::sim::json::{Object, object};
use crate::sim::numbers::{Ms, trim};
use crate::sim::orders::Order;
use crate::sim::words::{Bond, Leg, OrderKind, Side, Tif, Working};

const fn tif_word(tif: Tif, kind: OrderKind) -> &'static str {
    match (kind, tif) {
        (OrderKind::Market, _) | (_, Tif::Ioc) => "IOC",
        (_, Tif::Fok) => "FOK",
        (_, Tif::Gtx) => "PostOnly",
        _ => "GTC",
    }
}

/// What plain and conditional orders have in common.
struct Common<'a> {
    symbol: &'a str,
    id: String,
    link: &'a str,
    side: Side,
    leg: Leg,
    status: &'static str,
    ending: (&'static str, &'static str),
    created_by: &'static str,
    stop_type: &'a str,
    times: (Ms, Ms),
    qty: Decimal,
    reduces: bool,
    bond: Bond,
}

fn common(of: &Common<'_>) -> Object {
    Object::new()
        .put("symbol", of.symbol)
        .put("orderId", &of.id)
        .put("orderLinkId", of.link)
        .put("parentOrderLinkId", "")
        .put("blockTradeId", "")
        .put("side", side_word(of.side))
        .put("isLeverage", "")
        .put("positionIdx", &index(of.leg))
        .put("orderStatus", of.status)
        .put("cancelType", of.ending.0)
        .put("rejectReason", of.ending.1)
        .put("createType", of.created_by)
        .put("stopOrderType", of.stop_type)
        .put("qty", &trim(of.qty))
        .put("reduceOnly", &of.reduces)
        .put("closeOnTrigger", &(of.bond != Bond::Free))
        .put("orderIv", "")
        .put("placeType", "")
        .put("marketUnit", "")
        .put("smpType", "None")
        .put("smpGroup", &0)
        .put("smpOrderId", "")
        .put("slippageToleranceType", "UNKNOWN")
        .put("slippageTolerance", "0")
        .put("rpiTakerAccess", "")
        .put("rpiMatchedQty", "")
        .put("extraFees", "")
        .put("createdTime", &of.times.0.to_string())
        .put("updatedTime", &of.times.1.to_string())
}

fn fee_of(exchange: &Exchange, order: &Order) -> Decimal {
    exchange.fills.iter().filter(|fill| fill.order == order.id).map(|fill| fill.fee).sum()
}

/// A plain order, or what a conditional order became.
pub fn order(exchange: &Exchange, order: &Order, form: Form) -> Object {
    let want = &order.want;
    let origin = order.origin.as_ref();
    let attached = want.attached.as_deref();
    let plain_stop = if form == Form::Stream { "" } else { "UNKNOWN" };
    let stop_type = cause::stop_type_of(order);
    let row = common(&Common {
        symbol: &want.symbol,
        id: ids::of_order(order),
        link: &order.client_id,
        side: want.side,
        leg: want.leg,
        status: cause::status(order),
        ending: cause::ending(order),
        created_by: cause::created_by(order),
        stop_type: if stop_type.is_empty() && form == Form::Now { plain_stop } else { stop_type },
        times: (order.created, order.updated),
        qty: want.qty,
        reduces: want.reduce_only || origin.is_some_and(|origin| origin.bond != Bond::Free),
        bond: origin.map_or(Bond::Free, |origin| origin.bond),
    });
    let left = if order.status.is_open() { order.left() } else { Decimal::ZERO };
    let (fee, coin) = (fee_of(exchange, order), exchange.coin_of(&want.symbol));
    let fees = if order.filled.is_zero() {
        object! {}
    } else {
        Object::new().put(coin.name(), &trim(fee)).end()
    };
    let average = if order.filled.is_zero() { "".to_owned() } else { trim(order.average()) };
    let watched = origin.map_or("", |origin| working_of(origin.working));
    let watched = if watched.is_empty() && form == Form::Now { "UNKNOWN" } else { watched };
    let by = |working: Option<Working>, there: bool| match (working, there) {
        (_, false) => "",
        (None, true) => "LastPrice",
        (Some(working), true) => price_word(working),
    };
    let (stop, profit) = (
        attached.and_then(|attached| attached.stop_loss),
        attached.and_then(|attached| attached.take_profit),
    );
    let mode = attached.map_or("", |attached| if attached.partial { "Partial" } else { "Full" });
    row.put("price", &text(want.price))
        .put("avgPrice", &average)
        .put("leavesQty", &trim(left))
        .put("leavesValue", &trim((left * want.price.unwrap_or_default()).round_dp(8)))
        .put("cumExecQty", &trim(order.filled))
        .put("cumExecValue", &trim(order.value))
        .put("cumExecFee", &trim(fee))
        .put("cumFeeDetail", &fees)
        .put("timeInForce", tif_word(want.tif, want.kind))
        .put("orderType", kind_word(want.kind))
        .put("triggerPrice", &origin.map(|origin| trim(origin.trigger)).unwrap_or_default())
        .put("triggerDirection", &origin.map_or(0, |origin| direction(origin.rises)))
        .put("triggerBy", watched)
        .put("takeProfit", &text(profit))
        .put("stopLoss", &text(stop))
        .put("tpslMode", origin.map_or(mode, |origin| mode_of(origin.bond)))
        .put("tpLimitPrice", "")
        .put("slLimitPrice", "")
        .put("tpTriggerBy", by(attached.and_then(|a| a.profit_by), profit.is_some()))
        .put("slTriggerBy", by(attached.and_then(|a| a.stop_by), stop.is_some()))
        .put("lastPriceOnCreated", &trim(order.last))
}

fn working_of(name: &str) -> &'static str {
    Working::parse(name).map_or("", price_word)
}

const fn mode_of(bond: Bond) -> &'static str {
    match bond {
        Bond::Free => "",
        Bond::Whole => "Full",
        Bond::Part => "Partial",
    }
}

const fn direction(rises: bool) -> i32 {
    if rises { 1 } else { 2 }
}

/// A conditional order that has not become an order.
pub fn conditional(exchange: &Exchange, algo: &Algo, form: Form) -> Object {
    let want = &algo.want;
    let row = common(&Common {
        symbol: &want.symbol,
        id: ids::of_algo(algo.id),
        link: &algo.client_id,
        side: want.side,
        leg: want.leg,
        status: cause::stop_status(algo, form == Form::History),
        ending: cause::stop_ending(algo),
        created_by: if want.bond == Bond::Free {
            "CreateByUser"
        } else {
            cause::created_by_stop(want.kind, want.bond)
        },
        stop_type: cause::stop_type(want.kind, want.bond),
        times: (algo.created, algo.updated),
        qty: want.qty,
        reduces: want.reduce_only,
        bond: want.bond,
    });
    let kind = want.kind.child();
    let usual = (want.side == Side::Buy) != want.kind.takes_profit();
    let last = exchange.market.get(&want.symbol).map(|contract| contract.last).unwrap_or_default();
    let waits = algo.waits();
    row.put("price", &want.price.map_or_else(|| "0".to_owned(), trim))
        .put("avgPrice", "")
        .put("leavesQty", &trim(if waits { want.qty } else { Decimal::ZERO }))
        .put("leavesValue", "0")
        .put("cumExecQty", "0")
        .put("cumExecValue", "0")
        .put("cumExecFee", "0")
        .put("cumFeeDetail", &object! {})
        .put("timeInForce", tif_word(want.tif, kind))
        .put("orderType", kind_word(kind))
        .put("triggerPrice", &trim(want.trigger))
        .put("triggerDirection", &direction(want.rises.unwrap_or(usual)))
        .put("triggerBy", price_word(want.working))
        .put("takeProfit", "")
        .put("stopLoss", "")
        .put("tpslMode", mode_of(want.bond))
        .put("tpLimitPrice", "0")
        .put("slLimitPrice", "0")
        .put("tpTriggerBy", "")
        .put("slTriggerBy", "")
        .put("lastPriceOnCreated", &trim(last))
}
