//! How a one-shot command gets its way: through the engine that runs, or by a driver of its own.
//!
//! For: finding out which, and one face for both. Not for: the commands (`shot`).
//! Door: [`Way::find`].

use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::cli::ending::Failure;
use crate::cli::own::Own;
use crate::cli::state;
use crate::cli::through::Through;
use crate::domain::command::{Answer, Command};
use crate::runtime::Sight;
use crate::settings::Settings;
use crate::store::StateLock;

/// How long an account may take to become known.
const KNOWN: Duration = Duration::from_secs(30);
/// How long somebody may hold the state directory without answering: an engine that is starting
/// or ending, or another command that is nearly done.
const HELD: Duration = Duration::from_secs(3);
const PAUSE: Duration = Duration::from_millis(50);

/// Who carries a command out.
#[derive(Debug)]
pub enum Way {
    /// The engine that runs on this state directory.
    Through(Through),
    /// A driver in this process.
    Own(Box<Own>),
}

impl Way {
    /// An engine that answers, or else this process under the state lock.
    ///
    /// # Errors
    /// When somebody holds the state directory and does not answer, or nothing can be started.
    pub async fn find(settings: &Settings) -> Result<Self, Failure> {
        let dir = &settings.paths.state.value;
        let until = Instant::now() + HELD;
        loop {
            if let Some(engine) = Through::find(dir).await? {
                return Ok(Self::Through(engine));
            }
            state::make(dir, state::ELSEWHERE)?;
            match StateLock::take(dir) {
                Ok(lock) => return Ok(Self::Own(Box::new(Own::start(settings, lock).await?))),
                Err(why) if Instant::now() >= until => return Err(why.into()),
                Err(_) => sleep(PAUSE).await,
            }
        }
    }

    /// What is seen once the account is known.
    ///
    /// # Errors
    /// When it is not in time, when the venue cannot be reached, or when another engine acts on
    /// it.
    pub async fn known(&mut self, name: &str) -> Result<Sight, Failure> {
        let is_running = matches!(self, Self::Through(_));
        let sight = self.sight(|sight| nothing_gained(sight, name, is_running)).await?;
        let Some(account) = sight.account(name) else {
            return Err(format!(
                "the engine that runs knows no account {name}: it was started before the config \
                 named one; start it again"
            )
            .into());
        };
        if let Some(holder) = &account.holder {
            return Err(format!(
                "{holder} acts on account {name} and this engine only watches: ask there"
            )
            .into());
        }
        if let Some(why) = &account.unknown {
            return Err(format!("account {name} is not known, so nothing was done: {why}").into());
        }
        Ok(sight)
    }

    /// Looks at everything once more, where an engine has not for a while.
    ///
    /// # Errors
    /// When it cannot, or the account is not known afterwards.
    pub async fn look(&mut self, name: &str) -> Result<Sight, Failure> {
        if let Self::Through(engine) = self {
            engine.scan().await?;
        }
        self.known(name).await
    }

    /// Waits until the ledger was read.
    ///
    /// # Errors
    /// When it is not in time.
    pub async fn loaded(&mut self) -> Result<(), Failure> {
        let sight = self.sight(|sight| sight.loaded).await?;
        if sight.loaded {
            return Ok(());
        }
        let why = sight.ledger_fault.unwrap_or_else(|| "no answer".to_owned());
        Err(format!("the ledger could not be read, so nothing was done: {why}").into())
    }

    async fn sight(&mut self, fits: impl Fn(&Sight) -> bool) -> Result<Sight, Failure> {
        match self {
            Self::Through(engine) => engine.sight(KNOWN, fits).await,
            Self::Own(own) => {
                let sight = own.sight(KNOWN, fits).await;
                sight.ok_or_else(|| "the engine said nothing, so nothing was done".into())
            }
        }
    }

    /// Asks for the command, if there is one, waits for the final answer, and lets go.
    ///
    /// # Errors
    /// When there is no command, or no final answer.
    pub async fn finish(self, command: Result<Command, Failure>) -> Result<Answer, Failure> {
        match self {
            Self::Through(engine) => engine.ask(command?).await,
            Self::Own(own) => {
                let answer = match command {
                    Ok(command) => own.ask(command).await,
                    Err(failure) => Err(failure),
                };
                own.end().await?;
                answer
            }
        }
    }
}

/// Whether waiting gains nothing for an account. An engine of our own waits for a lease that runs
/// out, and for its config; one that runs says whose the lease is, and has its config since it
/// began.
fn nothing_gained(sight: &Sight, name: &str, is_running: bool) -> bool {
    match sight.account(name) {
        Some(account) => account.is_settled() || is_running && account.holder.is_some(),
        None => is_running && !sight.accounts.is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;
    use crate::domain::amount::Percent;
    use crate::domain::order::TriggerBy;
    use crate::domain::policy::{OnBreach, Protection};
    use crate::runtime::SeenAccount;

    fn sight(accounts: &[&str]) -> Sight {
        let seen = |name: &&str| SeenAccount {
            name: (*name).into(),
            unknown: Some("not looked at yet".to_owned()),
            blocked: false,
            holder: None,
        };
        let (stop, trigger, on_breach) = (Percent(Decimal::TWO), TriggerBy::Mark, OnBreach::Alert);
        Sight {
            snapshot: 1,
            loaded: true,
            ledger_fault: None,
            protection: Protection { stop, trigger, on_breach, trailing: None },
            accounts: accounts.iter().map(seen).collect(),
            legs: Vec::new(),
        }
    }

    #[test]
    fn an_engine_that_runs_never_comes_to_know_an_account_it_was_not_started_with() {
        assert!(nothing_gained(&sight(&["main"]), "later", true));
        assert!(!nothing_gained(&sight(&["main"]), "main", true), "not looked at yet");
        assert!(!nothing_gained(&sight(&[]), "later", true), "it has only just begun");
        assert!(!nothing_gained(&sight(&["main"]), "later", false), "of our own");
    }
}
