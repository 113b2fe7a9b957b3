//! The only fake: a venue that keeps positions, stops, orders and fills, and can lie in every
//! way that venues have been seen to lie.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use holdfast::domain::amount::{Money, OrderSide, Price, Qty, Side};
use holdfast::domain::client_id::ClientId;
use holdfast::domain::evidence::{Fill, Origin};
use holdfast::domain::input::{StreamEvent, StreamPosition};
use holdfast::domain::instrument::Instrument;
use holdfast::domain::key::{
    AccountName, Leg, PositionKey, Symbol, TradeId, Venue as VenueName, VenueOrderId,
};
use holdfast::domain::order::{
    ConditionalOrder, ForeignOrder, OrderReport, OrderStatus, StopReport, StopStatus,
};
use holdfast::domain::position::{PositionMode, VenuePosition};
use holdfast::domain::sweep::Positions;
use holdfast::domain::time::{Span, Time, VenueTime};
use rust_decimal::Decimal;

/// What the user stream does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    Down,
    Up,
    /// Connected, and tells nothing.
    Silent,
}

/// What is wrong with one look.
#[derive(Clone, Debug)]
pub enum LookFault {
    Fail,
    /// Only these symbols come, and the rest of the pages fail.
    Partial(Vec<Symbol>),
    /// A complete answer without a single position.
    Empty,
    /// A complete answer from the past.
    Old(Positions),
}

/// How an act goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActFault {
    Refused(i64),
    /// Not sent: there is room again at that instant.
    Held(Time),
    /// No answer, and it was done.
    UnsureDone,
    /// No answer, and it was not done.
    UnsureLost,
    /// Accepted and not matched until the story says so.
    Resting,
    /// Answered as done, and what rests is what rested before.
    Kept,
}

/// What is wrong with the answers to come.
#[derive(Clone, Debug, Default)]
pub struct Faults {
    pub looks: VecDeque<LookFault>,
    pub looks_fail: bool,
    pub orders_fail: u32,
    pub hidden: BTreeSet<Symbol>,
    /// Left out of the list; a question by symbol shows them.
    pub unlisted: BTreeSet<Symbol>,
    /// Left out of the list; a question by symbol fails.
    pub doubtful: BTreeSet<Symbol>,
    /// Left out of the list; the question by symbol is refused.
    pub refused: BTreeSet<Symbol>,
    /// Nothing is answered before this, and the account knows it.
    pub held: Option<Time>,
    /// How long after an answer about positions the venue's limits have the next look wait.
    pub paced: Option<Span>,
    pub hidden_stops: BTreeSet<ClientId>,
    /// They rest, and the venue neither lists them nor knows them by id.
    pub forgotten: BTreeSet<ClientId>,
    pub history_fails: u32,
    pub history_cut: u32,
    pub history_empty: u32,
    /// No history is asked for before this, and the account knows it.
    pub history_held: Option<Time>,
    pub stop: VecDeque<ActFault>,
    pub close: VecDeque<ActFault>,
    pub entry: VecDeque<ActFault>,
    pub cancel: VecDeque<ActFault>,
    pub finds_fail: u32,
    pub finds_deny: u32,
    /// Questions about one stop are answered with this other one.
    pub finds_other: Option<ClientId>,
    pub look_takes: Option<Span>,
    pub act_takes: Option<Span>,
}

#[derive(Clone, Debug)]
pub struct Venue {
    pub account: AccountName,
    pub name: VenueName,
    pub mode: PositionMode,
    /// The modes of single symbols, told with a whole look.
    pub modes: BTreeMap<Symbol, PositionMode>,
    pub positions: Positions,
    pub stops: Vec<ConditionalOrder>,
    pub foreign: Vec<ForeignOrder>,
    pub ended: BTreeMap<ClientId, StopReport>,
    pub orders: BTreeMap<ClientId, OrderReport>,
    pub resting: BTreeMap<ClientId, (PositionKey, OrderSide, Qty)>,
    pub history: Vec<Fill>,
    pub marks: BTreeMap<Symbol, Price>,
    /// Symbols whose marks are told once a look names them.
    pub unfollowed: BTreeSet<Symbol>,
    pub instruments: BTreeMap<Symbol, Instrument>,
    pub stream: Stream,
    /// Every word is said twice.
    pub doubled: bool,
    pub word_takes: Span,
    /// How far its clock is ahead of ours.
    pub ahead: Span,
    pub faults: Faults,
    /// How much of the next entries is filled, where not all of it is.
    pub entry_fills: Option<Qty>,
    next: u64,
}

