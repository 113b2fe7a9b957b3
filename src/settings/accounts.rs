//! `[[account]]`: which key on which venue, and where that venue is reached.

use std::collections::BTreeMap;
use std::path::Path;

use secrecy::ExposeSecret;

use crate::domain::key::{AccountName, Venue};
use crate::domain::policy::Autonomy;
use crate::exchange::{
    AccountSetup, Credentials, Endpoints, Environment, KeyKind, PrivateForm, internet,
};
use crate::settings::reader::{At, Document, Section};
use crate::settings::values::{self, SecretRef};
use crate::settings::{Rules, Source, Sourced, secrets};

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
    /// `autonomy`, where it is another than the engine's
    pub autonomy: Option<Sourced<Autonomy>>,
    /// `[account.rules]`
    pub rules: Rules,
    /// `[account.endpoints]`, over the venue's own
    pub endpoints: Endpoints,
}

const VENUES: [Venue; 2] = [Venue::BinanceUsdm, Venue::BybitLinear];
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
    let at = venue.as_ref().map(|at| at.value);
    let kind = section.parsed("key_type", |text| kind(text, at)).map(|at| at.value);
    let theme = section.text("theme").map(|at| at.value);
    let key = section.parsed("api_key", values::secret);
    let secret = section.parsed("api_secret", values::secret);
    let autonomy = section
        .parsed("autonomy", values::autonomy)
        .map(|said| Sourced { value: said.value, source: Source::File(document.line(&said.span)) });
    let rules = Rules::read(document, section.table("rules"));
    let hosts = section.table("endpoints");
    let endpoints = endpoints(hosts, at.unwrap_or(Venue::BinanceUsdm), environment);
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
        autonomy,
        rules,
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
    VENUES.into_iter().find(|venue| venue.name() == text).ok_or_else(|| {
        let names = VENUES.map(Venue::name).join(" or ");
        format!("{text:?} is not a venue: write {names}")
    })
}

/// Reads how a key signs. Source: bybit 2, which knows no Ed25519.
fn kind(text: &str, venue: Option<Venue>) -> Result<KeyKind, String> {
    match (values::word(text, &KINDS)?, venue) {
        (KeyKind::Ed25519, Some(Venue::BybitLinear)) => {
            Err("bybit-linear takes hmac and rsa keys, not ed25519: make one of those".to_owned())
        }
        (kind, _) => Ok(kind),
    }
}

fn endpoints(section: Section<'_, '_>, venue: Venue, environment: Environment) -> Endpoints {
    let endpoints = match venue {
        Venue::BinanceUsdm => binance(&section, environment),
        Venue::BybitLinear => bybit(&section, environment),
    };
    section.finish();
    endpoints
}

fn rest(section: &Section<'_, '_>, key: &'static str) -> Option<String> {
    section.parsed(key, |text| values::host(text, "http", "https")).map(|at| at.value)
}

fn ws(section: &Section<'_, '_>, key: &'static str) -> Option<String> {
    section.parsed(key, |text| values::host(text, "ws", "wss")).map(|at| at.value)
}

fn binance(section: &Section<'_, '_>, environment: Environment) -> Endpoints {
    let mut endpoints = Endpoints::binance(environment);
    let moved = section.has("rest") || section.has("ws_public");
    if let Some(host) = rest(section, "rest") {
        endpoints.rest = host;
        // A host that was moved away from the venue's own has no business with its key service.
        endpoints.rest_spot = None;
    }
    if let Some(host) = rest(section, "rest_spot") {
        endpoints.rest_spot = Some(host);
    }
    if let Some(host) = ws(section, "ws_public") {
        endpoints.ws_private.clone_from(&host);
        endpoints.ws_public = host;
    }
    // Binance serves both kinds of stream from one host.
    ws(section, "ws_private");
    if moved {
        endpoints.private_form = PrivateForm::Events;
    }
    endpoints
}

fn bybit(section: &Section<'_, '_>, environment: Environment) -> Endpoints {
    let mut endpoints = Endpoints::bybit(environment);
    for (key, host) in [
        ("rest", &mut endpoints.rest),
        ("ws_public", &mut endpoints.ws_public),
        ("ws_private", &mut endpoints.ws_private),
    ] {
        let read = if key == "rest" { rest(section, key) } else { ws(section, key) };
        *host = read.unwrap_or_else(|| std::mem::take(host));
    }
    section.parsed::<()>("rest_spot", |_| {
        Err("only binance-usdm asks a second host about its keys: take it out".to_owned())
    });
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
        if let Some(credentials) = credentials(account, beside, env, &mut problems) {
            setups.push(AccountSetup {
                name: account.name.clone(),
                venue: account.venue,
                credentials,
                endpoints: account.endpoints.clone(),
                network: internet(),
            });
        }
    }
    for (at, setup) in setups.iter().enumerate() {
        let twin = setups[..at].iter().find(|other| is_twin(other, setup));
        if let Some(twin) = twin {
            let (a, b) = (&twin.name, &setup.name);
            problems.push(format!("accounts {a} and {b} have the same key: one account, one key"));
        }
    }
    if problems.is_empty() { Ok(setups) } else { Err(problems) }
}

/// The keys of an account, or a sentence for each that cannot be had.
pub(super) fn credentials(
    account: &AccountConfig,
    beside: Option<&Path>,
    env: &dyn Fn(&str) -> Option<String>,
    problems: &mut Vec<String>,
) -> Option<Credentials> {
    let mut get = |what: &str, place: &SecretRef| {
        secrets::fetch(place, beside, env)
            .map_err(|why| problems.push(format!("account {}: {what}: {why}", account.name)))
            .ok()
    };
    let (key, secret) = (get("api_key", &account.key), get("api_secret", &account.secret));
    Some(Credentials { key: key?, secret: secret?, kind: account.kind })
}

/// Whether two accounts are one: a venue knows a key once, by whatever host it is reached. Only
/// test exchanges on this machine hand the same key out twice.
fn is_twin(a: &AccountSetup, b: &AccountSetup) -> bool {
    let local = values::is_local(&a.endpoints.rest) && values::is_local(&b.endpoints.rest);
    a.venue == b.venue
        && a.credentials.key.expose_secret() == b.credentials.key.expose_secret()
        && (a.endpoints.rest == b.endpoints.rest || !local)
}
