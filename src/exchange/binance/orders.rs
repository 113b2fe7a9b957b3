//! Orders: placing and taking away stops, closing, entering, and what became of any of them.
//!
//! For: the acts that change something, each sent once and answered in three words.
//! Not for: trying again. `Unsure` goes back to the core, which asks by our client id.
//! Door: [`place_stop`], [`cancel_stop`], [`reduce`], [`enter`], [`find_order`], [`find_stop`].

use crate::domain::client_id::ClientId;
use crate::domain::effect::{EntryOrder, ReduceOrder, StopOrder};
use crate::domain::key::Symbol;
use crate::domain::order::{OrderReport, StopReport, StopStatus};
use crate::domain::outcome::{Outcome, Refusal, RefusalKind};
use crate::domain::time::{Span, Time};
use crate::exchange::binance::budget::Lane;
use crate::exchange::binance::call::Call;
use crate::exchange::binance::decode_orders::Stop;
use crate::exchange::binance::link::Shared;
use crate::exchange::binance::{decode_orders, encode};
use crate::exchange::failure::{Failure, Verdict};
use crate::exchange::lock;
use crate::exchange::sign::Query;

const ORDER: &str = "/fapi/v1/order";
const ALGO_ORDER: &str = "/fapi/v1/algoOrder";
/// How long an order that was filled is known, with a day to spare (binance-usdm 3.9).
const KEPT: Span = Span::secs(89 * 24 * 3600);

/// Puts a stop behind a position.
pub async fn place_stop(shared: &Shared, order: &StopOrder) -> Outcome<StopReport> {
    let query = match encode::stop(order) {
        Ok(query) => query,
        Err(why) => return local(why),
    };
    match shared.send(Call::order(ALGO_ORDER, query)).await {
        Ok(body) => match decode_orders::stop(&body) {
            Ok(stop) => {
                lock(&shared.memory).note_stop(&stop.report.order);
                Outcome::Done(stop.report)
            }
            Err(why) => unread(shared, ALGO_ORDER, &why),
        },
        Err(failure) => failure.outcome(),
    }
}

/// Makes a position smaller at market.
pub async fn reduce(shared: &Shared, order: &ReduceOrder) -> Outcome<OrderReport> {
    match encode::reduce(order) {
        Ok(query) => at_market(shared, Call::order(ORDER, query)).await,
        Err(why) => local(why),
    }
}

/// Opens or enlarges a position at market.
pub async fn enter(shared: &Shared, order: &EntryOrder) -> Outcome<OrderReport> {
    match encode::enter(order) {
        Ok(query) => at_market(shared, Call::entry(ORDER, query)).await,
        Err(why) => local(why),
    }
}

async fn at_market(shared: &Shared, call: Call) -> Outcome<OrderReport> {
    match shared.send(call).await {
        Ok(body) => match decode_orders::order(&body) {
            Ok(order) => Outcome::Done(order.report),
            Err(why) => unread(shared, ORDER, &why),
        },
        Err(failure) => failure.outcome(),
    }
}

fn local<T>(why: String) -> Outcome<T> {
    Outcome::Refused(Refusal { code: None, kind: RefusalKind::Local, text: why })
}

/// A success that cannot be read: something happened, nobody knows what.
fn unread<T>(shared: &Shared, path: &str, why: &str) -> Outcome<T> {
    Outcome::Unsure(format!("{}: {path}: {why}", shared.name))
}

/// Takes a stop away, also when it fires at the same moment: then the order it became is taken
/// away. Done means that nothing of it can execute any more and nothing of it did by this time.
pub async fn cancel_stop(shared: &Shared, symbol: &Symbol, id: &ClientId) -> Outcome<()> {
    let query = Query::new().with("clientAlgoId", id);
    match shared.send(Call::cancel(ALGO_ORDER, query)).await {
        Ok(body) => match decode_orders::cancelled(&body) {
            Ok(()) => Outcome::Done(()),
            Err(why) => unread(shared, ALGO_ORDER, &why),
        },
        Err(failure) if failure.is_not_found() => after_race(shared, symbol, id, failure).await,
        Err(failure) => failure.outcome(),
    }
}

