//! The config file's tables, one by one.
//!
//! Door: [`read`].

use std::path::{Path, PathBuf};

use toml::de::DeTable;

use crate::domain::amount::Percent;
use crate::domain::order::TriggerBy;
use crate::domain::policy::{Autonomy, OnBreach};
use crate::domain::time::Span;
use crate::settings::paths::Places;
use crate::settings::values::{Reader, Section, count, duration, percentage, text, truth, word};
use crate::settings::{Settings, SettingsError, Sourced, Trailing, account};

const ROOT: &[&str] = &["ledger", "engine", "protection", "account", "alerts"];
const LEDGER: &[&str] = &["url"];
const ENGINE: &[&str] = &[
    "autonomy",
    "sync_interval",
    "orphan_grace",
    "confirmations",
    "confirm_interval",
    "verify_timeout",
];
const PROTECTION: &[&str] = &["stop", "trigger", "on_breach", "trailing"];
const TRAILING: &[&str] = &["enabled", "activation", "callback", "step"];

pub(super) const AUTONOMY: [(&str, Autonomy); 3] =
    [("observe", Autonomy::Observe), ("guard", Autonomy::Guard), ("auto", Autonomy::Auto)];
pub(super) const TRIGGER: [(&str, TriggerBy); 2] =
    [("mark", TriggerBy::Mark), ("last", TriggerBy::Last)];
pub(super) const ON_BREACH: [(&str, OnBreach); 2] =
    [("close", OnBreach::Close), ("alert", OnBreach::Alert)];

/// Reads and checks the file's text; none is a file in which nothing is said.
pub(super) fn read(places: Places, config: Option<&str>) -> Result<Settings, SettingsError> {
    let path = places.config.value.clone();
    let source = config.unwrap_or_default();
    let mut reader = Reader::new(&path, source);
    let (root, errors) = DeTable::parse_recoverable(source);
    for error in &errors {
        // The message alone: the error's own picture of the line could show a secret.
        let byte = error.span().map_or(0, |span| span.start);
        reader.wrong(byte, &format!("not TOML: {}", error.message()));
    }
    if !errors.is_empty() {
        return Err(SettingsError { problems: reader.problems() });
    }
    let settings = tables(&mut reader, root.get_ref(), places, config.is_some());
    let problems = reader.problems();
    if problems.is_empty() { Ok(settings) } else { Err(SettingsError { problems }) }
}

fn tables<'a>(
    reader: &mut Reader<'a>,
    root: &'a DeTable<'a>,
    places: Places,
    config_exists: bool,
) -> Settings {
    let root = reader.root(root, ROOT);
    let state = places.state_dir.value.clone();
    let ledger = reader.section(root, "ledger", "ledger", LEDGER);
    let engine = reader.section(root, "engine", "engine", ENGINE);
    let protection = reader.section(root, "protection", "protection", PROTECTION);
    reader.section(root, "alerts", "alerts", &[]);
    let percent = |hundredths: i64| Percent(rust_decimal::Decimal::new(hundredths, 2));
    Settings {
        config: places.config,
        config_exists,
        state_dir: places.state_dir,
        ledger: reader.value(ledger, "url", state.join("ledger.db"), |value| {
            ledger_file(&text(value)?, &state)
        }),
        autonomy: reader.value(engine, "autonomy", Autonomy::Guard, word(&AUTONOMY)),
        sync_interval: seconds(reader, engine, "sync_interval", 30),
        orphan_grace: reader.value(engine, "orphan_grace", Span::secs(30), duration(true)),
        confirmations: reader.value(engine, "confirmations", 2, count(1..=100)),
        confirm_interval: seconds(reader, engine, "confirm_interval", 2),
        verify_timeout: seconds(reader, engine, "verify_timeout", 10),
        stop: reader.value(protection, "stop", percent(200), percentage(false)),
        trigger: reader.value(protection, "trigger", TriggerBy::Mark, word(&TRIGGER)),
        on_breach: reader.value(protection, "on_breach", OnBreach::Close, word(&ON_BREACH)),
        trailing: trailing(reader, protection, percent),
        accounts: account::read(reader, root),
    }
}

fn seconds<'a>(
    reader: &mut Reader<'a>,
    section: Section<'a>,
    key: &'static str,
    default: u64,
) -> Sourced<Span> {
    reader.value(section, key, Span::secs(default), duration(false))
}

fn trailing<'a>(
    reader: &mut Reader<'a>,
    protection: Section<'a>,
    percent: impl Fn(i64) -> Percent,
) -> Trailing {
    let section = reader.section(protection, "trailing", "protection.trailing", TRAILING);
    Trailing {
        enabled: reader.value(section, "enabled", true, truth),
        activation: reader.value(section, "activation", percent(150), percentage(true)),
        callback: reader.value(section, "callback", percent(50), percentage(false)),
        step: reader.value(section, "step", percent(10), percentage(false)),
    }
}

/// `sqlite:PATH`, relative to the state directory.
fn ledger_file(url: &str, state: &Path) -> Result<PathBuf, String> {
    let scheme = url.split(':').next().unwrap_or_default();
    if scheme == "postgres" || scheme == "postgresql" {
        // Not repeated: such a URL may hold a password.
        return Err("names a Postgres database, this version keeps its ledger in SQLite only: \
                    write \"sqlite:ledger.db\""
            .to_owned());
    }
    let path = url.strip_prefix("sqlite:").map(|path| path.strip_prefix("//").unwrap_or(path));
    match path {
        Some(path) if !path.is_empty() && !path.starts_with(':') && !path.contains(['?', '\0']) => {
            Ok(state.join(path))
        }
        _ => Err("must be sqlite:PATH, like \"sqlite:ledger.db\"".to_owned()),
    }
}
