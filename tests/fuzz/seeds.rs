//! Where fuzzing begins: for every door, what it was made for.
//!
//! For: real answers and frames from `tests/fixtures`, and whole configs, themes, filters,
//! recordings and rows. Door: [`of`].

use std::fs;
use std::path::{Path, PathBuf};

use holdfast::domain::input::Input;
use holdfast::domain::time::Time;
use holdfast::exchange::binance::{events, memory::Memory};
use holdfast::settings::Settings;
use holdfast::store::Recorder;

use super::found::FOUND;

/// The seeds of a door, and what was found there before.
pub fn of(door: &str) -> Vec<Vec<u8>> {
    let mut seeds = match door {
        "binance_rest" => fixtures("binance", |name| !name.starts_with("ws.")),
        "binance_stream" => fixtures("binance", |name| name.starts_with("ws.")),
        "bybit_rest" => fixtures("bybit", |name| name.starts_with("rest-")),
        "bybit_stream" => fixtures("bybit", |name| name.starts_with("ws-")),
        "errors" => [errors(), lines(ERRORS)].concat(),
        "config" => configs(),
        "theme" => files(&root().join("themes"), |_| true),
        "recording" => vec![recording()],
        "engine_socket" => lines(&REQUESTS.replace("CLOSE", &CLOSE.replace('\n', " "))),
        "filter" => lines(FILTERS),
        "prompt" => lines(COMMANDS),
        "keys" => lines(KEYS),
        "lease_file" => lines(MARKS).into_iter().map(|mark| padded(&mark)).collect(),
        "ledger" => ROWS.map(|row| row.replace(", ", "\n").into_bytes()).to_vec(),
        "limits" => LIMITS.map(|counts| counts.replace(' ', "\n").into_bytes()).to_vec(),
        other => panic!("no door is called {other}"),
    };
    let found = FOUND.iter().filter(|(name, _)| *name == door);
    seeds.extend(found.map(|(_, bytes)| bytes.as_bytes().to_vec()));
    seeds
}

fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = here.ancestors().find(|dir| dir.join("tests/fixtures").is_dir());
    root.expect("the repository is around us").to_owned()
}

fn files(dir: &Path, wanted: impl Fn(&str) -> bool) -> Vec<Vec<u8>> {
    let entries = fs::read_dir(dir).unwrap_or_else(|why| panic!("{}: {why}", dir.display()));
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let wanted = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        path.is_file() && wanted(name)
    };
    paths.into_iter().filter(wanted).map(|path| fs::read(path).expect("it was listed")).collect()
}

/// Answers as they are; frames, of which there is one a line, each on one line.
fn fixtures(venue: &str, wanted: impl Fn(&str) -> bool) -> Vec<Vec<u8>> {
    let dir = root().join("tests/fixtures").join(venue);
    let mut found = files(&dir, |name| name.ends_with(".jsonl") && wanted(name));
    let whole = files(&dir, |name| name.ends_with(".json") && wanted(name));
    found.extend(whole.into_iter().map(|mut text| {
        text.iter_mut().filter(|byte| **byte == b'\n').for_each(|byte| *byte = b' ');
        text
    }));
    assert!(found.len() > 9, "no seeds in {}", dir.display());
    found
}

fn errors() -> Vec<Vec<u8>> {
    let of_bybit = files(&root().join("tests/fixtures/bybit/errors"), |_| true);
    [of_bybit, fixtures("binance", |name| !name.starts_with("ws."))].concat()
}

fn lines(text: &str) -> Vec<Vec<u8>> {
    text.lines().map(|line| line.replace("\\e", "\x1b").into_bytes()).collect()
}

/// The template, the same with everything in it said, and files of keys.
fn configs() -> Vec<Vec<u8>> {
    let template = Settings::template();
    let is_setting = |rest: &str| rest.starts_with('[') || rest.contains(" = ");
    let said = template.lines().map(|line| match line.strip_prefix("# ") {
        Some(rest) if is_setting(rest) => rest,
        _ => line,
    });
    let said = said.collect::<Vec<_>>().join("\n");
    let keys = files(&root().join("tests/fixtures/keys"), |_| true);
    [vec![template.as_bytes().to_vec(), said.into_bytes(), CONFIG.as_bytes().to_vec()], keys]
        .concat()
}

