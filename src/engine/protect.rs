//! Keeping a live stop behind every tracked leg, and taking away stops with nothing behind them.
//!
//! A covered leg never becomes uncovered by our hand: a better stop is live before the older
//! one of ours is cancelled. Other people's orders count as protection and are never touched.

use rust_decimal::Decimal;

use crate::domain::amount::{Percent, Price, Qty};
use crate::domain::client_id::{ClientId, Purpose};
use crate::domain::command::Verdict;
use crate::domain::event::{Event, EventKind, Severity};
use crate::domain::guard::{self, Guard};
use crate::domain::instrument::Instrument;
use crate::domain::ledger::RowStatus;
use crate::domain::order::TriggerBy;
use crate::domain::plan::{self, Open, StopAt, StopPlan};
use crate::domain::policy::OnBreach;
use crate::domain::position::VenuePosition;
use crate::domain::snapshot::Aged;
use crate::domain::teeth::{Tooth, broken};
use crate::domain::time::Span;
use crate::domain::trust::Duty;

use crate::engine::cancel;
use crate::engine::close;
use crate::engine::cx::Cx;
use crate::engine::desk::StopDesk;
use crate::engine::edit;
use crate::engine::held::HeldStop;
use crate::engine::latch;
use crate::engine::leg::LegState;
use crate::engine::open;
use crate::engine::place;
use crate::engine::reopened;
use crate::engine::retype;
use crate::engine::signs;
use crate::engine::state::Info;
use crate::engine::trail;

/// Refusals because the price is through the stop, before `on_breach` decides.
pub(super) const BREACH_TRIES: u32 = 5;
/// How long a venue may deny knowing an order before we believe it (Binance document, 6.2).
pub(super) const DENIED_FOR: Span = Span::secs(5);

/// How long after a stop fired the position as it was is not called naked.
const FIRED_FOR: Span = Span(1500);

/// Judges how well the leg is covered, from what is known of the venue's orders.
pub(super) fn judge(cx: &mut Cx, info: &Info, leg: &mut LegState) {
    leg.date_stops(cx.now);
    let fired = leg.fired.map(|at| at + FIRED_FOR).filter(|until| *until > cx.now);
    if let Some(until) = fired {
        cx.again(&leg.key, until);
    }
    let value = match (leg.position(), info.orders_known) {
        _ if fired.is_some() => Guard::Unknown,
        (Some(position), Some(_)) => coverage(position, leg),
        _ => Guard::Unknown,
    };
    // A stop that travels with the entry is there with the fill, and told a moment later.
    let attached = open::awaits_stop(leg, cx.now).filter(|until| *until > cx.now);
    let value = match (value, attached) {
        (Guard::Naked, Some(until)) => {
            cx.again(&leg.key, until);
            Guard::Unknown
        }
        (value, _) => value,
    };
    if leg.guard.value != value {
        leg.guard = Aged { value, at: cx.now };
    }
}

fn coverage(position: &VenuePosition, leg: &LegState) -> Guard {
    let stops = &leg.stops;
    let listed = stops.iter().filter(|s| !s.missing).map(|s| &s.order);
    match guard::judge(position, leg.mark_price(), listed) {
        covered @ Guard::Covered(_) => covered,
        _ if leg.unlisted => Guard::Unknown,
        // A stop of ours that is missing from the list is asked for before it is called lost.
        _ if stops.iter().any(|s| s.missing) => Guard::Unknown,
        judged => judged,
    }
}

/// Moves the leg's protection on by one act at most.
pub(super) fn advance(cx: &mut Cx, info: &mut Info, leg: &mut LegState) {
    lapse(cx, leg);
    place::ask_for_missing(cx, info, leg);
    if let Some(sent) = leg.stop_desk.sent.clone() {
        place::chase(cx, info, leg, &sent);
        return;
    }
    let Some(open) = leg.open() else {
        if !leg.stop_desk.cancelling.is_empty() || leg.row.is_some() {
            return;
        }
        leg.stop_desk = StopDesk::default();
        return;
    };
    if !may_protect(cx, info, leg, open) {
        return;
    }
    let Some(instrument) = leg.rules.clone() else { return };
    let Some(want) = wanted(cx, leg, open, &instrument) else { return };
    if edit::loosen(cx, info, leg, open) {
        return;
    }
    match shortfall(leg, open, want.enough) {
        None => match retype::due(cx, leg, open, want.enough) {
            Some(quantity) => {
                let trigger = keeper(cx, leg, Some(want.enough)).map(|(_, at)| at);
                let trigger = trigger.unwrap_or(want.plan.trigger);
                let plan = StopPlan { quantity, trigger, ..want.plan };
                place::place(cx, info, leg, plan, false);
            }
            None => settled(cx, info, leg, want.enough),
        },
        Some(quantity) => replace(cx, info, leg, open, &want, quantity),
    }
}

