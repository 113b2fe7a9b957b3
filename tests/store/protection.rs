//! Opens, trailing stops, halts, the age of stops; and ledgers of before there were any.

use std::time::{SystemTime, UNIX_EPOCH};

use holdfast::domain::amount::Percent;
use holdfast::domain::client_id::{ClientId, Purpose};
use holdfast::domain::journal::{Halt, OrderRecord, Write, WriteError};
use holdfast::domain::ledger::RowId;
use holdfast::domain::naked::NakedTotals;
use holdfast::domain::order::OrderStatus;
use holdfast::domain::time::{Span, Time};
use holdfast::domain::trail::{Trail, TrailPlan, TrailRecord, TrailState};
use holdfast::store::Ledger;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Connection, SqliteConnection};

use super::support::*;

fn open(symbol: &str) -> Write {
    let Write::Adopt(row, _) = adopt(symbol) else { panic!("an adoption") };
    Write::Open(row)
}

#[tokio::test]
async fn an_open_makes_a_row_and_no_repair_and_gives_its_id() {
    let (place, ledger) = ledger().await;
    let receipt = ledger.write(&[open("BTCUSDT"), adopt("ETHUSDT")]).await.unwrap();
    let books = books(&ledger).await;
    let ids: Vec<RowId> = books.rows.iter().map(|row| row.id).collect();
    assert_eq!(receipt.rows, ids, "in order");
    assert_eq!(books.rows[0].entry_price, price("97000.1"));
    assert_eq!(books.rows[0].exchange_order_id, Some("8886774".into()));
    let mut bot = bot(&place).await;
    let journaled = "SELECT group_concat(position_id) FROM repairs";
    assert_eq!(cell(&mut bot, journaled).await.unwrap(), ids[1].0.to_string());
}

#[tokio::test]
async fn an_open_on_a_leg_that_has_a_row_is_refused_with_all_that_came_with_it() {
    let (_place, ledger) = ledger().await;
    ledger.write(&[open("BTCUSDT")]).await.unwrap();
    let refused = ledger.write(&[open("ETHUSDT"), open("BTCUSDT")]).await.unwrap_err();
    let why = "main BTCUSDT has an open row already, id 1".to_owned();
    assert_eq!(refused, WriteError::Conflict(why));
    assert_eq!(books(&ledger).await.rows.len(), 1);
}

fn waiting(symbol: &str) -> TrailRecord {
    let percent = |text: &str| Percent(text.parse().unwrap());
    let plan =
        TrailPlan { activation: percent("1.5"), callback: percent("0.50"), step: percent("0.1") };
    TrailRecord {
        key: key(symbol),
        row: RowId(7),
        trail: Trail { plan, state: TrailState::Waiting, best: None, stop: None },
        at: NOON,
    }
}

fn active(symbol: &str, best: &str) -> TrailRecord {
    let mut record = waiting(symbol);
    record.trail.state = TrailState::Active;
    record.trail.best = Some(price(best));
    record.trail.stop = Some(price("96000.5"));
    record.at = NOON + Span::secs(1);
    record
}

fn trail(record: &TrailRecord) -> Write {
    Write::Trail(Box::new(record.clone()))
}

#[tokio::test]
async fn a_leg_has_one_trailing_stop_which_is_read_as_it_stands() {
    let (place, ledger) = ledger().await;
    let last = active("BTCUSDT", "97000");
    let other = waiting("ETHUSDT");
    let writes =
        [trail(&waiting("BTCUSDT")), trail(&other), trail(&active("BTCUSDT", "1")), trail(&last)];
    ledger.write(&writes).await.unwrap();
    assert_eq!(books(&ledger).await.trails, [last, other]);
    let mut bot = bot(&place).await;
    let kept = "SELECT concat_ws(' ', position_id, state, activation, callback, step, best_price,
        stop_price, updated_at) FROM trailing_stops WHERE symbol = 'BTCUSDT'";
    assert_eq!(
        cell(&mut bot, kept).await.unwrap(),
        "7 active 1.5 0.5 0.1 97000 96000.5 2026-11-21T12:00:01.000Z"
    );
}

