//! Both adapters on a network without a socket, in virtual time: the same every time, to the
//! millisecond and to the byte.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use holdfast::domain::amount::OrderSide;
use holdfast::domain::effect::{Act, ReduceOrder};
use holdfast::domain::input::{Input, Reply};
use holdfast::domain::key::{Leg, Venue};
use holdfast::domain::outcome::Outcome;
use holdfast::domain::time::{Span, Time};
use holdfast::exchange::network::{
    Answer, Coming, Frames, HeaderMap, Incoming, Missing, Network, Request,
};
use holdfast::exchange::{AccountSetup, Credentials, Endpoints, Environment, connect};
use secrecy::SecretString;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use crate::bybit_rows::instrument;
use crate::bybit_venue::granted;
use crate::values::{MOMENT, fixture, qty};

const KEY: &str = "planted-network-key";
const SECRET: &str = "planted-network-secret";
/// How long every answer takes that comes.
const TAKES: Duration = Duration::from_millis(7);
/// How long an account is watched after its order.
const WATCHED: Duration = Duration::from_secs(90);

type Script = fn(&str, Time) -> Option<String>;

/// A network on which a script answers, and that notes everything sent.
#[derive(Debug)]
struct Scripted {
    script: Script,
    began: Instant,
    state: AtomicU64,
    log: Arc<Log>,
}

#[derive(Debug, Default)]
struct Log(Mutex<Vec<String>>);

impl Log {
    fn note(&self, at: Time, what: &str) {
        self.0.lock().unwrap().push(format!("{} {what}", at.0 - MOMENT.0));
    }
}

impl Network for Scripted {
    fn send(&self, request: Request) -> Coming<'_, Result<Answer, Missing>> {
        let told = format!("{request:?}");
        assert!(!told.contains("signature") && !told.contains(KEY), "{told}");
        let (_, place) = request.url.split_once("://").unwrap();
        let line = format!("{} {}", request.method, &place[place.find('/').unwrap()..]);
        let (headers, body) = (&request.headers, request.body.as_deref().unwrap_or("-"));
        self.log.note(self.wall(), &format!("{line} {} {body}", shown(headers)));
        Box::pin(async move {
            let Some(body) = (self.script)(&line, self.wall()) else {
                sleep(request.patience.duration()).await;
                return Err(Missing::Late);
            };
            sleep(TAKES).await;
            let length = body.len();
            let (headers, body) = (HeaderMap::new(), Ok(body.into_bytes()));
            let answer = Answer { status: 200, headers, body };
            let told = format!("Answer {{ status: 200, body: Ok({length}) }}");
            assert_eq!(format!("{answer:?}"), told, "a listen key comes in a body");
            Ok(answer)
        })
    }

    fn open(&self, url: &str, _: Span) -> Coming<'_, Result<Box<dyn Frames>, String>> {
        self.log.note(self.wall(), &format!("open {url}"));
        let (began, log) = (self.began, self.log.clone());
        Box::pin(async move {
            sleep(TAKES).await;
            Ok(Box::new(Line { began, log, waiting: VecDeque::new() }) as Box<dyn Frames>)
        })
    }

    fn wall(&self) -> Time {
        now(self.began)
    }

    fn random(&self) -> u64 {
        self.state.fetch_add(7919, Ordering::SeqCst).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32
    }
}

fn now(began: Instant) -> Time {
    MOMENT + Span(u64::try_from(began.elapsed().as_millis()).unwrap())
}

fn shown(headers: &HeaderMap) -> String {
    let pairs = headers.iter().map(|(name, value)| format!("{name}={}", value.to_str().unwrap()));
    pairs.collect::<Vec<_>>().join("&")
}

/// A stream that answers what it is asked and has nothing to say of itself.
#[derive(Debug)]
struct Line {
    began: Instant,
    log: Arc<Log>,
    waiting: VecDeque<Incoming>,
}

