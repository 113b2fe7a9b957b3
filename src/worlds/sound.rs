//! What a line of a story may ask for: nothing that could not happen, so that a story which comes
//! right has been through what it tells.
//!
//! What an exchange is told is rehearsed on one of its own kind. Whether a person's hand finds
//! what it reaches for only shows while the world runs, and a hand that slips is a part of it.
//! Door: [`Rehearsal`].

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::Value;

use crate::domain::key::{AccountName, Leg, PositionKey, Symbol};
use crate::domain::time::Span;
use crate::sim::inside::Inside;
use crate::sim::symbols::Spec;
use crate::sim::verbs::{Number, Verb};
use crate::worlds::deeds::{furnishing, seeding, spec};
use crate::worlds::draw::leg_of;
use crate::worlds::plan::{Account, Bot, Deed, Holding, Setting, Timed};
use crate::worlds::world::{BEGINNING, exchange};

/// No world lasts longer, and no clock is set further.
const LONGEST: Span = Span::secs(24 * 3600);
/// No engine looks more often.
const OFTENEST: Span = Span::secs(1);
/// An engine and the one beside it.
const ENGINES: usize = 2;

/// A price that jumps, which an exchange knows as another price only.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Gap {
    #[serde(rename = "do")]
    _verb: String,
    symbol: Symbol,
    share: Decimal,
}

/// A world of which only the exchanges are there, and nothing moves.
pub(super) struct Rehearsal {
    accounts: BTreeMap<AccountName, (Account, Inside)>,
    held: BTreeSet<PositionKey>,
    last: Span,
}

impl Rehearsal {
    /// # Errors
    /// What of the setting no world can have.
    pub(super) fn of(setting: &Setting) -> Result<Self, String> {
        within("its peace begins at", setting.peace)?;
        within("a look is wanted every", setting.sync)?;
        if setting.sync < OFTENEST {
            let (sync, least) = (setting.sync.0, OFTENEST.0);
            return Err(format!("a look is wanted every {sync} ms: {least} ms are the least"));
        }
        if setting.accounts.is_empty() {
            return Err("it has no account: name one".to_owned());
        }
        let mut accounts = BTreeMap::new();
        for (number, account) in (1u64..).zip(&setting.accounts) {
            let name = &account.name;
            let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
            if name.as_str().is_empty() || !name.as_str().chars().all(plain) {
                let name = name.as_str();
                return Err(format!("an account is named {name:?}: take letters, digits and -"));
            }
            let inside = exchange(setting.seed, number, account.venue, Arc::new(|| BEGINNING));
            for verb in furnishing(account) {
                told(&inside, verb)?;
            }
            if accounts.insert(name.clone(), (account.clone(), inside)).is_some() {
                return Err(format!("two accounts are named {name}: give each its own name"));
            }
        }
        Ok(Self { accounts, held: BTreeSet::new(), last: Span(0) })
    }

    /// # Errors
    /// What of it nobody can hold.
    pub(super) fn holding(&mut self, held: &Holding) -> Result<(), String> {
        let (account, inside) = self.account(&held.account)?;
        let spec = listed(account, &held.symbol)?;
        leg(account, held.leg, leg_of(account, held.side))?;
        for (what, size) in [("\"venue\"", held.venue), ("\"ledger\"", held.ledger)] {
            size.map_or(Ok(()), |size| above_zero(what, size))?;
        }
        held.stop.map_or(Ok(()), |share| a_part("\"stop\"", share))?;
        match (held.venue, held.ledger) {
            (None, None) => {
                return Err("nobody holds it, neither venue nor ledger: give it a size".to_owned());
            }
            (None, _) if held.covered => {
                let why = "no position is there to be covered: give \"venue\" a size";
                return Err(format!("{why}, or let \"covered\" be false"));
            }
            _ => {}
        }
        let key = PositionKey::new(held.account.clone(), held.symbol.clone(), held.leg);
        if self.held.contains(&key) {
            return Err(format!("{key} is held already, in a line above: keep one of them"));
        }
        let number = u64::try_from(self.held.len()).unwrap_or(u64::MAX).saturating_add(1);
        for verb in seeding(account, held, &spec, number) {
            told(inside, verb)?;
        }
        self.held.insert(key);
        Ok(())
    }

    /// # Errors
    /// What of it can never happen.
    pub(super) fn deed(&mut self, timed: &Timed) -> Result<(), String> {
        within("it happens after", timed.at)?;
        if timed.at < self.last {
            let (at, last) = (timed.at.0, self.last.0);
            let cure = "put the deeds in order of time";
            return Err(format!("it is {at} ms, and the deed above is at {last} ms: {cure}"));
        }
        self.last = timed.at;
        match &timed.deed {
            Deed::Exchange { account, verb } => self.verb(account, verb),
            Deed::Bot(bot) => self.bot(bot),
            Deed::Operator { engine, .. } | Deed::Kill { engine } | Deed::Stop { engine } => {
                is_engine(*engine)
            }
            Deed::Start { engine, set_ms } => {
                within("a clock is set by", Span(set_ms.unsigned_abs()))?;
                is_engine(*engine)
            }
            Deed::Freeze { engine, span } => {
                within("it stands still for", *span)?;
                is_engine(*engine)
            }
            Deed::Ledger { span, .. } => within("it lasts", *span),
            Deed::Power { .. } => Ok(()),
        }
    }

