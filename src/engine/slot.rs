//! The stop that a venue keeps on the position itself: one for each leg, amended in place.
//!
//! It follows the size and leaves with the position, and the venue knows no client id of ours
//! for it: whether what we sent is there is told by where it fires. Nothing ever cancels it.
//! Not for: where it should be (that is `protect`). Source: bybit 3.7.

use serde::{Deserialize, Serialize};

use crate::domain::amount::{Price, Qty};
use crate::domain::client_id::ClientId;
use crate::domain::journal::Write;
use crate::domain::order::{ConditionalOrder, OrderStatus, StopReport, StopStatus};
use crate::domain::time::{Span, Time};

use crate::engine::cx::Cx;
use crate::engine::desk::SentStop;
use crate::engine::held::HeldStop;
use crate::engine::leg::LegState;
use crate::engine::look::{self, Why};
use crate::engine::state::Info;
use crate::engine::stream;

/// How long the zero may be behind the word that a stop was cleared: topics are not ordered.
const BEHIND: Span = Span(1500);

/// A stop that ended while its position was believed to be open.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Cleared {
    order: ConditionalOrder,
    status: StopStatus,
    at: Time,
}

/// The stop on the position of a leg.
pub(super) fn held(leg: &LegState) -> Option<&HeldStop> {
    leg.stops.iter().find(|stop| stop.order.on_position)
}

/// Whether what the venue shows is what was sent.
pub(super) fn is_wanted(sent: &SentStop, report: &StopReport) -> bool {
    !report.order.on_position || report.order.trigger == Some(sent.plan.trigger)
}

/// Whether a resting order is the one that was sent: by its id, or by where it fires.
pub(super) fn is_sent(sent: &SentStop, order: &ConditionalOrder) -> bool {
    if order.on_position {
        return order.trigger == Some(sent.plan.trigger);
    }
    order.client_id == sent.client_id
}

/// Whether the venue's id of a stop is not known: read from the position alone it goes by its name.
pub(super) fn is_nameless(order: &ConditionalOrder) -> bool {
    order.on_position && order.id.as_str() == order.client_id.as_str()
}

/// What a stop of ours is asked for by: one on the position has no id of ours at the venue.
pub(super) fn asked_by(info: &Info, leg: &LegState, id: &ClientId) -> ClientId {
    let plain = |stop: &HeldStop| !stop.order.on_position && stop.order.client_id == *id;
    if info.venue.keeps_stops_on_positions() && !leg.stops.iter().any(plain) {
        return ClientId::on_position(&leg.key.symbol, leg.key.leg);
    }
    id.clone()
}

/// A stop of ours is on the position now: those before it have ended.
pub(super) fn replaced(cx: &mut Cx, leg: &mut LegState, by: &ClientId) {
    leg.cleared = None;
    let key = leg.key.clone();
    let (keep, status, at) = (Some(by.clone()), OrderStatus::Cancelled, cx.now);
    cx.note(Write::StopsEnded { key, keep, status, filled: None, at });
}

/// The stop on the position has ended: so have the records of what we put there.
pub(super) fn ended(cx: &mut Cx, leg: &LegState, status: &StopStatus) {
    let (status, filled) = stream::standing(status);
    let (key, at) = (leg.key.clone(), cx.now);
    cx.note(Write::StopsEnded { key, keep: None, status, filled, at });
}

/// It leaves with the position.
pub(super) fn leaves(cx: &mut Cx, leg: &mut LegState) {
    if let Some(at) = leg.stops.iter().position(|stop| stop.order.on_position) {
        leg.left = Some(leg.stops.remove(at).order.id);
        ended(cx, leg, &StopStatus::Expired);
    }
}

/// Whether its end may only mean that the position is gone, or that another took its place.
pub(super) fn may_be_cleared(
    leg: &LegState,
    order: &ConditionalOrder,
    status: &StopStatus,
) -> bool {
    order.on_position && (*status == StopStatus::Expired || leg.stop_desk.sent.is_some())
}

/// Waits for the word that the position is gone before the stop is called lost.
pub(super) fn cleared(
    cx: &mut Cx,
    leg: &mut LegState,
    order: ConditionalOrder,
    status: StopStatus,
) {
    leg.fired = Some(cx.now);
    leg.cleared = Some(Cleared { order, status, at: cx.now });
}

