//! Trading: what an accepted order does at once, what a resting one does when the price comes,
//! and what a fill does to the position, its stops and its reduce-only orders.

use rust_decimal::Decimal;

use crate::sim::checks::best_opposite;
use crate::sim::exchange::{Exchange, Happening, Record};
use crate::sim::fate::Fate;
use crate::sim::numbers::{Ms, floor_to};
use crate::sim::orders::{Fill, Order, line};
use crate::sim::words::{By, Forced, Leg, OrderKind, Side, Status, Tif, Venue};

/// One step of an order's trading.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step {
    pub qty: Decimal,
    pub price: Decimal,
    pub maker: bool,
    /// First report of the order.
    pub fresh: bool,
    pub forced: Option<Forced>,
}

/// The venue's numbers for why an order expired.
pub(crate) const IOC_REST: u8 = 2;
pub(crate) const KNOCKED_OUT: u8 = 4;
pub(crate) const MARKET_REST: u8 = 9;
pub(crate) const WOULD_TAKE: u8 = 100;
pub(crate) const REJECTED: u8 = 101;

impl Exchange {
    /// Trades a new order as far as it goes; the rest rests or expires.
    pub(crate) fn trade(&mut self, id: i64, now: Ms) {
        let Some(order) = self.orders.get(&id).cloned() else { return };
        let takes = order.want.kind == OrderKind::Market || self.crosses(&order.want);
        let mut fresh = true;
        let fate = self.fate.take();
        let dropped = (fate == Some(Fate::Rejected)).then_some(REJECTED);
        if let Some(expiry) = dropped.or_else(|| self.drops(&order, takes)) {
            self.end(id, Status::Expired, expiry, By::Venue, now);
            return;
        }
        if takes {
            fresh = self.take(&order, fate, now);
        }
        let Some(order) = self.orders.get(&id).cloned() else { return };
        if !order.status.is_open() {
            return;
        }
        if fresh {
            self.happened.push(Happening::Accepted(order.clone()));
        }
        let rest = match (order.want.kind, order.want.tif) {
            (OrderKind::Market, _) => Some(MARKET_REST),
            (_, Tif::Ioc | Tif::Fok) => Some(IOC_REST),
            _ => None,
        };
        if let Some(expiry) = rest {
            self.end(id, Status::Expired, expiry, By::Venue, now);
        }
    }

    /// Why an accepted order is dropped at once, on venues that accept before they look.
    fn drops(&self, order: &Order, takes: bool) -> Option<u8> {
        let depth = self.market.get(&order.want.symbol).ok()?.depth.and_then(|depth| depth.qty);
        let all_there = takes && depth.is_none_or(|depth| depth >= order.want.qty);
        match order.want.tif {
            _ if self.venue == Venue::Binance => None,
            Tif::Gtx if takes => Some(WOULD_TAKE),
            Tif::Fok if !all_there => Some(IOC_REST),
            _ => None,
        }
    }

    /// Takes from the book; false once the order has been reported.
    fn take(&mut self, order: &Order, fate: Option<Fate>, now: Ms) -> bool {
        let Ok(contract) = self.market.get(&order.want.symbol) else { return true };
        let price = best_opposite(contract, order.want.side);
        let (step, depth) = (contract.spec.step, contract.depth);
        let there = depth.and_then(|depth| depth.qty).unwrap_or(order.want.qty);
        let most = fate.map_or(there, |fate| there.min(fate.most(order.want.qty)));
        let mut left = floor_to(order.want.qty.min(most), step);
        let parts = Decimal::from(depth.map_or(1, |depth| depth.parts.max(1)));
        let piece = floor_to(left / parts, step).max(step);
        let mut fresh = true;
        while left > Decimal::ZERO {
            let qty = if left < piece * Decimal::TWO { left } else { piece };
            self.fill(order.id, Step { qty, price, maker: false, fresh, forced: None }, now);
            (left, fresh) = (left - qty, false);
        }
        fresh
    }

