//! The request budget of one address at one venue host.
//!
//! For: never being the one who gets the address banned: the venue counts weight per minute and
//! address, so accounts on one host share this.
//! Not for: waiting. What may not be sent is refused at once.
//! Door: [`Budget::admit`] before a request, [`Budget::heard`] after it.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, Weak};

use crate::domain::outcome::RefusalKind;
use crate::domain::time::{Span, Time, VenueTime};
use crate::exchange::clock::Clock;
use crate::exchange::failure::Failure;
use crate::exchange::lock;

/// The mainnet limit, until `exchangeInfo` names the real one.
const USUAL_LIMIT: u32 = 2400;
/// The share that only protection and evidence may use, in percent.
const RESERVED: u32 = 20;
/// The part of it that evidence leaves to protection alone.
const RESERVED_FROM_PROOF: u32 = 10;
/// What histories may spend at most, in percent: many rows that are gone at once ask for many of
/// them, and each proves something only beside the looks that follow it.
const HISTORIES: u32 = 50;
/// What they may spend whatever else is spent. Beyond it they leave looks their share of a minute,
/// or as much of that as there is left of the minute.
const FEW_HISTORIES: u32 = 10;
const SHARE_OF_LOOKS: u32 = 30;
/// From this share on looks follow each other so that what is left lasts to the minute's end.
const PACED: u32 = 50;

/// How far our notion of the venue's clock may be ahead of it: a second is what it forgives in a
/// timestamp (binance-usdm 2), and a measurement errs by half a round trip.
const AHEAD: i64 = 1_500;

/// What a request is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// Order lists and balances: they can wait for the next minute.
    Sight,
    /// What proves that a position is open or closed: listings of positions, and what became of
    /// one order. A close waits for them, and they weigh little.
    Proof,
    /// What explains a closed position: trades and income, which weigh as much as a look.
    History,
    /// Stops, closes, what became of them, and what keeps the link alive.
    Guard,
    /// New orders: as `Guard`, and under the venue's separate limit for orders.
    Order,
    /// New orders that enlarge something: under the limit for orders, and not while looks are
    /// held back, because what was opened has to be proven and protected at once.
    Entry,
}

/// A request that was let through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticket {
    minute: i64,
    /// The venue may have counted it in the minute before.
    early: bool,
}

impl Ticket {
    /// When the minute in which the venue counted this request is over for certain. Where it may
    /// have been the minute before, the next one is not given up for it.
    pub fn over(self, clock: &Clock) -> Time {
        let next = if self.early { self.minute } else { self.minute + 1 };
        begun(clock, next).max(clock.now() + Span(250))
    }
}

/// What is used and what is forbidden.
#[derive(Debug)]
pub struct Budget(Mutex<State>);

#[derive(Debug)]
struct State {
    limit: u32,
    used: u32,
    /// The part of it that went into histories.
    histories: u32,
    minute: i64,
    /// What was used in the minute before, as far as we knew when it was over.
    before: u32,
    /// What of it the venue told since, while it still counted in it.
    late: u32,
    banned: Option<(Time, String)>,
    orders_barred: Option<(Time, String)>,
}

impl Lane {
    /// The weight of a minute that may be spent before this is held back.
    fn most(self, limit: u32) -> u64 {
        let share = match self {
            Self::Sight | Self::Entry => 100 - RESERVED,
            Self::Proof | Self::History => 100 - RESERVED_FROM_PROOF,
            Self::Guard | Self::Order => 100,
        };
        u64::from(limit) * u64::from(share) / 100
    }
}

impl Lane {
    fn is_order(self) -> bool {
        matches!(self, Self::Order | Self::Entry)
    }
}

impl Default for Budget {
    fn default() -> Self {
        Self(Mutex::new(State {
            limit: USUAL_LIMIT,
            used: 0,
            histories: 0,
            minute: 0,
            before: 0,
            late: 0,
            banned: None,
            orders_barred: None,
        }))
    }
}

static HOSTS: LazyLock<Mutex<HashMap<String, Weak<Budget>>>> = LazyLock::new(Mutex::default);

impl Budget {
    /// The budget of a host, shared by every account that uses it.
    pub fn of(host: &str) -> Arc<Self> {
        let mut hosts = lock(&HOSTS);
        if let Some(budget) = hosts.get(host).and_then(Weak::upgrade) {
            return budget;
        }
        hosts.retain(|_, budget| budget.strong_count() > 0);
        let budget = Arc::new(Self::default());
        hosts.insert(host.to_owned(), Arc::downgrade(&budget));
        budget
    }

