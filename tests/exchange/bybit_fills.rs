//! Bybit's recorded executions and closed profit.

use holdfast::domain::amount::OrderSide;
use holdfast::domain::evidence::{Fill, Origin};
use holdfast::domain::key::Leg;
use holdfast::domain::sweep::Part;
use holdfast::domain::time::VenueTime;
use holdfast::exchange::bybit::decode_fills::{self, Closed, Execution};
use holdfast::exchange::bybit::events::{UserEvent, event};

use crate::bybit_values::{answer, broken, bybit, executions, only, whole};
use crate::values::{dec, money, price, qty};

#[test]
fn an_opening_trade_by_rest() {
    let page = whole(decode_fills::executions(&bybit("rest-execution-list-linear-trade.json")));
    assert_eq!(page.cursor.as_deref(), Some("5771350%3A2%2C5771350%3A2"));
    let execution = only(page.rows);
    assert_eq!((execution.closed, execution.left), (Some(dec("0")), Some(dec("0"))));
    let expected = Fill {
        symbol: "LTCUSDT".into(),
        leg: Leg::Net,
        trade_id: "751c8dba-bdeb-5d0c-9dd3-dda6bf98cdaf".into(),
        order_id: "c18b72e4-1bf7-4c30-9b99-ba3274066029".into(),
        client_id: None,
        origin: Origin::Plain,
        side: OrderSide::Buy,
        quantity: qty("0.1"),
        price: price("85.11"),
        fee: money("0.00468105"),
        fee_asset: "USDT".into(),
        at: VenueTime(1_710_762_918_390),
    };
    assert_eq!(execution.fill(Leg::Net, &"USDT".into()), expected);
}

#[test]
fn a_trade_that_does_not_say_whether_it_closed() {
    let page = whole(decode_fills::executions(&bybit("rest-execution-list-usdc-perp.json")));
    let execution = only(page.rows);
    assert_eq!((execution.symbol.as_str(), execution.closed), ("ETHPERP", None));
    assert_eq!((execution.price, execution.quantity), (price("1190.15"), qty("0.1")));
    assert_eq!((execution.origin, &execution.extra), (Origin::Plain, &Vec::new()));
    assert_eq!(execution.leg(None, false), Some(Leg::Net));
    assert_eq!(execution.leg(None, true), None);
    assert_eq!(execution.leg(Some(Leg::Short), true), Some(Leg::Short));
    let fill = execution.fill(Leg::Net, &"USDC".into());
    assert_eq!((fill.fee, fill.fee_asset.as_str()), (money("0.071409"), "USDC"));
}

#[test]
fn a_closing_trade_with_a_tax_on_top() {
    let execution = only(executions(&bybit("ws-execution-close-with-extrafees.json")));
    assert_eq!(execution.closed, Some(dec("0.5")));
    assert_eq!(execution.leg(None, true), Some(Leg::Long));
    let fill = execution.clone().fill(Leg::Long, &"USDT".into());
    assert_eq!(fill.fee, money("26.378931279"));
    assert_eq!((fill.fee_asset.as_str(), fill.price), ("USDT", price("95900.1")));
    assert_eq!(fill.at, VenueTime(1_746_270_400_353));
    // A tax in another coin than the fee cannot be added to it.
    let elsewhere = Execution { fee_coin: Some("MNT".into()), ..execution };
    let fill = elsewhere.fill(Leg::Long, &"USDT".into());
    assert_eq!((fill.fee, fill.fee_asset.as_str()), (money("26.3725275"), "MNT"));
}

#[test]
fn an_opening_short_on_the_stream() {
    let execution = only(executions(&bybit("ws-execution-market-open.json")));
    assert_eq!(execution.client_id, Some("1708249213491".into()));
    assert_eq!((execution.side, execution.closed), (OrderSide::Sell, Some(dec("0"))));
    assert_eq!(execution.leg(None, true), Some(Leg::Short));
    assert_eq!((execution.price, execution.quantity), (price("51850"), qty("0.003")));
    assert_eq!((execution.fee, execution.fee_coin), (money("0.0855525"), None));
    assert_eq!(execution.trade_id.as_str(), "8262dbfa-5434-51ed-8458-3b97d3d49b3a");
}

