//! The config at its door: what is accepted, and the one sentence for what is not.

#![allow(clippy::expect_used, clippy::unwrap_used)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use holdfast::domain::policy::{Autonomy, OnBreach};
use holdfast::domain::time::Span;
use holdfast::domain::trust::Duty;
use holdfast::settings::{Paths, Settings, Source, Sourced};

#[path = "settings/rules.rs"]
mod rules;
#[path = "settings/venues.rs"]
mod venues;

fn paths() -> Paths {
    Paths {
        config: Sourced { value: "config.toml".into(), source: Source::Default },
        state: Sourced { value: "/state".into(), source: Source::Default },
    }
}

fn parse(text: &str) -> Settings {
    Settings::parse(text, paths()).unwrap_or_else(|why| panic!("{why}"))
}

fn problems(text: &str) -> String {
    Settings::parse(text, paths()).expect_err("this config is wrong").to_string()
}

const ACCOUNT: &str = r#"
[[account]]
name = "main"
venue = "binance-usdm"
api_key = "env:KEY"
api_secret = "env:SECRET"
"#;

/// The whole config of the contract, as a user may copy it.
const CONTRACT: &str = r#"
[ledger]
url = "sqlite:ledger.db"
[engine]
autonomy = "guard"
sync_interval = "30s"
orphan_grace = "30s"
confirmations = 2
confirm_interval = "2s"
verify_timeout = "10s"
[protection]
stop = "2%"
trigger = "mark"
on_breach = "close"
[protection.trailing]
enabled = true
activation = "1.5%"
callback = "0.5%"
step = "0.1%"
[[account]]
name = "main"
venue = "binance-usdm"
environment = "mainnet"
api_key = "env:BINANCE_KEY"
api_secret = "env:BINANCE_SECRET"
key_type = "hmac"
theme = "live"
[account.endpoints]
rest = "http://127.0.0.1:9101"
rest_spot = "http://127.0.0.1:9101"
ws_public = "ws://127.0.0.1:9101"
ws_private = "ws://[::1]:9101"
[alerts]
"#;

#[test]
fn the_contracts_config_is_understood_value_by_value() {
    let settings = parse(CONTRACT.trim_end_matches("[alerts]\n"));
    let policy = settings.policy();
    assert_eq!(policy.autonomy, Autonomy::Guard);
    assert_eq!(policy.sync_interval, Span::secs(30));
    assert_eq!(policy.confirm_interval, Span::secs(2));
    assert_eq!(policy.protection.on_breach, OnBreach::Close);
    assert_eq!(policy.protection.stop.to_string(), "2%");
    assert_eq!(settings.ledger.value, PathBuf::from("/state/ledger.db"));
    assert_eq!(settings.accounts[0].endpoints.rest, "http://127.0.0.1:9101");
    assert_eq!(settings.engine.trailing.activation.value.to_string(), "1.5%");
}

#[test]
fn an_empty_config_is_all_defaults_and_the_template_says_the_same() {
    let (empty, template) = (parse(""), parse(Settings::template()));
    assert_eq!(empty.policy(), template.policy());
    assert_eq!(empty.ledger.value, template.ledger.value);
    assert_eq!(empty.engine.autonomy.source, Source::Default);
}

#[test]
fn the_template_names_every_setting_that_there_is() {
    let shown = parse("").show(&[]);
    let template = Settings::template();
    for line in shown.lines().filter(|line| !line.starts_with('#')) {
        let name = line.split(" = ").next().unwrap_or(line);
        let named = |written: &str| written.trim_start_matches("# ").starts_with(name);
        assert!(template.lines().any(named), "{name} is not in the template");
    }
}

#[test]
fn the_template_with_its_account_uncommented_is_valid() {
    let mut text = String::new();
    for line in Settings::template().lines() {
        let setting = line.strip_prefix("# ").filter(|l| l.contains(" = ") || l.starts_with('['));
        text.push_str(setting.unwrap_or(line));
        text.push('\n');
    }
    let settings = parse(&text);
    let venues: Vec<_> = settings.accounts.iter().map(|account| account.venue.name()).collect();
    assert_eq!(venues, ["binance-usdm", "bybit-linear"]);
    // What stands there commented out is what holds without it.
    assert_eq!(settings.engine.rules.iter().count(), 5);
    for duty in Duty::ALL {
        for account in &settings.accounts {
            let name = &account.name;
            assert_eq!(settings.policy().trust(name, duty), duty.preset(Autonomy::Guard));
        }
    }
}

#[test]
fn what_is_shown_reads_back_to_the_same_config() {
    let settings = parse(CONTRACT.trim_end_matches("[alerts]\n"));
    let shown = settings.show(&[]);
    let again = parse(&shown);
    assert_eq!(again.policy(), settings.policy());
    assert_eq!(again.accounts, settings.accounts);
    assert!(shown.contains("# config line 5"), "{shown}");
}

