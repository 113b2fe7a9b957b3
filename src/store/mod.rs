//! What survives a restart: the ledger, the recording of every input, the lock on the state.
//!
//! For: one SQLite file that other programs write too, as the domain's nouns. Not for: deciding
//! anything about what it holds (that is `engine`), nor where it lies (that is `settings`).
//! Door: [`Ledger`] with the leases in it, or any [`Shelf`] like it; [`LeaseFile`], [`Recorder`]
//! with [`recorder::read`], [`bundle`], [`StateLock`].

mod at_once;
mod batch;
pub mod bundle;
mod cells;
mod changes;
mod export;
mod fault;
mod lease;
mod lease_file;
mod lock;
mod open;
mod read;
pub mod recorder;
pub mod refused;
mod shelf;
mod slice;
mod statements;
mod write;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;
use sqlx::SqliteConnection;
use tokio::sync::Mutex;
use tokio::task::JoinError;

use crate::domain::journal::{Receipt, Write, WriteError};
use crate::domain::ledger::Books;
use crate::domain::time::Time;

pub use at_once::{AtOnce, wait};
pub use export::Journal;
pub use lease::{Standing, Tenure, Want};
pub use lease_file::{LeaseFile, Mark};
pub use lock::StateLock;
pub use open::OpenError;
pub use recorder::Recorder;
pub use shelf::{Claimed, Shelf, SignOfLife};
pub use slice::slice;
pub use statements::Fences;

/// The ledger: one connection that writes, one that reads.
///
/// Every write that returned is on the disk (WAL with `synchronous=FULL`). Other programs may
/// read and write the file at any time.
#[derive(Debug)]
pub struct Ledger {
    path: PathBuf,
    writer: Option<Arc<Mutex<SqliteConnection>>>,
    reader: Mutex<SqliteConnection>,
    /// Whether a transaction goes on when whoever awaits it goes away.
    outlives_caller: bool,
}

impl Ledger {
    /// Opens the ledger for reading and writing; creates it where there is none and brings an
    /// older one up to date.
    ///
    /// # Errors
    /// A file that is not ours, that a newer version wrote, or that cannot be written now.
    pub async fn open(path: &Path) -> Result<Self, OpenError> {
        let (writer, reader) = open::read_write(path).await?;
        let writer = Some(Arc::new(Mutex::new(writer)));
        Ok(Self::on(path, writer, reader))
    }

    /// Opens an existing ledger for reading only; nothing in it is changed or created.
    ///
    /// # Errors
    /// No file, a file that is not ours, or one of another version.
    pub async fn open_read_only(path: &Path) -> Result<Self, OpenError> {
        let reader = open::read_only(path).await?;
        Ok(Self::on(path, None, reader))
    }

    fn on(
        path: &Path,
        writer: Option<Arc<Mutex<SqliteConnection>>>,
        reader: SqliteConnection,
    ) -> Self {
        let (path, reader) = (path.to_owned(), Mutex::new(reader));
        Self { path, writer, reader, outlives_caller: true }
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Everything the engine must know, as of one instant. Rows that make no sense are listed
    /// and left alone.
    ///
    /// # Errors
    /// One sentence, when the file cannot be read now.
    pub async fn read(&self) -> Result<Books, String> {
        let mut reader = self.reader.lock().await;
        read::books(&mut reader).await.map_err(|error| fault::sentence(&self.path, &error))
    }

    /// All of `writes` in one transaction, on the disk when this returns; or nothing of them.
    /// Dropping the future does not tear the transaction apart. For a process that is alone on
    /// its ledger; an engine writes by [`Ledger::write_held`].
    ///
    /// # Errors
    /// [`WriteError::Conflict`] when the ledger moved on, [`WriteError::Unavailable`] when it
    /// cannot be written now.
    pub async fn write(&self, writes: &[Write]) -> Result<Receipt, WriteError> {
        self.commit(writes, None).await
    }

    /// The same, and only while the process holds the lease of every account they are about.
    ///
    /// # Errors
    /// As above, and [`WriteError::Fenced`] when it does not.
    pub async fn write_held(&self, held: &Fences, writes: &[Write]) -> Result<Receipt, WriteError> {
        self.commit(writes, Some(held)).await
    }

    async fn commit(&self, writes: &[Write], held: Option<&Fences>) -> Result<Receipt, WriteError> {
        let Some(writer) = &self.writer else {
            let why = format!("the ledger {} was opened for reading only", self.path.display());
            return Err(WriteError::Unavailable(why));
        };
        if writes.is_empty() {
            return Ok(Receipt::default());
        }
        let batch = statements::batch(writes, held);
        let mut writer = Arc::clone(writer).lock_owned().await;
        let work = async move { write::commit(&mut writer, batch).await };
        let result = self.whole(work).await.map_err(|error| {
            let path = self.path.display();
            WriteError::Unavailable(format!("writing to the ledger {path} was cut off: {error}"))
        })?;
        result.map_err(|error| fault::refusal(&self.path, &error))
    }

    /// Work that must not be torn apart.
    async fn whole<T: Send + 'static>(
        &self,
        work: impl Future<Output = T> + Send + 'static,
    ) -> Result<T, JoinError> {
        if self.outlives_caller { tokio::spawn(work).await } else { Ok(work.await) }
    }

    /// A number that changes whenever any other connection, [`Ledger::write`]'s own included,
    /// has committed since it was last asked for.
    ///
    /// # Errors
    /// One sentence, when the file cannot be read now.
    pub async fn data_version(&self) -> Result<i64, String> {
        self.version(&mut *self.reader.lock().await).await
    }

