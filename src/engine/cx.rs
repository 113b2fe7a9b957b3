//! What every verb needs at hand: the time, the policy, and where effects are collected.
//!
//! Effects leave in one order: first the ledger's transactions, then the acts at venues, so
//! that an intent is always handed out before the act it announces.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::domain::client_id::{ClientId, Purpose};
use crate::domain::command::{Answer, Verdict};
use crate::domain::effect::{Act, Effect, OpId};
use crate::domain::event::Event;
use crate::domain::journal::{Author, Intent, IntentKind, IntentState, RepairId, Rule, Write};
use crate::domain::key::{AccountName, PositionKey};
use crate::domain::lease::Fence;
use crate::domain::ledger::BadRow;
use crate::domain::policy::Policy;
use crate::domain::snapshot::{Aged, RepairView};
use crate::domain::time::Time;
use crate::domain::trust::{Demotion, Duty, Trust};

use crate::engine::batch::Batches;
use crate::engine::lease;
pub(super) use crate::engine::replies::Waiting;
pub(super) use crate::engine::saving::{Saving, Then};
use crate::engine::timers::{Timer, Timers};
use crate::engine::touched::Touched;
use crate::engine::twin::{self, Ids};

const EVENTS_KEPT: usize = 500;
const ANSWERS_KEPT: usize = 64;
const REPAIRS_KEPT: usize = 64;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Cx {
    pub(super) now: Time,
    pub(super) policy: Arc<Policy>,
    pub(super) timers: Timers,
    pub(super) waiting: BTreeMap<OpId, Waiting>,
    /// Stops whose fate is being asked for.
    pub(super) finding: BTreeSet<(PositionKey, ClientId)>,
    pub(super) saving: BTreeMap<OpId, Saving>,
    pub(super) noting: BTreeMap<OpId, Vec<Write>>,
    /// Transactions that were under way when a lease came or went, and whose it was.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) former: BTreeSet<(OpId, AccountName)>,
    pub(super) read_ledger: bool,
    /// The last read of the ledger failed.
    pub(super) unread: bool,
    /// Repairs of earlier runs that were taken back: which rule is told by the ledger.
    pub(super) undone: Vec<RepairId>,
    pub(super) books_read: bool,
    /// Rules that may only propose, because a repair of theirs was taken back.
    pub(super) demoted: Vec<Demotion>,
    /// Accounts in which another holdfast acts.
    pub(super) barred: BTreeSet<AccountName>,
    /// The accounts whose lease this process holds, and under which number.
    pub(super) held: BTreeMap<AccountName, Fence>,
    /// Asks without a final answer, and the accounts they act in.
    pub(super) asks: BTreeMap<u64, Vec<AccountName>>,
    /// Ids that this process gave to its orders.
    pub(super) minted: Ids,
    pub(super) bad_rows: Arc<[BadRow]>,
    pub(super) ledger_fault: Option<Aged<String>>,
    pub(super) ledger_retry: Option<Time>,
    pub(super) events: VecDeque<Arc<Event>>,
    pub(super) answers: VecDeque<Answer>,
    pub(super) repairs: VecDeque<RepairView>,
    /// The rules and authors of repairs that are being written.
    pub(super) journaled: BTreeMap<RepairId, (Rule, Author)>,
    /// Closes of several legs.
    pub(super) batches: Batches,
    /// How many inputs there were.
    pub(super) seq: u64,
    last_op: u64,
    salt: u64,
    touched: Touched,
    /// Notes that the ledger could not take, in the order they were made.
    pub(super) unwritten: VecDeque<Write>,
    /// The newest transaction that may have overtaken a note which the ledger did not take.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) overtook: Option<OpId>,
    // Handed out before a step ends, so that no checkpoint has to hold them.
    #[serde(skip)]
    pub(super) notes: Vec<Write>,
    #[serde(skip)]
    changes: Vec<(Saving, Vec<Write>)>,
    #[serde(skip)]
    pub(super) alone: Vec<Write>,
    #[serde(skip)]
    acts: Vec<(OpId, AccountName, Act)>,
    #[serde(skip)]
    said: Vec<Answer>,
}

