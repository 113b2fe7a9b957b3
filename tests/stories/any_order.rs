//! What must hold in any order: words of a stream permuted and repeated, answers that fail, and
//! anything that a story can say, thrown together.

use std::fmt::Write as _;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};

use holdfast::domain::amount::OrderSide;
use holdfast::domain::input::StreamEvent;
use holdfast::domain::key::{AccountName, Venue as VenueName};
use holdfast::domain::ledger::RowStatus;
use holdfast::domain::order::ConditionalOrder;
use holdfast::domain::time::{Span, Time};

use super::table::{self, Args};
use super::venue::Venue;
use super::verbs::Teller;
use super::world::START;

/// Sales: whose, which symbol, how much.
type Parts = Vec<(usize, usize, u32)>;
/// When each word arrives, and whether it comes twice.
type Order = Vec<(u16, bool)>;
/// Lines of a story: after how long, which, about what, and a number for it.
type Lines = Vec<(u16, u8, usize, u32)>;

const SYMBOLS: [&str; 3] = ["AAAUSDT", "BBBUSDT", "CCCUSDT"];
const ACCOUNTS: [&str; 2] = ["main", "second"];

/// The same cases in every run; `PROPTEST_CASES=5000` tries more.
pub fn runner(cases: u32) -> TestRunner {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok());
    let config = Config {
        cases: asked.unwrap_or(cases),
        failure_persistence: None,
        max_shrink_iters: 2000,
        ..Config::default()
    };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

pub fn say(teller: &mut Teller, line: &str) -> Result<(), String> {
    let words = line.split_whitespace().map(str::to_owned).collect();
    teller.tell(Args(words)).map_err(|why| format!("{line}: {why}"))
}

/// A mark that passes resting stops fires them, as a venue does.
fn fire_passed(teller: &mut Teller) -> Result<(), String> {
    let main = AccountName::from("main");
    for symbol in SYMBOLS {
        let key = table::key(symbol).ok_or("no symbol")?;
        let venue = teller.world.venue(&main)?;
        let Some(mark) = venue.marks.get(&key.symbol).copied() else { continue };
        let passed = |stop: &&ConditionalOrder| {
            let passes = stop.trigger.is_some_and(|at| match stop.side {
                OrderSide::Sell => mark <= at,
                OrderSide::Buy => mark >= at,
            });
            stop.symbol == key.symbol && passes
        };
        let open = venue.position(&key).map(|p| p.side.closing());
        let ids: Vec<_> = venue.stops.iter().filter(passed).cloned().collect();
        for stop in ids {
            teller.names.insert("passed".to_owned(), stop.client_id.clone());
            // Without a position on its side a reduce-only order ends unfilled.
            let open_now = teller.world.venue(&main)?.position(&key).map(|p| p.side.closing());
            let fires = open == Some(stop.side) && open_now == Some(stop.side);
            let verb =
                if fires { format!("fires passed @ {mark}") } else { "expires passed".into() };
            say(teller, &verb)?;
        }
    }
    Ok(())
}

pub fn run(teller: &mut Teller, span: Span) -> Result<(), String> {
    let until = teller.world.now + span;
    teller.world.run_to(until)
}

pub fn broken(why: String) -> TestCaseError {
    TestCaseError::fail(why)
}

/// Where the account `main` is: property tests take turns.
fn place(bybit: bool) -> VenueName {
    if bybit { VenueName::BybitLinear } else { VenueName::BinanceUsdm }
}

/// Three positions with rows and stops, a minute old process.
fn three(policy: &str, bybit: bool) -> Result<Teller, String> {
    let mut teller = Teller::on(place(bybit));
    say(&mut teller, policy)?;
    open_three(&mut teller, "main")?;
    say(&mut teller, "start")?;
    run(&mut teller, Span::secs(20))?;
    Ok(teller)
}

fn open_three(teller: &mut Teller, account: &str) -> Result<(), String> {
    for symbol in SYMBOLS {
        let key = format!("{account}:{symbol}");
        say(teller, &format!("both {key} long 100 @ 10 stop 9.5"))?;
        say(teller, &format!("stop {account}-{symbol} {key} 9.5"))?;
        say(teller, &format!("mark {key} 10"))?;
    }
    Ok(())
}

