//! The venues' adapters: every recorded answer, every way to fail, and what is sent.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "exchange/acts.rs"]
mod acts;
#[path = "exchange/bybit_account.rs"]
mod bybit_account;
#[path = "exchange/bybit_acts.rs"]
mod bybit_acts;
#[path = "exchange/bybit_anything.rs"]
mod bybit_anything;
#[path = "exchange/bybit_connecting.rs"]
mod bybit_connecting;
#[path = "exchange/bybit_coverage.rs"]
mod bybit_coverage;
#[path = "exchange/bybit_entries.rs"]
mod bybit_entries;
#[path = "exchange/bybit_errors.rs"]
mod bybit_errors;
#[path = "exchange/bybit_fills.rs"]
mod bybit_fills;
#[path = "exchange/bybit_histories.rs"]
mod bybit_histories;
#[path = "exchange/bybit_limits.rs"]
mod bybit_limits;
#[path = "exchange/bybit_looks.rs"]
mod bybit_looks;
#[path = "exchange/bybit_market.rs"]
mod bybit_market;
#[path = "exchange/bybit_memory.rs"]
mod bybit_memory;
#[path = "exchange/bybit_orders.rs"]
mod bybit_orders;
#[path = "exchange/bybit_rows.rs"]
mod bybit_rows;
#[path = "exchange/bybit_sending.rs"]
mod bybit_sending;
#[path = "exchange/bybit_simulated.rs"]
mod bybit_simulated;
#[path = "exchange/bybit_stream.rs"]
mod bybit_stream;
#[path = "exchange/bybit_streams.rs"]
mod bybit_streams;
#[path = "exchange/bybit_trouble.rs"]
mod bybit_trouble;
#[path = "exchange/bybit_values.rs"]
mod bybit_values;
#[path = "exchange/bybit_venue.rs"]
mod bybit_venue;
#[path = "exchange/bybit_world.rs"]
mod bybit_world;
#[path = "exchange/cancels.rs"]
mod cancels;
#[path = "exchange/connecting.rs"]
mod connecting;
#[path = "exchange/coverage.rs"]
mod coverage;
#[path = "exchange/entries.rs"]
mod entries;
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
#[path = "exchange/minutes.rs"]
mod minutes;
#[path = "exchange/networks.rs"]
mod networks;
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
