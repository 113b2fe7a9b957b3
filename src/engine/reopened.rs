//! Closed and opened again unseen, on the same side: nothing else differs, or only the size, and
//! yet the row's position is gone.
//!
//! A venue that names the holding, or says when it last changed it, gives it away; whether it was
//! so is for the fills to decide. If they go through zero, `gone` books the row's own end and what
//! is open now is nobody's yet. What is certainly another begins anew. Door: [`suspect`],
//! [`advance`], [`begins_anew`].

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::domain::ledger::Row;
use crate::domain::position::VenuePosition;
use crate::domain::time::{Span, Time, VenueTime};

use crate::engine::cx::Cx;
use crate::engine::gone;
use crate::engine::history::{self, EMPTY_ANSWERS, EMPTY_FOR};
use crate::engine::leg::{Belief, LegState};
use crate::engine::look::{self, Why};
use crate::engine::quantity;
use crate::engine::state::Info;

/// How much later than its row a position may have been opened: bots write what they mean to do.
const SLACK: Span = Span::secs(60);
/// The same where the venue names the instant: less is a bot's clock. Between the two only fills
/// that begin with an entry tell a reopening from what ended before the row's own entry.
const NAMED_SLACK: Span = Span::secs(1);
/// The end of a row whose place another position has taken is proven within this, or not by itself.
const PROVEN_WITHIN: Span = Span::secs(30);
/// How old a row may be to be doubted for a change that nobody saw: one page of history.
const RECENT: Span = Span::secs(7 * 24 * 3600);

/// A holding that may not be the one the row is about.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Doubted {
    /// What the venue knows it by: when it was opened, or when it last changed.
    stamp: VenueTime,
    /// Until when it was the row's for certain: older fills say nothing.
    since: VenueTime,
    /// Complete histories without a word of it, and when the first of them came.
    silent: u32,
    first: Option<Time>,
    /// The fills went through zero.
    proven: bool,
}

impl Doubted {
    /// Whether a position is the new one, now that the fills have told.
    pub(super) fn is_proven_by(&self, position: &VenuePosition) -> bool {
        self.proven && stamp(position).is_some_and(|at| at >= self.stamp)
    }

    /// The history has answered completely and often enough: it is the same holding.
    fn is_settled(&self, now: Time) -> bool {
        let long = self.first.is_some_and(|first| now.since(first) >= EMPTY_FOR);
        self.silent >= EMPTY_ANSWERS && long
    }
}

fn stamp(position: &VenuePosition) -> Option<VenueTime> {
    position.opened.or(position.changed)
}

/// Whether a position that is about to be believed is certainly not the one that was: another side
/// or name, or open again after the stream said that nothing is there.
pub(super) fn is_new(leg: &LegState, position: &VenuePosition) -> bool {
    let Belief::Open { position: old, .. } = &leg.there else { return false };
    let since_zero = leg.told.as_ref().is_some_and(|told| {
        told.open.is_some() || position.changed.is_none_or(|changed| changed > told.at)
    });
    old.is_certainly_not(position) || leg.fading() && since_zero
}

/// What was open here before is over: what was decided about it, what was refused to it and since
/// when it was seen is not about what is opened next.
pub(super) fn begins_anew(leg: &mut LegState) {
    leg.first_seen = None;
    leg.declined = false;
    leg.reopened = false;
    leg.signs.flipped = false;
    leg.signs.not_adopted = None;
    leg.stop_desk.tries_afresh();
}

/// Whether what is open is known not to be what the row is about, whose end is being proven.
pub(super) fn is_in_its_place(leg: &LegState) -> bool {
    let known = leg.replaced.zero.is_some() || !leg.replaced.looks.is_empty();
    leg.row.is_some() && leg.position().is_some() && known
}

/// Until when the end of the row's position may still be proven, where something else is open in
/// its place: nothing that was reached or asked for before is about that. Nothing later: then the
/// row stands for what is there.
pub(super) fn awaits_proof(leg: &LegState, now: Time) -> Option<Time> {
    let heard = leg.replaced.zero.map(|(_, heard)| heard);
    let learnt = heard.or_else(|| leg.replaced.looks.first().copied())?;
    Some(learnt + PROVEN_WITHIN).filter(|due| is_in_its_place(leg) && now < *due)
}

