//! What is typed wrongly gets exit 64 and a sentence; what is asked about gets help.

use crate::house::House;

#[test]
fn mistakes_on_the_command_line_exit_64_and_say_what_is_wrong() {
    let house = House::new();
    let cases: &[(&[&str], &str)] = &[
        (&["fly"], "fly"),
        (&["--colour"], "--colour"),
        (&["close", "main"], "SYMBOL"),
        (&["close", "main", "BTCUSDT", "--percent", "0"], "more than 0 % and at most 100 %"),
        (&["close", "main", "BTCUSDT", "--percent", "150"], "more than 0 % and at most 100 %"),
        (&["close", "main", "BTCUSDT", "--leg", "both"], "net (one-way mode), long or short"),
        (&["adopt", "main", "BTCUSDT", "--stop", "near"], "a price above zero, or a distance"),
        (&["open", "main", "BTCUSDT", "up", "1", "--stop", "2%"], "long or short"),
        (&["open", "main", "BTCUSDT", "long", "0", "--stop", "2%"], "above zero"),
        (&["open", "main", "BTCUSDT", "long", "some", "--stop", "2%"], "base units"),
        (&["open", "main", "BTCUSDT", "long", "1"], "--stop"),
        (&["open", "main", "BTCUSDT", "long", "1", "--stop", "100%"], "below 100 %"),
        (&["open", "main", "BTCUSDT", "long", "1", "--stop", "2%", "--trail", "5"], "like 0.5%"),
        (&["halt", "--reason", " "], "why"),
        (&["halt", "main"], "--reason"),
        (&["events", "--since", "yesterday"], "2026-11-21T02:20:00Z"),
        (&["config"], "Usage"),
        (&["sim", "--binance", "here"], "here"),
    ];
    for (args, words) in cases {
        let ran = house.run(args);
        assert_eq!(ran.code, 64, "{args:?}: {ran:?}");
        assert!(ran.err.contains(words), "{args:?} should say {words:?}: {}", ran.err);
        assert_eq!(ran.out, "", "{args:?}");
    }
}

#[test]
fn help_names_every_command_and_nothing_that_is_not_built() {
    let ran = House::new().run(&["--help"]);
    assert_eq!(ran.code, 0);
    let listed = |name: &str| ran.out.lines().any(|l| l.trim_start().starts_with(name));
    for command in ["run", "demo", "sim", "scan", "positions", "events", "close", "adopt"] {
        assert!(listed(command), "{command} is missing:\n{}", ran.out);
    }
    for command in ["open", "undo", "halt", "resume", "replay", "dump", "config", "info"] {
        assert!(listed(command), "{command} is missing:\n{}", ran.out);
    }
    for hidden in ["doctor", "worlds"] {
        assert!(!listed(hidden), "{hidden} is not for users:\n{}", ran.out);
    }
}

#[test]
fn seeds_that_there_are_not_are_counted_in_words() {
    let last = u64::MAX.to_string();
    for (seeds, said) in [("1", "there is no seed from"), ("2", "there are no 2 seeds from")] {
        let ran = House::new().run(&["worlds", "--from", &last, "--seeds", seeds]);
        assert_eq!(ran.code, 1, "{ran:?}");
        assert!(ran.sentence().contains(said), "{}", ran.err);
    }
}

#[test]
fn without_a_terminal_the_console_says_what_to_do_instead() {
    let house = House::new();
    for args in [&["demo"][..], &["demo", "--seed", "3"][..]] {
        let ran = house.run(args);
        assert_eq!(ran.code, 1, "{ran:?}");
        assert!(ran.sentence().contains("--headless"), "{}", ran.err);
    }
}

#[test]
fn version_is_the_crates() {
    let ran = House::new().run(&["--version"]);
    assert_eq!((ran.code, ran.out.trim()), (0, concat!("holdfast ", env!("CARGO_PKG_VERSION"))));
}
