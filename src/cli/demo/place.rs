//! Where a demo keeps its state: a directory that is gone when the demo is.
//!
//! For: making it, and removing it on every way out, a panic included. With `--keep` it stays.
//! Door: [`Place::make`].

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::cli::ending::Failure;
use crate::cli::state;

/// A state directory for one demo.
#[derive(Debug)]
pub struct Place {
    dir: PathBuf,
    keep: bool,
}

impl Place {
    /// Makes a directory that is removed again, or uses the one to keep.
    ///
    /// # Errors
    /// When it cannot be made, or when the one to keep holds a ledger already: its positions
    /// would be missing from the demo's exchange.
    pub fn make(keep: Option<&Path>) -> Result<Self, Failure> {
        let dir = match keep {
            Some(dir) => dir.to_owned(),
            None => fresh(),
        };
        let place = Self { dir, keep: keep.is_some() };
        state::make(&place.dir, "--keep names another one")?;
        if place.ledger().exists() {
            let dir = place.dir.display();
            return Err(format!("{dir} holds a ledger already; name an empty directory").into());
        }
        Ok(place)
    }

    /// The directory.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Whether it stays.
    pub fn is_kept(&self) -> bool {
        self.keep
    }

    /// The ledger in it.
    pub fn ledger(&self) -> PathBuf {
        self.dir.join("ledger.db")
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if !self.keep {
            let _ = std::fs::remove_dir_all(&self.dir);
        }
    }
}

/// A name that no other process and no other demo of this one has.
fn fresh() -> PathBuf {
    let moment = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let name = format!("holdfast-demo-{}-{}", std::process::id(), moment.as_nanos());
    std::env::temp_dir().join(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_demo_leaves_nothing_behind() {
        let place = Place::make(None).unwrap();
        std::fs::write(place.ledger(), "rows").unwrap();
        let dir = place.dir().to_owned();
        assert!(dir.exists());
        drop(place);
        assert!(!dir.exists());
    }

    #[test]
    fn what_is_to_be_kept_stays_and_is_not_used_twice() {
        let parent = tempfile::tempdir().unwrap();
        let dir = parent.path().join("kept");
        let place = Place::make(Some(&dir)).unwrap();
        std::fs::write(place.ledger(), "rows").unwrap();
        drop(place);
        assert!(dir.exists());
        let again = Place::make(Some(&dir));
        assert!(again.unwrap_err().0.contains("holds a ledger already"));
    }
}
