//! The picture handed to the screen: everything as it is believed now, and what comes next.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::evidence::Absence;
use crate::domain::key::AccountName;
use crate::domain::snapshot::{
    AccountFinding, AccountView, Aged, Check, FindingKind, FindingView, LegView, Snapshot,
    StrayView, There, TrustView, WorkView,
};
use crate::domain::time::{Span, Time};
use crate::domain::trust::{Duty, Trust};

use crate::engine::cx::Cx;
use crate::engine::gone;
use crate::engine::leg::{Belief, Finding, LegState};
use crate::engine::mode;
use crate::engine::protect;
use crate::engine::resolve;
use crate::engine::signs;
use crate::engine::state::{Account, Info};
use crate::engine::twin;
use crate::engine::writers;

/// A belief this young, or held up by a live stream, is fresh.
const FRESH: Span = Span::secs(60);

pub(super) fn take(cx: &mut Cx, accounts: &BTreeMap<AccountName, Account>, now: Time) -> Snapshot {
    cx.begin(now);
    cx.seq += 1;
    let cx = &*cx;
    let legs = accounts.values().flat_map(|account| {
        account
            .legs
            .values()
            .filter(|leg| is_shown(leg))
            .map(|leg| leg_view(cx, &account.info, leg))
    });
    let order = |name: &AccountName| cx.policy.accounts.iter().position(|a| a.name == *name);
    let mut views: Vec<_> = accounts.values().map(|a| account_view(cx, a)).collect();
    views.sort_by_key(|view| order(&view.name));
    Snapshot {
        seq: cx.seq,
        at: cx.now,
        policy: cx.policy.clone(),
        accounts: views,
        legs: legs.collect(),
        strays: accounts.values().flat_map(|account| strays(cx, account)).collect(),
        bad_rows: cx.bad_rows.clone(),
        events: cx.events.iter().cloned().collect(),
        answers: cx.answers.iter().cloned().collect(),
        ledger_fault: cx.ledger_fault.clone(),
        repairs: cx.repairs.iter().cloned().collect(),
        step_us_max: 0,
    }
}

fn is_shown(leg: &LegState) -> bool {
    let open = leg.row.is_some() || leg.position().is_some();
    open || leg.close.is_some() || !leg.findings.is_empty()
}

fn account_view(cx: &Cx, account: &Account) -> AccountView {
    let info = &account.info;
    AccountView {
        name: info.name.clone(),
        venue: info.venue,
        known: info.known.clone(),
        stream: info.stream.clone(),
        heard: info.heard,
        link: info.link.clone(),
        balance: info.balance,
        mode: info.mode,
        sweeps: info.sweeps,
        counters: info.counters,
        hold: info.hold.as_ref().filter(|hold| hold.looks >= cx.policy.confirmations).map(|hold| {
            let age = cx.now.since(hold.since);
            format!(
                "{} of {} rows vanished at once {age} ago and no fill explains it: \
                 nothing is closed",
                hold.rows, hold.of
            )
        }),
        next_sweep: info.wanted.values().min().copied(),
        gate: gate(cx, account),
        trust: Duty::ALL.into_iter().map(|duty| trust_view(cx, info, duty)).collect(),
        findings: findings(account),
    }
}

/// What is wrong with the account as a whole, the loudest first.
fn findings(account: &Account) -> Vec<AccountFinding> {
    let info = &account.info;
    let found = [twin::finding(info), mode::finding(account), writers::finding(info)];
    found.into_iter().flatten().collect()
}

/// What is missing before anything may be sent for an account.
fn gate(cx: &Cx, account: &Account) -> Vec<String> {
    let info = &account.info;
    let unfinished: usize = account.legs.values().map(|leg| leg.unfinished.len()).sum();
    let mut missing = Vec::new();
    if !cx.books_read {
        missing.push("the ledger has not been read".to_owned());
    }
    if !info.connected {
        missing.push("the venue has not been reached".to_owned());
    }
    if info.sweeps == 0 {
        missing.push("no complete look yet".to_owned());
    }
    if unfinished > 0 {
        missing.push(format!("{unfinished} acts of an earlier run have no outcome yet"));
    }
    missing
}

fn trust_view(cx: &Cx, info: &Info, duty: Duty) -> TrustView {
    TrustView { duty, trust: cx.trust(&info.name, duty), demoted: cx.demotion(&info.name, duty) }
}

