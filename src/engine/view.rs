//! The picture handed to the screen: everything as it is believed now, and what comes next.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::key::AccountName;
use crate::domain::snapshot::{
    AccountFinding, AccountView, Aged, FindingKind, FindingView, LegView, Snapshot, StrayView,
    There, TrustView, WorkView,
};
use crate::domain::time::{Span, Time};
use crate::domain::trust::{Duty, Trust};

use crate::engine::cancel;
use crate::engine::cx::Cx;
use crate::engine::drift;
use crate::engine::findings::Finding;
use crate::engine::lease;
use crate::engine::leg::{Belief, LegState};
use crate::engine::mode;
use crate::engine::outlook;
use crate::engine::protect;
use crate::engine::resolve;
use crate::engine::start;
use crate::engine::state::{Account, Info};
use crate::engine::trail;
use crate::engine::twin;
use crate::engine::writers;

/// A belief this young, or held up by a live stream, is fresh.
const FRESH: Span = Span::secs(60);

pub(super) fn take(cx: &Cx, accounts: &BTreeMap<AccountName, Account>) -> Snapshot {
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
        ended: accounts.values().flat_map(|a| drift::ended(a, is_shown, cx.now)).collect(),
        bad_rows: cx.bad_rows.clone(),
        events: cx.events.iter().cloned().collect(),
        answers: cx.answers.iter().cloned().collect(),
        ledger_fault: cx.ledger_fault.clone(),
        repairs: cx.repairs.iter().cloned().collect(),
        batches: cx.batches.view(),
        step_us_max: 0,
    }
}

fn is_shown(leg: &LegState) -> bool {
    let open = leg.row.is_some() || leg.position().is_some();
    open || leg.close.is_some() || leg.opening.is_some() || !leg.findings.is_empty()
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
        looked: looked(info),
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
        gate: start::missing(cx, account),
        trust: Duty::ALL.into_iter().map(|duty| trust_view(cx, info, duty)).collect(),
        findings: findings(account),
        lease: info.lease.state().cloned(),
        halt: info.halt.shown().cloned(),
        failed_cleanups: cancel::failed(account),
        naked: info.naked.all(cx.now),
    }
}

/// As of when both lists are known: the orders may be read while the positions are refused.
fn looked(info: &Info) -> Option<Time> {
    let (positions, _) = info.last_look?;
    info.orders_known.map(|orders| orders.min(positions))
}

/// What is wrong with the account as a whole, the loudest first.
fn findings(account: &Account) -> Vec<AccountFinding> {
    let info = &account.info;
    let found = [
        lease::finding(account),
        twin::finding(info),
        start::finding(account),
        mode::finding(account),
        writers::finding(info),
    ];
    found.into_iter().flatten().collect()
}

fn trust_view(cx: &Cx, info: &Info, duty: Duty) -> TrustView {
    TrustView { duty, trust: cx.trust(&info.name, duty), demoted: cx.demotion(&info.name, duty) }
}

fn leg_view(cx: &Cx, info: &Info, leg: &LegState) -> LegView {
    let instrument = leg.rules.clone();
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
        instrument: instrument.clone(),
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
        trail: trail::view(leg, instrument.as_deref()),
        stop_since: leg.covered_since(),
        naked: info.naked.of(&leg.key, cx.now),
        drift: leg.drift.clone(),
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
    if let Some(desk) = &leg.opening {
        let (word, failed) = desk.word();
        return Some(WorkView { word, since: desk.began, failed, text: desk.last.clone() });
    }
    if let Some(close) = &leg.close {
        let failed = close.failed.as_ref();
        return Some(WorkView {
            word: if failed.is_some() { "CLOSE FAILED" } else { "CLOSING" },
            since: failed.map_or(close.began, |(at, _)| *at),
            failed: failed.is_some(),
            text: match (failed, &close.waits, &close.sent) {
                (Some((_, why)), ..) => why.clone(),
                (None, Some((_, text)), _) => text.clone(),
                (None, None, Some(sent)) => sent.client_id.to_string(),
                (None, None, None) => String::new(),
            },
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
    let (next, waits) = outlook::next(cx, info, leg, finding);
    FindingView {
        kind: finding.kind,
        since: finding.since,
        looks: (finding.looks, cx.policy.confirmations),
        checks: outlook::checks(cx, info, leg, finding.kind),
        next,
        waits,
        rule: outlook::duty(finding.kind).map(|duty| (duty, cx.trust(&info.name, duty))),
        resolved: matches!(finding.kind, FindingKind::Phantom | FindingKind::Quantity)
            .then(|| resolve::offer(cx, info, leg).map(Arc::new)),
    }
}

fn strays(cx: &Cx, account: &Account) -> Vec<StrayView> {
    let next = if account.info.hold.is_some() {
        "stays while a mass vanishing is held back"
    } else {
        match cx.trust(&account.info.name, Duty::CleanStops) {
            Trust::Repair => "takes it away",
            Trust::Propose => "left for you (clean_stops = propose)",
            Trust::Observe => "only looks (clean_stops = observe)",
        }
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
