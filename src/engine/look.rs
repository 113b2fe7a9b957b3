//! Looks: when an account is asked for the truth, and how widely.
//!
//! Positions alone are cheap and settle presence and absence; the order lists and the rest are
//! asked for on their own clock. Not for: what an answer may conclude (that is `settle`).

use std::collections::BTreeMap;

use crate::domain::effect::Act;
use crate::domain::event::{Event, EventKind, Severity};
use crate::domain::key::{Leg, Symbol};
use crate::domain::ledger::RowStatus;
use crate::domain::snapshot::{Aged, Known};
use crate::domain::sweep::{Scope, Sweep};
use crate::domain::time::{Span, Time};

use crate::engine::cx::{Cx, Waiting};
use crate::engine::foreign;
use crate::engine::leg::LegState;
use crate::engine::mode;
use crate::engine::settle;
use crate::engine::state::{Account, Info, Legs};
use crate::engine::timers::Timer;
use crate::engine::unpriced::Unpriced;

/// The frames of one execution arrive together; a look sent between two of them settles nothing.
const BURST: Span = Span(40);
/// Venue fact: REST positions lag a fill by one to two seconds (Binance document, 4.7). A leg in
/// that state is asked about quickly at first, for a close is to be booked within two seconds.
const SOON: Span = Span(400);
const SOON_TRIES: u32 = 5;
/// How old balance and position mode may get where several accounts share a venue's limits.
const RARELY: Span = Span::secs(120);
const LATER: Span = Span::secs(2);
const LATER_TRIES: u32 = 12;
/// A leg that nobody answers for costs requests, and those belong to others.
const SELDOM: Span = Span::secs(10);
/// Looks that go on being held back are told of so often.
const TOLD_EVERY: Span = Span::secs(60);

/// How often an engine that stands by looks at least; where the interval is shorter, it looks every
/// second time.
const WATCHING: Span = Span::secs(30);

/// So many looks in such a time are more than what one change needs.
const OFTEN: usize = 12;
const MANY_IN: Span = Span::secs(15);

/// Why a look is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// The venue was reached, or the stream is back: anything may have been missed.
    Connected,
    /// Something changed or vanished: at once, and positions are enough.
    Changed,
    /// A stop changed under us: now, with the order lists.
    Protection,
    /// A first sighting wants its confirmation.
    Confirm,
    /// The last look could not settle a leg.
    Unsettled,
    /// One of the looks that are to prove a rollback: they are counted, and come when due.
    Proof,
    /// The order lists could not be read.
    OrdersAgain,
    /// A person asked.
    Asked,
}

/// Wants a look; an earlier wish of that width stands.
pub(super) fn want(cx: &mut Cx, info: &mut Info, why: Why) {
    let (scope, wait) = match why {
        Why::Connected | Why::Asked => (Scope::Full, Span(0)),
        Why::Changed => (Scope::Positions, BURST),
        Why::Proof => (Scope::Positions, Span(0)),
        Why::Protection => (Scope::Protection, Span(0)),
        Why::Confirm => (Scope::Positions, cx.policy.confirm_interval),
        Why::OrdersAgain => {
            let held = info.orders_held.map_or(Span(0), |until| until.since(cx.now));
            (Scope::Protection, after_failures(cx, info.order_failures).max(held))
        }
        Why::Unsettled => (Scope::Positions, back_off(info.unsettled)),
    };
    match why {
        _ if !info.lease.is_held() && scope < Scope::Full => {
            at(info, watched(cx, info, cx.now + wait), scope);
        }
        Why::Proof => wish(info, cx.now, scope),
        _ => at(info, cx.now + wait, scope),
    }
}

/// The earliest instant for a look that only a watcher wants. It acts on nothing, its stream tells
/// it of changes, and its requests are taken from those of the engine that has the lease.
fn watched(cx: &Cx, info: &Info, at: Time) -> Time {
    info.last_look.map_or(at, |(asked, _)| at.max(asked + interval(cx, info)))
}

