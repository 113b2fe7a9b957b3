//! The shape of the wallet in answers and messages. Source: bybit 3.4, 4.7.

use rust_decimal::Decimal;

use crate::sim::exchange::Exchange;
use crate::sim::json::{Json, list, object};
use crate::sim::margin::{available, totals, weigh};
use crate::sim::numbers::trim;
use crate::sim::words::Coin;

/// The account, with the coins that are named; a coin with nothing in it is left out.
pub fn wallet(exchange: &Exchange, coins: Option<&[&str]>) -> Json {
    let account = &exchange.account;
    let all = totals(account, &exchange.market);
    let sum = |number: Decimal| trim(number.round_dp(8));
    let margin = account.worth() + all.unrealised;
    let rate =
        |part: Decimal| trim(part.checked_div(margin).unwrap_or_default().round_dp(4).normalize());
    let (used, kept) = (rate(all.initial), rate(all.maintenance));
    let free = available(account, &exchange.market);
    let rows = [Coin::Usdt, Coin::Usdc].into_iter().filter(|coin| {
        let named = coins.is_none_or(|names| names.contains(&coin.name()));
        named && (coins.is_some() || !account.purse(*coin).is_zero())
    });
    object! {
        "accountType": "UNIFIED",
        "accountIMRate": used,
        "accountIMRateByMp": used,
        "accountMMRate": kept,
        "accountMMRateByMp": kept,
        "accountLTV": "0",
        "totalEquity": sum(margin),
        "totalWalletBalance": sum(account.worth()),
        "totalMarginBalance": sum(margin),
        "totalAvailableBalance": sum(free),
        "totalPerpUPL": sum(all.unrealised),
        "totalInitialMargin": sum(all.initial),
        "totalInitialMarginByMp": sum(all.initial),
        "totalMaintenanceMargin": sum(all.maintenance),
        "totalMaintenanceMarginByMp": sum(all.maintenance),
        "coin": list(rows.map(|coin| purse(exchange, coin))),
    }
}

fn purse(exchange: &Exchange, coin: Coin) -> Json {
    let account = &exchange.account;
    let mine = account.positions().filter(|(slot, _)| exchange.coin_of(&slot.0) == coin);
    let (mut profit, mut initial, mut kept, mut realised) = Default::default();
    for (slot, position) in mine {
        let weight = weigh(account, &exchange.market, slot, position);
        profit += weight.unrealised;
        initial += weight.initial;
        kept += weight.maintenance;
        realised += position.total;
    }
    let sum = |number: Decimal| trim(number.round_dp(8));
    let there = account.purse(coin);
    object! {
        "coin": coin.name(),
        "equity": sum(there + profit),
        "usdValue": sum(there + profit),
        "walletBalance": sum(there),
        "locked": "0",
        "borrowAmount": "0",
        "spotBorrow": "0",
        "accruedInterest": "0",
        "totalOrderIM": "0",
        "totalPositionIM": sum(initial),
        "totalPositionMM": sum(kept),
        "unrealisedPnl": sum(profit),
        "cumRealisedPnl": sum(realised),
        "bonus": "0",
        "availableToWithdraw": "",
        "availableToBorrow": "",
        "marginCollateral": true,
        "collateralSwitch": true,
        "colRes": "",
        "spotHedgingQty": "0",
    }
}
