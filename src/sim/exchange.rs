//! The pure exchange: one market, one account, its orders, and all that happened to them.
//!
//! Told the time and what to do, it answers at once; what its owner would hear of goes to an
//! outbox as [`Happening`]s, what a test may ask about goes to an ordered [`Record`].
//! Not here: wires, clocks, faults. Doors: `place`, `cancel`, `place_algo`, `tick`, `set_price`.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::sim::account::{Account, Slot};
use crate::sim::algo::Algo;
use crate::sim::fate::Fate;
use crate::sim::funding::Funding;
use crate::sim::market::Market;
use crate::sim::numbers::Ms;
use crate::sim::orders::{Fill, Order};
use crate::sim::record::Watch;
use crate::sim::refused::Refused;
use crate::sim::rng::Rng;
use crate::sim::symbols::listed;
use crate::sim::words::{By, Coin, Forced, Leg, Venue};

/// A position as it is right after a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Symbol and leg.
    pub slot: Slot,
    /// Signed amount.
    pub amount: Decimal,
    /// Average entry.
    pub entry: Decimal,
    /// Price at which fees are earned back.
    pub breakeven: Decimal,
    /// Realised profit of all time.
    pub realised: Decimal,
    /// Profit at the mark.
    pub unrealised: Decimal,
    /// Own margin rather than shared.
    pub is_isolated: bool,
    /// Margin set aside.
    pub isolated: Decimal,
}

/// The account's side of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The venue's word for why: `ORDER`, `FUNDING_FEE`, …
    pub reason: &'static str,
    /// What the balance is counted in.
    pub coin: Coin,
    /// Wallet balance after it.
    pub wallet: Decimal,
    /// The shared part of the wallet.
    pub cross: Decimal,
    /// What came or went that is neither profit nor fee.
    pub delta: Decimal,
    /// Positions that changed.
    pub positions: Vec<Standing>,
}

/// Something the account's owner would hear of.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "a few live at a time, until they are told")]
pub enum Happening {
    /// An order rests.
    Accepted(Order),
    /// An order traded; `fresh` when it had not been reported before.
    Executed {
        /// First report of this order.
        fresh: bool,
        /// The order after the fill.
        order: Order,
        /// The fill.
        fill: Fill,
        /// The account after the fill.
        change: Change,
        /// Set when the exchange itself closed the position.
        forced: Option<Forced>,
    },
    /// An order ended without a further fill.
    Ended(Order),
    /// An order got another price or quantity.
    Amended(Order),
    /// Balance or position changed without an order.
    Changed(Change),
    /// A conditional order moved on.
    Algo(Algo),
    /// Leverage of a contract was set.
    Leverage(String, u32),
    /// Shared assets mode was set.
    MultiAssets(bool),
    /// A contract was announced to end or changed its state.
    Contract(String),
    /// Margin runs low on a position.
    MarginCall(Slot),
    /// The exchange begins to take a position away; its fills follow.
    Seized(Slot, Forced),
    /// Funding was paid or received for one position, on venues that list it among the fills.
    Funded(Funding),
}

/// One line of what was done, in order.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Record {
    /// Counts from one.
    pub seq: u64,
    /// When, on the exchange's clock.
    pub at: Ms,
    /// `order` `fill` `cancel` `expire` `amend` `stop` `stop_trigger` `stop_finish` `stop_cancel`
    /// `stop_expire` `stop_reject` `price` `mode` `seed` `erase`.
    pub what: &'static str,
    /// `api`, `person` or `venue`.
    pub by: &'static str,
    /// Contract.
    pub symbol: String,
    /// Leg.
    pub leg: &'static str,
    /// `BUY`, `SELL` or nothing.
    pub side: &'static str,
    /// Order or conditional order id.
    pub id: i64,
    /// Client id.
    pub client_id: String,
    /// Quantity of this step.
    pub qty: Decimal,
    /// Price or trigger price of this step.
    pub price: Decimal,
    /// Whether the order could only reduce.
    pub reduce_only: bool,
}

