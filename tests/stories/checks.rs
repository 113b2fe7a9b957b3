//! What must hold after every step of every story: the laws of the worlds, and what only a story
//! can know, because its ledger and its venue are beside it.

use std::collections::BTreeMap;

use holdfast::domain::client_id::ClientId;
use holdfast::domain::effect::{Act, Effect, EntryOrder};
use holdfast::domain::guard::{self, Guard};
use holdfast::domain::input::Input;
use holdfast::domain::journal::{IntentKind, IntentState};
use holdfast::domain::key::{AccountName, PositionKey};
use holdfast::domain::order::ConditionalOrder;
use holdfast::domain::snapshot::Snapshot;
use holdfast::domain::time::{Span, Time};
use holdfast::worlds::laws::Laws;
use holdfast::worlds::ledger::Ledger;

use super::venue::Venue;

/// Stops of ours on one leg: the wanted one, the one it replaces, and one whose fate is unsure.
const STOPS_AT_MOST: usize = 3;

/// The longest that the newest look may be behind the venue when a stop is taken away on it.
const UNKNOWABLE: Span = Span(600);

#[derive(Debug, Default)]
pub struct Checks {
    /// What holds of this run.
    laws: Laws,
    /// Entries that left, in all the runs, and the asks they answer.
    entered: BTreeMap<ClientId, u64>,
    /// Unfinished intents of an earlier run that the venue has not been asked about.
    inherited: BTreeMap<ClientId, PositionKey>,
}

impl Checks {
    /// A new process knows its orders from the ledger alone.
    pub fn restarted(&mut self, ledger: &Ledger) {
        let open =
            |state: IntentState| matches!(state, IntentState::Pending | IntentState::Unknown);
        let left = ledger.intents.values().filter(|(_, state)| open(*state));
        let left: Vec<_> = left.map(|(intent, _)| intent.clone()).collect();
        self.laws = Laws::of(&left);
        self.inherited = left.into_iter().map(|i| (i.client_id, i.key)).collect();
    }

    /// What must hold when a story is over.
    pub fn ended(&self) -> Result<(), String> {
        match self.inherited.keys().next() {
            Some(id) => Err(format!("nobody asked what became of {id}, left by an earlier run")),
            None => Ok(()),
        }
    }

    /// Follows what the engine is told.
    pub fn input(&mut self, now: Time, input: &Input) {
        self.laws.told(now, input);
    }

    /// What must hold of one step.
    pub fn step(
        &mut self,
        effects: &[Effect],
        view: &Snapshot,
        ledger: &Ledger,
    ) -> Result<(), String> {
        self.laws.decided(effects, view)?;
        for effect in effects {
            if let Effect::Venue { account, act, .. } = effect {
                self.sent(account, act, view, ledger)?;
            }
        }
        Ok(())
    }

    fn sent(
        &mut self,
        account: &AccountName,
        act: &Act,
        view: &Snapshot,
        ledger: &Ledger,
    ) -> Result<(), String> {
        match act {
            Act::Reduce(order) => self.announced(&order.client_id, view, ledger)?,
            Act::PlaceStop(order) => self.announced(&order.client_id, view, ledger)?,
            Act::Enter(order) => self.enters(order, ledger)?,
            Act::CancelStop { client_id, .. } if client_id.as_str().starts_with("on-position") => {
                return Err(format!("{client_id} leaves with its position and is cancelled"));
            }
            Act::FindOrder { client_id, .. } => {
                self.inherited.remove(client_id);
            }
            Act::FindStop { client_id, symbol, leg } => {
                // The stop on a position is asked for by its name, whoever put it there.
                let key = PositionKey::new(account.clone(), symbol.clone(), *leg);
                let slot = *client_id == ClientId::on_position(symbol, *leg);
                self.inherited.retain(|id, at| id != client_id && !(slot && *at == key));
            }
            _ => {}
        }
        Ok(())
    }

    /// An entry is sent once in all the runs, once for an ask, and only while its intent is
    /// committed and open.
    fn enters(&mut self, order: &EntryOrder, ledger: &Ledger) -> Result<(), String> {
        let id = &order.client_id;
        let kept = ledger.intents.get(id).filter(|(intent, _)| intent.kind == IntentKind::Open);
        let Some((intent, IntentState::Pending)) = kept else {
            return Err(format!("the entry {id} is sent without a committed intent"));
        };
        let ask = intent.payload["ask"].as_u64().ok_or("an intent to open names its ask")?;
        let sent = intent.payload["order"]["client_id"].as_str() == Some(id.as_str());
        if !sent || self.entered.values().any(|known| *known == ask) {
            return Err(format!("the entry {id} is sent twice for ask {ask}"));
        }
        self.entered.insert(id.clone(), ask);
        Ok(())
    }

    /// Intent before act, unless the ledger cannot take it now, as far as is known.
    fn announced(&self, id: &ClientId, view: &Snapshot, ledger: &Ledger) -> Result<(), String> {
        let down = ledger.down.is_some() || view.ledger_fault.is_some();
        if self.laws.is_intended(id) || down {
            return Ok(());
        }
        Err(format!("{id} is sent without an intent"))
    }

    /// What must hold of an act once the venue has done it.
    pub fn arrived(
        now: Time,
        act: &Act,
        before: &[ConditionalOrder],
        venue: &Venue,
    ) -> Result<(), String> {
        let Act::CancelStop { client_id, .. } = act else { return stacked(venue) };
        let Some(stop) = before.iter().find(|s| s.client_id == *client_id) else { return Ok(()) };
        if !stop.ours() {
            return Err(format!("{client_id} is not ours and is cancelled"));
        }
        let key = PositionKey::new(venue.account.clone(), stop.symbol.clone(), stop.leg);
        let Some(position) = venue.position(&key) else { return Ok(()) };
        // What was bought after the last answer left the venue nobody can know.
        if position.changed.is_some_and(|at| now.since(Time(at.0)) < UNKNOWABLE) {
            return Ok(());
        }
        let mark = venue.marks.get(&stop.symbol).copied();
        let of_leg = |s: &&ConditionalOrder| s.symbol == stop.symbol && s.leg == stop.leg;
        let was = guard::judge(position, mark, before.iter().filter(of_leg));
        let is = guard::judge(position, mark, venue.stops.iter().filter(of_leg));
        match (was, is) {
            (Guard::Covered(_), Guard::Naked | Guard::Partly(_)) => {
                Err(format!("cancelling {client_id} uncovered {key}"))
            }
            _ => Ok(()),
        }
    }
}

fn stacked(venue: &Venue) -> Result<(), String> {
    let mut ours: BTreeMap<_, usize> = BTreeMap::new();
    for stop in venue.stops.iter().filter(|stop| stop.ours()) {
        *ours.entry((&stop.symbol, stop.leg)).or_default() += 1;
    }
    match ours.iter().find(|(_, count)| **count > STOPS_AT_MOST) {
        Some((leg, count)) => Err(format!("{count} stops of ours pile up on {leg:?}")),
        None => Ok(()),
    }
}
