//! `config` and `info`: a first config, what is wrong with one, what is in force.

use std::os::unix::fs::PermissionsExt;

use crate::house::House;

const ACCOUNT: &str = "[[account]]\nname = \"main\"\nvenue = \"binance-usdm\"\n";

#[test]
fn the_first_config_is_written_once_and_is_fine_as_it_is() {
    let house = House::new();
    let wrote = house.run(&["config", "init"]);
    assert_eq!(wrote.code, 0, "{wrote:?}");
    let text = std::fs::read_to_string(house.config()).unwrap();
    assert!(text.contains("autonomy") && text.contains("[[account]]"));

    let checked = house.run(&["config", "check"]);
    assert_eq!(checked.code, 0, "{checked:?}");
    assert!(checked.out.contains("is fine"), "{}", checked.out);

    std::fs::write(house.config(), format!("{text}\n# mine\n")).unwrap();
    let again = house.run(&["config", "init"]);
    assert_eq!(again.code, 1);
    assert!(again.sentence().contains("left as it is"), "{}", again.err);
    assert!(std::fs::read_to_string(house.config()).unwrap().ends_with("# mine\n"));
}

#[test]
fn without_a_config_the_sentence_says_how_to_get_one() {
    let ran = House::new().run(&["run", "--headless"]);
    assert_eq!(ran.code, 1);
    assert!(ran.sentence().contains("holdfast config init"), "{}", ran.err);
}

#[test]
fn a_config_without_accounts_has_nothing_to_run() {
    let house = House::new();
    house.configure("");
    for args in [&["run", "--headless"][..], &["scan"][..]] {
        let ran = house.run(args);
        assert_eq!(ran.code, 1, "{args:?}");
        assert!(ran.sentence().contains("names no account"), "{args:?}: {}", ran.err);
    }
}

#[test]
fn an_unknown_key_is_named_with_its_line_and_the_nearest_known_one() {
    let house = House::new();
    house.configure("[engine]\nautonmy = \"guard\"\n");
    let ran = house.run(&["config", "check"]);
    assert_eq!(ran.code, 1);
    let sentence = ran.sentence();
    for part in ["config.toml:2", "autonmy", "autonomy"] {
        assert!(sentence.contains(part), "{part} is missing: {sentence}");
    }
}

#[test]
fn a_secret_in_the_config_is_refused_and_never_repeated() {
    let house = House::new();
    house
        .configure(&format!("{ACCOUNT}api_key = \"env:TEST_KEY\"\napi_secret = \"sup3rs3cret\"\n"));
    for args in [&["config", "check"][..], &["config", "show"][..], &["scan"][..]] {
        let ran = house.run(args);
        assert_eq!(ran.code, 1, "{args:?}");
        assert!(ran.sentence().contains("env:"), "{}", ran.err);
        assert!(!ran.err.contains("sup3rs3cret") && !ran.out.contains("sup3rs3cret"));
    }
}

#[test]
fn a_key_file_that_others_may_read_is_refused() {
    let house = House::new();
    let file = house.path("k");
    std::fs::write(&file, "abc").unwrap();
    std::fs::set_permissions(&file, PermissionsExt::from_mode(0o644)).unwrap();
    let place = format!("file:{}", file.display());
    house.configure(&format!("{ACCOUNT}api_key = \"{place}\"\napi_secret = \"env:HOME\"\n"));
    let ran = house.run(&["config", "check"]);
    assert_eq!(ran.code, 1);
    assert!(ran.sentence().contains("600"), "{}", ran.err);
}

#[test]
fn plain_http_is_for_loopback_only() {
    let house = House::new();
    house.configure(&format!(
        "{ACCOUNT}api_key = \"env:HOME\"\napi_secret = \"env:HOME\"\n\
         [account.endpoints]\nrest = \"http://example.org\"\n"
    ));
    let ran = house.run(&["config", "check"]);
    assert_eq!(ran.code, 1);
    assert!(ran.sentence().contains("https"), "{}", ran.err);
}

