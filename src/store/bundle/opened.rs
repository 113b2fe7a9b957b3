//! Unpacking a bundle that may come from anywhere: nothing of it leaves its own directory, and
//! it can neither fill the disk nor name a file that was not meant.
//!
//! Door: [`open`].

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, BufReader, ErrorKind, Read};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use tar::{Archive, Entry};
use zstd::stream::read::Decoder;

use crate::store::bundle::{LAYOUT, MANIFEST, Mark, RECORDINGS, Until};
use crate::store::refused::{cause, unread, unwritten};

/// A bundle may unpack to so many bytes, and so many files.
const MOST: u64 = 4 << 30;
const FILES: usize = 10_000;

/// Where a bundle may be unpacked instead.
const ELSEWHERE: &str = "TMPDIR names another place";

/// How a tar archive says that it is one, and where.
const USTAR: &[u8] = b"ustar";
const USTAR_AT: usize = 257;

/// A bundle, unpacked; what was unpacked goes with it.
#[derive(Debug)]
pub struct Opened {
    dir: PathBuf,
    mark: Mark,
}

impl Opened {
    /// Where its pages lie, and `recordings` with them.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Where its recording lies.
    pub fn recordings(&self) -> PathBuf {
        self.dir.join(RECORDINGS)
    }

    /// What the archive says of itself.
    pub fn mark(&self) -> &Mark {
        &self.mark
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.dir).ok();
    }
}

/// Whether a file is a compressed archive, and not one file of a recording, which is compressed
/// as well.
pub fn is_bundle(path: &Path) -> bool {
    let Ok(decoder) = File::open(path).and_then(Decoder::new) else { return false };
    let mut head = Vec::new();
    let read = decoder.take((USTAR_AT + USTAR.len()) as u64).read_to_end(&mut head);
    read.is_ok() && head.get(USTAR_AT..).is_some_and(|at| at == USTAR)
}

/// Unpacks a bundle into a directory of its own.
///
/// # Errors
/// One sentence: no such file, not a bundle, damaged, or of a version this program cannot read.
pub fn open(path: &Path) -> Result<Opened, String> {
    open_until(path, &AtomicBool::new(false))
}

/// The same; fails and leaves nothing behind once `stop` is set.
///
/// # Errors
/// As [`open`].
pub fn open_until(path: &Path, stop: &AtomicBool) -> Result<Opened, String> {
    let shown = path.display();
    let way = "name a file that holdfast dump wrote";
    let file = File::open(path).map_err(|error| unread(path, &error, way))?;
    let foreign =
        || format!("{shown} is not a bundle of holdfast: name a file that holdfast dump wrote");
    if !is_bundle(path) {
        return Err(foreign());
    }
    let decoder = Decoder::new(file).map_err(|_| foreign())?;
    let dir = fresh().map_err(|error| {
        let dir = std::env::temp_dir();
        format!("{shown} cannot be unpacked: {}", unwritten(&dir, &error, ELSEWHERE))
    })?;
    // From here on it is removed again, whatever happens.
    let mut opened = Opened { dir, mark: Mark::ours() };
    unpack(Archive::new(Until { inner: BufReader::new(decoder), stop }), &opened.dir)
        .map_err(|why| format!("the bundle {shown} cannot be unpacked: {why}"))?;
    let manifest = fs::read(opened.dir.join(MANIFEST)).map_err(|_| foreign())?;
    opened.mark = serde_json::from_slice(&manifest).map_err(|_| foreign())?;
    if opened.mark.bundle != "holdfast" {
        return Err(foreign());
    }
    if opened.mark.layout > LAYOUT {
        return Err(format!(
            "the bundle {shown} was written by holdfast {}: use that version",
            harmless(Path::new(&opened.mark.program))
        ));
    }
    Ok(opened)
}

fn fresh() -> io::Result<PathBuf> {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let now = jiff::Timestamp::now().as_nanosecond();
    let dir = std::env::temp_dir().join(format!("holdfast-{}-{now}-{count}", std::process::id()));
    DirBuilder::new().mode(0o700).create(&dir)?;
    Ok(dir)
}

fn unpack(mut archive: Archive<impl Read>, dir: &Path) -> Result<(), String> {
    let broken = |error: io::Error| broken(dir, &error);
    let mut room = MOST;
    for (count, entry) in archive.entries().map_err(broken)?.enumerate() {
        let mut entry = entry.map_err(broken)?;
        if count >= FILES {
            return Err(format!("it holds more than {FILES} files"));
        }
        let name = place(&entry)?;
        let to = dir.join(&name);
        if let Some(folder) = to.parent().filter(|folder| *folder != dir) {
            DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(broken)?;
        }
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&to)
            .map_err(|error| format!("{} cannot be made: {}", name.display(), cause(&error)))?;
        let long = entry.size();
        room = room.checked_sub(long).ok_or_else(|| format!("it is larger than {MOST} bytes"))?;
        let copied = io::copy(&mut entry.by_ref().take(long), &mut file).map_err(broken)?;
        if copied != long {
            return Err(format!("{} is cut off: copy it again", name.display()));
        }
    }
    // The checksum comes after everything else.
    io::copy(&mut archive.into_inner().take(room), &mut io::sink()).map_err(broken)?;
    Ok(())
}

