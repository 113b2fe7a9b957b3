//! Signatures against the vectors of the venue's documentation and of openssl.

use holdfast::exchange::sign::{Query, Signer};
use holdfast::exchange::{Credentials, KeyKind};
use secrecy::SecretString;

const SECRET: &str = "2b5eb11e18796d12d88f13dc27dbbd02c2cc51ff7059765ed9821957d82bb4d9";
const RSA: &str = include_str!("../fixtures/keys/rsa.pem");
const ED25519: &str = include_str!("../fixtures/keys/ed25519.pem");

fn signer(secret: &str, kind: Option<KeyKind>) -> Result<Signer, String> {
    let secret = SecretString::from(secret.to_owned());
    Signer::new(&Credentials { key: SecretString::from("k".to_owned()), secret, kind })
}

fn hmac(payload: &str) -> String {
    signer(SECRET, None).unwrap().sign(payload).unwrap()
}

#[test]
fn the_documented_hmac_vector() {
    let payload = "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=9000&timeInForce=GTC\
                   &recvWindow=5000&timestamp=1591702613943";
    let expected = "3c661234138461fcc7a7d8746c6558c9842d4e10870d2ecbedf7777cad694af9";
    assert_eq!(hmac(payload), expected);
    let mixed = "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTCquantity=1&price=9000\
                 &recvWindow=5000&timestamp=1591702613943";
    let expected = "30baaf0fab549bbeda7f5ef201898b34122da25fd23c646cac2c529aebe670a4";
    assert_eq!(hmac(mixed), expected);
}

#[test]
fn parameters_are_encoded_before_they_are_signed() {
    let query = Query::new()
        .with("symbol", "币安人生USDT")
        .with("side", "BUY")
        .with("type", "MARKET")
        .with("quantity", 1)
        .with("recvWindow", 5000)
        .with("timestamp", 1_591_702_613_943_u64);
    let encoded = "symbol=%E5%B8%81%E5%AE%89%E4%BA%BA%E7%94%9FUSDT&side=BUY&type=MARKET\
                   &quantity=1&recvWindow=5000&timestamp=1591702613943";
    assert_eq!(query.as_str(), encoded);
    let expected = "1c0a5917006e0445b3561a4981dbb11ea25d8dc2917afc79146d88ee5ca167d4";
    assert_eq!(hmac(query.as_str()), expected);
    let query = Query::new()
        .with("symbol", "BTCUSDT")
        .with("orderIdList", "[1234567,2345678]")
        .with("recvWindow", 5000)
        .with("timestamp", 1_591_702_613_943_u64);
    assert!(query.as_str().contains("orderIdList=%5B1234567%2C2345678%5D"));
    let expected = "ad2573c55604d51693059da913f386d0879b3c2304736cada51b4b1263e89f6d";
    assert_eq!(hmac(query.as_str()), expected);
}

#[test]
fn spaces_and_unreserved_characters() {
    let query = Query::new().with("a b", "x y~._-/:");
    assert_eq!(query.as_str(), "a%20b=x%20y~._-%2F%3A");
}

const PAYLOAD: &str = "symbol=BTCUSDT&side=SELL&quantity=1&timestamp=1668481559918&recvWindow=5000";

#[test]
fn an_rsa_key_is_told_by_its_shape() {
    let expected = "cOwNxCkVm4x0S%2F7yf2X3TebXrb5%2FPUTgg95a9MByHPAThDkncGdLUXzrnRlQzs%2Fb3q6r4\
        ahprx3Hm0h5BUKLBevH3WCxVJ4kNp3qUOwON3TiVbDelQ3tqYsxpHZzsAlCtqYZ%2FRtYYQbUtfe8k8ouozSuccyE\
        1Cv1O9AVC9aaIbOLyWKMCnwYKeY%2B3rs%2BIskF%2BSuSqIoiu%2BoSGDkE3oNqiVSDNNGpNbfKld%2F7zP4mdc3\
        hOokh8KcLPn9isPHzQFnmSMtbasAzWfYSzIQU7RuUCE%2FIJWmVXxD%2FWn3Af4E22Io3068RKf%2FPIFy5jfSa8%\
        2FHRvyLlngpp4QWd4ytHWtzP%2BQ%3D%3D";
    for kind in [None, Some(KeyKind::Rsa)] {
        assert_eq!(signer(RSA, kind).unwrap().sign(PAYLOAD).unwrap(), expected);
    }
}

#[test]
fn an_ed25519_key_is_told_by_its_shape() {
    let expected = "UpHIy3ahgsKl7%2BUWPnjbLfHHTEnrYJ%2BHsV8n1UC1vmPFEtoU71e%2Fh6lWZQYIUzu2U%2BDwW\
        hCc971l58E%2FQk65DA%3D%3D";
    for kind in [None, Some(KeyKind::Ed25519)] {
        assert_eq!(signer(ED25519, kind).unwrap().sign(PAYLOAD).unwrap(), expected);
    }
}

#[test]
fn keys_that_cannot_be_used_are_refused_without_being_shown() {
    let broken = "-----BEGIN PRIVATE KEY-----\nplanted-secret!\n-----END PRIVATE KEY-----";
    let encrypted = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END …-----";
    for (secret, kind, words) in [
        ("", None, "empty"),
        (broken, None, "not valid PEM"),
        (encrypted, None, "encrypted"),
        (ED25519, Some(KeyKind::Rsa), "RSA private key cannot be used"),
        (RSA, Some(KeyKind::Ed25519), "Ed25519 private key cannot be used"),
        (RSA, Some(KeyKind::Hmac), "key_type is hmac"),
    ] {
        let why = signer(secret, kind).unwrap_err();
        assert!(why.contains(words), "{why}");
        assert!(!why.contains("planted"), "{why}");
    }
}

#[test]
fn nothing_secret_is_printed() {
    let credentials = Credentials {
        key: SecretString::from("planted-key".to_owned()),
        secret: SecretString::from("planted-secret".to_owned()),
        kind: None,
    };
    let printed = format!("{credentials:?} {:?}", Signer::new(&credentials));
    assert!(!printed.contains("planted"), "{printed}");
}
