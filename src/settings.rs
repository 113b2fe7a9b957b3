//! What the operator asks for: the config file, the environment and the flags, as one value.
//!
//! For: reading and checking CONTRACT.md section 3, every problem at once and each with its line;
//! remembering where each value came from; resolving secrets, as a step of its own. Not for:
//! acting on any of it.
//! Door: [`Settings::load`], [`Settings::resolve`], [`Settings::show`], [`Settings::template`].

mod account;
mod file;
mod paths;
mod secret;
mod show;
mod values;

use std::fmt;
use std::path::{Path, PathBuf};

use crate::domain::amount::Percent;
use crate::domain::order::TriggerBy;
use crate::domain::policy::{AccountPolicy, Autonomy, OnBreach, Policy, Protection};
use crate::domain::time::Span;

pub use account::{AccountConfig, EndpointOverrides, Environment, KeyType};
pub use secret::{SecretRef, Secrets};

/// What was said on the command line.
#[derive(Clone, Debug, Default)]
pub struct Flags {
    /// `--config FILE`
    pub config: Option<PathBuf>,
    /// `--state-dir DIR`
    pub state_dir: Option<PathBuf>,
}

/// Looks up an environment variable. The program passes [`process_env`].
pub type Env<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The environment of this process; a variable that is not UTF-8 counts as not set.
pub fn process_env(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// Where a value came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A flag on the command line.
    Flag(&'static str),
    /// An environment variable.
    Env(&'static str),
    /// This line of the config file.
    Line(usize),
    /// Nobody said anything else.
    Default,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(flag) => f.write_str(flag),
            Self::Env(name) => write!(f, "${name}"),
            Self::Line(line) => write!(f, "line {line}"),
            Self::Default => f.write_str("default"),
        }
    }
}

/// A value that remembers where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sourced<T> {
    /// The value.
    pub value: T,
    /// Where it came from.
    pub from: Source,
}

/// How trailing stops are to follow the price. Read and checked with the rest of the config;
/// no rule of the engine reads it, so positions keep the fixed stop of `[protection]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trailing {
    /// Whether stops trail.
    pub enabled: Sourced<bool>,
    /// Profit against entry at which trailing starts.
    pub activation: Sourced<Percent>,
    /// Distance kept from the best price.
    pub callback: Sourced<Percent>,
    /// Smallest improvement worth an amendment, of the entry price.
    pub step: Sourced<Percent>,
}

/// The effective settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The config file.
    pub config: Sourced<PathBuf>,
    /// Whether it exists; without one everything is as by default and there is no account.
    pub config_exists: bool,
    /// The state directory, absolute.
    pub state_dir: Sourced<PathBuf>,
    /// The ledger's file, absolute.
    pub ledger: Sourced<PathBuf>,
    /// How much the engine may do by itself.
    pub autonomy: Sourced<Autonomy>,
    /// A complete look at every account this often.
    pub sync_interval: Sourced<Span>,
    /// A new position is not an orphan before this age.
    pub orphan_grace: Sourced<Span>,
    /// Complete looks that must agree before a finding is acted upon.
    pub confirmations: Sourced<u32>,
    /// Between a first sighting and its confirmation look.
    pub confirm_interval: Sourced<Span>,
    /// How long an open may stay unverified.
    pub verify_timeout: Sourced<Span>,
    /// A stop's distance from entry.
    pub stop: Sourced<Percent>,
    /// Which price fires a stop.
    pub trigger: Sourced<TriggerBy>,
    /// What to do when the price is already through a stop.
    pub on_breach: Sourced<OnBreach>,
    /// Trailing stops.
    pub trailing: Trailing,
    /// The accounts, in the file's order.
    pub accounts: Vec<AccountConfig>,
}

/// Everything that is wrong with the settings, one sentence each.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .problems.join("\n"))]
pub struct SettingsError {
    /// What, where, and how to mend it.
    pub problems: Vec<String>,
}

impl From<String> for SettingsError {
    fn from(problem: String) -> Self {
        Self { problems: vec![problem] }
    }
}

impl Settings {
    /// Finds the places, reads the config file and checks all of it. A file at the default
    /// place may be missing; one that was named may not. No secret is read.
    ///
    /// # Errors
    /// Every problem there is, not only the first.
    pub fn load(flags: &Flags, env: Env<'_>) -> Result<Self, SettingsError> {
        let places = paths::find(flags, env)?;
        let text = paths::read(&places.config)?;
        file::read(places, text.as_deref())
    }

    /// The commented config that `config init` writes.
    pub fn template() -> &'static str {
        include_str!("settings/template.toml")
    }

    /// The effective config as TOML that reads back to the same settings; each value with where
    /// it came from. Secrets are shown as the references they are.
    pub fn show(&self) -> String {
        show::toml(self)
    }

    /// Reads an account's key and secret from where the config says they are.
    ///
    /// # Errors
    /// A variable that is not set, a file that is missing or that others may read.
    pub fn resolve(&self, account: &AccountConfig, env: Env<'_>) -> Result<Secrets, SettingsError> {
        secret::resolve(account, self.config.value.parent(), env)
    }

    /// Reads the secrets of every account, in their order.
    ///
    /// # Errors
    /// Every problem there is; also when two accounts turn out to have the same key.
    pub fn resolve_all(&self, env: Env<'_>) -> Result<Vec<Secrets>, SettingsError> {
        secret::resolve_all(&self.accounts, self.config.value.parent(), env)
    }

    /// What the engine is told.
    pub fn policy(&self) -> Policy {
        let account = |account: &AccountConfig| AccountPolicy {
            name: account.name.clone(),
            venue: account.venue,
        };
        Policy {
            autonomy: self.autonomy.value,
            sync_interval: self.sync_interval.value,
            orphan_grace: self.orphan_grace.value,
            confirmations: self.confirmations.value,
            confirm_interval: self.confirm_interval.value,
            protection: Protection {
                stop: self.stop.value,
                trigger: self.trigger.value,
                on_breach: self.on_breach.value,
            },
            accounts: self.accounts.iter().map(account).collect(),
        }
    }

    /// Where logs go.
    pub fn logs(&self) -> PathBuf {
        self.within("logs")
    }

    /// Where recordings go.
    pub fn recordings(&self) -> PathBuf {
        self.within("recordings")
    }

    /// Where dumps of a broken screen or engine go.
    pub fn dumps(&self) -> PathBuf {
        self.within("dumps")
    }

    fn within(&self, name: &str) -> PathBuf {
        Path::new(&self.state_dir.value).join(name)
    }
}
