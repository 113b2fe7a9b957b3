//! The user stream: the fast path. It tells presence at once; absence only together with a look.
//!
//! For: believing its words, and finding out when it is up and says nothing.
//! Not for: what follows for a leg, which is considered afresh afterwards. Door: [`take`].

use crate::domain::amount::Qty;
use crate::domain::effect::Act;
use crate::domain::event::{Event, EventKind, Severity};
use crate::domain::evidence::{Absence, Fill};
use crate::domain::input::{StreamEvent, StreamPosition};
use crate::domain::journal::{OrderRecord, Write};
use crate::domain::key::{Leg, Symbol};
use crate::domain::ledger::DetectedBy;
use crate::domain::order::{ConditionalOrder, OrderReport, OrderStatus, StopReport, StopStatus};
use crate::domain::position::VenuePosition;
use crate::domain::snapshot::{Aged, StreamState};
use crate::domain::teeth::{Tooth, broken};
use crate::domain::time::{Span, Time, VenueTime};

use crate::engine::cancel;
use crate::engine::cx::{Cx, Waiting};
use crate::engine::drift::{self, Ear};
use crate::engine::foreign;
use crate::engine::leg::{Belief, Learnt, LegState, Told};
use crate::engine::look::{self, Why};
use crate::engine::reopened;
use crate::engine::slot;
use crate::engine::state::{Account, Info};
use crate::engine::timers::Timer;
use crate::engine::twin;
use crate::engine::verify;
use crate::engine::writers;

/// The echo of an act of ours arrives within this, or the stream is not believed.
pub(super) const ECHO: Span = Span::secs(3);
/// A stream this young is not blamed for what it did not tell.
const YOUNG: Span = Span::secs(10);

/// Takes one word of an account's user stream.
pub(super) fn take(cx: &mut Cx, account: &mut Account, event: StreamEvent) {
    match event {
        StreamEvent::Up => up(cx, &mut account.info),
        StreamEvent::Down(why) => down(cx, &mut account.info, &why),
        StreamEvent::Position { symbol, leg, open, at } => {
            account.info.heard = Some(cx.now);
            position(cx, account, &symbol, leg, open, at);
        }
        StreamEvent::Fill(fill) => {
            account.info.heard = Some(cx.now);
            take_fill(cx, account, fill);
        }
        StreamEvent::Order(report) => {
            account.info.heard = Some(cx.now);
            order(cx, account, report);
        }
        StreamEvent::Stop(report) => {
            account.info.heard = Some(cx.now);
            stop(cx, account, report);
        }
        StreamEvent::Foreign(order) => {
            account.info.heard = Some(cx.now);
            foreign::placed(cx, account, order);
        }
        StreamEvent::Balance(value) => {
            account.info.heard = Some(cx.now);
            account.info.balance = Some(Aged { value, at: cx.now });
        }
    }
}

fn up(cx: &mut Cx, info: &mut Info) {
    if !info.stream_is_up() {
        let event = Event::about(cx.now, EventKind::StreamUp, Severity::Info, &info.name)
            .saying("user stream up: looking at everything again");
        cx.tell(event);
    }
    info.stream = StreamState::Up(cx.now);
    info.heard = Some(cx.now);
    look::want(cx, info, Why::Connected);
}

fn down(cx: &mut Cx, info: &mut Info, why: &str) {
    if !matches!(info.stream, StreamState::Down(..)) {
        let event = Event::about(cx.now, EventKind::StreamDown, Severity::Warning, &info.name)
            .saying(format!("user stream down: {why}"))
            .with(serde_json::json!({"why": why}));
        cx.tell(event);
        info.stream = StreamState::Down(cx.now, why.to_owned());
        look::want(cx, info, Why::Changed);
    }
    info.echoes.clear();
}

/// Drops a stream that is connected and does not tell what happens.
pub(super) fn suspect(cx: &mut Cx, info: &mut Info, asked: Time, why: &str) {
    let StreamState::Up(since) = info.stream else { return };
    if asked.since(since) < YOUNG {
        return;
    }
    down(cx, info, &format!("alive but silent: {why}"));
    let name = info.name.clone();
    cx.act(&name, Act::Restream, Waiting::Nothing);
}

/// Suspects a stream on which the echo of an act of ours is overdue.
pub(super) fn listen(cx: &mut Cx, info: &mut Info) {
    let Some(first) = info.echoes.values().min().copied() else { return };
    if first > cx.now {
        cx.timers.by(Timer::Look(info.name.clone()), first);
        return;
    }
    let overdue = info.echoes.iter().find(|(_, by)| **by <= cx.now).map(|(id, _)| id.to_string());
    info.echoes.clear();
    if let Some(id) = overdue {
        let now = cx.now;
        suspect(cx, info, now, &format!("no echo of our order {id}"));
    }
}

