//! `demo --incident`: each one reaches its goal by itself, and says how.

use std::process::{Child, Stdio};
use std::time::Duration;

use rustix::process::Signal;
use serde_json::Value;

use crate::house::{House, Ran, until};
use crate::terminal::Terminal;

/// How long one may take on a machine that has much else to do.
const PATIENCE: Duration = Duration::from_secs(90);

fn listed() -> Vec<Value> {
    let ran = House::new().run(&["demo", "--list", "--json"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    ran.json().as_array().unwrap().clone()
}

#[test]
fn the_incidents_are_listed_for_people_and_for_programs() {
    let all = listed();
    let names: Vec<&str> = all.iter().map(|one| one["name"].as_str().unwrap()).collect();
    for name in [
        "first-restart",
        "prompt",
        "avl",
        "stale-zero-rows",
        "empty-answer",
        "stop-vanished",
        "flash-crash",
        "dead-stream",
        "ban",
        "second-instance",
    ] {
        assert!(names.contains(&name), "{name} is missing: {names:?}");
    }
    let ran = House::new().run(&["demo", "--list"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    for one in &all {
        let line = ran.out.lines().find(|line| {
            line.split_whitespace().next() == one["name"].as_str()
                && line.contains(one["summary"].as_str().unwrap())
        });
        assert!(line.is_some(), "{one} is missing in\n{}", ran.out);
        assert!(one["goal"].is_string() && one["source"].is_string(), "{one}");
    }
}

#[test]
fn a_wrong_name_is_a_usage_error_with_the_nearest_one() {
    let house = House::new();
    for (args, words) in [
        (&["demo", "--incident", "flash-crush"][..], "the nearest is \"flash-crash\""),
        (&["demo", "--json"], "--incident"),
        (&["demo", "--list", "--incident", "ban"], "--list"),
    ] {
        let ran = house.run(args);
        assert_eq!(ran.code, 64, "{args:?}: {ran:?}");
        assert!(ran.err.contains(words), "{args:?}: {}", ran.err);
        assert_eq!(ran.out, "", "{args:?}");
    }
    assert!(house.is_empty());
}

/// One incident under way, with its name and its home.
struct Drill {
    name: String,
    house: House,
    child: Child,
}

fn start(name: &str) -> Drill {
    let house = House::new();
    let mut command = house.command(&["demo", "--incident", name, "--headless", "--json"]);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    Drill { name: name.to_owned(), house, child }
}

/// The report of one that ended by itself.
fn end(drill: Drill) -> Value {
    let Drill { name, house, child } = drill;
    let ran = Ran::from(child.wait_with_output().unwrap());
    let log = || ran.err.lines().rev().take(60).collect::<Vec<_>>().join("\n");
    assert_eq!(ran.code, 0, "{name}: {}\n{}", ran.out, log());
    let report = ran.json();
    assert_eq!((&report["incident"], &report["reached"]), (&name.into(), &true.into()));
    assert!(report["after_ms"].as_u64().unwrap() < PATIENCE.as_millis() as u64, "{report}");
    assert!(!report["engine"].as_array().unwrap().is_empty(), "{report}");
    assert_eq!(report["operator"], serde_json::json!([]), "{report}");
    assert!(house.is_empty(), "the incident left something behind");
    report
}

/// Three at a time: they wait more than they work.
fn all_end_well(names: &[&str]) -> Vec<Value> {
    let mut reports = Vec::new();
    for some in names.chunks(3) {
        let drills: Vec<Drill> = some.iter().map(|name| start(name)).collect();
        reports.extend(drills.into_iter().map(end));
    }
    reports
}

/// Uncovered for so many milliseconds at worst, by the ledger and by the exchange.
fn worst(report: &Value) -> [u64; 2] {
    ["ledger", "exchange"].map(|by| report["naked"][by]["worst_ms"].as_u64().unwrap())
}

#[test]
fn incidents_of_the_books_end_well() {
    let reports = all_end_well(&["first-restart", "stale-zero-rows", "empty-answer", "first-row"]);
    for report in &reports[1..] {
        assert_eq!(worst(report), [0, 0], "no leg was ever uncovered: {report}");
    }
    // Under guard what nobody wrote down gets no stop, and is told as uncovered.
    let legs = reports[0]["naked"]["exchange"]["legs"].as_array().unwrap();
    let mut names: Vec<&str> = legs.iter().map(|leg| leg["leg"].as_str().unwrap()).collect();
    names.sort_unstable();
    assert_eq!(names, ["ARBUSDT net", "DOGEUSDT net"]);
}

#[test]
fn incidents_of_stops_end_well() {
    let reports = all_end_well(&["prompt", "avl", "stop-vanished", "flash-crash"]);
    let avl = &reports[1];
    let told = |kind: &str| {
        let mut kinds = avl["engine"].as_array().unwrap().iter();
        kinds.any(|one| one["kind"] == kind)
    };
    assert!(told("ROLLBACK_STARTED") && told("ROLLBACK_VERIFIED"), "{avl}");
    assert!(worst(avl)[1] > 0, "what could not be covered was uncovered: {avl}");
    assert!(worst(&reports[2])[1] > 0, "{}", reports[2]);
}

#[test]
fn incidents_of_the_wires_end_well() {
    let reports = all_end_well(&["dead-stream", "ban", "second-instance"]);
    assert_eq!(worst(&reports[0]), [0, 0], "{}", reports[0]);
    // The stop was gone for most of a ban of six seconds.
    assert!(worst(&reports[1])[1] > 3_000, "{}", reports[1]);
}

#[test]
fn every_incident_is_played_by_a_test() {
    let played = [
        "first-restart",
        "stale-zero-rows",
        "empty-answer",
        "first-row",
        "prompt",
        "avl",
        "stop-vanished",
        "flash-crash",
        "dead-stream",
        "ban",
        "second-instance",
    ];
    let names: Vec<Value> = listed().iter().map(|one| one["name"].clone()).collect();
    assert_eq!(names, played);
}

#[test]
fn one_that_is_ended_before_says_what_was_missing_and_exits_2() {
    let house = House::new();
    let mut command = house.command(&["demo", "--incident", "empty-answer", "--headless"]);
    let log = house.path("stderr");
    let stderr = std::fs::File::create(&log).unwrap();
    let child = command.stdout(Stdio::piped()).stderr(stderr).spawn().unwrap();
    let told = || std::fs::read_to_string(&log).unwrap();
    until("the lie", || told().contains("is empty from now on").then_some(()), told);
    let pid = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw).unwrap();
    rustix::process::kill_process(pid, Signal::TERM).unwrap();
    let ran = Ran::from(child.wait_with_output().unwrap());
    assert_eq!(ran.code, 2, "{ran:?}\n{}", told());
    let line = |name: &str| ran.out.lines().any(|line| line.starts_with(name));
    for name in ["incident  empty-answer", "goal ", "outcome   NOT reached: it was ended", "naked "]
    {
        assert!(line(name), "{name} is missing in\n{}", ran.out);
    }
    assert_eq!(house.left_behind(), Vec::<String>::new());
}

#[test]
fn on_a_terminal_the_goal_stands_on_the_screen_and_the_report_comes_after_it() {
    let house = House::new();
    let mut screen = Terminal::open(&house, &["demo", "--incident", "stop-vanished"]);
    screen.shows(&["DEMO", "goal: the stop is back, one and not two", "ETHUSDT"]);
    screen.shows(&["goal: the stop is back, one and not two; reached after"]);
    screen.type_in("q");
    screen.shows(&["quit holdfast", "Cancel"]);
    screen.type_in("y");
    assert_eq!(screen.end(), 0);
    assert!(screen.is_restored(), "{}", screen.text());
    assert!(screen.text().contains("outcome   reached after"), "{}", screen.text());
    assert!(house.is_empty(), "the incident left something behind");
}

#[test]
fn the_report_is_as_wide_as_the_terminal_it_is_read_on() {
    let house = House::new();
    let mut screen = Terminal::open_wide(&house, &["demo", "--incident", "stop-vanished"], 60);
    screen.shows(&["goal: the stop is back, one and not two; reached"]);
    screen.type_in("q");
    screen.shows(&["quit holdfast", "Cancel"]);
    screen.type_in("y");
    assert_eq!(screen.end(), 0);
    let text = screen.text();
    assert!(text.contains("otherwise It has sent a stop once"), "{text}");
    assert!(screen.torn().is_empty(), "torn: {:?}\n{text}", screen.torn());
}
