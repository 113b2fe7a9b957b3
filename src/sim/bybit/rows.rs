//! The shapes of answers and messages: positions and fills, and the words all rows share.
//!
//! Each row is left open, so that a stream can add its own keys. Written from the venue's
//! document, not from our adapter. Source: bybit 3.2, 3.11, 4.4, 4.6.

use rust_decimal::Decimal;

use crate::sim::account::{Position, Slot};
use crate::sim::bybit::cause;
use crate::sim::bybit::ids;
use crate::sim::exchange::Exchange;
use crate::sim::funding::Funding;
use crate::sim::json::{Json, Object, list, object};
use crate::sim::margin::{liquidation_price, weigh};
use crate::sim::numbers::{Ms, trim};
use crate::sim::orders::Fill;
use crate::sim::words::{Forced, Leg, OrderKind, Side};

/// `updatedTime` of a position is a little later than the fill that changed it.
const LATER: Ms = 3;

/// Where a row goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A REST answer of what is now.
    Now,
    /// A REST answer of what was.
    History,
    /// A message of the owner's stream.
    Stream,
}

/// `Buy` or `Sell`.
pub const fn side_word(side: Side) -> &'static str {
    match side {
        Side::Buy => "Buy",
        Side::Sell => "Sell",
    }
}

/// `positionIdx` of a leg.
pub const fn index(leg: Leg) -> i32 {
    match leg {
        Leg::Both => 0,
        Leg::Long => 1,
        Leg::Short => 2,
    }
}

/// `Market` or `Limit`.
pub const fn kind_word(kind: OrderKind) -> &'static str {
    match kind {
        OrderKind::Market => "Market",
        OrderKind::Limit => "Limit",
    }
}

/// A number, or nothing.
pub(crate) fn text(number: Option<Decimal>) -> String {
    number.map(trim).unwrap_or_default()
}

/// A position, flat or not, as it stands.
pub fn position(exchange: &Exchange, slot: &Slot, form: Form) -> Object {
    position_of(exchange, slot, &exchange.account.position(&slot.0, slot.1), form)
}

/// A position as it stood at some step of an action.
pub fn position_of(exchange: &Exchange, slot: &Slot, held: &Position, form: Form) -> Object {
    let weight = weigh(&exchange.account, &exchange.market, slot, held);
    let flat = held.amount.is_zero();
    let streams = form == Form::Stream;
    let side = match (flat, held.amount.is_sign_negative()) {
        (true, _) => "",
        (false, true) => "Sell",
        (false, false) => "Buy",
    };
    let nothing = if streams { "0" } else { "" };
    let or_nothing = |number: Decimal| {
        if flat { nothing.to_owned() } else { trim(number.round_dp(8)) }
    };
    let guards = exchange.protection(slot);
    let guard = |price: Option<Decimal>| price.map_or_else(|| nothing.to_owned(), trim);
    let leverage = exchange.account.leverage(&slot.0).to_string();
    let margin = trim(weight.initial.round_dp(8));
    let keep = trim(weight.maintenance.round_dp(8));
    let (status, rank) = match held.trouble {
        Some(Forced::Adl) => ("Adl", 5),
        Some(_) => ("Liq", 2),
        None => ("Normal", if flat { 0 } else { 2 }),
    };
    let later = |at: Ms| if at == 0 { 0 } else { at + LATER };
    Object::new()
        .put("positionIdx", &index(slot.1))
        .put("riskId", &1)
        .put("riskLimitValue", "2000000")
        .put("symbol", &slot.0)
        .put("side", side)
        .put("size", &trim(held.amount.abs()))
        .put(if streams { "entryPrice" } else { "avgPrice" }, &trim(held.entry.round_dp(8)))
        .put("positionValue", &or_nothing((held.amount * held.entry).abs()))
        .put("tradeMode", &0)
        .put("autoAddMargin", &0)
        .put("positionStatus", status)
        .put("leverage", &leverage)
        .put("markPrice", &marked(exchange, &slot.0, weight.mark))
        .put("liqPrice", &exit(exchange, slot, held))
        .put("bustPrice", "")
        .put("breakEvenPrice", &or_nothing(held.breakeven()))
        .put("positionBalance", &margin)
        .put("positionIM", &margin)
        .put("positionMM", &keep)
        .put("positionIMByMp", &margin)
        .put("positionMMByMp", &keep)
        .put("takeProfit", &guard(guards.take_profit))
        .put("stopLoss", &guard(guards.stop_loss))
        .put("trailingStop", &guards.trailing.map_or_else(|| "0".to_owned(), trim))
        .put("sessionAvgPrice", "")
        .put("unrealisedPnl", &or_nothing(weight.unrealised))
        .put("curRealisedPnl", &trim(held.current))
        .put("cumRealisedPnl", &trim(held.total))
        .put("adlRankIndicator", &rank)
        .put("createdTime", &held.first.to_string())
        .put("openTime", &if flat { 0 } else { held.opened })
        .put("updatedTime", &later(held.updated).to_string())
        .put("tpslMode", "Full")
}

/// The keys of a position row that are missing now and then.
pub fn position_extras(exchange: &Exchange, slot: &Slot, row: Object) -> Object {
    let held = exchange.account.position(&slot.0, slot.1);
    let row = match held.seq {
        Some(seq) => row.put("seq", &seq),
        None => row.put("seq", &-1),
    };
    row.put("isReduceOnly", &false).put("mmrSysUpdatedTime", "").put("leverageSysUpdatedTime", "")
}

