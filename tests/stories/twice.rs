//! The same facts, read by another process or at another time: the same repairs, and no new ones.

use proptest::prelude::*;

use holdfast::domain::journal::RepairId;
use holdfast::domain::key::Venue;
use holdfast::domain::time::Span;

use super::any_order::{broken, outcome, run, runner, say};
use super::verbs::Teller;

/// What ledger and venue hold: something of each kind that is repaired.
const FACTS: [&str; 8] = [
    "policy autonomy auto grace 5s",
    "venue ORBSUSDT short 200 @ 0.0150",
    "ledger DOGEUSDT long 40000 @ 0.38",
    "fill DOGEUSDT sell 40000 @ 0.39 ago 1m",
    "ledger BTCUSDT long 0.5 @ 60000 stop 58800",
    "venue BTCUSDT long 0.3 @ 60000",
    "fill BTCUSDT sell 0.2 @ 61000 ago 2m",
    "ledger NONEUSDT long 1 @ 10",
];

/// A process that starts after a while and meets some faults, until all is repaired.
fn repaired(venue: Venue, after: u64, faults: &[u8]) -> Result<Teller, String> {
    let mut teller = Teller::on(venue);
    for fact in FACTS {
        say(&mut teller, fact)?;
    }
    run(&mut teller, Span(after))?;
    for fault in faults {
        let line = match fault {
            0 => "looks fail 1",
            1 => "history fails 2",
            2 => "orders fail 1",
            3 => "ledger conflicts 1",
            _ => "next stop unsure-done",
        };
        say(&mut teller, line)?;
    }
    say(&mut teller, "start deaf")?;
    run(&mut teller, Span::secs(240))?;
    Ok(teller)
}

fn repairs(teller: &Teller) -> Vec<RepairId> {
    let mut ids: Vec<_> = teller.world.ledger.repairs.iter().map(|r| r.id.clone()).collect();
    ids.sort();
    ids
}

#[test]
fn the_same_facts_are_repaired_once_and_under_the_same_ids() {
    let faults = prop::collection::vec(0..5_u8, 0..6);
    let all = (any::<bool>(), 0..30_000_u64, faults, 1..20_000_u64);
    let told = |(bybit, after, faults, again): (bool, u64, Vec<u8>, u64)| {
        let venue = if bybit { Venue::BybitLinear } else { Venue::BinanceUsdm };
        let at_once = repaired(venue, 0, &[]).map_err(broken)?;
        let mut later = repaired(venue, after, &faults).map_err(broken)?;
        prop_assert_eq!(repairs(&at_once).len(), 4, "{}", outcome(&at_once));
        prop_assert_eq!(repairs(&at_once), repairs(&later), "{}", outcome(&later));
        // A second process reads the same facts: it writes nothing new.
        let before = (outcome(&later), later.world.ledger.fills.len());
        run(&mut later, Span(again)).map_err(broken)?;
        say(&mut later, "restart deaf").map_err(broken)?;
        run(&mut later, Span::secs(90)).map_err(broken)?;
        prop_assert_eq!(repairs(&at_once), repairs(&later));
        prop_assert_eq!(before, (outcome(&later), later.world.ledger.fills.len()));
        Ok(())
    };
    runner(24).run(&all, told).unwrap_or_else(|why| panic!("{why}"));
}

#[test]
fn a_picture_changes_nothing_of_what_is_decided_next() {
    let told = repaired(Venue::BinanceUsdm, 0, &[]).expect("a story");
    let mut core = told.world.core.expect("a core");
    let before = serde_json::to_string(&core).expect("a checkpoint");
    let later = told.world.now + Span::secs(3_600);
    assert_eq!(core.view(later).at, later);
    assert_eq!(serde_json::to_string(&core).expect("a checkpoint"), before);
}
