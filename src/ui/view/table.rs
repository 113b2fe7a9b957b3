//! Tables: columns that are kept or dropped whole, numbers that are never cut.
//!
//! For: fitting columns into a width by priority, and painting rows under their titles.
//! Not for: what stands in a cell. Door: [`Column`], [`Table::paint`].

use ratatui::layout::Rect;

use crate::domain::seen::Seen;
use crate::ui::format;
use crate::ui::model::Model;
use crate::ui::role::Role;
use crate::ui::rows::Rows;
use crate::ui::view::canvas::{Canvas, Piece};

/// A column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its title.
    pub title: &'static str,
    /// Numbers stand right and are never cut; text stands left and may be.
    pub is_number: bool,
    /// Whether a text is never cut either, because it tells rows apart.
    pub is_whole: bool,
    /// Columns with the largest number are dropped first.
    pub priority: u8,
    /// At least so wide, so that it does not move with every digit.
    pub least: usize,
    /// At most so wide, for text.
    pub most: usize,
}

/// A column of numbers.
pub const fn number(title: &'static str, priority: u8, least: usize) -> Column {
    Column { title, is_number: true, is_whole: true, priority, least, most: 24 }
}

/// A column of text.
pub const fn text(title: &'static str, priority: u8, least: usize, most: usize) -> Column {
    Column { title, is_number: false, is_whole: false, priority, least, most }
}

/// A column of names: text that is never cut.
pub const fn name(title: &'static str, priority: u8, least: usize) -> Column {
    Column { title, is_number: false, is_whole: true, priority, least, most: 40 }
}

/// A row: its mark, its cells, one for each column.
#[derive(Clone, Debug, Default)]
pub struct Line<'a> {
    /// `!!`, `!`, `?`, `~` and how it looks.
    pub mark: Option<(&'static str, Role)>,
    /// Whether it is marked.
    pub is_marked: bool,
    /// Cells.
    pub cells: Vec<Piece<'a>>,
}

/// Columns that mark and star take before the first cell.
const GUTTER: usize = 3;

/// A table about to be painted.
#[derive(Debug)]
pub struct Table<'a> {
    /// Its columns.
    pub columns: &'a [Column],
    /// The rows in sight.
    pub lines: Vec<Line<'a>>,
    /// Which of them has the cursor.
    pub cursor: Option<usize>,
    /// Said when there are no rows.
    pub empty: String,
}

