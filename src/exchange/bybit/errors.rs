//! What an answer that is no success means: refused for certain, or unknown.
//!
//! For: the table of bybit 6, by code first, then by the words where a code has several meanings,
//! and by HTTP status where there is no code.
//! Not for: acting on it. Nothing here sends, waits or repeats.
//! Door: [`error_in`], [`knows_no_such_symbol`].

use serde::Deserialize;

use crate::domain::outcome::RefusalKind;
use crate::exchange::bybit::read::{word, words};
use crate::exchange::bybit::wire::Field;
use crate::exchange::failure::{Failure, Verdict, shorten};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Head<'a> {
    #[serde(borrow)]
    ret_code: Field<'a>,
    ret_msg: Field<'a>,
}

/// The error in an answer of any status, or `None` for a success: a 2xx status whose code is
/// zero. Business errors come with status 200 (bybit 3.0).
pub fn error_in(status: u16, body: &str) -> Option<Failure> {
    let head: Option<Head<'_>> = serde_json::from_str(body).ok();
    let code = head.as_ref().and_then(|head| words(head.ret_code)?.parse::<i64>().ok());
    let success = (200..300).contains(&status);
    if success && code == Some(0) {
        return None;
    }
    let code = code.filter(|code| *code != 0);
    let said = head.as_ref().map(|head| word(head.ret_msg)).unwrap_or_default();
    let text = match &*said {
        "" if body.trim_start().starts_with('<') => "answered with an HTML page".to_owned(),
        "" if head.is_some() => "answered without a word".to_owned(),
        "" if success => "the answer is not what the venue's documentation says".to_owned(),
        "" => shorten(&redacted(body.trim())),
        said => shorten(&redacted(said)),
    };
    let verdict = match code {
        Some(code) => by_code(code, &said),
        None => by_status(status),
    };
    Some(Failure { status: Some(status), code, verdict, text })
}

/// Venue fact: a refused signature is answered with the text that was signed, which holds the
/// key (bybit 6, code 10004).
fn redacted(text: &str) -> String {
    const ECHO: &str = "origin_string[";
    let Some((before, echo)) = text.split_once(ECHO) else { return text.to_owned() };
    let after = echo.split_once(']').map_or("", |(_, after)| after);
    format!("{before}{ECHO}…]{}", redacted(after))
}

fn by_code(code: i64, text: &str) -> Verdict {
    use RefusalKind::{
        AlreadySo, Busy, Clock, Duplicate, Filter, Key, Limited, Margin, NotFound, Other,
    };
    Verdict::Refused(match code {
        34040 | 110_025 | 110_026 | 110_043 => AlreadySo,
        10001 => parameter(text),
        110_017 | 110_034 => reduce_only(code, text),
        110_092 | 110_093 => RefusalKind::WouldTrigger,
        110_072 => Duplicate,
        110_001 | 110_008 | 110_010 | 170_213 => NotFound,
        10002 => Clock,
        403 | 10006 | 20003 => Limited(None),
        10003 | 10004 | 10005 | 10007 | 10010 | 33004 | -2015 => Key,
        // The position is being taken over, or the order is being worked on.
        110_005 | 110_035 | 110_059 | 110_064 | 110_079 | 40004 => Busy,
        110_003 | 110_058 | 110_094 | 110_118 | 110_120 | 110_121 | 30208 | 30209 => Filter,
        // Funds, margin, leverage and risk limits, or an entry that would be liquidated at once.
        110_004 | 110_006 | 110_007 | 110_011..=110_013 | 110_040 => Margin,
        110_044..=110_046 | 110_051..=110_053 => Margin,
        // Server timeouts, restarts, overload, and "duplicate request": the first one may work.
        429 | 10000 | 10014 | 10016 | 10019 | 10403 | 10429 | 20006 => return Verdict::Unsure,
        170_001 | 170_005 | 170_007 | 170_032 | 500_000 => return Verdict::Unsure,
        // Bans, regions, compliance, wrong paths, and the wrong kind of account.
        10008 | 10009 | 10017 | 10024 | 10027..=10029 | 10404 | 20001 | 100_028 => Other,
        30228 | 181_017 | 3_400_045 => Other,
        // The families of checks that an order has to pass before anything is done with it.
        110_000..=110_999 | 170_000..=170_999 => Other,
        // A code that nobody documented may stand for anything.
        _ => return Verdict::Unsure,
    })
}

/// Whether a question that named nothing but an instrument was refused because of its name. Its
/// words differ between endpoints; a parameter that is left out is not what is meant.
pub fn knows_no_such_symbol(failure: &Failure) -> bool {
    let text = failure.text.to_ascii_lowercase();
    let odd = ["invalid", "not supported", "not exist"].iter().any(|words| text.contains(words));
    failure.code == Some(10001) && text.contains("symbol") && odd
}

/// The meanings of 10001. The whole numbers in these texts are scaled by a power of ten that
/// differs between symbols: they are shown and never read. Source: bybit 3.7, 3.8.
fn parameter(text: &str) -> RefusalKind {
    let text = text.to_ascii_lowercase();
    let has = |words: &str| text.contains(words);
    if has("zero position") {
        RefusalKind::NothingToReduce
    } else if has("base_price") {
        RefusalKind::WouldTrigger
    } else if has("position idx") || has("positionidx") || has("position mode") {
        RefusalKind::Mode
    } else {
        RefusalKind::Filter
    }
}

/// The meanings of 110017: only a position of zero is evidence that nothing is there. The others
/// are a wrong side, or an order that shrank to nothing beside other reduce-only orders.
fn reduce_only(code: i64, text: &str) -> RefusalKind {
    let text = text.to_ascii_lowercase();
    if code == 110_034 || text.contains("position is zero") {
        RefusalKind::NothingToReduce
    } else if text.contains("truncated") {
        RefusalKind::Filter
    } else {
        RefusalKind::Other
    }
}

fn by_status(status: u16) -> Verdict {
    match status {
        // The firewall: too many requests of this address, or a region that is not served.
        403 => Verdict::Refused(RefusalKind::Limited(None)),
        401 => Verdict::Refused(RefusalKind::Key),
        408 | 429 => Verdict::Unsure,
        400..=499 => Verdict::Refused(RefusalKind::Other),
        _ => Verdict::Unsure,
    }
}
