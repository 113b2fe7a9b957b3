//! Plain orders: placing, changing and cancelling them.
//!
//! Filters and reduce-only rules are in `checks.rs`, trading in `fills.rs`.
//! Door: [`Exchange::place`], [`Exchange::cancel`], [`Exchange::modify`].

use rust_decimal::Decimal;

use crate::sim::exchange::{Exchange, Happening, Record, blank};
use crate::sim::numbers::Ms;
use crate::sim::refused::Refused;
use crate::sim::words::{Bond, By, Forced, Leg, OrderKind, Side, Status, Tif, Venue, Working};

/// What somebody wants to trade.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewOrder {
    /// Contract.
    pub symbol: String,
    /// Way.
    pub side: Side,
    /// Leg.
    pub leg: Leg,
    /// Kind.
    pub kind: OrderKind,
    /// Lifetime.
    pub tif: Tif,
    /// Base units.
    pub qty: Decimal,
    /// Limit price.
    pub price: Option<Decimal>,
    /// May only take from a position.
    pub reduce_only: bool,
    /// Chosen by the sender; made up when missing.
    pub client_id: Option<String>,
    /// End of a dated order; zero for none.
    pub good_till: Ms,
    /// Self-trade prevention word, only echoed.
    pub stp: String,
    /// Price matching word, only echoed (the price is already found).
    pub price_match: String,
    /// Protection that the position gets when the order fills.
    pub attached: Option<Box<Attached>>,
    /// Who sends it.
    pub by: By,
}

/// Protection that travels with an order until it fills.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attached {
    /// Trigger of the stop.
    pub stop_loss: Option<Decimal>,
    /// Trigger of the profit taker.
    pub take_profit: Option<Decimal>,
    /// Which price the stop watches.
    pub stop_by: Option<Working>,
    /// Which price the profit taker watches.
    pub profit_by: Option<Working>,
    /// Only for what the order filled.
    pub partial: bool,
}

/// The conditional order an order came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Its id.
    pub algo: i64,
    /// Its kind.
    pub kind: &'static str,
    /// Its trigger price.
    pub trigger: Decimal,
    /// Which price it watched.
    pub working: &'static str,
    /// Whether it closes whatever is there.
    pub close_position: bool,
    /// Whether it hung on a position.
    pub bond: Bond,
    /// Which way the price had to come.
    pub rises: bool,
}

/// A plain order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// The exchange's id.
    pub id: i64,
    /// What was wanted; `qty` is what was left of it after a reduce-only cut.
    pub want: NewOrder,
    /// The client id, always there.
    pub client_id: String,
    /// Where it stands.
    pub status: Status,
    /// Filled base units.
    pub filled: Decimal,
    /// Filled value.
    pub value: Decimal,
    /// When accepted.
    pub created: Ms,
    /// When last changed.
    pub updated: Ms,
    /// The owner's number for its last modification; zero for none.
    pub modify_id: i64,
    /// The venue's number for why it expired; zero for none.
    pub expiry: u8,
    /// Set when it came from a conditional order.
    pub origin: Option<Origin>,
    /// Last price when it was accepted.
    pub last: Decimal,
    /// Set when the exchange itself closed the position.
    pub forced: Option<Forced>,
}

impl Order {
    /// What is still to be filled.
    pub fn left(&self) -> Decimal {
        self.want.qty - self.filled
    }

    /// Average fill price; zero when nothing is filled.
    pub fn average(&self) -> Decimal {
        self.value.checked_div(self.filled).unwrap_or_default()
    }

    /// Whether it rests with reduce-only on a leg's closing side.
    pub fn reduces(&self, symbol: &str, leg: Leg, side: Side) -> bool {
        let want = &self.want;
        self.status.is_open()
            && (want.reduce_only || want.leg != Leg::Both)
            && (want.symbol.as_str(), want.leg, want.side) == (symbol, leg, side)
    }
}

