//! Why the exchange says no, before any venue's code or sentence is put to it.

use rust_decimal::Decimal;

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
}
