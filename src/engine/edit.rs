//! A person's word about a stop: moved, loosened, or trailed by another plan.
//!
//! The row's price changes first, durably; the stop at the venue follows. Loosening is done on
//! this word alone: the looser stop is live before the tighter one goes. The word is kept once
//! the venue shows the new stop and nothing of the old; where it refuses, the row is put back.
//! Not for: planning the move (that is `domain::plan`). Door: [`decide`], [`advance`].

use serde::{Deserialize, Serialize};

use crate::domain::amount::Price;
use crate::domain::client_id::ClientId;
use crate::domain::command::{StopTo, Verdict};
use crate::domain::guard::{self, Guard};
use crate::domain::journal::Write;
use crate::domain::ledger::{OpenRow, Row, RowId};
use crate::domain::outcome::{Refusal, RefusalKind};
use crate::domain::plan::{self, Open, StopPlan};
use crate::domain::time::{Span, Time};
use crate::domain::trail::TrailPlan;

use crate::engine::cancel;
use crate::engine::cx::{Cx, Saving, Then};
use crate::engine::desk::SentStop;
use crate::engine::leg::LegState;
use crate::engine::look::{self, Why};
use crate::engine::place;
use crate::engine::protect;
use crate::engine::state::Info;
use crate::engine::trail;

/// How long a move may take until the venue shows it.
const WITHIN: Span = Span::secs(60);
/// Refusals in a row after which a move is given up.
const TRIES: u32 = 3;
/// How long nothing is placed while the ledger takes the old price back.
const PUT_BACK: Span = Span::secs(2);

/// A person's word on its way.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Edit {
    ask: u64,
    row: RowId,
    /// Where the stop goes.
    to: Price,
    /// What the row said before.
    was: Option<Price>,
    loosens: bool,
    since: Time,
    stage: Stage,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
enum Stage {
    /// The ledger is taking the new price.
    Saving,
    /// The venue is to have it.
    Moving,
    /// It is there, as far as answers say: a list asked for since then has to show it.
    Shown(Time),
    /// Nothing is left to do but to say so.
    Done(String),
}

/// Moves a stop, or says in one sentence why not.
pub(super) fn decide(
    cx: &mut Cx,
    info: &Info,
    leg: &mut LegState,
    ask: u64,
    to: StopTo,
) -> Result<String, String> {
    let (row, open) = editable(leg)?;
    let rules = info.instruments.get(&leg.key.symbol).ok_or("its instrument is not listed")?;
    let liquidation = leg.position().and_then(|position| position.liquidation);
    let key = leg.key.clone();
    let plan = plan::move_stop(open, rules, standing(leg, open), liquidation, to)
        .map_err(|why| format!("refused: {key}: {why}"))?;
    let held = trail::target(leg).filter(|held| !open.side.protects(plan.after, *held));
    if let Some(held) = held {
        return Err(format!(
            "refused: the stop of {key} trails and stands at {held}; \
             take the trailing off before you loosen it"
        ));
    }
    let from = plan.before.map_or_else(|| "nowhere".to_owned(), |at| at.to_string());
    let risk = match plan.added_risk() {
        Some(risk) if plan.loosens() => format!(", {} more at risk", risk.0.normalize()),
        _ => String::new(),
    };
    begin(cx, leg, ask, &row, plan.after, plan.loosens());
    Ok(format!("moving the stop of {key} from {from} to {}{risk}", plan.after))
}

/// Trails a stop by another plan, or not at all.
pub(super) fn decide_trail(
    cx: &mut Cx,
    info: &Info,
    leg: &mut LegState,
    ask: u64,
    plan: Option<TrailPlan>,
) -> Result<String, String> {
    let (row, open) = editable(leg)?;
    let rules = info.instruments.get(&leg.key.symbol).ok_or("its instrument is not listed")?;
    let key = leg.key.clone();
    if let Some(plan) = plan {
        plan.check().map_err(|why| format!("refused: {why}"))?;
        let arm_at = plan.arm_at(open.side, row.entry_price).map(|at| at.to_string());
        trail::put(cx, leg, &row, Some(plan), rules);
        let from = arm_at.unwrap_or_else(|| "nowhere".to_owned());
        let text = format!("the stop of {key} trails {} behind, from {from} on", plan.callback);
        said(cx, leg, ask, &row, text.clone());
        return Ok(text);
    }
    if !trail::trails(leg) {
        return Err(format!("refused: the stop of {key} does not trail"));
    }
    let base = protect::base(cx, leg, open, rules).map(|plan| plan.trigger);
    let held = trail::target(leg).filter(|at| base.is_none_or(|b| !open.side.protects(b, *at)));
    trail::put(cx, leg, &row, None, rules);
    // What it reached is the row's from here on: the stop stays where it is.
    match held {
        Some(at) => {
            begin(cx, leg, ask, &row, at, false);
            Ok(format!("the stop of {key} trails no more and stays at {at}"))
        }
        None => {
            let text = format!("the stop of {key} trails no more");
            said(cx, leg, ask, &row, text.clone());
            Ok(text)
        }
    }
}

