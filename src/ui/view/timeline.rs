//! The timeline of a leg: one line a change, when each learnt it, who is behind.
//!
//! For: the overlay, and the block at the end of the card. Not for: its words
//! (`domain::timeline`). Door: [`paint`], [`block`].

use ratatui::layout::Rect;

use crate::domain::drift::{Drift, Source};
use crate::domain::time::{Span, Time};
use crate::domain::timeline::{self, Cell, Line, Standing};
use crate::ui::format;
use crate::ui::model::Model;
use crate::ui::role::Role;
use crate::ui::timeline::all;
use crate::ui::view::canvas::{Canvas, Piece, piece};
use crate::ui::view::positions::line_of;
use crate::ui::words;

/// Older than this, the day is said.
const TODAY: Span = Span::secs(20 * 3600);
const WHEN: usize = 14;
const WHAT: usize = 16;
const WHO: usize = 12;

type Lines = Vec<Vec<Piece<'static>>>;

/// The changes of a leg, newest first, under a line that names the columns, in as many lines as
/// there is room for; the last says what is left out, or explains the signs. None when nothing
/// changed.
pub fn block(drift: &Drift, now: Time, (columns, room): (usize, usize)) -> Lines {
    let mut changes = timeline::lines(drift, now);
    if changes.is_empty() {
        return Vec::new();
    }
    let dropped = drift.dropped();
    let needed = 1 + changes.len() + usize::from(dropped > 0);
    let fit = if needed > room { room.saturating_sub(2).max(1) } else { changes.len() };
    let hidden = u64::try_from(changes.len().saturating_sub(fit)).unwrap_or(u64::MAX);
    changes.truncate(fit);
    let mut head = format!("{:<WHEN$}{:<WHAT$}", "VENUE'S CLOCK", "BECAME");
    for source in Source::ALL {
        head.push_str(&format!("{:<WHO$}", source.name().to_uppercase()));
    }
    let mut lines = vec![vec![piece(head, Role::Title)]];
    lines.extend(changes.iter().map(|line| one(line, now)));
    if let Some(text) = timeline::left_out(hidden, dropped) {
        lines.push(vec![piece(text, Role::FlashWarn)]);
    }
    if lines.len() < room {
        lines.push(vec![piece(legend(&changes, columns), Role::Dim)]);
    }
    lines
}

/// What the signs mean, as far as whole meanings fit.
fn legend(changes: &[Line], columns: usize) -> String {
    let mut legend = String::new();
    let signs = timeline::signs(changes).map(|sign| sign.short);
    for text in signs.chain(["times in UTC"]) {
        let gap = if legend.is_empty() { "" } else { "   " };
        if legend.len() + gap.len() + text.len() <= columns {
            legend.push_str(gap);
            legend.push_str(text);
        }
    }
    legend
}

fn one(line: &Line, now: Time) -> Vec<Piece<'static>> {
    let (at, sign, role) = match (line.found, line.venue) {
        (true, _) => (line.first, "=", Role::Dim),
        (false, Some(at)) => (at, "", Role::Text),
        (false, None) if line.claimed => (line.first, "?", Role::Stale),
        (false, None) => (line.first, "<", Role::Stale),
    };
    let at = if now.since(at) < TODAY { format::clock_ms(at) } else { day(at) };
    let to = format::cut(&line.to.text(), WHAT - 1).into_owned();
    let mut pieces = vec![
        piece(format!("{:<WHEN$}", format!("{sign}{at}")), role),
        piece(pad(to, WHAT), Role::Text),
    ];
    pieces.extend(line.cells.iter().map(cell));
    pieces
}

/// `11-20 05:00`.
fn day(at: Time) -> String {
    at.rfc3339().get(5..16).unwrap_or_default().replace('T', " ")
}

fn cell(cell: &Cell) -> Piece<'static> {
    let (mark, role) = match cell.standing {
        Standing::First => ("*", Role::Guarded),
        Standing::Knows => ("", Role::Text),
        Standing::Behind => ("", Role::Degraded),
        Standing::Never => ("", Role::Dim),
        Standing::Claims => ("", Role::Stale),
    };
    piece(pad(format!("{}{mark}", cell.text), WHO), role)
}

fn pad(mut text: String, room: usize) -> String {
    let cells = format::width(&text);
    text.extend(std::iter::repeat_n(' ', room.saturating_sub(cells)));
    text
}

/// Paints the timeline that is open, over everything.
pub fn paint(canvas: &mut Canvas<'_>, model: &Model) {
    let Some(key) = &model.timeline else { return };
    let (snapshot, now) = (model.shown(), model.shown_now());
    let timelines = all(snapshot);
    let at = timelines.iter().position(|told| told.key == key);
    let screen = *canvas.cells.area();
    let width = screen.width.saturating_sub(2).min(78);
    let most = screen.height.saturating_sub(4).max(3).min(screen.height);
    let room = (usize::from(width.saturating_sub(3)), usize::from(most.saturating_sub(2)));
    let mut lines = at.map_or_else(Vec::new, |at| block(timelines[at].drift, now, room));
    if lines.is_empty() {
        lines.push(vec![piece("nothing is known of it any more", Role::Dim)]);
    }
    let wanted = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(2);
    let height = wanted.max(3).min(most);
    let area =
        Rect { x: (screen.width - width) / 2, y: (screen.height - height) / 3, width, height };
    canvas.clear(area);
    let place = at.map_or_else(
        || key.account.to_string(),
        |at| {
            let told = &timelines[at];
            let over = if told.is_over { "  over" } else { "" };
            format!("{}{over}", words::place(told.venue, told.key))
        },
    );
    let leg = if key.leg == crate::domain::key::Leg::Net { "" } else { key.leg.name() };
    let title = [
        piece(format!("timeline  {} {leg}", key.symbol), Role::Title),
        piece(format!(" {place}"), Role::Dim),
    ];
    let count = at.map_or(0, |at| at + 1);
    let right = format!("{count} of {}, j k, Esc leaves", timelines.len());
    let inside = canvas.frame(area, &title, &right, Role::BorderFocus);
    for (index, pieces) in lines.iter().enumerate() {
        let Some(line) = line_of(inside, u16::try_from(index).unwrap_or(u16::MAX)) else { return };
        canvas.line(Rect { x: line.x + 1, width: line.width.saturating_sub(1), ..line }, pieces);
    }
}
