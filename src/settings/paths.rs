//! Where the config and the state are: flag, then variable, then the XDG places.
//!
//! Door: [`find`], [`read`].

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::settings::{Env, Flags, SettingsError, Source, Sourced};

/// The config file and the state directory, absolute.
pub(super) struct Places {
    pub(super) config: Sourced<PathBuf>,
    pub(super) state_dir: Sourced<PathBuf>,
}

/// One place, and how the operator may name it.
struct Place {
    what: &'static str,
    flag: &'static str,
    variable: &'static str,
    xdg: &'static str,
    home: &'static str,
    name: &'static str,
}

const CONFIG: Place = Place {
    what: "config file",
    flag: "--config",
    variable: "HOLDFAST_CONFIG",
    xdg: "XDG_CONFIG_HOME",
    home: ".config",
    name: "holdfast/config.toml",
};

const STATE: Place = Place {
    what: "state directory",
    flag: "--state-dir",
    variable: "HOLDFAST_STATE_DIR",
    xdg: "XDG_STATE_HOME",
    home: ".local/state",
    name: "holdfast",
};

pub(super) fn find(flags: &Flags, env: Env<'_>) -> Result<Places, SettingsError> {
    let config = CONFIG.find(flags.config.as_deref(), env);
    let state_dir = STATE.find(flags.state_dir.as_deref(), env);
    match (config, state_dir) {
        (Ok(config), Ok(state_dir)) => Ok(Places { config, state_dir }),
        (config, state_dir) => {
            let problems = config.err().into_iter().chain(state_dir.err()).collect();
            Err(SettingsError { problems })
        }
    }
}

impl Place {
    fn find(&self, flag: Option<&Path>, env: Env<'_>) -> Result<Sourced<PathBuf>, String> {
        let set = |name: &str| env(name).filter(|value| !value.is_empty());
        // The XDG rules: a relative path is invalid and not used.
        let xdg = |name: &str| set(name).map(PathBuf::from).filter(|path| path.is_absolute());
        let (path, from) = if let Some(path) = flag {
            (path.to_owned(), Source::Flag(self.flag))
        } else if let Some(path) = set(self.variable) {
            (PathBuf::from(path), Source::Env(self.variable))
        } else if let Some(dir) = xdg(self.xdg) {
            (dir.join(self.name), Source::Env(self.xdg))
        } else if let Some(home) = set("HOME") {
            (Path::new(&home).join(self.home).join(self.name), Source::Default)
        } else {
            return Err(format!(
                "there is no place for the {}, $HOME is not set: name one with {}",
                self.what, self.flag
            ));
        };
        let value = std::path::absolute(&path).map_err(|error| {
            format!("{} is no path for the {} ({error}): name another", path.display(), self.what)
        })?;
        Ok(Sourced { value, from })
    }
}

/// The config's text; none where it lies at its default place and does not exist.
pub(super) fn read(config: &Sourced<PathBuf>) -> Result<Option<String>, SettingsError> {
    let shown = config.value.display();
    let named = matches!(config.from, Source::Flag(_) | Source::Env("HOLDFAST_CONFIG"));
    let bytes = match std::fs::read(&config.value) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound && !named => return Ok(None),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Err(SettingsError::from(format!(
                "there is no config file {shown}, which {} names: \
                 write one with `holdfast config init`",
                config.from
            )));
        }
        Err(error) => {
            return Err(SettingsError::from(format!(
                "the config file {shown} cannot be read ({error}): make it readable for this user"
            )));
        }
    };
    String::from_utf8(bytes).map(Some).map_err(|_| {
        SettingsError::from(format!("the config file {shown} is not UTF-8: save it as UTF-8"))
    })
}
