//! Instants and spans in whole milliseconds; the core is told the time and never asks.

use std::fmt;
use std::ops::{Add, Sub};

use serde::{Deserialize, Serialize};

/// An instant on our own clock: milliseconds since the Unix epoch, never running backwards
/// within a process (the shell derives it from the monotonic clock).
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Time(pub i64);

impl Time {
    /// How long ago `earlier` was; nothing when it lies ahead.
    pub fn since(self, earlier: Self) -> Span {
        Span(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    /// RFC 3339 in UTC with milliseconds: `2026-11-21T02:20:00.000Z`.
    pub fn rfc3339(self) -> String {
        match jiff::Timestamp::from_millisecond(self.0) {
            Ok(at) => format!("{at:.3}"),
            Err(_) => "0001-01-01T00:00:00.000Z".to_owned(),
        }
    }

    /// The time of day in UTC: `14:03:22Z`.
    pub fn clock(self) -> String {
        let secs = self.0.div_euclid(1000).rem_euclid(86_400);
        format!("{:02}:{:02}:{:02}Z", secs / 3600, secs % 3600 / 60, secs % 60)
    }

    /// Reads RFC 3339 text of any precision; fractions under a millisecond are dropped.
    pub fn parse(text: &str) -> Option<Self> {
        text.parse::<jiff::Timestamp>().ok().map(|at| Self(at.as_millisecond()))
    }
}

impl Add<Span> for Time {
    type Output = Self;
    fn add(self, span: Span) -> Self {
        Self(self.0.saturating_add_unsigned(span.0))
    }
}

impl Sub<Span> for Time {
    type Output = Self;
    fn sub(self, span: Span) -> Self {
        Self(self.0.saturating_sub_unsigned(span.0))
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.rfc3339())
    }
}

/// An instant on a venue's clock: milliseconds since the Unix epoch, as the venue stamped it.
/// Only ever compared with stamps of the same venue.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct VenueTime(pub i64);

/// A length of time in milliseconds.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Span(pub u64);

impl Span {
    /// Whole seconds as a span; more than can be counted is the longest there is.
    pub const fn secs(seconds: u64) -> Self {
        Self(seconds.saturating_mul(1000))
    }

    /// The length in milliseconds.
    pub const fn millis(self) -> u64 {
        self.0
    }

    /// As the shell's timers want it.
    pub const fn duration(self) -> std::time::Duration {
        std::time::Duration::from_millis(self.0)
    }
}

impl fmt::Display for Span {
    /// At most six cells: `0.2s`, `0:42`, `7h12m`, `2d04h`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (secs, tenths) = (self.0 / 1000, self.0 % 1000 / 100);
        let text = match secs {
            0..10 => format!("{secs}.{tenths}s"),
            10..3600 => format!("{}:{:02}", secs / 60, secs % 60),
            3600..86_400 => format!("{}h{:02}m", secs / 3600, secs % 3600 / 60),
            _ => format!("{}d{:02}h", secs / 86_400, secs % 86_400 / 3600),
        };
        f.pad(&text)
    }
}
