//! Booking an end: the row closed in one transaction with its proof, and what the leg keeps.
//!
//! Not for: whether the position is gone (that is `gone`). Door: [`book`], [`booked`].

use std::sync::Arc;

use crate::domain::event::{Event, EventKind, Severity};
use crate::domain::evidence::{Account, ExitReason, Gone};
use crate::domain::journal::{Author, Repair, RepairId, Rule, Write};
use crate::domain::ledger::{ClosedMark, DetectedBy, Row};

use crate::engine::cx::{Cx, Saving, Then};
use crate::engine::findings;
use crate::engine::flip;
use crate::engine::leg::{LegState, Replaced};
use crate::engine::resolve::Word;
use crate::engine::state::Info;
use crate::engine::trail_end;

/// Closes the row in the ledger, with the proof and the fills that say so.
pub(super) fn book(
    cx: &mut Cx,
    info: &Info,
    leg: &mut LegState,
    row: &Row,
    gone: &Gone,
    by: DetectedBy,
    word: Option<&Word>,
) {
    let phantom = findings::tell_phantom(cx, leg);
    let closed = row.close(gone, by, cx.now);
    let rule = if phantom { Rule::ClosePhantom } else { Rule::BookClose };
    let by_person = by == DetectedBy::Operator || word.is_some();
    let author = if by_person { Author::Operator } else { Author::Engine };
    let mut evidence = gone.to_json();
    if let Some(word) = word {
        evidence["decided"] = serde_json::json!(word.decision);
    }
    let repair = Repair {
        id: RepairId::of(rule, &leg.key, row),
        rule,
        author,
        key: leg.key.clone(),
        evidence,
        at: cx.now,
    };
    let image = closed.row().clone();
    let text = sentence(&image);
    let (kind, severity) = if phantom {
        (EventKind::PhantomClosed, Severity::Warning)
    } else {
        (EventKind::PositionClosed, Severity::Info)
    };
    let event = Event::of(cx.now, kind, severity, &leg.key)
        .saying(text.clone())
        .with(serde_json::json!({
            "position_id": row.id, "exchange": row.venue.exchange(), "reason": "not_on_exchange",
            "exit_reason": image.exit_reason.map(ExitReason::name), "exit_price": image.exit_price,
            "pnl": image.pnl, "priced": image.priced, "detected_by": by.name(),
            "evidence": image.evidence, "repair": repair.id,
        }))
        .on(Some(row.id));
    let (mut events, mut writes) = (vec![event], Vec::new());
    trail_end::with_row(cx, leg, &image, &mut events, &mut writes);
    if let Account::Explained(why) = gone.account() {
        writes.extend(
            why.fills
                .iter()
                .map(|fill| Write::Fill { key: leg.key.clone(), fill: Box::new(fill.clone()) }),
        );
    }
    let saving = Saving {
        key: Some(leg.key.clone()),
        then: Then::Closed(Box::new(image)),
        events,
        repair: Some((repair.id.clone(), text)),
        ask: word.map(|word| word.ask),
    };
    writes.push(Write::Close {
        row: Box::new(closed),
        expect: row.revision,
        repair: Box::new(repair),
    });
    let saving = flip::with_rest(cx, info, leg, gone, saving, &mut writes);
    leg.saving = true;
    cx.change(saving, writes);
}

fn sentence(row: &Row) -> String {
    let reason = row.exit_reason.map_or("unexplained", ExitReason::name);
    match (row.exit_price, row.pnl) {
        (Some(exit), Some(pnl)) => {
            let exit = exit.get().round_dp(8).normalize();
            let pnl = pnl.0.round_dp(4).normalize();
            format!("{} {} closed at {exit}, pnl {pnl}: {reason}", row.side, row.quantity)
        }
        _ => format!("{} {} closed without a price: no fill explains it", row.side, row.quantity),
    }
}

/// The row is closed: what the leg keeps of it.
pub(super) fn booked(leg: &mut LegState, row: &Row) {
    leg.row = None;
    leg.course.trail = None;
    // What ended the row says nothing of what is open in its place.
    leg.ended = leg.position().is_none();
    // A person who decides that it is over decides over its stop as well.
    let decided = row.evidence.as_ref().is_some_and(|evidence| evidence.get("decided").is_some());
    leg.unexplained = !row.priced && !decided;
    leg.tidy = true;
    leg.doubted = None;
    leg.history = Default::default();
    leg.fills.clear();
    let replaced = std::mem::take(&mut leg.replaced);
    leg.reopened = leg.position().is_some() && !replaced.looks.is_empty();
    if leg.reopened {
        // Who opened what is there now is given time to register it, whatever was there before.
        leg.first_seen = leg.first_seen.max(replaced.looks.first().copied());
    }
    leg.last_closed = row.closed_at.map(|closed_at| ClosedMark {
        id: row.id,
        key: row.key.clone(),
        side: row.side,
        quantity: row.quantity,
        opened_at: row.opened_at,
        closed_at,
    });
}

/// The row has a new image.
pub(super) fn updated(leg: &mut LegState, row: Row) {
    let held = |row: &Row| (row.side, row.quantity, row.entry_price);
    let same = leg.row.as_ref().is_some_and(|known| held(known) == held(&row));
    leg.row = Some(Arc::new(row));
    if same {
        return;
    }
    leg.looks = 0;
    leg.follow = false;
    leg.replaced = Replaced::default();
    leg.asks_history_afresh();
}
