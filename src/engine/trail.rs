//! Trailing stops: which legs have one, when it moves the stop, and what the ledger keeps of it.
//!
//! Fed with mark prices whatever fires the stops: no adapter tells last prices, and the mark
//! follows them closely. A price costs a comparison; a leg is considered only when the price
//! makes it active or makes a move worth it. A moved stop is an ordinary replacement: `protect`
//! wants the tighter of this stop and the row's. Not for: where the stop belongs (that is
//! `domain::trail`). Door: [`sees`], [`advance`], [`tightened`].

use std::collections::VecDeque;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::domain::amount::{Price, Side};
use crate::domain::event::{Event, EventKind, Severity};
use crate::domain::guard::{self, Guard};
use crate::domain::instrument::Instrument;
use crate::domain::journal::Write;
use crate::domain::ledger::{Row, RowId, RowStatus};
use crate::domain::outcome::{Refusal, RefusalKind};
use crate::domain::plan::{Open, StopPlan};
use crate::domain::snapshot::TrailView;
use crate::domain::time::{Span, Time};
use crate::domain::trail::{Seen, Trail, TrailPlan, TrailRecord, TrailState};
use crate::domain::trust::Duty;

use crate::engine::cx::Cx;
use crate::engine::desk::{self, SentStop};
use crate::engine::edit::Edit;
use crate::engine::leg::{Belief, LegState};
use crate::engine::look::{self, Why};
use crate::engine::mode;
use crate::engine::protect;
use crate::engine::reopened;
use crate::engine::state::Info;
use crate::engine::trail_end;

/// How long a move that was found too close is left alone, unless a better price comes.
const CLOSE: Span = Span::secs(30);
/// How many of its last moves a trailing stop shows.
const STEPS_KEPT: usize = 64;

/// Where a leg's stop is headed: by its trailing, and by a person's word.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Course {
    pub(super) trail: Option<TrailDesk>,
    pub(super) edit: Option<Edit>,
}

/// The trailing stop of a row, and what this process did for it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct TrailDesk {
    pub(super) row: RowId,
    pub(super) trail: Trail,
    /// When the ledger's record of it was made last.
    pub(super) written: Time,
    /// Where it wants the stop placed: it goes on in steps.
    pub(super) target: Option<Price>,
    /// Where the stop is, or will be without a move: what a move has to improve.
    have: Option<Price>,
    /// The best price behind which the stop was found too close, and when.
    spurned: Option<(Price, Time)>,
    /// Its activation is on record.
    pub(super) told: bool,
    active_since: Option<Time>,
    moves: u32,
    refused: u32,
    steps: Arc<[(Time, Price)]>,
}

impl TrailDesk {
    pub(super) fn new(row: RowId, trail: Trail, written: Time) -> Self {
        let target = trail.stop.filter(|_| trail.is_active());
        Self {
            row,
            trail,
            written,
            target,
            have: None,
            spurned: None,
            told: trail.is_active(),
            active_since: None,
            moves: 0,
            refused: 0,
            steps: Arc::new([]),
        }
    }

    /// Whether a move is worth it, and not one that was just found too close.
    fn is_due(&self, now: Time, side: Side, entry: Price, rules: &Instrument) -> bool {
        let over = |(best, at): (Price, Time)| self.trail.best != Some(best) || now >= at + CLOSE;
        self.spurned.is_none_or(over) && self.trail.is_worth(side, entry, self.have, rules)
    }
}

/// Takes a new price. Says whether the leg is to be considered because of it.
pub(super) fn sees(leg: &mut LegState, now: Time, price: Price, rules: &Instrument) -> bool {
    if leg.course.trail.is_none() {
        return false;
    }
    let Some(row) = &leg.row else { return false };
    // What it has reached is nothing that another position was held for.
    if reopened::awaits_proof(leg, now).is_some() {
        return false;
    }
    if leg.position().is_none_or(|position| position.side != row.side) {
        return false;
    }
    // One move at a time: its answer, or its retry, has the leg considered anyhow.
    let busy = leg.stop_desk.sent.is_some() || leg.stop_desk.retry.is_some();
    let Some(desk) = &mut leg.course.trail else { return false };
    match desk.trail.see(row.side, row.entry_price, price, rules) {
        Seen::Nothing => false,
        Seen::Activated => true,
        Seen::Better => !busy && desk.is_due(now, row.side, row.entry_price, rules),
    }
}