impl Frames for Line {
    fn next(&mut self) -> Coming<'_, Result<Incoming, String>> {
        Box::pin(async {
            match self.waiting.pop_front() {
                Some(incoming) => Ok(incoming),
                None => std::future::pending().await,
            }
        })
    }

    fn text(&mut self, text: String) -> Coming<'_, Result<(), String>> {
        self.log.note(now(self.began), &text);
        let request: Value = serde_json::from_str(&text).unwrap();
        let answer = match request["op"].as_str() {
            Some("ping") => json!({"req_id": request["req_id"], "op": "pong"}),
            _ => granted(&request),
        };
        self.waiting.push_back(Incoming::Text(answer.to_string().into()));
        Box::pin(async { Ok(()) })
    }

    fn ping(&mut self) -> Coming<'_, Result<(), String>> {
        self.log.note(now(self.began), "ping");
        self.waiting.push_back(Incoming::Pulse);
        Box::pin(async { Ok(()) })
    }
}

/// Answers every question and no order.
fn binance(line: &str, now: Time) -> Option<String> {
    Some(match line.split(['?', ' ']).nth(1)? {
        "/fapi/v1/time" => format!(r#"{{"serverTime":{}}}"#, now.0),
        "/fapi/v1/exchangeInfo" => fixture("exchange_info.three_symbols_2022.json"),
        "/fapi/v1/accountConfig" => r#"{"dualSidePosition":false}"#.to_owned(),
        "/fapi/v1/listenKey" => r#"{"listenKey":"planted-listen-key"}"#.to_owned(),
        "/fapi/v1/order" => return None,
        other => panic!("{other} is not asked for"),
    })
}

/// The same, in the other venue's words.
fn bybit(line: &str, now: Time) -> Option<String> {
    let rows = |list: Value| json!({"category": "linear", "list": list, "nextPageCursor": ""});
    let result = match line.split(['?', ' ']).nth(1)? {
        "/v5/market/time" => {
            let (seconds, nanos) = ((now.0 / 1000).to_string(), format!("{}000000", now.0));
            json!({"timeSecond": seconds, "timeNano": nanos})
        }
        "/v5/market/instruments-info" => rows(json!([instrument("BTCUSDT", "USDT")])),
        "/v5/account/info" => json!({"marginMode": "REGULAR_MARGIN", "unifiedMarginStatus": 6}),
        "/v5/user/query-api" => json!({}),
        "/v5/order/create" => return None,
        other => panic!("{other} is not asked for"),
    };
    Some(json!({"retCode": 0, "retMsg": "OK", "result": result, "time": now.0}).to_string())
}

fn account(venue: Venue, network: Arc<dyn Network>) -> AccountSetup {
    let mut endpoints = match venue {
        Venue::BinanceUsdm => Endpoints::binance(Environment::Mainnet),
        Venue::BybitLinear => Endpoints::bybit(Environment::Mainnet),
    };
    endpoints.rest = "https://rest.scripted".to_owned();
    endpoints.rest_spot = None;
    endpoints.ws_public = "wss://public.scripted".to_owned();
    endpoints.ws_private = "wss://private.scripted".to_owned();
    let (key, secret) = (SecretString::from(KEY), SecretString::from(SECRET));
    let credentials = Credentials { key, secret, kind: None };
    AccountSetup { name: "main".into(), venue, credentials, endpoints, network }
}

fn close() -> Act {
    Act::Reduce(ReduceOrder {
        client_id: "hfx-00000000000000bb".into(),
        symbol: "BTCUSDT".into(),
        leg: Leg::Net,
        side: OrderSide::Sell,
        quantity: qty("0.250"),
    })
}

/// An account from its connection on, with an order that nothing answers: what was sent, and
/// what was reported when.
async fn story(venue: Venue, script: Script, seed: u64) -> (Vec<String>, Vec<String>) {
    let (began, log) = (Instant::now(), Arc::new(Log::default()));
    let state = AtomicU64::new(seed);
    let network = Arc::new(Scripted { script, began, state, log: log.clone() });
    let account = account(venue, network);
    let patience = account.endpoints.pace.answer;
    let (sender, mut inbox) = tokio::sync::mpsc::channel::<Input>(1024);
    let link = connect(account, sender).await.unwrap();
    let sent = Instant::now();
    let Reply::Reduced(Outcome::Unsure(why)) = link.act(close()).await else { panic!() };
    assert_eq!(sent.elapsed(), patience.duration(), "{why}");
    assert!(why.contains(&format!("no answer within {patience}")), "{why}");
    sleep(WATCHED).await;
    drop(link);
    let mut told = Vec::new();
    while let Some(input) = inbox.recv().await {
        told.push(format!("{input:?}"));
    }
    let log = std::mem::take(&mut *log.0.lock().unwrap());
    (log, told)
}

/// The same story on a thread and a clock of its own, which stands still while there is work.
fn alone(venue: Venue, script: Script, seed: u64) -> (Vec<String>, Vec<String>) {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_time().start_paused(true).build().unwrap();
    runtime.block_on(story(venue, script, seed))
}

fn same_again(venue: Venue, script: Script, order: &str) {
    let (sent, told) = alone(venue, script, 1);
    let orders = |sent: &[String]| sent.iter().filter(|line| line.contains(order)).count();
    assert_eq!(orders(&sent), 1, "an order goes out once: {sent:#?}");
    let streams = sent.iter().filter(|line| line.contains("open ")).count();
    assert!(streams >= 2 && told.iter().any(|input| input.contains("Up")), "{sent:#?} {told:#?}");
    assert_eq!(alone(venue, script, 1), (sent, told));
}

#[test]
fn an_order_without_an_answer_is_unsure_in_its_time_and_binance_hears_the_same_again() {
    same_again(Venue::BinanceUsdm, binance, "POST /fapi/v1/order");
}

#[test]
fn an_order_without_an_answer_is_unsure_in_its_time_and_bybit_hears_the_same_again() {
    same_again(Venue::BybitLinear, bybit, "POST /v5/order/create");
}

/// Refuses the order with what it knows of the one who asked.
fn quoting(line: &str, now: Time) -> Option<String> {
    let said = format!("key {KEY} and secret {SECRET} are not welcome");
    match line.split(['?', ' ']).nth(1)? {
        "/fapi/v1/order" => Some(json!({"code": -2014, "msg": said}).to_string()),
        "/v5/order/create" => Some(json!({"retCode": 10003, "retMsg": said}).to_string()),
        other if other.starts_with("/v5") => bybit(line, now),
        _ => binance(line, now),
    }
}

#[test]
fn what_a_venue_repeats_of_a_key_is_not_repeated() {
    for venue in [Venue::BinanceUsdm, Venue::BybitLinear] {
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = runtime.enable_time().start_paused(true).build().unwrap();
        let reply = runtime.block_on(async {
            let (began, state) = (Instant::now(), AtomicU64::new(1));
            let network = Scripted { script: quoting, began, state, log: Arc::default() };
            let (sender, _inbox) = tokio::sync::mpsc::channel::<Input>(1024);
            let link = connect(account(venue, Arc::new(network)), sender).await.unwrap();
            format!("{:?}", link.act(close()).await)
        });
        assert!(!reply.contains(KEY) && !reply.contains(SECRET), "{reply}");
        assert!(reply.contains("key ******************* and secret *****"), "{reply}");
    }
}

/// No price comes on the scripted stream: it is connected again and again, after waits that the
/// network's numbers decide.
#[test]
fn the_waits_between_two_connections_come_from_the_network() {
    let (one, _) = alone(Venue::BinanceUsdm, binance, 1);
    let (other, _) = alone(Venue::BinanceUsdm, binance, 2);
    let places = |log: &[String]| -> Vec<String> {
        let what = log.iter().filter_map(|line| line.split_once(" open "));
        what.map(|(_, url)| url.to_owned()).collect()
    };
    assert_eq!(places(&one), places(&other));
    assert_ne!(one, other);
}
