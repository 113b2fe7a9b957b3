//! Accounts on both venues: hosts, kinds of keys, and keys that stand twice.

use holdfast::exchange::{Endpoints, Environment, KeyKind};

use crate::{ACCOUNT, parse, problems};

fn bybit() -> String {
    ACCOUNT.replace("binance-usdm", "bybit-linear").replace("main", "by").replace("KEY", "KEY2")
}

#[test]
fn an_account_on_bybit_is_reached_where_its_environment_lies() {
    for (word, environment) in [
        ("mainnet", Environment::Mainnet),
        ("testnet", Environment::Testnet),
        ("demo", Environment::Demo),
    ] {
        let settings = parse(&format!("{}environment = \"{word}\"\n", bybit()));
        assert_eq!(settings.accounts[0].endpoints, Endpoints::bybit(environment), "{word}");
    }
}

#[test]
fn every_host_of_bybit_can_be_replaced_on_its_own() {
    let usual = Endpoints::bybit(Environment::Mainnet);
    let with = |setting: &str| {
        let settings = parse(&format!("{}[account.endpoints]\n{setting}\n", bybit()));
        settings.accounts[0].endpoints.clone()
    };
    let (http, ws) = ("http://127.0.0.1:9201", "ws://127.0.0.1:9201");
    let rest = Endpoints { rest: http.into(), ..usual.clone() };
    assert_eq!(with(&format!("rest = \"{http}\"")), rest);
    let public = Endpoints { ws_public: ws.into(), ..usual.clone() };
    assert_eq!(with(&format!("ws_public = \"{ws}\"")), public);
    let private = Endpoints { ws_private: ws.into(), ..usual };
    assert_eq!(with(&format!("ws_private = \"{ws}\"")), private);
}

#[test]
fn binance_serves_its_private_stream_where_its_public_ones_are() {
    let settings =
        parse(&format!("{ACCOUNT}[account.endpoints]\nws_public = \"ws://127.0.0.1:9101\"\n"));
    assert_eq!(settings.accounts[0].endpoints.ws_private, "ws://127.0.0.1:9101");
}

#[test]
fn a_host_or_key_that_bybit_does_not_have_is_an_error() {
    let with = |more: &str| problems(&format!("{}{more}", bybit()));
    let text = with("[account.endpoints]\nrest_spot = \"https://api.example\"\n");
    assert!(
        text.contains("config.toml:8: account.endpoints.rest_spot: only binance-usdm"),
        "{text}"
    );
    let text = with("[account.endpoints]\nws_privat = \"wss://x\"\n");
    assert!(text.contains("nearest known key is account.endpoints.ws_private"), "{text}");
    let text = with("[account.endpoints]\nws_private = \"ws://stream.example\"\n");
    assert!(text.contains("would send keys in the clear"), "{text}");
    let text = with("key_type = \"ed25519\"\n");
    assert!(text.contains("config.toml:7: account.key_type: bybit-linear takes hmac and rsa"));
    for (word, kind) in [("hmac", KeyKind::Hmac), ("rsa", KeyKind::Rsa)] {
        let settings = parse(&format!("{}key_type = \"{word}\"\n", bybit()));
        assert_eq!(settings.accounts[0].kind, Some(kind));
    }
    let settings = parse(&format!("{ACCOUNT}key_type = \"ed25519\"\n"));
    assert_eq!(settings.accounts[0].kind, Some(KeyKind::Ed25519));
}

#[test]
fn what_is_shown_of_an_account_on_bybit_reads_back() {
    let hosts = "[account.endpoints]\nws_private = \"ws://127.0.0.1:9201\"\n";
    let settings = parse(&format!("{ACCOUNT}{}key_type = \"rsa\"\n{hosts}", bybit()));
    let again = parse(&settings.show(&[]));
    assert_eq!(again.accounts, settings.accounts);
}

#[test]
fn a_key_that_stands_twice_is_found_by_name_and_by_content() {
    let second = bybit().replace("\"by\"", "\"second\"");
    let text = problems(&format!("{}{second}", bybit()));
    assert!(text.contains("the key env:KEY2 is already used in line 2"), "{text}");

    let other = second.replace("KEY2", "KEY3");
    let two = |hosts: [&str; 2]| {
        let rest = |host: &str| format!("[account.endpoints]\nrest = \"{host}\"\n");
        parse(&format!("{}{}{other}{}", bybit(), rest(hosts[0]), rest(hosts[1])))
    };
    let fetch = |hosts| two(hosts).accounts(&|_| Some("same".to_owned())).map(drop);
    for hosts in [
        ["https://api.bybit.com", "https://api.bybit.com"],
        ["https://api.bybit.com", "https://api.bytick.com"],
        ["https://api.bybit.com", "http://127.0.0.1:9201"],
        ["http://127.0.0.1:9201", "http://127.0.0.1:9201"],
    ] {
        let why = fetch(hosts).expect_err("one key, two names").to_string();
        assert!(why.contains("accounts by and second have the same key"), "{why}");
    }
    fetch(["http://127.0.0.1:9201", "http://127.0.0.1:9301"]).expect("two test exchanges");
    // The same text may be a key of either venue.
    let both = parse(&format!("{ACCOUNT}{}", bybit()));
    both.accounts(&|_| Some("same".to_owned())).expect("two venues");
}
