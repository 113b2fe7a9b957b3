//! One request as it came in: method, path, raw query and body, and its parameters.
//!
//! A GET has its parameters in the query, a POST in a JSON body; both are kept byte for byte
//! because signatures are made over them.

use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use rust_decimal::Decimal;
use serde_json::Value;

use crate::sim::binance::call::pairs;
use crate::sim::bybit::auth::Claim;
use crate::sim::bybit::errors::Failure;
use crate::sim::numbers::Ms;

/// The longest span one history query may cover.
pub const WEEK: Ms = 7 * 24 * 3600 * 1000;

/// A request.
#[derive(Clone, Debug, Default)]
pub struct Call {
    /// `GET` or `POST`.
    pub method: String,
    /// Path without query.
    pub path: String,
    /// Query, exactly as sent, without `?`.
    pub query: String,
    /// Body, exactly as sent.
    pub body: String,
    /// What it says of its sender.
    pub claim: Claim,
    params: Vec<(String, String)>,
}

impl Call {
    /// Reads the parameters. A body that is no JSON object has none.
    pub fn new(method: &str, path: &str, query: &str, body: &str, mut claim: Claim) -> Self {
        let gets = method == "GET";
        let params = if gets { pairs(query) } else { fields(body) };
        claim.payload = if gets { query.to_owned() } else { body.to_owned() };
        let (method, path) = (method.to_owned(), path.to_owned());
        Self { method, path, query: query.to_owned(), body: body.to_owned(), claim, params }
    }

    /// The same request for pages of at most so many rows, and at least one.
    pub fn shortened(mut self, rows: u32) -> Self {
        let asked = self.get("limit").and_then(|limit| limit.parse().ok());
        let rows = asked.map_or(rows, |asked: u32| asked.min(rows)).max(1);
        self.params.retain(|(name, _)| name != "limit");
        self.params.push(("limit".to_owned(), rows.to_string()));
        self
    }

    /// A parameter that is there and not empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.params.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// A parameter that must be there.
    ///
    /// # Errors
    /// 10001.
    pub fn need(&self, name: &str) -> Result<&str, Failure> {
        self.get(name).ok_or_else(|| missing(name))
    }

    /// Every endpoint of derivatives wants `category=linear` here.
    ///
    /// # Errors
    /// 10001.
    pub fn linear(&self) -> Result<(), Failure> {
        match self.need("category")? {
            "linear" => Ok(()),
            other => Err(Failure::params(format!("params error: category {other} invalid"))),
        }
    }

    /// A decimal, if there.
    ///
    /// # Errors
    /// 10001 when it is no number.
    pub fn decimal(&self, name: &str) -> Result<Option<Decimal>, Failure> {
        let read = |text: &str| text.parse().map_err(|_| unreadable(name));
        self.get(name).map(read).transpose()
    }

    /// A whole number, if there.
    ///
    /// # Errors
    /// 10001 when it is none.
    pub fn whole(&self, name: &str) -> Result<Option<i64>, Failure> {
        let read = |text: &str| text.parse().map_err(|_| unreadable(name));
        self.get(name).map(read).transpose()
    }

    /// A flag, false when not there; text is accepted. Source: bybit 0.
    pub fn flag(&self, name: &str) -> bool {
        self.get(name).is_some_and(|text| text.eq_ignore_ascii_case("true"))
    }

    /// `limit` between one and `most`.
    ///
    /// # Errors
    /// 10001 when it is no number or out of range.
    pub fn limit(&self, usual: usize, most: usize) -> Result<usize, Failure> {
        let Some(asked) = self.whole("limit")? else { return Ok(usual) };
        usize::try_from(asked)
            .ok()
            .filter(|limit| (1..=most).contains(limit))
            .ok_or_else(|| Failure::params("params error: limit invalid"))
    }

    /// `startTime` and `endTime`; the last seven days when neither is given. Source: bybit 3.11.
    ///
    /// # Errors
    /// 10001 for unreadable times or a span over seven days.
    pub fn span(&self, now: Ms) -> Result<(Ms, Ms), Failure> {
        let possible = |time: Ms| time.clamp(0, Ms::MAX / 2);
        let from = self.whole("startTime")?.map(possible);
        let to = self.whole("endTime")?.map(possible);
        match (from, to) {
            (None, None) => Ok((now - WEEK, now)),
            (Some(from), None) => Ok((from, from + WEEK)),
            (None, Some(to)) => Ok((to - WEEK, to)),
            (Some(from), Some(to)) if from > to => {
                Err(Failure::params("params error: startTime is after endTime"))
            }
            (Some(from), Some(to)) if to - from > WEEK => Err(Failure::params(
                "The time range between startTime and endTime cannot exceed 7 days",
            )),
            (Some(from), Some(to)) => Ok((from, to)),
        }
    }

    /// The cursor, plain. It is handed out percent-encoded; whether a client sends it so or
    /// encodes it once more, it reads the same. Source: bybit 2.1.
    pub fn cursor(&self) -> Option<String> {
        self.get("cursor").map(|text| percent_decode_str(text).decode_utf8_lossy().into_owned())
    }
}

/// A cursor as it is handed out.
pub fn encoded(cursor: &str) -> String {
    utf8_percent_encode(cursor, NON_ALPHANUMERIC).to_string()
}

fn missing(name: &str) -> Failure {
    Failure::params(format!("params error: {name} is required"))
}

fn unreadable(name: &str) -> Failure {
    Failure::params(format!("params error: {name} invalid"))
}

fn fields(body: &str) -> Vec<(String, String)> {
    let Ok(Value::Object(fields)) = serde_json::from_str(body) else { return Vec::new() };
    fields
        .into_iter()
        .map(|(name, value)| {
            let text = match value {
                Value::String(text) => text,
                Value::Null => String::new(),
                other => other.to_string(),
            };
            (name, text)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_the_same_verbatim_and_encoded_twice() {
        let given = encoded("币安人生USDT,1700000000000,0");
        let ask = |cursor: &str| {
            let query = format!("category=linear&cursor={cursor}");
            Call::new("GET", "/x", &query, "", Claim::default()).cursor()
        };
        assert_eq!(ask(&given).as_deref(), Some("币安人生USDT,1700000000000,0"));
        assert_eq!(ask(&encoded(&given)), ask(&given));
    }

    #[test]
    fn a_body_gives_text_for_whatever_kind_of_value() {
        let body = r#"{"positionIdx":1,"reduceOnly":true,"qty":"0.5","price":null}"#;
        let call = Call::new("POST", "/x", "", body, Claim::default());
        assert_eq!((call.get("positionIdx"), call.get("price")), (Some("1"), None));
        assert!(call.flag("reduceOnly"));
        assert_eq!(call.decimal("qty"), Ok(Some(Decimal::new(5, 1))));
    }
}
