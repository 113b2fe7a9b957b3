//! The grammar of values, and a reader that collects problems with their lines.
//!
//! For: typed values out of a parsed TOML table; unknown keys with the nearest known one.
//! Door: [`Reader`] for a file, [`Section`] for one of its tables.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use rust_decimal::Decimal;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::domain::amount::Percent;
use crate::domain::time::Span;
use crate::settings::{Source, Sourced};

/// Reads one file and gathers what is wrong with it.
pub(super) struct Reader<'a> {
    file: &'a Path,
    text: &'a str,
    problems: BTreeMap<(usize, usize), String>,
}

/// One table of the file.
#[derive(Clone, Copy)]
pub(super) struct Section<'a> {
    name: &'static str,
    table: Option<&'a DeTable<'a>>,
    /// Where the table begins, for what is missing in it.
    start: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(file: &'a Path, text: &'a str) -> Self {
        Self { file, text, problems: BTreeMap::new() }
    }

    /// The line of a byte, counted from one.
    pub(super) fn line(&self, byte: usize) -> usize {
        self.text.bytes().take(byte).filter(|byte| *byte == b'\n').count() + 1
    }

    /// Notes a problem at a byte.
    pub(super) fn wrong(&mut self, byte: usize, problem: &str) {
        let place = (byte, self.problems.len());
        let text = format!("{}:{}: {problem}", self.file.display(), self.line(byte));
        self.problems.insert(place, text);
    }

    /// The problems, in the file's order.
    pub(super) fn problems(self) -> Vec<String> {
        self.problems.into_values().collect()
    }

    /// The whole file as a section.
    pub(super) fn root(&mut self, root: &'a DeTable<'a>, known: &[&str]) -> Section<'a> {
        let section = Section { name: "", table: Some(root), start: 0 };
        self.check_keys(section, known);
        section
    }

    /// A table in a section; an absent one is empty.
    pub(super) fn section(
        &mut self,
        parent: Section<'a>,
        key: &'static str,
        name: &'static str,
        known: &[&str],
    ) -> Section<'a> {
        let nothing = Section { name, table: None, start: parent.start };
        let Some((_, value)) = parent.find(key) else { return nothing };
        let Some(table) = value.get_ref().as_table() else {
            self.wrong(value.span().start, &format!("{name} must be a table: write [{name}]"));
            return nothing;
        };
        let section = Section { name, table: Some(table), start: value.span().start };
        self.check_keys(section, known);
        section
    }

    /// The tables of an array of tables, `[[key]]`.
    pub(super) fn sections(
        &mut self,
        parent: Section<'a>,
        key: &'static str,
        known: &[&str],
    ) -> Vec<Section<'a>> {
        let Some((_, value)) = parent.find(key) else { return Vec::new() };
        let tables = value.get_ref().as_array().map(|array| {
            let section = |item: &'a Spanned<DeValue<'a>>| {
                let table = item.get_ref().as_table()?;
                Some(Section { name: key, table: Some(table), start: item.span().start })
            };
            array.iter().map(section).collect::<Option<Vec<_>>>()
        });
        let Some(Some(sections)) = tables else {
            let problem = format!("{key} must be a list of tables: write [[{key}]]");
            self.wrong(value.span().start, &problem);
            return Vec::new();
        };
        for section in &sections {
            self.check_keys(*section, known);
        }
        sections
    }

    fn check_keys(&mut self, section: Section<'a>, known: &[&str]) {
        for key in section.table.into_iter().flat_map(|table| table.keys()) {
            let name: &str = key.get_ref();
            if !known.contains(&name) {
                let of = match section.name {
                    "" => String::new(),
                    table => format!(" in [{table}]"),
                };
                let problem = format!("unknown key `{name}`{of}{}", nearest(name, known));
                self.wrong(key.span().start, &problem);
            }
        }
    }

    /// A value by its grammar, or the default where it is absent or wrong.
    pub(super) fn value<T>(
        &mut self,
        section: Section<'a>,
        key: &'static str,
        default: T,
        grammar: impl Fn(&DeValue<'_>) -> Result<T, String>,
    ) -> Sourced<T> {
        let read = self.optional(section, key, grammar);
        read.unwrap_or(Sourced { value: default, from: Source::Default })
    }

    /// A value that must be there.
    pub(super) fn required<T>(
        &mut self,
        section: Section<'a>,
        key: &'static str,
        grammar: impl Fn(&DeValue<'_>) -> Result<T, String>,
    ) -> Option<Sourced<T>> {
        if section.find(key).is_none() {
            let problem = format!("{} has no `{key}`: add it", section.path(""));
            self.wrong(section.start, &problem);
        }
        self.optional(section, key, grammar)
    }

    /// A value by its grammar, if it is there and right.
    pub(super) fn optional<T>(
        &mut self,
        section: Section<'a>,
        key: &'static str,
        grammar: impl Fn(&DeValue<'_>) -> Result<T, String>,
    ) -> Option<Sourced<T>> {
        let (span, value) = section.find(key).map(|(span, value)| (span, value.get_ref()))?;
        match grammar(value) {
            Ok(value) => Some(Sourced { value, from: Source::Line(self.line(span.start)) }),
            Err(why) => {
                self.wrong(span.start, &format!("{} {why}", section.path(key)));
                None
            }
        }
    }
}

impl<'a> Section<'a> {
    fn find(self, key: &str) -> Option<(Range<usize>, &'a Spanned<DeValue<'a>>)> {
        let (key, value) = self.table?.get_key_value(key)?;
        Some((key.span(), value))
    }

    /// Where the section begins.
    pub(super) fn start(self) -> usize {
        self.start
    }

    fn path(self, key: &str) -> String {
        match (self.name, key) {
            (name, "") => format!("[{name}]"),
            ("", key) => key.to_owned(),
            (name, key) => format!("{name}.{key}"),
        }
    }
}

fn nearest(name: &str, known: &[&str]) -> String {
    let distance = |candidate: &&str| strsim::damerau_levenshtein(name, candidate);
    match known.iter().copied().min_by_key(distance) {
        Some(key) => format!(": the nearest known key is `{key}`"),
        None => ": no key is known here, take it out".to_owned(),
    }
}

/// Text.
pub(super) fn text(value: &DeValue<'_>) -> Result<String, String> {
    value.as_str().map(str::to_owned).ok_or_else(|| "must be text: put it in quotes".to_owned())
}

/// `true` or `false`.
pub(super) fn truth(value: &DeValue<'_>) -> Result<bool, String> {
    value.as_bool().ok_or_else(|| "must be true or false, without quotes".to_owned())
}

/// A whole number in a range.
pub(super) fn count(
    range: std::ops::RangeInclusive<u32>,
) -> impl Fn(&DeValue<'_>) -> Result<u32, String> {
    move |value| {
        let number = value
            .as_integer()
            .and_then(|number| u32::from_str_radix(number.as_str(), number.radix()).ok());
        number.filter(|number| range.contains(number)).ok_or_else(|| {
            let (from, to) = (range.start(), range.end());
            format!("must be a whole number from {from} to {to}, without quotes")
        })
    }
}

/// One of several words.
pub(super) fn word<T: Copy>(
    words: &[(&'static str, T)],
) -> impl Fn(&DeValue<'_>) -> Result<T, String> {
    move |value| {
        let found = words.iter().find(|(word, _)| value.as_str() == Some(word));
        found.map(|(_, meaning)| *meaning).ok_or_else(|| {
            let known: Vec<String> = words.iter().map(|(word, _)| format!("{word:?}")).collect();
            let is = value.as_str().map(|text| format!(", not {text:?}")).unwrap_or_default();
            format!("must be {}{is}", known.join(" or "))
        })
    }
}

/// An integer followed by `ms`, `s`, `m` or `h`; above zero unless zero makes sense.
pub(super) fn duration(zero: bool) -> impl Fn(&DeValue<'_>) -> Result<Span, String> {
    move |value| {
        let read = value.as_str().and_then(parse_duration);
        read.filter(|span| zero || span.0 > 0).ok_or_else(|| {
            let above = if zero { "" } else { " above zero" };
            format!("must be a duration{above}: an integer followed by ms, s, m or h, like \"30s\"")
        })
    }
}

fn parse_duration(text: &str) -> Option<Span> {
    let end = text.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = text.split_at(end);
    let unit = match unit {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        _ => return None,
    };
    number.parse::<u64>().ok()?.checked_mul(unit).map(Span)
}

/// A decimal followed by `%`, from zero and below a hundred; above zero unless zero makes sense.
pub(super) fn percentage(zero: bool) -> impl Fn(&DeValue<'_>) -> Result<Percent, String> {
    move |value| {
        let read = value.as_str().and_then(|text| parse_percentage(text, zero));
        read.ok_or_else(|| {
            let least = if zero { "at least 0%" } else { "above 0%" };
            format!("must be a percentage {least} and below 100%: a decimal and %, like \"1.5%\"")
        })
    }
}

fn parse_percentage(text: &str, zero: bool) -> Option<Percent> {
    let number = text.strip_suffix('%')?;
    let digits = number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let share: Decimal = digits.then(|| number.parse().ok()).flatten()?;
    let small = share < Decimal::ONE_HUNDRED && (zero || share > Decimal::ZERO);
    // Finer than any price is; bounds the digits that reach the engine's arithmetic.
    (small && share.scale() <= 8).then(|| Percent(share.normalize()))
}
