//! Closing, entering, conditional orders, and what became of a stop.
//!
//! For: the acts about orders with an id, each sent once and answered in three words.
//! Not for: the stop that the venue keeps on a position (`protection`), orders of long ago
//! (`lookup`), and trying again: `Unsure` goes back to the core, which asks by our client id.
//! Door: [`cancel_stop`], [`reduce`], [`enter`], [`find_stop`].

use crate::domain::amount::Qty;
use crate::domain::client_id::ClientId;
use crate::domain::effect::{EntryOrder, ReduceOrder};
use crate::domain::key::{Leg, Symbol, VenueOrderId};
use crate::domain::order::{OrderReport, OrderStatus, StopReport, StopStatus};
use crate::domain::outcome::{Outcome, Refusal, RefusalKind};
use crate::domain::sweep::Part;
use crate::exchange::bybit::budget::Lane;
use crate::exchange::bybit::call::{self, Call, Named};
use crate::exchange::bybit::decode_orders::{self, Order, State};
use crate::exchange::bybit::link::Shared;
use crate::exchange::bybit::look::REALTIME;
use crate::exchange::bybit::pages::{self, List};
use crate::exchange::bybit::{encode, protection};
use crate::exchange::failure::Failure;

const CREATE: &str = "/v5/order/create";
const CANCEL: &str = "/v5/order/cancel";
/// Orders that ended.
pub const ORDER_HISTORY: &str = "/v5/order/history";
/// Fills.
pub const EXECUTIONS: &str = "/v5/execution/list";
/// The largest page of either list of orders.
pub const ORDERS_PAGE: usize = 50;

fn names(name: Named<'_>, order: &Order) -> bool {
    match name {
        Named::Link(id) => order.client_id() == id,
        Named::Id(id) => order.id == *id,
    }
}

/// Makes a position smaller at market.
pub async fn reduce(shared: &Shared, order: &ReduceOrder) -> Outcome<OrderReport> {
    match encode::reduce(order) {
        Ok(body) => {
            at_market(shared, Call::deed(CREATE, body), &order.symbol, &order.client_id).await
        }
        Err(why) => local(why),
    }
}

/// Opens or enlarges a position at market.
pub async fn enter(shared: &Shared, order: &EntryOrder) -> Outcome<OrderReport> {
    match encode::enter(order) {
        Ok(body) => {
            at_market(shared, Call::entry(CREATE, body), &order.symbol, &order.client_id).await
        }
        Err(why) => local(why),
    }
}

/// Sends an order once. The acknowledgement is an acceptance and no execution, so the order is
/// asked for once; the stream and the next looks tell the rest (bybit 3.8).
async fn at_market(
    shared: &Shared,
    call: Call,
    symbol: &Symbol,
    client_id: &ClientId,
) -> Outcome<OrderReport> {
    shared.follow([symbol]);
    let body = match shared.send(call).await {
        Ok(body) => body,
        Err(failure) => return failure.outcome(),
    };
    let id = match decode_orders::acknowledged(&body) {
        Ok(id) => id,
        Err(why) => return Outcome::Unsure(format!("{}: {CREATE}: {why}", shared.name)),
    };
    let seen = asked(shared, REALTIME, Named::Link(client_id), symbol, Lane::Guard).await;
    if let Ok(Some(Order { state: State::Plain(plain), .. })) = seen {
        return Outcome::Done(plain.report);
    }
    let (client_id, status) = (client_id.clone(), OrderStatus::Live);
    Outcome::Done(OrderReport { id, client_id, status, filled: None, average: None })
}

pub(super) fn local<T>(why: String) -> Outcome<T> {
    Outcome::Refused(Refusal { code: None, kind: RefusalKind::Local, text: why })
}

/// Takes a stop away. Done means that nothing of it can execute any more and nothing of it did
/// by this time. The stop on a position is taken away only when it is named itself.
pub async fn cancel_stop(
    shared: &Shared,
    symbol: &Symbol,
    client_id: &ClientId,
    id: Option<&VenueOrderId>,
) -> Outcome<()> {
    if let Some(leg) = protection::leg_of(symbol, client_id) {
        return protection::clear(shared, symbol, leg).await;
    }
    let name = id.map_or(Named::Link(client_id), Named::Id);
    let body = match name {
        Named::Link(id) => encode::cancel_by_link(symbol, id),
        Named::Id(id) => encode::cancel_by_id(symbol, id),
    };
    let refused = match shared.send(Call::deed(CANCEL, body)).await {
        Ok(_) => None,
        Err(failure) if failure.is_not_found() => Some(failure),
        Err(failure) => return failure.outcome(),
    };
    gone(shared, symbol, name, refused).await
}

