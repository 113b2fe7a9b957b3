//! Keeping a live stop behind every tracked leg, and taking away stops with nothing behind them.
//!
//! A covered leg never becomes uncovered by our hand: a better stop is live before the older
//! one of ours is cancelled. Other people's orders count as protection and are never touched.

use rust_decimal::Decimal;

use crate::domain::amount::{Price, Qty};
use crate::domain::client_id::{ClientId, Purpose};
use crate::domain::command::Verdict;
use crate::domain::effect::{Act, StopOrder};
use crate::domain::event::{Event, EventKind, Severity};
use crate::domain::guard::{self, Guard};
use crate::domain::instrument::Instrument;
use crate::domain::journal::{IntentKind, IntentState, OrderRecord, Write};
use crate::domain::ledger::RowStatus;
use crate::domain::order::{OrderStatus, StopReport};
use crate::domain::outcome::{Outcome, Refusal, RefusalKind};
use crate::domain::plan::{self, Open, StopAt, StopPlan};
use crate::domain::policy::{Autonomy, OnBreach};
use crate::domain::position::VenuePosition;
use crate::domain::snapshot::Aged;
use crate::domain::time::{Span, Time};

use crate::engine::cancel;
use crate::engine::close;
use crate::engine::cx::{Cx, Waiting};
use crate::engine::leg::{Doubt, HeldStop, LegState, SentStop, StopDesk};
use crate::engine::look::{self, Why};
use crate::engine::state::Info;
use crate::engine::stream::ECHO;

/// Refusals because the price is through the stop, before `on_breach` decides.
const BREACH_TRIES: u32 = 5;
/// How long a venue may deny knowing an order before we believe it (Binance document, 6.2).
pub(super) const DENIED_FOR: Span = Span::secs(5);

/// Judges how well the leg is covered, from what is known of the venue's orders.
pub(super) fn judge(cx: &Cx, info: &Info, leg: &mut LegState) {
    let value = match (leg.position(), info.orders_known) {
        (Some(position), Some(_)) => coverage(position, leg.mark_price(), &leg.stops),
        _ => Guard::Unknown,
    };
    if leg.guard.value != value {
        leg.guard = Aged { value, at: cx.now };
    }
}

fn coverage(position: &VenuePosition, mark: Option<Price>, stops: &[HeldStop]) -> Guard {
    let listed = stops.iter().filter(|s| !s.missing).map(|s| &s.order);
    match guard::judge(position, mark, listed) {
        covered @ Guard::Covered(_) => covered,
        // A stop of ours that is missing from the list is asked for before it is called lost.
        _ if stops.iter().any(|s| s.missing) => Guard::Unknown,
        judged => judged,
    }
}

/// Moves the leg's protection on by one act at most.
pub(super) fn advance(cx: &mut Cx, info: &mut Info, leg: &mut LegState) {
    ask_for_missing(cx, info, leg);
    if let Some(sent) = leg.stop_desk.sent.clone() {
        chase(cx, info, leg, &sent);
        return;
    }
    let Some(open) = leg.open() else {
        if !leg.stop_desk.cancelling.is_empty() || leg.row.is_some() {
            return;
        }
        leg.stop_desk = StopDesk::default();
        return;
    };
    if !may_protect(cx, info, leg, open) {
        return;
    }
    let Some(instrument) = info.instruments.get(&leg.key.symbol).cloned() else { return };
    let Some(want) = wanted(cx, leg, open, &instrument) else { return };
    match shortfall(leg, open, want.trigger) {
        None => settled(cx, info, leg, open, want.trigger),
        Some(quantity) => {
            if let Some(retry) = leg.stop_desk.retry.filter(|at| *at > cx.now) {
                cx.again(&leg.key, retry);
                return;
            }
            let through = leg.stop_desk.refusals >= BREACH_TRIES
                && leg.mark_price().is_some_and(|mark| open.side.breached(want.trigger, mark));
            if through && cx.policy.protection.on_breach == OnBreach::Close {
                close::breach(cx, info, leg, open);
                return;
            }
            place(cx, info, leg, StopPlan { quantity, ..want });
        }
    }
}

