//! The shapes of REST answers: orders, conditional orders, trades, positions, balances.
//!
//! Key order and padding follow the venue; written from its documents, not from our adapter.

use rust_decimal::Decimal;

use crate::sim::account::{Account, Position, Slot};
use crate::sim::algo::Algo;
use crate::sim::exchange::Income;
use crate::sim::json::{Json, Object, object};
use crate::sim::margin::{liquidation_price, totals, weigh};
use crate::sim::market::Market;
use crate::sim::numbers::{fixed, money, trim};
use crate::sim::orders::{Fill, Order};
use crate::sim::symbols::Spec;

/// Which answer an order row is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Create and cancel: no average price, no value since June 2026.
    Short,
    /// Modify: with pair and the modification's id.
    Changed,
    /// The same as it was before June 2026.
    Old,
    /// Query and open orders.
    Full,
    /// All orders: with pair and base value.
    History,
}

/// An order as a REST answer.
pub fn order(order: &Order, spec: &Spec, form: Form) -> Json {
    let want = &order.want;
    let qty = |number: Decimal| fixed(number, spec.qty_places());
    let price = |number: Decimal| fixed(number, spec.price_places);
    let short = matches!(form, Form::Short | Form::Changed | Form::Old);
    let priced = !matches!(form, Form::Short | Form::Changed);
    let average = fixed(order.average(), 5.max(spec.price_places));
    let origin = order.origin.as_ref();
    let mut row = Object::new();
    if priced {
        row = row.put("avgPrice", &average);
    }
    row = row.put("clientOrderId", &order.client_id);
    if short {
        row = row.put("cumQty", &qty(order.filled));
    }
    if priced {
        row = row.put("cumQuote", &fixed(order.value, 5));
    }
    if form == Form::History {
        row = row.put("cumBase", &qty(order.filled));
    }
    row = row
        .put("executedQty", &qty(order.filled))
        .put("orderId", &order.id)
        .put("origQty", &qty(want.qty))
        .put("price", &price(shown_price(order)))
        .put("reduceOnly", &want.reduce_only)
        .put("side", want.side.name())
        .put("positionSide", want.leg.name())
        .put("status", order.status.name())
        .put("stopPrice", &price(origin.map_or(Decimal::ZERO, |from| from.trigger)))
        .put("closePosition", &origin.is_some_and(|from| from.close_position))
        .put("symbol", &want.symbol);
    if matches!(form, Form::History | Form::Changed) {
        row = row.put("pair", &spec.pair);
    }
    if form == Form::Changed {
        row = row.put("modifyId", &order.modify_id);
    }
    if !short {
        row = row.put("time", &order.created);
    }
    row.put("timeInForce", want.tif.name())
        .put("type", want.kind.name())
        .put("origType", origin.map_or(want.kind.name(), |from| from.kind))
        .put("updateTime", &order.updated)
        .put("workingType", origin.map_or("CONTRACT_PRICE", |from| from.working))
        .put("priceProtect", &false)
        .put("priceMatch", &want.price_match)
        .put("selfTradePreventionMode", &want.stp)
        .put("goodTillDate", &want.good_till)
        .end()
}

/// The price an order shows: none for a market order.
pub fn shown_price(order: &Order) -> Decimal {
    match order.want.kind {
        crate::sim::words::OrderKind::Limit => order.want.price.unwrap_or_default(),
        crate::sim::words::OrderKind::Market => Decimal::ZERO,
    }
}

/// A conditional order as a REST answer; `created` is the answer to placing it.
pub fn algo(algo: &Algo, spec: &Spec, created: bool) -> Json {
    let want = &algo.want;
    let qty = |number: Decimal| fixed(number, spec.qty_places());
    let price = |number: Decimal| fixed(number, spec.price_places);
    let percent = |number: Option<Decimal>| number.map(trim).unwrap_or_default();
    let mut row = Object::new()
        .put("algoId", &algo.id)
        .put("clientAlgoId", &algo.client_id)
        .put("algoType", "CONDITIONAL")
        .put("orderType", want.kind.name())
        .put("symbol", &want.symbol)
        .put("side", want.side.name())
        .put("positionSide", want.leg.name())
        .put("timeInForce", want.tif.name())
        .put("quantity", &qty(want.qty))
        .put("algoStatus", algo.status.name());
    if !created {
        row = row
            .put("actualOrderId", &algo.child.map(|id| id.to_string()).unwrap_or_default())
            .put("actualPrice", &fixed(algo.average, 5.max(spec.price_places)));
        if algo.child.is_some() {
            row = row
                .put("actualQty", &trim(algo.filled))
                .put("actualType", want.kind.child().name());
        }
    }
    row = row
        .put("triggerPrice", &price(want.trigger))
        .put("price", &price(want.price.unwrap_or_default()))
        .put("icebergQuantity", &None::<i64>);
    if !created {
        row = row
            .put("tpTriggerPrice", "0.000")
            .put("tpPrice", "0.000")
            .put("slTriggerPrice", "0.000")
            .put("slPrice", "0.000")
            .put("tpOrderType", "");
    }
    row = row
        .put("selfTradePreventionMode", &want.stp)
        .put("workingType", want.working.name())
        .put("priceMatch", &want.price_match)
        .put("closePosition", &want.close_position)
        .put("priceProtect", &want.price_protect)
        .put("reduceOnly", &want.reduce_only);
    if created {
        row = row
            .put("activatePrice", &percent(want.activate))
            .put("callbackRate", &percent(want.callback));
    }
    row.put("createTime", &algo.created)
        .put("updateTime", &algo.updated)
        .put("triggerTime", &algo.triggered)
        .put("goodTillDate", &want.good_till)
        .end()
}

