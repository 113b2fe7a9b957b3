//! The file that is being written: frames, seals, the next part.
//!
//! Door: [`Files`].

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use zstd::stream::write::Encoder;

use crate::store::recorder::lines::{Chain, Digest, End, Header, Seal, Sealed};
use crate::store::recorder::{FORMAT, parts};

/// A frame ends after so many bytes of lines: what a torn disk block can take is one frame.
const FRAME: u64 = 1024 * 1024;

/// And after so many seals: within the last frame damage looks like an end that was torn off.
/// A frame a seal would make a file twice as large, this many make it a tenth larger.
const SEALS: u32 = 20;

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
    seals: u32,
    /// How large the part was when its checkpoint was written.
    head: u64,
    chain: Chain,
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
        let mut files = Self {
            dir: dir.to_owned(),
            run,
            part: 0,
            limit,
            frame: None,
            in_frame: 0,
            seals: 0,
            head: 0,
            chain: Chain::after(&Digest::default()),
        };
        files.begin(0, Digest::default(), None)?;
        Ok(files)
    }

    /// Appends whole lines.
    pub(super) fn write(&mut self, lines: &[u8]) -> io::Result<()> {
        let Some(frame) = &mut self.frame else { return Ok(()) };
        frame.write_all(lines)?;
        self.chain.cover(lines);
        self.in_frame += lines.len() as u64;
        Ok(())
    }

    /// Seals the lines since the last seal and hands everything to the system, so that a crash
    /// leaves it readable.
    pub(super) fn seal(&mut self, inputs: u64, end: Option<End>) -> io::Result<()> {
        self.sealed(inputs, end)?;
        self.seals += 1;
        let is_long = self.in_frame >= FRAME || self.seals >= SEALS;
        if is_long && let Some(frame) = self.frame.take() {
            self.frame = Some(encoder(frame.finish()?)?);
            (self.in_frame, self.seals) = (0, 0);
        }
        Ok(())
    }

    fn sealed(&mut self, inputs: u64, end: Option<End>) -> io::Result<Digest> {
        let sha256 = self.chain.seal();
        let Some(frame) = &mut self.frame else { return Ok(sha256) };
        let line = Sealed { seal: Seal { inputs, sha256: sha256.clone(), end } };
        serde_json::to_writer(&mut *frame, &line)?;
        frame.write_all(b"\n")?;
        frame.flush()?;
        Ok(sha256)
    }

    /// Whether the part has had its share of the limit. Its checkpoint does not count by itself:
    /// a core that is larger than a share must not make every part a checkpoint and nothing else.
    pub(super) fn is_full(&self) -> bool {
        let size = self.frame.as_ref().map_or(0, |frame| frame.get_ref().size);
        size >= self.limit / SHARES && size >= 2 * self.head
    }

    /// Ends the part and begins the next with a checkpoint.
    pub(super) fn next_part(&mut self, inputs: u64, core: &[u8]) -> io::Result<()> {
        let after = self.sealed(inputs, Some(End::Part))?;
        if let Some(frame) = self.frame.take() {
            frame.finish()?;
        }
        self.begin(inputs, after, Some(core))
    }

    /// Ends the recording.
    pub(super) fn finish(mut self) -> io::Result<()> {
        match self.frame.take() {
            Some(frame) => frame.finish()?.file.sync_all(),
            None => Ok(()),
        }
    }

    fn begin(&mut self, inputs: u64, after: Digest, core: Option<&[u8]>) -> io::Result<()> {
        self.part += 1;
        // Room is made before it is needed: what is there, and the part that begins.
        parts::make_room(&self.dir, self.limit.saturating_sub(self.limit / SHARES))?;
        let path = self.dir.join(parts::name(&self.run, self.part));
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        self.frame = Some(encoder(Counted { file, size: 0 })?);
        (self.in_frame, self.seals) = (0, 0);
        let header = Header {
            recording: "holdfast".to_owned(),
            v: FORMAT,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            part: self.part,
            inputs,
            after,
        };
        let mut lines = serde_json::to_vec(&header)?;
        lines.push(b'\n');
        if let Some(core) = core {
            lines.extend_from_slice(b"{\"core\":");
            lines.extend_from_slice(core);
            lines.extend_from_slice(b"}\n");
        }
        self.write(&lines)?;
        self.sealed(inputs, None)?;
        self.head = self.frame.as_ref().map_or(0, |frame| frame.get_ref().size);
        Ok(())
    }
}

fn encoder(file: Counted) -> io::Result<Encoder<'static, Counted>> {
    let mut encoder = Encoder::new(file, LEVEL)?;
    encoder.include_checksum(true)?;
    Ok(encoder)
}
