//! What protects a leg, as facts: mode, state, wanted and actual stop, and what that is worth.
//!
//! For: the stops view, its panel, and the protection column of positions. Pure: a leg and an
//! instant in, a word or a number out. Not for: judging coverage (that is `domain::guard`) or
//! painting. Door: [`mode`], [`state`], [`covering`], [`rank`].

use rust_decimal::Decimal;

use crate::domain::amount::{Money, Price, Qty, Side};
use crate::domain::guard::{self, Guard};
use crate::domain::order::{ConditionalKind, ConditionalOrder};
use crate::domain::policy::Policy;
use crate::domain::position::VenuePosition;
use crate::domain::snapshot::{LegView, Snapshot, There, TrailView};
use crate::domain::time::{Span, Time};
use crate::domain::trail::TrailState;
use crate::ui::model::Pending;
use crate::ui::role::Role;
use crate::ui::rows;
use crate::ui::standing::{self, Severity, Standing, State};
use crate::ui::words;

/// Whether the fourth view lists a leg: all that is open, or believed to be.
pub fn is_listed(leg: &LegView) -> bool {
    rows::is_position(leg) || rows::is_orphan(leg)
}

/// What the fourth view is sorted by: problems first, then what is nearest to its stop.
pub fn rank(standing: &Standing, leg: &LegView) -> (Severity, bool, Option<Decimal>) {
    let severity = standing.severity;
    // A stale row keeps its place: numbers age and freshen with every look.
    let severity = if severity == Severity::Stale { Severity::Fine } else { severity };
    let distance = distance(leg);
    (severity, distance.is_none(), distance)
}

/// The trailing stop of a leg, where it has one that is on.
pub fn trailing(leg: &LegView) -> Option<&TrailView> {
    leg.trail.as_ref().filter(|view| view.trail.state != TrailState::Off)
}

/// Whether a stop follows the best price now.
pub fn is_active(view: &TrailView) -> bool {
    view.trail.state == TrailState::Active
}

/// Conditional orders that protect the leg: right side, reduce-only, able to fire in time.
pub fn covering(leg: &LegView) -> Vec<&ConditionalOrder> {
    let There::Open { side, quantity, entry, liquidation, .. } = &leg.there else {
        return Vec::new();
    };
    let mark = leg.mark.map(|mark| mark.value);
    let position = VenuePosition {
        side: *side,
        quantity: *quantity,
        entry: *entry,
        mark,
        liquidation: *liquidation,
        changed: None,
        opened: None,
        trouble: None,
    };
    leg.stops.iter().filter(|order| guard::counts(&position, mark, order)).collect()
}

/// How much of the leg is covered; none where nothing is, or where nobody knows.
pub fn covered(leg: &LegView) -> Option<Qty> {
    match leg.guard.value {
        Guard::Covered(_) => leg.open().map(|open| open.quantity),
        Guard::Partly(covered) => Some(covered),
        Guard::Naked | Guard::Unknown => None,
    }
}

/// Where the stop should be: what policy, row and trailing say, whichever is tighter.
pub fn wanted(leg: &LegView) -> Option<Price> {
    let trailed = trailing(leg).filter(|view| is_active(view)).and_then(|view| view.trail.stop);
    let side = rows::side(leg)?;
    match (leg.want, trailed) {
        (Some(want), Some(trailed)) if side.protects(trailed, want) => Some(trailed),
        (want, trailed) => want.or(trailed),
    }
}

/// The stop that the position began with: the ledger's while it lies on the losing side of the
/// entry, else the policy's; of one that is not ours, the stop it has. A stop moved by hand
/// begins anew.
pub fn initial(leg: &LegView, policy: &Policy) -> Option<Price> {
    let (side, entry) = side_and_entry(leg)?;
    let losing = |at: &Price| !side.breached(*at, entry);
    let Some(row) = &leg.row else { return standing::stop_price(leg).filter(losing) };
    row.stop_loss_price.filter(losing).or_else(|| side.losing(entry, policy.protection.stop))
}

fn side_and_entry(leg: &LegView) -> Option<(Side, Price)> {
    let open = leg.open().map(|open| (open.side, open.entry));
    open.or(leg.row.as_ref().map(|row| (row.side, row.entry_price)))
}

/// Profit at the mark in units of the risk that the position began with.
pub fn r_now(leg: &LegView, policy: &Policy) -> Option<Decimal> {
    let (side, entry) = side_and_entry(leg)?;
    leg.open()?;
    let risk = gap(side, entry, initial(leg, policy)?);
    (!risk.is_zero()).then_some(())?;
    Some(gap(side, leg.mark?.value, entry) / risk)
}