/// Begins, activates, raises and ends the trailing stop of a leg.
pub(super) fn advance(cx: &mut Cx, info: &Info, leg: &mut LegState) {
    trail_end::of_former(cx, leg);
    let Some(row) = leg.row.clone() else { return };
    begin(cx, info, leg, &row);
    let Some(rules) = info.instruments.get(&leg.key.symbol).cloned() else { return };
    let Some(open) = leg.open().filter(|open| open.side == row.side) else { return };
    let rests = reopened::awaits_proof(leg, cx.now);
    let price = last_price(leg, &row).filter(|_| rests.is_none());
    let base = protect::base(cx, leg, open, &rules).map(|plan| plan.trigger);
    let live = standing(leg, open);
    let Some(desk) = &mut leg.course.trail else { return };
    if let Some(due) = rests {
        cx.again(&leg.key, due);
    }
    if let Some(price) = price {
        desk.trail.see(row.side, row.entry_price, price, &rules);
    }
    let at = [base, live, desk.target].into_iter().flatten();
    desk.have = at.reduce(|best, at| if row.side.protects(at, best) { at } else { best });
    let due = desk.is_due(cx.now, row.side, row.entry_price, &rules);
    if let Some(at) = desk.spurned.map(|(_, at)| at + CLOSE).filter(|at| *at > cx.now) {
        cx.again(&leg.key, at);
    }
    tell_active(cx, leg, &row);
    if due && may_move(cx, info, leg, open) {
        raise(cx, leg, open);
    }
}

/// The whole stop nearest to the market, whoever put it there.
fn standing(leg: &LegState, open: Open) -> Option<Price> {
    let seen = leg.stops.iter().filter(|stop| !stop.missing).map(|stop| &stop.order);
    guard::standing(open.side, open.quantity, seen)
}

/// The newest price, unless it is older than the row.
fn last_price(leg: &LegState, row: &Row) -> Option<Price> {
    let streamed = leg.mark.filter(|mark| mark.at >= row.opened_at).map(|mark| mark.value);
    let looked = match &leg.there {
        Belief::Open { position, at } if *at >= row.opened_at => position.mark,
        _ => None,
    };
    streamed.or(looked)
}

/// A tracked leg begins to trail where the policy says so, and nobody said otherwise.
fn begin(cx: &mut Cx, info: &Info, leg: &mut LegState, row: &Row) {
    let Some(plan) = cx.policy.protection.trailing else { return };
    let here = leg.position().is_some_and(|position| position.side == row.side);
    let ready = info.is_open() && cx.may(&info.name, Duty::Protect);
    if leg.course.trail.is_none() && here && ready && row.status == RowStatus::Active {
        start(cx, leg, row.id, plan);
    }
}

/// Trails the stop of a row from here on.
pub(super) fn start(cx: &mut Cx, leg: &mut LegState, row: RowId, plan: TrailPlan) {
    leg.course.trail = Some(TrailDesk::new(row, Trail::begin(plan), cx.now));
    keep(cx, leg);
    cx.touch(&leg.key);
}

/// Writes the trailing stop down as it stands.
fn keep(cx: &mut Cx, leg: &mut LegState) {
    let Some(desk) = &mut leg.course.trail else { return };
    desk.written = cx.now;
    let (key, row, trail, at) = (leg.key.clone(), desk.row, desk.trail, cx.now);
    cx.note(Write::Trail(Box::new(TrailRecord { key, row, trail, at })));
}

