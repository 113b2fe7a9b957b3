//! What holdfast costs: reading the venue's words, thinking, writing the ledger, drawing.
//!
//! `cargo bench`, or `cargo bench -- thinking` for a part of it. The machine is part of every
//! number: compare within one run, interleaved, and trust the second time.

#![allow(clippy::unwrap_used)] // a benchmark that cannot set its scene has nothing to measure

#[path = "budgets/booking.rs"]
mod booking;
#[path = "budgets/bybit.rs"]
mod bybit;
#[path = "budgets/drawing.rs"]
mod drawing;
#[path = "budgets/market.rs"]
mod market;
#[path = "budgets/reading.rs"]
mod reading;
#[path = "budgets/thinking.rs"]
mod thinking;
#[path = "budgets/wire.rs"]
mod wire;
#[path = "budgets/world.rs"]
mod world;

fn main() {
    divan::main();
}