    /// A number that changes whenever another program has committed; our own writes do not
    /// count.
    ///
    /// # Errors
    /// One sentence, when the file cannot be read now.
    pub async fn foreign_version(&self) -> Result<i64, String> {
        match &self.writer {
            Some(writer) => self.version(&mut *writer.lock().await).await,
            None => self.data_version().await,
        }
    }

    async fn version(&self, connection: &mut SqliteConnection) -> Result<i64, String> {
        sqlx::query_scalar("PRAGMA data_version")
            .fetch_one(connection)
            .await
            .map_err(|error| fault::sentence(&self.path, &error))
    }

    /// Every row of `positions`, open and closed, oldest first: an array of objects.
    ///
    /// # Errors
    /// One sentence, when the file cannot be read now.
    pub async fn positions_json(&self) -> Result<Value, String> {
        let mut reader = self.reader.lock().await;
        export::positions(&mut reader).await.map_err(|error| fault::sentence(&self.path, &error))
    }

    /// Every event from `since` on, oldest first: an array of objects.
    ///
    /// # Errors
    /// One sentence, when the file cannot be read now.
    pub async fn events_json(&self, since: Option<Time>) -> Result<Value, String> {
        let mut reader = self.reader.lock().await;
        export::events(&mut reader, since)
            .await
            .map_err(|error| fault::sentence(&self.path, &error))
    }

    /// Every line of one of the ledger's journals: an array of objects.
    ///
    /// # Errors
    /// One sentence, when the file cannot be read now.
    pub async fn journal_json(&self, journal: Journal) -> Result<Value, String> {
        let mut reader = self.reader.lock().await;
        export::journal(&mut reader, journal)
            .await
            .map_err(|error| fault::sentence(&self.path, &error))
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;
    use serde_json::json;

    use super::*;
    use crate::domain::event::{Event, EventKind, Severity};

    /// A ledger whose writing connection was told `pragma`.
    async fn told(pragma: &'static str) -> (tempfile::TempDir, Ledger) {
        let dir = tempfile::tempdir().unwrap();
        let ledger = Ledger::open(&dir.path().join("ledger.db")).await.unwrap();
        tell(&ledger, pragma).await;
        (dir, ledger)
    }

    async fn tell(ledger: &Ledger, pragma: &'static str) {
        let mut writer = ledger.writer.as_ref().unwrap().lock().await;
        sqlx::raw_sql(pragma).execute(&mut *writer).await.unwrap();
    }

    fn long_event() -> Write {
        let event = Event::about(Time(0), EventKind::StreamUp, Severity::Info, &"main".into());
        Write::Event(Box::new(event.with(json!({"long": "x".repeat(9000)}))))
    }

    async fn events(ledger: &Ledger) -> usize {
        ledger.events_json(None).await.unwrap().as_array().unwrap().len()
    }

    #[tokio::test]
    async fn a_full_disk_is_named_and_half_a_transaction_is_none() {
        let (_dir, ledger) = told("PRAGMA max_page_count = 60").await;
        ledger.write(&[long_event()]).await.unwrap();
        let many: Vec<Write> = (0..60).map(|_| long_event()).collect();
        let refused = ledger.write(&many).await.unwrap_err();
        let place = ledger.path().display();
        let told = format!("the disk under the ledger {place} is full: make room on it");
        assert_eq!(refused, WriteError::Unavailable(told));
        assert_eq!(events(&ledger).await, 1);
        tell(&ledger, "PRAGMA max_page_count = 10000").await;
        ledger.write(&many).await.unwrap();
        assert_eq!(events(&ledger).await, 61);
    }

    #[tokio::test]
    async fn a_ledger_that_became_read_only_says_so_and_recovers() {
        let (_dir, ledger) = told("PRAGMA query_only = 1").await;
        let refused = ledger.write(&[long_event()]).await.unwrap_err().to_string();
        assert!(refused.contains("is read-only for this user: make the file"), "{refused}");
        tell(&ledger, "PRAGMA query_only = 0").await;
        ledger.write(&[long_event()]).await.unwrap();
        assert_eq!(events(&ledger).await, 1);
    }

    #[tokio::test]
    async fn a_transaction_that_another_program_leaves_open_is_named_and_reads_go_on() {
        let (_dir, ledger) = told("PRAGMA busy_timeout = 1").await;
        let (mut other, _) = open::read_write(ledger.path()).await.unwrap();
        sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
        let refused = ledger.write(&[long_event()]).await.unwrap_err().to_string();
        assert!(refused.contains("is locked by another program"), "{refused}");
        assert_eq!(events(&ledger).await, 0);
        sqlx::raw_sql("ROLLBACK").execute(&mut other).await.unwrap();
        ledger.write(&[long_event()]).await.unwrap();
        assert_eq!(events(&ledger).await, 1);
    }

    #[tokio::test]
    async fn a_caller_that_goes_away_does_not_tear_its_transaction_apart() {
        let (_dir, ledger) = told("PRAGMA busy_timeout = 5000").await;
        let (mut other, _) = open::read_write(ledger.path()).await.unwrap();
        sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
        let writes: Vec<Write> = (0..40).map(|_| long_event()).collect();
        assert_eq!(ledger.write(&writes).now_or_never(), None, "asked, and not waited for");
        sqlx::raw_sql("ROLLBACK").execute(&mut other).await.unwrap();
        ledger.write(&[long_event()]).await.unwrap();
        assert_eq!(events(&ledger).await, 41);
    }

    #[tokio::test]
    async fn commits_wait_for_the_disk() {
        let (_dir, ledger) = told("SELECT 1").await;
        let mut writer = ledger.writer.as_ref().unwrap().lock().await;
        let level: i64 =
            sqlx::query_scalar("PRAGMA synchronous").fetch_one(&mut *writer).await.unwrap();
        assert_eq!(level, 2, "FULL");
    }
}
