//! Who knew what, and when, on the screen; and the wish for a bundle of it.

use std::sync::Arc;

use holdfast::domain::amount::Side;
use holdfast::domain::drift::{Drift, Holding, Source, Word};
use holdfast::domain::key::Venue;
use holdfast::domain::snapshot::{EndedLeg, Snapshot};
use holdfast::domain::time::{Time, VenueTime};
use holdfast::ui::update::{Act, Event};

use crate::fixture::{NOW, key, moment, qty};
use crate::pictures::picture;
use crate::screen::Screen;

fn word(to: Holding, now: i64, at: Option<i64>) -> Word {
    let at = at.map(|at| VenueTime(NOW.0 + at));
    Word { to, now: Time(NOW.0 + now), at, offset_ms: 0, deaf: false, found: false }
}

/// Found open, made smaller, closed while the stream was down, and still in the ledger.
fn behind() -> Drift {
    let same = &|a, b| a == b;
    let held = |size: &str| Holding::Open(Side::Long, qty(size));
    let mut drift = Drift::default();
    let found = Word { found: true, ..word(held("40000"), -20_000_000, None) };
    drift.booked(found.to, found.now, true, same);
    drift.told(Source::Rest, &found, same);
    drift.told(Source::Stream, &word(held("25000"), -7_199_880, Some(-7_200_000)), same);
    drift.told(Source::Rest, &word(held("25000"), -7_197_200, Some(-7_200_000)), same);
    drift.booked(held("25000"), Time(NOW.0 - 7_196_900), false, same);
    let deaf = Word { deaf: true, ..word(Holding::Flat, -5_000, None) };
    drift.told(Source::Rest, &deaf, same);
    drift
}

/// Closed at 05:00:21.310, seen at 05:01:34, booked at 05:02:20.
fn over() -> EndedLeg {
    let same = &|a, b| a == b;
    // 2026-11-21T05:00:21.310Z
    let gone = 1_795_237_221_310 - NOW.0;
    let mut drift = Drift::default();
    let held = Holding::Open(Side::Short, qty("0.25"));
    drift.told(Source::Stream, &word(held, gone - 900_000, Some(gone - 900_085)), same);
    drift.booked(held, Time(NOW.0 + gone - 899_000), false, same);
    drift.told(Source::Rest, &word(held, gone - 870_000, Some(gone - 900_085)), same);
    let seen = Word { deaf: true, ..word(Holding::Flat, gone + 72_690, Some(gone)) };
    drift.told(Source::Rest, &seen, same);
    drift.booked(Holding::Flat, Time(NOW.0 + gone + 118_690), false, same);
    EndedLeg { key: key("main", "XLMUSDT"), venue: Venue::BinanceUsdm, drift: Arc::new(drift) }
}

fn told() -> Snapshot {
    let mut snapshot = moment();
    let doge = snapshot.legs.iter_mut().find(|leg| leg.key.symbol.as_str() == "DOGEUSDT");
    doge.unwrap().drift = Arc::new(behind());
    snapshot.ended = vec![over()];
    snapshot
}

#[test]
fn the_timeline_of_a_row_says_who_knew_first_and_who_is_behind() {
    for size in [(80, 24), (120, 36), (200, 60)] {
        let mut screen = Screen::new(size, told());
        screen.go("DOGEUSDT");
        screen.press("d");
        picture(&format!("timeline-{}x{}", size.0, size.1), &screen.text());
        let text = screen.text();
        for words in ["long 25000", "+0.120s*", "+2.800s", "+3.100s", "behind 0:0", "down"] {
            assert!(text.contains(words), "{words}: {text}");
        }
        screen.press("j");
        picture(&format!("timeline-over-{}x{}", size.0, size.1), &screen.text());
        let text = screen.text();
        for words in ["XLMUSDT", "over", "05:00:21.310", "+72.690s*", "+1:58.6", "2 of 2"] {
            assert!(text.contains(words), "{words}: {text}");
        }
        screen.press("esc");
        assert!(!screen.text().contains("timeline"));
        let asks = screen.acts.iter().any(|act| matches!(act, Act::Ask(_)));
        assert!(!asks, "looking asks for nothing");
    }
}

#[test]
fn the_card_ends_with_the_timeline_where_there_is_room() {
    let mut screen = Screen::new((200, 60), told());
    screen.go("DOGEUSDT");
    assert!(screen.text().contains("- silent   known: at start"), "{}", screen.text());
    picture("timeline-card-200x60", &screen.text());
    assert!(screen.text().contains("VENUE'S CLOCK"));
}

