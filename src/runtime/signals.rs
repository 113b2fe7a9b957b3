//! What the operating system tells the process.
//!
//! For: turning SIGINT, SIGTERM, SIGQUIT and SIGHUP into two words the wiring understands.
//! Not for: deciding what to do about them. Door: [`Signals::listen`].

use tokio::signal::unix::{Signal as Stream, SignalKind, signal};

/// What was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// End gracefully: SIGINT, SIGTERM or SIGQUIT.
    Stop,
    /// The terminal is gone: SIGHUP.
    HangUp,
}

/// The signals a process listens to. From [`Signals::listen`] on none of them kills it.
#[derive(Debug)]
pub struct Signals {
    interrupt: Stream,
    terminate: Stream,
    quit: Stream,
    hang_up: Stream,
}

impl Signals {
    /// Starts listening.
    ///
    /// # Errors
    /// When the operating system refuses to install a handler.
    pub fn listen() -> std::io::Result<Self> {
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            quit: signal(SignalKind::quit())?,
            hang_up: signal(SignalKind::hangup())?,
        })
    }

    /// Waits for the next one.
    pub async fn next(&mut self) -> Signal {
        tokio::select! {
            biased;
            _ = self.interrupt.recv() => Signal::Stop,
            _ = self.terminate.recv() => Signal::Stop,
            _ = self.quit.recv() => Signal::Stop,
            _ = self.hang_up.recv() => Signal::HangUp,
        }
    }

    /// Waits for a request to end, whatever happens to the terminal.
    pub async fn stop(&mut self) {
        while self.next().await != Signal::Stop {}
    }
}
