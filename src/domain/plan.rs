//! Plans: what will be sent, as data. A dialog shows one; the engine runs the same one.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::domain::amount::{Money, OrderSide, Percent, Price, Qty, Side};
use crate::domain::command::StopTo;
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

/// A move of a stop by a person's word: what is, what will be, and what that costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StopMove {
    /// Where the stop of ours fires that covers all of it now; none where there is none.
    pub before: Option<Price>,
    /// Where it fires afterwards, on the instrument's ticks.
    pub after: Price,
    /// Profit if it fires where it is now, before fees; negative is the risk.
    pub profit_before: Option<Money>,
    /// Profit if it fires at its new place.
    pub profit_after: Money,
}

impl StopMove {
    /// What more is lost at the new stop than at the one before; negative where it saves. None
    /// where there was none.
    pub fn added_risk(&self) -> Option<Money> {
        self.profit_before.map(|before| before - self.profit_after)
    }

    /// Whether it goes away from the market.
    pub fn loosens(&self) -> bool {
        self.added_risk().is_some_and(|risk| risk > Money::ZERO)
    }
}

/// Why a stop is not moved, in words for the person who asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoMove {
    /// The venue has not told a price yet.
    #[error("no price of it is known now; try again")]
    NoMark,
    /// The share is not above 0 and below 100.
    #[error("a stop keeps more than 0 % and less than 100 % from the price")]
    NoShare,
    /// It lies on the winning side.
    #[error("the stop of a {0} lies on the losing side of the price, and {1} is not: {2} now")]
    WrongSide(Side, Price, Price),
    /// The price is there already.
    #[error("the price is at {0} already: a stop there would fire at once")]
    Through(Price),
    /// The venue would liquidate first.
    #[error("{0} lies beyond liquidation at {1}: a stop there could never fire")]
    BeyondLiquidation(Price, Price),
    /// It would loosen the stop, and that was not asked for.
    #[error("that would loosen it: the stop is at {0} and would go to {1}")]
    Looser(Price, Price),
}

/// Plans to move the stop of what is open, from `before` to where a person wants it.
///
/// # Errors
/// [`NoMove`] where a stop there would not protect, or the wish contradicts itself.
pub fn move_stop(
    open: Open,
    instrument: &Instrument,
    before: Option<Price>,
    liquidation: Option<Price>,
    to: StopTo,
) -> Result<StopMove, NoMove> {
    let mark = open.mark.ok_or(NoMove::NoMark)?;
    let wanted = match to {
        StopTo::At(price) => price,
        StopTo::BreakEven => open.entry,
        StopTo::Tighten(share) if share.0 > Decimal::ZERO && share.0 < Decimal::ONE_HUNDRED => {
            open.side.losing(mark, share).ok_or(NoMove::NoShare)?
        }
        StopTo::Tighten(_) => return Err(NoMove::NoShare),
    };
    let after = instrument.trigger(open.side, wanted);
    if after == mark {
        return Err(NoMove::Through(after));
    }
    if open.side.breached(after, mark) {
        return Err(NoMove::WrongSide(open.side, after, mark));
    }
    if let Some(at) = liquidation.filter(|at| !open.side.protects(after, *at)) {
        return Err(NoMove::BeyondLiquidation(after, at));
    }
    let looser = before.filter(|before| !open.side.protects(after, *before));
    if let (Some(before), StopTo::BreakEven | StopTo::Tighten(_)) = (looser, to) {
        return Err(NoMove::Looser(before, after));
    }
    let profit = |at: Price| open.side.profit(open.entry, at, open.quantity);
    Ok(StopMove { before, after, profit_before: before.map(profit), profit_after: profit(after) })
}
