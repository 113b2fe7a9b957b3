//! The timeline of each leg: when the stream, a look and the ledger learnt what became of it.
//!
//! For: noting words that were believed, as they are believed. Not for: deciding anything; the
//! rest of the core never reads it. Door: [`streamed`], [`looked`], [`booked`], [`filled`].
//! A price costs nothing here, and a look that says what is known next to nothing.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::drift::{Drift, Holding, Source, Word};
use crate::domain::input::StreamPosition;
use crate::domain::key::{Leg, Symbol};
use crate::domain::ledger::RowStatus;
use crate::domain::snapshot::EndedLeg;
use crate::domain::time::{Span, Time, VenueTime};

use crate::engine::leg::{Belief, LegState};
use crate::engine::state::{Account, Info};

/// So many legs that are over keep their timeline.
const ENDED: usize = 64;
/// For so long what is over is shown.
const SHOWN: Span = Span::secs(24 * 3600);

/// The timelines of legs that are not held in memory any more.
pub(super) type Past = BTreeMap<(Symbol, Leg), Arc<Drift>>;

/// How an account hears its venue.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ear {
    now: Time,
    offset_ms: i64,
    deaf: bool,
}

impl Ear {
    pub(super) fn of(info: &Info, now: Time) -> Self {
        Self { now, offset_ms: info.ahead_ms(), deaf: !info.stream_is_up() }
    }

    fn word(&self, to: Holding, at: Option<VenueTime>, found: bool) -> Word {
        let Self { now, offset_ms, deaf } = *self;
        Word { to, now, at, offset_ms, deaf, found }
    }
}

/// The stream's word on a leg is believed.
pub(super) fn streamed(ear: Ear, leg: &mut LegState, open: Option<&StreamPosition>, at: VenueTime) {
    let to = open.map_or(Holding::Flat, |open| Holding::Open(open.side, open.quantity));
    told(leg, Source::Stream, &ear.word(to, Some(at), false));
}

/// A look has settled a leg; `found` in the first look of all.
pub(super) fn looked(ear: Ear, leg: &mut LegState, found: bool) {
    let (to, at) = match &leg.there {
        Belief::Open { position, .. } => {
            (Holding::Open(position.side, position.quantity), position.changed)
        }
        Belief::Absent(_) => (Holding::Flat, None),
        Belief::Unknown => return,
    };
    told(leg, Source::Rest, &ear.word(to, at, found));
}

fn told(leg: &mut LegState, source: Source, word: &Word) {
    if leg.drift.knows(source, word.to) {
        return;
    }
    let rules = leg.rules.clone();
    let drift = Arc::make_mut(&mut leg.drift);
    drift.told(source, word, &|a, b| rules.as_ref().is_some_and(|rules| rules.same(a, b)));
    drift.dated(&leg.fills);
}

/// The ledger's row is as it is in the leg now; `found` when nobody has to be told.
pub(super) fn booked(leg: &mut LegState, now: Time, found: bool) {
    // Of a row that is being opened nothing is claimed yet.
    let row = leg.row.as_ref().filter(|row| row.status != RowStatus::Opening);
    let to = row.map_or(Holding::Flat, |row| Holding::Open(row.side, row.quantity));
    if leg.drift.says(Source::Ledger) == Some(to) {
        return;
    }
    let rules = leg.rules.clone();
    let same = |a, b| rules.as_ref().is_some_and(|rules| rules.same(a, b));
    Arc::make_mut(&mut leg.drift).booked(to, now, found, &same);
}

/// Another fill of the leg is known: it may say when something happened.
pub(super) fn filled(leg: &mut LegState) {
    if leg.drift.newest().is_some() {
        Arc::make_mut(&mut leg.drift).dated(&leg.fills);
    }
}

/// Keeps the timeline of a leg that is forgotten.
pub(super) fn keep(past: &mut Past, leg: &LegState) {
    if leg.drift.newest().is_none() {
        return;
    }
    past.insert((leg.key.symbol.clone(), leg.key.leg), leg.drift.clone());
    if past.len() > ENDED {
        let oldest = past.iter().min_by_key(|(_, drift)| drift.newest());
        if let Some(place) = oldest.map(|(place, _)| place.clone()) {
            past.remove(&place);
        }
    }
}

/// The legs of an account that are over and whose end is not long ago.
pub(super) fn ended<'a>(
    account: &'a Account,
    is_shown: fn(&LegState) -> bool,
    now: Time,
) -> impl Iterator<Item = EndedLeg> + 'a {
    let info = &account.info;
    let over = account.legs.values().filter(move |leg| !is_shown(leg));
    let over = over.map(|leg| (&leg.key.symbol, leg.key.leg, &leg.drift));
    let past = account.past.iter().map(|((symbol, leg), drift)| (symbol, *leg, drift));
    let young = move |drift: &Drift| drift.newest().is_some_and(|at| now.since(at) < SHOWN);
    over.chain(past).filter(move |(.., drift)| young(drift)).map(|(symbol, leg, drift)| EndedLeg {
        key: crate::domain::key::PositionKey::new(info.name.clone(), symbol.clone(), leg),
        venue: info.venue,
        drift: drift.clone(),
    })
}
