//! What may not be written: words that break a promise of the room they stand in.

use super::scan::find_word;
use super::tree::{Fault, File, Tree};

/// What the pure core cannot hold: anything that waits, asks the time, guesses or dies.
const NOT_IN_THE_CORE: [(&str, &str); 17] = [
    ("async", "the core answers with effects and never waits"),
    ("await", "the core answers with effects and never waits"),
    ("thread", "the core runs on the thread that steps it"),
    ("Mutex", "the core has one owner"),
    ("RwLock", "the core has one owner"),
    ("Instant", "the core is told the time"),
    ("SystemTime", "the core is told the time"),
    ("now()", "the core is told the time"),
    ("HashMap", "its order differs from run to run: use BTreeMap"),
    ("HashSet", "its order differs from run to run: use BTreeSet"),
    ("std::fs", "the core touches nothing: return an effect"),
    ("std::net", "the core touches nothing: return an effect"),
    ("std::env", "the core is told its policy"),
    ("std::io", "the core touches nothing: return an effect"),
    ("panic!", "a broken invariant is a critical finding, not a panic"),
    ("unreachable!", "a broken invariant is a critical finding, not a panic"),
    ("assert!", "a broken invariant is a critical finding, not a panic"),
];

/// Where the adapters meet the world.
const INTERNET: &str = "src/exchange/internet.rs";

/// Rooms through which money passes.
const MONEY: [&str; 5] = ["domain", "engine", "exchange", "store", "sim"];
/// Files in those rooms that meet a float somebody else made, and what they do with it.
const FLOATS: [&str; 2] = [
    "src/sim/verbs.rs",    // turns a JSON number of a test into a decimal
    "src/store/export.rs", // shows what another program put into a cell
];

/// The core has no clock, no thread, no random order and no panic.
pub fn core(tree: &Tree) -> Vec<Fault> {
    let in_core = |file: &&File| matches!(file.room(), Some("domain" | "engine"));
    let mut faults = Vec::new();
    for file in tree.rust().filter(in_core) {
        for (line, code) in file.live_lines() {
            for (word, why) in NOT_IN_THE_CORE {
                if find_word(code, word).is_some() {
                    faults.push(file.fault(line, format!("{word}: {why}")));
                }
            }
        }
    }
    faults
}

/// An adapter is the same again on the same network: no clock but tokio's, no chance of its own,
/// no race that is decided by a throw.
pub fn adapters(tree: &Tree) -> Vec<Fault> {
    let in_room = |file: &&File| file.room() == Some("exchange");
    let mut faults = Vec::new();
    for file in tree.rust().filter(in_room).filter(|file| file.path != INTERNET) {
        let mut lines = file.live_lines().peekable();
        while let Some((line, code)) = lines.next() {
            let clock = code.contains("std::time") && find_word(code, "Instant").is_some();
            if clock || find_word(code, "SystemTime").is_some() {
                faults.push(file.fault(line, "use tokio::time::Instant and Network::wall"));
            }
            if find_word(code, "RandomState").is_some() {
                faults.push(file.fault(line, "use Network::random"));
            }
            let next = lines.peek().map_or("", |(_, code)| code.trim());
            if find_word(code, "select!").is_some() && next != "biased;" {
                faults.push(file.fault(line, "say which comes first: biased;"));
            }
        }
    }
    faults
}

/// Prices, quantities and money are decimals.
pub fn floats(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in tree.rust() {
        let counts = file.room().is_some_and(|room| MONEY.contains(&room));
        if !counts || FLOATS.contains(&file.path.as_str()) {
            continue;
        }
        for (line, code) in file.code_lines() {
            if let Some(word) = ["f32", "f64"].iter().find(|word| find_word(code, word).is_some()) {
                faults.push(file.fault(line, format!("{word}: use rust_decimal")));
            }
        }
    }
    faults
}

/// Nothing in the program dies of a value it did not expect.
pub fn unwraps(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in tree.rust().filter(|file| file.path.starts_with("src/")) {
        for (line, code) in file.live_lines() {
            if let Some(word) = [".unwrap()", ".expect(\""].iter().find(|w| code.contains(**w)) {
                let what = format!("{word}: say what happens instead, in one sentence");
                faults.push(file.fault(line, what));
            }
        }
    }
    faults
}

/// The tree holds what works and nothing else.
pub fn left_for_later(tree: &Tree) -> Vec<Fault> {
    let notes = ["TODO", "FIXME", "XXX", "HACK", "todo!", "unimplemented!", "for now"];
    faults_in_text(tree, &notes, "finish it or leave it out")
}

/// No file knows the machine it was written on, or where its packages came from.
pub fn machines(tree: &Tree) -> Vec<Fault> {
    let places = [
        "/work/",
        "/root/",
        "/home/",
        "/Users/",
        ".cargo/registry",
        "/shared/",
        "artifactory",
        ".internal",
        "://pypi",
        "index.crates.io",
        "deb.debian.org",
    ];
    faults_in_text(tree, &places, "that exists on one machine: leave it out")
}

