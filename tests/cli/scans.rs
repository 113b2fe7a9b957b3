//! `scan`: one look, nothing written, an answer in the exit code.

use serde_json::json;

use crate::house::House;
use crate::venue::Venue;

/// The findings of a report as `kind symbol`, in order.
fn kinds(report: &serde_json::Value) -> Vec<String> {
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let findings = report["findings"].as_array().unwrap().iter();
    let mut kinds: Vec<_> = findings
        .map(|finding| format!("{} {}", text(&finding["kind"]), text(&finding["symbol"])))
        .collect();
    kinds.sort();
    kinds
}

#[test]
fn an_empty_account_and_no_ledger_are_clean_and_stay_so() {
    let venue = Venue::open();
    let house = House::on(&venue);
    let ran = house.run(&["scan", "--json"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let report = ran.json();
    assert_eq!(report["verdict"], "clean");
    assert_eq!(report["ledger"], "absent");
    assert_eq!(report["accounts"][0]["known"], true);
    let total = &report["alone"]["total"];
    assert_eq!((&total["known"], &total["text"]), (&json!(true), &json!("nothing is open")));
    assert!(ran.sentence().contains("no ledger"), "{}", ran.err);
    assert!(!house.state().exists(), "a scan writes nothing");
}

#[test]
fn an_untracked_naked_position_is_found_without_touching_it() {
    let venue = Venue::open();
    let house = House::on(&venue);
    venue.hold("SOLUSDT", "short", "12");
    let before = venue.state()["record"].as_array().unwrap().len();
    let ran = house.run(&["scan", "--json"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert_eq!(kinds(&ran.json()), ["naked SOLUSDT", "orphan SOLUSDT"]);
    let finding = &ran.json()["findings"][0];
    assert_eq!(finding["venue"]["side"], "short");
    assert_eq!(finding["venue"]["quantity"], "12");
    assert!(finding["ledger"].is_null());
    let report = ran.json();
    let alone = &report["legs"][0]["alone"];
    assert_eq!((&alone["open"], &alone["covered"]), (&json!("12"), &json!(null)), "{report}");
    assert_eq!(alone["text"], "NOTHING covers 12");
    let total = &report["alone"]["total"];
    assert_eq!((&total["legs"], &total["naked"]), (&json!(1), &json!(1)), "{report}");
    assert_eq!(report["alone"]["accounts"]["main"]["covered"], 0);
    assert_eq!(venue.state()["record"].as_array().unwrap().len(), before, "nothing was sent");
    let text = house.run(&["scan"]);
    assert_eq!(text.code, 2);
    assert!(text.out.contains("orphan") && text.out.contains("SOLUSDT"), "{}", text.out);
}

#[test]
fn what_was_opened_a_moment_ago_is_not_called_covered() {
    let venue = Venue::open();
    let house = House::on(&venue);
    venue.tell(json!({"do": "trade", "symbol": "SOLUSDT", "side": "buy", "qty": "3"}));
    let ran = house.run(&["scan", "--json"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert_eq!(kinds(&ran.json()), ["naked SOLUSDT", "orphan SOLUSDT"]);
}

#[test]
fn ledger_and_venue_are_compared_and_the_ledger_is_not_written() {
    let venue = Venue::open();
    let house = House::on(&venue);
    house.engine().stop();
    let eth = venue.hold("ETHUSDT", "long", "2");
    let btc = venue.hold("BTCUSDT", "long", "0.5");
    venue.tell(json!({"do": "place_stop", "symbol": "ETHUSDT", "trigger": "2900"}));
    venue.tell(json!({"do": "place_stop", "symbol": "BTCUSDT", "trigger": "88000"}));
    house.insert(&format!("'ETHUSDT', 'long', '2', '{eth}', 'active', NULL"));
    assert_eq!(house.run(&["scan"]).code, 2, "BTCUSDT is not in the ledger");
    house.insert(&format!("'BTCUSDT', 'long', '0.7', '{btc}', 'active', NULL"));
    house.insert("'XRPUSDT', 'long', '100', '2.1', 'active', NULL");
    let events = house.events().len();
    let ran = house.run(&["scan", "--json"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert_eq!(kinds(&ran.json()), ["phantom XRPUSDT", "quantity BTCUSDT"]);
    let counters = &ran.json()["accounts"][0]["counters"];
    assert_eq!(counters["verified"], 1);
    let report = ran.json();
    let legs = report["legs"].as_array().unwrap();
    let eth = legs.iter().find(|leg| leg["symbol"] == "ETHUSDT").unwrap();
    assert_eq!((&eth["alone"]["covered"], &eth["alone"]["stop"]), (&json!("2"), &json!("2900")));
    assert_eq!(report["alone"]["total"]["covered"], 2, "{report}");
    assert_eq!((&counters["phantoms"], &counters["mismatched"]), (&json!(1), &json!(1)));
    assert_eq!(house.events().len(), events, "no event was written");
    assert!(house.positions().iter().all(|row| row["status"] == "active"));
}

#[test]
fn rows_that_nobody_looks_after_are_named_and_obeyed_by_no_terminal() {
    let venue = Venue::open();
    let house = House::on(&venue);
    house.make_ledger();
    house.sql(
        "INSERT INTO positions (account, exchange, symbol, side, quantity, entry_price, status)
         VALUES ('mian', 'binance', 'BTCUSDT', 'long', '1', '90000', 'active'),
                ('main', 'binance', 'ETH' || char(27) || '[2J' || char(10), 'long', '1', '3000',
                 'active')",
    );
    let ran = house.run(&["scan"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    let says = "row 1 is left alone, account: says mian, which the config does not name";
    assert!(ran.out.contains(says), "{}", ran.out);
    assert!(ran.out.contains("row 2 is left alone, symbol:"), "{}", ran.out);
    assert!(!ran.out.contains("no findings"), "{}", ran.out);
    let listed = house.run(&["positions"]).out;
    assert!(listed.contains("ETH?[2J?"), "{listed}");
    for text in [&ran.out, &listed] {
        assert!(!text.contains('\u{1b}'), "{text:?}");
    }
}

#[test]
fn agreement_with_everything_covered_is_clean() {
    let venue = Venue::open();
    let house = House::on(&venue);
    house.engine().stop();
    let eth = venue.hold("ETHUSDT", "long", "2");
    venue.tell(json!({"do": "place_stop", "symbol": "ETHUSDT", "trigger": "2900"}));
    house.insert(&format!("'ETHUSDT', 'long', '2', '{eth}', 'active', NULL"));
    let ran = house.run(&["scan"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.contains("verified 1") && ran.out.contains("no findings"), "{}", ran.out);
}

#[test]
fn a_venue_that_does_not_say_what_is_open_is_unknown_and_outranks_findings() {
    let venue = Venue::open();
    let house = House::on(&venue);
    venue.hold("SOLUSDT", "short", "12");
    venue.tell(json!({
        "do": "fault", "kind": "truncate", "endpoint": "GET /fapi/*/positionRisk",
    }));
    let ran = house.run(&["scan", "--json"]);
    assert_eq!(ran.code, 3, "{ran:?}");
    let account = &ran.json()["accounts"][0];
    assert_eq!(account["known"], false);
    assert!(account["why"].as_str().unwrap().contains("positionRisk"), "{account}");
    assert_eq!(ran.json()["findings"].as_array().unwrap().len(), 0, "{ran:?}");
}

#[test]
fn a_venue_that_cannot_be_reached_is_unknown() {
    let venue = Venue::open();
    let house = House::on(&venue);
    drop(venue);
    let ran = house.run(&["scan", "--json"]);
    assert_eq!(ran.code, 3, "{ran:?}");
    let report = ran.json();
    assert_eq!(report["accounts"][0]["known"], false);
    // What nobody could look at is not flat: neither in the sum nor in the account's own.
    for alone in [&report["alone"]["total"], &report["alone"]["accounts"]["main"]] {
        assert_eq!((&alone["known"], &alone["legs"]), (&json!(false), &json!(0)), "{report}");
        assert_eq!(alone["text"], "nothing is known of main yet: no complete look", "{report}");
    }
    let text = house.run(&["scan"]);
    assert!(text.out.contains("UNKNOWN") && !text.out.contains("no findings"), "{}", text.out);
}

#[test]
fn a_key_the_venue_does_not_know_is_said_plainly_and_never_shown() {
    let venue = Venue::open();
    let house = House::on(&venue);
    std::fs::write(house.path("key"), "k3yThatIsWr0ng").unwrap();
    let ran = house.run(&["scan", "--json"]);
    assert_eq!(ran.code, 3, "{ran:?}");
    let why = ran.json()["accounts"][0]["why"].as_str().unwrap().to_owned();
    assert!(why.contains("key"), "{why}");
    assert!(!ran.out.contains("k3yThatIsWr0ng") && !ran.err.contains("k3yThatIsWr0ng"));
}
