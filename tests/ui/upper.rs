//! The upper rungs: closes of several legs, arming, halts, the end of the engine.

use holdfast::domain::amount::Side::{Long, Short};
use holdfast::domain::command::{Answer, Command, Verdict};
use holdfast::domain::guard::Guard;
use holdfast::domain::lease::LeaseState;
use holdfast::domain::snapshot::{
    Aged, BatchLeg, BatchView, FindingKind, Known, Snapshot, There, WorkView,
};
use holdfast::domain::time::Span;
use holdfast::ui::keys::{Code, Key};
use holdfast::ui::update::{Act, Event};

use crate::fixture::{NOW, ago, finding, key, leg, moment, of, qty};
use crate::pictures::picture;
use crate::screen::Screen;

pub const SIZES: [(u16, u16); 3] = [(80, 24), (120, 36), (200, 60)];

/// Two uncovered legs, one of them in part, and three that are covered.
pub fn five() -> Snapshot {
    of(vec![
        leg("main", "BTCUSDT", Long, ["0.500", "97,410.0", "96,882.4", "96,000.0"])
            .naked(42, "places the stop"),
        leg("main", "ETHUSDT", Long, ["8.000", "3,388.10", "3,412.55", "3,371.00"]),
        leg("main", "AVAXUSDT", Short, ["310.0", "41.220", "40.871", "41.480"]),
        leg("by", "SOLUSDT", Short, ["120.0", "214.310", "219.884", "224.100"]).partly("96.0", 9),
        leg("by", "XRPUSDT", Long, ["9000", "1.4410", "1.4522", "1.4155"]),
    ])
}

/// A command as a person types it.
pub fn say(screen: &mut Screen, line: &str) {
    screen.press(":");
    screen.write(line);
    screen.enter();
}

/// Whether nothing was asked for and nothing ends.
pub fn is_quiet(screen: &Screen) -> bool {
    screen.asks().is_empty() && !screen.acts.contains(&Act::Quit)
}

/// Legs and sizes of the one close of several that was sent.
fn sent(screen: &Screen) -> Vec<(String, String)> {
    let closes = screen.commands().into_iter().filter_map(|command| match command {
        Command::CloseMany { legs, .. } => Some(legs),
        _ => None,
    });
    let legs = closes.flatten();
    legs.map(|leg| (leg.pin.key.symbol.to_string(), leg.quantity.to_string())).collect()
}

fn changed(mut snapshot: Snapshot, symbol: &str, size: &str) -> Snapshot {
    let leg = snapshot.legs.iter_mut().find(|leg| leg.key.symbol.as_str() == symbol).unwrap();
    if let There::Open { quantity, .. } = &mut leg.there {
        *quantity = qty(size);
    }
    snapshot.seq += 1;
    snapshot
}

fn later(mut snapshot: Snapshot, secs: u64) -> Snapshot {
    snapshot.at = NOW + Span::secs(secs);
    for account in &mut snapshot.accounts {
        account.heard = Some(snapshot.at);
        account.known = Known::Since(snapshot.at);
    }
    snapshot
}

#[test]
fn what_no_stop_covers_is_closed_after_its_count_was_typed_worst_first() {
    let mut screen = Screen::new((80, 24), five());
    screen.press("X");
    let text = screen.text();
    for part in [
        "close unprotected(2)",
        "!! binance:main BTCUSDT LONG  0.500 -263.80",
        "!  bybit:by     SOLUSDT SHORT  24.0 -133.78 (uncovered part)",
        "2 reduce-only market orders, one by one, worst first",
        "realised -397.58 before fees   fee not known",
        "type 2 then Enter: [_]",
    ] {
        assert!(text.contains(part), "{part:?} is missing:\n{text}");
    }
    screen.press("2");
    assert!(screen.asks().is_empty());
    screen.enter();
    let pairs = sent(&screen);
    assert_eq!(pairs, [("BTCUSDT".into(), "0.5".into()), ("SOLUSDT".into(), "24".into())]);
    let [Command::CloseMany { legs, at_once, halt, .. }] = screen.commands()[..] else { panic!() };
    assert_eq!((*at_once, *halt), (1, false));
    let pin = &legs[1].pin;
    assert_eq!((pin.side, pin.quantity, pin.snapshot), (Short, qty("120"), 184_202));
}

