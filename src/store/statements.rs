//! Each [`Write`] as SQL: events, intents, orders and fills here; rows and their journal, and what
//! protects them, in their own files.
//!
//! A write that must not happen inserts its reason into the temporary table `refusal`, whose
//! trigger ends the transaction with that reason: the check and the change are one trip, and
//! nobody can come between them.
//! Door: [`batch`].

mod fence;
mod protection;
mod rows;

pub(super) use fence::FENCED;
pub use fence::Fences;

use serde_json::{Value, json};

use crate::domain::event::Event;
use crate::domain::evidence::Fill;
use crate::domain::journal::{Intent, IntentState, OrderRecord, Repair, Write};
use crate::domain::key::PositionKey;
use crate::domain::order::OrderStatus;
use crate::domain::time::Time;
use crate::store::batch::{Batch, Trip, in_pieces, rows as places};
use crate::store::changes::{Change, Changes};

/// The writes as statements. Those that nothing else in the transaction depends on are moved
/// behind the others, so that writes of a kind come together.
/// With fences, the transaction is refused where another process holds a lease.
pub(super) fn batch(writes: &[Write], held: Option<&Fences>) -> Batch {
    let mut batch = Batch::new();
    if let Some(held) = held {
        fence::fence(batch.trip(0), held, writes);
    }
    let (mut changes, mut fills, mut events) = (Changes::default(), Vec::new(), Vec::new());
    for write in writes {
        match write {
            Write::Update { row, expect, repair } => {
                let repair = repair.as_deref();
                changes.push(&mut batch, Change { row: row.row(), expect: *expect, repair });
            }
            Write::Close { row, expect, repair } => {
                let repair = Some(&**repair);
                changes.push(&mut batch, Change { row: row.row(), expect: *expect, repair });
            }
            Write::Fill { key, fill } => fills.push((key, &**fill)),
            Write::Event(event) => events.push(&**event),
            other => {
                changes.end(&mut batch);
                single(batch.trip(1), other);
            }
        }
    }
    changes.end(&mut batch);
    in_pieces(&fills, |fills| record_fills(batch.trip(fills.len()), fills));
    in_pieces(&events, |events| tell(batch.trip(events.len()), events));
    batch
}

/// A write that is one of its kind in its transaction, as far as it goes.
fn single(trip: &mut Trip, write: &Write) {
    match write {
        Write::Adopt(row, repair) => rows::adopt(trip, row, repair),
        Write::Open(row) => rows::open(trip, row),
        Write::Undo { repair, author, at } => rows::undo(trip, repair, *author, *at),
        Write::Restore { account, duty, at } => rows::restore(trip, account, *duty, *at),
        Write::Intend(intent) => intend(trip, intent),
        Write::Settle { client_id, state, outcome, at } => {
            settle(trip, client_id.as_str(), *state, outcome, *at);
        }
        Write::Order(order) => record_order(trip, order),
        Write::StopsEnded { .. }
        | Write::NakedFrom { .. }
        | Write::NakedUntil { .. }
        | Write::Trail(_)
        | Write::TrailEnded { .. }
        | Write::Halt(_)
        | Write::Resume { .. } => protection::write(trip, write),
        // Gathered by `batch`.
        Write::Update { .. } | Write::Close { .. } | Write::Fill { .. } | Write::Event(_) => {}
    }
}

impl Trip {
    pub(super) fn leg(&mut self, key: &PositionKey) -> &mut Self {
        self.text(&key.account).text(&key.symbol).text(key.leg)
    }

    pub(super) fn repair(&mut self, repair: &Repair) -> &mut Self {
        self.text(&repair.id.0).text(repair.rule.name()).text(repair.author.name());
        self.text(&repair.evidence).text(repair.at)
    }
}

fn tell(trip: &mut Trip, events: &[&Event]) {
    trip.sql(
        "INSERT INTO events (at, kind, severity, account, exchange, symbol, leg, position_id, data)
         VALUES ",
    );
    trip.sql(&places(events.len(), 9)).sql(";");
    for event in events {
        trip.text(event.at).text(event.kind.name()).text(event.severity.name());
        trip.maybe(event.account.as_ref()).maybe(event.venue.map(|venue| venue.exchange()));
        trip.maybe(event.symbol.as_ref()).maybe(event.leg).maybe(event.row.map(|row| row.0));
        trip.text(facts(event));
    }
}

/// The event's data with its sentence: always an object.
fn facts(event: &Event) -> Value {
    let mut data = match &event.data {
        Value::Object(facts) => Value::Object(facts.clone()),
        Value::Null => json!({}),
        fact => json!({"value": fact}),
    };
    data["text"] = Value::from(event.text.as_str());
    data
}

fn intend(trip: &mut Trip, intent: &Intent) {
    trip.sql(
        "INSERT INTO intents (client_id, kind, account, symbol, leg, payload, state, at)
         VALUES (?, ?, ?, ?, ?, ?, 'pending', ?);",
    );
    trip.text(&intent.client_id).text(intent.kind.name()).leg(&intent.key);
    trip.text(&intent.payload).text(intent.at);
}

fn settle(trip: &mut Trip, client_id: &str, state: IntentState, outcome: &Value, at: Time) {
    trip.sql("UPDATE intents SET state = ?, outcome = ?, settled_at = ? WHERE client_id = ?;");
    trip.text(state.name()).text(outcome).text(at).text(client_id);
}

fn record_order(trip: &mut Trip, order: &OrderRecord) {
    trip.sql(
        "INSERT INTO orders (account, symbol, leg, client_id, venue_id, purpose, side, quantity,
             trigger, status, filled, average, at, placed_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (account, client_id) DO UPDATE SET
             venue_id = coalesce(excluded.venue_id, venue_id),
             quantity = excluded.quantity, trigger = coalesce(excluded.trigger, trigger),
             status = excluded.status, filled = coalesce(excluded.filled, filled),
             average = coalesce(excluded.average, average), at = excluded.at,
             placed_at = coalesce(placed_at, excluded.placed_at);",
    );
    trip.leg(&order.key).text(&order.client_id).maybe(order.venue_id.as_ref());
    trip.maybe(order.client_id.purpose().map(|purpose| purpose.name()));
    trip.text(order.side).text(order.quantity).maybe(order.trigger).text(order.status.name());
    let placed = (order.status == OrderStatus::Live).then_some(order.at);
    trip.maybe(order.filled).maybe(order.average).text(order.at).maybe(placed);
}

fn record_fills(trip: &mut Trip, fills: &[(&PositionKey, &Fill)]) {
    trip.sql(
        "INSERT INTO fills (account, symbol, leg, trade_id, order_id, client_id, side, quantity,
             price, fee, fee_asset, at)
         VALUES ",
    );
    trip.sql(&places(fills.len(), 12)).sql(" ON CONFLICT DO NOTHING;");
    for (key, fill) in fills {
        trip.leg(key).text(&fill.trade_id).text(&fill.order_id).maybe(fill.client_id.as_ref());
        trip.text(fill.side).text(fill.quantity).text(fill.price).text(fill.fee.0.normalize());
        trip.text(&fill.fee_asset).text(Time(fill.at.0));
    }
}
