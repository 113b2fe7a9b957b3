//! Connecting to Bybit: what is proven first, and one sentence for every way it can fail.

use holdfast::domain::input::Input;
use holdfast::domain::sweep::Scope;
use holdfast::exchange::{ConnectError, KeyKind, rights};
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::bybit_rows::instrument;
use crate::bybit_venue::{Answer, Bybit, look, rows};

const INSTRUMENTS: &str = "GET /v5/market/instruments-info";
const ACCOUNT: &str = "GET /v5/account/info";

async fn fails(venue: &Bybit) -> ConnectError {
    match venue.link_to(venue.account()).await {
        Err(why) => why,
        Ok(_) => panic!("it connected"),
    }
}

#[tokio::test]
async fn every_page_of_instruments_is_in_the_inbox() {
    let venue = Bybit::start().await;
    venue.rule(INSTRUMENTS, |seen, _| {
        assert_eq!(seen.get("limit"), Some("1000"));
        assert!(!seen.headers.contains_key("x-bapi-sign"), "anybody may ask");
        match (seen.get("status"), seen.get("cursor")) {
            (Some("PreLaunch"), None) => {
                let mut early = instrument("SOONUSDT", "USDT");
                early["status"] = json!("PreLaunch");
                rows(json!([early, instrument("BTCPERP", "USDC")]), "")
            }
            (Some("Delivering"), None) => Answer::Refuses(10001, "not this one"),
            (None, None) => {
                let page = (0..1000).map(|n| instrument(&format!("A{n}USDT"), "USDT"));
                rows(Value::Array(page.collect()), "first%3DA999USDT%26")
            }
            (None, Some("first%3DA999USDT%26")) => {
                let mut odd = instrument("ODD", "USDT");
                odd.as_object_mut().unwrap().remove("priceFilter");
                rows(json!([instrument("BTCPERP", "USDC"), odd]), "")
            }
            other => panic!("{other:?}"),
        }
    });
    let mut link = venue.link().await;
    let Input::Instruments(_, listed) = link.next().await else { panic!("they come first") };
    assert_eq!(listed.len(), 1002, "each once");
    let early = listed.iter().find(|it| it.symbol.as_str() == "SOONUSDT").unwrap();
    assert!(!early.trading);
    let perp = listed.iter().find(|it| it.symbol.as_str() == "BTCPERP").unwrap();
    assert_eq!(perp.quote.as_str(), "USDC");
}

#[tokio::test]
async fn a_classic_account_is_refused_with_a_sentence() {
    let venue = Bybit::start().await;
    let classic = json!({"marginMode": "REGULAR_MARGIN", "unifiedMarginStatus": 1});
    venue.on(ACCOUNT, Answer::Result(classic));
    let why = fails(&venue).await;
    assert!(matches!(why, ConnectError::Setup(_)) && !why.may_pass());
    assert!(why.to_string().contains("classic account"), "{why}");
}

#[tokio::test]
async fn a_server_that_lacks_what_is_not_needed_is_read_all_the_same() {
    let paths =
        ["account/info", "account/wallet-balance", "position/symbol-info", "user/query-api"];
    for answer in [
        Answer::Raw(404, "not found".to_owned()),
        Answer::Refuses(10404, "unknown path"),
        Answer::Refuses(10017, "Route not found."),
        Answer::Result(json!({})),
        Answer::Raw(200, "hello".to_owned()),
    ] {
        let venue = Bybit::start().await;
        for path in paths {
            venue.on(&format!("GET /v5/{path}"), answer.clone());
        }
        let link = venue.link_to(venue.account()).await.expect("the list of positions is enough");
        let sweep = look(&link, Scope::Full, &[]).await;
        assert_eq!((sweep.fault(), sweep.orders_fault(), sweep.balance()), (None, None, None));
        venue.on("GET /v5/position/list", Answer::Refuses(10003, "API key is invalid."));
        assert!(matches!(fails(&venue).await, ConnectError::Key(_)), "{answer:?}");
    }
}

