//! The `fault` verb: which fields each kind takes, and the trouble it becomes.
//!
//! | kind | fields | what happens |
//! |---|---|---|
//! | `latency` | `ms` | the request is carried out, its answer comes later |
//! | `hang` | `executed` | no answer ever |
//! | `cut` | `executed` | the connection ends without an answer |
//! | `error` | `code`, `status`, `msg`, `executed` | an error answer; `code` brings its sentence |
//! | `refuse` | `code`, `msg` | `error` with 400, by default for the next `POST` of an algo order |
//! | `unavailable` | | 503 "Service Unavailable.", not carried out |
//! | `unknown` | `executed` | 503 "Unknown error, please check your request…" |
//! | `maintenance` | | -1016 |
//! | `throttle` | | -1008 for order posts that do not reduce |
//! | `rate_limit` | `status` | 429 or 418 with the end of the ban |
//! | `answer` | `status`, `body`, `content_type`, `executed` | any text |
//! | `empty_list` `truncate` | | `[]`; half of the JSON |
//! | `short_page` | `rows` | a list has no more rows; a cursor leads to the rest |
//! | `missing_field` | `field` | gone from every object |
//! | `zero_rows` `hide_rows` | `symbol` | positionRisk rows without size; rows left out |
//! | `repeated_cursor` `endless_cursor` | | the next page is this page; every page has a next |
//! | `rest_lag` | `ms` or `calls` | positions and balances as before the last change |
//! | `invisible` | `ms` or `calls` | -2013, and missing from open lists, after acceptance |
//! | `history_lag` | `ms` | userTrades and income without the youngest rows |
//! | `part_fill` | `share` | an accepted entry fills so much of it (0 to 1), then ends |
//! | `late_reject` | | on bybit an accepted entry is rejected |
//! | `stream_silent` `stream_drop` `stream_double` `stream_shuffle` | `events` | |
//! | `stream_delay` | `ms`, `events` | |
//! | `connect_delay` | `ms` | a stream opens later |
//! | `connect_hang` `connect_mute` | | it never does; it does and never says anything |
//! | `connect_refuse` | `status` | it is refused, by default with 503 |
//!
//! Every kind takes `endpoint` (`"GET /fapi/v3/positionRisk"`, `*` for any run of characters),
//! `count`, `for_ms` and `page` (the page of a paged list). On the venue `bybit` codes are its own:
//! `unknown` is 10000, `maintenance` 10016, `rate_limit` 10006, or 403 or 429 by `status`; the
//! default endpoint of `refuse` is the trading stop. `part_fill` and `late_reject` strike once
//! unless counted, and only what may open something. The `endpoint` of a `connect_` fault is the
//! stream's path: `/private/*`, `/v5/private`. Without `events` a stream fault concerns the
//! owner's events; `["*"]` all streams, and a silence then keeps back answers and pings too.

use rust_decimal::Decimal;
use serde::Deserialize;

use crate::sim::binance::errors::Failure;
use crate::sim::bybit::errors as bybit;
use crate::sim::fate::Fate;
use crate::sim::faults::{Lag, Scope, Trouble};
use crate::sim::numbers::Ms;
use crate::sim::opening::Ajar;
use crate::sim::verbs::Number;
use crate::sim::words::Venue;

/// Longest time a fault knows: a year.
const LONGEST: Ms = 366 * 24 * 3600 * 1000;

/// The fields of a `fault` verb.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the table above describes every field")]
pub struct FaultVerb {
    pub kind: String,
    pub endpoint: Option<String>,
    pub count: Option<u32>,
    pub for_ms: Option<Ms>,
    pub ms: Option<Ms>,
    pub calls: Option<u32>,
    pub status: Option<u16>,
    pub code: Option<i64>,
    pub msg: Option<String>,
    pub executed: Option<bool>,
    pub body: Option<String>,
    pub content_type: Option<String>,
    pub field: Option<String>,
    pub symbol: Option<String>,
    pub events: Option<Vec<String>>,
    pub page: Option<u32>,
    pub share: Option<Number>,
    pub rows: Option<u32>,
}

impl FaultVerb {
    /// The trouble and its scope.
    ///
    /// # Errors
    /// One sentence that names an unknown kind, a missing field, or one that does not belong.
    pub fn trouble(&self, venue: Venue, now: Ms) -> Result<(Trouble, Scope), String> {
        self.check_fields()?;
        let endpoint = self.endpoint.clone().or_else(|| match self.kind.as_str() {
            "refuse" if venue == Venue::Bybit => Some("POST /v5/position/trading-stop".to_owned()),
            "refuse" => Some("POST /fapi/v1/algoOrder".to_owned()),
            "throttle" => Some("POST /fapi/v1/*rder*".to_owned()),
            "part_fill" | "late_reject" => Some("POST *".to_owned()),
            _ => None,
        });
        let once = matches!(self.kind.as_str(), "refuse" | "part_fill" | "late_reject");
        let count = self.count.or_else(|| once.then_some(1));
        let scope = Scope {
            endpoint,
            events: self.events.clone().unwrap_or_default(),
            count,
            page: self.page,
            since: now,
            until: self.for_ms.map(|ms| now + ms.clamp(0, LONGEST)),
        };
        let own = if venue == Venue::Bybit { self.of_bybit(now) } else { None };
        Ok((own.unwrap_or_else(|| self.what(now))?, scope))
    }

