//! A replay as the console sees it: where it stands, and what a person may want of it.
//!
//! For: plain data between the console and whoever plays the recording, and the words of
//! `:goto`. Not for: playing (that is wired outside), or painting (`view::reel`).
//! Door: [`Moment`], [`Wind`], [`Goto::parse`].

use crate::domain::time::Time;
use crate::ui::format;

/// Where a replay stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The last input that the core was told, counted from the beginning of the run.
    pub input: u64,
    /// The last input of the recording.
    pub last: u64,
    /// When the core was told.
    pub at: Time,
    /// When the recording begins and ends.
    pub spans: (Time, Time),
    /// Whether it goes on by itself.
    pub is_playing: bool,
    /// How many times as fast as it happened; none for as fast as it goes.
    pub speed: Option<u32>,
    /// What the core was told.
    pub told: String,
    /// What it decided, a line each.
    pub decided: Vec<String>,
    /// What that came from, the nearest first, back to a fact from outside.
    pub causes: Vec<Cause>,
    /// How many causes lie before those.
    pub earlier: usize,
    /// What is to be said about the recording or this input, as one sentence.
    pub note: Option<String>,
    /// What a wish that led nowhere is answered with.
    pub word: Option<String>,
}

/// An earlier input that led to this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// Its number.
    pub input: u64,
    /// When the core was told.
    pub at: Time,
    /// What it was told.
    pub told: String,
}

/// What a person wants of a replay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wind {
    /// Play or pause.
    Toggle,
    /// So many inputs on, or back.
    By(i64),
    /// To the next input that told of a finding or an event, or back to the one before.
    News {
        /// Back instead of on.
        back: bool,
    },
    /// Play faster.
    Faster,
    /// Play slower.
    Slower,
    /// To a place.
    To(Goto),
}

/// A place in a recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goto {
    /// An input, by its number.
    Input(u64),
    /// A time of day in UTC, in milliseconds since midnight: the first one in the recording.
    Clock(u64),
    /// An instant.
    At(Time),
    /// So many milliseconds on, or back.
    By(i64),
}

impl Goto {
    /// Reads `05:01:34`, `2026-11-22T06:30:00Z` with or without the `Z`, `+30s`, `-1h30m`, `1d`
    /// or `#812`; without a sign a span leads on.
    ///
    /// # Errors
    /// One sentence that names the forms.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let place = if let Some(number) = text.strip_prefix('#') {
            // As the screen writes it: #1,200.
            number.replace(',', "").parse().ok().map(Self::Input)
        } else if let Some(span) = text.strip_prefix('+') {
            millis(span).map(Self::By)
        } else if let Some(span) = text.strip_prefix('-') {
            millis(span).map(|ms| Self::By(-ms))
        } else {
            let instant = || Time::parse(text).or_else(|| Time::parse(&format!("{text}Z")));
            let clock = clock(text).map(Self::Clock);
            clock.or_else(|| instant().map(Self::At)).or_else(|| millis(text).map(Self::By))
        };
        place.ok_or_else(|| {
            let which = match text {
                "" => "where to?".to_owned(),
                text => format!("\"{}\" is no place in a recording;", format::cut(text, 24)),
            };
            format!("{which} say 05:01:34, 2026-11-22T06:30:00Z, +30s, -2m, 1d or #812")
        })
    }
}

/// `90s`, `1h30m`.
fn millis(text: &str) -> Option<i64> {
    let is_digit = |c: char| c.is_ascii_digit();
    let (mut whole, mut rest) = (None, text);
    while !rest.is_empty() {
        let after = rest.trim_start_matches(is_digit);
        let number: i64 = rest.strip_suffix(after)?.parse().ok()?;
        let (unit, next) = after.split_at(after.find(is_digit).unwrap_or(after.len()));
        let scale = match unit {
            "ms" => 1,
            "s" => 1000,
            "m" => 60_000,
            "h" => 3_600_000,
            "d" => 86_400_000,
            _ => return None,
        };
        whole = Some(number.checked_mul(scale)?.checked_add(whole.unwrap_or(0))?);
        rest = next;
    }
    whole
}

