//! Recorded answers that are the same for everybody.

use holdfast::domain::amount::Price;
use holdfast::domain::instrument::Instrument;
use holdfast::domain::key::Symbol;
use holdfast::domain::time::VenueTime;
use holdfast::exchange::binance::decode;
use holdfast::exchange::binance::decode_market::{Symbols, market, marks};
use holdfast::exchange::binance::events::{UserEvent, event};

use crate::values::{dec, fixture, json, money, price, qty};

#[test]
fn the_venue_s_time() {
    let time = decode::server_time(&fixture("server_time.json")).unwrap();
    assert_eq!(time, VenueTime(1_499_827_319_559));
}

#[test]
fn three_instruments_and_the_weight_limit() {
    let market = market(&fixture("exchange_info.three_symbols_2022.json")).unwrap();
    assert_eq!(market.weight_limit, Some(6000));
    assert!(market.unusable.is_empty(), "{:?}", market.unusable);
    let names: Vec<&str> = market.instruments.iter().map(|i| i.symbol.as_str()).collect();
    assert_eq!(names, ["BTCUSDT", "ETHUSDT", "BTCUSDT_220325"]);
    let expected = Instrument {
        symbol: "BTCUSDT".into(),
        tick: price("0.1"),
        step: qty("0.001"),
        market_min: qty("0.001"),
        market_max: qty("1000"),
        market_step: qty("0.001"),
        min_notional: Some(money("10")),
        quote: "USDT".into(),
        trading: true,
        ends: None,
    };
    assert_eq!(*market.instruments[0], expected);
    assert_eq!(market.instruments[1].market_max, qty("10000"));
    assert_eq!(market.instruments[2].tick, price("0.1"));
    assert_eq!(market.instruments[2].market_max, qty("500"));
}

/// The frame's prices, for a listing of these symbols.
fn prices(frame: &str, listed: &[&str]) -> Vec<(Symbol, Price)> {
    let listed: Vec<Symbol> = listed.iter().map(|name| Symbol::from(*name)).collect();
    marks(frame, &listed.iter().collect::<Symbols>()).unwrap()
}

#[test]
fn mark_prices_in_every_shape() {
    let one = |at: &str| vec![(Symbol::from("BTCUSDT"), price(at))];
    for (name, at) in [
        ("ws.mark_price.docs.json", "11794.15"),
        ("ws.mark_price.combined.json", "11794.15"),
        ("ws.mark_price_arr.docs.json", "11185.87786614"),
    ] {
        assert_eq!(prices(&fixture(name), &["BTCUSDT"]), one(at), "{name}");
        assert_eq!(prices(&fixture(name), &["ETHUSDT"]), vec![], "{name}: st is missing");
    }
    let with_st = fixture("ws.mark_price.with_st.json");
    assert_eq!(prices(&with_st, &[]), one("11794.15"), "st 1 is enough");
}

#[test]
fn frames_without_mark_prices_hold_none() {
    for name in [
        "ws.book_ticker.json",
        "ws.book_ticker.combined.json",
        "ws.contract_info.combined.json",
        "ws.control.subscribe.response.json",
        "ws.control.list.response.json",
    ] {
        assert_eq!(prices(&fixture(name), &["BNBUSDT", "IOTAUSDT"]), vec![], "{name}");
    }
}

#[test]
fn frames_of_other_streams_are_no_user_events() {
    for (name, kind) in [
        ("ws.book_ticker.json", "bookTicker"),
        ("ws.book_ticker.combined.json", "bookTicker"),
        ("ws.contract_info.combined.json", "contractInfo"),
        ("ws.control.subscribe.response.json", ""),
        ("ws.control.list.response.json", ""),
    ] {
        assert_eq!(event(&fixture(name)), Ok(UserEvent::Other(kind.to_owned())), "{name}");
    }
}

/// Shapes of endpoints and requests that nothing here uses, pinned so that a change is noticed.
#[test]
fn answers_that_are_not_asked_for() {
    let premium = json("premium_index.single.json");
    assert_eq!(dec(premium["markPrice"].as_str().unwrap()), dec("11793.63104562"));
    let book = json("book_ticker.rest.json");
    assert_eq!(dec(book["bidPrice"].as_str().unwrap()), dec("4"));
    let last = json("ticker_price_v2.array.json");
    assert_eq!(dec(last[0]["price"].as_str().unwrap()), dec("6000.01"));
    assert_eq!(json("ws.control.subscribe.request.json")["method"], "SUBSCRIBE");
    assert_eq!(json("ws.control.unsubscribe.request.json")["id"], 312);
}
