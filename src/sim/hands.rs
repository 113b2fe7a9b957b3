//! What a person does in the web page or an app: trades and stops that are not the engine's.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::sim::algo::NewAlgo;
use crate::sim::deeds::{closing, leg_of};
use crate::sim::forced::venue_order;
use crate::sim::numbers::Ms;
use crate::sim::position_stops::StopWish;
use crate::sim::stage::Stage;
use crate::sim::verbs::{LegName, Verb};
use crate::sim::words::{AlgoKind, Bond, By, Leg, OrderKind, Side, Tif, Venue, Working};

type Done = Result<Value, String>;

/// Trades as the account's owner.
pub(crate) fn trade<S: Stage>(world: &mut S, verb: Verb, now: Ms) -> Done {
    let Verb::Trade { symbol, side, qty, leg, price, prefix, client_id, reduce_only } = verb else {
        return Ok(json!({}));
    };
    let side = side.side();
    let hedge = world.exchange().account.is_hedge(&symbol);
    let leg = match leg {
        Some(_) => leg_of(world, &symbol, leg),
        // In hedge mode a person who reduces means the other leg.
        None if hedge && reduce_only => world.exchange().leg_of(&symbol, side.other()),
        None => world.exchange().leg_of(&symbol, side),
    };
    let mut want = venue_order(&symbol, side, leg, qty.0, By::Person);
    want.reduce_only = reduce_only && !hedge;
    if let Some(price) = price {
        (want.kind, want.price) = (OrderKind::Limit, Some(price.0));
    }
    want.client_id = client_id.or_else(|| own_name(world, prefix.as_deref()));
    let name = want.client_id.clone();
    let done = world.act(now, |exchange| exchange.place(want, now));
    done.map(|id| json!({"order_id": id, "client_id": name})).map_err(|r| S::told(&r, &symbol))
}

/// The client id of a person's order; some venues give it none unless a program is named.
fn own_name(world: &mut impl Stage, prefix: Option<&str>) -> Option<String> {
    let exchange = world.exchange_mut();
    (exchange.venue == Venue::Binance || prefix.is_some())
        .then(|| exchange.person_id(prefix.unwrap_or("web")))
}

/// Closes a position, or a part of it, as the account's owner.
pub(crate) fn close<S: Stage>(
    world: &mut S,
    symbol: &str,
    leg: Option<LegName>,
    qty: Option<Decimal>,
    prefix: Option<&str>,
    now: Ms,
) -> Done {
    let leg = leg_of(world, symbol, leg);
    let Some((side, held)) = closing(world, symbol, leg) else {
        return Err(format!("there is no open position of {symbol}"));
    };
    let most = world.exchange().market.get(symbol).map(|contract| contract.spec.market_max_qty);
    let most = most.map_err(|refused| S::told(&refused, symbol))?;
    let mut left = qty.unwrap_or(held);
    let mut ids = Vec::new();
    // A close above the largest market order goes in pieces, as the web page does it.
    while left > Decimal::ZERO {
        let piece = left.min(most);
        let mut want = venue_order(symbol, side, leg, piece, By::Person);
        want.reduce_only = leg == Leg::Both || world.exchange().venue == Venue::Bybit;
        want.client_id = own_name(world, prefix);
        let done = world.act(now, |exchange| exchange.place(want, now));
        ids.push(done.map_err(|refused| S::told(&refused, symbol))?);
        left -= piece;
    }
    Ok(json!({"order_id": ids.first(), "order_ids": ids}))
}

