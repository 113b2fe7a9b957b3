//! `holdfast run`: an engine, with a console or without, until somebody ends it.
//!
//! For: wiring driver, screen and signals, for `run` and for `demo`. Not for: what any of them
//! does. Door: [`run`], [`Running`].

use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::cli::args::Args;
use crate::cli::console::{Console, Look, Over, Prepared};
use crate::cli::dump::Dump;
use crate::cli::dumps::Dumps;
use crate::cli::ending::{Ending, Failure, complain};
use crate::cli::{accounts, log, scan, state};
use crate::domain::alone::{self, Alone};
use crate::domain::count::counted;
use crate::domain::policy::Policy;
use crate::domain::seen::Seen;
use crate::domain::snapshot::{Snapshot, There};
use crate::exchange::AccountSetup;
use crate::runtime::{
    Clock, Door, Driver, Handle, Inside, Pictures, Publish, Setup, Signal, Signals, Stopped,
    this_process,
};
use crate::settings::Settings;
use crate::ui::Mailbox;

/// `holdfast run`.
pub async fn run(args: &Args, settings: Settings, headless: bool) -> Ending {
    let look = (!headless).then(|| Look::live(args, &settings)).transpose()?;
    let (policy, accounts) = (settings.policy(), accounts(&settings)?);
    let dump = Dump::of(&settings)?;
    let mut signals = Signals::listen().map_err(|error| error.to_string())?;
    let dir = &settings.paths.state.value;
    let state = state::State::take(dir, &settings.ledger.value).await?;
    let log = log::start(args.log_format, headless, dir)?;
    let parts = Parts { policy, accounts, state, dump };
    let mut running = Running::start(parts, look)?;
    running.open_door(dir);
    let why = running.until_over(&mut signals, OnHangUp::GoOn).await;
    let stopped = running.end().await;
    drop(log);
    if let Some(stopped) = stopped {
        complain(format_args!("{}", farewell(&stopped)));
    }
    why.map(|()| 0)
}

/// What an engine is made of.
#[derive(Debug)]
pub struct Parts {
    /// The engine's part of the config.
    pub policy: Policy,
    /// The accounts of the policy.
    pub accounts: Vec<AccountSetup>,
    /// Where it keeps everything.
    pub state: state::State,
    /// What the console dumps.
    pub dump: Dump,
}

/// What becomes of the engine when the terminal goes away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnHangUp {
    /// It goes on without a screen.
    GoOn,
    /// It ends: there is nothing to protect.
    End,
}

/// An engine at work.
#[derive(Debug)]
pub struct Running {
    handle: Handle,
    /// None once it has ended by itself.
    driver: Option<JoinHandle<Stopped>>,
    console: Option<Console>,
    dumps: Dumps,
    pictures: Pictures,
    door: Option<Door>,
    _lock: crate::store::StateLock,
}

impl Running {
    /// Starts the driver, and the screen if one is wanted.
    ///
    /// # Errors
    /// When the screen's thread cannot be started.
    pub fn start(parts: Parts, look: Option<Look>) -> Result<Self, Failure> {
        let (show, pictures) = watch::channel(None);
        let screen = look.map(Console::prepare);
        let mailbox = screen.as_ref().map(|screen| screen.mailbox());
        let publish: Publish = Box::new(move |picture: Arc<Snapshot>| {
            if let Some(mailbox) = &mailbox {
                mailbox.put(picture.clone());
            }
            show.send_replace(Some(picture));
        });
        let state::State { lock, ledger, recorder } = parts.state;
        let (policy, accounts) = (parts.policy, parts.accounts);
        let (driver, handle) = Driver::new(Setup {
            policy,
            accounts,
            ledger: Arc::new(ledger),
            witness: Box::new(recorder),
            publish,
            clock: Clock::start(),
            holder: this_process(),
        });
        let driver = Some(tokio::spawn(driver.run()));
        let dumps = Dumps::of(parts.dump);
        let open = |screen: Prepared| screen.open(handle.clone(), dumps.clone());
        let console = screen.map(open).transpose()?;
        Ok(Self { handle, driver, console, dumps, pictures, door: None, _lock: lock })
    }

    /// Lets one-shot commands in. An engine whose door cannot be opened goes on without it.
    pub fn open_door(&mut self, dir: &Path) {
        let (handle, pictures) = (self.handle.clone(), self.pictures.clone());
        match Door::open(dir, Inside { handle, pictures, tell: scan::told }) {
            Ok(door) => self.door = Some(door),
            Err(why) => tracing::warn!("no command can reach this engine: {why}"),
        }
    }

    /// The newest picture, from now on.
    pub fn pictures(&self) -> Pictures {
        self.pictures.clone()
    }

    /// Reaches the engine, as a person does.
    pub fn handle(&self) -> Handle {
        self.handle.clone()
    }

