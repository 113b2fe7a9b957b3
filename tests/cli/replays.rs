//! `holdfast replay`: recordings of real runs, verified and wound in the console.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use holdfast::domain::effect::Effect;
use holdfast::domain::input::Input;
use holdfast::domain::policy::Policy;
use holdfast::domain::time::{Span, Time};
use holdfast::engine::Core;
use holdfast::store::Recorder;
use holdfast::store::bundle::{self, Bundle, Mark};
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
    assert!(told["torn"].as_str().unwrap().contains("in the midst of its run"), "{told}");
    let last = Time::parse(told["to"].as_str().unwrap()).unwrap();
    let lost = killed.since(last);
    // A flush a second, and a second for a machine that is busy with other tests.
    assert!(lost < Span::secs(2), "lost {lost}");
    let again = house.run(&["replay", &dir, "--verify"]);
    assert!(again.out.starts_with("the same decisions: "), "{}", again.out);
    assert!(again.out.contains(told["digest"].as_str().unwrap()), "{}", again.out);
    assert!(again.err.contains("was killed and what came later is lost"), "{}", again.err);
    let known = house.run(&["replay", &dir, "--timeline"]);
    assert_eq!(known.code, 0, "{}", known.err);
    let mut legs = known.out.split("\n\n");
    let held = legs.find(|leg| leg.starts_with("main BTCUSDT"));
    let held = held.unwrap_or_else(|| panic!("{}", known.out));
    assert!(held.contains("as found   long 0.25") && held.contains("ledger known"), "{held}");
    let legend = known.out.lines().last().unwrap_or_default();
    assert!(
        legend.starts_with("signs: ") && legend.contains("known: when the run began"),
        "{legend}"
    );
    // The same, told by somebody who wants the terminal to obey the name of an account.
    let forged = house.path("forged.zst");
    fs::write(&forged, renamed(&parts(Path::new(&dir))[0], "ma\\u001b[2J\\u009b\\nin")).unwrap();
    let told = house.run(&["replay", &forged.display().to_string(), "--timeline"]);
    assert_eq!(told.code, 0, "{}", told.err);
    assert!(told.out.contains("ma?[2J??in BTCUSDT"), "{}", told.out);
    assert_inert(&told.out);
}

/// The inputs of a recording in the first format, which nothing seals, with another name for the
/// account.
fn renamed(part: &Path, name: &str) -> Vec<u8> {
    let mut lines = Vec::new();
    let file = fs::File::open(part).unwrap();
    let mut decoder = zstd::stream::read::Decoder::new(file).unwrap();
    std::io::Read::read_to_end(&mut decoder, &mut lines).ok();
    let lines = String::from_utf8(lines).unwrap();
    let mut text = "{\"recording\":\"holdfast\",\"v\":1,\"program\":\"0\",\"part\":1}\n".to_owned();
    let whole = lines.split_inclusive('\n').filter(|line| line.ends_with('\n'));
    text.extend(whole.filter(|line| line.starts_with("{\"at\":")));
    zstd::encode_all(text.replace("\"main\"", &format!("\"{name}\"")).as_bytes(), 1).unwrap()
}

