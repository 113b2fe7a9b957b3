//! Other programs on a world's ledger: rows written, resized and closed, as bots do it.
//!
//! Every column is written, so that nothing falls back on the machine's clock. Not for: what the
//! engine writes. Door: [`Scribe`].

use std::sync::{Mutex, MutexGuard, PoisonError};

use rust_decimal::Decimal;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection};

use crate::domain::amount::{Price, Qty, Side};
use crate::domain::key::{PositionKey, Venue};
use crate::domain::ledger::{NewRow, Row, RowId, RowStatus};
use crate::domain::time::Time;
use crate::store::wait;
use crate::worlds::ledger::written_by_bot;
use crate::worlds::power::everything;
use crate::worlds::shelf::{Cabinet, Kept};

/// A bot's hand on the ledger.
#[derive(Debug)]
pub struct Scribe {
    file: Option<Mutex<SqliteConnection>>,
}

/// A row as a bot means it.
#[derive(Clone, Debug)]
pub struct Line {
    /// Whose.
    pub key: PositionKey,
    /// Where.
    pub venue: Venue,
    /// Which way.
    pub side: Side,
    /// How much.
    pub quantity: Decimal,
    /// At what price.
    pub entry: Decimal,
    /// Where its stop should be.
    pub stop: Option<Decimal>,
    /// When it was opened.
    pub opened: Time,
    /// When it is written.
    pub now: Time,
}

const INSERT: &str = "INSERT INTO positions (account, exchange, symbol, leg, side, quantity, \
    entry_price, stop_loss_price, opened_at, updated_at, status, priced, revision) \
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'active', 1, 0)";
const CHANGE: &str = "UPDATE positions SET quantity = ?, stop_loss_price = ?, status = ?, \
    closed_at = ?, updated_at = ?, revision = revision + 1 WHERE id = ? AND status = 'active'";

impl Scribe {
    /// A hand on a ledger in memory, or on a file by a connection of its own.
    ///
    /// # Errors
    /// One sentence when the file cannot be opened.
    pub fn new(file: Option<&std::path::Path>) -> Result<Self, String> {
        let Some(path) = file else { return Ok(Self { file: None }) };
        let options = SqliteConnectOptions::new().filename(path);
        let connection = wait(options.connect()).map_err(|why| format!("a bot's ledger: {why}"))?;
        Ok(Self { file: Some(Mutex::new(connection)) })
    }

    /// Its connection to a file, if that is what the ledger is.
    pub fn hand(&self) -> Option<MutexGuard<'_, SqliteConnection>> {
        Some(self.file.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// What it finds in a file: every line of every table.
    ///
    /// # Errors
    /// One sentence when it cannot be read.
    pub fn everything(&self) -> Result<Vec<String>, String> {
        let Some(mut hand) = self.hand() else { return Ok(Vec::new()) };
        wait(everything(&mut hand)).map_err(|why| format!("a bot reads the ledger: {why}"))
    }

    /// Writes a row, unless the leg has one.
    pub fn insert(&self, cabinet: &Cabinet, line: &Line) {
        if let Kept::Memory(memory) = cabinet.kept() {
            let mut memory = memory.lock().unwrap_or_else(PoisonError::into_inner);
            let Some(row) = row(line) else { return };
            if memory.ledger.insert(row).is_ok() {
                memory.written_by_another();
            }
            return;
        }
        let query = sqlx::query(INSERT)
            .bind(line.key.account.as_str())
            .bind(line.venue.exchange())
            .bind(line.key.symbol.as_str())
            .bind(line.key.leg.name())
            .bind(line.side.name())
            .bind(line.quantity.normalize().to_string())
            .bind(line.entry.normalize().to_string())
            .bind(line.stop.map(|stop| stop.normalize().to_string()))
            .bind(line.opened.rfc3339())
            .bind(line.now.rfc3339());
        self.run(query);
    }

    /// Writes another size, stop or end into a row it has read.
    pub fn change(&self, cabinet: &Cabinet, image: &Row, now: Time) {
        if let Kept::Memory(memory) = cabinet.kept() {
            let mut memory = memory.lock().unwrap_or_else(PoisonError::into_inner);
            let Some(known) = memory.ledger.rows.get_mut(&image.id) else { return };
            if known.status == RowStatus::Active {
                let revision = known.revision + 1;
                *known = Row { revision, updated_at: now, ..image.clone() };
                memory.written_by_another();
            }
            return;
        }
        let query = sqlx::query(CHANGE)
            .bind(image.quantity.get().normalize().to_string())
            .bind(image.stop_loss_price.map(|stop| stop.get().normalize().to_string()))
            .bind(image.status.name())
            .bind(image.closed_at.map(Time::rfc3339))
            .bind(now.rfc3339())
            .bind(image.id.0);
        self.run(query);
    }

    fn run(&self, query: sqlx::query::Query<'_, sqlx::Sqlite, sqlx::sqlite::SqliteArguments>) {
        let Some(mut file) = self.hand() else { return };
        // A leg that has a row refuses another: then the bot has none.
        let _ = wait(query.execute(&mut *file));
    }

    /// Hangs up.
    pub fn end(self) {
        if let Some(file) = self.file {
            let file = file.into_inner().unwrap_or_else(PoisonError::into_inner);
            let _ = wait(file.close());
        }
    }
}

fn row(line: &Line) -> Option<Row> {
    let new = NewRow {
        key: line.key.clone(),
        venue: line.venue,
        side: line.side,
        quantity: Qty::new(line.quantity).ok()?,
        entry_price: Price::new(line.entry).ok()?,
        exchange_order_id: None,
        stop_loss_price: line.stop.and_then(|stop| Price::new(stop).ok()),
        opened_at: line.opened,
        settled: None,
        at: line.now,
    };
    Some(Row { id: RowId(0), ..written_by_bot(&new) })
}
