//! Reading the private stream: one frame, one event.
//!
//! For: turning a frame into a [`UserEvent`], raw or in the combined envelope.
//! Not for: what was said before; a frame that leaves keys out is completed by `memory`.
//! Door: [`event`].

use crate::domain::amount::{Money, OrderSide, Price, Qty};
use crate::domain::client_id::ClientId;
use crate::domain::evidence::Fill;
use crate::domain::input::StreamPosition;
use crate::domain::key::{Leg, Symbol, TradeId, VenueOrderId};
use crate::domain::order::{
    ConditionalKind, ConditionalOrder, ForeignOrder, OrderReport, StopReport, StopStatus, TriggerBy,
};
use crate::domain::time::VenueTime;
use crate::exchange::binance::decode::{
    agrees, decimal, exposure, leg, number, order_side, price, quantity, text,
};
use crate::exchange::binance::decode_orders::{
    Parts, conditional_kind, order_status, origin, stop_status, trigger_by,
};
use crate::exchange::binance::foreign;
use crate::exchange::binance::wire::{
    AccountPosition, AccountUpdate, AlgoChange, AlgoUpdate, AssetMode, Field, Head, Notice,
    OrderChange, OrderUpdate,
};
use crate::exchange::failure::{garbled, quoted, shorten};
use crate::exchange::numbers::instant;

/// What a private frame says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UserEvent {
    /// Legs changed; sizes are absolute.
    Positions {
        /// The changed legs.
        legs: Vec<LegChange>,
        /// When the engine changed them.
        at: VenueTime,
    },
    /// A plain order changed, by a fill or otherwise.
    Order {
        /// Where it stands now.
        report: OrderReport,
        /// The execution that changed it.
        fill: Option<Fill>,
        /// The order itself, where it is new and somebody else's.
        foreign: Option<ForeignOrder>,
    },
    /// A conditional order changed.
    Stop(StopChange),
    /// The venue asks for margin for these legs.
    MarginCall(Vec<(Symbol, Leg)>),
    /// A symbol's leverage was set.
    Leverage(Symbol, i64),
    /// Multi-assets mode was switched.
    MultiAssets(bool),
    /// A conditional order fired and was refused; the reason is the venue's.
    TriggerRejected(Symbol, VenueOrderId, String),
    /// The listen key is dead: nothing more will be delivered.
    KeyExpired,
    /// Anything else, by its name.
    Other(String),
}

/// A leg's new size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LegChange {
    /// Instrument.
    pub symbol: Symbol,
    /// Leg; `net` rows are meaningless in hedge mode.
    pub leg: Leg,
    /// What is open now.
    pub open: Option<StreamPosition>,
}

/// A conditional order's change: only what the frame named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StopChange {
    /// Its id at the venue.
    pub id: VenueOrderId,
    /// The id its sender gave it.
    pub client_id: ClientId,
    /// Instrument.
    pub symbol: Symbol,
    /// Leg.
    pub leg: Leg,
    /// Direction.
    pub side: OrderSide,
    /// What it becomes.
    pub kind: ConditionalKind,
    /// Where it stands.
    pub status: StopStatus,
    /// Size; none when the frame names none or zero.
    pub quantity: Option<Qty>,
    /// Where it fires.
    pub trigger: Option<Price>,
    /// Which price fires it.
    pub trigger_by: Option<TriggerBy>,
    /// Whether it is reduce-only.
    pub reduce_only: Option<bool>,
    /// Whether it closes whatever is there.
    pub close_position: Option<bool>,
}

impl StopChange {
    /// The whole order: what the frame named, and what was known before for the rest.
    ///
    /// # Errors
    /// One sentence when both together do not make an order.
    pub fn complete(self, known: Option<&ConditionalOrder>) -> Result<StopReport, String> {
        let quantity = self.quantity.or_else(|| known.and_then(|order| order.quantity));
        let close_position = self.close_position.unwrap_or_else(|| match known {
            Some(order) => order.quantity.is_none(),
            None => quantity.is_none(),
        });
        let order = Parts {
            id: self.id,
            client_id: self.client_id,
            symbol: self.symbol,
            leg: self.leg,
            side: self.side,
            kind: self.kind,
            quantity,
            trigger: self.trigger.or_else(|| known.and_then(|order| order.trigger)),
            // The venue's own default is the last price.
            trigger_by: self
                .trigger_by
                .or_else(|| known.map(|order| order.trigger_by))
                .unwrap_or(TriggerBy::Last),
            reduce_only: self
                .reduce_only
                .unwrap_or_else(|| known.is_some_and(|order| order.reduces)),
            close_position,
        }
        .build()?;
        Ok(StopReport { order, status: self.status })
    }
}

