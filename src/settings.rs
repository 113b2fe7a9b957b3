//! The config file: read strictly, explained line by line, secrets kept apart.
//!
//! For: turning TOML into a policy and accounts, with all problems at once and the line of each.
//! Not for: reaching a venue or opening a ledger. A secret is only fetched by
//! [`Settings::accounts`], and nothing here can print one.
//! Door: [`Settings::load`].

mod accounts;
mod paths;
mod reader;
mod rules;
mod secrets;
mod show;
mod values;

use std::fs;
use std::path::{Path, PathBuf};

use rust_decimal::Decimal;
use secrecy::SecretString;
use toml::de::DeTable;

use crate::domain::amount::Percent;
use crate::domain::order::TriggerBy;
use crate::domain::policy::{AccountPolicy, Autonomy, OnBreach, Policy, Protection};
use crate::domain::time::Span;
use crate::domain::trail::TrailPlan;
use crate::domain::trust::Demotion;
use crate::exchange::AccountSetup;
use crate::store::refused::unread;

pub use crate::settings::accounts::AccountConfig;
pub use crate::settings::paths::{Paths, Source, Sourced};
pub use crate::settings::rules::{Rules, standing};
pub use crate::settings::values::{SecretRef, percent};

use crate::settings::reader::{At, Document, Section, on_a_line};

/// Everything the config decides, each value with what decided it.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Config file and state directory.
    pub paths: Paths,
    /// The ledger's file.
    pub ledger: Sourced<PathBuf>,
    /// `[engine]`, `[rules]` and `[protection]`.
    pub engine: Engine,
    /// `[[account]]`, in the file's order.
    pub accounts: Vec<AccountConfig>,
}

/// `[engine]`, `[rules]` and `[protection]`, each value with what decided it.
#[derive(Clone, Debug)]
pub struct Engine {
    /// How much the engine may do by itself.
    pub autonomy: Sourced<Autonomy>,
    /// Rules that stand elsewhere than `autonomy` puts them.
    pub rules: Rules,
    /// A complete look at every account this often.
    pub sync_interval: Sourced<Span>,
    /// A new position is not an orphan before this age.
    pub orphan_grace: Sourced<Span>,
    /// Complete looks that must agree.
    pub confirmations: Sourced<u32>,
    /// Between a first sighting and its confirmation.
    pub confirm_interval: Sourced<Span>,
    /// How long an open may stay unverified before it is taken back.
    pub verify_timeout: Sourced<Span>,
    /// Distance of a stop from entry.
    pub stop: Sourced<Percent>,
    /// Which price fires it.
    pub trigger: Sourced<TriggerBy>,
    /// Price already through the stop.
    pub on_breach: Sourced<OnBreach>,
    /// Trailing stops.
    pub trailing: Trailing,
}

/// `[protection.trailing]`.
#[derive(Clone, Debug)]
pub struct Trailing {
    /// Whether stops trail.
    pub enabled: Sourced<bool>,
    /// Profit against entry at which trailing starts.
    pub activation: Sourced<Percent>,
    /// Distance kept from the best price.
    pub callback: Sourced<Percent>,
    /// Smallest improvement worth an amendment.
    pub step: Sourced<Percent>,
}

/// What is wrong with the config: one sentence a problem, each with its place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct SettingsError(pub Vec<String>);

