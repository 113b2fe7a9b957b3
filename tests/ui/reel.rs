//! A recording on the screen: where it stands, what was decided and why; and no acts.

use std::sync::Arc;

use holdfast::domain::time::Span;
use holdfast::ui::reel::{Cause, Goto, Moment, Wind};
use holdfast::ui::update::{Act, Event};

use crate::fixture::{NOW, ago};
use crate::pictures::picture;
use crate::screen::Screen;

fn shown(input: u64) -> Moment {
    Moment {
        input,
        last: 12_345,
        at: NOW,
        spans: (ago(30), NOW + Span::secs(90)),
        is_playing: false,
        speed: Some(1),
        told: "answer 14: look: 16 positions, 12 stops".to_owned(),
        decided: vec![
            "15 write: PHANTOM_POSITION_DETECTED DOGEUSDT long is not on the venue".to_owned(),
            "16 ask main for fills of DOGEUSDT net".to_owned(),
            "17 look at main: positions".to_owned(),
        ],
        causes: vec![
            Cause { input: input - 9, at: ago(1), told: "the time has come".to_owned() },
            Cause { input: input - 40, at: ago(9), told: "stream main: connected".to_owned() },
        ],
        note: None,
    }
}

fn replay(size: (u16, u16), moment: Moment) -> Screen {
    let mut screen = Screen::new(size, crate::moment::moment());
    screen.model.label = "REPLAY".to_owned();
    screen.hear(Event::Replay(Arc::new(moment)));
    screen.show(crate::moment::moment());
    screen
}

fn winds(screen: &Screen) -> Vec<Wind> {
    let winds = screen.acts.iter().filter_map(|act| match act {
        Act::Wind(wind) => Some(*wind),
        _ => None,
    });
    winds.collect()
}

#[test]
fn the_replay_pane() {
    for size in [(80, 24), (120, 36)] {
        let screen = replay(size, shown(812));
        picture(&format!("replay-{}x{}", size.0, size.1), &screen.text());
    }
    let mut events = replay((80, 24), Moment { is_playing: true, speed: None, ..shown(812) });
    events.press("6");
    picture("replay-events-80x24", &events.text());
    let outside = Moment {
        causes: Vec::new(),
        decided: Vec::new(),
        note: Some("not as recorded: decided[0]: recorded nothing, now \"ReadLedger\"".to_owned()),
        ..shown(813)
    };
    picture("replay-outside-120x36", &replay((120, 36), outside).text());
    picture("replay-60x15", &replay((60, 15), shown(812)).text());
}

#[test]
fn keys_wind_and_nothing_acts() {
    let mut screen = replay((120, 36), shown(812));
    screen.press("P l right h left ] [ > <");
    let news = |back| Wind::News { back };
    let [on, off] = [Wind::By(1), Wind::By(-1)];
    let all = [Wind::Toggle, on, on, off, off, news(false), news(true), Wind::Faster, Wind::Slower];
    assert_eq!(winds(&screen), all);
    screen.acts.clear();
    for key in ["x", "p", "a", "t", "b", "T", "R", "u", "X", "V", "r", "space"] {
        screen.press(key);
        assert_eq!(screen.flash(), "a recording cannot be acted on", "{key}");
        assert!(screen.model.dialog.is_none() && screen.model.decision.is_none(), "{key}");
        screen.model.flash = None;
    }
    for line in
        ["close SOLUSDT", "resync", "halt main", "arm", "close-unprotected", "undo x", "shutdown"]
    {
        screen.press(":");
        screen.write(line);
        screen.enter();
        assert_eq!(screen.flash(), "a recording cannot be acted on", "{line}");
        screen.model.prompt = None;
        screen.model.flash = None;
    }
    assert!(screen.asks().is_empty() && winds(&screen).is_empty());
    screen.press("q");
    assert_eq!(screen.acts.last(), Some(&Act::Quit), "nothing stays that a dialog must name");
}

#[test]
fn a_line_goes_to_a_time_and_only_in_a_recording() {
    let mut screen = replay((120, 36), shown(812));
    screen.press(":");
    screen.write("goto 05:01:34");
    screen.enter();
    assert_eq!(winds(&screen), [Wind::To(Goto::Clock(18_094_000))]);
    screen.press(":");
    screen.write("goto tomorrow");
    screen.enter();
    assert!(screen.text().contains("goto takes a time like 05:01:34"), "{}", screen.text());
    let mut live = Screen::new((120, 36), crate::moment::moment());
    live.press(":");
    live.write("goto +30s");
    live.enter();
    assert_eq!(live.flash(), "only a recording has other times to go to");
    assert!(winds(&live).is_empty());
}

#[test]
fn time_runs_back_with_the_recording() {
    let mut screen = replay((120, 36), shown(812));
    assert_eq!(screen.model.now, NOW);
    let before = Moment { at: ago(20), input: 500, ..shown(812) };
    screen.hear(Event::Replay(Arc::new(before)));
    assert_eq!(screen.model.now, ago(20));
}
