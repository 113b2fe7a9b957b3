//! Bybit's recorded payloads, and short ways to read them.

use holdfast::domain::sweep::Part;
use holdfast::exchange::bybit::decode::Slot;
use holdfast::exchange::bybit::decode_fills::Execution;
use holdfast::exchange::bybit::decode_orders::{Order, Plain, State};
use holdfast::exchange::bybit::events::{Rows, UserEvent, event};
use holdfast::exchange::bybit::read::Page;

use holdfast::domain::order::StopReport;

pub fn bybit(name: &str) -> String {
    let path = format!("{}/tests/fixtures/bybit/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|why| panic!("{path}: {why}"))
}

/// A page that came whole.
pub fn whole<T>(part: Part<Page<T>>) -> Page<T> {
    match part {
        Part::Whole(page) => page,
        Part::Broken(_, why) => panic!("broken: {why}"),
    }
}

/// A page that did not come whole: what was read, and why.
pub fn broken<T>(part: Part<Page<T>>) -> (Page<T>, String) {
    match part {
        Part::Whole(_) => panic!("taken for whole"),
        Part::Broken(page, why) => (page, why),
    }
}

/// The only element.
pub fn only<T>(list: Vec<T>) -> T {
    assert_eq!(list.len(), 1);
    list.into_iter().next().unwrap()
}

fn all<T>(rows: Rows<T>) -> Vec<T> {
    assert_eq!(rows.missed, None);
    rows.read
}

/// The rows of a position frame.
pub fn slots(frame: &str) -> Vec<Slot> {
    match event(frame).unwrap() {
        UserEvent::Positions(rows) => all(rows),
        other => panic!("{other:?}"),
    }
}

/// The rows of an order frame.
pub fn orders(frame: &str) -> Vec<Order> {
    match event(frame).unwrap() {
        UserEvent::Orders(rows) => all(rows),
        other => panic!("{other:?}"),
    }
}

/// The rows of an execution frame.
pub fn executions(frame: &str) -> Vec<Execution> {
    match event(frame).unwrap() {
        UserEvent::Executions(rows) => all(rows),
        other => panic!("{other:?}"),
    }
}

/// An order that has a condition.
pub fn stop(order: Order) -> StopReport {
    match order.state {
        State::Stop(report) => report,
        State::Plain(plain) => panic!("{plain:?}"),
    }
}

/// An order that has none.
pub fn plain(order: Order) -> Plain {
    match order.state {
        State::Plain(plain) => plain,
        State::Stop(report) => panic!("{report:?}"),
    }
}

/// A frame of a private topic with these rows.
pub fn frame(topic: &str, rows: &[&str]) -> String {
    let rows = rows.join(",");
    format!(r#"{{"id":"x","topic":"{topic}","creationTime":1785600000010,"data":[{rows}]}}"#)
}

/// A successful answer with these rows.
pub fn answer(rows: &[&str]) -> String {
    let rows = rows.join(",");
    format!(
        r#"{{"retCode":0,"retMsg":"OK","result":{{"category":"linear","list":[{rows}],
        "nextPageCursor":""}},"retExtInfo":{{}},"time":1785600000000}}"#
    )
}
