//! Plain orders over REST: place, query, change, cancel, in ones and in batches.

use serde_json::Value;

use crate::sim::binance::call::Call;
use crate::sim::binance::errors::Failure;
use crate::sim::binance::rows::{self, Form};
use crate::sim::exchange::Exchange;
use crate::sim::json::{Json, list, object};
use crate::sim::numbers::Ms;
use crate::sim::orders::{NewOrder, Order};
use crate::sim::refused::Refused;
use crate::sim::words::{AlgoKind, By, Leg, OrderKind, Side, Status, Tif};
use crate::sim::world::World;

type Answer = Result<Json, Failure>;

/// After this an order without any fill is forgotten.
const THREE_DAYS: Ms = 3 * 24 * 3600 * 1000;

/// An order as an answer.
pub fn row(exchange: &Exchange, order: &Order, form: Form) -> Answer {
    let spec = &exchange.market.get(&order.want.symbol)?.spec;
    Ok(rows::order(order, spec, form))
}

fn short(world: &World) -> Form {
    if world.ways.old_answers { Form::Old } else { Form::Short }
}

/// Reads side, leg and client id, which plain and conditional orders share.
pub fn side_and_leg(call: &Call) -> Result<(Side, Leg), Failure> {
    let side = Side::parse(call.need("side")?).ok_or_else(|| Failure::of(-1117))?;
    let leg = match call.get("positionSide") {
        None => Leg::Both,
        Some(text) => Leg::parse(text).ok_or_else(|| Failure::missing("positionSide"))?,
    };
    Ok((side, leg))
}

/// A client id of one to 36 of the allowed characters.
///
/// # Errors
/// -4015 when it is too long, -1100 for other characters.
pub fn client_id(call: &Call, name: &str) -> Result<Option<String>, Failure> {
    let Some(id) = call.get(name) else { return Ok(None) };
    if id.chars().count() > 36 {
        return Err(Failure::of(-4015));
    }
    let fits = |letter: char| letter.is_ascii_alphanumeric() || ".:/_-".contains(letter);
    if id.chars().all(fits) {
        return Ok(Some(id.to_owned()));
    }
    let msg = format!(
        "Illegal characters found in parameter '{name}'; legal range is \
         '^[\\.A-Z\\:/a-z0-9_-]{{1,36}}$'."
    );
    Err(Failure::with(-1100, msg))
}

/// Reads the time in force; `GTC` when not sent.
///
/// # Errors
/// -1115.
pub fn time_in_force(call: &Call) -> Result<Tif, Failure> {
    call.get("timeInForce")
        .map_or(Ok(Tif::Gtc), |text| Tif::parse(text).ok_or_else(|| Failure::of(-1115)))
}

/// A reduce-only flag; sent at all in hedge mode it is refused.
///
/// # Errors
/// -1102, -1106.
pub fn reduce_only(exchange: &Exchange, call: &Call) -> Result<bool, Failure> {
    let wanted = call.flag("reduceOnly")?;
    if exchange.account.hedge && call.get("reduceOnly").is_some() {
        return Err(Refused::ReduceOnlyNotWanted.into());
    }
    Ok(wanted)
}

fn read(exchange: &Exchange, call: &Call) -> Result<NewOrder, Failure> {
    let symbol = call.need("symbol")?.to_owned();
    let (side, leg) = side_and_leg(call)?;
    let kind = call.need("type")?;
    if AlgoKind::parse(kind).is_some() {
        return Err(Failure::of(-4120));
    }
    let kind = OrderKind::parse(kind).ok_or_else(|| Failure::of(-1116))?;
    let qty = call.decimal("quantity")?.ok_or_else(|| Failure::missing("quantity"))?;
    let price_match = call.get("priceMatch").unwrap_or("NONE").to_owned();
    let contract = exchange.market.get(&symbol)?;
    let price = match (kind, call.decimal("price")?) {
        (OrderKind::Market, _) => None,
        (OrderKind::Limit, Some(price)) => Some(price),
        (OrderKind::Limit, None) => Some(match (price_match.as_str(), side) {
            ("OPPONENT" | "OPPONENT_5", Side::Buy) | ("QUEUE" | "QUEUE_5", Side::Sell) => {
                contract.ask()
            }
            ("OPPONENT" | "OPPONENT_5", Side::Sell) | ("QUEUE" | "QUEUE_5", Side::Buy) => {
                contract.bid()
            }
            _ => return Err(Failure::missing("price")),
        }),
    };
    if kind == OrderKind::Limit && call.get("timeInForce").is_none() {
        return Err(Failure::missing("timeInForce"));
    }
    Ok(NewOrder {
        symbol,
        side,
        leg,
        kind,
        tif: time_in_force(call)?,
        qty,
        price,
        reduce_only: reduce_only(exchange, call)?,
        client_id: client_id(call, "newClientOrderId")?,
        good_till: call.whole("goodTillDate")?.unwrap_or(0),
        stp: call.get("selfTradePreventionMode").unwrap_or("EXPIRE_MAKER").to_owned(),
        price_match,
        attached: None,
        by: By::Api,
    })
}