/// Ends a person's wish for a stop where what it was for is over.
fn lapse(cx: &mut Cx, leg: &mut LegState) {
    let wish = leg.stop_desk.asked.zip(leg.stop_desk.asked_of);
    let Some((ask, (at, stamp))) = wish.filter(|_| leg.adopting.is_none()) else { return };
    let gone = leg.row.is_none() && !leg.saving || close::is_flat_there(cx, leg);
    if gone || leg.position().is_some() && latch::is_another(leg, at, stamp) {
        leg.stop_desk.asked = None;
        let text = format!("{} was closed before its stop was live", leg.key);
        cx.answer(ask, Verdict::Failed, text);
    }
}

/// Puts a stop behind a leg that lacks one, or a tighter one in the place of the one it has.
fn replace(
    cx: &mut Cx,
    info: &mut Info,
    leg: &mut LegState,
    open: Open,
    want: &Want,
    quantity: Qty,
) {
    if leg.stop_desk.dust && !signs::is_dust(info, leg) {
        leg.stop_desk.tries_afresh();
    }
    let trailing = want.row.is_some_and(|row| shortfall(leg, open, row).is_none());
    let passed = leg.mark_price().is_some_and(|at| open.side.breached(want.plan.trigger, at));
    if trailing && passed {
        trail::falls_back(cx, leg);
        return;
    }
    let hopeless = !trailing && leg.stop_desk.through >= BREACH_TRIES;
    if hopeless && breached(cx, info, leg, open, &want.plan) {
        return;
    }
    // A move while the last one is not over yet would be a third stop on the pile.
    if thins_out(cx, info, leg) {
        return;
    }
    if let Some(retry) = leg.stop_desk.retry.filter(|at| *at > cx.now) {
        cx.again(&leg.key, retry);
        return;
    }
    if broken(Tooth::CancelFirst) {
        let ours = leg.stops.iter().filter(|s| s.order.ours() && !s.order.on_position);
        let ours: Vec<ClientId> = ours.map(|s| s.order.client_id.clone()).collect();
        ours.iter().for_each(|id| cancel::cancel(cx, info, leg, id, false));
    }
    place::place(cx, info, leg, StopPlan { quantity, ..want.plan }, trailing);
}

/// The venue said again and again that the price is through the stop: `on_breach` decides.
/// Says whether nothing is to be placed now.
fn breached(cx: &mut Cx, info: &Info, leg: &mut LegState, open: Open, want: &StopPlan) -> bool {
    let mark = leg.mark_price();
    let seen = mark.is_some_and(|mark| open.side.breached(want.trigger, mark));
    if let Some(earlier) = close::may_be_under_way(cx, leg) {
        leg.stop_desk.last = Some(format!("the price is through the stop, and {earlier}"));
        cx.again(&leg.key, cx.now + Span::secs(2));
        return true;
    }
    match cx.policy.protection.on_breach {
        // The stop is that of a row that is over: nobody ever wanted this position closed there.
        _ if reopened::awaits_proof(leg, cx.now).is_some() => {
            if seen {
                let why = "the price is through the stop of what was open before";
                leg.stop_desk.last = Some(why.to_owned());
            }
            cx.again(&leg.key, cx.now + Span::secs(2));
            return seen;
        }
        OnBreach::Close => {
            // The last price is not ours to see: there the venue's word is enough.
            let by_last = cx.policy.protection.trigger == TriggerBy::Last;
            if seen || mark.is_none() || by_last {
                close_at_market(cx, info, leg, open);
                return true;
            }
        }
        OnBreach::Alert if seen => {
            leg.stop_desk.last = Some(format!("the price is through the stop at {}", want.trigger));
            cx.again(&leg.key, cx.now + Span::secs(2));
            return true;
        }
        OnBreach::Alert => {}
    }
    false
}

