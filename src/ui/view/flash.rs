//! The flash line: what just happened, `ok`, `warn` or `error`; else what is to be borne in mind.
//!
//! Door: [`paint`]; a prompt is painted over it.

use ratatui::layout::Rect;

use crate::ui::format;
use crate::ui::model::{Level, Model};
use crate::ui::role::Role;
use crate::ui::view::canvas::Canvas;

/// Paints the flash, else the note, if there is one.
pub fn paint(canvas: &mut Canvas<'_>, model: &Model, area: Rect) {
    if area.height == 0 {
        return;
    }
    let Some(flash) = &model.flash else {
        let fits = |form: &&String| format::width(form) < usize::from(area.width);
        if let Some(note) = model.note.iter().find(fits).or(model.note.last()) {
            canvas.put(area.x, area.y, area.width, &format!(" {note}"), Role::Title);
        }
        return;
    };
    let (word, role) = match flash.level {
        Level::Ok => ("ok", Role::FlashOk),
        Level::Warn => ("warn", Role::FlashWarn),
        Level::Error => ("ERROR", Role::FlashError),
    };
    canvas.put(area.x, area.y, area.width, &format!(" {word:<4} {}", flash.text), role);
}
