//! The prompt line: what is typed, how it may go on, what is wrong with it.
//!
//! Door: [`paint`]; it says where the text cursor belongs.

use ratatui::layout::{Position, Rect};

use crate::ui::complete::complete;
use crate::ui::format;
use crate::ui::model::Model;
use crate::ui::prompt::{COMMANDS, Kind, Prompt};
use crate::ui::role::Role;
use crate::ui::view::canvas::Canvas;

/// Paints an open prompt over the flash line.
pub fn paint(
    canvas: &mut Canvas<'_>,
    model: &Model,
    prompt: &Prompt,
    area: Rect,
) -> Option<Position> {
    if area.height == 0 || area.width < 4 {
        return None;
    }
    canvas.clear(area);
    let sign = if prompt.kind == Kind::Command { ":" } else { "/" };
    let role = if prompt.error.is_some() { Role::FlashError } else { Role::Text };
    // A line longer than the screen shows its end, where the typing is.
    let room = usize::from(area.width) - 3;
    let mut shown = prompt.text.as_str();
    while format::width(shown) > room {
        let mut rest = shown.chars();
        rest.next();
        shown = rest.as_str();
    }
    let x = canvas.put(area.x, area.y, 2, &format!(" {sign}"), Role::HintKey);
    let x = canvas.put(x, area.y, area.right() - x, shown, role);
    let cursor = Position { x: x.min(area.right() - 1), y: area.y };
    let left = area.right().saturating_sub(x);
    match &prompt.error {
        Some(why) if format::width(why) + 3 > usize::from(left) => above(canvas, why, area),
        Some(why) => {
            canvas.put(x, area.y, left, &format!("   {why}"), Role::FlashError);
        }
        None => {
            canvas.put(x, area.y, left, &ghost(model, prompt), Role::Dim);
        }
    }
    Some(cursor)
}

/// A complaint that has no room beside what was typed stands over it, as far as there are lines.
fn above(canvas: &mut Canvas<'_>, why: &str, area: Rect) {
    let lines = format::wrapped(why, usize::from(area.width.saturating_sub(2)));
    let count = u16::try_from(lines.len()).unwrap_or(u16::MAX).min(area.y);
    for (y, line) in (area.y - count..area.y).zip(&lines) {
        let place = Rect { y, height: 1, ..area };
        canvas.clear(place);
        canvas.put(area.x, y, area.width, &format!(" {line}"), Role::FlashError);
    }
}

/// How the line may go on: the first completion, what follows it, and the others.
fn ghost(model: &Model, prompt: &Prompt) -> String {
    if prompt.kind == Kind::Filter {
        let text = "   text !text ~fuzzy a|b side:long prot:naked age>1h dist<1 upnl<0";
        return if prompt.text.is_empty() { text.to_owned() } else { String::new() };
    }
    let lines = complete(&prompt.text, model);
    let Some(first) = lines.first() else { return String::new() };
    let rest = first.get(prompt.text.len()..).unwrap_or_default().to_owned();
    let command = COMMANDS.iter().find(|(name, _, _)| name == first);
    let about =
        command.map_or_else(String::new, |(_, follows, help)| format!(" {follows}   {help}"));
    let others: Vec<&str> = lines.iter().skip(1).take(8).map(String::as_str).collect();
    let others =
        if others.is_empty() { String::new() } else { format!("   | {}", others.join(" ")) };
    format!("{rest}{about}{others}")
}
