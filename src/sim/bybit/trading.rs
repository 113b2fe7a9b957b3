//! Orders over REST: create, amend, cancel.
//!
//! An answer acknowledges that an order was accepted, never what became of it. Listing them is in
//! `listing.rs`. Source: bybit 3.8, 3.9.

use rust_decimal::Decimal;

use crate::sim::algo::{Algo, NewAlgo};
use crate::sim::bybit::call::Call;
use crate::sim::bybit::errors::Failure;
use crate::sim::bybit::ids::{self, Kind};
use crate::sim::bybit::positions::{leg, price_of};
use crate::sim::bybit::rules::band;
use crate::sim::bybit::world::BybitWorld;
use crate::sim::exchange::Exchange;
use crate::sim::json::{Json, list, object};
use crate::sim::numbers::{Ms, floor_to};
use crate::sim::orders::{Attached, NewOrder};
use crate::sim::refused::{Refused, WrongSide};
use crate::sim::words::{AlgoKind, Bond, By, Leg, OrderKind, Side, Tif, Working};

type Answer = Result<Json, Failure>;

fn side(call: &Call) -> Result<Side, Failure> {
    match call.need("side")? {
        "Buy" => Ok(Side::Buy),
        "Sell" => Ok(Side::Sell),
        _ => Err(Failure::params("Side invalid")),
    }
}

fn kind(call: &Call) -> Result<OrderKind, Failure> {
    match call.need("orderType")? {
        "Market" => Ok(OrderKind::Market),
        "Limit" => Ok(OrderKind::Limit),
        _ => Err(Failure::params("OrderType invalid")),
    }
}

fn tif(call: &Call, kind: OrderKind) -> Result<Tif, Failure> {
    match (kind, call.get("timeInForce")) {
        (OrderKind::Market, _) | (_, Some("IOC")) => Ok(Tif::Ioc),
        (_, None | Some("GTC" | "RPI")) => Ok(Tif::Gtc),
        (_, Some("FOK")) => Ok(Tif::Fok),
        (_, Some("PostOnly")) => Ok(Tif::Gtx),
        (_, Some(_)) => Err(Failure::params("timeInForce invalid.")),
    }
}

/// At most 36 of the allowed characters.
fn link(call: &Call) -> Result<Option<String>, Failure> {
    let Some(name) = call.get("orderLinkId") else { return Ok(None) };
    let fits = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
    if name.chars().count() > 36 || !name.chars().all(fits) {
        return Err(Failure::params("params error: OrderLinkId invalid"));
    }
    Ok(Some(name.to_owned()))
}

/// The quantity; zero stands for all of a slot when the order can only close.
fn quantity(exchange: &Exchange, call: &Call, leg: Leg) -> Result<Decimal, Failure> {
    let qty =
        call.decimal("qty")?.ok_or_else(|| Failure::params("params error: qty is required"))?;
    if !qty.is_zero() {
        return Ok(qty);
    }
    if !(call.flag("reduceOnly") && call.flag("closeOnTrigger")) {
        return Err(Failure::params("Qty invalid"));
    }
    let symbol = call.need("symbol")?;
    let spec = &exchange.market.get(symbol)?.spec;
    let most = if kind(call)? == OrderKind::Market { spec.market_max_qty } else { spec.max_qty };
    let held = exchange.account.position(symbol, leg).amount.abs();
    if held.is_zero() {
        return Err(Refused::NothingToReduce.into());
    }
    Ok(held.min(most))
}

