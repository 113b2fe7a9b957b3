//! The confirmation ladder: what is sent, when, and what is not.

use std::sync::Arc;

use holdfast::domain::amount::{Percent, Side};
use holdfast::domain::command::{Answer, Command, Verdict};
use holdfast::domain::snapshot::{Snapshot, There, WorkView};
use holdfast::ui::keys::{Code, Key};
use holdfast::ui::update::{Act, Event};

use crate::fixture::{ago, dec, key, leg, moment, of, qty};
use crate::screen::Screen;

const SIZE: (u16, u16) = (80, 24);

fn two() -> Snapshot {
    of(vec![
        leg("main", "BTCUSDT", Side::Long, ["0.500", "97,410.0", "96,882.4", "96,000.0"]),
        leg("main", "ETHUSDT", Side::Long, ["8.000", "3,388.10", "3,412.55", "3,371.00"]),
    ])
}

fn resized(mut snapshot: Snapshot, symbol: &str, size: &str) -> Snapshot {
    let leg = snapshot.legs.iter_mut().find(|leg| leg.key.symbol.as_str() == symbol).unwrap();
    if let There::Open { quantity, .. } = &mut leg.there {
        *quantity = qty(size);
    }
    snapshot.seq += 1;
    snapshot
}

fn with_answer(mut snapshot: Snapshot, ask: u64, verdict: Verdict, text: &str) -> Snapshot {
    snapshot.answers = vec![Answer { ask, verdict, text: text.into() }].into();
    snapshot.seq += 1;
    snapshot
}

#[test]
fn x_then_y_closes_the_row_under_the_cursor_pinned_to_what_was_shown() {
    let mut screen = Screen::new(SIZE, two());
    screen.press("j x");
    assert!(screen.text().contains("y  close ETHUSDT long"), "{}", screen.text());
    assert!(screen.asks().is_empty());
    screen.press("y");
    let [Command::Close { pin, percent }] = screen.commands()[..] else { panic!("no close") };
    assert_eq!(pin.key, key("main", "ETHUSDT"));
    assert_eq!((pin.side, pin.quantity, pin.snapshot), (Side::Long, qty("8"), 184_202));
    assert_eq!(*percent, Percent(dec("100")));
    assert_eq!(screen.asks()[0].who, "pts/3");
    assert!(screen.text().contains("CLOSING 0:00"), "the row shows the act at once");
}

#[test]
fn the_initiating_key_and_enter_never_confirm() {
    for keys in
        ["x x x", "x enter", "x tab enter", "x esc", "x n", "x q", "x C-c", "q q", "q enter"]
    {
        let mut screen = Screen::new(SIZE, two());
        screen.press(keys);
        assert!(screen.acts.is_empty(), "{keys} did {:?}", screen.acts);
    }
    let mut screen = Screen::new(SIZE, two());
    screen.press("q y");
    assert_eq!(screen.acts, [Act::Quit]);
}

#[test]
fn keys_read_before_the_dialog_was_painted_are_dropped() {
    let mut screen = Screen::new(SIZE, two());
    screen.hear(Event::Key(Key::char('x')));
    screen.hear(Event::Key(Key::char('y')));
    screen.painted();
    assert!(screen.asks().is_empty() && screen.model.dialog.is_some());
    screen.clock += 500;
    screen.press("y");
    assert_eq!(screen.asks().len(), 1);
}

#[test]
fn a_held_y_answers_no_second_question() {
    let mut screen = Screen::new(SIZE, two());
    screen.press("x");
    screen.show(resized(two(), "BTCUSDT", "0.400"));
    screen.hear(Event::Key(Key::char('k')));
    screen.hear(Event::Key(Key::char('y')));
    assert_eq!(screen.asks().len(), 1, "a pressed y counts");
    let mut screen = Screen::new(SIZE, two());
    screen.press("x");
    screen.hear(Event::Key(Key::char('j')));
    screen.hear(Event::Snapshot(Arc::new(resized(two(), "BTCUSDT", "0.400"))));
    screen.hear(Event::Key(Key::char('y')));
    screen.painted();
    screen.clock += 33;
    screen.hear(Event::Key(Key::char('y')));
    assert!(screen.asks().is_empty(), "a y that repeats 33 ms later does not");
}

#[test]
fn a_changed_size_asks_again_and_sends_only_what_the_new_line_said() {
    let mut screen = Screen::new(SIZE, two());
    screen.press("j x");
    let smaller = Arc::new(resized(two(), "ETHUSDT", "6.5"));
    screen.hear(Event::Snapshot(smaller));
    screen.hear(Event::Key(Key::char('y')));
    assert!(screen.asks().is_empty(), "the y meant the old size");
    screen.painted();
    screen.clock += 500;
    assert!(screen.text().contains("changed 8.000 -> 6.500, y again"), "{}", screen.text());
    screen.press("y");
    let [Command::Close { pin, .. }] = screen.commands()[..] else { panic!("no close") };
    assert_eq!((pin.quantity, pin.snapshot), (qty("6.5"), 184_203));
}

