//! What a link remembers between frames: stops, seen fills, position mode.
//!
//! For: completing frames that leave keys out, naming the stop behind a fill, dropping doubles.
//! Not for: positions or anything a decision rests on; that is the engine's.
//! Door: [`Memory::hear`].

use std::collections::{HashMap, HashSet, VecDeque};

use crate::domain::client_id::ClientId;
use crate::domain::evidence::{Fill, Origin};
use crate::domain::input::StreamEvent;
use crate::domain::key::{Leg, Symbol, TradeId};
use crate::domain::order::ConditionalOrder;
use crate::domain::position::PositionMode;
use crate::exchange::binance::decode_orders::origin_of;
use crate::exchange::binance::events::{LegChange, UserEvent};

/// Stops and fills remembered; the venue allows 200 open conditional orders an account.
const KEPT: usize = 2048;

/// What was said so far.
#[derive(Debug, Default)]
pub struct Memory {
    mode: Option<PositionMode>,
    stops: HashMap<ClientId, ConditionalOrder>,
    stop_order: VecDeque<ClientId>,
    fills: HashSet<(Symbol, TradeId)>,
    fill_order: VecDeque<(Symbol, TradeId)>,
}

impl Memory {
    /// Notes the account's position mode.
    pub fn set_mode(&mut self, mode: PositionMode) {
        self.mode = Some(mode);
    }

    /// Notes a conditional order, whoever told of it.
    pub fn note_stop(&mut self, order: &ConditionalOrder) {
        if self.stops.insert(order.client_id.clone(), order.clone()).is_none() {
            self.stop_order.push_back(order.client_id.clone());
        }
        while self.stop_order.len() > KEPT {
            if let Some(oldest) = self.stop_order.pop_front() {
                self.stops.remove(&oldest);
            }
        }
    }

    /// Notes the conditional orders of a look.
    pub fn note_stops(&mut self, orders: &[ConditionalOrder]) {
        orders.iter().for_each(|order| self.note_stop(order));
    }

    /// What a conditional order makes of its fills. Venue fact: the order it becomes carries the
    /// client id of the conditional one, and its original type may have been lost on the way.
    pub fn origin(&self, client_id: &ClientId) -> Option<Origin> {
        self.stops.get(client_id).map(|order| origin_of(order.kind))
    }

    /// Turns a frame into what the core is told, in order.
    ///
    /// # Errors
    /// One sentence when a stop's frame and what is known of it do not make an order.
    pub fn hear(&mut self, event: UserEvent) -> Result<Vec<StreamEvent>, String> {
        Ok(match event {
            UserEvent::Positions { legs, at } => {
                let hedged = self.mode == Some(PositionMode::Hedge);
                let apart: Vec<Symbol> = legs
                    .iter()
                    .filter(|change| change.leg != Leg::Net)
                    .map(|change| change.symbol.clone())
                    .collect();
                let means = |change: &LegChange| {
                    change.leg != Leg::Net || !(hedged || apart.contains(&change.symbol))
                };
                legs.into_iter()
                    .filter(means)
                    .map(|LegChange { symbol, leg, open }| StreamEvent::Position {
                        symbol,
                        leg,
                        open,
                        at,
                    })
                    .collect()
            }
            UserEvent::Order { report, fill, foreign } => {
                let fill = fill.filter(|fill| self.is_new(fill)).map(|fill| self.explained(fill));
                let fill = fill.map(StreamEvent::Fill);
                // What a conditional order became when it fired is no new order of anybody.
                let foreign = foreign.filter(|o| !self.stops.contains_key(&o.client_id));
                let order = foreign.map_or(StreamEvent::Order(report), StreamEvent::Foreign);
                fill.into_iter().chain([order]).collect()
            }
            UserEvent::Stop(change) => {
                let known = self.stops.get(&change.client_id);
                let report = change.complete(known)?;
                self.note_stop(&report.order);
                vec![StreamEvent::Stop(report)]
            }
            _ => Vec::new(),
        })
    }

    fn explained(&self, mut fill: Fill) -> Fill {
        if matches!(fill.origin, Origin::Plain | Origin::Unknown) {
            let known = fill.client_id.as_ref().and_then(|id| self.origin(id));
            fill.origin = known.unwrap_or(fill.origin);
        }
        fill
    }

    fn is_new(&mut self, fill: &Fill) -> bool {
        let key = (fill.symbol.clone(), fill.trade_id.clone());
        if !self.fills.insert(key.clone()) {
            return false;
        }
        self.fill_order.push_back(key);
        while self.fill_order.len() > KEPT {
            if let Some(oldest) = self.fill_order.pop_front() {
                self.fills.remove(&oldest);
            }
        }
        true
    }
}
