//! What lies at the end of a recording's file that cannot be read to its end.
//!
//! For: telling what a crash or a power cut tore off from what was damaged. Not for: reading
//! lines (that is `reader`). Door: [`written`], [`goes_on`].

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use zstd::stream::read::Decoder;

use crate::store::recorder::lines::{Line, SEAL};

/// What every frame begins with. Source: RFC 8878, 3.1.1.
pub(super) const FRAME: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// Fewer zeros than this may be the end of a frame's checksum.
const BLANK: u64 = 8;
/// So much of a file's end, and of what a frame holds, is looked at. A frame holds about 1 MiB of
/// lines.
const WINDOW: u64 = 64 * 1024 * 1024;
/// So many places at which a frame may begin are looked at: the last frames are among them.
const PLACES: usize = 64;

/// How much of a file was written: without the zeros that a power cut leaves at its end, where it
/// kept the new length and lost the bytes.
pub(super) fn written(file: &mut File, length: u64) -> io::Result<u64> {
    const PIECE: u64 = 64 * 1024;
    let mut end = length;
    while end > 0 {
        let from = end.saturating_sub(PIECE);
        let mut piece = Vec::new();
        file.seek(SeekFrom::Start(from))?;
        file.by_ref().take(end - from).read_to_end(&mut piece)?;
        if let Some(last) = piece.iter().rposition(|byte| *byte != 0) {
            end = from + last as u64 + 1;
            break;
        }
        end = from;
    }
    file.rewind()?;
    Ok(if length - end < BLANK { length } else { end })
}

/// Whether a file of this length holds a whole frame, with a seal in it, that is later than those
/// inputs. Only what was torn off at the end is missing from a file that a crash has left.
pub(super) fn goes_on(path: &Path, length: u64, inputs: u64) -> bool {
    let Ok(bytes) = end_of(path, length) else { return false };
    let starts = bytes.windows(FRAME.len()).enumerate().rev().filter(|(_, at)| **at == FRAME);
    for (at, _) in starts.take(PLACES) {
        let mut text = Vec::new();
        let frame = Decoder::new(&bytes[at..]).map(Decoder::single_frame);
        if frame.and_then(|frame| frame.take(WINDOW).read_to_end(&mut text)).is_err() {
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

fn end_of(path: &Path, length: u64) -> io::Result<Vec<u8>> {
    let mut file = File::open(path)?;
    let from = length.saturating_sub(WINDOW);
    file.seek(SeekFrom::Start(from))?;
    let mut bytes = Vec::new();
    file.take(length - from).read_to_end(&mut bytes)?;
    Ok(bytes)
}
