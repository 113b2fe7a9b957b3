//! The Bybit adapter and the embedded exchange's faults, over real sockets.

use holdfast::domain::amount::{OrderSide, Side};
use holdfast::domain::input::StreamEvent;
use holdfast::domain::key::Leg;
use holdfast::domain::outcome::Outcome;
use holdfast::domain::sweep::{Look, Scope};
use holdfast::domain::time::Span;
use holdfast::exchange::ConnectError;
use holdfast::sim::Venue;
use secrecy::SecretString;
use serde_json::json;

use crate::bybit_venue::look;
use crate::bybit_world::{SYMBOL, World, account, opened, trade};
use crate::values::qty;
use crate::world::connected;

const POSITIONS: &str = "GET /v5/position/list";
const CREATE: &str = "POST /v5/order/create";
const TRADING_STOP: &str = "POST /v5/position/trading-stop";

#[tokio::test]
async fn answers_that_are_late_cut_or_lost_leave_an_executed_order_unsure() {
    for fault in [
        json!({"kind": "hang", "executed": true}),
        json!({"kind": "cut", "executed": true}),
        json!({"kind": "unknown", "executed": true}),
        json!({"kind": "maintenance", "executed": true}),
        json!({"kind": "answer", "status": 200, "body": "<html>", "executed": true}),
        json!({"kind": "latency", "ms": 3000}),
        json!({"kind": "truncate"}),
    ] {
        let mut world = World::patient(Span(1000), &[trade("buy", "0.5")]).await;
        world.fault(CREATE, &fault);
        let outcome = world.close(Leg::Net, OrderSide::Sell, "0.2").await;
        assert!(matches!(outcome, Outcome::Unsure(_)), "{fault}: {outcome:?}");
        assert_eq!(world.fill().await.quantity, qty("0.2"), "{fault}");
        assert_eq!(world.control().asked(CREATE), 1, "{fault}");
        let found = world.find_order().await.unwrap().unwrap();
        assert_eq!(found.filled, Some(qty("0.2")), "{fault}");
    }
}

#[tokio::test]
async fn a_stop_whose_answer_was_lost_is_found_where_it_was_set() {
    for fault in [
        json!({"kind": "cut", "executed": true}),
        json!({"kind": "unknown", "executed": true}),
        json!({"kind": "answer", "status": 502, "body": "<html>", "executed": true}),
    ] {
        let world = World::after(&[trade("buy", "0.5")]).await;
        world.fault(TRADING_STOP, &fault);
        let outcome = world.place(Leg::Net, OrderSide::Sell, "88000").await;
        assert!(matches!(outcome, Outcome::Done(_)), "{fault}: {outcome:?}");
        assert_eq!(world.control().asked(TRADING_STOP), 1, "{fault}");
    }
    let world = World::patient(Span(1000), &[trade("buy", "0.5")]).await;
    world.fault(TRADING_STOP, &json!({"kind": "unknown", "executed": false}));
    let outcome = world.place(Leg::Net, OrderSide::Sell, "88000").await;
    assert!(matches!(outcome, Outcome::Unsure(_)), "{outcome:?}");
}

#[tokio::test]
async fn faults_of_a_look_leave_it_unknown() {
    for fault in [
        json!({"kind": "truncate"}),
        json!({"kind": "missing_field", "field": "size"}),
        json!({"kind": "missing_field", "field": "positionIdx"}),
        json!({"kind": "maintenance"}),
        json!({"kind": "unknown"}),
        json!({"kind": "hang"}),
        json!({"kind": "rate_limit", "status": 429}),
        json!({"kind": "rate_limit", "status": 403}),
        json!({"kind": "answer", "status": 200, "body": "<html>"}),
    ] {
        let world = World::patient(Span(1000), &[trade("buy", "0.5")]).await;
        world.fault(POSITIONS, &fault);
        let sweep = world.look(Scope::Positions, &[(SYMBOL, Leg::Net)]).await;
        assert!(sweep.fault().is_some(), "{fault}");
        assert_ne!(sweep.look(&SYMBOL.into(), Leg::Net), Look::NotHere, "{fault}");
    }
}

