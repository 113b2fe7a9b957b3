//! What a link remembers of what the venue said: how new each slot's last word was, which order
//! acts on which leg, which fills were told.
//!
//! For: dropping what is late or said twice, and adding what a frame leaves out.
//! Not for: positions or anything a decision rests on; that is the engine's.
//! Door: [`Memory::hear`]; answers of REST are noted with `note_slots` and `note_orders`.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;
use std::sync::Arc;

use crate::domain::client_id::ClientId;
use crate::domain::evidence::{Fill, Origin};
use crate::domain::input::{StreamEvent, StreamPosition};
use crate::domain::instrument::Instrument;
use crate::domain::key::{Leg, Symbol, TradeId, VenueOrderId};
use crate::domain::order::StopStatus;
use crate::domain::time::VenueTime;
use crate::exchange::bybit::decode::{Margin, Slot, Stamp, Worth};
use crate::exchange::bybit::decode_fills::Execution;
use crate::exchange::bybit::decode_orders::{Order, State};
use crate::exchange::bybit::events::{Rows, UserEvent};

/// Orders and fills remembered; the venue allows 500 open orders an instrument.
const KEPT: usize = 4096;
/// Executions that wait for their leg; more than these wait for something that will not come.
const WAITING: usize = 64;

/// What was said so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    slots: HashMap<(Symbol, Leg), Known>,
    hedged: HashMap<Symbol, bool>,
    settles: HashMap<Symbol, Symbol>,
    margin: Option<Margin>,
    orders: Recent<VenueOrderId, Ordered>,
    links: Recent<ClientId, VenueOrderId>,
    on_position: HashMap<(Symbol, Leg), (VenueOrderId, Option<VenueTime>)>,
    fills: Recent<(Symbol, TradeId), VenueTime>,
    /// Executions whose leg nothing says yet: their order's row, or a slot's, is on its way.
    waiting: Vec<Execution>,
}

/// The last word about a slot.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Known {
    stamp: Stamp,
    /// What the stream was told to hold; none when that is not known any more.
    told: Option<Option<StreamPosition>>,
}

/// The last word about an order.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Ordered {
    leg: Leg,
    origin: Origin,
    changed: Option<VenueTime>,
    ended: bool,
    fired: bool,
}

impl Memory {
    /// Notes what each instrument settles in: the coin of fees whose coin is not named.
    pub fn note_instruments(&mut self, instruments: &[Arc<Instrument>]) {
        for instrument in instruments {
            self.settles.insert(instrument.symbol.clone(), instrument.quote.clone());
        }
    }

    /// Notes how the account's margin is shared, which says what its worth is.
    pub fn note_margin(&mut self, margin: Margin) {
        self.margin = Some(margin);
    }

