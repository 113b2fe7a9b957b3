//! What must hold of what one engine writes down: how many looks agreed, how long nobody
//! explained a row, how old an orphan was, where a trailing stop has been.
//!
//! Not for: what it sends (that is `laws`). Door: [`Record`].

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::domain::amount::Side;
use crate::domain::client_id::ClientId;
use crate::domain::effect::{Act, Effect, OpId};
use crate::domain::event::EventKind;
use crate::domain::input::{Input, Reply, StreamEvent};
use crate::domain::journal::{Author, IntentState, Repair, Write};
use crate::domain::key::{AccountName, PositionKey};
use crate::domain::ledger::{NewRow, Row, RowId};
use crate::domain::snapshot::{Snapshot, There};
use crate::domain::sweep::Sweep;
use crate::domain::time::{Span, Time, VenueTime};
use crate::domain::trail::TrailRecord;
use crate::worlds::laws::DENIED;

/// How old an untracked position is when it is adopted, and how far two looks are apart, in the
/// policy of every world.
const GRACE: Span = Span::secs(10);
const APART: Span = Span::secs(2);
/// How far the clocks of a world are apart at most.
const SKEW: Span = Span::secs(3);
/// How often, and for how long, the venue's history has to explain nothing.
const ANSWERS: u32 = 3;
const SILENT: Span = Span::secs(10);
/// Rows that are closed unexplained within this are gone at once.
const AT_ONCE: Span = Span::secs(5);

/// One run of one engine, as what it writes shows it.
#[derive(Debug, Default)]
pub struct Record {
    questions: BTreeMap<OpId, PositionKey>,
    /// Complete answers about what was filled: how many, and when the first one came.
    answers: BTreeMap<PositionKey, (u32, Time)>,
    /// When orders and stops left.
    left: BTreeMap<ClientId, Time>,
    /// When rows were closed that nothing explains, and how many there were before that step.
    unexplained: BTreeMap<AccountName, BTreeMap<RowId, (Time, usize)>>,
    /// How many rows each account had after the last step.
    rows: BTreeMap<AccountName, usize>,
    /// Legs whose row ended with a fill that crossed zero.
    crossed: BTreeSet<PositionKey>,
    /// Since when a leg is open and has no row.
    untracked: BTreeMap<PositionKey, Time>,
    trails: BTreeMap<PositionKey, TrailRecord>,
    /// The newest word of the stream about a leg.
    newest: BTreeMap<PositionKey, VenueTime>,
    /// Looks that were sent, and at whose account.
    looks: BTreeMap<OpId, AccountName>,
    /// When the venue says that a leg changed last, and when that was first heard.
    heard: BTreeMap<PositionKey, (VenueTime, Time)>,
    /// The leg about which this step's word is older than one before it.
    older: Option<PositionKey>,
    /// What each leg was last shown as.
    shown: BTreeMap<PositionKey, Option<(Side, Decimal)>>,
}

impl Record {
    /// Follows what the engine is told.
    pub fn told(&mut self, now: Time, input: &Input) {
        self.older = None;
        match input {
            Input::Stream(account, word) => {
                if let StreamEvent::Position { symbol, leg, at, .. } = &**word {
                    let key = PositionKey::new(account.clone(), symbol.clone(), *leg);
                    self.hear(key.clone(), *at, now);
                    let newest = self.newest.entry(key.clone()).or_insert(*at);
                    self.older = (*newest > *at).then_some(key);
                    *newest = (*newest).max(*at);
                }
            }
            Input::Replied { op, reply } => {
                if let (Reply::Swept(sweep), Some(account)) = (&**reply, self.looks.remove(op)) {
                    self.looked(&account, sweep, now);
                }
                let Some(key) = self.questions.remove(op) else { return };
                if matches!(&**reply, Reply::History(history) if history.complete) {
                    self.answers.entry(key).or_insert((0, now)).0 += 1;
                }
            }
            // An account whose lease is another's begins again.
            Input::Lease(account, _) => {
                self.newest.retain(|key, _| key.account != *account);
                self.untracked.retain(|key, _| key.account != *account);
                // What was not written down while nobody could is not known to whoever is next.
                self.trails.retain(|key, _| key.account != *account);
            }
            _ => {}
        }
    }

    /// Everything that must hold of what one step writes.
    ///
    /// # Errors
    /// The law that is broken, in a sentence.
    pub fn decided(&mut self, effects: &[Effect], view: &Snapshot) -> Result<(), String> {
        loud(effects)?;
        for effect in effects {
            match effect {
                Effect::Ledger { writes, .. } => self.written(writes, view)?,
                Effect::Venue { op, account, act } => self.sent(*op, account, act, view.at)?,
                Effect::ReadLedger | Effect::Answer(_) => {}
            }
        }
        self.seen(view)
    }