/// `POST /fapi/v1/order`. An ACK answer shows the order as it was accepted, whatever became of it.
pub fn place(world: &mut World, call: &Call, now: Ms) -> Answer {
    let want = read(&world.exchange, call)?;
    let waits = call.get("newOrderRespType") == Some("RESULT")
        && (want.kind == OrderKind::Market || matches!(want.tif, Tif::Ioc | Tif::Fok));
    let enters = world.exchange.would_enter(&want);
    let fate = if enters { world.faults.fate("/fapi/v1/order", now) } else { None };
    let id = world.act(now, |exchange| exchange.place_fated(want, fate, now))?;
    let order = world.exchange.orders.get(&id).ok_or_else(|| Failure::of(-2013))?;
    let mut shown = order.clone();
    if !waits {
        let nothing = rust_decimal::Decimal::ZERO;
        (shown.status, shown.filled, shown.value) = (Status::New, nothing, nothing);
    }
    row(&world.exchange, &shown, short(world))
}

/// `POST /fapi/v1/order/test`: all checks, then an order with nothing in it.
pub fn test(world: &mut World, call: &Call, _: Ms) -> Answer {
    let want = read(&world.exchange, call)?;
    world.exchange.try_order(want)?;
    Ok(object! {
        "orderId": 0, "symbol": "", "status": "", "clientOrderId": "", "price": "",
        "origQty": "", "executedQty": "", "cumQty": "", "timeInForce": "", "type": "",
        "reduceOnly": false, "closePosition": false, "side": "", "positionSide": "",
        "stopPrice": "", "workingType": "", "priceProtect": false, "origType": "",
        "updateTime": 0,
    })
}

fn each(call: &Call, name: &str) -> Result<Vec<Value>, Failure> {
    let text = call.need(name)?;
    let parsed: Result<Vec<Value>, _> = serde_json::from_str(text);
    parsed.map_err(|_| Failure::missing(name))
}

fn element(answer: Answer) -> Json {
    answer.unwrap_or_else(|failure| failure.body())
}

/// `POST /fapi/v1/batchOrders`: every element is an order or an error.
pub fn place_batch(world: &mut World, call: &Call, now: Ms) -> Answer {
    let orders = each(call, "batchOrders")?;
    if orders.is_empty() || orders.len() > 5 {
        return Err(Failure::missing("batchOrders"));
    }
    let answers = orders.iter().map(|order| {
        let fields = order.as_object().into_iter().flatten();
        let params = fields.map(|(name, value)| {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            (name.clone(), text)
        });
        let part = call.part(params.collect());
        element(place(world, &part, now))
    });
    Ok(list(answers.collect::<Vec<Json>>()))
}

/// The order a request names.
///
/// # Errors
/// -1102 without any id, -2013 when there is none (or not yet, or not any more).
fn named(world: &mut World, call: &Call, now: Ms) -> Result<Order, Failure> {
    let symbol = call.need("symbol")?;
    world.exchange.market.get(symbol)?;
    let (id, client) = (call.whole("orderId")?, call.get("origClientOrderId"));
    if id.is_none() && client.is_none() {
        let msg = "Param 'origClientOrderId' or 'orderId' must be sent, but both were empty/null!";
        return Err(Failure::with(-1102, msg));
    }
    let order = world.exchange.find(symbol, id, client)?.clone();
    let forgotten =
        !order.status.is_open() && order.filled.is_zero() && now - order.updated > THREE_DAYS;
    if forgotten || world.faults.hides(&[order.created], &call.path, now)[0] {
        return Err(Failure::of(-2013));
    }
    Ok(order)
}

/// `GET /fapi/v1/order`
pub fn query(world: &mut World, call: &Call, now: Ms) -> Answer {
    let order = named(world, call, now)?;
    row(&world.exchange, &order, Form::Full)
}

/// `GET /fapi/v1/openOrder`
pub fn query_open(world: &mut World, call: &Call, now: Ms) -> Answer {
    let order = named(world, call, now)?;
    if !order.status.is_open() {
        return Err(Failure::of(-2013));
    }
    row(&world.exchange, &order, Form::Full)
}