/// Settles what became of the stop when its position went, turned over, or did not.
pub(super) fn settle(cx: &mut Cx, info: &mut Info, leg: &mut LegState) {
    let open = leg.position().map(|position| position.side.closing());
    if open.is_some_and(|side| held(leg).is_some_and(|stop| stop.order.side != side)) {
        leaves(cx, leg);
    }
    let Some(cleared) = leg.cleared.clone() else { return };
    if open.is_none() || held(leg).is_some() {
        leg.cleared = None;
        return;
    }
    let due = cleared.at + BEHIND;
    if cx.now < due {
        cx.again(&leg.key, due);
        return;
    }
    leg.cleared = None;
    stream::lost(cx, leg, &cleared.order, &cleared.status);
    look::want(cx, info, Why::Protection);
}

/// Whether an intent of an earlier run is what the venue shows; then it goes on record.
pub(super) fn reached(cx: &mut Cx, leg: &LegState, id: &ClientId, report: &StopReport) -> bool {
    let order = &report.order;
    if !order.on_position {
        stream::record(cx, leg, order, &report.status);
        return true;
    }
    let Some((intent, _)) = leg.unfinished.iter().find(|(i, _)| i.client_id == *id) else {
        return false;
    };
    let payload = &intent.payload;
    let trigger = serde_json::from_value::<Price>(payload["trigger"].clone()).ok();
    let quantity = serde_json::from_value::<Qty>(payload["quantity"].clone()).ok();
    let there = report.status.protects() && trigger.is_some() && order.trigger == trigger;
    if let (true, Some(quantity)) = (there, quantity) {
        let ours =
            ConditionalOrder { client_id: id.clone(), quantity: Some(quantity), ..order.clone() };
        stream::record(cx, leg, &ours, &StopStatus::Live);
        let (keep, status) = (Some(id.clone()), OrderStatus::Cancelled);
        let (key, at) = (leg.key.clone(), cx.now);
        cx.note(Write::StopsEnded { key, keep, status, filled: None, at });
    }
    there
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;
    use crate::domain::amount::{OrderSide, Side};
    use crate::domain::key::{Leg, PositionKey, VenueOrderId};
    use crate::domain::order::{ConditionalKind, TriggerBy};
    use crate::domain::position::VenuePosition;

    fn on_position(id: &str) -> ConditionalOrder {
        let symbol = "BTCUSDT".into();
        ConditionalOrder {
            id: VenueOrderId::from(id),
            client_id: ClientId::on_position(&symbol, Leg::Net),
            symbol,
            leg: Leg::Net,
            side: OrderSide::Sell,
            quantity: None,
            trigger: None,
            trigger_by: TriggerBy::Mark,
            kind: ConditionalKind::StopMarket,
            reduces: true,
            on_position: true,
        }
    }

    #[test]
    fn a_word_of_a_stop_that_was_read_from_its_position_is_no_former_one() {
        let word = on_position("7f3a");
        let held_as = |id: &str| {
            let mut leg = LegState::new(PositionKey::new("main", "BTCUSDT", Leg::Net), Time(0));
            leg.stops.push(HeldStop::new(on_position(id)));
            leg.is_former(&word)
        };
        assert!(!held_as(word.client_id.as_str()), "nobody knew its id");
        assert!(held_as("6b1c"), "another one is there by now");
        assert!(!held_as("7f3a"));
    }

    #[test]
    fn what_must_have_left_is_believed_again_where_it_is_listed_behind_the_next_position() {
        let order = on_position("7f3a");
        let mut leg = LegState::new(PositionKey::new("main", "BTCUSDT", Leg::Net), Time(0));
        leg.left = Some(order.id.clone());
        assert!(leg.is_past(&order), "nothing is open: it protects nothing");
        leg.is_here(position(Side::Short), Time(1), Time(2));
        assert!(leg.is_past(&order), "what it closes is not what is open");
        leg.is_here(position(Side::Long), Time(3), Time(4));
        assert!(!leg.is_past(&order));
        leg.learn_stop(StopReport { order: order.clone(), status: StopStatus::Cancelled });
        assert!(leg.is_past(&order), "its end was told since");
    }

    fn position(side: Side) -> VenuePosition {
        VenuePosition {
            side,
            quantity: Qty::new(Decimal::ONE).unwrap(),
            entry: None,
            mark: None,
            liquidation: None,
            changed: None,
            opened: None,
            trouble: None,
        }
    }
}
