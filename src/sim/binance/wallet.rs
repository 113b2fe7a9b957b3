//! What the account is and how it is set: positions, balances, modes, leverage, key, brackets.

use crate::sim::account::{Position, Slot};
use crate::sim::binance::call::Call;
use crate::sim::binance::errors::Failure;
use crate::sim::binance::frames::resting;
use crate::sim::binance::rows::{self, position_v2, position_v3, purse};
use crate::sim::json::{Json, list, object};
use crate::sim::margin::weigh;
use crate::sim::numbers::{Ms, fixed, money, trim};
use crate::sim::words::{By, Leg};
use crate::sim::world::World;

type Answer = Result<Json, Failure>;

const EMPTY: &str = "0.00000000";

/// `{"code":200,"msg":"success"}`
fn success() -> Answer {
    Ok(object! { "code": 200, "msg": "success" })
}

/// The legs a symbol has in the account's mode.
fn legs(hedge: bool) -> &'static [Leg] {
    if hedge { &[Leg::Long, Leg::Short] } else { &[Leg::Both] }
}

/// `GET /fapi/v3/positionRisk`: only what is held or has resting orders.
pub fn positions_v3(world: &mut World, call: &Call, now: Ms) -> Answer {
    if let Some(symbol) = call.get("symbol") {
        world.exchange.market.get(symbol)?;
    }
    let account = world.shown_account(now, true);
    let mut rows = Vec::new();
    for contract in world.exchange.market.all() {
        let symbol = &contract.spec.symbol;
        if call.get("symbol").is_some_and(|only| only != symbol) {
            continue;
        }
        let rests = resting(&world.exchange, symbol);
        for leg in legs(account.hedge) {
            let position = account.position(symbol, *leg);
            let idle = rests.bids.is_zero() && rests.asks.is_zero();
            if position.amount.is_zero() && (idle || *leg == Leg::Short) {
                continue;
            }
            let slot: Slot = (symbol.clone(), *leg);
            rows.push(position_v3(&account, &world.exchange.market, &slot, &position, rests));
        }
    }
    Ok(list(rows))
}

/// `GET /fapi/v2/positionRisk`: every listed contract, flat or not.
pub fn positions_v2(world: &mut World, call: &Call, now: Ms) -> Answer {
    let account = world.shown_account(now, true);
    let market = &world.exchange.market;
    let mut rows = Vec::new();
    let legs: &[Leg] =
        if account.hedge { &[Leg::Both, Leg::Long, Leg::Short] } else { &[Leg::Both] };
    for contract in market.all() {
        let symbol = &contract.spec.symbol;
        if call.get("symbol").is_some_and(|only| only != symbol) {
            continue;
        }
        for leg in legs {
            let position = account.position(symbol, *leg);
            rows.push(position_v2(&account, market, &(symbol.clone(), *leg), &position));
        }
    }
    Ok(list(rows))
}

/// A version 3 row without size, as a stale answer shows it.
pub fn zero_row(world: &World, symbol: &str) -> Option<Json> {
    world.exchange.market.get(symbol).ok()?;
    let (account, market) = (&world.exchange.account, &world.exchange.market);
    let slot = (symbol.to_owned(), legs(account.hedge)[0]);
    let rests = rows::Resting::default();
    Some(position_v3(account, market, &slot, &Position::default(), rests))
}

/// `GET /fapi/v3/balance` and version 2.
pub fn balance(world: &mut World, _: &Call, now: Ms) -> Answer {
    let account = world.shown_account(now, false);
    let purse = purse(&account, &world.exchange.market);
    let usdt = object! {
        "accountAlias": "SgsR",
        "asset": "USDT",
        "balance": purse.wallet,
        "crossWalletBalance": purse.cross,
        "crossUnPnl": purse.unrealised,
        "availableBalance": purse.available,
        "maxWithdrawAmount": purse.available,
        "marginAvailable": true,
        "updateTime": account.updated,
    };
    let bnb = object! {
        "accountAlias": "SgsR",
        "asset": "BNB",
        "balance": EMPTY,
        "crossWalletBalance": EMPTY,
        "crossUnPnl": EMPTY,
        "availableBalance": EMPTY,
        "maxWithdrawAmount": EMPTY,
        "marginAvailable": false,
        "updateTime": 0,
    };
    Ok(list([usdt, bnb]))
}

/// `GET /fapi/v3/account`
pub fn account_v3(world: &mut World, _: &Call, now: Ms) -> Answer {
    account(world, now, false)
}

/// `GET /fapi/v2/account`: with switches and every contract.
pub fn account_v2(world: &mut World, _: &Call, now: Ms) -> Answer {
    account(world, now, true)
}

