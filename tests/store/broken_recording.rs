//! Recordings that break off, are damaged, or are none.

use std::fs;
use std::path::{Path, PathBuf};

use holdfast::domain::input::Input;
use holdfast::domain::time::{Span, Time};
use holdfast::store::Recorder;
use holdfast::store::recorder;

use super::recording::{CORE, LIMIT, files, marks, recorded, told};
use super::support::*;

/// What every frame begins with. Source: RFC 8878, 3.1.1.
const FRAME: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// A whole recording of so many inputs: they, its one file, and what is in that.
fn scene(count: i64) -> (Place, Vec<(Time, Input)>, PathBuf, Vec<u8>) {
    let (place, inputs) = (place(), marks(count));
    recorded(place.dir.path(), LIMIT, &inputs);
    let file = files(place.dir.path()).remove(0);
    let bytes = fs::read(&file).unwrap();
    (place, inputs, file, bytes)
}

#[test]
fn a_tail_torn_by_a_crash_is_dropped_and_said() {
    let (_place, inputs, file, bytes) = scene(60);
    for part in [30, 60, 95] {
        fs::write(&file, &bytes[..bytes.len() * part / 100]).unwrap();
        let mut reader = recorder::read(&file).unwrap();
        let read = told(&mut reader);
        assert!(!read.is_empty() && read.len() < inputs.len(), "{part}: {}", read.len());
        assert_eq!(read, inputs[..read.len()]);
        let why = reader.torn().unwrap();
        let count = read.len();
        assert!(
            why.contains(&format!("ends after input {count} in the midst of its run")),
            "{why}"
        );
        assert!(why.contains("the program is still writing it, or was killed"), "{why}");
        assert!(!reader.is_damaged() && reader.next().is_none());
    }
}

#[test]
fn a_flipped_bit_is_found_and_never_read_as_something_else() {
    let (_place, inputs, file, mut bytes) = scene(60);
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x10;
    fs::write(&file, &bytes).unwrap();
    let mut reader = recorder::read(&file).unwrap();
    let read = told(&mut reader);
    assert!(!read.is_empty() && read.len() < inputs.len(), "{}", read.len());
    assert_eq!(read, inputs[..read.len()], "what is sealed by another digest is not read");
    let place = format!("is damaged after input {} (", read.len());
    assert!(reader.is_damaged() && reader.torn().unwrap().contains(&place), "{reader:?}");
}

/// The first frame says that it is longer than the whole file, which reads like a torn end.
#[test]
fn a_frame_that_ends_nowhere_is_damage_where_whole_ones_follow() {
    let (_place, inputs, file, bytes) = scene(1510);
    let frames = bytes.windows(4).enumerate().filter(|(_, at)| **at == FRAME);
    let frames: Vec<_> = frames.map(|(at, _)| at).collect();
    assert!(frames.len() > 1, "{frames:?}");
    // Its last frame is cut off, as by a crash; then one in the middle as well.
    let last = *frames.last().unwrap();
    let torn = [&bytes[..last], &bytes[last..(last + bytes.len()) / 2]].concat();
    let gap = [&bytes[..frames[1] - 2000], &bytes[bytes.len() - 1..], &bytes[frames[1]..]].concat();
    for (bytes, damaged) in [(torn, false), (gap, true)] {
        fs::write(&file, bytes).unwrap();
        let mut reader = recorder::read(&file).unwrap();
        let read = told(&mut reader);
        assert_eq!(read, inputs[..read.len()]);
        assert!(!read.is_empty() && read.len() < inputs.len(), "{}", read.len());
        assert_eq!(reader.is_damaged(), damaged, "{reader:?}");
    }
}

#[test]
fn what_is_no_recording_is_said_so() {
    let place = place();
    let path = place.dir.path().join("x-0001.jsonl.zst");
    let refusal = |path: &Path| recorder::read(path).unwrap_err();
    assert!(refusal(&path).contains("cannot be read, it is not there: name a file"));
    fs::write(&path, "plain text").unwrap();
    assert!(refusal(&path).contains("is not a recording of holdfast: name one of its files"));
    assert!(refusal(place.dir.path()).ends_with("is no file: name a file of a recording"));
    let whole = zstd::encode_all(&b"{\"recording\":\"holdfast\"}\n"[..], 1).unwrap();
    for short in [0, 3, whole.len() / 2] {
        fs::write(&path, &whole[..short]).unwrap();
        let why = refusal(&path);
        assert!(why.ends_with("at its beginning: if it was copied, copy it again"), "{why}");
    }
    fs::write(&path, zstd::encode_all(&b"other text"[..], 1).unwrap()).unwrap();
    assert!(refusal(&path).contains("is not a recording of holdfast: name one of its files"));
    let later = r#"{"recording":"holdfast","v":99,"program":"9.1.0","part":1}"#;
    fs::write(&path, zstd::encode_all(format!("{later}\n").as_bytes(), 1).unwrap()).unwrap();
    let told = refusal(&path);
    assert!(
        told.contains(
            "has format 99 of holdfast 9.1.0, this program reads formats 1 to 2: use that"
        ),
        "{told}"
    );
}

