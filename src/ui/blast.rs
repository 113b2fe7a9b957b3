//! The dialogs of the upper rungs: closes of several legs, and the end of the engine.
//!
//! For: what is asked, what was shown, and what has to be typed. What was shown is what is sent:
//! numbers move on, but as soon as another leg, side or size would go, it asks again. Not for:
//! keys (`update_blast`) or how it looks (`view::blast`). Door: [`Asked::about`].

use std::collections::BTreeMap;

use crate::domain::alone::{self, Alone};
use crate::domain::amount::{Qty, Side};
use crate::domain::command::{Command, Leaving};
use crate::domain::guard::Guard;
use crate::domain::key::{AccountName, PositionKey};
use crate::domain::plan::{self, Blast, Blow, Target};
use crate::domain::snapshot::{BatchLeg, BatchView, FindingKind, LegView, Snapshot};
use crate::domain::time::{Span, Time};
use crate::ui::standing::{self, Link};
use crate::ui::words;

/// How long a close of everything can still be stopped after its Enter.
pub const COUNTDOWN: Span = Span::secs(3);

/// Closes that are under way together where everything of an account goes.
const TOGETHER: u32 = 4;

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Close these.
    Marked(Vec<PositionKey>),
    /// Close what no stop covers.
    Unprotected,
    /// Close everything of an account, and halt it.
    All(AccountName),
    /// End the engine.
    Shutdown,
}

/// Side, size, and how much of it goes or is covered.
type Pinned = (Option<Side>, Option<Qty>, Option<Qty>);

/// How far it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The reason is being typed.
    Reason,
    /// The count is being typed.
    Count,
    /// It is sent at this instant, unless a key stops it.
    Countdown(Time),
    /// It was sent, as this ask.
    Running(u64),
}

/// An open dialog of the upper rungs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// What is asked.
    pub reach: Reach,
    /// How far it has come.
    pub step: Step,
    /// Why, as typed; only a close of everything asks for it.
    pub reason: String,
    /// What was typed of the count.
    pub typed: String,
    /// What goes, in the order in which it was first shown.
    pub blast: Blast,
    /// What stays behind the engine, the worst first.
    pub stays: Vec<(PositionKey, Alone)>,
    /// The picture it was last read from.
    pub snapshot: u64,
    /// Whether what goes changed since it was asked first.
    pub is_changed: bool,
    /// Why nothing can be sent any more.
    pub refused: Option<String>,
    /// Whether it was painted since it last changed its question: keys before that are dropped.
    pub is_shown: bool,
    /// Whether a person stopped what was not sent yet.
    pub is_stopped: bool,
    /// The first leg that is in sight.
    pub top: usize,
}

impl Asked {
    /// A dialog about what `snapshot` shows.
    ///
    /// # Errors
    /// One sentence why there is nothing to ask.
    pub fn about(
        reach: Reach,
        snapshot: &Snapshot,
        now: Time,
        is_armed: bool,
    ) -> Result<Self, String> {
        let step = if matches!(reach, Reach::All(_)) { Step::Reason } else { Step::Count };
        let mut asked = Self {
            reach,
            step,
            reason: String::new(),
            typed: String::new(),
            blast: Blast::default(),
            stays: Vec::new(),
            snapshot: snapshot.seq,
            is_changed: false,
            refused: None,
            is_shown: false,
            is_stopped: false,
            top: 0,
        };
        asked.look(snapshot, now, is_armed)?;
        Ok(asked)
    }

