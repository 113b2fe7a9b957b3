//! What must hold after every step of every story.

use std::collections::{BTreeMap, BTreeSet};

use holdfast::domain::amount::Side;
use holdfast::domain::client_id::ClientId;
use holdfast::domain::effect::{Act, Effect, EntryOrder, OpId, ReduceOrder, StopOrder};
use holdfast::domain::event::EventKind;
use holdfast::domain::guard::{self, Guard};
use holdfast::domain::input::{Input, Reply, StreamEvent};
use holdfast::domain::journal::{IntentKind, IntentState, Write};
use holdfast::domain::key::{AccountName, PositionKey};
use holdfast::domain::ledger::Row;
use holdfast::domain::order::ConditionalOrder;
use holdfast::domain::outcome::Outcome;
use holdfast::domain::snapshot::{AccountView, Snapshot, There};
use holdfast::domain::sweep::{Look, Sweep};
use holdfast::domain::time::{Span, Time};
use serde_json::Value;

use super::told::Told;
use super::venue::Venue;
use holdfast::worlds::ledger::Ledger;

/// Stops of ours on one leg: the wanted one, the one it replaces, and one whose fate is unsure.
const STOPS_AT_MOST: usize = 3;

/// How long a venue may deny what it took.
const DENIED: Span = Span::secs(5);

/// The longest that the newest look may be behind the venue when a stop is taken away on it.
const UNKNOWABLE: Span = Span(600);

/// How long a list may go on showing what the stream said is gone.
const LAG: Span = Span::secs(16);

#[derive(Debug, Default)]
pub struct Checks {
    /// Closing orders whose end is not known yet.
    closing: BTreeMap<PositionKey, ClientId>,
    reduces: BTreeMap<OpId, ClientId>,
    finds: BTreeMap<OpId, ClientId>,
    /// When closing orders left.
    left: BTreeMap<ClientId, Time>,
    intended: BTreeSet<ClientId>,
    /// Entries that left, in all the runs, and the asks they answer.
    entered: BTreeMap<ClientId, u64>,
    /// Closing orders that the venue said are still working.
    working: BTreeSet<ClientId>,
    /// Unfinished intents of an earlier run that the venue has not been asked about.
    inherited: BTreeMap<ClientId, PositionKey>,
    looks: BTreeMap<OpId, AccountName>,
    /// The newest look of each account that was whole.
    whole: BTreeMap<AccountName, Sweep>,
    /// Legs of which the stream said zero and nothing newer, and when.
    zero: BTreeMap<PositionKey, Time>,
    told: Told,
}

impl Checks {
    /// A new process knows its orders from the ledger alone.
    pub fn restarted(&mut self, ledger: &Ledger) {
        *self = Self { entered: std::mem::take(&mut self.entered), ..Self::default() };
        let open =
            |state: IntentState| matches!(state, IntentState::Pending | IntentState::Unknown);
        let left = ledger.intents.values().filter(|(_, state)| open(*state));
        for (intent, _) in left {
            self.inherited.insert(intent.client_id.clone(), intent.key.clone());
            if intent.kind == IntentKind::Close {
                self.closing.insert(intent.key.clone(), intent.client_id.clone());
            }
        }
    }

    /// What must hold when a story is over.
    pub fn ended(&self) -> Result<(), String> {
        match self.inherited.keys().next() {
            Some(id) => Err(format!("nobody asked what became of {id}, left by an earlier run")),
            None => Ok(()),
        }
    }

    /// Follows what the venue says of legs and of closing orders.
    pub fn input(&mut self, now: Time, input: &Input) {
        if let Input::Stream(account, word) = input
            && let StreamEvent::Position { symbol, leg, open, .. } = &**word
        {
            let key = PositionKey::new(account.clone(), symbol.clone(), *leg);
            match open {
                None => self.zero.insert(key, now),
                Some(_) => self.zero.remove(&key),
            };
        }
        if let Input::Stream(_, word) = input
            && let StreamEvent::Order(report) = &**word
            && report.status.is_final()
        {
            self.closing.retain(|_, known| *known != report.client_id);
        }
        let Input::Replied { op, reply } = input else { return };
        if let (Reply::Swept(sweep), Some(account)) = (&**reply, self.looks.remove(op))
            && sweep.fault().is_none()
            && sweep.orders_fault().is_none()
        {
            self.zero.retain(|key, said| {
                let seen = matches!(sweep.look(&key.symbol, key.leg), Look::Here(_));
                key.account != account || !seen || now.since(*said) < LAG
            });
            self.whole.insert(account, sweep.clone());
        }
        if let (Reply::FoundOrder(Ok(Some(report))), Some(id)) = (&**reply, self.finds.get(op)) {
            if report.status.is_final() {
                self.working.remove(id);
            } else {
                self.working.insert(id.clone());
            }
        }
        // What the venue denies for so long never reached it, whether that can be written or not.
        if let (Reply::FoundOrder(Ok(None)), Some(id)) = (&**reply, self.finds.get(op))
            && self.left.get(id).is_some_and(|at| now.since(*at) >= DENIED)
        {
            self.closing.retain(|_, known| known != id);
        }
        let ended = match &**reply {
            Reply::Reduced(Outcome::Refused(_)) => self.reduces.remove(op),
            Reply::Reduced(Outcome::Done(r)) if r.status.is_final() => self.reduces.remove(op),
            Reply::FoundOrder(Ok(Some(r))) if r.status.is_final() => self.finds.remove(op),
            _ => None,
        };
        if let Some(id) = ended {
            self.closing.retain(|_, known| *known != id);
        }
    }