/// The same three positions in an account on each venue.
fn six(policy: &str) -> Result<Teller, String> {
    let mut teller = Teller::on(VenueName::BinanceUsdm);
    say(&mut teller, policy)?;
    say(&mut teller, "account second bybit")?;
    for account in ACCOUNTS {
        open_three(&mut teller, account)?;
    }
    say(&mut teller, "start")?;
    run(&mut teller, Span::secs(20))?;
    Ok(teller)
}

/// What the ledger says in the end, without how it was noticed.
pub fn outcome(teller: &Teller) -> String {
    let mut text = String::new();
    for row in teller.world.ledger.rows.values() {
        let _ = writeln!(
            text,
            "{} {} {} {:?} pnl {:?} exit {:?} {:?}",
            row.key,
            row.side,
            row.quantity,
            row.status,
            row.pnl,
            row.exit_price,
            row.exit_reason.map(|r| r.name()),
        );
    }
    text
}

/// Parts of positions are sold; what the stream says of that arrives in some order, some of it
/// more than once.
fn told_in_some_order(
    parts: &[(usize, usize, u32)],
    order: &[(u16, bool)],
) -> Result<String, String> {
    let mut teller = six(GUARD)?;
    let mut words: Vec<(AccountName, StreamEvent)> = Vec::new();
    for (whose, symbol, part) in parts {
        run(&mut teller, Span(10))?;
        let now = teller.world.now;
        let name = AccountName::from(ACCOUNTS[*whose]);
        let said = sell(teller.world.venue(&name)?, now, SYMBOLS[*symbol], *part)?;
        words.extend(said.into_iter().map(|word| (name.clone(), word)));
    }
    let mut at: Vec<(u64, (AccountName, StreamEvent))> = Vec::new();
    for (index, word) in words.into_iter().enumerate() {
        let (delay, twice) = order.get(index).copied().unwrap_or((index as u16, false));
        let delay = u64::from(delay);
        if twice {
            at.push((delay + 37, word.clone()));
        }
        at.push((delay, word));
    }
    for (delay, (name, word)) in at {
        teller.world.say(&name, word, Span(delay));
    }
    run(&mut teller, Span::secs(120))?;
    Ok(outcome(&teller))
}

fn sell(venue: &mut Venue, now: Time, symbol: &str, part: u32) -> Result<Vec<StreamEvent>, String> {
    let key = table::key(symbol).ok_or("no symbol")?;
    let Some(open) = venue.position(&key).map(|p| p.quantity) else { return Ok(Vec::new()) };
    let wanted = table::qty(&part.to_string()).ok_or("no quantity")?;
    let trade = super::venue::Trade {
        key,
        side: OrderSide::Sell,
        quantity: wanted.min(open),
        price: table::price("11").ok_or("no price")?,
        trade_id: None,
        order_id: None,
        client_id: None,
        origin: holdfast::domain::evidence::Origin::Plain,
        fee: rust_decimal::Decimal::ONE,
        fee_asset: "USDT".to_owned(),
    };
    Ok(venue.execute(now, &trade))
}

#[test]
fn words_in_any_order_and_number_give_the_same_rows() {
    let parts = prop::collection::vec((0..2_usize, 0..3_usize, 1..120_u32), 1..8);
    let order = prop::collection::vec((0..4000_u16, any::<bool>()), 20);
    let both = (parts, order);
    let told = |(parts, order): (Parts, Order)| {
        let straight = told_in_some_order(&parts, &[]).map_err(broken)?;
        let mixed = told_in_some_order(&parts, &order).map_err(broken)?;
        prop_assert_eq!(straight, mixed);
        Ok(())
    };
    runner(60).run(&both, told).unwrap_or_else(|why| panic!("{why}"));
}

