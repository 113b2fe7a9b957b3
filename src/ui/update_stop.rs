//! Keys that begin a stop edit: a line is drafted for the leg under the cursor.
//!
//! For: `t` and `T`. The line names the leg in full, so that it still means the same leg when it
//! is entered. Nothing is asked for before the dialog's yes. Door: [`begin`].

use crate::ui::keys::Action;
use crate::ui::model::Model;
use crate::ui::prompt::{Kind, Prompt};
use crate::ui::stop_edit;

/// Opens the prompt with the stop as it is.
pub(super) fn begin(model: &mut Model, action: Action) {
    let line = model.cursor_leg().map(|leg| stop_edit::draft(leg, action));
    if let Some(line) = line {
        model.prompt = Some(Prompt::new(Kind::Command, &line));
    }
}