    /// Where sentences for the screen go, while there is one.
    pub fn mailbox(&self) -> Option<Arc<Mailbox>> {
        self.console.as_ref().map(Console::mailbox)
    }

    /// Waits until a person, a signal or a fault ends it.
    ///
    /// # Errors
    /// When the engine or the screen broke.
    pub async fn until_over(
        &mut self,
        signals: &mut Signals,
        on_hang_up: OnHangUp,
    ) -> Result<(), Failure> {
        loop {
            tokio::select! {
                signal = signals.next() => match (signal, on_hang_up) {
                    (Signal::Stop, _) | (Signal::HangUp, OnHangUp::End) => return Ok(()),
                    (Signal::HangUp, OnHangUp::GoOn) => {
                        tracing::warn!("the terminal hung up; the engine goes on without it");
                        self.close_console();
                    }
                },
                over = over(&mut self.console) => {
                    self.console = None;
                    match (over, on_hang_up) {
                        (Over::Quit, _) | (Over::Gone, OnHangUp::End) => return Ok(()),
                        (Over::Crashed(why), _) => complain(format_args!(
                            "holdfast: the console crashed ({why}); the engine goes on without \
                             it, SIGTERM ends it"
                        )),
                        (Over::Gone, OnHangUp::GoOn) => {
                            tracing::warn!("the console ended; the engine goes on without it");
                        }
                        (Over::Broke(why), _) => return Err(why.into()),
                    }
                },
                why = broken(&mut self.driver) => return Err(why),
            }
        }
    }

    fn close_console(&mut self) {
        if let Some(console) = self.console.take() {
            console.close();
        }
    }

    /// Ends the screen, then the engine, gracefully; none when it had ended by itself. A bundle
    /// that is being written is written to its end.
    pub async fn end(mut self) -> Option<Stopped> {
        self.close_console();
        self.handle.stop();
        let stopped = match self.driver {
            Some(driver) => driver.await.ok(),
            None => None,
        };
        if let Some(door) = self.door {
            door.close().await;
        }
        self.dumps.finish().await;
        stopped
    }
}

async fn over(console: &mut Option<Console>) -> Over {
    match console {
        Some(console) => console.over().await,
        None => std::future::pending().await,
    }
}

/// Waits until the driver ends, which it should not do unless told to; says why it did.
async fn broken(driver: &mut Option<JoinHandle<Stopped>>) -> Failure {
    let Some(running) = driver else { return std::future::pending().await };
    let ended = running.await;
    *driver = None;
    match ended {
        Ok(_) => "the engine ended by itself; stops stay on the venue".into(),
        Err(error) => format!("the engine broke: {error}; stops stay on the venue").into(),
    }
}

/// What stays behind on the venues, for whoever ended the engine.
pub fn farewell(stopped: &Stopped) -> String {
    let mut text = "holdfast: stopped".to_owned();
    let last = &stopped.last;
    let (mut stops, mut bare) = (Vec::new(), Vec::new());
    for leg in last.legs.iter().filter(|leg| alone::stays(leg)) {
        let alone = Alone::of(leg, last.at);
        let line = match &leg.there {
            There::Open { side, quantity, .. } => {
                format!("{} {side} {quantity} {}", leg.key, behind(&alone))
            }
            There::Absent(_) | There::Unknown => format!("{} {}", leg.key, behind(&alone)),
        };
        if alone.is_covered() { stops.push(line) } else { bare.push(line) }
    }
    if !stops.is_empty() {
        let _ = write!(text, "; these stops stay on the venue: {}", stops.join(", "));
    }
    if !bare.is_empty() {
        let _ = write!(text, "; NOT proven covered: {}", bare.join(", "));
    }
    if stops.len() + bare.len() > 1 {
        let _ = write!(text, "; in all: {}", alone::summary(last).total.text());
    } else if let Some(gap) = Seen::of(last).gap() {
        let _ = write!(text, "; {gap}, more may be open");
    }
    if stopped.unanswered > 0 {
        let _ = write!(
            text,
            "; {} not answered in time",
            counted(stopped.unanswered, "act was", "acts were")
        );
    }
    text
}

/// What stays behind one leg, in few words.
fn behind(alone: &Alone) -> String {
    match alone.stop.filter(|_| alone.is_covered()) {
        Some(at) => {
            let mut text = format!("stop {at}");
            if let Some(profit) = alone.profit_at_stop {
                let _ = write!(text, " ({:+} there)", profit.0.round_dp(2));
            }
            if alone.trail_ends {
                text.push_str(", trails no further");
            }
            if let Some(unfinished) = &alone.unfinished {
                let _ = write!(text, ", left unfinished: {unfinished}");
            }
            text
        }
        None => format!("({})", alone.text()),
    }
}
