//! One-shot commands: one command from a script or a shell, shown before it is done, answered
//! before it ends.
//!
//! For: what a person typed, pinned to what is open now, and the answer as an exit code. Not for:
//! deciding whether it may be done; that is the core's gate, whoever carries it out (`way`).
//! Door: [`close`], [`adopt`], [`undo`], [`halt`], [`resume`].

use std::path::Path;

use crate::cli::args::Target;
use crate::cli::ending::{Ending, Failure, print};
use crate::cli::prompt::agree;
use crate::cli::target::{facts, find, pin};
use crate::cli::way::Way;
use crate::cli::words;
use crate::domain::amount::Percent;
use crate::domain::command::{Answer, Command, Verdict};
use crate::domain::journal::RepairId;
use crate::domain::key::AccountName;
use crate::domain::plan::{self, StopAt};
use crate::domain::trust::Demotion;
use crate::runtime::Sight;
use crate::settings::Settings;
use crate::store::Ledger;

/// `holdfast close`.
pub async fn close(settings: Settings, target: Target, percent: Percent, yes: bool) -> Ending {
    known_name(&settings, &target.account)?;
    let mut way = Way::find(&settings).await?;
    let command = plan_close(&mut way, &target, percent, yes).await;
    told(way.finish(command).await?)
}

/// `holdfast adopt`.
pub async fn adopt(settings: Settings, target: Target, stop: Option<StopAt>, yes: bool) -> Ending {
    known_name(&settings, &target.account)?;
    let mut way = Way::find(&settings).await?;
    let command = plan_adopt(&mut way, &target, stop, yes).await;
    told(way.finish(command).await?)
}

/// `holdfast undo`.
pub async fn undo(settings: Settings, repair: String, yes: bool) -> Ending {
    let ledger = settings.ledger.value.clone();
    let mut way = Way::find(&settings).await?;
    let command = plan_undo(&mut way, repair.clone(), yes).await;
    let code = told(way.finish(command).await?)?;
    if let Some(held) = held_back(&ledger, &RepairId(repair)).await? {
        print(format_args!("{}\n", words::held_back(&held)))?;
    }
    Ok(code)
}

/// `holdfast halt`: nothing is shown first, for it can only make things safer.
pub async fn halt(settings: Settings, account: Option<String>, reason: String) -> Ending {
    let account = named(&settings, account)?;
    let mut way = Way::find(&settings).await?;
    let command = way.loaded().await.map(|()| Command::Halt { account, reason });
    told(way.finish(command).await?)
}

/// `holdfast resume`.
pub async fn resume(settings: Settings, account: Option<String>) -> Ending {
    let account = named(&settings, account)?;
    let mut way = Way::find(&settings).await?;
    let command = way.loaded().await.map(|()| Command::Resume { account });
    told(way.finish(command).await?)
}

/// An answer as an ending.
pub fn told(answer: Answer) -> Ending {
    match answer.verdict {
        Verdict::Done => print(format_args!("{}\n", answer.text)).map(|()| 0),
        Verdict::Accepted | Verdict::Refused | Verdict::Failed => Err(answer.text.into()),
    }
}

/// The rule that an undone repair holds back, as the ledger says; a person's own holds none.
async fn held_back(path: &Path, repair: &RepairId) -> Result<Option<Demotion>, Failure> {
    let ledger = Ledger::open_read_only(path).await.map_err(|error| error.to_string())?;
    Ok(ledger.read().await?.demoted.into_iter().find(|held| held.repair == *repair))
}

/// What is seen of a target: what an engine does not show yet it is made to look for.
async fn seen(way: &mut Way, target: &Target) -> Result<Sight, Failure> {
    let sight = way.known(&target.account).await?;
    match find(&sight, target) {
        Ok(_) => Ok(sight),
        Err(_) => way.look(&target.account).await,
    }
}

async fn plan_close(
    way: &mut Way,
    target: &Target,
    percent: Percent,
    yes: bool,
) -> Result<Command, Failure> {
    let sight = seen(way, target).await?;
    let leg = find(&sight, target)?;
    let (open, rules) = facts(leg)?;
    let plan = plan::close(open, rules, percent).map_err(|why| why.to_string())?;
    agree(&words::close(leg, open, &plan), yes)?;
    Ok(Command::Close { pin: pin(leg, &sight), percent })
}

async fn plan_adopt(
    way: &mut Way,
    target: &Target,
    stop: Option<StopAt>,
    yes: bool,
) -> Result<Command, Failure> {
    let sight = seen(way, target).await?;
    let leg = find(&sight, target)?;
    if let Some(row) = &leg.row {
        return Err(format!("{} is in the ledger already, as row {}", leg.key, row.0).into());
    }
    let (open, rules) = facts(leg)?;
    let plan = plan::stop(open, rules, &sight.protection, stop);
    let plan = plan.map_err(|why| why.to_string())?;
    agree(&words::adopt(leg, open, &plan), yes)?;
    Ok(Command::Adopt { pin: pin(leg, &sight), stop })
}

async fn plan_undo(way: &mut Way, repair: String, yes: bool) -> Result<Command, Failure> {
    way.loaded().await?;
    agree(&words::undo(&repair), yes)?;
    Ok(Command::Undo { repair: RepairId(repair) })
}

/// An account that may be named, or all.
fn named(settings: &Settings, name: Option<String>) -> Result<Option<AccountName>, Failure> {
    if let Some(name) = &name {
        known_name(settings, name)?;
    }
    Ok(name.map(AccountName::from))
}

/// # Errors
/// When the config names no such account; the sentence names those it does.
pub fn known_name(settings: &Settings, name: &str) -> Result<(), Failure> {
    let names: Vec<&str> = settings.accounts.iter().map(|a| a.name.as_str()).collect();
    if names.contains(&name) {
        return Ok(());
    }
    let names = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
    Err(format!("there is no account {name} in the config; it names {names}").into())
}
