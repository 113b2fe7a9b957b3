//! Taking an open back that could not be verified or protected, until it is proven flat.
//!
//! What is sold is what the venue shows, at most what we opened and nothing that others are known
//! to have bought, on the side of the position and reduce-only; an audit record stands before the
//! order. Nothing is given up: what could not be proven flat stays a critical finding, and is
//! looked at and closed on. Door: [`begin`].

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::domain::amount::Qty;
use crate::domain::client_id::Purpose;
use crate::domain::command::Verdict;
use crate::domain::event::{Event, EventKind, Severity};
use crate::domain::evidence::Fill;
use crate::domain::journal::IntentState;
use crate::domain::order::{OrderReport, OrderStatus};
use crate::domain::plan::ClosePlan;
use crate::domain::time::{Span, Time};

use crate::engine::close;
use crate::engine::cx::Cx;
use crate::engine::desk::SentClose;
use crate::engine::gone;
use crate::engine::latch;
use crate::engine::leg::LegState;
use crate::engine::look::{self, Why};
use crate::engine::open::{OpenDesk, Phase};
use crate::engine::opened::failed;
use crate::engine::state::Info;
use crate::engine::verify::{self, Known};

/// How long after the order the first look at what is left is taken, and how far the others are
/// apart.
const FIRST_LOOK: Span = Span::secs(2);
const APART: Span = Span::secs(1);
/// How many looks may still show it before a person has to know.
const LOOKS: u32 = 10;
/// How far the looks are apart after that.
const SELDOM: Span = Span::secs(5);

/// A rollback under way.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Rollback {
    since: Time,
    why: String,
    /// Looks taken, and when the next one is.
    looks: u32,
    next: Time,
    /// The close that is out: how much it sells.
    out: Option<Qty>,
    /// What the venue says that its orders have sold.
    #[serde(default)]
    reported: Decimal,
    /// What closes that are over have sold.
    sold: Decimal,
    /// Closes that did not work, and when the next one may go.
    tries: u32,
    retry: Time,
    /// Since when nobody could prove it flat.
    pub(super) unverified: Option<Time>,
}

/// Starts a rollback: the audit record first.
pub(super) fn begin(cx: &mut Cx, info: &mut Info, leg: &mut LegState, why: &str) {
    let position = leg.position().map(|p| (p.side, p.quantity));
    let Some(desk) = &mut leg.opening else { return };
    let (state, _) = desk.word();
    let report = desk.report.as_ref();
    let order = &desk.plan.order;
    let there = position.map_or_else(|| "nothing".to_owned(), |(side, q)| format!("{side} {q}"));
    let event = Event::of(cx.now, EventKind::RollbackStarted, Severity::Critical, &leg.key)
        .saying(format!("taking it back: {why}; the venue shows {there}"))
        .with(serde_json::json!({
            "client_id": order.client_id, "order_id": report.map(|r| &r.id), "side": order.side,
            "wanted": order.quantity, "filled": desk.filled.or(report.and_then(|r| r.filled)),
            "status": report.map(|r| r.status), "venue_side": position.map(|p| p.0),
            "venue_quantity": position.map(|p| p.1), "state": state, "why": why,
        }))
        .on(leg.row.as_ref().map(|row| row.id));
    cx.tell(event);
    desk.last = format!("taking it back: {why}");
    desk.phase = Phase::RollingBack(Box::new(Rollback {
        since: cx.now,
        why: why.to_owned(),
        looks: 0,
        next: cx.now + FIRST_LOOK,
        out: None,
        reported: Decimal::ZERO,
        sold: Decimal::ZERO,
        tries: 0,
        retry: cx.now,
        unverified: None,
    }));
    leg.tidy = true;
    look::want(cx, info, Why::Changed);
    advance(cx, info, leg);
}

fn back(leg: &mut LegState) -> Option<&mut Rollback> {
    match &mut leg.opening.as_mut()?.phase {
        Phase::RollingBack(back) => Some(back),
        _ => None,
    }
}

