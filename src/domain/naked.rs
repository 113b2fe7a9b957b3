//! Naked spans: how long an open leg had no working stop for some of its size.
//!
//! For: one span, and the totals of a leg or an account on one UTC day. Not for: judging
//! coverage (that is `guard`). Door: [`NakedTotals::of`].

use serde::{Deserialize, Serialize};

use crate::domain::key::PositionKey;
use crate::domain::time::{Span, Time};

/// A stretch of time in which a leg was not covered completely.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NakedSpan {
    /// Which leg.
    pub key: PositionKey,
    /// From when on.
    pub began: Time,
    /// Until when; none while it goes on.
    pub ended: Option<Time>,
}

/// What the spans of one UTC day add up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NakedTotals {
    /// How many there were.
    pub spans: u32,
    /// How long together, the running one included.
    pub total: Span,
    /// The longest.
    pub worst: Span,
    /// Since when the running one goes on.
    pub since: Option<Time>,
}

impl NakedTotals {
    /// Adds up what of the spans lies between the last midnight (UTC) and `now`.
    pub fn of<'a>(spans: impl IntoIterator<Item = &'a NakedSpan>, now: Time) -> Self {
        let midnight = Time(now.0.saturating_sub(now.0.rem_euclid(DAY_MS)));
        let mut totals = Self::default();
        for span in spans {
            let end = span.ended.unwrap_or(now);
            if end <= midnight && span.ended.is_some() {
                continue;
            }
            totals.add(end.since(span.began.max(midnight)));
            if span.ended.is_none() {
                totals.since = Some(totals.since.map_or(span.began, |at| at.min(span.began)));
            }
        }
        totals
    }

    fn add(&mut self, length: Span) {
        self.spans += 1;
        self.total = Span(self.total.0.saturating_add(length.0));
        self.worst = self.worst.max(length);
    }
}

const DAY_MS: i64 = 86_400_000;
