//! The flash line: what just happened, `ok`, `warn` or `error`.
//!
//! Door: [`paint`]; a prompt is painted over it.

use ratatui::layout::Rect;

use crate::ui::model::{Level, Model};
use crate::ui::role::Role;
use crate::ui::view::canvas::Canvas;

/// Paints the flash, if there is one.
pub fn paint(canvas: &mut Canvas<'_>, model: &Model, area: Rect) {
    let Some(flash) = model.flash.as_ref().filter(|_| area.height > 0) else { return };
    let (word, role) = match flash.level {
        Level::Ok => ("ok", Role::FlashOk),
        Level::Warn => ("warn", Role::FlashWarn),
        Level::Error => ("ERROR", Role::FlashError),
    };
    canvas.put(area.x, area.y, area.width, &format!(" {word:<4} {}", flash.text), role);
}
