//! A stop that is replaced again and again while answers are lost, refused and doubtful: by the
//! exchange's own record there is no instant without one that covers the whole position.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use futures_util::future::join_all;
use holdfast::domain::amount::{Price, Qty, Side};
use holdfast::domain::command::{Answer, Ask, Command, Pin, StopTo, Verdict};
use holdfast::domain::guard::Guard;
use holdfast::domain::key::{Leg, PositionKey, Venue};
use holdfast::domain::policy::{AccountPolicy, Policy};
use holdfast::domain::snapshot::Snapshot;
use holdfast::exchange::{AccountSetup, Credentials, Endpoints, Environment, internet};
use holdfast::runtime::Handle;
use holdfast::sim::{Control, Running, Venue as SimVenue};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use sqlx::Connection;
use tokio::sync::watch;
use tokio::time::timeout;

use super::{Engine, account, policy, venue};

/// Legs that are worked on side by side, and how often the stop of each is replaced.
const LEGS: usize = 80;
const MOVES: u32 = 13;
/// Where every price stands, and how much is held of each leg.
const MARK: u32 = 90_000;
const SIZE: &str = "0.1";

fn symbol(turn: usize) -> String {
    format!("{:04}BTCUSDT", turn + 1)
}

/// What can go wrong with a replacement at Binance.
fn binance_weather() -> Vec<Value> {
    let at = |endpoint: &str, mut fault: Value| {
        (fault["endpoint"], fault["count"]) = (endpoint.into(), 1.into());
        fault
    };
    let (place, cancel) = ("POST /fapi/v1/algoOrder", "DELETE /fapi/v1/algoOrder");
    let list = "GET /fapi/v1/openAlgoOrders";
    let mut weather = streams();
    weather.extend([
        at(place, json!({"kind": "error", "code": -1008})),
        at(place, json!({"kind": "unknown", "executed": true})),
        at(place, json!({"kind": "unknown", "executed": false})),
        at(place, json!({"kind": "cut", "executed": true})),
        at(cancel, json!({"kind": "cut", "executed": true})),
        at(cancel, json!({"kind": "unknown", "executed": false})),
        at(list, json!({"kind": "truncate"})),
        json!({"kind": "invisible", "calls": 1}),
    ]);
    weather
}

/// What can go wrong with a replacement at Bybit.
fn bybit_weather() -> Vec<Value> {
    let at = |endpoint: &str, mut fault: Value| {
        (fault["endpoint"], fault["count"]) = (endpoint.into(), 1.into());
        fault
    };
    let (place, list) = ("POST /v5/position/trading-stop", "GET /v5/order/realtime");
    let mut weather = streams();
    weather.extend([
        at(place, json!({"kind": "error", "code": 110_079})),
        at(place, json!({"kind": "unknown", "executed": true})),
        at(place, json!({"kind": "maintenance", "executed": false})),
        at(place, json!({"kind": "cut", "executed": true})),
        at(list, json!({"kind": "truncate"})),
        json!({"kind": "rest_lag", "calls": 2, "count": 1}),
    ]);
    weather
}

fn streams() -> Vec<Value> {
    vec![
        json!({"kind": "stream_drop", "count": 1}),
        json!({"kind": "stream_double", "count": 2}),
        json!({"kind": "stream_delay", "ms": 200, "count": 1}),
        json!({"kind": "stream_shuffle", "count": 1}),
    ]
}

fn bybit(sim: &Running) -> AccountSetup {
    let endpoints = Endpoints::bybit(Environment::Mainnet);
    AccountSetup {
        name: "main".into(),
        venue: Venue::BybitLinear,
        credentials: Credentials {
            key: sim.bybit.api_key.clone().into(),
            secret: sim.bybit.api_secret.clone().into(),
            kind: None,
        },
        network: internet(),
        endpoints: Endpoints {
            rest: sim.bybit.rest.clone(),
            ws_public: sim.bybit.ws.clone(),
            ws_private: sim.bybit.ws.clone(),
            ..endpoints
        },
    }
}

/// The positions at the venue, and the ledger's rows for them.
async fn hold(dir: &Path, control: &Control, exchange: &str) {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(dir.join("ledger.db"));
    let mut bot = sqlx::SqliteConnection::connect_with(&options).await.unwrap();
    for symbol in (0..LEGS).map(symbol) {
        let tell = |verb| control.tell(verb).unwrap();
        tell(json!({"do": "set_price", "symbol": symbol, "price": MARK}));
        tell(json!({"do": "seed_position", "symbol": symbol, "side": "long", "qty": SIZE,
            "entry": MARK}));
        sqlx::query(
            "INSERT INTO positions (account, exchange, symbol, side, quantity, entry_price, \
             status) VALUES ('main', ?, ?, 'long', ?, ?, 'active')",
        )
        .bind(exchange)
        .bind(&symbol)
        .bind(SIZE)
        .bind(MARK)
        .execute(&mut bot)
        .await
        .unwrap();
    }
}

