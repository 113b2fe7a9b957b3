//! The replay's pane: what the core was told, what it decided, and why.
//!
//! Door: [`paint`].

use ratatui::layout::Rect;

use crate::ui::format;
use crate::ui::model::Model;
use crate::ui::reel::Moment;
use crate::ui::role::Role;
use crate::ui::view::canvas::{Canvas, Piece, piece};

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
    let height = usize::from(inside.height);
    for (y, line) in (inside.y..).zip(lines(moment, height)) {
        canvas.line(Rect { y, height: 1, ..inside }, &line);
    }
}

/// As many lines as there is room for: the input first, then decisions and causes, which share
/// what is left.
fn lines(moment: &Moment, height: usize) -> Vec<Vec<Piece<'_>>> {
    let head = |text: &'static str| piece(format!(" {text:<9}"), Role::Dim);
    let mut lines = vec![vec![head("told"), piece(moment.told.as_str(), Role::Text)]];
    let note = moment.note.as_deref();
    let room = height.saturating_sub(1 + usize::from(note.is_some()));
    let causes = moment.causes.len().max(1).min(room.saturating_sub(1).max(room / 2));
    let decided = shared(&moment.decided, room.saturating_sub(causes));
    let causes = room.saturating_sub(decided.len()).min(moment.causes.len().max(1));
    let mut word = "decided";
    for line in decided {
        lines.push(vec![head(std::mem::take(&mut word)), piece(line, Role::Text)]);
    }
    let mut word = "because";
    for cause in moment.causes.iter().take(causes) {
        let place = format!("#{} {}  ", format::count(cause.input), format::clock_ms(cause.at));
        lines.push(vec![
            head(std::mem::take(&mut word)),
            piece(place, Role::Dim),
            piece(cause.told.as_str(), Role::Text),
        ]);
    }
    if moment.causes.is_empty() && causes > 0 {
        lines.push(vec![head(word), piece("it came from outside", Role::Dim)]);
    }
    lines.extend(note.map(|note| vec![head("note"), piece(note, Role::FlashWarn)]));
    lines.truncate(height);
    lines
}

/// What fits; the last line says how many do not.
fn shared(decided: &[String], room: usize) -> Vec<String> {
    if decided.is_empty() {
        return Vec::from(["nothing".to_owned()]);
    }
    let room = room.max(1);
    if decided.len() <= room {
        return decided.to_vec();
    }
    let mut shown = decided[..room].to_vec();
    let more = decided.len() - room;
    if let Some(last) = shown.last_mut() {
        *last = format!("{last}  (+{more} more)");
    }
    shown
}
