//! How long a file, a function and a line may be.

use super::scan::functions as every_function;
use super::tree::{Fault, Tree};

const FILE_LINES: usize = 400;
const FUNCTION_LINES: usize = 70;
const COLUMNS: usize = 100;

/// A file fits into a reader's head.
pub fn files(tree: &Tree) -> Vec<Fault> {
    tree.rust()
        .filter(|file| file.text.lines().count() > FILE_LINES)
        .map(|file| {
            let lines = file.text.lines().count();
            let what = format!("{lines} lines of {FILE_LINES}: split by what a reader looks for");
            file.fault(FILE_LINES + 1, what)
        })
        .collect()
}

/// A function fits on a screen.
pub fn functions(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in tree.rust() {
        for (name, line, lines) in every_function(&file.code) {
            if lines > FUNCTION_LINES {
                let what =
                    format!("{name} takes {lines} lines of {FUNCTION_LINES}: give its steps names");
                faults.push(file.fault(line, what));
            }
        }
    }
    faults
}

/// A line fits into a window.
pub fn lines(tree: &Tree) -> Vec<Fault> {
    let narrow = |path: &str| path.ends_with(".rs") || path.starts_with("scripts/");
    let mut faults = Vec::new();
    for file in tree.0.iter().filter(|file| narrow(&file.path)) {
        for (at, line) in file.text.lines().enumerate() {
            let columns = line.chars().count();
            // A row of a table in a document cannot be wrapped.
            let row = ["//! |", "/// |"].iter().any(|begin| line.trim_start().starts_with(begin));
            if columns > COLUMNS && !row {
                faults.push(file.fault(at + 1, format!("{columns} columns of {COLUMNS}: wrap it")));
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::super::tree::{Tree, bites};
    use super::*;

    #[test]
    fn one_line_too_many_is_seen() {
        let fits = "//! x\n".repeat(FILE_LINES);
        let long = format!("{fits}//! x\n");
        let tree = Tree::of(&[("src/a.rs", &fits), ("src/b.rs", &long)]);
        bites(&files(&tree), &[("src/b.rs", FILE_LINES + 1)]);
    }

    #[test]
    fn one_line_too_many_in_a_function_is_seen() {
        let body = |lines: usize| format!("fn a() {{\n{}}}\n", "    b();\n".repeat(lines - 2));
        let text = format!("{}\n{}", body(FUNCTION_LINES), body(FUNCTION_LINES + 1));
        let tree = Tree::of(&[("tests/a.rs", &text)]);
        bites(&functions(&tree), &[("tests/a.rs", FUNCTION_LINES + 2)]);
    }

    #[test]
    fn one_column_too_many_is_seen() {
        let text = format!("{}\n{}\n", "é".repeat(COLUMNS), "é".repeat(COLUMNS + 1));
        let tree = Tree::of(&[("src/a.rs", &text), ("README.md", &text)]);
        bites(&lines(&tree), &[("src/a.rs", 2)]);
    }
}
