//! What an order must satisfy before it is accepted: filters, mode, reduce-only rules, margin.
//!
//! Reads the exchange, changes nothing. Door: `Exchange::admit`.

use rust_decimal::Decimal;

use crate::sim::exchange::Exchange;
use crate::sim::margin::available;
use crate::sim::market::Contract;
use crate::sim::numbers::{on_step, places};
use crate::sim::orders::NewOrder;
use crate::sim::refused::Refused;
use crate::sim::words::{Leg, OrderKind, Side, Tif, Venue};

/// Open plain orders a contract may have.
pub const MAX_ORDERS: usize = 200;
/// How far from the mark an order's price may lie.
pub const BAND: Decimal = Decimal::from_parts(5, 0, 0, false, 2);

impl Exchange {
    /// Checks everything; answers the order as it will be booked, a reduce-only quantity cut to
    /// the position.
    ///
    /// # Errors
    /// The first rule broken.
    pub(crate) fn admit(&self, mut want: NewOrder) -> Result<NewOrder, Refused> {
        if self.venue == Venue::Bybit {
            return self.admit_bybit(want);
        }
        self.check_mode(&want.symbol, want.leg, want.reduce_only)?;
        let contract = self.market.get(&want.symbol)?;
        if contract.status != "TRADING" && !(self.takes_away(&want) && contract.status != "CLOSE") {
            return Err(Refused::NotTrading);
        }
        self.check_filters(&want)?;
        self.check_client_id(&want)?;
        let resting = self.orders.values();
        let open = resting.filter(|o| o.status.is_open() && o.want.symbol == want.symbol).count();
        if open >= MAX_ORDERS {
            return Err(Refused::TooManyOrders);
        }
        if self.takes_away(&want) {
            want.qty = self.cut_to_position(&want)?;
        } else {
            self.check_margin(&want)?;
        }
        self.check_lifetime(&want)?;
        Ok(want)
    }

    /// Whether an order can only take from a position.
    pub(crate) fn takes_away(&self, want: &NewOrder) -> bool {
        match (want.leg, want.side) {
            (Leg::Both, _) => want.reduce_only,
            (Leg::Long, side) => want.reduce_only || side == Side::Sell,
            (Leg::Short, side) => want.reduce_only || side == Side::Buy,
        }
    }

    /// One-way mode knows one leg, hedge mode two and no reduce-only flag.
    ///
    /// # Errors
    /// [`Refused::WrongLeg`], [`Refused::ReduceOnlyNotWanted`].
    pub(crate) fn check_mode(
        &self,
        symbol: &str,
        leg: Leg,
        reduce_only: bool,
    ) -> Result<(), Refused> {
        let hedge = self.account.is_hedge(symbol);
        if hedge == (leg == Leg::Both) {
            return Err(Refused::WrongLeg);
        }
        if self.venue == Venue::Binance && hedge && reduce_only {
            return Err(Refused::ReduceOnlyNotWanted);
        }
        Ok(())
    }

    /// Precision, lot, price, band and value.
    ///
    /// # Errors
    /// The first filter broken.
    pub(crate) fn check_filters(&self, want: &NewOrder) -> Result<(), Refused> {
        let contract = self.market.get(&want.symbol)?;
        check_qty(contract, want.kind, want.qty)?;
        if want.kind == OrderKind::Limit {
            check_price(contract, want.side, want.price.unwrap_or_default())?;
        } else {
            let (best, mark) = (best_opposite(contract, want.side), contract.mark);
            let out_of_band = match want.side {
                Side::Buy => best > mark * (Decimal::ONE + BAND),
                Side::Sell => best < mark * (Decimal::ONE - BAND),
            };
            if out_of_band {
                return Err(Refused::NoPriceInBand);
            }
        }
        let price = want.price.unwrap_or(contract.mark);
        let least = contract.spec.min_notional;
        if !self.takes_away(want) && price * want.qty < least {
            return Err(Refused::NotionalTooSmall(least));
        }
        Ok(())
    }

    /// Client ids are unique among open orders only: two market orders may share one.
    fn check_client_id(&self, want: &NewOrder) -> Result<(), Refused> {
        let Some(name) = &want.client_id else { return Ok(()) };
        let taken = |client_id: &str, open: bool| open && client_id == name;
        let by_order = self.orders.values().any(|o| taken(&o.client_id, o.status.is_open()));
        if by_order { Err(Refused::DuplicateClientId) } else { Ok(()) }
    }

