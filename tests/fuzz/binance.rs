//! What Binance says: answers and frames.

use std::collections::BTreeSet;
use std::sync::Arc;

use holdfast::domain::amount::{LARGEST, Price, Qty, SMALLEST, Side};
use holdfast::domain::input::StreamEvent;
use holdfast::domain::instrument::Instrument;
use holdfast::domain::key::{Leg, Symbol};
use holdfast::domain::order::ConditionalOrder;
use holdfast::domain::position::PositionMode;
use holdfast::domain::sweep::{Look, Part, Positions, Sweep};
use holdfast::domain::time::{Span, Time, VenueTime};
use holdfast::exchange::binance::memory::Memory;
use holdfast::exchange::binance::{decode, decode_market, decode_orders, events};
use holdfast::exchange::clock::{Clock, Sample};
use rust_decimal::Decimal;
use serde::de::IgnoredAny;
use serde_json::Value;

use super::limits::NOW;
use super::promise::{keeps, sentence, told};

/// Any answer, read as every kind of answer there is.
pub fn rest(bytes: &[u8]) {
    let Ok(body) = std::str::from_utf8(bytes) else { return };
    let positions = decode::positions(body);
    listed(body, &positions);
    honest(positions);
    conditional(&whole(body, decode_orders::conditionals_in_orders(body)));
    conditional(&whole(body, decode_orders::conditionals(body)));
    told(decode::balance(body));
    told(decode::mode(body));
    told(decode::rights(body));
    if let Some(key) = told(decode::listen_key(body)) {
        assert!(!key.is_empty(), "an empty key is no key");
    }
    // What is said of an answer without a key is the same for all of them, and repeats none.
    let keyless = decode::listen_key("{}").err();
    if let Some(why) = decode::listen_key(body).err().filter(|why| keyless.as_ref() != Some(why)) {
        keeps(body, &why);
    }
    if let Some(said) = told(decode::server_time(body)) {
        clock(said);
    }
    told(decode_orders::order(body));
    told(decode_orders::stop(body));
    told(decode_orders::stops(body));
    told(decode_orders::realising_trades(body));
    if let Some(trades) = told(decode_orders::trades(body)) {
        assert!(trades.len() <= body.len(), "more trades than bytes");
    }
    if let Some(market) = told(decode_market::market(body)) {
        market.unusable.iter().for_each(|why| sentence(why));
        market.instruments.iter().for_each(counted_with);
    }
}

/// With any rules of an instrument any price and any size can be counted.
pub fn counted_with(rules: &Arc<Instrument>) {
    for number in [SMALLEST, Decimal::ONE, LARGEST] {
        let (Ok(price), Ok(quantity)) = (Price::new(number), Qty::new(number)) else { continue };
        for side in [Side::Long, Side::Short] {
            rules.trigger(side, price);
        }
        assert!(rules.market_quantity(quantity).is_none_or(|part| part <= quantity), "{rules:?}");
        let whole: Decimal = rules.split(quantity).into_iter().map(Qty::get).sum();
        assert_eq!(whole, number, "cut by {rules:?}");
        rules.is_dust(quantity, Some(price), true);
        assert!(rules.same(quantity, quantity));
    }
}

/// What could be read; a part that calls itself whole was JSON from end to end.
pub fn whole<T>(body: &str, part: Part<T>) -> T {
    match part {
        Part::Whole(content) => {
            let json = serde_json::from_str::<IgnoredAny>(body);
            assert!(json.is_ok(), "taken for whole, and no JSON: {json:?}");
            content
        }
        Part::Broken(content, why) => {
            sentence(&why);
            content
        }
    }
}

/// Of a list that is not whole nothing may be concluded, and a leg has the side it is named for.
pub fn honest(positions: Part<Positions>) {
    let broken = matches!(positions, Part::Broken(..));
    let sweep = Sweep::of(positions, Span(1));
    for (symbol, leg, position) in sweep.seen() {
        sided(leg, position.side);
        assert_eq!(sweep.look(symbol, leg), Look::Here(position));
    }
    let absent = Symbol::from("no venue lists this");
    let wanted = if broken { Look::Unknown } else { Look::NotHere };
    assert_eq!(sweep.look(&absent, Leg::Net), wanted, "broken: {broken}");
}

