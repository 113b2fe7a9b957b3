//! Numbers and instants as venues write them, as far as they can be counted with.
//!
//! For: refusing what would be rounded to nothing, or is so large that a product of two of them
//! cannot be counted any more. No venue means such a number; one that is sent is a fault of its.
//! Not for: what a number means, and whether it has to be there (each venue's readers).
//! Door: [`countable`], [`instant`].

use rust_decimal::Decimal;

use crate::domain::amount::LARGEST;
use crate::domain::time::VenueTime;

/// The first millisecond of a year with five digits.
const LATEST: i64 = 253_402_300_800_000;

/// A number that was read from `text`, unless it is too large or lost all its digits.
pub fn countable(text: &str, value: Decimal) -> Option<Decimal> {
    let mantissa = text.split(['e', 'E']).next().unwrap_or(text);
    let vanished = value.is_zero() && mantissa.bytes().any(|byte| matches!(byte, b'1'..=b'9'));
    (!vanished && value.abs() <= LARGEST).then_some(value)
}

/// An instant of a year that has four digits.
///
/// # Errors
/// One sentence that names the field.
pub fn instant(name: &str, at: Option<i64>) -> Result<VenueTime, String> {
    let at = at.ok_or_else(|| format!("{name} is missing"))?;
    if (0..LATEST).contains(&at) {
        return Ok(VenueTime(at));
    }
    Err(format!("{name} is no instant: {at}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Decimal> {
        text.parse().ok().and_then(|value| countable(text, value))
    }

    #[test]
    fn what_can_be_counted_with_is_taken_as_it_is() {
        for text in ["0", "-0.00", "0.0000001", "-97000.1", "100000000000000"] {
            assert_eq!(read(text), text.parse().ok(), "{text}");
        }
    }

    #[test]
    fn a_number_that_vanished_is_not_zero_and_a_huge_one_is_none() {
        for text in ["0.0000000000000000000000000000001", "100000000000001", "-1000000000000000"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn instants_lie_between_1970_and_the_year_10000() {
        assert_eq!(instant("T", Some(0)), Ok(VenueTime(0)));
        assert_eq!(instant("T", None), Err("T is missing".to_owned()));
        for at in [-1, LATEST, i64::MIN, i64::MAX] {
            assert_eq!(instant("T", Some(at)), Err(format!("T is no instant: {at}")));
        }
    }
}
