//! What the owner hears on the private stream, message by message.
//!
//! Rows are grouped as the venue does it: all fills of one order in one message, the stops that
//! leave with a position in the message of the order that closed it, and execution and order of
//! one fill under one id. Sources: bybit 4.3 to 4.7; captured frames.

use rust_decimal::Decimal;

use crate::sim::account::{Position, Slot};
use crate::sim::algo::Algo;
use crate::sim::bybit::account_push::{self, Manner};
use crate::sim::bybit::order_push;
use crate::sim::bybit::world::{BybitWorld, USER_ID};
use crate::sim::exchange::{Change, Exchange, Happening};
use crate::sim::frame::{Frame, Route};
use crate::sim::json::{Json, Object, list};
use crate::sim::numbers::Ms;
use crate::sim::orders::{Fill, Order};
use crate::sim::rng::Rng;
use crate::sim::words::{AlgoKind, AlgoStatus, Bond, Forced, Leg, Side};

/// What belongs together.
enum Group<'h> {
    /// Fills of one order, and the stops that left with the position it closed.
    Fills { parts: Vec<(&'h Order, &'h Fill)>, change: &'h Change, stops: Vec<&'h Algo> },
    /// Something else, and where in the list it stands.
    Other(usize, &'h Happening),
}

/// The messages of what one action made happen.
pub fn of(happened: &[Happening], world: &mut BybitWorld, now: Ms) -> Vec<Frame> {
    let BybitWorld { exchange, rng, ways, .. } = world;
    let mut press = Press { exchange, rng, may_be_sparse: ways.sparse_rows, now, out: Vec::new() };
    for group in grouped(happened) {
        match group {
            Group::Fills { parts, change, stops } => press.fills(&parts, change, &stops),
            Group::Other(place, happening) => {
                let later = happened.get(place + 1..).unwrap_or_default();
                press.other(happening, later);
            }
        }
    }
    press.out
}

fn grouped(happened: &[Happening]) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for (place, happening) in happened.iter().enumerate() {
        // Stops that follow the size may be told between two fills of one order.
        let kept = groups.iter_mut().rev().find_map(|group| match (group, happening) {
            (
                Group::Fills { parts, change: last, .. },
                Happening::Executed { order, fill, change, .. },
            ) if parts.iter().any(|(before, _)| before.id == order.id) => {
                parts.push((order, fill));
                *last = change;
                Some(())
            }
            (Group::Fills { parts, stops, .. }, Happening::Algo(algo))
                if left_with_position(algo) && took_from(parts, algo) =>
            {
                stops.push(algo);
                Some(())
            }
            _ => None,
        });
        if kept.is_some() {
            continue;
        }
        groups.push(match happening {
            Happening::Executed { order, fill, change, .. } => {
                Group::Fills { parts: vec![(order, fill)], change, stops: Vec::new() }
            }
            other => Group::Other(place, other),
        });
    }
    groups
}

fn left_with_position(algo: &Algo) -> bool {
    algo.status == AlgoStatus::Expired && algo.want.bond != Bond::Free && algo.triggered == 0
}

/// Whether these fills took from what a stop protected. A settlement has no order to say so.
fn took_from(parts: &[(&Order, &Fill)], algo: &Algo) -> bool {
    parts.iter().any(|(_, fill)| {
        !fill.closed.is_zero()
            && fill.forced != Some(Forced::Settlement)
            && (&fill.symbol, fill.leg) == (&algo.want.symbol, algo.want.leg)
    })
}

/// Text in the shape of a UUID, for messages that no fill brought about.
fn uuid(rng: &mut Rng) -> String {
    let (high, low) = (rng.next(), rng.next());
    let (time, node) = (high >> 32, low & 0xffff_ffff_ffff);
    let (mid, version, variant) = (high >> 16 & 0xffff, high & 0xfff, low >> 48 & 0x3fff);
    format!("{time:08x}-{mid:04x}-4{version:03x}-{:04x}-{node:012x}", 0x8000 | variant)
}

struct Press<'w> {
    exchange: &'w Exchange,
    rng: &'w mut Rng,
    may_be_sparse: bool,
    now: Ms,
    out: Vec<Frame>,
}

