//! The alert bar: what somebody has to look at, until its state ends.
//!
//! For: the worst sentences of the newest picture, frozen or not. Door: [`paint`].

use ratatui::layout::Rect;

use crate::ui::model::Model;
use crate::ui::role::Role;
use crate::ui::standing::Severity;
use crate::ui::view::canvas::Canvas;

/// Paints as many alerts as there is room for; the last line says how many are left out.
pub fn paint(canvas: &mut Canvas<'_>, model: &Model, area: Rect) {
    let room = usize::from(area.height);
    for (index, alert) in model.alerts.iter().take(room).enumerate() {
        let left_out = model.alerts.len() - room.min(model.alerts.len());
        let is_last = index + 1 == room && left_out > 0;
        let mut tail = if alert.key.is_some() { "  [g a] go".to_owned() } else { String::new() };
        if is_last {
            tail = format!("  +{left_out}{tail}");
        }
        let role = if alert.severity == Severity::Alarm { Role::Alert } else { Role::Degraded };
        let y = area.y + u16::try_from(index).unwrap_or(0);
        let line = Rect { y, height: 1, ..area };
        let text = format!("{:<2} {}", alert.severity.mark(), alert.text);
        let kept = area.width.saturating_sub(u16::try_from(tail.len()).unwrap_or(0) + 1);
        canvas.over(line, role);
        canvas.put(line.x, y, kept, &text, role);
        canvas.right(line.right().saturating_sub(1), y, area.width, &tail, role);
    }
}
