//! Reading positions, balances, mode, clock and rights: the answers about an account.
//!
//! For: turning an answer's text into domain values, or one sentence naming row and field.
//! Not for: orders and fills (`decode_orders`), instruments and marks (`decode_market`),
//! stream events (`events`).
//! Door: [`positions`], [`balance`], [`mode`].

use std::str::FromStr;

use rust_decimal::Decimal;
use serde::Deserialize;
use serde::de::{Deserializer as _, SeqAccess, Visitor};

use crate::domain::amount::{Money, OrderSide, Price, Qty, Side};
use crate::domain::key::{Leg, Symbol};
use crate::domain::position::{Balance, PositionMode, VenuePosition};
use crate::domain::sweep::{Part, Positions};
use crate::domain::teeth::{Tooth, broken};
use crate::domain::time::VenueTime;
use crate::exchange::account::Rights;
use crate::exchange::binance::wire::{
    BalanceRow, Field, ModeAnswer, PositionRow, RestrictionsAnswer, TimeAnswer,
};
use crate::exchange::failure::{self, garbled, quoted};
use crate::exchange::numbers::{countable, instant};

/// Reads `positionRisk`, v3 and v2. Rows of size zero are no positions: v3 lists symbols that
/// only have open orders, v2 lists every symbol. Anything unreadable breaks the part.
pub fn positions(body: &str) -> Part<Positions> {
    let mut found = Positions::new();
    let fault = each(body, |row: PositionRow<'_>| {
        let read = match position(&row) {
            Err(_) if broken(Tooth::MissingIsZero) => None,
            read => read.map_err(|why| named(&row.symbol, &why))?,
        };
        let Some((key, position)) = read else { return Ok(()) };
        match found.insert(key, position) {
            None => Ok(()),
            Some(_) => Err(named(&row.symbol, "is listed twice for one leg")),
        }
    });
    match fault {
        None => Part::Whole(found),
        Some(why) => Part::Broken(found, why),
    }
}

pub(crate) fn named(symbol: &Field<'_>, why: &str) -> String {
    match symbol {
        Some(symbol) => format!("{}: {why}", failure::name(symbol.as_str())),
        None => why.to_owned(),
    }
}

type Positioned = ((Symbol, Leg), VenuePosition);

fn position(row: &PositionRow<'_>) -> Result<Option<Positioned>, String> {
    let symbol = Symbol::from(text("symbol", &row.symbol)?);
    let leg = leg("positionSide", &row.position_side)?;
    let amount = decimal("positionAmt", &row.position_amt)?;
    let entry = price("entryPrice", &row.entry_price)?;
    let mark = price("markPrice", &row.mark_price)?;
    let liquidation = price("liquidationPrice", &row.liquidation_price)?;
    let changed = instant("updateTime", row.update_time)?;
    let Some((side, quantity)) = exposure(amount) else { return Ok(None) };
    agrees(leg, side)?;
    let changed = (changed.0 > 0).then_some(changed);
    let position = VenuePosition {
        side,
        quantity,
        entry,
        mark,
        liquidation,
        changed,
        opened: None,
        trouble: None,
    };
    Ok(Some(((symbol, leg), position)))
}

/// Side and size of a signed amount; none for zero.
pub(crate) fn exposure(amount: Decimal) -> Option<(Side, Qty)> {
    let side = if amount.is_sign_negative() { Side::Short } else { Side::Long };
    Qty::new(amount.abs()).ok().map(|quantity| (side, quantity))
}

/// Refuses a long leg with a negative amount, and the reverse: the venue signs both.
pub(crate) fn agrees(leg: Leg, side: Side) -> Result<(), String> {
    match (leg, side) {
        (Leg::Long, Side::Short) | (Leg::Short, Side::Long) => {
            Err(format!("positionAmt of the {leg} leg has the other leg's sign"))
        }
        _ => Ok(()),
    }
}

/// Currencies an account is counted in, most usual first. Source: binance-usdm 3.4.
const QUOTES: [&str; 4] = ["USDT", "USDC", "BNFCR", "FDUSD"];

/// Reads `balance` v3: what the account is worth in its main currency, the first usual one that
/// it holds. Inactive assets have sent empty text, which reads as nothing.
///
/// # Errors
/// One sentence naming row and field.
pub fn balance(body: &str) -> Result<Balance, String> {
    let mut rows: Vec<(String, Balance)> = Vec::new();
    let fault = each(body, |row: BalanceRow<'_>| {
        let asset = text("asset", &row.asset)?.to_owned();
        let wallet = amount("balance", &row.balance)?;
        let profit = amount("crossUnPnl", &row.cross_un_pnl)?;
        let available = Money(amount("availableBalance", &row.available_balance)?);
        rows.push((asset, Balance { equity: Money(wallet + profit), available }));
        Ok(())
    });
    if let Some(why) = fault {
        return Err(why);
    }
    let held = |name: &str| {
        rows.iter().find(|(asset, b)| asset == name && b.equity != Money::ZERO).map(|(_, b)| *b)
    };
    let usual = QUOTES.into_iter().find_map(held);
    let largest = || rows.iter().map(|(_, b)| *b).max_by_key(|b| b.equity);
    Ok(usual.or_else(largest).unwrap_or(Balance { equity: Money::ZERO, available: Money::ZERO }))
}

fn amount(name: &str, field: &Field<'_>) -> Result<Decimal, String> {
    match field {
        Some(value) if value.as_str().is_empty() => Ok(Decimal::ZERO),
        _ => decimal(name, field),
    }
}

