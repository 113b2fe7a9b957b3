//! Bybit v5 `linear`'s wire, spoken from the venue's side: REST, streams, signatures, limits.
//!
//! Written from the venue's documents alone, so that a misreading in the adapter is not made
//! twice. Door: `door::router`, which serves everything on one address.

pub mod auth;
pub mod cause;
pub mod dialect;
pub mod errors;
pub mod frames;
pub mod hear;
pub mod ids;
pub mod limits;
pub mod order_rows;
pub mod purse;
pub mod rows;
pub mod rules;
pub mod sockets;
pub mod symbols;
pub mod talk;
pub mod tickers;
pub mod world;
