//! Lists as they come: zero rows, doubles, and damage of any kind anywhere.

use holdfast::domain::amount::{OrderSide, Side};
use holdfast::domain::key::{Leg, Symbol};
use holdfast::domain::order::{ConditionalKind, TriggerBy};
use holdfast::domain::sweep::{Look, Part, Positions, Sweep};
use holdfast::domain::time::Span;
use holdfast::exchange::binance::decode::{balance, positions};
use holdfast::exchange::binance::decode_market::market;
use holdfast::exchange::binance::decode_orders::{conditionals, conditionals_in_orders};
use proptest::prelude::*;

use crate::values::{fixture, money, qty};

fn row(symbol: &str, side: &str, amount: &str) -> String {
    format!(
        r#"{{"symbol":"{symbol}","positionSide":"{side}","positionAmt":"{amount}",
        "entryPrice":"10.5","breakEvenPrice":"10.6","markPrice":"11","unRealizedProfit":"1",
        "liquidationPrice":"5","isolatedMargin":"0","adl":2,"updateTime":1720736417660}}"#
    )
}

fn list(rows: &[String]) -> String {
    format!("[{}]", rows.join(","))
}

fn whole(body: &str) -> Positions {
    match positions(body) {
        Part::Whole(positions) => positions,
        Part::Broken(_, why) => panic!("{why}"),
    }
}

fn fault<T>(part: Part<T>) -> (T, String) {
    match part {
        Part::Broken(content, why) => (content, why),
        Part::Whole(_) => panic!("taken for whole"),
    }
}

#[test]
fn rows_of_size_zero_are_no_positions() {
    let rows = [row("A", "BOTH", "0"), row("B", "BOTH", "0.000"), row("C", "BOTH", "-0.0")];
    assert!(whole(&list(&rows)).is_empty());
    assert!(whole("[]").is_empty());
    let rows = [row("A", "BOTH", "0"), row("A", "BOTH", "-3")];
    let found = whole(&list(&rows));
    assert_eq!(found[&("A".into(), Leg::Net)].side, Side::Short);
}

#[test]
fn legs_of_one_symbol_stay_apart() {
    let rows = [row("A", "LONG", "2"), row("A", "SHORT", "-3"), row("A", "BOTH", "0")];
    let found = whole(&list(&rows));
    assert_eq!(found[&("A".into(), Leg::Long)].quantity, qty("2"));
    assert_eq!(found[&("A".into(), Leg::Short)].quantity, qty("3"));
    assert_eq!(found.len(), 2);
}

#[test]
fn a_symbol_is_never_taken_apart() {
    let names = ["1000PEPEUSDT", "BTCUSDT_260327", "BTCUSDT", "币安人生USDT"];
    let rows: Vec<String> = names.iter().map(|name| row(name, "BOTH", "1")).collect();
    let found = whole(&list(&rows));
    for name in names {
        assert!(found.contains_key(&(Symbol::from(name), Leg::Net)), "{name}");
    }
    let escaped = list(&[row(r"\u5e01\u5b89\u4eba\u751fUSDT", "BOTH", "1")]);
    assert!(whole(&escaped).contains_key(&("币安人生USDT".into(), Leg::Net)));
}

#[test]
fn a_leg_listed_twice_breaks_the_list() {
    let rows = [row("A", "BOTH", "1"), row("B", "BOTH", "1"), row("A", "BOTH", "2")];
    let (found, why) = fault(positions(&list(&rows)));
    assert_eq!(why, "row 3: A: is listed twice for one leg");
    assert_eq!(found.len(), 2);
}

#[test]
fn a_leg_with_the_other_leg_s_sign_breaks_the_list() {
    for (side, amount) in [("LONG", "-1"), ("SHORT", "1")] {
        let (found, why) = fault(positions(&list(&[row("A", side, amount)])));
        assert!(found.is_empty());
        assert!(why.contains("has the other leg's sign"), "{why}");
    }
}

#[test]
fn rows_around_a_broken_one_are_seen() {
    let rows = [row("A", "BOTH", "1"), row("B", "BOTH", "x"), row("C", "BOTH", "1")];
    let (found, why) = fault(positions(&list(&rows)));
    assert_eq!(why, "row 2: B: positionAmt is not a decimal: \"x\"");
    assert_eq!(found.len(), 2);
}

