//! Several programs at once, and anything at all in the rows.

use std::time::Duration;

use holdfast::domain::amount::Side;
use holdfast::domain::amount::{Money, Price, Qty};
use holdfast::domain::event::{Event, EventKind, Severity};
use holdfast::domain::evidence::ExitReason;
use holdfast::domain::journal::Author;
use holdfast::domain::journal::{RepairId, Rule, Write};
use holdfast::domain::key::{Leg, PositionKey, Venue};
use holdfast::domain::ledger::DetectedBy;
use holdfast::domain::ledger::{OpenRow, Row, RowStatus};
use holdfast::domain::time::Time;
use holdfast::store::Ledger;
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::json;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, Connection, SqliteConnection};

use super::support::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bot_and_the_engine_write_at_the_same_time_and_nothing_is_lost() {
    let (place, ledger) = ledger().await;
    let file = place.file.clone();
    let bot = tokio::spawn(async move {
        let options =
            SqliteConnectOptions::new().filename(file).busy_timeout(Duration::from_secs(20));
        let mut bot = SqliteConnection::connect_with(&options).await.unwrap();
        for place in 0..150 {
            bot_opens(&mut bot, &format!("C{place}")).await;
        }
    });
    let mut closed = 0;
    while closed < 150 {
        let event = Event::about(NOON, EventKind::StreamUp, Severity::Info, &"main".into());
        let mut writes = vec![Write::Event(Box::new(event))];
        writes.extend(books(&ledger).await.rows.iter().map(|row| close(row, "0.38")));
        closed += writes.len() - 1;
        ledger.write(&writes).await.unwrap();
    }
    bot.await.unwrap();
    let now = books(&ledger).await;
    assert_eq!((now.rows.len(), now.bad.len(), now.last_closed.len()), (0, 0, 150));
}

fn positive() -> impl Strategy<Value = Decimal> {
    (1i64..1_000_000_000_000, 0u32..12).prop_map(|(digits, scale)| Decimal::new(digits, scale))
}

fn any_decimal() -> impl Strategy<Value = Decimal> {
    (any::<i64>(), 0u32..18).prop_map(|(digits, scale)| Decimal::new(digits, scale).normalize())
}

fn text() -> impl Strategy<Value = String> {
    "\\PC{1,12}".prop_filter("blank", |text| !text.trim().is_empty())
}

prop_compose! {
    fn changed(seed: Row)(
        side in prop_oneof![Just(Side::Long), Just(Side::Short)],
        venue in prop_oneof![Just(Venue::BinanceUsdm), Just(Venue::BybitLinear)],
        status in prop_oneof![
            Just(RowStatus::Opening), Just(RowStatus::Active), Just(RowStatus::Closing)
        ],
        numbers in (positive(), positive(), proptest::option::of(positive())),
        shares in (proptest::option::of(any_decimal()), proptest::option::of(any_decimal())),
        names in (proptest::option::of(text()), proptest::option::of(text()), text(), text()),
        reason in proptest::option::of(Just(ExitReason::TakeProfit)),
        by in proptest::option::of(Just(DetectedBy::Startup)),
        evidence in proptest::option::of(text().prop_map(|text| json!({"why": text}))),
        priced in any::<bool>(),
        times in (0i64..4_000_000_000_000, proptest::option::of(0i64..4_000_000_000_000)),
        revision in 1u64..1_000_000,
    ) -> Row {
        Row {
            id: seed.id,
            key: PositionKey::new(names.2, names.3, Leg::Net),
            venue,
            side,
            quantity: Qty::new(numbers.0).unwrap(),
            entry_price: Price::new(numbers.1).unwrap(),
            current_price: numbers.2.map(|price| Price::new(price).unwrap()),
            leverage: shares.0,
            status,
            signal_id: names.0,
            exchange_order_id: names.1.map(Into::into),
            stop_loss_price: numbers.2.map(|price| Price::new(price).unwrap()),
            pnl: shares.1.map(Money),
            pnl_percentage: shares.0,
            exit_price: numbers.2.map(|price| Price::new(price).unwrap()),
            exit_reason: reason,
            detected_by: by,
            evidence,
            priced,
            opened_at: Time(times.0),
            updated_at: Time(times.0 + 1),
            closed_at: times.1.map(Time),
            revision,
        }
    }
}

