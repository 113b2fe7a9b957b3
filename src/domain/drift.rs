//! Who knew what, and when: the last changes of a leg, as the venue, the user stream, the looks
//! and the ledger had them.
//!
//! For: a person who asks when each of them learnt that something was gone. Not for: deciding
//! anything: nothing is concluded from it. How it reads is in `timeline`.
//! Door: [`Drift::told`], [`Drift::booked`], [`Drift::dated`].

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use crate::domain::amount::{OrderSide, Qty, Side};
use crate::domain::evidence::Fill;
use crate::domain::time::{Time, VenueTime};

/// So many changes of a leg are kept.
const KEPT: usize = 16;
/// Our clock and a venue's, set against each other, are believed to within this, in milliseconds.
const CLOCK_SLACK: i64 = 1000;

/// What a source takes a leg to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Holding {
    /// Nothing.
    Flat,
    /// A position.
    Open(Side, Qty),
}

/// Who knows something of a leg.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// The user stream.
    Stream,
    /// The answers to looks.
    Rest,
    /// The ledger.
    Ledger,
}

impl Source {
    /// Every source, in the order of the columns.
    pub const ALL: [Self; 3] = [Self::Stream, Self::Rest, Self::Ledger];

    /// The word on the screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Stream => "stream",
            Self::Rest => "REST",
            Self::Ledger => "ledger",
        }
    }

    fn at(self) -> usize {
        match self {
            Self::Stream => 0,
            Self::Rest => 1,
            Self::Ledger => 2,
        }
    }
}

/// What an instant on the venue's clock was read from, the least exact first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StampedBy {
    /// The instant of change that an answer names: something else may have touched the position
    /// since.
    Answer,
    /// The execution that made the change.
    Fill,
    /// The stream's own word on the position.
    Stream,
}

/// When something happened, by the venue's own clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// As the venue stamped it.
    pub at: VenueTime,
    /// How far our clock was ahead of the venue's, in milliseconds.
    pub offset_ms: i64,
    /// What says so.
    pub by: StampedBy,
}

impl Stamp {
    /// The same instant on our clock.
    pub fn ours(&self) -> Time {
        Time(self.at.0.saturating_add(self.offset_ms))
    }
}

/// One change of a leg.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// What it holds since.
    pub to: Holding,
    /// It was so when this process first read or looked: when each learnt it is not known.
    pub found: bool,
    /// When the venue says it happened.
    pub venue: Option<Stamp>,
    /// The stream was not up when the venue's other voice told it.
    pub deaf: bool,
    learnt: [Option<Time>; 3],
}

impl Change {
    /// When a source learnt it.
    pub fn learnt(&self, source: Source) -> Option<Time> {
        self.learnt[source.at()]
    }

    /// Whether the venue itself said it, by either of its voices. What only a row says is a
    /// claim.
    pub fn is_venues(&self) -> bool {
        self.learnt[0].or(self.learnt[1]).is_some()
    }

    /// Who learnt it first.
    pub fn first(&self) -> Option<(Time, Source)> {
        let known = Source::ALL.into_iter().filter_map(|s| Some((self.learnt(s)?, s)));
        known.min()
    }

    /// When it happened, on our clock: as the venue says, else when the first learnt it.
    pub fn began(&self) -> Option<Time> {
        let stamp = self.venue.filter(|_| !self.found).map(|stamp| stamp.ours());
        stamp.or_else(|| self.first().map(|(at, _)| at))
    }
}

/// What one of the venue's voices says of a leg.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// What the leg holds.
    pub to: Holding,
    /// When we heard it.
    pub now: Time,
    /// When the venue says that it became so.
    pub at: Option<VenueTime>,
    /// How far our clock is ahead of the venue's, in milliseconds.
    pub offset_ms: i64,
    /// Whether the stream is down.
    pub deaf: bool,
    /// Whether this process only began to know the account.
    pub found: bool,
}

/// The last changes of a leg, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drift {
    changes: VecDeque<Change>,
    says: [Option<Holding>; 3],
    offset_ms: i64,
    /// So many older changes were let go. Not written while it is nothing: what was recorded
    /// before it was counted stays as it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    dropped: Option<u64>,
}

/// Whether two sizes are the same on an instrument.
pub type Same<'a> = &'a dyn Fn(Qty, Qty) -> bool;

fn alike(a: Holding, b: Holding, same: Same<'_>) -> bool {
    match (a, b) {
        (Holding::Open(side, a), Holding::Open(other, b)) => {
            side == other && (a == b || same(a, b))
        }
        (a, b) => a == b,
    }
}

impl Drift {
    /// The changes that are kept, oldest first.
    pub fn changes(&self) -> impl DoubleEndedIterator<Item = &Change> + ExactSizeIterator {
        self.changes.iter()
    }

    /// How many changes before those are not kept any more.
    pub fn dropped(&self) -> u64 {
        self.dropped.unwrap_or(0)
    }

    /// What a source last said.
    pub fn says(&self, source: Source) -> Option<Holding> {
        self.says[source.at()]
    }

    /// When the newest change happened.
    pub fn newest(&self) -> Option<Time> {
        self.changes.back().and_then(Change::began)
    }

