//! The tabs: views with their counts, even when zero: absence is information.
//!
//! Door: [`paint`].

use ratatui::layout::Rect;

use crate::ui::format;
use crate::ui::model::{Model, View};
use crate::ui::role::Role;
use crate::ui::view::canvas::{Canvas, Piece, piece};

/// Paints the tab line: views on the left, row, marks and sort on the right.
pub fn paint(canvas: &mut Canvas<'_>, model: &Model, area: Rect) {
    if area.height == 0 {
        return;
    }
    let rows = model.rows.get(&model.view);
    let row = rows
        .map_or((0, 0), |rows| (rows.cursor.as_ref().map_or(0, |_| rows.at + 1), rows.order.len()));
    let marked = if model.marks.is_empty() {
        String::new()
    } else {
        format!("  marked {}", model.marks.len())
    };
    let sort = match model.view {
        View::Events => "newest first",
        View::Stops => "sort dist ^",
        View::Health => "worst first",
        _ => "sort risk v",
    };
    let place = format!("row {}/{}{marked} ", row.0, row.1);
    // Where there is no room for names and place, the names are short.
    let whole = usize::from(area.width).saturating_sub(place.len());
    let names = views(model, View::tab);
    let pieces = if width(&names) <= whole { names } else { views(model, short) };
    let x = canvas.line(area, &pieces);
    let room = area.right().saturating_sub(x);
    let sorted = format!("{place} {sort} ");
    let right = if format::width(&sorted) <= usize::from(room) { sorted } else { place };
    canvas.right(area.right(), area.y, room, &right, Role::Dim);
}

fn width(pieces: &[Piece<'_>]) -> usize {
    pieces.iter().map(|(text, _)| format::width(text)).sum()
}

fn short(view: View) -> (char, &'static str) {
    let (key, name) = view.tab();
    let name = match view {
        View::Positions => "pos",
        View::Orphans => "orph",
        View::Events => "ev",
        View::Diff | View::Stops | View::Health => name,
    };
    (key, name)
}

/// The views with their counts, called so.
fn views(model: &Model, named: fn(View) -> (char, &'static str)) -> Vec<Piece<'static>> {
    let mut pieces = vec![piece(" ", Role::Text)];
    for view in View::ALL {
        let (key, name) = named(view);
        let is_up = view == model.view;
        let name = if is_up { name.to_uppercase() } else { name.to_owned() };
        let count = match view {
            View::Positions => format!(" {}", model.totals.positions),
            View::Orphans => format!(" {}", model.totals.orphans),
            View::Diff => format!(" {}", model.totals.differences),
            View::Stops => format!(" {}/{}", model.totals.covered, model.totals.open),
            View::Events | View::Health => String::new(),
        };
        pieces.push(piece(format!("<{key}>"), Role::HintKey));
        let role = if is_up { Role::Title } else { Role::HintText };
        pieces.push(piece(format!("{name}{count} "), role));
    }
    pieces
}
