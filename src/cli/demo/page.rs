//! A page for people: what each thing is called to the left, its sentence beside it, wrapped.
//!
//! For: the report of a drill, on whatever terminal it is read. Not for: what it says.
//! Door: [`Page`], [`width`].

use std::fmt::Write;
use std::io::IsTerminal;

use crate::ui::format;

/// Longer lines than this are hard to read.
const WIDEST: usize = 96;
/// Where there is no terminal.
const USUAL: usize = 80;
/// A sentence has at least so many columns, however narrow the terminal is.
const LEAST: usize = 16;
/// What a name takes.
const NAME: usize = 10;

/// The columns of a page on stdout: those of the terminal, as far as lines of them read well.
pub fn width() -> usize {
    let out = std::io::stdout();
    let size = out.is_terminal().then(|| rustix::termios::tcgetwinsize(&out).ok()).flatten();
    let columns = size.map(|size| usize::from(size.ws_col)).filter(|columns| *columns > 0);
    columns.unwrap_or(USUAL).min(WIDEST)
}

/// Lines that are being written.
#[derive(Debug)]
pub struct Page {
    width: usize,
    text: String,
}

impl Page {
    /// An empty one of so many columns.
    pub fn new(width: usize) -> Self {
        Self { width, text: String::new() }
    }

    /// Adds a sentence under a name.
    pub fn line(&mut self, name: &str, text: &str) {
        self.beside(&format!("{name:<NAME$}"), text);
    }

    /// The same, with something of a fixed width before the sentence.
    pub fn marked(&mut self, name: &str, mark: &str, text: &str) {
        self.beside(&format!("{name:<NAME$}{mark}"), text);
    }

    fn beside(&mut self, head: &str, text: &str) {
        let mut head = head.to_owned();
        for part in wrapped(text, self.width.saturating_sub(head.len()).max(LEAST)) {
            let _ = writeln!(self.text, "{head}{part}");
            head = " ".repeat(head.len());
        }
    }

    /// All of it.
    pub fn text(self) -> String {
        self.text
    }
}

/// A sentence in lines of so many columns: a number keeps its unit.
fn wrapped(text: &str, room: usize) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match words.last_mut() {
            Some(before) if belongs(before, word) => {
                before.push(' ');
                before.push_str(word);
            }
            _ => words.push(word.to_owned()),
        }
    }
    format::filled(words.iter().map(String::as_str), room)
}

/// Whether a word is the unit of the number before it, or says how often it was.
fn belongs(before: &str, word: &str) -> bool {
    let bare = word.trim_end_matches([',', ')', ';', ':', '.']);
    let is_digit = |c: char| c.is_ascii_digit();
    match bare {
        "ms" | "s" | "%" => before.ends_with(is_digit),
        _ => bare.strip_prefix('x').is_some_and(|n| !n.is_empty() && n.chars().all(is_digit)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words_and_never_in_a_number() {
        let text = "worst 400 ms, in all 500 ms (ETHUSDT net 500 ms), SYNC_COMPLETED x2";
        for room in 16..70 {
            let lines = wrapped(text, room);
            assert_eq!(lines.join(" "), text);
            assert!(lines.iter().all(|line| format::width(line) <= room.max(17)), "{lines:?}");
            let torn = |line: &String| line.starts_with("ms") || line.starts_with("x2");
            assert!(!lines.iter().any(torn), "{lines:?}");
        }
        assert_eq!(wrapped("", 20), [""]);
        assert_eq!(wrapped("a-name-longer-than-its-room is whole", 16).len(), 2);
    }

    #[test]
    fn names_stand_to_the_left_once() {
        let mut page = Page::new(30);
        page.line("goal", "the stop is back, one and not two");
        page.marked("happened", "  +0.0 s  ", "the stop disappears");
        let text = page.text();
        assert_eq!(
            text,
            "goal      the stop is back,\n          one and not two\n\
             happened    +0.0 s  the stop\n                    disappears\n"
        );
    }
}
