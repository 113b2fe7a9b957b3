//! The instrument list: every page of it.
//!
//! For: what may be traded, in which steps.
//! Not for: prices.
//! Door: [`read`], [`has_ended`].

use std::collections::BTreeSet;

use futures_util::future::join_all;

use crate::domain::key::Symbol;
use crate::exchange::bybit::budget::Lane;
use crate::exchange::bybit::call;
use crate::exchange::bybit::decode_market::{self, Listed, Market};
use crate::exchange::bybit::link::Shared;
use crate::exchange::bybit::pages::{self, Fault, List};
use crate::exchange::sign::Query;

const PATH: &str = "/v5/market/instruments-info";
/// There are more linear symbols than a page has by default (bybit 3.1).
const PAGE: usize = 1000;

/// Contracts before and at the end of their life, which the usual list leaves out: positions can
/// be in either (bybit 3.1).
const OTHER_STATES: [&str; 2] = ["PreLaunch", "Delivering"];

/// Reads the instrument list.
///
/// # Errors
/// [`Fault`]: of one of the pages, or a list on which nothing can be traded.
pub async fn read(shared: &Shared) -> Result<Market, Fault> {
    let states = OTHER_STATES.map(|state| listed(shared, call::linear().with("status", state)));
    let (usual, others) = tokio::join!(listed(shared, call::linear()), join_all(states));
    let (mut rows, fault) = usual;
    if let Some(fault) = fault {
        return Err(fault);
    }
    let partial = others.iter().any(|(_, fault)| fault.is_some());
    for (more, fault) in others {
        // What trades is known without them.
        if let Some(fault) = fault {
            tracing::warn!(account = %shared.name, "{PATH}: contracts not yet or no longer \
                traded were not read: {fault}");
        }
        rows.extend(more);
    }
    let mut market = Market { partial, ..Market::of(rows) };
    let mut seen = BTreeSet::new();
    market.instruments.retain(|instrument| seen.insert(instrument.symbol.clone()));
    // Nothing can be watched by such a list, and nothing would be asked for it again.
    if market.instruments.is_empty() {
        let first = market.unusable.first();
        let why = first.map_or_else(|| "it lists none".to_owned(), ToString::to_string);
        return Err(Fault::Unread(format!("{PATH}: no symbol with usable rules: {why}")));
    }
    Ok(market)
}

/// Whether a contract was listed once and is no more: in none of the lists of those that live,
/// and in the one of those that ended (bybit 3.1). A mistyped name is in neither.
pub async fn has_ended(shared: &Shared, symbol: &Symbol) -> bool {
    if !shared.lacks(symbol) {
        return false;
    }
    let query = call::by_symbol(symbol).with("status", "Closed");
    let (rows, fault) = listed(shared, query).await;
    let named = format!("{symbol}: ");
    fault.is_none()
        && rows.iter().any(|row| match row {
            Ok(instrument) => instrument.symbol == *symbol && !instrument.trading,
            Err(why) => why.starts_with(&named),
        })
}

async fn listed(shared: &Shared, query: Query) -> (Vec<Listed>, Option<Fault>) {
    let list = List { signed: false, ..List::new(PATH, query, PAGE, Lane::Guard) };
    pages::read(shared, &list, decode_market::instruments).await
}