    /// What a reduce-only order may take: never more than is there.
    ///
    /// # Errors
    /// [`Refused::NothingToReduce`] without a position on the other side, or above it in hedge
    /// mode; [`Refused::ReduceCovered`] when resting reduce-only orders cover it all.
    fn cut_to_position(&self, want: &NewOrder) -> Result<Decimal, Refused> {
        let position = self.account.position(&want.symbol, want.leg);
        if position.amount.is_zero() || position.closing_side() != want.side {
            return Err(Refused::NothingToReduce);
        }
        let held = position.amount.abs();
        if want.leg != Leg::Both && want.qty > held {
            return Err(Refused::NothingToReduce);
        }
        let resting: Decimal = self
            .orders
            .values()
            .filter(|order| order.reduces(&want.symbol, want.leg, want.side))
            .map(|order| order.left())
            .sum();
        if resting >= held {
            return Err(Refused::ReduceCovered);
        }
        Ok(want.qty.min(held))
    }

    /// Margin for the part that opens something.
    fn check_margin(&self, want: &NewOrder) -> Result<(), Refused> {
        let contract = self.market.get(&want.symbol)?;
        let position = self.account.position(&want.symbol, want.leg);
        let against = !position.amount.is_zero() && position.closing_side() == want.side;
        let closes = if against { position.amount.abs() * Decimal::TWO } else { Decimal::ZERO };
        let opens = (want.qty - closes).max(Decimal::ZERO);
        let leverage = Decimal::from(self.account.leverage(&want.symbol));
        let needed = opens * want.price.unwrap_or(contract.mark) / leverage;
        if needed > available(&self.account, &self.market) {
            return Err(Refused::NoMargin);
        }
        Ok(())
    }

    /// Maker-only orders must rest, all-or-nothing ones must be had whole.
    fn check_lifetime(&self, want: &NewOrder) -> Result<(), Refused> {
        let takes = want.kind == OrderKind::Market || self.crosses(want);
        if want.tif == Tif::Gtx && takes {
            return Err(Refused::WouldTake);
        }
        let depth = self.market.get(&want.symbol)?.depth.and_then(|depth| depth.qty);
        let whole = takes && depth.is_none_or(|there| there >= want.qty);
        if want.tif == Tif::Fok && !whole { Err(Refused::NotFillable) } else { Ok(()) }
    }

    /// Whether a limit order would trade at once.
    pub(crate) fn crosses(&self, want: &NewOrder) -> bool {
        let Ok(contract) = self.market.get(&want.symbol) else { return false };
        let price = want.price.unwrap_or_default();
        match want.side {
            Side::Buy => price >= contract.ask(),
            Side::Sell => price <= contract.bid(),
        }
    }
}

/// Where an order of this side trades at once.
pub(crate) fn best_opposite(contract: &Contract, side: Side) -> Decimal {
    match side {
        Side::Buy => contract.ask(),
        Side::Sell => contract.bid(),
    }
}

/// Quantity rules; market orders have a smaller most.
///
/// # Errors
/// The first rule broken.
pub(crate) fn check_qty(contract: &Contract, kind: OrderKind, qty: Decimal) -> Result<(), Refused> {
    let spec = &contract.spec;
    if places(qty) > spec.qty_places() {
        return Err(Refused::TooPrecise);
    }
    if qty <= Decimal::ZERO {
        return Err(Refused::QtyNotPositive);
    }
    if qty < spec.min_qty {
        return Err(Refused::QtyTooSmall);
    }
    let most = if kind == OrderKind::Market { spec.market_max_qty } else { spec.max_qty };
    if qty > most {
        return Err(Refused::QtyTooLarge);
    }
    if !on_step(qty, spec.step, spec.step) {
        return Err(Refused::QtyOffStep);
    }
    Ok(())
}

/// Price rules of a limit order.
fn check_price(contract: &Contract, side: Side, price: Decimal) -> Result<(), Refused> {
    let spec = &contract.spec;
    if places(price) > spec.price_places {
        return Err(Refused::TooPrecise);
    }
    if price < spec.min_price() {
        return Err(Refused::PriceTooLow);
    }
    if price > spec.max_price() {
        return Err(Refused::PriceTooHigh);
    }
    if !on_step(price, spec.min_price(), spec.tick) {
        return Err(Refused::PriceOffTick);
    }
    let (high, low) =
        (contract.mark * (Decimal::ONE + BAND), contract.mark * (Decimal::ONE - BAND));
    match side {
        Side::Buy if price > high => Err(Refused::BuyAboveBand(high)),
        Side::Sell if price < low => Err(Refused::SellBelowBand(low)),
        _ => Ok(()),
    }
}
