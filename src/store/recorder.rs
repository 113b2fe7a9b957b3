//! The recording of every input, from which a run can be played again.
//!
//! A recording is a run's files in order: zstd frames of JSON lines, each file headed by a line
//! with the format and the program's version. Writing happens on a thread of its own; whatever
//! goes wrong there stops the recording, never the engine, because a recording with a gap
//! replays to something that never happened.
//! Door: [`Recorder`] writes, [`read`] reads back.

mod files;
mod reader;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, OnceLock};
use std::thread::JoinHandle;

use serde::{Deserialize, Serialize};

use crate::domain::input::Input;
use crate::domain::time::Time;
use files::Files;

pub use reader::{Reader, read};

/// The version of the lines. Grows when [`Input`]'s shape changes so that older lines no longer
/// mean what they meant.
pub const FORMAT: u32 = 1;

/// Lines are handed over to the thread in pieces of about this many bytes.
const PIECE: usize = 64 * 1024;

/// So many bytes may wait for the disk before the recording gives up.
const PATIENCE: usize = 32 * 1024 * 1024;

/// The first line of a file.
#[derive(Debug, Serialize, Deserialize)]
struct Header {
    recording: String,
    v: u32,
    program: String,
    part: u32,
}

/// A line: what the core was told, and when.
#[derive(Debug, Serialize, Deserialize)]
struct Line<I> {
    v: u32,
    at: Time,
    input: I,
}

/// What the thread is told.
enum Piece {
    Lines(Vec<u8>),
    Flush,
}

/// Appends every input. Nothing here blocks or fails: see [`Recorder::fault`].
#[derive(Debug)]
pub struct Recorder {
    lines: Vec<u8>,
    thread: Option<(Sender<Piece>, JoinHandle<()>)>,
    /// Bytes that were handed over and are not written.
    behind: Arc<AtomicUsize>,
    fault: Arc<OnceLock<String>>,
    dir: PathBuf,
}

impl Recorder {
    /// Begins a recording in `dir`, which is made where there is none. Recordings there may
    /// take `limit_bytes` together; the oldest files go first, those of earlier runs too.
    pub fn create(dir: &Path, limit_bytes: u64) -> Self {
        let mut recorder = Self {
            lines: Vec::new(),
            thread: None,
            behind: Arc::default(),
            fault: Arc::default(),
            dir: dir.to_owned(),
        };
        let (pieces, inbox) = channel();
        let (fault, behind) = (Arc::clone(&recorder.fault), Arc::clone(&recorder.behind));
        let dir = dir.to_owned();
        let work = move || {
            let done = Files::create(&dir, limit_bytes).and_then(|mut files| {
                for piece in inbox {
                    match piece {
                        Piece::Lines(lines) => {
                            files.write(&lines)?;
                            behind.fetch_sub(lines.len(), Ordering::Relaxed);
                        }
                        Piece::Flush => files.flush()?,
                    }
                }
                files.finish()
            });
            if let Err(error) = done {
                fault.set(stopped(&dir, &error.to_string())).ok();
            }
        };
        match std::thread::Builder::new().name("recorder".to_owned()).spawn(work) {
            Ok(thread) => recorder.thread = Some((pieces, thread)),
            Err(error) => recorder.stop(&error.to_string()),
        }
        recorder
    }

    /// Appends an input.
    pub fn record(&mut self, now: Time, input: &Input) {
        if self.thread.is_none() {
            return;
        }
        let line = Line { v: FORMAT, at: now, input };
        if let Err(error) = serde_json::to_writer(&mut self.lines, &line) {
            return self.stop(&error.to_string());
        }
        self.lines.push(b'\n');
        if self.lines.len() >= PIECE {
            self.hand_over();
        }
    }

    /// Sends what has been recorded so far on its way to the disk. What was recorded before the
    /// last flush survives a crash of the program.
    pub fn flush(&mut self) {
        if !self.lines.is_empty() {
            self.hand_over();
            self.send(Piece::Flush);
        }
    }

    /// Why the recording has stopped, as one sentence; none while it goes on.
    pub fn fault(&self) -> Option<&str> {
        self.fault.get().map(String::as_str)
    }

    fn hand_over(&mut self) {
        let lines = std::mem::take(&mut self.lines);
        let behind = self.behind.fetch_add(lines.len(), Ordering::Relaxed) + lines.len();
        if behind > PATIENCE {
            return self.stop("the disk does not keep up");
        }
        self.send(Piece::Lines(lines));
    }

    fn send(&mut self, piece: Piece) {
        let Some((pieces, _)) = &self.thread else { return };
        if pieces.send(piece).is_err() {
            // The thread has said why before it ended.
            self.thread = None;
        }
    }

    fn stop(&mut self, why: &str) {
        self.fault.set(stopped(&self.dir, why)).ok();
        self.thread = None;
        self.lines = Vec::new();
    }
}

impl Drop for Recorder {
    /// Waits until everything recorded is written.
    fn drop(&mut self) {
        self.flush();
        if let Some((pieces, thread)) = self.thread.take() {
            drop(pieces);
            thread.join().ok();
        }
    }
}

fn stopped(dir: &Path, why: &str) -> String {
    format!(
        "the recording in {} has stopped ({why}): see to the disk, a restart begins a new one",
        dir.display()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_that_does_not_keep_up_stops_the_recording_and_not_the_caller() {
        let (pieces, inbox) = channel();
        let mut recorder = Recorder {
            lines: Vec::new(),
            thread: Some((pieces, std::thread::spawn(|| {}))),
            behind: Arc::new(AtomicUsize::new(PATIENCE - 50)),
            fault: Arc::default(),
            dir: PathBuf::from("/r"),
        };
        for _ in 0..3 {
            recorder.record(Time(0), &Input::Woke);
            recorder.flush();
        }
        assert_eq!(
            recorder.fault(),
            Some(
                "the recording in /r has stopped (the disk does not keep up): \
                 see to the disk, a restart begins a new one"
            )
        );
        let taken = inbox.iter().filter(|piece| matches!(piece, Piece::Lines(_))).count();
        assert_eq!(taken, 1, "what was taken in time is written");
    }
}
