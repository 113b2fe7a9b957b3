//! A ledger in memory that keeps the journal's promises: a transaction is all or nothing, a row
//! moves only from the revision its image was made from, a leg has one open row.
//!
//! For: worlds and stories, where thousands of ledgers live for a moment each. Not for: keeping
//! anything. Door: [`Ledger`].

use std::collections::BTreeMap;

use crate::domain::client_id::{ClientId, Purpose};
use crate::domain::event::Event;
use crate::domain::evidence::Fill;
use crate::domain::journal::{
    Author, Halt, Intent, IntentState, Receipt, Repair, RepairId, Rule, Write, WriteError,
};
use crate::domain::key::{AccountName, PositionKey, Symbol, TradeId};
use crate::domain::ledger::{BadRow, Books, ClosedMark, NewRow, Row, RowId, RowStatus};
use crate::domain::naked::NakedSpan;
use crate::domain::order::OrderStatus;
use crate::domain::time::Time;
use crate::domain::trail::TrailRecord;
use crate::domain::trust::{Demotion, Duty};

/// A repair as it was journaled.
#[derive(Clone, Debug)]
pub struct Repaired {
    /// Its id.
    pub id: RepairId,
    /// The row it changed.
    pub row: RowId,
    /// The row's leg.
    pub key: PositionKey,
    /// By which rule.
    pub rule: Rule,
    /// By whom.
    pub author: Author,
    before: Option<Row>,
    after: Row,
    /// Whether it was taken back.
    pub undone: bool,
    /// Why it was right.
    pub evidence: serde_json::Value,
    demotes: Option<(AccountName, Duty)>,
}

/// The ledger.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// Every row, closed ones included.
    pub rows: BTreeMap<RowId, Row>,
    /// Rows that make no sense.
    pub bad: Vec<BadRow>,
    /// What was told, oldest first.
    pub events: Vec<Event>,
    /// What was meant, and what came of it.
    pub intents: BTreeMap<ClientId, (Intent, IntentState)>,
    /// What was repaired, oldest first.
    pub repairs: Vec<Repaired>,
    /// Fills that explain something.
    pub fills: BTreeMap<(AccountName, Symbol, TradeId), Fill>,
    /// Orders of ours.
    pub orders: BTreeMap<ClientId, (PositionKey, OrderStatus)>,
    /// When legs were naked.
    pub spans: Vec<NakedSpan>,
    /// Rules that may only propose.
    pub demoted: Vec<Demotion>,
    /// Trailing stops.
    pub trails: BTreeMap<PositionKey, TrailRecord>,
    /// Halted accounts.
    pub halted: Vec<Halt>,
    /// Why nothing can be written or read now.
    pub down: Option<String>,
    /// How many of the next row changes find that somebody was faster.
    pub conflicts: u32,
    next: i64,
}

impl Ledger {
    /// A row written by another program.
    ///
    /// # Errors
    /// When the leg has an open row.
    pub fn insert(&mut self, mut row: Row) -> Result<RowId, String> {
        if row.status != RowStatus::Closed && self.open(&row.key).is_some() {
            return Err(format!("{} has an open row already", row.key));
        }
        self.next += 1;
        row.id = RowId(self.next);
        let id = row.id;
        self.rows.insert(id, row);
        Ok(id)
    }

    /// The open row of a leg.
    pub fn open(&self, key: &PositionKey) -> Option<&Row> {
        self.rows.values().find(|row| row.key == *key && row.status != RowStatus::Closed)
    }

    /// The newest closed row of a leg.
    pub fn last_closed(&self, key: &PositionKey) -> Option<&Row> {
        let closed = |row: &&Row| row.key == *key && row.status == RowStatus::Closed;
        self.rows.values().filter(closed).max_by_key(|row| (row.closed_at, row.id))
    }

