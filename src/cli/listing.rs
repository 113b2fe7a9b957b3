//! `holdfast positions` and `holdfast events`: what the ledger says, as JSON or as a table.
//!
//! For: reading, with or without a running engine. Not for: asking a venue anything.
//! Door: [`positions`], [`events`].

use serde_json::Value;

use crate::cli::args::Since;
use crate::cli::ending::{Ending, Failure, print};
use crate::cli::table::{Column, numbers, table, words};
use crate::runtime::Clock;
use crate::settings::Settings;
use crate::store::Ledger;

/// A column of a listing and the field it shows.
type Field = (Column, &'static str);

const POSITIONS: &[Field] = &[
    (numbers("ID"), "id"),
    (words("VENUE"), "exchange"),
    (words("ACCOUNT"), "account"),
    (words("SYMBOL"), "symbol"),
    (words("LEG"), "leg"),
    (words("SIDE"), "side"),
    (numbers("QTY"), "quantity"),
    (numbers("ENTRY"), "entry_price"),
    (words("STATUS"), "status"),
    (numbers("STOP"), "stop_loss_price"),
    (numbers("EXIT"), "exit_price"),
    (numbers("PNL"), "pnl"),
    (words("REASON"), "exit_reason"),
    (words("OPENED"), "opened_at"),
    (words("CLOSED"), "closed_at"),
];

const EVENTS: &[Field] = &[
    (words("AT"), "at"),
    (words("SEVERITY"), "severity"),
    (words("KIND"), "kind"),
    (words("VENUE"), "exchange"),
    (words("ACCOUNT"), "account"),
    (words("SYMBOL"), "symbol"),
    (words("LEG"), "leg"),
    (words("TEXT"), "text"),
];

/// Every row of `positions`.
pub async fn positions(settings: &Settings, json: bool) -> Ending {
    let rows = open(settings).await?.positions_json().await?;
    show(&rows, POSITIONS, json)
}

/// Every row of `events` from `since` on.
pub async fn events(settings: &Settings, since: Option<Since>, json: bool) -> Ending {
    let since = since.map(|since| match since {
        Since::At(at) => at,
        Since::Ago(span) => Clock::start().now() - span,
    });
    let rows = open(settings).await?.events_json(since).await?;
    show(&rows, EVENTS, json)
}

async fn open(settings: &Settings) -> Result<Ledger, Failure> {
    let path = &settings.ledger.value;
    if !path.exists() {
        return Err(format!(
            "there is no ledger at {}; `holdfast run` makes one, --state-dir names another place",
            path.display()
        )
        .into());
    }
    Ledger::open_read_only(path).await.map_err(|error| error.to_string().into())
}

fn show(rows: &Value, fields: &[Field], json: bool) -> Ending {
    if json {
        print(format_args!("{rows}\n"))?;
        return Ok(0);
    }
    let columns: Vec<Column> = fields.iter().map(|(column, _)| *column).collect();
    let lines: Vec<Vec<String>> = rows
        .as_array()
        .into_iter()
        .flatten()
        .map(|row| fields.iter().map(|(_, name)| cell(row, name)).collect())
        .collect();
    print(table(&columns, &lines))?;
    Ok(0)
}

fn cell(row: &Value, name: &str) -> String {
    // An event's sentence lives in its data.
    let value = if name == "text" { row.pointer("/data/text") } else { row.get(name) };
    match value {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Null) | None => String::new(),
        Some(other) => other.to_string(),
    }
}