fn tell_active(cx: &mut Cx, leg: &mut LegState, row: &Row) {
    let Some(desk) = leg.course.trail.as_mut().filter(|d| d.trail.is_active() && !d.told) else {
        return;
    };
    desk.told = true;
    desk.active_since = Some(cx.now);
    let (plan, best) = (desk.trail.plan, desk.trail.best);
    let at = best.map_or_else(String::new, |best| format!(" at {best}"));
    let event = Event::of(cx.now, EventKind::TrailingStopActivated, Severity::Info, &leg.key)
        .saying(format!("trailing from here on{at}: the stop keeps {} behind", plan.callback))
        .with(serde_json::json!({
            "symbol": leg.key.symbol, "position_id": row.id, "best_price": best,
            "stop_price": desk.trail.stop, "arm_at": plan.arm_at(row.side, row.entry_price),
            "activation": plan.activation, "callback": plan.callback, "step": plan.step,
        }))
        .on(Some(row.id));
    cx.tell(event);
    keep(cx, leg);
}

/// Whether a better stop may be asked for: one replacement at a time, and only behind a
/// position that is known to be there.
fn may_move(cx: &Cx, info: &Info, leg: &LegState, open: Open) -> bool {
    let ours = leg.stops.iter().filter(|stop| stop.order.ours()).count();
    let idle = leg.stop_desk.sent.is_none()
        && leg.stop_desk.retry.is_none_or(|at| at <= cx.now)
        && leg.stop_desk.cancelling.is_empty()
        && leg.unfinished.is_empty()
        && leg.course.edit.is_none();
    let here = reopened::awaits_proof(leg, cx.now).is_none();
    here && idle && ours <= 1 && leg.adopting.is_none() && protect::may_protect(cx, info, leg, open)
}

/// Wants the stop where it belongs by now, unless the price has come back to there.
fn raise(cx: &mut Cx, leg: &mut LegState, open: Open) {
    let mark = leg.mark_price();
    let Some(desk) = &mut leg.course.trail else { return };
    let Some(stop) = desk.trail.stop else { return };
    if mark.is_none_or(|mark| open.side.breached(stop, mark)) {
        return;
    }
    desk.target = Some(stop);
    desk.spurned = None;
    keep(cx, leg);
}

/// The stop a leg should have when its trailing stop wants it nearer than its row.
pub(super) fn tightened(cx: &Cx, leg: &LegState, plan: StopPlan, open: Open) -> Option<StopPlan> {
    let desk = leg.course.trail.as_ref().filter(|desk| desk.trail.is_active())?;
    if reopened::awaits_proof(leg, cx.now).is_some() {
        return None;
    }
    let row = leg.row.as_ref().filter(|row| row.id == desk.row && row.side == open.side)?;
    let trigger = desk.target.filter(|at| !row.side.protects(plan.trigger, *at))?;
    let profit_at_stop = open.side.profit(row.entry_price, trigger, plan.quantity);
    Some(StopPlan { trigger, profit_at_stop, ..plan })
}

/// Where the trailing stop holds a leg's stop.
pub(super) fn target(leg: &LegState) -> Option<Price> {
    leg.course.trail.as_ref().filter(|desk| desk.trail.is_active())?.target
}

/// A move of it is live.
pub(super) fn moved(cx: &Cx, leg: &mut LegState, sent: &SentStop) {
    let Some(desk) = leg.course.trail.as_mut().filter(|_| sent.trailing) else { return };
    desk.moves += 1;
    let skip = (desk.steps.len() + 1).saturating_sub(STEPS_KEPT);
    let mut steps: VecDeque<_> = desk.steps.iter().skip(skip).copied().collect();
    steps.push_back((cx.now, sent.plan.trigger));
    desk.steps = steps.into_iter().collect();
}

/// The price came back before the stop was sent, or while it was on its way: the older stop is
/// live. The next better price brings another, or a while in which it stays clear of this one.
pub(super) fn falls_back(cx: &mut Cx, leg: &mut LegState) {
    let live = leg.open().and_then(|open| standing(leg, open));
    let Some(desk) = &mut leg.course.trail else { return };
    desk.target = live;
    desk.spurned = desk.trail.best.map(|best| (best, cx.now));
    cx.touch(&leg.key);
}

