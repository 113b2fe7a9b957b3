//! The machine loses its power: what every engine knew is gone, and of a transaction that was on
//! its way into the ledger's file some bytes are on the disk and some are not.
//!
//! For: finding that file as a disk may have it, going on with it, and holding it to what was
//! committed: all of that, and nothing else (I10). Not for: when it happens (that is
//! `draw_rare`). Door: `World::lose_power`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use futures_util::future::join_all;
use sqlx::{AssertSqlSafe, SqliteConnection};

use crate::domain::ledger::Books;
use crate::sim::rng::Rng;
use crate::store::{AtOnce, wait};
use crate::worlds::bots::Scribe;
use crate::worlds::engine::Engine;
use crate::worlds::shelf::Kept;
use crate::worlds::world::World;

/// What the power cuts off: pages enough for whole frames to be on the disk without their commit.
const CUT_OFF: &str = "CREATE TABLE cut_off AS SELECT zeroblob(12000) AS bytes";

/// How far a write came.
#[derive(Clone, Copy, Debug)]
pub(super) struct Torn {
    /// How many of its bytes reached the disk; never all of them.
    pub(super) written: u64,
    /// How many of those are not what was written.
    pub(super) wrong: u64,
}

impl World<'_> {
    /// Every engine ends where it is. A ledger that is a file goes on as the disk has it.
    ///
    /// # Errors
    /// The law, when it is not what was committed.
    pub(super) async fn lose_power(&mut self, torn: Torn) -> Result<(), String> {
        join_all(std::mem::take(&mut self.engines).into_values().map(Engine::kill)).await;
        let broken = |what: String| format!("I10: after a power failure {what}");
        let cabinet = Arc::clone(&self.cabinet);
        let Kept::File(file) = cabinet.kept() else { return Ok(()) };
        let before = (cabinet.books().await?, self.scribe.everything()?);
        let found = {
            let mut hand = self.scribe.hand().ok_or("a file that bots do not know")?;
            image(file.path(), &mut hand, torn)?
        };
        let opened = AtOnce::open(&found);
        let opened = opened.map_err(|why| broken(format!("the ledger cannot be opened: {why}")))?;
        self.cabinet = Arc::new(cabinet.moved(Kept::File(opened)));
        let scribe = std::mem::replace(&mut self.scribe, Scribe::new(Some(&found))?);
        scribe.end();
        let books = self.cabinet.books().await.map_err(broken)?;
        let after = (books, self.scribe.everything().map_err(broken)?);
        difference(&before, &after).map_or(Ok(()), |what| Err(broken(what)))
    }
}

/// What is in a ledger, as the store reads it and as SQLite does.
type Held = (Books, Vec<String>);

fn difference(before: &Held, after: &Held) -> Option<String> {
    let only = |some: &Held, others: &Held| {
        some.1.iter().find(|line| others.1.binary_search(line).is_err()).cloned()
    };
    if let Some(line) = only(before, after) {
        return Some(format!("the ledger has lost what was committed: {line}"));
    }
    if let Some(line) = only(after, before) {
        return Some(format!("the ledger holds what was never committed: {line}"));
    }
    (before != after).then(|| "the ledger is read otherwise than before".to_owned())
}

/// Every line of every table, and whether the file is whole; in order.
pub(super) async fn everything(hand: &mut SqliteConnection) -> Result<Vec<String>, sqlx::Error> {
    let all = "SELECT name FROM sqlite_schema WHERE type = 'table'";
    let tables: Vec<String> = sqlx::query_scalar(all).fetch_all(&mut *hand).await?;
    let whole = "PRAGMA integrity_check";
    let mut lines: Vec<String> = sqlx::query_scalar(whole).fetch_all(&mut *hand).await?;
    for table in tables {
        let columns = "SELECT group_concat('quote(\"' || name || '\")', ' || '' '' || ')
            FROM pragma_table_info(?)";
        let columns = sqlx::query_scalar(columns).bind(&table);
        let cells: String = columns.fetch_one(&mut *hand).await?;
        let sql = AssertSqlSafe(format!("SELECT '{table} ' || {cells} FROM \"{table}\""));
        lines.extend(sqlx::query_scalar::<_, String>(sql).fetch_all(&mut *hand).await?);
    }
    lines.sort();
    Ok(lines)
}

