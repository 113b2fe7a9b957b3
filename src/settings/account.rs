//! `[[account]]`: one API key on one venue.
//!
//! Door: [`AccountConfig`].

use std::collections::BTreeMap;
use std::net::IpAddr;

use reqwest::Url;
use toml::de::DeValue;

use crate::domain::key::{AccountName, Venue};
use crate::settings::secret::{self, SecretRef};
use crate::settings::values::{Reader, Section, text, word};
use crate::settings::{Source, Sourced};

/// Which of a venue's worlds an account lives in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Environment {
    /// Real money.
    Mainnet,
    /// The venue's test network.
    Testnet,
    /// The venue's demo trading.
    Demo,
}

impl Environment {
    pub(super) const ALL: [(&'static str, Self); 3] =
        [("mainnet", Self::Mainnet), ("testnet", Self::Testnet), ("demo", Self::Demo)];
}

/// How requests are signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyType {
    /// A shared secret.
    Hmac,
    /// An Ed25519 private key.
    Ed25519,
    /// An RSA private key.
    Rsa,
}

impl KeyType {
    pub(super) const ALL: [(&'static str, Self); 3] =
        [("hmac", Self::Hmac), ("ed25519", Self::Ed25519), ("rsa", Self::Rsa)];
}

/// Hosts that take the place of the venue's own. Checked URLs without a trailing slash.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EndpointOverrides {
    /// REST.
    pub rest: Option<String>,
    /// The spot REST host, asked for key restrictions only.
    pub rest_spot: Option<String>,
    /// Streams; on Binance the host before `/ws`, `/stream`, `/public`, `/market`, `/private`.
    pub ws_public: Option<String>,
    /// Bybit's private streams, the host before `/v5/private`.
    pub ws_private: Option<String>,
}

/// An account as the config has it. Its secrets are references; see
/// [`Settings::resolve`](crate::settings::Settings::resolve).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountConfig {
    /// Its name, unique in the config.
    pub name: AccountName,
    /// Where it trades.
    pub venue: Venue,
    /// In which of the venue's worlds.
    pub environment: Environment,
    /// Where the API key is.
    pub key: SecretRef,
    /// Where the secret or private key is.
    pub secret: SecretRef,
    /// How requests are signed.
    pub key_type: KeyType,
    /// The theme that marks this account's screen, by name.
    pub theme: Option<String>,
    /// Hosts that take the place of the venue's.
    pub endpoints: EndpointOverrides,
    /// The line of each key that the config names.
    lines: BTreeMap<&'static str, usize>,
}

impl AccountConfig {
    /// Where one of its values came from; `endpoints` keys by their own name.
    pub fn source(&self, key: &str) -> Source {
        self.lines.get(key).map_or(Source::Default, |line| Source::Line(*line))
    }
}

const KNOWN: &[&str] =
    &["name", "venue", "environment", "api_key", "api_secret", "key_type", "theme", "endpoints"];
const ENDPOINTS: &[&str] = &["rest", "rest_spot", "ws_public", "ws_private"];

/// Every `[[account]]`; those with problems are left out, the problems noted.
pub(super) fn read<'a>(reader: &mut Reader<'a>, root: Section<'a>) -> Vec<AccountConfig> {
    let mut accounts: Vec<AccountConfig> = Vec::new();
    for section in reader.sections(root, "account", KNOWN) {
        let Some(account) = one(reader, section) else { continue };
        for other in &accounts {
            let line = |key| other.lines.get(key).copied().unwrap_or_default();
            if other.name == account.name {
                let (name, line) = (&account.name, line("name"));
                let problem = format!(
                    "account `{name}` is on line {line} already: give every account its own name"
                );
                reader.wrong(section.start(), &problem);
            }
            if other.key == account.key {
                let (name, line) = (&account.name, line("api_key"));
                let problem =
                    format!("account `{name}` has the key of line {line}: list every key once");
                reader.wrong(section.start(), &problem);
            }
        }
        accounts.push(account);
    }
    accounts
}

