//! Rows that the engine makes.

use holdfast::domain::journal::{Write, WriteError};
use holdfast::domain::ledger::{RowId, RowStatus};

use super::support::*;

#[tokio::test]
async fn an_adoption_makes_a_row_tells_its_id_and_journals_that_there_was_none() {
    let (place, ledger) = ledger().await;
    let receipt = ledger.write(&[adopt("BTCUSDT"), adopt("ETHUSDT")]).await.unwrap();
    assert_eq!(receipt.rows, [RowId(1), RowId(2)]);
    let row = books(&ledger).await.rows.remove(0);
    assert_eq!((row.quantity, row.entry_price), (qty("0.5"), price("97000.1")));
    assert_eq!(row.stop_loss_price, Some(price("98940.1")));
    assert_eq!((row.status, row.updated_at), (RowStatus::Active, NOON));
    assert_eq!(row.exchange_order_id.unwrap().as_str(), "8886774");
    let mut bot = bot(&place).await;
    let journal = "SELECT position_id || coalesce(before, '-') || json_extract(after, '$.quantity')
         FROM repairs ORDER BY position_id LIMIT 1";
    assert_eq!(cell(&mut bot, journal).await.unwrap(), "1-0.5");
}

#[tokio::test]
async fn a_leg_that_a_bot_registered_first_is_not_adopted() {
    let (place, ledger) = ledger().await;
    let mut bot = bot(&place).await;
    bot_opens(&mut bot, "BTCUSDT").await;
    let refused = ledger.write(&[adopt("BTCUSDT")]).await.unwrap_err();
    assert_eq!(
        refused,
        WriteError::Conflict("main BTCUSDT has an open row already, id 1".to_owned())
    );
    assert_eq!(books(&ledger).await.rows.len(), 1);
}

#[tokio::test]
async fn the_same_repair_is_made_once() {
    let (_place, ledger) = ledger().await;
    ledger.write(&[adopt("BTCUSDT")]).await.unwrap();
    let row = books(&ledger).await.rows.remove(0);
    let Write::Adopt(other, mut journal) = adopt("ETHUSDT") else { panic!() };
    let Write::Adopt(_, first) = adopt("BTCUSDT") else { panic!() };
    journal.id = first.id;
    let refused = ledger.write(&[Write::Adopt(other, journal)]).await.unwrap_err();
    assert_eq!(refused, WriteError::Conflict("this repair was made already".to_owned()));
    assert_eq!(books(&ledger).await.rows, [row]);
}
