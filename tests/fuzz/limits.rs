//! What the headers of an answer say of request limits.

use holdfast::domain::time::{Span, Time};
use holdfast::exchange::binance::budget as binance;
use holdfast::exchange::bybit::budget as bybit;
use holdfast::exchange::clock::Clock;

const PATH: &str = "/v5/position/list";
pub const NOW: Time = Time(1_795_269_802_000);

/// One header a line, each a number as the venue names it. Whatever they say, requests are
/// admitted again within a minute, and what protects before what only looks.
pub fn headers(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let counts: Vec<Option<i64>> = text.lines().map(|line| line.trim().parse().ok()).collect();
    weighed(&counts);
    counted(&counts);
}

fn weighed(counts: &[Option<i64>]) {
    use binance::{Budget, Lane};
    let (budget, clock) = (Budget::default(), Clock::new(NOW));
    for used in counts {
        let limit = used.and_then(|used| u32::try_from(used).ok());
        budget.set_limit(limit.unwrap_or(2400));
        if let Ok(ticket) = budget.admit(&clock, Lane::Guard, 5) {
            budget.heard(ticket, *used);
        }
        budget.held(&clock, Lane::Proof, 20);
        budget.standing(&clock);
        if budget.admit(&clock, Lane::Sight, 5).is_ok() {
            assert!(budget.admit(&clock, Lane::Guard, 5).is_ok(), "a look before protection");
        }
    }
}

fn counted(counts: &[Option<i64>]) {
    use bybit::{Budget, Hold, Lane, Told};
    // An address is counted by its name, and other threads fuzz too.
    let budget = Budget::of(&format!("fuzzed by {:?}", std::thread::current().id()));
    let mut now = NOW;
    for pair in counts.chunks(2) {
        let count =
            |at: usize| pair.get(at).copied().flatten().and_then(|count| u32::try_from(count).ok());
        now = now + Span(10);
        match budget.admit(now, PATH, Lane::Guard, true) {
            Ok(()) => {}
            Err(Hold::Until(at, _)) => assert!(at.since(now) < Span::secs(60), "held until {at}"),
            Err(Hold::Shut(failure)) => panic!("shut without a ban: {failure}"),
        }
        budget.heard(now, PATH, Told { limit: count(0), left: count(1) });
        budget.foresee(now, PATH, 40);
        budget.used_percent(now);
        let _ = budget.admit(now, PATH, Lane::Sight, true);
    }
    let later = now + Span::secs(60);
    assert_eq!(budget.admit(later, PATH, Lane::Guard, true), Ok(()));
}
