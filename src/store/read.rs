//! From tables to [`Books`].
//!
//! One read transaction, so that rows, repairs and intents are of the same instant. A row that
//! makes no sense becomes a [`BadRow`]; it never stops the others from being read.
//! Door: [`books`].

mod protection;

use serde_json::Value;
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Row as _, SqliteConnection};

use crate::domain::amount::{Money, Side};
use crate::domain::client_id::ClientId;
use crate::domain::evidence::ExitReason;
use crate::domain::journal::{Intent, IntentKind, RepairId};
use crate::domain::key::{AccountName, Leg, PositionKey, Venue, VenueOrderId};
use crate::domain::ledger::{BadRow, Books, ClosedMark, DetectedBy, Row, RowId, RowStatus};
use crate::domain::trust::{Demotion, Duty};
use crate::store::cells::{Cells, Column, Fault};
use crate::store::changes::COLUMNS;

const VENUES: &str = "binance or bybit";
const LEGS: &str = "net, long or short";
const SIDES: &str = "long or short";
const STATUSES: &str = "opening, active, closing or closed";
const REASONS: &str = "one of the exit reasons";
const DETECTORS: &str = "stream, sync, startup or operator";

/// The last closed row of each leg, found by jumping from leg to leg through the index: the
/// work grows with the number of legs ever held, not with the length of their history. (The
/// `+` keeps SQLite from applying the columns' type once more, which would cost the jump.)
const LAST_CLOSED: &str = "
    WITH RECURSIVE last (id) AS (
        SELECT * FROM (
            SELECT id FROM positions WHERE status = 'closed'
            ORDER BY account DESC, symbol DESC, leg DESC, id DESC LIMIT 1)
        UNION ALL
        SELECT (
            SELECT q.id FROM positions q WHERE q.status = 'closed'
                AND (q.account, q.symbol, q.leg) < (+p.account, +p.symbol, +p.leg)
            ORDER BY q.account DESC, q.symbol DESC, q.leg DESC, q.id DESC LIMIT 1)
        FROM last JOIN positions p ON p.id = last.id)
    SELECT p.id, account, symbol, leg, side, quantity, opened_at, closed_at
    FROM last JOIN positions p ON p.id = last.id";

/// Open rows whose latest repair was undone.
const UNDONE: &str = "
    SELECT DISTINCT r.position_id FROM repairs r JOIN positions p ON p.id = r.position_id
    WHERE r.undone_at IS NOT NULL AND p.status IS NOT 'closed' AND NOT EXISTS (
        SELECT 1 FROM repairs n WHERE n.position_id = r.position_id AND n.rowid > r.rowid)
    ORDER BY r.position_id";

const DEMOTED: &str = "
    SELECT account, rule, repair_id, demoted_at FROM demotions
    WHERE restored_at IS NULL ORDER BY id";

const UNFINISHED: &str = "
    SELECT client_id, kind, account, symbol, leg, payload, at FROM intents
    WHERE state IN ('pending', 'unknown') ORDER BY at, rowid";

/// Reads everything, as of one instant.
pub(super) async fn books(reader: &mut SqliteConnection) -> Result<Books, sqlx::Error> {
    sqlx::raw_sql("BEGIN").execute(&mut *reader).await?;
    let books = within(reader).await;
    sqlx::raw_sql("ROLLBACK").execute(reader).await.ok();
    books
}

async fn within(reader: &mut SqliteConnection) -> Result<Books, sqlx::Error> {
    let mut books = Books::default();
    // Without the hint SQLite walks through the whole history, which is in the wanted order.
    let sql = format!(
        "SELECT {} FROM positions INDEXED BY positions_open
         WHERE status IS NOT 'closed' ORDER BY id",
        COLUMNS.join(", ")
    );
    for cells in sqlx::query(AssertSqlSafe(sql)).fetch_all(&mut *reader).await? {
        let id = RowId(cells.try_get(0)?);
        match row(id, &Cells(&cells)) {
            Ok(row) => books.rows.push(row),
            Err(Fault { column, why }) => {
                books.bad.push(BadRow { id, column: column.to_owned(), why });
            }
        }
    }
    for cells in sqlx::query(LAST_CLOSED).fetch_all(&mut *reader).await? {
        // What is wrong with a closed row is history and stops nothing.
        books.last_closed.extend(closed(RowId(cells.try_get(0)?), &Cells(&cells)).ok());
    }
    books.undone =
        sqlx::query_scalar(UNDONE).fetch_all(&mut *reader).await?.into_iter().map(RowId).collect();
    for cells in sqlx::query(DEMOTED).fetch_all(&mut *reader).await? {
        // A rule of a newer version is none that could be held back here.
        books.demoted.extend(demotion(&Cells(&cells)).ok());
    }
    for cells in sqlx::query(UNFINISHED).fetch_all(&mut *reader).await? {
        match intent(&cells) {
            Ok(intent) => books.unfinished.push(intent),
            Err(Fault { why, .. }) => {
                tracing::warn!("an intent in the ledger makes no sense, it is left alone: {why}");
            }
        }
    }
    protection::read(reader, &mut books).await?;
    Ok(books)
}

