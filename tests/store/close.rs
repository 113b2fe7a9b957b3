//! Closing rows: compare and set, whole transactions, the journal.

use holdfast::domain::journal::{Write, WriteError};
use holdfast::domain::ledger::{OpenRow, RowStatus};
use serde_json::Value;

use super::support::*;

#[tokio::test]
async fn a_proven_close_is_booked_with_price_profit_cause_and_both_images() {
    let (place, ledger) = ledger().await;
    let mut bot = bot(&place).await;
    bot_opens(&mut bot, "DOGEUSDT").await;
    let row = books(&ledger).await.rows.remove(0);
    ledger.write(&[close(&row, "0.38004")]).await.unwrap();
    let shown = ledger.positions_json().await.unwrap();
    let closed = &shown[0];
    assert_eq!(closed["status"], "closed");
    assert_eq!(closed["exit_price"], "0.38004");
    assert_eq!(closed["pnl"], "-47.9"); // (0.38004 - 0.38120) * 40000 - 1.5
    assert_eq!(closed["exit_reason"], "external");
    assert_eq!(closed["detected_by"], "sync");
    assert_eq!(closed["priced"], true);
    assert_eq!(closed["evidence"]["trades"][0], "91");
    assert_eq!(closed["closed_at"], "2026-11-21T12:00:02.000Z");
    assert_eq!(closed["revision"], 1);
    let image = |column: &'static str| {
        let query = format!("SELECT {column} FROM repairs WHERE rule = 'close_phantom'");
        async move { query }
    };
    let before: Value =
        serde_json::from_str(&cell(&mut bot, &image("before").await).await.unwrap()).unwrap();
    let after: Value =
        serde_json::from_str(&cell(&mut bot, &image("after").await).await.unwrap()).unwrap();
    assert_eq!((&before["status"], &before["entry_price"]), (&"active".into(), &"0.38120".into()));
    assert_eq!((&after["status"], &after["pnl"]), (&"closed".into(), &"-47.9".into()));
    assert_eq!(cell(&mut bot, "SELECT author FROM repairs").await.unwrap(), "engine");
    let evidence = cell(&mut bot, "SELECT evidence FROM repairs").await.unwrap();
    assert_eq!(evidence, r#"{"looks":2}"#);
}

#[tokio::test]
async fn a_closed_row_leaves_its_trace_per_leg_and_the_newest_wins() {
    let (place, ledger) = ledger().await;
    let mut bot = bot(&place).await;
    for symbol in ["BTCUSDT", "ETHUSDT", "BTCUSDT", "1000PEPEUSDT", "BTCUSDT"] {
        bot_opens(&mut bot, symbol).await;
        let row = books(&ledger).await.rows.remove(0);
        ledger.write(&[close(&row, "0.4")]).await.unwrap();
    }
    let books = books(&ledger).await;
    assert_eq!(books.rows, []);
    let mut last: Vec<_> =
        books.last_closed.iter().map(|mark| (mark.key.symbol.as_str(), mark.id.0)).collect();
    last.sort_unstable();
    assert_eq!(last, [("1000PEPEUSDT", 4), ("BTCUSDT", 5), ("ETHUSDT", 2)]);
    assert_eq!(books.last_closed[0].quantity, qty("40000"));
}

#[tokio::test]
async fn one_conflict_undoes_the_whole_transaction() {
    let (place, ledger) = ledger().await;
    let mut bot = bot(&place).await;
    for place in 0..40 {
        bot_opens(&mut bot, &format!("C{place}")).await;
    }
    let rows = books(&ledger).await.rows;
    let mut writes: Vec<Write> = rows.iter().map(|row| close(row, "0.38")).collect();
    let Some(Write::Close { expect, .. }) = writes.last_mut() else { panic!() };
    *expect = 7;
    let refused = ledger.write(&writes).await.unwrap_err();
    assert!(matches!(refused, WriteError::Conflict(_)), "{refused}");
    assert_eq!(books(&ledger).await.rows, rows);
    assert_eq!(cell(&mut bot, "SELECT count(*) FROM repairs").await.unwrap(), "0");
    // and the ledger goes on
    writes.pop();
    ledger.write(&writes).await.unwrap();
    assert_eq!(books(&ledger).await.rows, rows[39..]);
}

