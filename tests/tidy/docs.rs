//! What is written beside the code: headers, and the documents of the core's public items.

use super::tree::{Fault, Tree};

/// Every file begins with what it is for.
pub fn headers(tree: &Tree) -> Vec<Fault> {
    tree.rust()
        .filter(|file| !file.text.starts_with("//! "))
        .map(|file| file.fault(1, "begin with //! and say what the file is for"))
        .collect()
}

/// The compiler is asked to find public items of the core without a document.
pub fn missing_docs(tree: &Tree) -> Vec<Fault> {
    ["src/domain/mod.rs", "src/engine/mod.rs"]
        .into_iter()
        .filter_map(|path| tree.file(path))
        .filter(|file| !file.code.contains("#![warn(missing_docs)]"))
        .map(|file| file.fault(1, "put #![warn(missing_docs)] under the header"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::tree::{Tree, bites};
    use super::*;

    #[test]
    fn a_file_without_a_header_is_seen() {
        let tree = Tree::of(&[("src/a.rs", "//! A.\n"), ("tests/b.rs", "use c;\n")]);
        bites(&headers(&tree), &[("tests/b.rs", 1)]);
    }

    #[test]
    fn a_core_that_does_not_ask_for_documents_is_seen() {
        let with = "//! A.\n#![warn(missing_docs)]\n";
        let tree = Tree::of(&[("src/domain/mod.rs", with), ("src/engine/mod.rs", "//! B.\n")]);
        bites(&missing_docs(&tree), &[("src/engine/mod.rs", 1)]);
    }
}
