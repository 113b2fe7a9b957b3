//! What the ledger and the venue hold in a story: rows that programs write, positions that are.

use holdfast::domain::journal::{Halt, Receipt, Write, WriteError};
use holdfast::domain::key::{AccountName, PositionKey, VenueOrderId};
use holdfast::domain::ledger::{BadRow, NewRow, RowId, RowStatus};
use holdfast::domain::position::{PositionMode, VenuePosition};
use holdfast::domain::time::Span;

use super::table::{self, Args};
use super::verbs::Teller;
use super::world::World;
use holdfast::worlds::ledger::written_by_bot;

/// What goes beside the rows of the ledger, by kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Noted {
    Event,
    Intent,
    Order,
    Fill,
    Trail,
}

impl Noted {
    fn read(text: &str) -> Option<Self> {
        Some(match text {
            "events" => Self::Event,
            "intents" => Self::Intent,
            "orders" => Self::Order,
            "fills" => Self::Fill,
            "trails" => Self::Trail,
            _ => return None,
        })
    }

    fn of(write: &Write) -> Option<Self> {
        Some(match write {
            Write::Event(_) => Self::Event,
            Write::Intend(_) | Write::Settle { .. } => Self::Intent,
            Write::Order(_) | Write::StopsEnded { .. } => Self::Order,
            Write::Fill { .. } => Self::Fill,
            Write::Trail(_) | Write::TrailEnded { .. } => Self::Trail,
            _ => return None,
        })
    }
}

impl World {
    /// One transaction: refused as a whole where something in it is refused for good.
    pub fn write(&mut self, writes: &[Write]) -> Result<Receipt, WriteError> {
        let refused = |write: &Write| Noted::of(write).is_some_and(|of| Some(of) == self.refuses);
        if self.ledger.down.is_none() && writes.iter().any(refused) {
            return Err(WriteError::Conflict("a value is out of range".to_owned()));
        }
        self.ledger.write(writes)
    }
}

impl Teller {
    /// `KEY side quantity @ entry`, with whatever else the line says of it.
    fn open(&mut self, words: &mut Args) -> Result<(PositionKey, NewRow), String> {
        let key = words.key()?;
        self.world.list(&key.account, &key.symbol)?;
        let side = words.read("side", table::side)?;
        let quantity = words.read("quantity", table::qty)?;
        let entry = words.parsed("@", table::price)?.ok_or("@ what price?")?;
        let venue = self.world.venue(&key.account)?.name;
        let age = words.parsed("opened", table::span)?.unwrap_or(Span::secs(3600));
        let row = NewRow {
            key: key.clone(),
            venue,
            side,
            quantity,
            entry_price: entry,
            exchange_order_id: words.value("order").map(VenueOrderId::from),
            stop_loss_price: words.parsed("stop", table::price)?,
            opened_at: self.world.now - age,
            settled: None,
            at: self.world.now - age,
        };
        Ok((key, row))
    }

