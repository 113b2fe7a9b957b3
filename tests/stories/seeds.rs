//! The defects of the older bot: told the facts of a story that goes well here, it does the
//! wrong thing that its documents show.

use std::path::PathBuf;

use holdfast::domain::amount::OrderSide;
use holdfast::domain::time::Time;
use rust_decimal::Decimal;

use super::facts::Fact;
use super::older_bot::{
    Deed, Habits, OlderBot, back_off, cries_critical, rolled_back, verified_entry,
};
use super::telling;
use super::verbs::Teller;

/// Tells a story, which ends as it says, and gives what was heard meanwhile.
fn facts(name: &str) -> Vec<(Time, Fact)> {
    let file = format!("tests/scenarios/{name}.story");
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(file);
    let mut teller = Teller::new();
    teller.world.heard = Some(Vec::new());
    let teller = telling::told(&path, teller).unwrap_or_else(|why| panic!("{why}"));
    teller.world.heard.expect("it was recorded")
}

fn older(name: &str) -> OlderBot {
    OlderBot::told(Habits::default(), &facts(name))
}

/// With the stream handler of its last days.
fn handling(name: &str) -> OlderBot {
    OlderBot::told(Habits { handles_closures: true, ..Habits::default() }, &facts(name))
}

/// On a venue whose rows carry something that it took for an order id.
fn adding(name: &str) -> OlderBot {
    OlderBot::told(Habits { venue_names_ids: true, ..Habits::default() }, &facts(name))
}

fn decimal(text: &str) -> Decimal {
    text.parse().expect("a number")
}

/// Symbols it closed, with profit and reason.
fn closed(bot: &OlderBot) -> Vec<(&str, String, &str)> {
    let close = |deed: &'_ Deed| match deed {
        Deed::Closed { pnl, reason, .. } => Some((pnl.normalize().to_string(), *reason)),
        _ => None,
    };
    let named = bot.deeds.iter().filter_map(|deed| match deed {
        Deed::Closed { symbol, .. } => close(deed).map(|(pnl, why)| (symbol.as_str(), pnl, why)),
        _ => None,
    });
    named.collect()
}

fn count(bot: &OlderBot, wanted: impl Fn(&Deed) -> bool) -> usize {
    bot.deeds.iter().filter(|deed| wanted(deed)).count()
}

#[test]
fn seed_01_it_closes_every_row_when_the_fetch_fails() {
    let bot = older("seed_01_failed_fetch_closes_nothing");
    assert_eq!(closed(&bot).len(), 3, "{:?}", bot.deeds);
    assert_eq!(count(&bot, |d| matches!(d, Deed::CancelledStop { .. })), 3);
}

#[test]
fn seed_02_it_reports_no_orphans_when_the_scan_fails() {
    let bot = older("seed_02_failed_scan_is_no_clean_scan");
    let first = bot.deeds.iter().find(|deed| matches!(deed, Deed::Scanned { .. }));
    assert_eq!(first, Some(&Deed::Scanned { orphans: 0 }), "{:?}", bot.deeds);
}

#[test]
fn seed_03_it_closes_at_the_first_absence() {
    let bot = older("seed_03_one_absence_is_no_end");
    let gone: Vec<_> = closed(&bot).into_iter().map(|(symbol, ..)| symbol).collect();
    assert!(gone.contains(&"DOGEUSDT") && gone.contains(&"BTCUSDT"), "{:?}", bot.deeds);
}

#[test]
fn seed_04_it_takes_a_missing_size_for_zero() {
    let bot = handling("seed_04_a_mark_price_is_no_size");
    let expected = ("DOGEUSDT", "200".to_owned(), "websocket_closure");
    assert_eq!(closed(&bot), vec![expected], "{:?}", bot.deeds);
}

#[test]
fn seed_05_it_moves_the_stop_of_what_is_gone() {
    let facts = facts("seed_05_no_stop_moves_on_the_dead");
    let bot = OlderBot::told(Habits { cleans_up_late: true, ..Habits::default() }, &facts);
    let moved = Deed::MovedStop { symbol: "PROMPTUSDT".to_owned(), quantity: decimal("65") };
    assert_eq!(count(&bot, |deed| *deed == moved), 2, "{:?}", bot.deeds);
}

#[test]
fn seed_06_it_writes_zero_or_the_last_unrealised_profit() {
    let bot = older("seed_06_profit_comes_from_fills");
    let expected = vec![
        ("AAAUSDT", "0".to_owned(), "PHANTOM_ON_SYNC"),
        ("BBBUSDT", "100".to_owned(), "sync_cleanup"),
    ];
    assert_eq!(closed(&bot), expected);
}

#[test]
fn seed_07_it_refuses_what_has_no_order_id() {
    let bot = older("seed_07_an_orphan_needs_no_order_id");
    assert!(bot.deeds.contains(&Deed::Rejected("AVLUSDT".to_owned())), "{:?}", bot.deeds);
    assert_eq!(bot.active(), 0);
}

