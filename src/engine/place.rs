//! Placing one stop and staying with it until it is proven live, refused or never there.
//!
//! An answer that is no answer is resolved by asking for our client id, never by sending again.
//! Not for: whether a leg needs a stop (that is `protect`).

use crate::domain::amount::{OrderSide, Price};
use crate::domain::client_id::{ClientId, Purpose};
use crate::domain::command::Verdict;
use crate::domain::effect::{Act, StopOrder};
use crate::domain::event::{Event, EventKind, Severity};
use crate::domain::journal::{IntentKind, IntentState};
use crate::domain::order::{ConditionalOrder, StopReport, StopStatus};
use crate::domain::outcome::{Outcome, Refusal, RefusalKind};
use crate::domain::plan::StopPlan;
use crate::domain::teeth::{Tooth, broken};
use crate::domain::time::{Span, Time};

use crate::engine::cancel;
use crate::engine::cx::{Cx, Waiting};
use crate::engine::desk::{self, Doubt, SentStop};
use crate::engine::edit;
use crate::engine::forgotten;
use crate::engine::held::HeldStop;
use crate::engine::leg::LegState;
use crate::engine::look::{self, Why};
use crate::engine::mode;
use crate::engine::protect::{BREACH_TRIES, DENIED_FOR};
use crate::engine::signs;
use crate::engine::slot;
use crate::engine::state::Info;
use crate::engine::stream::{self, ECHO};
use crate::engine::trail;

/// A stop that the venue finds too small is not asked for again before this.
const DUST_AGAIN: Span = Span::secs(600);
/// How long what was not sent waits where nobody named an instant.
const WAIT: Span = Span::secs(2);
/// What came back unsent does not go again in the same moment.
const SHORTEST: Span = Span(100);

/// Sends a stop, its intent first; `trailing` where only the trailing stop wants it.
pub(super) fn place(cx: &mut Cx, info: &Info, leg: &mut LegState, plan: StopPlan, trailing: bool) {
    let client_id = cx.mint(Purpose::Stop, &leg.key);
    let row = leg.row.as_ref().filter(|_| broken(Tooth::StopByRow));
    let order = StopOrder {
        client_id: client_id.clone(),
        symbol: leg.key.symbol.clone(),
        leg: leg.key.leg,
        side: if broken(Tooth::StopOpens) { plan.side.opposite() } else { plan.side },
        quantity: row.map_or(plan.quantity, |row| row.quantity),
        trigger: plan.trigger,
        trigger_by: cx.policy.protection.trigger,
    };
    let payload = serde_json::to_value(&order).unwrap_or_default();
    if !broken(Tooth::StopUnannounced) {
        cx.intend(IntentKind::PlaceStop, &leg.key, &client_id, payload);
    }
    let waiting = Waiting::PlaceStop(leg.key.clone(), client_id.clone());
    cx.act(&info.name, Act::PlaceStop(order), waiting);
    leg.stop_desk.began.get_or_insert(cx.now);
    let (replaces, doubt, at) = (replaced(leg, plan.side), Doubt::Waiting, cx.now);
    leg.stop_desk.sent = Some(SentStop { client_id, plan, doubt, replaces, trailing, at });
}

/// Where the stop of ours fires whose place a new one on that side takes.
fn replaced(leg: &LegState, side: OrderSide) -> Option<Price> {
    let ours = leg.stops.iter().filter(|s| s.order.ours() && !s.missing && s.order.side == side);
    let triggers = ours.filter_map(|stop| stop.order.trigger);
    match side {
        OrderSide::Sell => triggers.max(),
        OrderSide::Buy => triggers.min(),
    }
}

