//! Worlds: the whole program under faults, held to its laws; stories of failures that were mended,
//! and proof that the laws bite.

#![allow(clippy::expect_used)]

use std::path::PathBuf;

use holdfast::domain::teeth::{CAN_BREAK, Tooth};
use holdfast::domain::time::Span;
use holdfast::worlds::bite::bite;
use holdfast::worlds::draw::{Bounds, draw};
use holdfast::worlds::fleet::twice;
use holdfast::worlds::plan::{Deed, Store, Timed};
use holdfast::worlds::shrink::{kind, shrink};
use holdfast::worlds::{Breach, Outcome, Plan, run};

/// Every failure that was mended is told again from its story, and comes right.
#[test]
fn mended_worlds_stay_right() {
    let dir = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/worlds");
    let files = std::fs::read_dir(&dir).expect("the stories").flatten().map(|file| file.path());
    let mut files: Vec<_> =
        files.filter(|path| path.extension().is_some_and(|e| e == "world")).collect();
    files.sort();
    for path in files {
        let story = std::fs::read_to_string(&path).expect("a story");
        let name = path.display();
        let plan = Plan::from_story(&story).unwrap_or_else(|why| panic!("{name}: {why}"));
        if let Some((at, Breach(law))) = twice(&plan).breach {
            panic!("{name} is broken after {at}: {law}");
        }
    }
}

/// What is written down is read back to the same world.
#[test]
fn a_story_is_the_same_world() {
    for seed in 0..200 {
        let plan = draw(seed, Bounds::default());
        let story = plan.to_story(&[format!("seed {seed}")]);
        assert_eq!(Plan::from_story(&story).as_ref(), Ok(&plan), "seed {seed}");
    }
}

/// A failure that only needs one deed is left with little more than that.
#[test]
fn a_failure_is_made_small() {
    let (plan, outcome) = broken();
    let small = shrink(&plan, &outcome, 120);
    let law = |outcome: &Outcome| outcome.breach.as_ref().map(|(_, law)| kind(&law.0));
    assert_eq!(law(&small.outcome), law(&outcome));
    assert!(small.plan.deeds.len() < plan.deeds.len(), "{:?}", small.remarks);
    assert_eq!(law(&run(&small.plan, false)), law(&outcome), "it is told again");
}

/// A world that cannot come right: nobody names its account's instrument.
fn broken() -> (Plan, Outcome) {
    let failing = (0..200).find_map(|seed| {
        let mut plan = draw(seed, Bounds { trouble: Span::secs(21), legs: 4 });
        plan.holdings.first_mut()?.symbol = "NOSUCHUSDT".into();
        (plan.deeds.len() > 4).then_some(plan)
    });
    let plan = failing.expect("a world with a holding");
    let outcome = run(&plan, false);
    assert!(outcome.breach.is_some());
    (plan, outcome)
}

/// A law that does not notice the loss of what it stands for proves nothing. A build without
/// optimisation tries what few worlds notice; `worlds --tooth all` tries everything.
#[test]
fn every_lost_safeguard_is_noticed() {
    const { assert!(CAN_BREAK, "this build cannot break anything") };
    let missed: Vec<_> = Tooth::ALL
        .iter()
        .filter(|tooth| tooth.worlds() <= 20)
        .map(|tooth| bite(*tooth, 0, tooth.worlds(), Bounds::default()))
        .filter(|bite| bite.caught.is_none())
        .collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

/// A ledger in a file is torn while it is written, the second time as it was found the first time,
/// and the world goes on with what was committed.
#[test]
fn a_world_outlives_a_torn_ledger() {
    let power = |plan: &Plan| {
        let is_power = |timed: &&Timed| matches!(timed.deed, Deed::Power { .. });
        plan.deeds.iter().filter(is_power).count()
    };
    let bounds = Bounds { trouble: Span::secs(21), legs: 4 };
    let mut plans = (0..4000).map(|seed| draw(seed, bounds));
    let torn = plans.find(|plan| plan.setting.store == Store::Sqlite && power(plan) > 1);
    let plan = torn.expect("a world whose ledger is torn twice");
    let outcome = run(&plan, false);
    assert_eq!(outcome.breach, None, "seed {}", plan.setting.seed);
}
