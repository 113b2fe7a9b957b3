//! A state, and everything that can happen next in it.
//!
//! Time stands still while something is on its way; whatever is on its way may come next. Once
//! nothing is, the next timer fires. Not for: which states are worth a visit (that is `search`).
//! Door: [`Parts::turns`], [`Parts::take`].

use holdfast::domain::effect::Act;
use holdfast::domain::input::{Input, StreamEvent};
use holdfast::domain::lease::{Fence, LeaseState};
use holdfast::domain::time::{Span, Time};

use std::collections::VecDeque;

use super::parts::{Id, Item, Out, Parts, Stepped};
use super::state::{Left, Notes, Setting, State, Turn, Way};

/// How long a client waits for an answer.
const PATIENCE: Span = Span::secs(5);
/// How long a process that died takes to be there again.
const RESTART: Span = Span::secs(1);

fn index(at: u8) -> usize {
    usize::from(at)
}

fn numbered(count: usize) -> impl Iterator<Item = u8> {
    (0..count).map(|at| u8::try_from(at).expect("few things are on their way"))
}

impl Parts {
    /// When time would go on to, if it passed.
    pub fn next_at(&self, state: &State) -> Option<Time> {
        let wake = state.core.and_then(|core| self.cores.wake_at(core));
        let due = state.answers.iter().map(|(due, ..)| *due).filter(|due| *due > state.now);
        due.chain(wake).min().map(|at| at.max(state.now))
    }

    /// Everything that can happen next.
    pub fn turns(&self, state: &State, left: Left) -> Vec<Turn> {
        let mut turns = Vec::new();
        let fails = |n: u8| n > 0 && !state.calm;
        if let Some(core) = state.core
            && fails(left.crashes)
        {
            turns.push(Turn::Crash);
            // Who is due is woken before anything else is heard.
            if self.cores.wake_at(core).is_some_and(|at| at <= state.now) {
                turns.push(Turn::Passes);
                return turns;
            }
        }
        if state.core.and_then(|core| self.cores.wake_at(core)).is_some_and(|at| at <= state.now) {
            return vec![Turn::Passes];
        }
        for at in numbered(state.requests.len()) {
            turns.push(Turn::Arrives(at));
            if fails(left.lost) {
                turns.push(Turn::NeverArrives(at));
            }
        }
        for at in numbered(state.answers.len()) {
            if state.answers[index(at)].0 <= state.now {
                turns.push(Turn::Answered(at));
                if fails(left.lost) {
                    turns.push(Turn::Unanswered(at));
                }
            }
        }
        let lines = [
            (!state.commits.is_empty(), Turn::Committed),
            (!state.words.is_empty(), Turn::Word),
            (!state.told.is_empty(), Turn::Told),
        ];
        turns.extend(lines.into_iter().filter(|(any, _)| *any).map(|(_, turn)| turn));
        if !state.words.is_empty() && fails(left.lost) {
            turns.push(Turn::NoWord);
        }
        if state.core.is_none() {
            turns.push(Turn::Start);
            return turns;
        }
        let moves = turns.iter().any(|turn| *turn != Turn::Crash);
        if !moves {
            turns.push(Turn::Passes);
        } else if fails(left.early)
            && self.next_at(state).is_some_and(|at| at <= state.now + PATIENCE)
        {
            turns.push(Turn::Early);
        }
        turns
    }

    /// What is left to go wrong after a turn.
    pub fn spent(left: Left, way: Way) -> Left {
        let mut left = left;
        match way.turn {
            Turn::NeverArrives(_) | Turn::Unanswered(_) | Turn::NoWord => left.lost -= 1,
            Turn::Early => left.early -= 1,
            Turn::Crash => left.crashes -= 1,
            _ => {}
        }
        if way.cut.is_some() {
            left.crashes -= 1;
        }
        left
    }

    /// Lets it happen: the state afterwards, and with `cuts` also those in which the process is
    /// killed between two of its deeds. None when the turn is none.
    pub fn take(
        &mut self,
        state: &State,
        turn: Turn,
        cuts: bool,
        setting: &Setting,
    ) -> Result<Vec<(Way, State)>, String> {
        let whole = |state| vec![(Way { turn, cut: None }, state)];
        let mut next = state.clone();
        let item = match turn {
            Turn::Arrives(at) => return self.arrives(next, index(at)).map(whole),
            Turn::NeverArrives(at) => {
                let (request, rank) = next.requests.remove(index(at));
                if let (Some(answer), Some(_)) = (self.unanswered(request), rank) {
                    push(&mut next.answers, (next.now + PATIENCE, answer, rank));
                }
                return Ok(whole(next));
            }
            Turn::Unanswered(at) => {
                let (_, answer, rank) = next.answers.remove(index(at));
                let Some(unsure) = self.unheard(answer) else { return Ok(Vec::new()) };
                push(&mut next.answers, (next.now + PATIENCE, unsure, rank));
                return Ok(whole(next));
            }
            Turn::Crash => return Ok(whole(state.crash(self))),
            Turn::NoWord => {
                next.words.remove(0);
                return Ok(whole(next));
            }
            Turn::Start => return self.starts(next, setting).map(whole),
            Turn::Answered(at) => {
                let (_, answer, rank) = next.answers.remove(index(at));
                (answer, rank)
            }
            Turn::Committed => match next.commits.remove(0) {
                (Some(item), rank) => (item, rank),
                (None, _) => (self.read(next.ledger)?, None),
            },
            Turn::Word => (next.words.remove(0), None),
            Turn::Told => match next.told.remove(0) {
                Some(item) => (item, None),
                None => (self.read(next.ledger)?, None),
            },
            Turn::Passes | Turn::Early => {
                next.now = self.next_at(state).ok_or("nothing will ever happen again")?;
                let wake = state.core.and_then(|core| self.cores.wake_at(core));
                if wake.is_none_or(|at| at > next.now) {
                    return Ok(whole(next));
                }
                (self.item(Item::Told(Input::Woke)), None)
            }
        };
        let core = state.core.ok_or("nobody is there to be told")?;
        let found = self.step(core, item.0, item.1, next.now);
        let stepped = found.as_ref().as_ref().map_err(Clone::clone)?;
        let mut all = Vec::new();
        let done = self.perform(next, stepped, |parts, so_far, deeds| {
            if cuts {
                all.push((Way { turn, cut: Some(deeds) }, so_far.crash(parts)));
            }
        })?;
        if turn == Turn::Passes && done == *state {
            return Err("it spins: it wants to be woken again and again".to_owned());
        }
        // The last deed is followed by a crash in the state that is reached.
        all.pop();
        all.push((Way { turn, cut: None }, done));
        Ok(all)
    }