/// Profit if the stop fires at its trigger, of what it covers; negative is the risk.
pub fn locked(leg: &LegView) -> Option<Money> {
    let open = leg.open()?;
    let at = standing::stop_price(leg)?;
    Some(open.side.profit(open.entry, at, covered(leg)?))
}

/// From mark to stop in percent of the mark; where there is none, to the stop that should be
/// there. Negative when the price is through it.
pub fn distance(leg: &LegView) -> Option<Decimal> {
    share(leg, standing::stop_price(leg).or_else(|| wanted(leg))?)
}

/// From mark to a price, in percent of the mark; negative on the winning side.
pub fn share(leg: &LegView, to: Price) -> Option<Decimal> {
    let (side, _) = side_and_entry(leg)?;
    let mark = leg.mark?.value;
    Some(gap(side, mark, to) / mark.get() * Decimal::ONE_HUNDRED)
}

/// How much better `high` is than `low` for a position of this side.
pub fn gap(side: Side, high: Price, low: Price) -> Decimal {
    match side {
        Side::Long => high.get() - low.get(),
        Side::Short => low.get() - high.get(),
    }
}

/// How a leg is protected: `trail`, `fixed`, and what goes with it: `+be` for a stop at entry or
/// better, `+tp` for a take-profit. `foreign` when somebody else's order is all there is.
pub fn mode(leg: &LegView) -> String {
    with_more(leg, if trailing(leg).is_some() { "trail" } else { kind(leg) }.to_owned())
}

/// The same with the callback of a trailing stop: `trail 1.2`.
pub fn mode_exact(leg: &LegView) -> String {
    match trailing(leg) {
        Some(view) => with_more(leg, format!("trail {}", view.trail.plan.callback.0.normalize())),
        None => with_more(leg, kind(leg).to_owned()),
    }
}

fn kind(leg: &LegView) -> &'static str {
    let orders = covering(leg);
    if !orders.is_empty() && !orders.iter().any(|order| order.ours()) {
        "foreign"
    } else if orders.is_empty() && leg.row.is_none() {
        "none"
    } else {
        "fixed"
    }
}

fn with_more(leg: &LegView, mut word: String) -> String {
    let at = standing::stop_price(leg);
    let even =
        side_and_entry(leg).zip(at).is_some_and(|((side, entry), at)| side.protects(at, entry));
    if even {
        word.push_str("+be");
    }
    if leg.stops.iter().any(|order| order.kind == ConditionalKind::TakeProfit) {
        word.push_str("+tp");
    }
    word
}

/// Whether the stop is not yet where it belongs, by as much as a move is worth.
pub fn is_moving(leg: &LegView) -> bool {
    let (Some((side, _)), Some(have), Some(want)) =
        (side_and_entry(leg), standing::stop_price(leg), wanted(leg))
    else {
        return false;
    };
    match trailing(leg).filter(|view| is_active(view)) {
        Some(view) => gap(side, want, have) >= view.step.get(),
        None => !side.protects(have, want),
    }
}

/// The state of a stop, in a word or two, and how it looks.
pub fn state(
    leg: &LegView,
    standing: &Standing,
    now: Time,
    pending: Option<&Pending>,
) -> (String, Role) {
    let said = || words::protection(leg, standing, now, pending);
    if pending.is_some() {
        return (said(), Role::Degraded);
    }
    let role = words::role(standing.state);
    match standing.state {
        State::Covered => {
            let word = match trailing(leg) {
                _ if is_moving(leg) => return ("moving".to_owned(), Role::Degraded),
                Some(view) if is_active(view) => "trailing",
                Some(_) => "waiting",
                None => "resting",
            };
            (word.to_owned(), role)
        }
        // A replacement on its way: what is there covers the leg until the new one does.
        State::Working if leg.work.as_ref().is_some_and(|work| work.word == "PROTECTING") => {
            ("moving".to_owned(), role)
        }
        State::Partly => (said().replace("PARTLY", "QTY"), role),
        // What was last read of the stop stands; nobody can say whether it is still so.
        State::Phantom => ("held".to_owned(), role),
        State::Unknown if leg.guard.value != Guard::Unknown => ("held".to_owned(), role),
        _ => (said(), role),
    }
}

/// What naked spans of today add up to by `now`: how many, how long, the longest, and since when
/// one goes on.
pub fn naked_today(
    leg: &LegView,
    snapshot: &Snapshot,
    now: Time,
) -> crate::domain::naked::NakedTotals {
    let mut totals = leg.naked;
    if let Some(since) = totals.since {
        let more = now.since(snapshot.at);
        totals.total = Span(totals.total.0 + more.0);
        totals.worst = totals.worst.max(now.since(since).min(totals.total));
    }
    totals
}
