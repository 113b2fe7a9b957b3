//! Evidence that ages: a venue keeps fills for a time, and what they would explain waits for them.
//!
//! For: saying so before they are gone, and once more when they are. After that nothing is
//! concluded from a silent history: only a person can resolve it. Door: [`level`].

use crate::domain::snapshot::FindingKind;
use crate::domain::time::{Span, Time};

use crate::engine::cx::Cx;
use crate::engine::gone;
use crate::engine::leg::LegState;
use crate::engine::signs::Level;
use crate::engine::state::Info;

/// The evidence begins where the row was opened, or where both sides last agreed.
fn since(leg: &LegState) -> Option<Time> {
    let opened = leg.row.as_ref()?.opened_at;
    Some(leg.signs.agreed.map_or(opened, |agreed| agreed.max(opened)))
}

/// When the venue forgets the first of it.
fn forgotten(info: &Info, leg: &LegState) -> Option<Time> {
    since(leg).map(|since| since + info.venue.fills_kept())
}

/// Whether some of what could explain the row has left the venue's history.
pub(super) fn has_run_out(cx: &Cx, info: &Info, leg: &LegState) -> bool {
    forgotten(info, leg).is_some_and(|at| at <= cx.now)
}

/// 1 when a tenth of the time is left for an unexplained difference, 2 when none is.
pub(super) fn level(
    cx: &mut Cx,
    info: &Info,
    leg: &LegState,
    differences: &[FindingKind],
) -> Option<Level> {
    let open = |kind: &FindingKind| {
        matches!(
            kind,
            FindingKind::Phantom
                | FindingKind::Quantity
                | FindingKind::WrongLeg
                | FindingKind::Doubled
        )
    };
    let waits = leg.looks >= cx.policy.confirmations && differences.iter().any(open);
    if !waits || !leg.history.answered || gone::is_explained(info, leg) {
        return None;
    }
    let forgotten = forgotten(info, leg)?;
    let warned = forgotten - Span(info.venue.fills_kept().millis() / 10);
    let (level, next) = match cx.now {
        now if now >= forgotten => return Some(2),
        now if now >= warned => (Some(1), forgotten),
        _ => (None, warned),
    };
    cx.again(&leg.key, next);
    level
}

/// How long the evidence lasts.
pub(super) fn sentence(cx: &Cx, info: &Info, leg: &LegState) -> String {
    let kept = info.venue.fills_kept();
    match forgotten(info, leg) {
        Some(at) if at > cx.now => format!(
            "the venue keeps fills for {kept}: what would explain this is gone in {}",
            at.since(cx.now)
        ),
        _ => format!(
            "the venue keeps fills for {kept} and has forgotten what would explain this: only you \
             can resolve it"
        ),
    }
}
