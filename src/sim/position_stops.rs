//! Stops that live on a position: set, moved and removed without any order id, as big as the
//! position is, gone when it is flat; and parts of such protection, which only ever add.
//!
//! Not here: conditional orders of their own (`algo.rs`) and what fires them (`triggers.rs`).
//! Door: [`Exchange::trading_stop`], [`Exchange::protection`]. Source: bybit 3.7.

use rust_decimal::Decimal;

use crate::sim::account::Slot;
use crate::sim::algo::{Algo, NewAlgo, algo_line};
use crate::sim::exchange::{Exchange, Happening};
use crate::sim::numbers::{Ms, round_to};
use crate::sim::orders::Order;
use crate::sim::refused::{Refused, WrongSide};
use crate::sim::words::{AlgoKind, AlgoStatus, Bond, By, Leg, Side, Tif, Working};

/// Partial stops a position may have.
pub const MAX_PARTS: usize = 20;

/// What somebody wants of a position's protection. A price of zero removes, none leaves as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StopWish {
    /// Contract.
    pub symbol: String,
    /// Leg.
    pub leg: Leg,
    /// Adds for a part of the position instead of setting what is for all of it.
    pub partial: bool,
    /// Trigger of the stop.
    pub stop_loss: Option<Decimal>,
    /// Trigger of the profit taker.
    pub take_profit: Option<Decimal>,
    /// Distance of the trailing stop, in price.
    pub trailing: Option<Decimal>,
    /// Price from which the trailing stop follows.
    pub active: Option<Decimal>,
    /// Which price the stop watches.
    pub stop_by: Option<Working>,
    /// Which price the profit taker watches.
    pub profit_by: Option<Working>,
    /// How much a partial one is for; all when missing.
    pub size: Option<Decimal>,
    /// Limit prices a partial stop and profit taker trade at.
    pub limits: (Option<Decimal>, Option<Decimal>),
    /// Who wants it.
    pub by: By,
}

impl StopWish {
    /// A wish that wants nothing yet.
    pub fn of(symbol: &str, leg: Leg, by: By) -> Self {
        Self {
            symbol: symbol.to_owned(),
            leg,
            partial: false,
            stop_loss: None,
            take_profit: None,
            trailing: None,
            active: None,
            stop_by: None,
            profit_by: None,
            size: None,
            limits: (None, None),
            by,
        }
    }
}

/// What protects the whole of a position.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Protection {
    /// Trigger of the stop.
    pub stop_loss: Option<Decimal>,
    /// Trigger of the profit taker.
    pub take_profit: Option<Decimal>,
    /// Distance of the trailing stop.
    pub trailing: Option<Decimal>,
}

/// One change of one stop, decided and not yet done.
enum Step {
    Remove(i64),
    Move(i64, Box<NewAlgo>),
    Add(Box<NewAlgo>),
}

impl Exchange {
    /// What protects the whole of a position.
    pub fn protection(&self, slot: &Slot) -> Protection {
        let trigger = |kind| self.whole(slot, kind).map(|algo| algo.want.trigger);
        let trailing = self.whole(slot, AlgoKind::TrailingStopMarket);
        Protection {
            stop_loss: trigger(AlgoKind::StopMarket),
            take_profit: trigger(AlgoKind::TakeProfitMarket),
            trailing: trailing.and_then(|algo| algo.want.distance),
        }
    }

    fn whole(&self, slot: &Slot, kind: AlgoKind) -> Option<&Algo> {
        self.algos.values().find(|algo| {
            let want = &algo.want;
            algo.waits()
                && want.bond == Bond::Whole
                && want.kind == kind
                && (want.symbol.as_str(), want.leg) == (slot.0.as_str(), slot.1)
        })
    }

