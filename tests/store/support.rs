//! What every test of the ledger needs: a throw-away file, a bot beside us, proven closes.

use std::path::PathBuf;

use holdfast::domain::amount::{Money, OrderSide, Price, Qty, Side};
use holdfast::domain::evidence::{Absence, Account, Explanation, Exposure, Fill, Gone, Origin};
use holdfast::domain::journal::{Author, Repair, RepairId, Rule, Write};
use holdfast::domain::key::{Leg, PositionKey, Symbol, TradeId, Venue};
use holdfast::domain::ledger::{Books, DetectedBy, NewRow, Row};
use holdfast::domain::plan::Open;
use holdfast::domain::time::{Span, Time, VenueTime};
use holdfast::store::Ledger;
use serde_json::json;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, Connection, SqliteConnection};
use tempfile::TempDir;

pub const NOON: Time = Time(1_795_262_400_000); // 2026-11-21T12:00:00Z

/// A directory that goes with the value, and the ledger's place in it.
pub struct Place {
    pub dir: TempDir,
    pub file: PathBuf,
}

pub fn place() -> Place {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("ledger.db");
    Place { dir, file }
}

pub async fn ledger() -> (Place, Ledger) {
    let place = place();
    let ledger = Ledger::open(&place.file).await.unwrap();
    (place, ledger)
}

/// Another program's connection, with SQLite's defaults.
pub async fn bot(place: &Place) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(&place.file);
    SqliteConnection::connect_with(&options).await.unwrap()
}

pub async fn sql(connection: &mut SqliteConnection, text: &str) {
    sqlx::raw_sql(AssertSqlSafe(text.to_owned())).execute(connection).await.unwrap();
}

/// What a bot inserts: only the columns that it has to.
pub async fn bot_opens(connection: &mut SqliteConnection, symbol: &str) {
    let text = format!(
        "INSERT INTO positions (account, exchange, symbol, side, quantity, entry_price, status)
         VALUES ('main', 'binance', '{symbol}', 'long', '40000', '0.38120', 'active')"
    );
    sql(connection, &text).await;
}

/// One cell as text, however it is stored.
pub async fn cell(connection: &mut SqliteConnection, query: &str) -> Option<String> {
    sqlx::query_scalar(AssertSqlSafe(format!("SELECT CAST(({query}) AS TEXT)")))
        .fetch_one(connection)
        .await
        .unwrap()
}

pub fn qty(text: &str) -> Qty {
    Qty::new(text.parse().unwrap()).unwrap()
}

pub fn price(text: &str) -> Price {
    Price::new(text.parse().unwrap()).unwrap()
}

pub fn key(symbol: &str) -> PositionKey {
    PositionKey::new("main", symbol, Leg::Net)
}

pub fn repair(rule: Rule, key: &PositionKey, row: Option<&Row>) -> Repair {
    Repair {
        id: row.map_or_else(|| adoption(key), |row| RepairId::of(rule, key, row)),
        rule,
        author: Author::Engine,
        key: key.clone(),
        evidence: json!({"looks": 2}),
        at: NOON,
    }
}

fn adoption(key: &PositionKey) -> RepairId {
    let (quantity, entry) = (qty("0.5"), price("97000.1"));
    let open = Open { side: Side::Short, quantity, entry, mark: None };
    RepairId::of_adoption(key, open, None, 0)
}

pub fn adopt(symbol: &str) -> Write {
    let row = NewRow {
        key: key(symbol),
        venue: Venue::BinanceUsdm,
        side: Side::Short,
        quantity: qty("0.5"),
        entry_price: price("97000.1"),
        exchange_order_id: Some("8886774".into()),
        stop_loss_price: Some(price("98940.1")),
        opened_at: NOON - Span::secs(60),
        settled: None,
        at: NOON,
    };
    let repair = repair(Rule::Adopt, &row.key, None);
    Write::Adopt(Box::new(row), Box::new(repair))
}

pub fn closing_fill(row: &Row, exit: &str) -> Fill {
    Fill {
        symbol: row.key.symbol.clone(),
        leg: row.key.leg,
        trade_id: TradeId::from(format!("9{}", row.id.0)),
        order_id: "551".into(),
        client_id: None,
        origin: Origin::Plain,
        side: row.side.closing(),
        quantity: row.quantity,
        price: price(exit),
        fee: Money("1.5".parse().unwrap()),
        fee_asset: Symbol::from("USDT"),
        at: VenueTime(NOON.0),
    }
}

pub fn gone(row: &Row, exit: &str) -> Gone {
    let fills = [closing_fill(row, exit)];
    let quote = Symbol::from("USDT");
    let exposure = Exposure {
        side: row.side,
        quantity: row.quantity,
        entry: row.entry_price,
        entry_order: None,
        quote: &quote,
        step: None,
        entered: None,
        flipped: false,
        adds: true,
        entered_before: false,
    };
    let why = Explanation::of(&exposure, &fills).unwrap();
    let looks = [Absence::Sweep(NOON), Absence::Sweep(NOON + Span::secs(2))];
    Gone::prove(&looks, Span::secs(2), Account::explained(why)).unwrap()
}

/// The proven close of a row, priced by one fill.
pub fn close(row: &Row, exit: &str) -> Write {
    let closed = row.close(&gone(row, exit), DetectedBy::Sync, NOON + Span::secs(2));
    Write::Close {
        row: Box::new(closed),
        expect: row.revision,
        repair: Box::new(repair(Rule::ClosePhantom, &row.key, Some(row))),
    }
}

pub async fn books(ledger: &Ledger) -> Books {
    ledger.read().await.unwrap()
}

pub const SELL: OrderSide = OrderSide::Sell;
