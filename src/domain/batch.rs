//! Closes of several legs as the screen sees them: which leg stands how.
//!
//! For: progress leg by leg, and counts. Not for: closing anything (that is `engine`).
//! Door: [`BatchView`].

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::domain::key::PositionKey;
use crate::domain::time::Time;

/// A close of several legs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchView {
    /// The ask it came with.
    pub ask: u64,
    /// Since when.
    pub since: Time,
    /// When it ended; none while it goes on.
    pub ended: Option<Time>,
    /// Every leg that was asked for, in the order in which they go.
    pub legs: Arc<[(PositionKey, BatchLeg)]>,
}

/// How a leg of a close of several stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BatchLeg {
    /// Not sent yet.
    Waiting,
    /// Under way.
    Closing,
    /// Proven: it is flat, or as much smaller as was asked for.
    Done,
    /// It did not work: why.
    Failed(String),
    /// A person stopped it before it was sent.
    Aborted,
    /// The gate did not let it through: why.
    Excluded(String),
}

/// How many legs of a close of several stand how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchCount {
    /// Not sent yet.
    pub waiting: usize,
    /// Under way.
    pub closing: usize,
    /// Proven.
    pub done: usize,
    /// It did not work.
    pub failed: usize,
    /// Stopped before they were sent.
    pub aborted: usize,
    /// Not let through.
    pub excluded: usize,
}

impl BatchView {
    /// How many of its legs stand how.
    pub fn count(&self) -> BatchCount {
        let mut count = BatchCount::default();
        for (_, leg) in self.legs.iter() {
            *match leg {
                BatchLeg::Waiting => &mut count.waiting,
                BatchLeg::Closing => &mut count.closing,
                BatchLeg::Done => &mut count.done,
                BatchLeg::Failed(_) => &mut count.failed,
                BatchLeg::Aborted => &mut count.aborted,
                BatchLeg::Excluded(_) => &mut count.excluded,
            } += 1;
        }
        count
    }
}
