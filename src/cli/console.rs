//! The console beside an engine: its own thread, two channels, nothing shared.
//!
//! For: starting the screen, hearing that it ended, ending it. Not for: drawing (that is `ui`).
//! Door: [`Console::prepare`]. The engine never waits for it.

use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use tokio::sync::oneshot;

use crate::cli::args::{Args, Color};
use crate::cli::ending::Failure;
use crate::runtime::Handle;
use crate::settings::Settings;
use crate::ui::theme::Depth;
use crate::ui::{Left, Mailbox, ScreenError, Session};

/// A running screen.
#[derive(Debug)]
pub struct Console {
    thread: JoinHandle<()>,
    left: oneshot::Receiver<Result<Left, ScreenError>>,
    mailbox: Arc<Mailbox>,
}

/// A screen that is not open yet: snapshots may already be put into its mailbox.
#[derive(Debug)]
pub struct Prepared {
    look: Look,
    mailbox: Arc<Mailbox>,
}

impl Console {
    /// Makes the mailbox, so that the first picture is there before the screen is.
    pub fn prepare(look: Look) -> Prepared {
        Prepared { look, mailbox: Mailbox::new() }
    }

    /// Waits until the screen ends.
    pub async fn over(&mut self) -> Over {
        match (&mut self.left).await {
            Ok(Ok(Left::Quit | Left::Stopped)) => Over::Quit,
            Ok(Ok(Left::HungUp)) => Over::Gone,
            Ok(Ok(Left::Crashed(why))) => Over::Crashed(why),
            Ok(Err(error)) => Over::Broke(error.to_string()),
            Err(_) => Over::Crashed("its thread is gone".to_owned()),
        }
    }

    /// Ends the screen and waits until the terminal is as it was.
    pub fn close(self) {
        self.mailbox.close();
        let _ = self.thread.join();
    }
}

impl Prepared {
    /// Where snapshots go.
    pub fn mailbox(&self) -> Arc<Mailbox> {
        self.mailbox.clone()
    }

    /// Opens the screen on a thread of its own.
    ///
    /// # Errors
    /// When there is no thread to be had.
    pub fn open(self, handle: Handle) -> Result<Console, Failure> {
        let (send, left) = oneshot::channel();
        let session = Session {
            snapshots: self.mailbox.clone(),
            ask: Box::new(move |ask| handle.ask(ask)),
            label: self.look.label.to_owned(),
            who: who(),
            theme: self.look.theme,
            themes_dir: self.look.themes,
            depth: self.look.depth,
        };
        let screen = move || {
            let _ = send.send(crate::ui::run(session));
        };
        let thread = thread::Builder::new().name("console".to_owned()).spawn(screen);
        let thread = thread.map_err(|error| format!("no thread for the console: {error}"))?;
        Ok(Console { thread, left, mailbox: self.mailbox })
    }
}

/// Why there is no screen any more.
#[derive(Debug)]
pub enum Over {
    /// The person wants the program to end.
    Quit,
    /// The terminal is gone; the engine goes on.
    Gone,
    /// The screen could not be drawn, with the sentence.
    Broke(String),
    /// The screen panicked; the engine goes on.
    Crashed(String),
}

/// Whether there is a terminal to draw on.
///
/// # Errors
/// When there is none.
pub fn require_terminal() -> Result<(), Failure> {
    if io::stdin().is_terminal() && io::stdout().is_terminal() {
        return Ok(());
    }
    Err("there is no terminal for the console; add --headless to run the engine alone".into())
}

/// How the screen looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    label: &'static str,
    theme: String,
    themes: Option<PathBuf>,
    depth: Option<Depth>,
}

/// The theme when no account asks for another.
const THEME: &str = "dark";

impl Look {
    /// For real money.
    pub fn live(args: &Args, settings: &Settings) -> Self {
        let theme = settings.accounts.iter().find_map(|account| account.theme.clone());
        Self {
            label: "LIVE",
            theme: theme.unwrap_or_else(|| THEME.to_owned()),
            themes: Some(settings.paths.themes()),
            depth: depth(args.color),
        }
    }

    /// For the demo.
    pub fn demo(args: &Args) -> Self {
        let (theme, depth) = (THEME.to_owned(), depth(args.color));
        Self { label: "DEMO", theme, themes: None, depth }
    }
}

/// How many colours to use; none leaves it to the terminal and to NO_COLOR.
fn depth(color: Color) -> Option<Depth> {
    match color {
        Color::Auto => None,
        Color::Never => Some(Depth::Mono),
        Color::Always => Depth::find(|name| match name {
            "NO_COLOR" => None,
            name => std::env::var(name).ok(),
        }),
    }
}

/// Who asks, for the record: a person on a terminal, and where it comes from.
fn who() -> String {
    let var = |name: &str| std::env::var(name).ok().filter(|text| !text.is_empty());
    let user = var("USER").unwrap_or_else(|| "somebody".to_owned());
    let tty = rustix::termios::ttyname(io::stdin(), Vec::new()).ok();
    let tty = tty.and_then(|name| name.into_string().ok()).unwrap_or_else(|| "tty".to_owned());
    match var("SSH_CONNECTION").as_deref().and_then(|line| line.split(' ').next()) {
        Some(from) => format!("{user} on {tty} from {from}"),
        None => format!("{user} on {tty}"),
    }
}
