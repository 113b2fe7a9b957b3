//! What a key may do, as the venue says it.
//!
//! For: a line in the log for a key that may do too much or too little, or soon nothing.
//! Not for: refusing anything; not knowing is no fault.
//! Door: [`ask`], [`check`].

use std::sync::Arc;

use crate::exchange::bybit::budget::Lane;
use crate::exchange::bybit::call::Call;
use crate::exchange::bybit::decode::{self, Key};
use crate::exchange::bybit::link::Shared;
use crate::exchange::bybit::rest::Rest;
use crate::exchange::sign::Query;

const PATH: &str = "/v5/user/query-api";
/// A key that ends sooner than this is worth a word.
const SOON: i64 = 14 * 24 * 3600 * 1000;

/// Asks what the key may do.
///
/// # Errors
/// One sentence when the venue did not say.
pub async fn ask(rest: &Rest) -> Result<Key, String> {
    let answer = rest.send(Call::ask(PATH, Query::new(), Lane::Sight)).await;
    decode::key(&answer.map_err(|failure| failure.to_string())?)
}

/// Warns in the log of a key that may do too much or too little, or will end.
pub async fn check(shared: Arc<Shared>) {
    let account = &shared.name;
    let key = match ask(&shared.rest).await {
        Ok(key) => key,
        Err(why) => {
            tracing::info!(%account, why, "key restrictions are unknown");
            return;
        }
    };
    if !key.rights.trade {
        tracing::warn!(%account, "the key may not trade contracts: no stop can be placed");
    }
    if key.rights.withdraw {
        tracing::warn!(%account, "the key may withdraw, which nothing here needs");
    }
    if !key.rights.ip_restricted {
        tracing::warn!(%account, "the key works from any address, and ends after 90 days");
    }
    let now = shared.rest.clock().venue_now();
    if let Some(ends) = key.ends.filter(|ends| ends.0 < now.0 + SOON) {
        let until = shared.rest.clock().ours(ends);
        tracing::warn!(%account, %until, "the key ends soon: nothing works without a new one");
    }
}
