//! What comes next for a finding, and what proves it so far: the words beside it on the screen.
//!
//! Not for: doing any of it. Every sentence here is read from the same functions that act.
//! Door: [`next`], [`checks`].

use crate::domain::amount::Price;
use crate::domain::count::counted;
use crate::domain::evidence::Absence;
use crate::domain::snapshot::{Check, FindingKind};
use crate::domain::time::Time;
use crate::domain::trust::{Duty, Trust};

use crate::engine::cx::Cx;
use crate::engine::findings::Finding;
use crate::engine::leg::LegState;
use crate::engine::state::Info;
use crate::engine::{adopt, gone, latch, protect, quantity, signs, twin};

/// The rule that would repair a finding.
pub(super) fn duty(kind: FindingKind) -> Option<Duty> {
    match kind {
        FindingKind::Naked | FindingKind::Partly => Some(Duty::Protect),
        FindingKind::Phantom => Some(Duty::ClosePhantom),
        FindingKind::Orphan => Some(Duty::Adopt),
        FindingKind::Quantity => Some(Duty::FollowQuantity),
        FindingKind::StrayStop => Some(Duty::CleanStops),
        _ => None,
    }
}

/// What comes next for an orphan that is adopted without asking.
fn adopts(cx: &Cx, info: &Info, leg: &LegState, confirmed: bool) -> (String, bool) {
    if let Some(why) = &leg.signs.not_adopted {
        return (format!("not adopted, tries again: {why}"), true);
    }
    match adopt::obstacle(cx, info, leg) {
        Some(why) => (format!("waits for you: {why}; a adopt, x close"), true),
        None if confirmed => ("adopts it".to_owned(), false),
        None => ("confirms, then adopts it".to_owned(), false),
    }
}

/// What is being done with the leg already.
fn at_work(cx: &Cx, leg: &LegState, kind: FindingKind) -> Option<(String, bool)> {
    if let (FindingKind::Unrolled, Some(desk)) = (kind, &leg.opening) {
        return Some((desk.last.clone(), true));
    }
    latch::is_at_work(cx, leg).then(|| ("a close is under way".to_owned(), false))
}

/// Where the stop of a tracked leg should be, or why nobody can tell.
fn wanted(cx: &Cx, info: &Info, leg: &LegState) -> Result<Price, &'static str> {
    let nowhere = "nothing says where its stop should be";
    let rules = info.instruments.get(&leg.key.symbol).ok_or("the venue does not list it")?;
    let open = leg.open().ok_or(nowhere)?;
    let want = protect::wanted(cx, leg, open, rules).ok_or(nowhere)?;
    Ok(want.plan.trigger)
}

/// What comes next for an orphan while a person's halt stands.
fn halted() -> (String, bool) {
    let text = "waits for you: the account is halted; x closes it, a resume lets it be adopted";
    (text.to_owned(), true)
}

/// What comes next for a finding, and whether a person is waited for.
pub(super) fn next(cx: &Cx, info: &Info, leg: &LegState, finding: &Finding) -> (String, bool) {
    if let Some(busy) = at_work(cx, leg, finding.kind) {
        return busy;
    }
    let rung = duty(finding.kind).map(|duty| cx.trust(&info.name, duty));
    let waits = rung.is_some_and(|trust| trust < Trust::Repair);
    let rung = rung.unwrap_or(Trust::Observe);
    let confirmed = finding.looks >= cx.policy.confirmations;
    if duty(finding.kind).is_some_and(|duty| twin::bars(cx, &info.name, duty)) {
        return ("waits for you: another holdfast acts here; a resync lifts it".to_owned(), true);
    }
    match finding.kind {
        FindingKind::Naked | FindingKind::Partly if leg.row.is_none() => {
            ("adopt it or close it".to_owned(), true)
        }
        FindingKind::Naked | FindingKind::Partly if rung == Trust::Propose => {
            match wanted(cx, info, leg) {
                Ok(trigger) => (format!("proposes: a stop at {trigger}; p accepts"), true),
                Err(why) => (format!("waits: {why}"), true),
            }
        }
        FindingKind::Naked | FindingKind::Partly if waits => {
            ("only looks (protect = observe); p protects".to_owned(), true)
        }
        FindingKind::Naked | FindingKind::Partly if protect::is_left_breached(cx, leg) => {
            let why = leg.stop_desk.last.as_deref().unwrap_or("the price is through the stop");
            (format!("waits for you: {why}; x closes it, else tried again once it is back"), true)
        }
        FindingKind::Naked | FindingKind::Partly => {
            match (wanted(cx, info, leg), &leg.stop_desk.last) {
                (Err(why), _) => (format!("waits: {why}"), true),
                (Ok(_), Some(last)) => (format!("{last}; trying again"), false),
                (Ok(_), None) => ("places the stop".to_owned(), false),
            }
        }
        FindingKind::Phantom => phantom_next(cx, info, leg, rung),
        // What ends is the row of what was there before: that rule decides.
        FindingKind::Quantity if confirmed && quantity::is_another(info, leg) => {
            phantom_next(cx, info, leg, cx.trust(&info.name, Duty::ClosePhantom))
        }
        FindingKind::Quantity => quantity_next(info, leg, rung, confirmed),
        FindingKind::Orphan if info.halt.shown().is_some() => halted(),
        FindingKind::Orphan if leg.signs.claimed.is_some() => {
            ("waits for you: a row on another leg says the same".to_owned(), true)
        }
        FindingKind::Orphan if !waits => adopts(cx, info, leg, confirmed),
        FindingKind::Orphan if rung == Trust::Propose && confirmed => {
            let text = match adopt::plan_stop(cx, info, leg, None) {
                Ok(plan) => format!("adopt it, stop at {}", plan.trigger),
                Err(why) => format!("adopt it ({why})"),
            };
            (format!("proposes: {text}; a adopt, x close"), true)
        }
        FindingKind::Orphan | FindingKind::Resurrected => {
            ("waits for you: a adopt, x close".to_owned(), true)
        }
        FindingKind::Side => ("waits for you: x closes what the venue holds".to_owned(), true),
        FindingKind::StrayStop => ("takes the stop away".to_owned(), false),
        kind => signs::next(cx, info, leg, kind),
    }
}

