//! View 6: what happened, newest first, and the facts of the chosen event.
//!
//! Door: [`paint`]; [`pane`] is the short form beside the positions.

use ratatui::layout::Rect;

use crate::domain::event::{Event, EventKind, Severity};
use crate::ui::format;
use crate::ui::layout::{Regions, Size};
use crate::ui::model::Model;
use crate::ui::role::Role;
use crate::ui::rows::{RowKey, numbered};
use crate::ui::view::canvas::{Canvas, piece};
use crate::ui::view::positions::line_of;
use crate::ui::view::table::{Column, Line, Table, name, text};
use crate::ui::view::{in_sight, table_frame};

const COLUMNS: [Column; 5] = [
    text("TIME", 1, 12, 12),
    text("SEV", 2, 4, 4),
    text("VENUE:ACCT", 4, 12, 16),
    name("SYMBOL", 3, 10),
    text("WHAT", 0, 20, 400),
];

/// Paints the view.
pub fn paint(canvas: &mut Canvas<'_>, model: &Model, regions: &Regions) {
    let rows = model.rows.get(&model.view);
    let follows = rows.is_none_or(|rows| !rows.is_held_back);
    let title = format!(
        "events  follow {}   sev >= {}",
        if follows { "on" } else { "off" },
        model.least.name().to_lowercase()
    );
    let inside = table_frame(canvas, model, regions, title, "newest first");
    let (keys, cursor) = in_sight(model, regions);
    let found = lookup(model, &keys);
    let lines = found.iter().map(|event| line(model, event)).collect();
    Table { columns: &COLUMNS, lines, cursor, empty: "no events".to_owned() }.paint(
        canvas,
        inside,
        regions.size != Size::Least,
    );
    if regions.left.height > 0 {
        let chosen = cursor.and_then(|at| found.get(at).copied());
        facts(canvas, chosen, regions.left);
    }
}

/// The events behind rows, in the rows' order.
fn lookup<'a>(model: &'a Model, keys: &[RowKey]) -> Vec<&'a Event> {
    let mut found = vec![None; keys.len()];
    for (key, event) in numbered(model.shown()) {
        if let Some(at) = keys.iter().position(|wanted| *wanted == key) {
            found[at] = Some(event);
        }
    }
    found.into_iter().flatten().collect()
}

fn line<'a>(model: &Model, event: &'a Event) -> Line<'a> {
    let account = event.account.as_ref().map_or_else(String::new, |account| {
        let known = model.live.accounts.iter().find(|known| known.name == *account);
        let venue = event.venue.or(known.map(|known| known.venue));
        venue.map_or_else(|| account.to_string(), |venue| format!("{}:{account}", venue.exchange()))
    });
    let symbol = symbol(event);
    let (word, role) = severity(event.severity);
    Line {
        mark: None,
        is_marked: false,
        cells: vec![
            piece(format::clock_ms(event.at), Role::Dim),
            piece(word, role),
            piece(account, Role::Text),
            piece(symbol, Role::Text),
            piece(format!("{}  {}", event.kind.name(), event.text), Role::Text),
        ],
    }
}

/// The instrument, with its leg where it has two.
fn symbol(event: &Event) -> String {
    event.symbol.as_ref().map_or_else(String::new, |symbol| match event.leg {
        Some(leg) if leg != crate::domain::key::Leg::Net => format!("{symbol} {leg}"),
        _ => symbol.to_string(),
    })
}

/// What an event is about, in few letters: the account is named where there are several.
fn subject(model: &Model, event: &Event) -> String {
    let account = event.account.as_ref().filter(|_| model.live.accounts.len() > 1);
    match (account, event.symbol.as_ref()) {
        (Some(account), Some(_)) => format!("{account}:{}", symbol(event)),
        (Some(account), None) => account.to_string(),
        (None, _) => symbol(event),
    }
}

fn severity(severity: Severity) -> (&'static str, Role) {
    match severity {
        Severity::Debug => ("DBG", Role::Dim),
        Severity::Info => ("INFO", Role::Text),
        Severity::Warning => ("WARN", Role::FlashWarn),
        Severity::Critical => ("CRIT", Role::FlashError),
    }
}

fn facts(canvas: &mut Canvas<'_>, event: Option<&Event>, area: Rect) {
    let title = event.map_or("no event", |event| event.kind.name());
    let right = event.map_or_else(String::new, |event| event.at.rfc3339());
    let inside = canvas.frame(area, &[piece(title, Role::Title)], &right, Role::Border);
    let Some(event) = event else { return };
    let raw = event.data.to_string();
    let text = format!("{}  {raw}", event.text);
    let room = usize::from(inside.width.saturating_sub(2)).max(1);
    let mut rest = text.as_str();
    for index in 0..inside.height {
        let Some(line) = line_of(inside, index) else { return };
        let end = rest.char_indices().nth(room).map_or(rest.len(), |(at, _)| at);
        let (shown, left) = rest.split_at(end);
        canvas.put(line.x + 1, line.y, line.width.saturating_sub(1), shown, Role::Text);
        rest = left;
        if rest.is_empty() {
            return;
        }
    }
}

/// The newest events in a few lines, without the looks that found nothing to say.
pub fn pane(canvas: &mut Canvas<'_>, model: &Model, area: Rect) {
    if area.height == 0 {
        return;
    }
    let inside = canvas.frame(area, &[piece("events", Role::Title)], "", Role::Border);
    let events = model.live.events.iter().rev();
    let worth = events.filter(|event| event.kind != EventKind::SyncCompleted);
    for (index, event) in worth.enumerate() {
        let Some(line) = line_of(inside, u16::try_from(index).unwrap_or(u16::MAX)) else { return };
        let (_, role) = severity(event.severity);
        let time = format::clock(event.at);
        let text = if event.text.is_empty() { event.kind.name() } else { event.text.as_str() };
        let subject = match subject(model, event) {
            nobody if nobody.is_empty() => nobody,
            subject => format!(" {subject}"),
        };
        let pieces = [
            piece(time.trim_end_matches('Z').to_owned(), Role::Dim),
            piece(subject, Role::Title),
            piece(format!(" {text}"), role),
        ];
        canvas.line(line, &pieces);
    }
}
