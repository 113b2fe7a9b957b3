//! Request limits, met by the whole program: bursts, bans, and what a quiet minute costs.

use std::collections::{BTreeMap, BTreeSet};
use std::os::unix::fs::OpenOptionsExt as _;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::house::{Engine, House, account as binance, until};
use crate::venue::Venue;

const QUICK: &str = "[engine]\nsync_interval = \"1s\"\nconfirm_interval = \"300ms\"\n";

/// Waits longer than `until` does.
fn patient<T>(what: &str, mut found: impl FnMut() -> Option<T>) -> T {
    let end = Instant::now() + Duration::from_secs(90);
    loop {
        if let Some(found) = found() {
            return found;
        }
        assert!(Instant::now() < end, "waited in vain for {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn on(venue: &str, mut verb: Value) -> Value {
    verb["venue"] = json!(venue);
    verb
}

/// A Bybit account of a config, with its secrets in files as a person would keep them.
fn bybit(house: &House, venue: &Venue, name: &str) -> String {
    let file = |what: &str, text: &str| {
        use std::io::Write as _;
        let path = house.path(&format!("{name}-{what}"));
        let mut options = std::fs::OpenOptions::new();
        let file = options.create(true).write(true).truncate(true).mode(0o600).open(&path);
        file.unwrap().write_all(text.as_bytes()).unwrap();
        path.display().to_string()
    };
    let [rest, ws, key, secret] = &venue.bybit;
    format!(
        "[[account]]\nname = \"{name}\"\nvenue = \"bybit-linear\"\nenvironment = \"demo\"\n\
         api_key = \"file:{}\"\napi_secret = \"file:{}\"\n[account.endpoints]\n\
         rest = \"{rest}\"\nws_public = \"{ws}\"\nws_private = \"{ws}\"\n",
        file("key", key),
        file("secret", secret),
    )
}

fn row(house: &House, account: &str, exchange: &str, symbol: &str, quantity: &str, entry: &str) {
    house.write(&format!(
        "INSERT INTO positions (account, exchange, symbol, side, quantity, entry_price, status) \
         VALUES ('{account}', '{exchange}', '{symbol}', 'long', '{quantity}', '{entry}', 'active')"
    ));
}

/// So many contracts with a position each, and a row for each of them once the ledger is there.
fn positions(venue: &Venue, which: &str, count: usize) -> Vec<(String, String)> {
    let told = on(which, json!({"do": "list_contracts", "like": "SOLUSDT", "count": count}));
    venue.tell(told);
    for number in 1..=count {
        let symbol = format!("{number:04}SOLUSDT");
        venue.tell(on(
            which,
            json!({"do": "seed_position", "symbol": symbol, "side": "buy", "qty": "2",
                "ago_ms": 3_600_000}),
        ));
    }
    let state = venue.state_of(which);
    let open = state["positions"].as_array().unwrap().iter();
    let text = |row: &Value, field: &str| row[field].as_str().unwrap().to_owned();
    let held: Vec<_> = open.map(|row| (text(row, "symbol"), text(row, "entry"))).collect();
    assert_eq!(held.len(), count);
    held
}

fn kinds(house: &House, kind: &str) -> Vec<Value> {
    house.events().into_iter().filter(|event| event["kind"] == kind).collect()
}

fn engine(house: &House) -> Engine {
    house.start(&["run", "--headless", "--log-format", "json"])
}

/// Whether an account has been looked at completely, and how often.
fn looks(house: &House, account: &str) -> usize {
    kinds(house, "SYNC_COMPLETED").iter().filter(|event| event["account"] == account).count()
}

#[test]
fn two_hundred_naked_positions_get_their_stops_and_nobody_calls_it_a_refusal() {
    let venue = Venue::open();
    let held = positions(&venue, "bybit", 205);
    let house = House::new();
    let quick = "[engine]\nsync_interval = \"2s\"\nconfirm_interval = \"300ms\"\n";
    house.configure(&format!("{quick}{}", bybit(&house, &venue, "main")));
    let engine = engine(&house);
    patient("a first look", || (looks(&house, "main") > 0).then_some(()));
    for (symbol, entry) in &held {
        row(&house, "main", "bybit", symbol, "2", entry);
    }
    let began = Instant::now();
    let before = looks(&house, "main");
    patient("205 stops", || {
        let state = venue.state_of("bybit");
        let stops: BTreeSet<&str> = state["algo_orders"]
            .as_array()
            .unwrap()
            .iter()
            .map(|stop| stop["symbol"].as_str().unwrap())
            .collect();
        (stops.len() == 205).then_some(())
    });
    let took = began.elapsed();
    assert!(took > Duration::from_secs(15), "ten a second, not {took:?}");
    assert_eq!(kinds(&house, "STOP_REJECTED"), Vec::<Value>::new());
    assert!(looks(&house, "main") >= before + 3, "looks go on meanwhile");
    let over = |request: &&Value| request["status"] == 403;
    assert_eq!(venue.requests("bybit").iter().find(over), None);
    drop(engine);
}

#[test]
fn a_ban_is_told_nothing_is_sent_into_it_and_a_lost_stop_is_back_after_it() {
    let venue = Venue::open();
    venue.tell(json!({"do": "set_limits", "weight": 1_000_000}));
    let house = House::with(&venue, QUICK);
    let both = format!("{QUICK}\n{}{}", binance(&venue), bybit(&house, &venue, "other"));
    house.configure(&both);
    let _engine = house.engine();
    patient("the other account", || (looks(&house, "other") > 0).then_some(()));
    let entry = venue.hold("ETHUSDT", "buy", "2");
    row(&house, "main", "binance", "ETHUSDT", "2", &entry);
    let covered = || (venue.stops("ETHUSDT").len() == 1).then_some(());
    until("covered", covered, String::new);
    let (failed, others) = (kinds(&house, "SYNC_FAILED").len(), looks(&house, "other"));
    venue.tell(json!({"do": "ban", "for_ms": 6000}));
    venue.tell(json!({"do": "remove_stop", "symbol": "ETHUSDT"}));
    let banned = house.wait_for_event("SYNC_FAILED", |e| e["data"]["until"].is_string());
    let text = banned["data"]["text"].as_str().unwrap();
    assert!(text.starts_with("nothing is concluded before "), "{text}");
    until("the stop back", covered, || format!("{:?}", house.events().last()));
    // Requests that were under way when it began, and none after its end was known.
    let refused = |request: &&Value| request["status"] == 418;
    let into = venue.requests("binance").iter().filter(refused).count();
    assert!(into <= 6, "{into} requests were sent into the ban");
    assert_eq!(kinds(&house, "SYNC_FAILED").len(), failed + 1, "told once");
    assert_eq!(kinds(&house, "STOP_REJECTED"), Vec::<Value>::new());
    assert!(looks(&house, "other") >= others + 3, "the other venue is not touched");
    let closed = |row: &Value| row["status"] == "closed";
    assert!(!house.positions().iter().any(closed));
}

#[test]
fn a_ban_of_the_other_venue_stops_everything_there_and_nothing_here() {
    let venue = Venue::open();
    venue.tell(json!({"do": "set_limits", "weight": 1_000_000}));
    let house = House::with(&venue, QUICK);
    house.configure(&format!("{QUICK}\n{}{}", binance(&venue), bybit(&house, &venue, "other")));
    let _engine = house.engine();
    patient("the other account", || (looks(&house, "other") > 0).then_some(()));
    venue.tell(on("bybit", json!({"do": "ban", "for_ms": 3000})));
    let told = house.wait_for_event("SYNC_FAILED", |e| e["account"] == "other");
    assert!(told["data"]["why"].as_str().unwrap().contains("403"), "{told}");
    let (sent, here) = (venue.requests("bybit").len(), looks(&house, "main"));
    patient("three more looks here", || (looks(&house, "main") >= here + 3).then_some(()));
    // The venue's own ban is over by now; ours lasts the ten minutes that the venue asks for.
    assert!(venue.requests("bybit").len() <= sent + 8, "nothing is sent into a ban");
    let of_other = |e: &&Value| e["account"] == "other";
    assert_eq!(kinds(&house, "SYNC_FAILED").iter().filter(of_other).count(), 1, "told once");
}

/// Weights from binance-usdm 5; what is not named weighs one.
fn weight(endpoint: &str) -> usize {
    match endpoint {
        "GET /fapi/v1/openOrders" | "GET /fapi/v1/openAlgoOrders" => 40,
        "GET /fapi/v3/positionRisk" | "GET /fapi/v3/balance" | "GET /fapi/v1/accountConfig" => 5,
        "GET /fapi/v1/userTrades" => 5,
        "GET /fapi/v1/income" | "GET /fapi/v1/positionSide/dual" => 30,
        _ => 1,
    }
}

/// Requests a second of one user, from bybit 5.
fn limit(endpoint: &str) -> usize {
    match endpoint {
        "GET /v5/position/list" | "GET /v5/order/realtime" | "GET /v5/account/info" => 50,
        "GET /v5/account/wallet-balance" => 50,
        _ => 10,
    }
}

#[test]
fn fifty_covered_positions_cost_less_than_a_tenth_of_every_limit() {
    let (one, two) = (Venue::open(), Venue::open());
    one.tell(json!({"do": "set_limits", "weight": 1_000_000}));
    let house = House::with(&one, "");
    // Looks every two seconds stand for looks every thirty: what they cost is scaled below.
    let every = "[engine]\nsync_interval = \"2s\"\n";
    let accounts = [binance(&one), bybit(&house, &one, "left"), bybit(&house, &two, "right")];
    house.configure(&format!("{every}{}", accounts.concat()));
    let (main, left) = (positions(&one, "binance", 20), positions(&one, "bybit", 15));
    let right = positions(&two, "bybit", 15);
    let _engine = house.engine();
    for name in ["main", "left", "right"] {
        patient(name, || (looks(&house, name) > 0).then_some(()));
    }
    for (name, exchange, held) in
        [("main", "binance", main), ("left", "bybit", left), ("right", "bybit", right)]
    {
        for (symbol, entry) in held {
            row(&house, name, exchange, &symbol, "2", &entry);
        }
    }
    patient("50 covered", || (kinds(&house, "STOP_PLACED").len() == 50).then_some(()));
    let settled = looks(&house, "right") + 2;
    patient("two quiet looks", || (looks(&house, "right") >= settled).then_some(()));
    let since = |venue: &Venue, which: &str| venue.requests(which).len();
    let from = [since(&one, "binance"), since(&one, "bybit"), since(&two, "bybit")];
    let (start, end) = (looks(&house, "main"), looks(&house, "main") + 5);
    patient("five looks", || (looks(&house, "main") >= end).then_some(()));
    let done = (looks(&house, "main") - start + 1).max(1);
    let quiet = |venue: &Venue, which: &str, from: usize| venue.requests(which).split_off(from);
    let spent: usize = quiet(&one, "binance", from[0])
        .iter()
        .map(|it| weight(it["endpoint"].as_str().unwrap()))
        .sum();
    // Two looks a minute, and a listen key extended now and then.
    let minute = spent.div_ceil(done) * 2 + 1;
    assert!(minute < 240, "{minute} of 2400 a minute");
    // What a look costs, and not what a second saw: a machine that is busy looks late, and then
    // twice in one second.
    let mut address = 0;
    for (venue, from) in [(&one, from[1]), (&two, from[2])] {
        let requests = quiet(venue, "bybit", from);
        let mut endpoints: BTreeMap<String, usize> = BTreeMap::new();
        for request in &requests {
            *endpoints.entry(request["endpoint"].as_str().unwrap().to_owned()).or_default() += 1;
        }
        let looks = endpoints["GET /v5/account/wallet-balance"];
        assert!(looks >= 3, "there were looks");
        for (endpoint, count) in endpoints {
            let a_look = count / looks;
            assert!(a_look * 10 < limit(&endpoint), "{endpoint}: {a_look} in one look");
        }
        address += requests.len() / looks;
    }
    assert!(address * 10 < 600, "{address} in one look at each, and five seconds see one");
}
