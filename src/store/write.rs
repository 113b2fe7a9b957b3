//! Running a transaction: all trips, or a rollback.
//!
//! Door: [`commit`].

use futures_util::TryStreamExt;
use sqlx::{AssertSqlSafe, Either, Executor, Row as _, SqliteConnection};

use crate::domain::journal::Receipt;
use crate::domain::ledger::RowId;
use crate::store::batch::{Batch, Trip};

/// Runs the batch; nothing of it has happened when this fails.
pub(super) async fn commit(
    writer: &mut SqliteConnection,
    batch: Batch,
) -> Result<Receipt, sqlx::Error> {
    let mut receipt = Receipt::default();
    for trip in batch.transaction() {
        if let Err(error) = travel(&mut *writer, trip, &mut receipt).await {
            // Fails when SQLite rolled back by itself, as it does on a full disk.
            sqlx::raw_sql("ROLLBACK").execute(writer).await.ok();
            return Err(error);
        }
    }
    Ok(receipt)
}

/// Runs one trip. The only statements that return rows return ids of positions made.
async fn travel(
    writer: &mut SqliteConnection,
    trip: Trip,
    receipt: &mut Receipt,
) -> Result<(), sqlx::Error> {
    let query = sqlx::query_with(AssertSqlSafe(trip.sql), trip.arguments);
    let mut answers = writer.fetch_many(query);
    while let Some(answer) = answers.try_next().await? {
        if let Either::Right(row) = answer {
            receipt.rows.push(RowId(row.try_get(0)?));
        }
    }
    Ok(())
}