/// Whether only a person closes a leg whose stop cannot be placed because the price is through it.
pub(super) fn is_left_breached(cx: &Cx, leg: &LegState) -> bool {
    let alert = cx.policy.protection.on_breach == OnBreach::Alert;
    alert && leg.stop_desk.through >= BREACH_TRIES
}

/// Closes a leg whose stop cannot be placed because the price is through it (`on_breach`).
fn close_at_market(cx: &mut Cx, info: &Info, leg: &mut LegState, open: Open) {
    let Some(instrument) = info.instruments.get(&leg.key.symbol) else { return };
    let Ok(plan) = plan::close(open, instrument, Percent(Decimal::ONE_HUNDRED)) else {
        return;
    };
    let event = Event::of(cx.now, EventKind::StopRejected, Severity::Critical, &leg.key)
        .saying("the price is through the stop: closing at market (on_breach = close)")
        .on(leg.row.as_ref().map(|row| row.id));
    cx.tell(event);
    leg.stop_desk.refusals = 0;
    leg.stop_desk.through = 0;
    close::begin(cx, leg, None, Purpose::Breach, plan, open.quantity);
}

/// Whether a stop may be placed or moved now: never behind what is not known to be there.
pub(super) fn may_protect(cx: &Cx, info: &Info, leg: &LegState, open: Open) -> bool {
    let side = match (&leg.row, &leg.opening) {
        (Some(row), _) if row.status == RowStatus::Closing => return false,
        (Some(row), _) => row.side,
        (None, Some(desk)) => desk.plan.side,
        (None, None) => return false,
    };
    // Who opened it asked for its stop.
    let asked = leg.stop_desk.asked.is_some() || edit::is_asked(leg) || leg.opening.is_some();
    let allowed = asked || cx.may(&info.name, Duty::Protect);
    let attached = open::awaits_stop(leg, cx.now).is_some_and(|until| cx.now < until);
    let heard = info.is_open() && (info.is_known() || info.stream_is_up());
    allowed
        && heard
        && side == open.side
        && !attached
        && leg.close.as_ref().is_none_or(|close| close.failed.is_some())
        && leg.guard.value != Guard::Unknown
}

/// The stop a leg should have, and the weakest trigger that is left alone: the wanted one, or
/// where that would lie beyond liquidation, any that fires before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Want {
    pub(super) plan: StopPlan,
    enough: Price,
    /// What its row asks for, where its trailing stop asks for more.
    row: Option<Price>,
}

/// The stop a tracked leg should have: its row's, else the policy's distance from entry; or
/// where its trailing stop is by now, if that is tighter.
pub(super) fn wanted(cx: &Cx, leg: &LegState, open: Open, rules: &Instrument) -> Option<Want> {
    let plan = base(cx, leg, open, rules)?;
    let trailed = trail::tightened(cx, leg, plan, open);
    let want = |plan: StopPlan| {
        let liquidation = leg.position().and_then(|position| position.liquidation);
        let moved = plan::before_liquidation(plan, open, rules, liquidation);
        let enough = liquidation.filter(|_| moved.trigger != plan.trigger);
        (moved, enough.unwrap_or(plan.trigger))
    };
    let (plan, enough, row) = match (want(plan), trailed.map(want)) {
        ((_, row), Some((plan, enough))) => (plan, enough, Some(row)),
        ((plan, enough), None) => (plan, enough, None),
    };
    Some(Want { plan, enough, row })
}

/// What the row or the policy asks for, without trailing.
pub(super) fn base(cx: &Cx, leg: &LegState, open: Open, rules: &Instrument) -> Option<StopPlan> {
    let (entry, at) = match &leg.row {
        Some(row) => (row.entry_price, row.stop_loss_price.map(StopAt::Price)),
        None => open::stop_of(leg, open.entry).map(|(entry, at)| (entry, Some(at)))?,
    };
    plan::stop(Open { entry, ..open }, rules, &cx.policy.protection, at).ok()
}

/// Whether a stop protects this position, at least as well as wanted.
fn is_good(leg: &LegState, position: &VenuePosition, stop: &HeldStop, want: Option<Price>) -> bool {
    // One of ours that the venue took is not placed again because the mark ran past it.
    let mark = leg.mark_price().filter(|_| !stop.order.ours());
    guard::counts(position, mark, &stop.order)
        && stop.order.trigger.is_some_and(|at| want.is_none_or(|w| position.side.protects(at, w)))
}

