//! What a one-shot command needs to see before it asks: a small part of a picture, as data.
//!
//! For: finding a leg, showing its plan and pinning a command to it, in the process of the engine
//! or in another one. Not for: the screen, which has the whole picture. Door: [`Sight::of`].

use serde::{Deserialize, Serialize};

use crate::domain::amount::{Price, Qty, Side};
use crate::domain::event::EventKind;
use crate::domain::instrument::Instrument;
use crate::domain::key::{AccountName, PositionKey};
use crate::domain::lease::LeaseState;
use crate::domain::ledger::RowId;
use crate::domain::plan::Open;
use crate::domain::policy::Protection;
use crate::domain::snapshot::{AccountView, Known, LegView, Snapshot, StreamState, There};

/// A part of one picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sight {
    /// The picture's number; commands are pinned to it.
    pub snapshot: u64,
    /// Whether the ledger was read.
    pub loaded: bool,
    /// Why the ledger cannot be read or written now.
    pub ledger_fault: Option<String>,
    /// How positions without a stop of their own are protected.
    pub protection: Protection,
    /// The accounts.
    pub accounts: Vec<SeenAccount>,
    /// What is open on the venues.
    pub legs: Vec<SeenLeg>,
}

/// One account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenAccount {
    /// Its name.
    pub name: AccountName,
    /// Why nothing may be done in it yet; none once it is known.
    pub unknown: Option<String>,
    /// Whether waiting will not change that.
    pub blocked: bool,
    /// Who acts on it instead of this engine, in words.
    pub holder: Option<String>,
}

/// One open leg.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenLeg {
    /// Which.
    pub key: PositionKey,
    /// Its row in the ledger.
    pub row: Option<RowId>,
    /// Its side on the venue.
    pub side: Side,
    /// Its size on the venue.
    pub quantity: Qty,
    /// Average entry, as far as known.
    pub entry: Option<Price>,
    /// Mark, as far as known.
    pub mark: Option<Price>,
    /// Trading rules, where the venue lists some.
    pub instrument: Option<Instrument>,
}

impl Sight {
    /// That part of a picture.
    pub fn of(picture: &Snapshot) -> Self {
        let loaded = |kind: EventKind| kind == EventKind::PositionsLoaded;
        Self {
            snapshot: picture.seq,
            // A picture keeps the last events only; an open gate says that it was read as well.
            loaded: picture.events.iter().any(|event| loaded(event.kind))
                || picture.accounts.iter().any(|account| account.gate.is_empty()),
            ledger_fault: picture.ledger_fault.as_ref().map(|fault| fault.value.clone()),
            protection: picture.policy.protection,
            accounts: picture.accounts.iter().map(account).collect(),
            legs: picture.legs.iter().filter_map(leg).collect(),
        }
    }

    /// An account by its name.
    pub fn account(&self, name: &str) -> Option<&SeenAccount> {
        self.accounts.iter().find(|account| account.name.as_str() == name)
    }
}

impl SeenAccount {
    /// Whether nothing will be gained by waiting.
    pub fn is_settled(&self) -> bool {
        self.unknown.is_none() || self.blocked
    }
}

impl SeenLeg {
    /// What is open, for plans; none where no entry price is known.
    pub fn open(&self) -> Option<Open> {
        let Self { side, quantity, mark, .. } = *self;
        self.entry.map(|entry| Open { side, quantity, entry, mark })
    }
}

fn account(view: &AccountView) -> SeenAccount {
    let known = view.is_known() && view.gate.is_empty();
    let blocked = view.link.as_ref().and_then(|link| link.blocked.as_ref());
    let holder = match &view.lease {
        Some(LeaseState::Standby { holder, .. }) => Some(holder.clone()),
        Some(LeaseState::Held { .. } | LeaseState::Lost { .. }) | None => None,
    };
    SeenAccount {
        name: view.name.clone(),
        unknown: (!known).then(|| blame(view)),
        blocked: !known && blocked.is_some(),
        holder,
    }
}

/// Why an account is not known, as well as anybody can say.
fn blame(view: &AccountView) -> String {
    let blocked = view.link.as_ref().and_then(|link| link.blocked.clone());
    match (blocked, &view.known, &view.stream) {
        (Some(why), _, _) => why,
        (None, Known::Unknown(_, why), StreamState::Down(_, down)) if why.is_empty() => {
            down.clone()
        }
        (None, Known::Unknown(_, why), _) => why.clone(),
        (None, Known::Since(_), _) => view.gate.join(", "),
    }
}

fn leg(view: &LegView) -> Option<SeenLeg> {
    let There::Open { side, quantity, .. } = &view.there else { return None };
    Some(SeenLeg {
        key: view.key.clone(),
        row: view.row.as_ref().map(|row| row.id),
        side: *side,
        quantity: *quantity,
        entry: view.open().map(|open| open.entry),
        mark: view.mark.map(|mark| mark.value),
        instrument: view.instrument.as_deref().cloned(),
    })
}
