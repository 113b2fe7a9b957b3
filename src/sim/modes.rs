//! The account's switches: position mode, leverage, margin type, shared assets.

use crate::sim::exchange::{Exchange, Happening, Record, blank};
use crate::sim::numbers::Ms;
use crate::sim::refused::Refused;
use crate::sim::words::{By, Coin, Venue};

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

    /// Switches one contract between one leg and two.
    ///
    /// # Errors
    /// [`Refused::OneModeOnly`], [`Refused::SameMode`], or whatever holds the present mode.
    pub fn set_symbol_mode(&mut self, symbol: &str, hedge: bool, now: Ms) -> Result<(), Refused> {
        let spec = &self.market.get(symbol)?.spec;
        if hedge && (spec.coin == Coin::Usdc || spec.is_dated()) {
            return Err(Refused::OneModeOnly);
        }
        if self.account.is_hedge(symbol) == hedge {
            return Err(Refused::SameMode);
        }
        if self.account.open().any(|(slot, _)| slot.0 == symbol) {
            return Err(Refused::PositionsHoldMode);
        }
        if self.has_orders(symbol) {
            return Err(Refused::OrdersHoldMode);
        }
        self.account.set_mode(symbol, hedge);
        let line = Record { symbol: symbol.to_owned(), ..blank("mode", By::Api) };
        self.note(line, now);
        Ok(())
    }

    /// Puts every contract that can be in one mode, whatever is open.
    pub fn one_mode(&mut self, hedge: bool) {
        self.account.one_mode(hedge);
        if self.venue == Venue::Bybit {
            let single = self.market.all().map(|one| &one.spec);
            let single = single.filter(|spec| spec.coin == Coin::Usdc || spec.is_dated());
            let single: Vec<String> = single.map(|spec| spec.symbol.clone()).collect();
            single.iter().for_each(|symbol| self.account.set_mode(symbol, false));
        }
    }

    /// Switches every contract of USDT that nothing holds, and those that will be listed.
    ///
    /// # Errors
    /// [`Refused::SameMode`] when all are so already.
    pub fn set_coin_mode(&mut self, hedge: bool, now: Ms) -> Result<(), Refused> {
        let names: Vec<String> = self.market.all().map(|one| one.spec.symbol.clone()).collect();
        let differs = names.iter().any(|name| {
            self.coin_of(name) == Coin::Usdt
                && !name.contains('-')
                && self.account.is_hedge(name) != hedge
        });
        if !differs && self.account.hedge == hedge {
            return Err(Refused::SameMode);
        }
        // A contract that cannot follow keeps what it had under a mode of its own.
        for name in &names {
            let had = self.account.is_hedge(name);
            self.account.set_mode(name, had);
        }
        self.account.hedge = hedge;
        for name in &names {
            let _ = self.set_symbol_mode(name, hedge, now);
        }
        Ok(())
    }

    fn has_orders(&self, symbol: &str) -> bool {
        self.orders.values().any(|order| order.status.is_open() && order.want.symbol == symbol)
            || self.algos.values().any(|algo| algo.waits() && algo.want.symbol == symbol)
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
        if self.venue == Venue::Bybit && self.account.leverage(symbol) == leverage {
            return Err(Refused::SameLeverage);
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
