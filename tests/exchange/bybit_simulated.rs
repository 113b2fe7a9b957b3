//! The Bybit adapter against the embedded exchange, over real sockets: two readings of one
//! document.

use holdfast::domain::amount::{OrderSide, Side};
use holdfast::domain::client_id::ClientId;
use holdfast::domain::effect::Act;
use holdfast::domain::evidence::Origin;
use holdfast::domain::input::{Input, Reply, StreamEvent};
use holdfast::domain::key::Leg;
use holdfast::domain::order::{OrderStatus, StopStatus};
use holdfast::domain::outcome::{Outcome, RefusalKind};
use holdfast::domain::position::PositionMode;
use holdfast::domain::sweep::{Look, Scope};
use holdfast::exchange::rights;
use serde_json::json;

use crate::bybit_world::{SYMBOL, World, account, hedge, leg_trade, trade};
use crate::values::{price, qty};
use crate::venue::within;

#[tokio::test]
async fn a_full_look_at_a_fresh_account() {
    let mut world = World::new().await;
    let sweep = world.look(Scope::Full, &[(SYMBOL, Leg::Net)]).await;
    assert_eq!((sweep.fault(), sweep.orders_fault()), (None, None));
    assert_eq!((sweep.seen().count(), sweep.foreign()), (0, Some(&[][..])));
    assert_eq!(sweep.look(&SYMBOL.into(), Leg::Net), Look::NotHere, "the slot is listed flat");
    assert_eq!(sweep.mode(), Some(PositionMode::OneWay));
    assert!(sweep.balance().unwrap().equity.0 > 0.into());
    let marks = async {
        loop {
            if let Input::Marks(_, marks) = world.link.inbox.recv().await.unwrap() {
                return marks;
            }
        }
    };
    assert_eq!(within(marks).await, [(SYMBOL.into(), price("90000"))]);
}

#[tokio::test]
async fn a_trade_by_hand_is_told_and_seen() {
    let mut world = World::new().await;
    world.tell(trade("buy", "0.5"));
    let fill = world.fill().await;
    assert_eq!((fill.side, fill.quantity), (OrderSide::Buy, qty("0.5")));
    let sweep = world.look(Scope::Positions, &[]).await;
    let Look::Here(position) = sweep.look(&SYMBOL.into(), Leg::Net) else { panic!() };
    assert_eq!((position.side, position.quantity), (Side::Long, qty("0.5")));
    assert_eq!(position.mark, Some(price("90000")));
    assert!(position.opened.is_some());
    let history = world.history(Leg::Net).await;
    assert!(history.complete);
    assert_eq!(history.fills[0].trade_id, fill.trade_id);
    assert_eq!((history.fills[0].fee, &history.fills[0].fee_asset), (fill.fee, &fill.fee_asset));
}

#[tokio::test]
async fn positions_and_their_ends_are_told() {
    let mut world = World::new().await;
    world.tell(trade("buy", "0.5"));
    assert_eq!(world.position().await, (Leg::Net, Some((Side::Long, "0.5".to_owned()))));
    world.tell(trade("sell", "0.2"));
    assert_eq!(world.position().await, (Leg::Net, Some((Side::Long, "0.3".to_owned()))));
    world.tell(json!({"do": "close", "symbol": SYMBOL}));
    assert_eq!(world.position().await, (Leg::Net, None));
}

#[tokio::test]
async fn contracts_that_settle_in_either_coin_are_seen_and_never_taken_apart() {
    let world = World::after(&[]).await;
    let symbols = [
        ("BTCPERP", "0.2"),
        ("BTCUSDT-26MAR27", "0.1"),
        ("SHIB1000USDT", "5000"),
        ("1000PEPEUSDT", "5000"),
        ("币安人生USDT", "500"),
    ];
    for (symbol, quantity) in symbols {
        world.tell(json!({"do": "trade", "symbol": symbol, "side": "sell", "qty": quantity}));
    }
    let expect: Vec<_> = symbols.iter().map(|(symbol, _)| (*symbol, Leg::Net)).collect();
    let sweep = world.look(Scope::Positions, &expect).await;
    assert_eq!((sweep.fault(), sweep.seen().count()), (None, 5));
    for (symbol, quantity) in symbols {
        let Look::Here(it) = sweep.look(&symbol.into(), Leg::Net) else { panic!("{symbol}") };
        assert_eq!((it.side, it.quantity), (Side::Short, qty(quantity)));
    }
}

