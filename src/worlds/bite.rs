//! Whether the laws of worlds bite: a safeguard is turned off, and some world has to notice.
//!
//! A world counts only if it is right as long as nothing is broken. Door: [`bite`].

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::domain::teeth::{self, Tooth};
use crate::worlds::draw::{Bounds, draw};
use crate::worlds::fleet::{crew, twice};
use crate::worlds::world::run;

/// What came of one breakage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bite {
    /// Which safeguard.
    pub tooth: Tooth,
    /// How many worlds it took, the one that noticed included.
    pub seeds: u64,
    /// The seed that noticed, and the law that was broken.
    pub caught: Option<(u64, String)>,
    /// Worlds that failed with it and fail without it too.
    pub unclear: u64,
}

/// Turns one safeguard off in one world after the other until one notices.
pub fn bite(tooth: Tooth, from: u64, seeds: u64, bounds: Bounds) -> Bite {
    let mut bite = Bite { tooth, seeds: 0, caught: None, unclear: 0 };
    for seed in from..from.saturating_add(seeds) {
        bite.seeds += 1;
        let plan = draw(seed, bounds);
        let outcome = {
            let _pulled = teeth::pull(Some(tooth));
            run(&plan, false)
        };
        let Some((_, law)) = outcome.breach else { continue };
        if twice(&plan).breach.is_none() {
            bite.caught = Some((seed, law.0));
            return bite;
        }
        bite.unclear += 1;
    }
    bite
}

/// Tries these on so many threads, each in so many worlds or as many as should notice, and tells
/// each as it ends.
pub fn bite_all(
    wanted: &[Tooth],
    (from, seeds): (u64, Option<u64>),
    bounds: Bounds,
    threads: usize,
    tell: impl Fn(&Bite) + Sync,
) -> Vec<Bite> {
    let next = AtomicUsize::new(0);
    let bites = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..crew(threads, wanted.len() as u64) {
            scope.spawn(|| {
                while let Some(tooth) = wanted.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let seeds = seeds.unwrap_or_else(|| tooth.worlds());
                    let one = bite(*tooth, from, seeds, bounds);
                    tell(&one);
                    bites.lock().unwrap_or_else(PoisonError::into_inner).push(one);
                }
            });
        }
    });
    let mut bites = bites.into_inner().unwrap_or_else(PoisonError::into_inner);
    bites.sort_by_key(|bite| bite.tooth);
    bites
}