/// `GET /fapi/v1/openOrders`: conditional orders never appear here.
pub fn open_orders(world: &mut World, call: &Call, now: Ms) -> Answer {
    if let Some(symbol) = call.get("symbol") {
        world.exchange.market.get(symbol)?;
    }
    let mine = |order: &&Order| call.get("symbol").is_none_or(|only| only == order.want.symbol);
    let open = world.exchange.orders.values().filter(|order| order.status.is_open());
    let open: Vec<Order> = open.filter(mine).cloned().collect();
    let accepted: Vec<Ms> = open.iter().map(|order| order.created).collect();
    let hidden = world.faults.hides(&accepted, &call.path, now);
    let seen = open.iter().zip(hidden).filter(|(_, hidden)| !hidden);
    let rows: Result<Vec<Json>, Failure> =
        seen.map(|(order, _)| row(&world.exchange, order, Form::Full)).collect();
    Ok(list(rows?))
}

/// `GET /fapi/v1/allOrders`
pub fn all_orders(world: &mut World, call: &Call, now: Ms) -> Answer {
    let (from, to) = call.span(now)?;
    let first = call.whole("orderId")?;
    let limit = call.limit(500, 1000)?;
    let mut rows = Vec::new();
    for order in world.exchange.orders.values() {
        let forgotten =
            !order.status.is_open() && order.filled.is_zero() && now - order.updated > THREE_DAYS;
        let in_span =
            first.map_or_else(|| (from..=to).contains(&order.created), |first| order.id >= first);
        let mine = call.get("symbol").is_none_or(|only| only == order.want.symbol);
        if mine && in_span && !forgotten {
            rows.push(row(&world.exchange, order, Form::History)?);
        }
    }
    if first.is_some() {
        rows.truncate(limit);
    }
    Ok(list(rows.split_off(rows.len().saturating_sub(limit))))
}

/// `DELETE /fapi/v1/order`
pub fn cancel(world: &mut World, call: &Call, now: Ms) -> Answer {
    let order = match named(world, call, now) {
        Ok(order) => order,
        Err(failure) if failure.code == -2013 => return Err(Failure::of(-2011)),
        Err(failure) => return Err(failure),
    };
    let order = world.act(now, |exchange| exchange.cancel(order.id, By::Api, now))?;
    row(&world.exchange, &order, short(world))
}

/// `DELETE /fapi/v1/batchOrders`
pub fn cancel_batch(world: &mut World, call: &Call, now: Ms) -> Answer {
    let symbol = call.need("symbol")?.to_owned();
    let lists = [
        ("orderIdList", "orderId"),
        ("orderidlist", "orderId"),
        ("origClientOrderIdList", "origClientOrderId"),
        ("origclientorderidlist", "origClientOrderId"),
    ];
    let found = lists.into_iter().find(|(name, _)| call.get(name).is_some());
    let (name, single) = found.ok_or_else(|| Failure::missing("orderIdList"))?;
    let mut answers = Vec::new();
    for id in each(call, name)? {
        let id = id.as_str().map_or_else(|| id.to_string(), str::to_owned);
        let params = vec![("symbol".to_owned(), symbol.clone()), (single.to_owned(), id)];
        let part = call.part(params);
        answers.push(element(cancel(world, &part, now)));
    }
    Ok(list(answers))
}

/// `DELETE /fapi/v1/allOpenOrders`: conditional orders stay.
pub fn cancel_all(world: &mut World, call: &Call, now: Ms) -> Answer {
    let symbol = call.need("symbol")?;
    world.exchange.market.get(symbol)?;
    world.act(now, |exchange| exchange.cancel_all(symbol, By::Api, now));
    Ok(object! { "code": 200, "msg": "The operation of cancel all open order is done." })
}

/// `PUT /fapi/v1/order`
pub fn modify(world: &mut World, call: &Call, now: Ms) -> Answer {
    call.need("side")?;
    let qty = call.decimal("quantity")?.ok_or_else(|| Failure::missing("quantity"))?;
    let price = call.decimal("price")?.ok_or_else(|| Failure::missing("price"))?;
    let modify_id = call.whole("modifyId")?.unwrap_or(0);
    let id = named(world, call, now)?.id;
    let order = world.act(now, |exchange| exchange.modify(id, (qty, price), modify_id, now))?;
    row(&world.exchange, &order, if world.ways.old_answers { Form::Old } else { Form::Changed })
}

/// `POST /fapi/v1/countdownCancelAll`
pub fn countdown(world: &mut World, call: &Call, now: Ms) -> Answer {
    let symbol = call.need("symbol")?;
    world.exchange.market.get(symbol)?;
    let ms = call.whole("countdownTime")?.ok_or_else(|| Failure::missing("countdownTime"))?;
    let at = (ms > 0).then(|| now.saturating_add(ms));
    world.exchange.set_countdown(symbol, at);
    Ok(object! { "symbol": symbol, "countdownTime": ms.to_string() })
}
