//! Bybit's limits, clock and signatures: what is sent, how often, and what stops everything.

use std::time::Duration;

use futures_util::future::join_all;
use holdfast::domain::amount::OrderSide;
use holdfast::domain::effect::{Act, ReduceOrder};
use holdfast::domain::input::Reply;
use holdfast::domain::key::Leg;
use holdfast::domain::outcome::{Outcome, RefusalKind};
use holdfast::domain::sweep::Scope;
use holdfast::domain::time::{Span, Time};
use holdfast::exchange::bybit::budget::{Budget, Hold, Lane, Told};
use ring::hmac;
use serde_json::json;

use crate::bybit_rows::{position, stop_order};
use crate::bybit_venue::{Answer, Bybit, KEY, SECRET, Seen, look, none, rows};
use crate::values::qty;
use crate::venue::wall_clock;

const POSITIONS: &str = "/v5/position/list";
const STOP: &str = "/v5/position/trading-stop";

fn until(held: Result<(), Hold>) -> Time {
    match held {
        Err(Hold::Until(at, _)) => at,
        other => panic!("{other:?}"),
    }
}

#[test]
fn looks_leave_a_share_of_every_limit_to_protection() {
    let budget = Budget::of("http://share.test");
    let now = Time(1_000_000);
    let sights = (0..60).take_while(|_| budget.admit(now, POSITIONS, Lane::Sight, true).is_ok());
    assert_eq!(sights.count(), 30, "of fifty a second");
    assert_eq!(until(budget.admit(now, POSITIONS, Lane::Sight, true)), Time(1_001_001));
    let guards = (0..60).take_while(|_| budget.admit(now, POSITIONS, Lane::Guard, true).is_ok());
    assert_eq!(guards.count(), 20);
    // Another endpoint counts by itself, and a second later there is room again.
    assert!(budget.admit(now, STOP, Lane::Guard, true).is_ok());
    assert!(budget.admit(Time(1_001_001), POSITIONS, Lane::Sight, true).is_ok());
}

#[test]
fn accounts_on_one_host_share_the_address() {
    let (one, other) = (Budget::of("http://shared.test"), Budget::of("http://shared.test"));
    let elsewhere = Budget::of("http://elsewhere.test");
    let now = Time(1_000_000);
    let public = |budget: &Budget, lane| budget.admit(now, "/v5/market/time", lane, false);
    assert_eq!((0..700).take_while(|_| public(&one, Lane::Sight).is_ok()).count(), 360);
    assert_eq!(until(public(&other, Lane::Sight)), Time(1_005_001));
    assert_eq!((0..700).take_while(|_| public(&other, Lane::Guard).is_ok()).count(), 240);
    assert_eq!(other.used_percent(now), 100);
    assert!(public(&elsewhere, Lane::Sight).is_ok());
    one.ban(Time(1_600_000), "banned");
    let Err(Hold::Shut(failure)) = public(&other, Lane::Guard) else { panic!() };
    assert!(failure.text.contains("1970-01-01T00:26:40"), "{failure}");
    assert!(public(&elsewhere, Lane::Guard).is_ok());
    assert!(one.banned(Time(1_600_000)).is_none());
}

#[test]
fn how_long_a_line_takes_is_foreseen() {
    let budget = Budget::of("http://line.test");
    let now = Time(1_000_000);
    assert_eq!(budget.foresee(now, STOP, 1), None, "nobody asked yet");
    for _ in 0..10 {
        budget.admit(now, STOP, Lane::Guard, true).unwrap();
    }
    assert_eq!(budget.foresee(now, STOP, 1), Some(Time(1_001_001)));
    assert_eq!(budget.foresee(now, STOP, 10), Some(Time(1_001_001)));
    assert_eq!(budget.foresee(now, STOP, 11), Some(Time(1_002_002)));
    budget.bar(STOP, Time(1_004_000));
    assert_eq!(budget.foresee(now, STOP, 11), Some(Time(1_005_001)));
}

#[test]
fn the_venue_s_own_count_holds_back_too() {
    let budget = Budget::of("http://count.test");
    let now = Time(1_000_000);
    budget.admit(now, STOP, Lane::Guard, true).unwrap();
    // Somebody else with the same user has used nine of ten; one of them was ours.
    budget.heard(now, STOP, Told { limit: Some(10), left: Some(1) });
    assert!(budget.admit(now, STOP, Lane::Guard, true).is_ok());
    assert!(budget.admit(now, STOP, Lane::Guard, true).is_err());
    assert!(budget.admit(Time(1_001_001), STOP, Lane::Guard, true).is_ok());
    // A bigger limit is used as soon as it is named.
    budget.heard(Time(1_002_100), STOP, Told { limit: Some(20), left: Some(20) });
    let later = Time(1_003_200);
    let sent = (0..40).take_while(|_| budget.admit(later, STOP, Lane::Guard, true).is_ok());
    assert_eq!(sent.count(), 20);
    budget.bar(STOP, Time(1_009_000));
    assert_eq!(until(budget.admit(Time(1_008_000), STOP, Lane::Guard, true)), Time(1_009_000));
}