impl Default for Cx {
    fn default() -> Self {
        Self {
            now: Time::default(),
            policy: Arc::new(Policy::unread()),
            timers: Timers::default(),
            waiting: BTreeMap::new(),
            finding: BTreeSet::new(),
            saving: BTreeMap::new(),
            noting: BTreeMap::new(),
            former: BTreeSet::new(),
            read_ledger: false,
            unread: false,
            undone: Vec::new(),
            books_read: false,
            demoted: Vec::new(),
            barred: BTreeSet::new(),
            held: BTreeMap::new(),
            asks: BTreeMap::new(),
            minted: Ids::default(),
            bad_rows: Arc::new([]),
            ledger_fault: None,
            ledger_retry: None,
            events: VecDeque::new(),
            answers: VecDeque::new(),
            repairs: VecDeque::new(),
            journaled: BTreeMap::new(),
            batches: Batches::default(),
            seq: 0,
            last_op: 0,
            salt: 0,
            touched: Touched::default(),
            notes: Vec::new(),
            changes: Vec::new(),
            unwritten: VecDeque::new(),
            overtook: None,
            alone: Vec::new(),
            acts: Vec::new(),
            said: Vec::new(),
        }
    }
}

impl Cx {
    /// How far the engine may go by itself with a rule in an account.
    pub(super) fn trust(&self, account: &AccountName, duty: Duty) -> Trust {
        let wanted = self.policy.trust(account, duty);
        match self.demotion(account, duty) {
            Some(_) => wanted.min(Trust::Propose),
            None if twin::bars(self, account, duty) => wanted.min(Trust::Propose),
            None => wanted,
        }
    }

    /// Whether the engine may do it without being asked.
    pub(super) fn may(&self, account: &AccountName, duty: Duty) -> bool {
        self.trust(account, duty) == Trust::Repair
    }

    /// What holds a rule below the rung that the config gives it.
    pub(super) fn demotion(&self, account: &AccountName, duty: Duty) -> Option<Demotion> {
        let held = |d: &&Demotion| d.account == *account && d.duty == duty;
        self.demoted.iter().find(held).cloned()
    }

    pub(super) fn begin(&mut self, now: Time) {
        self.now = self.now.max(now);
    }

    /// Has a leg considered at the end of this step.
    pub(super) fn touch(&mut self, key: &PositionKey) {
        self.touched.add(key);
    }

    /// Has all legs of an account considered at the end of this step.
    pub(super) fn touch_all(&mut self, account: &AccountName) {
        self.touched.add_all(account);
    }

    pub(super) fn take_touched(&mut self) -> Touched {
        std::mem::take(&mut self.touched)
    }

    /// Has a leg considered again at an instant.
    pub(super) fn again(&mut self, key: &PositionKey, at: Time) {
        self.timers.by(Timer::Leg(key.clone()), at);
    }

    /// Asks or tells a venue something.
    pub(super) fn act(&mut self, account: &AccountName, act: Act, waiting: Waiting) -> OpId {
        let op = self.op();
        match &waiting {
            // Nobody answers it.
            Waiting::Nothing => {}
            Waiting::FindStop(key, id) => {
                self.finding.insert((key.clone(), id.clone()));
                self.waiting.insert(op, waiting);
            }
            _ => {
                self.waiting.insert(op, waiting);
            }
        }
        self.acts.push((op, account.clone(), act));
        op
    }

    /// What an answer is about; it is taken once.
    pub(super) fn answered(&mut self, op: OpId) -> Option<Waiting> {
        let waiting = self.waiting.remove(&op)?;
        if let Waiting::FindStop(key, id) = &waiting {
            self.finding.remove(&(key.clone(), id.clone()));
        }
        Some(waiting)
    }

    /// Whether the venue is being asked for a stop of a leg.
    pub(super) fn asks_for(&self, key: &PositionKey, id: &ClientId) -> bool {
        self.finding.contains(&(key.clone(), id.clone()))
    }

    /// Whether the answer to an entry has not come yet.
    pub(super) fn awaits_entry(&self, id: &ClientId) -> bool {
        let mut waiting = self.waiting.values();
        waiting.any(|waiting| matches!(waiting, Waiting::Enter(_, sent) if sent == id))
    }

