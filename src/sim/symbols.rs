//! What trades here: fifteen contracts with the ticks, steps and limits real ones have.
//!
//! Among them are the awkward ones: a multiplied contract, a dated one, a non-ASCII one.

use rust_decimal::Decimal;

use crate::sim::numbers::places;
use crate::sim::words::Coin;

/// The far date of a contract that does not end, as the venue writes it.
pub const NEVER_DELIVERED: i64 = 4_133_404_800_000;

/// One contract's fixed facts.
#[derive(Clone, Debug)]
pub struct Spec {
    /// The venue's id, opaque text.
    pub symbol: String,
    /// The coin.
    pub base: String,
    /// What it settles in.
    pub coin: Coin,
    /// The contract family it belongs to.
    pub pair: String,
    /// When it is delivered, or [`NEVER_DELIVERED`].
    pub delivery: i64,
    /// Where the walk begins.
    pub start: Decimal,
    /// Smallest price step.
    pub tick: Decimal,
    /// Quantity step.
    pub step: Decimal,
    /// Smallest quantity.
    pub min_qty: Decimal,
    /// Largest limit order.
    pub max_qty: Decimal,
    /// Largest market order.
    pub market_max_qty: Decimal,
    /// Smallest order value, in USDT.
    pub min_notional: Decimal,
    /// Decimals of a price; not the tick.
    pub price_places: u32,
    /// Highest leverage.
    pub max_leverage: u32,
    /// Maintenance margin rate.
    pub maintenance: Decimal,
}

impl Spec {
    /// Decimals of a quantity.
    pub fn qty_places(&self) -> u32 {
        places(self.step)
    }

    /// Whether it ends on a date.
    pub const fn is_dated(&self) -> bool {
        self.delivery != NEVER_DELIVERED
    }

    /// Lowest price of the price filter: one thousandth of where the walk began, at least a tick.
    pub fn min_price(&self) -> Decimal {
        self.tick.max(crate::sim::numbers::floor_to(self.start / Decimal::ONE_THOUSAND, self.tick))
    }

    /// Highest price of the price filter.
    pub fn max_price(&self) -> Decimal {
        crate::sim::numbers::floor_to(self.start * Decimal::from(50), self.tick)
    }
}

/// symbol, start, tick, step, most at a limit, most at market, least value, leverage, maintenance
type Row =
    (&'static str, &'static str, &'static str, &'static str, u32, u32, u32, u32, &'static str);

const ROWS: [Row; 15] = [
    ("BTCUSDT", "91250.0", "0.10", "0.001", 1_000, 120, 50, 125, "0.0040"),
    ("ETHUSDT", "3105.40", "0.01", "0.001", 10_000, 2_000, 20, 100, "0.0050"),
    ("SOLUSDT", "142.350", "0.0100", "0.01", 1_000_000, 5_000, 5, 75, "0.0050"),
    ("DOGEUSDT", "0.15240", "0.000010", "1", 50_000_000, 30_000_000, 5, 75, "0.0065"),
    ("XRPUSDT", "2.1850", "0.0001", "0.1", 10_000_000, 2_000_000, 5, 75, "0.0065"),
    ("ADAUSDT", "0.47800", "0.00010", "1", 2_000_000, 300_000, 5, 75, "0.0065"),
    ("LINKUSDT", "13.650", "0.001", "0.01", 1_000_000, 20_000, 20, 75, "0.0100"),
    ("AVAXUSDT", "14.5200", "0.0010", "1", 1_000_000, 5_000, 5, 50, "0.0100"),
    ("LTCUSDT", "86.40", "0.01", "0.001", 10_000, 5_000, 20, 75, "0.0065"),
    ("SUIUSDT", "1.560000", "0.000100", "0.1", 1_000_000, 100_000, 5, 50, "0.0100"),
    ("ARBUSDT", "0.215000", "0.000100", "0.1", 2_000_000, 100_000, 5, 50, "0.0100"),
    ("BNBUSDT", "905.000", "0.010", "0.01", 100_000, 2_000, 5, 75, "0.0065"),
    ("1000PEPEUSDT", "0.0047300", "0.0000001", "1", 250_000_000, 40_000_000, 5, 75, "0.0065"),
    ("BTCUSDT_270326", "92310.0", "0.1", "0.001", 500, 50, 5, 25, "0.0100"),
    ("币安人生USDT", "0.1340000", "0.0000100", "1", 2_000_000, 500_000, 5, 50, "0.0150"),
];

/// 26 March 2027, 08:00 UTC: when the dated contract is delivered.
const DELIVERY: i64 = 1_806_048_000_000;

fn number(text: &str) -> Decimal {
    text.parse().unwrap_or_default()
}

/// All contracts, in the order the exchange lists them.
pub fn listed() -> Vec<Spec> {
    ROWS.iter().map(spec).collect()
}

fn spec(row: &Row) -> Spec {
    let (symbol, start, tick, step, max, market_max, notional, leverage, maintenance) = *row;
    let pair = symbol.split('_').next().unwrap_or(symbol);
    let tick = number(tick);
    Spec {
        symbol: symbol.to_owned(),
        base: pair.strip_suffix("USDT").unwrap_or(pair).to_owned(),
        coin: Coin::Usdt,
        pair: pair.to_owned(),
        delivery: if symbol.contains('_') { DELIVERY } else { NEVER_DELIVERED },
        start: number(start),
        tick,
        min_qty: number(step),
        step: number(step),
        max_qty: Decimal::from(max),
        market_max_qty: Decimal::from(market_max),
        min_notional: Decimal::from(notional),
        price_places: tick.scale(),
        max_leverage: leverage,
        maintenance: number(maintenance),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_contract_starts_on_its_tick_and_can_be_traded() {
        for spec in listed() {
            assert!((spec.start % spec.tick).is_zero(), "{}", spec.symbol);
            assert!(spec.market_max_qty <= spec.max_qty && !spec.step.is_zero());
            assert!(spec.maintenance < Decimal::ONE && !spec.maintenance.is_zero());
        }
    }
}
