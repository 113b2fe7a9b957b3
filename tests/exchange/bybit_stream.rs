//! Bybit's recorded frames about the connection, and frames that mean nothing here.

use holdfast::domain::time::VenueTime;
use holdfast::exchange::bybit::answers::{Control, control};
use holdfast::exchange::bybit::events::{BadFrame, UserEvent, event};
use holdfast::exchange::bybit::sign;

use crate::bybit_values::{bybit, frame};

fn answer(op: &str, id: Option<&str>, result: Result<(), &str>) -> Option<Control> {
    let result = result.map_err(str::to_owned);
    Some(Control::Answer { op: op.to_owned(), id: id.map(str::to_owned), result })
}

#[test]
fn acknowledgements_in_both_dialects() {
    for (name, expected) in [
        ("ws-auth-ok-private.json", answer("auth", None, Ok(()))),
        ("ws-trade-auth-ok.json", answer("auth", None, Ok(()))),
        ("ws-trade-auth-failure.json", answer("auth", None, Err("10003 Invalid apikey"))),
        ("ws-subscribe-ack-private.json", answer("subscribe", None, Ok(()))),
        ("ws-subscribe-ack-public-linear.json", answer("subscribe", None, Ok(()))),
        (
            "ws-subscribe-failure.json",
            answer("subscribe", None, Err("Invalid topic: invalid.topic.BTCUSDT")),
        ),
        ("ws-pong-public-linear.json", Some(Control::Pong)),
        ("ws-pong-private.json", Some(Control::Pong)),
        ("ws-trade-pong.json", Some(Control::Pong)),
        ("ws-wallet.json", None),
        ("ws-order-market-filled.json", None),
    ] {
        assert_eq!(control(&bybit(name)), expected, "{name}");
    }
}

#[test]
fn acknowledgements_name_their_request() {
    for (frame, expected) in [
        (
            r#"{"success":true,"ret_msg":"","conn_id":"c","req_id":"7","op":"subscribe"}"#,
            answer("subscribe", Some("7"), Ok(())),
        ),
        (
            r#"{"reqId":"8","retCode":10004,"retMsg":"sign","op":"auth","connId":"c"}"#,
            answer("auth", Some("8"), Err("10004 sign")),
        ),
        (
            r#"{"success":false,"ret_msg":"error:handler not found,topic:tickers.XUSDT",
                "conn_id":"c","req_id":"9","op":"subscribe"}"#,
            answer("subscribe", Some("9"), Err("error:handler not found,topic:tickers.XUSDT")),
        ),
        (r#"{"retCode":20001,"retMsg":"Repeat auth","op":"auth"}"#, answer("auth", None, Ok(()))),
        (r#"{"success":false,"op":"auth"}"#, answer("auth", None, Err("it does not say why"))),
        // Neither a yes nor a no is a no.
        (r#"{"op":"auth"}"#, answer("auth", None, Err("it does not say why"))),
        (r#"{"hello":"world"}"#, None),
        ("no JSON", None),
    ] {
        assert_eq!(control(frame), expected, "{frame}");
    }
}

#[test]
fn frames_of_no_concern() {
    for (name, topic) in [
        ("ws-execution-fast.json", "execution.fast"),
        ("ws-ticker-linear-snapshot.json", "tickers.BTCUSDT"),
        ("ws-pong-private.json", ""),
        ("ws-subscribe-ack-private.json", ""),
    ] {
        assert_eq!(event(&bybit(name)), Ok(UserEvent::Other(topic.to_owned())), "{name}");
    }
}

/// Shapes of the trade stream, which nothing here uses, and of our own first frame.
#[test]
fn frames_that_clients_send() {
    let json = |name: &str| -> serde_json::Value { serde_json::from_str(&bybit(name)).unwrap() };
    let auth = json("ws-auth-request.json");
    assert_eq!((&auth["op"], &auth["args"][1]), (&"auth".into(), &1_662_350_400_000_i64.into()));
    assert_eq!(sign::stream(VenueTime(1_662_350_400_000)), "GET/realtime1662350400000");
    let request = json("ws-trade-order-create-request.json");
    assert_eq!(
        (&request["op"], &request["args"][0]["qty"]),
        (&"order.create".into(), &"0.2".into())
    );
    let ack = control(&bybit("ws-trade-order-create-ack.json"));
    assert_eq!(ack, answer("order.create", Some("test-005"), Ok(())));
    let ack = json("ws-trade-order-create-ack.json");
    assert_eq!(ack["header"]["X-Bapi-Limit-Status"], "9");
}

#[test]
fn unreadable_frames_say_whether_they_matter() {
    for name in ["ws-position-flat-hedge-idx2.json", "ws-order-market-filled.json"] {
        let text = bybit(name);
        let cut = &text[..text.trim_end().len() - 1];
        assert!(matches!(event(cut), Err(BadFrame { matters: true, .. })), "{name}");
    }
    assert!(matches!(event("{\"topic\":\"wall"), Err(BadFrame { matters: false, .. })));
    let why = event("planted").unwrap_err().why;
    assert!(!why.contains("planted"), "{why}");
}

#[test]
fn one_unreadable_row_does_not_cost_its_neighbours() {
    let flat = r#"{"symbol":"BTCUSDT","positionIdx":2,"side":"","size":"0","seq":5,
        "updatedTime":"1785600000000","category":"linear"}"#;
    let sizeless = flat.replace("\"size\":\"0\"", "\"size\":\"\"");
    let inverse = flat.replace("linear", "inverse");
    let timeless = flat.replace("\"updatedTime\":\"1785600000000\",", "");
    for topic in ["position", "position.linear"] {
        let frame = frame(topic, &[&sizeless, flat, &inverse, &timeless]);
        let Ok(UserEvent::Positions(rows)) = event(&frame) else { panic!() };
        assert_eq!(rows.read.len(), 1);
        let why = format!("{topic}: row 1: BTCUSDT: size is empty");
        assert_eq!(rows.missed, Some(why));
    }
    let Ok(UserEvent::Positions(rows)) = event(&frame("position", &[&timeless])) else { panic!() };
    assert_eq!(rows.missed.as_deref(), Some("position: row 1: BTCUSDT: updatedTime is missing"));
    let Ok(UserEvent::Orders(rows)) = event(r#"{"topic":"order"}"#) else { panic!() };
    assert_eq!(rows.missed.as_deref(), Some("order: data is missing"));
}
