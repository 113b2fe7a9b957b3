//! From domain values, or bytes, to differences, decisions and pictures.

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use holdfast::domain::policy::Autonomy;
use holdfast::domain::sweep::{Part, Sweep};
use holdfast::domain::time::Span;
use holdfast::domain::trail::TrailPlan;
use holdfast::exchange::binance::{decode, decode_market, decode_orders};

use crate::market::{self, Market};
use crate::wire;
use crate::world::World;

/// From the bytes of `positionRisk` to differences.
#[divan::bench(args = [100, 1_000, 10_000])]
fn raw_positions_to_differences(bencher: Bencher<'_, '_>, positions: usize) {
    let market = Market::drifted(positions);
    let body = wire::positions(&market.sweep());
    let mut world = World::new(&market, Autonomy::Observe);
    bencher.counter(ItemsCount::new(positions)).bench_local(|| {
        world.look(Sweep::of(decode::positions(black_box(&body)), Span(40)));
    });
}

/// From the bytes of `positionRisk` and `openAlgoOrders` to differences, protection included.
#[divan::bench(args = [100, 1_000, 10_000])]
fn raw_positions_and_stops_to_differences(bencher: Bencher<'_, '_>, positions: usize) {
    let market = Market::drifted(positions);
    let sweep = market.sweep();
    let (body, stops) = (wire::positions(&sweep), wire::stops(&sweep));
    assert!(matches!(decode_orders::conditionals(&stops), Part::Whole(all) if !all.is_empty()));
    let mut world = World::new(&market, Autonomy::Observe);
    bencher.counter(ItemsCount::new(positions)).bench_local(|| {
        let positions = decode::positions(black_box(&body));
        let orders = decode_orders::conditionals(black_box(&stops));
        world.look(Sweep::of(positions, Span(40)).with_orders(orders));
    });
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

/// Frames of 600 mark prices, from their bytes into a core that holds 1,000 legs.
#[divan::bench]
fn raw_prices_in_frames_of_600(bencher: Bencher<'_, '_>) {
    let market = Market::covered(1_000);
    let symbols = market.known();
    let frames: Vec<_> = (0..100).map(|at| wire::marks(&market.marks(600, at))).collect();
    let (mut frames, mut world) = (frames.iter().cycle(), World::new(&market, Autonomy::Guard));
    bencher.counter(ItemsCount::new(600_u32)).bench_local(|| {
        let frame = frames.next().map_or("", String::as_str);
        world.marks(decode_market::marks(black_box(frame), &symbols).unwrap_or_default());
    });
}

/// The same frames, with a snapshot after each.
#[divan::bench]
fn raw_prices_in_frames_of_600_with_snapshot(bencher: Bencher<'_, '_>) {
    let market = Market::covered(1_000);
    let symbols = market.known();
    let frames: Vec<_> = (0..100).map(|at| wire::marks(&market.marks(600, at))).collect();
    let (mut frames, mut world) = (frames.iter().cycle(), World::new(&market, Autonomy::Guard));
    bencher.counter(ItemsCount::new(600_u32)).bench_local(|| {
        let frame = frames.next().map_or("", String::as_str);
        world.marks(decode_market::marks(black_box(frame), &symbols).unwrap_or_default());
        black_box(world.view())
    });
}

/// Mark prices one by one, from their bytes into a core that holds 1,000 legs.
#[divan::bench]
fn raw_prices_one_by_one(bencher: Bencher<'_, '_>) {
    let market = Market::covered(1_000);
    let symbols = market.known();
    let frames: Vec<_> = (0..500)
        .flat_map(|frame| market.mark(frame))
        .map(|(symbol, price)| wire::mark(&symbol, price))
        .collect();
    let (mut frames, mut world) = (frames.iter().cycle(), World::new(&market, Autonomy::Guard));
    bencher.counter(ItemsCount::new(1_u32)).bench_local(|| {
        let frame = frames.next().map_or("", String::as_str);
        world.marks(decode_market::marks(black_box(frame), &symbols).unwrap_or_default());
    });
}

/// Frames of 500 prices for 1,000 trailing stops, every price the best so far for the longs.
#[divan::bench]
fn prices_of_1000_trailing_positions(bencher: Bencher<'_, '_>) {
    let market = Market::covered(1_000);
    let mut world = World::trailing(&market, TrailPlan::usual());
    let mut frames = 0..;
    bencher
        .counter(ItemsCount::new(500_u32))
        .with_inputs(|| market.rising(frames.next().unwrap_or_default()))
        .bench_local_values(|frame| world.marks(frame));
}

/// One price that makes a move worth it: from the price to the stop that is sent.
#[divan::bench(sample_count = 100, sample_size = 1)]
fn a_price_to_the_amended_stop(bencher: Bencher<'_, '_>) {
    let market = Market::covered(1_000);
    bencher
        .with_inputs(|| (World::trailing(&market, TrailPlan::usual()), market.leap(7)))
        .bench_local_values(|(mut world, frame)| {
            world.marks(frame);
            assert!(world.wants_a_stop(), "a better stop is sent");
            world
        });
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
    let gone: Vec<usize> = (0..250).collect();
    let after = market.without(&gone);
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