#[tokio::test]
async fn two_hundred_and_fifty_phantoms_are_closed_in_one_transaction() {
    let (place, ledger) = ledger().await;
    let mut bot = bot(&place).await;
    sql(&mut bot, "BEGIN").await;
    for place in 0..250 {
        bot_opens(&mut bot, &format!("C{place}")).await;
    }
    sql(&mut bot, "COMMIT").await;
    let rows = books(&ledger).await.rows;
    let before = ledger.data_version().await.unwrap();
    let writes: Vec<Write> = rows.iter().map(|row| close(row, "0.38")).collect();
    ledger.write(&writes).await.unwrap();
    assert_eq!(ledger.data_version().await.unwrap(), before + 1, "one commit");
    let books = books(&ledger).await;
    assert_eq!((books.rows.len(), books.last_closed.len()), (0, 250));
    let journal = "SELECT count(*) FROM repairs WHERE before IS NOT NULL AND after IS NOT NULL";
    assert_eq!(cell(&mut bot, journal).await.unwrap(), "250");
}

#[tokio::test]
async fn an_update_writes_the_whole_image_and_only_from_the_revision_it_was_made_from() {
    let (place, ledger) = ledger().await;
    let mut bot = bot(&place).await;
    bot_opens(&mut bot, "BTCUSDT").await;
    let mut row = books(&ledger).await.rows.remove(0);
    row.stop_loss_price = Some(price("0.3710"));
    row.status = RowStatus::Closing;
    row.leverage = Some("10".parse().unwrap());
    row.revision = 1;
    let image = Box::new(OpenRow::new(row.clone()).unwrap());
    let update = Write::Update { row: image, expect: 0, repair: None };
    ledger.write(std::slice::from_ref(&update)).await.unwrap();
    assert_eq!(books(&ledger).await.rows, [row]);
    assert!(matches!(ledger.write(&[update]).await, Err(WriteError::Conflict(_))));
    assert_eq!(cell(&mut bot, "SELECT count(*) FROM repairs").await.unwrap(), "0");
}

#[tokio::test]
async fn a_closed_row_is_not_updated() {
    let (place, ledger) = ledger().await;
    let mut bot = bot(&place).await;
    bot_opens(&mut bot, "BTCUSDT").await;
    let row = books(&ledger).await.rows.remove(0);
    sql(&mut bot, "UPDATE positions SET status = 'closed', revision = 5").await;
    let image = Box::new(OpenRow::new(row).unwrap());
    let update = Write::Update { row: image, expect: 5, repair: None };
    assert!(matches!(ledger.write(&[update]).await, Err(WriteError::Conflict(_))));
}

#[tokio::test]
async fn a_close_and_the_row_that_follows_it_are_one_transaction_or_none() {
    let (place, ledger) = ledger().await;
    let mut bot = bot(&place).await;
    bot_opens(&mut bot, "BTCUSDT").await;
    let row = books(&ledger).await.rows.remove(0);
    // Somebody else changed the row meanwhile: neither half is written.
    let mut late = close(&row, "0.4");
    if let Write::Close { expect, .. } = &mut late {
        *expect += 7;
    }
    ledger.write(&[late, adopt("BTCUSDT")]).await.unwrap_err();
    assert_eq!(books(&ledger).await.rows, std::slice::from_ref(&row));
    let receipt = ledger.write(&[close(&row, "0.4"), adopt("BTCUSDT")]).await.unwrap();
    let rows = books(&ledger).await.rows;
    assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), receipt.rows);
    assert_eq!(rows[0].quantity, qty("0.5"));
    assert_eq!(cell(&mut bot, "SELECT count(*) || '' FROM repairs").await.unwrap(), "2");
}
