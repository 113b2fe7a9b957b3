//! SQLite's errors as sentences: what, where, how to mend it.
//!
//! Door: [`sentence`] for reads and opening, [`refusal`] for writes.

use std::path::Path;

use crate::domain::journal::WriteError;
use crate::store::statements::FENCED;

// Primary result codes, https://www.sqlite.org/rescode.html
const BUSY: i32 = 5;
const LOCKED: i32 = 6;
const READONLY: i32 = 8;
const IOERR: i32 = 10;
const CORRUPT: i32 = 11;
const FULL: i32 = 13;
const CANTOPEN: i32 = 14;
const AUTH: i32 = 23;
pub(super) const NOTADB: i32 = 26;

// Extended result codes that mean somebody was faster.
const CONSTRAINT_PRIMARYKEY: i32 = 1555;
const CONSTRAINT_TRIGGER: i32 = 1811;
const CONSTRAINT_UNIQUE: i32 = 2067;

/// SQLite's extended result code, where the error is SQLite's.
pub(super) fn code(error: &sqlx::Error) -> Option<i32> {
    error.as_database_error()?.code()?.parse().ok()
}

/// One sentence about an error on the ledger at `path`.
pub(super) fn sentence(path: &Path, error: &sqlx::Error) -> String {
    let path = path.display();
    match code(error).map(|code| code & 0xff) {
        Some(BUSY | LOCKED) => format!(
            "the ledger {path} is locked by another program: let that program end its transaction"
        ),
        Some(READONLY | AUTH) => format!(
            "the ledger {path} is read-only for this user: \
             make the file and its directory writable"
        ),
        Some(IOERR) => format!(
            "the disk failed under the ledger {path} ({error}): check the disk and its file system"
        ),
        Some(CORRUPT) => format!(
            "the ledger {path} is damaged: move it away and bring back a copy, \
             or save what is readable with `sqlite3 {path} .recover`"
        ),
        Some(FULL) => format!("the disk under the ledger {path} is full: make room on it"),
        Some(CANTOPEN) => format!(
            "the ledger {path} cannot be opened: \
             the file and its directory must be there and writable for this user"
        ),
        Some(NOTADB) => not_sqlite(&path),
        _ => format!("the ledger {path} cannot be used: {error}"),
    }
}

/// The sentence for a file that is something else.
pub(super) fn not_sqlite(path: &dyn std::fmt::Display) -> String {
    format!("{path} is not an SQLite file: move it away, or name another file under [ledger] url")
}

/// Tells a conflict from a ledger that cannot be written.
pub(super) fn refusal(path: &Path, error: &sqlx::Error) -> WriteError {
    let message = error.as_database_error().map(|e| e.message().to_owned()).unwrap_or_default();
    match code(error) {
        Some(CONSTRAINT_TRIGGER) => match message.strip_prefix(FENCED) {
            Some(whose) => WriteError::Fenced(whose.to_owned()),
            None => WriteError::Conflict(message),
        },
        Some(CONSTRAINT_UNIQUE | CONSTRAINT_PRIMARYKEY) => {
            WriteError::Conflict(taken(&message).to_owned())
        }
        _ => WriteError::Unavailable(sentence(path, error)),
    }
}

/// What a uniqueness that was broken means; the tables and columns are those of SQLite's text.
fn taken(message: &str) -> &str {
    if message.contains("positions.") {
        "the leg has an open row already"
    } else if message.contains("repairs.id") {
        "this repair was made already"
    } else if message.contains("intents.client_id") {
        "this intent is written already"
    } else {
        message
    }
}
