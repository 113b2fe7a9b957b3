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
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};
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

/// So many pieces may wait for the disk, together about 16 MiB, before the recording gives up.
const PATIENCE: usize = 256;

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
    waiting: Vec<u8>,
    thread: Option<(SyncSender<Piece>, JoinHandle<()>)>,
    fault: Arc<OnceLock<String>>,
    dir: PathBuf,
}

impl Recorder {
    /// Begins a recording in `dir`, which is made where there is none. Recordings there may
    /// take `limit_bytes` together; the oldest files go first, those of earlier runs too.
    pub fn create(dir: &Path, limit_bytes: u64) -> Self {
        let fault = Arc::new(OnceLock::new());
        let mut recorder = Self { waiting: Vec::new(), thread: None, fault, dir: dir.to_owned() };
        let (pieces, inbox) = sync_channel(PATIENCE);
        let (fault, dir) = (Arc::clone(&recorder.fault), dir.to_owned());
        let work = move || {
            let done = Files::create(&dir, limit_bytes).and_then(|mut files| {
                for piece in inbox {
                    match piece {
                        Piece::Lines(lines) => files.write(&lines)?,
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
        if let Err(error) = serde_json::to_writer(&mut self.waiting, &line) {
            return self.stop(&error.to_string());
        }
        self.waiting.push(b'\n');
        if self.waiting.len() >= PIECE {
            self.hand_over();
        }
    }

    /// Sends what has been recorded so far on its way to the disk. What was recorded before the
    /// last flush survives a crash of the program.
    pub fn flush(&mut self) {
        if !self.waiting.is_empty() {
            self.hand_over();
            self.send(Piece::Flush);
        }
    }

    /// Why the recording has stopped, as one sentence; none while it goes on.
    pub fn fault(&self) -> Option<&str> {
        self.fault.get().map(String::as_str)
    }

    fn hand_over(&mut self) {
        let lines = std::mem::replace(&mut self.waiting, Vec::with_capacity(PIECE + PIECE / 4));
        self.send(Piece::Lines(lines));
    }

    fn send(&mut self, piece: Piece) {
        let Some((pieces, _)) = &self.thread else { return };
        match pieces.try_send(piece) {
            Ok(()) => {}
            Err(TrySendError::Full(_)) => self.stop("the disk does not keep up"),
            // The thread has said why before it ended.
            Err(TrySendError::Disconnected(_)) => self.thread = None,
        }
    }

    fn stop(&mut self, why: &str) {
        self.fault.set(stopped(&self.dir, why)).ok();
        self.thread = None;
        self.waiting = Vec::new();
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
