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
use crate::cli::dumps::Dumps;
use crate::cli::ending::Failure;
use crate::domain::command::Ask;
use crate::runtime::Handle;
use crate::settings::Settings;
use crate::ui::reel::Wind;
use crate::ui::theme::{Depth, Theme};
use crate::ui::{Left, Mailbox, ScreenError, Session};

/// A running screen.
#[derive(Debug)]
pub struct Console {
    thread: JoinHandle<()>,
    left: oneshot::Receiver<Result<Left, ScreenError>>,
    mailbox: Arc<Mailbox>,
    _gone: Gone,
}

/// Says so when the screen has ended, however it did.
#[derive(Debug)]
struct Gone(Option<Dumps>);

impl Drop for Gone {
    fn drop(&mut self) {
        if let Some(dumps) = &self.0 {
            dumps.screen_is_gone();
        }
    }
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

    /// Where sentences for the screen go.
    pub fn mailbox(&self) -> Arc<Mailbox> {
        self.mailbox.clone()
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

    /// Opens the screen on a thread of its own. Must be called within a tokio runtime.
    ///
    /// # Errors
    /// When there is no thread to be had.
    pub fn open(self, handle: Handle, dumps: Dumps) -> Result<Console, Failure> {
        let (tokio, mailbox) = (tokio::runtime::Handle::current(), self.mailbox.clone());
        let begun = dumps.clone();
        let dump = move || begun.begin(&tokio, mailbox.clone());
        self.start(Box::new(move |ask| handle.ask(ask)), Some(Box::new(dump)), None, Some(dumps))
    }

    /// The same for a recording, which takes no asks and is wound instead.
    ///
    /// # Errors
    /// When there is no thread to be had.
    pub fn show(self, wind: impl Fn(Wind) + Send + 'static) -> Result<Console, Failure> {
        self.start(Box::new(|_| {}), None, Some(Box::new(wind)), None)
    }

    fn start(
        self,
        ask: Box<dyn Fn(Ask) + Send>,
        dump: Option<Box<dyn Fn() + Send>>,
        wind: Option<Box<dyn Fn(Wind) + Send>>,
        dumps: Option<Dumps>,
    ) -> Result<Console, Failure> {
        let (send, left) = oneshot::channel();
        let session = Session {
            snapshots: self.mailbox.clone(),
            ask,
            dump,
            wind,
            label: self.look.label.to_owned(),
            who: who(),
            theme: self.look.theme,
            themes_dir: self.look.themes,
            depth: Some(self.look.depth),
        };
        let screen = move || {
            let _ = send.send(crate::ui::run(session));
        };
        let thread = thread::Builder::new().name("console".to_owned()).spawn(screen);
        let thread = thread.map_err(|error| format!("no thread for the console: {error}"))?;
        Ok(Console { thread, left, mailbox: self.mailbox, _gone: Gone(dumps) })
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

/// How the screen looks: checked, so that nothing is started for a screen that cannot be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    label: &'static str,
    theme: String,
    themes: Option<PathBuf>,
    depth: Depth,
}

/// The theme when no account asks for another.
const THEME: &str = "dark";

impl Look {
    /// For real money.
    ///
    /// # Errors
    /// When there is no terminal, or it cannot draw, or the theme cannot be used.
    pub fn live(args: &Args, settings: &Settings) -> Result<Self, Failure> {
        let theme = settings.accounts.iter().find_map(|account| account.theme.clone());
        let themes = Some(settings.paths.themes());
        Self::new("LIVE", "holdfast run --headless", theme, themes, args.color)
    }

    /// For the demo.
    ///
    /// # Errors
    /// When there is no terminal, or it cannot draw.
    pub fn demo(args: &Args) -> Result<Self, Failure> {
        Self::new("DEMO", "holdfast demo --headless", None, None, args.color)
    }

    /// For a recording.
    ///
    /// # Errors
    /// When there is no terminal, or it cannot draw.
    pub fn replay(args: &Args) -> Result<Self, Failure> {
        let way = "holdfast replay PATH --verify` or `--timeline";
        Self::new("REPLAY", way, None, None, args.color)
    }

    /// `way` is what there is without a screen.
    fn new(
        label: &'static str,
        way: &str,
        theme: Option<String>,
        themes: Option<PathBuf>,
        color: Color,
    ) -> Result<Self, Failure> {
        let no_screen = |why: ScreenError| format!("{why}, or use `{way}`");
        if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
            return Err(no_screen(ScreenError::NoTerminal).into());
        }
        let asked = |name: &str| match (name, color) {
            ("NO_COLOR", Color::Always) => None,
            ("NO_COLOR", Color::Never) => Some("1".to_owned()),
            (name, _) => std::env::var(name).ok(),
        };
        let depth = Depth::find(asked).ok_or_else(|| no_screen(ScreenError::CannotDraw))?;
        let theme = theme.unwrap_or_else(|| THEME.to_owned());
        Theme::load(&theme, depth, themes.as_deref())?;
        Ok(Self { label, theme, themes, depth })
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
