//! Proving that a position is gone, and explaining it by fills; its row is booked by `book`.
//!
//! Nothing here trusts one word: two complete looks, or one and a zero on the stream, and the
//! closing fills; or a complete history that has none, asked again and again before it counts.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::domain::evidence::{Absence, Account, Explanation, Exposure, Fill, Gone};
use crate::domain::key::Symbol;
use crate::domain::ledger::{DetectedBy, Row, RowStatus};
use crate::domain::teeth::{Tooth, broken};
use crate::domain::time::Span;
use crate::domain::trust::{Duty, Trust};

use crate::engine::book::book;
use crate::engine::cx::Cx;
use crate::engine::desk::CloseDesk;
use crate::engine::history::{self, EMPTY_FOR};
use crate::engine::leg::LegState;
use crate::engine::look::{self, Why};
use crate::engine::parts;
use crate::engine::quantity;
use crate::engine::reopened;
use crate::engine::signs;
use crate::engine::state::Info;
use crate::engine::trail_end;

/// How much a bot's clock may be behind the venue's when it writes `opened_at`.
const CLOCK_SLACK_MS: i64 = 2_000;

/// Moves the proof of one row on, and closes the row when it stands.
pub(super) fn advance(cx: &mut Cx, info: &mut Info, leg: &mut LegState) {
    let Some(row) = leg.row.clone() else { return };
    let proof = leg.proof();
    if proof.is_empty() || leg.saving {
        return;
    }
    if let Some(retry) = leg.save_retry.filter(|at| *at > cx.now) {
        cx.again(&leg.key, retry);
        return;
    }
    let explained = explain(info, leg, &row);
    // Its opening order may still be resting: only fills can say that it came and went.
    if explained.is_none() && row.status == RowStatus::Opening {
        return;
    }
    // The entry's own fill names a fee that belongs to the profit: it is asked for once.
    let awaits_entry = awaits_fills(cx, info, leg, &row);
    if explained.is_none() || awaits_entry {
        history::ask(cx, info, leg, &row);
    }
    if !is_enough(cx, leg, &proof) {
        let looked = leg.is_absent() || leg.absences.is_empty();
        let why = if looked { Why::Confirm } else { Why::Unsettled };
        look::want(cx, info, why);
        return;
    }
    let closing = closing(leg);
    let by_operator = closing.is_some_and(|close| close.ask.is_some());
    let by_us = closing.is_some() || leg.opening.is_some();
    let allowed = by_us || (cx.may(&info.name, Duty::ClosePhantom) && !leg.undone);
    let held = info.hold.is_some() || signs::withholds(cx, info, leg);
    let held = held && explained.is_none();
    // A rule that only proposes proves as much as one that repairs.
    let proposes = !leg.undone && cx.trust(&info.name, Duty::ClosePhantom) == Trust::Propose;
    if !allowed && !proposes || held || awaits_entry || !info.is_known() || !info.is_open() {
        return;
    }
    let account = match accounted(cx, leg, explained) {
        Ok(account) if allowed => account,
        Err(Some(why)) => {
            look::want(cx, info, why);
            return;
        }
        Ok(_) | Err(None) => return,
    };
    if let Some(gone) = Gone::prove(&proof, apart(cx), account) {
        let told = leg.replaced.zero.map(|_| DetectedBy::Stream);
        let noticed = leg.noticed.map(|(by, _)| by).or(told);
        let by = if by_operator { Some(DetectedBy::Operator) } else { noticed };
        book(cx, info, leg, &row, &gone, by.unwrap_or(DetectedBy::Sync), None);
    }
}

/// The close of ours that emptied the leg, or is about to.
pub(super) fn closing(leg: &LegState) -> Option<&CloseDesk> {
    leg.close.as_ref().filter(|close| close.failed.is_none() || close.latched)
}

/// Whether fills that belong to the row's numbers may still come: its entry's, whose fee counts,
/// or some that a stream with a gap did not tell. A complete history leaves nothing to wait for.
fn awaits_fills(cx: &Cx, info: &Info, leg: &LegState, row: &Row) -> bool {
    if leg.history.complete {
        return false;
    }
    let late = leg.history.first.is_some_and(|first| cx.now.since(first) >= EMPTY_FOR);
    history::lacks_entry(leg, row) && !late || !is_whole(info, leg, row)
}