#[test]
fn an_unknown_key_names_its_line_and_the_nearest_known_one() {
    let text = problems("[engine]\nautonomy = \"guard\"\nsync_intervall = \"30s\"\n");
    assert_eq!(
        text,
        "config.toml:3: unknown key engine.sync_intervall; \
         the nearest known key is engine.sync_interval"
    );
    let text = problems(&format!("{ACCOUNT}api_kee = \"env:X\"\n"));
    assert!(text.contains("config.toml:7: unknown key account.api_kee"), "{text}");
    assert!(text.contains("nearest known key is account.api_key"), "{text}");
    assert!(problems("[alert]\n").contains("unknown key alert"));
}

#[test]
fn all_problems_are_told_at_once_in_the_order_of_the_file() {
    let text =
        problems("[engine]\nautonomy = \"gard\"\nsync_interval = \"30\"\nconfirmations = 0\n");
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines.len(), 3, "{text}");
    assert!(lines[0].starts_with("config.toml:2: engine.autonomy: \"gard\" is not one of"));
    assert!(lines[1].starts_with("config.toml:3: engine.sync_interval:"));
    assert!(lines[2].starts_with("config.toml:4: engine.confirmations must be a whole number"));
}

#[test]
fn values_of_the_wrong_kind_get_a_sentence() {
    for (setting, part) in [
        ("[engine]\nsync_interval = 30", "must be text in quotes"),
        ("[engine]\nsync_interval = \"0s\"", "more than nothing"),
        ("[engine]\nsync_interval = \"5d\"", "ms, s, m or h"),
        ("[engine]\nsync_interval = \"99999999h\"", "longer than a year"),
        ("[protection]\nstop = \"2\"", "write 2% or 0.5%"),
        ("[protection]\nstop = \"0%\"", "above 0%"),
        ("[protection]\nstop = \"101%\"", "at most 100%"),
        ("[protection.trailing]\nenabled = \"yes\"", "true or false"),
        ("engine = 1", "must be a table, not an integer"),
        ("account = 1", "[[account]]"),
        ("[ledger]\nurl = \"postgres://u@h/db\"", "SQLite"),
        ("[ledger]\nurl = ", "config.toml:2"),
    ] {
        let text = problems(setting);
        assert!(text.contains(part), "{setting:?} gave {text:?}");
    }
}

#[test]
fn a_secret_in_the_config_is_refused_and_not_repeated() {
    let planted = "dbefbc809e3e83c283a984c3a1459732";
    let text = problems(&ACCOUNT.replace("env:SECRET", planted));
    assert!(text.contains("config.toml:6: account.api_secret: a key never stands in the config"));
    assert!(!text.contains(planted));
}

#[test]
fn plain_http_is_for_loopback_only() {
    for (host, fine) in [
        ("http://127.0.0.1:9101", true),
        ("http://localhost:1", true),
        ("http://[::1]:9101", true),
        ("https://proxy.example", true),
        ("http://10.0.0.8:9101", false),
        ("http://127.0.0.1.example.com", false),
        ("http://localhost@evil.example", false),
        ("ftp://127.0.0.1", false),
        ("127.0.0.1:80", false),
    ] {
        let text = format!("{ACCOUNT}[account.endpoints]\nrest = \"{host}\"\n");
        assert_eq!(Settings::parse(&text, paths()).is_ok(), fine, "{host}");
    }
}

#[test]
fn accounts_must_be_complete_and_different() {
    let text = problems("[[account]]\nname = \"a\"\n");
    for key in ["venue", "api_key", "api_secret"] {
        assert!(text.contains(&format!("this account has no {key}")), "{text}");
    }
    let twice = format!("{ACCOUNT}{ACCOUNT}");
    let text = problems(&twice);
    assert!(text.contains("account main is already described in line 2"), "{text}");
    assert!(text.contains("the key env:KEY is already used in line 2"), "{text}");
    let text = problems(&ACCOUNT.replace("binance-usdm", "bybit"));
    assert!(text.contains("write binance-usdm or bybit-linear"), "{text}");
}

#[test]
fn the_same_key_under_two_names_is_found_when_it_is_fetched() {
    let second = ACCOUNT.replace("main", "other").replace("env:KEY", "env:KEY2");
    let settings = parse(&format!("{ACCOUNT}{second}"));
    let why = settings.accounts(&|_| Some("same".to_owned())).expect_err("one key, two names");
    assert!(why.to_string().contains("main and other have the same key"));
    assert!(!why.to_string().contains("same\""));
}

