//! Bybit's private messages: which rows, under which id, with which keys.

use holdfast::sim::market::Depth;
use holdfast::sim::orders::NewOrder;
use holdfast::sim::words::{By, Coin, Forced, Leg, OrderKind, Side, Tif};
use serde_json::Value;

use crate::bybit_ear::{BTC, Ear, fixture, keys, number, of, order, rows, topics};

/// Keys of a row that its fixture has and the row lacks.
fn lacks(row: &Value, name: &str) -> Vec<String> {
    keys(&fixture(name)["data"][0]).difference(&keys(row)).cloned().collect()
}

fn texts<'r>(row: &'r Value, names: &[&str]) -> Vec<&'r str> {
    names.iter().map(|name| row[*name].as_str().unwrap_or_else(|| panic!("{name}"))).collect()
}

#[test]
fn a_market_order_is_filled_in_its_first_push_under_the_id_of_its_execution() {
    let mut ear = Ear::open();
    let frames = ear.buy("0.01");
    let expected = ["execution", "execution.fast", "order", "position", "wallet"];
    assert_eq!(topics(&frames), expected);
    let (execution, order) = (&frames[0]["data"][0], &frames[2]["data"][0]);
    assert_eq!(frames[0]["id"], frames[2]["id"]);
    assert_eq!(frames[0]["id"], format!("100475188_BTCUSDT_{}", execution["seq"]));
    assert!(frames[1].get("id").is_none());
    let names = ["orderStatus", "qty", "cumExecQty", "leavesQty", "orderLinkId", "createType"];
    assert_eq!(texts(order, &names), ["Filled", "0.01", "0.01", "0", "mine-1", "CreateByUser"]);
    // The protective limit, not the price of the fill.
    assert_eq!(texts(order, &["price", "avgPrice"]), ["94500", "90000.1"]);
    let names = ["execType", "execQty", "closedSize", "execFee", "stopOrderType"];
    assert_eq!(texts(execution, &names), ["Trade", "0.01", "0", "0.49500055", "UNKNOWN"]);
    assert_eq!(execution["orderId"], order["orderId"]);
    assert_eq!(frames[1]["data"][0]["execId"], execution["execId"]);
    let position = &frames[3]["data"][0];
    let names = ["side", "size", "entryPrice", "takeProfit", "positionStatus"];
    assert_eq!(texts(position, &names), ["Buy", "0.01", "90000.1", "0", "Normal"]);
    assert_eq!(position["seq"], execution["seq"]);
    assert_eq!(position["openTime"], ear.now);
    let updated: i64 = position["updatedTime"].as_str().unwrap().parse().unwrap();
    assert!(updated > ear.now, "a little later than the fill");
}

#[test]
fn rows_have_every_documented_key_and_those_of_2026() {
    let mut ear = Ear::open();
    let frames = ear.buy("0.01");
    let row = |topic: &str| rows(&frames, topic)[0].clone();
    let none = [""; 0];
    assert_eq!(lacks(&row("execution"), "ws-execution-market-open"), none);
    assert_eq!(lacks(&row("execution"), "ws-execution-close-with-extrafees"), none);
    assert_eq!(keys(&row("execution.fast")), keys(&fixture("ws-execution-fast")["data"][0]));
    assert_eq!(lacks(&row("order"), "ws-order-market-filled"), none);
    assert_eq!(lacks(&row("order"), "ws-order-trailing-filled"), none);
    assert_eq!(lacks(&row("position"), "ws-position-short-eth-2025"), none);
    assert_eq!(lacks(&row("position"), "ws-position-flat-hedge-idx2"), none);
    assert_eq!(lacks(&row("wallet"), "ws-wallet"), none);
    let coin = &fixture("ws-wallet")["data"][0]["coin"][0];
    let told: Vec<String> =
        keys(coin).difference(&keys(&row("wallet")["coin"][0])).cloned().collect();
    assert_eq!(told, none, "keys of a coin");
    // What the captures are too old for, and nothing else.
    let newer = |row: &Value, fixtures: &[&str]| {
        let mut left = keys(row);
        for name in fixtures {
            let known = keys(&fixture(name)["data"][0]);
            left.retain(|key| !known.contains(key));
        }
        left.into_iter().collect::<Vec<String>>()
    };
    let order = newer(&row("order"), &["ws-order-market-filled", "ws-order-trailing-filled"]);
    assert_eq!(
        order,
        [
            "brokerOrderPrice",
            "cumFeeDetail",
            "extraFees",
            "parentOrderLinkId",
            "rpiMatchedQty",
            "rpiTakerAccess",
            "slippageTolerance",
            "slippageToleranceType",
        ]
    );
    assert_eq!(newer(&row("execution"), &["ws-execution-close-with-extrafees"]), ["execFeeV2"]);
    assert_eq!(newer(&row("position"), &["ws-position-flat-hedge-idx2"]), ["openTime"]);
    for frame in &frames {
        assert!(frame["creationTime"].is_i64() && frame["data"].is_array());
    }
}

