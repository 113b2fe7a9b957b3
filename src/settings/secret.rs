//! References to secrets, and the secrets themselves.
//!
//! A config never holds a secret, only where it is: `env:NAME` or `file:PATH`. What does not
//! look like a reference is never repeated, because it may be the secret itself.
//! Door: [`SecretRef`], [`resolve`].

use std::fmt;
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};
use toml::de::DeValue;

use crate::settings::{AccountConfig, Env, SettingsError};

/// Where a secret is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecretRef {
    /// In an environment variable.
    Env(String),
    /// In a file that only its owner may read; relative to the config's directory.
    File(PathBuf),
}

impl fmt::Display for SecretRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Env(name) => write!(f, "env:{name}"),
            Self::File(path) => write!(f, "file:{}", path.display()),
        }
    }
}

/// An account's key and secret. Prints neither.
#[derive(Clone, Debug)]
pub struct Secrets {
    /// The API key.
    pub key: SecretString,
    /// The shared secret, or the private key as PEM.
    pub secret: SecretString,
}

/// No variable has a longer name; a key that was pasted behind `env:` does.
const LONGEST_NAME: usize = 48;

/// Longer than any private key as PEM.
const LARGEST_FILE: u64 = 64 * 1024;

/// Reads `env:NAME` or `file:PATH`.
pub(super) fn reference(value: &DeValue<'_>) -> Result<SecretRef, String> {
    let text = value.as_str().unwrap_or_default();
    let name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    match text.split_once(':') {
        Some(("env", variable))
            if (1..=LONGEST_NAME).contains(&variable.len()) && variable.chars().all(name) =>
        {
            Ok(SecretRef::Env(variable.to_owned()))
        }
        Some(("env", _)) => Err("has no name of a variable after env: (not shown here, \
                                 it may be a secret): write \"env:NAME\""
            .to_owned()),
        Some(("file", path)) if !path.is_empty() && !path.contains(['\0', '\n']) => {
            Ok(SecretRef::File(PathBuf::from(path)))
        }
        _ => Err("is not a reference (not shown here, it may be a secret): \
                  write \"env:NAME\" or \"file:PATH\""
            .to_owned()),
    }
}

/// An account's secrets; files are looked for from `dir` on.
pub(super) fn resolve(
    account: &AccountConfig,
    dir: Option<&Path>,
    env: Env<'_>,
) -> Result<Secrets, SettingsError> {
    let read = |what: &str, at: &SecretRef| {
        let fault = |why: String| format!("{what} of account `{}`: {why}", account.name);
        fetch(at, dir, env).map_err(fault)
    };
    let key = read("api_key", &account.key).and_then(|key| {
        let plain = key.expose_secret().bytes().all(|byte| byte.is_ascii_graphic());
        let (name, at) = (&account.name, &account.key);
        let problem = format!(
            "api_key of account `{name}`: {at} holds a space or a line break: \
             put the key alone in it"
        );
        if plain { Ok(key) } else { Err(problem) }
    });
    match (key, read("api_secret", &account.secret)) {
        (Ok(key), Ok(secret)) => Ok(Secrets { key, secret }),
        (key, secret) => {
            let problems = key.err().into_iter().chain(secret.err()).collect();
            Err(SettingsError { problems })
        }
    }
}

/// Every account's secrets; two accounts with one key are refused.
pub(super) fn resolve_all(
    accounts: &[AccountConfig],
    dir: Option<&Path>,
    env: Env<'_>,
) -> Result<Vec<Secrets>, SettingsError> {
    let mut found: Vec<(&AccountConfig, Secrets)> = Vec::new();
    let mut problems = Vec::new();
    for account in accounts {
        match resolve(account, dir, env) {
            Ok(secrets) => {
                let same = |other: &&(&AccountConfig, Secrets)| {
                    other.1.key.expose_secret() == secrets.key.expose_secret()
                };
                if let Some((other, _)) = found.iter().find(same) {
                    let (one, two) = (&other.name, &account.name);
                    problems.push(format!(
                        "accounts `{one}` and `{two}` have the same API key: list every key once"
                    ));
                }
                found.push((account, secrets));
            }
            Err(error) => problems.extend(error.problems),
        }
    }
    if problems.is_empty() {
        Ok(found.into_iter().map(|(_, secrets)| secrets).collect())
    } else {
        Err(SettingsError { problems })
    }
}

fn fetch(at: &SecretRef, dir: Option<&Path>, env: Env<'_>) -> Result<SecretString, String> {
    let text = match at {
        SecretRef::Env(name) => env(name).ok_or_else(|| {
            format!("the environment variable {name} is not set: set it before the start")
        })?,
        SecretRef::File(path) => read_file(&locate(path, dir, env))?,
    };
    match text.trim() {
        "" => Err(format!("{at} is empty: put the secret in it")),
        text => Ok(SecretString::from(text)),
    }
}

fn locate(path: &Path, dir: Option<&Path>, env: Env<'_>) -> PathBuf {
    match (path.strip_prefix("~"), env("HOME")) {
        (Ok(rest), Some(home)) => Path::new(&home).join(rest),
        _ => dir.map_or_else(|| path.to_owned(), |dir| dir.join(path)),
    }
}

fn read_file(path: &Path) -> Result<String, String> {
    let shown = path.display();
    let unreadable = |error: std::io::Error| {
        format!("the file {shown} cannot be read ({error}): name a file that this user may read")
    };
    // Looked at before it is opened: opening a pipe would wait for its writer.
    let meta = std::fs::metadata(path).map_err(unreadable)?;
    if !meta.is_file() {
        return Err(format!("{shown} is not a file: name a file"));
    }
    let mode = meta.permissions().mode() & 0o777;
    if mode & 0o077 != 0 {
        return Err(format!(
            "others may read the file {shown} (its mode is {mode:03o}): `chmod 600` it, \
             and think of the key as known to them"
        ));
    }
    let mut text = String::new();
    let file = std::fs::File::open(path).map_err(unreadable)?;
    file.take(LARGEST_FILE + 1).read_to_string(&mut text).map_err(unreadable)?;
    if text.len() as u64 > LARGEST_FILE {
        return Err(format!("the file {shown} is too large for a key: name the right file"));
    }
    Ok(text)
}
