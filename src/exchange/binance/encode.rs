//! Writing orders: the parameters of everything that we send.
//!
//! For: stops and closes, in the only forms there are: reduce-only or on a leg's closing side;
//! and entries, which are on a hedged leg's opening side.
//! Not for: deciding size, side or price.
//! Door: [`stop`], [`reduce`], [`enter`], [`by_client_id`].

use crate::domain::amount::{OrderSide, Qty};
use crate::domain::client_id::ClientId;
use crate::domain::effect::{EntryOrder, ReduceOrder, StopOrder};
use crate::domain::key::{Leg, Symbol};
use crate::domain::order::TriggerBy;
use crate::domain::teeth::{Tooth, broken};
use crate::exchange::sign::Query;
use crate::exchange::{only_closes, only_opens};

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
    let query = at_market(&order.symbol, order.side, order.quantity, &order.client_id);
    Ok(on_leg(query, order.leg))
}

/// The parameters of an entry: `POST /fapi/v1/order`, at market, answered when it is done.
///
/// # Errors
/// One sentence when the side would close the leg instead of opening it, or when a stop is to
/// travel with it: an order carries none at this venue (binance-usdm 3.8).
pub fn enter(order: &EntryOrder) -> Result<Query, String> {
    only_opens(order.leg, order.side)?;
    if order.stop.is_some() {
        return Err("not sent: an order carries no stop at this venue".to_owned());
    }
    let query = at_market(&order.symbol, order.side, order.quantity, &order.client_id);
    Ok(query.with("positionSide", position_side(order.leg)))
}

fn at_market(symbol: &Symbol, way: OrderSide, quantity: Qty, client_id: &ClientId) -> Query {
    Query::new()
        .with("symbol", symbol)
        .with("side", side(way))
        .with("type", "MARKET")
        .with("quantity", quantity)
        .with("newClientOrderId", client_id)
        .with("newOrderRespType", "RESULT")
}

/// The parameters that name an order of a symbol.
pub fn by_client_id(symbol: &Symbol, client_id: &ClientId) -> Query {
    Query::new().with("symbol", symbol).with("origClientOrderId", client_id)
}

/// In one-way mode `reduceOnly` keeps an order from opening anything; in hedge mode it is
/// refused (-1106), and the leg with its closing side does the same.
fn on_leg(query: Query, leg: Leg) -> Query {
    let query = query.with("positionSide", position_side(leg));
    let reduces = leg == Leg::Net && !broken(Tooth::ReduceOpens);
    if reduces { query.with("reduceOnly", "true") } else { query }
}

fn position_side(leg: Leg) -> &'static str {
    match leg {
        Leg::Net => "BOTH",
        Leg::Long => "LONG",
        Leg::Short => "SHORT",
    }
}

fn side(side: OrderSide) -> &'static str {
    match side {
        OrderSide::Buy => "BUY",
        OrderSide::Sell => "SELL",
    }
}
