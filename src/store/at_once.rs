//! A ledger whose every call is over when its first poll returns: the thread waits for the disk.
//!
//! For: engines under a paused clock, where time would run on while SQLite's own threads work.
//! Not for: an engine that lives in real time; a slow disk would stop all of it.
//! Door: [`AtOnce::open`].

use std::path::Path;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use futures_util::future::BoxFuture;
use tokio::task::unconstrained;

use crate::domain::journal::{Receipt, Write, WriteError};
use crate::domain::key::AccountName;
use crate::domain::ledger::Books;
use crate::domain::time::Time;
use crate::store::shelf::Claimed;
use crate::store::{Fences, Ledger, OpenError, Shelf, SignOfLife, Want};

/// A ledger without a moment between a question and its answer.
#[derive(Debug)]
pub struct AtOnce(Ledger);

impl AtOnce {
    /// Opens the ledger as [`Ledger::open`] does.
    ///
    /// # Errors
    /// The same.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        let mut ledger = wait(Ledger::open(path))?;
        ledger.outlives_caller = false;
        Ok(Self(ledger))
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Shelf for AtOnce {
    fn read(&self) -> BoxFuture<'_, Result<Books, String>> {
        Box::pin(async { wait(self.0.read()) })
    }

    fn write_held<'a>(
        &'a self,
        held: &'a Fences,
        writes: &'a [Write],
    ) -> BoxFuture<'a, Result<Receipt, WriteError>> {
        Box::pin(async { wait(self.0.write_held(held, writes)) })
    }

    fn foreign_version(&self) -> BoxFuture<'_, Result<i64, String>> {
        Box::pin(async { wait(self.0.foreign_version()) })
    }

    fn claim<'a>(
        &'a self,
        holder: &'a str,
        wants: Vec<(AccountName, Want)>,
        now: Time,
        until: Time,
    ) -> BoxFuture<'a, Claimed> {
        Box::pin(async move { wait(self.0.claim(holder, wants, now, until)) })
    }

    fn release(&self, held: Fences, now: Time) -> BoxFuture<'_, Result<(), String>> {
        Box::pin(async move { wait(self.0.release(held, now)) })
    }

    fn sign_of_life(&self, account: &AccountName) -> Option<Arc<dyn SignOfLife>> {
        self.0.sign_of_life(account)
    }
}

/// Wakes a thread that waits in [`wait`].
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Waits for something on this thread, which does nothing else meanwhile: what is awaited must not
/// need its runtime, nor may
/// it be sent back by the budget of the task it is part of.
pub fn wait<T>(work: impl Future<Output = T>) -> T {
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut work = pin!(unconstrained(work));
    loop {
        match work.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(done) => return done,
            Poll::Pending => thread::park(),
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;
    use crate::domain::event::{Event, EventKind, Severity};
    use crate::domain::lease::Fence;
    use crate::store::Tenure;

    #[tokio::test(start_paused = true)]
    async fn every_call_is_over_at_its_first_poll() {
        let dir = tempfile::tempdir().unwrap();
        let shelf = AtOnce::open(&dir.path().join("ledger.db")).unwrap();
        let began = tokio::time::Instant::now();
        let wants = vec![("main".into(), Want::Take { abandoned: None })];
        let claimed = shelf.claim("a test", wants, Time(0), Time(9)).now_or_never();
        assert_eq!(claimed, Some(Ok(vec![("main".into(), Tenure::Held(Fence(1)))])));
        let held = Fences::from([("main".into(), Fence(1))]);
        // More than a task may do in one go.
        for _ in 0..300 {
            let account = "main".into();
            let event = Event::about(Time(0), EventKind::StreamUp, Severity::Info, &account);
            let writes = [Write::Event(Box::new(event))];
            let written = shelf.write_held(&held, &writes).now_or_never();
            assert_eq!(written, Some(Ok(Receipt::default())));
        }
        assert!(matches!(shelf.read().now_or_never(), Some(Ok(_))));
        assert!(matches!(shelf.foreign_version().now_or_never(), Some(Ok(_))));
        assert_eq!(shelf.release(held, Time(3)).now_or_never(), Some(Ok(())));
        assert_eq!(began.elapsed(), std::time::Duration::ZERO);
    }
}
