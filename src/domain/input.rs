//! Everything that can reach the core. The recorder keeps each one; a replay feeds them again.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::domain::amount::{Price, Qty, Side};
use crate::domain::command::Ask;
use crate::domain::effect::OpId;
use crate::domain::evidence::{Fill, History};
use crate::domain::instrument::Instrument;
use crate::domain::journal::{Receipt, WriteError};
use crate::domain::key::{AccountName, Leg, Symbol};
use crate::domain::lease::LeaseState;
use crate::domain::ledger::Books;
use crate::domain::order::{ForeignOrder, OrderReport, StopReport};
use crate::domain::outcome::Outcome;
use crate::domain::policy::Policy;
use crate::domain::position::{Balance, PositionTrouble};
use crate::domain::sweep::Sweep;
use crate::domain::time::{Span, Time, VenueTime};

/// One thing that the core is told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Input {
    /// The first input: what the config asks for.
    Started(Box<Policy>),
    /// The ledger was read: at start, and whenever somebody wrote to it.
    Books(Box<Books>),
    /// The ledger could not be read; the sentence says why.
    BooksFailed(String),
    /// An account's instruments, at start and when they change.
    Instruments(AccountName, Vec<Arc<Instrument>>),
    /// A venue answered, or did not.
    Replied {
        /// Which act.
        op: OpId,
        /// What came.
        reply: Box<Reply>,
    },
    /// A transaction ended.
    Written {
        /// Which.
        op: OpId,
        /// How.
        result: Result<Receipt, WriteError>,
    },
    /// A user stream said something.
    Stream(AccountName, Box<StreamEvent>),
    /// Mark prices moved.
    Marks(AccountName, Vec<(Symbol, Price)>),
    /// The connection's state changed, for the header.
    Link(AccountName, LinkState),
    /// Whether this process holds the lease of an account: without it the engine only watches.
    Lease(AccountName, LeaseState),
    /// A person asks for something.
    Asked(Box<Ask>),
    /// Everything is to be looked at now, on nobody's word: nothing that was decided changes.
    Look,
    /// The time the core wanted to be woken at has come.
    Woke,
}

/// A venue's answer to an act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reply {
    /// To a look. A failed look is a sweep whose parts are broken.
    Swept(Sweep),
    /// To a question about history. Incomplete when anything failed.
    History(History),
    /// To placing a stop.
    Placed(Outcome<StopReport>),
    /// To cancelling a stop.
    Cancelled(Outcome<()>),
    /// To a reduce-only close.
    Reduced(Outcome<OrderReport>),
    /// To an entry.
    Entered(Outcome<OrderReport>),
    /// To asking for an order by client id: none when the venue does not know it.
    FoundOrder(Result<Option<OrderReport>, String>),
    /// To asking for a stop by client id: none when the venue does not know it.
    FoundStop(Result<Option<StopReport>, String>),
}

/// What a user stream says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StreamEvent {
    /// Connected; anything may have been missed before.
    Up,
    /// Not connected, or no longer believed.
    Down(String),
    /// A leg's new size: absolute, so it replaces and never adds.
    Position {
        /// Instrument.
        symbol: Symbol,
        /// Leg.
        leg: Leg,
        /// What is open; none when it went to zero.
        open: Option<StreamPosition>,
        /// When the venue changed it.
        at: VenueTime,
    },
    /// An execution.
    Fill(Fill),
    /// A plain order changed.
    Order(OrderReport),
    /// A conditional order changed.
    Stop(StopReport),
    /// Somebody else placed a plain order.
    Foreign(ForeignOrder),
    /// What the account is worth now.
    Balance(Balance),
}

/// A position as a stream states it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StreamPosition {
    /// Direction.
    pub side: Side,
    /// Size.
    pub quantity: Qty,
    /// Average entry.
    pub entry: Option<Price>,
    /// When the present holding was opened, where the stream says it.
    #[serde(default)]
    pub opened: Option<VenueTime>,
    /// What the venue is doing to it by itself.
    #[serde(default)]
    pub trouble: Option<PositionTrouble>,
}

/// What the header says of an account's connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkState {
    /// Share of the request budget used, in percent.
    pub used_percent: u32,
    /// Our clock against the venue's, in milliseconds: positive when ours is ahead.
    pub offset_ms: i64,
    /// Round trip of the last request.
    pub round_trip: Span,
    /// Banned, or the key refused: the sentence says what and until when.
    pub blocked: Option<String>,
    /// The end of a ban: nothing at all is sent before it.
    #[serde(default)]
    pub banned: Option<Time>,
}
