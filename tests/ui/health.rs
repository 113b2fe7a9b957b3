//! Halts, the end of the engine, and view 7: what is watched and what would stay.

use holdfast::domain::command::Command;
use holdfast::domain::journal::Halt;
use holdfast::domain::key::AccountName;
use holdfast::domain::lease::LeaseState;
use holdfast::domain::snapshot::Snapshot;
use holdfast::domain::time::Span;
use holdfast::ui::update::Act;

use crate::fixture::{NOW, ago, moment, of};
use crate::pictures::picture;
use crate::screen::Screen;
use crate::upper::{SIZES, five, is_quiet, say};

fn halted() -> Snapshot {
    let mut snapshot = five();
    snapshot.accounts[0].halt = Some(Halt {
        account: AccountName::from("main"),
        since: ago(600),
        who: "pts/3".into(),
        reason: "venue in trouble".into(),
    });
    snapshot
}

#[test]
fn a_halt_is_one_command_and_a_resume_asks() {
    let mut screen = Screen::new((80, 24), five());
    say(&mut screen, "halt main funding is odd");
    say(&mut screen, "halt");
    say(&mut screen, "resume");
    assert!(screen.flash().contains("no account is halted"), "{}", screen.flash());
    let wanted = [
        Command::Halt { account: Some("main".into()), reason: "funding is odd".into() },
        Command::Halt { account: None, reason: String::new() },
    ];
    assert_eq!(screen.commands(), wanted.iter().collect::<Vec<_>>());
    let mut screen = Screen::new((80, 24), halted());
    let text = screen.text();
    assert!(text.lines().next().unwrap().contains("HALT main"), "{text}");
    say(&mut screen, "resume main");
    assert!(screen.text().contains("venue in trouble"), "{}", screen.text());
    picture("dialog-resume-80x24", &screen.text());
    screen.press("enter");
    assert!(screen.asks().is_empty());
    say(&mut screen, "resume main");
    screen.press("y");
    assert_eq!(screen.commands(), [&Command::Resume { account: Some("main".into()) }]);
}

#[test]
fn a_shutdown_lists_what_stays_and_takes_the_count() {
    let mut screen = Screen::new((80, 24), five());
    say(&mut screen, "shutdown");
    let text = screen.text();
    for part in [
        "!! binance:main BTCUSDT   NAKED: NO stop",
        "!  bybit:by     SOLUSDT   stop 224.100 for 80% -939.84",
        "binance:main ETHUSDT   stop 3,371.00 -136.80",
        "type 5 then Enter: [_]",
    ] {
        assert!(text.contains(part), "{part:?} is missing:\n{text}");
    }
    screen.press("y enter");
    assert!(is_quiet(&screen), "{:?}", screen.acts);
    screen.press("esc");
    say(&mut screen, "shutdown");
    screen.press("5");
    screen.enter();
    assert!(screen.acts.contains(&Act::Quit));
    let mut screen = Screen::new((80, 24), of(Vec::new()));
    say(&mut screen, "shutdown");
    screen.press("enter");
    assert!(screen.acts.is_empty());
    say(&mut screen, "shutdown");
    screen.press("y");
    assert_eq!(screen.acts, [Act::Quit], "where nothing is open a y is enough");
}

/// Everything that health has to say at once.
fn ill() -> Snapshot {
    let mut snapshot = moment();
    snapshot.accounts[0].halt = halted().accounts[0].halt.clone();
    snapshot.accounts[1].failed_cleanups = 2;
    snapshot.accounts[0].naked.spans = 2;
    snapshot.accounts[0].naked.total = Span::secs(93);
    snapshot.accounts[0].naked.worst = Span::secs(51);
    snapshot.accounts[0].naked.since = Some(ago(42));
    let until = NOW + Span::secs(20);
    snapshot.accounts[2].lease = Some(LeaseState::Standby { holder: "amber 4711".into(), until });
    snapshot.step_us_max = 812;
    snapshot
}

#[test]
fn health_shows_accounts_engine_and_what_stays() {
    for size in SIZES {
        let mut screen = Screen::new(size, ill());
        screen.press("7");
        picture(&format!("health-{}x{}", size.0, size.1), &screen.text());
    }
    for size in [(60, 15), (40, 10)] {
        let mut screen = Screen::new(size, ill());
        screen.press("7");
        picture(&format!("tiny-health-{}x{}", size.0, size.1), &screen.text());
    }
    let mut screen = Screen::new((200, 60), ill());
    let text = screen.text();
    for part in ["FAILED CLEANUP  bybit:by  2", "STANDBY alt (amber 4711)", "HALT main"] {
        assert!(text.contains(part), "{part:?} is missing:\n{text}");
    }
    let mut lost = five();
    lost.accounts.iter_mut().for_each(|account| {
        account.lease = Some(LeaseState::Lost { why: "fenced".into() });
    });
    screen.show(lost);
    assert!(screen.text().contains("LEASE LOST  binance:main  nothing is sent: fenced"));
}

#[test]
fn the_rows_of_health_are_legs_that_acts_are_about() {
    let mut screen = Screen::new((120, 36), five());
    screen.press("7");
    assert_eq!(screen.model.cursor_key().unwrap().symbol.as_str(), "BTCUSDT");
    screen.press("j x y");
    let [Command::Close { pin, .. }] = screen.commands()[..] else { panic!("no close") };
    assert_eq!(pin.key.symbol.as_str(), "SOLUSDT", "covered in part comes second");
}