impl Table<'_> {
    /// Paints titles and rows into an area without a frame.
    pub fn paint(&self, canvas: &mut Canvas<'_>, area: Rect, has_titles: bool) {
        let widths = self.fit(usize::from(area.width).saturating_sub(GUTTER));
        let mut y = area.y;
        if has_titles && area.height > 0 {
            self.titles(canvas, area, &widths);
            y += 1;
        }
        for (index, line) in self.lines.iter().enumerate() {
            if y >= area.bottom() {
                return;
            }
            let row = Rect { y, height: 1, ..area };
            self.row(canvas, row, line, &widths);
            if self.cursor == Some(index) {
                canvas.over(row, Role::Cursor);
            }
            y += 1;
        }
        if self.lines.is_empty() {
            let room = area.width.saturating_sub(2);
            for (y, line) in (y..area.bottom()).zip(format::wrapped(&self.empty, room.into())) {
                canvas.put(area.x + 1, y, room, &line, Role::Dim);
            }
        }
    }

    /// The width of each column, nothing for one that is dropped.
    fn fit(&self, room: usize) -> Vec<Option<usize>> {
        let wanted: Vec<usize> = (0..self.columns.len()).map(|at| self.wanted(at)).collect();
        let mut widths: Vec<Option<usize>> = self
            .columns
            .iter()
            .zip(&wanted)
            .map(|(column, wanted)| Some(if column.is_whole { *wanted } else { column.least }))
            .collect();
        let used = |widths: &[Option<usize>]| {
            let kept = widths.iter().flatten();
            kept.clone().sum::<usize>() + kept.count().saturating_sub(1)
        };
        while used(&widths) > room {
            let kept = |at: &usize| widths[*at].is_some();
            let last = (0..widths.len()).filter(kept).max_by_key(|at| self.columns[*at].priority);
            let Some(last) = last.filter(|_| widths.iter().flatten().count() > 1) else { break };
            widths[last] = None;
        }
        // What is left goes to texts that need it, first to the short ones: a few cells more make
        // an account's name whole, and a sentence without them is as good.
        let mut slack = room.saturating_sub(used(&widths));
        let mut texts: Vec<usize> =
            (0..widths.len()).filter(|at| !self.columns[*at].is_number).collect();
        texts.sort_by_key(|at| (self.columns[*at].most, self.columns[*at].priority));
        for at in texts {
            if let Some(width) = &mut widths[at] {
                let more = wanted[at].saturating_sub(*width).min(slack);
                *width += more;
                slack -= more;
            }
        }
        widths
    }

    fn wanted(&self, at: usize) -> usize {
        let column = &self.columns[at];
        let cells = self.lines.iter().filter_map(|line| line.cells.get(at));
        let widest = cells.map(|(text, _)| format::width(text)).max().unwrap_or(0);
        let widest = widest.max(column.least).max(column.title.len());
        if column.is_number { widest } else { widest.min(column.most.max(column.least)) }
    }

    fn titles(&self, canvas: &mut Canvas<'_>, area: Rect, widths: &[Option<usize>]) {
        for (column, x, width) in places(self.columns, widths, area) {
            if column.is_number {
                canvas.right(x + width, area.y, width, column.title, Role::Title);
            } else {
                canvas.put(x, area.y, width, column.title, Role::Title);
            }
        }
    }

    fn row(&self, canvas: &mut Canvas<'_>, area: Rect, line: &Line<'_>, widths: &[Option<usize>]) {
        if let Some((mark, role)) = line.mark {
            canvas.put(area.x, area.y, 2.min(area.width), mark, role);
        }
        if line.is_marked && area.width > 2 {
            canvas.put(area.x + 2, area.y, 1, "*", Role::Marked);
        }
        let cells = line.cells.iter().zip(widths).filter_map(|(cell, width)| width.map(|_| cell));
        let places = places(self.columns, widths, area);
        for ((column, x, width), (text, role)) in places.into_iter().zip(cells) {
            let role = if line.is_marked && *role == Role::Text { Role::Marked } else { *role };
            if column.is_number {
                canvas.right(x + width, area.y, width, text, role);
            } else {
                canvas.put(x, area.y, width, text, role);
            }
        }
    }
}

fn places<'a>(
    columns: &'a [Column],
    widths: &[Option<usize>],
    area: Rect,
) -> Vec<(&'a Column, u16, u16)> {
    let mut x = usize::from(area.x) + GUTTER;
    let mut places = Vec::with_capacity(columns.len());
    for (column, width) in columns.iter().zip(widths) {
        let Some(width) = width else { continue };
        let end = usize::from(area.right());
        let shown = (*width).min(end.saturating_sub(x));
        let cells = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
        places.push((column, cells(x), cells(shown)));
        x += width + 1;
    }
    places
}

/// What a table without lines says: that there is nothing to show yet, or that a filter hides
/// all there is, or else `what` and `more` of the accounts that are known.
pub fn nothing(model: &Model, seen: &Seen, what: &str, more: &str) -> String {
    match model.rows.get(&model.view).map_or(0, |rows| rows.hidden) {
        _ if !model.is_connected => "waiting for the engine's first picture".to_owned(),
        0 => seen.empty(what, more),
        hidden => all_hidden(hidden),
    }
}

/// What a table without lines says when there are some that a filter hides.
pub fn all_hidden(hidden: usize) -> String {
    match hidden {
        1 => "its only row is hidden; Esc shows it".to_owned(),
        many => format!("all {many} rows are hidden; Esc shows them"),
    }
}

/// The part of a title that says what a filter hides; emergencies are never hidden silently.
pub fn hidden(rows: &Rows) -> String {
    match (rows.hidden, rows.hidden_alarms) {
        (0, _) => String::new(),
        (hidden, 0) => format!("  {hidden} hidden"),
        (hidden, alarms) => format!("  {hidden} hidden, {alarms} of them !!"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_single_row_is_not_all_of_them() {
        assert_eq!(all_hidden(1), "its only row is hidden; Esc shows it");
        assert_eq!(all_hidden(2), "all 2 rows are hidden; Esc shows them");
    }
}