#[tokio::test]
async fn a_trailing_stop_that_is_over_is_kept_and_the_leg_may_have_another() {
    let (place, ledger) = ledger().await;
    let ended = Write::TrailEnded { key: key("BTCUSDT"), at: NOON + Span::secs(2) };
    ledger.write(&[trail(&active("BTCUSDT", "97000")), ended.clone()]).await.unwrap();
    assert_eq!(books(&ledger).await.trails, []);
    ledger.write(&[ended, trail(&waiting("BTCUSDT"))]).await.unwrap();
    assert_eq!(books(&ledger).await.trails, [waiting("BTCUSDT")]);
    let mut bot = bot(&place).await;
    let kept = "SELECT group_concat(state || substr(updated_at, 18, 2)) FROM trailing_stops";
    assert_eq!(cell(&mut bot, kept).await.unwrap(), "removed02,waiting00");
}

#[tokio::test]
async fn a_trailing_stop_that_makes_no_sense_is_left_alone_and_stops_nothing() {
    let (place, ledger) = ledger().await;
    ledger.write(&[adopt("BTCUSDT"), trail(&waiting("GOODUSDT"))]).await.unwrap();
    let mut bot = bot(&place).await;
    for (n, set) in [
        "state = 'flying'",
        "state = 'active'",
        "callback = NULL",
        "step = '-1'",
        "activation = '101'",
        "activation = '99999999999999999999'",
        "best_price = '0'",
        "stop_price = 'x'",
        "leg = 'up'",
        "symbol = ''",
        "position_id = NULL",
        "updated_at = 'soon'",
        "account = x'ff'",
    ]
    .into_iter()
    .enumerate()
    {
        ledger.write(&[trail(&waiting(&format!("C{n}USDT")))]).await.unwrap();
        let set = format!("UPDATE trailing_stops SET {set} WHERE symbol = 'C{n}USDT'");
        sql(&mut bot, &set).await;
        let books = books(&ledger).await;
        assert_eq!(books.trails, [waiting("GOODUSDT")], "{set}");
        assert_eq!(books.rows.len(), 1);
        sql(&mut bot, "DELETE FROM trailing_stops WHERE symbol <> 'GOODUSDT'").await;
    }
}

fn halt(reason: &str) -> Halt {
    Halt {
        account: "main".into(),
        since: NOON,
        who: "kolja on tty1".to_owned(),
        reason: reason.to_owned(),
    }
}

#[tokio::test]
async fn a_halt_lasts_until_it_is_ended_and_the_newest_reason_counts() {
    let (place, ledger) = ledger().await;
    let begin = |reason| Write::Halt(Box::new(halt(reason)));
    let end = Write::Resume { account: "main".into(), at: NOON + Span::secs(9) };
    ledger.write(&[begin("odd fills"), begin("odd fills, again")]).await.unwrap();
    let again = Ledger::open(&place.file).await.unwrap();
    assert_eq!(books(&again).await.halted, [halt("odd fills, again")]);
    ledger.write(&[end.clone(), end]).await.unwrap();
    assert_eq!(books(&ledger).await.halted, []);
    ledger.write(&[begin("once more")]).await.unwrap();
    assert_eq!(books(&ledger).await.halted, [halt("once more")]);
    let mut bot = bot(&place).await;
    let kept = "SELECT group_concat(reason || coalesce(substr(ended_at, 18, 2), '-')) FROM halts";
    assert_eq!(cell(&mut bot, kept).await.unwrap(), "odd fills, again09,once more-");
}

#[tokio::test]
async fn a_halt_whose_time_nobody_can_read_is_a_halt() {
    let (place, ledger) = ledger().await;
    ledger.write(&[Write::Halt(Box::new(halt("odd fills")))]).await.unwrap();
    sql(&mut bot(&place).await, "UPDATE halts SET since = 'lately', who = x'ff'").await;
    let read = books(&ledger).await.halted;
    assert_eq!((read.len(), read[0].reason.as_str()), (1, "odd fills"));
}

fn order(status: OrderStatus, secs: u64) -> Write {
    Write::Order(Box::new(OrderRecord {
        client_id: ClientId::mint(Purpose::Stop, &key("BTCUSDT"), NOON, 1),
        key: key("BTCUSDT"),
        venue_id: Some("77".into()),
        side: SELL,
        quantity: qty("0.5"),
        trigger: Some(price("58800")),
        status,
        filled: None,
        average: None,
        at: NOON + Span::secs(secs),
    }))
}