/// A frame that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadFrame {
    /// Whether it was, or may have been, about positions, orders or stops: then something is
    /// missed and everything has to be looked at again.
    pub matters: bool,
    /// One sentence without the frame's content.
    pub why: String,
}

/// Reads one private frame.
///
/// # Errors
/// [`BadFrame`], which says whether something may have been missed.
pub fn event(frame: &str) -> Result<UserEvent, BadFrame> {
    let bad = |matters: bool, why: String| BadFrame { matters, why };
    let head: Head<'_> = serde_json::from_str(frame).map_err(|why| {
        let about = ["ACCOUNT_UPDATE", "ORDER_TRADE_UPDATE", "ALGO_UPDATE"];
        let matters = about.iter().any(|name| frame.contains(name));
        bad(matters, format!("a frame of the user stream is no JSON object: {}", garbled(&why)))
    })?;
    let (name, payload) = match (&head.e, head.data) {
        (None, Some(data)) => match serde_json::from_str::<Head<'_>>(data.get()) {
            Ok(inner) => (name_of(&inner.e), data.get()),
            Err(_) => (String::new(), data.get()),
        },
        (e, _) => (name_of(e), frame),
    };
    let read = match name.as_str() {
        "ACCOUNT_UPDATE" => account(payload),
        "ORDER_TRADE_UPDATE" => order(payload),
        "ALGO_UPDATE" => algo(payload),
        "MARGIN_CALL" | "ACCOUNT_CONFIG_UPDATE" | "CONDITIONAL_ORDER_TRIGGER_REJECT" => {
            return notice(&name, payload).map_err(|why| bad(false, format!("{name}: {why}")));
        }
        "listenKeyExpired" => return Ok(UserEvent::KeyExpired),
        _ => return Ok(UserEvent::Other(name)),
    };
    read.map_err(|why| bad(true, format!("{name}: {why}")))
}

fn name_of(e: &Field<'_>) -> String {
    e.as_ref().map(|name| name.as_str().to_owned()).unwrap_or_default()
}

fn parse<'a, T: serde::Deserialize<'a>>(payload: &'a str) -> Result<T, String> {
    serde_json::from_str(payload).map_err(|why| format!("not as documented: {}", garbled(&why)))
}

fn account(payload: &str) -> Result<UserEvent, String> {
    let update: AccountUpdate<'_> = parse(payload)?;
    let at = instant("T", update.at)?;
    let change = update.a.ok_or("a is missing")?;
    let rows = change.positions.ok_or("a.P is missing")?;
    let legs = rows.iter().map(leg_change).collect::<Result<_, _>>()?;
    Ok(UserEvent::Positions { legs, at })
}

fn leg_change(row: &AccountPosition<'_>) -> Result<LegChange, String> {
    let symbol = Symbol::from(text("s", &row.s)?);
    let leg = leg("ps", &row.ps)?;
    let entry = price("ep", &row.ep)?;
    let open = match exposure(decimal("pa", &row.pa)?) {
        None => None,
        Some((side, quantity)) => {
            agrees(leg, side)?;
            Some(StreamPosition { side, quantity, entry, opened: None, trouble: None })
        }
    };
    Ok(LegChange { symbol, leg, open })
}

fn order(payload: &str) -> Result<UserEvent, String> {
    let update: OrderUpdate<'_> = parse(payload)?;
    let row = update.o.ok_or("o is missing")?;
    let filled = quantity("z", &row.z)?;
    let average = match &row.ap {
        None => None,
        some => price("ap", some)?,
    };
    let report = OrderReport {
        id: VenueOrderId::from(text("i", &row.i)?),
        client_id: ClientId::from(text("c", &row.c)?),
        status: order_status(text("X", &row.status)?, filled),
        filled,
        average,
    };
    let executed = matches!(text("x", &row.x)?, "TRADE" | "CALCULATED");
    let last = quantity("l", &row.l)?;
    let fill = match last {
        Some(last) if executed => fill(&row, last)?,
        _ => None,
    };
    // What others place is only shown: a frame without all of it is no frame lost.
    let foreign = foreign::announced(&row).unwrap_or_default();
    Ok(UserEvent::Order { report, fill, foreign })
}

