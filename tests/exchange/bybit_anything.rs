//! Whatever the venue sends: in any order, twice, cut off, or in another spelling.

use holdfast::domain::key::Leg;
use holdfast::domain::sweep::Part;
use holdfast::exchange::bybit::events::event;
use holdfast::exchange::bybit::memory::Memory;
use holdfast::exchange::bybit::{decode, decode_fills, decode_market, decode_orders};
use proptest::prelude::*;

use crate::bybit_values::{answer, broken, bybit, frame, only, whole};
use crate::values::qty;

/// What happens to a slot: each step is later than the one before, trades or not, and the row
/// about it may leave the sequence out.
#[derive(Clone, Debug)]
struct Step {
    trades: bool,
    size: u32,
    named: bool,
}

fn step() -> impl Strategy<Value = Step> {
    (any::<bool>(), 0_u32..4, prop::bool::weighted(0.8)).prop_map(|(trades, size, named)| Step {
        trades,
        size,
        named,
    })
}

/// The rows about one slot, oldest first.
fn rows(index: u8, steps: &[Step]) -> Vec<String> {
    let mut seq = 100;
    let row = |(at, step): (usize, &Step)| {
        seq += i64::from(step.trades);
        let seq = if step.named { format!("\"seq\":{seq},") } else { String::new() };
        let size = step.size;
        let side = match (size, index) {
            (0, _) => "",
            (_, 2) => "Sell",
            _ => "Buy",
        };
        let at = 1_785_600_000_000 + i64::try_from(at).unwrap();
        format!(
            r#"{{"symbol":"BTCUSDT","positionIdx":{index},"side":"{side}","size":"{size}",
            "entryPrice":"60000",{seq}"updatedTime":"{at}"}}"#
        )
    };
    steps.iter().enumerate().map(row).collect()
}

fn remember(rows: &[String]) -> Memory {
    let mut memory = Memory::default();
    for row in rows {
        memory.hear(event(&frame("position.linear", &[row])).unwrap());
    }
    memory
}

/// Some rows, and the same in any order with any of them twice.
fn shuffled(rows: Vec<String>) -> impl Strategy<Value = (Vec<String>, Vec<String>)> {
    let again = prop::collection::vec(any::<prop::sample::Index>(), 0..6);
    let straight = rows.clone();
    again
        .prop_flat_map(move |again| {
            let mut all = rows.clone();
            all.extend(again.iter().map(|index| index.get(&rows).clone()));
            Just(all).prop_shuffle()
        })
        .prop_map(move |shuffled| (straight.clone(), shuffled))
}

fn history() -> impl Strategy<Value = (Vec<String>, Vec<String>)> {
    let steps = || prop::collection::vec(step(), 1..7);
    (steps(), steps())
        .prop_flat_map(|(long, short)| shuffled([rows(1, &long), rows(2, &short)].concat()))
}

/// The answers of REST, each read as what it is.
fn cut_is_not_whole(name: &str, cut: &str) {
    let whole = match name {
        name if name.contains("position") => matches!(decode::positions(cut), Part::Whole(_)),
        name if name.contains("execution") => {
            matches!(decode_fills::executions(cut), Part::Whole(_))
        }
        name if name.contains("closed") => matches!(decode_fills::closed(cut), Part::Whole(_)),
        name if name.contains("instruments") => {
            matches!(decode_market::instruments(cut), Part::Whole(_))
        }
        name if name.contains("tickers") => matches!(decode_market::tickers(cut), Part::Whole(_)),
        _ => matches!(decode_orders::orders(cut), Part::Whole(_)),
    };
    assert!(!whole, "{name} cut to {} bytes is taken for whole", cut.len());
}