/// An empty ledger with one row of a bot's.
async fn seeded() -> (Place, Ledger, Row) {
    let (place, ledger) = ledger().await;
    let mut bot = bot(&place).await;
    bot_opens(&mut bot, "SEEDUSDT").await;
    let row = books(&ledger).await.rows.remove(0);
    (place, ledger, row)
}

fn any_row() -> impl Strategy<Value = Row> {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (_place, _ledger, row) = runtime.block_on(seeded());
    changed(row)
}

/// Anything that SQL can put into a cell.
fn any_cell() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("NULL".to_owned()),
        any::<i64>().prop_map(|n| n.to_string()),
        any::<f64>().prop_map(|n| format!("{n:e}").replace("NaN", "NULL").replace("inf", "9e999")),
        "\\PC{0,9}".prop_map(|text| format!("'{}'", text.replace('\'', "''"))),
        "[0-9.eE+-]{0,40}".prop_map(|text| format!("'{text}'")),
        "[0-9a-f]{2}".prop_map(|byte| format!("x'{byte}'")),
        "[0-9a-f]{2}".prop_map(|byte| format!("CAST(x'{byte}' AS TEXT)")),
        prop_oneof![
            Just("active"),
            Just("closed"),
            Just("long"),
            Just("net"),
            Just("binance"),
            Just("2026-11-21 02:20:00"),
            Just("-0001-01-01T00:00:00Z"),
            Just("1e-28"),
        ]
        .prop_map(|word| format!("'{word}'")),
    ]
}

const COLUMNS: [&str; 24] = [
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn a_row_that_was_written_is_read_as_it_was_and_undone_to_the_letter(row in any_row()) {
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let (place, ledger, seed) = seeded().await;
            let mut other = bot(&place).await;
            let image = "SELECT group_concat(quote(quantity) || quote(opened_at) || quote(symbol)
                || quote(status) || quote(pnl) || quote(updated_at)) FROM positions";
            let before = cell(&mut other, image).await;
            let journal = repair(Rule::FollowQuantity, &seed.key, Some(&seed));
            let id = RepairId(journal.id.0.clone());
            let update = Write::Update {
                row: Box::new(OpenRow::new(row.clone()).unwrap()),
                expect: 0,
                repair: Some(Box::new(journal)),
            };
            ledger.write(&[update]).await.unwrap();
            let books = books(&ledger).await;
            assert_eq!(books.bad, []);
            assert_eq!(books.rows, [row]);
            let undo = Write::Undo { repair: id, author: Author::Engine, at: NOON };
            ledger.write(&[undo]).await.unwrap();
            assert_eq!(cell(&mut other, image).await, before);
        });
    }

    #[test]
    fn no_cell_that_anybody_writes_stops_the_rest_from_being_read(
        cells in proptest::collection::vec((0usize..COLUMNS.len(), any_cell()), 1..30)
    ) {
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let (place, ledger, _) = seeded().await;
            let mut bot = bot(&place).await;
            let mut taken = 1;
            for (n, (column, value)) in cells.iter().enumerate() {
                bot_opens(&mut bot, &format!("C{n}")).await;
                let set = format!("UPDATE positions SET {} = {value} WHERE symbol = 'C{n}'",
                    COLUMNS[*column]);
                // SQLite itself may refuse it; the row then stays as it was.
                sqlx::raw_sql(AssertSqlSafe(set)).execute(&mut bot).await.ok();
                taken += 1;
            }
            let books = books(&ledger).await;
            let closed = cell(&mut bot, "SELECT count(*) FROM positions WHERE status = 'closed'");
            let closed: usize = closed.await.unwrap().parse().unwrap();
            assert_eq!(books.rows.len() + books.bad.len() + closed, taken);
            assert_eq!(ledger.positions_json().await.unwrap().as_array().unwrap().len(), taken);
            // What was accepted can be booked without an overflow anywhere.
            for row in &books.rows {
                assert!(row.quantity.at(row.entry_price).0 > Decimal::ZERO);
                ledger.write(&[close(row, "0.38")]).await.unwrap();
            }
        });
    }
}
