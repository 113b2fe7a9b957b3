//! Rows of the `order` topic, and the venue's words for what an order is and why it ended.
//!
//! A stop kept on a position and the order it becomes share one id and one row shape.
//! Not here: which row goes out when (`frames.rs`). Sources: bybit 3.10, 4.5.

use rust_decimal::Decimal;

use crate::sim::algo::Algo;
use crate::sim::bybit::ids;
use crate::sim::exchange::Exchange;
use crate::sim::fills::{KNOCKED_OUT, WOULD_TAKE};
use crate::sim::forced::{ACCOUNT_LIQUIDATED, DELISTED};
use crate::sim::json::{Json, object};
use crate::sim::numbers::{Ms, fixed, round_to, trim};
use crate::sim::orders::Order;
use crate::sim::words::{
    AlgoKind, AlgoStatus, Bond, By, Forced, Leg, OrderKind, Side, Status, Tif, Working,
};

/// A protective price lies this far from the last one.
const BAND: Decimal = Decimal::from_parts(5, 0, 0, false, 2);

/// States of a contract that has come to its end.
pub(crate) const ENDED: [&str; 2] = ["SETTLING", "CLOSE"];

/// What a row says of an order, whatever it is made from.
#[derive(Clone, Debug)]
struct Sheet {
    id: String,
    link: String,
    symbol: String,
    side: Side,
    leg: Leg,
    kind: OrderKind,
    tif: Tif,
    status: &'static str,
    cancel: &'static str,
    reject: &'static str,
    born: &'static str,
    stop: &'static str,
    mode: &'static str,
    price: String,
    qty: Decimal,
    filled: Decimal,
    value: Decimal,
    trigger: String,
    trigger_by: &'static str,
    direction: i32,
    protection: [String; 4],
    last: Decimal,
    reduce_only: bool,
    close_on_trigger: bool,
    created: Ms,
    updated: Ms,
}

/// A side as this venue spells it.
pub const fn side_name(side: Side) -> &'static str {
    match side {
        Side::Buy => "Buy",
        Side::Sell => "Sell",
    }
}

/// The slot of a leg.
pub const fn position_idx(leg: Leg) -> i32 {
    match leg {
        Leg::Both => 0,
        Leg::Long => 1,
        Leg::Short => 2,
    }
}

/// A trigger price's source as this venue spells it.
pub const fn watched_name(working: Working) -> &'static str {
    match working {
        Working::Contract => "LastPrice",
        Working::Mark => "MarkPrice",
        Working::Index => "IndexPrice",
    }
}

const fn kind_name(kind: OrderKind) -> &'static str {
    match kind {
        OrderKind::Market => "Market",
        OrderKind::Limit => "Limit",
    }
}

const fn tif_name(tif: Tif) -> &'static str {
    match tif {
        Tif::Ioc => "IOC",
        Tif::Fok => "FOK",
        Tif::Gtx => "PostOnly",
        Tif::Gtc | Tif::Gtd | Tif::GteGtc => "GTC",
    }
}

/// `stopOrderType` of a conditional order.
pub const fn stop_type(kind: AlgoKind, bond: Bond) -> &'static str {
    match (bond, kind) {
        (Bond::Free, _) => "Stop",
        (_, AlgoKind::TrailingStopMarket) => "TrailingStop",
        (Bond::Whole, AlgoKind::TakeProfit | AlgoKind::TakeProfitMarket) => "TakeProfit",
        (Bond::Whole, AlgoKind::Stop | AlgoKind::StopMarket) => "StopLoss",
        (Bond::Part, AlgoKind::TakeProfit | AlgoKind::TakeProfitMarket) => "PartialTakeProfit",
        (Bond::Part, AlgoKind::Stop | AlgoKind::StopMarket) => "PartialStopLoss",
    }
}

/// `createType` of a conditional order and of the order it becomes.
pub fn stop_born(algo: &Algo, triggered: bool) -> &'static str {
    match stop_type(algo.want.kind, algo.want.bond) {
        "TrailingStop" => "CreateByTrailingStop",
        "TakeProfit" => "CreateByTakeProfit",
        "StopLoss" => "CreateByStopLoss",
        "PartialTakeProfit" => "CreateByPartialTakeProfit",
        "PartialStopLoss" => "CreateByPartialStopLoss",
        _ if triggered => "CreateByStopOrder",
        _ => "CreateByUser",
    }
}

