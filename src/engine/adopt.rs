//! Taking an orphan into the ledger, and putting a stop behind it.

use crate::domain::command::Verdict;
use crate::domain::event::{Event, EventKind, Severity};
use crate::domain::guard::Guard;
use crate::domain::journal::{Author, Repair, RepairId, Rule, Write};
use crate::domain::ledger::{NewRow, Row, RowId, RowStatus};
use crate::domain::plan::{self, StopAt, StopPlan};
use crate::domain::snapshot::FindingKind;
use crate::domain::teeth::{Tooth, broken};
use crate::domain::time::{Span, Time};
use crate::domain::trust::Duty;

use crate::engine::cx::{Cx, Saving, Then};
use crate::engine::desk::Adopting;
use crate::engine::gone;
use crate::engine::halt;
use crate::engine::latch;
use crate::engine::leg::LegState;
use crate::engine::protect;
use crate::engine::signs;
use crate::engine::state::Info;

/// How long an adoption may take until its stop is live.
const COVERED_WITHIN: Span = Span::secs(60);

/// Moves an adoption on; starts one by itself where the policy says so.
pub(super) fn advance(cx: &mut Cx, info: &mut Info, leg: &mut LegState) {
    let Some(adopting) = leg.adopting.clone() else {
        adopt_alone(cx, info, leg);
        return;
    };
    if !adopting.booked {
        return;
    }
    let name = leg.key.clone();
    if let Guard::Covered(at) = leg.guard.value
        && protect::is_as_wanted(cx, info, leg)
    {
        let better = leg.position().is_some_and(|p| p.side.protects(at, adopting.plan.trigger));
        let at = if better { at } else { adopting.plan.trigger };
        finish(cx, leg, &adopting, Verdict::Done, &format!("{name} adopted, stop at {at} is live"));
    } else if leg.position().is_none() && leg.is_absent() {
        finish(cx, leg, &adopting, Verdict::Failed, &format!("{name} adopted, then it closed"));
    } else if cx.now.since(adopting.since) >= COVERED_WITHIN {
        let why = leg.stop_desk.last.clone().unwrap_or_else(|| "no answer".to_owned());
        let text = format!("{name} adopted, but its stop is not live: {why}");
        finish(cx, leg, &adopting, Verdict::Failed, &text);
    } else {
        cx.again(&leg.key, adopting.since + COVERED_WITHIN);
    }
}

fn finish(cx: &mut Cx, leg: &mut LegState, adopting: &Adopting, verdict: Verdict, text: &str) {
    leg.adopting = None;
    leg.stop_desk.asked = None;
    if let Some(ask) = adopting.ask {
        cx.answer(ask, verdict, text);
    }
}

fn adopt_alone(cx: &mut Cx, info: &mut Info, leg: &mut LegState) {
    let orphan = leg
        .findings
        .iter()
        .filter(|f| f.kind == FindingKind::Orphan)
        .any(|f| f.looks >= cx.policy.confirmations || broken(Tooth::SkipConfirmation));
    let free = gone::closing(leg).is_none() && !leg.saving && leg.signs.claimed.is_none();
    let free = free && leg.opening.is_none() && signs::trouble(leg).is_none();
    let later = leg.save_retry.is_some_and(|at| at > cx.now);
    let ready = info.is_known() && info.is_open() && halt::check(info).is_ok();
    if !orphan || !free || later || !cx.may(&info.name, Duty::Adopt) || !ready {
        return;
    }
    if let Ok(plan) = plan_alone(cx, info, leg) {
        begin(cx, info, leg, None, plan, false);
    }
}

/// The stop of an adoption that nobody asked for, or why a person has to decide.
fn plan_alone(cx: &Cx, info: &Info, leg: &LegState) -> Result<StopPlan, String> {
    if leg.declined {
        return Err("its adoption was taken back".to_owned());
    }
    if signs::is_dust(info, leg) {
        return Err("it is too small for the venue to trade".to_owned());
    }
    let plan = plan_stop(cx, info, leg, None)?;
    let side = leg.open().map(|open| open.side);
    match side.zip(leg.mark_price()) {
        Some((side, mark)) if side.breached(plan.trigger, mark) => {
            Err(format!("the price is already through its stop at {}", plan.trigger))
        }
        _ => Ok(plan),
    }
}

/// Why an orphan that is there is not adopted without asking.
pub(super) fn obstacle(cx: &Cx, info: &Info, leg: &LegState) -> Option<String> {
    leg.position()?;
    latch::stays(leg).or_else(|| plan_alone(cx, info, leg).err())
}

