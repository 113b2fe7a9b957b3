//! Rows of the topics `position`, `execution`, `execution.fast` and `wallet`.
//!
//! Not here: which row goes out when (`frames.rs`). Sources: bybit 3.2, 4.4, 4.6, 4.7.

use rust_decimal::Decimal;

use crate::sim::account::{Position, Slot};
use crate::sim::algo::Algo;
use crate::sim::bybit::ids;
use crate::sim::bybit::order_push::{
    born, link_id, parent, position_idx, shown_price, side_name, stop_type,
};
use crate::sim::exchange::{Exchange, Funding};
use crate::sim::json::{Json, Object, list, object};
use crate::sim::margin::{liquidation_price, totals};
use crate::sim::numbers::{fixed, trim};
use crate::sim::orders::{Fill, Order};
use crate::sim::rng::Rng;
use crate::sim::words::{AlgoKind, Bond, Coin, Forced, OrderKind, Side};

/// How a position row is written.
#[derive(Clone, Copy, Debug)]
pub struct Manner {
    /// Keys that are missing now and then are missing now.
    pub is_sparse: bool,
    /// Set while the exchange takes the position away.
    pub trouble: Option<Forced>,
}

/// What protects a whole slot: take profit, stop loss and trailing distance as text.
fn protection(exchange: &Exchange, slot: &Slot, places: u32) -> [String; 3] {
    let mine = |algo: &&Algo| {
        let want = &algo.want;
        algo.waits()
            && want.bond == Bond::Whole
            && (want.symbol.as_str(), want.leg) == (slot.0.as_str(), slot.1)
    };
    let mut found = [(); 3].map(|()| "0".to_owned());
    for algo in exchange.algos.values().filter(mine) {
        let (place, number) = match algo.want.kind {
            AlgoKind::TakeProfit | AlgoKind::TakeProfitMarket => (0, algo.want.trigger),
            AlgoKind::Stop | AlgoKind::StopMarket => (1, algo.want.trigger),
            AlgoKind::TrailingStopMarket => (2, algo.want.distance.unwrap_or_default()),
        };
        if let Some(text) = found.get_mut(place) {
            *text = fixed(number, places);
        }
    }
    found
}

/// A position row of the stream: `entryPrice` where REST says `avgPrice`.
pub fn position(exchange: &Exchange, slot: &Slot, held: &Position, manner: Manner) -> Json {
    let contract = exchange.market.get(&slot.0);
    let (mark, places, maintenance) = contract.map_or((Decimal::ZERO, 8, Decimal::ZERO), |one| {
        (one.mark, one.spec.price_places, one.spec.maintenance)
    });
    let is_flat = held.amount.is_zero();
    let leverage = Decimal::from(exchange.account.leverage(&slot.0));
    let value = held.amount.abs() * held.entry;
    let own = trim(value.checked_div(leverage).unwrap_or_default().round_dp(8));
    let least = trim((value * maintenance).round_dp(8));
    let liquidation = liquidation_price(&exchange.account, &exchange.market, slot, held);
    let [profit, stop, trailing] = protection(exchange, slot, places);
    let status = match manner.trouble.or(held.trouble) {
        Some(Forced::Liquidation | Forced::Ladder) => "Liq",
        Some(Forced::Adl) => "Adl",
        Some(Forced::Settlement) | None => "Normal",
    };
    let rank = if is_flat {
        0
    } else if status == "Adl" {
        5
    } else {
        2
    };
    let side = match held.amount {
        _ if is_flat => "",
        amount if amount.is_sign_negative() => side_name(Side::Sell),
        _ => side_name(Side::Buy),
    };
    let text = |number: Decimal| trim(number.round_dp(8));
    let row = Object::new()
        .put("positionIdx", &position_idx(slot.1))
        .put("tradeMode", &0)
        .put("riskId", &1)
        .put("riskLimitValue", "2000000")
        .put("symbol", &slot.0)
        .put("side", side)
        .put("size", &trim(held.amount.abs()))
        .put("entryPrice", &text(held.entry))
        .put("sessionAvgPrice", if exchange.coin_of(&slot.0) == Coin::Usdc { "0" } else { "" })
        .put("leverage", &trim(leverage))
        .put("breakEvenPrice", &text(held.breakeven()))
        .put("positionValue", &text(value))
        .put("positionBalance", "0")
        .put("markPrice", &fixed(mark, places))
        .put("positionIM", &own)
        .put("positionMM", &least)
        .put("positionIMByMp", &own)
        .put("positionMMByMp", &least)
        .put("takeProfit", &profit)
        .put("stopLoss", &stop)
        .put("trailingStop", &trailing)
        .put("unrealisedPnl", &text(held.unrealised(mark)))
        .put("curRealisedPnl", &text(held.current))
        .put("cumRealisedPnl", &text(held.total))
        .put("createdTime", &held.first.to_string())
        .put("openTime", &if is_flat { 0 } else { held.opened })
        // A few milliseconds later than the fill. Source: bybit 3.2.
        .put("updatedTime", &(held.updated + 4).to_string())
        .put("tpslMode", "Full")
        .put("liqPrice", &liquidation.map_or_else(String::new, |price| fixed(price, places)))
        .put("bustPrice", "")
        .put("category", "linear")
        .put("positionStatus", status)
        .put("adlRankIndicator", &rank)
        .put("autoAddMargin", &0);
    if manner.is_sparse {
        return row.end();
    }
    let row = row.put("leverageSysUpdatedTime", "").put("mmrSysUpdatedTime", "");
    let row = match held.seq {
        Some(seq) => row.put("seq", &seq),
        None => row.put("seq", &-1),
    };
    row.put("isReduceOnly", &false).end()
}