#[test]
fn parts_that_do_not_belong_together_are_not_read_as_one() {
    let (ours, theirs) = (place(), place());
    for dir in [ours.dir.path(), theirs.dir.path()] {
        let mut recorder = Recorder::create(dir, LIMIT);
        for n in 0..70 {
            let at = NOON + Span::secs(60 * n);
            let why = format!("{dir:?}");
            recorder.record(at, 0, &Input::BooksFailed(why));
            recorder.flush(at, &CORE);
        }
    }
    let (mine, others) = (files(ours.dir.path()), files(theirs.dir.path()));
    fs::copy(&others[1], &mine[1]).unwrap();
    let mut reader = recorder::read(&mine[0]).unwrap();
    assert_eq!(reader.by_ref().count(), 61);
    assert!(reader.torn().unwrap().contains("the next part does not follow it"));
    assert!(reader.is_damaged());
    fs::remove_file(&mine[1]).unwrap();
    let missing = |damaged: bool, said: &str| {
        let mut reader = recorder::read(&mine[0]).unwrap();
        assert_eq!(reader.by_ref().count(), 61);
        let why = reader.torn().unwrap();
        assert!(why.contains(said) && reader.is_damaged() == damaged, "{why}");
    };
    missing(false, "goes on after input 61 in a part that is not here");
    // It had just begun when the program was killed.
    fs::write(&mine[1], "").unwrap();
    missing(false, "breaks off at its beginning: nothing after input 61 is read");
    let third = mine[1].to_str().unwrap().replace("-0002", "-0003");
    fs::rename(&mine[1], third).unwrap();
    missing(true, "is missing, and later ones are there: nothing after input 61 is read");
}

/// A power cut keeps a file's new length and loses what was written into it.
#[test]
fn a_tail_of_zeros_is_the_same_as_none() {
    let (_place, inputs, file, bytes) = scene(1510);
    let read = |bytes: &[u8]| {
        fs::write(&file, bytes).unwrap();
        let mut reader = recorder::read(&file).map_err(|why| why.replace("0000", ""))?;
        let read = told(&mut reader);
        assert_eq!(read, inputs[..read.len()]);
        Ok::<_, String>((read.len(), reader.torn().map(str::to_owned), reader.is_damaged()))
    };
    let blank = [0; 100_000];
    for cut in [9, 700, 5_000, bytes.len() / 2, bytes.len() - 9, bytes.len() - 1, bytes.len()] {
        let cut = &bytes[..cut];
        assert_eq!(read(&[cut, &blank].concat()), read(cut), "{} bytes", cut.len());
    }
    let whole = Ok((inputs.len(), None, false));
    assert_eq!(read(&[&bytes[..bytes.len() - 1], &blank].concat()), whole, "the run had ended");
    let middle = [&bytes[..bytes.len() / 2], &blank, &bytes[bytes.len() / 2..]].concat();
    assert!(read(&middle).unwrap().2, "zeros in the middle are damage");
    let none = read(&blank).unwrap_err();
    assert!(none.ends_with("at its beginning: if it was copied, copy it again"), "{none}");
    let foreign = read(&[&b"SQLite format 3"[..], &blank].concat()).unwrap_err();
    assert!(foreign.contains("is not a recording of holdfast"), "{foreign}");
}

/// A block whose length was made longer reads to the end of the file like one that was torn off.
#[test]
fn one_flipped_bit_never_ends_a_recording_in_silence() {
    let (_place, inputs, file, bytes) = scene(200);
    for at in (0..bytes.len() * 8 / 10).step_by(197) {
        let mut flipped = bytes.clone();
        flipped[at] ^= 1 << (at % 8);
        fs::write(&file, flipped).unwrap();
        let Ok(mut reader) = recorder::read(&file) else { continue };
        let read = told(&mut reader);
        let is_whole = read == inputs && reader.torn().is_none();
        assert!(is_whole || reader.is_damaged(), "byte {at}: {:?}", reader.torn());
    }
}

#[test]
fn what_is_numbered_after_the_end_of_a_run_is_said_not_to_be_of_it() {
    let place = place();
    recorded(place.dir.path(), LIMIT, &marks(3));
    let first = files(place.dir.path()).remove(0);
    let later = first.to_str().unwrap().replace("-0001", "-0002");
    fs::copy(&first, later).unwrap();
    let mut reader = recorder::read(&first).unwrap();
    assert_eq!(reader.by_ref().count(), 3);
    let why = reader.torn().unwrap();
    assert!(why.contains("after input 3, and the files numbered after it are of another"), "{why}");
    assert!(reader.is_damaged());
}