/// A mark price with as many decimals as a price of its contract.
fn marked(exchange: &Exchange, symbol: &str, mark: Decimal) -> String {
    let places = exchange.market.get(symbol).map_or(8, |contract| contract.spec.price_places);
    trim(mark.round_dp(places))
}

fn exit(exchange: &Exchange, slot: &Slot, held: &Position) -> String {
    let Ok(contract) = exchange.market.get(&slot.0) else { return String::new() };
    let spec = &contract.spec;
    let price = liquidation_price(&exchange.account, &exchange.market, slot, held)
        .filter(|price| (spec.min_price()..=spec.max_price()).contains(price));
    price.map(|price| trim(price.round_dp(spec.price_places))).unwrap_or_default()
}

/// A fill.
pub fn execution(exchange: &Exchange, fill: &Fill) -> Object {
    let order = exchange.orders.get(&fill.order);
    let earlier = exchange.fills.iter().filter(|one| one.order == fill.order && one.id <= fill.id);
    let filled: Decimal = earlier.map(|one| one.qty).sum();
    let wanted = order.map_or(fill.qty, |order| order.want.qty);
    let stop = order.map_or("", cause::stop_type_of);
    let closed = if fill.closed.is_zero() { "0".to_owned() } else { trim(fill.closed) };
    let rate = if fill.maker { exchange.account.fees.1 } else { exchange.account.fees.0 };
    let kind = order.map_or(OrderKind::Market, |order| order.want.kind);
    Object::new()
        .put("symbol", &fill.symbol)
        .put("orderId", &order.map(ids::of_order).unwrap_or_default())
        .put("orderLinkId", &fill.client_id)
        .put("side", side_word(fill.side))
        .put("orderPrice", &text(order.and_then(|order| order.want.price)))
        .put("orderQty", &trim(wanted))
        .put("leavesQty", &trim((wanted - filled).max(Decimal::ZERO)))
        .put("createType", order.map_or("CreateByUser", cause::created_by))
        .put("orderType", kind_word(kind))
        .put("stopOrderType", if stop.is_empty() { "UNKNOWN" } else { stop })
        .put("execFee", &trim(fill.fee))
        .put("execFeeV2", "")
        .put("feeCurrency", exchange.coin_of(&fill.symbol).name())
        .put("execId", &ids::of_fill(fill.id))
        .put("execPrice", &trim(fill.price))
        .put("execQty", &trim(fill.qty))
        .put("execType", cause::exec_type(fill.forced))
        .put("execValue", &trim(fill.price * fill.qty))
        .put("execTime", &fill.at.to_string())
        .put("isMaker", &fill.maker)
        .put("feeRate", &trim(rate))
        .put("markPrice", &marked(exchange, &fill.symbol, fill.mark))
        .put("closedSize", &closed)
        .put("seq", &fill.seq)
        .put("indexPrice", "")
        .put("underlyingPrice", "")
        .put("tradeIv", "")
        .put("markIv", "")
        .put("blockTradeId", "")
        .put("marketUnit", "")
        .put("extraFees", &taxes(exchange, fill))
}

/// Text without a word for most fills, a list of taxes for some. Source: bybit 4.6.
fn taxes(exchange: &Exchange, fill: &Fill) -> Json {
    if fill.id % 4 != 0 {
        return Json(r#""""#.to_owned());
    }
    list([object! {
        "feeCoin": exchange.coin_of(&fill.symbol).name(),
        "feeType": "GST",
        "subFeeType": "IND_GST",
        "feeRate": "0",
        "fee": "0",
    }])
}

/// Funding, listed among the fills: its quantity is the size of the position.
pub fn funding(exchange: &Exchange, row: &Funding) -> Object {
    let side = if row.amount.is_sign_negative() { Side::Sell } else { Side::Buy };
    let size = row.amount.abs();
    Object::new()
        .put("symbol", &row.slot.0)
        .put("orderId", &ids::of_fill(row.id))
        .put("orderLinkId", "")
        .put("side", side_word(side.other()))
        .put("orderPrice", "0")
        .put("orderQty", "0")
        .put("leavesQty", "0")
        .put("createType", "")
        .put("orderType", "UNKNOWN")
        .put("stopOrderType", "UNKNOWN")
        .put("execFee", &trim(row.fee))
        .put("execFeeV2", "")
        .put("feeCurrency", exchange.coin_of(&row.slot.0).name())
        .put("execId", &ids::of_fill(row.id))
        .put("execPrice", &trim(row.price))
        .put("execQty", &trim(size))
        .put("execType", "Funding")
        .put("execValue", &trim(row.price * size))
        .put("execTime", &row.at.to_string())
        .put("isMaker", &false)
        .put("feeRate", &trim(row.rate))
        .put("markPrice", &marked(exchange, &row.slot.0, row.price))
        .put("closedSize", "0")
        .put("seq", &row.seq)
        .put("indexPrice", "")
        .put("underlyingPrice", "")
        .put("tradeIv", "")
        .put("markIv", "")
        .put("blockTradeId", "")
        .put("marketUnit", "")
        .put("extraFees", "")
}
