//! The parts of a state, each kept once under a number: cores, venues, ledgers, and what is on
//! its way between them.
//!
//! What a part makes of something is found out once: the same core that is told the same at the
//! same time is the same core afterwards, whatever the rest of the world looks like. Not for:
//! what may happen when (that is `turns`). Door: [`Parts`].

use std::collections::HashMap;
use std::rc::Rc;

use holdfast::domain::effect::{Act, Effect, OpId};
use holdfast::domain::evidence::History;
use holdfast::domain::input::{Input, Reply};
use holdfast::domain::journal::{IntentKind, Receipt, Write, WriteError};
use holdfast::domain::key::{AccountName, PositionKey, Symbol};
use holdfast::domain::outcome::Outcome;
use holdfast::domain::snapshot::Snapshot;
use holdfast::domain::sweep::{Part, Positions, Sweep};
use holdfast::domain::time::{Span, Time};
use holdfast::engine::Core;
use holdfast::worlds::laws::{protects, reduces};
use holdfast::worlds::ledger::Ledger;

use super::cores::Cores;
use super::digest::{self, Digest};
use super::laws::Laws;
use crate::stories::answers;
use crate::stories::checks;
use crate::stories::venue::Venue;

/// A part's number.
pub type Id = u32;

/// The number of a question among those whose answer a core awaits, in the order they were
/// asked; none where nobody awaits one.
pub type Rank = Option<u16>;

/// Something on its way.
#[derive(Clone, Debug)]
pub enum Item {
    /// To the core, on nobody's question.
    Told(Input),
    /// To the venue, and back.
    Act(Act),
    Reply(Reply),
    /// To the ledger, and back.
    Write(Vec<Write>),
    Written(Result<Receipt, WriteError>),
}

/// What a core wants done, in its order.
#[derive(Clone, Copy, Debug)]
pub enum Out {
    /// A request to the venue, and whether it can change something there.
    Send(Id, Rank, bool),
    /// A transaction, and whether it holds only what no core ever waits for.
    Write(Id, Rank, bool),
    Read,
}

/// What came of telling a core something.
#[derive(Debug)]
pub struct Stepped {
    pub core: Id,
    pub outs: Vec<Out>,
    /// The ranks that questions have afterwards.
    pub ranks: Vec<Rank>,
}

/// What came of a request at the venue.
#[derive(Debug)]
pub struct Arrived {
    pub venue: Id,
    pub reply: Option<Id>,
    pub words: Vec<Id>,
}

type Found<T> = Rc<Result<T, String>>;

/// Each different thing once.
#[derive(Debug)]
pub struct Numbered<T> {
    all: Vec<Rc<T>>,
    known: HashMap<Digest, Id>,
}

impl<T> Default for Numbered<T> {
    fn default() -> Self {
        Self { all: Vec::new(), known: HashMap::new() }
    }
}

impl<T> Numbered<T> {
    pub fn get(&self, id: Id) -> Rc<T> {
        self.all[id as usize].clone()
    }

    fn put(&mut self, digest: Digest, thing: T) -> Id {
        let all = &mut self.all;
        *self.known.entry(digest).or_insert_with(|| {
            all.push(Rc::new(thing));
            Id::try_from(all.len() - 1).expect("fewer parts than numbers")
        })
    }
}

#[derive(Debug)]
pub struct Parts {
    pub account: AccountName,
    pub laws: Laws,
    pub cores: Cores,
    pub venues: Numbered<Venue>,
    pub ledgers: Numbered<Ledger>,
    pub items: Numbered<Item>,
    steps: HashMap<(Id, Id, Rank, Time), Found<Stepped>>,
    arrivals: HashMap<(Id, Id, Time), Found<Arrived>>,
    writes: HashMap<(Id, Id), Found<(Id, Id)>>,
    reads: HashMap<Id, Id>,
}

impl Parts {
    /// No more than so many cores are kept unpacked.
    pub fn new(account: AccountName, laws: Laws, unpacked: usize) -> Self {
        Self {
            account,
            laws,
            cores: Cores::new(unpacked),
            venues: Numbered::default(),
            ledgers: Numbered::default(),
            items: Numbered::default(),
            steps: HashMap::new(),
            arrivals: HashMap::new(),
            writes: HashMap::new(),
            reads: HashMap::new(),
        }
    }

    pub fn venue(&mut self, venue: Venue) -> Id {
        self.venues.put(digest::of_text(&venue), venue)
    }