#[test]
fn a_missing_variable_and_an_open_key_file_are_named() {
    let settings = parse(ACCOUNT);
    let why = settings.accounts(&|_| None).expect_err("nothing is set").to_string();
    assert!(why.contains("account main: api_key: the environment variable KEY is not set"));

    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("key");
    fs::write(&file, "s3cr3t-planted\n").unwrap();
    let config = ACCOUNT.replace("env:SECRET", &format!("file:{}", file.display()));
    let env = |name: &str| (name == "KEY").then(|| "k".to_owned());

    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    let why = parse(&config).accounts(&env).expect_err("others can read it").to_string();
    assert!(why.contains("chmod 600"), "{why}");
    assert!(!why.contains("s3cr3t"));

    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    let accounts = parse(&config).accounts(&env).unwrap();
    assert!(!format!("{accounts:?}").contains("s3cr3t"));
}

#[test]
fn paths_are_found_by_flag_then_environment_then_xdg_then_home() {
    let env = |pairs: &'static [(&'static str, &'static str)]| {
        move |name: &str| pairs.iter().find(|(key, _)| *key == name).map(|(_, v)| (*v).to_owned())
    };
    let home = env(&[("HOME", "/u")]);
    let found = Paths::find(None, None, &home).unwrap();
    assert_eq!(found.config.value, PathBuf::from("/u/.config/holdfast/config.toml"));
    assert_eq!(found.state.value, PathBuf::from("/u/.local/state/holdfast"));

    let xdg = env(&[("HOME", "/h"), ("XDG_STATE_HOME", "/x"), ("XDG_CONFIG_HOME", "relative")]);
    let found = Paths::find(None, None, &xdg).unwrap();
    assert_eq!(found.state.value, PathBuf::from("/x/holdfast"));
    assert_eq!(found.config.value, PathBuf::from("/h/.config/holdfast/config.toml"));

    let own = env(&[("HOLDFAST_CONFIG", "/c.toml"), ("HOLDFAST_STATE_DIR", "/s")]);
    let found = Paths::find(None, Some("/flag".as_ref()), &own).unwrap();
    assert_eq!(found.config.source, Source::Env("HOLDFAST_CONFIG"));
    assert_eq!(found.state.source, Source::Flag("--state-dir"));
    assert!(Paths::find(None, None, &env(&[])).unwrap_err().contains("HOME is not set"));
}

#[test]
fn a_key_or_password_in_the_wrong_place_is_not_repeated() {
    let planted = "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A";
    for config in [
        ACCOUNT.replace("env:KEY", &format!("env:{planted}")),
        ACCOUNT.replace("env:KEY", &format!("env:${{{planted}}}")),
        format!("[ledger]\nurl = \"postgres://bob:{planted}@db/book\""),
        format!("{ACCOUNT}[account.endpoints]\nrest = \"https://bob:{planted}@example.org\""),
    ] {
        let text = problems(&config);
        assert!(text.starts_with("config.toml:") && !text.contains(planted), "{text}");
    }
}

#[test]
fn alerts_are_known_and_have_no_key_yet() {
    assert_eq!(parse(CONTRACT).policy(), parse(CONTRACT.trim_end_matches("[alerts]\n")).policy());
    let text = problems("[alerts]\nwebhook = \"https://example.org\"");
    assert_eq!(text, "config.toml:2: unknown key alerts.webhook");
}

#[test]
fn the_ledger_may_lie_anywhere_but_in_memory() {
    for (url, file) in [
        ("sqlite:b.db", "/state/b.db"),
        ("sqlite:/var/b.db", "/var/b.db"),
        ("sqlite:///var/b.db", "/var/b.db"),
    ] {
        let settings = parse(&format!("[ledger]\nurl = \"{url}\""));
        assert_eq!(settings.ledger.value, PathBuf::from(file), "{url}");
    }
    assert!(problems("[ledger]\nurl = \"sqlite::memory:\"").contains("write \"sqlite:FILE\""));
}

#[test]
fn a_key_file_is_found_beside_the_config_and_in_the_home_directory() {
    let dir = tempfile::tempdir().unwrap();
    for name in ["key", "secret"] {
        let path = dir.path().join(name);
        fs::write(&path, format!("{name}-text\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    }
    let text = ACCOUNT.replace("env:KEY", "file:key").replace("env:SECRET", "file:~/secret");
    let config = Sourced { value: dir.path().join("config.toml"), source: Source::Default };
    let settings = Settings::parse(&text, Paths { config, ..paths() }).unwrap();
    let home = dir.path().display().to_string();
    let found = settings.accounts(&|name| (name == "HOME").then(|| home.clone())).unwrap();
    assert_eq!(found.len(), 1);
}