/// What only the row says, and more changes than are kept.
fn busy(changes: i64) -> Snapshot {
    let same = &|a, b| a == b;
    let mut drift = Drift::default();
    let held = |size: i64| Holding::Open(Side::Long, qty(&size.to_string()));
    for n in 1..=changes {
        let at = (n - changes) * 1_000 - 20_000;
        drift.told(Source::Stream, &word(held(n), at, Some(at - 5)), same);
    }
    drift.booked(held(777), Time(NOW.0 - 9_000), false, same);
    let mut snapshot = moment();
    let doge = snapshot.legs.iter_mut().find(|leg| leg.key.symbol.as_str() == "DOGEUSDT");
    doge.unwrap().drift = Arc::new(drift);
    snapshot
}

fn opened(size: (u16, u16), snapshot: Snapshot) -> Screen {
    let mut screen = Screen::new(size, snapshot);
    screen.go("DOGEUSDT");
    screen.press("d");
    screen
}

#[test]
fn what_only_a_row_says_is_claimed_and_has_no_star() {
    let text = opened((80, 24), busy(2)).text();
    let claim = text.lines().find(|line| line.contains("long 777")).unwrap();
    assert!(claim.contains("?14:03:13.000") && claim.contains("claimed"), "{claim}");
    assert!(!claim.contains(['*', '<', '+']), "{claim}");
    picture("timeline-claimed-80x24", &text);
}

#[test]
fn only_signs_that_appear_are_explained_and_only_where_there_is_room() {
    let text = opened((80, 24), busy(2)).text();
    let legend = "* first   claimed: by the row alone   - silent   times in UTC";
    assert!(text.contains(legend), "{text}");
    let text = opened((80, 24), told()).text();
    let legend = "* first   < at latest   = as found   - silent   known: at start";
    assert!(text.contains(legend) && !text.contains("claimed"), "{text}");
    let small = opened((40, 10), busy(2)).text();
    assert!(small.contains("long 777") && !small.contains("* first"), "{small}");
}

#[test]
fn changes_that_are_left_out_are_counted() {
    let screen = opened((120, 36), busy(18));
    picture("timeline-left-out-120x36", &screen.text());
    assert!(screen.text().contains("3 older changes are not kept"), "{}", screen.text());
    let kept = opened((120, 36), busy(15)).text();
    assert!(kept.contains("long 1 ") && !kept.contains("older change"), "{kept}");
    let small = opened((40, 10), busy(18));
    picture("timeline-left-out-40x10", &small.text());
    assert!(small.text().contains("no room for 14 older, 3 not kept"), "{}", small.text());
    let mut card = Screen::new((200, 60), busy(18));
    card.go("DOGEUSDT");
    assert!(card.text().contains("older, 3 not kept"), "{}", card.text());
}

#[test]
fn a_timeline_is_asked_for_by_symbol_when_the_leg_is_over() {
    let mut screen = Screen::new((80, 24), told());
    screen.press(":");
    screen.write("timeline xlmusdt");
    screen.enter();
    assert!(screen.text().contains("timeline  XLMUSDT"), "{}", screen.text());
    screen.enter();
    screen.press(":");
    screen.write("timeline nosuch");
    screen.enter();
    assert!(screen.text().contains("nothing is known of what became of nosuch"));
}

#[test]
fn a_leg_that_is_forgotten_while_its_timeline_is_open_is_said_to_be() {
    let mut screen = Screen::new((80, 24), told());
    screen.press(":");
    screen.write("timeline xlmusdt");
    screen.enter();
    screen.show(moment());
    assert!(screen.text().contains("nothing is known of it any more"), "{}", screen.text());
    screen.press("j");
    screen.press("esc");
    assert!(!screen.text().contains("timeline"));
}

#[test]
fn a_dump_is_wished_for_once_and_its_place_is_shown() {
    let mut screen = Screen::new((80, 24), told());
    screen.press(":");
    screen.write("dump");
    screen.enter();
    assert_eq!(screen.acts.iter().filter(|act| **act == Act::Dump).count(), 1);
    assert!(screen.text().contains("dumping the last hour"));
    screen.hear(Event::Dumped(Ok("dumped to /s/dumps/holdfast-1.tar.zst".to_owned())));
    assert!(screen.text().contains("dumped to /s/dumps/holdfast-1.tar.zst"));
    screen.hear(Event::Dumped(Err("the disk is full".to_owned())));
    screen.wait(60_000);
    assert!(screen.text().contains("the disk is full"), "an error stays until a key");
}
