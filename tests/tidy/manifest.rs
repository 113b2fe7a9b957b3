//! The manifest: every dependency with its reason, every benchmark declared.

use super::tree::{Fault, Tree};

/// Every dependency line: its number, the crate, and what follows.
pub fn dependencies(manifest: &str) -> impl Iterator<Item = (usize, &str, &str)> {
    let mut inside = false;
    manifest.lines().enumerate().filter_map(move |(at, line)| {
        if line.starts_with('[') {
            inside = line.trim_end().ends_with("dependencies]");
            return None;
        }
        let (name, rest) = line.split_once('=')?;
        let name = name.trim();
        let is_name = name.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
        (inside && is_name && !line.starts_with(' ')).then_some((at + 1, name, rest))
    })
}

/// Every dependency says beside it why it is here.
pub fn reasons(tree: &Tree) -> Vec<Fault> {
    let Some(manifest) = tree.file("Cargo.toml") else { return Vec::new() };
    dependencies(&manifest.text)
        .filter(|(_, _, rest)| {
            let reason = rest.rsplit_once('#').map_or("", |(_, reason)| reason);
            !reason.starts_with(' ') || reason.trim().is_empty()
        })
        .map(|(line, name, _)| manifest.fault(line, format!("say beside {name} why it is here")))
        .collect()
}

/// Every file in `benches` is declared with `harness = false`; undeclared, it would be built as a
/// test without tests and measure nothing.
pub fn benches(tree: &Tree) -> Vec<Fault> {
    let manifest = tree.file("Cargo.toml").map_or("", |file| &file.text);
    let mut faults = Vec::new();
    for file in tree.rust() {
        let Some(name) = file.path.strip_prefix("benches/") else { continue };
        let Some(name) = name.strip_suffix(".rs").filter(|name| !name.contains('/')) else {
            continue;
        };
        let entry = format!("[[bench]]\nname = \"{name}\"\nharness = false\n");
        if !manifest.contains(&entry) {
            faults
                .push(file.fault(1, "declare it in Cargo.toml: [[bench]], name, harness = false"));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::super::tree::{Tree, bites};
    use super::*;

    #[test]
    fn a_dependency_without_a_reason_is_seen() {
        let text = "[package]\nname = \"a\"\n[dependencies]\nb = \"1\" # talks\nc = \"2\"\n\
                    d = { version = \"3\", features = [\"e\"] }\n[dev-dependencies]\nf = \"4\" #\n";
        let lines = [5, 6, 8].map(|line| ("Cargo.toml", line));
        bites(&reasons(&Tree::of(&[("Cargo.toml", text)])), &lines);
    }

    #[test]
    fn an_undeclared_benchmark_is_seen() {
        let manifest = "[[bench]]\nname = \"a\"\nharness = false\n";
        let files = ["benches/a.rs", "benches/b.rs", "benches/c/d.rs"].map(|path| (path, ""));
        let tree = Tree::of(&[&[("Cargo.toml", manifest)], &files[..]].concat());
        bites(&benches(&tree), &[("benches/b.rs", 1)]);
    }
}