/// The row and the position of a leg whose stop a person may move now.
fn editable(leg: &LegState) -> Result<(Row, Open), String> {
    let key = &leg.key;
    let row = leg.row.as_deref().ok_or(format!("{key} is not in the ledger: adopt it first"))?;
    if leg.saving || leg.adopting.is_some() {
        return Err(format!("refused: {key} is being written, try again"));
    }
    if leg.course.edit.is_some() {
        return Err(format!("refused: a move of the stop of {key} is under way"));
    }
    if leg.guard.value == Guard::Unknown {
        return Err(format!("the stops of {key} could not be read yet; try again"));
    }
    let open = leg.open().ok_or(format!("{key} has no entry price"))?;
    if open.side != row.side {
        return Err(format!("refused: the ledger says {}, the venue {}", row.side, open.side));
    }
    Ok((row.clone(), open))
}

/// Where the stop of ours fires that alone covers all of it.
pub(super) fn standing(leg: &LegState, open: Open) -> Option<Price> {
    let ours = leg.stops.iter().filter(|stop| stop.order.ours() && !stop.missing);
    guard::standing(open.side, open.quantity, ours.map(|stop| &stop.order))
}

/// Writes the new price into the row; the stop follows once that is durable.
fn begin(cx: &mut Cx, leg: &mut LegState, ask: u64, row: &Row, to: Price, loosens: bool) {
    let (was, since) = (row.stop_loss_price, cx.now);
    let stage = if was == Some(to) { Stage::Moving } else { Stage::Saving };
    if was != Some(to) {
        save(cx, leg, row, Some(to), Some(ask));
    }
    leg.stop_desk.retry = None;
    leg.stop_desk.refusals = 0;
    leg.stop_desk.through = 0;
    leg.course.edit = Some(Edit { ask, row: row.id, to, was, loosens, since, stage });
    cx.touch(&leg.key);
}

/// Has an answer given after the gate's own.
fn said(cx: &mut Cx, leg: &mut LegState, ask: u64, row: &Row, text: String) {
    let (to, was) = (row.entry_price, row.stop_loss_price);
    let (row, since, stage) = (row.id, cx.now, Stage::Done(text));
    leg.course.edit = Some(Edit { ask, row, to, was, loosens: false, since, stage });
    cx.touch(&leg.key);
}

fn save(cx: &mut Cx, leg: &mut LegState, row: &Row, stop: Option<Price>, ask: Option<u64>) {
    let mut image = row.clone();
    image.stop_loss_price = stop;
    image.updated_at = cx.now;
    image.revision += 1;
    let Some(open) = OpenRow::new(image.clone()) else { return };
    let key = Some(leg.key.clone());
    let then = Then::Updated(Box::new(image));
    let saving = Saving { key, then, events: Vec::new(), repair: None, ask };
    leg.saving = true;
    let write = Write::Update { row: Box::new(open), expect: row.revision, repair: None };
    cx.change(saving, vec![write]);
}

/// Moves a person's word on by one act at most.
pub(super) fn advance(cx: &mut Cx, info: &mut Info, leg: &mut LegState) {
    let Some(edit) = leg.course.edit.clone() else { return };
    if let Stage::Done(text) = edit.stage {
        leg.course.edit = None;
        cx.answer(edit.ask, Verdict::Done, text);
        return;
    }
    if leg.saving {
        return;
    }
    let row = leg.row.as_ref().filter(|row| row.id == edit.row);
    let Some(now_at) = row.map(|row| row.stop_loss_price) else {
        let text = format!("{} was closed before its stop was moved", leg.key);
        finish(cx, leg, &edit, Verdict::Failed, text);
        return;
    };
    if now_at != Some(edit.to) {
        // Not written: that has been answered. Else another program wrote something else.
        leg.course.edit = None;
        if !matches!(edit.stage, Stage::Saving) {
            let text = format!("another program set the stop of {} meanwhile", leg.key);
            cx.answer(edit.ask, Verdict::Failed, text);
        }
        return;
    }
    let shown = is_there(cx, info, leg, &edit);
    match edit.stage {
        Stage::Shown(since) if shown && info.orders_known.is_some_and(|at| at >= since) => {
            let text = format!("{} is covered, stop at {}", leg.key, edit.to);
            finish(cx, leg, &edit, Verdict::Done, text);
        }
        Stage::Shown(_) if shown => {}
        _ if cx.now.since(edit.since) >= WITHIN => {
            let why = leg.stop_desk.last.clone().unwrap_or_else(|| "no answer".to_owned());
            let text = format!("{}: its stop is not proven at {}: {why}", leg.key, edit.to);
            finish(cx, leg, &edit, Verdict::Failed, text);
        }
        _ => {
            let stage = if shown { Stage::Shown(cx.now) } else { Stage::Moving };
            if shown {
                look::want(cx, info, Why::Protection);
            }
            leg.course.edit = Some(Edit { stage, ..edit });
        }
    }
    // What waits longer waits for a look at the orders, not for the time.
    let by = leg.course.edit.as_ref().map(|edit| edit.since + WITHIN);
    if let Some(by) = by.filter(|by| *by > cx.now) {
        cx.again(&leg.key, by);
    }
}