/// Places a conditional order; side and quantity come from the position unless given.
pub(crate) fn place_stop<S: Stage>(world: &mut S, verb: Verb, now: Ms) -> Done {
    let Verb::PlaceStop {
        symbol,
        trigger,
        qty,
        side,
        leg,
        kind,
        working,
        client_id,
        prefix,
        reduce_only,
        close_position,
        ..
    } = verb
    else {
        return Ok(json!({}));
    };
    let leg = leg_of(world, &symbol, leg);
    let held = closing(world, &symbol, leg);
    let side = side.map(|side| side.side()).or(held.map(|(side, _)| side));
    let side: Side = side.ok_or_else(|| {
        format!("\"place_stop\" needs \"side\" while there is no position of {symbol}")
    })?;
    let qty = match (close_position, qty, held) {
        (true, _, _) => Decimal::ZERO,
        (false, Some(qty), _) => qty.0,
        (false, None, Some((_, held))) => held,
        (false, None, None) => {
            return Err(format!("\"place_stop\" needs \"qty\" without a position of {symbol}"));
        }
    };
    let word = |text: Option<String>, usual: &str| text.unwrap_or_else(|| usual.to_owned());
    let (kind, working) = (word(kind, "STOP_MARKET"), word(working, "MARK_PRICE"));
    let client_id = client_id.or_else(|| own_name(world, prefix.as_deref()));
    let one_way =
        world.exchange().venue == Venue::Bybit || !world.exchange().account.is_hedge(&symbol);
    let want = NewAlgo {
        side,
        leg,
        kind: AlgoKind::parse(&kind).ok_or_else(|| format!("there is no stop kind {kind:?}"))?,
        tif: Tif::Gtc,
        qty,
        trigger: trigger.0,
        price: None,
        working: Working::parse(&working)
            .ok_or_else(|| format!("there is no working type {working:?}"))?,
        close_position,
        reduce_only: reduce_only.unwrap_or(true) && one_way && !close_position,
        price_protect: false,
        activate: None,
        callback: None,
        rises: None,
        distance: None,
        bond: Bond::Free,
        client_id: client_id.clone(),
        good_till: 0,
        stp: "EXPIRE_MAKER".to_owned(),
        price_match: "NONE".to_owned(),
        by: By::Person,
        symbol: symbol.clone(),
    };
    if matches!(want.kind, AlgoKind::Stop | AlgoKind::TakeProfit | AlgoKind::TrailingStopMarket) {
        return Err(format!("\"place_stop\" knows STOP_MARKET and TAKE_PROFIT_MARKET, not {kind}"));
    }
    let done = world.act(now, |exchange| exchange.place_algo(want, now));
    done.map(|id| json!({"algo_id": id, "client_id": client_id})).map_err(|r| S::told(&r, &symbol))
}

/// Sets a stop on the position itself, as the position's own dialog does.
pub(crate) fn set_position_stop<S: Stage>(world: &mut S, verb: Verb, now: Ms) -> Done {
    let Verb::PlaceStop { symbol, trigger, leg, kind, working, qty, .. } = verb else {
        return Ok(json!({}));
    };
    if world.exchange().venue != Venue::Bybit {
        return Err("\"on_position\" is for the venue \"bybit\"".to_owned());
    }
    let leg = leg_of(world, &symbol, leg);
    let working = working.unwrap_or_else(|| "MARK_PRICE".to_owned());
    let working =
        Working::parse(&working).ok_or_else(|| format!("there is no working type {working:?}"))?;
    let mut wish = StopWish::of(&symbol, leg, By::Person);
    (wish.partial, wish.size) = (qty.is_some(), qty.map(|qty| qty.0));
    match kind.as_deref().unwrap_or("STOP_MARKET") {
        "STOP_MARKET" => (wish.stop_loss, wish.stop_by) = (Some(trigger.0), Some(working)),
        "TAKE_PROFIT_MARKET" => {
            (wish.take_profit, wish.profit_by) = (Some(trigger.0), Some(working));
        }
        "TRAILING_STOP_MARKET" => wish.trailing = Some(trigger.0),
        other => return Err(format!("a position has no stop of kind {other:?}")),
    }
    let done = world.act(now, |exchange| exchange.trading_stop(&wish, now));
    done.map(|()| json!({})).map_err(|refused| S::told(&refused, &symbol))
}

/// Takes every stop of the whole position away.
pub(crate) fn clear_position_stops<S: Stage>(
    world: &mut S,
    symbol: &str,
    leg: Option<LegName>,
    now: Ms,
) -> Done {
    let leg = leg_of(world, symbol, leg);
    let nothing = Some(Decimal::ZERO);
    let wish = StopWish {
        stop_loss: nothing,
        take_profit: nothing,
        trailing: nothing,
        ..StopWish::of(symbol, leg, By::Person)
    };
    let done = world.act(now, |exchange| exchange.trading_stop(&wish, now));
    done.map(|()| json!({})).map_err(|refused| S::told(&refused, symbol))
}

/// Cancels conditional orders by id, client id or contract.
pub(crate) fn remove_stop<S: Stage>(
    world: &mut S,
    symbol: Option<&str>,
    id: Option<i64>,
    client_id: Option<&str>,
    now: Ms,
) -> Done {
    let gone = match (symbol, id, client_id) {
        (None, None, None) => {
            return Err("\"remove_stop\" needs \"symbol\", \"id\" or \"client_id\"".to_owned());
        }
        (Some(symbol), None, None) => {
            world.act(now, |exchange| exchange.cancel_all_algos(symbol, By::Person, now))
        }
        (_, id, client_id) => {
            let found = world.exchange().find_algo(id, client_id);
            let id = found.map_err(|refused| S::told(&refused, "the stop"))?.id;
            let done = world.act(now, |exchange| exchange.cancel_algo(id, By::Person, now));
            usize::from(done.is_ok())
        }
    };
    if gone == 0 {
        Err("there is no such waiting stop".to_owned())
    } else {
        Ok(json!({"removed": gone}))
    }
}