fn may_protect(cx: &Cx, info: &Info, leg: &LegState, open: Open) -> bool {
    let Some(row) = &leg.row else { return false };
    let allowed = cx.policy.autonomy >= Autonomy::Guard || leg.stop_desk.asked.is_some();
    let heard = info.is_known() || info.stream_is_up();
    allowed
        && heard
        && row.side == open.side
        && row.status != RowStatus::Closing
        && leg.close.as_ref().is_none_or(|close| close.failed.is_some())
        && leg.unfinished.is_empty()
        && leg.guard.value != Guard::Unknown
}

/// The stop a tracked leg should have: its row's, else the policy's distance from entry.
pub(super) fn wanted(cx: &Cx, leg: &LegState, open: Open, rules: &Instrument) -> Option<StopPlan> {
    let row = leg.row.as_ref()?;
    let entry = Open { entry: row.entry_price, ..open };
    let at = row.stop_loss_price.map(StopAt::Price);
    plan::stop(entry, rules, &cx.policy.protection, at).ok()
}

/// How much of the leg no stop at least as good as the wanted one covers. A grown position is
/// covered again as a whole by one stop of ours, so that stops do not pile up.
fn shortfall(leg: &LegState, open: Open, want: Price) -> Option<Qty> {
    let position = leg.position()?;
    let mark = leg.mark_price();
    let good = |stop: &&HeldStop| {
        guard::counts(position, mark, &stop.order)
            && stop.order.trigger.is_some_and(|at| open.side.protects(at, want))
    };
    let size = |stop: &HeldStop| stop.order.quantity.map_or(open.quantity.get(), Qty::get);
    let foreign: Decimal =
        leg.stops.iter().filter(good).filter(|s| !s.order.ours()).map(size).sum();
    let need = Qty::new(open.quantity.get() - foreign).ok()?;
    let best = leg.stops.iter().filter(good).filter(|s| s.order.ours()).map(size).max();
    if best.is_some_and(|ours| ours >= need.get()) { None } else { Some(need) }
}

/// The leg is covered as wanted: older stops of ours go, and whoever asked is told.
fn settled(cx: &mut Cx, info: &mut Info, leg: &mut LegState, open: Open, want: Price) {
    let keep = keeper(leg, open, want);
    let old: Vec<ClientId> = leg
        .stops
        .iter()
        .filter(|s| s.order.ours() && !s.missing && keep.as_ref() != Some(&s.order.client_id))
        .map(|s| s.order.client_id.clone())
        .collect();
    if keep.is_some() {
        for id in old {
            cancel::cancel(cx, info, leg, &id, false);
        }
    }
    leg.stop_desk.refusals = 0;
    leg.stop_desk.retry = None;
    leg.stop_desk.began = None;
    if leg.adopting.is_none()
        && let Some(ask) = leg.stop_desk.asked.take()
    {
        let at = match leg.guard.value {
            Guard::Covered(at) => format!("{} is covered, stop at {at}", leg.key),
            _ => format!("{} is covered", leg.key),
        };
        cx.answer(ask, Verdict::Done, at);
    }
}

/// The stop of ours that alone is enough, the tightest of them.
fn keeper(leg: &LegState, open: Open, want: Price) -> Option<ClientId> {
    let position = leg.position()?;
    let mut best: Option<(&ClientId, Price)> = None;
    for stop in leg.stops.iter().filter(|s| s.order.ours() && !s.missing) {
        let Some(trigger) = stop.order.trigger else { continue };
        let whole = stop.order.quantity.is_none_or(|q| q >= position.quantity);
        let good = whole && open.side.protects(trigger, want);
        if good && best.is_none_or(|(_, at)| open.side.protects(trigger, at)) {
            best = Some((&stop.order.client_id, trigger));
        }
    }
    best.map(|(id, _)| id.clone())
}

fn place(cx: &mut Cx, info: &Info, leg: &mut LegState, plan: StopPlan) {
    let client_id = cx.mint(Purpose::Stop, &leg.key);
    let order = StopOrder {
        client_id: client_id.clone(),
        symbol: leg.key.symbol.clone(),
        leg: leg.key.leg,
        side: plan.side,
        quantity: plan.quantity,
        trigger: plan.trigger,
        trigger_by: cx.policy.protection.trigger,
    };
    let payload = serde_json::to_value(&order).unwrap_or_default();
    cx.intend(IntentKind::PlaceStop, &leg.key, &client_id, payload);
    let waiting = Waiting::PlaceStop(leg.key.clone(), client_id.clone());
    cx.act(&info.name, Act::PlaceStop(order), waiting);
    leg.stop_desk.began.get_or_insert(cx.now);
    leg.stop_desk.sent = Some(SentStop { client_id, plan, doubt: Doubt::Waiting });
}

