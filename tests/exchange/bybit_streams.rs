//! Bybit's streams: when they are believed, what ends them, and what they say.

use holdfast::domain::amount::Side;
use holdfast::domain::effect::Act;
use holdfast::domain::input::{Input, StreamEvent};
use holdfast::domain::key::{Leg, Symbol};
use holdfast::domain::sweep::Scope;
use holdfast::domain::time::Span;
use holdfast::exchange::AccountSetup;
use ring::hmac;
use serde_json::{Value, json};

use crate::bybit_rows::position;
use crate::bybit_venue::{Bybit, KEY, SECRET, denied, granted, look, rows};
use crate::values::qty;
use crate::venue::{Link, wall_clock, within};

const PRIVATE: &str = "/v5/private";
const PUBLIC: &str = "/v5/public";

/// A frame of the topic `position`.
fn moved(size: &str, seq: i64) -> Value {
    let mut row = position("BTCUSDT", 0, if size == "0" { "" } else { "Buy" }, size);
    row["entryPrice"] = row["avgPrice"].take();
    row["category"] = json!("linear");
    row["seq"] = json!(seq);
    row["updatedTime"] = json!((1_790_000_000_000 + seq).to_string());
    json!({"id": "x", "topic": "position.linear", "creationTime": 1, "data": [row]})
}

