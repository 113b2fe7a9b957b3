//! Reading the cells of a row that anybody may have written.
//!
//! For: decimals, times and words out of loosely typed columns, each with the sentence that
//! says what is wrong with it. Numbers stay text on the way: a REAL was turned into its
//! shortest decimal text by the column's type when it was inserted, so 0.1 is 0.1.
//! Door: [`Cells`].

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use rust_decimal::Decimal;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::domain::amount::{LARGEST, Price, Qty, SMALLEST};
use crate::domain::time::Time;

/// What is wrong with a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) column: &'static str,
    pub(super) why: String,
}

/// The cells of one row, by place and name.
pub(super) struct Cells<'r>(pub(super) &'r SqliteRow);

/// A column: its place in the query and its name.
pub(super) type Column = (usize, &'static str);

impl<'r> Cells<'r> {
    /// Text, or none for NULL.
    pub(super) fn text(&self, column: Column) -> Result<Option<&'r str>, Fault> {
        self.0
            .try_get::<Option<&str>, _>(column.0)
            .map_err(|_| fault(column, "is not text; write it as text in UTF-8".to_owned()))
    }

    /// Text that must be there, not be blank and stay on its line.
    pub(super) fn name(&self, column: Column) -> Result<&'r str, Fault> {
        match self.text(column)? {
            // No venue has such a name, and a terminal would obey it.
            Some(text) if text.chars().any(char::is_control) => {
                let why = format!("is {}; write a name without control characters", quoted(text));
                Err(fault(column, why))
            }
            Some(text) if !text.trim().is_empty() => Ok(text),
            Some(_) => Err(fault(column, "is blank; write a name".to_owned())),
            None => Err(missing(column)),
        }
    }

    /// One of the words that `parse` knows.
    pub(super) fn word<T>(
        &self,
        column: Column,
        parse: impl Fn(&str) -> Option<T>,
        known: &str,
    ) -> Result<T, Fault> {
        let word = self.text(column)?.ok_or_else(|| missing(column))?;
        parse(word).ok_or_else(|| unknown(column, word, known))
    }

    /// One of the words that `parse` knows, or NULL.
    pub(super) fn maybe_word<T>(
        &self,
        column: Column,
        parse: impl Fn(&str) -> Option<T>,
        known: &str,
    ) -> Result<Option<T>, Fault> {
        let Some(word) = self.text(column)? else { return Ok(None) };
        parse(word).map(Some).ok_or_else(|| unknown(column, word, known))
    }

    /// A decimal, or NULL.
    pub(super) fn decimal(&self, column: Column) -> Result<Option<Decimal>, Fault> {
        let Some(text) = self.text(column)? else { return Ok(None) };
        decimal(text)
            .map(Some)
            .ok_or_else(|| fault(column, format!("is {}; write a decimal number", quoted(text))))
    }

    fn positive(&self, column: Column) -> Result<Option<Decimal>, Fault> {
        let Some(number) = self.decimal(column)? else { return Ok(None) };
        if number <= Decimal::ZERO {
            return Err(fault(column, format!("is {number}; write a number above zero")));
        }
        if !(SMALLEST..=LARGEST).contains(&number) {
            let why = format!("is {number}; write a number between {SMALLEST} and {LARGEST}");
            return Err(fault(column, why));
        }
        Ok(Some(number))
    }

    /// A positive quantity.
    pub(super) fn quantity(&self, column: Column) -> Result<Qty, Fault> {
        let number = self.positive(column)?.ok_or_else(|| missing(column))?;
        Qty::new(number).map_err(|error| fault(column, error.to_string()))
    }

    /// A positive price.
    pub(super) fn price(&self, column: Column) -> Result<Price, Fault> {
        self.maybe_price(column)?.ok_or_else(|| missing(column))
    }

    /// A positive price, or NULL.
    pub(super) fn maybe_price(&self, column: Column) -> Result<Option<Price>, Fault> {
        let Some(number) = self.positive(column)? else { return Ok(None) };
        Price::new(number).map(Some).map_err(|error| fault(column, error.to_string()))
    }

    /// An instant.
    pub(super) fn time(&self, column: Column) -> Result<Time, Fault> {
        self.maybe_time(column)?.ok_or_else(|| missing(column))
    }

    /// An instant, or NULL.
    pub(super) fn maybe_time(&self, column: Column) -> Result<Option<Time>, Fault> {
        let Some(text) = self.text(column)? else { return Ok(None) };
        time(text).map(Some).ok_or_else(|| {
            let why = format!("is {}; write a time like 2026-11-21T02:20:00.000Z", quoted(text));
            fault(column, why)
        })
    }

    /// A whole number that is not negative.
    pub(super) fn count(&self, column: Column) -> Result<u64, Fault> {
        let count: Option<i64> = self
            .0
            .try_get(column.0)
            .map_err(|_| fault(column, "is not a whole number; write 0".to_owned()))?;
        let count = count.ok_or_else(|| missing(column))?;
        u64::try_from(count).map_err(|_| fault(column, format!("is {count}; write 0 or more")))
    }

    /// True or false, as SQLite keeps it: 1 or 0.
    pub(super) fn truth(&self, column: Column) -> Result<bool, Fault> {
        match self.count(column) {
            Ok(count @ (0 | 1)) => Ok(count == 1),
            _ => Err(fault(column, "is neither 0 nor 1; write one of them".to_owned())),
        }
    }
}

