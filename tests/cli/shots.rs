//! `close`, `adopt`, `undo`: one act from a script, answered before it ends.

use serde_json::json;

use crate::house::House;
use crate::terminal::Terminal;
use crate::venue::Venue;

#[test]
fn an_account_the_config_does_not_name_is_answered_with_those_it_does() {
    let venue = Venue::open();
    let house = House::on(&venue);
    let ran = house.run(&["close", "mian", "BTCUSDT", "--yes"]);
    assert_eq!(ran.code, 1);
    assert!(ran.sentence().contains("mian") && ran.err.contains("main"), "{}", ran.err);
}

#[test]
fn a_position_that_is_not_there_is_answered_with_those_that_are() {
    let venue = Venue::open();
    let house = House::on(&venue);
    venue.hold("ETHUSDT", "long", "2");
    let ran = house.run(&["close", "main", "BTCUSDT", "--yes"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.sentence().contains("ETHUSDT"), "{}", ran.err);
}

#[test]
fn without_a_terminal_nothing_is_done_unless_it_was_agreed_to() {
    let venue = Venue::open();
    let house = House::on(&venue);
    venue.hold("ETHUSDT", "long", "2");
    let ran = house.run(&["close", "main", "ETHUSDT"]);
    assert_eq!(ran.code, 1);
    assert!(ran.sentence().contains("--yes"), "{}", ran.err);
    assert!(venue.position("ETHUSDT").is_some());
}

#[test]
fn a_close_shows_its_plan_does_it_and_books_it() {
    let venue = Venue::open();
    let house = House::on(&venue);
    house.engine().stop();
    let entry = venue.hold("ETHUSDT", "long", "2");
    house.insert(&format!("'ETHUSDT', 'long', '2', '{entry}', 'active', NULL"));
    let ran = house.run(&["close", "main", "ETHUSDT", "--yes"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.err.contains("reduce-only") && ran.err.contains("all of it"), "{}", ran.err);
    assert!(ran.out.contains("ETHUSDT"), "{}", ran.out);
    assert!(venue.position("ETHUSDT").is_none());
    let row = &house.positions()[0];
    assert_eq!((&row["status"], &row["exit_reason"]), (&json!("closed"), &json!("manual")));
    assert_eq!(row["detected_by"], "operator");
    assert!(row["pnl"].is_string() && row["exit_price"].is_string(), "{row}");
}

#[test]
fn a_part_can_be_closed() {
    let venue = Venue::open();
    let house = House::on(&venue);
    venue.hold("ETHUSDT", "long", "2");
    let ran = house.run(&["close", "main", "ETHUSDT", "--percent", "25", "--yes"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let left = venue.position("ETHUSDT").unwrap();
    assert_eq!(left["amount"].as_str().unwrap().trim_end_matches('0'), "1.5", "{left}");
}

#[test]
fn in_hedge_mode_the_leg_has_to_be_named_when_both_are_open() {
    let venue = Venue::open();
    let house = House::on(&venue);
    venue.tell(json!({"do": "hedge_mode", "on": true}));
    for side in ["long", "short"] {
        venue.tell(json!({"do": "seed_position", "symbol": "ETHUSDT", "side": side, "qty": "2"}));
    }
    let ran = house.run(&["close", "main", "ETHUSDT", "--yes"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.sentence().contains("--leg"), "{}", ran.err);
    let ran = house.run(&["close", "main", "ETHUSDT", "--leg", "short", "--yes"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let state = venue.state();
    let left = state["positions"].as_array().unwrap();
    assert_eq!((left.len(), &left[0]["leg"]), (1, &json!("LONG")), "{left:?}");
}

#[test]
fn an_adoption_ends_when_the_stop_is_live_and_can_be_undone() {
    let venue = Venue::open();
    let house = House::on(&venue);
    venue.hold("ETHUSDT", "long", "2");
    let ran = house.run(&["adopt", "main", "ETHUSDT", "--stop", "2900", "--yes"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let stops = venue.stops("ETHUSDT");
    assert_eq!(stops.len(), 1, "{stops:?}");
    assert_eq!(stops[0]["trigger"].as_str().unwrap().parse::<f64>().unwrap(), 2900.0);
    assert_eq!(stops[0]["reduce_only"], true);
    let row = &house.positions()[0];
    assert_eq!((&row["status"], &row["quantity"]), (&json!("active"), &json!("2")));

    let again = house.run(&["adopt", "main", "ETHUSDT", "--yes"]);
    assert_eq!(again.code, 1, "{again:?}");
    assert!(again.sentence().contains("in the ledger already"), "{}", again.err);

    let events = house.events();
    let adopted = events.iter().find(|event| event["kind"] == "POSITION_ADOPTED").unwrap();
    let repair = adopted["data"]["repair"].as_str().unwrap();
    let undone = house.run(&["undo", repair, "--yes"]);
    assert_eq!(undone.code, 0, "{undone:?}");
    assert!(house.positions().iter().all(|row| row["status"] != "active"));
}

#[test]
fn a_repair_that_never_was_cannot_be_undone() {
    let venue = Venue::open();
    let house = House::on(&venue);
    let ran = house.run(&["undo", "r-000000000000", "--yes"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.err.contains("there is no repair r-000000000000"), "{}", ran.err);
    assert!(!ran.err.contains("changed meanwhile"), "{}", ran.err);
}

#[test]
fn an_account_that_stays_unknown_is_left_alone_and_the_reason_is_given() {
    let venue = Venue::open();
    let house = House::on(&venue);
    std::fs::write(house.path("key"), "wrong").unwrap();
    let ran = house.run(&["close", "main", "ETHUSDT", "--yes"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.sentence().contains("key"), "{}", ran.err);
}

#[test]
fn on_a_terminal_the_plan_is_shown_and_only_a_yes_does_it() {
    let venue = Venue::open();
    let house = House::on(&venue);
    venue.hold("ETHUSDT", "long", "2");
    let mut screen = Terminal::open(&house, &["close", "main", "ETHUSDT"]);
    screen.shows(&["reduce-only", "Do it? [y/N]"]);
    screen.type_in("\r");
    assert_eq!(screen.end(), 1);
    assert!(screen.text().contains("nothing was done"), "{}", screen.text());
    assert!(venue.position("ETHUSDT").is_some());

    let mut screen = Terminal::open(&house, &["close", "main", "ETHUSDT"]);
    screen.shows(&["Do it? [y/N]"]);
    screen.type_in("y\r");
    assert_eq!(screen.end(), 0, "{}", screen.text());
    assert!(venue.position("ETHUSDT").is_none());
}