    /// Everything that must hold of what one step wants done.
    pub fn step(
        &mut self,
        effects: &[Effect],
        view: &Snapshot,
        ledger: &Ledger,
    ) -> Result<(), String> {
        let (mut failed, mut moved) = (false, false);
        for effect in effects {
            match effect {
                Effect::Ledger { writes, .. } => {
                    for write in writes {
                        self.written(write)?;
                        not_while_halted(write, view)?;
                        failed |= is_failure(write, view.at);
                        moved |= matches!(
                            write,
                            Write::Adopt(..)
                                | Write::Open(_)
                                | Write::Update { .. }
                                | Write::Close { .. }
                        );
                    }
                }
                Effect::Venue { op, account, act } => {
                    self.sent(*op, account, act, view, ledger)?;
                }
                Effect::ReadLedger | Effect::Answer(_) => {}
            }
        }
        self.told.step(effects, view, ledger)?;
        if failed && moved {
            return Err("a failed look and a change of a row in one step".to_owned());
        }
        self.shown(view)
    }

    /// Unknown is never shown as flat: absent is what a whole look or the stream says is absent.
    fn shown(&self, view: &Snapshot) -> Result<(), String> {
        for leg in view.legs.iter().filter(|leg| matches!(leg.there, There::Absent(_))) {
            let key = &leg.key;
            let denied = |s: &Sweep| matches!(s.look(&key.symbol, key.leg), Look::NotHere);
            if !self.zero.contains_key(key) && !self.whole.get(&key.account).is_some_and(denied) {
                return Err(format!("{key} is shown as flat and nobody said so"));
            }
        }
        Ok(())
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
        ledger: &Ledger,
    ) -> Result<(), String> {
        match act {
            Act::Reduce(order) => {
                let key = PositionKey::new(account.clone(), order.symbol.clone(), order.leg);
                self.announced(&order.client_id, view, ledger)?;
                reduces(order, &key, view)?;
                if let Some(other) = self.closing.insert(key, order.client_id.clone()) {
                    return Err(format!("{} is sent while {other} is in flight", order.client_id));
                }
                self.left.insert(order.client_id.clone(), view.at);
                self.reduces.insert(op, order.client_id.clone());
            }
            Act::Enter(order) => self.enters(order, ledger)?,
            Act::PlaceStop(order) => {
                let key = PositionKey::new(account.clone(), order.symbol.clone(), order.leg);
                self.announced(&order.client_id, view, ledger)?;
                protects(order, &key, view)?;
            }
            Act::CancelStop { client_id, .. } if client_id.as_str().starts_with("on-position") => {
                return Err(format!("{client_id} leaves with its position and is cancelled"));
            }
            Act::FindOrder { client_id, .. } => {
                self.inherited.remove(client_id);
                self.finds.insert(op, client_id.clone());
            }
            Act::FindStop { client_id, symbol, leg } => {
                // The stop on a position is asked for by its name, whoever put it there.
                let key = PositionKey::new(account.clone(), symbol.clone(), *leg);
                let slot = *client_id == ClientId::on_position(symbol, *leg);
                self.inherited.retain(|id, at| id != client_id && !(slot && *at == key));
            }
            Act::Look { .. } => {
                self.looks.insert(op, account.clone());
            }
            _ => {}
        }
        Ok(())
    }

    /// An entry is sent once in all the runs, once for an ask, and only while its intent is
    /// committed and open.
    fn enters(&mut self, order: &EntryOrder, ledger: &Ledger) -> Result<(), String> {
        let id = &order.client_id;
        let kept = ledger.intents.get(id).filter(|(intent, _)| intent.kind == IntentKind::Open);
        let Some((intent, IntentState::Pending)) = kept else {
            return Err(format!("the entry {id} is sent without a committed intent"));
        };
        let ask = intent.payload["ask"].as_u64().ok_or("an intent to open names its ask")?;
        let sent = intent.payload["order"]["client_id"].as_str() == Some(id.as_str());
        if !sent || self.entered.values().any(|known| *known == ask) {
            return Err(format!("the entry {id} is sent twice for ask {ask}"));
        }
        self.entered.insert(id.clone(), ask);
        Ok(())
    }

    /// Intent before act, unless the ledger cannot take it now, as far as is known.
    fn announced(&self, id: &ClientId, view: &Snapshot, ledger: &Ledger) -> Result<(), String> {
        let down = ledger.down.is_some() || view.ledger_fault.is_some();
        if self.intended.contains(id) || down {
            return Ok(());
        }
        Err(format!("{id} is sent without an intent"))
    }

