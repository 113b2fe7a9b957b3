//! The terminal: entered once, always left as it was found.
//!
//! For: raw mode, the alternate screen and the fixed bytes that take everything back, after
//! an error, a panic or a signal too. Not for: what is painted (`painter`) or typed (`input`).
//! Door: [`enter`], [`restore`], [`RESTORE`].

use std::io::{self, ErrorKind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, Once, PoisonError};
use std::thread::ThreadId;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

/// Title saved, alternate screen, bracketed paste, focus events, cursor hidden, cleared.
const ENTER: &[u8] = b"\x1b[22;0t\x1b[?1049h\x1b[?2004h\x1b[?1004h\x1b[?25l\x1b[2J\x1b[H";

/// Takes everything back that this program, or one that broke before it, may have set: mode
/// 2026, all mouse modes, focus, paste; shows the cursor, restores the title, leaves the
/// alternate screen. The same bytes every time.
pub const RESTORE: &[u8] = b"\x1b[?2026l\x1b[?1000l\x1b[?1001l\x1b[?1002l\x1b[?1003l\x1b[?1004l\
\x1b[?1005l\x1b[?1006l\x1b[?2004l\x1b[0m\x1b[?25h\x1b[23;0t\x1b[?1049l";

static IS_ENTERED: AtomicBool = AtomicBool::new(false);
static OWNER: Mutex<Option<ThreadId>> = Mutex::new(None);
static HOOK: Once = Once::new();

/// Why there is no screen, and how there would be. What to use without one is for the command
/// to say.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScreenError {
    /// Standard input or output is a file or a pipe.
    #[error("the console needs a terminal on standard input and output: run it in one")]
    NoTerminal,
    /// TERM is not set, or `dumb`.
    #[error(
        "the terminal cannot draw (TERM is unset or \"dumb\"): set TERM to what it is, \
         for example xterm-256color"
    )]
    CannotDraw,
    /// The theme cannot be used.
    #[error("{0}")]
    Theme(String),
    /// The terminal refused something.
    #[error("the terminal cannot be set up: {0}; try another terminal")]
    Terminal(String),
}

/// Puts the terminal into our mode; the guard puts it back.
///
/// # Errors
/// [`ScreenError::NoTerminal`] when there is none, else what it refused.
pub(super) fn enter() -> Result<Guard, ScreenError> {
    let (input, output) = (rustix::stdio::stdin(), rustix::stdio::stdout());
    if !rustix::termios::isatty(input) || !rustix::termios::isatty(output) {
        return Err(ScreenError::NoTerminal);
    }
    install_hook();
    *OWNER.lock().unwrap_or_else(PoisonError::into_inner) = Some(std::thread::current().id());
    crossterm::terminal::enable_raw_mode().map_err(|why| ScreenError::Terminal(why.to_string()))?;
    IS_ENTERED.store(true, Ordering::SeqCst);
    let guard = Guard { _private: () };
    write(ENTER).map_err(|why| ScreenError::Terminal(why.to_string()))?;
    Ok(guard)
}

/// Leaves the terminal as it was found when it goes.
#[derive(Debug)]
pub(super) struct Guard {
    _private: (),
}

impl Drop for Guard {
    fn drop(&mut self) {
        restore();
    }
}

/// Leaves the terminal as it was found. Does nothing when it already was, so that it may be
/// called from everywhere: a signal's task, a panic, the end of the program.
pub fn restore() {
    if !IS_ENTERED.swap(false, Ordering::SeqCst) {
        return;
    }
    // A terminal that takes no bytes is not waited for.
    let patience = Timespec { tv_sec: 0, tv_nsec: 250_000_000 };
    let output = rustix::stdio::stdout();
    let mut fds = [PollFd::new(&output, PollFlags::OUT)];
    if matches!(poll(&mut fds, Some(&patience)), Ok(ready) if ready > 0) {
        let _ = write(RESTORE);
    }
    let _ = crossterm::terminal::disable_raw_mode();
}

/// A panic is logged first; on the screen's own thread the terminal is restored second and the
/// message printed last. Other threads print nothing while the screen is up: it would land in
/// the middle of it.
fn install_hook() {
    HOOK.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            tracing::error!(panic = %info, "a thread panicked");
            let owner = *OWNER.lock().unwrap_or_else(PoisonError::into_inner);
            let is_up = IS_ENTERED.load(Ordering::SeqCst);
            if is_up && owner != Some(std::thread::current().id()) {
                return;
            }
            restore();
            before(info);
        }));
    });
}

/// Writes all of it, past every buffer, in one call where the terminal takes it in one.
///
/// # Errors
/// What the terminal said; [`ErrorKind::BrokenPipe`] when it is gone.
pub(super) fn write(mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match rustix::io::write(rustix::stdio::stdout(), bytes) {
            Ok(0) | Err(Errno::IO | Errno::PIPE | Errno::NXIO) => {
                return Err(ErrorKind::BrokenPipe.into());
            }
            Ok(written) => bytes = &bytes[written..],
            Err(Errno::INTR) => {}
            Err(Errno::AGAIN) => {
                let output = rustix::stdio::stdout();
                let mut fds = [PollFd::new(&output, PollFlags::OUT)];
                let _ = poll(&mut fds, None);
                if fds[0].revents().intersects(PollFlags::HUP | PollFlags::ERR) {
                    return Err(ErrorKind::BrokenPipe.into());
                }
            }
            Err(why) => return Err(why.into()),
        }
    }
    Ok(())
}

/// Columns and lines; 80x24 where the terminal does not say.
pub(super) fn size() -> (u16, u16) {
    match rustix::termios::tcgetwinsize(rustix::stdio::stdout()) {
        Ok(size) if size.ws_col > 0 && size.ws_row > 0 => (size.ws_col, size.ws_row),
        _ => (80, 24),
    }
}
