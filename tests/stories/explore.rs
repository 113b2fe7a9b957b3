//! Opens, rollbacks, replaced stops and closes, explored to the last interleaving: two legs with a
//! stop behind each, messages that get lost, and a process that is killed.
//!
//! What is explored. The real core, the venue and the ledger of the stories. In every state, each
//! of these comes next once: a request that is on its way reaches the venue, an answer comes back,
//! the ledger says that what the core waits for is committed or is read, the stream says its next
//! word, a person's ask or a start's next fact is told. Time stands still meanwhile, and goes on to
//! the next timer when nothing is left on its way. What may go wrong is counted along each path:
//!
//! - lost: an act or a question that never arrives, an answer to an act, a word of the stream;
//!   whoever waits is told five seconds later that nobody answered;
//! - crashes: the process is killed in any state and between any two deeds of one step; its acts
//!   stay on their way and may arrive before, during and after the next start;
//! - early: a timer of the next five seconds fires although something is on its way.
//!
//! What must hold is in `laws`, in every state; and every path ends, with ledger and venue the
//! same, no intent open, every leg covered or shown as naked, and so it is after one more look.
//!
//! What is not a choice, and why nothing is lost by it. When a core hears that a note is committed
//! (`is_awaited`): it takes the note off a list that nothing in these scenes reads. Where a
//! question gets lost: it changes nothing on its way there. A crash before the first and after the
//! last deed of a step: it is the one in the state before or after. States are the same that differ
//! only in what is shown, or in numbers whose order alone counts (`digest`). In a known state from
//! which as much can still go wrong, nothing new can be found.
//!
//! What is left out. Messages of one connection overtaking each other: the stream, the ledger and
//! a start keep their order, a timer that is due comes first. A transaction that is committed later
//! than what the core wants next: acts wait for it. Answers later than a timer beyond the `early`
//! ones, a second crash, more than three losses, a crash and losses together where a test does not
//! say so, a ledger or venue that fails, anything that goes wrong once all has settled: worlds draw
//! those. Anything that goes wrong while both stops are replaced at once on Binance: with nothing
//! wrong these are a hundred thousand states already.

mod cores;
mod digest;
mod laws;
mod parts;
mod scene;
mod search;
mod state;
mod turns;

use holdfast::domain::key::Venue;
use holdfast::domain::teeth::Tooth;

use super::scenes::{Scene, Stage};
use scene::{CLOSE, OPEN, PART, REPLACE, REPLACE_BOTH, ROLLBACK, explore};
use search::Seen;
use state::Left;

/// Two instruments in one mode, two legs of one instrument in the other.
const BINANCE: Stage = Stage { venue: Venue::BinanceUsdm, hedge: false, short: false };
const BYBIT: Stage = Stage { venue: Venue::BybitLinear, hedge: true, short: true };

/// What may go wrong: so many messages and no crash, one crash and so many messages, and a timer.
const fn lost(lost: u8) -> Left {
    Left { crashes: 0, lost, early: 0 }
}

const fn crash_and(lost: u8) -> Left {
    Left { crashes: 1, lost, early: 0 }
}

const EARLY: Left = Left { crashes: 0, lost: 0, early: 1 };

/// Explores a scene; it is as large as it was thought to be, or something went missing.
/// `EXPLORE_LOST=3` loses so many wherever a process is killed, tells how much there was, and
/// takes its time and memory: `docs/exploration.md` says how much.
#[expect(clippy::print_stderr, reason = "who explores further is told how far")]
fn whole(stage: Stage, scene: &Scene, mut left: Left, states: usize, ends: usize) {
    let wider = std::env::var("EXPLORE_LOST").ok().and_then(|lost| lost.parse().ok());
    if let Some(lost) = wider.filter(|_| left.crashes > 0) {
        left.lost = left.lost.max(lost);
    }
    let seen = explore(stage, scene, left, None)
        .unwrap_or_else(|why| panic!("{} on {:?} with {left:?}: {why}", scene.name, stage.venue));
    if wider.is_some() {
        eprintln!("{} on {:?} with {left:?}: {seen:?}", scene.name, stage.venue);
    }
    let Seen { states: visited, paths, ends: ended, .. } = seen;
    assert!(visited >= states && paths >= ended, "only {seen:?} of {}", scene.name);
    assert!(ended >= ends, "only {seen:?} of {}", scene.name);
}

