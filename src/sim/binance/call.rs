//! One request as it came in: method, path, raw query and body, and its parameters.
//!
//! Query and body are kept byte for byte because signatures are made over them.

use percent_encoding::percent_decode_str;
use rust_decimal::Decimal;

use crate::sim::binance::errors::Failure;
use crate::sim::numbers::Ms;

/// A request.
#[derive(Clone, Debug, Default)]
pub struct Call {
    /// `GET`, `POST`, `PUT`, `DELETE`.
    pub method: String,
    /// Path without query.
    pub path: String,
    /// Query, exactly as sent, without `?`.
    pub query: String,
    /// Form body, exactly as sent.
    pub body: String,
    /// The `X-MBX-APIKEY` header.
    pub api_key: Option<String>,
    params: Vec<(String, String)>,
}

impl Call {
    /// Reads the parameters; a name given in both query and body counts as the query has it.
    pub fn new(method: &str, path: &str, query: &str, body: &str, api_key: Option<String>) -> Self {
        let mut params = pairs(query);
        for (name, value) in pairs(body) {
            if !params.iter().any(|(known, _)| *known == name) {
                params.push((name, value));
            }
        }
        let (method, path) = (method.to_owned(), path.to_owned());
        Self { method, path, query: query.to_owned(), body: body.to_owned(), api_key, params }
    }

    /// The same request with other parameters: one element of a batch.
    pub fn part(&self, params: Vec<(String, String)>) -> Self {
        Self { params, ..self.clone() }
    }

    /// A parameter that is there and not empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.params.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// A parameter that must be there.
    ///
    /// # Errors
    /// -1102.
    pub fn need(&self, name: &str) -> Result<&str, Failure> {
        self.get(name).ok_or_else(|| Failure::missing(name))
    }

    /// A decimal, if there.
    ///
    /// # Errors
    /// -1102 when it is no number.
    pub fn decimal(&self, name: &str) -> Result<Option<Decimal>, Failure> {
        let read = |text: &str| {
            let plain = text.parse().or_else(|_| Decimal::from_scientific(text));
            plain.map_err(|_| Failure::missing(name))
        };
        self.get(name).map(read).transpose()
    }

    /// A whole number, if there.
    ///
    /// # Errors
    /// -1102 when it is none.
    pub fn whole(&self, name: &str) -> Result<Option<i64>, Failure> {
        let read = |text: &str| text.parse().map_err(|_| Failure::missing(name));
        self.get(name).map(read).transpose()
    }

    /// A flag, false when not there.
    ///
    /// # Errors
    /// -1102 when it is neither `true` nor `false`.
    pub fn flag(&self, name: &str) -> Result<bool, Failure> {
        match self.get(name).map(str::to_ascii_lowercase).as_deref() {
            None | Some("false") => Ok(false),
            Some("true") => Ok(true),
            Some(_) => Err(Failure::missing(name)),
        }
    }

    /// A time that can be counted with, if there.
    fn time(&self, name: &str) -> Result<Option<Ms>, Failure> {
        Ok(self.whole(name)?.map(|time| time.clamp(0, Ms::MAX / 2)))
    }

    /// `startTime` and `endTime`, the last seven days when neither is given.
    ///
    /// # Errors
    /// -1102 for unreadable times, -1130 for a span over seven days.
    pub fn span(&self, now: Ms) -> Result<(Ms, Ms), Failure> {
        const WEEK: Ms = 7 * 24 * 3600 * 1000;
        let (from, to) = (self.time("startTime")?, self.time("endTime")?);
        let (from, to) = match (from, to) {
            (None, None) => (now - WEEK, Ms::MAX),
            (Some(from), None) => (from, from + WEEK),
            (None, Some(to)) => (to - WEEK, to),
            (Some(from), Some(to)) if to - from > WEEK => return Err(Failure::of(-1130)),
            (Some(from), Some(to)) => (from, to),
        };
        Ok((from, to))
    }

    /// `limit` between one and `most`.
    ///
    /// # Errors
    /// -1102 when it is no number.
    pub fn limit(&self, usual: usize, most: usize) -> Result<usize, Failure> {
        let asked = self.whole("limit")?.map_or(usual, |limit| usize::try_from(limit).unwrap_or(1));
        Ok(asked.clamp(1, most))
    }
}

/// Splits `a=1&b=2` and takes the percent signs out.
pub fn pairs(text: &str) -> Vec<(String, String)> {
    let parts = text.split('&').filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            (plain(name), plain(value))
        })
        .collect()
}

fn plain(text: &str) -> String {
    let spaced = text.replace('+', " ");
    percent_decode_str(&spaced).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_query_wins_over_the_body_and_escapes_are_read() {
        let call = Call::new("POST", "/x", "a=1&s=%E5%B8%81&e=", "a=2&b=x%20y+z", None);
        assert_eq!((call.get("a"), call.get("s")), (Some("1"), Some("币")));
        assert_eq!((call.get("b"), call.get("e")), (Some("x y z"), None));
        assert_eq!(call.need("e"), Err(Failure::missing("e")));
    }
}