/// How far apart the regular looks are.
fn interval(cx: &Cx, info: &Info) -> Span {
    let often = cx.policy.sync_interval;
    if info.lease.is_held() { often } else { Span(often.millis() * 2).min(WATCHING).max(often) }
}

fn back_off(tries: u32) -> Span {
    match tries {
        0..SOON_TRIES => SOON,
        SOON_TRIES..=LATER_TRIES => LATER,
        _ => SELDOM,
    }
}

fn after_failures(cx: &Cx, failures: u32) -> Span {
    Span((1000 << failures.min(5)).min(cx.policy.sync_interval.millis()))
}

/// The earliest instant for a look that nobody has to have at once. Where others trade without a
/// pause, every fill of theirs is a reason to look, and the requests are spent.
fn spaced(info: &Info, at: Time, scope: Scope) -> Time {
    let (Some(oldest), Some(last)) = (info.looked.front(), info.looked.back()) else { return at };
    let apart = match scope {
        Scope::Positions => Span(1200),
        Scope::Protection => Span::secs(5),
        Scope::Full => return at,
    };
    let often = info.looked.len() == OFTEN && at.since(*oldest) < MANY_IN;
    if often { at.max(*last + apart) } else { at }
}

fn at(info: &mut Info, at: Time, scope: Scope) {
    let at = spaced(info, at, scope);
    wish(info, at, scope);
}

/// Notes a wish. What wakes the engine for it is set when the step ends, by what keeps it from
/// leaving: a wish that is due and held back would wake it without a pause.
fn wish(info: &mut Info, at: Time, scope: Scope) {
    let wish = info.wanted.entry(scope).or_insert(at);
    *wish = at.min(*wish);
}

/// The widest look that is due.
fn due(wanted: &BTreeMap<Scope, Time>, now: Time) -> Option<Scope> {
    wanted.iter().filter(|(_, at)| **at <= now).map(|(scope, _)| *scope).max()
}

/// Sends the wanted look when it is due and none is out.
pub(super) fn send_due(cx: &mut Cx, account: &mut Account) {
    let info = &mut account.info;
    if info.looking.is_some() || !info.connected || !info.lease.books_read() {
        return;
    }
    // Nothing is asked of a venue that would answer nobody; it would be told as a failure.
    if let Some(until) = info.held.filter(|until| *until > cx.now) {
        cx.timers.by(Timer::Look(info.name.clone()), until);
        return;
    }
    let Some(next) = info.wanted.values().min().copied() else { return };
    let Some(scope) = due(&info.wanted, cx.now) else {
        cx.timers.by(Timer::Look(info.name.clone()), next);
        return;
    };
    // What a wider look answers need not be asked again by a narrower one that is due as well.
    let now = cx.now;
    info.wanted.retain(|wish, at| *wish > scope || *at > now);
    if scope < Scope::Full {
        if info.looked.len() == OFTEN {
            info.looked.pop_front();
        }
        info.looked.push_back(now);
    }
    let waiting =
        Waiting::Look { account: info.name.clone(), asked: cx.now, activity: info.activity };
    let mut expect = expected(&account.legs);
    expect.extend(info.unpriced.iter().map(Unpriced::place));
    expect.sort();
    expect.dedup();
    let name = info.name.clone();
    info.looking = Some(cx.act(&name, Act::Look { scope, expect }, waiting));
}

/// The legs that ledger or belief hold open: what a list leaves out of these is asked for.
fn expected(legs: &Legs) -> Vec<(Symbol, Leg)> {
    let open = |leg: &LegState| {
        let row = leg.row.as_ref().is_some_and(|row| row.status != RowStatus::Opening);
        row || leg.position().is_some() || leg.opening.is_some()
    };
    legs.iter().filter(|(_, leg)| open(leg)).map(|(key, _)| key.clone()).collect()
}

