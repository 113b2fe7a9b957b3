//! The sieve: the keys of the config, in every form they may take, and whether something holds
//! one.
//!
//! For: a last look at what leaves the machine. Nothing should ever be caught in it: secrets are
//! not in what is dumped to begin with. Door: [`Sieve::clean`], [`Sieve::holds`].

use std::collections::BTreeSet;
use std::io::{self, Read};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use secrecy::{ExposeSecret, SecretString};

/// Shorter pieces stand in too many places by chance.
const LEAST: usize = 6;
/// A line of a key in several lines is a secret of its own, when it is as long as this.
const LEAST_LINE: usize = 16;
/// What stands in the place of a secret.
const CAUGHT: &str = "[secret]";
const PIECE: usize = 256 * 1024;

/// Knows secrets, and never says them.
#[derive(Clone, Default)]
pub struct Sieve {
    /// The longest first.
    needles: Vec<String>,
}

impl std::fmt::Debug for Sieve {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sieve").field("needles", &self.needles.len()).finish()
    }
}

impl Sieve {
    /// A sieve for these secrets.
    pub fn new(secrets: &[SecretString]) -> Self {
        let mut needles = BTreeSet::new();
        for secret in secrets {
            let whole = secret.expose_secret().trim();
            forms(whole, &mut needles);
            if whole.contains('\n') {
                let lines = whole.lines().map(str::trim).filter(|line| !line.starts_with("-----"));
                lines.filter(|line| line.len() >= LEAST_LINE).for_each(|line| {
                    forms(line, &mut needles);
                });
            }
        }
        let mut needles: Vec<String> = needles.into_iter().filter(|n| n.len() >= LEAST).collect();
        needles.sort_by_key(|needle| std::cmp::Reverse(needle.len()));
        Self { needles }
    }

    /// The text without any secret.
    pub fn clean(&self, text: String) -> String {
        self.needles.iter().fold(text, |text, needle| match text.contains(needle.as_str()) {
            true => text.replace(needle.as_str(), CAUGHT),
            false => text,
        })
    }

    /// Whether a secret is in what is read.
    ///
    /// # Errors
    /// When it cannot be read; what was read until then holds none.
    pub fn holds(&self, mut from: impl Read) -> io::Result<bool> {
        let Some(longest) = self.needles.first().map(String::len) else { return Ok(false) };
        let mut begins = [false; 256];
        for first in self.needles.iter().filter_map(|needle| needle.bytes().next()) {
            begins[usize::from(first)] = true;
        }
        let mut window = Vec::with_capacity(PIECE + longest);
        loop {
            let read = from.by_ref().take(PIECE as u64).read_to_end(&mut window);
            if self.within(&window, &begins) {
                return Ok(true);
            }
            if read? == 0 {
                return Ok(false);
            }
            window.drain(..window.len().saturating_sub(longest));
        }
    }

    fn within(&self, window: &[u8], begins: &[bool; 256]) -> bool {
        let starts = window.iter().enumerate().filter(|(_, byte)| begins[usize::from(**byte)]);
        let mut places = starts.map(|(at, _)| &window[at..]);
        places.any(|rest| self.needles.iter().any(|needle| rest.starts_with(needle.as_bytes())))
    }
}

fn forms(secret: &str, needles: &mut BTreeSet<String>) {
    let bytes = secret.as_bytes();
    let percent = utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string();
    needles.insert(percent.to_lowercase());
    needles.insert(percent);
    needles.extend([STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD].map(|e| e.encode(bytes)));
    needles.insert(bytes.iter().map(|byte| format!("{byte:02x}")).collect());
    if let Ok(quoted) = serde_json::to_string(secret) {
        needles.insert(quoted.trim_matches('"').to_owned());
    }
    needles.insert(secret.to_owned());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sieve() -> Sieve {
        let keys = ["s3cr3t/with+signs=", "-----BEGIN KEY-----\nMC4CAQAwBQYDK2VwBCIE\n-----END"];
        Sieve::new(&keys.map(|key| SecretString::from(key.to_owned())))
    }

    #[test]
    fn a_secret_is_caught_in_every_form() {
        let sieve = sieve();
        for form in [
            "s3cr3t/with+signs=",
            "s3cr3t%2Fwith%2Bsigns%3D",
            "s3cr3t%2fwith%2bsigns%3d",
            "czNjcjN0L3dpdGgrc2lnbnM9",
            "733363723374",
            "MC4CAQAwBQYDK2VwBCIE",
            "MC4CAQAwBQYDK2VwBCIE\\n-----END",
        ] {
            let text = format!("before {form} after");
            let cleaned = sieve.clean(text.clone());
            let is_part = form == "733363723374";
            assert_eq!(sieve.holds(text.as_bytes()).unwrap(), !is_part, "{form}");
            assert_eq!(cleaned.contains(form), is_part, "{form}: {cleaned}");
        }
        assert_eq!(sieve.clean("nothing here".to_owned()), "nothing here");
        assert!(!format!("{sieve:?}").contains("s3cr3t"));
    }

    #[test]
    fn a_secret_across_two_pieces_is_caught() {
        for before in PIECE - 30..PIECE + 30 {
            let mut text = vec![b'.'; before];
            text.extend_from_slice(b"s3cr3t/with+signs=");
            text.extend(vec![b'.'; 100]);
            assert!(sieve().holds(text.as_slice()).unwrap(), "{before}");
        }
    }
}
