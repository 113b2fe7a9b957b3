//! Letting a row follow the venue's size, when fills explain the whole difference.

use rust_decimal::Decimal;

use crate::domain::event::{Event, EventKind, Severity};
use crate::domain::evidence::Fill;
use crate::domain::journal::{Author, Repair, RepairId, Rule, Write};
use crate::domain::ledger::{OpenRow, Row, RowStatus};
use crate::domain::position::VenuePosition;
use crate::domain::snapshot::FindingKind;
use crate::domain::teeth::{Tooth, broken};
use crate::domain::time::VenueTime;
use crate::domain::trust::Duty;

use crate::engine::cx::{Cx, Saving, Then};
use crate::engine::desk::CloseDesk;
use crate::engine::gone;
use crate::engine::history;
use crate::engine::leg::LegState;
use crate::engine::look::{self, Why};
use crate::engine::parts::{self, Part};
use crate::engine::reopened;
use crate::engine::resolve::Word;
use crate::engine::signs;
use crate::engine::state::Info;

/// Proposes the venue's size for the row, with the fills that explain it as evidence.
pub(super) fn advance(cx: &mut Cx, info: &mut Info, leg: &mut LegState) {
    if !leg.findings.iter().any(|f| f.kind == FindingKind::Quantity) {
        return;
    }
    let (Some(row), Some(position)) = (leg.row.clone(), leg.position().cloned()) else { return };
    let later = leg.save_retry.is_some_and(|at| at > cx.now);
    let doubted = reopened::is_pending(leg) && !leg.follow;
    if leg.saving || later || doubted || signs::trouble(leg).is_some() {
        return;
    }
    let Some(fills) = explain(info, leg, &row, &position) else {
        history::ask(cx, info, leg, &row);
        return;
    };
    let confirmed = leg.looks >= cx.policy.confirmations || broken(Tooth::SkipConfirmation);
    if !info.is_known() || !info.is_open() || !confirmed {
        return;
    }
    if let Some(end) = to_zero(&row, &fills).and_then(<[Fill]>::last) {
        another_is_there(cx, info, leg, end.at);
        return;
    }
    let by_us = leg.follow || selling(leg).is_some_and(|close| !close.plan.whole);
    if by_us || (cx.may(&info.name, Duty::FollowQuantity) && !leg.undone) {
        follow(cx, info, leg, &row, &position, &fills, None);
    }
}

/// The close that sells of it. One of which nothing was sold is no word on what others sell while
/// it is shown.
fn selling(leg: &LegState) -> Option<&CloseDesk> {
    leg.close.as_ref().filter(|close| close.failed.is_none() || close.cut.is_some())
}

/// It was closed and opened again unseen: the row's own end is booked or proposed, by `gone`,
/// whether sizes are followed or not. Looks from before that was learnt, at what the venue had
/// changed last before that end, saw what it ended.
fn another_is_there(cx: &mut Cx, info: &mut Info, leg: &mut LegState, ended: VenueTime) {
    let known = leg.end.filter(|(end, _)| *end == ended);
    let (_, learnt) = *leg.end.insert(known.unwrap_or((ended, cx.now)));
    let older = leg.differs_from.is_none_or(|first| first < ended);
    if older && leg.differs_since.is_some_and(|asked| asked < learnt) {
        leg.looks = 0;
        look::want(cx, info, Why::Confirm);
    } else if leg.replaced.looks.is_empty() {
        leg.replaced.looks.extend(leg.differs_since.into_iter().chain(leg.counted));
        cx.again(&leg.key, cx.now);
    }
}

/// Whether the size differs because what the row is about was closed and something else opened
/// since: then the row ends and does not follow.
pub(super) fn is_another(info: &Info, leg: &LegState) -> bool {
    leg.row.as_ref().is_some_and(|row| ending(info, leg, row).is_some())
}

