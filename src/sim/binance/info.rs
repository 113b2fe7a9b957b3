//! What anybody may read: time, contracts, prices, candles.

use rust_decimal::Decimal;

use crate::sim::binance::call::Call;
use crate::sim::binance::errors::Failure;
use crate::sim::binance::streams::{book_row, funding_rate, next_funding};
use crate::sim::json::{Json, list, object};
use crate::sim::market::Contract;
use crate::sim::numbers::{Ms, fixed, money, trim};
use crate::sim::symbols::Spec;
use crate::sim::world::World;

type Answer = Result<Json, Failure>;

/// When every contract was first listed.
pub const ONBOARD: Ms = 1_569_398_400_000;
const DAY: Ms = 24 * 3600 * 1000;

/// `GET /fapi/v1/ping`
pub fn ping(_: &mut World, _: &Call, _: Ms) -> Answer {
    Ok(object! {})
}

/// `GET /fapi/v1/time`
pub fn time(_: &mut World, _: &Call, now: Ms) -> Answer {
    Ok(object! { "serverTime": now })
}

/// `GET /fapi/v1/rateLimit/order` and a part of `exchangeInfo`.
fn order_limits(world: &World) -> Vec<Json> {
    let row = |interval: &str, number: i64, limit: u32| {
        object! {
            "rateLimitType": "ORDERS", "interval": interval, "intervalNum": number, "limit": limit,
        }
    };
    vec![row("MINUTE", 1, world.limits.orders_1m), row("SECOND", 10, world.limits.orders_10s)]
}

/// `GET /fapi/v1/rateLimit/order`
pub fn rate_limit_order(world: &mut World, _: &Call, _: Ms) -> Answer {
    let mut rows = order_limits(world);
    rows.reverse();
    Ok(list(rows))
}

/// `GET /fapi/v1/exchangeInfo`
pub fn exchange_info(world: &mut World, _: &Call, now: Ms) -> Answer {
    let mut limits = vec![object! {
        "rateLimitType": "REQUEST_WEIGHT", "interval": "MINUTE", "intervalNum": 1,
        "limit": world.limits.weight,
    }];
    limits.extend(order_limits(world));
    let usdt = object! { "asset": "USDT", "marginAvailable": true, "autoAssetExchange": "-100" };
    let bnb = object! {
        "asset": "BNB", "marginAvailable": false, "autoAssetExchange": None::<String>,
    };
    Ok(object! {
        "timezone": "UTC",
        "serverTime": now,
        "futuresType": "U_MARGINED",
        "exchangeFilters": Vec::<Json>::new(),
        "rateLimits": limits,
        "assets": list([usdt, bnb]),
        "symbols": list(world.exchange.market.all().map(symbol)),
    })
}

fn symbol(contract: &Contract) -> Json {
    let spec = &contract.spec;
    let kinds = ["LIMIT", "MARKET", "STOP", "STOP_MARKET", "TAKE_PROFIT", "TAKE_PROFIT_MARKET"];
    object! {
        "symbol": spec.symbol,
        "pair": spec.pair,
        "contractType": if spec.is_dated() { "CURRENT_QUARTER" } else { "PERPETUAL" },
        "deliveryDate": contract.delivery,
        "onboardDate": ONBOARD,
        "status": contract.status,
        "maintMarginPercent": "2.5000",
        "requiredMarginPercent": "5.0000",
        "baseAsset": spec.base,
        "quoteAsset": "USDT",
        "marginAsset": "USDT",
        "pricePrecision": spec.price_places,
        "quantityPrecision": spec.qty_places(),
        "baseAssetPrecision": 8,
        "quotePrecision": 8,
        "underlyingType": "COIN",
        "underlyingSubType": list(["PoW"]),
        "settlePlan": 0,
        "triggerProtect": "0.0500",
        "liquidationFee": "0.012500",
        "marketTakeBound": "0.05",
        "maxMoveOrderLimit": 10_000,
        "permissionSets": list(["GRID", "COPY"]),
        "filters": filters(spec),
        "orderTypes": list(kinds.into_iter().chain(["TRAILING_STOP_MARKET"])),
        "timeInForce": list(["GTC", "IOC", "FOK", "GTX", "GTD"]),
    }
}

fn filters(spec: &Spec) -> Json {
    let step = spec.step.to_string();
    list([
        object! {
            "filterType": "PRICE_FILTER", "minPrice": trim(spec.min_price()),
            "maxPrice": trim(spec.max_price()), "tickSize": spec.tick.to_string(),
        },
        object! {
            "filterType": "LOT_SIZE", "minQty": step, "maxQty": trim(spec.max_qty),
            "stepSize": step,
        },
        object! {
            "filterType": "MARKET_LOT_SIZE", "minQty": step,
            "maxQty": trim(spec.market_max_qty), "stepSize": step,
        },
        object! { "filterType": "MAX_NUM_ORDERS", "limit": crate::sim::checks::MAX_ORDERS },
        object! { "filterType": "MIN_NOTIONAL", "notional": trim(spec.min_notional) },
        object! {
            "filterType": "PERCENT_PRICE", "multiplierUp": "1.0500",
            "multiplierDown": "0.9500", "multiplierDecimal": "4",
        },
        object! { "filterType": "POSITION_RISK_CONTROL", "positionControlSide": "NONE" },
    ])
}

/// One row for a named contract, else all of them.
fn one_or_all(world: &World, call: &Call, row: impl Fn(&Contract) -> Json) -> Answer {
    match call.get("symbol") {
        Some(symbol) => Ok(row(world.exchange.market.get(symbol)?)),
        None => Ok(list(world.exchange.market.all().map(row))),
    }
}

