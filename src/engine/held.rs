//! The conditional orders of a leg that are believed to be resting, and what is learnt of them.
//!
//! Not for: whether they protect anything (that is `protect`) or sending any. Door: [`HeldStop`].

use crate::domain::key::VenueOrderId;
use crate::domain::order::{ConditionalOrder, StopReport};
use crate::domain::time::Time;

use crate::engine::leg::LegState;
use crate::engine::slot;

/// How many ended stops a leg remembers.
const ENDED_STOPS: usize = 16;

/// A conditional order we believe to be resting.
#[derive(Clone, Debug)]
pub(super) struct HeldStop {
    pub(super) order: ConditionalOrder,
    /// First seen without a position behind it.
    pub(super) stray_since: Option<Time>,
    /// Missing from the last complete list: being asked for by id before it is believed gone.
    pub(super) missing: bool,
    /// Not asked for before this instant.
    pub(super) ask_at: Option<Time>,
    /// Questions about it that failed since it was shown last.
    pub(super) failed: u32,
    /// Since when the venue denies knowing it.
    pub(super) denied: Option<Time>,
}

impl HeldStop {
    pub(super) fn new(order: ConditionalOrder) -> Self {
        Self { order, stray_since: None, missing: false, ask_at: None, failed: 0, denied: None }
    }
}

impl LegState {
    /// Whether this is what a resting order was before: its end says nothing of the one that rests.
    pub(super) fn is_former(&self, order: &ConditionalOrder) -> bool {
        let held = self.stops.iter().find(|s| s.order.client_id == order.client_id);
        held.is_some_and(|held| held.order.id != order.id && !slot::is_nameless(&held.order))
    }

    /// Takes a stop off the list for good: a list that lags may still show it, and is not believed.
    pub(super) fn end_stop(&mut self, at: usize) -> HeldStop {
        let stop = self.stops.remove(at);
        self.has_ended(&stop.order.id);
        stop
    }

    /// Remembers that an order is over.
    pub(super) fn has_ended(&mut self, id: &VenueOrderId) {
        if self.ended_stops.len() == ENDED_STOPS {
            self.ended_stops.pop_front();
        }
        self.ended_stops.push_back(id.clone());
    }

    /// Takes the venue's word on a conditional order. Says whether a resting one ended.
    pub(super) fn learn_stop(&mut self, report: StopReport) -> bool {
        let StopReport { order, status } = report;
        let held = self.stops.iter().position(|s| s.order.client_id == order.client_id);
        match (held, status.protects()) {
            (Some(at), true) => {
                let stray_since = self.stops[at].stray_since;
                self.stops[at] = HeldStop { stray_since, ..HeldStop::new(order) };
                false
            }
            (Some(at), false) => {
                self.end_stop(at);
                true
            }
            (None, true) => {
                self.stops.push(HeldStop::new(order));
                false
            }
            (None, false) => false,
        }
    }
}