/// A recording of what the streams in the fixtures say, as its lines.
fn recording() -> Vec<u8> {
    let place = tempfile::tempdir().expect("a place for a recording");
    let mut recorder = Recorder::create(place.path(), 1 << 26);
    let mut memory = Memory::default();
    let frames = fixtures("binance", |name| name.starts_with("ws.user."));
    let frames: Vec<String> =
        frames.iter().flat_map(|text| text.split(|b| *b == b'\n')).map(lossy).collect();
    let mut at = 1_795_269_802_000;
    recorder.record(Time(at), 0, &Input::Woke);
    for event in frames.iter().flat_map(|frame| events::event(frame)) {
        for event in memory.hear(event).unwrap_or_default() {
            at += 250;
            recorder.record(Time(at), 0, &Input::Stream("main".into(), Box::new(event)));
        }
    }
    drop(recorder);
    let packed = files(place.path(), |_| true);
    zstd::stream::decode_all(packed[0].as_slice()).expect("what was just written")
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn padded(mark: &[u8]) -> Vec<u8> {
    format!("{:<127}\n", lossy(mark)).into_bytes()
}

const ERRORS: &str = r#"{"code":-1003,"msg":"Way too many requests; IP banned until 1655217461579."}
{"code":-1007,"msg":"Timeout waiting for response from backend server. Status unknown."}
{"code":-2015,"msg":"Invalid API-key, IP, or permissions for action, request ip: 1.2.3.4"}
{"code":"239999","msg":"maintenance"}
{"retCode":10004,"retMsg":"error sign! origin_string[1658384314791XXXXXXXXXX5000category=linear]"}
{"retCode":10001,"retMsg":"params error: symbol invalid","result":{},"time":1672738134824}
<html><head><title>403 Forbidden</title></head></html>
Service Unavailable.
"#;

const REQUESTS: &str = r#"{"v":1,"do":"ask","who":"ann on tty","command":{"undo":{"repair":"r-1"}}}
{"v":1,"do":"legs"}
{"v":1,"do":"scan"}
{"v":1,"do":"ask","who":"ann","command":{"halt":{"account":"main","reason":"news"}}}
CLOSE
{"say":"error","text":"no"}
{"say":"scan","code":2,"text":"one difference","json":{"accounts":[]}}"#;

const CLOSE: &str = r#"{"v":1,"do":"ask","who":"ann","command":{"close":{"percent":"50","pin":{
"key":{"account":"main","symbol":"BTCUSDT","leg":"net"},"side":"long","quantity":"0.5",
"snapshot":7}}}}"#;

const FILTERS: &str = "btc side:long
!doge|eth ~bcu
age>1h age<3d sev>=warn prot:naked|prot:partly
qty=0.5 upnl<-100 dist<=1.5 sym=btcusdt acct:main venue:bybit state:closing";

const COMMANDS: &str = "pos btc side:long
close AAA 50%
adopt main:BTCUSDT long 2%
stop BTCUSDT mark 1%
trail BTCUSDT 1.2% arm 0.4% step 0.1%
undo r-1
restore main protect
resync main
theme dark
close-all main
close-marked
arm 5m
halt main
ETHUSDT";

const KEYS: &str = "jkG g g/btc\r\\e[A\\e[1;5C\\e[5~\\eOB\\e
:close BTC 50%\ry\\e[200~:close BTC\ry\\e[201~n
x\ty\\e[<0;1;1M\\e[?2026;2$y\\e[O\\e[I
tV jjU2a\r4t 2%\ry6,.f?q";

const MARKS: &str = "7 12 locked 6f0c3b9e-5a1d-4c56-9d0e-0a4b2f1c7e11
1 1 loose";

const ROWS: [&str; 4] = [
    "main, binance, BTCUSDT, net, long, 0.5, 97000.1, NULL, #10, active, NULL, 42, 95000, NULL, \
     NULL, NULL, NULL, stream, {}, #1, 2026-11-21T02:20:00.000Z, 2026-11-21 02:20:00, NULL, #3",
    "main, bybit, ETHUSDT, long, long, 1.0e-07, ~3100.5, 3100, 10, opening, s-1, NULL, NULL, -1.5, \
     2, NULL, NULL, sync, NULL, NULL, NULL, NULL, NULL, NULL",
    "main, BTCUSDT, net, #1, active, 1.5, 0.5, 0.1, 97000, 95000, 2026-11-21T02:20:00.000Z",
    "hfs-00000000000000aa, stop, main, BTCUSDT, net, {}, 2026-11-21T02:20:00.000Z, pending",
];

const LIMITS: [&str; 3] = ["50 49 50 48 50 47", "2400 12 1 0 0 0", "4294967295 0 10 4294967295"];

const CONFIG: &str = r#"
[ledger]
url = "sqlite:ledger.db"
[engine]
autonomy = "auto"
sync_interval = "500ms"
confirmations = 3
[rules]
adopt = "repair"
[protection]
stop = "1.25%"
[[account]]
name = "main"
venue = "bybit-linear"
api_key = "AKIDplantedKEY0123456789"
api_secret = "planted-secret-0123456789"
[account.rules]
protect = "observe"
[account.endpoints]
rest = "http://127.0.0.1:9999"
ws_public = "ws://[::1]:9998"
"#;
