//! Watches one engine: every step against the laws, and against a second core that is told the
//! same, now and then through the recording's format.
//!
//! For: I6 and the digest. Not for: the laws themselves. Door: [`Watch`].

use std::io::Write;
use std::sync::Arc;

use crate::domain::client_id::Fnv;
use crate::domain::effect::Effect;
use crate::domain::input::Input;
use crate::domain::time::Time;
use crate::engine::Core;
use crate::runtime::Witness;
use crate::worlds::laws::Laws;
use crate::worlds::record::Record;
use crate::worlds::sight::Sight;
use crate::worlds::truth::Truth;

/// The witness of one run of one engine.
pub struct Watch {
    twin: Core,
    again: Vec<Effect>,
    laws: Laws,
    record: Record,
    sight: Sight,
    truth: Arc<Truth>,
    /// What must never be in an input; none where that is not looked for.
    secrets: Option<Arc<[String]>>,
    quiet: bool,
}

impl Watch {
    /// Watches an engine that begins. With secrets given, inputs travel through the recording's
    /// format on their way to the second core, and none of the secrets may be in them.
    pub fn new(
        (laws, sight): (Laws, Sight),
        truth: Arc<Truth>,
        secrets: Option<Arc<[String]>>,
    ) -> Self {
        let (twin, again, record) = (Core::new(), Vec::new(), Record::default());
        Self { twin, again, laws, record, sight, truth, secrets, quiet: false }
    }

    fn copy(&self, input: &Input) -> Option<Input> {
        let Some(secrets) = &self.secrets else { return Some(input.clone()) };
        let text = serde_json::to_string(input).unwrap_or_default();
        if let Some(secret) = secrets.iter().find(|secret| text.contains(secret.as_str())) {
            self.truth.breach(format!("I7: an input holds the secret {secret}"));
        }
        match serde_json::from_str(&text) {
            Ok(copy) => Some(copy),
            Err(why) => {
                self.truth.breach(format!("I6: a recorded input cannot be read back: {why}"));
                None
            }
        }
    }
}

/// Writes into a digest.
struct Eater(Fnv);

impl Write for Eater {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.eat(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Witness for Watch {
    fn told(&mut self, now: Time, input: &Input, _: &Core) {
        self.quiet = matches!(input, Input::Marks(..) | Input::Link(..) | Input::Woke);
        let mut eater = Eater(Fnv::default());
        let _ = serde_json::to_writer(&mut eater, input);
        self.truth.happened(&now.0.to_be_bytes());
        self.truth.happened(&eater.0.0.to_be_bytes());
        tracing::debug!(at = now.0, ?input, "told");
        self.laws.told(now, input);
        self.record.told(now, input);
        if let Err(law) = self.sight.told(input) {
            self.truth.breach(law);
        }
        self.again.clear();
        if let Some(copy) = self.copy(input) {
            self.twin.step(now, copy, &mut self.again);
        }
    }

    fn decided(&mut self, now: Time, effects: &[Effect], _: &Core) {
        self.truth.stepped();
        if self.again != effects {
            let both = format!("{effects:?} and again {:?}", self.again);
            self.truth.breach(format!("I6: the same inputs led to other effects: {both}"));
            return;
        }
        if effects.is_empty() && self.quiet {
            return;
        }
        for effect in effects {
            tracing::debug!(at = now.0, ?effect, "decided");
            let mut eater = Eater(Fnv::default());
            let _ = write!(eater, "{effect:?}");
            self.truth.happened(&eater.0.0.to_be_bytes());
        }
        let view = self.twin.view(now);
        self.sight.decided(effects);
        let record = self.record.decided(effects, &view);
        if let Err(law) = self.laws.decided(effects, &view).and(record) {
            self.truth.breach(law);
        }
    }

    fn flush(&mut self, _: Time, _: &Core) {}

    fn fault(&self) -> Option<&str> {
        None
    }
}
