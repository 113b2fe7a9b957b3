//! What the owner hears on the private stream, message by message.
//!
//! Rows are grouped as the venue does it: all fills of one order in one message, the stops that
//! leave with a position in the message of the order that closed it, and execution and order of
//! one fill under one id. Sources: bybit 4.3 to 4.7; captured frames.

use rust_decimal::Decimal;

use crate::sim::account::{Position, Slot};
use crate::sim::algo::Algo;
use crate::sim::bybit::rows::{Form, execution, funding, position_extras, position_of, side_word};
use crate::sim::bybit::world::{BybitWorld, USER_ID};
use crate::sim::bybit::{ids, order_rows, purse};
use crate::sim::exchange::{Change, Exchange, Happening};
use crate::sim::frame::{Frame, Route};
use crate::sim::json::{Json, Object, list, object};
use crate::sim::numbers::{Ms, trim};
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
        let rows = parts.iter().map(|(_, fill)| {
            let row = execution(exchange, fill).put("category", "linear");
            row.put("isLeverage", "0").put("execPnl", &trim(fill.realised)).end()
        });
        self.send("execution", Some(&id), rows.collect());
        let trades = parts.iter().filter(|(_, fill)| is_trade(fill));
        let trades: Vec<Json> = trades.map(|(order, fill)| fast(order, fill)).collect();
        if !trades.is_empty() {
            self.send("execution.fast", None, trades);
        }
        // A settlement is an execution without an order. Source: bybit 3.10.
        if last.forced != Some(Forced::Settlement) {
            let mut rows = vec![order_row(exchange, order)];
            rows.extend(stops.iter().map(|stop| stop_row(exchange, stop)));
            self.send("order", Some(&id), rows);
        }
        self.changed(change);
    }

    /// The positions and the purse after a change.
    fn changed(&mut self, change: &Change) {
        for standing in &change.positions {
            let held = self.held(&standing.slot);
            let held = Position { amount: standing.amount, entry: standing.entry, ..held };
            self.position(&standing.slot, &held);
        }
        self.wallet();
    }

    fn held(&self, slot: &Slot) -> Position {
        self.exchange.account.position(&slot.0, slot.1)
    }

    fn position(&mut self, slot: &Slot, held: &Position) {
        let row = position_of(self.exchange, slot, held, Form::Stream).put("category", "linear");
        // Keys were seen missing on flat rows only. Source: bybit 4.4.
        let may = self.may_be_sparse && held.amount.is_zero();
        let is_sparse = may && self.rng.below(4) == 0;
        let row = if is_sparse { row } else { position_extras(self.exchange, slot, row) };
        let id = format!("{USER_ID}{}", uuid(self.rng));
        self.send("position", Some(&id), vec![row.end()]);
    }

    /// Every order action on a contract repeats its position, changed or not.
    fn repeat(&mut self, symbol: &str, leg: Leg) {
        let slot = (symbol.to_owned(), leg);
        let held = self.held(&slot);
        self.position(&slot, &held);
    }

    fn wallet(&mut self) {
        let row = purse::wallet(self.exchange, None);
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
                let row = order_row(self.exchange, order);
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
                let row = funding(self.exchange, paid).put("category", "linear");
                let row = row.put("isLeverage", "0").put("execPnl", "0").end();
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
            format!("ts:{},{}", ids::of_algo(algo.id), self.now)
        } else {
            uuid(self.rng)
        };
        let row = stop_row(self.exchange, algo);
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
        held.trouble = Some(why);
        self.position(slot, &held);
    }
}

/// The row of a plain order, or of what a conditional one became.
fn order_row(exchange: &Exchange, order: &Order) -> Json {
    let mine = exchange.fills.iter().filter(|fill| fill.order == order.id);
    let profit: Decimal = mine
        .filter(|fill| !fill.closed.is_zero())
        .map(|fill| fill.realised - fill.fee - fill.open_fee)
        .sum();
    stream_keys(order_rows::order(exchange, order, Form::Stream), profit)
}

/// The row of a conditional order that is none yet, or never will be.
fn stop_row(exchange: &Exchange, algo: &Algo) -> Json {
    stream_keys(order_rows::conditional(exchange, algo, Form::Stream), Decimal::ZERO)
}

/// What an order row has on the stream only. Source: bybit 4.5.
fn stream_keys(row: Object, profit: Decimal) -> Json {
    row.put("category", "linear")
        .put("closedPnl", &trim(profit.round_dp(8)))
        .put("feeCurrency", "")
        .put("brokerOrderPrice", "")
        .end()
}

fn is_trade(fill: &Fill) -> bool {
    matches!(fill.forced, None | Some(Forced::Ladder))
}

/// A fill in short: no fee, no closed size, and no client id when it rested.
fn fast(order: &Order, fill: &Fill) -> Json {
    object! {
        "category": "linear",
        "symbol": fill.symbol,
        "execId": ids::of_fill(fill.id),
        "execPrice": trim(fill.price),
        "execQty": trim(fill.qty),
        "orderId": ids::of_order(order),
        "isMaker": fill.maker,
        "orderLinkId": if fill.maker { "" } else { fill.client_id.as_str() },
        "side": side_word(fill.side),
        "execTime": fill.at.to_string(),
        "seq": fill.seq,
    }
}
