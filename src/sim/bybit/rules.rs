//! What an order must satisfy on this venue: quantities, prices, slots, reduce-only, names.
//!
//! Pure readings of the exchange, in the order the venue's document gives. The order of the
//! checks is not settled by any source. Source: bybit 3.1, 3.8.

use rust_decimal::Decimal;

use crate::sim::algo::{Algo, NewAlgo};
use crate::sim::checks::best_opposite;
use crate::sim::exchange::Exchange;
use crate::sim::margin::available;
use crate::sim::market::Contract;
use crate::sim::numbers::{on_step, round_to};
use crate::sim::orders::NewOrder;
use crate::sim::refused::Refused;
use crate::sim::words::{Bond, OrderKind, Side, Working};

/// Open plain orders a contract may have.
pub const MAX_ORDERS: usize = 500;
/// Waiting conditional orders a contract may have.
pub const MAX_CONDITIONALS: usize = 10;
/// `priceLimitRatioX`: how far from the mark a price may lie while the index is at the mark.
pub const RATIO_X: Decimal = Decimal::from_parts(5, 0, 0, false, 2);
/// `priceLimitRatioY`: how far from the mark a price may lie at most.
pub const RATIO_Y: Decimal = Decimal::from_parts(1, 0, 0, false, 1);

/// The highest price a buy may have and the lowest a sell may have.
pub fn band(contract: &Contract) -> (Decimal, Decimal) {
    let edge = |ratio: Decimal| round_to(contract.mark * ratio, contract.spec.tick);
    (edge(Decimal::ONE + RATIO_X), edge(Decimal::ONE - RATIO_X))
}

/// The protective price of a market order.
pub fn protective(contract: &Contract, side: Side) -> Decimal {
    let (high, low) = band(contract);
    if side == Side::Buy { high } else { low }
}

impl Exchange {
    /// Checks everything; answers the order as it will be booked, a reducing quantity cut to the
    /// position and a market order with its protective price.
    ///
    /// # Errors
    /// The first rule broken.
    pub(crate) fn admit_bybit(&self, mut want: NewOrder) -> Result<NewOrder, Refused> {
        let contract = self.market.get(&want.symbol)?;
        if contract.status != "TRADING" {
            return Err(Refused::NotTrading);
        }
        self.check_mode(&want.symbol, want.leg, want.reduce_only)?;
        let reduces = self.takes_away(&want);
        check_quantity(contract, want.kind, want.qty, reduces)?;
        if want.kind == OrderKind::Limit {
            check_price(contract, want.price.unwrap_or_default())?;
        } else {
            want.price = Some(protective(contract, want.side));
            let nobody =
                contract.depth.and_then(|depth| depth.qty).is_some_and(|qty| qty.is_zero());
            let (high, low) = band(contract);
            let best = best_opposite(contract, want.side);
            let out = if want.side == Side::Buy { best > high } else { best < low };
            if nobody || out {
                return Err(Refused::OutsideBand(want.side, low, high));
            }
        }
        let (value, least) =
            (want.price.unwrap_or(contract.mark) * want.qty, contract.spec.min_notional);
        if !reduces && value < least {
            return Err(Refused::NotionalTooSmall(least));
        }
        let open = self.orders.values().filter(|order| order.status.is_open());
        if open.filter(|order| order.want.symbol == want.symbol).count() >= MAX_ORDERS {
            return Err(Refused::TooManyOrders);
        }
        if reduces {
            want.qty = self.cut_bybit(&want)?;
        } else {
            self.check_room(&want)?;
        }
        Ok(want)
    }

    /// What the changed terms of a resting order must satisfy.
    ///
    /// # Errors
    /// The first rule broken.
    pub(crate) fn check_terms(&self, want: &NewOrder) -> Result<(), Refused> {
        let contract = self.market.get(&want.symbol)?;
        check_quantity(contract, want.kind, want.qty, self.takes_away(want))?;
        check_price(contract, want.price.unwrap_or_default())
    }

    /// A name is never used twice, by whatever kind of order.
    ///
    /// # Errors
    /// [`Refused::DuplicateClientId`].
    pub(crate) fn check_link(&self, name: Option<&str>) -> Result<(), Refused> {
        let Some(name) = name.filter(|name| !name.is_empty()) else { return Ok(()) };
        let used = self.orders.values().any(|order| order.client_id == name)
            || self.algos.values().any(|algo| algo.client_id == name);
        if used { Err(Refused::DuplicateClientId) } else { Ok(()) }
    }