fn account(world: &mut World, now: Ms, old: bool) -> Answer {
    let shown = world.shown_account(now, false);
    let market = &world.exchange.market;
    let purse = purse(&shown, market);
    let mut rows = Vec::new();
    for contract in market.all() {
        for leg in legs(shown.hedge) {
            let slot = (contract.spec.symbol.clone(), *leg);
            let position = shown.position(&slot.0, *leg);
            if old || !position.amount.is_zero() {
                rows.push(account_position(world, &slot, &position, old));
            }
        }
    }
    let asset = object! {
        "asset": "USDT",
        "walletBalance": purse.wallet,
        "unrealizedProfit": purse.unrealised,
        "marginBalance": purse.margin,
        "maintMargin": purse.maintenance,
        "initialMargin": purse.initial,
        "positionInitialMargin": purse.initial,
        "openOrderInitialMargin": EMPTY,
        "crossWalletBalance": purse.cross,
        "crossUnPnl": purse.unrealised,
        "availableBalance": purse.available,
        "maxWithdrawAmount": purse.available,
        "marginAvailable": true,
        "updateTime": shown.updated,
    };
    let mut answer = crate::sim::json::Object::new();
    if old {
        answer = answer
            .put("feeTier", &0)
            .put("canTrade", &true)
            .put("canDeposit", &true)
            .put("canWithdraw", &true)
            .put("updateTime", &0)
            .put("multiAssetsMargin", &shown.multi_assets)
            .put("tradeGroupId", &-1);
    }
    let answer = answer
        .put("totalInitialMargin", &purse.initial)
        .put("totalMaintMargin", &purse.maintenance)
        .put("totalWalletBalance", &purse.wallet)
        .put("totalUnrealizedProfit", &purse.unrealised)
        .put("totalMarginBalance", &purse.margin)
        .put("totalPositionInitialMargin", &purse.initial)
        .put("totalOpenOrderInitialMargin", EMPTY)
        .put("totalCrossWalletBalance", &purse.cross)
        .put("totalCrossUnPnl", &purse.unrealised)
        .put("availableBalance", &purse.available)
        .put("maxWithdrawAmount", &purse.available);
    Ok(answer.put("assets", &list([asset])).put("positions", &list(rows)).end())
}

fn account_position(world: &World, slot: &Slot, position: &Position, old: bool) -> Json {
    let (account, market) = (&world.exchange.account, &world.exchange.market);
    let weight = weigh(account, market, slot, position);
    let places = market.get(&slot.0).map_or(8, |contract| contract.spec.qty_places());
    let mut row = crate::sim::json::Object::new()
        .put("symbol", &slot.0)
        .put("positionSide", slot.1.name())
        .put("positionAmt", &fixed(position.amount, places))
        .put("unrealizedProfit", &money(weight.unrealised));
    if old {
        row = row
            .put("leverage", &account.leverage(&slot.0).to_string())
            .put("isolated", &account.is_isolated(&slot.0))
            .put("entryPrice", &trim(position.entry))
            .put("breakEvenPrice", &trim(position.breakeven()))
            .put("maxNotional", "1000000");
    }
    let isolated = position.isolated;
    let own = if isolated.is_zero() { "0".to_owned() } else { money(isolated + weight.unrealised) };
    row.put("isolatedMargin", &own)
        .put("notional", &trim(weight.notional.round_dp(8)))
        .put("isolatedWallet", &trim(isolated.round_dp(8)))
        .put("initialMargin", &trim(weight.initial.round_dp(8)))
        .put("maintMargin", &trim(weight.maintenance.round_dp(8)))
        .put("updateTime", &position.updated)
        .end()
}

/// `GET /fapi/v1/accountConfig`
pub fn account_config(world: &mut World, _: &Call, _: Ms) -> Answer {
    let account = &world.exchange.account;
    Ok(object! {
        "feeTier": 0,
        "canTrade": true,
        "canDeposit": true,
        "canWithdraw": true,
        "dualSidePosition": account.hedge,
        "updateTime": 0,
        "multiAssetsMargin": account.multi_assets,
        "tradeGroupId": -1,
    })
}

/// `GET /fapi/v1/symbolConfig`
pub fn symbol_config(world: &mut World, call: &Call, _: Ms) -> Answer {
    if let Some(symbol) = call.get("symbol") {
        world.exchange.market.get(symbol)?;
    }
    let account = &world.exchange.account;
    let all = world.exchange.market.all().map(|contract| contract.spec.symbol.as_str());
    let wanted = all.filter(|symbol| call.get("symbol").is_none_or(|only| only == *symbol));
    Ok(list(wanted.map(|symbol| {
        object! {
            "symbol": symbol,
            "marginType": if account.is_isolated(symbol) { "ISOLATED" } else { "CROSSED" },
            "isAutoAddMargin": false,
            "leverage": account.leverage(symbol),
            "maxNotionalValue": "1000000",
        }
    })))
}

/// `GET /fapi/v1/positionSide/dual`
pub fn position_mode(world: &mut World, _: &Call, _: Ms) -> Answer {
    Ok(object! { "dualSidePosition": world.exchange.account.hedge })
}