/// Doubts a position that the venue shows as it was and knows by another stamp. To be asked
/// before the new position is believed.
pub(super) fn suspect(leg: &mut LegState, position: &VenuePosition) {
    let (Some(row), Some(stamp)) = (leg.row.clone(), stamp(position)) else { return };
    let same = row.quantity == position.quantity;
    if row.side != position.side || !same && position.opened.is_none() {
        return;
    }
    let known = leg.doubted.as_ref().is_some_and(|doubted| doubted.stamp == stamp);
    if !known && is_another(leg, &row, position) {
        let since = certain(leg, &row, position);
        leg.doubted = Some(Doubted { stamp, since, silent: 0, first: None, proven: false });
    }
}

/// Until when the venue's position was the row's: as it was last seen, or when the row was written.
fn certain(leg: &LegState, row: &Row, now: &VenuePosition) -> VenueTime {
    let seen = match &leg.there {
        Belief::Open { position, .. } if !is_named_alike(position, now) => {
            position.changed.or(position.opened)
        }
        _ => None,
    };
    seen.unwrap_or(VenueTime(row.opened_at.max(row.updated_at).0))
}

fn is_another(leg: &LegState, row: &Row, position: &VenuePosition) -> bool {
    let Belief::Open { position: old, .. } = &leg.there else { return is_later(row, position) };
    if old.side != position.side {
        return false;
    }
    if old.opened.is_some() && position.opened.is_some() {
        // What an incomplete look showed first, or what was there before the row, says nothing.
        return !is_named_alike(old, position) || is_later(row, position);
    }
    let untold = leg.told.as_ref().is_none_or(|told| position.changed > Some(told.at));
    old.quantity == position.quantity && position.changed > old.changed && untold
}

fn is_named_alike(old: &VenuePosition, new: &VenuePosition) -> bool {
    new.opened.is_some() && old.opened == new.opened
}

/// At first sight: opened well after the row, or changed since in a way the row does not know.
/// A row that was written after that is about what is there now.
fn is_later(row: &Row, position: &VenuePosition) -> bool {
    let after = |at: VenueTime| Time(at.0).since(row.opened_at.max(row.updated_at));
    match position.opened {
        Some(at) => after(at) > NAMED_SLACK,
        None => position
            .changed
            .map(after)
            .is_some_and(|late| late > SLACK && late < RECENT && row.followed().is_empty()),
    }
}

/// Whether a holding is in doubt of which no complete history has come yet: its size says nothing.
pub(super) fn is_pending(leg: &LegState) -> bool {
    leg.doubted.as_ref().is_some_and(|doubted| doubted.silent == 0)
}

/// A complete history has come.
pub(super) fn answered(cx: &Cx, leg: &mut LegState) {
    if let Some(doubted) = &mut leg.doubted {
        doubted.silent += 1;
        doubted.first.get_or_insert(cx.now);
    }
}

/// Asks the fills what became of the row's position.
pub(super) fn advance(cx: &mut Cx, info: &mut Info, leg: &mut LegState) {
    let Some(doubted) = leg.doubted.clone() else { return };
    let Some(row) = leg.row.clone() else { return };
    if doubted.proven || leg.saving {
        return;
    }
    let Some(held) = leg.position().map(|position| position.quantity) else { return };
    let changed = held.get() - row.quantity.get();
    let written = row.opened_at.max(row.updated_at);
    let begins =
        || gone::since_entry(&row, leg).first().is_some_and(|f| f.side == row.side.opening());
    // What was adopted as the venue showed it has its entry behind it.
    let adopted = row.settled_until().is_some();
    let told = adopted || Time(doubted.stamp.0).since(written) > SLACK || begins();
    if told && crosses(info, leg, &row, doubted.since, changed) {
        leg.doubted = Some(Doubted { proven: true, ..doubted });
        look::want(cx, info, Why::Changed);
        return;
    }
    if !doubted.is_settled(cx.now) {
        history::ask(cx, info, leg, &row);
    }
}

/// Whether fills that change the size as it has changed went through zero.
fn crosses(info: &Info, leg: &LegState, row: &Row, since: VenueTime, changed: Decimal) -> bool {
    let step = info.instruments.get(&leg.key.symbol).map(|rules| rules.step.get());
    let mut fills = gone::since_entry(row, leg);
    fills.retain(|fill| fill.at > since);
    let mut sum = Decimal::ZERO;
    fills.iter().enumerate().rev().any(|(at, fill)| {
        sum += fill.change(row.side);
        let off = (sum - changed).abs();
        let same = step.map_or(off.is_zero(), |step| off < step);
        same && quantity::crosses_zero(row, &fills[at..])
    })
}
