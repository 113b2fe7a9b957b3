//! Prices: a mark and a last price per contract, moved by a seeded walk or set by hand.
//!
//! The best bid is the last price and the best ask one tick above it, so a market sell fills at
//! exactly the last price and a market buy one tick higher. Depth is endless unless
//! [`Market::set_depth`] says otherwise. Not here: what a price change does to orders.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::sim::numbers::{Ms, round_to};
use crate::sim::refused::Refused;
use crate::sim::rng::Rng;
use crate::sim::symbols::{Spec, listed};

/// How far one second may move a price, as a share of it, unless set otherwise.
const USUAL_STEP: Decimal = Decimal::from_parts(4, 0, 0, false, 4);
/// How strongly the walk is drawn back to where it began, per second.
const PULL: Decimal = Decimal::from_parts(2, 0, 0, false, 3);
const HALF_MINUTE: Ms = 30_000;

/// One contract with its prices.
#[derive(Clone, Debug)]
pub struct Contract {
    /// What does not change.
    pub spec: Spec,
    /// `TRADING` and the venue's other words for it.
    pub status: String,
    /// Announced end; [`crate::sim::symbols::NEVER_DELIVERED`] for none.
    pub delivery: Ms,
    /// Fair price, eight decimals.
    pub mark: Decimal,
    /// Last traded price, on a tick.
    pub last: Decimal,
    /// Counts book changes.
    pub book_id: i64,
    /// What the next taker finds; nothing said means no end of it.
    pub depth: Option<Depth>,
    anchor: Decimal,
    step: Decimal,
    frozen: bool,
    old: Vec<(Ms, Decimal)>,
}

/// A book with an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Depth {
    /// How much one taker can get; nothing said means all it wants.
    pub qty: Option<Decimal>,
    /// In how many fills it gets it.
    pub parts: u32,
}

impl Contract {
    /// Where a buyer trades at once.
    pub fn ask(&self) -> Decimal {
        self.last + self.spec.tick
    }

    /// Where a seller trades at once.
    pub const fn bid(&self) -> Decimal {
        self.last
    }

    /// The last price of about `ago` milliseconds before `now`, for candles and tickers.
    pub fn last_at(&self, at: Ms) -> Decimal {
        let known = self.old.iter().rev().find(|(then, _)| *then <= at);
        known.map_or_else(|| self.old.first().map_or(self.last, |(_, price)| *price), |(_, p)| *p)
    }

    fn moved(&mut self, now: Ms, mark: Decimal, last: Decimal) {
        self.mark = mark.round_dp(8).max(self.spec.tick);
        self.last = round_to(last, self.spec.tick).max(self.spec.tick);
        self.book_id += 1;
        if self.old.last().is_none_or(|(then, _)| now - then >= HALF_MINUTE) {
            self.old.push((now, self.last));
            if self.old.len() > 2880 {
                self.old.remove(0);
            }
        }
    }
}

/// All contracts.
#[derive(Clone, Debug)]
pub struct Market {
    contracts: BTreeMap<String, Contract>,
    order: Vec<String>,
    rng: Rng,
}

impl Market {
    /// Lists everything at its starting price.
    pub fn new(seed: u64, now: Ms) -> Self {
        Self::of(listed(), seed, now)
    }

    /// Lists these contracts at their starting prices.
    pub fn of(specs: Vec<Spec>, seed: u64, now: Ms) -> Self {
        let order = specs.iter().map(|spec| spec.symbol.clone()).collect();
        let contracts = specs.into_iter().map(|spec| (spec.symbol.clone(), open(spec, now)));
        Self { contracts: contracts.collect(), order, rng: Rng::new(seed) }
    }

    /// Lists more contracts that are like one there is but for their names, which are numbered.
    ///
    /// # Errors
    /// [`Refused::UnknownSymbol`].
    pub fn list_like(&mut self, like: &str, count: u32, now: Ms) -> Result<(), Refused> {
        let model = self.get(like)?.spec.clone();
        for number in 1..=count {
            let (symbol, base) =
                (format!("{number:04}{like}"), format!("{number:04}{}", model.base));
            let spec = Spec { symbol: symbol.clone(), base, pair: symbol.clone(), ..model.clone() };
            if self.contracts.insert(symbol.clone(), open(spec, now)).is_none() {
                self.order.push(symbol);
            }
        }
        Ok(())
    }

    /// Takes everything from the list but these.
    pub fn keep(&mut self, symbols: &[String]) {
        self.contracts.retain(|symbol, _| symbols.contains(symbol));
        self.order.retain(|symbol| symbols.contains(symbol));
    }

    /// One contract, or the refusal that names it.
    ///
    /// # Errors
    /// [`Refused::UnknownSymbol`].
    pub fn get(&self, symbol: &str) -> Result<&Contract, Refused> {
        self.contracts.get(symbol).ok_or(Refused::UnknownSymbol)
    }