/// Whether nothing is left to do for the leg's stop: as good as wanted, one of ours at most.
pub(super) fn is_as_wanted(cx: &Cx, info: &Info, leg: &LegState) -> bool {
    let (Some(open), Some(rules)) = (leg.open(), info.instruments.get(&leg.key.symbol)) else {
        return false;
    };
    let Some(want) = wanted(cx, leg, open, rules) else { return true };
    let ours = leg.stops.iter().filter(|stop| stop.order.ours()).count();
    ours <= 1 && shortfall(leg, open, want.enough).is_none()
}

/// How much of the leg no stop at least as good as the wanted one covers. A grown position is
/// covered again as a whole by one stop of ours, so that stops do not pile up.
fn shortfall(leg: &LegState, open: Open, want: Price) -> Option<Qty> {
    let position = leg.position()?;
    let good = |stop: &&HeldStop| is_good(leg, position, stop, Some(want));
    let size = |stop: &HeldStop| stop.order.quantity.map_or(open.quantity.get(), Qty::get);
    let foreign: Decimal =
        leg.stops.iter().filter(good).filter(|s| !s.order.ours()).map(size).sum();
    let need = Qty::new(open.quantity.get() - foreign).ok()?;
    let best = leg.stops.iter().filter(good).filter(|s| s.order.ours()).map(size).max();
    if best.is_some_and(|ours| ours >= need.get()) { None } else { Some(need) }
}

/// The leg is covered as wanted: older stops of ours go, and whoever asked is told.
fn settled(cx: &mut Cx, info: &mut Info, leg: &mut LegState, want: Price) {
    if let Some((keep, _)) = keeper(cx, leg, Some(want)) {
        leave_only(cx, info, leg, &keep);
    }
    leg.stop_desk.refusals = 0;
    leg.stop_desk.through = 0;
    leg.stop_desk.retry = None;
    leg.stop_desk.began = None;
    if leg.adopting.is_none()
        && let Some(ask) = leg.stop_desk.asked.take()
    {
        let at = match leg.guard.value {
            Guard::Covered(at) => format!("{} is covered, stop at {at}", leg.key),
            _ => format!("{} is covered", leg.key),
        };
        cx.answer(ask, Verdict::Done, at);
    }
}

/// Takes away the stops of ours that another one has taken the place of.
fn leave_only(cx: &mut Cx, info: &mut Info, leg: &mut LegState, keep: &ClientId) -> bool {
    // What another holdfast put there is not taken away in a fight over it.
    if info.second.is_some() {
        return false;
    }
    let old: Vec<ClientId> = leg
        .stops
        .iter()
        .filter(|s| s.order.ours() && !s.order.on_position && !s.missing)
        .filter(|s| *keep != s.order.client_id)
        .map(|s| s.order.client_id.clone())
        .collect();
    cancel::leave_only(cx, info, leg, keep, &old)
}

/// Takes away all but the best of several stops of ours that each cover everything. Says whether
/// there are several still.
fn thins_out(cx: &mut Cx, info: &mut Info, leg: &mut LegState) -> bool {
    keeper(cx, leg, None).is_some_and(|(keep, _)| leave_only(cx, info, leg, &keep))
}

/// The stop of ours that alone is enough, the tightest of them; where it has to be as good as
/// wanted, one that the right price fires comes first.
fn keeper(cx: &Cx, leg: &LegState, want: Option<Price>) -> Option<(ClientId, Price)> {
    let position = leg.position()?;
    let by = cx.policy.protection.trigger;
    let mut best: Option<(&HeldStop, Price)> = None;
    for stop in leg.stops.iter().filter(|s| s.order.ours() && !s.missing) {
        let Some(trigger) = stop.order.trigger else { continue };
        let whole = stop.order.quantity.is_none_or(|q| q >= position.quantity);
        let better = |(other, at): (&HeldStop, Price)| {
            let right = |stop: &HeldStop| want.is_none() || retype::is_right(stop, by);
            let (right, other) = (right(stop), right(other));
            if right == other { position.side.protects(trigger, at) } else { right }
        };
        if whole && is_good(leg, position, stop, want) && best.is_none_or(better) {
            best = Some((stop, trigger));
        }
    }
    best.map(|(stop, at)| (stop.order.client_id.clone(), at))
}