    fn cut_bybit(&self, want: &NewOrder) -> Result<Decimal, Refused> {
        let position = self.account.position(&want.symbol, want.leg);
        if position.amount.is_zero() {
            return Err(Refused::NothingToReduce);
        }
        if position.closing_side() != want.side {
            return Err(Refused::SameSide);
        }
        let held = position.amount.abs();
        let resting: Decimal = self
            .orders
            .values()
            .filter(|order| order.reduces(&want.symbol, want.leg, want.side))
            .filter(|_| want.kind == OrderKind::Limit)
            .map(|order| order.left())
            .sum();
        if resting >= held {
            return Err(Refused::ReduceCovered);
        }
        Ok(want.qty.min(held - resting))
    }

    fn check_room(&self, want: &NewOrder) -> Result<(), Refused> {
        let contract = self.market.get(&want.symbol)?;
        let position = self.account.position(&want.symbol, want.leg);
        let against = !position.amount.is_zero() && position.closing_side() == want.side;
        let closes = if against { position.amount.abs() * Decimal::TWO } else { Decimal::ZERO };
        let opens = (want.qty - closes).max(Decimal::ZERO);
        let leverage = Decimal::from(self.account.leverage(&want.symbol));
        let price = if want.kind == OrderKind::Market { None } else { want.price };
        let needed = opens * price.unwrap_or(contract.mark) / leverage;
        if needed > available(&self.account, &self.market) {
            return Err(Refused::NoMargin);
        }
        Ok(())
    }

    /// What a conditional order of its own must satisfy; margin and position are looked at only
    /// when it triggers.
    ///
    /// # Errors
    /// The first rule broken.
    pub(crate) fn check_conditional(&self, want: &NewAlgo) -> Result<(), Refused> {
        let contract = self.market.get(&want.symbol)?;
        if contract.status != "TRADING" {
            return Err(Refused::NotTrading);
        }
        self.check_mode(&want.symbol, want.leg, want.reduce_only)?;
        if !want.close_position {
            check_quantity(contract, want.kind.child(), want.qty, want.reduce_only)?;
        }
        if want.trigger <= Decimal::ZERO
            || !on_step(want.trigger, Decimal::ZERO, contract.spec.tick)
        {
            return Err(Refused::PriceOffTick);
        }
        let mine = |algo: &&Algo| {
            algo.waits() && algo.want.bond == Bond::Free && algo.want.symbol == want.symbol
        };
        if self.algos.values().filter(mine).count() >= MAX_CONDITIONALS {
            return Err(Refused::TooManyAlgos);
        }
        self.check_trigger(want)
    }

    /// Whether a trigger lies on the side the price has to come from.
    ///
    /// # Errors
    /// [`Refused::TriggerPassed`].
    pub(crate) fn check_trigger(&self, want: &NewAlgo) -> Result<(), Refused> {
        let now_at = self.watched(&want.symbol, want.working);
        let rises = want.rises.unwrap_or(want.side == Side::Buy);
        let passed = if rises { want.trigger <= now_at } else { want.trigger >= now_at };
        if passed {
            return Err(Refused::TriggerPassed(rises, want.trigger, now_at, want.working));
        }
        Ok(())
    }
}

/// The name of a watched price in requests and answers.
pub const fn price_word(working: Working) -> &'static str {
    match working {
        Working::Contract => "LastPrice",
        Working::Mark => "MarkPrice",
        Working::Index => "IndexPrice",
    }
}

/// Reads the name of a watched price.
pub fn read_price_word(text: &str) -> Option<Working> {
    [Working::Contract, Working::Mark, Working::Index]
        .into_iter()
        .find(|working| price_word(*working) == text)
}

/// Step, least and most, in this order; what reduces is split instead of refused.
fn check_quantity(
    contract: &Contract,
    kind: OrderKind,
    qty: Decimal,
    reduces: bool,
) -> Result<(), Refused> {
    let spec = &contract.spec;
    if qty <= Decimal::ZERO || !on_step(qty, Decimal::ZERO, spec.step) {
        return Err(Refused::QtyOffStep);
    }
    if qty < spec.min_qty {
        return Err(Refused::QtyTooSmall);
    }
    let most = if kind == OrderKind::Market { spec.market_max_qty } else { spec.max_qty };
    if qty > most && !reduces {
        return Err(Refused::QtyAbove(qty, most));
    }
    Ok(())
}

fn check_price(contract: &Contract, price: Decimal) -> Result<(), Refused> {
    let spec = &contract.spec;
    if price < spec.min_price() {
        return Err(Refused::PriceTooLow);
    }
    if price > spec.max_price() {
        return Err(Refused::PriceTooHigh);
    }
    if !on_step(price, Decimal::ZERO, spec.tick) {
        return Err(Refused::PriceOffTick);
    }
    Ok(())
}
