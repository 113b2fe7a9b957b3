//! Money, prices and quantities: decimals that know what they count.
//!
//! A [`Qty`] or [`Price`] is positive, always: zero means "nothing there", and nothing there is
//! an `Option`, not a number. Direction lives in [`Side`], never in a sign.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// The largest price or quantity, 10^14, as in the ledger: what is made of two of them can still
/// be counted. Real ones are far inside: the smallest tick is 10^-9, the largest supply 10^13.
pub const LARGEST: Decimal = Decimal::from_parts(0x107a_4000, 0x5af3, 0, false, 0);

/// The smallest price or quantity, 10^-13: no product of two vanishes, and how often it is
/// contained in the largest can still be counted.
pub const SMALLEST: Decimal = Decimal::from_parts(1, 0, 0, false, 13);

/// A number that had to be positive, and of a size that can be counted with, and was not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is {why}", why = why(*.0))]
pub struct NotPositive(pub Decimal);

fn why(value: Decimal) -> &'static str {
    if value > LARGEST {
        "too large"
    } else if value > Decimal::ZERO {
        "too small"
    } else {
        "not a positive number"
    }
}

macro_rules! positive {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "Decimal", into = "Decimal")]
        pub struct $name(Decimal);

        impl $name {
            /// Accepts a decimal from [`SMALLEST`] to [`LARGEST`]; trailing zeros are dropped.
            ///
            /// # Errors
            /// [`NotPositive`] for zero and below, and for what is too small or too large.
            pub fn new(value: Decimal) -> Result<Self, NotPositive> {
                let counts = (SMALLEST..=LARGEST).contains(&value);
                counts.then(|| Self(value.normalize())).ok_or(NotPositive(value))
            }

            /// The number itself.
            pub fn get(self) -> Decimal {
                self.0
            }
        }

        impl TryFrom<Decimal> for $name {
            type Error = NotPositive;
            fn try_from(value: Decimal) -> Result<Self, NotPositive> {
                Self::new(value)
            }
        }

        impl From<$name> for Decimal {
            fn from(value: $name) -> Decimal {
                value.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }
    };
}

positive!(
    /// A quantity in base units, greater than zero.
    Qty
);
positive!(
    /// A price in quote units for one base unit, greater than zero.
    Price
);

impl Qty {
    /// What is left after taking `other` away, or `None` when nothing is.
    pub fn minus(self, other: Self) -> Option<Self> {
        Self::new(self.0 - other.0).ok()
    }

    /// Both together.
    pub fn plus(self, other: Self) -> Self {
        Self((self.0 + other.0).normalize())
    }

    /// Value at a price, in quote units.
    pub fn at(self, price: Price) -> Money {
        Money(self.0 * price.0)
    }
}

/// An amount of quote currency, of either sign.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Money(pub Decimal);

impl Money {
    /// Nothing gained, nothing lost.
    pub const ZERO: Self = Self(Decimal::ZERO);
}

impl Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Money {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Self::add)
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A share of something: `Percent(2)` is 2 %.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Percent(pub Decimal);

impl Percent {
    /// That share of a number.
    pub fn of(self, value: Decimal) -> Decimal {
        value * self.0 / Decimal::ONE_HUNDRED
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}%", self.0.normalize())
    }
}

/// The direction of exposure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// Gains when the price rises.
    Long,
    /// Gains when the price falls.
    Short,
}

impl Side {
    /// The word used in the ledger and on the screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Long => "long",
            Self::Short => "short",
        }
    }

    /// Reads the ledger's word.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Long, Self::Short].into_iter().find(|side| side.name() == text)
    }

    /// The order side that makes this exposure smaller.
    pub fn closing(self) -> OrderSide {
        match self {
            Self::Long => OrderSide::Sell,
            Self::Short => OrderSide::Buy,
        }
    }

    /// The order side that makes this exposure larger.
    pub fn opening(self) -> OrderSide {
        self.closing().opposite()
    }

    /// Profit, before fees, of `quantity` entered at `entry` and left at `exit`.
    pub fn profit(self, entry: Price, exit: Price, quantity: Qty) -> Money {
        let gain = (exit.0 - entry.0) * quantity.0;
        match self {
            Self::Long => Money(gain),
            Self::Short => Money(-gain),
        }
    }

    /// The price `share` away from `price` on the losing side.
    /// `None` when that would not be a price at all (a stop of 100 % under a long).
    pub fn losing(self, price: Price, share: Percent) -> Option<Price> {
        let step = price.0.checked_mul(share.0)? / Decimal::ONE_HUNDRED;
        let at = match self {
            Self::Long => price.0 - step,
            Self::Short => price.0 + step,
        };
        Price::new(at).ok()
    }

    /// Whether a stop at `stop` would already have fired with the market at `price`.
    pub fn breached(self, stop: Price, price: Price) -> bool {
        match self {
            Self::Long => price <= stop,
            Self::Short => price >= stop,
        }
    }

    /// Whether a stop at `have` protects at least as well as one at `want`.
    pub fn protects(self, have: Price, want: Price) -> bool {
        match self {
            Self::Long => have >= want,
            Self::Short => have <= want,
        }
    }
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The direction of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OrderSide {
    /// Adds to a long, takes from a short.
    Buy,
    /// Adds to a short, takes from a long.
    Sell,
}

impl OrderSide {
    /// The other direction.
    pub fn opposite(self) -> Self {
        match self {
            Self::Buy => Self::Sell,
            Self::Sell => Self::Buy,
        }
    }

    /// The word used in the ledger.
    pub fn name(self) -> &'static str {
        match self {
            Self::Buy => "buy",
            Self::Sell => "sell",
        }
    }
}

impl fmt::Display for OrderSide {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
