//! The driver's outside: ask it something, tell it to stop.
//!
//! For: the console's thread, the one-shot commands and the demo. Not for: reading state; that
//! is what snapshots are for. Door: [`Handle`], cheap to clone.

use std::sync::Arc;

use tokio::sync::{mpsc, watch};

use crate::domain::command::{Answer, Ask};
use crate::domain::snapshot::Snapshot;

/// An ask on its way, with whoever wants to hear its answers.
pub(crate) struct Asking {
    pub(crate) ask: Ask,
    pub(crate) listener: Option<mpsc::UnboundedSender<Answer>>,
}

/// Reaches a running driver.
#[derive(Clone, Debug)]
pub struct Handle {
    asks: mpsc::UnboundedSender<Asking>,
    stop: Arc<watch::Sender<bool>>,
}

impl std::fmt::Debug for Asking {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.ask.fmt(f)
    }
}

impl Handle {
    pub(crate) fn new() -> (Self, mpsc::UnboundedReceiver<Asking>, watch::Receiver<bool>) {
        let (asks, asked) = mpsc::unbounded_channel();
        let (stop, stopped) = watch::channel(false);
        (Self { asks, stop: Arc::new(stop) }, asked, stopped)
    }

    /// Asks; the answers are in the snapshots. A driver that stops hears nothing any more.
    pub fn ask(&self, ask: Ask) {
        let _ = self.asks.send(Asking { ask, listener: None });
    }

    /// Asks, and hears every answer up to the final one.
    pub fn follow(&self, ask: Ask) -> mpsc::UnboundedReceiver<Answer> {
        let (listener, answers) = mpsc::unbounded_channel();
        let _ = self.asks.send(Asking { ask, listener: Some(listener) });
        answers
    }

    /// Tells the driver to end gracefully.
    pub fn stop(&self) {
        self.stop.send_replace(true);
    }
}

/// What a driver leaves behind when it has stopped.
#[derive(Clone, Debug)]
pub struct Stopped {
    /// The last picture: what stays on the venue.
    pub last: Arc<Snapshot>,
    /// Acts that were still out when patience ended.
    pub unanswered: usize,
}
