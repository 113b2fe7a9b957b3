//! What is sent to Bybit: bodies, and the texts that are signed.

use holdfast::domain::amount::OrderSide;
use holdfast::domain::effect::{ReduceOrder, StopOrder};
use holdfast::domain::key::Leg;
use holdfast::domain::order::TriggerBy;
use holdfast::domain::time::VenueTime;
use holdfast::exchange::bybit::{encode, sign};
use holdfast::exchange::sign::Signer;
use holdfast::exchange::{Credentials, KeyKind};
use secrecy::SecretString;

use crate::values::{price, qty};

const KEY: &str = "bybit-test-key-0001";
const AT: VenueTime = VenueTime(1_790_000_000_000);

fn signer(secret: &str, kind: Option<KeyKind>) -> Signer {
    let secret = SecretString::from(secret.to_owned());
    Signer::new(&Credentials { key: SecretString::from(KEY.to_owned()), secret, kind }).unwrap()
}

fn signed(text: &str) -> String {
    signer("bybit-test-secret-0001", None).sign_plain(text).unwrap()
}

fn stop_order(leg: Leg, side: OrderSide) -> StopOrder {
    StopOrder {
        client_id: "hfs-1f3a9c0b2d4e5f60".into(),
        symbol: "BTCUSDT".into(),
        leg,
        side,
        quantity: qty("0.010"),
        trigger: price("58000.00"),
        trigger_by: TriggerBy::Mark,
    }
}

fn close(leg: Leg, side: OrderSide) -> ReduceOrder {
    ReduceOrder {
        client_id: "hfx-1f3a9c0b2d4e5f60".into(),
        symbol: "BTCUSDT".into(),
        leg,
        side,
        quantity: qty("0.010"),
    }
}

const STOP: &str = concat!(
    r#"{"category":"linear","symbol":"BTCUSDT","positionIdx":0,"tpslMode":"Full","#,
    r#""stopLoss":"58000","slTriggerBy":"MarkPrice"}"#,
);

#[test]
fn the_documented_signatures() {
    for (payload, expected) in [
        (
            "category=linear&settleCoin=USDT&limit=200",
            "44eee05d9acb7d49ff5a45c155ffee20c819e995a54780f81da652c90572eb46",
        ),
        ("", "33d7a7f5926859432808d3ddbc15dec01a9a8cd8eeea73a56214027d8d7707ad"),
        (STOP, "2f7c456d54f95b0a7d699f4a82a2fc4e29b19312f630c11039e80c5602f3117a"),
    ] {
        assert_eq!(signed(&sign::request(AT, KEY, "5000", payload)), expected, "{payload}");
    }
    let stream = "63a2746d76dde397fdb03c228dbd875a12d9b2a5653a74a34fbfc50501fd0b7f";
    assert_eq!(signed(&sign::stream(VenueTime(1_790_000_010_000))), stream);
}

/// Made with openssl over the same text.
const RSA_SIGNATURE: &str = "\
    Q+Hxrleduu//T/FUTDyEQIIXBynVpjbqnuVWG1glydk3aQKKEijkAonRIQT0C2mkX/bMxNZOEnaxoyRgtGQQJ6\
    6e+3ICs170+PoZ5lEw/Vrk47B36AjkEwdyXGhjCjWlJzIV3Bq5ktx7nh0txvfVQ6lPRMNLVUFcat+6+5Vz1zy+\
    dR94iri2WzgbTnKGpTyA9E646nG774piGm+GxKwGmK9xFLRpT5fa+6BneCtPBpA3hRYeYEmW7mMMsQ5YnkCsIM\
    Lojyq7YV/hI0QCOYTPx05so5HQxbvGLnzn5ZmLRewGylTNXHLh5F1urlTK8ZQMMIAHMvJTZAVpF7KPSH9v2A==";

