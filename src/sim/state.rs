//! Everything there is, as one JSON object for tests and curious people.

use serde_json::{Value, json};

use crate::sim::bybit::world::BybitWorld;
use crate::sim::exchange::Exchange;
use crate::sim::faults::{Fault, Faults};
use crate::sim::frame::Route;
use crate::sim::numbers::Ms;
use crate::sim::world::World;

/// The dump behind `GET /control/state`.
pub(crate) fn dump(world: &mut World, now: Ms) -> Value {
    let used = world.limits.used(now);
    let exchange = &world.exchange;
    json!({
        "now": now,
        "hedge": exchange.account.hedge,
        "wallet": exchange.account.wallet,
        "prices": prices(exchange),
        "positions": positions(exchange),
        "open_orders": orders(exchange),
        "algo_orders": algos(exchange),
        "fills": fills(exchange),
        "record": exchange.record,
        "requests": world.requests.counts,
        "used_weight": used.weight,
        "listen_key": world.listen.key.is_some(),
        "sockets": {
            "public": world.sockets.count(Route::Public),
            "market": world.sockets.count(Route::Market),
            "private": world.sockets.count(Route::Private),
            "legacy": world.sockets.count(Route::Legacy),
        },
        "faults": faults(&world.faults),
    })
}

/// The same of the Bybit side.
pub(crate) fn dump_bybit(world: &BybitWorld, now: Ms) -> Value {
    let exchange = &world.exchange;
    let mut wallet = json!({ "USDT": exchange.account.wallet, "USDC": exchange.account.usdc });
    wallet["total"] = json!(exchange.account.worth());
    json!({
        "now": now,
        "hedge": exchange.account.hedge,
        "wallet": wallet,
        "prices": prices(exchange),
        "positions": positions(exchange),
        "open_orders": orders(exchange),
        "algo_orders": algos(exchange),
        "fills": fills(exchange),
        "record": exchange.record,
        "requests": world.requests.counts,
        "sockets": {
            "public": world.sockets.count(Route::Public),
            "private": world.sockets.count(Route::Private),
        },
        "faults": faults(&world.faults),
    })
}

fn faults(faults: &Faults) -> Vec<Value> {
    let one = |fault: &Fault| {
        json!({
            "id": fault.id,
            "trouble": format!("{:?}", fault.trouble),
            "endpoint": fault.path,
            "left": fault.left,
            "until": fault.until,
        })
    };
    faults.all().iter().map(one).collect()
}

fn prices(exchange: &Exchange) -> Value {
    let one = |contract: &crate::sim::market::Contract| {
        let name = contract.spec.symbol.clone();
        (name, json!({"mark": contract.mark, "last": contract.last, "status": contract.status}))
    };
    Value::Object(exchange.market.all().map(one).collect())
}

fn positions(exchange: &Exchange) -> Vec<Value> {
    let open = exchange.account.open();
    open.map(|((symbol, leg), position)| {
        json!({
            "symbol": symbol,
            "leg": leg.name(),
            "amount": position.amount,
            "entry": position.entry,
            "opened": position.opened,
            "updated": position.updated,
        })
    })
    .collect()
}

fn orders(exchange: &Exchange) -> Vec<Value> {
    let open = exchange.orders.values().filter(|order| order.status.is_open());
    open.map(|order| {
        json!({
            "id": order.id,
            "client_id": order.client_id,
            "symbol": order.want.symbol,
            "side": order.want.side.name(),
            "leg": order.want.leg.name(),
            "kind": order.want.kind.name(),
            "qty": order.want.qty,
            "filled": order.filled,
            "price": order.want.price,
            "reduce_only": order.want.reduce_only,
            "by": order.want.by.name(),
        })
    })
    .collect()
}

fn algos(exchange: &Exchange) -> Vec<Value> {
    let waiting = exchange.algos.values().filter(|algo| algo.waits());
    waiting
        .map(|algo| {
            json!({
                "id": algo.id,
                "client_id": algo.client_id,
                "symbol": algo.want.symbol,
                "side": algo.want.side.name(),
                "leg": algo.want.leg.name(),
                "kind": algo.want.kind.name(),
                "qty": algo.want.qty,
                "trigger": algo.want.trigger,
                "working": algo.want.working.name(),
                "reduce_only": algo.want.reduce_only,
                "close_position": algo.want.close_position,
                "bond": algo.want.bond.name(),
                "by": algo.want.by.name(),
            })
        })
        .collect()
}

fn fills(exchange: &Exchange) -> Vec<Value> {
    let all = exchange.fills.iter();
    all.map(|fill| {
        json!({
            "id": fill.id,
            "order_id": fill.order,
            "client_id": fill.client_id,
            "symbol": fill.symbol,
            "side": fill.side.name(),
            "leg": fill.leg.name(),
            "price": fill.price,
            "qty": fill.qty,
            "fee": fill.fee,
            "realised": fill.realised,
            "at": fill.at,
        })
    })
    .collect()
}