/// Stays with a stop whose answer was no answer: the stream or a list may have told of it by
/// now, else the venue is asked.
pub(super) fn chase(cx: &mut Cx, info: &mut Info, leg: &mut LegState, sent: &SentStop) {
    let Doubt::Unsure { next, .. } = sent.doubt else { return };
    let held = leg.stops.iter().find(|s| !s.missing && slot::is_sent(sent, &s.order));
    if let Some(order) = held.map(|held| held.order.clone()) {
        is_live(cx, info, leg, sent, StopReport { order, status: StopStatus::Live });
        return;
    }
    let Some(next) = next else { return };
    if next > cx.now {
        cx.again(&leg.key, next);
        return;
    }
    if let Some(SentStop { doubt: Doubt::Unsure { next, .. }, .. }) = &mut leg.stop_desk.sent {
        *next = None;
    }
    find(cx, info, leg, &sent.client_id);
}

/// Asks the venue what became of a stop of ours.
pub(super) fn find(cx: &mut Cx, info: &Info, leg: &LegState, id: &ClientId) {
    let (symbol, side) = (leg.key.symbol.clone(), leg.key.leg);
    let act = Act::FindStop { symbol, leg: side, client_id: slot::asked_by(info, leg, id) };
    cx.act(&info.name, act, Waiting::FindStop(leg.key.clone(), id.clone()));
}

/// Asks by id for stops of ours that a list did not show.
pub(super) fn ask_for_missing(cx: &mut Cx, info: &Info, leg: &LegState) {
    // The one on a position is not missing where there is no position.
    let open = leg.position().is_some();
    for stop in leg.stops.iter().filter(|s| s.missing && (open || !s.order.on_position)) {
        if let Some(at) = stop.ask_at.filter(|at| *at > cx.now) {
            cx.again(&leg.key, at);
            continue;
        }
        let asked = cx.asks_for(&leg.key, &stop.order.client_id);
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
        Outcome::Done(report) if slot::is_wanted(&sent, &report) => {
            is_live(cx, info, leg, &sent, report);
        }
        Outcome::Done(report) => {
            let at = report.order.trigger.map_or_else(String::new, |at| format!(" at {at}"));
            leg.learn_stop(report);
            unsure(cx, leg, &sent, &format!("the venue still shows the stop{at}"));
        }
        Outcome::Refused(why) => refused(cx, info, leg, &sent, &why),
        Outcome::Unsure(why) => unsure(cx, leg, &sent, &format!("no answer: {why}")),
    }
}

fn unsure(cx: &mut Cx, leg: &mut LegState, sent: &SentStop, why: &str) {
    let id = &sent.client_id;
    cx.settle_intent(id, IntentState::Unknown, serde_json::json!({ "unsure": why }));
    leg.stop_desk.last = Some(why.to_owned());
    let next = cx.now + Doubt::wait(0);
    let doubt = Doubt::Unsure { since: cx.now, asked: 0, next: Some(next) };
    leg.stop_desk.sent = Some(SentStop { doubt, ..sent.clone() });
    cx.again(&leg.key, next);
}

fn is_live(cx: &mut Cx, info: &mut Info, leg: &mut LegState, sent: &SentStop, report: StopReport) {
    let id = &sent.client_id;
    let plan = sent.plan;
    cx.settle_intent(id, IntentState::Done, serde_json::json!({"venue_id": report.order.id}));
    // The stream may have told its end before this answer came: that stays on record.
    if !leg.is_over(&report.order) {
        let asked_for = ConditionalOrder {
            client_id: id.clone(),
            side: plan.side,
            quantity: Some(plan.quantity),
            trigger: Some(plan.trigger),
            ..report.order.clone()
        };
        stream::record(cx, leg, &asked_for, &StopStatus::Live);
    }
    tell_live(cx, leg, sent, &report.order);
    if report.order.on_position {
        slot::replaced(cx, leg, id);
    } else if info.stream_is_up() && !leg.stops.iter().any(|s| s.order.client_id == *id) {
        info.echoes.insert(id.clone(), cx.now + ECHO);
    }
    leg.touched = info.stir();
    leg.stop_desk.sent = None;
    leg.stop_desk.last = None;
    leg.learn_stop(report);
    look::want(cx, info, Why::Protection);
    cx.touch(&leg.key);
}

