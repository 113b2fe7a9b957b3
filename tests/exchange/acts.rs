//! Acts: what is sent, once, and what each answer means.

use holdfast::domain::amount::OrderSide;
use holdfast::domain::effect::{Act, ReduceOrder, StopOrder};
use holdfast::domain::input::{Input, Reply};
use holdfast::domain::key::Leg;
use holdfast::domain::order::{ConditionalKind, OrderStatus, StopStatus, TriggerBy};
use holdfast::domain::outcome::{Outcome, RefusalKind};
use holdfast::domain::time::Span;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use crate::values::{fixture, price, qty};
use crate::venue::{Answer, Venue, error, ok};

pub const STOP_ID: &str = "hfs-00000000000000aa";
pub const EXIT_ID: &str = "hfx-00000000000000bb";
const PLACE: &str = "POST /fapi/v1/algoOrder";
const CLOSE: &str = "POST /fapi/v1/order";

fn stop(leg: Leg, side: OrderSide) -> Act {
    Act::PlaceStop(StopOrder {
        client_id: STOP_ID.into(),
        symbol: "BTCUSDT".into(),
        leg,
        side,
        quantity: qty("0.250"),
        trigger: price("60000.10"),
        trigger_by: TriggerBy::Mark,
    })
}

fn close(leg: Leg, side: OrderSide) -> Act {
    Act::Reduce(ReduceOrder {
        client_id: EXIT_ID.into(),
        symbol: "BTCUSDT".into(),
        leg,
        side,
        quantity: qty("0.250"),
    })
}

pub fn algo(status: &str, more: &str) -> String {
    format!(
        r#"{{"algoId":4000000055631905,"clientAlgoId":"{STOP_ID}","algoType":"CONDITIONAL",
        "orderType":"STOP_MARKET","symbol":"BTCUSDT","side":"SELL","positionSide":"BOTH",
        "quantity":"0.250","algoStatus":"{status}","triggerPrice":"60000.10",
        "workingType":"MARK_PRICE","closePosition":false,"reduceOnly":true{more}}}"#
    )
}

pub fn order(status: &str, filled: &str) -> String {
    format!(
        r#"{{"clientOrderId":"{EXIT_ID}","orderId":8389765739703625592,"status":"{status}",
        "executedQty":"{filled}","type":"MARKET","origType":"MARKET","symbol":"BTCUSDT"}}"#
    )
}

#[tokio::test]
async fn a_stop_is_a_quantity_that_can_only_reduce() {
    let venue = Venue::start().await;
    venue.on(PLACE, ok(&algo("NEW", "")));
    let link = venue.link().await;
    let Reply::Placed(Outcome::Done(report)) = link.act(stop(Leg::Net, OrderSide::Sell)).await
    else {
        panic!()
    };
    assert_eq!(report.status, StopStatus::Live);
    assert_eq!(report.order.id, "4000000055631905".into());
    assert_eq!(report.order.client_id, STOP_ID.into());
    assert_eq!((report.order.kind, report.order.reduces), (ConditionalKind::StopMarket, true));
    let sent = venue.seen(PLACE);
    let expected = [
        "algoType=CONDITIONAL",
        "symbol=BTCUSDT",
        "side=SELL",
        "type=STOP_MARKET",
        "quantity=0.25",
        "triggerPrice=60000.1",
        "workingType=MARK_PRICE",
        "clientAlgoId=hfs-00000000000000aa",
        "positionSide=BOTH",
        "reduceOnly=true",
    ];
    assert_eq!(sent[0].parameters(), expected);
}

#[tokio::test]
async fn in_hedge_mode_the_leg_and_its_closing_side_take_the_place_of_reduce_only() {
    let venue = Venue::start().await;
    let link = venue.link().await;
    for (act, line, leg) in [
        (stop(Leg::Long, OrderSide::Sell), PLACE, "positionSide=LONG"),
        (stop(Leg::Short, OrderSide::Buy), PLACE, "positionSide=SHORT"),
        (close(Leg::Long, OrderSide::Sell), CLOSE, "positionSide=LONG"),
        (close(Leg::Short, OrderSide::Buy), CLOSE, "positionSide=SHORT"),
    ] {
        link.act(act).await;
        let sent = venue.seen(line);
        let sent = sent.last().unwrap();
        assert!(sent.parameters().contains(&leg), "{sent:?}");
        assert_eq!(sent.get("reduceOnly"), None);
    }
}

#[tokio::test]
async fn an_order_that_would_enlarge_a_leg_is_never_sent() {
    let venue = Venue::start().await;
    let link = venue.link().await;
    for act in [stop(Leg::Long, OrderSide::Buy), stop(Leg::Short, OrderSide::Sell)] {
        let Reply::Placed(Outcome::Refused(why)) = link.act(act).await else { panic!() };
        assert_eq!(why.kind, RefusalKind::Local);
    }
    for act in [close(Leg::Long, OrderSide::Buy), close(Leg::Short, OrderSide::Sell)] {
        let Reply::Reduced(Outcome::Refused(why)) = link.act(act).await else { panic!() };
        assert_eq!(why.kind, RefusalKind::Local);
    }
    assert_eq!((venue.seen(PLACE), venue.seen(CLOSE)), (vec![], vec![]));
}

