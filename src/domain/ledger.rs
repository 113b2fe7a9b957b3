//! The ledger's nouns: rows, intents, repairs, and the writes that change them.
//!
//! For: what the SQLite tables hold, as types; every change is a [`Write`], and the writes of
//! one [`Vec`] are one transaction. Not for: SQL (that is `store`).
//! Door: [`Row`]. A row becomes `closed` only through [`Row::close`], which asks for [`Gone`].

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::domain::amount::{Money, OrderSide, Price, Qty, Side};
use crate::domain::client_id::{ClientId, Fnv};
use crate::domain::event::Event;
use crate::domain::evidence::{Account, ExitReason, Fill, Gone};
use crate::domain::key::{PositionKey, Venue, VenueOrderId};
use crate::domain::order::OrderStatus;
use crate::domain::time::Time;

/// The `id` column of `positions`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RowId(pub i64);

/// The `status` column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RowStatus {
    /// Its opening order is out.
    Opening,
    /// Held.
    Active,
    /// Its closing order is out.
    Closing,
    /// Proven gone.
    Closed,
}

impl RowStatus {
    const ALL: [(Self, &'static str); 4] = [
        (Self::Opening, "opening"),
        (Self::Active, "active"),
        (Self::Closing, "closing"),
        (Self::Closed, "closed"),
    ];

    /// The ledger's word.
    pub fn name(self) -> &'static str {
        Self::ALL.into_iter().find(|(s, _)| *s == self).map_or("closed", |(_, name)| name)
    }

    /// Reads the ledger's word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, name)| *name == text).map(|(status, _)| status)
    }
}

/// The `detected_by` column: how a close was first noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DetectedBy {
    /// By the user stream.
    Stream,
    /// By a complete look.
    Sync,
    /// First seen missing in the first complete look after a start.
    Startup,
    /// Closed from here.
    Operator,
}

impl DetectedBy {
    const ALL: [(Self, &'static str); 4] = [
        (Self::Stream, "stream"),
        (Self::Sync, "sync"),
        (Self::Startup, "startup"),
        (Self::Operator, "operator"),
    ];

    /// The ledger's word.
    pub fn name(self) -> &'static str {
        Self::ALL.into_iter().find(|(d, _)| *d == self).map_or("sync", |(_, name)| name)
    }

    /// Reads the ledger's word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, name)| *name == text).map(|(by, _)| by)
    }
}

/// A row of `positions`: what the ledger believes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// `id`
    pub id: RowId,
    /// `account`, `symbol`, `leg`
    pub key: PositionKey,
    /// `exchange`
    pub venue: Venue,
    /// `side`
    pub side: Side,
    /// `quantity`, base units
    pub quantity: Qty,
    /// `entry_price`
    pub entry_price: Price,
    /// `current_price`: last mark written
    pub current_price: Option<Price>,
    /// `leverage`
    pub leverage: Option<Decimal>,
    /// `status`
    pub status: RowStatus,
    /// `signal_id`
    pub signal_id: Option<String>,
    /// `exchange_order_id`: the order whose fill opened it
    pub exchange_order_id: Option<VenueOrderId>,
    /// `stop_loss_price`
    pub stop_loss_price: Option<Price>,
    /// `pnl`: realised, quote currency, net of fees, without funding
    pub pnl: Option<Money>,
    /// `pnl_percentage`: of the entry value
    pub pnl_percentage: Option<Decimal>,
    /// `exit_price`
    pub exit_price: Option<Price>,
    /// `exit_reason`
    pub exit_reason: Option<ExitReason>,
    /// `detected_by`
    pub detected_by: Option<DetectedBy>,
    /// `evidence`
    pub evidence: Option<Value>,
    /// `priced`: false where no fill explains the exit
    pub priced: bool,
    /// `opened_at`
    pub opened_at: Time,
    /// `updated_at`
    pub updated_at: Time,
    /// `closed_at`
    pub closed_at: Option<Time>,
    /// `revision`: grows with every change that we make
    pub revision: u64,
}

/// A row image that is not closed: the only thing an ordinary update may write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenRow(Row);

/// A row image that is closed, with the proof it was built from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedRow(Row);

impl OpenRow {
    /// Accepts a row that is still open.
    pub fn new(row: Row) -> Option<Self> {
        (row.status != RowStatus::Closed).then_some(Self(row))
    }

    /// The image.
    pub fn row(&self) -> &Row {
        &self.0
    }
}

impl ClosedRow {
    /// The image.
    pub fn row(&self) -> &Row {
        &self.0
    }
}

