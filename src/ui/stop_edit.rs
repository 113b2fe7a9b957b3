//! Stop edits: a stop that a person wants elsewhere, as typed and as it would be.
//!
//! For: reading `95,000`, `2%`, `mark 1%`, `1.2% arm 0.4%`, drafting such a line from what is
//! there, and the change it makes, by the same plan the engine runs. Not for: dialogs or keys.
//! Door: [`to`], [`plan()`], [`draft`], [`moved`], [`trailed`].

use rust_decimal::{Decimal, RoundingStrategy};

use crate::domain::amount::{Percent, Price};
use crate::domain::command::StopTo;
use crate::domain::guard::Guard;
use crate::domain::key::{Leg, PositionKey};
use crate::domain::plan::{self, StopMove};
use crate::domain::policy::Policy;
use crate::domain::snapshot::{LegView, There};
use crate::domain::trail::TrailPlan;
use crate::ui::act;
use crate::ui::format;
use crate::ui::keys::Action;
use crate::ui::stops;

/// How a trailing stop would change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrailChange {
    /// How it trails now; none where it does not.
    pub before: Option<TrailPlan>,
    /// How it would; none to leave the stop where it is.
    pub after: Option<TrailPlan>,
    /// The price at which the new plan starts, and whether it has started already.
    pub starts: Option<(Price, bool)>,
    /// Where the stop is.
    pub stop: Option<Price>,
    /// Where the new plan puts it at once; none where it waits, or leaves it.
    pub at_once: Option<Price>,
}

/// Whether a person may move the stop of a leg as it is.
///
/// # Errors
/// One sentence why not.
pub fn allows(leg: &LegView) -> Result<(), String> {
    let symbol = &leg.key.symbol;
    let Some(row) = &leg.row else {
        return Err(format!("{symbol} is not in the ledger: adopt it first (a)"));
    };
    if leg.guard.value == Guard::Unknown {
        return Err(format!("the stops of {symbol} could not be read yet"));
    }
    if let Some(open) = leg.open().filter(|open| open.side != row.side) {
        return Err(format!("{symbol}: the ledger says {}, the venue {}", row.side, open.side));
    }
    Ok(())
}

/// What a move of the stop would change.
///
/// # Errors
/// One sentence why it cannot be moved there.
pub fn moved(leg: &LegView, to: StopTo) -> Result<StopMove, String> {
    let open = leg.open().ok_or_else(|| act::nothing_open(leg))?;
    let rules = leg.instrument.as_ref().ok_or_else(|| unlisted(leg))?;
    let liquidation = match leg.there {
        There::Open { liquidation, .. } => liquidation,
        There::Absent(_) | There::Unknown => None,
    };
    let symbol = &leg.key.symbol;
    let change = plan::move_stop(open, rules, leg.standing(), liquidation, to)
        .map_err(|why| format!("{symbol}: {why}"))?;
    let held = stops::trailing(leg).filter(|view| stops::is_active(view));
    let held = held.and_then(|view| view.trail.stop);
    if let Some(held) = held.filter(|held| !open.side.protects(change.after, *held)) {
        let held = format::price(held, Some(rules.tick));
        return Err(format!(
            "the stop of {symbol} trails and stands at {held}: :trail {symbol} off before it is \
             loosened"
        ));
    }
    Ok(change)
}

/// What another way of trailing would change.
///
/// # Errors
/// One sentence why the stop cannot trail so.
pub fn trailed(leg: &LegView, plan: Option<TrailPlan>) -> Result<TrailChange, String> {
    let open = leg.open().ok_or_else(|| act::nothing_open(leg))?;
    let rules = leg.instrument.as_ref().ok_or_else(|| unlisted(leg))?;
    let view = stops::trailing(leg);
    let before = view.map(|view| view.trail.plan);
    let stop = leg.standing();
    let Some(plan) = plan else {
        if before.is_none() {
            return Err(format!("the stop of {} does not trail", leg.key.symbol));
        }
        return Ok(TrailChange { before, after: None, starts: None, stop, at_once: None });
    };
    plan.check()?;
    let arm_at = plan.arm_at(open.side, open.entry);
    let reached = |at: Price| open.mark.is_some_and(|mark| open.side.protects(mark, at));
    let was_active = view.is_some_and(stops::is_active);
    let starts = arm_at.map(|at| (at, was_active || reached(at)));
    let best = view.and_then(|view| view.trail.best).or(open.mark);
    let behind = best.and_then(|best| plan.behind(open.side, best, rules));
    let tighter = |at: &Price| stop.is_none_or(|stop| !open.side.protects(stop, *at));
    let at_once = behind.filter(|_| starts.is_some_and(|(_, reached)| reached)).filter(tighter);
    Ok(TrailChange { before, after: Some(plan), starts, stop, at_once })
}