fn tell_live(cx: &mut Cx, leg: &mut LegState, sent: &SentStop, order: &ConditionalOrder) {
    let plan = sent.plan;
    let same = sent.replaces == Some(plan.trigger);
    let moved = sent.replaces.filter(|_| !(same && order.on_position));
    let (quantity, to) = (plan.quantity, plan.trigger);
    let took = cx.now.since(sent.at).millis();
    let (kind, text) = match moved {
        Some(_) if same => (EventKind::StopAmended, format!("stop at {to} is live for {quantity}")),
        Some(old) => {
            let text = format!("stop moved from {old} to {to} is live after {took} ms");
            (EventKind::StopAmended, text)
        }
        None => (EventKind::StopPlaced, format!("stop {quantity} at {to} is live")),
    };
    let mut data = serde_json::json!({
        "client_id": sent.client_id, "venue_id": order.id, "quantity": quantity,
        "trigger": to, "trigger_by": order.trigger_by,
    });
    if let Some(old) = moved {
        data["from"] = serde_json::json!(old);
        data["to"] = serde_json::json!(to);
        data["round_trip_ms"] = took.into();
        data["trailing"] = sent.trailing.into();
        let older =
            |stop: &&mut HeldStop| stop.order.ours() && stop.order.client_id != sent.client_id;
        for stop in leg.stops.iter_mut().filter(older) {
            stop.superseded = true;
        }
    }
    let event = Event::of(cx.now, kind, Severity::Info, &leg.key);
    cx.tell(event.saying(text).with(data).on(leg.row.as_ref().map(|row| row.id)));
    trail::moved(cx, leg, sent);
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
    if matches!(why.kind, RefusalKind::Local | RefusalKind::Limited(_)) {
        waits(cx, leg, sent, why);
        return;
    }
    cx.settle_intent(id, IntentState::Failed, serde_json::json!({ "refused": why.to_string() }));
    leg.stop_desk.sent = None;
    if trail::spurned(cx, info, leg, sent, why) {
        return;
    }
    leg.stop_desk.refusals += 1;
    if edit::refused(cx, leg, sent, why) {
        return;
    }
    let through = why.kind == RefusalKind::WouldTrigger;
    leg.stop_desk.through = if through { leg.stop_desk.through + 1 } else { 0 };
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
    // A price that stays through the stop is told so often and no more.
    let hopeless = why.kind == RefusalKind::Filter && signs::is_dust(info, leg);
    if leg.stop_desk.through <= BREACH_TRIES && (tries == 1 || !hopeless) {
        cx.tell(event);
    }
    if why.kind == RefusalKind::Mode {
        mode::doubt(cx, info);
    }
    if why.kind == RefusalKind::NothingToReduce {
        look::want(cx, info, Why::Changed);
    }
    leg.stop_desk.dust = hopeless;
    let retry =
        if hopeless { cx.now + DUST_AGAIN } else { desk::retry_at(cx.now, why.kind, tries) };
    leg.stop_desk.retry = Some(retry);
    cx.again(&leg.key, retry);
    if tries >= 3
        && leg.adopting.is_none()
        && let Some(ask) = leg.stop_desk.asked.take()
    {
        cx.answer(ask, Verdict::Failed, format!("{}: {text}", leg.key));
    }
}

