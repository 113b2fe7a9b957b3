//! Bybit's recorded orders: what protects, what is plain, and where each stands.

use holdfast::domain::amount::{OrderSide, Price};
use holdfast::domain::client_id::ClientId;
use holdfast::domain::evidence::Origin;
use holdfast::domain::key::Leg;
use holdfast::domain::order::{
    ConditionalKind, ConditionalOrder, ForeignOrder, OrderReport, OrderStatus, StopStatus,
    TriggerBy,
};
use holdfast::domain::time::VenueTime;
use holdfast::exchange::bybit::decode_orders::{self, Order};

use crate::bybit_values::{answer, broken, bybit, only, orders, plain, stop, whole};
use crate::values::{price, qty};

#[test]
fn a_limit_order_with_protection_attached_is_a_plain_one() {
    let body = bybit("rest-order-realtime-hedge-limit.json");
    let page = whole(decode_orders::orders(&body));
    let cursor = "page_args%3Dfd4300ae-7847-404e-b947-b46980a4d140%26symbol%3D6%26";
    assert_eq!(page.cursor.as_deref(), Some(cursor));
    let order = only(page.rows);
    assert_eq!(order.protecting(), None);
    assert_eq!((order.leg, order.origin), (Leg::Long, Origin::Plain));
    let expected = ForeignOrder {
        id: "fd4300ae-7847-404e-b947-b46980a4d140".into(),
        client_id: "test-000005".into(),
        symbol: "ETHUSDT".into(),
        leg: Leg::Long,
        side: OrderSide::Buy,
        quantity: qty("0.1"),
        price: Some(price("1600")),
        reduces: false,
        at: VenueTime(1_684_738_540_559),
    };
    assert_eq!(order.foreign(), Some(expected));
    let report = plain(order).report;
    assert_eq!((report.status, report.filled, report.average), (OrderStatus::Live, None, None));
}

#[test]
fn an_order_of_ours_is_not_somebody_elses() {
    let ours = bybit("rest-order-realtime-hedge-limit.json")
        .replace("test-000005", "hfx-1f3a9c0b2d4e5f60");
    let order = only(whole(decode_orders::orders(&ours)).rows);
    assert_eq!(order.foreign(), None);
    assert_eq!(order.client_id().as_str(), "hfx-1f3a9c0b2d4e5f60");
}

#[test]
fn take_profit_and_stop_on_a_position() {
    let body = bybit("rest-order-realtime-tp-and-sl.json");
    let page = whole(decode_orders::orders(&body));
    let [profit, loss] = &page.rows[..] else { panic!() };
    let expected = ConditionalOrder {
        id: "tp-order-001".into(),
        client_id: "client-tp-001".into(),
        symbol: "BTCUSDT".into(),
        leg: Leg::Net,
        side: OrderSide::Sell,
        quantity: Some(qty("0.5")),
        trigger: Some(price("55000")),
        trigger_by: TriggerBy::Last,
        kind: ConditionalKind::TakeProfit,
        reduces: true,
        on_position: false,
    };
    assert_eq!(profit.protecting(), Some(&expected));
    let expected = ConditionalOrder {
        id: "sl-order-001".into(),
        client_id: ClientId::on_position(&"BTCUSDT".into(), Leg::Net),
        quantity: None,
        trigger: Some(price("48000")),
        kind: ConditionalKind::StopLimit,
        on_position: true,
        ..expected
    };
    assert_eq!(loss.protecting(), Some(&expected));
    assert_eq!((profit.origin, loss.origin), (Origin::TakeProfit, Origin::Stop));
    assert_eq!((profit.foreign(), loss.foreign()), (None, None));
}

/// As bybit 3.7 describes what was seen after a stop was put on a hedged long.
const ON_POSITION: &str = r#"{"symbol":"SOLUSDT","orderId":"a1","orderLinkId":"","side":"Sell",
    "positionIdx":1,"orderStatus":"Untriggered","orderType":"Market","stopOrderType":"StopLoss",
    "createType":"CreateByStopLoss","cancelType":"UNKNOWN","qty":"1.3","cumExecQty":"0",
    "triggerPrice":"140.5","triggerBy":"MarkPrice","triggerDirection":2,"reduceOnly":true,
    "closeOnTrigger":true,"tpslMode":"Full","rejectReason":"EC_NoError",
    "createdTime":"1785600000000","updatedTime":"1785600000001"}"#;

