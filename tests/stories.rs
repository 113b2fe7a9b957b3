//! Stories: tables that a trader can read, told to the real core in virtual time.
//! The language is described in `tests/scenarios/README.md`.

mod stories {
    mod answers;
    mod believed;
    mod checks;
    mod expect;
    mod faults;
    mod ledger;
    mod table;
    mod telling;
    mod venue;
    mod verbs;
    mod world;

    use std::path::PathBuf;

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

    /// `STORY=part-of-a-name` tells only some; `STORY_LOG=100` shows more of what happened.
    #[test]
    fn every_story_ends_as_told() {
        let files = files();
        assert!(!files.is_empty(), "no story is called that");
        let failed: Vec<String> =
            files.iter().filter_map(|path| telling::tell(path).err()).collect();
        let (bad, all) = (failed.len(), files.len());
        assert!(
            failed.is_empty(),
            "{bad} of {all} stories went another way\n\n{}",
            failed.join("\n")
        );
    }
}
