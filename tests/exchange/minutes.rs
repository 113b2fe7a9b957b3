//! The turn of a minute: where the venue counts what we send around it.

use holdfast::domain::time::{Time, VenueTime};
use holdfast::exchange::binance::budget::{Budget, Lane, next_minute};
use holdfast::exchange::clock::{Clock, Sample};

use crate::values::MOMENT;

/// The moment of the tests is 20 s after the beginning of a minute; that minute is `millis` old
/// now, by the venue's clock as it was measured last.
pub fn venue_is_at(clock: &Clock, millis: i64) {
    let said = VenueTime(millis - 20_000);
    clock.learn(&[Sample { sent: Time(0), received: Time(0), said }]);
}

/// A minute of which looks have used so much of a hundred.
pub fn used_of_a_hundred(weight: u32) -> (Budget, Clock) {
    let (budget, clock) = (Budget::default(), Clock::new(MOMENT));
    budget.set_limit(100);
    budget.admit(&clock, Lane::Sight, weight).unwrap();
    (budget, clock)
}

/// Our notion of the venue's clock may be ahead of it, and the venue count what we send at the
/// beginning of a minute in the one before.
#[test]
fn a_count_of_the_minute_before_stops_nothing_in_this_one() {
    let (budget, clock) = (Budget::default(), Clock::new(MOMENT));
    let used = |count| {
        let ticket = budget.admit(&clock, Lane::Guard, 12).unwrap();
        budget.heard(ticket, Some(count));
        budget.standing(&clock).0
    };
    assert_eq!(used(2136), 89);
    venue_is_at(&clock, 60_500);
    assert_eq!(used(2160), 0, "it counts what is over");
    assert_eq!(used(240), 10, "others ask, too");
    venue_is_at(&clock, 62_000);
    assert_eq!(used(2160), 90);
}

/// What is sent while the venue may still count in the minute before has to fit into that one,
/// too: a refusal would hold back looks and closes for all of the new minute.
#[test]
fn the_first_moments_of_a_minute_are_held_against_the_one_before() {
    let (budget, clock) = used_of_a_hundred(80);
    venue_is_at(&clock, 60_200);
    assert!(budget.admit(&clock, Lane::Sight, 1).is_err());
    assert!(budget.admit(&clock, Lane::Proof, 10).is_ok());
    assert!(budget.admit(&clock, Lane::History, 1).is_err());
    assert!(budget.admit(&clock, Lane::Guard, 10).is_ok());
    assert!(budget.admit(&clock, Lane::Guard, 1).is_err());
    assert!(budget.admit(&clock, Lane::Order, 0).is_ok(), "an order weighs nothing");
    let wait = |lane| budget.held(&clock, lane, 1).map(|until| until.since(clock.now()).millis());
    assert!(wait(Lane::History).is_some_and(|wait| (1200..=1300).contains(&wait)));
    assert_eq!(wait(Lane::History), wait(Lane::Sight));
    venue_is_at(&clock, 61_500);
    assert!(budget.admit(&clock, Lane::History, 10).is_ok());
    assert_eq!(budget.standing(&clock), (30, None), "what was sent meanwhile counts here");
}

/// What others spent of the minute before is known from the venue's count, while it still counts.
#[test]
fn what_others_used_of_the_minute_before_is_held_against_its_last_moments() {
    let (budget, clock) = (Budget::default(), Clock::new(MOMENT));
    budget.admit(&clock, Lane::Sight, 1000).unwrap();
    venue_is_at(&clock, 60_100);
    let ticket = budget.admit(&clock, Lane::Proof, 5).unwrap();
    budget.heard(ticket, Some(2150));
    assert!(budget.admit(&clock, Lane::Proof, 11).is_err());
    assert!(budget.admit(&clock, Lane::Proof, 10).is_ok());
    assert_eq!(budget.standing(&clock), (0, None));
    // An answer that was overtaken tells less, and so does one of a venue that a request of ours
    // never reached: of the minute before all the same.
    for count in [2140, 980] {
        budget.heard(ticket, Some(count));
        assert_eq!(budget.standing(&clock), (0, None));
    }
}

/// A clock that was measured anew may say that the minute that seemed to be over is not.
#[test]
fn a_minute_that_comes_back_has_not_been_used_less() {
    let (budget, clock) = used_of_a_hundred(70);
    venue_is_at(&clock, 60_100);
    budget.admit(&clock, Lane::Sight, 5).unwrap();
    venue_is_at(&clock, 59_500);
    assert_eq!(budget.standing(&clock), (75, None));
    venue_is_at(&clock, 60_100);
    assert!(budget.admit(&clock, Lane::Sight, 6).is_err());
}

/// A refusal in the first moments of a minute speaks of the one before, in all likelihood.
#[test]
fn a_limit_that_is_hit_at_the_turn_of_a_minute_costs_moments_and_no_minute() {
    let (budget, clock) = (Budget::default(), Clock::new(MOMENT));
    let over = |at| {
        venue_is_at(&clock, at);
        let ticket = budget.admit(&clock, Lane::Order, 0).unwrap();
        ticket.over(&clock)
    };
    assert_eq!(over(30_000), next_minute(&clock));
    let wait = over(60_100).since(clock.now());
    assert!((1300..=1400).contains(&wait.millis()), "{wait}");
    assert_eq!(over(61_600), next_minute(&clock));
    // The answer came when that was over already: not at once, all the same.
    venue_is_at(&clock, 61_400);
    let ticket = budget.admit(&clock, Lane::Order, 0).unwrap();
    venue_is_at(&clock, 61_900);
    let wait = ticket.over(&clock).since(clock.now());
    assert!((200..=250).contains(&wait.millis()), "{wait}");
}