#[test]
fn seed_08_it_adds_the_same_position_at_every_start() {
    let bot = adding("seed_08_adopted_once_and_for_all");
    for symbol in ["ORBSUSDT", "BLASTUSDT"] {
        let added = Deed::Added(symbol.to_owned());
        assert!(count(&bot, |deed| *deed == added) >= 2, "{:?}", bot.deeds);
    }
}

#[test]
fn seed_09_its_tolerance_is_too_coarse_and_too_fine() {
    let bot = older("seed_09_tolerance_is_the_step");
    let told = |symbol: &str| bot.deeds.contains(&Deed::QuantityMismatch(symbol.to_owned()));
    assert!(!told("BTCUSDT"), "five thousandths of a bitcoin pass: {:?}", bot.deeds);
    assert!(told("1000PEPEUSDT"), "half a lot does not: {:?}", bot.deeds);
}

#[test]
fn seed_10_it_sees_neither_the_other_side_nor_what_was_closed() {
    let bot = older("seed_10_both_other_differences_are_seen");
    let about = |deed: &Deed, symbol: &str| format!("{deed:?}").contains(symbol);
    assert_eq!(count(&bot, |deed| about(deed, "DOGEUSDT")), 0, "{:?}", bot.deeds);
    assert_eq!(count(&bot, |deed| matches!(deed, Deed::QuantityMismatch(_))), 0);
    assert!(closed(&bot).is_empty());
}

#[test]
fn seed_11_it_keeps_one_position_where_there_are_five() {
    let bot = older("seed_11_a_symbol_is_no_key");
    assert!(bot.active() <= 2, "one key for each symbol: {}", bot.active());
    let gone: Vec<_> = closed(&bot).into_iter().map(|(symbol, ..)| symbol).collect();
    assert!(gone.contains(&"ETHUSDT"), "open, but not in the other account: {:?}", bot.deeds);
}

#[test]
fn seed_12_any_fill_is_enough_for_it() {
    facts("seed_12_a_part_of_an_entry_is_a_part");
    assert_eq!(verified_entry(decimal("100"), decimal("40")), Some(decimal("100")));
}

#[test]
fn seed_13_its_rollback_opens_the_other_side_and_cries_for_nothing() {
    facts("seed_13_a_close_can_only_close");
    let left = rolled_back(decimal("60"), OrderSide::Sell, decimal("100"));
    assert_eq!(left, decimal("-40"), "a short that nobody wanted");
    assert!(cries_critical(|attempt| attempt < 9), "flat at the tenth look");
    assert!(!cries_critical(|attempt| attempt < 5));
}

#[test]
fn seed_14_its_waits_are_not_the_documented_ones() {
    facts("seed_14_waits_are_what_they_are_said_to_be");
    let real: Vec<u64> = (1..=4).map(back_off).collect();
    assert_ne!(real, vec![500, 1000, 2000, 2000], "as it was written down");
    assert_eq!(real, vec![1000, 2000, 2000, 2000]);
}

#[test]
fn seed_15_it_cancels_what_is_not_its_own_and_forgets_what_failed() {
    let bot = older("seed_15_only_our_stops_go_and_none_is_forgotten");
    // Keyed by symbol, the long's end goes unseen while the short is open.
    assert!(closed(&bot).is_empty(), "{:?}", bot.deeds);
    let bot = handling("seed_15_only_our_stops_go_and_none_is_forgotten");
    let cancelled =
        |id: &str| count(&bot, |d| matches!(d, Deed::CancelledStop { id: of, .. } if of == id));
    assert_eq!(cancelled("mine"), 1, "the operator's own: {:?}", bot.deeds);
    assert_eq!(count(&bot, |d| matches!(d, Deed::CancelledStop { .. })), 3, "the short's too");
}

#[test]
fn seed_16_it_says_no_stop_loss_without_looking() {
    let bot = older("seed_16_no_stop_is_looked_up_first");
    assert!(bot.deeds.contains(&Deed::NoStopLoss("AVLUSDT".to_owned())), "{:?}", bot.deeds);
}

#[test]
fn seed_17_it_has_four_words_for_one_fact() {
    let facts = facts("seed_17_one_fact_has_one_word");
    let bot = OlderBot::told(Habits { handles_closures: true, ..Habits::default() }, &facts);
    let mut words: Vec<_> = closed(&bot).into_iter().map(|(.., reason)| reason).collect();
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), 4, "{:?}", bot.deeds);
}

#[test]
fn seed_18_its_count_of_phantoms_does_not_fall() {
    let facts = facts("seed_18_the_sums_add_up");
    let start = facts.iter().position(|(_, fact)| matches!(fact, Fact::Looked(..)));
    let before = OlderBot::told(Habits::default(), &facts[..start.expect("a look")]);
    let after = OlderBot::told(Habits::default(), &facts);
    assert_eq!(closed(&after).len(), 3, "{:?}", after.deeds);
    assert_eq!(before.phantom_metric(), after.phantom_metric(), "three closed, none fewer");
}
