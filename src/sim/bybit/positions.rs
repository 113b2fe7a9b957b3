//! Positions over REST: what is held, in which mode and leverage, and what protects it.
//!
//! Source: bybit 3.2, 3.3, 3.7, 3.12.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::sim::account::Slot;
use crate::sim::bybit::call::Call;
use crate::sim::bybit::errors::Failure;
use crate::sim::bybit::pages::{Paging, Row, page};
use crate::sim::bybit::rows::{self, Form, index};
use crate::sim::bybit::rules::read_price_word;
use crate::sim::bybit::world::BybitWorld;
use crate::sim::exchange::Exchange;
use crate::sim::json::{Json, Object, list, object};
use crate::sim::numbers::Ms;
use crate::sim::position_stops::StopWish;
use crate::sim::words::{By, Leg, Working};

type Answer = Result<Json, Failure>;

/// Keys of a row that are sometimes sent as text.
const NUMBERS: [&str; 7] =
    ["positionIdx", "riskId", "autoAddMargin", "adlRankIndicator", "tradeMode", "seq", "openTime"];

/// The slots of a contract in its mode.
pub fn slots(exchange: &Exchange, symbol: &str) -> Vec<Slot> {
    let legs: &[Leg] =
        if exchange.account.is_hedge(symbol) { &[Leg::Long, Leg::Short] } else { &[Leg::Both] };
    legs.iter().map(|leg| (symbol.to_owned(), *leg)).collect()
}

/// The slot a `positionIdx` stands for; none sent is the one of one-way mode.
///
/// # Errors
/// 10001.
pub fn leg(call: &Call) -> Result<Leg, Failure> {
    match call.get("positionIdx") {
        None | Some("0") => Ok(Leg::Both),
        Some("1") => Ok(Leg::Long),
        Some("2") => Ok(Leg::Short),
        Some(_) => Err(Failure::params("params error: positionIdx invalid")),
    }
}

/// `GET /v5/position/list`
pub fn positions(world: &mut BybitWorld, call: &Call, now: Ms) -> Answer {
    // Nothing is ever held in the other categories, and clients ask for them all the same.
    if let category @ ("inverse" | "option") = call.need("category")? {
        let none: [Json; 0] = [];
        return Ok(object! { "category": category, "list": list(none), "nextPageCursor": "" });
    }
    call.linear()?;
    let coin = call.get("settleCoin");
    let shown = world.shown(now);
    let mut wanted: Vec<Slot> = match (call.get("symbol"), coin) {
        (Some(symbol), _) => {
            shown.market.get(symbol)?;
            slots(&shown, symbol)
        }
        (None, Some(coin)) => {
            let open = shown.account.open().map(|(slot, _)| slot.clone());
            open.filter(|slot| shown.coin_of(&slot.0).name() == coin).collect()
        }
        (None, None) => {
            let msg = "Missing some parameters that must be filled in, \
                       symbol or settleCoin or baseCoin";
            return Err(Failure::params(msg));
        }
    };
    let shuffles = call.get("symbol").is_some();
    if shuffles {
        world.rng.shuffle(&mut wanted);
    }
    let mut listed = Vec::new();
    for (at, slot) in wanted.iter().enumerate() {
        let place =
            if shuffles { format!("{at}") } else { format!("{},{}", slot.0, index(slot.1)) };
        let updated = shown.account.position(&slot.0, slot.1).updated;
        let cursor = format!("{},{updated},{}", slot.0, index(slot.1));
        listed.push(Row { place, cursor, json: row(world, &shown, slot) });
    }
    let paging = Paging { limits: (20, 200), newest_first: false, repeats: false, ends: false };
    page(call, listed, paging)
}

fn row(world: &mut BybitWorld, shown: &Exchange, slot: &Slot) -> Json {
    let open = rows::position(shown, slot, Form::Now);
    let flat = shown.account.position(&slot.0, slot.1).amount.is_zero();
    let row = if flat && world.ways.sparse_rows && world.rng.below(2) == 0 {
        open.end()
    } else {
        rows::position_extras(shown, slot, open).end()
    };
    if world.ways.quoted_numbers { quoted(&row) } else { row }
}

fn quoted(row: &Json) -> Json {
    let Ok(serde_json::Value::Object(fields)) = serde_json::from_str(&row.0) else {
        return row.clone();
    };
    let out = fields.iter().fold(Object::new(), |out, (name, value)| {
        let text = if NUMBERS.contains(&name.as_str()) && value.is_number() {
            serde_json::Value::from(value.to_string()).to_string()
        } else {
            value.to_string()
        };
        out.put(name, &Json(text))
    });
    out.end()
}

/// A flat row, as a stale answer shows it beside the true ones.
pub fn flat_row(exchange: &Exchange, symbol: &str) -> Option<Json> {
    let mut bare = exchange.clone();
    let slot = slots(exchange, symbol).pop()?;
    exchange.market.get(symbol).ok()?;
    bare.account.put(slot.clone(), crate::sim::account::Position::default());
    bare.algos.clear();
    Some(rows::position(&bare, &slot, Form::Now).end())
}

