//! Reading a `.story` file: one line an event, words separated by blanks, quotes keep them whole.

use holdfast::domain::amount::{OrderSide, Percent, Price, Qty, Side};
use holdfast::domain::key::{Leg, PositionKey};
use holdfast::domain::time::Span;
use rust_decimal::Decimal;

/// When a line happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// Together with the line above.
    Same,
    /// That long after the story began.
    Clock(Span),
    /// That long after the line above.
    After(Span),
    /// As soon as it holds, at most that long after the line above: for expectations.
    Within(Span),
}

/// One line that says something.
#[derive(Clone, Debug)]
pub struct Line {
    pub number: usize,
    pub at: At,
    /// The one venue it is told on.
    pub only: Option<String>,
    pub words: Args,
}

/// A story: what it shows, the requirements it covers, and what happens.
#[derive(Debug)]
pub struct Story {
    pub title: String,
    pub rows: Vec<String>,
    /// The one venue it is told on, where it is not told on both.
    pub only: Option<String>,
    pub lines: Vec<Line>,
}

/// Reads a story.
pub fn read(text: &str) -> Result<Story, String> {
    let (mut title, mut rows, mut lines) = (String::new(), Vec::new(), Vec::new());
    let mut only = None;
    for (index, raw) in text.lines().enumerate() {
        let number = index + 1;
        let mut words = split(raw).map_err(|why| format!("line {number}: {why}"))?;
        let Some(first) = words.first().cloned() else { continue };
        match first.as_str() {
            "story" => title = words[1..].join(" "),
            "rows" => rows.extend(words[1..].iter().cloned()),
            "only" => only = words.get(1).cloned(),
            _ => {
                let at = when(&mut words).map_err(|why| format!("line {number}: {why}"))?;
                let only = told_only(&mut words);
                lines.push(Line { number, at, only, words: Args(words) });
            }
        }
    }
    if title.is_empty() || rows.is_empty() {
        return Err("a story begins with `story WHAT IT SHOWS` and `rows IDS`".to_owned());
    }
    Ok(Story { title, rows, only, lines })
}

fn split(raw: &str) -> Result<Vec<String>, String> {
    let (mut words, mut word, mut quoted) = (Vec::new(), String::new(), false);
    for c in raw.chars() {
        match c {
            '"' if quoted => {
                words.push(std::mem::take(&mut word));
                quoted = false;
            }
            '"' => quoted = true,
            '#' if !quoted && word.is_empty() => break,
            c if c.is_whitespace() && !quoted => {
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
            }
            c => word.push(c),
        }
    }
    if quoted {
        return Err("a quote is not closed".to_owned());
    }
    if !word.is_empty() {
        words.push(word);
    }
    Ok(words)
}

/// `… only bybit`: the line is left out on the other venue.
fn told_only(words: &mut Vec<String>) -> Option<String> {
    let [.., word, venue] = words.as_slice() else { return None };
    let venue = Some(venue.clone()).filter(|v| word == "only" && (v == "binance" || v == "bybit"));
    words.truncate(words.len() - if venue.is_some() { 2 } else { 0 });
    venue
}

fn when(words: &mut Vec<String>) -> Result<At, String> {
    let first = words[0].clone();
    if first == "within" {
        let limit = words.get(1).and_then(|w| span(w)).ok_or("within what time?")?;
        words.drain(..2);
        return Ok(At::Within(limit));
    }
    let at = match first.strip_prefix('+') {
        Some(rest) => span(rest).map(At::After),
        None => span(&first).map(At::Clock),
    };
    if at.is_some() {
        words.remove(0);
    }
    Ok(at.unwrap_or(At::Same))
}

