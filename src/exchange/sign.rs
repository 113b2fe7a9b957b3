//! Signatures: what proves to a venue that a request is ours.
//!
//! For: percent-encoding parameters, then signing exactly those bytes (binance-usdm 2.2, 2.3;
//! bybit 2.1).
//! Not for: timestamps, headers, and which keys a venue takes (each venue's `rest`).
//! Door: [`Query`] collects parameters, [`Signer`] signs them.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use ring::{hmac, signature};
use secrecy::{ExposeSecret, SecretString};

use crate::exchange::account::{Credentials, KeyKind};

/// Everything but RFC 3986's unreserved characters is escaped.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// An Ed25519 key in PKCS#8 has at most this many bytes; the smallest RSA key has far more.
const LONGEST_ED25519: usize = 128;

/// Parameters in the order they are sent, already percent-encoded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query(String);

impl Query {
    /// No parameters.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same parameters and one more.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl fmt::Display) -> Self {
        if !self.0.is_empty() {
            self.0.push('&');
        }
        self.0.extend(utf8_percent_encode(name, RESERVED));
        self.0.push('=');
        self.0.extend(utf8_percent_encode(&value.to_string(), RESERVED));
        self
    }

    /// The same parameters and one more whose value a venue gave in the form in which it wants
    /// it back. What no query may hold is escaped all the same.
    #[must_use]
    pub fn with_verbatim(mut self, name: &str, value: &str) -> Self {
        let escaped = |byte: u8| !byte.is_ascii_graphic() || b"\"#&'+<>".contains(&byte);
        if value.bytes().any(escaped) {
            return self.with(name, value);
        }
        if !self.0.is_empty() {
            self.0.push('&');
        }
        self.0.extend(utf8_percent_encode(name, RESERVED));
        self.0.push('=');
        self.0.push_str(value);
        self
    }

    /// The bytes that are signed and sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Signs with one key.
pub enum Signer {
    /// A shared secret.
    Hmac(hmac::Key),
    /// A private key, long.
    Rsa(Box<RsaKeyPair>),
    /// A private key, short.
    Ed25519(Box<Ed25519KeyPair>),
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Hmac(_) => "Signer(hmac)",
            Self::Rsa(_) => "Signer(rsa)",
            Self::Ed25519(_) => "Signer(ed25519)",
        })
    }
}

impl Signer {
    /// Reads the secret; its kind is told from its shape unless the config names one.
    ///
    /// # Errors
    /// One sentence without any part of the secret.
    pub fn new(credentials: &Credentials) -> Result<Self, String> {
        let secret = &credentials.secret;
        let pem = secret.expose_secret().contains("PRIVATE KEY");
        match credentials.kind {
            Some(KeyKind::Hmac) | None if !pem => Self::hmac(secret),
            Some(KeyKind::Hmac) => {
                Err("key_type is hmac, but the secret is a private key; drop key_type".to_owned())
            }
            None if der(secret)?.len() <= LONGEST_ED25519 => Self::ed25519(secret),
            None | Some(KeyKind::Rsa) => Self::rsa(secret),
            Some(KeyKind::Ed25519) => Self::ed25519(secret),
        }
    }

    fn hmac(secret: &SecretString) -> Result<Self, String> {
        let secret = secret.expose_secret().trim();
        if secret.is_empty() {
            return Err("the API secret is empty".to_owned());
        }
        Ok(Self::Hmac(hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes())))
    }

    fn rsa(secret: &SecretString) -> Result<Self, String> {
        let der = der(secret)?;
        RsaKeyPair::from_pkcs8(&der)
            .or_else(|_| RsaKeyPair::from_der(&der))
            .map(|pair| Self::Rsa(Box::new(pair)))
            .map_err(|why| {
                format!(
                    "the RSA private key cannot be used ({why}): it must be an unencrypted PKCS#8 \
                     key of at least 2048 bits"
                )
            })
    }

    fn ed25519(secret: &SecretString) -> Result<Self, String> {
        Ed25519KeyPair::from_pkcs8_maybe_unchecked(&der(secret)?)
            .map(|pair| Self::Ed25519(Box::new(pair)))
            .map_err(|why| {
                format!(
                    "the Ed25519 private key cannot be used ({why}): it must be an unencrypted \
                     PKCS#8 key"
                )
            })
    }

    /// The signature as it goes behind `signature=`: percent-encoded where it has to be.
    ///
    /// # Errors
    /// One sentence when the system has no randomness for RSA blinding.
    pub fn sign(&self, payload: &str) -> Result<String, String> {
        let plain = self.sign_plain(payload)?;
        Ok(utf8_percent_encode(&plain, RESERVED).to_string())
    }

    /// The signature as it goes into a header or a frame: lowercase hex of an HMAC, base64 of
    /// anything else.
    ///
    /// # Errors
    /// As [`Signer::sign`].
    pub fn sign_plain(&self, payload: &str) -> Result<String, String> {
        let raw = match self {
            Self::Hmac(key) => {
                use std::fmt::Write as _;
                let tag = hmac::sign(key, payload.as_bytes());
                return Ok(tag.as_ref().iter().fold(String::new(), |mut hex, byte| {
                    let _ = write!(hex, "{byte:02x}");
                    hex
                }));
            }
            Self::Rsa(pair) => {
                let mut bytes = vec![0; pair.public().modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), payload.as_bytes(), &mut bytes)
                    .map_err(|_| "the system gave no randomness to sign with".to_owned())?;
                bytes
            }
            Self::Ed25519(pair) => {
                let signature: signature::Signature = pair.sign(payload.as_bytes());
                signature.as_ref().to_vec()
            }
        };
        Ok(STANDARD.encode(raw))
    }
}

/// The bytes between a PEM's lines.
fn der(secret: &SecretString) -> Result<Vec<u8>, String> {
    let text = secret.expose_secret();
    if text.contains("ENCRYPTED") {
        return Err("the private key is encrypted; give an unencrypted PKCS#8 PEM".to_owned());
    }
    let body: String = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.starts_with("-----") && !line.is_empty())
        .collect();
    STANDARD.decode(body).map_err(|_| "the private key is not valid PEM text".to_owned())
}
