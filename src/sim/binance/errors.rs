//! The venue's error numbers and sentences, and the HTTP status each travels with.

use crate::sim::json::{Json, object};
use crate::sim::numbers::trim;
use crate::sim::refused::Refused;

/// What a request is told when it fails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// HTTP status.
    pub status: u16,
    /// The venue's number.
    pub code: i64,
    /// The venue's sentence.
    pub msg: String,
}

impl Failure {
    /// A number with the sentence and status that belong to it.
    pub fn of(code: i64) -> Self {
        let (status, msg) = usual(code);
        Self { status, code, msg: msg.to_owned() }
    }

    /// A number with a sentence of its own.
    pub fn with(code: i64, msg: impl Into<String>) -> Self {
        Self { msg: msg.into(), ..Self::of(code) }
    }

    /// A parameter that is missing, empty or unreadable.
    pub fn missing(name: &str) -> Self {
        let msg =
            format!("Mandatory parameter '{name}' was not sent, was empty/null, or malformed.");
        Self::with(-1102, msg)
    }

    /// `{"code":…,"msg":…}`
    pub fn body(&self) -> Json {
        object! { "code": self.code, "msg": self.msg }
    }
}

impl From<Refused> for Failure {
    fn from(refused: Refused) -> Self {
        match &refused {
            Refused::BuyAboveBand(high) => {
                Self::with(-4016, format!("Limit price can't be higher than {}.", trim(*high)))
            }
            Refused::SellBelowBand(low) => {
                Self::with(-4024, format!("Limit price can't be lower than {}.", trim(*low)))
            }
            Refused::NotionalTooSmall(least) => Self::with(
                -4164,
                format!(
                    "Order's notional must be no smaller than {} (unless you choose reduce only).",
                    trim(*least)
                ),
            ),
            _ => Self::of(code(&refused)),
        }
    }
}

const fn code(refused: &Refused) -> i64 {
    match refused {
        Refused::UnknownSymbol => -1121,
        Refused::NotTrading => -4140,
        Refused::TooPrecise => -1111,
        Refused::QtyNotPositive => -4003,
        Refused::QtyTooSmall => -4004,
        Refused::QtyTooLarge => -4005,
        Refused::QtyOffStep => -4023,
        Refused::PriceTooLow => -4013,
        Refused::PriceTooHigh => -4002,
        Refused::PriceOffTick => -4014,
        Refused::BuyAboveBand(_) => -4016,
        Refused::SellBelowBand(_) => -4024,
        Refused::NoPriceInBand => -4131,
        Refused::NotionalTooSmall(_) => -4164,
        Refused::TooManyOrders => -2025,
        Refused::TooManyAlgos => -4045,
        Refused::NoMargin => -2019,
        Refused::NothingToReduce => -2022,
        Refused::ReduceCovered => -4118,
        Refused::WrongLeg => -4061,
        Refused::ReduceOnlyNotWanted => -1106,
        Refused::DuplicateClientId => -4116,
        Refused::WouldTrigger => -2021,
        Refused::SecondClosePosition => -4130,
        Refused::NeedsPosition => -4509,
        Refused::QtyWithClosePosition => -4137,
        Refused::NotForClosePosition => -4138,
        Refused::NotFillable => -5021,
        Refused::WouldTake => -5022,
        Refused::NotOpen => -2011,
        Refused::NotFound => -2013,
        Refused::Triggering => -4117,
        Refused::NothingChanged => -5027,
        Refused::SameMode => -4059,
        Refused::OrdersHoldMode => -4067,
        Refused::PositionsHoldMode => -4068,
        Refused::SameMarginType => -4046,
        Refused::OrdersHoldMargin => -4047,
        Refused::PositionHoldsMargin => -4048,
        Refused::MultiAssets => -4168,
        Refused::BadLeverage => -4028,
        Refused::LeverageHeld => -4161,
        // What only a venue with other rules refuses.
        Refused::SameLeverage
        | Refused::OneModeOnly
        | Refused::QtyAbove(..)
        | Refused::OutsideBand(..)
        | Refused::SameSide
        | Refused::TriggerPassed(..)
        | Refused::WrongSide(_)
        | Refused::NotModified
        | Refused::TooManyParts
        | Refused::PartTooLarge => -1000,
    }
}

