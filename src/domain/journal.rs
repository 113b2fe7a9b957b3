//! Changes of the ledger: repairs, intents and the writes that carry them.
//!
//! Every change is a [`Write`], and the writes of one [`Vec`] are one transaction: all of it or
//! nothing. A repair is journaled with both images of its row and can be taken back.
//! Not for: SQL (that is `store`). Door: [`Write`].

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::domain::amount::{OrderSide, Price, Qty};
use crate::domain::client_id::{ClientId, Fnv};
use crate::domain::event::Event;
use crate::domain::evidence::Fill;
use crate::domain::key::{AccountName, PositionKey, VenueOrderId};
use crate::domain::ledger::{ClosedRow, NewRow, OpenRow, Row, RowId};
use crate::domain::order::OrderStatus;
use crate::domain::plan::Open;
use crate::domain::time::{Time, VenueTime};
use crate::domain::trail::TrailRecord;
use crate::domain::trust::Duty;

/// The primary key of `repairs`: equal repairs have equal ids, so nothing is repaired twice.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RepairId(pub String);

impl RepairId {
    /// Derives the id from what is repaired and the state it is repaired from.
    pub fn of(rule: Rule, key: &PositionKey, row: &Row) -> Self {
        let mut hash = Self::begun(rule, key);
        hash.eat(&row.id.0.to_be_bytes());
        hash.eat(&row.revision.to_be_bytes());
        Self::ended(hash)
    }

    /// Derives the id of an adoption from the facts of what is adopted. `again` tells apart
    /// adoptions of one and the same holding, of which earlier ones were taken back.
    pub fn of_adoption(
        key: &PositionKey,
        open: Open,
        opened: Option<VenueTime>,
        again: u64,
    ) -> Self {
        let mut hash = Self::begun(Rule::Adopt, key);
        hash.eat(open.side.name().as_bytes());
        hash.eat(open.quantity.to_string().as_bytes());
        hash.eat(open.entry.to_string().as_bytes());
        hash.eat(&opened.map_or(0, |at| at.0).to_be_bytes());
        hash.eat(&again.to_be_bytes());
        Self::ended(hash)
    }

    fn begun(rule: Rule, key: &PositionKey) -> Fnv {
        let mut hash = Fnv::default();
        hash.eat(rule.name().as_bytes());
        hash.eat(key.to_string().as_bytes());
        hash
    }

    fn ended(hash: Fnv) -> Self {
        Self(format!("r-{:012x}", hash.0 >> 16))
    }
}

/// Which repair rule changed the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// A phantom row was closed.
    ClosePhantom,
    /// A row was closed after its position was closed by the operator or seen closing.
    BookClose,
    /// An orphan got a row.
    Adopt,
    /// A row's quantity follows the venue's, explained by fills.
    FollowQuantity,
}

impl Rule {
    /// The word in `repairs.rule`.
    pub fn name(self) -> &'static str {
        match self {
            Self::ClosePhantom => "close_phantom",
            Self::BookClose => "book_close",
            Self::Adopt => "adopt",
            Self::FollowQuantity => "follow_quantity",
        }
    }
}

/// Who changed the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Author {
    /// The engine, by a rule.
    Engine,
    /// A person at the console or the command line.
    Operator,
}

impl Author {
    /// The word in `repairs.author`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Engine => "engine",
            Self::Operator => "operator",
        }
    }
}

/// A journaled, reversible change. Row images before and after are taken by the store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repair {
    /// Deterministic id.
    pub id: RepairId,
    /// Which rule.
    pub rule: Rule,
    /// Who.
    pub author: Author,
    /// What was repaired.
    pub key: PositionKey,
    /// Why it is right.
    pub evidence: Value,
    /// When.
    pub at: Time,
}

/// A durable record of something about to be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intent {
    /// The client id of the order it is about: the primary key of `intents`.
    pub client_id: ClientId,
    /// What is meant: `place_stop`, `cancel_stop`, `close`.
    pub kind: IntentKind,
    /// On which leg.
    pub key: PositionKey,
    /// The order, as JSON.
    pub payload: Value,
    /// When it was decided.
    pub at: Time,
}

/// What an intent means to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IntentKind {
    /// Put a protective stop behind a leg.
    PlaceStop,
    /// Make a position smaller.
    Close,
    /// Open a position together with its stop.
    Open,
}

impl IntentKind {
    /// The word in `intents.kind`.
    pub fn name(self) -> &'static str {
        match self {
            Self::PlaceStop => "place_stop",
            Self::Close => "close",
            Self::Open => "open",
        }
    }

    /// Reads the ledger's word.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::PlaceStop, Self::Close, Self::Open].into_iter().find(|kind| kind.name() == text)
    }
}

/// The `state` column of `intents`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum IntentState {
    /// Written, not answered.
    Pending,
    /// The venue did it.
    Done,
    /// The venue did not do it.
    Failed,
    /// Sent, and nobody could say what became of it.
    Unknown,
}

impl IntentState {
    /// The ledger's word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
        }
    }
}