    fn look(&mut self, snapshot: &Snapshot, now: Time, is_armed: bool) -> Result<(), String> {
        if self.reach == Reach::Shutdown {
            self.stays = stays(snapshot);
            return Ok(());
        }
        let legs = snapshot.legs.iter().filter(|leg| self.reach.means(leg, snapshot, now));
        let mut blast =
            plan::blast(legs.map(|leg| self.reach.target(leg, snapshot, now, is_armed)));
        // Prices alone do not turn the list over under somebody's eyes.
        let place = |blow: &Blow| self.blast.legs.iter().position(|was| was.key == blow.key);
        let is_same = blast.legs.len() == self.blast.legs.len()
            && blast.legs.iter().all(|blow| place(blow).is_some());
        if is_same {
            blast.legs.sort_by_cached_key(place);
        }
        let is_empty = blast.legs.is_empty();
        self.blast = blast;
        if !is_empty {
            return Ok(());
        }
        let why = self.blast.excluded.first();
        let why = why.map_or_else(String::new, |(key, why)| format!(": {} {why}", key.symbol));
        Err(match &self.reach {
            Reach::Marked(_) => format!("nothing that is marked can be closed{why}"),
            Reach::Unprotected => format!("nothing open is known to be uncovered{why}"),
            Reach::All(account) => format!("nothing in {account} can be closed{why}"),
            Reach::Shutdown => String::new(),
        })
    }

    /// Looks again: numbers move on, another set of legs asks again.
    pub fn refresh(&mut self, snapshot: &Snapshot, now: Time, is_armed: bool) {
        if let Step::Running(_) = self.step {
            return;
        }
        let before = self.pinned();
        let why = self.look(snapshot, now, is_armed).err();
        self.snapshot = snapshot.seq;
        if self.refused != why || before != self.pinned() {
            self.is_changed = true;
            self.is_shown = false;
            self.typed.clear();
            if let Step::Countdown(_) = self.step {
                self.step = Step::Count;
            }
        }
        self.refused = why;
    }

    /// What a yes means: which legs, which side and size, and how much of each goes or stays.
    fn pinned(&self) -> BTreeMap<PositionKey, Pinned> {
        let goes = self.blast.legs.iter().map(|blow| {
            let open = blow.open;
            (blow.key.clone(), (Some(open.side), Some(open.quantity), Some(blow.plan.quantity)))
        });
        let stays = self.stays.iter();
        let stays = stays.map(|(key, alone)| (key.clone(), (None, alone.open, alone.covered)));
        goes.chain(stays).collect()
    }

    /// What has to be typed; nothing where a plain `y` is enough.
    pub fn wanted(&self) -> Option<String> {
        let count = self.blast.legs.len();
        match &self.reach {
            Reach::Marked(_) | Reach::Unprotected => Some(count.to_string()),
            Reach::All(account) => Some(format!("{account} {count}")),
            Reach::Shutdown if self.stays.is_empty() => None,
            Reach::Shutdown => Some(self.stays.len().to_string()),
        }
    }

    /// How many closes may be under way together.
    pub fn at_once(&self) -> u32 {
        if matches!(self.reach, Reach::All(_)) { TOGETHER } else { 1 }
    }

    /// The command that is sent when what was asked was typed.
    pub fn command(&self) -> Option<Command> {
        if self.refused.is_some() || self.blast.legs.is_empty() {
            return None;
        }
        let legs: Vec<Leaving> =
            self.blast.legs.iter().map(|blow| blow.leaving(self.snapshot)).collect();
        let reason = match &self.reach {
            Reach::Marked(_) => "close-marked".to_owned(),
            Reach::Unprotected => "close-unprotected".to_owned(),
            Reach::All(_) => self.reason.trim().to_owned(),
            Reach::Shutdown => return None,
        };
        let halt = matches!(self.reach, Reach::All(_));
        Some(Command::CloseMany { legs, at_once: self.at_once(), halt, reason })
    }
}

impl Reach {
    /// Whether a leg is meant, be it that it goes or that it is said why not.
    fn means(&self, leg: &LegView, snapshot: &Snapshot, now: Time) -> bool {
        match self {
            Self::Marked(keys) => keys.contains(&leg.key),
            Self::Unprotected => {
                let is_covered = matches!(leg.guard.value, Guard::Covered(_));
                // A stop that was live when the venue was last heard may be gone.
                alone::stays(leg) && (!is_covered || unheard(leg, snapshot, now).is_some())
            }
            Self::All(account) => leg.key.account == *account && alone::stays(leg),
            Self::Shutdown => false,
        }
    }

