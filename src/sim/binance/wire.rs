//! The control verbs that concern Binance's wire: keys, limits, habits, faults, sockets.

use serde_json::{Value, json};

use crate::sim::binance::auth::{Key, Proof};
use crate::sim::binance::errors::Failure;
use crate::sim::control::route_of;
use crate::sim::deeds::YEAR;
use crate::sim::exchange::Exchange;
use crate::sim::numbers::Ms;
use crate::sim::refused::Refused;
use crate::sim::stage::Stage;
use crate::sim::verbs::Verb;
use crate::sim::words::Venue;
use crate::sim::world::World;

impl Stage for World {
    fn exchange(&self) -> &Exchange {
        &self.exchange
    }

    fn exchange_mut(&mut self) -> &mut Exchange {
        &mut self.exchange
    }

    fn act<R>(&mut self, now: Ms, change: impl FnOnce(&mut Exchange) -> R) -> R {
        Self::act(self, now, change)
    }

    fn show_prices(&mut self, moved: &[String], now: Ms) {
        Self::show_prices(self, moved, now);
    }

    fn told(refused: &Refused, what: &str) -> String {
        let failure = Failure::from(refused.clone());
        format!("the exchange refused it for {what}: {} ({})", failure.msg, failure.code)
    }

    fn wire(&mut self, verb: Verb, now: Ms) -> Result<Value, String> {
        match verb {
            Verb::AddKey { api_key, public_key, secret, trade, .. } => {
                let may_trade = trade.unwrap_or(true);
                self.keys.push(new_key(&api_key, public_key, secret, may_trade)?);
            }
            Verb::SetLimits { weight, orders_10s, orders_1m, .. } => {
                let limits = &mut self.limits;
                limits.weight = weight.unwrap_or(limits.weight);
                limits.orders_10s = orders_10s.unwrap_or(limits.orders_10s);
                limits.orders_1m = orders_1m.unwrap_or(limits.orders_1m);
            }
            Verb::Ban { for_ms } => self.limits.ban(now + for_ms.clamp(0, YEAR)),
            Verb::ClockSkew { ms } => self.skew = ms.clamp(-100 * YEAR, 100 * YEAR),
            Verb::Ways { .. } => self.set_ways(&verb),
            Verb::ExpireListenKey {} => {
                return Ok(json!({"expired": self.expire_listen_key(now)}));
            }
            Verb::Kick { route, hard } => {
                return Ok(json!({"closed": self.sockets.kick(route.map(route_of), hard)}));
            }
            Verb::Mute { route } => {
                let route = route.map(route_of);
                let meant = |_, of| route.is_none_or(|route| route == of);
                return Ok(json!({"muted": self.sockets.mute(meant)}));
            }
            Verb::Fault(fault) => {
                let (trouble, scope) = fault.trouble(Venue::Binance, now)?;
                return Ok(json!({"id": self.faults.add(trouble, scope)}));
            }
            Verb::ClearFaults { id } => return Ok(json!({"cleared": self.faults.clear(id)})),
            Verb::Reset {} => self.reset(now),
            _ => {}
        }
        Ok(json!({}))
    }
}

impl World {
    fn set_ways(&mut self, verb: &Verb) {
        let Verb::Ways {
            old_user_stream,
            old_answers,
            no_order_weight,
            silent_expiry,
            text_expiry,
            ..
        } = *verb
        else {
            return;
        };
        let ways = &mut self.ways;
        ways.old_user_stream = old_user_stream.unwrap_or(ways.old_user_stream);
        ways.old_answers = old_answers.unwrap_or(ways.old_answers);
        ways.no_order_weight = no_order_weight.unwrap_or(ways.no_order_weight);
        ways.silent_expiry = silent_expiry.unwrap_or(ways.silent_expiry);
        ways.text_expiry = text_expiry.unwrap_or(ways.text_expiry);
    }
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
