//! Fetching secrets from where the config says they are kept.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use secrecy::SecretString;

use crate::settings::values::SecretRef;
use crate::store::refused::unread;

/// Reads a secret. A relative file lies in `beside`, one under `~/` in the home directory.
///
/// # Errors
/// One sentence that names the place and never the secret.
pub(super) fn fetch(
    place: &SecretRef,
    beside: Option<&Path>,
    env: &dyn Fn(&str) -> Option<String>,
) -> Result<SecretString, String> {
    match place {
        SecretRef::Env(name) => env(name)
            .map(|text| text.trim().to_owned())
            .filter(|text| !text.is_empty())
            .map(SecretString::from)
            .ok_or_else(|| format!("the environment variable {name} is not set: export it")),
        SecretRef::File(path) => from_file(&locate(path, beside, env)),
    }
}

fn locate(path: &Path, beside: Option<&Path>, env: &dyn Fn(&str) -> Option<String>) -> PathBuf {
    match (path.strip_prefix("~"), env("HOME")) {
        (Ok(rest), Some(home)) => Path::new(&home).join(rest),
        _ => beside.map_or_else(|| path.to_owned(), |dir| dir.join(path)),
    }
}

fn from_file(path: &Path) -> Result<SecretString, String> {
    let shown = path.display();
    let unread = |why: std::io::Error| unread(path, &why, "name a file that this user owns");
    let meta = fs::metadata(path).map_err(unread)?;
    if !meta.is_file() {
        return Err(format!("{shown} is not a file"));
    }
    if meta.permissions().mode() & 0o077 != 0 {
        return Err(format!("{shown} can be read by others: run chmod 600 {shown}"));
    }
    let text = fs::read_to_string(path).map_err(unread)?;
    let text = text.trim();
    if text.is_empty() {
        return Err(format!("{shown} is empty: put the key into it"));
    }
    Ok(SecretString::from(text.to_owned()))
}
