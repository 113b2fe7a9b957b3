//! `holdfast replay`: a recording re-run by the engine that is in this program.
//!
//! For: `--verify`, which compares every decision with the recorded one, `--timeline`, which tells
//! who knew what and when, and the console that shows the decisions one by one. Not for: anything
//! that reaches a venue or a ledger; a recording cannot be acted on. Door: [`replay`].

mod causes;
mod compare;
mod deck;
mod find;
mod place;
mod play;
pub mod tape;
pub mod timelines;
mod verify;
mod words;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;

use tokio::sync::oneshot;

use crate::cli::args::{Args, Replay};
use crate::cli::console::{Console, Look, Over};
use crate::cli::ending::{Ending, Failure};
use crate::cli::replay::deck::Deck;
use crate::cli::replay::find::find;
use crate::cli::replay::play::{Player, play};
use crate::runtime::Signals;

/// What is said when this program breaks on what a recording holds.
const BROKE: &str =
    "the replay broke on an input that this program did not expect: report it with the recording";

/// What is said of work that was told to stop.
const STOPPED: &str = "stopped before the end of the recording";

/// Re-runs a recording, in the console or headless.
pub async fn replay(args: &Args, wish: Replay) -> Ending {
    // Checked first: nothing is unpacked for a screen that cannot be.
    let headless = wish.verify || wish.timeline;
    let look = (!headless).then(|| Look::replay(args)).transpose()?;
    // From here on no signal leaves behind what a bundle was unpacked into.
    let mut signals = Signals::listen().map_err(|error| error.to_string())?;
    let path = wish.recording.clone();
    let found = aside(&mut signals, move |stop| find(&path, stop)).await?;
    let Some(look) = look else {
        return aside(&mut signals, move |stop| match wish.verify {
            true => verify::verify(&found, wish.json, stop),
            false => timelines::tell(&found, stop),
        })
        .await;
    };
    let (deck, found) = aside(&mut signals, move |stop| {
        let deck = Deck::open(found.part(), stop).map_err(|why| found.say(&why))?;
        Ok((deck.named(&found), found))
    })
    .await?;
    let first_of_all = deck.damage().map(Vec::from).or_else(|| Some(vec![found.beside()?]));
    let mut player = Player::new(deck);
    let screen = Console::prepare(look);
    let mailbox = screen.mailbox();
    if let Some(forms) = first_of_all {
        mailbox.note_in_forms(forms);
    }
    // The first picture is there before the screen is.
    player.show(&mailbox);
    let (wish, wishes) = mpsc::channel();
    let deck = std::thread::Builder::new().name("deck".to_owned());
    let (ended, mut broke) = oneshot::channel();
    let wound = move || {
        play(player, &wishes, &mailbox);
        // What is dropped unsaid was broken off.
        ended.send(()).ok();
    };
    deck.spawn(wound).map_err(|error| format!("no thread for the recording: {error}"))?;
    let mut console = screen.show(move |wind| {
        let _ = wish.send(wind);
    })?;
    let over = tokio::select! {
        _ = signals.next() => None,
        over = console.over() => Some(over),
        Err(_) = &mut broke => {
            console.close();
            return Err(found.say(BROKE).into());
        }
    };
    match over {
        None => console.close(),
        Some(Over::Quit | Over::Gone) => {}
        Some(Over::Crashed(why)) => return Err(format!("the console crashed ({why})").into()),
        Some(Over::Broke(why)) => return Err(why.into()),
    }
    Ok(0)
}

/// Works on another thread, until a signal stops it; it has ended then.
async fn aside<T: Send + 'static>(
    signals: &mut Signals,
    work: impl FnOnce(&AtomicBool) -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    let stop = Arc::new(AtomicBool::new(false));
    let seen = stop.clone();
    let mut work = tokio::task::spawn_blocking(move || work(&seen));
    tokio::select! {
        biased;
        done = &mut work => done.map_err(|_| BROKE)?,
        _ = signals.next() => {
            stop.store(true, Ordering::Relaxed);
            let _ = work.await;
            Err("stopped by a signal before the end of the recording".into())
        }
    }
}

/// What a recording tells, or one sentence where this program breaks on it.
///
/// # Errors
/// As `work`, and where it panics.
pub fn unbroken<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(BROKE.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn odd<T>() -> Result<T, String> {
        panic!("seven")
    }

    #[tokio::test]
    async fn a_recording_on_which_the_program_breaks_is_said_to() {
        assert_eq!(unbroken(odd::<u8>), Err(BROKE.to_owned()));
        assert_eq!(unbroken(|| Ok(7)), Ok(7));
        let mut signals = Signals::listen().unwrap();
        let broke = aside(&mut signals, |_| Ok(odd::<u8>()?)).await;
        assert_eq!(broke.unwrap_err().0, BROKE);
    }
}
