//! The venue's answer about fills: what a closed position is explained from.
//!
//! Not for: explaining (`evidence`). Door: [`History`].

use serde::{Deserialize, Serialize};

use crate::domain::evidence::Fill;
use crate::domain::key::{Leg, Symbol};
use crate::domain::time::{Time, VenueTime};

/// The venue's answer to "what was filled on this leg since then".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct History {
    /// Instrument asked about.
    pub symbol: Symbol,
    /// Leg asked about.
    pub leg: Leg,
    /// Everything at or after this was asked for.
    pub since: VenueTime,
    /// What came, oldest first.
    pub fills: Vec<Fill>,
    /// Whether every page of every window answered.
    pub complete: bool,
    /// Until when the venue's limits let nobody ask, where they are why it is not complete.
    #[serde(default)]
    pub held: Option<Time>,
}
