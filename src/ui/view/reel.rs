//! The replay's pane: what the core was told, what it decided, and why.
//!
//! Door: [`paint`].

use ratatui::layout::Rect;

use crate::ui::format;
use crate::ui::model::Model;
use crate::ui::reel::Moment;
use crate::ui::role::Role;
use crate::ui::view::canvas::{Canvas, Piece, piece};
use crate::ui::why::HEAD;

/// Paints the pane; where there is one line, that line.
pub fn paint(canvas: &mut Canvas<'_>, model: &Model, area: Rect) {
    let Some(moment) = model.replay.as_deref() else { return };
    let place = format!(
        "#{} of {}  {}  {}%",
        format::count(moment.input),
        format::count(moment.last),
        format::clock_ms(moment.at),
        moment.percent(),
    );
    if area.height < 3 {
        let role = if moment.note.is_some() { Role::FlashWarn } else { Role::Title };
        canvas.line(area, &[piece(format!("{}  {place}", moment.pace()), role)]);
        return;
    }
    let title = [piece("replay  ", Role::Title), piece(moment.pace(), Role::Marked)];
    let inside = canvas.frame(area, &title, &place, Role::Border);
    for (y, line) in (inside.y..).zip(lines(moment, inside)) {
        canvas.line(Rect { y, height: 1, ..inside }, &line);
    }
}

/// As many lines as there is room for: the input first, then decisions and causes, which share
/// what is left. What is left out is counted, with the key that shows it.
fn lines(moment: &Moment, inside: Rect) -> Vec<Vec<Piece<'static>>> {
    let (columns, height) = (usize::from(inside.width), usize::from(inside.height));
    let one = |head: &'static str, place: String, text: &str, role: Role, more: usize| {
        let more = if more > 0 { format!("  (+{more} more: c)") } else { String::new() };
        let used = 1 + HEAD + format::width(&place) + format::width(&more);
        let text = format::cut(text, columns.saturating_sub(used)).into_owned();
        let head = piece(format!(" {head:<HEAD$}"), Role::Dim);
        vec![head, piece(place, Role::Dim), piece(text, role), piece(more, Role::HintKey)]
    };
    let note = moment.note.as_deref();
    let room = height.saturating_sub(1 + usize::from(note.is_some()));
    let (all, came) = (moment.decided.len().max(1), moment.causes.len().max(1));
    let causes = came.min(room.saturating_sub(all).max(room / 2));
    let decided = all.min(room.saturating_sub(causes).max(1));
    let mut lines = vec![one("told", String::new(), &moment.told, Role::Text, 0)];
    let mut head = "decided";
    for (at, text) in moment.decided.iter().take(decided).enumerate() {
        let more = if at + 1 == decided { all - decided } else { 0 };
        lines.push(one(std::mem::take(&mut head), String::new(), text, Role::Text, more));
    }
    if moment.decided.is_empty() {
        lines.push(one(head, String::new(), "nothing", Role::Text, 0));
    }
    let mut head = "because";
    for (at, cause) in moment.causes.iter().take(causes).enumerate() {
        let place = format!("#{} {}  ", format::count(cause.input), format::clock_ms(cause.at));
        let more = if at + 1 == causes { came - causes + moment.earlier } else { 0 };
        lines.push(one(std::mem::take(&mut head), place, &cause.told, Role::Text, more));
    }
    if moment.causes.is_empty() && causes > 0 {
        lines.push(one(head, String::new(), "it came from outside", Role::Dim, 0));
    }
    lines.extend(note.map(|note| one("note", String::new(), note, Role::FlashWarn, 0)));
    lines.truncate(height);
    lines
}