/// Looks an environment variable up in this process.
pub fn process_env(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

impl Settings {
    /// Finds, reads and checks the config.
    ///
    /// # Errors
    /// All problems, each one sentence with file and line.
    pub fn load(config: Option<&Path>, state: Option<&Path>) -> Result<Self, SettingsError> {
        let paths = Paths::find(config, state, &process_env).map_err(one)?;
        let path = &paths.config.value;
        let text = fs::read_to_string(path).map_err(|why| {
            one(match why.kind() {
                std::io::ErrorKind::NotFound => format!(
                    "there is no config at {}: write one with holdfast config init, \
                     or see holdfast demo",
                    path.display()
                ),
                _ => unread(path, &why, "--config names another file"),
            })
        })?;
        Self::parse(&text, paths)
    }

    /// Checks the text of a config.
    ///
    /// # Errors
    /// All problems, each one sentence with file and line.
    pub fn parse(text: &str, paths: Paths) -> Result<Self, SettingsError> {
        let file = paths.config.value.display().to_string();
        let document = Document::new(file.clone(), text);
        let table = DeTable::parse(text).map_err(|why| {
            let line = document.line(&why.span().unwrap_or_default());
            one(format!("{file}:{line}: {}", on_a_line(why.message())))
        })?;
        let root = Section::root(&document, table.get_ref());
        let ledger = ledger(&document, &root.table("ledger"), &paths);
        let engine = Engine::read(&document, &root);
        // Known, and without a key that this version knows.
        root.table("alerts").finish();
        let accounts = accounts::read(&document, &root);
        root.finish();
        match document.into_problems() {
            problems if problems.is_empty() => Ok(Self { paths, ledger, engine, accounts }),
            problems => Err(SettingsError(problems)),
        }
    }

    /// The commented config that `config init` writes.
    pub fn template() -> &'static str {
        include_str!("settings/template.toml")
    }

    /// The engine's part.
    pub fn policy(&self) -> Policy {
        let engine = &self.engine;
        Policy {
            autonomy: engine.autonomy.value,
            sync_interval: engine.sync_interval.value,
            orphan_grace: engine.orphan_grace.value,
            confirmations: engine.confirmations.value,
            confirm_interval: engine.confirm_interval.value,
            verify_timeout: engine.verify_timeout.value,
            rules: engine.rules.ladder(),
            protection: Protection {
                stop: engine.stop.value,
                trigger: engine.trigger.value,
                on_breach: engine.on_breach.value,
                trailing: engine.trailing.enabled.value.then_some(TrailPlan {
                    activation: engine.trailing.activation.value,
                    callback: engine.trailing.callback.value,
                    step: engine.trailing.step.value,
                }),
            },
            accounts: self.accounts.iter().map(policy_of).collect(),
        }
    }

    /// The accounts with their keys fetched, ready to be connected.
    ///
    /// # Errors
    /// One sentence for each key that cannot be had, naming where it was looked for.
    pub fn accounts(
        &self,
        env: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Vec<AccountSetup>, SettingsError> {
        let beside = self.paths.config.value.parent();
        accounts::fetch(&self.accounts, beside, env).map_err(SettingsError)
    }

    /// Every key, so that it can be kept out of something.
    ///
    /// # Errors
    /// One sentence for each that cannot be had: nothing can be searched for it.
    pub fn secrets(
        &self,
        env: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Vec<SecretString>, SettingsError> {
        let beside = self.paths.config.value.parent();
        let (mut found, mut problems) = (Vec::new(), Vec::new());
        for account in &self.accounts {
            if let Some(keys) = accounts::credentials(account, beside, env, &mut problems) {
                found.extend([keys.key, keys.secret]);
            }
        }
        if problems.is_empty() { Ok(found) } else { Err(SettingsError(problems)) }
    }

    /// The effective config as TOML, each value with what decided it, without secrets, and
    /// where every rule stands once the ledger's demotions are counted.
    pub fn show(&self, demoted: &[Demotion]) -> String {
        show::text(self, demoted)
    }
}

fn policy_of(account: &AccountConfig) -> AccountPolicy {
    AccountPolicy {
        name: account.name.clone(),
        venue: account.venue,
        autonomy: account.autonomy.as_ref().map(|said| said.value),
        rules: account.rules.ladder(),
    }
}

fn one(sentence: String) -> SettingsError {
    SettingsError(vec![sentence])
}

fn ledger(document: &Document<'_>, section: &Section<'_, '_>, paths: &Paths) -> Sourced<PathBuf> {
    let read = |text: &str| match text.split_once(':') {
        Some(("sqlite", path)) if !path.is_empty() && !path.starts_with(':') => {
            Ok(paths.state.value.join(path.strip_prefix("//").unwrap_or(path)))
        }
        // Not repeated: the URL of a database may hold a password.
        _ => Err("this version keeps its ledger in SQLite: write \"sqlite:FILE\"".to_owned()),
    };
    let default = || paths.state.value.join("ledger.db");
    or(document, section.parsed("url", read), default())
}

/// What the file says, or the built-in value.
fn or<T>(document: &Document<'_>, said: Option<At<T>>, default: T) -> Sourced<T> {
    match said {
        Some(At { value, span }) => Sourced { value, source: Source::File(document.line(&span)) },
        None => Sourced { value: default, source: Source::Default },
    }
}

impl Engine {
    fn read(document: &Document<'_>, root: &Section<'_, '_>) -> Self {
        let engine = root.table("engine");
        let protection = root.table("protection");
        let trailing = protection.table("trailing");
        let span = |key, default| or(document, engine.parsed(key, values::duration), default);
        let share = |section: &Section<'_, '_>, key, default| {
            or(document, section.parsed(key, percent), Percent(default))
        };
        let triggers = [("mark", TriggerBy::Mark), ("last", TriggerBy::Last)];
        let breaches = [("close", OnBreach::Close), ("alert", OnBreach::Alert)];
        let read = Self {
            autonomy: or(document, engine.parsed("autonomy", values::autonomy), Autonomy::Guard),
            rules: Rules::read(document, root.table("rules")),
            sync_interval: span("sync_interval", Span::secs(30)),
            orphan_grace: span("orphan_grace", Span::secs(30)),
            confirmations: or(document, engine.count("confirmations"), 2),
            confirm_interval: span("confirm_interval", Span::secs(2)),
            verify_timeout: span("verify_timeout", Span::secs(10)),
            stop: share(&protection, "stop", Decimal::TWO),
            trigger: or(
                document,
                protection.parsed("trigger", |text| values::word(text, &triggers)),
                TriggerBy::Mark,
            ),
            on_breach: or(
                document,
                protection.parsed("on_breach", |text| values::word(text, &breaches)),
                OnBreach::Close,
            ),
            trailing: Trailing {
                enabled: or(document, trailing.flag("enabled"), true),
                activation: share(&trailing, "activation", Decimal::new(15, 1)),
                callback: share(&trailing, "callback", Decimal::new(5, 1)),
                step: share(&trailing, "step", Decimal::new(1, 1)),
            },
        };
        engine.finish();
        trailing.finish();
        protection.finish();
        read
    }
}