impl Press<'_> {
    fn send(&mut self, topic: &'static str, id: Option<&str>, rows: Vec<Json>) {
        let head = match id {
            Some(id) => Object::new().put("id", id),
            None => Object::new(),
        };
        let body =
            head.put("topic", topic).put("creationTime", &self.now).put("data", &list(rows)).end();
        let (route, stream) = (Route::Private, topic.to_owned());
        self.out.push(Frame { route, stream, event: topic, body: body.0 });
    }

    fn fills(&mut self, parts: &[(&Order, &Fill)], change: &Change, stops: &[&Algo]) {
        let Some((order, last)) = parts.last() else { return };
        let id = format!("{USER_ID}_{}_{}", last.symbol, last.seq);
        let exchange = self.exchange;
        let rows = parts
            .iter()
            .map(|(order, fill)| account_push::execution(exchange, order, fill, self.rng))
            .collect();
        self.send("execution", Some(&id), rows);
        let trades =
            parts.iter().filter(|(_, fill)| account_push::exec_type(exchange, fill) == "Trade");
        let trades: Vec<Json> =
            trades.map(|(order, fill)| account_push::fast(exchange, order, fill)).collect();
        if !trades.is_empty() {
            self.send("execution.fast", None, trades);
        }
        // A settlement is an execution without an order. Source: bybit 3.10.
        if last.forced != Some(Forced::Settlement) {
            let mut rows = vec![order_push::of_order(exchange, order)];
            rows.extend(stops.iter().map(|stop| order_push::of_algo(exchange, stop)));
            self.send("order", Some(&id), rows);
        }
        self.changed(change);
    }

    /// The positions and the purse after a change.
    fn changed(&mut self, change: &Change) {
        for standing in &change.positions {
            let held = self.held(&standing.slot);
            let held = Position { amount: standing.amount, entry: standing.entry, ..held };
            self.position(&standing.slot, &held, None);
        }
        self.wallet();
    }

    fn held(&self, slot: &Slot) -> Position {
        self.exchange.account.position(&slot.0, slot.1)
    }

    fn position(&mut self, slot: &Slot, held: &Position, trouble: Option<Forced>) {
        // Keys were seen missing on flat rows only. Source: bybit 4.4.
        let may = self.may_be_sparse && held.amount.is_zero();
        let manner = Manner { is_sparse: may && self.rng.below(4) == 0, trouble };
        let row = account_push::position(self.exchange, slot, held, manner);
        let id = format!("{USER_ID}{}", uuid(self.rng));
        self.send("position", Some(&id), vec![row]);
    }

    /// Every order action on a contract repeats its position, changed or not.
    fn repeat(&mut self, symbol: &str, leg: Leg) {
        let slot = (symbol.to_owned(), leg);
        let held = self.held(&slot);
        self.position(&slot, &held, None);
    }

    fn wallet(&mut self) {
        let row = account_push::wallet(self.exchange);
        let id = uuid(self.rng);
        self.send("wallet", Some(&id), vec![row]);
    }

    fn order(&mut self, row: Json, id: &str, symbol: &str, leg: Leg) {
        self.send("order", Some(id), vec![row]);
        self.repeat(symbol, leg);
    }

    fn other(&mut self, happening: &Happening, later: &[Happening]) {
        match happening {
            Happening::Accepted(order) | Happening::Amended(order) | Happening::Ended(order) => {
                let row = order_push::of_order(self.exchange, order);
                let id = uuid(self.rng);
                self.order(row, &id, &order.want.symbol, order.want.leg);
            }
            Happening::Algo(algo) => self.stop(algo),
            Happening::Changed(change) => self.changed(change),
            Happening::Leverage(symbol, _) => {
                let legs: &[Leg] = if self.exchange.account.is_hedge(symbol) {
                    &[Leg::Long, Leg::Short]
                } else {
                    &[Leg::Both]
                };
                legs.iter().for_each(|leg| self.repeat(symbol, *leg));
            }
            Happening::Seized(slot, why) => self.seized(slot, *why, later),
            Happening::Funded(paid) => {
                let row = account_push::funding(self.exchange, paid);
                let id = format!("{USER_ID}_{}_{}", paid.slot.0, paid.seq);
                self.send("execution", Some(&id), vec![row]);
                self.wallet();
            }
            Happening::Executed { .. }
            | Happening::MultiAssets(_)
            | Happening::Contract(_)
            | Happening::MarginCall(_) => {}
        }
    }

    fn stop(&mut self, algo: &Algo) {
        // What the order of a stop does is told by the order's own rows.
        if matches!(algo.status, AlgoStatus::Triggered | AlgoStatus::Finished) {
            return;
        }
        let fired = algo.status == AlgoStatus::Triggering;
        let id = if fired && algo.want.kind == AlgoKind::TrailingStopMarket {
            format!("ts:{},{}", crate::sim::bybit::ids::of_algo(algo.id), self.now)
        } else {
            uuid(self.rng)
        };
        let row = order_push::of_algo(self.exchange, algo);
        self.order(row, &id, &algo.want.symbol, algo.want.leg);
    }

    /// The exchange is about to take a position away: the row it showed just before.
    fn seized(&mut self, slot: &Slot, why: Forced, later: &[Happening]) {
        let before = later.iter().find_map(|happening| match happening {
            Happening::Executed { fill, change, .. } if fill.forced.is_some() => {
                let after = change.positions.iter().find(|standing| standing.slot == *slot)?;
                let signed: Decimal = if fill.side == Side::Buy { fill.qty } else { -fill.qty };
                Some((after.amount - signed, fill.entry))
            }
            _ => None,
        });
        let mut held = self.held(slot);
        if let Some((amount, entry)) = before {
            (held.amount, held.entry) = (amount, entry);
        }
        self.position(slot, &held, Some(why));
    }
}