    /// Sets the limit that the venue names.
    pub fn set_limit(&self, limit: u32) {
        lock(&self.0).limit = limit.max(1);
    }

    /// Lets a request through, or says until when not.
    ///
    /// # Errors
    /// A refusal for certain: nothing was sent.
    pub fn admit(&self, clock: &Clock, lane: Lane, weight: u32) -> Result<Ticket, Failure> {
        let now = clock.now();
        let mut state = lock(&self.0);
        state.turn(minute(clock));
        state.banned.take_if(|(until, _)| *until <= now);
        state.orders_barred.take_if(|(until, _)| *until <= now);
        let order = state.orders_barred.as_ref().filter(|_| lane.is_order());
        if let Some((until, why)) = state.banned.as_ref().or(order) {
            let text = format!("nothing is sent before {until}: {why}");
            return Err(Failure::unsent(RefusalKind::Limited(Some(*until)), text));
        }
        if state.is_spent(clock, lane, weight) {
            let until = state.turned(clock, lane, weight);
            let text = format!(
                "the request budget of this minute is spent ({} of {}); the next begins at {until}",
                state.counted(clock),
                state.limit
            );
            return Err(Failure::unsent(RefusalKind::Limited(Some(until)), text));
        }
        state.used = state.used.saturating_add(weight);
        if lane == Lane::History {
            state.histories = state.histories.saturating_add(weight);
        }
        Ok(Ticket { minute: state.minute, early: is_early(clock) })
    }

    /// Takes the venue's own count. Venue fact: order endpoints have sent -1, which says nothing.
    pub fn heard(&self, ticket: Ticket, used: Option<i64>) {
        let mut state = lock(&self.0);
        let count = used.and_then(|used| u32::try_from(used).ok());
        // An answer to a request of an earlier minute counts what is over. So does one of this
        // minute's first moments that counts about as much as the minute before (ours may count
        // what never arrived): taken for this minute's, it would stop everything until the next;
        // it tells what others used in that.
        let Some(count) = count.filter(|_| ticket.minute == state.minute) else { return };
        if ticket.early && state.before > 0 && count >= state.before / 2 {
            state.late = state.late.max(count.saturating_sub(state.used));
        } else {
            state.used = state.used.max(count);
        }
    }

    /// Nothing is sent before an instant.
    pub fn ban(&self, until: Time, why: &str) {
        let mut state = lock(&self.0);
        if state.banned.as_ref().is_none_or(|(set, _)| *set < until) {
            state.banned = Some((until, why.to_owned()));
        }
    }

    /// Until when no order is sent, while everything else is.
    pub fn orders_barred(&self, now: Time) -> Option<Time> {
        let state = lock(&self.0);
        let banned = state.banned.as_ref().is_some_and(|(until, _)| *until > now);
        let barred = state.orders_barred.as_ref().map(|(until, _)| *until);
        barred.filter(|until| *until > now && !banned)
    }

    /// No order is sent before an instant.
    pub fn bar_orders(&self, until: Time, why: &str) {
        lock(&self.0).orders_barred = Some((until, why.to_owned()));
    }

    /// Until when such a request would not be let through; none when it would.
    pub fn held(&self, clock: &Clock, lane: Lane, weight: u32) -> Option<Time> {
        let now = clock.now();
        let mut state = lock(&self.0);
        state.turn(minute(clock));
        let banned = state.banned.as_ref().map(|(until, _)| *until).filter(|until| *until > now);
        banned.or_else(|| {
            state.is_spent(clock, lane, weight).then(|| state.freed(clock, lane, weight))
        })
    }

    /// When the next look of such a weight may leave, so that looks like it do not spend what is
    /// left before the minute is over; none while there is plenty.
    pub fn paced(&self, clock: &Clock, weight: u32) -> Option<Time> {
        let (now, end) = (clock.now(), next_minute(clock));
        let mut state = lock(&self.0);
        state.turn(minute(clock));
        if state.used < state.share(PACED) {
            return None;
        }
        let left = Lane::Proof.most(state.limit).saturating_sub(u64::from(state.used));
        let apart = end.since(now).millis() * u64::from(weight) / left.max(1);
        Some(end.min(now + Span(apart)))
    }

