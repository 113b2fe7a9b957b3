//! The embedded exchange from outside: real HTTP and WebSocket clients against its wire.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on stops")]

#[path = "sim/access.rs"]
mod access;
#[path = "sim/bybit_desk.rs"]
mod bybit_desk;
#[path = "sim/bybit_ear.rs"]
mod bybit_ear;
#[path = "sim/bybit_frames.rs"]
mod bybit_frames;
#[path = "sim/bybit_line.rs"]
mod bybit_line;
#[path = "sim/bybit_orders.rs"]
mod bybit_orders;
#[path = "sim/bybit_positions.rs"]
mod bybit_positions;
#[path = "sim/bybit_rest.rs"]
mod bybit_rest;
#[path = "sim/bybit_stops.rs"]
mod bybit_stops;
#[path = "sim/bybit_streams.rs"]
mod bybit_streams;
#[path = "sim/client.rs"]
mod client;
#[path = "sim/control.rs"]
mod control;
#[path = "sim/coverage.rs"]
mod coverage;
#[path = "sim/faults.rs"]
mod faults;
#[path = "sim/forced.rs"]
mod forced;
#[path = "sim/inside.rs"]
mod inside;
#[path = "sim/orders.rs"]
mod orders;
#[path = "sim/stops.rs"]
mod stops;
#[path = "sim/streams.rs"]
mod streams;
#[path = "sim/twin.rs"]
mod twin;
