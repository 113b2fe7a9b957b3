//! What the ledger holds: rows of `positions`, and what a read of them brings.
//!
//! Not for: changing it (that is `journal`) or SQL (that is `store`).
//! Door: [`Row`]. A row becomes `closed` only through [`Row::close`], which asks for [`Gone`].

use rust_decimal::Decimal;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::domain::amount::{Money, Price, Qty, Side};
use crate::domain::evidence::{Account, ExitReason, Gone};
use crate::domain::journal::{Halt, Intent};
use crate::domain::key::{PositionKey, Venue, VenueOrderId};
use crate::domain::naked::NakedSpan;
use crate::domain::teeth::{Tooth, broken};
use crate::domain::time::{Time, VenueTime};
use crate::domain::trail::TrailRecord;
use crate::domain::trust::Demotion;

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
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OpenRow(Row);

/// A row image that is closed, with the proof it was built from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
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

impl<'de> Deserialize<'de> for OpenRow {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let row = Row::deserialize(from)?;
        Self::new(row).ok_or_else(|| D::Error::custom("a closed row where an open one is due"))
    }
}

/// From a checkpoint, which holds only what a proof has closed before.
impl<'de> Deserialize<'de> for ClosedRow {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let row = Row::deserialize(from)?;
        match row.status {
            RowStatus::Closed => Ok(Self(row)),
            _ => Err(D::Error::custom("an open row where a closed one is due")),
        }
    }
}

impl ClosedRow {
    /// The image.
    pub fn row(&self) -> &Row {
        &self.0
    }
}

impl Row {
    /// Trades that closed or added parts of it and are in its numbers already, by id.
    pub fn followed(&self) -> &[Value] {
        let parts = self.evidence.as_ref().and_then(|e| e.get("followed")?.as_array());
        parts.map_or(&[], Vec::as_slice)
    }

    /// What all of it cost to enter: the size it has now, unless parts were closed or added.
    pub fn entry_value(&self) -> Money {
        let kept = self.evidence.as_ref().and_then(|e| e.get("entry_value")?.as_str());
        let kept = kept.and_then(|text| text.parse::<Decimal>().ok()).filter(|v| !v.is_zero());
        kept.map_or_else(|| self.quantity.at(self.entry_price), Money)
    }

    /// Until when every fill is in its numbers already, because it was adopted as the venue showed
    /// it or a person decided its size.
    pub fn settled_until(&self) -> Option<VenueTime> {
        let evidence = self.evidence.as_ref()?;
        let until = |of| evidence.get(of)?.get("until")?.as_i64().map(VenueTime);
        until("resized").max(until("adopted"))
    }

    /// The proof of the end, with what changed the size before it.
    fn with_parts(&self, mut proof: Value) -> Value {
        for part in ["followed", "resized", "adopted"] {
            if let Some(parts) = self.evidence.as_ref().and_then(|e| e.get(part)) {
                proof[part] = parts.clone();
            }
        }
        proof
    }

    /// The row as it stands once the position is proven gone.
    pub fn close(&self, gone: &Gone, by: DetectedBy, now: Time) -> ClosedRow {
        let mut row = self.clone();
        row.status = RowStatus::Closed;
        row.detected_by = Some(by);
        row.evidence = Some(self.with_parts(gone.to_json()));
        row.updated_at = now;
        row.closed_at = Some(now);
        row.revision += 1;
        match gone.account() {
            Account::Explained(why) => {
                row.exit_price = Some(why.exit);
                row.current_price = Some(why.exit);
                // Parts closed earlier left their profit in the row.
                let pnl = self.pnl.unwrap_or_default() + why.profit;
                row.pnl = Some(pnl);
                let share = pnl.0.checked_div(self.entry_value().0);
                let percent = share.and_then(|share| share.checked_mul(Decimal::ONE_HUNDRED));
                row.pnl_percentage = percent.map(|percent| percent.round_dp(8));
                row.exit_reason = Some(why.reason);
                row.priced = true;
            }
            Account::Unpriced | Account::Decided(_) => {
                row.exit_reason = Some(ExitReason::Unexplained);
                row.priced = broken(Tooth::MadeUpPrice);
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
    /// Until when every fill is in its numbers, because it was booked as the venue showed it.
    #[serde(default)]
    pub settled: Option<VenueTime>,
    /// `updated_at`
    pub at: Time,
}

impl NewRow {
    /// `evidence`
    pub fn evidence(&self) -> Option<Value> {
        self.settled.map(|at| serde_json::json!({"adopted": {"until": at}}))
    }
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
    /// Rules that may only propose, because a repair of theirs was taken back.
    #[serde(default)]
    pub demoted: Vec<Demotion>,
    /// Trailing stops that are not over.
    #[serde(default)]
    pub trails: Vec<TrailRecord>,
    /// Accounts in which nothing is opened or adopted.
    #[serde(default)]
    pub halted: Vec<Halt>,
    /// Naked spans that are open, or touch the present UTC day: for today's totals.
    #[serde(default)]
    pub naked: Vec<NakedSpan>,
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
