//! Names: which venue, account, instrument and leg something belongs to.
//!
//! A symbol is the venue's own id and is never taken apart: `BTCUSDT` and `BTCUSDT_270326`
//! share a base and nothing else, and a leading `1000` is part of the name.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::domain::amount::{OrderSide, Side};
use crate::domain::time::Span;

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The id as the venue or the config spells it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text.into())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&*self.0, f)
            }
        }
    };
}

text_id!(
    /// The name the config gives to one API key on one venue.
    AccountName
);
text_id!(
    /// The venue's own instrument id: opaque UTF-8, compared byte for byte.
    Symbol
);
text_id!(
    /// An order's id at the venue. Text, because venues outgrow 53 bits and mix number spaces.
    VenueOrderId
);
text_id!(
    /// A fill's id at the venue, unique together with account and symbol.
    TradeId
);

/// An exchange product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Venue {
    /// Binance USD-M futures.
    BinanceUsdm,
    /// Bybit v5, category linear.
    BybitLinear,
}

impl Venue {
    /// The name used in the config: `binance-usdm`, `bybit-linear`.
    pub fn name(self) -> &'static str {
        match self {
            Self::BinanceUsdm => "binance-usdm",
            Self::BybitLinear => "bybit-linear",
        }
    }

    /// Whether a stop of ours is kept on the position itself, where the venue knows no id for it.
    /// Source: bybit 3.7.
    pub fn keeps_stops_on_positions(self) -> bool {
        self == Self::BybitLinear
    }

    /// Whether each instrument has a position mode of its own, so that the legs of one say
    /// nothing of another. Source: bybit 3.3.
    pub fn keeps_mode_per_symbol(self) -> bool {
        self == Self::BybitLinear
    }

    /// Whether the lists of all open orders take most of what the venue allows an address.
    /// Source: binance-usdm 5: 40 of 2,400 a minute each, against 5 for the positions.
    pub fn lists_orders_dearly(self) -> bool {
        self == Self::BinanceUsdm
    }

    /// The name in the ledger's `exchange` column: `binance`, `bybit`.
    pub fn exchange(self) -> &'static str {
        match self {
            Self::BinanceUsdm => "binance",
            Self::BybitLinear => "bybit",
        }
    }

    /// How long the venue keeps fills: what is older cannot be asked for any more. Source:
    /// binance-usdm 3.14 (three months), bybit 3.11 (two years).
    pub fn fills_kept(self) -> Span {
        match self {
            Self::BinanceUsdm => Span::secs(90 * 24 * 3600),
            Self::BybitLinear => Span::secs(730 * 24 * 3600),
        }
    }

    /// Whether the smallest order value may hinder a close. Source: binance-usdm 3.2 (reduce-only
    /// is exempt), bybit 3.1 (not known to be exempt).
    pub fn values_closes(self) -> bool {
        self == Self::BybitLinear
    }

    /// Reads the ledger's `exchange` column.
    pub fn from_exchange(text: &str) -> Option<Self> {
        [Self::BinanceUsdm, Self::BybitLinear].into_iter().find(|v| v.exchange() == text)
    }
}

/// Which side of the book an account keeps apart: `net` in one-way mode, else `long` or `short`.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default,
)]
#[serde(rename_all = "lowercase")]
pub enum Leg {
    /// One-way mode: a single position whose side may change.
    #[default]
    Net,
    /// Hedge mode, the long leg.
    Long,
    /// Hedge mode, the short leg.
    Short,
}

impl Leg {
    /// The word used in the ledger and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Net => "net",
            Self::Long => "long",
            Self::Short => "short",
        }
    }

    /// Reads the word back; lower case only, as the ledger spells it.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Net, Self::Long, Self::Short].into_iter().find(|leg| leg.name() == text)
    }

    /// The direction that makes a hedged leg smaller, and nothing else can. One-way the position
    /// says it, which the leg does not know.
    pub fn closing(self) -> Option<OrderSide> {
        match self {
            Self::Net => None,
            Self::Long => Some(Side::Long.closing()),
            Self::Short => Some(Side::Short.closing()),
        }
    }
}

impl fmt::Display for Leg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The identity of a position: nothing in holdfast is keyed by less than this.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PositionKey {
    /// Which API key.
    pub account: AccountName,
    /// Which instrument.
    pub symbol: Symbol,
    /// Which leg.
    pub leg: Leg,
}

impl PositionKey {
    /// Names a leg.
    pub fn new(account: impl Into<AccountName>, symbol: impl Into<Symbol>, leg: Leg) -> Self {
        Self { account: account.into(), symbol: symbol.into(), leg }
    }
}

impl fmt::Display for PositionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.leg {
            Leg::Net => write!(f, "{} {}", self.account, self.symbol),
            leg => write!(f, "{} {} {leg}", self.account, self.symbol),
        }
    }
}
