//! Taking stops of ours away: older ones that a better one replaces, and strays behind which
//! there is nothing. Gone is what the venue says is gone; other people's orders are not touched.

use crate::domain::client_id::ClientId;
use crate::domain::effect::Act;
use crate::domain::event::{Event, EventKind, Severity};
use crate::domain::evidence::Absence;
use crate::domain::outcome::Outcome;
use crate::domain::teeth::{Tooth, broken};
use crate::domain::time::{Span, Time};
use crate::domain::trust::Duty;

use crate::engine::cx::{Cx, Waiting};
use crate::engine::desk::Cancel;
use crate::engine::gone;
use crate::engine::held::HeldStop;
use crate::engine::leg::{Belief, LegState};
use crate::engine::look::{self, Why};
use crate::engine::place;
use crate::engine::slot;
use crate::engine::state::{Account, Info};

/// How old the answer may be on which a stop is taken away, and how long ago it was asked for: a
/// look hangs where one of its questions does, and its positions are older than its answer.
const JUST: Span = Span(500);
const RECENT: Span = Span::secs(2);
/// How long nothing is there before the stop goes where no fill and no stream says why.
const UNEXPLAINED_FOR: Span = Span::secs(30);

/// Cancels a stop of ours, once at a time.
pub(super) fn cancel(cx: &mut Cx, info: &Info, leg: &mut LegState, id: &ClientId, stray: bool) {
    let now = cx.now;
    let slot = leg.stop_desk.cancelling.entry(id.clone());
    let slot = slot.or_insert(Cancel { out: false, retry: now, failed: 0, stray });
    if slot.out {
        return;
    }
    if slot.retry > now {
        let retry = slot.retry;
        cx.again(&leg.key, retry);
        return;
    }
    slot.out = true;
    let venue_id = leg.stops.iter().find(|s| s.order.client_id == *id).map(|s| s.order.id.clone());
    let symbol = leg.key.symbol.clone();
    let act = Act::CancelStop { symbol, client_id: id.clone(), id: venue_id };
    cx.act(&info.name, act, Waiting::CancelStop(leg.key.clone(), id.clone()));
}

/// Takes the answer to cancelling a stop.
pub(super) fn cancelled(
    cx: &mut Cx,
    info: &mut Info,
    leg: &mut LegState,
    id: &ClientId,
    outcome: &Outcome<()>,
) {
    leg.touched = info.stir();
    cx.touch(&leg.key);
    let Some(slot) = leg.stop_desk.cancelling.get_mut(id) else { return };
    match outcome {
        Outcome::Done(()) => {
            let slot = *slot;
            leg.stop_desk.cancelling.remove(id);
            if let Some(at) = leg.stops.iter().position(|s| s.order.client_id == *id) {
                let stop = leg.end_stop(at);
                cleaned(cx, leg, &stop, slot);
            }
        }
        // Filled, triggered, gone or nobody knows: the venue is asked, nothing is assumed.
        Outcome::Refused(_) | Outcome::Unsure(_) => {
            slot.out = false;
            slot.retry = cx.now + Span::secs(2 << (slot.failed / 4).min(4));
            slot.failed += 1;
            place::find(cx, info, leg, id);
        }
    }
}

/// How many strays could not be taken away so far: each is tried again until it is gone.
pub(super) fn failed(account: &Account) -> u32 {
    let slots = account.legs.values().flat_map(|leg| leg.stop_desk.cancelling.values());
    let failed = slots.filter(|slot| slot.stray && slot.failed > 0).count();
    u32::try_from(failed).unwrap_or(u32::MAX)
}

/// Tells that a stop of ours was taken away. Where the one in its place has been told of, that
/// is news only if it took more than one try.
pub(super) fn cleaned(cx: &mut Cx, leg: &LegState, stop: &HeldStop, slot: Cancel) {
    let stray = slot.stray;
    if stop.superseded && !stray && slot.failed == 0 {
        return;
    }
    let (kind, reason, text) = if stray {
        (EventKind::StrayStopCleaned, "position_closed", "stop without a position taken away")
    } else {
        (EventKind::StopAmended, "superseded", "older stop taken away, a better one is live")
    };
    let event =
        Event::of(cx.now, kind, Severity::Info, &leg.key).saying(text).with(serde_json::json!({
            "order_id": stop.order.id, "client_id": stop.order.client_id,
            "order_type": "stop_market", "reason": reason, "trigger": stop.order.trigger,
        }));
    cx.tell(event);
}

