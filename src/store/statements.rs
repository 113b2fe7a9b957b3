//! Each [`Write`] as SQL.
//!
//! A write that must not happen inserts its reason into the temporary table `refusal`, whose
//! trigger ends the transaction with that reason: the check and the change are one trip, and
//! nobody can come between them.
//! Door: [`batch`].

use std::sync::LazyLock;

use serde_json::{Value, json};

use crate::domain::event::Event;
use crate::domain::evidence::Fill;
use crate::domain::journal::{Author, Intent, IntentState, OrderRecord, Repair, RepairId, Write};
use crate::domain::key::PositionKey;
use crate::domain::ledger::NewRow;
use crate::domain::time::Time;
use crate::store::batch::{Batch, Trip, in_pieces, rows};
use crate::store::changes::{COLUMNS, Change, Changes, IMAGE};

/// The writes as statements. Those that nothing else in the transaction depends on are moved
/// behind the others, so that writes of a kind come together.
pub(super) fn batch(writes: &[Write]) -> Batch {
    let mut batch = Batch::new();
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
        Write::Adopt(row, repair) => adopt(trip, row, repair),
        Write::Undo { repair, author, at } => undo(trip, repair, *author, *at),
        Write::Restore { account, duty, at } => {
            trip.sql(RESTORE).text(at).text(account).text(duty.name());
        }
        Write::Intend(intent) => intend(trip, intent),
        Write::Settle { client_id, state, outcome, at } => {
            settle(trip, client_id.as_str(), *state, outcome, *at);
        }
        Write::Order(order) => record_order(trip, order),
        Write::StopsEnded { key, keep, status, filled, at } => {
            trip.sql(STOPS_ENDED).text(status.name()).maybe(filled.as_ref()).text(at);
            trip.leg(key).maybe(keep.as_ref());
        }
        Write::NakedFrom { key, row, quantity, cause, at } => {
            trip.sql(NAKED_FROM).leg(key).maybe(row.map(|row| row.0));
            trip.text(at).text(quantity).text(cause);
        }
        Write::NakedUntil { key, at } => {
            trip.sql(NAKED_UNTIL).text(at).leg(key);
        }
        Write::Open(_) | Write::Trail(_) | Write::TrailEnded { .. } => {}
        Write::Halt(_) | Write::Resume { .. } => {}
        // Gathered by `batch`.
        Write::Update { .. } | Write::Close { .. } | Write::Fill { .. } | Write::Event(_) => {}
    }
}

impl Trip {
    fn leg(&mut self, key: &PositionKey) -> &mut Self {
        self.text(&key.account).text(&key.symbol).text(key.leg)
    }

    pub(super) fn repair(&mut self, repair: &Repair) -> &mut Self {
        self.text(&repair.id.0).text(repair.rule.name()).text(repair.author.name());
        self.text(&repair.evidence).text(repair.at)
    }
}

fn adopt(trip: &mut Trip, row: &NewRow, repair: &Repair) {
    trip.sql(
        "INSERT INTO refusal
         SELECT ? || ' has an open row already, id ' || id FROM positions
         WHERE account = ? AND symbol = ? AND leg = ? AND status IS NOT 'closed';",
    );
    trip.text(&row.key).leg(&row.key);
    trip.sql(
        "INSERT INTO positions (account, symbol, leg, exchange, side, quantity, entry_price,
             status, exchange_order_id, stop_loss_price, evidence, priced, opened_at, updated_at,
             revision)
         VALUES (?, ?, ?, ?, ?, ?, ?, 'active', ?, ?, ?, 1, ?, ?, 0) RETURNING id;",
    );
    trip.leg(&row.key).text(row.venue.exchange()).text(row.side).text(row.quantity);
    trip.text(row.entry_price).maybe(row.exchange_order_id.as_ref());
    trip.maybe(row.stop_loss_price).maybe(row.evidence()).text(row.opened_at).text(row.at);
    trip.sql(&JOURNAL_ADOPTION).repair(repair);
}

static JOURNAL_ADOPTION: LazyLock<String> = LazyLock::new(|| {
    format!(
        "INSERT INTO repairs (id, rule, author, evidence, at, position_id, after)
         SELECT ?, ?, ?, ?, ?, p.id, {} FROM positions p WHERE p.id = last_insert_rowid();",
        *IMAGE
    )
});

static REFUSE_CHANGED: LazyLock<String> = LazyLock::new(|| {
    format!(
        "INSERT INTO refusal
         SELECT 'the row has changed since repair ' || r.id || ', it cannot be undone any more'
         FROM repairs r WHERE r.id = ? AND NOT EXISTS (
             SELECT 1 FROM positions p WHERE p.id = r.position_id AND {} = r.after);",
        *IMAGE
    )
});

/// Every column as the image has it; only the revision goes on growing.
static PUT_BACK: LazyLock<String> = LazyLock::new(|| {
    let columns: Vec<String> = COLUMNS
        .iter()
        .filter(|name| !["id", "revision"].contains(name))
        .map(|name| format!("{name} = json_extract(r.before, '$.{name}')"))
        .collect();
    format!(
        "UPDATE positions SET {}, revision = revision + 1
         FROM (SELECT position_id, before FROM repairs WHERE id = ? AND before IS NOT NULL) r
         WHERE positions.id = r.position_id;",
        columns.join(", ")
    )
});

