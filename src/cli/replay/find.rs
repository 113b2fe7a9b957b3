//! What is to be replayed: a file, the newest run of a directory, or what a bundle holds.
//!
//! For: the part to begin with, the other runs that lie beside it, and the names a person knows
//! them by. Not for: reading any of it. Door: [`find`], [`Found`].

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use crate::cli::ending::{Failure, on_a_line};
use crate::store::refused::unread;
use crate::store::{bundle, recorder};

/// So many other runs are named.
const NAMED: usize = 4;

/// What was found; what a bundle was unpacked into goes away with it.
#[derive(Debug)]
pub struct Found {
    part: PathBuf,
    /// The first parts of earlier runs, the newest first.
    others: Vec<PathBuf>,
    bundle: Option<(PathBuf, bundle::Opened)>,
}

impl Found {
    /// The part to begin with.
    pub fn part(&self) -> &Path {
        &self.part
    }

    /// A sentence about the recording on one line, with the place a person knows: what a bundle
    /// was unpacked into is no such place.
    pub fn say(&self, sentence: &str) -> String {
        let Some((path, opened)) = &self.bundle else { return on_a_line(sentence) };
        let inside = format!("{}/", opened.dir().display());
        on_a_line(&sentence.replace(&inside, &format!("{}:", path.display())))
    }

    /// The names of the other runs, the newest first.
    pub fn others(&self) -> Vec<String> {
        self.others.iter().filter_map(|path| Some(path.file_name()?.to_str()?.to_owned())).collect()
    }

    /// Which other runs there are and how to open one, as one sentence; none where this is the
    /// only one.
    pub fn beside(&self) -> Option<String> {
        let names = self.others();
        let more = match names.len() {
            0 => return None,
            all if all > NAMED => format!(" and {} more", all - NAMED),
            _ => String::new(),
        };
        let runs = names.len() + 1;
        let listed = names[..names.len().min(NAMED)].join(", ");
        let dir = self.part.parent().unwrap_or(&self.part).display().to_string();
        let way = match &self.bundle {
            None => format!("name one of the files in {dir} for another"),
            Some((path, _)) => format!(
                "for another unpack it with zstd -dc {} | tar -x and name a file in {}",
                path.display(),
                bundle::RECORDINGS
            ),
        };
        Some(on_a_line(&format!("this is the newest of {runs} runs; {way}: {listed}{more}")))
    }
}

/// Finds what a path means. Ends early once `stop` is set.
///
/// # Errors
/// One sentence: nothing is there, or it cannot be read.
pub fn find(path: &Path, stop: &AtomicBool) -> Result<Found, Failure> {
    let shown = path.display();
    let way = "name a recording, a bundle or a state directory";
    let unlisted = |(dir, error): (PathBuf, std::io::Error)| unread(&dir, &error, way);
    let about = path.metadata().map_err(|error| unread(path, &error, way))?;
    if about.is_dir() {
        let runs = recorder::runs(path).map_err(unlisted)?;
        return newest(runs, None).ok_or_else(|| {
            format!("there is no recording in {shown}: name a file, or a state directory").into()
        });
    }
    // Nobody may ever write to a pipe.
    if !about.is_file() {
        return Err(format!("{shown} is neither a file nor a directory: {way}").into());
    }
    if !bundle::is_bundle(path) {
        return Ok(Found { part: path.to_owned(), others: Vec::new(), bundle: None });
    }
    let opened = bundle::open_until(path, stop)?;
    let runs = match recorder::runs(&opened.recordings()) {
        Err((_, error)) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
        runs => runs.map_err(unlisted)?,
    };
    newest(runs, Some((path.to_owned(), opened)))
        .ok_or_else(|| format!("the bundle {shown} holds no recording: its README says why").into())
}

fn newest(mut runs: Vec<PathBuf>, bundle: Option<(PathBuf, bundle::Opened)>) -> Option<Found> {
    let part = runs.pop()?;
    runs.reverse();
    Some(Found { part, others: runs, bundle })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_is_named_and_not_what_holds_it() {
        let dir = tempfile::tempdir().unwrap();
        let inner = dir.path().join("recordings");
        std::fs::write(&inner, "").unwrap();
        let why = find(dir.path(), &AtomicBool::new(false)).unwrap_err().0;
        let said = format!("{} cannot be read (Not a directory): ", inner.display());
        assert!(why.starts_with(&said), "{why}");
    }
}