fn attached(exchange: &Exchange, call: &Call, want: &NewOrder) -> Result<Attached, Failure> {
    let there = |price: Option<Decimal>| price.filter(|price| !price.is_zero());
    let attached = Attached {
        stop_loss: there(call.decimal("stopLoss")?),
        take_profit: there(call.decimal("takeProfit")?),
        stop_by: price_of(call, "slTriggerBy")?,
        profit_by: price_of(call, "tpTriggerBy")?,
        partial: call.get("tpslMode") == Some("Partial"),
    };
    let guards = [(false, attached.stop_loss), (true, attached.take_profit)];
    for (profits, price) in guards {
        let Some(price) = price else { continue };
        if want.reduce_only {
            return Err(Failure::params("You cannot set TP/SL for a reduce-only order"));
        }
        let last = exchange.market.get(&want.symbol)?.last;
        let base = want.price.filter(|_| want.kind == OrderKind::Limit).unwrap_or(last);
        let long = want.side == Side::Buy;
        let wrong = if long == profits { price <= base } else { price >= base };
        if wrong {
            let (partial, working) = (attached.partial, Working::Contract);
            let wrong = WrongSide { profits, partial, long, price, base, working };
            return Err(Refused::WrongSide(Box::new(wrong)).into());
        }
    }
    Ok(attached)
}

fn read(world: &BybitWorld, call: &Call) -> Result<NewOrder, Failure> {
    let exchange = &world.exchange;
    let symbol = call.need("symbol")?.to_owned();
    let contract = exchange.market.get(&symbol)?;
    let (kind, leg) = (kind(call)?, leg(call)?);
    let mut price = call.decimal("price")?.filter(|_| kind == OrderKind::Limit);
    let side = side(call)?;
    if kind == OrderKind::Limit {
        let given = price.ok_or_else(|| Failure::params("params error: price is required"))?;
        let (high, low) = band(contract);
        let moved = if side == Side::Buy { given.min(high) } else { given.max(low) };
        if moved != given && !world.ways.moves_prices {
            return Err(Failure::of(110003));
        }
        price = Some(moved);
    }
    let mut want = NewOrder {
        side,
        leg,
        kind,
        tif: tif(call, kind)?,
        qty: quantity(exchange, call, leg)?,
        price,
        reduce_only: call.flag("reduceOnly"),
        client_id: link(call)?,
        good_till: 0,
        stp: "None".to_owned(),
        price_match: "NONE".to_owned(),
        attached: None,
        by: By::Api,
        symbol,
    };
    let guards = attached(exchange, call, &want)?;
    let wanted = guards.stop_loss.is_some() || guards.take_profit.is_some();
    want.attached = wanted.then(|| Box::new(guards));
    Ok(want)
}

/// `POST /v5/order/create`
pub fn create(world: &mut BybitWorld, call: &Call, now: Ms) -> Answer {
    call.linear()?;
    let want = read(world, call)?;
    let name = want.client_id.clone().unwrap_or_default();
    let trigger = call.decimal("triggerPrice")?.filter(|price| !price.is_zero());
    let id = match trigger {
        Some(trigger) => {
            let want = conditional(call, want, trigger)?;
            ids::of_algo(world.act(now, |exchange| exchange.place_algo(want, now))?)
        }
        None => ids::of_plain(place(world, want, now)?),
    };
    Ok(object! { "orderId": id, "orderLinkId": name })
}

/// Places an order; one that reduces by more than an order may be is split. Source: bybit 3.8.
fn place(world: &mut BybitWorld, want: NewOrder, now: Ms) -> Result<i64, Failure> {
    let spec = world.exchange.market.get(&want.symbol)?.spec.clone();
    let most = if want.kind == OrderKind::Market { spec.market_max_qty } else { spec.max_qty };
    if want.qty <= most || !world.exchange.takes_away(&want) {
        let enters = world.exchange.would_enter(&want);
        let fate = if enters { world.faults.fate("/v5/order/create", now) } else { None };
        return Ok(world.act(now, |exchange| exchange.place_fated(want, fate, now))?);
    }
    let held = world.exchange.account.position(&want.symbol, want.leg).amount.abs();
    let mut left = want.qty.min(held);
    let mut first = None;
    while first.is_none() || left > Decimal::ZERO {
        let client_id = if first.is_none() { want.client_id.clone() } else { None };
        let qty = left.min(most).max(spec.min_qty);
        let piece = NewOrder { qty, client_id, ..want.clone() };
        let placed = world.act(now, |exchange| exchange.place(piece, now));
        match (placed, first) {
            (Ok(id), _) => first = first.or(Some(id)),
            (Err(refused), None) => return Err(refused.into()),
            (Err(_), Some(_)) => break,
        }
        left -= qty;
    }
    first.ok_or_else(|| Failure::of(10016))
}