/// What became of a stop whose cancellation was accepted, which is not yet a cancellation, or
/// refused because nothing was there: cancelled before, fired, or not yet visible.
async fn gone(
    shared: &Shared,
    symbol: &Symbol,
    name: Named<'_>,
    refused: Option<Failure>,
) -> Outcome<()> {
    let mut patience = protection::Patience::new(shared);
    loop {
        let found = match seek(shared, symbol, name, Lane::Guard).await {
            Ok(found) => found,
            Err(why) => {
                let did = refused.map_or("accepted".to_owned(), |refused| refused.to_string());
                return Outcome::Unsure(format!("{did}; asking what became of it failed: {why}"));
            }
        };
        let Some(order) = found else {
            // An accepted cancellation of an order that the venue no longer shows at all.
            return refused.map_or(Outcome::Done(()), Failure::outcome);
        };
        match ended(&order) {
            Some(None) => return Outcome::Done(()),
            Some(Some(quantity)) => return fired(&format!("filled {quantity}"), refused),
            None if patience.again().await => {}
            None if rests(&order) => {
                let why = "the venue still lists the stop as open after it was cancelled";
                return Outcome::Unsure(why.to_owned());
            }
            None => return fired("is working", refused),
        }
    }
}

/// How an order ended: with nothing, or with what it filled; none while it has not.
fn ended(order: &Order) -> Option<Option<Qty>> {
    match &order.state {
        State::Stop(stop) => match stop.status {
            StopStatus::Live | StopStatus::Firing => None,
            StopStatus::Finished(filled) => Some(filled),
            StopStatus::Cancelled | StopStatus::Expired | StopStatus::Rejected(_) => Some(None),
        },
        State::Plain(plain) if plain.report.status.is_final() => Some(plain.report.filled),
        State::Plain(_) => None,
    }
}

fn rests(order: &Order) -> bool {
    matches!(&order.state, State::Stop(stop) if stop.status == StopStatus::Live)
}

fn fired(what: &str, refused: Option<Failure>) -> Outcome<()> {
    Outcome::Refused(Refusal {
        code: refused.and_then(|refused| refused.code),
        kind: RefusalKind::NotFound,
        text: format!("the stop has fired and {what}"),
    })
}

/// Asks one list for one order; none when the list answers without it.
async fn asked(
    shared: &Shared,
    path: &'static str,
    name: Named<'_>,
    symbol: &Symbol,
    lane: Lane,
) -> Result<Option<Order>, String> {
    let list = List::new(path, call::by_order(symbol, name), ORDERS_PAGE, lane);
    match pages::all(shared, &list, decode_orders::orders).await {
        Part::Whole(rows) => Ok(newest(rows, |order| names(name, order))),
        Part::Broken(_, why) => Err(why),
    }
}

/// The newest row of those that are meant.
pub(super) fn newest(rows: Vec<Order>, meant: impl Fn(&Order) -> bool) -> Option<Order> {
    rows.into_iter().filter(meant).max_by_key(|order| (order.changed, order.is_final()))
}

/// One order, open or ended. The list of open orders knows the newest five hundred that ended
/// too, until it is restarted; the history knows more and later (bybit 3.10, 3.11).
///
/// # Errors
/// One sentence when one of the lists did not answer.
pub async fn seek(
    shared: &Shared,
    symbol: &Symbol,
    name: Named<'_>,
    lane: Lane,
) -> Result<Option<Order>, String> {
    match asked(shared, REALTIME, name, symbol, lane).await? {
        Some(order) => Ok(Some(order)),
        None => asked(shared, ORDER_HISTORY, name, symbol, lane).await,
    }
}

/// What became of a stop: the one on the position itself, or a conditional order.
///
/// # Errors
/// One sentence when the venue did not say.
pub async fn find_stop(
    shared: &Shared,
    symbol: &Symbol,
    leg: Leg,
    id: &ClientId,
) -> Result<Option<StopReport>, String> {
    if protection::leg_of(symbol, id).is_some() {
        return protection::find(shared, symbol, leg).await;
    }
    match seek(shared, symbol, Named::Link(id), Lane::Guard).await? {
        Some(Order { state: State::Stop(stop), .. }) => Ok(Some(stop)),
        Some(order) => Err(format!(
            "{}: {symbol}: order {} with this id waits for no price",
            shared.name, order.id
        )),
        None => Ok(None),
    }
}
