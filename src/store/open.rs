//! Opening a ledger: whose file is it, which version, and bringing it up to date.
//!
//! A file is ours when its `application_id` says so; its version is `user_version`, the number
//! of migrations it has seen. Nothing is changed in a file before both are known.
//! Door: [`read_write`], [`read_only`].

use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, SqliteConnection};

use crate::store::fault;
use crate::store::refused::cause;

/// `hfld` in the file's header.
const APPLICATION: i32 = 0x6866_6c64;

const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001_ledger.sql"),
    include_str!("migrations/0002_trust.sql"),
    include_str!("migrations/0003_protection.sql"),
];

/// How long a statement waits for another program's transaction.
const PATIENCE: Duration = Duration::from_secs(2);

/// What the writing connection needs that no other program may see: a table into which a
/// statement inserts the reason when the transaction must not happen.
const REFUSALS: &str = "
    PRAGMA temp_store = MEMORY;
    CREATE TEMP TABLE refusal (why TEXT);
    CREATE TEMP TRIGGER refuse BEFORE INSERT ON refusal
    BEGIN SELECT RAISE(ABORT, NEW.why); END;";

/// Why a ledger cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// There is no file.
    #[error(
        "there is no ledger at {}: `holdfast run` creates one, \
         or name another place with --state-dir or [ledger] url", .0.display()
    )]
    Missing(PathBuf),
    /// The file is not SQLite's.
    #[error("{}", fault::not_sqlite(&.0.display()))]
    NotSqlite(PathBuf),
    /// The file is SQLite's, and another program's.
    #[error(
        "{} is a database of another program, it holds {holds}: \
         name another file under [ledger] url", .path.display()
    )]
    Foreign {
        /// The file.
        path: PathBuf,
        /// What was found in it.
        holds: String,
    },
    /// A newer holdfast wrote it.
    #[error(
        "the ledger {} has version {found}, this program knows up to {}: \
         use the newer holdfast that wrote it", .path.display(), MIGRATIONS.len()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: i64,
    },
    /// It would have to be brought up to date, and was opened for reading only.
    #[error(
        "the ledger {} has the older version {found} of {}: \
         start `holdfast run` once, it brings it up to date", .path.display(), MIGRATIONS.len()
    )]
    Older {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: i64,
    },
    /// Locked, read-only, full, damaged: the sentence says which.
    #[error("{0}")]
    Unusable(String),
}

/// The connection that writes and the one that reads, on a file that is ours and up to date.
pub(super) async fn read_write(
    path: &Path,
) -> Result<(SqliteConnection, SqliteConnection), OpenError> {
    let mut writer = connect(path, true, false).await?;
    identify(&mut writer, path).await?;
    let unusable = |error: sqlx::Error| OpenError::Unusable(fault::sentence(path, &error));
    run(&mut writer, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;".to_owned())
        .await
        .map_err(unusable)?;
    migrate(&mut writer).await.map_err(unusable)?;
    run(&mut writer, REFUSALS.to_owned()).await.map_err(unusable)?;
    Ok((writer, connect(path, false, true).await?))
}

/// A connection that reads a file that is ours and up to date.
pub(super) async fn read_only(path: &Path) -> Result<SqliteConnection, OpenError> {
    if !path.exists() {
        return Err(OpenError::Missing(path.to_owned()));
    }
    let mut reader = connect(path, false, true).await?;
    let found = identify(&mut reader, path).await?;
    if found < MIGRATIONS.len() as i64 {
        return Err(OpenError::Older { path: path.to_owned(), found });
    }
    Ok(reader)
}

async fn connect(path: &Path, create: bool, reads: bool) -> Result<SqliteConnection, OpenError> {
    // Absolute, because SQLite would take a relative `file:…` for a URI.
    let file = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    if file.is_dir() {
        return Err(OpenError::Unusable(format!(
            "{} is a directory, not a ledger: name a file in [ledger] url",
            path.display()
        )));
    }
    if let (true, Some(dir)) = (create, file.parent()) {
        std::fs::create_dir_all(dir).map_err(|error| {
            let dir = dir.display();
            OpenError::Unusable(format!(
                "the directory {dir} for the ledger cannot be made ({}): \
                 make it, or name another with --state-dir",
                cause(&error)
            ))
        })?;
    }
    SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(create)
        .read_only(reads)
        .busy_timeout(PATIENCE)
        .statement_cache_capacity(32)
        .row_buffer_size(512)
        .disable_statement_logging()
        .connect()
        .await
        .map_err(|error| refused(path, &error))
}

fn refused(path: &Path, error: &sqlx::Error) -> OpenError {
    match fault::code(error) {
        Some(fault::NOTADB) => OpenError::NotSqlite(path.to_owned()),
        _ => OpenError::Unusable(fault::sentence(path, error)),
    }
}

/// The file's version, once it is known to be ours or empty.
async fn identify(connection: &mut SqliteConnection, path: &Path) -> Result<i64, OpenError> {
    let (application, version, table): (i32, i64, Option<String>) = sqlx::query_as(
        "SELECT (SELECT application_id FROM pragma_application_id),
                (SELECT user_version FROM pragma_user_version),
                (SELECT name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' LIMIT 1)",
    )
    .fetch_one(&mut *connection)
    .await
    .map_err(|error| refused(path, &error))?;
    let path = path.to_owned();
    match (application, table) {
        (APPLICATION, _) if version > MIGRATIONS.len() as i64 => {
            Err(OpenError::Newer { path, found: version })
        }
        (APPLICATION, _) => Ok(version),
        (0, None) => Ok(0),
        (0, Some(table)) => Err(OpenError::Foreign { path, holds: format!("`{table}`") }),
        (id, _) => Err(OpenError::Foreign { path, holds: format!("the application id {id}") }),
    }
}

/// Applies what is missing, in one transaction. It writes even when nothing is missing, so that
/// a disk that is full or read-only is found now and not at the first stop.
async fn migrate(writer: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    run(&mut *writer, "BEGIN IMMEDIATE".to_owned()).await?;
    let done = bring_up(&mut *writer).await;
    if done.is_err() {
        run(writer, "ROLLBACK".to_owned()).await.ok();
    }
    done
}

async fn bring_up(writer: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    // Asked again under the lock: another process may have been faster.
    let seen: i64 = sqlx::query_scalar("PRAGMA user_version").fetch_one(&mut *writer).await?;
    let missing = MIGRATIONS.iter().skip(usize::try_from(seen).unwrap_or(0));
    let schema = missing.copied().collect::<Vec<_>>().join("\n");
    let version = seen.max(MIGRATIONS.len() as i64);
    let sql = format!(
        "{schema}
         PRAGMA user_version = {version};
         PRAGMA application_id = {APPLICATION};
         COMMIT;"
    );
    run(writer, sql).await
}

async fn run(connection: &mut SqliteConnection, sql: String) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(connection).await.map(drop)
}