    pub fn ledger(&mut self, words: &mut Args) -> Result<(), String> {
        let verb = words.try_next(|w| w.chars().all(|c| c.is_lowercase()).then(|| w.to_owned()));
        match verb.as_deref() {
            None => {
                let (_, row) = self.open(words)?;
                let mut row = written_by_bot(&row);
                row.signal_id = words.value("signal");
                if let Some(status) = words.parsed("status", RowStatus::parse)? {
                    row.status = status;
                }
                self.world.ledger.insert(row)?;
                self.world.ledger_changed();
            }
            Some("down") => self.world.ledger.down = Some("database is locked".to_owned()),
            Some("up") => self.world.ledger.down = None,
            Some("refuses") => {
                self.world.refuses = Some(words.read("kind of notes", Noted::read)?);
            }
            Some("takes") => self.world.refuses = None,
            Some("trails") => self.trails(words)?,
            Some("behind") => self.world.leases.behind = words.read("time", table::span)?,
            Some("halts") => {
                let account = AccountName::from(words.next("account")?);
                let (since, who) = (self.world.now, "another program".to_owned());
                let halt = Halt { account, since, who, reason: String::new() };
                self.world.ledger.halted.push(halt);
                self.world.ledger_changed();
            }
            Some("resumes") => {
                let account = AccountName::from(words.next("account")?);
                self.world.ledger.halted.retain(|halt| halt.account != account);
                self.world.ledger_changed();
            }
            Some("conflicts") => {
                self.world.ledger.conflicts = words.try_next(table::number).unwrap_or(1);
            }
            Some("ahead") => {
                let by = words.read("span", table::span)?;
                for (intent, _) in self.world.ledger.intents.values_mut() {
                    intent.at = intent.at + by;
                }
            }
            Some("bad") => {
                let id = RowId(words.read("row id", table::number)?);
                let (column, why) = (words.next("column")?, words.next("reason")?);
                self.world.ledger.bad.push(BadRow { id, column, why });
                self.world.ledger_changed();
            }
            Some(change) => self.change_row(change, words)?,
        }
        Ok(())
    }

    fn change_row(&mut self, change: &str, words: &mut Args) -> Result<(), String> {
        let key = words.key()?;
        let now = self.world.now;
        let id = self.world.ledger.open(&key).map(|row| row.id).ok_or("no open row")?;
        let row = self.world.ledger.rows.get_mut(&id).ok_or("no open row")?;
        row.revision += 1;
        row.updated_at = now;
        match change {
            "closes" => (row.status, row.closed_at) = (RowStatus::Closed, Some(now)),
            "sets" => {
                row.stop_loss_price = words.parsed("stop", table::price)?.or(row.stop_loss_price);
                if let Some(quantity) = words.parsed("quantity", table::qty)? {
                    row.quantity = quantity;
                }
                row.status = words.parsed("status", RowStatus::parse)?.unwrap_or(row.status);
            }
            "deletes" => {
                self.world.ledger.rows.remove(&id);
            }
            other => return Err(format!("the ledger cannot {other}")),
        }
        self.world.ledger_changed();
        Ok(())
    }

    pub fn venue(&mut self, words: &mut Args) -> Result<(), String> {
        if words.flag("flat") {
            let key = words.key()?;
            let venue = self.world.venue(&key.account)?;
            venue.positions.remove(&(key.symbol.clone(), key.leg));
            venue.clear_slot(&key);
            return Ok(());
        }
        if words.flag("ahead") {
            let by = words.read("time", table::span)?;
            self.world.venues.values_mut().for_each(|venue| venue.ahead = by);
            return Ok(());
        }
        if words.flag("hedged") {
            let account = AccountName::from(words.next("account")?);
            self.world.venue(&account)?.mode = PositionMode::Hedge;
            return Ok(());
        }
        let (key, row) = self.open(words)?;
        self.put(words, &key, &row)
    }

    fn put(&mut self, words: &mut Args, key: &PositionKey, row: &NewRow) -> Result<(), String> {
        let liquidation = words.parsed("liq", table::price)?;
        let venue = self.world.venue(&key.account)?;
        let position = VenuePosition {
            side: row.side,
            quantity: row.quantity,
            entry: (!words.flag("entryless")).then_some(row.entry_price),
            mark: venue.marks.get(&key.symbol).copied(),
            liquidation,
            changed: (!words.flag("undated")).then_some(venue.stamp(row.opened_at)),
            opened: venue.opened(venue.stamp(row.opened_at)),
            trouble: None,
        };
        venue.positions.insert((key.symbol.clone(), key.leg), position);
        venue.clear_slot(key);
        Ok(())
    }

    pub fn both(&mut self, words: &mut Args) -> Result<(), String> {
        let (key, row) = self.open(words)?;
        self.world.ledger.insert(written_by_bot(&row))?;
        self.world.ledger_changed();
        self.put(words, &key, &row)
    }
}
