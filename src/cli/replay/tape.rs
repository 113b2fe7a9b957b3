//! A recording and the core that hears it again.
//!
//! For: one step at a time, with what the recording says was decided. Not for: showing it
//! (`verify` and the console do). Door: [`Tape::open`], [`Tape::step`].

use std::path::Path;

use crate::cli::replay::compare;
use crate::domain::effect::Effect;
use crate::domain::input::Input;
use crate::domain::snapshot::Snapshot;
use crate::domain::time::Time;
use crate::engine::Core;
use crate::store::recorder::{self, Reader, Step};

/// A recording of the first format does not say which pictures were shown.
pub const ANY_PICTURE: u64 = u64::MAX / 2;

/// A recording that is read, and where the core stands.
#[derive(Debug)]
pub struct Tape {
    reader: Reader,
    core: Core,
    /// The core is one that has heard nothing and has no checkpoint to begin from.
    blank: bool,
}

/// What became of one input.
#[derive(Debug)]
pub struct Took {
    /// The input.
    pub step: Step,
    /// Where what the core decides on it now is not what was recorded, as one sentence.
    pub differs: Option<String>,
}

impl Tape {
    /// Opens a recording; the core knows nothing yet.
    ///
    /// # Errors
    /// One sentence: it cannot be read.
    pub fn open(path: &Path) -> Result<Self, String> {
        Ok(Self { reader: recorder::read(path)?, core: Core::new(), blank: true })
    }

    /// What is read, and what was dropped.
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// What a screen would show at that instant, once no more is to be told.
    pub fn picture(mut self, at: Time) -> Snapshot {
        self.core.view(at)
    }

    /// Tells the core the next input; none at the end.
    ///
    /// # Errors
    /// The recording begins in the midst of a run, and the core cannot begin there.
    pub fn step(&mut self) -> Option<Result<Took, String>> {
        let step = self.reader.next()?;
        Some(self.take(step))
    }

    fn take(&mut self, step: Step) -> Result<Took, String> {
        let stands = self.stand(&step)?;
        let effects = tell(&mut self.core, &step);
        let differs = stands.or_else(|| compare::decisions(step.did.as_deref(), &effects));
        Ok(Took { step, differs })
    }

    /// Begins from a checkpoint, or compares with it where the core stands.
    fn stand(&mut self, step: &Step) -> Result<Option<String>, String> {
        if std::mem::take(&mut self.blank) {
            self.core = begin(step, self.reader.program())?;
            return Ok(None);
        }
        Ok(step.core.as_deref().and_then(|core| compare::cores(core, &self.core)))
    }
}

/// The core that is to be told the first input of a recording.
///
/// # Errors
/// The recording begins in the midst of a run, and the core cannot begin there.
pub fn begin(step: &Step, program: &str) -> Result<Core, String> {
    match &step.core {
        Some(core) => serde_json::from_str(core).map_err(|why| {
            format!(
                "the recording begins in the midst of a run, and where the engine of holdfast \
                 {program} stood then cannot be read by this version ({why}): name the run's \
                 first part, or use that version"
            )
        }),
        None if !matches!(step.input, Input::Started(_)) => {
            Err("the recording begins in the midst of a run, and its format does not say where \
                 the engine stood: name the run's first part"
                .to_owned())
        }
        None => Ok(Core::new()),
    }
}

/// Tells a core what it was told then.
pub fn tell(core: &mut Core, step: &Step) -> Vec<Effect> {
    if let Some(shown) = step.shown {
        core.was_shown(shown);
    }
    let mut effects = Vec::new();
    core.step(step.at, step.input.clone(), &mut effects);
    effects
}
