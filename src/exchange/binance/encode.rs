//! Writing orders: the parameters of everything that we send.
//!
//! For: stops and closes, in the only forms there are: reduce-only or on a leg's closing side.
//! Not for: deciding size, side or price.
//! Door: [`stop`], [`reduce`], [`by_client_id`].

use crate::domain::amount::OrderSide;
use crate::domain::client_id::ClientId;
use crate::domain::effect::{ReduceOrder, StopOrder};
use crate::domain::key::{Leg, Symbol};
use crate::domain::order::TriggerBy;
use crate::exchange::only_closes;
use crate::exchange::sign::Query;

/// The parameters of a stop: `POST /fapi/v1/algoOrder`, quantity and reduce-only, because the
/// venue refuses a second close-position stop (-4130) and a stop is replaced new before old.
///
/// # Errors
/// One sentence when the side would open the leg instead of closing it.
pub fn stop(order: &StopOrder) -> Result<Query, String> {
    only_closes(order.leg, order.side)?;
    let working = match order.trigger_by {
        TriggerBy::Mark => "MARK_PRICE",
        TriggerBy::Last => "CONTRACT_PRICE",
        TriggerBy::Index => return Err("a stop fires by mark or last price here".to_owned()),
    };
    let query = Query::new()
        .with("algoType", "CONDITIONAL")
        .with("symbol", &order.symbol)
        .with("side", side(order.side))
        .with("type", "STOP_MARKET")
        .with("quantity", order.quantity)
        .with("triggerPrice", order.trigger)
        .with("workingType", working)
        .with("clientAlgoId", &order.client_id);
    Ok(on_leg(query, order.leg))
}

/// The parameters of a close: `POST /fapi/v1/order`, at market, answered when it is done.
///
/// # Errors
/// One sentence when the side would open the leg instead of closing it.
pub fn reduce(order: &ReduceOrder) -> Result<Query, String> {
    only_closes(order.leg, order.side)?;
    let query = Query::new()
        .with("symbol", &order.symbol)
        .with("side", side(order.side))
        .with("type", "MARKET")
        .with("quantity", order.quantity)
        .with("newClientOrderId", &order.client_id)
        .with("newOrderRespType", "RESULT");
    Ok(on_leg(query, order.leg))
}

/// The parameters that name an order of a symbol.
pub fn by_client_id(symbol: &Symbol, client_id: &ClientId) -> Query {
    Query::new().with("symbol", symbol).with("origClientOrderId", client_id)
}

/// In one-way mode `reduceOnly` keeps an order from opening anything; in hedge mode it is
/// refused (-1106), and the leg with its closing side does the same.
fn on_leg(query: Query, leg: Leg) -> Query {
    match leg {
        Leg::Net => query.with("positionSide", "BOTH").with("reduceOnly", "true"),
        Leg::Long => query.with("positionSide", "LONG"),
        Leg::Short => query.with("positionSide", "SHORT"),
    }
}

fn side(side: OrderSide) -> &'static str {
    match side {
        OrderSide::Buy => "BUY",
        OrderSide::Sell => "SELL",
    }
}
