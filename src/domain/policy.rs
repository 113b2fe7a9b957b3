//! What the operator's config asks of the engine.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::domain::amount::Percent;
use crate::domain::key::{AccountName, Venue};
use crate::domain::order::TriggerBy;
use crate::domain::time::Span;
use crate::domain::trail::TrailPlan;
use crate::domain::trust::{Duty, Ladder, Trust};

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
    /// How stops trail; none where they do not.
    #[serde(default)]
    pub trailing: Option<TrailPlan>,
}

impl Protection {
    /// How a stop trails of which only the distance is named: the rest is the config's.
    pub fn trail_at(&self, callback: Percent) -> TrailPlan {
        TrailPlan { callback, ..self.trailing.unwrap_or_else(TrailPlan::usual) }
    }
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
    /// How long an open may stay unverified before it is taken back.
    #[serde(default = "verify_timeout")]
    pub verify_timeout: Span,
    /// Stops.
    pub protection: Protection,
    /// Rules that stand elsewhere than `autonomy` puts them, in every account.
    #[serde(default)]
    pub rules: Ladder,
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
    /// Another autonomy than the engine's, in this account.
    #[serde(default)]
    pub autonomy: Option<Autonomy>,
    /// Rules that stand elsewhere than that puts them, in this account.
    #[serde(default)]
    pub rules: Ladder,
}

impl AccountPolicy {
    /// An account under the engine's own autonomy.
    pub fn new(name: impl Into<AccountName>, venue: Venue) -> Self {
        Self { name: name.into(), venue, autonomy: None, rules: Ladder::default() }
    }
}

impl Policy {
    /// How far the engine may go with one rule in one account, as the config says it. The
    /// nearest word wins: the account's rule, its autonomy, the rule, the autonomy.
    pub fn trust(&self, account: &AccountName, duty: Duty) -> Trust {
        let account = self.accounts.iter().find(|a| a.name == *account);
        let own = |a: &AccountPolicy| {
            a.rules.get(duty).or_else(|| a.autonomy.map(|autonomy| duty.preset(autonomy)))
        };
        account
            .and_then(own)
            .or_else(|| self.rules.get(duty))
            .unwrap_or_else(|| duty.preset(self.autonomy))
    }

    /// The same policy, with nothing done that nobody asked for.
    #[must_use]
    pub fn only_looking(mut self) -> Self {
        self.autonomy = Autonomy::Observe;
        self.rules = Ladder::default();
        for account in &mut self.accounts {
            account.autonomy = None;
            account.rules = Ladder::default();
        }
        self
    }

    /// What holds before a config was read: looking only, at nothing.
    pub fn unread() -> Self {
        Self {
            autonomy: Autonomy::Observe,
            sync_interval: Span::secs(30),
            orphan_grace: Span::secs(30),
            confirmations: 2,
            confirm_interval: Span::secs(2),
            verify_timeout: verify_timeout(),
            protection: Protection {
                stop: Percent(Decimal::TWO),
                trigger: TriggerBy::Mark,
                on_breach: OnBreach::Alert,
                trailing: None,
            },
            rules: Ladder::default(),
            accounts: Vec::new(),
        }
    }
}

/// What recordings of before opens say nothing about.
fn verify_timeout() -> Span {
    Span::secs(10)
}
