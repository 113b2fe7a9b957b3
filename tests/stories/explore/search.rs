//! The search: every state that can be reached is visited once, those in which less went wrong
//! first, and what led to one that breaks a law is told.
//!
//! Not for: what can happen (that is `turns`) and what must hold (that is `laws`).
//! Door: [`Search::run`].

use std::collections::{HashMap, VecDeque};
use std::fmt::Write as _;
use std::rc::Rc;

use holdfast::domain::time::Span;

use super::parts::Parts;
use super::state::{Left, Setting, State, Turn, Way};

/// A rest this long means that nothing is under way any more.
const REST: Span = Span::secs(9);
/// Everything is settled by then.
const SETTLED_BY: Span = Span::secs(300);
/// States beyond which a scene is called too large.
const AT_MOST: usize = 20_000_000;

/// What was seen.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seen {
    pub states: usize,
    /// Ways that came to an end or met a state that was known.
    pub paths: usize,
    /// States in which nothing was left to happen.
    pub ends: usize,
    pub crashes: usize,
    pub cores: usize,
}

/// How a state was reached.
#[derive(Clone, Copy, Debug)]
struct Node {
    before: u32,
    way: Way,
}

#[derive(Debug)]
pub struct Search {
    parts: Parts,
    setting: Setting,
    first: State,
    nodes: Vec<Node>,
    known: HashMap<Rc<State>, Vec<Left>>,
    /// By how much has gone wrong.
    ahead: Vec<VecDeque<(Rc<State>, Left, u32)>>,
    seen: Seen,
}

impl Search {
    pub fn new(parts: Parts, setting: Setting, first: State) -> Self {
        let (nodes, known, ahead) = (Vec::new(), HashMap::new(), Vec::new());
        Self { parts, setting, first, nodes, known, ahead, seen: Seen::default() }
    }

    /// Visits everything that can be reached while no more goes wrong than this.
    pub fn run(mut self, left: Left) -> Result<Seen, String> {
        self.ahead = vec![VecDeque::new(); left.sum() + 1];
        let root = Way { turn: Turn::Passes, cut: None };
        let first = self.first.clone();
        self.meet(first, left, left, Node { before: 0, way: root });
        for wrong in 0..self.ahead.len() {
            while let Some((state, now_left, node)) = self.ahead[wrong].pop_front() {
                if let Err((why, way)) = self.visit(&state, now_left, left, node) {
                    let path = self.path(node, way);
                    return Err(format!("{why}\n{path}"));
                }
                if self.nodes.len() > AT_MOST {
                    return Err(format!("more than {AT_MOST} states: {:?}", self.seen));
                }
            }
        }
        self.seen.cores = self.parts.cores.len();
        Ok(self.seen)
    }

    fn meet(&mut self, state: State, left: Left, all: Left, node: Node) {
        let state = Rc::new(state);
        let known = self.known.entry(state.clone()).or_default();
        if known.iter().any(|known| known.covers(left)) {
            self.seen.paths += 1;
            return;
        }
        known.retain(|known| !left.covers(*known));
        known.push(left);
        let number = u32::try_from(self.nodes.len()).expect("fewer states than numbers");
        self.nodes.push(node);
        self.ahead[all.sum() - left.sum()].push_back((state, left, number));
    }

    fn visit(
        &mut self,
        state: &State,
        left: Left,
        all: Left,
        node: u32,
    ) -> Result<(), (String, Option<Way>)> {
        // It was met again since with more that can go wrong: that visit is enough.
        if self.known.get(state).is_some_and(|known| !known.contains(&left)) {
            return Ok(());
        }
        self.seen.states += 1;
        let mut state = state.clone();
        match self.is_over(&state).map_err(|why| (why, None))? {
            Some(true) if state.calm => {
                self.seen.ends += 1;
                self.seen.paths += 1;
                return Ok(());
            }
            Some(true) => {
                for turn in self.parts.turns(&state, left) {
                    if turn == Turn::Crash {
                        self.go(&state, turn, left, all, node)?;
                    }
                }
                state.calm = true;
            }
            Some(false) | None => {}
        }
        for turn in self.parts.turns(&state, left) {
            self.go(&state, turn, left, all, node)?;
        }
        Ok(())
    }