/// An order of ours, as `orders` keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderRecord {
    /// Primary key, with the account.
    pub client_id: ClientId,
    /// Leg.
    pub key: PositionKey,
    /// The venue's id, once known.
    pub venue_id: Option<VenueOrderId>,
    /// Direction.
    pub side: OrderSide,
    /// Size.
    pub quantity: Qty,
    /// Trigger of a stop.
    pub trigger: Option<Price>,
    /// Where it stands.
    pub status: OrderStatus,
    /// How much is done.
    pub filled: Option<Qty>,
    /// Average price of that.
    pub average: Option<Price>,
    /// When this was learnt.
    pub at: Time,
}

/// A halt: a person's word that nothing is opened or adopted in an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Halt {
    /// In which account.
    pub account: AccountName,
    /// Since when.
    pub since: Time,
    /// Who said so.
    pub who: String,
    /// Why, in the person's own words.
    pub reason: String,
}

/// One change of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Write {
    /// A new row, with the repair that adopts it. Does nothing when the leg has an open row.
    Adopt(Box<NewRow>, Box<Repair>),
    /// A new image for an open row, refused when its revision is not `expect`.
    Update {
        /// The image, with its new revision.
        row: Box<OpenRow>,
        /// The revision it was made from.
        expect: u64,
        /// The journal entry, where the change is a repair.
        repair: Option<Box<Repair>>,
    },
    /// A proven close, refused when the revision is not `expect`.
    Close {
        /// The image, with its new revision.
        row: Box<ClosedRow>,
        /// The revision it was made from.
        expect: u64,
        /// The journal entry.
        repair: Box<Repair>,
    },
    /// A row for a position that was opened from here and verified. It is no repair: nothing
    /// differed. Refused when the leg has an open row.
    Open(Box<NewRow>),
    /// A trailing stop as it stands now; the leg's one record is made or changed.
    Trail(Box<TrailRecord>),
    /// The leg's trailing stop is over.
    TrailEnded {
        /// Which leg.
        key: PositionKey,
        /// When.
        at: Time,
    },
    /// An account is halted: nothing is opened or adopted in it, across restarts.
    Halt(Box<Halt>),
    /// A halt has ended.
    Resume {
        /// In which account.
        account: AccountName,
        /// When.
        at: Time,
    },
    /// Puts back what a repair changed, exactly; refused when the row moved on since.
    Undo {
        /// Which repair.
        repair: RepairId,
        /// Who asks.
        author: Author,
        /// When.
        at: Time,
    },
    /// Lifts a demotion: the rule stands again where the config puts it.
    Restore {
        /// In which account.
        account: AccountName,
        /// Which rule.
        duty: Duty,
        /// When.
        at: Time,
    },
    /// Something that happened.
    Event(Box<Event>),
    /// Something about to be sent.
    Intend(Box<Intent>),
    /// How that ended.
    Settle {
        /// Which intent.
        client_id: ClientId,
        /// Its state now.
        state: IntentState,
        /// In words or JSON.
        outcome: Value,
        /// When.
        at: Time,
    },
    /// An order of ours, new or changed.
    Order(Box<OrderRecord>),
    /// Every stop of ours on a leg that the ledger calls live has ended so, but for one: a stop
    /// on the position itself is replaced in place and leaves with the position.
    StopsEnded {
        /// Which leg.
        key: PositionKey,
        /// The one that is live.
        keep: Option<ClientId>,
        /// How the others ended.
        status: OrderStatus,
        /// How much the last of them filled.
        filled: Option<Qty>,
        /// When.
        at: Time,
    },
    /// A fill; known ones are left as they are.
    Fill {
        /// Whose.
        key: PositionKey,
        /// What.
        fill: Box<Fill>,
    },
    /// A leg has no stop, from `at` on.
    NakedFrom {
        /// Which leg.
        key: PositionKey,
        /// Its row, if tracked.
        row: Option<RowId>,
        /// How much of it is uncovered.
        quantity: Qty,
        /// Why, as far as known.
        cause: String,
        /// Since when.
        at: Time,
    },
    /// The leg is covered, or gone, from `at` on.
    NakedUntil {
        /// Which leg.
        key: PositionKey,
        /// Until when.
        at: Time,
    },
}

impl Write {
    /// The journal entry that this change of a row carries.
    pub fn repair(&self) -> Option<&Repair> {
        match self {
            Self::Adopt(_, repair) | Self::Close { repair, .. } => Some(repair),
            Self::Update { repair, .. } => repair.as_deref(),
            _ => None,
        }
    }
}

/// What a transaction brought back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Ids of rows that `Adopt` and `Open` made, in order.
    pub rows: Vec<RowId>,
}

/// Why a transaction did not happen. Nothing of it did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum WriteError {
    /// Somebody else changed the row meanwhile, or the leg already has an open row.
    #[error("the ledger refuses: {0}")]
    Conflict(String),
    /// Another engine holds the lease of an account that the transaction is about.
    #[error("the lease is lost: {0}")]
    Fenced(String),
    /// The ledger cannot be written now: locked, read-only, full.
    #[error("{0}")]
    Unavailable(String),
}
