//! Trailing stops, halts and naked spans, as the ledger has them.
//!
//! A record that makes no sense is said once per read in the log and left alone: a leg without
//! it is protected as any other.

use rust_decimal::Decimal;
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, SqliteConnection};

use super::{at, key};
use crate::domain::amount::Percent;
use crate::domain::journal::Halt;
use crate::domain::key::AccountName;
use crate::domain::ledger::{Books, RowId};
use crate::domain::naked::NakedSpan;
use crate::domain::trail::{Trail, TrailPlan, TrailRecord, TrailState};
use crate::store::cells::{Cells, Column, Fault};

const TRAILS: &str = "
    SELECT account, symbol, leg, position_id, state, activation, callback, step, best_price,
        stop_price, updated_at
    FROM trailing_stops INDEXED BY trailing_stops_open
    WHERE state IS NOT 'removed' ORDER BY id";

const HALTED: &str =
    "SELECT account, since, who, reason FROM halts WHERE ended_at IS NULL ORDER BY id";

/// Those that go on, and those that ended since yesterday's beginning: whoever adds up a day may
/// have another clock than this host.
const NAKED: &str = "
    SELECT account, symbol, leg, began_at, ended_at FROM naked_spans
    WHERE ended_at IS NULL
        OR ended_at >= strftime('%Y-%m-%dT%H:%M:%fZ', 'now', 'start of day', '-1 day')
    ORDER BY id";

/// Reads what protects legs into the books.
pub(super) async fn read(
    reader: &mut SqliteConnection,
    books: &mut Books,
) -> Result<(), sqlx::Error> {
    books.trails = all(reader, TRAILS, "a trailing stop", trail).await?;
    books.halted = all(reader, HALTED, "a halt", halt).await?;
    books.naked = all(reader, NAKED, "a naked span", span).await?;
    Ok(())
}

/// All rows of a query that make sense.
async fn all<T>(
    reader: &mut SqliteConnection,
    query: &'static str,
    what: &str,
    parse: impl Fn(&Cells<'_>) -> Result<T, Fault>,
) -> Result<Vec<T>, sqlx::Error> {
    let rows: Vec<SqliteRow> = sqlx::query(AssertSqlSafe(query)).fetch_all(reader).await?;
    let sound = |row: &SqliteRow| match parse(&Cells(row)) {
        Ok(record) => Some(record),
        Err(Fault { why, .. }) => {
            tracing::warn!("{what} in the ledger makes no sense, it is left alone: {why}");
            None
        }
    };
    Ok(rows.iter().filter_map(sound).collect())
}

fn trail(cells: &Cells<'_>) -> Result<TrailRecord, Fault> {
    let row = at("position_id", 3);
    let trail = Trail {
        plan: TrailPlan {
            activation: share(cells, at("activation", 5))?,
            callback: share(cells, at("callback", 6))?,
            step: share(cells, at("step", 7))?,
        },
        state: cells.word(at("state", 4), TrailState::parse, "waiting, active or removed")?,
        best: cells.maybe_price(at("best_price", 8))?,
        stop: cells.maybe_price(at("stop_price", 9))?,
    };
    if trail.state == TrailState::Active && trail.best.is_none() {
        let why = "best_price is NULL though the state is active; write the best price";
        return Err(Fault { column: "best_price", why: why.to_owned() });
    }
    Ok(TrailRecord {
        key: key(cells, 0, 1, 2)?,
        row: RowId(i64::try_from(cells.count(row)?).unwrap_or(i64::MAX)),
        trail,
        at: cells.time(at("updated_at", 10))?,
    })
}

/// A percentage that a price can be moved by.
fn share(cells: &Cells<'_>, column: Column) -> Result<Percent, Fault> {
    let name = column.1;
    let Some(share) = cells.decimal(column)? else {
        return Err(Fault { column: name, why: format!("{name} is NULL; write a percentage") });
    };
    if !share.is_sign_negative() && share <= Decimal::ONE_HUNDRED {
        return Ok(Percent(share));
    }
    Err(Fault { column: name, why: format!("{name} is {share}; write a percentage") })
}

fn halt(cells: &Cells<'_>) -> Result<Halt, Fault> {
    let word = |column| cells.text(column).ok().flatten().unwrap_or_default().to_owned();
    Ok(Halt {
        account: AccountName::from(cells.name(at("account", 0))?),
        // A person's word stands, whatever somebody made of its time.
        since: cells.time(at("since", 1)).unwrap_or_default(),
        who: word(at("who", 2)),
        reason: word(at("reason", 3)),
    })
}

fn span(cells: &Cells<'_>) -> Result<NakedSpan, Fault> {
    Ok(NakedSpan {
        key: key(cells, 0, 1, 2)?,
        began: cells.time(at("began_at", 3))?,
        ended: cells.maybe_time(at("ended_at", 4))?,
    })
}
