//! Stops that the venue denies and never said were over: they may be there all the same.
//!
//! Binance has left live conditional orders out of its lists and denied them by id for half an
//! hour. A denial is believed after a while, since a leg without a stop is worse than one stop
//! too many; but only once in that time, so that stops do not pile up behind a venue that forgets
//! one after another. One that shows up again is a stop like any other: what is too many goes.
//! The one that a venue keeps on the position is denied with a position that it hides.
//! Door: [`Forgotten`].

use serde::{Deserialize, Serialize};

use crate::domain::client_id::ClientId;
use crate::domain::event::{Event, EventKind, Severity};
use crate::domain::time::{Span, Time};

use crate::engine::cx::Cx;
use crate::engine::held::HeldStop;
use crate::engine::leg::LegState;
use crate::engine::protect::DENIED_FOR;

/// How long a stop may come back after it was denied.
const FORGETS: Span = Span::secs(45 * 60);

/// The stops of a leg that were denied without a word that they ended.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Forgotten {
    denied: Vec<(ClientId, Time)>,
    /// The stop of which it was told that it is denied and nothing is placed for it.
    told: Option<ClientId>,
}

impl Forgotten {
    /// The venue said what became of it, or shows it again.
    pub(super) fn is_known(&mut self, id: &ClientId) {
        self.denied.retain(|(known, _)| known != id);
    }

    /// Whether a list asked for at that instant is too early to bring a stop back: it may lag.
    pub(super) fn is_too_early(&self, id: &ClientId, asked: Time) -> bool {
        let denied = self.denied.iter().find(|(known, _)| known == id);
        denied.is_some_and(|(_, at)| asked < *at + DENIED_FOR)
    }

    fn other(&self, id: &ClientId, now: Time) -> Option<&ClientId> {
        let young = |(known, at): &&(ClientId, Time)| known != id && now.since(*at) < FORGETS;
        self.denied.iter().find(young).map(|(known, _)| known)
    }
}

/// Takes a denied stop off the list; it may come back.
pub(super) fn forget(leg: &mut LegState, at: usize, now: Time) -> HeldStop {
    let stop = leg.stops.remove(at);
    leg.forgotten.denied.retain(|(_, at)| now.since(*at) < FORGETS);
    leg.forgotten.denied.push((stop.order.client_id.clone(), now));
    stop
}

/// Whether a stop that is denied by now is not given up, because another one was before and may
/// still rest: a third one is not stacked on a venue that forgets.
pub(super) fn is_one_too_many(cx: &mut Cx, leg: &mut LegState, id: &ClientId) -> bool {
    let Some(first) = leg.forgotten.other(id, cx.now).cloned() else { return false };
    if leg.position().is_none() {
        return false;
    }
    if leg.forgotten.told.as_ref() != Some(id) {
        leg.forgotten.told = Some(id.clone());
        let text = format!(
            "the venue denies stop {id} as it denied {first} before: not known whether any rests; \
             no third one is placed, both are asked for"
        );
        let event = Event::of(cx.now, EventKind::SyncFailed, Severity::Critical, &leg.key)
            .saying(text)
            .with(serde_json::json!({ "part": "orders", "client_id": id, "before": first }))
            .on(leg.row.as_ref().map(|row| row.id));
        cx.tell(event);
    }
    true
}
