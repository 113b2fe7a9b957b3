//! What if this process stops now: what the venue alone still protects, leg by leg.
//!
//! For: one honest sentence of facts for the screen, for `scan --json` and for a shutdown. Not
//! for: changing anything. Door: [`Alone::of`].

use serde::Serialize;

use crate::domain::amount::{Money, Price, Qty};

/// What stays behind a leg when nobody watches it any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Alone {
    /// How much of it live stops on the venue cover; none of it when nothing is known.
    pub covered: Option<Qty>,
    /// The weakest of those stops.
    pub stop: Option<Price>,
    /// Profit if that fires at its trigger, before fees; negative is the loss that stays possible.
    pub profit_at_stop: Option<Money>,
    /// A trailing stop stays where it is: nothing moves it.
    pub trail_ends: bool,
    /// Something is under way on the leg whose end nobody would see to: a close, an open, a
    /// replacement.
    pub unfinished: Option<String>,
    /// Nothing is known: the venue's orders could not be read.
    pub unknown: bool,
}
