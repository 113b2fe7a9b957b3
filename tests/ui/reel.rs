//! A recording on the screen: where it stands, what was decided and why; and no acts.

use std::sync::Arc;

use holdfast::domain::time::Span;
use holdfast::ui::reel::{Cause, Goto, Moment, Wind};
use holdfast::ui::theme::Depth;
use holdfast::ui::update::{Act, Event};

use crate::fixture::{NOW, ago};
use crate::pictures::picture;
use crate::screen::{Screen, line};

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
        earlier: 0,
        note: None,
        word: None,
    }
}

fn replay(size: (u16, u16), moment: Moment) -> Screen {
    let mut screen = Screen::new(size, crate::moment::moment());
    screen.model.label = "REPLAY".to_owned();
    screen.hear(Event::Replay(Arc::new(moment)));
    screen.show(crate::moment::moment());
    screen
}

/// Twenty-nine decisions, and causes that go further back than is told.
fn busy() -> Moment {
    let cause = |n: u64| Cause { input: 800 - n, at: ago(n), told: format!("cause number {n}") };
    let decided = |n: u64| {
        format!(
            "{n} write: EVENT_{n} a text that is too long for any line of a \
         screen that is 80 columns wide, and ends with the word end-{n}"
        )
    };
    let decided = (1..=29).map(decided).collect();
    let causes = (1..=12).map(cause).collect();
    Moment { decided, causes, earlier: 1_400, ..shown(812) }
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
    assert!(screen.text().contains("\"tomorrow\" is no place in a recording;"));
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

#[test]
fn what_the_pane_has_no_room_for_is_counted_with_the_key_that_shows_it() {
    let small = replay((80, 24), busy());
    picture("replay-busy-80x24", &small.text());
    let text = small.text();
    assert!(text.contains("(+27 more: c)") && text.contains("(+1410 more: c)"), "{text}");
    assert!(text.contains("<c>why"), "{text}");
    picture("replay-busy-120x36", &replay((120, 36), busy()).text());
    let mut help = replay((80, 24), busy());
    help.press("?");
    help.write("in whole");
    assert!(help.text().contains(" c "), "{}", help.text());
    help.enter();
    assert!(help.text().contains("why  #812 of 12,345"), "{}", help.text());
}

/// The lines inside the frame of what is open.
fn frame(screen: &Screen) -> Vec<String> {
    let cells = screen.cells("mono", Depth::Mono);
    let width = usize::from(cells.area.width);
    let rows = (0..cells.area.height).map(|y| line(&cells, y));
    let rows = rows.map(|row| row.chars().skip(2).take(width - 4).collect::<String>());
    let rows = rows.skip_while(|row| !row.starts_with("─ why")).skip(1);
    rows.take_while(|row| !row.starts_with('─')).collect()
}

/// Everything that is open, read line by line to its end.
fn read(screen: &mut Screen) -> String {
    let mut lines = frame(screen);
    loop {
        let before = frame(screen);
        screen.press("j");
        if frame(screen) == before {
            let words: Vec<&str> = lines.iter().flat_map(|line| line.split_whitespace()).collect();
            return words.join(" ");
        }
        lines.extend(frame(screen).pop());
    }
}

#[test]
fn every_decision_and_every_cause_can_be_read_in_whole() {
    for size in [(80, 24), (40, 10)] {
        let mut screen = replay(size, busy());
        screen.press("c");
        picture(&format!("replay-why-{}x{}", size.0, size.1), &screen.text());
        let seen = read(&mut screen);
        for n in 1..=29 {
            assert!(seen.contains(&format!("end-{n} ")), "{n}: {seen}");
        }
        for n in 1..=12 {
            assert!(seen.contains(&format!("cause number {n} ")), "{n}: {seen}");
        }
        assert!(seen.contains("and 1,400 before that: :goto #788 tells them"), "{seen}");
        let end = frame(&screen);
        screen.press("G k");
        assert_ne!(frame(&screen), end);
        screen.press("C-d");
        assert_eq!(frame(&screen), end);
        screen.press("g G pagedown");
        assert_eq!(frame(&screen), end);
        screen.press("C-u pageup g");
        assert!(screen.text().contains("told     answer 14"), "{}", screen.text());
        for key in ["esc", "q", "c", "enter", "C-c"] {
            assert!(screen.text().contains("why  #812"), "{key}: {}", screen.text());
            screen.press(key);
            assert!(!screen.text().contains("why  #812"), "{key}: {}", screen.text());
            screen.press("c");
        }
        assert!(winds(&screen).is_empty() && screen.asks().is_empty());
    }
}

#[test]
fn it_is_read_in_whole_on_the_narrowest_screen_and_goes_on_when_that_grows() {
    let mut screen = replay((20, 12), busy());
    screen.press("c");
    let seen = read(&mut screen).replace(' ', "");
    for wanted in ["end-1", "end-29", "causenumber12", "goto#788tellsthem"] {
        assert!(seen.contains(wanted), "{wanted}: {seen}");
    }
    screen.hear(Event::Resized(60, 12));
    let end = frame(&screen);
    screen.press("k");
    assert_ne!(frame(&screen), end, "one line up from the end that is seen");
}

#[test]
fn winding_goes_on_under_what_is_read_in_whole() {
    let mut screen = replay((80, 24), busy());
    screen.press("c G l ] x");
    assert_eq!(winds(&screen), [Wind::By(1), Wind::News { back: false }]);
    assert!(screen.asks().is_empty() && screen.flash().is_empty());
    screen.hear(Event::Replay(Arc::new(busy())));
    assert!(!screen.text().contains("told     answer"), "the same input stays where it was");
    screen.hear(Event::Replay(Arc::new(Moment { input: 813, ..busy() })));
    let text = screen.text();
    assert!(text.contains("why  #813") && text.contains("told     answer 14"), "{text}");
    let mut live = Screen::new((80, 24), crate::moment::moment());
    live.press("c");
    assert!(!live.text().contains("why  #") && live.model.why.is_none());
}

#[test]
fn a_place_that_is_none_is_said_whole_and_can_be_mended_where_it_was_typed() {
    for size in [(120, 36), (80, 24), (40, 10)] {
        let mut screen = replay(size, shown(812));
        screen.press(":");
        screen.write("goto tomorrow");
        screen.enter();
        let text = screen.text();
        let words: Vec<&str> = text.split_whitespace().collect();
        let say = "say 05:01:34, 2026-11-22T06:30:00Z, +30s, -2m, 1d or #812";
        let whole = format!("\"tomorrow\" is no place in a recording; {say}");
        assert!(words.join(" ").contains(&whole), "{text}");
        assert!(text.contains(" :goto tomorrow"), "{text}");
        if size.0 < 100 {
            picture(&format!("replay-goto-{}x{}", size.0, size.1), &text);
        }
        screen.press("C-w");
        screen.write("2026-11-21T14:00:00");
        assert!(!screen.text().contains("no place"));
        screen.enter();
        let at = NOW - Span::secs(202);
        assert_eq!(winds(&screen), [Wind::To(Goto::At(at))]);
    }
}

#[test]
fn what_a_recording_answers_stays_until_a_key() {
    let mut screen = replay((80, 24), shown(812));
    let word = "no later finding or event in the recording".to_owned();
    let answer = Event::Replay(Arc::new(Moment { word: Some(word.clone()), ..shown(812) }));
    screen.hear(answer.clone());
    assert_eq!(screen.flash(), word);
    screen.press("j");
    assert_eq!(screen.flash(), "");
    screen.press("c");
    screen.hear(answer);
    assert!(screen.text().contains(&word), "{}", screen.text());
}
