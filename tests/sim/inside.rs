//! One account without sockets, on a clock that only its test turns.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Instant;

use holdfast::sim::inside::{Heard, Knock, Line};
use holdfast::sim::wired::{Answer, What};
use holdfast::sim::{Inside, Venue};
use serde_json::{Value, json};

use crate::client::sign;

const START: i64 = 1_790_000_000_000;
const LIST: &str = r#"{"method":"LIST_SUBSCRIPTIONS","id":7}"#;

/// An account on a clock that only this turns.
struct World {
    inside: Inside,
    time: Arc<AtomicI64>,
    venue: Venue,
}

impl World {
    fn open(venue: Venue, seed: u64) -> Self {
        let time = Arc::new(AtomicI64::new(START));
        let hand = Arc::clone(&time);
        let clock = Arc::new(move || hand.load(Ordering::SeqCst));
        let inside = match venue {
            Venue::Binance => Inside::binance(seed, clock),
            Venue::Bybit => Inside::bybit(seed, clock),
        };
        Self { inside, time, venue }
    }

    fn wait(&self, ms: i64) {
        for _ in 0..ms / 20 {
            self.time.fetch_add(20, Ordering::SeqCst);
            self.inside.pump();
        }
    }

    fn tell(&self, verb: Value) -> Value {
        self.inside.control().tell(verb).unwrap()
    }

    fn fault(&self, mut fault: Value) {
        fault["do"] = "fault".into();
        self.tell(fault);
    }

    /// A signed request; parameters are a query, on Bybit's writes a body.
    fn ask(&self, method: &str, path: &str, params: &str) -> Answer {
        let (key, secret) = self.inside.api_key();
        let now = self.time.load(Ordering::SeqCst);
        if self.venue == Venue::Binance {
            let query = format!("{params}&timestamp={now}");
            let asked = format!("{path}?{query}&signature={}", sign(&secret, &query));
            return self.inside.request(method, &asked, &[("X-MBX-APIKEY".to_owned(), key)], "");
        }
        let headers = [
            ("X-BAPI-SIGN", sign(&secret, &format!("{now}{key}5000{params}"))),
            ("X-BAPI-API-KEY", key),
            ("X-BAPI-TIMESTAMP", now.to_string()),
            ("X-BAPI-RECV-WINDOW", "5000".to_owned()),
        ];
        let headers = headers.map(|(name, value)| (name.to_owned(), value));
        match method {
            "GET" => self.inside.request(method, &format!("{path}?{params}"), &headers, ""),
            _ => self.inside.request(method, path, &headers, params),
        }
    }

    fn enter(&self, path: &str) -> Line {
        match self.inside.connect(path) {
            Knock::Open { after: 0, entrance } => entrance.enter(),
            other => panic!("{other:?}"),
        }
    }

    fn listen(&self) -> Line {
        let headers = [("X-MBX-APIKEY".to_owned(), self.inside.api_key().0)];
        let answer = self.inside.request("POST", "/fapi/v1/listenKey", &headers, "");
        let key = text(&answer)["listenKey"].as_str().unwrap().to_owned();
        self.enter(&format!("/private/ws?listenKey={key}"))
    }
}

fn text(answer: &Answer) -> Value {
    let What::Reply { body, .. } = &answer.what else { panic!("{answer:?}") };
    serde_json::from_str(body).unwrap()
}

fn all(line: &mut Line) -> Vec<Heard> {
    std::iter::from_fn(|| line.heard()).collect()
}

const BUY: &str = "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.01";

#[test]
fn a_hang_a_cut_and_a_delay_are_told_and_what_they_carry_out_is_done() {
    let world = World::open(Venue::Binance, 1);
    let order = "POST /fapi/v1/order";
    for (kind, what) in [("hang", What::Hang), ("cut", What::Cut)] {
        world.fault(json!({"kind": kind, "executed": true, "endpoint": order, "count": 1}));
        let answer = world.ask("POST", "/fapi/v1/order", BUY);
        assert_eq!(answer, Answer { after: 0, what });
    }
    world.fault(json!({"kind": "latency", "ms": 1500, "endpoint": order, "count": 1}));
    let late = world.ask("POST", "/fapi/v1/order", BUY);
    assert_eq!((late.after, late.what.status()), (1500, 200));
    let risk = world.ask("GET", "/fapi/v3/positionRisk", "");
    assert_eq!(text(&risk)[0]["positionAmt"], "0.030");
}

