//! Bybit's codes: refused for certain, or unknown.

use holdfast::domain::outcome::{Outcome, RefusalKind};
use holdfast::exchange::bybit::errors::error_in;
use holdfast::exchange::failure::{Failure, Verdict};

use crate::bybit_values::bybit;

use RefusalKind::{
    AlreadySo, Busy, Clock, Duplicate, Filter, Key, Limited, Margin, Mode, NotFound,
    NothingToReduce, Other, WouldTrigger,
};

const UNSURE: Verdict = Verdict::Unsure;

fn refused(kind: RefusalKind) -> Verdict {
    Verdict::Refused(kind)
}

fn coded(status: u16, code: i64, text: &str) -> Failure {
    let body = format!(r#"{{"retCode":{code},"retMsg":"{text}","result":{{}},"retExtInfo":{{}}}}"#);
    error_in(status, &body).unwrap()
}

#[test]
fn recorded_refusals() {
    for (name, code, kind) in [
        ("errors/34040-not-modified.json", 34040, AlreadySo),
        ("errors/10001-zero-position.json", 10001, NothingToReduce),
        ("errors/10001-sl-wrong-side-long.json", 10001, WouldTrigger),
        ("errors/10001-sl-wrong-side-on-create.json", 10001, WouldTrigger),
        ("errors/10001-position-idx.json", 10001, Mode),
        ("errors/10002-timestamp.json", 10002, Clock),
        ("errors/10003-api-key.json", 10003, Key),
        ("errors/10004-sign.json", 10004, Key),
        ("errors/10006-rate-limit.json", 10006, Limited(None)),
        ("errors/10010-ip.json", 10010, Key),
        ("errors/110007-balance.json", 110_007, Margin),
        ("errors/110017-position-zero.json", 110_017, NothingToReduce),
        ("errors/110043-leverage.json", 110_043, AlreadySo),
        ("errors/110025-mode.json", 110_025, AlreadySo),
        ("errors/110093-trigger-breached.json", 110_093, WouldTrigger),
        ("errors/110094-min-notional.json", 110_094, Filter),
        ("errors/110072-duplicate-link-id.json", 110_072, Duplicate),
    ] {
        let failure = error_in(200, &bybit(name)).unwrap();
        assert_eq!((failure.code, failure.verdict), (Some(code), refused(kind)), "{name}");
        let quoted = bybit(name).replacen(&code.to_string(), &format!("\"{code}\""), 1);
        assert_eq!(error_in(200, &quoted), Some(failure), "{name}, its code quoted");
    }
}

#[test]
fn every_documented_code() {
    let table: &[(Verdict, &[i64])] = &[
        (refused(AlreadySo), &[34040, 110_025, 110_026, 110_043]),
        (refused(Duplicate), &[110_072]),
        (refused(NotFound), &[110_001, 110_008, 110_010, 170_213]),
        (refused(NothingToReduce), &[110_034]),
        (refused(Filter), &[10001, 110_003, 110_058, 110_094, 110_118, 110_120, 110_121]),
        (refused(Filter), &[30208, 30209]),
        (refused(Clock), &[10002]),
        (refused(Limited(None)), &[10006, 20003]),
        (refused(Key), &[10003, 10004, 10005, 10007, 10010, 33004, -2015]),
        (refused(WouldTrigger), &[110_092, 110_093]),
        (refused(Busy), &[110_005, 110_035, 110_059, 110_064, 110_079, 40004]),
        (UNSURE, &[429, 10000, 10014, 10016, 10019, 10403, 10429, 20006]),
        (UNSURE, &[170_001, 170_005, 170_007, 170_032, 500_000]),
        (refused(Other), &[10008, 10009, 10017, 10024, 10027, 10028, 10029, 10404, 20001]),
        (refused(Other), &[30228, 100_028, 181_017, 3_400_045]),
        (refused(Margin), &[110_004, 110_006, 110_007, 110_012, 110_044, 110_045]),
        (refused(Margin), &[110_051, 110_052, 110_053, 110_011, 110_013, 110_040, 110_046]),
        (refused(Other), &[110_009, 110_020, 110_061, 110_023, 110_042, 110_095, 110_103]),
        (refused(Other), &[110_137, 110_063, 110_074, 110_024, 110_028, 110_029, 110_060]),
        (refused(Other), &[110_036, 110_038, 110_066, 110_076, 110_088]),
        (refused(Other), &[110_123, 110_124, 110_125, 110_132, 110_017]),
        // Nobody documented these: they may stand for anything.
        (UNSURE, &[10998, 98_765, 130_150]),
    ];
    for (verdict, codes) in table {
        for code in *codes {
            // The code counts, whatever the status says.
            for status in [200, 400, 401, 403, 500] {
                let failure = coded(status, *code, "some words");
                assert_eq!(failure.verdict, *verdict, "{code} with HTTP {status}");
                assert_eq!((failure.code, &*failure.text), (Some(*code), "some words"));
            }
        }
    }
}

#[test]
fn the_words_of_10001() {
    for (words, kind) in [
        ("can not set tp/sl/ts for zero position", NothingToReduce),
        (
            "StopLoss:324 set for Buy position should lower than base_price:161??MarkPrice",
            WouldTrigger,
        ),
        (
            "TakeProfit:1 set for Buy position should be higher than base_price:2??LastPrice",
            WouldTrigger,
        ),
        (
            "PartialStopLoss:3 set for Sell position should greater base_price:2??IndexPrice",
            WouldTrigger,
        ),
        ("position idx not match position mode", Mode),
        ("Qty invalid", Filter),
        ("The number of contracts exceeds minimum limit allowed", Filter),
        ("slSize and tpSize must be equal if both values are set when tpslMode is Full", Filter),
        ("buy: [59000,61000] invalid", Filter),
        (
            "Missing some parameters that must be filled in, symbol or settleCoin or baseCoin",
            Filter,
        ),
    ] {
        let failure = coded(200, 10001, words);
        assert_eq!(failure.verdict, refused(kind), "{words}");
        assert_eq!(failure.text, words);
    }
}

#[test]
fn the_words_of_110017() {
    for (words, kind) in [
        ("current position is zero, cannot fix reduce-only order qty", NothingToReduce),
        ("orderQty will be truncated to zero", Filter),
        ("reduce-only order has same side with current position", Other),
        ("Reduce-only rule not satisfied", Other),
    ] {
        assert_eq!(coded(200, 110_017, words).verdict, refused(kind), "{words}");
    }
}

#[test]
fn the_key_in_a_refused_signature_is_not_passed_on() {
    let failure = error_in(200, &bybit("errors/10004-sign.json")).unwrap();
    assert_eq!(failure.to_string(), "10004 error sign! origin_string[…]");
    let said = |status, text: &str| coded(status, 10004, text).text;
    let many = "a origin_string[1planted5000] b origin_string[2planted5000] c";
    let told = said(200, many);
    assert_eq!(told, "a origin_string[…] b origin_string[…] c");
    let open = said(401, "x origin_string[1planted5000");
    assert_eq!(open, "x origin_string[…]");
    // Nor where the answer is no JSON at all.
    let raw = error_in(401, "error sign! origin_string[1planted5000]").unwrap();
    assert!(!format!("{raw:?}").contains("planted"), "{raw:?}");
    // Nor by being cut in the middle.
    let long = format!("{} origin_string[1planted5000]", "x".repeat(230));
    assert!(!said(200, &long).contains("planted"));
}

#[test]
fn the_status_decides_where_no_code_does() {
    let html = "<html><title>403 Forbidden</title></html>";
    let zero = r#"{"retCode":0,"retMsg":"OK","result":{}}"#;
    for (status, body, verdict) in [
        (200, "", UNSURE),
        (200, html, UNSURE),
        (200, r#"{"retMsg":"OK"}"#, UNSURE),
        (200, r#"{"retCode":"none"}"#, UNSURE),
        (200, r#"{"retCode":0,"retMsg":"OK","resu"#, UNSURE),
        (301, "", UNSURE),
        (400, "", refused(Other)),
        (401, "", refused(Key)),
        (403, html, refused(Limited(None))),
        (403, "access too frequent", refused(Limited(None))),
        (404, "", refused(Other)),
        (408, "", UNSURE),
        (429, "", UNSURE),
        (500, zero, UNSURE),
        (502, html, UNSURE),
    ] {
        let failure = error_in(status, body).unwrap();
        assert_eq!(failure.verdict, verdict, "{status} {body}");
        assert_eq!((failure.status, failure.code), (Some(status), None), "{status} {body}");
    }
    assert_eq!(error_in(403, html).unwrap().text, "answered with an HTML page");
    assert_eq!(error_in(403, "access too frequent").unwrap().text, "access too frequent");
}

#[test]
fn success_is_code_zero_and_nothing_else() {
    for words in ["OK", "success", "SUCCESS", "", "anything"] {
        let body = format!(r#"{{"retCode":0,"retMsg":"{words}"}}"#);
        assert_eq!(error_in(200, &body), None);
        let body = format!(r#"{{"retMsg":"{words}","retCode":"0"}}"#);
        assert_eq!(error_in(200, &body), None);
    }
    assert_eq!(error_in(200, &bybit("rest-empty-ok.json")), None);
    assert_eq!(coded(200, 34040, "OK").verdict, refused(AlreadySo));
}

#[test]
fn refusals_become_outcomes_with_the_venues_words() {
    let body = bybit("errors/10001-sl-wrong-side-long.json");
    let Outcome::Refused(refusal) = error_in(200, &body).unwrap().outcome::<()>() else { panic!() };
    assert_eq!((refusal.code, refusal.kind), (Some(10001), WouldTrigger));
    let words = "StopLoss:324000000 set for Buy position should lower than \
                 base_price:161600000??LastPrice";
    assert_eq!(refusal.text, words);
    let timeout = coded(200, 10000, "Server Timeout").outcome::<()>();
    assert_eq!(timeout, Outcome::Unsure("10000 Server Timeout".to_owned()));
    let long = "牛".repeat(1000);
    assert_eq!(coded(200, 10000, &long).text.chars().count(), 241);
}
