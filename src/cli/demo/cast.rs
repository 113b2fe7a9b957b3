//! Who is on stage: the positions a demo begins with, and what its bot opens later.
//!
//! For: numbers that look like an account somebody trades. Not for: when anything happens.

use rust_decimal::Decimal;

use crate::domain::amount::Side;

/// One position of the cast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Role {
    /// What it trades.
    pub symbol: &'static str,
    /// Which way.
    pub side: Side,
    /// How much, in base units.
    pub quantity: &'static str,
}

const fn long(symbol: &'static str, quantity: &'static str) -> Role {
    Role { symbol, side: Side::Long, quantity }
}

const fn short(symbol: &'static str, quantity: &'static str) -> Role {
    Role { symbol, side: Side::Short, quantity }
}

/// Opened by the bot and in good order when the curtain rises.
pub const HEALTHY: [Role; 8] = [
    long("ETHUSDT", "4.2"),
    short("SOLUSDT", "85"),
    long("XRPUSDT", "4200"),
    short("ADAUSDT", "15000"),
    long("LINKUSDT", "640"),
    short("AVAXUSDT", "310"),
    long("SUIUSDT", "3600"),
    short("1000PEPEUSDT", "900000"),
];

/// Tracked, and its stop is gone.
pub const UNPROTECTED: Role = long("BTCUSDT", "0.25");

/// Tracked, and sold by hand while nobody looked.
pub const VANISHED: Role = long("DOGEUSDT", "40000");

/// Tracked, with a size that the bot wrote down wrongly.
pub const MISWRITTEN: Role = long("BNBUSDT", "6");

/// What it wrote for [`MISWRITTEN`].
pub const WRITTEN: &str = "9";

/// Opened by hand; nobody wrote it down, and no stop is behind it.
pub const ORPHANS: [Role; 3] =
    [short("LTCUSDT", "60"), long("ARBUSDT", "24000"), long("币安人生USDT", "21000")];

impl Role {
    /// How much, as a number.
    pub fn amount(&self) -> Decimal {
        self.quantity.parse().unwrap_or(Decimal::ONE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_trades_something_of_its_own() {
        let mut symbols: Vec<_> = HEALTHY.iter().chain(&ORPHANS).map(|role| role.symbol).collect();
        symbols.extend([UNPROTECTED.symbol, VANISHED.symbol, MISWRITTEN.symbol]);
        let all = symbols.len();
        symbols.sort_unstable();
        symbols.dedup();
        assert_eq!(symbols.len(), all);
    }
}
