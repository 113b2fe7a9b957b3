//! Closing a position, and staying with it until it is proven flat.
//!
//! A close has no form that is not reduce-only; its side comes from the venue's position, its
//! quantity is at most the venue's. One order at a time; an answer that is no answer is resolved
//! by asking for our client id, never by sending again.

use crate::domain::amount::Qty;
use crate::domain::client_id::{ClientId, Purpose};
use crate::domain::command::Verdict;
use crate::domain::effect::{Act, ReduceOrder};
use crate::domain::event::{Event, EventKind, Severity};
use crate::domain::journal::{Intent, IntentKind, IntentState, OrderRecord, Write};
use crate::domain::order::{OrderReport, OrderStatus};
use crate::domain::outcome::{Outcome, Refusal, RefusalKind};
use crate::domain::plan::ClosePlan;
use crate::domain::teeth::{Tooth, broken};
use crate::domain::time::Span;

use crate::engine::cx::{Cx, Waiting};
use crate::engine::desk::{CloseDesk, Doubt, SentClose};
use crate::engine::gone;
use crate::engine::latch;
use crate::engine::leg::{Belief, LegState};
use crate::engine::look::{self, Why};
use crate::engine::mode;
use crate::engine::protect::DENIED_FOR;
use crate::engine::rollback;
use crate::engine::state::Info;
use crate::engine::stream::ECHO;

/// How long an accepted order may work before the venue is asked about it.
const ASK_AFTER: Span = Span::secs(1);
/// No market order is still on its way after this: it is done, or it never was.
const MARKET_LIFE: Span = Span::secs(60);
/// How long a filled close may take to be seen flat.
pub(super) const FLAT_WITHIN: Span = Span::secs(30);

/// Starts a close that the gate let through.
pub(super) fn begin(
    cx: &mut Cx,
    leg: &mut LegState,
    ask: Option<u64>,
    purpose: Purpose,
    plan: ClosePlan,
    before: Qty,
) {
    leg.close = Some(CloseDesk {
        ask,
        purpose,
        queue: plan.orders.iter().copied().collect(),
        plan,
        before,
        changed: latch::changed(leg),
        sent: None,
        began: cx.now,
        flat_since: None,
        cut: None,
        failed: None,
        waits: None,
        latched: false,
        batch: false,
    });
    cx.touch(&leg.key);
}

/// What an earlier run sent and nobody knows the end of yet, in words: while it can still be
/// executed, no other close is sent.
pub(super) fn may_be_under_way(cx: &Cx, leg: &LegState) -> Option<String> {
    let fresh =
        |intent: &Intent| intent.kind == IntentKind::Close && cx.now.since(intent.at) < MARKET_LIFE;
    let (earlier, _) = leg.unfinished.iter().find(|(intent, _)| fresh(intent))?;
    Some(format!(
        "a close of {} may be in flight ({}): what became of it is not known yet",
        leg.key, earlier.client_id
    ))
}

/// Moves a close on by one act at most.
pub(super) fn advance(cx: &mut Cx, info: &mut Info, leg: &mut LegState) {
    let Some(close) = leg.close.clone() else { return };
    if let Some((at, _)) = close.failed {
        latch::failed(cx, leg, at);
        return;
    }
    match &close.sent {
        Some(sent) => follow(cx, info, leg, sent),
        None => match close.queue.front() {
            Some(quantity) if leg.position().is_some() => {
                if latch::may_go(cx, leg, &close) {
                    send(cx, info, leg, &close, *quantity);
                }
            }
            _ => await_flat(cx, info, leg, &close),
        },
    }
}