#[test]
fn neither_enter_nor_the_initiating_key_nor_a_wrong_count_sends_anything() {
    for keys in ["X enter", "X X X", "X y", "X X 1 enter", "X 2 0 enter", "X 2 esc", "X q", "X C-c"]
    {
        let mut screen = Screen::new((80, 24), five());
        screen.press(keys);
        assert!(is_quiet(&screen), "{keys} did {:?}", screen.acts);
    }
    let mut screen = Screen::new((80, 24), five());
    screen.press("X X y 2");
    assert!(screen.text().contains("type 2 then Enter: [2_]"), "{}", screen.text());
    screen.hear(Event::Paste("2\n".into()));
    screen.press("backspace");
    screen.hear(Event::Paste("2".into()));
    screen.enter();
    assert!(screen.asks().is_empty(), "a paste answers nothing");
}

#[test]
fn keys_read_before_the_count_was_asked_for_are_dropped() {
    let mut screen = Screen::new((80, 24), five());
    screen.hear(Event::Key(Key::char('X')));
    screen.hear(Event::Key(Key::char('2')));
    screen.painted();
    screen.clock += 500;
    screen.enter();
    assert!(screen.asks().is_empty() && screen.model.wide.asked.is_none());
}

#[test]
fn what_is_left_out_says_why() {
    let mut snapshot = five();
    let work = WorkView { word: "CLOSING", since: ago(2), failed: false, text: String::new() };
    snapshot.legs.iter_mut().find(|leg| leg.key.symbol.as_str() == "SOLUSDT").unwrap().work =
        Some(work);
    let eth = snapshot.legs.iter_mut().find(|leg| leg.key.symbol.as_str() == "ETHUSDT").unwrap();
    eth.guard.value = Guard::Unknown;
    let mut screen = Screen::new((80, 24), snapshot.clone());
    screen.press("X");
    let text = screen.text();
    for part in [
        "close unprotected(1)",
        "bybit:by SOLUSDT  not: a close is in flight",
        "binance:main ETHUSDT  not: how it is covered is not known",
    ] {
        assert!(text.contains(part), "{part:?} is missing:\n{text}");
    }
    snapshot.accounts[1].lease = Some(LeaseState::Lost { why: "the ledger is gone".into() });
    snapshot.legs.iter_mut().for_each(|leg| leg.work = None);
    screen.show(snapshot);
    let text = screen.text();
    assert!(text.contains("SOLUSDT  not: this engine has no lease for it"), "{text}");
}

#[test]
fn a_venue_that_is_not_heard_lifts_the_act_to_the_top_rung() {
    let mut snapshot = five();
    snapshot.accounts[1].known = Known::Unknown(ago(30), "timed out".into());
    let mut screen = Screen::new((80, 24), snapshot);
    screen.press("X");
    let text = screen.text();
    assert!(text.contains("SOLUSDT  not: its venue is UNKNOWN 0:30: :arm first"), "{text}");
    screen.press("esc");
    say(&mut screen, "arm");
    screen.press("X");
    assert!(screen.text().contains("close unprotected(2)"), "{}", screen.text());
}

#[test]
fn another_leg_or_size_asks_again_and_prices_do_not() {
    let mut screen = Screen::new((80, 24), five());
    screen.press("X 2");
    let mut dearer = five();
    dearer.legs.iter_mut().for_each(|leg| leg.mark = leg.mark.map(|m| Aged { at: ago(0), ..m }));
    screen.show(dearer);
    assert!(screen.text().contains("[2_]"), "{}", screen.text());
    screen.hear(Event::Snapshot(changed(five(), "SOLUSDT", "100.0").into()));
    screen.hear(Event::Key(Key::plain(Code::Enter)));
    assert!(screen.asks().is_empty(), "the Enter meant what was shown before");
    screen.painted();
    screen.clock += 500;
    let text = screen.text();
    assert!(text.contains("changed, look again: type 2 then Enter: [_]"), "{text}");
    screen.press("2");
    screen.enter();
    assert_eq!(sent(&screen)[1], ("SOLUSDT".into(), "4".into()));
}

#[test]
fn marks_are_closed_and_a_range_marks_what_lies_between() {
    let mut screen = Screen::new((120, 36), five());
    say(&mut screen, "close-marked");
    assert!(screen.flash().contains("nothing is marked"), "{}", screen.flash());
    screen.press("g g V j j V");
    assert_eq!(screen.model.marks.len(), 3, "{}", screen.text());
    screen.press("U");
    assert!(screen.model.marks.is_empty());
    screen.go("ETHUSDT");
    screen.press("space");
    screen.go("XRPUSDT");
    screen.press("space");
    say(&mut screen, "close-marked");
    let text = screen.text();
    assert!(text.contains("close marked(2)"), "{text}");
    screen.press("2");
    screen.enter();
    let symbols: Vec<String> = sent(&screen).into_iter().map(|(symbol, _)| symbol).collect();
    assert_eq!(symbols, ["ETHUSDT", "XRPUSDT"], "the greater risk goes first");
}

