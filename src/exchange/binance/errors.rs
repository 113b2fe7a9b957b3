//! What an answer that is no success means: refused for certain, or unknown.
//!
//! For: the table of binance-usdm 6.1, by code first and HTTP status second.
//! Not for: acting on it. Nothing here sends, waits or repeats.
//! Door: [`error_in`].

use std::borrow::Cow;

use serde::Deserialize;

use crate::domain::outcome::RefusalKind;
use crate::exchange::binance::wire::Text;
use crate::exchange::failure::{Failure, Verdict, shorten};
use crate::exchange::numbers::instant;

#[derive(Deserialize)]
struct ErrorBody<'a> {
    #[serde(borrow)]
    code: Option<Text<'a>>,
    #[serde(borrow)]
    msg: Option<Text<'a>>,
}

/// The error in an answer of any status, or `None` when a 2xx body holds none.
///
/// Venue fact: acknowledgements carry a positive code, `200`, sometimes as text; errors a
/// negative one; maintenance has answered the text `"239999"` (binance-usdm 3.13, 6.1).
pub fn error_in(status: u16, body: &str) -> Option<Failure> {
    let parsed: Option<ErrorBody<'_>> = serde_json::from_str(body).ok();
    let code = parsed
        .as_ref()
        .and_then(|error| error.code.as_ref())
        .and_then(|code| code.as_str().parse::<i64>().ok())
        // "Service Unavailable." comes with a code that says nothing.
        .filter(|code| *code != 0);
    let success = (200..300).contains(&status);
    if success && !code.is_some_and(|code| code < 0 || code == MAINTENANCE) {
        return None;
    }
    let said = parsed.and_then(|error| error.msg).map(|msg| msg.0);
    Some(judge(status, code, said, body))
}

/// Reads an error answer.
fn judge(status: u16, code: Option<i64>, said: Option<Cow<'_, str>>, body: &str) -> Failure {
    let text = match said {
        Some(msg) => shorten(&msg),
        None if body.trim_start().starts_with('<') => "answered with an HTML page".to_owned(),
        None if body.trim().is_empty() => "answered with nothing".to_owned(),
        None => shorten(body.trim()),
    };
    let verdict =
        code.and_then(|code| by_code(code, &text)).unwrap_or_else(|| by_status(status, &text));
    Failure { status: Some(status), code, verdict, text }
}

/// Seen as an error while the venue moved accounts: binance-usdm 6.1.
const MAINTENANCE: i64 = 239_999;

fn by_code(code: i64, text: &str) -> Option<Verdict> {
    use RefusalKind::{
        AlreadySo, Busy, Clock, Duplicate, Filter, Key, Limited, Margin, Mode, NotFound,
        NothingToReduce, Other, WouldTrigger,
    };
    let kind = match code {
        -1000 | -1001 | -1006 | -1007 => return Some(Verdict::Unsure),
        -1003 | -1015 => Limited(None),
        -1008 | -1016 | -1109 | MAINTENANCE | -4117 | -5043 => Busy,
        -1021 | -5028 => Clock,
        -1022 | -2014 | -2015 | -2017 | -4109 => Key,
        -2011 | -2013 | -1125 => NotFound,
        -2021 => WouldTrigger,
        -2022 | -2024 | -4129 | -4509 => NothingToReduce,
        -4046 | -4059 | -4171 | -5027 => AlreadySo,
        -4061 => Mode,
        // reduceOnly is refused as superfluous in hedge mode.
        -1106 if text.to_ascii_lowercase().contains("reduceonly") => Mode,
        -4116 => Duplicate,
        -2019 | -2018 | -2027 | -2028 | -4028 | -4050 | -4051 => Margin,
        -1111 | -4005..=-4001 | -4016..=-4013 | -4023 | -4024 | -4131 | -4164 => Filter,
        -1100
        | -1104..=-1102
        | -1106
        | -1121
        | -1122
        | -1130
        | -2010
        | -2020
        | -2023
        | -2025
        | -4045
        | -4062
        | -4067
        | -4068
        | -4087
        | -4088
        | -4107..=-4105
        | -4118
        | -4120
        | -4130
        | -4137
        | -4138
        | -4140
        | -4141
        | -4161
        | -4189
        | -4192
        | -4403..=-4400
        | -4531
        | -5000
        | -5021
        | -5022
        | -5026..=-5024
        | -5029
        | -5040
        | -5041 => Other,
        _ => return None,
    };
    Some(Verdict::Refused(kind))
}

fn by_status(status: u16, text: &str) -> Verdict {
    match status {
        // The only 503 text that is a failure for certain; an HTML page of a proxy is not it.
        503 if text.starts_with("Service Unavailable.") => Verdict::Refused(RefusalKind::Busy),
        403 | 418 | 429 => Verdict::Refused(RefusalKind::Limited(None)),
        401 => Verdict::Refused(RefusalKind::Key),
        408 => Verdict::Unsure,
        400..=499 => Verdict::Refused(RefusalKind::Other),
        _ => Verdict::Unsure,
    }
}

/// Whether the venue does not have this endpoint.
pub fn is_unknown_path(failure: &Failure) -> bool {
    failure.code == Some(-5000) || failure.code.is_none() && failure.status == Some(404)
}

/// The instant a ban ends, in the venue's milliseconds, from
/// "Way too many requests; IP banned until 1655217461579. …".
pub fn banned_until(text: &str) -> Option<i64> {
    let rest = text.split_once("banned until ")?.1;
    let digits = rest.split(|c: char| !c.is_ascii_digit()).next()?;
    instant("until", digits.parse().ok()).ok().map(|until| until.0)
}
