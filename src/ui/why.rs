//! What was decided at an input and what that came from, in whole.
//!
//! For: its lines, none of them cut, and the keys while it is open: it scrolls, and winding goes
//! on under it. Not for: its looks (`view::why`). Door: [`lines`], [`open`], [`pressed`].

use crate::ui::format;
use crate::ui::keys::{Action, Code, Context, Found, Key};
use crate::ui::layout::Size;
use crate::ui::model::Model;
use crate::ui::reel::Moment;
use crate::ui::update::Act;
use crate::ui::update_reel;

/// Columns of the words at the beginning of lines.
pub const HEAD: usize = 9;
/// Columns of the frame, and of the room beside it.
const FRAME: usize = 6;

/// One line of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// `told`, `decided`, `because`, `note`, or nothing where a line goes on.
    pub head: &'static str,
    /// The text.
    pub text: String,
    /// Whether it is to be noticed.
    pub warns: bool,
}

/// Everything that is told of an input, for a screen of so many columns.
pub fn lines(moment: &Moment, columns: u16) -> Vec<Line> {
    let room = usize::from(columns).saturating_sub(FRAME + HEAD).max(1);
    let mut lines = Vec::new();
    let mut add = |mut head: &'static str, text: &str, warns: bool| {
        for text in folded(text, room) {
            lines.push(Line { head: std::mem::take(&mut head), text, warns });
        }
    };
    add("told", &moment.told, false);
    if moment.decided.is_empty() {
        add("decided", "nothing", false);
    }
    let mut head = "decided";
    for text in &moment.decided {
        add(std::mem::take(&mut head), text, false);
    }
    if moment.causes.is_empty() {
        add("because", "it came from outside", false);
    }
    let mut head = "because";
    for cause in &moment.causes {
        let at = format::clock_ms(cause.at);
        let text = format!("#{} {at} {}", format::count(cause.input), cause.told);
        add(std::mem::take(&mut head), &text, false);
    }
    if let (Some(last), true) = (moment.causes.last(), moment.earlier > 0) {
        let count = format::count(u64::try_from(moment.earlier).unwrap_or(u64::MAX));
        add("", &format!("and {count} before that: :goto #{} tells them", last.input), true);
    }
    if let Some(note) = &moment.note {
        add("note", note, true);
    }
    lines
}

/// A text in lines that are no longer than `room`, words that are longer folded too; a line that
/// goes on is set in.
fn folded(text: &str, room: usize) -> Vec<String> {
    const IN: &str = "  ";
    let mut lines: Vec<String> = Vec::new();
    for line in format::wrapped(text, room.saturating_sub(IN.len()).max(1)) {
        let mut part = if lines.is_empty() { String::new() } else { IN.to_owned() };
        for c in line.chars() {
            if format::width(&part) + format::width(c.encode_utf8(&mut [0; 4])) > room {
                lines.push(std::mem::replace(&mut part, IN.to_owned()));
            }
            part.push(c);
        }
        lines.push(part);
    }
    lines
}

/// The lines above it, and how many of its own are seen at once.
pub fn place(model: &Model) -> (u16, usize) {
    let regions = model.regions();
    let top = u16::from(regions.size > Size::Least);
    (top, usize::from(regions.flash.y.saturating_sub(top + 2)).max(1))
}

/// Opens it where a recording is shown.
pub(super) fn open(model: &mut Model) {
    if model.replay.is_some() {
        model.why = Some(0);
    }
}

/// Takes a key while it is open.
pub(super) fn pressed(model: &mut Model, key: Key, acts: &mut Vec<Act>) {
    let (Some(top), Some(moment)) = (model.why, &model.replay) else {
        model.why = None;
        return;
    };
    if let Found::Action(action) = model.keymap.find(Context::Replay, &[key]) {
        model.why = (action != Action::Why).then_some(top);
        return if model.why.is_some() {
            update_reel::perform(model, action, acts)
        };
    }
    let (_, page) = place(model);
    let last = lines(moment, model.size.0).len().saturating_sub(page);
    // The terminal may have grown since.
    let top = top.min(last);
    let to = match (key.code, key.ctrl) {
        (Code::Esc | Code::Enter | Code::Char('q' | 'n'), false) | (Code::Char('c'), true) => {
            model.why = None;
            return;
        }
        (Code::Down | Code::Char('j'), false) => top + 1,
        (Code::Up | Code::Char('k'), false) => top.saturating_sub(1),
        (Code::Char('d'), true) => top + (page / 2).max(1),
        (Code::Char('u'), true) => top.saturating_sub((page / 2).max(1)),
        (Code::PageDown, _) => top + page,
        (Code::PageUp, _) => top.saturating_sub(page),
        (Code::Home | Code::Char('g'), false) => 0,
        (Code::End | Code::Char('G'), false) => last,
        _ => top,
    };
    model.why = Some(to.min(last));
}
