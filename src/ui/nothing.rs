//! The picture before the first picture: no accounts, no legs, and nothing claimed.
//!
//! For: a screen that can be painted from its first instant. Door: [`snapshot`].

use crate::domain::policy::Policy;
use crate::domain::snapshot::Snapshot;
use crate::domain::time::Time;

/// A snapshot of nothing at all.
pub fn snapshot() -> Snapshot {
    Snapshot {
        seq: 0,
        at: Time(0),
        policy: Policy::unread().into(),
        accounts: Vec::new(),
        legs: Vec::new(),
        strays: Vec::new(),
        ended: Vec::new(),
        bad_rows: Vec::new().into(),
        events: Vec::new().into(),
        answers: Vec::new().into(),
        ledger_fault: None,
        repairs: Vec::new().into(),
        batches: Vec::new().into(),
        step_us_max: 0,
    }
}
