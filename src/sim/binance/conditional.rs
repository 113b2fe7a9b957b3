//! Conditional ("algo") orders over REST, with their own ids and their own endpoints.

use rust_decimal::Decimal;

use crate::sim::algo::{Algo, NewAlgo};
use crate::sim::binance::call::Call;
use crate::sim::binance::errors::Failure;
use crate::sim::binance::rows;
use crate::sim::binance::trading::{client_id, reduce_only, side_and_leg, time_in_force};
use crate::sim::exchange::Exchange;
use crate::sim::json::{Json, list, object};
use crate::sim::numbers::Ms;
use crate::sim::refused::Refused;
use crate::sim::words::{AlgoKind, AlgoStatus, Bond, By, OrderKind, Working};
use crate::sim::world::World;

type Answer = Result<Json, Failure>;

const THREE_DAYS: Ms = 3 * 24 * 3600 * 1000;

fn row(exchange: &Exchange, algo: &Algo, created: bool) -> Answer {
    let spec = &exchange.market.get(&algo.want.symbol)?.spec;
    Ok(rows::algo(algo, spec, created))
}

fn read(exchange: &Exchange, call: &Call) -> Result<NewAlgo, Failure> {
    if call.need("algoType")? != "CONDITIONAL" {
        return Err(Failure::missing("algoType"));
    }
    let symbol = call.need("symbol")?.to_owned();
    exchange.market.get(&symbol)?;
    let (side, leg) = side_and_leg(call)?;
    let kind = AlgoKind::parse(call.need("type")?).ok_or_else(|| Failure::of(-1116))?;
    let close_position = call.flag("closePosition")?;
    let qty = match call.decimal("quantity")? {
        Some(qty) => qty,
        None if close_position => Decimal::ZERO,
        None => return Err(Failure::missing("quantity")),
    };
    let trailing = kind == AlgoKind::TrailingStopMarket;
    let trigger = match call.decimal("triggerPrice")? {
        Some(trigger) => trigger,
        None if trailing => Decimal::ZERO,
        None => return Err(Failure::missing("triggerPrice")),
    };
    let price = call.decimal("price")?;
    if kind.child() == OrderKind::Limit && price.is_none() && call.get("priceMatch").is_none() {
        return Err(Failure::missing("price"));
    }
    let callback = call.decimal("callbackRate")?;
    if trailing && !callback.is_some_and(allowed_callback) {
        return Err(Failure::missing("callbackRate"));
    }
    let working = match call.get("workingType") {
        None => Working::Contract,
        Some(text) => Working::parse(text)
            .filter(|working| *working != Working::Index)
            .ok_or_else(|| Failure::missing("workingType"))?,
    };
    if close_position && call.get("reduceOnly").is_some() {
        return Err(Refused::ReduceOnlyNotWanted.into());
    }
    Ok(NewAlgo {
        symbol,
        side,
        leg,
        kind,
        tif: time_in_force(call)?,
        qty,
        trigger,
        price,
        working,
        close_position,
        reduce_only: reduce_only(exchange, call)?,
        price_protect: call.flag("priceProtect")?,
        activate: call.decimal("activatePrice")?,
        callback: callback.filter(|_| trailing),
        rises: None,
        distance: None,
        bond: Bond::Free,
        client_id: client_id(call, "clientAlgoId")?,
        good_till: call.whole("goodTillDate")?.unwrap_or(0),
        stp: call.get("selfTradePreventionMode").unwrap_or("EXPIRE_MAKER").to_owned(),
        price_match: call.get("priceMatch").unwrap_or("NONE").to_owned(),
        by: By::Api,
    })
}

/// 0.1 to 20 percent.
fn allowed_callback(rate: Decimal) -> bool {
    rate >= Decimal::new(1, 1) && rate <= Decimal::from(20)
}

/// `POST /fapi/v1/algoOrder`
pub fn place(world: &mut World, call: &Call, now: Ms) -> Answer {
    let want = read(&world.exchange, call)?;
    let id = world.act(now, |exchange| exchange.place_algo(want, now))?;
    let algo = world.exchange.find_algo(Some(id), None)?;
    row(&world.exchange, algo, true)
}

