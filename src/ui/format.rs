//! Numbers, ages and clock times as the text of a cell.
//!
//! For: one spelling of every number on the screen: the venue's precision, thousands, sign.
//! Not for: colours or columns. No floats: a price is shown as the decimal it is.
//! Door: [`price`], [`quantity`], [`money`], [`percent`], [`state_age`], [`age`], [`cut`].

use std::borrow::Cow;

use rust_decimal::{Decimal, RoundingStrategy};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::domain::amount::{Money, Price, Qty};
use crate::domain::time::{Span, Time};

/// What stands where there is no value.
pub const NONE: &str = "--";

/// A price with as many places as the instrument's tick has.
pub fn price(value: Price, tick: Option<Price>) -> String {
    let places = tick.map_or_else(|| value.get().scale(), |tick| tick.get().scale());
    fixed(value.get(), places)
}

/// A quantity with as many places as the instrument's step has, and more when it is finer.
pub fn quantity(value: Qty, step: Option<Qty>) -> String {
    let places = step.map_or(0, |step| step.get().scale()).max(value.get().scale());
    fixed(value.get(), places)
}

/// Profit or loss: two places, the sign always there.
pub fn money(value: Money) -> String {
    signed(value.0, 2)
}

/// A share: two places, the sign always there, no percent sign.
pub fn percent(value: Decimal) -> String {
    signed(value, 2)
}

/// A number with its sign always there and so many places.
pub fn signed(value: Decimal, places: u32) -> String {
    let text = fixed(value, places);
    if text.starts_with('-') { text } else { format!("+{text}") }
}

/// A number with exactly `places` places and thousands set off by commas.
pub fn fixed(value: Decimal, places: u32) -> String {
    let mut value = value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
    value.rescale(places);
    let text = value.abs().to_string();
    let (whole, rest) = text.find('.').map_or((text.as_str(), ""), |dot| text.split_at(dot));
    let mut out = String::with_capacity(text.len() + 4);
    if value.is_sign_negative() && !value.is_zero() {
        out.push('-');
    }
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out.push_str(rest);
    out
}

/// A count with thousands set off by commas.
pub fn count(value: u64) -> String {
    fixed(Decimal::from(value), 0)
}

/// How long a state has lasted: `0:42`, `12:05`, `7h12m`, `2d04h`, `120d`.
pub fn state_age(span: Span) -> String {
    let secs = span.millis() / 1000;
    match secs {
        0..3600 => format!("{}:{:02}", secs / 60, secs % 60),
        _ => long_age(secs),
    }
}

/// How old a thing is, to the minute once it is that old: `42s`, `58m`, `7h12m`, `2d04h`.
pub fn age(span: Span) -> String {
    let secs = span.millis() / 1000;
    match secs {
        0..60 => format!("{secs}s"),
        60..3600 => format!("{}m", secs / 60),
        _ => long_age(secs),
    }
}

/// How old a value is that should be seconds old: `<2s`, `8s`, then as [`age`].
pub fn value_age(span: Span) -> String {
    if span < Span::secs(2) { "<2s".to_owned() } else { age(span) }
}

/// How old a value is that nobody waits for: a word that changes rarely, so that a quiet
/// screen stays quiet. `<2s`, `<10s`, `<30s`, `<1m`, then as [`age`].
pub fn rough_age(span: Span) -> String {
    match span.millis() / 1000 {
        0..2 => "<2s".to_owned(),
        2..10 => "<10s".to_owned(),
        10..30 => "<30s".to_owned(),
        30..60 => "<1m".to_owned(),
        _ => age(span),
    }
}

fn long_age(secs: u64) -> String {
    match secs {
        0..86_400 => format!("{}h{:02}m", secs / 3600, secs % 3600 / 60),
        86_400..8_640_000 => format!("{}d{:02}h", secs / 86_400, secs % 86_400 / 3600),
        _ => format!("{}d", secs / 86_400),
    }
}

/// The time of day in UTC: `14:03:22Z`.
pub fn clock(at: Time) -> String {
    at.clock()
}

/// The time of day in UTC with milliseconds: `14:03:22.118`.
pub fn clock_ms(at: Time) -> String {
    let ms = at.0.rem_euclid(86_400_000);
    let secs = ms / 1000;
    format!("{:02}:{:02}:{:02}.{:03}", secs / 3600, secs % 3600 / 60, secs % 60, ms % 1000)
}