#[tokio::test]
async fn a_stop_is_set_moved_in_place_fires_and_explains_the_close() {
    let mut world = World::after(&[trade("buy", "0.5")]).await;
    let Outcome::Done(first) = world.place(Leg::Net, OrderSide::Sell, "88000").await else {
        panic!()
    };
    assert!(first.order.on_position && first.order.reduces);
    assert_eq!(world.stop().await, StopStatus::Live);
    let Outcome::Done(moved) = world.place(Leg::Net, OrderSide::Sell, "88500").await else {
        panic!()
    };
    assert_eq!(moved.order.client_id, first.order.client_id);
    assert_eq!(moved.order.trigger, Some(price("88500")));
    let sweep = world.look(Scope::Protection, &[]).await;
    assert_eq!(sweep.orders(), Some(&[moved.order.clone()][..]), "one, and never two");
    // The same again is no failure.
    let again = world.place(Leg::Net, OrderSide::Sell, "88500").await;
    assert!(matches!(again, Outcome::Done(_)), "{again:?}");
    let act = Act::FindStop {
        symbol: SYMBOL.into(),
        leg: Leg::Net,
        client_id: moved.order.client_id.clone(),
    };
    let Reply::FoundStop(Ok(Some(found))) = world.link.act(act).await else { panic!() };
    assert_eq!(found.order, moved.order);
    world.tell(json!({"do": "set_price", "symbol": SYMBOL, "price": 87000}));
    let fill = world.fill().await;
    assert_eq!((fill.origin, fill.side), (Origin::Stop, OrderSide::Sell));
    let history = world.history(Leg::Net).await;
    assert!(history.complete);
    assert_eq!(history.fills.last().unwrap().origin, Origin::Stop);
    let sweep = world.look(Scope::Protection, &[(SYMBOL, Leg::Net)]).await;
    assert_eq!(sweep.look(&SYMBOL.into(), Leg::Net), Look::NotHere);
    assert_eq!(sweep.orders(), Some(&[][..]));
}

#[tokio::test]
async fn stops_that_cannot_be() {
    let world = World::new().await;
    let refused = |outcome| match outcome {
        Outcome::Refused(refusal) => refusal,
        other => panic!("{other:?}"),
    };
    let none = refused(world.place(Leg::Net, OrderSide::Sell, "88000").await);
    assert_eq!(none.kind, RefusalKind::NothingToReduce, "{none}");
    world.tell(trade("buy", "0.5"));
    let through = refused(world.place(Leg::Net, OrderSide::Sell, "91000").await);
    assert_eq!(through.kind, RefusalKind::WouldTrigger, "{through}");
    let leg = refused(world.place(Leg::Long, OrderSide::Sell, "88000").await);
    assert_eq!(leg.kind, RefusalKind::Mode, "{leg}");
    assert_eq!(world.look(Scope::Protection, &[]).await.orders(), Some(&[][..]));
}

#[tokio::test]
async fn a_stop_leaves_with_its_position_and_when_told_to() {
    let mut world = World::after(&[trade("sell", "0.5")]).await;
    let name = ClientId::on_position(&SYMBOL.into(), Leg::Net);
    world.place(Leg::Net, OrderSide::Buy, "92000").await;
    assert_eq!(world.stop().await, StopStatus::Live);
    assert_eq!(world.cancel(name.clone()).await, Outcome::Done(()));
    assert_eq!(world.look(Scope::Protection, &[]).await.orders(), Some(&[][..]));
    assert_eq!(world.cancel(name).await, Outcome::Done(()), "it is gone already");
    world.place(Leg::Net, OrderSide::Buy, "92000").await;
    while world.stop().await != StopStatus::Live {}
    world.tell(json!({"do": "close", "symbol": SYMBOL}));
    assert_eq!(world.stop().await, StopStatus::Expired);
}

#[tokio::test]
async fn hedged_legs_are_kept_apart() {
    let told = [hedge(), leg_trade("buy", "0.5", "long"), leg_trade("sell", "0.3", "short")];
    let world = World::after(&told).await;
    let Outcome::Done(stop) = world.place(Leg::Short, OrderSide::Buy, "92000").await else {
        panic!()
    };
    assert_eq!(stop.order.leg, Leg::Short);
    let sweep = world.look(Scope::Full, &[]).await;
    let seen: Vec<_> = sweep.seen().map(|(_, leg, p)| (leg, p.side, p.quantity)).collect();
    assert_eq!(seen, [(Leg::Long, Side::Long, qty("0.5")), (Leg::Short, Side::Short, qty("0.3"))]);
    assert_eq!(sweep.orders().unwrap(), [stop.order]);
    assert_eq!(sweep.mode(), Some(PositionMode::Mixed), "the other symbols are one-way");
    let outcome = world.close(Leg::Short, OrderSide::Buy, "0.3").await;
    assert!(matches!(outcome, Outcome::Done(_)), "{outcome:?}");
    let expect = [(SYMBOL, Leg::Long), (SYMBOL, Leg::Short)];
    let sweep = world.look(Scope::Positions, &expect).await;
    assert_eq!(sweep.look(&SYMBOL.into(), Leg::Short), Look::NotHere);
    assert!(matches!(sweep.look(&SYMBOL.into(), Leg::Long), Look::Here(_)));
    let short = world.history(Leg::Short).await;
    assert!(short.complete);
    let sides: Vec<_> = short.fills.iter().map(|fill| (fill.side, fill.leg)).collect();
    assert_eq!(sides, [(OrderSide::Sell, Leg::Short), (OrderSide::Buy, Leg::Short)]);
    assert_eq!(world.history(Leg::Long).await.fills.len(), 1);
}

