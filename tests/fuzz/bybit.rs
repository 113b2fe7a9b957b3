//! What Bybit says: answers and frames.

use std::collections::BTreeSet;

use holdfast::domain::client_id::ClientId;
use holdfast::domain::input::StreamEvent;
use holdfast::domain::key::{Leg, Symbol};
use holdfast::domain::sweep::{Part, Positions};
use holdfast::exchange::bybit::decode::{Margin, Slot};
use holdfast::exchange::bybit::decode_fills::Execution;
use holdfast::exchange::bybit::decode_orders::{Order, State};
use holdfast::exchange::bybit::events::UserEvent;
use holdfast::exchange::bybit::memory::Memory;
use holdfast::exchange::bybit::read::Page;
use holdfast::exchange::bybit::{
    answers, decode, decode_fills, decode_market, decode_orders, events, lookup,
};
use serde_json::Value;

use super::binance::{clock, conditional, counted_with, honest, is_something, sided, whole};
use super::promise::{keeps, sentence, told};

/// Any answer, read as every kind of answer there is.
pub fn rest(bytes: &[u8]) {
    let Ok(body) = std::str::from_utf8(bytes) else { return };
    slots(body);
    orders(&page(body, decode_orders::orders(body)).rows);
    executions(page(body, decode_fills::executions(body)).rows);
    page(body, decode_fills::closed(body));
    page(body, decode_market::tickers(body));
    let listing = page(body, decode_market::instruments(body));
    let market = decode_market::Market::of(listing.rows);
    market.unusable.iter().for_each(|why| sentence(why));
    market.instruments.iter().for_each(counted_with);
    told(decode::modes(body)).into_iter().for_each(|legs| {
        decode::mode(legs.into_values());
    });
    told(decode::account(body));
    told(decode::balance(body, Margin::Shared));
    told(decode::balance(body, Margin::Isolated));
    told(decode::key(body));
    told(decode_orders::acknowledged(body));
    if let Some(said) = told(decode::server_time(body)) {
        clock(said);
    }
    decode::is_classic(body);
}

/// A page that calls itself whole is JSON, was no refusal, and had as many rows as it says.
fn page<T>(body: &str, part: Part<Page<T>>) -> Page<T> {
    let is_whole = matches!(part, Part::Whole(_));
    let page = whole(body, part);
    assert!(page.rows.len() <= page.listed, "more rows than were listed");
    if let (true, Ok(answer)) = (is_whole, serde_json::from_str::<Value>(body)) {
        let code = &answer["retCode"];
        assert!(*code == 0 || *code == "0", "whole, with code {code}");
        assert!(answer["result"]["list"].is_array(), "whole, and no list in {answer}");
    }
    page
}

fn slots(body: &str) {
    let part = decode::positions(body);
    let fault = match &part {
        Part::Whole(_) => None,
        Part::Broken(_, why) => Some(why.clone()),
    };
    let page = page(body, part);
    for slot in &page.rows {
        if let Some(open) = &slot.open {
            sided(slot.leg, open.side);
        }
    }
    if fault.is_none() {
        listed(body, &page.rows);
    }
    let newest = decode::newest(page.rows);
    let open = newest.into_iter().filter_map(|(key, slot)| Some((key, slot.open?)));
    let open: Positions = open.collect();
    honest(fault.map_or(Part::Whole(open.clone()), |why| Part::Broken(open, why)));
}

/// A page that is whole says of every row with a size that it is open.
fn listed(body: &str, slots: &[Slot]) {
    let Ok(answer) = serde_json::from_str::<Value>(body) else { return };
    let Some(rows) = answer["result"]["list"].as_array() else { return };
    let open = rows.iter().filter(|row| match &row["size"] {
        Value::String(size) => is_something(size),
        Value::Number(size) => is_something(&size.to_string()),
        _ => false,
    });
    let read = slots.iter().filter(|slot| slot.open.is_some());
    assert_eq!(read.count(), open.count(), "rows with a size, and open slots");
}

fn orders(orders: &[Order]) {
    for order in orders {
        if let State::Stop(report) = &order.state {
            conditional(std::slice::from_ref(&report.order));
        }
        order.foreign();
        order.client_id();
    }
}

fn executions(rows: Vec<Execution>) {
    for row in &rows {
        for hedged in [false, true] {
            row.clone().fill(row.leg(None, hedged).unwrap_or(Leg::Net), &Symbol::from("USDT"));
        }
    }
    let ids: BTreeSet<ClientId> = rows.iter().filter_map(|row| row.client_id.clone()).collect();
    for id in ids {
        let report = lookup::executed(rows.clone(), &id);
        let report = report.expect("an order that was executed is known");
        assert_eq!(report.client_id, id);
    }
}

/// A stream of frames, one a line, heard by one link.
pub fn stream(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let mut memory = Memory::default();
    memory.note_margin(Margin::Isolated);
    let mut fills = BTreeSet::new();
    for frame in text.lines() {
        if let Some(answers::Control::Answer { result: Err(why), .. }) = answers::control(frame) {
            sentence(&why);
        }
        told(decode_market::ticker(frame));
        match events::event(frame) {
            Ok(event) => {
                let missed = missed(&event);
                let told = memory.hear(event);
                let down = told.iter().any(|event| matches!(event, StreamEvent::Down(_)));
                assert!(down || !missed, "a row was missed and nobody looks again: {told:?}");
                told.iter().for_each(|event| heard(event, &mut fills));
            }
            Err(bad) => sentence(&bad.why),
        }
    }
}

/// Whether a frame could not be read to its end.
fn missed(event: &UserEvent) -> bool {
    let why = match event {
        UserEvent::Positions(rows) => &rows.missed,
        UserEvent::Orders(rows) => &rows.missed,
        UserEvent::Executions(rows) => &rows.missed,
        UserEvent::Wallet(_) | UserEvent::Other(_) => &None,
    };
    why.iter().for_each(|why| sentence(why));
    why.is_some()
}

fn heard(event: &StreamEvent, fills: &mut BTreeSet<String>) {
    match event {
        StreamEvent::Position { leg, open: Some(open), .. } => sided(*leg, open.side),
        StreamEvent::Fill(fill) => {
            let id = format!("{:?} {:?}", fill.symbol, fill.trade_id);
            assert!(fills.insert(id), "told twice: {fill:?}");
        }
        StreamEvent::Stop(report) => conditional(std::slice::from_ref(&report.order)),
        StreamEvent::Down(why) => sentence(why),
        _ => {}
    }
}

/// What a refused signature echoes holds the key, and is not repeated; what the same body says
/// in another place as well is no echo there.
pub fn echo_is_kept(body: &str, text: &str) {
    let Some((_, echo)) = body.split_once("origin_string[") else { return };
    let echo = echo.split([']', '"', '\\']).next().unwrap_or_default();
    if body.matches(echo).count() == 1 {
        keeps(echo, text);
    }
}
