//! A second holdfast on the same account: seen by orders in our own form that we never sent.
//!
//! What an earlier run left is in the first look or in the ledger's unfinished intents; only what
//! appears new on the stream counts. Until a person has looked, nothing in that account is
//! repaired, adopted or cleaned; legs without a stop are protected as ever. Door: [`heard`].

use std::collections::{BTreeSet, VecDeque};

use serde::{Deserialize, Serialize};

use crate::domain::client_id::{ClientId, Purpose};
use crate::domain::event::{Event, EventKind, Severity};
use crate::domain::key::AccountName;
use crate::domain::snapshot::{AccountFinding, AccountFindingKind};
use crate::domain::time::Time;
use crate::domain::trust::Duty;

use crate::engine::cx::Cx;
use crate::engine::state::Info;

/// Ids remembered; older ones are heard of no more.
const KEPT: usize = 8192;

/// Client ids in the order they were learnt, the newest of them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Ids {
    set: BTreeSet<ClientId>,
    order: VecDeque<ClientId>,
}

impl Ids {
    pub(super) fn insert(&mut self, id: &ClientId) {
        if !self.set.insert(id.clone()) {
            return;
        }
        self.order.push_back(id.clone());
        if self.order.len() > KEPT
            && let Some(oldest) = self.order.pop_front()
        {
            self.set.remove(&oldest);
        }
    }

    pub(super) fn contains(&self, id: &ClientId) -> bool {
        self.set.contains(id)
    }
}

/// A second engine, as it was first noticed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Second {
    since: Time,
    id: ClientId,
}

/// Remembers an id of our own form that an earlier run or a one-shot command may have left.
pub(super) fn remember(cx: &Cx, info: &mut Info, id: &ClientId) {
    if id.purpose().is_some() && !cx.minted.contains(id) {
        info.past.insert(id);
    }
}

/// Takes the stream's word that an order is new at the venue.
pub(super) fn heard(cx: &mut Cx, info: &mut Info, id: &ClientId) {
    if id.purpose().is_none() || cx.minted.contains(id) || info.past.contains(id) {
        return;
    }
    info.past.insert(id);
    // Whoever has the lease is known by it, and what it sends is no news.
    if !info.lease.is_held() {
        return;
    }
    // Before the first look nobody knows what an earlier run left.
    if info.orders_known.is_none() || info.second.is_some() {
        return;
    }
    info.second = Some(Second { since: cx.now, id: id.clone() });
    cx.barred.insert(info.name.clone());
    let event = Event::about(cx.now, EventKind::ForeignOrder, Severity::Critical, &info.name)
        .saying(format!(
            "another holdfast acts on this account: {id} is not from here; repairs and adoptions \
             stop until a resync is asked for, protection goes on"
        ))
        .with(serde_json::json!({ "writer": "holdfast", "client_id": id }));
    cx.tell(event);
}

/// Takes the stream's word on a plain order in our form. What a stop became when it fired carries
/// the stop's id, which lists may have left out: it says nothing.
pub(super) fn heard_order(cx: &mut Cx, info: &mut Info, id: &ClientId) {
    if id.purpose() != Some(Purpose::Stop) {
        heard(cx, info, id);
    }
}

/// A person has looked: the account is treated as ours alone again.
pub(super) fn lift(cx: &mut Cx, info: &mut Info) {
    info.second = None;
    cx.barred.remove(&info.name);
}

/// Whether a rule may only propose in this account because a second engine acts on it.
pub(super) fn bars(cx: &Cx, account: &AccountName, duty: Duty) -> bool {
    duty != Duty::Protect && cx.barred.contains(account)
}

/// What is said of it.
pub(super) fn finding(info: &Info) -> Option<AccountFinding> {
    let second = info.second.as_ref()?;
    Some(AccountFinding {
        kind: AccountFindingKind::SecondEngine,
        since: second.since,
        text: format!(
            "another holdfast acts on this account ({}): nothing is repaired or adopted until you \
             ask for a resync",
            second.id
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::{ClientId, Ids, KEPT};

    #[test]
    fn only_the_newest_ids_are_remembered() {
        let id = |n: usize| ClientId::from(format!("hfs-{n:016x}").as_str());
        let mut ids = Ids::default();
        (0..KEPT).for_each(|n| ids.insert(&id(n)));
        // Learnt again it is no newer than it was.
        ids.insert(&id(0));
        assert!(ids.contains(&id(0)));
        ids.insert(&id(KEPT));
        assert!(!ids.contains(&id(0)));
        assert!(ids.contains(&id(1)) && ids.contains(&id(KEPT)));
    }
}
