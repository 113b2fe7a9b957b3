//! What must hold after every step of an engine, as far as its own inputs and effects show it.
//!
//! For: evidence before a close (I1), one closing order at a time (I2), nothing that enlarges
//! (I3), absence that somebody said (I5), intents before acts, balanced counters. Not for: what
//! only the exchange knows (that is `truth`). Door: [`Laws`].

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde_json::Value;

use crate::domain::amount::Side;
use crate::domain::client_id::ClientId;
use crate::domain::effect::{Act, Effect, OpId, ReduceOrder, StopOrder};
use crate::domain::event::EventKind;
use crate::domain::input::{Input, Reply, StreamEvent};
use crate::domain::journal::{Intent, IntentKind, IntentState, Write};
use crate::domain::key::{AccountName, PositionKey};
use crate::domain::lease::LeaseState;
use crate::domain::ledger::Row;
use crate::domain::outcome::Outcome;
use crate::domain::snapshot::{AccountView, Snapshot, There};
use crate::domain::sweep::{Look, Sweep};
use crate::domain::time::{Span, Time};

/// How long a venue may deny what it took.
pub(super) const DENIED: Span = Span::secs(5);

/// How long a list may go on showing what the stream said is gone.
const LAG: Span = Span::secs(16);

/// One run of one engine, as its inputs and effects show it.
#[derive(Debug, Default)]
pub struct Laws {
    /// Closing orders whose end is not known yet.
    closing: BTreeMap<PositionKey, ClientId>,
    reduces: BTreeMap<OpId, ClientId>,
    finds: BTreeMap<OpId, ClientId>,
    /// When closing orders left.
    left: BTreeMap<ClientId, Time>,
    intended: BTreeSet<ClientId>,
    /// Closing orders that the venue said are still working.
    working: BTreeSet<ClientId>,
    looks: BTreeMap<OpId, AccountName>,
    /// The look of each account that was whole and asked for last.
    whole: BTreeMap<AccountName, (OpId, Sweep)>,
    /// Legs that were denied by an older whole look and about which no newer one says anything.
    doubted: BTreeSet<PositionKey>,
    /// Legs of which the stream said zero and nothing newer, and when.
    zero: BTreeMap<PositionKey, Time>,
    /// Whether anything of the ledger failed in this run so far.
    ledger_failed: bool,
}

impl Laws {
    /// A new process knows the orders of earlier ones from the ledger alone.
    pub fn of(unfinished: &[Intent]) -> Self {
        let closes = unfinished.iter().filter(|intent| intent.kind == IntentKind::Close);
        let closing = closes.map(|i| (i.key.clone(), i.client_id.clone())).collect();
        Self { closing, ..Self::default() }
    }

    /// Follows what the engine is told.
    pub fn told(&mut self, now: Time, input: &Input) {
        match input {
            Input::Stream(account, word) => match &**word {
                StreamEvent::Position { symbol, leg, open, .. } => {
                    let key = PositionKey::new(account.clone(), symbol.clone(), *leg);
                    match open {
                        None => self.zero.insert(key, now),
                        Some(_) => self.zero.remove(&key),
                    };
                }
                StreamEvent::Order(report) if report.status.is_final() => {
                    self.closing.retain(|_, known| *known != report.client_id);
                }
                _ => {}
            },
            Input::Replied { op, reply } => self.replied(now, *op, reply),
            Input::Written { result: Err(_), .. } | Input::BooksFailed(_) => {
                self.ledger_failed = true;
            }
            // What an account was believed to be before its lease is believed no more.
            Input::Lease(account, LeaseState::Held { .. }) => {
                self.closing.retain(|key, _| key.account != *account);
            }
            _ => {}
        }
    }

    fn replied(&mut self, now: Time, op: OpId, reply: &Reply) {
        if let (Reply::Swept(sweep), Some(account)) = (reply, self.looks.remove(&op))
            && sweep.fault().is_none()
            && sweep.orders_fault().is_none()
            && self.whole.get(&account).is_none_or(|(newer, _)| *newer < op)
        {
            self.zero.retain(|key, said| {
                let seen = matches!(sweep.look(&key.symbol, key.leg), Look::Here(_));
                key.account != account || !seen || now.since(*said) < LAG
            });
            // What is known from earlier is shown with its age: a doubt does not make it unsaid.
            let doubted = sweep.doubtful();
            let doubted = doubted.map(|(s, leg)| PositionKey::new(account.clone(), s.clone(), leg));
            let doubted: Vec<_> = doubted.filter(|key| self.denied(key)).collect();
            self.doubted.retain(|key| key.account != account);
            self.doubted.extend(doubted);
            self.whole.insert(account, (op, sweep.clone()));
        }
        if let (Reply::FoundOrder(Ok(found)), Some(id)) = (reply, self.finds.get(&op)) {
            match found {
                Some(report) if report.status.is_final() => {
                    self.working.remove(id);
                }
                Some(_) => {
                    self.working.insert(id.clone());
                }
                // What the venue denies for so long never reached it.
                None if self.left.get(id).is_some_and(|at| now.since(*at) >= DENIED) => {
                    self.closing.retain(|_, known| known != id);
                }
                None => {}
            }
        }
        let ended = match reply {
            Reply::Reduced(Outcome::Refused(_)) => self.reduces.remove(&op),
            Reply::Reduced(Outcome::Done(r)) if r.status.is_final() => self.reduces.remove(&op),
            Reply::FoundOrder(Ok(Some(r))) if r.status.is_final() => self.finds.remove(&op),
            _ => None,
        };
        if let Some(id) = ended {
            self.closing.retain(|_, known| *known != id);
        }
    }

