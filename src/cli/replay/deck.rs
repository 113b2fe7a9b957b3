//! The deck: a whole recording and a core that can stand at any of its inputs.
//!
//! For: forward by re-running, back by re-running from the nearest copy of the core. Not for:
//! the pace (`play`). Door: [`Deck::open`], [`Deck::stand_at`], [`Deck::moment`].

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::cli::replay::causes::{Causes, Why};
use crate::cli::replay::find::Found;
use crate::cli::replay::place::{self, Edge};
use crate::cli::replay::tape::{self, ANY_PICTURE};
use crate::cli::replay::{STOPPED, compare, words};
use crate::domain::effect::Effect;
use crate::domain::event::EventKind;
use crate::domain::input::Input;
use crate::domain::journal::Write;
use crate::domain::snapshot::Snapshot;
use crate::domain::time::Time;
use crate::engine::Core;
use crate::store::recorder::{self, Step};
use crate::ui::reel::{Cause, Goto, Moment};

/// A copy of the core is kept before each so many inputs.
const COPIES: usize = 256;
/// More inputs than this are not held in memory: a later part begins later.
const MOST: usize = 1_000_000;
/// So many causes are told; of those before them, how many they are.
const CHAIN: usize = 100;

/// A recording, and where its core stands.
#[derive(Debug)]
pub struct Deck {
    steps: Vec<Step>,
    /// Copies of the core, before the inputs 0, `COPIES`, ...
    copies: Vec<Core>,
    core: Core,
    /// So many inputs were told.
    told: usize,
    /// What the last of them led to.
    effects: Vec<Effect>,
    /// What is known of each input that was ever told.
    seen: Vec<Seen>,
    causes: Causes,
    pictures: u64,
    says_decisions: bool,
    /// What is to be said about the recording as a whole.
    note: Option<String>,
    /// Whether that is that it is damaged.
    is_damaged: bool,
}

/// What is known of an input once it was told.
#[derive(Debug)]
struct Seen {
    why: Why,
    is_news: bool,
    /// How many inputs led to it, one after the other.
    depth: usize,
}

impl Deck {
    /// Reads a recording, unless `stop` is set first, and stands at its first input.
    ///
    /// # Errors
    /// One sentence: it cannot be read, holds nothing, or begins where no core can.
    pub fn open(path: &Path, stop: &AtomicBool) -> Result<Self, String> {
        let mut reader = recorder::read(path)?;
        let wanted = reader.by_ref().take(MOST).take_while(|_| !stop.load(Ordering::Relaxed));
        let steps: Vec<_> = wanted.collect();
        if stop.load(Ordering::Relaxed) {
            return Err(STOPPED.to_owned());
        }
        let Some(first) = steps.first() else {
            let why = reader.torn().map(str::to_owned);
            return Err(
                why.unwrap_or_else(|| format!("the recording {} holds no input", path.display()))
            );
        };
        let mut core = tape::begin(first, reader.program())?;
        let says_decisions = reader.format() > 1;
        if !says_decisions {
            core.was_shown(ANY_PICTURE);
        }
        let cut = (steps.len() == MOST)
            .then(|| format!("only the first {MOST} inputs are shown: name a later part"));
        let mut deck = Self {
            steps,
            copies: vec![core.clone()],
            core,
            told: 0,
            effects: Vec::new(),
            seen: Vec::new(),
            causes: Causes::default(),
            pictures: 0,
            says_decisions,
            note: cut.or_else(|| reader.torn().map(str::to_owned)),
            is_damaged: reader.is_damaged(),
        };
        deck.step();
        Ok(deck)
    }

    /// The same, with what is to be said of the recording in names a person knows.
    pub fn named(mut self, found: &Found) -> Self {
        self.note = self.note.map(|note| found.say(&note));
        self
    }

    /// That it is damaged, and where: in whole, and so that it fits a narrow screen.
    pub fn damage(&self) -> Option<[String; 2]> {
        let whole = self.note.clone().filter(|_| self.is_damaged)?;
        let last = self.steps.last().map_or(0, |step| step.number);
        Some([whole, format!("damaged after input {last}: nothing that follows is read")])
    }

    /// The place of the last input that was told.
    pub fn at(&self) -> usize {
        self.told.saturating_sub(1)
    }

    /// When it was told.
    pub fn now(&self) -> Time {
        self.steps[self.at()].at
    }

    /// When the next one is due; none at the end.
    pub fn next_at(&self) -> Option<Time> {
        self.steps.get(self.told).map(|step| step.at)
    }

    /// Tells the core the next input; false at the end.
    pub fn step(&mut self) -> bool {
        let Some(step) = self.steps.get(self.told) else { return false };
        if self.told == self.copies.len() * COPIES {
            self.copies.push(self.core.clone());
        }
        let place = self.told;
        let is_new = place == self.seen.len();
        let why = is_new.then(|| self.causes.of(step));
        self.effects = tape::tell(&mut self.core, step);
        if let Some(why) = why {
            self.causes.learn(place, &self.effects, &self.core);
            let from = why.from.and_then(|place| self.seen.get(place));
            let depth = from.map_or(0, |seen| seen.depth + 1);
            self.seen.push(Seen { why, is_news: self.effects.iter().any(is_news), depth });
        }
        self.told += 1;
        true
    }

