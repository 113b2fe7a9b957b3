//! Answers find their way back to whatever asked.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::client_id::ClientId;
use crate::domain::effect::OpId;
use crate::domain::input::Reply;
use crate::domain::key::{AccountName, PositionKey};
use crate::domain::order::StopReport;
use crate::domain::time::Time;

use crate::engine::cx::Cx;
use crate::engine::leg::LegState;
use crate::engine::state::{Account, Info};
use crate::engine::unfinished::{self, Fate};
use crate::engine::{cancel, close, history, look, place, slot, verify};

type Accounts = BTreeMap<AccountName, Account>;

/// Takes a venue's answer. One that nobody waits for is dropped.
pub(super) fn take(cx: &mut Cx, accounts: &mut Accounts, op: OpId, reply: Reply) {
    let Some(waiting) = cx.answered(op) else { return };
    if let (Waiting::Look { account, asked, activity, .. }, Reply::Swept(sweep)) =
        (&waiting, &reply)
    {
        if let Some(account) = accounts.get_mut(account) {
            look::take(cx, account, *asked, *activity, sweep);
        }
        return;
    }
    let Some(key) = waiting.key().cloned() else { return };
    let Some((info, leg)) = find(accounts, &key) else { return };
    cx.touch(&key);
    match (waiting, reply) {
        (Waiting::History(_), Reply::History(answer)) => {
            history::take(cx, info, leg, answer);
        }
        (Waiting::PlaceStop(_, id), Reply::Placed(outcome)) => {
            place::placed(cx, info, leg, &id, outcome);
        }
        (Waiting::CancelStop(_, id), Reply::Cancelled(outcome)) => {
            cancel::cancelled(cx, info, leg, &id, &outcome);
        }
        (Waiting::Reduce(_, id), Reply::Reduced(outcome)) => {
            close::reduced(cx, info, leg, &id, outcome);
        }
        (Waiting::Enter(_, id), Reply::Entered(outcome)) => {
            verify::entered(cx, info, leg, &id, outcome);
        }
        (Waiting::FindOrder(_, id), Reply::FoundOrder(answer)) => {
            let answer = about(&id, answer, |report| report.client_id == id);
            let fate = match &answer {
                Ok(Some(report)) if report.status.is_final() => Fate::Reached,
                Ok(None) => Fate::Denied,
                // One that still works has no outcome yet.
                Ok(Some(_)) | Err(_) => Fate::Unknown,
            };
            unfinished::settled(cx, leg, &id, fate);
            verify::found(cx, leg, &id, &answer);
            close::found(cx, leg, &id, answer);
        }
        (Waiting::FindStop(_, id), Reply::FoundStop(answer)) => {
            let fits = |report: &StopReport| {
                let stop = &report.order;
                let here = stop.symbol == key.symbol && stop.leg == key.leg;
                here && (stop.client_id == id || stop.on_position)
            };
            let answer = about(&id, answer, fits);
            let fate = match &answer {
                Ok(Some(report)) if slot::reached(cx, leg, &id, report) => Fate::Reached,
                Ok(Some(_)) => Fate::Never,
                Ok(None) => Fate::Denied,
                Err(_) => Fate::Unknown,
            };
            unfinished::settled(cx, leg, &id, fate);
            place::found(cx, info, leg, &id, answer);
        }
        _ => {}
    }
}

/// An answer about another order is no answer.
fn about<T>(
    id: &ClientId,
    answer: Result<Option<T>, String>,
    fits: impl Fn(&T) -> bool,
) -> Result<Option<T>, String> {
    match answer {
        Ok(Some(report)) if !fits(&report) => {
            Err(format!("asked about {id}, the venue answered about another order"))
        }
        answer => answer,
    }
}

/// What an outstanding act is about.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum Waiting {
    Look { account: AccountName, asked: Time, activity: u64 },
    History(PositionKey),
    PlaceStop(PositionKey, ClientId),
    CancelStop(PositionKey, ClientId),
    Reduce(PositionKey, ClientId),
    Enter(PositionKey, ClientId),
    FindOrder(PositionKey, ClientId),
    FindStop(PositionKey, ClientId),
    Nothing,
}

impl Waiting {
    /// The leg it is about.
    pub(super) fn key(&self) -> Option<&PositionKey> {
        match self {
            Self::History(key)
            | Self::PlaceStop(key, _)
            | Self::CancelStop(key, _)
            | Self::Reduce(key, _)
            | Self::Enter(key, _)
            | Self::FindOrder(key, _)
            | Self::FindStop(key, _) => Some(key),
            Self::Look { .. } | Self::Nothing => None,
        }
    }
}

fn find<'a>(
    accounts: &'a mut Accounts,
    key: &PositionKey,
) -> Option<(&'a mut Info, &'a mut LegState)> {
    let account = accounts.get_mut(&key.account)?;
    let leg = account.legs.get_mut(&(key.symbol.clone(), key.leg))?;
    Some((&mut account.info, leg))
}
