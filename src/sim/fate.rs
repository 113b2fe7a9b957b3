//! What a fault decides of an entry that was accepted: a part of it fills, or nothing.
//!
//! An acceptance is no execution. Closes are left alone: only what may open something has a fate.
//! Not here: entries that are refused, or whose answer is lost (`plan.rs`).
//! Door: [`Exchange::place_fated`], [`Faults::fate`].

use rust_decimal::Decimal;

use crate::sim::exchange::Exchange;
use crate::sim::faults::{Faults, Trouble};
use crate::sim::numbers::Ms;
use crate::sim::orders::NewOrder;
use crate::sim::refused::Refused;

/// How an accepted entry ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// This share of it fills, the rest is dropped.
    Part(Decimal),
    /// It is rejected after it was accepted. Source: bybit 3.8.
    Rejected,
}

impl Fate {
    /// The most of a quantity that fills.
    pub(crate) fn most(self, qty: Decimal) -> Decimal {
        match self {
            Self::Part(share) => qty * share,
            Self::Rejected => Decimal::ZERO,
        }
    }
}

impl Faults {
    /// What becomes of an entry that is accepted now.
    pub fn fate(&mut self, path: &str, now: Ms) -> Option<Fate> {
        let struck = self.strike(now, |fault| {
            matches!(fault.trouble, Trouble::Entry(_)) && fault.covers("POST", path)
        });
        struck.into_iter().find_map(|trouble| match trouble {
            Trouble::Entry(fate) => Some(fate),
            _ => None,
        })
    }
}

impl Exchange {
    /// Whether an order would be accepted and may open something.
    pub(crate) fn would_enter(&self, want: &NewOrder) -> bool {
        !self.takes_away(want) && self.try_order(want.clone()).is_ok()
    }

    /// As [`Exchange::place`], with an end that was decided before.
    ///
    /// # Errors
    /// As [`Exchange::place`].
    pub fn place_fated(
        &mut self,
        want: NewOrder,
        fate: Option<Fate>,
        now: Ms,
    ) -> Result<i64, Refused> {
        self.fate = fate;
        let placed = self.place(want, now);
        self.fate = None;
        placed
    }
}
