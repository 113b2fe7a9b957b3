//! One-shot commands beside a running engine: it carries them out, and goes on.

use std::process::{Child, Output, Stdio};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};

use crate::house::{Engine, House, Ran, account, until};
use crate::venue::Venue;

const PACE: &str = "[engine]\nsync_interval = \"2s\"\nconfirm_interval = \"200ms\"\n";

/// A home with an engine at work in it.
fn guarded() -> (Venue, House, Engine) {
    let venue = Venue::open();
    let house = House::with(&venue, PACE);
    let engine = house.engine();
    house.wait_for_event("STREAM_UP", |_| true);
    (venue, house, engine)
}

/// Starts a command and lets it run.
fn begin(house: &House, args: &[&str]) -> Child {
    let mut command = house.command(args);
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn ended(child: Child) -> Ran {
    let output: Output = child.wait_with_output().unwrap();
    Ran::from(output)
}

/// Orders at the venue take a while from now on.
fn slow(venue: &Venue, ms: u64) {
    venue.tell(json!({
        "do": "fault", "kind": "latency", "ms": ms, "endpoint": "POST /fapi/v1/order",
    }));
}

/// Waits until an order is on its way to the venue.
fn sent(house: &House) {
    let intents = "SELECT count(*) || '' FROM intents WHERE kind = 'close'";
    until("a close on its way", || (house.ask(intents) == "1").then_some(()), || house.logs());
}

#[test]
fn a_close_is_carried_out_by_the_engine_that_runs() {
    let (venue, house, engine) = guarded();
    let entry = venue.hold("ETHUSDT", "long", "2");
    house.insert(&format!("'ETHUSDT', 'long', '2', '{entry}', 'active', NULL"));
    house.wait_for_event("POSITION_COVERED", |event| event["symbol"] == "ETHUSDT");
    let ran = house.run(&["close", "main", "ETHUSDT", "--yes"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.err.contains("reduce-only") && ran.err.contains("all of it"), "{}", ran.err);
    assert!(ran.err.contains("closing main ETHUSDT"), "what is under way is told: {}", ran.err);
    assert!(ran.out.contains("is flat"), "{}", ran.out);
    assert!(venue.position("ETHUSDT").is_none());
    let row = &house.positions()[0];
    assert_eq!((&row["status"], &row["exit_reason"]), (&json!("closed"), &json!("manual")));
    let asked = |event: &&Value| event["kind"] == "OPERATOR_COMMAND";
    let events = house.events();
    let event = events.iter().find(asked).unwrap();
    assert!(event["data"]["who"].as_str().unwrap().contains("command line"), "{event}");
    // The engine of before is at work still.
    assert_eq!(house.run(&["scan"]).code, 0);
    assert_eq!(engine.stop().0, Some(0));
}

#[test]
fn a_part_is_closed_an_orphan_adopted_and_the_adoption_undone() {
    let (venue, house, _engine) = guarded();
    venue.hold("ETHUSDT", "long", "2");
    let there = || venue.position("ETHUSDT").filter(|_| house.run(&["scan"]).code == 2);
    until("the orphan seen", there, String::new);
    let ran = house.run(&["close", "main", "ETHUSDT", "--percent", "25", "--yes"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let ran = house.run(&["adopt", "main", "ETHUSDT", "--stop", "2900", "--yes"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(venue.stops("ETHUSDT").len(), 1);
    assert_eq!(house.positions()[0]["quantity"], "1.5");
    let again = house.run(&["adopt", "main", "ETHUSDT", "--yes"]);
    assert_eq!(again.code, 1, "{again:?}");
    assert!(again.sentence().contains("in the ledger already"), "{}", again.err);
    let adopted = house.wait_for_event("POSITION_ADOPTED", |_| true);
    let repair = adopted["data"]["repair"].as_str().unwrap().to_owned();
    let undone = house.run(&["undo", &repair, "--yes"]);
    assert_eq!(undone.code, 0, "{undone:?}");
    assert!(house.positions().iter().all(|row| row["status"] != "active"));
    let never = house.run(&["undo", "r-000000000000", "--yes"]);
    assert_eq!(never.code, 1, "{never:?}");
    assert!(never.err.contains("there is no repair r-000000000000"), "{}", never.err);
}

#[test]
fn what_is_not_there_and_what_was_not_agreed_to_is_refused_before_anything_is_asked() {
    let (venue, house, _engine) = guarded();
    venue.hold("ETHUSDT", "long", "2");
    let seen = || (house.run(&["scan"]).code == 2).then_some(());
    until("the orphan seen", seen, String::new);
    for (args, words) in [
        (&["close", "main", "BTCUSDT", "--yes"][..], "open there: ETHUSDT"),
        (&["close", "mian", "ETHUSDT", "--yes"][..], "no account mian"),
        (&["close", "main", "ETHUSDT"][..], "--yes"),
    ] {
        let ran = house.run(args);
        assert_eq!(ran.code, 1, "{args:?}: {ran:?}");
        assert!(ran.sentence().contains(words), "{args:?}: {}", ran.err);
    }
    assert!(house.events().iter().all(|event| event["kind"] != "OPERATOR_COMMAND"));
    assert!(venue.position("ETHUSDT").is_some());
}

#[test]
fn a_second_engine_is_still_refused_in_one_sentence() {
    let (_venue, house, engine) = guarded();
    let ran = house.run(&["run", "--headless"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.sentence().contains(&engine.pid().to_string()), "{}", ran.err);
}

/// What of a report does not depend on who looked, or when.
fn timeless(mut report: Value) -> Value {
    let fields = report.as_object_mut().unwrap();
    fields.remove("at");
    for finding in fields["findings"].as_array_mut().unwrap() {
        let finding = finding.as_object_mut().unwrap();
        finding.remove("checks");
        finding.remove("next");
    }
    for leg in fields["legs"].as_array_mut().unwrap() {
        leg.as_object_mut().unwrap().retain(|name, _| !name.starts_with("naked_"));
    }
    report
}

#[test]
fn a_scan_by_the_engine_says_what_a_scan_alone_says_and_connects_to_nothing() {
    let venue = Venue::open();
    // An engine that only looks leaves what it finds as it is.
    let house = House::with(&venue, "[engine]\nautonomy = \"observe\"\nsync_interval = \"60s\"\n");
    let engine = house.engine();
    let eth = venue.hold("ETHUSDT", "long", "2");
    venue.tell(json!({"do": "place_stop", "symbol": "ETHUSDT", "trigger": "2900"}));
    house.insert(&format!("'ETHUSDT', 'long', '2', '{eth}', 'active', NULL"));
    house.insert("'XRPUSDT', 'long', '100', '2.1', 'active', NULL");
    // Opened a moment ago: the engine would wait before it calls that an orphan.
    venue.tell(json!({"do": "trade", "symbol": "SOLUSDT", "side": "buy", "qty": "3"}));
    let count = |path: &str| {
        let requests = venue.requests("binance");
        requests.iter().filter(|r| r["endpoint"].as_str().unwrap().contains(path)).count()
    };
    let before = (count("exchangeInfo"), count("positionRisk"), count("listenKey"));
    let by_engine = house.run(&["scan", "--json"]);
    assert_eq!(by_engine.code, 2, "{by_engine:?}");
    let after = (count("exchangeInfo"), count("positionRisk"), count("listenKey"));
    assert_eq!((after.0, after.2), (before.0, before.2), "the engine's connection is enough");
    assert!(after.1 > before.1, "nobody looked");
    let text = house.run(&["scan"]);
    assert_eq!(text.code, 2);
    assert!(house.events().iter().all(|event| event["kind"] != "OPERATOR_COMMAND"));
    assert_eq!(engine.stop().0, Some(0));
    let alone = house.run(&["scan", "--json"]);
    assert_eq!(alone.code, 2, "{alone:?}");
    assert_eq!(timeless(by_engine.json()), timeless(alone.json()));
    let table = |text: &str| {
        let rows = text.lines().map(|line| line.split_whitespace().take(3).collect::<Vec<_>>());
        rows.map(|words| words.join(" ")).collect::<Vec<_>>()
    };
    assert_eq!(table(&text.out), table(&house.run(&["scan"]).out));
}

#[test]
fn a_scan_by_the_engine_whose_look_fails_is_unknown() {
    let (venue, house, _engine) = guarded();
    venue.tell(json!({
        "do": "fault", "kind": "truncate", "endpoint": "GET /fapi/*/positionRisk",
    }));
    let ran = house.run(&["scan", "--json"]);
    assert_eq!(ran.code, 3, "{ran:?}");
    let report = ran.json();
    assert_eq!(report["accounts"][0]["known"], false);
    let total = &report["alone"]["total"];
    assert_eq!(total["known"], false, "{report}");
    assert!(total["text"].as_str().unwrap().contains("nothing is known of main since"), "{report}");
}

#[test]
fn an_account_the_engine_was_not_started_with_is_said_to_be_so() {
    let (venue, house, _engine) = guarded();
    house.write_secret("later", &venue.api_key);
    let other =
        account(&venue).replace("\"main\"", "\"later\"").replace("env:TEST_KEY", "file:later");
    house.configure(&format!("{PACE}{}{other}", account(&venue)));
    for args in [&["scan"][..], &["close", "later", "ETHUSDT", "--yes"][..]] {
        let ran = house.run(args);
        assert_eq!(ran.code, 1, "{args:?}: {ran:?}");
        assert!(ran.sentence().contains("start it again"), "{args:?}: {}", ran.err);
    }
}

#[test]
fn two_commands_at_once_are_both_carried_out_and_a_leg_is_closed_once() {
    let (venue, house, _engine) = guarded();
    for symbol in ["ETHUSDT", "SOLUSDT"] {
        venue.hold(symbol, "long", "2");
    }
    let both = || {
        let legs = house.run(&["scan", "--json"]).json()["legs"].as_array().unwrap().len();
        (legs == 2).then_some(())
    };
    until("both seen", both, String::new);
    slow(&venue, 500);
    let closes = ["ETHUSDT", "SOLUSDT", "ETHUSDT"]
        .map(|symbol| (symbol, begin(&house, &["close", "main", symbol, "--yes"])));
    let ran = closes.map(|(symbol, child)| (symbol, ended(child)));
    let done = |wanted: &str| {
        ran.iter().filter(|(symbol, ran)| *symbol == wanted && ran.code == 0).count()
    };
    assert_eq!((done("ETHUSDT"), done("SOLUSDT")), (1, 1), "{ran:?}");
    let refused = ran.iter().find(|(_, ran)| ran.code != 0).unwrap();
    assert_eq!((refused.0, refused.1.code), ("ETHUSDT", 1), "{ran:?}");
    assert!(venue.state()["positions"].as_array().unwrap().is_empty());
}

#[test]
fn an_engine_that_dies_while_a_command_waits_is_said_to_be_gone() {
    let (venue, house, engine) = guarded();
    venue.hold("ETHUSDT", "long", "2");
    let seen = || (house.run(&["scan"]).code == 2).then_some(());
    until("the orphan seen", seen, String::new);
    slow(&venue, 20_000);
    let close = begin(&house, &["close", "main", "ETHUSDT", "--yes"]);
    sent(&house);
    engine.signal(Signal::KILL);
    let ran = ended(close);
    assert_eq!(ran.code, 1, "{ran:?}");
    let last = ran.err.lines().last().unwrap();
    assert!(last.contains("the engine went away") && last.contains("intents"), "{last}");
    assert_eq!(house.ask("SELECT count(*) || '' FROM intents WHERE kind = 'close'"), "1");
}

#[test]
fn whoever_does_not_want_to_wait_leaves_and_the_act_goes_on() {
    let (venue, house, _engine) = guarded();
    venue.hold("ETHUSDT", "long", "2");
    let seen = || (house.run(&["scan"]).code == 2).then_some(());
    until("the orphan seen", seen, String::new);
    slow(&venue, 1500);
    let close = begin(&house, &["close", "main", "ETHUSDT", "--yes"]);
    sent(&house);
    let pid = Pid::from_raw(i32::try_from(close.id()).unwrap()).unwrap();
    kill_process(pid, Signal::INT).unwrap();
    let ran = ended(close);
    assert_eq!(ran.code, 1, "{ran:?}");
    let last = ran.err.lines().last().unwrap();
    assert!(last.contains("the close goes on in the engine"), "{last}");
    let gone = || venue.position("ETHUSDT").is_none().then_some(());
    until("the position closed all the same", gone, || house.logs());
}

#[test]
fn a_halt_keeps_an_account_from_adopting_until_it_is_resumed() {
    let (venue, house, _engine) = guarded();
    venue.hold("ETHUSDT", "long", "2");
    let ran = house.run(&["halt", "main", "--reason", "delisting rumours"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let adopt = ["adopt", "main", "ETHUSDT", "--yes"];
    let refused = house.run(&adopt);
    assert_eq!(refused.code, 1, "{refused:?}");
    assert!(refused.err.contains("delisting rumours"), "{}", refused.err);
    assert!(venue.stops("ETHUSDT").is_empty());
    assert_eq!(house.run(&["resume", "mian"]).code, 1);
    assert_eq!(house.run(&["resume"]).code, 0);
    let ran = house.run(&adopt);
    assert_eq!(ran.code, 0, "{ran:?}");
}