#[tokio::test]
async fn a_close_is_a_market_order_that_can_only_reduce() {
    let venue = Venue::start().await;
    venue.on(CLOSE, ok(&order("FILLED", "0.250")));
    let link = venue.link().await;
    let Reply::Reduced(Outcome::Done(report)) = link.act(close(Leg::Net, OrderSide::Sell)).await
    else {
        panic!()
    };
    assert_eq!((report.status, report.filled), (OrderStatus::Filled, Some(qty("0.25"))));
    assert_eq!((report.id, report.average), ("8389765739703625592".into(), None));
    let expected = [
        "symbol=BTCUSDT",
        "side=SELL",
        "type=MARKET",
        "quantity=0.25",
        "newClientOrderId=hfx-00000000000000bb",
        "newOrderRespType=RESULT",
        "positionSide=BOTH",
        "reduceOnly=true",
    ];
    assert_eq!(venue.seen(CLOSE)[0].parameters(), expected);
}

#[tokio::test]
async fn refusals_are_told_by_kind_and_nothing_is_sent_again() {
    let venue = Venue::start().await;
    let link = venue.link().await;
    let busy = Answer::Says(503, "Service Unavailable.".to_owned());
    for (answer, kind) in [
        (error(400, -2021, "Order would immediately trigger."), RefusalKind::WouldTrigger),
        (error(400, -2022, "ReduceOnly Order is rejected."), RefusalKind::NothingToReduce),
        (error(400, -4116, "ClientOrderId is duplicated."), RefusalKind::Duplicate),
        (error(400, -4061, "Order's position side does not match."), RefusalKind::Mode),
        (error(400, -4164, "Order's notional must be no smaller."), RefusalKind::Filter),
        (error(401, -2015, "Invalid API-key."), RefusalKind::Key),
        (error(503, -1008, "Request throttled."), RefusalKind::Busy),
        (busy, RefusalKind::Busy),
    ] {
        venue.on(CLOSE, answer.clone());
        let before = venue.seen(CLOSE).len();
        let Reply::Reduced(Outcome::Refused(why)) =
            link.act(close(Leg::Net, OrderSide::Sell)).await
        else {
            panic!("{answer:?}")
        };
        assert_eq!(why.kind, kind, "{answer:?}");
        assert_eq!(venue.seen(CLOSE).len(), before + 1, "{answer:?}");
    }
}

