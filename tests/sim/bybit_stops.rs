//! The life of Bybit's position-level stops as the owner hears of it. Source: bybit 4.5.

use holdfast::sim::algo::NewAlgo;
use holdfast::sim::market::Depth;
use holdfast::sim::position_stops::StopWish;
use holdfast::sim::words::{AlgoKind, Bond, By, Leg, Side, Tif, Working};
use serde_json::Value;

use crate::bybit_ear::{BTC, Ear, fixture, keys, number, of, rows, topics};

/// What a wish says: stop, target, trailing distance.
fn protect(ear: &mut Ear, leg: Leg, [stop, target, trailing]: [&str; 3]) -> Vec<Value> {
    let price = |text: &str| (!text.is_empty()).then(|| number(text));
    let wish = StopWish {
        stop_loss: price(stop),
        take_profit: price(target),
        trailing: price(trailing),
        ..StopWish::of(BTC, leg, By::Api)
    };
    ear.after(|exchange, now| exchange.trading_stop(&wish, now).unwrap())
}

fn says(row: &Value, pairs: &[(&str, &str)]) {
    for (key, value) in pairs {
        assert_eq!(row[*key], *value, "{key} of {row}");
    }
}

#[test]
fn a_stop_is_an_untriggered_order_of_nobodys() {
    let mut ear = Ear::open();
    ear.buy("0.01");
    let frames = protect(&mut ear, Leg::Both, ["88000", "", ""]);
    assert_eq!(topics(&frames), ["order", "position"]);
    let row = &frames[0]["data"][0];
    let known = keys(&fixture("ws-order-stop-loss-untriggered")["data"][0]);
    assert!(known.is_subset(&keys(row)), "{:?}", known.difference(&keys(row)));
    says(
        row,
        &[
            ("orderStatus", "Untriggered"),
            ("stopOrderType", "StopLoss"),
            ("createType", "CreateByStopLoss"),
            ("orderLinkId", ""),
            ("side", "Sell"),
            ("qty", "0.01"),
            ("leavesQty", "0.01"),
            ("triggerPrice", "88000"),
            ("triggerBy", "LastPrice"),
            ("tpslMode", "Full"),
            ("orderType", "Market"),
            ("avgPrice", ""),
        ],
    );
    assert_eq!((&row["reduceOnly"], &row["closeOnTrigger"]), (&true.into(), &true.into()));
    assert_eq!(row["triggerDirection"], 2);
    says(&frames[1]["data"][0], &[("stopLoss", "88000"), ("takeProfit", "0")]);
    let moved = protect(&mut ear, Leg::Both, ["88500", "", ""]);
    let again = &moved[0]["data"][0];
    assert_eq!(again["orderId"], row["orderId"], "amended in place");
    says(again, &[("orderStatus", "Untriggered"), ("triggerPrice", "88500")]);
    let removed = protect(&mut ear, Leg::Both, ["0", "", ""]);
    let gone = &removed[0]["data"][0];
    says(gone, &[("orderStatus", "Deactivated"), ("cancelType", "CancelByUser")]);
    says(&removed[1]["data"][0], &[("stopLoss", "0"), ("size", "0.01")]);
}

