//! Engine and console in one process, on a real terminal.

use rustix::process::Signal;
use serde_json::json;

use crate::house::{House, until};
use crate::terminal::Terminal;
use crate::venue::Venue;

#[test]
fn in_the_demo_an_orphan_is_adopted_and_a_position_closed_by_two_keys_each() {
    let house = House::new();
    let mut screen = Terminal::open(&house, &["demo"]);
    screen.shows(&["DEMO", "PHANTOM", "NAKED", "LTCUSDT", "DOGEUSDT", "QTY DIFFERS"]);
    screen.type_in("2");
    screen.shows(&["on the venue, not in the ledger", "LTCUSDT"]);
    screen.type_in("a");
    screen.shows(&["adopt LTCUSDT short", "Cancel"]);
    screen.type_in("y");
    screen.shows(&["LTCUSDT adopted, stop at"]);
    screen.type_in("1/acct:main ETHUSDT\r");
    screen.shows(&["ETHUSDT long"]);
    screen.type_in("x");
    screen.shows(&["close ETHUSDT long", "Cancel"]);
    screen.type_in("y");
    screen.shows(&["rows are hidden", "main:ETHUSDT long 4.2"]);
    screen.type_in("q");
    screen.shows(&["XRPUSDT", "LINKUSDT"]);
    screen.type_in("q");
    screen.shows(&["quit holdfast", "Cancel"]);
    screen.type_in("y");
    assert_eq!(screen.end(), 0);
    assert!(screen.is_restored(), "{}", screen.text());
    assert!(house.is_empty(), "the demo left something behind");
}

#[test]
fn a_repair_is_undone_then_resolved_on_a_persons_word_and_its_rule_restored() {
    let venue = Venue::open();
    let pace = "[engine]\nsync_interval = \"1s\"\nconfirm_interval = \"200ms\"\n";
    let house = House::with(&venue, pace);
    let mut screen = Terminal::open(&house, &["run"]);
    screen.shows(&["LIVE", "binance:main ok"]);
    let entry = venue.hold("ETHUSDT", "long", "2");
    house.insert(&format!("'ETHUSDT', 'long', '2', '{entry}', 'active', NULL"));
    screen.shows(&["ETHUSDT", "trail"]);
    venue.tell(json!({"do": "close", "symbol": "ETHUSDT"}));
    screen.shows(&["no positions"]);

    screen.type_in("u");
    screen.shows(&["repairs(1) of this run", "main ETHUSDT"]);
    screen.type_in("\r");
    screen.shows(&[
        "closed -> active",
        "close_phantom only proposes in main from now on",
        "y  undo",
    ]);
    screen.type_in("y");
    screen.shows(&["from now on close_phantom only proposes in main", "PHANTOM"]);

    screen.type_in("3");
    screen.shows(&["demoted since", ":restore main close_phantom", "[R] writes it now"]);
    screen.type_in("R");
    screen.shows(&["active -> closed", "why? _"]);
    screen.type_in("sold by hand\r");
    screen.shows(&["y  resolve ETHUSDT"]);
    screen.type_in("y");
    screen.shows(&["any key stops it"]);
    let resolved = |event: &serde_json::Value| event["data"]["command"] == "resolve";
    let told = house.wait_for_event("OPERATOR_COMMAND", resolved);
    assert!(told["data"]["text"].as_str().unwrap().contains("sold by hand"), "{told}");
    house.wait_for_position("the row closed again", |row| row["status"] == "closed");

    screen.type_in(":restore main close_phantom\r");
    screen.shows(&["propose -> repair", "y  restore close_phantom in main"]);
    screen.type_in("y");
    screen.shows(&["close_phantom stands at repair again in main"]);
}

#[test]
fn the_demo_ends_with_its_terminal_and_leaves_nothing_behind() {
    let house = House::new();
    let mut screen = Terminal::open(&house, &["demo"]);
    screen.shows(&["DEMO", "positions"]);
    assert!(!house.is_empty());
    screen.hang_up();
    screen.end();
    assert!(house.is_empty(), "the demo left something behind");
}

#[test]
fn a_signal_gives_the_terminal_back_before_it_ends_the_program() {
    for signal in [Signal::TERM, Signal::INT] {
        let venue = Venue::open();
        let house = House::on(&venue);
        let mut screen = Terminal::open(&house, &["run"]);
        screen.shows(&["LIVE", "main"]);
        screen.signal(signal);
        assert_eq!(screen.end(), 0);
        assert!(screen.is_restored(), "{}", screen.text());
        assert!(screen.text().contains("holdfast: stopped"), "{}", screen.text());
    }
}

#[test]
fn the_engine_outlives_its_terminal() {
    let venue = Venue::open();
    let house = House::with(&venue, "[engine]\nsync_interval = \"2s\"\n");
    let mut screen = Terminal::open(&house, &["run"]);
    screen.shows(&["LIVE", "main"]);
    house.wait_for_event("STREAM_UP", |_| true);
    let entry = venue.hold("ETHUSDT", "long", "2");
    house.insert(&format!("'ETHUSDT', 'long', '2', '{entry}', 'active', NULL"));
    house.wait_for_event("POSITION_COVERED", |event| event["symbol"] == "ETHUSDT");
    screen.hang_up();
    let told = || house.logs().contains("terminal").then_some(());
    until("the hang-up in the log", told, || house.logs());
    venue.tell(json!({"do": "close", "symbol": "ETHUSDT"}));
    house.wait_for_position("the row closed", |row| row["status"] == "closed");
    screen.signal(Signal::TERM);
    assert_eq!(screen.end(), 0);
}

#[test]
fn while_a_console_is_shown_the_log_is_a_file() {
    let venue = Venue::open();
    let house = House::on(&venue);
    let mut screen = Terminal::open(&house, &["run"]);
    screen.shows(&["LIVE", "main"]);
    let told = || house.logs().contains("STREAM_UP").then_some(());
    until("a log line", told, || screen.text());
    assert!(!screen.text().contains("STREAM_UP kind"), "{}", screen.text());
    screen.signal(Signal::TERM);
    assert_eq!(screen.end(), 0);
}

#[test]
fn a_terminal_that_cannot_draw_is_told_and_nothing_is_started() {
    let venue = Venue::open();
    let house = House::on(&venue);
    let mut screen = Terminal::open_as(&house, &["run"], "dumb");
    assert_eq!(screen.end(), 1);
    assert!(screen.text().contains("--headless"), "{}", screen.text());
    assert!(!house.state().exists());
}