#[tokio::test]
async fn the_first_time_an_order_was_live_stays() {
    let (place, ledger) = ledger().await;
    let mut bot = bot(&place).await;
    let placed = "SELECT coalesce(substr(placed_at, 18, 2), '-') FROM orders";
    for (status, secs, then) in [
        (OrderStatus::Rejected, 1, "-"),
        (OrderStatus::Live, 2, "02"),
        (OrderStatus::Live, 3, "02"),
        (OrderStatus::Cancelled, 4, "02"),
    ] {
        ledger.write(&[order(status, secs)]).await.unwrap();
        assert_eq!(cell(&mut bot, placed).await.unwrap(), then, "after {status:?}");
    }
}

#[tokio::test]
async fn naked_spans_are_read_while_they_go_on_and_for_the_day_they_touch() {
    let (_place, ledger) = ledger().await;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let now = Time(i64::try_from(now.as_millis()).unwrap());
    let span = |symbol, from: u64, to: Option<u64>| {
        let from = Write::NakedFrom {
            key: key(symbol),
            row: None,
            quantity: qty("1"),
            cause: "stop lost".to_owned(),
            at: now - Span::secs(from),
        };
        let until = |to| Write::NakedUntil { key: key(symbol), at: now - Span::secs(to) };
        [Some(from), to.map(until)].into_iter().flatten().collect::<Vec<_>>()
    };
    let week = 7 * 86_400;
    let writes = [
        span("OLDUSDT", week, Some(week - 60)),
        span("LONGUSDT", week, None),
        span("LONGENDEDUSDT", week, Some(0)),
    ];
    ledger.write(&writes.concat()).await.unwrap();
    let read = books(&ledger).await.naked;
    let names: Vec<_> = read.iter().map(|s| (s.key.symbol.as_str(), s.ended)).collect();
    assert_eq!(names, [("LONGUSDT", None), ("LONGENDEDUSDT", Some(now))]);
    assert_eq!(NakedTotals::of(&read, now).since, Some(now - Span::secs(week)));
}

/// A ledger as an older version left it, with what is in it.
async fn older(version: u8, holds: &str) -> Place {
    let place = place();
    let options = SqliteConnectOptions::new().filename(&place.file).create_if_missing(true);
    let mut old = SqliteConnection::connect_with(&options).await.unwrap();
    sql(&mut old, include_str!("../../src/store/migrations/0001_ledger.sql")).await;
    if version > 1 {
        sql(&mut old, include_str!("../../src/store/migrations/0002_trust.sql")).await;
    }
    let mark = format!("PRAGMA user_version = {version}; PRAGMA application_id = 1751542884;");
    sql(&mut old, &mark).await;
    sql(&mut old, holds).await;
    place
}

#[tokio::test]
async fn an_older_ledger_is_brought_up_with_everything_in_it() {
    for version in [1, 2] {
        let place = older(
            version,
            "INSERT INTO positions (account, exchange, symbol, side, quantity, entry_price, status)
             VALUES ('main', 'binance', 'BTCUSDT', 'long', '2', '97000', 'active');
             INSERT INTO orders (account, client_id, symbol, leg, purpose, side, quantity, status,
                 at)
             VALUES ('main', 'a', 'BTCUSDT', 'net', 'stop', 'sell', '2', 'live', 'then'),
                 ('main', 'b', 'BTCUSDT', 'net', 'stop', 'sell', '2', 'filled', 'then');
             INSERT INTO trailing_stops (account, symbol, leg, position_id, state, activation,
                 callback)
             VALUES ('main', 'BTCUSDT', 'net', 1, 'waiting', '1', '1'),
                 ('main', 'BTCUSDT', 'net', 1, 'waiting', '2', '2'),
                 ('main', 'BTCUSDT', 'net', 1, 'removed', '3', '3');",
        )
        .await;
        let ledger = Ledger::open(&place.file).await.unwrap();
        let books = books(&ledger).await;
        assert_eq!((books.rows.len(), books.bad.len()), (1, 0));
        assert_eq!(books.trails, [], "one without a step makes no sense");
        let mut bot = bot(&place).await;
        let kept = "SELECT group_concat(state || activation) FROM trailing_stops";
        assert_eq!(cell(&mut bot, kept).await.unwrap(), "removed1,waiting2,removed3");
        let placed = "SELECT group_concat(client_id || coalesce(placed_at, '-')) FROM orders";
        assert_eq!(cell(&mut bot, placed).await.unwrap(), "athen,b-");
        ledger.write(&[trail(&active("BTCUSDT", "97000"))]).await.unwrap();
        Ledger::open(&place.file).await.unwrap();
    }
}