#[tokio::test]
async fn lists_that_are_short_are_contradicted_leg_by_leg() {
    let world = World::after(&[trade("buy", "0.5")]).await;
    // The lists by coin leave it out, twice; the question about it alone does not.
    world.fault(POSITIONS, &json!({"kind": "hide_rows", "symbol": SYMBOL, "count": 2}));
    let sweep = world.look(Scope::Positions, &[(SYMBOL, Leg::Net)]).await;
    let Look::Here(it) = sweep.look(&SYMBOL.into(), Leg::Net) else { panic!() };
    assert_eq!((it.side, it.quantity), (Side::Long, qty("0.5")));
    world.tell(json!({"do": "clear_faults"}));
    world.fault(POSITIONS, &json!({"kind": "empty_list"}));
    let sweep = world.look(Scope::Positions, &[(SYMBOL, Leg::Net)]).await;
    assert_eq!(sweep.look(&SYMBOL.into(), Leg::Net), Look::Unknown, "not even its slot is listed");
}

#[tokio::test]
async fn rest_that_lags_behind_the_stream_is_not_told_on_as_news() {
    let mut world = World::after(&[trade("buy", "0.5")]).await;
    world.fault(POSITIONS, &json!({"kind": "rest_lag", "ms": 60000}));
    world.tell(trade("sell", "0.2"));
    assert_eq!(world.position().await, (Leg::Net, Some((Side::Long, "0.3".to_owned()))));
    let sweep = world.look(Scope::Positions, &[]).await;
    let Look::Here(stale) = sweep.look(&SYMBOL.into(), Leg::Net) else { panic!() };
    assert_eq!(stale.quantity, qty("0.5"), "what the venue said, with its own time");
    world.tell(trade("sell", "0.1"));
    assert_eq!(world.position().await, (Leg::Net, Some((Side::Long, "0.2".to_owned()))));
}

#[tokio::test]
async fn a_history_that_lags_is_not_complete() {
    let mut world = World::after(&[trade("buy", "0.5")]).await;
    // Closed profits lag too: only the stream knows of the close.
    world.tell(json!({"do": "fault", "kind": "history_lag", "ms": 60000}));
    world.tell(json!({"do": "close", "symbol": SYMBOL}));
    world.fill().await;
    let history = world.history(Leg::Net).await;
    assert!(!history.complete, "{history:?}");
    world.tell(json!({"do": "clear_faults"}));
    let history = world.history(Leg::Net).await;
    assert!(history.complete);
    assert_eq!(history.fills.len(), 2);
}

#[tokio::test]
async fn doubled_and_shuffled_events_tell_each_fill_once() {
    let mut world = World::new().await;
    world.tell(json!({"do": "fault", "kind": "stream_double"}));
    for _ in 0..3 {
        world.tell(trade("buy", "0.1"));
    }
    let fills = [world.fill().await, world.fill().await, world.fill().await];
    let ids: std::collections::BTreeSet<_> = fills.iter().map(|f| f.trade_id.clone()).collect();
    assert_eq!(ids.len(), 3);
    world.tell(json!({"do": "clear_faults"}));
    world.tell(trade("sell", "0.1"));
    assert_eq!(world.fill().await.side, OrderSide::Sell, "and no fourth buy before it");
}

#[tokio::test]
async fn a_clock_that_jumps_is_followed() {
    let world = World::after(&[trade("buy", "0.5")]).await;
    world.tell(json!({"do": "clock_skew", "ms": 3_600_000}));
    let outcome = world.close(Leg::Net, OrderSide::Sell, "0.5").await;
    assert!(matches!(outcome, Outcome::Done(_)), "{outcome:?}");
}

#[tokio::test]
async fn a_rate_limit_is_waited_out_and_a_ban_stops_everything() {
    let mut world = World::after(&[trade("buy", "0.5")]).await;
    world.fault(POSITIONS, &json!({"kind": "rate_limit", "count": 1}));
    assert_eq!(world.look(Scope::Positions, &[]).await.fault(), None);
    world.tell(json!({"do": "ban", "for_ms": 60000}));
    assert!(world.look(Scope::Positions, &[]).await.fault().is_some());
    let told = world.link.health(|state| state.blocked.is_some()).await.blocked.unwrap();
    assert!(told.contains("403"), "{told}");
    let asked = world.control().asked("*");
    let outcome = world.close(Leg::Net, OrderSide::Sell, "0.5").await;
    assert!(matches!(outcome, Outcome::Refused(_)), "{outcome:?}");
    assert_eq!(world.control().asked("*"), asked);
}