    /// Books one fill of an order and everything that follows from it.
    pub(crate) fn fill(&mut self, id: i64, step: Step, now: Ms) {
        let Some(order) = self.orders.get(&id).filter(|order| order.status.is_open()) else {
            return;
        };
        let (want, client_id) = (order.want.clone(), order.client_id.clone());
        let slot = (want.symbol.clone(), want.leg);
        let signed = if want.side == Side::Buy { step.qty } else { -step.qty };
        let booked =
            self.account.apply(&slot, self.coin_of(&slot.0), (signed, step.price), step.maker, now);
        let seq = self.count_trade();
        self.account.set_seq(&slot, seq);
        self.next_fill += 1;
        let fill = Fill {
            id: self.next_fill,
            order: id,
            client_id,
            symbol: want.symbol.clone(),
            side: want.side,
            leg: want.leg,
            price: step.price,
            qty: step.qty,
            fee: booked.fee,
            realised: booked.realised,
            closed: booked.closed,
            entry: booked.entry,
            open_fee: booked.open_fee,
            mark: self.market.get(&want.symbol).map(|c| c.mark).unwrap_or_default(),
            seq,
            forced: step.forced,
            maker: step.maker,
            at: now,
        };
        let Some(order) = self.orders.get_mut(&id) else { return };
        order.forced = step.forced;
        order.filled += step.qty;
        order.value += step.qty * step.price;
        order.updated = now;
        let done = order.left() <= Decimal::ZERO;
        order.status = if done { Status::Filled } else { Status::PartiallyFilled };
        let order = order.clone();
        if !booked.closed.is_zero() {
            self.earn(&want.symbol, "REALIZED_PNL", booked.realised, fill.id, now);
        }
        self.earn(&want.symbol, "COMMISSION", -booked.fee, fill.id, now);
        self.note(Record { qty: step.qty, price: step.price, ..line("fill", &order) }, now);
        self.fills.push(fill.clone());
        let change = self.change("ORDER", Decimal::ZERO, std::slice::from_ref(&slot));
        let (fresh, forced) = (step.fresh, step.forced);
        self.happened.push(Happening::Executed { fresh, order, fill, change, forced });
        if done {
            self.child_ended(id, now);
        }
        self.position_changed(&slot.0, slot.1, now);
        if let Some(order) = self.orders.get(&id).filter(|order| order.want.attached.is_some()) {
            self.attach(&order.clone(), step.qty, now);
        }
    }

    /// Ends what cannot live on after a position shrank or went.
    pub(crate) fn position_changed(&mut self, symbol: &str, leg: Leg, now: Ms) {
        let position = self.account.position(symbol, leg);
        for side in [Side::Buy, Side::Sell] {
            let backed = !position.amount.is_zero() && position.closing_side() == side;
            let mut room = if backed { position.amount.abs() } else { Decimal::ZERO };
            let resting = self.orders.values().filter(|order| {
                order.reduces(symbol, leg, side) && order.want.kind == OrderKind::Limit
            });
            let resting: Vec<(i64, bool, Decimal)> = resting
                .map(|order| (order.id, self.takes_away(&order.want), order.left()))
                .collect();
            for (id, _, left) in resting.into_iter().filter(|(_, takes_away, _)| *takes_away) {
                if left <= room {
                    room -= left;
                } else {
                    self.end(id, Status::Expired, KNOCKED_OUT, By::Venue, now);
                }
            }
        }
        if position.amount.is_zero() {
            self.account.mark_trouble(&(symbol.to_owned(), leg), None, now);
            self.expire_with_position(symbol, leg, now);
        } else {
            self.follow_size(symbol, leg, now);
        }
    }

    /// Fills resting orders the price has come to.
    pub(crate) fn match_resting(&mut self, id: i64, now: Ms) {
        let Some(order) = self.orders.get(&id).filter(|order| order.status.is_open()) else {
            return;
        };
        if order.want.kind != OrderKind::Limit || !self.crosses(&order.want) {
            return;
        }
        let (qty, price) = (order.left(), order.want.price.unwrap_or_default());
        self.fill(id, Step { qty, price, maker: true, fresh: false, forced: None }, now);
    }
}
