//! Writing the ledger, beside what the disk alone takes.
//!
//! `disk` is the floor of the same minute on the same disk: everything here that ends in a
//! commit contains one.

use std::fs::File;
use std::io::Write as _;

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use holdfast::domain::event::{Event, EventKind, Severity};
use holdfast::domain::evidence::{Absence, Account, Explanation, Exposure, Gone};
use holdfast::domain::journal::{Author, Repair, RepairId, Rule, Write};
use holdfast::domain::ledger::{DetectedBy, Row};
use holdfast::domain::policy::Autonomy;
use holdfast::domain::sweep::Sweep;
use holdfast::domain::time::Span;
use holdfast::exchange::binance::memory::Memory;
use holdfast::exchange::binance::{decode, events};
use holdfast::store::Ledger;
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};

use crate::market::{DAWN, Market, closing_fill};
use crate::wire;
use crate::world::World;

/// A ledger on the disk with the rows of a market in it.
struct Place {
    runtime: Runtime,
    ledger: Ledger,
    _dir: TempDir,
}

impl Place {
    fn new(market: &Market) -> Self {
        let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let dir = tempfile::tempdir().unwrap();
        let ledger = runtime.block_on(async {
            let ledger = Ledger::open(&dir.path().join("ledger.db")).await.unwrap();
            ledger.write(&market.adoptions()).await.unwrap();
            ledger
        });
        Self { runtime, ledger, _dir: dir }
    }

    fn rows(&self) -> Vec<Row> {
        self.runtime.block_on(self.ledger.read()).unwrap().rows
    }

    fn write(&self, writes: &[Write]) {
        self.runtime.block_on(self.ledger.write(writes)).unwrap();
    }
}

/// The proven close of a row: its fill, its new image with the journal, its event.
fn close(row: &Row) -> [Write; 3] {
    let (fill, key) = (closing_fill(row), row.key.clone());
    let exposure = Exposure {
        side: row.side,
        quantity: row.quantity,
        entry: row.entry_price,
        entry_order: None,
        quote: &"USDT".into(),
        step: None,
        entered: None,
        flipped: false,
        adds: true,
        entered_before: false,
    };
    let why = Explanation::of(&exposure, std::slice::from_ref(&fill)).unwrap();
    let absent = [Absence::Sweep(DAWN), Absence::Sweep(DAWN + Span::secs(2))];
    let gone = Gone::prove(&absent, Span::secs(2), Account::explained(why)).unwrap();
    let repair = Repair {
        id: RepairId::of(Rule::ClosePhantom, &key, row),
        rule: Rule::ClosePhantom,
        author: Author::Engine,
        key: key.clone(),
        evidence: gone.to_json(),
        at: DAWN,
    };
    let event = Event::of(DAWN, EventKind::PhantomClosed, Severity::Warning, &key)
        .saying("closed at a price")
        .with(gone.to_json())
        .on(Some(row.id));
    [
        Write::Fill { key, fill: Box::new(fill) },
        Write::Close {
            row: Box::new(row.close(&gone, DetectedBy::Sync, DAWN)),
            expect: row.revision,
            repair: Box::new(repair),
        },
        Write::Event(Box::new(event)),
    ]
}

/// One page appended and on the disk: nothing durable is faster than this.
#[divan::bench(sample_count = 300, sample_size = 1)]
fn disk(bencher: Bencher<'_, '_>) {
    let dir = tempfile::tempdir().unwrap();
    let mut file = File::create(dir.path().join("probe")).unwrap();
    let page = [7_u8; 4096];
    bencher.bench_local(|| {
        file.write_all(black_box(&page)).unwrap();
        file.sync_data().unwrap();
    });
}

/// One event, committed.
#[divan::bench(sample_count = 300, sample_size = 1)]
fn an_event(bencher: Bencher<'_, '_>) {
    let place = Place::new(&Market::covered(1));
    let row = place.rows().remove(0);
    let [_, _, event] = close(&row);
    bencher.bench_local(|| place.write(black_box(std::slice::from_ref(&event))));
}

