//! Binance USD-M's wire, spoken from the venue's side: REST, streams, signatures, limits.
//!
//! Written from the venue's documents alone, so that a misreading in the adapter is not made
//! twice. Door: `decide.rs`, which answers requests and opens streams.

pub mod auth;
pub mod call;
pub mod conditional;
pub mod decide;
pub mod errors;
pub mod frames;
pub mod history;
pub mod info;
pub mod limits;
pub mod mangle;
pub mod routes;
pub mod rows;
pub mod sockets;
pub mod streams;
pub mod trading;
pub mod wallet;
mod wire;