#[tokio::test]
async fn what_may_have_been_executed_is_unsure_and_never_sent_again() {
    let venue = Venue::start().await;
    let mut account = venue.account();
    account.endpoints.pace.answer = Span(1000);
    let link = venue.link_to(account).await.unwrap();
    for answer in [
        Answer::Silence,
        Answer::Breaks(r#"{"orderId":1,"#.to_owned()),
        Answer::Says(500, String::new()),
        Answer::Says(502, "<html>bad gateway</html>".to_owned()),
        Answer::Says(504, String::new()),
        Answer::Says(503, "Unknown error, please check your request or try again later.".into()),
        error(500, -1000, "Request occur unknown error."),
        error(503, -1001, "Internal error; unable to process your request. Please try again."),
        error(400, -1006, "Execution status unknown."),
        error(408, -1007, "Timeout waiting for response from backend server."),
        ok("<html>not JSON</html>"),
        ok(r#"{"orderId":1,"clientOrderId":"hfx"#),
        ok(r#"{"clientOrderId":"hfx-00000000000000bb"}"#),
        ok(""),
    ] {
        venue.on(CLOSE, answer.clone());
        venue.on(PLACE, answer.clone());
        let before = (venue.seen(CLOSE).len(), venue.seen(PLACE).len());
        let reduced = link.act(close(Leg::Net, OrderSide::Sell)).await;
        let placed = link.act(stop(Leg::Net, OrderSide::Sell)).await;
        assert!(matches!(reduced, Reply::Reduced(Outcome::Unsure(_))), "{answer:?} {reduced:?}");
        assert!(matches!(placed, Reply::Placed(Outcome::Unsure(_))), "{answer:?} {placed:?}");
        let after = (venue.seen(CLOSE).len(), venue.seen(PLACE).len());
        assert_eq!(after, (before.0 + 1, before.1 + 1), "{answer:?}");
    }
}

/// Passes requests on to a venue, but hangs up without a word when an order comes.
async fn cut_orders(listener: TcpListener, venue: String, taken: watch::Sender<usize>) {
    while let Ok((mut socket, _)) = listener.accept().await {
        let mut bytes = vec![0; 8192];
        let read = socket.read(&mut bytes).await.unwrap_or(0);
        let request = String::from_utf8_lossy(&bytes[..read]).into_owned();
        if request.starts_with("POST /fapi/v1/order") {
            taken.send_modify(|count| *count += 1);
            continue;
        }
        let mut behind = TcpStream::connect(&venue).await.unwrap();
        let request = request.replacen("\r\n", "\r\nconnection: close\r\n", 1);
        behind.write_all(request.as_bytes()).await.unwrap();
        let _ = tokio::io::copy(&mut behind, &mut socket).await;
    }
}

#[tokio::test]
async fn a_connection_cut_after_the_order_left_is_unsure_and_not_sent_again() {
    let venue = Venue::start().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut account = venue.account();
    account.endpoints.rest = format!("http://{}", listener.local_addr().unwrap());
    let taken = watch::Sender::new(0);
    let proxy = tokio::spawn(cut_orders(listener, venue.host.clone(), taken.clone()));
    let link = venue.link_to(account).await.unwrap();
    let Reply::Reduced(Outcome::Unsure(why)) = link.act(close(Leg::Net, OrderSide::Sell)).await
    else {
        panic!()
    };
    assert!(why.contains("broke before the answer"), "{why}");
    assert!(!why.contains("signature"), "{why}");
    assert_eq!(*taken.borrow(), 1);
    proxy.abort();
}

#[tokio::test]
async fn an_order_that_finds_no_connection_was_not_sent() {
    let venue = Venue::start().await;
    let link = venue.link().await;
    drop(venue);
    // The server's connections end with it; a new one is refused.
    let outcome = loop {
        match link.act(close(Leg::Net, OrderSide::Sell)).await {
            Reply::Reduced(Outcome::Unsure(_)) => {}
            reply => break reply,
        }
    };
    let Reply::Reduced(Outcome::Refused(why)) = outcome else { panic!("{outcome:?}") };
    assert_eq!((why.kind, why.code), (RefusalKind::Busy, None));
    assert!(why.text.contains("no connection"), "{}", why.text);
}

#[tokio::test]
async fn a_refused_timestamp_is_the_only_reason_to_send_an_order_twice() {
    let venue = Venue::start().await;
    venue.on(CLOSE, ok(&order("FILLED", "0.250")));
    let link = venue.link().await;
    let asked = venue.seen("GET /fapi/v1/time").len();
    // The venue's clock jumps by an hour: the measured one is wrong until it is measured again.
    venue.on("GET /fapi/v1/time", Answer::Time(3_600_000));
    venue.once(CLOSE, error(400, -1021, "Timestamp …"));
    let reply = link.act(close(Leg::Net, OrderSide::Sell)).await;
    assert!(matches!(reply, Reply::Reduced(Outcome::Done(_))), "{reply:?}");
    assert!(venue.seen("GET /fapi/v1/time").len() > asked);
    let sent = venue.seen(CLOSE);
    let stamp = |index: usize| sent[index].get("timestamp").unwrap().parse::<i64>().unwrap();
    assert_eq!(sent.len(), 2);
    assert!(stamp(1) - stamp(0) > 3_500_000);
    assert_eq!(sent[0].get("newClientOrderId"), sent[1].get("newClientOrderId"));
    venue.on(CLOSE, error(400, -1021, "Timestamp …"));
    let reply = link.act(close(Leg::Net, OrderSide::Sell)).await;
    let Reply::Reduced(Outcome::Refused(why)) = reply else { panic!("{reply:?}") };
    assert_eq!(why.kind, RefusalKind::Clock);
    assert_eq!(venue.seen(CLOSE).len(), 4);
}

#[tokio::test]
async fn an_order_too_late_for_the_engine_is_refused_and_the_clock_measured() {
    let venue = Venue::start().await;
    let link = venue.link().await;
    venue
        .on(CLOSE, error(400, -5028, "Timestamp for this request is outside of the ME recvWindow"));
    let asked = venue.seen("GET /fapi/v1/time").len();
    let reply = link.act(close(Leg::Net, OrderSide::Sell)).await;
    let Reply::Reduced(Outcome::Refused(why)) = reply else { panic!("{reply:?}") };
    assert_eq!(why.kind, RefusalKind::Clock);
    assert_eq!(venue.seen(CLOSE).len(), 1);
    assert!(venue.seen("GET /fapi/v1/time").len() > asked);
}

#[tokio::test]
async fn a_refused_symbol_has_the_instruments_read_again() {
    let venue = Venue::start().await;
    let mut link = venue.link().await;
    let info = fixture("exchange_info.three_symbols_2022.json");
    let halted = info.replacen("\"TRADING\"", "\"TRADING_HALT\"", 1);
    venue.on("GET /fapi/v1/exchangeInfo", ok(&halted));
    venue.on(CLOSE, error(400, -4140, "Invalid symbol status for opening position."));
    link.act(close(Leg::Net, OrderSide::Sell)).await;
    let mut trading = Vec::new();
    while trading.len() < 2 {
        if let Input::Instruments(_, instruments) = link.next().await {
            trading.push(instruments.iter().map(|i| i.trading).collect::<Vec<_>>());
        }
    }
    assert_eq!(trading, [[true, true, true], [false, true, true]]);
}