fn named(world: &mut World, call: &Call, now: Ms) -> Result<Algo, Failure> {
    let (id, client) = (call.whole("algoId")?, call.get("clientAlgoId"));
    if id.is_none() && client.is_none() {
        let msg = "Param 'algoId' or 'clientAlgoId' must be sent, but both were empty/null!";
        return Err(Failure::with(-1102, msg));
    }
    let algo = world.exchange.find_algo(id, client)?.clone();
    let ended =
        matches!(algo.status, AlgoStatus::Canceled | AlgoStatus::Expired | AlgoStatus::Rejected);
    let forgotten = ended && now - algo.updated > THREE_DAYS;
    if forgotten || world.faults.hides(&[algo.created], &call.path, now)[0] {
        return Err(Failure::of(-2013));
    }
    Ok(algo)
}

/// `GET /fapi/v1/algoOrder`
pub fn query(world: &mut World, call: &Call, now: Ms) -> Answer {
    let algo = named(world, call, now)?;
    row(&world.exchange, &algo, false)
}

/// `GET /fapi/v1/openAlgoOrders`
pub fn open(world: &mut World, call: &Call, now: Ms) -> Answer {
    if let Some(symbol) = call.get("symbol") {
        world.exchange.market.get(symbol)?;
    }
    let id = call.whole("algoId")?;
    let mine = |algo: &&Algo| {
        call.get("symbol").is_none_or(|only| only == algo.want.symbol)
            && id.is_none_or(|only| only == algo.id)
    };
    let waiting = world.exchange.algos.values().filter(|algo| algo.waits());
    let waiting: Vec<Algo> = waiting.filter(mine).cloned().collect();
    let accepted: Vec<Ms> = waiting.iter().map(|algo| algo.created).collect();
    let hidden = world.faults.hides(&accepted, &call.path, now);
    let seen = waiting.iter().zip(hidden).filter(|(_, hidden)| !hidden);
    let rows: Result<Vec<Json>, Failure> =
        seen.map(|(algo, _)| row(&world.exchange, algo, false)).collect();
    Ok(list(rows?))
}

/// `GET /fapi/v1/allAlgoOrders`
pub fn all(world: &mut World, call: &Call, now: Ms) -> Answer {
    let symbol = call.need("symbol")?;
    world.exchange.market.get(symbol)?;
    let (from, to) = call.span(now)?;
    let first = call.whole("algoId")?.unwrap_or(0);
    let limit = call.limit(500, 1000)?;
    let mut rows = Vec::new();
    for algo in world.exchange.algos.values() {
        let in_span = algo.id >= first && (from..=to).contains(&algo.created);
        if algo.want.symbol == symbol && in_span {
            rows.push(row(&world.exchange, algo, false)?);
        }
    }
    rows.truncate(limit);
    Ok(list(rows))
}

/// `DELETE /fapi/v1/algoOrder`: `code` is text here.
pub fn cancel(world: &mut World, call: &Call, now: Ms) -> Answer {
    let algo = match named(world, call, now) {
        Ok(algo) => algo,
        Err(failure) if failure.code == -2013 => return Err(Failure::of(-2011)),
        Err(failure) => return Err(failure),
    };
    world.act(now, |exchange| exchange.cancel_algo(algo.id, By::Api, now))?;
    Ok(object! {
        "algoId": algo.id, "clientAlgoId": algo.client_id, "code": "200", "msg": "success",
    })
}

/// `DELETE /fapi/v1/algoOpenOrders`
pub fn cancel_all(world: &mut World, call: &Call, now: Ms) -> Answer {
    let symbol = call.need("symbol")?;
    world.exchange.market.get(symbol)?;
    world.act(now, |exchange| exchange.cancel_all_algos(symbol, By::Api, now));
    Ok(object! { "code": 200, "msg": "The operation of cancel all open order is done." })
}
