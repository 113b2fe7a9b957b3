//! Who may ask: keys, signatures over the raw query and body, and the clock rule.
//!
//! Checks in the venue's order: key, parameters, time, signature.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::percent_decode_str;
use ring::{hmac, signature};

use crate::sim::binance::call::Call;
use crate::sim::binance::errors::Failure;
use crate::sim::numbers::Ms;

/// How a key proves itself.
#[derive(Clone, Debug)]
pub enum Proof {
    /// A shared secret.
    Hmac(String),
    /// Ed25519 public key, 32 bytes.
    Ed25519(Vec<u8>),
    /// RSA public key, PKCS#1 DER.
    Rsa(Vec<u8>),
}

impl Proof {
    /// The shared secret, where there is one.
    pub fn secret(&self) -> Option<&str> {
        match self {
            Self::Hmac(secret) => Some(secret),
            Self::Ed25519(_) | Self::Rsa(_) => None,
        }
    }
}

/// One API key.
#[derive(Clone, Debug)]
pub struct Key {
    /// 64 letters and digits.
    pub api_key: String,
    /// How it proves itself.
    pub proof: Proof,
    /// Whether it may trade; a reading key is refused with -2015 on the first order.
    pub may_trade: bool,
}

impl Key {
    /// A key from a public key in PEM (`BEGIN PUBLIC KEY`), Ed25519 or RSA.
    pub fn from_pem(api_key: &str, pem: &str, may_trade: bool) -> Option<Self> {
        let inner: String =
            pem.lines().filter(|line| !line.starts_with("-----")).map(str::trim).collect();
        let der = STANDARD.decode(inner).ok()?;
        let bits = bit_string(&der)?;
        let proof = if bits.len() == 32 {
            Proof::Ed25519(bits.to_vec())
        } else {
            Proof::Rsa(bits.to_vec())
        };
        Some(Self { api_key: api_key.to_owned(), proof, may_trade })
    }
}

/// The content of the BIT STRING of a SubjectPublicKeyInfo.
fn bit_string(der: &[u8]) -> Option<&[u8]> {
    let (tag, outer, _) = der_value(der)?;
    let (_, _, rest) = der_value(outer)?;
    let (inner, bits, _) = der_value(rest)?;
    (tag == 0x30 && inner == 0x03).then(|| bits.get(1..))?
}

/// Tag, content and rest of the first DER value.
fn der_value(der: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (tag, first) = (*der.first()?, *der.get(1)?);
    let (length, start) = if first < 0x80 {
        (usize::from(first), 2)
    } else {
        let count = usize::from(first & 0x7f);
        let bytes = der.get(2..2 + count)?;
        (bytes.iter().fold(0usize, |sum, byte| sum << 8 | usize::from(*byte)), 2 + count)
    };
    Some((tag, der.get(start..start.checked_add(length)?)?, der.get(start + length..)?))
}

/// The key of a request that must name one.
///
/// # Errors
/// -2014 for a missing or malformed key, -2015 for an unknown one.
pub fn known<'k>(keys: &'k [Key], call: &Call) -> Result<&'k Key, Failure> {
    let given = call.api_key.as_deref().unwrap_or_default();
    if given.len() != 64 || !given.chars().all(|letter| letter.is_ascii_alphanumeric()) {
        return Err(Failure::of(-2014));
    }
    keys.iter().find(|key| key.api_key == given).ok_or_else(|| Failure::of(-2015))
}

/// Checks a signed request.
///
/// # Errors
/// -2014, -2015, -1102, -1021 or -1022.
pub fn signed(keys: &[Key], call: &Call, trades: bool, now: Ms) -> Result<(), Failure> {
    let key = known(keys, call)?;
    let stamp = call.whole("timestamp")?.ok_or_else(|| Failure::missing("timestamp"))?;
    let (payload, given) = split(call).ok_or_else(|| Failure::missing("signature"))?;
    let window = call.whole("recvWindow")?.unwrap_or(5000);
    if stamp >= now.saturating_add(1000) {
        let ahead = "Timestamp for this request was 1000ms ahead of the server's time.";
        return Err(Failure::with(-1021, ahead));
    }
    if now.saturating_sub(stamp) > window {
        return Err(Failure::of(-1021));
    }
    if !verify(&key.proof, payload.as_bytes(), &given) {
        return Err(Failure::of(-1022));
    }
    if trades && !key.may_trade {
        return Err(Failure::of(-2015));
    }
    Ok(())
}