/// The conditional order an order came from.
pub fn parent<'e>(exchange: &'e Exchange, order: &Order) -> Option<&'e Algo> {
    order.origin.as_ref().and_then(|origin| exchange.algos.get(&origin.algo))
}

/// `createType` of an order.
pub fn born(exchange: &Exchange, order: &Order) -> &'static str {
    match (order.forced, parent(exchange, order)) {
        (Some(Forced::Liquidation), _) => "CreateByTakeOver_PassThrough",
        (Some(Forced::Ladder), _) => "CreateByLiq",
        (Some(Forced::Adl), _) => "CreateByAdl_PassThrough",
        (Some(Forced::Settlement), _) => "CreateBySettle",
        (None, Some(algo)) => stop_born(algo, true),
        (None, None) if order.want.by == By::Person && order.want.reduce_only => "CreateByClosing",
        (None, None) => "CreateByUser",
    }
}

/// The owner's id of an order; none for what lives on a position or was forced.
pub fn link_id(exchange: &Exchange, order: &Order) -> String {
    let bound = parent(exchange, order).is_some_and(|algo| algo.want.bond != Bond::Free);
    if bound || order.forced.is_some() { String::new() } else { order.client_id.clone() }
}

fn places(exchange: &Exchange, symbol: &str) -> u32 {
    exchange.market.get(symbol).map_or(8, |contract| contract.spec.price_places)
}

/// The limit of a market order: what it may trade at worst, not what it traded at.
pub fn shown_price(exchange: &Exchange, order: &Order) -> String {
    let symbol = &order.want.symbol;
    let price = order.want.price.unwrap_or_else(|| {
        let tick = exchange.market.get(symbol).map(|one| one.spec.tick).unwrap_or_default();
        let far = match order.want.side {
            Side::Buy => Decimal::ONE + BAND,
            Side::Sell => Decimal::ONE - BAND,
        };
        round_to(order.last * far, tick)
    });
    fixed(price, places(exchange, symbol))
}

/// Why an order ended: `cancelType` and `rejectReason`.
const fn end_of(order: &Order) -> (&'static str, &'static str) {
    match (order.status, order.expiry) {
        (Status::Canceled, _) => ("CancelByUser", "EC_PerCancelRequest"),
        (Status::Expired, KNOCKED_OUT) => ("CancelByReduceOnly", "EC_NoError"),
        (Status::Expired, ACCOUNT_LIQUIDATED) => ("CancelAllBeforeLiq", "EC_NoError"),
        (Status::Expired, DELISTED) => ("CancelBySettle", "EC_NoError"),
        (Status::Expired, WOULD_TAKE) => ("UNKNOWN", "EC_PostOnlyWillTakeLiquidity"),
        (Status::Expired, _) => ("UNKNOWN", "EC_NoImmediateQtyToFill"),
        _ => ("UNKNOWN", "EC_NoError"),
    }
}

/// Trigger prices that travel with an order, and what they watch.
fn protection(exchange: &Exchange, order: &Order) -> [String; 4] {
    let Some(attached) = &order.want.attached else { return Default::default() };
    let places = places(exchange, &order.want.symbol);
    let price = |price: Option<Decimal>| price.map(|one| fixed(one, places)).unwrap_or_default();
    let by = |price: Option<Decimal>, by: Option<Working>| {
        price.map(|_| watched_name(by.unwrap_or(Working::Contract)).to_owned()).unwrap_or_default()
    };
    [
        price(attached.take_profit),
        price(attached.stop_loss),
        by(attached.take_profit, attached.profit_by),
        by(attached.stop_loss, attached.stop_by),
    ]
}

