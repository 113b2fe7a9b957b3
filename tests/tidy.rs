//! The house rules, enforced by reading the tree: who may import whom, how large a file may grow,
//! what may not be written where.
//!
//! Each rule is a function from text to faults. It is run once over the tree and once over a
//! small bad sample, so that it is known to bite. Not for: what the compiler or clippy can say.

mod tidy {
    pub mod arrows;
    pub mod docs;
    pub mod manifest;
    pub mod names;
    pub mod scan;
    pub mod sizes;
    pub mod tree;
    pub mod words;
}

use tidy::tree::{Fault, Tree};

/// Fails with every fault of a rule, one a line.
fn none(faults: Vec<Fault>) {
    let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert!(lines.is_empty(), "not as the house wants it:\n{}\n", lines.join("\n"));
}

macro_rules! rules {
    ($($name:ident: $rule:path;)+) => {
        $(
            #[test]
            fn $name() {
                none($rule(&Tree::read()));
            }
        )+
    };
}

rules! {
    rooms_import_only_what_they_may: tidy::arrows::rooms;
    rooms_use_only_the_crates_they_may: tidy::arrows::crates;
    paths_into_other_rooms_start_at_the_crate: tidy::arrows::paths;
    the_core_has_no_clock_no_thread_no_float_and_no_panic: tidy::words::core;
    adapters_have_no_clock_and_no_chance_of_their_own: tidy::words::adapters;
    money_is_never_a_float: tidy::words::floats;
    nothing_unwraps_outside_tests: tidy::words::unwraps;
    nothing_is_left_for_later: tidy::words::left_for_later;
    no_test_is_skipped: tidy::words::skipped_tests;
    tests_of_the_core_never_sleep: tidy::words::sleeps;
    files_speak_of_no_machine: tidy::words::machines;
    files_are_short: tidy::sizes::files;
    functions_are_short: tidy::sizes::functions;
    lines_are_short: tidy::sizes::lines;
    files_are_named_for_what_they_hold: tidy::names::files;
    documents_named_in_the_tree_exist: tidy::names::documents;
    the_map_names_only_what_exists: tidy::names::map;
    files_begin_with_what_they_are_for: tidy::docs::headers;
    the_core_documents_what_is_public: tidy::docs::missing_docs;
    dependencies_say_why: tidy::manifest::reasons;
    benchmarks_are_declared: tidy::manifest::benches;
}
