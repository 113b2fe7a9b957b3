//! What each control verb does.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::sim::exchange::Happening;
use crate::sim::forced::Seed;
use crate::sim::hands::{
    clear_position_stops, close, place_stop, remove_stop, set_position_stop, trade,
};
use crate::sim::market::Depth;
use crate::sim::numbers::Ms;
use crate::sim::refused::Refused;
use crate::sim::stage::Stage;
use crate::sim::verbs::{LegName, Number, Verb};
use crate::sim::words::{By, Coin, Forced, Leg, Side};

type Done = Result<Value, String>;

/// How many contracts one verb lists at most.
const MOST_LISTED: u32 = 2000;

/// The longest time a verb knows.
pub(crate) const YEAR: Ms = 366 * 24 * 3600 * 1000;

/// Carries out one verb.
///
/// # Errors
/// One sentence; nothing was changed.
pub(crate) fn act<S: Stage>(world: &mut S, verb: Verb, now: Ms) -> Done {
    match verb {
        Verb::SetPrice { .. }
        | Verb::Freeze { .. }
        | Verb::Unfreeze { .. }
        | Verb::Volatility { .. }
        | Verb::Depth { .. }
        | Verb::ListContracts { .. }
        | Verb::KeepContracts { .. }
        | Verb::SetStatus { .. } => on_market(world, verb, now),
        Verb::Coverage { symbol } => Ok(world.exchange().coverage(symbol.as_deref())),
        Verb::Trade { .. } => trade(world, verb, now),
        Verb::Close { symbol, leg, qty, prefix } => {
            close(world, &symbol, leg, qty.map(|qty| qty.0), prefix.as_deref(), now)
        }
        Verb::PlaceStop { on_position: true, .. } => set_position_stop(world, verb, now),
        Verb::PlaceStop { .. } => place_stop(world, verb, now),
        Verb::RemoveStop { symbol: Some(symbol), leg, on_position: true, .. } => {
            clear_position_stops(world, &symbol, leg, now)
        }
        Verb::RemoveStop { symbol, id, client_id, .. } => {
            remove_stop(world, symbol.as_deref(), id, client_id.as_deref(), now)
        }
        Verb::CancelOrder { symbol, id, client_id } => {
            let order = world.exchange().find(&symbol, id, client_id.as_deref());
            let id = order.map_err(|refused| S::told(&refused, &symbol))?.id;
            let done = world.act(now, |exchange| exchange.cancel(id, By::Person, now));
            done.map(|order| json!({"order_id": order.id})).map_err(|r| S::told(&r, &symbol))
        }
        Verb::SeedPosition { .. }
        | Verb::ErasePosition { .. }
        | Verb::Liquidate { .. }
        | Verb::Adl { .. }
        | Verb::Settle { .. }
        | Verb::MarginCall { .. } => on_position(world, verb, now),
        other => on_account(world, other, now),
    }
}

/// The leg meant: the named one, else the one the mode and the open position suggest.
pub(crate) fn leg_of(world: &impl Stage, symbol: &str, leg: Option<LegName>) -> Leg {
    match leg {
        Some(LegName::Net) => Leg::Both,
        Some(LegName::Long) => Leg::Long,
        Some(LegName::Short) => Leg::Short,
        None if !world.exchange().account.is_hedge(symbol) => Leg::Both,
        None if world.exchange().account.position(symbol, Leg::Long).amount.is_zero() => Leg::Short,
        None => Leg::Long,
    }
}

fn on_market<S: Stage>(world: &mut S, verb: Verb, now: Ms) -> Done {
    let fine = |done: Result<(), Refused>, what: &str| {
        done.map(|()| json!({})).map_err(|refused| S::told(&refused, what))
    };
    match verb {
        Verb::SetPrice { symbol, price, mark, last } => {
            let pick = |own: Option<Number>| own.or(price).map(|number| number.0);
            let (mark, last) = (pick(mark), pick(last));
            if mark.is_none() && last.is_none() {
                return Err("\"set_price\" needs \"price\", \"mark\" or \"last\"".to_owned());
            }
            let done = world.act(now, |exchange| exchange.set_price(&symbol, mark, last, now));
            world.show_prices(std::slice::from_ref(&symbol), now);
            fine(done, &symbol)
        }
        Verb::Freeze { symbol } => {
            let name = symbol.as_deref();
            fine(world.exchange_mut().market.freeze(name, true), name.unwrap_or("all"))
        }
        Verb::Unfreeze { symbol } => {
            let name = symbol.as_deref();
            fine(world.exchange_mut().market.freeze(name, false), name.unwrap_or("all"))
        }
        Verb::Volatility { symbol, share } => {
            let name = symbol.as_deref();
            let share = share.0.clamp(Decimal::ZERO, Decimal::new(5, 1));
            fine(world.exchange_mut().market.set_volatility(name, share), name.unwrap_or("all"))
        }
        Verb::Depth { symbol, qty, parts } => {
            let depth = (qty.is_some() || parts.is_some()).then(|| Depth {
                qty: qty.map(|qty| qty.0),
                parts: parts.unwrap_or(1).clamp(1, 1000),
            });
            fine(world.exchange_mut().market.set_depth(&symbol, depth), &symbol)
        }
        Verb::ListContracts { like, count } => {
            let count = count.min(MOST_LISTED);
            fine(world.exchange_mut().market.list_like(&like, count, now), &like)
        }
        Verb::KeepContracts { symbols } => {
            let done = world.exchange_mut().keep_contracts(&symbols);
            done.map(|()| json!({})).map_err(|(why, what)| S::told(&why, &what))
        }
        Verb::SetStatus { symbol, status, delivery } => {
            let contract = world.exchange_mut().market.get_mut(&symbol);
            let contract = contract.map_err(|refused| S::told(&refused, &symbol))?;
            contract.status = status;
            contract.delivery = delivery.unwrap_or(contract.delivery);
            world.act(now, |exchange| exchange.happened.push(Happening::Contract(symbol)));
            Ok(json!({}))
        }
        _ => Ok(json!({})),
    }
}

