//! Every endpoint with who may ask, what it costs and what it does.
//!
//! Door: [`serve`], which checks and counts a request before it is carried out.

use crate::sim::binance::auth;
use crate::sim::binance::call::Call;
use crate::sim::binance::errors::Failure;
use crate::sim::binance::limits::{Cost, Used};
use crate::sim::binance::{conditional, history, info, trading, wallet};
use crate::sim::json::Json;
use crate::sim::numbers::Ms;
use crate::sim::world::World;

type Run = fn(&mut World, &Call, Ms) -> Result<Json, Failure>;

/// Who may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    Anybody,
    Key,
    Signed,
    Trader,
}

/// Request weight: with a symbol, and without one.
type Weight = (u32, u32);
/// Orders counted in ten seconds and in a minute.
type Orders = (u32, u32);

struct Endpoint {
    method: &'static str,
    path: &'static str,
    who: Who,
    weight: Weight,
    orders: Orders,
    run: Run,
}

const fn ep(
    method: &'static str,
    path: &'static str,
    who: Who,
    weight: Weight,
    run: Run,
) -> Endpoint {
    Endpoint { method, path, who, weight, orders: (0, 0), run }
}

const fn order(
    method: &'static str,
    path: &'static str,
    weight: Weight,
    orders: Orders,
    run: Run,
) -> Endpoint {
    Endpoint { method, path, who: Who::Trader, weight, orders, run }
}

static ENDPOINTS: &[Endpoint] = &[
    ep("GET", "/fapi/v1/ping", Who::Anybody, (1, 1), info::ping),
    ep("GET", "/fapi/v1/time", Who::Anybody, (1, 1), info::time),
    ep("GET", "/fapi/v1/exchangeInfo", Who::Anybody, (1, 1), info::exchange_info),
    ep("GET", "/fapi/v1/premiumIndex", Who::Anybody, (1, 10), info::premium_index),
    ep("GET", "/fapi/v1/ticker/bookTicker", Who::Anybody, (2, 5), info::book_ticker),
    ep("GET", "/fapi/v1/ticker/price", Who::Anybody, (1, 2), info::price),
    ep("GET", "/fapi/v2/ticker/price", Who::Anybody, (1, 2), info::price),
    ep("GET", "/fapi/v1/ticker/24hr", Who::Anybody, (1, 40), info::ticker_24h),
    ep("GET", "/fapi/v1/depth", Who::Anybody, (2, 2), info::depth),
    ep("GET", "/fapi/v1/klines", Who::Anybody, (5, 5), info::klines),
    ep("GET", "/fapi/v2/positionRisk", Who::Signed, (5, 5), wallet::positions_v2),
    ep("GET", "/fapi/v3/positionRisk", Who::Signed, (5, 5), wallet::positions_v3),
    ep("GET", "/fapi/v2/balance", Who::Signed, (5, 5), wallet::balance),
    ep("GET", "/fapi/v3/balance", Who::Signed, (5, 5), wallet::balance),
    ep("GET", "/fapi/v2/account", Who::Signed, (5, 5), wallet::account_v2),
    ep("GET", "/fapi/v3/account", Who::Signed, (5, 5), wallet::account_v3),
    ep("GET", "/fapi/v1/accountConfig", Who::Signed, (5, 5), wallet::account_config),
    ep("GET", "/fapi/v1/symbolConfig", Who::Signed, (5, 5), wallet::symbol_config),
    ep("GET", "/fapi/v1/positionSide/dual", Who::Signed, (30, 30), wallet::position_mode),
    ep("POST", "/fapi/v1/positionSide/dual", Who::Trader, (1, 1), wallet::set_position_mode),
    ep("GET", "/fapi/v1/multiAssetsMargin", Who::Signed, (30, 30), wallet::multi_assets),
    ep("POST", "/fapi/v1/multiAssetsMargin", Who::Trader, (1, 1), wallet::set_multi_assets),
    ep("POST", "/fapi/v1/leverage", Who::Trader, (1, 1), wallet::set_leverage),
    ep("POST", "/fapi/v1/marginType", Who::Trader, (1, 1), wallet::set_margin_type),
    ep("GET", "/fapi/v1/leverageBracket", Who::Signed, (1, 1), wallet::leverage_brackets),
    ep("GET", "/fapi/v1/commissionRate", Who::Signed, (20, 20), wallet::commission_rate),
    order("POST", "/fapi/v1/order", (0, 0), (1, 1), trading::place),
    order("PUT", "/fapi/v1/order", (0, 0), (1, 1), trading::modify),
    order("POST", "/fapi/v1/order/test", (0, 0), (0, 0), trading::test),
    ep("GET", "/fapi/v1/order", Who::Signed, (1, 1), trading::query),
    ep("DELETE", "/fapi/v1/order", Who::Trader, (1, 1), trading::cancel),
    order("POST", "/fapi/v1/batchOrders", (5, 5), (5, 1), trading::place_batch),
    ep("DELETE", "/fapi/v1/batchOrders", Who::Trader, (1, 1), trading::cancel_batch),
    ep("GET", "/fapi/v1/openOrder", Who::Signed, (1, 1), trading::query_open),
    ep("GET", "/fapi/v1/openOrders", Who::Signed, (1, 40), trading::open_orders),
    ep("GET", "/fapi/v1/allOrders", Who::Signed, (5, 5), trading::all_orders),
    ep("DELETE", "/fapi/v1/allOpenOrders", Who::Trader, (1, 1), trading::cancel_all),
    ep("POST", "/fapi/v1/countdownCancelAll", Who::Trader, (10, 10), trading::countdown),
    order("POST", "/fapi/v1/algoOrder", (0, 0), (1, 1), conditional::place),
    ep("GET", "/fapi/v1/algoOrder", Who::Signed, (1, 1), conditional::query),
    ep("DELETE", "/fapi/v1/algoOrder", Who::Trader, (1, 1), conditional::cancel),
    ep("GET", "/fapi/v1/openAlgoOrders", Who::Signed, (1, 40), conditional::open),
    ep("GET", "/fapi/v1/allAlgoOrders", Who::Signed, (5, 5), conditional::all),
    ep("DELETE", "/fapi/v1/algoOpenOrders", Who::Trader, (1, 1), conditional::cancel_all),
    ep("GET", "/fapi/v1/userTrades", Who::Signed, (5, 5), history::user_trades),
    ep("GET", "/fapi/v1/income", Who::Signed, (30, 30), history::income),
    ep("GET", "/fapi/v1/forceOrders", Who::Signed, (20, 50), history::force_orders),
    ep("GET", "/fapi/v1/rateLimit/order", Who::Signed, (1, 1), info::rate_limit_order),
    ep("POST", "/fapi/v1/listenKey", Who::Key, (1, 1), history::open_listen_key),
    ep("PUT", "/fapi/v1/listenKey", Who::Key, (1, 1), history::keep_listen_key),
    ep("DELETE", "/fapi/v1/listenKey", Who::Key, (1, 1), history::close_listen_key),
    ep("GET", "/sapi/v1/account/apiRestrictions", Who::Signed, (0, 0), wallet::api_restrictions),
    ep("GET", "/sapi/v1/capital/config/getall", Who::Signed, (0, 0), wallet::coins),
    ep("GET", "/sapi/v1/margin/allPairs", Who::Key, (0, 0), wallet::margin_pairs),
];