#[test]
fn a_stream_may_open_late_never_not_at_all_or_mute() {
    for (venue, path, ping) in
        [(Venue::Binance, "/private/ws", LIST), (Venue::Bybit, "/v5/private", r#"{"op":"ping"}"#)]
    {
        let world = World::open(venue, 1);
        world.fault(json!({"kind": "connect_delay", "ms": 700, "count": 1}));
        assert!(matches!(world.inside.connect(path), Knock::Open { after: 700, .. }));
        world.fault(json!({"kind": "connect_hang", "endpoint": format!("{path}*"), "count": 1}));
        assert!(matches!(world.inside.connect("/nowhere"), Knock::Refused { status: 404, .. }));
        assert!(matches!(world.inside.connect(path), Knock::Hang));
        world.fault(json!({"kind": "connect_refuse", "status": 429, "count": 1}));
        assert!(matches!(world.inside.connect(path), Knock::Refused { status: 429, .. }));
        world.fault(json!({"kind": "connect_mute", "count": 1}));
        let (mut mute, mut fine) = (world.enter(path), world.enter(path));
        for line in [&mut mute, &mut fine] {
            line.say(ping);
            line.ping();
        }
        assert_eq!((all(&mut mute).len(), all(&mut fine).len()), (0, 2));
        world.tell(json!({"do": "mute"}));
        fine.say(ping);
        fine.ping();
        assert_eq!(all(&mut fine), []);
        world.tell(json!({"do": "kick", "hard": true}));
        assert_eq!((all(&mut mute), all(&mut fine)), (vec![Heard::Cut], vec![Heard::Cut]));
    }
}

#[test]
fn a_silence_of_everything_keeps_back_answers_too() {
    let world = World::open(Venue::Binance, 1);
    let mut line = world.enter("/public/ws");
    for (events, answers) in [(json!([]), 1), (json!(["*"]), 0)] {
        world.fault(json!({"kind": "stream_silent", "events": events}));
        line.say(LIST);
        assert_eq!(all(&mut line).len(), answers);
    }
}

#[test]
fn a_dropped_line_is_gone_and_a_ping_keeps_one_for_a_day() {
    let world = World::open(Venue::Binance, 1);
    let (mut line, other) = (world.enter("/public/ws"), world.enter("/public/ws"));
    let open = || world.tell(json!({"do": "kick", "route": "market"}))["closed"].clone();
    assert_eq!(
        (open(), world.inside.control().state()["sockets"]["public"].clone()),
        (json!(0), json!(2))
    );
    drop(other);
    assert_eq!(world.inside.control().state()["sockets"]["public"], 1);
    let pass = |ms: i64| {
        world.time.fetch_add(ms, Ordering::SeqCst);
        world.inside.pump();
    };
    pass(180_000);
    assert_eq!(all(&mut line), [Heard::Pulse]);
    pass(599_999);
    assert_eq!(all(&mut line), [Heard::Pulse], "the answer to the first ping counts");
    pass(600_000);
    assert_eq!(all(&mut line), [Heard::Pulse, Heard::Cut], "nobody answered in ten minutes");
}

#[test]
fn a_small_exchange_lists_what_it_was_told_to_keep_and_loses_nothing_traded() {
    for venue in [Venue::Binance, Venue::Bybit] {
        let world = World::open(venue, 1);
        world.tell(json!({"do": "trade", "symbol": "BTCUSDT", "side": "buy", "qty": 0.01}));
        let keep = |names: &[&str]| {
            world.inside.control().tell(json!({"do": "keep_contracts", "symbols": names}))
        };
        assert!(keep(&["ETHUSDT"]).unwrap_err().contains("BTCUSDT"), "it is held");
        assert!(keep(&["BTCUSDT", "NOSUCHUSDT"]).unwrap_err().contains("NOSUCHUSDT"));
        let listed = || world.inside.look(|exchange| exchange.market.all().count());
        assert!(listed() > 2);
        keep(&["BTCUSDT", "ETHUSDT"]).unwrap();
        assert_eq!(listed(), 2);
        world.wait(2000);
        assert_eq!(world.inside.control().state()["prices"].as_object().unwrap().len(), 2);
    }
}

#[test]
fn a_short_page_leaves_rows_out_and_a_cursor_leads_to_them() {
    let world = World::open(Venue::Binance, 1);
    for symbol in ["BTCUSDT", "ETHUSDT"] {
        world.tell(json!({"do": "trade", "symbol": symbol, "side": "buy", "qty": 1}));
    }
    world.fault(json!({"kind": "short_page", "rows": 1, "count": 1}));
    let rows = |answer: &Answer| text(answer).as_array().unwrap().len();
    assert_eq!(rows(&world.ask("GET", "/fapi/v3/positionRisk", "")), 1);
    assert_eq!(rows(&world.ask("GET", "/fapi/v3/positionRisk", "")), 2);
    let world = World::open(Venue::Bybit, 1);
    for symbol in ["BTCUSDT", "ETHUSDT"] {
        world.tell(json!({"do": "trade", "symbol": symbol, "side": "buy", "qty": 1}));
    }
    world.fault(json!({"kind": "short_page", "rows": 1}));
    let query = "category=linear&settleCoin=USDT&limit=50";
    let first = text(&world.ask("GET", "/v5/position/list", query))["result"].clone();
    let next = format!("{query}&cursor={}", first["nextPageCursor"].as_str().unwrap());
    let second = text(&world.ask("GET", "/v5/position/list", &next))["result"].clone();
    let names = [&first, &second].map(|page| {
        assert_eq!(page["list"].as_array().unwrap().len(), 1);
        page["list"][0]["symbol"].as_str().unwrap().to_owned()
    });
    assert_ne!(names[0], names[1]);
}

/// Everything that comes out of a minute with trades, faults and walking prices.
fn a_minute(venue: Venue, seed: u64) -> Vec<String> {
    let world = World::open(venue, seed);
    let (mut public, mut private) = match venue {
        Venue::Binance => (world.enter("/market/ws/!markPrice@arr@1s"), world.listen()),
        Venue::Bybit => (world.enter("/v5/public/linear"), world.enter("/v5/private")),
    };
    if venue == Venue::Bybit {
        public.say(r#"{"op":"subscribe","args":["tickers.BTCUSDT","tickers.ETHUSDT"]}"#);
        let ((key, secret), until) = (world.inside.api_key(), START + 9000);
        let signed = sign(&secret, &format!("GET/realtime{until}"));
        private.say(&json!({"op": "auth", "args": [key, until, signed]}).to_string());
        private.say(r#"{"op":"subscribe","args":["order","execution","position","wallet"]}"#);
    }
    for kind in ["stream_shuffle", "stream_double", "stream_drop"] {
        world.fault(json!({"kind": kind, "count": 2}));
    }
    world.fault(json!({"kind": "stream_delay", "ms": 1230, "count": 3}));
    let mut told = Vec::new();
    for step in 0..12 {
        let qty = format!("0.0{}", step % 3 + 1);
        let side = if step % 2 == 0 { "buy" } else { "sell" };
        world.tell(json!({"do": "trade", "symbol": "BTCUSDT", "side": side, "qty": qty}));
        let answer = match venue {
            Venue::Binance => world.ask("GET", "/fapi/v3/positionRisk", ""),
            Venue::Bybit => {
                world.ask("GET", "/v5/position/list", "category=linear&settleCoin=USDT")
            }
        };
        told.push(format!("{answer:?}"));
        world.wait(5000);
        told.extend(all(&mut public).iter().map(|heard| format!("{heard:?}")));
        told.extend(all(&mut private).iter().map(|heard| format!("{heard:?}")));
    }
    told.push(world.inside.control().state().to_string());
    told
}

#[test]
fn the_same_seed_and_the_same_calls_give_the_same_minute() {
    for venue in [Venue::Binance, Venue::Bybit] {
        let minute = a_minute(venue, 5);
        assert_eq!(minute, a_minute(venue, 5));
        assert_ne!(minute, a_minute(venue, 6));
        assert!(minute.iter().filter(|line| line.starts_with("Text")).count() > 60);
    }
}

#[test]
fn a_look_at_the_clock_when_nothing_is_due_is_cheap_and_the_next_time_is_known() {
    for venue in [Venue::Binance, Venue::Bybit] {
        let world = World::open(venue, 1);
        let mut line = match venue {
            Venue::Binance => world.listen(),
            Venue::Bybit => world.enter("/v5/private"),
        };
        world.inside.pump();
        assert_eq!(world.inside.next_due(), START + 1000);
        world.tell(json!({"do": "clock_skew", "ms": 600}));
        assert_eq!(world.inside.next_due(), START + 400);
        world.tell(json!({"do": "clock_skew", "ms": 0}));
        if venue == Venue::Binance {
            world.fault(json!({"kind": "stream_delay", "ms": 240, "count": 1}));
            world.tell(json!({"do": "trade", "symbol": "BTCUSDT", "side": "buy", "qty": 1}));
            assert_eq!(world.inside.next_due(), START + 240);
            let before = all(&mut line).len();
            world.wait(240);
            assert_eq!((before, all(&mut line).len()), (3, 1));
        }
        let start = Instant::now();
        (0..10_000).for_each(|_| world.inside.pump());
        assert!(
            start.elapsed().as_secs() < 20,
            "two milliseconds each at the most, on any machine"
        );
    }
}
