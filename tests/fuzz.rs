//! Whatever comes in: every door, with what it was made for, with what broke it once, and with
//! what becomes of both after a few changes. The same cases in every run.
//!
//! `PROPTEST_CASES` sets how many cases every door gets, `PROPTEST_RNG_SEED` which.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it stands")]

#[path = "fuzz/doors.rs"]
mod doors;
#[allow(dead_code, unused_imports, reason = "the pictures of the console need more of it")]
#[path = "ui/fixture.rs"]
mod fixture;
#[allow(dead_code, unused_imports, reason = "the pictures of the console need more of it")]
#[path = "ui/moment.rs"]
mod moment;

use std::fmt;

use doors::mutate::{Twist, spoil};
use doors::{DOORS, Door, enter, seeds};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{RngSeed, TestRunner};

/// What comes in, printed so that it can be read and copied.
#[derive(Clone)]
struct Bytes(Vec<u8>);

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = self.0.len().min(3000);
        write!(f, "{} bytes: b\"{}\"", self.0.len(), self.0[..end].escape_ascii())
    }
}

fn pace(door: &Door) -> ProptestConfig {
    let usual = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    let is_set = |name: &str| std::env::var_os(name).is_some();
    ProptestConfig {
        cases: if is_set("PROPTEST_CASES") { usual.cases } else { door.cases },
        rng_seed: if is_set("PROPTEST_RNG_SEED") { usual.rng_seed } else { RngSeed::Fixed(7) },
        max_shrink_iters: 4096,
        ..usual
    }
}

fn spoilt(seeds: Vec<Vec<u8>>) -> impl Strategy<Value = Bytes> {
    let twist = (any::<u8>(), any::<u32>(), any::<u32>());
    let twist = twist.prop_map(|(kind, at, with)| Twist { kind, at, with });
    (any::<Index>(), prop::collection::vec(twist, 1..5))
        .prop_map(move |(seed, twists)| Bytes(spoil(seed.get::<Vec<u8>>(&seeds), &twists)))
}

fn anything() -> impl Strategy<Value = Bytes> {
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..300).prop_map(Bytes),
        "\\PC{0,200}".prop_map(|text| Bytes(text.into_bytes())),
    ]
}

/// Seeds as they are, then spoilt, and bytes that were never meant for anybody.
fn knock(name: &str) {
    let door = DOORS.iter().find(|door| door.name == name).unwrap();
    let seeds = seeds::of(name);
    seeds.iter().for_each(|seed| enter(name, seed));
    let cases = prop_oneof![9 => spoilt(seeds).boxed(), 1 => anything().boxed()];
    let knock = |bytes: Bytes| {
        enter(name, &bytes.0);
        Ok(())
    };
    TestRunner::new(pace(door)).run(&cases, knock).unwrap_or_else(|why| panic!("{name}: {why}"));
}

macro_rules! knocks {
    ($($name:ident)+) => {
        $(
            #[test]
            fn $name() {
                knock(stringify!($name));
            }
        )+

        #[test]
        fn every_door_is_knocked_at_here_and_by_the_fuzzers() {
            let doors = DOORS.map(|door| door.name);
            assert_eq!(doors.as_slice(), [$(stringify!($name)),+]);
            let fuzz = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz");
            let manifest = std::fs::read_to_string(format!("{fuzz}/Cargo.toml")).unwrap();
            assert_eq!(manifest.matches("[[bin]]").count(), doors.len() + 1, "and the seeds");
            for door in doors {
                assert!(manifest.contains(&format!("name = \"{door}\"\n")), "{door}");
                let target = format!("{fuzz}/fuzz_targets/{door}.rs");
                let target = std::fs::read_to_string(target).unwrap();
                assert!(target.contains(&format!("enter(\"{door}\", bytes)")), "{door}");
            }
        }
    };
}

knocks! {
    binance_rest binance_stream bybit_rest bybit_stream config engine_socket errors filter keys
    lease_file ledger limits prompt recording theme
}

#[test]
fn what_is_meant_for_one_door_hurts_no_other() {
    for seed in DOORS.iter().flat_map(|door| seeds::of(door.name)) {
        DOORS.iter().for_each(|door| enter(door.name, &seed));
    }
}
