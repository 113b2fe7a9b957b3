//! Private messages made from what happened.

use crate::sim::bybit::world::BybitWorld;
use crate::sim::exchange::Happening;
use crate::sim::frame::Frame;
use crate::sim::numbers::Ms;

/// The private messages of what one action made happen.
pub fn of(_happened: &[Happening], _world: &BybitWorld, _now: Ms) -> Vec<Frame> {
    Vec::new()
}