/// Asks what became of a stop whose answer was no answer.
fn chase(cx: &mut Cx, info: &Info, leg: &mut LegState, sent: &SentStop) {
    let Doubt::Unsure { next: Some(next), .. } = sent.doubt else { return };
    if next > cx.now {
        cx.again(&leg.key, next);
        return;
    }
    if let Some(SentStop { doubt: Doubt::Unsure { next, .. }, .. }) = &mut leg.stop_desk.sent {
        *next = None;
    }
    find(cx, info, leg, &sent.client_id);
}

pub(super) fn find(cx: &mut Cx, info: &Info, leg: &LegState, id: &ClientId) {
    let act = Act::FindStop { symbol: leg.key.symbol.clone(), client_id: id.clone() };
    cx.act(&info.name, act, Waiting::FindStop(leg.key.clone(), id.clone()));
}

fn ask_for_missing(cx: &mut Cx, info: &Info, leg: &LegState) {
    for stop in leg.stops.iter().filter(|s| s.missing) {
        let asked = cx
            .waiting
            .values()
            .any(|w| matches!(w, Waiting::FindStop(_, id) if *id == stop.order.client_id));
        if !asked && info.connected {
            find(cx, info, leg, &stop.order.client_id.clone());
        }
    }
}

/// Takes the answer to placing a stop.
pub(super) fn placed(
    cx: &mut Cx,
    info: &mut Info,
    leg: &mut LegState,
    id: &ClientId,
    outcome: Outcome<StopReport>,
) {
    let Some(sent) = leg.stop_desk.sent.clone().filter(|sent| sent.client_id == *id) else {
        return;
    };
    match outcome {
        Outcome::Done(report) => is_live(cx, info, leg, &sent, report),
        Outcome::Refused(why) => refused(cx, info, leg, &sent, &why),
        Outcome::Unsure(why) => {
            cx.settle_intent(id, IntentState::Unknown, serde_json::json!({ "unsure": why }));
            leg.stop_desk.last = Some(format!("no answer: {why}"));
            let next = cx.now + Doubt::wait(0);
            let doubt = Doubt::Unsure { since: cx.now, asked: 0, next: Some(next) };
            leg.stop_desk.sent = Some(SentStop { doubt, ..sent });
            cx.again(&leg.key, next);
        }
    }
}

fn is_live(cx: &mut Cx, info: &mut Info, leg: &mut LegState, sent: &SentStop, report: StopReport) {
    let id = &sent.client_id;
    let plan = sent.plan;
    cx.settle_intent(id, IntentState::Done, serde_json::json!({"venue_id": report.order.id}));
    cx.note(Write::Order(Box::new(OrderRecord {
        client_id: id.clone(),
        key: leg.key.clone(),
        venue_id: Some(report.order.id.clone()),
        side: plan.side,
        quantity: plan.quantity,
        trigger: Some(plan.trigger),
        status: OrderStatus::Live,
        filled: None,
        average: None,
        at: cx.now,
    })));
    let event = Event::of(cx.now, EventKind::StopPlaced, Severity::Info, &leg.key)
        .saying(format!("stop {} at {} is live", plan.quantity, plan.trigger))
        .with(serde_json::json!({
            "client_id": id, "venue_id": report.order.id, "quantity": plan.quantity,
            "trigger": plan.trigger, "trigger_by": report.order.trigger_by,
        }))
        .on(leg.row.as_ref().map(|row| row.id));
    cx.tell(event);
    if info.stream_is_up() && !leg.stops.iter().any(|s| s.order.client_id == *id) {
        info.echoes.insert(id.clone(), cx.now + ECHO);
    }
    leg.touched = info.stir();
    leg.stop_desk.sent = None;
    leg.stop_desk.last = None;
    leg.learn_stop(report);
    look::want(cx, info, Why::Protection);
    cx.touch(&leg.key);
}

