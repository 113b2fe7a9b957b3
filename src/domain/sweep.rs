//! A sweep: one complete look at an account, which may have come back incomplete.
//!
//! The fields are private and [`Sweep::look`] is the only way to ask, so that nobody can take
//! a failed query for an empty account.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::domain::key::{Leg, Symbol};
use crate::domain::order::{ConditionalOrder, ForeignOrder};
use crate::domain::position::{Balance, PositionMode, VenuePosition};
use crate::domain::teeth::{Tooth, broken};
use crate::domain::time::{Span, Time};

/// How much a sweep asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// Positions only: cheap, settles presence and absence.
    Positions,
    /// Positions and every open order, plain and conditional: settles protection too.
    Protection,
    /// Everything, with balance and position mode.
    Full,
}

/// One query's answer: all of it, or what came with the reason why that is not all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part<T> {
    /// Every page came and parsed.
    Whole(T),
    /// Some of it, or none; the sentence says what failed.
    Broken(T, String),
}

impl<T> Part<T> {
    fn content(&self) -> &T {
        match self {
            Self::Whole(content) | Self::Broken(content, _) => content,
        }
    }

    fn fault(&self) -> Option<&str> {
        match self {
            Self::Whole(_) => None,
            Self::Broken(..) if broken(Tooth::FailedIsEmpty) => None,
            Self::Broken(_, why) => Some(why),
        }
    }
}

/// Positions by instrument and leg.
pub type Positions = BTreeMap<(Symbol, Leg), VenuePosition>;

/// The positions as pairs, because a recording's keys must be text.
mod pairs {
    use super::{Leg, Part, Positions, Symbol, VenuePosition};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    type Pairs = Vec<(Symbol, Leg, VenuePosition)>;

    pub(super) fn serialize<S: Serializer>(p: &Part<Positions>, s: S) -> Result<S::Ok, S::Error> {
        let list: Pairs = p
            .content()
            .iter()
            .map(|((symbol, leg), at)| (symbol.clone(), *leg, at.clone()))
            .collect();
        (list, p.fault()).serialize(s)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        d: D,
    ) -> Result<Part<Positions>, D::Error> {
        let (list, fault) = <(Pairs, Option<String>)>::deserialize(d)?;
        let map = list.into_iter().map(|(symbol, leg, at)| ((symbol, leg), at)).collect();
        Ok(match fault {
            None => Part::Whole(map),
            Some(why) => Part::Broken(map, why),
        })
    }
}

/// One look at one account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sweep {
    scope: Scope,
    #[serde(with = "pairs")]
    positions: Part<Positions>,
    /// Legs that the list does not show and about which the venue could not be asked.
    #[serde(default)]
    doubtful: BTreeSet<(Symbol, Leg)>,
    orders: Option<Part<Vec<ConditionalOrder>>>,
    #[serde(default)]
    foreign: Vec<ForeignOrder>,
    balance: Option<Balance>,
    mode: Option<PositionMode>,
    /// The modes of single instruments, where the venue keeps one for each and said them now.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    modes: BTreeMap<Symbol, PositionMode>,
    took: Span,
    /// The venue's words where it would not say what is open on a leg.
    #[serde(default)]
    said: Vec<(Symbol, Leg, String)>,
    /// Nothing is asked before this, by our own budget or by a ban.
    #[serde(default)]
    held: Option<Time>,
    /// Positions can wait until then, for what is left of the minute to last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    paced: Option<Time>,
}

/// What a sweep says of one key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look<'a> {
    /// The venue shows it.
    Here(&'a VenuePosition),
    /// A complete answer does not hold it.
    NotHere,
    /// Nothing may be concluded.
    Unknown,
}

impl Sweep {
    /// A look at positions.
    pub fn of(positions: Part<Positions>, took: Span) -> Self {
        Self {
            scope: Scope::Positions,
            positions,
            doubtful: BTreeSet::new(),
            orders: None,
            foreign: Vec::new(),
            balance: None,
            mode: None,
            modes: BTreeMap::new(),
            took,
            said: Vec::new(),
            held: None,
            paced: None,
        }
    }

    /// The same look, saying nothing of these legs: the list does not show them and the
    /// question about each of them failed.
    #[must_use]
    pub fn doubting(mut self, legs: impl IntoIterator<Item = (Symbol, Leg)>) -> Self {
        self.doubtful.extend(legs);
        self
    }

    /// The same look, saying nothing of a leg because the venue refuses the question about it:
    /// asking again will not help before somebody changes something.
    #[must_use]
    pub fn refused(mut self, legs: impl IntoIterator<Item = (Symbol, Leg, String)>) -> Self {
        for (symbol, leg, why) in legs {
            self.doubtful.insert((symbol.clone(), leg));
            self.said.push((symbol, leg, why));
        }
        self
    }

