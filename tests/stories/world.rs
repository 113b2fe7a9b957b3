//! Virtual time around a real core: what it wants done is done by the fake venue and the ledger
//! in memory, a few milliseconds later, and every step is checked.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use holdfast::domain::command::Answer;
use holdfast::domain::effect::{Act, Effect, OpId};
use holdfast::domain::input::{Input, StreamEvent};
use holdfast::domain::key::{AccountName, Symbol, Venue as VenueName};
use holdfast::domain::policy::{AccountPolicy, Policy};
use holdfast::domain::snapshot::Snapshot;
use holdfast::domain::time::{Span, Time};
use holdfast::engine::Core;

use super::answers;
use super::checks::Checks;
use super::facts::Fact;
use super::fuse::{Fuse, Moment};
use super::leases::Leases;
use super::trips::{read_back, recorded};
use super::usual::{instrument, policy};
use super::venue::{Stream, Venue};
use holdfast::worlds::ledger::Ledger;

/// Stories begin here.
pub const START: Time = Time(1_795_228_800_000); // 2026-11-21T02:40:00Z

/// How long a request takes to a venue, and an answer back.
const WAY: Span = Span(10);
pub const COMMIT: Span = Span(2);
/// How soon the shell notices that another program wrote to the ledger.
const NOTICED: Span = Span(100);

/// The twin takes a trip through the form of a checkpoint before each so many inputs.
const CHECKPOINT: u64 = 29;

/// How soon the first mark of a symbol comes that a look names.
const FOLLOWED: Span = Span(250);

/// What will happen, unless the process is killed first where `run` says so.
#[derive(Clone, Debug)]
enum Due {
    Arrive { run: u32, op: OpId, account: AccountName, act: Act },
    Deliver { run: u32, input: Box<Input> },
    Word { account: AccountName, word: Box<StreamEvent> },
    Reconnect { account: AccountName },
    Read { run: u32 },
}

/// An act that was sent, and when.
#[derive(Clone, Debug)]
pub struct Sent {
    pub at: Time,
    pub account: AccountName,
    pub act: Act,
}

#[derive(Debug)]
pub struct World {
    pub now: Time,
    pub usual: VenueName,
    pub policy: Policy,
    pub venues: BTreeMap<AccountName, Venue>,
    pub ledger: Ledger,
    pub sent: Vec<Sent>,
    pub answers: Vec<Answer>,
    pub log: VecDeque<String>,
    /// Acts and row changes since the last expectation.
    pub stirred: Vec<String>,
    pub last_ask: u64,
    pub leases: Leases,
    /// What the core was told, where somebody else is to be told the same.
    pub heard: Option<Vec<(Time, Fact)>>,
    /// When the process is killed or loses its leases, in the midst of a step.
    pub fuse: Option<Fuse>,
    /// Neither replayed nor logged: for thousands of runs.
    pub light: bool,
    pub core: Option<Core>,
    /// Fed with the same inputs after a trip through the recorder's format.
    twin: Option<Core>,
    /// How often the twin was told something.
    steps: u64,
    view: Option<Snapshot>,
    agenda: BTreeMap<(Time, u64), Due>,
    pub checks: Checks,
    run: u32,
    count: u64,
}

impl World {
    /// A world whose accounts are on this venue unless something else is said.
    pub fn on(usual: VenueName) -> Self {
        let mut world = Self {
            now: START,
            usual,
            policy: policy(),
            venues: BTreeMap::new(),
            ledger: Ledger::default(),
            sent: Vec::new(),
            answers: Vec::new(),
            log: VecDeque::new(),
            stirred: Vec::new(),
            last_ask: 0,
            leases: Leases::default(),
            heard: None,
            fuse: None,
            light: false,
            core: None,
            twin: None,
            steps: 0,
            view: None,
            agenda: BTreeMap::new(),
            checks: Checks::default(),
            run: 0,
            count: 0,
        };
        world.add_account("main", usual);
        world
    }

    /// One more account, or the venue of one that is there.
    pub fn add_account(&mut self, name: &str, venue: VenueName) {
        let name = AccountName::from(name);
        self.policy.accounts.retain(|account| account.name != name);
        self.policy.accounts.push(AccountPolicy::new(name.clone(), venue));
        self.venues.insert(name.clone(), Venue::new(name, venue));
    }

    pub fn venue(&mut self, account: &AccountName) -> Result<&mut Venue, String> {
        self.venues.get_mut(account).ok_or(format!("no account {account}"))
    }

    /// Makes an instrument known at the venue, with rules that hinder nobody.
    pub fn list(&mut self, account: &AccountName, symbol: &Symbol) -> Result<(), String> {
        let venue = self.venue(account)?;
        venue.instruments.entry(symbol.clone()).or_insert_with(|| instrument(symbol));
        Ok(())
    }

