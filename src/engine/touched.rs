//! Which legs a step has touched: single ones, or all that an account has.
//!
//! For: naming them in the order of their keys, and giving out each with the other legs of its
//! instrument by one search, or by none where all of an account are touched. Not for: what is
//! then decided. Door: [`Touched`], [`instruments`], [`instrument`].

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::domain::key::{AccountName, Leg, PositionKey, Symbol};

use crate::engine::mode::Siblings;
use crate::engine::state::Legs;

/// The legs to be considered, by account.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Touched(pub(super) BTreeMap<AccountName, Places>);

/// The legs of one account.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum Places {
    /// Whatever it has when they are considered.
    All,
    Some(BTreeSet<(Symbol, Leg)>),
}

impl Touched {
    /// Adds one leg, whether it exists or not.
    pub(super) fn add(&mut self, key: &PositionKey) {
        let place = (key.symbol.clone(), key.leg);
        match self.0.get_mut(&key.account) {
            Some(Places::All) => {}
            Some(Places::Some(places)) => {
                places.insert(place);
            }
            None => {
                self.0.insert(key.account.clone(), Places::Some(BTreeSet::from([place])));
            }
        }
    }

    /// Adds all legs of an account.
    pub(super) fn add_all(&mut self, account: &AccountName) {
        self.0.insert(account.clone(), Places::All);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The legs of an account, those of one instrument together.
pub(super) fn instruments(legs: &mut Legs) -> impl Iterator<Item = Siblings<'_>> {
    let mut rest = legs.values_mut().peekable();
    std::iter::from_fn(move || {
        let first = rest.next()?;
        let symbol = first.key.symbol.clone();
        let beside = std::iter::from_fn(|| rest.next_if(|leg| leg.key.symbol == symbol));
        Some(std::iter::once(first).chain(beside).collect())
    })
}

/// The legs that one instrument has.
pub(super) fn instrument<'a>(legs: &'a mut Legs, symbol: &Symbol) -> Siblings<'a> {
    let all = (symbol.clone(), Leg::Net)..=(symbol.clone(), Leg::Short);
    legs.range_mut(all).map(|(_, leg)| leg).collect()
}
