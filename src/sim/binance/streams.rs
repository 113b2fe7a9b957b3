//! Market data on the streams: mark prices and best bid and ask.

use crate::sim::exchange::Exchange;
use crate::sim::frame::{Frame, Route};
use crate::sim::json::{Json, list, object};
use crate::sim::market::Contract;
use crate::sim::numbers::{Ms, fixed, money};

const EIGHT_HOURS: Ms = 8 * 3600 * 1000;

/// When funding is paid next; zero for a dated contract.
pub fn next_funding(contract: &Contract, now: Ms) -> Ms {
    if contract.spec.is_dated() { 0 } else { now - now.rem_euclid(EIGHT_HOURS) + EIGHT_HOURS }
}

/// Funding rate; empty for a dated contract.
pub fn funding_rate(contract: &Contract) -> &'static str {
    if contract.spec.is_dated() { "" } else { "0.00010000" }
}

fn mark(contract: &Contract, now: Ms) -> Json {
    let price = money(contract.mark);
    object! {
        "e": "markPriceUpdate",
        "E": now,
        "s": contract.spec.symbol,
        "p": price,
        "ap": price,
        "i": price,
        "P": price,
        "r": funding_rate(contract),
        "T": next_funding(contract, now),
        "st": 1,
    }
}

/// Quantity shown at the best bid and ask.
fn shown_qty(contract: &Contract) -> String {
    let qty = contract.spec.market_max_qty / rust_decimal::Decimal::TEN;
    fixed(qty, contract.spec.qty_places())
}

fn book(contract: &Contract, now: Ms) -> Json {
    let (price, qty) = (contract.spec.price_places, shown_qty(contract));
    object! {
        "e": "bookTicker",
        "u": contract.book_id,
        "E": now,
        "T": now,
        "s": contract.spec.symbol,
        "b": fixed(contract.bid(), price),
        "B": qty,
        "a": fixed(contract.ask(), price),
        "A": qty,
        "st": 1,
        "ps": contract.spec.pair,
    }
}

/// A REST book ticker row.
pub fn book_row(contract: &Contract, now: Ms) -> Json {
    let (price, qty) = (contract.spec.price_places, shown_qty(contract));
    object! {
        "symbol": contract.spec.symbol,
        "bidPrice": fixed(contract.bid(), price),
        "bidQty": qty,
        "askPrice": fixed(contract.ask(), price),
        "askQty": qty,
        "time": now,
    }
}

/// Mark price frames of all contracts; `slow` adds the three-second streams.
pub fn marks(
    exchange: &Exchange,
    wanted: impl Fn(&str) -> bool,
    slow: bool,
    now: Ms,
) -> Vec<Frame> {
    let mut frames = Vec::new();
    let speeds: &[&str] = if slow { &["@1s", ""] } else { &["@1s"] };
    for speed in speeds {
        for contract in exchange.market.all() {
            let stream = format!("{}@markPrice{speed}", contract.spec.symbol.to_lowercase());
            if wanted(&stream) {
                frames.push(market(Route::Market, stream, "markPriceUpdate", mark(contract, now)));
            }
        }
        let stream = format!("!markPrice@arr{speed}");
        if wanted(&stream) {
            let all = list(exchange.market.all().map(|contract| mark(contract, now)));
            frames.push(market(Route::Market, stream, "markPriceUpdate", all));
        }
    }
    frames
}

/// Best bid and ask of the contracts that moved; `slow` adds the all-market stream.
pub fn books(
    exchange: &Exchange,
    moved: &[String],
    wanted: impl Fn(&str) -> bool,
    slow: bool,
    now: Ms,
) -> Vec<Frame> {
    let mut frames = Vec::new();
    for contract in exchange.market.all() {
        let stream = format!("{}@bookTicker", contract.spec.symbol.to_lowercase());
        if moved.contains(&contract.spec.symbol) && wanted(&stream) {
            frames.push(market(Route::Public, stream, "bookTicker", book(contract, now)));
        }
        if slow && wanted("!bookTicker") {
            let stream = "!bookTicker".to_owned();
            frames.push(market(Route::Public, stream, "bookTicker", book(contract, now)));
        }
    }
    frames
}

fn market(route: Route, stream: String, event: &'static str, body: Json) -> Frame {
    Frame { route, stream, event, body: body.0 }
}
