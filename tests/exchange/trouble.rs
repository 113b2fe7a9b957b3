//! The adapter and the embedded exchange's faults, over real sockets.

use std::sync::Arc;

use holdfast::domain::amount::OrderSide;
use holdfast::domain::effect::Act;
use holdfast::domain::input::{Input, Reply, StreamEvent};
use holdfast::domain::key::Leg;
use holdfast::domain::outcome::Outcome;
use holdfast::domain::sweep::{Look, Scope};
use holdfast::domain::time::Span;
use holdfast::exchange::ConnectError;
use holdfast::sim::{SimOptions, start};
use secrecy::SecretString;
use serde_json::json;

use crate::values::{price, qty};
use crate::world::{World, account, close, connected, trade};

#[tokio::test]
async fn answers_that_are_late_cut_or_lost_leave_an_executed_order_unsure() {
    for fault in [
        json!({"kind": "hang", "executed": true}),
        json!({"kind": "cut", "executed": true}),
        json!({"kind": "unknown", "executed": true}),
        json!({"kind": "error", "code": -1007, "executed": true}),
        json!({"kind": "answer", "status": 200, "body": "<html>", "executed": true}),
        json!({"kind": "latency", "ms": 3000}),
    ] {
        let mut world = World::patient(Span(1000), &[trade("buy", "0.5")]).await;
        let mut verb = fault.clone();
        verb["do"] = "fault".into();
        verb["endpoint"] = "POST /fapi/v1/order".into();
        verb["count"] = 1.into();
        world.tell(verb);
        let reply = world.link.act(close(Leg::Net, OrderSide::Sell, "0.2")).await;
        assert!(matches!(reply, Reply::Reduced(Outcome::Unsure(_))), "{fault}: {reply:?}");
        assert_eq!(world.fill().await.quantity, qty("0.2"), "{fault}");
        assert_eq!(world.control().asked("POST /fapi/v1/order"), 1, "{fault}");
    }
}

#[tokio::test]
async fn faults_of_a_look_leave_it_unknown() {
    for fault in [
        json!({"kind": "truncate"}),
        json!({"kind": "missing_field", "field": "positionAmt"}),
        json!({"kind": "missing_field", "field": "updateTime"}),
        json!({"kind": "maintenance"}),
        json!({"kind": "unavailable"}),
        json!({"kind": "hang"}),
        json!({"kind": "rate_limit"}),
    ] {
        let world = World::patient(Span(1000), &[trade("buy", "0.5")]).await;
        let mut verb = fault.clone();
        verb["do"] = "fault".into();
        verb["endpoint"] = "GET /fapi/v3/positionRisk".into();
        world.tell(verb);
        let sweep = world.look(Scope::Positions).await;
        assert!(sweep.fault().is_some(), "{fault}");
        assert_ne!(sweep.look(&"BTCUSDT".into(), Leg::Net), Look::NotHere, "{fault}");
    }
}

#[tokio::test]
async fn stale_rows_of_size_zero_are_no_positions() {
    let world = World::new().await;
    world.tell(json!({"do": "fault", "kind": "zero_rows"}));
    let sweep = world.look(Scope::Positions).await;
    assert_eq!((sweep.fault(), sweep.seen().count()), (None, 0));
}

#[tokio::test]
async fn a_clock_that_jumps_is_followed() {
    let world = World::after(&[trade("buy", "0.5")]).await;
    world.tell(json!({"do": "clock_skew", "ms": 3_600_000}));
    let reply = world.link.act(close(Leg::Net, OrderSide::Sell, "0.5")).await;
    assert!(matches!(reply, Reply::Reduced(Outcome::Done(_))), "{reply:?}");
}

#[tokio::test]
async fn streams_come_back_whatever_ends_them() {
    let mut world = World::new().await;
    for verb in [json!({"do": "kick", "route": "private"}), json!({"do": "expire_listen_key"})] {
        world.tell(verb.clone());
        assert!(matches!(world.link.told().await, StreamEvent::Down(_)), "{verb}");
        assert_eq!(world.link.told().await, StreamEvent::Up, "{verb}");
        world.tell(trade("buy", "0.1"));
        world.fill().await;
        while let Ok(input) = world.link.inbox.try_recv() {
            drop(input);
        }
    }
}

#[tokio::test]
async fn doubled_events_tell_each_fill_once() {
    let mut world = World::new().await;
    world.tell(json!({"do": "fault", "kind": "stream_double", "events": ["*"]}));
    for quantity in ["0.1", "0.2", "0.3"] {
        world.tell(trade("buy", quantity));
        assert_eq!(world.fill().await.quantity, qty(quantity));
    }
}

#[tokio::test]
async fn prices_tick() {
    let mut world = World::new().await;
    let marks = loop {
        if let Input::Marks(_, marks) = world.link.next().await {
            break marks;
        }
    };
    assert!(marks.contains(&("BTCUSDT".into(), price("90000"))), "{marks:?}");
}

#[tokio::test]
async fn keys_that_are_refused() {
    let running = start(SimOptions { control: None, ..SimOptions::default() }).await.unwrap();
    let mut wrong_key = account(&running);
    wrong_key.credentials.key = SecretString::from("A".repeat(64));
    let mut wrong_secret = account(&running);
    wrong_secret.credentials.secret = SecretString::from("B".repeat(64));
    assert!(matches!(connected(wrong_key).await.err(), Some(ConnectError::Key(_))));
    assert!(matches!(connected(wrong_secret).await.err(), Some(ConnectError::Signature(_))));
}

#[tokio::test]
async fn asymmetric_keys_sign_what_the_venue_accepts() {
    let running = start(SimOptions { control: None, ..SimOptions::default() }).await.unwrap();
    for (name, secret, public) in [
        (
            "rsa",
            include_str!("../fixtures/keys/rsa.pem"),
            include_str!("../fixtures/keys/rsa.pub.pem"),
        ),
        (
            "ed25519",
            include_str!("../fixtures/keys/ed25519.pem"),
            include_str!("../fixtures/keys/ed25519.pub.pem"),
        ),
    ] {
        let key = format!("{name:A<64}");
        let verb = json!({"do": "add_key", "api_key": key, "public_key": public, "trade": true});
        running.control().tell(verb).unwrap();
        let mut account = account(&running);
        account.credentials.key = SecretString::from(key);
        account.credentials.secret = SecretString::from(secret.to_owned());
        let link = connected(account).await.unwrap();
        let reply = link.act(Act::Look { scope: Scope::Full, expect: Vec::new() }).await;
        let Reply::Swept(sweep) = reply else { panic!() };
        assert_eq!(sweep.fault(), None, "{name}");
    }
}

/// A link is shared between tasks.
#[test]
fn a_link_can_be_shared() {
    fn shared<T: Send + Sync>() {}
    shared::<Arc<dyn holdfast::exchange::VenueLink>>();
}