    /// Sets, moves, removes or adds stops of a position: all that is wished, or nothing.
    ///
    /// # Errors
    /// A wrong leg, no position, a trigger on the wrong side, too many parts,
    /// [`Refused::NotModified`] when everything is so already.
    pub fn trading_stop(&mut self, wish: &StopWish, now: Ms) -> Result<(), Refused> {
        self.check_mode(&wish.symbol, wish.leg, false)?;
        self.market.get(&wish.symbol)?;
        let position = self.account.position(&wish.symbol, wish.leg);
        if position.amount.is_zero() {
            return Err(Refused::NeedsPosition);
        }
        let mut steps = Vec::new();
        let kinds = [
            (AlgoKind::StopMarket, wish.stop_loss),
            (AlgoKind::TakeProfitMarket, wish.take_profit),
            (AlgoKind::TrailingStopMarket, wish.trailing),
        ];
        for (kind, price) in kinds {
            let Some(price) = price else { continue };
            if wish.partial {
                steps.extend(self.part(wish, kind, price)?);
            } else {
                steps.extend(self.step(wish, kind, price)?);
            }
        }
        if steps.is_empty() {
            return Err(Refused::NotModified);
        }
        for step in steps {
            match step {
                Step::Remove(id) => {
                    self.move_algo(id, AlgoStatus::Canceled, "stop_cancel", Some(wish.by), now);
                }
                Step::Add(want) => drop(self.book_algo(*want, now)),
                Step::Move(id, want) => self.rewrite(id, *want, wish.by, now),
            }
        }
        Ok(())
    }

    fn step(
        &self,
        wish: &StopWish,
        kind: AlgoKind,
        price: Decimal,
    ) -> Result<Option<Step>, Refused> {
        let slot = (wish.symbol.clone(), wish.leg);
        let present = self.whole(&slot, kind);
        if price.is_zero() {
            return Ok(present.map(|algo| Step::Remove(algo.id)));
        }
        let mut want = self.stop_of(wish, kind, price, Bond::Whole)?;
        let Some(present) = present else { return Ok(Some(Step::Add(Box::new(want)))) };
        let said = if kind == AlgoKind::TakeProfitMarket { wish.profit_by } else { wish.stop_by };
        if said.is_none() {
            want.working = present.want.working;
        }
        if kind == AlgoKind::TrailingStopMarket && wish.active.is_none() {
            want.activate = present.want.activate;
        }
        let same = (want.working, want.distance, want.activate)
            == (present.want.working, present.want.distance, present.want.activate)
            && (kind == AlgoKind::TrailingStopMarket || want.trigger == present.want.trigger);
        Ok((!same).then(|| Step::Move(present.id, Box::new(want))))
    }

    fn part(
        &self,
        wish: &StopWish,
        kind: AlgoKind,
        price: Decimal,
    ) -> Result<Option<Step>, Refused> {
        if price.is_zero() || kind == AlgoKind::TrailingStopMarket {
            return Ok(None);
        }
        let parts = self.algos.values().filter(|algo| {
            let want = &algo.want;
            algo.waits()
                && want.bond == Bond::Part
                && (want.symbol.as_str(), want.leg) == (wish.symbol.as_str(), wish.leg)
        });
        if parts.count() >= MAX_PARTS {
            return Err(Refused::TooManyParts);
        }
        self.stop_of(wish, kind, price, Bond::Part).map(|want| Some(Step::Add(Box::new(want))))
    }

