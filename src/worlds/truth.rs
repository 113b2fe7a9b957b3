//! What holds for all engines of a world together, as its exchanges and its ledger see it.
//!
//! For: entries that happen once (I3), legs that our own requests never uncover (I4), requests of
//! nobody but the holder of the lease (I9), and the digest of everything that happened. Not for:
//! what one engine says of itself (that is `laws`). Door: [`Truth`].

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rust_decimal::Decimal;
use tokio::time::Instant;

use crate::domain::client_id::{ClientId, Fnv};
use crate::domain::journal::IntentKind;
use crate::domain::key::{AccountName, Leg};
use crate::sim::exchange::{Exchange, Record};
use crate::sim::numbers::Ms;
use crate::sim::record::Cover;

/// For how many milliseconds what others trade may be unseen by whoever just looked.
const UNSEEN: Ms = 5_000;

/// A leg of an exchange: its contract and the name of the leg.
pub type Place = (String, &'static str);

/// The leg that an exchange calls so.
pub fn leg_called(word: &str) -> Leg {
    Leg::parse(&word.to_lowercase()).unwrap_or(Leg::Net)
}

/// A broken law.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach(pub String);

/// Shared by everything in a world.
#[derive(Debug, Default)]
pub struct Truth(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    breach: Option<Breach>,
    digest: Fnv,
    steps: u64,
    /// Whose lease it is, engine by number, and until when, where nothing else prolongs it.
    holders: BTreeMap<AccountName, (usize, Option<Instant>)>,
    /// Committed intents to open.
    openings: BTreeSet<ClientId>,
    /// Entries that arrived.
    entered: BTreeSet<String>,
    requests: u64,
}

/// An account's exchange before or after a request.
#[derive(Debug)]
pub struct Moment {
    covers: BTreeMap<Place, Cover>,
    seq: u64,
}

impl Moment {
    /// How it stands.
    pub fn of(exchange: &Exchange) -> Self {
        let seq = exchange.record.last().map_or(0, |line| line.seq);
        Self { covers: exchange.covers(), seq }
    }
}

impl Truth {
    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes a broken law; the first one counts.
    pub fn breach(&self, law: impl Into<String>) {
        self.known().breach.get_or_insert(Breach(law.into()));
    }

    /// The first broken law.
    pub fn broken(&self) -> Option<Breach> {
        self.known().breach.clone()
    }

    /// Takes a piece of what happened into the digest.
    pub fn happened(&self, piece: &[u8]) {
        let mut known = self.known();
        known.digest.eat(piece);
    }

    /// Counts a step of an engine.
    pub fn stepped(&self) {
        self.known().steps += 1;
    }

    /// The digest so far, the steps and the requests.
    pub fn totals(&self) -> (u64, u64, u64) {
        let known = self.known();
        (known.digest.0, known.steps, known.requests)
    }

    /// A lease is an engine's from now on.
    pub fn holds(&self, account: &AccountName, engine: usize, until: Option<Instant>) {
        self.known().holders.insert(account.clone(), (engine, until));
    }

    /// An intent to do something is committed.
    pub fn intended(&self, kind: IntentKind, id: &ClientId) {
        if kind == IntentKind::Open {
            self.known().openings.insert(id.clone());
        }
    }

    /// A question was asked: only counted.
    pub fn asked(&self) {
        self.known().requests += 1;
    }

    /// An engine's request was carried out on an account's exchange.
    pub fn carried_out(
        &self,
        engine: usize,
        account: &AccountName,
        before: &Moment,
        after: &Exchange,
    ) {
        let mut known = self.known();
        known.requests += 1;
        let lines: Vec<&Record> = {
            let new = |line: &&Record| line.seq > before.seq;
            after.record.iter().rev().take_while(new).collect()
        };
        let done: Vec<&&Record> = lines.iter().rev().filter(|line| line.by == "api").collect();
        let Err(law) = known.judge(engine, account, (before, after), &done) else { return };
        known.breach.get_or_insert(Breach(law));
    }
}

impl Known {
    fn judge(
        &mut self,
        engine: usize,
        account: &AccountName,
        (before, after): (&Moment, &Exchange),
        done: &[&&Record],
    ) -> Result<(), String> {
        if done.is_empty() {
            return Ok(());
        }
        let lease = self.holders.get(account).copied();
        let holder = lease.map(|(holder, _)| holder);
        if lease.and_then(|(_, until)| until).is_some_and(|until| Instant::now() > until) {
            return Err(format!(
                "I9: engine {engine} changed {account}, and no lease: {:?}",
                done[0]
            ));
        }
        if holder != Some(engine) {
            return Err(format!(
                "I9: engine {engine} changed {account}, whose lease is engine {holder:?}'s: {:?}",
                done[0]
            ));
        }
        for line in done.iter().filter(|line| line.what == "order") {
            self.entry(account, before, line)?;
        }
        uncovered(account, before, after)
    }

    /// An order that is not a close is an entry: intended, and once.
    fn entry(
        &mut self,
        account: &AccountName,
        before: &Moment,
        line: &Record,
    ) -> Result<(), String> {
        let held = before.covers.get(&(line.symbol.clone(), line.leg));
        let amount = held.map_or(Decimal::ZERO, |cover| cover.amount);
        let buys = line.side == "BUY";
        let opens = match line.leg {
            "LONG" | "long" => buys,
            "SHORT" | "short" => !buys,
            _ => !line.reduce_only,
        };
        if !opens {
            let larger = line.qty > amount.abs() && !line.reduce_only;
            return match larger {
                true => Err(format!("I3: {account}: {line:?} closes more than {amount}")),
                false => Ok(()),
            };
        }
        let id = line.client_id.as_str();
        if !self.openings.iter().any(|known| known.as_str() == id) {
            return Err(format!("I3: {account}: an entry without a committed intent: {line:?}"));
        }
        if !self.entered.insert(id.to_owned()) {
            return Err(format!("I3: {account}: the entry {id} was sent twice"));
        }
        Ok(())
    }
}

/// A covered leg never becomes uncovered through our own action. What others traded on it moments
/// before the request arrived nobody could know: the request had left, or the venue's lists lag.
fn uncovered(account: &AccountName, before: &Moment, after: &Exchange) -> Result<(), String> {
    let now = after.covers();
    let at = after.record.last().map_or(0, |line| line.at);
    let traded = |symbol: &str, leg: &str| {
        let lately = after.record.iter().rev().take_while(|line| line.at + UNSEEN >= at);
        let by_others = |line: &&Record| line.by != "api" && ["fill", "seed"].contains(&line.what);
        lately.filter(by_others).any(|line| line.symbol == symbol && line.leg == leg)
    };
    for (place, was) in &before.covers {
        let whole = !was.amount.is_zero() && was.covered >= was.amount.abs();
        let is = now.get(place).copied().unwrap_or_default();
        let (symbol, leg) = place;
        let uncovers = whole && is.amount == was.amount && is.covered < is.amount.abs();
        if uncovers && !traded(symbol, leg) {
            return Err(format!("I4: our own request uncovered {account} {symbol} {leg}: {is:?}"));
        }
    }
    Ok(())
}