    /// Notes slots of a look: what the stream says later and is older is late.
    pub fn note_slots<'a>(&mut self, slots: impl IntoIterator<Item = &'a Slot>) {
        for slot in slots {
            let open = stated(slot);
            if let Some(known) = self.accept(slot)
                && known.told.as_ref().is_some_and(|told| *told != open)
            {
                known.told = None;
            }
        }
    }

    /// Notes orders of a look.
    pub fn note_orders<'a>(&mut self, orders: impl IntoIterator<Item = &'a Order>) {
        for order in orders {
            self.note_order(order);
        }
    }

    /// Notes that the stream is a new one: what was told before may have changed unseen.
    pub fn restarted(&mut self) {
        self.slots.values_mut().for_each(|known| known.told = None);
        self.waiting.clear();
    }

    /// Whether an instrument keeps long and short apart; none when nothing was said of it.
    pub fn hedged(&self, symbol: &Symbol) -> Option<bool> {
        self.hedged.get(symbol).copied()
    }

    /// The executions of an instrument that the stream told of since an instant, as they came.
    pub fn executed(&self, symbol: &Symbol, since: VenueTime) -> impl Iterator<Item = &TradeId> {
        let told = self.fills.oldest_first().filter(move |(_, at)| **at >= since);
        told.filter(move |((of, _), _)| of == symbol).map(|((_, id), _)| id)
    }

    /// The venue's id of an order, by the id its sender gave it.
    pub fn order_id(&self, client_id: &ClientId) -> Option<&VenueOrderId> {
        self.links.get(client_id)
    }

    /// The leg an order acts on.
    pub fn leg(&self, order: &VenueOrderId) -> Option<Leg> {
        self.orders.get(order).map(|known| known.leg)
    }

    /// Turns a frame into what the core is told, in order. What could not be read ends in
    /// `Down` and `Up`: everything has to be looked at again.
    pub fn hear(&mut self, event: UserEvent) -> Vec<StreamEvent> {
        let (rows, mut missed) = match event {
            UserEvent::Positions(rows) => self.each(rows, |this, slot| this.position(&slot)),
            UserEvent::Orders(rows) => self.each(rows, Self::order),
            UserEvent::Executions(rows) => self.each(rows, Self::execution),
            UserEvent::Wallet(rows) => return self.worth(&rows),
            UserEvent::Other(_) => return Vec::new(),
        };
        // What was filled comes before what it made of the position and of its order.
        let mut told = self.released();
        told.extend(rows);
        if self.waiting.len() > WAITING {
            self.waiting.clear();
            missed.get_or_insert("nothing says which legs were filled".to_owned());
        }
        if let Some(why) = missed {
            let why = format!("a frame could not be read: {why}");
            told.extend([StreamEvent::Down(why), StreamEvent::Up]);
        }
        told
    }

    fn worth(&self, rows: &[Worth]) -> Vec<StreamEvent> {
        let newest = rows.last().zip(self.margin);
        let worth = newest.and_then(|(row, margin)| row.under(margin));
        worth.map(StreamEvent::Balance).into_iter().collect()
    }

    fn each<T>(
        &mut self,
        rows: Rows<T>,
        take: impl Fn(&mut Self, T) -> Option<StreamEvent>,
    ) -> (Vec<StreamEvent>, Option<String>) {
        let told = rows.read.into_iter().filter_map(|row| take(self, row)).collect();
        (told, rows.missed)
    }

    /// Takes a slot's row unless it is late.
    fn accept(&mut self, slot: &Slot) -> Option<&mut Known> {
        let key = (slot.symbol.clone(), slot.leg);
        if self.slots.get(&key).is_some_and(|known| !slot.stamp.may_follow(&known.stamp)) {
            return None;
        }
        self.hedged.insert(slot.symbol.clone(), slot.leg != Leg::Net);
        let known = self.slots.entry(key).or_insert(Known { stamp: slot.stamp, told: None });
        known.stamp = slot.stamp;
        Some(known)
    }

    /// Venue fact: every order on an instrument repeats its rows, changed or not (bybit 4.4).
    fn position(&mut self, slot: &Slot) -> Option<StreamEvent> {
        let open = stated(slot);
        let known = self.accept(slot)?;
        if known.told.as_ref() == Some(&open) {
            return None;
        }
        known.told = Some(open.clone());
        let (symbol, leg) = (slot.symbol.clone(), slot.leg);
        Some(StreamEvent::Position { symbol, leg, open, at: slot.stamp.at? })
    }

    fn order(&mut self, order: Order) -> Option<StreamEvent> {
        let fired = self.orders.get(&order.id).is_some_and(|known| known.fired);
        if !self.note_order(&order) {
            return None;
        }
        let foreign = order.foreign();
        match order.state {
            State::Stop(mut report) => {
                // It was on its way to the market and ended there without a fill.
                if fired && report.status == StopStatus::Cancelled {
                    report.status = StopStatus::Finished(None);
                }
                Some(StreamEvent::Stop(report))
            }
            State::Plain(plain) if plain.report.client_id.purpose().is_some() => {
                Some(StreamEvent::Order(plain.report))
            }
            State::Plain(_) => foreign.map(StreamEvent::Foreign),
        }
    }

    /// Notes an order; false when this was known better already.
    fn note_order(&mut self, order: &Order) -> bool {
        let known = self.orders.get(&order.id);
        let late = |known: &Ordered| {
            let older = known.changed.zip(order.changed).is_some_and(|(known, said)| known > said);
            older || known.ended && !order.is_final()
        };
        if known.is_some_and(late) {
            return false;
        }
        let fired = match &order.state {
            State::Stop(report) => report.status == StopStatus::Firing,
            State::Plain(_) => false,
        };
        let ordered = Ordered {
            leg: order.leg,
            origin: order.origin,
            changed: order.changed,
            ended: order.is_final(),
            fired: fired || known.is_some_and(|known| known.fired),
        };
        self.orders.insert(order.id.clone(), ordered);
        let on_position = matches!(&order.state, State::Stop(report) if report.order.on_position);
        if on_position {
            return self.note_on_position(order);
        }
        self.links.insert(order.client_id().clone(), order.id.clone());
        true
    }

    /// The stops that follow each other on one position share their name. What is said of an
    /// earlier one, late, must not pass for news of the present one.
    fn note_on_position(&mut self, order: &Order) -> bool {
        let key = (order.symbol.clone(), order.leg);
        let present = self.on_position.get(&key);
        if present.is_some_and(|(id, placed)| *id != order.id && *placed > order.placed) {
            return false;
        }
        self.on_position.insert(key, (order.id.clone(), order.placed));
        self.links.insert(order.client_id().clone(), order.id.clone());
        true
    }

    fn execution(&mut self, execution: Execution) -> Option<StreamEvent> {
        let key = (execution.symbol.clone(), execution.trade_id.clone());
        if self.fills.insert(key, execution.at) {
            return None;
        }
        match self.leg_of(&execution) {
            Some(leg) => Some(StreamEvent::Fill(self.fill(execution, leg))),
            None => {
                self.waiting.push(execution);
                None
            }
        }
    }

    /// The fills whose leg has become known. Venue fact: the topics are not ordered among each
    /// other, so a fill may be heard before anything else of its instrument (bybit 4.4).
    fn released(&mut self) -> Vec<StreamEvent> {
        let (mut told, mut waiting) = (Vec::new(), Vec::new());
        for execution in std::mem::take(&mut self.waiting) {
            match self.leg_of(&execution) {
                Some(leg) => told.push(StreamEvent::Fill(self.fill(execution, leg))),
                None => waiting.push(execution),
            }
        }
        self.waiting = waiting;
        told
    }

    fn leg_of(&self, execution: &Execution) -> Option<Leg> {
        let order = self.leg(&execution.order_id);
        order.or_else(|| execution.leg(None, self.hedged(&execution.symbol)?))
    }

    /// The fill, with what is known of its order.
    fn fill(&self, execution: Execution, leg: Leg) -> Fill {
        let order = self.orders.get(&execution.order_id);
        let unsettled = Symbol::from("");
        let settles = self.settles.get(&execution.symbol).unwrap_or(&unsettled);
        let mut fill = execution.fill(leg, settles);
        let forced = matches!(fill.origin, Origin::Liquidation | Origin::Adl | Origin::Settlement);
        if let Some(known) = order.filter(|_| !forced)
            && !matches!(known.origin, Origin::Plain | Origin::Unknown)
        {
            fill.origin = known.origin;
        }
        fill
    }
}

