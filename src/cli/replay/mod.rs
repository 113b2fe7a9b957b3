//! `holdfast replay`: a recording re-run by the engine that is in this program.
//!
//! For: `--verify`, which compares every decision with the recorded one, and the console that
//! shows them one by one. Not for: anything that reaches a venue or a ledger; a recording cannot
//! be acted on. Door: [`replay`].

mod compare;
mod tape;
mod verify;
mod words;

use std::path::{Path, PathBuf};

use crate::cli::args::{Args, Replay};
use crate::cli::ending::{Ending, Failure};
use crate::store::recorder;

/// Re-runs a recording, in the console or headless.
pub async fn replay(args: &Args, wish: Replay) -> Ending {
    let path = find(&wish.recording)?;
    let _ = args;
    verify::verify(&path, wish.json)
}

/// The part to begin with.
fn find(path: &Path) -> Result<PathBuf, Failure> {
    if !path.is_dir() {
        return Ok(path.to_owned());
    }
    recorder::newest(path).ok_or_else(|| {
        format!("there is no recording in {}: name a file, or a state directory", path.display())
            .into()
    })
}
