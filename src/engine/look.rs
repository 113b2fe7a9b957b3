//! Looks: when an account is asked for the truth, and what one answer may conclude.
//!
//! A failed or partial look closes nothing. A key with activity since the request left is not
//! settled by the answer; it is asked again. Absence is only ever noted here, proven in `gone`.

use crate::domain::amount::Qty;
use crate::domain::effect::Act;
use crate::domain::event::{Event, EventKind, Severity};
use crate::domain::evidence::Absence;
use crate::domain::instrument::Instrument;
use crate::domain::key::{Leg, PositionKey, Symbol};
use crate::domain::ledger::{DetectedBy, RowStatus};
use crate::domain::position::VenuePosition;
use crate::domain::snapshot::{Aged, Counters, Known};
use crate::domain::sweep::{Look, Scope, Sweep};
use crate::domain::time::{Span, Time};

use crate::engine::cx::{Cx, Timer, Waiting};
use crate::engine::leg::{Belief, HeldStop, LegState};
use crate::engine::state::{Account, Hold, Info};
use crate::engine::stream;

/// Venue fact: REST positions lag a fill by one to two seconds (Binance document, 4.7).
const SETTLE: Span = Span::secs(5);
const RETRY_FIRST: Span = Span(500);
/// The frames of one execution arrive together; a look sent between two of them settles nothing.
const BURST: Span = Span(40);

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
    /// A person asked.
    Asked,
}

/// Wants a look; an earlier or wider wish stands.
pub(super) fn want(cx: &mut Cx, info: &mut Info, why: Why) {
    let (scope, wait) = match why {
        Why::Connected | Why::Asked => (Scope::Full, Span(0)),
        Why::Changed => (Scope::Positions, BURST),
        Why::Protection => (Scope::Protection, Span(0)),
        Why::Confirm => (Scope::Positions, cx.policy.confirm_interval),
        Why::Unsettled => (Scope::Positions, back_off(info.unsettled)),
    };
    at(cx, info, cx.now + wait, scope);
}

fn back_off(tries: u32) -> Span {
    Span((RETRY_FIRST.millis() << tries.min(2)).min(2000))
}

fn at(cx: &mut Cx, info: &mut Info, at: Time, scope: Scope) {
    let wish = match info.wanted {
        Some((set, wide)) => (set.min(at), wide.max(scope)),
        None => (at, scope),
    };
    info.wanted = Some(wish);
    if info.looking.is_none() {
        cx.timers.by(Timer::Look(info.name.clone()), wish.0);
    }
}

/// Sends the wanted look when it is due and none is out.
pub(super) fn send_due(cx: &mut Cx, info: &mut Info) {
    let Some((due, scope)) = info.wanted else { return };
    if info.looking.is_some() || !info.connected || !cx.books_read {
        return;
    }
    if due > cx.now {
        cx.timers.by(Timer::Look(info.name.clone()), due);
        return;
    }
    info.wanted = None;
    let waiting =
        Waiting::Look { account: info.name.clone(), asked: cx.now, activity: info.activity };
    let name = info.name.clone();
    info.looking = Some(cx.act(&name, Act::Look(scope), waiting));
}

/// Takes the answer to a look.
pub(super) fn take(cx: &mut Cx, account: &mut Account, asked: Time, activity: u64, sweep: &Sweep) {
    account.info.looking = None;
    if let Some(why) = sweep.fault() {
        failed(cx, &mut account.info, why);
        return;
    }
    let info = &mut account.info;
    info.failures = 0;
    info.heard = Some(cx.now);
    info.sweeps += 1;
    info.known = Known::Since(cx.now);
    info.mode = sweep.mode().or(info.mode);
    if let Some(balance) = sweep.balance() {
        info.balance = Some(Aged { value: balance, at: cx.now });
    }
    settle_positions(cx, account, asked, activity, sweep);
    take_orders(cx, account, asked, activity, sweep);
    let regular = asked + cx.policy.sync_interval;
    at(cx, &mut account.info, regular, Scope::Full);
    account.touch_all(cx);
}

fn failed(cx: &mut Cx, info: &mut Info, why: &str) {
    info.failures += 1;
    let since = match info.known {
        Known::Unknown(since, _) => since,
        Known::Since(_) => cx.now,
    };
    info.known = Known::Unknown(since, why.to_owned());
    let event = Event::about(cx.now, EventKind::SyncFailed, Severity::Warning, &info.name)
        .saying(format!("nothing is concluded: {why}"))
        .with(serde_json::json!({"why": why, "unknown_since": since.rfc3339()}));
    cx.tell(event);
    let wait = Span((1000 << info.failures.min(5)).min(cx.policy.sync_interval.millis()));
    at(cx, info, cx.now + wait, Scope::Full);
}