#[test]
fn the_older_shape_without_a_creator() {
    let execution = only(executions(&bybit("ws-execution-2022-minimal.json")));
    assert_eq!((execution.symbol.as_str(), execution.origin), ("XRPUSDT", Origin::Plain));
    assert_eq!((execution.price, execution.quantity), (price("0.3374"), qty("25")));
    assert_eq!((execution.closed, execution.fee), (None, money("0.005061")));
    assert_eq!(execution.at, VenueTime(1_672_364_174_443));
}

/// It repeats what `execution` says, without the fee: taken, it would be the first of two.
#[test]
fn fast_executions_are_passed_over() {
    let frame = bybit("ws-execution-fast.json");
    assert_eq!(event(&frame), Ok(UserEvent::Other("execution.fast".to_owned())));
    let json: serde_json::Value = serde_json::from_str(&frame).unwrap();
    assert_eq!(json["data"][0]["execPrice"], "12.015");
    assert!(json["data"][0].get("execFee").is_none());
}

/// The example at the end of the venue document.
const BUST: &str = r#"{"category":"linear","symbol":"BTCUSDT","closedSize":"0.01",
    "execFee":"0.33","execId":"8262dbfa-0000-51ed-8458-000000000001","execPrice":"60000",
    "execQty":"0.01","execType":"BustTrade","execValue":"600","feeRate":"0.00055",
    "leavesQty":"0","orderId":"b49d6860-0000-4295-aa1f-000000000001","orderLinkId":"",
    "orderPrice":"60000","orderQty":"0.01","orderType":"Limit","stopOrderType":"UNKNOWN",
    "side":"Sell","execTime":"1785600000000","isLeverage":"0","isMaker":false,"seq":9365000001,
    "createType":"CreateByTakeOver_PassThrough","execPnl":"-30.1","feeCurrency":"USDT",
    "extraFees":""}"#;

fn changed(pairs: &[(&str, &str)]) -> String {
    pairs.iter().fold(BUST.to_owned(), |row, (from, to)| {
        assert!(row.contains(from), "{from}");
        row.replace(from, to)
    })
}

fn read(row: &str) -> Execution {
    only(whole(decode_fills::executions(&answer(&[row]))).rows)
}

#[test]
fn a_liquidation() {
    let execution = read(BUST);
    assert_eq!(execution.origin, Origin::Liquidation);
    assert_eq!(execution.leg(None, true), Some(Leg::Long));
    let fill = execution.fill(Leg::Long, &"USDT".into());
    assert_eq!((fill.quantity, fill.price), (qty("0.01"), price("60000")));
    assert_eq!((fill.fee, fill.client_id), (money("0.33"), None));
}

#[test]
fn what_made_an_order() {
    let user = "CreateByUser";
    for (execution, stop, create, origin) in [
        ("AdlTrade", "UNKNOWN", "CreateByAdl_PassThrough", Origin::Adl),
        ("AdlTrade", "UNKNOWN", "", Origin::Adl),
        ("Delivery", "UNKNOWN", "CreateBySettle", Origin::Settlement),
        ("Settle", "", "", Origin::Settlement),
        ("BustTrade", "StopLoss", "", Origin::Liquidation),
        ("Trade", "UNKNOWN", "CreateByLiq", Origin::Liquidation),
        ("Trade", "StopLoss", "CreateByStopLoss", Origin::Stop),
        ("Trade", "PartialStopLoss", user, Origin::Stop),
        ("Trade", "TakeProfit", "CreateByTakeProfit", Origin::TakeProfit),
        ("Trade", "UNKNOWN", "CreateByPartialTakeProfit", Origin::TakeProfit),
        ("Trade", "TrailingStop", "CreateByTrailingStop", Origin::Trailing),
        // Seen in a captured frame: the kind is right and the creator is not.
        ("Trade", "TrailingStop", "CreateByStopOrder", Origin::Trailing),
        ("Trade", "Stop", "CreateByStopOrder", Origin::Stop),
        ("Trade", "Stop", user, Origin::Stop),
        ("Trade", "UNKNOWN", user, Origin::Plain),
        ("Trade", "", "CreateByClosing", Origin::Plain),
        ("Trade", "UNKNOWN", "CreateByTWAP", Origin::Unknown),
        ("MovePosition", "UNKNOWN", "", Origin::Unknown),
    ] {
        let row = changed(&[
            ("\"BustTrade\"", &format!("\"{execution}\"")),
            ("\"stopOrderType\":\"UNKNOWN\"", &format!("\"stopOrderType\":\"{stop}\"")),
            ("\"CreateByTakeOver_PassThrough\"", &format!("\"{create}\"")),
        ]);
        assert_eq!(read(&row).origin, origin, "{execution} {stop} {create}");
    }
    let ours = changed(&[
        ("\"BustTrade\"", "\"Trade\""),
        ("CreateByTakeOver_PassThrough", user),
        ("\"orderLinkId\":\"\"", "\"orderLinkId\":\"hfs-1f3a9c0b2d4e5f60\""),
    ]);
    assert_eq!(read(&ours).origin, Origin::Stop);
}

