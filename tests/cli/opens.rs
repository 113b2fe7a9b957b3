//! `open`: a position together with its stop, or neither, with an engine and without.

use serde_json::{Value, json};

use crate::accounts::both;
use crate::house::{House, Ran, until};
use crate::venue::Venue;

/// What is open on one side, as symbol and size.
fn held(venue: &Venue, side: &str) -> Vec<String> {
    let state = venue.state_of(side);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let positions = state["positions"].as_array().unwrap().iter();
    positions.map(|position| text(&position["symbol"])).collect()
}

fn opened(ran: &Ran, house: &House, account: &str, stop_is_near: &str) {
    assert_eq!(ran.code, 0, "{ran:?}");
    let plan = format!("opening {account} ETHUSDT long 2 at market, stop 2% from the entry");
    // A venue that tells prices by symbol is asked for this one's first.
    assert!(ran.err.lines().any(|line| line.starts_with(&plan)), "{}", ran.err);
    assert!(ran.out.contains("stop at") && ran.out.contains("is live"), "{}", ran.out);
    let row = house.wait_for_position("the row", |row| row["account"] == account);
    assert_eq!((&row["status"], &row["quantity"]), (&json!("active"), &json!("2")), "{row}");
    let stop = row["stop_loss_price"].as_str().unwrap();
    assert!(stop.starts_with(stop_is_near), "{row}");
    house.wait_for_event("OPEN_VERIFIED", |event| event["account"] == account);
}

#[test]
fn a_running_engine_opens_on_both_venues_with_a_live_stop() {
    let (venue, house) = both();
    let _engine = house.engine();
    house.wait_for_event("SYNC_COMPLETED", |event| event["account"] == "by");
    for (account, side) in [("main", "binance"), ("by", "bybit")] {
        let ran = house.run(&["open", account, "ETHUSDT", "long", "2", "--stop", "2%"]);
        opened(&ran, &house, account, "304");
        assert_eq!(held(&venue, side), ["ETHUSDT"]);
        let report = house.run(&["scan", "--json"]).json();
        let legs = report["legs"].as_array().unwrap();
        let leg = legs.iter().find(|leg| leg["account"] == account).unwrap();
        assert_eq!(leg["guard"], "covered", "{report}");
    }
    // What is open is not opened again.
    let again = house.run(&["open", "main", "ETHUSDT", "long", "2", "--stop", "2%"]);
    assert_eq!(again.code, 1, "{again:?}");
    assert!(again.err.contains("ETHUSDT"), "{}", again.err);
    assert_eq!(house.positions().len(), 2);
}

#[test]
fn without_an_engine_it_opens_by_itself_and_says_how_it_ended_as_json() {
    let (venue, house) = both();
    for (account, side) in [("main", "binance"), ("by", "bybit")] {
        let args = ["open", account, "SOLUSDT", "short", "10", "--stop", "150", "--json"];
        let ran = house.run(&args);
        assert_eq!(ran.code, 0, "{ran:?}");
        let end = ran.json();
        assert_eq!((&end["state"], &end["filled"]), (&json!("open"), &json!("10")), "{end}");
        assert_eq!((&end["wanted"], &end["stop"]), (&json!("10"), &json!("150")), "{end}");
        assert!(end["client_id"].is_string() && end["entry_price"].is_string(), "{end}");
        assert!(end["position_id"].is_i64(), "{end}");
        assert_eq!(end["warnings"], json!([]));
        assert_eq!(held(&venue, side), ["SOLUSDT"]);
    }
    assert!(house.run(&["scan"]).code == 0);
}

