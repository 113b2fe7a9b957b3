//! Bybit v5, category linear: perpetuals and dated futures that settle in USDT or USDC.
//!
//! For: one account on this venue, from its keys to what its streams say.
//! Not for: spot, inverse contracts, options, classic accounts, or anything that opens a position.
//! Door: `decode`, `decode_orders`, `decode_fills`, `decode_market` and `events` read the wire,
//! `encode` writes it, `memory` knows what was said before.

pub mod answers;
pub mod decode;
pub mod decode_fills;
pub mod decode_market;
pub mod decode_orders;
pub mod encode;
pub mod errors;
pub mod events;
pub mod memory;
pub mod read;
pub mod sign;
pub mod wire;
