//! HTTP as every venue needs it: hosts and keys, and what a missing or broken answer means.
//!
//! For: a [`Failure`] for what has no answer, which keeps a request that certainly carried
//! nothing apart from one that may have arrived.
//! Not for: sending (`network`); what is sent and what an answer says, which is each venue's.
//! Door: [`host`], [`unanswered`], [`read`].

use secrecy::{ExposeSecret, SecretString};

use crate::domain::outcome::RefusalKind;
use crate::domain::time::{Span, Time};
use crate::exchange::failure::Failure;
use crate::exchange::network::{HeaderMap, HeaderValue, Missing};

/// What the last requests showed of the connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    /// Share of the request budget that is used.
    pub used_percent: u32,
    /// By how much our clock is ahead.
    pub ahead_ms: i64,
    /// How long the last answer took.
    pub round_trip: Span,
    /// A ban or a refused key.
    pub blocked: Option<String>,
    /// The end of a ban.
    pub banned: Option<Time>,
}

/// A configured host without its last slash.
///
/// # Errors
/// One sentence when it is no URL.
pub fn host(configured: &str) -> Result<String, String> {
    let host = configured.trim_end_matches('/').to_owned();
    reqwest::Url::parse(&host).map_err(|why| format!("the address {host} is no URL: {why}"))?;
    Ok(host)
}

/// An API key as a header that no log shows.
///
/// # Errors
/// One sentence without the key.
pub fn key_header(key: &SecretString) -> Result<HeaderValue, String> {
    let mut key = HeaderValue::from_str(key.expose_secret().trim())
        .map_err(|_| "the API key has characters that no key has".to_owned())?;
    key.set_sensitive(true);
    Ok(key)
}

/// What no answer means for what was asked: a request that never left was not done.
pub fn unanswered(why: Missing, path: &str, host: &str, patience: Span) -> Failure {
    match why {
        Missing::Unsent(why) => {
            let text = format!("{path}: no connection to {host}: {why}");
            Failure::unsent(RefusalKind::Busy, text)
        }
        Missing::Late => Failure::lost(format!("{path}: no answer within {patience}")),
        Missing::Broken(why) => {
            Failure::lost(format!("{path}: the connection broke before the answer: {why}"))
        }
    }
}

/// The text of an answer, unless the venue's `error_in` finds a refusal in it. A body that broke
/// off is a missing answer, except beside a status that refuses.
///
/// # Errors
/// [`Failure`]: the refusal, or why there is no text.
pub fn read(
    status: u16,
    body: Result<Vec<u8>, Failure>,
    path: &str,
    error_in: impl FnOnce(u16, &str) -> Option<Failure>,
) -> Result<String, Failure> {
    let success = (200..300).contains(&status);
    let body = match body {
        Ok(bytes) => String::from_utf8(bytes)
            .map_err(|_| Failure::unreadable(format!("{path}: the answer is not text")))?,
        Err(failure) if success => return Err(failure),
        // The status alone says what kind of refusal it is.
        Err(_) => String::new(),
    };
    match error_in(status, &body) {
        Some(failure) => Err(failure),
        None => Ok(body),
    }
}

/// A header that holds a whole number.
pub fn number_in(headers: &HeaderMap, name: &str) -> Option<i64> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nothing(_: u16, _: &str) -> Option<Failure> {
        None
    }

    fn refused(status: u16, body: &str) -> Option<Failure> {
        (status >= 400).then(|| Failure::unreadable(format!("refused with {body:?}")))
    }

    #[test]
    fn a_body_that_broke_off_is_missing_and_a_status_that_refuses_still_does() {
        let broken = || Err(Failure::unreadable("it broke off"));
        let whole = read(200, Ok(b"{}".to_vec()), "/path", nothing);
        assert_eq!(whole.ok().as_deref(), Some("{}"));
        let lost = read(200, broken(), "/path", refused).err();
        assert!(lost.is_some_and(|failure| failure.text.contains("it broke off")));
        let known = read(401, broken(), "/path", refused).err();
        assert!(known.is_some_and(|failure| failure.text.contains("refused with \"\"")));
        let bytes = read(200, Ok(vec![0xff, 0xfe]), "/path", nothing).err();
        assert!(
            bytes.is_some_and(|failure| failure.text.contains("/path: the answer is not text"))
        );
    }

    #[test]
    fn a_header_is_a_whole_number_or_nothing() {
        let mut headers = HeaderMap::new();
        for (text, number) in [(" 12 ", Some(12)), ("-1", Some(-1)), ("1.5", None), ("x", None)] {
            let Ok(value) = text.parse() else { panic!("{text} is no header") };
            headers.insert("used", value);
            assert_eq!(number_in(&headers, "used"), number, "{text:?}");
        }
        assert_eq!(number_in(&headers, "other"), None);
    }
}
