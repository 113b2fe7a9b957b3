//! One engine of a world: the real driver, which can be killed, frozen, stopped and asked.
//!
//! Door: [`Engine::start`].

use std::collections::VecDeque;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time::{Instant, Sleep, sleep_until};

use crate::domain::command::{Ask, Command};
use crate::domain::snapshot::Snapshot;
use crate::runtime::{Driver, Handle, Setup, Stopped};

/// How many pictures a console keeps: an operator with an old screen acts on the oldest.
const SCREENS: usize = 20;

/// The pictures an engine showed last, oldest first.
pub type Screens = Arc<Mutex<VecDeque<Arc<Snapshot>>>>;

/// A running engine.
pub struct Engine {
    handle: Handle,
    running: JoinHandle<Stopped>,
    screens: Screens,
    frozen: Arc<Mutex<Instant>>,
    asks: u64,
}

impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Engine")
    }
}

/// Where an engine's pictures go.
pub fn screens() -> (Screens, crate::runtime::Publish) {
    let screens = Screens::default();
    let shown = Arc::clone(&screens);
    let publish = move |picture| {
        let mut shown = lock(&shown);
        shown.push_back(picture);
        if shown.len() > SCREENS {
            shown.pop_front();
        }
    };
    (screens, Box::new(publish))
}

impl Engine {
    /// Starts one.
    pub fn start(setup: Setup, screens: Screens, first_ask: u64) -> Self {
        let (driver, handle) = Driver::new(setup);
        let frozen = Arc::new(Mutex::new(Instant::now()));
        let inner = Box::pin(driver.run());
        let loop_ = Freezable { inner, frozen: Arc::clone(&frozen), thaw: None };
        let running = tokio::spawn(loop_);
        Self { handle, running, screens, frozen, asks: first_ask }
    }

    /// Ends it as a kill does: nothing of it runs any more.
    pub async fn kill(self) {
        self.running.abort();
        let _ = self.running.await;
    }

    /// Asks it to end, and waits until it has.
    pub async fn stop(self) {
        self.handle.stop();
        let _ = self.running.await;
    }

    /// Its loop stands still.
    pub fn freeze(&self, span: Duration) {
        *lock(&self.frozen) = Instant::now() + span;
    }

    /// Lets it run on.
    pub fn thaw(&self) {
        *lock(&self.frozen) = Instant::now();
    }

    /// What its console shows now, or showed a while ago.
    pub fn picture(&self, late: bool) -> Option<Arc<Snapshot>> {
        let screens = lock(&self.screens);
        if late { screens.front().cloned() } else { screens.back().cloned() }
    }

    /// Asks it something.
    pub fn ask(&mut self, command: Command) {
        self.asks += 1;
        let who = "a person at a terminal".to_owned();
        self.handle.ask(Ask { id: self.asks, who, command });
    }
}

/// A future that is not polled while it is frozen.
struct Freezable<F> {
    inner: Pin<Box<F>>,
    frozen: Arc<Mutex<Instant>>,
    thaw: Option<Pin<Box<Sleep>>>,
}

impl<F: Future> Future for Freezable<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let until = *lock(&self.frozen);
        if Instant::now() < until {
            let mut thaw = Box::pin(sleep_until(until));
            let waiting = thaw.as_mut().poll(cx).is_pending();
            self.thaw = Some(thaw);
            if waiting {
                return Poll::Pending;
            }
        }
        self.thaw = None;
        self.inner.as_mut().poll(cx)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
