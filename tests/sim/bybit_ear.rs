//! A listener at the Bybit side's own table: the world without sockets, and what it sends.

use std::collections::BTreeSet;

use holdfast::sim::binance::auth::Proof;
use holdfast::sim::bybit::sockets::Address;
use holdfast::sim::bybit::world::BybitWorld;
use holdfast::sim::exchange::Exchange;
use holdfast::sim::orders::NewOrder;
use holdfast::sim::wired::Out;
use holdfast::sim::words::{By, Leg, OrderKind, Side, Tif};
use ring::hmac;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

pub const BTC: &str = "BTCUSDT";
pub const START: i64 = 1_790_000_000_000;

pub fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// A fixture of the venue's frames.
pub fn fixture(name: &str) -> Value {
    let path = format!("{}/tests/fixtures/bybit/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// The keys of an object.
pub fn keys(value: &Value) -> BTreeSet<String> {
    value.as_object().unwrap().keys().cloned().collect()
}

/// Signature of a socket's auth message.
pub fn auth_sign(secret: &str, expires: i64) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let tag = hmac::sign(&key, format!("GET/realtime{expires}").as_bytes());
    tag.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A world with frozen prices, BTC at 90,000, and one listener of all private topics.
pub struct Ear {
    pub world: BybitWorld,
    pub now: i64,
    inbox: UnboundedReceiver<Out>,
    orders: u32,
}

impl Ear {
    pub fn open() -> Self {
        let mut world = BybitWorld::new(1, START);
        world.exchange.market.freeze(None, true).unwrap();
        let price = Some(number("90000"));
        world.act(START, |exchange| exchange.set_price(BTC, price, price, START)).unwrap();
        let (out, inbox) = unbounded_channel();
        let id = world.join(Address::parse("/v5/private", "").unwrap(), out, START);
        let key = world.keys[0].clone();
        let Proof::Hmac(secret) = &key.proof else { panic!("the first key is HMAC") };
        let sign = auth_sign(secret, START + 1);
        let auth = json!({"op": "auth", "args": [key.api_key, START + 1, sign]});
        world.hear(id, &auth.to_string(), START);
        let topics = ["position", "order", "execution", "execution.fast", "wallet"];
        let subscribe = json!({"op": "subscribe", "args": topics});
        world.hear(id, &subscribe.to_string(), START);
        let mut ear = Self { world, now: START, inbox, orders: 0 };
        let answers = ear.heard();
        assert!(answers.iter().all(|answer| answer["success"] == true), "{answers:?}");
        ear
    }

    /// Every frame since the last call.
    pub fn heard(&mut self) -> Vec<Value> {
        let mut frames = Vec::new();
        while let Ok(Out::Text(text)) = self.inbox.try_recv() {
            frames.push(serde_json::from_str(&text).unwrap());
        }
        frames
    }

    /// Does something a second later and answers the frames it brought.
    pub fn after<R>(&mut self, change: impl FnOnce(&mut Exchange, i64) -> R) -> Vec<Value> {
        self.now += 1000;
        let now = self.now;
        self.world.act(now, |exchange| drop(change(exchange, now)));
        self.heard()
    }

    pub fn price(&mut self, price: &str) -> Vec<Value> {
        let price = Some(number(price));
        self.after(|exchange, now| exchange.set_price(BTC, price, price, now).unwrap())
    }

    pub fn market(&mut self, side: Side, leg: Leg, qty: &str, reduce_only: bool) -> Vec<Value> {
        self.orders += 1;
        let client_id = Some(format!("mine-{}", self.orders));
        let want = NewOrder { reduce_only, client_id, ..order(side, leg, qty) };
        self.after(|exchange, now| exchange.place(want, now).unwrap())
    }

    pub fn buy(&mut self, qty: &str) -> Vec<Value> {
        self.market(Side::Buy, Leg::Both, qty, false)
    }
}

/// A market order of BTC by a program.
pub fn order(side: Side, leg: Leg, qty: &str) -> NewOrder {
    NewOrder {
        symbol: BTC.to_owned(),
        side,
        leg,
        kind: OrderKind::Market,
        tif: Tif::Ioc,
        qty: number(qty),
        price: None,
        reduce_only: false,
        client_id: None,
        attached: None,
        good_till: 0,
        stp: "None".to_owned(),
        price_match: "NONE".to_owned(),
        by: By::Api,
    }
}

/// Topics in the order they came.
pub fn topics(frames: &[Value]) -> Vec<&str> {
    frames.iter().map(|frame| frame["topic"].as_str().unwrap_or("?")).collect()
}

/// Frames of one topic.
pub fn of<'f>(frames: &'f [Value], topic: &str) -> Vec<&'f Value> {
    frames.iter().filter(|frame| frame["topic"] == topic).collect()
}

/// Rows of one topic, frame after frame.
pub fn rows(frames: &[Value], topic: &str) -> Vec<Value> {
    let rows = of(frames, topic).into_iter().flat_map(|frame| frame["data"].as_array().unwrap());
    rows.cloned().collect()
}
