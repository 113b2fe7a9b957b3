//! A replay under the console's keys: where it stands, and what a recording does not do.
//!
//! Not for: playing it; a wish goes out as an act. Door: [`arrived`], [`perform`], [`refuses`].

use std::sync::Arc;

use crate::ui::keys::Action;
use crate::ui::model::{Level, Model};
use crate::ui::reel::{Goto, Moment, Wind};
use crate::ui::update::Act;
use crate::ui::why;

/// What every act on a recording is answered with.
pub const NO_ACTS: &str = "a recording cannot be acted on";

/// The replay stands elsewhere now.
pub(super) fn arrived(model: &mut Model, moment: Arc<Moment>) {
    // Time may run backwards here: what waits for a later instant waits no more.
    if moment.at < model.now {
        model.rows.values_mut().for_each(|rows| rows.held_until = None);
        model.flash = None;
    }
    // What is read in whole begins at its beginning.
    if let (Some(top), Some(before)) = (&mut model.why, &model.replay)
        && before.input != moment.input
    {
        *top = 0;
    }
    model.now = moment.at;
    if let Some(word) = &moment.word {
        model.say(Level::Ok, word.as_str());
    }
    model.replay = Some(moment);
}

/// Does what an action says about a recording.
pub(super) fn perform(model: &mut Model, action: Action, acts: &mut Vec<Act>) {
    if action == Action::Why {
        return why::open(model);
    }
    acts.extend(wind(action).map(Act::Wind));
}

/// What an action wants of a replay.
fn wind(action: Action) -> Option<Wind> {
    Some(match action {
        Action::Play => Wind::Toggle,
        Action::StepOn => Wind::By(1),
        Action::StepBack => Wind::By(-1),
        Action::NewsOn => Wind::News { back: false },
        Action::NewsBack => Wind::News { back: true },
        Action::Faster => Wind::Faster,
        Action::Slower => Wind::Slower,
        _ => return None,
    })
}

/// Whether an action would change something outside the console.
pub fn is_act(action: Action) -> bool {
    use Action as A;
    matches!(
        action,
        A::Protect
            | A::EditStop
            | A::BreakEven
            | A::Tighten
            | A::Adopt
            | A::Close
            | A::CloseUnprotected
            | A::Resolve
            | A::Undo
            | A::Recheck
            | A::Mark
            | A::MarkRange
    )
}

/// Says so where a recording is shown.
pub(super) fn refuses(model: &mut Model) -> bool {
    let is_replay = model.replay.is_some();
    if is_replay {
        // It stays until a key: the clock that ends other messages may stand still.
        model.say(Level::Error, NO_ACTS);
    }
    is_replay
}

/// `:goto`.
pub(super) fn goto(model: &mut Model, place: Goto, acts: &mut Vec<Act>) {
    if model.replay.is_some() {
        acts.push(Act::Wind(Wind::To(place)));
    } else {
        model.say(Level::Warn, "only a recording has other times to go to");
    }
}
