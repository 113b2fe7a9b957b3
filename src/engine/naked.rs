//! How long legs were uncovered: spans in the ledger, totals of the day, an event at each end.
//!
//! A span begins when a leg is judged naked or partly covered and ends when it is judged covered
//! or is gone; while nothing can be judged it goes on. Not for: judging (that is `protect`).
//! Door: [`settle`], [`Log`].

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::event::{Event, EventKind, Severity};
use crate::domain::guard::Guard;
use crate::domain::journal::Write;
use crate::domain::key::{Leg, PositionKey, Symbol};
use crate::domain::naked::{NakedSpan, NakedTotals};
use crate::domain::snapshot::FindingKind;
use crate::domain::sweep::{Look, Sweep};
use crate::domain::teeth::{Tooth, broken};
use crate::domain::time::Time;

use crate::engine::cx::Cx;
use crate::engine::findings;
use crate::engine::leg::LegState;
use crate::engine::open;
use crate::engine::pairs;
use crate::engine::state::{Account, Info};

const DAY_MS: i64 = 86_400_000;

type Place = (Symbol, Leg);

/// The spans of an account that touch the present UTC day, also of legs that are forgotten.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Log {
    #[serde(with = "pairs")]
    spans: BTreeMap<Place, Vec<NakedSpan>>,
    /// Complete looks that did not find a leg whose span an earlier run left open.
    #[serde(with = "pairs")]
    missed: BTreeMap<Place, u32>,
    /// Since when legs are uncovered, seen while only watching: whoever has the lease next writes
    /// it down, unless the holder did.
    #[serde(with = "pairs")]
    watched: BTreeMap<Place, Time>,
    day: i64,
}

/// What a leg's last judgement was, in this process.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(super) struct Judged {
    uncovered: Option<bool>,
    /// The venue denies since then the stop that was just given up.
    pub(super) denied: Option<Time>,
    /// What was told of it and has not ended.
    told: Option<FindingKind>,
}

impl Log {
    /// Takes what the ledger remembers.
    pub(super) fn learn(&mut self, span: NakedSpan) {
        let place = (span.key.symbol.clone(), span.key.leg);
        self.spans.entry(place).or_default().push(span);
    }

    /// What a lease that comes or goes leaves of it: the books say the rest.
    pub(super) fn carried_over(mut self) -> Self {
        let going = |spans: Vec<NakedSpan>| spans.into_iter().find(|span| span.ended.is_none());
        let spans = std::mem::take(&mut self.spans).into_iter();
        let open = spans.filter_map(|(place, spans)| Some((place, going(spans)?.began)));
        // What was carried over and not judged since is the older word.
        let mut watched: BTreeMap<Place, Time> = open.collect();
        watched.extend(self.watched);
        Self { watched, ..Self::default() }
    }

    /// Today's totals of a leg.
    pub(super) fn of(&self, key: &PositionKey, now: Time) -> NakedTotals {
        let spans = self.spans.get(&(key.symbol.clone(), key.leg));
        NakedTotals::of(spans.into_iter().flatten(), now)
    }

    /// Today's totals of the account.
    pub(super) fn all(&self, now: Time) -> NakedTotals {
        NakedTotals::of(self.spans.values().flatten(), now)
    }

    /// Begins a span at an instant that came to be known now. Spans never overlap.
    fn begin(&mut self, key: &PositionKey, from: Time, now: Time) -> Time {
        self.prune(now);
        let place = (key.symbol.clone(), key.leg);
        let from = self.watched.remove(&place).map_or(from, |seen| seen.min(from));
        let spans = self.spans.entry(place).or_default();
        let last = spans.iter().filter_map(|span| span.ended).max();
        let began = last.map_or(from, |last| from.max(last));
        if !spans.iter().any(|span| span.ended.is_none()) {
            spans.push(NakedSpan { key: key.clone(), began, ended: None });
        }
        began
    }

    /// Ends the span that goes on, if one does.
    fn end(&mut self, key: &PositionKey, now: Time) -> Option<NakedSpan> {
        self.prune(now);
        let place = (key.symbol.clone(), key.leg);
        self.watched.remove(&place);
        let spans = self.spans.get_mut(&place)?;
        let open = spans.iter_mut().find(|span| span.ended.is_none())?;
        open.ended = Some(now);
        Some(open.clone())
    }

    /// Drops what ended before the present day.
    fn prune(&mut self, now: Time) {
        let day = now.0.div_euclid(DAY_MS);
        if std::mem::replace(&mut self.day, day) == day {
            return;
        }
        let midnight = Time(day * DAY_MS);
        for spans in self.spans.values_mut() {
            spans.retain(|span| span.ended.is_none_or(|ended| ended > midnight));
        }
        self.spans.retain(|_, spans| !spans.is_empty());
    }
}