fn refused(cx: &mut Cx, info: &mut Info, leg: &mut LegState, sent: &SentStop, why: &Refusal) {
    let id = &sent.client_id;
    if why.kind == RefusalKind::Duplicate {
        let next = Some(cx.now);
        let doubt = Doubt::Unsure { since: cx.now, asked: 0, next };
        leg.stop_desk.sent = Some(SentStop { doubt, ..sent.clone() });
        cx.touch(&leg.key);
        return;
    }
    cx.settle_intent(id, IntentState::Failed, serde_json::json!({ "refused": why.to_string() }));
    leg.stop_desk.sent = None;
    leg.stop_desk.refusals += 1;
    let tries = leg.stop_desk.refusals;
    let text = format!("stop {} refused: {why} (try {tries})", sent.plan.trigger);
    leg.stop_desk.last = Some(text.clone());
    let event = Event::of(cx.now, EventKind::StopRejected, Severity::Critical, &leg.key)
        .saying(text.clone())
        .with(serde_json::json!({
            "client_id": id, "trigger": sent.plan.trigger, "code": why.code, "why": why.text,
            "try": tries,
        }))
        .on(leg.row.as_ref().map(|row| row.id));
    cx.tell(event);
    if why.kind == RefusalKind::NothingToReduce {
        look::want(cx, info, Why::Changed);
    }
    let retry = retry_at(cx.now, why.kind, tries);
    leg.stop_desk.retry = Some(retry);
    cx.again(&leg.key, retry);
    if tries >= 3
        && leg.adopting.is_none()
        && let Some(ask) = leg.stop_desk.asked.take()
    {
        cx.answer(ask, Verdict::Failed, format!("{}: {text}", leg.key));
    }
}

fn retry_at(now: Time, kind: RefusalKind, tries: u32) -> Time {
    match kind {
        RefusalKind::Limited(Some(until)) => until.max(now),
        RefusalKind::WouldTrigger => now + Doubt::wait(tries.saturating_sub(1).min(2)),
        RefusalKind::Key | RefusalKind::Filter => now + Span::secs(30),
        _ => now + Span::secs(1 << tries.saturating_sub(1).min(5)),
    }
}

/// Takes the venue's word on a stop that was asked for by our id.
pub(super) fn found(
    cx: &mut Cx,
    info: &mut Info,
    leg: &mut LegState,
    id: &ClientId,
    answer: Result<Option<StopReport>, String>,
) {
    cx.touch(&leg.key);
    if let Some(sent) = leg.stop_desk.sent.clone().filter(|sent| sent.client_id == *id) {
        found_sent(cx, info, leg, &sent, answer);
        return;
    }
    match answer {
        Ok(Some(report)) if report.status.protects() => {
            leg.learn_stop(report);
        }
        Ok(report) => {
            let cancelled = leg.stop_desk.cancelling.remove(id);
            let Some(at) = leg.stops.iter().position(|s| s.order.client_id == *id) else { return };
            let stop = leg.stops.remove(at);
            if let Some(slot) = cancelled {
                cancel::cleaned(cx, leg, &stop, slot.stray);
            } else if leg.position().is_some() {
                let status = report.map_or(crate::domain::order::StopStatus::Live, |r| r.status);
                crate::engine::stream::lost(cx, leg, &stop.order, &status);
            }
        }
        Err(_) => cx.again(&leg.key, cx.now + Span::secs(1)),
    }
}

fn found_sent(
    cx: &mut Cx,
    info: &mut Info,
    leg: &mut LegState,
    sent: &SentStop,
    answer: Result<Option<StopReport>, String>,
) {
    let Doubt::Unsure { since, asked, .. } = sent.doubt else { return };
    match answer {
        Ok(Some(report)) if report.status.protects() => is_live(cx, info, leg, sent, report),
        Ok(Some(_)) => {
            cx.settle_intent(&sent.client_id, IntentState::Failed, "ended at the venue".into());
            leg.stop_desk.sent = None;
        }
        Ok(None) if cx.now.since(since) >= DENIED_FOR => {
            cx.settle_intent(
                &sent.client_id,
                IntentState::Failed,
                "never reached the venue".into(),
            );
            leg.stop_desk.sent = None;
        }
        Ok(None) | Err(_) => {
            let next = cx.now + Doubt::wait(asked + 1);
            let doubt = Doubt::Unsure { since, asked: asked + 1, next: Some(next) };
            leg.stop_desk.sent = Some(SentStop { doubt, ..sent.clone() });
            cx.again(&leg.key, next);
        }
    }
}