fn send(cx: &mut Cx, info: &Info, leg: &mut LegState, close: &CloseDesk, quantity: Qty) {
    // The side is the venue's own now; the gate pinned it, and a flip meanwhile stops the close.
    let Some(position) = leg.position() else { return };
    if position.side.closing() != close.plan.side {
        fail(cx, leg, "the position changed sides meanwhile; nothing more was sent");
        return;
    }
    let row = leg.row.as_ref().filter(|_| broken(Tooth::CloseByRow));
    let quantity = row.map_or(quantity.min(position.quantity), |row| row.quantity);
    let flips = close.purpose == Purpose::Rollback && broken(Tooth::FlipRollback);
    let side = if flips { position.side.opening() } else { close.plan.side };
    let client_id = cx.mint(close.purpose, &leg.key);
    let order = ReduceOrder {
        client_id: client_id.clone(),
        symbol: leg.key.symbol.clone(),
        leg: leg.key.leg,
        side,
        quantity,
    };
    let payload = serde_json::to_value(&order).unwrap_or_default();
    cx.intend(IntentKind::Close, &leg.key, &client_id, payload);
    cx.act(&info.name, Act::Reduce(order), Waiting::Reduce(leg.key.clone(), client_id.clone()));
    if let Some(close) = &mut leg.close {
        close.queue.pop_front();
        let doubt = Doubt::Waiting;
        close.sent = Some(SentClose { client_id, quantity, doubt, report: None, next_look: None });
    }
}

/// Stays with an order until its end is known.
fn follow(cx: &mut Cx, info: &mut Info, leg: &mut LegState, sent: &SentClose) {
    if let Some(report) = sent.report.clone().filter(|report| report.status.is_final()) {
        ended(cx, info, leg, sent, &report);
        return;
    }
    let due = match sent.doubt {
        Doubt::Unsure { next, .. } => next,
        Doubt::Waiting => sent.next_look,
    };
    let Some(due) = due else { return };
    if due > cx.now {
        cx.again(&leg.key, due);
        return;
    }
    find(cx, info, leg, &sent.client_id);
    if let Some(sent) = leg.close.as_mut().and_then(|close| close.sent.as_mut()) {
        sent.next_look = None;
        if let Doubt::Unsure { next, .. } = &mut sent.doubt {
            *next = None;
        }
    }
}

/// Asks the venue what became of an order of ours.
pub(super) fn find(cx: &mut Cx, info: &Info, leg: &LegState, id: &ClientId) {
    let earlier = leg.unfinished.iter().find(|(intent, _)| intent.client_id == *id);
    let since = earlier.map(|(intent, _)| intent.at);
    let since = since.or(leg.close.as_ref().map(|close| close.began));
    let act = Act::FindOrder { symbol: leg.key.symbol.clone(), client_id: id.clone(), since };
    cx.act(&info.name, act, Waiting::FindOrder(leg.key.clone(), id.clone()));
}

fn ended(cx: &mut Cx, info: &mut Info, leg: &mut LegState, sent: &SentClose, report: &OrderReport) {
    let filled = report.filled;
    cx.settle_intent(
        &sent.client_id,
        IntentState::Done,
        serde_json::json!({"status": report.status, "filled": filled, "average": report.average}),
    );
    record(cx, leg, sent, report);
    rollback::reported(leg, sent, report);
    leg.touched = info.stir();
    if let Some(close) = &mut leg.close {
        close.sent = None;
        let all = filled.is_some_and(|filled| filled >= sent.quantity);
        if !all && report.status != OrderStatus::Filled {
            let done = filled.map_or_else(|| "nothing".to_owned(), |q| q.to_string());
            let text = format!("the venue ended the order {} after {done}", report.status.name());
            close.cut = Some(text);
            close.queue.clear();
        }
    }
    look::want(cx, info, Why::Changed);
    cx.touch(&leg.key);
}

fn record(cx: &mut Cx, leg: &LegState, sent: &SentClose, report: &OrderReport) {
    let Some(close) = &leg.close else { return };
    cx.note(Write::Order(Box::new(OrderRecord {
        client_id: sent.client_id.clone(),
        key: leg.key.clone(),
        venue_id: Some(report.id.clone()),
        side: close.plan.side,
        quantity: sent.quantity,
        trigger: None,
        status: report.status,
        filled: report.filled,
        average: report.average,
        at: cx.now,
    })));
}

