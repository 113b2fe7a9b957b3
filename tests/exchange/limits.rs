//! Limits and bans: who is held back, until when, and what may still go.

use holdfast::domain::amount::OrderSide;
use holdfast::domain::effect::{Act, ReduceOrder};
use holdfast::domain::input::Reply;
use holdfast::domain::key::Leg;
use holdfast::domain::outcome::{Outcome, RefusalKind};
use holdfast::domain::sweep::Scope;
use holdfast::domain::time::{Span, Time, VenueTime};
use holdfast::exchange::binance::budget::{Budget, Lane, next_minute};
use holdfast::exchange::clock::{Clock, Sample};
use holdfast::exchange::failure::Verdict;

use crate::minutes::{used_of_a_hundred, venue_is_at};
use crate::values::{MOMENT, fixture, qty};
use crate::venue::{Answer, Link, Venue, error, ok, wall_clock};

const CLOSE: &str = "POST /fapi/v1/order";
const POSITIONS: &str = "GET /fapi/v3/positionRisk";
const TRADES: &str = "GET /fapi/v1/userTrades";

fn close() -> Act {
    Act::Reduce(ReduceOrder {
        client_id: "hfx-00000000000000bb".into(),
        symbol: "BTCUSDT".into(),
        leg: Leg::Net,
        side: OrderSide::Sell,
        quantity: qty("1"),
    })
}

