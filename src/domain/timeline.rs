//! How a drift reads: one line a change, who knew it first, who is behind.
//!
//! For: the words and numbers, the same on the screen and in a file. Not for: colours and columns
//! of the screen (`ui`). Door: [`lines`] for cells, [`text`] for a file, [`signs`] for a legend.

use std::fmt::Write;

use crate::domain::count::counted;
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
    /// It says so, and the venue never did.
    Claims,
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
    /// Only a row says it.
    pub claimed: bool,
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
        claimed: !change.is_venues(),
        cells: Source::ALL.map(|source| cell(drift, change, source, now)),
    })
}

fn cell(drift: &Drift, change: &Change, source: Source, now: Time) -> Cell {
    let began = change.began().unwrap_or(now);
    let cell = |text: String, standing| Cell { text, standing };
    let Some(at) = change.learnt(source) else {
        return missing(drift, change, source, now);
    };
    if !change.is_venues() {
        return cell("claimed".to_owned(), Standing::Claims);
    }
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

/// Which older changes are not told, as one sentence: so many have no room, so many are not kept.
pub fn left_out(no_room: u64, not_kept: u64) -> Option<String> {
    match (no_room, not_kept) {
        (0, 0) => None,
        (0, lost) => Some(counted(lost, "older change is not kept", "older changes are not kept")),
        (hidden, 0) => {
            let changes = counted(hidden, "older change", "older changes");
            Some(format!("no room for {changes}"))
        }
        (hidden, lost) => Some(format!("no room for {hidden} older, {lost} not kept")),
    }
}

/// A sign of a timeline that does not explain itself, with what it means.
#[derive(Clone, Copy, Debug)]
pub struct Sign {
    /// As a file has it.
    pub text: &'static str,
    /// As the screen has it, in few words.
    pub short: &'static str,
    appears: fn(&Line) -> bool,
}

fn has(line: &Line, text: &str) -> bool {
    line.cells.iter().any(|cell| cell.text == text)
}

/// Every sign, the least plain first.
const SIGNS: [Sign; 6] = [
    Sign {
        text: "* knew first",
        short: "* first",
        appears: |line| line.cells.iter().any(|cell| cell.standing == Standing::First),
    },
    Sign {
        text: "at latest: the venue names no instant",
        short: "< at latest",
        appears: |line| !line.found && !line.claimed && line.venue.is_none(),
    },
    Sign {
        text: "as found: so when the run began",
        short: "= as found",
        appears: |line| line.found,
    },
    Sign {
        text: "claimed: by the row alone, the venue never showed it",
        short: "claimed: by the row alone",
        appears: |line| line.claimed,
    },
    Sign {
        text: "- never said so, and need not",
        short: "- silent",
        appears: |line| has(line, "-"),
    },
    Sign {
        text: "known: when the run began",
        short: "known: at start",
        appears: |line| has(line, "known"),
    },
];

/// What the signs mean that appear in these lines.
pub fn signs(lines: &[Line]) -> impl Iterator<Item = &'static Sign> {
    SIGNS.iter().filter(move |sign| lines.iter().any(sign.appears))
}

/// The legend of these lines for a file; none where they have no signs. Ends with a line end.
pub fn legend(lines: &[Line]) -> Option<String> {
    let signs: Vec<_> = signs(lines).map(|sign| sign.text).collect();
    (!signs.is_empty()).then(|| format!("signs: {}\n", signs.join("; ")))
}