/// The signed bytes and the signature that ends one of the two parts.
fn split(call: &Call) -> Option<(String, String)> {
    let cut = |part: &str| -> Option<(String, String)> {
        let at = part.rfind("signature=")?;
        let starts = at == 0 || part.as_bytes().get(at - 1) == Some(&b'&');
        let given = part.get(at + "signature=".len()..)?;
        (starts && !given.is_empty())
            .then(|| (part[..at].trim_end_matches('&').to_owned(), given.to_owned()))
    };
    if let Some((body, given)) = cut(&call.body) {
        return Some((format!("{}{body}", call.query), given));
    }
    cut(&call.query).map(|(query, given)| (format!("{query}{}", call.body), given))
}

fn verify(proof: &Proof, payload: &[u8], given: &str) -> bool {
    match proof {
        Proof::Hmac(secret) => {
            let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
            bytes_of_hex(given).is_some_and(|tag| hmac::verify(&key, payload, &tag).is_ok())
        }
        Proof::Ed25519(public) => check(&signature::ED25519, public, payload, given),
        Proof::Rsa(public) => check(&signature::RSA_PKCS1_2048_8192_SHA256, public, payload, given),
    }
}

fn check(
    algorithm: &'static dyn signature::VerificationAlgorithm,
    public: &[u8],
    payload: &[u8],
    given: &str,
) -> bool {
    let text = percent_decode_str(given).decode_utf8_lossy();
    let Ok(bytes) = STANDARD.decode(text.as_bytes()) else { return false };
    signature::UnparsedPublicKey::new(algorithm, public).verify(payload, &bytes).is_ok()
}

/// The bytes of a hexadecimal text.
pub(crate) fn bytes_of_hex(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "dbefbc809e3e83c283a984c3a1459732ea7db1360ca80c5c2c8867408d28cc83";
    const SECRET: &str = "2b5eb11e18796d12d88f13dc27dbbd02c2cc51ff7059765ed9821957d82bb4d9";

    fn ask(query: &str, body: &str) -> Result<(), Failure> {
        let keys = [Key {
            api_key: KEY.to_owned(),
            proof: Proof::Hmac(SECRET.to_owned()),
            may_trade: true,
        }];
        let call = Call::new("POST", "/fapi/v1/order", query, body, Some(KEY.to_owned()));
        signed(&keys, &call, true, 1_591_702_614_000)
    }

    #[test]
    fn the_known_signatures_are_accepted() {
        let plain = "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=9000&timeInForce=GTC\
            &recvWindow=5000&timestamp=1591702613943&signature=\
            3c661234138461fcc7a7d8746c6558c9842d4e10870d2ecbedf7777cad694af9";
        assert_eq!(ask(plain, ""), Ok(()));
        let query = "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC";
        let body = "quantity=1&price=9000&recvWindow=5000&timestamp=1591702613943&signature=\
            30baaf0fab549bbeda7f5ef201898b34122da25fd23c646cac2c529aebe670a4";
        assert_eq!(ask(query, body), Ok(()));
        let escaped = "symbol=%E5%B8%81%E5%AE%89%E4%BA%BA%E7%94%9FUSDT&side=BUY&type=MARKET\
            &quantity=1&recvWindow=5000&timestamp=1591702613943&signature=\
            1c0a5917006e0445b3561a4981dbb11ea25d8dc2917afc79146d88ee5ca167d4";
        assert_eq!(ask(escaped, ""), Ok(()));
        let list = "symbol=BTCUSDT&orderIdList=%5B1234567%2C2345678%5D&recvWindow=5000\
            &timestamp=1591702613943&signature=\
            AD2573c55604d51693059da913f386d0879b3c2304736cada51b4b1263e89f6d";
        assert_eq!(ask(list, ""), Ok(()));
    }

    #[test]
    fn a_moved_byte_is_a_wrong_signature_and_a_missing_one_is_named() {
        let moved = "symbol=BTCUSDT&timestamp=1591702613943&signature=\
            3c661234138461fcc7a7d8746c6558c9842d4e10870d2ecbedf7777cad694af9";
        assert_eq!(ask(moved, "").map_err(|f| f.code), Err(-1022));
        let none = ask("timestamp=1591702613943", "");
        assert_eq!(none, Err(Failure::missing("signature")));
    }
}
