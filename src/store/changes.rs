//! Changes of rows that are there, many of a kind in one statement.
//!
//! Why many: 250 phantoms proven gone together are closed together, and a statement costs more
//! than what it does to one row.
//! Door: [`Changes`].

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::domain::journal::Repair;
use crate::domain::ledger::{Row, RowId};
use crate::store::batch::{Batch, Trip, in_pieces, rows};

/// The columns of `positions`, in the table's order.
pub(super) const COLUMNS: [&str; 25] = [
    "id",
    "account",
    "exchange",
    "symbol",
    "leg",
    "side",
    "quantity",
    "entry_price",
    "current_price",
    "leverage",
    "status",
    "signal_id",
    "exchange_order_id",
    "stop_loss_price",
    "pnl",
    "pnl_percentage",
    "exit_price",
    "exit_reason",
    "detected_by",
    "evidence",
    "priced",
    "opened_at",
    "updated_at",
    "closed_at",
    "revision",
];

/// A row as the journal keeps it: every column, decimals and times exactly as written.
pub(super) static IMAGE: LazyLock<String> = LazyLock::new(|| {
    let pairs: Vec<String> = COLUMNS.iter().map(|name| format!("'{name}', p.{name}")).collect();
    format!("json_object({})", pairs.join(", "))
});

/// One row's new image, and the revision it was made from.
#[derive(Clone, Copy)]
pub(super) struct Change<'w> {
    pub(super) row: &'w Row,
    pub(super) expect: u64,
    pub(super) repair: Option<&'w Repair>,
}

/// Changes that may go together: of different rows, all with a journal entry or all without.
#[derive(Default)]
pub(super) struct Changes<'w> {
    waiting: Vec<Change<'w>>,
    ids: BTreeSet<RowId>,
}

impl<'w> Changes<'w> {
    /// Adds a change, after writing those it cannot go together with.
    pub(super) fn push(&mut self, batch: &mut Batch, change: Change<'w>) {
        let journaled = |change: &Change<'_>| change.repair.is_some();
        let other = self.waiting.last().is_some_and(|last| journaled(last) != journaled(&change));
        if other || self.ids.contains(&change.row.id) {
            self.end(batch);
        }
        self.ids.insert(change.row.id);
        self.waiting.push(change);
    }

    /// Writes what waits.
    pub(super) fn end(&mut self, batch: &mut Batch) {
        in_pieces(&self.waiting, |changes| together(batch.trip(changes.len()), changes));
        self.waiting.clear();
        self.ids.clear();
    }
}

fn together(trip: &mut Trip, changes: &[Change<'_>]) {
    let many = changes.len();
    trip.sql(
        "INSERT INTO refusal
         SELECT 'row ' || v.column1 || ' of ' || v.column2 || ' is not at revision ' || v.column3
             || ' any more'
         FROM (VALUES ",
    );
    trip.sql(&rows(many, 3));
    trip.sql(
        ") v WHERE NOT EXISTS (
             SELECT 1 FROM positions p
             WHERE p.id = v.column1 AND p.revision = v.column3 AND p.status IS NOT 'closed');",
    );
    for change in changes {
        trip.int(change.row.id.0).text(&change.row.key).int(revision(change.expect));
    }
    let repairs: Vec<_> = changes.iter().filter_map(|c| Some((c.row.id, c.repair?))).collect();
    if !repairs.is_empty() {
        journal(trip, &repairs);
    }
    update(trip, changes);
    if !repairs.is_empty() {
        trip.sql("UPDATE repairs SET after = (SELECT ").sql(&IMAGE);
        trip.sql(" FROM positions p WHERE p.id = position_id) WHERE id IN ");
        trip.sql(&rows(1, many)).sql(";");
        for (_, repair) in repairs {
            trip.text(&repair.id.0);
        }
    }
}

/// Writes the journal's entries with the images before the change.
fn journal(trip: &mut Trip, repairs: &[(RowId, &Repair)]) {
    trip.sql(
        "INSERT INTO repairs (id, rule, author, evidence, at, position_id, before)
         SELECT v.column1, v.column2, v.column3, v.column4, v.column5, p.id, ",
    );
    trip.sql(&IMAGE).sql(" FROM (VALUES ").sql(&rows(repairs.len(), 6));
    // The order of the join is fixed, or SQLite may walk through all of `positions`.
    trip.sql(") v CROSS JOIN positions p WHERE p.id = v.column6;");
    for (row, repair) in repairs {
        trip.repair(repair).int(row.0);
    }
}

/// Every column but the id from the values, which begin with the id.
static ASSIGNMENTS: LazyLock<String> = LazyLock::new(|| {
    let columns = COLUMNS.iter().enumerate().skip(1);
    let assignments: Vec<_> =
        columns.map(|(place, name)| format!("{name} = v.column{}", place + 1)).collect();
    assignments.join(", ")
});

fn update(trip: &mut Trip, changes: &[Change<'_>]) {
    trip.sql("UPDATE positions SET ").sql(&ASSIGNMENTS).sql(" FROM (VALUES ");
    trip.sql(&rows(changes.len(), COLUMNS.len()));
    trip.sql(") v WHERE positions.id = v.column1;");
    for Change { row, .. } in changes {
        image(trip, row);
    }
}

/// A row's columns, in the order of [`COLUMNS`].
fn image(trip: &mut Trip, row: &Row) {
    trip.int(row.id.0).text(&row.key.account).text(row.venue.exchange()).text(&row.key.symbol);
    trip.text(row.key.leg).text(row.side).text(row.quantity).text(row.entry_price);
    trip.maybe(row.current_price).maybe(row.leverage.map(|l| l.normalize()));
    trip.text(row.status.name()).maybe(row.signal_id.as_ref());
    trip.maybe(row.exchange_order_id.as_ref()).maybe(row.stop_loss_price);
    trip.maybe(row.pnl.map(|pnl| pnl.0.normalize()));
    trip.maybe(row.pnl_percentage.map(|share| share.normalize())).maybe(row.exit_price);
    trip.maybe(row.exit_reason.map(|reason| reason.name()));
    trip.maybe(row.detected_by.map(|by| by.name())).maybe(row.evidence.as_ref());
    trip.int(row.priced.into()).text(row.opened_at).text(row.updated_at).maybe(row.closed_at);
    trip.int(revision(row.revision));
}

/// Revisions are counts of changes; SQLite's integers end where none will ever get to.
fn revision(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