fn read(row: &str) -> Order {
    only(whole(decode_orders::orders(&answer(&[row]))).rows)
}

fn changed(pairs: &[(&str, &str)]) -> Order {
    read(&pairs.iter().fold(ON_POSITION.to_owned(), |row, (from, to)| {
        assert!(row.contains(from), "{from}");
        row.replace(from, to)
    }))
}

#[test]
fn the_stop_on_a_hedged_leg() {
    let report = stop(read(ON_POSITION));
    let expected = ConditionalOrder {
        id: "a1".into(),
        client_id: ClientId::on_position(&"SOLUSDT".into(), Leg::Long),
        symbol: "SOLUSDT".into(),
        leg: Leg::Long,
        side: OrderSide::Sell,
        quantity: None,
        trigger: Some(price("140.5")),
        trigger_by: TriggerBy::Mark,
        kind: ConditionalKind::StopMarket,
        reduces: true,
        on_position: true,
    };
    assert_eq!((report.order, report.status), (expected, StopStatus::Live));
}

#[test]
fn a_partial_stop_has_a_size_and_a_name() {
    for (stop_type, mode) in [("PartialStopLoss", "Partial"), ("StopLoss", "Partial")] {
        let order = changed(&[
            ("\"stopOrderType\":\"StopLoss\"", &format!("\"stopOrderType\":\"{stop_type}\"")),
            ("\"tpslMode\":\"Full\"", &format!("\"tpslMode\":\"{mode}\"")),
        ]);
        let order = stop(order).order;
        assert_eq!((order.on_position, order.quantity), (false, Some(qty("1.3"))));
        assert_eq!(order.client_id.as_str(), "a1");
        assert_eq!((order.kind, order.reduces), (ConditionalKind::StopMarket, true));
    }
    let named = [("\"StopLoss\"", "\"PartialStopLoss\""), ("LinkId\":\"\"", "LinkId\":\"mine\"")];
    assert_eq!(stop(changed(&named)).order.client_id.as_str(), "mine");
}

#[test]
fn what_a_conditional_order_is_for_follows_from_side_and_direction() {
    use ConditionalKind::{Other, StopLimit, StopMarket, TakeProfit};
    let plain_stop = ("\"stopOrderType\":\"StopLoss\"", "\"stopOrderType\":\"Stop\"");
    let kind = |side: &str, direction: &str, order_type: &str| {
        let side = format!("\"side\":\"{side}\"");
        let direction = format!("\"triggerDirection\":{direction}");
        let order_type = format!("\"orderType\":\"{order_type}\"");
        let order = changed(&[
            plain_stop,
            ("\"side\":\"Sell\"", &side),
            ("\"triggerDirection\":2", &direction),
            ("\"orderType\":\"Market\"", &order_type),
        ]);
        (stop(order.clone()).order.kind, order.origin)
    };
    assert_eq!(kind("Sell", "2", "Market"), (StopMarket, Origin::Stop));
    assert_eq!(kind("Sell", "2", "Limit"), (StopLimit, Origin::Stop));
    assert_eq!(kind("Sell", "1", "Market"), (TakeProfit, Origin::TakeProfit));
    assert_eq!(kind("Buy", "1", "Market"), (StopMarket, Origin::Stop));
    assert_eq!(kind("Buy", "2", "Market"), (TakeProfit, Origin::TakeProfit));
    assert_eq!(kind("Sell", "0", "Market").0, Other);
    // Where no direction is named, the price of its day tells it.
    assert_eq!(kind("Sell", "0,\"lastPriceOnCreated\":\"150\"", "Market").0, StopMarket);
    assert_eq!(kind("Sell", "0,\"lastPriceOnCreated\":\"130\"", "Market").0, TakeProfit);
}

