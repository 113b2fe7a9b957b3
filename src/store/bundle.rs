//! Incident bundles: what somebody elsewhere needs to look at an incident, in one file.
//!
//! A bundle is a zstd-compressed tar archive: a `manifest.json`, pages, and the recording's own
//! files under `recordings/`, so that a directory it was unpacked into can be replayed. Not for:
//! what goes into it, or keeping secrets out (that is `cli`).
//! Door: [`Bundle::create`] writes one, [`open`] unpacks one, [`is_bundle`] knows one.

mod opened;
mod until;

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustix::fs::{CWD, RenameFlags, renameat_with};
use rustix::io::Errno;
use serde::{Deserialize, Serialize};
use tar::{Builder, Header};
use zstd::stream::write::Encoder;

use crate::store::refused::{self, unread};

pub use opened::{Opened, is_bundle, open, open_until};
pub use until::Until;

/// The version of the archive's layout.
pub const LAYOUT: u32 = 1;
/// The name of the page that says what the archive is.
pub const MANIFEST: &str = "manifest.json";
/// Where in it the recording lies.
pub const RECORDINGS: &str = "recordings";

const LEVEL: i32 = 3;

/// What makes an archive a bundle. The rest of the manifest is for readers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// `holdfast`.
    pub bundle: String,
    /// [`LAYOUT`].
    pub layout: u32,
    /// The version of the program that wrote it.
    pub program: String,
}

impl Mark {
    /// What this program writes.
    pub fn ours() -> Self {
        let program = env!("CARGO_PKG_VERSION").to_owned();
        Self { bundle: "holdfast".to_owned(), layout: LAYOUT, program }
    }
}

/// A bundle that is being written, beside the name it gets once it is whole: nothing under that
/// name is ever half of one, even where the program is killed.
pub struct Bundle {
    path: PathBuf,
    /// Where it is written; it goes away unless it is finished.
    part: PathBuf,
    tar: Option<Builder<Encoder<'static, File>>>,
    made: u64,
    stop: Arc<AtomicBool>,
}

impl std::fmt::Debug for Bundle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Bundle").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Bundle {
    /// Begins a file that only its owner may read and that is not there yet. Its entries are
    /// dated `made`, in seconds since 1970.
    ///
    /// # Errors
    /// One sentence.
    pub fn create(path: &Path, made: u64) -> Result<Self, String> {
        Self::create_until(path, made, Arc::default())
    }

    /// The same; once `stop` is set nothing can be added to it, and it cannot be finished.
    ///
    /// # Errors
    /// As [`Bundle::create`].
    pub fn create_until(path: &Path, made: u64, stop: Arc<AtomicBool>) -> Result<Self, String> {
        if path.symlink_metadata().is_ok() {
            return Err(unwritten(path, &io::ErrorKind::AlreadyExists.into()));
        }
        let begin = || -> io::Result<(PathBuf, Builder<Encoder<'static, File>>)> {
            let (part, file) = begin_beside(path)?;
            let mut encoder = Encoder::new(file, LEVEL)?;
            encoder.include_checksum(true)?;
            Ok((part, Builder::new(encoder)))
        };
        let (part, tar) = begin().map_err(|error| unwritten(path, &error))?;
        Ok(Self { path: path.to_owned(), part, tar: Some(tar), made, stop })
    }

    /// Adds a page.
    ///
    /// # Errors
    /// One sentence.
    pub fn page(&mut self, name: &str, text: &[u8]) -> Result<(), String> {
        self.append(name, text.len() as u64, text)
    }

    /// Adds a file of a recording, so long and no longer: it may still be growing.
    ///
    /// # Errors
    /// One sentence.
    pub fn recording(&mut self, part: &Path, long: u64) -> Result<u64, String> {
        let owned = "run as the engine runs";
        let unread = |error: io::Error| unread(part, &error, owned);
        let name = part.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let file = File::open(part).map_err(unread)?;
        self.append(&format!("{RECORDINGS}/{name}"), long, file.take(long))?;
        Ok(long)
    }

    fn append(&mut self, name: &str, long: u64, data: impl Read) -> Result<(), String> {
        let Some(tar) = &mut self.tar else { return Ok(()) };
        let mut header = Header::new_gnu();
        header.set_size(long);
        header.set_mode(0o600);
        header.set_mtime(self.made);
        let data = Until { inner: data, stop: &self.stop };
        tar.append_data(&mut header, name, data).map_err(|error| unwritten(&self.path, &error))
    }

    /// Ends the file; it is on the disk then. Gives its size.
    ///
    /// # Errors
    /// One sentence.
    pub fn finish(mut self) -> Result<u64, String> {
        if self.stop.load(Ordering::Relaxed) {
            return Err(unwritten(&self.path, &io::Error::other("stopped")));
        }
        let Some(tar) = self.tar.take() else { return Ok(0) };
        let end = || -> io::Result<u64> {
            let file = tar.into_inner()?.finish()?;
            file.sync_all()?;
            rename(&self.part, &self.path)?;
            Ok(file.metadata()?.len())
        };
        end().map_err(|error| {
            fs::remove_file(&self.part).ok();
            unwritten(&self.path, &error)
        })
    }
}

/// A new file in the same directory, under a name that nobody would choose. One that was left by a
/// program that was killed is nobody's, and stays.
fn begin_beside(path: &Path) -> io::Result<(PathBuf, File)> {
    for count in 0..100 {
        let part = path.with_file_name(format!(".holdfast-{}-{count}.part", std::process::id()));
        match OpenOptions::new().write(true).create_new(true).mode(0o600).open(&part) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            done => return Ok((part, done?)),
        }
    }
    Err(io::Error::other("too many .part files of other dumps lie beside it"))
}

/// Gives a file its name, if nothing has it.
fn rename(from: &Path, to: &Path) -> io::Result<()> {
    match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
        // A file system that cannot do both at once.
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) if to.symlink_metadata().is_err() => {
            fs::rename(from, to)
        }
        done => Ok(done?),
    }
}

impl Drop for Bundle {
    fn drop(&mut self) {
        if self.tar.take().is_some() {
            fs::remove_file(&self.part).ok();
        }
    }
}

fn unwritten(path: &Path, error: &io::Error) -> String {
    if error.kind() == io::ErrorKind::AlreadyExists {
        let path = path.display();
        return format!("{path} exists already and is left as it is: name another file");
    }
    format!(
        "the bundle {}",
        refused::unwritten(path, error, "holdfast dump --out names another file")
    )
}