/// The row of a plain order, or of the order a stop became.
pub fn of_order(exchange: &Exchange, order: &Order) -> Json {
    let from = parent(exchange, order);
    let (cancel, reject) = end_of(order);
    let status = match order.status {
        Status::New => "New",
        Status::PartiallyFilled => "PartiallyFilled",
        Status::Filled => "Filled",
        // A part of it may have been filled. Source: bybit 3.8.
        Status::Canceled | Status::Expired => "Cancelled",
    };
    let want = &order.want;
    let partial = want.attached.as_ref().map(|attached| attached.partial);
    let sheet = Sheet {
        id: ids::of_order(order),
        link: link_id(exchange, order),
        symbol: want.symbol.clone(),
        side: want.side,
        leg: want.leg,
        kind: want.kind,
        tif: if want.kind == OrderKind::Market { Tif::Ioc } else { want.tif },
        status,
        cancel,
        reject,
        born: born(exchange, order),
        stop: from.map_or("", |algo| stop_type(algo.want.kind, algo.want.bond)),
        mode: match (partial, from.map(|algo| algo.want.bond)) {
            (Some(true), _) | (None, Some(Bond::Part)) => "Partial",
            (Some(false), _) | (None, Some(Bond::Whole)) => "Full",
            _ => "UNKNOWN",
        },
        price: shown_price(exchange, order),
        qty: want.qty,
        filled: order.filled,
        value: order.value,
        trigger: from.map(|algo| trigger_of(exchange, algo)).unwrap_or_default(),
        trigger_by: from.map_or("", |algo| watched_name(algo.want.working)),
        direction: from.map_or(0, direction),
        protection: protection(exchange, order),
        last: order.last,
        reduce_only: want.reduce_only || from.is_some_and(|algo| algo.want.bond != Bond::Free),
        close_on_trigger: from.is_some_and(|algo| algo.want.bond != Bond::Free),
        created: from.map_or(order.created, |algo| algo.created),
        updated: order.updated,
    };
    write(exchange, &sheet, Some(order))
}

/// The row of a conditional order that is no order yet, or will never be one.
pub fn of_algo(exchange: &Exchange, algo: &Algo) -> Json {
    let want = &algo.want;
    let bound = want.bond != Bond::Free;
    let market = &exchange.market;
    let over = algo.ended_by == Some(By::Venue)
        && market.get(&want.symbol).is_ok_and(|one| ENDED.contains(&one.status.as_str()));
    let (status, cancel, reject) = match algo.status {
        AlgoStatus::Canceled | AlgoStatus::Expired if over && algo.triggered == 0 => {
            ("Deactivated", "CancelBySettle", "EC_NoError")
        }
        AlgoStatus::New => ("Untriggered", "UNKNOWN", "EC_NoError"),
        AlgoStatus::Triggering | AlgoStatus::Triggered | AlgoStatus::Finished => {
            ("Triggered", "UNKNOWN", "EC_NoError")
        }
        AlgoStatus::Canceled => ("Deactivated", "CancelByUser", "EC_PerCancelRequest"),
        AlgoStatus::Rejected => ("Rejected", "UNKNOWN", "EC_NoError"),
        AlgoStatus::Expired if algo.triggered > 0 => {
            ("Cancelled", "CancelByReduceOnly", "EC_NoError")
        }
        AlgoStatus::Expired => ("Deactivated", "CancelByTpSlTsClear", "EC_NoError"),
    };
    let held = exchange.account.position(&want.symbol, want.leg).amount.abs();
    let sheet = Sheet {
        id: ids::of_algo(algo.id),
        link: if bound { String::new() } else { algo.client_id.clone() },
        symbol: want.symbol.clone(),
        side: want.side,
        leg: want.leg,
        kind: want.kind.child(),
        tif: if want.kind.child() == OrderKind::Market { Tif::Ioc } else { want.tif },
        status,
        cancel,
        reject,
        born: stop_born(algo, algo.triggered > 0),
        stop: stop_type(want.kind, want.bond),
        mode: match want.bond {
            Bond::Free => "",
            Bond::Whole => "Full",
            Bond::Part => "Partial",
        },
        price: want
            .price
            .map_or_else(|| "0".to_owned(), |price| fixed(price, places(exchange, &want.symbol))),
        qty: if want.qty.is_zero() { held } else { want.qty },
        filled: Decimal::ZERO,
        value: Decimal::ZERO,
        trigger: trigger_of(exchange, algo),
        trigger_by: watched_name(want.working),
        direction: direction(algo),
        protection: Default::default(),
        last: exchange.market.get(&want.symbol).map(|one| one.last).unwrap_or_default(),
        reduce_only: want.reduce_only || bound,
        close_on_trigger: bound || want.close_position,
        created: algo.created,
        updated: algo.updated,
    };
    write(exchange, &sheet, None)
}

