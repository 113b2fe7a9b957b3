//! Streams: up, down, silent, doubled, rolled over, and what they tell.

use holdfast::domain::amount::OrderSide;
use holdfast::domain::effect::Act;
use holdfast::domain::evidence::Origin;
use holdfast::domain::input::{Input, Reply, StreamEvent};
use holdfast::domain::key::Leg;
use holdfast::domain::order::{ConditionalKind, StopStatus, TriggerBy};
use holdfast::domain::outcome::Outcome;
use holdfast::domain::time::Span;
use holdfast::exchange::PrivateForm;

use crate::values::{fixture, price, qty};
use crate::venue::{Answer, LISTEN_KEY, Link, Push, Venue, error, ok, within};

const USER: &str = "/private/ws";
const PRICES: &str = "/market/ws";

async fn up() -> (Venue, Link) {
    let venue = Venue::start().await;
    let mut link = venue.link().await;
    assert_eq!(link.told().await, StreamEvent::Up);
    (venue, link)
}

async fn say(venue: &Venue, frame: &str) {
    venue.push(USER, Push::Text(frame.to_owned())).await;
}

fn down(event: StreamEvent) -> String {
    match event {
        StreamEvent::Down(why) => {
            assert!(!why.contains("planted"), "{why}");
            why
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_private_stream_is_asked_for_in_the_form_that_delivers() {
    let all = "ORDER_TRADE_UPDATE/ACCOUNT_UPDATE/ALGO_UPDATE/ACCOUNT_CONFIG_UPDATE/MARGIN_CALL/\
               listenKeyExpired";
    for (form, expected) in [
        (PrivateForm::Events, format!("/private/ws?listenKey={LISTEN_KEY}&events={all}")),
        (PrivateForm::Everything, format!("/private/ws?listenKey={LISTEN_KEY}")),
        (PrivateForm::Legacy, format!("/ws/{LISTEN_KEY}")),
    ] {
        let venue = Venue::start().await;
        let mut account = venue.account();
        account.endpoints.private_form = form;
        let mut link = venue.link_to(account).await.unwrap();
        assert_eq!(link.told().await, StreamEvent::Up);
        venue.opened(LISTEN_KEY, 1).await;
        assert_eq!(venue.streams(LISTEN_KEY), [expected]);
        let key = &venue.seen("POST /fapi/v1/listenKey")[0];
        assert_eq!((key.query.as_str(), key.key.as_deref()), ("", Some("planted-api-key")));
    }
}

#[tokio::test]
async fn a_fill_is_told_once_however_often_it_comes() {
    let (venue, mut link) = up().await;
    let story = fixture("ws.user.sequence.one_way_close.jsonl");
    for line in story.lines().chain(story.lines().filter(|l| l.contains("\"TRADE\""))) {
        say(&venue, line).await;
    }
    let mut fills = 0;
    for expected in ["Foreign", "Position", "Fill", "Order", "Order"] {
        let told = link.told().await;
        let name = format!("{told:?}");
        assert!(name.starts_with(expected), "{name} where {expected} was due");
        fills += usize::from(matches!(told, StreamEvent::Fill(_)));
    }
    assert_eq!(fills, 1);
}

#[tokio::test]
async fn the_net_row_is_ignored_once_the_account_is_known_to_be_hedged() {
    let venue = Venue::start().await;
    venue.on("GET /fapi/v1/accountConfig", ok(r#"{"dualSidePosition":true}"#));
    let mut link = venue.link().await;
    assert_eq!(link.told().await, StreamEvent::Up);
    let row = |leg| format!(r#"{{"s":"A","pa":"0","ep":"0","ps":"{leg}"}}"#);
    for leg in ["BOTH", "LONG"] {
        let frame = format!(r#"{{"e":"ACCOUNT_UPDATE","T":7,"a":{{"P":[{}]}}}}"#, row(leg));
        say(&venue, &frame).await;
    }
    let StreamEvent::Position { leg, .. } = link.told().await else { panic!() };
    assert_eq!(leg, Leg::Long);
}

fn algo(status: &str, more: &str) -> String {
    format!(
        r#"{{"e":"ALGO_UPDATE","T":7,"E":7,"o":{{"caid":"web_9","aid":400,"at":"CONDITIONAL",
        "o":"STOP_MARKET","s":"BTCUSDT","S":"SELL","ps":"BOTH","X":"{status}"{more}}}}}"#
    )
}

#[tokio::test]
async fn a_stop_keeps_what_later_frames_leave_out_and_explains_its_fill() {
    let (venue, mut link) = up().await;
    let whole = r#","q":"0.002","tp":"60000","wt":"MARK_PRICE","cp":false,"R":true"#;
    say(&venue, &algo("NEW", whole)).await;
    say(&venue, &algo("CANCELED", r#","q":"0.002""#)).await;
    let StreamEvent::Stop(placed) = link.told().await else { panic!() };
    let StreamEvent::Stop(ended) = link.told().await else { panic!() };
    assert_eq!((&placed.status, &ended.status), (&StopStatus::Live, &StopStatus::Cancelled));
    assert_eq!(placed.order, ended.order);
    assert_eq!(
        (ended.order.kind, ended.order.side),
        (ConditionalKind::StopMarket, OrderSide::Sell)
    );
    assert_eq!(ended.order.quantity, Some(qty("0.002")));
    assert_eq!(ended.order.trigger, Some(price("60000")));
    assert_eq!((ended.order.trigger_by, ended.order.reduces), (TriggerBy::Mark, true));
    let story = fixture("ws.user.sequence.one_way_close.jsonl");
    let fill = story.lines().last().unwrap().replace("android_WrDCjqlzTWlU9FGcNp1Q", "web_9");
    say(&venue, &fill).await;
    let StreamEvent::Fill(fill) = link.told().await else { panic!() };
    assert_eq!(fill.origin, Origin::Stop);
}

#[tokio::test]
async fn a_refused_stop_tells_its_reason_and_an_emptied_one_that_nothing_filled() {
    let (venue, mut link) = up().await;
    let more = r#","q":"1","tp":"5","wt":"MARK_PRICE","cp":false,"R":true"#;
    for (status, extra, expected) in [
        (
            "REJECTED",
            r#","rm":"Reduce Only reject""#,
            StopStatus::Rejected("Reduce Only reject".into()),
        ),
        ("EXPIRED", "", StopStatus::Expired),
        ("FINISHED", r#","ap":"0","aq":"0""#, StopStatus::Finished(None)),
        ("FINISHED", r#","ap":"5","aq":"1""#, StopStatus::Finished(Some(qty("1")))),
    ] {
        say(&venue, &algo(status, &format!("{more}{extra}"))).await;
        let StreamEvent::Stop(report) = link.told().await else { panic!() };
        assert_eq!(report.status, expected);
    }
}

#[tokio::test]
async fn a_close_position_stop_has_no_quantity_and_reduces() {
    let (venue, mut link) = up().await;
    let more = r#","q":"0","tp":"5","wt":"CONTRACT_PRICE","cp":true,"R":true"#;
    say(&venue, &algo("NEW", more)).await;
    let StreamEvent::Stop(report) = link.told().await else { panic!() };
    assert_eq!((report.order.quantity, report.order.reduces), (None, true));
}

#[tokio::test]
async fn a_stream_that_breaks_comes_back_and_says_so() {
    let (venue, mut link) = up().await;
    venue.push(USER, Push::Close).await;
    down(link.told().await);
    assert_eq!(link.told().await, StreamEvent::Up);
    venue.opened(USER, 2).await;
}

#[tokio::test]
async fn an_outage_is_told_once_and_ends_with_up() {
    let (venue, mut link) = up().await;
    for _ in 0..5 {
        venue.once("POST /fapi/v1/listenKey", Answer::Says(503, String::new()));
    }
    venue.push(USER, Push::Close).await;
    down(link.told().await);
    assert_eq!(link.told().await, StreamEvent::Up);
    assert_eq!(venue.seen("POST /fapi/v1/listenKey").len(), 7);
}

#[tokio::test]
async fn a_stream_that_never_came_up_is_told_down() {
    let venue = Venue::start().await;
    venue.once("POST /fapi/v1/listenKey", error(401, -2015, "Invalid API-key."));
    let mut link = venue.link().await;
    assert!(down(link.told().await).contains("no listen key: -2015"));
    assert_eq!(link.told().await, StreamEvent::Up);
}

#[tokio::test]
async fn an_expired_listen_key_is_replaced_at_once() {
    let (venue, mut link) = up().await;
    for expired in [
        fixture("ws.user.listen_key_expired.json"),
        r#"{"e":"listenKeyExpired","E":"1736996475556","listenKey":"planted"}"#.to_owned(),
    ] {
        say(&venue, &expired).await;
        assert!(down(link.told().await).contains("listen key expired"));
        assert_eq!(link.told().await, StreamEvent::Up);
    }
    venue.opened(USER, 3).await;
    assert_eq!(venue.seen("POST /fapi/v1/listenKey").len(), 3);
}

#[tokio::test]
async fn a_listen_key_that_cannot_be_extended_is_replaced() {
    let venue = Venue::start().await;
    venue.once("PUT /fapi/v1/listenKey", Answer::Says(502, String::new()));
    venue.once("PUT /fapi/v1/listenKey", error(400, -1125, "This listenKey does not exist."));
    let mut account = venue.account();
    account.endpoints.pace.keep_alive = Span(50);
    let mut link = venue.link_to(account).await.unwrap();
    assert_eq!(link.told().await, StreamEvent::Up);
    // The first failure says nothing about the key and is tried again.
    assert!(down(link.told().await).contains("-1125"));
    assert_eq!(link.told().await, StreamEvent::Up);
    assert!(venue.seen("PUT /fapi/v1/listenKey").len() >= 2);
}

#[tokio::test]
async fn a_stream_is_replaced_before_the_venue_ends_it_and_nothing_is_lost() {
    let venue = Venue::start().await;
    let mut account = venue.account();
    account.endpoints.pace.roll_over = Span(200);
    let mut link = venue.link_to(account).await.unwrap();
    assert_eq!(link.told().await, StreamEvent::Up);
    venue.opened(USER, 2).await;
    // No word of an outage in between.
    assert_eq!(link.told().await, StreamEvent::Up);
    let story = fixture("ws.user.sequence.one_way_close.jsonl");
    say(&venue, story.lines().last().unwrap()).await;
    loop {
        match link.told().await {
            StreamEvent::Fill(fill) => break assert_eq!(fill.trade_id.as_str(), "5612520599"),
            StreamEvent::Up | StreamEvent::Order(_) => {}
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn a_frame_that_mattered_and_cannot_be_read_asks_for_a_look() {
    let (venue, mut link) = up().await;
    for frame in [
        r#"{"e":"ACCOUNT_UPDATE","T":7,"a":{"P":[{"s":"A","ps":"BOTH","ep":"1"}]}}"#,
        r#"{"e":"ORDER_TRADE_UPDATE","T":7,"o":{"s":"A"}}"#,
        r#"{"e":"ALGO_UPDATE","T":7,"o":{"X":"NEW"}}"#,
        r#"{"e":"ALGO_UPDATE","T":7}"#,
        r#"{"e":"ACCOUNT_UPDATE","T":7,"a":{"P":[{"s":"A""#,
    ] {
        say(&venue, frame).await;
        let why = down(link.told().await);
        assert!(why.contains("a frame could not be read"), "{why}");
        assert_eq!(link.told().await, StreamEvent::Up);
    }
    assert_eq!(venue.streams(USER).len(), 1, "the connection is kept");
}

#[tokio::test]
async fn frames_of_no_concern_are_passed_over() {
    let (venue, mut link) = up().await;
    for frame in [
        "not JSON",
        "[]",
        "{}",
        r#"{"e":"STRATEGY_UPDATE"}"#,
        r#"{"e":"MARGIN_CALL","p":[{"ps":"LONG"}]}"#,
        r#"{"result":null,"id":1}"#,
        r#"{"stream":"k","data":[1,2]}"#,
    ] {
        say(&venue, frame).await;
    }
    for name in ["ws.user.trade_lite.json", "ws.user.margin_call.combined.json"] {
        say(&venue, &fixture(name)).await;
    }
    say(&venue, fixture("ws.user.sequence.one_way_close.jsonl").lines().nth(2).unwrap()).await;
    assert!(matches!(link.told().await, StreamEvent::Position { open: None, .. }));
}

#[tokio::test]
async fn a_refused_trigger_asks_for_a_look() {
    let (venue, mut link) = up().await;
    say(&venue, &fixture("ws.user.conditional_trigger_reject.combined.json")).await;
    assert_eq!(link.told().await, StreamEvent::Up);
}

#[tokio::test]
async fn the_core_may_want_a_new_stream() {
    let (venue, mut link) = up().await;
    venue.opened(USER, 1).await;
    assert_eq!(link.act(Act::Restream).await, Reply::Cancelled(Outcome::Done(())));
    assert_eq!(link.told().await, StreamEvent::Up);
    venue.opened(USER, 2).await;
    venue.closed(1).await;
}

#[tokio::test]
async fn pings_are_answered_with_what_they_carried() {
    let (venue, _link) = up().await;
    venue.push(USER, Push::Ping("1731955175166")).await;
    assert_eq!(venue.pong().await, "1731955175166");
}

#[tokio::test]
async fn a_quiet_stream_whose_venue_answers_pings_is_kept() {
    let venue = Venue::start().await;
    let mut account = venue.account();
    account.endpoints.pace.dead_after = Span(400);
    let mut link = venue.link_to(account).await.unwrap();
    assert_eq!(link.told().await, StreamEvent::Up);
    let quiet = tokio::time::timeout(std::time::Duration::from_millis(1500), link.told()).await;
    assert!(quiet.is_err(), "{quiet:?}");
}

/// A server that shakes hands and then neither reads nor writes.
async fn deaf(listener: tokio::net::TcpListener) {
    let mut held = Vec::new();
    while let Ok((socket, _)) = listener.accept().await {
        held.push(tokio_tungstenite::accept_async(socket).await);
    }
}

#[tokio::test]
async fn a_stream_without_a_sign_of_life_is_dropped() {
    let venue = Venue::start().await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut account = venue.account();
    account.endpoints.ws_public = format!("ws://{}", listener.local_addr().unwrap());
    account.endpoints.pace.dead_after = Span(100);
    let deaf = tokio::spawn(deaf(listener));
    let mut link = venue.link_to(account).await.unwrap();
    assert_eq!(link.told().await, StreamEvent::Up);
    assert!(down(link.told().await).contains("not a sign of life"));
    deaf.abort();
}

async fn prices(link: &mut Link) -> Vec<(String, String)> {
    loop {
        if let Input::Marks(account, marks) = link.next().await {
            assert_eq!(account, "main".into());
            return marks.iter().map(|(s, p)| (s.to_string(), p.to_string())).collect();
        }
    }
}

#[tokio::test]
async fn mark_prices_come_through() {
    let (venue, mut link) = up().await;
    let frame = r#"[{"e":"markPriceUpdate","E":1,"s":"BTCUSDT","p":"90000.10","st":1},
        {"e":"markPriceUpdate","E":1,"s":"BTCUSD_PERP","p":"90001","st":2},
        {"e":"markPriceUpdate","E":1,"s":"ETHUSDT","p":""},
        {"e":"markPriceUpdate","E":1,"s":"ETHUSDT","p":"3000"},
        {"e":"markPriceUpdate","E":1,"s":"BTCUSD_PERP","p":"90001"}]"#;
    venue.push(PRICES, Push::Text("not JSON".to_owned())).await;
    venue.push(PRICES, Push::Text(frame.to_owned())).await;
    let expected = [("BTCUSDT", "90000.1"), ("ETHUSDT", "3000")];
    let expected: Vec<_> = expected.map(|(s, p)| (s.to_owned(), p.to_owned())).into();
    assert_eq!(prices(&mut link).await, expected);
    assert_eq!(venue.streams(PRICES), ["/market/ws/!markPrice@arr@1s"]);
}

#[tokio::test]
async fn a_price_stream_that_is_open_and_silent_is_dropped() {
    let venue = Venue::start().await;
    let mut account = venue.account();
    account.endpoints.pace.marks_silence = Span(50);
    let _link = venue.link_to(account).await.unwrap();
    venue.opened(PRICES, 3).await;
}

#[tokio::test]
async fn prices_never_wait_for_a_core_that_is_behind() {
    let venue = Venue::start().await;
    let (sender, mut inbox) = tokio::sync::mpsc::channel(4);
    let link = holdfast::exchange::connect(venue.account(), sender).await.unwrap();
    let frame = fixture("ws.mark_price_arr.docs.json");
    for _ in 0..50 {
        venue.push(PRICES, Push::Text(frame.clone())).await;
    }
    venue.push(PRICES, Push::Ping("after all of them")).await;
    assert_eq!(venue.pong().await, "after all of them");
    let mut marks = 0;
    while let Ok(input) = inbox.try_recv() {
        marks += usize::from(matches!(input, Input::Marks(..)));
    }
    assert!(marks <= 4);
    drop(link);
}

#[tokio::test]
async fn dropping_the_link_ends_its_streams() {
    let (venue, link) = up().await;
    venue.opened(USER, 1).await;
    venue.opened(PRICES, 1).await;
    let Link { link, mut inbox } = link;
    drop(link);
    venue.closed(2).await;
    within(async { while inbox.recv().await.is_some() {} }).await;
}
