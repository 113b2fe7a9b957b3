//! What the operator's config asks of the engine.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::domain::amount::Percent;
use crate::domain::key::{AccountName, Venue};
use crate::domain::order::TriggerBy;
use crate::domain::time::Span;

/// How much the engine may do by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Autonomy {
    /// Look and alert only.
    Observe,
    /// Keep stops, repair proven phantoms.
    Guard,
    /// Also adopt orphans.
    Auto,
}

impl Autonomy {
    /// The word in the config.
    pub fn name(self) -> &'static str {
        match self {
            Self::Observe => "observe",
            Self::Guard => "guard",
            Self::Auto => "auto",
        }
    }
}

/// What to do when the price is already through a wanted stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OnBreach {
    /// Close the position at market, reduce-only.
    Close,
    /// Raise a critical finding and wait.
    Alert,
}

/// How positions are protected when their row names no stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Protection {
    /// Distance from entry.
    pub stop: Percent,
    /// Which price fires it.
    pub trigger: TriggerBy,
    /// Price already through the stop.
    pub on_breach: OnBreach,
}

/// The engine's part of the config.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// How much the engine may do by itself.
    pub autonomy: Autonomy,
    /// A complete look at every account this often.
    pub sync_interval: Span,
    /// A new position is not an orphan before this age.
    pub orphan_grace: Span,
    /// Complete looks that must agree before a finding is acted upon.
    pub confirmations: u32,
    /// Between a first sighting and its confirmation look.
    pub confirm_interval: Span,
    /// Stops.
    pub protection: Protection,
    /// Accounts by name, in the config's order.
    pub accounts: Vec<AccountPolicy>,
}

/// One account the engine is responsible for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountPolicy {
    /// Its name in the config.
    pub name: AccountName,
    /// Where it trades.
    pub venue: Venue,
}

impl Policy {
    /// What holds before a config was read: looking only, at nothing.
    pub fn unread() -> Self {
        Self {
            autonomy: Autonomy::Observe,
            sync_interval: Span::secs(30),
            orphan_grace: Span::secs(30),
            confirmations: 2,
            confirm_interval: Span::secs(2),
            protection: Protection {
                stop: Percent(Decimal::TWO),
                trigger: TriggerBy::Mark,
                on_breach: OnBreach::Alert,
            },
            accounts: Vec::new(),
        }
    }
}
