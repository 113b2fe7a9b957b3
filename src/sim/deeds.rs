//! What each control verb does.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::sim::binance::auth::{Key, Proof};
use crate::sim::binance::errors::Failure;
use crate::sim::control::route_of;
use crate::sim::exchange::Happening;
use crate::sim::forced::Seed;
use crate::sim::hands::{close, place_stop, remove_stop, trade};
use crate::sim::market::Depth;
use crate::sim::numbers::Ms;
use crate::sim::refused::Refused;
use crate::sim::verbs::{LegName, Number, Verb};
use crate::sim::words::{By, Coin, Forced, Leg, Side};
use crate::sim::world::World;

type Done = Result<Value, String>;

const YEAR: Ms = 366 * 24 * 3600 * 1000;

/// Carries out one verb.
///
/// # Errors
/// One sentence; nothing was changed.
pub(crate) fn act(world: &mut World, verb: Verb, now: Ms) -> Done {
    match verb {
        Verb::SetPrice { .. }
        | Verb::Freeze { .. }
        | Verb::Unfreeze { .. }
        | Verb::Volatility { .. }
        | Verb::Depth { .. }
        | Verb::SetStatus { .. } => on_market(world, verb, now),
        Verb::Trade { .. } => trade(world, verb, now),
        Verb::Close { symbol, leg, qty, prefix } => {
            close(world, &symbol, leg, qty.map(|qty| qty.0), prefix.as_deref(), now)
        }
        Verb::PlaceStop { .. } => place_stop(world, verb, now),
        Verb::RemoveStop { symbol, id, client_id } => {
            remove_stop(world, symbol.as_deref(), id, client_id.as_deref(), now)
        }
        Verb::CancelOrder { symbol, id, client_id } => {
            let order = world.exchange.find(&symbol, id, client_id.as_deref());
            let id = order.map_err(|refused| told(&refused, &symbol))?.id;
            let done = world.act(now, |exchange| exchange.cancel(id, By::Person, now));
            done.map(|order| json!({"order_id": order.id})).map_err(|r| told(&r, &symbol))
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

/// A refusal as a sentence of the control door.
pub(crate) fn told(refused: &Refused, what: &str) -> String {
    let failure = Failure::from(refused.clone());
    format!("the exchange refused it for {what}: {} ({})", failure.msg, failure.code)
}

/// The leg meant: the named one, else the one the mode and the open position suggest.
pub(crate) fn leg_of(world: &World, symbol: &str, leg: Option<LegName>) -> Leg {
    match leg {
        Some(LegName::Net) => Leg::Both,
        Some(LegName::Long) => Leg::Long,
        Some(LegName::Short) => Leg::Short,
        None if !world.exchange.account.is_hedge(symbol) => Leg::Both,
        None if world.exchange.account.position(symbol, Leg::Long).amount.is_zero() => Leg::Short,
        None => Leg::Long,
    }
}

fn on_market(world: &mut World, verb: Verb, now: Ms) -> Done {
    let fine = |done: Result<(), Refused>, what: &str| {
        done.map(|()| json!({})).map_err(|refused| told(&refused, what))
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
            fine(world.exchange.market.freeze(name, true), name.unwrap_or("all"))
        }
        Verb::Unfreeze { symbol } => {
            let name = symbol.as_deref();
            fine(world.exchange.market.freeze(name, false), name.unwrap_or("all"))
        }
        Verb::Volatility { symbol, share } => {
            let name = symbol.as_deref();
            let share = share.0.clamp(Decimal::ZERO, Decimal::new(5, 1));
            fine(world.exchange.market.set_volatility(name, share), name.unwrap_or("all"))
        }
        Verb::Depth { symbol, qty, parts } => {
            let depth = (qty.is_some() || parts.is_some()).then(|| Depth {
                qty: qty.map(|qty| qty.0),
                parts: parts.unwrap_or(1).clamp(1, 1000),
            });
            fine(world.exchange.market.set_depth(&symbol, depth), &symbol)
        }
        Verb::SetStatus { symbol, status, delivery } => {
            let contract = world.exchange.market.get_mut(&symbol);
            let contract = contract.map_err(|refused| told(&refused, &symbol))?;
            contract.status = status;
            contract.delivery = delivery.unwrap_or(contract.delivery);
            world.act(now, |exchange| exchange.happened.push(Happening::Contract(symbol)));
            Ok(json!({}))
        }
        _ => Ok(json!({})),
    }
}

fn on_position(world: &mut World, verb: Verb, now: Ms) -> Done {
    let absent = |symbol: &str| format!("there is no open position of {symbol}");
    match verb {
        Verb::SeedPosition { symbol, side, qty, entry, ago_ms, history, client_id } => {
            let contract = world.exchange.market.get(&symbol);
            let last = contract.map_err(|refused| told(&refused, &symbol))?.last;
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
            done.map(|()| json!({})).map_err(|refused| told(&refused, &symbol))
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
            done.map(|()| json!({})).map_err(|refused| told(&refused, &symbol))
        }
        Verb::MarginCall { symbol, leg } => {
            let leg = leg_of(world, &symbol, leg);
            if world.exchange.account.position(&symbol, leg).amount.is_zero() {
                return Err(absent(&symbol));
            }
            let call = Happening::MarginCall((symbol, leg));
            world.act(now, |exchange| exchange.happened.push(call));
            Ok(json!({}))
        }
        _ => Ok(json!({})),
    }
}

fn force(
    world: &mut World,
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

fn on_account(world: &mut World, verb: Verb, now: Ms) -> Done {
    match verb {
        Verb::Fund { symbol, rate } => {
            let done = world.act(now, |exchange| exchange.fund(&symbol, rate.0, now));
            return done.map(|()| json!({})).map_err(|refused| told(&refused, &symbol));
        }
        Verb::Transfer { amount } => {
            if amount.0.abs() > Decimal::from(1_000_000_000_u32) {
                return Err("\"transfer\" moves at most 1,000,000,000".to_owned());
            }
            world.act(now, |exchange| exchange.transfer(Coin::Usdt, amount.0, now));
        }
        Verb::HedgeMode { on } => world.exchange.account.hedge = on,
        Verb::AddKey { api_key, public_key, secret, trade } => {
            let may_trade = trade.unwrap_or(true);
            world.keys.push(new_key(&api_key, public_key, secret, may_trade)?);
        }
        Verb::SetLimits { weight, orders_10s, orders_1m } => {
            let limits = &mut world.limits;
            limits.weight = weight.unwrap_or(limits.weight);
            limits.orders_10s = orders_10s.unwrap_or(limits.orders_10s);
            limits.orders_1m = orders_1m.unwrap_or(limits.orders_1m);
        }
        Verb::Ban { for_ms } => world.limits.ban(now + for_ms.clamp(0, YEAR)),
        Verb::ClockSkew { ms } => world.skew = ms.clamp(-100 * YEAR, 100 * YEAR),
        Verb::Ways {
            old_user_stream,
            old_answers,
            no_order_weight,
            silent_expiry,
            text_expiry,
        } => {
            let ways = &mut world.ways;
            ways.old_user_stream = old_user_stream.unwrap_or(ways.old_user_stream);
            ways.old_answers = old_answers.unwrap_or(ways.old_answers);
            ways.no_order_weight = no_order_weight.unwrap_or(ways.no_order_weight);
            ways.silent_expiry = silent_expiry.unwrap_or(ways.silent_expiry);
            ways.text_expiry = text_expiry.unwrap_or(ways.text_expiry);
        }
        Verb::ExpireListenKey {} => {
            return Ok(json!({"expired": world.expire_listen_key(now)}));
        }
        Verb::Kick { route } => {
            return Ok(json!({"closed": world.sockets.kick(route.map(route_of))}));
        }
        Verb::Fault(fault) => {
            let (trouble, scope) = fault.trouble(now)?;
            return Ok(json!({"id": world.faults.add(trouble, scope)}));
        }
        Verb::ClearFaults { id } => {
            return Ok(json!({"cleared": world.faults.clear(id)}));
        }
        Verb::Reset {} => world.reset(now),
        _ => {}
    }
    Ok(json!({}))
}

fn new_key(
    api_key: &str,
    public_key: Option<String>,
    secret: Option<String>,
    may_trade: bool,
) -> Result<Key, String> {
    if api_key.len() != 64 || !api_key.chars().all(|letter| letter.is_ascii_alphanumeric()) {
        return Err("\"api_key\" must be 64 letters and digits".to_owned());
    }
    match (public_key, secret) {
        (Some(pem), None) => Key::from_pem(api_key, &pem, may_trade)
            .ok_or_else(|| "\"public_key\" is no PEM of an Ed25519 or RSA public key".to_owned()),
        (None, Some(secret)) => {
            let (api_key, proof) = (api_key.to_owned(), Proof::Hmac(secret));
            Ok(Key { api_key, proof, may_trade })
        }
        _ => Err("\"add_key\" needs either \"secret\" or \"public_key\"".to_owned()),
    }
}

/// The side that takes from a position, and how much there is.
pub(crate) fn closing(world: &World, symbol: &str, leg: Leg) -> Option<(Side, Decimal)> {
    let position = world.exchange.account.position(symbol, leg);
    (!position.amount.is_zero()).then(|| (position.closing_side(), position.amount.abs()))
}
