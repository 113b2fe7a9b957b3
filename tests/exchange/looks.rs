//! Looks: what is asked for, and what a failed question leaves unknown.

use holdfast::domain::effect::Act;
use holdfast::domain::input::Reply;
use holdfast::domain::key::Leg;
use holdfast::domain::position::PositionMode;
use holdfast::domain::sweep::{Look, Scope, Sweep};
use holdfast::domain::time::Span;

use crate::values::{fixture, money};
use crate::venue::{Answer, Link, Venue, error, ok};

const POSITIONS: &str = "GET /fapi/v3/positionRisk";
const ORDERS: &str = "GET /fapi/v1/openOrders";
const ALGO: &str = "GET /fapi/v1/openAlgoOrders";

async fn look(link: &Link, scope: Scope) -> Sweep {
    let Reply::Swept(sweep) = link.act(Act::Look { scope, expect: Vec::new() }).await else {
        panic!()
    };
    assert_eq!(sweep.scope(), scope);
    sweep
}

async fn venue() -> (Venue, Link) {
    patient(10_000).await
}

async fn patient(answer_ms: u64) -> (Venue, Link) {
    let venue = Venue::start().await;
    venue.on(POSITIONS, ok(&fixture("position_risk_v3.one_way.json")));
    venue.on(ORDERS, ok(&fixture("open_orders.trailing.json")));
    venue.on(ALGO, ok(&fixture("algo_open_orders.json")));
    let mut account = venue.account();
    account.endpoints.pace.answer = Span(answer_ms);
    let link = venue.link_to(account).await.unwrap();
    (venue, link)
}

#[tokio::test]
async fn a_full_look_holds_everything() {
    let (venue, link) = venue().await;
    let sweep = look(&link, Scope::Full).await;
    assert_eq!((sweep.fault(), sweep.orders_fault()), (None, None));
    assert!(matches!(sweep.look(&"ADAUSDT".into(), Leg::Net), Look::Here(_)));
    assert_eq!(sweep.look(&"BTCUSDT".into(), Leg::Net), Look::NotHere);
    let orders: Vec<&str> = sweep.orders().unwrap().iter().map(|o| o.symbol.as_str()).collect();
    assert_eq!(orders, ["BTCUSDT", "BNBUSDT"]);
    assert_eq!(sweep.balance().unwrap().equity, money("122.12345678"));
    assert_eq!(sweep.mode(), Some(PositionMode::OneWay));
    assert!(venue.seen(ORDERS)[0].parameters().is_empty());
}

#[tokio::test]
async fn smaller_looks_ask_for_less() {
    let (venue, link) = venue().await;
    let sweep = look(&link, Scope::Positions).await;
    assert!(sweep.orders().is_none());
    let asked = |line| venue.seen(line).len();
    assert_eq!((asked(POSITIONS), asked(ORDERS), asked(ALGO)), (1, 0, 0));
    look(&link, Scope::Protection).await;
    assert_eq!((asked(POSITIONS), asked(ORDERS), asked(ALGO)), (2, 1, 1));
    assert_eq!(asked("GET /fapi/v3/balance"), 0);
}

#[tokio::test]
async fn one_lost_order_list_makes_protection_unknown_and_proves_nothing_absent() {
    for (line, path) in [(ORDERS, "/fapi/v1/openOrders"), (ALGO, "/fapi/v1/openAlgoOrders")] {
        let (venue, link) = venue().await;
        venue.on(line, Answer::Says(502, "<html>".to_owned()));
        let sweep = look(&link, Scope::Protection).await;
        assert!(sweep.orders().is_none());
        let why = sweep.orders_fault().unwrap();
        assert_eq!(why, format!("main: {path}: HTTP 502 answered with an HTML page"));
        assert_eq!(sweep.fault(), None);
        assert!(matches!(sweep.look(&"ADAUSDT".into(), Leg::Net), Look::Here(_)));
        assert_eq!(sweep.look(&"BTCUSDT".into(), Leg::Net), Look::Unknown);
    }
}

#[tokio::test]
async fn a_failed_question_about_positions_proves_nothing_absent() {
    let (venue, link) = patient(1000).await;
    let whole = fixture("position_risk_v3.one_way.json");
    for answer in [
        Answer::Says(503, String::new()),
        Answer::Silence,
        Answer::Breaks(whole[..40].to_owned()),
        ok(""),
        ok("{}"),
        ok("null"),
        ok(&whole[..whole.len() - 3]),
        ok(&whole.replace("\"positionAmt\"", "\"amount\"")),
        ok(&whole.replace("\"30\"", "\"\"")),
        ok(&whole.replace("\"30\"", "null")),
        ok(&whole.replace("\"30\"", "\"thirty\"")),
        ok(&whole.replace("BOTH", "SIDEWAYS")),
        ok(r#"{"code":-1021,"msg":"Timestamp …"}"#),
        error(500, -1000, "Request occur unknown error."),
    ] {
        venue.on(POSITIONS, answer.clone());
        let sweep = look(&link, Scope::Full).await;
        let seen = sweep.look(&"ADAUSDT".into(), Leg::Net);
        assert_ne!(seen, Look::NotHere, "{answer:?}");
        assert_eq!(sweep.look(&"BTCUSDT".into(), Leg::Net), Look::Unknown, "{answer:?}");
        let why = sweep.fault().unwrap();
        assert!(why.starts_with("main: /fapi/v3/positionRisk: "), "{why}");
        assert!(sweep.orders().is_some());
    }
}

#[tokio::test]
async fn a_missing_field_is_named() {
    let (venue, link) = venue().await;
    let whole = fixture("position_risk_v3.one_way.json");
    venue.on(POSITIONS, ok(&whole.replace("\"entryPrice\"", "\"entry\"")));
    let sweep = look(&link, Scope::Positions).await;
    let expected = "main: /fapi/v3/positionRisk: row 1: ADAUSDT: entryPrice is missing";
    assert_eq!(sweep.fault(), Some(expected));
    let orders = fixture("algo_open_orders.json");
    venue.on(ALGO, ok(&orders.replace("\"triggerPrice\"", "\"trigger\"")));
    let sweep = look(&link, Scope::Protection).await;
    let expected = "main: /fapi/v1/openAlgoOrders: row 1: BNBUSDT: triggerPrice is missing";
    assert_eq!(sweep.orders_fault(), Some(expected));
}

#[tokio::test]
async fn a_lost_balance_or_mode_is_not_told() {
    let (venue, link) = venue().await;
    venue.on("GET /fapi/v3/balance", Answer::Says(502, String::new()));
    venue.on("GET /fapi/v1/accountConfig", ok("{}"));
    let sweep = look(&link, Scope::Full).await;
    assert_eq!((sweep.balance(), sweep.mode()), (None, None));
    assert_eq!(sweep.fault(), None);
}

#[tokio::test]
async fn the_questions_of_a_look_run_side_by_side() {
    let (venue, link) = patient(1000).await;
    for line in [POSITIONS, ORDERS, ALGO, "GET /fapi/v3/balance", "GET /fapi/v1/accountConfig"] {
        venue.on(line, Answer::Silence);
    }
    let sweep = look(&link, Scope::Full).await;
    assert!(sweep.fault().unwrap().contains("no answer within 1.0s"));
    assert!(sweep.took().millis() < 2000, "one after the other: {}", sweep.took());
}