    fn what(&self, now: Ms) -> Result<Trouble, String> {
        let executed = self.executed.unwrap_or(false);
        let trouble = match self.kind.as_str() {
            "latency" => Trouble::Latency(self.need_ms()?),
            "hang" => Trouble::Hang { executed },
            "cut" => Trouble::Cut { executed },
            "error" | "refuse" => self.error(executed)?,
            "unavailable" => spoken(503, "Service Unavailable.", false),
            "unknown" => spoken(
                503,
                "Unknown error, please check your request or try again later.",
                executed,
            ),
            "maintenance" => failure(Failure::of(-1016), false),
            "throttle" => Trouble::Throttle,
            "rate_limit" => self.rate_limit(now)?,
            "answer" => Trouble::Answer {
                status: self.status.unwrap_or(200),
                content_type: self.content_type.clone().unwrap_or_else(|| "text/html".to_owned()),
                body: self.body.clone().unwrap_or_default(),
                executed,
            },
            "empty_list" => Trouble::EmptyList,
            "repeated_cursor" => Trouble::RepeatedCursor,
            "endless_cursor" => Trouble::EndlessCursor,
            "short_page" => Trouble::ShortPage(self.need("rows", self.rows)?),
            "truncate" => Trouble::Truncate,
            "missing_field" => Trouble::MissingField(self.need("field", self.field.clone())?),
            "zero_rows" => Trouble::ZeroRows(self.symbol.clone()),
            "hide_rows" => Trouble::HideRows(self.need("symbol", self.symbol.clone())?),
            "rest_lag" => Trouble::RestLag(self.lag()?),
            "invisible" => Trouble::Invisible(self.lag()?),
            "history_lag" => Trouble::HistoryLag(self.need_ms()?),
            "part_fill" => Trouble::Entry(Fate::Part(self.part()?)),
            "late_reject" => {
                return Err("fault \"late_reject\" is for the venue \"bybit\"".to_owned());
            }
            "stream_silent" => Trouble::StreamSilent,
            "stream_drop" => Trouble::StreamDrop,
            "stream_delay" => Trouble::StreamDelay(self.need_ms()?),
            "stream_double" => Trouble::StreamDouble,
            "stream_shuffle" => Trouble::StreamShuffle,
            "connect_delay" => Trouble::Opening(Ajar::Late(self.need_ms()?)),
            "connect_hang" => Trouble::Opening(Ajar::Hang),
            "connect_mute" => Trouble::Opening(Ajar::Mute),
            "connect_refuse" => Trouble::Opening(Ajar::Refused(self.status.unwrap_or(503))),
            other => return Err(format!("there is no fault kind {other:?}; {KINDS}")),
        };
        Ok(trouble)
    }

    /// The kinds that speak with a venue's own codes.
    fn of_bybit(&self, now: Ms) -> Option<Result<Trouble, String>> {
        let say = |failure: bybit::Failure, executed: bool| Trouble::Answer {
            status: failure.status,
            content_type: "application/json".to_owned(),
            body: failure.body(now).0,
            executed,
        };
        let executed = self.executed.unwrap_or(false);
        let trouble = match self.kind.as_str() {
            "error" | "refuse" => match self.need("code", self.code) {
                Err(why) => return Some(Err(why)),
                Ok(code) => {
                    let mut told = bybit::Failure::of(code);
                    told.status = self.status.unwrap_or(told.status);
                    told.msg = self.msg.clone().unwrap_or(told.msg);
                    say(told, executed)
                }
            },
            "unknown" => say(bybit::Failure::of(10000), executed),
            "maintenance" => say(bybit::Failure::of(10016), executed),
            "rate_limit" => match self.status {
                None | Some(200) => say(bybit::Failure::of(10006), false),
                Some(status @ (403 | 429)) => say(bybit::Failure::of(status.into()), false),
                Some(other) => {
                    let why = format!("fault \"rate_limit\" knows 200, 403 and 429, not {other}");
                    return Some(Err(why));
                }
            },
            "late_reject" => Trouble::Entry(Fate::Rejected),
            "throttle" => {
                return Some(Err("fault \"throttle\" is for the venue \"binance\"".to_owned()));
            }
            _ => return None,
        };
        Some(Ok(trouble))
    }

    fn error(&self, executed: bool) -> Result<Trouble, String> {
        let code = self.need("code", self.code)?;
        let mut told = Failure::of(code);
        told.status = self.status.unwrap_or(told.status);
        told.msg = self.msg.clone().unwrap_or(told.msg);
        Ok(failure(told, executed))
    }

