//! Rows that are made or put back, and their journal.

use std::sync::LazyLock;

use crate::domain::journal::{Author, Repair, RepairId};
use crate::domain::key::AccountName;
use crate::domain::ledger::NewRow;
use crate::domain::time::Time;
use crate::domain::trust::Duty;
use crate::store::batch::Trip;
use crate::store::changes::{COLUMNS, IMAGE};

/// A row for a position that was found, with its journal entry.
pub(super) fn adopt(trip: &mut Trip, row: &NewRow, repair: &Repair) {
    open(trip, row);
    trip.sql(&JOURNAL_ADOPTION).repair(repair);
}

/// A row for a position; its id comes back.
pub(super) fn open(trip: &mut Trip, row: &NewRow) {
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

/// Puts back what a repair changed, and holds its rule back.
pub(super) fn undo(trip: &mut Trip, repair: &RepairId, author: Author, at: Time) {
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

/// Lifts a demotion.
pub(super) fn restore(trip: &mut Trip, account: &AccountName, duty: Duty, at: Time) {
    trip.sql(RESTORE).text(at).text(account).text(duty.name());
}

const RESTORE: &str = "
    UPDATE demotions SET restored_at = ?
    WHERE account = ? AND rule = ? AND restored_at IS NULL;";
