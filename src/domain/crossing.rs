//! A fill that closes one position and opens the other side with what is left of it.
//!
//! For: cutting it in two that add up, the fee by share. Not for: deciding that a leg flipped.
//! Door: [`Crossing`].

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::domain::amount::Qty;
use crate::domain::evidence::Fill;

/// A fill that crossed zero: what it closed and what it opened add up to it, and so do the fees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crossing {
    /// The fill.
    pub fill: Fill,
    /// How much of it closed.
    pub closed: Qty,
    /// How much of it opened.
    pub opened: Qty,
}

impl Crossing {
    /// The fee of the part that closed, in the fill's fee asset.
    pub fn fee_closed(&self) -> Decimal {
        self.fill.fee.0 * self.closed.get() / self.fill.quantity.get()
    }

    /// The fee of the part that opened: the rest of it.
    pub fn fee_opened(&self) -> Decimal {
        self.fill.fee.0 - self.fee_closed()
    }

    /// Both parts, for the record.
    pub fn to_json(&self) -> serde_json::Value {
        serde_json::json!({
            "trade": self.fill.trade_id, "price": self.fill.price,
            "closed": self.closed, "opened": self.opened,
            "fee_closed": self.fee_closed().normalize(),
            "fee_opened": self.fee_opened().normalize(),
        })
    }
}
