//! `holdfast replay RECORDING --timeline`: who knew what of each leg, and when, as text.
//!
//! Not for: showing it in the console (that is `ui`). Door: [`of`], [`tell`].

use std::path::Path;

use crate::cli::ending::{Ending, print};
use crate::cli::replay::tape::Tape;
use crate::domain::drift::Drift;
use crate::domain::key::PositionKey;
use crate::domain::time::Time;
use crate::domain::timeline;

/// Prints the timelines of a run.
pub fn tell(path: &Path) -> Ending {
    let text = of(path)?;
    let text = if text.is_empty() { "nothing is known to have changed\n" } else { &text };
    print(format_args!("{text}"))?;
    Ok(0)
}

/// The timelines of a run as its end knows them, the newest change first.
///
/// # Errors
/// One sentence when the recording cannot be read.
pub fn of(path: &Path) -> Result<String, String> {
    let (mut tape, mut last) = (Tape::open(path)?, Time(0));
    while let Some(took) = tape.step() {
        last = took?.step.at;
    }
    let picture = tape.picture(last);
    let held = picture.legs.iter().map(|leg| (&leg.key, leg.drift.as_ref()));
    let over = picture.ended.iter().map(|leg| (&leg.key, leg.drift.as_ref()));
    let mut all: Vec<(&PositionKey, &Drift)> =
        held.chain(over).filter(|(_, drift)| drift.newest().is_some()).collect();
    all.sort_by_key(|(_, drift)| std::cmp::Reverse(drift.newest()));
    let pages = all.iter().map(|(key, drift)| timeline::text(key, drift, picture.at));
    Ok(pages.collect::<Vec<_>>().join("\n"))
}