/// `POST /fapi/v1/positionSide/dual`
pub fn set_position_mode(world: &mut World, call: &Call, now: Ms) -> Answer {
    call.need("dualSidePosition")?;
    let hedge = call.flag("dualSidePosition")?;
    world.act(now, |exchange| exchange.set_hedge(hedge, By::Api, now))?;
    success()
}

/// `GET /fapi/v1/multiAssetsMargin`
pub fn multi_assets(world: &mut World, _: &Call, _: Ms) -> Answer {
    Ok(object! { "multiAssetsMargin": world.exchange.account.multi_assets })
}

/// `POST /fapi/v1/multiAssetsMargin`
pub fn set_multi_assets(world: &mut World, call: &Call, now: Ms) -> Answer {
    call.need("multiAssetsMargin")?;
    let shared = call.flag("multiAssetsMargin")?;
    let done = world.act(now, |exchange| exchange.set_multi_assets(shared));
    done.map_err(|_| Failure::of(-4171))?;
    success()
}

/// `POST /fapi/v1/leverage`
pub fn set_leverage(world: &mut World, call: &Call, now: Ms) -> Answer {
    let symbol = call.need("symbol")?;
    let leverage = call.whole("leverage")?.ok_or_else(|| Failure::missing("leverage"))?;
    let leverage = u32::try_from(leverage).unwrap_or(0);
    world.act(now, |exchange| exchange.set_leverage(symbol, leverage))?;
    Ok(object! { "leverage": leverage, "maxNotionalValue": "1000000", "symbol": symbol })
}

/// `POST /fapi/v1/marginType`
pub fn set_margin_type(world: &mut World, call: &Call, now: Ms) -> Answer {
    let symbol = call.need("symbol")?;
    let isolated = match call.need("marginType")? {
        "ISOLATED" => true,
        "CROSSED" => false,
        _ => return Err(Failure::missing("marginType")),
    };
    world.act(now, |exchange| exchange.set_isolated(symbol, isolated))?;
    success()
}

/// `GET /fapi/v1/leverageBracket`: JSON numbers.
pub fn leverage_brackets(world: &mut World, call: &Call, _: Ms) -> Answer {
    if let Some(symbol) = call.get("symbol") {
        world.exchange.market.get(symbol)?;
    }
    let wanted = world
        .exchange
        .market
        .all()
        .filter(|contract| call.get("symbol").is_none_or(|only| only == contract.spec.symbol));
    Ok(list(wanted.map(|contract| {
        let bracket = object! {
            "bracket": 1,
            "initialLeverage": contract.spec.max_leverage,
            "notionalCap": 100_000_000,
            "notionalFloor": 0,
            "maintMarginRatio": contract.spec.maintenance,
            "cum": 0,
        };
        object! {
            "symbol": contract.spec.symbol, "notionalCoef": 1, "brackets": list([bracket]),
        }
    })))
}

/// `GET /fapi/v1/commissionRate`
pub fn commission_rate(world: &mut World, call: &Call, _: Ms) -> Answer {
    let symbol = call.need("symbol")?;
    world.exchange.market.get(symbol)?;
    Ok(object! {
        "symbol": symbol,
        "makerCommissionRate": crate::sim::account::MAKER_FEE.to_string(),
        "takerCommissionRate": crate::sim::account::TAKER_FEE.to_string(),
    })
}

/// `GET /sapi/v1/account/apiRestrictions`
pub fn api_restrictions(world: &mut World, call: &Call, _: Ms) -> Answer {
    let key = crate::sim::binance::auth::known(&world.keys, call)?;
    Ok(object! {
        "ipRestrict": false,
        "createTime": 1_623_840_271_000_i64,
        "enableReading": true,
        "enableWithdrawals": false,
        "enableInternalTransfer": false,
        "enableMargin": false,
        "enableFutures": key.may_trade,
        "permitsUniversalTransfer": false,
        "enableVanillaOptions": false,
        "enableFixApiTrade": false,
        "enableFixReadOnly": false,
        "enableSpotAndMarginTrading": false,
        "enablePortfolioMarginTrading": false,
    })
}

/// `GET /sapi/v1/capital/config/getall`: what clients ask for currencies.
pub fn coins(_: &mut World, _: &Call, _: Ms) -> Answer {
    let coin = |coin: &str, name: &str| {
        object! {
            "coin": coin,
            "depositAllEnable": true,
            "withdrawAllEnable": true,
            "name": name,
            "free": "0",
            "locked": "0",
            "freeze": "0",
            "withdrawing": "0",
            "ipoing": "0",
            "ipoable": "0",
            "storage": "0",
            "isLegalMoney": false,
            "trading": true,
            "networkList": Vec::<Json>::new(),
        }
    };
    Ok(list([coin("USDT", "TetherUS"), coin("BTC", "Bitcoin"), coin("BNB", "BNB")]))
}

/// `GET /sapi/v1/margin/allPairs`: this exchange lends nothing, so there are none.
pub fn margin_pairs(_: &mut World, _: &Call, _: Ms) -> Answer {
    Ok(list(Vec::<Json>::new()))
}
