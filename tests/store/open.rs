//! Which files are taken for a ledger, and what is said of those that are not.

use holdfast::domain::journal::WriteError;
use holdfast::store::{Ledger, OpenError, StateLock};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Connection, SqliteConnection};

use super::support::*;

#[tokio::test]
async fn a_ledger_is_made_with_its_directory_and_found_again() {
    let place = place();
    let file = place.dir.path().join("state/deep/ledger.db");
    Ledger::open(&file).await.unwrap().write(&[adopt("BTCUSDT")]).await.unwrap();
    let again = Ledger::open(&file).await.unwrap();
    assert_eq!(books(&again).await.rows.len(), 1);
    let reading = Ledger::open_read_only(&file).await.unwrap();
    assert_eq!(books(&reading).await, books(&again).await);
    let refused = reading.write(&[adopt("ETHUSDT")]).await.unwrap_err();
    assert!(matches!(refused, WriteError::Unavailable(_)));
}

#[tokio::test]
async fn readers_never_wait_for_a_writer() {
    let (place, _ledger) = ledger().await;
    let mut bot = bot(&place).await;
    assert_eq!(
        cell(&mut bot, "SELECT journal_mode FROM pragma_journal_mode").await.unwrap(),
        "wal"
    );
}

#[tokio::test]
async fn a_file_that_is_no_database_is_refused_and_left_alone() {
    let place = place();
    let text = "my positions: 3 BTC long, and more text than a header has bytes".repeat(20);
    std::fs::write(&place.file, &text).unwrap();
    let refused = Ledger::open(&place.file).await.unwrap_err();
    assert_eq!(refused, OpenError::NotSqlite(place.file.clone()));
    assert!(refused.to_string().contains("is not an SQLite file: move it away"));
    assert_eq!(std::fs::read_to_string(&place.file).unwrap(), text);
    let refused = Ledger::open_read_only(&place.file).await.unwrap_err();
    assert_eq!(refused, OpenError::NotSqlite(place.file.clone()));
}

#[tokio::test]
async fn the_database_of_another_program_is_refused_and_left_alone() {
    let place = place();
    let options = SqliteConnectOptions::new().filename(&place.file).create_if_missing(true);
    let mut other = SqliteConnection::connect_with(&options).await.unwrap();
    sql(&mut other, "CREATE TABLE positions (id INTEGER)").await;
    let bytes = std::fs::read(&place.file).unwrap();
    let refused = Ledger::open(&place.file).await.unwrap_err();
    let holds = "`positions`".to_owned();
    assert_eq!(refused, OpenError::Foreign { path: place.file.clone(), holds });
    assert_eq!(std::fs::read(&place.file).unwrap(), bytes);
    sql(&mut other, "DROP TABLE positions; PRAGMA application_id = 7").await;
    let refused = Ledger::open(&place.file).await.unwrap_err();
    let holds = "the application id 7".to_owned();
    assert_eq!(refused, OpenError::Foreign { path: place.file.clone(), holds });
}

#[tokio::test]
async fn a_newer_ledger_is_refused_and_an_older_one_is_not_read_without_an_update() {
    let (place, ledger) = ledger().await;
    drop(ledger);
    let mut bot = bot(&place).await;
    sql(&mut bot, "PRAGMA user_version = 99").await;
    let refused = Ledger::open(&place.file).await.unwrap_err();
    assert_eq!(refused, OpenError::Newer { path: place.file.clone(), found: 99 });
    assert!(refused.to_string().contains("has version 99, this program knows up to 3"));
    let refused = Ledger::open_read_only(&place.file).await.unwrap_err();
    assert_eq!(refused, OpenError::Newer { path: place.file.clone(), found: 99 });
    sql(&mut bot, "PRAGMA user_version = 0").await;
    let refused = Ledger::open_read_only(&place.file).await.unwrap_err();
    assert_eq!(refused, OpenError::Older { path: place.file.clone(), found: 0 });
}

#[tokio::test]
async fn nothing_is_made_when_a_ledger_is_only_to_be_read() {
    let place = place();
    let refused = Ledger::open_read_only(&place.file).await.unwrap_err();
    assert_eq!(refused, OpenError::Missing(place.file.clone()));
    assert!(!place.file.exists());
}

#[tokio::test]
async fn a_directory_that_cannot_be_written_is_named() {
    // Nobody, not even root, makes files under /proc.
    let file = std::path::Path::new("/proc/holdfast/ledger.db");
    let refused = Ledger::open(file).await.unwrap_err().to_string();
    assert!(refused.starts_with("the directory /proc/holdfast"), "{refused}");
    let refused = Ledger::open(std::path::Path::new("/proc/ledger.db")).await.unwrap_err();
    assert!(
        refused.to_string().contains("the file and its directory must be there and writable"),
        "{refused}"
    );
    let place = place();
    let refused = Ledger::open(place.dir.path()).await.unwrap_err().to_string();
    assert!(refused.contains("is a directory, not a ledger"), "{refused}");
}

#[tokio::test]
async fn many_processes_that_start_at_once_make_one_ledger() {
    let place = place();
    let all = (0..8).map(|_| {
        let file = place.file.clone();
        tokio::spawn(async move { Ledger::open(&file).await.map(drop) })
    });
    for opened in all.collect::<Vec<_>>() {
        opened.await.unwrap().unwrap();
    }
}

#[test]
fn a_second_instance_is_told_who_holds_the_state() {
    let place = place();
    let state = place.dir.path().join("state");
    let first = StateLock::take(&state).unwrap();
    let refused = StateLock::take(&state).unwrap_err();
    let pid = std::process::id();
    assert!(refused.contains(&format!("as process {pid}: end it")), "{refused}");
    drop(first);
    StateLock::take(&state).unwrap();
}

#[test]
fn a_state_directory_that_cannot_be_made_is_named() {
    let refused = StateLock::take(std::path::Path::new("/proc/holdfast")).unwrap_err();
    assert!(refused.starts_with("the state directory /proc/holdfast cannot be made"), "{refused}");
}
