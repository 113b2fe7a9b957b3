//! Tables, keys and values.

use holdfast::domain::amount::Percent;
use holdfast::domain::order::TriggerBy;
use holdfast::domain::policy::{Autonomy, OnBreach, Protection};
use holdfast::domain::time::Span;
use holdfast::settings::{Settings, Source};

use super::support::*;

#[test]
fn an_empty_config_is_the_contracts_defaults() {
    let settings = loaded("");
    let policy = settings.policy();
    assert_eq!((policy.autonomy, policy.confirmations), (Autonomy::Guard, 2));
    assert_eq!((policy.sync_interval, policy.orphan_grace), (Span::secs(30), Span::secs(30)));
    assert_eq!(policy.confirm_interval, Span::secs(2));
    assert_eq!(settings.verify_timeout.value, Span::secs(10));
    let stop = Percent("2".parse().unwrap());
    let (trigger, on_breach) = (TriggerBy::Mark, OnBreach::Close);
    assert_eq!(policy.protection, Protection { stop, trigger, on_breach });
    assert_eq!(settings.trailing.callback.value.to_string(), "0.5%");
    assert_eq!(policy.accounts, []);
    assert_eq!(settings.sync_interval.from, Source::Default);
}

#[test]
fn every_value_is_taken_and_remembers_its_line() {
    let settings = loaded(
        r#"[ledger]
url = "sqlite:books/main.db"
[engine]
autonomy = "observe"
sync_interval = "1500ms"
orphan_grace = "0s"
confirmations = 3
confirm_interval = "2m"
verify_timeout = "1h"
[protection]
stop = "1.25%"
trigger = "last"
on_breach = "alert"
[protection.trailing]
enabled = false
activation = "0%"
callback = "0.25%"
step = "0.05%"
[alerts]
"#,
    );
    assert_eq!(settings.ledger.value, settings.state_dir.value.join("books/main.db"));
    assert_eq!(settings.ledger.from, Source::Line(2));
    assert_eq!(settings.autonomy.value, Autonomy::Observe);
    assert_eq!(settings.sync_interval.value, Span(1500));
    assert_eq!(settings.sync_interval.from, Source::Line(5));
    assert_eq!(settings.orphan_grace.value, Span(0));
    assert_eq!(settings.confirmations.value, 3);
    assert_eq!(settings.confirm_interval.value, Span::secs(120));
    assert_eq!(settings.verify_timeout.value, Span::secs(3600));
    assert_eq!(settings.stop.value.to_string(), "1.25%");
    assert_eq!(settings.trigger.value, TriggerBy::Last);
    assert_eq!(settings.on_breach.value, OnBreach::Alert);
    assert!(!settings.trailing.enabled.value);
    assert_eq!(settings.trailing.step.from, Source::Line(18));
}

#[test]
fn the_contracts_own_example_is_read() {
    let settings = loaded(
        r#"
[ledger]
url = "sqlite:ledger.db"            # relative to the state dir, or postgres://user@host/db

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
# key_type = "hmac"
[account.endpoints]
# rest = "http://127.0.0.1:9101"

[alerts]
# webhook = "https://…"
"#,
    );
    assert_eq!(settings.accounts[0].name.as_str(), "main");
    let defaults = Settings { accounts: settings.accounts.clone(), ..loaded("") };
    assert_eq!(settings.policy(), defaults.policy());
}

#[test]
fn a_misspelt_key_is_named_with_its_line_and_the_nearest_known_one() {
    for (config, problem) in [
        ("\n[engin]\n", "2: unknown key `engin`: the nearest known key is `engine`"),
        (
            "[engine]\nsync_intervall = \"30s\"",
            "2: unknown key `sync_intervall` in [engine]: the nearest known key is `sync_interval`",
        ),
        (
            "[protection.trailing]\ncalback = \"1%\"",
            "2: unknown key `calback` in [protection.trailing]: \
             the nearest known key is `callback`",
        ),
        (
            "protection = { trailing = { stpe = 1 } }",
            "1: unknown key `stpe` in [protection.trailing]: the nearest known key is `step`",
        ),
        (
            "[alerts]\nwebhook = \"https://example.org\"",
            "2: unknown key `webhook` in [alerts]: no key is known here, take it out",
        ),
    ] {
        assert_eq!(problems(config), [problem.to_owned()], "{config}");
    }
    let account = format!("{ACCOUNT}api_kee = \"env:X\"");
    assert_eq!(
        problems(&account),
        ["7: unknown key `api_kee` in [account]: the nearest known key is `api_key`"]
    );
    let endpoints = format!("{ACCOUNT}[account.endpoints]\nwss_public = \"\"");
    assert_eq!(
        problems(&endpoints),
        ["8: unknown key `wss_public` in [account.endpoints]: \
             the nearest known key is `ws_public`"]
    );
}

