//! The adapter against the embedded exchange, over real sockets: two readings of one document.

use std::sync::Arc;

use holdfast::domain::amount::{OrderSide, Side};
use holdfast::domain::effect::{Act, ReduceOrder, StopOrder};
use holdfast::domain::evidence::{Fill, History, Origin};
use holdfast::domain::input::{Input, Reply, StreamEvent};
use holdfast::domain::key::{Leg, Venue as VenueName};
use holdfast::domain::order::{OrderStatus, StopStatus, TriggerBy};
use holdfast::domain::outcome::{Outcome, RefusalKind};
use holdfast::domain::position::PositionMode;
use holdfast::domain::sweep::{Look, Scope, Sweep};
use holdfast::domain::time::{Span, VenueTime};
use holdfast::exchange::{
    AccountSetup, ConnectError, Credentials, Endpoints, Environment, connect,
};
use holdfast::sim::{Control, Running, SimOptions, start};
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::values::{price, qty};
use crate::venue::{Link, wall_clock};

struct World {
    running: Running,
    link: Link,
}

fn account(running: &Running) -> AccountSetup {
    let mut endpoints = Endpoints::binance(Environment::Mainnet);
    endpoints.rest = running.binance.rest.clone();
    endpoints.rest_spot = Some(running.binance.rest.clone());
    endpoints.ws_public = running.binance.ws.clone();
    endpoints.pace.answer = Span(1000);
    endpoints.pace.retry_first = Span(20);
    AccountSetup {
        name: "main".into(),
        venue: VenueName::BinanceUsdm,
        credentials: Credentials {
            key: SecretString::from(running.binance.api_key.clone()),
            secret: SecretString::from(running.binance.api_secret.clone()),
            kind: None,
        },
        endpoints,
    }
}

async fn connected(account: AccountSetup) -> Result<Link, ConnectError> {
    let (sender, inbox) = tokio::sync::mpsc::channel(4096);
    connect(account, sender).await.map(|link| Link { link, inbox })
}

impl World {
    async fn new() -> Self {
        Self::after(&[]).await
    }

    /// A connected account whose exchange was told something first.
    async fn after(told: &[Value]) -> Self {
        let running = start(SimOptions { control: None, ..SimOptions::default() }).await.unwrap();
        let control = running.control();
        control.tell(json!({"do": "freeze"})).unwrap();
        control.tell(json!({"do": "set_price", "symbol": "BTCUSDT", "price": 90000})).unwrap();
        for verb in told {
            control.tell(verb.clone()).unwrap();
        }
        let mut link = connected(account(&running)).await.unwrap();
        assert_eq!(link.told().await, StreamEvent::Up);
        Self { running, link }
    }

    fn control(&self) -> Control {
        self.running.control()
    }

    fn tell(&self, verb: Value) {
        self.control().tell(verb).unwrap();
    }

    async fn look(&self, scope: Scope) -> Sweep {
        let Reply::Swept(sweep) = self.link.act(Act::Look(scope)).await else { panic!() };
        sweep
    }

    async fn history(&self, leg: Leg) -> History {
        let since = VenueTime(wall_clock() - 60_000);
        let act = Act::History { symbol: "BTCUSDT".into(), leg, since };
        let Reply::History(history) = self.link.act(act).await else { panic!() };
        history
    }

    async fn fill(&mut self) -> Fill {
        loop {
            if let StreamEvent::Fill(fill) = self.link.told().await {
                return fill;
            }
        }
    }

    /// The next thing told of a leg's size.
    async fn position(&mut self) -> Option<(Leg, Side, String)> {
        loop {
            if let StreamEvent::Position { leg, open, .. } = self.link.told().await {
                return open.map(|open| (leg, open.side, open.quantity.to_string()));
            }
        }
    }

    async fn stop(&mut self, id: &str) -> StopStatus {
        loop {
            match self.link.told().await {
                StreamEvent::Stop(report) if report.order.client_id.as_str() == id => {
                    return report.status;
                }
                _ => {}
            }
        }
    }
}

fn trade(side: &str, quantity: &str) -> Value {
    json!({"do": "trade", "symbol": "BTCUSDT", "side": side, "qty": quantity})
}

const STOP: &str = "hfs-00000000000000aa";

fn stop(leg: Leg, side: OrderSide, trigger: &str) -> Act {
    Act::PlaceStop(StopOrder {
        client_id: STOP.into(),
        symbol: "BTCUSDT".into(),
        leg,
        side,
        quantity: qty("0.5"),
        trigger: price(trigger),
        trigger_by: TriggerBy::Mark,
    })
}

fn close(leg: Leg, side: OrderSide, quantity: &str) -> Act {
    Act::Reduce(ReduceOrder {
        client_id: "hfx-00000000000000bb".into(),
        symbol: "BTCUSDT".into(),
        leg,
        side,
        quantity: qty(quantity),
    })
}