fn on_position<S: Stage>(world: &mut S, verb: Verb, now: Ms) -> Done {
    let absent = |symbol: &str| format!("there is no open position of {symbol}");
    match verb {
        Verb::SeedPosition { symbol, side, qty, entry, ago_ms, history, client_id } => {
            let contract = world.exchange().market.get(&symbol);
            let last = contract.map_err(|refused| S::told(&refused, &symbol))?.last;
            let seed = Seed {
                side: side.side(),
                qty: qty.0,
                entry: entry.map_or(last, |entry| entry.0),
                opened: now - ago_ms.unwrap_or(0).clamp(0, YEAR),
                with_history: history.unwrap_or(true),
                client_id,
                symbol: symbol.clone(),
            };
            let done = world.act(now, |exchange| exchange.seed_position(&seed, now));
            done.map(|()| json!({})).map_err(|refused| S::told(&refused, &symbol))
        }
        Verb::ErasePosition { symbol, leg } => {
            let leg = leg_of(world, &symbol, leg);
            let gone = world.act(now, |exchange| exchange.erase_position(&symbol, leg, now));
            if gone { Ok(json!({})) } else { Err(absent(&symbol)) }
        }
        Verb::Liquidate { symbol, leg, price } => {
            force(world, &symbol, leg, Forced::Liquidation, price, now)
        }
        Verb::Adl { symbol, leg, price } => force(world, &symbol, leg, Forced::Adl, price, now),
        Verb::Settle { symbol, price } => {
            let price = price.map(|price| price.0);
            let done = world.act(now, |exchange| exchange.settle(&symbol, price, now));
            done.map(|()| json!({})).map_err(|refused| S::told(&refused, &symbol))
        }
        Verb::MarginCall { symbol, leg } => {
            let leg = leg_of(world, &symbol, leg);
            if world.exchange().account.position(&symbol, leg).amount.is_zero() {
                return Err(absent(&symbol));
            }
            let call = Happening::MarginCall((symbol, leg));
            world.act(now, |exchange| exchange.happened.push(call));
            Ok(json!({}))
        }
        _ => Ok(json!({})),
    }
}

fn force<S: Stage>(
    world: &mut S,
    symbol: &str,
    leg: Option<LegName>,
    why: Forced,
    price: Option<Number>,
    now: Ms,
) -> Done {
    let leg = leg_of(world, symbol, leg);
    let price = price.map(|price| price.0);
    let done = world.act(now, |exchange| exchange.force_close(symbol, leg, why, price, now));
    if done { Ok(json!({})) } else { Err(format!("there is no open position of {symbol}")) }
}

fn on_account<S: Stage>(world: &mut S, verb: Verb, now: Ms) -> Done {
    match verb {
        Verb::Fund { symbol, rate } => {
            let done = world.act(now, |exchange| exchange.fund(&symbol, rate.0, now));
            return done.map(|()| json!({})).map_err(|refused| S::told(&refused, &symbol));
        }
        Verb::Transfer { amount, coin } => {
            if amount.0.abs() > Decimal::from(1_000_000_000_u32) {
                return Err("\"transfer\" moves at most 1,000,000,000".to_owned());
            }
            let coin = coin.as_deref().unwrap_or("USDT");
            let coin = Coin::parse(coin).ok_or_else(|| format!("there is no coin {coin:?}"))?;
            world.act(now, |exchange| exchange.transfer(coin, amount.0, now));
        }
        Verb::HedgeMode { on, symbol: Some(symbol) } => {
            let known = world.exchange().market.get(&symbol).map(drop);
            known.map_err(|refused| S::told(&refused, &symbol))?;
            world.exchange_mut().account.set_mode(&symbol, on);
        }
        Verb::HedgeMode { on, symbol: None } => world.exchange_mut().one_mode(on),
        other => return world.wire(other, now),
    }
    Ok(json!({}))
}

/// The side that takes from a position, and how much there is.
pub(crate) fn closing(world: &impl Stage, symbol: &str, leg: Leg) -> Option<(Side, Decimal)> {
    let position = world.exchange().account.position(symbol, leg);
    (!position.amount.is_zero()).then(|| (position.closing_side(), position.amount.abs()))
}
