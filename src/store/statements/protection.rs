//! What protects a leg: stops that ended, naked spans, trailing stops; and halts.

use crate::domain::journal::{Halt, Write};
use crate::domain::trail::TrailRecord;
use crate::store::batch::Trip;

/// One of the writes that are about protection; no other comes here.
pub(super) fn write(trip: &mut Trip, write: &Write) {
    match write {
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
        Write::Trail(record) => trail(trip, record),
        Write::TrailEnded { key, at } => {
            trip.sql(TRAIL_ENDED).text(at).leg(key);
        }
        Write::Halt(halt) => begin_halt(trip, halt),
        Write::Resume { account, at } => {
            trip.sql(RESUME).text(at).text(account);
        }
        _ => {}
    }
}

fn trail(trip: &mut Trip, record: &TrailRecord) {
    let (trail, plan) = (&record.trail, &record.trail.plan);
    trip.sql(TRAIL).leg(&record.key).int(record.row.0).text(trail.state.name());
    for share in [plan.activation, plan.callback, plan.step] {
        trip.text(share.0.normalize());
    }
    trip.maybe(trail.best).maybe(trail.stop).text(record.at);
}

fn begin_halt(trip: &mut Trip, halt: &Halt) {
    trip.sql(HALT).text(&halt.account).text(halt.since).text(&halt.who).text(&halt.reason);
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

/// The leg's record follows the row that it trails for.
const TRAIL: &str = "
    INSERT INTO trailing_stops (account, symbol, leg, position_id, state, activation, callback,
        step, best_price, stop_price, updated_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (account, symbol, leg) WHERE state IS NOT 'removed' DO UPDATE SET
        position_id = excluded.position_id, state = excluded.state,
        activation = excluded.activation, callback = excluded.callback, step = excluded.step,
        best_price = excluded.best_price, stop_price = excluded.stop_price,
        updated_at = excluded.updated_at;";

const TRAIL_ENDED: &str = "
    UPDATE trailing_stops SET state = 'removed', updated_at = ?
    WHERE account = ? AND symbol = ? AND leg = ? AND state IS NOT 'removed';";

const HALT: &str = "
    INSERT INTO halts (account, since, who, reason) VALUES (?, ?, ?, ?)
    ON CONFLICT (account) WHERE ended_at IS NULL DO UPDATE SET
        since = excluded.since, who = excluded.who, reason = excluded.reason;";

const RESUME: &str = "
    UPDATE halts SET ended_at = ? WHERE account = ? AND ended_at IS NULL;";
