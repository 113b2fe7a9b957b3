//! What survives a restart: the ledger, the recording of every input, the lock on the state.
//!
//! For: one SQLite file that other programs write too, as the domain's nouns. Not for: deciding
//! anything about what it holds (that is `engine`), nor where it lies (that is `settings`).
//! Door: [`Ledger`], [`Recorder`] with [`recorder::read`], [`StateLock`].

mod batch;
mod cells;
mod export;
mod fault;
mod lock;
mod open;
mod read;
pub mod recorder;
mod statements;
mod write;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;
use sqlx::SqliteConnection;
use tokio::sync::Mutex;

use crate::domain::journal::{Receipt, Write, WriteError};
use crate::domain::ledger::Books;
use crate::domain::time::Time;

pub use lock::StateLock;
pub use open::OpenError;
pub use recorder::Recorder;

/// The ledger: one connection that writes, one that reads.
///
/// Every write that returned is on the disk (WAL with `synchronous=FULL`). Other programs may
/// read and write the file at any time.
#[derive(Debug)]
pub struct Ledger {
    path: PathBuf,
    writer: Option<Arc<Mutex<SqliteConnection>>>,
    reader: Mutex<SqliteConnection>,
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
        Ok(Self { path: path.to_owned(), writer, reader: Mutex::new(reader) })
    }

    /// Opens an existing ledger for reading only; nothing in it is changed or created.
    ///
    /// # Errors
    /// No file, a file that is not ours, or one of another version.
    pub async fn open_read_only(path: &Path) -> Result<Self, OpenError> {
        let reader = open::read_only(path).await?;
        Ok(Self { path: path.to_owned(), writer: None, reader: Mutex::new(reader) })
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
    /// Dropping the future does not tear the transaction apart.
    ///
    /// # Errors
    /// [`WriteError::Conflict`] when the ledger moved on, [`WriteError::Unavailable`] when it
    /// cannot be written now.
    pub async fn write(&self, writes: &[Write]) -> Result<Receipt, WriteError> {
        let Some(writer) = &self.writer else {
            let why = format!("the ledger {} was opened for reading only", self.path.display());
            return Err(WriteError::Unavailable(why));
        };
        if writes.is_empty() {
            return Ok(Receipt::default());
        }
        let batch = statements::batch(writes);
        let mut writer = Arc::clone(writer).lock_owned().await;
        let work = tokio::spawn(async move { write::commit(&mut writer, batch).await });
        let result = work.await.map_err(|error| {
            let path = self.path.display();
            WriteError::Unavailable(format!("writing to the ledger {path} was cut off: {error}"))
        })?;
        result.map_err(|error| fault::refusal(&self.path, &error))
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
}