/// A fill as `userTrades` lists it.
pub fn trade(fill: &Fill, spec: &Spec) -> Json {
    object! {
        "symbol": fill.symbol,
        "pair": spec.pair,
        "id": fill.id,
        "orderId": fill.order,
        "side": fill.side.name(),
        "positionSide": fill.leg.name(),
        "price": fixed(fill.price, spec.price_places),
        "qty": fixed(fill.qty, spec.qty_places()),
        "quoteQty": trim(fill.qty * fill.price),
        "baseQty": fixed(fill.qty, spec.qty_places()),
        "marginAsset": "USDT",
        "realizedPnl": money(fill.realised),
        "commission": money(fill.fee),
        "commissionAsset": "USDT",
        "buyer": fill.side == crate::sim::words::Side::Buy,
        "maker": fill.maker,
        "time": fill.at,
    }
}

/// An income row.
pub fn income(row: &Income) -> Json {
    object! {
        "symbol": row.symbol,
        "incomeType": row.kind,
        "income": money(row.amount),
        "asset": "USDT",
        "info": row.kind,
        "time": row.at,
        "tranId": row.id,
        "tradeId": if row.trade == 0 { String::new() } else { row.trade.to_string() },
    }
}

/// Value of resting buys and sells of a leg.
#[derive(Clone, Copy, Debug, Default)]
pub struct Resting {
    /// Buys.
    pub bids: Decimal,
    /// Sells.
    pub asks: Decimal,
}

/// A position of version 3.
pub fn position_v3(
    account: &Account,
    market: &Market,
    slot: &Slot,
    position: &Position,
    resting: Resting,
) -> Json {
    let weight = weigh(account, market, slot, position);
    let exit = liquidation_price(account, market, slot, position).unwrap_or_default();
    let open_margin = (resting.bids + resting.asks) / Decimal::from(account.leverage(&slot.0));
    object! {
        "symbol": slot.0,
        "positionSide": slot.1.name(),
        "positionAmt": amount(market, slot, position),
        "entryPrice": zero_point(position.entry),
        "breakEvenPrice": zero_point(position.breakeven()),
        "markPrice": money(weight.mark),
        "unRealizedProfit": money(weight.unrealised),
        "liquidationPrice": trim(exit),
        "isolatedMargin": isolated(position, weight.unrealised),
        "notional": trim(weight.notional.round_dp(8)),
        "marginAsset": "USDT",
        "isolatedWallet": trim(position.isolated.round_dp(8)),
        "initialMargin": trim((weight.initial + open_margin).round_dp(8)),
        "maintMargin": trim(weight.maintenance.round_dp(8)),
        "positionInitialMargin": trim(weight.initial.round_dp(8)),
        "openOrderInitialMargin": trim(open_margin.round_dp(8)),
        "adl": i32::from(!position.amount.is_zero()) * 2,
        "bidNotional": trim(resting.bids),
        "askNotional": trim(resting.asks),
        "updateTime": position.updated,
    }
}

/// A position of version 2, flat ones included.
pub fn position_v2(account: &Account, market: &Market, slot: &Slot, position: &Position) -> Json {
    let weight = weigh(account, market, slot, position);
    let exit = liquidation_price(account, market, slot, position).unwrap_or_default();
    let own = account.is_isolated(&slot.0);
    object! {
        "symbol": slot.0,
        "positionAmt": amount(market, slot, position),
        "entryPrice": zero_point(position.entry),
        "breakEvenPrice": zero_point(position.breakeven()),
        "markPrice": money(weight.mark),
        "unRealizedProfit": money(weight.unrealised),
        "liquidationPrice": trim(exit),
        "leverage": account.leverage(&slot.0).to_string(),
        "maxNotionalValue": "1000000",
        "marginType": if own { "isolated" } else { "cross" },
        "isolatedMargin": isolated(position, weight.unrealised),
        "isAutoAddMargin": "false",
        "positionSide": slot.1.name(),
        "notional": trim(weight.notional.round_dp(8)),
        "isolatedWallet": trim(position.isolated.round_dp(8)),
        "updateTime": position.updated,
    }
}

fn amount(market: &Market, slot: &Slot, position: &Position) -> String {
    if position.amount.is_zero() {
        return "0.0".to_owned();
    }
    let places = market.get(&slot.0).map_or(8, |contract| contract.spec.qty_places());
    fixed(position.amount, places)
}

fn zero_point(price: Decimal) -> String {
    if price.is_zero() { "0.0".to_owned() } else { trim(price.round_dp(12)) }
}

fn isolated(position: &Position, unrealised: Decimal) -> String {
    if position.isolated.is_zero() { "0".to_owned() } else { money(position.isolated + unrealised) }
}

/// The USDT numbers every balance row is made of.
#[derive(Clone, Debug)]
pub struct Purse {
    /// Realised balance.
    pub wallet: String,
    /// Its shared part.
    pub cross: String,
    /// Profit of open positions.
    pub unrealised: String,
    /// Balance and profit.
    pub margin: String,
    /// Margin taken up.
    pub initial: String,
    /// Margin to keep.
    pub maintenance: String,
    /// What could open something new.
    pub available: String,
}

/// Reads the purse of an account.
pub fn purse(account: &Account, market: &Market) -> Purse {
    let totals = totals(account, market);
    let free = account.wallet + totals.unrealised - totals.initial;
    Purse {
        wallet: money(account.wallet),
        cross: money(account.wallet - totals.isolated),
        unrealised: money(totals.unrealised),
        margin: money(account.wallet + totals.unrealised),
        initial: money(totals.initial),
        maintenance: money(totals.maintenance),
        available: money(free.max(Decimal::ZERO)),
    }
}
