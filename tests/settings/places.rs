//! Where config and state are.

use std::path::{Path, PathBuf};

use holdfast::settings::{Flags, Settings, Source};

use super::support::*;

fn places(
    flags: &Flags,
    variables: &[(&str, &str)],
) -> Result<[(PathBuf, Source); 2], Vec<String>> {
    let env = |name: &str| {
        let found = variables.iter().find(|(variable, _)| *variable == name);
        found.map(|(_, value)| (*value).to_owned())
    };
    let settings = Settings::load(flags, &env).map_err(|error| error.problems)?;
    let (config, state) = (settings.config, settings.state_dir);
    Ok([(config.value, config.from), (state.value, state.from)])
}

#[test]
fn a_flag_beats_a_variable_beats_xdg_beats_home() {
    let home = home("");
    let file = home.config.to_str().unwrap();
    let dir = home.dir.path().to_str().unwrap();
    let mut variables = vec![
        ("HOLDFAST_CONFIG", file),
        ("HOLDFAST_STATE_DIR", "/b"),
        ("XDG_CONFIG_HOME", dir),
        ("XDG_STATE_HOME", "/c"),
        ("HOME", dir),
    ];
    let [config, state] = places(&home.flags(), &variables).unwrap();
    assert_eq!(config, (home.config.clone(), Source::Flag("--config")));
    assert_eq!(state, (home.dir.path().join("state"), Source::Flag("--state-dir")));
    let none = Flags::default();
    let [config, state] = places(&none, &variables).unwrap();
    assert_eq!(config, (home.config.clone(), Source::Env("HOLDFAST_CONFIG")));
    assert_eq!(state, ("/b".into(), Source::Env("HOLDFAST_STATE_DIR")));
    variables.drain(..2);
    let [config, state] = places(&none, &variables).unwrap();
    let xdg = home.dir.path().join("holdfast/config.toml");
    assert_eq!(config, (xdg, Source::Env("XDG_CONFIG_HOME")));
    assert_eq!(state, ("/c/holdfast".into(), Source::Env("XDG_STATE_HOME")));
    variables.drain(..2);
    let [config, state] = places(&none, &variables).unwrap();
    assert_eq!(config, (home.dir.path().join(".config/holdfast/config.toml"), Source::Default));
    assert_eq!(state, (home.dir.path().join(".local/state/holdfast"), Source::Default));
}

#[test]
fn an_empty_variable_and_a_relative_xdg_place_do_not_count() {
    let variables = [("HOLDFAST_STATE_DIR", ""), ("XDG_STATE_HOME", "rel"), ("HOME", "/home/a")];
    let [_, state] = places(&Flags::default(), &variables).unwrap();
    assert_eq!(state, ("/home/a/.local/state/holdfast".into(), Source::Default));
}

#[test]
fn a_relative_flag_is_from_here() {
    let flags = Flags { state_dir: Some("some/dir".into()), config: None };
    let [_, state] = places(&flags, &[("HOME", "/nowhere")]).unwrap();
    assert_eq!(state.0, std::env::current_dir().unwrap().join("some/dir"));
}

#[test]
fn without_any_place_both_are_told() {
    let told = places(&Flags::default(), &[]).unwrap_err();
    assert_eq!(
        told,
        [
            "there is no place for the config file, $HOME is not set: name one with --config",
            "there is no place for the state directory, $HOME is not set: \
             name one with --state-dir",
        ]
    );
}

#[test]
fn a_config_at_its_default_place_may_be_missing_and_a_named_one_may_not() {
    let dir = tempfile::tempdir().unwrap();
    let at = dir.path().to_str().unwrap().to_owned();
    let env = |name: &str| (name == "HOME").then(|| at.clone());
    let settings = Settings::load(&Flags::default(), &env).unwrap();
    assert!(!settings.config_exists && settings.accounts.is_empty());
    let flags = Flags { config: Some(Path::new("/nowhere/c.toml").into()), state_dir: None };
    let told = Settings::load(&flags, &env).unwrap_err().to_string();
    assert_eq!(
        told,
        "there is no config file /nowhere/c.toml, which --config names: \
         write one with `holdfast config init`"
    );
    let flags = Flags { config: Some(dir.path().into()), state_dir: None };
    let told = Settings::load(&flags, &env).unwrap_err().to_string();
    assert!(told.contains("cannot be read (Is a directory"), "{told}");
}

#[test]
fn everything_else_lies_in_the_state_directory() {
    let home = home("");
    let settings = home.settings();
    let state = home.dir.path().join("state");
    assert_eq!(settings.ledger.value, state.join("ledger.db"));
    assert_eq!(settings.logs(), state.join("logs"));
    assert_eq!(settings.recordings(), state.join("recordings"));
    assert_eq!(settings.dumps(), state.join("dumps"));
    let elsewhere = loaded("[ledger]\nurl = \"sqlite:/var/lib/book.db\"");
    assert_eq!(elsewhere.ledger.value, Path::new("/var/lib/book.db"));
    let elsewhere = loaded("[ledger]\nurl = \"sqlite:///var/lib/book.db\"");
    assert_eq!(elsewhere.ledger.value, Path::new("/var/lib/book.db"));
}