    /// Does what a core wants done; `between` sees the state after each deed that can matter to
    /// whoever comes after a crash.
    fn perform(
        &mut self,
        mut state: State,
        stepped: &Stepped,
        mut between: impl FnMut(&Self, &State, u8),
    ) -> Result<State, String> {
        let (mut deeds, mut notes) = (0, VecDeque::new());
        let mut queue = state.knows(stepped, &mut notes);
        loop {
            for out in queue {
                let matters = self.deed(&mut state, out, &mut notes)?;
                if matters {
                    deeds += 1;
                    between(self, &state, deeds);
                }
            }
            let Some((note, rank)) = notes.pop_front() else { break };
            let core = state.core.ok_or("nobody is there to be told")?;
            let found = self.step(core, note, rank, state.now);
            let stepped = found.as_ref().as_ref().map_err(Clone::clone)?;
            queue = state.knows(stepped, &mut notes);
        }
        let (ledger, venue) = (self.ledgers.get(state.ledger), self.venues.get(state.venue));
        self.laws.holds_in_the_ledger(&ledger, &venue)?;
        Ok(state)
    }

    /// Does one thing; says whether it can matter to whoever comes after a crash.
    fn deed(&mut self, state: &mut State, out: Out, notes: &mut Notes) -> Result<bool, String> {
        match out {
            Out::Send(item, rank, changes) => {
                if let Item::Act(act) = &*self.items.get(item) {
                    self.laws.announces(act, &self.ledgers.get(state.ledger))?;
                }
                push(&mut state.requests, (item, rank));
                Ok(changes)
            }
            Out::Write(item, rank, is_note) => {
                let found = self.write(state.ledger, item);
                let (ledger, ack) = *found.as_ref().as_ref().map_err(Clone::clone)?;
                let changes = ledger != state.ledger;
                state.ledger = ledger;
                // No core waits for it: when it hears of that makes no difference.
                if is_note {
                    notes.push_back((ack, rank));
                } else {
                    state.commits.push((Some(ack), rank));
                }
                Ok(changes)
            }
            Out::Read => {
                state.commits.push((None, None));
                Ok(false)
            }
        }
    }

    fn arrives(&mut self, mut state: State, at: usize) -> Result<State, String> {
        let (request, rank) = state.requests.remove(at);
        let found = self.arrive(state.venue, request, state.now);
        let arrived = found.as_ref().as_ref().map_err(Clone::clone)?;
        state.venue = arrived.venue;
        if let (Some(reply), Some(_)) = (arrived.reply, rank) {
            push(&mut state.answers, (state.now, reply, rank));
        }
        if state.core.is_some() {
            state.words.extend(&arrived.words);
        }
        // What the old connection has not said yet is not said any more.
        if matches!(&*self.items.get(request), Item::Act(Act::Restream)) {
            state.words = vec![self.up()];
        }
        let (ledger, venue) = (self.ledgers.get(state.ledger), self.venues.get(state.venue));
        self.laws.holds_in_the_ledger(&ledger, &venue)?;
        Ok(state)
    }

    fn up(&mut self) -> Id {
        let up = Input::Stream(self.account.clone(), Box::new(StreamEvent::Up));
        self.item(Item::Told(up))
    }

    fn starts(&mut self, mut state: State, setting: &Setting) -> Result<State, String> {
        state.now = state.now + RESTART;
        state.run += 1;
        let name = self.account.clone();
        let lease = LeaseState::Held { fence: Fence(state.run) };
        let first =
            [Input::Started(Box::new(setting.policy.clone())), Input::Lease(name.clone(), lease)];
        let begun = self.begin(first, state.now)?;
        let told = [
            Input::Instruments(name.clone(), setting.instruments.clone()),
            Input::Marks(name, setting.marks.clone()),
        ];
        let told = told.map(|input| Some(self.item(Item::Told(input))));
        let mut state = self.perform(state, &begun, |_, _, _| {})?;
        state.commits.clear();
        state.told = [None].into_iter().chain(told).chain([Some(self.up())]).collect();
        Ok(state)
    }
}

fn push<T: Ord>(list: &mut Vec<T>, one: T) {
    let at = list.partition_point(|other| *other < one);
    list.insert(at, one);
}
