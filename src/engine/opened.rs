//! The ends of an open: the row written, position and stop proven live, or nothing of it left.
//!
//! For: what ledger, log and asker are told. Not for: deciding which end it is (that is `open`,
//! `verify` and `rollback`). Door: [`book`], [`verified`], [`failed`].

use crate::domain::amount::{Price, Qty};
use crate::domain::command::Verdict;
use crate::domain::event::{Event, EventKind, Severity};
use crate::domain::journal::{IntentState, Write};
use crate::domain::ledger::{NewRow, RowId};
use crate::domain::time::{Span, Time};

use crate::engine::adopt;
use crate::engine::cx::{Cx, Saving, Then};
use crate::engine::gone;
use crate::engine::leg::LegState;
use crate::engine::look::{self, Why};
use crate::engine::open::{self, OpenDesk};
use crate::engine::state::Info;
use crate::engine::verify;

/// Writes the row for what was filled.
pub(super) fn book(cx: &mut Cx, info: &mut Info, leg: &mut LegState) {
    let later = leg.save_retry.filter(|at| *at > cx.now);
    let tracked = leg.row.is_some();
    let Some(desk) = &mut leg.opening else { return };
    desk.booked |= tracked;
    if desk.booked || leg.saving || !info.is_open() {
        return;
    }
    // A failed look and a change of a row are never one step.
    let failed_now = (info.failed_at == Some(cx.now)).then_some(cx.now + Span(1));
    if let Some(at) = later.or(failed_now) {
        cx.again(&leg.key, at);
        return;
    }
    let Some(quantity) = desk.filled else { return };
    // After a restart its row may be closed by now: only what is there, or was never booked, is.
    let (inherited, began) = (desk.inherited, desk.began);
    if inherited && leg.position().is_none() {
        let closed = leg.last_closed.as_ref().is_some_and(|last| last.closed_at >= began);
        if !gone::is_absent_enough(cx, leg) {
            look::want(cx, info, Why::Confirm);
            return;
        }
        if closed {
            let why = "it was opened and closed again before the restart";
            failed(cx, leg, Severity::Warning, why, Some(IntentState::Done));
            return;
        }
    }
    let Some(desk) = &leg.opening else { return };
    let Some(row) = row_of(cx, info, leg, desk, quantity) else {
        // What it was filled at comes with its fills or with the position.
        verify::ask(cx, info, leg);
        return;
    };
    let (id, entry) = (desk.id().clone(), row.entry_price);
    let event = Event::of(cx.now, EventKind::PositionOpened, Severity::Info, &leg.key)
        .saying(format!("opened: {} {quantity} @ {entry}", row.side))
        .with(serde_json::json!({
            "side": row.side, "quantity": quantity, "entry_price": entry, "client_id": id,
            "stop_loss_price": row.stop_loss_price, "wanted": desk.plan.order.quantity,
        }));
    let saving = Saving {
        key: Some(leg.key.clone()),
        then: Then::Opened(Box::new(row.clone())),
        events: vec![event],
        repair: None,
        ask: None,
    };
    leg.saving = true;
    cx.change(saving, vec![Write::Open(Box::new(row))]);
}

/// The row of what was filled; none while nobody has said at which price.
fn row_of(cx: &Cx, info: &Info, leg: &LegState, desk: &OpenDesk, quantity: Qty) -> Option<NewRow> {
    let id = desk.id().clone();
    let fill = leg.fills.iter().find(|fill| fill.client_id.as_ref() == Some(&id));
    let report = desk.report.as_ref();
    let position = leg.position().filter(|position| position.side == desk.plan.side);
    let entry_price = report
        .and_then(|report| report.average)
        .or(position.and_then(|position| position.entry))
        .or(fill.map(|fill| fill.price))?;
    let opened = fill.map(|f| f.at).or(position.and_then(|p| p.opened.or(p.changed)));
    let rules = info.instruments.get(&leg.key.symbol);
    Some(NewRow {
        key: leg.key.clone(),
        venue: info.venue,
        side: desk.plan.side,
        quantity,
        entry_price,
        exchange_order_id: report.map(|r| r.id.clone()).or(fill.map(|f| f.order_id.clone())),
        stop_loss_price: rules.and_then(|rules| desk.plan.trigger(rules, entry_price)),
        opened_at: opened.map_or(desk.began, |at| Time(at.0)),
        settled: None,
        at: cx.now,
    })
}

/// The row is written: the leg is tracked, and trails where that was wished for.
pub(super) fn booked(cx: &mut Cx, leg: &mut LegState, new: NewRow, id: RowId) {
    leg.is_tracked(adopt::row(new, id));
    let Some(desk) = &mut leg.opening else { return };
    desk.booked = true;
    open::trail_as_wished(cx, leg);
}

/// Position and stop are both proven live.
pub(super) fn verified(cx: &mut Cx, leg: &mut LegState, at: Price) {
    let Some(desk) = leg.opening.take() else { return };
    let filled = desk.filled.unwrap_or(desk.plan.order.quantity);
    let entry = leg.row.as_ref().map(|row| row.entry_price);
    let price = entry.map_or_else(String::new, |entry| format!(" @ {entry}"));
    let mut text = format!("opened {} {filled}{price}, stop at {at} is live", desk.plan.side);
    let wanted = desk.plan.order.quantity;
    let mut severity = Severity::Info;
    if filled < wanted {
        text = format!("warning: only {filled} of {wanted} was filled; {text}");
        severity = Severity::Warning;
    }
    if let Some(there) = leg.position().map(|p| p.quantity).filter(|there| *there > filled) {
        text = format!("warning: the venue holds {there} there; {text}");
        severity = Severity::Warning;
    }
    let event = Event::of(cx.now, EventKind::OpenVerified, severity, &leg.key)
        .saying(text.clone())
        .with(serde_json::json!({
            "client_id": desk.id(), "order_id": desk.report.as_ref().map(|r| &r.id),
            "wanted": wanted, "filled": filled, "entry_price": entry, "stop": at,
            "attempts": desk.asked,
        }))
        .on(leg.row.as_ref().map(|row| row.id));
    cx.tell(event);
    let outcome = serde_json::json!({ "filled": filled, "stop": at });
    cx.settle_intent(desk.id(), IntentState::Done, outcome);
    if let Some(ask) = desk.ask {
        cx.answer(ask, Verdict::Done, format!("{}: {text}", leg.key));
    }
    cx.touch(&leg.key);
}

/// Ends an open that did not come to be, with nothing of it left.
pub(super) fn failed(
    cx: &mut Cx,
    leg: &mut LegState,
    severity: Severity,
    why: &str,
    state: Option<IntentState>,
) {
    let Some(desk) = leg.opening.take() else { return };
    let event = Event::of(cx.now, EventKind::OpenFailed, severity, &leg.key).saying(why).with(
        serde_json::json!({
            "client_id": desk.id(), "order_id": desk.report.as_ref().map(|r| &r.id),
            "wanted": desk.plan.order.quantity, "why": why, "attempts": desk.asked,
        }),
    );
    cx.tell(event);
    if let Some(state) = state {
        cx.settle_intent(desk.id(), state, serde_json::json!({ "failed": why }));
    }
    if let Some(ask) = desk.ask {
        cx.answer(ask, Verdict::Failed, format!("{}: not opened: {why}", leg.key));
    }
    cx.touch(&leg.key);
}