    fn target(&self, leg: &LegView, snapshot: &Snapshot, now: Time, is_armed: bool) -> Target {
        let target = Target::of(leg);
        let excluded = target.excluded.clone().or_else(|| barred(leg, snapshot));
        // Everything of an account goes one rung higher anyway.
        let lifted = is_armed || matches!(self, Self::All(_));
        let excluded = excluded.or_else(|| doubtful(leg, snapshot, now).filter(|_| !lifted));
        if *self != Self::Unprotected {
            return Target { excluded, ..target };
        }
        let is_dust = leg.findings.iter().any(|f| f.kind == FindingKind::Dust);
        let uncovered = match (leg.guard.value, &target.open) {
            (Guard::Partly(covered), Some(open)) => open.quantity.minus(covered),
            _ => None,
        };
        let unfit = match leg.guard.value {
            Guard::Unknown => Some("how it is covered is not known".to_owned()),
            Guard::Covered(_) => Some(unheard(leg, snapshot, now).map_or_else(
                || "a stop covers it".to_owned(),
                |link| format!("covered when last heard, {}", words::link(link).0),
            )),
            _ if is_dust => Some("it is too small for the venue to trade".to_owned()),
            _ => None,
        };
        Target { quantity: uncovered, excluded: unfit.or(excluded), ..target }
    }
}

/// Why nothing is sent for a leg's account.
fn barred(leg: &LegView, snapshot: &Snapshot) -> Option<String> {
    let account = standing::account(snapshot, leg)?;
    match &account.lease {
        Some(lease) if !lease.is_held() => Some("this engine has no lease for it".to_owned()),
        _ if !account.gate.is_empty() => Some("nothing is sent for its account yet".to_owned()),
        _ => None,
    }
}

/// How the link of a leg's account stands, where nothing may be concluded from it.
fn unheard(leg: &LegView, snapshot: &Snapshot, now: Time) -> Option<Link> {
    let link = standing::account(snapshot, leg).map(|account| Link::of(account, now));
    link.filter(|link| link.is_doubtful())
}

/// Why what is shown of a leg may be wrong.
fn doubtful(leg: &LegView, snapshot: &Snapshot, now: Time) -> Option<String> {
    match unheard(leg, snapshot, now) {
        Some(link) => Some(format!("its venue is {}: :arm first", words::link(link).0)),
        None if !standing::is_current(leg) => {
            Some("what is open is not known any more: :arm first".to_owned())
        }
        None => None,
    }
}

/// What would stay behind the engine, the worst first.
fn stays(snapshot: &Snapshot) -> Vec<(PositionKey, Alone)> {
    let legs = snapshot.legs.iter().filter(|leg| alone::stays(leg));
    let mut stays: Vec<_> =
        legs.map(|leg| (leg.key.clone(), Alone::of(leg, snapshot.at))).collect();
    stays.sort_by_cached_key(|(key, alone)| (crate::ui::health::class(alone), key.clone()));
    stays
}

/// A close of several legs, by its ask.
pub fn batch(snapshot: &Snapshot, ask: u64) -> Option<&BatchView> {
    snapshot.batches.iter().find(|batch| batch.ask == ask)
}

/// What the row of a leg says while its turn in a close of several has not come.
pub fn waits(snapshot: &Snapshot, key: &PositionKey) -> Option<String> {
    let batches = snapshot.batches.iter().filter(|batch| batch.ended.is_none());
    batches.rev().find_map(|batch| {
        let at = batch.legs.iter().position(|(leg, _)| leg == key)?;
        let waits = batch.legs.get(at)?.1 == BatchLeg::Waiting;
        waits.then(|| format!("CLOSES {}/{}", at + 1, batch.legs.len()))
    })
}
