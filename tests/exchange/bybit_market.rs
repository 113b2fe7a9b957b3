//! Bybit's recorded answers and frames that are the same for everybody.

use holdfast::domain::instrument::Instrument;
use holdfast::domain::time::VenueTime;
use holdfast::exchange::bybit::decode_market::{self, Market, ticker};

use crate::bybit_values::{broken, bybit, only, whole};
use crate::values::{money, price, qty};

fn market(body: &str) -> Market {
    Market::of(whole(decode_market::instruments(body)).rows)
}

fn instrument(name: &str) -> Instrument {
    let market = market(&bybit(name));
    assert_eq!(market.unusable, Vec::<String>::new());
    only(market.instruments).as_ref().clone()
}

#[test]
fn a_trading_perpetual() {
    let expected = Instrument {
        symbol: "BTCUSDT".into(),
        tick: price("0.1"),
        step: qty("0.001"),
        market_min: qty("0.001"),
        market_max: qty("500"),
        market_step: qty("0.001"),
        min_notional: Some(money("5")),
        quote: "USDT".into(),
        trading: true,
        ends: None,
    };
    assert_eq!(instrument("rest-instruments-linear-btcusdt.json"), expected);
}

#[test]
fn a_stock_without_a_limit_for_market_orders() {
    let expected = Instrument {
        symbol: "TSLAUSDT".into(),
        tick: price("0.01"),
        step: qty("0.001"),
        market_min: qty("0.001"),
        market_max: qty("100"),
        market_step: qty("0.001"),
        min_notional: Some(money("1")),
        quote: "USDT".into(),
        trading: true,
        ends: None,
    };
    assert_eq!(instrument("rest-instruments-linear-stock-perp.json"), expected);
}

#[test]
fn a_symbol_before_its_listing_does_not_trade() {
    let found = instrument("rest-instruments-linear-prelaunch.json");
    assert_eq!((found.symbol.as_str(), found.trading), ("PRE02ZROUSDT", false));
    assert_eq!((found.tick, found.step), (price("0.001"), qty("0.1")));
    assert_eq!((found.market_min, found.market_max), (qty("0.1"), qty("2000")));
}

#[test]
fn an_announced_delisting_is_in_the_delivery_time_alone() {
    let body = bybit("rest-instruments-linear-btcusdt.json");
    let body = body.replace("\"deliveryTime\": \"0\"", "\"deliveryTime\": \"1790000000000\"");
    let found = only(market(&body).instruments);
    assert_eq!((found.trading, found.ends), (true, Some(VenueTime(1_790_000_000_000))));
}

#[test]
fn one_symbol_without_rules_does_not_hide_the_others() {
    let body = bybit("rest-instruments-linear-btcusdt.json");
    let at = body.find("\"list\": [").unwrap() + "\"list\": [".len();
    let odd = r#"{"symbol":"ODDUSDT","status":"Trading"},"#;
    let found = market(&format!("{}{odd}{}", &body[..at], &body[at..]));
    assert_eq!(found.unusable, ["ODDUSDT: priceFilter is missing"]);
    assert_eq!(only(found.instruments).symbol.as_str(), "BTCUSDT");
}

#[test]
fn mark_prices_by_rest() {
    let page = whole(decode_market::tickers(&bybit("rest-tickers-linear-btcusdt.json")));
    assert_eq!(page.rows, [("BTCUSDT".into(), price("68649.9"))]);
    let (_, why) = broken(decode_market::tickers(&bybit("rest-empty-ok.json")));
    assert_eq!(why, "result.list is missing");
}

#[test]
fn mark_prices_of_snapshots() {
    for (name, mark) in [
        ("ws-ticker-linear-snapshot.json", "66666.60"),
        ("ws-ticker-linear-snapshot-2023.json", "17217.33"),
    ] {
        assert_eq!(ticker(&bybit(name)), Ok(Some(("BTCUSDT".into(), price(mark)))), "{name}");
    }
}

#[test]
fn a_delta_without_a_mark_price_leaves_it_as_it_is() {
    let delta = bybit("ws-ticker-linear-delta-one-side.json");
    assert_eq!(ticker(&delta), Ok(None));
    let marked = delta.replace("\"bid1Size\"", "\"markPrice\": 79112.25, \"bid1Size\"");
    assert_eq!(ticker(&marked), Ok(Some(("BTCUSDT".into(), price("79112.25")))));
    let unset = delta.replace("\"bid1Size\"", "\"markPrice\": \"\", \"bid1Size\"");
    assert_eq!(ticker(&unset), Ok(None));
    let nameless = marked.replace("\"symbol\"", "\"x\"");
    assert_eq!(ticker(&nameless), Ok(Some(("BTCUSDT".into(), price("79112.25")))));
}

#[test]
fn frames_without_a_price() {
    for name in
        ["ws-pong-public-linear.json", "ws-subscribe-ack-public-linear.json", "ws-wallet.json"]
    {
        assert_eq!(ticker(&bybit(name)), Ok(None), "{name}");
    }
    let snapshot = bybit("ws-ticker-linear-snapshot.json");
    for bad in [&snapshot[..snapshot.len() / 2], r#"{"topic":"tickers.BTCUSDT"}"#, ""] {
        assert!(ticker(bad).is_err(), "{bad}");
    }
    assert!(ticker(&snapshot.replace("\"66666.60\"", "\"sixty\"")).is_err());
}
