//! The recording of every input.

use std::fs;
use std::path::{Path, PathBuf};

use holdfast::domain::amount::Percent;
use holdfast::domain::command::{Ask, Command, Pin};
use holdfast::domain::input::{Input, LinkState, StreamEvent};
use holdfast::domain::journal::{Receipt, RepairId, WriteError};
use holdfast::domain::key::AccountName;
use holdfast::domain::ledger::RowId;
use holdfast::domain::time::{Span, Time};
use holdfast::settings::{Paths, Settings};
use holdfast::store::{Recorder, recorder};

use super::support::*;

const LIMIT: u64 = 64 * 1024 * 1024;

fn marks(count: i64) -> Vec<(Time, Input)> {
    let one = |tick: i64| {
        let prices = (0..40).map(|n| {
            let text = format!("{}.{:03}", 1 + (tick * 7919 + n * 104_729) % 90_000, tick % 1000);
            (format!("COIN{n}USDT").into(), price(&text))
        });
        (Time(NOON.0 + tick), Input::Marks("main".into(), prices.collect()))
    };
    (0..count).map(one).collect()
}

fn every_kind() -> Vec<(Time, Input)> {
    let account = AccountName::from("main");
    let pin = Pin {
        key: key("BTCUSDT"),
        side: holdfast::domain::amount::Side::Long,
        quantity: qty("0.5"),
        snapshot: 7,
    };
    let percent = Percent("50".parse().unwrap());
    let ask = |command| Input::Asked(Box::new(Ask { id: 1, who: "tty1".to_owned(), command }));
    let written = |result| Input::Written { op: Default::default(), result };
    let link = LinkState {
        used_percent: 3,
        offset_ms: -12,
        round_trip: Span(48),
        blocked: Some("banned until 12:00".to_owned()),
        banned: None,
    };
    let inputs = [
        Input::Woke,
        Input::BooksFailed("locked".to_owned()),
        Input::Stream(account.clone(), Box::new(StreamEvent::Down("silent".to_owned()))),
        Input::Link(account, link),
        ask(Command::Close { pin, percent }),
        ask(Command::Undo { repair: RepairId("r-1".to_owned()) }),
        written(Ok(Receipt { rows: vec![RowId(4)] })),
        written(Err(WriteError::Unavailable("full".to_owned()))),
    ];
    inputs.into_iter().enumerate().map(|(n, input)| (Time(NOON.0 + n as i64), input)).collect()
}