    /// What a read brings.
    ///
    /// # Errors
    /// While it is down.
    pub fn read(&self) -> Result<Books, String> {
        if let Some(why) = &self.down {
            return Err(why.clone());
        }
        let open = self.rows.values().filter(|row| row.status != RowStatus::Closed);
        let mut legs: Vec<&PositionKey> = self.rows.values().map(|row| &row.key).collect();
        legs.sort();
        legs.dedup();
        let mark = |row: &Row| {
            Some(ClosedMark {
                id: row.id,
                key: row.key.clone(),
                side: row.side,
                quantity: row.quantity,
                opened_at: row.opened_at,
                closed_at: row.closed_at?,
            })
        };
        let unfinished = |(_, state): &&(Intent, IntentState)| {
            matches!(state, IntentState::Pending | IntentState::Unknown)
        };
        Ok(Books {
            rows: open.cloned().collect(),
            bad: self.bad.clone(),
            last_closed: legs.iter().filter_map(|k| self.last_closed(k).and_then(mark)).collect(),
            undone: self.repairs.iter().filter(|r| r.undone).map(|r| r.row).collect(),
            unfinished: self.intents.values().filter(unfinished).map(|(i, _)| i.clone()).collect(),
            demoted: self.demoted.clone(),
            trails: self.trails.values().cloned().collect(),
            halted: self.halted.clone(),
            naked: self.spans.clone(),
        })
    }

    /// One transaction: all of it or nothing.
    ///
    /// # Errors
    /// While it is down, and when somebody else was faster.
    pub fn write(&mut self, writes: &[Write]) -> Result<Receipt, WriteError> {
        if let Some(why) = &self.down {
            return Err(WriteError::Unavailable(why.clone()));
        }
        let moves = |w: &Write| {
            matches!(
                w,
                Write::Adopt(..) | Write::Open(_) | Write::Update { .. } | Write::Close { .. }
            )
        };
        if self.conflicts > 0 && writes.iter().any(moves) {
            self.conflicts -= 1;
            return Err(WriteError::Conflict("the row changed".to_owned()));
        }
        let mut receipt = Receipt::default();
        // Only a change of a row can be refused: what goes beside the rows needs no way back.
        let kept = writes
            .iter()
            .any(|w| moves(w) || matches!(w, Write::Undo { .. }))
            .then(|| (self.rows.clone(), self.repairs.clone(), self.demoted.clone(), self.next));
        let (rows, beside): (Vec<&Write>, Vec<&Write>) =
            writes.iter().partition(|w| moves(w) || matches!(w, Write::Undo { .. }));
        for write in rows {
            if let Err(why) = self.apply(write, &mut receipt) {
                if let Some(kept) = kept {
                    (self.rows, self.repairs, self.demoted, self.next) = kept;
                }
                return Err(WriteError::Conflict(why));
            }
        }
        beside.into_iter().for_each(|write| self.note(write));
        Ok(receipt)
    }

    fn apply(&mut self, write: &Write, receipt: &mut Receipt) -> Result<(), String> {
        match write {
            Write::Adopt(new, repair) => {
                if self.repairs.iter().any(|known| known.id == repair.id) {
                    return Err("this repair was made already".to_owned());
                }
                let id = self.insert(row(new))?;
                receipt.rows.push(id);
                let after = Row { id, ..row(new) };
                self.journal(repair, None, after);
            }
            Write::Open(new) => {
                let id = self.insert(row(new))?;
                receipt.rows.push(id);
            }
            Write::Update { row, expect, repair } => {
                let before = self.replace(row.row(), *expect)?;
                if let Some(repair) = repair {
                    let after = row.row().clone();
                    self.journal(repair, Some(before), after);
                }
            }
            Write::Close { row, expect, repair } => {
                let before = self.replace(row.row(), *expect)?;
                self.journal(repair, Some(before), row.row().clone());
            }
            Write::Undo { repair, at, .. } => self.undo(repair, *at)?,
            beside => self.note(beside),
        }
        Ok(())
    }

