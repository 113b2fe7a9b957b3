//! The recording of every input. Not for: what becomes of it on a bad disk (`broken_recording`).

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
use holdfast::store::Recorder;
use holdfast::store::recorder::{self, Step};

use super::support::*;

/// What stands for a core: its form is the core's own business.
pub const CORE: u64 = 41;

pub const LIMIT: u64 = 64 * 1024 * 1024;

pub fn marks(count: i64) -> Vec<(Time, Input)> {
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

pub fn recorded(dir: &Path, limit: u64, inputs: &[(Time, Input)]) {
    let mut recorder = Recorder::create(dir, limit);
    for (at, input) in inputs {
        recorder.record(*at, 0, input);
        recorder.flush(*at, &CORE);
        while recorder.behind() > 0 {
            std::thread::yield_now();
        }
    }
    assert_eq!(recorder.fault(), None);
}

pub fn files(dir: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

pub fn told(steps: impl Iterator<Item = Step>) -> Vec<(Time, Input)> {
    steps.map(|step| (step.at, step.input)).collect()
}

fn whole(path: &Path) -> Vec<(Time, Input)> {
    let mut reader = recorder::read(path).unwrap();
    let inputs = told(&mut reader);
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
fn a_recording_left_by_a_crash_holds_what_was_flushed() {
    let place = place();
    let inputs = marks(20);
    let mut recorder = Recorder::create(place.dir.path(), LIMIT);
    for (at, input) in &inputs {
        recorder.record(*at, 0, input);
    }
    recorder.flush(NOON, &CORE);
    // The writer is still at it: the file is as a crash at this instant would leave it.
    let read = loop {
        let found = files(place.dir.path());
        let reader = found.first().and_then(|file| recorder::read(file).ok());
        let read = told(reader.into_iter().flatten());
        if read.len() == inputs.len() {
            break read;
        }
        std::thread::yield_now();
    };
    assert_eq!(read, inputs);
}

#[test]
fn a_recording_that_cannot_begin_says_why_once_and_takes_the_rest_in_silence() {
    let mut recorder = Recorder::create(Path::new("/proc/holdfast"), LIMIT);
    let why = loop {
        recorder.record(NOON, 0, &Input::Woke);
        recorder.flush(NOON, &CORE);
        if let Some(why) = recorder.fault() {
            break why.to_owned();
        }
        std::thread::yield_now();
    };
    assert!(why.starts_with("the recording in /proc/holdfast has stopped ("), "{why}");
    recorder.record(NOON, 0, &Input::Woke);
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

#[test]
fn a_part_that_is_old_gives_way_to_one_that_begins_where_the_core_stands() {
    let place = place();
    let mut recorder = Recorder::create(place.dir.path(), LIMIT);
    let minute = |n: u64| NOON + Span::secs(60 * n);
    for n in 0..150 {
        recorder.record(minute(n), n / 2, &Input::Woke);
        recorder.flush(minute(n), &n);
    }
    drop(recorder);
    let files = files(place.dir.path());
    assert_eq!(files.len(), 3, "{files:?}");
    let steps: Vec<_> = recorder::read(&files[0]).unwrap().collect();
    assert_eq!(steps.len(), 150);
    let cores: Vec<_> =
        steps.iter().filter_map(|step| Some((step.number, step.core.clone()?))).collect();
    assert_eq!(cores, [(62, "60".to_owned()), (122, "120".to_owned())]);
    let alone: Vec<_> = recorder::read(&files[1]).unwrap().collect();
    assert_eq!(alone, steps[61..], "a part is read by itself when older ones are gone");
    let shown: Vec<_> = steps[..4].iter().map(|step| step.shown).collect();
    assert_eq!(shown, [None, None, Some(1), None]);
}

#[test]
fn a_recording_of_the_first_format_still_reads() {
    let place = place();
    let path = place.dir.path().join("20261001T000000.000Z-0001.jsonl.zst");
    let text = r#"{"recording":"holdfast","v":1,"program":"0.0.9","part":1}
{"v":1,"at":1000,"input":{"books-failed":"locked"}}
{"v":1,"at":2000,"input":"woke"}
"#;
    fs::write(&path, zstd::encode_all(text.as_bytes(), 1).unwrap()).unwrap();
    let mut reader = recorder::read(&path).unwrap();
    assert_eq!((reader.format(), reader.program()), (1, "0.0.9"));
    let steps: Vec<_> = reader.by_ref().collect();
    assert_eq!(reader.torn(), None);
    let numbers: Vec<_> = steps.iter().map(|step| (step.number, step.at)).collect();
    assert_eq!(numbers, [(1, Time(1000)), (2, Time(2000))]);
    assert_eq!(steps[1].input, Input::Woke);
}

#[test]
fn every_run_is_found_from_its_oldest_part() {
    let place = place();
    let state = place.dir.path();
    assert!(recorder::runs(state).unwrap().is_empty());
    let dir = state.join("recordings");
    fs::write(&dir, "").unwrap();
    assert!(recorder::runs(state).is_err(), "what cannot be read is not nothing");
    fs::remove_file(&dir).unwrap();
    fs::create_dir(&dir).unwrap();
    let names = ["20261120T1-0001", "20261121T1-0003", "20261121T1-0002", "notes-0009"];
    for name in names {
        let end = if name.starts_with("notes") { "txt" } else { "jsonl.zst" };
        fs::write(dir.join(format!("{name}.{end}")), "").unwrap();
    }
    let wanted = ["20261120T1-0001", "20261121T1-0002"].map(|n| dir.join(format!("{n}.jsonl.zst")));
    assert_eq!(recorder::runs(state).unwrap(), wanted);
    assert_eq!(recorder::runs(&dir).unwrap(), wanted);
}

#[test]
fn a_part_that_was_renamed_is_read_under_its_new_name() {
    let place = place();
    let dir = place.dir.path().join("recordings");
    recorded(&dir, LIMIT, &marks(20));
    let renamed = dir.join("incident-1.jsonl.zst");
    fs::rename(&files(&dir)[0], &renamed).unwrap();
    assert_eq!(recorder::runs(&dir).unwrap(), std::slice::from_ref(&renamed));
    assert_eq!(recorder::read(&renamed).unwrap().count(), 20);
}