    /// A fresh id for an order of ours.
    pub(super) fn mint(&mut self, purpose: Purpose, key: &PositionKey) -> ClientId {
        self.salt += 1;
        let fence = self.held.get(&key.account).copied().unwrap_or_default();
        let id = ClientId::under(fence, purpose, key, self.now, self.salt);
        self.minted.insert(&id);
        id
    }

    /// Tells the ledger and the screen what happened.
    pub(super) fn tell(&mut self, event: Event) {
        let event = self.placed(event);
        self.notes.push(Write::Event(Box::new(event.clone())));
        self.log(event);
    }

    /// Tells the screen alone: the ledger has it already, in the transaction it belongs to.
    pub(super) fn log(&mut self, event: Event) {
        if self.events.len() == EVENTS_KEPT {
            self.events.pop_front();
        }
        let event = self.placed(event);
        self.events.push_back(Arc::new(event));
    }

    /// An event with the venue of its account.
    fn placed(&self, event: Event) -> Event {
        let of = |name: &AccountName| self.policy.accounts.iter().find(|a| a.name == *name);
        let venue = event.venue.or_else(|| Some(of(event.account.as_ref()?)?.venue));
        Event { venue, ..event }
    }

    /// Changes a row: all of it or nothing. The events are told once it is done.
    pub(super) fn change(&mut self, saving: Saving, mut writes: Vec<Write>) {
        let repairs = writes.iter().filter_map(Write::repair);
        self.journaled.extend(repairs.map(|r| (r.id.clone(), (r.rule, r.author))));
        let events = saving.events.iter().map(|event| self.placed(event.clone()));
        writes.extend(events.map(|event| Write::Event(Box::new(event))));
        self.changes.push((saving, writes));
    }

    /// Writes an intent before the act that it announces.
    pub(super) fn intend(
        &mut self,
        kind: IntentKind,
        key: &PositionKey,
        client_id: &ClientId,
        payload: Value,
    ) {
        let (client_id, key, at) = (client_id.clone(), key.clone(), self.now);
        self.note(Write::Intend(Box::new(Intent { client_id, kind, key, payload, at })));
    }

    /// Writes how an intent ended.
    pub(super) fn settle_intent(
        &mut self,
        client_id: &ClientId,
        state: IntentState,
        outcome: Value,
    ) {
        let (client_id, at) = (client_id.clone(), self.now);
        self.note(Write::Settle { client_id, state, outcome, at });
    }

    /// Tells an asker how it stands.
    pub(super) fn answer(&mut self, ask: u64, verdict: Verdict, text: impl Into<String>) {
        let answer = Answer { ask, verdict, text: text.into() };
        if verdict.is_final() {
            self.asks.remove(&ask);
        }
        if self.answers.len() == ANSWERS_KEPT {
            self.answers.pop_front();
        }
        self.answers.push_back(answer.clone());
        self.said.push(answer);
    }

    /// Remembers a repair for the screen.
    pub(super) fn repaired(&mut self, repair: RepairView) {
        self.repairs.truncate(REPAIRS_KEPT - 1);
        self.repairs.push_front(repair);
    }

    pub(super) fn hand_out(&mut self, effects: &mut Vec<Effect>) {
        if std::mem::take(&mut self.read_ledger) {
            effects.push(Effect::ReadLedger);
        }
        // Each change is its own transaction: one that is refused must not take others along.
        for (saving, writes) in std::mem::take(&mut self.changes) {
            let op = self.op();
            self.saving.insert(op, saving);
            effects.push(Effect::Ledger { op, writes });
        }
        self.hand_out_notes(effects);
        let acts = std::mem::take(&mut self.acts).into_iter();
        let acts = acts.filter(|(_, account, act)| lease::may_send(self, account, act));
        effects.extend(acts.map(|(op, account, act)| Effect::Venue { op, account, act }));
        effects.extend(self.said.drain(..).map(Effect::Answer));
    }

    pub(super) fn op(&mut self) -> OpId {
        self.last_op += 1;
        OpId(self.last_op)
    }
}