    /// What goes beside the rows: nothing can be in its way.
    fn note(&mut self, write: &Write) {
        match write {
            Write::Trail(record) => {
                self.trails.insert(record.key.clone(), (**record).clone());
            }
            Write::TrailEnded { key, .. } => {
                self.trails.remove(key);
            }
            Write::Halt(halt) => {
                self.halted.retain(|known| known.account != halt.account);
                self.halted.push((**halt).clone());
            }
            Write::Resume { account, .. } => self.halted.retain(|h| h.account != *account),
            Write::Restore { account, duty, .. } => {
                self.demoted.retain(|held| held.account != *account || held.duty != *duty);
            }
            Write::Event(event) => self.events.push((**event).clone()),
            Write::Intend(intent) => {
                let id = intent.client_id.clone();
                self.intents.insert(id, ((**intent).clone(), IntentState::Pending));
            }
            Write::Settle { client_id, state, .. } => {
                if let Some((_, known)) = self.intents.get_mut(client_id) {
                    *known = *state;
                }
            }
            Write::Order(order) => {
                let record = (order.key.clone(), order.status);
                self.orders.insert(order.client_id.clone(), record);
            }
            Write::StopsEnded { key, keep, status, .. } => {
                for (id, (at, known)) in &mut self.orders {
                    let stop = id.purpose() == Some(Purpose::Stop) && at == key;
                    if stop && *known == OrderStatus::Live && Some(id) != keep.as_ref() {
                        *known = *status;
                    }
                }
            }
            Write::Fill { key, fill } => {
                let id = (key.account.clone(), fill.symbol.clone(), fill.trade_id.clone());
                self.fills.entry(id).or_insert_with(|| (**fill).clone());
            }
            Write::NakedFrom { key, at, .. } => {
                if !self.spans.iter().any(|s| s.key == *key && s.ended.is_none()) {
                    self.spans.push(NakedSpan { key: key.clone(), began: *at, ended: None });
                }
            }
            Write::NakedUntil { key, at } => {
                for span in self.spans.iter_mut().filter(|s| s.key == *key && s.ended.is_none()) {
                    span.ended = Some(*at);
                }
            }
            Write::Adopt(..)
            | Write::Open(_)
            | Write::Update { .. }
            | Write::Close { .. }
            | Write::Undo { .. } => {}
        }
    }

    fn journal(&mut self, repair: &Repair, before: Option<Row>, after: Row) {
        let (id, row, key) = (repair.id.clone(), after.id, repair.key.clone());
        let (rule, author) = (repair.rule, repair.author);
        let by_engine = repair.author == Author::Engine;
        let demotes = by_engine.then(|| (after.key.account.clone(), Duty::of(repair.rule)));
        let (undone, evidence) = (false, repair.evidence.clone());
        let done =
            Repaired { id, row, key, rule, author, evidence, before, after, undone, demotes };
        self.repairs.push(done);
    }

    fn replace(&mut self, image: &Row, expect: u64) -> Result<Row, String> {
        let known = self.rows.get_mut(&image.id).ok_or(format!("row {} is gone", image.id.0))?;
        if known.status == RowStatus::Closed || known.revision != expect {
            return Err(format!("row {} is at revision {}", image.id.0, known.revision));
        }
        Ok(std::mem::replace(known, image.clone()))
    }

    fn undo(&mut self, id: &RepairId, at: Time) -> Result<(), String> {
        let repair = self.repairs.iter_mut().rev().find(|r| r.id == *id && !r.undone);
        let repair = repair.ok_or(format!("there is no repair {} to undo", id.0))?;
        let known = self.rows.get(&repair.row).ok_or("its row is gone")?;
        if *known != repair.after {
            return Err("the row moved on since".to_owned());
        }
        repair.undone = true;
        let repair = repair.clone();
        if let Some((account, duty)) = repair.demotes.clone() {
            let held = |d: &Demotion| d.account == account && d.duty == duty;
            if !self.demoted.iter().any(held) {
                self.demoted.push(Demotion { account, duty, repair: id.clone(), at });
            }
        }
        match repair.before {
            None => {
                self.rows.remove(&repair.row);
            }
            Some(before) => {
                let taken = self.open(&before.key).is_some_and(|row| row.id != before.id);
                if taken {
                    return Err(format!("{} has an open row already", before.key));
                }
                let revision = repair.after.revision + 1;
                self.rows.insert(before.id, Row { revision, updated_at: at, ..before });
            }
        }
        Ok(())
    }
}

fn row(new: &NewRow) -> Row {
    Row {
        id: RowId(0),
        key: new.key.clone(),
        venue: new.venue,
        side: new.side,
        quantity: new.quantity,
        entry_price: new.entry_price,
        current_price: None,
        leverage: None,
        status: RowStatus::Active,
        signal_id: None,
        exchange_order_id: new.exchange_order_id.clone(),
        stop_loss_price: new.stop_loss_price,
        pnl: None,
        pnl_percentage: None,
        exit_price: None,
        exit_reason: None,
        detected_by: None,
        evidence: new.evidence(),
        priced: false,
        opened_at: new.opened_at,
        updated_at: new.at,
        closed_at: None,
        revision: 0,
    }
}

/// A row as a bot writes it.
pub fn written_by_bot(new: &NewRow) -> Row {
    Row { priced: true, ..row(new) }
}
