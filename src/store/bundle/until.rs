//! Reading that somebody may end before its end.
//!
//! For: work on large files that a signal must be able to cut short. Door: [`Until`].

use std::io::{self, Read};
use std::sync::atomic::{AtomicBool, Ordering};

/// Reads until `stop` is set; fails then.
#[derive(Debug)]
pub struct Until<'a, R> {
    /// Where it reads.
    pub inner: R,
    /// Set by who does not want it any more.
    pub stop: &'a AtomicBool,
}

impl<R: Read> Read for Until<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.stop.load(Ordering::Relaxed) {
            return Err(io::Error::other("stopped"));
        }
        self.inner.read(into)
    }
}
