//! Which files of recordings reach into a time.
//!
//! Not for: reading them. Door: [`slice()`].

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::domain::time::Time;

const SUFFIX: &str = ".jsonl.zst";

/// The files in `dir` that were written to since `since`, and the newest in any case, in order:
/// run by run, each run's parts one after another. Whole files: each begins by saying where the
/// core stood.
///
/// # Errors
/// When the directory cannot be read; none at all is no error.
pub fn slice(dir: &Path, since: Time) -> io::Result<Vec<PathBuf>> {
    let since = UNIX_EPOCH + Duration::from_millis(u64::try_from(since.0).unwrap_or(0));
    let mut found: Vec<(PathBuf, SystemTime)> = Vec::new();
    let entries = match fs::read_dir(dir) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let is_part = entry.file_name().to_str().is_some_and(|name| name.ends_with(SUFFIX));
        match entry.metadata() {
            Ok(meta) if is_part && meta.is_file() => found.push((entry.path(), meta.modified()?)),
            // The recorder may have made room meanwhile.
            _ => {}
        }
    }
    found.sort();
    let newest = found.iter().map(|(_, at)| *at).max();
    let reaches = |at: SystemTime| at >= since || Some(at) == newest;
    Ok(found.into_iter().filter(|(_, at)| reaches(*at)).map(|(path, _)| path).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_since_then_and_the_newest_in_any_case() {
        let dir = tempfile::tempdir().unwrap();
        for (name, at) in [("a-0001", 100), ("a-0002", 200), ("b-0001", 300)] {
            let file = fs::File::create(dir.path().join(format!("{name}{SUFFIX}"))).unwrap();
            file.set_modified(UNIX_EPOCH + Duration::from_secs(at)).unwrap();
        }
        fs::write(dir.path().join("other.txt"), "").unwrap();
        let since = |secs: i64| slice(dir.path(), Time(secs * 1000)).unwrap().len();
        assert_eq!([since(50), since(150), since(200), since(250), since(900)], [3, 2, 2, 1, 1]);
        assert!(slice(&dir.path().join("none"), Time(0)).unwrap().is_empty());
    }
}
