//! No recorded payload of Bybit without a test.

use std::path::Path;

const TESTS: [&str; 6] = [
    include_str!("bybit_account.rs"),
    include_str!("bybit_errors.rs"),
    include_str!("bybit_fills.rs"),
    include_str!("bybit_market.rs"),
    include_str!("bybit_orders.rs"),
    include_str!("bybit_stream.rs"),
];

fn names(folder: &Path, prefix: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().into_string().unwrap());
        if entry.file_type().unwrap().is_dir() {
            found.extend(names(&entry.path(), &format!("{name}/")));
        } else if name.ends_with(".json") {
            found.push(name);
        }
    }
    found
}

#[test]
fn every_fixture_file_of_bybit_has_a_test() {
    let folder = format!("{}/tests/fixtures/bybit", env!("CARGO_MANIFEST_DIR"));
    let names = names(Path::new(&folder), "");
    assert!(names.len() >= 66, "fixtures are missing: {}", names.len());
    let untested: Vec<&String> =
        names.iter().filter(|name| !TESTS.iter().any(|t| t.contains(name.as_str()))).collect();
    assert_eq!(untested, Vec::<&String>::new());
}
