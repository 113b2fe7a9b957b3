//! What must hold of what is told: of whom an event speaks, which answers are shown, and that no
//! two orders of ours have one number. Beside it, what the screen alone was told.

use std::collections::{BTreeMap, VecDeque};

use holdfast::domain::client_id::ClientId;
use holdfast::domain::command::Answer;
use holdfast::domain::effect::{Act, Effect};
use holdfast::domain::event::{Event, EventKind};
use holdfast::domain::journal::Write;
use holdfast::domain::snapshot::Snapshot;

use super::expect::{Held, hold};
use super::table::{self, Args};
use super::verbs::Teller;
use holdfast::worlds::ledger::Ledger;

/// So many answers are shown.
const ANSWERS: usize = 64;
/// Of so many of the newest events on the screen it is looked at whom they speak of.
const NEWEST: usize = 4;

#[derive(Debug, Default)]
pub struct Told {
    answers: VecDeque<Answer>,
    /// The orders of this process by the count at the end of their ids.
    counts: BTreeMap<String, ClientId>,
}

impl Told {
    /// Everything that must hold of what one step tells.
    pub fn step(
        &mut self,
        effects: &[Effect],
        view: &Snapshot,
        ledger: &Ledger,
    ) -> Result<(), String> {
        view.events.iter().rev().take(NEWEST).try_for_each(|event| of_somebody(event, view))?;
        let mut answered = false;
        for effect in effects {
            match effect {
                Effect::Ledger { writes, .. } => {
                    for write in writes {
                        if let Write::Event(event) = write {
                            of_somebody(event, view)?;
                        }
                    }
                }
                Effect::Venue { act, .. } => {
                    self.counted(act)?;
                    dated(act, ledger)?;
                }
                Effect::Answer(answer) => {
                    self.answers.push_back(answer.clone());
                    answered = true;
                }
                Effect::ReadLedger => {}
            }
        }
        while self.answers.len() > ANSWERS {
            self.answers.pop_front();
        }
        let shown = view.answers.iter().rev();
        if answered && !self.answers.iter().rev().eq(shown.take(self.answers.len())) {
            return Err(format!("answered {:?}, shown {:?}", self.answers, view.answers));
        }
        Ok(())
    }

    /// Ids of one process are told apart by their count alone.
    fn counted(&mut self, act: &Act) -> Result<(), String> {
        let id = match act {
            Act::PlaceStop(order) => &order.client_id,
            Act::Reduce(order) => &order.client_id,
            Act::Enter(order) => &order.client_id,
            _ => return Ok(()),
        };
        let count = id.as_str().chars().rev().take(6).collect();
        match self.counts.insert(count, id.clone()).filter(|other| other != id) {
            Some(other) => Err(format!("{other} and {id} have one count")),
            None => Ok(()),
        }
    }
}

/// What became of an order is asked with the instant from which on it can have been sent: a venue
/// that has thousands finds it by that.
fn dated(act: &Act, ledger: &Ledger) -> Result<(), String> {
    let Act::FindOrder { client_id, since, .. } = act else { return Ok(()) };
    let Some((intent, _)) = ledger.intents.get(client_id) else { return Ok(()) };
    match since {
        Some(since) if *since <= intent.at => Ok(()),
        _ => Err(format!("{client_id} of {} is asked for since {since:?}", intent.at)),
    }
}

/// An event is about an account of the config, on that account's venue, or about none; what a
/// person asks for may name any other.
fn of_somebody(event: &Event, view: &Snapshot) -> Result<(), String> {
    let Some(name) = &event.account else { return Ok(()) };
    let account = view.policy.accounts.iter().find(|account| account.name == *name);
    match account {
        Some(account) if event.venue == Some(account.venue) => Ok(()),
        None if event.kind == EventKind::OperatorCommand && !name.as_str().is_empty() => Ok(()),
        _ => Err(format!("{} is told of {name:?} on {:?}", event.kind.name(), event.venue)),
    }
}

impl Teller {
    /// `logged KIND [saying TEXT] [xN]`: the screen's list of events, whatever the ledger has.
    pub fn logged(&mut self, words: &mut Args) -> Held {
        let kind = words.next("event kind")?;
        let text = words.value("saying").unwrap_or_default();
        let want = words.try_next(table::times);
        let view = self.world.view()?;
        let fits = |event: &Event| event.kind.name() == kind && event.text.contains(&text);
        let count = view.events.iter().filter(|event| fits(event)).count();
        let holds = want.map_or(count > 0, |want| count == want);
        hold(holds, || format!("there are {count}"))
    }
}