/// Status and sentence of a number; statuses are the adapter document's assumption: 400 except
/// for keys (401), limits (429), timeouts (408) and the exchange's own trouble (5xx).
fn usual(code: i64) -> (u16, &'static str) {
    match code {
        -1000 => (500, "Request occur unknown error."),
        -1001 => (503, "Internal error; unable to process your request. Please try again."),
        -1003 => (429, "Too many requests; current limit is 2400 requests per minute."),
        -1006 => (
            500,
            "An unexpected response was received from the message bus. Execution \
             status unknown.",
        ),
        -1007 => (
            408,
            "Timeout waiting for response from backend server. Send status unknown; \
             execution status unknown.",
        ),
        -1008 => (
            503,
            "Request throttled by system-level protection. \
             Reduce-only/close-position orders are exempt. Please try again.",
        ),
        -1015 => (429, "Too many new orders."),
        -1016 => (503, "This service is no longer available."),
        -2014 => (401, "API-key format invalid."),
        -2015 => (401, "Invalid API-key, IP, or permissions for action."),
        _ => (400, sentence(code)),
    }
}

const fn sentence(code: i64) -> &'static str {
    match code {
        -1021 => "Timestamp for this request is outside of the recvWindow.",
        -1022 => "Signature for this request is not valid.",
        -1102 => "Mandatory parameter was not sent, was empty/null, or malformed.",
        -1106 => "Parameter 'reduceonly' sent when not required.",
        -1109 => "Invalid account.",
        -1111 => "Precision is over the maximum defined for this asset.",
        -1115 => "Invalid timeInForce.",
        -1116 => "Invalid orderType.",
        -1117 => "Invalid side.",
        -1121 => "Invalid symbol.",
        -1122 => "Invalid symbol status.",
        -1125 => "This listenKey does not exist.",
        -1130 => "Data sent for parameter is not valid.",
        -2010 => "NEW_ORDER_REJECTED",
        -2011 => "Unknown order sent.",
        -2013 => "Order does not exist.",
        -2018 => "Balance is insufficient.",
        -2019 => "Margin is insufficient.",
        -2020 => "Unable to fill.",
        -2021 => "Order would immediately trigger.",
        -2022 => "ReduceOnly Order is rejected.",
        -2023 => "User in liquidation mode now.",
        -2024 => "Position is not sufficient.",
        -2025 => "Reach max open order limit.",
        -2028 => "Leverage is smaller than permitted: insufficient margin balance.",
        -5000 => "Path is invalid",
        -5021 => {
            "Due to the order could not be filled immediately, the FOK order has \
             been rejected."
        }
        -5022 => {
            "Due to the order could not be executed as maker, the Post Only order \
             will be rejected."
        }
        -5027 => "No need to modify the order.",
        -5028 => "Timestamp for this request is outside of the ME recvWindow.",
        _ => filter_sentence(code),
    }
}

const fn filter_sentence(code: i64) -> &'static str {
    match code {
        -4002 => "Price greater than max price.",
        -4003 => "Quantity less than or equal to zero.",
        -4004 => "Quantity less than min quantity.",
        -4005 => "Quantity greater than max quantity.",
        -4013 => "Price less than min price.",
        -4014 => "Price not increased by tick size.",
        -4015 => "Client order id length should be less than 36 chars.",
        -4023 => "Quantity not increased by step size.",
        -4028 => "Leverage is not valid.",
        -4045 => "Reach max stop order limit.",
        -4046 => "No need to change margin type.",
        -4047 => "Margin type cannot be changed if there exists open orders.",
        -4048 => "Margin type cannot be changed if there exists position.",
        -4059 => "No need to change position side.",
        -4061 => "Order's position side does not match user's setting.",
        -4067 => "Position side cannot be changed if there exists open orders.",
        -4068 => "Position side cannot be changed if there exists position.",
        -4087 => "User can only place reduce only order.",
        -4116 => "ClientOrderId is duplicated.",
        -4117 => "Stop order is triggering.",
        -4118 => "ReduceOnly Order Failed. Please check your existing position and open orders.",
        -4120 => {
            "Order type not supported for this endpoint. Please use the Algo Order \
             API endpoints instead."
        }
        -4130 => {
            "An open stop or take profit order with GTE and closePosition in the \
             direction is existing."
        }
        -4131 => "The counterparty's best price does not meet the PERCENT_PRICE filter limit.",
        -4136 => "Target strategy invalid for orderType, closePosition.",
        -4137 => "Quantity must be zero with closePosition equals true.",
        -4138 => "Reduce only must be true with closePosition equals true.",
        -4140 => "Invalid symbol status for opening position.",
        -4161 => {
            "Leverage reduction is not supported in Isolated Margin Mode with open \
             positions."
        }
        -4168 => "Unable to adjust to isolated-margin mode under the Multi-Assets mode.",
        -4171 => "No need to change Multi-Assets mode.",
        -4509 => {
            "Time in Force (TIF) GTE can only be used with open positions. Please \
             ensure that positions are available."
        }
        _ => "Request was refused.",
    }
}