    fn rate_limit(&self, now: Ms) -> Result<Trouble, String> {
        match self.status.unwrap_or(429) {
            429 => Ok(failure(Failure::of(-1003), false)),
            418 => {
                let until = now + self.for_ms.unwrap_or(120_000).clamp(0, LONGEST);
                let msg = format!(
                    "Way too many requests; IP banned until {until}. \
                     Please use the websocket for live updates to avoid bans."
                );
                Ok(failure(Failure { status: 418, ..Failure::with(-1003, msg) }, false))
            }
            other => Err(format!("fault \"rate_limit\" knows status 429 and 418, not {other}")),
        }
    }

    fn part(&self) -> Result<Decimal, String> {
        let share = self.need("share", self.share)?.0;
        let fits = share >= Decimal::ZERO && share <= Decimal::ONE;
        fits.then_some(share).ok_or_else(|| "\"share\" is between 0 and 1".to_owned())
    }

    fn lag(&self) -> Result<Lag, String> {
        match (self.ms, self.calls) {
            (Some(_), None) => self.need_ms().map(Lag::For),
            (None, Some(calls)) => Ok(Lag::Calls(calls)),
            _ => Err(format!("fault {:?} needs either \"ms\" or \"calls\"", self.kind)),
        }
    }

    fn need_ms(&self) -> Result<Ms, String> {
        self.need("ms", self.ms).and_then(|ms| {
            let fits = (0..=LONGEST).contains(&ms);
            fits.then_some(ms)
                .ok_or_else(|| format!("fault {:?}: \"ms\" is not within a year", self.kind))
        })
    }

    fn need<T>(&self, name: &str, value: Option<T>) -> Result<T, String> {
        value.ok_or_else(|| format!("fault {:?} needs {name:?}", self.kind))
    }

    fn check_fields(&self) -> Result<(), String> {
        let own: &[&str] = match self.kind.as_str() {
            "latency" | "history_lag" | "connect_delay" => &["ms"],
            "hang" | "cut" | "unknown" | "maintenance" => &["executed"],
            "error" => &["code", "status", "msg", "executed"],
            "refuse" => &["code", "status", "msg"],
            "rate_limit" | "connect_refuse" => &["status"],
            "answer" => &["status", "body", "content_type", "executed"],
            "short_page" => &["rows"],
            "missing_field" => &["field"],
            "part_fill" => &["share"],
            "zero_rows" | "hide_rows" => &["symbol"],
            "rest_lag" | "invisible" => &["ms", "calls"],
            "stream_silent" | "stream_drop" | "stream_double" => &["events"],
            "stream_delay" => &["ms", "events"],
            _ => &[],
        };
        let given = [
            ("ms", self.ms.is_some()),
            ("calls", self.calls.is_some()),
            ("status", self.status.is_some()),
            ("code", self.code.is_some()),
            ("msg", self.msg.is_some()),
            ("executed", self.executed.is_some()),
            ("body", self.body.is_some()),
            ("content_type", self.content_type.is_some()),
            ("field", self.field.is_some()),
            ("symbol", self.symbol.is_some()),
            ("events", self.events.is_some()),
            ("share", self.share.is_some()),
            ("rows", self.rows.is_some()),
        ];
        let stray = given.iter().find(|(name, is_given)| *is_given && !own.contains(name));
        match stray {
            Some((name, _)) if KINDS.contains(&format!("`{}`", self.kind)) => {
                Err(format!("fault {:?} has no field {name:?}", self.kind))
            }
            _ => Ok(()),
        }
    }
}

const KINDS: &str = "known are `latency` `hang` `cut` `error` `refuse` `unavailable` `unknown` \
    `maintenance` `throttle` `rate_limit` `answer` `empty_list` `short_page` `truncate` \
    `missing_field` `zero_rows` `hide_rows` `rest_lag` `invisible` `history_lag` \
    `stream_silent` `stream_drop` `stream_delay` `stream_double` `stream_shuffle` \
    `repeated_cursor` `endless_cursor` `part_fill` `late_reject` `connect_delay` \
    `connect_hang` `connect_mute` `connect_refuse`";

fn failure(failure: Failure, executed: bool) -> Trouble {
    Trouble::Answer {
        status: failure.status,
        content_type: "application/json".to_owned(),
        body: failure.body().0,
        executed,
    }
}

/// A refusal of the gateway, which has a sentence and the code 0.
fn spoken(status: u16, msg: &str, executed: bool) -> Trouble {
    failure(Failure { status, code: 0, msg: msg.to_owned() }, executed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verb(json: &str) -> Result<Trouble, String> {
        let verb: FaultVerb = serde_json::from_str(json).map_err(|error| error.to_string())?;
        verb.trouble(Venue::Binance, 0).map(|(trouble, _)| trouble)
    }

    #[test]
    fn kinds_and_their_fields_are_checked() {
        assert_eq!(verb(r#"{"kind":"latency","ms":5}"#), Ok(Trouble::Latency(5)));
        assert!(verb(r#"{"kind":"latency"}"#).unwrap_err().contains("needs \"ms\""));
        assert!(verb(r#"{"kind":"cut","ms":5}"#).unwrap_err().contains("no field \"ms\""));
        assert!(verb(r#"{"kind":"rain"}"#).unwrap_err().contains("`stream_silent`"));
        assert!(verb(r#"{"kind":"rest_lag"}"#).unwrap_err().contains("either"));
    }
}
