//! What is under way, for the screen: acts on a leg, trailing stops, repairs.
//!
//! Not for: how a leg or an account stands (that is `snapshot`, which shows these by the same
//! names). Nothing here points back into the engine. Door: [`WorkView`].

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::domain::amount::Price;
use crate::domain::journal::{Author, RepairId, Rule};
use crate::domain::key::PositionKey;
use crate::domain::ledger::Row;
use crate::domain::time::Time;
use crate::domain::trail::Trail;

/// A trailing stop on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrailView {
    /// As it stands.
    pub trail: Trail,
    /// The price at which it becomes active.
    pub arm_at: Price,
    /// When it became active.
    pub active_since: Option<Time>,
    /// How often it moved the stop, in this process.
    pub moves: u32,
    /// How often the venue refused a move, in this process.
    pub refused: u32,
    /// The stop goes again once it may be this much better.
    pub step: Price,
    /// The last stops it set, with their instants, oldest first.
    pub steps: Arc<[(Time, Price)]>,
}

/// An act under way on a leg.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkView {
    /// `CLOSING`, `PROTECTING`, `ADOPTING`; `CLOSE FAILED` when it did not work.
    pub word: &'static str,
    /// Since when.
    pub since: Time,
    /// Whether it failed and needs somebody.
    pub failed: bool,
    /// The last answer, in words.
    pub text: String,
}

/// A repair of this process that can be undone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepairView {
    /// Its id in the ledger.
    pub id: RepairId,
    /// The rule it was done under.
    pub rule: Rule,
    /// Who did it: an undone repair of the engine's own holds its rule back.
    pub author: Author,
    /// The leg.
    pub key: PositionKey,
    /// When it was written.
    pub at: Time,
    /// One sentence.
    pub text: String,
    /// The row before it; none where it made the row.
    pub before: Option<Arc<Row>>,
    /// The row after it.
    pub after: Arc<Row>,
}
