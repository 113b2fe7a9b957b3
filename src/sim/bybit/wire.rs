//! The control verbs that concern Bybit's wire: keys, limits, habits, faults, sockets.

use serde_json::{Value, json};

use crate::sim::binance::auth::{Key as PemKey, Proof};
use crate::sim::bybit::auth::Key;
use crate::sim::bybit::errors::Failure;
use crate::sim::bybit::world::BybitWorld;
use crate::sim::control::route_of;
use crate::sim::deeds::YEAR;
use crate::sim::exchange::Exchange;
use crate::sim::numbers::Ms;
use crate::sim::refused::Refused;
use crate::sim::stage::Stage;
use crate::sim::verbs::Verb;
use crate::sim::words::Venue;

impl Stage for BybitWorld {
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
            Verb::AddKey { api_key, public_key, secret, trade, ips } => {
                let proof = proof(&api_key, public_key, secret)?;
                let (may_trade, ips) = (trade.unwrap_or(true), ips.unwrap_or_default());
                self.keys.push(Key { api_key, proof, may_trade, ips });
            }
            Verb::SetLimits { per_endpoint, per_ip, counted, .. } => {
                let limits = &mut self.limits;
                limits.per_endpoint = per_endpoint.or(limits.per_endpoint);
                limits.per_ip = per_ip.unwrap_or(limits.per_ip);
                limits.on = counted.unwrap_or(limits.on);
            }
            Verb::Ban { for_ms } => self.limits.ban(now + for_ms.clamp(0, YEAR)),
            Verb::ClockSkew { ms } => self.skew = ms.clamp(-100 * YEAR, 100 * YEAR),
            Verb::Ways { .. } => self.set_ways(&verb),
            Verb::Kick { route, hard } => {
                return Ok(json!({"closed": self.sockets.kick(route.map(route_of), hard)}));
            }
            Verb::Mute { route } => {
                let route = route.map(route_of);
                let meant = |_, of| route.is_none_or(|route| route == of);
                return Ok(json!({"muted": self.sockets.mute(meant)}));
            }
            Verb::Fault(fault) => {
                let (trouble, scope) = fault.trouble(Venue::Bybit, now)?;
                return Ok(json!({"id": self.faults.add(trouble, scope)}));
            }
            Verb::ClearFaults { id } => return Ok(json!({"cleared": self.faults.clear(id)})),
            Verb::Reset {} => self.reset(now),
            Verb::ExpireListenKey {} => {
                return Err("the venue \"bybit\" has no listenKey".to_owned());
            }
            _ => {}
        }
        Ok(json!({}))
    }
}

impl BybitWorld {
    fn set_ways(&mut self, verb: &Verb) {
        let Verb::Ways {
            ack_ms,
            quoted_numbers,
            sparse_rows,
            moves_prices,
            repeated_rows,
            fresh_every,
            ..
        } = *verb
        else {
            return;
        };
        let ways = &mut self.ways;
        ways.ack_ms = ack_ms.unwrap_or(ways.ack_ms);
        ways.quoted_numbers = quoted_numbers.unwrap_or(ways.quoted_numbers);
        ways.sparse_rows = sparse_rows.unwrap_or(ways.sparse_rows);
        ways.moves_prices = moves_prices.unwrap_or(ways.moves_prices);
        ways.repeated_rows = repeated_rows.unwrap_or(ways.repeated_rows);
        self.tickers.fresh_every = fresh_every.unwrap_or(self.tickers.fresh_every);
    }
}

/// How a new key proves itself: a secret, or an RSA public key in PEM.
fn proof(api_key: &str, pem: Option<String>, secret: Option<String>) -> Result<Proof, String> {
    if api_key.is_empty() {
        return Err("\"api_key\" is empty".to_owned());
    }
    match (pem, secret) {
        (Some(pem), None) => PemKey::from_pem(api_key, &pem, true)
            .map(|key| key.proof)
            .filter(|proof| matches!(proof, Proof::Rsa(_)))
            .ok_or_else(|| "\"public_key\" is no PEM of an RSA public key".to_owned()),
        (None, Some(secret)) => Ok(Proof::Hmac(secret)),
        _ => Err("\"add_key\" needs either \"secret\" or \"public_key\"".to_owned()),
    }
}