/// Venue facts: trade id 0 means that there is no trade; fee and its asset are missing or null
/// where nothing was paid.
fn fill(row: &OrderChange<'_>, last: Qty) -> Result<Option<Fill>, String> {
    let trade = text("t", &row.t)?;
    if trade == "0" {
        return Ok(None);
    }
    let client_id = ClientId::from(text("c", &row.c)?);
    let kind = row.ot.as_ref().or(row.o.as_ref()).map_or("", |kind| kind.as_str());
    let fee = match &row.n {
        None => Money::ZERO,
        some => Money(decimal("n", some)?),
    };
    let asset = row.fee_asset.as_ref().map_or("", |asset| asset.as_str());
    Ok(Some(Fill {
        symbol: Symbol::from(text("s", &row.s)?),
        leg: leg("ps", &row.ps)?,
        trade_id: TradeId::from(trade),
        order_id: VenueOrderId::from(text("i", &row.i)?),
        origin: origin(&client_id, kind),
        client_id: Some(client_id),
        side: order_side("S", &row.side)?,
        quantity: last,
        price: price("L", &row.last_price)?.ok_or("L is zero")?,
        fee,
        fee_asset: Symbol::from(asset),
        at: instant("o.T", row.at)?,
    }))
}

fn algo(payload: &str) -> Result<UserEvent, String> {
    let update: AlgoUpdate<'_> = parse(payload)?;
    let row = update.o.ok_or("o is missing")?;
    if row.at.as_ref().is_some_and(|kind| kind.as_str() != "CONDITIONAL") {
        return Ok(UserEvent::Other("ALGO_UPDATE of another kind".to_owned()));
    }
    stop_change(&row).map(UserEvent::Stop)
}

fn stop_change(row: &AlgoChange<'_>) -> Result<StopChange, String> {
    let filled = row
        .aq
        .as_ref()
        .and_then(|text| number(text.as_str()))
        .and_then(|value| Qty::new(value).ok());
    let reason = row.rm.as_ref().map_or("no reason given", |reason| reason.as_str());
    let status = text("X", &row.status)?;
    Ok(StopChange {
        id: VenueOrderId::from(text("aid", &row.aid)?),
        client_id: ClientId::from(text("caid", &row.caid)?),
        symbol: Symbol::from(text("s", &row.s)?),
        leg: leg("ps", &row.ps)?,
        side: order_side("S", &row.side)?,
        kind: conditional_kind(text("o", &row.o)?).unwrap_or(ConditionalKind::Other),
        status: stop_status(status, filled, reason)
            .ok_or_else(|| format!("X is unknown: {}", quoted(status)))?,
        quantity: match &row.q {
            None => None,
            some => quantity("q", some)?,
        },
        trigger: match &row.tp {
            None => None,
            some => price("tp", some)?,
        },
        trigger_by: match &row.wt {
            None => None,
            some => Some(trigger_by(some)?),
        },
        reduce_only: row.reduce_only,
        close_position: row.cp,
    })
}

fn notice(name: &str, payload: &str) -> Result<UserEvent, String> {
    let notice: Notice<'_> = parse(payload)?;
    if let Some(rows) = notice.p {
        let named = |row: &AccountPosition<'_>| {
            Ok::<_, String>((Symbol::from(text("s", &row.s)?), leg("ps", &row.ps)?))
        };
        return rows.iter().map(named).collect::<Result<_, _>>().map(UserEvent::MarginCall);
    }
    if let Some(change) = notice.ac {
        let leverage = change.l.ok_or("ac.l is missing")?;
        return Ok(UserEvent::Leverage(Symbol::from(text("ac.s", &change.s)?), leverage));
    }
    if let Some(AssetMode { j: Some(joined) }) = notice.ai {
        return Ok(UserEvent::MultiAssets(joined));
    }
    if let Some(reject) = notice.or {
        let reason = shorten(reject.r.as_ref().map_or("", |reason| reason.as_str()));
        let id = VenueOrderId::from(text("or.i", &reject.i)?);
        return Ok(UserEvent::TriggerRejected(Symbol::from(text("or.s", &reject.s)?), id, reason));
    }
    Ok(UserEvent::Other(name.to_owned()))
}
