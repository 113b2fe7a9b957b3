//! Bundles that a person asks for on the screen.
//!
//! For: writing them beside the engine, telling their paths in whole once the screen is gone, and
//! not ending before the last. Not for: what is in one (that is `dump`). Door: [`Dumps`].

use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::future::join_all;
use tokio::runtime::Handle;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::cli::dump::Dump;
use crate::cli::ending::complain;
use crate::ui::Mailbox;

/// How long a program that was told to end goes on writing a bundle.
const PATIENCE: Duration = Duration::from_secs(20);

/// Those that were asked for since the program began.
#[derive(Clone, Debug)]
pub struct Dumps {
    dump: Dump,
    told: Arc<Mutex<Told>>,
}

#[derive(Debug, Default)]
struct Told {
    /// What is told at once, because there is no screen any more.
    is_screen_gone: bool,
    /// What is told when the screen is gone.
    paths: Vec<PathBuf>,
    writing: Vec<JoinHandle<()>>,
}

impl Dumps {
    /// None yet.
    pub fn of(dump: Dump) -> Self {
        Self { dump, told: Arc::default() }
    }

    /// Begins one, and tells the screen how it ends.
    pub fn begin(&self, tokio: &Handle, mailbox: Arc<Mailbox>) {
        let dumps = self.clone();
        let writing = tokio.spawn(async move {
            let (told, how) = (dumps.told, dumps.dump.lately().await);
            let how = how.map(|(path, said)| {
                note(&told, path);
                said
            });
            if let Err(why) = &how
                && lock(&told).is_screen_gone
            {
                complain(format_args!("holdfast: {why}"));
            }
            mailbox.dumped(how);
        });
        lock(&self.told).writing.push(writing);
    }

    /// Tells the paths of those that are done, and from now on each as it is done.
    pub fn screen_is_gone(&self) {
        let mut told = lock(&self.told);
        told.is_screen_gone = true;
        std::mem::take(&mut told.paths).into_iter().for_each(tell);
    }

    /// Waits for those that are being written. One that takes long is given up, and leaves
    /// nothing.
    pub async fn finish(&self) {
        let mut writing = std::mem::take(&mut lock(&self.told).writing);
        writing.retain(|task| !task.is_finished());
        if writing.is_empty() {
            return;
        }
        complain(format_args!("holdfast: the dump that was asked for is written to its end"));
        let mut writing = join_all(writing);
        if timeout(PATIENCE, &mut writing).await.is_err() {
            self.dump.stop().store(true, Ordering::Relaxed);
            writing.await;
        }
    }
}

fn note(told: &Mutex<Told>, path: PathBuf) {
    let mut told = lock(told);
    if told.is_screen_gone { tell(path) } else { told.paths.push(path) }
}

fn tell(path: PathBuf) {
    complain(format_args!("holdfast: dumped to {}", path.display()));
}

fn lock(told: &Mutex<Told>) -> MutexGuard<'_, Told> {
    told.lock().unwrap_or_else(PoisonError::into_inner)
}
