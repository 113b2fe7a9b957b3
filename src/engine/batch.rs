//! Closing several legs on one word: each by its own close, so many at a time, in the given order.
//!
//! Every leg is pinned and checked by the gate twice: when it is asked for, and again when its
//! turn comes. It ends as Done when every leg that was asked for is proven, else as Failed with
//! the list. It does not outlive its process: what was sent is followed up by the next one, what
//! was not is not sent. Door: [`take`], [`abort`], [`advance`].

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::domain::amount::Qty;
use crate::domain::blast::{self, Blow, Target};
use crate::domain::client_id::Purpose;
use crate::domain::command::{Leaving, Pin, Verdict};
use crate::domain::count::counted;
use crate::domain::event::{Event, EventKind, Severity};
use crate::domain::key::{AccountName, PositionKey};
use crate::domain::snapshot::{BatchCount, BatchLeg, BatchView};
use crate::domain::time::{Time, VenueTime};

use crate::engine::close;
use crate::engine::cx::Cx;
use crate::engine::gate;
use crate::engine::halt;
use crate::engine::latch;
use crate::engine::leg::LegState;
use crate::engine::look::{self, Why};
use crate::engine::start;
use crate::engine::state::Account;

/// Batches that are shown, ended ones included.
const KEPT: usize = 8;

type Accounts = BTreeMap<AccountName, Account>;

/// The closes of several legs that this process was asked for.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Batches(VecDeque<Batch>);

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Batch {
    ask: u64,
    since: Time,
    ended: Option<Time>,
    at_once: usize,
    legs: Vec<Item>,
    /// What was last answered.
    told: BatchCount,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Item {
    pin: Pin,
    quantity: Qty,
    /// When the venue had last changed it, as it was shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    changed: Option<VenueTime>,
    stands: BatchLeg,
}

/// What a person asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wish<'a> {
    pub(super) ask: u64,
    pub(super) who: &'a str,
    pub(super) legs: &'a [Leaving],
    pub(super) at_once: u32,
    pub(super) halt: bool,
    pub(super) reason: &'a str,
}

impl Batch {
    fn view(&self) -> BatchView {
        let legs = self.legs.iter().map(|item| (item.pin.key.clone(), item.stands.clone()));
        BatchView { ask: self.ask, since: self.since, ended: self.ended, legs: legs.collect() }
    }
}

impl Batches {
    pub(super) fn view(&self) -> Arc<[BatchView]> {
        self.0.iter().map(Batch::view).collect()
    }

    /// A close of one of them has come to its end.
    pub(super) fn ended(&mut self, ask: u64, key: &PositionKey, failed: Option<String>) {
        let batch = self.0.iter_mut().find(|batch| batch.ask == ask);
        let closing = |item: &&mut Item| item.pin.key == *key && item.stands == BatchLeg::Closing;
        if let Some(item) = batch.and_then(|batch| batch.legs.iter_mut().find(closing)) {
            item.stands = failed.map_or(BatchLeg::Done, BatchLeg::Failed);
        }
    }
}

/// Takes a wish to close several legs.
///
/// # Errors
/// One sentence when none of them can be closed.
pub(super) fn take(cx: &mut Cx, accounts: &mut Accounts, wish: Wish) -> Result<String, String> {
    let mut seen = BTreeSet::new();
    let mut legs = Vec::new();
    for Leaving { pin, quantity } in wish.legs {
        let checked = if seen.insert(pin.key.clone()) {
            check(cx, accounts, pin, *quantity).map(|_| ())
        } else {
            Err("it is named twice".to_owned())
        };
        let stands = checked.map_or_else(BatchLeg::Excluded, |()| BatchLeg::Waiting);
        let leg = leg_of(accounts, &pin.key);
        let changed = leg.and_then(latch::changed);
        legs.push(Item { pin: pin.clone(), quantity: *quantity, changed, stands });
    }
    let excluded = listed(&legs, |stands| matches!(stands, BatchLeg::Excluded(_)));
    let going: Vec<_> = legs.iter().filter(|item| item.stands == BatchLeg::Waiting).collect();
    if going.is_empty() {
        return Err(format!("refused: there is nothing to close: {excluded}"));
    }
    let count = going.len();
    let names: BTreeSet<AccountName> = going.iter().map(|i| i.pin.key.account.clone()).collect();
    if wish.halt {
        for name in &names {
            if let Some(account) = accounts.get_mut(name) {
                halt::set(cx, account, wish.who, wish.reason);
            }
        }
    }
    let at_once = usize::try_from(wish.at_once.max(1)).unwrap_or(usize::MAX);
    let mut text =
        format!("closing {count} of {}, {at_once} at a time", counted(legs.len(), "leg", "legs"));
    if wish.halt {
        let names: Vec<_> = names.iter().map(ToString::to_string).collect();
        text.push_str(&format!(", {} halted", names.join(" ")));
    }
    if !excluded.is_empty() {
        text.push_str(&format!("; excluded: {excluded}"));
    }
    let batches = &mut cx.batches.0;
    if batches.len() >= KEPT
        && let Some(old) = batches.iter().position(|batch| batch.ended.is_some())
    {
        batches.remove(old);
    }
    let (ask, since) = (wish.ask, cx.now);
    let mut batch = Batch { ask, since, ended: None, at_once, legs, told: BatchCount::default() };
    batch.told = batch.view().count();
    batches.push_back(batch);
    Ok(text)
}

