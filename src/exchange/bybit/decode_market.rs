//! Reading what is the same for everybody: instruments and mark prices.
//!
//! For: pages of `instruments-info`, `tickers` of REST, and the public ticker stream.
//! Not for: anything about an account, or what a stream answers to our own frames (`answers`).
//! Door: [`instruments`], [`tickers`], [`ticker`].

use std::sync::Arc;

use crate::domain::amount::{Money, Price, Qty};
use crate::domain::instrument::Instrument;
use crate::domain::key::Symbol;
use crate::domain::sweep::Part;
use crate::exchange::bybit::read::{
    Page, decimal, instant, named, page, price, quantity, text, undocumented, word, words,
};
use crate::exchange::bybit::wire::{Field, Head, InstrumentRow, TickerRow};

/// One symbol of the listing, or why its rules cannot be used.
pub type Listed = Result<Arc<Instrument>, String>;

/// What the listing says, all pages of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Market {
    /// Every instrument with usable rules, in the venue's order.
    pub instruments: Vec<Arc<Instrument>>,
    /// Symbols left out because a rule is missing, each with the reason.
    pub unusable: Vec<String>,
    /// Whether a list of contracts that do not trade yet or any more is missing.
    pub partial: bool,
}

impl Market {
    /// Sorts what the pages listed. One symbol with a missing rule does not hide the others.
    pub fn of(rows: impl IntoIterator<Item = Listed>) -> Self {
        let mut market = Self::default();
        for row in rows {
            match row {
                Ok(instrument) => market.instruments.push(instrument),
                Err(why) => market.unusable.push(why),
            }
        }
        market
    }

    /// Whether the venue keeps no such contract: neither one that trades nor one before or at the
    /// end of its life. A list that is not whole says it of none.
    pub fn lacks(&self, symbol: &Symbol) -> bool {
        let named = format!("{symbol}: ");
        let odd = self.unusable.iter().any(|why| why.starts_with(&named));
        !self.partial && !odd && self.instruments.iter().all(|listed| listed.symbol != *symbol)
    }
}

/// Reads a page of `instruments-info`.
pub fn instruments(body: &str) -> Part<Page<Listed>> {
    page(body, |row: &InstrumentRow<'_>| {
        let read = instrument(row).map(Arc::new).map_err(|why| named(row.symbol, &why));
        Ok(Some(read))
    })
}

fn instrument(row: &InstrumentRow<'_>) -> Result<Instrument, String> {
    let prices = row.price_filter.as_ref().ok_or("priceFilter is missing")?;
    let lots = row.lot_size_filter.as_ref().ok_or("lotSizeFilter is missing")?;
    let step = quantity("qtyStep", lots.qty_step)?.ok_or("qtyStep is zero")?;
    // The limit for market orders is not always named; it is then the one for all (bybit 3.1).
    let most = match size("maxMktOrderQty", lots.max_mkt_order_qty)? {
        Some(most) => most,
        None => quantity("maxOrderQty", lots.max_order_qty)?.ok_or("maxOrderQty is zero")?,
    };
    let least_value = match word(lots.min_notional_value) {
        value if value.is_empty() => None,
        _ => Some(Money(decimal("minNotionalValue", lots.min_notional_value)?)),
    };
    Ok(Instrument {
        symbol: Symbol::from(&*text("symbol", row.symbol)?),
        tick: price("tickSize", prices.tick_size)?.ok_or("tickSize is missing")?,
        step,
        market_min: size("minOrderQty", lots.min_order_qty)?.unwrap_or(step),
        market_max: most,
        market_step: step,
        min_notional: least_value,
        quote: Symbol::from(&*text("settleCoin", row.settle_coin)?),
        trading: &*text("status", row.status)? == "Trading",
        // A perpetual that is to be delisted still trades; only this says so (bybit 3.1).
        ends: instant("deliveryTime", row.delivery_time)?,
    })
}

/// A size that may be left out.
fn size(name: &str, field: Field<'_>) -> Result<Option<Qty>, String> {
    match word(field) {
        text if text.is_empty() => Ok(None),
        _ => quantity(name, field),
    }
}

/// Reads `tickers`: the mark prices in it. A symbol before its listing has none.
pub fn tickers(body: &str) -> Part<Page<(Symbol, Price)>> {
    page(body, |row: &TickerRow<'_>| mark(row).map_err(|why| named(row.symbol, &why)))
}

fn mark(row: &TickerRow<'_>) -> Result<Option<(Symbol, Price)>, String> {
    let symbol = text("symbol", row.symbol)?;
    let mark = price("markPrice", row.mark_price)?;
    Ok(mark.map(|mark| (Symbol::from(&*symbol), mark)))
}

/// Reads a frame of the public stream: the mark price in it. Venue fact: a delta holds only what
/// changed, so a frame without a mark price leaves the last one as it is (bybit 4.2). Frames of
/// other topics and answers to our own hold none.
///
/// # Errors
/// One sentence when the frame is no ticker although it says so.
pub fn ticker(frame: &str) -> Result<Option<(Symbol, Price)>, String> {
    let head: Head<'_> = serde_json::from_str(frame).map_err(|why| undocumented(&why))?;
    let topic = words(head.topic).unwrap_or_default();
    let Some(name) = topic.strip_prefix("tickers.") else { return Ok(None) };
    let data = head.data.ok_or("data is missing")?.get();
    let row: TickerRow<'_> = serde_json::from_str(data).map_err(|why| undocumented(&why))?;
    match price("markPrice", row.mark_price)? {
        None => Ok(None),
        Some(mark) => {
            let symbol = words(row.symbol).filter(|symbol| !symbol.is_empty());
            Ok(Some((Symbol::from(symbol.as_deref().unwrap_or(name)), mark)))
        }
    }
}