/// `POST /v5/position/switch-mode`
pub fn switch_mode(world: &mut BybitWorld, call: &Call, now: Ms) -> Answer {
    call.linear()?;
    let hedge = match call.need("mode")? {
        "0" => false,
        "3" => true,
        _ => return Err(Failure::params("params error: mode invalid")),
    };
    match (call.get("symbol"), call.get("coin")) {
        (Some(symbol), _) => {
            world.act(now, |exchange| exchange.set_symbol_mode(symbol, hedge, now))?;
        }
        (None, Some("USDT")) => world.act(now, |exchange| exchange.set_coin_mode(hedge, now))?,
        (None, Some(_)) if hedge => return Err(Failure::of(110029)),
        (None, Some(_)) => return Err(Failure::of(110025)),
        (None, None) => return Err(Failure::params("params error: symbol or coin is required")),
    }
    Ok(object! {})
}

/// `GET /v5/position/symbol-info`: no position is needed.
pub fn symbol_info(world: &mut BybitWorld, call: &Call, _: Ms) -> Answer {
    call.linear()?;
    let exchange = &world.exchange;
    let only = call.get("symbol");
    if let Some(symbol) = only {
        exchange.market.get(symbol)?;
    }
    let all = exchange.market.all().map(|contract| contract.spec.symbol.as_str());
    let wanted = all.filter(|symbol| only.is_none_or(|only| only == *symbol));
    let rows = wanted.flat_map(|symbol| slots(exchange, symbol)).map(|slot| {
        object! {
            "symbol": slot.0,
            "leverage": exchange.account.leverage(&slot.0).to_string(),
            "side": "",
            "positionIdx": index(slot.1),
        }
    });
    Ok(object! { "category": "linear", "list": list(rows), "nextPageCursor": "" })
}

/// `POST /v5/position/set-leverage`
pub fn set_leverage(world: &mut BybitWorld, call: &Call, now: Ms) -> Answer {
    call.linear()?;
    let symbol = call.need("symbol")?;
    let (buy, sell) = (call.decimal("buyLeverage")?, call.decimal("sellLeverage")?);
    let (Some(buy), Some(sell)) = (buy, sell) else {
        return Err(Failure::params("params error: leverage is required"));
    };
    if buy != sell {
        return Err(Failure::params("buy leverage must be equal to sell leverage"));
    }
    let leverage = buy.trunc().to_u32().unwrap_or(0);
    world.act(now, |exchange| exchange.set_leverage(symbol, leverage))?;
    Ok(object! {})
}

/// `POST /v5/position/trading-stop`
pub fn trading_stop(world: &mut BybitWorld, call: &Call, now: Ms) -> Answer {
    call.linear()?;
    let wish = wish(&world.exchange, call)?;
    world.act(now, |exchange| exchange.trading_stop(&wish, now))?;
    Ok(object! {})
}

fn wish(exchange: &Exchange, call: &Call) -> Result<StopWish, Failure> {
    let symbol = call.need("symbol")?;
    exchange.market.get(symbol)?;
    let mode = call.get("tpslMode");
    let partial = match mode {
        None | Some("Full") => false,
        Some("Partial") => true,
        Some(_) => return Err(Failure::params("params error: tpslMode invalid")),
    };
    let wish = StopWish {
        partial,
        stop_loss: call.decimal("stopLoss")?,
        take_profit: call.decimal("takeProfit")?,
        trailing: call.decimal("trailingStop")?,
        active: call.decimal("activePrice")?.filter(|price| !price.is_zero()),
        stop_by: price_of(call, "slTriggerBy")?,
        profit_by: price_of(call, "tpTriggerBy")?,
        size: size(call, partial)?,
        limits: (call.decimal("slLimitPrice")?, call.decimal("tpLimitPrice")?),
        ..StopWish::of(symbol, leg(call)?, By::Api)
    };
    for name in ["slOrderType", "tpOrderType"] {
        match (call.get(name), mode) {
            (Some(_), None) => {
                let msg = format!("{name} can not have a value when tpSlMode is empty");
                return Err(Failure::params(msg));
            }
            (Some("Limit"), Some("Full")) => {
                let msg = format!("{name} only support Market when tpSlMode is Full");
                return Err(Failure::params(msg));
            }
            _ => {}
        }
    }
    let nothing = wish.stop_loss.is_none() && wish.take_profit.is_none() && wish.trailing.is_none();
    // The same code stands for a missing price and for a stop that is so already.
    if nothing { Err(Failure::of(34040)) } else { Ok(wish) }
}

/// Which price a parameter names.
///
/// # Errors
/// 10001.
pub fn price_of(call: &Call, name: &str) -> Result<Option<Working>, Failure> {
    let wrong = || Failure::params(format!("params error: {name} invalid"));
    call.get(name).map(|word| read_price_word(word).ok_or_else(wrong)).transpose()
}

fn size(call: &Call, partial: bool) -> Result<Option<Decimal>, Failure> {
    let (stop, profit) = (call.decimal("slSize")?, call.decimal("tpSize")?);
    if let (Some(stop), Some(profit)) = (stop, profit)
        && stop != profit
    {
        let mode = if partial { "Partial" } else { "Full" };
        let msg = format!(
            "slSize and tpSize must be equal if both values are set when tpslMode is {mode}"
        );
        return Err(Failure::params(msg));
    }
    Ok(stop.or(profit))
}
