//! The console's one verb: an event and the model in, the changed model and acts out.
//!
//! For: keys, pastes, pictures and the clock, in one total order. Pure: no clock, no terminal,
//! no channel. Not for: prompts and dialogs, which own the keyboard while they are open
//! (`update_prompt`, `update_dialog`, `update_decision`). Door: [`update`].

use std::sync::Arc;

use crate::domain::command::{Ask, Command, StopTo};
use crate::domain::snapshot::Snapshot;
use crate::domain::time::{Span, Time};
use crate::ui::act;
use crate::ui::alerts::{self, Totals};
use crate::ui::blast::Reach;
use crate::ui::decision::Decision;
use crate::ui::dialog::{self, Dialog, Purpose};
use crate::ui::keys::{Action, Context, Found, Key, endings};
use crate::ui::model::{Frozen, Help, Level, Model, View, leg};
use crate::ui::prompt::{Kind, Prompt};
use crate::ui::reel::{Moment, Wind};
use crate::ui::rows::{self, HOLD, RowKey};
use crate::ui::update_asks::{answers, give_up, send};
use crate::ui::{
    marks, timeline, update_blast, update_decision, update_dialog, update_help, update_prompt,
    update_reel, update_stop, why,
};

/// What can happen to the console.
#[derive(Clone, Debug)]
pub enum Event {
    /// A key.
    Key(Key),
    /// A paste, as one thing.
    Paste(String),
    /// A newer picture.
    Snapshot(Arc<Snapshot>),
    /// A replay stands elsewhere; its picture follows.
    Replay(Arc<Moment>),
    /// Time went on.
    Tick,
    /// The terminal came to the front, or left it.
    Focus(bool),
    /// The terminal has another size.
    Resized(u16, u16),
    /// A dump has ended.
    Dumped(Result<String, String>),
    /// There is something to bear in mind.
    Noted(Vec<String>),
    /// What the model says was painted.
    Painted,
}

/// What the console wants done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Send this to the gate.
    Ask(Ask),
    /// Leave: the operator confirmed it.
    Quit,
    /// Paint everything again.
    Repaint,
    /// Ring the bell.
    Bell,
    /// Load another theme.
    Theme(String),
    /// Write an incident bundle.
    Dump,
    /// Wind the recording.
    Wind(Wind),
}

/// Two equal keys this close together come from a held key, not from a finger.
pub(super) const REPEAT: Span = Span(60);

/// Takes in one event at `now`.
pub fn update(model: &mut Model, now: Time, event: Event) -> Vec<Act> {
    let mut acts = Vec::new();
    model.now = model.now.max(now);
    match event {
        Event::Key(key) => pressed(model, key, &mut acts),
        Event::Paste(text) => update_prompt::pasted(model, &text),
        Event::Snapshot(snapshot) => arrived(model, snapshot, &mut acts),
        Event::Replay(moment) => update_reel::arrived(model, moment),
        Event::Tick => {
            if model.flash.as_ref().is_some_and(|flash| flash.is_over(model.now)) {
                model.flash = None;
            }
            give_up(model);
            refresh(model);
            check_dialog(model);
            update_decision::tick(model, &mut acts);
            update_blast::tick(model, &mut acts);
        }
        Event::Focus(has_focus) => model.has_focus = has_focus,
        Event::Resized(width, height) => {
            model.size = (width, height);
            refresh(model);
            acts.push(Act::Repaint);
        }
        Event::Dumped(Ok(where_to)) => model.say(Level::Ok, where_to),
        Event::Dumped(Err(why)) => model.say(Level::Error, why),
        Event::Noted(forms) => model.note = forms,
        Event::Painted => {
            model.is_cursor_unseen = false;
            if let Some(dialog) = &mut model.dialog {
                dialog.is_shown = true;
            }
            if let Some(decision) = &mut model.decision {
                decision.is_shown = true;
            }
            if let Some(asked) = &mut model.wide.asked {
                asked.is_shown = true;
            }
        }
    }
    acts
}

fn arrived(model: &mut Model, snapshot: Arc<Snapshot>, acts: &mut Vec<Act>) {
    model.now = model.now.max(snapshot.at);
    model.live = snapshot;
    model.is_connected = true;
    answers(model);
    refresh(model);
    check_dialog(model);
    alerts::ring(model, acts);
}

fn check_dialog(model: &mut Model) {
    if let Some(dialog) = &mut model.dialog {
        dialog.refresh(&model.live, model.now);
    }
    if let Some(decision) = &mut model.decision {
        decision.refresh(&model.live);
    }
    update_blast::refresh(model);
}

/// Rows, counts and alerts of the pictures as they are now.
pub(super) fn refresh(model: &mut Model) {
    model.totals = Totals::of(&model.live, model.now);
    model.alerts = alerts::all(&model.live, model.now);
    let live = model.live.clone();
    model.marks.retain(|key| leg(&live, key).is_some());
    settle(model);
}

