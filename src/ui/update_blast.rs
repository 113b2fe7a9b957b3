//! Keys and time while a dialog of the upper rungs is open, and what its commands do.
//!
//! For: the typed count, the reason, the countdown, stopping what is unsent, arming. Enter only
//! confirms what was typed out; keys read before the question was painted are dropped.
//! Door: [`run`], [`pressed`], [`tick`].

use crate::domain::command::Command;
use crate::domain::snapshot::BatchLeg;
use crate::ui::blast::{Asked, COUNTDOWN, Reach, Step, batch};
use crate::ui::decision::Decision;
use crate::ui::keys::{Code, Key};
use crate::ui::model::{Level, Model};
use crate::ui::update::{Act, settle};
use crate::ui::update_asks::send;
use crate::ui::update_decision;
use crate::ui::wide::{ARMED, Order};

/// The longest reason that is taken.
const REASON_MAX: usize = 120;

/// Lines that a page key scrolls the list of legs by.
const PAGE: usize = 5;

/// Does what a command about more than one leg says.
pub(super) fn run(model: &mut Model, order: Order, acts: &mut Vec<Act>) {
    match order {
        Order::Marked if model.marks.is_empty() => {
            model.say(Level::Warn, "nothing is marked: space marks a row, V a range");
        }
        Order::Marked => {
            let keys = model.marks.iter().cloned().collect();
            open(model, Reach::Marked(keys));
        }
        Order::Unprotected => open(model, Reach::Unprotected),
        Order::All(_) if model.wide.armed_for(model.now).is_none() => {
            model.say(Level::Warn, "close-all only works while armed: :arm opens it for 120 s");
        }
        Order::All(account) => open(model, Reach::All(account)),
        Order::Arm => {
            model.wide.armed = Some(model.now + ARMED);
            model.say(Level::Warn, "armed for 120 s: :close-all ACCOUNT works; :disarm ends it");
        }
        Order::Disarm => {
            let was = model.wide.armed.take().is_some();
            model.say(Level::Ok, if was { "disarmed" } else { "it was not armed" });
        }
        Order::Abort => abort(model, acts),
        Order::Halt(account, reason) => send(model, Command::Halt { account, reason }, acts),
        Order::Resume(account) => {
            let decision = Decision::resume(account, &model.live);
            update_decision::open(model, decision);
        }
        Order::Shutdown => open(model, Reach::Shutdown),
    }
}

/// Opens a dialog, or says why there is nothing to ask.
pub(super) fn open(model: &mut Model, reach: Reach) {
    let is_armed = model.wide.armed_for(model.now).is_some();
    match Asked::about(reach, &model.live, model.now, is_armed) {
        Ok(asked) => model.wide.asked = Some(asked),
        Err(why) => model.say(Level::Warn, why),
    }
}

/// Whether an ask has something that was not sent yet.
fn is_unsent(model: &Model, ask: u64) -> bool {
    let unheard = model.pending.iter().any(|pending| pending.ask == ask && !pending.accepted);
    let waits = batch(&model.live, ask).is_some_and(|batch| {
        batch.ended.is_none() && batch.legs.iter().any(|(_, leg)| *leg == BatchLeg::Waiting)
    });
    unheard || waits
}

fn abort(model: &mut Model, acts: &mut Vec<Act>) {
    let asks: Vec<u64> = model.live.batches.iter().map(|batch| batch.ask).collect();
    let unsent: Vec<u64> = asks.into_iter().filter(|ask| is_unsent(model, *ask)).collect();
    if unsent.is_empty() {
        return model.say(Level::Ok, "nothing is left to stop: all of it was sent");
    }
    for ask in unsent {
        send(model, Command::Abort { ask }, acts);
    }
}

/// Looks again at what the dialog asks; one that needs arming ends with it.
pub(super) fn refresh(model: &mut Model) {
    let is_armed = model.wide.armed_for(model.now).is_some();
    if model.wide.armed.is_some() && !is_armed {
        model.wide.armed = None;
        let needs = |asked: &Asked| {
            matches!(asked.reach, Reach::All(_)) && !matches!(asked.step, Step::Running(_))
        };
        if model.wide.asked.as_ref().is_some_and(needs) {
            leave(model);
            model.say(Level::Warn, "disarmed: the 120 s are over, nothing was sent");
        } else {
            model.say(Level::Ok, "disarmed: the 120 s are over");
        }
    }
    if let Some(asked) = &mut model.wide.asked {
        asked.refresh(&model.live, model.now, is_armed);
    }
}

/// Sends a close of everything whose countdown has run out.
pub(super) fn tick(model: &mut Model, acts: &mut Vec<Act>) {
    let due = |asked: &Asked| match asked.step {
        Step::Countdown(at) => model.now >= at,
        Step::Reason | Step::Count | Step::Running(_) => false,
    };
    if model.wide.asked.as_ref().is_some_and(due) {
        go(model, acts);
    }
}

fn go(model: &mut Model, acts: &mut Vec<Act>) {
    let Some(asked) = &mut model.wide.asked else { return };
    let Some(command) = asked.command() else {
        let why = asked.refused.clone().unwrap_or_default();
        return model.say(Level::Warn, why);
    };
    asked.step = Step::Running(model.next_ask);
    asked.is_shown = false;
    if matches!(asked.reach, Reach::All(_)) {
        model.wide.armed = None;
    }
    send(model, command, acts);
}