    /// How much of this minute's budget is used, in percent, and the ban if there is one.
    pub fn standing(&self, clock: &Clock) -> (u32, Option<(Time, String)>) {
        let now = clock.now();
        let mut state = lock(&self.0);
        state.turn(minute(clock));
        let banned = state.banned.as_ref().filter(|(until, _)| *until > now);
        let blocked =
            banned.map(|(until, why)| (*until, format!("nothing is sent before {until}: {why}")));
        (state.used.saturating_mul(100) / state.limit, blocked)
    }
}

impl State {
    /// What the venue may hold against a request that leaves now: in a minute's first moments all
    /// of the minute before as well.
    fn counted(&self, clock: &Clock) -> u32 {
        let before = if is_early(clock) { self.last() } else { 0 };
        self.used.saturating_add(before)
    }

    /// What the minute before came to, by all that is known.
    fn last(&self) -> u32 {
        self.before.max(self.late)
    }

    fn is_spent(&self, clock: &Clock, lane: Lane, weight: u32) -> bool {
        let used = self.counted(clock);
        self.is_too_much(clock, lane, weight, used)
    }

    fn is_too_much(&self, clock: &Clock, lane: Lane, weight: u32, used: u32) -> bool {
        let weight = if lane == Lane::Entry { weight.max(1) } else { weight };
        let histories = self.histories.saturating_add(weight);
        let used = used.saturating_add(weight);
        if lane == Lane::History && histories > self.share(HISTORIES) {
            return true;
        }
        if lane == Lane::History && histories > self.share(FEW_HISTORIES) {
            let left = 60_000 - clock.venue_now().0.rem_euclid(60_000).unsigned_abs();
            let looks = u64::from(self.share(SHARE_OF_LOOKS)) * left / 60_000;
            return u64::from(used) + looks > lane.most(self.limit);
        }
        weight > 0 && u64::from(used) > lane.most(self.limit)
    }

    /// When the minute begins in which what is held back now may leave: this one, where only what
    /// was used before it is in the way.
    fn turned(&self, clock: &Clock, lane: Lane, weight: u32) -> Time {
        match self.is_too_much(clock, lane, weight, self.used) {
            true => next_minute(clock),
            false => begun(clock, self.minute),
        }
    }

    /// When what is held back now may leave. Histories need not wait for the next minute where
    /// looks need less and less of what is left of this one.
    fn freed(&self, clock: &Clock, lane: Lane, weight: u32) -> Time {
        let next = self.turned(clock, lane, weight);
        if next <= begun(clock, self.minute) {
            return next;
        }
        let used = u64::from(self.used.saturating_add(weight));
        let histories = self.histories.saturating_add(weight);
        match lane.most(self.limit).checked_sub(used) {
            Some(room) if lane == Lane::History && histories <= self.share(HISTORIES) => {
                let left = room * 60_000 / u64::from(self.share(SHARE_OF_LOOKS)).max(1);
                ends(clock) - Span(left) + Span(250)
            }
            _ => next,
        }
    }

    fn share(&self, percent: u32) -> u32 {
        self.limit.saturating_mul(percent) / 100
    }

    fn turn(&mut self, minute: i64) {
        (self.before, self.used, self.histories) = match minute - self.minute {
            0 => return,
            1 => (self.used, 0, 0),
            // The venue's clock was measured anew: that minute is not over yet.
            -1 => (0, self.used.saturating_add(self.last()), self.histories),
            _ => (0, 0, 0),
        };
        self.late = 0;
        self.minute = minute;
    }
}

/// The venue's minute. Its counters start anew with each (binance-usdm 5).
fn minute(clock: &Clock) -> i64 {
    clock.venue_now().0.div_euclid(60_000)
}

/// Whether the venue may still count in the minute before.
fn is_early(clock: &Clock) -> bool {
    clock.venue_now().0.rem_euclid(60_000) < AHEAD
}

/// When one of the venue's minutes has begun for certain, on our clock.
fn begun(clock: &Clock, minute: i64) -> Time {
    clock.ours(VenueTime(minute * 60_000 + AHEAD))
}

/// When this minute of the venue ends, on our clock.
fn ends(clock: &Clock) -> Time {
    clock.ours(VenueTime((minute(clock) + 1) * 60_000))
}

/// When the next of the venue's minutes has begun for certain, on our clock.
pub fn next_minute(clock: &Clock) -> Time {
    begun(clock, minute(clock) + 1)
}
