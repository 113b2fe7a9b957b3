//! How a command ends: an exit code, and one sentence when it could not do its work.

use std::fmt;
use std::io::{self, Write};
use std::process::ExitCode;

use crate::store::refused::cause;
use crate::ui::view::canvas::is_harmless;

/// Why a command could not do its work: one sentence for stderr, exit code 1.
#[derive(Debug)]
pub struct Failure(pub String);

impl<T: Into<String>> From<T> for Failure {
    fn from(sentence: T) -> Self {
        Self(sentence.into())
    }
}

/// What a command does not do is a [`Failure`]; what it found is its exit code.
pub type Ending = Result<u8, Failure>;

/// What a usage error exits with.
pub const USAGE: u8 = 64;

/// Says why on stderr, and turns the ending into the process's.
pub fn end(ending: Ending) -> ExitCode {
    match ending {
        Ok(code) => ExitCode::from(code),
        Err(Failure(sentence)) => {
            complain(format_args!("holdfast: {sentence}"));
            ExitCode::FAILURE
        }
    }
}

/// One line on stderr. A stderr that is gone is no reason to fail.
pub fn complain(line: fmt::Arguments<'_>) {
    let _ = writeln!(io::stderr().lock(), "{}", inert(&line.to_string()));
}

/// The text with `?` for everything that a terminal would obey, or that would make a name look
/// like another. Newlines stay.
pub fn inert(text: &str) -> String {
    text.chars().map(|c| if c == '\n' || is_harmless(c) { c } else { '?' }).collect()
}

/// The same on one line.
pub fn on_a_line(text: &str) -> String {
    inert(text).replace('\n', "?")
}

/// JSON on one line of stdout, without anything a terminal would obey: where it may stand for
/// itself in JSON, it is escaped.
///
/// # Errors
/// When stdout cannot be written.
pub fn print_json(value: &serde_json::Value) -> Result<(), Failure> {
    let escaped = |c: char| match is_harmless(c) {
        true => c.to_string(),
        false => c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect(),
    };
    let text: String = value.to_string().chars().map(escaped).collect();
    print(format_args!("{text}\n"))
}

/// Text on stdout.
///
/// # Errors
/// When stdout cannot be written; a reader that has seen enough (`| head`) is no error.
pub fn print(text: impl fmt::Display) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match write!(out, "{text}").and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure(format!("stdout cannot be written: {}", cause(&error))))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_terminal_obeys_is_left() {
        let text = "a\u{1b}]0;x\u{7}\u{9b}2J\u{202e}\r\tb\nc";
        assert_eq!(inert(text), "a?]0;x??2J???b\nc");
        assert_eq!(on_a_line(text), "a?]0;x??2J???b?c");
        assert_eq!(inert("long 0.25 \u{fc}\u{2026}"), "long 0.25 \u{fc}\u{2026}");
    }
}
