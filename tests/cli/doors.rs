//! The socket in the state directory: who may use it, and what becomes of nonsense.

use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::fs::{FileTypeExt, PermissionsExt};
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::house::{Engine, House, Ran, until};
use crate::venue::Venue;

fn socket(house: &House) -> PathBuf {
    house.state().join("control.sock")
}

fn open_to_all(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

fn guarded() -> (Venue, House, Engine) {
    let venue = Venue::open();
    let house = House::on(&venue);
    let engine = house.engine();
    (venue, house, engine)
}

/// Says some bytes, ends its half, and hears what comes back.
fn say(house: &House, bytes: &[u8]) -> Vec<Value> {
    let mut client = UnixStream::connect(socket(house)).unwrap();
    client.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    // An engine that has heard enough does not listen any more.
    let _ = client.write_all(bytes);
    let _ = client.shutdown(std::net::Shutdown::Write);
    let lines = BufReader::new(client).lines().map_while(Result::ok);
    lines.map(|line| serde_json::from_str(&line).unwrap()).collect()
}

/// The sentence of an answer that is nothing but an error.
fn error(answer: &[Value]) -> &str {
    let [only] = answer else { panic!("one line was due: {answer:?}") };
    assert_eq!(only["say"], "error", "{only}");
    only["text"].as_str().unwrap()
}

#[test]
fn the_socket_is_its_owners_alone_and_goes_with_the_engine() {
    let (_venue, house, engine) = guarded();
    let metadata = std::fs::metadata(socket(&house)).unwrap();
    assert!(metadata.file_type().is_socket());
    assert_eq!(metadata.permissions().mode() & 0o777, 0o600);
    let dir = std::fs::metadata(house.state()).unwrap();
    assert_eq!(dir.permissions().mode() & 0o777, 0o700);
    assert_eq!(engine.stop().0, Some(0));
    assert!(!socket(&house).exists());
}

#[test]
fn a_socket_that_a_dead_engine_left_is_replaced_and_in_nobodys_way() {
    let (venue, house, engine) = guarded();
    engine.signal(rustix::process::Signal::KILL);
    engine.end();
    assert!(socket(&house).exists(), "a killed engine tidies nothing up");
    venue.hold("ETHUSDT", "long", "2");
    assert_eq!(house.run(&["scan"]).code, 2, "a scan looks for itself");
    let ran = house.run(&["close", "main", "ETHUSDT", "--percent", "50", "--yes"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let engine = house.engine();
    let open = || UnixStream::connect(socket(&house)).ok();
    until("the new engine's door", open, || engine.log());
    assert_eq!(say(&house, b"{\"v\":1,\"do\":\"legs\"}\n")[0]["say"], "legs");
}

#[test]
fn nonsense_is_answered_in_one_sentence_and_does_nothing() {
    let (venue, house, _engine) = guarded();
    venue.hold("ETHUSDT", "long", "2");
    let ask = json!({
        "v": 1, "do": "ask", "who": "a test",
        "command": {"close": {"percent": "100", "pin": {
            "key": {"account": "main", "symbol": "ETHUSDT", "leg": "net"},
            "side": "long", "quantity": "2", "snapshot": 1,
        }}},
    });
    let torn = ask.to_string();
    let long = [b"{".as_slice(), &vec![b' '; 64 * 1024], b"}\n"].concat();
    let cases: &[(&[u8], &str)] = &[
        (b"\x00\xff\xfe\n", "no JSON object"),
        (b"GET / HTTP/1.1\r\n\r\n", "no JSON object"),
        (b"{}\n", "names its version"),
        (b"{\"v\":1,\"do\":\"fly\"}\n", "unknown variant `fly`"),
        (b"{\"v\":7,\"do\":\"legs\"}\n", "version 1"),
        (b"{\"v\":1,\"do\":\"ask\",\"who\":\"x\",\"command\":\"sell\"}\n", "sell"),
        (torn.as_bytes(), "ended before its line did"),
        (&long, "at most 65536 bytes"),
    ];
    for (bytes, words) in cases {
        let answer = say(&house, bytes);
        assert!(error(&answer).contains(words), "{words}: {answer:?}");
    }
    assert!(say(&house, b"").is_empty(), "who says nothing and leaves is told nothing");
    assert!(house.events().iter().all(|event| event["kind"] != "OPERATOR_COMMAND"));
    assert!(venue.position("ETHUSDT").is_some());
    let sight = say(&house, b"{\"v\":1,\"do\":\"legs\"}\n");
    assert_eq!(sight[0]["say"], "legs", "{sight:?}");
}

#[test]
fn an_ask_as_it_is_documented_is_numbered_carried_out_and_answered_to_the_end() {
    let (venue, house, _engine) = guarded();
    venue.hold("ETHUSDT", "long", "2");
    assert_eq!(say(&house, b"{\"v\":1,\"do\":\"scan\"}\n")[0]["code"], 2);
    let leg = || {
        let sight = say(&house, b"{\"v\":1,\"do\":\"legs\"}\n").remove(0);
        let leg = sight["legs"].as_array().unwrap().first().cloned();
        leg.map(|leg| (leg, sight["snapshot"].clone()))
    };
    let (leg, snapshot) = until("the leg", leg, || house.logs());
    let ask = json!({
        "v": 1, "do": "ask", "who": "a script\u{1b}[2J",
        "command": {"close": {"percent": "100", "pin": {
            "key": leg["key"], "side": leg["side"], "quantity": leg["quantity"],
            "snapshot": snapshot,
        }}},
    });
    let answers = say(&house, format!("{ask}\n").as_bytes());
    let verdicts: Vec<_> = answers.iter().map(|answer| answer["verdict"].clone()).collect();
    assert_eq!(verdicts.first(), Some(&json!("accepted")), "{answers:?}");
    assert_eq!(verdicts.last(), Some(&json!("done")), "{answers:?}");
    assert!(answers[0]["ask"].as_u64().unwrap() >= 1 << 52, "{answers:?}");
    assert!(venue.position("ETHUSDT").is_none());
    let event = house.wait_for_event("OPERATOR_COMMAND", |_| true);
    assert_eq!(event["data"]["who"], "a script[2J");
    // What it was pinned to is gone.
    let again = say(&house, format!("{ask}\n").as_bytes());
    assert_eq!(again[0]["verdict"], "refused", "{again:?}");
}

#[test]
fn clients_that_stay_silent_are_sent_away_and_keep_nobody_out_for_long() {
    let (_venue, house, _engine) = guarded();
    let silent: Vec<_> = (0..32).map(|_| UnixStream::connect(socket(&house)).unwrap()).collect();
    let began = Instant::now();
    let full = || {
        let answer = say(&house, b"{\"v\":1,\"do\":\"legs\"}\n");
        (answer[0]["say"] == "error").then(|| error(&answer).to_owned())
    };
    let refusal = until("a full house", full, String::new);
    assert!(refusal.contains("try again in a moment"), "{refusal}");
    for mut client in silent {
        client.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let mut said = String::new();
        client.read_to_string(&mut said).unwrap();
        assert!(said.contains("no request came within 5s"), "{said}");
    }
    assert!(began.elapsed() < Duration::from_secs(15), "{:?}", began.elapsed());
    let legs = || (say(&house, b"{\"v\":1,\"do\":\"legs\"}\n")[0]["say"] == "legs").then_some(());
    until("room again", legs, || house.logs());
}

#[test]
fn another_user_is_turned_away_even_where_the_files_let_him_in() {
    if !rustix::process::geteuid().is_root() {
        return;
    }
    let (venue, house, _engine) = guarded();
    venue.hold("ETHUSDT", "long", "2");
    let as_nobody = || {
        let mut command = house.command(&["scan"]);
        command.uid(65_534).gid(65_534);
        Ran::from(command.output().unwrap())
    };
    open_to_all(&house.path(""), 0o755);
    open_to_all(&house.state(), 0o755);
    let ran = as_nobody();
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.sentence().contains("belongs to another user"), "{}", ran.err);
    open_to_all(&socket(&house), 0o666);
    let ran = as_nobody();
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.sentence().contains("not of user 65534"), "{}", ran.err);
}

#[test]
fn a_state_directory_with_a_long_path_has_a_door_as_well() {
    let venue = Venue::open();
    let house = House::on(&venue);
    let long = house.path(&"a-rather-long-name/".repeat(8)).join("state");
    let dir = long.to_str().unwrap();
    assert!(dir.len() > 140);
    let engine = house.start(&["run", "--headless", "--state-dir", dir]);
    let open = || std::fs::metadata(long.join("control.sock")).ok();
    let metadata = until("the socket", open, || engine.log());
    assert_eq!(metadata.permissions().mode() & 0o777, 0o600);
    venue.hold("ETHUSDT", "long", "2");
    let ran = house.run(&["scan", "--json", "--state-dir", dir]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert_eq!(ran.json()["ledger"], "read");
    let looks = || {
        let ran = house.run(&["close", "main", "ETHUSDT", "--yes", "--state-dir", dir]);
        assert_eq!(ran.code, 0, "{ran:?}");
        venue.position("ETHUSDT").is_none().then_some(())
    };
    until("the close", looks, || engine.log());
    assert_eq!(engine.stop().0, Some(0));
    assert!(!long.join("control.sock").exists());
}
