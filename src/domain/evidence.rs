//! Proof: what explains a closed position, and the only door to a closed row.
//!
//! For: turning fills into an exit price, profit and cause, and looks into [`Gone`]. Not for:
//! fetching any of it. Door: [`Gone::prove`].

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::domain::amount::{Money, OrderSide, Price, Qty, Side};
use crate::domain::client_id::{ClientId, Purpose};
use crate::domain::key::{Leg, Symbol, TradeId, VenueOrderId};
use crate::domain::teeth::{Tooth, broken};
use crate::domain::time::{Span, Time, VenueTime};

pub use crate::domain::crossing::Crossing;
pub use crate::domain::history::History;

/// One execution on the venue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fill {
    /// Instrument.
    pub symbol: Symbol,
    /// Leg; `net` in one-way mode.
    pub leg: Leg,
    /// Unique per account and symbol.
    pub trade_id: TradeId,
    /// The order it belongs to.
    pub order_id: VenueOrderId,
    /// That order's client id, when the source says it.
    pub client_id: Option<ClientId>,
    /// What made that order, as far as the source says it.
    pub origin: Origin,
    /// Direction.
    pub side: OrderSide,
    /// Size of this execution.
    pub quantity: Qty,
    /// Price of this execution.
    pub price: Price,
    /// Cost; negative for a rebate.
    pub fee: Money,
    /// What the fee was paid in.
    pub fee_asset: Symbol,
    /// When the venue executed it.
    pub at: VenueTime,
}

/// What made the order behind a fill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// A stop order, ours or not.
    Stop,
    /// A take-profit order.
    TakeProfit,
    /// A trailing stop held by the venue.
    Trailing,
    /// The venue's liquidation engine.
    Liquidation,
    /// Auto-deleveraging.
    Adl,
    /// Settlement of a delisted or delivered instrument.
    Settlement,
    /// A plain order.
    Plain,
    /// The source does not say.
    Unknown,
}

/// Why a position ended, in the words of the ledger's `exit_reason`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExitReason {
    /// By an operator here.
    Manual,
    /// By somebody else.
    External,
    /// Any stop order of the leg, and a close made by `on_breach`.
    StopLoss,
    /// Our stop, once trailing was active.
    TrailingStop,
    /// A take-profit order.
    TakeProfit,
    /// The venue's liquidation engine.
    Liquidation,
    /// Auto-deleveraging.
    Adl,
    /// Delisting or delivery.
    Settlement,
    /// An open that could not be protected was taken back.
    Rollback,
    /// No fill explains it.
    Unexplained,
}

impl ExitReason {
    const ALL: [(Self, &'static str); 10] = [
        (Self::Manual, "manual"),
        (Self::External, "external"),
        (Self::StopLoss, "stop_loss"),
        (Self::TrailingStop, "trailing_stop"),
        (Self::TakeProfit, "take_profit"),
        (Self::Liquidation, "liquidation"),
        (Self::Adl, "adl"),
        (Self::Settlement, "settlement"),
        (Self::Rollback, "rollback"),
        (Self::Unexplained, "unexplained"),
    ];

    /// The ledger's word.
    pub fn name(self) -> &'static str {
        Self::ALL.into_iter().find(|(r, _)| *r == self).map_or("unexplained", |(_, name)| name)
    }

    /// Reads the ledger's word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, name)| *name == text).map(|(reason, _)| reason)
    }
}

impl Fill {
    /// How this fill changes the size of an exposure on `side`: more is positive.
    pub fn change(&self, side: Side) -> Decimal {
        if self.side == side.opening() { self.quantity.get() } else { -self.quantity.get() }
    }

    /// Why this fill closed what it closed.
    pub fn reason(&self) -> ExitReason {
        match self.client_id.as_ref().and_then(ClientId::purpose) {
            Some(Purpose::Stop | Purpose::Breach) => return ExitReason::StopLoss,
            Some(Purpose::Exit) => return ExitReason::Manual,
            Some(Purpose::Rollback) => return ExitReason::Rollback,
            Some(Purpose::Entry) | None => {}
        }
        match self.origin {
            Origin::Stop | Origin::Trailing => ExitReason::StopLoss,
            Origin::TakeProfit => ExitReason::TakeProfit,
            Origin::Liquidation => ExitReason::Liquidation,
            Origin::Adl => ExitReason::Adl,
            Origin::Settlement => ExitReason::Settlement,
            Origin::Plain | Origin::Unknown => ExitReason::External,
        }
    }
}