#[tokio::test]
async fn keys_and_signatures_that_are_refused() {
    let venue = Bybit::start().await;
    for code in [10003, 33004, 10005, 10010] {
        venue.on(ACCOUNT, Answer::Refuses(code, "no"));
        assert!(matches!(fails(&venue).await, ConnectError::Key(_)), "{code}");
    }
    venue.on(
        ACCOUNT,
        Answer::Refuses(
            10004,
            "error sign! origin_string[1790000000000planted-bybit-key5000accountType=UNIFIED]",
        ),
    );
    let why = fails(&venue).await;
    assert!(matches!(why, ConnectError::Signature(_)), "{why:?}");
    assert!(!why.to_string().contains("planted"), "{why}");
    venue.on(ACCOUNT, Answer::Refuses(10002, "invalid request"));
    assert!(matches!(fails(&venue).await, ConnectError::Clock(_)));
    venue.on(ACCOUNT, Answer::Raw(401, String::new()));
    assert!(matches!(fails(&venue).await, ConnectError::Key(_)));
    venue.on(ACCOUNT, Answer::Refuses(10001, "params error"));
    let why = fails(&venue).await;
    assert!(matches!(why, ConnectError::Refused(_)) && why.may_pass(), "{why:?}");
}

#[tokio::test]
async fn what_is_not_this_venue_and_what_is_not_there() {
    let venue = Bybit::start().await;
    for (line, answer) in [
        ("GET /v5/market/time", Answer::Raw(200, "<html>hello</html>".to_owned())),
        ("GET /v5/market/time", Answer::Raw(404, "not found".to_owned())),
        (INSTRUMENTS, rows(json!([]), "")),
        (INSTRUMENTS, Answer::Result(json!({}))),
    ] {
        let venue = Bybit::start().await;
        venue.on(line, answer.clone());
        let why = fails(&venue).await;
        assert!(matches!(why, ConnectError::NotTheVenue(_)), "{line} {answer:?}: {why:?}");
    }
    venue.on(INSTRUMENTS, Answer::Refuses(10016, "Internal error"));
    assert!(fails(&venue).await.may_pass());
    let nobody = venue.account();
    drop(venue);
    let (sender, _inbox) = tokio::sync::mpsc::channel(8);
    let why = holdfast::exchange::connect(nobody, sender).await.err().unwrap();
    assert!(matches!(why, ConnectError::Unreachable(_)), "{why:?}");
}

#[tokio::test]
async fn only_keys_that_the_venue_takes_are_tried() {
    let venue = Bybit::start().await;
    let mut account = venue.account();
    let pem = "-----BEGIN PRIVATE KEY-----\n\
               MC4CAQAwBQYDK2VwBCIEIC3pjWxAYC3ZCdMgHkCuzlO9LLPAb2FvHtlHUvuCjNf0\n\
               -----END PRIVATE KEY-----";
    account.credentials.secret = SecretString::from(pem.to_owned());
    account.credentials.kind = Some(KeyKind::Ed25519);
    let why = venue.link_to(account).await.err().unwrap();
    assert!(matches!(&why, ConnectError::Setup(_)), "{why:?}");
    assert!(why.to_string().contains("not an Ed25519 key"), "{why}");
    assert_eq!(venue.seen("").len(), 0);
}

#[tokio::test]
async fn the_rights_of_a_key_are_read() {
    let venue = Bybit::start().await;
    let answer = |ips: Value, wallet: Value, read_only: u8| {
        Answer::Result(json!({"readOnly": read_only, "ips": ips, "deadlineDay": -2,
            "expiredAt": "1970-01-01T00:00:00Z",
            "permissions": {"ContractTrade": ["Order", "Position"], "Wallet": wallet}}))
    };
    venue.on("GET /v5/user/query-api", answer(json!(["127.0.0.1"]), json!(["AccountTransfer"]), 0));
    let good = rights(&venue.account()).await.unwrap();
    assert!(good.read && good.trade && good.ip_restricted && !good.withdraw);
    venue.on("GET /v5/user/query-api", answer(json!(["*"]), json!(["Withdraw"]), 1));
    let bad = rights(&venue.account()).await.unwrap();
    assert!(bad.read && !bad.trade && !bad.ip_restricted && bad.withdraw);
    venue.on("GET /v5/user/query-api", Answer::Refuses(10005, "Permission denied"));
    assert!(rights(&venue.account()).await.unwrap_err().starts_with("main: "));
}
