//! Where files are looked for, and who decided it.

use std::fmt;
use std::path::{Path, PathBuf};

/// What decided a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// An argument.
    Flag(&'static str),
    /// An environment variable.
    Env(&'static str),
    /// The config file, by line.
    File(usize),
    /// Nobody: the built-in value.
    Default,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(name) => write!(f, "argument {name}"),
            Self::Env(name) => write!(f, "environment {name}"),
            Self::File(line) => write!(f, "config line {line}"),
            Self::Default => f.write_str("default"),
        }
    }
}

/// A value and what decided it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sourced<T> {
    /// The value.
    pub value: T,
    /// What decided it.
    pub source: Source,
}

/// The config file and the state directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths {
    /// `config.toml`.
    pub config: Sourced<PathBuf>,
    /// Where ledger, logs and recordings lie.
    pub state: Sourced<PathBuf>,
}

impl Paths {
    /// By argument, then by environment, then where XDG says.
    ///
    /// # Errors
    /// One sentence when neither an argument, nor the environment, nor a home names a place.
    pub fn find(
        config: Option<&Path>,
        state: Option<&Path>,
        env: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, String> {
        let config = place(config, "--config", "HOLDFAST_CONFIG", env)
            .or_else(|| xdg(env, "XDG_CONFIG_HOME", ".config", "holdfast/config.toml"))
            .ok_or("no config file is named and HOME is not set: give --config FILE")?;
        let state = place(state, "--state-dir", "HOLDFAST_STATE_DIR", env)
            .or_else(|| xdg(env, "XDG_STATE_HOME", ".local/state", "holdfast"))
            .ok_or("no state directory is named and HOME is not set: give --state-dir DIR")?;
        Ok(Self { config, state })
    }

    /// The directory of user themes, beside the config file.
    pub fn themes(&self) -> PathBuf {
        self.config.value.with_file_name("themes")
    }
}

fn place(
    flag: Option<&Path>,
    name: &'static str,
    variable: &'static str,
    env: &dyn Fn(&str) -> Option<String>,
) -> Option<Sourced<PathBuf>> {
    let by_flag = flag.map(|path| Sourced { value: path.into(), source: Source::Flag(name) });
    by_flag.or_else(|| {
        let value = env(variable).filter(|text| !text.is_empty())?;
        Some(Sourced { value: value.into(), source: Source::Env(variable) })
    })
}

fn xdg(
    env: &dyn Fn(&str) -> Option<String>,
    variable: &'static str,
    below_home: &str,
    tail: &str,
) -> Option<Sourced<PathBuf>> {
    // The XDG rules: a relative path is to be ignored.
    let base = env(variable).map(PathBuf::from).filter(|path| path.is_absolute());
    match base {
        Some(base) => Some(Sourced { value: base.join(tail), source: Source::Env(variable) }),
        None => {
            let home = env("HOME").filter(|home| !home.is_empty())?;
            let value = Path::new(&home).join(below_home).join(tail);
            Some(Sourced { value, source: Source::Default })
        }
    }
}
