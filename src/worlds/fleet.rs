//! Many worlds, one after the other, on as many threads as there are cores.
//!
//! For: running each seed twice and comparing, counting what was injected, stopping at the first
//! failure of each thread. Not for: making a failure small (that is `shrink`). Door: [`sail`].

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::domain::time::Span;
use crate::worlds::draw::{Bounds, draw};
use crate::worlds::plan::Plan;
use crate::worlds::world::{Outcome, run};

/// Which worlds are run.
#[derive(Clone, Copy, Debug)]
pub struct Fleet {
    /// The first seed.
    pub from: u64,
    /// How many.
    pub seeds: u64,
    /// What they are drawn from.
    pub bounds: Bounds,
    /// On how many threads at most; there are never more than worlds.
    pub threads: usize,
    /// How many failures are enough.
    pub enough: usize,
}

/// A world that failed.
#[derive(Clone, Debug)]
pub struct Failure {
    /// Its plan.
    pub plan: Plan,
    /// When, and which law.
    pub outcome: Outcome,
}

/// What came of a fleet.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Worlds that were run, each of them twice.
    pub worlds: u64,
    /// Time that passed in them, counted once.
    pub simulated: Duration,
    /// Time that passed here, both runs of each world.
    pub took: Duration,
    /// Steps of engines, in the first runs.
    pub steps: u64,
    /// Requests that reached exchanges, in the first runs.
    pub requests: u64,
    /// Faults by kind.
    pub faults: BTreeMap<String, u64>,
    /// Worlds that failed, in order of their seeds.
    pub failures: Vec<Failure>,
}

/// Runs one world twice: once plainly, once with scrutiny. Both have to be the same.
pub fn twice(plan: &Plan) -> Outcome {
    let first = run(plan, false);
    if first.breach.is_some() {
        return first;
    }
    let mut second = run(plan, true);
    if second.breach.is_none() && second != first {
        let law = format!("the same seed led to {:016x} and {:016x}", first.digest, second.digest);
        second.breach = Some((Span(0), crate::worlds::Breach(law)));
    }
    second
}

/// How many threads there are for so much work: none is without any.
pub(super) fn crew(threads: usize, work: u64) -> usize {
    threads.min(usize::try_from(work).unwrap_or(usize::MAX)).max(1)
}

/// Runs a fleet.
pub fn sail(fleet: Fleet) -> Report {
    let began = Instant::now();
    let next = AtomicU64::new(fleet.from);
    let report = Mutex::new(Report::default());
    let end = fleet.from.saturating_add(fleet.seeds);
    std::thread::scope(|scope| {
        for _ in 0..crew(fleet.threads, fleet.seeds) {
            scope.spawn(|| {
                loop {
                    let one_on = |seed: u64| (seed < end).then(|| seed + 1);
                    let seed = next.fetch_update(Ordering::Relaxed, Ordering::Relaxed, one_on);
                    let done = |report: &Mutex<Report>| {
                        let report = report.lock().unwrap_or_else(PoisonError::into_inner);
                        report.failures.len() >= fleet.enough
                    };
                    let Ok(seed) = seed else { return };
                    if done(&report) {
                        return;
                    }
                    let plan = draw(seed, fleet.bounds);
                    let outcome = twice(&plan);
                    let mut report = report.lock().unwrap_or_else(PoisonError::into_inner);
                    report.count(plan, outcome);
                }
            });
        }
    });
    let mut report = report.into_inner().unwrap_or_else(PoisonError::into_inner);
    report.failures.sort_by_key(|failure| failure.plan.setting.seed);
    report.took = began.elapsed();
    report
}

impl Report {
    fn count(&mut self, plan: Plan, outcome: Outcome) {
        self.worlds += 1;
        self.simulated += outcome.lasted.duration();
        self.steps += outcome.steps;
        self.requests += outcome.requests;
        for kind in plan.deeds.iter().filter_map(|timed| timed.deed.fault()) {
            *self.faults.entry(kind).or_default() += 1;
        }
        if outcome.breach.is_some() {
            self.failures.push(Failure { plan, outcome });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::crew;

    #[test]
    fn no_thread_is_without_work() {
        assert_eq!([crew(64, 3), crew(2, 1000), crew(0, 5), crew(4, 0)], [3, 2, 1, 1]);
    }
}