    /// What was told is in nobody's way: no law and no core reads it again.
    pub fn ledger(&mut self, mut ledger: Ledger) -> Id {
        ledger.events.clear();
        self.ledgers.put(digest::of_text(&ledger), ledger)
    }

    pub fn item(&mut self, item: Item) -> Id {
        self.items.put(digest::of_text(&item), item)
    }

    pub fn view(&self, core: Id, now: Time) -> Result<Snapshot, String> {
        Ok(Core::clone(&*self.cores.get(core)?).view(now))
    }

    /// Tells a core something.
    pub fn step(&mut self, core: Id, item: Id, rank: Rank, now: Time) -> Found<Stepped> {
        let about = (core, item, rank, now);
        if let Some(known) = self.steps.get(&about) {
            return known.clone();
        }
        let found = Rc::new(self.tell(core, item, rank, now));
        self.steps.insert(about, found.clone());
        found
    }

    fn tell(&mut self, core: Id, item: Id, rank: Rank, now: Time) -> Result<Stepped, String> {
        let op = rank.and_then(|rank| self.cores.ops(core).get(usize::from(rank))).copied();
        let op = OpId(op.unwrap_or(u64::MAX));
        let input = match Item::clone(&self.items.get(item)) {
            Item::Told(input) => input,
            Item::Reply(reply) => Input::Replied { op, reply: Box::new(reply) },
            Item::Written(result) => Input::Written { op, result },
            other => return Err(format!("no core is told {other:?}")),
        };
        let before = Core::clone(&*self.cores.get(core)?);
        self.tells(before, Some(core), vec![input], now)
    }

    /// A new process, which is told its policy and that it holds the lease.
    pub fn begin(&mut self, first: [Input; 2], now: Time) -> Result<Stepped, String> {
        self.tells(Core::new(), None, first.into(), now)
    }

    fn tells(
        &mut self,
        mut core: Core,
        before: Option<Id>,
        inputs: Vec<Input>,
        now: Time,
    ) -> Result<Stepped, String> {
        let mut effects = Vec::new();
        inputs.into_iter().for_each(|input| core.step(now, input, &mut effects));
        for effect in &effects {
            sends(effect, &mut core, now)?;
        }
        let (core, ops) = self.cores.put(core)?;
        let few = |at| u16::try_from(at).expect("few questions are open");
        let rank = |op: u64| ops.binary_search(&op).ok().map(few);
        let outs = effects.into_iter().filter_map(|effect| self.out(effect, rank)).collect();
        let before = before.map(|id| self.cores.ops(id)).unwrap_or_default();
        let ranks = before.iter().map(|op| rank(*op)).collect();
        Ok(Stepped { core, outs, ranks })
    }

    fn out(&mut self, effect: Effect, rank: impl Fn(u64) -> Rank) -> Option<Out> {
        match effect {
            Effect::Venue { op, act, .. } => {
                let changes = !act.only_asks();
                Some(Out::Send(self.item(Item::Act(act)), rank(op.0), changes))
            }
            Effect::Ledger { op, writes } => {
                let notes = !writes.iter().any(is_awaited);
                Some(Out::Write(self.item(Item::Write(writes)), rank(op.0), notes))
            }
            Effect::ReadLedger => Some(Out::Read),
            Effect::Answer(_) => None,
        }
    }

    /// Lets a request reach the venue.
    pub fn arrive(&mut self, venue: Id, request: Id, now: Time) -> Found<Arrived> {
        if let Some(known) = self.arrivals.get(&(venue, request, now)) {
            return known.clone();
        }
        let found = Rc::new(self.answer(venue, request, now));
        self.arrivals.insert((venue, request, now), found.clone());
        found
    }

    fn answer(&mut self, venue: Id, request: Id, now: Time) -> Result<Arrived, String> {
        let Item::Act(act) = &*self.items.get(request) else {
            return Err("a venue is asked to act alone".to_owned());
        };
        let before = self.venues.get(venue);
        let mut after = Venue::clone(&before);
        let (reply, words) = answers::answer(&mut after, now, act);
        checks::Checks::arrived(now, act, &before.stops, &after)?;
        self.laws.holds_at_the_venue(&after)?;
        let reply = reply.map(|reply| self.item(Item::Reply(reply)));
        let account = &self.account.clone();
        let word = |word| Item::Told(Input::Stream(account.clone(), Box::new(word)));
        let words = words.into_iter().map(|w| self.item(word(w))).collect();
        Ok(Arrived { venue: self.venue(after), reply, words })
    }

