//! `holdfast replay RECORDING --timeline`: who knew what of each leg, and when, as text.
//!
//! Not for: showing it in the console (that is `ui`). Door: [`of`], [`tell`].

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::cli::ending::{Ending, complain, inert, on_a_line, print};
use crate::cli::replay::STOPPED;
use crate::cli::replay::find::Found;
use crate::cli::replay::tape::Tape;
use crate::domain::drift::Drift;
use crate::domain::key::PositionKey;
use crate::domain::time::Time;
use crate::domain::timeline;

/// The timelines of a run.
#[derive(Debug)]
pub struct Timelines {
    /// As its end knows them, the newest change first; a page a leg, then what the signs mean.
    pub text: String,
    /// Where the recording ends before its run does.
    pub torn: Option<String>,
    /// Whether it is damaged there.
    pub is_damaged: bool,
}

/// Prints the timelines of a run, unless `stop` is set first.
pub fn tell(found: &Found, stop: &AtomicBool) -> Ending {
    let told = of(found.part(), stop).map_err(|why| found.say(&why))?;
    let whole = told.torn.iter().map(|why| found.say(why));
    for sentence in found.beside().into_iter().chain(whole) {
        complain(format_args!("holdfast: {sentence}"));
    }
    let text = match told.text.as_str() {
        "" => "nothing is known to have changed\n",
        text => text,
    };
    print(text)?;
    Ok(u8::from(told.is_damaged))
}

/// The timelines of a run.
///
/// # Errors
/// One sentence when the recording cannot be read.
pub fn of(path: &Path, stop: &AtomicBool) -> Result<Timelines, String> {
    let (mut tape, mut last) = (Tape::open(path)?, Time(0));
    while let Some(took) = tape.step() {
        last = took?.step.at;
        if stop.load(Ordering::Relaxed) {
            return Err(STOPPED.to_owned());
        }
    }
    let (torn, is_damaged) = (tape.reader().torn().map(str::to_owned), tape.reader().is_damaged());
    let picture = tape.picture(last);
    let held = picture.legs.iter().map(|leg| (&leg.key, leg.drift.as_ref()));
    let over = picture.ended.iter().map(|leg| (&leg.key, leg.drift.as_ref()));
    let mut all: Vec<(&PositionKey, &Drift)> =
        held.chain(over).filter(|(_, drift)| drift.newest().is_some()).collect();
    all.sort_by_key(|(_, drift)| std::cmp::Reverse(drift.newest()));
    let page = |(key, drift): &(&PositionKey, &Drift)| {
        // A name from a file must not look like a line of its own.
        let name = key.to_string();
        inert(&timeline::text(key, drift, picture.at).replace(&name, &on_a_line(&name)))
    };
    let lines: Vec<_> =
        all.iter().flat_map(|(_, drift)| timeline::lines(drift, picture.at)).collect();
    let pages = all.iter().map(page).chain(timeline::legend(&lines));
    let text = pages.collect::<Vec<_>>().join("\n");
    Ok(Timelines { text, torn, is_damaged })
}
