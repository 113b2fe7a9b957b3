//! A close that did not go through at once: it waits for room at the venue, or it failed.
//!
//! What was not sent because of a request limit goes again until it can; what failed without
//! being proven flat stays visible until it is, until what is there turns out to be another one, or
//! until a person tries again. Door: [`waits`], [`failed`], [`abort`].

use crate::domain::command::Verdict;
use crate::domain::outcome::{Refusal, RefusalKind};
use crate::domain::time::{Span, Time, VenueTime};

use crate::engine::close::{self, FLAT_WITHIN};
use crate::engine::cx::Cx;
use crate::engine::desk::CloseDesk;
use crate::engine::leg::LegState;

/// How long what was not sent waits where nobody named an instant.
const WAIT: Span = Span::secs(2);
/// How long a venue that is overloaded is left alone.
const BUSY: Span = Span::secs(1);
/// What came back unsent does not go again in the same moment.
const SHORTEST: Span = Span(100);
/// How long a close that the venue refused is shown.
const SHOWN: Span = Span::secs(60);

/// Whether a refusal only means that there was no room for the request.
pub(super) fn is_for_now(why: &Refusal) -> bool {
    matches!(why.kind, RefusalKind::Limited(_) | RefusalKind::Local | RefusalKind::Busy)
}

/// Puts an order back that was not carried out; it goes again when there is room.
pub(super) fn waits(cx: &mut Cx, leg: &mut LegState, why: &Refusal) {
    let Some(close) = &mut leg.close else { return };
    if let Some(sent) = close.sent.take() {
        close.queue.push_front(sent.quantity);
    }
    let (until, text) = match why.kind {
        RefusalKind::Limited(until) => {
            let until = until.unwrap_or(cx.now + WAIT).max(cx.now + SHORTEST);
            (until, format!("waits for the venue's limit until {}", until.clock()))
        }
        RefusalKind::Busy => (cx.now + BUSY, format!("the venue is busy, goes again: {why}")),
        _ => (cx.now + WAIT, format!("not sent, goes again: {why}")),
    };
    close.waits = Some((until, text));
    cx.again(&leg.key, until);
}

/// Whether the next order may go now. What was closed meanwhile and opened again is another
/// position: nothing of this close is for that one.
pub(super) fn may_go(cx: &mut Cx, leg: &mut LegState, close: &CloseDesk) -> bool {
    let side = leg.position().map(|position| position.side.closing());
    if side == Some(close.plan.side) && is_another(leg, close.began, close.changed) {
        close::fail(cx, leg, "it was closed and opened again meanwhile; nothing more was sent");
        return false;
    }
    let Some(close) = &mut leg.close else { return false };
    let Some((until, _)) = close.waits else { return true };
    if until <= cx.now {
        close.waits = None;
        return true;
    }
    cx.again(&leg.key, until);
    false
}

/// Stays with a close that failed at that instant.
pub(super) fn failed(cx: &mut Cx, leg: &mut LegState, at: Time) {
    let latched = leg.close.as_ref().is_some_and(|close| close.latched);
    if latched {
        let ends = |close| close::is_finished(cx, leg, close) || is_over(leg, close);
        if leg.close.as_ref().is_some_and(ends) {
            leg.close = None;
            leg.tidy = true;
            cx.touch(&leg.key);
        }
        return;
    }
    let until = at + SHOWN;
    if cx.now >= until {
        leg.close = None;
    } else {
        cx.again(&leg.key, until);
    }
}

/// Whether all that was to be closed is filled, its row has ended or there was none, and what is
/// there was first seen after the leg was empty: that one is nobody's to close.
pub(super) fn is_over(leg: &LegState, close: &CloseDesk) -> bool {
    let filled = close.sent.is_none() && close.queue.is_empty() && close.cut.is_none();
    let ended = leg.row.is_none() && !leg.saving && leg.opening.is_none();
    close.plan.whole && filled && ended && is_opened_since(leg, close.began)
}

/// Whether what is there was first seen after the leg was empty, and that since then.
pub(super) fn is_opened_since(leg: &LegState, then: Time) -> bool {
    leg.first_seen.is_some_and(|at| at > then)
}

/// Whether what is there is not what was there then, with the venue's stamp that it had. A look
/// may leave out for once what never went.
pub(super) fn is_another(leg: &LegState, then: Time, stamp: Option<VenueTime>) -> bool {
    is_opened_since(leg, then) && (stamp.is_none() || changed(leg) != stamp)
}

/// When the venue last changed what is there.
pub(super) fn changed(leg: &LegState) -> Option<VenueTime> {
    leg.position().and_then(|position| position.changed)
}

/// Why a close stays where it is until a person tries again, if it does.
pub(super) fn stays(leg: &LegState) -> Option<String> {
    let close = leg.close.as_ref().filter(|close| close.latched)?;
    close.failed.as_ref().map(|(_, why)| format!("its close failed: {why}"))
}

/// The venue is proven flat and the ledger has not taken it yet: said once, and waited for.
pub(super) fn is_flat_unwritten(cx: &mut Cx, leg: &mut LegState) {
    let why = if cx.ledger_fault.is_some() { "the ledger" } else { "what explains its row" };
    let text = format!("{} is flat on the venue; waits for {why}", leg.key);
    let Some(close) = &mut leg.close else { return };
    let told = close.waits.replace((cx.now, text.clone())).is_some();
    if let Some(ask) = close.ask.filter(|_| !told && !close.batch) {
        cx.answer(ask, Verdict::Accepted, text);
    }
}

/// Whether a close is under way that may still do something for its leg.
pub(super) fn is_at_work(cx: &Cx, leg: &LegState) -> bool {
    let closing = leg.close.as_ref().is_some_and(|close| close.failed.is_none());
    closing && !waits_for_row(cx, leg)
}

/// Whether a close has long done all that it can, and its row is open still: what the row lacks
/// is not in its hands, and may be in a person's.
fn waits_for_row(cx: &Cx, leg: &LegState) -> bool {
    let close = leg.close.as_ref().filter(|close| close.failed.is_none() && close.sent.is_none());
    let since = close.and_then(|close| close.flat_since);
    let written = cx.ledger_fault.is_none() && !leg.saving;
    since.is_some_and(|since| cx.now >= since + FLAT_WITHIN)
        && written
        && leg.opening.is_none()
        && close::is_flat_there(cx, leg)
}

/// Drops what a close has not sent yet; what is out is followed to its end. Says whether there
/// was anything to drop.
pub(super) fn abort(cx: &mut Cx, leg: &mut LegState) -> bool {
    let Some(close) = leg.close.as_mut().filter(|close| close.failed.is_none()) else {
        return false;
    };
    if close.queue.is_empty() {
        return false;
    }
    let why = "stopped by a person before all of it was sent";
    close.queue.clear();
    close.waits = None;
    close.cut = Some(why.to_owned());
    let untouched = close.sent.is_none() && close.flat_since.is_none();
    if untouched {
        close::fail(cx, leg, why);
    }
    cx.touch(&leg.key);
    true
}
