//! Reading a TOML table key by key: every value with its line, every unknown key with its nearest
//! known one, and all problems at once.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The text being read and what is wrong with it so far.
#[derive(Debug)]
pub(super) struct Document<'a> {
    file: String,
    text: &'a str,
    problems: RefCell<Vec<(usize, String)>>,
}

impl<'a> Document<'a> {
    pub(super) fn new(file: String, text: &'a str) -> Self {
        Self { file, text, problems: RefCell::new(Vec::new()) }
    }

    /// The line of a place in the text, counted from one.
    pub(super) fn line(&self, span: &Range<usize>) -> usize {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        before.bytes().filter(|b| *b == b'\n').count() + 1
    }

    /// Notes a problem at a place.
    pub(super) fn wrong(&self, span: &Range<usize>, sentence: impl AsRef<str>) {
        let line = self.line(span);
        let said = on_a_line(sentence.as_ref());
        let sentence = format!("{}:{line}: {said}", self.file);
        self.problems.borrow_mut().push((line, sentence));
    }

    /// All problems, in the order of the file.
    pub(super) fn into_problems(self) -> Vec<String> {
        let mut problems = self.problems.into_inner();
        problems.sort_by_key(|(line, _)| *line);
        problems.into_iter().map(|(_, sentence)| sentence).collect()
    }
}

/// A complaint that repeats the config's words, cut where they go on and on.
pub(super) fn on_a_line(why: &str) -> String {
    const LONGEST: usize = 400;
    let line = |c: char| if c.is_control() { ' ' } else { c };
    why.trim_end().chars().take(LONGEST).map(line).collect()
}

/// A value and the line it stands on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct At<T> {
    pub(super) value: T,
    pub(super) span: Range<usize>,
}

/// One table, with the keys that have been asked for.
#[derive(Debug)]
pub(super) struct Section<'d, 'a> {
    document: &'d Document<'a>,
    name: String,
    table: Option<&'d DeTable<'a>>,
    asked: RefCell<BTreeSet<&'static str>>,
}

impl<'d, 'a> Section<'d, 'a> {
    pub(super) fn root(document: &'d Document<'a>, table: &'d DeTable<'a>) -> Self {
        Self { document, name: String::new(), table: Some(table), asked: RefCell::default() }
    }

    fn path(&self, key: &str) -> String {
        if self.name.is_empty() { key.to_owned() } else { format!("{}.{key}", self.name) }
    }

    fn get(&self, key: &'static str) -> Option<&'d Spanned<DeValue<'a>>> {
        self.asked.borrow_mut().insert(key);
        self.table?.get(key)
    }

    /// Whether the file says anything under this key.
    pub(super) fn has(&self, key: &str) -> bool {
        self.table.is_some_and(|table| table.contains_key(key))
    }

    /// A table inside this one; an absent one is empty.
    pub(super) fn table(&self, key: &'static str) -> Section<'d, 'a> {
        let table = self.get(key).and_then(|value| match value.get_ref() {
            DeValue::Table(table) => Some(table),
            other => {
                let text = format!("{} must be a table, not {}", self.path(key), a(other));
                self.document.wrong(&value.span(), text);
                None
            }
        });
        let document = self.document;
        Section { document, name: self.path(key), table, asked: RefCell::default() }
    }

    /// The tables of an array (`[[key]]`), with their places.
    pub(super) fn tables(&self, key: &'static str) -> Vec<At<Section<'d, 'a>>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            let text = format!("write [[{key}]], once for each {key}");
            self.document.wrong(&value.span(), text);
            return Vec::new();
        };
        let table = |item: &'d Spanned<DeValue<'a>>| match item.get_ref() {
            DeValue::Table(table) => Some(At {
                value: Section {
                    document: self.document,
                    name: self.path(key),
                    table: Some(table),
                    asked: RefCell::default(),
                },
                span: item.span(),
            }),
            _ => {
                self.document.wrong(&item.span(), format!("{key} must be a table"));
                None
            }
        };
        items.iter().filter_map(table).collect()
    }

    /// A text.
    pub(super) fn text(&self, key: &'static str) -> Option<At<String>> {
        let value = self.get(key)?;
        match value.get_ref() {
            DeValue::String(text) => Some(At { value: text.to_string(), span: value.span() }),
            other => {
                let text = format!("{} must be text in quotes, not {}", self.path(key), a(other));
                self.document.wrong(&value.span(), text);
                None
            }
        }
    }

    /// A text that `read` turns into something, or its complaint at the right place.
    pub(super) fn parsed<T>(
        &self,
        key: &'static str,
        read: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<At<T>> {
        let At { value, span } = self.text(key)?;
        match read(&value) {
            Ok(value) => Some(At { value, span }),
            Err(why) => {
                self.document.wrong(&span, format!("{}: {why}", self.path(key)));
                None
            }
        }
    }

    /// A whole number from 1 on.
    pub(super) fn count(&self, key: &'static str) -> Option<At<u32>> {
        let value = self.get(key)?;
        let number = match value.get_ref() {
            DeValue::Integer(number) => number.as_str().parse().ok().filter(|n: &u32| *n > 0),
            _ => None,
        };
        if number.is_none() {
            let text = format!("{} must be a whole number from 1 on", self.path(key));
            self.document.wrong(&value.span(), text);
        }
        number.map(|value_| At { value: value_, span: value.span() })
    }

    /// True or false.
    pub(super) fn flag(&self, key: &'static str) -> Option<At<bool>> {
        let value = self.get(key)?;
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            let text = format!("{} must be true or false", self.path(key));
            self.document.wrong(&value.span(), text);
        }
        flag.map(|value_| At { value: value_, span: value.span() })
    }

    /// Complains about every key that was never asked for.
    pub(super) fn finish(self) {
        let asked = self.asked.borrow();
        for key in self.table.into_iter().flat_map(DeTable::keys) {
            let name: &str = key.get_ref();
            if asked.contains(name) {
                continue;
            }
            let nearest = asked.iter().min_by_key(|known| strsim::levenshtein(name, known));
            let hint = match nearest {
                Some(known) => format!("; the nearest known key is {}", self.path(known)),
                None => String::new(),
            };
            self.document.wrong(&key.span(), format!("unknown key {}{hint}", self.path(name)));
        }
    }
}

/// The kind of a value, with its article.
fn a(value: &DeValue<'_>) -> String {
    let kind = value.type_str();
    let article = if kind.starts_with(['a', 'i']) { "an" } else { "a" };
    format!("{article} {kind}")
}
