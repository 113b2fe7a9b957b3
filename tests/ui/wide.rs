//! What holds of acts about several legs, whatever is pressed, pasted or shown.

use std::sync::Arc;

use holdfast::domain::amount::Side;
use holdfast::domain::command::{Command, Leaving};
use holdfast::domain::snapshot::{Snapshot, There};
use holdfast::domain::time::Span;
use holdfast::ui::blast::{Asked, Reach, Step as Rung};
use holdfast::ui::keys::{Code, Key};
use holdfast::ui::update::{Act, Event};
use proptest::prelude::*;

use crate::fixture::{NOW, ago, leg, of};
use crate::screen::Screen;

const SYMBOLS: [&str; 4] = ["AAA", "BBB", "CCC", "DDD"];

/// Four legs in two accounts, each in a state that one byte decides.
fn world(states: [u8; 4], at: u64) -> Snapshot {
    let legs =
        SYMBOLS.iter().zip(states).filter(|(_, state)| state % 7 != 0).map(|(name, state)| {
            let account = if *name < "CCC" { "main" } else { "by" };
            let size = ["2", "3"][usize::from(state % 2)];
            let mut build = leg(account, name, Side::Long, [size, "100.0", "101.0", "99.0"]);
            build = match state % 5 {
                0 | 1 => build.naked(u64::from(state), "places the stop"),
                2 => build.partly("1", 3),
                _ => build,
            };
            if state % 11 == 2 {
                build.0.there = There::Absent(ago(1));
            }
            build
        });
    let mut snapshot = of(legs.collect());
    snapshot.at = NOW + Span(at);
    snapshot.accounts.iter_mut().for_each(|account| account.heard = Some(snapshot.at));
    snapshot
}

#[derive(Clone, Debug)]
enum Step {
    Key(char),
    Code(u8),
    Line(&'static str),
    Wanted,
    World([u8; 4]),
    Painted,
    Wait(u32),
    Paste(String),
}

const LINES: [&str; 8] = [
    "arm",
    "arm",
    "disarm",
    "close-all main",
    "close-all by",
    "close-marked",
    "close-unprotected",
    "shutdown",
];

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        5 => prop::sample::select("XXV jkGU123yqnxz".chars().collect::<Vec<_>>())
            .prop_map(Step::Key),
        4 => (0..4_u8).prop_map(Step::Code),
        4 => prop::sample::select(LINES.to_vec()).prop_map(Step::Line),
        4 => Just(Step::Wanted),
        1 => prop::array::uniform4(any::<u8>()).prop_map(Step::World),
        4 => Just(Step::Painted),
        2 => prop::sample::select(vec![100, 1_000, 3_000, 3_000, 121_000]).prop_map(Step::Wait),
        1 => ".{0,6}".prop_map(Step::Paste),
    ]
}

fn take(screen: &mut Screen, step: &Step) {
    const CODES: [Code; 4] = [Code::Enter, Code::Enter, Code::Esc, Code::Backspace];
    match step {
        Step::Key(c) => screen.hear(Event::Key(Key::char(*c))),
        Step::Code(n) => screen.hear(Event::Key(Key::plain(CODES[usize::from(*n)]))),
        // A line is typed where a line can be typed; keys in dialogs are steps of their own.
        Step::Line(_) if screen.model.dialog.is_some() || screen.model.wide.asked.is_some() => {}
        Step::Line(line) => {
            screen.press("C-c :");
            screen.write(line);
            screen.enter();
        }
        Step::Wanted => {
            let wanted = screen.model.wide.asked.as_ref().and_then(Asked::wanted);
            for c in wanted.unwrap_or_default().chars() {
                screen.hear(Event::Key(Key::char(c)));
                screen.clock += 100;
            }
        }
        Step::World(states) => {
            let mut world = world(*states, screen.clock);
            world.seq = screen.model.live.seq + 1;
            screen.hear(Event::Snapshot(Arc::new(world)));
        }
        Step::Painted => screen.painted(),
        Step::Wait(ms) => screen.wait(u64::from(*ms)),
        Step::Paste(text) => screen.hear(Event::Paste(text.clone())),
    }
    screen.clock += 100;
}

/// What would go, as far as a person can see it.
fn shown(asked: Option<&Asked>) -> Vec<(String, Side, String, String)> {
    let command = asked.and_then(Asked::command);
    let Some(Command::CloseMany { legs, .. }) = command else { return Vec::new() };
    plain(&legs)
}