/// Takes a refusal of a move of it: the older stop stays, so nothing is uncovered and nothing
/// is to be closed. Says whether it was one.
pub(super) fn spurned(
    cx: &mut Cx,
    info: &mut Info,
    leg: &mut LegState,
    sent: &SentStop,
    why: &Refusal,
) -> bool {
    if !sent.trailing || !matches!(leg.guard.value, Guard::Covered(_)) {
        return false;
    }
    let Some(desk) = &mut leg.course.trail else { return false };
    desk.refused += 1;
    if why.kind == RefusalKind::WouldTrigger {
        falls_back(cx, leg);
        return true;
    }
    leg.stop_desk.refusals += 1;
    let tries = leg.stop_desk.refusals;
    let retry = desk::retry_at(cx.now, why.kind, tries);
    leg.stop_desk.retry = Some(retry);
    cx.again(&leg.key, retry);
    let at = sent.plan.trigger;
    let text = format!("move of the stop to {at} refused: {why} (try {tries})");
    leg.stop_desk.last = Some(text.clone());
    if tries == 1 {
        let event = Event::of(cx.now, EventKind::StopRejected, Severity::Warning, &leg.key)
            .saying(text)
            .with(serde_json::json!({
                "client_id": sent.client_id, "trigger": at, "code": why.code, "why": why.text,
                "try": tries, "stays": sent.replaces,
            }))
            .on(leg.row.as_ref().map(|row| row.id));
        cx.tell(event);
    }
    match why.kind {
        RefusalKind::Mode => mode::doubt(cx, info),
        RefusalKind::NothingToReduce => look::want(cx, info, Why::Changed),
        _ => {}
    }
    true
}

/// A person's word on how the stop of a row trails; none to leave the stop where it is.
pub(super) fn put(
    cx: &mut Cx,
    leg: &mut LegState,
    row: &Row,
    plan: Option<TrailPlan>,
    rules: &Instrument,
) {
    let known = leg.course.trail.take().filter(|desk| desk.row == row.id);
    let Some(plan) = plan else {
        leg.course.trail = known.clone();
        let event = trail_end::removal(cx, leg, "operator", None);
        let off = Trail { state: TrailState::Off, ..Trail::begin(TrailPlan::usual()) };
        let trail = known.map_or(off, |desk| Trail { state: TrailState::Off, ..desk.trail });
        leg.course.trail = Some(TrailDesk::new(row.id, trail, cx.now));
        if let Some(event) = event {
            cx.tell(event);
        }
        keep(cx, leg);
        return;
    };
    match known.filter(|desk| desk.trail.state != TrailState::Off) {
        Some(mut desk) => {
            desk.trail.by(plan, row.side, rules);
            leg.course.trail = Some(desk);
            keep(cx, leg);
        }
        None => start(cx, leg, row.id, plan),
    }
    cx.touch(&leg.key);
}

/// Whether the leg trails at all, now or once the price is there.
pub(super) fn trails(leg: &LegState) -> bool {
    leg.course.trail.as_ref().is_some_and(|desk| desk.trail.state != TrailState::Off)
}

/// The trailing stop for the screen.
pub(super) fn view(leg: &LegState, rules: Option<&Instrument>) -> Option<TrailView> {
    let desk = leg.course.trail.as_ref().filter(|d| d.trail.state != TrailState::Off)?;
    let row = leg.row.as_ref().filter(|row| row.id == desk.row)?;
    let plan = desk.trail.plan;
    Some(TrailView {
        trail: desk.trail,
        arm_at: plan.arm_at(row.side, row.entry_price)?,
        active_since: desk.active_since,
        moves: desk.moves,
        refused: desk.refused,
        step: plan.least(row.entry_price, rules?),
        steps: desk.steps.clone(),
    })
}
