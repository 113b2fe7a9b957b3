//! Who watches the core: what it was told, and what it decided.
//!
//! For: the recording, and whoever checks every step of a run. Not for: changing anything; a
//! witness never stops the engine and never makes it wait. Door: [`Witness`], in `Setup`.
//! The core is told nothing that the witness was not told before.

use crate::domain::effect::Effect;
use crate::domain::input::Input;
use crate::domain::time::Time;
use crate::engine::Core;
use crate::store::Recorder;

/// Sees every step of the core.
pub trait Witness: Send {
    /// Before a step: what the core is about to be told, at `now`, and where it stands.
    fn told(&mut self, now: Time, input: &Input, core: &Core);

    /// After it: what came of that, before any of it is performed.
    fn decided(&mut self, now: Time, effects: &[Effect], core: &Core);

    /// Puts what was seen where it survives a crash of the program; called once a second,
    /// between steps.
    fn flush(&mut self, now: Time, core: &Core);

    /// Why it has stopped watching, as one sentence; none while it goes on.
    fn fault(&self) -> Option<&str>;
}

impl Witness for Recorder {
    fn told(&mut self, now: Time, input: &Input, core: &Core) {
        self.record(now, core.shown(), input);
    }

    fn decided(&mut self, _: Time, effects: &[Effect], _: &Core) {
        self.decided(effects);
    }

    fn flush(&mut self, now: Time, core: &Core) {
        self.flush(now, core);
    }

    fn fault(&self) -> Option<&str> {
        self.fault()
    }
}