/// Takes the answer to a look.
pub(super) fn take(cx: &mut Cx, account: &mut Account, asked: Time, activity: u64, sweep: &Sweep) {
    account.info.looking = None;
    let held = sweep.held_until().filter(|until| *until > cx.now);
    account.info.held = held.filter(|_| sweep.fault().is_some());
    account.info.orders_held = held.filter(|_| sweep.orders_fault().is_some());
    let paced = sweep.paced_until().filter(|until| *until > cx.now);
    if sweep.scope() == Scope::Positions || sweep.orders_fault().is_some() {
        // What comes next asks for as much or more.
        account.info.held = account.info.held.or(paced);
    }
    if let Some(why) = sweep.fault() {
        failed(cx, &mut account.info, why);
        // The stops behind what was open are judged all the same: one question that fails does
        // not silence the others.
        if sweep.orders().is_some() {
            settle::orders(cx, account, asked, activity, sweep);
            account.touch_all(cx);
        }
        return;
    }
    let info = &mut account.info;
    info.failures = 0;
    if sweep.orders_fault().is_none() {
        info.told_held = None;
    }
    info.heard = Some(cx.now);
    info.sweeps += u64::from(sweep.orders_fault().is_none());
    info.known = Known::Since(cx.now);
    info.last_look = Some((asked, cx.now));
    if let Some(balance) = sweep.balance() {
        info.balance = Some(Aged { value: balance, at: cx.now });
    }
    mode::learn(cx, account, sweep);
    foreign::listed(cx, account, asked, sweep);
    settle::positions(cx, account, asked, activity, sweep);
    settle::orders(cx, account, asked, activity, sweep);
    let regular = (asked + interval(cx, &account.info)).max(paced.unwrap_or(asked));
    let scope = regular_scope(cx, &account.info, regular);
    at(&mut account.info, regular, scope);
    account.touch_all(cx);
}

/// How wide a regular look is. Accounts of one venue share what it allows an address: where the
/// lists of orders take most of that, they are read in turns while the stream tells of changes.
fn regular_scope(cx: &Cx, info: &Info, next: Time) -> Scope {
    let sharing = cx.policy.accounts.iter().filter(|a| a.venue == info.venue).count();
    if sharing < 2 || !info.venue.lists_orders_dearly() || !info.stream_is_up() {
        return Scope::Full;
    }
    let rounds = u64::try_from(sharing).unwrap_or(u64::MAX);
    let turn = Span(cx.policy.sync_interval.millis().saturating_mul(rounds));
    let is_old = |read: Option<Time>, age: Span| read.is_none_or(|at| next.since(at) >= age);
    if !is_old(info.orders_known, turn) {
        Scope::Positions
    } else if is_old(info.balance.as_ref().map(|balance| balance.at), RARELY) {
        Scope::Full
    } else {
        Scope::Protection
    }
}

fn failed(cx: &mut Cx, info: &mut Info, why: &str) {
    info.failures += 1;
    info.failed_at = Some(cx.now);
    let since = match info.known {
        Known::Unknown(since, _) => since,
        Known::Since(_) => cx.now,
    };
    info.known = Known::Unknown(since, why.to_owned());
    let held = info.held;
    if is_news(cx, info, held) {
        let until = held.map_or_else(String::new, |until| format!(" before {}", until.clock()));
        let event = Event::about(cx.now, EventKind::SyncFailed, Severity::Warning, &info.name)
            .saying(format!("nothing is concluded{until}: {why}"))
            .with(serde_json::json!({
                "why": why, "unknown_since": since.rfc3339(), "until": held.map(Time::rfc3339),
            }));
        cx.tell(event);
    }
    let next = held.unwrap_or(cx.now + after_failures(cx, info.failures));
    at(info, next, Scope::Full);
}

/// Whether a failed look is told: one that is held back at the beginning, then once a minute.
pub(super) fn is_news(cx: &Cx, info: &mut Info, held: Option<Time>) -> bool {
    if held.is_some() {
        if info.told_held.is_some_and(|at| cx.now.since(at) < TOLD_EVERY) {
            return false;
        }
        info.told_held = Some(cx.now);
    }
    true
}
