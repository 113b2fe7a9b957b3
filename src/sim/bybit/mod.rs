//! The Bybit v5 side of the embedded exchange.

pub mod dialect;
pub mod sockets;
pub mod tickers;
