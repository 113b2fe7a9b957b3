//! The help overlay: every key and command there is, from the tables that do the work.
//!
//! For: reading, searching by typing, running with Enter. Door: [`paint`].

use ratatui::layout::Rect;

use crate::ui::model::Model;
use crate::ui::role::Role;
use crate::ui::update_help::{Line, lines};
use crate::ui::view::canvas::{Canvas, piece};

/// Below this width one column is all there is.
const COLUMN: u16 = 56;

/// Paints help over the middle of the screen.
pub fn paint(canvas: &mut Canvas<'_>, model: &Model) {
    let Some(help) = &model.help else { return };
    let screen = *canvas.cells.area();
    let columns = (screen.width.saturating_sub(6) / COLUMN).clamp(1, 3);
    let area = Rect {
        x: 1.min(screen.width),
        y: 1.min(screen.height),
        width: screen.width.saturating_sub(2).min(columns * 80),
        height: screen.height.saturating_sub(2),
    };
    canvas.clear(area);
    let search = format!("  /{}_", help.search);
    let title =
        [piece(format!("help  {}", model.view.tab().1), Role::Title), piece(search, Role::HintKey)];
    let right = "type to search, Enter runs, Esc closes";
    let inside = canvas.frame(area, &title, right, Role::BorderFocus);
    let lines = lines(model);
    let rows = printed(&lines);
    let chosen = rows.iter().position(|row| row.index == Some(help.chosen)).unwrap_or(0);
    let height = usize::from(inside.height).max(1);
    // One column scrolls; several show all of it side by side.
    let shown = height * usize::from(columns);
    // With the last line chosen, what stands below it is seen as well.
    let is_last = rows.iter().rposition(|row| row.index.is_some()) == Some(chosen);
    let wanted = if is_last { rows.len() } else { chosen + 1 };
    let top = wanted.saturating_sub(shown);
    for (index, row) in rows.iter().skip(top).take(shown).enumerate() {
        let column = u16::try_from(index / height).unwrap_or(0);
        let y = inside.y + u16::try_from(index % height).unwrap_or(0);
        let width = if columns == 1 { inside.width } else { inside.width / columns };
        let place = Rect { x: inside.x + column * width, y, width, height: 1 };
        row.paint(canvas, place, row.index == Some(help.chosen));
    }
}

struct Row<'a> {
    index: Option<usize>,
    heading: &'static str,
    line: Option<&'a Line>,
}

fn printed(lines: &[Line]) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    let mut group = "";
    for (index, line) in lines.iter().enumerate() {
        if line.group != group {
            group = line.group;
            rows.push(Row { index: None, heading: group, line: None });
        }
        rows.push(Row { index: Some(index), heading: "", line: Some(line) });
    }
    if !rows.is_empty() {
        rows.extend(LEGEND.map(|heading| Row { index: None, heading, line: None }));
    }
    rows
}

const LEGEND: [&str; 6] = [
    "LEGEND",
    " !!  naked, or a close that failed",
    " !   something is not as it should be",
    " ?   phantom, or not known",
    " ~   an old number",
    " *   marked",
];

impl Row<'_> {
    fn paint(&self, canvas: &mut Canvas<'_>, area: Rect, is_chosen: bool) {
        let Some(line) = self.line else {
            let role = if self.heading.starts_with(' ') { Role::Dim } else { Role::Title };
            canvas.put(area.x, area.y, area.width, self.heading, role);
            return;
        };
        let pad = if line.group == "COMMANDS" { 26 } else { 12 };
        let keys = format!(" {:<pad$} ", line.keys);
        let (keys_role, text_role) = match &line.refused {
            Some(_) => (Role::Dim, Role::Dim),
            None => (Role::HintKey, Role::Text),
        };
        let text = match &line.refused {
            Some(why) => format!("not now: {why}"),
            None => line.help.clone(),
        };
        canvas.line(area, &[piece(keys, keys_role), piece(text, text_role)]);
        if is_chosen {
            canvas.over(area, Role::Cursor);
        }
    }
}
