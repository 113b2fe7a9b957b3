//! Chance for drawing worlds: what one seed decides, in words that plans are made of.
//!
//! Not for: what runs inside a world; the exchange and the wire have their own. Door: [`Chance`].

use rust_decimal::Decimal;

use crate::domain::time::Span;
use crate::sim::rng::Rng;

/// Numbers that one seed decides.
#[derive(Clone, Debug)]
pub struct Chance(Rng);

impl Chance {
    /// The numbers of a seed.
    pub const fn new(seed: u64) -> Self {
        Self(Rng::new(seed))
    }

    /// In `0..bound`.
    pub const fn below(&mut self, bound: u64) -> u64 {
        self.0.below(bound)
    }

    /// In `low..=high`.
    pub const fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.0.below(high - low + 1)
    }

    /// True so many times in a hundred.
    pub const fn percent(&mut self, of: u64) -> bool {
        self.0.below(100) < of
    }

    /// One of these.
    pub fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        let at = usize::try_from(self.0.below(list.len() as u64)).unwrap_or(0);
        &list[at.min(list.len() - 1)]
    }

    /// Between these, to the millisecond.
    pub const fn span(&mut self, low: Span, high: Span) -> Span {
        Span(self.between(low.0, high.0))
    }

    /// A share in ten-thousandths, `low..=high`.
    pub fn share(&mut self, low: i64, high: i64) -> Decimal {
        let width = u64::try_from(high - low).unwrap_or(0);
        let at = i64::try_from(self.below(width + 1)).unwrap_or(0);
        Decimal::new(low + at, 4)
    }
}
