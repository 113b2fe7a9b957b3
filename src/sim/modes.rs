//! The account's switches: position mode, leverage, margin type, shared assets.

use crate::sim::exchange::{Exchange, Happening, blank};
use crate::sim::numbers::Ms;
use crate::sim::refused::Refused;
use crate::sim::words::By;

impl Exchange {
    /// Switches between one-way and hedge mode. Nobody is told: the venue has no event for it.
    ///
    /// # Errors
    /// [`Refused::SameMode`], [`Refused::OrdersHoldMode`], [`Refused::PositionsHoldMode`].
    pub fn set_hedge(&mut self, hedge: bool, by: By, now: Ms) -> Result<(), Refused> {
        if self.account.hedge == hedge {
            return Err(Refused::SameMode);
        }
        let resting = self.orders.values().any(|order| order.status.is_open());
        if resting || self.algos.values().any(|algo| algo.waits()) {
            return Err(Refused::OrdersHoldMode);
        }
        if self.account.open().next().is_some() {
            return Err(Refused::PositionsHoldMode);
        }
        self.account.hedge = hedge;
        self.note(blank("mode", by), now);
        Ok(())
    }

    /// Sets a contract's leverage and tells of it, also when it was so already.
    ///
    /// # Errors
    /// An unknown contract, [`Refused::BadLeverage`], [`Refused::LeverageHeld`].
    pub fn set_leverage(&mut self, symbol: &str, leverage: u32) -> Result<(), Refused> {
        let most = self.market.get(symbol)?.spec.max_leverage;
        if leverage == 0 || leverage > most {
            return Err(Refused::BadLeverage);
        }
        let held = self.account.open().any(|(slot, _)| slot.0 == symbol);
        if self.account.is_isolated(symbol) && held && leverage < self.account.leverage(symbol) {
            return Err(Refused::LeverageHeld);
        }
        self.account.set_leverage(symbol, leverage);
        self.happened.push(Happening::Leverage(symbol.to_owned(), leverage));
        Ok(())
    }

    /// Switches a contract between cross and isolated margin.
    ///
    /// # Errors
    /// An unknown contract, or whatever holds the present type.
    pub fn set_isolated(&mut self, symbol: &str, isolated: bool) -> Result<(), Refused> {
        self.market.get(symbol)?;
        if self.account.multi_assets && isolated {
            return Err(Refused::MultiAssets);
        }
        if self.account.is_isolated(symbol) == isolated {
            return Err(Refused::SameMarginType);
        }
        if self.orders.values().any(|o| o.status.is_open() && o.want.symbol == symbol) {
            return Err(Refused::OrdersHoldMargin);
        }
        if self.account.open().any(|(slot, _)| slot.0 == symbol) {
            return Err(Refused::PositionHoldsMargin);
        }
        self.account.set_isolated(symbol, isolated);
        let slot = (symbol.to_owned(), self.leg_of(symbol, crate::sim::words::Side::Buy));
        let change = self.change("MARGIN_TYPE_CHANGE", rust_decimal::Decimal::ZERO, &[slot]);
        self.happened.push(Happening::Changed(change));
        Ok(())
    }

    /// Switches shared assets mode and tells of it.
    ///
    /// # Errors
    /// [`Refused::SameMarginType`] when it is so already.
    pub fn set_multi_assets(&mut self, shared: bool) -> Result<(), Refused> {
        if self.account.multi_assets == shared {
            return Err(Refused::SameMarginType);
        }
        self.account.multi_assets = shared;
        self.happened.push(Happening::MultiAssets(shared));
        Ok(())
    }
}
