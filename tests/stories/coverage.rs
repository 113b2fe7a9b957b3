//! Every requirement on keeping positions true is shown by a story, by another test, or is named
//! here with the reason why there is nothing to show.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::table;

/// Shown by a test that is no story: the rows, the file, the test.
const ELSEWHERE: &[(&str, &str, &str)] = &[
    ("S-006", "tests/store/bots.rs", "a_row_that_makes_no_sense_is_named_by_id_and_column"),
    ("S-011 S-012 S-014", "tests/exchange/sweeps.rs", "rows_of_size_zero_are_no_positions"),
    ("S-013", "tests/exchange/bybit_account.rs", "a_long_a_short_and_a_flat_slot_in_one_page"),
    ("S-018", "tests/exchange/bybit_looks.rs", "both_settle_coins_and_both_legs_are_seen"),
    ("S-026 S-032 S-040", "tests/store/bots.rs", "a_bot_names_only_what_it_must"),
    ("S-030", "tests/store/adoption.rs", "an_adoption_makes_a_row_tells_its_id"),
    ("S-031", "tests/store/close.rs", "a_proven_close_is_booked_with_price_profit_cause"),
    ("S-155", "tests/stories/opens.rs", "the_venue_is_asked_after_half_a_second_one_two_and_two"),
    ("HOLE-12", "tests/runtime.rs", "a_recording_played_again_gives_the_same_picture"),
    ("E10", "tests/exchange/connecting.rs", "timestamps_follow_the_venue_s_clock"),
];

/// Nothing to show: history of the older bot, or wording that ours does not share.
const NOTHING_TO_SHOW: &[(&str, &str)] = &[
    ("S-009", "wording of a log line; ours are events"),
    ("S-035", "a wish for the older bot's own opening"),
    ("S-058", "a state of the older bot's opening, printed in its log"),
    ("S-059", "an exception of the older bot's opening"),
    ("S-074", "hours at which the older bot's signals came"),
    ("S-083", "hours that were saved"),
    ("S-135", "order in which the older bot was to be mended"),
];

fn required() -> Vec<String> {
    let numbered = |name: &'static str, numbers: std::ops::RangeInclusive<u32>| {
        numbers.map(move |n| format!("{name}{n}"))
    };
    let rows = (1..=207).map(|n: u32| format!("S-{n:03}"));
    let groups =
        ["E1", "E2", "E3", "E4", "E6", "E7", "E8", "E9", "E10", "E11", "E12", "E13", "E16"];
    rows.chain(numbered("A19.", 1..=18))
        .chain(numbered("B-", 1..=29))
        .chain(numbered("C-", 1..=8))
        .chain(numbered("HOLE-", 1..=12))
        .chain(groups.map(str::to_owned))
        .collect()
}

/// Rows that stories name, each with the stories.
fn told() -> BTreeMap<String, Vec<String>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
    let mut rows: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("tests/scenarios is there") {
        let path = entry.expect("readable").path();
        if path.extension().is_none_or(|e| e != "story") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("readable");
        let story = table::read(&text).expect("a story");
        let name = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        for row in story.rows {
            rows.entry(row).or_default().push(name.clone());
        }
    }
    rows
}

#[test]
fn every_requirement_is_shown_or_named_with_the_reason_why_not() {
    let told = told();
    let elsewhere = ELSEWHERE.iter().flat_map(|(rows, ..)| rows.split(' '));
    let others = NOTHING_TO_SHOW.iter().map(|(row, _)| *row);
    let named: BTreeSet<&str> = elsewhere.chain(others).collect();
    let missing: Vec<String> = required()
        .into_iter()
        .filter(|row| !told.contains_key(row) && !named.contains(row.as_str()))
        .collect();
    assert!(missing.is_empty(), "nobody shows {missing:?}");
    let twice: Vec<&&str> = named.iter().filter(|row| told.contains_key(**row)).collect();
    assert!(twice.is_empty(), "a story shows what is named as not shown: {twice:?}");
}

#[test]
fn the_tests_that_are_named_exist() {
    for (rows, file, test) in ELSEWHERE {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(file);
        let text = std::fs::read_to_string(path).expect("a test file");
        assert!(text.contains(&format!("fn {test}")), "{rows}: {file} has no {test}");
    }
}

#[test]
fn each_defect_of_the_older_bot_has_a_story_of_its_own() {
    let told = told();
    for n in 1..=18 {
        let stories = told.get(&format!("A19.{n}")).cloned().unwrap_or_default();
        let own = format!("seed_{n:02}_");
        assert!(stories.iter().any(|name| name.starts_with(&own)), "no story {own}…");
    }
}

/// A rule is named in one way only.
#[test]
fn rows_are_written_as_the_list_writes_them() {
    let required: BTreeSet<String> = required().into_iter().collect();
    for (row, stories) in told() {
        let group = row.starts_with('E') && row[1..].chars().all(|c| c.is_ascii_digit());
        let beyond = row.starts_with("S-") || row.starts_with('A');
        assert!(group || beyond || required.contains(&row), "{row} in {stories:?}");
    }
}