/// Whether the fills lead from the row to what is there now. Where they do not, some are missing.
fn is_whole(info: &Info, leg: &LegState, row: &Row) -> bool {
    let changes = after_entry(info, leg, row);
    let changes = changes.iter().map(|fill| fill.change(row.side));
    let left = row.quantity.get() + changes.sum::<Decimal>();
    let there = leg.position().map_or(Decimal::ZERO, |position| {
        let size = position.quantity.get();
        if position.side == row.side { size } else { -size }
    });
    let rules = info.instruments.get(&leg.key.symbol);
    let step = rules.map_or(Decimal::ZERO, |rules| rules.step.get());
    (left - there).abs() < step || left == there
}

/// How the row is accounted for, or what look is missing for that.
fn accounted(
    cx: &Cx,
    leg: &LegState,
    explained: Option<Explanation>,
) -> Result<Account, Option<Why>> {
    match explained {
        Some(why) => Ok(Account::explained(why)),
        // Where something else is open, more looks tell nothing new: fills have to.
        None if !leg.is_absent() => Err(None),
        None if !is_absent_by_looks(cx, leg) => Err(Some(Why::Confirm)),
        None if broken(Tooth::UnexplainedAtOnce) => Ok(Account::Unpriced),
        None if !history::is_silent(leg) => Err(None),
        // The venue is looked at once more after its last silent history.
        None if !history::looked_since(leg) => Err(Some(Why::Changed)),
        None => Ok(Account::Unpriced),
    }
}

/// What would be done with the row now, in words, once all that must be proven is.
pub(super) fn proposal(cx: &Cx, info: &Info, leg: &LegState) -> Option<String> {
    let row = leg.row.as_ref()?;
    let explained = explain(info, leg, row);
    if awaits_fills(cx, info, leg, row) || !is_enough(cx, leg, &leg.proof()) {
        return None;
    }
    let Account::Explained(why) = accounted(cx, leg, explained).ok()? else {
        return Some("close the row without a price, no fill explains it".to_owned());
    };
    let exit = why.exit.get().round_dp(8).normalize();
    let pnl = (row.pnl.unwrap_or_default() + why.profit).0.round_dp(4).normalize();
    Some(format!("close the row at {exit}, pnl {pnl}, {}", why.reason.name()))
}

/// How far two looks have to be apart.
fn apart(cx: &Cx) -> Span {
    if broken(Tooth::LooksTogether) { Span(0) } else { cx.policy.confirm_interval }
}

/// How many looks have to agree.
fn wanted(cx: &Cx) -> usize {
    let wanted = if broken(Tooth::OneLook) { 1 } else { cx.policy.confirmations };
    usize::try_from(wanted).unwrap_or(usize::MAX)
}

/// Whether the looks so far prove absence: as many as the policy wants and far enough apart,
/// or one together with a zero on the stream.
pub(super) fn is_absent_enough(cx: &Cx, leg: &LegState) -> bool {
    is_absent_by_looks(cx, leg)
        || leg.is_absent()
            && leg.fading()
            && Gone::prove(&leg.absences, apart(cx), Account::Unpriced).is_some()
}

/// Whether looks alone prove absence: what no fill explains wants that much.
pub(super) fn is_absent_by_looks(cx: &Cx, leg: &LegState) -> bool {
    let sweeps = leg.absences.iter().filter(|a| matches!(a, Absence::Sweep(_)));
    let sweeps: Vec<Absence> = sweeps.copied().collect();
    let wanted = wanted(cx);
    leg.is_absent()
        && sweeps.len() >= wanted
        && Gone::prove(&sweeps, apart(cx), Account::Unpriced).is_some()
}

pub(super) fn is_enough(cx: &Cx, leg: &LegState, proof: &[Absence]) -> bool {
    if !leg.absences.is_empty() {
        return is_absent_enough(cx, leg);
    }
    let wanted = wanted(cx);
    let zero = leg.replaced.zero.is_some();
    (zero || leg.replaced.looks.len() >= wanted)
        && Gone::prove(proof, apart(cx), Account::Unpriced).is_some()
}

/// Whether the fills known so far account for all of a row.
pub(super) fn is_explained(info: &Info, leg: &LegState) -> bool {
    leg.row.as_ref().is_some_and(|row| explain(info, leg, row).is_some())
}

