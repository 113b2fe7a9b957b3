//! Taking stops away, also while they fire, and asking what became of an order or a stop.

use holdfast::domain::client_id::ClientId;
use holdfast::domain::effect::Act;
use holdfast::domain::input::Reply;
use holdfast::domain::order::{OrderStatus, StopStatus};
use holdfast::domain::outcome::{Outcome, RefusalKind};

use crate::acts::{EXIT_ID, STOP_ID, algo, order};
use crate::values::{fixture, qty};
use crate::venue::{Answer, Venue, error, ok};

const CANCEL: &str = "DELETE /fapi/v1/algoOrder";

fn cancel() -> Act {
    Act::CancelStop { symbol: "BTCUSDT".into(), client_id: STOP_ID.into(), id: None }
}

#[tokio::test]
async fn a_stop_is_taken_away_by_the_id_we_gave_it() {
    let venue = Venue::start().await;
    let link = venue.link().await;
    for answer in [fixture("algo_order_cancel.ack.json"), algo("CANCELED", "")] {
        venue.on(CANCEL, ok(&answer));
        assert_eq!(link.act(cancel()).await, Reply::Cancelled(Outcome::Done(())));
    }
    assert_eq!(venue.seen(CANCEL)[0].parameters(), ["clientAlgoId=hfs-00000000000000aa"]);
}

async fn race(found: Answer, child: Answer) -> (Outcome<()>, Vec<String>) {
    let venue = Venue::start().await;
    venue.on(CANCEL, error(400, -2011, "Unknown order sent."));
    venue.on("GET /fapi/v1/algoOrder", found);
    venue.on("DELETE /fapi/v1/order", child);
    let link = venue.link().await;
    let Reply::Cancelled(outcome) = link.act(cancel()).await else { panic!() };
    let children = venue.seen("DELETE /fapi/v1/order");
    let children = children.iter().map(|seen| seen.parameters().join("&")).collect();
    (outcome, children)
}

fn kind(outcome: &Outcome<()>) -> Option<RefusalKind> {
    match outcome {
        Outcome::Refused(refusal) => Some(refusal.kind),
        _ => None,
    }
}