    /// Everything that must hold of what one step wants done.
    ///
    /// # Errors
    /// The law that is broken, in a sentence.
    pub fn decided(&mut self, effects: &[Effect], view: &Snapshot) -> Result<(), String> {
        let (mut failed, mut moved) = (BTreeSet::new(), BTreeSet::new());
        for effect in effects {
            match effect {
                Effect::Ledger { writes, .. } => {
                    for write in writes {
                        self.written(write)?;
                        not_while_halted(write, view)?;
                        failed.extend(failure(write, view.at));
                        if write.repair().is_some() || matches!(write, Write::Open(_)) {
                            moved.extend(write.account());
                        }
                    }
                }
                Effect::Venue { op, account, act } => self.sent(*op, account, act, view)?,
                Effect::ReadLedger | Effect::Answer(_) => {}
            }
        }
        if let Some(account) = failed.intersection(&moved).next() {
            return Err(format!("I5: a failed look at {account} and a change of its rows at once"));
        }
        leased(effects, view)?;
        self.shown(view)
    }

    /// Unknown is never shown as flat: absent is what a whole look or the stream says is absent.
    fn shown(&self, view: &Snapshot) -> Result<(), String> {
        for leg in view.legs.iter().filter(|leg| matches!(leg.there, There::Absent(_))) {
            let key = &leg.key;
            if !self.zero.contains_key(key) && !self.denied(key) {
                return Err(format!("I5: {key} is shown as flat and nobody said so"));
            }
        }
        Ok(())
    }

    /// Whether the newest whole look that says anything of a leg says that nothing is there.
    fn denied(&self, key: &PositionKey) -> bool {
        let denied = |(_, s): &(OpId, Sweep)| matches!(s.look(&key.symbol, key.leg), Look::NotHere);
        self.doubted.contains(key) || self.whole.get(&key.account).is_some_and(denied)
    }

    fn written(&mut self, write: &Write) -> Result<(), String> {
        match write {
            Write::Close { row, .. } => proven(row.row())?,
            Write::Event(event) if event.kind == EventKind::SyncCompleted => {
                balanced(&event.data)?;
            }
            Write::Intend(intent) => {
                self.intended.insert(intent.client_id.clone());
            }
            Write::Settle { client_id, state: IntentState::Done | IntentState::Failed, .. } => {
                let working = self.working.contains(client_id);
                self.closing.retain(|_, known| working || known != client_id);
            }
            _ => {}
        }
        Ok(())
    }

    fn sent(
        &mut self,
        op: OpId,
        account: &AccountName,
        act: &Act,
        view: &Snapshot,
    ) -> Result<(), String> {
        match act {
            Act::Reduce(order) => {
                let key = PositionKey::new(account.clone(), order.symbol.clone(), order.leg);
                self.announced(&order.client_id, view)?;
                reduces(order, &key, view)?;
                if let Some(other) = self.closing.insert(key, order.client_id.clone()) {
                    let id = &order.client_id;
                    return Err(format!("I2: {id} is sent while {other} is in flight"));
                }
                self.left.insert(order.client_id.clone(), view.at);
                self.reduces.insert(op, order.client_id.clone());
            }
            Act::Enter(order) if !self.intended.contains(&order.client_id) => {
                return Err(format!("I3: {} enters without an intent", order.client_id));
            }
            Act::PlaceStop(order) => {
                let key = PositionKey::new(account.clone(), order.symbol.clone(), order.leg);
                self.announced(&order.client_id, view)?;
                protects(order, &key, view)?;
            }
            Act::FindOrder { client_id, .. } => {
                self.finds.insert(op, client_id.clone());
            }
            Act::Look { .. } => {
                self.looks.insert(op, account.clone());
            }
            _ => {}
        }
        Ok(())
    }

    /// Whether an intent for an order with this id was handed to the ledger in this run.
    pub fn is_intended(&self, id: &ClientId) -> bool {
        self.intended.contains(id)
    }

