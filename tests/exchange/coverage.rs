//! No recorded answer without a test.

const TESTS: [&str; 4] = [
    include_str!("fixtures_account.rs"),
    include_str!("fixtures_market.rs"),
    include_str!("fixtures_orders.rs"),
    include_str!("fixtures_stream.rs"),
];

#[test]
fn every_fixture_file_has_a_test() {
    let folder = format!("{}/tests/fixtures/binance", env!("CARGO_MANIFEST_DIR"));
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".json") || name.ends_with(".jsonl"))
        .collect();
    names.sort();
    assert!(names.len() >= 78, "fixtures are missing: {}", names.len());
    let untested: Vec<&String> =
        names.iter().filter(|name| !TESTS.iter().any(|t| t.contains(name.as_str()))).collect();
    assert_eq!(untested, Vec::<&String>::new());
}