fn batch(screen: &Screen, stands: [BatchLeg; 2], ended: bool) -> Snapshot {
    let mut snapshot = five();
    snapshot.seq += 1;
    let [first, second] = stands;
    let legs = vec![(key("main", "BTCUSDT"), first), (key("by", "SOLUSDT"), second)];
    let ask = screen.asks()[0].id;
    let ended = ended.then_some(NOW);
    snapshot.batches = vec![BatchView { ask, since: NOW, ended, legs: legs.into() }].into();
    snapshot.answers =
        vec![Answer { ask, verdict: Verdict::Accepted, text: "closing 2 of 2 legs".into() }].into();
    snapshot
}

#[test]
fn esc_stops_what_is_unsent_and_rows_tell_their_turn() {
    let mut screen = Screen::new((120, 36), five());
    screen.press("X 2");
    screen.enter();
    let snapshot = batch(&screen, [BatchLeg::Closing, BatchLeg::Waiting], false);
    screen.show(snapshot.clone());
    let text = screen.text();
    assert!(text.contains("0 of 2 closed; Esc stops what is not sent"), "{text}");
    assert!(text.contains("CLOSES 2/2"), "the row says when its turn is:\n{text}");
    assert!(screen.flash().contains("closing 2 of 2 legs"), "{}", screen.flash());
    screen.press("esc");
    let ask = screen.asks()[0].id;
    assert_eq!(screen.commands()[1], &Command::Abort { ask });
    screen.show(batch(&screen, [BatchLeg::Closing, BatchLeg::Aborted], false));
    let text = screen.text();
    assert!(text.contains("stopped, 1 in flight go on"), "{text}");
    assert!(text.contains("stopped, not sent"), "{text}");
    screen.press("esc");
    assert!(screen.model.wide.asked.is_none());
    assert_eq!(screen.commands().len(), 2, "the second Esc only leaves");
    // What was left to run is stopped by command.
    let mut screen = Screen::new((120, 36), five());
    screen.press("X 2");
    screen.enter();
    screen.press("enter");
    screen.show(batch(&screen, [BatchLeg::Closing, BatchLeg::Waiting], false));
    say(&mut screen, "abort");
    assert_eq!(screen.commands()[1], &Command::Abort { ask: screen.asks()[0].id });
}

#[test]
fn answers_of_a_close_that_goes_on_are_told_as_they_come() {
    let mut screen = Screen::new((80, 24), five());
    screen.press("X 2");
    screen.enter();
    let mut snapshot = batch(&screen, [BatchLeg::Done, BatchLeg::Closing], false);
    let ask = screen.asks()[0].id;
    let answer = |verdict, text: &str| Answer { ask, verdict, text: text.into() };
    let mut answers = vec![
        answer(Verdict::Accepted, "closing 2 of 2 legs"),
        answer(Verdict::Accepted, "1 of 2 closed, 1 in flight"),
    ];
    snapshot.answers = answers.clone().into();
    screen.show(snapshot.clone());
    assert_eq!(screen.flash(), "1 of 2 closed, 1 in flight");
    answers.push(answer(Verdict::Failed, "1 of 2 closed; NOT closed: by SOLUSDT"));
    snapshot.answers = answers.into();
    screen.show(snapshot);
    assert_eq!(screen.flash(), "1 of 2 closed; NOT closed: by SOLUSDT");
}

fn armed(size: (u16, u16)) -> Screen {
    let mut screen = Screen::new(size, five());
    say(&mut screen, "arm");
    say(&mut screen, "close-all main");
    screen
}

