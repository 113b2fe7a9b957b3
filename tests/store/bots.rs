//! Rows that other programs write.

use holdfast::domain::amount::Side;
use holdfast::domain::key::{Leg, Venue};
use holdfast::domain::ledger::{RowId, RowStatus};
use holdfast::domain::time::Time;

use super::support::*;

#[tokio::test]
async fn a_bot_names_only_what_it_must_and_its_row_is_whole() {
    let (place, ledger) = ledger().await;
    let mut bot = bot(&place).await;
    bot_opens(&mut bot, "DOGEUSDT").await;
    let books = books(&ledger).await;
    assert_eq!(books.bad, []);
    let [row] = &books.rows[..] else { panic!("{books:?}") };
    assert_eq!((row.id, &row.key, row.venue), (RowId(1), &key("DOGEUSDT"), Venue::BinanceUsdm));
    assert_eq!(
        (row.side, row.quantity, row.entry_price),
        (Side::Long, qty("40000"), price("0.3812"))
    );
    assert_eq!((row.status, row.revision, row.priced), (RowStatus::Active, 0, true));
    assert!(row.opened_at.0 > 1_700_000_000_000 && row.opened_at == row.updated_at);
    assert_eq!((&row.pnl, &row.exit_reason, &row.evidence), (&None, &None, &None));
}

#[tokio::test]
async fn a_mapper_that_writes_null_for_every_default_gets_the_defaults() {
    let (place, ledger) = ledger().await;
    let mut bot = bot(&place).await;
    sql(
        &mut bot,
        "INSERT INTO positions (account, exchange, symbol, leg, side, quantity, entry_price,
             status, priced, opened_at, updated_at, revision)
         VALUES ('main', 'bybit', 'ETHUSDT', NULL, 'short', 2, 3100.5, 'active',
             NULL, NULL, NULL, NULL)",
    )
    .await;
    let books = books(&ledger).await;
    let [row] = &books.rows[..] else { panic!("{books:?}") };
    assert_eq!((row.key.leg, row.revision, row.priced), (Leg::Net, 0, true));
    assert_eq!((row.quantity, row.entry_price), (qty("2"), price("3100.5")));
    assert!(row.opened_at.0 > 1_700_000_000_000);
}

#[tokio::test]
async fn a_row_that_makes_no_sense_is_named_by_id_and_column_and_left_alone() {
    let (place, ledger) = ledger().await;
    let mut bot = bot(&place).await;
    let wrong = [
        ("account", "NULL"),
        ("account", "'  '"),
        ("exchange", "'kraken'"),
        ("exchange", "'BINANCE'"),
        ("account", "'main' || char(10)"),
        ("symbol", "NULL"),
        ("symbol", "'BTC' || char(27) || '[2JUSDT'"),
        ("leg", "'LONG'"),
        ("side", "'LONG'"),
        ("side", "'buy'"),
        ("side", "NULL"),
        ("quantity", "'0'"),
        ("quantity", "-1"),
        ("quantity", "'1,5'"),
        ("quantity", "NULL"),
        ("quantity", "x'00ff'"),
        ("quantity", "9e999"),
        ("quantity", "'79228162514264337593543950335'"),
        ("entry_price", "'free'"),
        ("entry_price", "0.0"),
        ("entry_price", "'0.0000000000000000000000001'"),
        ("current_price", "-2"),
        ("stop_loss_price", "'none'"),
        ("leverage", "'x10'"),
        ("status", "'ACTIVE'"),
        ("status", "NULL"),
        ("exit_reason", "'PHANTOM_ON_SYNC'"),
        ("detected_by", "'me'"),
        ("evidence", "'because'"),
        ("priced", "'yes'"),
        ("opened_at", "'yesterday'"),
        ("opened_at", "1795227600"),
        ("updated_at", "''"),
        ("closed_at", "'2026-11-21'"),
        ("revision", "'first'"),
        ("revision", "-1"),
        ("signal_id", "x'ff'"),
    ];
    bot_opens(&mut bot, "GOODUSDT").await;
    for (place, (column, value)) in wrong.iter().enumerate() {
        bot_opens(&mut bot, &format!("BAD{place}")).await;
        let id = place + 2;
        let text = format!("UPDATE positions SET {column} = {value}, revision = revision + 0.0");
        let text =
            if *column == "revision" { text.split(", revision").next().unwrap() } else { &text };
        sql(&mut bot, &format!("{text} WHERE id = {id}")).await;
    }
    let before =
        cell(&mut bot, "SELECT group_concat(quote(side) || quote(quantity)) FROM positions").await;
    let books = books(&ledger).await;
    assert_eq!(books.rows.len(), 1);
    let found: Vec<_> = books.bad.iter().map(|bad| (bad.id.0, bad.column.as_str())).collect();
    let expected: Vec<_> =
        wrong.iter().enumerate().map(|(place, (column, _))| (place as i64 + 2, *column)).collect();
    assert_eq!(found, expected);
    for bad in &books.bad {
        assert!(bad.why.starts_with(&bad.column) && bad.why.contains("; write "), "{}", bad.why);
    }
    let after =
        cell(&mut bot, "SELECT group_concat(quote(side) || quote(quantity)) FROM positions").await;
    assert_eq!(before, after);
}

