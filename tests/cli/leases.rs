//! Two engines on one ledger, as processes: one acts, the other watches and takes over.

use std::time::{Duration, Instant};

use rustix::process::Signal;
use serde_json::{Value, json};

use crate::house::{Engine, House, account};
use crate::venue::Venue;

/// Two engines spend one budget of requests: looks must not use it up.
const PACE: &str = "sync_interval = \"5s\"\nconfirm_interval = \"200ms\"\n";
/// A lease runs out, and whoever stands by notices.
const TAKEOVER: Duration = Duration::from_secs(90);

/// A second home whose ledger is that of the first.
fn beside(first: &House, venue: &Venue) -> House {
    let house = House::with(venue, "");
    let ledger = first.ledger();
    house.configure(&format!(
        "[ledger]\nurl = \"sqlite:{}\"\n[engine]\n{PACE}{}",
        ledger.display(),
        account(venue)
    ));
    house
}

fn wait(what: &str, engine: &Engine, mut is_so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < TAKEOVER, "waited in vain for {what}: {}", engine.log());
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Requests so far that change something at the venue.
fn acts(venue: &Venue) -> Vec<String> {
    let requests = venue.requests("binance").into_iter();
    let text = |request: Value| request["endpoint"].as_str().unwrap().to_owned();
    let changes = |endpoint: &String| !endpoint.starts_with("GET") && !endpoint.contains("listen");
    requests.map(text).filter(changes).collect()
}

fn take_stop_away(venue: &Venue) {
    let id = venue.stops("ETHUSDT")[0]["id"].clone();
    venue.tell(json!({"do": "remove_stop", "symbol": "ETHUSDT", "id": id}));
}

fn stands_by(house: &House) -> bool {
    house.run(&["scan"]).out.contains("stands by")
}

#[test]
fn the_one_that_stands_by_says_so_and_takes_over_and_the_one_that_was_stopped_sends_nothing() {
    let venue = Venue::open();
    let first = House::with(&venue, &format!("[engine]\n{PACE}"));
    let second = beside(&first, &venue);
    let stopped = first.engine();
    let entry = venue.hold("ETHUSDT", "long", "2");
    first.insert(&format!("'ETHUSDT', 'long', '2', '{entry}', 'active', NULL"));
    first.wait_for_event("POSITION_COVERED", |event| event["symbol"] == "ETHUSDT");
    let acting = second.start(&["run", "--headless", "--log-format", "json"]);
    wait("a standby", &acting, || stands_by(&second));

    // It refuses every act, at once, and says who has the lease.
    let before = acts(&venue);
    let holder = format!("process {}", stopped.pid());
    for args in [
        &["open", "main", "BTCUSDT", "long", "0.01", "--stop", "2%"][..],
        &["close", "main", "ETHUSDT", "--yes"][..],
        &["adopt", "main", "ETHUSDT", "--yes"][..],
    ] {
        let began = Instant::now();
        let ran = second.run(args);
        assert_eq!(ran.code, 1, "{args:?}: {ran:?}");
        let said = ran.sentence();
        assert!(said.contains(&holder) && said.contains("only watches"), "{args:?}: {said}");
        assert!(began.elapsed() < Duration::from_secs(15), "{args:?}: {:?}", began.elapsed());
    }
    assert_eq!(acts(&venue), before);

    // Stopped, not dead: the other one takes over, and waking up sends nothing.
    stopped.signal(Signal::STOP);
    take_stop_away(&venue);
    wait("a stop of the second", &acting, || venue.stops("ETHUSDT").len() == 1);
    let before = acts(&venue).len();
    stopped.signal(Signal::CONT);
    take_stop_away(&venue);
    wait("the stop again", &acting, || venue.stops("ETHUSDT").len() == 1);
    wait("the first to stand by", &stopped, || stands_by(&first));
    first.wait_for_event("LEASE_LOST", |_| true);
    assert_eq!(acts(&venue).len(), before + 1, "one stop, by the one that acts");

    // Killed: nothing is given back, and its time runs out.
    acting.signal(Signal::KILL);
    acting.end();
    take_stop_away(&venue);
    wait("a stop of the first", &stopped, || venue.stops("ETHUSDT").len() == 1);
    assert_eq!(acts(&venue).len(), before + 2);
    assert_eq!(stopped.stop().0, Some(0));
}