fn settle_positions(cx: &mut Cx, account: &mut Account, asked: Time, activity: u64, sweep: &Sweep) {
    let mut keys: Vec<(Symbol, Leg)> = account.legs.keys().cloned().collect();
    keys.extend(sweep.seen().map(|(symbol, leg, _)| (symbol.clone(), leg)));
    keys.sort_unstable();
    keys.dedup();
    let errors = u32::try_from(cx.bad_rows.len()).unwrap_or(u32::MAX);
    let mut counters = Counters { errors, ..Counters::default() };
    let (mut unsettled, mut silent) = (false, None);
    for (symbol, side) in keys {
        let startup = account.info.sweeps == 1;
        let instrument = account.info.instruments.get(&symbol).cloned();
        let leg = account.leg(&symbol, side, cx.now);
        let before = leg.there.clone();
        let settled = match sweep.look(&symbol, side) {
            Look::Here(position) => here(leg, position, asked, activity),
            Look::NotHere => not_here(leg, asked, activity, startup),
            Look::Unknown => false,
        };
        if settled {
            leg.looks += 1;
            silent = silent.or_else(|| untold(leg, &before, asked));
        }
        unsettled |= !settled;
        count(&mut counters, leg, instrument.as_deref(), settled);
    }
    let info = &mut account.info;
    if let Some(key) = silent {
        let why = format!("it never told that {key} changed");
        stream::suspect(cx, info, asked, &why);
    }
    info.unsettled = if unsettled { info.unsettled + 1 } else { 0 };
    if unsettled {
        want(cx, info, Why::Unsettled);
    }
    info.counters = Some(Aged { value: counters, at: cx.now });
    weigh_vanishing(cx, account);
    report(cx, &account.info, counters, sweep);
}

/// Whether this answer settles a leg as open.
fn here(leg: &mut LegState, position: &VenuePosition, asked: Time, activity: u64) -> bool {
    if leg.touched > activity {
        return false;
    }
    if let Some(told) = &leg.told {
        let older = position.changed.map_or(asked.since(told.heard) < SETTLE, |at| at < told.at);
        let differs = told
            .open
            .as_ref()
            .is_none_or(|open| open.side != position.side || open.quantity != position.quantity);
        if older && differs {
            return false;
        }
    }
    leg.is_here(position.clone(), asked);
    true
}

/// Whether this answer settles a leg as absent.
fn not_here(leg: &mut LegState, asked: Time, activity: u64, startup: bool) -> bool {
    if leg.touched > activity {
        return false;
    }
    let just_opened = leg
        .told
        .as_ref()
        .is_some_and(|told| told.open.is_some() && asked.since(told.heard) < SETTLE);
    if just_opened {
        return false;
    }
    if !leg.is_absent() {
        leg.looks = 0;
    }
    leg.there = Belief::Absent(asked);
    leg.first_seen = None;
    if leg.noticed.is_none() {
        let by = if startup { DetectedBy::Startup } else { DetectedBy::Sync };
        leg.noticed = Some((by, asked));
    }
    // The first look and the newest ones are what a proof needs.
    if leg.absences.len() >= 8 {
        leg.absences.remove(1);
    }
    leg.absences.push(Absence::Sweep(asked));
    true
}

/// A leg that changed on the venue well before this look without a word from the stream.
fn untold(leg: &LegState, before: &Belief, asked: Time) -> Option<PositionKey> {
    let told_at = leg.told.as_ref().map(|told| told.at);
    let silent = match (before, &leg.there) {
        (Belief::Open { position: old, .. }, Belief::Open { position, .. }) => {
            let changed = position.changed?;
            old.quantity != position.quantity
                && told_at.is_none_or(|at| at < changed)
                && changed.0 + i64::try_from(SETTLE.millis()).ok()? < asked.0
        }
        (Belief::Absent(first), Belief::Absent(_)) => {
            leg.row.is_some() && leg.looks == 2 && !leg.fading() && asked > *first
        }
        _ => false,
    };
    silent.then(|| leg.key.clone())
}

fn count(counters: &mut Counters, leg: &LegState, instrument: Option<&Instrument>, settled: bool) {
    let same = |a: Qty, b: Qty| instrument.map_or(a == b, |i| i.same(a, b));
    match (&leg.row, &leg.there) {
        (Some(_), _) if !settled => {
            counters.ledger += 1;
            counters.unknown += 1;
        }
        (Some(row), Belief::Open { position, .. }) => {
            counters.ledger += 1;
            counters.venue += 1;
            if row.side == position.side && same(row.quantity, position.quantity) {
                counters.verified += 1;
            } else {
                counters.mismatched += 1;
            }
        }
        (Some(_), Belief::Absent(_)) => {
            counters.ledger += 1;
            counters.phantoms += 1;
        }
        (Some(_), Belief::Unknown) => {
            counters.ledger += 1;
            counters.unknown += 1;
        }
        (None, Belief::Open { .. }) if settled => {
            counters.venue += 1;
            counters.orphans += 1;
        }
        (None, _) => {}
    }
}

