//! Several accounts at once, on one venue and on two: each is looked at and listed on its own.

use serde_json::json;

use crate::house::{House, until};
use crate::venue::Venue;

/// A home with an account on each of two exchanges: `main` and `second`.
fn two() -> (Venue, Venue, House) {
    let (main, second) = (Venue::open(), Venue::open());
    let house = House::new();
    std::fs::write(house.path("key"), &main.api_key).unwrap();
    std::fs::write(house.path("secret"), &main.api_secret).unwrap();
    for (name, text) in [("key2", &second.api_key), ("secret2", &second.api_secret)] {
        house.write_secret(name, text);
    }
    let other = crate::house::account(&second)
        .replace("\"main\"", "\"second\"")
        .replace("env:TEST_KEY", "file:key2")
        .replace("env:TEST_SECRET", "file:secret2");
    let pace = "[engine]\nsync_interval = \"1s\"\nconfirm_interval = \"200ms\"\n";
    house.configure(&format!("{pace}{}{other}", crate::house::account(&main)));
    (main, second, house)
}

#[test]
fn a_scan_tells_the_accounts_apart_and_one_that_is_down_hides_nothing_of_the_other() {
    let (main, second, house) = two();
    main.hold("ETHUSDT", "long", "2");
    second.hold("ETHUSDT", "short", "3");
    let ran = house.run(&["scan", "--json"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    let report = ran.json();
    for (at, name) in ["main", "second"].into_iter().enumerate() {
        assert_eq!(report["accounts"][at]["name"], name);
        assert_eq!(report["accounts"][at]["counters"]["orphans"], 1, "{report}");
    }
    let orphans = |name: &str| {
        let findings = report["findings"].as_array().unwrap().iter();
        let own = findings.filter(|f| f["account"] == name && f["kind"] == "orphan");
        own.map(|f| (f["exchange"].clone(), f["venue"]["side"].clone())).collect::<Vec<_>>()
    };
    assert_eq!(orphans("main"), [(json!("binance"), json!("long"))]);
    assert_eq!(orphans("second"), [(json!("binance"), json!("short"))]);

    drop(second);
    let ran = house.run(&["scan"]);
    assert_eq!(ran.code, 3, "unknown outranks findings: {ran:?}");
    assert!(ran.out.contains("binance:second: UNKNOWN"), "{}", ran.out);
    assert!(ran.out.contains("orphan   binance:main  ETHUSDT"), "{}", ran.out);
}

#[test]
fn rows_and_events_of_two_accounts_are_listed_with_their_venue() {
    let (main, second, house) = two();
    let engine = house.start(&["run", "--headless", "--log-format", "json"]);
    let (a, b) = (main.hold("ETHUSDT", "long", "2"), second.hold("ETHUSDT", "long", "5"));
    house.wait_for_event("SYNC_COMPLETED", |event| event["account"] == "second");
    house.insert(&format!("'ETHUSDT', 'long', '2', '{a}', 'active', NULL"));
    house.sql(&format!(
        "INSERT INTO positions (account, exchange, symbol, side, quantity, entry_price, status)
         VALUES ('second', 'binance', 'ETHUSDT', 'long', '5', '{b}', 'active')"
    ));
    for name in ["main", "second"] {
        house.wait_for_event("POSITION_COVERED", |event| event["account"] == name);
    }
    // What happens to one account's position touches the other's of that name in nothing.
    second.tell(json!({"do": "close", "symbol": "ETHUSDT"}));
    let closed = |row: &serde_json::Value| row["status"] == "closed";
    assert_eq!(house.wait_for_position("one closed", closed)["account"], "second");
    let gone = || second.stops("ETHUSDT").is_empty().then_some(());
    until("the stray stop gone", gone, String::new);
    engine.stop();
    let rows = house.positions();
    assert_eq!(rows.iter().filter(|row| row["status"] == "active").count(), 1, "{rows:?}");
    assert_eq!(main.stops("ETHUSDT").len(), 1);

    let events = house.events();
    let about = events.iter().filter(|event| event["account"].is_string());
    assert!(about.clone().count() > 4);
    for event in about {
        assert_eq!(event["exchange"], "binance", "{event}");
    }
    let table = house.run(&["positions"]).out;
    let line = table.lines().find(|line| line.contains("second")).unwrap();
    assert!(line.contains("binance") && line.contains("external"), "{line}");
}

/// A home with an account on each venue: `main` on Binance, `by` on Bybit.
pub fn both() -> (Venue, House) {
    let venue = Venue::open();
    let house = House::new();
    std::fs::write(house.path("key"), &venue.api_key).unwrap();
    std::fs::write(house.path("secret"), &venue.api_secret).unwrap();
    let [rest, ws, key, secret] = &venue.bybit;
    house.write_secret("by-key", key);
    house.write_secret("by-secret", secret);
    let by = format!(
        "[[account]]\nname = \"by\"\nvenue = \"bybit-linear\"\napi_key = \"file:by-key\"\n\
         api_secret = \"file:by-secret\"\n[account.endpoints]\nrest = \"{rest}\"\n\
         ws_public = \"{ws}\"\nws_private = \"{ws}\"\n"
    );
    let pace = "[engine]\nsync_interval = \"1s\"\nconfirm_interval = \"200ms\"\n";
    house.configure(&format!("{pace}{}{by}", crate::house::account(&venue)));
    (venue, house)
}

/// An hour-old position on Bybit.
fn hold_there(venue: &Venue, symbol: &str, side: &str, quantity: &str) {
    venue.tell(json!({
        "do": "seed_position", "venue": "bybit", "symbol": symbol, "side": side,
        "qty": quantity, "ago_ms": 3_600_000,
    }));
}

#[test]
fn a_scan_of_two_venues_keeps_the_same_symbol_and_its_legs_apart() {
    let (venue, house) = both();
    venue.hold("ETHUSDT", "long", "2");
    venue.tell(json!({"do": "hedge_mode", "venue": "bybit", "symbol": "ETHUSDT", "on": true}));
    hold_there(&venue, "ETHUSDT", "long", "3");
    hold_there(&venue, "ETHUSDT", "short", "1");
    hold_there(&venue, "BTCPERP", "long", "0.1");
    let ran = house.run(&["scan", "--json"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    let report = ran.json();
    let mut orphans: Vec<String> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["kind"] == "orphan")
        .map(|finding| {
            let word = |name: &str| finding[name].as_str().unwrap().to_owned();
            let size = finding["venue"]["quantity"].as_str().unwrap();
            format!("{} {} {} {size}", word("exchange"), word("symbol"), word("leg"))
        })
        .collect();
    orphans.sort();
    assert_eq!(
        orphans,
        [
            "binance ETHUSDT net 2",
            "bybit BTCPERP net 0.1",
            "bybit ETHUSDT long 3",
            "bybit ETHUSDT short 1"
        ]
    );
    assert_eq!(report["accounts"][1]["venue"], "bybit-linear");
    let text = house.run(&["scan"]).out;
    assert!(text.contains("bybit:by: ledger 0 venue 3"), "{text}");
}

#[test]
fn on_bybit_a_leg_is_adopted_covered_closed_and_listed_like_any_other() {
    let (venue, house) = both();
    venue.tell(json!({"do": "hedge_mode", "venue": "bybit", "symbol": "ETHUSDT", "on": true}));
    hold_there(&venue, "ETHUSDT", "long", "3");
    hold_there(&venue, "ETHUSDT", "short", "1");
    let ran = house.run(&["adopt", "by", "ETHUSDT", "--leg", "short", "--yes"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let row = &house.positions()[0];
    assert_eq!((&row["exchange"], &row["leg"]), (&json!("bybit"), &json!("short")), "{row}");
    let ran = house.run(&["close", "by", "ETHUSDT", "--leg", "short", "--yes"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let row = &house.positions()[0];
    assert_eq!((&row["status"], &row["exit_reason"]), (&json!("closed"), &json!("manual")));
    // The long leg is as it was.
    let report = house.run(&["scan", "--json"]).json();
    let left = report["findings"].as_array().unwrap().iter().find(|f| f["kind"] == "orphan");
    assert_eq!(left.unwrap()["leg"], "long", "{report}");
}
