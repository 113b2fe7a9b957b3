//! What a price change sets off: conditional orders, resting orders, liquidation.
//!
//! A triggered stop goes NEW, TRIGGERING, then its real order trades, then TRIGGERED, then
//! FINISHED: the fill is reported before the stop says that it fired, as on the venue.

use rust_decimal::Decimal;

use crate::sim::algo::{Algo, NewAlgo};
use crate::sim::exchange::{Exchange, Happening};
use crate::sim::margin::totals;
use crate::sim::numbers::Ms;
use crate::sim::orders::{NewOrder, Origin};
use crate::sim::refused::Refused;
use crate::sim::words::{AlgoKind, AlgoStatus, By, Forced, Side, Status, Tif, Working};

/// How far mark and last price may be apart for an order with price protection.
const PROTECT: Decimal = Decimal::from_parts(5, 0, 0, false, 2);

impl Exchange {
    /// The price a conditional order watches.
    pub(crate) fn watched(&self, symbol: &str, working: Working) -> Decimal {
        let Ok(contract) = self.market.get(symbol) else { return Decimal::ZERO };
        match working {
            Working::Contract => contract.last,
            Working::Mark | Working::Index => contract.mark,
        }
    }

    /// Whether a price fires a conditional order that is no trailing one.
    pub(crate) fn reached(&self, want: &NewAlgo, price: Decimal) -> bool {
        if want.kind == AlgoKind::TrailingStopMarket {
            return false;
        }
        let usual = (want.side == Side::Buy) != want.kind.takes_profit();
        let upwards = want.rises.unwrap_or(usual);
        if upwards { price >= want.trigger } else { price <= want.trigger }
    }

    /// Everything that follows from a price change of one contract.
    pub(crate) fn price_moved(&mut self, symbol: &str, now: Ms) {
        let mine = |algo: &&Algo| algo.waits() && algo.want.symbol == symbol;
        let waiting: Vec<i64> = self.algos.values().filter(mine).map(|algo| algo.id).collect();
        for id in waiting {
            if self.fires(id, now) {
                self.fire(id, now);
            }
        }
        let resting = self
            .orders
            .values()
            .filter(|order| order.status.is_open() && order.want.symbol == symbol);
        let resting: Vec<i64> = resting.map(|order| order.id).collect();
        for id in resting {
            self.match_resting(id, now);
        }
        self.liquidate_if_due(now);
    }

    fn fires(&mut self, id: i64, now: Ms) -> bool {
        let Some(algo) = self.algos.get(&id).filter(|algo| algo.waits()).cloned() else {
            return false;
        };
        let price = self.watched(&algo.want.symbol, algo.want.working);
        if algo.want.price_protect && self.is_apart(&algo.want.symbol) {
            return false;
        }
        if algo.want.kind == AlgoKind::TrailingStopMarket {
            return self.trails(algo, price, now);
        }
        self.reached(&algo.want, price)
    }

    fn is_apart(&self, symbol: &str) -> bool {
        let Ok(contract) = self.market.get(symbol) else { return false };
        (contract.mark - contract.last).abs() > contract.mark * PROTECT
    }

    /// Follows the price with a trailing order; whether it came back far enough to fire.
    fn trails(&mut self, mut algo: Algo, price: Decimal, now: Ms) -> bool {
        let buys = algo.want.side == Side::Buy;
        if !algo.activated {
            let at = algo.want.activate.unwrap_or(price);
            if (buys && price > at) || (!buys && price < at) {
                return false;
            }
            (algo.activated, algo.best, algo.updated) = (true, price, now);
            self.happened.push(Happening::Algo(algo.clone()));
        }
        let best = if buys { algo.best.min(price) } else { algo.best.max(price) };
        let share = algo.want.callback.unwrap_or(Decimal::ONE) / Decimal::ONE_HUNDRED;
        let back = algo.want.distance.unwrap_or(best * share);
        if algo.want.distance.is_some() {
            // A trailing stop of a position shows where it would fire now. Source: bybit 4.5.
            let trigger = if buys { best + back } else { best - back };
            if algo.want.trigger != trigger {
                (algo.want.trigger, algo.updated) = (trigger, now);
                self.happened.push(Happening::Algo(algo.clone()));
            }
        }
        algo.best = best;
        let fires = if buys { price >= algo.best + back } else { price <= algo.best - back };
        self.algos.insert(algo.id, algo);
        fires
    }

