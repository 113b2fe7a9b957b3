//! What differs, told once when it appears and once when it ends.

use serde::{Deserialize, Serialize};

use crate::domain::amount::Side;
use crate::domain::event::{Event, EventKind, Severity};
use crate::domain::guard::Guard;
use crate::domain::ledger::{DetectedBy, RowStatus};
use crate::domain::snapshot::FindingKind;
use crate::domain::teeth::{Tooth, broken};
use crate::domain::time::{Span, Time};

use crate::engine::cx::Cx;
use crate::engine::gone;
use crate::engine::latch;
use crate::engine::leg::LegState;
use crate::engine::look::{self, Why};
use crate::engine::naked;
use crate::engine::signs::{self, Level};
use crate::engine::state::Info;

/// A close that the stream told is booked within this; later it is called a phantom.
const BOOKING: Span = Span::secs(5);
/// An untracked position is not called naked before this age: its bot may be placing a stop.
const UNTRACKED: Span = Span::secs(5);

/// A difference that has been told.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Finding {
    pub(super) kind: FindingKind,
    pub(super) since: Time,
    /// Complete looks that agree.
    pub(super) looks: u32,
    /// Whether its event has been written, as loud as it is now.
    pub(super) told: bool,
    pub(super) level: Level,
}

/// Compares what is found now with what has been told, and tells the difference.
pub(super) fn settle(cx: &mut Cx, info: &mut Info, leg: &mut LegState) {
    let found = differences(cx, info, leg);
    let found = signs::beside(cx, info, leg, found);
    let still = |kind: FindingKind| found.iter().any(|(found, _)| *found == kind);
    let (kept, ended): (Vec<_>, Vec<_>) =
        std::mem::take(&mut leg.findings).into_iter().partition(|f| still(f.kind));
    leg.findings = kept;
    for finding in ended {
        if finding.told {
            end(cx, leg, finding);
        }
    }
    for (kind, level) in found {
        let told = note(cx, leg, kind, level);
        // While a mass vanishing is held back, one finding speaks for all.
        let quiet = kind == FindingKind::Phantom && info.hold.is_some();
        if !told && !quiet {
            if signs::is_sign(kind) {
                signs::begin(cx, info, leg, kind, level);
            } else {
                begin(cx, leg, kind);
            }
            leg.findings.iter_mut().filter(|f| f.kind == kind).for_each(|f| f.told = true);
        }
        if leg.looks < cx.policy.confirmations && kind.differs() {
            look::want(cx, info, Why::Confirm);
        }
    }
    naked::settle(cx, info, leg);
}

/// Notes that a leg shows something. Says whether that has been told, as loud as it is.
fn note(cx: &Cx, leg: &mut LegState, kind: FindingKind, level: Level) -> bool {
    let looks = leg.looks;
    match leg.findings.iter_mut().find(|f| f.kind == kind) {
        Some(finding) => {
            finding.looks = looks;
            finding.told &= level <= finding.level;
            finding.level = level;
            finding.told
        }
        None => {
            leg.findings.push(Finding { kind, since: cx.now, looks, told: false, level });
            false
        }
    }
}

fn differences(cx: &mut Cx, info: &Info, leg: &LegState) -> Vec<FindingKind> {
    let mut found = Vec::new();
    if leg.opening.as_ref().is_some_and(|desk| desk.is_unrolled()) {
        found.push(FindingKind::Unrolled);
    }
    let Some(position) = leg.position() else {
        let expected = leg.row.as_ref().is_some_and(|row| row.status != RowStatus::Opening);
        if expected && is_phantom(cx, leg) {
            found.push(signs::misplaced(leg).unwrap_or(FindingKind::Phantom));
        }
        // One answer without it ends no orphan: like a row, it is gone when that is proven.
        if leg.row.is_none() && !gone::is_absent_enough(cx, leg) {
            let untracked =
                |kind: &FindingKind| matches!(kind, FindingKind::Orphan | FindingKind::Resurrected);
            found.extend(leg.findings.iter().map(|f| f.kind).filter(untracked));
        }
        return found;
    };
    let (side, quantity) = (position.side, position.quantity);
    match &leg.row {
        None => {
            if let Some(kind) = untracked(cx, info, leg, side) {
                found.push(kind);
            }
        }
        Some(row) if row.side != side => found.push(FindingKind::Side),
        // What the stream tells counts once a look has shown it, and ends no difference.
        Some(row) if !leg.same(row.quantity, quantity) => {
            let known = leg.findings.iter().any(|f| f.kind == FindingKind::Quantity);
            found.extend((leg.looks > 0 || known).then_some(FindingKind::Quantity));
        }
        Some(_) => {}
    }
    let grown = leg.first_seen.unwrap_or(cx.now) + UNTRACKED;
    if leg.row.is_none() && found.is_empty() && cx.now < grown {
        cx.again(&leg.key, grown);
    } else {
        match leg.guard.value {
            Guard::Naked => found.push(FindingKind::Naked),
            Guard::Partly(_) => found.push(FindingKind::Partly),
            Guard::Covered(_) | Guard::Unknown => {}
        }
    }
    found
}

fn is_phantom(cx: &mut Cx, leg: &LegState) -> bool {
    if leg.opening.is_some() || !leg.is_absent() || latch::is_at_work(cx, leg) {
        return false;
    }
    match leg.noticed {
        Some((DetectedBy::Stream, at)) if cx.now.since(at) < BOOKING => {
            cx.again(&leg.key, at + BOOKING);
            false
        }
        _ => true,
    }
}