/// Rows of the view that is up.
pub(super) fn settle(model: &mut Model) {
    let view = model.view;
    let built = rows::build(model, view);
    let page = model.regions().page();
    let asks = model.decision.is_some() || model.wide.asked.is_some();
    let dialog = model.dialog.is_some() || asks;
    let now = model.now;
    let Some(rows) = model.rows.get_mut(&view) else { return };
    let is_held = dialog || rows.held_until.is_some_and(|until| now < until);
    let before = rows.cursor.clone();
    // Before the first key nobody has chosen a row: the cursor stays with the worst.
    rows.settle(built, is_held, view == View::Events || model.last_key.is_none());
    rows.scroll(page);
    if before.is_some() && before != rows.cursor && view.is_table() {
        model.is_cursor_unseen = true;
    }
}

fn pressed(model: &mut Model, key: Key, acts: &mut Vec<Act>) {
    let repeated =
        model.last_key.is_some_and(|(last, at)| last == key && model.now.since(at) < REPEAT);
    model.last_key = Some((key, model.now));
    model.key_ends_flash();
    if !model.is_covered() {
        chorded(model, key, acts);
    } else if model.dialog.is_some() {
        update_dialog::pressed(model, key, repeated, acts);
    } else if model.decision.is_some() {
        update_decision::pressed(model, key, repeated, acts);
    } else if model.wide.asked.is_some() {
        update_blast::pressed(model, key, repeated, acts);
    } else if model.listing.is_some() {
        update_decision::listed(model, key);
    } else if model.timeline.is_some() {
        timeline::pressed(model, key);
    } else if model.why.is_some() {
        why::pressed(model, key, acts);
    } else if model.prompt.is_some() {
        update_prompt::pressed(model, key, acts);
    } else {
        update_help::pressed(model, key, acts);
    }
}

fn chorded(model: &mut Model, key: Key, acts: &mut Vec<Act>) {
    let context = if model.view.is_table() { Context::Table } else { Context::Events };
    let mut chord = std::mem::take(&mut model.chord);
    chord.push(key);
    if model.replay.is_some()
        && let Found::Action(action) = model.keymap.find(Context::Replay, &chord)
    {
        return update_reel::perform(model, action, acts);
    }
    match model.keymap.find(context, &chord) {
        Found::Action(action) => perform(model, action, acts),
        Found::Prefix => {
            model.say(Level::Ok, endings(&chord));
            model.chord = chord;
        }
        Found::Nothing => {}
    }
}

/// Does what an action says, or flashes why it cannot.
pub(super) fn perform(model: &mut Model, action: Action, acts: &mut Vec<Act>) {
    if let Err(why) = act::ready(model, action) {
        model.say(Level::Warn, why);
        return;
    }
    match action {
        Action::Down => step(model, 1),
        Action::Up => step(model, -1),
        Action::First => step(model, isize::MIN),
        Action::Last => step(model, isize::MAX),
        Action::HalfDown => page(model, 1, 2),
        Action::HalfUp => page(model, -1, 2),
        Action::PageDown => page(model, 1, 1),
        Action::PageUp => page(model, -1, 1),
        Action::Show(view) => show(model, view),
        Action::ViewLast => show(model, model.view_before),
        Action::GoAlert => go_alert(model),
        Action::Back => back(model, false, acts),
        Action::BackOrQuit => back(model, true, acts),
        Action::Cancel => model.chord.clear(),
        Action::Command => model.prompt = Some(Prompt::new(Kind::Command, "")),
        Action::Filter => {
            let text = model.filter.as_ref().map_or("", |filter| filter.text.as_str());
            model.prompt = Some(Prompt::new(Kind::Filter, text));
        }
        Action::Help => model.help = Some(Help::default()),
        Action::Freeze => freeze(model),
        Action::Problems => {
            model.problems_only = !model.problems_only;
            settle(model);
        }
        Action::Recheck => recheck(model, acts),
        Action::Repaint => acts.push(Act::Repaint),
        Action::Timeline => timeline::open(model, None),
        Action::Mark => marks::toggle(model),
        Action::MarkRange => marks::range(model),
        Action::ClearMarks => marks::clear(model),
        Action::CloseUnprotected => update_blast::open(model, Reach::Unprotected),
        Action::Protect => with_cursor(model, Purpose::Protect, acts),
        Action::EditStop | Action::Tighten => update_stop::begin(model, action),
        Action::BreakEven => with_cursor(model, Purpose::Stop(StopTo::BreakEven), acts),
        Action::Adopt => with_cursor(model, Purpose::Adopt(None), acts),
        Action::Close => with_cursor(model, Purpose::Close(act::ALL), acts),
        Action::Resolve => {
            if let Some(key) = model.cursor_key().cloned() {
                let decision = Decision::resolve(&key, &model.live);
                update_decision::open(model, decision);
            }
        }
        Action::Undo => {
            let key = model.cursor_key().cloned();
            update_decision::undo(model, key.as_ref(), None);
        }
        Action::Follow => follow(model),
        Action::Louder => model.least = louder(model.least, 1),
        Action::Quieter => model.least = louder(model.least, -1),
        Action::Confirm | Action::PressFocused => {}
        _ => update_reel::perform(model, action, acts),
    }
    if matches!(action, Action::Louder | Action::Quieter) {
        settle(model);
    }
}

