//! The binding table, the filter on the screen, freezing, alerts, commands.

use std::collections::BTreeSet;
use std::sync::Arc;

use holdfast::domain::amount::Side;
use holdfast::domain::command::Command;
use holdfast::domain::guard::Guard;
use holdfast::ui::keys::{Action, BINDINGS, Context, Found, Key, Keymap};
use holdfast::ui::update::{Act, Event};
use holdfast::ui::update_help::lines;

use crate::fixture::{leg, moment, of};
use crate::screen::Screen;

#[test]
fn every_key_of_the_table_can_be_typed_and_means_one_thing() {
    let map = Keymap::default();
    let mut seen = BTreeSet::new();
    for binding in BINDINGS {
        for keys in binding.chords() {
            let chord: Option<Vec<Key>> = keys.split(' ').map(Key::parse).collect();
            let chord = chord.unwrap_or_else(|| panic!("{keys} is no key"));
            assert_eq!(map.find(binding.context, &chord), Found::Action(binding.action), "{keys}");
            assert!(seen.insert(format!("{:?} {keys}", binding.context)), "{keys} twice");
            if binding.context == Context::Table || binding.context == Context::Events {
                let global = BINDINGS.iter().filter(|b| b.context == Context::Global);
                let clash = global.into_iter().any(|b| b.chords().any(|other| other == keys));
                assert!(!clash, "{keys} hides a global key");
            }
        }
    }
}

#[test]
fn no_key_belongs_to_a_multiplexer_or_scrolls_into_danger() {
    for binding in BINDINGS {
        for keys in binding.chords() {
            for taken in ["C-a", "C-b", "C-s", "C-q", "C-z", "C-\\", "C- "] {
                assert_ne!(keys, taken);
            }
            let acts = matches!(binding.action, Action::Close | Action::Adopt | Action::Protect);
            assert!(!(acts && (keys.starts_with("C-") || keys.contains("delete"))), "{keys}");
        }
    }
}

#[test]
fn help_lists_the_table_and_searches_and_runs() {
    let mut screen = Screen::new((120, 36), moment());
    screen.press("?");
    let listed: Vec<String> = lines(&screen.model).into_iter().map(|line| line.keys).collect();
    for binding in
        BINDINGS.iter().filter(|b| !matches!(b.context, Context::Events | Context::Replay))
    {
        let keys = binding.chords().collect::<Vec<_>>().join(" ");
        assert!(listed.contains(&keys), "help misses {keys}");
    }
    screen.write("orphans: on");
    assert_eq!(lines(&screen.model).len(), 1);
    screen.enter();
    assert!(screen.model.help.is_none());
    assert!(screen.text().contains("ORPHANS 1"));
}

#[test]
fn a_half_typed_chord_lists_its_endings() {
    let mut screen = Screen::new((80, 24), moment());
    screen.press("g");
    assert!(screen.flash().contains("g first row") && screen.flash().contains("a go to the next"));
    screen.press("a");
    assert_eq!(screen.model.cursor_key().unwrap().symbol.as_str(), "LTCUSDT");
    screen.press("g a");
    assert_eq!(screen.model.cursor_key().unwrap().symbol.as_str(), "BTCUSDT");
}

#[test]
fn a_filter_that_hides_an_emergency_counts_it_and_the_alert_stays() {
    let mut screen = Screen::new((80, 24), moment());
    screen.press("/");
    screen.write("eth");
    screen.enter();
    let text = screen.text();
    assert!(text.contains("positions(10)  /eth  9 hidden, 1 of them !!"), "{text}");
    assert!(text.contains("!! NAKED"), "{text}");
    assert!(!text.contains("AVAXUSDT"));
    screen.press("esc");
    assert!(screen.text().contains("AVAXUSDT"));
}

#[test]
fn a_bad_filter_keeps_the_last_good_result() {
    let mut screen = Screen::new((120, 36), moment());
    screen.press("/");
    screen.write("eth");
    screen.hear(Event::Paste(" colour:red".into()));
    let text = screen.text();
    assert!(text.contains("no field is called \"colour\""), "{text}");
    assert!(text.contains("ETHUSDT") && !text.contains("AVAXUSDT"), "{text}");
    screen.enter();
    assert!(screen.model.prompt.is_some(), "it is not taken");
}

#[test]
fn problems_only_shows_what_needs_somebody() {
    let mut screen = Screen::new((80, 24), moment());
    screen.press("!");
    let text = screen.text();
    assert!(text.contains("problems only  5 hidden"), "{text}");
    assert!(!text.contains("ETHUSDT") && text.contains("DOGEUSDT"), "{text}");
}

#[test]
fn a_frozen_screen_says_so_and_lets_alerts_through() {
    let quiet = || {
        of(vec![leg("main", "ETHUSDT", Side::Long, ["8.000", "3,388.10", "3,412.55", "3,371.00"])])
    };
    let mut screen = Screen::new((80, 24), quiet());
    screen.press("z");
    let mut naked = quiet();
    naked.legs = vec![
        leg("main", "ETHUSDT", Side::Long, ["8.000", "3,388.10", "3,500.00", "3,371.00"])
            .naked(0, "places the stop")
            .0,
    ];
    screen.show(naked);
    screen.wait(12_000);
    let text = screen.text();
    assert!(text.contains("FROZEN 0:12"), "{text}");
    assert!(text.contains("3,412.55") && !text.contains("3,500.00"), "{text}");
    assert!(text.contains("!! NAKED 0:12"), "{text}");
    screen.press("z");
    assert!(screen.text().contains("3,500.00"));
}

