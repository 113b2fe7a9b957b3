//! `[[account]]`: which key on which venue, and where that venue is reached.

use std::collections::BTreeMap;
use std::path::Path;

use secrecy::ExposeSecret;

use crate::domain::key::{AccountName, Venue};
use crate::exchange::{AccountSetup, Credentials, Endpoints, Environment, KeyKind};
use crate::settings::reader::{At, Document, Section};
use crate::settings::secrets;
use crate::settings::values::{self, SecretRef};

/// One account as the config describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountConfig {
    /// `name`
    pub name: AccountName,
    /// `venue`
    pub venue: Venue,
    /// `environment`
    pub environment: Environment,
    /// `api_key`
    pub key: SecretRef,
    /// `api_secret`
    pub secret: SecretRef,
    /// `key_type`; told from the secret's shape when left out
    pub kind: Option<KeyKind>,
    /// `theme`
    pub theme: Option<String>,
    /// `[account.endpoints]`, over the venue's own
    pub endpoints: Endpoints,
}

const ENVIRONMENTS: [(&str, Environment); 3] = [
    ("mainnet", Environment::Mainnet),
    ("testnet", Environment::Testnet),
    ("demo", Environment::Demo),
];
const KINDS: [(&str, KeyKind); 3] =
    [("hmac", KeyKind::Hmac), ("ed25519", KeyKind::Ed25519), ("rsa", KeyKind::Rsa)];

/// Reads every `[[account]]`, and complains of names and keys that stand twice.
pub(super) fn read(document: &Document<'_>, root: &Section<'_, '_>) -> Vec<AccountConfig> {
    let mut accounts = Vec::new();
    let (mut names, mut keys) = (BTreeMap::new(), BTreeMap::new());
    for At { value: section, span } in root.tables("account") {
        let account = one(document, &section, &span);
        section.finish();
        let Some(account) = account else { continue };
        let line = document.line(&span);
        if let Some(first) = names.insert(account.name.clone(), line) {
            let name = &account.name;
            document.wrong(&span, format!("account {name} is already described in line {first}"));
        }
        let key = (account.venue, environment_name(account.environment), account.key.clone());
        if let Some(first) = keys.insert(key, line) {
            let text = format!("the key {} is already used in line {first}", account.key);
            document.wrong(&span, format!("{text}: one account, one key"));
        }
        accounts.push(account);
    }
    accounts
}

/// The word for an environment.
pub(super) fn environment_name(environment: Environment) -> &'static str {
    ENVIRONMENTS.into_iter().find(|(_, e)| *e == environment).map_or("mainnet", |(name, _)| name)
}

fn one(
    document: &Document<'_>,
    section: &Section<'_, '_>,
    span: &std::ops::Range<usize>,
) -> Option<AccountConfig> {
    let missing = |key: &str| {
        document.wrong(span, format!("this account has no {key}"));
    };
    let name = section.parsed("name", name);
    let venue = section.parsed("venue", venue);
    let environment = section.parsed("environment", |text| values::word(text, &ENVIRONMENTS));
    let environment = environment.map_or(Environment::Mainnet, |at| at.value);
    let kind = section.parsed("key_type", |text| values::word(text, &KINDS)).map(|at| at.value);
    let theme = section.text("theme").map(|at| at.value);
    let key = section.parsed("api_key", values::secret);
    let secret = section.parsed("api_secret", values::secret);
    let endpoints = endpoints(&section.table("endpoints"), environment);
    for (key, absent) in [
        ("name", !section.has("name")),
        ("venue", !section.has("venue")),
        ("api_key", !section.has("api_key")),
        ("api_secret", !section.has("api_secret")),
    ] {
        if absent {
            missing(key);
        }
    }
    Some(AccountConfig {
        name: name?.value,
        venue: venue?.value,
        environment,
        key: key?.value,
        secret: secret?.value,
        kind,
        theme,
        endpoints,
    })
}

fn name(text: &str) -> Result<AccountName, String> {
    let fine = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    if text.is_empty() || text.len() > 32 || !text.chars().all(fine) {
        return Err(format!("{text:?} is no name: use up to 32 letters, digits, - _ and ."));
    }
    Ok(text.into())
}

fn venue(text: &str) -> Result<Venue, String> {
    match text {
        "binance-usdm" => Ok(Venue::BinanceUsdm),
        "bybit-linear" => {
            Err("bybit-linear is not spoken by this version: use binance-usdm".to_owned())
        }
        _ => Err(format!("{text:?} is not a venue: write binance-usdm")),
    }
}

fn endpoints(section: &Section<'_, '_>, environment: Environment) -> Endpoints {
    let mut endpoints = Endpoints::binance(environment);
    let rest = |text: &str| values::host(text, "http", "https");
    let ws = |text: &str| values::host(text, "ws", "wss");
    let moved = section.has("rest") || section.has("ws_public");
    if let Some(At { value, .. }) = section.parsed("rest", rest) {
        endpoints.rest = value;
        // A host that was moved away from the venue's own has no business with its key service.
        endpoints.rest_spot = None;
    }
    if let Some(At { value, .. }) = section.parsed("rest_spot", rest) {
        endpoints.rest_spot = Some(value);
    }
    if let Some(At { value, .. }) = section.parsed("ws_public", ws) {
        endpoints.ws_public = value;
    }
    // Bybit's private host; Binance serves both kinds from one.
    section.parsed("ws_private", ws);
    if moved {
        endpoints.private_form = crate::exchange::PrivateForm::Events;
    }
    endpoints
}

/// Fetches every account's key and secret; relative files are looked for in `beside`.
pub(super) fn fetch(
    accounts: &[AccountConfig],
    beside: Option<&Path>,
    env: &dyn Fn(&str) -> Option<String>,
) -> Result<Vec<AccountSetup>, Vec<String>> {
    let mut problems = Vec::new();
    let mut setups = Vec::new();
    for account in accounts {
        let mut get = |what: &str, place: &SecretRef| {
            secrets::fetch(place, beside, env)
                .map_err(|why| problems.push(format!("account {}: {what}: {why}", account.name)))
                .ok()
        };
        let (key, secret) = (get("api_key", &account.key), get("api_secret", &account.secret));
        if let (Some(key), Some(secret)) = (key, secret) {
            setups.push(AccountSetup {
                name: account.name.clone(),
                venue: account.venue,
                credentials: Credentials { key, secret, kind: account.kind },
                endpoints: account.endpoints.clone(),
            });
        }
    }
    for (at, setup) in setups.iter().enumerate() {
        let twin = setups[..at].iter().find(|other| {
            let (a, b) = (&other.credentials.key, &setup.credentials.key);
            a.expose_secret() == b.expose_secret() && other.endpoints.rest == setup.endpoints.rest
        });
        if let Some(twin) = twin {
            let (a, b) = (&twin.name, &setup.name);
            problems.push(format!("accounts {a} and {b} have the same key: one account, one key"));
        }
    }
    if problems.is_empty() { Ok(setups) } else { Err(problems) }
}