    fn sent(
        &mut self,
        op: OpId,
        account: &AccountName,
        act: &Act,
        now: Time,
    ) -> Result<(), String> {
        let id = match act {
            Act::History { symbol, leg, .. } => {
                let key = PositionKey::new(account.clone(), symbol.clone(), *leg);
                self.questions.insert(op, key);
                return Ok(());
            }
            Act::Look { .. } => {
                self.looks.insert(op, account.clone());
                return Ok(());
            }
            Act::Enter(order) => &order.client_id,
            Act::Reduce(order) => &order.client_id,
            Act::PlaceStop(order) => &order.client_id,
            _ => return Ok(()),
        };
        match self.left.insert(id.clone(), now) {
            None => Ok(()),
            Some(_) => Err(format!("I3: {id} is sent twice")),
        }
    }

    fn looked(&mut self, account: &AccountName, sweep: &Sweep, now: Time) {
        for (symbol, leg, position) in sweep.seen() {
            if let Some(at) = position.changed {
                self.hear(PositionKey::new(account.clone(), symbol.clone(), leg), at, now);
            }
        }
    }

    fn hear(&mut self, key: PositionKey, changed: VenueTime, now: Time) {
        let heard = self.heard.entry(key).or_insert((changed, now));
        if heard.0 < changed {
            *heard = (changed, now);
        }
    }

    /// For how long what is adopted has been there: untracked, since it was first heard of as it
    /// is now, or as the venue dates it; whichever is longest.
    fn age(&self, new: &NewRow, view: &Snapshot) -> Span {
        let untracked = self.untracked.get(&new.key).copied();
        let heard = self.heard.get(&new.key).filter(|(at, _)| new.settled == Some(*at));
        let heard = heard.map(|(_, heard)| *heard);
        let account = view.accounts.iter().find(|account| account.name == new.key.account);
        let link = account.and_then(|account| account.link.as_ref());
        let ahead = link.map_or(0, |link| link.offset_ms);
        let opened = Time(new.opened_at.0.saturating_add(ahead));
        let since = [untracked, heard, Some(opened)].into_iter().flatten().min();
        since.map_or(Span(0), |since| view.at.since(since))
    }

