//! Keys while help is open: type to search, Enter runs, Esc closes.
//!
//! For: the overlay's lines, which come from the binding table and the commands. Not for: its
//! looks (`view::help`). Door: [`lines`], [`pressed`].

use crate::ui::act;
use crate::ui::keys::{Action, BINDINGS, Code, Context, Group, Key};
use crate::ui::model::{Model, View};
use crate::ui::prompt::{COMMANDS, Kind, Prompt};
use crate::ui::update::{Act, perform};
use crate::ui::wide;

/// One line of help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Heading it stands under.
    pub group: &'static str,
    /// Keys, or the command with what follows it.
    pub keys: String,
    /// What it does.
    pub help: String,
    /// What Enter does.
    pub run: Run,
    /// Why it does nothing now.
    pub refused: Option<String>,
}

/// What Enter on a line of help does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Run {
    /// Does what the key does.
    Action(Action),
    /// Begins the command in the prompt.
    Command(&'static str),
    /// Nothing: it only means something in a dialog.
    Nothing,
}

/// The lines that the search finds, in the order they are shown.
pub fn lines(model: &Model) -> Vec<Line> {
    let search = model.help.as_ref().map_or("", |help| help.search.as_str()).to_lowercase();
    let context = if model.view == View::Events { Context::Events } else { Context::Table };
    let mut lines = Vec::new();
    for group in Group::ALL {
        let winds = model.replay.is_some();
        for b in BINDINGS.iter().filter(|b| b.group == group) {
            if (b.context == Context::Replay) != (winds && group == Group::Replay) {
                continue;
            }
            let always = [Context::Global, Context::Dialog, Context::Replay];
            if !always.contains(&b.context) && b.context != context {
                continue;
            }
            let in_dialog = b.context == Context::Dialog;
            lines.push(Line {
                group: group.title(),
                keys: b.chords().collect::<Vec<_>>().join(" "),
                help: b.help.to_owned(),
                run: if in_dialog { Run::Nothing } else { Run::Action(b.action) },
                refused: act::ready(model, b.action).err(),
            });
        }
    }
    for (name, follows, help) in COMMANDS.into_iter().chain(wide::COMMANDS) {
        lines.push(Line {
            group: "COMMANDS",
            keys: format!(":{name} {follows}").trim_end().to_owned(),
            help: help.to_owned(),
            run: Run::Command(name),
            refused: None,
        });
    }
    if model.replay.is_some() {
        lines.insert(0, goto());
    }
    lines.retain(|line| {
        line.help.to_lowercase().contains(&search) || line.keys.to_lowercase().contains(&search)
    });
    lines
}

/// Takes a key while help is open.
pub(super) fn pressed(model: &mut Model, key: Key, acts: &mut Vec<Act>) {
    let found = lines(model).len();
    let Some(help) = &mut model.help else { return };
    match (key.code, key.ctrl) {
        (Code::Esc | Code::F(1), _) | (Code::Char('c'), true) => model.help = None,
        (Code::Char('q' | '?'), false) if help.search.is_empty() => model.help = None,
        (Code::Down, _) => help.chosen = (help.chosen + 1).min(found.saturating_sub(1)),
        (Code::Up, _) => help.chosen = help.chosen.saturating_sub(1),
        (Code::Backspace, _) => {
            help.search.pop();
            help.chosen = 0;
        }
        (Code::Enter, _) => run(model, acts),
        (Code::Char(c), false) if !key.alt && help.search.len() < 32 => {
            help.search.push(c);
            help.chosen = 0;
        }
        _ => {}
    }
}

fn run(model: &mut Model, acts: &mut Vec<Act>) {
    let chosen = model.help.as_ref().map_or(0, |help| help.chosen);
    let line = lines(model).into_iter().nth(chosen);
    model.help = None;
    match line.map(|line| line.run) {
        Some(Run::Action(action)) => perform(model, action, acts),
        Some(Run::Command(name)) => {
            model.prompt = Some(Prompt::new(Kind::Command, &format!("{name} ")));
        }
        Some(Run::Nothing) | None => {}
    }
}

fn goto() -> Line {
    Line {
        group: Group::Replay.title(),
        keys: ":goto".to_owned(),
        help: "to 05:01:34, 2026-11-22T06:30:00Z, +30s, -2m, 1d, #812".to_owned(),
        run: Run::Command("goto"),
        refused: None,
    }
}
