//! Looks: one complete answer about an account, or an honest part of one.
//!
//! For: [`Act::Look`](crate::domain::effect::Act::Look): the queries run side by side.
//! Not for: concluding anything from what is missing.
//! Door: [`look`].

use std::collections::BTreeSet;

use futures_util::future::join_all;

use crate::domain::key::{Leg, Symbol};
use crate::domain::order::{ConditionalOrder, ForeignOrder};
use crate::domain::position::{Balance, PositionMode};
use crate::domain::sweep::{Part, Positions, Scope, Sweep};
use crate::exchange::binance::budget::Lane;
use crate::exchange::binance::call::Call;
use crate::exchange::binance::errors::is_unknown_path;
use crate::exchange::binance::link::Shared;
use crate::exchange::binance::{decode, decode_orders, foreign};
use crate::exchange::failure::Failure;
use crate::exchange::lock;
use crate::exchange::probes::{self, Place};
use crate::exchange::sign::Query;

const POSITIONS: &str = "/fapi/v3/positionRisk";
/// Weight of a listing of positions (binance-usdm 5).
const LISTING: u32 = 5;
/// Weight of an order list over all symbols (binance-usdm 5).
const ALL_ORDERS: u32 = 40;
/// Weights of balance and of position mode (binance-usdm 5).
const BALANCE: u32 = 5;
const MODE: u32 = 5;

/// Looks at an account. A full look weighs 95 of 2400: every 30 s it takes 8 % of the budget.
pub async fn look(shared: &Shared, scope: Scope, expect: &[Place]) -> Sweep {
    let sent = shared.rest.clock().now();
    let orders = async {
        match scope {
            Scope::Positions => None,
            Scope::Protection | Scope::Full => Some(orders(shared).await),
        }
    };
    let account = async {
        match scope {
            Scope::Full => Some(tokio::join!(balance(shared), mode(shared))),
            Scope::Positions | Scope::Protection => None,
        }
    };
    let positions = positions(shared, expect);
    let (Found { positions, doubtful, refused, weight }, orders, account) =
        tokio::join!(positions, orders, account);
    let took = shared.rest.clock().now().since(sent);
    let sweep = Sweep::of(positions, took).doubting(doubtful).refused(refused);
    let sweep = match (orders, account) {
        (None, _) => sweep,
        (Some((orders, foreign)), None) => sweep.with_orders(orders).with_foreign(foreign),
        (Some((orders, foreign)), Some((balance, mode))) => {
            sweep.with_orders(orders).with_foreign(foreign).with_account(balance, mode)
        }
    };
    // A look that failed says until when the next one would not be sent either; one that has
    // positions says when the next one like it may leave for looks to last as long as the minute.
    match (sweep.fault(), sweep.orders_fault()) {
        (None, None) => sweep.paced(shared.rest.paced(weight + beside(scope))),
        (Some(_), _) => sweep.held(shared.rest.held(Lane::Proof, LISTING)),
        (None, Some(_)) => {
            let until = shared.rest.held(Lane::Sight, ALL_ORDERS);
            sweep.held(until).paced(shared.rest.paced(weight))
        }
    }
}

/// What a look weighs beside its positions.
const fn beside(scope: Scope) -> u32 {
    match scope {
        Scope::Positions => 0,
        Scope::Protection => 2 * ALL_ORDERS,
        Scope::Full => 2 * ALL_ORDERS + BALANCE + MODE,
    }
}

async fn ask(
    shared: &Shared,
    path: &'static str,
    lane: Lane,
    weight: u32,
) -> Result<String, String> {
    let call = Call::ask(path, Query::new(), lane, weight);
    shared.send(call).await.map_err(|failure| place(shared, path, &failure.to_string()))
}

/// One sentence that names account and endpoint.
fn place(shared: &Shared, path: &str, why: &str) -> String {
    format!("{}: {path}: {why}", shared.name)
}

fn placed<T>(shared: &Shared, path: &str, part: Part<T>) -> Part<T> {
    match part {
        Part::Whole(content) => Part::Whole(content),
        Part::Broken(content, why) => Part::Broken(content, place(shared, path, &why)),
    }
}

/// What is known of positions.
struct Found {
    positions: Part<Positions>,
    /// Expected legs about which nobody answered.
    doubtful: Vec<Place>,
    /// Those about which the venue refuses to answer, with its words.
    refused: Vec<(Symbol, Leg, String)>,
    /// What it took to learn that.
    weight: u32,
}

