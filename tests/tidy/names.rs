//! Names: of files, of documents, and of everything the map points at.

use std::collections::BTreeSet;

use super::scan::{find_word, names};
use super::tree::{Fault, Tree};

/// Names that say nothing of what a file holds.
const EMPTY: [&str; 12] = [
    "util", "utils", "helper", "helpers", "manager", "managers", "handler", "handlers", "common",
    "misc", "stuff", "base",
];

const MAP: &str = "ARCHITECTURE.md";

/// A file is named for what a reader looks for.
pub fn files(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in &tree.0 {
        let mut parts = file.path.split('/').map(|part| part.split('.').next().unwrap_or(part));
        if let Some(name) = parts.find(|part| EMPTY.contains(part)) {
            faults.push(file.fault(1, format!("{name} says nothing: name what it holds")));
        }
    }
    faults
}

/// Whoever points at a document points at one that is here.
pub fn documents(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    // The rules make up names, and fixtures say where in the world they were found.
    let speaks =
        |path: &str| !["tests/tidy/", "tests/fixtures/"].iter().any(|p| path.starts_with(p));
    for file in tree.0.iter().filter(|file| speaks(&file.path)) {
        for (at, line) in file.text.lines().enumerate() {
            let words = line.split(|c: char| !(c.is_alphanumeric() || "_-./".contains(c)));
            for word in words.map(|word| word.trim_matches('.')).filter(|w| w.ends_with(".md")) {
                let end = format!("/{word}");
                if !tree.0.iter().any(|f| f.path == word || f.path.ends_with(&end)) {
                    faults.push(file.fault(at + 1, format!("{word} does not exist here")));
                }
            }
        }
    }
    faults
}

/// Every name the map gives exists: files, directories, types, functions, words of the code.
pub fn map(tree: &Tree) -> Vec<Fault> {
    let Some(map) = tree.file(MAP) else { return Vec::new() };
    let code: Vec<&str> = tree.rust().map(|file| file.code.as_str()).collect();
    let known: BTreeSet<&str> = code.iter().flat_map(|code| names(code)).collect();
    let text: Vec<&str> = tree.0.iter().filter(|f| f.path != MAP).map(|f| &*f.text).collect();
    let mut faults = Vec::new();
    let mut fenced = false;
    for (at, line) in map.text.lines().enumerate() {
        if line.starts_with("```") {
            fenced = !fenced;
            continue;
        }
        for name in line.split('`').skip(1).step_by(2).filter(|_| !fenced) {
            let found = if is_path(name) {
                tree.holds(name) || tree.holds(&format!("src/{name}"))
            } else if name.chars().all(|c| c.is_alphanumeric() || "_:".contains(c)) {
                names(name).all(|part| known.contains(part) || tree.holds(part))
                    || text.iter().any(|text| find_word(text, name).is_some())
            } else {
                text.iter().any(|text| text.contains(name))
            };
            if !found {
                faults.push(map.fault(at + 1, format!("{name} does not exist: correct the map")));
            }
        }
    }
    faults
}

fn is_path(name: &str) -> bool {
    let ending = [".rs", ".md", ".toml", ".sql"].iter().any(|end| name.ends_with(end));
    ending || (name.contains('/') && !name.contains(' '))
}

#[cfg(test)]
mod tests {
    use super::super::tree::{Tree, bites};
    use super::*;

    #[test]
    fn an_empty_name_is_seen() {
        let tree = Tree::of(&[("src/ui/helpers/a.rs", ""), ("src/utils.rs", ""), ("a.rs", "")]);
        bites(&files(&tree), &[("src/ui/helpers/a.rs", 1), ("src/utils.rs", 1)]);
    }

    #[test]
    fn a_document_that_is_not_here_is_seen() {
        let text = "// see README.md, FOUND.md\n// see LOST.md, chapter 2\n";
        let tree = Tree::of(&[("README.md", ""), ("a/FOUND.md", ""), ("src/a.rs", text)]);
        bites(&documents(&tree), &[("src/a.rs", 2)]);
    }

    #[test]
    fn a_name_that_is_only_on_the_map_is_seen() {
        let text = "`src/a.rs` and `a.rs` hold `Core::step`, which `stop`s\n`Wizard`\n`b.rs`\n\
                    `src/c/`\n```text\n`not looked at`\n```\n`holdfast run`\n";
        let code = "struct Core;\nimpl Core { fn step() {} }\n// a Wizard, and a stop\n";
        let tree = Tree::of(&[("ARCHITECTURE.md", text), ("src/a.rs", code)]);
        let lines = [3, 4, 8].map(|line| (MAP, line));
        bites(&map(&tree), &lines);
    }
}
