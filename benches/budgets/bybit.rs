//! The same work in Bybit's words: pages of 200 positions, one ticker a symbol.

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use holdfast::domain::amount::{Price, Side};
use holdfast::domain::key::{Leg, Symbol};
use holdfast::domain::order::ConditionalOrder;
use holdfast::domain::policy::Autonomy;
use holdfast::domain::position::VenuePosition;
use holdfast::domain::sweep::{Part, Positions, Sweep};
use holdfast::domain::time::Span;
use holdfast::exchange::bybit::decode::{self, Slot};
use holdfast::exchange::bybit::decode_market;
use holdfast::exchange::bybit::decode_orders::{self, Order};

use crate::market::Market;
use crate::wire::fill;
use crate::world::World;

const POSITION: &str = r#"{
    "positionIdx": @idx, "riskId": 1, "riskLimitValue": "2000000", "symbol": "@symbol",
    "side": "@side", "size": "@quantity", "avgPrice": "@entry", "positionValue": "12.59375",
    "tradeMode": 0, "autoAddMargin": 0, "positionStatus": "Normal", "leverage": "10",
    "markPrice": "@mark", "liqPrice": "", "bustPrice": "", "positionIM": "1.26",
    "positionIMByMp": "1.26", "positionMM": "0.06", "positionMMByMp": "0.06",
    "positionBalance": "1.3", "takeProfit": "", "stopLoss": "", "trailingStop": "0",
    "sessionAvgPrice": "", "breakEvenPrice": "@entry", "unrealisedPnl": "0.03125",
    "curRealisedPnl": "-0.006", "cumRealisedPnl": "-0.006", "tpslMode": "Full",
    "adlRankIndicator": 2, "createdTime": "1680000000000", "openTime": 1794900000000,
    "updatedTime": "@at", "seq": 90211873345, "isReduceOnly": false,
    "mmrSysUpdatedTime": "", "leverageSysUpdatedTime": ""
}"#;

const STOP: &str = r#"{
    "orderId": "@id", "orderLinkId": "", "blockTradeId": "", "symbol": "@symbol", "price": "0",
    "qty": "1", "side": "@side", "isLeverage": "", "positionIdx": @idx,
    "orderStatus": "Untriggered", "createType": "CreateByStopLoss", "cancelType": "UNKNOWN",
    "rejectReason": "EC_NoError", "avgPrice": "", "leavesQty": "1", "leavesValue": "0",
    "cumExecQty": "0", "cumExecValue": "0", "cumExecFee": "0", "timeInForce": "IOC",
    "orderType": "Market", "stopOrderType": "StopLoss", "orderIv": "",
    "triggerPrice": "@trigger", "takeProfit": "", "stopLoss": "", "tpTriggerBy": "",
    "slTriggerBy": "", "triggerDirection": @direction, "triggerBy": "MarkPrice",
    "lastPriceOnCreated": "", "reduceOnly": true, "closeOnTrigger": true, "smpType": "None",
    "smpGroup": 0, "smpOrderId": "", "tpslMode": "Full", "tpLimitPrice": "",
    "slLimitPrice": "", "placeType": "", "createdTime": "1794900000000",
    "updatedTime": "1794900000000"
}"#;

const TICKER: &str = r#"{
    "topic": "tickers.@symbol", "type": "delta", "data": { "symbol": "@symbol",
    "markPrice": "@mark", "bid1Price": "@mark", "bid1Size": "23.1" },
    "cs": 793092205004, "ts": 1795000000000
}"#;

fn index(leg: Leg) -> &'static str {
    match leg {
        Leg::Net => "0",
        Leg::Long => "1",
        Leg::Short => "2",
    }
}

fn number(price: Option<Price>) -> String {
    price.map_or_else(String::new, |price| price.to_string())
}

fn position(symbol: &Symbol, leg: Leg, at: &VenuePosition) -> String {
    let side = if at.side == Side::Long { "Buy" } else { "Sell" };
    let values = [
        ("idx", index(leg)),
        ("symbol", symbol.as_str()),
        ("side", side),
        ("quantity", &at.quantity.to_string()),
        ("entry", &number(at.entry)),
        ("mark", &number(at.mark)),
        ("at", &at.changed.map_or(0, |at| at.0).to_string()),
    ];
    fill(POSITION, &values)
}

