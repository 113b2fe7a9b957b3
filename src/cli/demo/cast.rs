//! Who is on stage: the positions a demo begins with, and what its bots open later.
//!
//! For: numbers that look like accounts somebody trades, one on each venue. Not for: when
//! anything happens.

use rust_decimal::Decimal;

use crate::domain::amount::Side;
use crate::domain::key::{Leg, PositionKey, Venue};

/// One position of the cast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Role {
    /// Where.
    pub venue: Venue,
    /// What it trades.
    pub symbol: &'static str,
    /// Which leg.
    pub leg: Leg,
    /// Which way.
    pub side: Side,
    /// How much, in base units.
    pub quantity: &'static str,
}

/// A long of the one-way account on Binance.
pub const fn long(symbol: &'static str, quantity: &'static str) -> Role {
    Role { venue: Venue::BinanceUsdm, symbol, leg: Leg::Net, side: Side::Long, quantity }
}

/// A short of it.
pub const fn short(symbol: &'static str, quantity: &'static str) -> Role {
    Role { side: Side::Short, ..long(symbol, quantity) }
}

/// The same on the other venue.
pub const fn bybit(role: Role) -> Role {
    Role { venue: Venue::BybitLinear, ..role }
}

/// A leg of its own, beside the other one.
pub const fn hedged(role: Role) -> Role {
    let leg = match role.side {
        Side::Long => Leg::Long,
        Side::Short => Leg::Short,
    };
    Role { leg, ..bybit(role) }
}

/// The account that the demo keeps on a venue.
pub const fn account(venue: Venue) -> &'static str {
    match venue {
        Venue::BinanceUsdm => "main",
        Venue::BybitLinear => "alt",
    }
}

/// Instruments that hold both legs on Bybit; the others are traded one way.
pub const HEDGED: [&str; 2] = ["ETHUSDT", "XRPUSDT"];

/// Opened by the bots and in good order when the curtain rises, with their age in minutes.
pub const HEALTHY: [(Role, u64); 13] = [
    (long("ETHUSDT", "4.2"), 372),
    (short("SOLUSDT", "85"), 61),
    (long("XRPUSDT", "4200"), 1508),
    (short("ADAUSDT", "15000"), 203),
    (long("LINKUSDT", "640"), 47),
    (short("AVAXUSDT", "310"), 889),
    (long("SUIUSDT", "3600"), 134),
    (short("1000PEPEUSDT", "900000"), 26),
    (hedged(long("ETHUSDT", "2.5")), 311),
    (hedged(short("ETHUSDT", "1.2")), 288),
    (bybit(long("BTCPERP", "0.120")), 742),
    (bybit(long("SOLUSDT", "40")), 95),
    (hedged(long("XRPUSDT", "2500")), 166),
];

/// Tracked, and its stop is gone.
pub const UNPROTECTED: Role = long("BTCUSDT", "0.25");

/// Tracked, and sold by hand while nobody looked.
pub const VANISHED: [(Role, u64); 2] =
    [(long("DOGEUSDT", "40000"), 95), (hedged(short("XRPUSDT", "1800")), 141)];

/// Tracked, with a size that the bot wrote down wrongly.
pub const MISWRITTEN: Role = long("BNBUSDT", "6");

/// What it wrote for [`MISWRITTEN`].
pub const WRITTEN: &str = "9";

/// Opened by hand; nobody wrote it down, and no stop is behind it.
pub const ORPHANS: [Role; 4] = [
    short("LTCUSDT", "60"),
    long("ARBUSDT", "24000"),
    bybit(short("LTCUSDT", "45")),
    long("币安人生USDT", "21000"),
];

/// Everybody that a bot may open.
pub fn all() -> impl Iterator<Item = Role> {
    let aged = HEALTHY.into_iter().chain(VANISHED).map(|(role, _)| role);
    aged.chain([UNPROTECTED, MISWRITTEN])
}

impl Role {
    /// How much, as a number.
    pub fn amount(&self) -> Decimal {
        self.quantity.parse().unwrap_or(Decimal::ONE)
    }

    /// Its identity.
    pub fn key(&self) -> PositionKey {
        PositionKey::new(account(self.venue), self.symbol, self.leg)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_trades_something_of_its_own() {
        let mut keys: Vec<_> = all().chain(ORPHANS).map(|role| role.key()).collect();
        let many = keys.len();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), many);
    }

    #[test]
    fn legs_stand_where_the_instrument_holds_both() {
        for role in all().chain(ORPHANS) {
            let hedged = role.venue == Venue::BybitLinear && HEDGED.contains(&role.symbol);
            assert_eq!(role.leg != Leg::Net, hedged, "{}", role.key());
        }
    }
}
