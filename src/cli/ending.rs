//! How a command ends: an exit code, and one sentence when it could not do its work.

use std::fmt;
use std::io::{self, Write};
use std::process::ExitCode;

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
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Text on stdout.
///
/// # Errors
/// When stdout cannot be written; a reader that has seen enough (`| head`) is no error.
pub fn print(text: impl fmt::Display) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match write!(out, "{text}").and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure(format!("stdout cannot be written: {error}")))
        }
        _ => Ok(()),
    }
}
