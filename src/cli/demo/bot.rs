//! The demo's bot: another program that writes rows into the ledger, as bots do.
//!
//! For: registering what it opened, with the columns a bot needs and no more. Not for: the
//! engine's own writes. Door: [`Bot::open`].

use std::path::Path;

use rust_decimal::Decimal;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool, SqlitePoolOptions};

use crate::cli::ending::Failure;
use crate::domain::amount::Side;
use crate::domain::key::{PositionKey, Venue};
use crate::domain::time::Time;

const INSERT: &str = "INSERT INTO positions \
    (account, exchange, symbol, leg, side, quantity, entry_price, stop_loss_price, opened_at, \
    status) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'active')";

const CORRECT: &str = "UPDATE positions SET quantity = ? \
    WHERE account = ? AND symbol = ? AND leg = ? AND status = 'active'";

/// A row as a bot writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registered {
    /// Whose it is, and where.
    pub key: PositionKey,
    /// On which venue.
    pub venue: Venue,
    /// Which way.
    pub side: Side,
    /// How much.
    pub quantity: Decimal,
    /// At what price.
    pub entry: Decimal,
    /// Where its stop should be; none leaves it to the engine.
    pub stop: Option<Decimal>,
    /// When it was opened.
    pub opened: Time,
}

/// Another program's connection to the ledger.
#[derive(Clone, Debug)]
pub struct Bot {
    pool: SqlitePool,
}

impl Bot {
    /// Connects to a ledger that exists.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub async fn open(path: &Path) -> Result<Self, Failure> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .busy_timeout(std::time::Duration::from_secs(5));
        let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await;
        let pool = pool.map_err(|error| format!("the demo's bot has no ledger: {error}"))?;
        Ok(Self { pool })
    }

    /// Registers a position.
    ///
    /// # Errors
    /// When the ledger refuses the row.
    pub async fn register(&self, row: &Registered) -> Result<(), Failure> {
        sqlx::query(INSERT)
            .bind(row.key.account.as_str())
            .bind(row.venue.exchange())
            .bind(row.key.symbol.as_str())
            .bind(row.key.leg.name())
            .bind(row.side.name())
            .bind(row.quantity.normalize().to_string())
            .bind(row.entry.normalize().to_string())
            .bind(row.stop.map(|stop| stop.normalize().to_string()))
            .bind(row.opened.rfc3339())
            .execute(&self.pool)
            .await
            .map_err(|error| format!("the demo's bot could not register a row: {error}"))?;
        Ok(())
    }

    /// Writes another size into the row of a position.
    ///
    /// # Errors
    /// When the ledger refuses the change.
    pub async fn resize(&self, key: &PositionKey, quantity: Decimal) -> Result<(), Failure> {
        sqlx::query(CORRECT)
            .bind(quantity.normalize().to_string())
            .bind(key.account.as_str())
            .bind(key.symbol.as_str())
            .bind(key.leg.name())
            .execute(&self.pool)
            .await
            .map_err(|error| format!("the demo's bot could not change a row: {error}"))?;
        Ok(())
    }
}
