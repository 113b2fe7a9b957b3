//! The conditional orders of a leg that are believed to be resting, and what is learnt of them.
//!
//! Not for: whether they protect anything (that is `protect`) or sending any. Door: [`HeldStop`].

use serde::{Deserialize, Serialize};

use crate::domain::amount::Price;
use crate::domain::guard;
use crate::domain::key::VenueOrderId;
use crate::domain::order::{ConditionalOrder, StopReport};
use crate::domain::time::Time;

use crate::engine::leg::LegState;
use crate::engine::slot;

/// How many ended stops a leg remembers.
const ENDED_STOPS: usize = 16;

/// A conditional order we believe to be resting.
#[derive(Clone, Debug, Serialize, Deserialize)]
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
    /// Since when it rests where it is, as far as known.
    pub(super) since: Option<(Time, Option<Price>)>,
    /// Another one has been told to be in its place.
    pub(super) superseded: bool,
}

impl HeldStop {
    pub(super) fn new(order: ConditionalOrder) -> Self {
        Self {
            order,
            stray_since: None,
            missing: false,
            ask_at: None,
            failed: 0,
            denied: None,
            since: None,
            superseded: false,
        }
    }
}

impl LegState {
    /// Whether this is what a resting order was before: its end says nothing of the one that rests.
    pub(super) fn is_former(&self, order: &ConditionalOrder) -> bool {
        let held = self.stops.iter().find(|s| s.order.client_id == order.client_id);
        held.is_some_and(|held| held.order.id != order.id && !slot::is_nameless(&held.order))
    }

    /// Notes since when each stop rests where it is.
    pub(super) fn date_stops(&mut self, now: Time) {
        for stop in &mut self.stops {
            let trigger = stop.order.trigger;
            stop.since = stop.since.filter(|(_, at)| *at == trigger).or(Some((now, trigger)));
        }
    }

    /// Since when the stop rests that covers it: the tightest that does so alone, else the
    /// youngest of all that are needed.
    pub(super) fn covered_since(&self) -> Option<Time> {
        let position = self.position()?;
        let mark = self.mark_price();
        let counts = |stop: &&HeldStop| guard::counts(position, mark, &stop.order);
        let stops = || self.stops.iter().filter(|stop| !stop.missing).filter(counts);
        let orders = stops().map(|stop| &stop.order);
        let at = guard::standing(position.side, position.quantity, orders);
        let whole = |stop: &&HeldStop| {
            stop.order.trigger == at
                && stop.order.quantity.is_none_or(|size| size >= position.quantity)
        };
        let since = |stop: &HeldStop| stop.since.map(|(since, _)| since);
        match at {
            Some(_) => stops().filter(whole).filter_map(since).min(),
            None => stops().filter_map(since).max(),
        }
    }

    /// Takes a stop off the list for good: a list that lags may still show it, and is not believed.
    pub(super) fn end_stop(&mut self, at: usize) -> HeldStop {
        let stop = self.stops.remove(at);
        self.has_ended(&stop.order.id);
        stop
    }

    /// Whether an order has ended for certain. One on a position may be there again by that name.
    pub(super) fn is_over(&self, order: &ConditionalOrder) -> bool {
        !order.on_position && self.ended_stops.contains(&order.id)
    }

    /// Whether a list that shows an order is older than its end. What must have left with its
    /// position and is listed behind the next one did not leave.
    pub(super) fn is_past(&self, order: &ConditionalOrder) -> bool {
        let protects = self.position().is_some_and(|held| held.side.closing() == order.side);
        let left = self.left.as_ref() == Some(&order.id);
        self.ended_stops.contains(&order.id) || left && !protects
    }

    /// Remembers that an order is over.
    pub(super) fn has_ended(&mut self, id: &VenueOrderId) {
        if self.ended_stops.len() == ENDED_STOPS {
            self.ended_stops.pop_front();
        }
        self.ended_stops.push_back(id.clone());
    }

    /// Takes the venue's word on a conditional order. Says whether a resting one ended. What has
    /// ended for certain does not rest again: a stream may tell late that it did.
    pub(super) fn learn_stop(&mut self, report: StopReport) -> bool {
        let StopReport { order, status } = report;
        let held = self.stops.iter().position(|s| s.order.client_id == order.client_id);
        match (held, status.protects()) {
            (Some(at), true) => {
                let HeldStop { stray_since, since, superseded, .. } = self.stops[at];
                let kept = HeldStop::new(order);
                self.stops[at] = HeldStop { stray_since, since, superseded, ..kept };
                false
            }
            (Some(at), false) => {
                self.end_stop(at);
                true
            }
            (None, true) if self.is_over(&order) => false,
            (None, true) => {
                // The one on a position goes by the name of the one that was denied before it.
                self.forgotten.is_known(&order.client_id);
                self.stops.push(HeldStop::new(order));
                false
            }
            (None, false) => {
                if self.left.as_ref() == Some(&order.id) {
                    self.has_ended(&order.id);
                }
                false
            }
        }
    }
}
