//! Reading one value, one object or one page: what `decode` and its kin are made of.
//!
//! For: exact decimals from numbers and quoted numbers, and pages that are whole or say why not.
//! Not for: what a value means.
//! Door: [`page`], [`object`], [`list`], and the readers of single fields.

use std::borrow::Cow;
use std::marker::PhantomData;

use rust_decimal::Decimal;
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::domain::amount::{OrderSide, Price, Qty};
use crate::domain::key::Leg;
use crate::domain::sweep::Part;
use crate::domain::time::VenueTime;
use crate::exchange::bybit::wire::{Envelope, Field};
use crate::exchange::failure::{garbled, name, quoted, shorten};
use crate::exchange::numbers::{self, countable};

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// What could be read, in the venue's order.
    pub rows: Vec<T>,
    /// Rows the venue sent, including those that mean nothing here.
    pub listed: usize,
    /// Where the next page begins, in the form in which it goes back. Venue fact: a last page
    /// may name one too (bybit 3.0).
    pub cursor: Option<String>,
}

/// Reads a page row by row; `take` gives none for a row that means nothing here. Whatever could
/// not be read breaks the page, and what could be read stays in it.
pub(crate) fn page<'a, W, T>(
    body: &'a str,
    mut take: impl FnMut(&W) -> Result<Option<T>, String>,
) -> Part<Page<T>>
where
    W: Deserialize<'a>,
{
    let mut rows = Vec::new();
    let mut sink = |row: W| {
        rows.extend(take(&row)?);
        Ok(())
    };
    let mut walk = Walk::new(&mut sink);
    let mut reader = serde_json::Deserializer::from_str(body);
    let end = Level { walk: &mut walk, at: At::Envelope }.deserialize(&mut reader);
    let end = end.and_then(|()| reader.end());
    let Walk { code, words: said, cursor, category, listed, found, fault, .. } = walk;
    let cursor = words(cursor).filter(|cursor| !cursor.is_empty()).map(Cow::into_owned);
    let page = Page { rows, listed, cursor };
    let fault = fault
        .or_else(|| end.err().map(|why| undocumented(&why)))
        .or_else(|| success(code, said).err())
        .or_else(|| linear(category).err())
        .or_else(|| (!found).then(|| "result.list is missing".to_owned()));
    match fault {
        None => Part::Whole(page),
        Some(why) => Part::Broken(page, why),
    }
}

/// Reads an answer whose result is one object.
pub(crate) fn object<'a, T: Deserialize<'a>>(body: &'a str) -> Result<T, String> {
    let answer: Envelope<'_, T> = serde_json::from_str(body).map_err(|why| undocumented(&why))?;
    success(answer.ret_code, answer.ret_msg)?;
    answer.result.ok_or_else(|| "result is missing".to_owned())
}

/// Reads a bare list, as streams send it: what could be read, and the first fault.
pub(crate) fn list<'a, W, T>(
    text: &'a str,
    mut take: impl FnMut(&W) -> Result<Option<T>, String>,
) -> (Vec<T>, Option<String>)
where
    W: Deserialize<'a>,
{
    let mut rows = Vec::new();
    let mut sink = |row: W| {
        rows.extend(take(&row)?);
        Ok(())
    };
    let mut walk = Walk::new(&mut sink);
    let mut reader = serde_json::Deserializer::from_str(text);
    let end = Level { walk: &mut walk, at: At::List }.deserialize(&mut reader);
    let end = end.and_then(|()| reader.end());
    let (fault, found) = (walk.fault, walk.found);
    let fault = fault
        .or_else(|| end.err().map(|why| undocumented(&why)))
        .or_else(|| (!found).then(|| "data is no list".to_owned()));
    (rows, fault)
}

pub(crate) fn undocumented(why: &serde_json::Error) -> String {
    format!("the answer is not what the venue's documentation says: {}", garbled(why))
}

/// Success is code zero and nothing else; the words differ (bybit 3.0).
fn success(code: Field<'_>, said: Field<'_>) -> Result<(), String> {
    match words(code).as_deref() {
        Some("0") => Ok(()),
        Some(code) => Err(format!("{} {}", name(code), shorten(&word(said)))),
        None => Err("retCode is missing".to_owned()),
    }
}

