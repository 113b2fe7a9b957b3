//! `holdfast replay`: a recording re-run by the engine that is in this program.
//!
//! For: `--verify`, which compares every decision with the recorded one, and the console that
//! shows them one by one. Not for: anything that reaches a venue or a ledger; a recording cannot
//! be acted on. Door: [`replay`].

mod compare;
pub mod tape;
mod verify;
mod words;

use std::path::{Path, PathBuf};

use crate::cli::args::{Args, Replay};
use crate::cli::ending::{Ending, Failure};
use crate::store::{bundle, recorder};

/// Re-runs a recording, in the console or headless.
pub async fn replay(args: &Args, wish: Replay) -> Ending {
    let (path, _unpacked) = find(&wish.recording)?;
    let _ = args;
    verify::verify(&path, wish.json)
}

/// The part to begin with, and the bundle it was unpacked from, which goes away with this.
fn find(path: &Path) -> Result<(PathBuf, Option<bundle::Opened>), Failure> {
    if path.is_dir() {
        let found = recorder::newest(path).ok_or_else(|| {
            format!(
                "there is no recording in {}: name a file, or a state directory",
                path.display()
            )
        })?;
        return Ok((found, None));
    }
    if !bundle::is_bundle(path) {
        return Ok((path.to_owned(), None));
    }
    let opened = bundle::open(path)?;
    let found = recorder::newest(&opened.recordings()).ok_or_else(|| {
        format!("the bundle {} holds no recording: its README says why", path.display())
    })?;
    Ok((found, Some(opened)))
}
