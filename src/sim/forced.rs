//! What the exchange or an unseen hand does to a position: liquidation, ADL, settlement, and the
//! two doors of tests that put a position there or take it away without a trade.

use rust_decimal::Decimal;

use crate::sim::account::Position;
use crate::sim::exchange::{Exchange, Happening, Record, blank};
use crate::sim::fills::Step;
use crate::sim::numbers::{Ms, floor_to};
use crate::sim::orders::{Fill, NewOrder, line};
use crate::sim::refused::Refused;
use crate::sim::words::{By, Forced, Leg, OrderKind, Side, Status, Tif, Venue};

/// The venue's number for an order that died with its account.
pub(crate) const ACCOUNT_LIQUIDATED: u8 = 5;
pub(crate) const DELISTED: u8 = 7;

/// Largest position that can be put there.
const LARGEST: Decimal = Decimal::from_parts(3_567_587_328, 232, 0, false, 0);

/// A position to be put there.
#[derive(Clone, Debug)]
pub struct Seed {
    /// Contract.
    pub symbol: String,
    /// Way of the order that would have opened it.
    pub side: Side,
    /// Base units.
    pub qty: Decimal,
    /// Average entry.
    pub entry: Decimal,
    /// When it was opened.
    pub opened: Ms,
    /// Whether the history knows the order and the fill.
    pub with_history: bool,
    /// The order's client id.
    pub client_id: Option<String>,
}

impl Exchange {
    /// The leg an order of this side opens in the contract's mode.
    pub fn leg_of(&self, symbol: &str, opening: Side) -> Leg {
        match (self.account.is_hedge(symbol), opening) {
            (false, _) => Leg::Both,
            (true, Side::Buy) => Leg::Long,
            (true, Side::Sell) => Leg::Short,
        }
    }

    /// The exchange closes a position itself; false when there is none.
    pub fn force_close(
        &mut self,
        symbol: &str,
        leg: Leg,
        why: Forced,
        price: Option<Decimal>,
        now: Ms,
    ) -> bool {
        let position = self.account.position(symbol, leg);
        if position.amount.is_zero() {
            return false;
        }
        let expiry = if why == Forced::Settlement { DELISTED } else { ACCOUNT_LIQUIDATED };
        if why != Forced::Adl {
            self.clear_orders(symbol, expiry, now);
        }
        if self.venue == Venue::Bybit {
            self.seize(symbol, leg, why, now);
        }
        let position = self.account.position(symbol, leg);
        let Ok(contract) = self.market.get(symbol) else { return false };
        let price = price.unwrap_or(contract.mark).clamp(Decimal::ZERO, contract.spec.max_price());
        let number = now * 1000 + i64::try_from(self.fills.len() % 1000).unwrap_or(0);
        let client_id = match why {
            Forced::Liquidation | Forced::Ladder => format!("autoclose-{number}"),
            Forced::Adl => "adl_autoclose".to_owned(),
            Forced::Settlement => format!("settlement_autoclose-{number}"),
        };
        let client_id = if self.venue == Venue::Bybit { String::new() } else { client_id };
        let qty = position.amount.abs();
        let mut want = venue_order(symbol, position.closing_side(), leg, qty, By::Venue);
        (want.client_id, want.price) = (Some(client_id.clone()), Some(price));
        (want.kind, want.tif) = (OrderKind::Limit, Tif::Ioc);
        let id = self.book(want, client_id, None, now);
        let step = Step { qty, price, maker: false, fresh: true, forced: Some(why) };
        self.fill(id, step, now);
        true
    }

    /// Marks a position as being taken away; a liquidation first sells a half of it into the book.
    /// Source: bybit 8, point 7.
    fn seize(&mut self, symbol: &str, leg: Leg, why: Forced, now: Ms) {
        let slot = (symbol.to_owned(), leg);
        if why == Forced::Settlement {
            return;
        }
        self.account.mark_trouble(&slot, Some(why), now);
        self.happened.push(Happening::Seized(slot.clone(), why));
        let Ok(contract) = self.market.get(symbol) else { return };
        let (position, price) = (self.account.position(symbol, leg), contract.bid());
        let half = floor_to(position.amount.abs() / Decimal::TWO, contract.spec.step);
        if why != Forced::Liquidation || half.is_zero() {
            return;
        }
        let mut want = venue_order(symbol, position.closing_side(), leg, half, By::Venue);
        (want.price, want.tif, want.reduce_only) = (Some(price), Tif::Ioc, true);
        let id = self.book(want, String::new(), None, now);
        let forced = Some(Forced::Ladder);
        self.fill(id, Step { qty: half, price, maker: false, fresh: true, forced }, now);
    }

    /// Delivers or delists a contract: every position of it is settled, trading ends.
    ///
    /// # Errors
    /// An unknown contract.
    pub fn settle(&mut self, symbol: &str, price: Option<Decimal>, now: Ms) -> Result<(), Refused> {
        let contract = self.market.get_mut(symbol)?;
        (contract.status, contract.delivery) = ("SETTLING".to_owned(), now);
        self.happened.push(Happening::Contract(symbol.to_owned()));
        for leg in [Leg::Both, Leg::Long, Leg::Short] {
            self.force_close(symbol, leg, Forced::Settlement, price, now);
        }
        self.cancel_all_algos(symbol, By::Venue, now);
        Ok(())
    }

