//! Which earlier input an input came from.
//!
//! An answer was caused by the input whose decision asked for it, a wake-up by the input that
//! wanted to be woken then; everything else is a fact from outside. Door: [`Causes`].

use std::collections::BTreeMap;

use crate::domain::effect::{Effect, OpId};
use crate::domain::input::Input;
use crate::domain::time::Time;
use crate::engine::Core;
use crate::store::recorder::Step;

/// What is under way, and since which input. Inputs are told by their place in the recording.
#[derive(Debug, Default)]
pub struct Causes {
    issued: BTreeMap<OpId, usize>,
    /// A read of the ledger was asked for.
    read: Option<usize>,
    /// What the core waits for, until when and since which input.
    waits: BTreeMap<String, (Time, usize)>,
}

/// Why an input came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// The input it came from; none for a fact from outside.
    pub from: Option<usize>,
    /// What a wake-up is for.
    pub due: Option<String>,
}

impl Causes {
    /// Why the core is told this; to be asked before it is told.
    pub fn of(&mut self, step: &Step) -> Why {
        let from = match &step.input {
            Input::Replied { op, .. } | Input::Written { op, .. } => self.issued.remove(op),
            Input::Books(_) | Input::BooksFailed(_) => self.read.take(),
            Input::Woke => {
                let due = self.waits.iter().filter(|(_, (at, _))| *at <= step.at);
                let first = due.min_by_key(|(_, wait)| **wait);
                return Why {
                    from: first.map(|(_, (_, since))| *since),
                    due: first.map(|(what, _)| what.clone()),
                };
            }
            _ => None,
        };
        Why { from, due: None }
    }

    /// Takes in what came of the input at `place`.
    pub fn learn(&mut self, place: usize, effects: &[Effect], core: &Core) {
        for effect in effects {
            match effect {
                Effect::Venue { op, .. } | Effect::Ledger { op, .. } => {
                    self.issued.insert(*op, place);
                }
                Effect::ReadLedger => self.read = Some(place),
                Effect::Answer(_) => {}
            }
        }
        let before = std::mem::take(&mut self.waits);
        let since = |what: &str, at: Time| match before.get(what) {
            Some((was, since)) if *was == at => *since,
            _ => place,
        };
        self.waits = core
            .waits_for()
            .map(|(what, at)| {
                let since = since(&what, at);
                (what, (at, since))
            })
            .collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(at: i64, input: Input) -> Step {
        Step { number: 1, at: Time(at), shown: None, input, did: None, core: None }
    }

    #[test]
    fn an_answer_comes_from_the_input_that_asked_and_only_once() {
        let mut causes = Causes::default();
        let op = OpId(7);
        causes.learn(3, &[Effect::Ledger { op, writes: Vec::new() }], &Core::new());
        causes.learn(4, &[Effect::ReadLedger], &Core::new());
        let written = || step(9, Input::Written { op, result: Ok(Default::default()) });
        assert_eq!(causes.of(&written()).from, Some(3));
        assert_eq!(causes.of(&written()).from, None);
        let unread = || step(9, Input::BooksFailed("locked".to_owned()));
        assert_eq!(causes.of(&unread()).from, Some(4));
        assert_eq!(causes.of(&unread()).from, None, "somebody else had it read");
    }

    #[test]
    fn a_wake_up_comes_from_the_input_that_wanted_the_earliest_due() {
        let mut causes = Causes::default();
        causes.waits.insert("later".to_owned(), (Time(30), 1));
        causes.waits.insert("due".to_owned(), (Time(10), 5));
        causes.waits.insert("due too".to_owned(), (Time(20), 2));
        let why = causes.of(&step(25, Input::Woke));
        assert_eq!(why, Why { from: Some(5), due: Some("due".to_owned()) });
        assert_eq!(causes.of(&step(5, Input::Woke)).from, None);
    }
}