    /// The newest picture.
    pub fn view(&self) -> Result<&Snapshot, String> {
        self.view.as_ref().ok_or("the engine is not running".to_owned())
    }

    /// Starts a process: the policy, then the ledger, the instruments, and the streams.
    pub fn start(&mut self, streams: bool) -> Result<(), String> {
        self.run += 1;
        self.core = Some(Core::new());
        self.twin = (!self.light).then(Core::new);
        self.checks.restarted(&self.ledger);
        self.feed(Input::Started(Box::new(self.policy.clone())))?;
        let names: Vec<_> = self.venues.keys().cloned().collect();
        for name in &names {
            self.tell_lease(name, self.leases.at_start)?;
        }
        for name in names {
            let venue = self.venue(&name)?;
            let list = venue.instruments.values().cloned().map(Arc::new).collect();
            if streams {
                venue.stream = Stream::Up;
                self.say(&name, StreamEvent::Up, WAY);
            }
            self.deliver(Input::Instruments(name, list), Span(5));
        }
        Ok(())
    }

    /// Ends the process as `kill -9` does: what was sent is under way, no answer is heard.
    pub fn kill(&mut self) {
        self.note("killed".to_owned());
        self.core = None;
        self.twin = None;
        self.view = None;
    }

    /// Another program changed the ledger.
    pub fn ledger_changed(&mut self) {
        let run = self.run;
        self.plan(NOTICED, Due::Read { run });
    }

    /// What a venue did, as its stream tells it: if it is connected and not silent.
    pub fn tell(&mut self, account: &AccountName, words: Vec<StreamEvent>) -> Result<(), String> {
        let venue = self.venue(account)?;
        if venue.stream != Stream::Up {
            return Ok(());
        }
        let (doubled, takes) = (venue.doubled, venue.word_takes);
        for word in words {
            self.say(account, word.clone(), takes);
            if doubled {
                self.say(account, word, Span(takes.0 + 20));
            }
        }
        Ok(())
    }

    /// One word on a stream, whatever the venue believes.
    pub fn say(&mut self, account: &AccountName, word: StreamEvent, takes: Span) {
        self.plan(takes, Due::Word { account: account.clone(), word: Box::new(word) });
    }

    pub(super) fn deliver(&mut self, input: Input, takes: Span) {
        let run = self.run;
        self.plan(takes, Due::Deliver { run, input: Box::new(input) });
    }

    fn plan(&mut self, takes: Span, due: Due) {
        self.count += 1;
        self.agenda.insert((self.now + takes, self.count), due);
    }

    /// When something happens next, at or before `until`.
    pub fn next(&self, until: Time) -> Option<Time> {
        let due = self.agenda.keys().next().map(|(at, _)| *at);
        let wake = self.core.as_ref().and_then(Core::wake_at).map(|at| at.max(self.now));
        due.into_iter().chain(wake).min().filter(|at| *at <= until)
    }

    /// Lets everything happen that is due up to then.
    pub fn run_to(&mut self, until: Time) -> Result<(), String> {
        let (mut spins, mut last) = (0, self.now);
        while let Some(at) = self.next(until) {
            self.once(at)?;
            spins = if at == last { spins + 1 } else { 0 };
            last = at;
            if spins > 2000 {
                return Err("the engine spins: it wants to be woken again and again".to_owned());
            }
        }
        self.now = self.now.max(until);
        Ok(())
    }

    /// Lets the next thing happen.
    pub fn once(&mut self, at: Time) -> Result<(), String> {
        self.now = at;
        let first = self.agenda.keys().next().copied().filter(|(due, _)| *due <= at);
        let Some(due) = first.and_then(|key| self.agenda.remove(&key)) else {
            return self.feed(Input::Woke);
        };
        match due {
            Due::Arrive { run, op, account, act } => self.arrive(run, op, &account, &act),
            Due::Deliver { run, input } if run == self.run => self.feed(*input),
            Due::Word { account, word } => self.feed(Input::Stream(account, word)),
            Due::Reconnect { account } => {
                self.venue(&account)?.stream = Stream::Up;
                self.feed(Input::Stream(account, Box::new(StreamEvent::Up)))
            }
            Due::Read { run } if run == self.run => self.read_ledger(),
            Due::Deliver { .. } | Due::Read { .. } => Ok(()),
        }
    }

    fn read_ledger(&mut self) -> Result<(), String> {
        let input = match self.ledger.read() {
            Ok(books) => {
                Fact::of_books(self.now, &books, &self.ledger, &mut self.heard);
                Input::Books(Box::new(books))
            }
            Err(why) => Input::BooksFailed(why),
        };
        self.hear(input)
    }

