//! What lies at the end of a recording's file that cannot be read to its end.
//!
//! For: telling what a crash or a power cut tore off from what was damaged. Not for: reading
//! lines (that is `reader`). Door: [`Tail`].

use std::fs::File;
use std::io::Read;
use std::path::Path;

use zstd::stream::read::Decoder;

use crate::store::recorder::lines::{LONGEST, Line, SEAL};

/// What every frame begins with. Source: RFC 8878, 3.1.1.
pub(super) const FRAME: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// The bytes of a file, as long as it was when it was opened: it may be growing.
pub(super) struct Tail(Vec<u8>);

impl Tail {
    /// Of a file that cannot be read nothing is known.
    pub(super) fn of(path: &Path, length: u64) -> Self {
        let mut bytes = Vec::new();
        let read = File::open(path).and_then(|file| file.take(length).read_to_end(&mut bytes));
        Self(read.map_or_else(|_| Vec::new(), |_| bytes))
    }

    /// Whether it ends in zeros where a frame would begin: a power cut keeps a file's new length
    /// and loses what was written into it.
    pub(super) fn is_blank(&self) -> bool {
        self.0.len() >= FRAME.len() && self.0.ends_with(&[0; FRAME.len()])
    }

    /// Whether it holds a whole frame, with a seal in it, that is later than those inputs. Only
    /// what was torn off at the end is missing from a file that a crash has left.
    pub(super) fn goes_on(&self, inputs: u64) -> bool {
        let starts = self.0.windows(FRAME.len()).enumerate().filter(|(_, at)| **at == FRAME);
        for (at, _) in starts.collect::<Vec<_>>().into_iter().rev() {
            let mut text = Vec::new();
            let frame = Decoder::new(&self.0[at..]).map(Decoder::single_frame);
            if frame.and_then(|frame| frame.take(LONGEST as u64).read_to_end(&mut text)).is_err() {
                continue;
            }
            let seals = text.rsplit(|byte| *byte == b'\n').filter(|line| line.starts_with(SEAL));
            let mut seals = seals.filter_map(|line| serde_json::from_slice::<Line<'_>>(line).ok());
            if let Some(seal) = seals.next().and_then(|line| line.seal) {
                return seal.inputs > inputs;
            }
        }
        false
    }
}
