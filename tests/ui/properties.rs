//! What holds whatever is pressed, pasted or shown.

use std::sync::Arc;

use holdfast::domain::amount::Side;
use holdfast::domain::command::Command;
use holdfast::domain::guard::Guard;
use holdfast::domain::snapshot::{Snapshot, There};
use holdfast::ui::keys::{Code, Key};
use holdfast::ui::theme::{Depth, Theme};
use holdfast::ui::update::Event;
use holdfast::ui::view;
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::fixture::{ago, leg, moment, of, qty};
use crate::screen::Screen;

const SYMBOLS: [&str; 5] = ["AAA", "BBB", "CCC", "DDD", "EEE"];

/// Five legs in a state that one byte each decides: absent, size, naked, orphan.
fn world(states: [u8; 5]) -> Snapshot {
    let legs =
        SYMBOLS.iter().zip(states).filter(|(_, state)| state % 7 != 0).map(|(name, state)| {
            let size = ["1", "2", "3"][usize::from(state % 3)];
            let mut build = leg("main", name, Side::Long, [size, "100.0", "101.0", "99.0"]);
            if state % 5 == 1 {
                build = build.naked(u64::from(state), "places the stop");
            }
            if state % 11 == 2 {
                build.0.there = There::Absent(ago(1));
                build.0.guard.value = Guard::Unknown;
            }
            build
        });
    of(legs.collect())
}

#[derive(Clone, Debug)]
enum Step {
    Key(char),
    Code(u8),
    World([u8; 5]),
    Painted,
    Wait(u16),
    Paste(String),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => prop::sample::select("jkGxXVypabtT12347 !zq/:nU".chars().collect::<Vec<_>>())
            .prop_map(Step::Key),
        1 => (0..6_u8).prop_map(Step::Code),
        3 => prop::array::uniform5(any::<u8>()).prop_map(Step::World),
        4 => Just(Step::Painted),
        1 => (0..3_000_u16).prop_map(Step::Wait),
        1 => ".{0,8}".prop_map(Step::Paste),
    ]
}

fn take(screen: &mut Screen, step: &Step) {
    const CODES: [Code; 6] =
        [Code::Enter, Code::Esc, Code::Tab, Code::Up, Code::Down, Code::Backspace];
    match step {
        Step::Key(c) => screen.hear(Event::Key(Key::char(*c))),
        Step::Code(n) => screen.hear(Event::Key(Key::plain(CODES[usize::from(*n)]))),
        Step::World(states) => {
            let mut world = world(*states);
            world.seq = screen.model.live.seq + 1;
            screen.hear(Event::Snapshot(Arc::new(world)));
        }
        Step::Painted => screen.painted(),
        Step::Wait(ms) => screen.wait(u64::from(*ms)),
        Step::Paste(text) => screen.hear(Event::Paste(text.clone())),
    }
    screen.clock += 100;
}

