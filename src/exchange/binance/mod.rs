//! Binance USD-M futures.
//!
//! For: one account on this venue, from its keys to what its streams say.
//! Not for: Spot, COIN-M, or anything that opens a position.
//! Door: [`connect`]; `decode`, `decode_market` and `events` read the wire and nothing else.

use std::sync::Arc;

use tokio::time::Instant;

use crate::domain::outcome::RefusalKind;
use crate::exchange::account::{AccountSetup, Rights};
use crate::exchange::binance::link::{Link, Shared};
use crate::exchange::binance::rest::Rest;
use crate::exchange::failure::{Failure, Verdict};
use crate::exchange::{ConnectError, Inbox, VenueLink, lock};

pub mod budget;
mod call;
pub mod decode;
pub mod decode_market;
pub mod decode_orders;
pub mod encode;
pub mod errors;
pub mod events;
pub mod foreign;
mod history;
mod income;
mod link;
mod look;
pub mod memory;
mod orders;
mod prices;
mod private;
mod rest;
mod wire;

/// Connects an account: clock, instruments, key, then the streams.
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
    let (clock, market, mode) =
        tokio::join!(shared.rest.sync(Instant::now()), shared.read_market(), async {
            // Signed with a measured clock; the first sync above is waited for by this one.
            shared.rest.sync(Instant::now()).await?;
            look::ask_mode(&shared).await
        },);
    let refused = |failure: Failure| connect_error(&shared, &failure);
    clock.map_err(refused)?;
    let market = market.map_err(refused)?;
    let mode = mode.map_err(refused)?;
    lock(&shared.memory).set_mode(mode);
    shared.take_market(market).await;
    Ok(Arc::new(Link::start(shared)))
}

/// What the venue says the key may do.
///
/// # Errors
/// One sentence when the venue did not say.
pub async fn rights(setup: &AccountSetup) -> Result<Rights, String> {
    let rest = Rest::new(setup).map_err(|why| format!("{}: {why}", setup.name))?;
    ask_rights(&rest).await.map_err(|why| format!("{}: key restrictions: {why}", setup.name))
}

async fn ask_rights(rest: &Rest) -> Result<Rights, String> {
    rest.sync(Instant::now()).await.map_err(|failure| failure.to_string())?;
    let body = rest.restrictions().await.map_err(|failure| failure.to_string())?;
    decode::rights(&body)
}

fn connect_error(shared: &Shared, failure: &Failure) -> ConnectError {
    let (name, host) = (&shared.name, &shared.endpoints.rest);
    match (failure.code, failure.verdict) {
        (Some(-1022), _) => ConnectError::Signature(format!(
            "{name}: {host} refuses the signature ({failure}); the secret is not the one of \
             this key, or key_type is wrong"
        )),
        (_, Verdict::Refused(RefusalKind::Key)) => ConnectError::Key(format!(
            "{name}: {host} refuses the key ({failure}); check the key, its futures permission, \
             its list of addresses, and that it belongs to this environment"
        )),
        (_, Verdict::Refused(RefusalKind::Clock)) => ConnectError::Clock(format!(
            "{name}: {host} refuses our timestamps although its clock was measured ({failure}); \
             check this machine's clock and the connection"
        )),
        (_, Verdict::Refused(RefusalKind::Busy | RefusalKind::Limited(_))) => {
            ConnectError::Unreachable(format!("{name}: {host} cannot be used now: {failure}"))
        }
        // Answered with success, and not in the venue's words.
        (None, Verdict::Unsure) if failure.status.is_some_and(|status| status < 300) => {
            not_the_venue(shared, failure)
        }
        (None, Verdict::Refused(RefusalKind::Other)) => not_the_venue(shared, failure),
        (_, Verdict::Refused(_)) => {
            ConnectError::Refused(format!("{name}: {host} refuses: {failure}"))
        }
        (_, Verdict::Unsure) => {
            ConnectError::Unreachable(format!("{name}: no answer from {host}: {failure}"))
        }
    }
}

fn not_the_venue(shared: &Shared, failure: &Failure) -> ConnectError {
    ConnectError::NotTheVenue(format!(
        "{}: what answers at {} is not Binance USD-M futures ({failure}); check endpoints.rest",
        shared.name, shared.endpoints.rest
    ))
}
