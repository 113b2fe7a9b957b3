//! Trailing stops: how a stop follows the best price, and what of that is remembered.
//!
//! For: when trailing starts, where the stop should be by now, and whether moving it is worth an
//! amendment. It only ever moves towards the market. Not for: placing it (that is `engine`).
//! Door: [`Trail::begin`], [`Trail::see`].

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::domain::amount::{Percent, Price, Side};
use crate::domain::instrument::Instrument;
use crate::domain::key::PositionKey;
use crate::domain::ledger::RowId;
use crate::domain::teeth::{Tooth, broken};
use crate::domain::time::Time;

/// How a stop is to trail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrailPlan {
    /// Profit against entry at which trailing starts.
    pub activation: Percent,
    /// Distance kept from the best price.
    pub callback: Percent,
    /// Smallest improvement worth an amendment, of the entry price.
    pub step: Percent,
}

/// How far a trailing stop has come; the ledger's `trailing_stops.state`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TrailState {
    /// The price has not reached the activation yet.
    Waiting,
    /// The stop follows the best price.
    Active,
    /// A person took it off: the stop stays where it is, whatever the policy says.
    Off,
}

impl TrailState {
    /// The ledger's word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Active => "active",
            Self::Off => "off",
        }
    }

    /// Reads the ledger's word.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Waiting, Self::Active, Self::Off].into_iter().find(|state| state.name() == text)
    }
}

impl TrailPlan {
    /// What is taken where the policy says nothing: the values of the written config.
    pub fn usual() -> Self {
        Self {
            activation: Percent(Decimal::new(15, 1)),
            callback: Percent(Decimal::new(5, 1)),
            step: Percent(Decimal::new(1, 1)),
        }
    }

    /// The price at which trailing starts, for a position entered at `entry`. None where the
    /// profit can never be that large: a short gains 100 % at most, and never quite.
    pub fn arm_at(self, side: Side, entry: Price) -> Option<Price> {
        let gain = self.activation.of(entry.get());
        let at = match side {
            Side::Long => entry.get() + gain,
            Side::Short => entry.get() - gain,
        };
        Price::new(at).ok()
    }

    /// The smallest improvement worth an amendment, in price: at least one tick.
    pub fn least(self, entry: Price, rules: &Instrument) -> Price {
        Price::new(self.step.of(entry.get())).map_or(rules.tick, |step| step.max(rules.tick))
    }

    /// Where the stop belongs with the best price at `best`: on the ticks, no farther than the
    /// callback, and never at or beyond the price itself. None where that is no price.
    pub fn behind(self, side: Side, best: Price, rules: &Instrument) -> Option<Price> {
        let stop = rules.trigger(side, side.losing(best, self.callback)?);
        if !side.breached(stop, best) {
            return Some(stop);
        }
        // A callback of less than a tick.
        let back = match side {
            Side::Long => stop.get() - rules.tick.get(),
            Side::Short => stop.get() + rules.tick.get(),
        };
        Price::new(back).ok().filter(|back| !side.breached(*back, best))
    }

    /// Whether it says something a stop can follow.
    ///
    /// # Errors
    /// One sentence on what does not.
    pub fn check(self) -> Result<(), String> {
        let within = |share: Percent| share.0 >= Decimal::ZERO && share.0 < Decimal::ONE_HUNDRED;
        if self.callback.0 <= Decimal::ZERO || !within(self.callback) {
            return Err(format!("a stop cannot trail {} behind the price", self.callback));
        }
        if !within(self.activation) {
            return Err(format!("trailing cannot start at {} profit", self.activation));
        }
        if !within(self.step) {
            return Err(format!("a stop cannot move in steps of {}", self.step));
        }
        Ok(())
    }
}

/// What a price meant to a trailing stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// Nothing.
    Nothing,
    /// It is the best so far.
    Better,
    /// It is the first at which the stop trails.
    Activated,
}

/// A trailing stop, as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trail {
    /// How it trails.
    pub plan: TrailPlan,
    /// How far it has come.
    pub state: TrailState,
    /// The best price since it became active; none while it waits.
    pub best: Option<Price>,
    /// Where it wants the stop, on the instrument's ticks; none while it waits.
    pub stop: Option<Price>,
}

impl Trail {
    /// One that waits for its activation.
    pub fn begin(plan: TrailPlan) -> Self {
        Self { plan, state: TrailState::Waiting, best: None, stop: None }
    }

    /// Whether the stop follows the best price.
    pub fn is_active(&self) -> bool {
        self.state == TrailState::Active
    }

    /// Takes a price of a position entered at `entry`. The best price and the stop only ever
    /// move towards the market.
    pub fn see(&mut self, side: Side, entry: Price, price: Price, rules: &Instrument) -> Seen {
        let seen = match self.state {
            TrailState::Off => return Seen::Nothing,
            TrailState::Waiting => {
                let armed = self.plan.arm_at(side, entry);
                if !armed.is_some_and(|at| side.protects(price, at)) {
                    return Seen::Nothing;
                }
                self.state = TrailState::Active;
                Seen::Activated
            }
            TrailState::Active if broken(Tooth::TrailBack) => {
                (self.best, self.stop) = (None, None);
                Seen::Better
            }
            TrailState::Active if self.best.is_some_and(|best| side.protects(best, price)) => {
                return Seen::Nothing;
            }
            TrailState::Active => Seen::Better,
        };
        self.best = Some(tighter(side, self.best, price));
        self.follow(side, rules);
        seen
    }

    /// Trails by another plan from here on: what has been reached stays reached.
    pub fn by(&mut self, plan: TrailPlan, side: Side, rules: &Instrument) {
        self.plan = plan;
        self.follow(side, rules);
    }

    /// Whether the stop is worth moving from `have` to where it belongs: by a step at least.
    pub fn is_worth(
        &self,
        side: Side,
        entry: Price,
        have: Option<Price>,
        rules: &Instrument,
    ) -> bool {
        let Some(want) = self.stop.filter(|_| self.is_active()) else { return false };
        let Some(have) = have else { return true };
        let gain = match side {
            Side::Long => want.get() - have.get(),
            Side::Short => have.get() - want.get(),
        };
        gain >= self.plan.least(entry, rules).get()
    }

    /// What two records of one trailing stop know together.
    #[must_use]
    pub fn and(self, other: Self, side: Side) -> Self {
        let best = |one: Option<Price>, more: Option<Price>| match more {
            Some(price) => Some(tighter(side, one, price)),
            None => one,
        };
        let active = self.is_active() || other.is_active() && self.state == TrailState::Waiting;
        Self {
            plan: self.plan,
            state: if active { TrailState::Active } else { self.state },
            best: best(self.best, other.best),
            stop: best(self.stop, other.stop),
        }
    }

    fn follow(&mut self, side: Side, rules: &Instrument) {
        let stop = self.best.and_then(|best| self.plan.behind(side, best, rules));
        if let Some(stop) = stop {
            self.stop = Some(tighter(side, self.stop, stop));
        }
    }
}

/// The one nearer to the market, of prices that a position gains towards.
fn tighter(side: Side, one: Option<Price>, other: Price) -> Price {
    one.filter(|one| side.protects(*one, other)).unwrap_or(other)
}

/// A trailing stop as the ledger keeps it: one for each row that has one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrailRecord {
    /// Which leg.
    pub key: PositionKey,
    /// Its row.
    pub row: RowId,
    /// How it stands.
    pub trail: Trail,
    /// When that was written.
    pub at: Time,
}