const PAGES: [&str; 9] = [
    "rest-position-list-three-rows.json",
    "rest-position-list-long-nonempty-cursor.json",
    "rest-order-realtime-tp-and-sl.json",
    "rest-order-realtime-hedge-limit.json",
    "rest-order-history-open-and-close.json",
    "rest-execution-list-linear-trade.json",
    "rest-closed-pnl-usdc-perp.json",
    "rest-instruments-linear-btcusdt.json",
    "rest-tickers-linear-btcusdt.json",
];

/// Failures are printed and leave no file behind.
fn quiet() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..quiet() })]

    #[test]
    fn any_order_and_any_repetition_leave_the_same_memory((straight, shuffled) in history()) {
        prop_assert_eq!(remember(&straight), remember(&shuffled));
    }

    #[test]
    fn the_newest_rows_are_the_same_from_pages_in_any_order((straight, shuffled) in history()) {
        let newest = |rows: &[String]| {
            let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
            decode::newest(whole(decode::positions(&answer(&rows))).rows)
        };
        prop_assert_eq!(newest(&straight), newest(&shuffled));
    }

    #[test]
    fn garbage_is_never_whole_and_never_a_panic(text in ".{0,200}") {
        cut_is_not_whole("position", &text);
        cut_is_not_whole("order", &text);
        let _ = event(&text);
        let _ = decode_market::ticker(&text);
    }
}

#[test]
fn a_body_cut_anywhere_is_never_whole() {
    for name in PAGES {
        let body = bybit(name);
        let body = body.trim_end();
        for end in (0..body.len()).filter(|end| body.is_char_boundary(*end)) {
            cut_is_not_whole(name, &body[..end]);
        }
    }
}

#[test]
fn what_came_before_a_cut_is_kept() {
    let body = bybit("rest-position-list-three-rows.json");
    let end = body.find("SOLUSDT").unwrap();
    let (page, why) = broken(decode::positions(&body[..end]));
    assert_eq!(page.rows.len(), 2);
    assert!(why.contains("not what the venue's documentation says"), "{why}");
}

