//! Keys while a decision is open, and while the list of repairs is.
//!
//! For: a reason typed out, a yes, three seconds in which any key stops a resolve. Enter never
//! confirms; keys read before the question was painted and keys of a held finger are dropped.
//! Door: [`pressed`], [`listed`], [`tick`].

use crate::domain::journal::RepairId;
use crate::domain::key::PositionKey;
use crate::ui::decision::{About, COUNTDOWN, Decision, Step};
use crate::ui::keys::{Action, Code, Context, Found, Key};
use crate::ui::model::{Level, Model};
use crate::ui::update::{Act, settle};
use crate::ui::update_asks::send;

/// The longest reason that is taken.
const REASON_MAX: usize = 120;

/// Opens a decision, or says why there is nothing to decide.
pub(super) fn open(model: &mut Model, decision: Result<Decision, String>) {
    match decision {
        Ok(decision) => model.decision = Some(decision),
        Err(why) => model.say(Level::Warn, why),
    }
}

/// Asks about the newest repair of a leg; where there is none, lists all there are.
pub(super) fn undo(model: &mut Model, key: Option<&PositionKey>, id: Option<RepairId>) {
    let repairs = model.live.repairs.clone();
    let own = repairs.iter().find(|repair| Some(&repair.key) == key).map(|repair| &repair.id);
    match id.as_ref().or(own) {
        Some(id) => open(model, Decision::undo(id, &model.live.clone())),
        None => model.listing = repairs.first().map(|repair| repair.id.clone()),
    }
}

/// Takes a key while a decision is open.
pub(super) fn pressed(model: &mut Model, key: Key, repeated: bool, acts: &mut Vec<Act>) {
    let Some(decision) = &mut model.decision else { return };
    if let Step::Countdown(_) = decision.step {
        leave(model);
        return model.say(Level::Ok, "stopped: nothing was sent");
    }
    if !decision.is_shown {
        return;
    }
    if decision.step == Step::Reason {
        return reason(model, key);
    }
    match model.keymap.find(Context::Dialog, &[key]) {
        // Enter presses what has the focus, and that is Cancel.
        Found::Action(Action::Cancel | Action::PressFocused) => leave(model),
        Found::Action(Action::Confirm) if !repeated => confirm(model, acts),
        _ => {}
    }
}

/// The reason is typed; Enter ends it and confirms nothing.
fn reason(model: &mut Model, key: Key) {
    let Some(decision) = &mut model.decision else { return };
    match key.code {
        Code::Esc => leave(model),
        Code::Char('c') if key.ctrl => leave(model),
        Code::Enter if decision.reason.trim().is_empty() => leave(model),
        Code::Enter => {
            decision.step = Step::Yes;
            decision.is_shown = false;
        }
        Code::Backspace => {
            decision.reason.pop();
        }
        Code::Char(c) if !key.ctrl && !key.alt && decision.reason.len() < REASON_MAX => {
            decision.reason.push(c);
        }
        _ => {}
    }
}

fn confirm(model: &mut Model, acts: &mut Vec<Act>) {
    let now = model.now;
    let Some(decision) = &mut model.decision else { return };
    if let Some(why) = decision.refused.clone() {
        return model.say(Level::Warn, why);
    }
    match decision.about {
        About::Resolve(..) => decision.step = Step::Countdown(now + COUNTDOWN),
        About::Undo(_) | About::Restore(..) | About::Resume(_) => go(model, acts),
    }
}

/// Sends a resolve whose countdown has run out.
pub(super) fn tick(model: &mut Model, acts: &mut Vec<Act>) {
    let due = |decision: &Decision| match decision.step {
        Step::Countdown(at) => model.now >= at,
        Step::Reason | Step::Yes => false,
    };
    if model.decision.as_ref().is_some_and(due) {
        go(model, acts);
    }
}

fn go(model: &mut Model, acts: &mut Vec<Act>) {
    let command = model.decision.as_ref().and_then(Decision::command);
    leave(model);
    if let Some(command) = command {
        send(model, command, acts);
    }
}

fn leave(model: &mut Model) {
    model.decision = None;
    settle(model);
}

/// Takes a key while the list of repairs is open. The list holds a repair, not a line.
pub(super) fn listed(model: &mut Model, key: Key) {
    let repairs = model.live.repairs.clone();
    let Some(chosen) = model.listing.clone() else { return };
    let at = repairs.iter().position(|repair| repair.id == chosen).unwrap_or(0);
    let to = match (key.code, key.ctrl) {
        (Code::Esc | Code::Char('q' | 'n'), false) | (Code::Char('c'), true) => {
            model.listing = None;
            return;
        }
        (Code::Enter | Code::Char('u'), false) => {
            model.listing = None;
            return open(model, Decision::undo(&chosen, &model.live.clone()));
        }
        (Code::Down | Code::Char('j'), false) => at + 1,
        (Code::Up | Code::Char('k'), false) => at.saturating_sub(1),
        _ => at,
    };
    let to = to.min(repairs.len().saturating_sub(1));
    model.listing = repairs.get(to).map(|repair| repair.id.clone());
}