    /// Puts a position there as if it had been opened earlier; nobody is told.
    ///
    /// # Errors
    /// An unknown contract, or a quantity or price that is not positive.
    pub fn seed_position(&mut self, seed: &Seed, now: Ms) -> Result<(), Refused> {
        let highest = self.market.get(&seed.symbol)?.spec.max_price();
        if seed.qty <= Decimal::ZERO {
            return Err(Refused::QtyNotPositive);
        }
        if seed.qty > LARGEST {
            return Err(Refused::QtyTooLarge);
        }
        if seed.entry <= Decimal::ZERO {
            return Err(Refused::PriceTooLow);
        }
        if seed.entry > highest {
            return Err(Refused::PriceTooHigh);
        }
        let leg = self.leg_of(&seed.symbol, seed.side);
        let (symbol, at) = (seed.symbol.clone(), seed.opened);
        let old = self.account.position(&symbol, leg);
        let amount = if seed.side == Side::Buy { seed.qty } else { -seed.qty };
        let position = Position {
            amount,
            entry: seed.entry,
            fees: Decimal::ZERO,
            realised: old.realised,
            isolated: Decimal::ZERO,
            opened: at,
            updated: at,
            first: if old.first == 0 { at } else { old.first },
            seq: Some(self.count_trade()),
            current: Decimal::ZERO,
            total: old.total,
            trouble: None,
        };
        self.account.put((symbol.clone(), leg), position);
        if seed.with_history {
            self.remember(seed, leg);
        }
        let (qty, price) = (seed.qty, seed.entry);
        let side = seed.side.name();
        let leg = leg.name();
        self.note(Record { symbol, leg, side, qty, price, ..blank("seed", By::Venue) }, now);
        Ok(())
    }

    /// Takes a position away without any order, fill or event, as if history had lost it.
    pub fn erase_position(&mut self, symbol: &str, leg: Leg, now: Ms) -> bool {
        let old = self.account.position(symbol, leg);
        if old.amount.is_zero() {
            return false;
        }
        let slot = (symbol.to_owned(), leg);
        let flat = Position {
            realised: old.realised,
            updated: now,
            first: old.first,
            seq: old.seq,
            total: old.total,
            ..Position::default()
        };
        self.account.put(slot, flat);
        let (symbol, leg) = (symbol.to_owned(), leg.name());
        self.note(Record { symbol, leg, qty: old.amount, ..blank("erase", By::Venue) }, now);
        true
    }

    fn remember(&mut self, seed: &Seed, leg: Leg) {
        let mut want = venue_order(&seed.symbol, seed.side, leg, seed.qty, By::Person);
        let client_id = match (&seed.client_id, self.venue) {
            (Some(given), _) => given.clone(),
            (None, Venue::Binance) => self.person_id("web"),
            (None, Venue::Bybit) => String::new(),
        };
        want.client_id = Some(client_id.clone());
        let at = seed.opened;
        let id = self.book(want, client_id, None, at);
        let Some(order) = self.orders.get_mut(&id) else { return };
        order.status = Status::Filled;
        (order.filled, order.value) = (seed.qty, seed.qty * seed.entry);
        let order = order.clone();
        self.next_fill += 1;
        let fee = (seed.qty * seed.entry * self.account.fees.0).round_dp(8);
        let fill = Fill {
            id: self.next_fill,
            order: id,
            client_id: order.client_id.clone(),
            symbol: seed.symbol.clone(),
            side: seed.side,
            leg,
            price: seed.entry,
            qty: seed.qty,
            fee,
            realised: Decimal::ZERO,
            closed: Decimal::ZERO,
            entry: Decimal::ZERO,
            open_fee: Decimal::ZERO,
            mark: seed.entry,
            seq: self.count_trade(),
            forced: None,
            maker: false,
            at,
        };
        self.earn(&seed.symbol, "COMMISSION", -fee, fill.id, at);
        self.note(Record { price: seed.entry, ..line("fill", &order) }, at);
        let place = self.fills.partition_point(|earlier| earlier.at <= at);
        self.fills.insert(place, fill);
    }

    /// A client id as the web page or an app makes it.
    pub fn person_id(&mut self, prefix: &str) -> String {
        let rest = 31usize.saturating_sub(prefix.len()).min(20);
        format!("{}_{}", prefix.trim_end_matches('_'), self.rng.text(rest))
    }
}

/// A market order with the usual words in its small print.
pub fn venue_order(symbol: &str, side: Side, leg: Leg, qty: Decimal, by: By) -> NewOrder {
    NewOrder {
        symbol: symbol.to_owned(),
        side,
        leg,
        kind: OrderKind::Market,
        tif: Tif::Gtc,
        qty,
        price: None,
        reduce_only: false,
        client_id: None,
        good_till: 0,
        stp: "EXPIRE_MAKER".to_owned(),
        price_match: "NONE".to_owned(),
        attached: None,
        by,
    }
}