#[tokio::test]
async fn streams_come_back_whatever_ends_them() {
    for hard in [false, true] {
        let mut world = World::new().await;
        world.tell(json!({"do": "kick", "route": "private", "hard": hard}));
        assert!(matches!(world.link.told().await, StreamEvent::Down(_)));
        assert_eq!(world.link.told().await, StreamEvent::Up);
        world.tell(trade("buy", "0.5"));
        assert_eq!(world.fill().await.quantity, qty("0.5"));
    }
}

#[tokio::test]
async fn a_stream_that_falls_silent_is_dropped() {
    let running = opened(&[]).await;
    let mut account = account(&running);
    account.endpoints.pace.dead_after = Span(600);
    let mut link = connected(account).await.unwrap();
    assert_eq!(link.told().await, StreamEvent::Up);
    let control = running.control().of(Venue::Bybit);
    control.tell(json!({"do": "fault", "kind": "stream_silent", "events": ["*"]})).unwrap();
    let StreamEvent::Down(why) = link.told().await else { panic!() };
    assert!(why.contains("sign of life"), "{why}");
    control.tell(json!({"do": "clear_faults"})).unwrap();
    loop {
        if link.told().await == StreamEvent::Up {
            break;
        }
    }
}

#[tokio::test]
async fn keys_that_are_refused_and_an_rsa_key_that_is_not() {
    let running = opened(&[]).await;
    let mut wrong_key = account(&running);
    wrong_key.credentials.key = SecretString::from("A".repeat(18));
    assert!(matches!(connected(wrong_key).await.err(), Some(ConnectError::Key(_))));
    let mut wrong_secret = account(&running);
    wrong_secret.credentials.secret = SecretString::from("B".repeat(36));
    assert!(matches!(connected(wrong_secret).await.err(), Some(ConnectError::Signature(_))));
    let public = include_str!("../fixtures/keys/rsa.pub.pem");
    let key = "A".repeat(18);
    let verb = json!({"do": "add_key", "api_key": key, "public_key": public, "trade": true});
    running.control().of(Venue::Bybit).tell(verb).unwrap();
    let mut rsa = account(&running);
    rsa.credentials.key = SecretString::from(key);
    rsa.credentials.secret =
        SecretString::from(include_str!("../fixtures/keys/rsa.pem").to_owned());
    let mut link = connected(rsa).await.unwrap();
    assert_eq!(link.told().await, StreamEvent::Up, "the stream is proven by it too");
    assert_eq!(look(&link, Scope::Full, &[]).await.fault(), None);
}

#[tokio::test]
async fn an_order_that_the_lists_do_not_show_yet_is_accepted_all_the_same() {
    let world = World::after(&[trade("buy", "0.5")]).await;
    world.fault("*", &json!({"kind": "invisible", "ms": 1000}));
    let outcome = world.close(Leg::Net, OrderSide::Sell, "0.2").await;
    assert!(matches!(outcome, Outcome::Done(_)), "{outcome:?}");
}

#[tokio::test]
async fn habits_of_other_days_change_nothing() {
    let told = json!({"do": "ways", "quoted_numbers": true, "sparse_rows": true, "ack_ms": 300});
    let world = World::after(&[told, trade("buy", "0.5")]).await;
    let outcome = world.place(Leg::Net, OrderSide::Sell, "88000").await;
    assert!(matches!(outcome, Outcome::Done(_)), "{outcome:?}");
    let sweep = world.look(Scope::Full, &[]).await;
    assert_eq!((sweep.fault(), sweep.orders_fault()), (None, None));
    assert_eq!(sweep.orders().unwrap().len(), 1);
    let outcome = world.close(Leg::Net, OrderSide::Sell, "0.5").await;
    assert!(matches!(outcome, Outcome::Done(_)), "{outcome:?}");
}