#[test]
fn failed_and_partial_answers_never_close_anything() {
    let faults = prop::collection::vec((0..3_usize, 0..40_000_u64), 1..30);
    let told = |(bybit, doubting, faults): (bool, bool, Vec<(usize, u64)>)| {
        let mut teller = three(GUARD, bybit).map_err(broken)?;
        say(&mut teller, "stream down").map_err(broken)?;
        for symbol in SYMBOLS {
            say(&mut teller, &format!("trade {symbol} sell 100 @ 11")).map_err(broken)?;
        }
        // Never a whole answer: whatever is not faulted otherwise fails, or doubts all three.
        let always = SYMBOLS.map(|symbol| format!("looks doubt {symbol}")).to_vec();
        let always = if doubting { always } else { vec!["looks fail".to_owned()] };
        for line in always {
            say(&mut teller, &line).map_err(broken)?;
        }
        for (fault, gap) in faults {
            let line = match fault {
                0 => "looks partial only AAAUSDT 1",
                1 => "looks partial only NONEUSDT 2",
                _ => "looks fail 1",
            };
            say(&mut teller, line).map_err(broken)?;
            run(&mut teller, Span(gap)).map_err(broken)?;
        }
        let closed = |status| status == RowStatus::Closed;
        let rows = teller.world.ledger.rows.values();
        prop_assert!(!rows.clone().any(|row| closed(row.status)), "{}", outcome(&teller));
        Ok(())
    };
    let all = (any::<bool>(), any::<bool>(), faults);
    runner(60).run(&all, told).unwrap_or_else(|why| panic!("{why}"));
}

/// Something that may happen, as a line of a story.
fn line(what: u8, symbol: usize, n: u32) -> String {
    let symbol = SYMBOLS[symbol];
    let part = n % 60 + 1;
    let price = 9 + n % 4;
    match what {
        0 | 1 => format!("trade {symbol} sell {part} @ {price}"),
        2 => format!("trade {symbol} buy {part} @ {price}"),
        3 => format!("trade {symbol} sell 100 @ {price} untold"),
        4 => format!("cancels {symbol}"),
        5 => format!("fires {symbol} @ 9.4"),
        6 => format!("looks fail {}", n % 4 + 1),
        7 => format!("looks old {}", n % 3 + 1),
        EMPTY => "looks empty 1".to_owned(),
        9 => format!("history fails {}", n % 3 + 1),
        10 => "next stop unsure-done".to_owned(),
        11 => "next stop unsure-lost".to_owned(),
        12 => "next close unsure-done".to_owned(),
        13 => "next close unsure-lost".to_owned(),
        14 => format!("ask close {symbol} {}%", n % 100 + 1),
        15 => format!("ask close {symbol}"),
        16 => "ledger down".to_owned(),
        17 => "ledger up".to_owned(),
        18 => "restart".to_owned(),
        19 => "stream down".to_owned(),
        20 => "stream up".to_owned(),
        21 => "stream silent".to_owned(),
        22 => format!("next cancel unsure-{}", if n.is_multiple_of(2) { "done" } else { "lost" }),
        23 => format!("orders fail {}", n % 3 + 1),
        24 => format!("finds fail {}", n % 3 + 1),
        25 => format!("ledger conflicts {}", n % 2 + 1),
        26 => format!("orders hide {symbol}"),
        27 => format!("expires {symbol} untold"),
        28 => format!("stream says {symbol} zero"),
        29 => format!("ask adopt {symbol}"),
        30 => "next stop refused -2021".to_owned(),
        31 => format!("ledger sets {symbol} stop 9.{}", n % 9 + 1),
        32 => format!("ledger closes {symbol}"),
        33 => format!("ask stop {symbol} at 9.{}", n % 9 + 1),
        34 => format!("ask trail {symbol} {}%/2%/0.1%", n % 3),
        35 => format!("ask trail {symbol} off"),
        36 => format!("mark {symbol} 1{}.{}", n % 3, n % 10),
        37 => "lease lost".to_owned(),
        38 => "lease standby".to_owned(),
        39 | 40 => "lease held".to_owned(),
        41 => "ask halt".to_owned(),
        42 => "ask resume".to_owned(),
        43 | 44 => format!("ask open {symbol} long {part} stop 5%"),
        45 => format!("ask open {symbol} short {part} stop 5% trail 2%"),
        46 => format!("next entry unsure-{}", if n.is_multiple_of(2) { "done" } else { "lost" }),
        _ => format!("mark {symbol} {price}"),
    }
}

const LINES: u8 = 48;
const GUARD: &str = "policy autonomy guard";
const AUTO: &str = "policy autonomy auto grace 5s";
const EMPTY: u8 = 8;

