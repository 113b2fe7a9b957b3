//! What one answer may conclude about every leg of an account.
//!
//! A key with activity since the request left is not settled by the answer; it is asked again.
//! Absence is only ever noted here, proven in `gone`. Not for: when to ask (that is `look`).

use crate::domain::event::{Event, EventKind, Severity};
use crate::domain::evidence::Absence;
use crate::domain::key::PositionKey;
use crate::domain::ledger::{DetectedBy, RowStatus};
use crate::domain::order::ConditionalOrder;
use crate::domain::position::VenuePosition;
use crate::domain::snapshot::{Aged, Counters};
use crate::domain::sweep::{Look, Sweep};
use crate::domain::teeth::{Tooth, broken};
use crate::domain::time::{Span, Time};

use crate::engine::cx::Cx;
use crate::engine::drift::{self, Ear};
use crate::engine::held::HeldStop;
use crate::engine::history;
use crate::engine::leg::{Belief, LegState, Replaced};
use crate::engine::look::{self, Why};
use crate::engine::naked;
use crate::engine::reopened;
use crate::engine::state::{Account, Info};
use crate::engine::stream;
use crate::engine::twin;
use crate::engine::vanish;

/// Venue fact: REST positions lag a fill by one to two seconds (Binance document, 4.7).
const SETTLE: Span = Span::secs(5);
/// No venue lags so long behind its own stream.
const OVERDUE: Span = Span::secs(15);

/// Notes what a look says of every leg, and counts.
pub(super) fn positions(
    cx: &mut Cx,
    account: &mut Account,
    asked: Time,
    activity: u64,
    sweep: &Sweep,
) {
    account.meet(sweep.seen().map(|(symbol, leg, _)| (symbol, leg)), cx.now);
    let errors = u32::try_from(cx.bad_rows.len()).unwrap_or(u32::MAX);
    let mut counters = Counters { errors, ..Counters::default() };
    let (mut unsettled, mut silent) = (false, None);
    // A look that could not read the orders is not a complete one: it counts for nothing.
    let complete = sweep.orders_fault().is_none();
    let startup = account.info.sweeps == 1;
    let (mut seldom, mut seen) = (0, sweep.seen().peekable());
    let ear = Ear::of(&account.info, cx.now);
    for ((symbol, side), leg) in &mut account.legs {
        let shown = seen.next_if(|(name, leg, _)| leg == side && *name == symbol);
        let look = shown.map_or_else(|| sweep.look(symbol, *side), |(.., at)| Look::Here(at));
        let before = leg.there.clone();
        let settled = match look {
            Look::Here(position) => here(cx.now, leg, position, asked, activity, complete),
            Look::NotHere => not_here(leg, asked, activity, startup),
            Look::Unknown if broken(Tooth::UnknownIsAbsent) => {
                not_here(leg, asked, activity, startup)
            }
            Look::Unknown => false,
        };
        leg.signs.refusal = sweep.refusal(symbol, *side).map(str::to_owned);
        if settled {
            if complete {
                leg.agrees(asked, cx.policy.confirm_interval);
            }
            silent = silent.or_else(|| untold(leg, &before, asked));
            agreed(leg, asked);
            drift::looked(ear, leg, account.info.sweeps <= 1);
        }
        unsettled |= !settled;
        count(&mut counters, leg, settled);
        seldom += u64::from(history::is_seldom(leg));
    }
    if complete {
        naked::absent(cx, account, sweep);
    }
    let info = &mut account.info;
    if let Some(key) = silent {
        let why = format!("it never told that {key} changed");
        stream::suspect(cx, info, asked, &why);
    }
    info.unsettled = if unsettled { info.unsettled + 1 } else { 0 };
    if unsettled {
        look::want(cx, info, Why::Unsettled);
    }
    info.counters = Some(Aged { value: counters, at: cx.now });
    info.unexplained = seldom;
    vanish::weigh(cx, account);
    if sweep.orders_fault().is_none() {
        report(cx, &account.info, counters, sweep);
    }
}

/// Whether this answer settles a leg as open.
fn here(
    now: Time,
    leg: &mut LegState,
    position: &VenuePosition,
    asked: Time,
    activity: u64,
    complete: bool,
) -> bool {
    if is_outdated(leg, position, asked) {
        return false;
    }
    if leg.touched > activity {
        dispute(leg);
        return false;
    }
    if complete {
        reopened::suspect(leg, position);
        leg.note_replaced(position, asked);
    }
    if leg.position().is_some_and(|known| !known.is_as_held(position)) {
        leg.looks = 0;
    }
    leg.is_here(position.clone(), asked, now);
    leg.is_priced(position.mark, asked);
    true
}

/// Whether the stream has said something else since what this answer shows.
///
/// A look that contradicts the stream for long is believed: an open position is to be protected
/// whatever was said of it.
fn is_outdated(leg: &LegState, position: &VenuePosition, asked: Time) -> bool {
    let Some(told) = &leg.told else { return false };
    let heard = asked.since(told.heard);
    let older = position.changed.map_or(heard < SETTLE, |at| at < told.at && heard < OVERDUE);
    let held = told.open.as_ref().map(|open| (open.side, open.quantity));
    // As much as before is another position where the stream said zero in between.
    let zero = leg.replaced.zero.map(|(zero, _)| zero);
    let over = position.changed.zip(zero).is_some_and(|(changed, zero)| changed < zero);
    older && (over || held != Some((position.side, position.quantity)))
}

