//! `--since`: an instant, or how long ago.
//!
//! Door: [`Since`].

use std::str::FromStr;

use crate::domain::time::{Span, Time};

/// Where a list of events begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// At an instant.
    At(Time),
    /// This many milliseconds ago.
    Ago(Span),
}

impl FromStr for Since {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Some(at) = Time::parse(text) {
            return Ok(Self::At(at));
        }
        let unit = text.trim_start_matches(|c: char| c.is_ascii_digit());
        let number = text.strip_suffix(unit).and_then(|digits| digits.parse::<u64>().ok());
        let scale = match unit {
            "ms" => Some(1),
            "s" => Some(1000),
            "m" => Some(60_000),
            "h" => Some(3_600_000),
            _ => None,
        };
        let span = number.zip(scale).and_then(|(number, scale)| number.checked_mul(scale));
        span.map(|ms| Self::Ago(Span(ms))).ok_or_else(|| {
            "name an instant like 2026-11-21T02:20:00Z or an age like 90s, 15m or 2h".to_owned()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beginning_is_an_instant_or_an_age() {
        assert_eq!("1970-01-01T00:00:01Z".parse(), Ok(Since::At(Time(1000))));
        assert_eq!("15m".parse(), Ok(Since::Ago(Span::secs(900))));
        for wrong in ["", "yesterday", "15", "m", "-3s", "99999999999999999h"] {
            assert!(wrong.parse::<Since>().is_err(), "{wrong}");
        }
    }
}