#[tokio::test]
async fn the_long_leg_cannot_be_short() {
    let (place, ledger) = ledger().await;
    let mut bot = bot(&place).await;
    bot_opens(&mut bot, "BTCUSDT").await;
    sql(&mut bot, "UPDATE positions SET leg = 'long', side = 'short'").await;
    let books = books(&ledger).await;
    assert_eq!((books.rows.len(), books.bad[0].column.as_str()), (0, "side"));
}

#[tokio::test]
async fn numbers_and_times_of_every_program_are_read_as_they_were_meant() {
    let (place, ledger) = ledger().await;
    let mut bot = bot(&place).await;
    for (symbol, number, text) in [
        ("A", "0.1 + 0.2", "0.3"),
        ("B", "1e-7", "0.0000001"),
        ("C", "40000.0", "40000"),
        ("D", "7", "7"),
        ("E", "'0.50000'", "0.5"),
    ] {
        sql(
            &mut bot,
            &format!(
                "INSERT INTO positions
                     (account, exchange, symbol, side, quantity, entry_price, status, opened_at)
                 VALUES ('main', 'binance', '{symbol}', 'long', {number}, 1, 'opening',
                     '2026-11-21 02:20:00')"
            ),
        )
        .await;
        let row = books(&ledger).await.rows.pop().unwrap();
        assert_eq!(row.quantity, qty(text), "{number}");
        assert_eq!(Some(row.opened_at), Time::parse("2026-11-21T02:20:00Z"));
    }
}

#[tokio::test]
async fn a_leg_has_one_open_row() {
    let (place, ledger) = ledger().await;
    let mut bot = bot(&place).await;
    bot_opens(&mut bot, "BTCUSDT").await;
    let again = sqlx::query(
        "INSERT INTO positions (account, exchange, symbol, side, quantity, entry_price, status)
         VALUES ('main', 'binance', 'BTCUSDT', 'long', 1, 1, 'opening')",
    )
    .execute(&mut bot)
    .await;
    assert!(again.unwrap_err().to_string().contains("UNIQUE"));
    sql(&mut bot, "UPDATE positions SET status = 'closed'").await;
    bot_opens(&mut bot, "BTCUSDT").await;
    assert_eq!(books(&ledger).await.rows.len(), 1);
}

#[tokio::test]
async fn a_change_by_a_bot_grows_the_revision_so_that_no_older_image_overwrites_it() {
    let (place, ledger) = ledger().await;
    let mut bot = bot(&place).await;
    bot_opens(&mut bot, "BTCUSDT").await;
    let seen = books(&ledger).await.rows.remove(0);
    sql(&mut bot, "UPDATE positions SET quantity = '39000'").await;
    let refused = ledger.write(&[close(&seen, "0.38")]).await.unwrap_err();
    assert_eq!(
        refused.to_string(),
        "the ledger refuses: row 1 of main BTCUSDT is not at revision 0 any more"
    );
    let now = books(&ledger).await.rows.remove(0);
    assert_eq!((now.quantity, now.revision), (qty("39000"), 1));
}

#[tokio::test]
async fn the_data_version_tells_that_somebody_wrote() {
    let (place, ledger) = ledger().await;
    let mut bot = bot(&place).await;
    let first = ledger.data_version().await.unwrap();
    assert_eq!(ledger.data_version().await.unwrap(), first);
    bot_opens(&mut bot, "BTCUSDT").await;
    let second = ledger.data_version().await.unwrap();
    assert_ne!(first, second);
    ledger.write(&[adopt("ETHUSDT")]).await.unwrap();
    assert_ne!(ledger.data_version().await.unwrap(), second);
}

#[tokio::test]
async fn only_other_programs_change_the_foreign_version() {
    let (place, ledger) = ledger().await;
    let mut bot = bot(&place).await;
    let first = ledger.foreign_version().await.unwrap();
    ledger.write(&[adopt("ETHUSDT")]).await.unwrap();
    assert_eq!(ledger.foreign_version().await.unwrap(), first);
    bot_opens(&mut bot, "BTCUSDT").await;
    assert_ne!(ledger.foreign_version().await.unwrap(), first);
}
