//! One-shot commands: `close`, `adopt`, `undo`, with the same driver and gate as the console.
//!
//! For: one command from a script or a shell, shown before it is done, answered before it ends.
//! Not for: deciding whether it may be done; that is the core's gate. Door: [`close`],
//! [`adopt`], [`undo`]. While one runs the engine only watches: it does what it was asked.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::cli::args::Target;
use crate::cli::ending::{Ending, Failure, print};
use crate::cli::prompt::agree;
use crate::cli::state::State;
use crate::cli::target::{facts, find, pin};
use crate::cli::{accounts, words};
use crate::domain::amount::Percent;
use crate::domain::command::{Answer, Ask, Command, Verdict};
use crate::domain::event::{Event, EventKind};
use crate::domain::journal::RepairId;
use crate::domain::plan::{self, StopAt};
use crate::domain::snapshot::{AccountView, Known, Snapshot};
use crate::domain::trust::Demotion;
use crate::runtime::{Driver, Handle, Setup, Signals, Stopped};
use crate::settings::Settings;
use crate::store::{Ledger, StateLock};

/// How long an account may take to become known.
const KNOWN: Duration = Duration::from_secs(30);
/// How long the final answer may take.
const ANSWER: Duration = Duration::from_secs(60);

/// `holdfast close`.
pub async fn close(settings: Settings, target: Target, percent: Percent, yes: bool) -> Ending {
    let mut shot = Shot::start(settings, Some(&target.account)).await?;
    let command = shot.plan_close(&target, percent, yes).await;
    shot.finish(command).await
}

/// `holdfast adopt`.
pub async fn adopt(settings: Settings, target: Target, stop: Option<StopAt>, yes: bool) -> Ending {
    let mut shot = Shot::start(settings, Some(&target.account)).await?;
    let command = shot.plan_adopt(&target, stop, yes).await;
    shot.finish(command).await
}

/// `holdfast undo`.
pub async fn undo(settings: Settings, repair: String, yes: bool) -> Ending {
    let ledger = settings.ledger.value.clone();
    let mut shot = Shot::start(settings, None).await?;
    let command = shot.plan_undo(repair.clone(), yes).await;
    let code = shot.finish(command).await?;
    if let Some(held) = held_back(&ledger, &RepairId(repair)).await? {
        print(format_args!("{}\n", words::held_back(&held)))?;
    }
    Ok(code)
}

/// The rule that an undone repair holds back, as the ledger says; a person's own holds none.
async fn held_back(path: &Path, repair: &RepairId) -> Result<Option<Demotion>, Failure> {
    let ledger = Ledger::open_read_only(path).await.map_err(|error| error.to_string())?;
    Ok(ledger.read().await?.demoted.into_iter().find(|held| held.repair == *repair))
}

/// A driver that lives for one command.
struct Shot {
    handle: Handle,
    pictures: watch::Receiver<Option<Arc<Snapshot>>>,
    running: JoinHandle<Stopped>,
    _lock: StateLock,
}

impl Shot {
    async fn start(settings: Settings, account: Option<&str>) -> Result<Self, Failure> {
        if let Some(name) = account {
            known_name(&settings, name)?;
        }
        let policy = settings.policy().only_looking();
        let accounts = accounts(&settings)?;
        let paths = (&settings.paths.state.value, &settings.ledger.value);
        let State { lock, ledger, recorder } = State::take(paths.0, paths.1).await?;
        let (send, pictures) = watch::channel(None);
        let publish = Box::new(move |picture| {
            send.send_replace(Some(picture));
        });
        let (driver, handle) = Driver::new(Setup { policy, accounts, ledger, recorder, publish });
        let running = tokio::spawn(driver.run());
        Ok(Self { handle, pictures, running, _lock: lock })
    }

    async fn plan_close(
        &mut self,
        target: &Target,
        percent: Percent,
        yes: bool,
    ) -> Result<Command, Failure> {
        let picture = self.known(&target.account).await?;
        let leg = find(&picture, target)?;
        let (open, rules) = facts(leg)?;
        let plan = plan::close(open, rules, percent).map_err(|why| why.to_string())?;
        agree(&words::close(leg, open, &plan), yes)?;
        Ok(Command::Close { pin: pin(leg, open, &picture), percent })
    }

    async fn plan_adopt(
        &mut self,
        target: &Target,
        stop: Option<StopAt>,
        yes: bool,
    ) -> Result<Command, Failure> {
        let picture = self.known(&target.account).await?;
        let leg = find(&picture, target)?;
        if let Some(row) = &leg.row {
            return Err(format!("{} is in the ledger already, as row {}", leg.key, row.id.0).into());
        }
        let (open, rules) = facts(leg)?;
        let plan = plan::stop(open, rules, &picture.policy.protection, stop);
        let plan = plan.map_err(|why| why.to_string())?;
        agree(&words::adopt(leg, open, &plan), yes)?;
        Ok(Command::Adopt { pin: pin(leg, open, &picture), stop })
    }

