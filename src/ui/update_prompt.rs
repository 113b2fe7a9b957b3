//! Keys and pastes while a prompt is open, and what an entered line does.
//!
//! For: editing, completing, recalling, running. A filter works while it is typed; a bad one
//! keeps the last good result. Pastes go into a prompt or nowhere. Door: [`pressed`],
//! [`pasted`].

use crate::domain::command::Command;
use crate::domain::journal::RepairId;
use crate::ui::complete::complete;
use crate::ui::decision::Decision;
use crate::ui::dialog::Purpose;
use crate::ui::filter::Filter;
use crate::ui::keys::{Code, Key};
use crate::ui::model::{Help, Level, Model};
use crate::ui::prompt::{self, Kind, Prompt, Said};
use crate::ui::update::{Act, ask_about, freeze, go_to, settle, show};
use crate::ui::update_asks::send;
use crate::ui::{timeline, update_blast, update_decision, update_reel};

/// Lines kept for Up.
const HISTORY_MAX: usize = 100;

/// Takes a paste: into a prompt, else nowhere.
pub(super) fn pasted(model: &mut Model, text: &str) {
    let asks = model.decision.is_some() || model.wide.asked.is_some();
    if model.dialog.is_some() || asks {
        model.say(Level::Warn, "a paste answers no dialog: type it");
    } else if let Some(prompt) = &mut model.prompt {
        prompt.add(text);
        typed(model);
    } else {
        model.say(Level::Warn, "a paste does nothing here");
    }
}

/// Takes a key while a prompt is open.
pub(super) fn pressed(model: &mut Model, key: Key, acts: &mut Vec<Act>) {
    let Some(prompt) = &mut model.prompt else { return };
    match (key.code, key.ctrl) {
        (Code::Esc, _) | (Code::Char('c'), true) => return leave(model),
        (Code::Enter, _) => return entered(model, acts),
        (Code::Tab | Code::BackTab, _) => return tab(model),
        (Code::Up, _) => return recall(model, 1),
        (Code::Down, _) => return recall(model, -1),
        (Code::Backspace, _) if prompt.text.is_empty() => return leave(model),
        (Code::Backspace, _) => prompt.backspace(),
        (Code::Char('u'), true) => {
            prompt.text.clear();
            prompt.touched();
        }
        (Code::Char('w'), true) => prompt.cut_word(),
        (Code::Char(c), false) if !key.alt => prompt.add(c.encode_utf8(&mut [0; 4])),
        _ => return,
    }
    typed(model);
}

/// A filter is tried as it is typed.
fn typed(model: &mut Model) {
    let Some(prompt) = model.prompt.as_mut().filter(|prompt| prompt.kind == Kind::Filter) else {
        return;
    };
    match Filter::parse_typed(&prompt.text) {
        Ok(filter) => {
            model.filter = filter;
            settle(model);
        }
        Err(why) => prompt.error = Some(why),
    }
}

fn leave(model: &mut Model) {
    if model.prompt.take().is_some_and(|prompt| prompt.kind == Kind::Filter) {
        model.filter = None;
        settle(model);
    }
}

fn entered(model: &mut Model, acts: &mut Vec<Act>) {
    let Some(prompt) = model.prompt.take() else { return };
    if prompt.kind == Kind::Filter {
        match Filter::parse(&prompt.text) {
            Ok(filter) => {
                model.filter = filter;
                settle(model);
            }
            Err(why) => model.prompt = Some(Prompt { error: Some(why), ..prompt }),
        }
        return;
    }
    match prompt::parse(&prompt.text, &model.live) {
        Ok(None) => {}
        Ok(Some(said)) => {
            model.history.retain(|line| *line != prompt.text);
            model.history.push(prompt.text);
            let extra = model.history.len().saturating_sub(HISTORY_MAX);
            model.history.drain(..extra);
            run(model, said, acts);
        }
        Err(why) => model.prompt = Some(Prompt { error: Some(why), ..prompt }),
    }
}

fn run(model: &mut Model, said: Said, acts: &mut Vec<Act>) {
    if !said.only_looks() && update_reel::refuses(model) {
        return;
    }
    match said {
        Said::Show(view, filter) => {
            match filter.map(|text| Filter::parse(&text)) {
                Some(Err(why)) => return model.say(Level::Warn, why),
                Some(Ok(filter)) => model.filter = filter,
                None => {}
            }
            show(model, view);
        }
        Said::Go(key) => go_to(model, &key),
        Said::Close(key, percent) => ask_about(model, &key, Purpose::Close(percent), acts),
        Said::Adopt(key, stop) => ask_about(model, &key, Purpose::Adopt(stop), acts),
        Said::Protect(key) => ask_about(model, &key, Purpose::Protect, acts),
        Said::Stop(key, to) => ask_about(model, &key, Purpose::Stop(to), acts),
        Said::Trail(key, plan) => ask_about(model, &key, Purpose::Trail(plan), acts),
        Said::Undo(repair) => update_decision::undo(model, None, repair.map(RepairId)),
        Said::Resolve(key) => {
            let decision = Decision::resolve(&key, &model.live);
            update_decision::open(model, decision);
        }
        Said::Restore(account, duty) => {
            let decision = Decision::restore(&account, duty, &model.live);
            update_decision::open(model, decision);
        }
        Said::Timeline(key) => timeline::open(model, key),
        Said::Resync(account) => send(model, Command::Resync { account }, acts),
        Said::Wide(order) => update_blast::run(model, order, acts),
        Said::Dump => {
            model.say(Level::Ok, "dumping the last hour");
            acts.push(Act::Dump);
        }
        Said::Help => model.help = Some(Help::default()),
        Said::Freeze => freeze(model),
        Said::Theme(name) => acts.push(Act::Theme(name)),
        Said::Goto(place) => update_reel::goto(model, place, acts),
        Said::Quit if model.replay.is_some() => acts.push(Act::Quit),
        Said::Quit => model.dialog = Some(crate::ui::dialog::Dialog::quit()),
    }
}

fn tab(model: &mut Model) {
    let Some(prompt) = model.prompt.as_ref().filter(|prompt| prompt.kind == Kind::Command) else {
        return;
    };
    let (stem, next) = prompt.tabbed.clone().unwrap_or((prompt.text.clone(), 0));
    let lines = complete(&stem, model);
    let Some(prompt) = &mut model.prompt else { return };
    if let Some(line) = lines.get(next % lines.len().max(1)) {
        prompt.text.clone_from(line);
        prompt.error = None;
        prompt.tabbed = Some((stem, next + 1));
    }
}

fn recall(model: &mut Model, by: isize) {
    let Some(prompt) = model.prompt.as_mut().filter(|prompt| prompt.kind == Kind::Command) else {
        return;
    };
    let back = prompt.recalled.saturating_add_signed(by).min(model.history.len());
    let line = model.history.len().checked_sub(back).and_then(|at| model.history.get(at));
    prompt.text = line.cloned().unwrap_or_default();
    prompt.touched();
    prompt.recalled = back;
}
