//! Secrets: where they may be, and that they are never seen.

use std::os::unix::fs::PermissionsExt;

use holdfast::settings::Settings;
use secrecy::ExposeSecret;

use super::support::*;

const KEY: &str = "PLANTEDvmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A";
const SECRET: &str = "PLANTEDNhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j";

fn environment(name: &str) -> Option<String> {
    match name {
        "KEY" => Some(KEY.to_owned()),
        "SECRET" => Some(format!("{SECRET}\n")),
        "EMPTY" => Some(String::new()),
        "SPACED" => Some("two words".to_owned()),
        _ => None,
    }
}

fn told(home: &Home) -> Vec<String> {
    let settings = home.settings();
    settings.resolve_all(&environment).unwrap_err().problems
}

fn write_key(home: &Home, name: &str, content: &str, mode: u32) {
    let path = home.dir.path().join(name);
    std::fs::write(&path, content).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn secrets_come_from_the_environment_without_their_line_end() {
    let settings = loaded(ACCOUNT);
    let secrets = settings.resolve(&settings.accounts[0], &environment).unwrap();
    assert_eq!(secrets.key.expose_secret(), KEY);
    assert_eq!(secrets.secret.expose_secret(), SECRET);
    let shown = format!("{secrets:?} {settings:?} {}", settings.show());
    assert!(!shown.contains("PLANTED"), "{shown}");
    assert!(settings.show().contains("api_key = \"env:KEY\""));
}

#[test]
fn secrets_come_from_a_file_beside_the_config_that_nobody_else_may_read() {
    let pem = format!("-----BEGIN PRIVATE KEY-----\n{SECRET}\n-----END PRIVATE KEY-----\n");
    let home = home(&ACCOUNT.replace("env:SECRET", "file:keys.pem"));
    write_key(&home, "keys.pem", &pem, 0o600);
    let settings = home.settings();
    let secrets = settings.resolve(&settings.accounts[0], &environment).unwrap();
    assert_eq!(secrets.secret.expose_secret(), pem.trim());
    for mode in [0o640, 0o604, 0o620, 0o644] {
        write_key(&home, "keys.pem", &pem, mode);
        let told = told(&home).concat();
        assert!(told.contains("others may read the file") && told.contains("`chmod 600` it"));
        assert!(told.contains(&format!("its mode is {mode:03o}")) && !told.contains("PLANTED"));
    }
}

#[test]
fn a_secret_that_cannot_be_had_is_named_by_its_place() {
    for (reference, problem) in [
        ("env:ABSENT", "the environment variable ABSENT is not set: set it before the start"),
        ("env:EMPTY", "env:EMPTY is empty: put the secret in it"),
        ("file:absent", "cannot be read (No such file or directory"),
        ("file:/proc", "/proc is not a file: name a file"),
        ("file:blank", "file:blank is empty"),
        ("file:large", "is too large for a key"),
        ("file:binary", "cannot be read (stream did not contain valid UTF-8)"),
    ] {
        let home = home(&ACCOUNT.replace("env:SECRET", reference));
        write_key(&home, "blank", " \n", 0o600);
        write_key(&home, "large", &"x".repeat(70_000), 0o600);
        std::fs::write(home.dir.path().join("binary"), [0xff]).unwrap();
        write_key(&home, "blank", " \n", 0o600);
        let path = home.dir.path().join("binary");
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).unwrap();
        let told = told(&home);
        assert_eq!(told.len(), 1);
        assert!(told[0].starts_with("api_secret of account `main`: "), "{told:?}");
        assert!(told[0].contains(problem), "{told:?}");
    }
    let told = told(&home(&ACCOUNT.replace("env:KEY", "env:SPACED"))).concat();
    assert!(told.contains("env:SPACED holds a space or a line break"), "{told}");
    assert!(!told.contains("two words"));
}

#[test]
fn a_literal_secret_is_refused_and_not_repeated() {
    for literal in [KEY, &format!("env:{KEY}"), "env:", "file:", "env:two words", "ENV:KEY"] {
        let told = problems(&ACCOUNT.replace("env:KEY", literal));
        assert_eq!(told.len(), 1);
        assert!(told[0].starts_with("5: account.api_key "), "{told:?}");
        assert!(told[0].contains("not shown here, it may be a secret") || literal == "file:");
        assert!(told[0].contains("write \"env:NAME\""), "{told:?}");
        assert!(!told.concat().contains("PLANTED") && !told.concat().contains("two words"));
    }
    let told = problems(&ACCOUNT.replace("\"env:SECRET\"", "5"));
    assert!(told[0].starts_with("6: account.api_secret is not a reference"), "{told:?}");
}

#[test]
fn one_key_under_two_names_is_found_when_it_is_read() {
    let second = ACCOUNT.replace("\"main\"", "\"hedge\"").replace("env:KEY", "file:same");
    let home = home(&format!("{ACCOUNT}{second}"));
    write_key(&home, "same", KEY, 0o600);
    assert_eq!(
        told(&home),
        ["accounts `main` and `hedge` have the same API key: list every key once"]
    );
}

#[test]
fn every_missing_secret_is_told_at_once() {
    let second = ACCOUNT.replace("\"main\"", "\"hedge\"").replace("env:KEY", "env:C");
    let home = home(&format!("{}{second}", ACCOUNT.replace("env:KEY", "env:A")));
    let settings = home.settings();
    let nowhere = settings.resolve_all(&|_| None).unwrap_err();
    assert_eq!(nowhere.problems.len(), 4);
    assert_eq!(nowhere.to_string().lines().count(), 4);
}

#[test]
fn a_file_of_the_home_directory_is_found_by_its_tilde() {
    let home = home(&ACCOUNT.replace("env:SECRET", "file:~/deep/key"));
    std::fs::create_dir(home.dir.path().join("deep")).unwrap();
    write_key(&home, "deep/key", SECRET, 0o400);
    let place = home.dir.path().to_str().unwrap().to_owned();
    let env =
        move |name: &str| if name == "HOME" { Some(place.clone()) } else { environment(name) };
    let settings: Settings = home.settings();
    let secrets = settings.resolve_all(&env).unwrap();
    assert_eq!(secrets[0].secret.expose_secret(), SECRET);
}
