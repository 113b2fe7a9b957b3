//! The end of a trailing stop, what it makes of the end of its row, and what of it comes back
//! after a restart.
//!
//! Each ends once and is told once: in the transaction that closes its row, or by itself where
//! the row was taken away by others. Not for: moving it (that is `trail`). Door: [`with_row`],
//! [`take_back`].

use crate::domain::amount::Money;
use crate::domain::client_id::{ClientId, Purpose};
use crate::domain::event::{Event, EventKind, Severity};
use crate::domain::evidence::{ExitReason, Explanation, Fill, Origin};
use crate::domain::journal::Write;
use crate::domain::ledger::{Row, RowId};
use crate::domain::trail::{TrailRecord, TrailState};

use crate::engine::cx::Cx;
use crate::engine::leg::LegState;
use crate::engine::state::Info;
use crate::engine::trail::TrailDesk;

/// The event that a trailing stop is over; none where a person took it off before.
pub(super) fn removal(cx: &Cx, leg: &LegState, reason: &str, pnl: Option<Money>) -> Option<Event> {
    let desk = leg.course.trail.as_ref().filter(|d| d.trail.state != TrailState::Off)?;
    Some(gone(cx, leg, desk.row, reason, pnl))
}

fn gone(cx: &Cx, leg: &LegState, row: RowId, reason: &str, pnl: Option<Money>) -> Event {
    let text = pnl.map(|pnl| format!(", pnl {}", pnl.0.round_dp(4).normalize()));
    let text = text.unwrap_or_default();
    Event::of(cx.now, EventKind::TrailingStopRemoved, Severity::Info, &leg.key)
        .saying(format!("trailing stop removed: {}{text}", reason.replace('_', " ")))
        .with(serde_json::json!({
            "symbol": leg.key.symbol, "position_id": row, "reason": reason, "realized_pnl": pnl,
        }))
        .on(Some(row))
}

/// Ends it in the transaction that closes its row.
pub(super) fn with_row(
    cx: &Cx,
    leg: &LegState,
    closed: &Row,
    events: &mut Vec<Event>,
    writes: &mut Vec<Write>,
) {
    if leg.course.trail.as_ref().is_none_or(|desk| desk.row != closed.id) {
        return;
    }
    events.extend(removal(cx, leg, "position_closed", closed.pnl));
    writes.push(Write::TrailEnded { key: leg.key.clone(), at: cx.now });
}

/// Ends one whose row is not the leg's any more: another program closed or deleted it.
pub(super) fn of_former(cx: &mut Cx, leg: &mut LegState) {
    let row = leg.row.as_ref().map(|row| row.id);
    if leg.course.trail.as_ref().is_none_or(|desk| Some(desk.row) == row) {
        return;
    }
    let reason = if leg.position().is_some() { "row_gone" } else { "position_closed" };
    if let Some(event) = removal(cx, leg, reason, None) {
        cx.tell(event);
    }
    cx.note(Write::TrailEnded { key: leg.key.clone(), at: cx.now });
    leg.course.trail = None;
}

/// Takes what the ledger remembers of a leg's trailing stop: it goes on from there and never
/// back. At the start a record of a row that is closed by now is ended.
pub(super) fn take_back(cx: &mut Cx, leg: &mut LegState, record: TrailRecord, first: bool) {
    let row = leg.row.clone().filter(|row| row.id == record.row);
    let Some(row) = row else {
        if first {
            if record.trail.state != TrailState::Off {
                let event = gone(cx, leg, record.row, "position_closed", None);
                cx.tell(event);
            }
            cx.note(Write::TrailEnded { key: leg.key.clone(), at: cx.now });
        }
        return;
    };
    match &mut leg.course.trail {
        Some(desk) if desk.row == row.id && desk.written >= record.at => {}
        // Another engine led meanwhile: what both have seen counts.
        Some(desk) if desk.row == row.id => {
            desk.trail = record.trail.and(desk.trail, row.side);
            desk.target = desk.trail.stop.filter(|_| desk.trail.is_active());
            desk.told |= record.trail.is_active();
            desk.written = record.at;
        }
        _ => leg.course.trail = Some(TrailDesk::new(row.id, record.trail, record.at)),
    }
    cx.touch(&leg.key);
}

/// An end by our stop is one of the trailing stop, once it was active.
pub(super) fn cause(info: &Info, leg: &LegState, mut why: Explanation) -> Explanation {
    let active = leg.course.trail.as_ref().is_some_and(|desk| desk.trail.is_active());
    let ours = |fill: &Fill| match fill.client_id.as_ref().and_then(ClientId::purpose) {
        Some(purpose) => purpose == Purpose::Stop,
        None => info.venue.keeps_stops_on_positions() && fill.origin == Origin::Stop,
    };
    if active && why.reason == ExitReason::StopLoss && why.fills.last().is_some_and(ours) {
        why.reason = ExitReason::TrailingStop;
    }
    why
}