#[test]
fn every_wrong_value_says_where_it_is_and_what_is_right() {
    let duration =
        "must be a duration above zero: an integer followed by ms, s, m or h, like \"30s\"";
    let percentage = "must be a percentage above 0% and below 100%: a decimal and %, like \"1.5%\"";
    for (table, line, problem) in [
        ("engine", "sync_interval = 30", duration),
        ("engine", "sync_interval = \"30\"", duration),
        ("engine", "sync_interval = \"30 s\"", duration),
        ("engine", "sync_interval = \"-1s\"", duration),
        ("engine", "sync_interval = \"0s\"", duration),
        ("engine", "sync_interval = \"1d\"", duration),
        ("engine", "sync_interval = \"99999999999999999999h\"", duration),
        ("engine", "sync_interval = \"9999999999999999999h\"", duration),
        (
            "engine",
            "autonomy = \"full\"",
            "must be \"observe\" or \"guard\" or \"auto\", not \"full\"",
        ),
        ("engine", "confirmations = 0", "must be a whole number from 1 to 100, without quotes"),
        ("engine", "confirmations = \"2\"", "must be a whole number from 1 to 100, without quotes"),
        ("engine", "confirmations = 2.5", "must be a whole number from 1 to 100, without quotes"),
        ("protection", "stop = 2", percentage),
        ("protection", "stop = \"2\"", percentage),
        ("protection", "stop = \"0%\"", percentage),
        ("protection", "stop = \"100%\"", percentage),
        ("protection", "stop = \"-2%\"", percentage),
        ("protection", "stop = \"1_0%\"", percentage),
        ("protection", "stop = \"0.0000000000000000001%\"", percentage),
        ("protection", "on_breach = true", "must be \"close\" or \"alert\""),
        ("protection.trailing", "enabled = \"yes\"", "must be true or false, without quotes"),
        ("ledger", "url = \"sqlite:\"", "must be sqlite:PATH, like \"sqlite:ledger.db\""),
        ("ledger", "url = \"sqlite::memory:\"", "must be sqlite:PATH, like \"sqlite:ledger.db\""),
        ("ledger", "url = \"ledger.db\"", "must be sqlite:PATH, like \"sqlite:ledger.db\""),
        ("ledger", "url = 5", "must be text: put it in quotes"),
    ] {
        let key = line.split(' ').next().unwrap();
        let expected = format!("2: {table}.{key} {problem}");
        assert_eq!(problems(&format!("[{table}]\n{line}")), [expected]);
    }
}

#[test]
fn a_table_of_the_wrong_kind_says_how_it_is_written() {
    assert_eq!(problems("engine = 3"), ["1: engine must be a table: write [engine]"]);
    let account = "[account]\nname = \"main\"";
    assert_eq!(problems(account), ["1: account must be a list of tables: write [[account]]"]);
    assert_eq!(
        problems("account = [1, 2]"),
        ["1: account must be a list of tables: write [[account]]"]
    );
}

#[test]
fn a_postgres_ledger_is_refused_without_its_password() {
    let told = problems("[ledger]\nurl = \"postgres://bob:hunter2@db/book\"");
    assert!(told[0].starts_with("2: ledger.url names a Postgres database, this version"));
    assert!(!told[0].contains("hunter2"));
}

#[test]
fn all_problems_are_told_at_once_in_the_files_order() {
    let told = problems(
        "[engine]\nautonomy = \"x\"\nsync = 1\n[protection]\nstop = 2\n[[account]]\nname = \"a\"",
    );
    let lines: Vec<&str> = told.iter().map(|line| line.split(':').next().unwrap()).collect();
    assert_eq!(lines, ["2", "3", "5", "6", "6", "6"]);
    assert_eq!(told[3], "6: [account] has no `venue`: add it");
}

#[test]
fn what_is_no_toml_is_said_with_its_line_and_without_its_text() {
    let told = problems("[engine]\nautonomy = \"guard\n# s3cr3t");
    assert!(told[0].starts_with("2: not TOML: "), "{told:?}");
    assert!(!told.concat().contains("s3cr3t") && !told.concat().contains("guard"));
    let told = problems("[engine]\nautonomy = \"guard\"\nautonomy = \"auto\"");
    assert!(told[0].starts_with("3: not TOML: duplicate key"), "{told:?}");
}

#[test]
fn a_config_that_is_not_utf8_is_refused() {
    let home = home("");
    std::fs::write(&home.config, [0xff, 0xfe]).unwrap();
    assert!(home.problems()[0].ends_with("is not UTF-8: save it as UTF-8"));
}

#[test]
fn the_template_is_a_config_without_problems_and_says_nothing_but_the_defaults() {
    let settings = loaded(Settings::template());
    assert_eq!(settings.policy(), loaded("").policy());
    // and with everything that it only mentions switched on
    let on: String = Settings::template()
        .lines()
        .map(|line| match line.strip_prefix("# ") {
            Some(rest) if rest.contains(" = ") || rest.starts_with('[') => rest,
            _ => line,
        })
        .collect::<Vec<_>>()
        .join("\n");
    let spoken = loaded(&on);
    assert_eq!(spoken.accounts[0].name.as_str(), "main");
    assert_eq!(spoken.ledger.value.file_name(), settings.ledger.value.file_name());
    let (one, two) = (spoken.policy().protection, settings.policy().protection);
    assert_eq!(one, two);
    assert_eq!(spoken.sync_interval.value, settings.sync_interval.value);
    assert_eq!(spoken.verify_timeout.value, settings.verify_timeout.value);
    assert_eq!(spoken.trailing.step.value, settings.trailing.step.value);
    assert!(matches!(spoken.trailing.step.from, Source::Line(_)));
}
