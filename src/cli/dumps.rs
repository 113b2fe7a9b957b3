//! Bundles that a person asks for on the screen.
//!
//! For: writing them beside the engine, telling their paths in whole once the screen is gone, and
//! not ending before the last. Not for: what is in one (that is `dump`). Door: [`Dumps`].

use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::cli::dump::Dump;
use crate::cli::ending::complain;
use crate::ui::Mailbox;

/// How long a program that was told to end goes on writing a bundle.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long it takes at most to give one up.
const GIVING_UP: Duration = Duration::from_secs(2);

/// Those that were asked for since the program began, one at a time.
#[derive(Clone, Debug)]
pub struct Dumps {
    dump: Dump,
    told: Arc<Mutex<Told>>,
}

#[derive(Debug, Default)]
struct Told {
    /// What is told at once, because there is no screen any more.
    is_screen_gone: bool,
    /// What is told in whole when the screen is gone: it cuts what is longer than a line.
    lines: Vec<String>,
    writing: Option<JoinHandle<()>>,
}

impl Dumps {
    /// None yet.
    pub fn of(dump: Dump) -> Self {
        Self { dump, told: Arc::default() }
    }

    /// Begins one, and tells the screen how it ends.
    pub fn begin(&self, tokio: &Handle, mailbox: Arc<Mailbox>) {
        let mut told = lock(&self.told);
        if told.writing.as_ref().is_some_and(|writing| !writing.is_finished()) {
            mailbox.dumped(Err("a dump is being written: wait for its end".to_owned()));
            return;
        }
        let dumps = self.clone();
        told.writing = Some(tokio.spawn(async move {
            let how = tokio::spawn(dumps.dump.clone().lately()).await;
            let how = how.unwrap_or_else(|_| Err("the dump broke off: see the log".to_owned()));
            mailbox.dumped(dumps.tell(how));
        }));
    }

    /// Tells how one ended on stderr too, now or later. Gives what the screen says.
    fn tell(&self, how: Result<(PathBuf, String), String>) -> Result<String, String> {
        let mut told = lock(&self.told);
        match how {
            Ok((path, said)) => {
                told.add(format!("dumped to {}", path.display()));
                Ok(said)
            }
            Err(_) if self.dump.stop().load(Ordering::Relaxed) => {
                let why = "the dump took too long and was given up: call holdfast dump";
                told.add(why.to_owned());
                Err(why.to_owned())
            }
            Err(why) => {
                told.add(why.clone());
                Err(why)
            }
        }
    }

    /// Tells what the screen said, and from now on each as it ends.
    pub fn screen_is_gone(&self) {
        let mut told = lock(&self.told);
        told.is_screen_gone = true;
        std::mem::take(&mut told.lines).iter().for_each(|line| say(line));
    }

    /// Waits for one that is being written. If it takes long it is given up, and leaves nothing.
    pub async fn finish(&self) {
        let writing = lock(&self.told).writing.take();
        let Some(mut writing) = writing.filter(|writing| !writing.is_finished()) else { return };
        say("the dump that was asked for is written to its end");
        if timeout(PATIENCE, &mut writing).await.is_err() {
            self.dump.stop().store(true, Ordering::Relaxed);
            timeout(GIVING_UP, writing).await.ok();
        }
    }
}

impl Told {
    fn add(&mut self, line: String) {
        if self.is_screen_gone { say(&line) } else { self.lines.push(line) }
    }
}

fn say(line: &str) {
    complain(format_args!("holdfast: {line}"));
}

fn lock(told: &Mutex<Told>) -> MutexGuard<'_, Told> {
    told.lock().unwrap_or_else(PoisonError::into_inner)
}
