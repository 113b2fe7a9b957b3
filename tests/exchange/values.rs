//! Short words for the values that tests compare.

use std::str::FromStr;

use holdfast::domain::amount::{Money, Price, Qty};
use holdfast::domain::time::Time;
use rust_decimal::Decimal;
use serde_json::Value;

/// Twenty seconds into a minute, which no test outlives.
pub const MOMENT: Time = Time(1_700_000_000_000);

pub fn fixture(name: &str) -> String {
    let path = format!("{}/tests/fixtures/binance/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|why| panic!("{path}: {why}"))
}

pub fn json(name: &str) -> Value {
    serde_json::from_str(&fixture(name)).unwrap()
}

pub fn dec(text: &str) -> Decimal {
    Decimal::from_str(text).unwrap()
}

pub fn qty(text: &str) -> Qty {
    Qty::new(dec(text)).unwrap()
}

pub fn price(text: &str) -> Price {
    Price::new(dec(text)).unwrap()
}

pub fn money(text: &str) -> Money {
    Money(dec(text))
}
