//! Stories: tables that a trader can read, told to the real core in virtual time.
//! The language is described in `tests/scenarios/README.md`.

#![allow(clippy::expect_used)]

mod stories {
    mod answers;
    mod any_order;
    mod asks;
    mod believed;
    mod checks;
    mod closing;
    mod config;
    mod coverage;
    mod drifts;
    mod expect;
    mod explore;
    mod facts;
    mod faults;
    mod fuse;
    mod headers;
    mod leases;
    mod matrix;
    mod older_bot;
    mod opens;
    mod others;
    mod ratchet;
    mod rows;
    mod scenes;
    mod seeds;
    mod storms;
    mod table;
    mod telling;
    mod told;
    mod trails;
    mod trips;
    mod turns;
    mod twice;
    mod usual;
    mod venue;
    mod verbs;
    mod words;
    mod world;

    use std::path::PathBuf;

    use holdfast::domain::key::Venue;

    fn files() -> Vec<PathBuf> {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
        let only = std::env::var("STORY").unwrap_or_default();
        let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
            .expect("tests/scenarios is there")
            .map(|entry| entry.expect("readable").path())
            .filter(|path| path.extension().is_some_and(|e| e == "story"))
            .filter(|path| path.to_string_lossy().contains(&only))
            .collect();
        files.sort();
        files
    }

    #[test]
    fn every_story_says_what_it_shows_and_which_requirements() {
        for path in files() {
            let text = std::fs::read_to_string(&path).expect("readable");
            let story = table::read(&text).expect("a story");
            let name = path.file_stem().map(|s| s.to_string_lossy().into_owned());
            let venues = [None, Some("binance"), Some("bybit")];
            assert!(venues.contains(&story.only.as_deref()), "{name:?} is only told where?");
            assert!(story.title.len() > 20, "{name:?} says too little: {}", story.title);
            for row in &story.rows {
                let known = row.starts_with("S-")
                    || row.starts_with("HOLE-")
                    || row.starts_with(['A', 'B', 'C', 'E']);
                let digits = row.trim_start_matches(|c: char| !c.is_ascii_digit());
                assert!(known && !digits.is_empty(), "{name:?} covers {row}?");
            }
        }
    }

    /// `STORY=part-of-a-name` tells only some; `STORY_LOG=100` shows more of what happened.
    #[test]
    fn every_story_ends_as_told_on_binance() {
        as_told(Venue::BinanceUsdm);
    }

    #[test]
    fn every_story_ends_as_told_on_bybit() {
        as_told(Venue::BybitLinear);
    }

    fn as_told(venue: Venue) {
        let files = files();
        assert!(!files.is_empty(), "no story is called that");
        let failed: Vec<String> =
            files.iter().filter_map(|path| telling::tell(path, venue).err()).collect();
        let (bad, all) = (failed.len(), files.len());
        assert!(
            failed.is_empty(),
            "{bad} of {all} stories went another way\n\n{}",
            failed.join("\n")
        );
    }
}