/// An execution to come.
#[derive(Clone, Debug)]
pub struct Trade {
    pub key: PositionKey,
    pub side: OrderSide,
    pub quantity: Qty,
    pub price: Price,
    pub trade_id: Option<String>,
    pub order_id: Option<String>,
    pub client_id: Option<ClientId>,
    pub origin: Origin,
    pub fee: Decimal,
    pub fee_asset: String,
}

impl Venue {
    pub fn new(account: AccountName, name: VenueName) -> Self {
        Self {
            account,
            name,
            mode: PositionMode::OneWay,
            modes: BTreeMap::new(),
            positions: Positions::new(),
            stops: Vec::new(),
            foreign: Vec::new(),
            ended: BTreeMap::new(),
            orders: BTreeMap::new(),
            resting: BTreeMap::new(),
            history: Vec::new(),
            marks: BTreeMap::new(),
            unfollowed: BTreeSet::new(),
            instruments: BTreeMap::new(),
            stream: Stream::Down,
            doubled: false,
            word_takes: Span(50),
            ahead: Span(0),
            faults: Faults::default(),
            entry_fills: None,
            next: 1000,
        }
    }

    pub fn id(&mut self) -> String {
        self.next += 1;
        self.next.to_string()
    }

    pub fn position(&self, key: &PositionKey) -> Option<&VenuePosition> {
        self.positions.get(&(key.symbol.clone(), key.leg))
    }

    /// The mark, else the entry of what is open.
    pub fn price(&self, key: &PositionKey) -> Option<Price> {
        let entry = || self.position(key).and_then(|p| p.entry);
        self.marks.get(&key.symbol).copied().or_else(entry)
    }

    /// Executes a trade: history, position, and what a stream says of it.
    pub fn execute(&mut self, now: Time, trade: &Trade) -> Vec<StreamEvent> {
        let fill = self.fill(now, trade);
        let mut words = vec![StreamEvent::Fill(fill.clone())];
        self.move_position(now, trade);
        words.extend(self.clear_slot(&trade.key));
        if let Some(client_id) = &trade.client_id {
            let report = OrderReport {
                id: fill.order_id.clone(),
                client_id: client_id.clone(),
                status: OrderStatus::Filled,
                filled: Some(trade.quantity),
                average: Some(trade.price),
            };
            self.orders.insert(client_id.clone(), report.clone());
            words.push(StreamEvent::Order(report));
        }
        words.push(self.word_on(&trade.key.symbol, trade.key.leg, self.stamp(now)));
        words
    }

    /// Puts a fill into the history and nowhere else.
    pub fn fill(&mut self, at: Time, trade: &Trade) -> Fill {
        let fill = self.fill_of(at, trade);
        self.history.push(fill.clone());
        fill
    }

    /// A trade as a fill, which the history does not know.
    pub fn fill_of(&mut self, at: Time, trade: &Trade) -> Fill {
        let trade_id = trade.trade_id.clone().unwrap_or_else(|| self.id());
        let order_id = trade.order_id.clone().unwrap_or_else(|| self.id());
        Fill {
            symbol: trade.key.symbol.clone(),
            leg: trade.key.leg,
            trade_id: TradeId::from(trade_id),
            order_id: VenueOrderId::from(order_id),
            client_id: trade.client_id.clone(),
            origin: trade.origin,
            side: trade.side,
            quantity: trade.quantity,
            price: trade.price,
            fee: Money(trade.fee),
            fee_asset: Symbol::from(trade.fee_asset.as_str()),
            at: self.stamp(at),
        }
    }