fn faults_in_text(tree: &Tree, words: &[&str], remedy: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    // The rules have to name what they forbid.
    for file in tree.0.iter().filter(|file| !file.path.starts_with("tests/tidy/")) {
        for (at, text) in file.text.lines().enumerate() {
            if let Some(word) = words.iter().find(|word| find_word(text, word).is_some()) {
                faults.push(file.fault(at + 1, format!("{word}: {remedy}")));
            }
        }
    }
    faults
}

/// A test either runs or is not there.
pub fn skipped_tests(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in tree.rust() {
        for (line, code) in file.code_lines() {
            if code.contains("#[ignore") || code.contains(", ignore") {
                faults.push(file.fault(line, "make it run or take it out"));
            }
        }
    }
    faults
}

/// Tests of the core turn the clock by hand.
pub fn sleeps(tree: &Tree) -> Vec<Fault> {
    let clocks = ["sleep(", "Instant", "SystemTime", "thread::"];
    let mut faults = Vec::new();
    for file in tree.rust().filter(|file| is_test_of_the_core(tree, file)) {
        for (line, code) in file.code_lines() {
            if let Some(word) = clocks.iter().find(|word| find_word(code, word).is_some()) {
                let what = format!("{word}: step the core with the time it should be");
                faults.push(file.fault(line, what));
            }
        }
    }
    faults
}

/// Whether a file belongs to a test binary that uses the engine and no room around it.
fn is_test_of_the_core(tree: &Tree, file: &File) -> bool {
    if matches!(file.room(), Some("domain" | "engine")) {
        return true;
    }
    let Some(rest) = file.path.strip_prefix("tests/") else { return false };
    let binary = rest.split('/').next().unwrap_or(rest).trim_end_matches(".rs");
    let (root, folder) = (format!("tests/{binary}.rs"), format!("tests/{binary}/"));
    let uses = |room: &str| {
        let path = format!("holdfast::{room}");
        tree.rust()
            .filter(|f| f.path == root || f.path.starts_with(&folder))
            .any(|f| find_word(&f.code, &path).is_some())
    };
    let around = ["cli", "exchange", "runtime", "sim", "store", "ui"];
    uses("engine") && !around.into_iter().any(uses)
}

#[cfg(test)]
mod tests {
    use super::super::tree::{Tree, bites};
    use super::*;

    #[test]
    fn a_clock_in_the_core_is_seen_and_one_in_the_shell_is_not() {
        let bad = "fn a() { Instant::now(); }\nasync fn b() {}\nfn c(_: HashMap<u8, u8>) {}\n\
                   // Instant\n#[cfg(test)]\nmod tests {\n    use std::fs;\n}\n";
        let tree = Tree::of(&[("src/engine/a.rs", bad), ("src/runtime/b.rs", bad)]);
        let lines = [1, 1, 2, 3].map(|line| ("src/engine/a.rs", line));
        bites(&core(&tree), &lines);
    }

    #[test]
    fn a_clock_and_a_throw_in_an_adapter_are_seen() {
        let bad = "use std::time::{Duration, Instant};\nuse tokio::time::Instant;\n\
                   fn a() { tokio::select! {\n    biased;\n} }\nfn b() { select! {\n} }\n\
                   fn c() { RandomState::new() }\n";
        let tree = Tree::of(&[("src/exchange/a.rs", bad), (INTERNET, bad), ("src/sim/a.rs", bad)]);
        bites(&adapters(&tree), &[1, 6, 8].map(|line| ("src/exchange/a.rs", line)));
    }

    #[test]
    fn a_float_price_is_seen() {
        let tree = Tree::of(&[("src/sim/a.rs", "fn a(price: f64) {}\nfn b(buf64: u8) {}\n")]);
        bites(&floats(&tree), &[("src/sim/a.rs", 1)]);
    }

    #[test]
    fn an_unwrap_outside_tests_is_seen() {
        let bad = "fn a() { b.unwrap() }\nfn c() { d.expect(\"e\") }\nfn f() { g.expect('h') }\n\
                   #[cfg(test)]\nmod tests {\n    fn i() { j.unwrap() }\n}\n";
        let tree = Tree::of(&[("src/ui/a.rs", bad)]);
        bites(&unwraps(&tree), &[("src/ui/a.rs", 1), ("src/ui/a.rs", 2)]);
    }

    #[test]
    fn a_note_to_self_and_a_home_directory_are_seen() {
        let tree = Tree::of(&[("README.md", "fine\nTODO later\nsee /home/me\nTODOS\n")]);
        bites(&left_for_later(&tree), &[("README.md", 2)]);
        bites(&machines(&tree), &[("README.md", 3)]);
    }

    #[test]
    fn a_skipped_test_is_seen() {
        let tree = Tree::of(&[("tests/a.rs", "#[test]\n#[ignore = \"slow\"]\nfn a() {}\n")]);
        bites(&skipped_tests(&tree), &[("tests/a.rs", 2)]);
    }

    #[test]
    fn a_sleeping_test_of_the_core_is_seen() {
        let core = "use holdfast::engine::Core;\nfn a() { std::thread::sleep(b) }\n";
        let shell = format!("use holdfast::runtime::Driver;\n{core}");
        let tree = Tree::of(&[("tests/core.rs", core), ("tests/shell.rs", &shell)]);
        bites(&sleeps(&tree), &[("tests/core.rs", 2)]);
    }
}