/// Everything is sent and filled: the leg is watched until two sources agree.
fn await_flat(cx: &mut Cx, info: &mut Info, leg: &mut LegState, close: &CloseDesk) {
    let since = close.flat_since.unwrap_or(cx.now);
    if let Some(close) = &mut leg.close {
        close.flat_since = Some(since);
    }
    let by = since + FLAT_WITHIN;
    if is_finished(cx, leg, close) || cx.now >= by && latch::is_over(leg, close) {
        done(cx, leg, close);
        return;
    }
    if let (Some(text), Belief::Open { at, .. }) = (&close.cut, &leg.there)
        && *at > since
        && leg.position().is_some()
    {
        fail(cx, leg, text);
        return;
    }
    if cx.now >= by && is_flat_there(cx, leg) {
        // Two sources agree; only the ledger's row is not written yet.
        latch::is_flat_unwritten(cx, leg);
        return;
    }
    if cx.now >= by {
        let left = leg.position().map_or_else(|| "unknown".to_owned(), |p| p.quantity.to_string());
        if let Some(close) = &mut leg.close {
            close.latched = true;
        }
        fail(cx, leg, &format!("not proven flat after {FLAT_WITHIN}: {left} left on the venue"));
        return;
    }
    cx.again(&leg.key, by);
    if leg.row.is_none() || leg.absences.is_empty() {
        let why = if leg.is_absent() { Why::Confirm } else { Why::Unsettled };
        look::want(cx, info, why);
    }
}

/// Whether what was asked for is proven.
pub(super) fn is_finished(cx: &Cx, leg: &LegState, close: &CloseDesk) -> bool {
    if close.plan.whole { is_flat(cx, leg) } else { is_smaller(leg, close) }
}

fn is_flat(cx: &Cx, leg: &LegState) -> bool {
    leg.row.is_none() && !leg.saving && is_flat_there(cx, leg)
}

/// Whether two sources say that the venue holds nothing, whatever the ledger says.
pub(super) fn is_flat_there(cx: &Cx, leg: &LegState) -> bool {
    leg.position().is_none() && gone::is_absent_enough(cx, leg)
}

fn is_smaller(leg: &LegState, close: &CloseDesk) -> bool {
    let Some(left) = close.before.minus(close.plan.quantity) else { return true };
    leg.position().is_none_or(|position| position.quantity <= left)
}

fn done(cx: &mut Cx, leg: &mut LegState, close: &CloseDesk) {
    leg.close = None;
    leg.tidy = true;
    // It went by an order of ours.
    leg.vanished = false;
    leg.follow = !close.plan.whole && leg.row.is_some();
    let (key, side, quantity) = (&leg.key, close.plan.side, close.plan.quantity);
    let text = match close.plan.whole {
        true if leg.position().is_some() => {
            format!("{key}: {side} {quantity} closed; what is there now was opened since")
        }
        true => format!("{key} is flat, {side} {quantity} closed"),
        false => format!("{key}: {side} {quantity} done"),
    };
    match close.ask {
        Some(ask) if close.batch => cx.batches.ended(ask, &leg.key, None),
        Some(ask) => cx.answer(ask, Verdict::Done, text),
        None => {}
    }
    cx.touch(&leg.key);
}

/// Ends a close that did not work: it stays visible, and the leg's protection goes on.
pub(super) fn fail(cx: &mut Cx, leg: &mut LegState, why: &str) {
    let Some(close) = &mut leg.close else { return };
    close.failed = Some((cx.now, why.to_owned()));
    close.queue.clear();
    let (ask, batch) = (close.ask, close.batch);
    let event = Event::of(cx.now, EventKind::OperatorCommand, Severity::Critical, &leg.key)
        .saying(format!("close failed: {why}"))
        .with(serde_json::json!({"failed": why}))
        .on(leg.row.as_ref().map(|row| row.id));
    cx.tell(event);
    match ask {
        Some(ask) if batch => cx.batches.ended(ask, &leg.key, Some(why.to_owned())),
        Some(ask) => {
            cx.answer(ask, Verdict::Failed, format!("{}: close failed: {why}", leg.key));
        }
        None => {}
    }
    cx.touch(&leg.key);
}