fn listed(legs: &[Item], wanted: impl Fn(&BatchLeg) -> bool) -> String {
    let names = legs.iter().filter(|item| wanted(&item.stands)).map(|item| match &item.stands {
        BatchLeg::Failed(why) | BatchLeg::Excluded(why) => format!("{} ({why})", item.pin.key),
        BatchLeg::Aborted => format!("{} (stopped before it was sent)", item.pin.key),
        BatchLeg::Waiting | BatchLeg::Closing | BatchLeg::Done => item.pin.key.to_string(),
    });
    names.collect::<Vec<_>>().join(", ")
}

/// The plan for one leg, if it still is what the person saw.
fn check(cx: &Cx, accounts: &mut Accounts, pin: &Pin, quantity: Qty) -> Result<Blow, String> {
    if let Some(account) = accounts.get(&pin.key.account) {
        start::check(cx, account)?;
    }
    let (info, leg) = gate::pinned(cx, accounts, pin)?;
    let target = Target {
        key: leg.key.clone(),
        venue: info.venue,
        open: leg.open(),
        instrument: info.instruments.get(&leg.key.symbol).cloned(),
        guard: leg.guard.value,
        quantity: Some(quantity),
        fee_rate: None,
        excluded: None,
    };
    blast::blow(&target)
}

/// Starts what may be under way by now, and tells how it stands.
pub(super) fn advance(cx: &mut Cx, accounts: &mut Accounts) {
    if cx.batches.0.iter().all(|batch| batch.ended.is_some()) {
        return;
    }
    let mut batches = std::mem::take(&mut cx.batches);
    for batch in batches.0.iter_mut().filter(|batch| batch.ended.is_none()) {
        let mut under_way = batch.legs.iter().filter(|i| is_under_way(cx, accounts, i)).count();
        for item in batch.legs.iter_mut().filter(|item| item.stands == BatchLeg::Waiting) {
            if under_way >= batch.at_once {
                break;
            }
            if let Some(stands) = begin(cx, accounts, (batch.ask, batch.since), item) {
                under_way += usize::from(stands == BatchLeg::Closing);
                item.stands = stands;
            }
        }
        tell(cx, batch);
    }
    cx.batches = batches;
}

/// Whether a close may still change the venue: one whose leg is flat there only waits for the
/// ledger, and holds up no other.
fn is_under_way(cx: &Cx, accounts: &Accounts, item: &Item) -> bool {
    let flat = leg_of(accounts, &item.pin.key).is_some_and(|leg| close::is_flat_there(cx, leg));
    item.stands == BatchLeg::Closing && !flat
}

fn leg_of<'a>(accounts: &'a Accounts, key: &PositionKey) -> Option<&'a LegState> {
    accounts.get(&key.account)?.legs.get(&(key.symbol.clone(), key.leg))
}

/// Starts one leg; none when its turn has to wait until it is known whether it is open.
fn begin(
    cx: &mut Cx,
    accounts: &mut Accounts,
    (ask, since): (u64, Time),
    item: &Item,
) -> Option<BatchLeg> {
    let key = &item.pin.key;
    if let Some(account) = accounts.get_mut(&key.account)
        && let Some(leg) = account.legs.get(&(key.symbol.clone(), key.leg))
        && leg.position().is_none()
    {
        // Something else closed it first, a stop perhaps: that has to be proven like a close. Its
        // row is followed up as that of any phantom, and may wait for a person.
        if close::is_flat_there(cx, leg) {
            return Some(BatchLeg::Done);
        }
        let why = if leg.is_absent() { Why::Confirm } else { Why::Unsettled };
        look::want(cx, &mut account.info, why);
        return None;
    }
    let plan = match check(cx, accounts, &item.pin, item.quantity) {
        Ok(blow) => blow.plan,
        Err(why) => return Some(BatchLeg::Failed(why)),
    };
    let account = accounts.get_mut(&key.account)?;
    let leg = account.legs.get_mut(&(key.symbol.clone(), key.leg))?;
    if latch::is_another(leg, since, item.changed) {
        return Some(BatchLeg::Failed("it was closed and opened again meanwhile".to_owned()));
    }
    close::begin(cx, leg, Some(ask), Purpose::Exit, plan, item.pin.quantity);
    if let Some(close) = &mut leg.close {
        close.batch = true;
    }
    let now = cx.now;
    cx.again(key, now);
    Some(BatchLeg::Closing)
}

