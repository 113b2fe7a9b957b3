//! An incident in one file: what is in it, what is not, and that it opens elsewhere.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use holdfast::store::bundle;
use rustix::process::Signal;
use serde_json::{Value, json};

use crate::house::{House, Ran, until};
use crate::replays::{failures, record};
use crate::terminal::Terminal;
use crate::venue::Venue;

/// The file that a dump named: nothing else is on its stdout.
fn written(out: &str) -> PathBuf {
    let name = out.strip_suffix('\n').unwrap();
    assert!(!name.contains('\n'), "{out}");
    PathBuf::from(name)
}

fn page(opened: &bundle::Opened, name: &str) -> String {
    std::fs::read_to_string(opened.dir().join(name)).unwrap()
}

/// Every byte of every file, compressed and not.
fn bytes(dir: &Path) -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(bytes(&path));
            continue;
        }
        let plain = std::fs::read(&path).unwrap();
        if let Ok(mut decoder) = zstd::stream::read::Decoder::new(plain.as_slice()) {
            // A file that was being written ends in the middle of a frame.
            let mut inside = Vec::new();
            std::io::Read::read_to_end(&mut decoder, &mut inside).ok();
            all.push(inside);
        }
        all.push(plain);
    }
    all
}

#[test]
fn a_dump_beside_a_running_engine_tells_who_knew_what_and_opens_elsewhere() {
    let venue = Venue::open();
    let house = House::with(&venue, "[engine]\nsync_interval = \"5s\"\n");
    let engine = house.engine();
    house.wait_for_event("STREAM_UP", |_| true);
    let entry = venue.hold("ETHUSDT", "long", "2");
    house.insert(&format!("'ETHUSDT', 'long', '2', '{entry}', 'active', NULL"));
    house.wait_for_event("POSITION_COVERED", |event| event["symbol"] == "ETHUSDT");
    venue.tell(json!({"do": "close", "symbol": "ETHUSDT"}));
    house.wait_for_position("the row closed", |row| row["status"] == "closed");
    let told = || {
        let ran = house.run(&["dump"]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        let opened = bundle::open(&written(&ran.out)).unwrap();
        let timeline = page(&opened, "timeline.txt");
        let flat = timeline.lines().find(|line| line.contains("flat"))?.to_owned();
        assert!(timeline.contains("\nsigns: "), "{timeline}");
        (flat.contains("ledger +")).then_some((written(&ran.out), opened, flat))
    };
    let (path, opened, flat) = until("the close in the timeline", told, String::new);
    assert!(path.starts_with(house.state().join("dumps")), "{}", path.display());
    assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    assert!(flat.contains("venue") && flat.contains("stream +"), "{flat}");
    let events = page(&opened, "events.jsonl");
    let events: Vec<Value> = events.lines().map(|e| serde_json::from_str(e).unwrap()).collect();
    assert!(events.iter().any(|event| event["kind"] == "POSITION_CLOSED"));
    for (name, table) in [("repairs.json", "book_close"), ("fills.json", "ETHUSDT")] {
        assert!(page(&opened, name).contains(table), "{name}: {}", page(&opened, name));
    }
    assert!(page(&opened, "positions.json").contains("\"exit_reason\": \"external\""));
    assert!(page(&opened, "config.toml").contains("api_secret = \"env:TEST_SECRET\""));
    assert!(page(&opened, "README.txt").contains("holdfast replay holdfast-"));
    let manifest: Value = serde_json::from_str(&page(&opened, "manifest.json")).unwrap();
    assert_eq!(manifest["program"], env!("CARGO_PKG_VERSION"));
    assert_eq!(manifest["left_out"], json!([]));
    assert!(std::fs::read_dir(opened.recordings()).unwrap().count() > 0);
    engine.stop();
    drop(opened);
    // On a machine that has neither the config nor the state.
    let elsewhere = House::new();
    let ran = elsewhere.run(&["replay", path.to_str().unwrap(), "--verify"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.starts_with("the same decisions: "), "{}", ran.out);
    assert!(elsewhere.is_empty(), "{:?}", elsewhere.left_behind());
}

#[test]
fn no_secret_is_in_a_bundle_in_any_form() {
    let venue = Venue::open();
    let house = House::on(&venue);
    let engine = house.engine();
    engine.stop();
    let (key, secret) = (&venue.api_key, &venue.api_secret);
    // A person puts a key where none belongs: the name of an account, a signal's id, a remark.
    house.insert(&format!("'ETHUSDT', 'long', '2', '3000', 'active', '{secret}'"));
    house.write(&format!(
        "INSERT INTO events (kind, account, data) VALUES ('STREAM_UP', '{key}', \
         '{{\"text\": \"{secret}\"}}')"
    ));
    let ran = house.run(&["dump"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let path = written(&ran.out);
    let opened = bundle::open(&path).unwrap();
    assert!(page(&opened, "events.jsonl").contains("[secret]"));
    let mut all = bytes(opened.dir());
    all.push(std::fs::read(&path).unwrap());
    for secret in [key, secret] {
        let base64 = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, secret);
        let percent: String = secret.bytes().map(|byte| format!("%{byte:02X}")).collect();
        for form in [secret.as_str(), &base64, base64.trim_end_matches('='), &percent] {
            let is_in =
                |bytes: &Vec<u8>| bytes.windows(form.len()).any(|window| window == form.as_bytes());
            assert!(!all.iter().any(is_in), "a key is in the bundle");
        }
    }
}

#[test]
fn a_recording_with_a_key_in_it_stays_at_home() {
    let venue = Venue::open();
    let house = House::on(&venue);
    house.engine().stop();
    // Another program names its signal after the key, and the engine is told of the row.
    let entry = venue.hold("ETHUSDT", "long", "2");
    house.insert(&format!("'ETHUSDT', 'long', '2', '{entry}', 'active', NULL"));
    house.write(&format!("UPDATE positions SET signal_id = '{}'", venue.api_key));
    let engine = house.engine();
    house.wait_for_event("POSITION_COVERED", |event| event["symbol"] == "ETHUSDT");
    engine.stop();
    let ran = house.run(&["dump"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("a key of the config stands in it"), "{}", ran.err);
    let opened = bundle::open(&written(&ran.out)).unwrap();
    let key = venue.api_key.as_bytes();
    let is_in = |bytes: &Vec<u8>| bytes.windows(key.len()).any(|window| window == key);
    assert!(!bytes(opened.dir()).iter().any(is_in));
    let told = format!("{}{}", ran.out, ran.err);
    assert!(!told.contains(&venue.api_key), "{told}");
}

#[test]
fn half_an_incident_is_better_than_none_and_says_what_it_lacks() {
    let venue = Venue::open();
    let house = House::on(&venue);
    house.engine().stop();
    std::fs::remove_dir_all(house.state().join("recordings")).unwrap();
    let out = house.path("here.tar.zst");
    let ran = house.run(&["dump", "--since", "2h", "--out", out.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(ran.sentence(), "left out: the recording: there is none");
    assert_eq!(written(&ran.out), out);
    let opened = bundle::open(&out).unwrap();
    assert!(page(&opened, "README.txt").contains("Left out:"));
    assert!(page(&opened, "positions.json").starts_with('['));
    let again = house.run(&["dump", "--out", out.to_str().unwrap()]);
    assert_eq!(again.code, 1);
    assert!(again.sentence().contains("exists already and is left as it is"));
}

#[test]
fn a_dump_of_nothing_is_one_sentence() {
    let house = House::new();
    let ran = house.run(&["dump"]);
    assert_eq!(ran.code, 1);
    assert!(ran.sentence().contains("there is nothing to dump at"), "{}", ran.sentence());
    assert!(house.is_empty(), "{:?}", house.left_behind());
    for since in ["yesterday", "2999-01-01T00:00:00Z"] {
        assert_eq!(house.run(&["dump", "--since", since]).code, 64, "{since}");
    }
    house.configure("");
    std::fs::create_dir(house.state()).unwrap();
    let ran = house.run(&["dump"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(ran.sentence().contains("there is nothing to dump in"), "{}", ran.sentence());
    assert_eq!(std::fs::read_dir(house.state()).unwrap().count(), 0);
    std::fs::remove_dir(house.state()).unwrap();
    std::fs::write(house.state(), "").unwrap();
    let ran = house.run(&["dump"]);
    assert_eq!(ran.code, 1);
    let cure = "cannot be read (Not a directory): --state-dir names another place";
    assert!(ran.sentence().ends_with(cure), "{}", ran.sentence());
}

#[test]
fn a_dump_that_a_signal_ends_leaves_nothing() {
    let house = House::new();
    house.configure("");
    record(&house.state(), failures(60_000), 0);
    let out = house.path("here.tar.zst");
    let dumps = house.state().join("dumps");
    for signal in [Signal::INT, Signal::TERM, Signal::HUP] {
        for args in [&["dump"][..], &["dump", "--out", out.to_str().unwrap()]] {
            let dump = house.start(args);
            until("the file", || half_written(&[&dumps, house.path("").as_path()]), || dump.log());
            dump.signal(signal);
            let (code, told) = dump.end();
            assert_eq!(code, Some(1), "{told}");
            assert_eq!(told, "holdfast: stopped by a signal: nothing is dumped, call it again\n");
            assert!(!out.exists() && !dumps.exists(), "{signal:?} {args:?}");
            assert_eq!(half_written(&[&house.path("")]), None, "{signal:?} {args:?}");
        }
    }
    std::fs::write(&out, "kept").unwrap();
    let ran = house.run(&["dump", "--out", out.to_str().unwrap()]);
    assert!(ran.sentence().contains("exists already and is left as it is"), "{}", ran.sentence());
    assert_eq!(std::fs::read(&out).unwrap(), b"kept");
    let nowhere = house.path("nowhere/here.tar.zst");
    let ran = house.run(&["dump", "--out", nowhere.to_str().unwrap()]);
    let cure = "its directory is not there: make it, or holdfast dump --out names another file";
    assert!(ran.sentence().ends_with(cure), "{}", ran.sentence());
}

/// The first file of a dump that is not whole yet.
fn half_written(dirs: &[&Path]) -> Option<PathBuf> {
    let files = dirs.iter().flat_map(|dir| std::fs::read_dir(dir).into_iter().flatten());
    let mut paths = files.map(|entry| entry.unwrap().path());
    paths.find(|path| path.extension().is_some_and(|end| end == "part"))
}

#[test]
fn a_dump_that_is_killed_has_nothing_under_its_name() {
    let house = House::new();
    house.configure("");
    record(&house.state(), failures(60_000), 0);
    let out = house.path("here.tar.zst");
    let args = ["dump", "--out", out.to_str().unwrap()];
    let dump = house.start(&args);
    let part = until("the file", || half_written(&[&house.path("")]), || dump.log());
    dump.signal(Signal::KILL);
    dump.end();
    assert!(part.exists() && !out.exists());
    let ran = house.run(&args);
    assert_eq!(ran.code, 0, "{}", ran.err);
    bundle::open(&out).unwrap();
}

#[test]
fn a_bundle_whose_name_cannot_be_printed_is_named_all_the_same() {
    let house = House::new();
    house.configure("");
    record(&house.state(), failures(10), 0);
    let out = house.path("here.tar.zst");
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut dump = house.command(&["dump", "--out", out.to_str().unwrap()]);
    let ran = Ran::from(dump.stdout(full).output().unwrap());
    let said = "stdout cannot be written: No space left on device; the bundle is whole: ";
    assert!(ran.code == 1 && ran.sentence().contains(said), "{}", ran.sentence());
    assert!(ran.sentence().ends_with(out.to_str().unwrap()), "{}", ran.sentence());
    bundle::open(&out).unwrap();
}

#[test]
fn what_cannot_be_searched_for_the_keys_is_not_dumped() {
    let venue = Venue::open();
    let house = House::on(&venue);
    house.engine().stop();
    let refused = |why: &str, ran: Ran| {
        assert_eq!((ran.code, ran.out.as_str()), (1, ""));
        let said = ran.sentence();
        assert!(said.contains("it cannot be searched for the accounts' keys"), "{said}");
        assert!(said.contains(why) && said.contains("type :dump"), "{said}");
        assert!(!house.state().join("dumps").exists());
    };
    let mut blind = house.command(&["dump"]);
    let blind = Ran::from(blind.env_remove("TEST_SECRET").output().unwrap());
    refused("account main: api_secret: the environment variable TEST_SECRET is not set", blind);
    house.configure("[engine]\nautonomy = \"nonsense\"\n");
    refused("nonsense", house.run(&["dump"]));
    std::fs::remove_file(house.config()).unwrap();
    refused("there is no config at", house.run(&["dump"]));
}

#[test]
fn a_bundle_of_a_demo_outlives_it_and_is_named_in_whole() {
    // Done before the demo ends, and not even begun to be written.
    for waits_for in [" ok   dumped holdfast-", "dumping the last hour"] {
        let house = House::new();
        let mut screen = Terminal::open(&house, &["demo"]);
        screen.shows(&["DEMO", "main ok"]);
        screen.type_in(":dump\r");
        screen.shows(&[waits_for]);
        if waits_for.starts_with("dumping") {
            screen.type_in(":dump\r");
            screen.shows(&["a dump is being written: wait for its end"]);
        }
        screen.signal(Signal::TERM);
        assert_eq!(screen.end(), 0);
        let left = house.left_behind();
        let [name] = &left[..] else { panic!("{left:?}") };
        let path = house.path(name);
        let told = format!("holdfast: dumped to {}", path.display());
        assert!(screen.text().contains(&told), "{}", screen.text());
        assert!(page(&bundle::open(&path).unwrap(), "events.jsonl").contains("SYNC_COMPLETED"));
    }
}
