//! Who listens to what.

use crate::sim::frame::{Frame, Route};

/// All open sockets.
#[derive(Debug, Default)]
pub struct Sockets {}

impl Sockets {
    /// Hands a frame to everybody who gets it.
    pub fn deliver(&mut self, _frame: &Frame) {}

    /// How many are open, by route.
    pub fn count(&self, _route: Route) -> usize {
        0
    }

    /// Closes every socket of a route, or all.
    pub fn kick(&mut self, _route: Option<Route>) -> usize {
        0
    }

    /// Whether anybody would get a topic.
    pub fn wants(&self, _topic: &str) -> bool {
        false
    }
}
