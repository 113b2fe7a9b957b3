//! The trust ladder: how far the engine may go by itself, rule by rule and account by account.
//!
//! For: which rule stands on which rung, and what took it down. Not for: acting on it (that is
//! `engine`) or reading the config. Door: [`Ladder`], asked through `Policy::trust`.

use serde::{Deserialize, Serialize};

use crate::domain::journal::{RepairId, Rule};
use crate::domain::key::AccountName;
use crate::domain::policy::Autonomy;
use crate::domain::time::Time;

/// A rung: how far the engine may go by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Trust {
    /// Looks and tells.
    Observe,
    /// Prepares the repair in full and waits for a person's word.
    Propose,
    /// Does it, once it is proven.
    Repair,
}

impl Trust {
    const ALL: [(&'static str, Self); 3] =
        [("observe", Self::Observe), ("propose", Self::Propose), ("repair", Self::Repair)];

    /// The word in the config.
    pub fn name(self) -> &'static str {
        Self::ALL.into_iter().find(|(_, t)| *t == self).map_or("observe", |(name, _)| name)
    }

    /// Every rung with its word.
    pub fn words() -> [(&'static str, Self); 3] {
        Self::ALL
    }
}

/// What the engine may do by itself; the keys of `[rules]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Duty {
    /// Put a stop behind a tracked leg, and close it where `on_breach` says so.
    Protect,
    /// Take away stops of ours with nothing behind them.
    CleanStops,
    /// Close a row whose position is proven gone.
    ClosePhantom,
    /// Let a row follow the venue's size, explained by fills.
    FollowQuantity,
    /// Take an orphan into the ledger.
    Adopt,
}

impl Duty {
    /// Every duty, in the order they are listed.
    pub const ALL: [Self; 5] =
        [Self::Protect, Self::CleanStops, Self::ClosePhantom, Self::FollowQuantity, Self::Adopt];

    /// The key in `[rules]`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Protect => "protect",
            Self::CleanStops => "clean_stops",
            Self::ClosePhantom => "close_phantom",
            Self::FollowQuantity => "follow_quantity",
            Self::Adopt => "adopt",
        }
    }

    /// Reads the key.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|duty| duty.name() == text)
    }

    /// The duty that a repair in the ledger was done under.
    pub fn of(rule: Rule) -> Self {
        match rule {
            Rule::ClosePhantom | Rule::BookClose => Self::ClosePhantom,
            Rule::Adopt => Self::Adopt,
            Rule::FollowQuantity => Self::FollowQuantity,
        }
    }

    /// Where a preset puts it.
    pub fn preset(self, autonomy: Autonomy) -> Trust {
        match (autonomy, self) {
            (Autonomy::Observe, _) => Trust::Observe,
            (Autonomy::Guard, Self::Adopt) => Trust::Propose,
            (Autonomy::Guard | Autonomy::Auto, _) => Trust::Repair,
        }
    }
}

/// Rules that were put on a rung by name; the others stand where the preset puts them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ladder(Vec<(Duty, Trust)>);

impl Ladder {
    /// Puts a rule on a rung.
    pub fn set(&mut self, duty: Duty, trust: Trust) {
        self.0.retain(|(known, _)| *known != duty);
        self.0.push((duty, trust));
    }

    /// The rung a rule was put on, if it was.
    pub fn get(&self, duty: Duty) -> Option<Trust> {
        self.0.iter().find(|(known, _)| *known == duty).map(|(_, trust)| *trust)
    }
}

/// A rule that proposes only, because an operator took back one of its repairs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Demotion {
    /// In which account.
    pub account: AccountName,
    /// Which rule.
    pub duty: Duty,
    /// The repair that was taken back.
    pub repair: RepairId,
    /// When.
    pub at: Time,
}
