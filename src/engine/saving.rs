//! Changes of rows on their way to the ledger, and what becomes true when they are not refused.
//!
//! Not for: what happens then (that is `book`, `adopt` and the others that wait for one).
//! Door: [`Saving`].

use serde::{Deserialize, Serialize};

use crate::domain::client_id::ClientId;
use crate::domain::event::Event;
use crate::domain::journal::RepairId;
use crate::domain::key::PositionKey;
use crate::domain::ledger::{NewRow, Row};

/// A change of a row that may be refused, and what becomes true when it is not.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Saving {
    /// The leg it is about; none where only the ledger knows.
    pub(super) key: Option<PositionKey>,
    pub(super) then: Then,
    /// Told to the log when it is done.
    pub(super) events: Vec<Event>,
    /// The repair and its sentence, where the change is one.
    pub(super) repair: Option<(RepairId, String)>,
    /// Who is told how it ended, where a person decided it.
    pub(super) ask: Option<u64>,
}

/// What becomes true.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum Then {
    /// The row has this image now.
    Updated(Box<Row>),
    /// The row is closed.
    Closed(Box<Row>),
    /// There is a row now.
    Adopted(Box<NewRow>),
    /// The row is closed, and there is another one: its repair and sentence.
    Flipped(Box<Row>, Box<NewRow>, (RepairId, String)),
    /// The intent of an entry is committed: it may be sent.
    Intended(ClientId),
    /// There is a row for what was opened from here.
    Opened(Box<NewRow>),
    /// A repair was taken back.
    Undone { ask: u64, repair: RepairId },
}
