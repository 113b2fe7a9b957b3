//! The table of errors: refused for certain, or unknown.

use holdfast::domain::outcome::{Outcome, RefusalKind};
use holdfast::exchange::binance::errors::{banned_until, error_in};
use holdfast::exchange::failure::Verdict;

use RefusalKind::{
    AlreadySo, Busy, Clock, Duplicate, Filter, Key, Limited, Margin, Mode, NotFound,
    NothingToReduce, Other, WouldTrigger,
};

const UNSURE: Verdict = Verdict::Unsure;

fn refused(kind: RefusalKind) -> Verdict {
    Verdict::Refused(kind)
}

#[test]
fn codes_come_first() {
    let by_code: &[(Verdict, &[i64])] = &[
        (UNSURE, &[-1000, -1001, -1006, -1007]),
        (refused(Limited(None)), &[-1003, -1015]),
        (refused(Busy), &[-1008, -1016, -1109, -4117, -5043]),
        (refused(Clock), &[-1021, -5028]),
        (refused(Key), &[-1022, -2014, -2015, -2017]),
        (refused(NotFound), &[-2011, -2013, -1125]),
        (refused(WouldTrigger), &[-2021]),
        (refused(NothingToReduce), &[-2022, -2024, -4509]),
        (refused(AlreadySo), &[-4046, -4059, -4171, -5027]),
        (refused(Mode), &[-4061]),
        (refused(Duplicate), &[-4116]),
        (refused(Margin), &[-2018, -2019, -2027, -2028, -4028, -4050, -4051]),
        (refused(Filter), &[-1111, -4003, -4005, -4013, -4014, -4016, -4023, -4024, -4131, -4164]),
        (
            refused(Other),
            &[
                -1102, -1106, -1121, -1122, -2010, -2020, -2023, -2025, -4045, -4062, -4067, -4087,
                -4105, -4107, -4118, -4120, -4130, -4137, -4140, -4192, -4400, -4403, -5000, -5021,
                -5041,
            ],
        ),
    ];
    for (verdict, codes) in by_code {
        for code in *codes {
            for status in [400, 503] {
                let body = format!(r#"{{"code":{code},"msg":"some words"}}"#);
                let failure = error_in(status, &body).unwrap();
                assert_eq!(failure.verdict, *verdict, "{code} with HTTP {status}");
                assert_eq!(failure.code, Some(*code));
            }
        }
    }
}

#[test]
fn reduce_only_refused_as_a_parameter_means_hedge_mode() {
    let body = r#"{"code":-1106,"msg":"Parameter 'reduceonly' sent when not required."}"#;
    assert_eq!(error_in(400, body).unwrap().verdict, refused(Mode));
}

#[test]
fn the_status_decides_where_no_known_code_does() {
    let html = "<html><title>503 Service Unavailable</title></html>";
    let unknown = r#"{"code":-98765,"msg":"new"}"#;
    for (status, body, verdict) in [
        (503, "Service Unavailable.", refused(Busy)),
        (503, r#"{"msg":"Service Unavailable."}"#, refused(Busy)),
        (503, html, UNSURE),
        (503, "Unknown error, please check your request or try again later.", UNSURE),
        (503, r#"{"msg":"Unknown error, please check your request or try again later."}"#, UNSURE),
        (500, "", UNSURE),
        (502, html, UNSURE),
        (504, "", UNSURE),
        (408, "", UNSURE),
        (400, unknown, refused(Other)),
        (500, unknown, UNSURE),
        (200, unknown, UNSURE),
        (400, "", refused(Other)),
        (401, "", refused(Key)),
        (403, html, refused(Limited(None))),
        (404, html, refused(Other)),
        (418, "", refused(Limited(None))),
        (429, "", refused(Limited(None))),
        (302, "", UNSURE),
        (400, r#"{"code":"239999","msg":"invalid account"}"#, refused(Busy)),
        (200, r#"{"code":-2022,"msg":"ReduceOnly Order is rejected."}"#, refused(NothingToReduce)),
    ] {
        assert_eq!(error_in(status, body).unwrap().verdict, verdict, "{status} {body}");
    }
}

#[test]
fn successes_are_no_errors() {
    for body in [
        r#"{"code":200,"msg":"success"}"#,
        r#"{"code":"200","msg":"success"}"#,
        "[]",
        "{}",
        r#"{"orderId":1}"#,
        "garbage is for the reader to find",
    ] {
        assert_eq!(error_in(200, body), None, "{body}");
    }
}

#[test]
fn the_end_of_a_ban_is_in_its_text() {
    let text = "Way too many requests; IP banned until 1655217461579. Please use the websocket \
                for live updates to avoid bans.";
    assert_eq!(banned_until(text), Some(1_655_217_461_579));
    assert_eq!(banned_until("Too many requests; current limit is 2400"), None);
    assert_eq!(banned_until("IP banned until soon"), None);
    assert_eq!(banned_until("IP banned until 9223372036854775807"), None);
}

#[test]
fn failures_become_outcomes() {
    let outcome = |status, body: &str| error_in(status, body).unwrap().outcome::<()>();
    let Outcome::Refused(refusal) = outcome(400, r#"{"code":-2021,"msg":"Order would trigger"}"#)
    else {
        panic!()
    };
    assert_eq!((refusal.code, refusal.kind), (Some(-2021), WouldTrigger));
    assert_eq!(refusal.to_string(), "-2021 Order would trigger");
    let unsure = outcome(502, "<html>");
    assert_eq!(unsure, Outcome::Unsure("HTTP 502 answered with an HTML page".to_owned()));
}

#[test]
fn words_of_the_venue_stay_on_their_line() {
    let text =
        error_in(400, r#"{"code":-1100,"msg":"Illegal\n\u001b[2Jcharacters"}"#).unwrap().text;
    assert_eq!(text, "Illegal  [2Jcharacters");
}

#[test]
fn long_texts_are_cut_between_characters() {
    let body = "牛".repeat(1000);
    let text = error_in(500, &body).unwrap().text;
    assert_eq!(text.chars().count(), 241);
    assert!(text.ends_with('…'));
}
