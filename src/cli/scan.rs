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
use crate::cli::through::Through;
use crate::domain::effect::{Act, Effect};
use crate::domain::guard::Guard;
use crate::domain::input::Input;
use crate::domain::key::AccountName;
use crate::domain::lease::{Fence, LeaseState};
use crate::domain::ledger::Books;
use crate::domain::policy::Policy;
use crate::domain::snapshot::{FindingKind, FindingView, Snapshot, There};
use crate::domain::time::Span;
use crate::engine::Core;
use crate::exchange::{AccountSetup, VenueLink, connect};
use crate::runtime::{Clock, Scanned, unreached};
use crate::settings::Settings;
use crate::store::Ledger;

/// Inputs a link may have waiting while it is only asked questions.
const INBOX: usize = 4096;

/// Looks, reports, and says by the exit code what was found. Where an engine runs, it looks.
pub async fn scan(settings: Settings, json: bool) -> Ending {
    let found = match Through::find(&settings.paths.state.value).await? {
        Some(engine) => {
            let found = engine.scan().await?;
            all_seen(&settings, &found)?;
            found
        }
        None => alone(&settings).await?,
    };
    if json {
        print(format_args!("{}\n", found.json))?;
    } else {
        print(found.text)?;
    }
    Ok(found.code)
}

/// An engine looks at the accounts it was started with, and the config may name others by now.
fn all_seen(settings: &Settings, found: &Scanned) -> Result<(), Failure> {
    let seen = |name: &str| {
        let mut accounts = found.json["accounts"].as_array().into_iter().flatten();
        accounts.any(|account| account["name"] == name)
    };
    let unseen = settings.accounts.iter().find(|account| !seen(account.name.as_str()));
    unseen.map_or(Ok(()), |account| {
        Err(format!(
            "the engine that runs here does not know account {}: start it again with the \
             config as it is now",
            account.name
        )
        .into())
    })
}

/// One look by this process.
async fn alone(settings: &Settings) -> Result<Scanned, Failure> {
    let accounts = accounts(settings)?;
    let books = read(settings).await?;
    let mut policy = settings.policy().only_looking();
    // One look cannot wait, and what is new and naked is not "all covered".
    policy.orphan_grace = Span(0);
    let reached = join_all(accounts.into_iter().map(reach)).await;
    let (snapshot, unreached) = look(policy, books.clone(), reached).await;
    let snapshot = loudest_first(snapshot);
    Ok(said(&Report::of(&snapshot, &unreached, books.is_some())))
}

/// What a scan through a running engine says of its picture.
pub fn told(picture: &Snapshot, unreached: &BTreeMap<AccountName, String>) -> Scanned {
    let picture = loudest_first(grown(picture.clone()));
    said(&Report::of(&picture, unreached, true))
}

/// Whoever looked, and whenever it was noticed: the same order.
fn loudest_first(mut picture: Snapshot) -> Snapshot {
    picture.legs.iter_mut().for_each(|leg| leg.findings.sort_by_key(|finding| finding.kind));
    picture
}

fn said(report: &Report<'_>) -> Scanned {
    Scanned { code: report.code(), text: report.text(), json: report.json() }
}

/// One look cannot wait: what an engine gives some time before it calls it an orphan, or naked,
/// a scan names at once.
fn grown(mut picture: Snapshot) -> Snapshot {
    let (at, grace) = (picture.at, picture.policy.orphan_grace);
    for leg in &mut picture.legs {
        let at_work = leg.work.is_some() || leg.row.is_some();
        if at_work || !matches!(leg.there, There::Open { .. }) {
            continue;
        }
        let bare = match leg.guard.value {
            Guard::Naked => Some(FindingKind::Naked),
            Guard::Partly(_) => Some(FindingKind::Partly),
            Guard::Covered(_) | Guard::Unknown => None,
        };
        let told = |kind: FindingKind| leg.findings.iter().any(|found| found.kind == kind);
        let untracked = told(FindingKind::Orphan) || told(FindingKind::Resurrected);
        let orphan = (!untracked).then_some(FindingKind::Orphan);
        let young: Vec<_> = bare.into_iter().filter(|kind| !told(*kind)).chain(orphan).collect();
        let view = |kind| FindingView {
            kind,
            since: at,
            looks: (1, picture.policy.confirmations),
            checks: Vec::new(),
            next: format!("younger than {grace}: waits for its row"),
            waits: false,
            rule: None,
            resolved: None,
        };
        leg.findings.extend(young.into_iter().map(view));
    }
    picture
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
