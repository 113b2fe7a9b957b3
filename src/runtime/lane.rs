//! The ledger lane: one transaction at a time, in the order the core decided them.
//!
//! For: writes, reads, and noticing that another program wrote. Not for: what to write.
//! Door: [`Lane::open`]. Reads share the lane with writes, so books never run ahead of the
//! `Written` that tells the core of its own change.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures_util::FutureExt;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior, interval};

use crate::domain::effect::OpId;
use crate::domain::input::Input;
use crate::domain::journal::{Receipt, Write, WriteError};
use crate::exchange::Inbox;
use crate::store::Ledger;

/// How often another program's commit is looked for.
const POLL: Duration = Duration::from_millis(250);
/// How long a ledger that could not be read is left alone before it is tried again.
const RETRY: Duration = Duration::from_secs(1);

/// Becomes true when a transaction was answered, well or badly.
pub(crate) type Answered = watch::Receiver<bool>;

enum Job {
    Write { op: OpId, writes: Vec<Write>, answered: watch::Sender<bool> },
    Read,
}

/// The sending end of the lane.
pub(crate) struct Lane {
    jobs: mpsc::UnboundedSender<Job>,
}

impl Lane {
    /// Starts the worker in `tasks`; it ends when the lane is dropped.
    pub(crate) fn open(ledger: Ledger, inbox: Inbox, tasks: &mut JoinSet<()>) -> Self {
        let (jobs, queue) = mpsc::unbounded_channel();
        tasks.spawn(Worker { ledger, inbox, seen: None, failed: None }.run(queue));
        Self { jobs }
    }

    /// Queues one transaction.
    pub(crate) fn write(&self, op: OpId, writes: Vec<Write>) -> Answered {
        let (answered, waiting) = watch::channel(false);
        // A worker that is gone drops the sender, which ends every wait for this answer.
        let _ = self.jobs.send(Job::Write { op, writes, answered });
        waiting
    }

    /// Queues a read.
    pub(crate) fn read(&self) {
        let _ = self.jobs.send(Job::Read);
    }
}

struct Worker {
    ledger: Ledger,
    inbox: Inbox,
    /// The data version the last books were read at.
    seen: Option<i64>,
    /// Why the last read failed, and when.
    failed: Option<(String, Instant)>,
}

impl Worker {
    async fn run(mut self, mut queue: mpsc::UnboundedReceiver<Job>) {
        let mut poll = interval(POLL);
        poll.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                biased;
                job = queue.recv() => match job {
                    Some(Job::Write { op, writes, answered }) => {
                        let result = self.write(&writes).await;
                        self.tell(Input::Written { op, result }).await;
                        let _ = answered.send(true);
                    }
                    Some(Job::Read) => self.read().await,
                    None => return,
                },
                _ = poll.tick() => self.poll().await,
            }
        }
    }

    async fn write(&self, writes: &[Write]) -> Result<Receipt, WriteError> {
        let attempt = AssertUnwindSafe(self.ledger.write(writes)).catch_unwind();
        attempt.await.unwrap_or_else(|_| {
            let why = "the ledger writer broke inside; the log has the details";
            Err(WriteError::Unavailable(why.to_owned()))
        })
    }

    async fn read(&mut self) {
        let version = self.version().await;
        let attempt = AssertUnwindSafe(self.ledger.read()).catch_unwind();
        let books = attempt.await.unwrap_or_else(|_| {
            Err("the ledger reader broke inside; the log has the details".to_owned())
        });
        match (version, books) {
            (Ok(version), Ok(books)) => {
                self.seen = Some(version);
                self.failed = None;
                self.tell(Input::Books(Box::new(books))).await;
            }
            (_, Err(why)) | (Err(why), Ok(_)) => self.fail(why).await,
        }
    }

    async fn poll(&mut self) {
        if let Some((_, at)) = &self.failed {
            if at.elapsed() >= RETRY {
                self.read().await;
            }
            return;
        }
        let Some(seen) = self.seen else { return };
        match self.version().await {
            Ok(version) if version == seen => {}
            Ok(_) => self.read().await,
            Err(why) => self.fail(why).await,
        }
    }

    async fn version(&self) -> Result<i64, String> {
        let attempt = AssertUnwindSafe(self.ledger.foreign_version()).catch_unwind();
        attempt.await.unwrap_or_else(|_| {
            Err("the ledger watcher broke inside; the log has the details".to_owned())
        })
    }

    /// Tells the core once per reason that the ledger cannot be read.
    async fn fail(&mut self, why: String) {
        let news = self.failed.as_ref().is_none_or(|(known, _)| *known != why);
        self.failed = Some((why.clone(), Instant::now()));
        if news {
            tracing::warn!(%why, "the ledger cannot be read");
            self.tell(Input::BooksFailed(why)).await;
        }
    }

    async fn tell(&self, input: Input) {
        // A driver that is gone needs no answer.
        let _ = self.inbox.send(input).await;
    }
}
