//! The files of a recording: names, frames, rotation, the limit.
//!
//! A name is the run's first instant and the part's number, so that names sort by age:
//! `20261121T022000.000Z-0001.jsonl.zst`.
//! Door: [`Files`], [`parts_from`].

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use zstd::stream::write::Encoder;

use crate::store::recorder::{FORMAT, Header};

const SUFFIX: &str = ".jsonl.zst";

/// A frame ends after so many bytes of lines: what a torn disk block can take is one frame.
const FRAME: u64 = 1024 * 1024;

/// So many files share the limit; one goes when a new one would break it.
const SHARES: u64 = 8;

/// Fast enough to be lost in the noise; the next levels save little on these lines.
const LEVEL: i32 = 3;

/// The file being written, and how to begin the next.
pub(super) struct Files {
    dir: PathBuf,
    run: String,
    part: u32,
    limit: u64,
    frame: Option<Encoder<'static, Counted>>,
    in_frame: u64,
}

/// A file that knows its size.
struct Counted {
    file: File,
    size: u64,
}

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.size += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Files {
    /// Begins a run in `dir`.
    pub(super) fn create(dir: &Path, limit: u64) -> io::Result<Self> {
        // Positions and prices are nobody else's business.
        DirBuilder::new().recursive(true).mode(0o700).create(dir)?;
        let run = jiff::Timestamp::now().strftime("%Y%m%dT%H%M%S.%3fZ").to_string();
        let dir = dir.to_owned();
        let mut files = Self { dir, run, part: 0, limit, frame: None, in_frame: 0 };
        files.begin_part()?;
        Ok(files)
    }

    /// Appends whole lines.
    pub(super) fn write(&mut self, lines: &[u8]) -> io::Result<()> {
        let Some(frame) = &mut self.frame else { return Ok(()) };
        frame.write_all(lines)?;
        self.in_frame += lines.len() as u64;
        if self.in_frame >= FRAME {
            self.end_frame()?;
        }
        Ok(())
    }

    /// Hands everything written so far to the system, so that a crash leaves it readable.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        let Some(frame) = &mut self.frame else { return Ok(()) };
        frame.flush()?;
        if frame.get_ref().size >= self.share() {
            self.end_frame()?;
        }
        Ok(())
    }

    /// Ends the recording.
    pub(super) fn finish(mut self) -> io::Result<()> {
        match self.frame.take() {
            Some(frame) => frame.finish()?.file.sync_all(),
            None => Ok(()),
        }
    }

    fn share(&self) -> u64 {
        self.limit / SHARES
    }

    /// Ends the frame, and with it the part when that is full.
    fn end_frame(&mut self) -> io::Result<()> {
        let Some(frame) = self.frame.take() else { return Ok(()) };
        let file = frame.finish()?;
        self.in_frame = 0;
        if file.size >= self.share() {
            drop(file);
            self.begin_part()
        } else {
            self.frame = Some(encoder(file)?);
            Ok(())
        }
    }

    fn begin_part(&mut self) -> io::Result<()> {
        self.part += 1;
        // Room is made before it is needed: what is there, and the part that begins.
        make_room(&self.dir, self.limit.saturating_sub(self.share()))?;
        let path = self.dir.join(format!("{}-{:04}{SUFFIX}", self.run, self.part));
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        let mut frame = encoder(Counted { file, size: 0 })?;
        let header = Header {
            recording: "holdfast".to_owned(),
            v: FORMAT,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            part: self.part,
        };
        serde_json::to_writer(&mut frame, &header)?;
        frame.write_all(b"\n")?;
        self.frame = Some(frame);
        Ok(())
    }
}

fn encoder(file: Counted) -> io::Result<Encoder<'static, Counted>> {
    let mut encoder = Encoder::new(file, LEVEL)?;
    encoder.include_checksum(true)?;
    Ok(encoder)
}

/// Removes the oldest recordings until the rest fits into `limit` bytes.
fn make_room(dir: &Path, limit: u64) -> io::Result<()> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let name = entry.file_name();
        if name.to_str().and_then(run_and_part).is_some() {
            files.push((name, entry.metadata()?.len()));
        }
    }
    files.sort();
    let mut total: u64 = files.iter().map(|(_, size)| size).sum();
    for (name, size) in files {
        if total <= limit {
            break;
        }
        match fs::remove_file(dir.join(name)) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => total -= size,
        }
    }
    Ok(())
}

/// The run and the part in a file's name.
fn run_and_part(name: &str) -> Option<(&str, u32)> {
    let (run, part) = name.strip_suffix(SUFFIX)?.rsplit_once('-')?;
    Some((run, part.parse().ok()?))
}

/// The file itself and the following parts of its run, in order.
pub(super) fn parts_from(path: &Path) -> Vec<PathBuf> {
    let name = path.file_name().and_then(|name| name.to_str());
    let Some((run, first)) = name.and_then(run_and_part) else { return vec![path.to_owned()] };
    let part = |part: u32| path.with_file_name(format!("{run}-{part:04}{SUFFIX}"));
    let following = (first.saturating_add(1)..).map(part).take_while(|path| path.exists());
    std::iter::once(path.to_owned()).chain(following).collect()
}
