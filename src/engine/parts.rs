//! Parts of a position: what closing or adding some of it did to the row's numbers.
//!
//! For: pricing a part that somebody else closed, and keeping what all of it cost to enter.
//! Not for: deciding that the row follows (`quantity`). Door: [`Part::of`].

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::domain::amount::{Money, Price};
use crate::domain::evidence::{ExitReason, Fill};
use crate::domain::key::Symbol;
use crate::domain::ledger::Row;

use crate::engine::leg::LegState;

/// The closing fills among those that a row follows, taken together.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Part {
    quantity: Decimal,
    price: Price,
    /// Net of the fees that were paid in the quote currency.
    pub(super) profit: Money,
    reason: ExitReason,
    trades: Vec<String>,
}

impl Part {
    /// The part that these fills closed, if they closed any.
    pub(super) fn of(row: &Row, fills: &[Fill], quote: &Symbol) -> Option<Self> {
        let closing = || fills.iter().filter(|fill| fill.side == row.side.closing());
        let quantity: Decimal = closing().map(|fill| fill.quantity.get()).sum();
        let value: Decimal = closing().map(|fill| fill.quantity.at(fill.price).0).sum();
        let price = Price::new(value.checked_div(quantity)?).ok()?;
        let profit = |(fill, entry): (&Fill, Price)| {
            let fee = if fill.fee_asset == *quote { fill.fee } else { Money::ZERO };
            row.side.profit(entry, fill.price, fill.quantity) - fee
        };
        Some(Self {
            quantity,
            price,
            profit: at_their_entry(row, fills).into_iter().map(profit).sum(),
            reason: closing().next_back()?.reason(),
            trades: closing().map(|fill| fill.trade_id.to_string()).collect(),
        })
    }

    /// The part for the record.
    pub(super) fn to_json(&self) -> Value {
        serde_json::json!({
            "quantity": self.quantity.normalize(), "price": self.price,
            "pnl": self.profit.0.normalize(), "reason": self.reason.name(), "trades": self.trades,
        })
    }

    /// The part in words.
    pub(super) fn sentence(&self) -> String {
        let price = self.price.get().round_dp(8).normalize();
        let pnl = self.profit.0.round_dp(4).normalize();
        format!(
            "{} of it closed at {price}, pnl {pnl}: {}",
            self.quantity.normalize(),
            self.reason.name()
        )
    }
}

/// The closing fills, each with what the position had cost on average by then: what is added
/// moves the average, what is closed does not.
fn at_their_entry<'f>(row: &Row, fills: &'f [Fill]) -> Vec<(&'f Fill, Price)> {
    let (mut held, mut entry) = (row.quantity.get(), row.entry_price);
    let mut closing = Vec::new();
    for fill in fills {
        let size = fill.quantity.get();
        if fill.side == row.side.closing() {
            closing.push((fill, entry));
            held -= size;
        } else {
            let cost = held.max(Decimal::ZERO) * entry.get() + size * fill.price.get();
            held = held.max(Decimal::ZERO) + size;
            entry = Price::new(cost / held).unwrap_or(entry);
        }
    }
    closing
}

/// What all of the row cost to enter once it has followed these fills.
pub(super) fn entry_value(row: &Row, fills: &[Fill]) -> String {
    let opening = fills.iter().filter(|fill| fill.side == row.side.opening());
    let added: Money = opening.map(|fill| fill.quantity.at(fill.price)).sum();
    let value = row.entry_value() + added;
    value.0.normalize().to_string()
}

/// What all of the row costs to enter at the size and price it has.
pub(super) fn value(row: &Row) -> String {
    row.quantity.at(row.entry_price).0.normalize().to_string()
}

/// What the row was opened with, before parts of it were closed or added; none while the fills
/// of such a part are not known.
pub(super) fn entered(leg: &LegState, row: &Row) -> Option<Decimal> {
    let part = |id: &Value| {
        let id = id.as_str()?;
        let fill = leg.fills.iter().find(|fill| fill.trade_id.as_str() == id)?;
        Some(fill.change(row.side))
    };
    let parts: Option<Vec<Decimal>> = row.followed().iter().map(part).collect();
    Some(row.quantity.get() - parts?.into_iter().sum::<Decimal>())
}