#[tokio::test]
async fn a_stop_that_is_gone_already_is_taken_away() {
    let none = error(400, -2011, "Unknown order sent.");
    for status in ["CANCELED", "EXPIRED", "REJECTED"] {
        let (outcome, children) = race(ok(&algo(status, "")), none.clone()).await;
        assert_eq!((outcome, children), (Outcome::Done(()), vec![]), "{status}");
    }
    let unfilled = algo("FINISHED", r#","actualOrderId":"77","actualQty":"0""#);
    assert_eq!(race(ok(&unfilled), none.clone()).await.0, Outcome::Done(()));
    let filled = algo("FINISHED", r#","actualOrderId":"77","actualQty":"0.250""#);
    let (outcome, _) = race(ok(&filled), none).await;
    assert_eq!(kind(&outcome), Some(RefusalKind::NotFound), "it filled: {outcome:?}");
}

#[tokio::test]
async fn a_stop_that_fires_at_this_moment_loses_its_order() {
    let fired = algo("TRIGGERED", r#","actualOrderId":"88937381063""#);
    let cancelled = ok(&order("CANCELED", "0"));
    let (outcome, children) = race(ok(&fired), cancelled.clone()).await;
    assert_eq!(outcome, Outcome::Done(()));
    assert_eq!(children, ["symbol=BTCUSDT&orderId=88937381063"]);
    let firing = algo("TRIGGERING", r#","actualOrderId":"""#);
    let (outcome, children) = race(ok(&firing), cancelled).await;
    assert_eq!(outcome, Outcome::Done(()));
    assert_eq!(children, [format!("symbol=BTCUSDT&origClientOrderId={STOP_ID}")]);
    let gone = error(400, -2011, "Unknown order sent.");
    let (outcome, _) = race(ok(&fired), gone).await;
    assert_eq!(kind(&outcome), Some(RefusalKind::NotFound));
    let partly = ok(&order("CANCELED", "0.1"));
    let (outcome, _) = race(ok(&fired), partly).await;
    assert_eq!(kind(&outcome), Some(RefusalKind::NotFound));
    let lost = Answer::Says(502, String::new());
    let (outcome, _) = race(ok(&fired), lost).await;
    assert!(matches!(outcome, Outcome::Unsure(_)), "{outcome:?}");
}

#[tokio::test]
async fn a_stop_nobody_knows_is_not_found_and_a_stop_still_listed_is_unsure() {
    let unknown = error(400, -2013, "Order does not exist.");
    let none = error(400, -2011, "Unknown order sent.");
    let (outcome, children) = race(unknown, none.clone()).await;
    assert_eq!(kind(&outcome), Some(RefusalKind::NotFound));
    assert_eq!(children, [format!("symbol=BTCUSDT&origClientOrderId={STOP_ID}")]);
    let (outcome, children) = race(ok(&algo("NEW", "")), none.clone()).await;
    assert!(matches!(outcome, Outcome::Unsure(_)), "{outcome:?}");
    assert!(children.is_empty());
    let (outcome, _) = race(Answer::Says(500, String::new()), none).await;
    assert!(matches!(outcome, Outcome::Unsure(_)), "{outcome:?}");
}

#[tokio::test]
async fn a_cancel_may_be_refused_or_unsure_like_any_act() {
    let venue = Venue::start().await;
    let link = venue.link().await;
    venue.on(CANCEL, error(400, -4117, "Stop order is triggering."));
    let Reply::Cancelled(outcome) = link.act(cancel()).await else { panic!() };
    assert_eq!(kind(&outcome), Some(RefusalKind::Busy));
    for answer in [Answer::Says(502, String::new()), ok("<html>busy</html>"), ok("{}"), ok("[]")] {
        venue.on(CANCEL, answer.clone());
        let reply = link.act(cancel()).await;
        assert!(matches!(reply, Reply::Cancelled(Outcome::Unsure(_))), "{answer:?}: {reply:?}");
    }
}

fn find_order() -> Act {
    Act::FindOrder { symbol: "BTCUSDT".into(), client_id: EXIT_ID.into(), since: None }
}

fn find_stop() -> Act {
    Act::FindStop {
        symbol: "BTCUSDT".into(),
        leg: holdfast::domain::key::Leg::Net,
        client_id: STOP_ID.into(),
    }
}

#[tokio::test]
async fn what_became_of_an_order() {
    let venue = Venue::start().await;
    let link = venue.link().await;
    let line = "GET /fapi/v1/order";
    venue.on(line, ok(&order("PARTIALLY_FILLED", "0.1")));
    let Reply::FoundOrder(Ok(Some(report))) = link.act(find_order()).await else { panic!() };
    assert_eq!((report.status, report.filled), (OrderStatus::Partial, Some(qty("0.1"))));
    let expected = ["symbol=BTCUSDT", "origClientOrderId=hfx-00000000000000bb"];
    assert_eq!(venue.seen(line)[0].parameters(), expected);
    venue.on(line, error(400, -2013, "Order does not exist."));
    assert_eq!(link.act(find_order()).await, Reply::FoundOrder(Ok(None)));
    for answer in [Answer::Says(502, String::new()), ok("{}"), ok("[")] {
        venue.on(line, answer.clone());
        let Reply::FoundOrder(Err(why)) = link.act(find_order()).await else { panic!() };
        assert!(why.starts_with("main: /fapi/v1/order: "), "{why}");
    }
}

#[tokio::test]
async fn what_became_of_a_stop() {
    let venue = Venue::start().await;
    let link = venue.link().await;
    let line = "GET /fapi/v1/algoOrder";
    venue.on(line, ok(&algo("FINISHED", r#","actualOrderId":"7","actualQty":"0.25""#)));
    let Reply::FoundStop(Ok(Some(report))) = link.act(find_stop()).await else { panic!() };
    assert_eq!(report.status, StopStatus::Finished(Some(qty("0.25"))));
    assert_eq!(report.order.client_id, ClientId::from(STOP_ID));
    venue.on(line, error(400, -2013, "Order does not exist."));
    assert_eq!(link.act(find_stop()).await, Reply::FoundStop(Ok(None)));
    venue.on(line, error(408, -1007, "Timeout"));
    assert!(matches!(link.act(find_stop()).await, Reply::FoundStop(Err(_))));
}
