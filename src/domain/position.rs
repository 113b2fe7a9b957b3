//! Exposure as the venue states it.

use serde::{Deserialize, Serialize};

use crate::domain::amount::{Money, Price, Qty, Side};
use crate::domain::time::VenueTime;

/// One open position on a venue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VenuePosition {
    /// Direction.
    pub side: Side,
    /// Size in base units.
    pub quantity: Qty,
    /// Average entry; venues have reported none for an open position.
    pub entry: Option<Price>,
    /// Mark price at the time of the answer.
    pub mark: Option<Price>,
    /// Where the venue would liquidate; none when it names none.
    pub liquidation: Option<Price>,
    /// When the venue last changed this position.
    pub changed: Option<VenueTime>,
}

/// Whether an account keeps long and short apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PositionMode {
    /// One position per instrument: every leg is `net`.
    OneWay,
    /// Long and short legs side by side.
    Hedge,
}

/// What an account is worth, in its main quote currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Balance {
    /// Wallet balance plus unrealised profit.
    pub equity: Money,
    /// What may still be used as margin.
    pub available: Money,
}