fn conditional(call: &Call, want: NewOrder, trigger: Decimal) -> Result<NewAlgo, Failure> {
    let rises = match call.get("triggerDirection") {
        Some("1") => true,
        Some("2") => false,
        _ => return Err(Failure::params("params error: triggerDirection invalid")),
    };
    let limit = want.kind == OrderKind::Limit;
    Ok(NewAlgo {
        symbol: want.symbol,
        side: want.side,
        leg: want.leg,
        kind: if limit { AlgoKind::Stop } else { AlgoKind::StopMarket },
        tif: want.tif,
        qty: want.qty,
        trigger,
        price: want.price.filter(|_| limit),
        working: price_of(call, "triggerBy")?.unwrap_or(Working::Contract),
        close_position: false,
        reduce_only: want.reduce_only,
        price_protect: false,
        activate: None,
        callback: None,
        rises: Some(rises),
        distance: None,
        bond: Bond::Free,
        client_id: want.client_id,
        good_till: 0,
        stp: want.stp,
        price_match: want.price_match,
        by: want.by,
    })
}

/// An order that is still there, by what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Found {
    Plain(i64),
    Waiting(i64),
}

/// The open order a request names; the exchange's id wins over the client's.
fn named(exchange: &Exchange, call: &Call) -> Result<(Found, String), Failure> {
    let symbol = call.need("symbol")?;
    exchange.market.get(symbol)?;
    let (id, name) = (call.get("orderId"), call.get("orderLinkId"));
    let gone = || Failure::of(110001);
    let (id, name) = match (id, name) {
        (Some(id), _) => (Some(ids::read(id).ok_or_else(gone)?), None),
        (None, Some(name)) => (None, Some(name)),
        (None, None) => {
            return Err(Failure::params("params error: orderId or orderLinkId is required"));
        }
    };
    let order = exchange.orders.values().filter(|order| order.status.is_open()).find(|order| {
        order.want.symbol == symbol
            && match (id, &order.origin) {
                (Some((Kind::Order, id)), None) => order.id == id,
                (Some((Kind::Algo, id)), Some(origin)) => origin.algo == id,
                (Some(_), _) => false,
                (None, _) => name == Some(order.client_id.as_str()),
            }
    });
    if let Some(order) = order {
        return Ok((Found::Plain(order.id), order.client_id.clone()));
    }
    let algo = exchange.algos.values().filter(|algo| algo.waits()).find(|algo| {
        algo.want.symbol == symbol
            && match id {
                Some((kind, id)) => kind == Kind::Algo && algo.id == id,
                None => name == Some(algo.client_id.as_str()),
            }
    });
    algo.map(|algo| (Found::Waiting(algo.id), algo.client_id.clone())).ok_or_else(gone)
}

fn ack(exchange: &Exchange, found: Found, name: &str) -> Json {
    let id = match found {
        Found::Waiting(id) => ids::of_algo(id),
        Found::Plain(id) => exchange.orders.get(&id).map(ids::of_order).unwrap_or_default(),
    };
    object! { "orderId": id, "orderLinkId": name }
}

/// `POST /v5/order/cancel`
pub fn cancel(world: &mut BybitWorld, call: &Call, now: Ms) -> Answer {
    call.linear()?;
    let (found, name) = named(&world.exchange, call)?;
    match found {
        Found::Plain(id) => drop(world.act(now, |exchange| exchange.cancel(id, By::Api, now))?),
        Found::Waiting(id) => {
            world.act(now, |exchange| exchange.cancel_algo(id, By::Api, now))?;
        }
    }
    Ok(ack(&world.exchange, found, &name))
}

