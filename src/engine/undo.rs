//! Taking a repair back: what follows for its row and for the rule that made it.
//!
//! A rule of the engine whose repair a person took back only proposes from then on, in that
//! account, until a person restores it. The row itself waits for a person in any case.
//! Not for: the row's image before (that is the ledger's). Door: [`done`].

use std::collections::BTreeMap;

use crate::domain::command::Verdict;
use crate::domain::event::{Event, EventKind, Severity};
use crate::domain::journal::{Author, RepairId, Rule};
use crate::domain::key::AccountName;
use crate::domain::snapshot::RepairView;
use crate::domain::trust::{Demotion, Duty};

use crate::engine::cx::Cx;
use crate::engine::drift;
use crate::engine::look::{self, Why};
use crate::engine::state::Account;

/// The ledger has taken a repair back.
pub(super) fn done(
    cx: &mut Cx,
    accounts: &mut BTreeMap<AccountName, Account>,
    ask: u64,
    id: &RepairId,
) {
    cx.read_ledger = true;
    let at = cx.repairs.iter().position(|repair| repair.id == *id);
    let Some(repair) = at.and_then(|at| cx.repairs.remove(at)) else {
        // One of an earlier run: the ledger says what rule it was, when it is read again.
        cx.undone.push(id.clone());
        cx.answer(ask, Verdict::Done, format!("{} undone", id.0));
        return;
    };
    if repair.rule == Rule::Adopt
        && let Some(account) = accounts.get_mut(&repair.key.account)
    {
        // What was adopted is an untracked position again.
        let leg = account.leg(&repair.key.symbol, repair.key.leg, cx.now);
        leg.row = None;
        drift::booked(leg, cx.now, false);
        leg.looks = 0;
        leg.declined = true;
        cx.touch(&repair.key);
        look::want(cx, &mut account.info, Why::Changed);
    }
    let event = Event::of(cx.now, EventKind::RepairUndone, Severity::Warning, &repair.key);
    let demoted = (repair.author == Author::Engine).then(|| Duty::of(repair.rule));
    if demoted.is_some() {
        demote(cx, &repair);
    }
    let text = tell(cx, event, id, demoted);
    cx.answer(ask, Verdict::Done, text);
}

fn demote(cx: &mut Cx, repair: &RepairView) {
    let (account, duty) = (repair.key.account.clone(), Duty::of(repair.rule));
    if cx.demotion(&account, duty).is_none() {
        cx.demoted.push(Demotion { account, duty, repair: repair.id.clone(), at: cx.now });
    }
}

/// Tells of repairs of earlier runs, now that the ledger has said what their undoing means.
pub(super) fn tell_late(cx: &mut Cx) {
    for id in std::mem::take(&mut cx.undone) {
        let demotion = cx.demoted.iter().find(|held| held.repair == id).cloned();
        let name = demotion.as_ref().map_or_else(|| "".into(), |held| held.account.clone());
        let event = Event::about(cx.now, EventKind::RepairUndone, Severity::Warning, &name);
        let event = Event { account: demotion.as_ref().map(|held| held.account.clone()), ..event };
        tell(cx, event, &id, demotion.map(|held| held.duty));
    }
}

fn tell(cx: &mut Cx, event: Event, id: &RepairId, demoted: Option<Duty>) -> String {
    let account = event.account.clone();
    let held = demoted.zip(account);
    let text = match &held {
        Some((duty, account)) => {
            let rule = duty.name();
            format!("{} undone; from now on {rule} only proposes in {account}", id.0)
        }
        None => format!("{} undone", id.0),
    };
    let trust = held.map(|(duty, account)| cx.trust(&account, duty));
    cx.tell(event.saying(format!("repair {text}")).with(serde_json::json!({
        "repair": id, "rule": demoted.map(Duty::name), "trust": trust,
    })));
    text
}