fn with_cursor(model: &mut Model, purpose: Purpose, acts: &mut Vec<Act>) {
    if let Some(key) = model.cursor_key().cloned() {
        ask_about(model, &key, purpose, acts);
    }
}

/// Starts an act on a leg: at once where it only lowers risk and the venue is heard, else
/// behind a dialog.
pub(super) fn ask_about(
    model: &mut Model,
    key: &crate::domain::key::PositionKey,
    purpose: Purpose,
    acts: &mut Vec<Act>,
) {
    let dialog = match Dialog::on(purpose, key, &model.live, model.now) {
        Ok(dialog) => dialog,
        Err(why) => return model.say(Level::Warn, why),
    };
    let heard =
        leg(&model.live, key).is_some_and(|leg| !dialog::is_doubtful(leg, &model.live, model.now));
    match dialog.command() {
        Some(command) if purpose == Purpose::Protect && heard => send(model, command, acts),
        _ => model.dialog = Some(dialog),
    }
}

fn step(model: &mut Model, by: isize) {
    let page = model.regions().page();
    let until = model.now + HOLD;
    let Some(rows) = model.rows.get_mut(&model.view) else { return };
    let at = isize::try_from(rows.at).unwrap_or(isize::MAX).saturating_add(by).max(0);
    rows.go(at.unsigned_abs());
    rows.is_held_back = rows.at > 0;
    rows.held_until = Some(until);
    rows.scroll(page);
}

fn page(model: &mut Model, direction: isize, part: usize) {
    let lines = (model.regions().page() / part).max(1);
    step(model, direction * isize::try_from(lines).unwrap_or(1));
}

pub(super) fn show(model: &mut Model, view: View) {
    if view != model.view {
        model.view_before = std::mem::replace(&mut model.view, view);
    }
    settle(model);
}

/// Puts the cursor on a leg, in the view that lists it.
pub(super) fn go_to(model: &mut Model, key: &crate::domain::key::PositionKey) {
    let orphan = leg(&model.live, key).is_some_and(rows::is_orphan);
    // The view of stops lists every leg.
    if model.view != View::Stops {
        show(model, if orphan { View::Orphans } else { View::Positions });
    }
    let wanted = RowKey::Leg(key.clone());
    let at = model.rows.get(&model.view).and_then(|r| r.order.iter().position(|r| *r == wanted));
    match at {
        Some(at) => {
            step(model, isize::MIN);
            step(model, isize::try_from(at).unwrap_or(0));
        }
        None => model.say(Level::Warn, format!("{key} is hidden by the filter; Esc clears it")),
    }
}

fn go_alert(model: &mut Model) {
    let keys: Vec<_> = model.alerts.iter().filter_map(|alert| alert.key.clone()).collect();
    if keys.is_empty() {
        return model.say(Level::Ok, "no alert is about a position");
    }
    let at = model.alert_visited % keys.len();
    model.alert_visited = at + 1;
    go_to(model, &keys[at]);
}

fn back(model: &mut Model, may_quit: bool, acts: &mut Vec<Act>) {
    if model.frozen.is_some() {
        freeze(model);
    } else if model.filter.is_some() || model.problems_only {
        model.filter = None;
        model.problems_only = false;
        settle(model);
    } else if !model.marks.is_empty() || model.wide.range.is_some() {
        marks::clear(model);
    } else if model.view != View::Positions {
        show(model, View::Positions);
    } else if may_quit && model.replay.is_some() {
        acts.push(Act::Quit);
    } else if may_quit {
        model.dialog = Some(Dialog::quit());
    }
}

pub(super) fn freeze(model: &mut Model) {
    model.frozen = match model.frozen.take() {
        Some(_) => None,
        None => Some(Frozen { since: model.now, snapshot: model.live.clone() }),
    };
    refresh(model);
}

fn follow(model: &mut Model) {
    if let Some(rows) = model.rows.get_mut(&View::Events) {
        rows.is_held_back = !rows.is_held_back;
    }
    settle(model);
}

fn louder(least: crate::domain::event::Severity, by: isize) -> crate::domain::event::Severity {
    use crate::domain::event::Severity as S;
    const ALL: [S; 4] = [S::Debug, S::Info, S::Warning, S::Critical];
    let at = ALL.iter().position(|s| *s == least).unwrap_or(0);
    ALL[at.saturating_add_signed(by).min(ALL.len() - 1)]
}

fn recheck(model: &mut Model, acts: &mut Vec<Act>) {
    let account = model.cursor_key().map(|key| key.account.clone());
    send(model, Command::Resync { account }, acts);
}