/// Money in or out, as the venue's income history lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Income {
    /// Contract; empty for a transfer.
    pub symbol: String,
    /// The venue's word.
    pub kind: &'static str,
    /// Signed amount.
    pub amount: Decimal,
    /// When.
    pub at: Ms,
    /// Unique number.
    pub id: i64,
    /// The fill it belongs to; zero for none.
    pub trade: i64,
}

/// The whole pure exchange.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// Whose rules it keeps.
    pub venue: Venue,
    /// Contracts and prices.
    pub market: Market,
    /// Wallet and positions.
    pub account: Account,
    /// Every plain order, ended ones included.
    pub orders: BTreeMap<i64, Order>,
    /// Every conditional order, ended ones included.
    pub algos: BTreeMap<i64, Algo>,
    /// Every fill, oldest first.
    pub fills: Vec<Fill>,
    /// Every income row, oldest first.
    pub income: Vec<Income>,
    /// Every funding of a venue that lists it among the fills, oldest first.
    pub fundings: Vec<Funding>,
    /// Everything done, oldest first.
    pub record: Vec<Record>,
    pub(crate) happened: Vec<Happening>,
    pub(crate) rng: Rng,
    pub(crate) next_order: i64,
    pub(crate) next_algo: i64,
    pub(crate) next_fill: i64,
    pub(crate) next_income: i64,
    pub(crate) trades: u64,
    pub(crate) countdowns: BTreeMap<String, Ms>,
    /// What becomes of the entry that is placed now.
    pub(crate) fate: Option<Fate>,
    pub(crate) watched: Watch,
}

impl Exchange {
    /// Opens for trading with an account of 100,000 USDT.
    pub fn new(seed: u64, now: Ms) -> Self {
        Self::of(Venue::Binance, seed, now)
    }

    /// Opens a venue for trading.
    pub fn of(venue: Venue, seed: u64, now: Ms) -> Self {
        let specs = match venue {
            Venue::Binance => listed(),
            Venue::Bybit => crate::sim::bybit::symbols::listed(),
        };
        let mut account = Account::new(now);
        if venue == Venue::Bybit {
            account.usdc = Decimal::from(25_000);
            account.fees = (Decimal::new(55, 5), Decimal::new(2, 4));
            // Two legs exist for perpetuals in USDT only. Source: bybit 3.3.
            for spec in specs.iter().filter(|spec| spec.coin == Coin::Usdc || spec.is_dated()) {
                account.set_mode(&spec.symbol, false);
            }
        }
        let mut rng = Rng::new(seed.wrapping_add(1));
        let spread = i64::try_from(rng.below(1_000_000)).unwrap_or(0);
        Self {
            venue,
            market: Market::of(specs, seed, now),
            account,
            orders: BTreeMap::new(),
            algos: BTreeMap::new(),
            fills: Vec::new(),
            income: Vec::new(),
            fundings: Vec::new(),
            record: Vec::new(),
            happened: Vec::new(),
            rng,
            // Order ids above 2^53 exist on the venue: a client that reads them as floats breaks.
            next_order: 8_389_765_739_700_000_000 + spread,
            next_algo: 4_000_001_910_000_000 + spread,
            next_fill: 5_612_000_000 + spread,
            next_income: 9_689_000_000 + spread,
            trades: 90_211_000_000 + u64::try_from(spread).unwrap_or(0),
            countdowns: BTreeMap::new(),
            fate: None,
            watched: Watch::default(),
        }
    }

    /// The next number of the count of trades.
    pub(crate) const fn count_trade(&mut self) -> u64 {
        self.trades += 1;
        self.trades
    }

    /// What a contract settles in.
    pub fn coin_of(&self, symbol: &str) -> Coin {
        self.market.get(symbol).map_or(Coin::Usdt, |contract| contract.spec.coin)
    }

    /// Takes what happened since the last call, in order.
    pub fn take_happenings(&mut self) -> Vec<Happening> {
        std::mem::take(&mut self.happened)
    }