/// Moves a rollback on.
pub(super) fn advance(cx: &mut Cx, info: &mut Info, leg: &mut LegState) {
    let Some(desk) = &leg.opening else { return };
    let known = match desk.filled {
        Some(filled) => Known::Filled(filled),
        None => verify::known(cx, info, leg, desk),
    };
    match known {
        Known::Nothing => {
            // Nobody can be owed a proof of what was never there.
            if desk.is_unrolled() {
                verified(cx, leg, "nothing was filled");
            } else {
                verify::nothing(cx, leg);
            }
            return;
        }
        Known::Filled(filled) => {
            if let Some(desk) = &mut leg.opening {
                desk.filled = Some(filled);
            }
        }
        Known::NotYet => verify::ask(cx, info, leg),
    }
    count_closes(cx, leg);
    let flat = leg.position().is_none() && gone::is_absent_enough(cx, leg);
    let closed = leg.row.is_none() && !leg.saving || cx.ledger_fault.is_some();
    if flat && closed && known != Known::NotYet {
        verified(cx, leg, "two sources say that it is flat");
    } else if is_another(leg) {
        verified(cx, leg, "ours is gone; what is there now was opened since");
    } else if is_sold(leg) {
        verified(cx, leg, "ours is sold; what is left there is not ours");
    } else {
        sell(cx, info, leg);
        keep_looking(cx, info, leg);
    }
}

/// Notes how the close that is out has ended.
fn count_closes(cx: &Cx, leg: &mut LegState) {
    let ended = match &leg.close {
        None => Some(true),
        Some(close) => close.failed.as_ref().map(|_| false),
    };
    let (Some(worked), Some(back)) = (ended, back(leg)) else { return };
    let Some(quantity) = back.out.take() else { return };
    let reported = std::mem::take(&mut back.reported);
    back.sold += if worked { quantity.get() } else { reported };
    if !worked {
        back.tries += 1;
        back.retry = cx.now + Span::secs(1 << back.tries.min(5));
    }
}

/// Notes what an order of the close that is out has sold. Where others hold more, that close is
/// never proven flat, and its fills may never be heard of.
pub(super) fn reported(leg: &mut LegState, sent: &SentClose, report: &OrderReport) {
    let all = (report.status == OrderStatus::Filled).then_some(sent.quantity);
    if let (Some(back), Some(filled)) = (back(leg), report.filled.or(all)) {
        back.reported += filled.get();
    }
}

/// How much of what we opened is sold, by the closes that are over and by the fills.
fn sold(leg: &LegState, desk: &OpenDesk) -> Decimal {
    let Phase::RollingBack(back) = &desk.phase else { return Decimal::ZERO };
    let ours = leg.fills.iter().filter(|fill| {
        let id = fill.client_id.as_ref().and_then(|id| id.purpose());
        id == Some(Purpose::Rollback) && fill.at.0 >= desk.began.0
    });
    ours.map(|fill| fill.quantity.get()).sum::<Decimal>().max(back.sold)
}

/// Whether all that we opened is sold while others hold more of it.
fn is_sold(leg: &LegState) -> bool {
    let Some(desk) = &leg.opening else { return false };
    let held = leg.position().is_some_and(|position| position.side == desk.plan.side);
    let free = leg.close.as_ref().is_none_or(|close| close.failed.is_some());
    held && free && desk.filled.is_some_and(|filled| sold(leg, desk) >= filled.get())
}

/// Whether what is there was opened after all of ours was closed, whoever did that: fills say so.
fn is_another(leg: &LegState) -> bool {
    let Some(desk) = &leg.opening else { return false };
    let free = leg.close.as_ref().is_none_or(|close| close.failed.is_some());
    let since = desk.seen.is_some_and(|seen| latch::is_opened_since(leg, seen));
    let closing = |fill: &&Fill| fill.side == desk.plan.side.closing() && fill.at.0 >= desk.began.0;
    let closed: Decimal = leg.fills.iter().filter(closing).map(|fill| fill.quantity.get()).sum();
    let gone = desk.filled.is_some_and(|filled| closed >= filled.get());
    leg.position().is_some() && free && since && gone
}

/// What of the venue's position is ours to sell.
fn ours(leg: &LegState) -> Option<Qty> {
    let desk = leg.opening.as_ref()?;
    let position = leg.position().filter(|position| position.side == desk.plan.side)?;
    let most = desk.filled.unwrap_or(desk.plan.order.quantity);
    if desk.filled.is_none() && desk.denied.is_some() {
        // The venue denies the entry so far: what is there may be somebody else's.
        return None;
    }
    let left = most.get() - sold(leg, desk);
    let others = if desk.filled.is_none() { others(leg, desk) } else { Decimal::ZERO };
    Qty::new(left.min(position.quantity.get() - others)).ok()
}

/// What others are known to have added to the leg since the entry left, and hold still.
fn others(leg: &LegState, desk: &OpenDesk) -> Decimal {
    let theirs = leg.fills.iter().filter(|fill| {
        let id = fill.client_id.as_ref();
        fill.at.0 >= desk.began.0 && id.is_some_and(|id| id.purpose().is_none())
    });
    let added = |fill: &Fill| match fill.side == desk.plan.side.opening() {
        true => fill.quantity.get(),
        false => -fill.quantity.get(),
    };
    theirs.map(added).sum::<Decimal>().max(Decimal::ZERO)
}