/// Whether the leg is a phantom; one that was kept quiet is told now, before it is closed.
pub(super) fn tell_phantom(cx: &mut Cx, leg: &mut LegState) -> bool {
    let Some(at) = leg.findings.iter().position(|f| f.kind == FindingKind::Phantom) else {
        return false;
    };
    if !std::mem::replace(&mut leg.findings[at].told, true) {
        begin(cx, leg, FindingKind::Phantom);
    }
    true
}

fn untracked(cx: &mut Cx, info: &Info, leg: &LegState, side: Side) -> Option<FindingKind> {
    let adopting = leg.adopting.as_ref().is_some_and(|a| a.booked);
    if adopting || leg.opening.is_some() {
        return None;
    }
    if leg.signs.flipped {
        return Some(FindingKind::Orphan);
    }
    if leg.looks == 0 {
        return None;
    }
    let first = leg.first_seen.unwrap_or(cx.now);
    let changed = leg.position().and_then(|p| p.changed).map_or(first, |at| info.on_our_clock(at));
    let born = first.min(changed);
    if cx.now.since(born) < cx.policy.orphan_grace && !broken(Tooth::AdoptYoung) {
        cx.again(&leg.key, born + cx.policy.orphan_grace);
        return None;
    }
    let resurrected = leg
        .last_closed
        .as_ref()
        .is_some_and(|closed| closed.side == side && changed < closed.closed_at);
    let resurrected = resurrected && !leg.reopened;
    Some(if resurrected { FindingKind::Resurrected } else { FindingKind::Orphan })
}

fn begin(cx: &mut Cx, leg: &LegState, kind: FindingKind) {
    let (event, severity, text) = match kind {
        FindingKind::Phantom => (
            EventKind::PhantomDetected,
            Severity::Warning,
            "in the ledger, not on the venue: being proven".to_owned(),
        ),
        FindingKind::Orphan => (
            EventKind::OrphanDetected,
            Severity::Critical,
            format!("on the venue, not in the ledger: {}", exposure(leg)),
        ),
        FindingKind::Resurrected => (
            EventKind::OrphanDetected,
            Severity::Critical,
            format!("closed in the ledger, open on the venue: {}", exposure(leg)),
        ),
        FindingKind::Side => (
            EventKind::SideMismatch,
            Severity::Critical,
            format!("the venue holds the other side: {}", exposure(leg)),
        ),
        FindingKind::Quantity => (
            EventKind::QuantityMismatch,
            Severity::Warning,
            format!("the venue holds another size: {}", exposure(leg)),
        ),
        _ => return,
    };
    let event = Event::of(cx.now, event, severity, &leg.key)
        .saying(text)
        .with(facts(leg, kind, "appeared"))
        .on(leg.row.as_ref().map(|row| row.id));
    cx.tell(event);
}

fn exposure(leg: &LegState) -> String {
    let there = leg.position().map_or_else(String::new, |p| format!("{} {}", p.side, p.quantity));
    match &leg.row {
        Some(row) => format!("{there}, ledger {} {}", row.side, row.quantity),
        None => there,
    }
}

pub(super) fn facts(leg: &LegState, kind: FindingKind, phase: &str) -> serde_json::Value {
    let position = leg.position();
    let covered = match leg.guard.value {
        Guard::Partly(covered) => Some(covered),
        _ => None,
    };
    serde_json::json!({
        "finding": kind, "phase": phase,
        "ledger_side": leg.row.as_ref().map(|row| row.side),
        "ledger_quantity": leg.row.as_ref().map(|row| row.quantity),
        "venue_side": position.map(|p| p.side),
        "venue_quantity": position.map(|p| p.quantity),
        "entry_price": position.and_then(|p| p.entry),
        "mark_price": leg.mark_price(),
        "covered": covered,
        "looks": leg.looks,
    })
}

fn end(cx: &mut Cx, leg: &LegState, finding: Finding) {
    let open = leg.position().is_some();
    let (event, text) = match finding.kind {
        FindingKind::Phantom if leg.row.is_some() && open => {
            (EventKind::PhantomDetected, "seen on the venue again: not a phantom".to_owned())
        }
        FindingKind::Orphan | FindingKind::Resurrected if leg.row.is_none() && !open => {
            (EventKind::PositionClosed, "the untracked position is gone".to_owned())
        }
        FindingKind::Side if open && leg.row.is_some() => {
            (EventKind::SideMismatch, "the sides agree again".to_owned())
        }
        FindingKind::Side => (EventKind::SideMismatch, "one of the two is gone".to_owned()),
        FindingKind::Quantity if open && leg.row.is_some() => {
            (EventKind::QuantityMismatch, "the sizes agree again".to_owned())
        }
        FindingKind::Quantity => (EventKind::QuantityMismatch, "one of the two is gone".to_owned()),
        kind => match signs::ended(leg, kind) {
            Some((event, text)) => (event, text.to_owned()),
            None => return,
        },
    };
    let event = Event::of(cx.now, event, Severity::Info, &leg.key)
        .saying(text)
        .with(facts(leg, finding.kind, "ended"))
        .on(leg.row.as_ref().map(|row| row.id));
    cx.tell(event);
}
