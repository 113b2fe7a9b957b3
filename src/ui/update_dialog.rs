//! Keys while a dialog is open: the only place where a yes becomes a command.
//!
//! For: `y`, typed names, leaving. The initiating key and Enter never confirm; keys read before
//! the dialog was painted and keys of a held finger are dropped. Door: [`pressed`].

use crate::ui::dialog::{Dialog, Purpose};
use crate::ui::keys::{Action, Code, Context, Found, Key};
use crate::ui::model::{Level, Model};
use crate::ui::update::{Act, settle};
use crate::ui::update_asks::send;

/// Takes a key while a dialog is open.
pub(super) fn pressed(model: &mut Model, key: Key, repeated: bool, acts: &mut Vec<Act>) {
    let Some(dialog) = &model.dialog else { return };
    if !dialog.is_shown {
        return;
    }
    if dialog.typed.is_some() {
        return typed(model, key, acts);
    }
    match model.keymap.find(Context::Dialog, &[key]) {
        // Enter presses what has the focus, and that is Cancel.
        Found::Action(Action::Cancel | Action::PressFocused) => leave(model),
        Found::Action(Action::Confirm) if !repeated => confirm(model, acts),
        _ => {}
    }
}

fn leave(model: &mut Model) {
    model.dialog = None;
    settle(model);
}

fn confirm(model: &mut Model, acts: &mut Vec<Act>) {
    let Some(dialog) = &model.dialog else { return };
    if dialog.purpose == Purpose::Quit {
        acts.push(Act::Quit);
        return;
    }
    match dialog.command() {
        Some(command) => {
            leave(model);
            send(model, command, acts);
        }
        None => {
            let why = dialog.refused.clone().unwrap_or_default();
            model.say(Level::Warn, why);
        }
    }
}

/// Where `y` is not enough, the symbol is typed out and Enter sends it.
fn typed(model: &mut Model, key: Key, acts: &mut Vec<Act>) {
    let Some(Dialog { typed: Some(text), pin: Some(pin), .. }) = &mut model.dialog else {
        return;
    };
    let wanted = pin.key.symbol.as_str();
    let is_no = |c: char| matches!(c, 'n' | 'q') && text.is_empty() && !wanted.starts_with(c);
    let leaves = key.code == Code::Esc
        || key == Key::ctrl('c')
        || matches!(key.code, Code::Char(c) if is_no(c));
    match key.code {
        _ if leaves => leave(model),
        Code::Enter if text == wanted => confirm(model, acts),
        // Nothing typed: Enter presses Cancel, as everywhere.
        Code::Enter if text.is_empty() => leave(model),
        Code::Enter => {
            let text = format!("that is not {wanted}: type it exactly, or Esc");
            model.say(Level::Warn, text);
        }
        Code::Backspace => {
            text.pop();
        }
        Code::Char(c) if !key.ctrl && !key.alt && text.len() < 64 => text.push(c),
        _ => {}
    }
}
