//! `[[account]]` and its endpoints.

use holdfast::domain::key::Venue;
use holdfast::settings::{Environment, KeyType, SecretRef, Source};

use super::support::*;

fn with(line: &str) -> String {
    format!("{ACCOUNT}{line}\n")
}

#[test]
fn an_account_is_read_with_its_defaults() {
    let settings = loaded(ACCOUNT);
    let account = &settings.accounts[0];
    assert_eq!((account.name.as_str(), account.venue), ("main", Venue::BinanceUsdm));
    assert_eq!((account.environment, account.key_type), (Environment::Mainnet, KeyType::Hmac));
    assert_eq!(account.key, SecretRef::Env("KEY".to_owned()));
    assert_eq!(account.theme, None);
    assert_eq!(account.endpoints, Default::default());
    assert_eq!(
        (account.source("name"), account.source("key_type")),
        (Source::Line(3), Source::Default)
    );
    let policy = settings.policy();
    assert_eq!(policy.accounts[0].name, account.name);
}

#[test]
fn accounts_keep_the_files_order_and_their_own_values() {
    let settings = loaded(
        r#"
[[account]]
name = "zulu"
venue = "binance-usdm"
environment = "testnet"
api_key = "env:A"
api_secret = "file:zulu.pem"
key_type = "ed25519"
theme = "live"
[[account]]
name = "alpha"
venue = "binance-usdm"
environment = "demo"
api_key = "env:B"
api_secret = "env:C"
key_type = "rsa"
[account.endpoints]
rest = "http://127.0.0.1:9101/"
rest_spot = "https://spot.example.org"
ws_public = "ws://[::1]:9101"
ws_private = "wss://example.org/x"
"#,
    );
    let names: Vec<_> = settings.policy().accounts.iter().map(|a| a.name.to_string()).collect();
    assert_eq!(names, ["zulu", "alpha"]);
    let (zulu, alpha) = (&settings.accounts[0], &settings.accounts[1]);
    assert_eq!((zulu.environment, zulu.key_type), (Environment::Testnet, KeyType::Ed25519));
    assert_eq!((zulu.theme.as_deref(), zulu.endpoints.rest.as_deref()), (Some("live"), None));
    assert_eq!((alpha.environment, alpha.key_type), (Environment::Demo, KeyType::Rsa));
    assert_eq!(alpha.endpoints.rest.as_deref(), Some("http://127.0.0.1:9101"));
    assert_eq!(alpha.endpoints.rest_spot.as_deref(), Some("https://spot.example.org"));
    assert_eq!(alpha.endpoints.ws_public.as_deref(), Some("ws://[::1]:9101"));
    assert_eq!(alpha.endpoints.ws_private.as_deref(), Some("wss://example.org/x"));
}

#[test]
fn plain_http_is_for_this_machine_only() {
    let problem = |key: &str, url: &str| {
        problems(&with(&format!("[account.endpoints]\n{key} = \"{url}\""))).concat()
    };
    for url in ["http://127.0.0.1:1", "http://127.9.9.9", "http://localhost:8", "http://[::1]"] {
        let settings = loaded(&with(&format!("[account.endpoints]\nrest = \"{url}\"")));
        assert_eq!(settings.accounts[0].endpoints.rest.as_deref(), Some(url));
    }
    assert_eq!(
        problem("rest", "http://fapi.binance.com"),
        "8: account.endpoints.rest is plain http to a host that is not this machine: write https://"
    );
    assert_eq!(
        problem("ws_public", "ws://fstream.binance.com"),
        "8: account.endpoints.ws_public is plain ws to a host that is not this machine: \
         write wss://"
    );
    for evil in ["http://localhost.evil.org", "http://127.0.0.1.evil.org", "http://0.0.0.0"] {
        assert!(problem("rest", evil).contains("is plain http to a host"), "{evil}");
    }
    for other in ["wss://example.org", "fapi.binance.com", "ftp://localhost", "file:///etc/passwd"]
    {
        assert!(
            problem("rest", other).contains("must be a URL that begins with https://"),
            "{other}"
        );
    }
    assert!(problem("rest", "https://example.org/?key=k").contains("must end before any ? or #"));
    let told = problem("rest", "http://bob:hunter2@127.0.0.1");
    assert!(told.contains("must not hold a user name or password") && !told.contains("hunter2"));
    assert!(problem("rest", "http://127.0.0.1@evil.org").contains("user name"));
}

#[test]
fn a_venue_that_is_not_spoken_yet_is_said_plainly() {
    let bybit = ACCOUNT.replace("binance-usdm", "bybit-linear");
    assert_eq!(
        problems(&bybit),
        ["4: account.venue is \"bybit-linear\", this version speaks binance-usdm only: \
          take the account out"]
    );
    let other = ACCOUNT.replace("binance-usdm", "binance");
    assert_eq!(problems(&other), ["4: account.venue must be \"binance-usdm\", not \"binance\""]);
}

#[test]
fn a_name_is_short_and_one_word() {
    for name in ["", "my account", "a\\tb", "this-name-is-longer-than-thirty-two-chars"] {
        let told = problems(&ACCOUNT.replace("\"main\"", &format!("\"{name}\"")));
        assert_eq!(told, ["3: account.name must be 1 to 32 characters without spaces"]);
    }
    assert_eq!(loaded(&ACCOUNT.replace("main", "主账户")).accounts[0].name.as_str(), "主账户");
}

#[test]
fn two_accounts_have_two_names_and_two_keys() {
    let second = ACCOUNT.replace("\"main\"", "\"hedge\"");
    assert_eq!(
        problems(&format!("{ACCOUNT}{second}")),
        ["8: account `hedge` has the key of line 5: list every key once"]
    );
    let second = ACCOUNT.replace("env:KEY", "env:OTHER");
    assert_eq!(
        problems(&format!("{ACCOUNT}{second}")),
        ["8: account `main` is on line 3 already: give every account its own name"]
    );
}
