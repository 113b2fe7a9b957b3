//! Files that others write: config, keys, themes, recordings, the file beside a lease.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use holdfast::domain::lease::Fence;
use holdfast::exchange::sign::Signer;
use holdfast::exchange::{Credentials, KeyKind};
use holdfast::settings::{Paths, Settings, Source, Sourced};
use holdfast::store::{LeaseFile, recorder};
use holdfast::ui::role::Role;
use holdfast::ui::theme::{Depth, Theme};
use secrecy::SecretString;
use tempfile::TempDir;

use super::promise::{keeps, line, sentence};

thread_local! {
    static PLACE: TempDir = tempfile::tempdir().expect("a place for files");
}

fn placed<T>(name: &str, bytes: &[u8], then: impl FnOnce(&Path) -> T) -> T {
    PLACE.with(|place| {
        let path = place.path().join(name);
        fs::write(&path, bytes).expect("the place takes files");
        then(&path)
    })
}

fn paths() -> Paths {
    Paths {
        config: Sourced { value: "config.toml".into(), source: Source::Default },
        state: Sourced { value: "/state".into(), source: Source::Default },
    }
}

/// A config is explained line by line, or means what it shows; and a key's file is a key or not.
pub fn config(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    secret(text);
    match Settings::parse(text, paths()) {
        Ok(settings) => shown(&settings),
        Err(problems) => {
            assert!(!problems.0.is_empty(), "wrong, and nothing is");
            for why in &problems.0 {
                sentence(why);
                placed_in(text, why);
                secrets_of(text).iter().for_each(|secret| keeps(secret, why));
            }
        }
    }
}

/// Each sentence says on which line.
fn placed_in(text: &str, why: &str) {
    let line = why.strip_prefix("config.toml:").and_then(|rest| rest.split(':').next());
    let line: usize = line.and_then(|line| line.parse().ok()).unwrap_or_default();
    let lines = text.bytes().filter(|byte| *byte == b'\n').count() + 1;
    assert!((1..=lines).contains(&line), "{why:?} of {lines} lines");
}

/// Whatever was written where a key or its secret belongs, and nowhere else in the text.
fn secrets_of(text: &str) -> Vec<String> {
    let Ok(table) = text.parse::<toml::Table>() else { return Vec::new() };
    let accounts = table.get("account").and_then(toml::Value::as_array);
    let accounts = accounts.into_iter().flatten();
    let written = accounts.flat_map(|account| {
        ["api_key", "api_secret"].map(|key| account.get(key)?.as_str().map(str::to_owned))
    });
    let is_reference = |text: &String| ["env:", "file:"].iter().any(|w| text.starts_with(w));
    let alone = |secret: &String| text.matches(secret.as_str()).count() == 1;
    written.flatten().filter(|secret| !is_reference(secret) && alone(secret)).collect()
}

/// What is shown is a config itself, and decides the same.
fn shown(settings: &Settings) {
    let text = settings.show(&[]);
    let again = Settings::parse(&text, paths());
    let again = again.unwrap_or_else(|why| panic!("what is shown is no config: {why}\n{text}"));
    assert_eq!(again.policy(), settings.policy(), "{text}");
    assert_eq!(again.accounts.len(), settings.accounts.len(), "{text}");
    let key = |name: &str| Some(format!("a key by the name of {name}"));
    if let Err(problems) = settings.accounts(&key) {
        problems.0.iter().for_each(|why| sentence(why));
    }
}

/// A secret is a key of its kind, or one sentence without any of it. What is said of other secrets
/// too is ours, whatever a line of this one has in common with it.
fn secret(text: &str) {
    const EMPTY: &str = "-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----";
    for kind in [None, Some(KeyKind::Hmac), Some(KeyKind::Rsa), Some(KeyKind::Ed25519)] {
        let Some(why) = refused(text, kind) else { continue };
        sentence(&why);
        let ours = ["", "PRIVATE KEY", EMPTY].map(|wrong| refused(wrong, kind).unwrap_or_default());
        let is_ours = |line: &&str| ours.iter().any(|said| said.contains(line.trim()));
        text.lines().filter(|line| !is_ours(line)).for_each(|line| keeps(line, &why));
    }
}

fn refused(secret: &str, kind: Option<KeyKind>) -> Option<String> {
    let key = SecretString::from("key".to_owned());
    Signer::new(&Credentials { key, secret: SecretString::from(secret.to_owned()), kind }).err()
}

/// A theme has every role at every depth, or says what is wrong with it.
pub fn theme(bytes: &[u8]) {
    placed("own.toml", bytes, |path| {
        for depth in [Depth::Rgb, Depth::Indexed, Depth::Sixteen, Depth::Mono] {
            match Theme::load("own", depth, path.parent()) {
                Ok(theme) => Role::ALL.iter().for_each(|role| {
                    theme.style(*role);
                }),
                Err(why) => sentence(&why),
            }
        }
    });
}

/// The file beside a lease: a mark, or none; and never the proof of a death.
pub fn lease(bytes: &[u8]) {
    placed("ledger.db.main.lease", bytes, |path| {
        let ledger = path.with_file_name("ledger.db");
        let open = || LeaseFile::beside(&ledger, &"main".into()).expect("a file was there");
        let (one, other) = (open(), open());
        let mark = one.mark();
        let fence = mark.as_ref().map_or(Fence(7), |mark| mark.fence);
        assert!(other.lock() && !one.proves_death(fence), "whoever holds the lock lives");
        assert!(other.renew(fence), "a mark is written over anything");
        let mark = one.mark().expect("what was written is read");
        assert_eq!((mark.fence, mark.locked), (fence, true));
    });
}

/// A recording: as its bytes lie in the file, and as the lines that were packed into it.
pub fn recording(bytes: &[u8]) {
    const NAME: &str = "20261121T022000.000Z-0001.jsonl.zst";
    placed(NAME, bytes, read);
    let mut packed = zstd::stream::write::Encoder::new(Vec::new(), 1).expect("an encoder");
    packed.write_all(bytes).expect("memory takes bytes");
    placed(NAME, &packed.finish().expect("memory takes bytes"), |path| {
        if let Some(count) = read(path) {
            let lines = bytes.split(|byte| *byte == b'\n').count();
            assert!(count < lines.max(1), "{count} inputs of {lines} lines");
        }
    });
}

fn read(path: &Path) -> Option<usize> {
    match recorder::read(path) {
        Ok(mut reader) => {
            let count = reader.by_ref().count();
            if let Some(why) = reader.torn() {
                line(why);
            }
            assert!(reader.next().is_none(), "it goes on after its end");
            Some(count)
        }
        Err(why) => {
            line(&why);
            None
        }
    }
}
