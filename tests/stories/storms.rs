//! What odd states cost: questions and acts in a minute, long after they began. A state that lasts
//! for days must not spend the requests that protection needs.

use holdfast::domain::effect::Act;
use holdfast::domain::key::Venue;
use holdfast::domain::sweep::Scope;
use holdfast::domain::time::Span;

use super::any_order::{run, say};
use super::verbs::Teller;

/// What a minute of a state may cost: looks, looks with the order lists, and everything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Cost {
    looks: usize,
    wide: usize,
    rest: usize,
}

const OPEN: [&str; 5] = [
    "policy autonomy auto grace 5s",
    "both AAAUSDT long 100 @ 10 stop 9.5",
    "both BBBUSDT long 100 @ 10 stop 9.5",
    "stop a AAAUSDT 9.5",
    "stop b BBBUSDT 9.5",
];

/// Begins with the lines of `state`, says those of `again` every `every`, and counts the dearest
/// minute of the second half of the time.
fn dearest(venue: Venue, state: &[&str], again: &[&str], every: Span) -> Result<Cost, String> {
    let mut teller = Teller::on(venue);
    for line in OPEN.iter().chain(state) {
        say(&mut teller, line)?;
    }
    if !state.iter().any(|line| line.starts_with("start")) {
        say(&mut teller, "start")?;
    }
    let mut dearest = Cost { looks: 0, wide: 0, rest: 0 };
    let minutes = if again.is_empty() { 10 } else { 2 };
    for minute in 0..minutes {
        let (from, end) = (teller.world.sent.len(), teller.world.now + Span::secs(60));
        while teller.world.now < end {
            run(&mut teller, if again.is_empty() { Span::secs(60) } else { every })?;
            for line in again {
                // Nothing to act upon in this moment: the next round has it.
                let _ = say(&mut teller, line);
            }
        }
        let sent = || teller.world.sent[from..].iter().map(|sent| &sent.act);
        let of = |wide: bool| {
            let look = |act: &&Act| match act {
                Act::Look { scope, .. } => (*scope > Scope::Positions) == wide,
                _ => false,
            };
            sent().filter(look).count()
        };
        if minute * 2 >= minutes {
            let cost = Cost { looks: of(false), wide: of(true), rest: 0 };
            let rest = sent().count() - cost.looks - cost.wide;
            dearest = Cost {
                looks: dearest.looks.max(cost.looks),
                wide: dearest.wide.max(cost.wide),
                rest: dearest.rest.max(rest),
            };
        }
    }
    Ok(dearest)
}

fn costs_at_most(name: &str, most: (usize, usize, usize), state: &[&str], again: &[&str]) {
    // A stop without a position is not known to a venue that keeps them on positions.
    let stray = state.iter().any(|line| line.starts_with("stop c"));
    let venues = [Venue::BinanceUsdm, Venue::BybitLinear];
    for venue in venues.into_iter().take(if stray { 1 } else { 2 }) {
        let cost = dearest(venue, state, again, Span(250)).unwrap_or_else(|why| panic!("{why}"));
        let (looks, wide, rest) = most;
        let fits = cost.looks <= looks && cost.wide <= wide && cost.rest <= rest;
        assert!(fits, "{name} on {venue:?}: {cost:?} in a minute, at most {most:?}");
    }
}

#[test]
fn differences_that_nobody_explains_ask_seldom() {
    let side = ["ledger CCCUSDT long 100 @ 10", "venue CCCUSDT short 100 @ 10"];
    costs_at_most("a side nobody explains", (6, 4, 4), &side, &[]);
    let size = ["ledger CCCUSDT long 100 @ 10", "venue CCCUSDT long 80 @ 10"];
    costs_at_most("a size nobody explains", (6, 4, 4), &size, &[]);
    let held = [
        "both CCCUSDT long 100 @ 10",
        "both DDDUSDT long 100 @ 10",
        "both EEEUSDT long 100 @ 10",
        "both FFFUSDT long 100 @ 10",
        "start",
        "looks hide CCCUSDT",
        "looks hide DDDUSDT",
        "looks hide EEEUSDT",
        "looks hide FFFUSDT",
    ];
    costs_at_most("a hold", (30, 4, 12), &held, &[]);
    let old = ["ledger CCCUSDT long 100 @ 10 opened 4000h"];
    costs_at_most("evidence that has aged", (30, 4, 4), &old, &[]);
}

#[test]
fn answers_that_fail_for_ever_are_asked_for_seldom() {
    let history = ["ledger CCCUSDT long 100 @ 10", "history fails"];
    costs_at_most("a history that fails", (30, 4, 4), &history, &[]);
    costs_at_most("looks that fail", (30, 6, 4), &["start", "looks fail"], &[]);
    costs_at_most("order lists that fail", (6, 6, 4), &["start", "orders fail"], &[]);
    let finds = ["start", "orders hide a", "finds fail"];
    costs_at_most("a stop nobody tells of", (6, 4, 4), &finds, &[]);
    let refused = ["start", "cancels a", "next stop refused -2015 x1000"];
    costs_at_most("a stop that is refused", (6, 4, 4), &refused, &[]);
    let stray = ["stop c CCCUSDT sell 9 100", "next cancel refused -2015 x1000"];
    costs_at_most("a stray that stays", (6, 4, 8), &stray, &[]);
}

#[test]
fn a_mode_that_was_switched_and_a_repair_that_was_undone_ask_seldom() {
    let mode = ["venue hedged main", "start", "mode main one-way"];
    costs_at_most("a mode that was switched", (30, 6, 4), &mode, &[]);
    let gone = ["start", "trade AAAUSDT sell 100 @ 11"];
    costs_at_most("a repair that is undone again and again", (60, 6, 8), &gone, &["ask undo last"]);
}

#[test]
fn others_who_trade_without_a_pause_do_not_spend_our_requests() {
    let trades = ["trade CCCUSDT buy 1 @ 10", "trade CCCUSDT sell 1 @ 10"];
    costs_at_most("a bot that goes in and out", (60, 4, 60), &[], &trades);
    let orders = ["places CCCUSDT buy 1 @ 9", "places CCCUSDT buy 1 @ 9 gone"];
    costs_at_most("a bot that quotes", (40, 4, 4), &[], &orders);
    let grows = ["trade AAAUSDT buy 1 @ 10", "trade AAAUSDT sell 1 @ 10"];
    costs_at_most("a bot that trades what we hold", (60, 14, 500), &[], &grows);
}
