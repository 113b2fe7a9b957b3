//! `holdfast scan`: one complete look at every account, and nothing written anywhere.
//!
//! For: a core in memory that is fed the ledger's books and one look per account, then asked
//! what it finds. Not for: confirming over time or mending; that is what `run` is for.
//! Door: [`scan`]. What the core wants to write or send is dropped here; only its questions go.

use std::collections::BTreeMap;
use std::sync::Arc;

use futures_util::future::join_all;
use tokio::sync::mpsc;

use crate::cli::accounts;
use crate::cli::ending::{Ending, Failure, complain, print};
use crate::cli::report::Report;
use crate::domain::effect::{Act, Effect};
use crate::domain::input::Input;
use crate::domain::key::AccountName;
use crate::domain::lease::{Fence, LeaseState};
use crate::domain::ledger::Books;
use crate::domain::policy::Policy;
use crate::domain::snapshot::Snapshot;
use crate::domain::time::Span;
use crate::engine::Core;
use crate::exchange::{AccountSetup, VenueLink, connect};
use crate::runtime::{Clock, unreached};
use crate::settings::Settings;
use crate::store::Ledger;

/// Inputs a link may have waiting while it is only asked questions.
const INBOX: usize = 4096;

/// Looks, reports, and says by the exit code what was found.
pub async fn scan(settings: Settings, json: bool) -> Ending {
    let accounts = accounts(&settings)?;
    let books = read(&settings).await?;
    let mut policy = settings.policy().only_looking();
    // One look cannot wait, and what is new and naked is not "all covered".
    policy.orphan_grace = Span(0);
    let reached = join_all(accounts.into_iter().map(reach)).await;
    let (snapshot, unreached) = look(policy, books.clone(), reached).await;
    let report = Report::of(&snapshot, &unreached, books.is_some());
    if json {
        print(format_args!("{}\n", report.json()))?;
    } else {
        print(report.text())?;
    }
    Ok(report.code())
}

/// The ledger's books, or none when there is no ledger yet.
async fn read(settings: &Settings) -> Result<Option<Books>, Failure> {
    let path = &settings.ledger.value;
    if !path.exists() {
        complain(format_args!(
            "holdfast: there is no ledger at {} yet, so every position counts as untracked",
            path.display()
        ));
        return Ok(None);
    }
    let ledger = Ledger::open_read_only(path).await.map_err(|error| error.to_string())?;
    Ok(Some(ledger.read().await?))
}

/// An account that was reached, with what it said on the way.
struct Reached {
    name: AccountName,
    link: Result<Arc<dyn VenueLink>, String>,
    said: Vec<Input>,
}

async fn reach(setup: AccountSetup) -> Reached {
    let (inbox, mut inputs) = mpsc::channel(INBOX);
    let name = setup.name.clone();
    let link = connect(setup, inbox).await.map_err(|error| error.to_string());
    let mut said = Vec::new();
    while let Ok(input) = inputs.try_recv() {
        if matches!(input, Input::Instruments(..)) {
            said.push(input);
        }
    }
    Reached { name, link, said }
}

/// Feeds one core until it has no more questions; tells which accounts could not be reached.
async fn look(
    policy: Policy,
    books: Option<Books>,
    reached: Vec<Reached>,
) -> (Snapshot, BTreeMap<AccountName, String>) {
    let clock = Clock::start();
    let (mut core, mut effects) = (Core::new(), Vec::new());
    core.step(clock.now(), Input::Started(Box::new(policy)), &mut effects);
    for account in &reached {
        // What a look shows does not depend on who may act on it.
        let held = LeaseState::Held { fence: Fence(0) };
        core.step(clock.now(), Input::Lease(account.name.clone(), held), &mut effects);
    }
    core.step(clock.now(), Input::Books(Box::new(books.unwrap_or_default())), &mut effects);
    let mut links = BTreeMap::new();
    for account in reached {
        links.insert(account.name, account.link);
        for input in account.said {
            core.step(clock.now(), input, &mut effects);
        }
    }
    while !effects.is_empty() {
        let asked = effects.drain(..).filter_map(question).collect::<Vec<_>>();
        let replies = asked.into_iter().map(|(op, account, act)| {
            let link = links.get(&account);
            async move {
                let reply = match link {
                    Some(Ok(link)) => link.act(act).await,
                    Some(Err(why)) => unreached(&act, why),
                    None => unreached(&act, "the account is not in the config"),
                };
                Input::Replied { op, reply: Box::new(reply) }
            }
        });
        for input in join_all(replies).await {
            core.step(clock.now(), input, &mut effects);
        }
    }
    let lost = links.into_iter().filter_map(|(name, link)| link.err().map(|why| (name, why)));
    (core.view(clock.now()), lost.collect())
}

fn question(effect: Effect) -> Option<(crate::domain::effect::OpId, AccountName, Act)> {
    match effect {
        Effect::Venue { op, account, act } => match act {
            Act::Look { .. }
            | Act::History { .. }
            | Act::FindOrder { .. }
            | Act::FindStop { .. } => Some((op, account, act)),
            Act::PlaceStop(_)
            | Act::CancelStop { .. }
            | Act::Reduce(_)
            | Act::Restream
            | Act::Enter(_) => None,
        },
        Effect::Ledger { .. } | Effect::ReadLedger | Effect::Answer(_) => None,
    }
}
