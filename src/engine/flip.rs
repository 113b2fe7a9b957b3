//! A fill that crosses zero: the old row's end and the new row are one change of the ledger.
//!
//! Both are built completely before either is written; where adopting is not for the engine to do,
//! the end alone is written and what is left is an orphan at once. Not for: proving that the old
//! position is gone (`gone`). Door: [`with_rest`].

use crate::domain::event::{Event, EventKind, Severity};
use crate::domain::evidence::{Account, Crossing, Gone};
use crate::domain::journal::{Author, Repair, RepairId, Rule, Write};
use crate::domain::ledger::NewRow;
use crate::domain::plan::{self, Open, StopPlan};
use crate::domain::time::Time;
use crate::domain::trust::Duty;

use crate::engine::cx::{Cx, Saving, Then};
use crate::engine::desk::Adopting;
use crate::engine::gone;
use crate::engine::halt;
use crate::engine::leg::LegState;
use crate::engine::signs;
use crate::engine::state::Info;

/// Adds to the end of a row the row of what the same fill opened.
pub(super) fn with_rest(
    cx: &Cx,
    info: &Info,
    leg: &mut LegState,
    gone: &Gone,
    saving: Saving,
    writes: &mut Vec<Write>,
) -> Saving {
    let Account::Explained(why) = gone.account() else { return saving };
    let Some(crossing) = &why.crossing else { return saving };
    // Whoever opened it knows that it is there: nobody has to be given time to register it.
    leg.signs.flipped = true;
    let Then::Closed(closed) = saving.then.clone() else { return saving };
    let Some((row, plan)) = rest(cx, info, leg, crossing) else { return saving };
    let evidence = serde_json::json!({
        "crossing": crossing.to_json(), "venue_side": row.side, "venue_quantity": row.quantity,
    });
    let (side, quantity, entry) = (row.side, row.quantity, row.entry_price);
    let opened = Open { side, quantity, entry, mark: None };
    let repair = Repair {
        id: RepairId::of_adoption(&leg.key, opened, Some(crossing.fill.at), 0),
        rule: Rule::Adopt,
        author: Author::Engine,
        key: leg.key.clone(),
        evidence: evidence.clone(),
        at: cx.now,
    };
    let text = format!("flipped: adopted {} {} @ {}", row.side, row.quantity, row.entry_price);
    let event = Event::of(cx.now, EventKind::PositionAdopted, Severity::Warning, &leg.key)
        .saying(text.clone())
        .with(serde_json::json!({
            "evidence": evidence, "stop": plan.trigger, "repair": repair.id,
        }));
    leg.adopting = Some(Adopting { ask: None, plan, since: cx.now, booked: false });
    let told = (repair.id.clone(), format!("{}: {text}", leg.key));
    let then = Then::Flipped(closed, Box::new(row.clone()), told);
    writes.push(Write::Adopt(Box::new(row), Box::new(repair)));
    let mut events = saving.events;
    events.push(event);
    Saving { then, events, ..saving }
}

/// The row of what the fill opened and its stop, where the engine may adopt it by itself.
fn rest(cx: &Cx, info: &Info, leg: &LegState, crossing: &Crossing) -> Option<(NewRow, StopPlan)> {
    let position = leg.position()?;
    let rules = info.instruments.get(&leg.key.symbol)?;
    let free = leg.adopting.is_none() && gone::closing(leg).is_none() && !leg.declined;
    let ours = cx.may(&info.name, Duty::Adopt) && free && signs::trouble(leg).is_none();
    let ours = ours && halt::check(info).is_ok();
    // What was traded after it has moved the entry price, even where the size is the same again.
    let last = leg.fills.last().is_some_and(|fill| fill.trade_id == crossing.fill.trade_id);
    if !ours || !last || !rules.same(crossing.opened, position.quantity) {
        return None;
    }
    let (side, quantity, entry) = (position.side, position.quantity, crossing.fill.price);
    let open = Open { side, quantity, entry, mark: leg.mark_price() };
    let plan = plan::stop(open, rules, &cx.policy.protection, None).ok()?;
    let plan = plan::before_liquidation(plan, open, rules, position.liquidation);
    if open.mark.is_some_and(|mark| side.breached(plan.trigger, mark)) {
        return None;
    }
    let row = NewRow {
        key: leg.key.clone(),
        venue: info.venue,
        side,
        quantity,
        entry_price: entry,
        exchange_order_id: Some(crossing.fill.order_id.clone()),
        stop_loss_price: None,
        opened_at: Time(crossing.fill.at.0),
        settled: None,
        at: cx.now,
    };
    Some((row, plan))
}