fn all_covered(picture: &Snapshot) -> bool {
    let covered = |leg: &&holdfast::domain::snapshot::LegView| {
        leg.row.is_some() && matches!(leg.guard.value, Guard::Covered(_))
    };
    picture.legs.iter().filter(covered).count() == LEGS
}

/// One word about the stop of a leg; the end it came to.
async fn moved(handle: &Handle, id: u64, symbol: &str, to: u32) -> Answer {
    let pin = Pin {
        key: PositionKey::new("main", symbol, Leg::Net),
        side: Side::Long,
        quantity: Qty::new(SIZE.parse().unwrap()).unwrap(),
        snapshot: 1,
    };
    let to = StopTo::At(Price::new(Decimal::from(to)).unwrap());
    let command = Command::MoveStop { pin, to };
    let mut answers = handle.follow(Ask { id, who: "a test".to_owned(), command });
    let mut last = None;
    let ended = timeout(Duration::from_secs(90), async {
        while let Some(answer) = answers.recv().await {
            last = Some(answer);
        }
    });
    assert!(ended.await.is_ok(), "{symbol} has no end: {last:?}");
    last.unwrap()
}

/// Moves the stop of one leg until it was moved so many times, in whatever weather.
async fn replace(
    handle: &Handle,
    mut pictures: watch::Receiver<Option<Arc<Snapshot>>>,
    control: &Control,
    (ids, turn): (&AtomicU64, usize),
    weather: &[Value],
) {
    let symbol = symbol(turn);
    let mut done = 0;
    while done < MOVES {
        let id = ids.fetch_add(1, Ordering::SeqCst);
        if id % 2 == 0 {
            let next = usize::try_from(id / 2).unwrap() % weather.len();
            let mut fault = weather[next].clone();
            (fault["do"], fault["for_ms"]) = ("fault".into(), 1500.into());
            control.tell(fault).unwrap();
        }
        let to = MARK - 9000 + (done * 37 + 11) % 90 * 90;
        match moved(handle, id, &symbol, to).await.verdict {
            Verdict::Done => done += 1,
            // Right after a list that could not be read nothing is decided.
            _ => pictures.changed().await.unwrap(),
        }
    }
}

fn legs(control: &Control) -> Vec<Value> {
    control.tell(json!({"do": "coverage"})).unwrap()["legs"].as_array().unwrap().clone()
}

async fn never_bare(control: Control, weather: Vec<Value>, policy: Policy, account: AccountSetup) {
    let exchange = match account.venue {
        Venue::BinanceUsdm => "binance",
        Venue::BybitLinear => "bybit",
    };
    let dir = tempfile::tempdir().unwrap();
    control.tell(json!({"do": "list_contracts", "like": "BTCUSDT", "count": LEGS})).unwrap();
    control.tell(json!({"do": "freeze"})).unwrap();
    let mut engine = Engine::of(dir.path(), policy, vec![account]).await;
    engine.known().await;
    hold(dir.path(), &control, exchange).await;
    engine.until("all covered", all_covered).await;
    let ids = AtomicU64::new(1);
    let moves = (0..LEGS).map(|turn| {
        let pictures = engine.pictures.clone();
        replace(&engine.handle, pictures, &control, (&ids, turn), &weather)
    });
    join_all(moves).await;
    control.tell(json!({"do": "clear_faults"})).unwrap();
    engine.until("all covered again", all_covered).await;
    let record = legs(&control);
    assert_eq!(record.len(), LEGS);
    for leg in &record {
        // The first span is the one before the first stop.
        let bare = leg["bare"].as_array().unwrap();
        assert!(bare.len() == 1 && bare[0]["to"].is_i64(), "bare: {leg}");
        assert!(leg["most_stops"].as_u64().unwrap() <= 3, "{leg}");
    }
    engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_replacements_leave_no_gap_on_binance() {
    let sim = venue().await;
    let limits = json!({"do": "set_limits", "weight": 100_000_000, "orders_10s": 1_000_000,
        "orders_1m": 1_000_000});
    sim.control().tell(limits).unwrap();
    never_bare(sim.control(), binance_weather(), policy(), account(&sim.binance)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_replacements_leave_no_gap_on_bybit() {
    let sim = venue().await;
    let control = sim.control().of(SimVenue::Bybit);
    control.tell(json!({"do": "freeze"})).unwrap();
    let limits = json!({"do": "set_limits", "per_endpoint": 100_000, "per_ip": 1_000_000});
    control.tell(limits).unwrap();
    let policy =
        Policy { accounts: vec![AccountPolicy::new("main", Venue::BybitLinear)], ..policy() };
    never_bare(control, bybit_weather(), policy, bybit(&sim)).await;
}