fn leg_view(cx: &Cx, info: &Info, leg: &LegState) -> LegView {
    let instrument = info.instruments.get(&leg.key.symbol).cloned();
    let open = leg.open();
    let want = open.zip(instrument.as_ref()).and_then(|(open, rules)| {
        protect::wanted(cx, leg, open, rules).map(|want| want.plan.trigger)
    });
    let first = leg.position().and_then(|p| p.changed).map(|at| Time(at.0));
    LegView {
        key: leg.key.clone(),
        venue: info.venue,
        row: leg.row.clone(),
        there: there(cx, info, leg),
        instrument,
        mark: leg.mark.or_else(|| looked_at(leg)),
        profit: open.and_then(|o| o.mark.map(|mark| o.side.profit(o.entry, mark, o.quantity))),
        guard: leg.guard,
        stops: leg.stops.iter().map(|stop| stop.order.clone()).collect(),
        want,
        findings: leg.findings.iter().map(|f| finding_view(cx, info, leg, f)).collect(),
        work: work(leg),
        opened: leg.row.as_ref().map(|row| row.opened_at).or(first).or(leg.first_seen),
        told: leg.told.as_ref().map(|told| told.heard),
        last_fill: leg.fills.last().cloned(),
    }
}

fn looked_at(leg: &LegState) -> Option<Aged<crate::domain::amount::Price>> {
    match &leg.there {
        Belief::Open { position, at } => position.mark.map(|value| Aged { value, at: *at }),
        _ => None,
    }
}

fn there(cx: &Cx, info: &Info, leg: &LegState) -> There {
    match &leg.there {
        Belief::Unknown => There::Unknown,
        Belief::Absent(at) => There::Absent(*at),
        Belief::Open { position, at } => There::Open {
            side: position.side,
            quantity: position.quantity,
            entry: position.entry,
            liquidation: position.liquidation,
            at: *at,
            fresh: !leg.fading()
                && (info.stream_is_up() || info.is_known() && cx.now.since(*at) < FRESH),
        },
    }
}

fn work(leg: &LegState) -> Option<WorkView> {
    if let Some(close) = &leg.close {
        let failed = close.failed.as_ref();
        return Some(WorkView {
            word: if failed.is_some() { "CLOSE FAILED" } else { "CLOSING" },
            since: failed.map_or(close.began, |(at, _)| *at),
            failed: failed.is_some(),
            text: failed.map_or_else(
                || close.sent.as_ref().map_or_else(String::new, |s| s.client_id.to_string()),
                |(_, why)| why.clone(),
            ),
        });
    }
    if let Some(adopting) = &leg.adopting {
        return Some(WorkView {
            word: "ADOPTING",
            since: adopting.since,
            failed: false,
            text: format!("stop at {}", adopting.plan.trigger),
        });
    }
    let since = leg.stop_desk.began?;
    let text = leg.stop_desk.last.clone().unwrap_or_default();
    Some(WorkView { word: "PROTECTING", since, failed: leg.stop_desk.refusals > 0, text })
}

fn finding_view(cx: &Cx, info: &Info, leg: &LegState, finding: &Finding) -> FindingView {
    let (next, waits) = next(cx, info, leg, finding);
    FindingView {
        kind: finding.kind,
        since: finding.since,
        looks: (finding.looks, cx.policy.confirmations),
        checks: checks(cx, info, leg, finding.kind),
        next,
        waits,
        rule: duty(finding.kind).map(|duty| (duty, cx.trust(&info.name, duty))),
        resolved: matches!(finding.kind, FindingKind::Phantom | FindingKind::Quantity)
            .then(|| resolve::offer(cx, info, leg).map(Arc::new)),
    }
}

/// The rule that would repair a finding.
fn duty(kind: FindingKind) -> Option<Duty> {
    match kind {
        FindingKind::Naked | FindingKind::Partly => Some(Duty::Protect),
        FindingKind::Phantom => Some(Duty::ClosePhantom),
        FindingKind::Orphan => Some(Duty::Adopt),
        FindingKind::Quantity => Some(Duty::FollowQuantity),
        FindingKind::StrayStop => Some(Duty::CleanStops),
        _ => None,
    }
}

