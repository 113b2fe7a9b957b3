//! Statements with their arguments, gathered so that a whole transaction is one trip.
//!
//! Why: every statement sent on its own costs a switch to SQLite's thread and back, more than
//! the statement itself. Statements joined by `;` run in one trip, and an equal text is
//! prepared once. Arguments are anonymous `?`, taken in order across the statements.
//! Door: [`Batch`].

use sqlx::Arguments;
use sqlx::sqlite::SqliteArguments;

/// So many writes share a trip: enough to hide the trip, few enough that the prepared texts
/// stay small.
const TOGETHER: usize = 16;

/// The statements of one trip.
#[derive(Default)]
pub(super) struct Trip {
    pub(super) sql: String,
    pub(super) arguments: SqliteArguments,
    writes: usize,
}

/// The statements of one transaction.
pub(super) struct Batch {
    trips: Vec<Trip>,
}

impl Batch {
    pub(super) fn new() -> Self {
        Self { trips: vec![Trip::default()] }
    }

    /// Begins the statements of one write, which stay together.
    pub(super) fn write(&mut self) -> &mut Trip {
        if self.trips.last().is_none_or(|trip| trip.writes == TOGETHER) {
            self.trips.push(Trip::default());
        }
        let last = self.trips.len() - 1;
        let trip = &mut self.trips[last];
        trip.writes += 1;
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
