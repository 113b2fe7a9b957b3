//! One leg: both sides of a position, and everything that is under way with it.
//!
//! `touched` is the leg's revision: an answer to a question asked before it is old.

use std::collections::VecDeque;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::domain::amount::{Price, Qty};
use crate::domain::drift::Drift;
use crate::domain::evidence::{Absence, Fill, Origin};
use crate::domain::guard::Guard;
use crate::domain::input::StreamPosition;
use crate::domain::instrument::Instrument;
use crate::domain::journal::Intent;
use crate::domain::key::{PositionKey, TradeId, VenueOrderId};
use crate::domain::ledger::{ClosedMark, DetectedBy, Row};
use crate::domain::plan::Open;
use crate::domain::position::VenuePosition;
use crate::domain::snapshot::Aged;
use crate::domain::time::{Span, Time, VenueTime};

use crate::engine::desk::{Adopting, CloseDesk, HistoryDesk, StopDesk};
use crate::engine::findings::Finding;
use crate::engine::forgotten::Forgotten;
use crate::engine::held::HeldStop;
use crate::engine::naked::Judged;
use crate::engine::open::OpenDesk;
use crate::engine::reopened::{self, Doubted};
use crate::engine::signs::Signs;
use crate::engine::slot::Cleared;
use crate::engine::trail::Course;

/// For how long a stream may tell no price before that of a look counts.
const QUIET: Span = Span::secs(5);

/// What the venue is believed to hold on a leg.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Belief {
    Unknown,
    Open { position: VenuePosition, at: Time },
    Absent(Time),
}

/// The last word of the user stream on a leg.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Told {
    pub(super) open: Option<StreamPosition>,
    pub(super) at: VenueTime,
    pub(super) heard: Time,
}

/// Signs that what is open now is not what the row is about.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Replaced {
    /// The stream said zero, or the other side, since the row was opened: when on the venue's
    /// clock, and when it was heard.
    pub(super) zero: Option<(VenueTime, Time)>,
    /// Complete looks that showed something newer, or the other side, in its place.
    pub(super) looks: Vec<Time>,
}

/// What a fill brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Learnt {
    New,
    Known,
    /// It says something else than the one that was told first, and for the first time.
    Disputed(Fill),
}

/// One leg, with everything known and under way.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct LegState {
    pub(super) key: PositionKey,
    /// The rules of its instrument, as the account has them.
    pub(super) rules: Option<Arc<Instrument>>,
    pub(super) row: Option<Arc<Row>>,
    pub(super) saving: bool,
    pub(super) save_retry: Option<Time>,
    pub(super) there: Belief,
    pub(super) told: Option<Told>,
    pub(super) replaced: Replaced,
    pub(super) touched: u64,
    pub(super) absences: Vec<Absence>,
    /// Its row was closed by what proves the present absence.
    pub(super) ended: bool,
    /// No fill explained the end of that row.
    #[serde(default)]
    pub(super) unexplained: bool,
    pub(super) noticed: Option<(DetectedBy, Time)>,
    pub(super) first_seen: Option<Time>,
    /// Complete looks since the present difference began, as far apart as the policy wants.
    pub(super) looks: u32,
    pub(super) counted: Option<Time>,
    pub(super) differs_since: Option<Time>,
    /// What the first of them showed, by when the venue had last changed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) differs_from: Option<VenueTime>,
    /// The end of the row's position between two looks, and when it was learnt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) end: Option<(VenueTime, Time)>,
    /// The first lists of orders were asked for before the stream told something of this leg: what
    /// rests behind it is not known.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) unlisted: bool,
    /// It was seen open by this process before it was seen absent.
    pub(super) vanished: bool,
    pub(super) fills: Vec<Fill>,
    /// Trades that were told again with other data.
    pub(super) disputed: Vec<TradeId>,
    pub(super) history: HistoryDesk,
    pub(super) findings: Vec<Finding>,
    pub(super) stops: Vec<HeldStop>,
    /// Stops that ended lately, by the venue's id.
    pub(super) ended_stops: VecDeque<VenueOrderId>,
    /// The stop that must have left with its position, though no word of it came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) left: Option<VenueOrderId>,
    pub(super) guard: Aged<Guard>,
    /// A stop fired and what it left of the position has not been told yet.
    pub(super) fired: Option<Time>,
    /// The stop on the position itself ended, and why has not been told yet.
    pub(super) cleared: Option<Cleared>,
    /// What the ledger's record of naked spans says of it.
    pub(super) naked: Judged,
    /// Stops of ours that the venue denied without a word that they ended.
    pub(super) forgotten: Forgotten,
    pub(super) mark: Option<Aged<Price>>,
    pub(super) stop_desk: StopDesk,
    pub(super) course: Course,
    pub(super) close: Option<CloseDesk>,
    pub(super) adopting: Option<Adopting>,
    /// An open under way.
    pub(super) opening: Option<Box<OpenDesk>>,
    /// The engine's repair of this row was undone: it waits for a person from then on.
    pub(super) undone: bool,
    /// Its adoption was taken back: the engine does not adopt it again by itself.
    pub(super) declined: bool,
    /// Adoptions of it that the ledger refused.
    pub(super) adoptions: u64,
    pub(super) doubted: Option<Doubted>,
    /// A person changed its size: the row follows, whatever the autonomy.
    pub(super) follow: bool,
    pub(super) last_closed: Option<ClosedMark>,
    /// What is open was opened after the last row's position ended.
    pub(super) reopened: bool,
    /// Intents of an earlier run without an outcome, and when the venue is to be asked about each;
    /// none while it is being asked.
    pub(super) unfinished: Vec<(Intent, Option<Time>)>,
    /// Our stops are to be taken away once the position is proven gone, whatever the autonomy.
    pub(super) tidy: bool,
    pub(super) row_missing: bool,
    pub(super) signs: Signs,
    /// Who learnt what became of it, and when.
    pub(super) drift: Arc<Drift>,
}

