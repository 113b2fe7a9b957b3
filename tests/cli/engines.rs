//! The whole engine from outside: real adapter, real sockets, real ledger.

use std::process::Stdio;
use std::time::Duration;

use rustix::process::Signal;
use serde_json::json;

use crate::house::{House, until};
use crate::venue::Venue;

/// Looks that come later than anybody waits here: what is noticed, the streams told.
const BY_STREAM: &str = "60s";

/// An engine that looks so often and watches over one ETHUSDT long of 2, covered.
fn watched(sync_interval: &str) -> (Venue, House, crate::house::Engine) {
    let venue = Venue::open();
    let house = House::with(&venue, &format!("[engine]\nsync_interval = \"{sync_interval}\"\n"));
    let engine = house.engine();
    house.wait_for_event("STREAM_UP", |_| true);
    let entry = venue.hold("ETHUSDT", "long", "2");
    house.insert(&format!("'ETHUSDT', 'long', '2', '{entry}', 'active', NULL"));
    house.wait_for_event("POSITION_COVERED", |event| event["symbol"] == "ETHUSDT");
    (venue, house, engine)
}

#[test]
fn a_close_by_hand_is_booked_at_once_with_price_profit_cause_and_evidence() {
    let (venue, house, _engine) = watched(BY_STREAM);
    venue.tell(json!({"do": "close", "symbol": "ETHUSDT"}));
    let row = house.wait_for_position("the row closed", |row| row["status"] == "closed");
    assert_eq!((&row["exit_reason"], &row["priced"]), (&json!("external"), &json!(true)));
    assert_eq!(row["detected_by"], "stream");
    assert!(row["exit_price"].is_string() && row["pnl"].is_string(), "{row}");
    let trades = row["evidence"]["trades"].as_array().unwrap();
    let state = venue.state();
    let last = state["fills"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(trades, &[json!(last["id"].to_string())], "{row}");
    assert!(house.events().iter().all(|e| e["kind"] != "PHANTOM_POSITION_DETECTED"));
    until("the stray stop gone", || venue.stops("ETHUSDT").is_empty().then_some(()), String::new);
}

#[test]
fn a_log_nobody_reads_and_a_log_without_room_end_no_engine() {
    let venue = Venue::open();
    let house = House::on(&venue);
    house.engine().stop();
    let looks = || house.events().iter().filter(|e| e["kind"] == "SYNC_COMPLETED").count();
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    for stderr in [Stdio::piped(), full.into()] {
        let before = looks();
        let mut command = house.command(&["run", "--headless"]);
        let mut child = command.stdout(Stdio::null()).stderr(stderr).spawn().unwrap();
        drop(child.stderr.take());
        let looked = || (looks() > before).then_some(());
        until("a look", looked, String::new);
        std::thread::sleep(Duration::from_millis(300));
        assert!(child.try_wait().unwrap().is_none(), "the engine ended with its log");
        child.kill().unwrap();
        child.wait().unwrap();
    }
}

#[test]
fn a_stop_that_vanishes_is_put_back_at_once() {
    let (venue, house, _engine) = watched(BY_STREAM);
    let old = venue.stops("ETHUSDT")[0]["client_id"].clone();
    venue.tell(json!({"do": "remove_stop", "symbol": "ETHUSDT"}));
    let back = || venue.stops("ETHUSDT").first().cloned();
    let stop = until("a new stop", back, || format!("{:?}", house.events().last()));
    assert_ne!(stop["client_id"], old);
    assert_eq!(stop["reduce_only"], true);
}

#[test]
fn with_the_stream_silent_two_looks_prove_a_close() {
    let (venue, house, _engine) = watched("5s");
    venue.tell(json!({"do": "fault", "kind": "stream_silent"}));
    let looks = || house.events().iter().filter(|e| e["kind"] == "SYNC_COMPLETED").count();
    let before = looks();
    venue.tell(json!({"do": "close", "symbol": "ETHUSDT"}));
    let row = house.wait_for_position("the row closed", |row| row["status"] == "closed");
    // The one that was under way, the one that saw it and the one that confirmed it.
    assert!(looks() <= before + 3, "{} looks", looks() - before);
    assert_eq!((&row["exit_reason"], &row["detected_by"]), (&json!("external"), &json!("sync")));
    assert!(row["pnl"].is_string(), "{row}");
}

#[test]
fn one_empty_answer_closes_nothing() {
    let (venue, house, _engine) = watched("5s");
    venue.tell(json!({
        "do": "fault", "kind": "empty_list", "endpoint": "GET /fapi/*/positionRisk", "count": 1,
    }));
    let before = house.events().iter().filter(|e| e["kind"] == "SYNC_COMPLETED").count();
    let later = || {
        let looks = house.events().iter().filter(|e| e["kind"] == "SYNC_COMPLETED").count();
        (looks >= before + 3).then_some(())
    };
    until("three more looks", later, String::new);
    assert_eq!(house.positions()[0]["status"], "active");
}

#[test]
fn a_restart_adds_nothing_twice() {
    let (venue, house, engine) = watched("5s");
    assert_eq!(engine.stop().0, Some(0));
    let stops = venue.stops("ETHUSDT");
    let rows = house.positions();
    let again = house.start(&["run", "--headless"]);
    let loads = || {
        let events = house.events();
        (events.iter().filter(|e| e["kind"] == "STREAM_UP").count() >= 2).then_some(())
    };
    until("the second start", loads, || again.log());
    let looks = house.events().iter().filter(|e| e["kind"] == "SYNC_COMPLETED").count();
    let later = || {
        let now = house.events().iter().filter(|e| e["kind"] == "SYNC_COMPLETED").count();
        (now > looks).then_some(())
    };
    until("another look", later, || again.log());
    assert_eq!(venue.stops("ETHUSDT"), stops);
    assert_eq!(house.positions().len(), rows.len());
}

#[test]
fn when_asked_to_stop_it_says_what_stays_on_the_venue() {
    for signal in [Signal::TERM, Signal::INT] {
        let (venue, _house, engine) = watched("5s");
        engine.signal(signal);
        let (code, log) = engine.end();
        assert_eq!(code, Some(0), "{log}");
        let last = log.lines().last().unwrap();
        assert!(last.contains("stay on the venue"), "{last}");
        assert!(last.contains("ETHUSDT long 2 stop"), "{last}");
        assert_eq!(venue.stops("ETHUSDT").len(), 1);
    }
}

#[test]
fn an_act_that_is_out_when_asked_to_stop_is_waited_for_and_settled() {
    let (venue, house, engine) = watched("5s");
    venue.tell(json!({"do": "fault", "kind": "stream_silent"}));
    venue.tell(json!({
        "do": "fault", "kind": "latency", "ms": 1500, "endpoint": "POST /fapi/v1/algoOrder",
    }));
    let entry = venue.hold("SOLUSDT", "short", "10");
    house.insert(&format!("'SOLUSDT', 'short', '10', '{entry}', 'active', NULL"));
    let sent = || venue.stops("SOLUSDT").first().cloned();
    let stop = until("the stop at the venue", sent, || engine.log());
    assert_eq!(engine.stop().0, Some(0));
    let id = stop["client_id"].as_str().unwrap();
    assert_eq!(house.ask(&format!("SELECT state FROM intents WHERE client_id = '{id}'")), "done");
}

#[test]
fn a_terminal_that_goes_away_does_not_end_it() {
    let (venue, house, engine) = watched("5s");
    engine.signal(Signal::HUP);
    venue.tell(json!({"do": "close", "symbol": "ETHUSDT"}));
    house.wait_for_position("the row closed", |row| row["status"] == "closed");
    assert_eq!(engine.stop().0, Some(0));
}

#[test]
fn an_engine_started_before_its_venue_waits_for_it_and_says_so() {
    let venue = Venue::open();
    let house = House::on(&venue);
    drop(venue);
    let engine = house.start(&["run", "--headless"]);
    until("a warning", || engine.log().contains("no connection").then_some(()), || engine.log());
    let (code, log) = engine.stop();
    assert_eq!(code, Some(0), "{log}");
    let left = "holdfast: stopped; main is not known yet, more may be open";
    assert!(log.lines().any(|line| line == left), "{log}");
}

#[test]
fn log_lines_are_json_where_that_is_asked_for_and_hold_no_key() {
    let (venue, _house, engine) = watched("5s");
    let (_, log) = engine.stop();
    let (last, lines) =
        log.lines().collect::<Vec<_>>().split_last().map(|(l, r)| (*l, r.to_vec())).unwrap();
    assert!(last.starts_with("holdfast: stopped"), "{last}");
    assert!(!lines.is_empty());
    for line in lines {
        let parsed: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(parsed["fields"].is_object(), "{line}");
    }
    assert!(!log.contains(&venue.api_key) && !log.contains(&venue.api_secret));
}

#[test]
fn no_key_lands_in_any_file() {
    let (venue, house, engine) = watched("5s");
    assert_eq!(engine.stop().0, Some(0));
    let mut files = vec![house.state()];
    let mut seen = 0;
    while let Some(path) = files.pop() {
        if path.is_dir() {
            files.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        // Recordings are compressed; a torn end is cut off where it is.
        let plain = zstd::stream::decode_all(&bytes[..]);
        let bytes = plain.unwrap_or(bytes);
        for secret in [&venue.api_key, &venue.api_secret] {
            let found = bytes.windows(secret.len()).any(|part| part == secret.as_bytes());
            assert!(!found, "a key lies in {}", path.display());
        }
        seen += 1;
    }
    assert!(seen >= 3, "only {seen} files");
}
