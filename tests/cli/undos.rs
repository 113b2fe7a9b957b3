//! `undo`: a row exactly as it was, and a rule that only proposes from then on.

use serde_json::{Value, json};

use crate::house::{Engine, House};
use crate::venue::Venue;

const PACE: &str = "[engine]\nsync_interval = \"1s\"\nconfirm_interval = \"200ms\"\n";

/// An engine at work on one ETHUSDT long of 2, covered, and its row.
fn watched() -> (Venue, House, Engine, Value) {
    let venue = Venue::open();
    let house = House::with(&venue, PACE);
    let engine = house.engine();
    let entry = venue.hold("ETHUSDT", "long", "2");
    house.insert(&format!("'ETHUSDT', 'long', '2.000', '{entry}', 'active', NULL"));
    house.wait_for_event("POSITION_COVERED", |event| event["symbol"] == "ETHUSDT");
    let row = house.positions().remove(0);
    (venue, house, engine, row)
}

/// The row without its revision, which goes on growing.
fn columns(row: &Value) -> Value {
    let mut row = row.clone();
    row.as_object_mut().unwrap().remove("revision");
    row
}

fn undo(house: &House, repair: &Value) -> crate::house::Ran {
    let ran = house.run(&["undo", repair.as_str().unwrap(), "--yes"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    ran
}

#[test]
fn an_undone_close_is_the_row_that_was_and_the_rule_only_proposes_from_then_on() {
    let (venue, house, engine, before) = watched();
    venue.tell(json!({"do": "close", "symbol": "ETHUSDT"}));
    house.wait_for_position("the row closed", |row| row["status"] == "closed");
    let closed = house.wait_for_event("POSITION_CLOSED", |_| true);
    engine.stop();

    let ran = undo(&house, &closed["data"]["repair"]);
    let told = "from now on close_phantom only proposes in main; :restore main close_phantom";
    assert!(ran.out.contains(told), "{}", ran.out);
    assert_eq!(columns(&house.positions()[0]), columns(&before));
    let shown = house.run(&["config", "show"]).out;
    assert!(shown.contains("close_phantom    propose  demoted since"), "{shown}");

    // The next engine finds the phantom again, and leaves it to a person.
    let engine = house.engine();
    house.wait_for_event("PHANTOM_POSITION_DETECTED", |_| true);
    let looks = || house.events().iter().filter(|e| e["kind"] == "SYNC_COMPLETED").count();
    let seen = looks();
    crate::house::until("more looks", || (looks() > seen + 3).then_some(()), String::new);
    engine.stop();
    assert_eq!(house.positions()[0]["status"], "active");
}

#[test]
fn an_undone_follow_is_the_size_that_was() {
    let (venue, house, engine, before) = watched();
    venue.tell(json!({"do": "close", "symbol": "ETHUSDT", "qty": "0.5"}));
    let fits = |row: &Value| row["quantity"] == "1.5";
    let after = house.wait_for_position("the row to follow", fits);
    assert_ne!(columns(&after), columns(&before));
    let followed = |e: &Value| e["data"]["phase"] == "repaired";
    let followed = house.wait_for_event("QUANTITY_MISMATCH", followed);
    engine.stop();
    let ran = undo(&house, &followed["data"]["repair"]);
    assert!(ran.out.contains("follow_quantity only proposes in main"), "{}", ran.out);
    assert_eq!(columns(&house.positions()[0]), columns(&before));
}

#[test]
fn an_undone_adoption_leaves_no_row_and_only_the_engines_own_holds_its_rule_back() {
    let venue = Venue::open();
    let pace = format!("{PACE}autonomy = \"auto\"\norphan_grace = \"100ms\"\n");
    let house = House::with(&venue, &pace);
    venue.hold("ETHUSDT", "long", "2");
    let engine = house.engine();
    let adopted = house.wait_for_event("POSITION_ADOPTED", |_| true);
    house.wait_for_event("POSITION_COVERED", |_| true);
    engine.stop();
    let ran = undo(&house, &adopted["data"]["repair"]);
    assert!(ran.out.contains("adopt only proposes in main"), "{}", ran.out);
    assert!(house.positions().is_empty(), "{:?}", house.positions());

    // What a person adopted and takes back says nothing about the rule.
    house.sql("UPDATE demotions SET restored_at = demoted_at");
    assert_eq!(house.run(&["adopt", "main", "ETHUSDT", "--yes"]).code, 0);
    let by_hand = house.wait_for_event("POSITION_ADOPTED", |e| e["id"] != adopted["id"]);
    let ran = undo(&house, &by_hand["data"]["repair"]);
    assert!(!ran.out.contains("only proposes"), "{}", ran.out);
    assert!(house.positions().is_empty());
}