#[test]
fn a_stop_that_fires_is_triggered_for_a_moment_and_then_filled() {
    let mut ear = Ear::open();
    ear.buy("0.01");
    let placed = protect(&mut ear, Leg::Both, ["88000", "95000", ""]);
    let stop = &rows(&placed, "order")[0];
    let frames = ear.price("87900");
    let told = of(&frames, "order");
    assert_eq!(told[0]["data"].as_array().unwrap().len(), 1, "its own frame");
    let (triggered, rest) = (&told[0]["data"][0], told[1]["data"].as_array().unwrap());
    says(triggered, &[("orderStatus", "Triggered"), ("orderLinkId", "")]);
    assert_eq!((&triggered["orderId"], &rest[0]["orderId"]), (&stop["orderId"], &stop["orderId"]));
    says(
        &rest[0],
        &[
            ("orderStatus", "Filled"),
            ("stopOrderType", "StopLoss"),
            ("createType", "CreateByStopLoss"),
            ("orderLinkId", ""),
            ("cumExecQty", "0.01"),
        ],
    );
    assert!(rest[0]["closedPnl"].as_str().unwrap().starts_with('-'));
    // The target leaves in the frame of the closing order.
    says(
        &rest[1],
        &[
            ("orderStatus", "Deactivated"),
            ("stopOrderType", "TakeProfit"),
            ("cancelType", "CancelByTpSlTsClear"),
            ("qty", "0.01"),
        ],
    );
    assert_eq!((rest.len(), told.len()), (2, 2));
    let execution = &rows(&frames, "execution")[0];
    says(
        execution,
        &[
            ("stopOrderType", "StopLoss"),
            ("createType", "CreateByStopLoss"),
            ("orderLinkId", ""),
            ("closedSize", "0.01"),
        ],
    );
    assert_eq!(of(&frames, "execution")[0]["id"], told[1]["id"]);
}

#[test]
fn a_close_by_hand_takes_the_stops_along_in_its_own_frame() {
    let mut ear = Ear::open();
    ear.world.exchange.account.set_mode(BTC, true);
    ear.market(Side::Buy, Leg::Long, "0.01", false);
    ear.market(Side::Sell, Leg::Short, "0.02", false);
    protect(&mut ear, Leg::Long, ["88000", "95000", ""]);
    protect(&mut ear, Leg::Short, ["93000", "", ""]);
    let frames = ear.market(Side::Sell, Leg::Long, "0.01", true);
    let told = of(&frames, "order");
    let rows = told[0]["data"].as_array().unwrap();
    says(&rows[0], &[("orderStatus", "Filled"), ("orderLinkId", "mine-3")]);
    for row in &rows[1..] {
        says(row, &[("orderStatus", "Deactivated"), ("cancelType", "CancelByTpSlTsClear")]);
        assert_eq!(row["positionIdx"], 1);
    }
    assert_eq!((told.len(), rows.len()), (1, 3), "the other slot keeps its stop");
}

#[test]
fn a_stop_follows_the_size_of_its_position() {
    let mut ear = Ear::open();
    ear.buy("0.01");
    protect(&mut ear, Leg::Both, ["88000", "", ""]);
    let frames = ear.buy("0.02");
    let told = rows(&frames, "order");
    says(&told[0], &[("orderStatus", "Filled")]);
    says(&told[1], &[("orderStatus", "Untriggered"), ("qty", "0.03")]);
    let depth = Some(Depth { qty: None, parts: 3 });
    ear.world.exchange.market.set_depth(BTC, depth).unwrap();
    let frames = ear.market(Side::Sell, Leg::Both, "0.03", true);
    assert_eq!((of(&frames, "execution").len(), rows(&frames, "execution").len()), (1, 3));
    let closing = of(&frames, "order")[0]["data"].as_array().unwrap();
    says(&closing[0], &[("orderStatus", "Filled"), ("cumExecQty", "0.03")]);
    says(&closing[1], &[("orderStatus", "Deactivated")]);
}

