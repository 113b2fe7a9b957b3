//! Conditional orders: placed, kept in their own number space, cancelled, expired.
//!
//! What happens when their price comes is in `triggers.rs`.
//! Door: [`Exchange::place_algo`], [`Exchange::cancel_algo`], [`Exchange::find_algo`].

use rust_decimal::Decimal;

use crate::sim::checks::check_qty;
use crate::sim::exchange::{Exchange, Happening, Record, blank};
use crate::sim::numbers::Ms;
use crate::sim::refused::Refused;
use crate::sim::words::{AlgoKind, AlgoStatus, Bond, By, Leg, Side, Tif, Venue, Working};

/// Open conditional orders an account may have.
pub const MAX_ALGOS: usize = 200;

/// What somebody wants to happen when a price comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAlgo {
    /// Contract.
    pub symbol: String,
    /// Way.
    pub side: Side,
    /// Leg.
    pub leg: Leg,
    /// Kind.
    pub kind: AlgoKind,
    /// Lifetime.
    pub tif: Tif,
    /// Base units; zero with `close_position`.
    pub qty: Decimal,
    /// Trigger price; zero for a trailing one without activation.
    pub trigger: Decimal,
    /// Limit price of the kinds that become limit orders.
    pub price: Option<Decimal>,
    /// Which price is watched.
    pub working: Working,
    /// Closes whatever is there.
    pub close_position: bool,
    /// May only take from a position.
    pub reduce_only: bool,
    /// Waits while mark and last price are far apart.
    pub price_protect: bool,
    /// Trailing: price from which it follows.
    pub activate: Option<Decimal>,
    /// Trailing: how far it lets the price come back, in percent.
    pub callback: Option<Decimal>,
    /// Chosen by the sender; made up when missing.
    pub client_id: Option<String>,
    /// Which way the price must come, where that is said rather than follows from the kind.
    pub rises: Option<bool>,
    /// Trailing: how far it lets the price come back, in price.
    pub distance: Option<Decimal>,
    /// Whether it hangs on a position.
    pub bond: Bond,
    /// End of a dated order; zero for none.
    pub good_till: Ms,
    /// Self-trade prevention word, only echoed.
    pub stp: String,
    /// Price matching word, only echoed.
    pub price_match: String,
    /// Who sends it.
    pub by: By,
}

/// A conditional order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Algo {
    /// The exchange's id, not an order id.
    pub id: i64,
    /// What was wanted, as it is stored.
    pub want: NewAlgo,
    /// The client id, always there.
    pub client_id: String,
    /// Where it stands.
    pub status: AlgoStatus,
    /// The real order, once there is one.
    pub child: Option<i64>,
    /// Average price of the real order.
    pub average: Decimal,
    /// Filled quantity of the real order.
    pub filled: Decimal,
    /// When placed.
    pub created: Ms,
    /// When last changed.
    pub updated: Ms,
    /// When triggered; zero before.
    pub triggered: Ms,
    /// Who ended it.
    pub ended_by: Option<By>,
    /// Why it failed.
    pub reason: Option<&'static str>,
    /// Trailing: whether it follows the price already.
    pub activated: bool,
    /// Trailing: best price since it follows.
    pub best: Decimal,
}

impl Algo {
    /// Whether it waits for its price.
    pub fn waits(&self) -> bool {
        self.status == AlgoStatus::New
    }
}

/// A conditional order seen in the record.
pub(crate) fn algo_line(what: &'static str, algo: &Algo) -> Record {
    Record {
        symbol: algo.want.symbol.clone(),
        leg: algo.want.leg.name(),
        side: algo.want.side.name(),
        id: algo.id,
        client_id: algo.client_id.clone(),
        qty: algo.want.qty,
        price: algo.want.trigger,
        reduce_only: algo.want.reduce_only,
        ..blank(what, algo.want.by)
    }
}

impl Exchange {
    /// Accepts a conditional order; answers its id. Margin and position are looked at only when
    /// it triggers, except for orders that live with a position.
    ///
    /// # Errors
    /// Whatever rule it breaks; then nothing has changed.
    pub fn place_algo(&mut self, mut want: NewAlgo, now: Ms) -> Result<i64, Refused> {
        if self.venue == Venue::Bybit {
            self.check_link(want.client_id.as_deref())?;
            self.check_conditional(&want)?;
            return Ok(self.book_algo(want, now));
        }
        self.check_algo(&want)?;
        if want.close_position {
            // The venue stores such an order without a quantity, as reduce-only, living as long
            // as the position does.
            (want.qty, want.reduce_only, want.tif) = (Decimal::ZERO, true, Tif::GteGtc);
        }
        Ok(self.book_algo(want, now))
    }

    /// Writes a conditional order down as waiting.
    pub(crate) fn book_algo(&mut self, want: NewAlgo, now: Ms) -> i64 {
        self.next_algo += 1;
        let id = self.next_algo;
        let client_id = self.name_of(want.client_id.clone());
        let trailing = want.kind == AlgoKind::TrailingStopMarket;
        let best = self.watched(&want.symbol, want.working);
        let algo = Algo {
            id,
            client_id,
            status: AlgoStatus::New,
            child: None,
            average: Decimal::ZERO,
            filled: Decimal::ZERO,
            created: now,
            updated: now,
            triggered: 0,
            ended_by: None,
            reason: None,
            activated: trailing && want.activate.is_none(),
            best,
            want,
        };
        self.note(algo_line("stop", &algo), now);
        self.happened.push(Happening::Algo(algo.clone()));
        self.algos.insert(id, algo);
        id
    }