/// The fills that lead from a row to what is there now by way of nothing, as far as they left
/// nothing of the row.
pub(super) fn ending(info: &Info, leg: &LegState, row: &Row) -> Option<Vec<Fill>> {
    let position = leg.position().filter(|position| position.side == row.side)?;
    to_zero(row, &explain(info, leg, row, position)?).map(<[Fill]>::to_vec)
}

/// What would be done with the row now, in words, where fills explain the whole difference.
pub(super) fn proposal(info: &Info, leg: &LegState) -> Option<String> {
    let (row, position) = (leg.row.as_ref()?, leg.position()?);
    let fills = explain(info, leg, row, position)?;
    let part = Part::of(row, &fills, &info.quote(&leg.key.symbol));
    let part = part.map_or_else(String::new, |part| format!(", {}", part.sentence()));
    Some(format!("let the row follow: {} -> {}{part}", row.quantity, position.quantity))
}

/// Lets the row follow on a person's word, with the fills that explain it or without.
pub(super) fn decide(
    cx: &mut Cx,
    info: &mut Info,
    leg: &mut LegState,
    row: &Row,
    word: &Word,
) -> Result<String, String> {
    let (position, fills) = decided(cx, info, leg, row)?;
    follow(cx, info, leg, row, &position, &fills, Some(word));
    let (from, to) = (row.quantity, position.quantity);
    Ok(format!("{}: the row goes from {from} to {to}: {}", leg.key, word.decision.reason))
}

/// The row as a person's word would let it follow now.
pub(super) fn offer(
    cx: &Cx,
    info: &Info,
    leg: &LegState,
    row: &Row,
    word: &Word,
) -> Result<Row, String> {
    let (position, fills) = decided(cx, info, leg, row)?;
    let part = Part::of(row, &fills, &info.quote(&leg.key.symbol));
    Ok(image(cx, row, &position, &fills, part.as_ref(), Some(word)))
}

fn decided(
    cx: &Cx,
    info: &Info,
    leg: &LegState,
    row: &Row,
) -> Result<(VenuePosition, Vec<Fill>), String> {
    let confirmed = leg
        .findings
        .iter()
        .any(|f| f.kind == FindingKind::Quantity && f.looks >= cx.policy.confirmations);
    let Some(position) = leg.position().cloned().filter(|_| confirmed) else {
        return Err(format!("refused: looks have not confirmed yet what {} holds", leg.key));
    };
    let fills = explain(info, leg, row, &position);
    if fills.is_none() && !leg.history.answered {
        return Err(format!("refused: {} is being asked for fills, try again", info.name));
    }
    Ok((position, fills.unwrap_or_default()))
}

pub(super) fn crosses_zero(row: &Row, fills: &[Fill]) -> bool {
    to_zero(row, fills).is_some()
}

/// The fills up to the one that left nothing of what the row is about.
fn to_zero<'a>(row: &Row, fills: &'a [Fill]) -> Option<&'a [Fill]> {
    let mut left = row.quantity.get();
    let last = fills.iter().position(|fill| {
        left += fill.change(row.side);
        left <= Decimal::ZERO
    });
    fills.get(..=last?)
}

/// The newest fills whose sum is the difference: what happened since the row was right. All since
/// its entry where they lead there by way of nothing: then the newest only added to another one.
fn explain(info: &Info, leg: &LegState, row: &Row, position: &VenuePosition) -> Option<Vec<Fill>> {
    let wanted = position.quantity.get() - row.quantity.get();
    let rules = info.instruments.get(&leg.key.symbol);
    let near =
        |sum: Decimal| rules.map_or(sum == wanted, |rules| (sum - wanted).abs() < rules.step.get());
    let all = gone::after_entry(info, leg, row);
    if near(all.iter().map(|fill| fill.change(row.side)).sum()) && crosses_zero(row, &all) {
        return Some(all);
    }
    let fills = gone::since_entry(row, leg);
    let mut sum = Decimal::ZERO;
    for (at, fill) in fills.iter().enumerate().rev() {
        sum += fill.change(row.side);
        if near(sum) {
            return Some(fills[at..].to_vec());
        }
    }
    None
}

