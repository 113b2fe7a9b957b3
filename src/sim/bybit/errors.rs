//! Refusals as the venue words them: a retCode and a sentence, nearly always with HTTP 200.
//!
//! Source: bybit 3.7, 3.8, 6.

use rust_decimal::Decimal;

use crate::sim::bybit::rules::price_word;
use crate::sim::json::{Json, object};
use crate::sim::numbers::Ms;
use crate::sim::refused::{Refused, WrongSide};
use crate::sim::words::Side;

/// A refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// HTTP status.
    pub status: u16,
    /// retCode.
    pub code: i64,
    /// retMsg.
    pub msg: String,
}

impl Failure {
    /// A code with its usual sentence.
    pub fn of(code: i64) -> Self {
        Self::with(code, usual(code))
    }

    /// A code with a sentence of this moment.
    pub fn with(code: i64, msg: impl Into<String>) -> Self {
        let status = match code {
            403 => 403,
            429 => 429,
            10017 => 404,
            _ => 200,
        };
        Self { status, code, msg: msg.into() }
    }

    /// A parameter that is missing, unreadable or out of place.
    pub fn params(msg: impl Into<String>) -> Self {
        Self::with(10001, msg)
    }

    /// The body, with the time of the answer.
    pub fn body(&self, now: Ms) -> Json {
        object! {
            "retCode": self.code,
            "retMsg": self.msg,
            "result": object! {},
            "retExtInfo": object! {},
            "time": now,
        }
    }
}

fn usual(code: i64) -> &'static str {
    match code {
        403 => "access too frequent",
        429 => "System level frequency protection",
        10000 => "Server Timeout",
        10003 => "API key is invalid.",
        10005 => "Permission denied, please check your API key permissions.",
        10006 => "Too many visits. Exceeded the API Rate Limit.",
        10010 => "Unmatched IP, please check your API key's bound IP addresses.",
        10016 => "Internal server error.",
        10017 => "Route not found.",
        34040 => "not modified",
        110001 => "order not exists or too late to cancel",
        110007 => "ab not enough for new order",
        110009 => "The number of stop orders exceeds the maximum allowable limit",
        110013 => "cannot set leverage due to risk limit",
        110017 => "current position is zero, cannot fix reduce-only order qty",
        110020 => "Not allowed to have more than 500 active orders",
        110024 => "You have an existing position, so the position mode cannot be switched",
        110025 => "Position mode is not modified",
        110028 => "You have existing open orders, so the position mode cannot be switched",
        110029 => "Hedge mode is not supported for this symbol",
        110043 => "leverage not modified",
        110061 => "This order limit is exceeded: at most 20 TP/SL orders",
        110072 => "OrderLinkedID is duplicate",
        110074 => "This contract is not live",
        181017 => "OrderStatus must be final status",
        _ => "Request parameter error.",
    }
}

impl From<Refused> for Failure {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::BuyAboveBand(_) | Refused::SellBelowBand(_) => {
                Self::with(110003, "Order price exceeds the allowable range.")
            }
            Refused::NotionalTooSmall(least) => least_value(least),
            Refused::ReduceCovered => Self::with(110017, "Reduce-only rule not satisfied"),
            Refused::SameSide => {
                Self::with(110017, "reduce-only order has same side with current position")
            }
            Refused::PartTooLarge => {
                Self::with(110058, "You cannot set a TP/SL for more than the remaining size")
            }
            Refused::QtyAbove(qty, most) => Self::params(format!(
                "The number of contracts exceeds maximum limit allowed: too large, \
                 order_qty:{} > max_qty:{}",
                scaled(qty),
                scaled(most)
            )),
            Refused::OutsideBand(side, low, high) => {
                let word = if side == Side::Buy { "buy" } else { "sell" };
                Self::params(format!("{word}: [{},{}] invalid", scaled(low), scaled(high)))
            }
            Refused::TriggerPassed(rises, trigger, price, working) => {
                let (code, way, sign) =
                    if rises { (110092, "Rising", "<=") } else { (110093, "Falling", ">=") };
                let msg = format!(
                    "expect {way}, but trigger_price[{}] {sign} current[{}]??{}",
                    scaled(trigger),
                    scaled(price),
                    price_word(working)
                );
                Self::with(code, msg)
            }
            Refused::WrongSide(wrong) => wrong_side(&wrong),
            other => match parameter(&other) {
                Some(sentence) => Self::params(sentence),
                None => Self::of(code(&other)),
            },
        }
    }
}

/// Reasons that share the code of a wrong parameter and differ by their sentence.
const fn parameter(refused: &Refused) -> Option<&'static str> {
    let sentence = match refused {
        Refused::UnknownSymbol => "params error: symbol invalid",
        Refused::TooPrecise | Refused::QtyOffStep | Refused::QtyNotPositive => "Qty invalid",
        Refused::QtyTooSmall => "The number of contracts exceeds minimum limit allowed",
        Refused::QtyTooLarge => "The number of contracts exceeds maximum limit allowed: too large",
        Refused::PriceTooLow | Refused::PriceTooHigh | Refused::PriceOffTick => {
            "params error: price invalid"
        }
        Refused::WrongLeg | Refused::ReduceOnlyNotWanted => "position idx not match position mode",
        Refused::NeedsPosition => "can not set tp/sl/ts for zero position",
        Refused::NothingChanged => {
            "The order remains unchanged as the parameters entered match the existing ones."
        }
        _ => return None,
    };
    Some(sentence)
}

/// The code of a reason that needs no sentence of its own.
const fn code(refused: &Refused) -> i64 {
    match refused {
        Refused::NotTrading => 110074,
        Refused::TooManyOrders => 110020,
        Refused::TooManyAlgos => 110009,
        Refused::NoMargin => 110007,
        Refused::NothingToReduce => 110017,
        Refused::DuplicateClientId => 110072,
        Refused::NotOpen | Refused::NotFound | Refused::Triggering => 110001,
        Refused::SameMode => 110025,
        Refused::OrdersHoldMode => 110028,
        Refused::PositionsHoldMode => 110024,
        Refused::BadLeverage => 110013,
        Refused::SameLeverage => 110043,
        Refused::OneModeOnly => 110029,
        Refused::NotModified => 34040,
        Refused::TooManyParts => 110061,
        _ => 10001,
    }
}

/// Prices inside sentences are whole numbers of a ten-thousandth.
fn scaled(number: Decimal) -> String {
    (number * Decimal::from(10_000)).trunc().normalize().to_string()
}

fn wrong_side(wrong: &WrongSide) -> Failure {
    let WrongSide { profits, partial, long, price, base, working } = wrong;
    let part = if *partial { "Partial" } else { "" };
    let what = if *profits { "TakeProfit" } else { "StopLoss" };
    let whose = if *long { "Buy" } else { "Sell" };
    let way = match (*profits, *long) {
        (false, true) => "lower than",
        (false, false) => "greater than",
        (true, true) => "be higher than",
        (true, false) => "be lower than",
    };
    Failure::params(format!(
        "{part}{what}:{} set for {whose} position should {way} base_price:{}??{}",
        scaled(*price),
        scaled(*base),
        price_word(*working)
    ))
}

fn least_value(least: Decimal) -> Failure {
    let msg = format!("Order does not meet minimum order value {}USDT", least.normalize());
    Failure::with(110094, msg)
}
