//! Signs: what a leg shows beside the differences that are repaired, and how it is put in words.
//!
//! For: dust, the venue at work, rows on a wrong leg, evidence that ages, instruments that end,
//! orders of others. Not for: what ledger and venue contradict each other about (`findings`).
//! Door: [`beside`].

use serde::{Deserialize, Serialize};

use crate::domain::event::{Event, EventKind, Severity};
use crate::domain::key::Leg;
use crate::domain::ledger::RowStatus;
use crate::domain::position::PositionTrouble;
use crate::domain::snapshot::{Check, FindingKind};
use crate::domain::time::Time;

use crate::engine::cx::Cx;
use crate::engine::foreign::{self, HeldForeign};
use crate::engine::leg::LegState;
use crate::engine::mode::{self, Mate};
use crate::engine::state::Info;
use crate::engine::{ageing, ending, findings};

/// What a leg remembers for its signs.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Signs {
    /// Why the ledger did not take the last adoption; it is tried again.
    pub(super) not_adopted: Option<String>,
    /// Plain orders of others that rest on it.
    pub(super) foreign: Vec<HeldForeign>,
    /// Another leg of the instrument on which the venue holds what this leg's row says.
    pub(super) mate: Option<Mate>,
    /// The leg whose row says what the venue holds here.
    pub(super) claimed: Option<Leg>,
    /// The leg cannot exist since the position mode was switched.
    pub(super) unreal: bool,
    /// What the venue answered instead of saying whether the leg is open.
    pub(super) refusal: Option<String>,
    /// When ledger and venue last agreed.
    pub(super) agreed: Option<Time>,
    /// What is open was opened by the fill that closed the row before it.
    pub(super) flipped: bool,
}

/// How loud a sign is: one that grows louder is told again.
pub(super) type Level = u8;

/// Adds the signs to the differences of a leg, and leaves out what a sign speaks for.
pub(super) fn beside(
    cx: &mut Cx,
    info: &Info,
    leg: &LegState,
    differences: Vec<FindingKind>,
) -> Vec<(FindingKind, Level)> {
    let ageing = ageing::level(cx, info, leg, &differences);
    let mut found: Vec<_> = differences.into_iter().map(|kind| (kind, 0)).collect();
    if is_dust(info, leg) {
        // It cannot be protected or closed in the ordinary way: that is one finding, no alarm.
        found.retain(|(kind, _)| !kind.uncovers());
        found.push((FindingKind::Dust, 0));
    }
    if trouble(leg).is_some() {
        found.push((FindingKind::Trouble, 0));
    }
    if leg.row.is_some() && leg.signs.refusal.is_some() {
        found.push((FindingKind::Unanswered, 0));
    }
    found.extend(ageing.map(|level| (FindingKind::Ageing, level)));
    found.extend(ending::level(cx, leg).map(|level| (FindingKind::Ending, level)));
    if foreign::in_the_way(leg, cx.now).next().is_some() {
        found.push((FindingKind::ForeignOrder, 0));
    }
    found
}

/// Whether a kind is told here and not in `findings`.
pub(super) fn is_sign(kind: FindingKind) -> bool {
    matches!(
        kind,
        FindingKind::Trouble
            | FindingKind::WrongLeg
            | FindingKind::Doubled
            | FindingKind::Dust
            | FindingKind::Unanswered
            | FindingKind::Ageing
            | FindingKind::Ending
            | FindingKind::ForeignOrder
    )
}

/// Whether what is open is too small to be traded.
pub(super) fn is_dust(info: &Info, leg: &LegState) -> bool {
    let Some(position) = leg.position() else { return false };
    let rules = leg.rules.as_ref();
    let valued = info.venue.values_closes();
    rules.is_some_and(|rules| rules.is_dust(position.quantity, leg.mark_price(), valued))
}

/// What the venue itself does to the position now: our own repairs wait for its end.
pub(super) fn trouble(leg: &LegState) -> Option<PositionTrouble> {
    leg.position().and_then(|position| position.trouble)
}

/// Whether a row that no fill explains is left to a person.
pub(super) fn withholds(cx: &Cx, info: &Info, leg: &LegState) -> bool {
    misplaced(leg).is_some() || ageing::has_run_out(cx, info, leg)
}

/// A row on a leg where nothing is, whose position is on another leg or cannot be here.
pub(super) fn misplaced(leg: &LegState) -> Option<FindingKind> {
    let held = leg.row.as_ref().is_some_and(|row| row.status != RowStatus::Opening);
    if !held || !leg.is_absent() {
        return None;
    }
    match leg.signs.mate {
        Some(Mate { booked: true, .. }) => Some(FindingKind::Doubled),
        Some(Mate { booked: false, .. }) => Some(FindingKind::WrongLeg),
        None => leg.signs.unreal.then_some(FindingKind::WrongLeg),
    }
}

