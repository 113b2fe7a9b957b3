//! A fresh look: waiting until every account has answered one, or cannot.
//!
//! For: `scan` through a running engine, with the engine's own requests and budget. Not for:
//! judging what differs; the picture holds that, and whoever wired the door reports it.
//! Door: [`scan`].

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::timeout;

use crate::domain::event::EventKind;
use crate::domain::key::AccountName;
use crate::domain::snapshot::{AccountView, Known, Snapshot};
use crate::domain::time::Time;
use crate::runtime::frames::Scanned;
use crate::runtime::handle::Handle;

/// How long a look may take.
const LOOK: Duration = Duration::from_secs(15);
/// How long the first picture of an engine that just started may take.
const FIRST: Duration = Duration::from_secs(5);

/// Where pictures are seen; none before the first.
pub type Pictures = watch::Receiver<Option<Arc<Snapshot>>>;

/// Turns a picture, and the accounts that gave no fresh answer, into what a scan says.
pub type Tell = fn(&Snapshot, &BTreeMap<AccountName, String>) -> Scanned;

/// What is behind a door.
pub struct Inside {
    /// Where asks go.
    pub handle: Handle,
    /// What is seen.
    pub pictures: Pictures,
    /// How a scan is told.
    pub tell: Tell,
}

impl std::fmt::Debug for Inside {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Inside").field("handle", &self.handle).finish_non_exhaustive()
    }
}

/// The newest picture.
///
/// # Errors
/// When there is none.
pub(crate) async fn newest(pictures: &Pictures) -> Result<Arc<Snapshot>, String> {
    let mut pictures = pictures.clone();
    let first = timeout(FIRST, pictures.wait_for(Option::is_some)).await;
    let picture = first.ok().and_then(Result::ok).and_then(|picture| picture.clone());
    picture.ok_or_else(|| "the engine shows nothing yet: try again in a moment".to_owned())
}

/// Looks at every account, and tells what is found.
///
/// # Errors
/// When nothing can be told: the engine is ending, or its ledger cannot be read.
pub(crate) async fn scan(inside: &Inside) -> Result<Scanned, String> {
    let asked = inside.handle.look();
    let mut pictures = inside.pictures.clone();
    let settled = |picture: &Snapshot| {
        picture.accounts.iter().all(|account| {
            is_fresh(account, asked) || is_blocked(account) || failed(picture, account, asked)
        })
    };
    let waiting = pictures.wait_for(|picture| picture.as_deref().is_some_and(settled));
    match timeout(LOOK, waiting).await {
        Ok(Ok(_)) | Err(_) => {}
        Ok(Err(_)) => return Err("the engine stopped before it had looked".to_owned()),
    }
    let picture = newest(&inside.pictures).await?;
    if let Some(fault) = &picture.ledger_fault {
        return Err(format!("the ledger cannot be used: {}", fault.value));
    }
    let stale = |account: &&AccountView| !is_fresh(account, asked) && account.is_known();
    let why = |account: &AccountView| match failure(&picture, account, asked) {
        Some(why) => why,
        None => format!("no complete look came back within {LOOK:?}"),
    };
    let unreached = picture.accounts.iter().filter(stale).map(|a| (a.name.clone(), why(a)));
    let unreached = unreached.collect();
    Ok((inside.tell)(&picture, &unreached))
}

/// Whether everything about an account was asked for and answered since then.
fn is_fresh(account: &AccountView, since: Time) -> bool {
    let known = matches!(account.known, Known::Since(at) if at >= since);
    known && account.looked.is_some_and(|at| at >= since)
}

fn is_blocked(account: &AccountView) -> bool {
    account.link.as_ref().is_some_and(|link| link.blocked.is_some())
}

fn failed(picture: &Snapshot, account: &AccountView, since: Time) -> bool {
    failure(picture, account, since).is_some()
}

/// Why a look since then failed, as far as events tell it.
fn failure(picture: &Snapshot, account: &AccountView, since: Time) -> Option<String> {
    let about = |name: &Option<AccountName>| name.as_ref() == Some(&account.name);
    let mut events = picture.events.iter().rev().take_while(|event| event.at >= since);
    let event = events.find(|e| e.kind == EventKind::SyncFailed && about(&e.account))?;
    Some(event.text.clone())
}