/// Takes away stops of ours on a leg that is proven to hold nothing.
pub(super) fn clean_strays(cx: &mut Cx, info: &mut Info, leg: &mut LegState) {
    let holds = leg.position().is_some() || leg.row.is_some() || leg.saving;
    let busy = leg.close.as_ref().is_some_and(|close| close.sent.is_some());
    if holds || busy || leg.adopting.is_some() || leg.opening.is_some() {
        for stop in &mut leg.stops {
            stop.stray_since = None;
        }
        return;
    }
    for stop in leg.stops.iter_mut().filter(|s| s.order.ours() && !s.order.on_position) {
        stop.stray_since.get_or_insert(cx.now);
    }
    let ours: Vec<ClientId> = leg
        .stops
        .iter()
        .filter(|s| s.order.ours() && !s.order.on_position && !s.missing)
        .map(|s| s.order.client_id.clone())
        .collect();
    if ours.is_empty() && slot::held(leg).is_none() || broken(Tooth::KeepStops) {
        return;
    }
    let ended = leg.ended && !leg.unexplained && gone::is_absent_enough(cx, leg);
    let ended = ended || leg.is_absent() && broken(Tooth::StrayAtOnce);
    if !ended && !is_denied(cx, leg) {
        match first_look(leg).filter(|_| is_unaccounted(leg)) {
            Some(first) => cx.again(&leg.key, first + UNEXPLAINED_FOR),
            None => look::want(cx, info, Why::Confirm),
        }
        return;
    }
    slot::leaves(cx, leg);
    // A list from which most rows are missing at once is not believed about stops either.
    if info.hold.is_some() || !info.is_open() {
        return;
    }
    if !cx.may(&info.name, Duty::CleanStops) && !leg.tidy {
        return;
    }
    let now = cx.now;
    let waits = |id: &ClientId| {
        leg.stop_desk.cancelling.get(id).is_some_and(|slot| slot.out || slot.retry > now)
    };
    if !ours.iter().all(waits) && !was_just_absent(cx, info, leg) {
        look::want(cx, info, Why::Changed);
        return;
    }
    for id in ours {
        cancel(cx, info, leg, &id, true);
    }
}

/// Whether this process saw it open, or no fill explained its row: then looks alone say it went.
fn is_unaccounted(leg: &LegState) -> bool {
    leg.unexplained || leg.vanished
}

/// Whether looks agree that nothing is there. Where nobody but they say that it went, they do so
/// for long: a stop is worth more than its place in a list that may be short, and may be short
/// again after an answer that was none.
fn is_denied(cx: &Cx, leg: &LegState) -> bool {
    let zero = leg.absences.iter().any(|absence| matches!(absence, Absence::StreamZero(_)));
    let wanted = if is_unaccounted(leg) { UNEXPLAINED_FOR } else { Span(0) };
    let long = first_look(leg).is_some_and(|first| cx.now.since(first) >= wanted);
    gone::is_absent_by_looks(cx, leg) && (zero || long)
}

/// The first look that did not find it.
fn first_look(leg: &LegState) -> Option<Time> {
    leg.absences.iter().find_map(|absence| match absence {
        Absence::Sweep(at) => Some(*at),
        Absence::StreamZero(_) => None,
    })
}

/// Whether the newest look did not find it, and that just now: since an older one something may
/// have been bought again that the stop covers.
fn was_just_absent(cx: &Cx, info: &Info, leg: &LegState) -> bool {
    info.last_look.is_some_and(|(asked, answered)| {
        let new = cx.now.since(answered) <= JUST && cx.now.since(asked) <= RECENT;
        leg.there == Belief::Absent(asked) && new
    })
}

/// Takes older stops away, once it is certain that the one to keep is enough. Says whether there
/// are any.
pub(super) fn leave_only(
    cx: &mut Cx,
    info: &mut Info,
    leg: &mut LegState,
    keep: &ClientId,
    old: &[ClientId],
) -> bool {
    if !old.is_empty() && is_seen_with(cx, info, leg, keep) {
        old.iter().for_each(|id| cancel(cx, info, leg, id, false));
    }
    !old.is_empty()
}

/// Whether the position was looked at since the stop rests that is to be the only one, and that
/// lately: it may have grown since it was sent, and then the older ones are needed. Asks for that
/// look where none is on its way.
fn is_seen_with(cx: &mut Cx, info: &mut Info, leg: &LegState, keep: &ClientId) -> bool {
    let kept = leg.stops.iter().find(|stop| stop.order.client_id == *keep);
    let since = kept.and_then(|stop| stop.since).map(|(since, _)| since);
    let (Some(since), Belief::Open { at, .. }) = (since, &leg.there) else { return false };
    let asked = info.last_look.map(|(asked, _)| asked).filter(|asked| *asked >= since);
    if *at >= since && asked.is_some_and(|asked| cx.now.since(asked) <= RECENT) {
        return true;
    }
    if info.looking.is_none() && info.is_known() {
        // The look at the stops that follows every new one does for this as well.
        let why = if asked.is_some() { Why::Changed } else { Why::Protection };
        look::want(cx, info, why);
    }
    false
}
