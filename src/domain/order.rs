//! Orders: the conditional ones that protect, and the reports of the ones we sent.

use serde::{Deserialize, Serialize};

use crate::domain::amount::{OrderSide, Price, Qty};
use crate::domain::client_id::{ClientId, Purpose};
use crate::domain::key::{Leg, Symbol, VenueOrderId};
use crate::domain::time::VenueTime;

/// Which price fires a conditional order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum TriggerBy {
    /// The venue's mark price.
    #[default]
    Mark,
    /// The last trade.
    Last,
    /// The index behind the contract; only other people's orders use it.
    Index,
}

impl TriggerBy {
    /// The word in the config.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mark => "mark",
            Self::Last => "last",
            Self::Index => "index",
        }
    }
}

/// What a conditional order does when it fires.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConditionalKind {
    /// A market order on the losing side: the only kind that counts as protection.
    StopMarket,
    /// A limit order on the losing side: may rest unfilled, so it does not protect.
    StopLimit,
    /// Fires on the winning side.
    TakeProfit,
    /// Follows the price by a callback rate.
    Trailing,
    /// A kind this version does not know.
    Other,
}

/// A conditional order resting at the venue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConditionalOrder {
    /// Its id at the venue.
    pub id: VenueOrderId,
    /// The id its sender gave it.
    pub client_id: ClientId,
    /// Instrument.
    pub symbol: Symbol,
    /// Leg it belongs to; `net` in one-way mode.
    pub leg: Leg,
    /// Direction of the order that it becomes.
    pub side: OrderSide,
    /// Size; none for one that closes whatever is there.
    pub quantity: Option<Qty>,
    /// Where it fires; a trailing order that is not active yet may name none.
    pub trigger: Option<Price>,
    /// Which price fires it.
    pub trigger_by: TriggerBy,
    /// What it becomes.
    pub kind: ConditionalKind,
    /// Whether it can only make a position smaller (closing side in hedge mode included).
    pub reduces: bool,
    /// Whether the venue keeps it on the position itself: it follows the size, is amended in
    /// place and leaves with the position. Source: bybit 3.7, Full mode.
    #[serde(default)]
    pub on_position: bool,
}

impl ConditionalOrder {
    /// Whether it is ours to change: a stop that we placed, or the one on the position itself,
    /// of which there is only one.
    pub fn ours(&self) -> bool {
        self.on_position || self.client_id.purpose() == Some(Purpose::Stop)
    }
}

/// A plain open order that somebody else put there. It is shown, and never touched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignOrder {
    /// Its id at the venue.
    pub id: VenueOrderId,
    /// The id its sender gave it; the venue's id where there is none.
    pub client_id: ClientId,
    /// Instrument.
    pub symbol: Symbol,
    /// Leg it belongs to; `net` in one-way mode.
    pub leg: Leg,
    /// Direction.
    pub side: OrderSide,
    /// Size that is still open.
    pub quantity: Qty,
    /// Where it rests; none for a market order on its way.
    pub price: Option<Price>,
    /// Whether it can only make a position smaller.
    pub reduces: bool,
    /// When it was placed.
    pub at: VenueTime,
}

/// Where an order stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OrderStatus {
    /// Resting, or accepted and not yet matched.
    Live,
    /// Filled in part and still working.
    Partial,
    /// Filled completely.
    Filled,
    /// Ended by a person or program, filled or not.
    Cancelled,
    /// Refused by the venue after it was accepted.
    Rejected,
    /// Ended by the venue's own rules.
    Expired,
}

impl OrderStatus {
    /// Whether nothing more can happen to it.
    pub fn is_final(self) -> bool {
        !matches!(self, Self::Live | Self::Partial)
    }

    /// The word in the ledger's `orders.status`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Partial => "partial",
            Self::Filled => "filled",
            Self::Cancelled => "cancelled",
            Self::Rejected => "rejected",
            Self::Expired => "expired",
        }
    }
}

/// What the venue says of one order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderReport {
    /// Its id at the venue.
    pub id: VenueOrderId,
    /// The id its sender gave it.
    pub client_id: ClientId,
    /// Where it stands.
    pub status: OrderStatus,
    /// How much of it is done; none when nothing is.
    pub filled: Option<Qty>,
    /// Average price of what is done, when the venue says it.
    pub average: Option<Price>,
}

/// Where a conditional order stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StopStatus {
    /// Resting and able to fire.
    Live,
    /// The condition is met; the order is on its way or working.
    Firing,
    /// Its order is done; nothing filled when the quantity is none.
    Finished(Option<Qty>),
    /// Taken away by a person or program.
    Cancelled,
    /// Refused, with the venue's reason.
    Rejected(String),
    /// Ended by the venue's own rules.
    Expired,
}

impl StopStatus {
    /// Whether it can still protect.
    pub fn protects(&self) -> bool {
        matches!(self, Self::Live | Self::Firing)
    }
}

/// What the venue says of one conditional order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StopReport {
    /// The order as placed.
    pub order: ConditionalOrder,
    /// Where it stands.
    pub status: StopStatus,
}
