//! One account without sockets answers what the sockets answer, and the same each time.

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
fn a_quick_loop() {
    for venue in [Venue::Binance, Venue::Bybit] {
        let start = Instant::now();
        let world = World::open(venue, 1);
        let opened = start.elapsed();
        let path = match venue {
            Venue::Binance => "/fapi/v1/exchangeInfo",
            Venue::Bybit => "/v5/market/instruments-info?category=linear&limit=1000",
        };
        let start = Instant::now();
        let answer = world.inside.request("GET", path, &[], "");
        let asked = start.elapsed();
        let What::Reply { body, .. } = answer.what else { panic!() };
        let _line = match venue {
            Venue::Binance => world.listen(),
            Venue::Bybit => world.enter("/v5/private"),
        };
        world.wait(1000);
        let start = Instant::now();
        for _ in 0..100_000 {
            world.inside.pump();
        }
        let idle = start.elapsed() / 100_000;
        let start = Instant::now();
        for _ in 0..1000 {
            world.time.fetch_add(1000, Ordering::SeqCst);
            world.inside.pump();
        }
        let second = start.elapsed() / 1000;
        eprintln!(
            "{venue:?} open {opened:?} info {asked:?} {} bytes idle {idle:?} second {second:?}",
            body.len()
        );
    }
}
