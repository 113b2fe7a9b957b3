//! `demo` and `sim` as processes: they tell their story, and leave nothing behind.

use rustix::process::Signal;

use crate::house::{House, until};
use crate::venue::Venue;

#[test]
fn the_demo_shows_every_kind_of_trouble_within_seconds() {
    let house = House::new();
    let demo = house.start(&["demo", "--headless", "--seed", "5"]);
    for kind in [
        "POSITION_NAKED",
        "PHANTOM_POSITION_DETECTED",
        "ORPHANED_POSITION_DETECTED",
        "QUANTITY_MISMATCH",
        "PHANTOM_POSITION_CLOSED",
        "POSITION_COVERED",
    ] {
        until(kind, || demo.log().contains(kind).then_some(()), || demo.log());
    }
    assert_eq!(demo.stop().0, Some(0));
}

#[test]
fn the_demo_has_its_incidents_on_both_venues() {
    let house = House::new();
    let dir = house.path("kept").display().to_string();
    let demo = house.start(&["demo", "--headless", "--keep", &dir]);
    let events = || {
        let ran = house.run(&["events", "--json", "--state-dir", &dir]);
        if ran.code == 0 { ran.json() } else { serde_json::Value::Null }
    };
    let seen = |venue: &str, kind: &str, leg: &str| {
        let events = events();
        let mut events = events.as_array().into_iter().flatten();
        let fits = events.any(|event| {
            event["exchange"] == venue && event["kind"] == kind && event["leg"] == leg
        });
        fits.then_some(())
    };
    for (venue, leg) in [("binance", "net"), ("bybit", "short")] {
        let kind = "PHANTOM_POSITION_CLOSED";
        until(&format!("{kind} on {venue}"), || seen(venue, kind, leg), || demo.log());
    }
    // The other leg of that instrument stayed open, and its row with it.
    let rows = house.run(&["positions", "--json", "--state-dir", &dir]).json();
    let xrp = |leg: &str| {
        let mut rows = rows.as_array().unwrap().iter();
        let row = rows.find(|row| row["symbol"] == "XRPUSDT" && row["leg"] == leg);
        row.unwrap()["status"].clone()
    };
    assert_eq!((xrp("long"), xrp("short")), ("active".into(), "closed".into()));
    assert_eq!(demo.stop().0, Some(0));
}

#[test]
fn the_demo_leaves_nothing_behind_however_it_is_ended() {
    for signal in [Signal::TERM, Signal::INT, Signal::HUP] {
        let house = House::new();
        let demo = house.start(&["demo", "--headless"]);
        let known = || demo.log().contains("SYNC_COMPLETED").then_some(());
        until("a look", known, || demo.log());
        assert_eq!(house.left_behind().len(), 1, "the demo's own directory");
        demo.signal(signal);
        let (code, log) = demo.end();
        assert_eq!(code, Some(0), "{log}");
        assert_eq!(house.left_behind(), Vec::<String>::new(), "after {signal:?}");
    }
}

#[test]
fn what_is_to_be_kept_is_kept_and_not_mixed_with_another_demo() {
    let house = House::new();
    let kept = house.path("kept");
    let dir = kept.display().to_string();
    let demo = house.start(&["demo", "--headless", "--keep", &dir]);
    until("a look", || demo.log().contains("SYNC_COMPLETED").then_some(()), || demo.log());
    assert_eq!(demo.stop().0, Some(0));
    assert!(kept.join("ledger.db").exists());
    let rows = house.run(&["positions", "--json", "--state-dir", &dir]).json();
    let of = |venue: &str| {
        let rows = rows.as_array().unwrap().iter();
        rows.filter(|row| row["exchange"] == venue).map(|row| row["leg"].clone()).collect()
    };
    let (binance, bybit): (Vec<_>, Vec<_>) = (of("binance"), of("bybit"));
    assert!(binance.len() >= 11, "{rows}");
    assert_eq!(bybit.iter().filter(|leg| *leg == "net").count(), 2, "{rows}");
    assert_eq!(bybit.iter().filter(|leg| *leg == "short").count(), 2, "{rows}");
    let again = house.run(&["demo", "--headless", "--keep", &dir]);
    assert_eq!(again.code, 1);
    assert!(again.sentence().contains("holds a ledger already"), "{}", again.err);
}

#[test]
fn the_embedded_exchange_ends_when_it_is_told_to() {
    let venue = Venue::open();
    let pid = i32::try_from(venue.pid()).ok().and_then(rustix::process::Pid::from_raw).unwrap();
    rustix::process::kill_process(pid, Signal::TERM).unwrap();
    assert_eq!(venue.ended(), Some(0));
}

#[test]
fn an_address_that_is_taken_is_named() {
    let venue = Venue::open();
    let taken = venue.rest.strip_prefix("http://").unwrap();
    let ran = House::new().run(&["sim", "--binance", taken]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.sentence().contains(taken), "{}", ran.err);
}

#[test]
fn a_scenario_that_makes_no_sense_is_named() {
    let house = House::new();
    let file = house.path("night.toml");
    std::fs::write(&file, "[[at]]\nseconds = 1\ndo = \"dance\"\n").unwrap();
    let ran = house.run(&["sim", "--scenario", &file.display().to_string()]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.sentence().contains("night.toml") && ran.err.contains("dance"), "{}", ran.err);
}
