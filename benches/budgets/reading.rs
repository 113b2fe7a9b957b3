//! From bytes to domain values.

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use holdfast::domain::sweep::Part;
use holdfast::exchange::binance::{decode, decode_market};

use crate::market::Market;
use crate::wire;

/// The answer of `positionRisk` read.
#[divan::bench(args = [100, 1_000, 10_000])]
fn decode_positions(bencher: Bencher<'_, '_>, rows: usize) {
    let body = wire::positions(&Market::covered(rows).sweep());
    assert!(matches!(decode::positions(&body), Part::Whole(all) if all.len() == rows));
    bencher
        .counter(ItemsCount::new(rows))
        .bench_local(|| black_box(decode::positions(black_box(&body))));
}

/// A frame of 600 mark prices read.
#[divan::bench]
fn decode_600_prices(bencher: Bencher<'_, '_>) {
    let market = Market::covered(1_000);
    let (symbols, frame) = (market.known(), wire::marks(&market.marks(600, 1)));
    assert_eq!(decode_market::marks(&frame, &symbols).map(|all| all.len()), Ok(600));
    bencher
        .counter(ItemsCount::new(600_u32))
        .bench_local(|| black_box(decode_market::marks(black_box(&frame), &symbols)));
}