#[test]
fn which_price_fires_and_whether_it_only_reduces() {
    let by = |word: &str| {
        let to = format!("\"triggerBy\":\"{word}\"");
        stop(changed(&[("\"triggerBy\":\"MarkPrice\"", &to)])).order.trigger_by
    };
    assert_eq!(by("LastPrice"), TriggerBy::Last);
    assert_eq!(by("IndexPrice"), TriggerBy::Index);
    assert_eq!(by("UNKNOWN"), TriggerBy::Last);
    let opens = [
        ("\"stopOrderType\":\"StopLoss\"", "\"stopOrderType\":\"Stop\""),
        ("\"reduceOnly\":true", "\"reduceOnly\":false"),
        ("\"closeOnTrigger\":true", "\"closeOnTrigger\":false"),
    ];
    // On a hedged leg the closing side alone makes an order reduce.
    assert!(stop(changed(&opens)).order.reduces);
    let net = [&opens[..], &[("\"positionIdx\":1", "\"positionIdx\":0")]].concat();
    assert!(!stop(changed(&net)).order.reduces);
    let adds = [&opens[..], &[("\"side\":\"Sell\"", "\"side\":\"Buy\"")]].concat();
    assert!(!stop(changed(&adds)).order.reduces);
}

#[test]
fn keys_that_are_left_out_cost_nothing_where_the_kind_says_it() {
    // The stop on a position has no size of its own and can only reduce.
    let bare = [
        ("\"qty\":\"1.3\"", "\"qty\":\"\""),
        ("\"reduceOnly\":true,", ""),
        ("\"closeOnTrigger\":true,", ""),
        ("\"positionIdx\":1", "\"positionIdx\":0"),
    ];
    let order = stop(changed(&bare)).order;
    assert_eq!((order.on_position, order.quantity, order.reduces), (true, None, true));
    let partial = ("\"StopLoss\"", "\"PartialStopLoss\"");
    assert!(stop(changed(&[&[partial], &bare[1..]].concat())).order.reduces);
    let unknown = ON_POSITION.replace("\"StopLoss\"", "\"PartialStopLoss\"");
    let unknown = unknown.replace("\"qty\":\"1.3\"", "\"qty\":\"\"");
    let (_, why) = broken(decode_orders::orders(&answer(&[&unknown])));
    assert_eq!(why, "row 1: SOLUSDT: qty is empty");
    // A size of zero that closes whatever is there, and one that would open something.
    let zero = [partial, ("\"qty\":\"1.3\"", "\"qty\":\"0\"")];
    assert_eq!(stop(changed(&zero)).order.quantity, None);
    let opens = unknown.replace("\"qty\":\"\"", "\"qty\":\"0\"").replace("true", "false");
    let (_, why) = broken(decode_orders::orders(&answer(&[&opens])));
    assert_eq!(why, "row 1: SOLUSDT: qty is zero and the order may open something");
}

#[test]
fn where_a_stop_stands() {
    let status = |status: &str, more: &[(&str, &str)]| {
        let to = format!("\"orderStatus\":\"{status}\"");
        let pairs = [&[("\"orderStatus\":\"Untriggered\"", &*to)], more].concat();
        stop(changed(&pairs)).status
    };
    let filled = ("\"cumExecQty\":\"0\"", "\"cumExecQty\":\"0.7\"");
    let cleared = ("\"cancelType\":\"UNKNOWN\"", "\"cancelType\":\"CancelByTpSlTsClear\"");
    let user = ("\"cancelType\":\"UNKNOWN\"", "\"cancelType\":\"CancelByUser\"");
    let reason = ("EC_NoError", "EC_ReachMarketPriceLimit");
    assert_eq!(status("Triggered", &[]), StopStatus::Firing);
    assert_eq!(status("New", &[]), StopStatus::Firing);
    assert_eq!(status("PartiallyFilled", &[filled]), StopStatus::Firing);
    assert_eq!(status("Filled", &[filled]), StopStatus::Finished(Some(qty("0.7"))));
    for ended in ["Deactivated", "Cancelled"] {
        assert_eq!(status(ended, &[cleared]), StopStatus::Expired);
        assert_eq!(status(ended, &[user]), StopStatus::Cancelled);
        assert_eq!(status(ended, &[]), StopStatus::Cancelled);
        assert_eq!(status(ended, &[user, filled]), StopStatus::Finished(Some(qty("0.7"))));
    }
    let refused = StopStatus::Rejected("EC_ReachMarketPriceLimit".to_owned());
    assert_eq!(status("Rejected", &[reason]), refused);
    assert_eq!(status("Rejected", &[]), StopStatus::Rejected("no reason given".to_owned()));
    let odd = ON_POSITION.replace("Untriggered", "Hovering");
    let (_, why) = broken(decode_orders::orders(&answer(&[&odd])));
    assert_eq!(why, "row 1: SOLUSDT: orderStatus is unknown: \"Hovering\"");
}

