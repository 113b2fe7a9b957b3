//! Finding out what became of an entry: by the user stream, by the order, by the position.
//!
//! Each of them may come first, be late or fail; what none of them shows yet is no failure, and
//! the entry is never sent again. The expected quantity is compared, and what is there beside it
//! is told apart. Not for: what follows (that is `open` and `rollback`). Door: [`advance`].

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::domain::amount::Qty;
use crate::domain::client_id::ClientId;
use crate::domain::effect::Act;
use crate::domain::event::Severity;
use crate::domain::journal::{IntentState, OrderRecord, Write};
use crate::domain::order::{OrderReport, OrderStatus};
use crate::domain::outcome::{Outcome, Refusal, RefusalKind};
use crate::domain::teeth::{Tooth, broken};
use crate::domain::time::{Span, Time};

use crate::engine::cx::{Cx, Waiting};
use crate::engine::leg::{Belief, LegState};
use crate::engine::look::{self, Why};
use crate::engine::mode;
use crate::engine::open::{self, OpenDesk, Phase};
use crate::engine::opened::failed;
use crate::engine::protect::DENIED_FOR;
use crate::engine::rollback;
use crate::engine::state::{Account, Info};
use crate::engine::stream::ECHO;

/// What is known of how much of an entry was filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Known {
    /// So much, and it will not be more.
    Filled(Qty),
    /// Nothing, and nothing will be.
    Nothing,
    /// Nobody has said yet.
    NotYet,
}

/// The wait before the venue is asked again: 0.5, 1, 2, 2 s and so on.
fn wait(asked: u32) -> Span {
    Span(500 << asked.min(2))
}

/// Takes the answer to the entry.
pub(super) fn entered(
    cx: &mut Cx,
    info: &mut Info,
    leg: &mut LegState,
    id: &ClientId,
    outcome: Outcome<OrderReport>,
) {
    let Some(desk) = leg.opening.as_mut().filter(|desk| desk.id() == id) else { return };
    let Phase::Sent(sent) = desk.phase else {
        if let Outcome::Done(report) = outcome {
            learn(cx, leg, report);
        }
        return;
    };
    desk.next = Some(cx.now + wait(0));
    match outcome {
        Outcome::Done(report) => {
            desk.phase = Phase::Verifying(sent);
            if info.stream_is_up() && desk.report.is_none() {
                info.echoes.insert(id.clone(), cx.now + ECHO);
            }
            learn(cx, leg, report);
        }
        Outcome::Refused(why) if why.kind != RefusalKind::Duplicate => {
            turned_down(cx, info, leg, &why);
        }
        Outcome::Unsure(_) if broken(Tooth::EntryTwice) => {
            let order = desk.plan.order.clone();
            cx.act(&info.name, Act::Enter(order), Waiting::Enter(leg.key.clone(), id.clone()));
        }
        Outcome::Refused(Refusal { text: why, .. }) | Outcome::Unsure(why) => {
            desk.phase = Phase::Verifying(sent);
            desk.last = format!("no answer: {why}");
            let unsure = serde_json::json!({ "unsure": why });
            cx.settle_intent(id, IntentState::Unknown, unsure);
        }
    }
    look::want(cx, info, Why::Changed);
}

fn turned_down(cx: &mut Cx, info: &mut Info, leg: &mut LegState, why: &Refusal) {
    let Some(desk) = &mut leg.opening else { return };
    let text = why.to_string();
    let id = desk.id().clone();
    desk.phase = Phase::Refused(cx.now, text.clone());
    desk.last = format!("refused: {text}");
    cx.settle_intent(&id, IntentState::Failed, serde_json::json!({ "refused": text }));
    if why.kind == RefusalKind::Mode {
        mode::doubt(cx, info);
    }
}

/// No answer came at all: as unsure as one that says so.
pub(super) fn overdue(cx: &mut Cx, info: &mut Info, leg: &mut LegState, sent: Time) {
    if cx.now < sent + cx.policy.verify_timeout {
        return;
    }
    if let Some(desk) = &mut leg.opening {
        desk.phase = Phase::Verifying(sent);
        desk.next = Some(cx.now);
        desk.last = "no answer came".to_owned();
    }
    advance(cx, info, leg, sent);
}