    async fn plan_undo(&mut self, repair: String, yes: bool) -> Result<Command, Failure> {
        self.loaded().await?;
        agree(&words::undo(&repair), yes)?;
        Ok(Command::Undo { repair: RepairId(repair) })
    }

    /// Waits for a picture that fits; in vain, the last one is handed back.
    async fn until(
        &mut self,
        fits: impl Fn(&Snapshot) -> bool,
    ) -> Result<Arc<Snapshot>, Option<Arc<Snapshot>>> {
        let waiting = self.pictures.wait_for(|p| p.as_deref().is_some_and(&fits));
        let found = match timeout(KNOWN, waiting).await {
            Ok(Ok(picture)) => picture.clone(),
            _ => None,
        };
        found.ok_or_else(|| self.pictures.borrow().clone())
    }

    /// Waits until an account is known, or the link says that it cannot be.
    async fn known(&mut self, account: &str) -> Result<Arc<Snapshot>, Failure> {
        let view = |picture: &Snapshot| {
            picture.accounts.iter().find(|view| view.name.as_str() == account).cloned()
        };
        let known =
            |view: &AccountView| matches!(view.known, Known::Since(_)) && view.gate.is_empty();
        let blocked = |view: &AccountView| view.link.as_ref().is_some_and(|l| l.blocked.is_some());
        let settled = |view: AccountView| known(&view) || blocked(&view);
        let last = match self.until(|picture| view(picture).is_some_and(settled)).await {
            Ok(picture) if view(&picture).is_some_and(|view| known(&view)) => return Ok(picture),
            Ok(picture) => Some(picture),
            Err(last) => last,
        };
        let why = last.and_then(|picture| view(&picture)).map(|view| words::blame(&view));
        let why = why.unwrap_or_else(|| "the engine said nothing".to_owned());
        Err(format!("account {account} is not known, so nothing was done: {why}").into())
    }

    /// Waits until the ledger was read.
    async fn loaded(&mut self) -> Result<(), Failure> {
        let loaded = |event: &Arc<Event>| event.kind == EventKind::PositionsLoaded;
        match self.until(|picture| picture.events.iter().any(loaded)).await {
            Ok(_) => Ok(()),
            Err(last) => {
                let why = last.and_then(|picture| picture.ledger_fault.clone());
                let why = why.map_or_else(|| "no answer".to_owned(), |fault| fault.value);
                Err(format!("the ledger could not be read, so nothing was done: {why}").into())
            }
        }
    }

    /// Asks, waits for the final answer, and ends the driver gracefully whatever it is.
    async fn finish(self, command: Result<Command, Failure>) -> Ending {
        let ending = match command {
            Ok(command) => self.ask(command).await,
            Err(failure) => Err(failure),
        };
        self.handle.stop();
        self.running.await.map_err(|error| format!("the engine broke: {error}"))?;
        let answer = ending?;
        match answer.verdict {
            Verdict::Done => print(format_args!("{}\n", answer.text)).map(|()| 0),
            Verdict::Accepted | Verdict::Refused | Verdict::Failed => Err(answer.text.into()),
        }
    }

    async fn ask(&self, command: Command) -> Result<Answer, Failure> {
        let mut signals = Signals::listen().map_err(|error| error.to_string())?;
        let mut answers = self.handle.follow(Ask { id: 1, who: words::who(), command });
        let last = async {
            loop {
                let answer = answers.recv().await?;
                if answer.verdict.is_final() {
                    return Some(answer);
                }
            }
        };
        tokio::select! {
            answer = timeout(ANSWER, last) => match answer {
                Ok(Some(answer)) => Ok(answer),
                Ok(None) => Err("the engine stopped before it answered".into()),
                Err(_) => Err(format!("no final answer in {ANSWER:?}; see what {AFTER}").into()),
            },
            () = signals.stop() => Err(format!("interrupted; see what {AFTER}").into()),
        }
    }
}

/// # Errors
/// When the config names no such account; the sentence names those it does.
fn known_name(settings: &Settings, name: &str) -> Result<(), Failure> {
    let names: Vec<&str> = settings.accounts.iter().map(|a| a.name.as_str()).collect();
    if names.contains(&name) {
        return Ok(());
    }
    let names = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
    Err(format!("there is no account {name} in the config; it names {names}").into())
}

const AFTER: &str = "became of it with `holdfast scan`";
