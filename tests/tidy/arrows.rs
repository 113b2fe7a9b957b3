//! Who may import whom: the rooms of this crate, and the crates from outside.

use super::scan::{find_word, names};
use super::tree::{Fault, File, Tree};

/// Every room, and the rooms it may import. Rooms not named here are wiring: they may import all.
const ROOMS: [(&str, &[&str]); 8] = [
    ("domain", &[]),
    ("engine", &["domain"]),
    ("exchange", &["domain"]),
    ("store", &["domain"]),
    ("runtime", &["domain", "engine", "exchange", "store"]),
    ("ui", &["domain"]),
    ("sim", &["domain"]),
    ("worlds", &["domain", "engine", "exchange", "runtime", "sim", "store"]),
];
const WIRING: [&str; 2] = ["cli", "settings"];

/// The crates each room of the core may use, and no other. The core is written down and read back
/// as a whole, in checkpoints: that is what it has `serde` for.
const CORE_CRATES: [(&str, &[&str]); 2] = [
    ("domain", &["jiff", "rust_decimal", "serde", "serde_json", "thiserror"]),
    ("engine", &["rust_decimal", "serde", "serde_json"]),
];

/// The crates a room must not use.
const CLOSED: [(&str, &[&str]); 5] = [
    ("exchange", &["axum", "clap", "crossterm", "ratatui", "sqlx", "toml"]),
    ("store", &["axum", "clap", "crossterm", "ratatui", "reqwest", "tokio_tungstenite", "toml"]),
    ("runtime", &["axum", "clap", "crossterm", "ratatui", "reqwest", "tokio_tungstenite"]),
    ("ui", &["axum", "clap", "reqwest", "rustls", "sqlx", "tokio", "tokio_tungstenite"]),
    ("sim", &["clap", "crossterm", "ratatui", "reqwest", "sqlx"]),
];

/// A room imports only the rooms it may.
pub fn rooms(tree: &Tree) -> Vec<Fault> {
    let known = |name: &str| ROOMS.iter().any(|(room, _)| *room == name) || WIRING.contains(&name);
    let mut faults = Vec::new();
    for file in tree.rust() {
        let Some(room) = file.room() else { continue };
        if !known(room) {
            faults.push(file.fault(1, format!("{room} is no room: move it into one of the rooms")));
        }
        let Some((_, may)) = ROOMS.iter().find(|(name, _)| *name == room) else { continue };
        for (line, name) in imports(file) {
            if name != room && known(&name) && !may.contains(&name.as_str()) {
                let what = format!(
                    "{room} must not know {name}: pass it what it needs as a type of domain"
                );
                faults.push(file.fault(line, what));
            }
        }
    }
    faults
}

/// The names that follow `crate::`, with their lines.
fn imports(file: &File) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut offset = 0;
    for (at, line) in file.code.split_inclusive('\n').enumerate() {
        let mut from = 0;
        while let Some(start) = find_word(&line[from..], "crate") {
            from += start + "crate".len();
            let Some(rest) = file.code[offset + from..].strip_prefix("::") else { continue };
            let paths = match rest.strip_prefix('{') {
                Some(group) => first_level(group),
                None => names(rest).next().map(str::to_owned).into_iter().collect(),
            };
            found.extend(paths.into_iter().map(|name| (at + 1, name)));
        }
        offset += line.len();
    }
    found
}

/// The first names of a group of paths: `a` and `b` of `a::x, b::{y, z}}`.
fn first_level(group: &str) -> Vec<String> {
    let (mut depth, mut fresh, mut found) = (0, true, Vec::new());
    for token in group.split_inclusive(['{', '}', ',']) {
        let name = names(token).next();
        if let (0, true, Some(name)) = (depth, fresh, name) {
            found.push(name.to_owned());
        }
        fresh = token.ends_with(',');
        match token.chars().last() {
            Some('{') => depth += 1,
            Some('}') if depth == 0 => break,
            Some('}') => depth -= 1,
            _ => {}
        }
    }
    found
}

/// A room uses only the crates it may.
pub fn crates(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    let manifest = tree.file("Cargo.toml").map_or("", |file| &file.text);
    let all: Vec<String> = super::manifest::dependencies(manifest)
        .map(|(_, name, _)| name.replace('-', "_"))
        .collect();
    for file in tree.rust() {
        let Some(room) = file.room() else { continue };
        let allowed = CORE_CRATES.iter().find(|(name, _)| *name == room).map(|(_, list)| *list);
        let closed = CLOSED.iter().find(|(name, _)| *name == room).map(|(_, list)| *list);
        for (line, code) in file.code_lines() {
            for name in &all {
                let used = find_word(code, &format!("{name}::")).is_some();
                let open = match (allowed, closed) {
                    (Some(list), _) => list.contains(&name.as_str()),
                    (None, Some(list)) => !list.contains(&name.as_str()),
                    (None, None) => true,
                };
                if used && !open {
                    let what = format!("{room} must not use {name}: that belongs to another room");
                    faults.push(file.fault(line, what));
                }
            }
        }
    }
    faults
}

/// Paths say where a thing lives: `crate::` or one `super`, never a climb.
pub fn paths(tree: &Tree) -> Vec<Fault> {
    let climb = ["super::super", "super::{super"];
    let mut faults = Vec::new();
    for file in tree.rust().filter(|file| file.path.starts_with("src/")) {
        for (line, code) in file.code_lines() {
            if climb.iter().any(|climb| code.contains(climb)) {
                faults.push(file.fault(line, "write the path from crate:: instead of climbing"));
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::super::tree::{Tree, bites};
    use super::{crates, paths, rooms};

    #[test]
    fn an_arrow_the_wrong_way_is_seen_in_every_spelling() {
        let bad = "//! x\nuse crate::engine::Core;\nfn a(x: crate::store::Ledger) {}\n\
                   use crate::{\n    domain::key, exchange::{self, ui},\n    cli,\n};\n\
                   // crate::ui\nuse crate::sim;\n";
        let tree = Tree::of(&[("src/sim/x.rs", bad), ("src/cli/y.rs", bad), ("src/odd.rs", "")]);
        let lines = [2, 3, 4, 4].map(|line| ("src/sim/x.rs", line));
        bites(&rooms(&tree), &[&lines[..], &[("src/odd.rs", 1)]].concat());
    }

    #[test]
    fn a_crate_from_the_wrong_room_is_seen() {
        let manifest = "[dependencies]\ntokio = \"1\"\nserde = \"1\"\nratatui = \"1\"\n";
        let bad = "use tokio::sync;\nuse serde::Serialize;\nfn a(_: ratatui::Frame) {}\n";
        let tree = Tree::of(&[
            ("Cargo.toml", manifest),
            ("src/domain/a.rs", bad),
            ("src/runtime/b.rs", bad),
            ("src/ui/c.rs", bad),
        ]);
        let domain = [("src/domain/a.rs", 1), ("src/domain/a.rs", 3)];
        bites(
            &crates(&tree),
            &[&domain[..], &[("src/runtime/b.rs", 3), ("src/ui/c.rs", 1)]].concat(),
        );
    }

    #[test]
    fn a_climbing_path_is_seen() {
        let tree = Tree::of(&[("src/ui/a.rs", "use super::x;\nuse super::super::y;\n")]);
        bites(&paths(&tree), &[("src/ui/a.rs", 2)]);
    }
}