fn next(cx: &Cx, info: &Info, leg: &LegState, finding: &Finding) -> (String, bool) {
    if leg.close.as_ref().is_some_and(|c| c.failed.is_none()) {
        return ("a close is under way".to_owned(), false);
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
        FindingKind::Naked | FindingKind::Partly if waits => {
            (format!("only looks (protect = {}); p protects", rung.name()), true)
        }
        FindingKind::Naked | FindingKind::Partly => match &leg.stop_desk.last {
            Some(last) => (format!("{last}; trying again"), false),
            None => ("places the stop".to_owned(), false),
        },
        FindingKind::Phantom => phantom_next(cx, info, leg, rung),
        FindingKind::Quantity if leg.undone => {
            ("waits for you: its repair was undone".to_owned(), true)
        }
        FindingKind::Quantity if rung == Trust::Observe => {
            ("only looks (follow_quantity = observe)".to_owned(), true)
        }
        FindingKind::Quantity if !confirmed => ("confirms with one more look".to_owned(), false),
        FindingKind::Quantity => ("waits: no fills explain the difference".to_owned(), true),
        FindingKind::Orphan if leg.signs.claimed.is_some() => {
            ("waits for you: a row on another leg says the same".to_owned(), true)
        }
        FindingKind::Orphan if !waits => {
            let text = if confirmed { "adopts it" } else { "confirms, then adopts it" };
            (text.to_owned(), false)
        }
        FindingKind::Orphan | FindingKind::Resurrected => {
            ("waits for you: a adopt, x close".to_owned(), true)
        }
        FindingKind::Side => ("waits for you: x closes what the venue holds".to_owned(), true),
        FindingKind::StrayStop => ("takes the stop away".to_owned(), false),
        kind => signs::next(cx, info, leg, kind),
    }
}

fn phantom_next(cx: &Cx, info: &Info, leg: &LegState, rung: Trust) -> (String, bool) {
    let explained = gone::is_explained(info, leg);
    if info.hold.is_some() && !explained {
        return ("held back: too many rows vanished at once".to_owned(), true);
    }
    if leg.undone {
        return ("waits for you: its repair was undone".to_owned(), true);
    }
    if rung == Trust::Observe {
        return ("only looks (close_phantom = observe)".to_owned(), true);
    }
    if !gone::is_absent_enough(cx, leg) {
        return ("confirms with one more look".to_owned(), false);
    }
    if explained {
        return ("closes the row".to_owned(), false);
    }
    (format!("asks for fills again ({} empty answers)", leg.history.empty), false)
}

fn checks(cx: &Cx, info: &Info, leg: &LegState, kind: FindingKind) -> Vec<Check> {
    match kind {
        FindingKind::Phantom => proof_of_absence(cx, info, leg),
        FindingKind::Naked | FindingKind::Partly => vec![Check {
            what: "the order lists were read completely".to_owned(),
            holds: info.orders_known.is_some(),
            detail: info.orders_known.map_or_else(|| "not yet".to_owned(), |at| at.rfc3339()),
        }],
        kind if signs::is_sign(kind) => signs::checks(cx, info, leg, kind),
        _ => vec![Check {
            what: format!("{} complete looks agree", cx.policy.confirmations),
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
                "{} complete looks without it, {} apart, or one and a zero on the stream",
                cx.policy.confirmations, cx.policy.confirm_interval
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
                (_, true) => format!("{} fills", leg.fills.len()),
                (desk, _) if desk.asking => "asking the venue".to_owned(),
                (desk, _) => format!("{} complete answers without", desk.empty),
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

fn strays(cx: &Cx, account: &Account) -> Vec<StrayView> {
    let next = if account.info.hold.is_some() {
        "stays while a mass vanishing is held back"
    } else if cx.may(&account.info.name, Duty::CleanStops) {
        "takes it away"
    } else {
        "only looks (autonomy = observe)"
    };
    account
        .legs
        .values()
        .flat_map(|leg| leg.stops.iter().map(move |stop| (leg, stop)))
        .filter_map(|(leg, stop)| {
            Some(StrayView {
                account: account.info.name.clone(),
                symbol: leg.key.symbol.clone(),
                order: stop.order.clone(),
                since: stop.stray_since?,
                next: next.to_owned(),
            })
        })
        .collect()
}