/// The stop an adoption would place, or why there is none.
pub(super) fn plan_stop(
    cx: &Cx,
    info: &Info,
    leg: &LegState,
    stop: Option<StopAt>,
) -> Result<StopPlan, String> {
    let open = leg.open().ok_or("the venue names no entry price for it")?;
    let rules = info.instruments.get(&leg.key.symbol).ok_or("its instrument is not listed")?;
    let plan =
        plan::stop(open, rules, &cx.policy.protection, stop).map_err(|why| why.to_string())?;
    let liquidation = leg.position().and_then(|position| position.liquidation);
    Ok(plan::before_liquidation(plan, open, rules, liquidation))
}

/// Books the orphan; its stop follows once the row is written.
pub(super) fn begin(
    cx: &mut Cx,
    info: &Info,
    leg: &mut LegState,
    ask: Option<u64>,
    plan: StopPlan,
    named: bool,
) {
    let Some(open) = leg.open() else { return };
    let first = leg.first_seen.unwrap_or(cx.now);
    let opened = leg.position().and_then(|p| p.opened.or(p.changed));
    let opened_at = opened.map_or(first, |at| Time(at.0));
    // A person's word is a new act each time; the engine does one and the same thing only once.
    let again = if ask.is_some() { cx.now.0.unsigned_abs() } else { leg.adoptions };
    let row = NewRow {
        key: leg.key.clone(),
        venue: info.venue,
        side: open.side,
        quantity: open.quantity,
        entry_price: open.entry,
        exchange_order_id: None,
        stop_loss_price: named.then_some(plan.trigger),
        opened_at,
        settled: leg.position().and_then(|position| position.changed),
        at: cx.now,
    };
    let evidence = serde_json::json!({
        "venue_side": open.side, "venue_quantity": open.quantity, "entry_price": open.entry,
        "looks": leg.looks,
    });
    let repair = Repair {
        id: RepairId::of_adoption(&leg.key, open, opened, again),
        rule: Rule::Adopt,
        author: if ask.is_some() { Author::Operator } else { Author::Engine },
        key: leg.key.clone(),
        evidence: evidence.clone(),
        at: cx.now,
    };
    let text = format!("adopted {} {} @ {}", open.side, open.quantity, open.entry);
    let event = Event::of(cx.now, EventKind::PositionAdopted, Severity::Warning, &leg.key)
        .saying(text.clone())
        .with(serde_json::json!({
            "evidence": evidence, "stop": plan.trigger, "repair": repair.id,
        }));
    let saving = Saving {
        key: Some(leg.key.clone()),
        then: Then::Adopted(Box::new(row.clone())),
        events: vec![event],
        repair: Some((repair.id.clone(), format!("{}: {text}", leg.key))),
        ask: None,
    };
    leg.saving = true;
    leg.adopting = Some(Adopting { ask, plan, since: cx.now, booked: false });
    cx.change(saving, vec![Write::Adopt(Box::new(row), Box::new(repair))]);
}

/// A new row as the ledger holds it once it has its id.
pub(super) fn row(new: NewRow, id: RowId) -> Row {
    let evidence = new.evidence();
    Row {
        id,
        key: new.key,
        venue: new.venue,
        side: new.side,
        quantity: new.quantity,
        entry_price: new.entry_price,
        current_price: None,
        leverage: None,
        status: RowStatus::Active,
        signal_id: None,
        exchange_order_id: new.exchange_order_id,
        stop_loss_price: new.stop_loss_price,
        pnl: None,
        pnl_percentage: None,
        exit_price: None,
        exit_reason: None,
        detected_by: None,
        evidence,
        priced: false,
        opened_at: new.opened_at,
        updated_at: new.at,
        closed_at: None,
        revision: 0,
    }
}

/// The row is written: the leg is tracked from here on.
pub(super) fn booked(leg: &mut LegState, new: NewRow, id: RowId) {
    leg.is_tracked(row(new, id));
    leg.signs.flipped = false;
    if let Some(adopting) = &mut leg.adopting {
        adopting.booked = true;
        leg.signs.not_adopted = None;
        leg.stop_desk.asked = adopting.ask;
    }
}

/// The row could not be written: the orphan stays one.
pub(super) fn not_booked(cx: &mut Cx, leg: &mut LegState, why: &str) {
    // The same repair was made and taken back before: this is another one.
    let again = why.contains("this repair was made already");
    leg.adoptions += u64::from(again);
    leg.signs.not_adopted = (!again).then(|| why.to_owned());
    if let Some(adopting) = leg.adopting.take()
        && let Some(ask) = adopting.ask
    {
        cx.answer(ask, Verdict::Failed, format!("{} not adopted: {why}", leg.key));
    }
}