/// Nobody refused anything: it was not sent, or came when the venue had no room for it.
fn waits(cx: &mut Cx, leg: &mut LegState, sent: &SentStop, why: &Refusal) {
    let unsent = serde_json::json!({ "unsent": why.to_string() });
    cx.settle_intent(&sent.client_id, IntentState::Failed, unsent);
    leg.stop_desk.sent = None;
    let (retry, text) = match why.kind {
        RefusalKind::Limited(until) => {
            let retry = until.unwrap_or(cx.now + WAIT).max(cx.now + SHORTEST);
            (retry, format!("waits for the venue's request limit until {}", retry.clock()))
        }
        _ => (cx.now + WAIT, why.to_string()),
    };
    leg.stop_desk.last = Some(text);
    leg.stop_desk.retry = Some(retry);
    cx.again(&leg.key, retry);
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
        Ok(None) if is_doubted(cx, leg, id) => {}
        Ok(report) => {
            let cancelled = leg.stop_desk.cancelling.remove(id);
            let Some(at) = leg.stops.iter().position(|s| s.order.client_id == *id) else { return };
            let denied = report.is_none();
            let stop = if denied { forgotten::forget(leg, at, cx.now) } else { leg.end_stop(at) };
            leg.naked.denied = stop.denied.filter(|_| denied);
            if stop.order.on_position {
                slot::ended(cx, leg, &StopStatus::Expired);
            }
            if let Some(slot) = cancelled {
                cancel::cleaned(cx, leg, &stop, slot);
            } else if leg.position().is_some() {
                let status = report.map_or(StopStatus::Live, |r| r.status);
                stream::lost(cx, leg, &stop.order, &status);
            }
        }
        Err(_) => {
            let held = leg.stops.iter_mut().find(|s| s.order.client_id == *id);
            if let Some(held) = held {
                held.ask_at = Some(cx.now + Span::secs(1 << (held.failed / 4).min(5)));
                held.failed += 1;
            }
        }
    }
}

/// Whether a denial is too young to be believed: for some seconds a venue may deny what it took,
/// and a stop placed for each denial would be one more on the pile.
fn is_doubted(cx: &mut Cx, leg: &mut LegState, id: &ClientId) -> bool {
    if leg.stop_desk.cancelling.contains_key(id) {
        return false;
    }
    let Some(held) = leg.stops.iter_mut().find(|s| s.order.client_id == *id) else { return false };
    let since = *held.denied.get_or_insert(cx.now);
    // One on the position is set anew in its place, so that nothing piles up: shorter looks do.
    let enough = match held.order.on_position {
        true => Span(cx.policy.confirm_interval.0 + 2_000).min(DENIED_FOR),
        false => DENIED_FOR,
    };
    let doubted = cx.now.since(since) < enough || forgotten::is_one_too_many(cx, leg, id);
    if doubted && let Some(held) = leg.stops.iter_mut().find(|s| s.order.client_id == *id) {
        let next = Doubt::next(cx.now, since, 1);
        held.ask_at = Some(if since + enough > cx.now { next.min(since + enough) } else { next });
    }
    doubted
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
        Ok(Some(report)) if report.status.protects() && slot::is_wanted(sent, &report) => {
            is_live(cx, info, leg, sent, report);
        }
        // Another one is on the position: the wanted one is not there yet.
        Ok(Some(report)) if report.order.on_position => {
            if report.status.protects() {
                leg.learn_stop(report);
            }
            denied(cx, leg, sent, since, asked);
        }
        Ok(Some(_)) => {
            cx.settle_intent(&sent.client_id, IntentState::Failed, "ended at the venue".into());
            leg.stop_desk.sent = None;
        }
        Ok(None) => denied(cx, leg, sent, since, asked),
        Err(_) => ask_again(cx, leg, sent, since, asked),
    }
}

/// The venue does not have it: believed only after a while.
fn denied(cx: &mut Cx, leg: &mut LegState, sent: &SentStop, since: Time, asked: u32) {
    if cx.now.since(since) < DENIED_FOR && !broken(Tooth::DeniedAtOnce) {
        ask_again(cx, leg, sent, since, asked);
        return;
    }
    cx.settle_intent(&sent.client_id, IntentState::Failed, "never reached the venue".into());
    leg.stop_desk.sent = None;
}

fn ask_again(cx: &mut Cx, leg: &mut LegState, sent: &SentStop, since: Time, asked: u32) {
    let next = Doubt::next(cx.now, since, asked + 1);
    let doubt = Doubt::Unsure { since, asked: asked + 1, next: Some(next) };
    leg.stop_desk.sent = Some(SentStop { doubt, ..sent.clone() });
    cx.again(&leg.key, next);
}