#[test]
fn every_open_is_covered_or_never_was() {
    whole(BINANCE, &OPEN, lost(3), 8_000, 200);
    whole(BINANCE, &OPEN, EARLY, 1_400, 30);
    whole(BYBIT, &OPEN, lost(3), 2_000, 80);
    whole(BYBIT, &OPEN, EARLY, 1_600, 50);
}

#[test]
fn every_open_that_is_killed_is_finished_or_taken_back() {
    whole(BINANCE, &OPEN, crash_and(0), 25_000, 60);
    whole(BYBIT, &OPEN, crash_and(0), 7_000, 50);
}

#[test]
fn every_rollback_ends_flat() {
    whole(BINANCE, &ROLLBACK, lost(2), 3_000, 40);
    whole(BINANCE, &ROLLBACK, EARLY, 1_800, 25);
    whole(BYBIT, &ROLLBACK, lost(2), 3_000, 40);
    whole(BYBIT, &ROLLBACK, EARLY, 2_000, 30);
}

#[test]
fn every_rollback_that_is_killed_ends_flat() {
    whole(BINANCE, &ROLLBACK, crash_and(0), 60_000, 200);
    whole(BYBIT, &ROLLBACK, crash_and(0), 22_000, 90);
}

#[test]
fn every_replaced_stop_covers_at_every_moment() {
    // The older stop goes after a look: a cancel and that look are never on their way together.
    whole(BINANCE, &REPLACE, lost(3), 7_000, 450);
    whole(BINANCE, &REPLACE, EARLY, 200, 12);
    whole(BINANCE, &REPLACE, crash_and(1), 10_000, 120);
    for scene in [REPLACE, REPLACE_BOTH] {
        whole(BYBIT, &scene, lost(3), 900, 60);
        whole(BYBIT, &scene, EARLY, 20, 2);
    }
    whole(BINANCE, &REPLACE_BOTH, lost(0), 100_000, 16);
    whole(BYBIT, &REPLACE_BOTH, crash_and(3), 45_000, 1_500);
}

#[test]
fn every_close_closes_once_and_no_more_than_was_asked_for() {
    for (stage, scene) in [(BINANCE, CLOSE), (BYBIT, CLOSE), (BINANCE, PART), (BYBIT, PART)] {
        whole(stage, &scene, lost(3), 850, 40);
        whole(stage, &scene, EARLY, 90, 4);
        whole(stage, &scene, crash_and(1), 6_500, 120);
    }
}

/// What is known to be noticed: otherwise nobody knows that the laws can bite.
const TEETH: [(Tooth, Stage, Scene, Left, &str); 8] = [
    (Tooth::CancelFirst, BINANCE, REPLACE, lost(0), "uncovered main AAAUSDT"),
    (Tooth::EntryUnannounced, BINANCE, OPEN, lost(0), "without an open intent"),
    (Tooth::EntryTwice, BYBIT, OPEN, lost(1), "it is entered 2 times"),
    (Tooth::StopUnannounced, BINANCE, REPLACE, lost(0), "without an open intent"),
    (Tooth::FlipRollback, BINANCE, ROLLBACK, lost(0), "does not only reduce"),
    (Tooth::ResendUnsure, BYBIT, PART, lost(1), "it does not settle"),
    (Tooth::ForgetUnfinished, BINANCE, OPEN, crash_and(0), "it does not settle"),
    (Tooth::NeverSettled, BYBIT, CLOSE, crash_and(0), "it does not settle"),
];

#[test]
fn safeguards_that_are_missing_are_noticed() {
    let mut wrong = Vec::new();
    for (tooth, stage, scene, left, why) in TEETH {
        let name = tooth.name();
        match explore(stage, &scene, left, Some(tooth)) {
            Ok(seen) => wrong.push(format!("nobody noticed {name}: {seen:?}")),
            // The way there is told, from the ask on.
            Err(told) if told.contains(why) && told.contains("0.000s told: Told(Asked") => {}
            Err(told) => wrong.push(format!("{name} is noticed for another reason: {told}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