#[test]
fn a_refusal_is_no_empty_page() {
    for (body, words) in [
        (r#"{"retCode":10006,"retMsg":"Too many visits!","result":{"list":[]}}"#, "10006 Too many"),
        (r#"{"result":{"list":[]},"retMsg":"x","retCode":10016}"#, "10016 x"),
        (r#"{"retMsg":"OK","result":{"list":[]}}"#, "retCode is missing"),
        (r#"{"retCode":null,"result":{"list":[]}}"#, "retCode is missing"),
        (r#"{"retCode":0,"retMsg":"OK"}"#, "result.list is missing"),
        (r#"{"retCode":0,"result":{}}"#, "result.list is missing"),
        (r#"{"retCode":0,"result":null}"#, "result.list is missing"),
        (r#"{"retCode":0,"result":{"list":null}}"#, "result.list is missing"),
        (r#"{"retCode":0,"result":[]}"#, "a list where an object belongs"),
        (r#"{"retCode":0,"result":{"list":{}}}"#, "an object where a list belongs"),
        (r#"{"retCode":0,"result":{"list":[]}} {}"#, "trailing characters"),
        (r#"{"retCode":0,"result":{"list":[7]}}"#, "not what the venue's documentation says"),
    ] {
        let (page, why) = broken(decode::positions(body));
        assert!(page.rows.is_empty() && why.contains(words), "{body}: {why}");
    }
    assert_eq!(whole(decode::positions(&answer(&[]))).listed, 0);
}

const ROW: &str = r#"{"symbol":"币安人生USDT","positionIdx":1,"side":"Buy","size":"1.50",
    "avgPrice":"0.1","liqPrice":"","stopLoss":"0.00","seq":7,"updatedTime":"1785600000000"}"#;

#[test]
fn numbers_come_quoted_or_bare_and_unset_prices_in_many_spellings() {
    let read = |row: &str| only(whole(decode::positions(&answer(&[row]))).rows);
    let plain = read(ROW);
    assert_eq!((plain.symbol.as_str(), plain.leg), ("币安人生USDT", Leg::Long));
    assert_eq!(plain.open.as_ref().unwrap().quantity, qty("1.5"));
    for (from, to) in [
        ("\"positionIdx\":1", "\"positionIdx\":\"1\""),
        ("\"1.50\"", "1.50"),
        ("\"1.50\"", "\"15e-1\""),
        ("\"seq\":7", "\"seq\":\"7\""),
        ("\"1785600000000\"", "1785600000000"),
        ("\"liqPrice\":\"\"", "\"liqPrice\":null"),
        ("\"liqPrice\":\"\"", "\"liqPrice\":\"0\""),
        ("\"liqPrice\":\"\",", ""),
        ("\"0.00\"", "\"\""),
        ("\"0.00\"", "0"),
        ("\"0.00\"", "\"0.0000\""),
        ("币安人生USDT", r"\u5e01\u5b89\u4eba\u751fUSDT"),
        ("\"side\":\"Buy\"", "\"side\":\"\",\"newKey\":{\"deep\":[1,{}]}"),
    ] {
        assert!(ROW.contains(from), "{from}");
        assert_eq!(read(&ROW.replace(from, to)), plain, "{from} as {to}");
    }
    let never_traded = read(&ROW.replace("\"seq\":7", "\"seq\":\"-1\""));
    assert_eq!(never_traded.stamp.seq, None);
}

#[test]
fn what_is_unknown_is_an_error_and_names_itself() {
    let good = ROW.replace("币安人生USDT", "BTCUSDT");
    for (from, to, why) in [
        ("\"1.50\"", "\"\"", "size is empty"),
        ("\"1.50\"", "null", "size is missing"),
        ("\"1.50\"", "\"-1\"", "size: -1 is not a positive number"),
        ("\"1.50\"", "\"many\"", "size is not a decimal: \"many\""),
        ("\"1.50\"", "[1]", "size is not text"),
        ("\"positionIdx\":1", "\"positionIdx\":3", "positionIdx is unknown: \"3\""),
        ("\"positionIdx\":1,", "", "positionIdx is missing"),
        ("\"Buy\"", "\"Sell\"", "positionIdx of the long leg has a short side"),
        ("\"Buy\"", "\"Up\"", "side is unknown: \"Up\""),
        ("\"0.1\"", "\"0,1\"", "avgPrice is not a decimal: \"0,1\""),
        ("\"seq\":7", "\"seq\":7.5", "seq is no whole number: \"7.5\""),
    ] {
        let odd = good.replace(from, to);
        assert_ne!(odd, good, "{from}");
        let other = good.replace("BTCUSDT", "ETHUSDT");
        let (page, fault) = broken(decode::positions(&answer(&[&odd, &other])));
        assert_eq!(fault, format!("row 1: BTCUSDT: {why}"));
        assert_eq!((page.listed, only(page.rows).symbol.as_str()), (2, "ETHUSDT"));
    }
    let net = good.replace("\"positionIdx\":1", "\"positionIdx\":0").replace("Buy", "");
    let (_, fault) = broken(decode::positions(&answer(&[&net])));
    assert_eq!(fault, "row 1: BTCUSDT: side is empty and size is not zero");
    let nameless = good.replace("\"symbol\"", "\"x\"");
    let (_, fault) = broken(decode::positions(&answer(&[&nameless])));
    assert_eq!(fault, "row 1: symbol is missing");
}

#[test]
fn symbols_that_share_a_base_stay_apart() {
    let names = ["BTCUSDT", "BTCPERP", "BTCUSDT-21FEB25", "1000BTCUSDT", "BTC-24MAR23"];
    let rows = names.map(|name| ROW.replace("币安人生USDT", name));
    let rows = rows.each_ref().map(String::as_str);
    let slots = decode::newest(whole(decode::positions(&answer(&rows))).rows);
    assert_eq!(slots.len(), names.len());
}
