//! The Binance adapter: every recorded answer, every way to fail, and what is sent.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "exchange/acts.rs"]
mod acts;
#[path = "exchange/cancels.rs"]
mod cancels;
#[path = "exchange/connecting.rs"]
mod connecting;
#[path = "exchange/coverage.rs"]
mod coverage;
#[path = "exchange/errors.rs"]
mod errors;
#[path = "exchange/fixtures_account.rs"]
mod fixtures_account;
#[path = "exchange/fixtures_market.rs"]
mod fixtures_market;
#[path = "exchange/fixtures_orders.rs"]
mod fixtures_orders;
#[path = "exchange/fixtures_stream.rs"]
mod fixtures_stream;
#[path = "exchange/foreigners.rs"]
mod foreigners;
#[path = "exchange/histories.rs"]
mod histories;
#[path = "exchange/limits.rs"]
mod limits;
#[path = "exchange/looks.rs"]
mod looks;
#[path = "exchange/secrets.rs"]
mod secrets;
#[path = "exchange/signing.rs"]
mod signing;
#[path = "exchange/simulated.rs"]
mod simulated;
#[path = "exchange/streams.rs"]
mod streams;
#[path = "exchange/sweeps.rs"]
mod sweeps;
#[path = "exchange/trouble.rs"]
mod trouble;
#[path = "exchange/values.rs"]
mod values;
#[path = "exchange/venue.rs"]
mod venue;
#[path = "exchange/world.rs"]
mod world;
