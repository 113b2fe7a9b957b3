//! The small grammars of the config: durations, percentages, hosts, references to secrets.

use std::fmt;
use std::path::PathBuf;

use rust_decimal::Decimal;

use crate::domain::amount::Percent;
use crate::domain::policy::Autonomy;
use crate::domain::time::Span;

/// Where a secret is kept. The secret itself is never in the config.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SecretRef {
    /// An environment variable.
    Env(String),
    /// A file that only its owner can read.
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

/// No variable has a longer name; a key that was pasted behind `env:` does.
const LONGEST_NAME: usize = 48;

/// Reads `env:NAME` or `file:PATH`. Anything else may be the secret itself and is not repeated.
pub(super) fn secret(text: &str) -> Result<SecretRef, String> {
    let is_name = |name: &str| {
        let fine = |c: char| c.is_ascii_alphanumeric() || c == '_';
        (1..=LONGEST_NAME).contains(&name.len()) && name.chars().all(fine)
    };
    match text.split_once(':') {
        Some(("env", name)) if is_name(name) => Ok(SecretRef::Env(name.to_owned())),
        Some(("file", path)) if !path.is_empty() => Ok(SecretRef::File(path.into())),
        _ => {
            Err("a key never stands in the config: write \"env:NAME\" or \"file:PATH\"".to_owned())
        }
    }
}

/// Reads an integer followed by `ms`, `s`, `m` or `h`; more than nothing.
pub(super) fn duration(text: &str) -> Result<Span, String> {
    let wrong = || format!("{text:?} is not a duration: write a whole number and ms, s, m or h");
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let number: u64 = number.parse().map_err(|_| wrong())?;
    let scale = match unit {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        _ => return Err(wrong()),
    };
    match number.checked_mul(scale) {
        Some(0) => Err("a duration must be more than nothing".to_owned()),
        Some(span) if span <= 366 * 24 * 3_600_000 => Ok(Span(span)),
        _ => Err(format!("{text:?} is longer than a year")),
    }
}

/// Reads a decimal followed by `%`, above 0 and at most 100.
pub fn percent(text: &str) -> Result<Percent, String> {
    let number = text.strip_suffix('%').and_then(|n| n.trim_end().parse::<Decimal>().ok());
    let number = number.ok_or_else(|| format!("{text:?} is not a percentage: write 2% or 0.5%"))?;
    if number > Decimal::ZERO && number <= Decimal::ONE_HUNDRED {
        Ok(Percent(number))
    } else {
        Err(format!("{text:?} must be above 0% and at most 100%"))
    }
}

/// A host to be reached by `https`/`wss`, or by plain `http`/`ws` when it is this machine. One
/// with a password in it is not repeated.
pub(super) fn host(text: &str, plain: &str, sealed: &str) -> Result<String, String> {
    if text.contains('@') {
        return Err("a host has no user name and no password: take them out".to_owned());
    }
    let Some((scheme, rest)) = text.split_once("://") else {
        return Err(format!("{text:?} is not a host: write {sealed}://…"));
    };
    let authority = rest.split('/').next().unwrap_or_default();
    if authority.is_empty() || authority.contains(['?', '#', ' ']) {
        return Err(format!("{text:?} names no plain host after {scheme}://"));
    }
    if scheme == sealed || scheme == plain && is_loopback(authority) {
        return Ok(text.trim_end_matches('/').to_owned());
    }
    if scheme == plain {
        return Err(format!(
            "{text:?} would send keys in the clear: {plain} is for loopback only, use {sealed}"
        ));
    }
    Err(format!("{scheme}:// is not understood here: write {sealed}://…"))
}

fn is_loopback(authority: &str) -> bool {
    let host = match authority.strip_prefix('[') {
        Some(v6) => v6.split(']').next().unwrap_or_default(),
        None => authority.rsplit_once(':').map_or(authority, |(host, _)| host),
    };
    host == "localhost"
        || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Reads the word for how much the engine may do by itself.
pub(super) fn autonomy(text: &str) -> Result<Autonomy, String> {
    let words = [Autonomy::Observe, Autonomy::Guard, Autonomy::Auto].map(|a| (a.name(), a));
    word(text, &words)
}

/// Whether a checked host lies on this machine.
pub(super) fn is_local(host: &str) -> bool {
    let authority = host.split_once("://").map_or(host, |(_, rest)| rest);
    is_loopback(authority.split('/').next().unwrap_or_default())
}

/// One of a few words.
pub(super) fn word<T: Copy>(text: &str, words: &[(&str, T)]) -> Result<T, String> {
    let known = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
    known.ok_or_else(|| {
        let list: Vec<_> = words.iter().map(|(word, _)| *word).collect();
        format!("{text:?} is not one of {}", list.join(", "))
    })
}
