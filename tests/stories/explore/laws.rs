//! What must hold in every state, and what must hold when nothing is left to happen.
//!
//! Each law judges a state alone, whatever led to it: so a state that is known need not be
//! judged again. Door: [`Laws`].

use holdfast::domain::amount::{OrderSide, Side};
use holdfast::domain::effect::Act;
use holdfast::domain::guard::{self, Guard};
use holdfast::domain::journal::{IntentKind, IntentState};
use holdfast::domain::key::PositionKey;
use holdfast::domain::ledger::RowStatus;
use holdfast::domain::snapshot::{FindingKind, Snapshot};
use holdfast::worlds::ledger::Ledger;
use rust_decimal::Decimal;

use crate::stories::matrix;
use crate::stories::venue::Venue;

/// What may become of a leg.
#[derive(Clone, Debug)]
pub struct Fate {
    pub key: PositionKey,
    pub side: Side,
    /// How much of it may be open at most, and is left at least.
    pub most: u32,
    pub least: u32,
    /// While it is open a stop covers all of it, at every moment.
    pub covered: bool,
    /// How often it may be entered.
    pub entries: usize,
}

/// The laws of one scene.
#[derive(Clone, Debug)]
pub struct Laws {
    pub fates: Vec<Fate>,
}

/// Stops of ours on one leg: the wanted one, the one it replaces, and one whose fate is unsure.
const STOPS_AT_MOST: usize = 3;

impl Laws {
    /// The venue after it did something for us.
    pub fn holds_at_the_venue(&self, venue: &Venue) -> Result<(), String> {
        self.fates.iter().try_for_each(|fate| {
            fate.holds(venue).map_err(|why| format!("at the venue, {}: {why}", fate.key))
        })
    }

    /// Nothing is closed in the ledger while the venue holds it.
    pub fn holds_in_the_ledger(&self, ledger: &Ledger, venue: &Venue) -> Result<(), String> {
        for fate in &self.fates {
            let closed = ledger.last_closed(&fate.key).filter(|_| ledger.open(&fate.key).is_none());
            if let (Some(row), Some(position)) = (closed, venue.position(&fate.key)) {
                let (id, quantity) = (row.id.0, position.quantity);
                return Err(format!("row {id} is closed and the venue holds {quantity}"));
            }
            let of_leg = |status| ledger.rows.values().filter(move |r| r.status == status);
            if of_leg(RowStatus::Active).filter(|row| row.key == fate.key).count() > 1 {
                return Err(format!("{} has two open rows", fate.key));
            }
        }
        Ok(())
    }

    /// Nothing is sent that is not written down; the entry only while its intent is open.
    pub fn announces(&self, act: &Act, ledger: &Ledger) -> Result<(), String> {
        let (id, kind) = match act {
            Act::Enter(order) => (&order.client_id, IntentKind::Open),
            Act::Reduce(order) => (&order.client_id, IntentKind::Close),
            Act::PlaceStop(order) => (&order.client_id, IntentKind::PlaceStop),
            _ => return Ok(()),
        };
        let pending = |(intent, state): &&(_, IntentState)| {
            let intent: &holdfast::domain::journal::Intent = intent;
            intent.kind == kind && *state == IntentState::Pending
        };
        match ledger.intents.get(id).filter(pending) {
            Some(_) => Ok(()),
            None => Err(format!("{id} is sent without an open intent in the ledger")),
        }
    }

    /// What must be true once nothing is left to happen.
    pub fn are_settled(
        &self,
        ledger: &Ledger,
        venue: &Venue,
        view: &Snapshot,
    ) -> Result<(), String> {
        let open = |state| matches!(state, IntentState::Pending | IntentState::Unknown);
        if let Some((intent, state)) = ledger.intents.values().find(|(_, state)| open(*state)) {
            return Err(format!("the intent {} is {state:?}", intent.client_id));
        }
        for fate in &self.fates {
            matrix::settled(ledger, venue, view, &fate.key, fate.least)
                .map_err(|why| format!("{}: {why}", fate.key))?;
        }
        let orphan = |kind| kind == FindingKind::Orphan;
        match view.legs.iter().find(|leg| leg.findings.iter().any(|f| orphan(f.kind))) {
            Some(leg) => Err(format!("{} is nobody's", leg.key)),
            None => Ok(()),
        }
    }
}

impl Fate {
    fn holds(&self, venue: &Venue) -> Result<(), String> {
        let key = &self.key;
        let of_leg = |symbol, leg| symbol == &key.symbol && leg == key.leg;
        let entered = |side| (side == OrderSide::Buy) == (self.side == Side::Long);
        let fills = venue.history.iter().filter(|f| of_leg(&f.symbol, f.leg) && entered(f.side));
        let entries = fills.count();
        if entries > self.entries {
            return Err(format!("it is entered {entries} times"));
        }
        let stops = venue.stops.iter().filter(|s| of_leg(&s.symbol, s.leg));
        if stops.clone().filter(|stop| stop.ours()).count() > STOPS_AT_MOST {
            return Err("stops of ours pile up".to_owned());
        }
        let position = venue.position(key);
        let size = position.map_or(Decimal::ZERO, |p| p.quantity.get());
        if size < Decimal::from(self.least) || size > Decimal::from(self.most) {
            return Err(format!("{size} are open, not {} to {}", self.least, self.most));
        }
        let Some(position) = position else { return Ok(()) };
        if position.side != self.side {
            return Err(format!("it is {}", position.side));
        }
        let mark = venue.marks.get(&key.symbol).copied();
        match guard::judge(position, mark, stops) {
            Guard::Covered(_) => Ok(()),
            _ if !self.covered => Ok(()),
            judged => Err(format!("{judged:?}: it was covered before")),
        }
    }
}