/// The file and its log as they are found after the power went while something was written.
///
/// Its locks are SQLite's own bookkeeping within this process; that the kernel forgets them when
/// somebody else here closes the file concerns nobody: no other process has it.
fn image(path: &Path, hand: &mut SqliteConnection, torn: Torn) -> Result<PathBuf, String> {
    let found = path.with_file_name("found").join(path.file_name().unwrap_or_default());
    let copied = || -> io::Result<Vec<u8>> {
        fs::create_dir_all(found.with_file_name(""))?;
        fs::copy(path, &found)?;
        marks(path, &found)?;
        fs::read(log(path))
    };
    let unreadable = |why: io::Error| format!("{}: {why}", path.display());
    let before = copied().map_err(unreadable)?;
    let meant = sqlx::raw_sql(CUT_OFF).execute(hand);
    wait(meant).map_err(|why| format!("nothing can be written to be cut off: {why}"))?;
    let meant = fs::read(log(path)).map_err(unreadable)?;
    fs::write(log(&found), torn.of(&before, &meant)).map_err(unreadable)?;
    Ok(found)
}

/// Where a ledger has its log.
fn log(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    name.into()
}

/// What signs of life there are speak of a run of the machine that is over.
fn marks(path: &Path, found: &Path) -> io::Result<()> {
    let boot = fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default();
    let boot = boot.trim();
    for file in fs::read_dir(path.with_file_name(""))?.flatten() {
        let name = file.file_name();
        if name.to_string_lossy().ends_with(".lease") {
            let mark = fs::read_to_string(file.path())?;
            let before = if boot.is_empty() { mark } else { mark.replace(boot, &another(boot)) };
            fs::write(found.with_file_name(name), before)?;
        }
    }
    Ok(())
}

/// As long as the name of a run is, and no run's.
fn another(boot: &str) -> String {
    "0".repeat(boot.len())
}

impl Torn {
    /// The log as the disk has it: what was to be written up to a point, and behind it what was
    /// there before. At least the last byte that makes a difference is missing.
    fn of(self, before: &[u8], meant: &[u8]) -> Vec<u8> {
        let same = before.iter().zip(meant).take_while(|(old, new)| old == new).count();
        let differs = |at: &usize| before.get(*at) != meant.get(*at);
        let last = (same..meant.len()).rev().find(differs).unwrap_or(same);
        let written = usize::try_from(self.written).unwrap_or(usize::MAX);
        let cut = same.saturating_add(written).min(last);
        let mut disk = meant[..cut].to_vec();
        let mut rng = Rng::new(self.written);
        for _ in 0..self.wrong {
            let at = rng.below((cut - same) as u64);
            if let Some(byte) = disk[same..].get_mut(usize::try_from(at).unwrap_or(0)) {
                *byte ^= 0xff;
            }
        }
        disk.extend(before.iter().skip(cut));
        disk
    }
}

#[cfg(test)]
mod tests {
    use sqlx::ConnectOptions;
    use sqlx::sqlite::SqliteConnectOptions;

    use super::*;

    #[test]
    fn a_torn_write_ends_before_its_last_byte_and_leaves_what_is_behind_it() {
        let torn = |written, wrong| Torn { written, wrong };
        assert_eq!(torn(0, 3).of(b"abc", b"abcdef"), b"abc");
        assert_eq!(torn(2, 0).of(b"abc", b"abcdef"), b"abcde");
        assert_eq!(torn(99, 0).of(b"abc", b"abcdef"), b"abcde", "the last byte is never there");
        assert_eq!(torn(2, 0).of(b"abcdefgh", b"XYZdefgh"), b"XYcdefgh", "written over");
        let wrong = torn(2, 1).of(b"abc", b"abcdef");
        assert_eq!((wrong.len(), &wrong[..3]), (5, &b"abc"[..]));
        assert_ne!(wrong, b"abcde");
    }

    #[test]
    fn a_log_that_is_lost_is_noticed_and_a_torn_one_loses_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("ledger.db");
        let ledger = AtOnce::open(&path).unwrap();
        let connect = |path| wait(SqliteConnectOptions::new().filename(path).connect()).unwrap();
        let mut hand = connect(&path);
        let row = "INSERT INTO positions (symbol, status) VALUES ('BTCUSDT', 'active')";
        wait(sqlx::raw_sql(row).execute(&mut hand)).unwrap();
        let before = (Books::default(), wait(everything(&mut hand)).unwrap());
        let found = image(&path, &mut hand, Torn { written: 9000, wrong: 2 }).unwrap();
        assert_ne!(fs::read(log(&found)).unwrap().len(), 0);
        let without_log = dir.path().join("lost.db");
        fs::copy(&found, &without_log).unwrap();
        let read = |path| (Books::default(), wait(everything(&mut connect(path))).unwrap());
        assert_eq!(difference(&before, &read(&found)), None);
        let never = difference(&before, &read(&path)).unwrap();
        assert!(never.starts_with("the ledger holds what was never committed: cut_off"), "{never}");
        let lost = difference(&before, &read(&without_log)).unwrap();
        assert!(lost.starts_with("the ledger has lost what was committed"), "{lost}");
        drop(ledger);
    }
}
