//! What must hold before an entry is sent: one refusal, one sentence.
//!
//! Refused is what certainly cannot work, and what would make it unclear afterwards what was
//! opened; leverage and limits of risk are left to the venue. Door: [`check`].

use rust_decimal::Decimal;

use crate::domain::amount::{Price, Side};
use crate::domain::key::Leg;
use crate::domain::opening::OpenWish;
use crate::domain::position::PositionMode;

use crate::engine::close;
use crate::engine::cx::Cx;
use crate::engine::halt;
use crate::engine::leg::{Belief, LegState};
use crate::engine::mode;
use crate::engine::open;
use crate::engine::start;
use crate::engine::state::{Account, Info};
use crate::engine::unpriced;

/// The leg that would be opened, if it may be.
///
/// # Errors
/// One sentence: what is missing or in the way.
pub(super) fn check(cx: &Cx, account: &Account, wish: &OpenWish) -> Result<Leg, String> {
    let symbol = &wish.symbol;
    let mark = unpriced::mark(cx, &account.info, symbol);
    let leg = fits(cx, account, wish, mark)?;
    if mark.is_none() {
        return Err(format!(
            "refused: the price of {symbol} is not known yet; try again in a second"
        ));
    }
    Ok(leg)
}

/// The same as far as a price is not needed for it, where there is none.
///
/// # Errors
/// One sentence: what is missing or in the way.
pub(super) fn fits(
    cx: &Cx,
    account: &Account,
    wish: &OpenWish,
    mark: Option<Price>,
) -> Result<Leg, String> {
    let (info, symbol) = (&account.info, &wish.symbol);
    start::check(cx, account)?;
    ready(cx, info)?;
    let rules = info
        .instruments
        .get(symbol)
        .ok_or_else(|| format!("refused: {symbol} is not listed by the venue"))?;
    wish.check(rules, mark).map_err(|why| format!("refused: {why}"))?;
    let trail = wish.trail.map(|callback| cx.policy.protection.trail_at(callback).check());
    trail.unwrap_or(Ok(())).map_err(|why| format!("refused: {why}"))?;
    let mode = mode::mode_of(info, symbol).or(info.mode);
    let leg = leg_of(mode, wish.side)
        .ok_or_else(|| format!("refused: the position mode of {symbol} is not known"))?;
    if info.balance.is_some_and(|balance| balance.value.available.0 <= Decimal::ZERO) {
        return Err(format!("refused: no margin is available in {}", info.name));
    }
    let legs = (symbol.clone(), Leg::Net)..=(symbol.clone(), Leg::Short);
    for (_, twin) in account.legs.range(legs).filter(|((_, other), _)| *other != leg) {
        let clash = leg == Leg::Net || twin.key.leg == Leg::Net;
        if clash && (twin.row.is_some() || twin.opening.is_some()) {
            return Err(format!(
                "refused: {} is in the ledger, and the position mode is another",
                twin.key
            ));
        }
    }
    let Some(state) = account.legs.get(&(symbol.clone(), leg)) else { return Ok(leg) };
    free(cx, state)?;
    Ok(leg)
}

/// Whether anything may be opened in the account now.
fn ready(cx: &Cx, info: &Info) -> Result<(), String> {
    let name = &info.name;
    if !info.connected {
        return Err(format!("refused: {name} is not connected"));
    }
    halt::check(info)?;
    if !info.is_known() {
        return Err(format!("refused: what {name} holds is not known now"));
    }
    if let Some(fault) = &cx.ledger_fault {
        let why = &fault.value;
        return Err(format!("refused: nothing was sent, the ledger cannot be written: {why}"));
    }
    Ok(())
}

/// The leg that a position mode has for a side.
fn leg_of(mode: Option<PositionMode>, side: Side) -> Option<Leg> {
    match (mode?, side) {
        (PositionMode::OneWay, _) => Some(Leg::Net),
        (PositionMode::Hedge, Side::Long) => Some(Leg::Long),
        (PositionMode::Hedge, Side::Short) => Some(Leg::Short),
        (PositionMode::Mixed, _) => None,
    }
}

/// Whether nothing is on the leg, and nothing under way with it.
fn free(cx: &Cx, leg: &LegState) -> Result<(), String> {
    let key = &leg.key;
    if let Some(earlier) = open::under_way(key, leg).or(close::may_be_under_way(cx, leg)) {
        return Err(format!("refused: {earlier}"));
    }
    if leg.close.as_ref().is_some_and(|close| close.failed.is_none()) {
        return Err(format!("refused: a close of {key} is in flight"));
    }
    if leg.saving || leg.adopting.is_some() {
        return Err(format!("refused: {key} is being written, try again"));
    }
    if !leg.unfinished.is_empty() {
        return Err(format!("refused: what became of earlier acts on {key} is not known yet"));
    }
    if let Some(row) = &leg.row {
        return Err(format!("refused: {key} is open in the ledger: {} {}", row.side, row.quantity));
    }
    match &leg.there {
        Belief::Absent(_) => {}
        Belief::Open { position, .. } => {
            let (side, quantity) = (position.side, position.quantity);
            return Err(format!("refused: {key} is open on the venue: {side} {quantity}"));
        }
        // A leg of which nothing was ever told was in none of the looks.
        Belief::Unknown if leg.told.is_none() && leg.stops.is_empty() => {}
        Belief::Unknown => return Err(format!("refused: what {key} holds is not known now")),
    }
    if leg.stops.iter().any(|stop| stop.order.ours() && !stop.order.on_position) {
        return Err(format!("refused: a stop of ours still rests on {key} and would close it"));
    }
    Ok(())
}