const fn at(name: &'static str, place: usize) -> Column {
    (place, name)
}

fn key(cells: &Cells<'_>, account: usize, symbol: usize, leg: usize) -> Result<PositionKey, Fault> {
    Ok(PositionKey::new(
        cells.name(at("account", account))?,
        cells.name(at("symbol", symbol))?,
        cells.word(at("leg", leg), Leg::parse, LEGS)?,
    ))
}

/// A row, in the order of [`COLUMNS`].
fn row(id: RowId, cells: &Cells<'_>) -> Result<Row, Fault> {
    let column = |place: usize| at(COLUMNS[place], place);
    let text = |place| Ok(cells.text(column(place))?.map(str::to_owned));
    let key = key(cells, 1, 3, 4)?;
    let side = cells.word(column(5), Side::parse, SIDES)?;
    match (key.leg, side) {
        (Leg::Long, Side::Short) | (Leg::Short, Side::Long) => {
            let why = format!("side is {side} on the {} leg; write the same word", key.leg);
            return Err(Fault { column: "side", why });
        }
        _ => {}
    }
    Ok(Row {
        id,
        key,
        venue: cells.word(column(2), Venue::from_exchange, VENUES)?,
        side,
        quantity: cells.quantity(column(6))?,
        entry_price: cells.price(column(7))?,
        current_price: cells.maybe_price(column(8))?,
        leverage: cells.decimal(column(9))?,
        status: cells.word(column(10), RowStatus::parse, STATUSES)?,
        signal_id: text(11)?,
        exchange_order_id: cells.text(column(12))?.map(VenueOrderId::from),
        stop_loss_price: cells.maybe_price(column(13))?,
        pnl: cells.decimal(column(14))?.map(Money),
        pnl_percentage: cells.decimal(column(15))?,
        exit_price: cells.maybe_price(column(16))?,
        exit_reason: cells.maybe_word(column(17), ExitReason::parse, REASONS)?,
        detected_by: cells.maybe_word(column(18), DetectedBy::parse, DETECTORS)?,
        evidence: evidence(cells, column(19))?,
        priced: cells.truth(column(20))?,
        opened_at: cells.time(column(21))?,
        updated_at: cells.time(column(22))?,
        closed_at: cells.maybe_time(column(23))?,
        revision: cells.count(column(24))?,
    })
}

fn evidence(cells: &Cells<'_>, column: Column) -> Result<Option<Value>, Fault> {
    let Some(text) = cells.text(column)? else { return Ok(None) };
    serde_json::from_str(text).map(Some).map_err(|error| Fault {
        column: column.1,
        why: format!("{} is not JSON ({error}); write NULL", column.1),
    })
}

fn closed(id: RowId, cells: &Cells<'_>) -> Result<ClosedMark, Fault> {
    Ok(ClosedMark {
        id,
        key: key(cells, 1, 2, 3)?,
        side: cells.word(at("side", 4), Side::parse, SIDES)?,
        quantity: cells.quantity(at("quantity", 5))?,
        opened_at: cells.time(at("opened_at", 6))?,
        closed_at: cells.time(at("closed_at", 7))?,
    })
}

fn demotion(cells: &Cells<'_>) -> Result<Demotion, Fault> {
    Ok(Demotion {
        account: AccountName::from(cells.name(at("account", 0))?),
        duty: cells.word(at("rule", 1), Duty::parse, "a rule")?,
        repair: RepairId(cells.name(at("repair_id", 2))?.to_owned()),
        at: cells.time(at("demoted_at", 3))?,
    })
}

fn intent(row: &SqliteRow) -> Result<Intent, Fault> {
    let cells = Cells(row);
    let payload = at("payload", 5);
    Ok(Intent {
        client_id: ClientId::from(cells.name(at("client_id", 0))?),
        kind: cells.word(at("kind", 1), IntentKind::parse, "a kind of intent")?,
        key: key(&cells, 2, 3, 4)?,
        payload: evidence(&cells, payload)?.unwrap_or_default(),
        at: cells.time(at("at", 6))?,
    })
}
