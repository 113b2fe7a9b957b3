//! A stop of ours that another price fires than the policy names.
//!
//! It protects, so that nothing is urgent: the right one is live before it goes, and where the
//! venue refuses that it is left alone for a while. Not for: where the stop should be (that is
//! `protect`), and never other people's stops. Door: [`due`].

use crate::domain::amount::{Price, Qty};
use crate::domain::guard;
use crate::domain::order::TriggerBy;
use crate::domain::plan::Open;
use crate::domain::time::{Span, Time};

use crate::engine::cx::Cx;
use crate::engine::held::HeldStop;
use crate::engine::leg::LegState;

/// How long a change that was sent is not sent again.
const AGAIN: Span = Span::secs(600);

/// Whether the price that fires a stop of ours is the one that the policy names.
pub(super) fn is_right(stop: &HeldStop, by: TriggerBy) -> bool {
    !stop.order.ours() || stop.order.trigger_by == by
}

/// How much is to be put behind a leg that is covered well, but by a stop of ours that another
/// price fires; none when nothing is to be done, or not now.
pub(super) fn due(cx: &mut Cx, leg: &mut LegState, open: Open, want: Price) -> Option<Qty> {
    let by = cx.policy.protection.trigger;
    let position = leg.position()?;
    let good = |stop: &&HeldStop| {
        !stop.missing
            && guard::counts(position, None, &stop.order)
            && stop.order.trigger.is_some_and(|at| position.side.protects(at, want))
    };
    let size = |stop: &HeldStop| stop.order.quantity.unwrap_or(open.quantity);
    let ours = || leg.stops.iter().filter(good).filter(|stop| stop.order.ours());
    let wrong = ours().filter(|stop| !is_right(stop, by)).map(size).max()?.min(open.quantity);
    if ours().any(|stop| is_right(stop, by) && size(stop) >= wrong) {
        return None;
    }
    let waits: Option<Time> = leg.stop_desk.retyped.map(|at| at + AGAIN);
    if let Some(until) = waits.filter(|until| *until > cx.now) {
        cx.again(&leg.key, until);
        return None;
    }
    leg.stop_desk.retyped = Some(cx.now);
    Some(wrong)
}