fn unlisted(leg: &LegView) -> String {
    format!("{} is not listed by the venue yet: no order can be planned", leg.key.symbol)
}

/// Reads where a stop should go: a price, a distance from entry, or `mark` and a distance.
///
/// # Errors
/// One sentence that says what was not understood.
pub fn to(words: &[&str], leg: &LegView) -> Result<StopTo, String> {
    let asks = || "stop takes a symbol and a price, 2% from entry, or mark 1%".to_owned();
    match words {
        ["mark", share] => Ok(StopTo::Tighten(percent(share)?)),
        [share] if share.ends_with('%') => {
            let open = leg.open().ok_or_else(|| act::nothing_open(leg))?;
            let at = open.side.losing(open.entry, percent(share)?);
            at.map(StopTo::At).ok_or_else(|| format!("{share} from entry is no price"))
        }
        [price] => price
            .replace(',', "")
            .parse::<Decimal>()
            .ok()
            .and_then(|price| Price::new(price).ok())
            .map(StopTo::At)
            .ok_or_else(|| format!("\"{price}\" is no price; {}", asks())),
        _ => Err(asks()),
    }
}

/// Reads how a stop should trail: `1.2% arm 0.4% step 0.1%`, or `off`. What is not said stays as
/// it is, else as the config has it.
///
/// # Errors
/// One sentence that says what was not understood.
pub fn plan(words: &[&str], leg: &LegView, policy: &Policy) -> Result<Option<TrailPlan>, String> {
    let (callback, mut rest) = match words {
        ["off"] => return Ok(None),
        [callback, rest @ ..] => (percent(callback)?, rest),
        [] => return Err("trail takes a symbol and 1.2% arm 0.4% step 0.1%, or off".to_owned()),
    };
    let present = stops::trailing(leg).map(|view| TrailPlan { callback, ..view.trail.plan });
    let mut plan = present.unwrap_or_else(|| policy.protection.trail_at(callback));
    while let [name, share, more @ ..] = rest {
        let place = match *name {
            "arm" => &mut plan.activation,
            "step" => &mut plan.step,
            other => return Err(format!("\"{other}\" is not arm or step")),
        };
        *place = percent(share)?;
        rest = more;
    }
    if let [alone] = rest {
        return Err(format!("how much is {alone}? say arm 0.4% or step 0.1%"));
    }
    plan.check()?;
    Ok(Some(plan))
}

fn percent(text: &str) -> Result<Percent, String> {
    let digits = text.strip_suffix('%').unwrap_or(text);
    let share = digits.parse::<Decimal>().ok().filter(|share| !share.is_sign_negative());
    share.map(Percent).ok_or_else(|| format!("\"{text}\" is no share; say 1.2%"))
}

/// The line that a key begins with, to be changed and entered: the stop as it is.
pub fn draft(leg: &LegView, action: Action) -> String {
    let name = full_name(&leg.key);
    if action == Action::Tighten {
        // Half of what lies between is a beginning; the share is there to be typed over.
        let half = stops::distance(leg).map(|share| share / Decimal::TWO);
        let half = half.filter(|share| *share > Decimal::ZERO).unwrap_or(Decimal::ONE);
        let half = half.round_dp_with_strategy(2, RoundingStrategy::AwayFromZero).normalize();
        return format!("stop {name} mark {half}%");
    }
    if let Some(view) = stops::trailing(leg) {
        let plan = view.trail.plan;
        return format!("trail {name} {} arm {}", plan.callback, plan.activation);
    }
    let tick = leg.instrument.as_ref().map(|rules| rules.tick);
    let at = crate::ui::standing::stop_price(leg).or(leg.want);
    let at = at.map_or_else(String::new, |at| format::price(at, tick));
    format!("stop {name} {at}")
}

/// A leg as a command takes it, so that no other can be meant.
fn full_name(key: &PositionKey) -> String {
    match key.leg {
        Leg::Net => format!("{}:{}", key.account, key.symbol),
        leg => format!("{}:{} {leg}", key.account, key.symbol),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_read_with_and_without_its_sign() {
        assert_eq!(percent("1.2%"), Ok(Percent(Decimal::new(12, 1))));
        assert_eq!(percent("3"), Ok(Percent(Decimal::from(3))));
        for bad in ["", "%", "-1%", "x", "1,2%"] {
            assert!(percent(bad).is_err(), "{bad}");
        }
    }
}