impl Row {
    /// The row as it stands once the position is proven gone.
    pub fn close(&self, gone: &Gone, by: DetectedBy, now: Time) -> ClosedRow {
        let mut row = self.clone();
        row.status = RowStatus::Closed;
        row.detected_by = Some(by);
        row.evidence = Some(gone.to_json());
        row.updated_at = now;
        row.closed_at = Some(now);
        row.revision += 1;
        match gone.account() {
            Account::Explained(why) => {
                row.exit_price = Some(why.exit);
                row.current_price = Some(why.exit);
                // Parts closed earlier left their profit in the row.
                row.pnl = Some(self.pnl.unwrap_or_default() + why.profit);
                let cost = self.quantity.at(self.entry_price).0;
                row.pnl_percentage = Some((why.profit.0 / cost * Decimal::ONE_HUNDRED).round_dp(8));
                row.exit_reason = Some(why.reason);
                row.priced = true;
            }
            Account::Unpriced => {
                row.exit_reason = Some(ExitReason::Unexplained);
                row.priced = false;
            }
        }
        ClosedRow(row)
    }
}

/// A row that the engine wants to exist: an adoption.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewRow {
    /// `account`, `symbol`, `leg`
    pub key: PositionKey,
    /// `exchange`
    pub venue: Venue,
    /// `side`
    pub side: Side,
    /// `quantity`
    pub quantity: Qty,
    /// `entry_price`
    pub entry_price: Price,
    /// `exchange_order_id`, when the opening fill is known
    pub exchange_order_id: Option<VenueOrderId>,
    /// `stop_loss_price`
    pub stop_loss_price: Option<Price>,
    /// `opened_at`: when the venue opened it, else when it was first seen
    pub opened_at: Time,
    /// `updated_at`
    pub at: Time,
}

/// The primary key of `repairs`: equal repairs have equal ids, so nothing is repaired twice.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RepairId(pub String);

impl RepairId {
    /// Derives the id from what is repaired and the state it is repaired from.
    pub fn of(rule: Rule, key: &PositionKey, row: Option<&Row>, now: Time) -> Self {
        let mut hash = Fnv::default();
        hash.eat(rule.name().as_bytes());
        hash.eat(key.to_string().as_bytes());
        match row {
            Some(row) => {
                hash.eat(&row.id.0.to_be_bytes());
                hash.eat(&row.revision.to_be_bytes());
            }
            None => hash.eat(&now.0.to_be_bytes()),
        }
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
#[derive(Clone, Debug, PartialEq, Eq)]
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
}

impl IntentKind {
    /// The word in `intents.kind`.
    pub fn name(self) -> &'static str {
        match self {
            Self::PlaceStop => "place_stop",
            Self::Close => "close",
        }
    }

    /// Reads the ledger's word.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::PlaceStop, Self::Close].into_iter().find(|kind| kind.name() == text)
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
#[derive(Clone, Debug, PartialEq, Eq)]
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

/// One change of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// Puts back what a repair changed, exactly; refused when the row moved on since.
    Undo {
        /// Which repair.
        repair: RepairId,
        /// Who asks.
        author: Author,
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

/// What a read of the ledger brings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Books {
    /// Every row that is not closed and makes sense.
    pub rows: Vec<Row>,
    /// Every row that is not closed and does not: left alone, and shown.
    pub bad: Vec<BadRow>,
    /// The last closed row of each leg, for finding positions closed here but open there.
    pub last_closed: Vec<ClosedMark>,
    /// Repairs that were undone: their rows are not repaired again by the engine.
    pub undone: Vec<RowId>,
    /// Intents without an outcome.
    pub unfinished: Vec<Intent>,
}

/// A row other programs wrote wrongly.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct BadRow {
    /// Its `id`.
    pub id: RowId,
    /// Which column is wrong.
    pub column: String,
    /// What is wrong, in one sentence with the remedy.
    pub why: String,
}

/// The trace a closed row leaves behind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosedMark {
    /// The row.
    pub id: RowId,
    /// Its leg.
    pub key: PositionKey,
    /// Its side.
    pub side: Side,
    /// Its quantity.
    pub quantity: Qty,
    /// When it was opened.
    pub opened_at: Time,
    /// When it was closed.
    pub closed_at: Time,
}

/// What a transaction brought back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Ids of rows that `Adopt` made, in order.
    pub rows: Vec<RowId>,
}

/// Why a transaction did not happen. Nothing of it did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum WriteError {
    /// Somebody else changed the row meanwhile, or the leg already has an open row.
    #[error("the ledger has changed meanwhile: {0}")]
    Conflict(String),
    /// The ledger cannot be written now: locked, read-only, full.
    #[error("{0}")]
    Unavailable(String),
}
