//! What a venue allows for one instrument: steps, sizes, and how a large close is cut up.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::domain::amount::{Money, Price, Qty, Side};
use crate::domain::key::Symbol;
use crate::domain::time::VenueTime;

/// No close is cut into more orders.
const MOST: usize = 1_000;

/// An instrument's trading rules, from the venue's own listing.
///
/// Source: Binance `GET /fapi/v1/exchangeInfo` (PRICE_FILTER, LOT_SIZE, MARKET_LOT_SIZE,
/// MIN_NOTIONAL), Bybit `GET /v5/market/instruments-info` (priceFilter, lotSizeFilter);
/// precision fields are not steps and are not used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instrument {
    /// The venue's id.
    pub symbol: Symbol,
    /// Smallest price change.
    pub tick: Price,
    /// Smallest quantity change: the only tolerance a quantity comparison has.
    pub step: Qty,
    /// Smallest market order.
    pub market_min: Qty,
    /// Largest market order; a larger close is split.
    pub market_max: Qty,
    /// Smallest quantity change of a market order.
    pub market_step: Qty,
    /// Smallest order value in quote units; reduce-only orders are exempt.
    pub min_notional: Option<Money>,
    /// The currency profit is paid in.
    pub quote: Symbol,
    /// Whether the venue says that it trades now.
    pub trading: bool,
    /// When the venue will end it: an announced delisting, or a dated future's delivery.
    #[serde(default)]
    pub ends: Option<VenueTime>,
}

impl Instrument {
    /// The stop trigger on this instrument's ticks, rounded towards the market so that a
    /// rounded stop never protects less than the wanted one.
    pub fn trigger(&self, side: Side, wanted: Price) -> Price {
        let ticks = wanted.get() / self.tick.get();
        let whole = match side {
            Side::Long => ticks.ceil(),
            Side::Short => ticks.floor().max(Decimal::ONE),
        };
        Price::new(whole * self.tick.get()).unwrap_or(wanted)
    }

    /// The largest multiple of the market step in `quantity`, or `None` when it is below one.
    pub fn market_quantity(&self, quantity: Qty) -> Option<Qty> {
        let steps = (quantity.get() / self.market_step.get()).floor();
        Qty::new(steps * self.market_step.get()).ok()
    }

    /// Cuts a close into market orders the venue accepts, together exactly `quantity`.
    /// A remainder under one step stays with the last order: the venue cuts a reduce-only
    /// order to the position, so asking for all of it is how dust is closed. The last one asks for
    /// what is left after very many, too: no venue means that many.
    pub fn split(&self, quantity: Qty) -> Vec<Qty> {
        let mut orders = Vec::new();
        let mut rest = quantity;
        while rest > self.market_max && orders.len() < MOST {
            orders.push(self.market_max);
            match rest.minus(self.market_max) {
                Some(left) => rest = left,
                None => return orders,
            }
        }
        orders.push(rest);
        orders
    }

    /// Whether a position is too small to be traded as it is: below the smallest market order, or
    /// below the smallest value at `mark` where `valued` says that closes are held to it.
    pub fn is_dust(&self, quantity: Qty, mark: Option<Price>, valued: bool) -> bool {
        let worth = mark.filter(|_| valued).map(|mark| quantity.at(mark));
        quantity < self.market_min
            || worth.zip(self.min_notional).is_some_and(|(worth, least)| worth < least)
    }

    /// Whether two quantities are the same to this venue.
    pub fn same(&self, a: Qty, b: Qty) -> bool {
        (a.get() - b.get()).abs() < self.step.get()
    }
}