    /// Commits a transaction: the ledger afterwards, and what is said of it.
    pub fn write(&mut self, ledger: Id, item: Id) -> Found<(Id, Id)> {
        if let Some(known) = self.writes.get(&(ledger, item)) {
            return known.clone();
        }
        let found = Rc::new(self.commit(ledger, item));
        self.writes.insert((ledger, item), found.clone());
        found
    }

    fn commit(&mut self, ledger: Id, item: Id) -> Result<(Id, Id), String> {
        let Item::Write(writes) = &*self.items.get(item) else {
            return Err("a ledger is given writes alone".to_owned());
        };
        let mut after = Ledger::clone(&self.ledgers.get(ledger));
        let result = after.write(writes);
        let ack = self.item(Item::Written(result));
        Ok((self.ledger(after), ack))
    }

    /// What a read of the ledger brings.
    pub fn read(&mut self, ledger: Id) -> Result<Id, String> {
        if let Some(known) = self.reads.get(&ledger) {
            return Ok(*known);
        }
        let books = self.ledgers.get(ledger).read()?;
        let item = self.item(Item::Told(Input::Books(Box::new(books))));
        self.reads.insert(ledger, item);
        Ok(item)
    }

    /// What is heard of a request that nobody answers.
    pub fn unanswered(&mut self, request: Id) -> Option<Id> {
        let Item::Act(act) = &*self.items.get(request) else { return None };
        let reply = match act {
            Act::Look { .. } => {
                Reply::Swept(Sweep::of(Part::Broken(Positions::new(), silence()), Span::secs(5)))
            }
            Act::History { symbol, leg, since } => {
                let (symbol, fills, complete) = (symbol.clone(), Vec::new(), false);
                Reply::History(History {
                    symbol,
                    leg: *leg,
                    since: *since,
                    fills,
                    complete,
                    held: None,
                })
            }
            Act::PlaceStop(_) => Reply::Placed(Outcome::Unsure(silence())),
            Act::CancelStop { .. } => Reply::Cancelled(Outcome::Unsure(silence())),
            Act::Reduce(_) => Reply::Reduced(Outcome::Unsure(silence())),
            Act::Enter(_) => Reply::Entered(Outcome::Unsure(silence())),
            Act::FindOrder { .. } => Reply::FoundOrder(Err(silence())),
            Act::FindStop { .. } => Reply::FoundStop(Err(silence())),
            Act::Restream => return None,
        };
        Some(self.item(Item::Reply(reply)))
    }

    /// What is heard of an answer that gets lost. None for one that says nothing anyway, and for
    /// one to a question: whether that or its answer is lost is the same.
    pub fn unheard(&mut self, answer: Id) -> Option<Id> {
        let Item::Reply(reply) = &*self.items.get(answer) else { return None };
        let reply = match reply {
            Reply::Placed(Outcome::Done(_) | Outcome::Refused(_)) => {
                Reply::Placed(Outcome::Unsure(silence()))
            }
            Reply::Cancelled(Outcome::Done(()) | Outcome::Refused(_)) => {
                Reply::Cancelled(Outcome::Unsure(silence()))
            }
            Reply::Reduced(Outcome::Done(_) | Outcome::Refused(_)) => {
                Reply::Reduced(Outcome::Unsure(silence()))
            }
            Reply::Entered(Outcome::Done(_) | Outcome::Refused(_)) => {
                Reply::Entered(Outcome::Unsure(silence()))
            }
            _ => return None,
        };
        Some(self.item(Item::Reply(reply)))
    }
}

fn silence() -> String {
    "no answer within 5 s".to_owned()
}

/// Whether a core waits until a write is committed: before that it does not go on.
fn is_awaited(write: &Write) -> bool {
    match write {
        Write::Adopt(..)
        | Write::Open(_)
        | Write::Update { .. }
        | Write::Close { .. }
        | Write::Undo { .. }
        | Write::Halt(_)
        | Write::Resume { .. }
        | Write::Restore { .. } => true,
        Write::Intend(intent) => intent.kind == IntentKind::Open,
        _ => false,
    }
}

/// What is sent only reduces or protects what the core believes to be open.
fn sends(effect: &Effect, core: &mut Core, now: Time) -> Result<(), String> {
    let Effect::Venue { account, act, .. } = effect else { return Ok(()) };
    let key = |symbol: &Symbol, leg| PositionKey::new(account.clone(), symbol.clone(), leg);
    match act {
        Act::Reduce(order) => reduces(order, &key(&order.symbol, order.leg), &core.view(now)),
        Act::PlaceStop(order) => protects(order, &key(&order.symbol, order.leg), &core.view(now)),
        _ => Ok(()),
    }
}
