//! Real terminals: entered, left as found, lost, pasted into, resized.
//!
//! The test binary runs itself inside a pty as a small program with a console and an engine
//! that ticks ([`child`]); the tests sit at the other end.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use holdfast::ui::{Left, Mailbox, RESTORE, Session};
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use crate::fixture::moment;

const CHILD: &str = "HOLDFAST_UI_CHILD";
const PATIENCE: Duration = Duration::from_secs(20);

/// The program inside the pty; does nothing when it is run as a test.
#[test]
fn child() {
    let Some(report) = std::env::var_os(CHILD).map(PathBuf::from) else { return };
    // As in the real program: losing the terminal must not kill the process.
    let hung = Arc::new(AtomicBool::new(false));
    signal_hook::flag::register(signal_hook::consts::SIGHUP, hung).unwrap();
    let before = modes();
    let snapshots = Mailbox::new();
    let ticks = Arc::new(AtomicU64::new(0));
    let longest_us = Arc::new(AtomicU64::new(0));
    engine(snapshots.clone(), ticks.clone(), longest_us.clone());
    if std::env::var_os("STOP").is_some() {
        snapshots.close();
    }
    let asked = Arc::new(AtomicU64::new(0));
    let counter = asked.clone();
    let session = Session {
        snapshots,
        ask: Box::new(move |ask| {
            assert!(std::env::var_os("PANIC").is_none(), "asked {}", ask.id);
            counter.fetch_add(1, Ordering::SeqCst);
        }),
        dump: None,
        wind: None,
        label: "DEMO".into(),
        who: "pts/3".into(),
        theme: "dark".into(),
        themes_dir: None,
        depth: None,
    };
    let left = holdfast::ui::run(session);
    let (cpu, at) = (cpu_ticks(), ticks.load(Ordering::SeqCst));
    if left == Ok(Left::HungUp) {
        // The engine is given time to show that it goes on.
        while ticks.load(Ordering::SeqCst) < at + 50 {
            std::thread::yield_now();
            std::thread::sleep(Duration::from_millis(10));
        }
    }
    let lines = [
        format!("left {left:?}"),
        format!("asks {}", asked.load(Ordering::SeqCst)),
        format!("modes {}", if modes() == before { "as found" } else { "CHANGED" }),
        format!("cpu {}", cpu_ticks() - cpu),
        format!("longest_put_us {}", longest_us.load(Ordering::SeqCst)),
        "end".to_owned(),
    ];
    std::fs::write(&report, lines.join("\n")).unwrap();
}

/// Puts a picture every ten milliseconds and measures how long that took at most.
fn engine(mailbox: Arc<Mailbox>, ticks: Arc<AtomicU64>, longest_us: Arc<AtomicU64>) {
    let picture = Arc::new(moment());
    mailbox.put(picture.clone());
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(Duration::from_millis(10));
            let began = Instant::now();
            mailbox.put(picture.clone());
            let took = u64::try_from(began.elapsed().as_micros()).unwrap();
            longest_us.fetch_max(took, Ordering::SeqCst);
            ticks.fetch_add(1, Ordering::SeqCst);
        }
    });
}

fn modes() -> String {
    let found = rustix::termios::tcgetattr(rustix::stdio::stdin());
    found.map_or_else(
        |_| "none".to_owned(),
        |t| format!("{:?} {:?} {:?}", t.input_modes, t.output_modes, t.local_modes),
    )
}

/// Processor time of this process in hundredths of a second.
fn cpu_ticks() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(") ").next().unwrap_or("").split(' ').collect();
    let number = |at: usize| fields.get(at).and_then(|field| field.parse::<u64>().ok());
    number(11).unwrap_or(0) + number(12).unwrap_or(0)
}

#[derive(Default)]
struct Seen {
    bytes: Vec<u8>,
    /// Whether the reading end goes away after what it reads next.
    is_cut: bool,
    /// Whether everything the program wrote has been read.
    is_over: bool,
}

struct Pty {
    master: Option<Box<dyn MasterPty + Send>>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    seen: Arc<(Mutex<Seen>, Condvar)>,
    report: PathBuf,
    _dir: tempfile::TempDir,
    size: (u16, u16),
}

