//! Opens: what a person or program wants opened, and what is checked before anything is sent.
//!
//! For: the wish, its checks against the instrument's rules, and the plan that the intent keeps.
//! Not for: sending or verifying it (that is `engine`). Door: [`OpenWish::check`], [`OpenPlan`].

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::domain::amount::{Percent, Price, Qty, Side};
use crate::domain::effect::EntryOrder;
use crate::domain::instrument::Instrument;
use crate::domain::key::{AccountName, Symbol};
use crate::domain::plan::StopAt;
use crate::domain::trail::TrailPlan;

/// A position to open at market together with its stop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenWish {
    /// In which account.
    pub account: AccountName,
    /// Instrument.
    pub symbol: Symbol,
    /// Direction. The leg follows from it and the account's position mode.
    pub side: Side,
    /// Size in base units.
    pub quantity: Qty,
    /// Where its stop goes: a price, or a distance from the entry.
    pub stop: StopAt,
    /// Trail it at this distance from the best price; activation and step are the policy's.
    pub trail: Option<Percent>,
}

/// What is about to be sent and what has to become of it: the payload of the intent, from which
/// an open is finished or taken back after a restart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenPlan {
    /// The one order that is ever sent for it; its quantity is the expected one.
    pub order: EntryOrder,
    /// Direction of the position.
    pub side: Side,
    /// Where its stop goes.
    pub stop: StopAt,
    /// How its stop trails, where it does.
    pub trail: Option<TrailPlan>,
    /// The ask it answers.
    pub ask: u64,
}

/// Why a wish is refused before anything is sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoOpen {
    /// The venue does not trade it.
    #[error("the venue does not trade {0} now")]
    Halted(Symbol),
    /// Not on the steps of market orders.
    #[error("{quantity} is not a multiple of {step}, the step of market orders")]
    Step {
        /// The wish.
        quantity: Qty,
        /// The step.
        step: Qty,
    },
    /// Too small an order.
    #[error("{quantity} is below the smallest market order, {least}")]
    TooSmall {
        /// The wish.
        quantity: Qty,
        /// The smallest.
        least: Qty,
    },
    /// Too large an order: an entry is never split.
    #[error("{quantity} is above the largest market order, {most}, and an entry is one order")]
    TooLarge {
        /// The wish.
        quantity: Qty,
        /// The largest.
        most: Qty,
    },
    /// Worth too little.
    #[error("it would be worth {worth}, and the smallest order value is {least}")]
    Worth {
        /// At the mark.
        worth: Decimal,
        /// The smallest.
        least: Decimal,
    },
    /// A distance that is none.
    #[error("a distance is more than 0 % and less than 100 %, not {0}")]
    Distance(Percent),
    /// The stop would fire at once, or never.
    #[error("the stop at {stop} is not on the losing side of the price {mark}")]
    WrongSide {
        /// On the instrument's ticks.
        stop: Price,
        /// The mark.
        mark: Price,
    },
}

impl OpenWish {
    /// Checks the wish against the instrument's rules, and against the mark as far as it is known.
    ///
    /// # Errors
    /// The first thing that certainly cannot work.
    pub fn check(&self, rules: &Instrument, mark: Option<Price>) -> Result<(), NoOpen> {
        let quantity = self.quantity;
        if !rules.trading {
            return Err(NoOpen::Halted(rules.symbol.clone()));
        }
        if quantity < rules.market_min {
            return Err(NoOpen::TooSmall { quantity, least: rules.market_min });
        }
        if quantity > rules.market_max {
            return Err(NoOpen::TooLarge { quantity, most: rules.market_max });
        }
        if rules.market_quantity(quantity) != Some(quantity) {
            return Err(NoOpen::Step { quantity, step: rules.market_step });
        }
        let distances = [self.trail, distance(self.stop)];
        let is_one = |share: &Percent| share.0 > Decimal::ZERO && share.0 < Decimal::ONE_HUNDRED;
        if let Some(share) = distances.into_iter().flatten().find(|share| !is_one(share)) {
            return Err(NoOpen::Distance(share));
        }
        let Some(mark) = mark else { return Ok(()) };
        let worth = quantity.at(mark).0.normalize();
        if let Some(least) = rules.min_notional.map(|least| least.0).filter(|l| worth < *l) {
            return Err(NoOpen::Worth { worth, least });
        }
        match trigger(self.side, self.stop, rules, mark) {
            Some(stop) if self.side.breached(stop, mark) => Err(NoOpen::WrongSide { stop, mark }),
            _ => Ok(()),
        }
    }
}

impl OpenWish {
    /// The wish in words, and what it comes to at the mark, as far as that is known.
    pub fn text(&self, rules: Option<&Instrument>, mark: Option<Price>) -> String {
        let Self { side, quantity, .. } = self;
        let stop = match self.stop {
            StopAt::Price(price) => format!("at {price}"),
            StopAt::Distance(share) => format!("{share} from the entry"),
        };
        let trail = self.trail.map_or_else(String::new, |by| format!(", trailing by {by}"));
        let mut text = format!("{side} {quantity} at market, stop {stop}{trail}");
        let at_mark = rules.zip(mark).and_then(|(rules, mark)| {
            Some((mark, trigger(*side, self.stop, rules, mark)?, &rules.quote))
        });
        if let Some((mark, stop, quote)) = at_mark {
            let worth = quantity.at(mark).0.round_dp(2).normalize();
            let risk = -side.profit(mark, stop, *quantity).0.round_dp(2).normalize();
            text.push_str(&format!(
                "; at the mark {mark}: worth {worth} {quote}, stop {stop}, at risk {risk} {quote}"
            ));
        }
        text
    }
}

impl OpenPlan {
    /// Where the stop of what was entered at a price goes, on the instrument's ticks.
    pub fn trigger(&self, rules: &Instrument, entry: Price) -> Option<Price> {
        trigger(self.side, self.stop, rules, entry)
    }
}

/// Where a stop goes: at its price, or at its distance from `entry`; none where that is no price.
pub fn trigger(side: Side, stop: StopAt, rules: &Instrument, entry: Price) -> Option<Price> {
    let at = match stop {
        StopAt::Price(price) => price,
        StopAt::Distance(share) => side.losing(entry, share)?,
    };
    Some(rules.trigger(side, at))
}

fn distance(stop: StopAt) -> Option<Percent> {
    match stop {
        StopAt::Price(_) => None,
        StopAt::Distance(share) => Some(share),
    }
}
