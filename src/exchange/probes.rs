//! Whose turn it is: legs that a list leaves out and that are asked for one by one.
//!
//! For: a look asks for so many and no more, and over several looks for every one of them.
//! Not for: asking, or concluding anything from an answer.
//! Door: [`Probes::choose`], [`refusal`].

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::key::{Leg, Symbol};
use crate::domain::outcome::RefusalKind;
use crate::exchange::failure::{Failure, Verdict};

/// Legs asked for one by one in a look; of what is missing beyond them nothing is said.
const MOST: usize = 40;

/// Where a position may be.
pub type Place = (Symbol, Leg);

/// Who was asked for when.
#[derive(Debug, Default)]
pub struct Probes {
    round: u64,
    asked: BTreeMap<Place, u64>,
}

impl Probes {
    /// Those whose turn it is, and those that wait: who waits longest comes first.
    pub fn choose(&mut self, missing: BTreeSet<Place>) -> (Vec<Place>, Vec<Place>) {
        self.round += 1;
        self.asked.retain(|place, _| missing.contains(place));
        let mut chosen: Vec<Place> = missing.into_iter().collect();
        chosen.sort_by_key(|place| self.asked.get(place).copied().unwrap_or(0));
        let rest = chosen.split_off(chosen.len().min(MOST));
        self.asked.extend(chosen.iter().map(|place| (place.clone(), self.round)));
        (chosen, rest)
    }
}

/// The venue's words, where it refuses the question itself and would refuse it again: a symbol
/// that it does not know.
pub fn refusal(failure: &Failure) -> Option<String> {
    let lasting = matches!(
        failure.verdict,
        Verdict::Refused(RefusalKind::Filter | RefusalKind::NotFound | RefusalKind::Other)
    );
    (lasting && failure.code.is_some()).then(|| failure.to_string())
}
