//! Every endpoint with who may ask, how often, and what it does.
//!
//! Door: [`serve`], which checks and counts a request before it is carried out.
//! Source: bybit 3, 5.

use crate::sim::bybit::auth::signed;
use crate::sim::bybit::call::Call;
use crate::sim::bybit::errors::Failure;
use crate::sim::bybit::limits::Told;
use crate::sim::bybit::world::BybitWorld;
use crate::sim::bybit::{account, history, listing, market, positions, trading};
use crate::sim::json::{Json, object};
use crate::sim::numbers::Ms;

type Run = fn(&mut BybitWorld, &Call, Ms) -> Result<Json, Failure>;

/// Who may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    Anybody,
    Reader,
    Trader,
}

struct Endpoint {
    method: &'static str,
    path: &'static str,
    who: Who,
    per_second: u32,
    run: Run,
}

const fn ask(path: &'static str, run: Run) -> Endpoint {
    Endpoint { method: "GET", path, who: Who::Anybody, per_second: 0, run }
}

const fn read(path: &'static str, per_second: u32, run: Run) -> Endpoint {
    Endpoint { method: "GET", path, who: Who::Reader, per_second, run }
}

const fn write(path: &'static str, run: Run) -> Endpoint {
    Endpoint { method: "POST", path, who: Who::Trader, per_second: 10, run }
}

static ENDPOINTS: &[Endpoint] = &[
    ask("/v5/market/time", market::time),
    ask("/v5/market/instruments-info", market::instruments),
    ask("/v5/market/tickers", market::tickers),
    ask("/v5/market/price-limit", market::price_limit),
    read("/v5/position/list", 50, positions::positions),
    read("/v5/position/symbol-info", 50, positions::symbol_info),
    read("/v5/position/closed-pnl", 50, history::closed_profit),
    write("/v5/position/switch-mode", positions::switch_mode),
    write("/v5/position/set-leverage", positions::set_leverage),
    write("/v5/position/trading-stop", positions::trading_stop),
    read("/v5/account/info", 50, account::info),
    read("/v5/account/wallet-balance", 50, account::wallet),
    read("/v5/account/fee-rate", 5, account::fee_rate),
    read("/v5/account/user-setting-config", 50, account::settings),
    write("/v5/account/set-limit-px-action", account::set_limit_action),
    read("/v5/user/query-api", 10, account::query_api),
    write("/v5/order/create", trading::create),
    write("/v5/order/amend", trading::amend),
    write("/v5/order/cancel", trading::cancel),
    write("/v5/order/cancel-all", trading::cancel_all),
    read("/v5/order/realtime", 50, listing::realtime),
    read("/v5/order/history", 50, listing::history),
    read("/v5/execution/list", 50, history::executions),
];

/// What goes back over the wire.
#[derive(Clone, Debug)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// retCode.
    pub code: i64,
    /// JSON text.
    pub body: String,
    /// What the limit headers say, where an endpoint has a limit.
    pub told: Option<Told>,
}

/// Checks, counts and carries out a request.
pub fn serve(world: &mut BybitWorld, call: &Call, now: Ms) -> Reply {
    let mut told = None;
    match run(world, call, now, &mut told) {
        Ok(result) => {
            let body = object! {
                "retCode": 0,
                "retMsg": "OK",
                "result": result,
                "retExtInfo": object! {},
                "time": now,
            };
            Reply { status: 200, code: 0, body: body.0, told }
        }
        Err(failure) => {
            let (status, code) = (failure.status, failure.code);
            Reply { status, code, body: failure.body(now).0, told }
        }
    }
}

fn run(
    world: &mut BybitWorld,
    call: &Call,
    now: Ms,
    told: &mut Option<Told>,
) -> Result<Json, Failure> {
    world.limits.knock(now)?;
    let at_path = ENDPOINTS.iter().filter(|endpoint| endpoint.path == call.path);
    let found: Vec<&Endpoint> = at_path.collect();
    let endpoint = found.iter().find(|endpoint| endpoint.method == call.method);
    let Some(endpoint) = endpoint else {
        let status = if found.is_empty() { 404 } else { 400 };
        return Err(Failure { status, ..Failure::of(10017) });
    };
    if call.method == "GET" && !call.body.is_empty() {
        return Err(Failure::with(403, "GET request with a body"));
    }
    if endpoint.who != Who::Anybody {
        let key = signed(&world.keys, &call.claim, now)?;
        if endpoint.who == Who::Trader && !key.may_trade {
            return Err(Failure::of(10005));
        }
        let name = format!("{} {}", call.method, call.path);
        match world.limits.charge(&name, endpoint.per_second, now) {
            Ok(fine) => *told = Some(fine),
            Err(over) => {
                *told = Some(over);
                return Err(Failure::of(10006));
            }
        }
    }
    (endpoint.run)(world, call, now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_endpoint_is_listed_twice() {
        for (place, one) in ENDPOINTS.iter().enumerate() {
            let twin = |other: &Endpoint| (other.method, other.path) == (one.method, one.path);
            assert!(!ENDPOINTS.iter().skip(place + 1).any(twin), "{} {}", one.method, one.path);
        }
    }
}