fn follow(
    cx: &mut Cx,
    info: &Info,
    leg: &mut LegState,
    row: &Row,
    position: &VenuePosition,
    fills: &[Fill],
    word: Option<&Word>,
) {
    let part = Part::of(row, fills, &info.quote(&leg.key.symbol));
    let image = image(cx, row, position, fills, part.as_ref(), word);
    let mut evidence = serde_json::json!({
        "part": part.as_ref().map(Part::to_json),
        "trades": fills.iter().map(|f| f.trade_id.as_str()).collect::<Vec<_>>(),
        "venue_quantity": position.quantity, "looks": leg.looks,
    });
    if let Some(word) = word {
        evidence["decided"] = serde_json::json!(word.decision);
    }
    let Some(open) = OpenRow::new(image.clone()) else { return };
    let by_person = leg.follow || selling(leg).is_some() || word.is_some();
    let repair = Repair {
        id: RepairId::of(Rule::FollowQuantity, &leg.key, row),
        rule: Rule::FollowQuantity,
        author: if by_person { Author::Operator } else { Author::Engine },
        key: leg.key.clone(),
        evidence: evidence.clone(),
        at: cx.now,
    };
    let text = format!("the row follows the venue: {} -> {}", row.quantity, position.quantity);
    let text = part.map_or(text.clone(), |part| format!("{text}; {}", part.sentence()));
    let event = Event::of(cx.now, EventKind::QuantityMismatch, Severity::Info, &leg.key)
        .saying(text.clone())
        .with(serde_json::json!({
            "finding": "quantity", "phase": "repaired", "from": row.quantity,
            "to": position.quantity, "evidence": evidence, "repair": repair.id,
        }))
        .on(Some(row.id));
    let saving = Saving {
        key: Some(leg.key.clone()),
        then: Then::Updated(Box::new(image)),
        events: vec![event],
        repair: Some((repair.id.clone(), format!("{}: {text}", leg.key))),
        ask: word.map(|word| word.ask),
    };
    let write =
        Write::Update { row: Box::new(open), expect: row.revision, repair: Some(Box::new(repair)) };
    leg.saving = true;
    cx.change(saving, vec![write]);
}

fn image(
    cx: &Cx,
    row: &Row,
    position: &VenuePosition,
    fills: &[Fill],
    part: Option<&Part>,
    word: Option<&Word>,
) -> Row {
    let mut image = row.clone();
    image.quantity = position.quantity;
    image.status = RowStatus::Active;
    let added = fills.iter().any(|fill| fill.side == row.side.opening());
    if added || position.quantity > row.quantity {
        image.entry_price = position.entry.unwrap_or(row.entry_price);
    }
    if let Some(part) = part {
        image.pnl = Some(row.pnl.unwrap_or_default() + part.profit);
    }
    let mut followed = row.followed().to_vec();
    followed.extend(fills.iter().map(|fill| fill.trade_id.as_str().into()));
    let mut evidence = serde_json::json!({
        "followed": followed, "entry_value": parts::entry_value(row, fills),
    });
    let resized = row.evidence.as_ref().and_then(|e| e.get("resized")).cloned();
    let decided = word.filter(|_| fills.is_empty()).map(|word| {
        evidence["entry_value"] = parts::value(&image).into();
        let until = position.changed.map_or(cx.now.0, |at| at.0);
        let (from, to) = (row.quantity, position.quantity);
        serde_json::json!({"from": from, "to": to, "until": until, "decided": word.decision})
    });
    if let Some(resized) = decided.or(resized) {
        evidence["resized"] = resized;
    }
    if let Some(adopted) = row.evidence.as_ref().and_then(|e| e.get("adopted")) {
        evidence["adopted"] = adopted.clone();
    }
    image.evidence = Some(evidence);
    image.updated_at = cx.now;
    image.revision += 1;
    image
}