/// `POST /v5/order/amend`
pub fn amend(world: &mut BybitWorld, call: &Call, now: Ms) -> Answer {
    call.linear()?;
    let (found, name) = named(&world.exchange, call)?;
    let (qty, price) = (call.decimal("qty")?, call.decimal("price")?);
    match found {
        Found::Plain(id) => {
            let order = world.exchange.orders.get(&id).ok_or_else(|| Failure::of(110001))?;
            let wanted =
                (qty.unwrap_or(order.want.qty), price.or(order.want.price).unwrap_or_default());
            world.act(now, |exchange| exchange.modify(id, wanted, 0, now))?;
        }
        Found::Waiting(id) => {
            let algo = world.exchange.algos.get(&id).ok_or_else(|| Failure::of(110001))?;
            let want = changed(&world.exchange, call, algo)?;
            world.act(now, |exchange| exchange.rewrite(id, want, By::Api, now));
        }
    }
    Ok(ack(&world.exchange, found, &name))
}

fn changed(exchange: &Exchange, call: &Call, algo: &Algo) -> Result<NewAlgo, Failure> {
    let mut want = algo.want.clone();
    let spec = &exchange.market.get(&want.symbol)?.spec;
    if let Some(trigger) = call.decimal("triggerPrice")? {
        want.trigger = floor_to(trigger, spec.tick);
    }
    if let Some(qty) = call.decimal("qty")? {
        if want.bond == Bond::Whole {
            return Err(Failure::with(110060, "Not supported under the full mode"));
        }
        want.qty = floor_to(qty, spec.step);
    }
    want.working = price_of(call, "triggerBy")?.unwrap_or(want.working);
    want.price = call.decimal("price")?.filter(|_| want.price.is_some()).or(want.price);
    if want == algo.want {
        return Err(Refused::NothingChanged.into());
    }
    exchange.check_trigger(&want)?;
    Ok(want)
}

/// `POST /v5/order/cancel-all`: without a filter the protection of positions goes too.
pub fn cancel_all(world: &mut BybitWorld, call: &Call, now: Ms) -> Answer {
    call.linear()?;
    let exchange = &world.exchange;
    let (symbol, base, coin) = (call.get("symbol"), call.get("baseCoin"), call.get("settleCoin"));
    if symbol.is_none() && base.is_none() && coin.is_none() {
        return Err(Failure::params("params error: symbol, baseCoin or settleCoin is required"));
    }
    if let Some(symbol) = symbol {
        exchange.market.get(symbol)?;
    }
    let meant = |name: &str| match (symbol, base, coin) {
        (Some(symbol), _, _) => symbol == name,
        (None, Some(base), _) => {
            exchange.market.get(name).is_ok_and(|contract| contract.spec.base == base)
        }
        (None, None, coin) => coin == Some(exchange.coin_of(name).name()),
    };
    let filter = call.get("orderFilter");
    let only_own = filter == Some("StopOrder") && call.get("stopOrderType") == Some("Stop");
    let plain = filter != Some("StopOrder");
    let stops = filter.is_none() || filter == Some("StopOrder");
    let orders = exchange
        .orders
        .values()
        .filter(|order| plain && order.status.is_open() && meant(&order.want.symbol));
    let mut gone: Vec<Found> = orders.map(|order| Found::Plain(order.id)).collect();
    let waiting = exchange.algos.values().filter(|algo| {
        let fits = !only_own || algo.want.bond == Bond::Free;
        stops && fits && algo.waits() && meant(&algo.want.symbol)
    });
    gone.extend(waiting.map(|algo| Found::Waiting(algo.id)));
    gone.truncate(500);
    let acks: Vec<Json> = gone
        .iter()
        .map(|found| {
            let name = match found {
                Found::Plain(id) => exchange.orders.get(id).map(|order| order.client_id.clone()),
                Found::Waiting(id) => exchange.algos.get(id).map(|algo| algo.client_id.clone()),
            };
            ack(exchange, *found, &name.unwrap_or_default())
        })
        .collect();
    world.act(now, |exchange| {
        for found in &gone {
            let _ = match found {
                Found::Plain(id) => exchange.cancel(*id, By::Api, now).map(drop),
                Found::Waiting(id) => exchange.cancel_algo(*id, By::Api, now).map(drop),
            };
        }
    });
    Ok(object! { "list": list(acks), "success": "1" })
}