#[test]
fn everything_of_an_account_goes_only_armed_with_a_reason_and_a_countdown() {
    let mut screen = Screen::new((80, 24), five());
    say(&mut screen, "close-all main");
    assert!(screen.flash().contains(":arm"), "{}", screen.flash());
    let mut screen = armed((80, 24));
    assert!(screen.text().contains("ARMED 1:5"), "{}", screen.text());
    screen.enter();
    assert!(screen.flash().contains("say why"), "{}", screen.flash());
    screen.write("venue in trouble");
    screen.enter();
    screen.write("main 3");
    screen.enter();
    assert!(screen.asks().is_empty());
    assert!(screen.text().contains("closes 3 in 3s; any key stops it"), "{}", screen.text());
    screen.wait(3_000);
    let [Command::CloseMany { legs, at_once, halt, reason }] = screen.commands()[..] else {
        panic!("not sent: {}", screen.text())
    };
    assert_eq!((legs.len(), *at_once, *halt, reason.as_str()), (3, 4, true, "venue in trouble"));
    assert!(legs.iter().all(|leg| leg.pin.key.account.as_str() == "main"));
    assert_eq!(legs[0].pin.key.symbol.as_str(), "BTCUSDT", "the naked one goes first");
    assert!(screen.model.wide.armed.is_none(), "one arming is for one act");
}

#[test]
fn any_key_stops_the_countdown() {
    for stop in ["enter", "y", "j", "esc", "C-l", "f1", "space"] {
        let mut screen = armed((80, 24));
        screen.write("why");
        screen.enter();
        screen.write("main 3");
        screen.enter();
        screen.wait(1_000);
        screen.press(stop);
        screen.wait(9_000);
        assert!(screen.asks().is_empty(), "{stop} did not stop it");
        assert_eq!(screen.flash(), "");
    }
}

#[test]
fn a_leg_that_changes_while_it_counts_down_asks_again() {
    let mut screen = armed((80, 24));
    screen.write("why");
    screen.enter();
    screen.write("main 3");
    screen.enter();
    screen.show(changed(five(), "ETHUSDT", "6.000"));
    screen.wait(9_000);
    assert!(screen.asks().is_empty());
    let text = screen.text();
    assert!(text.contains("changed, look again: type main 3 then Enter: [_]"), "{text}");
}

#[test]
fn arming_ends_by_itself_by_command_and_takes_its_dialog_with_it() {
    let mut screen = armed((80, 24));
    screen.write("why");
    screen.enter();
    screen.clock += 120_000;
    screen.show(later(five(), 121));
    assert!(screen.model.wide.asked.is_none() && screen.model.wide.armed.is_none());
    assert!(screen.flash().contains("nothing was sent"), "{}", screen.flash());
    assert!(!screen.text().contains("ARMED"));
    let mut screen = Screen::new((80, 24), five());
    say(&mut screen, "arm");
    say(&mut screen, "disarm");
    assert!(!screen.text().contains("ARMED"));
    say(&mut screen, "close-all main");
    assert!(screen.model.wide.asked.is_none());
}

#[test]
fn the_dialogs_of_the_upper_rungs() {
    for size in SIZES {
        let name = |what: &str| format!("upper-{what}-{}x{}", size.0, size.1);
        let mut screen = Screen::new(size, moment());
        screen.press("X");
        picture(&name("unprotected"), &screen.text());
        screen.press("esc");
        say(&mut screen, "shutdown");
        picture(&name("shutdown"), &screen.text());
        let mut screen = armed(size);
        screen.write("venue in trouble");
        screen.enter();
        screen.write("main");
        picture(&name("all"), &screen.text());
        screen.write(" 3");
        screen.enter();
        screen.wait(1_000);
        picture(&name("countdown"), &screen.text());
    }
    for size in [(40, 10), (20, 5)] {
        let mut screen = Screen::new(size, five());
        screen.press("X 2");
        picture(&format!("tiny-unprotected-{}x{}", size.0, size.1), &screen.text());
    }
}

#[test]
fn a_long_list_scrolls_and_what_is_typed_stays_in_sight() {
    let legs = (0..60).map(|n| {
        let numbers = ["1.0", "100.0", "101.0", "99.0"];
        let build = leg("main", &format!("C{n:02}USDT"), Long, numbers).naked(5, "");
        build.find(finding(FindingKind::Naked, 5, 1, "", false))
    });
    let mut screen = Screen::new((80, 24), of(legs.collect()));
    screen.press("X");
    let text = screen.text();
    assert!(text.contains("type 60 then Enter"), "{text}");
    assert!(text.contains("of 60 lines") && !text.contains("C59USDT  "), "{text}");
    screen.press("6 enter");
    let text = screen.text();
    assert!(text.contains("not 60: type it") && text.contains("type 60 then Enter"), "{text}");
    for _ in 0..12 {
        screen.press("pagedown");
    }
    assert!(screen.text().contains("60 of 60 lines"), "{}", screen.text());
}