fn hex(payload: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_bytes());
    hmac::sign(&key, payload.as_bytes()).as_ref().iter().map(|b| format!("{b:02x}")).collect()
}

fn close() -> Act {
    Act::Reduce(ReduceOrder {
        client_id: "hfx-00000000000000bb".into(),
        symbol: "1000PEPEUSDT".into(),
        leg: Leg::Net,
        side: OrderSide::Sell,
        quantity: qty("0.5"),
    })
}

#[tokio::test]
async fn a_burst_leaves_in_the_order_it_came_and_nobody_is_refused_by_the_venue() {
    let venue = Bybit::start().await;
    let mut account = venue.account();
    account.endpoints.pace.answer = Span(1500);
    let link = venue.link_to(account).await.unwrap();
    venue.on("POST /v5/order/create", Answer::Refuses(110_017, "no"));
    let ids: Vec<String> = (0..25).map(|n| format!("hfx-{n:016x}")).collect();
    let began = wall_clock();
    let acts = ids.iter().map(|id| {
        let Act::Reduce(order) = close() else { panic!() };
        link.act(Act::Reduce(ReduceOrder { client_id: id.as_str().into(), ..order }))
    });
    let answers = join_all(acts).await;
    let sent = venue.seen("POST /v5/order/create");
    let id = |seen: &Seen| seen.json()["orderLinkId"].as_str().unwrap().to_owned();
    let mut sent: Vec<String> = sent.iter().map(id).collect();
    assert_eq!(sent.len(), 20, "ten a second");
    // Those of one second go side by side.
    sent.chunks_mut(10).for_each(<[String]>::sort);
    assert_eq!(sent, ids[..20], "in the order they came");
    for answer in &answers[20..] {
        let Reply::Reduced(Outcome::Refused(why)) = answer else { panic!("{answer:?}") };
        let RefusalKind::Limited(Some(until)) = why.kind else { panic!("{why:?}") };
        assert!((1900..3000).contains(&(until.0 - began)), "{until}");
        assert_eq!(why.code, None, "nobody but us refused it");
    }
}

#[tokio::test]
async fn an_endpoint_that_is_full_does_not_stop_the_others() {
    let venue = Bybit::start().await;
    let link = venue.link().await;
    venue.on("POST /v5/order/create", Answer::Refuses(10006, "Too many visits!"));
    let Reply::Reduced(Outcome::Refused(_)) = link.act(close()).await else { panic!() };
    let sweep = look(&link, Scope::Full, &[]).await;
    assert_eq!((sweep.fault(), sweep.orders_fault(), sweep.held_until()), (None, None, None));
}

#[tokio::test]
async fn the_signed_bytes_are_the_sent_bytes() {
    let venue = Bybit::start().await;
    let link = venue.link().await;
    venue.on("POST /v5/order/create", Answer::Result(json!({"orderId": "1"})));
    link.act(close()).await;
    look(&link, Scope::Protection, &[("Ä-1/USDT", Leg::Net)]).await;
    let mut signed = venue.seen("POST /v5/order/create");
    signed.extend(venue.seen(POSITIONS));
    signed.extend(venue.seen("GET /v5/order/realtime"));
    assert!(signed.iter().any(|seen| seen.query.contains("symbol=%C3%84-1%2FUSDT")));
    for seen in signed {
        let header = |name: &str| seen.headers[name].as_str();
        assert_eq!((header("x-bapi-api-key"), header("x-bapi-recv-window")), (KEY, "5000"));
        let payload = if seen.line.starts_with("GET") { &seen.query } else { &seen.body };
        let stamp = header("x-bapi-timestamp");
        assert_eq!(header("x-bapi-sign"), hex(&format!("{stamp}{KEY}5000{payload}")));
        let late = wall_clock() - stamp.parse::<i64>().unwrap();
        assert!((0..5000).contains(&late), "{late}");
        if seen.line.starts_with("GET") {
            assert_eq!((seen.body.as_str(), seen.headers.get("content-length")), ("", None));
        } else {
            assert_eq!(header("content-type"), "application/json");
        }
    }
}

#[tokio::test]
async fn a_clock_that_jumps_is_measured_again_and_the_request_repeated_once() {
    let venue = Bybit::start().await;
    let mut link = venue.link().await;
    let measured = venue.seen("/v5/market/time").len();
    venue.time(90_000);
    venue.rule("POST /v5/order/create", |seen, turn| match turn {
        0 => Answer::Refuses(10002, "invalid request, please check your server timestamp"),
        _ => {
            let stamp: i64 = seen.headers["x-bapi-timestamp"].parse().unwrap();
            assert!((stamp - wall_clock() - 90_000).abs() < 5000);
            Answer::Result(json!({"orderId": "1"}))
        }
    });
    let Reply::Reduced(Outcome::Done(_)) = link.act(close()).await else { panic!() };
    assert!(venue.seen("/v5/market/time").len() > measured);
    let told = link.health(|state| state.offset_ms < -80_000).await;
    assert!((told.offset_ms + 90_000).abs() < 5000);
    venue.on("POST /v5/order/create", Answer::Refuses(10002, "invalid request"));
    let before = venue.seen("POST /v5/order/create").len();
    let Reply::Reduced(Outcome::Refused(why)) = link.act(close()).await else { panic!() };
    assert_eq!(why.kind, RefusalKind::Clock);
    assert_eq!(venue.seen("POST /v5/order/create").len(), before + 2);
}