pub(super) fn explain(info: &Info, leg: &LegState, row: &Row) -> Option<Explanation> {
    let quote = info.quote(&leg.key.symbol);
    let exposure = exposure(info, leg, row, &quote);
    let fills = since_entry(row, leg);
    // Where the other side is open, fills must account for that too: what only opened it is no
    // close of a row that was written with the wrong side.
    if let Some(other) = leg.position().filter(|position| position.side != row.side) {
        let closing = fills.iter().filter(|fill| fill.side == row.side.closing());
        let sum: Decimal = closing.map(|fill| fill.quantity.get()).sum();
        if sum < row.quantity.get() + other.quantity.get() {
            return None;
        }
    }
    let plain = Exposure { adds: false, ..exposure.clone() };
    let why = Explanation::of(&exposure, &fills).or_else(|| Explanation::of(&plain, &fills));
    let why = why.or_else(|| by_the_newest(info, leg, row, exposure));
    why.map(|why| trail_end::cause(info, leg, why))
}

/// Where something else is in its place: the newest fills that lead from the row to that, through
/// its end. Whatever was traded before them, by then the row was right.
fn by_the_newest(
    info: &Info,
    leg: &LegState,
    row: &Row,
    exposure: Exposure<'_>,
) -> Option<Explanation> {
    if !reopened::is_in_its_place(leg) {
        return None;
    }
    let fills = quantity::ending(info, leg, row)?;
    Explanation::of(&Exposure { entered_before: true, ..exposure }, &fills)
}

fn exposure<'a>(info: &Info, leg: &LegState, row: &'a Row, quote: &'a Symbol) -> Exposure<'a> {
    Exposure {
        side: row.side,
        quantity: row.quantity,
        entry: row.entry_price,
        entry_order: row.exchange_order_id.as_ref(),
        quote,
        step: info.instruments.get(&leg.key.symbol).map(|rules| rules.step),
        entered: parts::entered(leg, row),
        flipped: leg.position().is_some_and(|position| position.side != row.side),
        adds: true,
        entered_before: row.settled_until().is_some(),
    }
}

/// The fills that changed what the row was opened with.
pub(super) fn after_entry(info: &Info, leg: &LegState, row: &Row) -> Vec<Fill> {
    let quote = info.quote(&leg.key.symbol);
    let mut fills = since_entry(row, leg);
    let entry = exposure(info, leg, row, &quote).entry_fills(&fills);
    fills.split_off(entry)
}

/// The fills that can belong to this row: from its entry on, without those already booked.
pub(super) fn since_entry(row: &Row, leg: &LegState) -> Vec<Fill> {
    let fills = &leg.fills;
    let entry = row
        .exchange_order_id
        .as_ref()
        .and_then(|id| fills.iter().position(|fill| fill.order_id == *id));
    let start = entry.unwrap_or_else(|| first_of(row, leg));
    let followed: BTreeSet<&str> = row.followed().iter().filter_map(|id| id.as_str()).collect();
    let booked = |fill: &Fill| followed.contains(fill.trade_id.as_str());
    let settled = row.settled_until();
    let counted = |fill: &Fill| {
        settled.is_some_and(|until| fill.at <= until)
            && row.exchange_order_id.as_ref() != Some(&fill.order_id)
    };
    fills[start..].iter().filter(|fill| !booked(fill) && !counted(fill)).cloned().collect()
}

/// Where a row's fills begin when its entry order is not known: when it was opened, give or take
/// a clock, but not before the end of the row before it.
fn first_of(row: &Row, leg: &LegState) -> usize {
    let opened = row.opened_at.0;
    let before = leg.last_closed.as_ref().map(|last| last.closed_at.0);
    let from = before
        .filter(|end| *end <= opened)
        .map_or(opened - CLOCK_SLACK_MS, |end| end.max(opened - CLOCK_SLACK_MS));
    let start = leg.fills.partition_point(|fill| fill.at.0 < from);
    // A fill that is just what the row says is its entry, whatever else was traded in that time.
    let said = |fill: &Fill| {
        fill.side == row.side.opening()
            && fill.at.0 <= opened + CLOCK_SLACK_MS
            && (fill.quantity, fill.price) == (row.quantity, row.entry_price)
    };
    if let Some(at) = leg.fills[start..].iter().position(said) {
        return start + at;
    }
    // Nothing is closed before it is opened: closing fills ahead of the entry's are older.
    let is_entry =
        |fill: &&Fill| fill.side == row.side.opening() && fill.at.0 <= opened + CLOCK_SLACK_MS;
    let lead = leg.fills[start..].iter().take_while(|fill| fill.side == row.side.closing());
    let lead = lead.count();
    match leg.fills.get(start + lead).as_ref().filter(|fill| is_entry(fill)) {
        Some(_) => start + lead,
        None => start,
    }
}