    /// The same look, held back: the next one can be sent at that instant and not before.
    #[must_use]
    pub fn held(mut self, until: Option<Time>) -> Self {
        self.held = until;
        self
    }

    /// The same look; the next one about positions can wait until that instant, for what the
    /// venue allows to last.
    #[must_use]
    pub fn paced(mut self, until: Option<Time>) -> Self {
        self.paced = until;
        self
    }

    /// The same look, with every open conditional order of the account.
    #[must_use]
    pub fn with_orders(mut self, orders: Part<Vec<ConditionalOrder>>) -> Self {
        self.scope = Scope::Protection;
        self.orders = Some(orders);
        self
    }

    /// The same look, with the plain open orders that are not ours.
    #[must_use]
    pub fn with_foreign(mut self, foreign: Vec<ForeignOrder>) -> Self {
        self.foreign = foreign;
        self
    }

    /// The same look, with what is asked rarely.
    #[must_use]
    pub fn with_account(mut self, balance: Option<Balance>, mode: Option<PositionMode>) -> Self {
        self.scope = Scope::Full;
        self.balance = balance;
        self.mode = mode;
        self
    }

    /// The same look, with the modes of single instruments.
    #[must_use]
    pub fn with_modes(mut self, modes: BTreeMap<Symbol, PositionMode>) -> Self {
        self.modes = modes;
        self
    }

    /// What this look says of a key: `NotHere` only when every page of every query answered.
    pub fn look(&self, symbol: &Symbol, leg: Leg) -> Look<'_> {
        let key = (symbol.clone(), leg);
        match self.positions.content().get(&key) {
            Some(position) => Look::Here(position),
            None if self.doubtful.contains(&key) => Look::Unknown,
            None if self.fault().is_some() || self.orders_fault().is_some() => Look::Unknown,
            None => Look::NotHere,
        }
    }

    /// The legs about which an otherwise whole look says nothing.
    pub fn doubtful(&self) -> impl Iterator<Item = (&Symbol, Leg)> {
        self.doubtful.iter().map(|(symbol, leg)| (symbol, *leg))
    }

    /// Everything the venue showed. Absence from this list means nothing: ask [`Sweep::look`].
    pub fn seen(&self) -> impl Iterator<Item = (&Symbol, Leg, &VenuePosition)> {
        self.positions.content().iter().map(|((symbol, leg), p)| (symbol, *leg, p))
    }

    /// Why the positions are not complete; none when they are.
    pub fn fault(&self) -> Option<&str> {
        self.positions.fault()
    }

    /// All open conditional orders, or `None` when the lists were not asked for or not complete:
    /// then protection cannot be judged.
    pub fn orders(&self) -> Option<&[ConditionalOrder]> {
        match &self.orders {
            Some(Part::Whole(orders)) => Some(orders),
            _ => None,
        }
    }

    /// Plain open orders of others, or `None` when the lists were not asked for or not complete.
    pub fn foreign(&self) -> Option<&[ForeignOrder]> {
        self.orders().map(|_| self.foreign.as_slice())
    }

    /// Why the order lists cannot be judged; none when they can or were not asked for.
    pub fn orders_fault(&self) -> Option<&str> {
        self.orders.as_ref().and_then(Part::fault)
    }

    /// What the venue answered instead of saying whether a leg is open.
    pub fn refusal(&self, symbol: &Symbol, leg: Leg) -> Option<&str> {
        let of_leg = |(name, side, _): &&(Symbol, Leg, String)| name == symbol && *side == leg;
        self.said.iter().find(of_leg).map(|(_, _, why)| why.as_str())
    }

    /// Until when nothing is asked, where request limits or a ban held this look back; after one
    /// that was answered: until when no look like it is asked, for what is left to last.
    pub fn held_until(&self) -> Option<Time> {
        self.held
    }

    /// Until when the next look about positions can wait, for what the venue allows to last.
    pub fn paced_until(&self) -> Option<Time> {
        self.paced
    }

    /// How much was asked for.
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// The account's worth, when asked for and answered.
    pub fn balance(&self) -> Option<Balance> {
        self.balance
    }

    /// One-way or hedge, when asked for and answered.
    pub fn mode(&self) -> Option<PositionMode> {
        self.mode
    }

    /// The modes of single instruments, flat ones too, when asked for and answered.
    pub fn modes(&self) -> &BTreeMap<Symbol, PositionMode> {
        &self.modes
    }

    /// From first request to last answer.
    pub fn took(&self) -> Span {
        self.took
    }
}
