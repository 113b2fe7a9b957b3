//! The record of coverage: for every leg, when a position was open and how much of it resting
//! stops covered, change by change.
//!
//! A stop covers when it is a reducing stop-market order on the closing side that waits for a
//! loss. What one action changes is one instant: a fill and the stop that came with its order are
//! seen together, a cancelled stop and the one placed after it are not.
//! Not here: what was done (`Record`). Door: [`Exchange::watch`], [`Exchange::coverage`].

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::{Value, json};

use crate::sim::account::Slot;
use crate::sim::algo::Algo;
use crate::sim::exchange::Exchange;
use crate::sim::numbers::Ms;
use crate::sim::words::{AlgoKind, Bond, By, Leg, Side};

/// How a leg stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Cover {
    /// Signed size of the position.
    pub amount: Decimal,
    /// How much of it the stops cover.
    pub covered: Decimal,
    /// How many stops rest.
    pub stops: usize,
}

impl Cover {
    fn is_bare(&self) -> bool {
        self.covered < self.amount.abs()
    }
}

/// A change of a leg.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Counts from one.
    pub seq: u64,
    /// When, on the exchange's clock.
    pub at: Ms,
    /// Contract.
    pub symbol: String,
    /// Leg.
    pub leg: &'static str,
    /// How it stands from here on.
    #[serde(flatten)]
    pub cover: Cover,
}

/// A span in which an open position was covered less than whole. It may be shorter than a
/// millisecond: then both ends are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Bare {
    /// First instant.
    pub from: Ms,
    /// When it was covered whole or gone; none while it is not.
    pub to: Option<Ms>,
    /// The largest size in it.
    pub held: Decimal,
    /// The least that was covered.
    pub covered: Decimal,
}

#[derive(Clone, Debug, Default)]
struct Seen {
    cover: Cover,
    most_stops: usize,
    bare: Vec<Bare>,
}

/// What was seen so far.
#[derive(Clone, Debug, Default)]
pub struct Watch {
    legs: BTreeMap<Slot, Seen>,
    changes: Vec<Change>,
}

impl Seen {
    fn take(&mut self, cover: Cover, now: Ms) {
        self.cover = cover;
        self.most_stops = self.most_stops.max(cover.stops);
        let held = cover.amount.abs();
        match (cover.is_bare(), self.bare.last_mut().filter(|span| span.to.is_none())) {
            (true, None) => {
                self.bare.push(Bare { from: now, to: None, held, covered: cover.covered });
            }
            (true, Some(span)) => {
                span.held = span.held.max(held);
                span.covered = span.covered.min(cover.covered);
            }
            (false, Some(span)) => span.to = Some(now),
            (false, None) => {}
        }
    }
}

/// Whether a conditional order limits the loss of a position that its side closes.
fn protects(algo: &Algo) -> bool {
    let want = &algo.want;
    let falls = want.rises.unwrap_or(want.side == Side::Buy) == (want.side == Side::Buy);
    let closes = match want.leg {
        Leg::Both => want.reduce_only || want.close_position,
        Leg::Long => want.side == Side::Sell,
        Leg::Short => want.side == Side::Buy,
    };
    algo.waits() && want.kind == AlgoKind::StopMarket && falls && closes
}

impl Exchange {
    /// Takes down how every leg stands after an action.
    pub(crate) fn watch(&mut self, now: Ms) {
        let mut slots: BTreeSet<Slot> = self.watched.legs.keys().cloned().collect();
        slots.extend(self.account.open().map(|(slot, _)| slot.clone()));
        let mut stops: BTreeMap<Slot, Vec<&Algo>> = BTreeMap::new();
        for algo in self.algos.values().filter(|algo| protects(algo)) {
            let slot = (algo.want.symbol.clone(), algo.want.leg);
            stops.entry(slot).or_default().push(algo);
        }
        slots.extend(stops.keys().cloned());
        let mut now_so = Vec::new();
        for slot in slots {
            let of_slot = stops.get(&slot).map(Vec::as_slice).unwrap_or_default();
            let cover = self.cover_of(&slot, of_slot);
            now_so.push((slot, cover));
        }
        for (slot, cover) in now_so {
            let seen = self.watched.legs.entry(slot.clone()).or_default();
            if seen.cover == cover {
                continue;
            }
            seen.take(cover, now);
            let seq = self.watched.changes.len() as u64 + 1;
            let (symbol, leg) = (slot.0, slot.1.name());
            self.watched.changes.push(Change { seq, at: now, symbol, leg, cover });
        }
    }

    /// How every leg that ever stood here stands now, by contract and leg.
    pub fn covers(&self) -> BTreeMap<(String, &'static str), Cover> {
        let legs = self.watched.legs.iter();
        legs.map(|((symbol, leg), seen)| ((symbol.clone(), leg.name()), seen.cover)).collect()
    }

    /// The legs that are covered less than whole now, with the instant since when.
    pub fn bare(&self) -> Vec<(String, &'static str, Ms)> {
        let legs = self.watched.legs.iter();
        let open = legs.filter_map(|((symbol, leg), seen)| {
            let span = seen.bare.last().filter(|span| span.to.is_none())?;
            Some((symbol.clone(), leg.name(), span.from))
        });
        open.collect()
    }

    fn cover_of(&self, slot: &Slot, stops: &[&Algo]) -> Cover {
        let position = self.account.position(&slot.0, slot.1);
        let held = position.amount.abs();
        let right = |algo: &&&Algo| held.is_zero() || algo.want.side == position.closing_side();
        let covers = |algo: &&Algo| match algo.want.bond {
            Bond::Whole => held,
            _ if algo.want.close_position => held,
            _ => algo.want.qty,
        };
        let resting = stops.iter().filter(right);
        let covered = resting.clone().map(covers).sum::<Decimal>().min(held).normalize();
        Cover { amount: position.amount.normalize(), covered, stops: resting.count() }
    }

    /// The record as JSON, of one contract or of all: legs with their bare spans and the most
    /// stops that rested at once, entries by client id, and every change.
    pub fn coverage(&self, symbol: Option<&str>) -> Value {
        let meant = |name: &str| symbol.is_none_or(|only| only == name);
        let legs = self.watched.legs.iter().filter(|((name, _), _)| meant(name));
        let legs: Vec<Value> = legs
            .map(|((name, leg), seen)| {
                json!({
                    "symbol": name,
                    "leg": leg.name(),
                    "now": seen.cover,
                    "most_stops": seen.most_stops,
                    "bare": seen.bare,
                })
            })
            .collect();
        let changes: Vec<&Change> =
            self.watched.changes.iter().filter(|change| meant(&change.symbol)).collect();
        json!({ "legs": legs, "entries": self.entries(meant), "changes": changes })
    }

    /// How many entries every client id of a program has sent that were accepted.
    fn entries(&self, meant: impl Fn(&str) -> bool) -> BTreeMap<&str, u32> {
        let mut counts = BTreeMap::new();
        let entries = self.orders.values().filter(|order| {
            order.want.by == By::Api && order.origin.is_none() && !self.takes_away(&order.want)
        });
        for order in entries.filter(|order| meant(&order.want.symbol)) {
            *counts.entry(order.client_id.as_str()).or_default() += 1;
        }
        counts
    }
}