/// One fill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fill {
    /// Unique within its contract.
    pub id: i64,
    /// Its order.
    pub order: i64,
    /// The order's client id.
    pub client_id: String,
    /// Contract.
    pub symbol: String,
    /// Way.
    pub side: Side,
    /// Leg.
    pub leg: Leg,
    /// Price.
    pub price: Decimal,
    /// Base units.
    pub qty: Decimal,
    /// Fee in the coin the contract settles in.
    pub fee: Decimal,
    /// Profit of what it closed, before fees.
    pub realised: Decimal,
    /// How much of it closed something.
    pub closed: Decimal,
    /// Average entry of what it closed.
    pub entry: Decimal,
    /// What opening the closed part had cost.
    pub open_fee: Decimal,
    /// Mark price at that moment.
    pub mark: Decimal,
    /// The exchange's count of trades.
    pub seq: u64,
    /// Set when the exchange itself closed the position.
    pub forced: Option<Forced>,
    /// It rested before it was filled.
    pub maker: bool,
    /// When.
    pub at: Ms,
}

/// An order seen in the record.
pub(crate) fn line(what: &'static str, order: &Order) -> Record {
    Record {
        symbol: order.want.symbol.clone(),
        leg: order.want.leg.name(),
        side: order.want.side.name(),
        id: order.id,
        client_id: order.client_id.clone(),
        qty: order.want.qty,
        price: order.want.price.unwrap_or_default(),
        reduce_only: order.want.reduce_only,
        ..blank(what, order.want.by)
    }
}

impl Exchange {
    /// Accepts an order and trades it as far as it goes at once; answers its id.
    ///
    /// # Errors
    /// Whatever rule it breaks; then nothing has changed.
    pub fn place(&mut self, want: NewOrder, now: Ms) -> Result<i64, Refused> {
        if self.venue == Venue::Bybit {
            self.check_link(want.client_id.as_deref())?;
        }
        let want = self.admit(want)?;
        Ok(self.enter(want, None, now))
    }

    /// Checks an order as [`Exchange::place`] does and leaves it at that.
    ///
    /// # Errors
    /// As [`Exchange::place`].
    pub fn try_order(&self, want: NewOrder) -> Result<(), Refused> {
        self.admit(want).map(drop)
    }

    /// Enters an order that has passed all checks.
    pub(crate) fn enter(&mut self, want: NewOrder, origin: Option<Origin>, now: Ms) -> i64 {
        let client_id = self.name_of(want.client_id.clone());
        let id = self.book(want, client_id, origin, now);
        self.trade(id, now);
        id
    }

    /// The client id of an order without one: made up, or empty on venues that leave it so.
    pub(crate) fn name_of(&mut self, given: Option<String>) -> String {
        match (given, self.venue) {
            (Some(name), _) => name,
            (None, Venue::Binance) => self.rng.text(22),
            (None, Venue::Bybit) => String::new(),
        }
    }

    /// Writes an order down as new, without trading it.
    pub(crate) fn book(
        &mut self,
        want: NewOrder,
        client_id: String,
        origin: Option<Origin>,
        now: Ms,
    ) -> i64 {
        self.next_order += 1;
        let id = self.next_order;
        let order = Order {
            id,
            client_id,
            status: Status::New,
            filled: Decimal::ZERO,
            value: Decimal::ZERO,
            created: now,
            updated: now,
            modify_id: 0,
            expiry: 0,
            origin,
            last: self.market.get(&want.symbol).map(|contract| contract.last).unwrap_or_default(),
            forced: None,
            want,
        };
        self.note(line("order", &order), now);
        self.orders.insert(id, order);
        id
    }

    /// Finds an order of a contract by its id or, failing that, by client id: the open one if
    /// there is one, else the newest.
    ///
    /// # Errors
    /// [`Refused::NotFound`].
    pub fn find(
        &self,
        symbol: &str,
        id: Option<i64>,
        client: Option<&str>,
    ) -> Result<&Order, Refused> {
        let named = |order: &&Order| client.is_some_and(|name| order.client_id == name);
        let found = match id {
            Some(id) => self.orders.get(&id),
            None => {
                let mut matching: Vec<&Order> = self.orders.values().filter(named).collect();
                matching.retain(|order| order.want.symbol == symbol);
                let open = matching.iter().find(|order| order.status.is_open()).copied();
                open.or_else(|| matching.last().copied())
            }
        };
        found.filter(|order| order.want.symbol == symbol).ok_or(Refused::NotFound)
    }