fn assert_inert(text: &str) {
    let obeyed = |c: char| c.is_control() && c != '\n';
    assert!(!text.contains(obeyed), "{text:?}");
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

/// Records a run; something else is written down than what the input of that number decided.
pub fn record(state: &Path, inputs: impl IntoIterator<Item = Input>, wrong: usize) {
    let mut recorder = Recorder::create(&state.join("recordings"), 1 << 30);
    let mut core = Core::new();
    let started = Input::Started(Box::new(Policy::unread()));
    for (n, input) in (1..).zip([started].into_iter().chain(inputs)) {
        let at = NOON + Span(n as u64 * 1000);
        recorder.record(at, core.shown(), &input);
        let mut effects = Vec::new();
        core.step(at, input, &mut effects);
        let other = if effects.is_empty() { vec![Effect::ReadLedger] } else { Vec::new() };
        recorder.decided(if n == wrong { &other } else { &effects });
        if n % 16 < 3 {
            recorder.flush(at, &core);
        }
    }
    recorder.flush(NOON, &core);
}

/// A recording whose second input decided something else than the engine does.
fn altered(dir: &Path) {
    record(dir, [Input::Look], 2);
}

pub fn failures(count: usize) -> impl Iterator<Item = Input> {
    (0..count).map(|n| Input::BooksFailed(format!("locked {} times", n * 7919 % 10_007)))
}

/// Packs a state directory's recordings.
fn packed(house: &House, state: &Path) -> PathBuf {
    let path = house.path("bundle.tar.zst");
    let mut bundle = Bundle::create(&path, 0).unwrap();
    let mark = serde_json::to_vec(&Mark::ours()).unwrap();
    bundle.page(bundle::MANIFEST, &mark).unwrap();
    for part in parts(state) {
        let long = fs::metadata(&part).unwrap().len();
        assert_eq!(bundle.recording(&part, long), Ok(long));
    }
    bundle.finish().unwrap();
    path
}

fn unpacked(house: &House) -> Vec<String> {
    let mut left = house.left_behind();
    left.retain(|name| name.starts_with("holdfast-"));
    left
}

#[test]
fn a_damaged_recording_is_not_verified_and_its_place_is_named() {
    let house = House::new();
    let state = house.state();
    record(&state, failures(600), 0);
    let part = parts(&state).remove(0);
    let mut bytes = fs::read(&part).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x10;
    fs::write(&part, bytes).unwrap();
    let bundle = packed(&house, &state).display().to_string();
    let state = state.display().to_string();
    for (path, name) in [(&state, part.display().to_string()), (&bundle, format!("{bundle}:rec"))] {
        let ran = house.run(&["replay", path, "--verify"]);
        assert_eq!((ran.code, ran.out.as_str()), (1, ""));
        let why = ran.sentence();
        assert!(why.starts_with(&format!("holdfast: the recording {name}")), "{why}");
        assert!(why.contains("is damaged after input ") && !why.contains("holdfast-"), "{why}");
        let inputs = why.split("only the ").nth(1).unwrap().split(' ').next().unwrap();
        assert!(why.contains(&format!("damaged after input {inputs} (")), "{why}");
        assert!(inputs.parse::<u64>().unwrap() > 10, "{why}");
        let told = house.run(&["replay", path, "--verify", "--json"]);
        assert_eq!((told.code, &told.json()["same"]), (1, &false.into()));
        assert!(told.json()["damaged"].as_str().unwrap().contains("is damaged after"));
        let told = house.run(&["replay", path, "--timeline"]);
        assert_eq!(told.code, 1);
        assert!(told.sentence().contains("is damaged after input"), "{}", told.err);
    }
    assert!(unpacked(&house).is_empty());
}

#[test]
fn other_runs_are_named_with_the_way_to_them() {
    let house = House::new();
    let state = house.state();
    record(&state, failures(3), 0);
    let first = parts(&state).remove(0);
    record(&state, failures(9), 0);
    let name = first.file_name().unwrap().to_str().unwrap();
    let bundle = packed(&house, &state).display().to_string();
    let dir = state.display().to_string();
    for (path, way) in [(&dir, "name one of the files in "), (&bundle, "unpack it with zstd -dc ")]
    {
        for how in ["--verify", "--timeline"] {
            let ran = house.run(&["replay", path, how]);
            assert_eq!(ran.code, 0, "{}", ran.err);
            assert!(ran.err.contains("this is the newest of 2 runs"), "{}", ran.err);
            assert!(ran.err.contains(way) && ran.err.contains(name), "{}", ran.err);
        }
        let told = house.run(&["replay", path, "--verify", "--json"]).json();
        assert_eq!((&told["inputs"], &told["other_runs"]), (&10.into(), &vec![name].into()));
    }
    let alone = house.run(&["replay", first.to_str().unwrap(), "--verify", "--json"]);
    assert_eq!((alone.err.as_str(), &alone.json()["inputs"]), ("", &4.into()));
    let mut screen = Terminal::open(&house, &["replay", &dir]);
    screen.shows(&["REPLAY", "this is the newest of 2 runs"]);
    screen.type_in("q");
    assert_eq!(screen.end(), 0);
}

#[test]
fn what_a_bundle_was_unpacked_into_goes_whatever_ends_the_replay() {
    let house = House::new();
    record(&house.state(), failures(60_000), 0);
    let bundle = packed(&house, &house.state()).display().to_string();
    for signal in [Signal::TERM, Signal::HUP] {
        let replay = house.start(&["replay", &bundle, "--verify"]);
        let found = || (!unpacked(&house).is_empty()).then_some(());
        until("the unpacked bundle", found, || replay.log());
        replay.signal(signal);
        let (code, told) = replay.end();
        assert_eq!(code, Some(1), "{told}");
        assert!(told.contains("stopped by a signal"), "{told}");
        assert!(unpacked(&house).is_empty(), "{:?}", unpacked(&house));
    }
}

#[test]
fn nothing_of_a_recording_reaches_the_terminal_as_an_order() {
    let house = House::new();
    let evil = "\u{1b}]0;gone\u{7}\u{9b}2J\r\nsame";
    record(&house.state(), [Input::BooksFailed(evil.to_owned()), Input::Look], 2);
    let state = house.state().display().to_string();
    let ran = house.run(&["replay", &state, "--verify"]);
    assert_eq!(ran.code, 1);
    assert!(ran.sentence().contains("?]0;gone??2J??same) differs"), "{}", ran.sentence());
    assert_inert(&ran.err);
    let told = house.run(&["replay", &state, "--verify", "--json"]);
    assert_inert(&told.out);
    assert_eq!(told.json()["told"], format!("ledger not readable: {evil}"));
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
    let missing = say(&state.join("nothing.zst"));
    let cure = "cannot be read, it is not there: name a recording, a bundle or a state directory";
    assert!(missing.ends_with(cure), "{missing}");
    // What cannot be looked into is not taken for empty.
    let shut = house.path("shut");
    fs::create_dir(&shut).unwrap();
    fs::write(shut.join("recordings"), "").unwrap();
    assert!(say(&shut).contains("cannot be read (Not a directory): name a recording"));
    let pipe = house.path("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    assert!(say(&pipe).contains("is neither a file nor a directory"));
    let timeline = house.run(&["replay", &state.display().to_string(), "--timeline", "--json"]);
    assert_eq!((timeline.code, timeline.out.as_str()), (64, ""));
    let older = state.join("recordings/20261001T000000.000Z-0001.jsonl.zst");
    let text = "{\"recording\":\"holdfast\",\"v\":1,\"program\":\"0.0.9\",\"part\":1}\n";
    fs::write(&older, zstd::encode_all(text.as_bytes(), 1).unwrap()).unwrap();
    assert!(say(&state).contains("has format 1, which does not say what was decided"));
    let ran = house.run(&["replay", &state.display().to_string()]);
    assert_eq!(ran.code, 1);
    assert!(ran.sentence().ends_with("`holdfast replay PATH --verify` or `--timeline`"));
    let demo = house.run(&["demo"]);
    assert!(demo.sentence().ends_with("`holdfast demo --headless`"), "{}", demo.err);
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
    screen.shows(&["100%", "DOGEUSDT", "the recording ends here, at 20"]);
    screen.type_in("]");
    screen.shows(&["no later finding or event in the recording"]);
    screen.type_in("[");
    screen.shows(&[" write: ", "because"]);
    screen.type_in("x");
    screen.shows(&["a recording cannot be acted on"]);
    screen.type_in("c");
    screen.shows(&["why  #", "Esc leaves"]);
    screen.type_in("c:goto #1\rh");
    screen.shows(&["the recording begins here, at 20"]);
    screen.type_in(">>>>>>>P");
    screen.shows(&["paused max", "100%", "the recording ends here, at 20"]);
    screen.type_in("q");
    assert_eq!(screen.end(), 0);
    assert!(screen.is_restored(), "{}", screen.text());
}