/// Closing fills that account for a quantity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// Average price of the closing fills.
    pub exit: Price,
    /// Price difference of the closing fills minus their fees, and minus the entry fee if known.
    pub profit: Money,
    /// Why it closed: the reason of the last closing fill.
    pub reason: ExitReason,
    /// The fills that say so, oldest first.
    pub fills: Vec<Fill>,
    /// Fees that were paid in something other than the quote currency, not in `profit`.
    pub other_fees: Vec<(Symbol, Decimal)>,
    /// The last fill did more than close: it opened the other side.
    #[serde(default)]
    pub crossing: Option<Box<Crossing>>,
}

/// What has to be explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exposure<'a> {
    /// Direction of what was open.
    pub side: Side,
    /// How much of it has to be accounted for.
    pub quantity: Qty,
    /// Its entry price.
    pub entry: Price,
    /// The order whose fill opened it, if known.
    pub entry_order: Option<&'a VenueOrderId>,
    /// Currency profit is counted in.
    pub quote: &'a Symbol,
    /// What is less than this is nothing: the instrument's step.
    pub step: Option<Qty>,
    /// How much was opened in all, where that is known: a larger entry order was only in part
    /// this exposure's, and so is its fee.
    pub entered: Option<Decimal>,
    /// The other side is open now, so that a last fill that is larger has opened it.
    pub flipped: bool,
    /// Opening fills beyond what was entered add to it, before anything closes too.
    pub adds: bool,
    /// Its entry lies before the fills, but for those of its entry order: it was adopted.
    pub entered_before: bool,
}

impl Explanation {
    /// Explains `exposure` from fills in time order, or says no: a part is never a whole.
    ///
    /// Opening fills are the entry until they make up what was entered or something closes; later
    /// ones add to what must be closed. A fill that crosses zero counts with the part that closes.
    pub fn of(exposure: &Exposure<'_>, fills: &[Fill]) -> Option<Self> {
        let mut left = exposure.quantity.get();
        let (mut cost, mut profit, mut closed) = (Decimal::ZERO, Money::ZERO, Decimal::ZERO);
        let (mut used, mut other_fees) = (Vec::new(), Vec::new());
        let share = exposure.entry_share(fills);
        let mut crossing = None;
        let mut pay = |fill: &Fill, share: Decimal, profit: &mut Money| {
            if fill.fee_asset == *exposure.quote {
                *profit += Money(-fill.fee.0 * share);
            } else if fill.fee.0 != Decimal::ZERO {
                other_fees.push((fill.fee_asset.clone(), fill.fee.0 * share));
            }
        };
        let added = exposure.entry_fills(fills);
        for (at, fill) in fills.iter().enumerate() {
            if fill.side == exposure.side.closing() {
                let part = fill.quantity.get().min(left);
                let Ok(part_qty) = Qty::new(part) else { break };
                cost += part * fill.price.get();
                closed += part;
                profit += exposure.side.profit(exposure.entry, fill.price, part_qty);
                pay(fill, part / fill.quantity.get(), &mut profit);
                left -= part;
                used.push(fill.clone());
                if exposure.is_nothing(left) {
                    let opened = fill.quantity.minus(part_qty).filter(|_| exposure.flipped);
                    let parts = |opened| Crossing { fill: fill.clone(), closed: part_qty, opened };
                    crossing = opened.map(|opened| Box::new(parts(opened)));
                    break;
                }
            } else if at >= added {
                left += fill.quantity.get();
                profit += exposure.side.profit(fill.price, exposure.entry, fill.quantity);
                pay(fill, Decimal::ONE, &mut profit);
            } else if exposure.entry_order == Some(&fill.order_id) {
                pay(fill, share, &mut profit);
            }
        }
        if !exposure.is_nothing(left) {
            return None;
        }
        let exit = Price::new(cost.checked_div(closed)?).ok()?;
        let reason = used.last()?.reason();
        Some(Self { exit, profit, reason, fills: used, other_fees, crossing })
    }
}