    fn account(&self, name: &AccountName) -> Result<(&Account, &Inside), String> {
        let known = self.accounts.get(name).map(|(account, inside)| (account, inside));
        known.ok_or_else(|| {
            let names: Vec<_> = self.accounts.keys().map(ToString::to_string).collect();
            format!("the setting has no account {name}: name one of {}", names.join(", "))
        })
    }

    fn bot(&self, bot: &Bot) -> Result<(), String> {
        match bot {
            Bot::Opens { account, symbol, leg: named, side, quantity, after } => {
                let (account, _) = self.account(account)?;
                listed(account, symbol)?;
                leg(account, *named, leg_of(account, *side))?;
                within("its row comes later by", *after)?;
                above_zero("\"quantity\"", *quantity)
            }
            Bot::Resizes { times, .. } => above_zero("\"times\"", *times),
            Bot::MovesStop { away, .. } => a_part("\"away\"", *away),
            Bot::Closes { .. } => Ok(()),
        }
    }

    fn verb(&self, name: &AccountName, verb: &Value) -> Result<(), String> {
        let (account, inside) = self.account(name)?;
        if verb.get("do").and_then(Value::as_str) == Some("gap") {
            let gap: Gap = serde_json::from_value(verb.clone())
                .map_err(|why| format!("the verb \"gap\" was not understood: {why}"))?;
            listed(account, &gap.symbol)?;
            return match gap.share > Decimal::NEGATIVE_ONE && gap.share <= Decimal::TEN {
                true => Ok(()),
                false => Err(format!(
                    "\"share\" is {}, and a price that falls by all of it or rises by more than \
                     ten times itself is none: name a share above -1 and at most 10",
                    gap.share
                )),
            };
        }
        let read = Verb::read(verb.clone())?;
        if let Some(symbol) = verb.get("symbol").and_then(Value::as_str) {
            listed(account, &Symbol::from(symbol))?;
        }
        for field in ["qty", "price", "mark", "last", "trigger", "entry"] {
            let number = verb.get(field).cloned().map(serde_json::from_value::<Number>);
            if let Some(Ok(number)) = number {
                above_zero(&format!("{field:?}"), number.0)?;
            }
        }
        if let Verb::Fault(fault) = &read {
            let never = [("for_ms", fault.for_ms), ("count", fault.count.map(i64::from))];
            let never = never.iter().find(|(_, bound)| bound.is_some_and(|bound| bound <= 0));
            if let Some((field, Some(bound))) = never {
                return Err(format!("{field:?} is {bound}, so that it never strikes: name more"));
            }
        }
        match by_hand(&read) {
            true => Ok(()),
            false => told(inside, verb.clone()),
        }
    }
}

/// Whether it reaches for something that may or may not be there by then.
fn by_hand(verb: &Verb) -> bool {
    matches!(
        verb,
        Verb::Trade { .. }
            | Verb::Close { .. }
            | Verb::PlaceStop { .. }
            | Verb::RemoveStop { .. }
            | Verb::CancelOrder { .. }
            | Verb::SeedPosition { .. }
            | Verb::ErasePosition { .. }
            | Verb::Liquidate { .. }
            | Verb::Adl { .. }
            | Verb::Settle { .. }
            | Verb::MarginCall { .. }
            | Verb::Fund { .. }
            | Verb::ClearFaults { .. }
            | Verb::Reset {}
    )
}

fn told(inside: &Inside, verb: Value) -> Result<(), String> {
    let told = inside.control().tell(verb);
    told.map(drop).map_err(|why| format!("its exchange refuses it: {why}"))
}

fn listed(account: &Account, symbol: &Symbol) -> Result<Spec, String> {
    spec(account.venue, symbol.as_str()).ok_or_else(|| {
        format!("{symbol} is not listed on {}: name a contract that is", account.venue.name())
    })
}

fn leg(account: &Account, named: Leg, own: Leg) -> Result<(), String> {
    let mode = if account.hedged { "hedged" } else { "one-way" };
    match named == own {
        true => Ok(()),
        false => Err(format!(
            "the account {} is {mode}, where this is leg {own}, not {named}",
            account.name
        )),
    }
}

fn is_engine(engine: usize) -> Result<(), String> {
    match engine < ENGINES {
        true => Ok(()),
        false => Err(format!("there is no engine {engine}: a world has 0 and 1")),
    }
}

fn within(what: &str, span: Span) -> Result<(), String> {
    match span <= LONGEST {
        true => Ok(()),
        false => Err(format!(
            "{what} {} ms: no world knows more than a day, which is {} ms",
            span.0, LONGEST.0
        )),
    }
}

fn above_zero(what: &str, size: Decimal) -> Result<(), String> {
    let most = Decimal::from(1_000_000_000_000_u64);
    match size > Decimal::ZERO && size <= most {
        true => Ok(()),
        false => Err(format!("{what} is {size}: write a size above zero and at most {most}")),
    }
}

fn a_part(what: &str, share: Decimal) -> Result<(), String> {
    match share > Decimal::ZERO && share < Decimal::ONE {
        true => Ok(()),
        false => Err(format!("{what} is {share}: write a share between 0 and 1")),
    }
}