fn leave(model: &mut Model) {
    model.wide.asked = None;
    settle(model);
}

/// Takes a key while a dialog of the upper rungs is open.
pub(super) fn pressed(model: &mut Model, key: Key, repeated: bool, acts: &mut Vec<Act>) {
    let Some(asked) = &mut model.wide.asked else { return };
    if let Step::Countdown(_) = asked.step {
        leave(model);
        return model.say(Level::Ok, "stopped: nothing was sent");
    }
    if !asked.is_shown {
        return;
    }
    let lines = asked.blast.legs.len() + asked.blast.excluded.len() + asked.stays.len();
    let last = lines.saturating_sub(1);
    match key.code {
        Code::Down => return asked.top = (asked.top + 1).min(last),
        Code::Up => return asked.top = asked.top.saturating_sub(1),
        Code::PageDown => return asked.top = (asked.top + PAGE).min(last),
        Code::PageUp => return asked.top = asked.top.saturating_sub(PAGE),
        _ => {}
    }
    match asked.step {
        Step::Running(ask) => running(model, key, ask, acts),
        Step::Reason => reason(model, key, repeated),
        Step::Count | Step::Countdown(_) => match asked.wanted() {
            Some(wanted) => typed(model, key, repeated, &wanted, acts),
            None => plain(model, key, repeated, acts),
        },
    }
}

fn is_out(key: Key) -> bool {
    key.code == Code::Esc || key == Key::ctrl('c')
}

/// Esc stops what is not sent yet; Enter leaves it to run.
fn running(model: &mut Model, key: Key, ask: u64, acts: &mut Vec<Act>) {
    let is_stopped = model.wide.asked.as_ref().is_some_and(|asked| asked.is_stopped);
    if is_out(key) && !is_stopped && is_unsent(model, ask) {
        if let Some(asked) = &mut model.wide.asked {
            asked.is_stopped = true;
        }
        return send(model, Command::Abort { ask }, acts);
    }
    if is_out(key) || matches!(key.code, Code::Enter | Code::Char('q' | 'n')) {
        leave(model);
    }
}

/// The reason is typed; Enter ends it and confirms nothing.
fn reason(model: &mut Model, key: Key, repeated: bool) {
    let Some(asked) = &mut model.wide.asked else { return };
    match key.code {
        _ if is_out(key) => leave(model),
        Code::Enter if repeated => {}
        Code::Enter if asked.reason.trim().is_empty() => {
            model.say(Level::Warn, "say why: it goes on record");
        }
        Code::Enter => {
            asked.step = Step::Count;
            asked.is_shown = false;
        }
        Code::Backspace => {
            asked.reason.pop();
        }
        Code::Char(c) if !key.ctrl && !key.alt && asked.reason.len() < REASON_MAX => {
            asked.reason.push(c);
        }
        _ => {}
    }
}

/// The count is typed out, and Enter sends it.
fn typed(model: &mut Model, key: Key, repeated: bool, wanted: &str, acts: &mut Vec<Act>) {
    let Some(asked) = &mut model.wide.asked else { return };
    let is_no =
        |c: char| matches!(c, 'n' | 'q') && asked.typed.is_empty() && !wanted.starts_with(c);
    let is_no = matches!(key.code, Code::Char(c) if is_no(c));
    let is_name = matches!(asked.reach, Reach::All(_));
    match key.code {
        _ if is_out(key) || is_no => leave(model),
        Code::Enter if repeated => {}
        Code::Enter if asked.typed == wanted => confirm(model, acts),
        // Nothing typed: Enter presses Cancel, as everywhere.
        Code::Enter if asked.typed.is_empty() => leave(model),
        Code::Enter => {
            asked.typed.clear();
            model.say(Level::Warn, format!("that is not {wanted}: type it exactly, or Esc"));
        }
        Code::Backspace => {
            asked.typed.pop();
        }
        // A count is digits: the key that opened the dialog is no beginning of one.
        Code::Char(c) if !is_name && !c.is_ascii_digit() => {}
        Code::Char(c) if !key.ctrl && !key.alt && asked.typed.len() < 64 => asked.typed.push(c),
        _ => {}
    }
}

/// Where nothing stays behind, a plain `y` is enough.
fn plain(model: &mut Model, key: Key, repeated: bool, acts: &mut Vec<Act>) {
    match key.code {
        Code::Char('y') if !repeated && !key.ctrl && !key.alt => confirm(model, acts),
        _ if is_out(key) || matches!(key.code, Code::Enter | Code::Char('n' | 'q')) => leave(model),
        _ => {}
    }
}

fn confirm(model: &mut Model, acts: &mut Vec<Act>) {
    let at = model.now + COUNTDOWN;
    let Some(asked) = &mut model.wide.asked else { return };
    if let Some(why) = asked.refused.clone() {
        return model.say(Level::Warn, why);
    }
    match asked.reach {
        Reach::Shutdown => acts.push(Act::Quit),
        Reach::All(_) => asked.step = Step::Countdown(at),
        Reach::Marked(_) | Reach::Unprotected => go(model, acts),
    }
}