/// Rows of another category use the same names for other contracts.
pub(crate) fn linear(category: Field<'_>) -> Result<(), String> {
    match words(category).as_deref() {
        None | Some("" | "linear") => Ok(()),
        Some(other) => Err(format!("the category is {}, not linear", quoted(other))),
    }
}

/// A row's sentence with its symbol in front.
pub(crate) fn named(symbol: Field<'_>, why: &str) -> String {
    match words(symbol) {
        Some(symbol) => format!("{}: {why}", name(&symbol)),
        None => why.to_owned(),
    }
}

/// Text, or a number as its digits; none for anything else.
pub(crate) fn words(field: Field<'_>) -> Option<Cow<'_, str>> {
    let raw = field?.get();
    match raw.as_bytes().first()? {
        b'"' => {
            let inner = raw.get(1..raw.len().checked_sub(1)?)?;
            if inner.contains('\\') {
                return serde_json::from_str(raw).ok().map(Cow::Owned);
            }
            Some(Cow::Borrowed(inner))
        }
        b'-' | b'0'..=b'9' => Some(Cow::Borrowed(raw)),
        _ => None,
    }
}

/// The text of a field, empty where there is none.
pub(crate) fn word(field: Field<'_>) -> Cow<'_, str> {
    words(field).unwrap_or_default()
}

/// The text of a field that has to be there and may not be empty.
pub(crate) fn text<'a>(name: &str, field: Field<'a>) -> Result<Cow<'a, str>, String> {
    match words(field) {
        Some(text) if !text.is_empty() => Ok(text),
        Some(_) => Err(format!("{name} is empty")),
        None if field.is_some() => Err(format!("{name} is not text")),
        None => Err(format!("{name} is missing")),
    }
}

/// A decimal, exactly as it was written.
pub(crate) fn number(text: &str) -> Option<Decimal> {
    let value = Decimal::from_str_exact(text)
        .or_else(|_| text.parse())
        .or_else(|_| Decimal::from_scientific(text));
    countable(text, value.ok()?)
}

/// A decimal that has to be there.
pub(crate) fn decimal(name: &str, field: Field<'_>) -> Result<Decimal, String> {
    let text = text(name, field)?;
    number(&text).ok_or_else(|| format!("{name} is not a decimal: {}", quoted(&text)))
}

/// A decimal that is zero where the venue says nothing.
pub(crate) fn amount(name: &str, field: Field<'_>) -> Result<Decimal, String> {
    match words(field) {
        None => Ok(Decimal::ZERO),
        Some(text) if text.is_empty() => Ok(Decimal::ZERO),
        Some(_) => decimal(name, field),
    }
}

/// A price; missing, null, empty and zero in any spelling mean that it is not set (bybit 0).
pub(crate) fn price(name: &str, field: Field<'_>) -> Result<Option<Price>, String> {
    amount(name, field).map(|value| Price::new(value).ok())
}

/// A quantity that has to be there; none for zero. Empty text is unknown, which is not zero.
pub(crate) fn quantity(name: &str, field: Field<'_>) -> Result<Option<Qty>, String> {
    let value = decimal(name, field)?;
    match Qty::new(value) {
        Ok(quantity) => Ok(Some(quantity)),
        Err(_) if value.is_zero() => Ok(None),
        Err(why) => Err(format!("{name}: {why}")),
    }
}

/// A whole number; none where the venue says nothing.
pub(crate) fn whole(name: &str, field: Field<'_>) -> Result<Option<i64>, String> {
    match words(field) {
        None => Ok(None),
        Some(text) if text.is_empty() => Ok(None),
        Some(text) => match text.parse() {
            Ok(number) => Ok(Some(number)),
            Err(_) => Err(format!("{name} is no whole number: {}", quoted(&text))),
        },
    }
}

/// An instant; none for nothing and for zero. Venue fact: an instant has been seen in
/// nanoseconds where milliseconds are documented (bybit 3.11).
pub(crate) fn instant(name: &str, field: Field<'_>) -> Result<Option<VenueTime>, String> {
    const SURELY_NANOSECONDS: i64 = 100_000_000_000_000_000;
    let at = whole(name, field)?.filter(|at| *at > 0);
    let milliseconds = |at| if at >= SURELY_NANOSECONDS { at / 1_000_000 } else { at };
    at.map(|at| numbers::instant(name, Some(milliseconds(at)))).transpose()
}