    /// Sends the real order of a conditional one.
    fn fire(&mut self, id: i64, now: Ms) {
        if let Some(algo) = self.algos.get_mut(&id) {
            algo.triggered = now;
        }
        self.move_algo(id, AlgoStatus::Triggering, "stop_trigger", Some(By::Venue), now);
        let Some(algo) = self.algos.get(&id).cloned() else { return };
        match self.admit(self.child_of(&algo)) {
            Ok(want) => {
                let origin = Origin {
                    algo: id,
                    kind: algo.want.kind.name(),
                    trigger: algo.want.trigger,
                    working: algo.want.working.name(),
                    close_position: algo.want.close_position,
                    bond: algo.want.bond,
                    rises: algo.want.rises.unwrap_or(algo.want.side == Side::Buy),
                };
                // The child is entered while the stop is still TRIGGERING, so that its end does
                // not finish the stop before the stop has said that it triggered.
                let child = self.enter(want, Some(origin), now);
                if let Some(algo) = self.algos.get_mut(&id) {
                    algo.child = Some(child);
                }
                self.move_algo(id, AlgoStatus::Triggered, "stop_triggered", Some(By::Venue), now);
                self.child_ended(child, now);
            }
            Err(refused) => {
                let (status, what, reason) = match refused {
                    Refused::NothingToReduce | Refused::ReduceCovered => {
                        (AlgoStatus::Expired, "stop_expire", "Reduce Only reject")
                    }
                    Refused::NoMargin => {
                        (AlgoStatus::Rejected, "stop_reject", "Margin is insufficient.")
                    }
                    _ => (AlgoStatus::Rejected, "stop_reject", "Order was rejected."),
                };
                if let Some(algo) = self.algos.get_mut(&id) {
                    algo.reason = Some(reason);
                }
                self.move_algo(id, status, what, Some(By::Venue), now);
            }
        }
    }

    fn child_of(&self, algo: &Algo) -> NewOrder {
        let want = &algo.want;
        let held = self.account.position(&want.symbol, want.leg).amount.abs();
        NewOrder {
            symbol: want.symbol.clone(),
            side: want.side,
            leg: want.leg,
            kind: want.kind.child(),
            tif: if want.tif == Tif::GteGtc { Tif::Gtc } else { want.tif },
            qty: if want.close_position { held.max(self.least(&want.symbol)) } else { want.qty },
            price: want.price,
            reduce_only: want.reduce_only && !self.account.is_hedge(&want.symbol),
            client_id: Some(algo.client_id.clone()),
            good_till: want.good_till,
            stp: want.stp.clone(),
            price_match: want.price_match.clone(),
            attached: None,
            by: want.by,
        }
    }

    fn least(&self, symbol: &str) -> Decimal {
        self.market.get(symbol).map(|contract| contract.spec.step).unwrap_or_default()
    }

    /// Finishes the conditional order whose real order has ended.
    pub(crate) fn child_ended(&mut self, child: i64, now: Ms) {
        let Some(order) = self.orders.get(&child) else { return };
        let Some(origin) = &order.origin else { return };
        let (id, average, filled) = (origin.algo, order.average(), order.filled);
        if order.status.is_open() {
            return;
        }
        let Some(algo) = self.algos.get_mut(&id) else { return };
        if algo.status != AlgoStatus::Triggered {
            return;
        }
        (algo.average, algo.filled) = (average, filled);
        self.move_algo(id, AlgoStatus::Finished, "stop_finish", Some(By::Venue), now);
    }

    /// Takes the whole account's positions away when its margin is gone.
    fn liquidate_if_due(&mut self, now: Ms) {
        let totals = totals(&self.account, &self.market);
        let worth = self.account.worth() + totals.unrealised;
        if totals.maintenance.is_zero() || worth > totals.maintenance {
            return;
        }
        let doomed: Vec<_> = self.account.open().map(|(slot, _)| slot.clone()).collect();
        for (symbol, leg) in doomed {
            self.force_close(&symbol, leg, Forced::Liquidation, None, now);
        }
    }

    /// Ends every open order of a leg before the exchange closes the position itself.
    pub(crate) fn clear_orders(&mut self, symbol: &str, expiry: u8, now: Ms) {
        let open = self
            .orders
            .values()
            .filter(|order| order.status.is_open() && order.want.symbol == symbol);
        let open: Vec<i64> = open.map(|order| order.id).collect();
        for id in open {
            self.end(id, Status::Expired, expiry, By::Venue, now);
        }
    }
}
