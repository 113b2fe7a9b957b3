//! Every fault of the embedded exchange, met by the whole program: nothing is closed that is
//! open, what closed is booked once with its price, and no order goes out twice.

use serde_json::{Value, json};

use crate::house::{Engine, House, until};
use crate::venue::Venue;

const QUICK: &str = "[engine]\nsync_interval = \"1s\"\nconfirm_interval = \"300ms\"\n";
const POSITIONS: &str = "GET /fapi/v3/positionRisk";
const SYMBOLS: [&str; 3] = ["ETHUSDT", "SOLUSDT", "LINKUSDT"];

/// An engine that watches over three covered longs.
fn watched() -> (Venue, House, Engine) {
    let venue = Venue::open();
    // Looks every second for a whole test would spend a real minute's budget.
    venue.tell(json!({"do": "set_limits", "weight": 1_000_000}));
    let house = House::with(&venue, QUICK);
    let engine = house.engine();
    for symbol in SYMBOLS {
        track(&venue, &house, symbol);
    }
    (venue, house, engine)
}

fn track(venue: &Venue, house: &House, symbol: &str) {
    let seen = house.events().len();
    venue.tell(json!({"do": "trade", "symbol": symbol, "side": "buy", "qty": "2"}));
    let entry = venue.position(symbol).unwrap()["entry"].as_str().unwrap().to_owned();
    house.insert(&format!("'{symbol}', 'long', '2', '{entry}', 'active', NULL"));
    let covered = || {
        let events = house.events();
        let fits = |e: &Value| e["kind"] == "POSITION_COVERED" && e["symbol"] == symbol;
        events.iter().skip(seen).any(fits).then_some(())
    };
    until(&format!("{symbol} covered"), covered, || format!("{:?}", house.events().last()));
}

fn fault(venue: &Venue, what: &Value) {
    let mut verb = what.clone();
    verb["do"] = json!("fault");
    venue.tell(verb);
}

fn clear(venue: &Venue) {
    venue.tell(json!({"do": "clear_faults"}));
    venue.tell(json!({"do": "clock_skew", "ms": 0}));
}

/// Looks that were answered or failed so far.
fn looks(house: &House) -> usize {
    let look = |e: &&Value| e["kind"] == "SYNC_COMPLETED" || e["kind"] == "SYNC_FAILED";
    house.events().iter().filter(look).count()
}