/// Tells the lines, ends every fault, lets five minutes pass, and says what is not as it should
/// be by then.
fn thrown_together(
    bybit: bool,
    auto: bool,
    lines: &[(u16, u8, usize, u32)],
) -> Result<Vec<String>, String> {
    let mut teller = three(if auto { AUTO } else { GUARD }, bybit)?;
    let mut told = String::new();
    let mut go = |teller: &mut Teller, gap: u64, line: &str| {
        let _ = writeln!(told, "+{gap}ms {line}");
        run(teller, Span(gap)).map_err(|why| format!("{why}\n{told}"))?;
        // A line that does not fit the moment is left out: nothing to cancel, nothing shown.
        match say(teller, line).and_then(|()| fire_passed(teller)) {
            Err(why) if is_wrong(&why) => Err(format!("{why}\n{told}")),
            _ => Ok(()),
        }
    };
    // One empty answer is a lie that is seen through; a venue that repeats it is believed.
    let mut empty = false;
    for (gap, what, symbol, n) in lines {
        if *what == EMPTY && std::mem::replace(&mut empty, true) {
            continue;
        }
        go(&mut teller, u64::from(*gap), &line(*what, *symbol, *n))?;
    }
    for line in ["looks ok", "ledger up", "stream up", "lease held", "mark AAAUSDT 10"] {
        go(&mut teller, 1, line)?;
    }
    teller.world.ledger.conflicts = 0;
    go(&mut teller, 1, "mark BBBUSDT 10")?;
    go(&mut teller, 1, "mark CCCUSDT 10")?;
    run(&mut teller, Span::secs(300)).map_err(|why| format!("{why}\n{told}"))?;
    let wrong = unsettled(&mut teller);
    if std::env::var("STORY_LOG").is_ok() {
        told.extend(teller.world.log.iter().map(|line| format!("{line}\n")));
    }
    Ok(if wrong.is_empty() { wrong } else { wrong.into_iter().chain([told]).collect() })
}

/// Whether the world broke, and not merely that the line had nothing to act upon.
fn is_wrong(why: &str) -> bool {
    let harmless = ["no stop of ours", "rests", "nothing is open", "not shown", "seen", "open row"];
    !harmless.iter().any(|word| why.contains(word))
}

fn unsettled(teller: &mut Teller) -> Vec<String> {
    let mut wrong = Vec::new();
    for symbol in SYMBOLS {
        let key = table::key(symbol).expect("a symbol");
        let main = AccountName::from("main");
        let open = |teller: &mut Teller| {
            let venue = teller.world.venue(&main).ok()?;
            venue.position(&key).map(|p| (p.side, p.quantity))
        };
        let (there, row) = (open(teller), teller.world.ledger.open(&key).cloned());
        // Worth less than the smallest order: that is told, and nothing can be done about it.
        let dust = rust_decimal::Decimal::new(5, 1);
        let expected = match (there, row) {
            (Some((side, quantity)), Some(_)) if quantity.get() < dust => {
                vec![format!("row {symbol} {side} {quantity}"), format!("finding dust {symbol}")]
            }
            (Some((side, quantity)), Some(_)) => vec![
                format!("row {symbol} {side} {quantity}"),
                format!("covered {symbol}"),
                format!("no finding {symbol}"),
            ],
            (Some(_), None) => vec![format!("no finding phantom {symbol}")],
            (None, _) => vec![format!("no row {symbol}"), format!("rests {symbol} 0")],
        };
        for expectation in expected {
            let words = expectation.split_whitespace().map(str::to_owned).collect();
            if let Err(why) = teller.expect(Args(words)) {
                wrong.push(format!("{expectation}: but {why}"));
            }
        }
    }
    if let Err(why) = teller.expect(Args(vec!["intents".into(), "settled".into()])) {
        wrong.push(format!("intents: {why}"));
    }
    wrong
}

#[test]
fn whatever_is_thrown_together_settles_and_breaks_no_rule() {
    let one = (0..8000_u16, 0..LINES, 0..3_usize, any::<u32>());
    let lines = prop::collection::vec(one, 1..25);
    let told = |(bybit, auto, lines): (bool, bool, Lines)| {
        let wrong = thrown_together(bybit, auto, &lines).map_err(broken)?;
        prop_assert!(wrong.is_empty(), "at {START}:\n{}", wrong.join("\n"));
        Ok(())
    };
    let all = (any::<bool>(), any::<bool>(), lines);
    runner(160).run(&all, told).unwrap_or_else(|why| panic!("{why}"));
}
