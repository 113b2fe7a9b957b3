//! `holdfast replay`: recordings of real runs, verified and wound in the console.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use holdfast::domain::input::Input;
use holdfast::domain::policy::Policy;
use holdfast::domain::time::{Span, Time};
use holdfast::engine::Core;
use holdfast::store::Recorder;
use rustix::process::Signal;
use serde_json::Value;

use crate::house::{House, until};
use crate::terminal::Terminal;
use crate::venue::Venue;

const NOON: Time = Time(1_795_262_400_000);

fn wall() -> Time {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    Time(i64::try_from(since.as_millis()).unwrap())
}

fn parts(state: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(state.join("recordings")).unwrap();
    let mut parts: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    parts.sort();
    parts
}

/// A demo that was at work until `kind` happened, in a directory that stays.
fn demo_until(house: &House, kind: &str, signal: Signal) -> (String, Time) {
    let dir = house.path("kept").display().to_string();
    let demo = house.start(&["demo", "--headless", "--keep", &dir]);
    until(kind, || demo.log().contains(kind).then_some(()), || demo.log());
    let at = wall();
    demo.signal(signal);
    demo.end();
    (dir, at)
}

#[test]
fn a_run_that_was_killed_verifies_but_for_its_last_moment() {
    let house = House::new();
    let (dir, killed) = demo_until(&house, "PHANTOM_POSITION_CLOSED", Signal::KILL);
    let ran = house.run(&["replay", &dir, "--verify", "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let told = ran.json();
    assert_eq!(told["same"], true);
    assert!(told["inputs"].as_u64().unwrap() > 50, "{told}");
    assert!(told["torn"].as_str().unwrap().contains("breaks off after input"), "{told}");
    let last = Time::parse(told["to"].as_str().unwrap()).unwrap();
    let lost = killed.since(last);
    // A flush a second, and a second for a machine that is busy with other tests.
    assert!(lost < Span::secs(2), "lost {lost}");
    let again = house.run(&["replay", &dir, "--verify"]);
    assert!(again.out.starts_with("the same decisions: "), "{}", again.out);
    assert!(again.out.contains(told["digest"].as_str().unwrap()), "{}", again.out);
    assert!(again.err.contains("what follows is dropped"), "{}", again.err);
    let known = house.run(&["replay", &dir, "--timeline"]);
    assert_eq!(known.code, 0, "{}", known.err);
    let mut legs = known.out.split("\n\n");
    let held = legs.find(|leg| leg.starts_with("main BTCUSDT"));
    let held = held.unwrap_or_else(|| panic!("{}", known.out));
    assert!(held.contains("as found   long 0.25") && held.contains("ledger known"), "{held}");
}

#[test]
fn an_engine_that_ended_in_order_left_a_whole_recording_without_its_secrets() {
    let venue = Venue::open();
    let house = House::on(&venue);
    venue.hold("ETHUSDT", "long", "2");
    let engine = house.engine();
    house.wait_for_event("ORPHANED_POSITION_DETECTED", |_| true);
    assert_eq!(engine.stop().0, Some(0));
    let told = house.run(&["replay", &house.state().display().to_string(), "--verify", "--json"]);
    assert_eq!((told.code, &told.json()["torn"]), (0, &Value::Null), "{}", told.err);
    for part in parts(&house.state()) {
        let bytes = zstd::decode_all(&fs::read(part).unwrap()[..]).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.contains("\"did\"") && text.contains("ETHUSDT"));
        for secret in [&venue.api_key, &venue.api_secret] {
            assert!(!text.contains(secret.as_str()), "a secret is in the recording");
        }
    }
}

/// A recording whose second input decided something else than the engine does.
fn altered(dir: &Path) {
    let mut recorder = Recorder::create(&dir.join("recordings"), 1 << 20);
    let mut core = Core::new();
    let inputs = [Input::Woke, Input::Started(Box::new(Policy::unread())), Input::Look];
    for (n, input) in inputs.into_iter().enumerate().skip(1) {
        let at = NOON + Span::secs(n as u64);
        recorder.record(at, core.shown(), &input);
        let mut effects = Vec::new();
        core.step(at, input, &mut effects);
        assert_eq!(effects.len(), 1);
        recorder.decided(if n == 2 { &[] } else { &effects });
        recorder.flush(at, &core);
    }
}

#[test]
fn the_first_difference_is_named() {
    let house = House::new();
    altered(&house.state());
    let state = house.state().display().to_string();
    let ran = house.run(&["replay", &state, "--verify"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert_eq!(
        ran.sentence(),
        "holdfast: input 2 at 2026-11-21T12:00:02.000Z (look at everything now) differs: \
         decided[0]: recorded nothing, now \"ReadLedger\""
    );
    let ran = house.run(&["replay", &state, "--verify", "--json"]);
    let told = ran.json();
    assert_eq!((ran.code, &told["same"], &told["input"]), (1, &false.into(), &2.into()));
}

#[test]
fn what_cannot_be_verified_is_said_in_one_sentence() {
    let house = House::new();
    let state = house.state();
    let say = |path: &Path| {
        let ran = house.run(&["replay", &path.display().to_string(), "--verify"]);
        assert_eq!(ran.code, 1);
        ran.sentence().to_owned()
    };
    fs::create_dir_all(state.join("recordings")).unwrap();
    assert!(say(&state).contains("there is no recording in"));
    assert!(say(&state.join("nothing.zst")).contains("cannot be read"));
    let older = state.join("recordings/20261001T000000.000Z-0001.jsonl.zst");
    let text = "{\"recording\":\"holdfast\",\"v\":1,\"program\":\"0.0.9\",\"part\":1}\n";
    fs::write(&older, zstd::encode_all(text.as_bytes(), 1).unwrap()).unwrap();
    assert!(say(&state).contains("has format 1, which does not say what was decided"));
    let ran = house.run(&["replay", &state.display().to_string()]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("terminal"), "{}", ran.err);
}

#[test]
fn a_recording_is_wound_back_and_forth_in_the_console_and_takes_no_orders() {
    let house = House::new();
    let (dir, _) = demo_until(&house, "PHANTOM_POSITION_CLOSED", Signal::TERM);
    let mut screen = Terminal::open(&house, &["replay", &dir]);
    screen.shows(&["REPLAY", "paused x1", "#1 of ", "started with 2 accounts", "from outside"]);
    screen.type_in(":goto #40\r");
    screen.shows(&["#40 of "]);
    screen.type_in("l");
    screen.shows(&["#41 of "]);
    screen.type_in("hh");
    screen.shows(&["#39 of "]);
    screen.type_in(":goto +1h\r");
    screen.shows(&["100%", "DOGEUSDT"]);
    screen.type_in("[");
    screen.shows(&[" write: ", "because"]);
    screen.type_in("x");
    screen.shows(&["a recording cannot be acted on"]);
    screen.type_in(":goto #1\r>>>>>>>P");
    screen.shows(&["paused max", "100%"]);
    screen.type_in("q");
    assert_eq!(screen.end(), 0);
    assert!(screen.is_restored(), "{}", screen.text());
}