/// The timeline of a leg as text, oldest change first; ends with a line end.
pub fn text(key: &PositionKey, drift: &Drift, now: Time) -> String {
    let mut text = format!("{key}\n");
    if let Some(left_out) = left_out(0, drift.dropped()) {
        let _ = writeln!(text, "  {left_out}");
    }
    for line in lines(drift, now).iter().rev() {
        let (at, how) = match (line.found, line.venue) {
            (true, _) => (line.first, "as found   "),
            (false, Some(at)) => (at, "venue      "),
            (false, None) if line.claimed => (line.first, "claimed    "),
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
    fn a_size_that_only_a_row_names_is_claimed_and_nobody_knew_it_first() {
        let long = |size| Holding::Open(Side::Long, Qty::new(Decimal::from(size)).unwrap());
        let exact = &|a: Qty, b: Qty| a == b;
        let mut drift = Drift::default();
        drift.booked(long(40), Time(GONE - 9_000_000), true, exact);
        drift.told(Source::Rest, &word(long(1), GONE, None), exact);
        drift.booked(long(2), Time(GONE + 1_000), false, exact);
        let key = PositionKey::new("main", "BTCUSDT", Leg::Net);
        let expected = concat!(
            "main BTCUSDT\n",
            "  2026-11-21T02:30:21.310Z  as found   long 40         ",
            " stream -           REST -             ledger claimed\n",
            "  2026-11-21T05:00:21.310Z  at latest  long 1          ",
            " stream behind 0:02  REST +0.000s*      ledger behind 0:02\n",
            "  2026-11-21T05:00:22.310Z  claimed    long 2          ",
            " stream -           REST -             ledger claimed\n",
        );
        assert_eq!(text(&key, &drift, Time(GONE + 2_000)), expected);
        // Once the venue says it too it is a change like any other.
        drift.told(Source::Stream, &word(long(2), GONE + 3_000, None), exact);
        let told = text(&key, &drift, Time(GONE + 3_000));
        assert!(
            told.ends_with("stream +2.000s     REST behind 0:02   ledger +0.000s*\n"),
            "{told}"
        );
    }

    #[test]
    fn a_legend_explains_the_signs_that_appear_and_no_others() {
        let long = |size| Holding::Open(Side::Long, Qty::new(Decimal::from(size)).unwrap());
        let exact = &|a: Qty, b: Qty| a == b;
        let mut drift = Drift::default();
        assert_eq!(legend(&lines(&drift, Time(GONE))), None);
        let found = Word { found: true, ..word(long(1), GONE, None) };
        drift.told(Source::Rest, &found, exact);
        drift.booked(long(1), Time(GONE), true, exact);
        let now = Time(GONE + 2_000);
        let start = "as found: so when the run began; - never said so, and need not; \
                     known: when the run began\n";
        assert_eq!(legend(&lines(&drift, now)), Some(format!("signs: {start}")));
        drift.told(Source::Stream, &word(long(2), GONE + 500, Some(GONE + 400)), exact);
        assert_eq!(legend(&lines(&drift, now)), Some(format!("signs: * knew first; {start}")));
        drift.booked(long(3), now, false, exact);
        drift.told(Source::Rest, &word(long(4), GONE + 900, None), exact);
        let all = "signs: * knew first; at latest: the venue names no instant; as found: so when \
                   the run began; claimed: by the row alone, the venue never showed it; - never \
                   said so, and need not; known: when the run began\n";
        assert_eq!(legend(&lines(&drift, now)).as_deref(), Some(all));
    }

    #[test]
    fn changes_that_are_not_kept_are_counted() {
        let long = |size| Holding::Open(Side::Long, Qty::new(Decimal::from(size)).unwrap());
        let mut drift = Drift::default();
        let key = PositionKey::new("main", "BTCUSDT", Leg::Net);
        let mut firsts = Vec::new();
        for size in 1..=18_i64 {
            drift.told(Source::Stream, &word(long(size), GONE + size, None), &|a, b| a == b);
            let text = text(&key, &drift, Time(GONE + size));
            firsts.push(text.lines().nth(1).unwrap_or_default().trim().to_owned());
        }
        assert!(firsts[15].starts_with("2026-11-21"), "{firsts:?}");
        assert_eq!(firsts[16..], ["1 older change is not kept", "2 older changes are not kept"]);
        let both = left_out(3, 1);
        assert_eq!(both.as_deref(), Some("no room for 3 older, 1 not kept"));
        assert_eq!(left_out(1, 0).as_deref(), Some("no room for 1 older change"));
        // What was recorded before they were counted reads as before, and so it is written.
        let before = serde_json::to_value(Drift::default()).unwrap();
        assert!(before.get("dropped").is_none());
        let again: Drift = serde_json::from_value(serde_json::to_value(&drift).unwrap()).unwrap();
        assert_eq!((again.dropped(), again == drift), (2, true));
    }

    #[test]
    fn a_distance_is_as_exact_as_its_size_deserves() {
        let told = [0, -4, 99_999, 100_000, 3_600_000, 180_000_000].map(after);
        assert_eq!(told, ["+0.000s", "-0.004s", "+99.999s", "+1:40.0", "+1h00m", "+2d02h"]);
    }
}
