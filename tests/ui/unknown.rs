//! An account that nobody has looked at is not shown as flat, in any view and in any dialog.

use holdfast::domain::amount::Side::Long;
use holdfast::domain::guard::Guard;
use holdfast::domain::key::Venue;
use holdfast::domain::snapshot::{Aged, FindingKind, Known, Snapshot, There};
use holdfast::ui::model::Model;
use holdfast::ui::theme::Depth;

use crate::fixture::{NOW, account, ago, finding, leg, of};
use crate::pictures::picture;
use crate::screen::Screen;
use crate::upper::say;

/// What an empty table says in words that only a look at every account can bear out.
const FLAT: [&str; 5] =
    ["no positions", "no orphans", "ledger and venue agree", "nothing is open", "nothing needs"];

/// Neither account was ever reached.
fn unreached() -> Snapshot {
    let mut snapshot = of(Vec::new());
    for account in &mut snapshot.accounts {
        account.known = Known::Unknown(ago(40), "no complete look yet".into());
        account.looked = None;
        account.sweeps = 0;
        account.heard = None;
        account.counters = None;
    }
    snapshot
}

/// One was looked at, and is flat; of the other nothing is known yet.
fn half() -> Snapshot {
    let mut snapshot = unreached();
    snapshot.accounts[1] = account("by", Venue::BybitLinear, 0);
    snapshot
}

/// Both were flat when last looked at, and one does not answer any more.
fn lost() -> Snapshot {
    let mut snapshot = of(Vec::new());
    let main = &mut snapshot.accounts[0];
    main.known = Known::Unknown(ago(30), "positionRisk timed out".into());
    main.heard = Some(ago(35));
    snapshot
}

#[test]
fn an_account_nobody_looked_at_is_flat_in_no_view() {
    for size in [(40, 10), (80, 24), (120, 36), (200, 60)] {
        let mut screen = Screen::new(size, unreached());
        for view in ["1", "2", "3", "4", "7"] {
            screen.press(view);
            let text = screen.text();
            let flat: Vec<_> = FLAT.iter().filter(|flat| text.contains(**flat)).collect();
            assert!(flat.is_empty(), "view {view} at {size:?} says {flat:?}:\n{text}");
            let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let said = words.contains("nothing is known of main and by yet");
            let wrapped = size.0 < 80 && words.contains("nothing is known of");
            assert!(said || wrapped, "view {view} at {size:?}:\n{text}");
        }
    }
}

#[test]
fn where_one_account_is_known_the_other_is_named() {
    let mut screen = Screen::new((80, 24), half());
    for (view, said) in [
        ("1", "no positions in by; main is not known yet"),
        ("2", "no orphans in by; main is not known yet"),
        ("3", "ledger and venue agree in by; main is not known yet"),
        ("4", "nothing is open in by; main is not known yet"),
        ("7", "if holdfast stops now: nothing is open in by; main is not known yet"),
    ] {
        screen.press(view);
        let text = screen.text();
        assert!(text.contains(said), "view {view}: {said:?} is missing:\n{text}");
    }
}

#[test]
fn what_was_flat_when_last_looked_at_is_not_said_of_now() {
    let mut screen = Screen::new((80, 24), lost());
    for view in ["1", "2", "3", "4", "7"] {
        screen.press(view);
        let text = screen.text();
        assert!(text.contains(" in by; main is not known since 14:02:52Z"), "{view}:\n{text}");
    }
    let mut whole = of(Vec::new());
    screen.show(whole.clone());
    for (view, flat) in
        ["1", "2", "3", "4", "4", "7"].into_iter().zip([&FLAT[..], &FLAT[3..4]].concat())
    {
        screen.press(view);
        assert!(screen.text().contains(flat), "{view}:\n{}", screen.text());
    }
    // An account that nothing is heard of any more is not known either, whatever its last look.
    whole.accounts[0].heard = Some(ago(75));
    screen.show(whole);
    screen.press("1");
    let text = screen.text();
    assert!(text.contains("no positions in by; main is not known now"), "{text}");
}

#[test]
fn the_ways_out_say_what_is_not_known() {
    for size in [(80, 24), (120, 36)] {
        let mut screen = Screen::new(size, unreached());
        say(&mut screen, "shutdown");
        let text = screen.text();
        assert!(text.contains("nothing is known of main and by yet: no complete look"), "{text}");
        screen.press("esc q");
        let text = screen.text();
        assert!(text.contains("quit holdfast"), "{text}");
        assert!(text.contains("nothing is known of main and by yet: no complete look"), "{text}");
        screen.press("esc");
        screen.show(half());
        say(&mut screen, "shutdown");
        let text = screen.text();
        assert!(text.contains("nothing is open in by; main is not known yet"), "{text}");
    }
}

#[test]
fn before_the_first_picture_nothing_is_known() {
    let mut screen = Screen::new((80, 24), of(Vec::new()));
    screen.model = Model::new("LIVE", "pts/3", 1, (80, 24));
    for view in ["1", "2", "3", "4", "7"] {
        screen.press(view);
        let text = screen.text();
        assert!(text.contains("waiting for the engine's first picture"), "{view}:\n{text}");
        assert!(FLAT.iter().all(|flat| !text.contains(flat)), "{view}:\n{text}");
    }
    say(&mut screen, "shutdown");
    assert!(screen.text().contains("in all   nothing is known yet"), "{}", screen.text());
}