    /// What must hold of an act once the venue has done it.
    pub fn arrived(
        now: Time,
        act: &Act,
        before: &[ConditionalOrder],
        venue: &Venue,
    ) -> Result<(), String> {
        let Act::CancelStop { client_id, id, .. } = act else { return stacked(venue) };
        if before.iter().any(|s| Some(&s.id) == id.as_ref() && s.client_id != *client_id) {
            return Err(format!("{client_id} is cancelled by the id of another, {id:?}"));
        }
        let Some(stop) = before.iter().find(|s| s.client_id == *client_id) else { return Ok(()) };
        if !stop.ours() {
            return Err(format!("{client_id} is not ours and is cancelled"));
        }
        let key = PositionKey::new(venue.account.clone(), stop.symbol.clone(), stop.leg);
        let Some(position) = venue.position(&key) else { return Ok(()) };
        // What was bought after the last answer left the venue nobody can know.
        if position.changed.is_some_and(|at| now.since(Time(at.0)) < UNKNOWABLE) {
            return Ok(());
        }
        let mark = venue.marks.get(&stop.symbol).copied();
        let of_leg = |s: &&ConditionalOrder| s.symbol == stop.symbol && s.leg == stop.leg;
        let was = guard::judge(position, mark, before.iter().filter(of_leg));
        let is = guard::judge(position, mark, venue.stops.iter().filter(of_leg));
        match (was, is) {
            (Guard::Covered(_), Guard::Naked | Guard::Partly(_)) => {
                Err(format!("cancelling {client_id} uncovered {key}"))
            }
            _ => Ok(()),
        }
    }
}

/// A closed row names the looks that did not find it, two of them or one and a zero on the
/// stream, and a price exactly where fills say so.
fn proven(row: &Row) -> Result<(), String> {
    let list = |name: &str| row.evidence.as_ref().and_then(|e| e.get(name)?.as_array().cloned());
    let absent = list("absent").unwrap_or_default();
    let of = |kind: &str| absent.iter().filter(|look| look.get(kind).is_some()).count();
    let (sweeps, zeros) = (of("sweep"), of("stream_zero"));
    if sweeps < 1 || sweeps + zeros < 2 {
        return Err(format!("{} is closed without evidence: {absent:?}", row.key));
    }
    let trades = list("trades").is_some_and(|trades| !trades.is_empty());
    let priced = row.exit_price.is_some() && row.pnl.is_some();
    if row.priced == trades && row.priced == priced {
        return Ok(());
    }
    Err(format!(
        "{} is closed at {:?}, priced: {}, by no fill",
        row.key, row.exit_price, row.priced
    ))
}

/// Nothing is adopted or opened in an account that a person halted.
fn not_while_halted(write: &Write, view: &Snapshot) -> Result<(), String> {
    let new = match write {
        Write::Adopt(new, _) => new,
        Write::Intend(intent) if intent.kind == IntentKind::Open => {
            return not_in(&intent.key.account, view);
        }
        _ => return Ok(()),
    };
    not_in(&new.key.account, view)
}

fn not_in(account: &AccountName, view: &Snapshot) -> Result<(), String> {
    let halted = |a: &&AccountView| a.name == *account && a.halt.is_some();
    match view.accounts.iter().find(halted) {
        Some(_) => Err(format!("something is opened or adopted in {account}, which is halted")),
        None => Ok(()),
    }
}

/// A failed look of this step; one that could not be written before is written with later ones.
fn is_failure(write: &Write, now: Time) -> bool {
    matches!(write, Write::Event(e) if e.kind == EventKind::SyncFailed && e.at == now)
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

fn open(key: &PositionKey, view: &Snapshot) -> Result<(Side, rust_decimal::Decimal), String> {
    let leg = view.legs.iter().find(|leg| leg.key == *key);
    match leg.map(|leg| &leg.there) {
        Some(There::Open { side, quantity, .. }) => Ok((*side, quantity.get())),
        _ => Err(format!("an order for {key}, which is not believed to be open")),
    }
}

pub fn reduces(order: &ReduceOrder, key: &PositionKey, view: &Snapshot) -> Result<(), String> {
    let (side, quantity) = open(key, view)?;
    if order.side == side.closing() && order.quantity.get() <= quantity {
        return Ok(());
    }
    Err(format!("{order:?} does not only reduce {side} {quantity}"))
}

pub fn protects(order: &StopOrder, key: &PositionKey, view: &Snapshot) -> Result<(), String> {
    let (side, quantity) = open(key, view)?;
    if order.side == side.closing() && order.quantity.get() <= quantity {
        return Ok(());
    }
    Err(format!("{order:?} does not protect {side} {quantity}"))
}

fn stacked(venue: &Venue) -> Result<(), String> {
    let mut ours: BTreeMap<_, usize> = BTreeMap::new();
    for stop in venue.stops.iter().filter(|stop| stop.ours()) {
        *ours.entry((&stop.symbol, stop.leg)).or_default() += 1;
    }
    match ours.iter().find(|(_, count)| **count > STOPS_AT_MOST) {
        Some((leg, count)) => Err(format!("{count} stops of ours pile up on {leg:?}")),
        None => Ok(()),
    }
}
