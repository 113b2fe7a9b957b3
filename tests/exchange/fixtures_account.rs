//! Recorded answers about an account.

use holdfast::domain::amount::Side;
use holdfast::domain::key::{Leg, Symbol};
use holdfast::domain::position::{PositionMode, VenuePosition};
use holdfast::domain::sweep::{Part, Positions};
use holdfast::domain::time::VenueTime;
use holdfast::exchange::binance::{decode, decode_orders};

use crate::values::{dec, fixture, json, money, price, qty};

fn whole(name: &str) -> Positions {
    match decode::positions(&fixture(name)) {
        Part::Whole(positions) => positions,
        Part::Broken(_, why) => panic!("{name}: {why}"),
    }
}

fn only(name: &str) -> ((Symbol, Leg), VenuePosition) {
    let positions = whole(name);
    assert_eq!(positions.len(), 1);
    positions.into_iter().next().unwrap()
}

#[test]
fn a_one_way_long_in_version_3() {
    let ((symbol, leg), position) = only("position_risk_v3.one_way.json");
    assert_eq!((symbol.as_str(), leg), ("ADAUSDT", Leg::Net));
    let expected = VenuePosition {
        side: Side::Long,
        quantity: qty("30"),
        entry: Some(price("0.385")),
        mark: Some(price("0.41047590")),
        liquidation: None,
        changed: Some(VenueTime(1_720_736_417_660)),
        opened: None,
        trouble: None,
    };
    assert_eq!(position, expected);
}

#[test]
fn both_legs_of_a_hedged_account_in_version_3() {
    let positions = whole("position_risk_v3.hedge.json");
    assert_eq!(positions.len(), 2);
    let long = &positions[&("ADAUSDT".into(), Leg::Long)];
    assert_eq!((long.side, long.quantity), (Side::Long, qty("30")));
    let short = &positions[&("COMPUSDT".into(), Leg::Short)];
    let expected = VenuePosition {
        side: Side::Short,
        quantity: qty("1"),
        entry: Some(price("70.92841")),
        mark: Some(price("49.72023376")),
        liquidation: Some(price("2260.56757210")),
        changed: Some(VenueTime(1_708_943_511_656)),
        opened: None,
        trouble: None,
    };
    assert_eq!(*short, expected);
}

#[test]
fn a_flat_row_of_version_2_is_no_position() {
    assert!(whole("position_risk_v2.one_way_flat.json").is_empty());
}

#[test]
fn an_open_row_of_version_2() {
    let ((symbol, leg), position) = only("position_risk_v2.one_way_open.json");
    assert_eq!((symbol.as_str(), leg), ("BTCUSDT", Leg::Net));
    assert_eq!((position.side, position.quantity), (Side::Long, qty("0.001")));
    assert_eq!(position.entry, Some(price("50000")));
    assert_eq!(position.liquidation, Some(price("45000")));
}

#[test]
fn an_open_leg_without_entry_price_is_open() {
    let positions = whole("position_risk_v2.hedge.json");
    let long = &positions[&("BTCUSDT".into(), Leg::Long)];
    assert_eq!((long.quantity, long.entry), (qty("20"), Some(price("6563.665"))));
    let short = &positions[&("BTCUSDT".into(), Leg::Short)];
    assert_eq!((short.side, short.quantity), (Side::Short, qty("10")));
    assert_eq!((short.entry, short.changed), (None, None));
    assert_eq!(short.liquidation, Some(price("7189.95")));
}

#[test]
fn a_balance() {
    let balance = decode::balance(&fixture("balance_v3.json")).unwrap();
    assert_eq!(balance.equity, money("122.12345678"));
    assert_eq!(balance.available, money("122.12345678"));
}

#[test]
fn position_modes() {
    let mode = |name| decode::mode(&fixture(name));
    assert_eq!(mode("account_config.json"), Ok(PositionMode::Hedge));
    assert_eq!(mode("position_side_dual.json"), Ok(PositionMode::Hedge));
    assert!(mode("multi_assets_margin.json").unwrap_err().contains("dualSidePosition"));
    assert_eq!(json("multi_assets_margin.json")["multiAssetsMargin"], true);
}

#[test]
fn the_rights_of_a_key() {
    let rights = decode::rights(&fixture("api_restrictions.json")).unwrap();
    assert!(rights.read);
    assert!(!rights.trade);
    assert!(!rights.withdraw);
    assert!(!rights.ip_restricted);
}

#[test]
fn listen_keys() {
    let start = decode::listen_key(&fixture("listen_key.start.json")).unwrap();
    assert_eq!(start, "pqia91ma19a5s61cv6a81va65sdf19v8a65a1a5s61cv6a81va65sdf19v8a65a1");
    let kept = decode::listen_key(&fixture("listen_key.keepalive.json")).unwrap();
    assert_eq!(kept, "3HBntNTepshgEdjIwSUIBgB9keLyOCg5qv3n6bYAtktG8ejcaW5HXz9Vx1JgIieg");
    assert!(decode::listen_key("{}").is_err());
}

/// Shapes of endpoints that nothing here asks for, pinned so that a change is noticed.
#[test]
fn answers_that_are_not_asked_for() {
    let account = json("account_v3.single_asset.json");
    assert_eq!(dec(account["totalMarginBalance"].as_str().unwrap()), dec("103.12345678"));
    assert_eq!(account["assets"].as_array().unwrap().len(), 2);
    assert_eq!(account["positions"][0]["positionAmt"], "1.000");
    assert!(account["positions"][0].get("entryPrice").is_none());
    let symbols = json("symbol_config.json");
    assert_eq!(
        (&symbols[0]["leverage"], &symbols[1]["marginType"]),
        (&20.into(), &"ISOLATED".into())
    );
    assert_eq!(json("leverage.set.json")["leverage"], 21);
    assert_eq!(json("leverage_brackets.json")[0]["brackets"][0]["initialLeverage"], 75);
    assert_eq!(json("rate_limit_order.json")[1]["limit"], 20_000);
    let income = json("income.docs.json");
    assert_eq!((&income[0]["symbol"], &income[0]["tradeId"]), (&"".into(), &"".into()));
    assert_eq!(dec(income[1]["income"].as_str().unwrap()), dec("-0.01"));
    // Neither a transfer nor a commission realises anything.
    let realised = decode_orders::realising_trades(&fixture("income.docs.json"));
    assert_eq!(realised, Ok(Vec::new()));
    assert_eq!(json("countdown_cancel_all.json")["countdownTime"], "100000");
}

/// An account's list of positions has no entry prices: it must never pass for `positionRisk`.
#[test]
fn the_account_answer_is_no_position_list() {
    let account = json("account_v3.single_asset.json")["positions"].to_string();
    match decode::positions(&account) {
        Part::Broken(positions, why) => {
            assert!(positions.is_empty());
            assert!(why.contains("BTCUSDT: entryPrice is missing"), "{why}");
        }
        Part::Whole(_) => panic!("taken for whole"),
    }
}