/// Why an archive cannot be copied out of its file: the file, or the place it is unpacked into.
fn broken(dir: &Path, error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => unwritten(dir, error, ELSEWHERE),
        _ => format!("it breaks off or is damaged ({}): copy it again", cause(error)),
    }
}

/// Where an entry may go: a page by its name, or a file of the recording.
fn place(entry: &Entry<'_, impl Read>) -> Result<PathBuf, String> {
    let path = entry.path().map_err(|error| format!("a name in it makes no sense ({error})"))?;
    let strange = || format!("it holds {}, which no bundle holds", harmless(&path));
    if !entry.header().entry_type().is_file() {
        return Err(strange());
    }
    let parts: Option<Vec<&str>> = path
        .components()
        .map(|part| match part {
            Component::Normal(name) => name.to_str().filter(|name| is_plain(name)),
            _ => None,
        })
        .collect();
    match parts.as_deref() {
        Some([name]) => Ok(PathBuf::from(name)),
        Some([RECORDINGS, name]) => Ok(Path::new(RECORDINGS).join(name)),
        _ => Err(strange()),
    }
}

/// A name that somebody else chose.
fn harmless(name: &Path) -> String {
    name.display().to_string().replace(char::is_control, "?")
}

fn is_plain(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    !name.starts_with('.') && name.len() <= 128 && name.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::Arc;

    use tar::{Builder, EntryType, Header};

    use super::*;
    use crate::store::bundle::Bundle;

    fn manifest() -> Vec<u8> {
        serde_json::to_vec(&Mark::ours()).unwrap()
    }

    fn files(dir: &Path) -> usize {
        fs::read_dir(dir).unwrap().count()
    }

    /// An archive with these entries, whatever their names are.
    fn archive(dir: &Path, entries: &[(&str, EntryType, &[u8])]) -> PathBuf {
        let mut tar = Builder::new(Vec::new());
        for (name, kind, data) in entries {
            let mut header = Header::new_gnu();
            // Written past the checks of the writer, as an enemy would.
            header.as_gnu_mut().unwrap().name[..name.len()].copy_from_slice(name.as_bytes());
            header.set_entry_type(*kind);
            if *kind == EntryType::Symlink {
                header.set_link_name("/etc/passwd").unwrap();
            }
            header.set_size(data.len() as u64);
            header.set_cksum();
            tar.append(&header, *data).unwrap();
        }
        packed(dir, &tar.into_inner().unwrap())
    }

    fn packed(dir: &Path, bytes: &[u8]) -> PathBuf {
        let path = dir.join("some.tar.zst");
        fs::write(&path, zstd::encode_all(bytes, 1).unwrap()).unwrap();
        path
    }

    #[test]
    fn what_was_written_is_unpacked_and_goes_away_with_it() {
        let dir = tempfile::tempdir().unwrap();
        let part = dir.path().join("20261121T022000.000Z-0001.jsonl.zst");
        fs::write(&part, "lines").unwrap();
        let path = dir.path().join("one.tar.zst");
        let mut bundle = Bundle::create(&path, 1_795_228_800).unwrap();
        bundle.page(MANIFEST, &manifest()).unwrap();
        assert_eq!(bundle.recording(&part, 5), Ok(5));
        assert!(bundle.finish().unwrap() > 0);
        assert!(is_bundle(&path) && !is_bundle(&part));
        let opened = open(&path).unwrap();
        let unpacked = opened.recordings().join("20261121T022000.000Z-0001.jsonl.zst");
        assert_eq!(fs::read_to_string(unpacked).unwrap(), "lines");
        let at = opened.dir().to_owned();
        drop(opened);
        assert!(!at.exists());
    }

    #[test]
    fn nothing_leaves_the_directory_it_is_unpacked_into() {
        let file = EntryType::Regular;
        let names = [
            ("../out.txt", file),
            ("/tmp/out.txt", file),
            ("recordings/../../out.txt", file),
            ("other/out.txt", file),
            ("recordings/a/b", file),
            (".hidden", file),
            ("a\u{1b}[2Jb", file),
            ("link", EntryType::Symlink),
            ("link", EntryType::Link),
            ("pipe", EntryType::Fifo),
            ("dir", EntryType::Directory),
        ];
        for (name, kind) in names {
            let dir = tempfile::tempdir().unwrap();
            let text = manifest();
            let data: &[u8] = if kind == file { b"data" } else { b"" };
            let path = archive(dir.path(), &[(MANIFEST, file, &text), (name, kind, data)]);
            let why = open(&path).unwrap_err();
            assert!(why.contains("which no bundle holds"), "{name}: {why}");
            assert!(!why.contains(char::is_control), "{why:?}");
        }
    }

    #[test]
    fn a_name_twice_and_a_file_that_is_no_bundle_are_one_sentence() {
        let dir = tempfile::tempdir().unwrap();
        let text = manifest();
        let twice = (MANIFEST, EntryType::Regular, text.as_slice());
        let why = open(&archive(dir.path(), &[twice, twice])).unwrap_err();
        assert!(why.contains("manifest.json cannot be made"), "{why}");
        for other in [&b"not an archive"[..], b""] {
            let why = open(&packed(dir.path(), other)).unwrap_err();
            assert!(why.ends_with("name a file that holdfast dump wrote"), "{why}");
        }
        let newer = Mark { layout: LAYOUT + 1, ..Mark::ours() };
        let text = serde_json::to_vec(&newer).unwrap();
        let why = open(&archive(dir.path(), &[(MANIFEST, EntryType::Regular, &text)]));
        assert!(why.unwrap_err().contains("use that version"));
        assert!(open(&dir.path().join("none")).unwrap_err().contains("cannot be read"));
    }

    #[test]
    fn a_bundle_that_breaks_off_is_said_to() {
        let dir = tempfile::tempdir().unwrap();
        let text = manifest();
        let whole = archive(dir.path(), &[(MANIFEST, EntryType::Regular, &text)]);
        let plain = zstd::decode_all(File::open(&whole).unwrap()).unwrap();
        let path = packed(dir.path(), &plain[..520]);
        let why = open(&path).unwrap_err();
        assert!(why.contains("copy it again"), "{why}");
    }

    #[test]
    fn a_bundle_whose_end_is_cut_off_or_changed_is_said_to_be() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("one.tar.zst");
        let mut bundle = Bundle::create(&path, 0).unwrap();
        bundle.page(MANIFEST, &manifest()).unwrap();
        bundle.finish().unwrap();
        let whole = fs::read(&path).unwrap();
        let (last, rest) = whole.split_last().unwrap();
        for bytes in [rest.to_vec(), rest[..rest.len() - 3].to_vec(), [rest, &[last ^ 1]].concat()]
        {
            fs::write(&path, bytes).unwrap();
            let why = open(&path).unwrap_err();
            assert!(why.contains("breaks off or is damaged") && why.contains("copy it"), "{why}");
        }
    }

    #[test]
    fn what_another_dump_left_half_written_is_in_nobodys_way() {
        let dir = tempfile::tempdir().unwrap();
        // As long as a name may be.
        let path = dir.path().join("n".repeat(255));
        let one = Bundle::create(&path, 0).unwrap();
        let other = Bundle::create(&path, 0).unwrap();
        assert!(one.finish().is_ok());
        assert!(other.finish().unwrap_err().contains("exists already"));
        assert_eq!(files(dir.path()), 1);
    }

    #[test]
    fn what_is_stopped_leaves_nothing_behind() {
        let dir = tempfile::tempdir().unwrap();
        let text = manifest();
        let path = archive(dir.path(), &[(MANIFEST, EntryType::Regular, &text)]);
        assert!(open_until(&path, &AtomicBool::new(true)).unwrap_err().contains("stopped"));
    }

    #[test]
    fn what_is_stopped_while_it_is_written_is_never_finished() {
        let dir = tempfile::tempdir().unwrap();
        let (path, part) = (dir.path().join("one.tar.zst"), dir.path().join("part"));
        fs::write(&part, "lines").unwrap();
        let stop = Arc::new(AtomicBool::new(false));
        let mut bundle = Bundle::create_until(&path, 0, stop.clone()).unwrap();
        bundle.page("README.txt", b"text").unwrap();
        assert!(!path.exists() && files(dir.path()) == 2, "beside the name it is to have");
        stop.store(true, Ordering::Relaxed);
        assert!(bundle.page("other.txt", b"text").unwrap_err().contains("stopped"));
        assert!(bundle.recording(&part, 5).unwrap_err().contains("stopped"));
        assert!(bundle.finish().unwrap_err().contains("stopped"));
        assert!(!path.exists() && files(dir.path()) == 1);
    }

    #[test]
    fn a_disk_that_is_full_is_no_fault_of_the_bundle() {
        let error = io::Error::from(rustix::io::Errno::NOSPC);
        let why = broken(Path::new("/tmp/some"), &error);
        assert!(why.ends_with("its disk is full: make room on it, or TMPDIR names another place"));
    }

    #[test]
    fn nothing_stays_of_a_bundle_that_is_not_finished() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("one.tar.zst");
        let mut bundle = Bundle::create(&path, 0).unwrap();
        bundle.page("README.txt", b"text").unwrap();
        drop(bundle);
        assert_eq!(files(dir.path()), 0);
        let late = Bundle::create(&path, 0).unwrap();
        File::create(&path).unwrap().write_all(b"kept").unwrap();
        for why in [Bundle::create(&path, 0).map(|_| 0), late.finish()].map(Result::unwrap_err) {
            assert!(why.ends_with("exists already and is left as it is: name another file"));
        }
        assert_eq!(fs::read(&path).unwrap(), b"kept");
        assert_eq!(files(dir.path()), 1);
    }
}