/// A yes or no; none where the venue says nothing.
pub(crate) fn flag(field: Field<'_>) -> Option<bool> {
    match field?.get() {
        "true" | "\"true\"" => Some(true),
        "false" | "\"false\"" => Some(false),
        _ => None,
    }
}

/// The leg of a slot: 0 one-way, 1 hedged long, 2 hedged short (bybit 3.2).
pub(crate) fn leg(field: Field<'_>) -> Result<Leg, String> {
    match text("positionIdx", field)?.as_ref() {
        "0" => Ok(Leg::Net),
        "1" => Ok(Leg::Long),
        "2" => Ok(Leg::Short),
        other => Err(format!("positionIdx is unknown: {}", quoted(other))),
    }
}

/// The direction of an order or execution.
pub(crate) fn order_side(field: Field<'_>) -> Result<OrderSide, String> {
    match text("side", field)?.as_ref() {
        "Buy" => Ok(OrderSide::Buy),
        "Sell" => Ok(OrderSide::Sell),
        other => Err(format!("side is unknown: {}", quoted(other))),
    }
}

/// What is being read of an answer.
struct Walk<'a, 't, W> {
    take: &'t mut dyn FnMut(W) -> Result<(), String>,
    code: Field<'a>,
    words: Field<'a>,
    cursor: Field<'a>,
    category: Field<'a>,
    listed: usize,
    found: bool,
    fault: Option<String>,
    row: PhantomData<fn() -> W>,
}

impl<'t, W> Walk<'_, 't, W> {
    fn new(take: &'t mut dyn FnMut(W) -> Result<(), String>) -> Self {
        Self {
            take,
            code: None,
            words: None,
            cursor: None,
            category: None,
            listed: 0,
            found: false,
            fault: None,
            row: PhantomData,
        }
    }
}

/// How deep in the answer we are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Envelope,
    Result,
    List,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(field_identifier, rename_all = "camelCase")]
enum Key {
    RetCode,
    RetMsg,
    Result,
    List,
    NextPageCursor,
    Category,
    #[serde(other)]
    Other,
}

struct Level<'w, 'a, 't, W> {
    walk: &'w mut Walk<'a, 't, W>,
    at: At,
}

impl<'a, W: Deserialize<'a>> DeserializeSeed<'a> for Level<'_, 'a, '_, W> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'a, W: Deserialize<'a>> Visitor<'a> for Level<'_, 'a, '_, W> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self.at {
            At::Envelope => "an answer",
            At::Result => "a result",
            At::List => "a list",
        })
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<(), A::Error> {
        if self.at == At::List {
            return Err(A::Error::custom("an object where a list belongs"));
        }
        let mut said = Vec::new();
        while let Some(key) = map.next_key::<Key>()? {
            // Of two lists or two codes nobody knows which one is meant.
            if said.contains(&key) {
                return Err(A::Error::custom("a key that comes twice"));
            }
            said.extend(Some(key).filter(|key| *key != Key::Other));
            match (self.at, key) {
                (At::Envelope, Key::RetCode) => self.walk.code = map.next_value()?,
                (At::Envelope, Key::RetMsg) => self.walk.words = map.next_value()?,
                (At::Envelope, Key::Result) => {
                    map.next_value_seed(Level { walk: &mut *self.walk, at: At::Result })?;
                }
                (At::Result, Key::List) => {
                    map.next_value_seed(Level { walk: &mut *self.walk, at: At::List })?;
                }
                (At::Result, Key::NextPageCursor) => self.walk.cursor = map.next_value()?,
                (At::Result, Key::Category) => self.walk.category = map.next_value()?,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut list: A) -> Result<(), A::Error> {
        if self.at != At::List {
            return Err(A::Error::custom("a list where an object belongs"));
        }
        self.walk.found = true;
        while let Some(row) = list.next_element::<W>()? {
            self.walk.listed += 1;
            if let Err(why) = (self.walk.take)(row) {
                let row = self.walk.listed;
                self.walk.fault.get_or_insert_with(|| format!("row {row}: {why}"));
            }
        }
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }
}