/// At least three and at least half of the rows gone at once, and no fill explains it: that is
/// more likely a lying venue than a busy market. Nothing is repaired until it is explained.
fn weigh_vanishing(cx: &mut Cx, account: &mut Account) {
    let rows = account.legs.values().filter(|leg| leg.row.is_some()).count();
    let vanished = account
        .legs
        .values()
        .filter(|leg| leg.row.as_ref().is_some_and(|row| row.status != RowStatus::Closing))
        .filter(|leg| leg.is_absent() && !crate::engine::gone::is_explained(&account.info, leg))
        .count();
    if vanished < 3 || vanished * 2 < rows {
        account.info.hold = None;
        return;
    }
    let old = account.info.hold.take();
    let mut hold = Hold {
        since: old.as_ref().map_or(cx.now, |hold| hold.since),
        looks: old.as_ref().map_or(0, |hold| hold.looks) + 1,
        rows: vanished,
        of: rows,
        told: old.is_some_and(|hold| hold.told),
    };
    let asking = account.legs.values().any(|leg| leg.history.asking);
    if hold.looks >= cx.policy.confirmations && !asking && !hold.told {
        hold.told = true;
        let name = &account.info.name;
        let event = Event::about(cx.now, EventKind::PhantomDetected, Severity::Critical, name)
            .saying(format!(
                "{vanished} of {rows} rows are gone from the venue at once and no fill explains \
                 it: nothing is closed, look at the venue"
            ))
            .with(serde_json::json!({"hold": true, "vanished": vanished, "rows": rows}));
        cx.tell(event);
    }
    account.info.hold = Some(hold);
}

fn report(cx: &mut Cx, info: &Info, counters: Counters, sweep: &Sweep) {
    let event = Event::about(cx.now, EventKind::SyncCompleted, Severity::Info, &info.name)
        .saying(format!(
            "ledger {} venue {}: verified {} phantoms {} orphans {} mismatched {} unknown {}",
            counters.ledger,
            counters.venue,
            counters.verified,
            counters.phantoms,
            counters.orphans,
            counters.mismatched,
            counters.unknown
        ))
        .with(serde_json::json!({
            "ledger": counters.ledger,
            "venue": counters.venue,
            "verified": counters.verified,
            "phantoms": counters.phantoms,
            "orphans": counters.orphans,
            "mismatched": counters.mismatched,
            "unknown": counters.unknown,
            "errors": counters.errors + u32::from(sweep.orders_fault().is_some()),
            "took_ms": sweep.took().millis(),
        }));
    cx.tell(event);
}

/// Replaces what is known of conditional orders by a complete list.
fn take_orders(cx: &mut Cx, account: &mut Account, asked: Time, activity: u64, sweep: &Sweep) {
    if let Some(why) = sweep.orders_fault() {
        account.info.orders_known =
            account.info.orders_known.filter(|_| account.info.stream_is_up());
        let event =
            Event::about(cx.now, EventKind::SyncFailed, Severity::Warning, &account.info.name)
                .saying(format!("protection cannot be judged: {why}"))
                .with(serde_json::json!({"why": why, "part": "orders"}));
        cx.tell(event);
        want(cx, &mut account.info, Why::Confirm);
        account.info.wanted = account.info.wanted.map(|(at, _)| (at, Scope::Full));
        return;
    }
    let Some(orders) = sweep.orders() else { return };
    account.info.orders_known = Some(asked);
    for leg in account.legs.values_mut().filter(|leg| leg.touched <= activity) {
        leg.stops.iter_mut().for_each(|stop| stop.missing = true);
    }
    for order in orders {
        let leg = account.leg(&order.symbol, order.leg, cx.now);
        if leg.touched > activity {
            continue;
        }
        match leg.stops.iter_mut().find(|s| s.order.client_id == order.client_id) {
            Some(held) => {
                held.order = order.clone();
                held.missing = false;
            }
            None => {
                leg.stops.push(HeldStop { order: order.clone(), stray_since: None, missing: false })
            }
        }
    }
    for leg in account.legs.values_mut() {
        // One of ours that nobody cancelled is asked for by id before it is believed gone:
        // Binance has left live conditional orders out of lists for half an hour.
        leg.stops.retain(|stop| !stop.missing || stop.order.ours());
    }
}