/// Every open position; one that is expected and not listed is asked for by its symbol, because
/// complete-looking lists have been short. Gives the legs about which nobody answered.
async fn positions(shared: &Shared, expect: &[Place]) -> Found {
    let broken = |positions| {
        let (doubtful, refused) = (Vec::new(), Vec::new());
        Found { positions, doubtful, refused, weight: LISTING }
    };
    let (mut found, missing) = match ask(shared, POSITIONS, Lane::Proof, LISTING).await {
        Ok(body) => match placed(shared, POSITIONS, decode::positions(&body)) {
            Part::Whole(found) => {
                let missing = expect.iter().filter(|place| !found.contains_key(place));
                let missing: BTreeSet<Place> = missing.cloned().collect();
                (found, missing)
            }
            part => return broken(part),
        },
        Err(why) => return broken(Part::Broken(Positions::new(), why)),
    };
    let (asked, mut doubtful) = lock(&shared.probes).choose(missing);
    let mut refused = Vec::new();
    let symbols: BTreeSet<&Symbol> = asked.iter().map(|(symbol, _)| symbol).collect();
    let weight = u32::try_from(1 + symbols.len()).unwrap_or(u32::MAX).saturating_mul(LISTING);
    let answers = join_all(symbols.into_iter().map(|symbol| probe(shared, symbol))).await;
    for (symbol, answer) in answers {
        match answer {
            Ok(Part::Whole(rows)) => found.extend(rows),
            Ok(Part::Broken(rows, why)) => {
                tracing::warn!("{why}");
                doubtful.extend(asked.iter().filter(|(name, _)| name == symbol).cloned());
                found.extend(rows);
            }
            Err(failure) => {
                tracing::warn!(account = %shared.name, %symbol, "{POSITIONS}: {failure}");
                let of_symbol = asked.iter().filter(|(name, _)| name == symbol).cloned();
                match probes::refusal(&failure) {
                    Some(why) => {
                        refused.extend(of_symbol.map(|(name, leg)| (name, leg, why.clone())));
                    }
                    None => doubtful.extend(of_symbol),
                }
            }
        }
    }
    Found { positions: Part::Whole(found), doubtful, refused, weight }
}

async fn probe<'a>(
    shared: &Shared,
    symbol: &'a Symbol,
) -> (&'a Symbol, Result<Part<Positions>, Failure>) {
    let call = Call::ask(POSITIONS, Query::new().with("symbol", symbol), Lane::Proof, LISTING);
    let answer = shared.send(call).await;
    (symbol, answer.map(|body| placed(shared, POSITIONS, decode::positions(&body))))
}

/// The orders of a look: the conditional ones, and the plain ones of others.
type Orders = (Part<Vec<ConditionalOrder>>, Vec<ForeignOrder>);

/// Both lists or none: conditional orders live in one or the other, and protection cannot be
/// judged from half of them.
async fn orders(shared: &Shared) -> Orders {
    let (plain, algo) =
        tokio::join!(list(shared, "/fapi/v1/openOrders"), list(shared, "/fapi/v1/openAlgoOrders"),);
    let foreign = plain.as_ref().map_or_else(|_| Vec::new(), |(_, body)| foreign::resting(body));
    let plain = read(shared, plain, decode_orders::conditionals_in_orders);
    let algo = read(shared, algo, decode_orders::conditionals);
    let found = match (plain, algo) {
        (Part::Whole(mut plain), Part::Whole(algo)) => {
            plain.extend(algo);
            Part::Whole(plain)
        }
        (Part::Broken(plain, why), Part::Whole(algo) | Part::Broken(algo, _))
        | (Part::Whole(plain), Part::Broken(algo, why)) => {
            Part::Broken(plain.into_iter().chain(algo).collect(), why)
        }
    };
    let (Part::Whole(orders) | Part::Broken(orders, _)) = &found;
    lock(&shared.memory).note_stops(orders);
    (found, foreign)
}

/// A list and where it came from, or why it did not.
type Listed = Result<(&'static str, String), String>;

async fn list(shared: &Shared, path: &'static str) -> Listed {
    ask(shared, path, Lane::Sight, ALL_ORDERS).await.map(|body| (path, body))
}

fn read(
    shared: &Shared,
    listed: Listed,
    decode: fn(&str) -> Part<Vec<ConditionalOrder>>,
) -> Part<Vec<ConditionalOrder>> {
    match listed {
        Ok((path, body)) => placed(shared, path, decode(&body)),
        Err(why) => Part::Broken(Vec::new(), why),
    }
}

async fn balance(shared: &Shared) -> Option<Balance> {
    let path = "/fapi/v3/balance";
    let read = match ask(shared, path, Lane::Sight, BALANCE).await {
        Ok(body) => decode::balance(&body).map_err(|why| place(shared, path, &why)),
        Err(why) => Err(why),
    };
    read.inspect_err(|why| tracing::warn!("{why}")).ok()
}

/// One-way or hedge; the cheap question first, the dear one where the cheap one is unknown.
async fn mode(shared: &Shared) -> Option<PositionMode> {
    let read = match ask_mode(shared).await {
        Ok(mode) => {
            lock(&shared.memory).set_mode(mode);
            Ok(mode)
        }
        Err(failure) => Err(place(shared, "position mode", &failure.to_string())),
    };
    read.inspect_err(|why| tracing::warn!("{why}")).ok()
}

/// Asks for the position mode.
///
/// # Errors
/// [`Failure`] of the question, or an answer that is not one.
pub async fn ask_mode(shared: &Shared) -> Result<PositionMode, Failure> {
    let call = |path, weight| Call::ask(path, Query::new(), Lane::Sight, weight);
    let body = match shared.send(call("/fapi/v1/accountConfig", MODE)).await {
        Err(failure) if is_unknown_path(&failure) => {
            shared.send(call("/fapi/v1/positionSide/dual", 30)).await?
        }
        result => result?,
    };
    decode::mode(&body).map_err(Failure::unreadable)
}
