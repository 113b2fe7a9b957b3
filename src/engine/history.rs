//! Asking the venue what was filled on a leg, and when its silence is believed.
//!
//! Not for: what the fills explain (that is `gone` and `quantity`). Door: [`ask`], [`take`].

use crate::domain::effect::Act;
use crate::domain::evidence::{Absence, History};
use crate::domain::ledger::Row;
use crate::domain::time::{Span, VenueTime};

use crate::engine::cx::{Cx, Waiting};
use crate::engine::gone;
use crate::engine::leg::LegState;
use crate::engine::reopened;
use crate::engine::state::Info;
use crate::engine::stream;

/// How far before `opened_at` history is read, for the entry's own fills.
const BEFORE_ENTRY_MS: i64 = 60_000;
/// Complete answers without an explanation before "no fill explains it" is believed.
pub(super) const EMPTY_ANSWERS: u32 = 3;
pub(super) const EMPTY_FOR: Span = Span::secs(10);
/// How often what was asked for again and again is asked for, for so many legs of an account:
/// where more of them wait, each waits longer.
const SELDOM: Span = Span::secs(30);
const AT_ONCE: u64 = 20;
/// Empty answers after which a leg is asked about seldom.
const OFTEN: u32 = 6;
/// How long history that explains all of a row is not asked for again.
const EXPLAINED_FOR: Span = Span::secs(10);

/// Whether the fill that opened the row is not known yet.
pub(super) fn lacks_entry(leg: &LegState, row: &Row) -> bool {
    let order = row.exchange_order_id.as_ref();
    order.is_some_and(|id| !leg.fills.iter().any(|fill| fill.order_id == *id))
}

/// Asks the venue what was filled, unless an answer is on its way or not due yet. Without the
/// lease nothing could be booked by it, and the question would cost the one who has it another:
/// what the venue allows belongs to the address.
pub(super) fn ask(cx: &mut Cx, info: &Info, leg: &mut LegState, row: &Row) {
    if leg.history.asking || !info.connected || !info.lease.is_held() {
        return;
    }
    if let Some(next) = leg.history.next.filter(|at| *at > cx.now) {
        cx.again(&leg.key, next);
        return;
    }
    leg.history.asking = true;
    let act = Act::History {
        symbol: leg.key.symbol.clone(),
        leg: leg.key.leg,
        since: VenueTime(row.opened_at.0.saturating_sub(BEFORE_ENTRY_MS)),
    };
    cx.act(&info.name, act, Waiting::History(leg.key.clone()));
}

/// Takes an answer about fills.
pub(super) fn take(cx: &mut Cx, info: &Info, leg: &mut LegState, history: History) {
    leg.history.asking = false;
    leg.history.answered = true;
    leg.history.complete |= history.complete;
    leg.history.first.get_or_insert(cx.now);
    let held = history.held.filter(|until| !history.complete && *until > cx.now);
    leg.history.held = held;
    for fill in history.fills {
        stream::note_fill(cx, leg, fill);
    }
    if history.complete {
        reopened::answered(cx, leg);
    }
    if leg.history.complete && gone::is_explained(info, leg) {
        // Who asks still, because a look says otherwise, waits for the next look.
        leg.history.next = Some(cx.now + EXPLAINED_FOR);
        return;
    }
    let wait = if history.complete {
        leg.history.empty += 1;
        let first = *leg.history.first_empty.get_or_insert(cx.now);
        if leg.history.empty >= EMPTY_ANSWERS && cx.now.since(first) >= EMPTY_FOR {
            leg.history.silent.get_or_insert(cx.now);
        }
        leg.history.failed = 0;
        match leg.history.empty {
            tries @ 0..=1 => Span::secs(u64::from(tries) * 2),
            // The third answer is to come when silence has lasted long enough.
            2 => Span(EMPTY_FOR.millis() - 2000),
            tries @ 3..=OFTEN => Span::secs(u64::from(tries) * 2),
            _ => Span(SELDOM.millis() * info.unexplained.div_ceil(AT_ONCE).max(1)),
        }
    } else if let Some(until) = held {
        until.since(cx.now)
    } else {
        leg.history.failed += 1;
        Span::secs(2 << (leg.history.failed / 4).min(4))
    };
    let next = cx.now + wait;
    leg.history.next = Some(next);
    cx.again(&leg.key, next);
}

/// Whether the venue's history answered completely, again and again, and explains nothing.
pub(super) fn is_silent(leg: &LegState) -> bool {
    leg.history.silent.is_some()
}

/// Whether a look after that still did not find the position.
pub(super) fn looked_since(leg: &LegState) -> bool {
    leg.absences.iter().any(|absence| match absence {
        Absence::Sweep(at) => leg.history.silent.is_some_and(|silent| *at >= silent),
        Absence::StreamZero(_) => false,
    })
}

/// Whether the leg's history was asked for so often that it is asked for seldom now.
pub(super) fn is_seldom(leg: &LegState) -> bool {
    leg.history.empty > OFTEN
}