#[test]
fn extra_fees_are_text_or_a_list() {
    let mut ear = Ear::open();
    let fees: Vec<Value> =
        (0..8).map(|_| rows(&ear.buy("0.001"), "execution")[0]["extraFees"].clone()).collect();
    assert_eq!(fees.iter().filter(|fees| **fees == "").count(), 6);
    let list = fees.iter().find(|fees| fees.is_array()).unwrap();
    let known = &fixture("ws-execution-close-with-extrafees")["data"][0]["extraFees"][0];
    assert_eq!(keys(&list[0]), keys(known));
}

#[test]
fn several_fills_of_one_order_are_rows_of_one_frame() {
    let mut ear = Ear::open();
    let depth = Some(Depth { qty: None, parts: 3 });
    ear.world.exchange.market.set_depth(BTC, depth).unwrap();
    let frames = ear.buy("0.003");
    let executions = rows(&frames, "execution");
    assert_eq!((of(&frames, "execution").len(), executions.len()), (1, 3));
    let left: Vec<&str> = executions.iter().map(|row| row["leavesQty"].as_str().unwrap()).collect();
    assert_eq!(left, ["0.002", "0.001", "0"]);
    let orders = rows(&frames, "order");
    assert_eq!((orders.len(), &orders[0]["orderStatus"]), (1, &Value::from("Filled")));
    assert_eq!(rows(&frames, "position").len(), 1);
}

#[test]
fn a_market_order_on_a_thin_book_ends_cancelled_with_what_it_got() {
    let mut ear = Ear::open();
    let depth = Some(Depth { qty: Some(number("0.004")), parts: 1 });
    ear.world.exchange.market.set_depth(BTC, depth).unwrap();
    let frames = ear.buy("0.01");
    let orders = rows(&frames, "order");
    let names = ["orderStatus", "cumExecQty", "leavesQty"];
    assert_eq!(texts(&orders[0], &names), ["PartiallyFilled", "0.004", "0.006"]);
    assert_eq!(texts(&orders[1], &names), ["Cancelled", "0.004", "0"]);
    assert_eq!(orders[1]["rejectReason"], "EC_NoImmediateQtyToFill");
}

#[test]
fn every_order_action_repeats_the_position() {
    let mut ear = Ear::open();
    ear.buy("0.01");
    let limit = NewOrder {
        kind: OrderKind::Limit,
        tif: Tif::Gtc,
        price: Some(number("80000")),
        client_id: Some("rests".to_owned()),
        ..order(Side::Buy, Leg::Both, "0.01")
    };
    let mut id = 0;
    let placed = ear.after(|exchange, now| id = exchange.place(limit, now).unwrap());
    let to = (number("0.01"), number("81000"));
    let amended = ear.after(|exchange, now| exchange.modify(id, to, 1, now).unwrap());
    let cancelled = ear.after(|exchange, now| exchange.cancel(id, By::Api, now).unwrap());
    for (frames, status) in [(placed, "New"), (amended, "New"), (cancelled, "Cancelled")] {
        assert_eq!(topics(&frames), ["order", "position"]);
        assert_eq!(frames[0]["data"][0]["orderStatus"], status);
        assert_eq!(texts(&frames[1]["data"][0], &["side", "size"]), ["Buy", "0.01"]);
    }
}

#[test]
fn a_closed_slot_has_no_side_and_keeps_its_final_profit() {
    let mut ear = Ear::open();
    ear.world.exchange.account.set_mode(BTC, true);
    ear.world.ways.sparse_rows = false;
    ear.market(Side::Sell, Leg::Short, "0.01", false);
    ear.price("89000");
    let frames = ear.market(Side::Buy, Leg::Short, "0.01", true);
    let row = rows(&frames, "position")[0].clone();
    assert_eq!(row["positionIdx"], 2);
    let names = ["side", "size", "entryPrice", "positionValue", "stopLoss", "trailingStop"];
    assert_eq!(texts(&row, &names), ["", "0", "0", "0", "0", "0"]);
    let execution = rows(&frames, "execution")[0].clone();
    assert_eq!(texts(&execution, &["closedSize", "execPnl"]), ["0.01", "9.999"]);
    let fees = number("0.495") + number("0.48950055");
    let profit = number("9.999") - fees;
    assert_eq!(texts(&row, &["curRealisedPnl"]), [profit.normalize().to_string()]);
    let closed = rows(&frames, "order")[0]["closedPnl"].as_str().unwrap().to_owned();
    assert_eq!(number(&closed), profit);
    assert_eq!((&row["openTime"], &row["seq"]), (&Value::from(0), &execution["seq"]));
}

#[test]
fn keys_are_missing_from_flat_rows_now_and_then() {
    let mut ear = Ear::open();
    let mut sparse = 0;
    for _ in 0..40 {
        let open = ear.buy("0.001");
        assert_eq!(lacks(&rows(&open, "position")[0], "ws-position-short-eth-2025").len(), 0);
        let closed = ear.market(Side::Sell, Leg::Both, "0.001", true);
        let missing = lacks(&rows(&closed, "position")[0], "ws-position-flat-hedge-idx2");
        if !missing.is_empty() {
            let all = ["isReduceOnly", "leverageSysUpdatedTime", "mmrSysUpdatedTime", "seq"];
            assert_eq!(missing, all);
            sparse += 1;
        }
    }
    assert!((1..40).contains(&sparse), "{sparse}");
}

