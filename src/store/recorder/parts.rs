//! The files of recordings in a directory: their names, their order, the room they take.
//!
//! A name is the run's first instant and the part's number, so that names sort by age:
//! `20261121T022000.000Z-0001.jsonl.zst`. Door: [`name`], [`from`], [`runs`], [`make_room`].

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

const SUFFIX: &str = ".jsonl.zst";

/// The name of a part.
pub(super) fn name(run: &str, part: u32) -> String {
    format!("{run}-{part:04}{SUFFIX}")
}

/// The run and the part in a file's name.
fn run_and_part(name: &str) -> Option<(&str, u32)> {
    let (run, part) = name.strip_suffix(SUFFIX)?.rsplit_once('-')?;
    Some((run, part.parse().ok()?))
}

/// The file itself and the following parts of its run, in order, and whether there are later
/// ones that do not follow.
pub(super) fn from(path: &Path) -> (Vec<PathBuf>, bool) {
    let mut parts = vec![path.to_owned()];
    let told = path.file_name().and_then(|name| name.to_str());
    let Some((run, first)) = told.and_then(run_and_part) else { return (parts, false) };
    let dir = path.parent().filter(|dir| !dir.as_os_str().is_empty());
    let names = names(dir.unwrap_or(Path::new("."))).unwrap_or_default();
    let mut later: BTreeMap<u32, &String> = BTreeMap::new();
    for name in &names {
        match run_and_part(name) {
            Some((of, part)) if of == run && part > first => later.entry(part).or_insert(name),
            _ => continue,
        };
    }
    let following =
        (first.saturating_add(1)..).zip(&later).take_while(|(next, (part, _))| next == *part);
    parts.extend(following.map(|(_, (_, name))| path.with_file_name(name)));
    let gap = parts.len() - 1 < later.len();
    (parts, gap)
}

/// Of every run in a directory, or in its `recordings`, the oldest part that is left; the newest
/// run is the last.
///
/// # Errors
/// When a directory cannot be read, with the one that cannot; none at all is no error.
pub fn runs(dir: &Path) -> Result<Vec<PathBuf>, (PathBuf, io::Error)> {
    let found = within(dir).map_err(|error| (dir.to_owned(), error))?;
    if !found.is_empty() {
        return Ok(found);
    }
    let inner = dir.join("recordings");
    match within(&inner) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        found => found.map_err(|error| (inner, error)),
    }
}

fn within(dir: &Path) -> io::Result<Vec<PathBuf>> {
    let names = names(dir)?;
    let mut firsts: BTreeMap<&str, (u32, &String)> = BTreeMap::new();
    for name in &names {
        if let Some((run, part)) = run_and_part(name) {
            let first = firsts.entry(run).or_insert((part, name));
            if part < first.0 {
                *first = (part, name);
            }
        }
    }
    Ok(firsts.into_values().map(|(_, name)| dir.join(name)).collect())
}

/// The names of the files in a directory that are parts of recordings, in order. They stand as
/// they were found: whoever copies a file may write its number otherwise.
fn names(dir: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(dir)? {
        let name = entry?.file_name().into_string();
        names.extend(name.ok().filter(|name| run_and_part(name).is_some()));
    }
    names.sort();
    Ok(names)
}

/// Removes the oldest recordings until the rest fits into `limit` bytes.
pub(super) fn make_room(dir: &Path, limit: u64) -> io::Result<()> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let name = entry.file_name();
        if name.to_str().and_then(run_and_part).is_some() {
            files.push((name, entry.metadata()?.len()));
        }
    }
    files.sort();
    let mut total: u64 = files.iter().map(|(_, size)| size).sum();
    for (name, size) in files {
        if total <= limit {
            break;
        }
        match fs::remove_file(dir.join(name)) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => total -= size,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_under_the_names_they_have() {
        let dir = tempfile::tempdir().unwrap();
        let path = |name: &str| dir.path().join(format!("{name}{SUFFIX}"));
        for name in ["b-3", "b-02", "b-1", "b-0005", "a-0012", "a-9", "a-000010", "other"] {
            fs::write(path(name), "").unwrap();
        }
        assert_eq!(runs(dir.path()).unwrap(), [path("a-9"), path("b-1")]);
        let following = |name: &str| from(&path(name));
        assert_eq!(following("b-1"), (vec![path("b-1"), path("b-02"), path("b-3")], true));
        assert_eq!(following("b-0005"), (vec![path("b-0005")], false));
        assert_eq!(following("a-9"), (vec![path("a-9"), path("a-000010")], true));
    }

    #[test]
    fn the_directory_that_cannot_be_read_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let inner = dir.path().join("recordings");
        assert!(runs(dir.path()).unwrap().is_empty());
        fs::write(&inner, "").unwrap();
        let (named, error) = runs(dir.path()).unwrap_err();
        assert_eq!((named, error.kind()), (inner.clone(), ErrorKind::NotADirectory));
        assert_eq!(runs(&inner).unwrap_err().0, inner);
    }
}