#[test]
fn what_cannot_be_opened_is_refused_in_one_sentence_and_nothing_is_sent() {
    let (venue, house) = both();
    let _engine = house.engine();
    house.wait_for_event("SYNC_COMPLETED", |event| event["account"] == "by");
    let orders = |request: &Value| {
        let endpoint = request["endpoint"].as_str().unwrap();
        endpoint.starts_with("POST") && endpoint.contains("rder")
    };
    for (args, words) in [
        (["nobody", "ETHUSDT", "long", "2", "2%"], "no account nobody"),
        (["main", "NOSUCHUSDT", "long", "2", "2%"], "NOSUCHUSDT"),
        (["main", "ETHUSDT", "long", "0.00001", "2%"], "below the smallest"),
        (["by", "ETHUSDT", "short", "100000", "2%"], "above the largest"),
    ] {
        let [account, symbol, side, quantity, stop] = args;
        let ran = house.run(&["open", account, symbol, side, quantity, "--stop", stop]);
        assert_eq!(ran.code, 1, "{args:?}: {ran:?}");
        assert!(ran.sentence().contains(words), "{args:?}: {}", ran.err);
        assert_eq!(ran.out, "", "{args:?}");
    }
    // Asked of a venue that told no price of it yet, too.
    for account in ["main", "by"] {
        let ran = house.run(&["open", account, "SOLUSDT", "long", "10", "--stop", "1000"]);
        assert_eq!(ran.code, 1, "{account}: {ran:?}");
        let last = ran.err.lines().last().unwrap_or_default();
        assert!(last.contains("not on the losing side"), "{account}: {}", ran.err);
        assert_eq!(ran.out, "", "{account}");
    }
    for side in ["binance", "bybit"] {
        assert!(!venue.requests(side).iter().any(orders), "something was sent to {side}");
    }
    assert!(house.positions().is_empty());
}

#[test]
fn what_cannot_be_protected_is_taken_back_and_the_exit_code_says_so() {
    let (venue, house) = both();
    venue.tell(json!({
        "do": "fault", "kind": "refuse", "code": -4045, "count": 50,
    }));
    let args = ["open", "main", "ETHUSDT", "long", "2", "--stop", "2%", "--json"];
    let ran = house.run(&args);
    assert_eq!(ran.code, 1, "{ran:?}");
    let end = ran.json();
    assert_eq!(end["state"], "rolled-back", "{end}");
    assert!(held(&venue, "binance").is_empty(), "{ran:?}");
    assert!(house.positions().iter().all(|row| row["status"] == "closed"));
}

#[test]
fn a_part_that_was_filled_is_protected_and_kept_with_a_warning() {
    let (venue, house) = both();
    let _engine = house.engine();
    house.wait_for_event("STREAM_UP", |event| event["account"] == "main");
    venue.tell(json!({"do": "depth", "symbol": "ETHUSDT", "qty": "0.5"}));
    let ran = house.run(&["open", "main", "ETHUSDT", "long", "2", "--stop", "2%"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let warning = ran.err.lines().find(|line| line.starts_with("holdfast: warning: ")).unwrap();
    assert!(warning.contains("0.5 of 2"), "{warning}");
    let row = house.wait_for_position("the row", |_| true);
    assert_eq!((&row["status"], &row["quantity"]), (&json!("active"), &json!("0.5")), "{row}");
    let quantity = venue.stops("ETHUSDT")[0]["qty"].as_str().unwrap().to_owned();
    assert_eq!(quantity.trim_end_matches('0'), "0.5");
}

/// On Bybit each symbol has a mode of its own, which shows nowhere while nothing is open there.
#[test]
fn in_hedge_mode_it_opens_the_leg_of_its_side_also_where_only_some_symbols_are_in_it() {
    let (venue, house) = both();
    let hedge = |symbol: &str| {
        venue.tell(json!({"do": "hedge_mode", "venue": "bybit", "symbol": symbol, "on": true}));
    };
    let open =
        |symbol: &str, side: &str| house.run(&["open", "by", symbol, side, "2", "--stop", "2%"]);
    let leg = |symbol: &str| {
        let rows = house.positions();
        let row = rows.iter().find(|row| row["symbol"] == symbol && row["status"] == "active");
        row.map(|row| row["leg"].clone())
    };
    hedge("ETHUSDT");
    let _engine = house.engine();
    house.wait_for_event("SYNC_COMPLETED", |event| event["account"] == "by");
    let ran = open("ETHUSDT", "short");
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(leg("ETHUSDT"), Some(json!("short")));
    let ran = open("BNBUSDT", "long");
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(leg("BNBUSDT"), Some(json!("net")));
    // What was switched under the engine is noticed by the refusal, and the next one works.
    hedge("SOLUSDT");
    let ran = open("SOLUSDT", "long");
    assert!(ran.code == 0 || ran.err.contains("position mode"), "{ran:?}");
    let opened = || (leg("SOLUSDT").is_some() || open("SOLUSDT", "long").code == 0).then_some(());
    until("the second open", opened, || house.logs());
    assert_eq!(leg("SOLUSDT"), Some(json!("long")));
    assert_eq!(house.run(&["scan"]).code, 0);
}
