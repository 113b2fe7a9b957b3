//! Taking a repair back: exactly, once, and only while the row is as the repair left it.

use holdfast::domain::journal::{Author, RepairId, Rule, Write, WriteError};
use holdfast::domain::ledger::RowId;
use holdfast::domain::time::Span;
use holdfast::store::Ledger;

use super::support::*;

const ALL: &str = "SELECT group_concat(quote(account) || quote(exchange) || quote(symbol)
    || quote(leg) || quote(side) || quote(quantity) || quote(entry_price) || quote(current_price)
    || quote(leverage) || quote(status) || quote(signal_id) || quote(exchange_order_id)
    || quote(stop_loss_price) || quote(pnl) || quote(pnl_percentage) || quote(exit_price)
    || quote(exit_reason) || quote(detected_by) || quote(evidence) || quote(priced)
    || quote(opened_at) || quote(updated_at) || quote(closed_at)) FROM positions";

fn undo(id: &str) -> Write {
    let repair = RepairId(id.to_owned());
    Write::Undo { repair, author: Author::Operator, at: NOON + Span::secs(60) }
}

async fn refusal(ledger: &Ledger, id: &str) -> String {
    match ledger.write(&[undo(id)]).await {
        Err(WriteError::Conflict(why)) => why,
        other => panic!("{other:?}"),
    }
}

async fn closed_phantom(symbol: &str) -> (Place, Ledger, String, String) {
    let (place, ledger) = ledger().await;
    let mut bot = bot(&place).await;
    bot_opens(&mut bot, symbol).await;
    // spelt as no program of ours would
    sql(
        &mut bot,
        "UPDATE positions SET opened_at = '2026-11-21 02:20:00', quantity = '40000.000',
             signal_id = 'wave-7', evidence = '{ \"by\":\"bot\" }', revision = 3",
    )
    .await;
    let before = cell(&mut bot, ALL).await.unwrap();
    let row = books(&ledger).await.rows.remove(0);
    let id = RepairId::of(Rule::ClosePhantom, &row.key, &row).0;
    ledger.write(&[close(&row, "0.38")]).await.unwrap();
    (place, ledger, id, before)
}

#[tokio::test]
async fn an_undone_close_is_the_row_that_was_to_the_letter_with_a_newer_revision() {
    let (place, ledger, id, before) = closed_phantom("DOGEUSDT").await;
    ledger.write(&[undo(&id)]).await.unwrap();
    let mut bot = bot(&place).await;
    assert_eq!(cell(&mut bot, ALL).await.unwrap(), before);
    assert_eq!(cell(&mut bot, "SELECT revision FROM positions").await.unwrap(), "5");
    let who = "SELECT undone_by || ' ' || undone_at FROM repairs";
    assert_eq!(cell(&mut bot, who).await.unwrap(), "operator 2026-11-21T12:01:00.000Z");
    let books = books(&ledger).await;
    assert_eq!((books.rows.len(), books.undone), (1, vec![RowId(1)]));
}

#[tokio::test]
async fn a_row_repaired_again_after_an_undo_is_not_among_the_undone() {
    let (_place, ledger, id, _) = closed_phantom("DOGEUSDT").await;
    ledger.write(&[undo(&id)]).await.unwrap();
    let row = books(&ledger).await.rows.remove(0);
    ledger.write(&[close(&row, "0.39")]).await.unwrap();
    let second = RepairId::of(Rule::ClosePhantom, &row.key, &row).0;
    assert_ne!(id, second);
    assert_eq!(books(&ledger).await.undone, []);
    ledger.write(&[undo(&second)]).await.unwrap();
    assert_eq!(books(&ledger).await.undone, [RowId(1)]);
}

#[tokio::test]
async fn an_undone_adoption_takes_the_row_away_and_its_id_is_never_used_again() {
    let (place, ledger) = ledger().await;
    let Write::Adopt(_, repair) = adopt("BTCUSDT") else { panic!() };
    ledger.write(&[adopt("BTCUSDT")]).await.unwrap();
    ledger.write(&[undo(&repair.id.0)]).await.unwrap();
    assert_eq!(books(&ledger).await.rows, []);
    let mut bot = bot(&place).await;
    bot_opens(&mut bot, "ETHUSDT").await;
    assert_eq!(books(&ledger).await.rows[0].id, RowId(2));
}

#[tokio::test]
async fn what_cannot_be_undone_says_why_and_changes_nothing() {
    let (place, ledger, id, _) = closed_phantom("DOGEUSDT").await;
    let mut bot = bot(&place).await;
    assert_eq!(refusal(&ledger, "r-0").await, "there is no repair r-0");

    let before = cell(&mut bot, ALL).await;
    bot_opens(&mut bot, "DOGEUSDT").await;
    assert_eq!(
        refusal(&ledger, &id).await,
        format!("repair {id} cannot be undone: its leg has a newer open row, id 2")
    );
    sql(&mut bot, "DELETE FROM positions WHERE id = 2").await;
    assert_eq!(cell(&mut bot, ALL).await, before);

    sql(&mut bot, "UPDATE positions SET pnl = '0'").await;
    assert_eq!(
        refusal(&ledger, &id).await,
        format!("the row has changed since repair {id}, it cannot be undone any more")
    );
    sql(&mut bot, "UPDATE positions SET pnl = '-49.5', updated_at = closed_at, revision = 4").await;

    ledger.write(&[undo(&id)]).await.unwrap();
    assert_eq!(
        refusal(&ledger, &id).await,
        format!("repair {id} was undone already, at 2026-11-21T12:01:00.000Z")
    );
}