/// `GET /fapi/v1/premiumIndex`
pub fn premium_index(world: &mut World, call: &Call, now: Ms) -> Answer {
    one_or_all(world, call, |contract| {
        let price = money(contract.mark);
        object! {
            "symbol": contract.spec.symbol,
            "markPrice": price,
            "indexPrice": price,
            "estimatedSettlePrice": price,
            "lastFundingRate": funding_rate(contract),
            "interestRate": "0.00010000",
            "nextFundingTime": next_funding(contract, now),
            "time": now,
        }
    })
}

/// `GET /fapi/v1/ticker/bookTicker`
pub fn book_ticker(world: &mut World, call: &Call, now: Ms) -> Answer {
    one_or_all(world, call, |contract| book_row(contract, now))
}

/// `GET /fapi/v1/ticker/price` and version 2, which are alike.
pub fn price(world: &mut World, call: &Call, now: Ms) -> Answer {
    one_or_all(world, call, |contract| {
        let price = fixed(contract.last, contract.spec.price_places);
        object! { "symbol": contract.spec.symbol, "price": price, "time": now }
    })
}

/// `GET /fapi/v1/ticker/24hr`
pub fn ticker_24h(world: &mut World, call: &Call, now: Ms) -> Answer {
    one_or_all(world, call, |contract| {
        let (last, open) = (contract.last, contract.last_at(now - DAY));
        let price = |number: Decimal| fixed(number, contract.spec.price_places);
        let change = last - open;
        let percent = (change / open * Decimal::ONE_HUNDRED).round_dp(3);
        let volume = contract.spec.market_max_qty * Decimal::ONE_HUNDRED;
        object! {
            "symbol": contract.spec.symbol,
            "priceChange": price(change),
            "priceChangePercent": fixed(percent, 3),
            "weightedAvgPrice": price((last + open) / Decimal::TWO),
            "lastPrice": price(last),
            "lastQty": trim(contract.spec.step),
            "openPrice": price(open),
            "highPrice": price(last.max(open)),
            "lowPrice": price(last.min(open)),
            "volume": trim(volume),
            "quoteVolume": trim((volume * last).round_dp(2)),
            "openTime": now - DAY,
            "closeTime": now,
            "firstId": 1,
            "lastId": contract.book_id,
            "count": contract.book_id,
        }
    })
}

/// `GET /fapi/v1/depth`
pub fn depth(world: &mut World, call: &Call, now: Ms) -> Answer {
    let contract = world.exchange.market.get(call.need("symbol")?)?;
    let rows = call.limit(20, 1000)?.min(20);
    let qty = fixed(contract.spec.market_max_qty / Decimal::TEN, contract.spec.qty_places());
    let level = |away: usize, sign: Decimal, best: Decimal| {
        let price = best + Decimal::from(away) * contract.spec.tick * sign;
        list([fixed(price.max(contract.spec.tick), contract.spec.price_places), qty.clone()])
    };
    let asks = (0..rows).map(|away| level(away, Decimal::ONE, contract.ask()));
    let bids = (0..rows).map(|away| level(away, Decimal::NEGATIVE_ONE, contract.bid()));
    Ok(object! {
        "lastUpdateId": contract.book_id,
        "E": now,
        "T": now,
        "bids": list(bids),
        "asks": list(asks),
    })
}

/// `GET /fapi/v1/klines`: candles of the walk as far as it is remembered, flat before.
pub fn klines(world: &mut World, call: &Call, now: Ms) -> Answer {
    let contract = world.exchange.market.get(call.need("symbol")?)?;
    let length = interval(call.need("interval")?).ok_or_else(|| Failure::of(-1130))?;
    let rows = call.limit(500, 1500)?;
    let end = call.whole("endTime")?.unwrap_or(now).min(now);
    let count = i64::try_from(rows).unwrap_or(500);
    let last_open = end - end.rem_euclid(length);
    let earliest = last_open - length * (count - 1);
    let first = call
        .whole("startTime")?
        .map(|from| from.clamp(0, now))
        .map_or(earliest, |from| from + (length - from.rem_euclid(length)) % length);
    let price = |number: Decimal| fixed(number, contract.spec.price_places);
    let volume = trim(contract.spec.market_max_qty);
    let candle = |open_time: Ms| {
        let (open, close) = (contract.last_at(open_time), contract.last_at(open_time + length - 1));
        let close = if open_time + length > now { contract.last } else { close };
        let turnover = trim((contract.spec.market_max_qty * close).round_dp(2));
        let cells = [price(open), price(open.max(close)), price(open.min(close)), price(close)];
        let mut text = format!("[{open_time}");
        for cell in cells.iter().chain([&volume]) {
            text.push_str(&format!(",\"{cell}\""));
        }
        let end = open_time + length - 1;
        text.push_str(&format!(",{end},\"{turnover}\",10,\"{volume}\",\"{turnover}\",\"0\"]"));
        Json(text)
    };
    let opens = (0..count).map(|n| first + n * length).take_while(|open| *open <= end);
    Ok(list(opens.map(candle)))
}

fn interval(text: &str) -> Option<Ms> {
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let number: Ms = number.parse().ok().filter(|number| (1..=30).contains(number))?;
    let unit = match unit {
        "s" => 1000,
        "m" => 60_000,
        "h" => 3_600_000,
        "d" => DAY,
        "w" => 7 * DAY,
        "M" => 30 * DAY,
        _ => return None,
    };
    Some(number * unit)
}
