//! Rows of the ledger that another program writes.

use holdfast::domain::amount::{LARGEST, Qty};
use holdfast::domain::ledger::Books;
use holdfast::store::Ledger;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Connection, Sqlite, SqliteConnection};
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};

use super::promise::sentence;

/// What is written, a cell after the other.
const TABLES: [(&str, &str, usize); 5] = [
    (
        "positions",
        "account, exchange, symbol, leg, side, quantity, entry_price, current_price, leverage, \
         status, signal_id, exchange_order_id, stop_loss_price, pnl, pnl_percentage, exit_price, \
         exit_reason, detected_by, evidence, priced, opened_at, updated_at, closed_at, revision",
        24,
    ),
    (
        "trailing_stops",
        "account, symbol, leg, position_id, state, activation, callback, step, best_price, \
         stop_price, updated_at",
        11,
    ),
    ("halts", "account, since, who, reason", 4),
    ("naked_spans", "account, symbol, leg, began_at, ended_at", 5),
    ("intents", "client_id, kind, account, symbol, leg, payload, at, state", 8),
];

struct Desk {
    runtime: Runtime,
    ledger: Ledger,
    other: SqliteConnection,
    _place: TempDir,
}

impl Desk {
    fn open() -> Self {
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        let place = tempfile::tempdir().expect("a place for a ledger");
        let file = place.path().join("ledger.db");
        let ledger = runtime.block_on(Ledger::open(&file)).expect("a new ledger");
        // Another program's connection; nothing here outlives a crash.
        let options = SqliteConnectOptions::new().filename(&file).pragma("synchronous", "OFF");
        let other = runtime.block_on(SqliteConnection::connect_with(&options)).expect("a file");
        Self { runtime, ledger, other, _place: place }
    }

    /// What the ledger says once all of it is this row; none when SQLite does not take the row.
    fn read(&mut self, table: usize, cells: &[&[u8]]) -> Option<Books> {
        let (name, columns, count) = TABLES[table];
        self.runtime.block_on(async {
            for (table, ..) in TABLES {
                let text = format!("DELETE FROM {table}");
                sqlx::raw_sql(sqlx::AssertSqlSafe(text)).execute(&mut self.other).await.ok()?;
            }
            let marks = vec!["?"; count].join(", ");
            let text = format!("INSERT INTO {name} ({columns}) VALUES ({marks})");
            let mut insert = sqlx::query::<Sqlite>(sqlx::AssertSqlSafe(text));
            for at in 0..count {
                insert = bound(insert, cells.get(at).copied().unwrap_or_default());
            }
            insert.execute(&mut self.other).await.ok()?;
            Some(self.ledger.read().await.expect("the file is there and sound"))
        })
    }
}

type Insert<'q> = sqlx::query::Query<'q, Sqlite, sqlx::sqlite::SqliteArguments>;

/// A cell as programs bind it: NULL, a whole number, a float, text, or what is none of them.
fn bound<'q>(insert: Insert<'q>, cell: &[u8]) -> Insert<'q> {
    match std::str::from_utf8(cell) {
        Err(_) => insert.bind(cell.to_vec()),
        Ok("NULL") => insert.bind(None::<String>),
        Ok(text) => match (text.strip_prefix('#'), text.strip_prefix('~')) {
            (Some(number), _) => insert.bind(number.parse::<i64>().unwrap_or_default()),
            (_, Some(number)) => insert.bind(number.parse::<f64>().unwrap_or_default()),
            _ => insert.bind(text.to_owned()),
        },
    }
}

thread_local! {
    static DESK: std::cell::RefCell<Desk> = std::cell::RefCell::new(Desk::open());
}

/// One cell a line, written into every table in turn. A row is read or named, never lost, and
/// what is wrong with it is said so that somebody can mend it.
pub fn rows(bytes: &[u8]) {
    let cells: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
    DESK.with(|desk| {
        let mut desk = desk.borrow_mut();
        let Some(books) = desk.read(0, &cells) else { return };
        let closed = cells.get(9) == Some(&b"closed".as_slice());
        assert_eq!(books.rows.len() + books.bad.len(), usize::from(!closed), "a row is lost");
        for row in &books.rows {
            countable(row.quantity);
        }
        for bad in &books.bad {
            sentence(&bad.why);
            let named = bad.why.starts_with(&bad.column) && bad.why.contains("; write ");
            assert!(named, "{:?} does not say what to write", bad.why);
        }
        for table in 1..TABLES.len() {
            desk.read(table, &cells);
        }
    });
}

fn countable(quantity: Qty) {
    let least = rust_decimal::Decimal::new(1, 13);
    assert!((least..=LARGEST).contains(&quantity.get()), "{quantity} is a quantity");
}
