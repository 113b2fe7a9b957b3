//! The files of recordings in a directory: their names, their order, the room they take.
//!
//! A name is the run's first instant and the part's number, so that names sort by age:
//! `20261121T022000.000Z-0001.jsonl.zst`. Door: [`name`], [`from`], [`runs`], [`make_room`].

use std::collections::{BTreeMap, BTreeSet};
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
    let of_run = names.iter().filter_map(|name| run_and_part(name)).filter(|(of, _)| *of == run);
    let later: BTreeSet<u32> = of_run.map(|(_, part)| part).filter(|part| *part > first).collect();
    let following =
        (first.saturating_add(1)..).zip(&later).take_while(|(next, part)| next == *part);
    parts.extend(following.map(|(_, part)| path.with_file_name(name(run, *part))));
    let gap = parts.len() - 1 < later.len();
    (parts, gap)
}

/// Of every run in a directory, or in its `recordings`, the oldest part that is left; the newest
/// run is the last.
///
/// # Errors
/// When the directory cannot be read; none at all is no error.
pub fn runs(dir: &Path) -> io::Result<Vec<PathBuf>> {
    let found = within(dir)?;
    if !found.is_empty() {
        return Ok(found);
    }
    match within(&dir.join("recordings")) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        found => found,
    }
}

fn within(dir: &Path) -> io::Result<Vec<PathBuf>> {
    let names = names(dir)?;
    let mut firsts: BTreeMap<&str, u32> = BTreeMap::new();
    for (run, part) in names.iter().filter_map(|name| run_and_part(name)) {
        firsts.entry(run).and_modify(|first| *first = part.min(*first)).or_insert(part);
    }
    Ok(firsts.into_iter().map(|(run, part)| dir.join(name(run, part))).collect())
}

/// The names of the files in a directory that are parts of recordings.
fn names(dir: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(dir)? {
        let name = entry?.file_name().into_string();
        names.extend(name.ok().filter(|name| run_and_part(name).is_some()));
    }
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