fn algo(kind: &str, leg: &str, side: &str, quantity: &str, flags: &str) -> String {
    format!(
        r#"[{{"algoId":1,"clientAlgoId":"c","algoType":"CONDITIONAL","orderType":"{kind}",
        "symbol":"A","side":"{side}","positionSide":"{leg}","quantity":"{quantity}",
        "algoStatus":"NEW","triggerPrice":"9","workingType":"MARK_PRICE",{flags}}}]"#
    )
}

const NO_FLAGS: &str = r#""closePosition":false,"reduceOnly":false"#;
const CLOSE_POSITION: &str = r#""closePosition":true,"reduceOnly":true"#;

#[test]
fn conditional_orders_by_kind_and_by_whether_they_reduce() {
    use ConditionalKind::{Other, StopLimit, StopMarket, TakeProfit, Trailing};
    for (body, kind, quantity, reduces) in [
        (algo("STOP_MARKET", "BOTH", "SELL", "2", NO_FLAGS), StopMarket, Some("2"), false),
        (algo("STOP_MARKET", "BOTH", "SELL", "0.00", CLOSE_POSITION), StopMarket, None, true),
        (algo("STOP", "LONG", "SELL", "2", NO_FLAGS), StopLimit, Some("2"), true),
        (algo("STOP", "LONG", "BUY", "2", NO_FLAGS), StopLimit, Some("2"), false),
        (algo("TAKE_PROFIT_MARKET", "SHORT", "BUY", "2", NO_FLAGS), TakeProfit, Some("2"), true),
        (algo("TRAILING_STOP_MARKET", "SHORT", "SELL", "2", NO_FLAGS), Trailing, Some("2"), false),
        (algo("NEWEST_STOP", "BOTH", "SELL", "2", NO_FLAGS), Other, Some("2"), false),
    ] {
        let Part::Whole(found) = conditionals(&body) else { panic!("{body}") };
        assert_eq!((found[0].kind, found[0].reduces), (kind, reduces), "{body}");
        assert_eq!(found[0].quantity, quantity.map(qty), "{body}");
        assert_eq!(found[0].trigger_by, TriggerBy::Mark);
    }
}

#[test]
fn a_stop_of_size_zero_that_does_not_close_the_position_covers_nothing() {
    let body = algo("STOP_MARKET", "BOTH", "SELL", "0", NO_FLAGS);
    let (found, why) = fault(conditionals(&body));
    assert!(found.is_empty());
    assert!(why.contains("quantity is zero"), "{why}");
}

