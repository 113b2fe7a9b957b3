//! The input thread: waits for the keyboard, notices when the terminal is gone.
//!
//! For: `poll(2)` first, so that a hung-up terminal is seen at once and never read in a spin;
//! draining everything that is there; ending a paste that never ends. It sleeps without a
//! timer while nothing is unfinished. Door: [`Input::start`].

use std::io;
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::thread::JoinHandle;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

use crate::ui::decode::Decoder;
use crate::ui::mailbox::{Heard, Mailbox};

/// A paste without its end is given up after this long without a byte.
const PASTE_PATIENCE: Timespec = Timespec { tv_sec: 1, tv_nsec: 0 };
/// An Esc with nothing after it is the key after this long.
const ESC_PATIENCE: Timespec = Timespec { tv_sec: 0, tv_nsec: 25_000_000 };

/// The running thread; it ends when this goes.
#[derive(Debug)]
pub(super) struct Input {
    wake: UnixStream,
    resizes: signal_hook::SigId,
    thread: Option<JoinHandle<()>>,
}

impl Input {
    /// Starts the thread.
    ///
    /// # Errors
    /// When the system has no thread or no file descriptor left.
    pub(super) fn start(mailbox: Arc<Mailbox>) -> io::Result<Self> {
        let (wake, woken) = UnixStream::pair()?;
        let (resized, resizes) = UnixStream::pair()?;
        resizes.set_nonblocking(true)?;
        let signal = signal_hook::consts::SIGWINCH;
        let id = signal_hook::low_level::pipe::register(signal, resized)?;
        let thread = std::thread::Builder::new()
            .name("keyboard".to_owned())
            .spawn(move || listen(&mailbox, &woken, &resizes))?;
        Ok(Self { wake, resizes: id, thread: Some(thread) })
    }
}

impl Drop for Input {
    fn drop(&mut self) {
        signal_hook::low_level::unregister(self.resizes);
        let _ = self.wake.shutdown(std::net::Shutdown::Both);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn listen(mailbox: &Mailbox, woken: &UnixStream, resizes: &UnixStream) {
    let keyboard = rustix::stdio::stdin();
    let mut decoder = Decoder::default();
    let mut typed = Vec::new();
    loop {
        let mut fds = [
            PollFd::new(&keyboard, PollFlags::IN),
            PollFd::new(woken, PollFlags::IN),
            PollFd::new(resizes, PollFlags::IN),
        ];
        let patience = match (decoder.pastes(), decoder.waits()) {
            (true, _) => Some(&PASTE_PATIENCE),
            (false, true) => Some(&ESC_PATIENCE),
            (false, false) => None,
        };
        let ready = match poll(&mut fds, patience) {
            Ok(ready) => ready,
            Err(Errno::INTR | Errno::AGAIN) => continue,
            Err(_) => return mailbox.hang_up(),
        };
        let [keys, stop, resize] = fds.map(|fd| fd.revents());
        if !stop.is_empty() {
            return;
        }
        if keys.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
            return mailbox.hang_up();
        }
        if !resize.is_empty() {
            drain(resizes);
            mailbox.hear(Heard::Resized);
        }
        if ready == 0 {
            decoder.quiet(&mut typed);
        } else if keys.contains(PollFlags::IN) && read(&mut decoder, &mut typed).is_err() {
            return mailbox.hang_up();
        }
        for typed in typed.drain(..) {
            mailbox.hear(Heard::Typed(typed));
        }
    }
}

/// Reads what is there. Nothing where `poll` promised something means that the terminal is gone.
fn read(decoder: &mut Decoder, typed: &mut Vec<crate::ui::decode::Typed>) -> Result<(), Errno> {
    let mut bytes = [0; 4096];
    match rustix::io::read(rustix::stdio::stdin(), &mut bytes) {
        Ok(0) => Err(Errno::IO),
        Ok(count) => {
            decoder.feed(&bytes[..count], typed);
            Ok(())
        }
        Err(Errno::INTR | Errno::AGAIN) => Ok(()),
        Err(why) => Err(why),
    }
}

fn drain(mut stream: &UnixStream) {
    let mut bytes = [0; 64];
    while matches!(io::Read::read(&mut stream, &mut bytes), Ok(count) if count > 0) {}
}