    fn move_position(&mut self, now: Time, trade: &Trade) {
        let place = (trade.key.symbol.clone(), trade.key.leg);
        let old = self.positions.remove(&place);
        let signed = |side: OrderSide, quantity: Qty| match side {
            OrderSide::Buy => quantity.get(),
            OrderSide::Sell => -quantity.get(),
        };
        let before = old.as_ref().map_or(Decimal::ZERO, |p| signed(p.side.opening(), p.quantity));
        let after = before + signed(trade.side, trade.quantity);
        let Ok(quantity) = Qty::new(after.abs()) else { return };
        let side = if after > Decimal::ZERO { Side::Long } else { Side::Short };
        let kept = old.filter(|p| p.side == side);
        let entry = match &kept {
            Some(p) if quantity < p.quantity => p.entry,
            Some(p) => p.entry.and_then(|entry| {
                let cost =
                    entry.get() * p.quantity.get() + trade.price.get() * trade.quantity.get();
                Price::new((cost / quantity.get()).round_dp(8)).ok()
            }),
            None => Some(trade.price),
        };
        let position = VenuePosition {
            side,
            quantity,
            entry,
            mark: self.marks.get(&trade.key.symbol).copied(),
            liquidation: kept.as_ref().and_then(|p| p.liquidation),
            changed: Some(self.stamp(now)),
            opened: kept.as_ref().map_or(self.opened(self.stamp(now)), |p| p.opened),
            trouble: kept.and_then(|p| p.trouble),
        };
        self.positions.insert(place, position);
    }

    /// What a stream says of a leg as it stands now.
    pub fn word_on(&self, symbol: &Symbol, leg: Leg, at: VenueTime) -> StreamEvent {
        let open = self.positions.get(&(symbol.clone(), leg)).map(|p| StreamPosition {
            side: p.side,
            quantity: p.quantity,
            entry: p.entry,
            opened: p.opened,
            trouble: p.trouble,
        });
        StreamEvent::Position { symbol: symbol.clone(), leg, open, at }
    }

    /// Ends a resting stop.
    pub fn end_stop(&mut self, id: &ClientId, status: StopStatus) -> Result<StreamEvent, String> {
        let at = self.stops.iter().position(|s| s.client_id == *id);
        let order = self.stops.remove(at.ok_or(format!("no stop {id} rests at the venue"))?);
        let report = StopReport { order, status };
        self.ended.insert(id.clone(), report.clone());
        Ok(StreamEvent::Stop(report))
    }

    /// Whether it keeps one stop on each position itself. Source: bybit 3.7.
    pub fn keeps_stops_on_positions(&self) -> bool {
        self.name == VenueName::BybitLinear
    }

    /// One of our instants by its clock.
    pub fn stamp(&self, at: Time) -> VenueTime {
        VenueTime((at + self.ahead).0)
    }

    /// When a holding was opened, where the venue says it. Source: bybit 3.2.
    pub fn opened(&self, at: VenueTime) -> Option<VenueTime> {
        (self.name == VenueName::BybitLinear).then_some(at)
    }

    /// The stop on a position.
    pub fn slot(&mut self, symbol: &Symbol, leg: Leg) -> Option<&mut ConditionalOrder> {
        self.stops.iter_mut().find(|s| s.on_position && s.symbol == *symbol && s.leg == leg)
    }

    /// The stop on a position leaves with it, and its end is told before the zero.
    pub fn clear_slot(&mut self, key: &PositionKey) -> Option<StreamEvent> {
        let side = self.position(key).map(|position| position.side.closing());
        let stop = self.slot(&key.symbol, key.leg).filter(|stop| Some(stop.side) != side)?;
        let id = stop.client_id.clone();
        self.end_stop(&id, StopStatus::Expired).ok()
    }

    /// The side that closes what is open, and how much of `wanted` there is to close.
    pub fn reducible(&self, key: &PositionKey, side: OrderSide, wanted: Qty) -> Option<Qty> {
        let position = self.position(key).filter(|p| p.side.closing() == side)?;
        Some(wanted.min(position.quantity))
    }
}
