//! The driver's outside: ask it something, tell it to stop.
//!
//! For: the console's thread, the one-shot commands and the demo. Not for: reading state; that
//! is what snapshots are for. Door: [`Handle`], cheap to clone.

use std::sync::Arc;

use tokio::sync::{mpsc, watch};

use crate::domain::command::{Answer, Ask};
use crate::domain::snapshot::Snapshot;
use crate::domain::time::Time;
use crate::runtime::clock::Clock;

/// What is on its way to the driver.
#[derive(Debug)]
pub(crate) enum Asking {
    /// An ask, with whoever wants to hear its answers.
    Ask(Box<Ask>, Option<mpsc::UnboundedSender<Answer>>),
    /// A complete look at every account, on nobody's word.
    Look,
}

/// Reaches a running driver.
#[derive(Clone, Debug)]
pub struct Handle {
    asks: mpsc::UnboundedSender<Asking>,
    stop: Arc<watch::Sender<bool>>,
    clock: Clock,
}

impl Handle {
    pub(crate) fn new(
        clock: Clock,
    ) -> (Self, mpsc::UnboundedReceiver<Asking>, watch::Receiver<bool>) {
        let (asks, asked) = mpsc::unbounded_channel();
        let (stop, stopped) = watch::channel(false);
        (Self { asks, stop: Arc::new(stop), clock }, asked, stopped)
    }

    /// Asks; the answers are in the snapshots. A driver that stops hears nothing any more.
    pub fn ask(&self, ask: Ask) {
        let _ = self.asks.send(Asking::Ask(Box::new(ask), None));
    }

    /// Asks, and hears every answer up to the final one.
    pub fn follow(&self, ask: Ask) -> mpsc::UnboundedReceiver<Answer> {
        let (listener, answers) = mpsc::unbounded_channel();
        let _ = self.asks.send(Asking::Ask(Box::new(ask), Some(listener)));
        answers
    }

    /// Wants a complete look at every account. What is asked for from the answered instant on
    /// is later than this.
    pub(crate) fn look(&self) -> Time {
        let now = self.clock.now();
        let _ = self.asks.send(Asking::Look);
        now
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
