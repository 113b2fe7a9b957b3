//! What engines show, held against the exchanges while things still go wrong.
//!
//! Not for: what they show once there is peace (that is `peace`). Door: `World::alarmed`.

use crate::domain::guard::Guard;
use crate::domain::key::{AccountName, Leg, PositionKey, Symbol};
use crate::domain::snapshot::Snapshot;
use crate::domain::time::{Span, Time};
use crate::sim::exchange::Exchange;
use crate::worlds::truth::leg_called;
use crate::worlds::world::World;

/// How old a picture may be to count as what an engine shows.
const FRESH: Span = Span::secs(5);
/// How long after the truth a look has to have come to know of it.
const KNOWN: Span = Span::secs(10);

/// A leg that nothing covers.
struct Bare {
    symbol: String,
    leg: Leg,
    since: Time,
    /// Since when it has this size.
    sized: Time,
}

impl World<'_> {
    /// A leg that is bare for long is never shown as covered by an engine that holds its lease
    /// and has looked since, and since it has the size it has: one that slept places a stop for
    /// what it knew, and looks.
    pub(super) fn alarmed(&self) -> Result<(), String> {
        let now = self.clock.now();
        let limit = Span(2 * self.plan.setting.sync.0 + 20_000);
        for (name, exchange) in &self.exchanges {
            for bare in exchange.look(all_bare) {
                let late = now.since(bare.since) >= limit;
                let mut pictures = self.engines.values().filter_map(|e| e.picture(false));
                if late && pictures.any(|p| now.since(p.at) < FRESH && covers(&p, name, &bare)) {
                    let Bare { symbol, leg, since, .. } = bare;
                    return Err(format!(
                        "I8: {name} {symbol} {leg} is bare since {since} and shown as covered"
                    ));
                }
            }
        }
        Ok(())
    }
}

fn all_bare(truth: &Exchange) -> Vec<Bare> {
    let sized = |symbol: &str, leg: &str| {
        let held = truth.account.open().find(|(slot, _)| slot.0 == symbol && slot.1.name() == leg);
        Time(held.map_or(0, |(_, position)| position.updated))
    };
    let bare = truth.bare().into_iter().map(|(symbol, leg, since)| Bare {
        sized: sized(&symbol, leg),
        leg: leg_called(leg),
        since: Time(since),
        symbol,
    });
    bare.collect()
}

/// Whether a picture that knows better shows the leg as covered.
fn covers(picture: &Snapshot, name: &AccountName, bare: &Bare) -> bool {
    let known = bare.since.max(bare.sized) + KNOWN;
    let looked = |at: Option<Time>| at.is_some_and(|at| at > known);
    if !picture.accounts.iter().any(|a| a.name == *name && looked(a.looked)) {
        return false;
    }
    let key = PositionKey::new(name.clone(), Symbol::from(bare.symbol.as_str()), bare.leg);
    let shown = picture.legs.iter().find(|view| view.key == key);
    shown.is_some_and(|view| matches!(view.guard.value, Guard::Covered(_)))
}