    fn written(&mut self, writes: &[Write], view: &Snapshot) -> Result<(), String> {
        for write in writes {
            if let Some(repair) = write.repair() {
                confirmed(repair)?;
            }
            match write {
                Write::Close { row, repair, .. } => {
                    let proof = row.row().evidence.as_ref();
                    if proof.is_some_and(|proof| proof.get("crossing").is_some()) {
                        self.crossed.insert(row.row().key.clone());
                    }
                    self.closed(row.row(), repair.author, view)?;
                }
                // Whoever turned a position over knows that it is there.
                Write::Adopt(new, _) if self.crossed.contains(&new.key) => {}
                Write::Adopt(new, repair) if repair.author == Author::Engine => {
                    let age = self.age(new, view);
                    // The venue's clock may be ahead of ours by as much as it forgives.
                    if age.0 + SKEW.0 < GRACE.0 {
                        return Err(format!("I3: {} is adopted {age} after it appeared", new.key));
                    }
                }
                Write::Settle { client_id, state: IntentState::Failed, outcome, .. } => {
                    let left = self.left.get(client_id).map(|at| view.at.since(*at));
                    let denied = outcome.as_str() == Some("never reached the venue");
                    if denied && left.is_some_and(|age| age < DENIED) {
                        return Err(format!("I10: {client_id} is given up after {left:?}"));
                    }
                }
                Write::Trail(record) => self.trailed(record, view)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// What no fill explains was asked about for long; most rows at once are a venue's lie.
    fn closed(&mut self, row: &Row, author: Author, view: &Snapshot) -> Result<(), String> {
        let (key, now) = (&row.key, view.at);
        let answers = self.answers.get(key).copied();
        self.untracked.remove(key);
        apart(row)?;
        if row.priced || author == Author::Operator {
            return Ok(());
        }
        if !answers.is_some_and(|(n, first)| n >= ANSWERS && now.since(first) >= SILENT) {
            return Err(format!("I1: {key} is closed unexplained, asked: {answers:?}"));
        }
        // A ledger in trouble is told the same close again.
        let times = self.unexplained.entry(key.account.clone()).or_default();
        times.retain(|_, (at, _)| now.since(*at) < AT_ONCE);
        times.insert(row.id, (now, self.rows.get(&key.account).copied().unwrap_or_default()));
        let of_account = |id: &RowId| {
            view.legs.iter().any(|leg| {
                leg.key.account == key.account && leg.row.as_ref().is_some_and(|r| r.id == *id)
            })
        };
        let rows =
            view.legs.iter().filter(|leg| leg.key.account == key.account && leg.row.is_some());
        let all = rows.count() + times.keys().filter(|id| !of_account(id)).count();
        // They vanished together: what else was closed meanwhile was a row of the account then.
        let all = times.values().map(|(_, before)| *before).fold(all, usize::max);
        match times.len() {
            many if many >= 3 && 2 * many >= all => {
                let account = &key.account;
                Err(format!("I1: {many} of {all} rows of {account} closed unexplained at once"))
            }
            _ => Ok(()),
        }
    }

    /// A trailing stop never moves away from the market, by the same plan.
    fn trailed(&mut self, record: &TrailRecord, view: &Snapshot) -> Result<(), String> {
        let leg = view.legs.iter().find(|leg| leg.key == record.key);
        let side = leg.and_then(|leg| leg.row.as_ref()).filter(|row| row.id == record.row);
        // A ledger in trouble is told everything again, from the oldest on.
        if self.trails.get(&record.key).is_some_and(|known| known.at > record.at) {
            return Ok(());
        }
        let before = self.trails.insert(record.key.clone(), record.clone());
        let (Some(side), Some(before)) = (side.map(|row| row.side), before) else { return Ok(()) };
        let same = before.row == record.row && before.trail.plan == record.trail.plan;
        let (Some(was), Some(is)) = (before.trail.stop, record.trail.stop) else { return Ok(()) };
        if !same || !before.trail.is_active() || side.protects(is, was) {
            return Ok(());
        }
        Err(format!("I4: the trailing stop of {} goes from {was} back to {is}", record.key))
    }

    /// What is shown: an older word of the stream changes nothing.
    fn seen(&mut self, view: &Snapshot) -> Result<(), String> {
        let older = self.older.take();
        self.rows.clear();
        for leg in view.legs.iter().filter(|leg| leg.row.is_some()) {
            *self.rows.entry(leg.key.account.clone()).or_default() += 1;
        }
        for leg in &view.legs {
            let there = match leg.there {
                There::Open { side, quantity, .. } => Some((side, quantity.get())),
                _ => None,
            };
            if there.is_none() {
                self.crossed.remove(&leg.key);
            }
            match (there, &leg.row) {
                (Some(_), None) => {
                    // What was answered about one that was gone says nothing of this one.
                    self.answers.remove(&leg.key);
                    self.untracked.entry(leg.key.clone()).or_insert(view.at);
                }
                _ => _ = self.untracked.remove(&leg.key),
            }
            let Some(was) = self.shown.get_mut(&leg.key) else {
                self.shown.insert(leg.key.clone(), there);
                continue;
            };
            let before = std::mem::replace(was, there);
            if older.as_ref() == Some(&leg.key) && before != there {
                let key = &leg.key;
                return Err(format!("I5: an older word makes {key} {there:?} after {before:?}"));
            }
        }
        Ok(())
    }
}

/// What the engine repairs by itself, two looks agreed upon.
fn confirmed(repair: &Repair) -> Result<(), String> {
    let looks = repair.evidence.get("looks").and_then(serde_json::Value::as_u64);
    match looks {
        Some(looks) if looks < 2 && repair.author == Author::Engine => {
            Err(format!("I1: {:?} of {} after {looks} looks", repair.rule, repair.key))
        }
        _ => Ok(()),
    }
}

/// Looks that prove an end are apart, unless the stream said zero.
fn apart(row: &Row) -> Result<(), String> {
    let absent = row.evidence.as_ref().and_then(|e| e.get("absent")?.as_array());
    let absent = absent.map(Vec::as_slice).unwrap_or_default();
    if absent.iter().any(|look| look.get("stream_zero").is_some()) {
        return Ok(());
    }
    let times = absent.iter().filter_map(|look| Time::parse(look.get("sweep")?.as_str()?));
    let times: BTreeSet<Time> = times.collect();
    match (times.first(), times.last()) {
        (Some(first), Some(last)) if last.since(*first) < APART => {
            Err(format!("I1: {} is closed by looks {} apart", row.key, last.since(*first)))
        }
        _ => Ok(()),
    }
}

/// A leg that becomes naked is said to be, in the same step: notes that were refused together
/// are written one by one.
fn loud(effects: &[Effect]) -> Result<(), String> {
    let writes = || {
        let written = effects.iter().filter_map(|effect| match effect {
            Effect::Ledger { writes, .. } => Some(writes),
            _ => None,
        });
        written.flatten()
    };
    let silent = |key: &PositionKey| {
        !writes().any(|write| {
            let Write::Event(event) = write else { return false };
            let here = event.symbol.as_ref() == Some(&key.symbol)
                && event.account.as_ref() == Some(&key.account);
            event.kind == EventKind::PositionNaked && here
        })
    };
    let naked = writes().filter_map(|write| match write {
        Write::NakedFrom { key, .. } => Some(key),
        _ => None,
    });
    match naked.into_iter().find(|key| silent(key)) {
        Some(key) => Err(format!("I8: {key} is naked and nobody is told")),
        None => Ok(()),
    }
}