    /// Ends an open order by its owner's wish.
    ///
    /// # Errors
    /// [`Refused::NotOpen`] when it has ended or never was.
    pub fn cancel(&mut self, id: i64, by: By, now: Ms) -> Result<Order, Refused> {
        let open = self.orders.get(&id).is_some_and(|order| order.status.is_open());
        if !open {
            return Err(Refused::NotOpen);
        }
        self.end(id, Status::Canceled, 0, by, now);
        self.orders.get(&id).cloned().ok_or(Refused::NotOpen)
    }

    /// Cancels every open plain order of a contract; conditional ones stay.
    pub fn cancel_all(&mut self, symbol: &str, by: By, now: Ms) -> usize {
        let open: Vec<i64> = self
            .orders
            .values()
            .filter(|order| order.status.is_open() && order.want.symbol == symbol)
            .map(|order| order.id)
            .collect();
        open.iter().filter(|id| self.cancel(**id, by, now).is_ok()).count()
    }

    /// Gives a resting limit order another price and quantity.
    ///
    /// # Errors
    /// [`Refused::NotFound`] when it does not rest, [`Refused::NothingChanged`], or a filter.
    pub fn modify(
        &mut self,
        id: i64,
        (qty, price): (Decimal, Decimal),
        modify_id: i64,
        now: Ms,
    ) -> Result<Order, Refused> {
        let order = self.orders.get(&id).filter(|order| order.status.is_open());
        let order = order.ok_or(Refused::NotFound)?.clone();
        if order.want.qty == qty && order.want.price == Some(price) {
            return Err(Refused::NothingChanged);
        }
        let mut want = order.want.clone();
        (want.qty, want.price) = (qty, Some(price));
        match self.venue {
            Venue::Binance => self.check_filters(&want)?,
            Venue::Bybit => self.check_terms(&want)?,
        }
        if qty <= order.filled || (want.tif == Tif::Gtx && self.crosses(&want)) {
            return self.cancel(id, By::Api, now);
        }
        if let Some(order) = self.orders.get_mut(&id) {
            order.want = want;
            (order.modify_id, order.updated) = (modify_id, now);
            let order = order.clone();
            self.note(line("amend", &order), now);
            self.happened.push(Happening::Amended(order));
        }
        self.match_resting(id, now);
        self.orders.get(&id).cloned().ok_or(Refused::NotFound)
    }

    /// Ends an order and tells of it.
    pub(crate) fn end(&mut self, id: i64, status: Status, expiry: u8, by: By, now: Ms) {
        let Some(order) = self.orders.get_mut(&id) else { return };
        (order.status, order.expiry, order.updated) = (status, expiry, now);
        let order = order.clone();
        let what = if status == Status::Canceled { "cancel" } else { "expire" };
        self.note(Record { by: by.name(), ..line(what, &order) }, now);
        self.happened.push(Happening::Ended(order));
        self.child_ended(id, now);
    }

    /// Cancels plain orders of a contract when its owner goes silent; zero stops the clock.
    pub fn set_countdown(&mut self, symbol: &str, at: Option<Ms>) {
        match at {
            Some(at) => drop(self.countdowns.insert(symbol.to_owned(), at)),
            None => drop(self.countdowns.remove(symbol)),
        }
    }

    /// Ends what has run out of time.
    pub(crate) fn run_out(&mut self, now: Ms) {
        let due: Vec<String> = self
            .countdowns
            .iter()
            .filter(|(_, at)| **at <= now)
            .map(|(symbol, _)| symbol.clone())
            .collect();
        for symbol in due {
            self.countdowns.remove(&symbol);
            self.cancel_all(&symbol, By::Venue, now);
        }
        let over = |order: &&Order| {
            order.status.is_open() && order.want.good_till > 0 && order.want.good_till <= now
        };
        let over: Vec<i64> = self.orders.values().filter(over).map(|order| order.id).collect();
        for id in over {
            self.end(id, Status::Expired, 0, By::Venue, now);
        }
    }
}