/// Reads `accountConfig` or `positionSide/dual`.
///
/// # Errors
/// One sentence naming the field.
pub fn mode(body: &str) -> Result<PositionMode, String> {
    let answer: ModeAnswer = whole(body)?;
    match answer.dual_side_position {
        Some(true) => Ok(PositionMode::Hedge),
        Some(false) => Ok(PositionMode::OneWay),
        None => Err("dualSidePosition is missing".to_owned()),
    }
}

/// Reads `apiRestrictions`.
///
/// # Errors
/// One sentence naming the field.
pub fn rights(body: &str) -> Result<Rights, String> {
    let answer: RestrictionsAnswer = whole(body)?;
    Ok(Rights {
        read: answer.enable_reading.ok_or("enableReading is missing")?,
        trade: answer.enable_futures.ok_or("enableFutures is missing")?,
        withdraw: answer.enable_withdrawals.ok_or("enableWithdrawals is missing")?,
        ip_restricted: answer.ip_restrict.ok_or("ipRestrict is missing")?,
    })
}

/// Reads `time`.
///
/// # Errors
/// One sentence naming the field.
pub fn server_time(body: &str) -> Result<VenueTime, String> {
    let answer: TimeAnswer = whole(body)?;
    instant("serverTime", answer.server_time)
}

/// `listenKey`; without `Debug`, because it is a credential.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ListenKeyAnswer {
    listen_key: Option<String>,
}

/// Reads `listenKey`, a credential.
///
/// # Errors
/// One sentence, without the key.
pub fn listen_key(body: &str) -> Result<String, String> {
    let answer: Result<ListenKeyAnswer, _> = serde_json::from_str(body);
    match answer {
        Ok(ListenKeyAnswer { listen_key: Some(key) }) if !key.is_empty() => Ok(key),
        _ => Err("listenKey is missing".to_owned()),
    }
}

/// Reads one object.
pub(crate) fn whole<'a, T: Deserialize<'a>>(body: &'a str) -> Result<T, String> {
    serde_json::from_str(body).map_err(|why| undocumented(&why))
}

fn undocumented(why: &serde_json::Error) -> String {
    format!("the answer is not what the venue's documentation says: {}", garbled(why))
}

/// Reads a list row by row. The sentence names the first row that could not be taken; rows
/// before and after it are taken all the same, as far as the text is JSON.
pub(crate) fn each<'a, W, F>(body: &'a str, take: F) -> Option<String>
where
    W: Deserialize<'a>,
    F: FnMut(W) -> Result<(), String>,
{
    let mut rows = Rows { take, fault: None, row: std::marker::PhantomData };
    let mut reader = serde_json::Deserializer::from_str(body);
    let end = reader.deserialize_seq(&mut rows).and_then(|()| reader.end());
    rows.fault.or_else(|| end.err().map(|why| undocumented(&why)))
}

struct Rows<W, F> {
    take: F,
    fault: Option<String>,
    row: std::marker::PhantomData<W>,
}

impl<'de, W: Deserialize<'de>, F: FnMut(W) -> Result<(), String>> Visitor<'de> for &mut Rows<W, F> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let mut index = 0;
        while let Some(row) = list.next_element::<W>()? {
            index += 1;
            if let Err(why) = (self.take)(row) {
                self.fault.get_or_insert_with(|| format!("row {index}: {why}"));
            }
        }
        Ok(())
    }
}

/// The text of a field that has to be there and may not be empty.
pub(crate) fn text<'a>(name: &str, field: &'a Field<'_>) -> Result<&'a str, String> {
    match field {
        Some(value) if !value.as_str().is_empty() => Ok(value.as_str()),
        Some(_) => Err(format!("{name} is empty")),
        None => Err(format!("{name} is missing")),
    }
}

/// A decimal that has to be there.
pub(crate) fn decimal(name: &str, field: &Field<'_>) -> Result<Decimal, String> {
    let text = text(name, field)?;
    number(text).ok_or_else(|| format!("{name} is not a decimal: {}", quoted(text)))
}

/// A decimal, exactly as it was written.
pub(crate) fn number(text: &str) -> Option<Decimal> {
    let value = Decimal::from_str_exact(text).or_else(|_| Decimal::from_str(text)).ok()?;
    countable(text, value)
}

/// A price whose field has to be there; zero, negative and empty mean that there is none.
pub(crate) fn price(name: &str, field: &Field<'_>) -> Result<Option<Price>, String> {
    match field {
        Some(value) if value.as_str().is_empty() => Ok(None),
        _ => decimal(name, field).map(|value| Price::new(value).ok()),
    }
}

/// A quantity whose field has to be there; none for zero.
pub(crate) fn quantity(name: &str, field: &Field<'_>) -> Result<Option<Qty>, String> {
    let value = decimal(name, field)?;
    match Qty::new(value) {
        Ok(quantity) => Ok(Some(quantity)),
        Err(_) if value.is_zero() => Ok(None),
        Err(why) => Err(format!("{name}: {why}")),
    }
}

/// The leg of a row.
pub(crate) fn leg(name: &str, field: &Field<'_>) -> Result<Leg, String> {
    match text(name, field)? {
        "BOTH" => Ok(Leg::Net),
        "LONG" => Ok(Leg::Long),
        "SHORT" => Ok(Leg::Short),
        other => Err(format!("{name} is unknown: {}", quoted(other))),
    }
}

/// The direction of an order.
pub(crate) fn order_side(name: &str, field: &Field<'_>) -> Result<OrderSide, String> {
    match text(name, field)? {
        "BUY" => Ok(OrderSide::Buy),
        "SELL" => Ok(OrderSide::Sell),
        other => Err(format!("{name} is unknown: {}", quoted(other))),
    }
}
