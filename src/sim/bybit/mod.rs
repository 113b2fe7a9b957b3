//! Bybit v5 `linear`'s wire, spoken from the venue's side: REST, streams, signatures, limits.
//!
//! Written from the venue's documents alone, so that a misreading in the adapter is not made
//! twice. Door: `decide.rs`, which answers requests and opens streams.

pub mod account;
pub mod auth;
pub mod call;
pub mod cause;
pub mod decide;
pub mod dialect;
pub mod errors;
pub mod frames;
pub mod hear;
pub mod history;
pub mod ids;
pub mod limits;
pub mod listing;
pub mod mangle;
pub mod market;
pub mod order_rows;
pub mod pages;
pub mod positions;
pub mod purse;
pub mod routes;
pub mod rows;
pub mod rules;
pub mod sockets;
pub mod symbols;
pub mod tickers;
pub mod trading;
mod wire;
pub mod world;