    /// Stands where the input at `place` is the last that was told.
    pub fn stand_at(&mut self, place: usize) {
        let place = place.min(self.steps.len() - 1);
        if place < self.told.saturating_sub(1) {
            let copy = (place / COPIES).min(self.copies.len() - 1);
            self.core = self.copies[copy].clone();
            self.told = copy * COPIES;
        }
        while self.told <= place && self.step() {}
    }

    /// Goes on to the next input that told of a finding or an event, or back to the one before;
    /// false where there is none: it stands where it stood then.
    pub fn wind_to_news(&mut self, back: bool) -> bool {
        if back {
            let before = (0..self.at()).rev().find(|place| self.seen[*place].is_news);
            before.inspect(|place| self.stand_at(*place));
            return before.is_some();
        }
        let from = self.at();
        while self.step() {
            if self.seen[self.at()].is_news {
                return true;
            }
        }
        self.stand_at(from);
        false
    }

    /// The place that is meant.
    ///
    /// # Errors
    /// It is beyond an edge of the recording: that edge.
    pub fn place(&self, goto: Goto) -> Result<usize, Edge> {
        place::of(goto, self.now(), &self.steps)
    }

    /// An edge of the recording: its place, and the sentence that says so.
    pub fn edge(&self, edge: Edge) -> (usize, String) {
        let (place, does) = match edge {
            Edge::Begin => (0, "begins"),
            Edge::End => (self.steps.len() - 1, "ends"),
        };
        (place, format!("the recording {does} here, at {}", self.steps[place].at))
    }

    /// The picture as it is here.
    pub fn picture(&mut self) -> Arc<Snapshot> {
        self.pictures += 1;
        // Looking must leave no trace in the core.
        let mut picture = self.core.clone().view(self.now());
        picture.seq = self.pictures;
        Arc::new(picture)
    }

    /// What is told beside it.
    pub fn moment(&self, is_playing: bool, speed: Option<u32>) -> Moment {
        let step = &self.steps[self.at()];
        let (first, last) = (&self.steps[0], &self.steps[self.steps.len() - 1]);
        let recorded = step.did.as_deref();
        let differs = self.says_decisions.then(|| compare::decisions(recorded, &self.effects));
        let differs = differs.flatten().map(|what| format!("not as recorded: {what}"));
        let is_end = self.told == self.steps.len();
        let causes = self.chain();
        Moment {
            input: step.number,
            last: last.number,
            at: step.at,
            spans: (first.at, last.at),
            is_playing,
            speed,
            told: self.said(self.at()),
            decided: words::decided(&self.effects),
            earlier: self.seen[self.at()].depth.saturating_sub(causes.len()),
            causes,
            note: differs.or_else(|| self.note.clone().filter(|_| is_end)),
            word: None,
        }
    }

    /// What an input told, with what a wake-up was for.
    fn said(&self, place: usize) -> String {
        let told = words::told(&self.steps[place].input);
        match self.seen[place].why.due.as_ref() {
            Some(due) if self.steps[place].input == Input::Woke => format!("{told}: {due}"),
            _ => told,
        }
    }

    fn chain(&self) -> Vec<Cause> {
        let earlier = |place: &usize| self.seen[*place].why.from;
        let places = std::iter::successors(Some(self.at()), earlier).skip(1).take(CHAIN);
        let cause = |place: usize| {
            let step = &self.steps[place];
            Cause { input: step.number, at: step.at, told: self.said(place) }
        };
        places.map(cause).collect()
    }
}

/// Whether a person would want to look: something happened that is no routine.
fn is_news(effect: &Effect) -> bool {
    let Effect::Ledger { writes, .. } = effect else { return false };
    writes.iter().any(|write| match write {
        Write::Event(event) => event.kind != EventKind::SyncCompleted,
        _ => false,
    })
}

#[cfg(test)]
pub(super) mod tests {
    use crate::domain::policy::Policy;
    use crate::domain::time::Span;
    use crate::store::Recorder;

    use super::*;

    const INPUTS: u64 = 3 * COPIES as u64 / 2;

    /// A run that looks at its ledger again and again, and cannot read it.
    fn recorded(dir: &Path) -> std::path::PathBuf {
        let mut recorder = Recorder::create(dir, 1 << 24);
        let mut core = Core::new();
        for n in 0..INPUTS {
            let input = match n {
                0 => Input::Started(Box::new(Policy::unread())),
                _ if n % 5 == 3 => Input::BooksFailed(format!("locked {n}")),
                _ => Input::Woke,
            };
            let (at, mut effects) = (Time(1_000_000) + Span(400 * n), Vec::new());
            recorder.record(at, core.shown(), &input);
            core.step(at, input, &mut effects);
            recorder.decided(&effects);
            recorder.flush(at, &core);
        }
        drop(recorder);
        recorder::runs(dir).unwrap().remove(0)
    }