#[test]
fn a_turned_side_asks_again_and_names_both() {
    let mut screen = Screen::new(SIZE, two());
    screen.press("j x");
    let mut turned = two();
    if let There::Open { side, .. } = &mut turned.legs[1].there {
        *side = Side::Short;
    }
    screen.show(turned);
    assert!(screen.text().contains("changed long 8.000 -> short 8.000, y again"));
}

#[test]
fn a_position_that_vanishes_under_its_dialog_cannot_be_closed() {
    let mut screen = Screen::new(SIZE, two());
    screen.press("j x");
    let mut gone = two();
    gone.legs[1].there = There::Absent(ago(0));
    screen.show(gone);
    assert!(screen.text().contains("nothing is open on the venue"), "{}", screen.text());
    screen.press("y");
    assert!(screen.asks().is_empty());
    screen.show(two());
    screen.clock += 500;
    screen.press("y");
    assert_eq!(screen.asks().len(), 1, "it is back and was asked afresh");
}

#[test]
fn the_dialog_shows_the_orders_of_the_plan() {
    let mut snapshot = two();
    let rules = Arc::make_mut(snapshot.legs[1].instrument.as_mut().unwrap());
    rules.market_max = qty("3");
    let mut screen = Screen::new(SIZE, snapshot);
    screen.press("j x");
    let text = screen.text();
    for wanted in [
        "SELL 8.000 market reduce-only",
        "in 3 orders: 3.000 + 3.000 + 2.000",
        "mark 3,412.55   profit +195.60 before fees",
        "snapshot seq 184,202   mark age <2s",
        "[ Cancel ]",
        "binance:main  ETHUSDT  LONG  8.000",
    ] {
        assert!(text.contains(wanted), "no {wanted} in\n{text}");
    }
}

#[test]
fn a_part_is_closed_by_command_and_asked_like_the_key() {
    let mut screen = Screen::new(SIZE, two());
    screen.press(":");
    screen.write("close ethusdt 50%");
    screen.enter();
    assert!(screen.text().contains("SELL 4.000 market reduce-only"), "{}", screen.text());
    screen.press("enter");
    assert!(screen.asks().is_empty(), "Enter is Cancel");
    screen.press(": up enter y");
    let [Command::Close { percent, .. }] = screen.commands()[..] else { panic!("no close") };
    assert_eq!(*percent, Percent(dec("50")));
}

#[test]
fn an_orphan_is_adopted_behind_a_dialog_with_its_stop() {
    let mut screen = Screen::new(SIZE, moment());
    screen.press("2 a");
    let text = screen.text();
    assert!(text.contains("y  adopt LTCUSDT short"), "{text}");
    assert!(text.contains("nothing -> short 60.0 @ 88.40"), "{text}");
    screen.press("y");
    let [Command::Adopt { pin, stop: None }] = screen.commands()[..] else { panic!("no adopt") };
    assert_eq!(pin.key, key("by", "LTCUSDT"));
}

#[test]
fn protect_is_one_key_and_says_what_was_sent() {
    let mut screen = Screen::new(SIZE, moment());
    screen.press("p");
    let [Command::Protect { pin }] = screen.commands()[..] else { panic!("no protect") };
    assert_eq!(pin.key, key("main", "BTCUSDT"));
    assert_eq!(screen.flash(), "sent: protect main BTCUSDT long 0.5");
}

#[test]
fn a_silent_venue_lifts_every_act_one_rung() {
    let mut screen = Screen::new(SIZE, moment());
    screen.go("XRPUSDT");
    screen.press("x y backspace");
    assert!(screen.asks().is_empty(), "y is not enough");
    screen.write("XRPUSD");
    screen.enter();
    assert!(screen.asks().is_empty(), "nor is half a name");
    screen.write("T");
    screen.enter();
    let [Command::Close { pin, .. }] = screen.commands()[..] else { panic!("no close") };
    assert_eq!(pin.key, key("cold", "XRPUSDT"));

    let mut cold = moment();
    let xrp = cold.legs.iter().position(|leg| leg.key.symbol.as_str() == "XRPUSDT").unwrap();
    cold.legs[xrp].guard.value = holdfast::domain::guard::Guard::Naked;
    let mut screen = Screen::new(SIZE, cold);
    screen.press(":");
    screen.write("protect XRPUSDT");
    screen.enter();
    assert!(screen.asks().is_empty(), "protect asks first");
    screen.press("y");
    assert!(matches!(screen.commands()[..], [Command::Protect { .. }]));
}

#[test]
fn a_venue_that_falls_silent_under_a_dialog_takes_the_y_away() {
    let mut screen = Screen::new(SIZE, two());
    screen.press("x");
    screen.wait(61_000);
    screen.painted();
    screen.press("y");
    assert!(screen.asks().is_empty());
    assert!(screen.text().contains("type BTCUSDT to close BTCUSDT long"), "{}", screen.text());
}

