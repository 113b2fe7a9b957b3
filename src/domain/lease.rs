//! The lease of an account: which of several engines on one ledger may act on it.
//!
//! For: what the core is told of it and what the screen shows, and which account a write is about.
//! Not for: taking or renewing it (that is `store` and `runtime`). Door: [`LeaseState`].

use serde::{Deserialize, Serialize};

use crate::domain::journal::Write;
use crate::domain::key::AccountName;
use crate::domain::time::Time;

/// A number that grows with every change of the holder: whoever has a smaller one has lost.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Fence(pub u64);

/// How the lease of an account stands for this process.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LeaseState {
    /// This process holds it and may act.
    Held {
        /// Its number.
        fence: Fence,
    },
    /// Another process holds it: this one watches, and takes over when that is gone.
    Standby {
        /// Who holds it, in words: host and process.
        holder: String,
        /// When it runs out unless it is renewed.
        until: Time,
    },
    /// It was held and is not any more, or nobody can say: nothing is sent.
    Lost {
        /// Why.
        why: String,
    },
}

impl LeaseState {
    /// Whether acts may be sent.
    pub fn is_held(&self) -> bool {
        self.fence().is_some()
    }

    /// The number under which acts may be sent.
    pub fn fence(&self) -> Option<Fence> {
        match self {
            Self::Held { fence } => Some(*fence),
            Self::Standby { .. } | Self::Lost { .. } => None,
        }
    }
}

impl Write {
    /// The account that this is about, for the fence. None for what may always be written, and
    /// for what only the ledger can tell the account of (`Settle`, `Undo`).
    pub fn account(&self) -> Option<&AccountName> {
        match self {
            Self::Adopt(row, _) | Self::Open(row) => Some(&row.key.account),
            Self::Update { row, .. } => Some(&row.row().key.account),
            Self::Close { row, .. } => Some(&row.row().key.account),
            Self::Trail(record) => Some(&record.key.account),
            Self::Intend(intent) => Some(&intent.key.account),
            Self::Order(order) => Some(&order.key.account),
            Self::TrailEnded { key, .. }
            | Self::StopsEnded { key, .. }
            | Self::Fill { key, .. }
            | Self::NakedFrom { key, .. }
            | Self::NakedUntil { key, .. } => Some(&key.account),
            Self::Halt(halt) => Some(&halt.account),
            Self::Resume { account, .. } | Self::Restore { account, .. } => Some(account),
            Self::Event(_) | Self::Settle { .. } | Self::Undo { .. } => None,
        }
    }
}