    /// The conditional order that carries a position's stop.
    fn stop_of(
        &self,
        wish: &StopWish,
        kind: AlgoKind,
        price: Decimal,
        bond: Bond,
    ) -> Result<NewAlgo, Refused> {
        let tick = self.market.get(&wish.symbol)?.spec.tick;
        let position = self.account.position(&wish.symbol, wish.leg);
        let (side, held) = (position.closing_side(), position.amount.abs());
        let trailing = kind == AlgoKind::TrailingStopMarket;
        let profits = kind == AlgoKind::TakeProfitMarket;
        let said = if profits { wish.profit_by } else { wish.stop_by };
        let working = said.unwrap_or(Working::Contract);
        let now_at = self.watched(&wish.symbol, working);
        let price = round_to(price, tick);
        let rises = (side == Side::Buy) != profits;
        let beyond = if rises { price <= now_at } else { price >= now_at };
        if !trailing && beyond {
            let (long, partial) = (side == Side::Sell, bond == Bond::Part);
            let wrong = WrongSide { profits, partial, long, price, base: now_at, working };
            return Err(Refused::WrongSide(Box::new(wrong)));
        }
        let qty = match bond {
            Bond::Part => wish.size.unwrap_or(held),
            _ => held,
        };
        if qty > held || qty <= Decimal::ZERO {
            return Err(Refused::PartTooLarge);
        }
        let limit = if profits { wish.limits.1 } else { wish.limits.0 };
        let back = if rises { price } else { -price };
        Ok(NewAlgo {
            symbol: wish.symbol.clone(),
            side,
            leg: wish.leg,
            kind,
            tif: Tif::GteGtc,
            qty,
            trigger: if trailing { round_to(now_at + back, tick) } else { price },
            price: limit,
            working,
            close_position: bond == Bond::Whole,
            reduce_only: true,
            price_protect: false,
            activate: wish.active.filter(|_| trailing),
            callback: None,
            rises: Some(rises),
            distance: trailing.then_some(price),
            bond,
            client_id: None,
            good_till: 0,
            stp: "None".to_owned(),
            price_match: "NONE".to_owned(),
            by: wish.by,
        })
    }

    /// Gives a waiting conditional order other terms under the same id.
    pub(crate) fn rewrite(&mut self, id: i64, want: NewAlgo, by: By, now: Ms) {
        let best = self.watched(&want.symbol, want.working);
        let Some(algo) = self.algos.get_mut(&id) else { return };
        let follows = want.kind == AlgoKind::TrailingStopMarket && want.activate.is_none();
        (algo.want, algo.updated, algo.best) = (want, now, best);
        algo.activated = follows;
        let algo = algo.clone();
        let line = algo_line("stop_move", &algo);
        self.note(crate::sim::exchange::Record { by: by.name(), ..line }, now);
        self.happened.push(Happening::Algo(algo));
    }

    /// Lets the stops of a position that is still there follow its size; those of the other
    /// direction go with the holding they protected.
    pub(crate) fn follow_size(&mut self, symbol: &str, leg: Leg, now: Ms) {
        let position = self.account.position(symbol, leg);
        let (side, held) = (position.closing_side(), position.amount.abs());
        let bound = self.algos.values().filter(|algo| {
            let want = &algo.want;
            algo.waits() && want.bond != Bond::Free && want.symbol == symbol && want.leg == leg
        });
        let bound: Vec<(i64, Side, Bond, Decimal)> =
            bound.map(|algo| (algo.id, algo.want.side, algo.want.bond, algo.want.qty)).collect();
        for (id, way, bond, qty) in bound {
            if way != side {
                self.move_algo(id, AlgoStatus::Expired, "stop_expire", Some(By::Venue), now);
                continue;
            }
            let wanted = if bond == Bond::Whole { held } else { qty.min(held) };
            if wanted == qty {
                continue;
            }
            let Some(algo) = self.algos.get_mut(&id) else { continue };
            (algo.want.qty, algo.updated) = (wanted, now);
            self.happened.push(Happening::Algo(algo.clone()));
        }
    }

    /// Puts the protection that came with an order on the position its fill made.
    pub(crate) fn attach(&mut self, order: &Order, filled: Decimal, now: Ms) {
        let Some(attached) = order.want.attached.as_deref() else { return };
        let wish = StopWish {
            partial: attached.partial,
            stop_loss: attached.stop_loss,
            take_profit: attached.take_profit,
            stop_by: attached.stop_by,
            profit_by: attached.profit_by,
            size: attached.partial.then_some(filled),
            ..StopWish::of(&order.want.symbol, order.want.leg, order.want.by)
        };
        // A price that is past by now leaves the position without it, as on the venue.
        let _ = self.trading_stop(&wish, now);
    }
}
