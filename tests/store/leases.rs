//! Leases in the ledger, and the fence around what a process writes.

use holdfast::domain::client_id::{ClientId, Purpose};
use holdfast::domain::event::{Event, EventKind, Severity};
use holdfast::domain::journal::{
    Author, Intent, IntentKind, IntentState, RepairId, Write, WriteError,
};
use holdfast::domain::key::AccountName;
use holdfast::domain::lease::Fence;
use holdfast::domain::time::Span;
use holdfast::store::{Fences, Ledger, Standing, Tenure, Want};
use serde_json::json;

use super::support::*;

const TTL: Span = Span::secs(15);

async fn claim(ledger: &Ledger, holder: &str, want: Want) -> Tenure {
    let wants = vec![(AccountName::from("main"), want)];
    let mut tenures = ledger.claim(holder, wants, NOON, NOON + TTL).await.unwrap();
    tenures.remove(0).1
}

async fn take(ledger: &Ledger, holder: &str) -> Tenure {
    claim(ledger, holder, Want::Take { abandoned: None }).await
}

async fn steal(ledger: &Ledger, holder: &str, from: &Standing) -> Tenure {
    claim(ledger, holder, Want::Take { abandoned: Some(from.clone()) }).await
}

fn taken(tenure: Tenure) -> Standing {
    let Tenure::Taken(standing) = tenure else { panic!("{tenure:?}") };
    standing
}

fn under(fence: u64) -> Fences {
    Fences::from([("main".into(), Fence(fence))])
}

#[tokio::test]
async fn a_lease_has_one_holder_and_a_number_that_grows_with_each() {
    let (place, ledger) = ledger().await;
    let other = Ledger::open(&place.file).await.unwrap();
    assert_eq!(take(&ledger, "a").await, Tenure::Held(Fence(1)));
    let seen = taken(take(&other, "b").await);
    assert_eq!((seen.fence, seen.holder.as_str()), (Fence(1), "a"));
    assert_eq!(seen.until, "2026-11-21T12:00:15.000Z");
    assert_eq!(claim(&ledger, "a", Want::Renew(Fence(1))).await, Tenure::Held(Fence(1)));
    ledger.release(under(1), NOON).await.unwrap();
    assert_eq!(take(&other, "b").await, Tenure::Held(Fence(2)));
    let late = taken(claim(&ledger, "a", Want::Renew(Fence(1))).await);
    assert_eq!(late.holder, "b", "what was given back cannot be renewed");
}

#[tokio::test]
async fn an_abandoned_lease_is_taken_only_if_nobody_renewed_it_since() {
    let (place, ledger) = ledger().await;
    let other = Ledger::open(&place.file).await.unwrap();
    take(&ledger, "a").await;
    let seen = taken(take(&other, "b").await);
    let later = vec![("main".into(), Want::Renew(Fence(1)))];
    let at = NOON + Span::secs(5);
    ledger.claim("a", later, at, at + TTL).await.unwrap();
    let renewed = taken(steal(&other, "b", &seen).await);
    assert_eq!(renewed.until, "2026-11-21T12:00:20.000Z");
    assert_eq!(steal(&other, "b", &renewed).await, Tenure::Held(Fence(2)));
    assert_eq!(taken(claim(&ledger, "a", Want::Renew(Fence(1))).await).fence, Fence(2));
    assert_eq!(taken(steal(&ledger, "a", &renewed).await).holder, "b", "one taker is enough");
}

#[tokio::test]
async fn what_others_made_of_a_lease_stops_nobody_from_reading_it() {
    let (place, ledger) = ledger().await;
    take(&ledger, "a").await;
    let mut bot = bot(&place).await;
    sql(&mut bot, "UPDATE leases SET until = x'00ff', holder = 7, fence = '9'").await;
    let seen = taken(take(&ledger, "b").await);
    assert_eq!((seen.fence, seen.holder.as_str()), (Fence(9), "7"));
}

fn intent(symbol: &str) -> Intent {
    Intent {
        client_id: ClientId::under(Fence(1), Purpose::Stop, &key(symbol), NOON, 0),
        kind: IntentKind::PlaceStop,
        key: key(symbol),
        payload: json!({}),
        at: NOON,
    }
}

fn settled(symbol: &str) -> Write {
    Write::Settle {
        client_id: intent(symbol).client_id,
        state: IntentState::Done,
        outcome: json!("done"),
        at: NOON,
    }
}

fn event() -> Write {
    let event = Event::about(NOON, EventKind::LeaseLost, Severity::Critical, &"main".into());
    Write::Event(Box::new(event))
}

#[tokio::test]
async fn nothing_is_written_under_a_number_that_is_over_but_that_it_is() {
    let (place, ledger) = ledger().await;
    let mine = under(1);
    take(&ledger, "a").await;
    let intend = Write::Intend(Box::new(intent("BTCUSDT")));
    ledger.write_held(&mine, &[adopt("BTCUSDT"), intend]).await.unwrap();
    let row = books(&ledger).await.rows.remove(0);
    let journaled = cell(&mut bot(&place).await, "SELECT id FROM repairs").await.unwrap();

    let seen = taken(take(&ledger, "b").await);
    assert_eq!(steal(&ledger, "b", &seen).await, Tenure::Held(Fence(2)));
    let before = books(&ledger).await;
    let undo = Write::Undo { repair: RepairId(journaled), author: Author::Operator, at: NOON };
    let why = WriteError::Fenced("b has that of main".to_owned());
    for write in [
        adopt("ETHUSDT"),
        close(&row, "95000"),
        settled("BTCUSDT"),
        undo,
        Write::Intend(Box::new(intent("ETHUSDT"))),
        Write::NakedUntil { key: key("BTCUSDT"), at: NOON },
    ] {
        let refused = ledger.write_held(&mine, &[event(), write.clone()]).await.unwrap_err();
        assert_eq!(refused, why, "{write:?}");
    }
    assert_eq!(books(&ledger).await, before);
    assert_eq!(ledger.events_json(None).await.unwrap(), json!([]), "all or nothing");
    ledger.write_held(&mine, &[event()]).await.unwrap();
    ledger.write_held(&Fences::new(), &[event()]).await.unwrap();
    ledger.write_held(&under(2), &[settled("BTCUSDT"), close(&row, "95000")]).await.unwrap();
    assert_eq!(books(&ledger).await.rows, []);
}

#[tokio::test]
async fn a_lease_that_was_given_back_or_never_taken_is_no_leave_to_write() {
    let (_place, ledger) = ledger().await;
    let refused = ledger.write_held(&under(1), &[adopt("BTCUSDT")]).await.unwrap_err();
    assert_eq!(refused, WriteError::Fenced("nobody has that of main".to_owned()));
    take(&ledger, "a").await;
    ledger.write_held(&under(1), &[adopt("BTCUSDT")]).await.unwrap();
    ledger.release(under(1), NOON).await.unwrap();
    let refused = ledger.write_held(&under(1), &[adopt("ETHUSDT")]).await.unwrap_err();
    assert!(matches!(refused, WriteError::Fenced(_)), "{refused}");
}