fn stop(order: &ConditionalOrder) -> String {
    let long = order.leg != Leg::Short;
    let values = [
        ("idx", index(order.leg)),
        ("id", order.id.as_str()),
        ("symbol", order.symbol.as_str()),
        ("side", if long { "Sell" } else { "Buy" }),
        ("direction", if long { "2" } else { "1" }),
        ("trigger", &number(order.trigger)),
    ];
    fill(STOP, &values)
}

/// Rows in pages as the venue cuts them.
fn pages(rows: &[String], size: usize) -> Vec<String> {
    let head = r#"{"retCode":0,"retMsg":"OK","result":{"category":"linear","#;
    let list = r#""nextPageCursor":"a%2C1","list":["#;
    let tail = r#"]},"retExtInfo":{},"time":1795000000000}"#;
    let page = |rows: &[String]| [head, list, &rows.join(","), tail].concat();
    rows.chunks(size).map(page).collect()
}

fn positions(market: &Market) -> Vec<String> {
    let sweep = market.sweep();
    let rows: Vec<String> = sweep.seen().map(|(s, leg, at)| position(s, leg, at)).collect();
    pages(&rows, 200)
}

/// Pages read into what a sweep holds, as a look does.
fn read(pages: &[String]) -> Part<Positions> {
    let mut slots: Vec<Slot> = Vec::new();
    for page in pages {
        match decode::positions(black_box(page)) {
            Part::Whole(page) => slots.extend(page.rows),
            Part::Broken(_, why) => return Part::Broken(Positions::new(), why),
        }
    }
    let open = decode::newest(slots).into_iter();
    Part::Whole(open.filter_map(|(place, slot)| slot.open.map(|open| (place, open))).collect())
}

fn read_stops(pages: &[String]) -> Part<Vec<ConditionalOrder>> {
    let mut orders: Vec<ConditionalOrder> = Vec::new();
    for page in pages {
        match decode_orders::orders(black_box(page)) {
            Part::Whole(page) => {
                orders.extend(page.rows.iter().filter_map(Order::protecting).cloned());
            }
            Part::Broken(_, why) => return Part::Broken(Vec::new(), why),
        }
    }
    Part::Whole(orders)
}

/// Every page of `position/list` read.
#[divan::bench(args = [100, 1_000, 10_000])]
fn decode_positions(bencher: Bencher<'_, '_>, rows: usize) {
    let pages = positions(&Market::covered(rows));
    assert!(matches!(read(&pages), Part::Whole(all) if all.len() == rows));
    bencher.counter(ItemsCount::new(rows)).bench_local(|| black_box(read(&pages)));
}

/// 600 ticker frames read.
#[divan::bench]
fn decode_600_prices(bencher: Bencher<'_, '_>) {
    let marks = Market::covered(1_000).marks(600, 1);
    let frame = |(symbol, price): &(Symbol, Price)| {
        fill(TICKER, &[("symbol", symbol.as_str()), ("mark", &price.to_string())])
    };
    let frames: Vec<String> = marks.iter().map(frame).collect();
    assert!(frames.iter().all(|frame| matches!(decode_market::ticker(frame), Ok(Some(_)))));
    bencher.counter(ItemsCount::new(600_u32)).bench_local(|| {
        for frame in &frames {
            let _ = black_box(decode_market::ticker(black_box(frame)));
        }
    });
}

/// From the bytes of `position/list` to differences.
#[divan::bench(args = [100, 1_000, 10_000])]
fn raw_positions_to_differences(bencher: Bencher<'_, '_>, rows: usize) {
    let market = Market::drifted(rows);
    let pages = positions(&market);
    let mut world = World::new(&market, Autonomy::Observe);
    bencher.counter(ItemsCount::new(rows)).bench_local(|| {
        world.look(Sweep::of(read(&pages), Span(40)));
    });
}

/// From the bytes of `position/list` and `order/realtime` to differences, protection included.
#[divan::bench(args = [100, 1_000, 10_000])]
fn raw_positions_and_stops_to_differences(bencher: Bencher<'_, '_>, rows: usize) {
    let market = Market::drifted(rows);
    let sweep = market.sweep();
    let orders: Vec<String> = sweep.orders().unwrap_or_default().iter().map(stop).collect();
    let (pages, orders) = (positions(&market), pages(&orders, 50));
    assert!(matches!(read_stops(&orders), Part::Whole(all) if !all.is_empty()));
    let mut world = World::new(&market, Autonomy::Observe);
    bencher.counter(ItemsCount::new(rows)).bench_local(|| {
        world.look(Sweep::of(read(&pages), Span(40)).with_orders(read_stops(&orders)));
    });
}