fn cancel() -> Act {
    Act::CancelStop { symbol: "BTCUSDT".into(), client_id: STOP.into(), id: None }
}

#[tokio::test]
async fn a_full_look_at_a_fresh_account() {
    let world = World::new().await;
    let sweep = world.look(Scope::Full).await;
    assert_eq!((sweep.fault(), sweep.orders_fault()), (None, None));
    assert_eq!(sweep.seen().count(), 0);
    assert_eq!(sweep.mode(), Some(PositionMode::OneWay));
    assert_eq!(sweep.balance().unwrap().equity.0, 100_000.into());
}

#[tokio::test]
async fn a_trade_by_hand_is_told_and_seen() {
    let mut world = World::new().await;
    world.tell(trade("buy", "0.5"));
    assert_eq!(world.position().await, Some((Leg::Net, Side::Long, "0.5".to_owned())));
    let fill = world.fill().await;
    assert_eq!((fill.side, fill.quantity), (OrderSide::Buy, qty("0.5")));
    let sweep = world.look(Scope::Positions).await;
    let Look::Here(position) = sweep.look(&"BTCUSDT".into(), Leg::Net) else { panic!() };
    assert_eq!((position.side, position.quantity), (Side::Long, qty("0.5")));
    assert_eq!(position.mark, Some(price("90000")));
    let history = world.history(Leg::Net).await;
    assert!(history.complete);
    assert_eq!(history.fills[0].trade_id, fill.trade_id);
    assert_eq!(history.fills[0].fee, fill.fee);
}

#[tokio::test]
async fn a_stop_is_placed_seen_fires_and_explains_the_close() {
    let mut world = World::new().await;
    world.tell(trade("buy", "0.5"));
    let Reply::Placed(Outcome::Done(placed)) =
        world.link.act(stop(Leg::Net, OrderSide::Sell, "88000")).await
    else {
        panic!()
    };
    assert!(placed.order.reduces);
    assert_eq!(world.stop(STOP).await, StopStatus::Live);
    let sweep = world.look(Scope::Protection).await;
    assert_eq!(sweep.orders(), Some(&[placed.order][..]));
    world.tell(json!({"do": "set_price", "symbol": "BTCUSDT", "price": 87000}));
    assert_eq!(world.stop(STOP).await, StopStatus::Firing);
    let fill = world.fill().await;
    assert_eq!((fill.origin, fill.side), (Origin::Stop, OrderSide::Sell));
    assert_eq!(world.stop(STOP).await, StopStatus::Firing);
    assert_eq!(world.stop(STOP).await, StopStatus::Finished(Some(qty("0.5"))));
    let history = world.history(Leg::Net).await;
    assert!(history.complete);
    let last = history.fills.last().unwrap();
    assert_eq!((last.origin, last.client_id.as_ref()), (Origin::Stop, fill.client_id.as_ref()));
    let sweep = world.look(Scope::Protection).await;
    assert_eq!(sweep.look(&"BTCUSDT".into(), Leg::Net), Look::NotHere);
    assert_eq!(sweep.orders(), Some(&[][..]));
    let reply = world.link.act(cancel()).await;
    assert!(
        matches!(&reply, Reply::Cancelled(Outcome::Refused(r)) if r.kind == RefusalKind::NotFound)
    );
}

#[tokio::test]
async fn a_stop_of_somebody_else_explains_the_close_it_made() {
    for kind in ["STOP_MARKET", "TAKE_PROFIT_MARKET"] {
        let trigger = if kind == "STOP_MARKET" { 88000 } else { 92000 };
        let mut world = World::new().await;
        world.tell(trade("buy", "0.5"));
        world.tell(json!({"do": "place_stop", "symbol": "BTCUSDT", "trigger": trigger,
            "kind": kind, "prefix": "web_"}));
        world.tell(json!({"do": "set_price", "symbol": "BTCUSDT", "price": trigger}));
        while world.position().await.is_some() {}
        let expected = if kind == "STOP_MARKET" { Origin::Stop } else { Origin::TakeProfit };
        assert_eq!(world.fill().await.origin, expected, "{kind} on the stream");
        let history = world.history(Leg::Net).await;
        assert!(history.complete);
        assert_eq!(history.fills.last().unwrap().origin, expected, "{kind} in the history");
    }
}