/// Takes the answer to a reduce-only order.
pub(super) fn reduced(
    cx: &mut Cx,
    info: &mut Info,
    leg: &mut LegState,
    id: &ClientId,
    outcome: Outcome<OrderReport>,
) {
    cx.touch(&leg.key);
    let Some(sent) = leg.close.as_mut().and_then(|close| close.sent.as_mut()) else { return };
    if sent.client_id != *id {
        return;
    }
    match outcome {
        Outcome::Done(report) => {
            let told = sent.report.as_ref().is_some_and(|known| known.status.is_final());
            if !told {
                sent.report = Some(report);
            }
            sent.next_look = Some(cx.now + ASK_AFTER);
            if info.stream_is_up() && !told {
                info.echoes.insert(id.clone(), cx.now + ECHO);
            }
        }
        Outcome::Refused(why) if latch::is_for_now(&why) => {
            let unsent = serde_json::json!({"unsent": why.to_string()});
            cx.settle_intent(id, IntentState::Failed, unsent);
            latch::waits(cx, leg, &why);
        }
        Outcome::Refused(why) => {
            cx.settle_intent(
                id,
                IntentState::Failed,
                serde_json::json!({"refused": why.to_string()}),
            );
            if let Some(close) = &mut leg.close {
                close.sent = None;
            }
            if why.kind == RefusalKind::Mode {
                mode::doubt(cx, info);
            }
            // "Nothing to reduce" is evidence to verify, not an error to retry.
            if why.kind == RefusalKind::NothingToReduce {
                if let Some(close) = &mut leg.close {
                    close.queue.clear();
                }
                look::want(cx, info, Why::Changed);
            } else {
                fail(cx, leg, &why.to_string());
            }
        }
        Outcome::Unsure(why) if broken(Tooth::ResendUnsure) => {
            latch::waits(cx, leg, &Refusal { code: None, kind: RefusalKind::Busy, text: why });
        }
        Outcome::Unsure(why) => {
            let next = cx.now + Doubt::wait(0);
            sent.doubt = Doubt::Unsure { since: cx.now, asked: 0, next: Some(next) };
            cx.settle_intent(id, IntentState::Unknown, serde_json::json!({"unsure": why}));
            look::want(cx, info, Why::Changed);
        }
    }
}

/// Takes the venue's word on an order that was asked for by our id.
pub(super) fn found(
    cx: &mut Cx,
    leg: &mut LegState,
    id: &ClientId,
    answer: Result<Option<OrderReport>, String>,
) {
    cx.touch(&leg.key);
    let Some(sent) = leg.close.as_mut().and_then(|close| close.sent.as_mut()) else { return };
    if sent.client_id != *id {
        return;
    }
    match (answer, sent.doubt) {
        (Ok(Some(report)), _) => {
            sent.doubt = Doubt::Waiting;
            sent.report = Some(report);
            sent.next_look = Some(cx.now + ASK_AFTER);
        }
        (Ok(None), Doubt::Unsure { since, .. })
            if cx.now.since(since) >= DENIED_FOR || broken(Tooth::DeniedAtOnce) =>
        {
            cx.settle_intent(id, IntentState::Failed, "never reached the venue".into());
            if let Some(close) = &mut leg.close {
                close.sent = None;
            }
            fail(cx, leg, "the order never reached the venue; nothing was closed, try again");
        }
        (Ok(None) | Err(_), Doubt::Unsure { since, asked, .. }) => {
            let next = Some(Doubt::next(cx.now, since, asked + 1));
            sent.doubt = Doubt::Unsure { since, asked: asked + 1, next };
        }
        (Ok(None) | Err(_), Doubt::Waiting) => sent.next_look = Some(cx.now + ASK_AFTER),
    }
}
