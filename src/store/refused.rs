//! What the file system refuses, as one sentence: what, where, how to mend it.
//!
//! For: every path that a person names. Door: [`unread`], [`unwritten`], [`cause`].

use std::io::{self, ErrorKind};
use std::path::Path;

/// Why something cannot be read; `way` is what else may be named.
pub fn unread(path: &Path, error: &io::Error, way: &str) -> String {
    let path = path.display();
    match error.kind() {
        ErrorKind::NotFound => format!("{path} cannot be read, it is not there: {way}"),
        ErrorKind::PermissionDenied => {
            format!("{path} cannot be read by this user: run as its owner, or {way}")
        }
        _ => format!("{path} cannot be read ({}): {way}", cause(error)),
    }
}

/// Why something cannot be made or written; `way` is what else may be named.
pub fn unwritten(path: &Path, error: &io::Error, way: &str) -> String {
    let path = path.display();
    match error.kind() {
        ErrorKind::NotFound => {
            format!("{path} cannot be written, its directory is not there: make it, or {way}")
        }
        ErrorKind::PermissionDenied => format!(
            "{path} cannot be written by this user: run as the owner of its directory, or {way}"
        ),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            format!("{path} cannot be written, its disk is full: make room on it, or {way}")
        }
        _ => format!("{path} cannot be written ({}): {way}", cause(error)),
    }
}

/// The operating system's words for it, without its number.
pub fn cause(error: &io::Error) -> String {
    let text = error.to_string();
    match text.rsplit_once(" (os error ") {
        Some((words, _)) => words.to_owned(),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use rustix::io::Errno;

    use super::*;

    #[test]
    fn a_refusal_says_how_to_mend_it_and_no_number() {
        let path = Path::new("some");
        for (errno, read, written) in [
            (Errno::NOENT, "it is not there: name", "its directory is not there: make it, or name"),
            (
                Errno::ACCESS,
                "by this user: run as its owner, or name",
                "by this user: run as the owner of its directory, or name",
            ),
            (Errno::NOTDIR, "(Not a directory): name", "(Not a directory): name"),
            (
                Errno::NOSPC,
                "(No space left on device): name",
                "its disk is full: make room on it, or name",
            ),
        ] {
            let error = io::Error::from(errno);
            for (said, expected) in [
                (unread(path, &error, "name another"), read),
                (unwritten(path, &error, "name another"), written),
            ] {
                assert!(said.starts_with("some cannot be ") && said.contains(expected), "{said}");
                assert!(said.ends_with("name another") && !said.contains("os error"), "{said}");
            }
        }
        assert_eq!(cause(&io::Error::other("stopped")), "stopped");
    }
}