impl Pty {
    fn new(env: &[(&str, &str)]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let report = dir.path().join("report");
        let size = (100, 30);
        let pair = native_pty_system()
            .openpty(PtySize { rows: size.1, cols: size.0, pixel_width: 0, pixel_height: 0 })
            .unwrap();
        let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
        command.args(["--exact", "terminal::child", "--nocapture", "--quiet"]);
        for name in ["NO_COLOR", "COLORTERM", "TMUX", "STY"] {
            command.env_remove(name);
        }
        command.env("TERM", "xterm-256color");
        command.env(CHILD, &report);
        command.env("RUST_BACKTRACE", "0");
        for (name, value) in env {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let keys = pair.master.take_writer().unwrap();
        let mut output = pair.master.try_clone_reader().unwrap();
        let seen: Arc<(Mutex<Seen>, Condvar)> = Arc::default();
        let shared = seen.clone();
        std::thread::spawn(move || {
            let mut bytes = [0; 65_536];
            while let Ok(count) = output.read(&mut bytes) {
                if count == 0 {
                    break;
                }
                let mut seen = shared.0.lock().unwrap();
                seen.bytes.extend_from_slice(&bytes[..count]);
                shared.1.notify_all();
                if seen.is_cut {
                    break;
                }
            }
            shared.0.lock().unwrap().is_over = true;
            shared.1.notify_all();
        });
        let master = Some(pair.master);
        Self { master, keys, child, seen, report, _dir: dir, size }
    }

    fn press(&mut self, bytes: &[u8]) {
        self.keys.write_all(bytes).unwrap();
        self.keys.flush().unwrap();
    }

    fn bytes(&self) -> Vec<u8> {
        self.seen.0.lock().unwrap().bytes.clone()
    }

    fn text(&self) -> String {
        let (width, height) = self.size;
        let (rows, cols) = (height.try_into().unwrap(), width.try_into().unwrap());
        let mut parser = vt100::Parser::new(rows, cols, 0);
        parser.process(&self.bytes());
        parser.screen().contents()
    }

    /// Waits until the screen shows a text.
    fn until(&self, wanted: &str) {
        let end = Instant::now() + PATIENCE;
        while !self.text().contains(wanted) {
            assert!(Instant::now() < end, "no {wanted} on\n{}", self.text());
            let seen = self.seen.0.lock().unwrap();
            drop(self.seen.1.wait_timeout(seen, Duration::from_millis(100)).unwrap());
        }
    }

    /// Waits until the program has ended and says what it reported.
    fn report(&mut self) -> String {
        let report = report(&self.report);
        let _ = self.child.wait();
        let seen = self.seen.0.lock().unwrap();
        drop(self.seen.1.wait_timeout_while(seen, PATIENCE, |seen| !seen.is_over).unwrap());
        report
    }
}

fn report(path: &Path) -> String {
    let end = Instant::now() + PATIENCE;
    loop {
        let text = std::fs::read_to_string(path).unwrap_or_default();
        if text.ends_with("end") {
            return text;
        }
        assert!(Instant::now() < end, "the program did not report: {text}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

#[test]
fn quitting_leaves_the_terminal_as_it_was() {
    let mut pty = Pty::new(&[]);
    pty.until("BTCUSDT");
    pty.press(b"q");
    pty.until("y  quit");
    pty.press(b"y");
    let report = pty.report();
    assert!(report.contains("left Ok(Quit)") && report.contains("modes as found"), "{report}");
    let bytes = pty.bytes();
    let entered = find(&bytes, b"\x1b[?1049h").unwrap();
    let left = find(&bytes, RESTORE).unwrap();
    assert!(entered < left);
    assert!(find(&bytes[left + 1..], RESTORE).is_none(), "restored once");
    assert!(find(&bytes[left..], b"\x1b[?25l").is_none(), "nothing is hidden afterwards");
}

#[test]
fn ended_from_outside_it_restores_too() {
    let mut pty = Pty::new(&[("STOP", "1")]);
    let report = pty.report();
    assert!(report.contains("left Ok(Stopped)") && report.contains("modes as found"), "{report}");
    assert!(find(&pty.bytes(), RESTORE).is_some());
}

#[test]
fn a_lost_terminal_ends_the_screen_and_nothing_else() {
    let mut pty = Pty::new(&[]);
    pty.until("BTCUSDT");
    // Every handle at our end goes: the line is cut.
    pty.seen.0.lock().unwrap().is_cut = true;
    pty.press(b"j");
    drop(pty.master.take());
    pty.keys = Box::new(std::io::sink());
    let began = Instant::now();
    let report = pty.report();
    assert!(report.contains("left Ok(HungUp)"), "{report}");
    assert!(began.elapsed() < Duration::from_secs(5), "the engine needs half a second after it");
    let cpu = report.lines().find_map(|line| line.strip_prefix("cpu ")).unwrap();
    assert!(cpu.parse::<u64>().unwrap() <= 10, "no core is burnt: {report}");
}

#[test]
fn a_panic_on_the_screens_thread_restores_before_it_speaks() {
    let mut pty = Pty::new(&[("PANIC", "1")]);
    pty.until("BTCUSDT");
    pty.press(b":");
    pty.press(b"protect BTCUSDT\r");
    let report = pty.report();
    assert!(report.contains("left Ok(Crashed(\"asked"), "{report}");
    assert!(report.contains("modes as found"), "{report}");
    let bytes = pty.bytes();
    let left = find(&bytes, RESTORE).unwrap();
    let spoke = find(&bytes, b"panicked at").unwrap();
    assert!(left < spoke, "the message lands on the restored screen");
}

#[test]
fn a_paste_runs_nothing_and_an_endless_one_gives_the_keyboard_back() {
    let mut pty = Pty::new(&[]);
    pty.until("BTCUSDT");
    pty.press(b"\x1b[200~pxy\ry:close BTCUSDT\ry\x1b[201~");
    pty.until("a paste does nothing here");
    pty.press(b"\x1b[200~xy");
    pty.press(b"q");
    pty.press(b"\x1b[201~");
    pty.press(b"\x1b[200~never ends");
    std::thread::sleep(Duration::from_millis(1_300));
    pty.press(b"q");
    pty.until("y  quit");
    pty.press(b"y");
    let report = pty.report();
    assert!(report.contains("asks 0"), "{report}");
}

#[test]
fn keys_typed_ahead_of_a_dialog_do_not_answer_it() {
    let mut pty = Pty::new(&[]);
    pty.until("BTCUSDT");
    pty.press(b"xy");
    pty.until("y  close BTCUSDT long");
    pty.press(b"n");
    pty.press(b"q");
    pty.until("y  quit");
    pty.press(b"y");
    assert!(pty.report().contains("asks 0"));
}

#[test]
fn a_resize_paints_the_whole_screen_anew() {
    let mut pty = Pty::new(&[]);
    pty.until("BTCUSDT");
    pty.size = (80, 24);
    let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
    pty.master.as_ref().unwrap().resize(size).unwrap();
    pty.until("phan 1 orph 1");
    pty.press(b"q");
    pty.until("y  quit");
    pty.press(b"y");
    pty.report();
}

#[test]
fn no_color_keeps_the_cursor_row_visible_without_a_single_colour() {
    let mut pty = Pty::new(&[("NO_COLOR", "1")]);
    pty.until("BTCUSDT");
    pty.press(b"j");
    pty.until("row 2/");
    let bytes = pty.bytes();
    assert!(find(&bytes, b"38;").is_none() && find(&bytes, b"48;").is_none());
    let reversed = find(&bytes, b"\x1b[7m").or(find(&bytes, b";7m"));
    assert!(reversed.is_some(), "the cursor is reversed");
    pty.press(b"q");
    pty.until("y  quit");
    pty.press(b"y");
    pty.report();
}

#[test]
fn a_terminal_that_takes_no_bytes_does_not_hold_the_engine() {
    let pty = Pty::new(&[]);
    pty.until("BTCUSDT");
    // Nobody reads: the lock keeps the reading thread from taking more.
    let stuck = pty.seen.0.lock().unwrap();
    let mut keys = pty.keys;
    for _ in 0..400 {
        keys.write_all(b"\x0c").unwrap();
        std::thread::sleep(Duration::from_millis(2));
    }
    drop(stuck);
    keys.write_all(b"q").unwrap();
    std::thread::sleep(Duration::from_millis(500));
    keys.write_all(b"y").unwrap();
    let report = report(&pty.report);
    let put = report.lines().find_map(|line| line.strip_prefix("longest_put_us ")).unwrap();
    assert!(put.parse::<u64>().unwrap() < 200_000, "{report}");
}

#[test]
fn without_a_terminal_there_is_one_clear_sentence() {
    let run = |term: &str| {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("report");
        let status = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "terminal::child", "--nocapture", "--quiet"])
            .env(CHILD, &path)
            .env("TERM", term)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        assert!(status.unwrap().success());
        report(&path)
    };
    assert!(run("xterm").contains("left Err(NoTerminal)"));
    assert!(run("dumb").contains("left Err(CannotDraw)"));
    let why = holdfast::ui::ScreenError::NoTerminal.to_string();
    assert!(why.ends_with("run it in one") && !why.contains('\n'), "{why}");
}
