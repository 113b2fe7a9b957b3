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
    /// When the present holding was opened, where the venue says it: another value is another
    /// position. Source: bybit 3.2 (openTime); Binance names none.
    #[serde(default)]
    pub opened: Option<VenueTime>,
    /// What the venue is doing to it by itself.
    #[serde(default)]
    pub trouble: Option<PositionTrouble>,
}

impl VenuePosition {
    /// Whether another word shows the same holding in the same size, as far as the venue names
    /// holdings.
    pub fn is_as_held(&self, other: &Self) -> bool {
        (self.side, self.quantity) == (other.side, other.quantity) && !self.is_certainly_not(other)
    }

    /// Whether another word shows another holding for certain: on the other side, or one that the
    /// venue names otherwise.
    pub fn is_certainly_not(&self, other: &Self) -> bool {
        let named_otherwise = self.opened.zip(other.opened).is_some_and(|(old, new)| old != new);
        self.side != other.side || named_otherwise
    }
}

/// What a venue does to a position by itself. Source: bybit 3.2 (positionStatus).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PositionTrouble {
    /// It is being liquidated.
    Liquidating,
    /// It is being auto-deleveraged.
    Deleveraging,
}

/// Whether an account keeps long and short apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PositionMode {
    /// One position per instrument: every leg is `net`.
    OneWay,
    /// Long and short legs side by side.
    Hedge,
    /// Some instruments one way, some hedged: the mode is kept per symbol. Source: bybit 3.3.
    Mixed,
}

impl PositionMode {
    /// The word on the screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::OneWay => "one-way",
            Self::Hedge => "hedge",
            Self::Mixed => "mixed",
        }
    }
}

/// What an account is worth, in its main quote currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Balance {
    /// Wallet balance plus unrealised profit.
    pub equity: Money,
    /// What may still be used as margin.
    pub available: Money,
}
