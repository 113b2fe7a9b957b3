//! Tables as JSON, for scripts.
//!
//! Rows are shown as they are, those that make no sense included: numbers as decimal strings,
//! times in one spelling where they can be read, `data` and `evidence` as objects.
//! Door: [`positions`], [`events`].

use serde_json::{Map, Value, json};
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Column as _, Row as _, SqliteConnection, TypeInfo as _, ValueRef as _};

use crate::domain::time::Time;
use crate::store::cells;
use crate::store::changes::COLUMNS;

const DECIMALS: [&str; 8] = [
    "quantity",
    "entry_price",
    "current_price",
    "leverage",
    "stop_loss_price",
    "pnl",
    "pnl_percentage",
    "exit_price",
];

const EVENT_COLUMNS: [&str; 10] =
    ["id", "at", "kind", "severity", "account", "exchange", "symbol", "leg", "position_id", "data"];

/// Every row, by id.
pub(super) async fn positions(reader: &mut SqliteConnection) -> Result<Value, sqlx::Error> {
    let sql = format!("SELECT {} FROM positions ORDER BY id", COLUMNS.join(", "));
    let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(reader).await?;
    Ok(rows.iter().map(|row| object(row, &COLUMNS)).collect())
}

/// Every event from `since` on, by id.
pub(super) async fn events(
    reader: &mut SqliteConnection,
    since: Option<Time>,
) -> Result<Value, sqlx::Error> {
    // Times are compared as text, which their one spelling allows.
    let sql = format!("SELECT {} FROM events WHERE at >= ? ORDER BY id", EVENT_COLUMNS.join(", "));
    let since = since.map(Time::rfc3339).unwrap_or_default();
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(since).fetch_all(reader).await?;
    Ok(rows.iter().map(|row| object(row, &EVENT_COLUMNS)).collect())
}

/// A table in which the ledger keeps what was done and seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Journal {
    /// Changes of rows, each with the row before and after.
    Repairs,
    /// When legs were uncovered.
    NakedSpans,
    /// What was about to be sent, and what became of it.
    Intents,
    /// Our orders.
    Orders,
    /// Executions.
    Fills,
}

impl Journal {
    /// Every one of them.
    pub const ALL: [Self; 5] =
        [Self::Repairs, Self::NakedSpans, Self::Intents, Self::Orders, Self::Fills];

    /// The table's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Repairs => "repairs",
            Self::NakedSpans => "naked_spans",
            Self::Intents => "intents",
            Self::Orders => "orders",
            Self::Fills => "fills",
        }
    }
}

/// Every line of a journal, in the order they were written.
pub(super) async fn journal(
    reader: &mut SqliteConnection,
    journal: Journal,
) -> Result<Value, sqlx::Error> {
    let sql = format!("SELECT * FROM {} ORDER BY rowid", journal.name());
    let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(reader).await?;
    let lines = rows.iter().map(|row| {
        let names: Vec<&str> = row.columns().iter().map(|column| column.name()).collect();
        object(row, &names)
    });
    Ok(lines.collect())
}

fn object(row: &SqliteRow, names: &[&str]) -> Value {
    let cells = names.iter().enumerate();
    let members = cells.map(|(place, name)| ((*name).to_owned(), member(name, raw(row, place))));
    Value::Object(members.collect::<Map<_, _>>())
}

/// A cell as JSON has it, whatever was put there; none where it cannot be shown.
fn raw(row: &SqliteRow, place: usize) -> Value {
    let Ok(cell) = row.try_get_raw(place) else { return Value::Null };
    if cell.is_null() {
        return Value::Null;
    }
    match cell.type_info().name() {
        "INTEGER" | "BOOLEAN" => row.try_get_unchecked::<i64, _>(place).map(Value::from),
        "REAL" | "NUMERIC" => row.try_get_unchecked::<f64, _>(place).map(Value::from),
        "BLOB" => Ok(Value::from("(binary)")),
        _ => row.try_get_unchecked::<String, _>(place).map(Value::from),
    }
    .unwrap_or_else(|_| Value::from("(not UTF-8)"))
}

fn member(name: &str, cell: Value) -> Value {
    let Value::String(text) = &cell else {
        return match (name, cell.as_i64()) {
            ("priced", Some(truth)) => Value::Bool(truth != 0),
            ("data", _) if cell.is_null() => json!({}),
            _ => cell,
        };
    };
    match name {
        "data" | "evidence" | "payload" | "before" | "after" => match serde_json::from_str(text) {
            Ok(object @ Value::Object(_)) => object,
            Ok(other) => json!({"value": other}),
            Err(_) => json!({"text": text}),
        },
        "at" => cells::time(text).map_or(cell.clone(), |at| Value::from(at.rfc3339())),
        _ if name.ends_with("_at") => {
            cells::time(text).map_or(cell.clone(), |at| Value::from(at.rfc3339()))
        }
        _ if DECIMALS.contains(&name) => {
            let number = cells::decimal(text);
            number.map_or(cell.clone(), |number| Value::from(number.normalize().to_string()))
        }
        _ => cell,
    }
}