#[test]
fn a_self_made_key_signs_in_base64_that_is_not_escaped() {
    let rsa = signer(include_str!("../fixtures/keys/rsa.pem"), Some(KeyKind::Rsa));
    let text = sign::request(AT, KEY, "5000", STOP);
    assert_eq!(rsa.sign_plain(&text).unwrap(), RSA_SIGNATURE);
}

#[test]
fn the_stop_on_a_position() {
    assert_eq!(encode::stop(&stop_order(Leg::Net, OrderSide::Sell)).unwrap(), STOP);
    let short = encode::stop(&stop_order(Leg::Short, OrderSide::Buy)).unwrap();
    assert_eq!(short, STOP.replace("\"positionIdx\":0", "\"positionIdx\":2"));
    let mut by_last = stop_order(Leg::Long, OrderSide::Sell);
    by_last.trigger_by = TriggerBy::Last;
    let long = STOP.replace("\"positionIdx\":0", "\"positionIdx\":1").replace("Mark", "Last");
    assert_eq!(encode::stop(&by_last).unwrap(), long);
    for leg in [Leg::Net, Leg::Long, Leg::Short] {
        let index = match leg {
            Leg::Net => 0,
            Leg::Long => 1,
            Leg::Short => 2,
        };
        let expected = STOP
            .replace("58000\",\"slTriggerBy\":\"MarkPrice", "0")
            .replace("\"positionIdx\":0", &format!("\"positionIdx\":{index}"));
        assert_eq!(encode::clear_stop(&"BTCUSDT".into(), leg), expected);
    }
}

const HEAD: &str = r#""category":"linear","symbol":"BTCUSDT""#;
const AT_MARKET: &str = r#""orderType":"Market","qty":"0.01","reduceOnly":true"#;
const LINK: &str = r#""orderLinkId":"hfx-1f3a9c0b2d4e5f60""#;

#[test]
fn a_close_is_reduce_only_in_every_mode() {
    for (leg, side, index, word) in [
        (Leg::Net, OrderSide::Sell, 0, "Sell"),
        (Leg::Net, OrderSide::Buy, 0, "Buy"),
        (Leg::Long, OrderSide::Sell, 1, "Sell"),
        (Leg::Short, OrderSide::Buy, 2, "Buy"),
    ] {
        let expected =
            format!(r#"{{{HEAD},"side":"{word}",{AT_MARKET},"positionIdx":{index},{LINK}}}"#);
        assert_eq!(encode::reduce(&close(leg, side)).unwrap(), expected);
    }
}

#[test]
fn what_would_enlarge_a_leg_is_not_sent() {
    for (leg, side) in [(Leg::Long, OrderSide::Buy), (Leg::Short, OrderSide::Sell)] {
        for why in [
            encode::stop(&stop_order(leg, side)).unwrap_err(),
            encode::reduce(&close(leg, side)).unwrap_err(),
        ] {
            assert!(why.starts_with("not sent: ") && why.contains("would enlarge"), "{why}");
        }
    }
}

#[test]
fn an_order_is_taken_away_by_one_name() {
    let symbol = "1000PEPEUSDT".into();
    assert_eq!(
        encode::cancel_by_id(&symbol, &"a1".into()),
        r#"{"category":"linear","symbol":"1000PEPEUSDT","orderId":"a1"}"#
    );
    assert_eq!(
        encode::cancel_by_link(&symbol, &"hfs-1".into()),
        r#"{"category":"linear","symbol":"1000PEPEUSDT","orderLinkId":"hfs-1"}"#
    );
}

/// No number is written with an exponent or with zeros that mean nothing.
#[test]
fn numbers_are_written_plainly() {
    let mut order = close(Leg::Net, OrderSide::Sell);
    for (quantity, written) in
        [("40000000", "40000000"), ("0.00000010", "0.0000001"), ("12.500", "12.5")]
    {
        order.quantity = qty(quantity);
        let body = encode::reduce(&order).unwrap();
        assert!(body.contains(&format!("\"qty\":\"{written}\"")), "{body}");
    }
}