#[test]
fn a_trailing_stop_tells_of_every_move_and_of_its_fill() {
    let mut ear = Ear::open();
    ear.buy("0.01");
    let placed = protect(&mut ear, Leg::Both, ["", "", "500"]);
    let stop = rows(&placed, "order")[0].clone();
    says(&stop, &[("stopOrderType", "TrailingStop"), ("triggerPrice", "89500")]);
    says(&rows(&placed, "position")[0], &[("trailingStop", "500")]);
    let frames = ear.price("90300");
    let moved = rows(&frames, "order").last().unwrap().clone();
    says(&moved, &[("orderStatus", "Untriggered"), ("triggerPrice", "89800")]);
    let known = keys(&fixture("ws-order-trailing-untriggered-update")["data"][0]);
    assert!(known.is_subset(&keys(&moved)));
    assert!(of(&ear.price("90100"), "order").is_empty(), "it never goes back");
    let frames = ear.price("89700");
    let told = of(&frames, "order");
    let start = format!("ts:{}", stop["orderId"].as_str().unwrap());
    assert!(told[0]["id"].as_str().unwrap().starts_with(&start), "{}", told[0]["id"]);
    says(&told[0]["data"][0], &[("orderStatus", "Triggered")]);
    let filled = &told[1]["data"][0];
    says(
        filled,
        &[
            ("orderStatus", "Filled"),
            ("stopOrderType", "TrailingStop"),
            ("createType", "CreateByTrailingStop"),
            ("triggerPrice", "89800"),
            ("orderLinkId", ""),
        ],
    );
    assert_eq!(filled["orderId"], stop["orderId"]);
}

#[test]
fn a_triggered_stop_may_find_too_little_and_leave_the_rest_unprotected() {
    let mut ear = Ear::open();
    ear.buy("0.01");
    protect(&mut ear, Leg::Both, ["88000", "", ""]);
    let depth = Some(Depth { qty: Some(number("0.004")), parts: 1 });
    ear.world.exchange.market.set_depth(BTC, depth).unwrap();
    let frames = ear.price("87900");
    let told = rows(&frames, "order");
    let states: Vec<&Value> = told.iter().map(|row| &row["orderStatus"]).collect();
    assert_eq!(states, ["Triggered", "PartiallyFilled", "Cancelled"]);
    says(told.last().unwrap(), &[("stopOrderType", "StopLoss"), ("cumExecQty", "0.004")]);
    let last = rows(&frames, "position").last().unwrap().clone();
    says(&last, &[("size", "0.006"), ("stopLoss", "0")]);
}

#[test]
fn a_conditional_order_of_ones_own_keeps_its_name_and_outlives_the_position() {
    let mut ear = Ear::open();
    ear.buy("0.01");
    let want = NewAlgo {
        symbol: BTC.to_owned(),
        side: Side::Sell,
        leg: Leg::Both,
        kind: AlgoKind::StopMarket,
        tif: Tif::Ioc,
        qty: number("0.01"),
        trigger: number("88000"),
        price: None,
        working: Working::Mark,
        close_position: false,
        reduce_only: true,
        price_protect: false,
        activate: None,
        callback: None,
        client_id: Some("my-stop".to_owned()),
        rises: Some(false),
        distance: None,
        bond: Bond::Free,
        good_till: 0,
        stp: "None".to_owned(),
        price_match: "NONE".to_owned(),
        by: By::Api,
    };
    let placed = ear.after(|exchange, now| exchange.place_algo(want, now).unwrap());
    let stop = rows(&placed, "order")[0].clone();
    let known = keys(&fixture("ws-order-conditional-buy-stop")["data"][0]);
    assert!(known.is_subset(&keys(&stop)));
    let own = ("orderLinkId", "my-stop");
    says(&stop, &[("orderStatus", "Untriggered"), ("stopOrderType", "Stop"), own]);
    says(&stop, &[("createType", "CreateByUser"), ("triggerBy", "MarkPrice")]);
    let closed = ear.market(Side::Sell, Leg::Both, "0.01", true);
    assert_eq!(rows(&closed, "order").len(), 1, "it stays");
    ear.buy("0.02");
    let fired = ear.price("87000");
    let told = rows(&fired, "order");
    says(&told[0], &[("orderStatus", "Triggered"), own]);
    says(&told[1], &[("orderStatus", "Filled"), ("stopOrderType", "Stop"), own]);
    says(&told[1], &[("createType", "CreateByStopOrder"), ("cumExecQty", "0.01")]);
    assert_eq!((&told[0]["orderId"], &told[1]["orderId"]), (&stop["orderId"], &stop["orderId"]));
}