/// Sends the next close, one at a time.
fn sell(cx: &mut Cx, info: &Info, leg: &mut LegState) {
    let busy = leg.close.as_ref().is_some_and(|close| close.failed.is_none());
    let earlier = close::may_be_under_way(cx, leg).is_some();
    let (Some(quantity), false) = (ours(leg), busy || earlier || !info.is_open()) else {
        return;
    };
    let (Some(position), Some(rules)) =
        (leg.position().cloned(), info.instruments.get(&leg.key.symbol))
    else {
        return;
    };
    let Some(back) = back(leg) else { return };
    if back.retry > cx.now {
        let retry = back.retry;
        cx.again(&leg.key, retry);
        return;
    }
    back.out = Some(quantity);
    back.next = cx.now + FIRST_LOOK;
    let plan = ClosePlan {
        side: position.side.closing(),
        orders: rules.split(quantity),
        quantity,
        whole: quantity == position.quantity,
        profit: None,
    };
    close::begin(cx, leg, None, Purpose::Rollback, plan, position.quantity);
}

/// Looks at what is left, ten times and then less often: each look is counted and shown.
fn keep_looking(cx: &mut Cx, info: &mut Info, leg: &mut LegState) {
    let left = leg.position().map_or_else(|| "nothing seen".to_owned(), |p| p.quantity.to_string());
    let closing = leg.close.as_ref().and_then(|close| close.sent.as_ref());
    let closing = closing.map(|sent| sent.client_id.clone());
    let Some(back) = back(leg) else { return };
    if cx.now < back.next {
        let next = back.next;
        cx.again(&leg.key, next);
        return;
    }
    let over = back.looks >= LOOKS;
    back.looks += 1;
    back.next = cx.now + if over { SELDOM } else { APART };
    let (looks, next, first) = (back.looks, back.next, over && back.unverified.is_none());
    cx.again(&leg.key, next);
    look::want(cx, info, Why::Proof);
    if let Some(desk) = &mut leg.opening {
        desk.last = if over {
            format!("not proven flat, look {looks}: {left} left; it is looked at again and again")
        } else {
            format!("look {looks}/{LOOKS} after the close: {left} left")
        };
    }
    if first {
        unverified(cx, leg, closing.as_ref().map(ToString::to_string));
    }
}

/// The last look has not proven it flat either: somebody has to look.
fn unverified(cx: &mut Cx, leg: &mut LegState, closing: Option<String>) {
    let position = leg.position().map(|p| (p.side, p.quantity));
    let Some(desk) = &mut leg.opening else { return };
    let seen = desk.seen.is_some();
    let ask = desk.ask.take();
    let Phase::RollingBack(back) = &mut desk.phase else { return };
    back.unverified = Some(cx.now);
    let text = if seen {
        format!(
            "could not be proven flat after {LOOKS} looks: verify it at the venue, a position may \
             be left; {}",
            back.why
        )
    } else {
        format!(
            "its position was not found in {LOOKS} looks: an open position without a stop may \
             exist at the venue; {}",
            back.why
        )
    };
    let event = Event::of(cx.now, EventKind::RollbackUnverified, Severity::Critical, &leg.key)
        .saying(text.clone())
        .with(serde_json::json!({
            "client_id": desk.plan.order.client_id, "close": closing, "looks": LOOKS,
            "order_id": desk.report.as_ref().map(|r| &r.id), "since": back.since.rfc3339(),
            "venue_side": position.map(|p| p.0), "venue_quantity": position.map(|p| p.1),
        }))
        .on(leg.row.as_ref().map(|row| row.id));
    cx.tell(event);
    if let Some(ask) = ask {
        cx.answer(ask, Verdict::Failed, format!("{}: {text}", leg.key));
    }
}

/// It is proven: the open is over, and nothing of it is left.
fn verified(cx: &mut Cx, leg: &mut LegState, how: &str) {
    let Some(desk) = &leg.opening else { return };
    let Phase::RollingBack(back) = &desk.phase else { return };
    let why = back.why.clone();
    let event = Event::of(cx.now, EventKind::RollbackVerified, Severity::Info, &leg.key)
        .saying(format!("taken back: {how}"))
        .with(serde_json::json!({
            "client_id": desk.id(), "looks": back.looks, "filled": desk.filled,
            "took_ms": cx.now.since(back.since).millis(),
        }));
    cx.tell(event);
    leg.tidy = true;
    let text = format!("rolled back: {why}");
    failed(cx, leg, Severity::Critical, &text, Some(IntentState::Failed));
}
