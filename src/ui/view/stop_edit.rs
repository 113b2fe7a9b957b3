//! The dialogs that move a stop: before and after, and what that costs or saves.
//!
//! Door: [`moving`], [`trailing`]: lines for the box that `view::dialog` paints.

use crate::domain::amount::{Money, Price};
use crate::domain::plan::StopMove;
use crate::domain::snapshot::LegView;
use crate::ui::format;
use crate::ui::role::Role;
use crate::ui::stop_edit::TrailChange;
use crate::ui::stops;
use crate::ui::view::dialog::{Lines, line};

/// What a move of the stop changes.
pub fn moving(lines: &mut Lines, leg: &LegView, change: &StopMove) {
    let price = |at: Price| spelled(leg, at);
    let before = change.before.map_or_else(|| "none".to_owned(), price);
    let after = price(change.after);
    let how = match change.added_risk() {
        None => "",
        Some(risk) if risk > Money::ZERO => "   looser",
        Some(risk) if risk == Money::ZERO => "   no change",
        Some(_) => "   tighter",
    };
    lines.push(line("stop", format!("{before} -> {after}{how}"), Role::Text));
    let money = |at: Option<Money>| at.map_or_else(|| format::NONE.to_owned(), format::money);
    let fires = format!(
        "{} -> {} from entry, before fees",
        money(change.profit_before),
        money(Some(change.profit_after))
    );
    lines.push(line("at stop", fires, Role::Text));
    lines.push(match change.added_risk() {
        Some(risk) if risk > Money::ZERO => {
            line("risk", format!("{} MORE at risk", amount(leg, risk)), Role::FlashError)
        }
        Some(risk) => line("risk", format!("{} less at risk", amount(leg, -risk)), Role::FlashOk),
        None => line("risk", "no stop of ours covers all of it now".to_owned(), Role::FlashWarn),
    });
    let share = |at: Option<Price>| {
        let share = at.and_then(|at| stops::share(leg, at));
        share.map_or_else(
            || format::NONE.to_owned(),
            |share| format!("{}%", format::fixed(share, 2)),
        )
    };
    if let Some(mark) = leg.mark {
        let distance = format!(
            "{} -> {} from mark {}",
            share(change.before),
            share(Some(change.after)),
            price(mark.value)
        );
        lines.push(line("distance", distance, Role::Text));
    }
    if let Some(view) = stops::trailing(leg) {
        let text = format!("goes on, {} behind the best price", view.trail.plan.callback);
        lines.push(line("trailing", text, Role::Text));
    }
}

/// What another way of trailing changes.
pub fn trailing(lines: &mut Lines, leg: &LegView, change: &TrailChange) {
    let price = |at: Price| spelled(leg, at);
    let stop = change.stop.map_or_else(|| "none".to_owned(), price);
    let callback = |plan: Option<crate::domain::trail::TrailPlan>| {
        plan.map_or_else(|| "off".to_owned(), |plan| plan.callback.to_string())
    };
    let text = format!("{} -> {}", callback(change.before), callback(change.after));
    let behind = if change.after.is_some() { " behind the best price" } else { "" };
    lines.push(line("trailing", format!("{text}{behind}"), Role::Text));
    let Some(after) = change.after else {
        let text = format!("{stop}: it stays there and follows no more");
        lines.push(line("stop", text, Role::Text));
        lines.push(line("risk", "nothing added: the stop does not move".to_owned(), Role::FlashOk));
        return;
    };
    let was = change.before.map(|plan| plan.activation).filter(|was| *was != after.activation);
    let was = was.map_or_else(String::new, |was| format!("+{was} -> "));
    let starts = match change.starts {
        Some((at, true)) => format!("{was}+{} at {}, reached", after.activation, price(at)),
        Some((at, false)) => format!("{was}+{} at {}, not reached", after.activation, price(at)),
        None => format!("{was}+{}: a price it can never reach", after.activation),
    };
    lines.push(line("starts", starts, Role::Text));
    lines.push(line("step", format!("{} of the entry at least", after.step), Role::Text));
    let moves = match change.at_once {
        Some(at) => format!("{stop} -> {} at once", price(at)),
        None => format!("{stop} stays until trailing is better"),
    };
    lines.push(line("stop", moves, Role::Text));
    let text = "nothing added: a trailing stop never moves back";
    lines.push(line("risk", text.to_owned(), Role::FlashOk));
}

fn spelled(leg: &LegView, at: Price) -> String {
    format::price(at, leg.instrument.as_ref().map(|rules| rules.tick))
}

fn amount(leg: &LegView, money: Money) -> String {
    let quote = leg.instrument.as_ref().map_or("", |rules| rules.quote.as_str());
    format!("{} {quote}", format::fixed(money.0, 2)).trim_end().to_owned()
}
