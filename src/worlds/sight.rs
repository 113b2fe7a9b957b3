//! Looks held against the truth: where no fault makes a venue lie about rows, a look that counts
//! as whole shows whatever has been open all the while.
//!
//! Not for: what follows from a look. Door: [`Sight`].

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use crate::domain::effect::{Act, Effect, OpId};
use crate::domain::input::{Input, Reply};
use crate::domain::key::{AccountName, Symbol};
use crate::domain::sweep::{Look, Sweep};
use crate::domain::time::{Span, Time};
use crate::runtime::Clock;
use crate::sim::inside::Inside;
use crate::worlds::plan::{Deed, Plan};
use crate::worlds::truth::leg_called;

/// How long before the question something has to have been open, whatever its clock shows.
const SETTLED: Span = Span::secs(5);
/// Faults by which a venue leaves rows out of an answer that is otherwise well.
const LIES: [&str; 6] =
    ["empty_list", "zero_rows", "hide_rows", "rest_lag", "short_page", "answer"];

/// The exchanges that do not lie about rows in this world.
pub type Honest = Arc<BTreeMap<AccountName, Inside>>;

/// Picks them.
pub fn honest(plan: &Plan, exchanges: &BTreeMap<AccountName, Inside>) -> Honest {
    let lies = |name: &AccountName| {
        plan.deeds.iter().any(|timed| match &timed.deed {
            Deed::Exchange { account, verb } if account == name => {
                let kind = verb.get("kind").and_then(Value::as_str);
                kind.is_some_and(|kind| LIES.contains(&kind)) || verb["do"] == "hedge_mode"
            }
            _ => false,
        })
    };
    let honest = exchanges.iter().filter(|(name, _)| !lies(name));
    Arc::new(honest.map(|(name, exchange)| (name.clone(), exchange.clone())).collect())
}

/// What one engine sees of them.
#[derive(Debug)]
pub struct Sight {
    honest: Honest,
    clock: Clock,
    asked: BTreeMap<OpId, (AccountName, Time)>,
}

impl Sight {
    /// Sees nothing yet.
    pub const fn new(honest: Honest, clock: Clock) -> Self {
        Self { honest, clock, asked: BTreeMap::new() }
    }

    /// Notes when looks leave.
    pub fn decided(&mut self, effects: &[Effect]) {
        for effect in effects {
            if let Effect::Venue { op, account, act: Act::Look { .. } } = effect {
                self.asked.insert(*op, (account.clone(), self.clock.now()));
            }
        }
    }

    /// Holds an answer against the truth.
    ///
    /// # Errors
    /// What a look denies although it was there.
    pub fn told(&mut self, input: &Input) -> Result<(), String> {
        let Input::Replied { op, reply } = input else { return Ok(()) };
        let Some((account, asked)) = self.asked.remove(op) else { return Ok(()) };
        let (Reply::Swept(sweep), Some(exchange)) = (&**reply, self.honest.get(&account)) else {
            return Ok(());
        };
        let open = |truth: &crate::sim::exchange::Exchange| {
            let open = truth.account.open().filter(|(_, position)| {
                asked.since(Time(position.updated.max(position.opened))) > SETTLED
            });
            open.map(|((symbol, leg), _)| (symbol.clone(), leg.name())).collect::<Vec<_>>()
        };
        match exchange.look(open).into_iter().find(|(symbol, leg)| denies(sweep, symbol, leg)) {
            None => Ok(()),
            Some((symbol, leg)) => {
                Err(format!("I5: a whole look at {account} does not find {symbol} {leg}"))
            }
        }
    }
}

fn denies(sweep: &Sweep, symbol: &str, leg: &str) -> bool {
    matches!(sweep.look(&Symbol::from(symbol), leg_called(leg)), Look::NotHere)
}