async fn size(link: &mut Link) -> Option<(Side, String)> {
    loop {
        match link.told().await {
            StreamEvent::Position { open, .. } => {
                return open.map(|open| (open.side, open.quantity.to_string()));
            }
            StreamEvent::Up => {}
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn a_stream_is_up_when_it_is_proven_and_subscribed() {
    let venue = Bybit::start().await;
    let mut link = venue.link().await;
    assert_eq!(link.told().await, StreamEvent::Up);
    let [said] = &venue.said(PRIVATE)[..] else { panic!() };
    let [auth, subscribe] = &said[..] else { panic!("{said:?}") };
    let expires = auth["args"][1].as_i64().unwrap();
    let ahead = expires - wall_clock();
    assert!((5_000..=10_500).contains(&ahead), "{ahead}");
    let key = hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_bytes());
    let tag = hmac::sign(&key, format!("GET/realtime{expires}").as_bytes());
    let hex: String = tag.as_ref().iter().map(|b| format!("{b:02x}")).collect();
    assert_eq!((auth["op"].as_str(), auth["args"][0].as_str()), (Some("auth"), Some(KEY)));
    assert_eq!(auth["args"][2], json!(hex));
    assert_eq!(
        subscribe["args"],
        json!(["position.linear", "order.linear", "execution.linear", "wallet"])
    );
}

#[tokio::test]
async fn what_comes_before_the_acknowledgement_is_told_after_up_and_in_order() {
    let venue = Bybit::start().await;
    // Acknowledgements without a number, as private streams send them.
    venue.says("subscribe", |request| {
        let mut yes = granted(request);
        yes.as_object_mut().unwrap().remove("req_id");
        vec![moved("1", 1), moved("2", 2), yes, moved("3", 3)]
    });
    let mut link = venue.link().await;
    assert_eq!(link.told().await, StreamEvent::Up);
    for wanted in ["1", "2", "3"] {
        assert_eq!(size(&mut link).await, Some((Side::Long, wanted.to_owned())));
    }
    // What is older than what was said is late, and what is repeated says nothing.
    venue.push(PRIVATE, &moved("1", 1));
    venue.push(PRIVATE, &moved("3", 3));
    venue.push(PRIVATE, &moved("0", 4));
    assert_eq!(size(&mut link).await, None);
}

#[tokio::test]
async fn a_refused_key_is_said_and_tried_again_slowly() {
    let venue = Bybit::start().await;
    venue.says("auth", |request| vec![denied(request, "Params Error")]);
    let mut link = venue.link().await;
    let StreamEvent::Down(why) = link.told().await else { panic!() };
    assert!(why.contains("refuses the stream's key: Params Error"), "{why}");
    assert!(venue.said(PRIVATE)[0].iter().all(|said| said["op"] != json!("subscribe")));
    // The usual first wait of this link is 10 ms; a refusal waits for the longest.
    venue.says("auth", |request| vec![granted(request)]);
    let again = tokio::time::timeout(std::time::Duration::from_millis(300), link.told()).await;
    assert!(again.is_err(), "{again:?}");
    assert_eq!(venue.said(PRIVATE).len(), 1);
}

#[tokio::test]
async fn refused_topics_are_said_and_tried_again() {
    let venue = Bybit::start().await;
    venue.says("subscribe", |request| vec![denied(request, "error:handler not found")]);
    let mut account = venue.account();
    account.endpoints.pace.retry_last = Span(50);
    let mut link = venue.link_to(account).await.unwrap();
    let StreamEvent::Down(why) = link.told().await else { panic!() };
    assert!(why.contains("refuses the topics: error:handler not found"), "{why}");
    venue.says("subscribe", |request| vec![granted(request)]);
    assert_eq!(link.told().await, StreamEvent::Up);
}

#[tokio::test]
async fn an_answer_in_the_other_dialect_counts() {
    let venue = Bybit::start().await;
    venue.says("auth", |request| {
        vec![json!({"retCode": 20001, "retMsg": "Repeat auth", "op": "auth",
            "reqId": request["req_id"]})]
    });
    let mut link = venue.link().await;
    assert_eq!(link.told().await, StreamEvent::Up);
}

fn lively(venue: &Bybit, dead_after: Span) -> AccountSetup {
    let mut account = venue.account();
    account.endpoints.pace.dead_after = dead_after;
    account
}

#[tokio::test]
async fn a_quiet_stream_with_a_heartbeat_lives_and_a_silent_one_does_not() {
    let venue = Bybit::start().await;
    let mut link = venue.link_to(lively(&venue, Span(450))).await.unwrap();
    assert_eq!(link.told().await, StreamEvent::Up);
    let pings =
        |said: &[Vec<Value>]| said[0].iter().filter(|said| said["op"] == json!("ping")).count();
    venue.heard(PRIVATE, move |said| pings(said) >= 4).await;
    assert_eq!(venue.said(PRIVATE).len(), 1, "heartbeats alone keep it");
    venue.says("ping", |_| Vec::new());
    let StreamEvent::Down(why) = link.told().await else { panic!() };
    assert!(why.contains("not a sign of life"), "{why}");
    assert_eq!(link.told().await, StreamEvent::Up);
}

#[tokio::test]
async fn streams_come_back_and_are_asked_for_when_wanted() {
    let venue = Bybit::start().await;
    let mut link = venue.link().await;
    assert_eq!(link.told().await, StreamEvent::Up);
    venue.push(PRIVATE, &moved("1", 1));
    assert_eq!(size(&mut link).await, Some((Side::Long, "1".to_owned())));
    venue.close(PRIVATE);
    assert!(matches!(link.told().await, StreamEvent::Down(_)));
    assert_eq!(link.told().await, StreamEvent::Up);
    // Nothing changed, and after a gap that has to be said again.
    venue.push(PRIVATE, &moved("1", 1));
    assert_eq!(size(&mut link).await, Some((Side::Long, "1".to_owned())));
    link.act(Act::Restream).await;
    assert_eq!(link.told().await, StreamEvent::Up, "wanted, so nothing is down");
    assert_eq!(venue.said(PRIVATE).len(), 3);
}

#[tokio::test]
async fn a_frame_that_cannot_be_read_asks_for_a_look() {
    let venue = Bybit::start().await;
    let mut link = venue.link().await;
    assert_eq!(link.told().await, StreamEvent::Up);
    let mut damaged = moved("1", 1);
    damaged["data"][0]["size"] = json!("");
    venue.push(PRIVATE, &damaged);
    let StreamEvent::Down(why) = link.told().await else { panic!() };
    assert!(why.contains("could not be read"), "{why}");
    assert_eq!(link.told().await, StreamEvent::Up);
    venue.push_text(PRIVATE, "{\"topic\":\"position.linear\",\"data\":[{\"symb");
    assert!(matches!(link.told().await, StreamEvent::Down(_)));
    assert_eq!(link.told().await, StreamEvent::Up);
    venue.push(PRIVATE, &json!({"topic": "wallet", "data": [{}]}));
    venue.push(PRIVATE, &moved("1", 1));
    assert_eq!(size(&mut link).await, Some((Side::Long, "1".to_owned())));
}

#[tokio::test]
async fn a_look_that_is_newer_than_a_late_frame_is_not_contradicted_by_it() {
    let venue = Bybit::start().await;
    let mut link = venue.link().await;
    assert_eq!(link.told().await, StreamEvent::Up);
    let mut row = position("BTCUSDT", 0, "Buy", "5");
    row["seq"] = json!(50);
    venue.on("GET /v5/position/list", rows(json!([row]), ""));
    look(&link, Scope::Positions, &[]).await;
    venue.push(PRIVATE, &moved("4", 40));
    venue.push(PRIVATE, &moved("6", 60));
    assert_eq!(size(&mut link).await, Some((Side::Long, "6".to_owned())));
}

fn ticker(symbol: &str, mark: Option<&str>) -> Value {
    let mut data = json!({"symbol": symbol, "lastPrice": "1"});
    if let Some(mark) = mark {
        data["markPrice"] = json!(mark);
    }
    json!({"topic": format!("tickers.{symbol}"), "type": "delta", "data": data, "cs": 1, "ts": 2})
}

async fn marks(link: &mut Link) -> Vec<(String, String)> {
    let marks = async {
        loop {
            if let Input::Marks(_, marks) = link.inbox.recv().await.unwrap() {
                return marks.into_iter().map(|(s, p)| (s.to_string(), p.to_string())).collect();
            }
        }
    };
    within(marks).await
}

fn topics(said: &[Value]) -> Vec<Value> {
    let mut topics: Vec<Value> = said
        .iter()
        .filter(|said| said["op"] == json!("subscribe"))
        .map(|said| said["args"].clone())
        .collect();
    topics.sort_by_key(ToString::to_string);
    topics
}

#[tokio::test]
async fn prices_are_followed_for_what_the_account_has_to_do_with() {
    let venue = Bybit::start().await;
    venue.says("subscribe", |request| {
        let topic = request["args"][0].as_str().unwrap();
        match topic {
            // One unknown symbol makes its whole request fail.
            "tickers.GONEUSDT" => {
                vec![denied(request, "error:handler not found,topic:tickers.GONEUSDT")]
            }
            topic if topic.starts_with("tickers.") => {
                let symbol = topic.trim_start_matches("tickers.");
                vec![granted(request), ticker(symbol, Some("61000.5")), ticker(symbol, None)]
            }
            _ => vec![granted(request)],
        }
    });
    let mut link = venue.link().await;
    let open = position("BTCUSDT", 0, "Buy", "1");
    venue.rule("GET /v5/position/list", move |seen, _| match seen.get("settleCoin") {
        Some("USDT") => rows(json!([open.clone()]), ""),
        _ => rows(json!([]), ""),
    });
    look(&link, Scope::Positions, &[("GONEUSDT", Leg::Net)]).await;
    assert_eq!(marks(&mut link).await, [("BTCUSDT".to_owned(), "61000.5".to_owned())]);
    venue.heard(PUBLIC, |said| said.first().is_some_and(|said| topics(said).len() == 2)).await;
    let wanted = [json!(["tickers.BTCUSDT"]), json!(["tickers.GONEUSDT"])];
    assert_eq!(topics(&venue.said(PUBLIC)[0]), wanted, "one symbol in each request");
    // A symbol that comes later is asked for on the same connection.
    look(&link, Scope::Positions, &[("BTCPERP", Leg::Net)]).await;
    assert_eq!(marks(&mut link).await, [("BTCPERP".to_owned(), "61000.5".to_owned())]);
    assert_eq!(venue.said(PUBLIC).len(), 1);
    // After a reconnection everything is asked for again.
    venue.close(PUBLIC);
    venue.heard(PUBLIC, |said| said.get(1).is_some_and(|said| topics(said).len() == 3)).await;
    let mut seen = Vec::new();
    while seen.len() < 2 {
        seen.extend(marks(&mut link).await);
    }
    seen.sort();
    assert_eq!(seen[0].0, "BTCPERP");
    assert_eq!(seen[1].0, "BTCUSDT");
}

#[tokio::test]
async fn a_silent_price_stream_is_connected_anew() {
    let venue = Bybit::start().await;
    let mut link = venue.link_to(lively(&venue, Span(300))).await.unwrap();
    venue.says("ping", |request| match request["req_id"].as_str() {
        Some(_) => Vec::new(),
        None => panic!("a ping has a number"),
    });
    look(&link, Scope::Positions, &[("BTCUSDT", Leg::Net)]).await;
    venue.heard(PUBLIC, |said| said.len() >= 2).await;
    venue.heard(PUBLIC, |said| !topics(&said[1]).is_empty()).await;
    venue.push(PUBLIC, &ticker("BTCUSDT", Some("7")));
    assert_eq!(marks(&mut link).await, [("BTCUSDT".to_owned(), "7".to_owned())]);
}

#[tokio::test]
async fn fills_positions_and_stops_of_one_frame_are_told() {
    let venue = Bybit::start().await;
    let mut link = venue.link().await;
    assert_eq!(link.told().await, StreamEvent::Up);
    let execution = json!({"category": "linear", "symbol": "BTCUSDT", "orderId": "o1",
        "orderLinkId": "", "side": "Buy", "execId": "e1", "execPrice": "60000", "execQty": "0.5",
        "execType": "Trade", "execTime": "1790000000000", "execFee": "0.3", "closedSize": "0",
        "leavesQty": "0", "createType": "CreateByUser", "stopOrderType": "", "feeCurrency": ""});
    let mut funding = execution.clone();
    funding["execType"] = json!("Funding");
    funding["execId"] = json!("e2");
    let frame = json!({"topic": "execution.linear", "data": [execution, funding, execution]});
    // A fill whose leg nothing says waits until something does.
    venue.push(PRIVATE, &frame);
    venue.push(PRIVATE, &moved("0.5", 9));
    venue.push(PRIVATE, &moved("0.6", 10));
    let (mut fills, mut sizes) = (Vec::new(), Vec::new());
    while sizes.len() < 2 {
        match link.told().await {
            StreamEvent::Fill(fill) => fills.push(fill),
            StreamEvent::Position { open, .. } => sizes.push(open.unwrap().quantity),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(sizes, [qty("0.5"), qty("0.6")]);
    let [fill] = &fills[..] else { panic!("each once: {fills:?}") };
    assert_eq!((fill.trade_id.as_str(), fill.quantity), ("e1", qty("0.5")));
    assert_eq!(fill.fee_asset, Symbol::from("USDT"), "what the instrument settles in");
}
