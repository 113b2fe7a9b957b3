//! `positions` and `events`: what the ledger says, to programs and to people.

use crate::house::House;
use crate::venue::Venue;

#[test]
fn without_a_ledger_the_sentence_says_where_one_was_looked_for() {
    let house = House::new();
    for args in [&["positions", "--json"][..], &["events"][..]] {
        let ran = house.run(args);
        assert_eq!(ran.code, 1, "{args:?}");
        assert!(ran.sentence().contains("ledger.db"), "{}", ran.err);
    }
}

#[test]
fn a_file_that_is_not_a_ledger_is_named_and_left_alone() {
    let house = House::new();
    std::fs::create_dir_all(house.state()).unwrap();
    std::fs::write(house.ledger(), "a shopping list, long enough to be no database header")
        .unwrap();
    let ran = house.run(&["positions", "--json"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.sentence().contains("ledger.db"), "{}", ran.err);
    assert!(std::fs::read_to_string(house.ledger()).unwrap().starts_with("a shopping list"));
}

#[test]
fn rows_and_events_are_arrays_with_decimals_as_text_and_data_as_objects() {
    let venue = Venue::open();
    let house = House::on(&venue);
    let entry = venue.hold("ETHUSDT", "long", "2.5");
    let engine = house.engine();
    house.insert(&format!("'ETHUSDT', 'long', '2.5', '{entry}', 'active', NULL"));
    house.wait_for_event("STOP_PLACED", |event| event["symbol"] == "ETHUSDT");
    assert_eq!(engine.stop().0, Some(0));

    let rows = house.positions();
    assert_eq!(rows.len(), 1);
    let row = &rows[0];
    assert_eq!((&row["quantity"], &row["leg"]), (&"2.5".into(), &"net".into()), "{row}");
    assert!(row["pnl"].is_null() && row["closed_at"].is_null());
    let events = house.events();
    assert!(events.iter().all(|event| event["data"].is_object()), "{events:?}");

    let table = house.run(&["positions"]);
    let mut lines = table.out.lines();
    assert!(lines.next().unwrap().contains("QTY"), "{}", table.out);
    assert!(lines.next().unwrap().contains("ETHUSDT"), "{}", table.out);
    let table = house.run(&["events"]);
    assert!(table.out.contains("STOP_PLACED"), "{}", table.out);
}

#[test]
fn events_begin_where_they_are_asked_to() {
    let venue = Venue::open();
    let house = House::on(&venue);
    house.engine().stop();
    let all = house.events();
    let last = all.last().unwrap()["at"].as_str().unwrap().to_owned();
    let ran = house.run(&["events", "--json", "--since", &last]);
    let some = ran.json();
    let some = some.as_array().unwrap();
    assert!(!some.is_empty() && some.len() < all.len(), "{} of {}", some.len(), all.len());
    assert!(some.iter().all(|event| event["at"].as_str().unwrap() >= last.as_str()));
    let ran = house.run(&["events", "--json", "--since", "2100-01-01T00:00:00Z"]);
    assert_eq!(ran.json().as_array().unwrap().len(), 0);
    let ran = house.run(&["events", "--json", "--since", "1h"]);
    assert_eq!(ran.json().as_array().unwrap().len(), all.len());
}