pub fn sided(leg: Leg, side: Side) {
    let other = matches!((leg, side), (Leg::Long, Side::Short) | (Leg::Short, Side::Long));
    assert!(!other, "a {side} position on the {leg} leg");
}

/// A list that is whole holds every row whose amount is not zero, told by its digits alone.
fn listed(body: &str, positions: &Part<Positions>) {
    let Part::Whole(found) = positions else { return };
    let Ok(Value::Array(rows)) = serde_json::from_str::<Value>(body) else { return };
    let open = rows.iter().filter(|row| match &row["positionAmt"] {
        Value::String(amount) => is_something(amount),
        Value::Number(amount) => is_something(&amount.to_string()),
        _ => false,
    });
    assert_eq!(found.len(), open.count(), "rows with an amount, and positions");
}

/// Whether a number that was written is another one than zero.
pub fn is_something(number: &str) -> bool {
    let mantissa = number.split(['e', 'E']).next().unwrap_or(number);
    mantissa.bytes().any(|byte| (b'1'..=b'9').contains(&byte))
}

/// What has no size of its own closes whatever is there.
pub fn conditional(orders: &[ConditionalOrder]) {
    for order in orders {
        assert!(order.quantity.is_some() || order.reduces, "{order:?} may open anything");
    }
}

/// Any instant that a venue may name is one that can be counted with.
pub fn clock(said: VenueTime) {
    let clock = Clock::new(NOW);
    let sent = clock.now();
    clock.learn(&[Sample { sent, received: sent + Span(40), said }]);
    clock.stamp();
    clock.ours(said);
    clock.ours(clock.venue_now());
    clock.theirs(Time(said.0));
}

/// A stream of frames, one a line, heard by one link.
pub fn stream(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let mut memory = Memory::default();
    memory.set_mode(PositionMode::Hedge);
    let mut fills = BTreeSet::new();
    for frame in text.lines() {
        marks(frame);
        match events::event(frame) {
            Ok(event) => {
                for event in told(memory.hear(event)).unwrap_or_default() {
                    heard(&event, &mut fills);
                }
            }
            Err(bad) => {
                sentence(&bad.why);
                assert!(bad.matters || !says_enough(frame), "{frame} is passed over: {}", bad.why);
            }
        }
    }
}

fn heard(event: &StreamEvent, fills: &mut BTreeSet<String>) {
    match event {
        StreamEvent::Position { leg, open: Some(open), .. } => sided(*leg, open.side),
        StreamEvent::Fill(fill) => {
            let id = format!("{:?} {:?}", fill.symbol, fill.trade_id);
            assert!(fills.insert(id), "told twice: {fill:?}");
        }
        StreamEvent::Stop(report) => conditional(std::slice::from_ref(&report.order)),
        _ => {}
    }
}

/// Whether a frame is, by its name alone, about positions, orders or stops.
fn says_enough(frame: &str) -> bool {
    const ABOUT: [&str; 3] = ["ACCOUNT_UPDATE", "ORDER_TRADE_UPDATE", "ALGO_UPDATE"];
    let name = |value: &Value| value["e"].as_str().is_some_and(|e| ABOUT.contains(&e));
    match serde_json::from_str::<Value>(frame) {
        Ok(value) => name(&value) || value["e"].is_null() && name(&value["data"]),
        Err(_) => ABOUT.iter().any(|about| frame.contains(&format!("\"{about}\""))),
    }
}

fn marks(frame: &str) {
    let known = [Symbol::from("BTCUSDT"), Symbol::from("ETHUSDT")];
    let symbols: decode_market::Symbols = known.iter().collect();
    if let Some(marks) = told(decode_market::marks(frame, &symbols)) {
        assert!(marks.len() <= frame.len(), "more marks than bytes");
    }
}
