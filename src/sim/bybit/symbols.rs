//! What trades on the Bybit side: perpetuals in USDT and in USDC, and a dated one of each.
//!
//! Among them the awkward names: multipliers before and inside the coin, a non-ASCII one, and
//! USDC perpetuals that do not end on their coin. Source: bybit 0, 3.1.

use rust_decimal::Decimal;

use crate::sim::symbols::{NEVER_DELIVERED, Spec};
use crate::sim::words::Coin;

/// 26 March 2027, 08:00 UTC: when the dated contracts are delivered.
const DELIVERY: i64 = 1_806_048_000_000;

/// symbol, coin, start, tick, step, least, most at a limit, most at market, leverage, maintenance
type Row = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    u32,
    u32,
    u32,
    &'static str,
);

const ROWS: [Row; 21] = [
    ("BTCUSDT", "BTC", "91250.00", "0.10", "0.001", "0.001", 1_190, 500, 100, "0.005"),
    ("ETHUSDT", "ETH", "3105.40", "0.01", "0.01", "0.01", 7_240, 724, 100, "0.005"),
    ("SOLUSDT", "SOL", "142.350", "0.010", "0.1", "0.1", 79_770, 7_977, 100, "0.01"),
    ("XRPUSDT", "XRP", "2.1850", "0.0001", "0.1", "0.1", 1_000_000, 500_000, 75, "0.01"),
    ("DOGEUSDT", "DOGE", "0.15240", "0.00001", "1", "1", 13_000_000, 2_600_000, 75, "0.01"),
    ("ADAUSDT", "ADA", "0.4780", "0.0001", "1", "1", 2_000_000, 500_000, 75, "0.01"),
    ("LINKUSDT", "LINK", "13.650", "0.001", "0.1", "0.1", 150_000, 30_000, 75, "0.01"),
    ("LTCUSDT", "LTC", "86.40", "0.01", "0.1", "0.1", 30_000, 6_000, 75, "0.01"),
    ("AVAXUSDT", "AVAX", "14.520", "0.001", "0.1", "0.1", 200_000, 40_000, 50, "0.01"),
    ("SUIUSDT", "SUI", "1.5600", "0.0001", "10", "10", 900_000, 300_000, 50, "0.01"),
    ("BNBUSDT", "BNB", "905.00", "0.10", "0.01", "0.01", 5_000, 1_000, 75, "0.01"),
    (
        "1000PEPEUSDT",
        "1000PEPE",
        "0.0047300",
        "0.0000001",
        "100",
        "100",
        90_000_000,
        20_000_000,
        75,
        "0.01",
    ),
    (
        "SHIB1000USDT",
        "SHIB1000",
        "0.008650",
        "0.000001",
        "10",
        "10",
        60_000_000,
        12_000_000,
        75,
        "0.01",
    ),
    (
        "10000000AIDOGEUSDT",
        "10000000AIDOGE",
        "0.000412",
        "0.000001",
        "100",
        "100",
        60_000_000,
        12_000_000,
        25,
        "0.02",
    ),
    ("币安人生USDT", "币安人生", "0.13400", "0.00001", "1", "1", 2_000_000, 500_000, 25, "0.02"),
    ("BTCUSDT-26MAR27", "BTC", "92310.00", "0.50", "0.001", "0.001", 100, 50, 50, "0.01"),
    ("BTCPERP", "BTC", "91260.00", "0.10", "0.001", "0.001", 100, 50, 100, "0.005"),
    ("ETHPERP", "ETH", "3105.80", "0.01", "0.01", "0.01", 1_500, 500, 100, "0.005"),
    ("SOLPERP", "SOL", "142.350", "0.010", "0.1", "0.1", 20_000, 5_000, 50, "0.01"),
    (
        "SHIB1000PERP",
        "SHIB1000",
        "0.008660",
        "0.000001",
        "10",
        "10",
        9_000_000,
        3_000_000,
        50,
        "0.01",
    ),
    ("BTC-26MAR27", "BTC", "92330.00", "0.50", "0.001", "0.001", 100, 50, 50, "0.01"),
];

/// All contracts, in the order the exchange lists them.
pub fn listed() -> Vec<Spec> {
    ROWS.iter().map(spec).collect()
}

fn number(text: &str) -> Decimal {
    text.parse().unwrap_or_default()
}

fn spec(row: &Row) -> Spec {
    let (symbol, base, start, tick, step, least, max, market_max, leverage, maintenance) = *row;
    let tick = number(tick);
    Spec {
        symbol: symbol.to_owned(),
        base: base.to_owned(),
        coin: if symbol.contains("USDT") { Coin::Usdt } else { Coin::Usdc },
        pair: symbol.split('-').next().unwrap_or(symbol).to_owned(),
        delivery: if symbol.contains('-') { DELIVERY } else { NEVER_DELIVERED },
        start: number(start),
        price_places: tick.scale(),
        tick,
        step: number(step),
        min_qty: number(least),
        max_qty: Decimal::from(max),
        market_max_qty: Decimal::from(market_max),
        min_notional: Decimal::from(5),
        max_leverage: leverage,
        maintenance: number(maintenance),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_contract_starts_on_its_tick_and_both_coins_are_there() {
        for spec in listed() {
            assert!((spec.start % spec.tick).is_zero(), "{}", spec.symbol);
            assert!((spec.min_qty % spec.step).is_zero(), "{}", spec.symbol);
            assert!(spec.market_max_qty <= spec.max_qty && !spec.maintenance.is_zero());
        }
        let coin = |name: &str| listed().into_iter().find(|spec| spec.symbol == name).unwrap().coin;
        assert_eq!((coin("BTCUSDT-26MAR27"), coin("BTC-26MAR27")), (Coin::Usdt, Coin::Usdc));
        assert_eq!((coin("SHIB1000USDT"), coin("SHIB1000PERP")), (Coin::Usdt, Coin::Usdc));
    }
}