fn plain(legs: &[Leaving]) -> Vec<(String, Side, String, String)> {
    let text = |leg: &Leaving| {
        let pin = &leg.pin;
        (pin.key.to_string(), pin.side, pin.quantity.to_string(), leg.quantity.to_string())
    };
    legs.iter().map(text).collect()
}

fn is_enter(step: &Step) -> bool {
    matches!(step, Step::Code(0 | 1))
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 600,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn nothing_goes_that_was_not_painted_and_typed_out(
        steps in prop::collection::vec(step(), 1..80)
    ) {
        let mut screen = Screen::new((80, 24), world([1, 2, 3, 6], 0));
        let mut painted = Vec::new();
        for step in &steps {
            let before = screen.acts.len();
            let was = screen.model.wide.asked.clone();
            let was_armed = screen.model.wide.armed;
            let was_quitting = screen.model.dialog.is_some();
            take(&mut screen, step);
            for act in &screen.acts[before..] {
                match act {
                    Act::Quit => {
                        let was = was.as_ref();
                        let is_typed = was.is_some_and(|asked| {
                            asked.reach == Reach::Shutdown && asked.is_shown
                                && asked.wanted().is_none_or(|wanted| wanted == asked.typed)
                        });
                        prop_assert!(is_typed || was_quitting, "ended by {step:?}");
                    }
                    Act::Ask(ask) => {
                        let Command::CloseMany { legs, halt, at_once, reason } = &ask.command
                        else { continue };
                        let was = was.as_ref().expect("a dialog was open");
                        prop_assert!(!legs.is_empty());
                        prop_assert_eq!(&plain(legs), &painted, "not what was painted");
                        match was.step {
                            Rung::Count => {
                                prop_assert!(is_enter(step) && was.is_shown && !*halt);
                                let wanted = was.wanted();
                                prop_assert_eq!(wanted.as_deref(), Some(was.typed.as_str()));
                                prop_assert_eq!(*at_once, 1);
                            }
                            Rung::Countdown(at) => {
                                prop_assert!(matches!(step, Step::Wait(_)) && *halt);
                                prop_assert!(screen.model.now >= at);
                                prop_assert!(was_armed.is_some_and(|until| until > at));
                                prop_assert!(!reason.is_empty());
                                prop_assert_eq!(*at_once, 4);
                            }
                            rung @ (Rung::Reason | Rung::Running(_)) => {
                                prop_assert!(false, "sent in {rung:?}");
                            }
                        }
                    }
                    _ => {}
                }
            }
            // A line is painted while it is typed, and so is what it opens.
            if matches!(step, Step::Painted | Step::Line(_)) {
                painted = shown(screen.model.wide.asked.as_ref());
            }
        }
    }

    #[test]
    fn a_paste_into_a_dialog_of_the_upper_rungs_does_nothing(
        text in ".{0,40}",
        line in prop::sample::select(LINES.to_vec()),
    ) {
        let mut screen = Screen::new((80, 24), world([1, 2, 3, 6], 0));
        for line in ["arm", line] {
            screen.press(":");
            screen.write(line);
            screen.enter();
        }
        let was = screen.model.wide.asked.clone();
        screen.acts.clear();
        screen.hear(Event::Paste(format!("{text}\n")));
        screen.painted();
        prop_assert!(screen.acts.is_empty());
        prop_assert_eq!(&screen.model.wide.asked, &was);
    }
}

/// The property above would hold of a console that sends nothing at all.
#[test]
fn the_steps_of_the_property_do_send_closes() {
    let run = |steps: &[Step]| {
        let mut screen = Screen::new((80, 24), world([1, 2, 3, 6], 0));
        steps.iter().for_each(|step| take(&mut screen, step));
        let closes = screen.commands();
        closes.iter().filter(|command| matches!(command, Command::CloseMany { .. })).count()
    };
    let enter = || Step::Code(0);
    let unprotected = [Step::Key('X'), Step::Painted, Step::Wanted, enter()];
    assert_eq!(run(&unprotected), 1);
    let all = [
        Step::Line("arm"),
        Step::Line("close-all main"),
        Step::Key('x'),
        enter(),
        Step::Painted,
        Step::Wanted,
        enter(),
        Step::Wait(3_000),
    ];
    assert_eq!(run(&all), 1);
}
