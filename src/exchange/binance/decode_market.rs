//! Reading what is the same for everybody: instruments, limits, mark prices.
//!
//! For: `exchangeInfo` and the all-market mark-price stream, the one hot path of this room.
//! Not for: anything about an account.
//! Door: [`market`] reads the listing, [`marks`] a frame of prices.

use std::collections::HashSet;
use std::sync::Arc;

use crate::domain::amount::{Money, Price, Qty};
use crate::domain::instrument::Instrument;
use crate::domain::key::Symbol;
use crate::domain::time::VenueTime;
use crate::exchange::binance::decode::{named, number, text, whole};
use crate::exchange::binance::wire::{ExchangeInfo, Field, FilterRow, MarkRow, SymbolRow};
use crate::exchange::failure::garbled;

use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// What `exchangeInfo` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Market {
    /// Every instrument with usable rules, in the venue's order.
    pub instruments: Vec<Arc<Instrument>>,
    /// Symbols left out because a rule is missing, each with the reason.
    pub unusable: Vec<String>,
    /// Request weight per minute and address; none when the venue does not say.
    pub weight_limit: Option<u32>,
}

/// Reads `exchangeInfo`. One symbol with a missing rule does not hide the others.
///
/// # Errors
/// One sentence when it is no such listing at all.
pub fn market(body: &str) -> Result<Market, String> {
    let info: ExchangeInfo<'_> = whole(body)?;
    let rows = info.symbols.ok_or("symbols is missing")?;
    let (mut instruments, mut unusable) = (Vec::with_capacity(rows.len()), Vec::new());
    for row in &rows {
        match instrument(row) {
            Ok(instrument) => instruments.push(Arc::new(instrument)),
            Err(why) => unusable.push(named(&row.symbol, &why)),
        }
    }
    let is = |field: &Field<'_>, word: &str| field.as_ref().is_some_and(|f| f.as_str() == word);
    let weight_limit = info.rate_limits.unwrap_or_default().iter().find_map(|limit| {
        let per_minute = is(&limit.rate_limit_type, "REQUEST_WEIGHT")
            && is(&limit.interval, "MINUTE")
            && limit.interval_num == Some(1);
        limit.limit.filter(|_| per_minute)
    });
    Ok(Market { instruments, unusable, weight_limit })
}

fn instrument(row: &SymbolRow<'_>) -> Result<Instrument, String> {
    let symbol = Symbol::from(text("symbol", &row.symbol)?);
    let filters = row.filters.as_deref().ok_or("filters is missing")?;
    let filter = |name: &str| {
        filters.iter().find(|f| f.filter_type.as_ref().is_some_and(|t| t.as_str() == name))
    };
    let prices = filter("PRICE_FILTER").ok_or("PRICE_FILTER is missing")?;
    let lots = filter("LOT_SIZE").ok_or("LOT_SIZE is missing")?;
    let step = size(&lots.step_size).ok_or("LOT_SIZE.stepSize is missing")?;
    // A market filter of zeros means that the ordinary one holds.
    let market = filter("MARKET_LOT_SIZE");
    let of_market = |pick: fn(&FilterRow<'_>) -> Option<Qty>| market.and_then(pick);
    let least = of_market(|f| size(&f.min_qty)).or_else(|| size(&lots.min_qty));
    let most = of_market(|f| size(&f.max_qty)).or_else(|| size(&lots.max_qty));
    let least_value = filter("MIN_NOTIONAL").and_then(|f| f.notional.as_ref());
    Ok(Instrument {
        symbol,
        tick: prices
            .tick_size
            .as_ref()
            .and_then(|t| number(t.as_str()))
            .and_then(|t| Price::new(t).ok())
            .ok_or("PRICE_FILTER.tickSize is missing")?,
        step,
        market_min: least.unwrap_or(step),
        market_max: most.ok_or("MARKET_LOT_SIZE.maxQty is missing")?,
        market_step: of_market(|f| size(&f.step_size)).unwrap_or(step),
        min_notional: least_value.and_then(|value| number(value.as_str())).map(Money),
        quote: Symbol::from(text("marginAsset", &row.margin_asset)?),
        trading: text("status", &row.status)? == "TRADING",
        ends: ends(row),
    })
}

/// When the venue ends a contract. Venue fact: what has no end carries the last day of 2100,
/// and gets another one when its delisting is announced. Source: binance-usdm 3.2.
fn ends(row: &SymbolRow<'_>) -> Option<VenueTime> {
    const NEVER: i64 = 4_133_404_800_000;
    let at = row.delivery_date.as_ref()?.as_str().parse().ok()?;
    (0 < at && at < NEVER).then_some(VenueTime(at))
}

fn size(field: &Field<'_>) -> Option<Qty> {
    field.as_ref().and_then(|text| number(text.as_str())).and_then(|value| Qty::new(value).ok())
}

/// The symbols a venue lists, so that a price finds its name without building it.
#[derive(Clone, Debug, Default)]
pub struct Symbols(HashSet<Known>);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Known(Symbol);

impl std::borrow::Borrow<str> for Known {
    fn borrow(&self) -> &str {
        self.0.as_str()
    }
}

impl<'a> FromIterator<&'a Symbol> for Symbols {
    fn from_iter<I: IntoIterator<Item = &'a Symbol>>(symbols: I) -> Self {
        Self(symbols.into_iter().cloned().map(Known).collect())
    }
}

