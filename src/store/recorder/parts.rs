//! The files of recordings in a directory: their names, their order, the room they take.
//!
//! A name is the run's first instant and the part's number, so that names sort by age:
//! `20261121T022000.000Z-0001.jsonl.zst`. Door: [`name`], [`from`], [`newest`], [`make_room`].

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

/// The file itself and the following parts of its run, in order.
pub(super) fn from(path: &Path) -> Vec<PathBuf> {
    let told = path.file_name().and_then(|name| name.to_str());
    let Some((run, first)) = told.and_then(run_and_part) else { return vec![path.to_owned()] };
    let part = |part: u32| path.with_file_name(name(run, part));
    let following = (first.saturating_add(1)..).map(part).take_while(|path| path.exists());
    std::iter::once(path.to_owned()).chain(following).collect()
}

/// The oldest part that is left of the newest run in a directory, or in its `recordings`.
pub fn newest(dir: &Path) -> Option<PathBuf> {
    let within = |dir: &Path| {
        let names =
            fs::read_dir(dir).ok()?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let names: Vec<String> = names.filter(|name| run_and_part(name).is_some()).collect();
        let runs = names.iter().filter_map(|name| run_and_part(name));
        let run = runs.max()?.0;
        let first = runs_of(&names, run).min()?;
        Some(dir.join(name(run, first)))
    };
    within(dir).or_else(|| within(&dir.join("recordings")))
}

fn runs_of<'a>(names: &'a [String], run: &'a str) -> impl Iterator<Item = u32> + 'a {
    let parts = names.iter().filter_map(|name| run_and_part(name));
    parts.filter(move |(of, _)| *of == run).map(|(_, part)| part)
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
