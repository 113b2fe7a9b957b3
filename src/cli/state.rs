//! A state directory in use: locked, with its ledger and recording open.
//!
//! For: everything that runs a driver. Not for: `scan`, `positions`, `events`, which only read
//! and take no lock. Door: [`State::take`].

use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use crate::cli::ending::Failure;
use crate::store::refused::unwritten;
use crate::store::{Ledger, Recorder, StateLock};

/// How large the recordings of one state directory may grow together.
const RECORDINGS: u64 = 1 << 30;

/// One process's hold on a state directory.
#[derive(Debug)]
pub struct State {
    /// Held as long as anything may be written here.
    pub lock: StateLock,
    /// Open for writing, migrated.
    pub ledger: Ledger,
    /// Ready to record.
    pub recorder: Recorder,
}

impl State {
    /// Makes the directory if there is none, and takes it for this process.
    ///
    /// # Errors
    /// When another instance holds it, or anything in it cannot be opened.
    pub async fn take(dir: &Path, ledger: &Path) -> Result<Self, Failure> {
        make(dir, ELSEWHERE)?;
        Self::with(StateLock::take(dir)?, dir, ledger).await
    }

    /// The same for a process that has locked the directory already.
    ///
    /// # Errors
    /// When anything in it cannot be opened.
    pub async fn with(lock: StateLock, dir: &Path, ledger: &Path) -> Result<Self, Failure> {
        let ledger = Ledger::open(ledger).await.map_err(|error| error.to_string())?;
        let recorder = Recorder::create(&recordings(dir), RECORDINGS);
        Ok(Self { lock, ledger, recorder })
    }
}

/// What names another state directory.
pub const ELSEWHERE: &str = "--state-dir names another place";

/// Makes a directory that only its owner may read; `way` is what else may be named.
///
/// # Errors
/// When it cannot be made.
pub fn make(dir: &Path, way: &str) -> Result<(), Failure> {
    let made = DirBuilder::new().recursive(true).mode(0o700).create(dir);
    made.map_err(|error| format!("the directory {}", unwritten(dir, &error, way)).into())
}

/// Where log files lie.
pub fn logs(dir: &Path) -> PathBuf {
    dir.join("log")
}

/// Where recordings lie.
pub fn recordings(dir: &Path) -> PathBuf {
    dir.join("recordings")
}

/// Where incident bundles lie.
pub fn dumps(dir: &Path) -> PathBuf {
    dir.join("dumps")
}
