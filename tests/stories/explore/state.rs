//! A state as numbers, what may go wrong in it yet, and what can happen next.
//!
//! Not for: what follows from that (that is `turns`). Door: [`State`], [`Left`], [`Turn`].

use std::collections::VecDeque;
use std::sync::Arc;

use holdfast::domain::amount::Price;
use holdfast::domain::instrument::Instrument;
use holdfast::domain::key::Symbol;
use holdfast::domain::policy::Policy;
use holdfast::domain::time::Time;

use super::parts::{Id, Item, Out, Parts, Rank, Stepped};

/// Transactions that are committed, and nobody heard of it yet.
pub type Notes = VecDeque<(Id, Rank)>;

/// Everything there is, as numbers.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct State {
    pub now: Time,
    /// Which process this is.
    pub run: u64,
    /// None while no process runs.
    pub core: Option<Id>,
    pub venue: Id,
    pub ledger: Id,
    /// On their way to the venue, in no order.
    pub requests: Vec<(Id, Rank)>,
    /// On their way back, in no order, and not before that time.
    pub answers: Vec<(Time, Id, Rank)>,
    /// What the ledger says, in its order; a read when there is none.
    pub commits: Vec<(Option<Id>, Rank)>,
    /// What the stream says, in its order.
    pub words: Vec<Id>,
    /// What else is told, in its order: asks; at a start the ledger's rows, the instruments, the
    /// marks, and that the stream is up.
    pub told: Vec<Option<Id>>,
    /// Everything was settled once, and nothing goes wrong any more.
    pub calm: bool,
}

/// What may go wrong yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Left {
    pub crashes: u8,
    pub lost: u8,
    /// Timers that fire while something is on its way.
    pub early: u8,
}

impl Left {
    pub fn sum(self) -> usize {
        usize::from(self.crashes) + usize::from(self.lost) + usize::from(self.early)
    }

    /// Whether everything that can go wrong with `other` can go wrong with this.
    pub fn covers(self, other: Self) -> bool {
        self.crashes >= other.crashes && self.lost >= other.lost && self.early >= other.early
    }
}

/// What happens next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    Arrives(u8),
    NeverArrives(u8),
    Answered(u8),
    Unanswered(u8),
    Committed,
    Word,
    NoWord,
    Told,
    /// Time passes.
    Passes,
    /// Time passes although something is on its way.
    Early,
    Crash,
    Start,
}

/// A turn, and after how many of its deeds the process is killed, if it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Way {
    pub turn: Turn,
    pub cut: Option<u8>,
}

/// What a new process is told.
#[derive(Clone, Debug)]
pub struct Setting {
    pub policy: Policy,
    pub instruments: Vec<Arc<Instrument>>,
    pub marks: Vec<(Symbol, Price)>,
}

impl State {
    /// Takes over what a core has become. Gives what it wants done.
    pub fn knows(&mut self, stepped: &Stepped, notes: &mut Notes) -> Vec<Out> {
        let now = |rank: &mut Rank| *rank = rank.and_then(|rank| stepped.ranks[usize::from(rank)]);
        self.core = Some(stepped.core);
        self.requests.iter_mut().for_each(|(_, rank)| now(rank));
        self.answers.iter_mut().for_each(|(.., rank)| now(rank));
        self.commits.iter_mut().for_each(|(_, rank)| now(rank));
        notes.iter_mut().for_each(|(_, rank)| now(rank));
        self.requests.sort_unstable();
        self.answers.sort_unstable();
        stepped.outs.clone()
    }

    pub fn is_still(&self) -> bool {
        self.requests.is_empty()
            && self.answers.is_empty()
            && self.commits.is_empty()
            && self.words.is_empty()
            && self.told.is_empty()
    }

    /// Ends the process: what it asked nobody hears, what it did is on its way.
    pub fn crash(&self, parts: &Parts) -> Self {
        let mut dead = Self { core: None, ..self.clone() };
        dead.requests.clear();
        let acts = |id| matches!(&*parts.items.get(id), Item::Act(act) if !act.only_asks());
        let left = self.requests.iter().filter(|(id, _)| acts(*id));
        dead.requests.extend(left.map(|(id, _)| (*id, None)));
        dead.requests.sort_unstable();
        dead.answers.clear();
        dead.commits.clear();
        dead.words.clear();
        dead.told.clear();
        dead
    }
}
