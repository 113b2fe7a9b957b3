//! Who may ask: keys, signatures over time, key, window and payload, and the clock rule; for REST
//! and for the private socket.
//!
//! Source: bybit 2. Door: [`signed`] for a request, [`proves`] for `GET/realtime` on a
//! socket.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::{hmac, signature};

use crate::sim::binance::auth::Proof;
use crate::sim::bybit::errors::Failure;
use crate::sim::numbers::Ms;

/// How far ahead of the exchange's clock a request may be.
const AHEAD: Ms = 1000;
/// The window of a request that names none.
pub const USUAL_WINDOW: Ms = 5000;

/// One API key.
#[derive(Clone, Debug)]
pub struct Key {
    /// Its name.
    pub api_key: String,
    /// How it proves itself: HMAC or RSA.
    pub proof: Proof,
    /// Whether it may trade; a reading key is refused with 10005.
    pub may_trade: bool,
    /// Addresses it is bound to; none for any.
    pub ips: Vec<String>,
}

/// What a request says about itself.
#[derive(Clone, Debug, Default)]
pub struct Claim {
    /// `X-BAPI-API-KEY`
    pub api_key: Option<String>,
    /// `X-BAPI-TIMESTAMP`
    pub stamp: Option<String>,
    /// `X-BAPI-RECV-WINDOW`, as sent.
    pub window: Option<String>,
    /// `X-BAPI-SIGN`
    pub sign: Option<String>,
    /// Raw query of a GET, raw body of a POST.
    pub payload: String,
}

/// Checks a private request; answers its key.
///
/// # Errors
/// 10003 for an unknown key, 10002 outside the window, 10004 for a wrong signature, 10010 for a
/// key bound to another address; 401 without the headers.
pub fn signed<'k>(keys: &'k [Key], claim: &Claim, now: Ms) -> Result<&'k Key, Failure> {
    let (Some(name), Some(stamp), Some(sign)) = (&claim.api_key, &claim.stamp, &claim.sign) else {
        let missing = Failure::with(10004, "error sign! missing authentication headers");
        return Err(Failure { status: 401, ..missing });
    };
    let key = keys.iter().find(|key| key.api_key == *name).ok_or_else(|| Failure::of(10003))?;
    let given = claim.window.clone().unwrap_or_default();
    let window = if given.is_empty() { Some(USUAL_WINDOW) } else { given.parse().ok() };
    let (Ok(at), Some(window)) = (stamp.parse::<Ms>(), window) else {
        return Err(Failure::params("params error: timestamp or recv_window is no number"));
    };
    if now.saturating_sub(window) > at || at >= now + AHEAD {
        return Err(Failure::with(
            10002,
            format!(
                "invalid request, please check your server timestamp or recv_window param. \
                 req_timestamp[{at}],server_timestamp[{now}],recv_window[{window}]"
            ),
        ));
    }
    let text = format!("{stamp}{name}{given}{}", claim.payload);
    if !verify(&key.proof, &text, sign) {
        // The venue echoes what it signed, the key included. Source: bybit 6, 10004.
        let msg = format!("error sign! origin_string[{text}]");
        return Err(Failure::with(10004, msg));
    }
    if !key.ips.is_empty() && !key.ips.iter().any(|ip| ip == "127.0.0.1") {
        return Err(Failure::of(10010));
    }
    Ok(key)
}

/// Whether a key signed a text.
pub fn proves(keys: &[Key], api_key: &str, text: &str, sign: &str) -> bool {
    keys.iter().any(|key| key.api_key == api_key && verify(&key.proof, text, sign))
}

fn verify(proof: &Proof, text: &str, sign: &str) -> bool {
    match proof {
        Proof::Hmac(secret) => {
            let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
            let lower = !sign.bytes().any(|byte| byte.is_ascii_uppercase());
            let tag = crate::sim::binance::auth::bytes_of_hex(sign);
            lower && tag.is_some_and(|tag| hmac::verify(&key, text.as_bytes(), &tag).is_ok())
        }
        Proof::Rsa(public) => {
            let Ok(bytes) = STANDARD.decode(sign) else { return false };
            let algorithm = &signature::RSA_PKCS1_2048_8192_SHA256;
            let public = signature::UnparsedPublicKey::new(algorithm, public);
            public.verify(text.as_bytes(), &bytes).is_ok()
        }
        Proof::Ed25519(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Ms = 1_790_000_000_000;

    fn keys() -> Vec<Key> {
        let proof = Proof::Hmac("bybit-test-secret-0001".to_owned());
        let api_key = "bybit-test-key-0001".to_owned();
        vec![Key { api_key, proof, may_trade: true, ips: Vec::new() }]
    }

    fn ask(payload: &str, sign: &str, stamp: Ms, now: Ms) -> Result<(), Failure> {
        let claim = Claim {
            api_key: Some("bybit-test-key-0001".to_owned()),
            stamp: Some(stamp.to_string()),
            window: Some("5000".to_owned()),
            sign: Some(sign.to_owned()),
            payload: payload.to_owned(),
        };
        signed(&keys(), &claim, now).map(drop)
    }

    #[test]
    fn the_published_vectors_are_accepted_and_a_moved_byte_is_not() {
        let query = "category=linear&settleCoin=USDT&limit=200";
        let good = "44eee05d9acb7d49ff5a45c155ffee20c819e995a54780f81da652c90572eb46";
        assert_eq!(ask(query, good, NOW, NOW), Ok(()));
        let none = "33d7a7f5926859432808d3ddbc15dec01a9a8cd8eeea73a56214027d8d7707ad";
        assert_eq!(ask("", none, NOW, NOW), Ok(()));
        let body = "{\"category\":\"linear\",\"symbol\":\"BTCUSDT\",\"positionIdx\":0,\
                    \"tpslMode\":\"Full\",\"stopLoss\":\"58000\",\"slTriggerBy\":\"MarkPrice\"}";
        let post = "2f7c456d54f95b0a7d699f4a82a2fc4e29b19312f630c11039e80c5602f3117a";
        assert_eq!(ask(body, post, NOW, NOW), Ok(()));
        let wrong = ask("limit=200&category=linear&settleCoin=USDT", good, NOW, NOW).unwrap_err();
        assert_eq!(wrong.code, 10004);
        assert!(wrong.msg.contains("bybit-test-key-0001"), "{}", wrong.msg);
        let socket = "63a2746d76dde397fdb03c228dbd875a12d9b2a5653a74a34fbfc50501fd0b7f";
        let (key, text) = ("bybit-test-key-0001", "GET/realtime1790000010000");
        assert!(proves(&keys(), key, text, socket));
        assert!(!proves(&keys(), key, "GET/realtime1790000010001", socket));
        assert!(!proves(&keys(), "other", text, socket));
    }

    #[test]
    fn the_window_has_two_ends() {
        let sign = "33d7a7f5926859432808d3ddbc15dec01a9a8cd8eeea73a56214027d8d7707ad";
        assert_eq!(ask("", sign, NOW, NOW + 5000), Ok(()));
        assert_eq!(ask("", sign, NOW, NOW + 5001).map_err(|f| f.code), Err(10002));
        assert_eq!(ask("", sign, NOW, NOW - 999), Ok(()));
        assert_eq!(ask("", sign, NOW, NOW - 1000).map_err(|f| f.code), Err(10002));
    }
}