#[test]
fn forced_closes_are_announced_and_nobody_ordered_them() {
    let trades: &[[&str; 3]] = &[
        ["Trade", "CreateByLiq", "0.005"],
        ["BustTrade", "CreateByTakeOver_PassThrough", "0.005"],
    ];
    let adl: &[[&str; 3]] = &[["AdlTrade", "CreateByAdl_PassThrough", "0.01"]];
    for (why, status, expected) in [(Forced::Liquidation, "Liq", trades), (Forced::Adl, "Adl", adl)]
    {
        let mut ear = Ear::open();
        ear.buy("0.01");
        let frames =
            ear.after(|exchange, now| exchange.force_close(BTC, Leg::Both, why, None, now));
        let first = &frames[0]["data"][0];
        let names = ["positionStatus", "side", "size", "entryPrice"];
        assert_eq!(texts(first, &names), [status, "Buy", "0.01", "90000.1"]);
        assert_eq!(first["adlRankIndicator"] == 5, why == Forced::Adl);
        for (row, expected) in rows(&frames, "execution").iter().zip(expected) {
            assert_eq!(texts(row, &["execType", "createType", "closedSize"]), *expected);
            assert_eq!(row["orderLinkId"], "");
        }
        assert_eq!(rows(&frames, "execution").len(), expected.len());
        assert_eq!(rows(&frames, "order").last().unwrap()["orderLinkId"], "");
        let flat = rows(&frames, "position").last().unwrap().clone();
        assert_eq!(texts(&flat, &["side", "size", "positionStatus"]), ["", "0", "Normal"]);
    }
}

#[test]
fn funding_is_an_execution_that_changes_no_size() {
    let mut ear = Ear::open();
    ear.market(Side::Sell, Leg::Both, "0.01", false);
    let frames = ear.after(|exchange, now| exchange.fund(BTC, number("-0.0001"), now));
    assert_eq!(topics(&frames), ["execution", "wallet"]);
    let row = &frames[0]["data"][0];
    let names = ["execType", "orderType", "createType", "orderQty", "closedSize", "execQty"];
    assert_eq!(texts(row, &names), ["Funding", "UNKNOWN", "", "0", "0", "0.01"]);
    assert_eq!(texts(row, &["execFee", "feeRate", "orderLinkId"]), ["0.09", "-0.0001", ""]);
    assert_eq!(lacks(row, "ws-execution-close-with-extrafees"), [""; 0]);
}

#[test]
fn a_settlement_is_an_execution_without_an_order() {
    let mut ear = Ear::open();
    ear.buy("0.01");
    let frames = ear.after(|exchange, now| exchange.settle(BTC, None, now));
    let execution = rows(&frames, "execution")[0].clone();
    let names = ["execType", "createType", "orderLinkId"];
    assert_eq!(texts(&execution, &names), ["Delivery", "CreateBySettle", ""]);
    assert!(of(&frames, "order").is_empty() && of(&frames, "execution.fast").is_empty());
    assert_eq!(rows(&frames, "position")[0]["size"], "0");
}

#[test]
fn money_that_comes_or_goes_tells_the_wallet_alone() {
    let mut ear = Ear::open();
    let frames = ear.after(|exchange, now| exchange.transfer(Coin::Usdt, number("-1000"), now));
    assert_eq!(topics(&frames), ["wallet"]);
    let row = &frames[0]["data"][0];
    assert_eq!(texts(row, &["accountType", "totalWalletBalance"]), ["UNIFIED", "124000"]);
    assert_eq!(texts(&row["coin"][0], &["coin", "walletBalance"]), ["USDT", "99000"]);
    assert_eq!(texts(&row["coin"][0], &["availableToWithdraw"]), [""]);
    assert!(ear.price("91000").is_empty(), "a price alone tells the owner nothing");
}

#[test]
fn another_leverage_repeats_both_slots_under_the_count_of_the_last_trade() {
    let mut ear = Ear::open();
    ear.world.exchange.account.set_mode(BTC, true);
    ear.world.ways.sparse_rows = false;
    let bought = ear.market(Side::Buy, Leg::Long, "0.01", false);
    let seq = rows(&bought, "position")[0]["seq"].clone();
    let frames = ear.after(|exchange, _| exchange.set_leverage(BTC, 7).unwrap());
    let told = rows(&frames, "position");
    let slots: Vec<&Value> = told.iter().map(|row| &row["positionIdx"]).collect();
    assert_eq!((frames.len(), slots), (2, vec![&Value::from(1), &Value::from(2)]));
    assert_eq!(texts(&told[0], &["leverage", "size"]), ["7", "0.01"]);
    assert_eq!(texts(&told[1], &["leverage", "side"]), ["7", ""]);
    assert_eq!((&told[0]["seq"], &told[1]["seq"]), (&seq, &Value::from(-1)));
}