fn open_rows(house: &House) -> Vec<String> {
    let rows = house.positions();
    let open = rows.iter().filter(|row| row["status"] == "active");
    open.map(|row| row["symbol"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn no_lie_and_no_silence_closes_what_is_open() {
    let (venue, house, _engine) = watched();
    let lies = [
        json!({"kind": "empty_list", "endpoint": POSITIONS, "count": 1}),
        json!({"kind": "truncate", "endpoint": POSITIONS}),
        json!({"kind": "missing_field", "endpoint": POSITIONS, "field": "positionAmt"}),
        json!({"kind": "missing_field", "endpoint": POSITIONS, "field": "symbol"}),
        json!({"kind": "hide_rows", "symbol": "SOLUSDT", "count": 1}),
        json!({"kind": "zero_rows", "symbol": "BTCUSDT"}),
        json!({"kind": "error", "code": -1000, "endpoint": POSITIONS}),
        json!({"kind": "unavailable", "endpoint": POSITIONS}),
        json!({"kind": "unknown", "endpoint": POSITIONS, "executed": true}),
        json!({"kind": "cut", "endpoint": POSITIONS, "executed": true}),
        json!({"kind": "latency", "ms": 400}),
        json!({"kind": "maintenance"}),
        json!({"kind": "answer", "status": 200, "body": "<html>", "endpoint": POSITIONS}),
        json!({"kind": "truncate", "endpoint": "GET /fapi/v1/openAlgoOrders"}),
        json!({"kind": "stream_silent"}),
        json!({"kind": "stream_delay", "ms": 300}),
        json!({"kind": "stream_double"}),
        json!({"kind": "stream_drop"}),
    ];
    for lie in &lies {
        let before = looks(&house);
        fault(&venue, lie);
        let told = || (looks(&house) >= before + 2).then_some(());
        until(&format!("two looks under {lie}"), told, || house.events().len().to_string());
        clear(&venue);
        assert_eq!(open_rows(&house).len(), 3, "{lie}");
        for symbol in SYMBOLS {
            assert_eq!(venue.stops(symbol).len(), 1, "{lie}: one stop behind {symbol}");
        }
    }
    let closed = |e: &&Value| e["kind"].as_str().is_some_and(|kind| kind.ends_with("CLOSED"));
    assert_eq!(house.events().iter().find(closed), None);
}

#[test]
fn a_clock_that_jumps_is_measured_again_and_closes_nothing() {
    let (venue, house, _engine) = watched();
    let before = looks(&house);
    venue.tell(json!({"do": "clock_skew", "ms": 90_000}));
    let told = || (looks(&house) >= before + 3).then_some(());
    until("three looks under a foreign clock", told, String::new);
    assert_eq!(open_rows(&house).len(), 3);
    let last = house
        .events()
        .into_iter()
        .rfind(|e| e["kind"] == "SYNC_COMPLETED" || e["kind"] == "SYNC_FAILED");
    assert_eq!(last.unwrap()["kind"], "SYNC_COMPLETED");
}

#[test]
fn a_close_by_hand_under_any_fault_is_booked_once_with_its_price() {
    let (venue, house, _engine) = watched();
    let troubles = [
        json!({"kind": "rest_lag", "ms": 1500}),
        json!({"kind": "rest_lag", "calls": 3}),
        json!({"kind": "history_lag", "ms": 1500}),
        json!({"kind": "stream_delay", "ms": 700}),
        json!({"kind": "stream_drop"}),
        json!({"kind": "stream_double"}),
        json!({"kind": "stream_shuffle"}),
        json!({"kind": "stream_silent"}),
        json!({"kind": "empty_list", "endpoint": POSITIONS, "count": 1}),
        json!({"kind": "truncate", "endpoint": "GET /fapi/v1/userTrades", "count": 2}),
        json!({"kind": "unavailable", "endpoint": POSITIONS, "count": 2}),
        json!({"kind": "latency", "ms": 200}),
    ];
    for trouble in &troubles {
        let closed = |row: &&Value| row["symbol"] == "ETHUSDT" && row["status"] == "closed";
        let before = house.positions().iter().filter(closed).count();
        fault(&venue, trouble);
        venue.tell(json!({"do": "close", "symbol": "ETHUSDT"}));
        let booked = || {
            let rows = house.positions();
            (rows.iter().filter(closed).count() > before).then_some(rows)
        };
        let rows = until(&format!("booked under {trouble}"), booked, || {
            format!("{:#?}", house.events().iter().rev().take(6).collect::<Vec<_>>())
        });
        clear(&venue);
        let done: Vec<&Value> = rows.iter().filter(closed).collect();
        assert_eq!(done.len(), before + 1, "{trouble}");
        for row in done {
            assert_eq!(row["exit_reason"], "external", "{trouble}: {row}");
            assert!(row["exit_price"].is_string() && row["pnl"].is_string(), "{trouble}: {row}");
        }
        let clean = || venue.stops("ETHUSDT").is_empty().then_some(());
        until(&format!("the stray stop gone after {trouble}"), clean, String::new);
        track(&venue, &house, "ETHUSDT");
    }
}

#[test]
fn a_stop_whose_answer_was_lost_is_found_and_not_placed_twice() {
    let (venue, house, _engine) = watched();
    let answers = [
        json!({"kind": "unknown", "executed": true}),
        json!({"kind": "unknown", "executed": false}),
        json!({"kind": "cut", "executed": true}),
        json!({"kind": "error", "code": -1007, "executed": true}),
        json!({"kind": "error", "code": -1007, "executed": false}),
        json!({"kind": "unavailable"}),
        json!({"kind": "refuse", "code": -2021}),
    ];
    for answer in &answers {
        let mut once = answer.clone();
        once["endpoint"] = json!("POST /fapi/v1/algoOrder");
        once["count"] = json!(1);
        fault(&venue, &once);
        venue.tell(json!({"do": "remove_stop", "symbol": "SOLUSDT"}));
        let back = || (venue.stops("SOLUSDT").len() == 1).then_some(());
        until(&format!("the stop back under {answer}"), back, || {
            format!("{:#?}", house.events().iter().rev().take(4).collect::<Vec<_>>())
        });
        let before = looks(&house);
        until("two more looks", || (looks(&house) >= before + 2).then_some(()), String::new);
        assert_eq!(venue.stops("SOLUSDT").len(), 1, "{answer}: never two");
        clear(&venue);
    }
}

#[test]
fn a_ban_is_obeyed_and_told() {
    let (venue, house, _engine) = watched();
    venue.tell(json!({"do": "ban", "for_ms": 3000}));
    house.wait_for_event("SYNC_FAILED", |e| e["data"]["why"].to_string().contains("ban"));
    assert_eq!(open_rows(&house).len(), 3);
    let back = || {
        let events = house.events();
        let failed = events.iter().rposition(|e| e["kind"] == "SYNC_FAILED")?;
        events[failed..].iter().any(|e| e["kind"] == "SYNC_COMPLETED").then_some(())
    };
    until("known again after the ban", back, || format!("{:?}", house.events().last()));
    assert_eq!(open_rows(&house).len(), 3);
}