/// Answers when something ended since the last answer.
fn tell(cx: &mut Cx, batch: &mut Batch) {
    let count = batch.view().count();
    let over = |count: &BatchCount| (count.done, count.failed, count.aborted);
    let going = count.waiting + count.closing > 0;
    if going && over(&count) == over(&batch.told) {
        return;
    }
    batch.told = count;
    let total = batch.legs.len();
    let mut text = format!("{} of {total} closed", count.done);
    if going {
        text.push_str(&format!(", {} in flight", count.closing));
        for (n, what) in [(count.waiting, "not sent yet"), (count.failed, "failed")] {
            if n > 0 {
                text.push_str(&format!(", {n} {what}"));
            }
        }
        cx.answer(batch.ask, Verdict::Accepted, text);
        return;
    }
    batch.ended = Some(cx.now);
    let left = listed(&batch.legs, |stands| *stands != BatchLeg::Done);
    let (verdict, severity) = if left.is_empty() {
        (Verdict::Done, Severity::Info)
    } else {
        text.push_str(&format!("; NOT closed: {left}"));
        (Verdict::Failed, Severity::Critical)
    };
    let nobody = AccountName::from("");
    let event = Event::about(cx.now, EventKind::OperatorCommand, severity, &nobody)
        .saying(format!("close-many: {text}"))
        .with(serde_json::json!({
            "ask": batch.ask, "total": total, "done": count.done, "failed": count.failed,
            "aborted": count.aborted, "excluded": count.excluded,
        }));
    cx.tell(Event { account: None, ..event });
    cx.answer(batch.ask, verdict, text);
}

/// The lease of an account is lost: of a close that concerns it nothing more is sent, in no
/// account, and what is out there is for whoever has the lease now. Says which asks those are.
pub(super) fn lost(cx: &mut Cx, name: &AccountName) -> BTreeSet<u64> {
    let concerned = |batch: &&mut Batch| {
        batch.ended.is_none() && batch.legs.iter().any(|item| item.pin.key.account == *name)
    };
    let mut asks = BTreeSet::new();
    for batch in cx.batches.0.iter_mut().filter(concerned) {
        asks.insert(batch.ask);
        for item in &mut batch.legs {
            match item.stands {
                BatchLeg::Waiting => item.stands = BatchLeg::Aborted,
                BatchLeg::Closing if item.pin.key.account == *name => {
                    let why = "the lease was lost while it was under way";
                    item.stands = BatchLeg::Failed(why.to_owned());
                }
                _ => {}
            }
        }
    }
    asks
}

/// Drops what an ask has not sent yet, of a close of several legs or of one that is cut up.
///
/// # Errors
/// One sentence when there is nothing to stop.
pub(super) fn abort(cx: &mut Cx, accounts: &mut Accounts, ask: u64) -> Result<String, String> {
    let running = |batch: &&mut Batch| batch.ask == ask && batch.ended.is_none();
    let (mut unsent, mut under_way) = (0_usize, 0_usize);
    if let Some(batch) = cx.batches.0.iter_mut().find(running) {
        for item in &mut batch.legs {
            match item.stands {
                BatchLeg::Waiting => {
                    item.stands = BatchLeg::Aborted;
                    unsent += 1;
                }
                BatchLeg::Closing => under_way += 1,
                _ => {}
            }
        }
    }
    let legs = accounts.values_mut().flat_map(|account| account.legs.values_mut());
    let mut cut = 0;
    for leg in legs.filter(|leg| leg.close.as_ref().is_some_and(|close| close.ask == Some(ask))) {
        cut += usize::from(latch::abort(cx, leg));
    }
    if unsent + under_way + cut == 0 {
        return Err(format!("refused: ask {ask} has nothing under way"));
    }
    let unsent = counted(unsent, "leg is not sent", "legs are not sent");
    let mut text = format!("stopped: {unsent}");
    if under_way > 0 {
        let goes_on = counted(under_way, "in flight goes on", "in flight go on");
        text.push_str(&format!(", {goes_on}"));
    }
    if cut > 0 {
        text.push_str(&format!(", of {cut} no further part is sent"));
    }
    Ok(text)
}