impl LegState {
    pub(super) fn new(key: PositionKey, now: Time) -> Self {
        Self {
            key,
            rules: None,
            row: None,
            saving: false,
            save_retry: None,
            there: Belief::Unknown,
            told: None,
            replaced: Replaced::default(),
            touched: 0,
            absences: Vec::new(),
            ended: false,
            unexplained: false,
            noticed: None,
            first_seen: None,
            looks: 0,
            counted: None,
            differs_since: None,
            differs_from: None,
            end: None,
            unlisted: false,
            vanished: false,
            fills: Vec::new(),
            disputed: Vec::new(),
            history: HistoryDesk::default(),
            findings: Vec::new(),
            stops: Vec::new(),
            ended_stops: VecDeque::new(),
            left: None,
            guard: Aged { value: Guard::Unknown, at: now },
            fired: None,
            cleared: None,
            naked: Judged::default(),
            forgotten: Forgotten::default(),
            mark: None,
            stop_desk: StopDesk::default(),
            course: Course::default(),
            close: None,
            adopting: None,
            opening: None,
            undone: false,
            declined: false,
            adoptions: 0,
            doubted: None,
            follow: false,
            last_closed: None,
            reopened: false,
            unfinished: Vec::new(),
            tidy: false,
            row_missing: false,
            signs: Signs::default(),
            drift: Arc::default(),
        }
    }

    /// Whether two quantities are the same on this instrument.
    pub(super) fn same(&self, a: Qty, b: Qty) -> bool {
        a == b || self.rules.as_ref().is_some_and(|rules| rules.same(a, b))
    }

    /// What the venue is believed to hold, unless the stream has said since that it is gone.
    pub(super) fn position(&self) -> Option<&VenuePosition> {
        match &self.there {
            Belief::Open { position, .. } if !self.fading() => Some(position),
            _ => None,
        }
    }

    /// The stream said zero and no look has settled it yet.
    pub(super) fn fading(&self) -> bool {
        self.absences.iter().any(|a| matches!(a, Absence::StreamZero(_)))
    }

    pub(super) fn is_absent(&self) -> bool {
        matches!(self.there, Belief::Absent(_))
    }

    /// One more look says the same, if it is far enough from the last that did.
    pub(super) fn agrees(&mut self, asked: Time, apart: Span) {
        if self.looks == 0 || self.counted.is_none_or(|at| asked.since(at) >= apart) {
            if self.looks == 0 {
                self.differs_since = Some(asked);
                self.differs_from = self.position().and_then(|position| position.changed);
            }
            self.looks += 1;
            self.counted = Some(asked);
        }
    }

    /// What is open, for plans.
    pub(super) fn open(&self) -> Option<Open> {
        let position = self.position()?;
        let entry = position.entry.or_else(|| self.row.as_ref().map(|row| row.entry_price))?;
        let mark = self.mark.map(|mark| mark.value).or(position.mark);
        Some(Open { side: position.side, quantity: position.quantity, entry, mark })
    }

    /// The price protection is judged against.
    pub(super) fn mark_price(&self) -> Option<Price> {
        self.mark.map(|mark| mark.value).or_else(|| self.position().and_then(|p| p.mark))
    }

    /// A price that a look showed counts where the stream has long told none: it tells what
    /// changed, and one change may be lost.
    pub(super) fn is_priced(&mut self, mark: Option<Price>, asked: Time) {
        let quiet = self.mark.is_some_and(|told| asked.since(told.at) >= QUIET);
        if let Some(value) = mark.filter(|_| quiet) {
            self.mark = Some(Aged { value, at: asked });
        }
    }