/// A refused entry is over once a look shows that nothing is there.
pub(super) fn refused(cx: &mut Cx, info: &mut Info, leg: &mut LegState, at: Time, why: &str) {
    let Some(desk) = &leg.opening else { return };
    if ours(leg, desk) > Decimal::ZERO {
        // The venue took it after all.
        if let Some(desk) = &mut leg.opening {
            desk.phase = Phase::Verifying(at);
        }
        advance(cx, info, leg, at);
        return;
    }
    let by = at + cx.policy.verify_timeout;
    let shown = match leg.there {
        Belief::Absent(asked) if asked >= at => "nothing is open",
        Belief::Open { at: seen, .. } if seen >= at => "what is open there is not ours",
        _ if cx.now >= by => "no look could show yet that nothing is open",
        _ => {
            cx.again(&leg.key, by);
            look::want(cx, info, Why::Unsettled);
            return;
        }
    };
    failed(cx, leg, Severity::Warning, &format!("the venue refused it: {why}; {shown}"), None);
}

/// Moves verification on: what is known decides, what is not is asked for.
pub(super) fn advance(cx: &mut Cx, info: &mut Info, leg: &mut LegState, since: Time) {
    let Some(desk) = &leg.opening else { return };
    match known(cx, info, leg, desk) {
        Known::Filled(quantity) => {
            if let Some(desk) = &mut leg.opening {
                desk.filled = Some(quantity);
                desk.phase = Phase::Protecting(cx.now);
                desk.last = format!("{quantity} filled: booking and protecting it");
            }
            look::want(cx, info, Why::Changed);
            open::protecting(cx, info, leg, cx.now);
            return;
        }
        Known::Nothing => {
            nothing(cx, leg);
            return;
        }
        Known::NotYet => {}
    }
    let by = since + cx.policy.verify_timeout;
    if cx.now >= by {
        let why = timed_out(cx, leg);
        rollback::begin(cx, info, leg, &why);
        return;
    }
    cx.again(&leg.key, by);
    ask(cx, info, leg);
}

/// The entry filled nothing: the open failed, and there is nothing to take back.
pub(super) fn nothing(cx: &mut Cx, leg: &mut LegState) {
    let Some(desk) = &leg.opening else { return };
    let why = match &desk.report {
        Some(report) if report.status.is_final() => {
            format!("the order {} ended {} with nothing filled", report.id, report.status.name())
        }
        _ => format!("the entry {} never reached the venue", desk.id()),
    };
    failed(cx, leg, Severity::Warning, &why, Some(IntentState::Failed));
}

fn timed_out(cx: &Cx, leg: &LegState) -> String {
    let Some(desk) = &leg.opening else { return String::new() };
    let order = desk.report.as_ref().map_or("unknown", |report| report.id.as_str());
    format!(
        "{} could not be verified within {} s: entry {}, order {order}, expected {}; {}",
        leg.key.symbol,
        cx.policy.verify_timeout.millis() / 1000,
        desk.id(),
        desk.plan.order.quantity,
        desk.last
    )
}

/// How much of our entry the known fills add up to.
fn ours(leg: &LegState, desk: &OpenDesk) -> Decimal {
    let of_entry = |fill: &&_| {
        let fill: &crate::domain::evidence::Fill = fill;
        fill.client_id.as_ref() == Some(desk.id())
    };
    leg.fills.iter().filter(of_entry).map(|fill| fill.quantity.get()).sum()
}

/// What the sources say together.
pub(super) fn known(cx: &Cx, info: &Info, leg: &LegState, desk: &OpenDesk) -> Known {
    let wanted = desk.plan.order.quantity;
    let filled = ours(leg, desk);
    if let Some(report) = desk.report.as_ref().filter(|report| report.status.is_final()) {
        let said = report.filled.map_or(Decimal::ZERO, Qty::get).max(filled);
        return Qty::new(said).map_or(Known::Nothing, Known::Filled);
    }
    if filled >= wanted.get() {
        return Known::Filled(wanted);
    }
    let rules = info.instruments.get(&leg.key.symbol);
    let same = |there: Qty| rules.map_or(there == wanted, |rules| rules.same(there, wanted));
    // Nothing was there before it: what looks like it is it, unless the venue denies it so far.
    let position = leg.position().filter(|position| position.side == desk.plan.side);
    let fits = position.is_some_and(|position| same(position.quantity));
    let Some(denied) = desk.denied else {
        return if fits { Known::Filled(wanted) } else { Known::NotYet };
    };
    let believed = cx.now.since(denied) >= DENIED_FOR && filled == Decimal::ZERO;
    let looked = match leg.there {
        Belief::Absent(at) => at >= denied,
        Belief::Open { .. } => leg.position().is_some(),
        Belief::Unknown => false,
    };
    match (believed, fits) {
        (true, true) => Known::Filled(wanted),
        (true, false) if looked => Known::Nothing,
        _ => Known::NotYet,
    }
}