/// Until when a close is refused.
async fn refused_until(link: &Link) -> Time {
    let Reply::Reduced(Outcome::Refused(why)) = link.act(close()).await else { panic!() };
    match why.kind {
        RefusalKind::Limited(Some(until)) => until,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_ban_is_obeyed_to_its_named_end_and_shown() {
    let venue = Venue::start().await;
    let mut link = venue.link().await;
    let end = wall_clock() + 180_000;
    let text = format!("Way too many requests; IP banned until {end}. Please use the websocket.");
    venue.on(CLOSE, error(418, -1003, &text));
    let until = refused_until(&link).await;
    assert!((until.0 - end).abs() < 2000, "{until} is not the end of the ban");
    let sent = venue.seen("").len();
    assert_eq!(refused_until(&link).await, until);
    let Reply::Swept(sweep) = link.act(Act::Look { scope: Scope::Full, expect: Vec::new() }).await
    else {
        panic!()
    };
    assert!(sweep.fault().unwrap().contains("nothing is sent before"), "{:?}", sweep.fault());
    assert!(sweep.orders().is_none());
    let find = Act::FindOrder { symbol: "A".into(), client_id: "c".into(), since: None };
    assert!(matches!(link.act(find).await, Reply::FoundOrder(Err(_))));
    assert_eq!(venue.seen("").len(), sent, "a ban is never run into");
    let state = link.health(|state| state.blocked.is_some()).await;
    assert!(state.blocked.unwrap().contains("IP banned until"));
}

#[tokio::test]
async fn limits_without_a_named_end() {
    let minute = 60_000;
    let longest = 3 * 24 * 60 * minute;
    let for_ever = ("retry-after", i64::MAX.to_string());
    for (answer, least, most) in [
        (error(429, -1003, "Too many requests; current limit is 2400."), 0, minute + 1500),
        (Answer::With(429, String::new(), ("retry-after", "17".to_owned())), 16_000, 18_000),
        (Answer::Says(418, String::new()), minute, 3 * minute),
        (Answer::Says(403, "<html>firewall</html>".to_owned()), minute, 3 * minute),
        (Answer::With(429, String::new(), for_ever), longest - minute, longest),
        (error(418, -1003, "IP banned until 253402300799999."), longest - minute, longest),
        (error(418, -1003, "IP banned until 9223372036854775807."), minute, 3 * minute),
    ] {
        let venue = Venue::start().await;
        let link = venue.link().await;
        venue.on(POSITIONS, answer.clone());
        let Reply::Swept(sweep) =
            link.act(Act::Look { scope: Scope::Positions, expect: Vec::new() }).await
        else {
            panic!()
        };
        assert!(sweep.fault().is_some());
        let left = refused_until(&link).await.0 - wall_clock();
        assert!((least..=most).contains(&left), "{answer:?}: {left} ms left");
        assert_eq!(venue.seen(CLOSE), [], "{answer:?}");
    }
}

#[tokio::test]
async fn too_many_orders_hold_back_orders_and_nothing_else() {
    let venue = Venue::start().await;
    let mut account = venue.account();
    account.endpoints.pace.answer = Span::secs(5);
    let link = venue.link_to(account).await.unwrap();
    venue.on(CLOSE, error(429, -1015, "Too many new orders."));
    let until = refused_until(&link).await;
    assert!(until.0 - wall_clock() <= 10_000);
    assert_eq!(refused_until(&link).await, until);
    assert_eq!(venue.seen(CLOSE).len(), 1);
    let Reply::Swept(sweep) =
        link.act(Act::Look { scope: Scope::Protection, expect: Vec::new() }).await
    else {
        panic!()
    };
    assert_eq!((sweep.fault(), sweep.orders_fault()), (None, None));
}

#[tokio::test]
async fn orders_held_back_for_a_moment_wait_in_line() {
    let venue = Venue::start().await;
    let link = venue.link().await;
    let soon = ("retry-after", "1".to_owned());
    let text = r#"{"code": -1015, "msg": "Too many new orders."}"#.to_owned();
    venue.once(CLOSE, Answer::With(429, text, soon));
    let until = refused_until(&link).await;
    link.act(close()).await;
    assert!(wall_clock() >= until.0, "it left before {until}");
    assert_eq!(venue.seen(CLOSE).len(), 2);
}

#[tokio::test]
async fn evidence_is_still_asked_for_when_the_lists_have_spent_the_minute() {
    let venue = Venue::start().await;
    let link = venue.link().await;
    let used = ("x-mbx-used-weight-1m", "4799".to_owned());
    venue.on(POSITIONS, Answer::With(200, "[]".to_owned(), used));
    let look = async || {
        let act = Act::Look { scope: Scope::Protection, expect: Vec::new() };
        let Reply::Swept(sweep) = link.act(act).await else { panic!() };
        sweep
    };
    // The count is forgotten at the turn of a minute: then the same again.
    let sweep = loop {
        look().await;
        let asked = venue.seen("GET /fapi/v1/openAlgoOrders").len();
        let sweep = look().await;
        if venue.seen("GET /fapi/v1/openAlgoOrders").len() == asked {
            break sweep;
        }
    };
    assert_eq!(sweep.fault(), None, "positions are evidence");
    assert!(sweep.orders_fault().unwrap().contains("is spent") && sweep.held_until().is_some());
    let asked = venue.seen(TRADES).len();
    let act = Act::History { symbol: "A".into(), leg: Leg::Net, since: VenueTime(wall_clock()) };
    link.act(act).await;
    assert!(venue.seen(TRADES).len() > asked);
}

#[tokio::test]
async fn a_spent_budget_stops_looking_and_never_protecting() {
    let venue = Venue::start().await;
    let mut link = venue.link().await;
    // The listing's limit is 6000; a fifth of it is kept for evidence and protection, and half of
    // that for protection alone.
    let used = ("x-mbx-used-weight-1m", "5399".to_owned());
    venue.on(POSITIONS, Answer::With(200, "[]".to_owned(), used));
    // The count is forgotten at the turn of a minute: then the same again.
    let fault = loop {
        let Reply::Swept(_) =
            link.act(Act::Look { scope: Scope::Positions, expect: Vec::new() }).await
        else {
            panic!()
        };
        let asked = venue.seen(POSITIONS).len();
        let Reply::Swept(sweep) =
            link.act(Act::Look { scope: Scope::Positions, expect: Vec::new() }).await
        else {
            panic!()
        };
        if venue.seen(POSITIONS).len() == asked {
            let until = sweep.held_until().unwrap();
            assert!((1..62_000).contains(&(until.0 - wall_clock())), "{until}");
            break sweep.fault().unwrap().to_owned();
        }
    };
    assert!(fault.contains("the request budget of this minute is spent"), "{fault}");
    let find = Act::FindOrder { symbol: "A".into(), client_id: "c".into(), since: None };
    link.act(find).await;
    assert_eq!(venue.seen("GET /fapi/v1/order").len(), 1);
    link.act(close()).await;
    assert_eq!(venue.seen(CLOSE).len(), 1);
    link.health(|state| state.used_percent >= 89).await;
}

#[tokio::test]
async fn a_refused_key_is_shown_until_it_works_again() {
    let venue = Venue::start().await;
    let mut link = venue.link().await;
    venue.on(POSITIONS, error(401, -2015, "Invalid API-key, IP, or permissions for action."));
    link.act(Act::Look { scope: Scope::Positions, expect: Vec::new() }).await;
    let state = link.health(|state| state.blocked.is_some()).await;
    let told = state.blocked.unwrap();
    assert!(told.starts_with("the venue refuses the key: -2015"), "{told}");
    venue.on(POSITIONS, ok(&fixture("position_risk_v3.one_way.json")));
    link.act(Act::Look { scope: Scope::Positions, expect: Vec::new() }).await;
    link.health(|state| state.blocked.is_none()).await;
}

#[test]
fn a_fifth_of_the_budget_is_kept_for_protection() {
    let (budget, clock) = (Budget::default(), Clock::new(MOMENT));
    budget.set_limit(100);
    let ticket = budget.admit(&clock, Lane::Sight, 40).unwrap();
    budget.heard(ticket, Some(79));
    assert!(budget.admit(&clock, Lane::Sight, 1).is_ok());
    assert_eq!(budget.standing(&clock), (80, None));
    let refused = budget.admit(&clock, Lane::Sight, 1).unwrap_err();
    assert!(matches!(refused.verdict, Verdict::Refused(RefusalKind::Limited(Some(_)))));
    assert!(budget.admit(&clock, Lane::Guard, 20).is_ok());
    assert!(budget.admit(&clock, Lane::Guard, 1).is_err());
    assert!(budget.admit(&clock, Lane::Order, 0).is_ok(), "an order weighs nothing");
}

/// Many rows that are gone at once ask for many histories; each is held against a look.
#[test]
fn histories_leave_room_for_looks_and_looks_for_protection() {
    let (budget, clock) = (Budget::default(), Clock::new(MOMENT));
    budget.set_limit(100);
    assert!(budget.admit(&clock, Lane::History, 50).is_ok());
    assert!(budget.admit(&clock, Lane::History, 1).is_err());
    assert!(budget.admit(&clock, Lane::Sight, 30).is_ok());
    assert!(budget.admit(&clock, Lane::Sight, 1).is_err());
    assert!(budget.admit(&clock, Lane::Proof, 10).is_ok());
    assert!(budget.admit(&clock, Lane::Proof, 1).is_err());
    assert!(budget.admit(&clock, Lane::Guard, 10).is_ok());
}

/// The moment of the test is 20 s after the beginning of a minute: two thirds of what looks need
/// in one are still needed.
#[test]
fn histories_take_nothing_that_looks_need_for_the_rest_of_a_minute() {
    let (budget, clock) = (Budget::default(), Clock::new(MOMENT));
    budget.set_limit(100);
    assert!(budget.admit(&clock, Lane::Sight, 30).is_ok());
    assert!(budget.admit(&clock, Lane::History, 39).is_ok());
    assert!(budget.admit(&clock, Lane::History, 3).is_err());
    let (budget, clock) = (Budget::default(), Clock::new(MOMENT));
    budget.set_limit(100);
    assert!(budget.admit(&clock, Lane::Sight, 80).is_ok());
    assert!(budget.admit(&clock, Lane::History, 9).is_ok(), "a few are asked for all the same");
}

/// Looks alone never spend what is left of a minute: each waits as long as its share of it.
#[test]
fn looks_are_spaced_for_what_is_left_to_last() {
    let (budget, clock) = (Budget::default(), Clock::new(MOMENT));
    budget.admit(&clock, Lane::Sight, 1199).unwrap();
    assert_eq!(budget.paced(&clock, 95), None, "there is plenty");
    budget.admit(&clock, Lane::Sight, 481).unwrap();
    let left = next_minute(&clock).since(clock.now()).millis();
    let wait = |weight| budget.paced(&clock, weight).unwrap().since(clock.now()).millis();
    // 480 are left for looks.
    assert!(wait(48).abs_diff(left / 10) < 50, "{} of {left}", wait(48));
    assert!(wait(5) < wait(48));
    assert!(wait(4800).abs_diff(left) < 50, "not beyond the minute");
}

#[test]
fn counts_that_say_nothing_are_ignored() {
    let (budget, clock) = (Budget::default(), Clock::new(MOMENT));
    let ticket = budget.admit(&clock, Lane::Sight, 240).unwrap();
    budget.heard(ticket, Some(-1));
    budget.heard(ticket, None);
    assert_eq!(budget.standing(&clock), (10, None));
}

/// In a minute of which looks have used 30 and histories 39 of 100, three more may leave when
/// looks need no more than 18 for the rest of it: 24 s after its beginning.
#[test]
fn histories_that_are_held_back_are_told_when_they_may_leave() {
    let (budget, clock) = used_of_a_hundred(30);
    budget.admit(&clock, Lane::History, 39).unwrap();
    assert_eq!(budget.held(&clock, Lane::History, 1), None);
    let wait = budget.held(&clock, Lane::History, 3).unwrap().since(clock.now()).millis();
    assert!((4000..=4300).contains(&wait), "{wait}");
    venue_is_at(&clock, 24_300);
    assert!(budget.admit(&clock, Lane::History, 3).is_ok());
    let all = budget.held(&clock, Lane::History, 12);
    assert_eq!(all, Some(next_minute(&clock)), "histories have had their half");
}

#[tokio::test]
async fn fills_are_not_asked_for_where_the_income_beside_them_could_not_be() {
    let venue = Venue::start().await;
    let link = venue.link().await;
    let used = ("x-mbx-used-weight-1m", "5380".to_owned());
    venue.on(POSITIONS, Answer::With(200, "[]".to_owned(), used));
    venue.on(TRADES, ok("[]"));
    // The count is forgotten at the turn of a minute: then the same again.
    let told = loop {
        let look = Act::Look { scope: Scope::Positions, expect: Vec::new() };
        link.act(look).await;
        let asked = venue.seen(TRADES).len();
        let since = VenueTime(wall_clock());
        let act = Act::History { symbol: "A".into(), leg: Leg::Net, since };
        let Reply::History(told) = link.act(act).await else { panic!() };
        if venue.seen(TRADES).len() == asked {
            break told;
        }
    };
    assert!(!told.complete && told.fills.is_empty());
    assert!(told.held.unwrap().0 > wall_clock());
}

#[test]
fn accounts_on_one_host_share_its_budget() {
    let (one, clock) = (Budget::of("http://one"), Clock::new(MOMENT));
    let same = Budget::of("http://one");
    let other = Budget::of("http://other");
    same.ban(clock.now() + Span::secs(60), "banned");
    assert!(one.admit(&clock, Lane::Order, 0).is_err());
    assert!(other.admit(&clock, Lane::Order, 0).is_ok());
    drop((one, same));
    assert!(Budget::of("http://one").admit(&clock, Lane::Order, 0).is_ok());
}

#[test]
fn the_quickest_answer_tells_the_venue_s_time() {
    let clock = Clock::new(MOMENT);
    let sample = |sent, took, said| Sample {
        sent: Time(sent),
        received: Time(sent + took),
        said: VenueTime(said),
    };
    clock.learn(&[sample(1000, 400, 900), sample(2000, 20, 1510), sample(3000, 90, 2000)]);
    assert_eq!(clock.ahead(), 500);
    let late = clock.venue_now().0 - clock.stamp().0;
    assert!((10..20).contains(&late), "{late} ms late");
    assert_eq!(clock.ours(VenueTime(10_000)), Time(10_500));
    clock.learn(&[]);
    assert_eq!(clock.ahead(), 500);
}

#[tokio::test]
async fn a_full_look_every_half_minute_stays_under_a_tenth_of_the_budget() {
    let venue = Venue::start().await;
    let info = fixture("exchange_info.three_symbols_2022.json").replace("6000", "2400");
    venue.on("GET /fapi/v1/exchangeInfo", ok(&info));
    let link = venue.link().await;
    let budget = Budget::of(&format!("http://{}", venue.host));
    let clock = Clock::new(Time(wall_clock()));
    // Looks of one minute, whichever minute it is.
    let used = loop {
        let minute = wall_clock() / 60_000;
        let before = budget.standing(&clock).0;
        link.act(Act::Look { scope: Scope::Full, expect: Vec::new() }).await;
        link.act(Act::Look { scope: Scope::Full, expect: Vec::new() }).await;
        if wall_clock() / 60_000 == minute {
            break budget.standing(&clock).0 - before;
        }
    };
    assert!(used < 10, "{used} %");
}

#[test]
fn a_count_as_large_as_can_be_said_is_counted_on_with() {
    let (budget, clock) = (Budget::default(), Clock::new(MOMENT));
    budget.set_limit(u32::MAX);
    let ticket = budget.admit(&clock, Lane::Guard, 5).unwrap();
    budget.heard(ticket, Some(i64::from(u32::MAX)));
    assert!(budget.admit(&clock, Lane::Guard, 5).is_ok());
    assert!(budget.admit(&clock, Lane::History, 5).is_err());
}