/// What the person saw when they last looked: the row under the cursor, the dialog's pin.
fn seen(screen: &Screen) -> (Option<String>, Option<String>) {
    let cursor = screen.model.cursor_key().map(|key| key.symbol.to_string());
    let dialog = screen.model.dialog.as_ref().and_then(|dialog| dialog.pin.as_ref());
    (cursor, dialog.map(|pin| format!("{} {} {}", pin.key.symbol, pin.side, pin.quantity)))
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 400,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn an_act_is_about_what_was_seen_when_its_key_was_pressed(
        steps in prop::collection::vec(step(), 1..60)
    ) {
        let mut screen = Screen::new((80, 24), world([1, 2, 3, 4, 5]));
        let mut painted = seen(&screen);
        for step in &steps {
            let before = screen.asks().len();
            let was = seen(&screen);
            let was_bare = screen.model.dialog.is_none() && screen.model.prompt.is_none();
            take(&mut screen, step);
            if let (Step::Key('a' | 'b' | 'x'), true, (_, Some(pin))) =
                (step, was_bare, seen(&screen))
            {
                prop_assert!(pin.starts_with(was.0.as_deref().unwrap_or("no row")), "{pin}");
            }
            if let (Step::Key('t' | 'T'), true, Some(prompt)) =
                (step, was_bare, &screen.model.prompt)
            {
                let row = format!("main:{} ", was.0.as_deref().unwrap_or("no row"));
                prop_assert!(prompt.text.contains(&row), "{} on {row}", prompt.text);
            }
            for ask in screen.asks().into_iter().skip(before) {
                prop_assert!(matches!(step, Step::Key(_) | Step::Code(_)), "{step:?} asked");
                match &ask.command {
                    Command::Close { pin, .. } | Command::Adopt { pin, .. } => {
                        let sent = format!("{} {} {}", pin.key.symbol, pin.side, pin.quantity);
                        prop_assert!(matches!(step, Step::Key('y') | Step::Code(0)));
                        prop_assert_eq!(Some(&sent), was.1.as_ref());
                        prop_assert_eq!(Some(&sent), painted.1.as_ref(), "not what was painted");
                    }
                    // Where a stop goes is typed or keyed; what is sent is what a yes was seen for.
                    Command::MoveStop { pin, .. } | Command::Trail { pin, .. } => {
                        let sent = format!("{} {} {}", pin.key.symbol, pin.side, pin.quantity);
                        prop_assert!(matches!(step, Step::Key('y') | Step::Code(0)));
                        prop_assert_eq!(Some(&sent), was.1.as_ref());
                        prop_assert_eq!(Some(&sent), painted.1.as_ref(), "not what was painted");
                    }
                    Command::Protect { pin } => {
                        let sent = Some(pin.key.symbol.to_string());
                        prop_assert_eq!(&sent, &was.0);
                    }
                    Command::Undo { .. }
                    | Command::Resolve { .. }
                    | Command::Restore { .. }
                    | Command::Resync { .. }
                    | Command::Open(_)
                    | Command::CloseMany { .. }
                    | Command::Abort { .. }
                    | Command::Halt { .. }
                    | Command::Resume { .. } => {}
                }
            }
            if matches!(step, Step::Painted) {
                painted = seen(&screen);
            }
        }
    }

    #[test]
    fn a_paste_of_any_bytes_produces_no_command(
        bytes in prop::collection::vec(any::<u8>(), 0..200),
        place in 0..12_usize,
    ) {
        let keys = ["1", "2", "3", "6", "x", "2 a", ":", "/", "?", "4", "4 t", "4 j j b"][place];
        let mut screen = Screen::new((80, 24), moment());
        screen.press(keys);
        let was_dialog = screen.model.dialog.clone();
        screen.acts.clear();
        screen.hear(Event::Paste(String::from_utf8_lossy(&bytes).into_owned()));
        screen.painted();
        prop_assert!(screen.acts.is_empty());
        prop_assert_eq!(&screen.model.dialog, &was_dialog);
    }

    #[test]
    fn no_size_and_no_key_makes_it_panic(
        width in 0..130_u16,
        height in 0..45_u16,
        steps in prop::collection::vec(step(), 0..12),
        theme in prop::sample::select(vec!["dark", "light", "mono"]),
    ) {
        let mut screen = Screen::new((width, height), moment());
        let theme = Theme::load(theme, Depth::Indexed, None).unwrap();
        for step in &steps {
            take(&mut screen, step);
            let mut cells = Buffer::empty(Rect { x: 0, y: 0, width, height });
            view::paint(&screen.model, &theme, &mut cells);
        }
    }

    #[test]
    fn marks_and_cursor_stay_with_their_rows(states in prop::array::uniform5(any::<u8>())) {
        let mut screen = Screen::new((80, 24), world([1, 2, 3, 4, 5]));
        screen.press("j j space");
        let marked = screen.model.cursor_key().cloned().unwrap();
        screen.show(world(states));
        let is_there = screen.model.live.legs.iter().any(|leg| leg.key == marked);
        prop_assert_eq!(screen.model.marks.contains(&marked), is_there);
        if is_there {
            prop_assert_eq!(screen.model.cursor_key(), Some(&marked));
        }
    }
}

#[test]
fn symbols_of_any_script_keep_the_columns_straight() {
    let wide = leg("main", "コインUSDT", Side::Long, ["1", "100.0", "101.0", "99.0"]);
    let evil = leg("main", "BTC\u{202e}TDSU\u{1b}[2J", Side::Long, ["1", "100.0", "101.0", "99.0"]);
    let screen = Screen::new((120, 36), of(vec![wide, evil]));
    let text = screen.text();
    let row = text.lines().find(|line| line.contains("コイン")).unwrap();
    assert_eq!(holdfast::ui::format::width(row), 120, "{row}");
    assert!(text.contains("BTC?TDSU?[2J"), "{text}");
}

#[test]
fn the_order_is_held_for_two_seconds_after_the_cursor_moved() {
    let quiet = || {
        let names = ["AAA", "BBB", "CCC"];
        names.map(|name| leg("main", name, Side::Long, ["1", "100.0", "101.0", "99.0"])).into()
    };
    let mut screen = Screen::new((80, 24), of(quiet()));
    screen.press("j");
    let mut alarmed: Vec<_> = quiet();
    alarmed[2] = leg("main", "CCC", Side::Long, ["1", "100.0", "101.0", "99.0"]).naked(1, "");
    let picture = of(alarmed);
    screen.show(picture.clone());
    let order = |screen: &Screen| -> String {
        let rows = &screen.model.rows[&screen.model.view];
        let names = rows.order.iter().filter_map(|row| row.leg());
        names.map(|key| key.symbol.as_str()[..1].to_owned()).collect()
    };
    assert_eq!(order(&screen), "ABC");
    screen.wait(2_000);
    assert_eq!(order(&screen), "CAB");
    assert_eq!(screen.model.cursor_key().unwrap().symbol.as_str(), "BBB");
    assert_eq!(qty("1"), picture.legs[0].open().unwrap().quantity);
}

#[test]
fn before_the_first_key_the_cursor_is_on_the_worst_row() {
    let quiet = |name| leg("main", name, Side::Long, ["1", "100.0", "101.0", "99.0"]);
    let mut screen = Screen::new((80, 24), of(vec![quiet("AAA"), quiet("BBB"), quiet("CCC")]));
    assert_eq!(screen.model.cursor_key().unwrap().symbol.as_str(), "AAA");
    screen.show(of(vec![quiet("AAA"), quiet("BBB"), quiet("CCC").naked(1, "")]));
    assert_eq!(screen.model.cursor_key().unwrap().symbol.as_str(), "CCC");
}
