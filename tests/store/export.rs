//! Tables as JSON.

use holdfast::domain::event::{Event, EventKind, Severity};
use holdfast::domain::journal::Write;
use holdfast::domain::key::Venue;
use holdfast::domain::ledger::RowId;
use holdfast::domain::time::{Span, Time};
use serde_json::json;

use super::support::*;

fn stop_placed(at: Time) -> Event {
    let mut event = Event::of(at, EventKind::StopPlaced, Severity::Info, &key("BTCUSDT"))
        .saying("stop 95060 placed")
        .with(json!({"stop": "95060"}))
        .on(Some(RowId(4)));
    event.venue = Some(Venue::BinanceUsdm);
    event
}

#[tokio::test]
async fn events_are_objects_with_their_sentence_among_the_facts() {
    let (_place, ledger) = ledger().await;
    let writes: Vec<_> = [0, 1, 2]
        .map(|second| Write::Event(Box::new(stop_placed(NOON + Span::secs(second)))))
        .into();
    ledger.write(&writes).await.unwrap();
    let all = ledger.events_json(None).await.unwrap();
    assert_eq!(all.as_array().unwrap().len(), 3);
    assert_eq!(
        all[1],
        json!({
            "id": 2, "at": "2026-11-21T12:00:01.000Z", "kind": "STOP_PLACED", "severity": "INFO",
            "account": "main", "exchange": "binance", "symbol": "BTCUSDT", "leg": "net",
            "position_id": 4, "data": {"stop": "95060", "text": "stop 95060 placed"},
        })
    );
    let since = ledger.events_json(Some(NOON + Span::secs(1))).await.unwrap();
    assert_eq!(since.as_array().unwrap()[..], all.as_array().unwrap()[1..]);
}

#[tokio::test]
async fn an_event_about_nothing_in_particular_has_nulls() {
    let (_place, ledger) = ledger().await;
    let mut event = Event::about(NOON, EventKind::StreamDown, Severity::Warning, &"main".into());
    event.account = None;
    event.data = json!(["not", "an", "object"]);
    ledger.write(&[Write::Event(Box::new(event))]).await.unwrap();
    let shown = ledger.events_json(None).await.unwrap();
    assert_eq!(shown[0]["account"], json!(null));
    assert_eq!(shown[0]["data"], json!({"text": "", "value": ["not", "an", "object"]}));
}

#[tokio::test]
async fn positions_are_shown_as_they_are_even_those_that_make_no_sense() {
    let (place, ledger) = ledger().await;
    let mut bot = bot(&place).await;
    bot_opens(&mut bot, "BTCUSDT").await;
    bot_opens(&mut bot, "ETHUSDT").await;
    sql(
        &mut bot,
        "UPDATE positions SET side = 'LONG', quantity = 'many', entry_price = x'00',
             opened_at = '2026-11-21 02:20:00', evidence = '[1]' WHERE id = 2",
    )
    .await;
    let shown = ledger.positions_json().await.unwrap();
    assert_eq!(shown[0]["quantity"], "40000");
    assert_eq!(shown[0]["entry_price"], "0.3812");
    assert_eq!(shown[0]["priced"], true);
    assert_eq!(shown[0]["revision"], 0);
    assert_eq!(shown[0]["evidence"], json!(null));
    assert_eq!((&shown[1]["side"], &shown[1]["quantity"]), (&json!("LONG"), &json!("many")));
    assert_eq!(shown[1]["entry_price"], "(binary)");
    assert_eq!(shown[1]["opened_at"], "2026-11-21T02:20:00.000Z");
    assert_eq!(shown[1]["evidence"], json!({"value": [1]}));
    assert_eq!(shown[0].as_object().unwrap().len(), 25);
}