#[tokio::test]
async fn closes_can_only_close() {
    let mut world = World::after(&[trade("buy", "0.5")]).await;
    let Outcome::Done(report) = world.close(Leg::Net, OrderSide::Sell, "0.2").await else {
        panic!()
    };
    let fill = world.fill().await;
    assert_eq!(fill.client_id.as_ref(), Some(&report.client_id));
    let found = world.find_order().await.unwrap().unwrap();
    assert_eq!((found.status, found.filled), (OrderStatus::Filled, Some(qty("0.2"))));
    assert_eq!(found.id, report.id);
    let Outcome::Refused(again) = world.close(Leg::Net, OrderSide::Sell, "0.2").await else {
        panic!()
    };
    assert_eq!(again.kind, RefusalKind::Duplicate, "the id is taken");
    world.tell(json!({"do": "close", "symbol": SYMBOL}));
    let act = Act::Reduce(holdfast::domain::effect::ReduceOrder {
        client_id: "hfx-00000000000000cc".into(),
        symbol: SYMBOL.into(),
        leg: Leg::Net,
        side: OrderSide::Sell,
        quantity: qty("0.3"),
    });
    let Reply::Reduced(Outcome::Refused(flat)) = world.link.act(act).await else { panic!() };
    assert_eq!(flat.kind, RefusalKind::NothingToReduce, "{flat}");
}

#[tokio::test]
async fn orders_of_others_are_seen_and_told() {
    let world = World::after(&[trade("buy", "0.5")]).await;
    let conditional = json!({"do": "place_stop", "symbol": SYMBOL, "trigger": 80000,
        "client_id": "somebody-1"});
    world.tell(conditional);
    let sweep = world.look(Scope::Protection, &[]).await;
    let [order] = sweep.orders().unwrap() else { panic!() };
    assert_eq!(order.client_id.as_str(), "somebody-1");
    assert!(!order.on_position && !order.ours());
    assert_eq!(world.cancel("somebody-1".into()).await, Outcome::Done(()));
    assert_eq!(world.look(Scope::Protection, &[]).await.orders(), Some(&[][..]));
}

#[tokio::test]
async fn what_the_venue_does_by_itself_is_named() {
    for (verb, origin) in [("liquidate", Origin::Liquidation), ("adl", Origin::Adl)] {
        let mut world = World::after(&[trade("buy", "0.5")]).await;
        world.tell(json!({"do": verb, "symbol": SYMBOL}));
        let fill = world.fill().await;
        assert_eq!((fill.origin, fill.side), (origin, OrderSide::Sell), "{verb}");
        let history = world.history(Leg::Net).await;
        assert!(history.complete, "{verb}");
        assert_eq!(history.fills.last().unwrap().origin, origin, "{verb}");
    }
}

/// A dated future comes to its end: no order is behind that, in neither list.
#[tokio::test]
async fn a_contract_that_is_settled_leaves_a_complete_history() {
    let mut world = World::after(&[trade("buy", "0.5")]).await;
    world.tell(json!({"do": "settle", "symbol": SYMBOL}));
    assert_eq!(world.fill().await.origin, Origin::Settlement);
    let history = world.history(Leg::Net).await;
    assert!(history.complete);
    let origins: Vec<Origin> = history.fills.iter().map(|fill| fill.origin).collect();
    assert_eq!(origins, [Origin::Plain, Origin::Settlement]);
    let sweep = world.look(Scope::Full, &[(SYMBOL, Leg::Net)]).await;
    assert_eq!(sweep.look(&SYMBOL.into(), Leg::Net), Look::NotHere);
}

#[tokio::test]
async fn the_accounts_worth_is_told_with_every_change_of_it() {
    let mut world = World::new().await;
    let before = world.look(Scope::Full, &[]).await.balance().unwrap();
    world.tell(trade("buy", "0.5"));
    let told = loop {
        if let StreamEvent::Balance(balance) = world.link.told().await {
            break balance;
        }
    };
    assert!(told.available < before.available, "{told:?} {before:?}");
    assert_eq!(world.look(Scope::Full, &[]).await.balance(), Some(told));
}

#[tokio::test]
async fn funding_is_no_fill() {
    let world = World::after(&[trade("buy", "0.5")]).await;
    world.tell(json!({"do": "fund", "symbol": SYMBOL, "rate": "0.001"}));
    let history = world.history(Leg::Net).await;
    assert!(history.complete);
    assert_eq!(history.fills.len(), 1);
}

#[tokio::test]
async fn the_rights_of_the_key_are_known() {
    let world = World::new().await;
    let rights = rights(&account(&world.running)).await.unwrap();
    assert!(rights.read && rights.trade);
}
