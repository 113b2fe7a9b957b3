//! The binary on a real pseudo-terminal, read back as a person would see it.

use std::io::{Read, Write};
use std::num::NonZero;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};

use crate::house::{House, until};

/// A terminal of 36 lines and 120 columns with the binary on it.
pub struct Terminal {
    master: Option<Box<dyn MasterPty + Send>>,
    keys: Option<Box<dyn Write + Send>>,
    child: Box<dyn Child + Send + Sync>,
    shown: Arc<Mutex<Shown>>,
}

struct Shown {
    screen: vt100::Parser,
    /// The line is dropped: the reader lets go of it with the next byte.
    gone: bool,
}

fn side(cells: u16) -> NonZero<u16> {
    NonZero::new(cells).unwrap()
}

impl Terminal {
    /// Starts the binary in a home.
    pub fn open(house: &House, args: &[&str]) -> Self {
        Self::open_as(house, args, "xterm-256color")
    }

    /// The same, with so many columns.
    pub fn open_wide(house: &House, args: &[&str], columns: u16) -> Self {
        Self::start(house, args, "xterm-256color", columns)
    }

    /// The same, with another name for the terminal.
    pub fn open_as(house: &House, args: &[&str], term: &str) -> Self {
        Self::start(house, args, term, 120)
    }

    fn start(house: &House, args: &[&str], term: &str, cols: u16) -> Self {
        let size = PtySize { rows: 36, cols, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_holdfast"));
        command.args(args);
        command.env_clear();
        for (name, value) in house.command(args).get_envs() {
            command.env(name, value.unwrap_or_default());
        }
        command.env("TERM", term);
        command.cwd(house.path(""));
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let screen = vt100::Parser::new(side(size.rows), side(size.cols), 0);
        let shown = Arc::new(Mutex::new(Shown { screen, gone: false }));
        let mut reader = pair.master.try_clone_reader().unwrap();
        let seen = shown.clone();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                let mut shown = seen.lock().unwrap();
                if shown.gone {
                    return;
                }
                shown.screen.process(&buffer[..count]);
            }
        });
        let keys = pair.master.take_writer().unwrap();
        Self { master: Some(pair.master), keys: Some(keys), child, shown }
    }

    /// What is on the screen.
    pub fn text(&self) -> String {
        self.shown.lock().unwrap().screen.screen().contents()
    }

    /// The lines that the terminal broke because they were wider than it is.
    pub fn torn(&self) -> Vec<String> {
        let shown = self.shown.lock().unwrap();
        let screen = shown.screen.screen();
        let rows = (0u16..).zip(screen.rows(0, u16::MAX));
        rows.filter(|(row, _)| screen.row_wrapped(*row)).map(|(_, text)| text).collect()
    }

    /// Types.
    pub fn type_in(&mut self, keys: &str) {
        let pty = self.keys.as_mut().unwrap();
        pty.write_all(keys.as_bytes()).unwrap();
        pty.flush().unwrap();
    }

    /// Waits until the screen shows all of these.
    pub fn shows(&self, words: &[&str]) {
        let all = || {
            let text = self.text();
            words.iter().all(|word| text.contains(word)).then_some(())
        };
        until(&format!("{words:?}"), all, || self.text());
    }

    /// Whether the alternate screen is left, the cursor shown and pasting as it was.
    pub fn is_restored(&self) -> bool {
        let shown = self.shown.lock().unwrap();
        let screen = shown.screen.screen();
        !screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste()
    }

    /// Sends a signal to the process.
    pub fn signal(&self, signal: Signal) {
        let pid = self.child.process_id().and_then(|id| i32::try_from(id).ok());
        kill_process(pid.and_then(Pid::from_raw).unwrap(), signal).unwrap();
    }

    /// Takes the terminal away, as a dropped line does.
    pub fn hang_up(&mut self) {
        self.shown.lock().unwrap().gone = true;
        self.keys = None;
        self.master = None;
    }

    /// Waits for the end of the process.
    pub fn end(&mut self) -> u32 {
        let child = &mut self.child;
        let status = until("the end", || child.try_wait().unwrap(), String::new);
        // The last bytes are on their way to the reader still.
        std::thread::sleep(Duration::from_millis(100));
        status.exit_code()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
