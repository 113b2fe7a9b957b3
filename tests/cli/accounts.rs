//! Several accounts at once: each is looked at, listed and undone on its own.

use serde_json::json;

use crate::house::{House, until};
use crate::venue::Venue;

/// A home with an account on each of two exchanges: `main` and `second`.
fn two() -> (Venue, Venue, House) {
    let (main, second) = (Venue::open(), Venue::open());
    let house = House::new();
    std::fs::write(house.path("key"), &main.api_key).unwrap();
    std::fs::write(house.path("secret"), &main.api_secret).unwrap();
    for (name, text) in [("key2", &second.api_key), ("secret2", &second.api_secret)] {
        house.write_secret(name, text);
    }
    let other = crate::house::account(&second)
        .replace("\"main\"", "\"second\"")
        .replace("env:TEST_KEY", "file:key2")
        .replace("env:TEST_SECRET", "file:secret2");
    let pace = "[engine]\nsync_interval = \"1s\"\nconfirm_interval = \"200ms\"\n";
    house.configure(&format!("{pace}{}{other}", crate::house::account(&main)));
    (main, second, house)
}

#[test]
fn a_scan_tells_the_accounts_apart_and_one_that_is_down_hides_nothing_of_the_other() {
    let (main, second, house) = two();
    main.hold("ETHUSDT", "long", "2");
    second.hold("ETHUSDT", "short", "3");
    let ran = house.run(&["scan", "--json"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    let report = ran.json();
    for (at, name) in ["main", "second"].into_iter().enumerate() {
        assert_eq!(report["accounts"][at]["name"], name);
        assert_eq!(report["accounts"][at]["counters"]["orphans"], 1, "{report}");
    }
    let orphans = |name: &str| {
        let findings = report["findings"].as_array().unwrap().iter();
        let own = findings.filter(|f| f["account"] == name && f["kind"] == "orphan");
        own.map(|f| (f["exchange"].clone(), f["venue"]["side"].clone())).collect::<Vec<_>>()
    };
    assert_eq!(orphans("main"), [(json!("binance"), json!("long"))]);
    assert_eq!(orphans("second"), [(json!("binance"), json!("short"))]);

    drop(second);
    let ran = house.run(&["scan"]);
    assert_eq!(ran.code, 3, "unknown outranks findings: {ran:?}");
    assert!(ran.out.contains("binance:second: UNKNOWN"), "{}", ran.out);
    assert!(ran.out.contains("orphan   binance:main  ETHUSDT"), "{}", ran.out);
}

#[test]
fn rows_and_events_of_two_accounts_are_listed_with_their_venue() {
    let (main, second, house) = two();
    let engine = house.start(&["run", "--headless", "--log-format", "json"]);
    let (a, b) = (main.hold("ETHUSDT", "long", "2"), second.hold("ETHUSDT", "long", "5"));
    house.wait_for_event("SYNC_COMPLETED", |event| event["account"] == "second");
    house.insert(&format!("'ETHUSDT', 'long', '2', '{a}', 'active', NULL"));
    house.sql(&format!(
        "INSERT INTO positions (account, exchange, symbol, side, quantity, entry_price, status)
         VALUES ('second', 'binance', 'ETHUSDT', 'long', '5', '{b}', 'active')"
    ));
    for name in ["main", "second"] {
        house.wait_for_event("POSITION_COVERED", |event| event["account"] == name);
    }
    // What happens to one account's position touches the other's of that name in nothing.
    second.tell(json!({"do": "close", "symbol": "ETHUSDT"}));
    let closed = |row: &serde_json::Value| row["status"] == "closed";
    assert_eq!(house.wait_for_position("one closed", closed)["account"], "second");
    let gone = || second.stops("ETHUSDT").is_empty().then_some(());
    until("the stray stop gone", gone, String::new);
    engine.stop();
    let rows = house.positions();
    assert_eq!(rows.iter().filter(|row| row["status"] == "active").count(), 1, "{rows:?}");
    assert_eq!(main.stops("ETHUSDT").len(), 1);

    let events = house.events();
    let about = events.iter().filter(|event| event["account"].is_string());
    assert!(about.clone().count() > 4);
    for event in about {
        assert_eq!(event["exchange"], "binance", "{event}");
    }
    let table = house.run(&["positions"]).out;
    let line = table.lines().find(|line| line.contains("second")).unwrap();
    assert!(line.contains("binance") && line.contains("external"), "{line}");
}