#[test]
fn the_bell_rings_once_for_each_new_emergency() {
    let mut screen = Screen::new((80, 24), moment());
    let bells = |screen: &Screen| screen.acts.iter().filter(|act| **act == Act::Bell).count();
    assert_eq!(bells(&screen), 1);
    screen.wait(60_000);
    screen.show(moment());
    assert_eq!(bells(&screen), 1, "the same ones are old news");
    let mut more = moment();
    let eth = more.legs.iter().position(|leg| leg.key.symbol.as_str() == "ETHUSDT").unwrap();
    more.legs[eth].guard.value = Guard::Naked;
    screen.show(more);
    assert_eq!(bells(&screen), 2);
}

#[test]
fn commands_complete_and_say_what_is_wrong() {
    let mut screen = Screen::new((120, 36), moment());
    screen.press(":");
    screen.write("clo");
    screen.press("tab");
    assert_eq!(screen.model.prompt.as_ref().unwrap().text, "close");
    screen.write(" so");
    screen.press("tab");
    assert_eq!(screen.model.prompt.as_ref().unwrap().text, "close SOLUSDT");
    screen.press("esc");
    for (line, wanted) in [
        ("close NOPE", "no position and no orphan is called NOPE"),
        ("close ETHUSDT 0%", "is no share"),
        ("adopt LTCUSDT soon", "is no stop"),
        ("undo r-1", "no repair of this run is called r-1"),
        ("resync mars", "no account is called mars"),
        ("frobnicate", "no command and no symbol is called frobnicate"),
        ("dump elsewhere.tar.zst", "dump takes nothing"),
        ("quit now", "quit takes nothing"),
        ("protect ETHUSDT 3,000", "\"3,000\" after ETHUSDT means nothing"),
        ("resolve ETHUSDT at once", "\"at once\" after ETHUSDT means nothing"),
        ("ETHUSDT 50%", "\"50%\" after ETHUSDT means nothing"),
        ("ETHUSDT no position", "\"no position\" after ETHUSDT means nothing"),
    ] {
        screen.press(":");
        screen.write(line);
        screen.enter();
        assert!(screen.text().contains(wanted), "{line}:\n{}", screen.text());
        screen.press("esc");
    }
    assert!(screen.asks().is_empty());
}

#[test]
fn commands_send_what_they_say() {
    let mut screen = Screen::new((120, 36), moment());
    for line in ["resync by", "undo r-00ff", "theme light"] {
        screen.press(":");
        screen.write(line);
        screen.enter();
        if line.starts_with("undo") {
            screen.press("y");
        }
    }
    let [Command::Resync { account: Some(account) }, Command::Undo { repair }] =
        screen.commands()[..]
    else {
        panic!("{:?}", screen.commands())
    };
    assert_eq!((account.as_str(), repair.0.as_str()), ("by", "r-00ff"));
    assert!(screen.acts.contains(&Act::Theme("light".into())));
}

#[test]
fn a_symbol_on_two_accounts_has_to_be_named_fully() {
    use holdfast::domain::amount::Side;
    let eth = |account| leg(account, "ETHUSDT", Side::Long, ["1", "100.0", "101.0", "99.0"]);
    let mut screen = Screen::new((120, 36), of(vec![eth("main"), eth("by")]));
    screen.press(":");
    screen.write("close ETHUSDT");
    screen.enter();
    assert!(screen.text().contains("say which of by:ETHUSDT net, main:ETHUSDT net"));
    screen.press("esc :");
    screen.write("close by:ETHUSDT");
    screen.enter();
    assert!(screen.text().contains("y  close ETHUSDT long"), "{}", screen.text());
}

#[test]
fn before_the_first_picture_the_screen_says_what_it_waits_for() {
    let model = holdfast::ui::model::Model::new("LIVE", "pts/3", 1, (80, 24));
    let mut screen = Screen { model, acts: Vec::new(), clock: 0 };
    screen.hear(Event::Tick);
    assert!(screen.text().contains("waiting for the engine's first picture"));
    screen.press("x p a j G");
    assert!(screen.acts.is_empty());
    screen.hear(Event::Snapshot(Arc::new(moment())));
    assert!(screen.text().contains("BTCUSDT"));
}

#[test]
fn in_mono_the_states_differ_as_text() {
    let text = Screen::new((120, 36), moment()).text();
    for (symbol, word) in [
        ("BTCUSDT", "NAKED 0:42"),
        ("SOLUSDT", "PARTLY 80%"),
        ("DOGEUSDT", "PHANTOM 1:31"),
        ("XRPUSDT", "unknown 1:30"),
        ("ETHUSDT", "fixed"),
    ] {
        let row = text.lines().find(|line| line.starts_with('│') && line.contains(symbol));
        assert!(row.is_some_and(|row| row.contains(word)), "{symbol}: {row:?}");
    }
}

#[test]
fn stops_that_nobody_read_are_not_said_to_be_none() {
    let mut snapshot =
        of(vec![leg("main", "BTCUSDT", Side::Long, ["1", "100.0", "101.0", "98.0"])]);
    for (guard, said) in [(Guard::Unknown, "HAVE not known"), (Guard::Naked, "HAVE none")] {
        snapshot.legs[0].stops = Vec::new();
        snapshot.legs[0].guard.value = guard;
        let text = Screen::new((120, 36), snapshot.clone()).text();
        assert!(text.contains(said), "{said}:\n{text}");
    }
}