fn stated(slot: &Slot) -> Option<StreamPosition> {
    slot.open.as_ref().map(|position| StreamPosition {
        side: position.side,
        quantity: position.quantity,
        entry: position.entry,
        opened: position.opened,
        trouble: position.trouble,
    })
}

/// A map that forgets what was put into it first.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Recent<K: Eq + Hash, V> {
    map: HashMap<K, V>,
    order: VecDeque<K>,
}

impl<K: Eq + Hash, V> Default for Recent<K, V> {
    fn default() -> Self {
        Self { map: HashMap::new(), order: VecDeque::new() }
    }
}

impl<K: Clone + Eq + Hash, V> Recent<K, V> {
    fn get(&self, key: &K) -> Option<&V> {
        self.map.get(key)
    }

    /// What is in it. The map itself is in no order that would be the same again.
    fn oldest_first(&self) -> impl Iterator<Item = (&K, &V)> {
        self.order.iter().filter_map(|key| self.map.get_key_value(key))
    }

    /// Puts it in; true when the key was there before.
    fn insert(&mut self, key: K, value: V) -> bool {
        let known = self.map.insert(key.clone(), value).is_some();
        if !known {
            self.order.push_back(key);
        }
        while self.order.len() > KEPT {
            if let Some(oldest) = self.order.pop_front() {
                self.map.remove(&oldest);
            }
        }
        known
    }
}