/// Columns that a text takes on the screen.
pub fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.width() }
}

/// The text itself where it fits, else its beginning and `..`.
pub fn cut(text: &str, room: usize) -> Cow<'_, str> {
    if width(text) <= room {
        return Cow::Borrowed(text);
    }
    let dots = room.min(2);
    let mut used = 0;
    let mut out = String::new();
    for c in text.chars() {
        let cells = c.width().unwrap_or(0);
        if used + cells + dots > room {
            break;
        }
        used += cells;
        out.push(c);
    }
    out.push_str(&".."[..dots]);
    Cow::Owned(out)
}

/// A sentence in lines of at most `room` columns.
pub fn wrapped(text: &str, room: usize) -> Vec<String> {
    filled(text.split_whitespace(), room)
}

/// Lines of at most `room` columns, of words that stay whole.
pub fn filled<'a>(words: impl IntoIterator<Item = &'a str>, room: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in words {
        let Some(line) = lines.last_mut() else { break };
        if line.is_empty() {
            line.push_str(word);
        } else if width(line) + 1 + width(word) <= room {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn a_price_has_the_places_of_its_tick_and_thousands() {
        let tick = Price::new(decimal("0.10")).unwrap();
        assert_eq!(price(Price::new(decimal("97410")).unwrap(), Some(tick)), "97,410.0");
        let fine = Price::new(decimal("0.00000001")).unwrap();
        assert_eq!(price(Price::new(decimal("0.00001234")).unwrap(), Some(fine)), "0.00001234");
        assert_eq!(price(Price::new(decimal("3.25")).unwrap(), None), "3.25");
    }

    #[test]
    fn a_quantity_finer_than_its_step_keeps_its_dust() {
        let step = Qty::new(decimal("0.1")).unwrap();
        assert_eq!(quantity(Qty::new(decimal("1200.05")).unwrap(), Some(step)), "1,200.05");
        assert_eq!(quantity(Qty::new(decimal("40000")).unwrap(), None), "40,000");
    }

    #[test]
    fn profit_always_says_its_sign_and_nothing_lost_is_not_minus_nothing() {
        assert_eq!(money(Money(decimal("195.6"))), "+195.60");
        assert_eq!(money(Money(decimal("-1234567.895"))), "-1,234,567.90");
        assert_eq!(money(Money(decimal("-0.001"))), "+0.00");
        assert_eq!(percent(decimal("-0.544")), "-0.54");
    }

    #[test]
    fn ages_never_take_more_than_six_cells() {
        let days = |n: u64| Span::secs(n * 86_400);
        for (span, wanted) in [
            (Span::secs(42), "0:42"),
            (Span::secs(59 * 60 + 59), "59:59"),
            (Span::secs(7 * 3600 + 12 * 60), "7h12m"),
            (days(2), "2d00h"),
            (days(99), "99d00h"),
            (days(120), "120d"),
            (days(3650), "3650d"),
        ] {
            assert_eq!(state_age(span), wanted);
            assert!(state_age(span).len() <= 6 && age(span).len() <= 6);
        }
        assert_eq!((age(Span::secs(59)), age(Span::secs(61))), ("59s".into(), "1m".into()));
    }

    #[test]
    fn a_text_is_cut_by_columns_not_by_bytes() {
        assert_eq!(cut("hyperliquid:main", 12), "hyperliqui..");
        assert_eq!(cut("コインUSDT", 6), "コイ..");
        assert_eq!(cut("abc", 1), ".");
        assert_eq!(cut("abc", 0), "");
    }

    #[test]
    fn a_sentence_is_wrapped_between_words() {
        assert_eq!(wrapped("refused -2021, trying again", 14), ["refused -2021,", "trying again"]);
        assert_eq!(wrapped("", 5), [""]);
        assert_eq!(wrapped("unbreakable", 3), ["unbreakable"]);
    }

    #[test]
    fn a_clock_before_the_epoch_is_still_a_time_of_day() {
        assert_eq!(clock(Time(-1)), "23:59:59Z");
        assert_eq!(clock_ms(Time(50_602_118)), "14:03:22.118");
    }
}