fn one<'a>(reader: &mut Reader<'a>, section: Section<'a>) -> Option<AccountConfig> {
    let mut lines = BTreeMap::new();
    let name = keep(&mut lines, "name", reader.required(section, "name", name));
    let venue = keep(&mut lines, "venue", reader.required(section, "venue", venue));
    let environment = reader.optional(section, "environment", word(&Environment::ALL));
    let environment = keep(&mut lines, "environment", environment);
    let key = keep(&mut lines, "api_key", reader.required(section, "api_key", secret::reference));
    let secret = reader.required(section, "api_secret", secret::reference);
    let secret = keep(&mut lines, "api_secret", secret);
    let key_type = reader.optional(section, "key_type", word(&KeyType::ALL));
    let key_type = keep(&mut lines, "key_type", key_type);
    let theme = keep(&mut lines, "theme", reader.optional(section, "theme", text));
    let endpoints = endpoints(reader, section, &mut lines);
    Some(AccountConfig {
        name: name?,
        venue: venue?,
        environment: environment.unwrap_or(Environment::Mainnet),
        key: key?,
        secret: secret?,
        key_type: key_type.unwrap_or(KeyType::Hmac),
        theme,
        endpoints,
        lines,
    })
}

/// The value, its line remembered.
fn keep<T>(
    lines: &mut BTreeMap<&'static str, usize>,
    key: &'static str,
    value: Option<Sourced<T>>,
) -> Option<T> {
    let Sourced { value, from } = value?;
    if let Source::Line(line) = from {
        lines.insert(key, line);
    }
    Some(value)
}

fn name(value: &DeValue<'_>) -> Result<AccountName, String> {
    let name = text(value)?;
    let good = |c: char| !c.is_whitespace() && !c.is_control();
    if (1..=32).contains(&name.chars().count()) && name.chars().all(good) {
        Ok(AccountName::from(name))
    } else {
        Err("must be 1 to 32 characters without spaces".to_owned())
    }
}

fn venue(value: &DeValue<'_>) -> Result<Venue, String> {
    match value.as_str() {
        Some("bybit-linear") => Err("is \"bybit-linear\", this version speaks binance-usdm only: \
                                     take the account out"
            .to_owned()),
        _ => word(&[("binance-usdm", Venue::BinanceUsdm)])(value),
    }
}

fn endpoints<'a>(
    reader: &mut Reader<'a>,
    account: Section<'a>,
    lines: &mut BTreeMap<&'static str, usize>,
) -> EndpointOverrides {
    let section = reader.section(account, "endpoints", "account.endpoints", ENDPOINTS);
    let mut one = |key, schemes: (&'static str, &'static str)| {
        keep(lines, key, reader.optional(section, key, endpoint(schemes.0, schemes.1)))
    };
    let (http, ws) = (("https", "http"), ("wss", "ws"));
    EndpointOverrides {
        rest: one("rest", http),
        rest_spot: one("rest_spot", http),
        ws_public: one("ws_public", ws),
        ws_private: one("ws_private", ws),
    }
}

/// A host by URL; without encryption only on this machine. The URL is not repeated in a
/// problem, because it may hold a password.
fn endpoint(
    safe: &'static str,
    plain: &'static str,
) -> impl Fn(&DeValue<'_>) -> Result<String, String> {
    move |value| {
        let text = text(value)?;
        let bad = || format!("must be a URL that begins with {safe}://, like \"{safe}://host\"");
        let url = Url::parse(&text).map_err(|_| bad())?;
        let host = url.host_str().ok_or_else(bad)?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err("must not hold a user name or password: take them out".to_owned());
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err("must end before any ? or #: take the rest out".to_owned());
        }
        if url.scheme() == plain && !loopback(host) {
            return Err(format!(
                "is plain {plain} to a host that is not this machine: write {safe}://"
            ));
        }
        if url.scheme() != safe && url.scheme() != plain {
            return Err(bad());
        }
        Ok(text.trim_end_matches('/').to_owned())
    }
}

fn loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}