#[tokio::test]
async fn too_many_visits_wait_for_the_reset() {
    let venue = Bybit::start().await;
    let link = venue.link().await;
    let refused = |after: i64| {
        let reset = (wall_clock() + after).to_string();
        let headers = vec![
            ("x-bapi-limit", "50".to_owned()),
            ("x-bapi-limit-status", "0".to_owned()),
            ("x-bapi-limit-reset-timestamp", reset),
        ];
        Answer::With(headers, Box::new(Answer::Refuses(10006, "Too many visits!")))
    };
    let began = std::time::Instant::now();
    venue.rule(&format!("GET {POSITIONS}"), {
        let refused = refused(700);
        move |_, turn| if turn == 0 { refused.clone() } else { none() }
    });
    assert_eq!(look(&link, Scope::Positions, &[]).await.fault(), None);
    assert!(began.elapsed() > Duration::from_millis(650), "{:?}", began.elapsed());
    // What changes something is not repeated by itself.
    venue.on("POST /v5/order/create", refused(700));
    let Reply::Reduced(Outcome::Refused(why)) = link.act(close()).await else { panic!() };
    assert!(matches!(why.kind, RefusalKind::Limited(Some(_))), "{why:?}");
    assert_eq!(venue.seen("POST /v5/order/create").len(), 1);
}

#[tokio::test]
async fn a_banned_address_sends_nothing_at_all() {
    let venue = Bybit::start().await;
    let mut link = venue.link().await;
    venue.on(&format!("GET {POSITIONS}"), Answer::Raw(403, "<html>Access Denied".to_owned()));
    let sweep = look(&link, Scope::Positions, &[]).await;
    assert!(sweep.fault().is_some());
    let until = sweep.held_until().unwrap();
    assert!((580_000..=600_000).contains(&(until.0 - wall_clock())), "{until}");
    let told = link.health(|state| state.blocked.is_some()).await.blocked.unwrap();
    assert!(told.contains("nothing is sent before 20") && told.contains("403"), "{told}");
    let before = venue.seen("").len();
    let Reply::Reduced(Outcome::Refused(why)) = link.act(close()).await else { panic!() };
    let RefusalKind::Limited(Some(until)) = why.kind else { panic!("{why:?}") };
    let left = until.0 - wall_clock();
    assert!((580_000..=600_000).contains(&left), "{left}");
    look(&link, Scope::Full, &[]).await;
    assert_eq!(venue.seen("").len(), before, "not even protection makes the ban longer");
}

#[tokio::test]
async fn looks_of_three_accounts_at_once_take_a_small_share_of_the_limits() {
    let venue = Bybit::start().await;
    let symbols = |coin: &str, count| (0..count).map(|n| format!("A{n:02}{coin}")).collect();
    let all: [Vec<String>; 2] = [symbols("USDT", 40), symbols("PERP", 10)];
    let of = move |seen: &Seen| all[usize::from(seen.get("settleCoin") == Some("USDC"))].clone();
    let stops = of.clone();
    venue.rule(&format!("GET {POSITIONS}"), move |seen, _| {
        rows(of(seen).iter().map(|symbol| position(symbol, 0, "Buy", "1")).collect(), "")
    });
    venue.rule("GET /v5/order/realtime", move |seen, _| match seen.get("orderFilter") {
        Some("StopOrder") => {
            let stop = |symbol: &String| {
                let mut row = stop_order(symbol, 0, "Sell", "59000");
                row["orderId"] = symbol.as_str().into();
                row
            };
            rows(stops(seen).iter().map(stop).collect(), "")
        }
        _ => none(),
    });
    let mut links = [venue.link().await, venue.link().await, venue.link().await];
    let seen = join_all(links.iter().map(|link| look(link, Scope::Full, &[]))).await;
    for (sweep, link) in seen.iter().zip(&mut links) {
        assert_eq!((sweep.seen().count(), sweep.orders().map(<[_]>::len)), (50, Some(50)));
        let told = link.health(|state| state.used_percent > 0).await;
        assert!(told.used_percent < 10, "{}", told.used_percent);
    }
}

#[tokio::test]
async fn a_refused_key_is_told_until_it_works_again() {
    let venue = Bybit::start().await;
    let mut link = venue.link().await;
    venue.on(&format!("GET {POSITIONS}"), Answer::Refuses(33004, "Your api key has expired."));
    look(&link, Scope::Positions, &[]).await;
    let told = link.health(|state| state.blocked.is_some()).await.blocked.unwrap();
    assert!(told.contains("expired"), "{told}");
    venue.on(&format!("GET {POSITIONS}"), none());
    look(&link, Scope::Positions, &[]).await;
    link.health(|state| state.blocked.is_none()).await;
}