fn fault(column: Column, why: String) -> Fault {
    Fault { column: column.1, why: format!("{} {why}", column.1) }
}

fn missing(column: Column) -> Fault {
    fault(column, "is NULL; write a value".to_owned())
}

fn unknown(column: Column, word: &str, known: &str) -> Fault {
    fault(column, format!("is {}; write {known}, in lower case", quoted(word)))
}

/// What somebody wrote, short and without anything that would move a cursor.
fn quoted(text: &str) -> String {
    let start: String = text.chars().take(40).collect();
    let more = if start.len() < text.len() { "…" } else { "" };
    format!("{start:?}{more}")
}

/// A decimal number as programs and SQLite write it: `1.50`, `-3`, `1.0e-07`.
pub(super) fn decimal(text: &str) -> Option<Decimal> {
    let plain = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+');
    if text.bytes().all(plain) {
        return text.parse().ok();
    }
    let scientific = |byte: u8| plain(byte) || matches!(byte, b'e' | b'E');
    text.bytes().all(scientific).then(|| Decimal::from_scientific(text).ok()).flatten()
}

/// RFC 3339 of any precision and offset; without an offset it is UTC, as in SQLite's own
/// `YYYY-MM-DD HH:MM:SS`.
pub(super) fn time(text: &str) -> Option<Time> {
    Time::parse(text).or_else(|| {
        let civil: DateTime = text.parse().ok()?;
        // A bare date parses as midnight, which nobody means by the time of a trade.
        text.contains(':').then_some(())?;
        let at = TimeZone::UTC.to_timestamp(civil).ok()?;
        Some(Time(at.as_millisecond()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_of_every_program_are_read_exactly() {
        for (text, value) in [
            ("0.1", "0.1"),
            ("40000.0", "40000.0"),
            ("1.0e-07", "0.0000001"),
            ("2E+3", "2000"),
            ("-1.5", "-1.5"),
            ("0.3812033333333333333333333333", "0.3812033333333333333333333333"),
        ] {
            assert_eq!(decimal(text), value.parse().ok(), "{text}");
        }
    }

    #[test]
    fn what_is_no_decimal_is_not_read() {
        for text in ["", " 1", "1_000", "1,5", "0x10", "Inf", "NaN", "e", "-", "1e99", "1e-", "."] {
            assert_eq!(decimal(text), None, "{text}");
        }
    }

    #[test]
    fn times_of_every_program_are_the_same_instant() {
        let at = Time::parse("2026-11-21T02:20:00.123Z");
        for text in [
            "2026-11-21T02:20:00.123Z",
            "2026-11-21T02:20:00.123456+00:00",
            "2026-11-21T03:20:00.123999999+01:00",
            "2026-11-21 02:20:00.123",
            "2026-11-21T02:20:00.123456",
        ] {
            assert_eq!(time(text), at, "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_not_read() {
        for text in ["", "now", "2026-11-21", "1795227600", "21.11.2026 02:20", "2026-13-01 00:00"]
        {
            assert_eq!(time(text), None, "{text}");
        }
    }
}
