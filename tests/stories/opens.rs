//! Opens: the exact waits of verification, and what a crash at any effect leaves behind.

use holdfast::domain::effect::Act;
use holdfast::domain::guard::Guard;
use holdfast::domain::journal::IntentState;
use holdfast::domain::key::Venue;
use holdfast::domain::snapshot::FindingKind;
use holdfast::domain::time::{Span, Time};

use super::fuse::Fuse;
use super::table::{self, Args};
use super::verbs::Teller;

/// Far more effects than any of these opens has.
const EFFECTS_AT_MOST: usize = 400;

fn say(teller: &mut Teller, line: &str) {
    let words = line.split_whitespace().map(str::to_owned).collect();
    teller.tell(Args(words)).unwrap_or_else(|why| panic!("{line}: {why}"));
}

fn run(teller: &mut Teller, span: Span) {
    let until = teller.world.now + span;
    teller.world.run_to(until).unwrap_or_else(|why| panic!("{why}"));
}

/// A world that is ready to open in, with whatever goes wrong prepared.
fn ready(venue: Venue, before: &[&str], faults: &[&str]) -> Teller {
    let mut teller = Teller::on(venue);
    before.iter().for_each(|line| say(&mut teller, line));
    say(&mut teller, "mark AVLUSDT 0.2");
    say(&mut teller, "start");
    run(&mut teller, Span::secs(5));
    say(&mut teller, "mark AVLUSDT 0.2");
    faults.iter().for_each(|line| say(&mut teller, line));
    teller
}

#[test]
fn the_venue_is_asked_after_half_a_second_one_two_and_two() {
    for venue in [Venue::BinanceUsdm, Venue::BybitLinear] {
        let faults = ["stream down", "next entry unsure-lost", "finds fail"];
        let mut teller = ready(venue, &[], &faults);
        say(&mut teller, "ask open AVLUSDT long 86 stop 5%");
        run(&mut teller, Span::secs(9));
        let sent = &teller.world.sent;
        let entered = sent.iter().filter(|sent| matches!(sent.act, Act::Enter(_)));
        let entered: Vec<Time> = entered.map(|sent| sent.at).collect();
        // Ten milliseconds there, ten back.
        let answered = *entered.first().expect("an entry") + Span(20);
        let asked = sent.iter().filter(|sent| matches!(sent.act, Act::FindOrder { .. }));
        let asked: Vec<u64> = asked.map(|sent| sent.at.since(answered).millis()).collect();
        assert_eq!(asked, [500, 1500, 3500, 5500, 7500], "{venue:?}");
        assert_eq!(entered.len(), 1);
    }
}

/// What must be true once a restarted process has had a minute.
fn settled(teller: &mut Teller, leg: &str, about: &str) {
    let key = table::key(leg).expect("a leg");
    let world = &teller.world;
    let entries = world.sent.iter().filter(|sent| matches!(sent.act, Act::Enter(_))).count();
    assert!(entries <= 1, "{about}: {entries} entries");
    let there = world.venues[&key.account].position(&key).map(|p| (p.side, p.quantity));
    let row = world.ledger.open(&key).map(|row| (row.side, row.quantity));
    assert_eq!(row, there, "{about}: the ledger is not what the venue holds");
    let left = world.ledger.intents.values();
    let left = left.filter(|(_, s)| matches!(s, IntentState::Pending | IntentState::Unknown));
    assert_eq!(left.count(), 0, "{about}: an intent has no end");
    let view = world.view().expect("it runs");
    let shown = view.legs.iter().find(|shown| shown.key == key);
    if there.is_some() {
        let shown = shown.unwrap_or_else(|| panic!("{about}: it is not shown"));
        let loud = [FindingKind::Naked, FindingKind::Partly, FindingKind::Unrolled];
        let told = shown.findings.iter().any(|finding| loud.contains(&finding.kind));
        let covered = matches!(shown.guard.value, Guard::Covered(_));
        assert!(covered || told, "{about}: open, uncovered and silent");
    }
    let stops = &world.venues[&key.account].stops;
    let ours = stops.iter().filter(|stop| stop.symbol == key.symbol && stop.leg == key.leg);
    let wanted = usize::from(there.is_some());
    assert!(ours.count() <= wanted, "{about}: stops are left");
}

/// Kills an open after each of its effects in turn. Gives how many there were.
fn crash_matrix(venue: Venue, side: &str, leg: &str, before: &[&str], faults: &[&str]) -> usize {
    for killed in 0..EFFECTS_AT_MOST {
        let about = format!("{venue:?} {side} {faults:?} killed at {killed}");
        let mut teller = ready(venue, before, faults);
        teller.world.fuse = Some(Fuse::kill(killed));
        say(&mut teller, &format!("ask open AVLUSDT {side} 86 stop 5%"));
        run(&mut teller, Span::secs(50));
        let survived = teller.world.runs();
        teller.world.fuse = None;
        if !survived {
            say(&mut teller, "start");
            say(&mut teller, "mark AVLUSDT 0.2");
        }
        run(&mut teller, Span::secs(60));
        settled(&mut teller, leg, &about);
        teller.world.ended().unwrap_or_else(|why| panic!("{about}: {why}"));
        if survived {
            return killed;
        }
    }
    panic!("an open has no end");
}

const VENUES: [Venue; 2] = [Venue::BinanceUsdm, Venue::BybitLinear];

#[test]
fn an_open_killed_at_any_effect_is_finished_or_never_was() {
    for venue in VENUES {
        for side in ["long", "short"] {
            assert!(crash_matrix(venue, side, "AVLUSDT", &[], &[]) > 8);
        }
    }
}

#[test]
fn an_open_in_hedge_mode_killed_at_any_effect_stays_on_its_leg() {
    for venue in VENUES {
        let hedge = ["mode main hedge"];
        assert!(crash_matrix(venue, "short", "AVLUSDT/short", &hedge, &[]) > 8);
    }
}

#[test]
fn an_unsure_open_killed_at_any_effect_is_never_sent_again() {
    for venue in VENUES {
        for how in ["next entry unsure-done", "next entry unsure-lost"] {
            assert!(crash_matrix(venue, "long", "AVLUSDT", &[], &[how]) > 8);
        }
        let part = ["entry fills 60", "next entry unsure-done", "finds fail 3"];
        assert!(crash_matrix(venue, "long", "AVLUSDT", &[], &part) > 8);
    }
}

#[test]
fn a_rollback_killed_at_any_effect_leaves_nothing_uncovered_and_silent() {
    for venue in VENUES {
        let plain = ["next stop refused -1111 x9"];
        assert!(crash_matrix(venue, "long", "AVLUSDT", &[], &plain) > 15);
        let unsure = ["next stop refused -1111 x9", "next close unsure-done"];
        assert!(crash_matrix(venue, "short", "AVLUSDT", &[], &unsure) > 15);
    }
}