/// What comes next for a size that differs.
fn quantity_next(info: &Info, leg: &LegState, rung: Trust, confirmed: bool) -> (String, bool) {
    if leg.undone {
        return ("waits for you: its repair was undone".to_owned(), true);
    }
    if rung == Trust::Observe {
        return ("only looks (follow_quantity = observe)".to_owned(), true);
    }
    if !confirmed {
        return ("confirms with one more look".to_owned(), false);
    }
    match quantity::proposal(info, leg) {
        Some(text) if rung == Trust::Propose => (format!("proposes: {text}; R accepts"), true),
        Some(text) => (text, false),
        None => ("waits: no fills explain the difference; R decides".to_owned(), true),
    }
}

fn phantom_next(cx: &Cx, info: &Info, leg: &LegState, rung: Trust) -> (String, bool) {
    let explained = gone::is_explained(info, leg);
    if info.hold.is_some() && !explained {
        return ("held back: too many rows vanished at once; R closes this one".to_owned(), true);
    }
    let proposal = gone::proposal(cx, info, leg);
    // A row that we closed the position of is ours to end, whatever the rung.
    let ours = gone::closing(leg).is_some();
    if leg.undone && !ours {
        let would = proposal.map_or_else(String::new, |text| format!("; R would {text}"));
        return (format!("waits for you: its repair was undone{would}"), true);
    }
    if rung == Trust::Observe && !ours {
        return ("only looks (close_phantom = observe)".to_owned(), true);
    }
    if !gone::is_enough(cx, leg, &leg.proof()) {
        return ("confirms with one more look".to_owned(), false);
    }
    match proposal {
        Some(text) if rung == Trust::Propose && !ours => {
            return (format!("proposes: {text}; R accepts"), true);
        }
        Some(text) => return (text, false),
        None => {}
    }
    if !info.lease.is_held() {
        return ("the engine that has the lease asks for fills".to_owned(), false);
    }
    let empty = leg.history.empty;
    let text = match leg.history.held.filter(|until| *until > cx.now) {
        Some(until) => format!(
            "asks for fills again at {} ({empty} empty answers): the venue's limits allow no \
             question before",
            until.clock()
        ),
        None => format!("asks for fills again ({empty} empty answers)"),
    };
    (text, false)
}

/// What proves a finding so far, and what is missing.
pub(super) fn checks(cx: &Cx, info: &Info, leg: &LegState, kind: FindingKind) -> Vec<Check> {
    match kind {
        FindingKind::Phantom => proof_of_absence(cx, info, leg),
        FindingKind::Naked | FindingKind::Partly => vec![Check {
            what: "the order lists were read completely".to_owned(),
            holds: info.orders_known.is_some(),
            detail: info.orders_known.map_or_else(|| "not yet".to_owned(), |at| at.rfc3339()),
        }],
        kind if signs::is_sign(kind) => signs::checks(cx, info, leg, kind),
        _ => vec![Check {
            what: counted(cx.policy.confirmations, "complete look agrees", "complete looks agree"),
            holds: leg.looks >= cx.policy.confirmations,
            detail: format!("{} so far", leg.looks),
        }],
    }
}

fn proof_of_absence(cx: &Cx, info: &Info, leg: &LegState) -> Vec<Check> {
    let sweeps: Vec<Time> = leg
        .absences
        .iter()
        .filter_map(|a| match a {
            Absence::Sweep(at) => Some(*at),
            Absence::StreamZero(_) => None,
        })
        .collect();
    let zero = leg.absences.iter().find_map(|a| match a {
        Absence::StreamZero(at) => Some(*at),
        Absence::Sweep(_) => None,
    });
    let explained = gone::is_explained(info, leg);
    let ours = leg.stops.iter().filter(|s| s.order.ours() && !s.order.on_position).count();
    vec![
        Check {
            what: format!(
                "{} without it, {} apart, or one and a zero on the stream",
                counted(cx.policy.confirmations, "complete look", "complete looks"),
                cx.policy.confirm_interval
            ),
            holds: gone::is_absent_enough(cx, leg),
            detail: sweeps.iter().map(|at| clock(*at)).collect::<Vec<_>>().join(" "),
        },
        Check {
            what: "zero on the user stream".to_owned(),
            holds: zero.is_some(),
            detail: zero.map_or_else(|| "not heard".to_owned(), clock),
        },
        Check {
            what: "closing fills explain the whole quantity".to_owned(),
            holds: explained,
            detail: match (&leg.history, explained) {
                (_, true) => counted(leg.fills.len(), "fill", "fills"),
                (desk, _) if desk.asking => "asking the venue".to_owned(),
                (desk, _) => {
                    counted(desk.empty, "complete answer without", "complete answers without")
                }
            },
        },
        Check {
            what: "no stop of ours is left".to_owned(),
            holds: ours == 0,
            detail: if ours == 0 { "none".to_owned() } else { format!("{ours} to take away") },
        },
    ]
}

fn clock(at: Time) -> String {
    at.rfc3339().get(11..19).map_or_else(String::new, |text| format!("{text}Z"))
}