#[tokio::test]
async fn stops_are_taken_away_and_may_be_gone_already() {
    let mut world = World::new().await;
    world.tell(trade("sell", "0.5"));
    world.link.act(stop(Leg::Net, OrderSide::Buy, "93000")).await;
    assert_eq!(world.link.act(cancel()).await, Reply::Cancelled(Outcome::Done(())));
    assert_eq!(world.stop(STOP).await, StopStatus::Live);
    assert_eq!(world.stop(STOP).await, StopStatus::Cancelled);
    assert_eq!(world.link.act(cancel()).await, Reply::Cancelled(Outcome::Done(())));
    let find = Act::FindStop { symbol: "BTCUSDT".into(), client_id: STOP.into() };
    let Reply::FoundStop(Ok(Some(report))) = world.link.act(find).await else { panic!() };
    assert_eq!(report.status, StopStatus::Cancelled);
    let unknown = Act::FindStop { symbol: "BTCUSDT".into(), client_id: "hfs-none".into() };
    assert_eq!(world.link.act(unknown).await, Reply::FoundStop(Ok(None)));
}

#[tokio::test]
async fn a_stop_beyond_the_price_would_trigger() {
    let world = World::after(&[trade("buy", "0.5")]).await;
    let Reply::Placed(Outcome::Refused(why)) =
        world.link.act(stop(Leg::Net, OrderSide::Sell, "90500")).await
    else {
        panic!()
    };
    assert_eq!((why.code, why.kind), (Some(-2021), RefusalKind::WouldTrigger));
}

#[tokio::test]
async fn a_close_closes_and_a_second_one_finds_nothing() {
    let mut world = World::after(&[trade("buy", "0.5")]).await;
    let act = close(Leg::Net, OrderSide::Sell, "0.5");
    let Reply::Reduced(Outcome::Done(report)) = world.link.act(act.clone()).await else { panic!() };
    assert_eq!((report.status, report.filled), (OrderStatus::Filled, Some(qty("0.5"))));
    assert_eq!(world.position().await, None);
    let find = Act::FindOrder { symbol: "BTCUSDT".into(), client_id: report.client_id };
    let Reply::FoundOrder(Ok(Some(found))) = world.link.act(find).await else { panic!() };
    assert_eq!(found.average, Some(world.fill().await.price));
    let Reply::Reduced(Outcome::Refused(why)) = world.link.act(act).await else { panic!() };
    assert_eq!(why.kind, RefusalKind::NothingToReduce);
}

#[tokio::test]
async fn in_hedge_mode_each_leg_has_its_own_stop_and_close() {
    let hedge = json!({"do": "hedge_mode", "on": true});
    let leg = |side: &str, leg: &str| json!({"do": "trade", "symbol": "BTCUSDT", "side": side, "qty": "0.5", "leg": leg});
    let told = [hedge, leg("buy", "long"), leg("sell", "short")];
    let mut world = World::after(&told).await;
    let sweep = world.look(Scope::Full).await;
    assert_eq!(sweep.mode(), Some(PositionMode::Hedge));
    let legs: Vec<_> = sweep.seen().map(|(_, leg, position)| (leg, position.side)).collect();
    assert_eq!(legs, [(Leg::Long, Side::Long), (Leg::Short, Side::Short)]);
    let Reply::Placed(Outcome::Done(placed)) =
        world.link.act(stop(Leg::Short, OrderSide::Buy, "93000")).await
    else {
        panic!()
    };
    assert_eq!((placed.order.leg, placed.order.reduces), (Leg::Short, true));
    let reply = world.link.act(close(Leg::Long, OrderSide::Sell, "0.5")).await;
    assert!(matches!(reply, Reply::Reduced(Outcome::Done(_))), "{reply:?}");
    assert_eq!(world.fill().await.leg, Leg::Long);
    let sweep = world.look(Scope::Positions).await;
    let legs: Vec<_> = sweep.seen().map(|(_, leg, _)| leg).collect();
    assert_eq!(legs, [Leg::Short]);
    let Reply::Reduced(Outcome::Refused(why)) =
        world.link.act(close(Leg::Net, OrderSide::Buy, "0.5")).await
    else {
        panic!()
    };
    assert_eq!(why.kind, RefusalKind::Mode);
}

#[tokio::test]
async fn closes_made_by_the_venue_are_told_with_their_cause() {
    for (verb, origin) in [("liquidate", Origin::Liquidation), ("adl", Origin::Adl)] {
        let mut world = World::new().await;
        world.tell(trade("buy", "0.5"));
        world.fill().await;
        world.tell(json!({"do": verb, "symbol": "BTCUSDT"}));
        assert_eq!(world.fill().await.origin, origin, "{verb}");
        let history = world.history(Leg::Net).await;
        assert_eq!(history.fills.last().unwrap().origin, origin, "{verb}");
    }
}

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
        let mut world = World::after(&[trade("buy", "0.5")]).await;
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
        let world = World::after(&[trade("buy", "0.5")]).await;
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
        let reply = link.act(Act::Look(Scope::Full)).await;
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