/// 1 waits for a rise, 2 for a fall.
fn direction(algo: &Algo) -> i32 {
    let want = &algo.want;
    let rises = want.rises.unwrap_or((want.side == Side::Buy) != want.kind.takes_profit());
    if rises { 1 } else { 2 }
}

/// A trailing stop shows where it would fire now, or where it begins to follow.
fn trigger_of(exchange: &Exchange, algo: &Algo) -> String {
    let want = &algo.want;
    let waits = want.distance.is_some() && !algo.activated;
    let trigger = want.activate.filter(|_| waits).unwrap_or(want.trigger);
    fixed(trigger, places(exchange, &want.symbol))
}

/// Fee, and realised profit after the fees of opening and closing, of what an order filled.
fn booked(exchange: &Exchange, order: &Order) -> (Decimal, Decimal) {
    let mine = exchange.fills.iter().rev().filter(|fill| fill.order == order.id);
    mine.fold((Decimal::ZERO, Decimal::ZERO), |(fees, profit), fill| {
        let closing = !fill.closed.is_zero();
        let own = if closing { fill.realised - fill.fee - fill.open_fee } else { Decimal::ZERO };
        (fees + fill.fee, profit + own)
    })
}

fn write(exchange: &Exchange, sheet: &Sheet, order: Option<&Order>) -> Json {
    let places = places(exchange, &sheet.symbol);
    let (fee, profit) = order.map(|order| booked(exchange, order)).unwrap_or_default();
    let is_over = matches!(sheet.status, "Filled" | "Cancelled" | "Rejected" | "Deactivated");
    let left = if is_over { Decimal::ZERO } else { sheet.qty - sheet.filled };
    let price: Decimal = sheet.price.parse().unwrap_or_default();
    let average = sheet.value.checked_div(sheet.filled).map(trim_price(places));
    let coin = exchange.coin_of(&sheet.symbol).name();
    let fees = if fee.is_zero() {
        Json("{}".to_owned())
    } else {
        crate::sim::json::Object::new().put(coin, &trim(fee)).end()
    };
    let [profit_at, stop_at, profit_by, stop_by] = &sheet.protection;
    object! {
        "category": "linear",
        "symbol": sheet.symbol,
        "orderId": sheet.id,
        "orderLinkId": sheet.link,
        "parentOrderLinkId": "",
        "blockTradeId": "",
        "side": side_name(sheet.side),
        "positionIdx": position_idx(sheet.leg),
        "orderStatus": sheet.status,
        "cancelType": sheet.cancel,
        "rejectReason": sheet.reject,
        "timeInForce": tif_name(sheet.tif),
        "isLeverage": "",
        "price": sheet.price,
        "qty": trim(sheet.qty),
        "avgPrice": average.unwrap_or_default(),
        "leavesQty": trim(left),
        "leavesValue": trim(left * price),
        "cumExecQty": trim(sheet.filled),
        "cumExecValue": trim(sheet.value),
        "cumExecFee": trim(fee),
        "cumFeeDetail": fees,
        "orderType": kind_name(sheet.kind),
        "stopOrderType": sheet.stop,
        "orderIv": "",
        "triggerPrice": sheet.trigger,
        "takeProfit": profit_at,
        "stopLoss": stop_at,
        "triggerBy": sheet.trigger_by,
        "tpTriggerBy": profit_by,
        "slTriggerBy": stop_by,
        "triggerDirection": sheet.direction,
        "placeType": "",
        "lastPriceOnCreated": fixed(sheet.last, places),
        "closeOnTrigger": sheet.close_on_trigger,
        "reduceOnly": sheet.reduce_only,
        "smpGroup": 0,
        "smpType": "None",
        "smpOrderId": "",
        "slLimitPrice": "0",
        "tpLimitPrice": "0",
        "tpslMode": sheet.mode,
        "createType": sheet.born,
        "marketUnit": "",
        "createdTime": sheet.created.to_string(),
        "updatedTime": sheet.updated.to_string(),
        "feeCurrency": "",
        "closedPnl": trim(profit),
        "slippageToleranceType": "UNKNOWN",
        "slippageTolerance": "0",
        "rpiTakerAccess": false,
        "rpiMatchedQty": "0",
        "brokerOrderPrice": "",
    }
}

/// An average with two decimals more than a price has, without trailing zeros.
fn trim_price(places: u32) -> impl Fn(Decimal) -> String {
    move |number| trim(number.round_dp(places + 2))
}
