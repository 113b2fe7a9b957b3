//! What is told to the ledger's `events` table, and through it to everybody.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::domain::key::{AccountName, Leg, PositionKey, Symbol, Venue};
use crate::domain::ledger::RowId;
use crate::domain::time::Time;

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $name:literal),+ $(,)?) => {
        /// What happened, in the spelling of the `events` table.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum EventKind {
            $($(#[$doc])* #[serde(rename = $name)] $variant,)+
        }

        impl EventKind {
            /// Every kind there is.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The ledger's spelling.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }
        }
    };
}

kinds! {
    /// Rows were read at start.
    PositionsLoaded = "POSITIONS_LOADED",
    /// A complete look, with counters that balance.
    SyncCompleted = "SYNC_COMPLETED",
    /// A look that failed; nothing was concluded from it.
    SyncFailed = "SYNC_FAILED",
    /// In the ledger, not on the venue.
    PhantomDetected = "PHANTOM_POSITION_DETECTED",
    /// A phantom was proven gone and its row closed.
    PhantomClosed = "PHANTOM_POSITION_CLOSED",
    /// On the venue, not in the ledger.
    OrphanDetected = "ORPHANED_POSITION_DETECTED",
    /// An orphan got a row.
    PositionAdopted = "POSITION_ADOPTED",
    /// Same side, other size.
    QuantityMismatch = "QUANTITY_MISMATCH",
    /// Other side.
    SideMismatch = "SIDE_MISMATCH",
    /// A row appeared, written by us or by a bot.
    PositionOpened = "POSITION_OPENED",
    /// A row was closed, or an untracked position ended.
    PositionClosed = "POSITION_CLOSED",
    /// A stop of ours is live.
    StopPlaced = "STOP_PLACED",
    /// A stop of ours was replaced.
    StopAmended = "STOP_AMENDED",
    /// The venue refused a stop of ours.
    StopRejected = "STOP_REJECTED",
    /// A stop that covered a leg is gone while the leg is open.
    StopLost = "STOP_LOST",
    /// A trailing stop follows the price from here on.
    TrailingStopActivated = "TRAILING_STOP_ACTIVATED",
    /// A trailing stop is over, with the position or by a person's word.
    TrailingStopRemoved = "TRAILING_STOP_REMOVED",
    /// A position that was opened from here and its stop are both proven live.
    OpenVerified = "OPEN_VERIFIED",
    /// An open did not come to be: nothing was filled, or it was taken back.
    OpenFailed = "OPEN_FAILED",
    /// A position that could not be verified or protected is being taken back.
    RollbackStarted = "ROLLBACK_STARTED",
    /// Two sources say that what was taken back is flat.
    RollbackVerified = "ROLLBACK_VERIFIED",
    /// Nobody could prove that what was taken back is flat.
    RollbackUnverified = "ROLLBACK_UNVERIFIED",
    /// The lease of an account is gone: nothing is sent for it any more.
    LeaseLost = "LEASE_LOST",
    /// A stop of ours without a position was taken away.
    StrayStopCleaned = "ORPHANED_SL_CLEANED",
    /// An open leg has no working stop for some of its size.
    PositionNaked = "POSITION_NAKED",
    /// It has again.
    PositionCovered = "POSITION_COVERED",
    /// A repair was taken back.
    RepairUndone = "REPAIR_UNDONE",
    /// A stream was lost or is not believed.
    StreamDown = "STREAM_DOWN",
    /// It is back.
    StreamUp = "STREAM_UP",
    /// A position is too small for the venue to trade.
    PositionDust = "POSITION_DUST",
    /// The venue refuses to say whether a position of the ledger is open.
    PositionUnanswered = "POSITION_UNANSWERED",
    /// The venue itself is at work on a position: liquidation or auto-deleveraging.
    PositionTrouble = "POSITION_TROUBLE",
    /// A row stands on a leg where the venue holds nothing, or twice for one position.
    LegMismatch = "LEG_MISMATCH",
    /// The instrument of a position ends soon, or does not trade any more.
    InstrumentEnding = "INSTRUMENT_ENDING",
    /// What could explain a difference leaves the venue's history soon, or has left it.
    EvidenceAgeing = "EVIDENCE_AGEING",
    /// Somebody else acts on the account.
    ForeignOrder = "FOREIGN_ORDER",
    /// The account keeps long and short apart now, or does not any more.
    PositionModeChanged = "POSITION_MODE_CHANGED",
    /// A person asked for something.
    OperatorCommand = "OPERATOR_COMMAND",
}

/// How loud an event is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Severity {
    /// For the log.
    Debug,
    /// Worth knowing.
    Info,
    /// Worth looking at.
    Warning,
    /// Somebody has to look now.
    Critical,
}

impl Severity {
    /// The ledger's spelling.
    pub fn name(self) -> &'static str {
        match self {
            Self::Debug => "DEBUG",
            Self::Info => "INFO",
            Self::Warning => "WARNING",
            Self::Critical => "CRITICAL",
        }
    }
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// When.
    pub at: Time,
    /// What.
    pub kind: EventKind,
    /// How loud.
    pub severity: Severity,
    /// Which account, when it is about one.
    pub account: Option<AccountName>,
    /// Its venue.
    pub venue: Option<Venue>,
    /// Which instrument, when it is about one.
    pub symbol: Option<Symbol>,
    /// Which leg.
    pub leg: Option<Leg>,
    /// Which row.
    pub row: Option<RowId>,
    /// One sentence for a person, without the names above.
    pub text: String,
    /// The facts; the ledger's `data` column, which also holds the sentence as `text`.
    pub data: Value,
}

impl Event {
    /// An event about a leg.
    pub fn of(at: Time, kind: EventKind, severity: Severity, key: &PositionKey) -> Self {
        Self {
            symbol: Some(key.symbol.clone()),
            leg: Some(key.leg),
            ..Self::about(at, kind, severity, &key.account)
        }
    }

    /// An event about an account.
    pub fn about(at: Time, kind: EventKind, severity: Severity, account: &AccountName) -> Self {
        Self {
            at,
            kind,
            severity,
            account: Some(account.clone()),
            venue: None,
            symbol: None,
            leg: None,
            row: None,
            text: String::new(),
            data: Value::Object(serde_json::Map::new()),
        }
    }

    /// The same event with its sentence.
    #[must_use]
    pub fn saying(mut self, text: impl Into<String>) -> Self {
        self.text = text.into();
        self
    }

    /// The same event with its facts, an object.
    #[must_use]
    pub fn with(mut self, data: Value) -> Self {
        self.data = data;
        self
    }

    /// The same event, about a row.
    #[must_use]
    pub fn on(mut self, row: Option<RowId>) -> Self {
        self.row = row;
        self
    }
}
