//! What anybody may ask: time, contracts, prices.
//!
//! Source: bybit 2.2, 3.1, 3.6, 3.8.

use rust_decimal::Decimal;

use crate::sim::bybit::call::Call;
use crate::sim::bybit::errors::Failure;
use crate::sim::bybit::pages::{Paging, Row, page};
use crate::sim::bybit::rules::{RATIO_X, RATIO_Y, band};
use crate::sim::bybit::tickers::fields;
use crate::sim::bybit::world::BybitWorld;
use crate::sim::json::{Json, Object, list, object};
use crate::sim::market::Contract;
use crate::sim::numbers::{Ms, fixed, trim};
use crate::sim::symbols::NEVER_DELIVERED;

type Answer = Result<Json, Failure>;

/// `GET /v5/market/time`
pub fn time(_: &mut BybitWorld, _: &Call, now: Ms) -> Answer {
    let nano = format!("{now}000000");
    Ok(object! { "timeSecond": (now / 1000).to_string(), "timeNano": nano })
}

/// The venue's word for a contract's state.
pub fn status_word(contract: &Contract) -> &str {
    match contract.status.as_str() {
        "TRADING" => "Trading",
        "SETTLING" => "Closed",
        other => other,
    }
}

/// `GET /v5/market/instruments-info`
pub fn instruments(world: &mut BybitWorld, call: &Call, _: Ms) -> Answer {
    call.linear()?;
    let only = call.get("symbol");
    if let Some(symbol) = only {
        world.exchange.market.get(symbol)?;
    }
    // Without a state, and without a name, only what trades is listed.
    let wanted = call.get("status").or(only.is_none().then_some("Trading"));
    let mut rows = Vec::new();
    for (place, contract) in world.exchange.market.all().enumerate() {
        let spec = &contract.spec;
        let fits = only.is_none_or(|only| only == spec.symbol)
            && wanted.is_none_or(|wanted| wanted == status_word(contract))
            && call.get("baseCoin").is_none_or(|base| base == spec.base);
        if fits {
            let cursor = format!("first={}&last={}", spec.symbol, spec.symbol);
            rows.push(Row {
                place: format!("{place:06}"),
                cursor,
                json: instrument(contract, place),
            });
        }
    }
    let paging = Paging { limits: (500, 1000), newest_first: false, repeats: false, ends: true };
    page(call, rows, paging)
}

fn instrument(contract: &Contract, place: usize) -> Json {
    let spec = &contract.spec;
    let price = |number: Decimal| fixed(number, spec.price_places);
    let qty = |number: Decimal| fixed(number, spec.qty_places());
    let ends = if contract.delivery == NEVER_DELIVERED { 0 } else { contract.delivery };
    let kind = if spec.is_dated() { "LinearFutures" } else { "LinearPerpetual" };
    object! {
        "symbol": spec.symbol,
        "symbolId": place + 5,
        "contractType": kind,
        "status": status_word(contract),
        "baseCoin": spec.base,
        "quoteCoin": if spec.coin.name() == "USDC" { "USDC" } else { "USDT" },
        "launchTime": "1585526400000",
        "deliveryTime": ends.to_string(),
        "deliveryFeeRate": "",
        "priceScale": spec.price_places.to_string(),
        "leverageFilter": object! {
            "minLeverage": "1",
            "maxLeverage": format!("{}.00", spec.max_leverage),
            "leverageStep": "0.01",
        },
        "priceFilter": object! {
            "minPrice": price(spec.min_price()),
            "maxPrice": price(spec.max_price()),
            "tickSize": price(spec.tick),
        },
        "lotSizeFilter": object! {
            "maxOrderQty": qty(spec.max_qty),
            "minOrderQty": qty(spec.min_qty),
            "qtyStep": qty(spec.step),
            "postOnlyMaxOrderQty": qty(spec.max_qty),
            "maxMktOrderQty": qty(spec.market_max_qty),
            "minNotionalValue": trim(spec.min_notional),
        },
        "unifiedMarginTrade": true,
        "fundingInterval": 480,
        "settleCoin": spec.coin.name(),
        "copyTrading": "none",
        "upperFundingRate": "0.00375",
        "lowerFundingRate": "-0.00375",
        "isPreListing": false,
        "preListingInfo": None::<i64>,
        "riskParameters": object! {
            "priceLimitRatioX": trim(RATIO_X),
            "priceLimitRatioY": trim(RATIO_Y),
        },
        "symbolType": "",
        "displayName": "",
        "forbidUplWithdrawal": false,
    }
}

/// `GET /v5/market/tickers`: everything at once, without pages.
pub fn tickers(world: &mut BybitWorld, call: &Call, now: Ms) -> Answer {
    call.linear()?;
    let only = call.get("symbol");
    if let Some(symbol) = only {
        world.exchange.market.get(symbol)?;
    }
    let wanted = world.exchange.market.all().filter(|contract| {
        only.is_none_or(|only| only == contract.spec.symbol) && contract.status == "TRADING"
    });
    let rows = wanted.map(|contract| ticker(contract, now));
    Ok(object! { "category": "linear", "list": list(rows) })
}

fn ticker(contract: &Contract, now: Ms) -> Json {
    let known = fields(contract, now);
    let mut row = Object::new();
    for (name, value) in &known {
        row = row.put(name, value);
    }
    let ends = if contract.delivery == NEVER_DELIVERED { 0 } else { contract.delivery };
    let more = [
        ("deliveryTime", ends.to_string()),
        ("deliveryFeeRate", String::new()),
        ("predictedDeliveryPrice", String::new()),
        ("basis", String::new()),
        ("basisRate", String::new()),
        ("basisRateYear", String::new()),
    ];
    let missing = more.iter().filter(|(name, _)| !known.iter().any(|(have, _)| have == name));
    missing.fold(row, |row, (name, value)| row.put(name, value)).end()
}

/// `GET /v5/market/price-limit`
pub fn price_limit(world: &mut BybitWorld, call: &Call, now: Ms) -> Answer {
    call.linear()?;
    let contract = world.exchange.market.get(call.need("symbol")?)?;
    let (high, low) = band(contract);
    Ok(object! {
        "symbol": contract.spec.symbol,
        "buyLmt": trim(high),
        "sellLmt": trim(low),
        "ts": now.to_string(),
    })
}