#[test]
fn funding_is_no_fill_and_hides_no_fill() {
    let funding = r#"{"symbol":"BTCUSDT","execType":"Funding","orderType":"UNKNOWN",
        "createType":"","orderQty":"0","closedSize":"0","execQty":"0.01","execFee":"0.1"}"#;
    let session = r#"{"symbol":"BTCUSDT","execType":"SessionSettlePnL"}"#;
    // A split: the new size at no price that anybody traded at.
    let split = changed(&[("\"BustTrade\"", "\"CorporateAction\""), ("\"60000\"", "\"0\"")]);
    let page = whole(decode_fills::executions(&answer(&[funding, BUST, session, &split])));
    assert_eq!((page.listed, page.rows.len()), (4, 1));
}

#[test]
fn a_settlement_without_an_order_stands_for_it() {
    let row = changed(&[
        ("\"BustTrade\"", "\"Delivery\""),
        ("\"orderId\":\"b49d6860-0000-4295-aa1f-000000000001\"", "\"orderId\":\"\""),
    ]);
    assert_eq!(read(&row).order_id.as_str(), "8262dbfa-0000-51ed-8458-000000000001");
    let trade = row.replace("\"Delivery\"", "\"Trade\"");
    let (_, why) = broken(decode_fills::executions(&answer(&[&trade])));
    assert_eq!(why, "row 1: BTCUSDT: orderId is empty");
}

#[test]
fn the_leg_of_an_execution_in_a_hedged_instrument() {
    for (side, closed, leg) in [
        ("Sell", "0.01", Leg::Long),
        ("Sell", "0", Leg::Short),
        ("Buy", "0.01", Leg::Short),
        ("Buy", "0", Leg::Long),
    ] {
        let row = changed(&[
            ("\"Sell\"", &format!("\"{side}\"")),
            ("\"closedSize\":\"0.01\"", &format!("\"closedSize\":\"{closed}\"")),
        ]);
        assert_eq!(read(&row).leg(None, true), Some(leg), "{side} {closed}");
        assert_eq!(read(&row).leg(None, false), Some(Leg::Net));
    }
}

#[test]
fn the_orders_that_realised_something() {
    let page = whole(decode_fills::closed(&bybit("rest-closed-pnl-usdc-perp.json")));
    assert!(page.cursor.unwrap().starts_with("5a373bfe-188d-4913-9c81-d57ab5be8068%3A"));
    let expected = Closed {
        symbol: "ETHPERP".into(),
        order_id: "5a373bfe-188d-4913-9c81-d57ab5be8068".into(),
        side: OrderSide::Sell,
        quantity: qty("3"),
        at: VenueTime(1_672_214_887_236),
    };
    assert_eq!(only(page.rows), expected);
    let body = bybit("rest-closed-pnl-usdc-perp.json");
    let nanoseconds = body.replace("\"1672214887236\"", "\"1672214887236423699\"");
    let page = whole(decode_fills::closed(&nanoseconds));
    assert_eq!(only(page.rows).at, VenueTime(1_672_214_887_236));
    let kind = |kind| body.replace("\"execType\": \"Trade\"", &format!("\"execType\": \"{kind}\""));
    for kind in [kind("SessionSettlePnL"), kind("CorporateAction")] {
        let page = whole(decode_fills::closed(&kind));
        assert_eq!((page.listed, page.rows), (1, Vec::new()));
    }
    // A settlement has no order whose fills could be missing; any other row has one.
    let nobody = |body: &str| body.replace("\"5a373bfe-188d-4913-9c81-d57ab5be8068\"", "\"\"");
    let page = whole(decode_fills::closed(&nobody(&kind("Delivery"))));
    assert_eq!((page.listed, page.rows), (1, Vec::new()));
    assert!(matches!(decode_fills::closed(&nobody(&body)), Part::Broken(..)));
}