fn position(
    cx: &mut Cx,
    account: &mut Account,
    symbol: &Symbol,
    side: Leg,
    open: Option<StreamPosition>,
    at: VenueTime,
) {
    let revision = account.info.stir();
    let ear = Ear::of(&account.info, cx.now);
    let leg = account.leg(symbol, side, cx.now);
    if leg.told.as_ref().is_some_and(|told| told.at > at) && !broken(Tooth::OlderWord) {
        return;
    }
    leg.touched = revision;
    leg.told = Some(Told { open: open.clone(), at, heard: cx.now });
    drift::streamed(ear, leg, open.as_ref(), at);
    let ended = open.as_ref().map(|open| open.side) != leg.row.as_ref().map(|row| row.side);
    if ended && leg.row.as_ref().is_some_and(|row| row.opened_at.0 < at.0) {
        leg.replaced.zero.get_or_insert((at, cx.now));
    }
    cx.touch(&leg.key);
    match open {
        Some(open) => {
            if opened(cx.now, leg, open, at) {
                look::want(cx, &mut account.info, Why::Changed);
            }
        }
        None => {
            if !leg.fading() {
                leg.absences.push(Absence::StreamZero(cx.now));
                leg.asks_history_afresh();
            }
            leg.noticed.get_or_insert((DetectedBy::Stream, cx.now));
            if !leg.is_absent() {
                look::want(cx, &mut account.info, Why::Changed);
            }
        }
    }
}

/// Whether this is another holding, size or side than was believed.
fn opened(now: Time, leg: &mut LegState, open: StreamPosition, at: VenueTime) -> bool {
    let mark = match &leg.there {
        Belief::Open { position, .. } => position.mark,
        _ => None,
    };
    let position = VenuePosition {
        side: open.side,
        quantity: open.quantity,
        entry: open.entry,
        mark,
        liquidation: None,
        changed: Some(at),
        opened: open.opened,
        trouble: open.trouble,
    };
    // Of what is over nothing counts but the price.
    let old = leg.position().filter(|old| !old.is_certainly_not(&position));
    let liquidation = old.and_then(|old| old.liquidation);
    let same = old.is_some_and(|old| old.is_as_held(&position));
    reopened::suspect(leg, &position);
    leg.is_here(VenuePosition { liquidation, ..position }, now, now);
    if !same {
        leg.looks = 0;
    }
    !same
}

fn take_fill(cx: &mut Cx, account: &mut Account, fill: Fill) {
    let revision = account.info.stir();
    let leg = account.leg(&fill.symbol, fill.leg, cx.now);
    leg.touched = revision;
    cx.touch(&leg.key);
    if let Some(id) = &fill.client_id {
        account.info.echoes.remove(id);
    }
    let leg = account.leg(&fill.symbol, fill.leg, cx.now);
    if note_fill(cx, leg, fill.clone()) {
        writers::filled(cx, &mut account.info, &fill);
    }
}

/// Keeps a fill that is new, and warns of one that was told before and otherwise. Says whether
/// it is new.
pub(super) fn note_fill(cx: &mut Cx, leg: &mut LegState, fill: Fill) -> bool {
    match leg.learn_fill(fill.clone()) {
        Learnt::New => {
            drift::filled(leg);
            cx.note(Write::Fill { key: leg.key.clone(), fill: Box::new(fill) });
            true
        }
        Learnt::Known => false,
        Learnt::Disputed(first) => {
            let id = fill.trade_id.as_str();
            let event = Event::of(cx.now, EventKind::SyncFailed, Severity::Warning, &leg.key)
                .saying(format!("trade {id} told again with other data: the first word stands"))
                .with(serde_json::json!({ "part": "fills", "kept": first, "refused": fill }))
                .on(leg.row.as_ref().map(|row| row.id));
            cx.tell(event);
            false
        }
    }
}

fn order(cx: &mut Cx, account: &mut Account, report: OrderReport) {
    account.info.echoes.remove(&report.client_id);
    if report.status.is_final() {
        foreign::ended(cx, account, &report.id);
    }
    if report.status == OrderStatus::Live {
        twin::heard_order(cx, &mut account.info, &report.client_id);
    }
    // Orders of others are many, and none of them is a close of ours.
    if report.client_id.purpose().is_none() {
        return;
    }
    verify::heard(cx, account, &report);
    let Some(leg) = account.legs.values_mut().find(|leg| {
        leg.close
            .as_ref()
            .and_then(|c| c.sent.as_ref())
            .is_some_and(|s| s.client_id == report.client_id)
    }) else {
        return;
    };
    cx.touch(&leg.key);
    if let Some(sent) = leg.close.as_mut().and_then(|close| close.sent.as_mut()) {
        sent.report = Some(report);
    }
}