#[test]
fn orders_that_ended_and_other_algorithms_are_left_out() {
    let ended = algo("STOP_MARKET", "BOTH", "SELL", "2", NO_FLAGS).replace("NEW\"", "EXPIRED\"");
    let Part::Whole(found) = conditionals(&ended) else { panic!() };
    assert!(found.is_empty());
    let twap = r#"[{"algoId":1,"algoType":"TWAP","symbol":"A"}]"#;
    let Part::Whole(found) = conditionals(twap) else { panic!() };
    assert!(found.is_empty());
    let (_, why) = fault(conditionals(r#"[{"algoId":1,"symbol":"A"}]"#));
    assert_eq!(why, "row 1: A: algoType is missing");
}

#[test]
fn resting_limit_orders_are_no_conditional_orders() {
    let body = format!("[{}]", fixture("order_query.limit_new.json"));
    let Part::Whole(found) = conditionals_in_orders(&body) else { panic!() };
    assert!(found.is_empty());
    let trailing = fixture("open_orders.trailing.json");
    let stop = trailing.replace("TRAILING_STOP_MARKET", "STOP_MARKET");
    let Part::Whole(found) = conditionals_in_orders(&stop) else { panic!() };
    assert_eq!((found[0].kind, found[0].side), (ConditionalKind::StopMarket, OrderSide::Buy));
    let (_, why) = fault(conditionals_in_orders(r#"[{"symbol":"A"}]"#));
    assert_eq!(why, "row 1: type is missing");
}

#[test]
fn the_main_currency_is_the_first_usual_one_that_is_held() {
    let row = |asset: &str, amount: &str| {
        format!(
            r#"{{"asset":"{asset}","balance":"{amount}","crossUnPnl":"-1",
            "availableBalance":"{amount}"}}"#
        )
    };
    let worth = |rows: &[String]| balance(&list(rows)).map(|b| (b.equity, b.available));
    let rows = [row("BNB", "900"), row("USDC", "50"), row("USDT", "1")];
    assert_eq!(worth(&rows), Ok((money("49"), money("50"))));
    assert_eq!(worth(&[row("BTC", "3"), row("BNB", "2")]), Ok((money("2"), money("3"))));
    assert_eq!(worth(&[]), Ok((money("0"), money("0"))));
    let empty = r#"[{"asset":"USDT","balance":"","crossUnPnl":"","availableBalance":""}]"#;
    assert_eq!(balance(empty).map(|b| b.equity), Ok(money("0")));
    assert_eq!(balance(r#"[{"asset":"USDT"}]"#).unwrap_err(), "row 1: balance is missing");
}

#[test]
fn an_instrument_without_its_rules_does_not_hide_the_others() {
    let info = fixture("exchange_info.three_symbols_2022.json");
    let broken = info.replacen("tickSize", "tick", 1);
    let market = market(&broken).unwrap();
    assert_eq!(market.instruments.len(), 2);
    assert_eq!(market.unusable, ["BTCUSDT: PRICE_FILTER.tickSize is missing"]);
}

type Held = (String, usize, u32);

fn held() -> impl Strategy<Value = Vec<Held>> {
    let one = ("[A-Z]{2,6}USDT", 0..4_usize, 1..1_000_000_u32);
    proptest::collection::vec(one, 0..12).prop_map(|mut held| {
        held.sort();
        held.dedup_by(|a, b| a.0 == b.0);
        held
    })
}

/// The row of what is held, and its key; the last kind is a zero row.
fn written(held: &Held) -> (String, Option<(Symbol, Leg)>) {
    let (name, kind, amount) = held;
    let (side, sign, leg) = [
        ("BOTH", "", Some(Leg::Net)),
        ("LONG", "", Some(Leg::Long)),
        ("SHORT", "-", Some(Leg::Short)),
        ("BOTH", "", None),
    ][*kind];
    let amount = if leg.is_some() { format!("{sign}{amount}.5") } else { "0.0".to_owned() };
    (row(name, side, &amount), leg.map(|leg| (Symbol::from(name.as_str()), leg)))
}

fn sweep(body: &str) -> Sweep {
    Sweep::of(positions(body), Span(1))
}

proptest! {
    #[test]
    fn what_is_whole_is_all_there(held in held()) {
        let rows: Vec<_> = held.iter().map(written).collect();
        let body = list(&rows.iter().map(|(row, _)| row.clone()).collect::<Vec<_>>());
        let found = sweep(&body);
        prop_assert_eq!(found.fault(), None);
        for key in rows.iter().filter_map(|(_, key)| key.as_ref()) {
            prop_assert!(matches!(found.look(&key.0, key.1), Look::Here(_)));
        }
        prop_assert_eq!(found.look(&"absent".into(), Leg::Net), Look::NotHere);
    }

    #[test]
    fn a_list_cut_anywhere_proves_nothing_absent(held in held(), cut in 0..10_000_usize) {
        let rows: Vec<_> = held.iter().map(written).collect();
        let body = list(&rows.iter().map(|(row, _)| row.clone()).collect::<Vec<_>>());
        let found = sweep(&body[..cut % body.len()]);
        prop_assert!(found.fault().is_some());
        for key in rows.iter().filter_map(|(_, key)| key.as_ref()) {
            prop_assert_ne!(found.look(&key.0, key.1), Look::NotHere);
        }
    }

    #[test]
    fn one_damaged_value_proves_nothing_absent(
        held in held(),
        at in 0..12_usize,
        field in 0..7_usize,
        damage in 0..4_usize,
    ) {
        prop_assume!(!held.is_empty());
        let mut rows: Vec<_> = held.iter().map(written).collect();
        let index = at % rows.len();
        let names = ["symbol", "positionSide", "positionAmt", "entryPrice", "markPrice",
            "liquidationPrice", "updateTime"];
        let mut row: serde_json::Value = serde_json::from_str(&rows[index].0).unwrap();
        let object = row.as_object_mut().unwrap();
        match damage {
            0 => { object.remove(names[field]); }
            1 => { object.insert(names[field].to_owned(), serde_json::Value::Null); }
            2 => { object.insert(names[field].to_owned(), serde_json::json!({"a": 1})); }
            _ => { object.insert(names[field].to_owned(), serde_json::json!([])); }
        }
        rows[index].0 = row.to_string();
        let body = list(&rows.iter().map(|(row, _)| row.clone()).collect::<Vec<_>>());
        let found = sweep(&body);
        prop_assert!(found.fault().is_some());
        for key in rows.iter().filter_map(|(_, key)| key.as_ref()) {
            prop_assert_ne!(found.look(&key.0, key.1), Look::NotHere);
        }
    }
}
