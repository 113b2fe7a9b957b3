//! Power that goes while the ledger is written: whatever part of a transaction the disk has, what
//! was committed before is all there, and the part is nothing.
//!
//! Images are taken of the file and its log while the ledger is open. In this process SQLite knows
//! its locks by itself, so that a look at its files takes none of them away.

use std::fs;
use std::path::{Path, PathBuf};

use holdfast::domain::event::{Event, EventKind, Severity};
use holdfast::domain::journal::Write;
use holdfast::domain::lease::Fence;
use holdfast::domain::ledger::Books;
use holdfast::domain::time::Time;
use holdfast::store::{Journal, Ledger, Tenure, Want};
use serde_json::Value;

use super::support::*;

/// What a frame of the log has before its page. Source: SQLite's file format, 4.
const HEAD: usize = 24;

fn log(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push("-wal");
    name.into()
}

fn log_of(place: &Place) -> Vec<u8> {
    fs::read(log(&place.file)).unwrap()
}

/// How long a frame is: the file says in its header how large its pages are.
fn frame(place: &Place) -> usize {
    let bytes = fs::read(&place.file).unwrap();
    HEAD + usize::from(u16::from_be_bytes([bytes[16], bytes[17]]))
}

/// The disk as it is found: the file as it was, and that log. What is shared memory is gone.
fn image(file: &[u8], found: &[u8]) -> Place {
    let image = place();
    fs::write(&image.file, file).unwrap();
    fs::write(log(&image.file), found).unwrap();
    image
}

/// Everything that can be read of a ledger.
async fn all(ledger: &Ledger) -> (Books, Value, Value, Vec<Value>) {
    let mut journals = Vec::new();
    for journal in Journal::ALL {
        journals.push(ledger.journal_json(journal).await.unwrap());
    }
    let positions = ledger.positions_json().await.unwrap();
    (books(ledger).await, positions, ledger.events_json(None).await.unwrap(), journals)
}

fn event() -> Write {
    let event = Event::about(NOON, EventKind::StreamUp, Severity::Info, &"main".into());
    Write::Event(Box::new(event))
}

/// Two rows that are open, one that is closed, and a lease.
async fn history() -> (Place, Ledger) {
    let (place, ledger) = ledger().await;
    ledger.write(&[adopt("BTCUSDT"), event()]).await.unwrap();
    ledger.write(&[adopt("SOLUSDT"), adopt("XRPUSDT")]).await.unwrap();
    let row = books(&ledger).await.rows.remove(1);
    ledger.write(&[close(&row, "96000")]).await.unwrap();
    let wants = vec![("main".into(), Want::Take { abandoned: None })];
    let taken = ledger.claim("a run before", wants, NOON, Time(NOON.0 + 9)).await.unwrap();
    assert_eq!(taken, [("main".into(), Tenure::Held(Fence(1)))]);
    (place, ledger)
}

/// What the power cuts off: several rows, so that it is several frames.
fn cut_off() -> Vec<Write> {
    ["ADAUSDT", "BNBUSDT", "ETHUSDT"].map(adopt).into_iter().chain([event()]).collect()
}

/// An image opens, shows what was committed, and is a ledger like any other.
async fn is_found(image: &Place, committed: &(Books, Value, Value, Vec<Value>), how: &str) {
    let found = Ledger::open(&image.file).await.unwrap_or_else(|why| panic!("{how}: {why}"));
    assert_eq!(all(&found).await, *committed, "{how}");
    let wants = vec![("main".into(), Want::Renew(Fence(1)))];
    let held = found.claim("the same", wants, NOON, Time(NOON.0 + 20)).await.unwrap();
    assert_eq!(held, [("main".into(), Tenure::Held(Fence(1)))], "{how}");
    found.write(&cut_off()).await.unwrap_or_else(|why| panic!("{how}: {why:?}"));
    let now = all(&found).await;
    assert_eq!(now.0.rows.len(), committed.0.rows.len() + 3, "{how}");
    drop(found);
    assert_eq!(all(&Ledger::open(&image.file).await.unwrap()).await, now, "{how}");
    let mut other = bot(image).await;
    let whole = cell(&mut other, "SELECT integrity_check FROM pragma_integrity_check").await;
    assert_eq!(whole.as_deref(), Some("ok"), "{how}");
}

#[tokio::test]
async fn a_frame_that_is_torn_is_nothing_and_what_was_committed_is_all_there() {
    let (place, ledger) = history().await;
    let (file, whole, frame) = (fs::read(&place.file).unwrap(), log_of(&place), frame(&place));
    let committed = all(&ledger).await;
    assert!(whole.len() > frame && !committed.0.rows.is_empty(), "it is in the log");
    let last = whole[whole.len() - frame..].to_vec();
    for cut in [0, 1, HEAD / 2, HEAD, HEAD + 100, frame - 1, frame] {
        for flipped in [None, Some(cut / 2), cut.checked_sub(1)] {
            let mut found = whole.clone();
            found.extend(&last[..cut]);
            if let Some(byte) = flipped.and_then(|at| found[whole.len()..].get_mut(at)) {
                *byte ^= 0xff;
            }
            let how = format!("{cut} bytes of a frame, {flipped:?} is wrong");
            is_found(&image(&file, &found), &committed, &how).await;
        }
    }
}

#[tokio::test]
async fn a_transaction_is_there_with_its_last_byte_and_not_before() {
    let (place, ledger) = history().await;
    let (file, before, frame) = (fs::read(&place.file).unwrap(), log_of(&place), frame(&place));
    let committed = all(&ledger).await;
    ledger.write(&cut_off()).await.unwrap();
    let after = log_of(&place);
    let written = after.len() - before.len();
    assert!(after.starts_with(&before) && written > 2 * frame, "{written} bytes were written");
    let last = written - frame;
    let cuts = [
        0,
        HEAD - 1,
        HEAD,
        frame - 1,
        frame,
        frame + HEAD + 1,
        last,
        last + HEAD - 1,
        last + HEAD,
        written - 1,
    ];
    for cut in cuts {
        let how = format!("{cut} of {written} bytes");
        is_found(&image(&file, &after[..before.len() + cut]), &committed, &how).await;
    }
    let found = image(&file, &after);
    let found = Ledger::open(&found.file).await.unwrap();
    assert_eq!(all(&found).await, all(&ledger).await, "all of it");
}

/// A log that begins anew is written over from its head on, and what it held before is behind it.
#[tokio::test]
async fn a_log_that_begins_anew_is_torn_at_its_head() {
    let (place, ledger) = history().await;
    let mut other = bot(&place).await;
    sql(&mut other, "PRAGMA wal_checkpoint(RESTART)").await;
    let (file, before, frame) = (fs::read(&place.file).unwrap(), log_of(&place), frame(&place));
    let committed = all(&ledger).await;
    ledger.write(&[adopt("ETHUSDT")]).await.unwrap();
    let after = log_of(&place);
    assert!(after.len() == before.len() && after[..HEAD] != before[..HEAD], "it began anew");
    for cut in [0, 8, 20, 32, 32 + HEAD / 2, 32 + HEAD, 32 + frame - 1, 32 + frame] {
        let found = [&after[..cut], &before[cut..]].concat();
        is_found(&image(&file, &found), &committed, &format!("{cut} bytes of a new log")).await;
    }
    let found = image(&file, &after);
    let found = Ledger::open(&found.file).await.unwrap();
    assert_eq!(all(&found).await, all(&ledger).await, "all of it");
}