    /// One contract, to be changed.
    ///
    /// # Errors
    /// [`Refused::UnknownSymbol`].
    pub fn get_mut(&mut self, symbol: &str) -> Result<&mut Contract, Refused> {
        self.contracts.get_mut(symbol).ok_or(Refused::UnknownSymbol)
    }

    /// All contracts in listing order.
    pub fn all(&self) -> impl Iterator<Item = &Contract> {
        self.order.iter().filter_map(|symbol| self.contracts.get(symbol))
    }

    /// One step of the walk for every contract that is not frozen; names those that moved.
    pub fn walk(&mut self, now: Ms) -> Vec<String> {
        let mut moved = Vec::new();
        for symbol in &self.order {
            let step = Decimal::new(self.rng.step(), 3);
            let Some(contract) = self.contracts.get_mut(symbol) else { continue };
            if contract.frozen {
                continue;
            }
            let push = contract.mark * contract.step * step;
            let pull = (contract.anchor - contract.mark) * PULL;
            let mark = contract.mark + push + pull;
            contract.moved(now, mark, mark);
            moved.push(symbol.clone());
        }
        moved
    }

    /// Puts prices where they are wanted; the walk goes on from there.
    ///
    /// # Errors
    /// [`Refused::UnknownSymbol`]; [`Refused::PriceTooLow`] for a price that is not positive,
    /// [`Refused::PriceTooHigh`] above the price filter.
    pub fn set(
        &mut self,
        symbol: &str,
        mark: Option<Decimal>,
        last: Option<Decimal>,
        now: Ms,
    ) -> Result<(), Refused> {
        let contract = self.get_mut(symbol)?;
        if mark.is_some_and(|price| price <= Decimal::ZERO)
            || last.is_some_and(|price| price <= Decimal::ZERO)
        {
            return Err(Refused::PriceTooLow);
        }
        let highest = contract.spec.max_price();
        if mark.is_some_and(|price| price > highest) || last.is_some_and(|price| price > highest) {
            return Err(Refused::PriceTooHigh);
        }
        let (mark, last) = (mark.unwrap_or(contract.mark), last.unwrap_or(contract.last));
        contract.anchor = mark;
        contract.moved(now, mark, last);
        Ok(())
    }

    /// Stops or restarts the walk of one contract, or of all.
    ///
    /// # Errors
    /// [`Refused::UnknownSymbol`].
    pub fn freeze(&mut self, symbol: Option<&str>, frozen: bool) -> Result<(), Refused> {
        match symbol {
            Some(symbol) => self.get_mut(symbol)?.frozen = frozen,
            None => self.contracts.values_mut().for_each(|contract| contract.frozen = frozen),
        }
        Ok(())
    }

    /// How far one second may move a price, as a share of it.
    ///
    /// # Errors
    /// [`Refused::UnknownSymbol`].
    pub fn set_volatility(&mut self, symbol: Option<&str>, share: Decimal) -> Result<(), Refused> {
        match symbol {
            Some(symbol) => self.get_mut(symbol)?.step = share,
            None => self.contracts.values_mut().for_each(|contract| contract.step = share),
        }
        Ok(())
    }

    /// Limits what the next takers find, until lifted with `None`.
    ///
    /// # Errors
    /// [`Refused::UnknownSymbol`].
    pub fn set_depth(&mut self, symbol: &str, depth: Option<Depth>) -> Result<(), Refused> {
        self.get_mut(symbol)?.depth = depth;
        Ok(())
    }
}

fn open(spec: Spec, now: Ms) -> Contract {
    Contract {
        status: "TRADING".to_owned(),
        delivery: spec.delivery,
        mark: spec.start,
        last: spec.start,
        book_id: 1,
        depth: None,
        anchor: spec.start,
        step: USUAL_STEP,
        frozen: false,
        old: vec![(now, spec.start)],
        spec,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_seed_walks_one_way_and_another_seed_another() {
        let price = |seed: u64| {
            let mut market = Market::new(seed, 0);
            (1..50).for_each(|second| drop(market.walk(second * 1000)));
            market.get("BTCUSDT").map(|contract| contract.mark).unwrap()
        };
        assert_eq!(price(7), price(7));
        assert_ne!(price(7), price(8));
    }

    #[test]
    fn a_frozen_price_stays_and_a_set_price_is_on_its_tick() {
        let mut market = Market::new(1, 0);
        market.freeze(Some("ETHUSDT"), true).unwrap();
        market.set("ETHUSDT", None, Some(Decimal::new(3_000_123, 3)), 5).unwrap();
        market.walk(1000);
        let eth = market.get("ETHUSDT").unwrap();
        assert_eq!((eth.last, eth.mark), (Decimal::new(300_012, 2), eth.spec.start));
        assert_eq!(eth.ask() - eth.bid(), eth.spec.tick);
    }
}