#[test]
fn an_open_and_a_close_at_market_newest_first() {
    let page = whole(decode_orders::orders(&bybit("rest-order-history-open-and-close.json")));
    let cursor = "f5f2d355-9a11-4af3-9b83-aa1d6ab6ddfe%3A1757837618905%2C\
                  aee7453a-a100-465f-857a-3db780e9329a%3A1757837580469";
    assert_eq!((page.cursor.as_deref(), page.listed), (Some(cursor), 2));
    let reports: Vec<OrderReport> =
        page.rows.iter().map(|order| plain(order.clone()).report).collect();
    let report = |id: &str, average: Price| OrderReport {
        id: id.into(),
        client_id: id.into(),
        status: OrderStatus::Filled,
        filled: Some(qty("0.001")),
        average: Some(average),
    };
    let expected = [
        report("f5f2d355-9a11-4af3-9b83-aa1d6ab6ddfe", price("122529.9")),
        report("aee7453a-a100-465f-857a-3db780e9329a", price("123498")),
    ];
    assert_eq!(reports, expected);
    let [close, open] = &page.rows[..] else { panic!() };
    assert_eq!(
        (close.placed, close.changed),
        (Some(VenueTime(1_757_837_618_905)), Some(VenueTime(1_757_837_618_909)),)
    );
    assert_eq!((plain(close.clone()).side, plain(close.clone()).reduces), (OrderSide::Sell, true));
    assert_eq!((plain(open.clone()).side, plain(open.clone()).reduces), (OrderSide::Buy, false));
    assert!(page.rows.iter().all(|order| order.foreign().is_none() && order.is_final()));
}

#[test]
fn acknowledgements_name_the_order() {
    for (name, id) in [
        ("rest-order-create-ack.json", "1321003749386327552"),
        ("rest-order-amend-ack.json", "c6f055d9-7f21-4079-913d-e6523a9cfffa"),
        ("rest-order-cancel-ack.json", "c6f055d9-7f21-4079-913d-e6523a9cfffa"),
    ] {
        assert_eq!(decode_orders::acknowledged(&bybit(name)), Ok(id.into()), "{name}");
    }
    assert!(decode_orders::acknowledged(&bybit("rest-empty-ok.json")).is_err());
    let refused = decode_orders::acknowledged(&bybit("errors/110094-min-notional.json"));
    assert_eq!(refused, Err("110094 Order does not meet minimum order value 5USDT".to_owned()));
}

#[test]
fn a_market_order_filled_in_its_first_frame() {
    let order = only(orders(&bybit("ws-order-market-filled.json")));
    assert_eq!(
        (order.symbol.as_str(), order.leg, order.origin),
        ("BTCUSDT", Leg::Net, Origin::Plain)
    );
    let plain = plain(order);
    let expected = OrderReport {
        id: "b49d6860-3062-4295-aa1f-c6471f3c9b20".into(),
        client_id: "c49d6860-3062-4295-aa1f-c6471f3c9b20".into(),
        status: OrderStatus::Filled,
        filled: Some(qty("0.003")),
        average: Some(price("51850")),
    };
    assert_eq!(plain.report, expected);
    // Its price is only the limit to its slippage.
    assert_eq!((plain.side, plain.price, plain.rest), (OrderSide::Sell, None, None));
}

