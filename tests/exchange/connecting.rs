//! Connecting an account: what is checked, and what each failure says.

use holdfast::domain::input::{Input, StreamEvent};
use holdfast::exchange::{ConnectError, Rights, rights};
use secrecy::SecretString;

use crate::values::fixture;
use crate::venue::{Answer, KEY, SECRET, Venue, error, ok};

#[tokio::test]
async fn instruments_come_first_and_the_stream_is_up_after_its_handshake() {
    let venue = Venue::start().await;
    let mut link = venue.link().await;
    let instruments = loop {
        match link.next().await {
            Input::Instruments(account, instruments) => {
                assert_eq!(account, "main".into());
                break instruments;
            }
            Input::Link(..) => {}
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(instruments.len(), 3);
    assert_eq!(link.told().await, StreamEvent::Up);
    venue.opened("/private/ws", 1).await;
}

#[tokio::test]
async fn the_key_is_proven_with_a_signature_over_what_was_sent() {
    let venue = Venue::start().await;
    let _link = venue.link().await;
    let asked = venue.seen("GET /fapi/v1/accountConfig");
    assert_eq!(asked.len(), 1);
    let Some((signed, signature)) = asked[0].query.split_once("&signature=") else { panic!() };
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, SECRET.as_bytes());
    let tag = ring::hmac::sign(&key, signed.as_bytes());
    let expected: String = tag.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(signature, expected);
    assert_eq!(asked[0].key.as_deref(), Some(KEY));
    assert_eq!(asked[0].get("recvWindow"), Some("5000"));
    let public = venue.seen("GET /fapi/v1/exchangeInfo");
    assert_eq!((public[0].key.as_deref(), public[0].query.as_str()), (None, ""));
}

#[tokio::test]
async fn timestamps_follow_the_venue_s_clock_and_are_never_ahead_of_it() {
    for skew in [-3_600_000, 0, 7_200_000] {
        let venue = Venue::start().await;
        venue.on("GET /fapi/v1/time", Answer::Time(skew));
        let _link = venue.link().await;
        let stamp = venue.seen("GET /fapi/v1/accountConfig")[0].get("timestamp").unwrap().parse();
        let behind = crate::venue::wall_clock() + skew - stamp.unwrap_or(0_i64);
        assert!((0..2000).contains(&behind), "{behind} ms late with a skew of {skew}");
    }
}

async fn failure(venue: &Venue) -> ConnectError {
    let Err(why) = venue.link_to(venue.account()).await else { panic!("it connected") };
    let text = why.to_string();
    assert!(text.starts_with("main: "), "{text}");
    assert!(!text.contains("planted"), "{text}");
    assert!(!text.contains("signature="), "{text}");
    why
}

#[tokio::test]
async fn what_the_venue_says_of_the_key_decides_the_error() {
    type Check = fn(&ConnectError) -> bool;
    let cases: [(Answer, Check, bool, &str); 9] = [
        (
            error(401, -2015, "Invalid API-key, IP, or permissions for action."),
            |e| matches!(e, ConnectError::Key(_)),
            false,
            "list of addresses",
        ),
        (
            error(401, -2014, "API-key format invalid."),
            |e| matches!(e, ConnectError::Key(_)),
            false,
            "-2014",
        ),
        (
            error(400, -1022, "Signature for this request is not valid."),
            |e| matches!(e, ConnectError::Signature(_)),
            false,
            "secret",
        ),
        (
            error(400, -1021, "Timestamp for this request is outside of the recvWindow."),
            |e| matches!(e, ConnectError::Clock(_)),
            true,
            "machine's clock",
        ),
        (
            error(400, -1121, "Invalid symbol."),
            |e| matches!(e, ConnectError::Refused(_)),
            true,
            "-1121",
        ),
        (
            error(503, -1016, "This service is no longer available."),
            |e| matches!(e, ConnectError::Unreachable(_)),
            true,
            "-1016",
        ),
        (
            Answer::Says(502, "<html>bad gateway</html>".to_owned()),
            |e| matches!(e, ConnectError::Unreachable(_)),
            true,
            "HTTP 502",
        ),
        (
            ok("<html>a captive portal</html>"),
            |e| matches!(e, ConnectError::NotTheVenue(_)),
            true,
            "endpoints.rest",
        ),
        (ok("{}"), |e| matches!(e, ConnectError::NotTheVenue(_)), true, "dualSidePosition"),
    ];
    for (answer, check, may_pass, words) in cases {
        let venue = Venue::start().await;
        venue.on("GET /fapi/v1/accountConfig", answer.clone());
        let why = failure(&venue).await;
        assert!(check(&why), "{answer:?} gave {why:?}");
        assert_eq!(why.may_pass(), may_pass, "{why:?}");
        assert!(why.to_string().contains(words), "{why}");
    }
}

#[tokio::test]
async fn a_clock_that_stays_wrong_is_measured_again_and_the_request_sent_twice_at_most() {
    let venue = Venue::start().await;
    venue.on("GET /fapi/v1/accountConfig", error(400, -1021, "Timestamp …"));
    failure(&venue).await;
    assert_eq!(venue.seen("GET /fapi/v1/accountConfig").len(), 2);
}

#[tokio::test]
async fn something_else_answers_at_the_address() {
    for line in ["GET /fapi/v1/time", "GET /fapi/v1/exchangeInfo"] {
        for body in ["<html></html>", "{}", r#"{"symbols": [{"symbol""#, "[]"] {
            let venue = Venue::start().await;
            venue.on(line, ok(body));
            let why = failure(&venue).await;
            assert!(matches!(why, ConnectError::NotTheVenue(_)), "{line} {body}: {why:?}");
        }
    }
}

#[tokio::test]
async fn a_list_without_one_usable_symbol_is_no_connection() {
    let venue = Venue::start().await;
    venue.on("GET /fapi/v1/exchangeInfo", ok(r#"{"rateLimits":[],"symbols":[{}]}"#));
    let text = failure(&venue).await.to_string();
    assert!(text.contains("no symbol with usable rules"), "{text}");
}

#[tokio::test]
async fn nobody_answers_at_the_address() {
    let venue = Venue::start().await;
    let mut account = venue.account();
    // Port 1 on loopback: reserved and closed.
    account.endpoints.rest = "http://127.0.0.1:1".to_owned();
    let Err(why) = venue.link_to(account).await else { panic!() };
    assert!(matches!(why, ConnectError::Unreachable(_)), "{why:?}");
    assert!(why.may_pass());
    assert!(why.to_string().contains("no connection to http://127.0.0.1:1"), "{why}");
}

#[tokio::test]
async fn what_the_config_says_cannot_work() {
    let venue = Venue::start().await;
    let mut no_secret = venue.account();
    no_secret.credentials.secret = SecretString::from(String::new());
    let mut bad_key = venue.account();
    bad_key.credentials.key = SecretString::from("planted\nkey".to_owned());
    let mut no_url = venue.account();
    no_url.endpoints.rest = "fapi".to_owned();
    for (account, words) in [
        (no_secret, "the API secret is empty"),
        (bad_key, "the API key has characters"),
        (no_url, "is no URL"),
    ] {
        let Err(why) = venue.link_to(account).await else { panic!("{words}") };
        assert!(matches!(why, ConnectError::Setup(_)), "{why:?}");
        assert!(why.to_string().contains(words), "{why}");
        assert!(!why.to_string().contains("planted"), "{why}");
    }
    assert_eq!(venue.seen(""), []);
}

#[tokio::test]
async fn the_position_mode_is_asked_elsewhere_where_the_cheap_question_is_unknown() {
    let venue = Venue::start().await;
    venue.on("GET /fapi/v1/accountConfig", error(404, -5000, "Path … is invalid"));
    venue.on("GET /fapi/v1/positionSide/dual", ok(r#"{"dualSidePosition":true}"#));
    let _link = venue.link().await;
    assert_eq!(venue.seen("GET /fapi/v1/positionSide/dual").len(), 1);
}

#[tokio::test]
async fn the_rights_of_a_key_are_known_or_not_and_never_a_reason_to_fail() {
    let venue = Venue::start().await;
    let mut account = venue.account();
    assert!(rights(&account).await.unwrap_err().contains("no such host"));
    account.endpoints.rest_spot = Some(account.endpoints.rest.clone());
    assert!(rights(&account).await.unwrap_err().contains("-5000"));
    venue.link_to(account.clone()).await.unwrap();
    let body = ok(&fixture("api_restrictions.json"));
    venue.on("GET /sapi/v1/account/apiRestrictions", body);
    let expected = Rights { read: true, trade: false, withdraw: false, ip_restricted: false };
    assert_eq!(rights(&account).await, Ok(expected));
}