/// Which word the venue has for how a fill came about.
pub fn exec_type(exchange: &Exchange, fill: &Fill) -> &'static str {
    match fill.forced {
        None | Some(Forced::Ladder) => "Trade",
        Some(Forced::Liquidation) => "BustTrade",
        Some(Forced::Adl) => "AdlTrade",
        Some(Forced::Settlement) => {
            let dated = exchange.market.get(&fill.symbol).is_ok_and(|one| one.spec.is_dated());
            if dated { "Delivery" } else { "Settle" }
        }
    }
}

/// Usually text without a word, sometimes a list of taxes. Source: bybit 4.6.
fn extra_fees(coin: &str, rng: &mut Rng) -> Json {
    if rng.below(4) > 0 {
        return Json(r#""""#.to_owned());
    }
    list([object! {
        "feeCoin": coin,
        "feeType": "GST",
        "subFeeType": "IND_GST",
        "feeRate": "0",
        "fee": "0",
    }])
}

/// A row of `execution` for a fill, with its order as it was right after it.
pub fn execution(exchange: &Exchange, order: &Order, fill: &Fill, rng: &mut Rng) -> Json {
    let coin = exchange.coin_of(&fill.symbol).name();
    let places = exchange.market.get(&fill.symbol).map_or(8, |one| one.spec.price_places);
    let rate = if fill.maker { exchange.account.fees.1 } else { exchange.account.fees.0 };
    let stop = parent(exchange, order).map(|algo| stop_type(algo.want.kind, algo.want.bond));
    object! {
        "category": "linear",
        "symbol": fill.symbol,
        "closedSize": trim(fill.closed),
        "execFee": trim(fill.fee),
        "execId": ids::of_fill(fill.id),
        "execPrice": trim(fill.price),
        "execQty": trim(fill.qty),
        "execType": exec_type(exchange, fill),
        "execValue": trim(fill.price * fill.qty),
        "feeRate": trim(rate),
        "tradeIv": "",
        "markIv": "",
        "blockTradeId": "",
        "markPrice": fixed(fill.mark, places),
        "indexPrice": "",
        "underlyingPrice": "",
        "leavesQty": trim(order.left()),
        "orderId": ids::of_order(order),
        "orderLinkId": link_id(exchange, order),
        "orderPrice": shown_price(exchange, order),
        "orderQty": trim(order.want.qty),
        "orderType": if order.want.kind == OrderKind::Market { "Market" } else { "Limit" },
        "stopOrderType": stop.unwrap_or("UNKNOWN"),
        "side": side_name(fill.side),
        "execTime": fill.at.to_string(),
        "isLeverage": "0",
        "isMaker": fill.maker,
        "seq": fill.seq,
        "marketUnit": "",
        "execPnl": trim(fill.realised),
        "createType": born(exchange, order),
        "extraFees": extra_fees(coin, rng),
        "feeCurrency": coin,
    }
}

/// A row of `execution.fast`: trades only, without fees.
pub fn fast(exchange: &Exchange, order: &Order, fill: &Fill) -> Json {
    let link = if fill.maker { String::new() } else { link_id(exchange, order) };
    object! {
        "category": "linear",
        "symbol": fill.symbol,
        "execId": ids::of_fill(fill.id),
        "execPrice": trim(fill.price),
        "execQty": trim(fill.qty),
        "orderId": ids::of_order(order),
        "isMaker": fill.maker,
        "orderLinkId": link,
        "side": side_name(fill.side),
        "execTime": fill.at.to_string(),
        "seq": fill.seq,
    }
}

/// A funding row of `execution`: the size it was paid for, no order, no size changed.
pub fn funding(exchange: &Exchange, paid: &Funding) -> Json {
    let side = if paid.amount.is_sign_negative() { Side::Sell } else { Side::Buy };
    let coin = exchange.coin_of(&paid.slot.0).name();
    let qty = paid.amount.abs();
    object! {
        "category": "linear",
        "symbol": paid.slot.0,
        "closedSize": "0",
        "execFee": trim(paid.fee),
        "execId": ids::of_fill(paid.id),
        "execPrice": trim(paid.price),
        "execQty": trim(qty),
        "execType": "Funding",
        "execValue": trim((qty * paid.price).round_dp(8)),
        "feeRate": trim(paid.rate),
        "tradeIv": "",
        "markIv": "",
        "blockTradeId": "",
        "markPrice": trim(paid.price),
        "indexPrice": "",
        "underlyingPrice": "",
        "leavesQty": "0",
        "orderId": ids::of_fill(paid.id),
        "orderLinkId": "",
        "orderPrice": "0",
        "orderQty": "0",
        "orderType": "UNKNOWN",
        "stopOrderType": "UNKNOWN",
        "side": side_name(side),
        "execTime": paid.at.to_string(),
        "isLeverage": "0",
        "isMaker": false,
        "seq": paid.seq,
        "marketUnit": "",
        "execPnl": "0",
        "createType": "",
        "extraFees": "",
        "feeCurrency": coin,
    }
}

/// The account's money; each coin counts as a dollar.
pub fn wallet(exchange: &Exchange) -> Json {
    let account = &exchange.account;
    let sums = totals(account, &exchange.market);
    let text = |number: Decimal| trim(number.round_dp(8));
    let (worth, equity) = (account.worth(), account.worth() + sums.unrealised);
    let share =
        |part: Decimal| fixed(part.checked_div(equity).unwrap_or_default().max(Decimal::ZERO), 4);
    let coins = [Coin::Usdt, Coin::Usdc].into_iter().filter(|coin| !account.purse(*coin).is_zero());
    let coins = list(coins.map(|coin| coin_row(exchange, coin)));
    let (initial, maintenance) = (text(sums.initial), text(sums.maintenance));
    object! {
        "accountIMRate": share(sums.initial),
        "accountIMRateByMp": share(sums.initial),
        "accountMMRate": share(sums.maintenance),
        "accountMMRateByMp": share(sums.maintenance),
        "totalEquity": text(equity),
        "totalWalletBalance": text(worth),
        "totalMarginBalance": text(equity),
        "totalAvailableBalance": text((equity - sums.initial).max(Decimal::ZERO)),
        "totalPerpUPL": text(sums.unrealised),
        "totalInitialMargin": initial,
        "totalInitialMarginByMp": initial,
        "totalMaintenanceMargin": maintenance,
        "totalMaintenanceMarginByMp": maintenance,
        "coin": coins,
        "accountLTV": "0",
        "accountType": "UNIFIED",
    }
}

fn coin_row(exchange: &Exchange, coin: Coin) -> Json {
    let account = &exchange.account;
    let held = account.positions().filter(|(slot, _)| exchange.coin_of(&slot.0) == coin);
    let (mut unrealised, mut realised, mut value) = Default::default();
    for (slot, position) in held {
        let mark = exchange.market.get(&slot.0).map(|one| one.mark).unwrap_or_default();
        unrealised += position.unrealised(mark);
        realised += position.total;
        let leverage = Decimal::from(account.leverage(&slot.0));
        let own: Decimal = position.amount.abs() * position.entry;
        value += own.checked_div(leverage).unwrap_or_default();
    }
    let text = |number: Decimal| trim(number.round_dp(8));
    let (purse, equity) = (account.purse(coin), account.purse(coin) + unrealised);
    object! {
        "coin": coin.name(),
        "equity": text(equity),
        "usdValue": text(equity),
        "walletBalance": text(purse),
        // Deprecated and empty: no free balance can be read from it. Source: bybit 3.4.
        "availableToWithdraw": "",
        "availableToBorrow": "",
        "borrowAmount": "0",
        "accruedInterest": "0",
        "totalOrderIM": "0",
        "totalPositionIM": text(value),
        "totalPositionMM": "0",
        "unrealisedPnl": text(unrealised),
        "cumRealisedPnl": text(realised),
        "bonus": "0",
        "collateralSwitch": true,
        "marginCollateral": true,
        "colRes": "",
        "locked": "0",
        "spotHedgingQty": "0",
        "spotBorrow": "0",
    }
}
