//! Everything the core can want done. The shell does it in order and answers with an input.

use serde::{Deserialize, Serialize};

use crate::domain::amount::{OrderSide, Price, Qty};
use crate::domain::client_id::ClientId;
use crate::domain::command::Answer;
use crate::domain::journal::Write;
use crate::domain::key::{AccountName, Leg, Symbol, VenueOrderId};
use crate::domain::order::TriggerBy;
use crate::domain::sweep::Scope;
use crate::domain::time::{Time, VenueTime};

/// Numbers an effect, so that its answer finds its way back.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default,
)]
#[serde(transparent)]
pub struct OpId(pub u64);

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Effect {
    /// Ask or tell a venue something; answered by `Input::Replied`.
    Venue {
        /// Number for the answer.
        op: OpId,
        /// Which account.
        account: AccountName,
        /// What.
        act: Act,
    },
    /// One transaction; answered by `Input::Written`.
    Ledger {
        /// Number for the answer.
        op: OpId,
        /// All of it or nothing.
        writes: Vec<Write>,
    },
    /// Read the ledger; answered by `Input::Books`.
    ReadLedger,
    /// Tell the asker how it stands.
    Answer(Answer),
}

/// What to ask or tell a venue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Act {
    /// Look at the account.
    Look {
        /// How widely.
        scope: Scope,
        /// Legs that ledger or belief hold open: one that a complete list does not show is asked
        /// for by itself before it may be called absent.
        expect: Vec<(Symbol, Leg)>,
    },
    /// What was filled on a leg since then, with what made the closing orders.
    History {
        /// Instrument.
        symbol: Symbol,
        /// Leg.
        leg: Leg,
        /// From here on.
        since: VenueTime,
    },
    /// Put a stop-market behind a position. There is no form that is not reduce-only.
    PlaceStop(StopOrder),
    /// Take a stop of ours away.
    CancelStop {
        /// Instrument.
        symbol: Symbol,
        /// The id we gave it.
        client_id: ClientId,
        /// The venue's id, when known.
        id: Option<VenueOrderId>,
    },
    /// Make a position smaller at market. There is no form that is not reduce-only.
    Reduce(ReduceOrder),
    /// What became of an order.
    FindOrder {
        /// Instrument.
        symbol: Symbol,
        /// The id we gave it.
        client_id: ClientId,
        /// When it can have been sent at the earliest; none for moments ago. Older than the
        /// venue's memory, the answer is that nobody can say.
        since: Option<Time>,
    },
    /// What became of a stop.
    FindStop {
        /// Instrument.
        symbol: Symbol,
        /// Leg it protects.
        leg: Leg,
        /// The id we gave it.
        client_id: ClientId,
    },
    /// Open a position at market. The only act that can enlarge one; its intent is in the ledger
    /// before it is sent, and it is never sent twice.
    Enter(EntryOrder),
    /// Drop the user stream and connect again: it is alive but silent.
    Restream,
}

impl Act {
    /// Whether it only asks: nothing at the venue is another because of it.
    pub fn only_asks(&self) -> bool {
        match self {
            Self::Look { .. } | Self::History { .. } | Self::Restream => true,
            Self::FindOrder { .. } | Self::FindStop { .. } => true,
            Self::PlaceStop(_) | Self::CancelStop { .. } | Self::Reduce(_) | Self::Enter(_) => {
                false
            }
        }
    }
}

/// A protective stop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StopOrder {
    /// Our id for it.
    pub client_id: ClientId,
    /// Instrument.
    pub symbol: Symbol,
    /// Leg it protects.
    pub leg: Leg,
    /// Direction: the closing one.
    pub side: OrderSide,
    /// Size: the venue's.
    pub quantity: Qty,
    /// Where it fires.
    pub trigger: Price,
    /// Which price fires it.
    pub trigger_by: TriggerBy,
}

/// An entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryOrder {
    /// Our id for it.
    pub client_id: ClientId,
    /// Instrument.
    pub symbol: Symbol,
    /// Leg it opens.
    pub leg: Leg,
    /// Direction: the opening one.
    pub side: OrderSide,
    /// Size, on the instrument's market steps.
    pub quantity: Qty,
    /// The stop that becomes live with the fill, where the venue can attach one to the entry
    /// (Bybit); it is verified all the same. None where it cannot.
    pub stop: Option<AttachedStop>,
}

/// A stop that travels with an entry. Source: bybit 3.8 (stopLoss, slTriggerBy, tpslMode).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachedStop {
    /// Where it fires.
    pub trigger: Price,
    /// Which price fires it.
    pub trigger_by: TriggerBy,
}

/// A close.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReduceOrder {
    /// Our id for it.
    pub client_id: ClientId,
    /// Instrument.
    pub symbol: Symbol,
    /// Leg it closes.
    pub leg: Leg,
    /// Direction: opposite to the venue's position.
    pub side: OrderSide,
    /// Size: at most the venue's.
    pub quantity: Qty,
}
