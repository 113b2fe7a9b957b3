//! Bybit v5, category linear: perpetuals and dated futures that settle in USDT or USDC.
//!
//! For: one account on this venue, from its keys to what its streams say.
//! Not for: spot, inverse contracts, options, classic accounts, or anything that opens a position.
//! Door: [`connect`]; `decode` and its kin and `events` read the wire, `encode` writes it.

use std::sync::Arc;

use tokio::time::Instant;

use crate::domain::outcome::RefusalKind;
use crate::domain::sweep::Part;
use crate::exchange::account::{AccountSetup, Rights};
use crate::exchange::bybit::budget::Lane;
use crate::exchange::bybit::call::Call;
use crate::exchange::bybit::link::{Link, Shared};
use crate::exchange::bybit::pages::Fault;
use crate::exchange::bybit::rest::Rest;
use crate::exchange::failure::{Failure, Verdict};
use crate::exchange::lock;
use crate::exchange::sign::Query;
use crate::exchange::{ConnectError, Inbox, VenueLink};

pub mod answers;
pub mod budget;
mod call;
pub mod decode;
pub mod decode_fills;
pub mod decode_market;
pub mod decode_orders;
pub mod encode;
pub mod errors;
pub mod events;
mod history;
mod link;
mod look;
pub mod lookup;
mod market;
pub mod memory;
mod modes;
mod orders;
mod pages;
mod prices;
mod private;
mod protection;
pub mod read;
mod rest;
mod rights;
mod session;
pub mod sign;
pub mod wire;

/// Connects an account: clock, instruments, the account's kind, then the streams.
///
/// # Errors
/// [`ConnectError`] with one sentence: what, at which account, and how to mend it.
pub async fn connect(
    setup: AccountSetup,
    inbox: Inbox,
) -> Result<Arc<dyn VenueLink>, ConnectError> {
    let name = setup.name.clone();
    let rest = Rest::new(&setup).map_err(|why| ConnectError::Setup(format!("{name}: {why}")))?;
    let shared = Arc::new(Shared::new(setup, rest, inbox));
    shared.rest.sync(Instant::now()).await.map_err(|failure| connect_error(&shared, &failure))?;
    let (market, kind) = tokio::join!(market::read(&shared), kind(&shared));
    kind?;
    let market = market.map_err(|fault| match fault {
        Fault::Unasked(failure) => connect_error(&shared, &failure),
        Fault::Unread(why) => not_the_venue(&shared, &why),
    })?;
    shared.take_market(market).await;
    Ok(Arc::new(Link::start(shared)))
}

/// Proves the key, and that the account is of a kind whose positions are where we look. A server
/// that does not know the question about the kind, or answers it in words of its own, may still
/// be read: there the list of positions proves the key.
async fn kind(shared: &Shared) -> Result<(), ConnectError> {
    let call = Call::ask(look::ACCOUNT, Query::new(), Lane::Guard);
    let why = match shared.send(call).await {
        Ok(body) => match decode::account(&body) {
            Ok(margin) => {
                lock(&shared.memory).note_margin(margin);
                return Ok(());
            }
            Err(why) if decode::is_classic(&body) => {
                return Err(ConnectError::Setup(format!("{}: {why}", shared.name)));
            }
            Err(why) => why,
        },
        Err(failure) if is_unanswered(&failure) => failure.to_string(),
        Err(failure) => return Err(connect_error(shared, &failure)),
    };
    tracing::warn!(account = %shared.name, why, "the kind of account is unknown");
    let query = call::by_coin(call::SETTLE_COINS[0]).with("limit", 1);
    let call = Call::ask(look::POSITIONS, query, Lane::Guard);
    let body = shared.send(call).await.map_err(|failure| connect_error(shared, &failure))?;
    match decode::positions(&body) {
        Part::Whole(_) => Ok(()),
        Part::Broken(_, why) => Err(not_the_venue(shared, &why)),
    }
}

/// Whether the server does not have what was asked, or answers with something else.
fn is_unanswered(failure: &Failure) -> bool {
    let answered = failure.status.is_some_and(|status| status < 300);
    match failure.verdict {
        Verdict::Refused(kind) => kind == RefusalKind::Other,
        Verdict::Unsure => answered && failure.code.is_none(),
    }
}

/// What the venue says the key may do.
///
/// # Errors
/// One sentence when the venue did not say.
pub async fn rights(setup: &AccountSetup) -> Result<Rights, String> {
    let named = |why: String| format!("{}: key restrictions: {why}", setup.name);
    let rest = Rest::new(setup).map_err(|why| format!("{}: {why}", setup.name))?;
    rest.sync(Instant::now()).await.map_err(|failure| named(failure.to_string()))?;
    rights::ask(&rest).await.map(|key| key.rights).map_err(named)
}

fn connect_error(shared: &Shared, failure: &Failure) -> ConnectError {
    let (name, host) = (&shared.name, &shared.endpoints.rest);
    match (failure.code, failure.verdict) {
        (Some(10004), _) => ConnectError::Signature(format!(
            "{name}: {host} refuses the signature ({failure}); the secret is not the one of \
             this key, or key_type is wrong"
        )),
        (_, Verdict::Refused(RefusalKind::Key)) => ConnectError::Key(format!(
            "{name}: {host} refuses the key ({failure}); check the key, its contract permission, \
             its list of addresses, and that it belongs to this environment and region"
        )),
        (_, Verdict::Refused(RefusalKind::Clock)) => ConnectError::Clock(format!(
            "{name}: {host} refuses our timestamps although its clock was measured ({failure}); \
             check this machine's clock and the connection"
        )),
        (_, Verdict::Refused(RefusalKind::Busy | RefusalKind::Limited(_))) => {
            ConnectError::Unreachable(format!("{name}: {host} cannot be used now: {failure}"))
        }
        // Answered, and not in the venue's words.
        (None, Verdict::Unsure) if failure.status.is_some_and(|status| status < 300) => {
            not_the_venue(shared, &failure.to_string())
        }
        (None, Verdict::Refused(RefusalKind::Other)) => not_the_venue(shared, &failure.to_string()),
        (_, Verdict::Refused(_)) => {
            ConnectError::Refused(format!("{name}: {host} refuses: {failure}"))
        }
        (_, Verdict::Unsure) => {
            ConnectError::Unreachable(format!("{name}: no answer from {host}: {failure}"))
        }
    }
}

fn not_the_venue(shared: &Shared, why: &str) -> ConnectError {
    ConnectError::NotTheVenue(format!(
        "{}: what answers at {} is not Bybit's v5 interface ({why}); check endpoints.rest",
        shared.name, shared.endpoints.rest
    ))
}