fn stop(cx: &mut Cx, account: &mut Account, report: StopReport) {
    account.info.echoes.remove(&report.order.client_id);
    if report.status == StopStatus::Live && !report.order.on_position {
        twin::heard(cx, &mut account.info, &report.order.client_id);
    }
    let revision = account.info.stir();
    let leg = account.leg(&report.order.symbol.clone(), report.order.leg, cx.now);
    leg.touched = revision;
    cx.touch(&leg.key);
    let (order, status) = (report.order.clone(), report.status.clone());
    // The answer was faster: what the stream tells late was true before.
    if status.protects() && leg.is_over(&order) {
        return;
    }
    leg.forgotten.is_known(&order.client_id);
    if !status.protects() && leg.is_former(&order) {
        leg.has_ended(&order.id);
        return;
    }
    if order.ours() {
        record(cx, leg, &order, &status);
    }
    let held = leg.stops.iter().find(|s| s.order.client_id == order.client_id).cloned();
    let ended = leg.learn_stop(report);
    let final_word = !status.protects();
    let ours_to_end =
        final_word.then(|| leg.stop_desk.cancelling.remove(&order.client_id)).flatten();
    let fired = matches!(status, StopStatus::Finished(Some(_)));
    if ended && order.on_position {
        slot::ended(cx, leg, &status);
    }
    let open = ended && leg.position().is_some();
    if fired {
        if open {
            leg.fired = Some(cx.now);
            look::want(cx, &mut account.info, Why::Changed);
        }
    } else if let (Some(cancel), Some(stop), true) = (ours_to_end, held, ended) {
        // The stream may be faster than the answer: whichever comes first tells it.
        cancel::cleaned(cx, leg, &stop, cancel);
    } else if open && slot::may_be_cleared(leg, &order, &status) {
        slot::cleared(cx, leg, order, status);
        look::want(cx, &mut account.info, Why::Changed);
    } else if open && ours_to_end.is_none() {
        lost(cx, leg, &order, &status);
        look::want(cx, &mut account.info, Why::Protection);
    }
}

/// Tells that a stop behind an open leg ended without us.
pub(super) fn lost(cx: &mut Cx, leg: &LegState, order: &ConditionalOrder, status: &StopStatus) {
    let how = match status {
        StopStatus::Cancelled => "cancelled by somebody else".to_owned(),
        StopStatus::Expired => "expired by the venue".to_owned(),
        StopStatus::Rejected(why) => format!("rejected when it fired: {why}"),
        StopStatus::Finished(_) => "fired and filled nothing".to_owned(),
        StopStatus::Live | StopStatus::Firing => "not known to the venue any more".to_owned(),
    };
    let at = order.trigger.map_or_else(String::new, |price| format!(" {price}"));
    let event = Event::of(cx.now, EventKind::StopLost, Severity::Critical, &leg.key)
        .saying(format!("stop{at} {}: {how}", order.client_id))
        .with(serde_json::json!({
            "client_id": order.client_id, "venue_id": order.id, "how": how,
            "trigger": order.trigger, "ours": order.ours(),
        }))
        .on(leg.row.as_ref().map(|row| row.id));
    cx.tell(event);
}

/// A stop's standing as the ledger's record of orders has it.
pub(super) fn standing(status: &StopStatus) -> (OrderStatus, Option<Qty>) {
    match status {
        StopStatus::Live | StopStatus::Firing => (OrderStatus::Live, None),
        StopStatus::Finished(Some(filled)) => (OrderStatus::Filled, Some(*filled)),
        StopStatus::Finished(None) | StopStatus::Cancelled => (OrderStatus::Cancelled, None),
        StopStatus::Rejected(_) => (OrderStatus::Rejected, None),
        StopStatus::Expired => (OrderStatus::Expired, None),
    }
}

/// Keeps what the venue says of a stop of ours.
pub(super) fn record(cx: &mut Cx, leg: &LegState, order: &ConditionalOrder, status: &StopStatus) {
    let Some(quantity) = order.quantity else { return };
    let (status, filled) = standing(status);
    cx.note(Write::Order(Box::new(OrderRecord {
        client_id: order.client_id.clone(),
        key: leg.key.clone(),
        venue_id: Some(order.id.clone()),
        side: order.side,
        quantity,
        trigger: order.trigger,
        status,
        filled,
        average: None,
        at: cx.now,
    })));
}
