//! The instrument list: every page of it.
//!
//! For: what may be traded, in which steps.
//! Not for: prices.
//! Door: [`read`].

use std::sync::Arc;

use crate::domain::instrument::Instrument;
use crate::domain::sweep::Part;
use crate::exchange::bybit::budget::Lane;
use crate::exchange::bybit::link::Shared;
use crate::exchange::bybit::pages::{self, Fault, List};
use crate::exchange::bybit::read::Page;
use crate::exchange::bybit::{decode_market, encode};

const PATH: &str = "/v5/market/instruments-info";
/// There are more linear symbols than a page has by default (bybit 3.1).
const PAGE: usize = 1000;

/// Every instrument, and those whose rules cannot be used.
#[derive(Debug)]
pub struct Market {
    /// In the venue's order.
    pub instruments: Vec<Arc<Instrument>>,
    /// Symbols left out, each with the reason.
    pub unusable: Vec<String>,
}

/// Reads the instrument list.
///
/// # Errors
/// [`Fault`]: of one of the pages, or a list on which nothing can be traded.
pub async fn read(shared: &Shared) -> Result<Market, Fault> {
    let list = List { signed: false, ..List::new(PATH, encode::linear(), PAGE, Lane::Guard) };
    let mut unusable = Vec::new();
    let take = |body: &str| match decode_market::instruments(body) {
        Ok(listing) => {
            unusable.extend(listing.unusable);
            Part::Whole(listing.page)
        }
        Err(why) => Part::Broken(Page { rows: Vec::new(), listed: 0, cursor: None }, why),
    };
    let (instruments, fault) = pages::read(shared, &list, take).await;
    if let Some(fault) = fault {
        return Err(fault);
    }
    // Nothing can be watched by such a list, and nothing would be asked for it again.
    if instruments.is_empty() {
        let first = unusable.first();
        let why = first.map_or_else(|| "it lists none".to_owned(), ToString::to_string);
        return Err(Fault::Unread(format!("{PATH}: no symbol with usable rules: {why}")));
    }
    Ok(Market { instruments, unusable })
}