impl Exposure<'_> {
    /// How many of the first fills are its entry. An order that opened some of it, or the first
    /// thing known, is entry to its last fill: it may have closed the other side before.
    pub fn entry_fills(&self, fills: &[Fill]) -> usize {
        let wanted = self.entered.unwrap_or_else(|| self.quantity.get());
        let wanted = if self.entered_before { Decimal::ZERO } else { wanted };
        let first = fills.first().filter(|_| !self.entered_before).map(|fill| &fill.order_id);
        let mut sum = Decimal::ZERO;
        let is_entry = |fill: &&Fill| {
            let own = self.entry_order == Some(&fill.order_id) || first == Some(&fill.order_id);
            let more = own || sum < wanted || !self.adds;
            sum += fill.quantity.get();
            fill.side == self.side.opening() && more
        };
        fills.iter().take_while(is_entry).count()
    }

    fn is_nothing(&self, left: Decimal) -> bool {
        left <= Decimal::ZERO || self.step.is_some_and(|step| left < step.get())
    }

    /// Which share of its entry order's fills opened this exposure: less than all of it where the
    /// order crossed zero and closed something else first.
    fn entry_share(&self, fills: &[Fill]) -> Decimal {
        let entry = fills.iter().take_while(|fill| fill.side == self.side.opening());
        let ours = entry.filter(|fill| self.entry_order == Some(&fill.order_id));
        let sum: Decimal = ours.map(|fill| fill.quantity.get()).sum();
        let entered = self.entered.map(|entered| entered.max(Decimal::ZERO)).filter(|e| *e < sum);
        entered.and_then(|entered| entered.checked_div(sum)).unwrap_or(Decimal::ONE)
    }
}

/// One complete look that did not find a key, or the stream's word that it went to zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Absence {
    /// A complete sweep without the key, by when its request left.
    Sweep(Time),
    /// The stream said zero, newer than the last opening.
    StreamZero(Time),
}

/// How a closed position is accounted for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Account {
    /// Fills explain all of it.
    Explained(Box<Explanation>),
    /// The venue's history answered completely and holds no fill that explains it.
    Unpriced,
    /// No fill explains it, and a person decided that it ends nevertheless.
    Decided(Decision),
}

impl Account {
    /// An end that fills explain.
    pub fn explained(why: Explanation) -> Self {
        Self::Explained(Box::new(why))
    }
}

/// A person's word in place of evidence that is missing. It never stands in for the looks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Who decided.
    pub who: String,
    /// Why, as they typed it.
    pub reason: String,
}

/// Proof that a position is gone. It cannot be built except by [`Gone::prove`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gone {
    absences: Vec<Absence>,
    account: Account,
}

impl Gone {
    /// Two complete sweeps at least `apart` from each other, or one sweep and a zero on the
    /// stream; together with fills that explain it, or a complete history that has none.
    pub fn prove(absences: &[Absence], apart: Span, account: Account) -> Option<Self> {
        let sweeps = || {
            absences.iter().filter_map(|a| match a {
                Absence::Sweep(at) => Some(*at),
                Absence::StreamZero(_) => None,
            })
        };
        let first = sweeps().min()?;
        let last = sweeps().max()?;
        let zero = absences.iter().any(|a| matches!(a, Absence::StreamZero(_)));
        let proven = zero || broken(Tooth::OneLook) || last.since(first) >= apart && last != first;
        proven.then(|| Self { absences: absences.to_vec(), account })
    }

    /// How it is accounted for.
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// The proof as the ledger's `evidence` column keeps it.
    pub fn to_json(&self) -> serde_json::Value {
        let looks: Vec<_> = self
            .absences
            .iter()
            .map(|a| match a {
                Absence::Sweep(at) => serde_json::json!({"sweep": at.rfc3339()}),
                Absence::StreamZero(at) => serde_json::json!({"stream_zero": at.rfc3339()}),
            })
            .collect();
        let mut proof = match &self.account {
            Account::Explained(why) => serde_json::json!({
                "absent": looks,
                "trades": why.fills.iter().map(|f| f.trade_id.as_str()).collect::<Vec<_>>(),
                "orders": why.order_ids(),
                "fees_elsewhere": why.other_fees.iter()
                    .map(|(asset, fee)| serde_json::json!({"asset": asset, "fee": fee.normalize()}))
                    .collect::<Vec<_>>(),
            }),
            Account::Unpriced => serde_json::json!({
                "absent": looks, "trades": [], "history": "complete, no closing fill",
            }),
            Account::Decided(decision) => serde_json::json!({
                "absent": looks, "trades": [], "decided": decision,
            }),
        };
        if let Account::Explained(why) = &self.account
            && let Some(crossing) = &why.crossing
        {
            proof["crossing"] = crossing.to_json();
        }
        proof
    }
}

impl Explanation {
    fn order_ids(&self) -> Vec<&str> {
        let mut ids: Vec<&str> = self.fills.iter().map(|f| f.order_id.as_str()).collect();
        ids.dedup();
        ids
    }
}