/// One row after another closed, each in its transaction, by a ledger that has done so before.
#[divan::bench(sample_count = 300, sample_size = 1)]
fn the_next_row_closed(bencher: Bencher<'_, '_>) {
    let place = Place::new(&Market::covered(1_000));
    let mut writes = place.rows().into_iter().map(|row| close(&row));
    bencher
        .with_inputs(|| writes.next().unwrap())
        .bench_local_values(|writes| place.write(&writes));
}

/// The next 250 rows closed together, by a ledger that has done so before.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn the_next_250_closed(bencher: Bencher<'_, '_>) {
    let place = Place::new(&Market::covered(1_000));
    let mut rows = place.rows().into_iter();
    let mut next = || (0..250).filter_map(|_| rows.next()).flat_map(|row| close(&row)).collect();
    let first: Vec<Write> = next();
    place.write(&first);
    bencher.with_inputs(next).bench_local_values(|writes: Vec<Write>| place.write(&writes));
}

/// Rows proven gone and closed in one transaction, with fills, journal and events.
#[divan::bench(args = [1, 250, 1_000], sample_count = 40, sample_size = 1)]
fn rows_closed_together(bencher: Bencher<'_, '_>, rows: usize) {
    let market = Market::covered(1_000);
    bencher
        .counter(ItemsCount::new(rows))
        .with_inputs(|| {
            let place = Place::new(&market);
            let writes: Vec<Write> = place.rows()[..rows].iter().flat_map(close).collect();
            (place, writes)
        })
        .bench_local_values(|(place, writes)| {
            place.write(&writes);
            place
        });
}

/// Rows closed in a transaction each.
#[divan::bench(args = [250], sample_count = 10, sample_size = 1)]
fn rows_closed_one_by_one(bencher: Bencher<'_, '_>, rows: usize) {
    let market = Market::covered(1_000);
    bencher
        .counter(ItemsCount::new(rows))
        .with_inputs(|| {
            let place = Place::new(&market);
            let writes: Vec<_> = place.rows()[..rows].iter().map(close).collect();
            (place, writes)
        })
        .bench_local_values(|(place, writes)| {
            writes.iter().for_each(|writes| place.write(writes));
            place
        });
}

/// The frames of a close by hand, from bytes to the look that is asked for.
#[divan::bench(sample_count = 100, sample_size = 1)]
fn closing_frames_to_look(bencher: Bencher<'_, '_>) {
    let market = Market::covered(50);
    let frames = wire::closing(&market.rows[3]);
    bencher
        .with_inputs(|| (World::new(&market, Autonomy::Guard), Memory::default()))
        .bench_local_values(|(mut world, mut memory)| {
            hear(&mut world, &mut memory, black_box(&frames));
            (world, memory)
        });
}

/// The answer that completes a proof, from bytes to the row closed on the disk and the cancel of
/// its stop on its way.
#[divan::bench(sample_count = 200, sample_size = 1)]
fn last_proof_to_cancel(bencher: Bencher<'_, '_>) {
    let market = Market::covered(50);
    let frames = wire::closing(&market.rows[3]);
    let answer = wire::positions(&market.without(&[3]).sweep());
    bencher
        .with_inputs(|| {
            // One row more, closed beforehand: a ledger that has done so before.
            let place = Place::new(&Market::covered(51));
            place.write(&close(&place.rows()[50]));
            let mut world = World::with_rows(&market, place.rows(), Autonomy::Guard);
            hear(&mut world, &mut Memory::default(), &frames);
            let op = world.next_look();
            (place, world, op)
        })
        .bench_local_values(|(place, mut world, op)| {
            world.answer(op, Sweep::of(decode::positions(black_box(&answer)), Span(1)));
            for (op, writes) in world.take_closes() {
                let result = place.runtime.block_on(place.ledger.write(&writes));
                world.written(op, result);
            }
            assert!(world.wants_a_cancel(), "the closed position's stop is left standing");
            (place, world)
        });
}

fn hear(world: &mut World, memory: &mut Memory, frames: &[String]) {
    for frame in frames {
        let heard = events::event(frame).map_err(|bad| bad.why).and_then(|e| memory.hear(e));
        heard.unwrap().into_iter().for_each(|event| world.told(event));
    }
}
