//! Statements with their arguments, gathered so that a whole transaction is one trip.
//!
//! Why: every statement sent on its own costs a switch to SQLite's thread and back, more than
//! the statement itself. Statements joined by `;` run in one trip, and an equal text is
//! prepared once. Arguments are anonymous `?`, taken in order across the statements.
//! Door: [`Batch`].

use sqlx::Arguments;
use sqlx::sqlite::SqliteArguments;

/// So many rows share a trip: enough to hide the trip, few enough that the prepared texts stay
/// small.
const TOGETHER: usize = 64;

/// So many rows go into one statement. Only these sizes, so that few texts are prepared.
const PIECES: [usize; 3] = [TOGETHER, 8, 1];

/// The statements of one trip.
#[derive(Default)]
pub(super) struct Trip {
    pub(super) sql: String,
    pub(super) arguments: SqliteArguments,
    rows: usize,
}

/// The statements of one transaction.
pub(super) struct Batch {
    trips: Vec<Trip>,
}

impl Batch {
    pub(super) fn new() -> Self {
        Self { trips: vec![Trip::default()] }
    }

    /// The trip that takes statements about so many rows.
    pub(super) fn trip(&mut self, rows: usize) -> &mut Trip {
        if self.trips.last().is_none_or(|trip| trip.rows > 0 && trip.rows + rows > TOGETHER) {
            self.trips.push(Trip::default());
        }
        let last = self.trips.len() - 1;
        let trip = &mut self.trips[last];
        trip.rows += rows;
        trip
    }

    /// The trips, opened by `BEGIN IMMEDIATE` and ended by `COMMIT`.
    pub(super) fn transaction(mut self) -> Vec<Trip> {
        if let Some(first) = self.trips.first_mut() {
            first.sql.insert_str(0, "BEGIN IMMEDIATE;");
        }
        if let Some(last) = self.trips.last_mut() {
            last.sql.push_str("COMMIT;");
        }
        self.trips
    }
}

/// Hands `items` over in pieces of a few sizes, in order.
pub(super) fn in_pieces<T>(mut items: &[T], mut take: impl FnMut(&[T])) {
    for size in PIECES {
        while items.len() >= size {
            let (piece, rest) = items.split_at(size);
            take(piece);
            items = rest;
        }
    }
}

/// `(?,?),(?,?)`: places for arguments.
pub(super) fn rows(rows: usize, columns: usize) -> String {
    let row = format!("({})", vec!["?"; columns].join(","));
    vec![row; rows].join(",")
}

impl Trip {
    /// Adds a statement, ended by `;`.
    pub(super) fn sql(&mut self, statement: &str) -> &mut Self {
        self.sql.push_str(statement);
        self
    }

    /// Adds the next argument.
    pub(super) fn text(&mut self, value: impl ToString) -> &mut Self {
        self.maybe(Some(value))
    }

    /// Adds the next argument; NULL for none.
    pub(super) fn maybe(&mut self, value: Option<impl ToString>) -> &mut Self {
        self.bind(value.map(|value| value.to_string()))
    }

    /// Adds the next argument.
    pub(super) fn int(&mut self, value: i64) -> &mut Self {
        self.bind(value)
    }

    fn bind<'q, T: sqlx::Encode<'q, sqlx::Sqlite> + sqlx::Type<sqlx::Sqlite>>(
        &mut self,
        value: T,
    ) -> &mut Self {
        // Text and integers have no way to fail; a NULL takes the place if ever one had.
        if self.arguments.add(value).is_err() {
            self.arguments.add(None::<String>).ok();
        }
        self
    }
}
