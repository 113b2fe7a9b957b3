//! The picture before the first picture: no accounts, no legs, and nothing claimed.
//!
//! For: a screen that can be painted from its first instant. Door: [`snapshot`].

use rust_decimal::Decimal;

use crate::domain::amount::Percent;
use crate::domain::order::TriggerBy;
use crate::domain::policy::{Autonomy, OnBreach, Policy, Protection};
use crate::domain::snapshot::Snapshot;
use crate::domain::time::{Span, Time};

/// A snapshot of nothing at all.
pub fn snapshot() -> Snapshot {
    let policy = Policy {
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
    };
    Snapshot {
        seq: 0,
        at: Time(0),
        policy: policy.into(),
        accounts: Vec::new(),
        legs: Vec::new(),
        strays: Vec::new(),
        bad_rows: Vec::new().into(),
        events: Vec::new().into(),
        answers: Vec::new().into(),
        ledger_fault: None,
        repairs: Vec::new().into(),
        step_us_max: 0,
    }
}
