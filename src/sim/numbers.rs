//! Decimals as a venue counts and prints them: steps, ticks, trimmed and padded text.

use rust_decimal::{Decimal, RoundingStrategy};

/// Milliseconds since the Unix epoch on the exchange's clock; the pure part is always told.
pub type Ms = i64;

/// Without trailing zeros: `0.10` is `0.1`, nothing is `0`.
pub fn trim(number: Decimal) -> String {
    number.normalize().to_string()
}

/// With exactly `places` decimals, as the venue pads its rows.
pub fn fixed(number: Decimal, places: u32) -> String {
    format!("{:.*}", places as usize, number.round_dp(places))
}

/// Eight decimals, the venue's form for money.
pub fn money(number: Decimal) -> String {
    fixed(number, 8)
}

/// How many decimals a number really has.
pub fn places(number: Decimal) -> u32 {
    number.normalize().scale()
}

/// The nearest multiple of a step at or below the number.
pub fn floor_to(number: Decimal, step: Decimal) -> Decimal {
    if step.is_zero() { number } else { (number / step).floor() * step }
}

/// The nearest multiple of a step.
pub fn round_to(number: Decimal, step: Decimal) -> Decimal {
    if step.is_zero() { number } else { (number / step).round() * step }
}

/// Whether a number is a whole count of steps above `base`.
pub fn on_step(number: Decimal, base: Decimal, step: Decimal) -> bool {
    step.is_zero() || ((number - base) % step).is_zero()
}

/// Money as the venue keeps it: eight decimals, cut off, never rounded up.
pub fn cut(number: Decimal) -> Decimal {
    number.round_dp_with_strategy(8, RoundingStrategy::ToZero).normalize()
}
