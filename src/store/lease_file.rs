//! The file beside the ledger that says whether the holder of a lease lives.
//!
//! For: two things that the ledger cannot do. The kernel's lock on it ends with the process, so a
//! holder that died on this host is known at once; and its mark can be renewed while the ledger
//! is locked or full, so that protection goes on meanwhile (`runtime` says why that is safe). Not
//! for: deciding who holds a lease; that is the ledger's table alone. Door: [`LeaseFile::beside`].

use std::fmt::Write;
use std::fs::{File, OpenOptions};
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use rustix::fs::{FlockOperation, flock};

use crate::domain::key::AccountName;
use crate::domain::lease::Fence;

/// Every mark is this long, so that writing one never needs new room on the disk.
const LENGTH: usize = 128;

/// What the holder wrote last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The number it holds the lease under.
    pub fence: Fence,
    /// How often it has been here.
    pub beat: u64,
    /// Whether it had the kernel's lock.
    pub locked: bool,
    /// Which run of which host's kernel that is.
    pub boot: String,
}

/// The file of one account's lease, open.
#[derive(Debug)]
pub struct LeaseFile {
    file: File,
    boot: String,
    beat: AtomicU64,
    locked: AtomicBool,
}

impl LeaseFile {
    /// Opens the file, which is made where there is none. None where that cannot be: the lease
    /// then is the ledger's table alone.
    pub fn beside(ledger: &Path, account: &AccountName) -> Option<Self> {
        let mut name = ledger.as_os_str().to_owned();
        name.push(format!(".{}.lease", plain(account.as_str())));
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(name)
            .inspect_err(|error| tracing::warn!("no file for the lease of {account}: {error}"))
            .ok()?;
        let boot = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default();
        let boot = boot.trim().to_owned();
        let (beat, locked) = (AtomicU64::new(0), AtomicBool::new(false));
        Some(Self { file, boot, beat, locked })
    }

    /// Takes the kernel's lock, unless a living process has it.
    pub fn lock(&self) -> bool {
        let taken = self.locked.load(Ordering::Relaxed)
            || flock(&self.file, FlockOperation::NonBlockingLockExclusive).is_ok();
        self.locked.store(taken, Ordering::Relaxed);
        taken
    }

    /// Gives the kernel's lock back.
    pub fn unlock(&self) {
        if self.locked.swap(false, Ordering::Relaxed) {
            flock(&self.file, FlockOperation::Unlock).ok();
        }
    }

    /// What the holder wrote last; none where that cannot be read.
    pub fn mark(&self) -> Option<Mark> {
        let mut bytes = [0; LENGTH];
        self.file.read_exact_at(&mut bytes, 0).ok()?;
        let text = std::str::from_utf8(&bytes).ok()?;
        let mut words = text.split_ascii_whitespace();
        let mark = Mark {
            fence: Fence(words.next()?.parse().ok()?),
            beat: words.next()?.parse().ok()?,
            locked: words.next()? == "locked",
            boot: words.next().unwrap_or_default().to_owned(),
        };
        Some(mark)
    }

    /// Renews the mark. Says whether it is written.
    pub fn renew(&self, fence: Fence) -> bool {
        let beat = self.beat.fetch_add(1, Ordering::Relaxed) + 1;
        let locked = if self.locked.load(Ordering::Relaxed) { "locked" } else { "loose" };
        let mark = format!("{} {beat} {locked} {}", fence.0, self.boot);
        let line = format!("{mark:<width$}\n", width = LENGTH - 1);
        line.len() == LENGTH && self.file.write_all_at(line.as_bytes(), 0).is_ok()
    }

    /// Whether whoever held the lease under this number died on this host: it had the kernel's
    /// lock, and now it is ours.
    pub fn proves_death(&self, fence: Fence) -> bool {
        let Some(mark) = self.mark() else { return false };
        let here = mark.boot == self.boot && !self.boot.is_empty();
        mark.fence == fence && mark.locked && here && self.lock()
    }
}

/// A name that is a file's name as well, one for each account.
fn plain(account: &str) -> String {
    account.bytes().fold(String::new(), |mut name, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_') {
            name.push(char::from(byte));
        } else {
            let _ = write!(name, "%{byte:02x}");
        }
        name
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_read_by_another_process_as_it_was_written() {
        let dir = tempfile::tempdir().unwrap();
        let open = || LeaseFile::beside(&dir.path().join("l.db"), &"a/b".into()).unwrap();
        let (holder, other) = (open(), open());
        assert_eq!(other.mark(), None, "nobody was here");
        assert!(holder.lock() && !other.lock());
        assert!(holder.renew(Fence(7)) && holder.renew(Fence(7)));
        let mark = other.mark().unwrap();
        assert_eq!((mark.fence, mark.beat, mark.locked), (Fence(7), 2, true));
        assert!(!other.proves_death(Fence(7)), "it lives");
        drop(holder);
        assert!(!other.proves_death(Fence(8)), "that is about another holder");
        assert!(other.proves_death(Fence(7)));
    }

    #[test]
    fn a_holder_that_never_had_the_lock_is_not_dead_because_it_is_free() {
        let dir = tempfile::tempdir().unwrap();
        let open = || LeaseFile::beside(&dir.path().join("l.db"), &"main".into()).unwrap();
        let (holder, other) = (open(), open());
        assert!(holder.renew(Fence(1)));
        assert!(!other.proves_death(Fence(1)));
        assert!(holder.lock(), "the proof took nothing");
    }

    #[test]
    fn accounts_share_no_file() {
        assert_eq!(plain("bybit-main_2"), "bybit-main_2");
        assert_ne!(plain("a/b"), plain("a.b"));
    }
}