#[test]
fn a_trailing_stop_moves_and_fires() {
    let moved = only(orders(&bybit("ws-order-trailing-untriggered-update.json")));
    assert_eq!(
        (moved.origin, moved.changed),
        (Origin::Trailing, Some(VenueTime(1_727_523_073_392)))
    );
    let report = stop(moved);
    let id = "78d5779f-dbe8-4591-a206-4401bd310c90";
    let expected = ConditionalOrder {
        id: id.into(),
        client_id: id.into(),
        symbol: "BTCUSDT".into(),
        leg: Leg::Net,
        side: OrderSide::Sell,
        quantity: Some(qty("0.001")),
        trigger: Some(price("62591.7")),
        trigger_by: TriggerBy::Last,
        kind: ConditionalKind::Trailing,
        reduces: true,
        on_position: false,
    };
    assert_eq!((report.order, report.status), (expected, StopStatus::Live));
    let filled = only(orders(&bybit("ws-order-trailing-filled.json")));
    assert_eq!(filled.origin, Origin::Trailing);
    let report = stop(filled);
    assert_eq!(report.order.id.as_str(), "7c5a170a-d562-4941-84a8-1252ec833bac");
    assert_eq!(report.order.trigger, Some(price("64702.7")));
    assert_eq!(report.status, StopStatus::Finished(Some(qty("0.001"))));
}

#[test]
fn stop_and_take_profit_on_the_stream() {
    let report = stop(only(orders(&bybit("ws-order-stop-loss-untriggered.json"))));
    assert_eq!(report.order.client_id, ClientId::on_position(&"BTCUSDT".into(), Leg::Net));
    assert_eq!((report.order.on_position, report.order.quantity), (true, None));
    assert_eq!(report.order.trigger, Some(price("48000")));
    assert_eq!((report.order.kind, report.status), (ConditionalKind::StopMarket, StopStatus::Live));
    let report = stop(only(orders(&bybit("ws-order-take-profit-untriggered.json"))));
    assert_eq!(report.order.client_id.as_str(), "test-client-tp-001");
    assert_eq!((report.order.on_position, report.order.trigger), (false, Some(price("55000"))));
    assert_eq!((report.order.kind, report.status), (ConditionalKind::TakeProfit, StopStatus::Live));
}

#[test]
fn a_conditional_order_that_may_open_something() {
    let report = stop(only(orders(&bybit("ws-order-conditional-buy-stop.json"))));
    let expected = ConditionalOrder {
        id: "test-buy-stop-market-001".into(),
        client_id: "test-client-buy-stop-market-001".into(),
        symbol: "BTCUSDT".into(),
        leg: Leg::Net,
        side: OrderSide::Buy,
        quantity: Some(qty("0.1")),
        trigger: Some(price("55000")),
        trigger_by: TriggerBy::Last,
        kind: ConditionalKind::StopMarket,
        reduces: false,
        on_position: false,
    };
    assert_eq!((report.order, report.status), (expected, StopStatus::Live));
}

#[test]
fn what_is_left_of_a_resting_order() {
    let body = bybit("rest-order-realtime-hedge-limit.json");
    let rest = |left: &str, filled: &str| {
        let left = format!("\"leavesQty\": \"{left}\"");
        let body = body.replace("\"leavesQty\": \"0.10\"", &left);
        let body =
            body.replace("\"cumExecQty\": \"0.00\"", &format!("\"cumExecQty\": \"{filled}\""));
        let plain = plain(only(whole(decode_orders::orders(&body)).rows));
        (plain.rest, plain.report.status)
    };
    assert_eq!(rest("0.06", "0.04"), (Some(qty("0.06")), OrderStatus::Partial));
    assert_eq!(rest("", "0.04"), (Some(qty("0.06")), OrderStatus::Partial));
    assert_eq!(rest("", "0"), (Some(qty("0.1")), OrderStatus::Live));
}
