//! Why the exchange says no, before any venue's code or sentence is put to it.

use rust_decimal::Decimal;

use crate::sim::words::{Side, Working};

/// A position's stop that would fire at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrongSide {
    /// It takes profit.
    pub profits: bool,
    /// It is for a part of the position.
    pub partial: bool,
    /// The position is long.
    pub long: bool,
    /// Its trigger.
    pub price: Decimal,
    /// Where the watched price is.
    pub base: Decimal,
    /// Which price it watches.
    pub working: Working,
}

/// One reason, neutral of any wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// No such contract.
    UnknownSymbol,
    /// The contract does not trade now.
    NotTrading,
    /// More decimals than the contract counts.
    TooPrecise,
    /// No quantity, or a negative one.
    QtyNotPositive,
    /// Under the smallest quantity.
    QtyTooSmall,
    /// Over the largest quantity.
    QtyTooLarge,
    /// Between two quantity steps.
    QtyOffStep,
    /// Under the lowest price.
    PriceTooLow,
    /// Over the highest price.
    PriceTooHigh,
    /// Between two ticks.
    PriceOffTick,
    /// A buy too far above the mark; the highest that goes.
    BuyAboveBand(Decimal),
    /// A sell too far below the mark; the lowest that goes.
    SellBelowBand(Decimal),
    /// Nobody on the other side within the band around the mark.
    NoPriceInBand,
    /// The order is worth too little; the least that goes.
    NotionalTooSmall(Decimal),
    /// Too many open orders of the contract.
    TooManyOrders,
    /// Too many open conditional orders of the account.
    TooManyAlgos,
    /// Not enough margin to open.
    NoMargin,
    /// Nothing to reduce, or the wrong way.
    NothingToReduce,
    /// Resting reduce-only orders already cover the position.
    ReduceCovered,
    /// The leg does not fit the position mode.
    WrongLeg,
    /// Reduce-only has no place here.
    ReduceOnlyNotWanted,
    /// An open order has this client id.
    DuplicateClientId,
    /// The trigger price is already reached.
    WouldTrigger,
    /// A close-position order of this kind and direction exists.
    SecondClosePosition,
    /// It lives with a position, and there is none.
    NeedsPosition,
    /// A close-position order has no quantity of its own.
    QtyWithClosePosition,
    /// Close-position is for market conditionals only.
    NotForClosePosition,
    /// All-or-nothing, and not all could be had.
    NotFillable,
    /// Maker-only, and it would have taken.
    WouldTake,
    /// Nothing open has this id.
    NotOpen,
    /// Nothing has this id.
    NotFound,
    /// It triggers at this moment.
    Triggering,
    /// A modification that changes nothing.
    NothingChanged,
    /// The mode is already so.
    SameMode,
    /// Open orders hold the mode.
    OrdersHoldMode,
    /// Open positions hold the mode.
    PositionsHoldMode,
    /// The margin type is already so.
    SameMarginType,
    /// Open orders hold the margin type.
    OrdersHoldMargin,
    /// An open position holds the margin type.
    PositionHoldsMargin,
    /// No isolated margin while assets are shared.
    MultiAssets,
    /// No such leverage.
    BadLeverage,
    /// Less leverage is impossible while an isolated position is open.
    LeverageHeld,
    /// The leverage is already so.
    SameLeverage,
    /// The contract knows one mode only.
    OneModeOnly,
    /// Over the largest quantity: what was wanted and the most there is.
    QtyAbove(Decimal, Decimal),
    /// Nobody on the other side between a low and a high price.
    OutsideBand(Side, Decimal, Decimal),
    /// A reducing order of the side that opened the position.
    SameSide,
    /// The price has passed a trigger: whether it must rise, trigger, price, which price.
    TriggerPassed(bool, Decimal, Decimal, Working),
    /// A position's stop on the side of the price where it would fire at once.
    WrongSide(Box<WrongSide>),
    /// A position's stops are already as wished.
    NotModified,
    /// Too many partial stops of a position.
    TooManyParts,
    /// A partial stop for more than there is.
    PartTooLarge,
}