/// The stop was not there to be cancelled: cancelled before, fired, or not yet visible.
async fn after_race(
    shared: &Shared,
    symbol: &Symbol,
    id: &ClientId,
    refused: Failure,
) -> Outcome<()> {
    let stop = match find(shared, id).await {
        Ok(stop) => stop,
        Err(failure) if failure.is_not_found() => {
            return cancel_child(shared, encode::by_client_id(symbol, id), refused).await;
        }
        Err(failure) => {
            return Outcome::Unsure(format!("{refused}; asking why failed: {failure}"));
        }
    };
    match stop.report.status {
        StopStatus::Cancelled
        | StopStatus::Expired
        | StopStatus::Rejected(_)
        | StopStatus::Finished(None) => Outcome::Done(()),
        StopStatus::Finished(Some(quantity)) => Outcome::Refused(Refusal {
            code: refused.code,
            kind: RefusalKind::NotFound,
            text: format!("the stop has fired and filled {quantity}"),
        }),
        StopStatus::Firing => {
            let child = match stop.child {
                Some(order) => Query::new().with("symbol", symbol).with("orderId", order),
                // The order it becomes carries its client id.
                None => encode::by_client_id(symbol, id),
            };
            cancel_child(shared, child, refused).await
        }
        StopStatus::Live => Outcome::Unsure(format!(
            "the venue refused to cancel the stop ({refused}) and lists it as open"
        )),
    }
}

async fn cancel_child(shared: &Shared, query: Query, refused: Failure) -> Outcome<()> {
    match shared.send(Call::cancel(ORDER, query)).await {
        Ok(body) => match decode_orders::order(&body) {
            Ok(order) if order.report.filled.is_none() => Outcome::Done(()),
            Ok(order) => Outcome::Refused(Refusal {
                code: refused.code,
                kind: RefusalKind::NotFound,
                text: format!(
                    "the stop has fired; of its order {:?} was filled, the rest is cancelled",
                    order.report.filled
                ),
            }),
            Err(why) => unread(shared, ORDER, &why),
        },
        Err(failure) if failure.verdict == Verdict::Unsure => failure.outcome(),
        Err(_) => refused.outcome(),
    }
}

async fn find(shared: &Shared, id: &ClientId) -> Result<Stop, Failure> {
    let call = Call::ask(ALGO_ORDER, Query::new().with("clientAlgoId", id), Lane::Guard, 1);
    let body = shared.send(call).await?;
    decode_orders::stop(&body).map_err(|why| Failure::unreadable(format!("{ALGO_ORDER}: {why}")))
}

/// What became of a stop.
///
/// # Errors
/// One sentence when the venue did not say.
pub async fn find_stop(shared: &Shared, id: &ClientId) -> Result<Option<StopReport>, String> {
    match find(shared, id).await {
        Ok(stop) => Ok(Some(stop.report)),
        Err(failure) if failure.is_not_found() => Ok(None),
        Err(failure) => Err(format!("{}: {failure}", shared.name)),
    }
}

/// What became of an order. Venue fact: an order that filled nothing is forgotten after three
/// days, every order after ninety (binance-usdm 3.9). Not known within those ninety days means
/// that nothing of it was filled; beyond them it means nothing.
///
/// # Errors
/// One sentence when the venue did not say, or cannot know any more.
pub async fn find_order(
    shared: &Shared,
    symbol: &Symbol,
    id: &ClientId,
    since: Option<Time>,
) -> Result<Option<OrderReport>, String> {
    let call = Call::ask(ORDER, encode::by_client_id(symbol, id), Lane::Guard, 1);
    match shared.send(call).await {
        Ok(body) => match decode_orders::order(&body) {
            Ok(order) => Ok(Some(order.report)),
            Err(why) => Err(format!("{}: {ORDER}: {why}", shared.name)),
        },
        Err(failure) if failure.is_not_found() => match since {
            Some(since) if shared.rest.clock().now().since(since) > KEPT => {
                Err(format!("{}: {ORDER}: sent {since}, too old to say", shared.name))
            }
            _ => Ok(None),
        },
        Err(failure) => Err(format!("{}: {ORDER}: {failure}", shared.name)),
    }
}