    fn arrive(&mut self, run: u32, op: OpId, name: &AccountName, act: &Act) -> Result<(), String> {
        let now = self.now;
        let venue = self.venue(name)?;
        let takes = match act {
            Act::Look { .. } => venue.faults.look_takes,
            _ => venue.faults.act_takes,
        };
        let before = venue.stops.clone();
        let (reply, words) = answers::answer(venue, now, act);
        Checks::arrived(now, act, &before, venue)?;
        if *act == Act::Restream && venue.stream != Stream::Down {
            self.plan(Span(500), Due::Reconnect { account: name.clone() });
        }
        self.tell(name, words)?;
        self.follow(name, act)?;
        if let Some(reply) = reply {
            Fact::of_reply(now, &reply, &mut self.heard);
            let input = Input::Replied { op, reply: Box::new(reply) };
            let way = takes.unwrap_or(WAY);
            self.plan(way, Due::Deliver { run, input: Box::new(input) });
        }
        Ok(())
    }

    /// A look that names a symbol has its mark told from then on.
    fn follow(&mut self, name: &AccountName, act: &Act) -> Result<(), String> {
        let Act::Look { expect, .. } = act else { return Ok(()) };
        let venue = self.venue(name)?;
        let named = expect.iter().filter(|(symbol, _)| venue.unfollowed.contains(symbol));
        let marks: Vec<_> = named
            .filter_map(|(symbol, _)| Some((symbol.clone(), *venue.marks.get(symbol)?)))
            .collect();
        marks.iter().for_each(|(symbol, _)| {
            venue.unfollowed.remove(symbol);
        });
        if !marks.is_empty() {
            self.deliver(Input::Marks(name.clone(), marks), FOLLOWED);
        }
        Ok(())
    }

    /// Gives the core one input, does what it wants done, and checks that nothing broke.
    pub fn feed(&mut self, input: Input) -> Result<(), String> {
        let Some(core) = &mut self.core else { return Ok(()) };
        Fact::of_input(self.now, &input, &mut self.heard);
        let mut effects = Vec::new();
        let line = if self.light { String::new() } else { format!("{input:?}") };
        self.checks.input(self.now, &input);
        let copy = self.twin.is_some().then(|| recorded(&input)).transpose()?;
        core.step(self.now, input, &mut effects);
        let view = core.view(self.now);
        if let (Some(twin), Some(copy)) = (&mut self.twin, copy) {
            let mut again = Vec::new();
            self.steps += 1;
            if self.steps.is_multiple_of(CHECKPOINT) {
                *twin = read_back(twin)?;
            }
            twin.step(self.now, copy, &mut again);
            if again != effects || twin.view(self.now) != view {
                return Err(format!("a replay of the same inputs differs at {line}"));
            }
        }
        self.note(format!("<- {line}"));
        self.checks.step(&effects, &view, &self.ledger)?;
        self.view = Some(view);
        let mut effects = effects.into_iter();
        while let Some(effect) = effects.next() {
            let burns = self.fuse.as_mut().and_then(|fuse| fuse.burns(&effect));
            let undone = if burns == Some(Moment::Before) {
                Some(effect)
            } else {
                self.perform(effect)?;
                None
            };
            if burns.is_some() {
                return self.burn(undone.into_iter().chain(effects));
            }
        }
        Ok(())
    }

    /// Whether a process runs.
    pub fn runs(&self) -> bool {
        self.core.is_some()
    }

    fn perform(&mut self, effect: Effect) -> Result<(), String> {
        if !self.light {
            self.note(format!("-> {effect:?}"));
        }
        match effect {
            Effect::Venue { op, account, act } => {
                let question = matches!(
                    act,
                    Act::Look { .. }
                        | Act::History { .. }
                        | Act::FindOrder { .. }
                        | Act::FindStop { .. }
                );
                if !question {
                    self.stirred.push(format!("{act:?}"));
                }
                self.sent.push(Sent { at: self.now, account: account.clone(), act: act.clone() });
                self.plan(WAY, Due::Arrive { run: self.run, op, account, act });
            }
            Effect::Ledger { op, writes } => {
                let before = self.ledger.rows.clone();
                let result = self.ledger.write(&writes);
                if self.ledger.rows != before {
                    self.stirred.push(format!("rows changed by {writes:?}"));
                }
                self.deliver(Input::Written { op, result }, Span(COMMIT.0 + self.leases.behind.0));
            }
            Effect::ReadLedger => self.plan(COMMIT, Due::Read { run: self.run }),
            Effect::Answer(answer) => self.answers.push(answer),
        }
        Ok(())
    }

    /// What must hold when a story is over.
    pub fn ended(&self) -> Result<(), String> {
        if self.core.is_some() { self.checks.ended() } else { Ok(()) }
    }

    fn note(&mut self, text: String) {
        let after = self.now.since(START).millis();
        let text: String = text.chars().take(700).collect();
        self.log.push_back(format!("  {:>7}.{:03}s {text}", after / 1000, after % 1000));
        if self.log.len() > 400 {
            self.log.pop_front();
        }
    }
}