fn finish(cx: &mut Cx, leg: &mut LegState, edit: &Edit, verdict: Verdict, text: String) {
    leg.course.edit = None;
    cx.answer(edit.ask, verdict, text);
    cx.touch(&leg.key);
}

/// Whether the new stop is live and nothing of the old is left.
fn is_there(cx: &Cx, info: &Info, leg: &LegState, edit: &Edit) -> bool {
    let Some(open) = leg.open() else { return false };
    let at = standing(leg, open);
    let settled = leg.stop_desk.sent.is_none() && protect::is_as_wanted(cx, info, leg);
    settled && (!edit.loosens || at == Some(edit.to))
}

/// Puts a looser stop in the place of the tighter ones, where a person wants that. Says whether
/// there was something to do.
pub(super) fn loosen(cx: &mut Cx, info: &mut Info, leg: &mut LegState, open: Open) -> bool {
    let moving =
        |edit: &&Edit| edit.loosens && matches!(edit.stage, Stage::Moving | Stage::Shown(_));
    let Some(to) = leg.course.edit.as_ref().filter(moving).map(|edit| edit.to) else {
        return false;
    };
    let mut ours = leg.stops.iter().filter(|stop| stop.order.ours() && !stop.missing);
    let is_new = |order: &crate::domain::order::ConditionalOrder| {
        guard::standing(open.side, open.quantity, [order]) == Some(to)
    };
    let Some(new) = ours.clone().find(|stop| is_new(&stop.order)) else {
        if let Some(retry) = leg.stop_desk.retry.filter(|at| *at > cx.now) {
            cx.again(&leg.key, retry);
            return true;
        }
        let profit_at_stop = open.side.profit(open.entry, to, open.quantity);
        let (side, quantity) = (open.side.closing(), open.quantity);
        let plan = StopPlan { side, quantity, trigger: to, profit_at_stop };
        place::place(cx, info, leg, plan, false);
        return true;
    };
    let keep = new.order.client_id.clone();
    let old = ours.by_ref().filter(|stop| !stop.order.on_position);
    let old: Vec<ClientId> =
        old.map(|stop| stop.order.client_id.clone()).filter(|id| *id != keep).collect();
    cancel::leave_only(cx, info, leg, &keep, &old)
}

/// Takes a refusal of a stop that a person wants. The price came through it, or the venue says
/// no again and again: the row is put back, and what was there stays. Says whether that was so.
pub(super) fn refused(cx: &mut Cx, leg: &mut LegState, sent: &SentStop, why: &Refusal) -> bool {
    let Some(edit) = leg.course.edit.clone().filter(|edit| edit.to == sent.plan.trigger) else {
        return false;
    };
    let through = why.kind == RefusalKind::WouldTrigger;
    let Some(row) = leg.row.clone().filter(|row| row.stop_loss_price == Some(edit.to)) else {
        return false;
    };
    if leg.saving || !through && leg.stop_desk.refusals < TRIES {
        return false;
    }
    let stays = sent.replaces.map_or_else(String::new, |at| format!("; it stays at {at}"));
    let text = format!("{}: the venue refuses a stop at {}: {why}{stays}", leg.key, edit.to);
    finish(cx, leg, &edit, Verdict::Failed, text);
    leg.stop_desk.refusals = 0;
    leg.stop_desk.through = 0;
    leg.stop_desk.retry = Some(cx.now + PUT_BACK);
    cx.again(&leg.key, cx.now + PUT_BACK);
    save(cx, leg, &row, edit.was, None);
    true
}

/// Whether a person waits for the stop of this leg.
pub(super) fn is_asked(leg: &LegState) -> bool {
    leg.course.edit.is_some()
}
