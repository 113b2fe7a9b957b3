//! Public ticker messages.

use crate::sim::bybit::world::BybitWorld;
use crate::sim::frame::Frame;
use crate::sim::numbers::Ms;

/// The deltas of contracts that moved.
pub fn moved(_world: &mut BybitWorld, _symbols: &[String], _now: Ms) -> Vec<Frame> {
    Vec::new()
}
