//! The recording of a run: every input, what was decided on it, and where the core stood.
//!
//! A recording is a run's files in order, in the format that docs/recording.md describes. What
//! was written since the last flush is sealed by a digest, and only sealed lines are ever read
//! back. Writing happens on a thread of its own; whatever goes wrong there stops the recording,
//! never the engine, because a recording with a gap replays to something that never happened.
//! Door: [`Recorder`] writes, [`read`] reads back, [`runs`] finds those of a directory.

mod files;
mod lines;
mod parts;
mod reader;
mod tail;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, OnceLock};
use std::thread::JoinHandle;

use serde::Serialize;

use crate::domain::effect::Effect;
use crate::domain::input::Input;
use crate::domain::time::{Span, Time};
use files::Files;
use lines::{Did, End, Told};

pub use parts::runs;
pub use reader::{Reader, Step, read};

/// The version of the lines. Grows when older lines no longer mean what they meant.
pub const FORMAT: u32 = 2;

/// A part of a recording covers at most about this much time.
pub const LONGEST_PART: Span = Span::secs(3600);

/// Lines are handed over to the thread in pieces of about this many bytes.
const PIECE: usize = 64 * 1024;

/// So many bytes may wait for the disk before the recording gives up.
const PATIENCE: usize = 32 * 1024 * 1024;

/// Writes a checkpoint down. Called on the recorder's thread: it may take its time.
type Checkpoint = Box<dyn FnOnce() -> serde_json::Result<Vec<u8>> + Send>;

/// What the thread is told.
enum Piece {
    Lines(Vec<u8>),
    /// So many inputs are written: they are to survive a crash.
    Seal(u64),
    /// The part ends after so many inputs; the next begins where the core stands now.
    Part(u64, Checkpoint),
    /// The run has ended after so many inputs.
    End(u64),
}

/// Appends every input. Nothing here blocks or fails: see [`Recorder::fault`].
#[derive(Debug)]
pub struct Recorder {
    lines: Vec<u8>,
    thread: Option<(Sender<Piece>, JoinHandle<()>)>,
    shared: Shared,
    dir: PathBuf,
    inputs: u64,
    sealed: u64,
    /// The picture that the last line named.
    shown: u64,
    /// When the present part began.
    began: Option<Time>,
}

/// What both sides look at.
#[derive(Clone, Debug, Default)]
struct Shared {
    /// Bytes that were handed over and are not written.
    behind: Arc<AtomicUsize>,
    /// The part has its share of the limit.
    full: Arc<AtomicBool>,
    fault: Arc<OnceLock<String>>,
}

impl Recorder {
    /// Begins a recording in `dir`, which is made where there is none. Recordings there may
    /// take `limit_bytes` together; the oldest files go first, those of earlier runs too.
    pub fn create(dir: &Path, limit_bytes: u64) -> Self {
        let mut recorder = Self {
            lines: Vec::new(),
            thread: None,
            shared: Shared::default(),
            dir: dir.to_owned(),
            inputs: 0,
            sealed: 0,
            shown: 0,
            began: None,
        };
        let (pieces, inbox) = channel();
        let shared = recorder.shared.clone();
        let dir = dir.to_owned();
        let work = move || {
            let done = Files::create(&dir, limit_bytes).and_then(|mut files| {
                for piece in inbox {
                    write(&mut files, piece, &shared)?;
                    shared.full.store(files.is_full(), Ordering::Relaxed);
                }
                files.finish()
            });
            if let Err(error) = done {
                shared.fault.set(stopped(&dir, &error.to_string())).ok();
            }
        };
        match std::thread::Builder::new().name("recorder".to_owned()).spawn(work) {
            Ok(thread) => recorder.thread = Some((pieces, thread)),
            Err(error) => recorder.stop(&error.to_string()),
        }
        recorder
    }

    /// Appends an input, with the number of the last picture that was taken before it.
    pub fn record(&mut self, now: Time, shown: u64, input: &Input) {
        self.inputs += 1;
        self.began.get_or_insert(now);
        let news = (shown != self.shown).then_some(shown);
        self.shown = shown;
        self.append(&Told { at: now, shown: news, input });
    }

    /// Appends what the core decided on the input before, if anything.
    pub fn decided(&mut self, effects: &[Effect]) {
        if !effects.is_empty() {
            self.append(&Did { did: effects });
        }
    }

    /// Seals what has been recorded so far and sends it on its way to the disk: after that it
    /// survives a crash of the program. Begins a new part where the present one is full or old:
    /// `core` must be the core as the last input has left it.
    pub fn flush<C>(&mut self, now: Time, core: &C)
    where
        C: Clone + Serialize + Send + 'static,
    {
        let old = self.began.is_some_and(|began| now.since(began) >= LONGEST_PART);
        let grown = self.inputs > self.sealed;
        if old || (grown && self.shared.full.load(Ordering::Relaxed)) {
            let core = core.clone();
            self.hand_over();
            self.began = Some(now);
            self.sealed = self.inputs;
            self.send(Piece::Part(self.inputs, Box::new(move || serde_json::to_vec(&core))));
        } else if grown {
            self.seal();
        }
    }

    /// Why the recording has stopped, as one sentence; none while it goes on.
    pub fn fault(&self) -> Option<&str> {
        self.shared.fault.get().map(String::as_str)
    }

    /// How many bytes are on their way to the disk.
    pub fn behind(&self) -> usize {
        self.shared.behind.load(Ordering::Relaxed)
    }

    fn append(&mut self, line: &impl Serialize) {
        if self.thread.is_none() {
            return;
        }
        if let Err(error) = serde_json::to_writer(&mut self.lines, line) {
            return self.stop(&error.to_string());
        }
        self.lines.push(b'\n');
        if self.lines.len() >= PIECE {
            self.hand_over();
        }
    }

    fn seal(&mut self) {
        self.hand_over();
        self.sealed = self.inputs;
        self.send(Piece::Seal(self.inputs));
    }

    fn hand_over(&mut self) {
        let lines = std::mem::take(&mut self.lines);
        let handed = lines.len();
        let behind = self.shared.behind.fetch_add(handed, Ordering::Relaxed) + handed;
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
        self.shared.fault.set(stopped(&self.dir, why)).ok();
        self.thread = None;
        self.lines = Vec::new();
    }
}

impl Drop for Recorder {
    /// Waits until everything recorded is written.
    fn drop(&mut self) {
        self.hand_over();
        self.send(Piece::End(self.inputs));
        if let Some((pieces, thread)) = self.thread.take() {
            drop(pieces);
            thread.join().ok();
        }
    }
}

fn write(files: &mut Files, piece: Piece, shared: &Shared) -> std::io::Result<()> {
    match piece {
        Piece::Lines(lines) => {
            files.write(&lines)?;
            shared.behind.fetch_sub(lines.len(), Ordering::Relaxed);
            Ok(())
        }
        Piece::Seal(inputs) => files.seal(inputs, None),
        Piece::Part(inputs, checkpoint) => files.next_part(inputs, &checkpoint()?),
        Piece::End(inputs) => files.seal(inputs, Some(End::Run)),
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
        let shared = Shared::default();
        shared.behind.store(PATIENCE - 40, Ordering::Relaxed);
        let mut recorder = Recorder {
            lines: Vec::new(),
            thread: Some((pieces, std::thread::spawn(|| {}))),
            shared,
            dir: PathBuf::from("/r"),
            inputs: 0,
            sealed: 0,
            shown: 0,
            began: None,
        };
        for _ in 0..3 {
            recorder.record(Time(0), 0, &Input::Woke);
            recorder.flush(Time(0), &());
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