    fn go(
        &mut self,
        state: &State,
        turn: Turn,
        left: Left,
        all: Left,
        node: u32,
    ) -> Result<(), (String, Option<Way>)> {
        let cuts = left.crashes > 0 && !state.calm;
        let ways = self.parts.take(state, turn, cuts, &self.setting);
        for (way, next) in ways.map_err(|why| (why, Some(Way { turn, cut: None })))? {
            self.seen.crashes += usize::from(way.cut.is_some() || turn == Turn::Crash);
            self.meet(next, Parts::spent(left, way), all, Node { before: node, way });
        }
        Ok(())
    }

    /// Whether everything is settled; none where that is no question yet.
    fn is_over(&self, state: &State) -> Result<Option<bool>, String> {
        let (Some(core), true) = (state.core, state.is_still()) else { return Ok(None) };
        let next = self.parts.next_at(state);
        if next.is_some_and(|at| at.since(state.now) < REST) {
            return Ok(None);
        }
        let (ledger, venue) =
            (self.parts.ledgers.get(state.ledger), self.parts.venues.get(state.venue));
        let view = self.parts.view(core, state.now)?;
        let settled = self.parts.laws.are_settled(&ledger, &venue, &view);
        let late = state.calm || state.now.since(self.first.now) > SETTLED_BY;
        match settled {
            Ok(()) => Ok(Some(true)),
            Err(why) if late => Err(format!("it does not settle: {why}")),
            Err(_) => Ok(Some(false)),
        }
    }

    /// The way to a state, turn by turn, as a person can follow it.
    fn path(&mut self, node: u32, last: Option<Way>) -> String {
        let mut ways: Vec<Way> = last.into_iter().collect();
        let mut at = node;
        while at != 0 {
            let Node { before, way } = self.nodes[at as usize];
            ways.push(way);
            at = before;
        }
        let (mut text, mut state) = (String::new(), self.first.clone());
        for way in ways.iter().rev() {
            let line = self.line(&state, *way);
            let _ = writeln!(text, "{line}");
            let calm = state.calm || self.is_over(&state) == Ok(Some(true));
            state.calm = calm && way.turn != Turn::Crash;
            let known = self.known.len();
            let next = self.parts.take(&state, way.turn, way.cut.is_some(), &self.setting);
            debug_assert_eq!(known, self.known.len());
            match next.map(|all| all.into_iter().find(|(other, _)| other == way)) {
                Ok(Some((_, next))) => state = next,
                Ok(None) => text.push_str("  (there is no such turn)\n"),
                Err(why) => text.push_str(&format!("  {why}\n")),
            }
        }
        text
    }

    fn line(&self, state: &State, way: Way) -> String {
        let item = |id: u32| short(&format!("{:?}", self.parts.items.get(id)));
        let request = |at: u8| item(state.requests[usize::from(at)].0);
        let what = match way.turn {
            Turn::Arrives(n) => format!("the venue gets {}", request(n)),
            Turn::NeverArrives(n) => format!("LOST on its way there: {}", request(n)),
            Turn::Answered(n) => format!("answer: {}", item(state.answers[usize::from(n)].1)),
            Turn::Unanswered(n) => {
                format!("LOST on its way back: {}", item(state.answers[usize::from(n)].1))
            }
            Turn::Committed => match state.commits[0].0 {
                Some(ack) => format!("the ledger: {}", item(ack)),
                None => "the ledger is read".to_owned(),
            },
            Turn::Word => format!("the stream: {}", item(state.words[0])),
            Turn::NoWord => format!("LOST on the stream: {}", item(state.words[0])),
            Turn::Told => match state.told[0] {
                Some(told) => format!("told: {}", item(told)),
                None => "the ledger is read".to_owned(),
            },
            Turn::Passes => "time passes".to_owned(),
            Turn::Early => "time passes EARLY".to_owned(),
            Turn::Crash => "KILLED".to_owned(),
            Turn::Start => "a new process starts".to_owned(),
        };
        let cut = way.cut.map_or_else(String::new, |n| format!(" - and is KILLED after deed {n}"));
        let after = state.now.since(self.first.now).millis();
        format!("{:>4}.{:03}s {what}{cut}", after / 1000, after % 1000)
    }
}

fn short(text: &str) -> String {
    text.chars().take(220).collect()
}