    /// Takes every contract from the list but these, which makes a small exchange cheap to read.
    ///
    /// # Errors
    /// The first name that is unknown, or that was traded and would be gone.
    pub fn keep_contracts(&mut self, symbols: &[String]) -> Result<(), (Refused, String)> {
        for symbol in symbols {
            self.market.get(symbol).map_err(|refused| (refused, symbol.clone()))?;
        }
        let traded = self.account.positions().map(|(slot, _)| &slot.0);
        let traded = traded.chain(self.orders.values().map(|order| &order.want.symbol));
        let mut traded = traded.chain(self.algos.values().map(|algo| &algo.want.symbol));
        if let Some(lost) = traded.find(|symbol| !symbols.contains(symbol)) {
            return Err((Refused::NotTrading, lost.clone()));
        }
        self.market.keep(symbols);
        Ok(())
    }

    /// Lets a second pass: prices walk, then everything that depends on them follows.
    /// Names the contracts whose price moved.
    pub fn tick(&mut self, now: Ms) -> Vec<String> {
        let moved = self.market.walk(now);
        for symbol in &moved {
            self.price_moved(symbol, now);
        }
        self.run_out(now);
        moved
    }

    /// Puts a price where it is wanted, with everything that follows from it.
    ///
    /// # Errors
    /// An unknown contract, or a price that is not positive.
    pub fn set_price(
        &mut self,
        symbol: &str,
        mark: Option<Decimal>,
        last: Option<Decimal>,
        now: Ms,
    ) -> Result<(), Refused> {
        self.market.set(symbol, mark, last, now)?;
        let price = last.or(mark).unwrap_or_default();
        let line = Record { symbol: symbol.to_owned(), price, ..blank("price", By::Venue) };
        self.note(line, now);
        self.price_moved(symbol, now);
        Ok(())
    }

    /// What a position looks like now.
    pub fn standing(&self, slot: &Slot) -> Standing {
        let position = self.account.position(&slot.0, slot.1);
        let mark = self.market.get(&slot.0).map(|contract| contract.mark).unwrap_or_default();
        Standing {
            slot: slot.clone(),
            amount: position.amount,
            entry: position.entry,
            breakeven: position.breakeven(),
            realised: position.realised,
            unrealised: position.unrealised(mark).round_dp(8),
            is_isolated: self.account.is_isolated(&slot.0),
            isolated: position.isolated.round_dp(8),
        }
    }

    /// The account's side of a change of some positions.
    pub(crate) fn change(&self, reason: &'static str, delta: Decimal, slots: &[Slot]) -> Change {
        let coin = slots.first().map_or(Coin::Usdt, |slot| self.coin_of(&slot.0));
        let isolated: Decimal = self.account.open().map(|(_, position)| position.isolated).sum();
        Change {
            reason,
            coin,
            wallet: self.account.purse(coin),
            cross: (self.account.purse(coin) - isolated).round_dp(8),
            delta,
            positions: slots.iter().map(|slot| self.standing(slot)).collect(),
        }
    }

    /// Writes one line of the record.
    pub(crate) fn note(&mut self, line: Record, now: Ms) {
        let seq = self.record.len() as u64 + 1;
        self.record.push(Record { seq, at: now, ..line });
    }

    /// Writes one income row.
    pub(crate) fn earn(
        &mut self,
        symbol: &str,
        kind: &'static str,
        amount: Decimal,
        trade: i64,
        now: Ms,
    ) {
        self.next_income += 1;
        let (symbol, id) = (symbol.to_owned(), self.next_income);
        self.income.push(Income { symbol, kind, amount, at: now, id, trade });
    }

    /// Money in from, or out to, another wallet of the owner.
    pub fn transfer(&mut self, coin: Coin, amount: Decimal, now: Ms) {
        self.account.add(coin, amount, now);
        self.earn("", "TRANSFER", amount, 0, now);
        let reason = if amount.is_sign_negative() { "WITHDRAW" } else { "DEPOSIT" };
        let change = self.change(reason, amount, &[]);
        let change = Change { coin, wallet: self.account.purse(coin), ..change };
        self.happened.push(Happening::Changed(change));
    }
}

/// A record line with nothing in it yet.
pub(crate) const fn blank(what: &'static str, by: By) -> Record {
    Record {
        seq: 0,
        at: 0,
        what,
        by: by.name(),
        symbol: String::new(),
        leg: Leg::Both.name(),
        side: "",
        id: 0,
        client_id: String::new(),
        qty: Decimal::ZERO,
        price: Decimal::ZERO,
        reduce_only: false,
    }
}
