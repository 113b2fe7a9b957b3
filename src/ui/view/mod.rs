//! The pictures: model and theme in, cells out. Painting changes nothing.
//!
//! For: putting the regions together, overlays last. Not for: deciding anything.
//! Door: [`paint`]; each file beside this one paints one region.

pub mod alerts;
pub mod blast;
pub mod canvas;
pub mod card;
pub mod decision;
pub mod dialog;
pub mod diff;
pub mod events;
pub mod flash;
pub mod header;
pub mod health;
pub mod help;
pub mod hints;
pub mod ladder;
pub mod orphans;
pub mod positions;
pub mod prompt;
pub mod proof;
pub mod ratchet;
pub mod reel;
pub mod sides;
pub mod stop_edit;
pub mod stops;
pub mod table;
pub mod tabs;
pub mod timeline;
pub mod why;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::ui::layout::{Regions, Size};
use crate::ui::model::{Model, View};
use crate::ui::role::Role;
use crate::ui::theme::Theme;
use crate::ui::view::canvas::{Canvas, piece};

/// Paints the whole screen into empty cells. Says where the text cursor belongs, if anywhere.
pub fn paint(model: &Model, theme: &Theme, cells: &mut Buffer) -> Option<Position> {
    let regions = model.regions();
    let canvas = &mut Canvas { cells, theme };
    header::paint(canvas, model, regions.header);
    alerts::paint(canvas, model, regions.alerts);
    match model.view {
        View::Positions => positions::paint(canvas, model, &regions),
        View::Orphans => orphans::paint(canvas, model, &regions),
        View::Diff => diff::paint(canvas, model, &regions),
        View::Stops => stops::paint(canvas, model, &regions),
        View::Events => events::paint(canvas, model, &regions),
        View::Health => health::paint(canvas, model, &regions),
    }
    reel::paint(canvas, model, regions.replay);
    hints::paint(canvas, model, regions.hints);
    tabs::paint(canvas, model, regions.tabs);
    if model.help.is_some() {
        help::paint(canvas, model);
    }
    timeline::paint(canvas, model);
    why::paint(canvas, model);
    decision::list(canvas, model);
    if let Some(open) = &model.decision {
        decision::paint(canvas, model, open);
    }
    if let Some(asked) = &model.wide.asked {
        blast::paint(canvas, model, asked);
    }
    if let Some(open) = &model.dialog {
        dialog::paint(canvas, model, open);
    }
    flash::paint(canvas, model, regions.flash);
    model.prompt.as_ref().and_then(|open| prompt::paint(canvas, model, open, regions.flash))
}

/// The frame of a main table; on the smallest screens there is none.
fn table_frame(
    canvas: &mut Canvas<'_>,
    model: &Model,
    regions: &Regions,
    title: String,
    right: &str,
) -> Rect {
    if regions.size == Size::Least {
        return regions.table;
    }
    let filter = model.filter.as_ref().map_or_else(String::new, |f| format!("  /{}", f.text));
    let hidden = model.rows.get(&model.view).map_or_else(String::new, table::hidden);
    let problems = if model.problems_only { "  problems only" } else { "" };
    let title = [
        piece(title, Role::Title),
        piece(format!("{filter}{problems}"), Role::Marked),
        piece(hidden, Role::FlashWarn),
    ];
    let role = if model.label == "LIVE" { Role::BorderLive } else { Role::Border };
    canvas.frame(regions.table, &title, right, role)
}

/// The rows of the view that is up which are in sight, and which of them has the cursor.
fn in_sight(model: &Model, regions: &Regions) -> (Vec<crate::ui::rows::RowKey>, Option<usize>) {
    let Some(rows) = model.rows.get(&model.view) else { return (Vec::new(), None) };
    let shown = rows.order.iter().skip(rows.top).take(regions.page());
    let cursor = rows.cursor.as_ref().map(|_| rows.at.saturating_sub(rows.top));
    (shown.cloned().collect(), cursor)
}