fn undo(trip: &mut Trip, repair: &RepairId, author: Author, at: Time) {
    let id = &repair.0;
    trip.sql(
        "INSERT INTO refusal SELECT 'there is no repair ' || ?
         WHERE NOT EXISTS (SELECT 1 FROM repairs WHERE id = ?);",
    );
    trip.text(id).text(id);
    trip.sql(
        "INSERT INTO refusal SELECT 'repair ' || id || ' was undone already, at ' || undone_at
         FROM repairs WHERE id = ? AND undone_at IS NOT NULL;",
    );
    trip.text(id);
    trip.sql(&REFUSE_CHANGED).text(id);
    trip.sql(
        "INSERT INTO refusal
         SELECT 'repair ' || r.id || ' cannot be undone: its leg has a newer open row, id ' || n.id
         FROM repairs r
         JOIN positions p ON p.id = r.position_id
         JOIN positions n ON n.account = p.account AND n.symbol = p.symbol AND n.leg = p.leg
             AND n.status IS NOT 'closed' AND n.id <> p.id
         WHERE r.id = ? AND r.before IS NOT NULL;",
    );
    trip.text(id);
    trip.sql(&PUT_BACK).text(id);
    trip.sql(
        "DELETE FROM positions
         WHERE id = (SELECT position_id FROM repairs WHERE id = ? AND before IS NULL);",
    );
    trip.text(id);
    trip.sql("UPDATE repairs SET undone_at = ?, undone_by = ? WHERE id = ?;");
    trip.text(at).text(author.name()).text(id);
    trip.sql(DEMOTE).text(at).text(id);
}

/// A rule whose own repair was taken back may only propose in that account from then on. A
/// position that was closed as seen closing and one that was found missing are closed under
/// the same rule.
const DEMOTE: &str = "
    INSERT INTO demotions (account, rule, repair_id, demoted_at)
    SELECT json_extract(coalesce(r.before, r.after), '$.account'),
        CASE r.rule WHEN 'book_close' THEN 'close_phantom' ELSE r.rule END, r.id, ?
    FROM repairs r WHERE r.id = ? AND r.author = 'engine'
    ON CONFLICT (account, rule) WHERE restored_at IS NULL DO NOTHING;";

const RESTORE: &str = "
    UPDATE demotions SET restored_at = ?
    WHERE account = ? AND rule = ? AND restored_at IS NULL;";

fn tell(trip: &mut Trip, events: &[&Event]) {
    trip.sql(
        "INSERT INTO events (at, kind, severity, account, exchange, symbol, leg, position_id, data)
         VALUES ",
    );
    trip.sql(&rows(events.len(), 9)).sql(";");
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
             trigger, status, filled, average, at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (account, client_id) DO UPDATE SET
             venue_id = coalesce(excluded.venue_id, venue_id),
             quantity = excluded.quantity, trigger = coalesce(excluded.trigger, trigger),
             status = excluded.status, filled = coalesce(excluded.filled, filled),
             average = coalesce(excluded.average, average), at = excluded.at;",
    );
    trip.leg(&order.key).text(&order.client_id).maybe(order.venue_id.as_ref());
    trip.maybe(order.client_id.purpose().map(|purpose| purpose.name()));
    trip.text(order.side).text(order.quantity).maybe(order.trigger).text(order.status.name());
    trip.maybe(order.filled).maybe(order.average).text(order.at);
}

fn record_fills(trip: &mut Trip, fills: &[(&PositionKey, &Fill)]) {
    trip.sql(
        "INSERT INTO fills (account, symbol, leg, trade_id, order_id, client_id, side, quantity,
             price, fee, fee_asset, at)
         VALUES ",
    );
    trip.sql(&rows(fills.len(), 12)).sql(" ON CONFLICT DO NOTHING;");
    for (key, fill) in fills {
        trip.leg(key).text(&fill.trade_id).text(&fill.order_id).maybe(fill.client_id.as_ref());
        trip.text(fill.side).text(fill.quantity).text(fill.price).text(fill.fee.0.normalize());
        trip.text(&fill.fee_asset).text(Time(fill.at.0));
    }
}

const STOPS_ENDED: &str = "
    UPDATE orders SET status = ?, filled = coalesce(?, filled), at = ?
    WHERE account = ? AND symbol = ? AND leg = ? AND purpose = 'stop' AND status = 'live'
        AND client_id IS NOT ?;";

const NAKED_FROM: &str = "
    INSERT INTO naked_spans (account, symbol, leg, position_id, began_at, quantity, cause)
    VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (account, symbol, leg) WHERE ended_at IS NULL DO UPDATE SET
        position_id = coalesce(excluded.position_id, position_id),
        quantity = excluded.quantity, cause = excluded.cause;";

const NAKED_UNTIL: &str = "
    UPDATE naked_spans SET ended_at = ?
    WHERE account = ? AND symbol = ? AND leg = ? AND ended_at IS NULL;";