#[test]
fn what_is_in_force_is_shown_with_its_source_and_without_keys() {
    let house = House::new();
    house.configure(&format!(
        "[engine]\nsync_interval = \"5s\"\n{ACCOUNT}api_key = \"env:TEST_KEY\"\n\
         api_secret = \"env:TEST_SECRET\"\n"
    ));
    std::fs::write(house.path("secret"), "sup3rs3cret").unwrap();
    let ran = house.run(&["config", "show"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let line = ran.out.lines().find(|line| line.contains("sync_interval")).unwrap();
    assert!(line.contains("5s") && line.contains("line 2"), "{line}");
    let line = ran.out.lines().find(|line| line.contains("orphan_grace")).unwrap();
    assert!(line.contains("30s") && line.contains("default"), "{line}");
    assert!(!ran.out.contains("sup3rs3cret"));
}

#[test]
fn info_names_every_path_and_what_decided_it() {
    let house = House::new();
    let ran = house.run(&["info", "--state-dir", "elsewhere"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let line = |name: &str| {
        ran.out.lines().find(|line| line.starts_with(name)).map(str::to_owned).unwrap()
    };
    assert!(ran.out.contains(env!("CARGO_PKG_VERSION")));
    assert!(line("config").contains("environment HOLDFAST_CONFIG"), "{}", line("config"));
    assert!(line("state").contains("argument --state-dir"), "{}", line("state"));
    for name in ["themes", "ledger", "logs", "recordings", "dumps"] {
        line(name);
    }
}

const KEYS: &str = "api_key = \"env:TEST_KEY\"\napi_secret = \"env:TEST_SECRET\"\n";

#[test]
fn what_the_ledger_holds_back_is_shown_beside_the_config() {
    let house = House::new();
    house.configure(&format!("{ACCOUNT}{KEYS}"));
    let held = "close_phantom    propose  demoted since 2026-11-21T14:02:00.000Z by undo of r-0042";
    let shown = house.run(&["config", "show"]);
    assert_eq!(shown.code, 0, "without a ledger: {shown:?}");
    assert!(shown.out.contains("close_phantom    repair   engine.autonomy = guard, default"));

    house.make_ledger();
    house.sql(
        "INSERT INTO demotions (account, rule, repair_id, demoted_at)
         VALUES ('main', 'close_phantom', 'r-0042', '2026-11-21T14:02:00.000Z')",
    );
    let shown = house.run(&["config", "show"]);
    assert_eq!(shown.code, 0, "{shown:?}");
    assert!(shown.out.contains(held), "{}", shown.out);

    house.sql("UPDATE demotions SET restored_at = demoted_at");
    assert!(!house.run(&["config", "show"]).out.contains("demoted"));
}

#[test]
fn a_ledger_from_before_the_rules_or_of_no_use_hides_no_config() {
    let house = House::new();
    house.configure(&format!("{ACCOUNT}{KEYS}"));
    house.make_ledger();
    house.sql("DROP TABLE demotions");
    house.sql("PRAGMA user_version = 1");
    let shown = house.run(&["config", "show"]);
    assert_eq!((shown.code, shown.err.as_str()), (0, ""), "{shown:?}");
    assert!(shown.out.contains("[engine]") && !shown.out.contains("not known"), "{}", shown.out);

    std::fs::write(house.path("state/ledger.db"), "this is no database, it is a text").unwrap();
    let shown = house.run(&["config", "show"]);
    assert_eq!(shown.code, 0, "{shown:?}");
    assert!(shown.out.contains("[engine]"), "{}", shown.out);
    assert!(shown.out.contains("# what the ledger holds back is not known: "), "{}", shown.out);
}

#[test]
fn accounts_on_both_venues_are_checked_and_named_with_their_venue() {
    let house = House::new();
    std::fs::write(house.path("key"), "k").unwrap();
    std::fs::write(house.path("secret"), "s").unwrap();
    let by = ACCOUNT.replace("main", "by").replace("binance-usdm", "bybit-linear");
    house.configure(&format!("{ACCOUNT}{KEYS}{by}{KEYS}"));
    let checked = house.run(&["config", "check"]);
    assert_eq!(checked.code, 0, "{checked:?}");
    assert!(checked.out.contains("main (binance-usdm), by (bybit-linear)"), "{}", checked.out);
}

#[test]
fn a_config_that_cannot_be_read_names_the_option_for_another() {
    let house = House::new();
    let dir = house.path("some");
    std::fs::create_dir(&dir).unwrap();
    let dir = dir.to_str().unwrap();
    for command in [&["run", "--headless"][..], &["config", "check"]] {
        let args: Vec<&str> = ["--config", dir].iter().chain(command).copied().collect();
        let ran = house.run(&args);
        assert_eq!(ran.code, 1, "{ran:?}");
        let cure = "cannot be read (Is a directory): --config names another file";
        assert!(ran.sentence().ends_with(cure), "{}", ran.err);
    }
    std::fs::write(house.path("file"), "").unwrap();
    let below = house.path("file/config.toml");
    let ran = house.run(&["--config", below.to_str().unwrap(), "config", "init"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.sentence().ends_with("--config names another place"), "{}", ran.err);
    assert!(!ran.err.contains("os error"), "{}", ran.err);
}