impl Symbols {
    fn get(&self, name: &str) -> Option<&Symbol> {
        self.0.get(name).map(|known| &known.0)
    }
}

/// Reads a mark-price frame: one update, the all-market array, or either in the combined
/// envelope. Other frames hold no marks. COIN-M symbols may be mixed in: only `st` 1 is taken,
/// or, where `st` is missing, symbols of the listing. An unreadable price is left out, the next
/// one comes in a second.
///
/// # Errors
/// One sentence when the frame is no JSON.
pub fn marks(frame: &str, symbols: &Symbols) -> Result<Vec<(Symbol, Price)>, String> {
    let mut found = Vec::new();
    let sink = Sink { symbols, found: &mut found };
    let mut reader = serde_json::Deserializer::from_str(frame);
    reader
        .deserialize_any(sink)
        .and_then(|()| reader.end())
        .map_err(|why| format!("a mark-price frame is no JSON: {}", garbled(&why)))?;
    Ok(found)
}

struct Sink<'s> {
    symbols: &'s Symbols,
    found: &'s mut Vec<(Symbol, Price)>,
}

impl Sink<'_> {
    fn take(&mut self, row: &MarkRow<'_>) {
        let is_mark = row.e.as_ref().is_some_and(|e| e.as_str() == "markPriceUpdate");
        let (true, Some(name), Some(price)) = (is_mark, &row.s, &row.p) else { return };
        let symbol = match (row.st, self.symbols.get(name.as_str())) {
            (Some(1) | None, Some(known)) => known.clone(),
            (Some(1), None) => Symbol::from(name.as_str()),
            _ => return,
        };
        let price = number(price.as_str()).and_then(|price| Price::new(price).ok());
        if let Some(price) = price {
            self.found.push((symbol, price));
        }
    }
}

impl<'de> Visitor<'de> for Sink<'_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a mark-price frame")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<(), A::Error> {
        self.found.reserve(list.size_hint().unwrap_or(0).max(64));
        while let Some(row) = list.next_element::<MarkRow<'de>>()? {
            self.take(&row);
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        let mut row = MarkRow { e: None, s: None, p: None, st: None };
        while let Some(key) = map.next_key::<std::borrow::Cow<'de, str>>()? {
            match key.as_ref() {
                "data" => {
                    let inner = Sink { symbols: self.symbols, found: &mut *self.found };
                    map.next_value_seed(inner)?;
                }
                "e" => row.e = map.next_value()?,
                "s" => row.s = map.next_value()?,
                "p" => row.p = map.next_value()?,
                "st" => row.st = map.next_value()?,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        self.take(&row);
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }
}

impl<'de> serde::de::DeserializeSeed<'de> for Sink<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}