fn recorded(dir: &Path, limit: u64, inputs: &[(Time, Input)]) {
    let mut recorder = Recorder::create(dir, limit);
    for (at, input) in inputs {
        recorder.record(*at, input);
        recorder.flush();
    }
    assert_eq!(recorder.fault(), None);
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn whole(path: &Path) -> Vec<(Time, Input)> {
    let mut reader = recorder::read(path).unwrap();
    let inputs = reader.by_ref().collect();
    assert_eq!(reader.torn(), None);
    inputs
}

#[test]
fn what_was_recorded_is_read_back_in_order() {
    let place = place();
    let dir = place.dir.path().join("recordings");
    let inputs = [every_kind(), marks(50)].concat();
    recorded(&dir, LIMIT, &inputs);
    let files = files(&dir);
    let [file] = &files[..] else { panic!("{files:?}") };
    assert!(file.to_str().unwrap().ends_with("Z-0001.jsonl.zst"), "{file:?}");
    assert_eq!(whole(file), inputs);
    assert_eq!(recorder::read(file).unwrap().program(), env!("CARGO_PKG_VERSION"));
}

#[tokio::test]
async fn books_with_every_column_are_read_back_as_they_were() {
    let (place, ledger) = ledger().await;
    ledger.write(&[adopt("BTCUSDT"), adopt("ETHUSDT")]).await.unwrap();
    let row = books(&ledger).await.rows.remove(0);
    ledger.write(&[close(&row, "96000")]).await.unwrap();
    let input = Input::Books(Box::new(books(&ledger).await));
    let dir = place.dir.path().join("recordings");
    recorded(&dir, LIMIT, &[(NOON, input.clone())]);
    assert_eq!(whole(&files(&dir)[0]), [(NOON, input)]);
}

#[test]
fn a_recording_is_many_files_read_as_one() {
    let place = place();
    let inputs = marks(400);
    recorded(place.dir.path(), 8 * 32 * 1024, &inputs);
    let files = files(place.dir.path());
    assert!(files.len() > 3, "{files:?}");
    assert_eq!(whole(&files[0]), inputs);
    let tail = whole(&files[2]);
    assert_eq!(tail, inputs[inputs.len() - tail.len()..]);
}

#[test]
fn the_oldest_files_go_when_the_limit_is_reached_and_nothing_else_does() {
    let place = place();
    let old = place.dir.path().join("20200101T000000.000Z-0001.jsonl.zst");
    let other = place.dir.path().join("20200101T000000.000Z-notes.txt");
    fs::write(&old, vec![0; 200_000]).unwrap();
    fs::write(&other, vec![0; 200_000]).unwrap();
    let limit = 128 * 1024;
    let inputs = marks(1500);
    recorded(place.dir.path(), limit, &inputs);
    assert!(!old.exists() && other.exists());
    let files = files(place.dir.path());
    let ours: Vec<_> = files.iter().filter(|file| **file != other).collect();
    let total: u64 = ours.iter().map(|file| file.metadata().unwrap().len()).sum();
    assert!(total <= limit + limit / 8 && total > limit / 2, "{total}");
    let kept = whole(ours[0]);
    assert_eq!(kept, inputs[inputs.len() - kept.len()..], "what is kept is the end");
}

#[test]
fn a_tail_torn_by_a_crash_is_dropped_and_said() {
    let place = place();
    let inputs = marks(60);
    recorded(place.dir.path(), LIMIT, &inputs);
    let file = files(place.dir.path()).remove(0);
    let bytes = fs::read(&file).unwrap();
    for part in [30, 60, 95] {
        fs::write(&file, &bytes[..bytes.len() * part / 100]).unwrap();
        let mut reader = recorder::read(&file).unwrap();
        let read: Vec<_> = reader.by_ref().collect();
        assert!(!read.is_empty() && read.len() < inputs.len(), "{part}: {}", read.len());
        assert_eq!(read, inputs[..read.len()]);
        let why = reader.torn().unwrap();
        let line = read.len() + 1;
        assert!(why.contains(&format!("breaks off after line {line}")), "{why}");
        assert!(reader.next().is_none());
    }
}

#[test]
fn a_recording_left_by_a_crash_holds_what_was_flushed() {
    let place = place();
    let inputs = marks(20);
    let mut recorder = Recorder::create(place.dir.path(), LIMIT);
    for (at, input) in &inputs {
        recorder.record(*at, input);
    }
    recorder.flush();
    // The writer is still at it: the file is as a crash at this instant would leave it.
    let read = loop {
        let found = files(place.dir.path());
        let reader = found.first().and_then(|file| recorder::read(file).ok());
        let read: Vec<_> = reader.into_iter().flatten().collect();
        if read.len() == inputs.len() {
            break read;
        }
        std::thread::yield_now();
    };
    assert_eq!(read, inputs);
}

#[test]
fn a_flipped_bit_is_found_and_never_read_as_something_else() {
    let place = place();
    let inputs = marks(60);
    recorded(place.dir.path(), LIMIT, &inputs);
    let file = files(place.dir.path()).remove(0);
    let mut bytes = fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x10;
    fs::write(&file, &bytes).unwrap();
    let mut reader = recorder::read(&file).unwrap();
    assert!(reader.by_ref().count() <= inputs.len());
    assert!(reader.torn().is_some());
}

#[test]
fn what_is_no_recording_is_said_so() {
    let place = place();
    let path = place.dir.path().join("x-0001.jsonl.zst");
    let refusal = |path: &Path| recorder::read(path).unwrap_err();
    assert!(refusal(&path).contains("cannot be read (No such file"));
    fs::write(&path, "plain text").unwrap();
    assert!(refusal(&path).contains("is not a recording of holdfast: name one of its files"));
    let later = br#"{"recording":"holdfast","v":99,"program":"9.1.0","part":1}"#;
    fs::write(&path, zstd::encode_all(&later[..], 1).unwrap()).unwrap();
    let told = refusal(&path);
    assert!(
        told.contains("has format 99 of holdfast 9.1.0, this program reads format 1"),
        "{told}"
    );
}

#[test]
fn a_recording_that_cannot_begin_says_why_once_and_takes_the_rest_in_silence() {
    let mut recorder = Recorder::create(Path::new("/proc/holdfast"), LIMIT);
    let why = loop {
        recorder.record(NOON, &Input::Woke);
        recorder.flush();
        if let Some(why) = recorder.fault() {
            break why.to_owned();
        }
        std::thread::yield_now();
    };
    assert!(why.starts_with("the recording in /proc/holdfast has stopped ("), "{why}");
    recorder.record(NOON, &Input::Woke);
    assert_eq!(recorder.fault(), Some(why.as_str()));
}

#[test]
fn no_secret_is_in_a_recording() {
    let place = place();
    let (planted, state) = ("PLANTED9b1c77aa", place.dir.path());
    let account = "[[account]]\nname = \"main\"\nvenue = \"binance-usdm\"\n";
    let text = format!("{account}api_key = \"env:A\"\napi_secret = \"env:B\"\n");
    let env = |name: &str| Some(format!("{planted}{name}"));
    let paths = Paths::find(Some(&state.join("c.toml")), Some(state), &env).unwrap();
    let settings = Settings::parse(&text, paths).unwrap();
    settings.accounts(&env).unwrap();
    let recordings = state.join("recordings");
    let started = (NOON, Input::Started(Box::new(settings.policy())));
    recorded(&recordings, LIMIT, &[vec![started], every_kind()].concat());
    let bytes = fs::read(&files(&recordings)[0]).unwrap();
    let text = String::from_utf8(zstd::decode_all(&bytes[..]).unwrap()).unwrap();
    assert!(text.contains("\"started\"") && text.contains("tty1"));
    assert!(!text.contains(planted) && !text.contains("env:"));
}