    fn check_algo(&self, want: &NewAlgo) -> Result<(), Refused> {
        let contract = self.market.get(&want.symbol)?;
        self.check_mode(&want.symbol, want.leg, want.reduce_only)?;
        if contract.status != "TRADING" {
            return Err(Refused::NotTrading);
        }
        self.check_close_position(want)?;
        if !want.close_position {
            check_qty(contract, want.kind.child(), want.qty)?;
        }
        if want.kind != AlgoKind::TrailingStopMarket && want.trigger <= Decimal::ZERO {
            return Err(Refused::PriceTooLow);
        }
        if self.algos.values().filter(|algo| algo.waits()).count() >= MAX_ALGOS {
            return Err(Refused::TooManyAlgos);
        }
        let same = |algo: &&Algo| Some(&algo.client_id) == want.client_id.as_ref();
        if self.algos.values().filter(same).any(Algo::waits) {
            return Err(Refused::DuplicateClientId);
        }
        let lives_with_position = want.close_position || want.tif == Tif::GteGtc;
        let position = self.account.position(&want.symbol, want.leg);
        let held = !position.amount.is_zero() && position.closing_side() == want.side;
        if lives_with_position && !held {
            return Err(Refused::NeedsPosition);
        }
        if self.reached(want, self.watched(&want.symbol, want.working)) {
            return Err(Refused::WouldTrigger);
        }
        Ok(())
    }

    fn check_close_position(&self, want: &NewAlgo) -> Result<(), Refused> {
        if !want.close_position {
            return Ok(());
        }
        if !want.qty.is_zero() {
            return Err(Refused::QtyWithClosePosition);
        }
        if want.reduce_only {
            return Err(Refused::ReduceOnlyNotWanted);
        }
        let market = matches!(want.kind, AlgoKind::StopMarket | AlgoKind::TakeProfitMarket);
        let opens =
            matches!((want.leg, want.side), (Leg::Long, Side::Buy) | (Leg::Short, Side::Sell));
        if !market || opens {
            return Err(Refused::NotForClosePosition);
        }
        let twin = |algo: &Algo| {
            let other = &algo.want;
            algo.waits()
                && other.close_position
                && (other.kind, other.leg, other.side) == (want.kind, want.leg, want.side)
                && other.symbol == want.symbol
        };
        if self.algos.values().any(twin) { Err(Refused::SecondClosePosition) } else { Ok(()) }
    }

    /// Finds a conditional order by its id or, failing that, by client id: the waiting one if
    /// there is one, else the newest.
    ///
    /// # Errors
    /// [`Refused::NotFound`].
    pub fn find_algo(&self, id: Option<i64>, client: Option<&str>) -> Result<&Algo, Refused> {
        if let Some(id) = id {
            return self.algos.get(&id).ok_or(Refused::NotFound);
        }
        let named = |algo: &&Algo| client.is_some_and(|name| algo.client_id == name);
        let matching: Vec<&Algo> = self.algos.values().filter(named).collect();
        let waiting = matching.iter().find(|algo| algo.waits()).copied();
        waiting.or_else(|| matching.last().copied()).ok_or(Refused::NotFound)
    }

    /// Ends a waiting conditional order by its owner's wish.
    ///
    /// # Errors
    /// [`Refused::NotOpen`] when it does not wait any more.
    pub fn cancel_algo(&mut self, id: i64, by: By, now: Ms) -> Result<Algo, Refused> {
        if !self.algos.get(&id).is_some_and(Algo::waits) {
            return Err(Refused::NotOpen);
        }
        self.move_algo(id, AlgoStatus::Canceled, "stop_cancel", Some(by), now);
        self.algos.get(&id).cloned().ok_or(Refused::NotOpen)
    }

    /// Cancels every waiting conditional order of a contract.
    pub fn cancel_all_algos(&mut self, symbol: &str, by: By, now: Ms) -> usize {
        let of_symbol = |algo: &&Algo| algo.waits() && algo.want.symbol == symbol;
        let open: Vec<i64> = self.algos.values().filter(of_symbol).map(|algo| algo.id).collect();
        open.iter().filter(|id| self.cancel_algo(**id, by, now).is_ok()).count()
    }

    /// Ends the orders that live with a position, once it is gone. Plain reduce-only ones stay.
    pub(crate) fn expire_with_position(&mut self, symbol: &str, leg: Leg, now: Ms) {
        let lives = |algo: &&Algo| {
            let want = &algo.want;
            algo.waits() && want.tif == Tif::GteGtc && want.symbol == symbol && want.leg == leg
        };
        let gone: Vec<i64> = self.algos.values().filter(lives).map(|algo| algo.id).collect();
        for id in gone {
            self.move_algo(id, AlgoStatus::Expired, "stop_expire", Some(By::Venue), now);
        }
    }

    /// Moves a conditional order on, writes it down and tells of it.
    pub(crate) fn move_algo(
        &mut self,
        id: i64,
        status: AlgoStatus,
        what: &'static str,
        by: Option<By>,
        now: Ms,
    ) {
        let Some(algo) = self.algos.get_mut(&id) else { return };
        (algo.status, algo.updated, algo.ended_by) = (status, now, by);
        let algo = algo.clone();
        let by = by.unwrap_or(algo.want.by).name();
        self.note(Record { by, ..algo_line(what, &algo) }, now);
        self.happened.push(Happening::Algo(algo));
    }
}
