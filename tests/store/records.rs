//! Intents, orders, fills and naked spans.

use holdfast::domain::client_id::{ClientId, Purpose};
use holdfast::domain::journal::{Intent, IntentKind, IntentState, OrderRecord, Write, WriteError};
use holdfast::domain::ledger::RowId;
use holdfast::domain::order::OrderStatus;
use holdfast::domain::time::Span;
use serde_json::json;

use super::support::*;

fn intent(symbol: &str) -> Intent {
    Intent {
        client_id: ClientId::mint(Purpose::Stop, &key(symbol), NOON, 0),
        kind: IntentKind::PlaceStop,
        key: key(symbol),
        payload: json!({"trigger": "95060"}),
        at: NOON,
    }
}

#[tokio::test]
async fn an_intent_is_unfinished_until_somebody_knows_what_became_of_it() {
    let (place, ledger) = ledger().await;
    let (first, second) = (intent("BTCUSDT"), intent("ETHUSDT"));
    let intend = |intent: &Intent| Write::Intend(Box::new(intent.clone()));
    let settle = |intent: &Intent, state| Write::Settle {
        client_id: intent.client_id.clone(),
        state,
        outcome: json!("timeout"),
        at: NOON + Span::secs(1),
    };
    ledger.write(&[intend(&first), intend(&second)]).await.unwrap();
    assert_eq!(books(&ledger).await.unfinished, [first.clone(), second.clone()]);
    ledger.write(&[settle(&first, IntentState::Unknown)]).await.unwrap();
    assert_eq!(books(&ledger).await.unfinished.len(), 2, "unknown is not an outcome");
    let writes = [settle(&first, IntentState::Done), settle(&second, IntentState::Failed)];
    ledger.write(&writes).await.unwrap();
    assert_eq!(books(&ledger).await.unfinished, []);
    let mut bot = bot(&place).await;
    let kept = "SELECT state || outcome || settled_at FROM intents ORDER BY symbol LIMIT 1";
    assert_eq!(cell(&mut bot, kept).await.unwrap(), "done\"timeout\"2026-11-21T12:00:01.000Z");
}

#[tokio::test]
async fn an_intent_is_written_once() {
    let (_place, ledger) = ledger().await;
    let write = Write::Intend(Box::new(intent("BTCUSDT")));
    ledger.write(std::slice::from_ref(&write)).await.unwrap();
    let again = ledger.write(&[write]).await.unwrap_err();
    assert_eq!(again, WriteError::Conflict("this intent is written already".to_owned()));
}

#[tokio::test]
async fn an_order_grows_by_what_is_learnt_and_forgets_nothing() {
    let (place, ledger) = ledger().await;
    let sent = OrderRecord {
        client_id: ClientId::mint(Purpose::Exit, &key("BTCUSDT"), NOON, 0),
        key: key("BTCUSDT"),
        venue_id: Some("77".into()),
        side: SELL,
        quantity: qty("0.5"),
        trigger: None,
        status: OrderStatus::Live,
        filled: None,
        average: None,
        at: NOON,
    };
    let mut filled = sent.clone();
    filled.venue_id = None;
    filled.status = OrderStatus::Filled;
    filled.filled = Some(qty("0.5"));
    filled.average = Some(price("96000"));
    let writes = [sent, filled].map(|order| Write::Order(Box::new(order)));
    ledger.write(&writes).await.unwrap();
    let mut bot = bot(&place).await;
    let kept = "SELECT group_concat(concat_ws(' ', purpose, venue_id, side, quantity, status,
        filled, average)) FROM orders";
    assert_eq!(cell(&mut bot, kept).await.unwrap(), "exit 77 sell 0.5 filled 0.5 96000");
}

#[tokio::test]
async fn stops_that_were_replaced_in_place_end_together_but_for_the_last() {
    let (place, ledger) = ledger().await;
    let stop = |salt, symbol| {
        Write::Order(Box::new(OrderRecord {
            client_id: ClientId::mint(Purpose::Stop, &key(symbol), NOON, salt),
            key: key(symbol),
            venue_id: Some("5".into()),
            side: SELL,
            quantity: qty("0.5"),
            trigger: Some(price("58800")),
            status: OrderStatus::Live,
            filled: None,
            average: None,
            at: NOON,
        }))
    };
    let last = ClientId::mint(Purpose::Stop, &key("BTCUSDT"), NOON, 2);
    let ended = Write::StopsEnded {
        key: key("BTCUSDT"),
        keep: Some(last.clone()),
        status: OrderStatus::Cancelled,
        filled: None,
        at: NOON,
    };
    let writes = [stop(1, "BTCUSDT"), stop(2, "BTCUSDT"), stop(3, "ETHUSDT"), ended];
    ledger.write(&writes).await.unwrap();
    let mut bot = bot(&place).await;
    let kept = "SELECT group_concat(symbol || ' ' || status, '; ') FROM
        (SELECT * FROM orders ORDER BY symbol, status)";
    assert_eq!(
        cell(&mut bot, kept).await.unwrap(),
        "BTCUSDT cancelled; BTCUSDT live; ETHUSDT live"
    );
    let live = "SELECT client_id FROM orders WHERE status = 'live' AND symbol = 'BTCUSDT'";
    assert_eq!(cell(&mut bot, live).await.unwrap(), last.as_str());
}

#[tokio::test]
async fn a_fill_is_kept_once_and_as_it_came_first() {
    let (place, ledger) = ledger().await;
    let mut bot = bot(&place).await;
    bot_opens(&mut bot, "DOGEUSDT").await;
    let row = books(&ledger).await.rows.remove(0);
    let fill =
        |exit| Write::Fill { key: row.key.clone(), fill: Box::new(closing_fill(&row, exit)) };
    ledger.write(&[fill("0.38004"), fill("0.39")]).await.unwrap();
    let kept = "SELECT group_concat(concat_ws(' ', account, symbol, leg, trade_id, order_id, side,
        quantity, price, fee, fee_asset, at)) FROM fills";
    assert_eq!(
        cell(&mut bot, kept).await.unwrap(),
        "main DOGEUSDT net 91 551 sell 40000 0.38004 1.5 USDT 2026-11-21T12:00:00.000Z"
    );
}

#[tokio::test]
async fn a_naked_span_lasts_from_its_first_moment_to_the_cover() {
    let (place, ledger) = ledger().await;
    let from = |secs, quantity, row: Option<i64>| Write::NakedFrom {
        key: key("BTCUSDT"),
        row: row.map(RowId),
        quantity: qty(quantity),
        cause: "stop lost".to_owned(),
        at: NOON + Span::secs(secs),
    };
    let until = |secs| Write::NakedUntil { key: key("BTCUSDT"), at: NOON + Span::secs(secs) };
    let writes =
        [from(0, "2", None), from(1, "0.5", Some(3)), until(2), until(3), from(4, "1", None)];
    ledger.write(&writes).await.unwrap();
    let mut bot = bot(&place).await;
    let spans = "SELECT group_concat(concat_ws(' ', position_id, substr(began_at, 18, 2),
        coalesce(substr(ended_at, 18, 2), '-'), quantity, cause), '; ') FROM naked_spans";
    assert_eq!(cell(&mut bot, spans).await.unwrap(), "3 00 02 0.5 stop lost; 04 - 1 stop lost");
}
