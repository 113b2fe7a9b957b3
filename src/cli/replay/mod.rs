//! `holdfast replay`: a recording re-run by the engine that is in this program.
//!
//! For: `--verify`, which compares every decision with the recorded one, `--timeline`, which tells
//! who knew what and when, and the console that shows the decisions one by one. Not for: anything
//! that reaches a venue or a ledger; a recording cannot be acted on. Door: [`replay`].

mod causes;
mod compare;
mod deck;
mod play;
pub mod tape;
pub mod timelines;
mod verify;
mod words;

use std::path::{Path, PathBuf};
use std::sync::mpsc;

use crate::cli::args::{Args, Replay};
use crate::cli::console::{Console, Look, Over};
use crate::cli::ending::{Ending, Failure};
use crate::cli::replay::deck::Deck;
use crate::cli::replay::play::{Player, play};
use crate::runtime::Signals;
use crate::store::{bundle, recorder};

/// Re-runs a recording, in the console or headless.
pub async fn replay(args: &Args, wish: Replay) -> Ending {
    let (path, _unpacked) = find(&wish.recording)?;
    if wish.verify {
        return verify::verify(&path, wish.json);
    }
    if wish.timeline {
        return timelines::tell(&path);
    }
    let look = Look::replay(args)?;
    let mut signals = Signals::listen().map_err(|error| error.to_string())?;
    let mut player = Player::new(Deck::open(&path)?);
    let screen = Console::prepare(look);
    let mailbox = screen.mailbox();
    // The first picture is there before the screen is.
    player.show(&mailbox);
    let (wish, wishes) = mpsc::channel();
    let deck = std::thread::Builder::new().name("deck".to_owned());
    deck.spawn(move || play(player, &wishes, &mailbox))
        .map_err(|error| format!("no thread for the recording: {error}"))?;
    let mut console = screen.show(move |wind| {
        let _ = wish.send(wind);
    })?;
    let over = tokio::select! {
        _ = signals.next() => None,
        over = console.over() => Some(over),
    };
    match over {
        None => console.close(),
        Some(Over::Quit | Over::Gone) => {}
        Some(Over::Crashed(why)) => return Err(format!("the console crashed ({why})").into()),
        Some(Over::Broke(why)) => return Err(why.into()),
    }
    Ok(0)
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