/// Keeps the record of naked spans in step with what was just judged. The first judgement of a
/// process ends a span that an earlier one left open, or goes on with it.
pub(super) fn settle(cx: &mut Cx, info: &mut Info, leg: &mut LegState) {
    let kind = leg.findings.iter().map(|f| f.kind).filter(|kind| kind.uncovers()).min();
    // A stop that was doubted and turned out to be gone protected nothing meanwhile.
    let from = leg.naked.denied.take().unwrap_or(cx.now);
    let size = leg.position().map(|position| position.quantity);
    let unknown = match size {
        Some(_) => leg.guard.value == Guard::Unknown,
        None => leg.naked.uncovered.is_none() && (leg.row.is_none() || !leg.is_absent()),
    };
    if unknown {
        return;
    }
    let before = leg.naked.uncovered.replace(kind.is_some());
    let key = leg.key.clone();
    if let (Some(kind), Some(size)) = (kind, size) {
        if before != Some(true) {
            let at = info.naked.begin(&key, from, cx.now);
            let quantity = match leg.guard.value {
                Guard::Partly(covered) => size.minus(covered).unwrap_or(size),
                _ => size,
            };
            let row = leg.row.as_ref().map(|row| row.id);
            let last = leg.stop_desk.last.clone();
            let cause = last.unwrap_or_else(|| "no stop on the venue".to_owned());
            cx.note(Write::NakedFrom { key, row, quantity, cause, at });
        }
        if leg.naked.told != Some(kind) {
            leg.naked.told = Some(kind);
            tell_naked(cx, info, leg, kind);
        }
        return;
    }
    if before == Some(false) {
        return;
    }
    let ended = info.naked.end(&key, cx.now);
    cx.note(Write::NakedUntil { key, at: cx.now });
    let told = leg.naked.told.take();
    // What was told when it began, here or by an earlier process, is told when it ends.
    let covered =
        matches!(leg.guard.value, Guard::Covered(_)) && (told.is_some() || before.is_none());
    if let (Some(span), Some(_), true) = (ended, size, covered) {
        tell_covered(cx, info, leg, &span, told.unwrap_or(FindingKind::Naked));
    }
}

fn tell_naked(cx: &mut Cx, info: &Info, leg: &LegState, kind: FindingKind) {
    let (severity, text) = match kind {
        _ if open::is_protecting(leg) => (Severity::Info, "just opened, its stop is on its way"),
        FindingKind::Partly => (Severity::Warning, "stops cover a part of it"),
        _ => (Severity::Critical, "no working stop on the venue"),
    };
    let mut facts = findings::facts(leg, kind, "appeared");
    let totals = add_totals(cx, info, leg, &mut facts);
    let since = totals.since.unwrap_or(cx.now);
    facts["naked_ms"] = serde_json::json!(cx.now.since(since).millis());
    let event = Event::of(cx.now, EventKind::PositionNaked, severity, &leg.key)
        .saying(text)
        .with(facts)
        .on(leg.row.as_ref().map(|row| row.id));
    if !broken(Tooth::SilentNaked) {
        cx.tell(event);
    }
}

fn tell_covered(cx: &mut Cx, info: &Info, leg: &LegState, span: &NakedSpan, kind: FindingKind) {
    let naked = cx.now.since(span.began);
    let mut facts = findings::facts(leg, kind, "ended");
    let totals = add_totals(cx, info, leg, &mut facts);
    facts["naked_ms"] = serde_json::json!(naked.millis());
    let text = format!("covered again after {naked}, {} in all today", totals.total);
    let event = Event::of(cx.now, EventKind::PositionCovered, Severity::Info, &leg.key)
        .saying(text)
        .with(facts)
        .on(leg.row.as_ref().map(|row| row.id));
    cx.tell(event);
}

/// Adds today's totals of the leg to the facts of an event.
fn add_totals(cx: &Cx, info: &Info, leg: &LegState, facts: &mut serde_json::Value) -> NakedTotals {
    let totals = info.naked.of(&leg.key, cx.now);
    facts["today_ms"] = serde_json::json!(totals.total.millis());
    facts["worst_ms"] = serde_json::json!(totals.worst.millis());
    facts["spans"] = serde_json::json!(totals.spans);
    totals
}

/// Ends spans that an earlier run left open on legs of which nothing is left: no row, and looks
/// that did not find it.
pub(super) fn absent(cx: &mut Cx, account: &mut Account, sweep: &Sweep) {
    let open = |spans: &[NakedSpan]| spans.iter().any(|span| span.ended.is_none());
    let going: Vec<PositionKey> = account
        .info
        .naked
        .spans
        .values()
        .filter(|spans| open(spans))
        .filter_map(|spans| spans.first())
        .map(|span| span.key.clone())
        .collect();
    for key in going {
        let place = (key.symbol.clone(), key.leg);
        let leg = account.legs.get(&place);
        let held = leg.is_some_and(|leg| {
            leg.row.is_some() || leg.position().is_some() || leg.naked.uncovered.is_some()
        });
        if held || !matches!(sweep.look(&key.symbol, key.leg), Look::NotHere) {
            account.info.naked.missed.remove(&place);
            continue;
        }
        let missed = account.info.naked.missed.entry(place.clone()).or_default();
        *missed += 1;
        if *missed >= cx.policy.confirmations {
            account.info.naked.missed.remove(&place);
            account.info.naked.end(&key, cx.now);
            cx.note(Write::NakedUntil { key, at: cx.now });
        }
    }
}
