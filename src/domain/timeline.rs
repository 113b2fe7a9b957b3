//! How a drift reads: one line a change, who knew it first, who is behind.
//!
//! For: the words and numbers, the same on the screen and in a file. Not for: colours and columns
//! of the screen (`ui`). Door: [`lines`] for cells, [`text`] for a file.

use std::fmt::Write;

use crate::domain::drift::{Change, Drift, Holding, Source};
use crate::domain::key::PositionKey;
use crate::domain::time::{Span, Time};

/// How a source stands to a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It knew before the others.
    First,
    /// It knows.
    Knows,
    /// It still says something else.
    Behind,
    /// It never said so, and by now there is no need to.
    Never,
}

/// What is said of a source in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// In few words: `+0.120s`, `behind 0:42`, `down`.
    pub text: String,
    /// What it means.
    pub standing: Standing,
}

/// One change, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// When, by the venue's own clock; none where the venue does not say.
    pub venue: Option<Time>,
    /// When the first of us learnt it.
    pub first: Time,
    /// What the leg holds since.
    pub to: Holding,
    /// It was so when this process began.
    pub found: bool,
    /// Stream, REST, ledger.
    pub cells: [Cell; 3],
}

/// The changes of a leg in words, newest first.
pub fn lines(drift: &Drift, now: Time) -> Vec<Line> {
    drift.changes().rev().filter_map(|change| line(drift, change, now)).collect()
}

fn line(drift: &Drift, change: &Change, now: Time) -> Option<Line> {
    let (first, _) = change.first()?;
    Some(Line {
        venue: change.venue.map(|stamp| Time(stamp.at.0)),
        first,
        to: change.to,
        found: change.found,
        cells: Source::ALL.map(|source| cell(drift, change, source, now)),
    })
}

fn cell(drift: &Drift, change: &Change, source: Source, now: Time) -> Cell {
    let began = change.began().unwrap_or(now);
    let cell = |text: String, standing| Cell { text, standing };
    let Some(at) = change.learnt(source) else {
        return missing(drift, change, source, now);
    };
    if change.found {
        return cell("known".to_owned(), Standing::Knows);
    }
    let is_first = change.first().is_some_and(|(_, first)| first == source);
    let standing = if is_first { Standing::First } else { Standing::Knows };
    cell(after(at.0.saturating_sub(began.0)), standing)
}

fn missing(drift: &Drift, change: &Change, source: Source, now: Time) -> Cell {
    let never = |text: &str| Cell { text: text.to_owned(), standing: Standing::Never };
    if source == Source::Stream && change.deaf {
        return never("down");
    }
    let silent = change.found && source == Source::Stream;
    if silent || !drift.is_newest_of_venue(change) {
        return never("-");
    }
    if drift.says(source) == Some(change.to) {
        return Cell { text: "as before".to_owned(), standing: Standing::Knows };
    }
    let age = change.began().map_or_else(String::new, |began| for_so_long(now.since(began)));
    Cell { text: format!("behind {age}"), standing: Standing::Behind }
}

/// `0:42`, `4h`, `3d`: no finer, so that a screen that shows it stays quiet.
fn for_so_long(age: Span) -> String {
    let secs = age.millis() / 1000;
    match secs {
        0..3600 => format!("{}:{:02}", secs / 60, secs % 60),
        3600..172_800 => format!("{}h", secs / 3600),
        _ => format!("{}d", secs / 86_400),
    }
}

/// A distance in time, with the exactness that its size deserves.
pub fn after(ms: i64) -> String {
    let sign = if ms < 0 { '-' } else { '+' };
    let ms = ms.unsigned_abs();
    let (secs, rest) = (ms / 1000, ms % 1000);
    match secs {
        0..100 => format!("{sign}{secs}.{rest:03}s"),
        100..3600 => format!("{sign}{}:{:02}.{}", secs / 60, secs % 60, rest / 100),
        3600..86_400 => format!("{sign}{}h{:02}m", secs / 3600, secs % 3600 / 60),
        _ => format!("{sign}{}d{:02}h", secs / 86_400, secs % 86_400 / 3600),
    }
}

impl Holding {
    /// As a file says it.
    pub fn text(self) -> String {
        match self {
            Self::Flat => "flat".to_owned(),
            Self::Open(side, quantity) => format!("{side} {}", quantity.get().normalize()),
        }
    }
}

/// The timeline of a leg as text, oldest change first; ends with a line end.
pub fn text(key: &PositionKey, drift: &Drift, now: Time) -> String {
    let mut text = format!("{key}\n");
    for line in lines(drift, now).iter().rev() {
        let (at, how) = match (line.found, line.venue) {
            (true, _) => (line.first, "as found   "),
            (false, Some(at)) => (at, "venue      "),
            (false, None) => (line.first, "at latest  "),
        };
        let _ = write!(text, "  {at}  {how}{:<16}", line.to.text());
        for (source, cell) in Source::ALL.iter().zip(&line.cells) {
            let mark = if cell.standing == Standing::First { "*" } else { " " };
            let told = format!("{} {}{mark}", source.name(), cell.text);
            let _ = write!(text, " {told:<18}");
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;
    use crate::domain::amount::{Qty, Side};
    use crate::domain::drift::Word;
    use crate::domain::key::Leg;
    use crate::domain::time::VenueTime;

    /// 2026-11-21T05:00:21.310Z
    const GONE: i64 = 1_795_237_221_310;

    fn word(to: Holding, now: i64, at: Option<i64>) -> Word {
        let at = at.map(VenueTime);
        Word { to, now: Time(now), at, offset_ms: 40, deaf: false, found: false }
    }

    #[test]
    fn each_is_told_apart_by_when_it_knew() {
        let long = Holding::Open(Side::Long, Qty::new(Decimal::new(50, 2)).unwrap());
        let exact = &|a: Qty, b: Qty| a == b;
        let mut drift = Drift::default();
        let found = Word { found: true, ..word(long, GONE - 9_000_000, None) };
        drift.booked(long, found.now, true, exact);
        drift.told(Source::Rest, &found, exact);
        drift.told(Source::Stream, &word(Holding::Flat, GONE + 160, Some(GONE)), exact);
        drift.told(Source::Rest, &word(Holding::Flat, GONE + 73_040, None), exact);
        let key = PositionKey::new("main", "BTCUSDT", Leg::Net);
        let behind = text(&key, &drift, Time(GONE + 80_040));
        let expected = concat!(
            "main BTCUSDT\n",
            "  2026-11-21T02:30:21.310Z  as found   long 0.5        ",
            " stream -           REST known         ledger known\n",
            "  2026-11-21T05:00:21.310Z  venue      flat            ",
            " stream +0.120s*    REST +73.000s      ledger behind 1:20\n",
        );
        assert_eq!(behind, expected);
        drift.booked(Holding::Flat, Time(GONE + 119_040), false, exact);
        assert!(text(&key, &drift, Time(GONE + 200_000)).ends_with("ledger +1:59.0\n"));
    }

    #[test]
    fn a_distance_is_as_exact_as_its_size_deserves() {
        let told = [0, -4, 99_999, 100_000, 3_600_000, 180_000_000].map(after);
        assert_eq!(told, ["+0.000s", "-0.004s", "+99.999s", "+1:40.0", "+1h00m", "+2d02h"]);
    }
}
