//! When the core wants to be woken, and for what: one slot each, the earliest wish stands.
//!
//! Asked after every input, with thousands of legs waiting: the next one is known without a search.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::domain::key::{AccountName, PositionKey};
use crate::domain::time::Time;

use crate::engine::pairs;

/// Every timer there is: one slot each.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) enum Timer {
    /// A look at an account is due.
    Look(AccountName),
    /// Something about a leg is to be considered again.
    Leg(PositionKey),
    /// What could not be written is to be tried again.
    Ledger,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Timers {
    #[serde(with = "pairs")]
    set: BTreeMap<Timer, Time>,
    order: BTreeSet<(Time, Timer)>,
}

impl Timers {
    /// Sets a timer unless it is set to an earlier instant already.
    pub(super) fn by(&mut self, timer: Timer, at: Time) {
        match self.set.get(&timer) {
            Some(set) if *set <= at => return,
            Some(set) => {
                self.order.remove(&(*set, timer.clone()));
            }
            None => {}
        }
        self.order.insert((at, timer.clone()));
        self.set.insert(timer, at);
    }

    pub(super) fn next(&self) -> Option<Time> {
        self.order.first().map(|(at, _)| *at)
    }

    /// Every timer that is set, in words, and when it is due.
    pub(super) fn all(&self) -> impl Iterator<Item = (String, Time)> + '_ {
        self.order.iter().map(|(at, timer)| {
            let what = match timer {
                Timer::Look(account) => format!("a look at {account} is due"),
                Timer::Leg(key) => format!("{key} is to be considered"),
                Timer::Ledger => "the ledger is to be tried again".to_owned(),
            };
            (what, *at)
        })
    }

    /// The timers whose time has come, in their own order.
    pub(super) fn due(&mut self, now: Time) -> Vec<Timer> {
        let mut due = Vec::new();
        while self.order.first().is_some_and(|(at, _)| *at <= now) {
            let Some((_, timer)) = self.order.pop_first() else { break };
            self.set.remove(&timer);
            due.push(timer);
        }
        due.sort();
        due
    }
}
