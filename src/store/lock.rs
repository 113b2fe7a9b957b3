//! One process per state directory.
//!
//! Why: two engines on one ledger would both act. The lock is the kernel's, on an open file, so
//! it ends with the process however that ends; the number in the file is only for the sentence.
//! Door: [`StateLock::take`].

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::path::Path;

use rustix::fs::{FlockOperation, flock};
use rustix::io::Errno;

use crate::store::refused::cause;

/// Held as long as the value lives.
#[derive(Debug)]
pub struct StateLock {
    _file: File,
}

impl StateLock {
    /// Takes the lock of a state directory, which is made where there is none.
    ///
    /// # Errors
    /// One sentence: who holds it, or why the directory cannot be used.
    pub fn take(dir: &Path) -> Result<Self, String> {
        let shown = dir.display();
        fs::create_dir_all(dir).map_err(|error| {
            format!(
                "the state directory {shown} cannot be made ({}): \
                 name one that this user may write to with --state-dir",
                cause(&error)
            )
        })?;
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(dir.join("lock"))
            .map_err(|error| unusable(dir, &error))?;
        match flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => {}
            Err(Errno::WOULDBLOCK) => {
                let mut holder = String::new();
                file.read_to_string(&mut holder).ok();
                let holder = match holder.trim() {
                    "" => "another process".to_owned(),
                    pid => format!("process {pid}"),
                };
                return Err(format!(
                    "holdfast runs already on the state directory {shown}, as {holder}: \
                     end it, or name another directory with --state-dir"
                ));
            }
            Err(error) => return Err(unusable(dir, &error.into())),
        }
        file.set_len(0)
            .and_then(|()| writeln!(file, "{}", std::process::id()))
            .map_err(|error| unusable(dir, &error))?;
        Ok(Self { _file: file })
    }
}

fn unusable(dir: &Path, error: &std::io::Error) -> String {
    let mend = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "make room on its disk",
        _ => "make it writable for this user",
    };
    format!(
        "the state directory {} cannot be locked ({}): {mend}, or name another with \
         --state-dir",
        dir.display(),
        cause(error)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_not_mended_by_permissions() {
        let told = |errno: Errno| unusable(Path::new("state"), &errno.into());
        assert!(told(Errno::NOSPC).contains("make room on its disk"), "{}", told(Errno::NOSPC));
        assert!(told(Errno::ROFS).contains("make it writable"), "{}", told(Errno::ROFS));
    }
}
