//! The instrument list: every page of it.
//!
//! For: what may be traded, in which steps.
//! Not for: prices.
//! Door: [`read`].

use crate::exchange::bybit::budget::Lane;
use crate::exchange::bybit::call;
use crate::exchange::bybit::decode_market::{self, Market};
use crate::exchange::bybit::link::Shared;
use crate::exchange::bybit::pages::{self, Fault, List};

const PATH: &str = "/v5/market/instruments-info";
/// There are more linear symbols than a page has by default (bybit 3.1).
const PAGE: usize = 1000;

/// Reads the instrument list.
///
/// # Errors
/// [`Fault`]: of one of the pages, or a list on which nothing can be traded.
pub async fn read(shared: &Shared) -> Result<Market, Fault> {
    let list = List { signed: false, ..List::new(PATH, call::linear(), PAGE, Lane::Guard) };
    let (rows, fault) = pages::read(shared, &list, decode_market::instruments).await;
    if let Some(fault) = fault {
        return Err(fault);
    }
    let market = Market::of(rows);
    // Nothing can be watched by such a list, and nothing would be asked for it again.
    if market.instruments.is_empty() {
        let first = market.unusable.first();
        let why = first.map_or_else(|| "it lists none".to_owned(), ToString::to_string);
        return Err(Fault::Unread(format!("{PATH}: no symbol with usable rules: {why}")));
    }
    Ok(market)
}