/// An answer that settles nothing shows it all the same: the leg is not called flat any more.
fn dispute(leg: &mut LegState) {
    if leg.is_absent() {
        leg.there = Belief::Unknown;
        leg.absences.clear();
        leg.noticed = None;
        leg.looks = 0;
    }
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
        leg.vanished = matches!(leg.there, Belief::Open { .. });
        leg.asks_history_afresh();
    }
    leg.there = Belief::Absent(asked);
    reopened::begins_anew(leg);
    leg.replaced = Replaced::default();
    if leg.noticed.is_none() {
        let by = if startup { DetectedBy::Startup } else { DetectedBy::Sync };
        leg.noticed = Some((by, asked));
    }
    // The first look, the newest ones and a zero are what a proof needs.
    if leg.absences.len() >= 8
        && let Some(old) = leg.absences.iter().skip(1).position(|a| matches!(a, Absence::Sweep(_)))
    {
        leg.absences.remove(old + 1);
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
                && changed.0.saturating_add(i64::try_from(SETTLE.millis()).ok()?) < asked.0
        }
        (Belief::Absent(first), Belief::Absent(_)) => {
            leg.row.is_some() && leg.vanished && leg.looks == 2 && !leg.fading() && asked > *first
        }
        _ => false,
    };
    silent.then(|| leg.key.clone())
}

/// Notes that ledger and venue say the same: what happens later is all that has to be explained.
fn agreed(leg: &mut LegState, asked: Time) {
    if let (Some(row), Belief::Open { position, .. }) = (&leg.row, &leg.there)
        && row.side == position.side
        && leg.same(row.quantity, position.quantity)
    {
        leg.signs.agreed = Some(asked);
    }
}

fn count(counters: &mut Counters, leg: &LegState, settled: bool) {
    match (&leg.row, &leg.there) {
        (Some(_), _) if !settled => {
            counters.ledger += 1;
            counters.unknown += 1;
        }
        (Some(row), Belief::Open { position, .. }) => {
            counters.ledger += 1;
            counters.venue += 1;
            if row.side == position.side && leg.same(row.quantity, position.quantity) {
                counters.verified += 1;
            } else {
                counters.mismatched += 1;
            }
        }
        (Some(row), Belief::Absent(_)) if row.status != RowStatus::Opening => {
            counters.ledger += 1;
            counters.phantoms += 1;
        }
        // Of a row that is being opened nothing is expected yet.
        (Some(_), Belief::Absent(_) | Belief::Unknown) => {
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
            "errors": counters.errors,
            "took_ms": sweep.took().millis(),
        }));
    cx.tell(event);
}

/// Replaces what is known of conditional orders by a complete list.
pub(super) fn orders(
    cx: &mut Cx,
    account: &mut Account,
    asked: Time,
    activity: u64,
    sweep: &Sweep,
) {
    if let Some(why) = sweep.orders_fault() {
        account.info.orders_known =
            account.info.orders_known.filter(|_| account.info.stream_is_up());
        let held = account.info.orders_held;
        if look::is_news(cx, &mut account.info, held) {
            let name = &account.info.name;
            let event = Event::about(cx.now, EventKind::SyncFailed, Severity::Warning, name)
                .saying(format!("protection cannot be judged: {why}"))
                .with(serde_json::json!({"why": why, "part": "orders"}));
            cx.tell(event);
        }
        account.info.order_failures += 1;
        account.info.failed_at = Some(cx.now);
        look::want(cx, &mut account.info, Why::OrdersAgain);
        return;
    }
    let Some(orders) = sweep.orders() else { return };
    account.info.order_failures = 0;
    let first = account.info.orders_known.replace(asked).is_none();
    let mut listed: Vec<&ConditionalOrder> = orders.iter().collect();
    listed.iter().for_each(|order| twin::remember(cx, &mut account.info, &order.client_id));
    listed.sort_by_key(|order| (&order.symbol, order.leg)); // those of one leg stay as listed
    account.meet(listed.iter().map(|order| (&order.symbol, order.leg)), cx.now);
    let mut listed = listed.into_iter().peekable();
    let mut again = false;
    for ((symbol, side), leg) in &mut account.legs {
        let current = leg.touched <= activity;
        leg.unlisted = !current && (first || leg.unlisted);
        again |= leg.unlisted;
        if current {
            leg.stops.iter_mut().for_each(|stop| stop.missing = true);
        }
        while let Some(order) = listed.next_if(|o| o.leg == *side && o.symbol == *symbol) {
            let early = leg.forgotten.is_too_early(&order.client_id, asked);
            if current && !early && !leg.is_past(order) {
                leg.forgotten.is_known(&order.client_id);
                rests(leg, order);
            }
        }
        // One of ours that nobody cancelled is asked for by id before it is believed gone:
        // Binance has left live conditional orders out of lists for half an hour.
        leg.stops.retain(|stop| !stop.missing || stop.order.ours());
    }
    if again {
        look::want(cx, &mut account.info, Why::Protection);
    }
}

/// A complete list shows an order: it rests.
fn rests(leg: &mut LegState, order: &ConditionalOrder) {
    match leg.stops.iter_mut().find(|s| s.order.client_id == order.client_id) {
        Some(held) => {
            held.order = order.clone();
            held.missing = false;
            held.failed = 0;
            held.denied = None;
        }
        None => leg.stops.push(HeldStop::new(order.clone())),
    }
}