#[test]
fn a_disabled_key_says_why() {
    for (keys, wanted) in [
        ("j j j x", "DOGEUSDT: nothing is open on the venue"),
        ("a", "BTCUSDT is in the ledger already"),
        ("j p", "ADAUSDT is covered: its stop at 0.7905 is live"),
        ("2 p", "LTCUSDT is not in the ledger: adopt it first"),
        ("3 G x", "a stray stop has no position"),
    ] {
        let mut screen = Screen::new(SIZE, moment());
        screen.press(keys);
        assert!(screen.flash().contains(wanted), "{keys}: {}", screen.flash());
        assert!(screen.acts.iter().all(|act| *act == Act::Bell) && screen.model.dialog.is_none());
    }
}

#[test]
fn a_second_close_is_refused_while_the_first_is_in_flight() {
    let mut screen = Screen::new(SIZE, two());
    screen.press("x y x");
    assert!(screen.flash().contains("no answer yet"), "{}", screen.flash());
    let mut working = with_answer(two(), 1, Verdict::Accepted, "closing main BTCUSDT");
    working.legs[0].work =
        Some(WorkView { word: "CLOSING", since: ago(0), failed: false, text: "hfx-00ff".into() });
    screen.show(working);
    screen.clock += 5_000;
    screen.press("x");
    assert!(screen.flash().contains("close in flight hfx-00ff"), "{}", screen.flash());
    assert_eq!(screen.asks().len(), 1);
}

#[test]
fn answers_flash_by_how_they_ended() {
    for (verdict, stays) in [(Verdict::Done, 4), (Verdict::Refused, 8), (Verdict::Failed, 3_600)] {
        let mut screen = Screen::new(SIZE, two());
        screen.press("x y");
        screen.show(with_answer(two(), 1, verdict, "the answer"));
        assert_eq!(screen.flash(), "the answer");
        screen.wait(stays * 1000 - 500);
        assert_eq!(screen.flash(), "the answer", "{verdict:?}");
        screen.wait(1000);
        assert_eq!(screen.flash() == "the answer", verdict == Verdict::Failed);
        screen.press("j");
        assert_eq!(screen.flash(), "", "a key takes an error away");
    }
}

#[test]
fn an_ask_nobody_answers_is_reported_and_frees_the_row() {
    let mut screen = Screen::new(SIZE, two());
    screen.press("x y");
    screen.wait(31_000);
    assert!(screen.flash().contains("has not answered for 30 s"), "{}", screen.flash());
    assert!(!screen.text().contains("CLOSING 0:"));
}

#[test]
fn a_failed_close_is_loud_and_carries_the_venues_number() {
    let mut snapshot = two();
    snapshot.legs[1].work = Some(WorkView {
        word: "CLOSE FAILED",
        since: ago(5),
        failed: true,
        text: "refused -2019: Margin is insufficient".into(),
    });
    let text = Screen::new(SIZE, snapshot).text();
    assert!(text.contains("!! ETHUSDT") && text.contains("CLOSE FAILED -2019"), "{text}");
    assert!(text.lines().nth(1).unwrap().starts_with("!! CLOSE FAILED -2019"), "{text}");
}

#[test]
fn a_naked_leg_is_called_naked_until_its_stop_is_there() {
    let mut snapshot = moment();
    let leg = snapshot.legs.iter_mut().find(|leg| leg.key.symbol.as_str() == "BTCUSDT").unwrap();
    leg.work =
        Some(WorkView { word: "PROTECTING", since: ago(2), failed: false, text: String::new() });
    let text = Screen::new((120, 36), snapshot).text();
    let row = text.lines().find(|line| line.contains("│!!")).unwrap();
    assert!(row.contains("NAKED 0:42"), "{text}");
}

#[test]
fn numbers_of_asks_are_never_used_twice() {
    let mut screen = Screen::new(SIZE, moment());
    screen.press("p r r 2 a y");
    let mut ids: Vec<u64> = screen.asks().iter().map(|ask| ask.id).collect();
    let asked = ids.len();
    ids.dedup();
    assert_eq!((asked, ids.len()), (4, 4));
}

#[test]
fn an_act_key_pressed_as_the_row_vanishes_does_not_hit_its_neighbour() {
    let mut naked = moment();
    naked.legs.retain(|leg| leg.row.is_some());
    let mut screen = Screen::new(SIZE, naked.clone());
    naked.legs.retain(|leg| leg.key.symbol.as_str() != "BTCUSDT");
    screen.hear(Event::Snapshot(Arc::new(naked)));
    screen.hear(Event::Key(Key::char('p')));
    assert!(screen.asks().is_empty());
    assert!(screen.flash().contains("another one now"), "{}", screen.flash());
}

#[test]
fn a_paste_into_a_dialog_is_refused_and_says_so() {
    let mut screen = Screen::new(SIZE, two());
    screen.press("x");
    screen.hear(Event::Paste("y\ry".into()));
    assert_eq!(screen.flash(), "a paste answers no dialog: type it");
    assert!(screen.asks().is_empty() && screen.model.dialog.is_some());
    screen.press("esc :");
    screen.hear(Event::Paste("close BTCUSDT\r\ny".into()));
    assert!(screen.asks().is_empty() && screen.model.dialog.is_none());
    assert_eq!(screen.model.prompt.as_ref().unwrap().text, "close BTCUSDTy");
    screen.hear(Event::Key(Key::plain(Code::Esc)));
}
