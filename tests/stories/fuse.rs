//! A fuse: after so many effects that matter the process is killed, or loses its lease, in the
//! midst of a step.

use holdfast::domain::effect::{Act, Effect};
use holdfast::domain::input::Input;
use holdfast::domain::journal::{Write, WriteError};
use holdfast::domain::key::AccountName;

use super::leases::Lease;
use super::world::{COMMIT, World};

/// What happens to the process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// As by `kill -9`.
    Killed,
    /// Every lease is lost; the process goes on and is told so.
    Lost,
}

/// Where in the effects it happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// Instead of the effect.
    Before,
    /// It is done, and nobody hears how it ended.
    After,
}

#[derive(Clone, Copy, Debug)]
pub struct Fuse {
    left: usize,
    moment: Moment,
    end: End,
    /// Looks and what is only told count as well.
    all: bool,
}

impl Fuse {
    /// At the effect of this number among those that change a venue or the ledger.
    pub fn at(left: usize, moment: Moment, end: End) -> Self {
        Self { left, moment, end, all: false }
    }

    /// One that only counts.
    pub fn never() -> Self {
        Self::at(usize::MAX, Moment::Before, End::Killed)
    }

    /// How many effects one that only counts has seen.
    pub fn seen(&self) -> usize {
        usize::MAX - self.left
    }

    /// A kill before the effect of this number, whatever it does.
    pub fn kill(left: usize) -> Self {
        Self { left, moment: Moment::Before, end: End::Killed, all: true }
    }

    /// Whether it burns down at this effect, and when.
    pub fn burns(&mut self, effect: &Effect) -> Option<Moment> {
        if !self.all && !matters(effect) {
            return None;
        }
        if self.left == 0 {
            return Some(self.moment);
        }
        self.left -= 1;
        None
    }
}

/// Whether the venue or the ledger is another after it.
fn matters(effect: &Effect) -> bool {
    match effect {
        Effect::Venue { act, .. } => matches!(
            act,
            Act::PlaceStop(_) | Act::CancelStop { .. } | Act::Reduce(_) | Act::Enter(_)
        ),
        Effect::Ledger { writes, .. } => {
            writes.iter().any(|write| !matches!(write, Write::Event(_)))
        }
        Effect::ReadLedger | Effect::Answer(_) => false,
    }
}

impl World {
    /// Whether a process runs.
    pub fn runs(&self) -> bool {
        self.core.is_some()
    }

    /// What must hold when a story is over.
    pub fn ended(&self) -> Result<(), String> {
        if self.runs() { self.checks.ended() } else { Ok(()) }
    }

    /// Ends the process, or its leases. What else the step wanted is never done; a ledger refuses
    /// what is written without a lease.
    pub fn burn(&mut self, undone: impl Iterator<Item = Effect>) -> Result<(), String> {
        let Some(fuse) = self.fuse.take() else { return Ok(()) };
        match fuse.end {
            End::Killed => self.kill(),
            End::Lost => {
                // What was wanted and not done any more is nobody's order.
                self.checks.restarted(&self.ledger);
                let names: Vec<AccountName> = self.venues.keys().cloned().collect();
                for name in names {
                    self.tell_lease(&name, Lease::Lost)?;
                }
                for effect in undone {
                    let Effect::Ledger { op, .. } = effect else { continue };
                    let result = Err(WriteError::Fenced("nobody's".to_owned()));
                    self.deliver(Input::Written { op, result }, COMMIT);
                }
            }
        }
        Ok(())
    }
}