/// Asks the venue about the order and looks at the position, where that is due.
pub(super) fn ask(cx: &mut Cx, info: &mut Info, leg: &mut LegState) {
    let Some(desk) = &mut leg.opening else { return };
    let due = desk.next.unwrap_or(cx.now);
    if due > cx.now || !info.connected {
        cx.again(&leg.key, due.max(cx.now + wait(0)));
        return;
    }
    desk.asked += 1;
    let next = cx.now + wait(desk.asked);
    desk.next = Some(next);
    cx.again(&leg.key, next);
    if let Some(denied) = desk.denied {
        cx.again(&leg.key, denied + DENIED_FOR);
    }
    if !desk.report.as_ref().is_some_and(|report| report.status.is_final()) {
        let id = desk.id().clone();
        let (symbol, client_id, since) = (leg.key.symbol.clone(), id.clone(), Some(desk.began));
        let act = Act::FindOrder { symbol, client_id, since };
        cx.act(&info.name, act, Waiting::FindOrder(leg.key.clone(), id));
    }
    look::want(cx, info, Why::Changed);
}

/// Takes the venue's word on the entry that was asked for by our id. No answer ends the asking.
pub(super) fn found(
    cx: &mut Cx,
    leg: &mut LegState,
    id: &ClientId,
    answer: &Result<Option<OrderReport>, String>,
) {
    let Some(desk) = leg.opening.as_mut().filter(|desk| desk.id() == id) else { return };
    let attempt = desk.asked;
    match answer {
        Ok(Some(report)) => learn(cx, leg, report.clone()),
        // Its own answer is still to come: it may not have arrived there yet.
        Ok(None) if cx.awaits_entry(id) => {
            desk.last = format!("attempt {attempt}: no answer to the entry, and not known yet");
        }
        Ok(None) => {
            desk.denied.get_or_insert(cx.now);
            desk.last = format!("attempt {attempt}: the venue does not know the order yet");
        }
        Err(why) => desk.last = format!("attempt {attempt}: {why}"),
    }
    cx.touch(&leg.key);
}

/// Takes the stream's word on an entry of ours.
pub(super) fn heard(cx: &mut Cx, account: &mut Account, report: &OrderReport) {
    let is_its = |leg: &&mut LegState| {
        leg.opening.as_ref().is_some_and(|desk| *desk.id() == report.client_id)
    };
    if let Some(leg) = account.legs.values_mut().find(is_its) {
        learn(cx, leg, report.clone());
    }
}

/// Keeps what the venue says of the entry; what ended does not work again.
fn learn(cx: &mut Cx, leg: &mut LegState, report: OrderReport) {
    cx.touch(&leg.key);
    let Some(desk) = &mut leg.opening else { return };
    if desk.report.as_ref().is_some_and(|known| known.status.is_final()) {
        return;
    }
    desk.denied = None;
    let grown = report.filled > desk.report.as_ref().and_then(|known| known.filled);
    let filled = report.filled.map_or_else(|| "nothing".to_owned(), |q| q.to_string());
    let attempt = desk.asked;
    desk.last =
        format!("attempt {attempt}: the order is {}, {filled} filled", report.status.name());
    let order = &desk.plan.order;
    if report.status != OrderStatus::Live {
        cx.note(Write::Order(Box::new(OrderRecord {
            client_id: order.client_id.clone(),
            key: leg.key.clone(),
            venue_id: Some(report.id.clone()),
            side: order.side,
            quantity: order.quantity,
            trigger: None,
            status: report.status,
            filled: report.filled,
            average: report.average,
            at: cx.now,
        })));
    }
    desk.report = Some(report);
    if grown && leg.is_absent() {
        // Looks from before this was known prove nothing about it.
        leg.there = Belief::Unknown;
        leg.absences.clear();
    }
}