    /// Intent before act, unless the ledger failed in this run.
    fn announced(&self, id: &ClientId, view: &Snapshot) -> Result<(), String> {
        if self.is_intended(id) || self.ledger_failed || view.ledger_fault.is_some() {
            return Ok(());
        }
        Err(format!("I10: {id} is sent without an intent"))
    }
}

/// Whoever has no lease looks and tells, and does nothing else: fills are what who acts asks for.
fn leased(effects: &[Effect], view: &Snapshot) -> Result<(), String> {
    let held = |name: &AccountName| {
        let account = view.accounts.iter().find(|account| account.name == *name);
        account.and_then(|a| a.lease.as_ref()).is_some_and(LeaseState::is_held)
    };
    let barred = |act: &Act| !act.only_asks() || matches!(act, Act::History { .. });
    for effect in effects {
        match effect {
            Effect::Venue { account, act, .. } if !held(account) && barred(act) => {
                return Err(format!("I9: sent without the lease of {account}: {act:?}"));
            }
            Effect::Ledger { writes, .. } => {
                let loose = |w: &&Write| w.account().is_some_and(|account| !held(account));
                if let Some(write) = writes.iter().find(loose) {
                    return Err(format!("I9: written without its lease: {write:?}"));
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// A closed row names the looks that did not find it, two of them or one and a zero on the
/// stream, and a price exactly where fills say so.
fn proven(row: &Row) -> Result<(), String> {
    let list = |name: &str| row.evidence.as_ref().and_then(|e| e.get(name)?.as_array().cloned());
    let absent = list("absent").unwrap_or_default();
    let of = |kind: &str| absent.iter().filter(|look| look.get(kind).is_some()).count();
    let (sweeps, zeros) = (of("sweep"), of("stream_zero"));
    if sweeps < 1 || sweeps + zeros < 2 {
        return Err(format!("I1: {} is closed without evidence: {absent:?}", row.key));
    }
    let trades = list("trades").is_some_and(|trades| !trades.is_empty());
    let priced = row.exit_price.is_some() && row.pnl.is_some();
    if row.priced == trades && row.priced == priced {
        return Ok(());
    }
    let (key, exit) = (&row.key, row.exit_price);
    Err(format!("I1: {key} is closed at {exit:?}, priced: {}, by no fill", row.priced))
}

/// Nothing is adopted or opened in an account that a person halted.
fn not_while_halted(write: &Write, view: &Snapshot) -> Result<(), String> {
    let account = match write {
        Write::Adopt(new, _) => &new.key.account,
        Write::Intend(intent) if intent.kind == IntentKind::Open => &intent.key.account,
        _ => return Ok(()),
    };
    let halted = |a: &&AccountView| a.name == *account && a.halt.is_some();
    match view.accounts.iter().find(halted) {
        Some(_) => Err(format!("I3: something begins in {account}, which is halted")),
        None => Ok(()),
    }
}

/// The account whose look failed in this step. An event that could not be written before is
/// written with later ones.
fn failure(write: &Write, now: Time) -> Option<&AccountName> {
    let Write::Event(event) = write else { return None };
    event.account.as_ref().filter(|_| event.kind == EventKind::SyncFailed && event.at == now)
}

fn balanced(data: &Value) -> Result<(), String> {
    let n = |name: &str| {
        data.get(name).and_then(Value::as_i64).ok_or(format!("SYNC_COMPLETED has no {name}"))
    };
    let ledger = n("verified")? + n("mismatched")? + n("phantoms")? + n("unknown")?;
    let venue = n("verified")? + n("mismatched")? + n("orphans")?;
    if n("ledger")? == ledger && n("venue")? == venue && n("errors")? >= 0 {
        return Ok(());
    }
    Err(format!("counters do not balance: {data}"))
}

fn open(key: &PositionKey, view: &Snapshot) -> Result<(Side, Decimal), String> {
    let leg = view.legs.iter().find(|leg| leg.key == *key);
    match leg.map(|leg| &leg.there) {
        Some(There::Open { side, quantity, .. }) => Ok((*side, quantity.get())),
        _ => Err(format!("I3: an order for {key}, which is not believed to be open")),
    }
}

/// An order that closes is for what is believed to be open, against its side, and no larger.
///
/// # Errors
/// What it would do instead.
pub fn reduces(order: &ReduceOrder, key: &PositionKey, view: &Snapshot) -> Result<(), String> {
    let (side, quantity) = open(key, view)?;
    if order.side == side.closing() && order.quantity.get() <= quantity {
        return Ok(());
    }
    Err(format!("I3: {order:?} does not only reduce {side} {quantity}"))
}

/// The same of a protective stop.
///
/// # Errors
/// What it would do instead.
pub fn protects(order: &StopOrder, key: &PositionKey, view: &Snapshot) -> Result<(), String> {
    let (side, quantity) = open(key, view)?;
    if order.side == side.closing() && order.quantity.get() <= quantity {
        return Ok(());
    }
    Err(format!("I3: {order:?} does not protect {side} {quantity}"))
}