    pub fn deck() -> Deck {
        let dir = tempfile::tempdir().unwrap();
        Deck::open(&recorded(dir.path()), &AtomicBool::new(false)).unwrap()
    }

    fn shown(deck: &mut Deck) -> (Snapshot, Moment) {
        let picture = deck.picture();
        (Snapshot { seq: 0, ..(*picture).clone() }, deck.moment(false, None))
    }

    #[test]
    fn damage_is_known_at_once_and_what_is_stopped_reads_no_further() {
        let dir = tempfile::tempdir().unwrap();
        let path = recorded(dir.path());
        let bytes = std::fs::read(&path).unwrap();
        let damage = |bytes: &[u8]| {
            std::fs::write(&path, bytes).unwrap();
            Deck::open(&path, &AtomicBool::new(false)).unwrap().damage()
        };
        assert_eq!(damage(&bytes), None);
        assert_eq!(damage(&bytes[..bytes.len() / 2]), None);
        let mut flipped = bytes.clone();
        flipped[bytes.len() / 2] ^= 0x10;
        let [whole, short] = damage(&flipped).unwrap();
        assert!(whole.contains("is damaged after input"), "{whole}");
        assert!(short.starts_with("damaged after input") && short.len() < 70, "{short}");
        let stopped = Deck::open(&path, &AtomicBool::new(true));
        assert!(stopped.unwrap_err().starts_with("stopped before"));
    }

    #[test]
    fn on_the_way_back_everything_is_as_it_was_on_the_way_there() {
        let mut deck = deck();
        let mut there = vec![shown(&mut deck)];
        while deck.step() {
            there.push(shown(&mut deck));
        }
        assert_eq!(there.len() as u64, INPUTS);
        assert!(there.iter().all(|(_, moment)| moment.note.is_none()));
        for place in (0..there.len()).rev().step_by(37) {
            deck.stand_at(place);
            assert_eq!(shown(&mut deck), there[place], "at {place}");
        }
    }

    #[test]
    fn where_there_is_no_more_news_it_stands_where_it_stood() {
        let mut deck = deck();
        deck.stand_at(usize::MAX);
        for place in [7, 300] {
            deck.seen[place].is_news = true;
        }
        deck.stand_at(2);
        let mut wound = |back| (deck.wind_to_news(back), deck.at());
        assert_eq!([false, false, false].map(&mut wound), [(true, 7), (true, 300), (false, 300)]);
        assert_eq!([true, true].map(&mut wound), [(true, 7), (false, 7)]);
    }

    #[test]
    fn a_place_is_found_by_number_time_and_way() {
        let mut deck = deck();
        assert_eq!(deck.place(Goto::Input(5)), Ok(4));
        assert_eq!(deck.place(Goto::By(4_000)), Ok(10));
        // 1,000 s after midnight it began: 00:16:40.
        assert_eq!(deck.place(Goto::Clock(1_004_000)), Ok(10));
        assert_eq!(deck.place(Goto::At(Time(1_004_399))), Ok(10));
        deck.stand_at(usize::MAX);
        assert_eq!(deck.at() as u64, INPUTS - 1);
        assert_eq!(deck.place(Goto::By(-2_000)), Ok(deck.at() - 5));
        assert_eq!(deck.moment(false, None).percent(), 100);
    }

    #[test]
    fn an_answer_of_the_ledger_is_told_with_what_asked_for_it() {
        let mut deck = deck();
        deck.stand_at(3);
        let moment = deck.moment(false, None);
        assert_eq!(moment.told, "ledger not readable: locked 3");
        let causes: Vec<_> = moment.causes.iter().map(|cause| cause.input).collect();
        assert_eq!(causes, [1], "the start asked for it");
        while deck.step() && deck.seen[deck.at()].why.due.is_none() {}
        let moment = deck.moment(false, None);
        assert_eq!(moment.told, "the time has come: the ledger is to be tried again");
        let causes: Vec<_> = moment.causes.iter().map(|cause| cause.input).collect();
        assert_eq!(causes, [4, 1], "the failure wanted it");
    }

    #[test]
    fn causes_that_are_too_many_are_counted_and_go_on_at_the_last_that_is_told() {
        let mut deck = deck();
        deck.stand_at(usize::MAX);
        let whole = |deck: &Deck, from: usize| {
            let earlier = |place: &usize| deck.seen[*place].why.from;
            std::iter::successors(Some(from), earlier).count() - 1
        };
        let longest = (0..deck.steps.len()).max_by_key(|place| whole(&deck, *place)).unwrap();
        let length = whole(&deck, longest);
        assert!(length > CHAIN, "{length} are not enough to tell");
        deck.stand_at(longest);
        let moment = deck.moment(false, None);
        assert_eq!((moment.causes.len(), moment.earlier), (CHAIN, length - CHAIN));
        let last = moment.causes[CHAIN - 1].input;
        deck.stand_at(deck.place(Goto::Input(last)).unwrap());
        assert_eq!(deck.moment(false, None).causes.len(), length - CHAIN);
    }
}