/// Tells that a sign appeared, or grew louder.
pub(super) fn begin(cx: &mut Cx, info: &Info, leg: &LegState, kind: FindingKind, level: Level) {
    let (event, severity) = match kind {
        FindingKind::Trouble => (EventKind::PositionTrouble, Severity::Critical),
        FindingKind::WrongLeg => (EventKind::LegMismatch, Severity::Critical),
        FindingKind::Doubled => (EventKind::LegMismatch, Severity::Warning),
        FindingKind::Dust => (EventKind::PositionDust, Severity::Warning),
        FindingKind::Unanswered => (EventKind::PositionUnanswered, Severity::Warning),
        FindingKind::Ageing => (EventKind::EvidenceAgeing, louder(level)),
        FindingKind::Ending => (EventKind::InstrumentEnding, louder(level)),
        FindingKind::ForeignOrder => (EventKind::ForeignOrder, foreign::severity(leg, cx.now)),
        _ => return,
    };
    let mut facts = findings::facts(leg, kind, "appeared");
    if kind == FindingKind::ForeignOrder {
        facts["orders"] = foreign::facts(leg, cx.now);
    }
    let event = Event::of(cx.now, event, severity, &leg.key)
        .saying(text(cx, info, leg, kind))
        .with(facts)
        .on(leg.row.as_ref().map(|row| row.id));
    cx.tell(event);
}

fn louder(level: Level) -> Severity {
    if level > 1 { Severity::Critical } else { Severity::Warning }
}

/// The event and sentence for the end of a sign.
pub(super) fn ended(leg: &LegState, kind: FindingKind) -> Option<(EventKind, &'static str)> {
    let open = leg.position().is_some();
    Some(match kind {
        FindingKind::Trouble if open => {
            (EventKind::PositionTrouble, "the venue is done with it, and some of it is left")
        }
        FindingKind::Trouble => (EventKind::PositionTrouble, "the venue is done with it"),
        FindingKind::WrongLeg | FindingKind::Doubled => {
            (EventKind::LegMismatch, "the row does not stand on a wrong leg any more")
        }
        FindingKind::Dust if open => (EventKind::PositionDust, "large enough to be traded again"),
        FindingKind::Dust => (EventKind::PositionDust, "what was left of it is gone"),
        FindingKind::Unanswered => {
            (EventKind::PositionUnanswered, "the venue says again whether it is open")
        }
        FindingKind::Ageing => (EventKind::EvidenceAgeing, "nothing waits for evidence any more"),
        FindingKind::Ending => (EventKind::InstrumentEnding, "nothing is held that ends"),
        FindingKind::ForeignOrder => {
            (EventKind::ForeignOrder, "no order of others rests on it any more")
        }
        _ => return None,
    })
}

fn text(cx: &Cx, info: &Info, leg: &LegState, kind: FindingKind) -> String {
    match kind {
        FindingKind::Trouble => match trouble(leg) {
            Some(PositionTrouble::Deleveraging) => "the venue is deleveraging it".to_owned(),
            _ => "the venue is liquidating it".to_owned(),
        },
        FindingKind::WrongLeg | FindingKind::Doubled => mode::sentence(info, leg),
        FindingKind::Dust => {
            let size = leg.position().map_or_else(String::new, |p| p.quantity.to_string());
            format!("{size} is too small for the venue to trade")
        }
        FindingKind::Unanswered => {
            let said = leg.signs.refusal.as_deref().unwrap_or_default();
            format!("the venue does not say whether it is open: {said}")
        }
        FindingKind::Ageing => ageing::sentence(cx, info, leg),
        FindingKind::Ending => ending::sentence(cx, leg),
        FindingKind::ForeignOrder => foreign::sentence(leg, cx.now),
        _ => String::new(),
    }
}

/// What comes next, and whether a person is waited for.
pub(super) fn next(cx: &Cx, info: &Info, leg: &LegState, kind: FindingKind) -> (String, bool) {
    let text = text(cx, info, leg, kind);
    match kind {
        FindingKind::Trouble => (format!("{text}: our repairs wait until it is done"), false),
        FindingKind::WrongLeg | FindingKind::Doubled => (format!("waits for you: {text}"), true),
        FindingKind::Dust => (format!("waits for you: {text}; x asks it for all of it"), true),
        FindingKind::Unanswered => {
            let todo = "correct the symbol of the row, or close the row if the contract is gone";
            (format!("waits for you: {text}; {todo}"), true)
        }
        FindingKind::Ageing => (text, ageing::has_run_out(cx, info, leg)),
        _ => (text, false),
    }
}

/// What there is to see of a sign.
pub(super) fn checks(cx: &Cx, info: &Info, leg: &LegState, kind: FindingKind) -> Vec<Check> {
    match kind {
        FindingKind::ForeignOrder => foreign::checks(leg, cx.now),
        FindingKind::Dust => vec![Check {
            what: "the smallest market order".to_owned(),
            holds: false,
            detail: leg
                .rules
                .as_ref()
                .map_or_else(String::new, |rules| rules.market_min.to_string()),
        }],
        _ => vec![Check { what: text(cx, info, leg, kind), holds: true, detail: String::new() }],
    }
}