    /// Whether a word of one of the venue's voices says nothing that is not noted.
    pub fn knows(&self, source: Source, to: Holding) -> bool {
        let noted = match self.spoken().find(|at| self.changes[*at].to == to) {
            Some(at) => self.changes[at].learnt(source).is_some(),
            None => to == Holding::Flat && self.changes.is_empty(),
        };
        noted && self.says(source) == Some(to)
    }

    /// Takes what the stream or a look says.
    pub fn told(&mut self, source: Source, word: &Word, same: Same<'_>) {
        self.says[source.at()] = Some(word.to);
        self.offset_ms = word.offset_ms;
        if let Some(at) = self.spoken().find(|at| alike(self.changes[*at].to, word.to, same)) {
            return self.mark(at, source, word);
        }
        if word.to == Holding::Flat && self.changes.is_empty() {
            return;
        }
        let found = word.found && self.changes.is_empty();
        let change = Change { to: word.to, found, venue: None, deaf: word.deaf, learnt: [None; 3] };
        self.push(change);
        self.mark(self.changes.len() - 1, source, word);
    }

    fn mark(&mut self, at: usize, source: Source, word: &Word) {
        let before = self.changes.iter().take(at).rev().find_map(|change| change.venue);
        let Some(change) = self.changes.get_mut(at) else { return };
        if !change.is_venues() {
            change.deaf = word.deaf;
        }
        change.learnt[source.at()].get_or_insert(word.now);
        let by = if source == Source::Stream { StampedBy::Stream } else { StampedBy::Answer };
        let newer = |at: &VenueTime| before.is_none_or(|before| before.at < *at);
        if let Some(at) = word.at.filter(newer)
            && change.venue.is_none_or(|stamp| stamp.by < by)
        {
            change.venue = Some(Stamp { at, offset_ms: word.offset_ms, by });
        }
    }

    /// Takes what the ledger says; `found` when it said so before this process began to read it.
    pub fn booked(&mut self, to: Holding, now: Time, found: bool, same: Same<'_>) {
        let before = self.says[Source::Ledger.at()].replace(to);
        if before.is_some_and(|before| alike(before, to, same)) {
            return;
        }
        let known = self.changes.iter().rposition(|c| c.learnt(Source::Ledger).is_some());
        let open = known.map_or(0, |at| at + 1)..self.changes.len();
        if let Some(at) = open.rev().find(|at| alike(self.changes[*at].to, to, same)) {
            self.changes[at].learnt[Source::Ledger.at()] = Some(now);
            return;
        }
        if to == Holding::Flat && self.changes.is_empty() {
            return;
        }
        let found = found && self.changes.is_empty();
        let mut change = Change { to, found, venue: None, deaf: false, learnt: [None; 3] };
        change.learnt[Source::Ledger.at()] = Some(now);
        self.push(change);
    }

    /// Reads from the fills when changes happened that no word of the stream dates.
    pub fn dated(&mut self, fills: &[Fill]) {
        for at in 0..self.changes.len() {
            let stamp = self.stamp_of(at, fills);
            if let Some(stamp) = stamp {
                self.changes[at].venue = Some(stamp);
            }
        }
    }

    fn stamp_of(&self, at: usize, fills: &[Fill]) -> Option<Stamp> {
        let change = &self.changes[at];
        let stream = change.venue.is_some_and(|stamp| stamp.by == StampedBy::Stream);
        if stream || change.found || !change.is_venues() {
            return None;
        }
        let before = at.checked_sub(1).map(|at| &self.changes[at]);
        let side = made_by(before.map_or(Holding::Flat, |before| before.to), change.to)?;
        let from = before.and_then(|before| before.venue).map_or(i64::MIN, |stamp| stamp.at.0);
        let (first, _) = change.first()?;
        let until = first.0.saturating_sub(self.offset_ms).saturating_add(CLOCK_SLACK);
        let fits = |fill: &&Fill| fill.side == side && fill.at.0 >= from && fill.at.0 <= until;
        let at = fills.iter().filter(fits).map(|fill| fill.at).max()?;
        Some(Stamp { at, offset_ms: self.offset_ms, by: StampedBy::Fill })
    }

    fn push(&mut self, change: Change) {
        if self.changes.len() >= KEPT {
            self.changes.pop_front();
            self.dropped = Some(self.dropped().saturating_add(1));
        }
        self.changes.push_back(change);
    }

    /// Whether this is what the venue said last.
    pub(super) fn is_newest_of_venue(&self, change: &Change) -> bool {
        self.of_venue().is_some_and(|at| std::ptr::eq(&self.changes[at], change))
    }

    /// What the venue said last, and before it, newest first, what a row has said since: the venue
    /// may say the same later, or again of another.
    fn spoken(&self) -> impl Iterator<Item = usize> + use<> {
        (self.of_venue().unwrap_or(0)..self.changes.len()).rev()
    }

    fn of_venue(&self) -> Option<usize> {
        self.changes.iter().rposition(Change::is_venues)
    }
}

/// Which way the execution went that made one holding of another.
fn made_by(from: Holding, to: Holding) -> Option<OrderSide> {
    match (from, to) {
        (Holding::Flat, Holding::Flat) => None,
        (Holding::Flat, Holding::Open(side, _)) => Some(side.opening()),
        (Holding::Open(side, _), Holding::Flat) => Some(side.closing()),
        (Holding::Open(was, a), Holding::Open(is, b)) if was == is && b < a => Some(is.closing()),
        (Holding::Open(..), Holding::Open(is, _)) => Some(is.opening()),
    }
}
