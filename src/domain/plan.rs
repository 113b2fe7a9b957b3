//! Plans: what will be sent, as data. A dialog shows one; the engine runs the same one.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::domain::amount::{Money, OrderSide, Percent, Price, Qty, Side};
use crate::domain::instrument::Instrument;
use crate::domain::policy::Protection;

pub use crate::domain::blast::{Blast, Blow, Target, blast};

/// Where a stop should go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StopAt {
    /// At a price.
    Price(Price),
    /// A distance from entry.
    Distance(Percent),
}

/// Market orders that can only make a position smaller.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosePlan {
    /// Direction of every order.
    pub side: OrderSide,
    /// Their sizes, in the order they are sent.
    pub orders: Vec<Qty>,
    /// Their sum.
    pub quantity: Qty,
    /// Whether this is the whole position.
    pub whole: bool,
    /// Profit at the mark, before fees.
    pub profit: Option<Money>,
}

/// A stop-market order, reduce-only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StopPlan {
    /// Direction.
    pub side: OrderSide,
    /// Size.
    pub quantity: Qty,
    /// Where it fires.
    pub trigger: Price,
    /// Profit if it fires at its trigger, before fees; negative is the risk.
    pub profit_at_stop: Money,
}

/// Why there is no plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoPlan {
    /// The percentage is not above 0 and at most 100.
    #[error("a close takes more than 0 % and at most 100 %")]
    Percent,
    /// The share is below the smallest market order.
    #[error("that share is below the instrument's smallest market order")]
    TooSmall,
    /// More than is open.
    #[error("that is more than is open")]
    TooMuch,
    /// The wanted stop is no price.
    #[error("that stop is not a price on the losing side of the entry")]
    NoPrice,
}

/// What is open, as both the screen and the engine know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Open {
    /// Direction.
    pub side: Side,
    /// Size.
    pub quantity: Qty,
    /// Average entry.
    pub entry: Price,
    /// Mark, when known.
    pub mark: Option<Price>,
}

/// Plans to close `percent` of what is open.
///
/// # Errors
/// [`NoPlan`] when the share is not a share, or too small to trade.
pub fn close(open: Open, instrument: &Instrument, percent: Percent) -> Result<ClosePlan, NoPlan> {
    if percent.0 <= Decimal::ZERO || percent.0 > Decimal::ONE_HUNDRED {
        return Err(NoPlan::Percent);
    }
    let whole = percent.0 == Decimal::ONE_HUNDRED;
    if whole {
        return Ok(orders(open, instrument, open.quantity, true));
    }
    let share = Qty::new(percent.of(open.quantity.get())).map_err(|_| NoPlan::TooSmall)?;
    let share = tradable(instrument, share)?;
    Ok(orders(open, instrument, share, false))
}

/// Plans to close `wanted` of what is open, and never more than that.
///
/// # Errors
/// [`NoPlan::TooMuch`] when less is open, [`NoPlan::TooSmall`] when a part is too small to trade.
pub fn leave(open: Open, instrument: &Instrument, wanted: Qty) -> Result<ClosePlan, NoPlan> {
    if wanted > open.quantity {
        return Err(NoPlan::TooMuch);
    }
    if wanted == open.quantity {
        return Ok(orders(open, instrument, wanted, true));
    }
    let wanted = tradable(instrument, wanted)?;
    Ok(orders(open, instrument, wanted, false))
}

/// A part on the instrument's market steps.
fn tradable(instrument: &Instrument, part: Qty) -> Result<Qty, NoPlan> {
    let part = instrument.market_quantity(part).ok_or(NoPlan::TooSmall)?;
    if part < instrument.market_min { Err(NoPlan::TooSmall) } else { Ok(part) }
}

fn orders(open: Open, instrument: &Instrument, quantity: Qty, whole: bool) -> ClosePlan {
    ClosePlan {
        side: open.side.closing(),
        orders: instrument.split(quantity),
        quantity,
        whole,
        profit: open.mark.map(|mark| open.side.profit(open.entry, mark, quantity)),
    }
}

/// Plans the stop behind what is open: at `wanted`, or at the policy's distance from entry.
///
/// # Errors
/// [`NoPlan::NoPrice`] when that is no price.
pub fn stop(
    open: Open,
    instrument: &Instrument,
    protection: &Protection,
    wanted: Option<StopAt>,
) -> Result<StopPlan, NoPlan> {
    let at = match wanted.unwrap_or(StopAt::Distance(protection.stop)) {
        StopAt::Price(price) => price,
        StopAt::Distance(share) => open.side.losing(open.entry, share).ok_or(NoPlan::NoPrice)?,
    };
    let trigger = instrument.trigger(open.side, at);
    Ok(StopPlan {
        side: open.side.closing(),
        quantity: open.quantity,
        trigger,
        profit_at_stop: open.side.profit(open.entry, trigger, open.quantity),
    })
}

/// Moves a stop that would lie beyond liquidation in front of it: there it could never fire.
/// It then keeps a tenth of the way from liquidation to entry.
pub fn before_liquidation(
    plan: StopPlan,
    open: Open,
    instrument: &Instrument,
    liquidation: Option<Price>,
) -> StopPlan {
    let Some(liquidation) = liquidation.filter(|at| !open.side.protects(plan.trigger, *at)) else {
        return plan;
    };
    let margin = (open.entry.get() - liquidation.get()) / Decimal::TEN;
    let Ok(at) = Price::new(liquidation.get() + margin) else { return plan };
    let trigger = instrument.trigger(open.side, at);
    let profit_at_stop = open.side.profit(open.entry, trigger, plan.quantity);
    StopPlan { trigger, profit_at_stop, ..plan }
}