#[test]
fn a_row_of_which_the_venue_told_nothing_is_not_called_closed() {
    let long = || leg("main", "BTCUSDT", Long, ["0.500", "97,410.0", "97,882.4", "95,120.4"]);
    let mut snapshot = unreached();
    let mut silent = long();
    silent.0.there = There::Unknown;
    silent.0.guard = Aged { value: Guard::Unknown, at: NOW };
    silent.0.stops = Vec::new();
    snapshot.legs = vec![silent.0];
    let mut screen = Screen::new((120, 36), snapshot.clone());
    screen.press("4");
    let text = screen.text();
    assert!(text.contains("not known what is open"), "{text}");
    assert!(FLAT.iter().all(|flat| !text.contains(flat)), "{text}");
    // A look that told of everything but one leg is no agreement about all of it.
    snapshot.accounts = of(Vec::new()).accounts;
    screen.show(snapshot);
    screen.press("3");
    let text = screen.text();
    assert!(text.contains("ledger and venue agree as far as they are known"), "{text}");
}

#[test]
fn what_is_open_without_an_entry_price_is_open_all_the_same() {
    let long = leg("main", "BTCUSDT", Long, ["0.500", "97,410.0", "97,882.4", "95,120.4"]);
    let mut bare = long.naked(42, "places its stop").untracked();
    if let There::Open { entry, .. } = &mut bare.0.there {
        *entry = None;
    }
    let mut screen = Screen::new((120, 36), of(vec![bare]));
    screen.press("4");
    let text = screen.text();
    assert!(text.contains("no live order covers it"), "{text}");
    assert!(!text.contains("nothing is open"), "{text}");
}

#[test]
fn a_difference_the_venue_said_nothing_about_has_no_size() {
    let long = leg("main", "BTCUSDT", Long, ["0.500", "97,410.0", "97,882.4", "95,120.4"]);
    let mut silent = long.find(finding(FindingKind::Phantom, 31, 1, "waits for a look", false));
    silent.0.there = There::Unknown;
    let mut snapshot = unreached();
    snapshot.legs = vec![silent.0];
    let mut screen = Screen::new((120, 36), snapshot);
    screen.press("3");
    let text = screen.text();
    let row = text.lines().find(|line| line.contains("binance:main BTCUSDT")).unwrap();
    assert!(row.contains("0.500") && !row.contains("-0.500"), "{row}");
}

#[test]
fn positions_that_were_read_without_orders_are_no_agreement_yet() {
    let mut snapshot = of(Vec::new());
    snapshot.accounts[0].looked = None;
    let mut screen = Screen::new((80, 24), snapshot);
    assert!(screen.text().contains("no positions"), "{}", screen.text());
    screen.press("3");
    let text = screen.text();
    assert!(text.contains("ledger and venue agree in by; main is not known yet"), "{text}");
}

/// How a sentence is painted where it stands last.
fn style(screen: &Screen, sentence: &str) -> Option<String> {
    let styled = screen.styled("dark", Depth::Indexed);
    let (before, _) = styled.rsplit_once(sentence)?;
    let (_, style) = before.rsplit_once('[')?;
    Some(style.split(']').next()?.to_owned())
}

#[test]
fn what_is_not_known_looks_like_something_that_needs_you() {
    for way in ["shutdown", "q"] {
        let mut screen = Screen::new((120, 36), unreached());
        say(&mut screen, way);
        let plain = style(&screen, "every stop stays live on the venue");
        let unknown = style(&screen, "nothing is known of main and by");
        assert!(plain.is_some() && unknown.is_some() && plain != unknown, "{way}: {unknown:?}");
    }
    let health = |snapshot: Snapshot| {
        let mut screen = Screen::new((120, 36), snapshot);
        screen.press("7");
        style(&screen, "if holdfast stops now:")
    };
    assert_ne!(health(unreached()), health(of(Vec::new())));
}

#[test]
fn on_a_small_screen_an_account_that_is_not_known_needs_you() {
    let fine = leg("by", "BTCUSDT", Long, ["0.500", "97,410.0", "97,882.4", "95,120.4"]);
    let mut snapshot = half();
    snapshot.legs = vec![fine.0];
    let mut screen = Screen::new((40, 10), snapshot);
    for (view, said) in
        [("1", "nothing needs you in by; main is not"), ("4", "no stop needs you in by")]
    {
        screen.press(view);
        let text = screen.text();
        assert!(text.contains(said), "{said:?} is missing:\n{text}");
        assert!(text.split_whitespace().collect::<Vec<_>>().join(" ").contains("not known yet"));
    }
}

#[test]
fn what_is_not_known_as_it_is_painted() {
    let mut screen = Screen::new((80, 24), unreached());
    picture("unknown-positions-80x24", &screen.text());
    screen.press("7");
    picture("unknown-health-80x24", &screen.text());
    say(&mut screen, "shutdown");
    picture("unknown-shutdown-80x24", &screen.text());
}
