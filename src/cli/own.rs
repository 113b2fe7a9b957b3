//! A driver that lives for one command, where no engine runs on the state directory.
//!
//! For: `close`, `adopt`, `undo` and the others on their own, under the state lock. Not for:
//! keeping anything protected: it only does what it was asked. Door: [`Own::start`].

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::cli::accounts;
use crate::cli::ending::{Failure, complain};
use crate::cli::state::State;
use crate::cli::words;
use crate::domain::command::{Answer, Ask, Command};
use crate::domain::snapshot::Snapshot;
use crate::runtime::{Clock, Driver, Handle, Setup, Sight, Signals, Stopped, this_process};
use crate::settings::Settings;
use crate::store::StateLock;

/// How long the final answer may take: an open that is taken back needs the longest.
const ANSWER: Duration = Duration::from_secs(180);
const AFTER: &str = "became of it with `holdfast scan`";

/// Such a driver, at work.
#[derive(Debug)]
pub struct Own {
    handle: Handle,
    pictures: watch::Receiver<Option<Arc<Snapshot>>>,
    running: JoinHandle<Stopped>,
    _lock: StateLock,
}

impl Own {
    /// Starts one on a state directory that this process has locked.
    ///
    /// # Errors
    /// When there is no account, or the ledger cannot be opened.
    pub async fn start(settings: &Settings, lock: StateLock) -> Result<Self, Failure> {
        let policy = settings.policy().only_looking();
        let accounts = accounts(settings)?;
        let paths = (&settings.paths.state.value, &settings.ledger.value);
        let State { lock, ledger, recorder } = State::with(lock, paths.0, paths.1).await?;
        let (send, pictures) = watch::channel(None);
        let publish = Box::new(move |picture| {
            send.send_replace(Some(picture));
        });
        let (driver, handle) = Driver::new(Setup {
            policy,
            accounts,
            ledger: Arc::new(ledger),
            witness: Box::new(recorder),
            publish,
            clock: Clock::start(),
            holder: this_process(),
        });
        let running = tokio::spawn(driver.run());
        Ok(Self { handle, pictures, running, _lock: lock })
    }

    /// The first sight that fits; after `patience` the newest, none when there was no picture.
    pub async fn sight(
        &mut self,
        patience: Duration,
        fits: impl Fn(&Sight) -> bool,
    ) -> Option<Sight> {
        let fitting = |p: &Option<Arc<Snapshot>>| p.as_deref().is_some_and(|p| fits(&Sight::of(p)));
        let found = match timeout(patience, self.pictures.wait_for(fitting)).await {
            Ok(Ok(picture)) => picture.clone(),
            _ => None,
        };
        let newest = found.or_else(|| self.pictures.borrow().clone());
        newest.map(|picture| Sight::of(&picture))
    }

    /// Asks, and waits for the final answer.
    ///
    /// # Errors
    /// When none came; the sentence says how to learn what became of it.
    pub async fn ask(&self, command: Command) -> Result<Answer, Failure> {
        let mut signals = Signals::listen().map_err(|error| error.to_string())?;
        let mut answers = self.handle.follow(Ask { id: 1, who: words::who(), command });
        let last = async {
            loop {
                let answer = answers.recv().await?;
                if answer.verdict.is_final() {
                    return Some(answer);
                }
                complain(format_args!("{}", answer.text));
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

    /// Ends the driver gracefully.
    ///
    /// # Errors
    /// When it broke.
    pub async fn end(self) -> Result<(), Failure> {
        self.handle.stop();
        self.running.await.map_err(|error| format!("the engine broke: {error}"))?;
        Ok(())
    }
}
