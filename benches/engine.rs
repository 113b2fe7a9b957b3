//! How fast the core thinks: a complete look settled, price updates taken, a snapshot made.
//!
//! `cargo bench --bench engine`. Compare ratios within one run; the machine is part of a number.

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use holdfast::domain::policy::Autonomy;

mod engine {
    pub mod market;
    pub mod world;
}

use engine::market::{self, Market};
use engine::world::World;

fn main() {
    divan::main();
}

/// A complete look at an account on which ledger and venue agree, orders included.
#[divan::bench(args = [100, 1_000, 10_000])]
fn reconcile_all_agree(bencher: Bencher<'_, '_>, positions: usize) {
    let market = Market::covered(positions);
    let mut world = World::new(&market, Autonomy::Guard);
    bencher
        .counter(ItemsCount::new(positions))
        .with_inputs(|| market.sweep())
        .bench_local_values(|sweep| world.look(sweep));
}

/// The same look without the order lists: presence and absence only.
#[divan::bench(args = [100, 1_000, 10_000])]
fn reconcile_positions_only(bencher: Bencher<'_, '_>, positions: usize) {
    let market = Market::covered(positions);
    let mut world = World::new(&market, Autonomy::Guard);
    bencher
        .counter(ItemsCount::new(positions))
        .with_inputs(|| market.sweep_of_positions())
        .bench_local_values(|sweep| world.look(sweep));
}

/// A complete look where every tenth key differs: phantoms, orphans, sizes, sides, lost stops.
#[divan::bench(args = [100, 1_000, 10_000])]
fn reconcile_a_tenth_differs(bencher: Bencher<'_, '_>, positions: usize) {
    let market = Market::drifted(positions);
    let mut world = World::new(&market, Autonomy::Observe);
    bencher
        .counter(ItemsCount::new(positions))
        .with_inputs(|| market.sweep())
        .bench_local_values(|sweep| world.look(sweep));
}

/// Frames of 600 mark prices into a core that holds 1,000 legs.
#[divan::bench]
fn prices_in_frames_of_600(bencher: Bencher<'_, '_>) {
    let market = Market::covered(1_000);
    let mut world = World::new(&market, Autonomy::Guard);
    let mut frame = 0;
    bencher
        .counter(ItemsCount::new(600_u32))
        .with_inputs(|| {
            frame += 1;
            market.marks(600, frame)
        })
        .bench_local_values(|marks| world.marks(marks));
}

/// The same frames, with a snapshot after each.
#[divan::bench]
fn prices_in_frames_of_600_with_snapshot(bencher: Bencher<'_, '_>) {
    let market = Market::covered(1_000);
    let mut world = World::new(&market, Autonomy::Guard);
    let mut frame = 0;
    bencher
        .counter(ItemsCount::new(600_u32))
        .with_inputs(|| {
            frame += 1;
            market.marks(600, frame)
        })
        .bench_local_values(|marks| {
            world.marks(marks);
            world.view()
        });
}

/// Mark prices one by one into a core that holds 1,000 legs.
#[divan::bench]
fn prices_one_by_one(bencher: Bencher<'_, '_>) {
    let market = Market::covered(1_000);
    let mut world = World::new(&market, Autonomy::Guard);
    let mut frame = 0;
    bencher
        .counter(ItemsCount::new(1_u32))
        .with_inputs(|| {
            frame += 1;
            market.mark(frame)
        })
        .bench_local_values(|marks| world.marks(marks));
}

/// The picture for the screen.
#[divan::bench(args = [50, 100, 1_000, 10_000])]
fn snapshot(bencher: Bencher<'_, '_>, legs: usize) {
    let market = Market::drifted(legs);
    let mut world = World::new(&market, Autonomy::Observe);
    bencher.counter(ItemsCount::new(legs)).bench_local(|| black_box(world.view()));
}

/// The stream tells that one of 1,000 positions went to zero: what a close costs the core
/// before its first look is out.
#[divan::bench(sample_count = 50, sample_size = 1)]
fn a_close_on_the_stream(bencher: Bencher<'_, '_>) {
    let market = Market::covered(1_000);
    bencher
        .with_inputs(|| (World::new(&market, Autonomy::Guard), market.closing(7)))
        .bench_local_values(|(mut world, told)| {
            for event in told {
                world.told(event);
            }
            world
        });
}

/// 250 positions vanish and their fills explain it: looks, histories, proofs and repairs.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn phantoms_250_of_1000_proven(bencher: Bencher<'_, '_>) {
    let market = Market::covered(1_000);
    let after = market.without(250);
    bencher
        .counter(ItemsCount::new(250_u32))
        .with_inputs(|| {
            let sweeps = [after.sweep(), after.sweep()];
            (World::new(&market, Autonomy::Guard), sweeps, market::histories(&market, 250))
        })
        .bench_local_values(|(mut world, sweeps, histories)| {
            let closed = world.prove_gone(sweeps, histories);
            assert_eq!(closed, 250, "rows closed");
            world
        });
}
