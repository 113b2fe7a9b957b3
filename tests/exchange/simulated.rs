//! The adapter against the embedded exchange, over real sockets: two readings of one document.

use holdfast::domain::amount::{OrderSide, Side};
use holdfast::domain::effect::Act;
use holdfast::domain::evidence::Origin;
use holdfast::domain::input::Reply;
use holdfast::domain::key::Leg;
use holdfast::domain::order::{OrderStatus, StopStatus};
use holdfast::domain::outcome::{Outcome, RefusalKind};
use holdfast::domain::position::PositionMode;
use holdfast::domain::sweep::{Look, Scope};
use serde_json::json;

use crate::values::{price, qty};
use crate::world::{STOP, World, cancel, close, stop, trade};

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
    let find = Act::FindStop { symbol: "BTCUSDT".into(), leg: Leg::Net, client_id: STOP.into() };
    let Reply::FoundStop(Ok(Some(report))) = world.link.act(find).await else { panic!() };
    assert_eq!(report.status, StopStatus::Cancelled);
    let unknown =
        Act::FindStop { symbol: "BTCUSDT".into(), leg: Leg::Net, client_id: "hfs-none".into() };
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
    let find =
        Act::FindOrder { symbol: "BTCUSDT".into(), client_id: report.client_id, since: None };
    let Reply::FoundOrder(Ok(Some(found))) = world.link.act(find).await else { panic!() };
    assert_eq!(found.average, Some(world.fill().await.price));
    let Reply::Reduced(Outcome::Refused(why)) = world.link.act(act).await else { panic!() };
    assert_eq!(why.kind, RefusalKind::NothingToReduce);
}

#[tokio::test]
async fn in_hedge_mode_each_leg_has_its_own_stop_and_close() {
    let hedge = json!({"do": "hedge_mode", "on": true});
    let leg = |side: &str, leg: &str| {
        let mut verb = trade(side, "0.5");
        verb["leg"] = leg.into();
        verb
    };
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
