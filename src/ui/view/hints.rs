//! The hints: keys of this view, from the binding table; what cannot be done now is dim,
//! and so are all while something that lies over the view has the keyboard.
//!
//! Door: [`paint`].

use ratatui::layout::Rect;

use crate::ui::act;
use crate::ui::keys::{Action, BINDINGS, Context};
use crate::ui::model::{Model, View};
use crate::ui::role::Role;
use crate::ui::update_reel;
use crate::ui::view::canvas::{Canvas, Piece, piece};

/// Paints the hints line.
pub fn paint(canvas: &mut Canvas<'_>, model: &Model, area: Rect) {
    let (is_replay, is_covered) = (model.replay.is_some(), model.is_covered());
    let own = if model.view == View::Events { Context::Events } else { Context::Table };
    let mut pieces: Vec<Piece<'_>> = vec![piece(" ", Role::Text)];
    // The way to all other keys is always there, and in a recording the one to its other times;
    // what does not fit is left out whole.
    let always = if is_replay { "<:>cmd <?>help " } else { "<?>help " };
    let mut room = usize::from(area.width).saturating_sub(always.len() + 1);
    let contexts = [if is_replay { Context::Replay } else { own }, own, Context::Global];
    for binding in BINDINGS.iter().filter(|b| contexts.contains(&b.context)) {
        // Keys that do nothing here take no room from those that wind.
        if is_replay && update_reel::is_act(binding.action) {
            continue;
        }
        // What is decided about a difference is hinted at where differences are.
        let is_decision = matches!(binding.action, Action::Resolve | Action::Undo);
        if is_decision && !matches!(model.view, View::Diff | View::Events) {
            continue;
        }
        // The finer edits of a stop are hinted at where stops are; an orphan is no stop.
        let of_stops = matches!(binding.action, Action::BreakEven | Action::Tighten);
        let of_others = matches!(binding.action, Action::Adopt);
        if (of_stops && model.view != View::Stops) || (of_others && model.view == View::Stops) {
            continue;
        }
        let hint = binding.hint;
        let Some(key) = binding.chords().next().filter(|_| !hint.is_empty()) else { continue };
        let cells = key.len() + hint.len() + 3;
        let is_way = is_replay && binding.action == Action::Command;
        if !is_way && binding.action != Action::Help {
            if cells > room {
                continue;
            }
            room -= cells;
        }
        let is_danger = matches!(binding.action, Action::Close | Action::CloseUnprotected);
        let (key_role, text_role) = match act::ready(model, binding.action) {
            _ if is_covered => (Role::Dim, Role::Dim),
            Err(_) => (Role::Dim, Role::Dim),
            Ok(()) if is_danger => (Role::HintDanger, Role::HintText),
            Ok(()) => (Role::HintKey, Role::HintText),
        };
        pieces.push(piece(format!("<{key}>"), key_role));
        pieces.push(piece(format!("{hint} "), text_role));
    }
    canvas.line(area, &pieces);
}
