//! The canvas: text in roles, put into the cells of a frame.
//!
//! For: writing, right-aligning, framing. Nothing is ever written outside its room, and text
//! from outside cannot move the cursor or turn its direction. Not for: what is written.
//! Door: [`Canvas`].

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::ui::format;
use crate::ui::role::Role;
use crate::ui::theme::Theme;

/// A piece of text and what it means.
pub type Piece<'a> = (Cow<'a, str>, Role);

/// A piece of text and what it means.
pub fn piece<'a>(text: impl Into<Cow<'a, str>>, role: Role) -> Piece<'a> {
    (text.into(), role)
}

/// A frame being painted.
#[derive(Debug)]
pub struct Canvas<'a> {
    /// Its cells.
    pub cells: &'a mut Buffer,
    /// How roles look.
    pub theme: &'a Theme,
}

impl Canvas<'_> {
    /// Writes text at a place, cut to `room` columns; says where the next column is.
    pub fn put(&mut self, x: u16, y: u16, room: u16, text: &str, role: Role) -> u16 {
        self.styled(x, y, room, text, self.theme.style(role))
    }

    fn styled(&mut self, x: u16, y: u16, room: u16, text: &str, style: Style) -> u16 {
        let area = *self.cells.area();
        if y >= area.bottom() || x >= area.right() {
            return x;
        }
        let room = room.min(area.right() - x);
        let text = format::cut(text, usize::from(room));
        if text.is_ascii() {
            let mut x = x;
            for byte in text.bytes() {
                let shown = if byte.is_ascii_control() { '?' } else { char::from(byte) };
                let cell = &mut self.cells[(x, y)];
                cell.reset();
                cell.set_char(shown).set_style(style);
                x += 1;
            }
            return x;
        }
        let shown: String = text.chars().map(|c| if is_harmless(c) { c } else { '?' }).collect();
        let wide = u16::try_from(format::width(&shown)).unwrap_or(room).min(room);
        self.clear(Rect { x, y, width: wide, height: 1 });
        self.cells.set_stringn(x, y, shown, usize::from(room), style).0
    }

    /// Writes pieces one after the other within `area`'s first line.
    pub fn line(&mut self, area: Rect, pieces: &[Piece<'_>]) -> u16 {
        let mut x = area.x;
        if area.height == 0 {
            return x;
        }
        for (text, role) in pieces {
            x = self.put(x, area.y, area.right().saturating_sub(x), text, *role);
        }
        x
    }

    /// Writes text so that it ends at `right`; nothing when it does not fit into `room`.
    pub fn right(&mut self, right: u16, y: u16, room: u16, text: &str, role: Role) {
        let width = u16::try_from(format::width(text)).unwrap_or(u16::MAX);
        if width <= room && width <= right {
            self.put(right - width, y, width, text, role);
        }
    }

    /// Draws a frame with a title on the left and one on the right; says what is inside.
    pub fn frame(&mut self, area: Rect, left: &[Piece<'_>], right: &str, role: Role) -> Rect {
        if area.width < 2 || area.height < 2 {
            return Rect { width: 0, height: 0, ..area };
        }
        let style = self.theme.style(role);
        let (x0, x1, y0, y1) = (area.x, area.right() - 1, area.y, area.bottom() - 1);
        for x in x0 + 1..x1 {
            self.cells[(x, y0)].set_char('─').set_style(style);
            self.cells[(x, y1)].set_char('─').set_style(style);
        }
        for y in y0 + 1..y1 {
            self.cells[(x0, y)].set_char('│').set_style(style);
            self.cells[(x1, y)].set_char('│').set_style(style);
        }
        for (x, y, corner) in [(x0, y0, '┌'), (x1, y0, '┐'), (x0, y1, '└'), (x1, y1, '┘')] {
            self.cells[(x, y)].set_char(corner).set_style(style);
        }
        let room = area.width.saturating_sub(4);
        let title = Rect { x: x0 + 2, y: y0, width: room, height: 1 };
        let end = if left.is_empty() {
            title.x
        } else {
            let from = self.put(title.x, y0, room, " ", role);
            let end = self.line(Rect { x: from, width: room.saturating_sub(2), ..title }, left);
            self.put(end, y0, 1, " ", role)
        };
        if !right.is_empty() && x1 > end + 4 {
            self.right(x1 - 1, y0, x1 - end - 3, &format!(" {right} "), role);
        }
        Rect { x: x0 + 1, y: y0 + 1, width: area.width - 2, height: area.height - 2 }
    }

    /// Empties an area, for what is painted over others.
    pub fn clear(&mut self, area: Rect) {
        let area = area.intersection(*self.cells.area());
        for y in area.top()..area.bottom() {
            for x in area.left()..area.right() {
                self.cells[(x, y)].reset();
            }
            // Half of a wide character cannot be shown.
            if area.width > 0
                && let Some(before) = area.x.checked_sub(1)
                && format::width(self.cells[(before, y)].symbol()) > 1
            {
                self.cells[(before, y)].reset();
            }
        }
    }

    /// Lays a role over what is already written.
    pub fn over(&mut self, area: Rect, role: Role) {
        self.cells.set_style(area, self.theme.style(role));
    }
}

/// Bidirectional controls and other invisible characters could make a symbol look like another.
pub fn is_harmless(c: char) -> bool {
    !c.is_control()
        && !matches!(c,
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}
