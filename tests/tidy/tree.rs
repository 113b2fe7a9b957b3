//! The tree as the rules see it: every text file of the repository, and what a fault looks like.
//!
//! Not for: judging anything. Door: [`Tree::read`], [`Tree::of`] for samples.

use std::fmt;
use std::fs;
use std::io;
use std::path::Path;

use super::scan;

/// Directories and endings that no commit holds.
const UNTRACKED: [&str; 8] =
    ["target", ".git", ".pending-snap", ".snap.new", ".swp", "corpus", "artifacts", "coverage"];

/// One text file.
pub struct File {
    /// From the root, with `/`.
    pub path: String,
    /// As it is.
    pub text: String,
    /// For Rust: the text with comments and the insides of literals blanked, columns kept.
    pub code: String,
    /// For Rust: whether each line belongs to a `#[cfg(test)]` module.
    pub tested: Vec<bool>,
}

/// Every text file of the repository.
pub struct Tree(pub Vec<File>);

/// Something that is not as the house wants it, and how to mend it.
pub struct Fault {
    path: String,
    line: usize,
    what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.what)
    }
}

impl File {
    /// A file from its parts.
    pub fn new(path: &str, text: &str) -> Self {
        let rust = path.ends_with(".rs");
        let code = if rust { scan::code(text) } else { String::new() };
        let tested = if rust { scan::tested(&code) } else { Vec::new() };
        Self { path: path.to_owned(), text: text.to_owned(), code, tested }
    }

    /// Whether it is Rust.
    pub fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    /// The room it belongs to: `domain` for `src/domain/key.rs`, `settings` for
    /// `src/settings.rs`; none outside `src` and for the crate roots.
    pub fn room(&self) -> Option<&str> {
        let rest = self.path.strip_prefix("src/")?;
        let room = rest.split('/').next()?.trim_end_matches(".rs");
        (room != "lib" && room != "main").then_some(room)
    }

    /// Lines of code with their numbers, comments and literals blanked.
    pub fn code_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code.lines().enumerate().map(|(at, line)| (at + 1, line))
    }

    /// Lines of code outside `#[cfg(test)]` modules.
    pub fn live_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code_lines().filter(|(at, _)| !self.tested.get(at - 1).copied().unwrap_or(false))
    }

    /// A fault in this file.
    pub fn fault(&self, line: usize, what: impl Into<String>) -> Fault {
        Fault { path: self.path.clone(), line, what: what.into() }
    }
}

impl Tree {
    /// Reads the repository.
    pub fn read() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut files = Vec::new();
        if let Err(why) = walk(root, root, &mut files) {
            panic!("cannot read {}: {why}", root.display());
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        assert!(files.iter().any(|file| file.path == "src/lib.rs"), "no tree at {root:?}");
        Self(files)
    }

    /// A tree made of samples.
    pub fn of(files: &[(&str, &str)]) -> Self {
        Self(files.iter().map(|(path, text)| File::new(path, text)).collect())
    }

    /// The Rust files.
    pub fn rust(&self) -> impl Iterator<Item = &File> {
        self.0.iter().filter(|file| file.is_rust())
    }

    /// One file.
    pub fn file(&self, path: &str) -> Option<&File> {
        self.0.iter().find(|file| file.path == path)
    }

    /// Whether a path names a file or a directory.
    pub fn holds(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        self.0.iter().any(|file| {
            file.path
                .strip_prefix(path)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }
}

fn walk(root: &Path, dir: &Path, files: &mut Vec<File>) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name()))?;
        let name = name.to_string_lossy();
        if UNTRACKED.iter().any(|end| name.ends_with(end)) {
            continue;
        }
        if path.is_dir() {
            walk(root, &path, files)?;
        } else if let Ok(text) = fs::read_to_string(&path) {
            let inside = path.strip_prefix(root).unwrap_or(&path).to_string_lossy();
            files.push(File::new(&inside.replace('\\', "/"), &text));
        }
    }
    Ok(())
}

/// Asserts that a rule finds exactly these lines wrong in a sample.
#[track_caller]
pub fn bites(faults: &[Fault], lines: &[(&str, usize)]) {
    let found: Vec<_> = faults.iter().map(|fault| (fault.path.as_str(), fault.line)).collect();
    assert_eq!(found, lines);
}
