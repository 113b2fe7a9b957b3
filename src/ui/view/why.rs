//! What was decided at an input and why, in whole, over everything.
//!
//! Not for: its lines (`ui::why`). Door: [`paint`].

use ratatui::layout::Rect;

use crate::ui::format;
use crate::ui::model::Model;
use crate::ui::role::Role;
use crate::ui::view::canvas::{Canvas, piece};
use crate::ui::why::{HEAD, lines, place};

/// Below this width little is said in the frame.
const KEYS: u16 = 72;

/// Paints it where it is open.
pub fn paint(canvas: &mut Canvas<'_>, model: &Model) {
    let (Some(top), Some(moment)) = (model.why, model.replay.as_deref()) else { return };
    let screen = *canvas.cells.area();
    let (above, page) = place(model);
    let lines = lines(moment, screen.width);
    let top = top.min(lines.len().saturating_sub(page));
    let height = u16::try_from(page + 2).unwrap_or(u16::MAX);
    let area = Rect {
        x: 1.min(screen.width),
        y: above.min(screen.height),
        width: screen.width.saturating_sub(2),
        height: height.min(screen.height.saturating_sub(above)),
    };
    canvas.clear(area);
    let (input, last) = (format::count(moment.input), format::count(moment.last));
    let seen = format!("{}-{} of {}", top + 1, lines.len().min(top + page), lines.len());
    let (input, right) = if screen.width < KEYS {
        (format!("#{input}"), format!("{seen}  Esc"))
    } else {
        (format!("#{input} of {last}"), format!("{seen}  j k, l h, Esc leaves"))
    };
    let title = [piece("why  ", Role::Title), piece(input, Role::Marked)];
    let inside = canvas.frame(area, &title, &right, Role::BorderFocus);
    for (y, line) in (inside.y..inside.bottom()).zip(lines.iter().skip(top)) {
        let role = if line.warns { Role::FlashWarn } else { Role::Text };
        let head = piece(format!(" {:<HEAD$}", line.head), Role::Dim);
        canvas.line(Rect { y, height: 1, ..inside }, &[head, piece(line.text.as_str(), role)]);
    }
}