/// `05:01`, `05:01:34.5`, with or without a `Z`.
fn clock(text: &str) -> Option<u64> {
    let text = text.strip_suffix('Z').unwrap_or(text);
    let (whole, ms) = text.split_once('.').unwrap_or((text, "0"));
    let parts: Vec<u64> = whole.split(':').map(str::parse).collect::<Result<_, _>>().ok()?;
    let (hours, minutes, seconds) = match parts[..] {
        [hours, minutes] => (hours, minutes, 0),
        [hours, minutes, seconds] => (hours, minutes, seconds),
        _ => return None,
    };
    let ms: u64 = format!("{ms:0<3}").get(..3)?.parse().ok()?;
    let fits = hours < 24 && minutes < 60 && seconds < 60;
    fits.then_some(((hours * 60 + minutes) * 60 + seconds) * 1000 + ms)
}

impl Moment {
    /// How far it is, in percent of the recording's time.
    pub fn percent(&self) -> u64 {
        let whole = u128::from(self.spans.1.since(self.spans.0).millis().max(1));
        let gone = u128::from(self.at.since(self.spans.0).millis()).min(whole);
        u64::try_from(gone * 100 / whole).unwrap_or(100)
    }

    /// `playing x10`, `paused`.
    pub fn pace(&self) -> String {
        let speed = self.speed.map_or_else(|| "max".to_owned(), |speed| format!("x{speed}"));
        format!("{} {speed}", if self.is_playing { "playing" } else { "paused" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_a_time_a_way_or_an_input() {
        assert_eq!(Goto::parse("05:01:34"), Ok(Goto::Clock(18_094_000)));
        assert_eq!(Goto::parse("05:01:34.5"), Ok(Goto::Clock(18_094_500)));
        assert_eq!(Goto::parse("05:01"), Ok(Goto::Clock(18_060_000)));
        assert_eq!(Goto::parse("+30s"), Ok(Goto::By(30_000)));
        assert_eq!(Goto::parse("-2m"), Ok(Goto::By(-120_000)));
        assert_eq!(Goto::parse("#812"), Ok(Goto::Input(812)));
        assert_eq!(Goto::parse("#1,200"), Ok(Goto::Input(1200)), "as the screen shows it");
        let clock = Goto::Clock(18_094_000);
        assert_eq!(Goto::parse("05:01:34Z"), Ok(clock), "as the header shows it");
        let day = 1_795_305_600_000;
        for (text, ms) in [
            ("2026-11-22T06:30:00Z", 23_400_000),
            ("2026-11-22T06:30:00", 23_400_000),
            ("2026-11-22 06:30", 23_400_000),
            ("2026-11-22T06:30Z", 23_400_000),
            ("2026-11-22T06:30:00.25Z", 23_400_250),
            ("2026-11-22T06:30:00.123456", 23_400_123),
            ("2026-11-22T06:30:00+02:00", 16_200_000),
        ] {
            assert_eq!(Goto::parse(text), Ok(Goto::At(Time(day + ms))), "{text}");
        }
        for (text, ms) in [
            ("1d", 86_400_000),
            ("+1d", 86_400_000),
            ("-1d", -86_400_000),
            ("1h30m", 5_400_000),
            ("-1m500ms", -60_500),
        ] {
            assert_eq!(Goto::parse(text), Ok(Goto::By(ms)), "{text}");
        }
        let none = ["2026-11-31T06:30:00Z", "2026-11-22", "1w", "1d2", "d", "1.5h", "+1d-2h", "۱s"];
        for wrong in none {
            assert!(Goto::parse(wrong).is_err(), "{wrong}");
        }
        for wrong in ["", "now", "25:00:00", "+", "-3", "#x", "1:2:3:4", "+99999999999999999h"] {
            assert!(Goto::parse(wrong).is_err(), "{wrong}");
        }
    }
}
