//! Trailing stops: how a stop follows the best price, and what of that is remembered.
//!
//! For: when trailing starts, where the stop should be by now, and whether moving it is worth an
//! amendment. It only ever moves towards the market. Not for: placing it (that is `engine`).
//! Door: [`Trail::begin`], [`Trail::see`].

use serde::{Deserialize, Serialize};

use crate::domain::amount::{Percent, Price};
use crate::domain::key::PositionKey;
use crate::domain::ledger::RowId;
use crate::domain::time::Time;

/// How a stop is to trail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrailPlan {
    /// Profit against entry at which trailing starts.
    pub activation: Percent,
    /// Distance kept from the best price.
    pub callback: Percent,
    /// Smallest improvement worth an amendment, of the entry price.
    pub step: Percent,
}

/// How far a trailing stop has come; the ledger's `trailing_stops.state`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TrailState {
    /// The price has not reached the activation yet.
    Waiting,
    /// The stop follows the best price.
    Active,
}

impl TrailState {
    /// The ledger's word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Active => "active",
        }
    }

    /// Reads the ledger's word.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Waiting, Self::Active].into_iter().find(|state| state.name() == text)
    }
}

/// A trailing stop, as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trail {
    /// How it trails.
    pub plan: TrailPlan,
    /// How far it has come.
    pub state: TrailState,
    /// The best price since it became active; none while it waits.
    pub best: Option<Price>,
    /// Where it wants the stop, on the instrument's ticks; none while it waits.
    pub stop: Option<Price>,
}

/// A trailing stop as the ledger keeps it: one for each row that has one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrailRecord {
    /// Which leg.
    pub key: PositionKey,
    /// Its row.
    pub row: RowId,
    /// How it stands.
    pub trail: Trail,
    /// When that was written.
    pub at: Time,
}