    /// Takes a position that was asked for by then as the truth: it ends every proof that it was
    /// gone.
    pub(super) fn is_here(&mut self, position: VenuePosition, asked: Time, now: Time) {
        if !matches!(self.there, Belief::Open { .. }) {
            self.looks = 0;
        }
        if reopened::is_new(self, &position) {
            self.looks = 0;
            reopened::begins_anew(self);
        }
        if !self.position().is_some_and(|old| old.is_as_held(&position)) {
            self.asks_history_afresh();
        }
        self.there = Belief::Open { position, at: asked };
        self.absences.clear();
        self.ended = false;
        self.unexplained = false;
        self.noticed = None;
        self.fired = self.fired.filter(|_| self.cleared.is_some());
        self.first_seen.get_or_insert(now);
    }

    /// A row of ours is written: the leg is tracked, and how an earlier row ended is over.
    pub(super) fn is_tracked(&mut self, row: Row) {
        self.row = Some(Arc::new(row));
        self.follow = false;
        self.looks = 0;
        self.ended = false;
        self.unexplained = false;
    }

    /// What has to be explained is another thing now.
    pub(super) fn asks_history_afresh(&mut self) {
        self.history = HistoryDesk { asking: self.history.asking, ..HistoryDesk::default() };
    }

    /// A row is new: what was absent before it was known proves nothing about it.
    pub(super) fn expects_afresh(&mut self) {
        if self.is_absent() {
            self.there = Belief::Unknown;
            self.absences.clear();
        }
        self.noticed = None;
        self.doubted = None;
        self.follow = false;
        self.stop_desk.tries_afresh();
        self.history = HistoryDesk::default();
        self.replaced = Replaced::default();
    }

    /// Notes a complete look that shows what cannot be the row's position any more.
    pub(super) fn note_replaced(&mut self, position: &VenuePosition, asked: Time) {
        let Some(row) = &self.row else { return };
        let newer = self
            .replaced
            .zero
            .is_some_and(|(zero, _)| position.changed.is_some_and(|changed| changed > zero))
            || self.doubted.as_ref().is_some_and(|doubted| doubted.is_proven_by(position));
        if row.side == position.side && !newer {
            self.replaced = Replaced::default();
            return;
        }
        if self.replaced.looks.len() >= 8 {
            self.replaced.looks.pop();
        }
        self.replaced.looks.push(asked);
    }

    /// The looks that prove that the row's position is gone: it was absent, or something else
    /// is there in its place.
    pub(super) fn proof(&self) -> Vec<Absence> {
        if !self.absences.is_empty() || self.replaced.looks.is_empty() {
            return self.absences.clone();
        }
        let zero = self.replaced.zero.map(|(_, heard)| Absence::StreamZero(heard));
        let looks = self.replaced.looks.iter().map(|at| Absence::Sweep(*at));
        zero.into_iter().chain(looks).collect()
    }

    /// Keeps a fill once; the first word about a trade id stands.
    pub(super) fn learn_fill(&mut self, fill: Fill) -> Learnt {
        let known = self.fills.iter_mut().find(|f| f.trade_id == fill.trade_id);
        let Some(known) = known else {
            let at =
                self.fills.partition_point(|f| (f.at, &f.trade_id) < (fill.at, &fill.trade_id));
            self.fills.insert(at, fill);
            return Learnt::New;
        };
        let same =
            (known.side, known.quantity, known.price) == (fill.side, fill.quantity, fill.price);
        if !same {
            if self.disputed.contains(&fill.trade_id) {
                return Learnt::Known;
            }
            self.disputed.push(fill.trade_id);
            return Learnt::Disputed(known.clone());
        }
        if known.client_id.is_none() {
            known.client_id = fill.client_id;
        }
        if known.origin == Origin::Unknown {
            known.origin = fill.origin;
        }
        Learnt::Known
    }

    /// Whether nothing is known or under way, so that the leg can be forgotten.
    pub(super) fn is_idle(&self, now: Time) -> bool {
        // The stream's last word outlives the position for a while: a lagging look may still
        // show what it ended.
        let told = self.told.as_ref().is_some_and(|told| now.since(told.heard) < Span::secs(60));
        !told
            && self.row.is_none()
            && !self.saving
            && self.position().is_none()
            && !matches!(self.there, Belief::Open { .. })
            && self.stops.is_empty()
            && self.close.is_none()
            && self.adopting.is_none()
            && self.opening.is_none()
            && self.findings.is_empty()
            && self.signs.foreign.is_empty()
            && self.unfinished.is_empty()
            && self.stop_desk.cancelling.is_empty()
            && self.stop_desk.sent.is_none()
    }
}
