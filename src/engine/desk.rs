//! What is under way with a leg: asking for fills, placing and cancelling stops, closing, adopting.
//!
//! Plain records; who moves them on is named for what it does: `gone`, `place`, `cancel`,
//! `close`, `adopt`.

use std::collections::{BTreeMap, VecDeque};

use serde::{Deserialize, Serialize};

use crate::domain::amount::{Price, Qty};
use crate::domain::client_id::{ClientId, Purpose};
use crate::domain::order::OrderReport;
use crate::domain::outcome::RefusalKind;
use crate::domain::plan::{ClosePlan, StopPlan};
use crate::domain::time::{Span, Time, VenueTime};

use crate::engine::protect::{BREACH_TRIES, DENIED_FOR};

/// Asking the venue what was filled.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(super) struct HistoryDesk {
    pub(super) asking: bool,
    /// A complete answer has come.
    pub(super) complete: bool,
    /// When the first answer came, complete or not.
    pub(super) first: Option<Time>,
    pub(super) answered: bool,
    /// Complete answers that did not explain what is missing.
    pub(super) empty: u32,
    /// Answers in a row that were not complete.
    pub(super) failed: u32,
    pub(super) first_empty: Option<Time>,
    /// Since when their silence is believed.
    pub(super) silent: Option<Time>,
    pub(super) next: Option<Time>,
    /// Until when the venue's limits let nobody ask.
    #[serde(default)]
    pub(super) held: Option<Time>,
}

/// Putting a stop behind a leg.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct StopDesk {
    pub(super) sent: Option<SentStop>,
    pub(super) refusals: u32,
    /// How many of them in a row because the price is through the stop.
    pub(super) through: u32,
    pub(super) retry: Option<Time>,
    pub(super) last: Option<String>,
    pub(super) began: Option<Time>,
    /// The last one was refused because what is there is too small for the venue.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) dust: bool,
    /// When one was last put there only because another price fires the one that is there.
    pub(super) retyped: Option<Time>,
    /// An operator asked for it: done even when the policy would only observe.
    pub(super) asked: Option<u64>,
    /// When that was, and when the venue had last changed what it was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) asked_of: Option<(Time, Option<VenueTime>)>,
    /// Cancels under way.
    pub(super) cancelling: BTreeMap<ClientId, Cancel>,
}

impl StopDesk {
    /// What was refused was for what is over: the next stop is a first one. What waits because
    /// the venue has no room goes on waiting.
    pub(super) fn tries_afresh(&mut self) {
        if self.refusals > 0 {
            (self.refusals, self.through, self.dust) = (0, 0, false);
            (self.retry, self.last) = (None, None);
        }
    }
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct Cancel {
    pub(super) out: bool,
    pub(super) retry: Time,
    pub(super) failed: u32,
    pub(super) stray: bool,
}

/// A stop that was sent and is not proven live yet.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct SentStop {
    pub(super) client_id: ClientId,
    pub(super) plan: StopPlan,
    pub(super) doubt: Doubt,
    /// Where the stop of ours fires that it takes the place of.
    pub(super) replaces: Option<Price>,
    /// Only the trailing stop wants it: without it the leg is covered as its row says.
    pub(super) trailing: bool,
    pub(super) at: Time,
}

/// How sure we are about something that was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Doubt {
    /// The answer is on its way.
    Waiting,
    /// The answer was no answer: the venue is asked by our id.
    Unsure { since: Time, asked: u32, next: Option<Time> },
}

/// A close under way.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct CloseDesk {
    pub(super) ask: Option<u64>,
    pub(super) purpose: Purpose,
    pub(super) plan: ClosePlan,
    pub(super) before: Qty,
    /// When the venue had last changed the position by then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) changed: Option<VenueTime>,
    pub(super) queue: VecDeque<Qty>,
    pub(super) sent: Option<SentClose>,
    pub(super) began: Time,
    pub(super) flat_since: Option<Time>,
    /// The venue ended an order early: that is a failure unless the leg proves to be flat.
    pub(super) cut: Option<String>,
    pub(super) failed: Option<(Time, String)>,
    /// There was no room for the next order: until when it waits, and what is said of that.
    pub(super) waits: Option<(Time, String)>,
    /// It failed without being proven flat: it is not let go before it is, or a person tries again.
    pub(super) latched: bool,
    /// It is one of several: the batch answers for it.
    pub(super) batch: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct SentClose {
    pub(super) client_id: ClientId,
    pub(super) quantity: Qty,
    pub(super) doubt: Doubt,
    pub(super) report: Option<OrderReport>,
    pub(super) next_look: Option<Time>,
}

/// An adoption under way.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Adopting {
    pub(super) ask: Option<u64>,
    pub(super) plan: StopPlan,
    pub(super) since: Time,
    pub(super) booked: bool,
}

impl Doubt {
    /// The wait before the venue is asked for the n-th time what became of something.
    pub(super) fn wait(asked: u32) -> Span {
        match asked {
            0 => Span(500),
            1 => Span(1000),
            2 => Span(2000),
            _ => Span(5000),
        }
    }

    /// When to ask for the n-th time, never later than a denial since `since` is believed.
    pub(super) fn next(now: Time, since: Time, asked: u32) -> Time {
        let believed = since + DENIED_FOR;
        let next = now + Self::wait(asked);
        if now < believed { next.min(believed) } else { next }
    }
}

/// When a stop that was refused so often is tried again.
pub(super) fn retry_at(now: Time, kind: RefusalKind, tries: u32) -> Time {
    match kind {
        RefusalKind::WouldTrigger if tries > BREACH_TRIES => now + Span::secs(5),
        RefusalKind::WouldTrigger => now + Doubt::wait(tries.saturating_sub(1).min(2)),
        RefusalKind::Key | RefusalKind::Filter => now + Span::secs(30),
        _ => now + Span::secs(1 << tries.saturating_sub(1).min(5)),
    }
}