/// Reads `250ms`, `2s`, `1.5s`, `3m`, `2h`.
pub fn span(text: &str) -> Option<Span> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match &text[digits.len()..] {
        "ms" => 1,
        "s" => 1000,
        "m" => 60_000,
        "h" => 3_600_000,
        _ => return None,
    };
    let number: Decimal = digits.parse().ok()?;
    let millis = number * Decimal::from(unit);
    u64::try_from(millis.trunc().mantissa() / 10_i128.pow(millis.trunc().scale())).ok().map(Span)
}

/// The words of a line after its time, taken away as they are understood.
#[derive(Clone, Debug)]
pub struct Args(pub Vec<String>);

impl Args {
    /// The next word.
    pub fn next(&mut self, what: &str) -> Result<String, String> {
        if self.0.is_empty() {
            return Err(format!("{what} is missing"));
        }
        Ok(self.0.remove(0))
    }

    /// The next word, if it reads as wanted.
    pub fn try_next<T>(&mut self, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let value = read(self.0.first()?)?;
        self.0.remove(0);
        Some(value)
    }

    /// Whether a word is there; it is taken.
    pub fn flag(&mut self, word: &str) -> bool {
        let at = self.0.iter().position(|w| w == word);
        at.map(|at| self.0.remove(at)).is_some()
    }

    /// The word after `word`; both are taken.
    pub fn value(&mut self, word: &str) -> Option<String> {
        let at = self.0.iter().position(|w| w == word)?;
        if at + 1 >= self.0.len() {
            return None;
        }
        self.0.remove(at);
        Some(self.0.remove(at))
    }

    /// The value after `word`, read.
    pub fn parsed<T>(
        &mut self,
        word: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, String> {
        match self.value(word) {
            None => Ok(None),
            Some(text) => read(&text).map(Some).ok_or(format!("{word} {text}: not understood")),
        }
    }

    /// The next word, read.
    pub fn read<T>(&mut self, what: &str, read: impl Fn(&str) -> Option<T>) -> Result<T, String> {
        let word = self.next(what)?;
        read(&word).ok_or(format!("{word} is no {what}"))
    }

    /// `[account:]SYMBOL[/leg]`.
    pub fn key(&mut self) -> Result<PositionKey, String> {
        self.read("position, such as DOGEUSDT or second:BTCUSDT/long", key)
    }

    /// Nothing may be left.
    pub fn done(&self) -> Result<(), String> {
        if self.0.is_empty() { Ok(()) } else { Err(format!("not understood: {:?}", self.0)) }
    }
}

/// Reads `[account:]SYMBOL[/leg]`.
pub fn key(text: &str) -> Option<PositionKey> {
    let (account, rest) = text.split_once(':').unwrap_or(("main", text));
    let (symbol, leg) = match rest.split_once('/') {
        Some((symbol, leg)) => (symbol, Leg::parse(leg)?),
        None => (rest, Leg::Net),
    };
    // Venues list symbols that are not ASCII.
    let plain = symbol.chars().all(|c| c.is_alphanumeric() && !c.is_lowercase() || c == '_');
    (plain && symbol.len() > 3).then(|| PositionKey::new(account, symbol, leg))
}

pub fn decimal(text: &str) -> Option<Decimal> {
    text.parse().ok()
}

pub fn price(text: &str) -> Option<Price> {
    Price::new(decimal(text)?).ok()
}

pub fn qty(text: &str) -> Option<Qty> {
    Qty::new(decimal(text)?).ok()
}

pub fn percent(text: &str) -> Option<Percent> {
    decimal(text.strip_suffix('%')?).map(Percent)
}

pub fn side(text: &str) -> Option<Side> {
    Side::parse(text)
}

pub fn order_side(text: &str) -> Option<OrderSide> {
    [OrderSide::Buy, OrderSide::Sell].into_iter().find(|side| side.name() == text)
}

pub fn number<T: std::str::FromStr>(text: &str) -> Option<T> {
    text.parse().ok()
}

/// Reads `x3`.
pub fn times(text: &str) -> Option<usize> {
    text.strip_prefix('x')?.parse().ok()
}
