//! What closing several legs would do, before anything is sent: the preview, and the gate's plan.
//!
//! For: which legs go in which order, which do not and why, what that brings and costs, and how
//! many requests it takes. Not for: sending any of it. Door: [`blast`], [`Target::of`].

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::domain::amount::{Money, Qty};
use crate::domain::command::{Leaving, Pin};
use crate::domain::guard::Guard;
use crate::domain::instrument::Instrument;
use crate::domain::key::{AccountName, PositionKey, Venue};
use crate::domain::plan::{self, ClosePlan, Open};
use crate::domain::snapshot::{LegView, There};
use crate::domain::time::Span;

/// One leg that somebody wants closed, as it is known.
#[derive(Clone, Debug)]
pub struct Target {
    /// Which leg.
    pub key: PositionKey,
    /// Where.
    pub venue: Venue,
    /// What the venue holds there.
    pub open: Option<Open>,
    /// Trading rules.
    pub instrument: Option<Arc<Instrument>>,
    /// How it is covered.
    pub guard: Guard,
    /// How much of it goes; all of it where none is named.
    pub quantity: Option<Qty>,
    /// What a fill cost of its value, as far as known: no venue publishes it with its rules.
    pub fee_rate: Option<Decimal>,
    /// Why it cannot be closed now, where that is known beforehand.
    pub excluded: Option<String>,
}

impl Target {
    /// A leg as the screen shows it. The fee is taken to be what its last fill cost, where that
    /// was paid in the instrument's own currency.
    pub fn of(leg: &LegView) -> Self {
        let excluded = match (&leg.there, &leg.work) {
            (There::Unknown, _) => Some("not known whether it is open".to_owned()),
            (There::Absent(_), _) => Some("nothing is open on the venue".to_owned()),
            (There::Open { .. }, Some(work)) if work.word == "CLOSING" => {
                Some("a close is in flight".to_owned())
            }
            (There::Open { .. }, _) => None,
        };
        let fee_rate = leg.last_fill.as_ref().and_then(|fill| {
            let quote = leg.instrument.as_ref().map(|rules| &rules.quote)?;
            let paid = Some(fill.fee.0).filter(|_| fill.fee_asset == *quote)?;
            paid.checked_div(fill.quantity.at(fill.price).0)
        });
        Self {
            key: leg.key.clone(),
            venue: leg.venue,
            open: leg.open(),
            instrument: leg.instrument.clone(),
            guard: leg.guard.value,
            quantity: None,
            fee_rate,
            excluded,
        }
    }
}

/// One leg that goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blow {
    /// Which leg.
    pub key: PositionKey,
    /// What is open on it.
    pub open: Open,
    /// How it is covered.
    pub guard: Guard,
    /// The orders.
    pub plan: ClosePlan,
    /// What goes, valued at the mark, or at the entry where no mark is known.
    pub notional: Money,
    /// What it may lose before anything stops it: all of it where nothing covers it, else the
    /// way from the mark to the stop.
    pub risk: Money,
    /// The expected fee; none where no rate is known.
    pub fee: Option<Money>,
}

impl Blow {
    /// The command's word for it, pinned to what a snapshot showed.
    pub fn leaving(&self, snapshot: u64) -> Leaving {
        let Open { side, quantity, .. } = self.open;
        let pin = Pin { key: self.key.clone(), side, quantity, snapshot };
        Leaving { pin, quantity: self.plan.quantity }
    }
}

/// What closing several legs would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Blast {
    /// The legs that go, worst first: naked, partly covered, unknown, covered; among those the
    /// greatest risk first.
    pub legs: Vec<Blow>,
    /// The legs that do not, each with the reason.
    pub excluded: Vec<(PositionKey, String)>,
    /// What goes, valued.
    pub notional: Money,
    /// Expected profit at the marks, before fees; none where a mark is missing.
    pub profit: Option<Money>,
    /// Expected fee; none where the rate of a leg is not known.
    pub fee: Option<Money>,
    /// Requests it takes: one for each order, and a look at each account.
    pub requests: u32,
    /// How long sending them takes at the venue's request limits, at least. Accounts go side by
    /// side; what the proof of flatness takes comes on top.
    pub sending: Span,
}

/// Plans to close these legs.
pub fn blast(targets: impl IntoIterator<Item = Target>) -> Blast {
    let mut blast = Blast::default();
    let mut orders: BTreeMap<AccountName, (Venue, u32)> = BTreeMap::new();
    for target in targets {
        match blow(&target) {
            Ok(blow) => {
                let sent = u32::try_from(blow.plan.orders.len()).unwrap_or(u32::MAX);
                let (_, count) =
                    orders.entry(target.key.account.clone()).or_insert((target.venue, 0));
                *count = count.saturating_add(sent);
                blast.legs.push(blow);
            }
            Err(why) => blast.excluded.push((target.key, why)),
        }
    }
    blast
        .legs
        .sort_by(|a, b| (rank(a.guard), b.risk, &a.key).cmp(&(rank(b.guard), a.risk, &b.key)));
    blast.notional = blast.legs.iter().map(|blow| blow.notional).sum();
    blast.profit = sum(blast.legs.iter().map(|blow| blow.plan.profit));
    blast.fee = sum(blast.legs.iter().map(|blow| blow.fee));
    blast.requests = orders.values().map(|(_, count)| count.saturating_add(1)).sum();
    blast.sending = orders.values().map(|(venue, n)| sending(*venue, *n)).max().unwrap_or_default();
    blast
}

/// Worst first.
fn rank(guard: Guard) -> u8 {
    match guard {
        Guard::Naked => 0,
        Guard::Partly(_) => 1,
        Guard::Unknown => 2,
        Guard::Covered(_) => 3,
    }
}

fn sum(amounts: impl Iterator<Item = Option<Money>>) -> Option<Money> {
    let mut amounts = amounts.peekable();
    amounts.peek()?;
    amounts.sum()
}

/// How long `orders` orders and a look take at the request limit of one account.
/// Source: binance `exchangeInfo.rateLimits` ORDERS, 300 in 10 s; bybit 4, 10 creations a second.
fn sending(venue: Venue, orders: u32) -> Span {
    let a_second = match venue {
        Venue::BinanceUsdm => 30,
        Venue::BybitLinear => 10,
    };
    Span(u64::from(orders.saturating_add(1)) * 1000 / a_second)
}

/// What becomes of one leg, or why nothing can.
///
/// # Errors
/// One sentence.
pub fn blow(target: &Target) -> Result<Blow, String> {
    if let Some(why) = &target.excluded {
        return Err(why.clone());
    }
    let open = target.open.ok_or("the venue names no entry price for it")?;
    let rules = target.instrument.as_ref().ok_or("its instrument is not listed by the venue")?;
    let wanted = target.quantity.unwrap_or(open.quantity);
    let plan = plan::leave(open, rules, wanted).map_err(|why| why.to_string())?;
    let price = open.mark.unwrap_or(open.entry);
    let notional = plan.quantity.at(price);
    let bare = open.quantity.at(price);
    let risk = match target.guard {
        Guard::Naked | Guard::Unknown => bare,
        Guard::Partly(covered) => {
            open.quantity.minus(covered).map_or(Money::ZERO, |rest| rest.at(price))
        }
        Guard::Covered(at) => -open.side.profit(price, at, open.quantity),
    };
    let fee = target.fee_rate.map(|rate| Money(notional.0 * rate));
    Ok(Blow { key: target.key.clone(), open, guard: target.guard, plan, notional, risk, fee })
}
