//! What is in effect, shown.

use holdfast::settings::Settings;
use proptest::prelude::*;

use super::support::*;

#[test]
fn every_value_is_shown_with_where_it_came_from() {
    let home = home(&format!("[engine]\nsync_interval = \"5s\"\n{ACCOUNT}theme = \"li\\\"ve\"\n"));
    let shown = home.settings().show();
    let (config, state) = (home.config.display(), home.dir.path().join("state"));
    assert!(shown.starts_with(&format!("# config  {config}  (--config)\n")), "{shown}");
    assert!(shown.contains(&format!("# state   {}  (--state-dir)\n", state.display())));
    let value = |line: &str| shown.lines().find(|shown| shown.starts_with(line)).unwrap();
    assert!(value("sync_interval = \"5s\"").ends_with(" # line 2"));
    assert!(value("orphan_grace = \"30s\"").ends_with(" # default"));
    assert!(value("confirmations = 2").ends_with(" # default"));
    assert!(value("name = \"main\"").ends_with(" # line 5"));
    assert!(value("key_type = \"hmac\"").ends_with(" # default"));
    assert!(!shown.contains("[account.endpoints]"));
}

/// What matters of the settings: everything but where it came from.
fn meaning(settings: &Settings) -> impl PartialEq + std::fmt::Debug + use<> {
    let account = |a: &holdfast::settings::AccountConfig| {
        let endpoints = a.endpoints.clone();
        let (key, secret) = (a.key.clone(), a.secret.clone());
        (a.name.clone(), a.environment, key, secret, a.key_type, a.theme.clone(), endpoints)
    };
    let trailing = &settings.trailing;
    (
        settings.policy(),
        settings.ledger.value.clone(),
        settings.verify_timeout.value,
        (trailing.enabled.value, trailing.activation.value),
        (trailing.callback.value, trailing.step.value),
        settings.accounts.iter().map(account).collect::<Vec<_>>(),
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_shown_reads_back_to_the_same_settings(
        ms in 1u64..10_000_000,
        stop in 1u32..9999,
        words in (0usize..3, 0usize..2, 0usize..2, any::<bool>()),
        confirmations in 1u32..=100,
        theme in "\\PC{0,12}",
        port in 1u16..,
        name in "[a-z\"'#\\\\=\\[\\]]{1,32}",
    ) {
        let text = |value: &str| toml::Value::from(value).to_string();
        let config = format!(
            "[engine]\nsync_interval = \"{ms}ms\"\nautonomy = \"{}\"\n\
             confirmations = {confirmations}\n\
             [protection]\nstop = \"{}.{:02}%\"\ntrigger = \"{}\"\non_breach = \"{}\"\n\
             [protection.trailing]\nenabled = {}\n\
             [[account]]\nname = {}\nvenue = \"binance-usdm\"\napi_key = \"env:A\"\n\
             api_secret = {}\ntheme = {}\n\
             [account.endpoints]\nrest = \"http://127.0.0.1:{port}\"\n",
            ["observe", "guard", "auto"][words.0],
            stop / 100,
            stop % 100,
            ["mark", "last"][words.1],
            ["close", "alert"][words.2],
            words.3,
            text(&name),
            text(&format!("file:/keys/{name}")),
            text(&theme),
        );
        let home = home(&config);
        let settings = home.settings();
        std::fs::write(&home.config, settings.show()).unwrap();
        prop_assert_eq!(meaning(&home.settings()), meaning(&settings));
    }

    #[test]
    fn no_text_at_all_makes_it_panic(
        config in "(\\[{0,2}(engine|account)?\\]{0,2}|[a-z_]{0,9} ?=? ?|\"[0-9a-z%:]{0,9}\"|\n){0,9}"
    ) {
        let home = home(&config);
        Settings::load(&home.flags(), &nothing).ok();
    }
}