/// What goes back over the wire.
#[derive(Clone, Debug)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// JSON text.
    pub body: String,
    /// Used weight, and order counts where the venue tells them.
    pub used: Used,
    /// Whether the order counts are told.
    pub counts_orders: bool,
}

/// Checks, counts and carries out a request.
pub fn serve(world: &mut World, call: &Call, now: Ms) -> Reply {
    let found = ENDPOINTS
        .iter()
        .find(|endpoint| endpoint.method == call.method && endpoint.path == call.path);
    let answer = match found {
        None => Err(unknown(call)),
        Some(endpoint) => run(world, endpoint, call, now),
    };
    let used = world.limits.used(now);
    let counts_orders = answer.is_ok() && found.is_some_and(|endpoint| endpoint.orders != (0, 0));
    match answer {
        Ok(body) => Reply { status: 200, body: body.0, used, counts_orders },
        Err(failure) => {
            Reply { status: failure.status, body: failure.body().0, used, counts_orders }
        }
    }
}

fn unknown(call: &Call) -> Failure {
    let msg = format!("Path {}, Method {} is invalid", call.path, call.method);
    Failure { status: 404, ..Failure::with(-5000, msg) }
}

fn run(world: &mut World, endpoint: &Endpoint, call: &Call, now: Ms) -> Result<Json, Failure> {
    let (with, without) = endpoint.weight;
    let weight = if call.get("symbol").is_some() { with } else { without };
    let (orders_10s, orders_1m) = endpoint.orders;
    world.limits.charge(Cost { weight, orders_10s, orders_1m }, now)?;
    match endpoint.who {
        Who::Anybody => {}
        Who::Key => auth::known(&world.keys, call).map(drop)?,
        Who::Signed => auth::signed(&world.keys, call, false, now)?,
        Who::Trader => auth::signed(&world.keys, call, true, now)?,
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
